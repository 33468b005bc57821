"""Contracts as code: the public names of the package; nothing heavy is imported before it is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slalang.values.calendar import Calendar, CalendarError

__version__ = "0.1.0"
__all__ = ["Calendar", "CalendarError"]

_HOMES = {"Calendar": "slalang.values.calendar", "CalendarError": "slalang.values.calendar"}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module `slalang` has no `{name}`")
    return getattr(import_module(_HOMES[name]), name)
