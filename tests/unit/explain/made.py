"""Hand-made programs, outcomes and traces: a small contract and a late ticket, worked out with a pencil."""

from __future__ import annotations

from fractions import Fraction

from slalang.ir.amounts import AmountRule, Column, Metric, OneOfCell, RangeCell, Row, ShareMet, Table
from slalang.ir.expressions import Const, MetricRef, Op, Param, SignalAt, TableLookup
from slalang.ir.facts import Between, EventMatch, EventType, FieldType, Pattern, Signal
from slalang.ir.program import Clause, Parameter, Party, Program, Validity
from slalang.ir.rules import (
    About,
    Clock,
    Obligation,
    Place,
    Policy,
    Schedule,
    Scope,
    Shape,
    Standstill,
    Within,
)
from slalang.outcome.records import (
    Assumption,
    LedgerLine,
    MetricValue,
    Period,
    Quantity,
    Receipt,
    Stretch,
    Verdict,
)
from slalang.outcome.trace import (
    AmountTrace,
    CaseTrace,
    ClockStretch,
    Considered,
    LimitStep,
    MetricTrace,
    Role,
    RowHit,
    Step,
    Value,
)
from slalang.outcome.whole import Outcome
from slalang.values.instant import parse

MIN = 60_000_000
SHAPE = Shape(("rule", "subject"), 0, (), ())
PRIORITY = SignalAt("priority", "levels:priority", "trigger")
TARGETS = TableLookup("targets", "respond", "limit")
TARGETS_TABLE = Table(
    "targets",
    About("2.1", "Response times", place=Place("contract.sla", 40)),
    "one_applies",
    (Column("priority", "levels:priority", PRIORITY),),
    (Column("respond", "limit"),),
    (
        Row(
            (OneOfCell((Const("levels:priority", "Critical"),)),),
            (Const("limit", f"<= duration {15 * MIN}"),),
            41,
        ),
        Row(
            (OneOfCell((Const("levels:priority", "High"),)),),
            (Const("limit", f"<= duration {60 * MIN}"),),
            42,
        ),
    ),
)
AWAITING = SignalAt("awaiting_customer", "bool", "now")
FAULT = Op(
    "==", (SignalAt("cause", "levels:cause", "discharge"), Const("levels:cause", "aws_platform")), "bool"
)


def at(clock: str, day: str = "2026-03-02") -> int:
    """An instant from a Shanghai wall reading."""
    return parse(f"{day}T{clock}:00+08:00")


def us(minutes: int) -> Quantity:
    return Quantity("duration", Fraction(minutes * MIN))


