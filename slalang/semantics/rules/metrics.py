"""A metric's sentences go in; the IR's metric comes out, with hidden ones for the aggregates inside a formula."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.amounts import (
    CaseFold,
    EventFold,
    Formula,
    LeaveOut,
    Metric,
    MetricForm,
    ShareMet,
    TimeIn,
    TimeOf,
)
from slalang.ir.expressions import Const, Expr, MetricRef, Op
from slalang.ir.rules import Shape
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing, NotPlaced
from slalang.semantics.errors.names import UnknownName
from slalang.semantics.errors.units import Expected, OutOfDomain
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition, lower, typed
from slalang.semantics.expressions.reads import parts as inside
from slalang.semantics.expressions.reads import reads
from slalang.semantics.lines.head import check_under
from slalang.semantics.lines.once import single
from slalang.semantics.lines.policies import Choices
from slalang.semantics.lines.schedules import schedule
from slalang.semantics.rules import exceptions
from slalang.semantics.rules.folds import Folded, fold
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.surface import line as written
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Sentence


@dataclass(slots=True)
class Draft:
    """A metric while its lines are read."""

    world: World
    declared: Declared
    choices: Choices
    by: tuple[str, ...]
    entity: str
    folded: list[Folded] = field(default_factory=list)

    def context(self) -> Context:
        """Metrics, amounts and parameters of the period; aggregates become hidden metrics."""
        return Context("period", self.entity, "period_end", fold=self.hide)

    def hide(self, node: syn.Aggregate) -> Expr | None:
        """A hidden metric for an aggregate, and the reference to it."""
        made = fold(self.world, self.declared, node, self.choices, self.entity)
        if made is None:
            return None
        self.folded.append(made)
        return MetricRef(f"{self.declared.name}.{len(self.folded)}", made.type)


def metric(world: World, declared: Declared, _: str = "") -> Metric | None:
    """The metric, or None when it has mistakes."""
    sentence = declared.sentence
    period = schedule(world, sentence)
    by = tuple(name.text for name in parts.names(sentence, "by"))
    entity = next((name for name in by if name in world.entities and name != "agreement"), "")
    draft = Draft(world, declared, Choices(world, declared), by, entity)
    fine = check_under(world, sentence) and _dimensions(world, draft, sentence)
    line = single(world, sentence, "value")
    node = parts.expr(line, "value") if line else None
    if node is None or period is None:
        what, example = (
            Text(en="how it is worked out", zh="如何计算"),
            written("value", "…", chinese=world.chinese),
        )
        if node is None:
            world.collector.add(LineMissing(declared.span, name=declared.name, what=what, line=example))
        return None
    main = _form(draft, node)
    if main is None:
        return None
    out = _left_out(draft, sentence, main)
    if out is None:
        return None
    main, left = out
    when_none = _when_none(draft, main)
    if draft.by:
        draft.choices.need("groups")
    policies = draft.choices.done()
    if not fine:
        return None
    shape = Shape((), 0, (), ())
    made = Metric(
        name=declared.name, about=world.about(declared), period=period, by=by, type=main.type, form=main.form,
        counted_by=main.counted_by, when_none=when_none, groups=draft.choices.maybe("groups") if by else "",  # type: ignore[arg-type]
        left_out=left if main.cases else (), policies=policies, under=declared.under, shape=shape, domain=_domain(world, main),
    )  # fmt: skip
    for number, hidden in enumerate(draft.folded, start=1):
        name = f"{declared.name}.{number}"
        twin = replace(
            made, name=name, type=hidden.type, form=hidden.form, counted_by=hidden.counted_by, when_none=None, hidden=True,  # type: ignore[arg-type]
            left_out=left if hidden.cases else (), domain=_domain(world, hidden),
        )  # fmt: skip
        world.hidden_metrics.append(twin)
    return made


def _form(draft: Draft, node: syn.Expr) -> Folded | None:
    """An aggregate is the metric's form; anything else is a formula, which exceptions may displace."""
    world, declared = draft.world, draft.declared
    if isinstance(node, syn.Aggregate):
        return fold(world, declared, node, draft.choices, draft.entity)
    value = lower(world, node, draft.context())
    if value is None:
        return None
    if value.type in {"limit", "text", "bool", "date", "instant"}:
        world.collector.add(Expected(node.span, needed=of_type("number"), found=of_type(value.type)))
        return None
    value = exceptions.overridden(world, declared, value, "value", draft.context())
    return Folded(Formula(value), value.type, "", cases=False)


