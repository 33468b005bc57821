"""`fmt --names`: names, texts and comments by a table, there and back; what is refused, and that then nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import in_process
import pytest

if TYPE_CHECKING:
    from pathlib import Path

CONTRACT = """contract "Desk" version "1.0"
use std.plain, std.tickets
time zone Asia/Shanghai
currency CNY
conventions std.plain

party Provider "the desk"
party Customer
levels priority = High > Low

# Answers are quick.
clause 1 "Answers"
  parameter fee : money, at least 0 CNY, "the fee"
  parameter mode : text, one of "daily", "weekly"

  obligation Answer
    for each ticket
    Provider owes Customer
    from opened where channel is "daily" until first responded
    clock always
    within <= 1 h
    on reopening : frozen
    notice on breach to Customer "daily"

  right Ask of Customer
    for each ticket
    from ticket.opened
    exercised by ticket.escalation_demanded
    effect demands

  credit Late for each breach of Answer
    Provider owes Customer
    amount = max(0 CNY, fee)

  scenario "daily"
    with fee = 10 CNY
    given
      2026-03-02 09:00 ticket T-1 opened priority High, channel "daily"
      2026-03-02 10:00:00.000001 ticket T-1 responded
      2026-03-02 11:00 ticket T-1 escalation_demanded by "Customer"
    as of 2026-03-03 00:00
    expect Answer T-1 is late
    expect Ask T-1 is exercised
    expect Late T-1 is 10 CNY
