"""What is collected, what is silent, what is counted."""

from __future__ import annotations

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Diagnostic, Text
from slalang.source.text import SourceFile, Spot


class Unknown(Diagnostic):
    """A name is not known."""

    code = "SLA-E9911"
    title = Text(en="unknown `{name}`", zh="未知的 `{name}`")
    name: str


class Hint(Diagnostic):
    """A remark."""

    code = "SLA-L9912"
    severity = "note"
    title = Text(en="remark", zh="说明")


FILE = SourceFile("b.sla", "one two\nthree\n")


def test_sorted_by_file_then_place():
    collector = Collector()
    late = Unknown(FILE.span(8, 13), name="three")
    early = Unknown(FILE.span(4, 7), name="two")
    other = Unknown(Spot("a.jsonl", 99), name="x")
    nowhere = Hint(None)
    collector.extend([late, early, other, nowhere])
    assert collector.sorted() == [nowhere, other, early, late]


def test_lines_sort_as_numbers():
    collector = Collector()
    ten, nine = Hint(Spot("a", 10)), Hint(Spot("a", 9))
    collector.extend([ten, nine])
    assert collector.sorted() == [nine, ten]


def test_a_name_is_reported_once():
    collector = Collector()
    for start in (0, 4, 8):
        collector.add(Unknown(FILE.span(start, start + 1), name="P0"), about=("priority", "P0"))
    collector.add(Unknown(FILE.span(9, 10), name="P9"), about=("priority", "P9"))
    assert [item.name for item in collector.sorted()] == ["P0", "P9"]
    assert collector.is_poisoned(("priority", "P0"))


def test_a_poisoned_name_is_silent_but_still_an_error():
    collector = Collector()
    collector.poison(("priority", "P0"))
    collector.add(Unknown(None, name="P0"), about=("priority", "P0"))
    assert len(collector) == 0
    assert collector.has_errors


def test_the_same_message_twice_is_one():
    collector = Collector()
    collector.add(Hint(FILE.span(0, 1)))
    collector.add(Hint(FILE.span(0, 1)))
    assert len(collector) == 1


def test_notes_are_no_errors():
    collector = Collector()
    collector.add(Hint(None))
    assert not collector.has_errors


def test_what_is_not_kept_is_counted_by_code():
    collector = Collector(kept=3)
    for line in range(1, 11):
        collector.add(Hint(Spot("a", line)))
    collector.add(Unknown(Spot("a", 11), name="x"))
    assert len(collector.sorted()) == 3
    assert collector.not_kept == {"SLA-L9912": 7, "SLA-E9911": 1}
    assert len(collector) == 11
    assert collector.has_errors
    assert collector.shown()[1] == 8
