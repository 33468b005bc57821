"""A checked contract goes in; each of its scenarios is evaluated and compared with what it expects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from slalang import __version__
from slalang.diagnostics.diagnostic import Stop
from slalang.engine.evaluate import evaluate
from slalang.engine.run import belonging
from slalang.engine.settings import Focus, Settings
from slalang.events.registers import Registers
from slalang.ir.canonical import content_hash
from slalang.outcome.records import Receipt
from slalang.pipeline.running import calendar_ends, versions
from slalang.scenarios import facts
from slalang.scenarios.judge import missed
from slalang.values.calendar.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.engine.agreements.belonging import Belonging
    from slalang.ir.program import Program
    from slalang.ir.scenarios import Scenario
    from slalang.outcome.whole import Outcome
    from slalang.scenarios.beside import Missed
    from slalang.semantics.checked import Checked


@dataclass(frozen=True, slots=True)
class Tried:
    """A scenario, its outcome, and the expectations that do not hold."""

    scenario: Scenario
    outcome: Outcome
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class Prints:
    """The content hashes of a program, and who belongs to which agreement in it: worked out once for all of its scenarios."""

    contract: str
    calendars: str
    belongs: Belonging


def prints(program: Program) -> Prints:
    """The hashes that stand in every receipt of this program."""
    belongs = belonging(versions([program]), Registers(), Settings(0))
    return Prints(content_hash(program), content_hash(program.calendars), belongs)


def tried(checked: Checked, only: str = "") -> Iterator[Tried]:
    """Evaluate the scenarios whose title has the text `only`."""
    hashes = prints(checked.program)
    for scenario in checked.scenarios:
        if only in scenario.title:
            outcome = evaluated(checked.program, scenario, hashes=hashes)
            yield Tried(scenario, outcome, tuple(missed(scenario, outcome)))


def evaluated(
    program: Program, scenario: Scenario, focus: Focus | None = None, hashes: Prints | None = None
) -> Outcome:
    """What comes out of a scenario's facts."""
    as_of = facts.as_of(scenario)
    made = facts.known(facts.events(scenario, program), as_of)
    settings = Settings(as_of, {"": facts.parameters(scenario)}, dict(scenario.readings), focus)
    known, judged_by = facts.registers(scenario), versions([program])
    hashes = hashes or prints(program)
    settings = replace(settings, sole=hashes.belongs.sole(known, made))
    receipt = _receipt(program, len(made), hashes)
    try:
        return evaluate(judged_by, made, known, settings, receipt)
    except CalendarError as trouble:
        raise Stop(calendar_ends(trouble)) from None


def _receipt(program: Program, events: int, hashes: Prints) -> Receipt:
    return Receipt(
        contract=((program.version, hashes.contract),),
        calendars=hashes.calendars,
        inputs=(),
        bindings="",
        parameters=(),
        readings=(),
        software=__version__,
        events_read=events,
        events_ignored=(),
        duplicates=0,
        rejected=0,
        after_as_of=0,
    )
