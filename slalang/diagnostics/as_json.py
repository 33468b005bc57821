"""Diagnostics go in; plain data for JSON comes out: the same fields, not a copy of the rendered text."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from slalang.diagnostics.diagnostic import PARTS, Fix, Text
from slalang.source.text import Span

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.diagnostics.diagnostic import Diagnostic, Language
    from slalang.source.text import Place


def record(diagnostic: Diagnostic) -> dict[str, Any]:
    """One diagnostic: code, severity, words in both languages, places, values, fix."""
    places = zip(diagnostic.further("en"), diagnostic.further("zh"), strict=True)
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity,
        "at": _place(diagnostic.at),
        "places": [{**_span(span), "label": {"en": en, "zh": zh}} for (span, en), (_, zh) in places],
        "en": _words(diagnostic, "en"),
        "zh": _words(diagnostic, "zh"),
        "values": {name: _plain(value) for name, value in diagnostic.field_values().items()},
        "fix": None if diagnostic.fix is None else _fix(diagnostic.fix),
    }


def records(collector: Collector) -> dict[str, Any]:
    """All that was collected by place, and how many more there were, by code."""
    return {
        "diagnostics": [record(item) for item in collector.sorted()],
        "not_kept": dict(sorted(collector.not_kept.items())),
    }


def _words(diagnostic: Diagnostic, language: Language) -> dict[str, str]:
    said = ((part, diagnostic.say(part, language)) for part in ("title", *PARTS))
    return {part: words for part, words in said if words is not None}


def _place(place: Place | None) -> dict[str, Any] | None:
    if place is None:
        return None
    if isinstance(place, Span):
        return _span(place)
    return {"file": place.name, "line": place.line, "column": place.column}


def _span(span: Span) -> dict[str, Any]:
    end = span.file.position(span.end)
    return {
        "file": span.file.name,
        "line": span.line,
        "column": span.column,
        "end_line": end.line,
        "end_column": end.column,
        "start": span.start,
        "end": span.end,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {**_span(fix.span), "text": fix.text}


def _plain(value: object) -> Any:
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Text):
        return {"en": value.en, "zh": value.zh}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Span):
        return _span(value)
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return str(value)
