"""An expression of the tree and its context go in; a typed expression of the IR comes out, or None after a message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from slalang.diagnostics.diagnostic import Text
from slalang.ir.expressions import (
    CaseValue,
    Const,
    Expr,
    Field,
    If,
    Op,
    SignalAt,
    TermEdge,
    Ty,
)
from slalang.semantics.errors.exceptions import OtherType
from slalang.semantics.errors.lowering import NotPlaced, TooDeep
from slalang.semantics.errors.names import UnknownName
from slalang.semantics.errors.units import Expected, Mixed, NotAQuantity
from slalang.semantics.expressions import capitals, dates, literals, operators, types
from slalang.semantics.expressions.names import resolve, unpaid
from slalang.semantics.expressions.statuses import is_status, of_status, status_word
from slalang.semantics.metrics import earlier
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.syntax import given
from slalang.syntax import tree as syn

if TYPE_CHECKING:
    from slalang.ir.expressions import Operator
    from slalang.semantics.expressions.context import Context
    from slalang.semantics.scope.world import World

DEEPEST: Final = 120  # levels of nesting in one expression
_MEASURES: Final[dict[str, Ty]] = {
    "measure": "duration", "lateness": "duration", "margin": "duration", "limit": "duration", "days_late": "integer", "status": "text",
    "start": "instant", "deadline": "instant", "discharged_at": "instant", "breached_at": "instant",
}  # fmt: skip
_PLACES: Final[dict[Operator, int]] = {
    "min": 2, "max": 2, "abs": 1, "round_down": 2, "round_up": 2, "round_nearest": 2,
}  # fmt: skip
_CALLS: Final = {spelling: (name, n) for name, n in _PLACES.items() for spelling in given.FUNCTIONS[name]}
_RANGE = Text(en="a range", zh="区间")
_COMPARATOR = Text(en="a comparison without a left side", zh="没有左侧的比较")
_CLOCK_TIME = Text(en="a time of day", zh="钟点")
_NO_VALUES: Final = {syn.TimeValue: _CLOCK_TIME, syn.Bound: _COMPARATOR, syn.Interval: _RANGE}


def lower(
    world: World, node: syn.Expr, ctx: Context, wanted: Ty | None = None, depth: int = 0
) -> Expr | None:
    """The IR of an expression; `wanted` is the type beside it, by which bare words are understood."""
    if depth > DEEPEST:
        world.collector.add(TooDeep(node.span, most=DEEPEST), ("deep", node.span.line))
        return None
    deeper = depth + 1
    match node:
        case syn.Name():
            return resolve(world, node, ctx, wanted)
        case syn.Text():
            return _text(node, wanted)
        case syn.Number():
            return literals.number(node)
        case syn.Measured() if node.words and wanted == "text":
            return Const("text", node.words)
        case syn.Measured():
            return literals.measured(world, node, ctx.calendar)
        case syn.DateValue():
            return literals.date(world, node)
        case syn.Truth():
            return Const("bool", "true" if node.value else "false")
        case syn.Call():
            return _call(world, node, ctx, wanted, deeper)
        case syn.Unary():
            arg = lower(world, node.arg, ctx, None, deeper)
            if arg is None:
                return None
            return (
                operators.truth(world, "not", (arg,), node.span)
                if node.op == "not"
                else operators.negated(world, arg, node.span)
            )
        case syn.Binary():
            return _binary(world, node, ctx, wanted, deeper)
        case syn.InRange():
            return _in_range(world, node, ctx, deeper)
        case syn.IsOneOf():
            return _one_of(world, node, ctx, deeper)
        case syn.Choice():
            return _choice(world, node, ctx, wanted, deeper)
        case syn.Aggregate():
            return _aggregate(world, node, ctx)
        case syn.CaseMeasure():
            return _measure(world, node, ctx)
        case syn.Previous():
            return earlier.previous(world, node, ctx)
        case syn.Across():
            return earlier.across(world, node, ctx)
        case syn.TermEdge():
            return _term_edge(world, node)
        case syn.PeriodEdge():
            return _period_edge(world, node, ctx, wanted)
        case syn.AtTrigger():
            return _at_trigger(world, node, ctx, wanted)
        case syn.TimeValue() | syn.Bound() | syn.Interval():
            _no_value(world, node, _NO_VALUES[type(node)])
            return None
        case _:
            assert_never(node)


def _term_edge(world: World, node: syn.TermEdge) -> Expr | None:
    return (
        TermEdge("start" if node.which == "start" else "end") if lookup.has_term(world, node.span) else None
    )


def _period_edge(world: World, node: syn.PeriodEdge, ctx: Context, wanted: Ty | None) -> Expr | None:
    """The first or last date of the measured period; beside an instant, its first instant or the 24:00 that ends it."""
    if ctx.role != "period" and not ctx.periodic:
        what = Text(
            en="only what is judged by periods has a period to read: a claim, a report, a metric, an amount",
            zh="只有按期间判定者才有期间可读：申领、报告、指标、金额",
        )
        world.collector.add(NotPlaced(node.span, what=what))
        return None
    ty = "instant" if wanted == "instant" else "date"
    return Field("start" if node.which == "start" else "end", ty, "period")


def _at_trigger(world: World, node: syn.AtTrigger, ctx: Context, wanted: Ty | None) -> Expr | None:
    """A signal as it was when the case was triggered, beside others that are read as they are now."""
    if ctx.role == "case":
        found = resolve(world, node.name, replace(ctx, at="trigger"), wanted)
        if found is None or isinstance(found, SignalAt):
            return found
    what = Text(en="only a signal of a case has a value at its trigger", zh="只有案件的信号才有触发时的取值")
    world.collector.add(NotPlaced(node.span, what=what))
    return None


def _edges(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """An edge of the period beside an instant is an instant too."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Field) and one.of == "period" and other.type == "instant":
            edge = replace(one, type="instant")
            return (edge, right) if one is left else (left, edge)
    return left, right


