"""Ledger lines of amounts that exclude each other go in; the same lines come out, all but the chosen one of each group displaced."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.engine.reasons import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slalang.ir.amounts import AmountRule
    from slalang.outcome.records import LedgerLine

    Rules = Mapping[tuple[str, str], AmountRule]

GONE = frozenset({"lapsed", "displaced"})


def chosen(lines: Sequence[LedgerLine], rules: Rules) -> list[LedgerLine]:
    """Choose one line of each group for each subject (for amounts of a period: each key and period).

    The highest is the highest exact amount, the first the one that arose first; of equals it is the one declared first.
    A creditor chooses by claiming: the first claim counts. A line of no amount, or one that lapsed, competes with none.

    Args:
        lines: the lines of every rule, as posted.
        rules: the rule of each line, by version and name, in the order declared.
    """
    order = {place: i for i, place in enumerate(rules)}
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, line in enumerate(lines):
        rule = rules[line.version, line.rule]
        if rule.group and line.status not in GONE and line.amount != 0:
            groups.setdefault(_group(rule, line), []).append(i)
    found = list(lines)
    for members in groups.values():
        if len(members) < 2:
            continue
        how = rules[lines[members[0]].version, lines[members[0]].rule].choose
        members.sort(key=lambda i: order[lines[i].version, lines[i].rule])
        best = _best([lines[i] for i in members], how)
        for i in members:
            line = lines[i]
            if best is None and how == "highest":
                reason = line.reason or say("choice_unknown", name=line.rule)
                found[i] = replace(
                    line, status="undetermined", amount=None, exact=None, final=False, reason=reason
                )
            elif best is not None and line is not best:
                found[i] = replace(line, status="displaced", displaced_by=_name(best))
    return found


def _group(rule: AmountRule, line: LedgerLine) -> tuple[str, ...]:
    if line.subject:
        return (rule.group, line.agreement, line.subject)
    period = line.period.label if line.period is not None else ""
    return (rule.group, line.agreement, "", period, *(value for _, value in line.key))


def _best(lines: list[LedgerLine], how: str) -> LedgerLine | None:
    """The chosen line; None where nobody can say which is the highest, or where the creditor has not chosen yet."""
    if how == "highest":
        if any(line.exact is None for line in lines):
            return None
        return max(lines, key=lambda line: line.exact or Fraction(0))
    if how == "first":
        return min(lines, key=lambda line: line.at or 0)
    claimed = [line for line in lines if line.claimed_at is not None]
    return min(claimed, key=lambda line: line.claimed_at or 0) if claimed else None


def _name(line: LedgerLine) -> str:
    period = line.period.label if line.period is not None else ""
    return " ".join(filter(None, (line.rule, line.subject or period, line.instance)))
