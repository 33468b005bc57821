"""Places in texts, and which bytes are text."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalang.source.text import SourceFile, Spot, Unreadable


def test_positions_count_code_points_from_one():
    file = SourceFile("a.sla", "ab\n响应🎉x\r\nend")
    assert [file.position(at) for at in (0, 2, 3, 5, 6, 9)] == [
        (1, 1),
        (1, 3),
        (2, 1),
        (2, 3),
        (2, 4),
        (3, 1),
    ]
    assert file.position(999) == (3, 4)
    assert file.position(-5) == (1, 1)


def test_all_three_line_ends():
    file = SourceFile("a.sla", "a\nb\r\nc\rd\n")
    assert [file.line(number) for number in range(1, file.line_count + 1)] == ["a", "b", "c", "d", ""]


@given(st.text("ab\r\n响", max_size=30), st.integers(0, 30))
def test_offset_is_the_inverse_of_position(text, at):
    file = SourceFile("a.sla", text)
    at = min(at, len(text))
    assert file.offset(*file.position(at)) == at


@given(st.text("ab\r\n响", max_size=30))
def test_lines_and_their_ends_make_up_the_text(text):
    file = SourceFile("a.sla", text)
    assert "".join(file.line(number) for number in range(1, file.line_count + 1)) == text.replace(
        "\r", ""
    ).replace("\n", "")


def test_a_span_knows_its_place_and_text():
    file = SourceFile("a.sla", "one\ntwo three")
    span = file.span(4, 7)
    assert (span.text, span.line, span.column, span.end_line, str(span)) == ("two", 2, 1, 2, "a.sla:2:1")
    assert span.to(file.span(0, 1)).text == "one\ntwo"


def test_a_spot_shows_what_it_knows():
    assert [str(Spot("f")), str(Spot("f", 3)), str(Spot("f", 3, 7))] == ["f", "f:3", "f:3:7"]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("首次响应".encode(), "首次响应"),
        (b"\xef\xbb\xbf" + "首次响应".encode(), "首次响应"),
        ("首次响应，九十五％".encode("gb18030"), "首次响应，九十五％"),
        ("合同 𠮷 €".encode("gb18030"), "合同 𠮷 €"),  # a four-byte character
        (b"", ""),
        (b"plain\r\n", "plain\r\n"),
    ],
    ids=["utf-8", "utf-8 with mark", "gbk", "gb18030", "empty", "ascii"],
)
def test_decoding(data, text):
    assert SourceFile.from_bytes("a.sla", data).text == text


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b"abc\xff", "3"),
        ("contract".encode("utf-16"), "0"),
        (b"ab\x80\x81\x00", "2"),
        # Damaged UTF-8 must not be read as other Chinese: 8 good characters, then a lone byte.
        ("首次响应时间要求".encode() + b"\xa1\xa1", "24"),
    ],
    ids=["stray byte", "utf-16", "binary", "damaged utf-8"],
)
def test_bytes_that_are_no_text(data, at):
    with pytest.raises(Unreadable) as trouble:
        SourceFile.from_bytes("a.sla", data)
    assert (trouble.value.reason, trouble.value.detail) == ("undecodable", at)


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_refused(data):
    with suppress(Unreadable):  # any other exception fails the test
        assert len(SourceFile.from_bytes("a.sla", data).text) <= len(data)
