"""`slalang fmt`: contracts in, the same contracts written the one way, or under the names of another language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from slalang.cli.output import deliver
from slalang.cli.settings import lang_option, language
from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.exits import DONE, FINDINGS
from slalang.diagnostics.opening import open_source
from slalang.pipeline.journey import library
from slalang.pipeline.renaming.names import names_of
from slalang.pipeline.renaming.rewriting import left_alone, renamed
from slalang.syntax.format import format_text

if TYPE_CHECKING:
    from slalang.syntax.tree import Document


@click.command("fmt")
@click.argument("contracts", nargs=-1, required=True, metavar="CONTRACT...")
@click.option("--check", "only_check", is_flag=True, help="change nothing; exit 1 if a file would change")
@click.option("--to", type=click.Choice(["zh", "en"]), default=None, help="switch the keywords' language")
@click.option(
    "--names", "table", metavar="FILE", help="switch names and texts too, by a table; needs --to and -o"
)
@click.option(
    "-o", "--output", metavar="FILE", help="write there instead (one contract only; `-` for standard output)"
)
@lang_option
def command(
    contracts: tuple[str, ...],
    only_check: bool,
    to: Literal["zh", "en"] | None,
    table: str | None,
    output: str | None,
    lang: str,  # noqa: ARG001 - read eagerly
) -> int:
    """Write contracts the one way: lossless, comments kept. A file with errors is left alone (exit 2)."""
    if output is not None and len(contracts) > 1:
        raise click.UsageError("-o takes one contract")
    if table is not None:
        if to is None or output is None:
            raise click.UsageError("--names takes --to, which says in which direction, and -o")
        return _under_names(contracts[0], table, to, output, only_check=only_check)
    if output is not None and only_check:
        raise click.UsageError("--check writes nothing: it takes no -o")
    changed = []
    written = []
    for path in contracts:
        source = open_source(path)
        text = format_text(source, to, load=_library)
        written.append((path, text))
        if text != source.text:
            changed.append(path)
    if only_check:
        for path in changed:
            click.echo(path)
        return FINDINGS if changed else DONE
    for path, text in written:
        if output is not None:
            deliver([text], None if output == "-" else output)
        elif path in changed:
            deliver([text], path)
            click.echo(path)
    return DONE


def _library(name: str) -> Document | None:
    """A library of the standard library; its own mistakes are no concern of a formatter."""
    return library(name, Collector())


def _under_names(path: str, table: str, to: Literal["zh", "en"], output: str, *, only_check: bool) -> int:
    """Write a contract under other names; with `only_check` compare what is there (exit 1 when it is not current)."""
    names = names_of(table)
    made = renamed(open_source(path), names, to)
    note = left_alone(made, names)
    if note is not None:
        told = Collector()
        told.add(note)
        click.echo(messages(told, language()), err=True)
    if not only_check:
        deliver([made.text], None if output == "-" else output)
        return DONE
    if output == "-" or open_source(output).text != made.text:
        click.echo(output)
        return FINDINGS
    return DONE
