"""A bare word beside a text: a name, or data in quotes, and never a guess."""

from __future__ import annotations

import pytest

from slalang.diagnostics.collector import Collector
from slalang.pipeline.journey import check
from slalang.source.text import SourceFile

TEXT = """\
contract "Words" version "1"
use std.plain
time zone Asia/Shanghai
currency CNY
conventions std.plain
party C
party O
let brand = "the brand"
entity harm
event harm.established
  field what : text
penalty Damages for each event harm.established where what is {word}
  O owes C
  amount = 5 CNY
"""


@pytest.mark.parametrize(
    ("word", "codes", "quoted"),
    [
        ('"users"', [], ""),
        ("brand", [], ""),
        (
            "brant",
            [("SLA-E0201", 12, 63)],
            "brant",
        ),  # a slip: it used to be the text `brant`, which never comes
        ("users", [("SLA-E0201", 12, 63)], "users"),
    ],
)
def test_a_word_of_the_data_stands_in_quotes(word, codes, quoted):
    collector = Collector()
    check(SourceFile("t.sla", TEXT.format(word=word)), collector)
    found = collector.sorted()
    assert [(one.code, one.at.line, one.at.column) for one in found if one.code != "SLA-L0201"] == codes
    assert [one.field_values()["quoted"] for one in found if one.code != "SLA-L0201"] == (
        [quoted] if codes else []
    )
