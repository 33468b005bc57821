"""The course of an amount along its figure goes in; what is wrong with it comes out: negative, above the base, rising, jumping."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.prove.amounts.pieces import Form, Piece, ordered
from slalang.prove.errors import AboveBase, Jump, Negative, NotProved, Rising
from slalang.prove.shown import show, stretch_text
from slalang.prove.stretches import EVERYTHING, Stretch, readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.collector import Collector
    from slalang.ir.amounts import AmountRule
    from slalang.ir.expressions import Expr
    from slalang.prove.axes import Axis
    from slalang.prove.model import Value
    from slalang.prove.places import Places
    from slalang.source.text import Span, Spot

Lined = tuple[Piece, int]


@dataclass(slots=True)
class Course:
    """Pieces of an amount by what they are multiples of, each with the line of its row, for one choice of the other inputs."""

    known: dict[Expr, Value]
    pieces: dict[tuple[str, ...], list[Lined]] = field(default_factory=dict)
    is_capped: bool = False

    def add(self, form: Form, line: int, *, is_capped: bool) -> None:
        """Add the form on one stretch; where a multiple is missing it is nothing."""
        self.is_capped = self.is_capped or is_capped
        for scale, pieces in form.items():
            self.pieces.setdefault(scale, []).extend((piece, line) for piece in ordered(pieces))


@dataclass(frozen=True, slots=True)
class _Teller:
    rule: AmountRule
    slide: Axis | None
    others: Sequence[Axis]
    places: Places
    collector: Collector

    def region(self, stretch: Stretch, course: Course) -> Text:
        told = [f"`{one.name}` {show(course.known[one.input], one.type)}" for one in self.others]
        if self.slide is not None:
            told.insert(0, f"`{self.slide.name}` {stretch_text(stretch, self.slide.type)}")
        return Text(en=" and ".join(told) or "every case", zh="且 ".join(told) or "任何情形")

    def witness(self, stretch: Stretch, piece: Piece, scale: tuple[str, ...], course: Course) -> str:
        ty = self.slide.type if self.slide else "number"
        x = readable(stretch, ty, self.slide.domain if self.slide else EVERYTHING)
        told = [f"`{one.name}` {show(course.known[one.input], one.type)}" for one in self.others]
        told = [f"`{self.slide.name}` {show(x, ty)}", *told] if self.slide is not None else told
        return f"{', '.join(told)}: {self.amount(piece.at(x), scale)}".removeprefix(": ")

    def amount(self, value: Fraction, scale: tuple[str, ...]) -> str:
        if scale:
            return f"{about(value)} × {' × '.join(scale)}"
        return show(value, self.rule.amount.type)

    def at(self, line: int) -> Span | Spot:
        place = self.rule.about.place
        return self.places.row(place, line) if line else self.places.of(place)


def about(value: Fraction) -> str:
    """A share in per cent: exact where short, else rounded to two places and said to be so."""
    percent = value * 100
    if (percent * 10**4).denominator == 1:
        return show(value, "ratio")
    rounded = Fraction(round(percent * 100), 100)
    return f"≈ {show(rounded / 100, 'ratio')}"


def tell(
    rule: AmountRule,
    slide: Axis | None,
    others: Sequence[Axis],
    courses: Sequence[Course],
    places: Places,
    collector: Collector,
) -> None:
    """Report each kind of finding once for each region and choice of the other inputs."""
    teller = _Teller(rule, slide, others, places, collector)
    for course in courses:
        if len(course.pieces) > 1 and any(_below(lined) for lined in course.pieces.values()):
            what = Text(en="its sign depends on several amounts at once", zh="其正负同时取决于多个金额")
            collector.add(NotProved(places.of(rule.about.place), name=rule.name, what=what))
            continue
        for scale, lined in course.pieces.items():
            _negative(teller, course, scale, lined)
            if rule.sort in {"credit", "rebate"} and len(scale) == 1 and not course.is_capped:
                _above(teller, course, scale, lined)
            if slide is not None and slide.stretches:
                _along(teller, scale, lined)


def _below(lined: list[Lined]) -> list[tuple[Stretch, Piece, int]]:
    found = [(piece.below(Fraction(0)), piece, line) for piece, line in lined]
    return [(stretch, piece, line) for stretch, piece, line in found if stretch is not None]


def _merged(found: list[tuple[Stretch, Piece, int]]) -> list[tuple[Stretch, Piece, int]]:
    """Neighbouring stretches of one row as one."""
    out: list[tuple[Stretch, Piece, int]] = []
    for stretch, piece, line in found:
        if out and out[-1][2] == line and _touch(out[-1][0], stretch):
            same = out[-1][1] if (out[-1][1].start, out[-1][1].slope) == (piece.start, piece.slope) else piece
            out[-1] = (out[-1][0].joined(stretch), same, line)
        else:
            out.append((stretch, piece, line))
    return out


def _touch(one: Stretch, other: Stretch) -> bool:
    return one.high is not None and one.high == other.low and (one.high_in or other.low_in)


def _negative(teller: _Teller, course: Course, scale: tuple[str, ...], lined: list[Lined]) -> None:
    for stretch, piece, line in _merged(_below(lined)):
        region, witness = teller.region(stretch, course), teller.witness(stretch, piece, scale, course)
        teller.collector.add(Negative(teller.at(line), name=teller.rule.name, region=region, witness=witness))


def _above(teller: _Teller, course: Course, scale: tuple[str, ...], lined: list[Lined]) -> None:
    turned = [(Piece(piece.stretch, -piece.start, -piece.slope), line) for piece, line in lined]
    found = [(piece.below(Fraction(-1)), piece, line) for piece, line in turned]
    whole = [
        (stretch, Piece(piece.stretch, -piece.start, -piece.slope), line)
        for stretch, piece, line in found
        if stretch
    ]
    for stretch, piece, line in _merged(whole):
        region, witness = teller.region(stretch, course), teller.witness(stretch, piece, scale, course)
        found_above = AboveBase(
            teller.at(line), name=teller.rule.name, base=scale[0], region=region, witness=witness
        )
        teller.collector.add(found_above)


def _along(teller: _Teller, scale: tuple[str, ...], lined: list[Lined]) -> None:
    """Jumps beside a sliding formula, and the first place where a credit grows with a share."""
    rises = None
    ty = teller.slide.type if teller.slide else "number"
    for number, (piece, line) in enumerate(lined):
        if piece.slope > 0 and not piece.stretch.is_point and rises is None:
            rises = (piece.stretch.low, piece, piece.stretch.high, piece, line)
        if number == 0:
            continue
        before = lined[number - 1][0]
        edge = before.stretch.high
        if edge is None or edge != piece.stretch.low:
            continue
        after = piece if not piece.stretch.is_point or number + 1 >= len(lined) else lined[number + 1][0]
        if before.at(edge) == piece.at(edge):
            continue
        sloped = any(each.slope for each in (before, piece, after))
        if sloped:
            shown = [teller.amount(each.at(edge), scale) for each in (before, piece)]
            teller.collector.add(
                Jump(
                    teller.at(line),
                    name=teller.rule.name,
                    edge=show(edge, ty),
                    below=shown[0],
                    above=shown[1],
                )
            )
        if piece.at(edge) > before.at(edge) and rises is None:
            rises = (None, before, edge, piece, line)
    if rises is not None and teller.rule.sort in {"credit", "rebate"} and ty == "ratio":
        _rising(teller, scale, rises, ty)


def _rising(teller: _Teller, scale: tuple[str, ...], rises: tuple[object, ...], ty: str) -> None:
    low, before, high, after, line = rises
    assert isinstance(before, Piece)
    assert isinstance(after, Piece)
    assert isinstance(line, int)
    if isinstance(low, Fraction) and isinstance(high, Fraction):
        start, end = low, high
    else:
        assert isinstance(high, Fraction)
        start, end = readable(before.stretch, ty), high
    teller.collector.add(
        Rising(
            teller.at(line),
            name=teller.rule.name,
            from_=show(start, ty),
            low=teller.amount(before.at(start), scale),
            to=show(end, ty),
            high=teller.amount(after.at(end), scale),
        )
    )
