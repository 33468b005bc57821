"""Laws of the formatter on generated documents: lossless, idempotent, the same over the other language and back."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slalang.diagnostics.collector import Collector
from slalang.diagnostics.diagnostic import Stop
from slalang.source.text import SourceFile
from slalang.syntax.format import format_text, shape
from slalang.syntax.parse import parse

FOLDER = Path(__file__).parents[1] / "cases/syntax/good/both_surfaces_say_the_same"
TWINS = [(FOLDER / name).read_text("utf-8").splitlines() for name in ("english.sla", "chinese.sla")]


def read(text, name="contract.sla"):
    collector = Collector()
    document = parse(SourceFile(name, text), collector)
    return document, collector.sorted()


def tops():
    """Line numbers of each top-level sentence with all that belongs to it."""
    lines = TWINS[0]
    starts = [at for at, line in enumerate(lines) if line and not line.startswith((" ", "#"))]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)]


TOPS = tops()
TOKENS = {}
for _surface, _lines in enumerate(TWINS):
    _todo = list(read("\n".join(_lines))[0].sentences)
    while _todo:
        _one = _todo.pop()
        TOKENS[_surface, _one.span.line - 1] = _one.tokens
        _todo.extend(_one.children)


@st.composite
def documents(draw):
    """Sentences in any order, each line in either language, with odd spaces, comments and blank lines between."""
    chance = draw(st.randoms(use_true_random=False))
    out = []
    for block in draw(st.lists(st.sampled_from(TOPS), min_size=1, max_size=4)):
        unit = chance.choice([1, 2, 4])
        for at in block:
            out.extend(noise(chance))
            surface = chance.randrange(2)
            line = TWINS[surface][at]
            if not line.strip():
                out.append(line)
                continue
            depth = (len(line) - len(line.lstrip())) // 2
            text = spread(TOKENS[surface, at], chance)
            out.append(
                " " * (unit * depth) + text + chance.choice(["", "", "", " # at the end", "  ＃ 注释"])
            )
        out.extend(noise(chance))
    return "\n".join(out)


def noise(chance):
    kinds = ["", "   ", "# at the edge", "      # deep", "  #tight", "\u3000# full-width"]
    return [chance.choice(kinds) for _ in range(chance.choice([0, 0, 0, 1, 3]))]


def spread(tokens, chance):
    return "".join(token.text + chance.choice([" ", "  ", "\u3000"]) for token in tokens).rstrip()


def comments(text):
    """Comments as a reader sees them; the generated documents have no `#` elsewhere."""
    return [found.replace("＃", "#") for found in re.findall("[#＃].*", text)]


@settings(max_examples=60, deadline=None)
@given(documents(), st.sampled_from([None, "en", "zh"]))
def test_formatting_loses_nothing_and_is_done_once(text, to):
    before, mistakes = read(text)
    assert mistakes == []
    out = format_text(text, to)
    after, mistakes = read(out)
    assert mistakes == []
    assert list(shape(after)) == list(shape(before))
    assert comments(out) == [one.rstrip() for one in comments(text)]
    assert format_text(out, to) == out
    assert not re.search(r"\t|\n\n\n|[ \u3000]\n|^\n", out)


@settings(max_examples=40, deadline=None)
@given(documents())
def test_over_the_other_language_and_back_is_the_same_text(text):
    chinese = format_text(text, "zh")
    english = format_text(chinese, "en")
    assert format_text(english, "zh") == chinese
    assert format_text(format_text(english, "zh"), "en") == english
    assert list(shape(read(english)[0])) == list(shape(read(chinese)[0]))


@settings(max_examples=40, deadline=None)
@given(documents(), st.sampled_from(["", "> ", "  ", "1. "]))
def test_in_markdown_only_the_blocks_change(text, prefix):
    prose = "# Title\n\nSome   prose with | bars |  \n\n"
    rest = "   " if prefix == "1. " else prefix
    inner = "\n".join(rest + line for line in text.split("\n"))
    whole = f"{prose}{prefix}```slalang\n{inner}\n{rest}```\n\n```python\nlet   x\n```\nend"
    before, mistakes = read(whole, "contract.md")
    assert mistakes == []
    out = format_text(whole, name="contract.md")
    assert out.startswith(f"{prose}{prefix}```slalang\n")
    assert out.endswith("```\n\n```python\nlet   x\n```\nend")
    assert list(shape(read(out, "contract.md")[0])) == list(shape(before))
    assert format_text(out, name="contract.md") == out


NAMES = st.sampled_from(
    [
        "until",
        "时长",
        "time",
        "first",
        "met",
        "min",
        "自",
        "of",
        "取自",
        "opened",
        "T-1",
        "首次响应",
        "SLA达标",
        "达标SLA",
        "数2",
        "百分之五",
        "每月",
        "any",
        "is",
        "为",
        "not",
        "非",
        "CNY",
        "元",
        "限",
        "in",
        "属于",
        "share",
        "count",
        "previous",
        "x",
        "open-ended",
        "days",
        "天",
        "a·b",
    ]
)


@settings(max_examples=80, deadline=None)
@given(NAMES, NAMES, NAMES, st.sampled_from(["en", "zh"]))
def test_a_name_that_is_a_word_in_the_other_language_gets_backticks(one, two, three, to):
    text = f"let `{one}` = `{two}` + `{three}` × (`{one}` of `{two}`)\nobligation `{two}`\n  from `{three}` until `{one}`\n"
    out = format_text(text, to)
    assert list(shape(read(out)[0])) == list(shape(read(text)[0]))
    other = "zh" if to == "en" else "en"
    assert format_text(format_text(out, other), to) == out


def test_a_file_with_mistakes_is_never_formatted():
    with pytest.raises(Stop) as told:
        format_text("let  a = 1\nlet b == 2\n")
    assert [(one.code, one.at.line) for one in told.value.diagnostics] == [("SLA-E0115", 2)]


@settings(max_examples=60, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from([0, 1]))
def test_a_text_that_was_damaged_at_random_is_formatted_or_refused(chance, surface):
    block = chance.choice([one for one in TOPS if len(one) > 3])
    lines = [TWINS[surface][at] for at in block]
    for _ in range(chance.randrange(1, 3)):
        damage(lines, chance)
    text = "\n".join(lines)
    before, mistakes = read(text)
    if mistakes:
        with pytest.raises(Stop):
            format_text(text)
        return
    out = format_text(text)
    assert list(shape(read(out)[0])) == list(shape(before))
    assert format_text(out) == out


def damage(lines: list[str], chance: random.Random) -> None:
    """Delete, double, swap or overwrite something small."""
    at = chance.randrange(len(lines))
    line = lines[at]
    where = chance.randrange(len(line) + 1)
    match chance.randrange(5):
        case 0:
            lines[at] = line[:where] + line[where + 1 :]
        case 1:
            lines[at] = line[:where] + chance.choice('()[]|=,.:"「」`#<>% 自至5a·') + line[where:]
        case 2:
            lines.insert(at, line)
        case 3:
            lines[at] = " ".join(chance.sample(line.split(" "), len(line.split(" "))))
        case _:
            lines[at] = line[where:] + line[:where]
