"""Sentences about facts go in; entities, events, lives, signals and calendars of the IR come out."""

from __future__ import annotations
