"""Literate files: which blocks are contract, and that every place stays where it was."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalang.source.markdown import extract, is_markdown
from slalang.source.text import SourceFile


def lines(text: str) -> list[str]:
    """What is left of each line, without the spaces at its end."""
    literate = extract(SourceFile("a.md", text))
    assert len(literate.masked) == len(text)
    return [line.rstrip(" \r") for line in literate.masked.split("\n")]


def kept(text: str) -> list[str]:
    return [line for line in lines(text) if line]


def test_only_the_tagged_blocks_are_left():
    text = "# 合同\n\n```slalang\na\n  b\n```\nprose\n```python\nx\n```\n~~~ sla\nc\n~~~\n"
    assert lines(text) == ["", "", "", "a", "  b", "", "", "", "", "", "", "c", "", ""]
    first, second = extract(SourceFile("a.md", text)).blocks
    assert (first.first, first.last, first.indent, first.is_closed) == (4, 5, 0, True)
    assert (second.first, second.last, second.fence.line) == (12, 12, 11)


@pytest.mark.parametrize(
    "text",
    [
        "```slalang\na\n```",
        "```` slalang title=x\na\n````",
        "``` {.slalang}\na\n```",
        "```SLA\na\n```",
        "   ```sla\na\n  ```   ",
        "~~~sla ``` ok\na\n~~~~~~",
        "```sla\r\na\r\n```\r\nprose",
    ],
)
def test_fences_that_count(text):
    assert [line.strip() for line in kept(text)] == ["a"]
    assert all(block.is_closed for block in extract(SourceFile("a.md", text)).blocks)


@pytest.mark.parametrize(
    "text",
    [
        "``slalang\na\n``",
        "    ```slalang\n    a\n    ```",  # an indented code block
        "```sla ` b\na\n",  # a backtick in the info string: inline code
        "```python\n```slalang\na\n",  # inside another block; its fence has a tag, so it closes nothing
        "```slalangx\na\n```",
        "text ```sla\na\n```",
    ],
)
def test_fences_that_do_not(text):
    assert extract(SourceFile("a.md", text)).blocks == ()
    assert kept(text) == []


@pytest.mark.parametrize("inner", ["``", "~~~", "``` x", "    ```", "`` `"])
def test_lines_that_do_not_close(inner):
    assert kept(f"```sla\na\n{inner}\nb\n```\nprose") == ["a", inner, "b"]


def test_a_longer_fence_holds_a_shorter_one():
    assert kept("````sla\na\n```\nb\n````\nprose") == ["a", "```", "b"]


def test_an_open_block_runs_to_the_end():
    literate = extract(SourceFile("a.md", "```sla\na\nb"))
    (block,) = literate.blocks
    assert (block.first, block.last, block.is_closed) == (2, 3, False)


def test_an_empty_block_has_no_lines():
    (block,) = extract(SourceFile("a.md", "```sla\n```\n")).blocks
    assert (block.first, block.last) == (2, 1)


def test_a_block_in_a_list_keeps_its_columns_and_tells_its_indent():
    text = "1. Response\n\n   ```sla\n   a\n     b\n\n   ```\n\n   prose\n"
    assert lines(text)[3:5] == ["   a", "     b"]
    (block,) = extract(SourceFile("a.md", text)).blocks
    assert (block.first, block.last, block.indent, block.is_closed) == (4, 6, 3, True)


def test_a_block_in_a_nested_list():
    text = "- one\n  - two\n    ```sla\n    a\n    ```\n"
    (block,) = extract(SourceFile("a.md", text)).blocks
    assert (block.indent, kept(text)) == (4, ["    a"])


def test_a_list_item_that_ends_closes_its_block():
    text = "- one\n  ```sla\n  a\nprose\n"
    (block,) = extract(SourceFile("a.md", text)).blocks
    assert (block.first, block.last, block.is_closed) == (3, 3, False)
    assert kept(text) == ["  a"]


def test_a_block_on_the_line_of_its_item():
    assert kept("- ```sla\n  a\n  ```\nprose") == ["  a"]


def test_a_block_in_a_quote():
    text = "> said\n>\n> ```sla\n> a\n>   b\n> ```\nprose"
    (block,) = extract(SourceFile("a.md", text)).blocks
    assert (block.indent, kept(text)) == (2, ["  a", "    b"])


def test_content_may_stand_left_of_its_fence():
    assert kept("  ```sla\na\n   b\n  ```") == ["a", "   b"]


@given(st.text(alphabet="`~sla \n\t->1.>响\r", max_size=80))
def test_masking_moves_nothing(text):
    literate = extract(SourceFile("a.md", text))
    assert len(literate.masked) == len(text)
    for before, after in zip(text, literate.masked, strict=True):
        assert after == before or (after == " " and before not in "\r\n")


@pytest.mark.parametrize("text", ["- " * 500_000, "> " * 500_000, "`" * 1_000_000, "\n" * 300_000])
def test_hostile_files_take_bounded_time(text):
    start = time.process_time()
    extract(SourceFile("a.md", text))
    assert time.process_time() - start < 5


def test_which_files_are_literate():
    assert [is_markdown(name) for name in ("a.md", "b/A.MD", "a.markdown", "a.sla", "md")] == [
        True,
        True,
        True,
        False,
        False,
    ]
