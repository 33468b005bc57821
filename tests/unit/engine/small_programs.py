"""Builders of small programs, events and settings for the tests, laws and benchmarks of the engine."""

from __future__ import annotations

import json
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from slalang.engine.evaluate import evaluate
from slalang.engine.settings import Focus, Settings, Version
from slalang.events.event import Event
from slalang.events.registers import Registers
from slalang.ir import amounts as am
from slalang.ir import expressions as ex
from slalang.ir import facts as fa
from slalang.ir import rules as ru
from slalang.ir.program import Levels, Parameter, Party, Program, Validity
from slalang.outcome.records import Receipt

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
ZONE = "Asia/Shanghai"
SHAPE = ru.Shape(key=(), stratum=0, reads=(), state=())
MONTH = ru.Schedule("month")
VERBS = (
    "opened", "priority_changed", "assigned", "resumed", "responded", "waiting", "cause_found", "resolved", "closed",
    "reopened", "cancelled", "noise",
)  # fmt: skip
OFFICE = {
    "zone": ZONE,
    "weekly": {day: [["09:00", "12:00"], ["13:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")},
}


def at(text: str, zone: str = ZONE) -> int:
    """`2026-03-02 09:15[:00]` in the zone, as µs."""
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))
    return int(moment.timestamp()) * SECOND + moment.microsecond


_NUMBER = [0]


def event(when: str | int, kind: str, subject: str = "T-1", id_: str = "", **data: Any) -> Event:
    """An event; `kind` without an entity is a ticket's."""
    name = kind if "." in kind else f"ticket.{kind}"
    _NUMBER[0] += 1
    time = at(when) if isinstance(when, str) else when
    verb = name.split(".")[1]
    rank = VERBS.index(verb) if verb in VERBS else 0
    own = id_ or f"e{_NUMBER[0]:06d}"
    known = data.pop("recorded", None)
    return Event(own, name, subject, time, data, rank=rank, recorded=known, by=data.pop("by", ""))


# -- expressions ---------------------------------------------------------------------------------------------------------


def limit(text: str) -> ex.Const:
    """`<= 15 min`, `< 1 h`, `<= 3 days`, `<= 2 months`, `<= 5 workdays@Office`."""
    op, number, unit = text.split(" ", 2)
    if unit in {"us", "s", "min", "h"}:
        size = {"us": 1, "s": SECOND, "min": MINUTE, "h": HOUR}[unit]
        return ex.Const("limit", f"{op} duration {int(number) * size}")
    if unit.startswith("workdays"):
        return ex.Const("limit", f"{op} workdays {number}{unit.removeprefix('workdays')}")
    months, days = {"days": (0, int(number)), "months": (int(number), 0)}[unit]
    return ex.Const("limit", f"{op} civil {months},{days}")


def number(value: str | int | Fraction, type_: str = "number") -> ex.Const:
    """A constant number."""
    return ex.Const(type_, str(Fraction(value)))


def duration(amount: int) -> ex.Const:
    """A constant duration in µs."""
    return ex.Const("duration", str(amount))


def text(value: str) -> ex.Const:
    """A constant text."""
    return ex.Const("text", value)


def sig(name: str, type_: str = "bool", at_: str = "now", via: tuple[str, ...] = ()) -> ex.SignalAt:
    """A signal."""
    return ex.SignalAt(name, type_, at_, via)  # type: ignore[arg-type]


def op(what: str, *args: ex.Expr, type_: str = "bool") -> ex.Op:
    """An operator."""
    return ex.Op(what, args, type_)  # type: ignore[arg-type]


def is_(name: str, value: str, of: str = "event") -> ex.Op:
    """A field of the event is a text."""
    return op("==", ex.Field(name, "text", of), text(value))  # type: ignore[arg-type]


def on(*kinds: str, where: ex.Expr | None = None, pick: str = "any", derived: Any = ()) -> fa.Pattern:
    """A pattern of ticket events."""
    names = [kind if "." in kind else f"ticket.{kind}" for kind in kinds]
    return fa.Pattern(tuple(fa.EventMatch(name, where) for name in names), pick, derived)  # type: ignore[arg-type]


# -- rules ---------------------------------------------------------------------------------------------------------------

