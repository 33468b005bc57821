"""What the grammar read for a whole line goes in; the sentence's kind and its named parts come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from slalang.syntax import errors
from slalang.syntax.building.amounts import AmountLines
from slalang.syntax.building.line import Line
from slalang.syntax.building.scenarios import ScenarioLines
from slalang.syntax.building.schedules import ScheduleLines
from slalang.syntax.lexer import LineError
from slalang.syntax.sentences import SENTENCES
from slalang.syntax.tree import Interval, Measured, Name, Text, Token
from slalang.syntax.values import DAY_US

if TYPE_CHECKING:
    from slalang.source.text import Span

_WEEKDAYS: Final = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_MODALITIES: Final = {
    "OBLIGATION": "duty",
    "PROHIBITION": "prohibition",
    "STANDING_DUTY": "standing",
    "TARGET": "target",
    "MEASURED": "measured",
}
_MOMENTS: Final = {
    "OF_THE_LIMIT": "share_of_limit",
    "BEFORE_THE_DEADLINE": "before_deadline",
    "AFTER_THE_DEADLINE": "after_deadline",
    "ON_BREACH": "breach",
    "ON_DISCHARGE": "discharge",
    "ON_TRIGGER": "trigger",
    "ON_RIGHT": "right",
    "ON_EXPIRY": "expiry",
    "BEFORE_THE_WINDOW_ENDS": "before_window_end",
}


class Lines(AmountLines, ScenarioLines, ScheduleLines):
    """Builds sentences. A kind without a method here has its parts in the order in which `SENTENCES` lists them."""

    def build(self, name: str, values: list[Any], start: int, end: int) -> Any:
        """Build what a rule of the grammar read.

        Raises:
            LineError: the grammar admits it, but it makes no sense as written.
        """
        span = self._file.span(start, end)
        if builder := self.builders.get(name):
            return builder(values, span)
        _, parts = SENTENCES[name]
        found = [value for value in values if not isinstance(value, Token)]
        found.extend([None] * (len(parts) - len(found)))
        return Line(name, dict(zip(parts, found, strict=True)))

    # --- heads

    def _on_domain_from(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return ("from", *values)

    def _on_domain_at_least(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return ("at_least", *values)

    def _on_domain_at_most(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return ("at_most", *values)

    def _on_domain_one_of(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return ("one_of", *values[0])

    def _on_domain_help(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return ("help", *values)

    def _on_parameter(self, values: list[Any], _span: Span) -> Line:
        name, type_, *domain = values
        if domain and domain[-1][0] == "one_of" and len(domain[-1]) > 2:
            # `one of a, b, "help"`: a text after options that are no texts is the help.
            *options, last = domain[-1][1:]
            if isinstance(last, Text) and not any(isinstance(option, Text) for option in options):
                domain[-1:] = [("one_of", *options), ("help", last)]
        return Line("parameter", {"name": name, "type": type_, "domain": tuple(domain)})

    def _on_open_word(self, values: list[Any], _span: Span) -> Line:
        name, value, *domain, why = values
        return Line(
            "open_word", {"name": name, "value": value, "type": None, "domain": tuple(domain), "why": why}
        )

    def _on_open_word_left(self, values: list[Any], _span: Span) -> Line:
        name, type_, *domain, why = values
        return Line(
            "open_word", {"name": name, "value": None, "type": type_, "domain": tuple(domain), "why": why}
        )

    def _on_ordered(self, values: list[Any], _span: Span) -> tuple[Name, ...]:
        return tuple(value for value in values if isinstance(value, Name))

    def _on_levels(self, values: list[Any], _span: Span) -> Line:
        return Line("levels", {"name": values[0], "values": values[1] or ()})

    def _on_rests_on(self, values: list[Any], _span: Span) -> Line:
        joined = next(value for value in values if isinstance(value, Token))
        return Line("rests_on", {"rules": values[0], "joined": joined.type.lower()})

    def _on_clause_range(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return tuple(value for value in values if value is not None)

    def _on_clauses(self, values: list[Any], _span: Span) -> Line:
        return Line("clauses", {"ranges": tuple(values)})

    def _on_points_to(self, values: list[Any], _span: Span) -> Line:
        *ranges, why = values
        return Line("points_to", {"ranges": tuple(ranges), "why": why})

    # --- calendars

    def _on_weekday(self, values: list[Any], _span: Span) -> tuple[int, ...]:
        if values[0].type == "WEEKEND":
            return (5, 6)
        first = _WEEKDAYS.index(values[0].type)
        last = _WEEKDAYS.index(values[1].type) if values[1] else first
        return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))

    def _on_weekdays(self, values: list[Any], _span: Span) -> tuple[int, ...]:
        return tuple(dict.fromkeys(day for days in values for day in days))

    def _on_time_span(self, values: list[Any], _span: Span) -> tuple[int, int]:
        start, end = int(values[0].value), int(values[1].value)
        return start, end + (DAY_US if values[2] else 0)

    def _on_time_spans(self, values: list[Any], _span: Span) -> tuple[tuple[int, int], ...]:
        return tuple(values)

    def _on_cal_every_day(self, values: list[Any], _span: Span) -> Line:
        return Line("cal_week", {"days": tuple(range(7)), "spans": values[0]})

    def _on_holiday_kinds(self, values: list[Any], _span: Span) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.value for value in values))

    def _on_cal_holidays(self, values: list[Any], _span: Span) -> Line:
        country, which = values
        category = which if isinstance(which, Name) else None
        kinds = which if isinstance(which, tuple) else ()
        return Line("cal_holidays", {"country": country, "category": category, "kinds": kinds})

    def _on_year(self, values: list[Any], _span: Span) -> int:
        return int(values[0].value)

    def _on_cal_listed(self, values: list[Any], _span: Span) -> Line:
        return Line("cal_listed", {"years": tuple(values)})

    def _on_cal_joined(self, values: list[Any], _span: Span) -> Line:
        how, calendars = values
        return Line("cal_joined", {"how": how.type.lower(), "calendars": calendars})

    def _on_counting_answer(self, values: list[Any], _span: Span) -> Line:
        return Line("counting_answer", {"answer": values[0].type.lower()})

    def _on_date_or_range(self, values: list[Any], span: Span) -> Any:
        return Interval(values[0], True, values[1], True, span) if values[1] else values[0]

    def _on_dates(self, values: list[Any], _span: Span) -> tuple[Any, ...]:
        return tuple(values)

    # --- vocabulary

    def _on_field(self, values: list[Any], _span: Span) -> Line:
        name, type_, optional, *domain = values
        parts = {"name": name, "type": type_, "optional": optional is not None, "domain": tuple(domain)}
        return Line("field", parts)

    def _on_sig_fold(self, values: list[Any], _span: Span) -> Line:
        fold, signal, members, reference = values
        parts = {
            "fold": fold.value.removeprefix("fold_"),
            "signal": signal,
            "members": members,
            "reference": reference,
        }
        return Line("sig_fold", parts)

    # --- schedules and limits

    def _on_whole_unit(self, values: list[Any], _span: Span) -> Any:
        return values[0]

    _on_modality = _on_sort = _on_by_day = _on_by_last = _on_whole_unit
    _on_status = _on_plain_effect = _on_whole_unit

    def _on_of_period(self, values: list[Any], _span: Span) -> tuple[str, int]:
        """The unit, and how many of them after the one that holds the start."""
        unit = values[0].type.removeprefix("OF_THE_")
        later = values[1] if len(values) > 1 else None
        if later is None:
            return unit.removeprefix("NEXT_").lower(), int(unit.startswith("NEXT_"))
        if int(later.value) == 0:
            raise LineError(errors.ZeroStep(later.span))
        return unit.lower(), int(later.value)

    def _on_obligation(self, values: list[Any], _span: Span) -> Line:
        return Line("obligation", {"modality": _MODALITIES[values[0].type], "name": values[1]})

    def _on_until_only(self, values: list[Any], _span: Span) -> Line:
        return Line("from_until", {"start": None, "end": values[0]})

    def _on_within(self, values: list[Any], _span: Span) -> Line:
        limit = values[0]
        if isinstance(limit, Measured):
            raise LineError(errors.LimitWithoutSign(limit.span, limit=limit.span.text))
        return Line("within", {"limit": limit})

    def _on_by_point(self, values: list[Any], _span: Span) -> Line:
        word, number, period, calendar = values
        nth = int(number.value)
        if nth == 0:
            raise LineError(errors.ZeroStep(number.span))
        return _point(word, nth, period, calendar)

    def _on_by_last_point(self, values: list[Any], _span: Span) -> Line:
        word, period, calendar = values
        return _point(word, 0 if word.type == "BY_END" else -1, period, calendar)

    def _on_by_date(self, values: list[Any], _span: Span) -> Line:
        return Line("by_date", {"inclusive": values[0].type == "BY", "value": values[1]})

    def _on_window_opens(self, values: list[Any], span: Span) -> Line:
        point = self._on_by_point(values, span).parts
        del point["inclusive"]
        return Line("window_opens", point)

    def _on_roll(self, values: list[Any], _span: Span) -> Line:
        to, calendar, last = values
        return Line(
            "roll", {"to": to.value.removeprefix("roll_"), "calendar": calendar, "not_last": last is not None}
        )

    def _on_window_from(self, values: list[Any], _span: Span) -> Line:
        return Line("window_from", {"at": values[0].value})

    def _on_notice_moment(self, values: list[Any], _span: Span) -> tuple[str, Any, Any]:
        word = next(one for one in values if isinstance(one, Token) and one.type in _MOMENTS)
        before, after = values[: values.index(word)], values[values.index(word) + 1 :]
        return _MOMENTS[word.type], before[0] if before else None, after[0] if after else None

    def _on_notice(self, values: list[Any], _span: Span) -> Line:
        (on, offset, calendar), to, text = values
        return Line("notice", {"on": on, "offset": offset, "calendar": calendar, "to": to, "text": text})

    # --- rights and the contract's life

    def _on_effect(self, values: list[Any], _span: Span) -> Line:
        word, after = values
        return Line("effect", {"effect": word.value, "after": after, "length": None})

    def _on_effect_renews(self, values: list[Any], _span: Span) -> Line:
        return Line("effect", {"effect": "renews_the_contract", "after": None, "length": values[0]})

    # --- values

    def _on_excused(self, values: list[Any], _span: Span) -> Line:
        return Line("excused", {"when": values[0], "effect": values[1].value})

    def _on_row(self, values: list[Any], _span: Span) -> Line:
        return Line("row", {"cells": tuple(values[1:])})

    # --- policies

    def _on_statuses(self, values: list[Any], _span: Span) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value.value for value in values))

    def _on_policy(self, values: list[Any], _span: Span) -> Line:
        key = values[0].type
        about = next((value for value in values[1:-1] if isinstance(value, Name)), None)
        chosen = values[-1]
        choice: tuple[str, ...] = ()
        value = None
        if isinstance(chosen, Token):
            choice = (chosen.type.partition("__")[2].lower(),)
        elif isinstance(chosen, tuple):
            choice = chosen
        else:
            value = chosen
        policy = {
            "key": key.removeprefix("POLICY_").lower(),
            "about": about,
            "choice": choice,
            "value": value,
        }
        return Line("policy", policy)


def _point(word: Token, nth: int, period: tuple[str, int], calendar: Name | None) -> Line:
    unit, offset = period
    return Line(
        "by_point",
        {
            "inclusive": word.type.startswith("BY"),
            "unit": unit,
            "offset": offset,
            "nth": nth,
            "day": "working_day" if "WORKING" in word.type else "day",
            "calendar": calendar,
        },
    )
