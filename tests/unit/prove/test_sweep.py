"""The sweep finds exactly the gaps, overlaps, dead rows and signs that arithmetic with a pencil finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.source.text import SourceFile

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Diagnostic

HEAD = """\
contract "T" version "1"
use std.plain, std.tickets
time zone UTC
currency USD
counting exact
conventions std.plain
party P "p"
party C "c"
levels priority = High > Low
parameter fee : money, at least 0 USD
clause 1 "x"
  obligation Answer
    for each ticket
    P owes C
    from opened until first responded
    clock always
    within <= 1 h
    on reopening : frozen
  metric Rate each month
    = share met of Answer
    counted by : deadline
    when none : 100%
"""


def found(body: str) -> list[Diagnostic]:
    """What the proofs say of a credit; what the checker says otherwise would be a mistake of the test."""
    collector = Collector()
    checked = check(SourceFile("t.sla", HEAD + body), collector)
    assert checked is not None or collector.has_errors
    return [item for item in collector.sorted() if item.code[5:8] == "040" or item.code[4] == "E"]


def credit(*rows: str, extra: str = "") -> str:
    table = "\n".join(f"      | {row} |" for row in rows)
    return (
        "  credit Back each month\n    P owes C\n    amount\n      | Rate | = fee × |\n"
        f"{table}\n{extra}    posted : same period\n"
    )


def codes(body: str) -> list[str]:
    return [item.code for item in found(body)]


# The table of the AWS contract, clause 4.2, under four readings of its bounds: gaps and overlaps worked out by hand.
READINGS = [
    ("both ends", ("[95%, 99%] | 5%", "[90%, 95%] | 10%", "< 90% | 15%"), ["(99%, 100%]"], ["95%"]),
    ("lower end", ("[95%, 99%) | 5%", "[90%, 95%) | 10%", "< 90% | 15%"), ["[99%, 100%]"], []),
    ("upper end", ("(95%, 99%] | 5%", "(90%, 95%] | 10%", "< 90% | 15%"), ["90%", "(99%, 100%]"], []),
    ("no end", ("(95%, 99%) | 5%", "(90%, 95%) | 10%", "< 90% | 15%"), ["90%", "95%", "[99%, 100%]"], []),
]


@pytest.mark.parametrize(
    ("rows", "gaps", "overlaps"), [row[1:] for row in READINGS], ids=[row[0] for row in READINGS]
)
def test_the_credit_table_under_four_readings(rows, gaps, overlaps):
    told = found(credit(*rows))
    assert sorted(regions(told, "SLA-E0401")) == sorted(f"`Rate` {gap}" for gap in gaps)
    assert regions(told, "SLA-E0402") == [f"`Rate` {overlap}" for overlap in overlaps]


def regions(told: list[Diagnostic], code: str) -> list[str]:
    return [item.field_values()["region"].en for item in told if item.code == code]


def test_a_whole_table_has_nothing_to_tell():
    assert codes(credit("(99%, 100%] | 0%", "(95%, 99%] | 5%", "[90%, 95%] | 10%", "< 90% | 15%")) == []


def test_the_witness_of_a_gap_is_a_short_number_at_its_edge():
    (gap,) = found(credit("[95%, 99%] | 5%", "< 95% | 15%"))
    assert gap.field_values()["witness"] == "`Rate` 99.1%"


def test_an_overlap_points_at_both_rows():
    (overlap,) = found(credit("[95%, 100%] | 0%", "<= 95% | 15%"))
    lines = [HEAD.count("\n") + 6, HEAD.count("\n") + 5]
    assert overlap.at.line == lines[0]
    assert [span.line for span, _ in overlap.further("en")] == [lines[1]]


def test_a_row_outside_the_domain_never_applies():
    told = found(credit("[0%, 100%] | 0%", "> 100% | 15%"))
    assert [(item.code, item.at.line) for item in told] == [("SLA-E0404", HEAD.count("\n") + 6)]


def test_a_formula_that_kept_the_other_plans_constant_goes_negative():
    """Hosting contract, Enterprise: (99% - u) / 0.9% × 50% on [98.5%, 99.5%): zero at 99%, -5/18 = -27.8% at 99.5%."""
    rows = ("< 98.5% | 100%", "[98.5%, 99.5%) | (99% - Rate) / 0.9% × 50%", ">= 99.5% | 0%")
    told = {item.code: item for item in found(credit(*rows)) if item.code == "SLA-E0405"}
    values = told["SLA-E0405"].field_values()
    assert values["region"].en == "`Rate` (99%, 99.5%)"
    assert values["witness"] == "`Rate` 99.1%: ≈ -5.56% × fee"  # (99 - 99.1) / 0.9 × 50 % = -5.555… %


def test_the_right_constant_is_neither_negative_nor_above_the_fee_but_jumps_at_the_lower_end():
    """(99.5% - u) / 0.9% × 50%: at 98.5% it is 5/9 = 55.6% of the fee, and 100% just below."""
    rows = ("< 98.5% | 100%", "[98.5%, 99.5%) | (99.5% - Rate) / 0.9% × 50%", ">= 99.5% | 0%")
    (jump,) = found(credit(*rows))
    values = jump.field_values()
    assert (jump.code, values["edge"], values["below"], values["above"]) == (
        "SLA-L0401",
        "98.5%",
        "100% × fee",
        "≈ 55.56% × fee",
    )


def test_a_floor_keeps_an_amount_from_going_negative():
    rows = ("< 99% | 100%", ">= 99% | (99% - Rate) × 50%")
    assert "SLA-E0405" in codes(credit(*rows))
    assert "SLA-E0405" not in codes(credit(*rows, extra="    at least 0 USD\n"))
    capped = ("< 99% | 100%", ">= 99% | max(0%, (99% - Rate) × 50%)")
    assert "SLA-E0405" not in codes(credit(*capped))


def test_a_credit_above_its_fee_and_one_that_rises_are_warned_of():
    """(200% - u) is 200 % of the fee at u = 0; 1% × u grows with the service."""
    assert "SLA-E0406" in codes(credit("any | 200% - Rate"))
    rises = found(credit("< 50% | 1%", ">= 50% | 2%"))
    assert "SLA-L0402" in [item.code for item in rises]


def test_tiers_that_are_swapped_are_told_with_both_rows_also_beside_another_figure():
    """A month at 70 % and more gets 10 %, a worse one 5 %: rows three and four are swapped.

    With the 3 % of the second figure on top the amounts are 13 % and 8 % in one of its cases, 10 % and 5 % in the other.
    """
    tiers = "  table t\n    | Rate | = share |\n    | >= 90% | 0% |\n    | [70%, 90%) | 10% |\n    | < 70% | 5% |\n"
    second = (
        "  metric Other each month\n    = share met of Answer\n    counted by : start\n    when none : 100%\n"
    )
    for extra in ("", " + fee × (if Other < 99% then 3% else 0%)"):
        body = f"{second}{tiers}  credit C each month\n    P owes C\n    amount = fee × t.share{extra}\n    posted : same period\n"
        rises = [item for item in found(body) if item.code == "SLA-L0402"]
        assert [(item.at.text, item.worse.text) for item in rises] == [
            ("| [70%, 90%) | 10% |", "| < 70% | 5% |")
        ]
        right = found(
            body.replace("| 10% |", "| x |").replace("| 5% |", "| 10% |").replace("| x |", "| 5% |")
        )
        assert [item.code for item in right if item.code == "SLA-L0402"] == []


def test_a_missing_level_is_named():
    body = "  table t\n    | priority | = pay |\n    | High | <= 1 h |\n"
    assert regions(found(body + duty("t.pay")), "SLA-E0401") == ["`priority` Low"]


def duty(limit: str) -> str:
    return (
        "  obligation Other\n    for each ticket\n    P owes C\n    from opened until first responded\n    clock always\n"
        f"    within {limit}\n    on reopening : frozen\n    on change of priority : from the start\n"
        "    after a relaxed limit : the breach stands\n"
    )


def test_two_inputs_are_swept_as_a_product():
    body = (
        '  parameter plan : text, one of "A", "B"\n  credit Back each month\n    P owes C\n    amount\n'
        '      | plan | Rate | = fee × |\n      | "A" | any | 0% |\n      | "B" | < 90% | 5% |\n'
        "    posted : same period\n"
    )
    (gap,) = [item for item in found(body) if item.code == "SLA-E0401"]
    assert gap.field_values()["region"].en == '`plan` "B" and `Rate` [90%, 100%]'


def overridden(share: str, other: str) -> list[str]:
    return codes(
        f"  parameter vip : bool\n  credit Back each month\n    P owes C\n    amount = fee × ({share} - Rate)\n"
        f"    posted : same period\n  exception Favour to Back\n    when vip\n    amount = fee × {other}\n"
    )


def test_an_amount_is_looked_at_with_and_without_its_exception():
    """90 % - u is negative above 90 %; 150 % of the fee, for the favoured, is more than the fee."""
    assert overridden("100%", "50%") == []
    assert overridden("90%", "50%") == ["SLA-E0405"]
    assert overridden("100%", "150%") == ["SLA-E0406"]


def test_two_exceptions_of_equal_rank_clash_only_where_both_can_hold_and_disagree():
    def clash(one: str, other: str, value: str = "7 USD") -> list[str]:
        return codes(
            f"  let base = 9 USD\n  exception A to base\n    when {one}\n    = 7 USD\n"
            f"  exception B to base\n    when {other}\n    = {value}\n"
            "  credit Back each month\n    P owes C\n    amount = base\n    posted : same period\n"
        )

    assert clash("fee > 100 USD", "fee > 200 USD", "8 USD") == ["SLA-E0403"]
    assert clash("fee > 100 USD", "fee > 200 USD") == []  # they agree
    assert clash("fee > 100 USD", "fee <= 100 USD", "8 USD") == []  # never both
    assert clash("fee >= 100 USD", "fee <= 100 USD", "8 USD") == ["SLA-E0403"]  # at exactly 100


def test_the_witness_of_a_clash_holds_in_both():
    body = (
        "  let base = 9 USD\n  exception A to base\n    when fee >= 100 USD\n    = 7 USD\n"
        "  exception B to base\n    when fee <= 100 USD\n    = 8 USD\n"
        "  credit Back each month\n    P owes C\n    amount = base\n    posted : same period\n"
    )
    (clash,) = found(body)
    assert clash.field_values()["witness"] == "`fee` 100 USD"


def test_what_cannot_be_decided_is_said_and_does_not_pass():
    """A credit that slides with the square of the rate is not linear."""
    body = (
        "  credit Back each month\n    P owes C\n    amount = fee × Rate × Rate\n    posted : same period\n"
    )
    collector = Collector()
    check(SourceFile("t.sla", HEAD + body), collector)
    assert [(item.code, item.at.line - HEAD.count("\n")) for item in collector.sorted()] == [("SLA-L0403", 1)]


def test_first_row_that_applies_hides_the_rows_below():
    rows = ("any | 1%", "< 90% | 5%")
    table = "\n".join(f"    | {row} |" for row in rows)
    body = f"  table t\n    | Rate | = share |\n{table}\n    rows : first applies\n  let x = t.share\n"
    assert [(item.code, item.at.line - HEAD.count("\n")) for item in found(body)] == [("SLA-E0404", 4)]


RUNNING = """\
event ticket.billed
event ticket.paid
signal bills
  running count of ticket.billed
{less}fee Beyond each month
  P owes C
  amount = 1 USD × bills
  posted : same period
  read at : period end
