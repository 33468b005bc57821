"""A run's outcome goes in; the text that `slalang run` shows a person comes out: summary, metrics, ledger, faults, open points, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slalang.explain.wording import lexicon, numbers
from slalang.explain.wording.reasons import said
from slalang.outcome.naming import named
from slalang.outcome.records import Quantity
from slalang.report import month_table, summary

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Language
    from slalang.outcome.records import Fault, LedgerLine, MetricValue, Notice, RightState, Verdict
    from slalang.outcome.whole import Outcome

MOST = 20  # lines of a list; the rest is counted
MOST_NOTICES = 10
WORDS: dict[str, tuple[str, str]] = {
    "title": ("{contract}, version {version}, as of {at} ({zone})", "{contract} 版本 {version}，截至 {at}（{zone}）"),
    "totals": ("Ledger, who owes whom in all", "台账合计"),
    "total": ("{debtor} owes {creditor}: {amount} {status}, {lines} line(s)", "{debtor} 应付 {creditor}：{amount}，{status}，{lines} 笔"),
    "balances": ("Balances, by posting period (posted + accrued − paid − set off = open)", "余额，按入账期间（入账 + 已计 − 已付 − 已抵 = 未清）"),
    "balance": ("{debtor} owes {creditor}, {period}: {posted} + {accrued} − {paid} − {set_off} = {open}", "{debtor} 应付 {creditor}，{period}：{posted} + {accrued} − {paid} − {set_off} = {open}"),
    "held": ("{debtor} has paid {creditor} {amount} for which there is no debt yet", "{debtor} 已付 {creditor} {amount}，尚无债务可抵充"),
    "no_period": ("no period", "不分期"),
    "unknown": ("; {count} of them undetermined", "；其中 {count} 笔无法判定"),
    "rights": ("Rights", "权利"),
    "right": ("{rule} of {holder}{subject}: {status}{when}", "{holder} 的 {rule}{subject}：{status}{when}"),
    "right_until": (", until {at}", "，至 {at}"),
    "right_used": (" at {at}", "，{at}"),
    "right_why": (": {reason}", "：{reason}"),
    "undetermined": ("Undetermined: {count}", "无法判定：{count} 项"),
    "group": ("{rule}: {reason} ({count} cases): {first}", "{rule}：{reason}（{count} 件）：{first}"),
    "faults": ("Faults in the data: {count}", "数据缺陷：{count} 处"),
    "assumptions": ("The verdicts rest on", "结论依据的假定"),
    "assumption": ("{sort} {name} = {value} ({count} verdicts)", "{sort} {name} = {value}（{count} 项结论）"),
    "stated": ("{value} ({count} verdicts)", "{value}（{count} 项结论）"),
    "notices": ("Notices: {sent} sent, {scheduled} scheduled (`--format csv --table notices` lists them all)", "通知：已发 {sent} 条，待发 {scheduled} 条（`--format csv --table notices` 列出全部）"),
    "notice": ("{at}, to {to}: {text} ({name})", "{at}，致 {to}：{text}（{name}）"),
    "untold": ("no text", "无文字"),
    "events": ("Events: {read} read, {ignored} of types the contract does not declare, {duplicates} duplicates, {rejected} set aside, {after} after the as-of", "事件：读入 {read} 条，合同未声明的类型 {ignored} 条，重复 {duplicates} 条，剔除 {rejected} 条，截止时刻之后 {after} 条"),
    "provisional": ("{count} verdict(s) are provisional: later events may still change them", "{count} 项结论为暂定：后续事件仍可能改变"),
    "more": ("… and {count} more", "……另有 {count} 项"),
    "no_reason": ("no reason given", "未说明原因"),
}  # fmt: skip


def human(outcome: Outcome, language: Language = "en", *, colour: bool = False) -> str:
    """The whole summary with a line end at the end; a list that is cut says how much is missing."""
    at = numbers.instant(outcome.as_of, outcome.zone, language)
    blocks = [
        [
            _say(
                "title",
                language,
                contract=outcome.contract,
                version=outcome.version,
                at=at,
                zone=outcome.zone,
            )
        ],
        [month_table.month_table(outcome, None, language, colour=colour).rstrip("\n")],
        _totals(outcome, language),
        _balances(outcome, language),
        _rights(outcome.rights, outcome.zone, language),
        _undetermined(outcome, language),
        _faults(outcome.faults, language),
        _assumptions(outcome.verdicts, language),
        _notices(outcome.notices, outcome.zone, language),
        _rest(outcome, language),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block) + "\n"


def _say(key: str, language: Language, **filled: object) -> str:
    return WORDS[key][0 if language == "en" else 1].format_map(filled)


def _listed(title: str, lines: list[str], language: Language, most: int = MOST) -> list[str]:
    if not lines:
        return []
    more = len(lines) - most
    shown = [f"  {line}" for line in lines[:most]]
    return [title, *shown, *([f"  {_say('more', language, count=more)}"] if more > 0 else [])]


def _totals(outcome: Outcome, language: Language) -> list[str]:
    lines = []
    several = len({line.agreement for line in outcome.ledger}) > 1
    for total in summary.totals(outcome.ledger, by_agreement=not several):
        amount = numbers.quantity(Quantity(f"amount:{total.unit}", total.amount), language)
        status = lexicon.word(total.status, "ledger", language)
        line = _say(
            "total",
            language,
            debtor=total.debtor,
            creditor=total.creditor,
            amount=amount,
            status=status,
            lines=total.lines,
        )
        if total.unknown:
            line += _say("unknown", language, count=total.unknown)
        lines.append(f"{total.agreement}  {line}" if total.agreement else line)
    return _listed(_say("totals", language), lines, language)


def _balances(outcome: Outcome, language: Language) -> list[str]:
    """What was paid and set off, where anything was; a contract without payments has only its totals."""
    if not any(one.paid or one.set_off for one in outcome.balances):
        return []
    several = len({one.agreement for one in outcome.balances}) > 1
    lines = []
    for one in outcome.balances:
        told = {
            name: numbers.quantity(Quantity(f"amount:{one.unit}", getattr(one, name)), language)
            for name in ("posted", "accrued", "paid", "set_off", "open")
        }
        who = {
            "debtor": named(one.debtor, one.debtor_party),
            "creditor": named(one.creditor, one.creditor_party),
        }
        if one.held:
            line = _say("held", language, **who, amount=told["paid"])
        else:
            period = one.period or _say("no_period", language)
            line = _say("balance", language, **who, period=period, **told)
            if one.unknown:
                line += _say("unknown", language, count=one.unknown)
        lines.append(f"{one.agreement}  {line}" if several else line)
    return _listed(_say("balances", language), lines, language)


def _notices(notices: tuple[Notice, ...], zone: str, language: Language) -> list[str]:
    """The notices sent, the earliest first, at most ten; the rest is counted."""
    if not notices:
        return []
    sent = sorted((item for item in notices if item.status == "sent"), key=lambda item: item.at)
    title = _say("notices", language, sent=f"{len(sent):,}", scheduled=f"{len(notices) - len(sent):,}")
    lines = [
        _say(
            "notice",
            language,
            at=numbers.instant(item.at, zone, language),
            to=item.to,
            text=item.text or _say("untold", language),
            name=" ".join(filter(None, (item.rule, item.subject or item.agreement))),
        )
        for item in sent
    ]
    return _listed(title, lines, language, MOST_NOTICES) or [title]


def _rights(rights: tuple[RightState, ...], zone: str, language: Language) -> list[str]:
    lines = [
        _say(
            "right",
            language,
            rule=item.rule,
            holder=item.holder,
            subject="".join(f" {part}" for part in (item.agreement, item.subject) if part),
            status=lexicon.word(item.status, "right", language),
            when=_when(item, zone, language),
        )
        for item in rights
    ]
    return _listed(_say("rights", language), lines, language)


def _when(item: RightState, zone: str, language: Language) -> str:
    """Until when it can be exercised, when it was, or why it cannot be."""
    if item.status == "exercisable" and item.until is not None:
        return _say("right_until", language, at=numbers.deadline(item.until, zone, language))
    if item.exercised_at is not None:
        return _say("right_used", language, at=numbers.instant(item.exercised_at, zone, language))
    return _say("right_why", language, reason=said(item.reason, language)) if item.reason else ""


def _undetermined(outcome: Outcome, language: Language) -> list[str]:
    verdicts, metrics, ledger = summary.undetermined(outcome)
    nothing = _say("no_reason", language)
    lines = _grouped(verdicts, nothing, language)
    rest: list[MetricValue | LedgerLine] = [*metrics, *ledger]
    lines += [f"{_named(item)}: {said(item.reason, language) or nothing}" for item in rest]
    count = len(verdicts) + len(metrics) + len(ledger)
    return _listed(_say("undetermined", language, count=f"{count:,}"), lines, language)


def _named(item: MetricValue | LedgerLine) -> str:
    """The rule with agreement, period and key, as far as it has them."""
    period = item.period.label if item.period is not None else ""
    key = ", ".join(f"{name} {value}" for name, value in item.key)
    return " ".join(filter(None, (item.rule, item.agreement, period, key)))


def _of(verdict: Verdict) -> str:
    """What a verdict of its rule is about: the subject, or the agreement, and the period where it has one."""
    period = verdict.period.label if verdict.period is not None else ""
    return " ".join(filter(None, (verdict.subject or verdict.agreement, period))) or verdict.rule


def _grouped(verdicts: list[Verdict], nothing: str, language: Language) -> list[str]:
    """Verdicts of one rule with one reason as one line that names the first of them."""
    found: dict[tuple[str, str], list[str]] = {}
    for item in verdicts:
        found.setdefault((item.rule, said(item.reason, language) or nothing), []).append(_of(item))
    return [
        _say(
            "group",
            language,
            rule=rule,
            reason=reason,
            count=f"{len(subjects):,}",
            first=", ".join(subjects[:3]),
        )
        + ("…" if len(subjects) > 3 else "")
        for (rule, reason), subjects in found.items()
    ]


def _faults(faults: tuple[Fault, ...], language: Language) -> list[str]:
    lines = [
        f"[{item.code}] {' '.join(filter(None, (item.subject, item.event)))}: {item.text_en if language == 'en' else item.text_zh}"
        for item in faults
    ]
    return _listed(_say("faults", language, count=f"{len(lines):,}"), lines, language)


def _assumptions(verdicts: tuple[Verdict, ...], language: Language) -> list[str]:
    lines = []
    for sort, name, raw, reason, count in summary.assumptions(verdicts):
        kind, value = lexicon.word(sort, "assumption", language), summary.in_words(sort, raw, language)
        key = "assumption" if name else "stated"
        line = _say(key, language, sort=kind, name=name, value=value, count=f"{count:,}")
        lines.append(f"{line}: {reason}" if reason else line)
    return _listed(_say("assumptions", language), lines, language)


def _rest(outcome: Outcome, language: Language) -> list[str]:
    receipt = outcome.receipt
    lines = []
    provisional = sum(not item.final for item in outcome.verdicts)
    if provisional:
        lines.append(_say("provisional", language, count=f"{provisional:,}"))
    ignored = sum(count for _, count in receipt.events_ignored)
    lines.append(
        _say(
            "events",
            language,
            read=f"{receipt.events_read:,}",
            ignored=f"{ignored:,}",
            duplicates=f"{receipt.duplicates:,}",
            rejected=f"{receipt.rejected:,}",
            after=f"{receipt.after_as_of:,}",
        )
    )
    return lines
