"""Small parts of the import's page: the three steps, the figures, and lists kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from app import forms
from app.imports import labels
from app.imports.listing import label_of
from app.wording import translate
from ui import show
from ui.show import Chip
from ui.widgets.flow import Flow
from ui.widgets.parts import clear, holder, label, row
from ui.widgets.table_model import Rows, Source


class Steps(QWidget):
    """Where the officer stands: three steps in words, the present one in weight."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._titles = titles
        self._row = row(gap=10)
        self.setLayout(self._row)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """The present step, from 0."""
        clear(self._row)
        for place, title in enumerate(self._titles):
            if place:
                self._row.addWidget(label("›", "muted"))
            words = f"{place + 1}. {title}"
            self._row.addWidget(label(words, "section" if place == step else "muted"))
        self._row.addStretch(1)
        self.setAccessibleName(
            translate(
                "Bước {step} trong {count}: {title}",
                step=step + 1,
                count=len(self._titles),
                title=self._titles[step],
            )
        )


class Figures(QFrame):
    """Figures with their words; of those after the first only what is more than nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setAccessibleName(name)
        self._row = Flow(gap=24)
        self._row.setContentsMargins(20, 10, 20, 10)
        self.setLayout(self._row)

    def show_figures(self, figures: Sequence[tuple[int, str]]) -> None:
        """Show (number, words) pairs."""
        clear(self._row)
        for count, words in (*figures[:1], *(one for one in figures[1:] if one[0])):
            number = label(show.number(count), "subtitle")
            number.setAccessibleName(f"{show.number(count)} {words}")
            self._row.addWidget(holder(row(number, label(words, "muted"), gap=6)))


def fate(code: str) -> Chip:
    """What would become of a row."""
    known = {
        "new": Chip(translate("Thêm mới"), "ok", "+"),
        "same": Chip(translate("Đã có"), "mute", "="),
        "changed": Chip(translate("Bổ sung"), "ok", "~"),
        "maybe": Chip(translate("Có thể trùng"), "wait", "!"),
        "refused": Chip(translate("Cần sửa"), "bad", "✕"),
    }
    return known.get(code, Chip(code))


def field_label(name: str) -> str:
    """A column's field, or part of one, in the user's words."""
    if name and name not in labels.PARTS and ":" not in name:
        return forms.field("person", name).label
    if ":" in name:
        head, _, code = name.partition(":")
        lists = {"types": "disability_type", "degree": "degree"}
        return f"{forms.field('person', head).label}: {forms.code_label(lists[head], code)}"
    return label_of(name)


def field_of(part: str) -> str:
    """The person's field that a column's part goes into; "" for a column that is not used."""
    if ":" in part:
        return part.partition(":")[0]
    if part not in labels.PARTS:
        return part
    for head, field in (
        ("birth_", "birth"),
        ("sex_", "sex"),
        ("family_name", "name"),
        ("given_name", "name"),
        ("district", "commune"),
        ("province", "commune"),
    ):
        if part.startswith(head):
            return field
    return ""


def encoding_label(code: str) -> str:
    """How a list was typed, in the words of the office."""
    words = {
        "tcvn3": "TCVN3 (ABC)",
        "vni": "VNI",
        "cp1258": "Windows-1258",
        "utf8_as_cp1252": translate("Unicode bị đọc sai"),
    }
    return words.get(code, "Unicode")


def kept(rows: Sequence[Any], key: Callable[[Any], str]) -> Source:
    """Rows that are in memory already, as a list reads them."""

    def fetch(after: int | None, limit: int) -> Rows:
        start = after or 0
        some = rows[start : start + limit]
        end = start + len(some)
        return Rows(some, end if end < len(rows) else None)

    return Source(fetch, lambda: len(rows), key=key)
