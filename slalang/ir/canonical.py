"""Program in, plain dictionaries, canonical JSON text and the content hash out: places and prose are no part of the meaning."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any


def as_data(value: Any, *, meaning_only: bool = False) -> Any:
    """Turn any IR value into dictionaries, lists and texts; `meaning_only` leaves out fields marked `meaning: False`."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            f.name: as_data(getattr(value, f.name), meaning_only=meaning_only)
            for f in fields(value)
            if not (meaning_only and f.metadata.get("meaning") is False)
        }
    if isinstance(value, tuple | list):
        return [as_data(item, meaning_only=meaning_only) for item in value]
    return value


def as_json(value: Any) -> str:
    """Readable JSON of the whole value."""
    return json.dumps(as_data(value), ensure_ascii=False, indent=2) + "\n"


def content_hash(value: Any) -> str:
    """SHA-256 of the canonical JSON of the meaning, as `sha256:…`: two texts with the same hash mean the same."""
    text = json.dumps(
        as_data(value, meaning_only=True), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
