"""What was found of an amount's courses goes in; diagnostics come out, each finding once, with the inputs that matter to it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import CaseValue
from slalang.prove.errors import AboveBase, Falling, FallsWhenWorse, Jump, Negative, Rising, Turning
from slalang.prove.shown import show, stretch_text
from slalang.prove.stretches import EVERYTHING, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.diagnostics.collector import Collector
    from slalang.diagnostics.diagnostic import Diagnostic
    from slalang.ir.amounts import AmountRule
    from slalang.ir.expressions import Expr
    from slalang.prove.amounts.courses import Found
    from slalang.prove.amounts.pieces import Scale
    from slalang.prove.axes import Axis
    from slalang.prove.model import Value
    from slalang.prove.places import Places


@dataclass(frozen=True, slots=True)
class Teller:
    """The rule, its sliding figure and its other inputs, to speak of."""

    rule: AmountRule
    slide: Axis | None
    others: Sequence[Axis]
    places: Places

    def tell(self, findings: Iterable[tuple[Found, dict[Expr, Value]]], collector: Collector) -> None:
        """Report each finding once, whatever the inputs that do not matter to it."""
        cases: dict[Found, list[dict[Expr, Value]]] = {}
        for found, known in findings:
            cases.setdefault(found, []).append(known)
        for found, every in cases.items():
            collector.add(self._diagnostic(found, every))

    def _diagnostic(self, found: Found, every: list[dict[Expr, Value]]) -> Diagnostic:
        place, name, ty = self.rule.about.place, self.rule.name, self._type()
        at = self.places.row(place, found.line) if found.line else self.places.of(place)
        if found.sort in {"jump", "rising", "falling", "turns"}:
            amounts = [
                amount(value, found.scale, self.rule.amount.type) for value in (found.before, found.after)
            ]
            edge = show(found.stretch.high or Fraction(0), ty)
            if found.sort == "jump":
                return Jump(at, name=name, edge=edge, below=amounts[0], above=amounts[1])
            start = found.stretch.low if found.stretch.low is not None else found.stretch.high or Fraction(0)
            other = self.places.second(place, found.other) if found.other not in {0, found.line} else None
            figure = self.slide.name if self.slide else ""
            if found.sort in {"falling", "turns"}:
                beyond = Text(en=f"at {edge}", zh=f"在 {edge} 时")
                if show(start, ty) == edge:
                    beyond = Text(en="just above it", zh="刚超过时")
                late = self.slide is not None and isinstance(self.slide.input, CaseValue)
                kind = Turning if found.sort == "turns" else Falling if late else FallsWhenWorse
                return kind(
                    at,
                    name=name,
                    figure=figure,
                    from_=show(start, ty),
                    high=amounts[0],
                    beyond=beyond,
                    low=amounts[1],
                    milder=other,
                )
            return Rising(
                at,
                name=name,
                figure=figure,
                from_=show(start, ty),
                low=amounts[0],
                to=edge,
                high=amounts[1],
                worse=other,
            )
        region, witness = self._region(found, every), self._witness(found, every)
        if found.sort == "above":
            return AboveBase(at, name=name, base=found.scale[0], region=region, witness=witness)
        return Negative(at, name=name, region=region, witness=witness)

    def _type(self) -> str:
        return self.slide.type if self.slide is not None else "number"

    def _matter(self, every: list[dict[Expr, Value]]) -> list[Axis]:
        """The inputs for some of whose values only the finding holds."""
        return [axis for axis in self.others if len({known[axis.input] for known in every}) < axis.size]

    def _region(self, found: Found, every: list[dict[Expr, Value]]) -> Text:
        told = []
        if self.slide is not None:
            told.append(f"`{self.slide.name}` {stretch_text(found.stretch, self._type())}")
        for axis in self._matter(every):
            values = dict.fromkeys(axis.shown(known[axis.input]) for known in every)
            told.append(f"`{axis.name}` {', '.join(values)}")
        return Text(en=" and ".join(told) or "every case", zh="且 ".join(told) or "任何情形")

    def _witness(self, found: Found, every: list[dict[Expr, Value]]) -> str:
        x = readable(found.stretch, self._type(), self.slide.domain if self.slide else EVERYTHING)
        told = [f"`{self.slide.name}` {show(x, self._type())}"] if self.slide is not None else []
        told += [f"`{axis.name}` {axis.shown(every[0][axis.input])}" for axis in self._matter(every)]
        value = amount(found.at(x), found.scale, self.rule.amount.type)
        return f"{', '.join(told)}: {value}" if told else value


def amount(value: Fraction, scale: Scale, ty: str) -> str:
    """A multiple of what was left open, or an amount."""
    return f"{share(value)} × {' × '.join(scale)}" if scale else show(value, ty)


def share(value: Fraction) -> str:
    """A share in per cent: exact where short, else rounded to two places and said to be so."""
    percent = value * 100
    if (percent * 10**4).denominator == 1:
        return show(value, "ratio")
    rounded = Fraction(round(percent * 100), 100)
    return f"≈ {show(rounded / 100, 'ratio')}"
