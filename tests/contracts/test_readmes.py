"""The tables of the contracts' READMEs say what is so: each rule stands in its clause, each reading is there, each row has its scenarios."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

CONTRACTS = Path(__file__).resolve().parents[2] / "contracts"
FOLDERS = sorted(
    path.parent.name
    for path in CONTRACTS.glob("*/README.md")
    if re.search(r"^\| [A-H]\d+ \|", path.read_text("utf-8"), re.MULTILINE)
)
DECLARES = re.compile(
    r"\s*(?:obligation|prohibition|standing duty|target|metric|measured|credit|penalty|fee|rebate|interest|reading|right|table|let|signal"
    r"|exception|constraint|parameter|open word|calendar|payments|chain|cap|levels|entity|event) ([A-Za-z_][\w.]*)"
)
# Policy lines, head lines, files and commands that a table names beside rules.
OTHER = re.compile(r"[a-z]+(?: [a-z]+)+|term|renews|custom_level|[\w/.-]+\.(?:py|sla|csv)|std\.\w+|ticket")


class Text:
    """What a contract's text declares, by clause, and its scenarios."""

    def __init__(self, folder: str) -> None:
        self.clauses: dict[str, set[str]] = {}
        self.readings: set[str] = set()
        self.scenarios: dict[str, str] = {}
        for path in sorted((CONTRACTS / folder).glob("*.sla")):
            if path.name in {"contract.sla", "cloud.sla", "network.sla"}:
                self._read(path.read_text("utf-8"))

    def _read(self, text: str) -> None:
        clause, title = "", ""
        for line in text.splitlines():
            if line.startswith("clause "):
                clause = line[7:].partition('"')[0].strip()
            elif found := re.match(r'\s*scenario "(.*)"', line):
                title = found[1]
                self.scenarios[title] = ""
                continue
            elif found := DECLARES.match(line):
                self.clauses.setdefault(found[1], set()).add(clause)
                if line.strip().startswith("reading "):
                    self.readings.add(found[1])
            if title:
                self.scenarios[title] += line + "\n"


def rows(folder: str) -> list[list[str]]:
    text = (CONTRACTS / folder / "README.md").read_text("utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| (?:[A-H]\d+|–)? *\|", line)
    ]


def parts(number: str) -> list[str]:
    return re.findall(r"\d+|[A-Z]", number)


def covers(cell: str, clause: str) -> bool:
    """Whether a cell such as `2.5, 4.3`, `1.1–1.7` or `12, 27 to 29` names a clause, or one that it is a part of."""
    if cell == "all" or not clause:
        return True
    for one in re.split(r",| and ", cell):
        first, _, last = one.strip().replace("–", " to ").partition(" to ")
        low, high, own = ([int(x) for x in parts(n) if x.isdigit()] for n in (first, last or first, clause))
        if low <= own[: len(low)] and own[: len(high)] <= high:
            return True
    return False


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_table_is_true(folder: str) -> None:
    text, wrong = Text(folder), []
    for row, clause, *cells in rows(folder):
        names = re.findall(r"`([^`=]+)(?:=[^`]*)?`", " ".join(cells))
        for name in names:
            if name not in text.clauses:
                if not OTHER.fullmatch(name):
                    wrong.append(f"{row}: nothing is called {name}")
            elif not any(covers(clause, one) for one in text.clauses[name]):
                wrong.append(f"{row}: {name} does not stand in {clause}")
        told = bool(row) and re.match(rf"{row}\b", cells[-1]) is not None
        own = [title for title in text.scenarios if re.match(rf"{row}\b", title)] if row else []
        if told and not own:
            wrong.append(f"{row}: no scenario")
        wrong += [
            f"{row}: no scenario takes {name} the other way"
            for name in names
            if name in text.readings
            and own
            and not any(f"under {name} is" in body for body in text.scenarios.values())
        ]
    assert wrong == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_reading_of_the_contract_is_told(folder: str) -> None:
    told = (CONTRACTS / folder / "README.md").read_text("utf-8")
    assert {name for name in Text(folder).readings if f"`{name}" not in told} == set()


def test_the_nine_contracts_of_paper_are_looked_at() -> None:
    assert len(FOLDERS) == 9
