"""A comparison of readings goes in; the text that `slalang run --each-reading` shows a person comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import visible
from slalang.explain.wording import lexicon, numbers
from slalang.outcome.records import Quantity
from slalang.report.as_text import table
from slalang.report.restated.human import HEAD, MOST, OWED, changed, named
from slalang.report.restated.spoken import GROUPS, Speaker

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.changes.readings import Asked, Comparison, Other, Spread

WORDS: dict[str, tuple[str, str]] = {
    "title": ("{contract}, version {version} ({zone}), as of {at}: read in {ways} ways", "{contract} 版本 {version}（{zone}），截至 {at}：按 {ways} 种读法评判"),
    "part": ("{ways} of {possible} ways: each option by itself, and combined with one another only those of {names}", "{possible} 种读法中的 {ways} 种：各选项逐一取用，相互组合的仅有 {names}"),
    "single": ("{ways} of {possible} ways: each option by itself; those that matter are too many to be combined", "{possible} 种读法中的 {ways} 种：各选项逐一取用；有影响者过多，未作组合"),
    "none": ("The contract has no readings.", "合同没有解读。"),
    "same": ("No reading matters: everything comes out the same.", "各解读均无影响：结果全都相同。"),
    "matter": ("Readings that matter", "有影响的解读"),
    "reading": ("{name}{clause} = {taken}: {question}", "{name}{clause} = {taken}：{question}"),
    "option": ("with {option}: {count} result(s) differ", "若取 {option}：{count} 项结果不同"),
    "idle": ("Readings that move nothing here: {names}", "在此没有影响的解读：{names}"),
    "more": ("… and {count} more (`--format json` lists all)", "……另有 {count} 项（`--format json` 列出全部）"),
    "ranges": ("The range over all of them", "各读法之间的范围"),
    "range": ("{name}: {what}", "{name}：{what}"),
    "between": ("{low} to {high}", "{low} 至 {high}"),
    "due": ("deadline {low} to {high}", "到期 {low} 至 {high}"),
    "or": (" or ", "或"),
    "absent": ("none", "无"),
    "unknown": ("undetermined", "无法判定"),
    "totals": ("Who owes whom in all", "应付合计"),
    "total": ("{agreement}{debtor} owes {creditor}: {low} to {high}, {status}", "{agreement}{debtor} 应付 {creditor}：{low} 至 {high}，{status}"),
}  # fmt: skip


def human(found: Comparison, language: Language = "en") -> str:
    """The whole comparison with a line end at the end; a list that is cut says how much is missing."""
    return "\n".join(visible(line.rstrip()) for line in _Telling(found, language).lines()) + "\n"


class _Telling:
    def __init__(self, found: Comparison, language: Language) -> None:
        self._found = found
        self._language = language
        self._at = 0 if language == "en" else 1
        self._speaker = Speaker(found.zone, language, dict(found.kinds))

    def lines(self) -> list[str]:
        """Every line."""
        found = self._found
        at = numbers.instant(found.as_of, found.zone, self._language)
        title = self._say(
            "title", contract=found.contract, version=found.version, zone=found.zone, at=at, ways=found.ways
        )
        names = (", ", "、")[self._at].join(found.combined)
        key = "part" if found.combined else "single"
        fewer = found.ways < found.possible
        part = [self._say(key, ways=found.ways, possible=found.possible, names=names)] if fewer else []
        idle = [one.name for one in found.readings if not one.matters]
        matter = [line for one in found.readings if one.matters for line in self._reading(one)]
        blocks = [
            [title, *part],
            [] if found.readings else [self._say("none")],
            [self._say("same")] if found.readings and not found.matters else [],
            [self._say("matter"), *matter] if matter else [],
            [self._say("idle", names=(", ", "、")[self._at].join(idle))] if idle and found.matters else [],
            self._ranges(),
            self._totals(),
        ]
        return "\n\n".join("\n".join(block) for block in blocks if block).split("\n")

    def _say(self, key: str, **filled: object) -> str:
        return WORDS[key][self._at].format_map(filled)

    def _reading(self, one: Asked) -> list[str]:
        clause = f" [{one.clause}]" if one.clause else ""
        head = self._say("reading", name=one.name, clause=clause, taken=one.taken, question=one.question)
        return [f"  {head}", *(line for other in one.others for line in self._option(other))]

    def _option(self, one: Other) -> list[str]:
        lines = [f"    {self._say('option', option=one.option, count=len(one.changes))}"]
        lines += [f"      {changed(change, self._speaker, self._language)}" for change in one.changes[:MOST]]
        more = len(one.changes) - MOST
        lines += [f"      {self._say('more', count=more)}"] if more > 0 else []
        if not one.money:
            return lines
        rows: list[tuple[str, ...]] = [HEAD[self._language]]
        for it in one.money:
            sums = (self._amount(it.before, it.unit), self._amount(it.after, it.unit))
            difference = numbers.signed(Quantity(f"amount:{it.unit}", it.difference), self._language)
            who = f"{it.agreement} {it.debtor} → {it.creditor}".strip()
            rows.append((who, it.period or "–", self._status(it.status), *sums, difference))
        return [*lines, *table(rows, "      ", frozenset({3, 4, 5}))]

    def _status(self, status: str) -> str:
        return OWED[self._at] if status == "owed" else lexicon.word(status, "ledger", self._language)

    def _ranges(self) -> list[str]:
        spreads = self._found.spreads
        if not spreads:
            return []
        lines = [
            f"  {self._say('range', name=named(one.record), what=self._range(one))}" for one in spreads[:MOST]
        ]
        more = len(spreads) - MOST
        return [self._say("ranges"), *lines, *([f"  {self._say('more', count=more)}"] if more > 0 else [])]

    def _range(self, one: Spread) -> str:
        """`met or late`, `50.00 CNY to 100.00 CNY or none`: what it may come to."""
        told = []
        if one.low is not None and one.high is not None and one.low != one.high:
            name = {"verdicts": "deadline", "metrics": "value", "ledger": "amount", "rights": "since"}[
                one.table
            ]
            low, high = (
                self._speaker.value(one.table, name, text, one.record) for text in (one.low, one.high)
            )
            told.append(self._say("due" if one.table == "verdicts" else "between", low=low, high=high))
        elif one.low is not None and one.table in {"metrics", "ledger"}:
            name = "value" if one.table == "metrics" else "amount"
            told.append(self._speaker.value(one.table, name, one.low, one.record))
        if one.table in GROUPS and len(one.statuses) > 1:
            words = [lexicon.word(status, GROUPS[one.table], self._language) for status in one.statuses]
            told.insert(0, self._say("or").join(words))
        elif one.unknown:
            told.append(self._say("unknown"))
        found = (", ", "，")[self._at].join(told)
        if not one.absent:
            return found
        return self._say("or").join([*([found] if found else self._only(one)), self._say("absent")])

    def _only(self, one: Spread) -> list[str]:
        if one.table not in GROUPS:
            return []
        return [lexicon.word(status, GROUPS[one.table], self._language) for status in one.statuses]

    def _totals(self) -> list[str]:
        lines = [
            "  "
            + self._say(
                "total",
                agreement=f"{one.agreement}  " if one.agreement else "",
                debtor=one.debtor,
                creditor=one.creditor,
                low=self._amount(Fraction(one.low), one.unit),
                high=self._amount(Fraction(one.high), one.unit),
                status=self._status(one.status),
            )
            for one in self._found.totals
        ]
        return [self._say("totals"), *lines] if lines else []

    def _amount(self, value: Fraction, unit: str) -> str:
        return numbers.quantity(Quantity(f"amount:{unit}", value), self._language)
