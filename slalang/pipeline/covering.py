"""A checked contract goes in; its inventory comes out: each clause with its rules, what the scenarios show of them, what each reading moves."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from slalang.engine.undetermined import ProgramError
from slalang.pipeline.scenarios import evaluated, prints, tried
from slalang.scenarios.coverage import Covered, Moved, Shown, shown
from slalang.scenarios.reach import Reach

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.amounts import AmountRule, Metric, Right
    from slalang.ir.program import Program, Reading
    from slalang.ir.rules import Obligation
    from slalang.outcome.whole import Outcome
    from slalang.pipeline.scenarios import Tried
    from slalang.semantics.checked import Checked


def covered(checked: Checked, results: Sequence[Tried] | None = None, *, every: bool = True) -> Covered:
    """Evaluate every scenario, once as it stands and once under each other option of each reading.

    `results` are those of `tried`, if there are any yet. Unless `every`, the first scenario that an option moves is enough: then no reading is idle.
    """
    program = checked.program
    results = list(tried(checked)) if results is None else results
    found = shown(program, ((one.scenario, one.outcome) for one in results))
    tries = _Tries(program)
    moved = tuple((reading, _moves(tries, reading, results, every=every)) for reading in program.readings)
    return Covered(
        program,
        program.clauses,
        _missing(program),
        _unlisted(program),
        found,
        tuple(name for name, one in found.items() if _is_half_shown(program, name, one)),
        moved,
        tuple(reading.name for reading, others in moved if not all(one.scenarios for one in others)),
        len(results),
        _needs(program),
    )


def _needs(program: Program) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What describes the service, states its level, watches it, answers for a failure, and charges for it."""
    owed = [one for one in program.obligations if one.modality != "measured"]
    reports = [one.name for one in owed if one.scope.kind == "recurring" and one.modality == "duty"]
    amounts = program.amounts
    found = {
        "description": [one.number for one in program.clauses if one.text],
        "level": [one.name for one in owed],
        "monitoring": [*(one.name for one in program.metrics if not one.hidden), *reports],
        "liability": [one.name for one in amounts if one.sort in {"credit", "penalty", "interest"}],
        "charge": [one.name for one in amounts if one.sort == "fee"],
    }
    return tuple((need, tuple(dict.fromkeys(names))) for need, names in found.items())


def _missing(program: Program) -> tuple[str, ...]:
    """A clause stands in the text when it, or a part of it, does."""
    there = {clause.number for clause in program.clauses}
    there |= {".".join(number.split(".")[:n]) for number in there for n in range(1, number.count(".") + 1)}
    return tuple(number for number in program.paper if number not in there)


def _unlisted(program: Program) -> tuple[str, ...]:
    listed = set(program.paper)
    return tuple(
        clause.number
        for clause in program.clauses
        if listed
        and not any(
            ".".join(clause.number.split(".")[:n]) in listed for n in range(1, clause.number.count(".") + 2)
        )
    )


def _is_half_shown(program: Program, name: str, found: Shown) -> bool:
    """A metric has a value or not; everything else is shown both ways. Auxiliary metrics are shown by what reads them."""
    metric = next((one for one in program.metrics if one.name == name), None)
    if metric is not None:
        return not metric.hidden and not found.spoken_of and not _is_read(program, name)
    amount = next((one for one in program.amounts if one.name == name), None)
    if amount is not None and amount.when is None and amount.period is not None:
        return not found.kept  # due each period, whatever happens
    measured = any(one.name == name and one.modality == "measured" for one in program.obligations)
    return not found.kept or not (found.broken or measured)


def _is_read(program: Program, name: str) -> bool:
    rules: list[Obligation | Metric | AmountRule | Right] = [*program.obligations, *program.metrics]
    rules += [*program.amounts, *program.rights]
    return any(name in rule.shape.reads for rule in rules)


class _Tries:
    """Scenarios evaluated once more under another option: only those that it can reach, with no more of the program than they reach."""

    def __init__(self, program: Program) -> None:
        self._program, self._reach, self._hashes = program, Reach(program), prints(program)
        self._reached: dict[int, Program] = {}

    def differs(self, reading: Reading, option: str, one: Tried) -> bool:
        """Whether the outcome of a scenario is another one: its verdicts, figures, money, rights or notices."""
        if not self._reach.can_move(reading.name, one.scenario):
            return False
        stated = dict(one.scenario.readings)
        stated[reading.name] = option if stated.get(reading.name) != option else reading.chosen
        program = self._enough(one)
        try:
            outcome = evaluated(
                program, replace(one.scenario, readings=tuple(stated.items())), hashes=self._hashes
            )
        except ProgramError:
            return True
        return _substance(outcome) != _substance(one.outcome)

    def _enough(self, one: Tried) -> Program:
        """The part of the program that a scenario reaches; the whole where that part would give another outcome, which nothing known does."""
        found = self._reached.get(id(one))
        if found is None:
            found = self._reach.reached(one.scenario)
            if found == self._program or not self._is_same(found, one):
                found = self._program
            self._reached[id(one)] = found
        return found

    def _is_same(self, part: Program, one: Tried) -> bool:
        try:
            return _substance(evaluated(part, one.scenario, hashes=self._hashes)) == _substance(one.outcome)
        except ProgramError:
            return False


def _moves(tries: _Tries, reading: Reading, results: Sequence[Tried], *, every: bool) -> tuple[Moved, ...]:
    # Those that state the reading first: they are there to show what it moves.
    ordered = (
        results if every else sorted(results, key=lambda one: reading.name not in dict(one.scenario.readings))
    )
    found = []
    for option in reading.options:
        if option != reading.chosen:
            titles = (one.scenario.title for one in ordered if tries.differs(reading, option, one))
            found.append(Moved(option, tuple(titles if every else islice(titles, 1))))
    return tuple(found)


def _substance(outcome: Outcome) -> tuple[object, ...]:
    """What an outcome says, less the list of assumptions, which names the readings themselves."""
    return (
        tuple(replace(one, assumptions=()) for one in outcome.verdicts),
        outcome.metrics,
        outcome.ledger,
        outcome.rights,
        outcome.notices,
    )
