"""`slalang restate`: an earlier outcome, contracts and the facts of now in; what changed, why, and what is posted for it out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from slalang.cli.notes import tell
from slalang.cli.output import deliver
from slalang.cli.settings import events_options, lang_option, language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.exits import DONE, FINDINGS
from slalang.outcome.changes.as_json import as_csv, as_json
from slalang.pipeline.restating.restatement import earlier, restated
from slalang.pipeline.running import Asked, Run
from slalang.report.restated.human import human

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.outcome.changes.records import Restatement


@click.command("restate")
@click.argument("old", metavar="OLD.json")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@events_options
@click.option("--before", multiple=True, metavar="FILE", help="the events that the earlier run read, where `recordedtime` does not tell (repeatable)")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["human", "json", "csv"]), default="human")
@click.option("--table", type=click.Choice(["changes", "money", "adjustments"]), default="changes", help="what `--format csv` writes")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="write there; the file appears only when it is whole")
@lang_option
def command(
    old: str,
    contracts: tuple[str, ...],
    before: tuple[str, ...],
    form: str,
    table: Any,
    output: str | None,
    lang: str,  # noqa: ARG001 - read eagerly
    **facts: Any,
) -> int:
    """Compare an earlier `slalang run --format json` with the facts of now: what changed, and because of which events.

    Exit 0 nothing changed, 1 something did, 2 could not run.
    """
    then = earlier(old)
    asked = Asked(contracts, **facts)
    collector = Collector()
    with Run(asked, collector) as run:
        found = restated(run, asked, old, then, before)
        tell(collector, run)
    deliver(_pieces(found, form, table), output)
    return FINDINGS if found.changes else DONE


def _pieces(found: Restatement, form: str, table: Any) -> Iterable[str]:
    if form == "json":
        return as_json(found)
    if form == "csv":
        return as_csv(found, table)
    return [human(found, each) for each in languages(language())]
