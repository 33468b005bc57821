"""IR expressions, patterns and table cells go in; inline nodes that say them in words come out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, assert_never

from slalang.diagnostics.diagnostic import Text
from slalang.explain.tree import Arg, Instant, Node, Word, node
from slalang.ir.amounts import AnyCell, OneOfCell, RangeCell
from slalang.ir.expressions import (
    AmountRef,
    Builtin,
    CaseValue,
    Const,
    Default,
    Field,
    If,
    MetricRef,
    Named,
    Op,
    Param,
    SignalAt,
    TableLookup,
    TermEdge,
)
from slalang.ir.rules import ByDate, ByPoint, Within
from slalang.outcome.records import Quantity
from slalang.syntax import given

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slalang.ir.amounts import Cell, Column, Row, Table
    from slalang.ir.expressions import Expr, Ty
    from slalang.ir.facts import EventMatch, Pattern
    from slalang.ir.rules import Limit

NUMERIC = {"number", "integer", "ratio", "points", "duration", "civil", "workdays", "amount"}
RANK = {
    "or": 1, "and": 2, "not": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "==": 4, "!=": 4, "+": 5, "-": 5, "*": 6, "/": 6, "neg": 7,
}  # fmt: skip
CAPITALS = {"in_capitals", "from_capitals"}
CALLS = {"min", "max", "abs", "round_down", "round_up", "round_nearest"}


def literal(type_: Ty, value: str) -> Arg:
    """A constant's canonical text (as `slalang.ir.expressions` defines it) as an argument."""
    sort = type_.partition(":")[0]
    match sort:
        case "number" | "integer" | "ratio" | "points" | "duration" | "amount":
            return Quantity(type_, Fraction(value))
        case "civil":
            months, _, days = value.partition(",")
            whole = None if months == "0" else Quantity("months", Fraction(months))
            rest = (
                None if whole is not None and days in {"", "0"} else Quantity("civil", Fraction(days or "0"))
            )
            return node("limit.days" if whole is None else "limit.civil", months=whole, days=rest)
        case "workdays":
            count, _, calendar = value.partition("@")
            return node(
                "limit.workdays", days=Quantity("workdays", Fraction(count)), calendar=calendar or None
            )
        case "instant":
            return Instant(int(value))
        case "bool":
            return Word(value, "said")
        case "limit":
            sign, of, amount = value.split(" ", 2)
            return node(f"limit.{sign}", value=literal(of, amount))
        case _:
            return value


def worth(type_: Ty, value: Fraction | int | str | bool | None) -> Arg:
    """An evaluated value as an argument; None is unknown."""
    sort = type_.partition(":")[0]
    if value is None:
        return Word("none", "said")
    if isinstance(value, bool):
        return Word("true" if value else "false", "said")
    if isinstance(value, str):
        return literal(type_, value) if sort in {"limit", "civil", "workdays"} else value
    if sort == "instant":
        return Instant(int(value))
    return Quantity(type_, Fraction(value))


def words(expr: Expr, names: Mapping[str, Node] | None = None) -> Node:
    """An expression in words, as one inline node; `names` gives words for metrics that have no name of their own."""
    match expr:
        case Const():
            return node("x.value", value=literal(expr.type, expr.value))
        case Param() | Named():
            return node("x.value", value=expr.name)
        case Field() if expr.of == "period":
            return node(f"x.period.{expr.name}")
        case Field():
            inner = node("x.value", value=expr.name)
            return node("x.via", name=inner, via=" → ".join(expr.via)) if expr.via else inner
        case SignalAt():
            return _signal(expr)
        case MetricRef() if names is not None and expr.name in names:
            return names[expr.name]
        case MetricRef() if expr.across:
            return node(f"x.across.{expr.across}", name=expr.name)
        case MetricRef() if expr.joined and expr.back:
            return node(f"x.earlier.{expr.joined}", name=expr.name, span=expr.span)
        case MetricRef() if expr.joined:
            return node(f"x.joined.{expr.joined}", name=expr.name)
        case MetricRef() if expr.within:
            return node(f"x.within.{expr.within}", name=expr.name)
        case AmountRef() if expr.unpaid:
            return node("x.unpaid", name=expr.name)
        case MetricRef() | AmountRef():
            return _earlier(expr.name, expr.back, expr.span)
        case CaseValue():
            return node("x.value", value=Word(expr.what, "case"))
        case Op() if expr.type == "limit":
            return node(f"limit.{expr.op}", value=words(expr.args[0], names))
        case Op():
            return operation(expr.op, tuple((words(arg, names), rank(arg)) for arg in expr.args))
        case If():
            condition, then, orelse = (
                words(item, names) for item in (expr.condition, expr.then, expr.orelse)
            )
            return node("x.if", condition=condition, then=then, orelse=orelse)
        case TableLookup():
            rule, _, own = expr.table.partition(".")
            if own:  # a table that stands inside a rule has the rule's name
                return node("x.lookup.own", rule=rule)
            return node("x.lookup", table=expr.table, column=expr.column)
        case Default():
            return words(expr.base, names)
        case TermEdge():
            return node(f"x.term.{expr.which}")
        case Builtin():
            args = expr.args[:1] if expr.name in CAPITALS else expr.args  # the currency is told by the amount
            return node("x.call", name=_called(expr.name), args=tuple(words(arg, names) for arg in args))
        case _:
            assert_never(expr)


