"""`slalang run`: contracts and facts in, verdicts, metrics, ledger and notices out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from slalang.cli.notes import tell
from slalang.cli.output import deliver
from slalang.cli.settings import events_options, lang_option, language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.exits import DONE, FINDINGS
from slalang.outcome.as_csv import as_csv
from slalang.outcome.as_json import as_json
from slalang.outcome.changes.readings import as_json as readings_as_json
from slalang.pipeline.readings import read_otherwise
from slalang.pipeline.running import Asked, Run
from slalang.report.human import human
from slalang.report.restated.readings import human as human_readings
from slalang.report.summary import undetermined

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.outcome.whole import Outcome

FAIL_ON = ("breach", "provisional", "fault")


@click.command("run")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@events_options
@click.option("--format", "form", type=click.Choice(["human", "json", "csv"]), default="human")
@click.option("--table", type=click.Choice(["verdicts", "metrics", "ledger", "balances", "rights", "notices", "faults"]), default="verdicts", help="which records `--format csv` writes")  # fmt: skip
@click.option("--each-reading", is_flag=True, help="show instead what hangs on how the contract is read: what differs under each option, and the range over all")  # fmt: skip
@click.option("--fail-on", multiple=True, type=click.Choice(FAIL_ON), help="exit 1 on these too")
@click.option("-o", "--output", metavar="FILE", help="write there; the file appears only when it is whole")
@lang_option
def command(
    contracts: tuple[str, ...],
    form: str,
    table: Any,
    each_reading: bool,
    fail_on: tuple[str, ...],
    output: str | None,
    lang: str,  # noqa: ARG001 - read eagerly
    **facts: Any,
) -> int:
    """Judge a contract (or its dated versions) over events.

    Exit 0 done, 1 undetermined lines (and what --fail-on names; with --each-reading: a reading matters), 2 could not run.
    """
    if each_reading and (form == "csv" or fail_on):
        raise click.UsageError(
            "`--each-reading` goes with `--format human` or `json`, and without `--fail-on`"
        )
    collector = Collector()
    with Run(Asked(contracts, **facts), collector) as run:
        tell(collector, run)
        if each_reading:
            found = read_otherwise(run)
            texts = [human_readings(found, each) for each in languages(language())]
            deliver(readings_as_json(found) if form == "json" else texts, output)
            return FINDINGS if found.matters else DONE
        outcome = run.outcome()
    deliver(_pieces(outcome, form, table), output)
    return FINDINGS if _findings(outcome, fail_on) else DONE


def _pieces(outcome: Outcome, form: str, table: Any) -> Iterable[str]:
    if form == "json":
        return as_json(outcome)
    if form == "csv":
        return as_csv(outcome, table)
    return [human(outcome, each) for each in languages(language())]


def _findings(outcome: Outcome, fail_on: tuple[str, ...]) -> bool:
    statuses = {verdict.status for verdict in outcome.verdicts}
    return (
        any(undetermined(outcome))
        or ("breach" in fail_on and bool(statuses & {"late", "overdue", "broken"}))
        or ("provisional" in fail_on and any(not verdict.final for verdict in outcome.verdicts))
        or ("fault" in fail_on and bool(outcome.faults))
    )
