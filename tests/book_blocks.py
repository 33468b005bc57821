"""A Markdown page goes in; its fenced blocks come out in order, and each is run as its info string says (docs/book/en/README.md)."""

from __future__ import annotations

import contextlib
import doctest
import io
import json
import os
import re
import shlex
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from slalang.cli.main import main
from slalang.diagnostics.as_text import messages
from slalang.diagnostics.collector import Collector
from slalang.pipeline import journey
from slalang.source.text import SourceFile, Span

ROOT = Path(__file__).resolve().parent.parent
PREAMBLES = ROOT / "docs" / "book" / "fragments"
UNUSED = "SLA-L0201"
FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
KINDS = {
    "slalang", "diff", "console", "python", "json", "jsonl", "toml", "csv", "markdown", "sh", "text"
}  # fmt: skip


@dataclass(frozen=True)
class Block:
    """One fenced block: its language, its options (`file=a.sla` or a bare word) and its text."""

    page: Path
    line: int
    kind: str
    options: dict[str, str]
    text: str

    @property
    def where(self) -> str:
        return f"{self.page.relative_to(ROOT).as_posix()}:{self.line}"


@dataclass
class Trouble(AssertionError):  # noqa: N818 - what a reader of the book would call it
    """What a block showed and what it should have shown."""

    block: Block
    said: str
    parts: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.block.where}: {self.said}\n" + "\n".join(self.parts)


def blocks(page: Path) -> Iterator[Block]:
    """Every fenced block of a page, in order."""
    lines = page.read_text("utf-8").splitlines()
    number = 0
    while number < len(lines):
        opened = FENCE.match(lines[number])
        number += 1
        if not opened:
            continue
        first, body = number, []
        while not lines[number].strip().startswith(opened["fence"]):
            body.append(lines[number][len(opened["indent"]) :])
            number += 1
        number += 1
        kind, *words = shlex.split(opened["info"]) or [""]
        options = dict(word.partition("=")[::2] for word in words)
        yield Block(page, first, kind, options, "\n".join(body) + "\n")


def run(block: Block, language: str) -> None:
    """Run one block in the current folder; raises Trouble when it does not hold."""
    if block.kind not in KINDS:
        raise Trouble(block, f"a block of the kind `{block.kind}` is run by nothing")
    {
        "slalang": _contract,
        "diff": _edit,
        "console": _console,
        "python": _python,
        "sh": _make,
    }.get(block.kind, _data)(block, language)


# --- contracts


def _contract(block: Block, language: str) -> None:
    text = block.text
    if (name := block.options.get("add")) is not None:
        text = Path(name).read_text("utf-8") + "\n" + text
        block.options["file"] = name
    above = 0
    if (name := block.options.get("fragment")) is not None:
        ending = "zh.sla" if language == "zh" else "sla"
        beginning = (PREAMBLES / f"{name or 'tickets'}.{ending}").read_text("utf-8") + "\n"
        above, text = beginning.count("\n"), beginning + text
    if (name := block.options.get("file")) is not None:
        Path(name).write_text(text, "utf-8")
    if "draft" not in block.options:  # a draft is judged by the console block that follows it
        check(block, text, language, above)


def check(block: Block, text: str, language: str, above: int = 0) -> None:
    """The contract has exactly the errors that the block names (none, unless it does), and its scenarios pass.

    Warnings about the lines `above` the block, which its reader does not see, are not its own; and a fragment may
    declare what nothing in it uses.
    """
    collector = Collector()
    name = block.options.get("file", "contract.sla")
    journey.check(SourceFile(name, text), collector)
    wanted = sorted(filter(None, block.options.get("error", "").split(",")))
    found = sorted(item.code for item in collector.sorted() if item.severity == "error")
    warned = {
        item.code
        for item in collector.sorted()
        if item.severity == "warning"
        and not (isinstance(item.at, Span) and item.at.line <= above)
        and not (above and item.code == UNUSED)
    }
    expected = set(filter(None, block.options.get("warning", "").split(",")))
    if found != wanted or warned != expected:
        said = f"errors {found} where {wanted} are stated, warnings {sorted(warned)} where {sorted(expected)} are"
        raise Trouble(block, said, (messages(collector, "zh" if language == "zh" else "en"),))
    if not wanted and re.search(r"^\s*(scenario|情景)\b", text, re.MULTILINE):
        Path("block.sla").write_text(text, "utf-8")
        code, out = command(["test", "block.sla"], language)
        if code:
            raise Trouble(block, "a scenario does not pass", (out,))


def _edit(block: Block, language: str) -> None:
    """Lines with a blank in front are looked for, those with `-` leave, those with `+` come; the result is checked."""
    name = block.options["file"]
    lines = Path(name).read_text("utf-8").splitlines()
    at = 0
    for line in block.text.splitlines():
        mark, rest = line[:1], line[1:]
        if mark == "+":
            lines.insert(at, rest)
            at += 1
            continue
        if rest not in lines[at:]:
            raise Trouble(block, f"no line `{rest}` in {name}", tuple(lines[at:]))
        at = lines.index(rest, at)
        if mark == "-":
            del lines[at]
        else:
            at += 1
    text = "\n".join(lines) + "\n"
    Path(name).write_text(text, "utf-8")
    if "draft" not in block.options:
        check(block, text, language)


