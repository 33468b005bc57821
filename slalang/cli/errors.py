"""Diagnostics of the command line: options that cannot be read, files that cannot be written, and our own faults."""

from __future__ import annotations

from slalang.diagnostics.diagnostic import Diagnostic, Text


class BadUse(Diagnostic):
    """The command was called in a way it does not know: an unknown option or command, a missing argument, a value of the wrong form."""

    code = "SLA-E0851"
    title = Text(en="the command cannot be read", zh="无法理解命令")
    label = Text(en="{problem}", zh="{problem}")
    hint = (
        Text(
            en="`{late}` stands after the command: `slalang check contract.sla {late} …`",
            zh="`{late}` 写在命令之后: `slalang check 合同.sla {late} …`",
        ),
        Text(en="`{usage} --help` lists what it takes", zh="`{usage} --help` 列出可用的写法"),
    )
    page_zh = "命令的写法不对：未知的选项或命令、缺少参数，或值的格式不对。"
    bad = "slalang check --fromat json contract.sla"
    good = "slalang check --format json contract.sla"

    problem: str
    usage: str
    late: str = ""


class CannotWrite(Diagnostic):
    """An output file cannot be written; nothing was left half-written."""

    code = "SLA-E0852"
    title = Text(en="the output cannot be written", zh="无法写入输出文件")
    label = Text(en="{problem}", zh="{problem}")
    hint = Text(
        en="name a file in a folder that exists and may be written",
        zh="请给出一个存在且可写的文件夹中的文件名",
    )
    page_zh = "输出文件无法写入；没有留下写了一半的文件。"
    bad = "slalang run contract.sla --events e.jsonl -o /no/such/folder/out.json"
    good = "slalang run contract.sla --events e.jsonl -o out.json"

    problem: str


class NothingToExplain(Diagnostic):
    """Nothing in the outcome matches what was asked to be explained."""

    code = "SLA-E0854"
    title = Text(en="nothing matches", zh="没有匹配的结果")
    label = Text(en="no verdict, metric or amount is `{asked}`", zh="没有名为 `{asked}` 的判定、指标或金额")
    hint = (
        Text(en="there are: {there}", zh="现有：{there}"),
        Text(
            en="leave out `--period {period}`: an amount stands in the period it is posted to, as `slalang run` lists it",
            zh="去掉 `--period {period}`：金额列在其入账期之下，与 `slalang run` 所列相同",
        ),
    )
    page_zh = "输出中没有与所问相符的判定、指标或金额。"
    bad = "slalang explain contract.sla --events e.jsonl --rule FirstRespons"
    good = "slalang explain contract.sla --events e.jsonl --rule FirstResponse --subject T-1"

    asked: str
    there: tuple[str, ...]
    period: str = ""


class UnknownCode(Diagnostic):
    """`slalang explain` was asked about an error code that does not exist."""

    code = "SLA-E0855"
    title = Text(en="no such error code", zh="没有这个错误代码")
    label = Text(en="`{asked}`", zh="`{asked}`")
    hint = Text(en="the nearest are {nearest}", zh="最接近的是 {nearest}")
    page_zh = "`slalang explain` 所问的错误代码不存在。"
    bad = "slalang explain SLA-E9999"
    good = "slalang explain SLA-E0901"

    asked: str
    nearest: tuple[str, ...]


class OwnFault(Diagnostic):
    """slalang met a state that it does not know: a fault of the program, not of the contract. Nothing was written."""

    code = "SLA-E0999"
    title = Text(en="slalang made a mistake", zh="slalang 自身出错")
    label = Text(en="{problem}", zh="{problem}")
    why = Text(en="no result of this run can be relied on", zh="本次运行的任何结果都不可依赖")
    hint = Text(
        en="run again with `SLALANG_DEBUG=1` and report the traceback with the contract",
        zh="请以 `SLALANG_DEBUG=1` 重新运行，并连同合同一起报告错误追踪",
    )
    page_zh = "slalang 遇到了未知状态：这是程序的错误，不是合同的错误。没有写出任何文件。"
    bad = "(none: a fault of the program)"
    good = "(none)"

    problem: str


CODES = (BadUse, CannotWrite, NothingToExplain, UnknownCode, OwnFault)