def rank(expr: Expr) -> int:
    """How tightly an expression binds: 9 for what never needs parentheses."""
    return RANK.get(expr.op, 9) if isinstance(expr, Op) else 0 if isinstance(expr, If) else 9


def operation(op: str, args: tuple[tuple[Node, int], ...]) -> Node:
    """An operator over worded arguments, each with its rank; parentheses only where they are needed."""
    if op in CALLS:
        return node("x.call", name=_called(op), args=tuple(arg for arg, _ in args))
    own = RANK[op]
    if len(args) == 1 and op in {"and", "or"}:
        return args[0][0]
    if len(args) == 1:
        return node(f"x.{op}", a=_held(*args[0], 9 if op == "not" else own))
    left = _held(*args[0], own)
    for arg, arg_rank in args[1:]:
        # `a − (b − c)` and `a ÷ (b × c)` keep their parentheses: the right side binds one step tighter.
        tighter = own if op in {"and", "or", "+", "*"} else own + 1
        left = node(f"x.{op}", a=left, b=_held(arg, arg_rank, tighter))
    return left


def pattern(of: Pattern | None) -> Node | None:
    """An event pattern in words; None for none."""
    if of is None:
        return None
    events: tuple[Arg, ...] = tuple(_match(item) for item in of.any_of)
    events += tuple(
        node(
            "pattern.crossing" if what == "crossing" else "pattern.rule",
            rule=_AGREEMENT if rule == "agreement" else rule,
            what=_DERIVED[what],
            where=words(of.where[i]) if of.where and of.where[i] is not None else None,  # type: ignore[arg-type]
        )
        for i, (rule, what) in enumerate(of.derived)
    )
    if of.pick == "all" and len(events) > 1:
        return node("pattern.together", events=node("x.list", items=events))
    inner = operation("or", tuple((one, 9) for one in events if isinstance(one, Node)))
    return node(f"pattern.{of.pick}", events=inner) if of.pick in {"first", "last"} else inner


def ahead(limit: Expr) -> Node:
    """The limit of an act that must come so long before something: its `<=` means at least."""
    said = words(limit)
    while said.kind == "x.value" and isinstance(inner := said.get("value"), Node):
        said = inner
    if said.kind in {"limit.<=", "limit.<"}:
        return Node(said.kind.replace("limit.", "limit.ahead."), said.args)
    return said


def due(limit: Limit) -> Node:
    """A limit that is a date or a point of a period, in words: `before day 5 of the next month`, and how its day moves."""
    return moving(limit, _point(limit))


def moving(limit: Limit, said: Node) -> Node:
    """A limit in words, with its own roll and where its last day ends before 24:00."""
    if limit.roll is not None:
        month = ".month" if limit.roll.not_last_of_month else ""
        said = node(f"limit.{limit.roll.to}{month}", limit=said, calendar=limit.roll.calendar)
    return node("limit.closes", limit=said, calendar=limit.closes) if limit.closes else said


def opening(point: ByPoint) -> Node:
    """The day from which on an occurrence may be discharged, in words: `from day 5 of the same month`."""
    return _point(point, "from")


