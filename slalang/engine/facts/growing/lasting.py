"""A signal whose time runs up to a bound goes in; the instant at which it has held for so long, and its period's end, turn a signal."""

from __future__ import annotations

from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from slalang.engine.cases.advance import up
from slalang.engine.metrics.spans import counted_periods
from slalang.engine.reasons import in_chinese
from slalang.engine.timers import AFTER, BEFORE
from slalang.engine.undetermined import Nothing, Undetermined
from slalang.ir import facts
from slalang.ir.rules import Schedule
from slalang.outcome.records import Fault

if TYPE_CHECKING:
    from slalang.engine.clock.periods import Periods
    from slalang.engine.facts.signals import Plan
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World


class Run:
    """The time of one subject: counted so far in the period (µs), and since when it runs on."""

    __slots__ = ("counted", "end", "since", "told", "turn")

    def __init__(self) -> None:
        """Nothing has been counted."""
        self.counted = 0
        self.since: int | None = None
        self.end: int | None = None  # of the period, once anything runs in it
        self.turn = 0  # how often it has been looked at: what was to come before then no longer is
        self.told = False


class Lasting:
    """One such signal: `running time of broken each month > 4 h`.

    `>=` is reached by the history before an instant, so before its events, as a strict limit runs out; `>` only if the signal
    goes on holding after them. Both name the instant at which the bound is reached (model §4).
    """

    def __init__(self, world: World, plan: Plan, form: facts.Lasting) -> None:
        """Compile the bound; watch the signal."""
        self.world, self.plan, self.form = world, plan, form
        self.bound = world.compiler.expr(form.bound)
        self.schedule = Schedule(form.unit, form.n, counted=form.counted) if form.unit else None  # type: ignore[arg-type]
        self.source = world.signals.plan(form.signal)
        self._periods: dict[str, Periods] = {}
        world.watching.watch(self.source, self._look, from_the_start=True)

    def _run(self, subject: Subject) -> Run:
        place = (self.plan.slot, "time")
        found = subject.marks.get(place)
        if found is None:
            found = subject.marks[place] = Run()
        assert isinstance(found, Run)
        return found

    def _look(self, subject: Subject, at: int, event: str) -> None:
        """Count up to an instant, note whether it runs on from there, and say when the bound will be reached."""
        run = self._run(subject)
        if run.since is not None:
            run.counted += at - run.since
        holds = self.world.watching.holds(self.source, subject)
        if self.plan.keeps and event and holds is not (run.since is not None):
            subject.marks.setdefault((self.plan.slot, "events"), []).append(event)
        run.since = at if holds else None
        self._settle(subject, run, at, event)

    def _settle(self, subject: Subject, run: Run, at: int, event: str) -> None:
        run.turn += 1
        bound = self._bound(subject, run, at)
        if bound is None:
            return
        running = run.since is not None
        reached = run.counted > bound or (run.counted == bound and (running or not self.form.strict))
        self.world.put(subject, self.plan.slot, reached, at, event)
        if running and not reached:
            phase = AFTER if self.form.strict else BEFORE
            then = partial(self._then, subject, run, run.turn)
            self.world.timers.push(at + bound - run.counted, phase, then)
        if self.schedule is not None and run.end is None and (running or run.counted):
            self._await_end(subject, run, at)

    def _then(self, subject: Subject, run: Run, turn: int, at: int) -> None:
        if run.turn == turn:
            self._look(subject, at, "")

    def _await_end(self, subject: Subject, run: Run, at: int) -> None:
        """The count begins anew with the next period."""
        agreement = subject.agreement or ""
        if agreement not in self._periods:
            assert self.schedule is not None
            self._periods[agreement] = counted_periods(self.world, self.schedule, agreement)
        try:
            run.end = self._periods[agreement].holding(at).end
        except Undetermined as unknown:
            self._unknown(subject, run, at, unknown.reason)
            return
        self.world.timers.push(run.end, BEFORE, partial(self._ended, subject, run))

    def _ended(self, subject: Subject, run: Run, at: int) -> None:
        run.counted, run.end = 0, None
        if run.since is not None:
            run.since = at
        if self.plan.keeps:
            kept = subject.marks.get((self.plan.slot, "events"), [])
            subject.marks[self.plan.slot, "events"] = kept[-1:] if run.since is not None else []
        self._settle(subject, run, at, "")

    def _bound(self, subject: Subject, run: Run, at: int) -> int | None:
        """How long is long enough, in µs; None after a fault where nobody says."""
        env = self.world.env
        kept = (env.subject, env.agreement, env.case, env.event)
        env.subject, env.agreement, env.case, env.event = subject, subject.agreement or "", None, None
        try:
            return up(Fraction(self.bound(env)))
        except (Undetermined, Nothing) as unknown:
            self._unknown(subject, run, at, str(unknown))
            return None
        finally:
            env.subject, env.agreement, env.case, env.event = kept

    def _unknown(self, subject: Subject, run: Run, at: int, reason: str) -> None:
        if run.told:
            return
        run.told = True
        name = self.plan.signal.name
        self.world.faults.append(
            Fault(
                "SLA-E0705", subject.agreement or "", subject.id, "", at,
                f"nobody can tell when `{name}` turns true: {reason}",
                f"无法得知 `{name}` 何时成立：{in_chinese(reason)}",
            )
        )  # fmt: skip


def prepare(world: World) -> None:
    """Watch what every such signal of a version is made of."""
    for plan in world.signals.plans.values():
        if isinstance(plan.signal.form, facts.Lasting):
            Lasting(world, plan, plan.signal.form)
