"""A version's lines of life go in; the terms of its agreements come out, moved by events, rights and time."""

from __future__ import annotations

from datetime import timedelta
from heapq import heapify
from typing import TYPE_CHECKING, Any

from slalang.engine.compile.environment import Env
from slalang.engine.facts.derived import Derived
from slalang.engine.life.term import Span, Term
from slalang.engine.limits.days import Days
from slalang.engine.reasons import say
from slalang.engine.settings import FOREVER
from slalang.engine.undetermined import Undetermined
from slalang.ir.facts import Between, Running
from slalang.values import instant as instants

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from slalang.engine.world import World
    from slalang.ir.expressions import Expr
    from slalang.ir.program import LifeStep, Program
    from slalang.ir.rules import Limit

BEFORE = 0  # see `timers`: the end of a term comes before the events of its instant


class Life:
    """The terms of one version's agreements.

    What ends or suspends the contract is told to the lives of all versions (`peers`); each renews by its own lines.
    """

    def __init__(self, world: World) -> None:
        """Take the version's term and steps; nothing has happened."""
        self.world = world
        program = world.program
        self.validity = program.validity
        self.renewal: LifeStep | None = next(
            (one for one in self.validity.steps if one.effect == "renew"), None
        )
        self.terms: dict[str, Term] = {}
        self.days = Days(world, "", "")
        self.peers: list[Life] = [self]
        self.began: list[Callable[[Term, Span], None]] = []  # who wants to know of each new stretch of a term
        self.moves = _moves(program)
        self.needs_timers = self.moves

    # -- terms -------------------------------------------------------------------------------------------------------

    def of(self, agreement: str) -> Term:
        """The term of an agreement; made when it is first asked for, and brought up to the present."""
        found = self.terms.get(agreement)
        if found is None:
            found = self.terms[agreement] = self._made(agreement)
            if found.begun:
                self._begin(found, Span(found.start, found.end))
                self._catch_up(found)
        return found

    def _made(self, agreement: str) -> Term:
        validity = self.validity
        if validity.signed is not None:
            return Term(agreement, FOREVER, FOREVER)
        start = self._edge(validity.term_from, agreement, -FOREVER, last=False)
        return Term(agreement, start, self._edge(validity.term_until, agreement, FOREVER, last=True))

    def _edge(self, expression: Expr | None, agreement: str, otherwise: int, *, last: bool) -> int:
        if expression is None:
            return otherwise
        env = Env()
        env.agreement = agreement
        env.world_now = self.world.now
        try:
            value = self.world.compiler.expr(expression)(env)
        except Undetermined:
            return otherwise
        zone = self.world.zone
        if isinstance(value, int):
            return value
        return zone.end_of(value) if last else zone.start_of(value)

    def _begin(self, term: Term, span: Span) -> None:
        term.spans.append(span)
        if self.needs_timers and span.end < FOREVER:
            self._push(term, span.end)
        for tell in self.began:
            tell(term, span)

    def _started(self, term: Term, at: int, event: str = "") -> None:
        term.steps.insert(0, (at, "began", event))
        self.announce(term, "began", at, event=event)

    def _push(self, term: Term, at: int) -> None:
        self.world.timers.push(at, BEFORE, lambda now: self._reached(term, now))

    def _catch_up(self, term: Term) -> None:
        """An agreement that is heard of late has already lived."""
        if not self.moves:
            return
        now = self.world.now
        if -FOREVER < term.start <= now:
            self._at_once(self._started, term, term.start)
        elif now < term.start < FOREVER:
            self.world.timers.push(term.start, BEFORE, lambda at: self._started(term, at))
        # Where rules wait for periods, its ends are played in their order among those (`become_known`), by the timers.
        while term.end <= now and not term.over and not self.world.falling:
            self._at_once(self._reached, term, term.end)

    def _at_once(self, act: Callable[[Term, int], None], term: Term, at: int) -> None:
        """Play what lies before the present, with the derived events that it makes, before anything of the present."""
        timers, now = self.world.timers, self.world.now
        waiting, timers.derived = timers.derived, []
        act(term, at)
        timers.drain(now)
        timers.derived = [*timers.derived, *waiting]
        heapify(timers.derived)
        self.world.now = self.world.env.world_now = now

    def day(self, agreement: str, at: int, which: str) -> date:
        """The first or last day of the stretch of the term that holds an instant.

        Raises:
            Undetermined: the term has not begun, or has no end.
        """
        term = self.of(agreement)
        span = term.at(at)
        edge = None if span is None else span.start if which == "start" else min(span.end, term.end)
        if edge is None or not -FOREVER < edge < FOREVER:
            raise Undetermined(say("term_start" if which == "start" else "term_end"))
        zone = self.world.zone
        if which == "start":
            return zone.date_of(edge)
        return zone.date_of(edge if edge == term.end and term.end_included else edge - 1)

    # -- what time does ----------------------------------------------------------------------------------------------

    def _reached(self, term: Term, at: int) -> None:
        """The end of the term, as it was known when this was planned: it renews, or it is over."""
        if term.over or term.end != at or term.end_included:
            return
        goes_on = self.goes_on(term)
        prolonged = term.prolonged.pop(0) if term.prolonged else None
        if goes_on:
            self._renew(term, at, prolonged)
            return
        self._over(term, at, expired=term.ended_by == "", boundary=True)

    def goes_on(self, term: Term) -> bool:
        """Whether a term is renewed at its end, as things stand."""
        return term.ended_by == "" and (bool(term.prolonged) or self._renews(term))

    def _renews(self, term: Term) -> bool:
        step = self.renewal
        if step is None or term.stopped_by:
            return False
        if step.most is None:
            return not step.times or term.renewals < step.times
        env = Env()
        env.agreement = term.agreement
        env.world_now = self.world.now
        return bool(term.renewals < self.world.compiler.expr(step.most)(env))

    def _renew(self, term: Term, at: int, prolonged: tuple[int, int, str] | None) -> None:
        end = self._next_end(term, prolonged)
        if end <= at:
            self._over(term, at, expired=True, boundary=True)
            return
        term.end = end
        term.renewals += 1
        term.stopped_by = []
        term.steps.append((at, "renewed", prolonged[2] if prolonged else ""))
        self._begin(term, Span(at, end))
        self.announce(term, "renewed", at, boundary=True)

    def _next_end(self, term: Term, prolonged: tuple[int, int, str] | None) -> int:
        """The end of the next stretch, reckoned from the first renewal on, so that month ends do not wear away."""
        zone = self.world.zone
        if prolonged is not None:
            first = zone.date_of(term.end)
            return zone.start_of(zone.add_civil(first, prolonged[0], prolonged[1]))
        assert self.renewal is not None
        assert self.renewal.length is not None
        env = Env()
        env.agreement = term.agreement
        env.world_now = self.world.now
        length = self.world.compiler.expr(self.renewal.length)(env)
        anchor = zone.date_of(term.spans[0].end)
        count = term.renewals + 1
        if (
            zone.start_of(zone.add_civil(anchor, length.months * (count - 1), length.days * (count - 1)))
            != term.end
        ):
            anchor, count = zone.date_of(term.end), 1  # a right prolonged the term in between
        return zone.start_of(zone.add_civil(anchor, length.months * count, length.days * count))

    def _over(self, term: Term, at: int, *, expired: bool, boundary: bool, event: str = "") -> None:
        term.over = True
        if expired:
            term.steps.append((at, "expired", event))
            self.announce(term, "expired", at, boundary=boundary)
        term.steps.append((at, "ended", event or term.ended_by))
        self.announce(term, "ended", at, boundary=boundary, event=event or term.ended_by)

    # -- what events and rights do -------------------------------------------------------------------------------------

    def sign(self, agreement: str, party: str, at: int, event: str) -> None:
        """A signature; with the last one the term begins. One without a name is everybody's."""
        term = self.of(agreement)
        if term.begun:
            return
        for name in [party] if party else self.signers(at):
            term.signatures.setdefault(name, at)
        if not set(self.signers(at)) <= set(term.signatures):
            return
        term.start = at
        zone = self.world.zone
        term.spans = [Span(at, FOREVER)]  # so that the end may be reckoned from the first day
        end = self._edge(self.validity.term_until, agreement, FOREVER, last=True)
        term.spans = []
        term.end = max(end, zone.start_of(zone.date_of(at) + timedelta(days=1)))
        self._begin(term, Span(at, term.end))
        self._started(term, at, event)

    def signers(self, at: int) -> list[str]:
        """The parties on that day."""
        day = self.world.zone.date_of(at).isoformat()
        return [
            one.name
            for one in self.world.program.parties
            if (not one.since or one.since <= day) and (not one.until or day <= one.until)
        ]

    def end(
        self, agreement: str, event: str, at: int, after: Limit | None, days: Days | None = None
    ) -> int | None:
        """The contract ends, at once (strictly after the event) or after a notice period; None where it is not in force.

        `days`: how the right that ends it counts; without it, how the contract does.
        """
        if not self.of(agreement).holds(at) or self.of(agreement).over:
            return None
        when, included = at, True
        if after is not None:
            env = self.world.env
            env.agreement = agreement
            when, _, _ = (days or self.days).fixed(after, None, env, at)
            included = when <= at
        for life in self.peers:
            life._end(agreement, event, at, when, included=included)  # noqa: SLF001 - its own kind
        return when

    def _end(self, agreement: str, event: str, at: int, when: int, *, included: bool) -> None:
        term = self.of(agreement)
        if when > term.end or (when == term.end and not included):
            # The term may run out first; if it is renewed, the notice still ends it. Whatever comes first ends the contract.
            self.world.timers.push(when, BEFORE, lambda now: self._late_end(term, event, at, now))
            return
        term.end, term.end_included, term.ended_by, term.ended_from = when, included, event, at
        if included:
            self._over(term, when, expired=False, boundary=False, event=event)
        else:
            self._push(term, when)

    def _late_end(self, term: Term, event: str, at: int, when: int) -> None:
        if term.over or term.end <= when:
            return
        term.end, term.end_included, term.ended_by, term.ended_from = when, False, event, at
        self._over(term, when, expired=False, boundary=True, event=event)

    def stop_renewal(self, agreement: str, event: str, at: int) -> None:
        """The running stretch of the term is its last one, unless a right renews it."""
        for life in self.peers:
            term = life.of(agreement)
            if term.holds(at):
                term.stopped_by.append(event)

    def prolong(self, agreement: str, event: str, at: int, length: Any) -> None:
        """The term goes on for so long when it would run out."""
        for life in self.peers:
            term = life.of(agreement)
            if term.holds(at):
                term.prolonged.append((length.months, length.days, event))

    def suspend(self, agreement: str, event: str, at: int, *, on: bool) -> None:
        """The contract is suspended or goes on; saying so again changes nothing."""
        term = self.of(agreement)
        if not term.holds(at) or (term.suspended_from is not None) is on:
            return
        term.suspended_from = at if on else None
        what = "suspended" if on else "resumed"
        term.steps.append((at, what, event))
        self.announce(term, what, at, event=event)

    # -- derived events ------------------------------------------------------------------------------------------------

    def announce(self, term: Term, what: str, at: int, *, boundary: bool = False, event: str = "") -> None:
        """Tell whoever waits for what became of the agreement, after the events of the instant."""
        world = self.world
        if not world.in_force.holds(at, term.agreement):
            return
        edge = boundary and world.zone.start_of(world.zone.date_of(at)) == at
        when = world.zone.date_of(at - 1).isoformat() if edge else instants.format(at, world.zone.tz)
        instance = ":".join(filter(None, (term.agreement, when)))
        subject = world.subject("", term.agreement)
        made = Derived(
            "agreement",
            what,
            subject,
            term.agreement,
            instance,
            {},
            happened=at,
            ends_day=edge,
            causes=(event,) if event else (),
        )
        world.timers.derive(made, 0, at)


def _moves(program: Program) -> bool:
    """Whether anything can move the end of a term, or waits for it."""
    validity = program.validity
    effects = {"terminate", "renew", "stop_renewal"}
    patterns = [
        pattern
        for rule in program.obligations
        for pattern in (rule.trigger, rule.starts, rule.discharge, rule.void_when, rule.reopen)
    ]
    patterns += [pattern for one in program.rights for pattern in (one.trigger, one.ends, one.exercise)]
    patterns += [one.for_each_event for one in program.amounts]
    forms = [one.form for one in program.signals]
    patterns += [pattern for one in forms if isinstance(one, Between) for pattern in (one.start, one.stop)]
    patterns += [
        pattern for one in forms if isinstance(one, Running) for pattern in (one.events, one.less, one.reset)
    ]
    waits = any(name == "agreement" for one in patterns if one is not None for name, _ in one.derived)
    return bool(
        validity.steps or validity.signed or waits or any(one.effect in effects for one in program.rights)
    )
