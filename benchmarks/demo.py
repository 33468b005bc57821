"""The demo: a month of generated tickets judged by the first contract; the verdict table, one explained breach and a page with its picture."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import datetime
from fractions import Fraction
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from benchmarks.tickets import ZONE, Month, lines, registers, reports, shifts
from slalang.cli.settings import language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.collector import Collector
from slalang.engine.settings import Focus
from slalang.pipeline.explaining import explained
from slalang.pipeline.running import Asked, Run
from slalang.report.as_html import month_page
from slalang.report.as_text import text
from slalang.report.month_table import month_table

if TYPE_CHECKING:
    from slalang.outcome.records import Verdict

HERE = Path(__file__).resolve().parent.parent
CONTRACT = HERE / "contracts" / "aws-managed-support" / "contract.sla"
HALF = Fraction(1, 2)  # a picture of a longer overrun would show little else
PAGE = HERE / "demo.html"
MONTH = Month(datetime(2026, 3, 1, tzinfo=ZONE), 31, 20_000, 12)
EVENTS_A_TICKET = 14  # about; only the progress bar believes it


def generate(folder: Path) -> tuple[Path, Path, int]:
    """Write the month's facts."""
    events, register = folder / "tickets.jsonl", folder / "agreements.jsonl"
    register.write_text("\n".join(registers(MONTH)) + "\n", encoding="utf-8")
    count = 0
    with (
        events.open("w", encoding="utf-8") as file,
        click.progressbar(
            length=MONTH.tickets * EVENTS_A_TICKET, label="generating events", file=sys.stderr
        ) as bar,
    ):
        for line in chain(lines(MONTH), shifts(MONTH), reports(MONTH)):
            file.write(line + "\n")
            count += 1
            if count % 5000 == 0:
                bar.update(5000)
        bar.update(bar.length or 0)
    return events, register, count


def _overrun(verdict: Verdict) -> Fraction:
    """How far over its limit, as a share of it: what a picture shows best."""
    if verdict.margin is None or verdict.limit is None:
        return Fraction(0)
    return -verdict.margin.value / verdict.limit.value


def main() -> None:
    """Run the demo."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        events, register, count = generate(Path(scratch))
        generated = time.perf_counter()
        asked = Asked((str(CONTRACT),), (str(register), str(events)), as_of="2026-05-01")
        with Run(asked, Collector()) as run:
            loaded = time.perf_counter()
            with click.progressbar(
                run.loaded.events, length=count, label="judging events  ", file=sys.stderr
            ) as bar:
                outcome = run.outcome(events=bar)
            judged = time.perf_counter()
            for each in languages(language()):
                click.echo(month_table(outcome, "2026-03", each, colour=sys.stdout.isatty()))
            late = (
                v
                for v in outcome.verdicts
                if v.rule == "Resolution" and v.status == "late" and _overrun(v) < HALF
            )
            worst = max(late, key=lambda v: (len(v.standstill) > 1, _overrun(v), v.subject))
            found = explained(run, Focus(worst.rule, worst.subject), 1, outcome)
    for each in languages(language()):
        click.echo(text(found.explanations[0], each))
    page = month_page(run.program, outcome, found.explanations, languages(language())[0], "2026-03")
    PAGE.write_text(page, encoding="utf-8")
    click.echo(
        f"{count:,} events: generated in {generated - began:.1f} s, loaded in {loaded - generated:.1f} s, "
        f"judged in {judged - loaded:.1f} s, explained in {time.perf_counter() - judged:.1f} s"
    )
    click.echo(f"page: {PAGE.name}")


if __name__ == "__main__":
    main()