"""


@pytest.mark.parametrize(
    ("less", "codes"), [("", []), ("  less count of ticket.paid\n", ["SLA-E0405"])]
)  # a count is never below 0; one from which something is taken may be
def test_a_count_is_never_negative(less, codes):
    assert [item.code for item in found(RUNNING.format(less=less))] == codes


BALANCE = """\
event ticket.billed
  field cost : money
  metric Balance each month
    = 100 USD - sum of (cost of ticket.billed)
  fee Beyond each month
    P owes C
    when Balance < 0 USD
    amount = {amount}
    posted : same period
"""


@pytest.mark.parametrize(
    ("amount", "codes"),
    [
        ("-Balance", []),
        ("0 USD - Balance", []),
        ("Balance", ["SLA-E0405"]),
        ("1 USD + Balance", ["SLA-E0405"]),
    ],
)
def test_a_balance_may_be_below_nothing(amount, codes):
    # Owed only where the balance is below nothing: its opposite is above nothing there, itself is not.
    body = BALANCE.format(amount=amount)
    head, rest = body.split("  metric", 1)
    collector = Collector()
    check(SourceFile("t.sla", HEAD.replace("clause 1", head + "clause 1") + "  metric" + rest), collector)
    assert [one.code for one in collector.sorted() if one.severity == "error"] == codes


LATE_FEE = """\
  penalty Late for each breach of Answer
    P owes C
    amount
      | lateness of Answer | = fee × |
      | <= 30 min          | {}      |
      | (30 min, 2 h]      | {}      |
      | > 2 h              | {}      |
