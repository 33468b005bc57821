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
                **(happening or {}),
            },
        )

    def _on_each_breach(self, values: list[Any], _span: Span) -> dict[str, Any]:
        return {"breach_of": values[0]}

    def _on_each_event(self, values: list[Any], _span: Span) -> dict[str, Any]:
        return {"event_of": values[0]}

    def _on_each_exercise(self, values: list[Any], _span: Span) -> dict[str, Any]:
        return {"exercise_of": values[0]}

    def _on_claim(self, values: list[Any], _span: Span) -> Line:
        return Line("claim", {"pattern": values[0], "limit": values[1], "periods": None})

    def _on_claim_through(self, values: list[Any], _span: Span) -> Line:
        pattern, number = values
        return Line("claim", {"pattern": pattern, "limit": None, "periods": int(number.value)})

    def _on_one_of_group(self, values: list[Any], _span: Span) -> Line:
        return Line(
            "one_of_group", {"group": values[0], "choose": values[1].type.removeprefix("GROUP_").lower()}
        )
