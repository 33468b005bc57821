"""Versions, registers and events go in; the one agreement of whatever names none comes out, or a message where there are several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Stop
from slalang.engine.run import belonging
from slalang.pipeline.agreements.errors import BelongsNowhere, JudgedApart
from slalang.source.text import Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.diagnostics.collector import Collector
    from slalang.engine.settings import Settings, Version
    from slalang.events.event import Event
    from slalang.events.registers import Registers

SHOWN: Final = 8  # names in a message; the rest is counted


def whose(
    versions: Sequence[Version],
    registers: Registers,
    settings: Settings,
    events: Iterable[Event],
    collector: Collector,
    *,
    lenient: bool,
) -> str:
    """The only agreement that is named, empty where none or several are; where there are several, every subject that can belong to one must.

    Raises:
        Stop: a subject belongs to none of several, and the run is not `lenient`.
    """
    belongs = belonging(versions, registers, settings)
    named = belongs.named(registers, events)
    if len(named) < 2:
        return named[0] if named else ""
    if strays := belongs.strays(registers, events):
        told = JudgedApart if lenient else BelongsNowhere
        subjects = dict.fromkeys(f"{belongs.entity_of[one.type]} {one.subject}" for one in strays)
        found = told(Spot(*strays[0].origin), subjects=_some(tuple(subjects)), agreements=_some(named))
        if not lenient:
            raise Stop(found)
        collector.add(found)
    return ""


def _some(names: tuple[str, ...]) -> tuple[str, ...]:
    return names if len(names) <= SHOWN else (*names[:SHOWN], f"+ {len(names) - SHOWN}")
