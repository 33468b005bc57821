"""An explanation goes in; every sum, product, difference and rounding in it is worked out again, and what disagrees comes out."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import Stop
from slalang.explain import recounting
from slalang.explain.recounting import wrong
from slalang.explain.tree import Node, Word
from slalang.outcome.records import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from slalang.explain.errors import DoesNotAddUp
    from slalang.explain.tree import Arg, Explanation

HOUR = 3_600_000_000  # µs
COMPARE: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def check(explanation: Explanation) -> tuple[DoesNotAddUp, ...]:
    """Everything in the tree that does not come out when it is worked out again; empty when all does."""
    found = list(_whole(explanation))
    for item in explanation.root.walk():
        found += _node(item)
        found += recounting.days(item, explanation.zone)
    return tuple(found)


def ensured(explanation: Explanation) -> Explanation:
    """The explanation itself.

    Raises:
        Stop: `SLA-E0791`, a number in it does not come out.
    """
    wrong = check(explanation)
    if wrong:
        raise Stop(*wrong)
    return explanation


def _whole(explanation: Explanation) -> Iterator[DoesNotAddUp]:
    """What must agree between parts: the clock with the measure, the formula with the steps, the steps with the posting."""
    root, verdict = explanation.root, explanation.verdict
    clocks = [item for item in root.children if item.kind == "clock"]
    if verdict is not None and verdict.measure is not None and verdict.measure.type == "duration" and clocks:
        rows = [item for item in clocks[0].children if item.get("subtotal") is not None]
        counted = rows[-1].number("subtotal").value if rows else Fraction(0)
        yield from wrong(
            f"{verdict.rule}: the clock against the measure", counted, verdict.measure.value, "duration"
        )
    formulas = [item for item in root.children if item.kind == "formula" and item.children]
    steps = [item for part in root.children if part.kind == "steps" for item in part.children]
    formulas += [
        total for part in root.children if part.kind == "late_days" for total in part.find("late_days.total")
    ]
    value = None
    if formulas:
        value = (formulas[0].children[0] if formulas[0].kind == "formula" else formulas[0]).get("value")
    at = value.value if isinstance(value, Quantity) else None
    if at is not None and isinstance(value, Quantity) and value.type == "duration":
        at /= HOUR  # hours of service: the formula is told as a time, the steps in hours
    for step in steps:
        if at is not None:
            yield from wrong(
                f"{explanation.rule}: a step begins where the last ended", step.number("before").value, at
            )
        at = step.number("after").value
    if root.kind == "amount" and at is not None:
        yield from wrong(f"{explanation.rule}: the posted amount", root.number("value").value, at)
    counts, divisions = root.find("counts"), root.find("division")
    if counts and divisions and divisions[0].number("denominator").value == sum(_counts(counts[0])):
        yield from wrong(
            f"{explanation.rule}: cases met", divisions[0].number("numerator").value, _counts(counts[0])[0]
        )


def _counts(item: Node) -> tuple[int, int]:
    met, bad = item.get("met"), item.get("not_met")
    return (met if isinstance(met, int) else 0, bad if isinstance(bad, int) else 0)


def _node(item: Node) -> Iterator[DoesNotAddUp]:
    match item.kind:
        case "clock" | "time" | "stretch" | "turn.share":
            yield from recounting.clock(item)
        case "gaps":
            lengths = sum((row.number("length").value for row in item.find("gap")), Fraction(0))
            yield from wrong(
                "the sum of the gaps", item.find("gaps.sum")[0].number("total").value, lengths, "duration"
            )
        case "gap":
            span = item.instant("end") - item.instant("start")
            yield from wrong("the length of a gap", item.number("length").value, Fraction(span), "duration")
        case "margin" | "margin.more" | "margin.at_most" | "margin.gaps" | "margin.wait":
            margin = item.number("margin")
            difference = item.number("a").value - item.number("b").value
            yield from wrong("the margin", margin.value, difference, margin.type)
        case "counts":
            rows = [row.get("count") for row in item.find("count")]
            total = sum(count for count in rows if isinstance(count, int))
            for sums in item.find("counts.total"):  # none where no case was counted
                yield from wrong("the cases counted", sums.get("total"), total)
        case "division" | "quotient":
            ratio = item.number("numerator").value / item.number("denominator").value
            yield from wrong("the quotient", item.number("value").value, ratio)
        case "mean.cases" | "mean.events":
            count, value = item.get("count"), item.number("value")
            mean = item.number("total").value / count if isinstance(count, int) and count else None
            yield from wrong("the mean", value.value, mean, value.type)
        case "fold.sum" | "fold.sum.many" | "fold.rank" | "fold.between":
            yield from recounting.folds(item)
        case "value.op" | "value.condition":
            yield from _operation(item)
        case "step.room":
            yield from _room(item)
        case "late_days":
            yield from recounting.days_late(item)
        case "step" | "step.same":
            yield from _step(item)
        case "posting.open":
            amounts = item.get("parts")
            exact = (
                [_exact(part) or Fraction(0) for part in amounts]
                if isinstance(amounts, tuple)
                else [Fraction(0)]
            )
            yield from wrong("what is still open", item.number("value").value, exact[0] - sum(exact[1:]))
        case "posting.total":
            parts = item.get("parts")
            total_of = (
                sum((_exact(part) or Fraction(0) for part in parts), Fraction(0))
                if isinstance(parts, tuple)
                else None
            )
            yield from wrong("the total of the ledger", item.number("value").value, total_of)
        case _:
            return


def _operation(item: Node) -> Iterator[DoesNotAddUp]:
    op, operands = item.get("op"), item.get("operands")
    if not isinstance(op, str) or not isinstance(operands, tuple):
        return
    again = worked_out(op, operands)
    if again is None:
        return
    shown = item.get("value")
    if isinstance(shown, Word):
        if shown.key != "none":
            yield from wrong(f"the condition `{op}`", shown.key == "true", again)
    elif isinstance(shown, Quantity):
        yield from wrong(f"the operation `{op}`", shown.value, again)


def worked_out(op: str, operands: tuple[Arg, ...]) -> Fraction | bool | None:
    """An operator applied to shown values; None where they cannot be worked out (an unknown one, dates, instants)."""
    truths = [
        item.key == "true" for item in operands if isinstance(item, Word) and item.key in {"true", "false"}
    ]
    if op in {"and", "or", "not"}:
        if len(truths) != len(operands) or not truths:
            return None
        return (not truths[0]) if op == "not" else all(truths) if op == "and" else any(truths)
    if op in {"==", "!="} and len(operands) == 2 and all(isinstance(item, str) for item in operands):
        return (operands[0] == operands[1]) is (op == "==")
    numbers = [_exact(item) for item in operands]
    exact = [number for number in numbers if number is not None]
    return _calculated(op, exact) if exact and len(exact) == len(operands) else None


def _calculated(op: str, numbers: list[Fraction]) -> Fraction | bool | None:
    first = numbers[0]
    if op in COMPARE:
        return COMPARE[op](first, numbers[1]) if len(numbers) == 2 else None
    match op:
        case "+":
            return sum(numbers, Fraction(0))
        case "-":
            return first - sum(numbers[1:], Fraction(0))
        case "*":
            return _product(numbers)
        case "/":
            rest = _product(numbers[1:])
            return None if rest == 0 else first / rest
        case "neg":
            return -first
        case "abs":
            return abs(first)
        case "min":
            return min(numbers)
        case "max":
            return max(numbers)
        case "round_down" | "round_up" | "round_nearest":
            return to_multiple(first, numbers[1], op.removeprefix("round_")) if numbers[1] else None
        case _:
            return None


def _product(numbers: list[Fraction]) -> Fraction:
    product = Fraction(1)
    for number in numbers:
        product *= number
    return product


def to_multiple(number: Fraction, unit: Fraction, mode: str) -> Fraction:
    """A number rounded to a multiple of a unit: `down` and `up` by size, `nearest`/`half_up` half away from zero, `half_even`."""
    quotient = abs(number) / unit
    whole, rest = quotient.numerator // quotient.denominator, quotient % 1
    half = Fraction(1, 2)
    up = {
        "down": False,
        "up": rest > 0,
        "half_even": rest > half or (rest == half and whole % 2 == 1),
    }.get(mode, rest >= half)
    size = (whole + up) * unit
    return -size if number < 0 else size


def _room(item: Node) -> Iterator[DoesNotAddUp]:
    carried = item.get("carried")
    left = item.number("limit").value - item.number("used").value
    left += carried.value if isinstance(carried, Quantity) else 0
    room = item.number("room").value
    yield from wrong("what a cap leaves", room, max(left, Fraction(0)))
    yield from wrong(
        "an amount under a cap", item.number("after").value, min(item.number("before").value, room)
    )


def _step(item: Node) -> Iterator[DoesNotAddUp]:
    sort, detail = item.get("sort"), item.get("detail")
    before, after = item.number("before"), item.number("after")
    if sort in {"rounding", "round"} and isinstance(detail, Word):
        digits = item.get("places")
        minor = Fraction(1, 10 ** (digits if isinstance(digits, int) else 2))
        yield from wrong("the rounding", after.value, to_multiple(before.value, minor, detail.key))
    elif sort in {"cap", "at_most"} and after.value > before.value:
        yield from wrong("a cap that raises", after.value, before.value)
    elif sort in {"floor", "at_least"} and after.value < before.value:
        yield from wrong("a floor that lowers", after.value, before.value)


def _exact(value: Arg) -> Fraction | None:
    return value.value if isinstance(value, Quantity) else None
