"""Nothing goes in; the JSON Schema (2020-12) of a published outcome comes out, and the columns of its tables."""

from __future__ import annotations

from typing import Any, Final, get_args

from slalang.ir.rules import Status

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_SAID: Final[Schema] = {"type": ["string", "null"]}
_TRUTH: Final[Schema] = {"type": "boolean"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_INSTANT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}(\d{3})?)?(Z|[+-]\d\d:\d\d)$"
_AT: Final[Schema] = {"type": "string", "pattern": _INSTANT}
_WHEN: Final[Schema] = {"type": ["string", "null"], "pattern": _INSTANT}
_NUMBER: Final[Schema] = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+|/\d+)?$"}
_QUANTITY: Final[Schema] = {
    "type": ["string", "null"],
    "description": "an exact duration (PT15M), days (P3D; limit_kind tells which), months (P1M), a truth value, a number (0.95, 1/3), an amount with its unit (12.5 CNY), or an instant",
    "pattern": r"^-?(P(T(\d+H)?(\d+M)?(\d+(\.\d+)?S)?|\d+[DM])|true|false|\d+(\.\d+|/\d+)?( \S.*)?|\d{4}-\d\d-\d\dT.*)$",
}
_TEXTS: Final[Schema] = {"type": "array", "items": _TEXT}
_NAMES: Final[Schema] = {"type": "object", "additionalProperties": _TEXT}
_COUNTS: Final[Schema] = {"type": "object", "additionalProperties": _COUNT}


# Who stands in the place of the debtor or creditor; left out where that is itself.
_IN_PLACE: Final = ("debtor_party", "creditor_party")


def _record(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in _IN_PLACE],
        "additionalProperties": False,
    }


_STRETCHES: Final[Schema] = {
    "type": "array",
    "items": _record(start=_AT, end=_WHEN, reason=_TEXT, clause=_SAID, events=_TEXTS),
}
_PERIOD: Final[dict[str, Schema]] = {"period": _SAID, "period_start": _WHEN, "period_end": _WHEN}
_HEAD: Final[dict[str, Schema]] = {"rule": _TEXT, "clause": _SAID, "agreement": _SAID}

