"""The rules that were made and the names that they read go in; names without a rule under some reading are reported."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.amounts import AmountRule, Formula, Metric
from slalang.ir.rules import Obligation
from slalang.semantics.errors.exceptions import NotCovered, OtherType
from slalang.semantics.errors.lowering import NotPlaced
from slalang.semantics.errors.reach import GroupNotSaid
from slalang.semantics.expressions.reads import reads
from slalang.semantics.scope.kinds import of_type
from slalang.semantics.surface import line as written

if TYPE_CHECKING:
    from slalang.ir.expressions import Expr
    from slalang.ir.rules import Schedule
    from slalang.semantics.scope.world import Declared, World

MOST = 4096  # combinations of options looked at for one name


def check_readings(world: World) -> None:
    """For each rule and each name that it reads: whatever options a run takes, the name must have a rule."""
    for reader, name in sorted(world.edges, key=lambda edge: (edge[0].span.start, edge[1])):
        alternatives = world.values[name]
        if alternatives[0].kind != "exception" and any(item.under for item in alternatives):
            _covered(world, reader, alternatives)
    for alternatives in world.values.values():
        if len(alternatives) > 1:
            _one_type(world, alternatives)
    for first in (
        *(one for owners in world.signals.values() for one in owners.values()),
        *world.calendars.values(),
    ):
        alternatives = [first, *world.variants_of.get(id(first), ())]
        if first.under:
            _covered(world, replace(first, under=()), alternatives)
        if len(alternatives) > 1:
            _one_type(world, alternatives)


def check_groups(world: World) -> None:
    """Each amount of a period, target and formula that reads a metric by groups is by these groups itself."""
    for declared in world.all_values():
        made = world.variants(declared).get("")
        for name in sorted(
            {name for sort, name, _ in reads(_of_period(made), world.named) if sort == "group"}
        ):
            own = {"agreement", *getattr(made, "by", ())}
            read = next((item for item in world.named(name) if isinstance(item, Metric)), None)
            groups = tuple(group for group in read.by if group not in own) if read is not None else ()
            if groups:
                line = written("grouped", ", ".join(groups), chinese=world.chinese)
                world.collector.add(
                    GroupNotSaid(
                        declared.span, reader=declared.name, name=name, groups=", ".join(groups), line=line
                    )
                )


def check_periods(world: World) -> None:
    """A share of each day that is read once a month: how its days are joined must be said (times and counts are added up)."""
    for declared in world.all_values():
        made = world.variants(declared).get("")
        own = _schedule(made)
        if own is None or own.before is not None:
            continue
        for name in sorted(
            {name for sort, name, _ in reads(_of_period(made), world.named) if sort == "period"}
        ):
            read = next((item for item in world.named(name) if isinstance(item, Metric)), None)
            if read is None or read.type not in {"ratio", "points"} or read.period.before is not None:
                continue
            if _length(read.period) < _length(own):
                what = Text(
                    en=f"`{name}` has several values in this period: write `mean across periods of {name}`, or `lowest`, `highest`",
                    zh=f"`{name}` 在本期内有多个值: 请写 `各期平均取自 {name}`，或 `各期最低取自`、`各期最高取自`",
                )
                world.collector.add(NotPlaced(declared.span, what=what))


def _schedule(made: object) -> Schedule | None:
    if isinstance(made, Obligation):
        return made.scope.schedule if made.modality == "target" else None
    return made.period if isinstance(made, Metric | AmountRule) else None


_DAYS: Final = {
    "us": Fraction(1, 86_400_000_000), "minute": Fraction(1, 1440), "hour": Fraction(1, 24), "day": Fraction(1), "working_day": Fraction(1),
    "week": Fraction(7), "month": Fraction(30), "quarter": Fraction(90), "year": Fraction(360), "billing_cycle": Fraction(30),
}  # fmt: skip


def _length(schedule: Schedule) -> Fraction:
    """About how long its periods are, in days; the whole term is longer than any."""
    return _DAYS.get(schedule.unit, Fraction(10**6)) * schedule.n


def _of_period(made: object) -> list[Expr | None]:
    """The expressions of a rule that are read once a period (and group), not for each case."""
    if isinstance(made, AmountRule) and not (made.for_each or made.for_each_event or made.for_each_exercise):
        return [made.amount, made.when, *made.at_most, *made.at_least]
    if isinstance(made, Obligation):
        return [made.holds]
    return [made.form.value] if isinstance(made, Metric) and isinstance(made.form, Formula) else []


def _covered(world: World, reader: Declared, alternatives: list[Declared]) -> None:
    fixed = {under.reading: under.option for under in reader.under}
    named = dict.fromkeys(under.reading for item in alternatives for under in item.under)
    if any(reading not in world.readings for reading in named):
        return
    options = [
        [fixed[reading]] if reading in fixed else list(world.readings[reading].options) for reading in named
    ]
    if prod(len(each) for each in options) > MOST:
        return
    for chosen in product(*options):
        taken = dict(zip(named, chosen, strict=True))
        if any(
            all(taken.get(under.reading) == under.option for under in item.under) for item in alternatives
        ):
            continue
        missing = next((reading for reading in named if reading not in fixed), next(iter(named)))
        name = alternatives[0].name
        found = NotCovered(alternatives[0].span, name=name, reading=missing, missing=taken[missing])
        world.collector.add(found, ("covered", name))
        return


def _one_type(world: World, alternatives: list[Declared]) -> None:
    first = _type(world, alternatives[0])
    for other in alternatives[1:]:
        found = _type(world, other)
        if first and found and first != found and {first, found} != {"integer", "number"}:
            world.collector.add(OtherType(other.span, found=of_type(found), other=of_type(first)))


def _type(world: World, declared: Declared) -> str:
    made = next((item for item in world.variants(declared).values() if item is not None), None)
    if declared.kind == "amount_rule" and made is not None:
        return str(made.amount.type)
    return str(getattr(made, "type", ""))
