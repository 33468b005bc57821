"""The standard library's files go in; one page in each language comes out: what each library brings, read from the library itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from slalang.diagnostics.collector import Collector
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text
from slalang.syntax.parse import parse
from slalang.syntax.tree import Name

if TYPE_CHECKING:
    from slalang.syntax.tree import Sentence

ROOT = Path(__file__).resolve().parent.parent
WORDS = {
    "title": ("# The standard library", "# 标准库"),
    "lead": (
        "What `use std.…` brings. Generated from the files in `stdlib/` by `make docs`; each file is short and worth reading.",
        "`引用 std.…` 带来的内容。由 `make docs` 根据 `stdlib/` 中的文件生成；每个文件都很短，值得一读。",
    ),
    "uses": ("Uses", "引用"),
    "events": (
        "Events and their fields (those in brackets may be missing)",
        "事件及其字段（括号内的可以缺少）",
    ),
    "signals": ("Signals", "信号"),
    "entities": ("Entities, and what they refer to", "实体及其指向"),
    "levels": ("Levels (a contract says which values there are)", "等级（具体取值由合同写明）"),
    "life": (
        "Lives: an event in another order is reported as a data fault",
        "生命周期：不合次序的事件作为数据错误报告",
    ),
    "policies": ("Choices", "选择"),
    "of": ("of", "属于"),
    "agreement": ("the agreement", "协议"),
}


def page(language: str) -> str:
    """The whole page."""
    at = ("en", "zh").index(language)
    lines = [WORDS["title"][at], "", WORDS["lead"][at]]
    for path in sorted((ROOT / "stdlib").glob("*.sla")):
        lines += _library(path, at)
    return "\n".join(lines) + "\n"


def _library(path: Path, at: int) -> list[str]:
    source = SourceFile(path.name, path.read_text("utf-8"))
    if at:
        source = SourceFile(path.name, format_text(source, "zh"))
    found = parse(source, Collector()).sentences
    lines = ["", f"## `std.{path.stem}`"]
    uses = [one.text for item in found if item.kind == "use" for one in _names(item, "names")]
    if uses:
        lines += ["", f"{WORDS['uses'][at]} " + ", ".join(f"`{name}`" for name in uses)]
    for key, kind, tell in (
        ("levels", "levels", _levels),
        ("entities", "entity", _entity),
        ("events", "event", _event),
        ("signals", "signal", _signal),
        ("life", "life", _life),
        ("policies", "convention_set", _policies),
    ):
        told = [line for item in found if item.kind == kind for line in tell(item, at)]
        if told:
            lines += ["", f"{WORDS[key][at]}:", "", *told]
    return lines


def _names(sentence: Sentence, part: str) -> list[Name]:
    value = sentence.parts.get(part)
    return [item for item in value if isinstance(item, Name)] if isinstance(value, tuple) else []


def _text(sentence: Sentence, part: str) -> str:
    value = sentence.parts.get(part)
    return value.text if isinstance(value, Name) else ""


def _levels(sentence: Sentence, _at: int) -> list[str]:
    return [f"- `{_text(sentence, 'name')}`"]


def _entity(sentence: Sentence, _at: int) -> list[str]:
    to = [f"`{_text(one, 'entity')}`" for one in sentence.children if one.kind == "refers"]
    return [f"- `{_text(sentence, 'name')}`" + (f" → {', '.join(to)}" if to else "")]


def _event(sentence: Sentence, _at: int) -> list[str]:
    fields = [one for one in sentence.children if one.kind == "field"]
    told = [
        f"[`{_text(one, 'name')}`]" if one.parts.get("optional") else f"`{_text(one, 'name')}`"
        for one in fields
    ]
    return [f"- `{_text(sentence, 'name')}`" + (f": {', '.join(told)}" if told else "")]


def _signal(sentence: Sentence, at: int) -> list[str]:
    owner = _text(sentence, "entity")
    told = f"`{owner}`" if owner else WORDS["agreement"][at]
    return [f"- `{_text(sentence, 'name')}` {WORDS['of'][at]} {told}"]


def _life(sentence: Sentence, _at: int) -> list[str]:
    return [f"- `{one.span.text.strip()}`" for one in sentence.children if one.kind == "transition"]


def _policies(sentence: Sentence, _at: int) -> list[str]:
    return [f"- `{one.span.text.strip()}`" for one in sentence.children if one.kind == "policy"]
