from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from slalang.values import interval

points = st.integers(0, 40)
sets = st.lists(st.tuples(points, points), max_size=6)


def members(many) -> set[int]:
    return {point for start, end in many for point in range(start, end)}


def is_normal(one) -> bool:
    return all(a < b for a, b in one) and all(b < c for (_, b), (c, _) in itertools.pairwise(one))


@given(sets, sets, points, points)
def test_sets_of_intervals_are_sets_of_points(one, other, a, b) -> None:
    left, right = interval.union(one), interval.union(other)
    assert is_normal(left)
    assert members(left) == members(one)
    for result, expected in (
        (interval.union(one, other), members(one) | members(other)),
        (interval.intersect(left, right), members(one) & members(other)),
        (interval.subtract(left, right), members(one) - members(other)),
        (interval.clip(left, a, b), members(one) & set(range(a, b))),
    ):
        assert members(result) == expected
        assert is_normal(result)
        assert interval.total(result) == len(expected)
    assert interval.contains(left, a) == (a in members(one))


def test_touching_intervals_are_one() -> None:
    assert interval.union([(3, 5)], [(1, 3), (5, 5)]) == [(1, 5)]
