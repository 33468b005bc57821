"""The table of words goes in; the reference page of all words comes out as Markdown, in English or Chinese."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any, Final

from slalang import resources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.syntax.grammar.words import Surface

_GROUPS: Final = {
    "top": ("The top of a file", "文件开头"),
    "calendars": ("Calendars", "日历"),
    "vocabulary": ("Vocabulary", "词汇"),
    "rules": ("Rules", "规则"),
    "schedules": ("Schedules", "周期"),
    "expressions": ("Expressions", "算式"),
    "types": ("Types", "类型"),
    "domains": ("Domains of parameters", "参数取值范围"),
    "scenarios": ("Scenarios", "情景"),
    "units": ("Units", "单位"),
    "statuses": ("Statuses", "状态"),
}
_TEXTS: Final = {
    "en": (
        "Words of the language",
        ("English", "Chinese", "Meaning"),
        "Policies",
        "Also: ",
        "Units of money",
        "amount in",
    ),
    "zh": ("语言词汇", ("英文", "中文", "含义"), "政策", "另作: ", "货币单位", "金额，币种"),
}


def page(language: Surface) -> str:
    """All words with both spellings and what they mean; it is generated, so it never differs from the grammar."""
    words = tomllib.loads(resources.text("grammar/keywords.toml"))
    title, heads, policies, also, money, amount = _TEXTS[language]
    number = 0 if language == "en" else 1
    out = [f"# {title}"]
    for group, titles in _GROUPS.items():
        rows = [_row(entry, entry["help"][number], also) for entry in words[group].values()]
        out.append(f"## {titles[number]}\n\n{_table(heads, rows)}")
    rows = [
        (
            " ".join(f"`{spelling}`" for spelling in entry["spellings"]),
            f"{amount} {entry['currency'] or '—'} × {entry['factor']:,}",
        )
        for entry in words["money"].values()
    ]
    out.append(f"## {money}\n\n{_table((heads[0], heads[2]), rows)}")
    parts = [f"## {policies}"]
    for entry in words["policies"].values():
        head = f"### `{entry['en'][0]}` / `{entry['zh'][0]}`\n\n{entry['help'][number]}"
        choices = [(f"`{one['en'][0]}`", f"`{one['zh'][0]}`") for one in entry.get("choices", {}).values()]
        parts.append(f"{head}\n\n{_table(heads[:2], choices)}" if choices else head)
    return "\n\n".join([*out, *parts]) + "\n"


def _row(entry: dict[str, Any], said: str, also: str) -> tuple[str, ...]:
    others = [f"`{spelling}`" for spelling in (*entry["en"][1:], *entry["zh"][1:])]
    return (
        f"`{entry['en'][0]}`",
        f"`{entry['zh'][0]}`",
        f"{said} ({also}{', '.join(others)})" if others else said,
    )


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
