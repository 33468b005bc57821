"""An earlier outcome's file and what a run is asked for go in; the restatement comes out: what changed, why, and what is posted for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop, Text
from slalang.engine.run import Run as Evaluator
from slalang.outcome.changes.comparing import EVERY, compare, tables
from slalang.outcome.changes.money import adjustments, differences
from slalang.outcome.changes.records import Cause, Restatement
from slalang.outcome.errors import EarlierBroken
from slalang.outcome.from_json import from_json
from slalang.pipeline.errors import EarlierOfAnother, EarlierThanThat
from slalang.pipeline.restating.again import Again
from slalang.pipeline.restating.causes import attributed
from slalang.pipeline.restating.facts import Facts, units
from slalang.pipeline.restating.trials import FEWEST, MOST_WORK
from slalang.pipeline.running import Run
from slalang.source.text import Spot
from slalang.values import instant
from slalang.values import zone as zones

if TYPE_CHECKING:
    from slalang.events.event import Event
    from slalang.outcome.changes.records import Published
    from slalang.pipeline.running import Asked

RECEIPT: Final = ("contract", "calendars", "bindings", "parameters", "readings", "software")


@dataclass(frozen=True, slots=True)
class _Then:
    """What the earlier run knew, what comes out of it, and whether that is what the earlier run said."""

    facts: Facts
    base: Published
    reproduced: bool


def earlier(path: str) -> dict[str, Any]:
    """The earlier outcome as plain data.

    Raises:
        Stop: it cannot be read, or is no outcome.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        problem = Text(
            en=f"it is not UTF-8 at byte {trouble.start}", zh=f"第 {trouble.start} 字节处不是 UTF-8"
        )
        raise Stop(EarlierBroken(Spot(path), problem=problem)) from None
    except (OSError, ValueError) as trouble:
        reason = getattr(trouble, "strerror", None) or str(trouble)
        raise Stop(EarlierBroken(Spot(path), problem=Text(en=reason, zh=f"无法读取：{reason}"))) from None
    return from_json(text, path)


def restated(run: Run, asked: Asked, path: str, old: Published, before: tuple[str, ...]) -> Restatement:
    """Compare a loaded run with the earlier outcome.

    Args:
        run: the facts of now; without a stated as-of instant it is taken as of the later of its last event and `old`.
        asked: what `run` was asked for: the earlier facts are read with the same options.
        path: the earlier outcome's file, for messages.
        old: its data, from `earlier`.
        before: the files of events that the earlier run read, where they are at hand; else what it knew is told by
            `recordedtime`, by the hashes of its receipt, and by trying.

    Raises:
        Stop: another contract, or an earlier as-of than the earlier run's.
    """
    then_at = _comparable(run, path, old)
    then = _then(run, asked, old, then_at, before)
    now = Facts({event.id: event for event in run.loaded.said()}, run.loaded.registers)
    again = Again(run)
    evaluator = Evaluator(run.versions, run.loaded.registers, run.settings(run.as_of))
    evaluator.feed(run.loaded.events)
    outcome = evaluator.outcome(run.receipt())
    present = tables(outcome)
    compared = compare(old, present, EVERY)
    known = units(then.facts, now, then_at)
    other_inputs = _other_inputs(old["receipt"], _receipt(run))
    inputs = None
    if not then.reproduced:
        differing = ", ".join(name for name, _, _ in other_inputs)
        inputs = Cause("inputs", about=differing) if differing else Cause("unknown")
    later = again.tables(then.facts.events.values(), then.facts.registers, run.as_of) if known else present
    outcomes = {"old": old, "base": then.base, "later": later, "now": present}
    made = attributed(
        again,
        compared.changes,
        known,
        then=then.facts,
        now=now,
        outcomes=outcomes,
        as_of=run.as_of,
        inputs=inputs,
    )

    def open_period(line: Published) -> str:
        try:
            period = evaluator.period_open(line["rule"], line["agreement"] or "")
        except KeyError:  # the contract has no such amount any more
            return ""
        return "" if period is None else period.label

    counts: dict[str, int] = {}
    for unit in known:
        counts[unit.sort] = counts.get(unit.sort, 0) + 1
    return Restatement(
        contract=outcome.contract,
        version=outcome.version,
        zone=outcome.zone,
        before_as_of=then_at,
        as_of=run.as_of,
        changes=made.changes,
        money=differences(old["ledger"], present["ledger"]),
        adjustments=adjustments(made.changes, open_period),
        facts=tuple(sorted(counts.items())),
        tried=made.tried,
        needless=made.needless,
        grouped=made.grouped,
        reproduced=then.reproduced,
        other_inputs=other_inputs,
        ran_on=compared.ran_on,
        confirmed=compared.confirmed,
        kinds=tuple(sorted({(one.rule, one.value.type) for one in outcome.metrics if one.value is not None})),
    )


