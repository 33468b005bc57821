"""Every counting rule inside a contract: each scenario's dates are counted by hand beside it, and hold in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.opening import open_source
from slalang.pipeline.journey import check
from slalang.pipeline.scenarios import tried
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text

CONTRACTS = sorted((Path(__file__).parent / "counting").glob("*.sla"))


def missed(source):
    collector = Collector()
    checked = check(source, collector)
    assert {one.code for one in collector.sorted()} <= {
        "SLA-L0301"
    }  # the end of the month decides: meant here
    results = list(tried(checked))
    assert results
    return [(one.scenario.title, one.missed) for one in results if one.missed]


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.stem)
def test_days_are_counted_as_the_conventions_say(path):
    source = open_source(path)
    assert format_text(source) == source.text
    assert missed(source) == []
    assert missed(SourceFile(path.name, format_text(source, "zh"))) == []
