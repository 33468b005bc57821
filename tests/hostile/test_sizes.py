"""Texts that are far too large or too deep: told, in bounded time and memory."""

from __future__ import annotations

import resource
import tracemalloc

import pytest

HEAD = 'contract "T" version "1"\ntime zone UTC\ncurrency CNY\n'
NUMBERS = 'parameter n : number\nclause 1 "t"\n  table t\n    | n | = v |\n'

LONG = {
    "parentheses a million deep": "let x = " + "(" * 1_000_000 + "1" + ")" * 1_000_000,
    "parentheses a million deep and open": "let x = " + "(" * 1_000_000,
    "a million minus signs": "let x = " + "-" * 1_000_000 + "1",
    "half a million negations": "let x = " + "not " * 500_000 + "true",
    "a hundred thousand conditions": "let x = " + "if true then " * 100_000 + "1" + " else 1" * 100_000,
    "a sum of 300,000": "let x = " + "1 + " * 300_000 + "1",
    "a million blanks": " " * 1_000_000 + "let x = 1",
    "a text of three million": 'let x = "' + "x" * 3_000_000 + '"',
    "a name of a million": "let " + "x" * 1_000_000 + " = 1",
}


@pytest.mark.parametrize("line", LONG.values(), ids=LONG.keys())
def test_a_line_that_is_too_long(checked, line):
    assert ("SLA-E0113", 4) in checked(f"{HEAD}{line}\nlet y = 1\n")


def test_a_short_line_that_is_too_deep(checked):
    assert ("SLA-E0114", 4) in checked(HEAD + "let x = " + "(" * 4000 + "\n")
    assert ("SLA-E0113", 4) in checked(HEAD + "let x = " + "(" * 4000 + "1" + ")" * 4000 + "\n")


def test_blocks_that_are_too_deep(checked):
    stairs = "".join(f'{" " * depth}clause {depth} "x"\n' for depth in range(1000))
    assert ("SLA-E0112", 104) in checked(
        HEAD + stairs
    )  # a hundred within one another below three lines of head


def test_a_line_of_ten_megabytes_is_not_even_read(checked):
    tracemalloc.start()
    try:
        assert checked("x" * 10_000_000, others=False) == [("SLA-E0003", 0)]
        assert tracemalloc.get_traced_memory()[1] < 40_000_000 + 10_000_000  # ours, and the text of this test
    finally:
        tracemalloc.stop()


def test_fifty_thousand_lines(slalang, tmp_path):
    path = tmp_path / "many.sla"
    path.write_text(HEAD + "".join(f"let x{n} = {n}\n" for n in range(25_000)) + "# more\n" * 25_000, "utf-8")
    assert slalang("check", path).code == 0


def test_as_many_mistakes(slalang, tmp_path):
    path = tmp_path / "many.sla"
    path.write_text(HEAD + "".join(f"lett x{n} = = {n}\n" for n in range(20_000)), "utf-8")
    done = slalang("check", path)
    assert done.code == 1
    assert "20000 errors" in done.out
    assert "19980 more not shown" in done.out


def test_a_mistake_after_more_warnings_than_are_kept_still_counts(slalang, tmp_path):
    path = tmp_path / "warned.sla"
    unused = "".join(f"let x{n} = {n}\n" for n in range(2000))
    path.write_text(HEAD + unused + NUMBERS + "    | [0, 1) | 1 |\n", "utf-8")  # and a table with gaps
    assert slalang("check", path).code == 1


def test_names_in_a_long_row_and_in_a_long_circle(checked):
    assert any(
        code == "SLA-E0505"
        for code, _ in checked(HEAD + "".join(f"let x{n} = x{(n + 1) % 3000}\n" for n in range(3000)))
    )
    chain = HEAD + "".join(f"let x{n} = x{n + 1} + 1\n" for n in range(500)) + "let x500 = 1\n"
    assert all(code.startswith("SLA-L") or code == "SLA-E0505" for code, _ in checked(chain))
    doubling = HEAD + "let x0 = 9\n" + "".join(f"let x{n} = x{n - 1} × x{n - 1}\n" for n in range(1, 60))
    # 9 to the power of 2^59: each definition is short, together nobody can follow them, and only the first too long is told.
    assert [code for code, _ in checked(doubling) if code.startswith("SLA-E")] == ["SLA-E0519"]


TABLES = {
    "that meet": ("".join(f"    | [{n}, {n + 1}) | {n} |\n" for n in range(2000)), "SLA-E0401"),
    "that all overlap": ("".join(f"    | [0, {n + 1}) | {n} |\n" for n in range(2000)), "SLA-E0402"),
    "that are all the same": ("    | 1 | 2 |\n" * 2000, "SLA-L0404"),
}


@pytest.mark.parametrize(("rows", "code"), TABLES.values(), ids=TABLES.keys())
def test_a_table_of_two_thousand_rows(checked, rows, code):
    assert code in {found for found, _ in checked(HEAD + NUMBERS + rows, others=False)}


def test_a_table_of_three_thousand_columns(checked):
    text = (
        HEAD
        + NUMBERS.partition("    |")[0]
        + "    |"
        + " n |" * 3000
        + " = v |\n    |"
        + " 1 |" * 3001
        + "\n"
    )
    assert any(code == "SLA-E0113" for code, _ in checked(text))


def test_memory_stayed_bounded():
    """Runs last in this file: the whole process, all of the above together, stayed below 1.5 GB."""
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 1_500_000
