"""Arguments in, the right command's exit code out: the group of commands, each imported only when it is called."""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

import click

from slalang import __version__
from slalang.cli.ending import ended
from slalang.cli.examples import below
from slalang.diagnostics.exits import COULD_NOT_RUN
from slalang.diagnostics.suggest import close

if TYPE_CHECKING:
    from collections.abc import Sequence

# name -> (module, help in English, help in Chinese): the modules stay unread until their command is called.
COMMANDS: Final[dict[str, tuple[str, str, str]]] = {
    "check": (
        "check",
        "find mistakes, gaps and contradictions in a contract",
        "检查合同中的错误、空档与矛盾",
    ),
    "run": ("run", "judge a contract over events", "按事件评判合同"),
    "status": (
        "status",
        "what is open, at risk and due next, and the notices to send",
        "未结、有风险、即将到期者与应发通知",
    ),
    "restate": (
        "restate",
        "compare an earlier run with the facts of now: what changed, and why",
        "将先前的运行与现有事实比较：何者有变、因何而变",
    ),
    "explain": ("explain", "explain one verdict or amount, or an error code", "解释一项判定、金额或错误代码"),
    "test": ("test", "run the scenarios beside the rules", "运行合同自带的情景"),
    "coverage": (
        "coverage",
        "every clause, what judges it, and what each reading moves",
        "列出各条款由何判定，以及每种解读的影响",
    ),
    "new": ("new", "start a contract from a template", "由模板起草合同"),
    "offer": ("offer", "compare offers for a contract's blanks", "比较对合同空白项的各个报价"),
    "fmt": ("fmt", "write a contract the one way, or switch its language", "统一格式，或切换中英文关键字"),
    "show": ("show", "print a form of a contract: tree, IR, rules, hash", "显示合同的语法树、IR、规则或摘要"),
    "clock": ("clock", "when is it due, and why", "何时到期，为什么"),
}


class Commands(click.Group):
    """The group: lists commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order a user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the module of one command."""
        module = COMMANDS[cmd_name][0] if cmd_name in COMMANDS else None
        if module is None:
            return None
        found: click.Command = import_module(f"slalang.cli.commands.{module}").command
        found.epilog = below(cmd_name)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; a name that is nearly one is told with it."""
        near = close(args[0], COMMANDS) if args and args[0] not in COMMANDS else ()
        if near and not args[0].startswith("-"):
            ctx.fail(f"No such command '{args[0]}'. Did you mean {' or '.join(repr(one) for one in near)}?")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The list on `--help`, in both languages."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, f"{en} · {zh}") for name, (_, en, zh) in COMMANDS.items()])


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(__version__, prog_name="slalang")
def cli() -> None:
    """Contracts as code: check a service contract, run it over what happened, explain each verdict.

    Exit codes: 0 done and clean, 1 findings, 2 could not run.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    # A command lives for a moment; looking for circles early costs a tenth of it.
    gc.set_threshold(200_000, 50, 50)
    try:
        code = cli.main(args=None if arguments is None else list(arguments), standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        _turn_away()
        code = COULD_NOT_RUN
    except (SystemExit, click.exceptions.Abort):
        # click leaves by itself only when the reader went away while it wrote; its 1 would mean findings here.
        code = COULD_NOT_RUN
    except Exception as trouble:  # noqa: BLE001 - a person gets a diagnostic, never a traceback
        code = ended(trouble)
        if isinstance(trouble, OSError):
            _turn_away()
    sys.exit(int(code or 0))


def _turn_away() -> None:
    """Standard output takes nothing more (its reader went away, its disk is full): what is left must not be tried again at exit,
    where the interpreter would change the exit code."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no file: nothing will be tried at exit
        return


if __name__ == "__main__":
    main()
