"""Rights and life over two versions of a contract, dated parties, and constraints before a run: values worked out by hand."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.engine.life.parties import Parties
from slalang.engine.run import Run
from slalang.engine.settings import FOREVER, Settings, Version
from slalang.events.event import Event
from slalang.events.registers import Registers
from slalang.ir.program import Party
from slalang.outcome.records import Receipt
from slalang.pipeline.journey import check
from slalang.pipeline.running import Asked
from slalang.pipeline.running import Run as Loaded
from slalang.source.text import SourceFile
from slalang.values import instant

RECEIPT = Receipt((), "", (), "", (), (), "0", 0, (), 0, 0, 0)
TEXT = """\
contract "Two" version "{version}"
use std.agreements
time zone Asia/Shanghai
currency CNY
counting calendar_days
{lines}party Provider
party Customer
term from 2026-01-01 until 2026-12-31
right Leave of Customer
  against Provider
  exercised by notice.given where kind is "leave"
  effect ends the contract after {days} days
"""
SECOND = 'effective from 2026-06-01\nsupersedes "1"\n'


def at(text):
    return instant.parse(text.replace(" ", "T") + ":00+08:00")


def program(version, days, lines=""):
    collector = Collector()
    found = check(SourceFile("t.sla", TEXT.format(version=version, days=days, lines=lines)), collector)
    assert found is not None, collector.sorted()
    return found.program


def outcome(facts, until, versions):
    run = Run(versions, Registers(), Settings(at(until)))
    run.feed(sorted(facts, key=lambda one: one.order))
    return run.outcome(RECEIPT)


def notice(when, kind):
    return Event(f"n {when}", "notice.given", "N", at(when), {"kind": kind})


def amended(*, known_from=""):
    june = at("2026-06-01 00:00")
    lines = SECOND + (f'known from {known_from}\nretroactive "agreed"\n' if known_from else "")
    return [Version(program("1", 10), -FOREVER, june), Version(program("2", 20, lines), june, FOREVER)]


@pytest.mark.parametrize(
    ("used", "version", "effective"),
    [
        ("2026-05-30 10:00", "1", "2026-06-10 00:00"),  # ten days from 30 May end with 9 June
        ("2026-06-02 10:00", "2", "2026-06-23 00:00"),  # twenty days from 2 June end with 22 June
    ],
)
def test_a_right_of_two_versions_is_one_and_has_the_effect_of_the_one_it_was_used_under(
    used, version, effective
):
    found = outcome(
        [notice(used, "leave"), notice("2026-06-05 10:00", "leave")], "2026-07-01 00:00", amended()
    )
    (state,) = found.rights
    assert (state.status, state.version, state.effective_at) == ("exercised", version, at(effective))
    # The second notice has no effect, under whichever version.
    assert [one.code for one in found.faults] == ["SLA-E0703"]


def test_as_of_a_day_before_it_was_known_a_version_governs_nothing():
    used = [notice("2026-06-02 10:00", "leave")]
    (before,) = outcome(used, "2026-07-31 23:00", amended(known_from="2026-08-01")).rights
    (after,) = outcome(used, "2026-08-01 00:00", amended(known_from="2026-08-01")).rights
    assert (before.version, before.effective_at) == ("1", at("2026-06-13 00:00"))  # ten days from 2 June
    assert (after.version, after.effective_at) == ("2", at("2026-06-23 00:00"))


PARTIES = (
    Party("Seller"),
    Party("Buyer", until="2026-06-30"),
    Party("Heir", since="2026-07-01", succeeds="Buyer"),
    Party("Grandheir", since="2026-09-01", succeeds="Heir"),
)


@pytest.mark.parametrize(
    ("by", "when", "acts"),
    [
        ("Buyer", "2026-06-30 23:59", True),
        ("Heir", "2026-06-30 23:59", False),
        ("Buyer", "2026-07-01 00:00", False),
        ("Heir", "2026-07-01 00:00", True),
        ("Heir", "2026-09-01 00:00", False),
        ("Grandheir", "2026-09-01 00:00", True),
        ("Seller", "2026-06-01 00:00", False),
        ("a carrier", "2026-06-01 00:00", True),
    ],
)
def test_who_acts_for_the_buyer(by, when, acts):
    zone = Run([Version(program("1", 10))], Registers(), Settings(0)).worlds[0].zone
    assert Parties(PARTIES, zone).acts_for(by, ("Buyer",), at(when)) is acts


CONSTRAINED = """\
contract "Fees" version "1"
use std.agreements
time zone Asia/Shanghai
currency CNY
parameter monthly : money
parameter yearly : money
constraint FeesAgree
  = yearly is monthly × 12
"""


def test_a_run_is_refused_where_bound_values_do_not_agree(tmp_path):
    contract, facts = tmp_path / "fees.sla", tmp_path / "facts.jsonl"
    contract.write_text(CONSTRAINED, "utf-8")
    facts.write_text(
        '{"id": "1", "type": "agreement.signed", "subject": "A-1", "time": "2026-03-01T00:00:00+08:00"}\n',
        "utf-8",
    )
    asked = Asked((str(contract),), (str(facts),), settings=("monthly=100 CNY", "yearly=1000 CNY"))
    with pytest.raises(Stop) as refused:
        Loaded(asked, Collector())
    (found,) = refused.value.diagnostics
    assert (found.code, found.name, found.left, found.right) == (
        "SLA-E0735", "FeesAgree", "1000 CNY", "1200 CNY",
    )  # fmt: skip
    fits = Asked((str(contract),), (str(facts),), settings=("monthly=100 CNY", "yearly=1200 CNY"))
    with Loaded(fits, Collector()) as run:
        assert [one.status for one in run.outcome().constraints] == ["met"]
