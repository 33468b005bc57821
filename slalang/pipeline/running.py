"""Contracts, facts and settings go in; the outcome comes out with the receipt that lets anyone repeat it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from slalang import __version__
from slalang.diagnostics.diagnostic import Stop, Text
from slalang.engine.compile.stated import unchosen
from slalang.engine.evaluate import evaluate
from slalang.engine.in_force import turns
from slalang.engine.reasons import in_chinese
from slalang.engine.run import decided
from slalang.engine.settings import FOREVER, Focus, Settings, Version
from slalang.events.bindings import read_bindings
from slalang.events.loading import Loaded, load
from slalang.ir.canonical import content_hash
from slalang.outcome.records import Receipt
from slalang.pipeline.agreements.whose import whose
from slalang.pipeline.asking import moment, readings, settings
from slalang.pipeline.blanks.filling import values_of
from slalang.pipeline.errors import (
    CalendarEnds,
    ConstraintBroken,
    ConstraintOpen,
    NoEvents,
    NoLastInstant,
    NothingLeft,
    RegisterGoesFirst,
    UnboundParameter,
    VersionNotGiven,
    VersionsClash,
)
from slalang.pipeline.journey import program_of
from slalang.scenarios.wording import shown
from slalang.semantics.scope.kinds import of_type
from slalang.values import instant
from slalang.values import zone as zones
from slalang.values.calendar.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from slalang.diagnostics.collector import Collector
    from slalang.events.event import Event
    from slalang.events.registers import Registers
    from slalang.ir.program import Program
    from slalang.outcome.whole import Outcome

SHOWN = 8  # agreements that a note names; the rest is counted


def calendar_ends(trouble: CalendarError) -> CalendarEnds:
    """What is said when a calendar has no data for a day that a rule must know."""
    return CalendarEnds(None, problem=Text(en=trouble.en, zh=trouble.zh))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is asked for, as typed."""

    contracts: tuple[str, ...]
    events: tuple[str, ...]
    bindings: str | None = None
    settings: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    as_of: str | None = None
    lenient: bool = False
    rejects: str | None = None
    values: tuple[str, ...] = ()