# --- commands


def _console(block: Block, language: str) -> None:
    parts = re.split(r"^\$ (.*)$", block.text, flags=re.MULTILINE)
    if parts[0].strip():
        raise Trouble(block, "a console block begins with `$ `")
    commands = list(zip(parts[1::2], parts[2::2], strict=True))
    codes = (block.options.get("exit", "") or ",".join("0" for _ in commands)).split(",")
    if len(codes) != len(commands):
        raise Trouble(block, f"{len(commands)} commands and {len(codes)} exit codes")
    for (line, expected), code in zip(commands, codes, strict=True):
        words = shlex.split(line)
        if words[:1] == ["cat"]:
            got, out = 0, Path(words[1]).read_text("utf-8")
        elif words[:1] == ["slalang"]:
            got, out = command(words[1:], language)
        else:
            raise Trouble(block, f"only `slalang` and `cat` are run, not `{line}`")
        if got != int(code) or not same(expected, out):
            raise Trouble(
                block,
                f"`{line}`",
                (f"--- stated, exit {code}", expected.strip(), f"--- got, exit {got}", out),
            )


def command(words: list[str], language: str) -> tuple[int, str]:
    """Run the command line in this process: its exit code, and what it printed (messages after results)."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    kept = os.environ.get("SLALANG_LANG")
    os.environ["SLALANG_LANG"] = language
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main(words)
    except SystemExit as left:
        code = int(left.code or 0)
    finally:
        os.environ.pop("SLALANG_LANG") if kept is None else os.environ.update(SLALANG_LANG=kept)
    text = "".join(stream.buffer.getvalue().decode("utf-8") for stream in (out, err))  # type: ignore[attr-defined]
    return code, text


def same(expected: str, got: str) -> bool:
    """Equal but for space at line ends; a line `…` stands for any lines, `…` within a line for any characters."""
    wanted = [line.rstrip() for line in expected.strip("\n").splitlines()]
    shown = "\n".join(line.rstrip() for line in got.strip("\n").splitlines())
    pattern = "\n".join(
        "⁂" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) for line in wanted
    )
    pattern = re.sub("\n?⁂", lambda _: r"(?:\n?.*)*?", pattern)
    return re.fullmatch(pattern, shown) is not None


# --- the other kinds


def _python(block: Block, _language: str) -> None:
    if ">>>" in block.text:
        globs: dict[str, object] = {}
        test = doctest.DocTestParser().get_doctest(block.text, globs, block.where, None, 0)
        out = io.StringIO()
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        if doctest.DocTestRunner(optionflags=flags).run(test, out=out.write).failed:
            raise Trouble(block, "the example shows something else", (out.getvalue(),))
    else:
        exec(compile(block.text, block.where, "exec"), {"__name__": "book"})


def _make(block: Block, _language: str) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    for line in block.text.splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["make"] and words[1] not in targets:
            raise Trouble(block, f"the Makefile has no `{words[1]}`")


def _data(block: Block, _language: str) -> None:
    if (name := block.options.get("file")) is not None:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(block.text, "utf-8")
        if block.kind == "markdown" or name.endswith(".md"):
            check(block, block.text, _language)
    if block.kind == "json":
        json.loads(block.text)
    elif block.kind == "jsonl":
        [json.loads(line) for line in block.text.splitlines()]
    elif block.kind == "toml":
        tomllib.loads(block.text)


# --- while writing: python tests/book_blocks.py [--accept] PAGE…


def accept(page: Path, language: str) -> int:
    """Write what the commands of a page print now in place of what it shows; to be reviewed in `git diff`.

    A block with `…` is written by hand and stays. Returns how many blocks changed.
    """
    lines = page.read_text("utf-8").splitlines()
    changed = []
    for block in blocks(page):
        try:
            run(block, language)
        except Trouble:
            if block.kind == "console" and "…" not in block.text:
                changed.append((block, _printed(block, language)))
    for block, text in reversed(changed):
        lines[block.line : block.line + len(block.text.splitlines())] = text.splitlines()
    page.write_text("\n".join(lines) + "\n", "utf-8")
    return len(changed)


def _printed(block: Block, language: str) -> str:
    out = []
    for line in re.findall(r"^\$ (.*)$", block.text, re.MULTILINE):
        words = shlex.split(line)
        text = Path(words[1]).read_text("utf-8") if words[0] == "cat" else command(words[1:], language)[1]
        shown = "\n".join(row.rstrip() for row in text.strip("\n").splitlines())
        out.append(f"$ {line}\n{shown}\n")
    return "".join(out)


def show(page: Path, language: str) -> None:
    """Run a page and print what does not hold."""
    found = list(blocks(page))
    for block in found:
        try:
            run(block, language)
        except Exception as bad:  # noqa: BLE001 - all of it is shown
            print(type(bad).__name__, bad, "\n" + "=" * 100)
    print(f"{page}: {len(found)} blocks")


if __name__ == "__main__":
    import tempfile

    for given in sys.argv[1:]:
        at = Path(given).resolve()
        if given.startswith("--"):
            continue
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            Path("contracts").symlink_to(ROOT / "contracts")
            spoken = "zh" if at.parent.name == "zh" else "en"
            if "--accept" in sys.argv:
                print(f"{given}: {accept(at, spoken)} changed")
            show(at, spoken)
