"""The book is true: every block of it runs, both languages have the same pages, links lead somewhere, generated pages are current."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import re
import subprocess
import sys
from pathlib import Path

import pytest

import slalang
from slalang.diagnostics.diagnostic import Diagnostic
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "docs" / "book"


def _module(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = made
    spec.loader.exec_module(made)
    return made


blocks = _module(ROOT / "tests" / "book_blocks.py")
generate = _module(ROOT / "docs" / "generate.py")

GENERATED = {"keywords.md"}
PAGES = [ROOT / "README.md", *sorted(page for page in BOOK.glob("*/*.md") if page.name not in GENERATED)]


def tracked(ending: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    found = [ROOT / name for name in listed.stdout.split("\0") if name.endswith(ending)]
    return [path for path in found if path.is_file() and "tests/corpus" not in path.as_posix()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_block_of_the_page_runs(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "contracts").symlink_to(ROOT / "contracts")
    language = "zh" if page.parent.name == "zh" else "en"
    for block in blocks.blocks(page):
        blocks.run(block, language)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_contracts_in_the_book_are_written_the_one_way(page):
    """What `fmt` would write; `unformatted` marks what shows that something else can be typed."""
    crooked = [
        block.where
        for block in blocks.blocks(page)
        if block.kind == "slalang" and not {"error", "unformatted"} & block.options.keys()
        if format_text(SourceFile("block.sla", block.text), None) != block.text
    ]
    assert crooked == []


def test_both_languages_have_the_same_pages():
    english, chinese = ({page.name for page in (BOOK / name).glob("*.md")} for name in ("en", "zh"))
    assert english == chinese
    assert len(english) >= 20


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_contents_name_every_page(language):
    contents = (BOOK / language / "README.md").read_text("utf-8")
    for page in (BOOK / language).glob("*.md"):
        assert page.name == "README.md" or f"]({page.name})" in contents, page.name


@pytest.mark.parametrize("name", [page.name for page in sorted((BOOK / "en").glob("*.md"))])
def test_a_page_and_its_twin_have_the_same_blocks(name):
    kinds = [
        [(block.kind, sorted(block.options)) for block in blocks.blocks(BOOK / language / name)]
        for language in ("en", "zh")
    ]
    assert kinds[0] == kinds[1]


def test_relative_links_lead_somewhere():
    broken = []
    for page in tracked(".md"):
        prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", prose):
            path = target.partition("#")[0]
            if re.match(r"[a-z]+:", target) or not path:
                continue
            if not (page.parent / path).exists():
                broken.append(f"{page.relative_to(ROOT)}: {target}")
    assert broken == []


def test_paths_named_in_the_front_pages_exist():
    missing = []
    for page in (ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md")):
        prose = re.sub(r"^ *```.*?^ *```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
        named = re.findall(r"`([\w.-]+/[\w./-]*)`", prose)
        missing += [f"{page.name}: {path}" for path in named if not (ROOT / path).exists()]
    assert missing == []


# --- generated pages


def test_generated_pages_are_current():
    """`make docs` writes them."""
    stale = [path for path, text in generate.pages().items() if not _same(ROOT / path, text)]
    assert stale == []


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text("utf-8") == text


def test_no_error_page_is_left_over():
    wanted = {ROOT / path for path in generate.pages()}
    assert [path for path in (ROOT / "docs" / "errors").rglob("*.md") if path not in wanted] == []


def test_every_message_class_has_a_page():
    found = set()
    for info in pkgutil.walk_packages(slalang.__path__, "slalang."):
        if "errors" in info.name.split("."):
            for item in vars(importlib.import_module(info.name)).values():
                if isinstance(item, type) and issubclass(item, Diagnostic) and item.__module__ == info.name:
                    found.add(item)
    assert found == set(generate.messages())


def test_every_code_that_is_raised_has_a_page():
    known = {message.code for message in generate.messages()}
    written = set()
    for path in (ROOT / "slalang").rglob("*.py"):
        written |= set(re.findall(r'"(SLA-[EL]\d{4})"', path.read_text("utf-8")))
    assert written - known == set()
