"""What is declared: documents go in; a world of names comes out, with look-ups that report what is not there."""

from __future__ import annotations
