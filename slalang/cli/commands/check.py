"""`slalang check`: contracts in, what is wrong with them out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from slalang.cli.settings import lang_option, language
from slalang.diagnostics.as_json import records
from slalang.diagnostics.as_text import languages, messages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.exits import DONE, FINDINGS
from slalang.diagnostics.opening import open_source
from slalang.pipeline import journey

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language

WORDS = {
    "en": "{files}: {errors}, {others}",
    "zh": "已检查 {files} 个文件：{errors} 个错误，{others} 个警告与说明",
}


def summary(files: int, errors: int, others: int, language: Language) -> str:
    """The closing line."""
    if language == "zh":
        return WORDS["zh"].format(files=files, errors=errors, others=others)
    told = [
        f"{n} {word}{'' if n == 1 else 's'}"
        for n, word in ((files, "file"), (errors, "error"), (others, "warning"))
    ]
    return WORDS["en"].format(files=told[0], errors=told[1], others=told[2])


@click.command("check")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@click.option("--strict", is_flag=True, help="warnings are findings too")
@lang_option
def command(contracts: tuple[str, ...], form: str, strict: bool, lang: str) -> int:  # noqa: ARG001 - read eagerly
    """Find mistakes, gaps and contradictions. Exit 0 clean, 1 errors found, 2 a file could not be read."""
    collector = Collector()
    for path in contracts:
        found = Collector()  # of its own: a mistake in one file must not silence the proofs of the next
        journey.check(open_source(path), found)
        collector.extend(found.sorted())
        collector.not_kept.update(found.not_kept)
    told = collector.sorted()
    errors = sum(1 for item in told if item.severity == "error")
    errors += sum(count for code, count in collector.not_kept.items() if not code.startswith("SLA-L"))
    if form == "json":
        click.echo(json.dumps(records(collector), ensure_ascii=False, indent=2))
    else:
        if told:
            click.echo(messages(collector, language()) + "\n")
        for each in languages(language()):
            click.echo(summary(len(contracts), errors, len(collector) - errors, each))
    warned = any(item.severity == "warning" for item in told)
    return FINDINGS if errors or (strict and warned) else DONE
