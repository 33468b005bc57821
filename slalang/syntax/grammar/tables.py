"""The stored LALR(1) tables go in; a machine comes out that takes tokens, tells which it would take, and builds values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from slalang import resources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slalang.syntax.tree import Token

END: Final = "$END"
_SPLICE: Final = 1000  # as in compile.py
_NOTHING: Final = -1
_REMEMBERED: Final = 20_000  # stacks of states; a contract of a thousand lines meets two thousand

Row = (
    dict[str, int] | int
)  # terminal → shift to s as s, reduce by r as -1 - r; or the one rule that is always reduced


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it makes, how many symbols it takes, the builder's name (empty: passed on), where its values come from."""

    origin: str
    length: int
    builder: str
    recipe: tuple[int, ...]
    is_passed: bool  # one value, passed on as it is: most of the steps in reading an expression
    is_plain: bool  # the values are the symbols', in order


@dataclass(frozen=True, slots=True)
class Tables:
    """The grammar, compiled."""

    start: int
    end: int
    rows: tuple[Row, ...]
    gotos: tuple[dict[str, int], ...]
    rules: tuple[Rule, ...]
    begins: Mapping[str, list[str]] = field(repr=False)
    words: Mapping[str, list[Any]] = field(repr=False)
    money: Mapping[str, Any] = field(repr=False)
    policies: Mapping[str, Any] = field(repr=False)
    # Where a token leads from a stack of states, for stacks met before: lines resemble one another.
    known: dict[tuple[str, tuple[int, ...]], list[int] | None] = field(default_factory=dict, repr=False)


@cache
def tables() -> Tables:
    """The tables of this installation, read once per process.

    They are the stored ones; `tests/unit/syntax` sees to it that they are current, so no text of the grammar is read here.
    """
    return from_data(json.loads(resources.text("grammar/compiled.json")))


def from_data(data: Mapping[str, Any]) -> Tables:
    """Take the tables from plain data, as `compile.build` makes them."""
    rows = data["rows"]
    return Tables(
        data["start"],
        data["end"],
        tuple(rows[index] for index in data["actions"]),
        tuple(data["gotos"]),
        tuple(_rule(*entry) for entry in data["rules"]),
        data["begins"],
        data["words"],
        data["money"],
        data["policies"],
    )


def _rule(origin: str, length: int, builder: str, recipe: list[int]) -> Rule:
    is_passed = recipe == [0] and length == 1 and not builder and not origin.startswith("_")
    return Rule(origin, length, builder, tuple(recipe), is_passed, recipe == list(range(length)))


class Machine:
    """Reads one line: `feed` takes a token; `takes` and `expected` tell what may come next.

    Args:
        compiled: the tables.
        build: called with a rule's builder name, its values, and where its text starts and ends.
    """

    __slots__ = ("_bounds", "_build", "_tables", "states", "values")

    def __init__(self, compiled: Tables, build: Callable[[str, list[Any], int, int], Any]) -> None:
        self._tables = compiled
        self._build = build
        self.states: list[int] = [compiled.start]
        self.values: list[Any] = []
        self._bounds: list[tuple[int, int]] = []

    def takes(self, terminal: str) -> bool:
        """Whether a token of this type may come next."""
        return self._after(terminal, self.states) is not None

    def takes_both(self, first: str, second: str) -> bool:
        """Whether `second` may follow when `first` came next."""
        states = self._after(first, self.states)
        return states is not None and self._after(second, states) is not None

    def expected(self) -> frozenset[str]:
        """Every terminal that may come next."""
        rows, top = self._tables.rows, self.states[-1]
        row = rows[top]
        candidates = (
            row if isinstance(row, dict) else {name for one in rows if isinstance(one, dict) for name in one}
        )
        return frozenset(name for name in candidates if self.takes(name))

    def feed(self, token: Token) -> bool:
        """Take a token; False, with the machine as it was before any reduction mattered, when it may not come here."""
        terminal = token.type
        if not self.takes(terminal):
            return False
        while True:
            row = self._tables.rows[self.states[-1]]
            action = row.get(terminal) if isinstance(row, dict) else row
            assert action is not None
            if action >= 0:
                self.states.append(action)
                self.values.append(token)
                self._bounds.append((token.span.start, token.span.end))
                return True
            self._reduce(self._tables.rules[-1 - action])

    def finish(self, end: Token) -> Any:
        """Take the end of the line; the value of the whole line. Call only when `takes(END)`."""
        while self.states[-1] != self._tables.end:
            row = self._tables.rows[self.states[-1]]
            action = row.get(end.type) if isinstance(row, dict) else row
            assert action is not None
            self._reduce(self._tables.rules[-1 - action])
        return self.values[-1]

    def _reduce(self, rule: Rule) -> None:
        states, gotos = self.states, self._tables.gotos
        if rule.is_passed:
            states[-1] = gotos[states[-2]][rule.origin]
            return
        size = rule.length
        taken, bounds = self.values[-size:], self._bounds[-size:]
        del self.values[-size:], self._bounds[-size:], states[-size:]
        start, end = bounds[0][0], bounds[-1][1]
        values = taken if rule.is_plain else _arranged(taken, rule.recipe)
        if rule.builder:
            value = self._build(rule.builder, values, start, end)
        else:
            value = values if rule.origin.startswith("_") else values[0]
        self.values.append(value)
        self._bounds.append((start, end))
        states.append(gotos[states[-1]][rule.origin])

    def _after(self, terminal: str, states: list[int]) -> list[int] | None:
        """The states after a token of this type was taken, or None when it may not come next. Nothing is built."""
        known = self._tables.known
        key = (terminal, tuple(states))
        try:
            return known[key]
        except KeyError:
            if len(known) >= _REMEMBERED:
                known.clear()
            found = known[key] = self._follow(terminal, states)
            return found

    def _follow(self, terminal: str, states: list[int]) -> list[int] | None:
        rows, copy = self._tables.rows, list(states)
        while True:
            if copy[-1] == self._tables.end:
                return copy if terminal == END else None
            row = rows[copy[-1]]
            action = row.get(terminal) if isinstance(row, dict) else row
            if action is None:
                return None
            if action >= 0:
                copy.append(action)
                return copy
            rule = self._tables.rules[-1 - action]
            del copy[-rule.length :]
            copy.append(self._tables.gotos[copy[-1]][rule.origin])


def _arranged(taken: list[Any], recipe: tuple[int, ...]) -> list[Any]:
    values: list[Any] = []
    for index in recipe:
        if index == _NOTHING:
            values.append(None)
        elif index >= _SPLICE:
            values.extend(taken[index - _SPLICE])
        else:
            values.append(taken[index])
    return values
