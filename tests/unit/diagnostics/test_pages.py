"""A page of a code shows what a contract fills in as such, and no placeholder of the program."""

from __future__ import annotations

import re

import pytest

from slalang.cli.codes import classes
from slalang.diagnostics.pages import page, title
from slalang.semantics.errors.policies import ChoiceMissing


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_page_shows_a_placeholder(language):
    every = list(classes())
    for message in every:
        prose = re.sub(r"```.*?```", "", page(message.code, every, language) or "", flags=re.DOTALL)
        assert not re.search(r"\{\w+\}", prose), message.code


def test_what_is_filled_in_is_marked():
    assert title(ChoiceMissing, "en") == "choice not stated: ‹what›"
    said = page("E0431", [ChoiceMissing]) or ""
    assert said.startswith("# SLA-E0431: choice not stated: ‹what›\n")
    assert "Seen: `‹rule›` needs it, because ‹because›" in said
