"""The house rules that no linter checks: sizes, names, words in both languages, and where floats and files may be."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

import slalang
from slalang.diagnostics.diagnostic import PARTS, Diagnostic, Text

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "slalang"
LONGEST_FILE = 400
LONGEST_FUNCTION = 60  # lines without the docstring; aim at 40
MOST_MODULES = 12

# A folder that holds more modules than twelve, and why that is better than a subfolder.
WIDE_FOLDERS: dict[str, str] = {}
# A function that is longer, and why that is better than two.
LONG_FUNCTIONS: dict[str, str] = {}

FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "base", "misc"}
PURE = ("semantics", "ir", "engine")  # no clock, randomness, sockets, files
EXACT = ("values", "semantics", "ir", "engine", "outcome", "explain")  # no float
OUTSIDE_WORLD = {
    *("asyncio", "glob", "http", "io", "os", "pathlib", "random", "requests", "secrets", "shutil", "socket"),
    *("ssl", "subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid"),
}
ONLY_IN = {"lark": "syntax", "click": "cli"}
# Written in two halves so that this file does not name what it forbids.
UNWANTED = re.compile(
    r"pypi\."
    r"org|python"
    r"hosted\.org|npm"
    r"js\.org|(?<![\w./~-])/(?:wo"
    r"rk|ro"
    r"ot|ho"
    r"me|Us"
    r"ers)/\w"
)


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "_bundled" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def folder_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0] if len(parts) > 1 else ""


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


# --- sizes and names


def test_no_file_is_longer_than_four_hundred_lines():
    kinds = ("*.py", "*.lark", "*.sla", "*.toml")
    files = [
        *chain.from_iterable(
            (ROOT / top).rglob(kind) for top in ("slalang", "grammar", "stdlib") for kind in kinds
        ),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "benchmarks").rglob("*.py"),
    ]
    long = {
        shown(path): count
        for path in files
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    long.pop("grammar/keywords.toml", None)  # a table, one entry a word
    assert long == {}


def test_no_function_is_longer_than_sixty_lines():
    long = {}
    for path in modules():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
                lines = (node.end_lineno or 0) - first.lineno + 1
                if lines > LONGEST_FUNCTION and f"{shown(path)}:{node.name}" not in LONG_FUNCTIONS:
                    long[f"{shown(path)}:{node.name}"] = lines
    assert long == {}


def test_no_folder_holds_more_than_twelve_modules():
    counts = Counter(shown(path.parent) for path in modules() if path.name != "__init__.py")
    assert {
        folder: count
        for folder, count in counts.items()
        if count > MOST_MODULES and folder not in WIDE_FOLDERS
    } == {}


def test_every_module_says_what_goes_in_and_what_comes_out():
    assert [shown(path) for path in modules() if not ast.get_docstring(parsed(path))] == []


def test_no_module_has_a_name_that_says_nothing_or_repeats_its_folder():
    bad = []
    for path in modules():
        stem, folder = path.stem, path.parent.name
        repeats = stem == folder or stem.startswith(f"{folder}_") or stem.endswith(f"_{folder}")
        if repeats or FORBIDDEN_NAMES & {stem, folder, *stem.split("_")}:
            bad.append(shown(path))
    assert bad == []


def test_no_registry_host_and_no_absolute_path_of_a_machine_is_named():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    bad = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" not in data[:1024] and (found := UNWANTED.search(data.decode("utf-8", "replace"))):
            bad.append(f"{name}: {found[0]}")
    assert bad == []


# --- where things may be


def test_lark_stays_in_syntax_and_click_in_cli():
    bad = [
        f"{shown(path)} imports {library}"
        for path in modules()
        for library, home in ONLY_IN.items()
        if library in imported(path) and folder_of(path) != home
    ]
    assert bad == []


def test_the_pure_stages_know_no_clock_no_chance_no_socket_and_no_file():
    bad = []
    for path in modules():
        if folder_of(path) not in PURE:
            continue
        bad.extend(f"{shown(path)} imports {name}" for name in sorted(imported(path) & OUTSIDE_WORLD))
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call):
                name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if name in {"now", "utcnow", "today", "input"} or (
                    name == "open" and isinstance(node.func, ast.Name)
                ):
                    bad.append(f"{shown(path)}:{node.lineno} calls {name}")
    assert bad == []


def test_no_float_touches_time_or_money():
    bad = []
    for path in modules():
        if folder_of(path) not in EXACT:
            continue
        for node in ast.walk(parsed(path)):
            literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
            call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
            seconds = isinstance(node, ast.Attribute) and node.attr in {"total_seconds", "timestamp"}
            if literal or call or seconds:
                bad.append(f"{shown(path)}:{node.lineno}")
    assert bad == []


def test_only_the_command_line_prints():
    bad = [
        f"{shown(path)}:{node.lineno}"
        for path in modules()
        if folder_of(path) != "cli"
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert bad == []


def test_importing_the_package_is_light():
    heavy = "[name for name in ('pydantic', 'lark', 'click', 'wcwidth', 'dateutil') if name in sys.modules]"
    code = f"import sys, slalang, slalang.diagnostics.as_text, slalang.diagnostics.opening; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- messages


def message_classes() -> list[type[Diagnostic]]:
    found: dict[str, type[Diagnostic]] = {}
    for info in pkgutil.walk_packages(slalang.__path__, "slalang."):
        if "errors" in info.name.split("."):
            module = importlib.import_module(info.name)
            for item in vars(module).values():
                if isinstance(item, type) and issubclass(item, Diagnostic) and item.__module__ == info.name:
                    found[f"{info.name}.{item.__name__}"] = item
    return list(found.values())


def texts(message: type[Diagnostic]) -> list[Text]:
    out = []
    for part in ("title", *PARTS):
        words = getattr(message, part)
        out.extend(() if words is None else words if isinstance(words, tuple) else (words,))
    return [*out, *(Text(en=label.en, zh=label.zh) for label in message.places)]


EVERY_MESSAGE = message_classes()
each_message = pytest.mark.parametrize("message", EVERY_MESSAGE, ids=lambda message: message.__name__)


def test_messages_are_found_at_all():
    assert "FileMissing" in {message.__name__ for message in EVERY_MESSAGE}


def test_codes_are_unique():
    assert {code: n for code, n in Counter(item.code for item in EVERY_MESSAGE).items() if n > 1} == {}


@each_message
def test_a_code_is_well_formed(message):
    assert re.fullmatch(r"SLA-[EL]\d{4}", message.code)


@each_message
def test_a_message_stands_in_the_tuple_of_its_stage(message):
    stage = message.__module__[: message.__module__.index(".errors") + len(".errors")]
    assert message in importlib.import_module(stage).CODES


@each_message
def test_a_message_has_a_manual_page(message):
    assert vars(message).get("__doc__"), "an inherited docstring is no manual page"


@each_message
def test_both_languages_fill_the_same_fields(message):
    fields = set(message.field_names)
    for text in texts(message):
        assert text.placeholders("en") == text.placeholders("zh"), text
        assert text.placeholders("en") <= fields, text


@each_message
def test_a_second_place_is_a_field(message):
    assert {label.field for label in message.places} <= set(message.field_names)


@each_message
def test_the_words_keep_to_the_style(message):
    for text in texts(message):
        prose = re.sub(r"`[^`]*`|\{\w+\}", "", text.en)
        assert not re.search(r"\b(?:invalid|illegal|failed to|None|you|your|I)\b", prose), text.en
        assert not text.en.endswith("."), text.en
        assert not re.search("[您你]", text.zh), text.zh
        assert not text.zh.endswith("。"), text.zh
        if re.search(r"[A-Za-z]{3}", prose):
            assert re.search("[\u4e00-\u9fff]", text.zh), text.zh
    assert not message.title.en[:1].isupper() or message.title.en[:2].isupper(), message.title.en
