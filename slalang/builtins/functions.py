"""The table of builtin functions by name: exact values in, an exact value out; a name that is not here does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from slalang.builtins.capitals import from_capitals, in_capitals
from slalang.builtins.dates import days_from, days_in_month, days_in_year
from slalang.builtins.numbers import nearest_rank, share_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FUNCTIONS: Final[Mapping[str, Callable[..., Any]]] = {
    "nearest_rank": nearest_rank,
    "share_of": share_of,
    "in_capitals": in_capitals,
    "from_capitals": from_capitals,
    "days_from": days_from,
    "days_in_month": days_in_month,
    "days_in_year": days_in_year,
}
