"""Every message class of every stage, for `slalang explain CODE` and the error pages."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from slalang.diagnostics.diagnostic import Diagnostic

STAGES: Final = (
    "diagnostics.errors",
    "syntax.errors",
    "semantics.errors",
    "prove.chains.errors",
    "prove.errors",
    "events.errors",
    "values.errors",
    "outcome.errors",
    "explain.errors",
    "pipeline.errors",
    "pipeline.agreements.errors",
    "pipeline.renaming.errors",
    "cli.errors",
)


def classes() -> tuple[type[Diagnostic], ...]:
    """The classes in the order of the stages."""
    return tuple(item for stage in STAGES for item in import_module(f"slalang.{stage}").CODES)
