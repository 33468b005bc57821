"""A case's clock goes in; the part of its explanation that counts stretch by stretch, with a running sum, comes out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from slalang.explain.parts.expressions import operation
from slalang.explain.tree import Instant, Node, Word, duration, node
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.outcome.records import Stretch
    from slalang.outcome.trace import CaseTrace, ClockStretch

MOST_SUMMANDS = 6  # a longer sum is left to the table's running column
REOPENED = "discharged"  # the reason that a verdict gives for the time between a discharge and the reopening


@dataclass(frozen=True, slots=True)
class Turn:
    """A limit that changed under way and with it what the clock says: `from_the_change` or `remaining_share` (model §5)."""

    at: int
    policy: str
    old: Quantity
    new: Quantity
    after: int  # what the clock said from there on, whole µs


@dataclass(frozen=True, slots=True)
class _Piece:
    """A row of the clock: a stretch that counted or did not, cut where the limit changed."""

    start: int
    end: int
    counted: int
    state: str
    reason: str = ""
    clause: str = ""
    events: tuple[str, ...] = ()


def clock_part(trace: CaseTrace, away: Iterable[Stretch] = ()) -> Node | None:
    """Each stretch, counted or not and why, the sum so far, and the sum in all; None for a case without a clock.

    `away` are the stretches of the verdict in which the clock stood: those between a discharge and its reopening are
    rows too, as nothing was running then.
    """
    if not trace.clock:
        return None
    first = trace.clock[0].start
    done = [
        _Piece(one.start, one.end, 0, REOPENED, events=one.events)
        for one in away
        if one.reason == REOPENED and one.end is not None and one.end > one.start >= first
    ]
    return node("clock", *_rows([*_pieces(trace.clock), *done], turns(trace)))


def turns(trace: CaseTrace) -> tuple[Turn, ...]:
    """The changes of the limit that turned the clock: since it began, or began anew (such a step names no policy)."""
    steps = trace.limits
    begun = max((index for index, step in enumerate(steps) if not step.policy), default=0)
    first = trace.clock[0].start if trace.clock else 0
    return tuple(
        Turn(step.at, step.policy, before.limit, step.limit, step.elapsed_before)
        for before, step in pairwise(steps[begun:])
        if step.policy in {"from_the_change", "remaining_share"}
        and before.limit.type == step.limit.type == "duration"
        and step.at > first
    )


def run_before(trace: CaseTrace) -> dict[int, Quantity]:
    """What the clock had counted, by the instant of each change that turned it."""
    rows = _rows(_pieces(trace.clock), turns(trace))
    return {row.instant("at"): row.number("used") for row in rows if row.kind.startswith("turn.")}


def stretch_rows(stretches: tuple[ClockStretch, ...]) -> tuple[Node, ...]:
    """A row a stretch with the sum so far, and a last node with the sum in all."""
    return _rows(_pieces(stretches), ())


def _pieces(stretches: Iterable[ClockStretch]) -> list[_Piece]:
    return [
        _Piece(one.start, one.end, one.counted, one.state, one.reason, one.clause, one.events)
        for one in stretches
    ]


def _rows(pieces: list[_Piece], changes: tuple[Turn, ...]) -> tuple[Node, ...]:
    rows: list[Node] = []
    so_far = Fraction(0)
    summands: list[Fraction] = []
    left = list(changes)
    for piece in _cut(sorted(pieces, key=lambda one: one.start), [turn.at for turn in changes]):
        while left and left[0].at <= piece.start:
            so_far, summands = _turned(left.pop(0), so_far, summands, rows)
        so_far += piece.counted
        if piece.counted:
            summands.append(Fraction(piece.counted))
        rows.append(_stretch(piece, so_far))
    for turn in left:
        so_far, summands = _turned(turn, so_far, summands, rows)
    return (*rows, _sum(summands, so_far))


def _cut(pieces: Iterable[_Piece], points: list[int]) -> list[_Piece]:
    """The pieces, cut at the points inside them; a stretch counts wholly or not at all, so its parts do."""
    found: list[_Piece] = []
    for piece in pieces:
        inner = [at for at in points if piece.start < at < piece.end]
        for start, end in pairwise([piece.start, *inner, piece.end]):
            counted = end - start if inner and piece.counted else piece.counted
            found.append(_Piece(start, end, counted, piece.state, piece.reason, piece.clause, piece.events))
    return found


def _turned(
    turn: Turn, so_far: Fraction, summands: list[Fraction], rows: list[Node]
) -> tuple[Fraction, list[Fraction]]:
    """What the clock says after a change, and the row that tells how; a change that turned nothing has no row."""
    if turn.policy == "from_the_change" and turn.after == 0:
        if so_far:
            rows.append(
                node("turn.anew", at=Instant(turn.at), used=_time(so_far), limit=turn.new, subtotal=_time(0))
            )
        return Fraction(0), []
    if turn.policy != "remaining_share" or not turn.old.value:
        return so_far, summands
    share = so_far / turn.old.value
    after = share * turn.new.value
    if int(after) != turn.after or after == so_far:
        return so_far, summands
    rows.append(
        node(
            "turn.share",
            at=Instant(turn.at),
            used=_time(so_far),
            old=turn.old,
            share=Quantity("ratio", share),
            left=Quantity("ratio", 1 - share),
            limit=turn.new,
            remaining=_time((1 - share) * turn.new.value),
            subtotal=_time(after),
        )
    )
    return after, [after]


def _time(value: Fraction | int) -> Quantity:
    return Quantity("duration", Fraction(value))


def _stretch(piece: _Piece, so_far: Fraction) -> Node:
    why = None
    if piece.reason:
        why = node("why.clause", reason=piece.reason, clause=piece.clause or None)
    return node(
        "stretch",
        start=Instant(piece.start),
        end=Instant(piece.end),
        length=duration(piece.end - piece.start),
        state=Word(piece.state, "state"),
        why=why,
        counted=duration(piece.counted),
        subtotal=_time(so_far),
        ids=piece.events,
    )


def _sum(summands: list[Fraction], total: Fraction) -> Node:
    if not summands:
        return node("clock.none", total=duration(0))
    if 1 < len(summands) <= MOST_SUMMANDS:
        added = operation("+", tuple((node("x.value", value=_time(item)), 9) for item in summands))
        return node("clock.sum", sum=added, total=_time(total))
    return node("clock.total", total=_time(total))
