"""What was told of a target's misses goes in; a notice for each, at the instant at which it was missed by what was known then, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.noticing.made import notice_of

if TYPE_CHECKING:
    from slalang.engine.judging.following.missed import Missed
    from slalang.outcome.records import Notice


def notices(missed: Missed) -> list[Notice]:
    """Those sent so far: when the period ends, or when a case that was open then settles it."""
    rule, as_of = missed.rule, missed.world.results.as_of
    return [
        notice_of(rule.ir, line, agreement, " ".join(value for _, value in key), at, as_of, period)
        for (agreement, key, period), at in missed.told.items()
        for line in rule.breach_notices
    ]