RESPONSE = Obligation(
    name="FirstResponse",
    about=About("2.1", "Response times", place=Place("contract.sla", 48)),
    modality="duty",
    debtor="Provider",
    creditor="Customer",
    scope=Scope("each", "ticket"),
    trigger=Pattern((EventMatch("ticket.opened"),)),
    starts=None,
    discharge=Pattern((EventMatch("ticket.responded"),), "first"),
    clock=Clock("always", (Standstill("customer_delay", AWAITING, About("4.3")),)),
    limit=Within(TARGETS),
    holds=None,
    counting="",
    void_when=None,
    reopen=None,
    changes=(),
    excuses=(),
    notices=(),
    policies=(),
    under=(),
    shape=SHAPE,
)
TIERS = Table(
    "tiers",
    About("4.2", "Credits", place=Place("contract.sla", 70)),
    "one_applies",
    (Column("Attainment", "ratio", MetricRef("Attainment", "ratio")),),
    (Column("rate", "ratio"),),
    (
        Row(
            (RangeCell(Const("ratio", "19/20"), True, Const("ratio", "99/100"), False),),
            (Const("ratio", "1/20"),),
            71,
        ),
        Row(
            (RangeCell(Const("ratio", "9/10"), True, Const("ratio", "19/20"), False),),
            (Const("ratio", "1/10"),),
            72,
        ),
        Row((RangeCell(None, False, Const("ratio", "9/10"), False),), (Const("ratio", "3/20"),), 73),
    ),
    partial=True,
)
ATTAINMENT = Metric(
    "Attainment",
    About("4.2", "Credits"),
    Schedule("month"),
    (),
    "ratio",
    ShareMet(("FirstResponse",), "verdicts_pooled", ("met",), ("late", "overdue", "broken")),
    "start",
    None,
    "",
    (),
    (Policy("counted_by", "start"),),
    (),
    SHAPE,
)
FORMULA = Op("*", (Param("monthly_fee", "amount:CNY"), TableLookup("tiers", "rate", "ratio")), "amount:CNY")
CREDIT = AmountRule(
    name="SlaCredit",
    about=About("4.2", "Credits"),
    sort="credit",
    debtor="Provider",
    creditor="Customer",
    period=Schedule("month"),
    by=(),
    for_each="",
    when=None,
    amount=FORMULA,
    unit="CNY",
    at_most=(),
    at_least=(),
    rounding="half_up",
    posted="next_period",
    no_next_period="paid_out",
    claim=None,
    due=None,
    set_off="",
    policies=(Policy("rounding", "half_up", stated_by="std.plain"),),
    under=(),
    shape=SHAPE,
)
PROGRAM = Program(
    title="Managed support",
    version="1.0",
    zone="Asia/Shanghai",
    currency="CNY",
    counting="exact",
    validity=Validity(),
    parties=(Party("Provider", "甲方"), Party("Customer", "乙方")),
    parameters=(Parameter("monthly_fee", "amount:CNY"),),
    levels=(),
    readings=(),
    entities=(),
    events=(
        EventType("ticket.opened", "ticket", (FieldType("priority", "levels:priority"),)),
        EventType("ticket.responded", "ticket"),
        EventType("ticket.waiting", "ticket", (FieldType("on", "text"),)),
        EventType("ticket.resumed", "ticket"),
    ),
    lives=(),
    signals=(
        Signal(
            "awaiting_customer",
            "ticket",
            "bool",
            Between(Pattern((EventMatch("ticket.waiting"),)), Pattern((EventMatch("ticket.resumed"),))),
        ),
    ),
    calendars=(),
    definitions=(),
    tables=(TARGETS_TABLE, TIERS),
    obligations=(RESPONSE,),
    metrics=(ATTAINMENT,),
    amounts=(CREDIT,),
    rights=(),
    clauses=(
        Clause(
            "2.1", "Response times", ("every request gets a first answer within the time of its priority",)
        ),
        Clause("4.2", "Credits"),
        Clause("4.3", "Not counted"),
    ),
)
MARCH = Period("2026-03", at("00:00", "2026-03-01"), at("00:00", "2026-04-01"))
AS_OF = at("00:00", "2026-04-01")