"""
NAMES = """[names]
Provider = "服务台"
Customer = "客户"
High = "高"
Low = "低"
fee = "费用"
mode = "方式"
Answer = "答复"
Ask = "要求"
Late = "迟延金"
[texts]
Desk = "服务台合同"
"the desk" = "服务台"
Answers = "各项答复"
"the fee" = "该费用"
"daily" = "每日"
[comments]
"Answers are quick." = "答复很快。"
"""


def files(folder: Path, names: str = NAMES, contract: str = CONTRACT) -> tuple[Path, Path, Path]:
    """A contract, a table, and where the result is to go."""
    (folder / "desk.sla").write_text(contract, encoding="utf-8")
    (folder / "names.toml").write_text(names, encoding="utf-8")
    return folder / "desk.sla", folder / "names.toml", folder / "out.sla"


def fmt(folder: Path, names: str = NAMES, contract: str = CONTRACT, to: str = "zh") -> tuple[int, str, str]:
    source, table, out = files(folder, names, contract)
    return in_process.called("fmt", "--names", table, "--to", to, "-o", out, source)


def test_there_and_back(tmp_path: Path) -> None:
    assert fmt(tmp_path) == (0, "", "")
    source, table, out = (tmp_path / name for name in ("desk.sla", "names.toml", "out.sla"))
    text = out.read_text(encoding="utf-8")
    assert "当事方 服务台 「服务台」" in text
    assert "# 答复很快。" in text
    # Texts for people change; the same words as data do not, since events are compared with them.
    assert "通知 违约时 致 客户 「每日」" in text
    assert "情景 「每日」" in text
    assert "channel 为 「daily」" in text
    assert "参数 方式：文字，以下之一 「daily」，「weekly」" in text
    # A party that a fact names is a name.
    assert "escalation_demanded by 「客户」" in text
    assert in_process.called("test", out)[0] == 0
    assert in_process.called("fmt", "--names", table, "--to", "en", "-o", tmp_path / "back.sla", out)[0] == 0
    assert (tmp_path / "back.sla").read_bytes() == source.read_bytes()


def test_check_tells_whether_it_is_current(tmp_path: Path) -> None:
    fmt(tmp_path)
    source, table, out = (tmp_path / name for name in ("desk.sla", "names.toml", "out.sla"))
    words = ("fmt", "--names", table, "--to", "zh", "--check", "-o", out, source)
    assert in_process.called(*words) == (0, "", "")
    out.write_text(out.read_text(encoding="utf-8").replace("1 小时", "2 小时"), encoding="utf-8")
    exit_, told, _ = in_process.called(*words)
    assert (exit_, told.strip()) == (1, str(out))


def test_what_the_table_leaves_alone_is_told(tmp_path: Path) -> None:
    exit_, _, told = fmt(tmp_path, NAMES.replace('Low = "低"\n', "").replace('Answers = "各项答复"\n', ""))
    assert exit_ == 0
    assert "SLA-E0757" in told
    assert "2 not in the table" in told
    assert "names: Low" in told
    assert "texts: Answers" in told


REFUSED = {
    "a name that occurs nowhere": (('Answer = "', 'Anwser = "'), "SLA-E0752", "`Anwser`", "names.toml:8"),
    "a text that occurs nowhere": (('"the fee" =', '"a fee" ='), "SLA-E0752", "`a fee`", "names.toml:15"),
    "a text that is data only": (('"daily" = "每日"', '"weekly" = "每周"'), "SLA-E0752", "`weekly`", "names.toml:16"),
    "two names for one": (('Ask = "要求"', 'Ask = "答复"'), "SLA-E0753", "`Ask` and `Answer`", "names.toml:9"),
    "a name that is taken": (('Low = "低"\n', 'High = "Low"\n', 'High = "高"\n'), "SLA-E0753", "`High` would be `Low`", "names.toml:4"),
    "no name": (('Ask = "要求"', 'Ask = "要 求"'), "SLA-E0754", "`要 求`", "names.toml:9"),
    "a word of a library": (('Ask = "要求"', 'Ask = "要求"\nticket = "工单"'), "SLA-E0755", "`ticket` is a word of std.tickets", "names.toml:10"),
    "a library's word as the new name": (('Ask = "要求"', 'Ask = "responded"'), "SLA-E0755", "`responded`", "names.toml:9"),
    "a function of the language": (('Ask = "要求"', 'Ask = "要求"\nmax = "最大"'), "SLA-E0756", "SLA-E02", "names.toml"),
    "no TOML": (("[names]", "[names"), "SLA-E0751", "line 1", "names.toml"),
    "another table": (("[comments]", "[remarks]"), "SLA-E0751", "`remarks`", "names.toml"),
    "two lines": (('"the fee" = "该费用"', '"the fee" = "该\\n费用"'), "SLA-E0751", "`the fee`", "names.toml"),
    "a number": (('"the fee" = "该费用"', '"the fee" = 3'), "SLA-E0751", "`the fee`", "names.toml"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused_with_its_place_and_nothing_written(case: str, tmp_path: Path) -> None:
    changes, code, said, place = REFUSED[case]
    names = NAMES
    if case == "a name that is taken":
        names = names.replace(changes[0], "").replace(changes[2], changes[1])
    else:
        assert names.count(changes[0]) == 1
        names = names.replace(*changes)
    exit_, out, told = fmt(tmp_path, names)
    assert (exit_, out) == (2, "")
    assert f"error[{code}]" in told
    assert said in told, told
    assert place in told.replace("\\", "/"), told
    assert not (tmp_path / "out.sla").exists()
    assert "Traceback" not in told


def test_a_direction_and_a_target_are_needed(tmp_path: Path) -> None:
    source, table, _ = files(tmp_path)
    for words in (("--to", "zh"), ("-o", tmp_path / "out.sla")):
        exit_, _, told = in_process.called("fmt", "--names", table, *words, source)
        assert exit_ == 2
        assert "--names takes --to" in told
    assert source.read_text(encoding="utf-8") == CONTRACT


def test_two_names_may_change_places(tmp_path: Path) -> None:
    """High and Low exchanged: each target is taken, but its bearer moves away."""
    names = '[names]\nHigh = "Low"\nLow = "High"\n'
    exit_, _, told = fmt(tmp_path, names)
    assert exit_ == 0, told
    assert "等级 priority = Low > High" in (tmp_path / "out.sla").read_text(encoding="utf-8")


def test_a_contract_with_mistakes_is_left_alone(tmp_path: Path) -> None:
    exit_, _, told = fmt(tmp_path, contract=CONTRACT.replace("clock always", "clock allways"))
    assert exit_ == 2
    assert "desk.sla" in told
    assert not (tmp_path / "out.sla").exists()


def test_a_literate_contract_keeps_its_prose(tmp_path: Path) -> None:
    page = f"# Desk\n\nAnswers in an hour. Answer.\n\n```slalang\n{CONTRACT}```\n"
    (tmp_path / "desk.md").write_text(page, encoding="utf-8")
    _, table, _ = files(tmp_path)
    out = tmp_path / "out.md"
    assert in_process.called("fmt", "--names", table, "--to", "zh", "-o", out, tmp_path / "desk.md") == (
        0,
        "",
        "",
    )
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# Desk\n\nAnswers in an hour. Answer.\n\n```slalang\n合同 「服务台合同」")
    assert in_process.called("fmt", "--names", table, "--to", "en", "-o", tmp_path / "back.md", out)[0] == 0
    assert (tmp_path / "back.md").read_text(encoding="utf-8") == page
