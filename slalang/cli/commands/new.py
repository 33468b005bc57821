"""`slalang new`: a template in, a contract of one's own and a file for its blanks out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from slalang.cli.output import deliver
from slalang.cli.settings import lang_option, language
from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.exits import DONE
from slalang.pipeline.asking import settings as bound
from slalang.pipeline.blanks.filling import blanks, form
from slalang.pipeline.blanks.templates import names, source_of
from slalang.pipeline.errors import AlreadyThere
from slalang.pipeline.journey import program_of

if TYPE_CHECKING:
    from slalang.ir.program import Program

TOLD = {
    "en": (
        "{file}: the contract",
        "{values}: {count} to fill in ({filled} filled); then: slalang run {file} --values {values} --events …",
    ),
    "zh": (
        "{file}：合同",
        "{values}：共 {count} 项空白（已填 {filled} 项）；随后：slalang run {file} --values {values} --events …",
    ),
}


@click.command("new")
@click.option("--from", "template", metavar="TEMPLATE|CONTRACT", help="what to start from")
@click.option("--list", "listed", is_flag=True, help="print the names of the templates")
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="fill in a blank (repeatable)")
@click.option("-o", "--output", metavar="FILE", help="the new contract (default: the template's name)")
@lang_option
def command(template: str | None, listed: bool, given: tuple[str, ...], output: str | None, lang: str) -> int:  # noqa: ARG001 - read eagerly
    """Write a contract of your own from a template, and a file in which each of its blanks stands with type and domain."""
    if listed:
        click.echo("\n".join(names()))
        return DONE
    if template is None:
        raise click.UsageError("Missing option '--from' (or '--list').")
    source = source_of(template)
    suffix = Path(source.name).suffix or ".sla"
    file = output or f"{Path(template).stem if template in names() else 'contract'}{suffix}"
    values = f"{file.removesuffix(suffix)}.values"
    for path in (file, values):
        if Path(path).exists():
            raise Stop(AlreadyThere(None, name=path))
    deliver([source.text], file)
    try:
        program = program_of(file).program
        filled = len(bound(given, file))
        deliver([form(program, given)], values)
    except BaseException:
        Path(file).unlink(missing_ok=True)  # a contract without its blanks is half of what was asked for
        raise
    _tell(program, file, values, filled)
    return DONE


def _tell(program: Program, file: str, values: str, filled: int) -> None:
    shown = language()
    for each in ("en", "zh"):
        if shown in (each, "both"):
            for line in TOLD[each]:
                click.echo(line.format(file=file, values=values, count=len(blanks(program)), filled=filled))