POLICIES = {
    "on_change": "from_the_start",
    "after_relaxed_limit": "breach_stands",
    "on_reopening": "continues",
    "second_trigger": "ignored",
    "discharge_ends": "oldest",
    "leaving_scope": "void",
    "at_closing_time": "closing",
    "standstill_of_days": "nothing",
}
TARGETS = am.Table(
    "targets",
    ru.About("2.1"),
    "one_applies",
    (am.Column("priority", "levels:priority", sig("priority", "levels:priority")),),
    (am.Column("respond", "limit"), am.Column("resolve", "limit")),
    tuple(
        am.Row((am.OneOfCell((ex.Const("levels:priority", level),)),), (limit(respond), limit(resolve)), line)
        for line, (level, respond, resolve) in enumerate(
            [
                ("Critical", "<= 15 min", "<= 4 h"),
                ("High", "<= 1 h", "<= 8 h"),
                ("Medium", "<= 4 h", "<= 24 h"),
                ("Low", "<= 24 h", "<= 72 h"),
            ],
            10,
        )
    ),
)


def target(column: str) -> ru.Within:
    """The limit of a column of the table of targets."""
    return ru.Within(ex.TableLookup("targets", column, "limit"))


def still(name: str, when: ex.Expr, clause: str = "4.3") -> ru.Standstill:
    """A standstill."""
    return ru.Standstill(name, when, ru.About(clause))


def duty(
    name: str = "Resolution",
    trigger: fa.Pattern | None = None,
    discharge: fa.Pattern | None = None,
    within: ru.Limit | str | None = "<= 4 h",
    *,
    calendar: str = "always",
    standstills: tuple[ru.Standstill, ...] = (),
    scope: ru.Scope | None = None,
    policies: dict[str, str] | None = None,
    void: fa.Pattern | None = None,
    reopen: fa.Pattern | None = None,
    excuses: tuple[ru.Excuse, ...] = (),
    notices: tuple[ru.NoticeRule, ...] = (),
    modality: str = "duty",
    holds: ex.Expr | None = None,
    starts: fa.Pattern | None = None,
    counting: str = "",
    under: tuple[ru.Under, ...] = (),
    stratum: int = 0,
    **more: Any,
) -> ru.Obligation:
    """An obligation; by default a ticket's resolution within 4 h of its opening."""
    bound = ru.Within(limit(within)) if isinstance(within, str) else within
    if trigger is None and (scope is None or scope.kind == "each"):
        trigger = on("opened")
    if discharge is None and (scope is None or scope.kind == "each"):
        discharge = on("resolved")
    chosen = {**POLICIES, **(policies or {})}
    return ru.Obligation(
        name, ru.About("2.1"), modality, "Provider", "Customer",  # type: ignore[arg-type]
        scope or ru.Scope("each", "ticket"), trigger, starts, discharge, ru.Clock(calendar, standstills), bound, holds,
        counting, void, reopen, ("priority",), excuses, notices,
        tuple(ru.Policy(key, choice) for key, choice in chosen.items()), under,
        ru.Shape((), stratum, (), ()), **more,
    )  # fmt: skip


def share(name: str = "Attainment", rules: tuple[str, ...] = ("Resolution",), **more: Any) -> am.Metric:
    """A share met by deadline, 100 % when none."""
    form = am.ShareMet(
        rules, more.pop("pooling", "verdicts_pooled"), more.pop("met", ("met",)),
        more.pop("not_met", ("late", "overdue", "broken")),
    )  # fmt: skip
    return metric(name, form, when_none=more.pop("when_none", number(1, "ratio")), **more)


def metric(name: str, form: am.MetricForm, type_: str = "ratio", **more: Any) -> am.Metric:
    """A metric of calendar months."""
    return am.Metric(
        name, ru.About("4.2"), more.pop("period", MONTH), more.pop("by", ()), type_, form,
        more.pop("counted_by", "deadline"), more.pop("when_none", None), more.pop("groups", "seen"),
        more.pop("left_out", ()), more.pop("policies", ()), more.pop("under", ()), SHAPE, **more,
    )  # fmt: skip


def credit(name: str, amount: ex.Expr, **more: Any) -> am.AmountRule:
    """A credit of calendar months in CNY, rounded half up."""
    return am.AmountRule(
        name, ru.About("4.2"), "credit", "Provider", "Customer", more.pop("period", MONTH), more.pop("by", ()),
        more.pop("for_each", ""), more.pop("when", None), amount, more.pop("unit", "CNY"), more.pop("at_most", ()),
        more.pop("at_least", ()), more.pop("rounding", "half_up"), more.pop("posted", "same_period"),
        more.pop("no_next_period", ""), more.pop("claim", None), more.pop("due", None), more.pop("set_off", ""),
        (), (), SHAPE, **more,
    )  # fmt: skip


