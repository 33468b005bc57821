"""What the grammar read for a line of a scenario goes in; the sentence comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.syntax.building.line import Line
from slalang.syntax.tree import Name
from slalang.syntax.values import Values

if TYPE_CHECKING:
    from slalang.source.text import Span


class ScenarioLines(Values):
    """Builds the sentences of scenarios."""

    def _on_pair(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return tuple(values)

    def _on_with(self, values: list[Any], _span: Span) -> Line:
        return Line("with", {"bindings": tuple(values)})

    def _on_fact_field(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        token, value = values
        return Name((token.value,), token.span), value

    def _on_facts(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return tuple(values)

    def _on_register(self, values: list[Any], _span: Span) -> Line:
        entity, subject, since, fields = values
        return Line("register", {"entity": entity, "id": subject, "since": since, "fields": fields or ()})

    def _on_fact(self, values: list[Any], _span: Span) -> Line:
        at, entity, subject, verb, fields, recorded = values
        return Line(
            "fact",
            {
                "at": at,
                "entity": entity,
                "id": subject,
                "verb": Name((verb.value,), verb.span),
                "fields": fields or (),
                "recorded": recorded,
            },
        )

    def _on_gap(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return tuple(values)

    def _on_expect(self, values: list[Any], _span: Span) -> Line:
        rule, subject, period, *checks = values
        if subject and not period and len(subject.span.text) == 4 and subject.span.text.isdigit():
            subject, period = None, subject  # `expect R 2026 is …`: four digits are a year
        return Line("expect", {"rule": rule, "subject": subject, "period": period, "checks": tuple(checks)})

    def _on_expect_faults(self, values: list[Any], _span: Span) -> Line:
        return Line("expect_faults", {"count": int(values[0].value)})

    def _on_expect_balance(self, values: list[Any], _span: Span) -> Line:
        debtor, creditor, subject, period, *checks = values
        if subject and not period and len(subject.span.text) == 4 and subject.span.text.isdigit():
            subject, period = None, subject
        parts = {"debtor": debtor, "creditor": creditor, "subject": subject, "period": period}
        return Line("expect_balance", {**parts, "checks": tuple(checks)})

    def _on_notice_check(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        word, *at = values
        return word.value, at[0] if at else None

    def _on_expect_notice(self, values: list[Any], _span: Span) -> Line:
        rule, subject, period, to, (what, at) = values
        if subject and not period and len(subject.span.text) == 4 and subject.span.text.isdigit():
            subject, period = None, subject
        parts = {"rule": rule, "subject": subject, "period": period, "to": to}
        return Line("expect_notice", {**parts, "what": what, "at": at})

    def _on_check_status(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        return "status", values[0].value

    _on_check_ledger = _on_check_status

    def _on_check_none(self, _values: list[Any], _span: Span) -> tuple[str, Any]:
        return "none", True

    def _on_check_value(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        return "value", values[0]

    def _on_check_range(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        return "range", tuple(values)

    def _on_check_margin(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        return "margin", values[0]

    def _on_check_named(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        return values[0].value.removeprefix("check_"), values[1]

    _on_check_posted = _on_check_named

    def _on_check_year(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        return "carried_from", int(values[1].value)

    def _on_check_count(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        return "assumptions", int(values[1].value)

    def _on_check_gaps(self, values: list[Any], _span: Span) -> tuple[str, Any]:
        return "gaps", tuple(values)
