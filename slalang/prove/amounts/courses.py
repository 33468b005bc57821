"""The course of an amount along its figure goes in; where it is negative, above the base, rising or jumping comes out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from slalang.prove.amounts.pieces import Form, Piece, Scale, ordered
from slalang.prove.stretches import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.ir.expressions import Expr
    from slalang.prove.model import Value

Lined = tuple[Piece, int]


@dataclass(slots=True)
class Course:
    """Pieces of an amount by what they are multiples of, each with the line of its row, for one choice of the other inputs."""

    known: dict[Expr, Value]
    pieces: dict[Scale, list[Lined]] = field(default_factory=dict)
    stretches: list[tuple[Stretch, int, frozenset[Scale]]] = field(default_factory=list)

    def add(self, form: Form, line: int, stretch: Stretch) -> None:
        """Add the form on one stretch; where a multiple is missing it is nothing."""
        self.stretches.append((stretch, line, frozenset(form)))
        for scale, pieces in form.items():
            self.pieces.setdefault(scale, []).extend((piece, line) for piece in ordered(pieces))

    def whole(self, scale: Scale) -> list[Lined]:
        """The pieces of one multiple, with those where it is nothing, from the lowest to the highest."""
        nothing = [
            (Piece(stretch, Fraction(0), Fraction(0)), line)
            for stretch, line, scales in self.stretches
            if scale not in scales
        ]
        if not nothing:
            return self.pieces[scale]
        found = [*self.pieces[scale], *nothing]
        order = ordered(tuple(piece for piece, _ in found))
        lines = {id(piece): line for piece, line in found}
        return [(piece, lines[id(piece)]) for piece in order]

    @property
    def is_mixed(self) -> bool:
        """Whether its sign depends on several open amounts at once."""
        return len(self.pieces) > 1 and any(_below(lined) for lined in self.pieces.values())


@dataclass(frozen=True, slots=True)
class Found:
    """Something about a course: on a stretch (`negative`, `above`), or from one point to another (`jump`, `rising`, `falling`, `turns`)."""

    sort: Literal["negative", "above", "jump", "rising", "falling", "turns"]
    line: int
    scale: Scale
    stretch: Stretch
    start: Fraction = Fraction(0)
    slope: Fraction = Fraction(0)
    before: Fraction = Fraction(0)
    after: Fraction = Fraction(0)
    other: int = 0  # the line of the row below the edge, where two rows differ

    def at(self, x: Fraction) -> Fraction:
        """The amount's multiple on the stretch."""
        return self.start + self.slope * x


def look(
    course: Course,
    *,
    is_credit: bool,
    is_capped: bool,
    slides: bool,
    worse: Literal["", "low", "high"] = "",
    turns: bool = False,
) -> Iterable[Found]:
    """Everything that is to be said of a course.

    `worse`: which end of the figure is the worse service (a lateness: the high one), so that the amount should grow towards it;
    `turns`: nobody knows, but the amount should not both grow and fall.
    """
    for scale, lined in course.pieces.items():
        yield from _on("negative", scale, _below(lined))
        if is_credit and len(scale) == 1 and not is_capped:
            turned = [(Piece(piece.stretch, -piece.start, -piece.slope), line) for piece, line in lined]
            over = [(stretch, piece, line) for stretch, piece, line in _below(turned, Fraction(-1))]
            back = [
                (stretch, Piece(stretch, -piece.start, -piece.slope), line) for stretch, piece, line in over
            ]
            yield from _on("above", scale, back)
        if slides:
            yield from _jumps(scale, lined)
            rises = _rising(scale, course.whole(scale)) if worse == "low" else ()
            yield from (one for one in rises if one.before >= 0)  # from below nothing: that is told already
        if worse == "high":
            yield from _falling(scale, course.whole(scale))
        if turns and not worse:
            falls = [*_falling(scale, course.whole(scale))]
            grows = [*_rising(scale, course.whole(scale))]
            yield from [replace(one, sort="turns") for one in falls] if grows else []


def _below(lined: list[Lined], bound: Fraction = Fraction(0)) -> list[tuple[Stretch, Piece, int]]:
    found = [(piece.below(bound), piece, line) for piece, line in lined]
    return [(stretch, piece, line) for stretch, piece, line in found if stretch is not None]


def _on(
    sort: Literal["negative", "above"], scale: Scale, found: list[tuple[Stretch, Piece, int]]
) -> Iterable[Found]:
    """Neighbouring stretches of one row as one."""
    out: list[tuple[Stretch, Piece, int]] = []
    for stretch, piece, line in found:
        if out and out[-1][2] == line and _touch(out[-1][0], stretch):
            # A point's piece may be written as a constant; the piece that slopes tells of the whole.
            told = out[-1][1] if not out[-1][0].is_point else piece
            out[-1] = (out[-1][0].joined(stretch), told, line)
        else:
            out.append((stretch, piece, line))
    for stretch, piece, line in out:
        yield Found(sort, line, scale, stretch, piece.start, piece.slope)


def _touch(one: Stretch, other: Stretch) -> bool:
    return one.high is not None and one.high == other.low and (one.high_in or other.low_in)


def _edges(lined: list[Lined]) -> Iterable[tuple[Fraction, Piece, Piece, Piece, int]]:
    """Each point at which one piece ends and another begins: the point, the piece before, the one there, the one after it."""
    for number, (piece, line) in enumerate(lined[1:], start=1):
        before, edge = lined[number - 1][0], lined[number - 1][0].stretch.high
        if edge is not None and edge == piece.stretch.low:
            after = lined[number + 1][0] if piece.stretch.is_point and number + 1 < len(lined) else piece
            yield edge, before, piece, after, line


def _jumps(scale: Scale, lined: list[Lined]) -> Iterable[Found]:
    """Steps beside a sliding formula; steps between fixed amounts are what a table is for."""
    for edge, before, piece, after, line in _edges(lined):
        left, right = before.at(edge), piece.at(edge)
        if left != right and any(each.slope for each in (before, piece, after)):
            point = Stretch(edge, True, edge, True)
            yield Found("jump", line, scale, point, before=left, after=right)


def _rising(scale: Scale, lined: list[Lined]) -> Iterable[Found]:
    """The first place where the amount grows with the figure."""
    for number, (piece, line) in enumerate(lined):
        low, high = piece.stretch.low, piece.stretch.high
        if number and (edge := lined[number - 1][0].stretch.high) is not None and edge == low:
            before = lined[number - 1][0]
            if piece.at(edge) > before.at(edge):
                stretch = Stretch(before.stretch.low, True, edge, True)
                other = lined[number - 1][1]
                smaller, larger = before.at(edge), piece.at(edge)
                yield Found("rising", line, scale, stretch, before=smaller, after=larger, other=other)
                return
        if piece.slope > 0 and not piece.stretch.is_point and low is not None and high is not None:
            yield Found("rising", line, scale, piece.stretch, before=piece.at(low), after=piece.at(high))
            return


def _falling(scale: Scale, lined: list[Lined]) -> Iterable[Found]:
    """The first place where the amount falls while the figure grows: where its negative rises."""
    turned = [(Piece(piece.stretch, -piece.start, -piece.slope), line) for piece, line in lined]
    for found in _rising(scale, turned):
        yield replace(found, sort="falling", before=-found.before, after=-found.after)
