"""What went wrong goes in as data; messages in English and Chinese come out, as text or JSON."""

from __future__ import annotations
