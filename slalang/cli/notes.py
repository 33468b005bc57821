"""What a load and a run have to say beside their result, printed to standard error so that results stay clean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from slalang.cli.settings import language
from slalang.diagnostics.as_text import languages, messages
from slalang.values import instant
from slalang.values import zone as zones

if TYPE_CHECKING:
    from slalang.diagnostics.collector import Collector
    from slalang.pipeline.running import Run

AS_OF = {
    "en": "note: as of {at}, the last instant in the input; `--as-of` takes another",
    "zh": "说明：截至 {at}，即输入中的最后时刻；可用 `--as-of` 另行指定",
}
IGNORED = {
    "en": "note: {count} events of types that the contract does not declare were ignored: {types}",
    "zh": "说明：忽略了 {count} 条合同未声明类型的事件：{types}",
}
UNCHOSEN = {
    "en": "note: not chosen under what is bound: {rules}",
    "zh": "说明：按所定各项未选用：{rules}",
}
SHOWN = 8


def tell(collector: Collector, run: Run) -> None:
    """Print notes and warnings of the load."""
    if len(collector):
        click.echo(messages(collector, language()), err=True)
    at = instant.format(run.as_of, zones.load(run.program.zone))
    ignored = run.loaded.counts.ignored
    for each in languages(language()):
        if not run.as_of_was_given:
            click.echo(AS_OF[each].format(at=at), err=True)
        if run.unchosen:
            click.echo(UNCHOSEN[each].format(rules=", ".join(run.unchosen)), err=True)
        if ignored:
            told = [f"{name} × {count}" for name, count in sorted(ignored.items())]
            rest = [f"+ {len(told) - SHOWN}"] if len(told) > SHOWN else []
            types = ", ".join([*told[:SHOWN], *rest])
            click.echo(IGNORED[each].format(count=ignored.total(), types=types), err=True)
