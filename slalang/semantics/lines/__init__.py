"""Lines that many rules share go in: choices, parties, limits, schedules; their checked values come out."""

from __future__ import annotations
