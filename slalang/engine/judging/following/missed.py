"""A target that other rules wait for goes in; an event for each period that misses it comes out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.compile.walk import rules_counted
from slalang.engine.facts.derived import Derived, carried
from slalang.engine.judging.following.announcing import announce, next_period
from slalang.engine.judging.targets import target_verdict
from slalang.engine.metrics.spans import in_force_part
from slalang.engine.settings import FOREVER
from slalang.engine.timers import BEFORE

if TYPE_CHECKING:
    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.judging.occurrences import Occurrences
    from slalang.engine.metrics.keys import Key
    from slalang.engine.world import World
    from slalang.events.event import Event
    from slalang.outcome.records import Period


class Missed:
    """The periods of one target as they end, by agreement.

    Its breach is the first instant, at the period's end or after it, at which by the facts timed up to then the target is
    missed (model §4): later only where a case that was open at the end settles it. What was told once stays told.
    """

    def __init__(self, world: World, rule: Rule, occurrences: Occurrences) -> None:
        """Hear of the cases that the target's metrics count, and of the end of the agreement."""
        self.world = world
        self.rule = rule
        self.occurrences = occurrences
        self.open: dict[str, list[Period]] = {}  # of each agreement: over, and not settled
        self.told: dict[tuple[str, Key, str], int] = {}  # when it was told, µs
        self._looked: dict[str, int] = {}
        for name in rules_counted([rule.ir.holds], world.program):
            for what in ("breach", "discharge"):
                world.timers.listen((name, what), self._settled)
        if rule.breach_notices:  # somebody waits for the breach, if only to be told
            world.timers.listen((rule.ir.name, "breach"), lambda _subject, _event: None)
        for what in ("ended", "expired"):
            world.timers.listen(("agreement", what), self._over)

    def knows(self, agreement: str) -> bool:
        """Whether the periods of an agreement are planned."""
        return agreement in self.open

    def known(self, agreement: str, begin: int, at: int) -> None:
        """An agreement is known from now on: its periods end by the clock."""
        del at
        self.open[agreement] = []
        self._plan(agreement, begin)

    def _plan(self, agreement: str, at: int) -> None:
        whole = next_period(self.world, self.occurrences.schedule, agreement, at)
        if whole is None:
            return
        start, end = self.world.term(agreement)
        end = min(whole.end, end) if end > at else whole.end
        if end < FOREVER and start < end:
            self.world.timers.push(end, BEFORE, partial(self._ended, agreement, whole))
        elif end < FOREVER:  # the term is yet to begin
            self.world.timers.push(whole.end, BEFORE, lambda now: self._plan(agreement, now))

    def _ended(self, agreement: str, whole: Period, at: int) -> None:
        self._look_at(agreement, whole, at)
        self._plan(agreement, at)

    def _look_at(self, agreement: str, whole: Period, at: int) -> None:
        part = in_force_part(self.world, agreement, whole, at)
        if part is not None and part.end <= at:
            self._ask(agreement, part, at)

    def _over(self, subject: Subject, event: Event) -> None:
        """The agreement has ended, perhaps sooner than was planned: the running period ends with it."""
        del event
        at = self.world.now
        if subject.id in self.open:
            whole = next_period(self.world, self.occurrences.schedule, subject.id, at - 1)
            if whole is not None:
                self._look_at(subject.id, whole, at)

    def _settled(self, subject: Subject, event: Event) -> None:
        """A case that is counted has been breached or fulfilled: a period that is over may be settled by it."""
        del event
        agreement, at = subject.agreement or "", self.world.now
        if self._looked.get(agreement) != at:
            self._looked[agreement] = at
            for period in self.open.get(agreement, ()):
                self._ask(agreement, period, at)

    def _ask(self, agreement: str, period: Period, at: int) -> None:
        """After the events of the instant, and what follows from rules that come before this one."""
        ir = self.rule.ir
        subject = self.world.subject("", agreement)
        look = Derived(
            ir.name, "breach", subject, agreement, period.label, {}, partial(self._judge, agreement, period)
        )
        self.world.timers.derive(look, ir.shape.stratum, at)

    def _judge(self, agreement: str, period: Period) -> bool:
        """Tell it if the target is missed now; always False, for this question itself is no event."""
        world = self.world
        if self.rule.optional and not world.agreed.chooses(self.rule.ir, agreement, period.end - 1):
            return False
        for results in world.results.versions:
            results.begin(world.now)
        waiting = False
        for key in self.occurrences.keys(agreement):
            if (agreement, key, period.label) in self.told:
                continue
            verdict = target_verdict(world, self.rule, agreement, key, period)
            if verdict.status == "broken":
                self.told[agreement, key, period.label] = world.now
                self._tell(agreement, period)
            else:
                waiting = waiting or not verdict.final
        open_ = self.open[agreement]
        if waiting and period not in open_:
            open_.append(period)
        elif not waiting and period in open_:
            self.open[agreement] = [one for one in open_ if one != period]
        return False

    def _tell(self, agreement: str, period: Period) -> None:
        world, ir = self.world, self.rule.ir
        data = carried({"period": period.label}, late=True)
        made = Derived(ir.name, "breach", world.subject("", agreement), agreement, period.label, data)
        announce(world, made, ir.shape.stratum, world.now)
