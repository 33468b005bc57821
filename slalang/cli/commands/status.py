"""`slalang status`: contracts and facts in; the live view of the present out, and the notices that are due."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import click

from slalang.cli.notes import tell
from slalang.cli.output import deliver
from slalang.cli.settings import events_options, lang_option, language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.exits import DONE, FINDINGS
from slalang.outcome.present.as_json import as_json
from slalang.outcome.present.notices import as_jsonl
from slalang.pipeline.present.status import status
from slalang.pipeline.running import Asked, Run
from slalang.report.present.human import human

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.outcome.present.records import Present

FAIL_ON = ("overdue", "risk", "fault")
_SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,9})?) ?%")


@click.command("status")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@events_options
@click.option("--at-risk", default="80%", metavar="SHARE", help="from which share of its limit an open case is at risk (default: 80%)")  # fmt: skip
@click.option("--next", "next_", type=click.IntRange(0), default=10, metavar="N", help="how many things due next are shown (default: 10)")  # fmt: skip
@click.option("--format", "form", type=click.Choice(["human", "json", "jsonl"]), default="human", help="`jsonl` writes the notices only, for a mailer")  # fmt: skip
@click.option("--notices", metavar="FILE|-", help="write the notices there too, as JSON Lines; `-`: to standard output, in place of the view")  # fmt: skip
@click.option("--fail-on", multiple=True, type=click.Choice(FAIL_ON), help="exit 1 on these")
@click.option("-o", "--output", metavar="FILE", help="write there; the file appears only when it is whole")
@lang_option
def command(
    contracts: tuple[str, ...],
    at_risk: str,
    next_: int,
    form: str,
    notices: str | None,
    fail_on: tuple[str, ...],
    output: str | None,
    lang: str,  # noqa: ARG001 - read eagerly
    **facts: Any,
) -> int:
    """Show what is open, at risk and due next, the figures so far, the rights that can be used now, and the notices due.

    Exit 0 done, 1 what --fail-on names was found, 2 could not run.
    """
    risk = _share(at_risk)
    collector = Collector()
    with Run(Asked(contracts, **facts), collector) as run:
        tell(collector, run)
        present = status(run, risk)
    if notices not in {None, "-"}:
        deliver(as_jsonl(present), notices)
    deliver(as_jsonl(present) if notices == "-" else _pieces(present, form, next_), output)
    return FINDINGS if _findings(present, fail_on) else DONE


def _share(text: str) -> Fraction:
    found = _SHARE.fullmatch(text.strip())
    if found is None:
        raise click.BadParameter(f"{text!r} is no share; write 80%", param_hint="--at-risk")
    return Fraction(found[1]) / 100


def _pieces(present: Present, form: str, next_: int) -> Iterable[str]:
    if form == "json":
        return as_json(present)
    if form == "jsonl":
        return as_jsonl(present)
    return [human(present, each, next_=next_) for each in languages(language())]


def _findings(present: Present, fail_on: tuple[str, ...]) -> bool:
    return (
        ("overdue" in fail_on and any(one.verdict.status == "overdue" for one in present.open))
        or ("risk" in fail_on and any(one.at_risk for one in present.open))
        or ("fault" in fail_on and bool(present.faults))
    )