class Run:
    """Loaded contracts and facts, ready to be evaluated once or, for explanations and counterfactuals, several times."""

    def __init__(self, asked: Asked, collector: Collector) -> None:
        """Read everything.

        Raises:
            Stop: something cannot be read, does not fit, or is missing.
        """
        programs = [program_of(path).program for path in asked.contracts]
        self.versions = versions(programs)
        self.program = self.versions[-1].program
        if not asked.events:
            raise Stop(NoEvents(None))
        filled = [text for path in asked.values for text in values_of(path).given]
        shown_as = " + ".join((*asked.values, *(["--set"] if asked.settings else [])))
        self.parameters = settings((*filled, *asked.settings), asked.contracts[-1], shown_as)
        self.readings = readings(asked.readings, self.program)
        bindings = None if asked.bindings is None else read_bindings(asked.bindings, collector)
        until = None if asked.as_of is None else moment(asked.as_of, self.program.zone)
        self.loaded: Loaded = load(
            asked.events,
            _vocabulary(programs),
            collector,
            bindings=bindings,
            lenient=asked.lenient,
            rejects=None if asked.rejects is None else Path(asked.rejects),
            as_of=until,
        )
        self._something_left(collector)
        self.as_of = self._last_instant(collector) if until is None else until
        self.as_of_was_given = until is not None
        self._every_version_given()
        self._all_bound()
        self._constrained()
        self._say_whose_value(collector)
        self.sole = self._whose(collector, lenient=asked.lenient)
        self.unchosen = unchosen(self.program, self.parameters, self.readings)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.loaded.close()

    def outcome(
        self,
        focus: Focus | None = None,
        events: Iterable[Event] | None = None,
        *,
        registers: Registers | None = None,
        as_of: int | None = None,
        readings: Mapping[str, str] | None = None,
    ) -> Outcome:
        """Evaluate; what is given in place of the run's own (`as_of` in µs) is for what would have been, or once was, or is disputed."""
        facts = self.loaded.events if events is None else events
        known = self.loaded.registers if registers is None else registers
        asked = self.settings(self.as_of if as_of is None else as_of, focus, readings)
        try:
            return evaluate(self.versions, facts, known, asked, self.receipt())
        except CalendarError as trouble:
            raise Stop(calendar_ends(trouble)) from None

    def settings(
        self, as_of: int, focus: Focus | None = None, readings: Mapping[str, str] | None = None
    ) -> Settings:
        """What the evaluator is asked for."""
        read = self.readings if readings is None else readings
        return Settings(as_of, {"": self.parameters}, read, focus, self.sole)

    def receipt(self) -> Receipt:
        """What makes this run repeatable."""
        counts = self.loaded.counts
        return Receipt(
            contract=tuple((item.program.version, content_hash(item.program)) for item in self.versions),
            calendars=content_hash(tuple(item.program.calendars for item in self.versions)),
            inputs=self.loaded.inputs,
            bindings=self.loaded.bindings,
            parameters=tuple(
                (name, f"{const.value} {const.type.removeprefix('amount:')}")
                for name, const in sorted(self.parameters.items())
            ),
            readings=tuple(
                (item.name, self.readings.get(item.name, item.chosen)) for item in self.program.readings
            ),
            software=__version__,
            events_read=counts.read,
            events_ignored=tuple(sorted(counts.ignored.items())),
            duplicates=counts.duplicates,
            rejected=counts.rejected,
            after_as_of=counts.after_as_of,
        )

    def _something_left(self, collector: Collector) -> None:
        """With `--lenient` lines may be set aside, but not all of them."""
        counts = self.loaded.counts
        if counts.rejected and counts.rejected >= counts.read:
            self.loaded.close()
            raise Stop(*collector.shown()[0], NothingLeft(None, count=counts.rejected))

    def _last_instant(self, collector: Collector) -> int:
        last = last_instant(self.loaded.events)
        if last is None:
            self.loaded.close()
            raise Stop(*collector.shown()[0], NoLastInstant(None))  # what was found in the files may be why
        return last

    def _say_whose_value(self, collector: Collector) -> None:
        """Where an agreement's register entry and `--set` both bind a parameter, the entry holds, and that is said."""
        registers = self.loaded.registers
        for name in self.parameters:
            own = [
                id_
                for id_ in registers.ids("agreement")
                if name in (registers.at("agreement", id_, FOREVER) or {})
            ]
            if own:
                rest = (f"+ {len(own) - SHOWN}",) if len(own) > SHOWN else ()
                collector.add(RegisterGoesFirst(None, name=name, agreements=(*own[:SHOWN], *rest)))

    def _every_version_given(self) -> None:
        """Each version that a register entry puts an agreement under is one of this run."""
        known = tuple(one.program.version for one in self.versions)
        found = {
            agreement: next((one.version for one in own if one.version not in known), "")
            for agreement, own in turns(self.loaded.registers, FOREVER).items()
        }
        missing = [
            VersionNotGiven(None, agreement=agreement, version=version, known=known)
            for agreement, version in sorted(found.items())
            if version
        ]
        if missing:
            self.loaded.close()
            raise Stop(*missing)

    def _whose(self, collector: Collector, *, lenient: bool) -> str:
        """What names no agreement belongs to the only one there is; where there are several, it must name one."""
        try:
            asked = Settings(self.as_of, {"": self.parameters}, self.readings)
            loaded = self.loaded
            return whose(self.versions, loaded.registers, asked, loaded.events, collector, lenient=lenient)
        except Stop:
            self.loaded.close()
            raise

    def _all_bound(self) -> None:
        """Every parameter has a value, from the run or from each agreement's register entry."""
        missing = []
        agreements = self.loaded.registers.ids("agreement")
        for parameter in self.program.parameters:
            if parameter.value is not None or parameter.name in self.parameters:
                continue
            without = tuple(
                id_
                for id_ in agreements
                if parameter.name not in (self.loaded.registers.at("agreement", id_, FOREVER) or {})
            )
            if not agreements or without:
                missing.append(
                    UnboundParameter(
                        None,
                        name=parameter.name,
                        type=of_type(parameter.type),
                        clause=parameter.about.clause,
                        agreements=without,
                    )
                )
        if missing:
            raise Stop(*missing)

    def _constrained(self) -> None:
        """Every constraint is true of the values bound, for each agreement."""
        if not self.program.constraints:
            return
        asked = Settings(self.as_of, {"": self.parameters}, self.readings)
        agreements = self.loaded.registers.ids("agreement") or [""]
        found = decided(self.versions, self.loaded.registers, asked, agreements)
        broken = [
            ConstraintBroken(
                None,
                name=one.rule,
                clause=one.clause,
                agreement=one.agreement,
                left=shown(one.left, self.program.zone),
                right=shown(one.right, self.program.zone),
            )
            for one in found
            if one.status == "broken"
        ]
        unknown = [
            ConstraintOpen(
                None,
                name=one.rule,
                clause=one.clause,
                agreement=one.agreement,
                reason=Text(en=one.reason, zh=in_chinese(one.reason)),
            )
            for one in found
            if one.status == "undetermined"
        ]
        if broken or unknown:
            self.loaded.close()
            raise Stop(*broken, *unknown)


def versions(programs: Sequence[Program]) -> tuple[Version, ...]:
    """The versions of one contract, each in force from its date until the next one's; a single one without a date is always in force.

    Raises:
        Stop: two versions have the same date, or several lack one.
    """
    dated = sorted(programs, key=lambda item: item.validity.effective_from)
    starts = [item.validity.effective_from for item in dated]
    if len(set(starts)) < len(starts):
        clash = next(
            a for a, b in itertools.pairwise(dated) if a.validity.effective_from == b.validity.effective_from
        )
        raise Stop(VersionsClash(None, version=clash.version, date=clash.validity.effective_from or "-"))
    bounds = [_begin(item) for item in dated]
    return tuple(
        Version(program, begin, end)
        for program, begin, end in zip(dated, bounds, [*bounds[1:], FOREVER], strict=True)
    )


def _begin(program: Program) -> int:
    """The instant from which a version is in force: the start of its date, or the local time that it names."""
    text, zone = program.validity.effective_from, zones.load(program.zone)
    if not text:
        return -FOREVER
    if "T" in text:
        return instant.from_local(datetime.fromisoformat(text), zone)
    return instant.day_start(date.fromisoformat(text), zone)


def last_instant(events: Iterable[Event]) -> int | None:
    """The last instant that the facts speak of: of happening or of becoming known; None without events."""
    return max((max(event.time, event.recorded or event.time) for event in events), default=None)


def _vocabulary(programs: Sequence[Program]) -> Program:
    """The last version, with the event types and entities of the earlier ones that it no longer has."""
    last = programs[-1]
    if len(programs) == 1:
        return last
    events = {item.name: item for program in programs for item in program.events}
    entities = {item.name: item for program in programs for item in program.entities}
    levels = {item.name: item for program in programs for item in program.levels}
    return replace(
        last, events=tuple(events.values()), entities=tuple(entities.values()), levels=tuple(levels.values())
    )
