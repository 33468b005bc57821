"""What a person typed for a run goes in — an instant, settings, readings; checked values come out, or `Stop` with the form to write."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop, Text
from slalang.diagnostics.opening import open_source
from slalang.diagnostics.suggest import candidates
from slalang.events.moments import plausible
from slalang.pipeline.errors import BadSetting
from slalang.pipeline.journey import library
from slalang.semantics import parts
from slalang.semantics.settings import settings as bound
from slalang.source.text import SourceFile
from slalang.syntax.parse import parse
from slalang.values import instant
from slalang.values import zone as zones
from slalang.values.time_error import TimeError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from slalang.ir.expressions import Const
    from slalang.ir.program import Program
    from slalang.syntax.tree import Document

_LOCAL: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?"
)
_LINE_ENDS: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def moment(text: str, zone: str) -> int:
    """An instant in µs: RFC 3339 with its offset, or a local date or date-time in the contract's zone (a date is its first instant).

    Raises:
        Stop: it is none of these, a local time that the clocks skip or show twice, or outside the years 1900 to 2999.
    """
    try:
        if _LOCAL.fullmatch(text) is None:
            return plausible(instant.parse(text), text)
        where = zones.load(zone)
        if len(text) == len("2026-03-02"):
            return plausible(instant.day_start(date.fromisoformat(text), where), text)
        return plausible(instant.from_local(datetime.fromisoformat(text), where), text)  # noqa: DTZ - local on purpose
    except (ValueError, TimeError) as trouble:
        problem = Text(
            en=f"this is no instant ({trouble})",
            zh=f"不是有效的时刻（{trouble.text('zh') if isinstance(trouble, TimeError) else trouble}）",
        )
        raise Stop(BadSetting(None, given=text, problem=problem, write="2026-04-01T00:00:00+08:00")) from None


def settings(given: Sequence[str], path: str, shown_as: str = "--set") -> Mapping[str, Const]:
    """`NAME=VALUE` texts as constants of the parameters' types; values are written as in the contract (`10000 CNY`, `99.5%`).

    Raises:
        Stop: a form, name, type or domain that does not fit; every such setting is told.
    """
    if not given:
        return {}
    wrong = [
        _bad(text, "a setting is a name, `=` and a value", "设定的写法是：名称、`=`、值", "NAME=VALUE")
        for text in given
        if not text.partition("=")[1]
    ]
    names = [text.partition("=")[0].strip().strip("`") for text in given]
    wrong += [
        _bad(text, f"`{name}` is set twice", f"`{name}` 设定了两次", None)
        for text, name in zip(given, names, strict=True)
        if names.count(name) > 1
    ]
    if wrong:
        raise Stop(*wrong)
    one_line(given)
    collector = Collector()
    lines = ['scenario "settings"', *(f"  with {text.replace('=', ' = ', 1)}" for text in given)]
    typed = parse(SourceFile(shown_as, "\n".join(lines) + "\n"), collector)
    if not collector.has_errors:
        _one_each(given, typed)
    document = parse(open_source(path), Collector())
    found = bound(document, lambda name: library(name, Collector()), typed, collector)
    if collector.has_errors:
        raise Stop(*(item for item in collector.sorted() if item.severity == "error"))
    return found


def readings(given: Sequence[str], program: Program) -> Mapping[str, str]:
    """`NAME=OPTION` texts as the readings to take.

    Raises:
        Stop: an unknown reading or option.
    """
    found: dict[str, str] = {}
    wrong: list[BadSetting] = []
    for text in given:
        name, _, option = (part.strip() for part in text.partition("="))
        reading = next((item for item in program.readings if item.name == name), None)
        if reading is None:
            near = candidates(name, [item.name for item in program.readings])
            write = f"{near[0]}=…" if near else None
            wrong.append(_bad(text, f"the contract has no reading `{name}`", f"合同没有解读 `{name}`", write))
        elif option not in reading.options:
            write = f"{name}={reading.chosen}"
            options = ", ".join(reading.options)
            wrong.append(_bad(text, f"the options are {options}", f"可选项为 {options}", write))
        elif name in found:
            wrong.append(_bad(text, f"`{name}` is chosen twice", f"`{name}` 选择了两次", None))
        else:
            found[name] = option
    if wrong:
        raise Stop(*wrong)
    return found


def _one_each(given: Sequence[str], typed: Document) -> None:
    lines = [line for scenario in typed.sentences for line in scenario.children]
    bound_by_line = [len(parts.tuples(line, "bindings")) for line in lines]
    if len(lines) != len(given):  # a parenthesis that one opens and another closes
        bound_by_line = [0] * len(given)
    wrong = [
        _bad(
            text,
            "one setting binds one name; repeat `--set`",
            "一项设定只给一个名称赋值；请重复使用 `--set`",
            None,
        )
        for text, count in zip(given, bound_by_line, strict=True)
        if count != 1
    ]
    if wrong:
        raise Stop(*wrong)


def one_line(given: Sequence[str]) -> None:
    """What is typed becomes one line of contract text each; a line end in it could add lines of its own.

    Raises:
        Stop: a text has a line end.
    """
    wrong = [
        _bad(text, "a line end may not stand in it", "其中不得有换行", None)
        for text in given
        if _LINE_ENDS.search(text)
    ]
    if wrong:
        raise Stop(*wrong)


def _bad(given: str, en: str, zh: str, write: str | None) -> BadSetting:
    return BadSetting(None, given=given, problem=Text(en=en, zh=zh), write=write)
