"""`slalang coverage`: contracts in, the inventory of their clauses, rules, scenarios and readings out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from slalang.cli.settings import lang_option, language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.exits import DONE, FINDINGS
from slalang.pipeline.covering import covered
from slalang.pipeline.journey import program_of
from slalang.report.inventory.as_json import as_data
from slalang.report.inventory.as_text import as_text

if TYPE_CHECKING:
    from slalang.scenarios.coverage import Covered


@click.command("coverage")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@click.option("--format", "form", type=click.Choice(["human", "json"]), default="human")
@click.option(
    "--strict",
    is_flag=True,
    help="a rule not shown kept and broken, and a reading that moves nothing, are findings too",
)
@lang_option
def command(contracts: tuple[str, ...], form: str, strict: bool, lang: str) -> int:  # noqa: ARG001 - read eagerly
    """Print every clause with what judges it, what scenarios show, and what each reading moves.

    Exit 0 whole, 1 a clause of the paper is missing (the contract lists them with `clauses 1 to 71`), 2 a contract cannot be run.
    """
    found = [covered(program_of(path)) for path in contracts]
    if form == "json":
        click.echo(json.dumps([as_data(one) for one in found], ensure_ascii=False, indent=2))
    else:
        for each in languages(language()):
            click.echo("\n".join(as_text(one, each) for one in found))
    return FINDINGS if any(_lacks(one, strict=strict) for one in found) else DONE


def _lacks(found: Covered, *, strict: bool) -> bool:
    return bool(found.missing or found.unlisted or (strict and (found.half_shown or found.idle)))
