"""Every kind of sentence: where it may stand and which parts it has. The grammar yields exactly these; the checker reads exactly these."""

from __future__ import annotations

from typing import Final

TOP: Final = "top"
SCHEDULE: Final = {
    "unit": "id", "n": "int", "weekday": "int?", "calendar": "name?", "anchor": "expr?", "before": "pattern?", "counted": "id?",
}  # fmt: skip

# kind -> (parents, parts). Part notations: name, names, text, expr, pattern, id (keyword id, lower case), int, flag; `?` may be None.
SENTENCES: Final[dict[str, tuple[tuple[str, ...], dict[str, str]]]] = {
    "contract": ((TOP,), {"title": "text", "version": "text"}),
    "library": ((TOP,), {"name": "name"}),
    "source": ((TOP, "contract"), {"text": "text"}),
    "use": ((TOP,), {"names": "names"}),
    "time_zone": ((TOP,), {"zone": "text"}),
    "currency": ((TOP,), {"name": "name"}),
    "counting": ((TOP, "obligation", "convention_set", "amount_rule", "right"), {"name": "name"}),
    "counting_convention": ((TOP,), {"name": "name"}),
    # answer: first_day_counts first_day_does_not missing_is_last missing_is_next missing_is_error rest_stays rest_moves
    "counting_answer": (("counting_convention",), {"answer": "id"}),
    "rest_days": ((TOP,), {"calendar": "name"}),
    "conventions": ((TOP,), {"name": "name"}),
    "effective": ((TOP,), {"date": "expr"}),
    "supersedes": ((TOP,), {"version": "text"}),
    "known_from": ((TOP,), {"date": "expr"}),
    "term": ((TOP, "clause"), {"start": "expr", "end": "expr"}),
    "renews": ((TOP, "clause"), {"length": "expr", "times": "expr?"}),
    "unless": (("renews",), {"pattern": "pattern"}),
    "ends_on": ((TOP, "clause"), {"pattern": "pattern", "after": "expr?"}),
    "suspended": ((TOP, "clause"), {"start": "pattern", "end": "pattern"}),
    "retroactive": ((TOP,), {"why": "text"}),
    "splits_periods": ((TOP,), {}),
    "constraint": ((TOP, "clause"), {"name": "name"}),
    "party": (
        (TOP,),
        {"name": "name", "title": "text?", "succeeds": "name?", "since": "expr?", "until": "expr?"},
    ),
    # domain: tuple of ("at_least"|"at_most"|"from"|"one_of"|"help", expr…) tuples
    "parameter": ((TOP, "clause"), {"name": "name", "type": "name", "domain": "tuples"}),
    # one of value and type: bound by the contract, or left to whoever runs it
    "open_word": (
        (TOP, "clause"),
        {"name": "name", "value": "expr?", "type": "name?", "domain": "tuples", "why": "text?"},
    ),
    "let": ((TOP, "clause"), {"name": "name", "value": "expr"}),
    "unit": ((TOP, "clause"), {"name": "name", "places": "int"}),
    "levels": ((TOP, "clause"), {"name": "name", "values": "names"}),
    "reading": ((TOP, "clause"), {"name": "name", "question": "text"}),
    "option": (("reading",), {"name": "name", "text": "text?"}),
    "chosen": (("reading",), {"name": "name", "because": "text"}),
    "calendar": ((TOP, "clause"), {"name": "name"}),
    "cal_zone": (("calendar",), {"zone": "text"}),
    # days: tuple of weekday indexes; spans: tuple of (start us, end us) with end > 24 h for the next day;
    # closed dates: a date, or an Interval of two dates, both included
    "cal_week": (("calendar",), {"days": "ints", "spans": "ints"}),
    # kinds: statutory in_lieu moved_rest special_rest; none: all of them, and the weekend days worked for them
    "cal_holidays": (("calendar",), {"country": "name", "category": "name?", "kinds": "ids"}),
    "cal_make_up": (("calendar",), {"country": "name", "spans": "ints"}),
    "cal_listed": (("calendar",), {"years": "ints"}),
    "cal_closed": (("calendar",), {"dates": "exprs"}),
    "cal_open": (("calendar",), {"date": "expr", "spans": "ints"}),
    "cal_break": (("calendar",), {"date": "expr", "spans": "ints"}),
    "cal_valid": (("calendar",), {"start": "expr", "end": "expr"}),
    "cal_same": (("calendar", "counting_convention"), {"name": "name"}),
    "cal_joined": (("calendar",), {"how": "id", "calendars": "names"}),  # how: in_any_of in_all_of
    "clause": ((TOP, "clause"), {"number": "text", "title": "text?"}),
    "paraphrase": (
        (
            "clause",
            "obligation",
            "metric",
            "amount_rule",
            "payments",
            "right",
            "exception",
            "table",
            "signal",
            "chain",
            "constraint",
        ),
        {"text": "text"},
    ),
    "not_judged": (("clause",), {"why": "text"}),
    # other clauses that are relied on: ranges as above; what is made of it where the paper does not have them
    "points_to": (("clause",), {"ranges": "tuples", "why": "text?"}),
    # ranges: tuples of one or two numbers of clauses
    "buys": ((TOP,), {"name": "name", "file": "text"}),
    "chain": ((TOP, "clause"), {"name": "name"}),
    "promises": (("chain",), {"rule": "name"}),
    # joined: in_series in_parallel
    "rests_on": (("chain",), {"rules": "names", "joined": "id"}),
    "clauses": ((TOP,), {"ranges": "tuples"}),
    "convention_set": ((TOP,), {"name": "name"}),
    # key: policy id; about: name?; choice: id, ids, or expr  (policies.py lists keys and choices)
    "policy": (
        (
            "obligation",
            "metric",
            "amount_rule",
            "payments",
            "right",
            "exception",
            "table",
            "amount",
            "convention_set",
        ),
        {"key": "id", "about": "name?", "choice": "ids", "value": "expr?"},
    ),
    "entity": ((TOP,), {"name": "name"}),
    "refers": (("entity",), {"entity": "name", "field": "name"}),
    "event": ((TOP,), {"name": "name"}),
    "field": (
        ("event", "entity"),
        {"name": "name", "type": "name", "optional": "flag", "domain": "tuples"},
    ),
    "rank": ((TOP,), {"names": "names"}),
    "life": ((TOP,), {"entity": "name"}),
    "transition": (("life",), {"events": "names", "sources": "names", "to": "name?"}),
    "signal": ((TOP, "clause"), {"name": "name", "entity": "name?"}),
    "sig_latest": (("signal",), {"field": "name", "pattern": "pattern"}),
    "sig_starts_as": (("signal", "metric", "amount_rule"), {"value": "expr"}),
    "sig_spans": (("signal",), {"start": "name", "end": "name", "pattern": "pattern"}),
    "sig_fold": (("signal",), {"fold": "id", "signal": "name", "members": "name", "reference": "name"}),
    "sig_open_in": (("signal",), {"calendar": "name"}),
    "sig_running_count": (("signal",), {"pattern": "pattern", "window": "expr?"}),
    "sig_running_sum": (("signal",), {"value": "expr", "pattern": "pattern", "window": "expr?"}),
    "sig_running_time": (("signal",), {"signal": "name", **SCHEDULE, "unit": "id?", "bound": "expr"}),
    "sig_running_days_late": (("signal",), {"rules": "names", "closed": "flag"}),
    "sig_less": (("signal",), {"value": "expr", "pattern": "pattern"}),
    "sig_less_count": (("signal",), {"pattern": "pattern"}),
    "sig_reset": (("signal",), {"pattern": "pattern"}),
    "nested": (("signal",), {}),
    # modality: duty prohibition standing target measured
    "obligation": ((TOP, "clause"), {"modality": "id", "name": "name"}),
    "for_each": (("obligation", "right"), {"entity": "name", "where": "expr?"}),
    # unit: us minute hour day working_day week month quarter year; weekday 0-6 or None
    # anchor: what `each 1 months from E` counts from; before: `rolling 30 days before PATTERN`; counted: contract or service
    "each": (("obligation",), {**SCHEDULE}),
    "once": (("obligation", "right"), {}),
    "owes": (("obligation", "amount_rule"), {"debtor": "name", "creditor": "name"}),
    "by_anyone": (("obligation", "right", "amount_rule", "payments"), {}),
    "not_before": (("obligation",), {"length": "expr"}),
    "from_until": (("obligation", "signal", "right"), {"start": "pattern?", "end": "pattern?"}),
    "starts_at": (("obligation",), {"pattern": "pattern"}),
    "clock": (("obligation",), {"calendar": "name?", "except_while": "expr?"}),
    "within": (("obligation", "exception"), {"limit": "expr"}),
    # by/before a point of a period: position int (0 = the end of the period), offset periods after, day: day|working_day
    "by_point": (
        ("obligation", "amount_rule"),
        {"inclusive": "flag", "unit": "id", "offset": "int", "nth": "int", "day": "id", "calendar": "name?"},
    ),
    "by_date": (("obligation", "amount_rule"), {"inclusive": "flag", "value": "expr"}),
    "at_least_before": (("obligation",), {"act": "pattern", "limit": "expr", "anchor": "pattern"}),
    "void_when": (("obligation",), {"pattern": "pattern"}),
    "reopened_by": (("obligation",), {"pattern": "pattern"}),
    "holds": (("obligation",), {"value": "expr"}),
    # as `by_point`, without `inclusive`
    "window_opens": (
        ("obligation",),
        {"unit": "id", "offset": "int", "nth": "int", "day": "id", "calendar": "name?"},
    ),
    "roll": (("obligation", "amount_rule"), {"to": "id", "calendar": "name", "not_last": "flag"}),
    "closes_with": (("obligation", "amount_rule"), {"calendar": "name"}),
    "window_from": (("obligation",), {"at": "id"}),
    "period_field": (("obligation",), {"name": "name"}),
    "survives": (("obligation", "amount_rule", "right"), {}),
    "assume": (("obligation", "metric", "amount_rule", "payments", "right", "chain"), {"text": "text"}),
    "under": (
        (
            "obligation",
            "metric",
            "amount_rule",
            "payments",
            "cap",
            "right",
            "exception",
            "table",
            "let",
            "signal",
            "calendar",
            "scenario",
        ),
        {"reading": "name", "option": "name"},
    ),
    # on: before_deadline share_of_limit after_deadline breach discharge trigger; of a right: right expiry before_window_end
    "notice": (
        ("obligation", "right"),
        {"on": "id", "offset": "expr?", "calendar": "name?", "to": "name", "text": "text?"},
    ),
    # schedule as in `each`
    "metric": (
        (TOP, "clause"),
        {"name": "name", **SCHEDULE, "by": "names"},
    ),
    "value": (("metric", "signal", "exception", "constraint"), {"value": "expr"}),
    "excluding": (("metric",), {"when": "expr"}),
    "bins": (("metric",), {"length": "expr", "least": "expr?"}),
    "minimum_sample": (("metric",), {"count": "int"}),
    # steps: excluding bins minimum_run period_borders rounding_step
    "in_order": (("metric",), {"steps": "ids"}),
    "over_all": (("metric",), {}),
    "minimum_run": (("metric",), {"length": "expr", "strict": "flag"}),
    "round_time": (("metric",), {"what": "id", "unit": "expr", "mode": "id"}),
    # sort: credit penalty fee interest rebate; per: period parts or for_each rule
    "amount_rule": (
        (TOP, "clause"),
        {
            "sort": "id",
            "name": "name",
            **SCHEDULE,
            "unit": "id?",
            "by": "names",
            "breach_of": "name?",
            "event_of": "pattern?",
            "exercise_of": "name?",
            "debt_of": "name?",
        },
    ),
    # choose: highest first creditor
    "one_of_group": (("amount_rule",), {"group": "name", "choose": "id"}),
    "when": (("obligation", "amount_rule", "right", "exception"), {"condition": "expr"}),
    # per: per_day_late or per_working_day_late
    "amount": (("amount_rule", "exception"), {"value": "expr?", "per": "id?", "calendar": "name?"}),
    # over: none (each amount by itself), period (the schedule's) or total
    "at_most": (
        ("amount_rule", "cap"),
        {
            "value": "expr",
            "over": "id",
            **SCHEDULE,
            "unit": "id?",
            "carried": "flag",
            "excess": "flag",
        },
    ),
    "cap": ((TOP, "clause"), {"name": "name", "rules": "names"}),
    "at_least": (("amount_rule",), {"value": "expr"}),
    "only_if": (("amount_rule",), {"bound": "expr"}),
    # limit: counted from the period's end (`of_it`: from what the amount is for); periods: through the end of so many periods later
    "claim": (("amount_rule",), {"pattern": "pattern", "limit": "expr?", "periods": "int?", "of_it": "flag"}),
    "due": (("amount_rule",), {"limit": "expr"}),
    # against a text (told only), or amounts that it is set off against
    "set_off": (("amount_rule",), {"against": "text?", "rules": "names"}),
    "payments": ((TOP, "clause"), {"name": "name"}),
    "pays": (("payments",), {"debtor": "name", "creditor": "name"}),
    "paid_by": (("payments",), {"pattern": "pattern", "field": "name"}),
    "settles": (("payments",), {"rules": "names"}),
    "debt_named_by": (("payments",), {"field": "name"}),
    "sole_remedy": (("amount_rule",), {}),
    "right": ((TOP, "clause"), {"name": "name", "holders": "names"}),
    "exercised_by": (("right",), {"pattern": "pattern"}),
    "against": (("right",), {"party": "name"}),
    "right_within": (("right",), {"limit": "expr"}),
    "right_window": (("right",), {"start": "expr", "end": "expr?"}),
    "right_until": (("right",), {"end": "expr"}),
    "cure": (("right",), {"pattern": "pattern", "limit": "expr", "start": "pattern"}),
    # effect: ends_the_contract … claims_right, renews_the_contract (then `length`)
    "effect": (("right",), {"effect": "id", "after": "expr?", "length": "expr?"}),
    "exception": ((TOP, "clause"), {"name": "name", "targets": "names", "when": "expr?"}),
    "stands_still": (("exception",), {"while": "expr"}),
    "excused": (("exception",), {"when": "expr", "effect": "id"}),
    "requires": (("exception",), {"names": "names"}),
    "left_out": (("exception",), {"when": "expr"}),
    "table": ((TOP, "clause"), {"name": "name"}),
    "row": (("table", "amount"), {"cells": "cells"}),
    "otherwise": (("table", "amount"), {"value": "expr?"}),
    "scenario": ((TOP, "clause"), {"title": "text"}),
    "with": (("scenario",), {"bindings": "pairs"}),
    # register lines: entity, id, since when, (attribute, expr) pairs
    "register": (("scenario",), {"entity": "name", "id": "text", "since": "expr?", "fields": "pairs"}),
    "given": (("scenario",), {}),
    # a fact: date-time, entity, subject id, verb, (field, expr) pairs, recorded?
    "fact": (
        ("given",),
        {
            "at": "expr",
            "entity": "name",
            "id": "text",
            "verb": "name",
            "fields": "pairs",
            "recorded": "expr?",
        },
    ),
    "as_of": (("scenario",), {"at": "expr"}),
    # expect RULE [subject] [period] what…: see the language page §9; checks: tuple of (what id, value part)
    "expect": (("scenario",), {"rule": "name", "subject": "text?", "period": "text?", "checks": "pairs"}),
    "expect_faults": (("scenario",), {"count": "int"}),
    "expect_balance": (
        ("scenario",),
        {"debtor": "name", "creditor": "name", "subject": "text?", "period": "text?", "checks": "pairs"},
    ),
    # what: sent_at scheduled_at none_sent
    "expect_notice": (
        ("scenario",),
        {"rule": "name", "subject": "text?", "period": "text?", "to": "name?", "what": "id", "at": "expr?"},
    ),
    "expect_reported": (("scenario",), {"code": "text", "subject": "text?", "at": "expr?"}),
}
