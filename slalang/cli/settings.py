"""Options that several commands share, and the language in which they speak."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, cast

import click

if TYPE_CHECKING:
    from slalang.diagnostics.as_text import Shown

_ASKED: list[Shown] = []


def language() -> Shown:
    """The language asked for with `--lang`, else `SLALANG_LANG`, else that of the locale, else English."""
    if _ASKED:
        return _ASKED[-1]
    wanted = os.environ.get("SLALANG_LANG", "")
    if wanted in ("en", "zh", "both"):
        return cast("Shown", wanted)
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "zh" if locale.startswith("zh") else "en"


def _keep(_ctx: click.Context, _param: click.Parameter, value: Shown | None) -> Shown:
    _ASKED.clear()
    if value is not None:
        _ASKED.append(value)
    return language()


def lang_option(function: Any) -> Any:
    """`--lang en|zh|both`: read before the other options, so that their mistakes are told in it."""
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh", "both"]),
        callback=_keep,
        is_eager=True,
        default=None,
        help="language of messages and reports (default: SLALANG_LANG, else the locale)",
    )(function)


def events_options(function: Any) -> Any:
    """What every command that evaluates takes: events, bindings, settings, readings, as-of."""
    for option in reversed((
        click.option("--events", "events", multiple=True, metavar="FILE", help="events or registers: JSON Lines, CSV or Parquet (repeatable)"),
        click.option("--bindings", metavar="FILE", help="TOML that turns your tables into events"),
        click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="bind a parameter (repeatable)"),
        click.option("--values", "values", multiple=True, metavar="FILE", help="bind the parameters that a file of `name = value` lines names (repeatable)"),
        click.option("--reading", "readings", multiple=True, metavar="NAME=OPTION", help="take another reading (repeatable)"),
        click.option("--as-of", metavar="T", help="judge as of this instant (default: the last event's)"),
        click.option("--lenient", is_flag=True, help="set unfit events aside instead of refusing the run"),
        click.option("--rejects", metavar="FILE", help="where --lenient writes what it set aside"),
    )):  # fmt: skip
        function = option(function)
    return function