_VERDICT = _record(
    **_HEAD,
    subject=_SAID,
    instance=_SAID,
    **_PERIOD,
    status={"enum": list(get_args(Status))},
    final=_TRUTH,
    debtor=_SAID,
    creditor=_SAID,
    debtor_party=_TEXT,
    creditor_party=_TEXT,
    measure=_QUANTITY,
    limit=_QUANTITY,
    limit_strict=_TRUTH,
    limit_kind={
        "type": ["string", "null"],
        "description": "what measure, limit and margin count: duration (exact time), civil (days), workdays, months, …",
    },
    margin=_QUANTITY,
    start=_WHEN,
    deadline=_WHEN,
    deadline_if_resumed_now=_WHEN,
    discharged_at=_WHEN,
    breached_at=_WHEN,
    standstill=_STRETCHES,
    excuses=_STRETCHES,
    gaps=_STRETCHES,
    assumptions={"type": "array", "items": _record(sort=_TEXT, name=_TEXT, value=_TEXT, reason=_SAID)},
    evidence=_TEXTS,
    reason=_SAID,
    version=_SAID,
    key=_NAMES,
)
_METRIC = _record(
    **_HEAD,
    key=_NAMES,
    **_PERIOD,
    value=_QUANTITY,
    numerator=_NUMBER,
    denominator=_NUMBER,
    final=_TRUTH,
    low=_NUMBER,
    high=_NUMBER,
    left_out=_COUNT,
    reason=_SAID,
    version=_SAID,
)
_LINE = _record(
    **_HEAD,
    key=_NAMES,
    **_PERIOD,
    posted_period=_SAID,
    debtor=_TEXT,
    creditor=_TEXT,
    debtor_party=_TEXT,
    creditor_party=_TEXT,
    amount=_NUMBER,
    exact=_NUMBER,
    unit=_TEXT,
    status=_TEXT,
    final=_TRUTH,
    due=_WHEN,
    claim_until=_WHEN,
    because=_TEXTS,
    reason=_SAID,
    version=_SAID,
    subject=_SAID,
    instance=_SAID,
    at=_WHEN,
    displaced_by=_SAID,
    claimed_at=_WHEN,
    carried_from=_SAID,
    paid=_TEXT,
    set_off=_TEXT,
    open=_NUMBER,
    settlements={
        "type": "array",
        "items": _record(sort={"enum": ["payment", "set_off"]}, at=_AT, by=_TEXT, amount=_TEXT),
    },
    caps={
        "type": "array",
        "items": _record(
            cap=_TEXT,
            clause=_SAID,
            period=_SAID,
            limit=_TEXT,
            carried=_TEXT,
            used=_TEXT,
            room=_TEXT,
            before=_TEXT,
            after=_TEXT,
            carries=_TRUTH,
        ),
    },
    days={"type": "array", "items": _record(first=_TEXT, last=_TEXT, count=_COUNT, each=_TEXT)},
)
_BALANCE = _record(
    agreement=_SAID,
    debtor=_TEXT,
    creditor=_TEXT,
    debtor_party=_TEXT,
    creditor_party=_TEXT,
    unit=_TEXT,
    period=_SAID,
    posted=_TEXT,
    accrued=_TEXT,
    paid=_TEXT,
    set_off=_TEXT,
    open=_TEXT,
    unknown=_COUNT,
    held=_TRUTH,
    final=_TRUTH,
)
_RIGHT = _record(
    **_HEAD,
    subject=_SAID,
    holder=_TEXT,
    status={"enum": ["not_yet", "exercisable", "exercised", "lapsed", "ineffective", "undetermined"]},
    final=_TRUTH,
    since=_WHEN,
    until=_WHEN,
    exercised_at=_WHEN,
    evidence=_TEXTS,
    reason=_SAID,
    against=_SAID,
    instance=_SAID,
    opens=_WHEN,
    exercised_by=_SAID,
    effect=_SAID,
    effective_at=_WHEN,
    attempts={"type": "array", "items": _record(at=_AT, event=_TEXT, reason=_TEXT)},
    version=_SAID,
)
_NOTICE = _record(
    **_HEAD,
    subject=_SAID,
    to=_TEXT,
    text=_TEXT,
    at=_AT,
    status={"enum": ["sent", "scheduled"]},
    instance=_SAID,
)
_FAULT = _record(
    code=_TEXT, agreement=_SAID, subject=_SAID, event=_SAID, at=_AT, text=_record(en=_TEXT, zh=_TEXT)
)
_RECEIPT = _record(
    contract=_NAMES,
    calendars=_SAID,
    inputs={"type": "array", "items": _record(name=_TEXT, hash=_TEXT)},
    bindings=_SAID,
    parameters=_NAMES,
    readings=_NAMES,
    software=_TEXT,
    events_read=_COUNT,
    events_ignored=_COUNTS,
    duplicates=_COUNT,
    rejected=_COUNT,
    after_as_of=_COUNT,
)
_TABLES: Final[dict[str, Schema]] = {
    "verdicts": _VERDICT,
    "metrics": _METRIC,
    "ledger": _LINE,
    "balances": _BALANCE,
    "rights": _RIGHT,
    "notices": _NOTICE,
    "faults": _FAULT,
}


# What the schemas of the other published forms are made of.
TEXT, SAID, TRUTH, COUNT, AT, WHEN, NUMBER, NAMES = _TEXT, _SAID, _TRUTH, _COUNT, _AT, _WHEN, _NUMBER, _NAMES


def record(**properties: Schema) -> Schema:
    """An object with exactly these parts."""
    return _record(**properties)


def of_table(table: str) -> Schema:
    """The schema of one record of a table (`verdicts`, `notices`, …).

    Raises:
        KeyError: no such table.
    """
    return _TABLES[table]


def schema() -> Schema:
    """The schema of what `as_json` writes; `docs/schema/outcome.json` is a copy for readers outside."""
    tables = {name: {"type": "array", "items": record} for name, record in _TABLES.items()}
    whole = _record(
        format={"const": "slalang-outcome/1"},
        contract=_record(title=_TEXT, version=_TEXT, zone=_TEXT),
        as_of=_AT,
        receipt=_RECEIPT,
        **tables,
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What a slalang run says",
        **whole,
    }


def columns(table: str) -> tuple[str, ...]:
    """The names of a record's parts, in order.

    Raises:
        KeyError: no such table.
    """
    return tuple(_TABLES[table]["properties"])
