"""Every test that docs/legal-methods names exists, in both languages, and every scenario of its contracts is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("legal-methods.md", "legal-methods.zh.md")
COUNTING = ROOT / "tests" / "contracts" / "counting"


def named(page: str) -> list[str]:
    return re.findall(r"`([\w./]+::[^`]+)`", (ROOT / "docs" / page).read_text(encoding="utf-8").replace("`文件::名称`", "").replace("`file::name`", ""))  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_test_that_is_named_exists(page):
    found = named(page)
    assert len(found) > 40
    for name in found:
        file, _, test = name.partition("::")
        if test.startswith('"'):
            text = (COUNTING / f"{file}.sla").read_text(encoding="utf-8")
            assert f"scenario {test}\n" in text, name
        else:
            text = (ROOT / file).read_text(encoding="utf-8")
            assert re.search(rf"^def {test}\(", text, re.MULTILINE), name


def test_both_languages_name_the_same_tests():
    assert named(PAGES[0]) == named(PAGES[1])


def test_every_scenario_of_the_counting_contracts_stands_beside_a_rule():
    told = set(named(PAGES[0]))
    for path in COUNTING.glob("*.sla"):
        for title in re.findall(r'^scenario ("[^"]+")$', path.read_text(encoding="utf-8"), re.MULTILINE):
            assert f"{path.stem}::{title}" in told
