"""A rule's own lines and the cited set of conventions go in; the choices it needs come out, each with who stated it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Text
from slalang.ir.rules import Policy
from slalang.semantics import parts
from slalang.semantics.errors.policies import ChoiceMissing, ChoiceTwice, ChoiceUnfit, ChoiceUseless
from slalang.semantics.errors.units import Expected
from slalang.semantics.lines.stated import Stated
from slalang.semantics.surface import line
from slalang.syntax.grammar.tables import tables
from slalang.syntax.grammar.words import words
from slalang.syntax.tree import TimeValue
from slalang.syntax.values import DAY_US

if TYPE_CHECKING:
    from collections.abc import Iterable

    from slalang.ir.rules import Scope
    from slalang.semantics.scope.world import Declared, World
    from slalang.source.text import Span
    from slalang.syntax.grammar.words import Surface
    from slalang.syntax.tree import Expr, Sentence

BREACHED: Final = ("late", "overdue", "broken")
# Why a rule needs a choice: shown when nobody states it, and when a line is there that nothing needs.
NEEDS: Final = {
    "on_change": Text(en="its limit reads a signal that can change", zh="其期限取决于可能变化的信号"),
    "after_relaxed_limit": Text(
        en="its limit can become milder while a case is open", zh="其期限可能在办理期间放宽"
    ),
    "on_reopening": Text(en="what it asks for can be undone by reopening", zh="其履行可能因重开而失效"),
    "second_trigger": Text(en="its trigger can happen again", zh="其触发事件可能再次发生"),
    "discharge_ends": Text(en="several of its instances can be open at once", zh="可能同时有多件在办"),
    "leaving_scope": Text(en="its scope reads a signal that can change", zh="其范围取决于可能变化的信号"),
    "at_closing_time": Text(en="its clock runs in a calendar that closes", zh="其计时依会关闭的日历"),
    "standstill_of_days": Text(en="its limit in days can stand still", zh="其以日计的期限可能停计"),
    "trigger_on_closed_day": Text(
        en="its limit in working days may be triggered on a closed day, and its convention does not say from which day it then counts",
        zh="其以工作日计的期限可能在非工作日触发，而计期惯例未定自哪一日起算",
    ),
    "day_counts_until": Text(en="it counts working days from a trigger", zh="它自触发起计工作日"),
    "read_at": Text(en="a condition in it reads a signal that can change", zh="其条件取决于可能变化的信号"),
    "counted_by": Text(en="it counts cases in periods", zh="它按期间统计案件"),
    "pooling": Text(en="it makes one share of several rules", zh="它把多项规则合为一个比例"),
    "counts_as_met": Text(en="it counts verdicts", zh="它统计结论"),
    "counts_as_not_met": Text(en="it counts verdicts", zh="它统计结论"),
    "when_none": Text(en="there may be nothing to divide by", zh="分母可能为空"),
    "empty_bins": Text(en="a bin may have too little to divide by", zh="某段可能不足以相除"),
    "missing_data": Text(en="a bin may have no sample at all", zh="某段可能没有任何采样"),
    "groups": Text(en="it is worked out by groups", zh="它按组计算"),
    "rounding": Text(en="it is an amount that is posted", zh="它是要入账的金额"),
    "days_late": Text(en="it grows by the day", zh="它逐日增加"),
    "rounding_of_days": Text(en="it grows by the day", zh="它逐日增加"),
    "apportioned": Text(en="a payment may be for several debts", zh="一笔付款可能清偿多笔债务"),
    "posted": Text(en="it is an amount of a period", zh="它是按期的金额"),
    "no_next_period": Text(
        en="it is posted to the next period, and the last one has none", zh="它记入下期，而最后一期没有下期"
    ),
    "amendment_reaches": Text(
        en="this version replaces another one while cases are open", zh="本版本在有在办案件时取代旧版本"
    ),
    "while_suspended": Text(
        en="the contract can be suspended, and its occurrences go on by the calendar",
        zh="合同可能中止，而其各期按日历进行",
    ),
    "report_matched_by": Text(en="a report may be for one of several periods", zh="一份报告可能对应多个期间"),
    "rows": Text(en="it has rows", zh="它有行"),
}


EXAMPLES: Final = {"day_counts_until": "17:00"}


def spelt(key: str, choice: str, about: str = "", *, chinese: bool) -> str:
    """A policy line as it is written in a contract."""
    surface: Surface = "zh" if chinese else "en"
    known = tables().policies[key]["choices"]
    value = words()[f"{key}__{choice}".upper()].spelling(surface) if choice in known else choice
    return f"{f'{_head(key, surface)} {about}'.strip()} : {value}"


def _head(key: str, surface: Surface) -> str:
    return words()[f"POLICY_{key}".upper()].spelling(surface)


def choices_of(key: str) -> tuple[str, ...]:
    """The choices of a policy, or an example where it takes an expression or statuses."""
    policy = tables().policies[key]
    if policy["takes"] == "statuses":
        return ("met",) if key == "counts_as_met" else (", ".join(BREACHED),)
    extra = (EXAMPLES.get(key, "100%"),) if policy["takes"] == "expression" else ()
    return (*extra, *policy["choices"])


def read(world: World, lines: Iterable[Sentence], stated_by: str) -> dict[tuple[str, str], Stated]:
    """The policy lines of a rule or a convention set, by key and what they are about."""
    found: dict[tuple[str, str], Stated] = {}
    for sentence in lines:
        key, about = parts.ident(sentence, "key"), parts.text(sentence, "about")
        raw = sentence.parts.get("choice")
        given = [
            parts.as_text(item).lower()
            for item in (raw if isinstance(raw, tuple) else (raw,))
            if item is not None
        ]
        value = parts.expr(sentence, "value")
        if key not in NEEDS:
            continue
        statuses = [
            status for choice in given for status in (BREACHED if choice == "breached" else (choice,))
        ]
        choice = ",".join(statuses) if value is None else "value"
        if key == "day_counts_until" and value is not None:
            choice = hour_of(world, value)
        policy = Policy(key, choice, about, stated_by)
        if (key, about) in found:
            world.collector.add(ChoiceTwice(sentence.span, first=found[key, about].span))
            continue
        found[key, about] = Stated(policy, sentence.span, value)
    return found


def hour_of(world: World, value: Expr) -> str:
    """A time of day as it is told, `17:00`; anything else is reported. 24:00 is midnight: no hour of the day is too late."""
    if not isinstance(value, TimeValue):
        needed = Text(en="a time of day such as `17:00`", zh="一天中的时刻，如 `17:00`")
        world.collector.add(
            Expected(value.span, needed=needed, found=Text(en="something else", zh="其他内容"))
        )
        return "midnight"
    minutes, rest = divmod(value.us // 60_000_000, 60)
    return "midnight" if value.us == DAY_US else f"{minutes:02}:{rest:02}"


class Choices:
    """The choices of one rule: asked for one by one, so that what nobody states and what nobody needs both come to light."""

    def __init__(self, world: World, declared: Declared) -> None:
        self._world = world
        self._declared = declared
        amounts = parts.children(
            declared.sentence, "amount"
        )  # the rows of an amount's table may carry `rows : …`
        inner = [line for amount in amounts for line in parts.children(amount, "policy")]
        self._own = read(world, [*parts.children(declared.sentence, "policy"), *inner], "rule")
        self._cited: dict[tuple[str, str], Stated] = world.sets.get(world.cited, {})
        self._taken: dict[tuple[str, str], Stated] = {}
        self._allowed: dict[str, tuple[str, ...]] = {}  # what says something for this kind of rule

    def find(self, key: str, about: str = "") -> Stated | None:
        """What is stated, by the rule or by the cited set; the rule comes first."""
        for source in (self._own, self._cited):
            for place in dict.fromkeys(((key, about), (key, ""))):
                if place in source:
                    return source[place]
        return None

    def need(self, key: str, about: str = "") -> Stated | None:
        """A choice that the rule cannot do without; reported when nobody states it."""
        found = self.find(key, about)
        if found is None:
            self._missing(key, about)
            return None
        self._take(found, about)
        return found

    def choice(self, key: str, about: str = "") -> str:
        """The choice's id, empty after a report that it is missing."""
        found = self.need(key, about)
        return "" if found is None else found.policy.choice

    def maybe(self, key: str, about: str = "") -> str:
        """A choice that may be left out without moving anything."""
        found = self.find(key, about)
        if found is None:
            return ""
        self._take(found, about)
        return found.policy.choice

    def fits(self, key: str, allowed: tuple[str, ...]) -> bool:
        """Whether the rule's own choice says something for its kind; reported where it does not.

        A line of the cited set is for many kinds of rules: where it says nothing for this one, it is not stated for it.
        """
        self._allowed[key] = allowed
        stated = self.find(key)
        if stated is None or stated.policy.choice in allowed:
            return True
        if (key, "") not in self._own:
            self._cited = {place: one for place, one in self._cited.items() if place != (key, "")}
            return True
        lines = tuple(spelt(key, choice, chinese=self._world.chinese) for choice in allowed)
        choice = spelt(key, stated.policy.choice, chinese=self._world.chinese)
        self._world.collector.add(
            ChoiceUnfit(stated.span, rule=self._declared.name, choice=choice, lines=lines)
        )
        return False

    def of_cases(self, modality: str, scope: Scope) -> bool:
        """Whether the instant at which conditions are read is one that a case has; only what recurs has a period."""
        periodic = scope.kind == "recurring" or modality in {"standing", "target"}
        ended = ("period_end",) if periodic else ()
        return self.fits("read_at", ("trigger", "deadline", "discharge", *ended, "latest"))

    def granted(self, key: str, choice: str, span: Span, by: str) -> None:
        """A choice that another line of the contract makes for every rule that makes none itself."""
        if self.find(key) is None:
            self._taken[key, ""] = Stated(Policy(key, choice, "", by), span, None)

    def _take(self, found: Stated, about: str) -> None:
        policy = found.policy
        if about and not policy.about:
            policy = Policy(policy.key, policy.choice, about, policy.stated_by)
        self._taken[policy.key, policy.about] = Stated(policy, found.span, found.value)

    def done(self) -> tuple[Policy, ...]:
        """All choices that the rule rests on; its own lines that nothing asked for are reported."""
        for (key, about), stated in self._own.items():
            if (key, about) not in self._taken and not any(
                item.span == stated.span for item in self._taken.values()
            ):
                because = Text(
                    en=f"it needs no such choice ({_not(key).en})", zh=f"无须此项选择（{_not(key).zh}）"
                )
                self._world.collector.add(
                    ChoiceUseless(stated.span, rule=self._declared.name, because=because)
                )
        return tuple(self._taken[place].policy for place in sorted(self._taken))

    def _missing(self, key: str, about: str) -> None:
        world, name = self._world, self._declared.name
        what = Text(en=f"{_head(key, 'en')} {about}".strip(), zh=f"{_head(key, 'zh')} {about}".strip())
        known = self._allowed.get(key) or choices_of(key)
        lines = tuple(spelt(key, choice, about, chinese=world.chinese) for choice in known)
        # A set is worth citing where none is cited and the library's plain one states the choice.
        plain = next((each for each in world.sets if (key, "") in world.sets[each]), "")
        cite = line("conventions", plain, chinese=world.chinese) if plain and not world.cited else ""
        found = ChoiceMissing(
            self._declared.span, what=what, rule=name, because=NEEDS[key], lines=lines, cite=cite
        )
        world.collector.add(found)


def _not(key: str) -> Text:
    reason = NEEDS[key]
    return Text(en=f"stated only where {reason.en}", zh=f"仅当{reason.zh}时写明")


def statuses(stated: Stated | None) -> tuple[str, ...]:
    """The statuses of a policy that lists some."""
    return tuple(stated.policy.choice.split(",")) if stated and stated.policy.choice else ()
