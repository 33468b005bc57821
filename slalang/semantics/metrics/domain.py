"""The form of a metric goes in; the values that it can have come out, as far as they are known."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.ir.amounts import BinRatio, CaseFold, EventFold, Formula, Metric, ShareMet, TimeIn, TimeOf
from slalang.ir.expressions import Const, Expr, Field, MetricRef, Op
from slalang.semantics.metrics.ranges import ANYTHING, Range, as_text, either, of_text, range_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.ir.amounts import MetricForm
    from slalang.ir.facts import Pattern
    from slalang.semantics.metrics.folded import Folded
    from slalang.semantics.scope.world import World


def domain(
    world: World,
    item: Folded,
    name: str = "",
    parts: Sequence[Folded] = (),
    when_none: Expr | None = None,
) -> tuple[str, str]:
    """The values a metric can have: a share lies in [0, 1], a count, a time and a mean of times are not negative; of a formula what follows
    from the domains of what it reads (`parts`: the aggregates in it, `name.1` and on), together with what stands for none."""
    forms = {f"{name}.{number}": part.form for number, part in enumerate(parts, start=1)}
    sure = _sure(item, forms)
    if sure is not None:
        return sure
    own = {f"{name}.{number}": _range(world, part) for number, part in enumerate(parts, start=1)}
    found = _range(world, item, own)
    if isinstance(item.form, Formula) and _rest_of_time(world, item.form.value, forms):
        found = Fraction(0), found[1]
    if when_none is not None:
        found = either([found, range_of(when_none, world.named, {})])
    return as_text(found)


def _sure(item: Folded, parts: dict[str, MetricForm] | None = None) -> tuple[str, str] | None:
    """Domains that hold whatever is counted, and whatever stands for none."""
    form = item.form
    if isinstance(form, ShareMet) or (isinstance(form, BinRatio) and form.fold == "share_of_bins"):
        return ("0", "1")
    if isinstance(form, TimeOf | TimeIn) or (isinstance(form, BinRatio) and form.fold == "time_of_bins"):
        return ("0", "")
    if isinstance(form, CaseFold | EventFold) and form.fold == "count":
        return ("0", "")
    if isinstance(form, Formula) and _left_of_a_whole(form.value, parts or {}):
        return ("0", "1")
    return None


def _range(world: World, item: Folded, own: dict[str, Range] | None = None) -> Range:
    sure = _sure(item)
    if sure is not None:
        return of_text(sure)
    match item.form:
        case Formula(value):
            return range_of(value, world.named, own or {})
        case EventFold() as form if form.value is not None:
            return _folded(
                form.fold, range_of(form.value, world.named, {}, _Fields(world, event=form.events))
            )
        case CaseFold() as form if form.value is not None:
            made = world.made(world.values[form.rules[0]][0]) if form.rules[0] in world.values else None
            fields = _Fields(
                world, trigger=getattr(made, "trigger", None), discharge=getattr(made, "discharge", None)
            )
            return _folded(form.fold, range_of(form.value, world.named, {}, fields))
        case BinRatio() as form:
            fields = _Fields(world, event=form.events)
            sides = [range_of(one, world.named, {}, fields) for one in (form.numerator, form.denominator)]
            blank = [] if form.empty_value is None else [range_of(form.empty_value, world.named, {})]
            # What is up or down is 0 or 1; a ratio of what is not negative is not negative either.
            sums = [one for one in (*sides, *blank) if one[0] is None or one[0] < 0]
            return ANYTHING if sums else (Fraction(0), None)
        case _:
            return ANYTHING


def _folded(fold: str, value: Range) -> Range:
    """A sum of what is not negative is not negative; a mean, a percentile or an extreme lies where its values do."""
    if fold != "sum":
        return value
    return (Fraction(0) if value[0] is not None and value[0] >= 0 else None), None


class _Fields:
    """The domain of a field of the events of some patterns, by what they are for a case, where each of them states one."""

    def __init__(self, world: World, **patterns: Pattern | None) -> None:
        self.declared = {
            of: [world.events.get(one.type) for one in pattern.any_of]
            for of, pattern in patterns.items()
            if pattern is not None
        }

    def __call__(self, node: Field) -> Range:
        found = [
            None if one is None else one.domains.get(node.name) for one in self.declared.get(node.of, ())
        ]
        if not found or any(one is None or one.one_of for one in found):
            return ANYTHING
        return either([of_text((one.low, one.high)) for one in found if one is not None])


def _rest_of_time(world: World, value: Expr, own: dict[str, MetricForm]) -> bool:
    """`time in always − D`, where D is time of a signal that is not rounded up: a part of the whole."""
    match value:
        case Op("-", (MetricRef() as whole, MetricRef() as part)) if not (whole.back or part.back):
            wholes, parts = (_forms(world, one, own) for one in (whole, part))
            return (
                bool(wholes and parts)
                and all(
                    isinstance(one, TimeIn) and one.calendar == "always" and not one.exclusions
                    for one in wholes
                )
                and all(isinstance(one, TimeOf) and one.round_mode in {"", "down"} for one in parts)
            )
        case _:
            return False


def _forms(world: World, node: MetricRef, own: dict[str, MetricForm]) -> list[MetricForm]:
    if node.across or node.joined or node.within:
        return []
    if node.name in own:
        return [own[node.name]]
    return [one.form for one in world.named(node.name) if isinstance(one, Metric)]


def _left_of_a_whole(value: Expr, parts: dict[str, MetricForm]) -> bool:
    """`(A − B) / A` or `1 − B / A`, of times or counts."""
    if value.type not in {"ratio", "number"}:
        return False
    match value:
        case Op("/", (Op("-", (whole, _)), by)):
            return by.type in {"duration", "integer"} and (whole == by or _alike(whole, by, parts))
        case Op("-", (Const(_, "1"), Op("/", (part, by)))):
            return part.type == by.type and by.type in {"duration", "integer"}
        case _:
            return False


def _alike(one: Expr, other: Expr, parts: dict[str, MetricForm]) -> bool:
    """Whether two aggregates in one formula are the same: `time in always`, twice."""
    if not isinstance(one, MetricRef) or not isinstance(other, MetricRef):
        return False
    found = parts.get(one.name)
    return found is not None and found == parts.get(other.name)
