"""Metrics from raw events: what is refused, with code and place counted by hand, and what order and bins become."""

from __future__ import annotations

import pytest

from semantics.checking import DUTY, made, told
from slalang.ir.amounts import BinRatio, TimeOf

BINS = (
    "metric M each month\n  = ratio of errors to requests over probe.sampled in bins of 5 min, mean of bins\n"
)
MEAN = "metric M each month\n  = mean of errors over probe.sampled in bins of 5 min"
CHOICES = "  empty bins : 0%\n  missing data : as empty bins\n"
NO_ACT = DUTY.replace("obligation", "prohibition").replace(
    "within <= 1 h", "not before 1 min\n  within <= 1 h"
)
NO_ACT = NO_ACT.replace("  on reopening : frozen\n", "")
SUM = "metric M each month\n  = sum of (measure of Answer + measure of Other)\n  counted by : start\n"
BOTH = DUTY + DUTY.replace("Answer", "Other") + SUM
ROLLING = """\
metric A each month
  = 1 - time in always / time in always
target T
  Provider owes Customer
  rolling 3 days before outage.started
  holds A >= 5%
"""
DOWN = "signal d\n  any down over outage by agreement\nmetric M each month\n  = time of d\n"


def form(body: str, name: str = "M") -> object:
    return next(item.form for item in made(body).program.metrics if item.name == name)


def test_bins_keep_their_length_sample_and_choices():
    found = form(BINS + CHOICES + "  minimum sample 10\n")
    assert isinstance(found, BinRatio)
    assert (found.bin_us, found.fold, found.minimum_sample) == (300_000_000, "mean", 10)
    assert (found.empty, found.missing) == ("value", "as_empty")


@pytest.mark.parametrize("test", ["<", "<=", ">", ">="])
def test_the_bound_of_a_share_of_bins_is_strict_or_not_as_written(test):
    body = BINS.replace("mean of bins", f"share of bins where ratio {test} 5%")
    assert form(body + "  empty bins : up\n  missing data : absent\n  when none : 100%\n").test == test


