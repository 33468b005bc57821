"""The text of an earlier outcome's published JSON goes in; its plain data, checked against the schema, comes out, or `Stop`."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NoReturn

from slalang.diagnostics.diagnostic import Stop, Text
from slalang.outcome.against_schema import misfit
from slalang.outcome.errors import EarlierBroken, EarlierMisfit
from slalang.outcome.schema import schema
from slalang.source.text import Spot
from slalang.values import instant
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Callable

MOMENTS: Final = ("start", "deadline", "period_start", "period_end", "since", "until", "opens")
NUMBERS: Final = ("amount", "exact", "numerator", "denominator", "low", "high")


class _RefusedError(ValueError):
    """Something that JSON may hold but an outcome never does."""


def from_json(text: str, name: str) -> dict[str, Any]:
    """The outcome as `as_json` wrote it: objects, lists and texts, with every part the schema asks for.

    Args:
        text: what the file holds.
        name: the file's name, for messages.

    Raises:
        Stop: `SLA-E0741`, no JSON (cut off, a name twice, `NaN`); `SLA-E0742`, JSON of another shape.
    """
    try:
        data = json.loads(text, parse_constant=_constant, object_pairs_hook=_once)
    except json.JSONDecodeError as trouble:
        problem = Text(en=trouble.msg, zh=f"JSON 有误：{trouble.msg}")
        raise Stop(EarlierBroken(Spot(name, trouble.lineno, trouble.colno), problem=problem)) from None
    except _RefusedError as trouble:
        what = str(trouble)
        line = text.count("\n", 0, max(text.find(what), 0)) + 1
        problem = Text(en=f"`{what}` may not stand in it", zh=f"其中不得有 `{what}`")
        raise Stop(EarlierBroken(Spot(name, line), problem=problem)) from None
    except (RecursionError, ValueError) as trouble:  # nested too deeply; a number of too many digits
        problem = Text(
            en=f"it is no outcome ({type(trouble).__name__})", zh=f"不是运行结果（{type(trouble).__name__}）"
        )
        raise Stop(EarlierBroken(Spot(name), problem=problem)) from None
    found = misfit(data, schema())
    if found is not None:
        raise Stop(EarlierMisfit(Spot(name), path=found.path or "(whole)", problem=found.problem))
    _values(data, name)
    return dict(data)


def _constant(text: str) -> NoReturn:
    raise _RefusedError(text)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise _RefusedError(name)
        found[name] = value
    return found


def _values(data: dict[str, Any], name: str) -> None:
    """Instants that are none (a 30 February) and numbers that are none (`1/0`) fit the pattern of their texts."""
    places: list[tuple[str, Any, Callable[[str], object]]] = [("as_of", data["as_of"], instant.parse)]
    for table in ("verdicts", "metrics", "ledger", "rights"):
        for at, record in enumerate(data[table]):
            places += [(f"{table}[{at}].{key}", record.get(key), instant.parse) for key in MOMENTS]
            places += [(f"{table}[{at}].{key}", record.get(key), Fraction) for key in NUMBERS]
    for path, value, read in places:
        try:
            if value is not None:
                read(value)
        except (TimeError, ValueError, ZeroDivisionError):
            problem = Text(en=f"`{value}` does not exist", zh=f"`{value}` 不存在")
            raise Stop(EarlierMisfit(Spot(name), path=path, problem=problem)) from None
