"""A restatement goes in; the text that `slalang restate` shows a person comes out: what changed, because of what, the money, the adjusting lines."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from slalang.diagnostics.diagnostic import visible
from slalang.explain.wording import lexicon, numbers
from slalang.outcome.records import Quantity
from slalang.report.as_text import table
from slalang.report.restated.spoken import Speaker

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.changes.records import Adjustment, Cause, Change, Difference, Restatement

MOST = 20  # changes of a list; the rest is counted, and the JSON has all
MOST_CAUSES = 5
SECONDARY = (
    "final",
    "exact",
    "numerator",
    "denominator",
    "start",
    "deadline_if_resumed_now",
    "breached_at",
    "instance",
)
WORDS: dict[str, tuple[str, str]] = {
    "title": ("{contract}, version {version} ({zone}): as of {before} then, as of {now} now", "{contract} 版本 {version}（{zone}）：当时截至 {before}，现截至 {now}"),
    "same": ("Nothing has changed.", "没有任何变化。"),
    "facts": ("Facts that the earlier run did not know: {counts}; {tried} of them taken out or put in by themselves, each evaluated again", "先前运行所不知的事实：{counts}；其中 {tried} 项逐一取出或加入并重新评判"),
    "needless": ("{count} were not tried: they speak only of agreements where nothing is left to be explained", "{count} 项未试：所涉协议已无待解释的变化"),
    "fewer": ("{count} were only taken out all together: each by itself would take too long", "{count} 项仅合并取出一次：逐一试验耗时过长"),
    "balances": ("Balances by posting period: {count}", "各入账期间的余额：{count} 项"),
    "notices": ("Notices: {count}", "通知：{count} 项"),
    "faults": ("Data faults: {count}", "数据错误：{count} 项"),
    "inputs": ("Not only facts differ: {parts}", "不同的不只是事实：{parts}"),
    "not_reproduced": ("The earlier run does not come out again from the facts that it can have known; `--before FILE` names the files that it read", "以其可能已知的事实无法重现先前的运行；可用 `--before 文件` 指明其所读的文件"),
    "restated": ("Restated, though it was final or its period closed: {count}", "重述（当时已为最终或期间已结）：{count} 项"),
    "moved": ("Moved on, having been open: {count}", "有进展（当时尚未定）：{count} 项"),
    "more": ("… and {count} more (`--format json` lists all)", "……另有 {count} 项（`--format json` 列出全部）"),
    "changed": ("{name}: {fields}", "{name}：{fields}"),
    "appeared": ("{name}: was not there; {fields}", "{name}：当时没有；{fields}"),
    "gone": ("{name}: is there no more; {fields}", "{name}：不再存在；{fields}"),
    "field": ("{name} {before} → {after}", "{name} {before} → {after}"),
    "now": ("{name} {after}", "{name} {after}"),
    "was": ("{name} was {before}", "{name} 原为 {before}"),
    "because": ("because of {causes}", "原因：{causes}"),
    "together": ("no single fact moves it; together they do", "没有任何单一事实使其改变；合并起来才会"),
    "unfound": ("not found among the {tried} facts that were tried, nor in the rest together", "在所试的 {tried} 项事实及其余合并试验中均未找到原因"),
    "group": ("{count} facts together that were not tried one by one", "未逐一试验的 {count} 项事实合并"),
    "event": ("{sort} {id} ({type} {subject}, {at}{recorded})", "{sort} {id}（{type} {subject}，{at}{recorded}）"),
    "known": (", known {at}", "，{at} 得知"),
    "of": (", of {id}", "，针对 {id}"),
    "money": ("The money", "金额"),
    "adjustments": ("Posted in the open period, since closed ones stay what they are: {count}", "已结期间不改写，于未结期间入账：{count} 笔"),
    "adjusts": ("{name}: {debtor} owes {creditor} {amount}, in {posted}; corrects {period}, where {was} stood", "{name}：{debtor} 应付 {creditor} {amount}，入 {posted}；更正 {period}（当时为 {was}）"),
    "returns": ("{name}: {creditor} returns {amount} to {debtor}, in {posted}; corrects {period}, where {was} stood", "{name}：{creditor} 退还 {debtor} {amount}，入 {posted}；更正 {period}（当时为 {was}）"),
    "unknown": ("{name}: {period} stood at {was} and can no more be determined", "{name}：{period} 当时为 {was}，现已无法判定"),
    "nothing": ("nothing", "无"),
    "no_period": ("no period, since none is open any more", "（已无未结期间）"),
    "ran_on": ("Not listed: {count} open case(s) of which only the time went on", "未列出：{count} 件未结案件仅时间推移"),
    "confirmed": ("Not listed: {count} result(s) that became final as they were", "未列出：{count} 项结果未变而成为最终"),
}  # fmt: skip
SORTS = {
    "late": ("late record", "迟报"),
    "correction": ("correction", "更正"),
    "retraction": ("retraction", "撤回"),
    "new": ("new event", "新事件"),
    "edited": ("edited record", "改动的记录"),
    "missing": ("record no more in the input", "输入中已缺的记录"),
    "register": ("the register", "登记册"),
    "time": ("the time that passed", "时间推移"),
    "inputs": ("other inputs than facts", "事实以外的输入"),
    "group": ("facts together", "合并的事实"),
    "unknown": ("what the earlier run read, which is not at hand", "先前运行所读而此处没有的输入"),
}
NAMES = {
    "status": ("status", "状态"), "final": ("standing", "效力"), "measure": ("measure", "实测"),
    "limit": ("limit", "限期"), "margin": ("margin", "余量"), "start": ("start", "起算"),
    "deadline": ("deadline", "到期"), "deadline_if_resumed_now": ("deadline if resumed now", "若即恢复之到期"),
    "discharged_at": ("done", "履行"), "breached_at": ("breach", "违约始于"), "standstill": ("standstill", "停计"),
    "excuses": ("excuses", "免责"), "gaps": ("gaps", "中断"), "reason": ("reason", "原因"), "value": ("value", "值"),
    "numerator": ("numerator", "分子"), "denominator": ("denominator", "分母"), "low": ("low", "下限"),
    "high": ("high", "上限"), "left_out": ("left out", "未计入"), "amount": ("amount", "金额"),
    "exact": ("exact", "精确值"), "posted_period": ("posted in", "入账期间"), "due": ("due", "应付日"),
    "claim_until": ("claim until", "申领截止"), "since": ("since", "自"), "until": ("until", "至"),
    "exercised_at": ("exercised", "行使"), "debtor": ("debtor", "义务人"), "creditor": ("creditor", "权利人"),
    "instance": ("instance", "案次"), "at": ("at", "于"), "text": ("text", "内容"), "posted": ("posted", "已入账"),
    "accrued": ("accrued", "已累计"), "paid": ("paid", "已付"), "set_off": ("set off", "已抵"), "open": ("open", "未清"),
    "unknown": ("unknown", "未知"),
}  # fmt: skip
HEAD = {
    "en": ("who owes whom", "period", "status", "before", "after", "difference"),
    "zh": ("债权债务", "期间", "状态", "之前", "之后", "差额"),
}
OWED = ("owed", "应付")
SIDE_TABLES = ("balances", "notices", "faults")  # told apart: they follow from the results


def human(found: Restatement, language: Language = "en") -> str:
    """The whole restatement with a line end at the end; a list that is cut says how much is missing."""
    return "\n".join(visible(line.rstrip()) for line in _Telling(found, language).lines()) + "\n"


class _Telling:
    def __init__(self, found: Restatement, language: Language) -> None:
        self._found = found
        self._language = language
        self._at = 0 if language == "en" else 1
        self._speaker = Speaker(found.zone, language, dict(found.kinds))
        self._known = sum(count for _, count in found.facts)

    def lines(self) -> list[str]:
        """Every line."""
        found = self._found
        results = [one for one in found.changes if one.table not in SIDE_TABLES]
        restated = [one for one in results if one.restates]
        moved = [one for one in results if not one.restates]
        moments = {"before": self._moment(found.before_as_of), "now": self._moment(found.as_of)}
        blocks = [
            [self._say("title", contract=found.contract, version=found.version, zone=found.zone, **moments)],
            [] if found.changes else [self._say("same")],
            self._inputs(),
            self._changes("restated", restated),
            self._changes("moved", moved),
            self._money(found.money),
            self._adjustments(found.adjustments),
            *[self._changes(table, [one for one in found.changes if one.table == table]) for table in SIDE_TABLES],
            [self._say(key, count=count) for key, count in (("ran_on", found.ran_on), ("confirmed", found.confirmed)) if count],
        ]  # fmt: skip
        return "\n\n".join("\n".join(block) for block in blocks if block).split("\n")

    def _say(self, key: str, **filled: object) -> str:
        return WORDS[key][self._at].format_map(filled)

    def _moment(self, at: int) -> str:
        return numbers.instant(at, self._found.zone, self._language)

    def _inputs(self) -> list[str]:
        found, lines = self._found, []
        if self._known:
            counts = self._join(f"{SORTS[sort][self._at]} × {count}" for sort, count in found.facts)
            lines.append(self._say("facts", counts=counts, tried=found.tried))
            if found.tried and found.needless:
                lines.append(self._say("needless", count=found.needless))
            if found.grouped:
                lines.append(self._say("fewer", count=found.grouped))
        if found.other_inputs:
            parts = self._join(
                f"{name}: {one or '–'} → {other or '–'}" for name, one, other in found.other_inputs
            )
            lines.append(self._say("inputs", parts=parts))
        elif not found.reproduced:
            lines.append(self._say("not_reproduced"))
        return lines

    def _changes(self, title: str, changes: Sequence[Change]) -> list[str]:
        if not changes:
            return []
        lines = [self._say(title, count=len(changes))]
        for change in changes[:MOST]:
            lines.append(f"  {changed(change, self._speaker, self._language)}")
            lines.append(f"    {self._causes(change)}")
        more = len(changes) - MOST
        return [*lines, f"  {self._say('more', count=more)}"] if more > 0 else lines

    def _causes(self, change: Change) -> str:
        if not change.causes:
            return self._say("unfound" if self._found.grouped else "together", tried=self._found.tried)
        told = [self._cause(cause) for cause in change.causes[:MOST_CAUSES]]
        more = len(change.causes) - len(told)
        return self._say("because", causes=self._join([*told, *([f"+ {more}"] if more else [])]))

    def _cause(self, cause: Cause) -> str:
        if cause.sort == "group":
            return self._say("group", count=cause.about)
        sort = SORTS[cause.sort][self._at]
        if not cause.event or cause.at is None:
            return f"{sort} ({cause.about})" if cause.about else sort
        recorded = "" if cause.recorded is None else self._say("known", at=self._moment(cause.recorded))
        recorded += self._say("of", id=cause.about) if cause.about else ""
        return self._say(
            "event", sort=sort, id=cause.event, type=cause.type, subject=cause.subject, at=self._moment(cause.at), recorded=recorded
        )  # fmt: skip

    def _money(self, money: Sequence[Difference]) -> list[str]:
        if not money:
            return []
        rows: list[tuple[str, ...]] = [HEAD[self._language]]
        for one in money:
            who = f"{one.debtor} → {one.creditor}"
            sums = (self._amount(one.before, one.unit), self._amount(one.after, one.unit))
            difference = numbers.signed(Quantity(f"amount:{one.unit}", one.difference), self._language)
            status = (
                OWED[self._at] if one.status == "owed" else lexicon.word(one.status, "ledger", self._language)
            )
            rows.append((f"{one.agreement} {who}".strip(), one.period or "–", status, *sums, difference))
        return [self._say("money"), *table(rows, "  ", frozenset({3, 4, 5}))]

    def _adjustments(self, found: Sequence[Adjustment]) -> list[str]:
        if not found:
            return []
        lines = [self._say("adjustments", count=len(found))]
        for one in found[:MOST]:
            record, corrects = one.record, one.corrects
            was = self._say("nothing")
            if corrects is not None:
                was = self._speaker.value("ledger", "amount", corrects["amount"], corrects)
            key = "unknown" if one.amount is None else "returns" if one.amount < 0 else "adjusts"
            lines.append("  " + self._say(
                key, name=named(record), debtor=record["debtor"], creditor=record["creditor"],
                amount=self._amount(abs(one.amount or Fraction(0)), record["unit"]), period=record["period"] or "–", was=was,
                posted=one.posted_period or self._say("no_period"),
            ))  # fmt: skip
        more = len(found) - MOST
        return [*lines, f"  {self._say('more', count=more)}"] if more > 0 else lines

    def _amount(self, value: Fraction, unit: str) -> str:
        return numbers.quantity(Quantity(f"amount:{unit}", value), self._language)

    def _join(self, parts: Iterable[str]) -> str:
        return ("；" if self._at else "; ").join(parts)


def changed(change: Change, speaker: Speaker, language: Language) -> str:
    """One result that differs, and what of it: what a reader looks for; what follows from it is in the JSON. Alone, it is said all the same."""
    at = 0 if language == "en" else 1
    shown = [one for one in change.fields if one[0] not in SECONDARY] or list(change.fields)
    key = {"appeared": "now", "gone": "was"}.get(change.kind, "field")
    fields = ("; ", "；")[at].join(
        WORDS[key][at].format(
            name=NAMES[name][at],
            before=speaker.value(change.table, name, before, change.before or change.record),
            after=speaker.value(change.table, name, after, change.after or change.record),
        )
        for name, before, after in shown
    )
    return WORDS[change.kind][at].format(name=named(change.record), fields=fields)


def named(record: dict[str, object]) -> str:
    """A result by its rule, agreement, subject, period and key."""
    if "code" in record:
        return " ".join(str(record[part]) for part in ("code", "subject", "event") if record[part])
    if "posted" in record:
        who = f"{record['debtor']} → {record['creditor']}"
        return " ".join(str(one) for one in (record["agreement"], who, record["period"]) if one)
    key = record.get("key")
    keyed = [str(value) for value in key.values()] if isinstance(key, dict) else []
    named = (record.get(part) for part in ("agreement", "subject", "period"))
    words = " ".join(dict.fromkeys([str(record["rule"]), *(str(one) for one in named if one), *keyed]))
    if "to" in record:
        return f"{words} → {record['to']}: {record['text']}"
    because = record.get("because")
    if isinstance(because, list) and because and not record.get("subject"):
        return f"{words} ({because[0]})"
    return words
