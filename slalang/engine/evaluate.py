"""Versions, ordered events, registers and settings go in; the outcome comes out."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from slalang.engine.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.engine.settings import Settings, Version
    from slalang.events.event import Event
    from slalang.events.registers import Registers
    from slalang.outcome.records import Receipt
    from slalang.outcome.whole import Outcome


def evaluate(
    versions: Sequence[Version],
    events: Iterable[Event],
    registers: Registers,
    settings: Settings,
    receipt: Receipt,
) -> Outcome:
    """Judge events (in total order) by the versions of a contract; pure, and the same however the input was ordered.

    Raises:
        ProgramError: the IR asks for something that it does not define.
        ValueError: the events are not in order of time.
    """
    run = Run(versions, registers, settings)
    # The state is a growing heap of small objects without cycles: looking for garbage in it again and again costs
    # half the time and finds none.
    collecting = gc.isenabled()
    gc.disable()
    try:
        run.feed(events)
        return run.outcome(receipt)
    finally:
        if collecting:
            gc.enable()