def _dimensions(world: World, draft: Draft, sentence: Sentence) -> bool:
    fine = True
    for name in parts.names(sentence, "by"):
        if name.text in world.entities:
            continue
        if name.text in world.signals:
            world.used.add(("signal", name.text))
            draft.choices.need("read_at")
            continue
        near = candidates(name.text, (*world.entities, *world.signals))
        world.collector.add(UnknownName(name.span, name=name.text, near=near), ("name", name.text))
        fine = False
    return fine


def _left_out(draft: Draft, sentence: Sentence, main: Folded) -> tuple[Folded, tuple[LeaveOut, ...]] | None:
    """What the metric leaves out: time of the signals it sums, or cases; with bins, runs and rounding where time is summed."""
    world, declared = draft.world, draft.declared
    every = [main, *draft.folded]
    timed, counted = any(isinstance(item.form, TimeOf) for item in every), any(item.cases for item in every)
    ctx = Context("signal", draft.entity) if timed else _case_context(draft, every)
    found = list(exceptions.left_out(world, declared, ctx))
    for line in parts.children(sentence, "excluding"):
        node = parts.expr(line, "when")
        when = condition(world, node, ctx) if node is not None else None
        if when is None:
            return None
        found.append(LeaveOut(declared.name, when, world.about(declared)))
    shapes = list(parts.children(sentence, "bins", "minimum_run", "round_time"))
    if (found and not timed and not counted) or (shapes and not timed):
        span = shapes[0].span if shapes and not timed else declared.span
        what = Text(en="the metric sums no time that this could change", zh="该指标没有可据此改变的时长合计")
        world.collector.add(NotPlaced(span, what=what))
        return None
    if not timed:
        if any(sort == "signal" for sort, _, _ in reads((item.when for item in found), world.named)):
            draft.choices.need("read_at")
        return main, tuple(found)
    options = _time_options(world, sentence)
    if options is None:
        return None
    draft.folded = [_timed(item, found, options) for item in draft.folded]
    return _timed(main, found, options), ()


def _timed(item: Folded, found: list[LeaveOut], options: dict[str, Any]) -> Folded:
    if not isinstance(item.form, TimeOf):
        return item
    return replace(item, form=replace(item.form, exclusions=tuple(found), **options))


def _case_context(draft: Draft, every: list[Folded]) -> Context:
    """Cases of the rules counted: their signals, and the fields of their triggers and discharges."""
    world = draft.world
    rules = [name for item in every for name in item.rules]
    made = [world.made(world.values[name][0]) for name in rules]
    entities = {item.scope.entity for item in made if item is not None}
    stated = draft.choices.find("read_at")
    at: Any = stated.policy.choice if stated else "latest"

    def events(key: str) -> tuple[Any, ...]:
        patterns = [getattr(item, key) for item in made if item is not None]
        names = [match.type for pattern in patterns if pattern is not None for match in pattern.any_of]
        return tuple(world.events[name] for name in dict.fromkeys(names))

    return Context(
        "case", entities.pop() if len(entities) == 1 else "", at, None, events("trigger"), events("discharge")
    )


