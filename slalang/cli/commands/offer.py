"""`slalang offer`: a contract and offers for its blanks in, what each choice changes, and what it would have cost, out."""

from __future__ import annotations

import json
from typing import Any

import click

from slalang.cli.output import deliver
from slalang.cli.settings import events_options, lang_option, language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.exits import DONE
from slalang.pipeline.blanks.offering import offered
from slalang.pipeline.running import Asked
from slalang.report.offers.as_json import as_data
from slalang.report.offers.as_text import as_text


@click.command("offer")
@click.argument("contract")
@click.argument("offers", nargs=-1, required=True, metavar="OFFER...")
@events_options
@click.option("--all", "everything", is_flag=True, help="show also what is the same for all offers")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@click.option("-o", "--output", metavar="FILE", help="write there; the file appears only when it is whole")
@lang_option
def command(
    contract: str,
    offers: tuple[str, ...],
    everything: bool,
    form: str,
    output: str | None,
    lang: str,  # noqa: ARG001 - read eagerly
    **facts: Any,
) -> int:
    """Compare offers: files of `name = value` lines that bind the contract's blanks within their domains.

    With --events, also what each would have meant for what really happened. Exit 0 compared, 2 an offer does not fit.
    """
    collector = Collector()
    found = offered(Asked((contract,), **facts), offers, collector)
    if form == "json":
        deliver([json.dumps(as_data(found), ensure_ascii=False, indent=2) + "\n"], output)
    else:
        deliver(
            ["\n".join(as_text(found, each, everything=everything) for each in languages(language()))], output
        )
    return DONE
