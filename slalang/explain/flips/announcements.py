"""A rule and the events go in; announcements that came too late to stop its clock or excuse it, and when they would have counted, come out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.ir.expressions import Const, Field, Op
from slalang.ir.facts import Computed, MemberFold, Spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from slalang.events.event import Event
    from slalang.ir.expressions import Expr
    from slalang.ir.facts import EventMatch
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation


def announced_earlier(
    program: Program, rule: Obligation, events: Iterable[Event], window: tuple[int, int]
) -> list[tuple[Event, int]]:
    """Events whose announced span touches the window (µs) but that told of it too late, each with the latest time that would do.

    Only conditions of the form `time <= …` or `time < …` over the event's own fields are worked out.
    """
    found = []
    known = list(events)
    for form in _spans(program, rule):
        for match in form.events:
            for event in known:
                at = latest(match, event) if event.type == match.type else None
                if at is None or event.time <= at or not _touches(event, form, window):
                    continue
                found.append((event, at))
    return sorted(found, key=lambda pair: pair[0].time - pair[1])


def latest(match: EventMatch, event: Event) -> int | None:
    """The latest time at which an event would satisfy a match that is a bound on its time; None where it is no such match."""
    where = match.where
    if not isinstance(where, Op) or where.op not in {"<", "<=", ">", ">="}:
        return None
    left, right = where.args
    if where.op in {">", ">="}:
        left, right = right, left
    if not (isinstance(left, Field) and left.name == "time"):
        return None
    bound = _value(right, event)
    return None if bound is None else bound - (where.op in {"<", ">"})


def _value(expr: Expr, event: Event) -> int | None:
    """An instant or duration (µs) over an event's fields and constants, by plus and minus only."""
    if isinstance(expr, Const) and expr.type in {"duration", "instant"}:
        return int(expr.value)
    if isinstance(expr, Field) and expr.of == "event":
        value = event.time if expr.name == "time" else event.data.get(expr.name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if isinstance(expr, Op) and expr.op in {"+", "-"} and len(expr.args) == 2:
        left, right = (_value(arg, event) for arg in expr.args)
        if left is None or right is None:
            return None
        return left + right if expr.op == "+" else left - right
    return None


def _spans(program: Program, rule: Obligation) -> Iterator[Spans]:
    """The announced spans that standstills and excuses of a rule read, through any signals."""
    signals = {signal.name: signal for signal in program.signals}
    todo = [name for still in rule.clock.standstills for name in named(still.when, "signal")]
    todo += [name for excuse in rule.excuses for name in named(excuse.when, "signal")]
    seen: set[str] = set()
    while todo:
        name = todo.pop(0)
        if name in seen or name not in signals:
            continue
        seen.add(name)
        form = signals[name].form
        if isinstance(form, Spans):
            yield form
        elif isinstance(form, Computed):
            todo += named(form.value, "signal")
        elif isinstance(form, MemberFold):
            todo.append(form.signal)


def named(expr: object, kind: str) -> list[str]:
    """The names of the signals (`signal`) or metrics (`metric`) in an expression, wherever they stand."""
    found: list[str] = []
    todo = [expr]
    while todo:
        item = todo.pop(0)
        if getattr(item, "kind", "") == kind:
            found.append(getattr(item, "signal" if kind == "signal" else "name"))
        for name in getattr(item, "__slots__", ()):
            value = getattr(item, name)
            todo += value if isinstance(value, tuple) else [value]
    return found


def _touches(event: Event, form: Spans, window: tuple[int, int]) -> bool:
    start, end = event.data.get(form.start_field), event.data.get(form.end_field)
    if not isinstance(start, int) or not isinstance(end, int):
        return False
    return start < window[1] and end > window[0]
