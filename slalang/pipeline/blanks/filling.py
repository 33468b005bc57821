"""A contract's blanks and values files go in; the texts to bind come out, and a values file with every blank named for a new contract."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from slalang.diagnostics.diagnostic import Stop
from slalang.diagnostics.opening import from_unreadable
from slalang.ir.domains import domain_text
from slalang.pipeline.errors import NoValue, ValueTwice
from slalang.semantics.scope.kinds import of_type
from slalang.source.reading import read_source
from slalang.source.text import SourceFile, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from slalang.ir.program import Parameter, Program

MARK: Final = "#"


@dataclass(frozen=True, slots=True)
class Values:
    """A values file: its name for people, and `NAME=VALUE` texts; blanks left empty are not among them."""

    title: str
    given: tuple[str, ...]


def values_of(path: str) -> Values:
    """Read a file of lines `name = value`; text after `#` and empty lines are remarks, a name without a value is still a blank.

    Raises:
        Stop: the file cannot be read, a line has no `=`, or a name stands twice.
    """
    try:
        source = read_source(path)
    except Unreadable as trouble:
        raise Stop(from_unreadable(trouble)) from None
    found: dict[str, tuple[str, int]] = {}
    wrong: list[NoValue | ValueTwice] = []
    for number, start, line in _lines(source):
        name, sign, value = (part.strip() for part in line.partition("="))
        span = source.span(start, start + len(line))
        if not sign or not name:
            wrong.append(NoValue(span))
        elif name in found:
            wrong.append(ValueTwice(span, name=name, line=found[name][1]))
        else:
            found[name] = (value, number)
    if wrong:
        raise Stop(*wrong)
    title = path.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or path
    return Values(title, tuple(f"{name}={value}" for name, (value, _) in found.items() if value))


def _lines(source: SourceFile) -> Iterator[tuple[int, int, str]]:
    """Number, offset and text of each line that says something, without its remark."""
    ends = (*source.line_starts[1:], len(source.text))
    for number, (start, end) in enumerate(zip(source.line_starts, ends, strict=True), 1):
        line = _before_remark(source.text[start:end])
        if line.strip():
            yield number, start, line.rstrip()


def _before_remark(line: str) -> str:
    """The line up to a `#` that stands outside a quoted text."""
    quoted = False
    for index, char in enumerate(line):
        quoted ^= char == '"'
        if char == MARK and not quoted:
            return line[:index]
    return line


def blanks(program: Program) -> tuple[Parameter, ...]:
    """The parameters that the contract itself gives no value."""
    return tuple(one for one in program.parameters if one.value is None)


def _levels(program: Program, one: Parameter) -> str:
    """The values of a level, highest first."""
    name = one.type.removeprefix("levels:")
    return ", ".join(next((found.values for found in program.levels if found.name == name), ()))


def form(program: Program, given: Sequence[str]) -> str:
    """A values file with a line for each blank: its clause, its help, type and domain above it, filled in where `given` says so."""
    bound = dict(text.partition("=")[::2] for text in given)
    bound = {name.strip().strip("`"): value.strip() for name, value in bound.items()}
    out = [f"{MARK} {program.title} {program.version}", ""]
    for one in blanks(program):
        ty = of_type(one.type)
        about = [part for part in (one.about.clause, one.about.text) if part]
        if about:
            out.append(f"{MARK} {' · '.join(about)}")
        domain = domain_text(one) or _levels(program, one)
        out.append(f"{MARK} {ty.en} · {ty.zh}{f' · {domain}' if domain else ''}")
        out += [f"{one.name} = {bound.get(one.name, '')}".rstrip(), ""]
    return "\n".join(out).rstrip("\n") + "\n"
