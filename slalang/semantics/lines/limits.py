"""The line that states a rule's limit goes in; the IR's limit comes out: within, by a point of a period, by a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Fix, Text
from slalang.ir.amounts import Definition, Table
from slalang.ir.expressions import Const, Default, Expr, If, Named, Op, TableLookup, Ty
from slalang.ir.rules import ByDate, ByPoint, Limit, Schedule, Within
from slalang.semantics import parts
from slalang.semantics.errors.lints import Undated
from slalang.semantics.errors.lowering import ClockMissing, NotPlaced
from slalang.semantics.errors.policies import CountingMissing, RestDaysMissing
from slalang.semantics.errors.units import BareLimit, Expected, NoCalendarForDays, OutOfDomain
from slalang.semantics.expressions.lower import lower
from slalang.semantics.scope import lookup
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.surface import line as written
from slalang.syntax import tree as syn
from slalang.values.counting import CONVENTIONS

if TYPE_CHECKING:
    from slalang.semantics.expressions.context import Context
    from slalang.semantics.scope.world import Declared, World
    from slalang.syntax.tree import Sentence

_DEEPEST = 8  # tables and definitions looked through
LENGTHS = ("duration", "civil", "workdays")
COUNTINGS = tuple(CONVENTIONS)
_UNIT = Text(
    en="a number is no time yet: write `30 days`, `30 min` or the like",
    zh="仅有数字，没有单位: 请写 `30 天`、`30 分钟` 之类",
)


def limit_value(world: World, node: syn.Bound, ctx: Context) -> Expr | None:
    """`<= 4 h` as a limit; only `<=` and `<` bound a time that runs."""
    value = lower(world, node.value, ctx)
    if value is None:
        return None
    if value.type not in LENGTHS or node.op in {">", ">="}:
        found = of_type(value.type) if value.type not in LENGTHS else Text(en="a lower bound", zh="下限")
        remedy = _UNIT if value.type in {"integer", "number"} else None
        world.collector.add(Expected(node.span, needed=of_type("limit"), found=found, remedy=remedy))
        return None
    op = "<=" if node.op == "<=" else "<"
    if isinstance(value, Const):
        if value.value.startswith("-"):
            world.collector.add(OutOfDomain(node.span, name=node.value.span.text, domain=">= 0"))
            return None
        return Const("limit", f"{op} {value.type} {value.value}")
    return Op(op, (value,), "limit")  # type: ignore[arg-type]


def within(world: World, node: syn.Expr, ctx: Context, *, inclusive: bool = False) -> Expr | None:
    """An expression of type limit; a bare duration is refused, unless the words around it say that its end counts."""
    if isinstance(node, syn.Bound):
        return limit_value(world, node, ctx)
    if inclusive:
        return limit_value(world, syn.Bound("<=", node, node.span), ctx)
    value = lower(world, node, ctx, "limit")
    if value is None or value.type == "limit":
        return value
    if value.type in LENGTHS:
        text = node.span.text
        world.collector.add(BareLimit(node.span, value=text, fix=Fix(node.span, f"<= {text}")))
        return None
    world.collector.add(Expected(node.span, needed=of_type("limit"), found=of_type(value.type)))
    return None


def point(world: World, sentence: Sentence, period: Schedule | None) -> ByPoint | None:
    """`by day 5 of the next month` and its like; `of the period` means the rule's own."""
    unit = parts.ident(sentence, "unit")
    if unit == "period":
        if period is None:
            what = Text(
                en="the rule has no period of its own: write `of the month` or the like",
                zh="规则没有自己的期间: 请写 `属当月` 之类",
            )
            world.collector.add(NotPlaced(sentence.span, what=what))
            return None
        unit = period.unit
    own = parts.ident(sentence, "unit") == "period" and period is not None
    counted = period if own and period and (period.anchor or period.counted or period.n > 1) else None
    name = parts.name(sentence, "calendar")
    calendar = lookup.calendar(world, name) if name else ""
    day = "working_day" if "working" in parts.ident(sentence, "day") else "day"
    if calendar is None:
        return None
    if day == "working_day" and not calendar:
        first = next(iter(world.calendars), "C")
        shown = written("of_calendar", sentence.span.text, first, chinese=world.chinese)
        world.collector.add(NoCalendarForDays(sentence.span, lines=(shown,)))
        return None
    return ByPoint(
        unit=unit,  # type: ignore[arg-type]
        offset=parts.integer(sentence, "offset") or 0,
        nth=parts.integer(sentence, "nth") or 0,
        day=day,  # type: ignore[arg-type]
        inclusive=parts.flag(sentence, "inclusive"),
        calendar=calendar,
        schedule=counted,
    )