def _point(limit: Limit, word: str = "") -> Node:
    if isinstance(limit, Within):
        return words(limit.limit)
    bound = Word(word or ("by" if limit.inclusive else "before"), "bound")
    if isinstance(limit, ByDate):
        return node("limit.date", bound=bound, value=words(limit.value))
    if limit.nth == 0 and limit.offset == 0:
        return node("limit.period_end", bound=bound)
    kind = "limit.end" if limit.nth == 0 else "limit.point" if limit.nth > 0 else "limit.from_end"
    later = limit.offset > 1
    offset = str(limit.offset) if later else Word("next" if limit.offset else "this", "bound")
    return node(
        f"{kind}.later" if later else kind,
        bound=bound,
        day=Word(limit.day, "bound"),
        nth=str(abs(limit.nth)),
        offset=offset,
        unit=Word(limit.unit, "bound"),
        more=Word(limit.unit, "later") if later else None,
    )


def row(table: Table, hit: Row, only: str = "") -> Node:
    """A row of a table in words: its conditions and its results, or the `only` result that was asked for."""
    conditions = tuple(
        cell(column, item)
        for column, item in zip(table.inputs, hit.cells, strict=True)
        if not isinstance(item, AnyCell)
    )
    results = tuple(
        node("row.result", name=None if column.name == "value" else column.name, value=words(value))
        for column, value in zip(table.results, hit.results, strict=True)
        if only in {"", column.name}
    )
    joined = conditions[0] if conditions else node("cell.otherwise")
    for condition in conditions[1:]:
        joined = node("cell.and", a=joined, b=condition)
    return node("row.content", conditions=joined, results=results)


def cell(column: Column, item: Cell) -> Node:
    """An input cell in words, with its column's name."""
    name = words(column.value) if column.value is not None else column.name
    match item:
        case AnyCell():
            return node("cell.any", name=name)
        case OneOfCell():
            return node(
                "cell.is",
                name=name,
                values=operation("or", tuple((words(value), 9) for value in item.values)),
            )
        case RangeCell():
            return _range(name, item)
        case _:
            assert_never(item)


def _range(name: Arg, item: RangeCell) -> Node:
    if item.low is None and item.high is None:
        return node("cell.any", name=name)
    if item.low is None and item.high is not None:
        return node("cell.<=" if item.high_in else "cell.<", name=name, value=words(item.high))
    if item.high is None and item.low is not None:
        return node("cell.>=" if item.low_in else "cell.>", name=name, value=words(item.low))
    assert item.low is not None
    assert item.high is not None
    return node(
        "cell.range",
        name=name,
        open="[" if item.low_in else "(",
        low=words(item.low),
        high=words(item.high),
        close="]" if item.high_in else ")",
    )


_AGREEMENT = Text("the agreement", "合同")
_DERIVED = {
    "breach": Text("the breach", "违约"),
    "discharge": Text("the discharge", "履行"),
    "expiry": Text("the end of the limit", "届满"),
    "exercise": Text("the exercise", "行使"),
    "crossing": Text("the turning true", "成立"),
    "began": Text("the beginning", "生效"),
    "expired": Text("the expiry", "届满"),
    "ended": Text("the end", "终止"),
    "renewed": Text("the renewal", "续期"),
    "suspended": Text("the suspension", "中止"),
    "resumed": Text("the resumption", "恢复"),
}


def _match(item: EventMatch) -> Node:
    kind = Word(item.type, "event")
    if item.where is None:
        return node("pattern.one", type=kind)
    return node("pattern.where", type=kind, condition=words(item.where))


def _signal(expr: SignalAt) -> Node:
    inner = node("x.value", value=expr.signal)
    if expr.via:
        inner = node("x.via", name=inner, via=" → ".join(expr.via))
    if expr.at in {"now", "latest"}:
        return inner if expr.at == "now" else node("x.latest", name=inner)
    return node("x.at", name=inner, at=Word(expr.at, "at"))


def _earlier(name: str, back: int, span: int) -> Node:
    if back == 0:
        return node("x.value", value=name)
    return node("x.previous", name=name) if span <= 1 else node("x.back", name=name, span=span)


def _held(inner: Node, inner_rank: int, outer: int) -> Node:
    return node("x.paren", inner=inner) if inner_rank < outer else inner


def _called(name: str) -> Arg:
    """A function as a contract writes it, in each language."""
    return Text(*given.FUNCTIONS[name]) if name in given.FUNCTIONS else name
