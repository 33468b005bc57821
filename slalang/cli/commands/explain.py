"""`slalang explain`: an error code, or a contract, facts and a rule in; the page or the explanation tree out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import click

from slalang.cli.errors import NothingToExplain, UnknownCode
from slalang.cli.output import deliver
from slalang.cli.settings import events_options, lang_option, language
from slalang.diagnostics.as_text import languages
from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.exits import DONE
from slalang.diagnostics.pages import near, page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.diagnostics.diagnostic import Language
    from slalang.pipeline.explaining import Explained

CODE: Final = re.compile(r"(?:SLA-)?[EL]\d{4}", re.IGNORECASE)
MOST: Final = 5  # explanations printed unless --all
MORE: Final = {
    "en": "{count} more match; `--all` explains them too, `--subject` and `--period` choose",
    "zh": "另有 {count} 项匹配；`--all` 全部解释，`--subject` 与 `--period` 可选定",
}
Form = Literal["text", "json", "markdown", "html"]


@click.command("explain")
@click.argument("contracts", nargs=-1, required=True, metavar="CODE | CONTRACT...")
@events_options
@click.option("--rule", help="the obligation, metric or amount to explain")
@click.option("--subject", default="", help="the ticket, outage, … of the verdict, or an agreement")
@click.option("--instance", default="", help="one instance, where a subject has several")
@click.option("--period", default="", help="the measured period, e.g. 2026-03")
@click.option("--all", "everything", is_flag=True, help=f"explain all that match, not only the first {MOST}")
@click.option("--format", "form", type=click.Choice(["text", "json", "markdown", "html"]), default="text")
@click.option("-o", "--output", metavar="FILE", help="write there; the file appears only when it is whole")
@lang_option
def command(
    contracts: tuple[str, ...],
    rule: str | None,
    subject: str,
    instance: str,
    period: str,
    everything: bool,
    form: str,
    output: str | None,
    lang: str,  # noqa: ARG001 - read eagerly
    **facts: Any,
) -> int:
    """Explain one verdict, metric or amount so that it can be checked with a pencil; or an error code (SLA-E0203)."""
    if len(contracts) == 1 and CODE.fullmatch(contracts[0]) and not facts["events"]:
        deliver([_page(contracts[0])], output)
        return DONE
    if rule is None:
        raise click.UsageError("Missing option '--rule'.")
    # Imported here: pages of error codes must not wait for the engine.
    from slalang.cli.notes import tell  # noqa: PLC0415
    from slalang.engine.settings import Focus  # noqa: PLC0415
    from slalang.pipeline.explaining import explained  # noqa: PLC0415
    from slalang.pipeline.running import Asked, Run  # noqa: PLC0415

    collector = Collector()
    with Run(Asked(contracts, **facts), collector) as run:
        tell(collector, run)
        focus = Focus(rule, subject, instance, period)
        found = explained(run, focus, None if everything else MOST)
    if not found.explanations:
        there = tuple(filter(None, found.there))  # a rule without subjects has nothing to name
        asked = _asked(focus.rule, subject, period)
        raise Stop(NothingToExplain(None, asked=asked, there=there, period=period or ""))
    deliver(_pieces(found, cast("Form", form)), output)
    if found.left_out:
        for each in languages(language()):
            click.echo(MORE[each].format(count=found.left_out), err=True)
    return DONE


def _page(code: str) -> str:
    from slalang.cli.codes import classes  # noqa: PLC0415 - every stage's messages

    known = classes()
    pages = [page(code, known, each) for each in languages(language())]
    if any(text is None for text in pages):
        raise Stop(UnknownCode(None, asked=code, nearest=near(code, known)))
    return "\n".join(text for text in pages if text is not None)


def _pieces(found: Explained, form: Form) -> Iterable[str]:
    from slalang.report import as_html, as_json, as_markdown, as_text  # noqa: PLC0415 - only now needed

    spoken = languages(language())
    if form == "json":
        return [as_json.json_text(item) for item in found.explanations]
    if form == "html":
        pages = [_html(found, each) for each in spoken]
        return pages[:1] if len(pages) == 1 else [as_html.both(*pages)]
    write = as_text.text if form == "text" else as_markdown.markdown
    return ["\n".join(write(item, each) for each in spoken for item in found.explanations)]


def _html(found: Explained, spoken: Language) -> str:
    from slalang.report import as_html  # noqa: PLC0415 - only now needed

    if len(found.explanations) > 1:
        return as_html.month_page(found.program, found.outcome, found.explanations, spoken)
    return as_html.verdict_page(found.program, found.outcome, found.explanations[0], spoken)


def _asked(*parts: str) -> str:
    return " ".join(part for part in parts if part)
