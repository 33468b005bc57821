"""The words of a schedule in a sentence go in; the IR's schedule comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.ir.rules import Schedule
from slalang.semantics import parts
from slalang.semantics.errors.lowering import LineMissing, NotPlaced
from slalang.semantics.errors.units import NoCalendarForDays, OutOfDomain
from slalang.semantics.expressions.context import Context
from slalang.semantics.expressions.lower import typed
from slalang.semantics.expressions.patterns import facts_only
from slalang.semantics.scope import lookup
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.semantics.scope.world import World
    from slalang.syntax.tree import Sentence

UNITS = {"microsecond": "us"}
EXACT = ("us", "minute", "hour")
MONTHS_AND_YEARS = ("month", "quarter", "year")


def schedule(world: World, sentence: Sentence, entity: str = "") -> Schedule | None:
    """`each month`, `each 10 min`, `each Monday`, `each working day of Cal`, `each 1 months from E`, `each year of the contract`, `rolling 30
    days before PATTERN` (of events that concern `entity`); None where the sentence has no schedule, or after a report."""
    unit = parts.ident(sentence, "unit")
    if not unit:
        return None
    n = parts.integer(sentence, "n") or 1
    if parts.pattern(sentence, "before") is not None:
        return _rolling(world, sentence, unit, n, entity)
    weekday = parts.integer(sentence, "weekday")
    name = parts.name(sentence, "calendar")
    calendar = lookup.calendar(world, name) if name else ""
    if calendar is None:
        return None
    if unit == "working_day" and calendar in {"", "always"}:
        first = next(iter(world.calendars), "C")
        shown = written("each_working_day", first, chinese=world.chinese)
        world.collector.add(NoCalendarForDays(sentence.span, lines=(shown,)))
        return None
    if unit == "second":
        unit, n = "us", n * 1_000_000
    unit = UNITS.get(unit, unit)
    weekdays = (weekday,) if weekday is not None else ()
    fine, anchor = _anchor(world, sentence, unit)
    counted = parts.ident(sentence, "counted")
    if not fine or (counted and not _has_term(world, sentence)):
        return None
    count: Any = "contract" if counted == "contract" else ""
    return Schedule(unit, n, weekdays, calendar, anchor, counted=count)  # type: ignore[arg-type]


def _anchor(world: World, sentence: Sentence, unit: str) -> tuple[bool, Expr | None]:
    """The date that periods are counted from; for minutes and hours it may be an instant."""
    node = parts.expr(sentence, "anchor")
    if node is None:
        return True, None
    wanted = "instant" if unit in EXACT and _is_instant(node) else "date"
    made = typed(world, node, Context("fixed"), wanted)
    return made is not None, made


def _is_instant(node: object) -> bool:
    return getattr(node, "time", None) is not None


def _has_term(world: World, sentence: Sentence) -> bool:
    if world.has_term:
        return True
    what = Text(en="from when to when the contract runs", zh="合同自何时至何时")
    line = written("term", "2026-01-01", "2026-12-31", chinese=world.chinese)
    world.collector.add(LineMissing(sentence.span, name=parts.text(sentence, "name"), what=what, line=line))
    return False


def _rolling(world: World, sentence: Sentence, unit: str, n: int, entity: str) -> Schedule | None:
    """`rolling 30 days before PATTERN`: only whole days, weeks and months end with a day."""
    node = parts.pattern(sentence, "before")
    if unit not in {"day", "week", *MONTHS_AND_YEARS}:
        world.collector.add(
            OutOfDomain(sentence.span, name=f"{n} {unit}", domain="days, weeks, months, years")
        )
        return None
    if sentence.kind not in {"metric", "amount_rule"}:
        what = Text(
            en="a window before an event belongs to a metric or an amount",
            zh="以事件为止的窗口属于指标或金额",
        )
        world.collector.add(NotPlaced(sentence.span, what=what))
        return None
    found = facts_only(world, node, entity) if node is not None else None
    if found is None:
        return None
    return Schedule(unit, n, before=found[0])  # type: ignore[arg-type]
