"""The inventory of a contract goes in; lines for a terminal come out: clauses, what judges them, what is shown, which readings move what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from slalang.diagnostics.width import cells

if TYPE_CHECKING:
    from collections.abc import Iterator

    from slalang.diagnostics.diagnostic import Language
    from slalang.ir.program import Clause
    from slalang.scenarios.coverage import Covered

WORDS: Final = {
    "head": ("{title} {version}: clauses: {clauses}, scenarios: {scenarios}", "{title} {version}：{clauses} 条，{scenarios} 个情景"),
    "missing": ("missing: the paper has them and the text has not: {list}", "缺失：纸面合同有而文本没有：{list}"),
    "unlisted": ("not in the paper's list: {list}", "不在纸面条款之列：{list}"),
    "no_list": ("the contract does not list the paper's clauses (such as `clauses 1 to 71`): nothing can be found missing", "合同没有列出纸面的全部条款（例如写 `全部条款 1 至 71`）：无从发现遗漏"),
    "astray": ("points to {to}, which is not there: {why}", "指向第 {to} 条，原文没有：{why}"),
    "not_judged": ("not judged: {why}", "不予判定：{why}"),
    "rule": ("{name}: kept in {kept}, broken in {broken}", "{name}：遵守 {kept} 例，违反 {broken} 例"),
    "valued": ("{name}: in {n} scenarios", "{name}：见于 {n} 个情景"),
    "states": ("states {names}", "写明 {names}"),
    "parts": ("its parts follow", "见下属各条"),
    "readings": ("Readings", "解读"),
    "reading": ("{name} [{clause}] = {chosen}: {question}", "{name} [{clause}] = {chosen}：{question}"),
    "moves": ("with {option}: {n} of {all} scenarios end otherwise", "若取 {option}，{all} 个情景中 {n} 个结果不同"),
    "description": ("Described in clauses {list}", "说明服务的条款：{list}"),
    "level": ("Level: {list}", "水平：{list}"),
    "monitoring": ("Watched and reported by {list}", "监控与报告：{list}"),
    "liability": ("Liability: {list}", "责任：{list}"),
    "charge": ("Charge: {list}", "计费：{list}"),
    "no_description": ("Not described in words: no clause has a paraphrase", "没有文字说明：没有条款写有释义"),
    "no_level": ("No level: nothing is owed", "没有水平：无任何义务"),
    "no_monitoring": ("Not watched: there is no metric and no report", "没有监控：既无指标也无报告"),
    "no_liability": ("No liability: a failure costs nothing", "没有责任：未达标无任何代价"),
    "no_charge": ("No charge: nothing is paid for the service", "没有计费：服务无对价"),
    "half": ("Not shown both kept and broken: {list}", "未兼示遵守与违反：{list}"),
    "idle": ("Readings that move no scenario: {list}", "不改变任何情景的解读：{list}"),
    "whole": ("Every clause of the paper is there.", "纸面条款无一遗漏。"),
}  # fmt: skip


def as_text(found: Covered, language: Language) -> str:
    """The whole inventory; nothing is cut off."""
    return "\n".join(_lines(found, 0 if language == "en" else 1)) + "\n"


def _lines(found: Covered, tongue: int) -> Iterator[str]:
    def say(key: str, **parts: object) -> str:
        return WORDS[key][tongue].format(**parts)

    program = found.program
    yield say(
        "head",
        title=program.title,
        version=program.version,
        clauses=len(found.clauses),
        scenarios=found.scenarios,
    )
    yield ""
    widest = max((cells(clause.number) for clause in found.clauses), default=0)
    for clause in found.clauses:
        yield f"{clause.number}{' ' * (widest - cells(clause.number))}  {clause.title}".rstrip()
        for line in _of_clause(found, clause, tongue):
            yield f"{' ' * widest}    {line}"
    if found.readings:
        yield ""
        yield say("readings")
    for reading, moved in found.readings:
        yield "  " + say(
            "reading",
            name=reading.name,
            clause=reading.clause,
            chosen=reading.chosen,
            question=reading.question,
        )
        for one in moved:
            yield "    " + say("moves", option=one.option, n=len(one.scenarios), all=found.scenarios)
    yield ""
    comma = ", " if tongue == 0 else "、"
    for need, names in found.needs:
        yield say(need if names else f"no_{need}", list=comma.join(names))
    yield ""
    for key, names in (("half", found.half_shown), ("idle", found.idle), ("unlisted", found.unlisted)):
        if names:
            yield say(key, list=comma.join(names))
    if found.missing:
        yield say("missing", list=comma.join(found.missing))
    else:
        yield say("whole" if program.paper else "no_list")


def _of_clause(found: Covered, clause: Clause, tongue: int) -> Iterator[str]:
    metrics = {one.name for one in found.program.metrics}
    others = [name for name in clause.rules if name not in found.shown]
    for name in clause.rules:
        seen = found.shown.get(name)
        if seen is None:
            continue
        if name in metrics:
            yield WORDS["valued"][tongue].format(name=name, n=seen.spoken_of)
        else:
            yield WORDS["rule"][tongue].format(name=name, kept=len(seen.kept), broken=len(seen.broken))
    if others:
        yield WORDS["states"][tongue].format(names=(", " if tongue == 0 else "、").join(others))
    for to, why in clause.astray:
        yield WORDS["astray"][tongue].format(to=to, why=why)
    for why in clause.not_judged:
        yield WORDS["not_judged"][tongue].format(why=why)
    if not clause.rules and not clause.not_judged:
        yield WORDS["parts"][tongue]
