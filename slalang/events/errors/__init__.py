"""Messages about facts (SLA-E06xx): files, lines, events, registers and bindings; `CODES` lists every class."""

from __future__ import annotations

from slalang.events.errors.binding import BINDING_CODES
from slalang.events.errors.content import CONTENT_CODES
from slalang.events.errors.shape import SHAPE_CODES

CODES = (*SHAPE_CODES, *CONTENT_CODES, *BINDING_CODES)
