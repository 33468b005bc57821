"""Contracts as code: the public names of the package; nothing heavy is imported before it is asked for."""

from __future__ import annotations

__version__ = "0.1.0"
