"""A live view goes in; its published JSON comes out; the schema of it, too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from slalang.outcome.as_json import Telling, number
from slalang.outcome.schema import AT, COUNT, SAID, TEXT, TRUTH, Schema, of_table, record
from slalang.values import duration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.outcome.present.records import Due, OpenCase, Present, Running

FORMAT: Final = "slalang-status/1"
SORTS: Final = (
    "deadline",
    "end",
    "notice",
    "right_ends",
    "claim_ends",
    "payment",
    "term_ends",
    "term_renews",
)
_EXACT: Final[Schema] = {"type": ["string", "null"], "pattern": r"^-?\d+(\.\d+|/\d+)?$"}


def as_json(present: Present) -> Iterator[str]:
    """The whole view piece by piece, one record a line."""
    told = Telling(present.zone)
    head = {
        "format": FORMAT,
        "contract": {"title": present.contract, "version": present.version, "zone": present.zone},
        "as_of": told.moment(present.as_of),
        "risk": number(present.risk),
        "held": dict(present.held),
    }
    yield "{\n" + ",\n".join(f'"{name}": {_dump(value)}' for name, value in head.items())
    tables: dict[str, list[dict[str, Any]]] = {
        "open": [_open(one, told) for one in present.open],
        "due": [_due(one, told) for one in present.due],
        "running": [_running(one, told) for one in present.running],
        "rights": [told.right(one) for one in present.rights],
        "claims": [told.line(one) for one in present.claims],
        "states": [
            {
                "entity": one.entity,
                "state": one.state,
                "count": len(one.subjects),
                "subjects": list(one.subjects),
            }
            for one in present.states
        ],
        "undetermined": [told.verdict(one) for one in present.undetermined],
        "faults": [told.fault(one) for one in present.faults],
        "notices": [{"id": id_, **told.notice(one)} for id_, one in present.notices],
    }
    for name, rows in tables.items():
        lines = [_dump(row) for row in rows]
        yield f',\n"{name}": ' + ("[\n" + ",\n".join(lines) + "\n]" if lines else "[]")
    yield "\n}\n"


def _open(one: OpenCase, told: Telling) -> dict[str, Any]:
    return {
        "verdict": told.verdict(one.verdict),
        "age": duration.format(one.age),
        "left": told.quantity(one.left),
        "used": None if one.used is None else number(one.used),
        "still": one.still,
        "at_risk": one.at_risk,
    }


def _due(one: Due, told: Telling) -> dict[str, Any]:
    return {
        "at": told.moment(one.at),
        "sort": one.sort,
        "rule": one.rule,
        "agreement": one.agreement or None,
        "subject": one.subject or None,
        "party": one.party or None,
        "text": one.text or None,
    }


def _running(one: Running, told: Telling) -> dict[str, Any]:
    return {
        "metric": told.metric(one.value),
        "open": one.open,
        "if_met": told.quantity(one.if_met),
        "if_missed": told.quantity(one.if_missed),
    }


def schema() -> Schema:
    """The schema of what `as_json` writes; `docs/schema/status.json` is a copy for readers outside."""
    notice = of_table("notices")
    named = record(id=TEXT, **notice["properties"])
    open_ = record(verdict=of_table("verdicts"), age=TEXT, left=SAID, used=_EXACT, still=TRUTH, at_risk=TRUTH)
    due = record(
        at=AT, sort={"enum": list(SORTS)}, rule=TEXT, agreement=SAID, subject=SAID, party=SAID, text=SAID
    )
    running = record(metric=of_table("metrics"), open=COUNT, if_met=SAID, if_missed=SAID)
    state = record(entity=TEXT, state=TEXT, count=COUNT, subjects={"type": "array", "items": TEXT})
    tables = {
        "open": open_,
        "due": due,
        "running": running,
        "rights": of_table("rights"),
        "claims": of_table("ledger"),
        "states": state,
        "undetermined": of_table("verdicts"),
        "faults": of_table("faults"),
        "notices": named,
    }
    whole = record(
        format={"const": FORMAT},
        contract=record(title=TEXT, version=TEXT, zone=TEXT),
        as_of=AT,
        risk=_EXACT,
        held={"type": "object", "additionalProperties": COUNT},
        **{name: {"type": "array", "items": one} for name, one in tables.items()},
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What slalang status says",
        **whole,
    }


def notice_schema() -> Schema:
    """The schema of one line of `slalang status --format jsonl`; `docs/schema/notice.json` is a copy."""
    properties = of_table("notices")["properties"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A notice to send",
        **record(id=TEXT, **properties, contract=TEXT, version=TEXT),
    }


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
