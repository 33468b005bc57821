"""A checked contract goes in; its inventory comes out: each clause with its rules, what the scenarios show of them, what each reading moves."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from slalang.engine.undetermined import ProgramError
from slalang.pipeline.scenarios import evaluated, prints, tried
from slalang.scenarios.coverage import Covered, Moved, Shown, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.amounts import AmountRule, Metric, Right
    from slalang.ir.program import Program, Reading
    from slalang.ir.rules import Obligation
    from slalang.outcome.whole import Outcome
    from slalang.pipeline.scenarios import Prints, Tried
    from slalang.semantics.checked import Checked


def covered(checked: Checked, results: Sequence[Tried] | None = None, *, every: bool = True) -> Covered:
    """Evaluate every scenario, once as it stands and once under each other option of each reading.

    `results` are those of `tried`, if there are any yet. Unless `every`, the first scenario that an option moves is enough: then no reading is idle.
    """
    program = checked.program
    results = list(tried(checked)) if results is None else results
    found = shown(program, ((one.scenario, one.outcome) for one in results))
    hashes = prints(program)
    moved = tuple(
        (reading, _moves(program, reading, results, hashes, every=every)) for reading in program.readings
    )
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


def _moves(
    program: Program, reading: Reading, results: Sequence[Tried], hashes: Prints, *, every: bool
) -> tuple[Moved, ...]:
    # Those that state the reading first: they are there to show what it moves.
    ordered = (
        results if every else sorted(results, key=lambda one: reading.name not in dict(one.scenario.readings))
    )
    found = []
    for option in reading.options:
        if option != reading.chosen:
            titles = (
                one.scenario.title for one in ordered if _differs(program, reading.name, option, one, hashes)
            )
            found.append(Moved(option, tuple(titles if every else islice(titles, 1))))
    return tuple(found)


def _differs(program: Program, reading: str, option: str, one: Tried, hashes: Prints) -> bool:
    """Whether the outcome of a scenario is another one under an option: its verdicts, figures, money, rights or notices."""
    stated = dict(one.scenario.readings)
    other = option if stated.get(reading) != option else _chosen(program, reading)
    stated[reading] = other
    try:
        outcome = evaluated(program, replace(one.scenario, readings=tuple(stated.items())), hashes=hashes)
    except ProgramError:
        return True
    return _substance(outcome) != _substance(one.outcome)


def _chosen(program: Program, reading: str) -> str:
    return next(one.chosen for one in program.readings if one.name == reading)


def _substance(outcome: Outcome) -> tuple[object, ...]:
    """What an outcome says, less the list of assumptions, which names the readings themselves."""
    return (
        tuple(replace(one, assumptions=()) for one in outcome.verdicts),
        outcome.metrics,
        outcome.ledger,
        outcome.rights,
        outcome.notices,
    )
