"""A standing duty and a period go in; the exact gaps in which its signal was false, and the verdict, come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.judging.traced.occurrences import of_standing
from slalang.engine.limits.occurrences import as_it_moves
from slalang.engine.metrics.times import Held
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import Quantity, Stretch, Verdict
from slalang.values.interval import Interval, clip, subtract, total, union

if TYPE_CHECKING:
    from slalang.engine.cases.rule import Rule
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.world import World
    from slalang.ir.expressions import Expr
    from slalang.ir.rules import Status
    from slalang.outcome.records import Period
    from slalang.outcome.trace import Value


class Standing:
    """Collects nothing itself: the signals it reads keep their history."""

    def __init__(self, world: World, rule: Rule) -> None:
        """Compile the state that must hold, and what stops or excuses it."""
        self.world = world
        self.rule = rule
        ir = rule.ir
        assert ir.holds is not None
        self.holds = self._held(ir.holds)
        self.stands = [
            (one.name, one.about.clause, self._held(one.when))
            for one in ir.clock.standstills
            if world.applies(one.under)
        ]
        self.excuses = [
            (one.name, one.about.clause, self._held(as_it_moves(one.when)))
            for one in ir.excuses
            if world.applies(one.under)
        ]

    def _held(self, expression: Expr) -> Held:
        world = self.world
        world.signals.track([expression])
        return Held(world, world.compiler.expr(expression), world.signals.sources([expression]))

    def subjects(self, agreement: str) -> list[Subject | None]:
        """The subjects of the scope that belong to the agreement; none where the duty is the agreement's own."""
        entity = self.rule.ir.scope.entity
        if not entity:
            return [None]
        world = self.world
        known = {*world.registers.ids(entity), *world.subjects.get(entity, {})}
        found = [world.subject(entity, id_) for id_ in sorted(known)]
        return [one for one in found if (one.agreement or "") == agreement]

    def verdicts(self, agreement: str, period: Period) -> list[Verdict]:
        """One verdict a subject."""
        found = [self._verdict(agreement, subject, period) for subject in self.subjects(agreement)]
        results = self.world.results
        if results.focus is not None:
            results.occurrence_traces += [
                of_standing(self, one) for one in found if results.focus_on_verdict(one)
            ]
        return found

    def read_at(self, verdict: Verdict, at: int) -> Value | None:
        """The condition as it was at an instant (µs), with the values of its parts; None where it cannot be read."""
        env = self.world.env
        kept = (env.subject, env.agreement, env.at, env.event, env.record)
        entity = self.rule.ir.scope.entity
        subjects = self.world.subjects.get(entity, {})
        env.subject = subjects.get(verdict.subject) if entity else None  # without one: the agreement's own
        env.agreement = verdict.agreement
        env.at, env.event, env.record = at, None, []
        try:
            self.holds.value(env)
        except Undetermined:
            return None
        else:
            return env.record[-1] if env.record else None
        finally:
            env.subject, env.agreement, env.at, env.event, env.record = kept

    def begins(self, agreement: str, period: Period) -> int:
        """From when a period is judged: without a term the state before the first known event is nobody's statement."""
        first = self.world.results.first(agreement)
        if self.world.term(agreement)[0] < -(1 << 61) and first is not None:
            return max(period.start, first)
        return period.start

    def _verdict(self, agreement: str, subject: Subject | None, period: Period) -> Verdict:
        results, ir = self.world.results, self.rule.ir
        start = self.begins(agreement, period)
        end = min(period.end, results.as_of)
        status: Status = "pending" if period.end > results.as_of else "met"
        gaps: list[Interval] = []
        excused: list[Stretch] = []
        reason = ""
        try:
            if start < end:
                gaps, excused = self.gaps(subject, agreement, start, end)
        except Undetermined as unknown:
            status, reason = "undetermined", unknown.reason
        if gaps:
            status = "broken"
        elif excused:
            status = "excused"
        return Verdict(
            rule=ir.name,
            clause=ir.about.clause,
            agreement=agreement,
            subject="" if subject is None else subject.id,
            instance=period.label,
            period=period,
            status=status,
            final=status == "broken" or period.end <= results.as_of,
            debtor=ir.debtor,
            creditor=ir.creditor,
            measure=Quantity("duration", Fraction(total(gaps))),
            limit=Quantity("duration", Fraction(0)),
            limit_strict=False,
            margin=Quantity("duration", Fraction(-total(gaps))),
            start=start,
            deadline=period.end,
            deadline_if_resumed_now=None,
            discharged_at=None,
            breached_at=gaps[0][0] if gaps else None,
            excuses=tuple(excused),
            gaps=tuple(
                Stretch(a, b, "gap", ir.about.clause, self.events(subject, agreement, a, b)) for a, b in gaps
            ),
            assumptions=self.world.assumptions(self.rule, agreement),
            reason=reason,
            version=self.world.program.version,
        )

    def gaps(
        self, subject: Subject | None, agreement: str, start: int, end: int
    ) -> tuple[list[Interval], list[Stretch]]:
        """The gaps in [start, end) that nothing excuses, and what is excused."""
        held = self.holds.intervals(subject, agreement, start, end)
        stands = union(*(one.intervals(subject, agreement, start, end) for _, _, one in self.stands))
        gaps = subtract(subtract([(start, end)], held), stands)
        excused: list[Stretch] = []
        for name, clause, one in self.excuses:
            covered = one.intervals(subject, agreement, start, end)
            for gap in gaps:
                excused += [Stretch(a, b, name, clause) for a, b in clip(covered, *gap)]
            gaps = subtract(gaps, covered)
        return gaps, excused

    def events(self, subject: Subject | None, agreement: str, start: int, end: int) -> tuple[str, ...]:
        """The events that opened and closed a gap."""
        world, env = self.world, self.world.env
        kept = (env.subject, env.agreement)
        env.subject, env.agreement = subject, agreement
        found: list[str] = []
        for plan, via in self.holds.sources:
            owner = subject
            if via or subject is None or subject.entity != plan.signal.entity:
                owner = world.resolve(env, via, plan.signal.entity)
            track = owner.tracks[plan.slot] if owner is not None and plan.slot >= 0 else None
            if track is not None:
                found += [track.event_at(at) for at in (start, end) if track.points(at, at + 1)]
        env.subject, env.agreement = kept
        return tuple(dict.fromkeys(event for event in found if event))


def gaps_of(world: World, rule: Rule) -> Standing:
    """The object that finds the gaps of a standing duty."""
    return Standing(world, rule)
