"""A program and an event pattern go in; what the signals say whose turning true it waits for comes out, and what those are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.compile.walk import signals_of
from slalang.explain.parts.expressions import literal, pattern, words
from slalang.explain.tree import Node, node
from slalang.ir.facts import Computed, DaysLate, Lasting, MemberFold, Running

if TYPE_CHECKING:
    from slalang.ir.expressions import Const
    from slalang.ir.facts import Pattern, Signal
    from slalang.ir.program import Program

_EACH = ("day", "week", "month", "quarter", "year")


def said(program: Program, *patterns: Pattern | None) -> list[Node]:
    """One node for each signal, each once; signals that events alone turn on and off are told by their names."""
    known = {one.name: one for one in program.signals}
    todo = [name for one in patterns if one is not None for name, what in one.derived if what == "crossing"]
    seen: dict[str, None] = {}
    found: list[Node] = []
    while todo:
        name = todo.pop(0)
        if name in seen or name not in known:
            continue
        seen[name] = None
        told = _said(known[name])
        found += [told] if told is not None else []
        form = known[name].form
        if isinstance(form, Computed):
            todo += [one.signal for one in signals_of([form.value], program)]
        elif isinstance(form, MemberFold | Lasting):
            todo.append(form.signal)
    return found


def _said(signal: Signal) -> Node | None:
    name, form = signal.name, signal.form
    match form:
        case Computed():
            return node("signal.is", name=name, value=words(form.value))
        case Running():
            return node(
                "signal.count" if form.value is None else "signal.sum",
                name=name,
                events=pattern(form.events),
                value=None if form.value is None else words(form.value),
                less=pattern(form.less),
                reset=pattern(form.reset),
                window=_window(form.window),
            )
        case Lasting():
            kind = "signal.longer" if form.strict else "signal.as_long"
            plain = form.n == 1 and not form.counted and form.unit in _EACH
            period = node(f"each.{form.unit}" if plain else "each.period") if form.unit else None
            return node(kind, name=name, signal=form.signal, bound=words(form.bound), period=period)
        case DaysLate():
            rules = tuple(dict.fromkeys(rule for rule, _ in form.events.derived))
            return node("signal.late.closed" if form.closed else "signal.late", name=name, rules=rules)
        case _:
            return None


def _window(window: Const | None) -> Node | None:
    if window is None:
        return None
    made = literal(window.type, window.value)
    return made if isinstance(made, Node) else node("x.value", value=made)