"""


def test_an_amount_that_falls_while_the_lateness_grows_is_warned_of_with_both_rows():
    """10 %, 50 %, 100 % grow with the lateness; 5 % in the second row, or rows one and two swapped, do not."""
    told = {
        shares: [item for item in found(LATE_FEE.format(*shares)) if item.code == "SLA-L0406"]
        for shares in (
            ("10%", "50%", "100%"),
            ("10%", "5%", "100%"),
            ("50%", "10%", "100%"),
            ("5%", "5%", "5%"),
        )
    }
    assert told["10%", "50%", "100%"] == told["5%", "5%", "5%"] == []
    for high, low in (("10%", "5%"), ("50%", "10%")):
        (item,) = told[high, low, "100%"]
        assert (item.milder.text.split()[-2], item.at.text.split()[-2]) == (high, low)
        assert (item.high, item.from_, item.low) == (f"{high} × fee", "30 min", f"{low} × fee")
        assert (item.beyond.en, item.severity) == ("just above it", "warning")


def test_an_amount_that_slides_down_with_the_days_late_is_warned_of():
    """50 − 1 for each day is 49 after a day, and nothing after 50; what a floor keeps level falls before it."""
    body = "  penalty Late for each breach of Answer\n    P owes C\n    amount = max(50 USD - 1 USD × days late of Answer, 0 USD)\n"
    (item,) = [item for item in found(body) if item.code == "SLA-L0406"]
    assert item.beyond.en == "at 50"
    assert [
        one.code for one in found(body.replace("50 USD - 1", "50 USD + 1")) if one.code == "SLA-L0406"
    ] == []


def test_two_rows_that_contradict_each_other_show_what_they_give_of_a_field():
    body = """\
