"""Lines about the agreement itself that make no sense: each has one message with its place, counted by hand."""

from __future__ import annotations

import pytest

from semantics.checking import HEAD, made, told
from slalang.ir.facts import Pattern

NOTICE = "entity notice\nevent notice.given\n"  # two lines
RIGHT = NOTICE + "right Leave of Customer\n  exercised by notice.given\n"  # four lines


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # a right
        (RIGHT + "  effect renews the contract for 1 year\n", ("SLA-E0531", 5, 3)),
        (RIGHT + "  effect withdraws\n", ("SLA-E0511", 5, 3)),
        (RIGHT + "  effect demands after 3 h\n", ("SLA-E0511", 5, 3)),
        (RIGHT + "  exercise window within 3 h\n", ("SLA-E0303", 5, 26)),
        (RIGHT + "  exercise window from fee until 2026-03-01\n", ("SLA-E0302", 5, 24)),
        (RIGHT + "  exercise window within <= 3 days\n", ("SLA-E0435", 5, 3)),
        (RIGHT + "  notice on breach to Customer\n", ("SLA-E0511", 5, 3)),
        (RIGHT + "  notice 3 h before the window ends to Customer\n", ("SLA-E0511", 5, 3)),
        (RIGHT + "  against Nobody\n", ("SLA-E0208", 5, 11)),
        # the life
        ("renews for 1 year, without limit\n", ("SLA-E0531", 1, 1)),
        ("term from 2026-01-01 until 2026-12-31\nrenews for 1 h, without limit\n", ("SLA-E0302", 2, 12)),
        ("term from 2026-01-01 until 2026-12-31\nrenews for 1 year, at most 0 times\n", ("SLA-E0308", 2, 28)),
        (NOTICE + "ends on notice.given after 3 days\n", ("SLA-E0532", 3, 1)),
        ("term from 2026-12-31 until 2026-01-01\n", ("SLA-E0507", 1, 1)),
        ("let last = term end\n", ("SLA-E0531", 1, 12)),
        # versions and parties
        ("effective from 2026-01-01\nknown from 2026-02-01\n", ("SLA-E0533", 2, 1)),
        ("party Heir succeeds Nobody from 2026-07-01\n", ("SLA-E0208", 1, 21)),
        ("party Heir succeeds Customer from 2026-07-01 until 2026-06-30\n", ("SLA-E0507", 1, 1)),
        # constraints
        ("constraint C\n  = fee\n", ("SLA-E0302", 2, 5)),
        ("constraint C\n", ("SLA-E0501", 1, 12)),
    ],
)
def test_one_message_at_its_place(body, expected):
    assert told(body) == [expected]


def test_a_constraint_reads_only_what_is_bound():
    body = "signal calm\n  = open_tickets\nsignal open_tickets\n  from ticket.opened until ticket.closed\nconstraint C\n  = calm\n"
    assert [code for code, _, _ in told(body)] == ["SLA-E0509"]


def test_what_becomes_of_the_agreement_is_an_event():
    body = (
        "term from 2026-01-01 until 2026-12-31\nentity notice\nevent notice.given\n"
        "obligation Tell\n  once\n  Provider owes Customer\n  from agreement.ended, agreement.renewed until notice.given\n"
        "  clock always\n  within <= 3 h\n"
    )
    (tell,) = made(body, HEAD).program.obligations
    assert tell.trigger == Pattern((), "any", (("agreement", "ended"), ("agreement", "renewed")))


def test_an_event_that_the_contract_declares_itself_stays_a_fact():
    body = (
        "entity notice\nevent notice.given\nevent agreement.ended\n"
        "obligation Tell\n  once\n  Provider owes Customer\n  from agreement.ended until notice.given\n"
        "  clock always\n  within <= 3 h\n"
    )
    (tell,) = made(body, HEAD).program.obligations
    assert tell.trigger is not None
    assert [one.type for one in tell.trigger.any_of] == ["agreement.ended"]
