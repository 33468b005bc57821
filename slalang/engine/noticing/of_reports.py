"""The occurrences of a recurring duty and its reports go in; the notices around their deadlines come out."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from slalang.engine.noticing.made import notice_of
from slalang.engine.undetermined import Undetermined
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from slalang.engine.cases.notices import Warner
    from slalang.engine.judging.recurring import Reports, Slot
    from slalang.outcome.records import Notice, Period


def notices(reports: Reports, agreement: str, periods: list[Period]) -> list[Notice]:
    """Notices of an agreement, by what was reported when they fell due."""
    rule, as_of = reports.rule, reports.world.results.as_of
    if not rule.warnings:
        return []
    slots = [reports.slot(agreement, period) for period in periods]
    for report in reports.found.get(agreement, ()):
        slot = reports.slot_for(slots, report) if report.at <= as_of else None
        if slot is not None:
            slot.report = report
    found = []
    for slot in slots:
        for one in rule.warnings if not slot.unknown else ():
            at = _falls_due(reports, slot, one)
            if at is not None:
                label = slot.period.label
                found.append(notice_of(rule.ir, one.ir, agreement, label, at, as_of, label))
    return found


def _falls_due(reports: Reports, slot: Slot, one: Warner) -> int | None:
    """When a notice goes out; None where the report came first, or what it tells of has not happened."""
    kind, done = one.ir.on, None if slot.report is None else slot.report.at
    prohibits = reports.rule.prohibits
    if kind == "discharge" or (kind == "breach" and prohibits):
        kept = prohibits and done is not None and done >= slot.due
        return None if kept or (prohibits and kind == "discharge") else done
    at = slot.opens if kind == "trigger" else _moment(reports, slot, one)
    late = at is not None and done is not None and done <= at
    return None if late and kind != "trigger" else at


def _moment(reports: Reports, slot: Slot, one: Warner) -> int | None:
    kind = one.ir.on
    if kind in {"breach", "expiry"}:
        return slot.due
    if one.offset is None:
        return None
    try:
        offset = one.offset(reports.world.env)
        if kind == "share_of_limit":
            return slot.opens + ceil(Fraction(slot.due - slot.opens) * Fraction(offset))
        after = kind == "after_deadline"
        return reports.rule.days.offset(slot.due, offset, after=after, hours=one.ir.calendar)
    except (Undetermined, TimeError):
        return None