entity slip
event slip.made
  field worth : money
  field score : number
fee F for each event slip.made
  C owes P
  amount
    | score  | = worth × |
    | <= 10  | 5%        |
    | >= 10  | 10%       |
"""
    (item,) = [one for one in found(body) if one.code == "SLA-E0402"]
    assert (item.one, item.other) == ("5% × worth", "10% × worth")


SWAPPED = """\
  metric Opened each month
    = count of ticket.opened
{target}
  {sort} Paid each month
    P owes C
    amount
{rows}
    posted : same period
"""
FEW = "  target Few\n    P owes C\n    each month\n    holds {0}\n"
BY_SHARE = "      | Rate | = fee × |\n      | [99%, 100%] | {0} |\n      | < 99% | {1} |"
BY_COUNT = "      | Opened | = fee × |\n      | <= 3 | {0} |\n      | (3, 5] | {1} |\n      | > 5 | {2} |"


@pytest.mark.parametrize(
    ("sort", "target", "rows", "codes"),
    [
        pytest.param("penalty", "", BY_SHARE.format("10%", "0%"), ["SLA-L0402"], id="a perfect month costs 10 %"),
        pytest.param("credit", "", BY_SHARE.format("10%", "0%"), ["SLA-L0402"], id="so of a credit"),
        pytest.param("penalty", "", BY_SHARE.format("0%", "10%"), [], id="the right way round"),
        pytest.param("fee", "", BY_SHARE.format("10%", "0%"), [], id="a fee for success"),
        pytest.param("penalty", FEW.format("Opened <= 3"), BY_COUNT.format("10%", "5%", "0%"), ["SLA-L0407"], id="fewer cost more"),
        pytest.param("credit", FEW.format("3 >= Opened"), BY_COUNT.format("0%", "5%", "10%"), [], id="more cost more"),
        pytest.param("credit", FEW.format("Opened >= 3"), BY_COUNT.format("0%", "5%", "10%"), ["SLA-L0402"], id="more is better, and costs more"),
        pytest.param("credit", "", BY_COUNT.format("10%", "5%", "0%"), [], id="nobody says which end is the worse"),
        pytest.param("credit", "", BY_COUNT.format("0%", "10%", "5%"), ["SLA-L0408"], id="up and down"),
        pytest.param("credit", FEW.format("Opened <= 3"), BY_COUNT.format("0%", "10%", "5%"), ["SLA-L0407"], id="up and down, and a target says which end"),
    ],
)  # fmt: skip
def test_a_swapped_table_is_warned_of(sort, target, rows, codes):
    body = SWAPPED.format(sort=sort, target=target, rows=rows)
    warned = {"SLA-L0402", "SLA-L0406", "SLA-L0407", "SLA-L0408"}
    assert [item.code for item in found(body) if item.code in warned] == codes
