"""Open words: the range that their figure lies in, and those that the contract leaves to whoever runs it."""

from __future__ import annotations

import json

from in_process import called

from semantics.checking import DUTY, HEAD, made, told

USED = DUTY.replace("within <= 1 h", "within <= soon")


def test_the_figure_lies_in_its_range():
    assert told(f'open word soon = 30 min, from 10 min to 1 h "why"\n{USED}') == []
    assert told(f'open word soon = 2 h, from 10 min to 1 h "why"\n{USED}') == [("SLA-E0308", 1, 18)]
    assert told(f"open word soon = 2 h, at most 90 min\n{USED}") == [("SLA-E0308", 1, 18)]
    assert told(f"open word soon : duration, from 1 h to 10 min\n{USED}") == [("SLA-E0416", 1, 33)]
    assert told(f"open word soon : nothing\n{USED}")[0] == ("SLA-E0212", 1, 18)


def test_one_that_is_left_open_is_bound_like_a_parameter_and_no_other_is():
    scenario = 'scenario "s"\n  with fee = 0 CNY, soon = {}\n  as of 2026-04-01 00:00\n  expect 0 faults\n'
    left = f'open word soon : duration, at least 1 h "why"\n{USED}'
    assert told(left + scenario.format("2 h")) == []
    assert told(left + scenario.format("30 min")) == [("SLA-E0308", 10, 28)]
    assert told(f'open word soon = 1 h "why"\n{USED}' + scenario.format("2 h")) == [("SLA-E0216", 10, 21)]
    word = next(one for one in made(left).program.parameters if one.name == "soon")
    assert (word.open_word, word.value, word.low) == (True, None, "3600000000")


def test_a_run_asks_for_it_and_says_that_it_was_left_open(tmp_path):
    text = HEAD.replace("parameter fee : money, at least 0 CNY\n", "")
    text += 'clause 1 "Answers"\n  open word soon : duration, at least 1 h "no figure"\n'
    text += "".join(f"  {line}\n" for line in USED.splitlines())
    (tmp_path / "c.sla").write_text(text, encoding="utf-8")
    event = {"id": "1", "type": "ticket.opened", "subject": "T-1", "time": "2026-03-02T09:00:00+08:00", "data": {"priority": "High"}}  # fmt: skip
    (tmp_path / "e.jsonl").write_text(json.dumps(event) + "\n", encoding="utf-8")
    facts = ["--events", tmp_path / "e.jsonl", "--as-of", "2026-03-03", "--lang", "en"]
    code, _, said = called("run", tmp_path / "c.sla", *facts)
    assert code == 2
    assert "SLA-E0722" in said
    code, out, _ = called("explain", tmp_path / "c.sla", *facts, "--set", "soon=2h", "--rule", "Answer")
    assert code == 0
    assert "soon = 2 h (open word, left open by the contract and bound for this run)" in out
    assert "open word soon = 2 h, because: no figure" in out
