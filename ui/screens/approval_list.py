"""The list at the approval desk: who waits, for what, and whose work it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app import forms
from app.actions import approval, approval_desk, person
from app.actions.approval_desk import Waits
from app.values.person import PageKey, PeopleFilter
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.widgets.table_model import Cell, Column, Rows, Source


def wanted(values: Mapping[str, object]) -> PeopleFilter:
    """Those who wait and fit the filters that are set."""

    def chosen(name: str) -> tuple[str, ...]:
        value = values.get(name, ())
        return value if isinstance(value, tuple) else ()

    return replace(
        approval.WAITING,
        units=chosen("units"),
        types=chosen("types"),
        degrees=chosen("degrees"),
        mine_victim=True if values.get("mine_victim") else None,
    )


def source(ws: Workspace, which: PeopleFilter) -> Source:
    """Where the desk reads who waits."""

    def fetch(after: PageKey | None, limit: int) -> Rows:
        lines, coming = approval_desk.waiting(ws, which, after, limit)
        return Rows(lines, coming)

    return Source(
        fetch,
        lambda: person.total(ws, which),
        lambda: person.ids(ws, which),
        lambda line: str(line.card.id),
    )


def columns() -> tuple[Column, ...]:
    """The narrow list beside the card."""
    return (
        Column("name", translate("Họ và tên"), _name_cell, 0, fixed=True),
        Column("place", translate("Xã · Thôn"), _place_cell, 0),
        Column("mark", translate("Việc"), _mark_cell, 15),
    )


def _name_cell(line: Waits) -> Cell:
    return Cell(line.card.name, bold=not line.own, muted=line.own)


def _place_cell(line: Waits) -> Cell:
    card = line.card
    full = forms.unit_name(card.commune) if card.commune else ""
    tip = ", ".join(part for part in (card.hamlet, full) if part)
    return Cell(show.place(card.commune, card.hamlet), tip=tip)


def _mark_cell(line: Waits) -> Cell:
    if line.own:
        return Cell(chips=(show.Chip(translate("do bạn nhập"), "mute"),))
    if line.card.pending:
        return Cell(chips=(show.Chip(translate("Sửa"), "wait", "≠"),))
    if line.card.possible_duplicate:
        return Cell(chips=(show.Chip(translate("Có thể trùng"), "wait", "!"),))
    return Cell(chips=(show.Chip(translate("Mới"), "info", "+"),))
