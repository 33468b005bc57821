"""A duration as a person types it goes in (`4 h`, `1 h 30 min`, `1.5 小时`, `3 business days`); microseconds or days come out, or `Stop`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop, Text
from slalang.pipeline.errors import BadSetting
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse
from slalang.syntax.tree import Measured

if TYPE_CHECKING:
    from collections.abc import Iterator

EXACT: Final = {
    "HOUR": 3_600_000_000,
    "MINUTE": 60_000_000,
    "SECOND": 1_000_000,
    "MILLISECOND": 1_000,
    "MICROSECOND": 1,
}
MOST_DIGITS: Final = (
    12  # more hours, and more seconds, than there are between the years that a calendar knows
)
_PART = re.compile(r"\s*([0-9０-９][0-9０-９.,]*)\s*([^\d\s.,-][^\d.,-]*)")


def exact(text: str) -> int:
    """An exact duration in µs; a sign before it counts for all of its parts.

    Raises:
        Stop: it is none, or no whole number of microseconds.
    """
    sign, parts = _parts(text)
    if not parts or any(part.unit not in EXACT for part in parts):
        problem = Text(en="hours, minutes or seconds are wanted", zh="应为小时、分钟或秒")
        raise Stop(BadSetting(None, given=text, problem=problem, write="1 h 30 min"))
    total = sum(part.value * EXACT[part.unit] for part in parts)
    if total.denominator != 1:
        problem = Text(en="this is no whole number of microseconds", zh="不是整数微秒")
        raise Stop(BadSetting(None, given=text, problem=problem, write=None))
    return sign * int(total)


def working_days(text: str) -> int | None:
    """A number of business days; None when it is another duration."""
    sign, parts = _parts(text)
    if len(parts) != 1 or parts[0].unit != "WORKING_DAY" or parts[0].value.denominator != 1:
        return None
    return sign * int(parts[0].value)


def _parts(text: str) -> tuple[int, list[Measured]]:
    body = text.strip()
    sign = -1 if body.startswith(("-", "－")) else 1
    body = body.removeprefix("-").removeprefix("－").strip()
    found = list(_pieces(body))
    whole = "".join(piece.replace(" ", "") for piece in found) == re.sub(r"\s", "", body)
    parts = [part for part in map(_measured, found) if part is not None]
    # A piece that is no quantity (`1e` of `1e3 h`) makes the whole none: it is not left out.
    return sign, parts if whole and len(parts) == len(found) else []


def _pieces(body: str) -> Iterator[str]:
    for match in _PART.finditer(body):
        if len(match.group(1)) <= MOST_DIGITS:
            yield match.group(0).strip()


def _measured(piece: str) -> Measured | None:
    """One number with its unit, read by the language's own parser."""
    document = parse(SourceFile("--add", f"let amount = {piece}\n"), Collector())
    value = document.sentences[0].parts.get("value") if document.sentences else None
    return value if isinstance(value, Measured) else None
