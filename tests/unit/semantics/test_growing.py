"""Signals that time moves: what they become in the IR, and where they are refused."""

from __future__ import annotations

import pytest

from semantics.checking import HEAD as HEAD_OF_ALL
from semantics.checking import checked, made, told
from slalang.diagnostics import as_text
from slalang.ir.expressions import Const
from slalang.ir.facts import DaysLate, Lasting

HEAD = """entity line
event line.down
event line.up
signal broken for each line
  from line.down until line.up
signal level for each line
  running count of line.down
obligation Fix
  for each line
  Provider owes Customer
  from line.down until line.up
  clock always
  within <= 4 h
"""


def form(line, head="signal s for each line"):
    program = made(f"{HEAD}{head}\n  {line}\n").program
    return next(one for one in program.signals if one.name == "s")


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("running time of broken each month > 4 h", Lasting("broken", Const("duration", "14400000000"), True, "month")),
        ("累计时长取自 broken >= 30 min", Lasting("broken", Const("duration", "1800000000"), False)),
        ("running time of broken each 2 weeks >= 1 h", Lasting("broken", Const("duration", "3600000000"), False, "week", 2)),
    ],
)  # fmt: skip
def test_running_time_is_true_from_a_bound_on(line, found):
    assert form(line).form == found
    assert form(line).type == "bool"


def test_running_days_late_count_open_cases():
    found = form("running days late of Fix, closed cases too")
    assert isinstance(found.form, DaysLate)
    assert found.form.closed
    assert {what for _, what in found.form.events.derived} == {"breach", "discharge", "relief", "relapse"}
    assert found.type == "integer"
    assert not form("累计迟延天数取自 Fix", "signal s").form.closed


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("running time of broken < 4 h", "SLA-E0511", 26),  # never reached by time
        ("running time of broken > 4", "SLA-E0302", 28),  # four of what
        ("running time of level > 4 h", "SLA-E0302", 19),  # a count is neither true nor false
        ("running time of nothing > 4 h", "SLA-E0217", 19),
        ("running time of broken each Monday > 4 h", "SLA-E0511", 3),
        ("running days late of Nobody", "SLA-E0218", 24),
    ],
)
def test_what_time_cannot_reach_is_refused(line, code, column):
    body = f"{HEAD}signal s for each line\n  {line}\n"
    number = body[: body.index(line)].count("\n") + 1
    assert (code, number, column) in told(body)


@pytest.mark.parametrize("head", ["standing duty Always\n  each month\n  Provider owes Customer\n  holds not quiet", "prohibition Never\n  for each line\n  Provider owes Customer\n  from line.up until line.down\n  clock always\n  within <= 1 h"])  # fmt: skip
def test_only_what_has_a_deadline_is_late(head):
    name = head.split()[2] if head.startswith("standing") else head.split()[1].strip()
    body = f"{HEAD}signal quiet\n  from line.down until line.up\n{head}\nsignal s\n  running days late of {name}\n"
    assert "SLA-E0511" in [code for code, _, _ in told(body)]


@pytest.mark.parametrize(
    "effect", ["clock stands still while broken_at_all", "excused when broken_at_all, extend"]
)
@pytest.mark.parametrize(
    "rule",
    [
        "prohibition Never\n  each month\n  Provider owes Customer\n  until line.down\n  by end of the month\n  standstill of days : nothing\n",
        "metric M each month\n  = count of line.down\ntarget Never\n  each month\n  Provider owes Customer\n  holds M <= 1\n",
    ],
)
def test_nothing_moves_what_has_no_deadline(rule, effect):
    held = "signal broken_at_all\n  from line.down until line.up\n"
    body = f"{HEAD}{held}{rule}exception E to Never\n  {effect}\n"
    line = body[: body.index(" Never\n")].count("\n") + 1
    column = body.splitlines()[line - 1].index("Never") + 1
    assert ("SLA-E0511", line, column) in told(body)


def test_days_late_in_a_signal_are_refused_with_the_line_that_runs():
    body = f"{HEAD}signal s for each line\n  = days late of Fix > 10\n"
    (found,) = [one for one in checked(HEAD_OF_ALL + body)[1] if one.severity == "error"]
    assert (found.code, found.at.line, found.at.column) == ("SLA-E0511", (HEAD_OF_ALL + body).count("\n"), 5)
    assert "`running days late of Fix`" in as_text.message(found, "en")
    assert "`累计迟延天数取自 Fix`" in as_text.message(found, "zh")
