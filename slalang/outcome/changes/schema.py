"""Nothing goes in; the JSON Schema (2020-12) of a published restatement comes out, and the columns of its tables."""

from __future__ import annotations

from typing import Any, Final

from slalang.outcome.schema import AT, COUNT, NUMBER, SAID, TEXT, TRUTH, WHEN, Schema, of_table, record

SORTS: Final = (
    "late",
    "correction",
    "retraction",
    "new",
    "edited",
    "missing",
    "register",
    "time",
    "inputs",
    "unknown",
    "group",
)

_CAUSE = record(
    sort={"enum": list(SORTS)}, event=SAID, type=SAID, subject=SAID, at=WHEN, recorded=WHEN, about=SAID
)
_CAUSES: Final[Schema] = {"type": "array", "items": _CAUSE}
_ANY: Final[Schema] = {"description": "the value as the outcome publishes it"}


def _maybe(table: str) -> Schema:
    return {"anyOf": [{"type": "null"}, of_table(table)]}


def of_change(table: str, *, named: bool = False) -> Schema:
    """The schema of a changed result of a table; `named`: it says itself of which."""
    return record(
        **({"table": {"const": table}} if named else {}),
        kind={"enum": ["changed", "appeared", "gone"]},
        restates=TRUTH,
        rule=SAID,
        clause=SAID,
        agreement=SAID,
        subject=SAID,
        instance=SAID,
        period=SAID,
        fields={"type": "array", "items": record(name=TEXT, before=_ANY, after=_ANY)},
        causes=_CAUSES,
        before=_maybe(table),
        after=_maybe(table),
    )


MONEY = record(
    agreement=SAID, debtor=TEXT, creditor=TEXT, unit=TEXT, period=SAID, status=TEXT,
    before=NUMBER, after=NUMBER, difference=NUMBER,
)  # fmt: skip
_ADJUSTMENT = record(
    rule=TEXT, clause=SAID, agreement=SAID, key={"type": "object"}, period=SAID, posted_period=SAID,
    debtor=TEXT, creditor=TEXT, amount=NUMBER, unit=TEXT,
    corrects={"anyOf": [{"type": "null"}, record(posted_period=SAID, amount=NUMBER, status=TEXT)]},
    causes=_CAUSES,
)  # fmt: skip


def schema() -> Schema:
    """The schema of what `changes.as_json` writes; `docs/schema/restatement.json` is a copy for readers outside."""
    tables = {
        table: {"type": "array", "items": of_change(table)}
        for table in ("verdicts", "metrics", "ledger", "rights", "balances", "notices", "faults")
    }
    whole = record(
        format={"const": "slalang-restatement/1"},
        contract=record(title=TEXT, version=TEXT, zone=TEXT),
        before=record(as_of=AT, reproduced=TRUTH),
        as_of=AT,
        facts={"type": "object", "additionalProperties": COUNT},
        tried=COUNT,
        needless=COUNT,
        grouped=COUNT,
        other_inputs={"type": "array", "items": record(name=TEXT, before=SAID, after=SAID)},
        ran_on=COUNT,
        confirmed=COUNT,
        **tables,
        money={"type": "array", "items": MONEY},
        adjustments={"type": "array", "items": _ADJUSTMENT},
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What slalang restate says",
        **whole,
    }


def columns(table: str) -> tuple[str, ...]:
    """The columns of `changes`, `money` or `adjustments` as CSV."""
    if table == "changes":
        return (
            "table", "kind", "restates", "rule", "clause", "agreement", "subject", "instance", "period",
            "field", "before", "after", "causes",
        )  # fmt: skip
    properties: dict[str, Any] = {"money": MONEY, "adjustments": _ADJUSTMENT}[table]["properties"]
    return tuple(properties)
