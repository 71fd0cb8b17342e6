"""What whoever types openly about HIV is told: who reads it, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterable

from app.wording import translate
from data import telling


def warning(*words: str) -> str:
    """The sentence for words that tell of HIV; "" for all others."""
    if not any(map(telling.says, words)):
        return ""
    return translate(
        "Lời này nói về HIV. Nếu chưa đánh dấu mật, người không được cấp quyền chỉ thấy •••; "
        "hãy đánh dấu mật, hoặc bỏ phần ấy đi."
    )


def typed(values: Iterable[object]) -> Iterable[str]:
    """The words among what a call was given, those in lists too."""
    for one in values:
        if isinstance(one, str):
            yield one
        elif isinstance(one, list | tuple):
            yield from typed(one)
