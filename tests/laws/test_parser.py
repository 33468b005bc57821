"""Laws of the parser: any text is read without a traceback; a bad line is one diagnostic on that line and nothing else."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.source.text import SourceFile, Span, Unreadable
from slalang.syntax.format import shape
from slalang.syntax.parse import parse

FOLDER = Path(__file__).parents[1] / "cases/syntax/good/both_surfaces_say_the_same"
TWINS = [(FOLDER / name).read_text("utf-8").splitlines() for name in ("english.sla", "chinese.sla")]
WHOLE = "\n".join(TWINS[0])
SMALL = [number for number, line in enumerate(TWINS[0]) if line and line[0] not in " #"]


def read(text, name="contract.sla"):
    collector = Collector()
    document = parse(SourceFile(name, text), collector)
    for one in collector.sorted():
        assert one.code.startswith(("SLA-E01", "SLA-E00"))
        assert one.at is not None
        if isinstance(one.at, Span):
            assert 0 <= one.at.start <= one.at.end <= len(text)
    messages(collector, "both")
    return document, collector.sorted()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["contract.sla", "contract.md"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        file = SourceFile.from_bytes(name, data)
    except Unreadable:
        return
    read(file.text, name)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text):
    read(text)
    read(f"```sla\n{text}\n", "contract.md")


WORDS = sorted({word for line in [*TWINS[0], *TWINS[1]] for word in line.split()})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=8), max_size=8), st.randoms(use_true_random=False))
def test_any_order_of_words_is_read(lines, chance):
    read("\n".join(" " * chance.randrange(5) + " ".join(line) for line in lines))


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([0, 1]))
def test_a_damaged_text_is_read(chance, surface):
    start = chance.choice(SMALL)
    text = "\n".join(TWINS[surface][start : start + 60])
    for _ in range(chance.randrange(1, 10)):
        low, high = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        text = (
            text[:low] + chance.choice(["", "\n", " ", text[high : high + 20]]) + text[min(high, low + 9) :]
        )
    read(text)


LEAVES = [
    at
    for at, line in enumerate(TWINS[0][:-1])
    if line.strip() and not line.startswith("#")
    and len(TWINS[0][at + 1]) - len(TWINS[0][at + 1].lstrip()) <= len(line) - len(line.lstrip())
]  # fmt: skip
GARBAGE = st.text(
    st.characters(exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", exclude_categories=["Cs"]),
    min_size=1,
    max_size=30,
)


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from(LEAVES), st.one_of(GARBAGE, st.lists(st.sampled_from(WORDS), min_size=1).map(" ".join))
)
def test_a_bad_line_costs_one_diagnostic_on_that_line(at, garbage):
    lines = list(TWINS[0])
    indent = len(lines[at]) - len(lines[at].lstrip())
    lines[at] = " " * indent + "x" + garbage
    without = [*lines[:at], "", *lines[at + 1 :]]
    document, mistakes = read("\n".join(lines))
    assert len(mistakes) <= 1
    assert all(one.at.line == at + 1 for one in mistakes)
    if mistakes:
        assert list(shape(document)) == list(shape(read("\n".join(without))[0]))


def codes(text):
    start = time.process_time()
    _, mistakes = read(text)
    assert time.process_time() - start < 20, "bounded, in processor time: a busy machine is no slower"
    return [one.code.removeprefix("SLA-") for one in mistakes[:3]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a" * 10_000_000, ["E0113"]),
        ('let a = "' + "b" * 10_000_000, ["E0113"]),
        ("let a = " + "(" * 1_000_000, ["E0113"]),
        ("let a = " + "(" * 4000 + "1" + ")" * 4000, ["E0113"]),
        ("let a = " + "(" * 300 + "1" + ")" * 300, ["E0112"]),
        ("let a = " + "(" * 90 + "1" + ")" * 90, []),
        ("let a = " + "not " * 900 + "b", ["E0112"]),
        ("let a = " + "- " * 900 + "b", ["E0112"]),
        ("let a = " + "1 + " * 400 + "1", ["E0112"]),
        ("let a = " + "if a then b else " * 150 + "b", ["E0112"]),
        ("\n".join(" " * depth + "clause 1" for depth in range(5000)), ["E0112"]),
        ("\n".join(" " * depth + "(" for depth in range(1500)), ["E0114", "E0114", "E0114"]),
        ("let a = (\n" + "  (\n" * 20_000, ["E0114", "E0114", "E0114"]),
        ("let a\0 = 1", ["E0106"]),
        ("let \ud800 = 1", ["E0106"]),
        ('source "\udfff"', ["E0106"]),
        ("let a = " + "1" * 5000, ["E0121"]),
        ("let a = " + "b." * 3000 + "c", ["E0113"]),
        ("自" * 9000, ["E0111"]),  # `from` with a long name, at the edge of the file
        ("\t\n" * 100_000, []),
        ("\r" * 100_000, []),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else None,
)
def test_hostile_text_is_refused_in_bounded_time(text, expected):
    assert codes(text)[: len(expected) or 3] == expected


@pytest.mark.slow
def test_a_hundred_thousand_lines_are_read():
    document, mistakes = read("let a = 1\n" * 30_000 + "clause 1\n" * 70_000)
    assert mistakes == []
    assert len(document.sentences) == 100_000


def test_reading_grows_with_the_number_of_lines():
    def seconds(times):
        text = (WHOLE + "\n") * times
        start = time.process_time()
        parse(SourceFile("c.sla", text), Collector())
        return time.process_time() - start

    seconds(1)
    small, large = min(seconds(2) for _ in range(3)), min(seconds(8) for _ in range(2))
    assert large < 4 * small * 2.5, (small, large)
