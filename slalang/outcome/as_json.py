"""An outcome goes in; its published JSON comes out piece by piece: durations ISO 8601, exact numbers as texts, instants RFC 3339."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from slalang.values import duration, instant
from slalang.values import zone as zones

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import tzinfo

    from slalang.outcome.records import (
        Assumption,
        Balance,
        Fault,
        LedgerLine,
        MetricValue,
        Notice,
        Period,
        Quantity,
        Receipt,
        RightState,
        Stretch,
        Verdict,
    )
    from slalang.outcome.whole import Outcome

FORMAT: Final = "slalang-outcome/1"
_PERIODS: Final = {"civil": "D", "workdays": "D", "days": "D", "months": "M"}


def as_json(outcome: Outcome) -> Iterator[str]:
    """The whole outcome, ready to be written piece by piece; one record a line, ends in a line end.

    Instants stand in the contract's zone with their offset. Records keep the order of the outcome, which is sorted.
    """
    told = Telling(outcome.zone)
    yield "{\n"
    yield f'"format": {_dump(FORMAT)},\n'
    yield f'"contract": {_dump({"title": outcome.contract, "version": outcome.version, "zone": outcome.zone})},\n'
    yield f'"as_of": {_dump(told.moment(outcome.as_of))},\n'
    yield f'"receipt": {_dump(told.receipt(outcome.receipt))}'
    yield from _records("verdicts", outcome.verdicts, told.verdict)
    yield from _records("metrics", outcome.metrics, told.metric)
    yield from _records("ledger", outcome.ledger, told.line)
    yield from _records("balances", outcome.balances, told.balance)
    yield from _records("rights", outcome.rights, told.right)
    yield from _records("notices", outcome.notices, told.notice)
    yield from _records("faults", outcome.faults, told.fault)
    yield "\n}\n"


def _records(name: str, records: Iterable[Any], tell: Callable[[Any], dict[str, Any]]) -> Iterator[str]:
    yield f',\n"{name}": ['
    mark = "\n"
    for record in records:
        yield mark + _dump(tell(record))
        mark = ",\n"
    yield "]" if mark == "\n" else "\n]"


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def number(value: Fraction) -> str:
    """The exact text of a number: a decimal where it ends (`99.95`), else `p/q`."""
    denominator = value.denominator
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    if denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    if not places:
        return str(value.numerator)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


class Telling:
    """Turns records into plain data; holds the zone that instants are told in."""

    def __init__(self, zone: str) -> None:
        self._zone: tzinfo = zones.load(zone)

    def moment(self, at: int | None) -> str | None:
        """An instant in µs as RFC 3339 text."""
        return None if at is None else instant.format(at, self._zone)

    def quantity(self, quantity: Quantity | None) -> str | None:
        """A value with its kind: `PT15M`, `P3D`, `2026-03-02`, `0.95`, `12.50 CNY`."""
        if quantity is None:
            return None
        kind, value = quantity.type, quantity.value
        if kind == "duration":
            return duration.format(value.numerator) if value.denominator == 1 else f"{number(value)} us"
        if kind == "instant":
            return self.moment(value.numerator)
        if kind in _PERIODS and value.denominator == 1:
            return f"{'-' if value < 0 else ''}P{abs(value.numerator)}{_PERIODS[kind]}"
        if kind == "bool":
            return "true" if value else "false"
        if kind.startswith("amount:"):
            return f"{number(value)} {kind.removeprefix('amount:')}"
        return number(value)

    def period(self, period: Period | None) -> dict[str, Any]:
        """A period by its label, with its bounds beside it, the end not included."""
        if period is None:
            return {"period": None, "period_start": None, "period_end": None}
        return {
            "period": period.label,
            "period_start": self.moment(period.start),
            "period_end": self.moment(period.end),
        }

    def stretches(self, stretches: tuple[Stretch, ...]) -> list[dict[str, Any]]:
        """Intervals; `end` is null where one is still open."""
        return [
            {
                "start": self.moment(each.start),
                "end": self.moment(each.end),
                "reason": each.reason,
                "clause": _text(each.clause),
                "events": list(each.events),
            }
            for each in stretches
        ]

    def verdict(self, it: Verdict) -> dict[str, Any]:
        """A verdict with the published names of its parts."""
        return {
            "rule": it.rule,
            "clause": _text(it.clause),
            "agreement": _text(it.agreement),
            "subject": _text(it.subject),
            "instance": _text(it.instance),
            **self.period(it.period),
            "status": it.status,
            "final": it.final,
            "debtor": _text(it.debtor),
            "creditor": _text(it.creditor),
            **_in_place(it),
            "measure": self.quantity(it.measure),
            "limit": self.quantity(it.limit),
            "limit_strict": it.limit_strict,
            "limit_kind": None if it.limit is None else it.limit.type,
            "margin": self.quantity(it.margin),
            "start": self.moment(it.start),
            "deadline": self.moment(it.deadline),
            "deadline_if_resumed_now": self.moment(it.deadline_if_resumed_now),
            "discharged_at": self.moment(it.discharged_at),
            "breached_at": self.moment(it.breached_at),
            "standstill": self.stretches(it.standstill),
            "excuses": self.stretches(it.excuses),
            "gaps": self.stretches(it.gaps),
            "assumptions": [_assumption(each) for each in it.assumptions],
            "evidence": list(it.evidence),
            "reason": _text(it.reason),
            "version": _text(it.version),
            "key": dict(it.key),
        }

    def metric(self, it: MetricValue) -> dict[str, Any]:
        """A metric; `value` is null where it is undetermined, `low` and `high` bound it then."""
        return {
            "rule": it.rule,
            "clause": _text(it.clause),
            "agreement": _text(it.agreement),
            "key": dict(it.key),
            **self.period(it.period),
            "value": self.quantity(it.value),
            "numerator": _number(it.numerator),
            "denominator": _number(it.denominator),
            "final": it.final,
            "low": _number(it.low),
            "high": _number(it.high),
            "left_out": it.left_out,
            "reason": _text(it.reason),
            "version": _text(it.version),
        }

    def line(self, it: LedgerLine) -> dict[str, Any]:
        """A line of the ledger; `amount` as posted, `exact` before rounding, both null where undetermined."""
        return {
            "rule": it.rule,
            "clause": _text(it.clause),
            "agreement": _text(it.agreement),
            "key": dict(it.key),
            **self.period(it.period),
            "posted_period": _text(it.posted_period),
            "debtor": it.debtor,
            "creditor": it.creditor,
            **_in_place(it),
            "amount": _number(it.amount),
            "exact": _number(it.exact),
            "unit": it.unit,
            "status": it.status,
            "final": it.final,
            "due": self.moment(it.due),
            "claim_until": self.moment(it.claim_until),
            "because": list(it.because),
            "reason": _text(it.reason),
            "version": _text(it.version),
            "subject": _text(it.subject),
            "instance": _text(it.instance),
            "at": self.moment(it.at),
            "displaced_by": _text(it.displaced_by),
            "claimed_at": self.moment(it.claimed_at),
            "carried_from": _text(it.carried_from),
            "paid": number(it.paid),
            "set_off": number(it.set_off),
            "open": _number(it.open),
            "settlements": [
                {"sort": one.sort, "at": self.moment(one.at), "by": one.by, "amount": number(one.amount)}
                for one in it.settlements
            ],
            "caps": [
                {
                    "cap": use.cap,
                    "clause": _text(use.clause),
                    "period": _text(use.period),
                    **{
                        name: number(getattr(use, name))
                        for name in ("limit", "carried", "used", "room", "before", "after")
                    },
                    "carries": use.carries,
                }
                for use in it.caps
            ],
            "days": [
                {"first": run.first, "last": run.last, "count": run.count, "each": number(run.each)}
                for run in it.days
            ],
        }

    def balance(self, it: Balance) -> dict[str, Any]:
        """What one party owes another over a period."""
        return {
            "agreement": _text(it.agreement),
            "debtor": it.debtor,
            "creditor": it.creditor,
            **_in_place(it),
            "unit": it.unit,
            "period": _text(it.period),
            **{name: number(getattr(it, name)) for name in ("posted", "accrued", "paid", "set_off", "open")},
            "unknown": it.unknown,
            "held": it.held,
            "final": it.final,
        }

    def right(self, it: RightState) -> dict[str, Any]:
        """A right and where it stands."""
        return {
            "rule": it.rule,
            "clause": _text(it.clause),
            "agreement": _text(it.agreement),
            "subject": _text(it.subject),
            "holder": it.holder,
            "status": it.status,
            "final": it.final,
            "since": self.moment(it.since),
            "until": self.moment(it.until),
            "exercised_at": self.moment(it.exercised_at),
            "evidence": list(it.evidence),
            "reason": _text(it.reason),
            "against": _text(it.against),
            "instance": _text(it.instance),
            "opens": self.moment(it.opens),
            "exercised_by": _text(it.exercised_by),
            "effect": _text(it.effect),
            "effective_at": self.moment(it.effective_at),
            "attempts": [
                {"at": self.moment(one.at), "event": one.event, "reason": one.reason} for one in it.attempts
            ],
            "version": _text(it.version),
        }

    def notice(self, it: Notice) -> dict[str, Any]:
        """A notice, sent or scheduled."""
        return {
            "rule": it.rule,
            "clause": _text(it.clause),
            "agreement": _text(it.agreement),
            "subject": _text(it.subject),
            "to": it.to,
            "text": it.text,
            "at": self.moment(it.at),
            "status": it.status,
            "instance": _text(it.instance),
        }

    def fault(self, it: Fault) -> dict[str, Any]:
        """A data fault, in both languages."""
        return {
            "code": it.code,
            "agreement": _text(it.agreement),
            "subject": _text(it.subject),
            "event": _text(it.event),
            "at": self.moment(it.at),
            "text": {"en": it.text_en, "zh": it.text_zh},
        }

    def receipt(self, it: Receipt) -> dict[str, Any]:
        """What makes the run repeatable."""
        return {
            "contract": dict(it.contract),
            "calendars": _text(it.calendars),
            "inputs": [{"name": name, "hash": digest} for name, digest in it.inputs],
            "bindings": _text(it.bindings),
            "parameters": dict(it.parameters),
            "readings": dict(it.readings),
            "software": it.software,
            "events_read": it.events_read,
            "events_ignored": dict(it.events_ignored),
            "duplicates": it.duplicates,
            "rejected": it.rejected,
            "after_as_of": it.after_as_of,
        }


def _in_place(it: Verdict | LedgerLine | Balance) -> dict[str, str]:
    """The parties that stand in the places of debtor and creditor, where those are others."""
    told = {"debtor_party": it.debtor_party, "creditor_party": it.creditor_party}
    return {name: party for name, party in told.items() if party}


def _text(text: str) -> str | None:
    """Nothing to say is null, not an empty text."""
    return text or None


def _number(value: Fraction | None) -> str | None:
    return None if value is None else number(value)


def _assumption(it: Assumption) -> dict[str, Any]:
    return {"sort": it.sort, "name": it.name, "value": it.value, "reason": _text(it.reason)}