# Opened 09:00, waiting for the customer 09:05 to 09:15, answered 09:37: 5 + 22 = 27 min counted against 15: 12 min late.
# The clock reaches 15 min ten minutes after the resumption: 09:25.
LATE = Verdict(
    rule="FirstResponse",
    clause="2.1",
    agreement="A-1",
    subject="T-1",
    instance="e-1",
    period=None,
    status="late",
    final=True,
    debtor="Provider",
    creditor="Customer",
    measure=us(27),
    limit=us(15),
    limit_strict=False,
    margin=us(-12),
    start=at("09:00"),
    deadline=at("09:25"),
    deadline_if_resumed_now=None,
    discharged_at=at("09:37"),
    breached_at=at("09:25"),
    standstill=(Stretch(at("09:05"), at("09:15"), "customer_delay", "4.3", ("e-2", "e-3")),),
    assumptions=(Assumption("reading", "customer_delay_scope", "both", "clause 4.3 speaks of everything"),),
    evidence=("e-1", "e-2", "e-3", "e-4"),
    version="1.0",
)
ROW = RowHit("targets", "2.1", 1, 41, (("priority", Value(PRIORITY, "levels:priority", "Critical")),), (1,))
LATE_TRACE = CaseTrace(
    agreement="A-1",
    rule="FirstResponse",
    subject="T-1",
    instance="e-1",
    roles=(
        Role("e-1", "ticket.opened", at("09:00"), "trigger", "priority Critical"),
        Role("e-2", "ticket.waiting", at("09:05"), "standstill", "on customer"),
        Role("e-3", "ticket.resumed", at("09:15"), "standstill"),
        Role("e-4", "ticket.responded", at("09:37"), "discharge"),
    ),
    limits=(
        LimitStep(at("09:00"), us(15), False, Value(TARGETS, "limit", f"<= duration {15 * MIN}", row=ROW)),
    ),
    clock=(
        ClockStretch(at("09:00"), at("09:05"), 5 * MIN, "counted"),
        ClockStretch(at("09:05"), at("09:15"), 0, "standstill", "customer_delay", "4.3", ("e-2", "e-3")),
        ClockStretch(at("09:15"), at("09:37"), 22 * MIN, "counted"),
    ),
    considered=(
        Considered(
            "platform_fault",
            "4.3",
            "release",
            False,
            Value(
                FAULT,
                "bool",
                False,
                (
                    Value(FAULT.args[0], "levels:cause", "customer"),
                    Value(FAULT.args[1], "levels:cause", "aws_platform"),
                ),
            ),
        ),
    ),
    policies=(("on_reopening", "continues", "std.plain"),),
)

# 149 of 157 in time: 94.904 %, so the row [90 %, 95 %) gives 10 % of 10,000.
SHARE = MetricValue(
    "Attainment", "4.2", "A-1", (), MARCH, Quantity("ratio", Fraction(149, 157)), Fraction(149), Fraction(157), True,
    version="1.0",
)  # fmt: skip
SHARE_TRACE = MetricTrace(
    "Attainment",
    (),
    "2026-03",
    (("met", 149), ("late", 7), ("overdue", 1), ("excused", 2)),
    (
        *tuple(("FirstResponse", f"T-{n}", f"e-{n}", "late") for n in range(1, 8)),
        ("FirstResponse", "T-8", "e-8", "overdue"),
    ),
    (),
    None,
    agreement="A-1",
)
TIER = RowHit(
    "tiers",
    "4.2",
    2,
    72,
    (("Attainment", Value(MetricRef("Attainment", "ratio"), "ratio", Fraction(149, 157))),),
    (2,),
)
AMOUNT_VALUE = Value(
    FORMULA,
    "amount:CNY",
    Fraction(1000),
    (
        Value(FORMULA.args[0], "amount:CNY", Fraction(10_000)),
        Value(FORMULA.args[1], "ratio", Fraction(1, 10), row=TIER),
    ),
)
LINE = LedgerLine(
    "SlaCredit", "4.2", "A-1", MARCH, "2026-04", "Provider", "Customer", Fraction(1000), "CNY", "posted", True, None, None,
    because=("Attainment 2026-03",), exact=Fraction(1000), version="1.0",
)  # fmt: skip
LINE_TRACE = AmountTrace(
    "SlaCredit",
    (),
    "2026-03",
    AMOUNT_VALUE,
    (Step("rounding", Fraction(1000), Fraction(1000), "half_up"),),
    agreement="A-1",
)
RECEIPT = Receipt((("1.0", "sha256:00"),), "", (), "", (), (), "0.1.0", 4, (), 0, 0, 0)
OUTCOME = Outcome(
    contract="Managed support",
    version="1.0",
    zone="Asia/Shanghai",
    as_of=AS_OF,
    receipt=RECEIPT,
    verdicts=(LATE,),
    metrics=(SHARE,),
    ledger=(LINE,),
    rights=(),
    notices=(),
    faults=(),
)
