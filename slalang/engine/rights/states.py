"""A right and the as-of instant go in; where it stands for each subject comes out, since when, until when, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.reasons import say
from slalang.engine.rights.standing import Standing
from slalang.engine.settings import FOREVER
from slalang.engine.undetermined import Undetermined
from slalang.outcome.records import RightAttempt, RightState
from slalang.values import instant as instants

if TYPE_CHECKING:
    from slalang.engine.facts.subjects import Subject
    from slalang.engine.rights.right import RightOf
    from slalang.values.interval import Interval


def states(right: RightOf, as_of: int) -> list[RightState]:
    """One state a standing; one `not_yet` for an agreement to which nothing has given the right."""
    known(right)
    standings = [one for group in right.found.values() for one in group]
    found = [_state(right, one, as_of) for one in standings if right.tells(one, as_of)]
    orphans = [one for one in right.orphans.values() if right.tells(one, as_of)]
    found += [_state(right, one, as_of, orphan=True) for one in orphans]
    if right.ir.trigger is not None and right.ir.scope != "each" and right is right.peers[-1]:
        told = {one.agreement for one in (*standings, *right.orphans.values())}
        for agreement in right.world.results.agreements():
            if agreement not in told:
                none = Standing(agreement, "", as_of, [])
                found.append(_state(right, none, as_of, orphan=True))
    return found


def known(right: RightOf) -> None:
    """A right that nothing has to give exists for each agreement, or for each subject, that there is."""
    if right.ir.trigger is not None:
        return
    world = right.world
    for agreement in world.results.agreements():
        world.life.of(agreement)
    if right.ir.scope == "each":
        for subject in tuple(world.subjects.get(right.ir.entity, {}).values()):
            if subject.acted:
                right.those(subject)
    else:
        for agreement in world.results.agreements():
            right.those(world.subject("", agreement))


def subject_of(right: RightOf, one: Standing) -> Subject:
    """The subject that a standing is about."""
    if one.subject:
        return right.world.subject(right.ir.entity, one.subject)
    return right.world.subject("", one.agreement)


def stretches(right: RightOf, one: Standing, until: int) -> list[Interval]:
    """When it was exercisable, in [its beginning, until): in its window, in the term, uncured, its condition holding.

    Raises:
        Undetermined: nobody can say.
    """
    start, end = _bounds(right, one, until)
    if start >= end:
        return []
    if right.held is None:
        return [(start, end)]
    return right.held.intervals(subject_of(right, one), one.agreement, start, end)


def _bounds(right: RightOf, one: Standing, until: int) -> tuple[int, int]:
    term = right.world.life.of(one.agreement)
    start = max(one.opens, one.given, term.start)
    if right.ir.cure is not None:
        arises = one.arises()
        start = until if arises is None else max(start, arises)
    end = min(until, one.term_end, right.ends(one.agreement) + (1 if term.end_included else 0))
    if one.until is not None:
        end = min(end, one.until if one.strict else one.until + 1)
    if one.exercised_at is not None:
        end = min(end, one.exercised_at + 1)
    return start, end


def _state(right: RightOf, one: Standing, as_of: int, *, orphan: bool = False) -> RightState:
    status, reason, since = "", "", None
    try:
        status, reason, since = _status(right, one, as_of, orphan=orphan)
    except Undetermined as unknown:
        status, reason = "undetermined", unknown.reason
    ir = right.ir
    endless = one.until is None and one.term_end == FOREVER and right.ends(one.agreement) == FOREVER
    last = None if endless else _last(right, one)
    return RightState(
        rule=ir.name,
        clause=ir.about.clause,
        agreement=one.agreement,
        subject=one.subject,
        holder=", ".join(right.holders),
        status=status,
        final=status in {"exercised", "lapsed"} or (status == "ineffective" and _closed(right, one, as_of)),
        since=since,
        until=None if orphan else last,
        exercised_at=one.exercised_at,
        evidence=tuple(dict.fromkeys(one.evidence)),
        reason=reason,
        against=ir.against,
        instance=one.instance,
        opens=None if orphan or one.opens <= -FOREVER else one.opens,
        exercised_by=one.exercised_by,
        effect=ir.effect,
        effective_at=one.effective_at,
        attempts=tuple(RightAttempt(try_.at, try_.event, try_.reason) for try_ in one.attempts),
        version=right.world.program.version,
    )


def _last(right: RightOf, one: Standing) -> int:
    """The end of its window or of the term, whichever comes first."""
    own = [one.term_end, *([one.until] if one.until is not None else [])]
    if one.exercised_at is not None and min(own) < FOREVER:
        return min(own)  # that its own exercise may have ended the contract is no end of its window
    return min(*own, right.ends(one.agreement))


def _closed(right: RightOf, one: Standing, as_of: int) -> bool:
    term = right.world.life.of(one.agreement)
    return one.over(as_of) or (term.over and not right.ir.survives) or one.cured() is not None


def _status(right: RightOf, one: Standing, as_of: int, *, orphan: bool) -> tuple[str, str, int | None]:
    """Status, why, and since when it is exercisable (of an exercised one: when it became so)."""
    vain = one.attempts[-1].reason if one.attempts else ""
    if orphan:
        return ("ineffective", vain, None) if vain else ("not_yet", say("right_nothing"), None)
    if one.exercised_at is not None:
        return "exercised", "", _since(right, one, one.exercised_at + 1)
    if one.unknown:
        raise Undetermined(one.unknown)
    term = right.world.life.of(one.agreement)
    alive = term.holds(as_of) or as_of < term.start or right.ir.survives
    if one.over(as_of) or not alive:
        if vain:
            return "ineffective", vain, None
        return "lapsed", _why_lapsed(right, one), None
    waits = _waits(right, one, as_of)
    if not waits and right.holds(one, subject_of(right, one), as_of, fresh=False):
        return "exercisable", "", _since(right, one, as_of + 1)
    if vain:
        return "ineffective", vain, None
    return "not_yet", waits or say("right_condition_now"), None


def _waits(right: RightOf, one: Standing, as_of: int) -> str:
    """What is not there yet besides the condition: the term, the window, the end of the time for a cure."""
    zone = right.world.zone.tz
    term = right.world.life.of(one.agreement)
    if as_of < term.start:
        return say("term_start")
    if as_of < max(one.opens, one.given):
        return say("right_early", at=instants.local(max(one.opens, one.given), zone))
    if right.ir.cure is not None:
        arises, cured = one.arises(), one.cured()
        if arises is None:
            return say("right_cured", event=cured.cured_by) if cured else say("right_no_demand")
        if as_of < arises:
            return say("right_cure_open", at=instants.local(one.demands[-1].until, zone, end=True))
    return ""


def _why_lapsed(right: RightOf, one: Standing) -> str:
    last = _last(right, one)
    if one.ended_by:
        return say("right_ended", event=one.ended_by)
    if right.ends(one.agreement) < min(one.until or FOREVER, one.term_end):
        return say("right_term_over")
    return say("right_late", at=instants.local(last, right.world.zone.tz, end=True))


def _since(right: RightOf, one: Standing, until: int) -> int | None:
    """The beginning of the last stretch in which it was exercisable before an instant; None where only metrics could tell."""
    if right.reads_metrics:
        return None
    found = stretches(right, one, until)
    return found[-1][0] if found and found[-1][0] > -FOREVER else None
