"""Laws of the sweep, held against plain counting: regions, witnesses, pieces of amounts."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from slalang.diagnostics.collector import Collector
from slalang.ir.amounts import AnyCell, Column, OneOfCell, RangeCell, Row, Table
from slalang.ir.expressions import Const, MetricRef, Param
from slalang.ir.program import Levels
from slalang.ir.rules import About
from slalang.pipeline.journey import check
from slalang.prove.amounts.pieces import Piece, chosen
from slalang.prove.axes import axis, cuts_of
from slalang.prove.model import Model
from slalang.prove.regions import regions
from slalang.prove.stretches import Stretch, partition, readable
from slalang.source.text import SourceFile

TENTHS = st.integers(0, 10)
# Every tenth and a point strictly between each two: where nothing else can change.
GRID = [Fraction(step, 20) for step in range(21)]
RATE, PLAN = MetricRef("Rate", "ratio"), Param("plan", "levels:plan")


@st.composite
def ranges(draw):
    low, high = sorted((draw(TENTHS), draw(TENTHS)))
    ends = [Const("ratio", str(Fraction(end, 10))) for end in (low, high)]
    return RangeCell(
        draw(st.sampled_from([ends[0], None])),
        draw(st.booleans()),
        draw(st.sampled_from([ends[1], None])),
        draw(st.booleans()),
    )


def points():
    return st.lists(TENTHS, min_size=1, max_size=3).map(
        lambda steps: OneOfCell(tuple(Const("ratio", str(Fraction(step, 10))) for step in steps))
    )


CELLS = st.one_of(ranges(), points(), st.just(AnyCell()))
PLANS = st.one_of(
    st.just(AnyCell()),
    st.lists(st.sampled_from("ABC"), min_size=1, max_size=2).map(
        lambda names: OneOfCell(tuple(Const("levels:plan", name) for name in names))
    ),
)
TEXT = 'contract "T" version "1"\ntime zone UTC\nlevels plan = A > B > C\nparameter plan : plan\nmetric Rate each month\n  = 1 - time in always / time in always\n'


def program():
    checked = check(SourceFile("t.sla", TEXT), Collector(), proofs=False)
    assert checked is not None
    return checked.program


PROGRAM = program()


def holds(cell, value) -> bool:
    """A cell by its definition, with nothing of the sweep's own."""
    if isinstance(cell, AnyCell):
        return True
    if isinstance(cell, OneOfCell):
        return any(
            (Fraction(item.value) if item.type == "ratio" else item.value) == value for item in cell.values
        )
    above = (
        cell.low is None
        or value > Fraction(cell.low.value)
        or (cell.low_in and value == Fraction(cell.low.value))
    )
    below = (
        cell.high is None
        or value < Fraction(cell.high.value)
        or (cell.high_in and value == Fraction(cell.high.value))
    )
    return above and below


@settings(max_examples=150)
@given(st.lists(st.tuples(PLANS, CELLS), min_size=1, max_size=5))
def test_each_case_lies_in_one_region_and_the_region_knows_its_rows(cells):
    rows = tuple(Row(pair, (Const("ratio", "0"),)) for pair in cells)
    columns = (Column("plan", "levels:plan", PLAN), Column("Rate", "ratio", RATE))
    table = Table("t", About(), "one_applies", columns, (Column("r", "ratio"),), rows)
    model = Model(PROGRAM)
    axes = [
        axis(model, column.value, column.name, cuts_of(model, table, place))
        for place, column in enumerate(columns)
    ]
    assert Levels("plan", ("A", "B", "C")) in PROGRAM.levels
    found = list(regions(model, table, axes))
    for plan in "ABC":
        for rate in GRID:
            wanted = tuple(n for n, pair in enumerate(cells) if holds(pair[0], plan) and holds(pair[1], rate))
            inside = [
                region
                for region in found
                if plan in axes[0].values[region.items[0][0] : region.items[0][1] + 1]
                and any(
                    one.holds(rate) for one in axes[1].stretches[region.items[1][0] : region.items[1][1] + 1]
                )
            ]
            assert [region.rows for region in inside] == [wanted]
    for region in found:
        case = region.known(axes)
        assert (
            tuple(
                n for n, pair in enumerate(cells) if holds(pair[0], case[PLAN]) and holds(pair[1], case[RATE])
            )
            == region.rows
        )


FRACTIONS = st.fractions(min_value=-3, max_value=3, max_denominator=50)


@given(FRACTIONS, FRACTIONS, st.booleans(), st.booleans(), st.sampled_from(["ratio", "duration", "number"]))
def test_a_readable_number_lies_in_its_stretch(one, other, low_in, high_in, ty):
    low, high = sorted((one, other))
    stretch = Stretch(low, low_in or low == high, high, high_in or low == high)
    assert stretch.holds(readable(stretch, ty))


@given(st.lists(FRACTIONS, max_size=6), st.lists(FRACTIONS, min_size=1, max_size=6))
def test_a_partition_covers_each_number_of_its_domain_once(cuts, probes):
    domain = Stretch(Fraction(-2), True, Fraction(2), False)
    found = partition(domain, cuts)
    for number in (*probes, *cuts):
        assert sum(one.holds(number) for one in found) == domain.holds(number)


@given(FRACTIONS, FRACTIONS, FRACTIONS, FRACTIONS, st.booleans())
def test_the_larger_and_the_smaller_of_two_lines_are_so_at_each_point(
    start, slope, other_start, other_slope, larger
):
    domain = Stretch(Fraction(0), True, Fraction(1), True)
    one, other = Piece(domain, start, slope), Piece(domain, other_start, other_slope)
    pieces = chosen({("fee",): (one,)}, {("fee",): (other,)}, domain, larger=larger)[("fee",)]
    for x in GRID:
        here = {piece.at(x) for piece in pieces if piece.stretch.holds(x)}
        assert here == {(max if larger else min)(one.at(x), other.at(x))}