def condition(world: World, node: syn.Expr, ctx: Context) -> Expr | None:
    """An expression that must be a yes or no."""
    found = lower(world, node, ctx, "bool")
    return found if found is not None and operators.expect(world, found, "bool", node.span) else None


def typed(world: World, node: syn.Expr, ctx: Context, wanted: Ty) -> Expr | None:
    """An expression that must be of a type; a bare 0 needs no unit."""
    found = lower(world, node, ctx, wanted)
    if (
        isinstance(found, Const)
        and found.type == "integer"
        and found.value == "0"
        and types.is_quantity(wanted)
    ):
        found = replace(found, type=wanted)
    return found if found is not None and operators.expect(world, found, wanted, node.span) else None


def _text(node: syn.Text, wanted: Ty | None) -> Expr:
    if wanted is not None and wanted.startswith("levels:"):
        return Const(wanted, node.value)
    return Const("text", node.value)


def _no_value(world: World, node: syn.Expr, found: Text) -> None:
    world.collector.add(NotAQuantity(node.span, found=found))


def _binary(world: World, node: syn.Binary, ctx: Context, wanted: Ty | None, depth: int) -> Expr | None:
    compares = node.op in {"<", "<=", ">", ">=", "is", "is_not", "==", "!="}
    beside = (
        None
        if compares
        else "bool"
        if node.op in {"and", "or"}
        else wanted
        if node.op in {"+", "-"}
        else None
    )
    if compares and _is_word(world, node.left, ctx):
        right = lower(world, node.right, ctx, None, depth)
        left = lower(world, node.left, ctx, right.type if right else None, depth)
    else:
        left = lower(world, node.left, ctx, beside, depth)
        if left is None and compares:
            return None  # what stands beside an unknown name cannot be understood
        said = status_word(left, node.right) if compares else None
        right = said or lower(world, node.right, ctx, left.type if left and compares else beside, depth)
    if left is None or right is None:
        return None
    left, right = _edges(left, right)
    if is_status(left, right, node.op):
        return of_status(world, left, right, node.op, node.span)
    return operators.joined(world, node.op, left, right, node.span)


