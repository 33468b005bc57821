"""Which names are offered for a misspelt one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slalang.diagnostics.suggest import candidates, close, distance, nearest


@pytest.mark.parametrize(
    ("one", "other", "edits"),
    [
        ("priority", "priority", 0),
        ("priorty", "priority", 1),
        ("prioirty", "priority", 1),  # neighbours swapped
        ("prorty", "priority", 2),
        ("首次响映", "首次响应", 1),
        ("kitten", "sitting", 3),
        ("abcdef", "uvwxyz", 3),  # more than two: said as three
        ("", "ab", 2),
        ("", "abc", 3),
    ],
)
def test_distance(one, other, edits):
    assert distance(one, other) == edits


@given(st.text("ab", max_size=6), st.text("ab", max_size=6))
def test_distance_is_symmetric_and_zero_only_for_the_same(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


def test_nearest_first_and_at_most_four():
    known = ["ab1", "abcd", "abc1", "abc2", "abc3", "abc4", "abc"]
    assert close("abc", known) == ("abc", "ab1", "abc1", "abc2")


def test_short_names_may_not_change_beyond_recognition():
    assert close("P0", ["P1", "P2", "Q7"]) == ("P1", "P2")
    assert close("x", ["abc"]) == ()


def test_case_does_not_matter():
    assert nearest("firstresponse", ["FirstResponse", "Resolution"]) == "FirstResponse"


def test_few_candidates_are_all_listed_in_their_order():
    assert candidates("付款", ["首次响应", "解决", "可用率"]) == ("首次响应", "解决", "可用率")
    assert candidates("付款", [f"名称{number}{number}" for number in range(7)]) == ()
    assert nearest("付款", ["首次响应"]) is None
