"""An amount rule goes in; its course along the figure it slides with comes out, and what is wrong with it."""

from __future__ import annotations
