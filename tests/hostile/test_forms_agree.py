"""Two ways to the same thing agree: formatted and as written, in one language and in the other."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

CONTRACTS = Path(__file__).parents[2] / "contracts"


TEXTS = sorted(path.relative_to(CONTRACTS).as_posix() for path in CONTRACTS.glob("*/*.sla"))


def test_there_are_contracts():
    assert len(TEXTS) >= 5


@pytest.mark.parametrize("name", TEXTS)
def test_formatting_changes_nothing_that_counts(slalang, tmp_path, name):
    # Beside a copy of its neighbours: a contract may name the file of another under which it buys.
    folder = tmp_path / "contracts"
    shutil.copytree((CONTRACTS / name).parent, folder)
    path = folder / Path(name).name
    once, other, back = (folder / each for each in ("once.sla", "other.sla", "back.sla"))
    own, foreign = ("zh", "en") if name.endswith((".zh.sla", ".cn.sla")) else ("en", "zh")
    assert slalang("fmt", path, "-o", once).code == 0
    assert slalang("fmt", once, "--to", foreign, "-o", other).code == 0
    assert slalang("fmt", other, "--to", own, "-o", back).code == 0
    assert once.read_bytes() == back.read_bytes()
    assert other.read_bytes() != once.read_bytes()
    # Hash and findings are of the meaning: the text as it stands, and the same in the other language.
    shown = [slalang("show", "hash", each) for each in (path, other)]
    # A faithful encoding may hold mistakes of the paper's own: then there is no hash, in either language.
    assert shown[0].code in ({0, 2} if "faithful" in name or "as-written" in name else {0})
    assert (shown[0].code, shown[0].out) == (shown[1].code, shown[1].out)
    kinds = [
        sorted(code for code, _ in slalang("check", each, "--format", "json").found())
        for each in (path, other)
    ]
    assert kinds[0] == kinds[1]


def test_both_languages_say_what_each_says(slalang, contract_b, tmp_path):
    path = tmp_path / "bad.sla"
    path.write_text(contract_b.read_text("utf-8").replace("priority", "prority", 1), "utf-8")
    english, chinese, both = (slalang("check", path, "--lang", each).out for each in ("en", "zh", "both"))
    assert set(english.splitlines()) | set(chinese.splitlines()) == set(both.splitlines())