PRIORITY = fa.Signal(
    "priority", "ticket", "levels:priority",
    fa.Latest((fa.EventMatch("ticket.opened"), fa.EventMatch("ticket.priority_changed")), "priority"),
)  # fmt: skip
CAUSE = fa.Signal(
    "cause", "ticket", "text", fa.Latest((fa.EventMatch("ticket.cause_found"),), "cause", text("unknown"))
)
AWAITING = fa.Signal(
    "awaiting", "ticket", "bool",
    fa.Between(on("waiting", where=is_("on", "customer")), on("resumed", "resolved", "closed", "cancelled")),
)  # fmt: skip
LIFE = fa.Life(
    "ticket",
    "new",
    (
        fa.Transition(("opened",), ("new",), "open"),
        fa.Transition(("priority_changed", "assigned", "responded", "noise"), ("open", "waiting")),
        fa.Transition(("cause_found",), ("open", "waiting", "resolved", "closed")),
        fa.Transition(("waiting",), ("open", "waiting"), "waiting"),
        fa.Transition(("resumed",), ("waiting",), "open"),
        fa.Transition(("resolved",), ("open", "waiting"), "resolved"),
        fa.Transition(("closed",), ("resolved",), "closed"),
        fa.Transition(("reopened",), ("resolved",), "open"),
        fa.Transition(("cancelled",), ("open", "waiting"), "cancelled"),
    ),
)
FIELDS = {
    "opened": ("priority", "customer", "service", "agreement"),
    "priority_changed": ("priority",),
    "waiting": ("on",),
    "cause_found": ("cause",),
}


def program(*rules: Any, **more: Any) -> Program:
    """A program over tickets with whatever rules are given, sorted into their places."""
    events = tuple(
        fa.EventType(
            f"ticket.{verb}",
            "ticket",
            tuple(fa.FieldType(name, "text", True) for name in FIELDS.get(verb, ())),
            rank,
        )
        for rank, verb in enumerate(VERBS)
    )
    ticket = fa.Entity("ticket", (fa.Reference("service", "service"), fa.Reference("agreement", "agreement")))
    return Program(
        title=more.pop("title", "Test"),
        version=more.pop("version", "1.0"),
        zone=more.pop("zone", ZONE),
        currency="CNY",
        counting=more.pop("counting", "prc_civil_code"),
        validity=more.pop("validity", Validity()),
        parties=(Party("Provider"), Party("Customer")),
        parameters=more.pop("parameters", (Parameter("fee", "amount:CNY"),)),
        levels=(Levels("priority", ("Critical", "High", "Medium", "Low")),),
        readings=more.pop("readings", ()),
        entities=(ticket, fa.Entity("service"), fa.Entity("agreement"), *more.pop("entities", ())),
        events=(*events, *more.pop("events", ())),
        lives=more.pop("lives", ()),
        signals=(PRIORITY, CAUSE, AWAITING, *more.pop("signals", ())),
        calendars=(fa.CalendarSpec("Office", json.dumps(OFFICE)), *more.pop("calendars", ())),
        definitions=more.pop("definitions", ()),
        tables=(TARGETS, *(one for one in rules if isinstance(one, am.Table))),
        obligations=tuple(one for one in rules if isinstance(one, ru.Obligation)),
        metrics=tuple(one for one in rules if isinstance(one, am.Metric)),
        amounts=tuple(one for one in rules if isinstance(one, am.AmountRule)),
        rights=tuple(one for one in rules if isinstance(one, am.Right)),
        **more,
    )


# -- running -------------------------------------------------------------------------------------------------------------

RECEIPT = Receipt((), "", (), "", (), (), "test", 0, (), 0, 0, 0)
FEE = {"": {"fee": ex.Const("amount:CNY", "10000")}}


def settings(as_of: str | int, **more: Any) -> Settings:
    """Settings with a fee of 10,000 CNY."""
    when = at(as_of) if isinstance(as_of, str) else as_of
    return Settings(when, more.pop("parameters", FEE), more.pop("readings", {}), more.pop("trace", None))


def run(
    prog: Program | list[Version],
    events: list[Event],
    as_of: str | int,
    registers: Registers | None = None,
    **more: Any,
):
    """The outcome of a program over events, which are sorted first."""
    versions = [Version(prog)] if isinstance(prog, Program) else prog
    ordered = sorted(events, key=lambda one: one.order)
    return evaluate(versions, ordered, registers or Registers(), settings(as_of, **more), RECEIPT)


def only(
    prog: Program | list[Version],
    events: list[Event],
    as_of: str | int,
    rule: str = "Resolution",
    **more: Any,
):
    """The one verdict of a rule."""
    found = [one for one in run(prog, events, as_of, **more).verdicts if one.rule == rule]
    assert len(found) == 1, found
    return found[0]


def focus(rule: str, **more: Any) -> Focus:
    """What to trace."""
    return Focus(rule, **more)
