"""The name of a command goes in; what `--help` says below its options comes out: examples and exit codes, in both languages."""

from __future__ import annotations

from typing import Final

_CLEAN: Final = "0 done and clean · 完成且无问题"
_NOT_RUN: Final = "2 could not run · 无法运行"
# name -> (examples, what exit code 1 means; empty: there is none)
_HELP: Final[dict[str, tuple[tuple[str, ...], str]]] = {
    "check": (
        ("slalang check desk.sla", "slalang check --strict --lang zh contracts/*/contract.sla"),
        "errors (with --strict warnings too) · 有错误",
    ),
    "run": (
        (
            'slalang run desk.sla --events events.jsonl --set "monthly_fee=5000 CNY"',
            "slalang run desk.sla --bindings tables.toml --as-of 2026-04-01 --format json -o out.json",
        ),
        "undetermined lines, or what --fail-on names · 有无法判定者，或 --fail-on 所指",
    ),
    "status": (
        ("slalang status desk.sla --events events.jsonl --as-of '2026-03-09 10:00'",),
        "what --fail-on names was found · 发现 --fail-on 所指",
    ),
    "restate": (
        ("slalang restate march.json desk.sla --events events.jsonl --as-of 2026-05-01",),
        "something changed · 有变化",
    ),
    "explain": (
        (
            "slalang explain desk.sla --rule Answer --subject T-1 --events events.jsonl --lang zh",
            "slalang explain desk.sla --rule Credit --period 2026-03 --events events.jsonl --format html -o march.html",
            "slalang explain SLA-E0401",
        ),
        "",
    ),
    "test": (
        ("slalang test desk.sla", "slalang test contracts/*/contract.sla"),
        "a scenario does not hold, or there is none · 有情景不符，或没有情景",
    ),
    "coverage": (
        ("slalang coverage desk.sla", "slalang coverage --strict --format json desk.sla"),
        "a clause is missing (with --strict a rule is not shown both ways) · 有条款缺失",
    ),
    "new": (("slalang new --list", "slalang new --from aws-s3 -o s3.sla"), ""),
    "offer": (
        ("slalang offer contract.sla offers/silver.values offers/gold.values",),
        "",
    ),
    "fmt": (
        (
            "slalang fmt desk.sla",
            "slalang fmt --to zh -o desk.zh.sla desk.sla",
            "slalang fmt --check contracts/*/contract.sla",
        ),
        "with --check: a file would change · 使用 --check 时有文件需要改写",
    ),
    "show": (
        ("slalang show hash desk.sla", "slalang show ir desk.sla"),
        "chains: a promise is not covered · chains：有承诺未被覆盖",
    ),
    "clock": (
        (
            "slalang clock desk.sla Answer --at '2026-03-06 16:00' --field priority=High",
            "slalang clock desk.sla --calendar Office --at '2026-03-06 16:00' --add '2 h'",
        ),
        "",
    ),
}


def below(name: str) -> str:
    """The lines below a command's options; a line of its own keeps click from joining them."""
    examples, found = _HELP[name]
    codes = [_CLEAN, *([f"1 {found}"] if found else []), _NOT_RUN]
    lines = ["\b", "Examples · 示例:", *(f"  {one}" for one in examples), ""]
    return "\n".join([*lines, "\b", "Exit codes · 退出码:", *(f"  {one}" for one in codes)])
