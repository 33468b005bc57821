"""An amount rule goes in; where it is negative, above its base, rising with the service or jumping comes out as diagnostics."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import AmountRef, CaseValue, Expr, Field, MetricRef, Param, SignalAt, TableLookup
from slalang.prove.amounts.courses import Course, tell
from slalang.prove.amounts.forms import form_of
from slalang.prove.amounts.pieces import Form, TooHard, chosen
from slalang.prove.axes import Axis, axis, cuts_in
from slalang.prove.errors import NotProved
from slalang.prove.stretches import EVERYTHING, Stretch
from slalang.semantics.expressions.reads import of_table, parts

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.ir.amounts import AmountRule
    from slalang.prove.model import Model, Value
    from slalang.prove.places import Places

MOST: Final = 20_000  # combinations of inputs
WORK: Final = 1_000_000  # rows looked at for one amount; more is not decided
INPUTS = (Param, MetricRef, CaseValue, SignalAt, Field, AmountRef)
_SEVERAL: Final = Text(en="it depends on several figures at once", zh="它同时取决于多个数字")
_MANY: Final = Text(en="its table has too many rows to look at each case", zh="其表格行数过多，无法逐一查看")
_CURVED: Final = Text(en="its formula is not linear in one figure", zh="其公式对单一数字不是线性的")
_CHOICES: Final = ("levels", "bool", "text")


@dataclass(slots=True)
class Inputs:
    """What an amount reads: inputs that choose rows or branches, and the one figure that it slides with."""

    choosing: list[Expr] = field(default_factory=list)
    figures: list[Expr] = field(default_factory=list)


def sweep_amount(model: Model, rule: AmountRule, places: Places, collector: Collector) -> None:
    """Work the amount out on every region of its inputs."""
    roots = [rule.amount, *rule.at_most, *rule.at_least, *([rule.when] if rule.when is not None else [])]
    inputs = _inputs(model, roots)
    cuts = cuts_in(model, roots)
    figures = [axis(model, node, _name(node), cuts) for node in inputs.figures]
    choosing = [axis(model, node, _name(node), cuts) for node in inputs.choosing]
    others = [one for one in choosing if one is not None]
    size = prod(one.size for one in others)
    steps = (
        size
        * (figures[0].size if figures and figures[0] else 1)
        * max((len(t.rows) for t in model.program.tables), default=1)
    )
    if len(figures) > 1 or None in figures or None in choosing:
        _unknown(rule, places, collector, _SEVERAL)
        return
    if size > MOST or steps > WORK:
        _unknown(rule, places, collector, _MANY)
        return
    slide = figures[0] if figures else None
    courses: list[Course] = []
    for items in product(*(range(one.size) for one in others)):
        known = {one.input: one.sample(item, item) for one, item in zip(others, items, strict=True)}
        try:
            courses.append(_course(model, rule, slide, known))
        except TooHard:
            _unknown(rule, places, collector, _CURVED)
            return
    tell(rule, slide, others, courses, places, collector)


def _unknown(rule: AmountRule, places: Places, collector: Collector, what: Text) -> None:
    collector.add(NotProved(places.of(rule.about.place), name=rule.name, what=what))


def _course(model: Model, rule: AmountRule, slide: Axis | None, known: dict[Expr, Value]) -> Course:
    """The amount along the sliding figure, for one choice of everything else."""
    course = Course(known)
    for place, stretch in enumerate(slide.stretches if slide else (EVERYTHING,)):
        here = dict(known)
        if slide is not None:
            here[slide.input] = slide.sample(place, place)
        if rule.when is not None and model.value(rule.when, here) is False:
            continue
        form, line = form_of(model, rule.amount, slide.input if slide else None, stretch, here)
        if form is None:
            continue  # a gap, which the table's own sweep reports
        capped = _bounded(model, rule, form, slide, stretch, here)
        course.add(capped, line, is_capped=bool(rule.at_most))
    return course


def _bounded(
    model: Model, rule: AmountRule, form: Form, slide: Axis | None, stretch: Stretch, here: dict[Expr, Value]
) -> Form:
    for bounds, larger in ((rule.at_most, False), (rule.at_least, True)):
        for bound in bounds:
            other, _ = form_of(model, bound, slide.input if slide else None, stretch, here)
            if other is None:
                raise TooHard
            try:
                form = chosen(form, other, stretch, larger=larger)
            except TooHard:
                if larger:
                    raise
                # A cap in other parameters can only make less of it; below nothing it is what it was.
    return form


def _inputs(model: Model, roots: list[Expr]) -> Inputs:
    found = Inputs()
    seen: set[str] = set()
    stack = list(roots)
    while stack:
        node = stack.pop()
        if isinstance(node, INPUTS):
            _sort(node, found)
        name = node.table if isinstance(node, TableLookup) else node.name if node.kind == "named" else ""
        if name and name not in seen:
            seen.add(name)
            table, definition = model.tables.get(name), model.definitions.get(name)
            stack += of_table(table) if table and isinstance(node, TableLookup) else ()
            stack += [definition.value] if definition else []
        stack += parts(node)
    return found


def _sort(node: Expr, found: Inputs) -> None:
    kind = node.type.partition(":")[0]
    if kind in _CHOICES:
        into = found.choosing
    elif kind == "amount" or isinstance(node, Param | Field):
        return  # left open: a factor of the amount
    else:
        into = found.figures
    if node not in into:
        into.append(node)


def _name(node: Expr) -> str:
    for key in ("name", "signal", "what"):
        if hasattr(node, key):
            return str(getattr(node, key))
    return node.kind
