"""`slalang clock`: a rule, or a calendar, and an opening in; due when, and why, out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from slalang.cli.output import deliver
from slalang.cli.settings import lang_option, language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.exits import DONE
from slalang.pipeline.counting import counted
from slalang.pipeline.due import due
from slalang.report.as_html import verdict_page
from slalang.report.as_json import json_text
from slalang.report.as_text import text

if TYPE_CHECKING:
    from collections.abc import Sequence


@click.command("clock")
@click.argument("contract")
@click.argument("rule", required=False)
@click.option("--at", required=True, metavar="T", help="local date and time of the opening: 2026-03-06 16:00")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=VALUE",
    help="a field of the opening event: priority=High",
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="bind a parameter")
@click.option("--as-of", metavar="T", help="ask later than the opening")
@click.option(
    "--calendar", metavar="NAME", help="count on a calendar of the contract instead of a rule's clock"
)
@click.option("--add", metavar="DURATION", help="with --calendar: how much, e.g. `4 h`; negative counts back")
@click.option(
    "--pause",
    "pauses",
    multiple=True,
    metavar="A/B",
    help="with --calendar: the clock stands still from A to B",
)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text")
@click.option("-o", "--output", metavar="FILE")
@lang_option
def command(
    contract: str,
    rule: str | None,
    at: str,
    fields: Sequence[str],
    settings: Sequence[str],
    as_of: str | None,
    calendar: str | None,
    add: str | None,
    pauses: Sequence[str],
    form: str,
    output: str | None,
    lang: str,  # noqa: ARG001 - read eagerly
) -> int:
    """Due when, and why: `slalang clock CONTRACT Response --at "2026-03-06 16:00" --field priority=High`."""
    if (rule is None) == (calendar is None):
        raise click.UsageError("name a rule, or a calendar with --calendar and --add")
    if calendar is not None:
        if add is None:
            raise click.UsageError("--calendar needs --add")
        if fields or settings or as_of is not None or form != "text":
            raise click.UsageError("--calendar takes no --field, --set, --as-of or --format")
        told = [counted(contract, calendar, at, add, pauses, each) for each in languages(language())]
        deliver(["\n".join(told)], output)
        return DONE
    assert rule is not None
    if add is not None or pauses:
        raise click.UsageError("--add and --pause need --calendar")
    program, outcome, explanation = due(contract, rule, at, fields, settings, as_of)
    if form == "json":
        deliver([json_text(explanation)], output)
    elif form == "html":
        deliver([verdict_page(program, outcome, explanation, languages(language())[0])], output)
    else:
        deliver(["\n".join(text(explanation, each) for each in languages(language()))], output)
    return DONE
