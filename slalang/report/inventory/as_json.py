"""The inventory of a contract goes in; a plain dictionary for JSON comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from slalang.scenarios.coverage import Covered


def as_data(found: Covered) -> dict[str, Any]:
    """Clauses in the contract's order; every list is whole."""
    return {
        "contract": found.program.title,
        "version": found.program.version,
        "paper": list(found.program.paper),
        "missing": list(found.missing),
        "unlisted": list(found.unlisted),
        "scenarios": found.scenarios,
        "clauses": [
            {
                "number": clause.number,
                "title": clause.title,
                "rules": [_rule(found, name) for name in clause.rules],
                "not_judged": list(clause.not_judged),
                "points_astray": [{"to": number, "because": why} for number, why in clause.astray],
                "readings": [each.name for each, _ in found.readings if each.clause == clause.number],
            }
            for clause in found.clauses
        ],
        "readings": [
            {
                "name": reading.name,
                "clause": reading.clause,
                "question": reading.question,
                "chosen": reading.chosen,
                "because": reading.because,
                "others": [{"option": one.option, "changes": list(one.scenarios)} for one in moved],
            }
            for reading, moved in found.readings
        ],
        "needs": {need: list(names) for need, names in found.needs},
        "not_shown_both_ways": list(found.half_shown),
        "readings_that_move_nothing": list(found.idle),
    }


def _rule(found: Covered, name: str) -> dict[str, Any]:
    seen = found.shown.get(name)
    if seen is None:
        return {"name": name}
    return {"name": name, "kept": list(seen.kept), "broken": list(seen.broken), "scenarios": seen.spoken_of}