def by_date(world: World, sentence: Sentence, ctx: Context) -> ByDate | None:
    """`by E`: a date or an instant."""
    node = parts.expr(sentence, "value")
    value = lower(world, node, ctx) if node is not None else None
    if value is None or node is None:
        return None
    if value.type not in {"date", "instant"}:
        world.collector.add(Expected(node.span, needed=of_type("date"), found=of_type(value.type)))
        return None
    return ByDate(value, parts.flag(sentence, "inclusive"))


def kinds_of(world: World, limit: Limit | None) -> set[Ty]:
    """What a limit may count: exact time, civil days, business days; tables are looked through."""
    if not isinstance(limit, Within):
        return set()
    return {_kind(value) for value in _leaves(world, limit.limit, 0)}


def _kind(value: Expr) -> Ty:
    if isinstance(value, Const) and value.type == "limit":
        return value.value.split(" ")[1]
    return value.args[0].type if isinstance(value, Op) and value.args else value.type


def _leaves(world: World, value: Expr, depth: int) -> list[Expr]:
    """The limits that an expression may come to."""
    if isinstance(value, If):
        return [*_leaves(world, value.then, depth), *_leaves(world, value.orelse, depth)]
    if isinstance(value, Default):
        inner = [leaf for one in value.overrides for leaf in _leaves(world, one.value, depth)]
        return [*_leaves(world, value.base, depth), *inner]
    if not isinstance(value, TableLookup | Named) or depth > _DEEPEST:
        return [value]
    name = value.table if isinstance(value, TableLookup) else value.name
    found: list[Expr] = []
    for declared in world.values.get(name, []):
        for made in world.variants(declared).values():
            if isinstance(made, Definition):
                found += _leaves(world, made.value, depth + 1)
            elif isinstance(made, Table) and isinstance(value, TableLookup):
                place = [column.name for column in made.results].index(value.column)
                results = [*(row.results for row in made.rows), *([made.otherwise] if made.otherwise else [])]
                found += [leaf for result in results for leaf in _leaves(world, result[place], depth + 1)]
    return found


def _all_named(world: World, limit: Limit | None) -> bool:
    """Whether every count of business days names its calendar."""
    if not isinstance(limit, Within):
        return True
    counts = [leaf for leaf in _leaves(world, limit.limit, 0) if _kind(leaf) == "workdays"]
    return all("@" in (leaf.value if isinstance(leaf, Const) else "") for leaf in counts)


def check_counting(
    world: World, declared: Declared, sentence: Sentence, limit: Limit | None, counting: str, calendar: str
) -> None:
    """Days are counted by a stated convention, business days in a stated calendar."""
    kinds = kinds_of(world, limit)
    if not kinds & {"civil", "workdays"}:
        return
    if not counting:
        lines = tuple(
            written("counting", name, chinese=world.chinese) for name in (*world.countings, *COUNTINGS)
        )
        world.collector.add(CountingMissing(sentence.span, rule=declared.name, lines=lines))
    if "workdays" in kinds and calendar in {"", "always"} and not _all_named(world, limit):
        first = next(iter(world.calendars), "C")
        shown = written("days_of", "3", first, chinese=world.chinese)
        clock = written("clock_in", first, chinese=world.chinese)
        world.collector.add(NoCalendarForDays(sentence.span, lines=(shown, clock)))
    rolls = limit is not None and limit.roll is not None  # its calendar tells the rest days, too
    if (
        "civil" in kinds
        and world.convention(counting) is not None
        and calendar in {"", "always"}
        and not rolls
    ):
        _check_rest_days(world, sentence, counting)
    if "civil" in kinds and counting and _has_months(sentence):
        world.collector.add(Undated(sentence.span, counting=counting))


def check_clock(world: World, declared: Declared, limit: Limit | None) -> None:
    """Exact time runs on a stated clock; a time before an anchor lies between two instants and needs none."""
    if (
        not isinstance(limit, Within)
        or limit.direction == "before"
        or "duration" not in kinds_of(world, limit)
    ):
        return
    calendars = [name for name in world.calendars if name != "always"]
    lines = (
        written("clock_always", chinese=world.chinese),
        *(written("clock_in", name, chinese=world.chinese) for name in calendars),
    )
    world.collector.add(ClockMissing(declared.span, name=declared.name, lines=lines))


def _check_rest_days(world: World, sentence: Sentence, counting: str) -> None:
    """A convention that rolls needs to know the rest days: without a clock's calendar, the one that the contract names, or its only one."""
    convention = world.convention(counting)
    if convention is None or not (convention.rolls or convention.rolls_back):
        return
    if world.rest_days:
        return
    if len(world.calendars) == 1:
        world.used.add(("calendar", next(iter(world.calendars))))
        return
    clock = "计时 于 C" if world.chinese else "clock in C"
    world.collector.add(RestDaysMissing(sentence.span, counting=counting, clock=clock))


def _has_months(sentence: Sentence) -> bool:
    node = sentence.parts.get("limit")
    inner = node.value if isinstance(node, syn.Bound) else node
    return isinstance(inner, syn.Measured) and inner.unit.upper() in {"MONTH", "YEAR"}