def _time_options(world: World, sentence: Sentence) -> dict[str, Any] | None:
    """Bins, minimum run and rounding of summed time, in µs."""
    options: dict[str, Any] = {}
    for kind, key in (("bins", "length"), ("minimum_run", "length"), ("round_time", "unit")):
        line = single(world, sentence, kind)
        if line is None:
            continue
        node = parts.expr(line, key)
        length = typed(world, node, Context("fixed"), "duration") if node is not None else None
        if not isinstance(length, Const) or node is None:
            return None
        if int(length.value) <= 0:
            world.collector.add(OutOfDomain(node.span, name=node.span.text, domain="> 0"))
            return None
        if kind == "bins":
            options["bin_us"] = int(length.value)
        elif kind == "minimum_run":
            options |= {"minimum_run_us": int(length.value), "minimum_strict": parts.flag(line, "strict")}
        else:
            options |= {
                "round_us": int(length.value),
                "round_what": parts.ident(line, "what"),
                "round_mode": parts.ident(line, "mode"),
            }
    return options


def _when_none(draft: Draft, main: Folded) -> Expr | None:
    """What the metric is where there is nothing to count or to divide by: asked for where that can be."""
    form = main.form
    empty = isinstance(form, ShareMet) or (
        isinstance(form, CaseFold | EventFold) and form.fold not in {"count", "sum"}
    )
    if isinstance(form, Formula):
        empty = _divides(draft, form.value) or any(_can_be_empty(item.form) for item in draft.folded)
    if not empty:
        return None
    stated = draft.choices.need("when_none")
    if stated is None or stated.value is None:
        return None
    return typed(draft.world, stated.value, Context("period", draft.entity, "period_end"), main.type)


def _can_be_empty(form: MetricForm) -> bool:
    return isinstance(form, ShareMet) or (
        isinstance(form, CaseFold | EventFold) and form.fold not in {"count", "sum"}
    )


def _divides(draft: Draft, value: Expr) -> bool:
    """Whether a formula divides by something that can be nothing: not a constant, and not the length of the period."""
    if isinstance(value, Op) and value.op == "/":
        by = value.args[1]
        if not isinstance(by, Const) and not _whole_period(draft, by):
            return True
    return any(_divides(draft, item) for item in inside(value))


def _whole_period(draft: Draft, by: Expr) -> bool:
    if not isinstance(by, MetricRef):
        return False
    forms = [made.form for made in draft.world.named(by.name) if isinstance(made, Metric)]
    if by.name.startswith(f"{draft.declared.name}."):
        forms = [draft.folded[int(by.name.rpartition(".")[2]) - 1].form]
    return bool(forms) and all(isinstance(form, TimeIn) and form.calendar == "always" for form in forms)


def _domain(world: World, item: Folded) -> tuple[str, str]:
    """The values a metric can have: a share lies in [0, 1], a count, a time and a mean of times are not negative."""
    form = item.form
    if isinstance(form, ShareMet):
        return ("0", "1")
    if isinstance(form, TimeOf | TimeIn) or (isinstance(form, CaseFold | EventFold) and form.fold == "count"):
        return ("0", "")
    if isinstance(form, Formula):
        return _formula_domain(world, form.value)
    return ("", "")


def _formula_domain(world: World, value: Expr) -> tuple[str, str]:
    """Another metric's domain where the formula only names it; [0, 1] for what is left of a whole: `(A − B) / A`, `1 − B / A`."""
    if isinstance(value, MetricRef) and value.back == 0:
        known = [made.domain for made in world.named(value.name) if isinstance(made, Metric)]
        return known[0] if known and all(item == known[0] for item in known) else ("", "")
    if not isinstance(value, Op) or value.type not in {"ratio", "number"}:
        return ("", "")
    match value:
        case Op("/", (Op("-", (whole, _)), by)) if whole == by and by.type in {"duration", "integer"}:
            return ("0", "1")
        case Op("-", (Const(_, "1"), Op("/", (part, by)))) if part.type == by.type and by.type in {
            "duration",
            "integer",
        }:
            return ("0", "1")
        case _:
            return ("", "")