def _is_word(world: World, node: syn.Expr, ctx: Context) -> bool:
    """Whether a name on the left can only be a level or a word, so that the right side tells its type."""
    if not isinstance(node, syn.Name) or len(node.parts) != 1:
        return False
    word = node.parts[0]
    known = (
        word in world.values or word in world.signals or (ctx.event is not None and word in ctx.event.fields)
    )
    return not known and any(word in levels.values for levels in world.levels.values())


def _call(world: World, node: syn.Call, ctx: Context, wanted: Ty | None, depth: int) -> Expr | None:
    name = node.name.text
    if name in capitals.CALLS and len(node.args) == 1:
        arg = lower(world, node.args[0], ctx, capitals.wanted(world, name), depth)
        return None if arg is None else capitals.call(world, name, arg, node.span, node.args[0].span)
    if name in given.FUNCTIONS["number"] and len(node.args) == 1:
        return _as_number(world, node, ctx, depth)
    if name in dates.CALLS:
        days = [lower(world, arg, ctx, "date", depth) for arg in node.args]
        return None if None in days else dates.call(world, node, [one for one in days if one is not None])
    found = _CALLS.get(name)
    if found is None or len(node.args) < 1 or (found[1] == 1) != (len(node.args) == 1):
        known = (*_CALLS, *given.FUNCTIONS["number"], *capitals.CALLS, *dates.CALLS)
        near = tuple(other for other in known if other.isascii() is not world.chinese)
        world.collector.add(UnknownName(node.name.span, name=f"{name}(…)", near=near))
        return None
    op, _ = found
    args = [lower(world, arg, ctx, wanted, depth) for arg in node.args]
    if any(arg is None for arg in args):
        return None
    whole = [arg for arg in args if arg is not None]
    ty: Ty | None = whole[0].type
    for arg in whole[1:]:
        joined = types.same(ty, arg.type) if ty else None
        if joined is None and ty is not None:
            world.collector.add(
                Mixed(node.span, op=node.name.text, left=of_type(ty), right=of_type(arg.type))
            )
            return None
        ty = joined
    return Op(op, tuple(whole), ty or "number")


def _as_number(world: World, node: syn.Call, ctx: Context, depth: int) -> Expr | None:
    """`number(Down / 1 h)`: a share as a plain number, 5 for 500 %."""
    arg = lower(world, node.args[0], ctx, "ratio", depth)
    if arg is None or arg.type in {"number", "integer"}:
        return arg
    if arg.type != "ratio":
        world.collector.add(Expected(node.args[0].span, needed=of_type("ratio"), found=of_type(arg.type)))
        return None
    if isinstance(arg, Const):
        return Const("number", arg.value)
    return Op("*", (arg, Const("number", "1")), "number")


def _in_range(world: World, node: syn.InRange, ctx: Context, depth: int) -> Expr | None:
    arg = lower(world, node.arg, ctx, None, depth)
    if arg is None:
        return None
    bounds = (
        (node.interval.low, ">=" if node.interval.low_in else ">"),
        (node.interval.high, "<=" if node.interval.high_in else "<"),
    )
    made: list[Expr] = []
    for end, op in bounds:
        if end is None:
            continue
        value = lower(world, end, ctx, arg.type, depth)
        test = operators.joined(world, op, arg, value, node.span) if value is not None else None
        if test is None:
            return None
        made.append(test)
    return made[0] if len(made) == 1 else Op("and", tuple(made), "bool")


