"""A standing duty that other rules wait for goes in; an event at the beginning of each of its gaps comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.facts.crossings import State
from slalang.engine.facts.derived import Derived, carried
from slalang.engine.facts.signals import Plan, attributes_of
from slalang.engine.judging.following.announcing import announce, next_period
from slalang.engine.metrics.spans import in_force_part, schedule_periods
from slalang.engine.timers import BEFORE
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir import facts
from slalang.values import instant as instants
from slalang.values.interval import union

if TYPE_CHECKING:
    from collections.abc import Callable

    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.judging.standing import Standing
    from slalang.engine.life.term import Span, Term
    from slalang.engine.world import World
    from slalang.ir.rules import Schedule
    from slalang.outcome.records import Period


class Gaps:
    """The gaps of one standing duty as they begin, by subject. A gap that lasts into the next period is one gap.

    What began before anything was known of an agreement or a subject is told when it becomes known, with its own instant.
    """

    def __init__(self, world: World, rule: Rule, standing: Standing, schedule: Schedule) -> None:
        """Take the conditions that the verdicts are made with."""
        self.world = world
        self.rule = rule
        self.standing = standing
        self.schedule = schedule
        self.agreements: set[str] = set()
        self.plan = self._plan()
        self._whole: dict[str, Period] = {}  # the period of each agreement that was looked at last
        days = schedule.unit in {"day", "working_day"}
        self.has_holes = (
            bool(schedule.weekdays) or schedule.unit == "working_day" or (days and schedule.n > 1)
        )
        self._states: dict[tuple[str, str], State] = {}
        world.life.began.append(self._began)
        world.watching.watch(self.plan, self._moved, from_the_start=True)

    def _plan(self) -> Plan:
        """What is looked at, in the form in which crossings are looked at."""
        world, ir, standing = self.world, self.rule.ir, self.standing
        parts = [standing.holds, *(one for _, _, one in (*standing.stands, *standing.excuses))]
        assert ir.holds is not None
        read = [ir.holds, *(one.when for one in ir.clock.standstills), *(one.when for one in ir.excuses)]
        form = facts.Computed(ir.holds)
        signal = facts.Signal(f"{ir.name}.gap", ir.scope.entity, "bool", form, stratum=ir.shape.stratum)
        sources = dict.fromkeys(source for part in parts for source in part.sources)
        return Plan(signal, -1, sources=list(sources), attributes=attributes_of(read, world))

    # -- whether it is owed --------------------------------------------------------------------------------------------

    def period(self, agreement: str, at: int) -> Period | None:
        """The period in which the duty is owed at an instant, cut by the term; None where it is not."""
        if agreement not in self.agreements:
            return None
        whole = self._whole.get(agreement)
        if whole is None or not whole.start <= at < whole.end:
            whole = next_period(self.world, self.schedule, agreement, at)
            if whole is None:
                return None
            self._whole[agreement] = whole
        if self.rule.optional and not self.world.agreed.chooses(self.rule.ir, agreement, at):
            return None
        part = in_force_part(self.world, agreement, whole, at)
        return part if part is not None and part.start <= at < part.end else None

    def open(self, subject: Subject) -> bool:
        """Whether there is a gap now.

        Raises:
            Undetermined: the condition cannot be read.
        """
        world, standing = self.world, self.standing
        if self.period(subject.agreement or "", world.now) is None or standing.holds.value(world.env):
            return False
        return not any(one.value(world.env) for _, _, one in (*standing.stands, *standing.excuses))

    # -- what becomes known --------------------------------------------------------------------------------------------

    def knows(self, agreement: str) -> bool:
        """Whether the gaps of an agreement are told."""
        return agreement in self.agreements

    def known(self, agreement: str, begin: int, at: int) -> None:
        """An agreement is known from now on: its gaps are told, those that have begun before as well."""
        del begin
        self.agreements.add(agreement)
        self._look(agreement, at)
        self._plan_next(agreement, at)

    def _began(self, term: Term, span: Span) -> None:
        """A stretch of the term has been planned; when it begins, the duty may be broken at once."""
        if term.agreement in self.agreements:
            at = max(span.start, self.world.now)
            self.world.timers.push(at, BEFORE, lambda now: self._look(term.agreement, now))

    def _plan_next(self, agreement: str, at: int) -> None:
        """Look again where the term begins, and, for a duty owed on some days only, where the next of them does."""
        start = self.world.term(agreement)[0]
        if at < start < (1 << 61):
            self.world.timers.push(start, BEFORE, lambda now: self._look(agreement, now))
        if self.has_holes:
            running = next_period(self.world, self.schedule, agreement, at)
            after = running if running is None or running.start > at else (
                next_period(self.world, self.schedule, agreement, running.end)
            )  # fmt: skip
            if after is not None:
                self.world.timers.push(after.start, BEFORE, lambda now: self._day(agreement, now))

    def _day(self, agreement: str, at: int) -> None:
        self._look(agreement, at)
        self._plan_next(agreement, at)

    def _look(self, agreement: str, at: int) -> None:
        for found in self.standing.subjects(agreement):
            subject = self.world.subject("", agreement) if found is None else found
            self._moved(subject, at, "")

    def _moved(self, subject: Subject, at: int, event: str) -> None:
        """Something may have opened or closed a gap of a subject. One that is closed again at the same instant is none."""
        del event
        if (subject.agreement or "") not in self.agreements:
            return
        key = (subject.entity, subject.id)
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self.begun(subject, at))
        now = self._open_now(subject)
        if state.at != at:
            state.at, state.before = at, state.now
        turned = now and not state.now and not state.before
        state.now = now
        if turned:
            self.tell(subject, at, lambda: state.now)

    def _open_now(self, subject: Subject) -> bool:
        env = self.world.env
        kept = (env.subject, env.agreement, env.at, env.case, env.event)
        env.subject, env.agreement, env.at = subject, subject.agreement or "", None
        env.case = env.event = None
        try:
            return self.open(subject)
        except (Undetermined, Nothing):
            return False
        finally:
            env.subject, env.agreement, env.at, env.case, env.event = kept

    # -- what is told --------------------------------------------------------------------------------------------------

    def begun(self, subject: Subject, at: int) -> bool:
        """Tell the gaps that began before a subject was known; whether one of them was still open just before an instant."""
        agreement = subject.agreement or ""
        results, env, standing = self.world.results, self.world.env, self.standing
        kept, as_of = (env.subject, env.agreement, env.at, env.event), results.as_of
        own = subject if self.rule.ir.scope.entity else None
        found = []
        try:
            results.as_of = at
            for period in schedule_periods(
                self.world, self.schedule, agreement, results.first(agreement), at
            ).periods:
                start, end = standing.begins(agreement, period), min(period.end, at)
                if start < end:
                    found += standing.gaps(own, agreement, start, end)[0]
        except Undetermined:
            return False
        finally:
            env.subject, env.agreement, env.at, env.event = kept
            results.as_of = as_of
        gaps = union(found)
        for start, _ in gaps:
            self.tell(subject, start, None)
        return bool(gaps) and gaps[-1][1] == at

    def tell(self, subject: Subject, at: int, still: Callable[[], bool] | None) -> None:
        """A gap that begins at an instant, with the event that opened it."""
        world, ir = self.world, self.rule.ir
        causes = self.standing.events(subject if ir.scope.entity else None, subject.agreement or "", at, at)
        agreement = subject.agreement or ""
        period = self.period(agreement, at)
        when = instants.format(at, world.zone.tz)
        made = Derived(
            ir.name, "breach", subject, agreement, ":".join(filter(None, (subject.id, when))),
            carried({"period": period.label if period is not None else ""}, late=True), still,
            causes=causes, happened=at,
        )  # fmt: skip
        announce(world, made, ir.shape.stratum, at)
