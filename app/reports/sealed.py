"""An edition as text under its hash: whoever changes a letter of it is found out."""

from __future__ import annotations

import hashlib
import json


def text(value: object) -> str:
    """JSON whose letters are always the same for the same value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(*parts: str) -> str:
    """SHA-256 over parameters, content, when and by whom."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
