"""Names for the exit codes of every command."""

from __future__ import annotations

from typing import Final

DONE: Final = 0
"""The command did what it was asked and found nothing."""
FINDINGS: Final = 1
"""The command did what it was asked and found something: errors in `check`, failing scenarios, breaches asked for."""
COULD_NOT_RUN: Final = 2
"""The command could not do what it was asked: an input was missing, malformed or refused."""