def _one_of(world: World, node: syn.IsOneOf, ctx: Context, depth: int) -> Expr | None:
    arg = lower(world, node.arg, ctx, None, depth)
    if arg is None:
        return None
    tests: list[Expr] = []
    for option in node.options:
        value = status_word(arg, option) or lower(world, option, ctx, arg.type, depth)
        if value is not None and is_status(arg, value, "is"):
            test = of_status(world, arg, value, "is", option.span)
        else:
            test = operators.joined(world, "is", arg, value, option.span) if value is not None else None
        if test is None:
            return None
        tests.append(test)
    return tests[0] if len(tests) == 1 else Op("or", tuple(tests), "bool")


def _choice(world: World, node: syn.Choice, ctx: Context, wanted: Ty | None, depth: int) -> Expr | None:
    test = lower(world, node.condition, ctx, "bool", depth)
    then = lower(world, node.then, ctx, wanted, depth)
    orelse = lower(world, node.orelse, ctx, then.type if then else wanted, depth)
    if test is None or then is None or orelse is None:
        return None
    if not operators.expect(world, test, "bool", node.condition.span):
        return None
    ty = types.same(then.type, orelse.type)
    if ty is None:
        world.collector.add(OtherType(node.orelse.span, found=of_type(orelse.type), other=of_type(then.type)))
        return None
    return If(test, then, orelse, ty)


def _aggregate(world: World, node: syn.Aggregate, ctx: Context) -> Expr | None:
    if ctx.fold is not None:
        return ctx.fold(node)
    what = Text(en="counting over cases or time belongs in a metric", zh="对案件或时间的统计应写在指标中")
    if ctx.role in {"event", "case"}:
        what = Text(
            en="a condition goes on as far as it can: put parentheses around what ends before this",
            zh="条件尽可能向后延伸: 请用括号括住在此之前结束的部分",
        )
    world.collector.add(NotPlaced(node.span, what=what))
    return None


def _measure(world: World, node: syn.CaseMeasure, ctx: Context) -> Expr | None:
    if ctx.role in {"fixed", "signal"}:
        text = Text(
            en="a verdict has no value that runs with time: read it in a metric, an amount or a right",
            zh="判定没有随时间变化的值：请在指标、金额或权利中读取",
        )
        if node.what.lower() == "days_late" and ctx.role == "signal":
            name = node.of.text
            text = Text(
                en=f"days late that run are a signal of their own: `running days late of {name}`, and compare that one",
                zh=f"持续累计的迟延天数须单独写成信号: `累计迟延天数取自 {name}`，再与之比较",
            )
        world.collector.add(NotPlaced(node.span, what=text))
        return None
    if node.where is not None:
        text = Text(
            en="a condition belongs to what a metric counts, sums or takes the mean of",
            zh="条件只属于指标所计数、合计或取均值的对象",
        )
        world.collector.add(NotPlaced(node.where.span, what=text))
        return None
    what = node.what.lower()
    if what not in _MEASURES:
        return unpaid(world, node, ctx)
    rule = lookup.rule(world, node.of, "obligation")
    if rule is None or not _at_hand(world, node, rule.name, ctx):
        return None
    ty = _MEASURES[what]
    made = world.made(rule) if ty == "duration" else None
    return CaseValue(what, _measured_in(made) if made else ty, rule.name)  # type: ignore[arg-type]


def _at_hand(world: World, node: syn.CaseMeasure, rule: str, ctx: Context) -> bool:
    """Whether there is one case of the rule to read from: that which was breached, or which the event ended."""
    if ctx.cases is None or rule in ctx.cases:
        return True
    text = Text(
        en=f"no case of `{rule}` is at hand here: `for each breach of {rule}` has one, and so has `for each event {rule}.discharged`",
        zh=f"此处没有 `{rule}` 的案件可读: `对每次违约 {rule}` 有，`对每次事件 {rule}.履行` 也有",
    )
    world.collector.add(NotPlaced(node.span, what=text))
    return False


def _measured_in(obligation: object) -> Ty:
    limit = getattr(getattr(obligation, "limit", None), "limit", None)
    if isinstance(limit, Const):
        return limit.value.split(" ")[1]
    return "duration"
