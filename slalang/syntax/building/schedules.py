"""What the grammar read for a schedule, or for a line about a metric, goes in; its parts or the sentence come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from slalang.syntax import errors
from slalang.syntax.building.line import Line
from slalang.syntax.lexer import LineError
from slalang.syntax.sentences import SCHEDULE
from slalang.syntax.tree import Bound
from slalang.syntax.values import Values

if TYPE_CHECKING:
    from slalang.source.text import Span
    from slalang.syntax.tree import Name

_EACH_WEEKDAY: Final = tuple(
    f"EACH_{day}" for day in ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
)
_SHORT_UNITS: Final = {"MICROSECOND": 1, "MILLISECOND": 1_000, "SECOND": 1_000_000}
_COUNTED: Final = {"EACH_SERVICE_MONTH": "service", "EACH_CONTRACT_MONTH": "contract"} | {
    f"EACH_CONTRACT_{unit}": "contract" for unit in ("QUARTER", "YEAR")
}
NO_SCHEDULE: Final = (None, 0, None, None, None, None, None)


def schedule_parts(schedule: tuple[Any, ...] | None) -> dict[str, Any]:
    """The named parts of a schedule; of none where a sentence has none."""
    return dict(zip(SCHEDULE, schedule or NO_SCHEDULE, strict=True))


class ScheduleLines(Values):
    """Builds schedules, and the sentences about metrics."""

    def _on_schedule(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        type_ = values[0].type
        if type_ in _EACH_WEEKDAY:
            return _schedule("week", weekday=_EACH_WEEKDAY.index(type_))
        unit = type_.removeprefix("EACH_").removeprefix("SERVICE_").removeprefix("CONTRACT_").lower()
        return _schedule(unit, counted=_COUNTED.get(type_))

    def _on_schedule_working_day(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return _schedule("working_day", calendar=values[1])

    def _on_schedule_n(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        number, unit, anchor = values
        if number.value.strip("0") == "":
            raise LineError(errors.ZeroStep(number.span))
        if unit.type in _SHORT_UNITS:
            return _schedule("us", int(number.value) * _SHORT_UNITS[unit.type], anchor=anchor)
        return _schedule(unit.type.lower(), int(number.value), anchor=anchor)

    def _on_schedule_rolling(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        number, unit, before = values
        made = self._on_schedule_n([number, unit, None], _span)
        return (*made[:5], before, None)

    def _on_each(self, values: list[Any], _span: Span) -> Line:
        return Line("each", schedule_parts(values[0]))

    def _on_metric(self, values: list[Any], _span: Span) -> Line:
        name, schedule, by = values
        return Line("metric", {"name": name, **schedule_parts(schedule), "by": by or ()})

    def _on_sig_running_time(self, values: list[Any], _span: Span) -> Line:
        name, schedule, bound = values
        return Line("sig_running_time", {"signal": name, **schedule_parts(schedule), "bound": bound})

    def _on_sig_running_days_late(self, values: list[Any], _span: Span) -> Line:
        return Line("sig_running_days_late", {"rules": values[0], "closed": values[1] is not None})

    def _on_bins(self, values: list[Any], span: Span) -> Line:
        length, least = values
        if least is not None and least.op not in (">", ">="):
            raise LineError(errors.RunBelow(span))
        return Line("bins", {"length": length, "least": least})

    def _on_minimum_sample(self, values: list[Any], _span: Span) -> Line:
        return Line("minimum_sample", {"count": int(values[0].value)})

    def _on_time_step(self, values: list[Any], _span: Span) -> Any:
        return values[0].value

    def _on_in_order(self, values: list[Any], _span: Span) -> Line:
        return Line("in_order", {"steps": tuple(values)})

    def _on_minimum_run(self, values: list[Any], span: Span) -> Line:
        length = values[0]
        if not isinstance(length, Bound):
            return Line("minimum_run", {"length": length, "strict": False})
        if length.op not in (">", ">="):
            raise LineError(errors.RunBelow(span))
        return Line("minimum_run", {"length": length.value, "strict": length.op == ">"})

    def _on_round_time(self, values: list[Any], _span: Span) -> Line:
        what, unit, mode = values
        return Line(
            "round_time",
            {
                "what": "each" if what.type == "ROUND_EACH_TO" else "total",
                "unit": unit,
                "mode": mode.value.removeprefix("round_"),
            },
        )


def _schedule(
    unit: str, n: int = 1, *, weekday: int | None = None, calendar: Name | None = None, anchor: Any = None,
    counted: str | None = None,
) -> tuple[Any, ...]:  # fmt: skip
    """A schedule's parts in the order of `SCHEDULE`."""
    return unit, n, weekday, calendar, anchor, None, counted
