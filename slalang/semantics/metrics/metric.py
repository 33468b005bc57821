"""A metric's sentences go in; the IR's metric comes out, with hidden ones for the aggregates inside a formula."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.ir.amounts import (
    BinRatio,
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
from slalang.semantics.errors.units import Expected
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import condition, lower, typed
from slalang.semantics.expressions.reads import parts as inside
from slalang.semantics.expressions.reads import reads
from slalang.semantics.lines.head import check_under
from slalang.semantics.lines.once import single
from slalang.semantics.lines.policies import Choices
from slalang.semantics.lines.schedules import schedule
from slalang.semantics.metrics.domain import domain
from slalang.semantics.metrics.folded import Folded
from slalang.semantics.metrics.folds import case_context, fold
from slalang.semantics.metrics.timing import opened, suspended, time_options, timed
from slalang.semantics.rules import exceptions
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
    by = tuple(name.text for name in parts.names(sentence, "by"))
    entity = next((name for name in by if name in world.entities and name != "agreement"), "")
    period = schedule(world, sentence, entity)
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
    rests = _resting(draft, main)
    out = _left_out(draft, sentence, main, rests)
    if out is None:
        return None
    main, left = out
    main, draft.folded = opened(main, rests), [opened(item, rests) for item in draft.folded]
    when_none = _when_none(draft, main)
    if draft.by:
        draft.choices.need("groups")
    opening, fine = _opening(draft, sentence, main.type, fine=fine)
    over, fine = _over(draft, sentence, main, fine=fine)
    sample = _sample(draft, sentence, main)
    main = _with_sample(main, sample)
    draft.folded = [_with_sample(item, sample) for item in draft.folded]
    policies = draft.choices.done()
    if not fine:
        return None
    shape = Shape((), 0, (), ())
    made = Metric(
        name=declared.name, about=world.about(declared), period=period, by=by, type=main.type, form=main.form,
        counted_by=main.counted_by, when_none=when_none, groups=draft.choices.maybe("groups") if by else "",  # type: ignore[arg-type]
        left_out=left if _conditioned(draft, main, main) else (), policies=policies, under=declared.under, shape=shape, domain=domain(world, main, declared.name, draft.folded, when_none),
        opening=opening, over=over, minimum_sample=0 if isinstance(main.form, BinRatio | Formula) else sample,
    )  # fmt: skip
    for number, hidden in enumerate(draft.folded, start=1):
        name = f"{declared.name}.{number}"
        twin = replace(
            made, name=name, type=hidden.type, form=hidden.form, counted_by=hidden.counted_by, when_none=None, hidden=True,  # type: ignore[arg-type]
            left_out=left if _conditioned(draft, main, hidden) else (), domain=domain(world, hidden), opening=None,
            minimum_sample=0 if isinstance(hidden.form, BinRatio) or not _can_be_empty(hidden.form) else sample,
        )  # fmt: skip
        world.hidden_metrics.append(twin)
    return made


def _over(
    draft: Draft, sentence: Sentence, main: Folded, *, fine: bool
) -> tuple[Literal["agreement", "all"], bool]:
    """Whether one value stands for all agreements: what is true of one agreement is not true of all of them together."""
    line = single(draft.world, sentence, "over_all")
    if line is None:
        return "agreement", fine
    if any(
        (isinstance(one.form, TimeOf) and one.form.entity in {"", "agreement"})
        or (isinstance(one.form, TimeIn) and one.form.exclusions)
        for one in (main, *draft.folded)
    ):
        what = Text(
            en="a signal of one agreement has no time for all of them; take one of the things that it is made of",
            zh="单个协议的信号没有全部协议共同的时间；请取其所依据之物的信号",
        )
        draft.world.collector.add(NotPlaced(line.span, what=what))
        return "all", False
    return "all", fine


def _conditioned(draft: Draft, main: Folded, item: Folded) -> bool:
    """Whether what is left out is told by a condition on each case, or where no cases are counted on each event."""
    if any(one.cases for one in (main, *draft.folded)):
        return item.cases
    return isinstance(item.form, EventFold | BinRatio)


def _sampled_entity(world: World, forms: list[EventFold | BinRatio]) -> str:
    """Whose events are counted or sampled, where all are one kind's: its signals are read as they stand at the event."""
    names = {match.type for form in forms for match in form.events.any_of}
    found = {world.events[name].entity for name in names if name in world.events}
    return found.pop() if len(found) == 1 else ""


def _opening(draft: Draft, sentence: Sentence, ty: str, *, fine: bool) -> tuple[Expr | None, bool]:
    """What a look-back reads before the first period: a stated value, or a signal that an opening statement sets."""
    line = single(draft.world, sentence, "sig_starts_as")
    node = parts.expr(line, "value") if line else None
    if node is None:
        return None, fine
    made = typed(draft.world, node, Context("period", "", "latest"), ty)
    if made is not None and any(isinstance(one, MetricRef) for one in (made, *inside(made))):
        what = Text(
            en="a start value is stated, not worked out from metrics", zh="初值是写明的，不由指标得出"
        )
        draft.world.collector.add(NotPlaced(node.span, what=what))
        made = None
    return made, fine and made is not None