@pytest.mark.parametrize(
    ("body", "code", "line", "column"),
    [
        # what becomes of bins with too little, or with nothing in them, is for the contract to say
        (BINS + "  missing data : absent\n  when none : 0%\n", "SLA-E0431", 1, 8),
        (BINS + "  empty bins : up\n", "SLA-E0431", 1, 8),
        # a bin of seven minutes does not begin where the clock's hours do
        (BINS.replace("5 min", "7 min") + CHOICES, "SLA-E0308", 2, 63),
        # errors are not compared with a bound in minutes
        (BINS.replace("mean of bins", "share of bins where ratio < 5 min") + CHOICES, "SLA-E0302", 2, 98),
        # a share of bins has no value for an empty one but up, down or absent
        (BINS.replace("mean of bins", "share of bins where ratio < 5%") + CHOICES, "SLA-E0511", 3, 3),
        # a bin of a percentile has a value and no ratio; a bin of a ratio the other way round
        (MEAN + ", share of bins where ratio < 5\n" + CHOICES, "SLA-E0511", 2, 39),
        (BINS.replace("mean of bins", "time of bins where value > 5%") + CHOICES, "SLA-E0511", 2, 52),
        # its bound is a number of errors
        (MEAN + ", share of bins where value < 5%\n" + CHOICES.replace("0%", "absent") + "  when none : 100%\n", "SLA-E0302", 2, 85),
        # neither up nor down tells how many errors there were
        (MEAN + ", largest of bins\n" + CHOICES.replace("0%", "up"), "SLA-E0511", 3, 3),
        # time is not summed over samples; nor are pieces of pieces cut
        (MEAN.replace("mean of errors", "time of errors") + ", mean of bins\n" + CHOICES, "SLA-E0511", 2, 39),
        (BINS.replace("mean of bins", "time of bins where ratio > 5%") + CHOICES + "  bins 10 min\n", "SLA-E0511", 5, 3),
        (BINS + CHOICES + "  minimum run 10 min\n", "SLA-E0511", 5, 3),
        # a percentile of nothing
        (MEAN + ", percentile 0 of bins\n" + CHOICES.replace("0%", "0"), "SLA-E0308", 2, 5),
        # more than six minutes of five
        (DOWN + "  bins 5 min, > 6 min\n", "SLA-E0308", 5, 15),
        # the order leaves out a step that is taken
        (DOWN + "  minimum run 10 min\n  in the order excluding, period borders\n", "SLA-E0511", 6, 3),
        # a year of a contract without a term
        ("metric M each year of the contract\n  = count of outage.started\n", "SLA-E0501", 1, 1),
        # groups of what has none
        ("metric A each month\n  = count of outage.started\nmetric M each month\n  = sum across groups of A\n",
         "SLA-E0511", 4, 5),
        # a condition on a measure that no metric counts
        (DUTY + "metric M each month\n  = count of Answer where lateness of Answer where true > 0 min\n  counted by : start\n",
         "SLA-E0511", 9, 52),
        # a minimum sample of a mere count
        ("metric M each month\n  = count of outage.started\n  minimum sample 3\n", "SLA-E0511", 3, 3),
        # a window of minutes has no last day
        ("metric M rolling 30 min before outage.started\n  = count of outage.started\n", "SLA-E0308", 1, 1),
        # a window before an event is no schedule of a duty
        (ROLLING, "SLA-E0511", 5, 3),
        # shares do not add up over a year; a year of the contract needs a term
        ("metric A each month\n  = 1 - time in always / time in always\nmetric M each month\n  = earlier this year A\n", "SLA-E0511", 4, 5),
        ("metric A each month\n  = time in always\nmetric M each month\n  = earlier in the contract year A\n", "SLA-E0511", 4, 5),
        # nor are those of three earlier months one sum, also where the sum is asked for by name
        ("metric A each month\n  = 1 - time in always / time in always\nmetric M each month\n  = previous 3 A\n", "SLA-E0511", 4, 5),
        ("metric A each month\n  = 1 - time in always / time in always\nmetric M each month\n  = sum across periods of previous 3 A\n",
         "SLA-E0511", 4, 5),
        # a share of each day has many values in a month
        ("metric A each day\n  = 1 - time in always / time in always\nmetric M each month\n  = A\n", "SLA-E0511", 3, 8),
        # what counts only after seven days cannot be done within six
        (DUTY.replace("within <= 1 h", "not before 2 h\n  within <= 1 h"), "SLA-E0308", 5, 14),
        # nor does a prohibition begin so
        (NO_ACT, "SLA-E0511", 5, 3),
        # no status is called so
        (DUTY + "metric M each month\n  = count of Answer where status of Answer is mett\n  counted by : start\n", "SLA-E0201", 9, 47),
        # a sum over the cases of two rules at once
        (BOTH, "SLA-E0511", 16, 5),
        # a start value is stated, not computed
        ("metric M each month\n  = share met of Answer\n  counted by : start\n  when none : 100%\n  starts as 3 min\n" + DUTY,
         "SLA-E0302", 5, 13),
    ],
)  # fmt: skip
def test_what_a_metric_cannot_be_is_told_at_its_place(body, code, line, column):
    assert told(body) == [(code, line, column)]


def test_the_stated_order_is_kept_and_begins_with_the_exclusions_where_none_are_named():
    found = form(DOWN + "  minimum run 10 min\n  in the order period borders, minimum run\n")
    assert isinstance(found, TimeOf)
    assert found.order == ("excluding", "period_borders", "minimum_run")


def test_bins_of_a_signal_keep_how_long_it_must_hold():
    found = form(DOWN + "  bins 1 h, > 6 min\n")
    assert isinstance(found, TimeOf)
    assert (found.bin_us, found.bin_least_us, found.bin_strict) == (3_600_000_000, 360_000_000, True)


def test_a_word_beside_status_of_is_the_status_whatever_else_bears_its_name():
    named = (
        "signal broken\n  from outage.started until outage.ended\nmetric Out each month\n  = time of broken\n"
    )
    counts = "metric M each month\n  = count of Answer where status of Answer {}\n  counted by : start\n"
    for asked in ("is broken", "is not broken", "is one of broken, met"):
        assert told(named + DUTY + counts.format(asked)) == []
