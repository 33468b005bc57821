"""`slalang test`: contracts in, the scenarios that hold and those that do not out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from slalang.cli.settings import lang_option, language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.exits import DONE, FINDINGS
from slalang.explain.wording.lexicon import LEDGER, RIGHT, STATUS
from slalang.explain.wording.reasons import said
from slalang.pipeline.journey import program_of
from slalang.pipeline.scenarios import Tried, tried

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language

WORDS = {
    "en": {"ok": "ok", "fail": "FAILED", "line": "  {rule}: {what} expected {expected}, found {found}", "sum": "{kept} of {all} scenarios hold", "why": "    undetermined: {reason}"},
    "zh": {"ok": "通过", "fail": "未通过", "line": "  {rule}：{what} 期望 {expected}，实得 {found}", "sum": "{all} 个情景中 {kept} 个成立", "why": "    无法判定：{reason}"},
}  # fmt: skip


@click.command("test")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@click.option("-k", "only", default="", metavar="TEXT", help="only scenarios whose title has this text")
@lang_option
def command(contracts: tuple[str, ...], form: str, only: str, lang: str) -> int:  # noqa: ARG001 - read eagerly
    """Run the scenarios of contracts. Exit 0 all hold, 1 some do not (or there is none), 2 a contract cannot be run."""
    results = [result for path in contracts for result in tried(program_of(path), only)]
    failed = [result for result in results if result.missed]
    if form == "json":
        click.echo(json.dumps([_data(result) for result in results], ensure_ascii=False, indent=2))
    else:
        for each in languages(language()):
            _tell(results, each)
    return FINDINGS if failed or not results else DONE


CHECKS = {
    "is": "结果", "value": "数值", "amount": "金额", "status": "结论", "margin": "余量", "deadline": "到期", "start": "起点", "discharged": "履行", "breached": "违约于",
    "since": "可行使自", "until": "可行使至", "exercised_at": "行使于", "effective_at": "生效于", "paid": "已付", "set_off": "已抵", "open": "未清",
    "measure": "用时", "limit": "期限", "posted": "入账", "due": "应付", "assumptions": "假定", "gaps": "空档", "count": "个数",
    "matches": "相符的结果", "range": "范围", "faults": "数据错误",
}  # fmt: skip
NOTHING = {"none": "无", "nothing": "无", "something": "有", "one": "一项"}


def _tell(results: list[Tried], language: Language) -> None:
    words = WORDS[language]
    for result in results:
        scenario = result.scenario
        mark = words["fail"] if result.missed else words["ok"]
        click.echo(f"{mark} {scenario.place.file}:{scenario.place.line} {scenario.title}")
        for miss in result.missed:
            told = words["line"].format(
                rule=_in(miss.rule, language),
                what=_in(miss.what, language),
                expected=_in(miss.expected, language),
                found=_in(miss.found, language),
            )
            click.echo(f"{told} ({miss.place.file}:{miss.place.line})")
            if miss.reason:
                click.echo(words["why"].format(reason=said(miss.reason, language)))
    kept = sum(1 for result in results if not result.missed)
    click.echo(words["sum"].format(kept=kept, all=len(results)))


def _in(word: str, language: Language) -> str:
    """A word of the check in the reader's language; values stay as they are."""
    none, _, others = word.partition("; ")  # nothing was found: what there is instead follows
    if none == "none" and others:
        return f"none, but there is {others}" if language == "en" else f"无，但有 {others}"
    if language == "en":
        return word
    known = next((words[word].zh for words in (STATUS, RIGHT, LEDGER) if word in words), "")
    return known or CHECKS.get(word) or NOTHING.get(word, word)


def _data(result: Tried) -> dict[str, object]:
    scenario = result.scenario
    return {
        "title": scenario.title,
        "clause": scenario.clause,
        "file": scenario.place.file,
        "line": scenario.place.line,
        "holds": not result.missed,
        "missed": [
            {
                "rule": miss.rule,
                "what": miss.what,
                "expected": miss.expected,
                "found": miss.found,
                "line": miss.place.line,
                **({"reason": miss.reason} if miss.reason else {}),
            }
            for miss in result.missed
        ],
    }
