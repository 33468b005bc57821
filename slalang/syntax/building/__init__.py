"""What the grammar read for a line goes in, by topic; sentences come out."""

from __future__ import annotations
