"""What the grammar read for a line about amounts goes in; the sentence comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slalang.syntax.building.line import Line
from slalang.syntax.building.schedules import schedule_parts
from slalang.syntax.values import Values

if TYPE_CHECKING:
    from slalang.source.text import Span


class AmountLines(Values):
    """Builds the sentences about amounts."""

    def _on_amount_rule(self, values: list[Any], _span: Span) -> Line:
        sort, name, schedule, happening, by = values
        return Line(
            "amount_rule",
            {
                "sort": sort.value,
                "name": name,
                **schedule_parts(schedule),
                "by": by or (),
                "breach_of": None,
                "event_of": None,
                "exercise_of": None,
                "debt_of": None,
                **(happening or {}),
            },
        )

    def _on_each_breach(self, values: list[Any], _span: Span) -> dict[str, Any]:
        return {"breach_of": values[0]}

    def _on_each_event(self, values: list[Any], _span: Span) -> dict[str, Any]:
        return {"event_of": values[0]}

    def _on_each_exercise(self, values: list[Any], _span: Span) -> dict[str, Any]:
        return {"exercise_of": values[0]}

    def _on_each_debt(self, values: list[Any], _span: Span) -> dict[str, Any]:
        return {"debt_of": values[0]}

    def _on_claim(self, values: list[Any], _span: Span) -> Line:
        return Line("claim", {"pattern": values[0], "limit": values[1], "periods": None, "of_it": False})

    def _on_claim_of_it(self, values: list[Any], _span: Span) -> Line:
        return Line("claim", {"pattern": values[1], "limit": values[0], "periods": None, "of_it": True})

    def _on_claim_through(self, values: list[Any], _span: Span) -> Line:
        pattern, number = values
        return Line(
            "claim", {"pattern": pattern, "limit": None, "periods": int(number.value), "of_it": False}
        )

    def _on_amount(self, values: list[Any], _span: Span) -> Line:
        per, value = values
        word, calendar = per if isinstance(per, tuple) else (per, None)
        return Line("amount", {"value": value, "per": word and word.value, "calendar": calendar})

    def _on_per_working_day(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return tuple(values)

    def _on_one_of_group(self, values: list[Any], _span: Span) -> Line:
        return Line(
            "one_of_group", {"group": values[0], "choose": values[1].type.removeprefix("GROUP_").lower()}
        )

    def _on_at_most(self, values: list[Any], _span: Span) -> Line:
        value, span = values
        over, schedule, carried, excess = span or ("none", None, False, False)
        return Line(
            "at_most",
            {"value": value, "over": over, **schedule_parts(schedule), "carried": carried, "excess": excess},
        )

    def _on_cap_span(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        if len(values) == 1:
            return ("total", None, False, False)
        return ("period", values[0], values[1] is not None, values[2] is not None)

    def _on_set_off(self, values: list[Any], _span: Span) -> Line:
        named = isinstance(values[0], tuple)
        return Line("set_off", {"against": None if named else values[0], "rules": values[0] if named else ()})

    def _on_unit(self, values: list[Any], _span: Span) -> Line:
        return Line("unit", {"name": values[0], "places": int(values[1].value)})
