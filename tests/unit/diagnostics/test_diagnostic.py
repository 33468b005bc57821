"""How a class of eight lines becomes a message, and what its data looks like for machines."""

from __future__ import annotations

import dataclasses
import json
import pickle
from fractions import Fraction

import pytest

from slalang.diagnostics import as_json, errors, pages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Diagnostic, Fix, Label, Stop, Text
from slalang.source.text import SourceFile, Span, Spot


class Mismatch(Diagnostic):
    """A value of another unit stands where a duration is needed."""

    code = "SLA-E9921"
    title = Text(en="expected {expected}, found `{found}`", zh="此处需要{expected}，写的却是 `{found}`")
    label = Text(en="one of {names}", zh="可用: {names}")
    places = (Label("declared", en="`{found}` here", zh="`{found}` 在此"),)
    bad = "within 95%"
    good = "within 15 minutes"
    expected: Text
    found: str
    names: tuple[str, ...] = ()
    declared: Span | tuple[Span, ...] | None = None
    rate: Fraction = Fraction(1, 3)


FILE = SourceFile("a.sla", "within 95%\n")
DURATION = Text(en="a duration", zh="时长")


def test_fields_fill_each_language():
    found = Mismatch(FILE.span(7, 10), expected=DURATION, found="95%", names=("a", "b"))
    assert found.say("title", "en") == "expected a duration, found `95%`"
    assert found.say("title", "zh") == "此处需要时长，写的却是 `95%`"
    assert found.say("label", "en") == "one of `a`, `b`"
    assert found.say("label", "zh") == "可用: `a`、`b`"


def test_a_part_without_its_value_is_left_out():
    found = Mismatch(FILE.span(7, 10), expected=DURATION, found="95%")
    assert found.say("label", "en") is None
    assert found.say("hint", "en") is None
    assert found.further("en") == []


def test_braces_in_a_value_are_plain_text():
    found = Mismatch(None, expected=DURATION, found="{{x}} {names}")
    assert found.say("title", "en") == "expected a duration, found `{{x}} {names}`"


def test_a_second_place_may_be_several():
    spans = (FILE.span(0, 6), FILE.span(7, 10))
    found = Mismatch(FILE.span(7, 10), expected=DURATION, found="95%", declared=spans)
    assert found.further("en") == [(spans[0], "`95%` here"), (spans[1], "`95%` here")]


def test_a_message_is_frozen_and_needs_its_fields():
    found = Mismatch(None, expected=DURATION, found="x")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.found = "y"  # type: ignore[misc]
    with pytest.raises(TypeError, match=r"missing fields \['found'\]"):
        Mismatch(None, expected=DURATION)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"unknown fields \['nmae'\]"):
        Mismatch(None, expected=DURATION, found="x", nmae="y")  # type: ignore[call-arg]


def test_messages_with_equal_fields_are_equal():
    one, same = (Mismatch(FILE.span(7, 10), expected=DURATION, found="x") for _ in range(2))
    other = Mismatch(FILE.span(7, 10), expected=DURATION, found="y")
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_message_shows_its_fields():
    found = Mismatch(FILE.span(7, 10), expected=DURATION, found="x", rate=Fraction(1))
    assert repr(found) == (
        "Mismatch(at=<a.sla:1:8 '95%'>, expected=Text(en='a duration', zh='时长'), found='x', names=(), rate=Fraction(1, 1))"
    )


def test_a_kind_of_message_has_the_fields_of_its_parent():
    class Worse(Mismatch):
        """Worse."""

        code = "SLA-E9922"
        by: int

    assert Worse.field_names == ("at", "fix", "expected", "found", "names", "declared", "rate", "by")
    assert Worse(None, expected=DURATION, found="x", by=3).by == 3


def test_stop_carries_its_diagnostics():
    found = errors.FileMissing(Spot("x.sla"))
    assert Stop(found).diagnostics == (found,)
    assert str(Stop(found)) == "SLA-E0001 no such file"


def test_json_has_the_same_fields():
    span = FILE.span(7, 10)
    found = Mismatch(
        span,
        expected=DURATION,
        found="95%",
        names=("a",),
        declared=FILE.span(0, 6),
        fix=Fix(span, "15 minutes"),
    )
    place = {"file": "a.sla", "line": 1, "column": 8, "end_line": 1, "end_column": 11, "start": 7, "end": 10}
    declared = {"file": "a.sla", "line": 1, "column": 1, "end_line": 1, "end_column": 7, "start": 0, "end": 6}
    assert json.loads(json.dumps(as_json.record(found))) == {
        "code": "SLA-E9921",
        "severity": "error",
        "at": place,
        "places": [{**declared, "label": {"en": "`95%` here", "zh": "`95%` 在此"}}],
        "en": {"title": "expected a duration, found `95%`", "label": "one of `a`"},
        "zh": {"title": "此处需要时长，写的却是 `95%`", "label": "可用: `a`"},
        "values": {
            "expected": {"en": "a duration", "zh": "时长"},
            "found": "95%",
            "names": ["a"],
            "rate": "1/3",
        },
        "fix": {**place, "text": "15 minutes"},
    }


def test_json_of_a_spot_and_of_no_place():
    assert as_json.record(errors.FileMissing(Spot("x", 3, 1)))["at"] == {"file": "x", "line": 3, "column": 1}
    assert as_json.record(errors.FileMissing(None))["at"] is None


def test_json_counts_what_was_not_kept():
    collector = Collector(kept=1)
    collector.extend([errors.FileMissing(Spot("b")), errors.FileMissing(Spot("a"))])
    found = as_json.records(collector)
    assert [item["at"]["file"] for item in found["diagnostics"]] == ["b"]
    assert found["not_kept"] == {"SLA-E0001": 1}


def test_a_manual_page_in_english():
    assert pages.page("e9921", [Mismatch]) == (
        """\
# SLA-E9921: expected ‹expected›, found `‹found›`

A value of another unit stands where a duration is needed.

Seen: one of ‹names›

## Wrong

```text
within 95%
```

## Right

```text
within 15 minutes
```
"""
    )


def test_a_manual_page_in_chinese():
    text = pages.page("SLA-E0001", errors.CODES, "zh")
    assert text == (
        "# SLA-E0001: 文件不存在\n\n命令行或合同中写到的文件不存在\n\n"
        "现象: 没有这个名称的文件\n\n建议: 同一文件夹中有: ‹near›\n"
    )


def test_an_unknown_code_has_no_page_but_neighbours():
    assert pages.page("SLA-E7777", errors.CODES) is None
    assert pages.near("sla-e0001x", errors.CODES)[0] == "SLA-E0001"
