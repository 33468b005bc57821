"""The templates: clean, written the one way, their scenarios hold, each can be started from, and bounds are on the right side."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.opening import open_source
from slalang.pipeline.blanks.templates import names, source_of
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text

FOLDER = Path(__file__).resolve().parents[2] / "stdlib" / "templates"
FILES = sorted(FOLDER.glob("*.sla"))
REPLICATION = (FOLDER / "aws-s3-replication.sla").read_text("utf-8").partition('scenario "')[0]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_template_is_clean_and_its_scenarios_hold(path):
    source = open_source(path)
    collector = Collector()
    checked = check(source, collector)
    assert collector.sorted() == []
    results = list(tried(checked))
    assert results
    assert [(one.scenario.title, one.missed) for one in results if one.missed] == []
    assert format_text(source) == source.text
    chinese = format_text(source, "zh")
    assert format_text(SourceFile("t.sla", chinese), "en") == format_text(source, "en")


def test_every_template_can_be_started_from_and_stands_in_the_table():
    assert set(names()) == {path.stem for path in FILES}
    table = (FOLDER / "README.md").read_text("utf-8")
    for name in names():
        assert source_of(name).text
        assert f"[{name}]({name}.sla)" in table


@pytest.mark.parametrize(
    ("name", "written", "otherwise"),
    [
        # a bound that belongs to the other band moves an amount of a scenario
        ("aws-ec2-instance", "| [95.0%, 99.0%) | 30%", "| [95.0%, 99.0%] | 30%"),
        ("aws-ec2-region", "| [95.0%, 99.0%)  | 30%", "| [95.0%, 99.0%]  | 30%"),
        ("google-compute-engine", "| [95%, 99%) | 25%", "| [95%, 99%] | 25%"),
        ("google-workspace", "| [95.0%, 99.0%) | 7 days", "| [95.0%, 99.0%] | 7 days"),
    ],
)
def test_two_rows_that_share_a_bound_are_found(name, written, otherwise):
    text = (FOLDER / f"{name}.sla").read_text("utf-8")
    assert written in text
    collector = Collector()
    check(SourceFile("t.sla", text.replace(written, otherwise)), collector)
    assert "SLA-E0402" in {item.code for item in collector.sorted()}


@pytest.mark.parametrize(
    ("name", "written", "otherwise"),
    [
        ("aws-ec2-instance", "bins 1 h, > 6 min", "bins 1 h, >= 6 min"),
        ("aws-ec2-instance", "issued only if > 1 USD", "issued only if >= 1 USD"),
        ("aws-ec2-region", "zones_used >= 2", "zones_used >= 1"),
        ("azure-vm-single", "rolling 30 days before", "rolling 29 days before"),
        ("google-workspace", "where ratio <= 5%", "where ratio < 5%"),
        ("google-compute-engine", "bins 1 min, >= 1 min", "bins 1 min"),
    ],
)
def test_a_scenario_tells_when_a_rule_is_written_otherwise(name, written, otherwise):
    text = (FOLDER / f"{name}.sla").read_text("utf-8")
    assert written in text
    checked = check(SourceFile("t.sla", text.replace(written, otherwise)), Collector())
    assert [one for one in tried(checked) if one.missed]


@pytest.mark.parametrize(
    ("late", "credit"),
    [(1, "none"), (2, "4 USD"), (20, "4 USD"), (21, "10 USD"), (50, "10 USD"), (51, "40 USD")],
)
def test_late_objects_of_a_thousand_on_both_sides_of_each_bound(late, credit):
    begun = [f'    2026-03-02 00:00 object o{n} started pair "p"' for n in range(1000)]
    ended = [
        f"    2026-03-02 00:15{':01' if n < late else ''} object o{n} replicated" for n in range(999, -1, -1)
    ]
    bill = '    2026-03-31 12:00 bill b issued pair "p", amount 40 USD'
    facts = "\n".join([*begun, *ended, bill])
    scenario = f'scenario "of a thousand"\n  given\n{facts}\n  as of 2026-04-02 00:00\n  expect ReplicationCredit p 2026-03 is {credit}\n'
    checked = check(SourceFile("t.sla", REPLICATION + scenario), Collector())
    (result,) = tried(checked)
    assert not result.missed


def test_no_template_names_a_host():
    for path in FILES:
        assert not re.search(r"https?://", path.read_text("utf-8"))
