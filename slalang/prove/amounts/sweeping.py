"""An amount rule goes in; where it is negative, above its base, rising with the service or jumping comes out as diagnostics."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import (
    AmountRef,
    CaseValue,
    Default,
    Expr,
    Field,
    If,
    MetricRef,
    Named,
    Param,
    SignalAt,
    TableLookup,
)
from slalang.prove.amounts.courses import Course, look
from slalang.prove.amounts.directions import worse_end
from slalang.prove.amounts.forms import form_of
from slalang.prove.amounts.pieces import Form, TooHard, chosen
from slalang.prove.amounts.telling import Teller
from slalang.prove.axes import Axis, axis, cuts_in, domain_of
from slalang.prove.errors import NotProved
from slalang.prove.stretches import EVERYTHING, Stretch
from slalang.semantics.expressions.reads import of_table, parts

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.ir.amounts import AmountRule
    from slalang.prove.amounts.courses import Found
    from slalang.prove.model import Model, Value
    from slalang.prove.places import Places

MOST: Final = 20_000  # combinations of inputs
WORK: Final = 1_000_000  # rows looked at for one amount; more is not decided
INPUTS = (Param, MetricRef, CaseValue, SignalAt, Field, AmountRef)
_SEVERAL: Final = Text(en="it depends on several figures at once", zh="它同时取决于多个数字")
_MANY: Final = Text(en="its table has too many rows to look at each case", zh="其表格行数过多，无法逐一查看")
_MIXED: Final = Text(en="its sign depends on several amounts at once", zh="其正负同时取决于多个金额")
_CURVED: Final = Text(en="its formula is not linear in one figure", zh="其公式对单一数字不是线性的")
_CHOICES: Final = ("levels", "bool", "text")


@dataclass(slots=True)
class Inputs:
    """What an amount reads: inputs that choose rows or branches, and the one figure that it slides with."""

    choosing: list[Expr] = field(default_factory=list)
    figures: list[Expr] = field(default_factory=list)
    steps: list[Expr] = field(
        default_factory=list
    )  # of the choosing ones, further figures that only choose rows
    measured: list[Expr] = field(
        default_factory=list
    )  # amounts and fields that choose rows and are computed with


def sweep_amount(model: Model, rule: AmountRule, places: Places, collector: Collector) -> None:
    """Work the amount out on every region of its inputs."""
    roots = [rule.amount, *rule.at_most, *rule.at_least, *([rule.when] if rule.when is not None else [])]
    inputs = _inputs(model, rule)
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
    courses = _courses(model, rule, slide, others)
    if courses is None:
        _unknown(rule, places, collector, _CURVED)
        return
    mixed = any(course.is_mixed for course in courses)
    signed = False  # slides only so that its sign is told: its steps are what the table is for
    if slide is None and len(inputs.measured) == 1 and (mixed or _may_be_negative(model, inputs.measured[0])):
        # An amount that both chooses (a row, or whether anything is owed) and is multiplied is a figure like any other: the base of slices,
        # a balance that is owed only where it is below nothing.
        base = axis(model, inputs.measured[0], _name(inputs.measured[0]), cuts)
        rest = [one for one in others if base is None or one.input != base.input]
        along = None if base is None else _courses(model, rule, base, rest)
        if along is not None:
            slide, others, courses, signed = base, rest, along, not mixed
    if any(course.is_mixed for course in courses):
        _unknown(rule, places, collector, _MIXED)
        return
    is_credit = rule.sort in {"credit", "rebate"}
    findings = _findings(model, rule, courses, slide, steps=slide is not None and not signed)
    Teller(rule, slide, others, places).tell(findings, collector)
    if is_credit and slide is not None:
        for one in others:
            if one.input in inputs.steps:
                _rises_along(
                    model,
                    rule,
                    one,
                    [slide, *(each for each in others if each is not one)],
                    places,
                    collector,
                )


def _findings(
    model: Model, rule: AmountRule, courses: list[Course], slide: Axis | None, *, steps: bool
) -> list[tuple[Found, dict[Expr, Value]]]:
    """What is to be said of each course: of its sign and its base, and, where `steps` are looked at, of how it goes up and down."""
    is_credit = rule.sort in {"credit", "rebate"}
    end = "" if slide is None else worse_end(model, rule, slide.input, slide.type)
    turns = (
        slide is not None
        and steps
        and rule.sort in {"credit", "penalty"}
        and isinstance(slide.input, MetricRef)
    )
    capped = bool(rule.at_most)
    return [
        (found, course.known)
        for course in courses
        for found in look(course, is_credit=is_credit, is_capped=capped, slides=steps, worse=end, turns=turns)
    ]


def _may_be_negative(model: Model, base: Expr) -> bool:
    """Whether an amount can be below nothing; one that is left open is taken to be not."""
    low = domain_of(model, base).low
    return low is None or low < 0


def _courses(model: Model, rule: AmountRule, slide: Axis | None, others: list[Axis]) -> list[Course] | None:
    """The course of the amount for every choice of the other inputs; None where one is not linear."""
    courses: list[Course] = []
    for items in product(*(range(one.size) for one in others)):
        known = {one.input: one.sample(item, item) for one, item in zip(others, items, strict=True)}
        try:
            courses.append(_course(model, rule, slide, known))
        except TooHard:
            return None
    return courses


def _rises_along(
    model: Model, rule: AmountRule, slide: Axis, others: list[Axis], places: Places, collector: Collector
) -> None:
    """Whether a credit of steps grows with a share that is not its first figure; told once, for the first choice of the others."""
    served = slide.type == "ratio" and worse_end(model, rule, slide.input, slide.type) == "low"
    courses = _courses(model, rule, slide, others) if served else None
    for course in courses or ():
        for found in look(course, is_credit=True, is_capped=True, slides=True, worse="low"):
            if found.sort == "rising":
                Teller(rule, slide, others, places).tell([(found, course.known)], collector)
                return


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
            course.add({}, 0, stretch)
            continue
        form, line = form_of(model, rule.amount, slide.input if slide else None, stretch, here)
        if form is None:
            continue  # a gap, which the table's own sweep reports
        capped = _bounded(model, rule, form, slide, stretch, here)
        course.add(capped, line, stretch)
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


def _inputs(model: Model, rule: AmountRule) -> Inputs:
    """Tell inputs that decide (in conditions, heads and cells) from those that the amount is computed with."""
    deciding: dict[Expr, None] = {}
    computed: dict[Expr, None] = {}
    seen: set[tuple[str, bool]] = set()
    stack = [(node, False) for node in (rule.amount, *rule.at_most, *rule.at_least)]
    stack += [(rule.when, True)] if rule.when is not None else []
    while stack:
        node, decides = stack.pop()
        if isinstance(node, INPUTS):
            (deciding if decides else computed).setdefault(node)
        name = node.table if isinstance(node, TableLookup) else node.name if isinstance(node, Named) else ""
        if name and (name, decides) not in seen:
            seen.add((name, decides))
            table, definition = model.tables.get(name), model.definitions.get(name)
            if isinstance(node, TableLookup) and table is not None:
                results = [result for row in table.rows for result in row.results]
                stack += [(result, decides) for result in (*results, *(table.otherwise or ()))]
                stack += [(part, True) for part in of_table(table) if part not in results]
            elif definition is not None:
                stack.append((definition.value, decides))
        stack += _below(node, decides=decides)
    figures = [node for node in computed if _is_figure(node)]
    lines = [node for node in deciding if _is_figure(node)]
    slide = figures or lines[:1]
    steps = [] if figures else lines[1:]
    both = [node for node in deciding if node in computed and not _is_figure(node)]
    return Inputs([node for node in deciding if node not in slide], slide, steps, both)


def _below(node: Expr, *, decides: bool) -> list[tuple[Expr, bool]]:
    if isinstance(node, If):
        return [(node.condition, True), (node.then, decides), (node.orelse, decides)]
    if isinstance(node, Default):
        found = [(node.base, decides)]
        overrides = list(node.overrides)
        while overrides:
            item = overrides.pop()
            found += [(item.when, True), (item.value, decides)]
            overrides += item.overrides
        return found
    return [(part, decides or node.type == "bool") for part in parts(node)]


def _is_figure(node: Expr) -> bool:
    """A measured number: not a parameter or a field, which stay open as factors."""
    kind = node.type.partition(":")[0]
    return kind not in {*_CHOICES, "amount"} and not isinstance(node, Param | Field)


def _name(node: Expr) -> str:
    for key in ("name", "signal", "what"):
        if hasattr(node, key):
            return str(getattr(node, key))
    return node.kind
