"""Exact values: time, durations, calendars, counting of days, money and quantities; nothing here knows of contracts."""

from __future__ import annotations
