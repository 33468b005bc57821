"""A parsed TOML table and its text go in; checked values come out one key at a time, with a diagnostic at the key's line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import Text
from slalang.diagnostics.suggest import candidates
from slalang.events.errors.binding import BindingKeyMissing, BindingKeyUnknown, BindingValueWrong
from slalang.events.unfit import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.collector import Collector
    from slalang.source.text import SourceFile, Span

_HEAD = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?")
_KEY = re.compile(r"\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9_.-]+)\s*=")
_TEXT = Text(en="a text", zh="文本")
Path = tuple[str | int, ...]


def locate(file: SourceFile) -> dict[Path, Span]:
    """Where each table head and each key at the beginning of a line stands; tomllib does not tell."""
    places: dict[Path, Span] = {}
    counts: dict[Path, int] = {}
    at: Path = ()
    for number in range(1, file.line_count + 1):
        text = file.line(number)
        start = file.line_bounds(number)[0]
        if (head := _HEAD.match(text)) and "=" not in text.split("]")[0]:
            at = _entered(head, counts)
            places.setdefault(at, file.span(start + head.start(1), start + head.end()))
        elif key := _KEY.match(text):
            name = key[1].strip("\"'")
            places.setdefault((*at, name), file.span(start + key.start(1), start + key.end(1)))
    return places


def _entered(head: re.Match[str], counts: dict[Path, int]) -> Path:
    """The path of a table head, with the index of each array of tables on the way."""
    path: Path = ()
    names = [name.strip().strip("\"'") for name in head[2].split(".")]
    for depth, name in enumerate(names):
        path = (*path, name)
        if depth == len(names) - 1 and head[1] == "[[":
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one table; `path` is how it was reached, `places` where its keys stand."""

    file: SourceFile
    places: dict[Path, Span]
    data: dict[str, Any]
    path: Path
    collector: Collector

    def only(self, *known: str) -> None:
        """Refuse every other key."""
        for key in self.data:
            if key not in known:
                near = candidates(key, known) or known
                self.collector.add(BindingKeyUnknown(self.at(key), key=self.shown(key), known=near))

    def text(self, key: str, sample: str = "") -> str:
        """A text; with a sample it may not be missing."""
        value = self.data.get(key)
        if isinstance(value, str):
            return value
        if value is not None:
            self.wrong(key, _TEXT, value)
        elif sample:
            self.missing(key, sample)
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A text, or a list of texts."""
        value = self.data.get(key, [])
        values = [value] if isinstance(value, str) else value
        if isinstance(values, list) and all(isinstance(each, str) for each in values):
            return tuple(values)
        self.wrong(key, Text(en="a text or a list of texts", zh="文本或文本列表"), value)
        return ()

    def scalar(self, key: str) -> str:
        """A text, a whole number or a truth value, as text; a number with a point must be written as text, to stay exact."""
        value = self.data[key]
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int):
            return str(value)
        self.wrong(
            key, Text(en="a text (numbers with a point too)", zh="文本（带小数点的数也写成文本）"), value
        )
        return ""

    def flag(self, key: str) -> bool:
        """`true` or `false`; false where missing."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, Text(en="`true` or `false`", zh=" `true` 或 `false`"), value)
        return value is True

    def one_of(self, key: str, known: Sequence[str]) -> str:
        """One of some words; empty where missing or wrong."""
        value = self.data.get(key)
        if value is None or value in known:
            return value or ""
        words = ", ".join(f"`{each}`" for each in known)
        self.wrong(key, Text(en=f"one of {words}", zh=f"以下之一: {words}"), value)
        return ""

    def table(self, key: str, sample: str = "") -> Reader | None:
        """A table inside."""
        value = self.data.get(key)
        if isinstance(value, dict):
            return Reader(self.file, self.places, value, (*self.path, key), self.collector)
        if value is not None:
            self.wrong(key, Text(en="a table", zh="表"), value)
        elif sample:
            self.missing(key, sample)
        return None

    def tables(self, key: str, sample: str) -> list[Reader]:
        """A list of tables, at least one."""
        value = self.data.get(key)
        if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
            return [
                Reader(self.file, self.places, each, (*self.path, key, at), self.collector)
                for at, each in enumerate(value)
            ]
        if value is None or value == []:
            self.missing(key, sample)
        else:
            self.wrong(
                key, Text(en=f"tables, each headed `[[{key}]]`", zh=f"若干表，各以 `[[{key}]]` 开头"), value
            )
        return []

    def missing(self, key: str, sample: str) -> None:
        """Say that a key is missing."""
        self.collector.add(BindingKeyMissing(self.at(None), key=self.shown(key), sample=sample))

    def wrong(self, key: str, wanted: Text, value: object) -> None:
        """Say that a key holds the wrong value."""
        found = value if isinstance(value, Text) else kind_of(value)
        self.collector.add(BindingValueWrong(self.at(key), key=self.shown(key), wanted=wanted, found=found))

    def shown(self, key: str) -> str:
        """The key with the way to it, as in `table[0].event[1].time`."""
        out = ""
        for part in (*self.path, key):
            out += f"[{part}]" if isinstance(part, int) else f"{'.' if out else ''}{part}"
        return out

    def at(self, key: str | None) -> Span:
        """Where a key stands, or the nearest thing around it that has a line of its own."""
        path: Path = self.path if key is None else (*self.path, key)
        while path:
            if path in self.places:
                return self.places[path]
            path = path[:-1]
        return self.file.span(0, 0)

    def line(self) -> int:
        """The line of this table."""
        return self.at(None).line
