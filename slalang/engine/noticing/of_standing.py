"""A standing duty and a period go in; a notice for each gap, at its first instant, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.engine.noticing.made import notice_of
from slalang.engine.undetermined import Undetermined

if TYPE_CHECKING:
    from slalang.engine.judging.standing import Standing
    from slalang.outcome.records import Notice, Period


def notices(standing: Standing, agreement: str, period: Period) -> list[Notice]:
    """Those of a period, up to the as-of instant and with it; a gap that goes on in the next period is told there again."""
    rule, as_of = standing.rule, standing.world.results.as_of
    found = []
    for subject in standing.subjects(agreement) if rule.breach_notices else ():
        start, end = standing.begins(agreement, period), min(period.end, as_of + 1)
        try:
            gaps = standing.gaps(subject, agreement, start, end)[0] if start < end else []
        except Undetermined:
            continue
        name = "" if subject is None else subject.id
        found += [
            notice_of(rule.ir, line, agreement, name, at, as_of, period.label)
            for at, _ in gaps
            for line in rule.breach_notices
        ]
    return found
