"""A checked contract with chains goes in; the contracts that it buys under are read, and promises that they do not cover come out."""

from __future__ import annotations

from fractions import Fraction
from pathlib import PurePath
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Stop, Text
from slalang.prove.chains.cover import Cover, Sum, cover
from slalang.prove.chains.errors import (
    BoughtUnknown,
    BoughtUnsound,
    HoursNotCovered,
    NotCovered,
    NothingShown,
)
from slalang.prove.places import Places
from slalang.prove.shown import show
from slalang.values import instant
from slalang.values.zone import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slalang.diagnostics.collector import Collector
    from slalang.ir.program import Chain, Program
    from slalang.source.text import SourceFile

MONTH_MINUTES = 30 * 24 * 60
DAY_UNITS = {"civil": ("days", "天"), "workdays": ("business days", "个工作日")}


def covers(
    program: Program, source: SourceFile, collector: Collector, read: Callable[[str], Program]
) -> Iterator[Cover]:
    """Compare each chain; `read` gives the program of a file, or stops."""
    places = Places({source.name: source})
    bought: dict[str, Program | None] = {}
    for name, file in program.purchases:
        path = str(PurePath(source.name).parent / file)
        try:
            bought[name] = read(path)
        except Stop as trouble:
            first = trouble.diagnostics[0]
            problem = Text(en=first.say("title", "en") or "", zh=first.say("title", "zh") or "")
            at = next((chain.about.place for chain in program.chains if name in dict(chain.bought)), None)
            collector.add(BoughtUnsound(None if at is None else places.of(at), file=path, problem=problem))
            bought[name] = None
    for chain in program.chains:
        found = _named(chain, bought, dict(program.purchases), places, collector)
        if found is not None:
            made = cover(program, chain, found)
            _tell(program, made, places, collector)
            yield made


def _named(
    chain: Chain,
    bought: dict[str, Program | None],
    files: dict[str, str],
    places: Places,
    collector: Collector,
) -> dict[str, Program] | None:
    """The contracts of a chain, or None where one of them lacks what is bought."""
    found: dict[str, Program] = {}
    for alias, rule in chain.bought:
        program = bought.get(alias)
        if program is None:
            return None
        names = tuple(one.name for one in program.obligations)
        if rule not in names:
            collector.add(
                BoughtUnknown(places.of(chain.about.place), name=rule, file=files[alias], near=names)
            )
            return None
        found[alias] = program
    return found


def _tell(program: Program, made: Cover, places: Places, collector: Collector) -> None:
    at = places.of(made.chain.about.place)
    for one in made.sums:
        if one.short:
            collector.add(
                NotCovered(
                    at,
                    promised=_promised(one),
                    guaranteed=shown(one, one.guaranteed),
                    sum=arithmetic(made.chain, one),
                    witness=_witness(made.chain, one),
                )
            )
    zone = load(program.zone)
    for name, first in made.uncovered:
        collector.add(HoursNotCovered(at, name=name, first=instant.local(first, zone)))
    for obstacle in made.obstacles:
        collector.add(NothingShown(at, obstacle=obstacle))


def _promised(one: Sum) -> str:
    return f"{one.row}: {shown(one, one.promised)}" if one.row else shown(one, one.promised)


def shown(one: Sum, value: Fraction) -> str:
    """A level as per cent, a limit with its unit."""
    if one.kind in DAY_UNITS:
        return f"{show(value, 'number')} {DAY_UNITS[one.kind][0]}"
    return show(value, one.kind)


def arithmetic(chain: Chain, one: Sum) -> str:
    """The sum as one writes it with a pencil: `1 - (0.1% + 0.2%) = 99.7%`."""
    values = [value for _, value in one.bought]
    if one.kind == "ratio" and chain.joined == "series":
        missing = " + ".join(show(1 - value, "ratio") for value in values)
        return f"100% - ({missing}) = {show(one.guaranteed, 'ratio')}"
    sign, word = (" + ", "") if chain.joined == "series" else (", ", "max" if one.kind == "ratio" else "min")
    joined = sign.join(shown(one, value) for value in values)
    return (
        f"{word}({joined}) = {shown(one, one.guaranteed)}"
        if word
        else f"{joined} = {shown(one, one.guaranteed)}"
    )


def _witness(chain: Chain, one: Sum) -> Text | None:
    """Of a level: the minutes of a month of thirty days that may be lost and those that may."""
    if one.kind != "ratio":
        return None
    lost, allowed = ((1 - value) * MONTH_MINUTES for value in (one.guaranteed, one.promised))
    figures = show(Fraction(lost), "number"), show(Fraction(allowed), "number")
    at_once = chain.joined == "parallel"
    return Text(
        en=f"in a month of 30 days {figures[0]} min may be lost {'at once' if at_once else 'one after another'}, {figures[1]} min are allowed",
        zh=f"30 天的月份中可能{'同时' if at_once else '先后'}中断 {figures[0]} 分钟，而只容许 {figures[1]} 分钟",
    )
