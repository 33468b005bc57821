"""A live view goes in; the text that `slalang status` shows a person comes out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import visible
from slalang.explain.wording import lexicon, numbers
from slalang.explain.wording.reasons import said
from slalang.outcome.naming import named
from slalang.outcome.present.records import STAGES
from slalang.outcome.records import Quantity
from slalang.report.as_text import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.present.records import Due, OpenCase, Present, Running

MOST = 20
MOST_IDS = 6
WORDS: dict[str, tuple[str, str]] = {
    "title": ("{contract}, version {version}, as of {at} ({zone})", "{contract} 版本 {version}，截至 {at}（{zone}）"),
    "none": ("Nothing is open.", "没有未结事项。"),
    "open": ("Open: {count}, of them {overdue} overdue, {risk} at risk ({share} of the limit used or more), {still} standing still", "未结 {count} 件：逾期 {overdue}，有风险（已用限期 {share} 以上）{risk}，停计 {still}"),
    "held": ("Watched, with nothing to be done: {rules}", "持续关注、无须行动：{rules}"),
    "due": ("Next: {count} of {total}", "接下来：共 {total} 项，列 {count} 项"),
    "running": ("Figures so far", "截至目前的指标"),
    "metric": ("{name}: {value}", "{name}：{value}"),
    "ahead": ("; {open} open: {if_met} if all are met, {if_missed} if none is", "；未结 {open} 件：全部达标则 {if_met}，全不达标则 {if_missed}"),
    "nothing": ("none yet", "尚无"),
    "rights": ("Rights that can be used now", "现在可行使的权利"),
    "right": ("{holder}: {rule}{subject}, {until}", "{holder}：{rule}{subject}，{until}"),
    "claim": ("{holder}: claim {amount} from {debtor} ({name}), {until}", "{holder}：可向 {debtor} 申领 {amount}（{name}），{until}"),
    "until": ("until {at}", "至 {at}"),
    "no_end": ("with no end stated", "未定终期"),
    "states": ("On record", "在案"),
    "state": ("{entity}: {states}", "{entity}：{states}"),
    "agreement": ("agreements", "协议"),
    "offered": ("not yet in force", "尚未生效"),
    "in_force": ("in force", "有效"),
    "suspended": ("suspended", "中止"),
    "renewed": ("renewed", "已续期"),
    "terminated": ("ended by an act", "因行为终止"),
    "expired": ("expired", "已届满"),
    "undetermined": ("Undetermined: {count}", "无法判定：{count} 项"),
    "faults": ("Faults in the data: {count}", "数据缺陷：{count} 处"),
    "notices": ("Notices: {sent} sent, {scheduled} scheduled (`--format jsonl` writes them for a mailer)", "通知：已发 {sent} 条，待发 {scheduled} 条（`--format jsonl` 供发信程序使用）"),
    "more": ("… and {count} more", "……另有 {count} 项"),
    "still": ("stands still; resumed now, {at}", "停计；若此刻恢复则为 {at}"),
}  # fmt: skip
HEAD = {
    "en": ("rule", "of", "status", "age", "used", "left", "due"),
    "zh": ("规则", "对象", "状态", "历时", "已用", "剩余", "到期"),
}
SORTS = {
    "deadline": ("due", "到期"),
    "end": ("ends", "届满"),
    "notice": ("notice", "通知"),
    "right_ends": ("right ends", "权利届满"),
    "claim_ends": ("claim ends", "申领截止"),
    "payment": ("payment", "付款"),
    "term_ends": ("the term ends", "合同期满"),
    "term_renews": ("renews itself, unless stopped", "届时自动续期，除非阻止"),
}
RISK = ("at risk", "有风险")


def human(present: Present, language: Language = "en", *, next_: int = 10) -> str:
    """The whole view with a line end at the end; a list that is cut says how much is missing."""
    return "\n".join(visible(line.rstrip()) for line in _Telling(present, language).lines(next_)) + "\n"


class _Telling:
    def __init__(self, present: Present, language: Language) -> None:
        self._it = present
        self._language = language
        self._at = 0 if language == "en" else 1

    def lines(self, next_: int) -> list[str]:
        """Every line."""
        it = self._it
        head = self._say(
            "title", contract=it.contract, version=it.version, at=self._moment(it.as_of), zone=it.zone
        )
        blocks = [
            [head],
            self._open(),
            self._due(it.due, next_),
            self._figures(it.running),
            self._rights(),
            self._states(),
            self._listed("undetermined", [
                f"{one.rule} {one.subject or one.agreement}: {said(one.reason, self._language)}" for one in it.undetermined
            ]),
            self._listed("faults", [
                f"[{one.code}] {one.subject} {one.event}: {one.text_en if self._at == 0 else one.text_zh}" for one in it.faults
            ]),
            self._notices(),
        ]  # fmt: skip
        return "\n\n".join("\n".join(block) for block in blocks if block).split("\n")

    def _say(self, key: str, **filled: object) -> str:
        return WORDS[key][self._at].format_map(filled)

    def _moment(self, at: int) -> str:
        return numbers.instant(at, self._it.zone, self._language)

    def _end(self, at: int) -> str:
        """A moment until which something can be done: a limit in days ends with a day."""
        return numbers.deadline(at, self._it.zone, self._language)

    def _quantity(self, value: Quantity | None) -> str:
        return "–" if value is None else numbers.quantity(value, self._language)

    def _listed(self, title: str, lines: list[str], **filled: object) -> list[str]:
        if not lines:
            return []
        more = len(lines) - MOST
        shown = [f"  {line}" for line in lines[:MOST]]
        rest = [f"  {self._say('more', count=more)}"] if more > 0 else []
        return [self._say(title, count=len(lines), **filled), *shown, *rest]

    def _open(self) -> list[str]:
        it = self._it
        lines = [self._say("none")]
        if it.open:
            overdue = sum(one.verdict.status == "overdue" for one in it.open)
            counts = {
                "overdue": overdue,
                "risk": sum(one.at_risk for one in it.open),
                "still": sum(one.still for one in it.open),
            }
            share = self._quantity(Quantity("ratio", it.risk))
            more = len(it.open) - MOST
            lines = [
                self._say("open", count=len(it.open), share=share, **counts),
                *table([HEAD[self._language], *map(self._case, it.open[:MOST])], "  "),
                *([f"  {self._say('more', count=more)}"] if more > 0 else []),
            ]  # fmt: skip
        if it.held:
            rules = self._join([f"{rule} × {count}" for rule, count in it.held])
            lines.append(self._say("held", rules=rules))
        return lines

    def _case(self, one: OpenCase) -> tuple[str, ...]:
        verdict = one.verdict
        status = RISK[self._at] if one.at_risk else lexicon.word(verdict.status, "status", self._language)
        period = verdict.period.label if verdict.period is not None else ""
        due = "–" if verdict.deadline is None else self._end(verdict.deadline)
        if one.still and verdict.deadline_if_resumed_now is not None:
            due = self._say("still", at=self._end(verdict.deadline_if_resumed_now))
        return (
            verdict.rule,
            " ".join(part for part in (verdict.agreement, verdict.subject, period) if part),
            status,
            self._quantity(Quantity("duration", Fraction(one.age))),
            "–" if one.used is None else numbers.percent(one.used, self._language),
            self._quantity(one.left),
            due,
        )

    def _due(self, due: Sequence[Due], next_: int) -> list[str]:
        if not due:
            return []
        rows = [
            (
                self._moment(one.at) if one.sort == "notice" else self._end(one.at),
                SORTS[one.sort][self._at],
                " ".join(part for part in (one.rule, one.agreement, one.subject) if part),
                one.party,
                one.text,
            )
            for one in due[:next_]
        ]
        return [self._say("due", count=len(rows), total=len(due)), *table(rows, "  ")]

    def _figures(self, running: Sequence[Running]) -> list[str]:
        lines = []
        for one in running:
            value = one.value
            key = " ".join(part for _, part in value.key)
            name = " ".join(part for part in (value.rule, value.agreement, key, value.period.label) if part)
            told = (
                self._quantity(value.value) if value.value is not None else said(value.reason, self._language)
            )
            line = self._say("metric", name=name, value=told or self._say("nothing"))
            if one.open:
                line += self._say(
                    "ahead", open=one.open, if_met=self._quantity(one.if_met), if_missed=self._quantity(one.if_missed)
                )  # fmt: skip
            lines.append(line)
        return self._listed("running", lines)

    def _rights(self) -> list[str]:
        lines = []
        for right in self._it.rights:
            until = (
                self._say("no_end") if right.until is None else self._say("until", at=self._end(right.until))
            )
            subject = " ".join(part for part in ("", right.agreement, right.subject) if part)
            subject = f" {subject}" if subject else ""
            lines.append(
                self._say("right", holder=right.holder, rule=right.rule, subject=subject, until=until)
            )
        for line in self._it.claims:
            until = (
                self._say("no_end")
                if line.claim_until is None
                else self._say("until", at=self._end(line.claim_until))
            )
            period = line.period.label if line.period is not None else ""
            name = " ".join(part for part in (line.rule, line.agreement, period) if part)
            amount = self._quantity(Quantity(f"amount:{line.unit}", line.amount or Fraction(0)))
            lines.append(
                self._say(
                    "claim",
                    holder=named(line.creditor, line.creditor_party),
                    debtor=named(line.debtor, line.debtor_party),
                    amount=amount,
                    name=name,
                    until=until,
                )
            )
        return self._listed("rights", lines)

    def _states(self) -> list[str]:
        found: dict[str, list[str]] = {}
        for one in self._it.states:
            named = any(one.subjects) and len(one.subjects) <= MOST_IDS  # a single agreement has no id
            ids = f" ({', '.join(one.subjects)})" if named else ""
            stage = one.entity == "agreement" and one.state in STAGES
            entity, state = (
                (self._say("agreement"), self._say(one.state)) if stage else (one.entity, one.state)
            )
            found.setdefault(entity, []).append(f"{len(one.subjects)} {state}{ids}")
        return self._listed(
            "states",
            [self._say("state", entity=name, states=self._join(parts)) for name, parts in found.items()],
        )

    def _notices(self) -> list[str]:
        notices = [one for _, one in self._it.notices]
        if not notices:
            return []
        sent = sum(one.status == "sent" for one in notices)
        return [self._say("notices", sent=sent, scheduled=len(notices) - sent)]

    def _join(self, parts: Sequence[str]) -> str:
        return ("，" if self._at else ", ").join(parts)
