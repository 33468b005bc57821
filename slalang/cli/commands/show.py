"""`slalang show`: any form of a contract, printed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from slalang.cli.settings import lang_option
from slalang.cli.tree import as_lines
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.exits import DONE, FINDINGS
from slalang.diagnostics.opening import open_source
from slalang.ir.canonical import as_json, content_hash
from slalang.outcome.schema import schema
from slalang.pipeline import chaining, journey
from slalang.syntax.parse import parse

if TYPE_CHECKING:
    from slalang.ir.amounts import AmountRule, Metric, Right
    from slalang.ir.program import Program
    from slalang.ir.rules import Obligation


@click.command("show")
@click.argument("form", type=click.Choice(["tree", "ir", "hash", "rules", "chains", "schema"]))
@click.argument("contract", required=False)
@lang_option
def command(form: str, contract: str | None, lang: str) -> int:  # noqa: ARG001 - read eagerly
    """Print the syntax tree, the IR as JSON, its hash, the rules with key, stratum and reads, the sums of its chains, or the schema of the run's JSON."""
    if form == "schema":
        click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))
        return DONE
    if contract is None:
        raise click.UsageError("Missing argument 'CONTRACT'.")
    if form == "tree":
        click.echo("\n".join(as_lines(parse(open_source(contract), Collector()))))
        return DONE
    program = journey.program_of(contract).program
    if form == "chains":
        return _chains(contract, program)
    if form == "ir":
        click.echo(as_json(program), nl=False)
    elif form == "hash":
        click.echo(content_hash(program))
    else:
        rules: list[Obligation | Metric | AmountRule | Right] = [
            *program.obligations,
            *program.metrics,
            *program.amounts,
        ]
        for rule in (*rules, *program.rights):
            shape = rule.shape
            click.echo(f"{rule.kind} {rule.name} [{rule.about.clause}]")
            click.echo(
                f"  key: {', '.join(shape.key)}; stratum: {shape.stratum}; look-back: {shape.look_back}"
            )
            click.echo(f"  reads: {', '.join(shape.reads) or '-'}")
            click.echo(f"  state: {', '.join(shape.state) or '-'}")
    return DONE


def _chains(contract: str, program: Program) -> int:
    """Each chain with its sum, as one writes it with a pencil; exit 1 where one is not covered."""
    collector = Collector()
    short = False
    for made in chaining.covers(
        program, open_source(contract), collector, lambda path: journey.program_of(path).program
    ):
        chain = made.chain
        click.echo(
            f"{chain.name} [{chain.about.clause}]: {chain.promise} <- {', '.join('.'.join(one) for one in chain.bought)} ({chain.joined})"
        )
        for one in made.sums:
            verdict = ("<" if one.short else ">=") if one.kind == "ratio" else (">" if one.short else "<=")
            row = f"{one.row}: " if one.row else ""
            click.echo(
                f"  {row}{chaining.arithmetic(chain, one)} {verdict} {chaining.shown(one, one.promised)}"
            )
            if one.estimate is not None:
                click.echo(
                    f"    ({chaining.shown(one, one.estimate)} if failures were independent: an estimate, no promise)"
                )
    for told in collector.sorted():
        short = short or told.severity == "error"
        click.echo(f"  {told.code}: {told.say('label', 'en')}")
    return FINDINGS if short else DONE
