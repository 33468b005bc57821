"""`--help` of every command: examples that name commands and options that exist, exit codes in both languages; names nearly right are told."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from slalang.cli.examples import below
from slalang.cli.main import COMMANDS, cli


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_examples_of_itself_and_its_exit_codes(name):
    command = cli.get_command(click.Context(cli), name)
    options = {option for item in command.params for option in (*item.opts, *item.secondary_opts)}
    text = below(name)
    examples = [line.strip() for line in text.splitlines() if line.strip().startswith("slalang ")]
    assert examples
    for example in examples:
        words = shlex.split(example)
        assert words[1] == name
        assert {word for word in words if re.match(r"--?[a-z]", word)} <= options, example
    assert "0 done and clean · 完成" in text
    assert "2 could not run · 无法运行" in text
    assert command.epilog == text
    assert {"--lang", "--help"} - options <= {"--help"}


@pytest.mark.parametrize(
    ("typed", "meant"), [("chek", "check"), ("expain", "explain"), ("restat", "restate")]
)
def test_a_command_that_is_nearly_one_is_told(typed, meant):
    with pytest.raises(click.UsageError, match=f"Did you mean '{meant}'"):
        cli.main([typed, "x"], standalone_mode=False)


def test_a_command_that_is_like_none_is_told_without_a_guess():
    with pytest.raises(click.UsageError, match=r"No such command 'frobnicate'\.$"):
        cli.main(["frobnicate"], standalone_mode=False)