def _sample(draft: Draft, sentence: Sentence, main: Folded) -> int:
    """The least number of cases or events that a share, mean or percentile needs; for bins: in the denominator of each."""
    line = single(draft.world, sentence, "minimum_sample")
    if line is None:
        return 0
    if not any(isinstance(one.form, BinRatio) or _can_be_empty(one.form) for one in (main, *draft.folded)):
        what = Text(
            en="a sample belongs to a share, a mean, a percentile or a ratio in bins",
            zh="样本属于占比、均值、百分位或分段比率",
        )
        draft.world.collector.add(NotPlaced(line.span, what=what))
    return parts.integer(line, "count") or 0


def _with_sample(item: Folded, sample: int) -> Folded:
    if not isinstance(item.form, BinRatio) or not sample:
        return item
    return replace(item, form=replace(item.form, minimum_sample=sample))


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


def _resting(draft: Draft, main: Folded) -> list[LeaveOut]:
    """The time in which the contract is suspended, where the metric sums time or open hours and rests then."""
    sums = any(isinstance(item.form, TimeOf | TimeIn) for item in (main, *draft.folded))
    return suspended(draft.world, draft.choices) if sums else []


def _left_out(
    draft: Draft, sentence: Sentence, main: Folded, rests: list[LeaveOut]
) -> tuple[Folded, tuple[LeaveOut, ...]] | None:
    """What the metric leaves out: time of the signals it sums, or cases; with bins, runs and rounding where time is summed."""
    world, declared = draft.world, draft.declared
    every = [main, *draft.folded]
    summed, counted = any(isinstance(item.form, TimeOf) for item in every), any(item.cases for item in every)
    sampled = [item.form for item in every if isinstance(item.form, EventFold | BinRatio)]
    ctx = Context("signal", draft.entity) if summed else _case_context(draft, every)
    if sampled and not summed and not counted:
        ctx = Context("signal", _sampled_entity(world, sampled))
    found = list(exceptions.left_out(world, declared, ctx))
    for line in parts.children(sentence, "excluding"):
        node = parts.expr(line, "when")
        when = condition(world, node, ctx) if node is not None else None
        if when is None:
            return None
        found.append(LeaveOut(declared.name, when, world.about(declared)))
    shapes = list(parts.children(sentence, "bins", "minimum_run", "round_time", "in_order"))
    pieces = not summed and any(isinstance(one, BinRatio) and one.time is not None for one in sampled)
    # Pieces are cut from samples already, and what is left out is left out of the samples.
    wrong = [one for one in shapes if not pieces or one.kind in {"bins", "in_order"}]
    if (found and not summed and not counted and not sampled) or (wrong and not summed):
        span = wrong[0].span if wrong and not summed else declared.span
        what = Text(en="the metric sums no time that this could change", zh="该指标没有可据此改变的时长合计")
        world.collector.add(NotPlaced(span, what=what))
        return None
    if pieces:
        options = time_options(world, sentence)
        if options is None:
            return None
        draft.folded = [timed(item, [], options) for item in draft.folded]
        main = timed(main, [], options)
    if sampled and found and not summed and not counted:
        return main, tuple(found)
    if not summed:
        if any(sort == "signal" for sort, _, _ in reads((item.when for item in found), world.named)):
            draft.choices.need("read_at")
        return main, tuple(found)
    options = time_options(world, sentence)
    if options is None:
        return None
    found += rests
    draft.folded = [timed(item, found, options) for item in draft.folded]
    return timed(main, found, options), ()


def _case_context(draft: Draft, every: list[Folded]) -> Context:
    """Cases of the rules counted."""
    return case_context(draft.world, tuple(name for item in every for name in item.rules), draft.choices)


def _when_none(draft: Draft, main: Folded) -> Expr | None:
    """What the metric is where there is nothing to count or to divide by: asked for where that can be."""
    form = main.form
    empty = _can_be_empty(form)
    if isinstance(form, Formula):
        empty = _divides(draft, form.value) or any(_can_be_empty(item.form) for item in draft.folded)
    if not empty:
        return None
    stated = draft.choices.need("when_none")
    if stated is None or stated.value is None:
        return None
    return typed(draft.world, stated.value, Context("period", draft.entity, "period_end"), main.type)


def _can_be_empty(form: MetricForm) -> bool:
    if isinstance(form, BinRatio):
        return form.time is None and "absent" in {form.empty, form.missing}
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
    return bool(forms) and all(
        isinstance(form, TimeIn) and form.calendar == "always" and not form.exclusions for form in forms
    )
