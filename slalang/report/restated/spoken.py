"""A published value (`PT15M`, RFC 3339, `late`, `12.50 CNY`) goes in; the words that a person reads come out, in one language."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from slalang.explain.wording import lexicon, numbers
from slalang.explain.wording.reasons import said
from slalang.outcome.records import Quantity
from slalang.values import duration as durations
from slalang.values import instant

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language

NONE: Final = {"en": "none", "zh": "无"}
COUNTED: Final = {"en": "{count} stretch(es), {total}", "zh": "{count} 段，{total}"}
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")
_DAYS = re.compile(r"(-?)P(\d+)([DM])")
_NUMBER = re.compile(r"-?\d+(\.\d+|/\d+)?")
GROUPS: Final = {"verdicts": "status", "ledger": "ledger", "rights": "right"}
SENT: Final = {"sent": {"en": "sent", "zh": "已发"}, "scheduled": {"en": "scheduled", "zh": "待发"}}
MONEY: Final = frozenset({"posted", "accrued", "paid", "set_off", "open"})


# Until when something may be done: a midnight is the end of the day before it.
ENDS = frozenset({"deadline", "deadline_if_resumed_now", "due", "claim_until", "until"})


class Speaker:
    """Says published values in a language and a zone; holds what the values of metrics are."""

    def __init__(self, zone: str, language: Language, kinds: dict[str, str]) -> None:
        """Nothing is said."""
        self._zone = zone
        self._language = language
        self._kinds = kinds

    def value(self, table: str, name: str, value: Any, record: dict[str, Any]) -> str:
        """One part of a record of a table."""
        if value is None or value == []:
            return NONE[self._language]
        if isinstance(value, bool):
            return lexicon.word("final" if value else "provisional", "said", self._language)
        if isinstance(value, list):
            return self._stretches(value)
        if isinstance(value, dict):
            return str(value[self._language])
        text = str(value)
        if table == "notices" and name == "status":
            return SENT[text][self._language]
        if name == "status":
            return lexicon.word(text, GROUPS[table], self._language)
        if name == "reason":
            return said(text, self._language)
        if _INSTANT.match(text):
            told = numbers.deadline if name in ENDS else numbers.instant
            return told(instant.parse(text), self._zone, self._language)
        return self._quantity(table, name, text, record)

    def _quantity(self, table: str, name: str, text: str, record: dict[str, Any]) -> str:
        if text.lstrip("-").startswith("PT"):
            return numbers.quantity(Quantity("duration", Fraction(durations.parse(text))), self._language)
        if days := _DAYS.fullmatch(text):
            kind = "months" if days[3] == "M" else record.get("limit_kind") or "civil"
            kind = kind if kind in {"months", "workdays"} else "civil"
            return numbers.quantity(Quantity(kind, Fraction(f"{days[1]}{days[2]}")), self._language)
        number, _, unit = text.partition(" ")
        if not _NUMBER.fullmatch(number):
            return text
        kind = "duration" if unit == "us" else f"amount:{unit}" if unit else "number"
        if (table == "ledger" and name in {"amount", "exact"}) or (table == "balances" and name in MONEY):
            kind = f"amount:{record['unit']}"
        elif table == "metrics" and name in {"value", "low", "high"} and not unit:
            kind = self._kinds.get(record["rule"], "number")
        elif table == "verdicts" and record.get("limit_kind") == "ratio":
            kind = "points" if name == "margin" else "ratio"
        return numbers.quantity(Quantity(kind, Fraction(number)), self._language)

    def _stretches(self, value: list[dict[str, Any]]) -> str:
        closed = [one for one in value if one["end"] is not None]
        total = sum(instant.parse(one["end"]) - instant.parse(one["start"]) for one in closed)
        told = numbers.quantity(Quantity("duration", Fraction(total)), self._language)
        return COUNTED[self._language].format(count=len(value), total=told)
