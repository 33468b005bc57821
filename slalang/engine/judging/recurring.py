"""Reports go in as they are made; each occurrence of a recurring duty, judged with the report that is for it, comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, Any

from slalang.engine.cases.roles import conditions
from slalang.engine.compile.walk import reads_period
from slalang.engine.judging.deciding import deciding
from slalang.engine.judging.traced.occurrences import of_report
from slalang.engine.limits.occurrences import Standstills
from slalang.engine.metrics.spans import counted_periods
from slalang.engine.reasons import refused
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir.rules import ByDate, ByPoint, Within
from slalang.outcome.records import Fault, Quantity, Stretch, Verdict
from slalang.outcome.trace import DateStep
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.limits.occurrences import Moved
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.ir.rules import Schedule, Status
    from slalang.outcome.records import Period


def counted_from(limit: ByPoint, period: Period) -> int:
    """The instant in whose month, quarter, … a point lies, or which it follows: for "the next month" of a quarter its last one."""
    return period.end - 1 if limit.offset and period.end > period.start else period.start


@dataclass(slots=True)
class Report:
    """A report: when it was made, and the period that it says it is about."""

    at: int
    event: str
    period: str
    subject: str
    type: str = ""
    happened: Event | None = None  # kept where only the period tells whether the report is for it


@dataclass(slots=True)
class Slot:
    """An occurrence: from when it may be reported, by when it must be (and how that was counted), and the report for it."""

    period: Period
    opens: int
    due: int
    strict: bool
    report: Report | None = None
    unknown: str = ""
    steps: tuple[DateStep, ...] = ()
    base: int = 0  # `due` before anything moved it
    waits: bool = False  # what moves it goes on
    told: bool = False  # what became of it is known to those who wait for it


class Reports:
    """The reports of one recurring rule, by agreement."""

    def __init__(self, world: World, rule: Rule, schedule: Schedule) -> None:
        """Compile the pattern of the reports."""
        self.world = world
        self.rule = rule
        self.schedule = schedule
        self.conditions = conditions(world, rule.ir.discharge)
        acts = rule.ir.discharge.any_of if rule.ir.discharge is not None else ()
        self.by_period = reads_period([one.where for one in acts], world.program)
        self.found: dict[str, list[Report]] = {}
        # An occurrence's report may stand under a name of its own, by declaration, else under `period`.
        self.field = rule.ir.period_field or "period"
        self.by_instant = rule.policies.get("report_matched_by", "") == "period_it_falls_in"
        self.by_name = rule.policies.get("report_matched_by", "") == "period_field" or bool(
            rule.ir.period_field
        )
        self.standstills = Standstills(world, rule)
        self.faults: list[Fault] = []
        self.heard: Callable[[str, Report], None] | None = (
            None  # where another rule waits for the occurrences
        )

    def collectors(self) -> dict[str, Callable[[Subject, Event], None]]:
        """What to do with each event type as it happens."""
        return {type_: self._collector(condition) for type_, condition in self.conditions.items()}

    def _collector(self, condition: Any) -> Callable[[Subject, Event], None]:
        world, rule = self.world, self.rule

        def collect(subject: Subject, event: Event) -> None:
            try:
                if not self.by_period and not condition(world.env):
                    return
            except Undetermined as unknown:
                world.undecided(rule, subject, event, unknown.reason)
                return
            if rule.by_another(event):
                return
            named = event.data.get(self.field)
            period = str(named) if named is not None else ""
            report = Report(event.time, event.id, period, event.subject, event.type)
            if self.by_period:
                report.happened = event
            self.found.setdefault(subject.agreement or "", []).append(report)
            if self.heard is not None:
                self.heard(subject.agreement or "", report)

        return collect

    def verdicts(self, agreement: str, periods: list[Period]) -> list[Verdict]:
        """One verdict an occurrence."""
        slots = [self.slot(agreement, period) for period in periods]
        self.faults = [one for one in self.faults if one.agreement != agreement]
        for report in self.found.get(agreement, ()):
            if report.at > self.world.results.as_of:
                continue
            slot = self.slot_for(slots, report)
            if slot is None and not self.rule.prohibits:
                self._nothing(agreement, report)
            elif slot is not None:
                slot.report = report
        found = [self._verdict(agreement, slot) for slot in slots]
        results = self.world.results
        if results.focus is not None:
            results.occurrence_traces += [
                of_report(self, agreement, slot, slots)
                for slot, verdict in zip(slots, found, strict=True)
                if results.focus_on_verdict(verdict)
            ]
        return found

    def _is_for(self, event: Event, period: Period) -> bool:
        """Whether a report whose condition reads the period is for this one."""
        env = self.world.env
        kept = (env.event, env.period)
        env.event, env.period = event, period
        try:
            return bool(self.conditions[event.type](env))
        except Undetermined:
            return False
        finally:
            env.event, env.period = kept

    @staticmethod
    def _forbids(slot: Slot, at: int) -> bool:
        return (
            not slot.unknown and slot.opens <= at and (at < slot.due or (at == slot.due and not slot.strict))
        )

    def slot_for(self, slots: list[Slot], report: Report) -> Slot | None:
        """The occurrence whose period the report names, or in whose period it falls, else the oldest one without a report whose window is open."""
        if self.rule.prohibits:  # what is forbidden breaks the occurrence in which it is done
            return next((one for one in slots if one.report is None and self._forbids(one, report.at)), None)
        if report.happened is not None:
            slots = [one for one in slots if self._is_for(report.happened, one.period)]
        if self.by_name and report.period:
            early = (
                self.rule.ir.window_opens is not None
            )  # a stated day is not passed over by naming the period
            return next(
                (
                    one
                    for one in slots
                    if one.period.label == report.period
                    and one.report is None
                    and not (early and report.at < one.opens)
                ),
                None,
            )
        if self.by_instant:
            return next(
                (
                    one
                    for one in slots
                    if one.report is None and one.period.start <= report.at < one.period.end
                ),
                None,
            )
        return next(
            (one for one in slots if one.report is None and not one.unknown and one.opens <= report.at), None
        )

    def _nothing(self, agreement: str, report: Report) -> None:
        name = self.rule.ir.name
        self.faults.append(
            Fault(
                "SLA-E0702", agreement, report.subject, report.event, report.at,
                f"the report discharges no occurrence of `{name}`: none is open for it",
                f"该报告未履行 `{name}` 的任何一期：没有可对应的未交期间",
            )
        )  # fmt: skip

    def slot(self, agreement: str, period: Period) -> Slot:
        """The occurrence of a period: from when it may be reported, and by when it must be."""
        rule, env = self.rule, self.world.env
        opens = period.end if rule.ir.window_from == "period_end" else period.start
        env.agreement, env.period = agreement, period
        limit = rule.ir.limit
        slot = Slot(period, opens, period.end, strict=True)
        try:
            if rule.ir.window_opens is not None:
                slot.opens, _, _ = rule.days.fixed(
                    rule.ir.window_opens, None, env, counted_from(rule.ir.window_opens, period)
                )
            if isinstance(limit, ByPoint):
                slot.due, slot.strict, slot.steps = self._point(limit, period)
            elif isinstance(limit, Within | ByDate):
                ends = rule.ir.window_from == "period_end"
                slot.due, slot.strict, steps = rule.days.fixed(limit, None, env, slot.opens, ends=ends)
                slot.steps = tuple(steps)
        except (Undetermined, Nothing) as unknown:
            slot.unknown = str(unknown)
        except TimeError as error:
            slot.unknown = refused(rule.asked, error)
        finally:
            env.period = None
        slot.base = slot.due
        return slot

    def move(self, agreement: str, slot: Slot, until: int) -> Moved:
        """Let what stands still or is pleaded move an occurrence, by what is known at an instant."""
        found = self.standstills.moved(agreement, slot, until)
        slot.due, slot.waits = found.due, found.waits
        return found

    def _point(self, limit: ByPoint, period: Period) -> tuple[int, bool, tuple[DateStep, ...]]:
        """A point counted from the occurrence itself: the end of its own period, or a day of a period after it."""
        if limit.nth == 0 and limit.unit == self.schedule.unit:
            last = period
            if limit.offset:
                periods = counted_periods(self.world, self.schedule, self.world.env.agreement)
                last = periods.following(period, limit.offset)
            return self._end(last, limit)
        due, strict, steps = self.rule.days.fixed(limit, None, self.world.env, counted_from(limit, period))
        return due, strict, tuple(steps)

    def _end(self, period: Period, limit: ByPoint) -> tuple[int, bool, tuple[DateStep, ...]]:
        """The end of a period, moved as the rule says."""
        day_of = self.world.zone.date_of
        day = day_of(period.end - 1)
        first = DateStep("period", day_of(period.start).isoformat(), period.label)
        if limit.roll is None and not limit.closes:
            return period.end, True, (first, DateStep("by", day.isoformat()))
        last, moved = self.rule.days.rolled(day, limit)
        kind = "business" if limit.closes else "by"
        steps = (first, *moved, DateStep(kind, last.isoformat()))
        return self.rule.days.end_of(last, limit), True, steps

    def _verdict(self, agreement: str, slot: Slot) -> Verdict:
        rule, ir, results = self.rule, self.rule.ir, self.world.results
        as_of = results.as_of
        done = slot.report.at if slot.report is not None else None
        moved = self.move(agreement, slot, as_of if done is None else done)
        status, breached = self._status(slot, done, as_of)
        excuses: tuple[Stretch, ...] = moved.pleaded
        decided: tuple[str, ...] = ()
        if status == "met" and done is not None and done >= moved.plain + (not slot.strict) and moved.pleaded:
            status = "excused"  # in time, and only because an excuse extended the limit
        if status in {"late", "overdue", "broken"}:
            released, unknown, decided = self._excused(agreement, slot)
            excuses = (*moved.pleaded, *released)
            status = "excused" if released else "undetermined" if unknown else status
            slot.unknown = unknown if status == "undetermined" else ""
        days = rule.days.days_between(
            done if done is not None else as_of, slot.due - (1 if slot.strict else 0)
        )
        return Verdict(
            rule=ir.name,
            clause=ir.about.clause,
            agreement=agreement,
            subject="",
            instance=slot.period.label,
            period=slot.period,
            status=status,
            final=status != "undetermined" and (done is not None or (rule.prohibits and slot.due <= as_of)),
            debtor=ir.debtor,
            creditor=ir.creditor,
            measure=None,
            limit=None,
            limit_strict=slot.strict,
            margin=None if status == "undetermined" else Quantity("civil", Fraction(days)),
            start=slot.opens,
            deadline=None if slot.unknown or (slot.waits and done is None) else slot.due,
            deadline_if_resumed_now=slot.due if slot.waits and done is None else None,
            standstill=moved.stood,
            discharged_at=done,
            breached_at=breached,
            excuses=excuses,
            assumptions=self.world.assumptions(rule, agreement),
            evidence=tuple(
                dict.fromkeys((*((slot.report.event,) if slot.report is not None else ()), *decided))
            ),
            reason=slot.unknown,
            version=self.world.program.version,
        )

    def _status(self, slot: Slot, done: int | None, as_of: int) -> tuple[Status, int | None]:
        if slot.unknown:
            return "undetermined", None
        if self.rule.prohibits:
            if done is not None and done < slot.due:
                return "broken", done
            return ("met" if slot.due <= as_of else "pending"), None
        if slot.waits and done is None:
            return "pending", None
        at = done if done is not None else as_of
        in_time = at < slot.due or (at == slot.due and not slot.strict)
        if done is not None:
            return ("met", None) if in_time else ("late", slot.due)
        return ("pending", None) if in_time else ("overdue", slot.due)

    def excused_at(self, agreement: str, slot: Slot, at: int) -> bool:
        """Whether by the facts known at an instant an excuse releases an occurrence that has just fallen due."""
        if not self.rule.releasing:
            return False
        env, results = self.world.env, self.world.results
        kept = (env.subject, env.agreement, env.case, env.event, results.as_of)
        results.as_of = at
        found, _, _ = self._excused(agreement, slot)
        env.subject, env.agreement, env.case, env.event, results.as_of = kept
        return bool(found)

    def _breach(self, slot: Slot) -> int:
        """The instant whose state an excuse reads: the forbidden act, or the deadline; a strict limit expires before the events of its instant."""
        if self.rule.prohibits and slot.report is not None:
            return slot.report.at
        return slot.due - 1 if slot.strict else slot.due

    def _excused(self, agreement: str, slot: Slot) -> tuple[tuple[Stretch, ...], str, tuple[str, ...]]:
        """The excuses that release, why one of them cannot be judged, and the events that decide them."""
        rule, env = self.rule, self.world.env
        found = []
        reason = ""
        decided: list[str] = []
        as_of = self.world.results.as_of
        moment = self._breach(slot)
        at = {"deadline": min(moment, as_of), "period_end": min(slot.period.end - 1, as_of)}
        env.subject, env.agreement, env.case, env.event = None, agreement, None, None
        env.deadline = moment
        for one in rule.releasing:
            env.at = self.world.past(moment) if one.ir.at in {"deadline", "period_end"} else None
            read = at["deadline"] if one.ir.at in {"deadline", "period_end"} else as_of
            try:
                decided += deciding(self.world, [one.ir.when], partial(_read_at, at, read))
                if one.when(env):
                    done = slot.report.at if slot.report is not None else None
                    since = slot.due if not rule.prohibits or done is None else done
                    found.append(Stretch(since, done, one.ir.name, one.ir.about.clause))
            except Undetermined as unknown:
                reason = unknown.reason
            finally:
                env.at = None
        env.deadline = None
        return tuple(found), reason, tuple(decided)


def _read_at(instants: dict[str, int], otherwise: int, word: str) -> int:
    """The instant that a word of a condition means for an occurrence."""
    return instants.get(word, otherwise)