def _comparable(run: Run, path: str, old: Published) -> int:
    """The earlier run's as-of instant; sets the run's own where none was stated."""
    mine = {"title": run.program.title, "zone": run.program.zone}
    for name, value in mine.items():
        if old["contract"][name] != value:
            raise Stop(
                EarlierOfAnother(Spot(path), part=f"contract.{name}", there=old["contract"][name], here=value)
            )
    then_at = instant.parse(old["as_of"])
    if not run.as_of_was_given:
        run.as_of_was_given = run.as_of < then_at  # a note would call it the last instant of the input
        run.as_of = max(run.as_of, then_at)
    if run.as_of < then_at:
        zone = zones.load(run.program.zone)
        here = instant.format(run.as_of, zone)
        raise Stop(EarlierThanThat(Spot(path), there=instant.format(then_at, zone), here=here))
    return then_at


def _then(run: Run, asked: Asked, old: Published, then_at: int, before: tuple[str, ...]) -> _Then:
    """What the earlier run knew."""
    files = before or asked.events
    with TemporaryDirectory(
        prefix="slalang-"
    ) as scratch:  # what is set aside has been told of the present run
        rejects = str(Path(scratch) / "rejects.jsonl") if asked.lenient else None
        known_then = replace(asked, events=files, as_of=old["as_of"], rejects=rejects)
        base = Run(known_then, Collector())
    with base:
        told = (one for one in base.loaded.said() if one.time <= then_at or one.corrects or one.retracts)
        facts = Facts({event.id: event for event in told}, base.loaded.registers)
        hashes = {one["hash"] for one in old["receipt"]["inputs"]}
        same = {name for name, digest in base.loaded.inputs if digest in hashes}
    again = Again(run)
    found = again.tables(facts.events.values(), facts.registers, then_at)
    if before or not compare(old, found, EVERY).changes:
        return _Then(facts, found, reproduced=not compare(old, found, EVERY).changes)
    # Some events that bear no recordedtime, or a false one, came later than they say: those without which the earlier
    # run comes out again.
    suspects = [event for event in facts.events.values() if Path(event.origin[0]).name not in same]
    facts, found = _less(again, facts, old, found, suspects, then_at)
    return _Then(facts, found, reproduced=not compare(old, found, EVERY).changes)


def _less(
    again: Again, facts: Facts, old: Published, found: Published, suspects: list[Event], then_at: int
) -> tuple[Facts, Published]:
    """The facts without those whose absence brings results nearer to the earlier run, tried one by one, within a bound."""
    different = compare(old, found, EVERY)
    cited = {
        id_
        for change in different.changes
        if change.after is not None
        for id_ in change.after.get("evidence", ())
        if id_ not in (change.before or {}).get("evidence", ())
    }
    limit = max(FEWEST, MOST_WORK // max(1, len(facts.events)))
    islands = again.islands(facts, facts)
    if islands is not None:
        # What speaks only of agreements that came out as they were brings nothing nearer.
        wanted = {id(islands.of_agreement(one.record["agreement"] or "")) for one in different.changes}
        suspects = [event for event in suspects if id(islands.of_event(event)) in wanted]
    ordered = sorted(suspects, key=lambda event: (event.id not in cited, not event.corrects, event.order))
    best = len(different.changes)
    for event in ordered[:limit]:
        if not best:
            break
        fewer = Facts({id_: one for id_, one in facts.events.items() if id_ != event.id}, facts.registers)
        tried = again.tables(fewer.events.values(), fewer.registers, then_at)
        left = len(compare(old, tried, EVERY).changes)
        if left < best:
            facts, found, best = fewer, tried, left
    return facts, found


def _receipt(run: Run) -> Published:
    receipt = run.receipt()
    return {
        "contract": dict(receipt.contract),
        "calendars": receipt.calendars or None,
        "bindings": receipt.bindings or None,
        "parameters": dict(receipt.parameters),
        "readings": dict(receipt.readings),
        "software": receipt.software,
    }


def _other_inputs(old: Published, new: Published) -> tuple[tuple[str, str, str], ...]:
    """What else than facts differs: part by part, before and after."""
    found = []
    for name in RECEIPT:
        one, other = old[name], new[name]
        if isinstance(one, dict):
            found += [
                (f"{name} {key}", one.get(key, ""), other.get(key, ""))
                for key in dict.fromkeys((*one, *other))
                if one.get(key) != other.get(key)
            ]
        elif one != other:
            found.append((name, one or "", other or ""))
    return tuple(found)
