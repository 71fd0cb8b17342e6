"""How an identity number is shown where it need not be whole (Luật 91/2025/QH15 Đ.3)."""

from __future__ import annotations

SHOWN = 4


def masked(number: str) -> str:
    """An identity number with all but its last four signs hidden."""
    return "•" * max(len(number) - SHOWN, 0) + number[-SHOWN:]
