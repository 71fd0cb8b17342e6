"""The columns of the list of people, and the orders it can be put in."""

from __future__ import annotations

from datetime import date

from app import forms
from app.values.person import PersonCard
from app.wording import translate
from ui import show
from ui.widgets.record_list import Order
from ui.widgets.table_model import Cell, Column, plain


def orders() -> tuple[Order, ...]:
    """By the heads of the columns, and by the time of entry, the last one first."""
    return (
        Order("name", translate("Xếp theo tên")),
        Order("birth", translate("Xếp theo ngày sinh")),
        Order("commune", translate("Xếp theo xã")),
        Order("degree", translate("Xếp theo mức độ")),
        Order("status", translate("Xếp theo trạng thái")),
        Order("entered", translate("Mới nhập xếp trước"), descending=True),
    )


def columns(today: date) -> tuple[Column, ...]:
    """The columns of the list; the last three are shown on demand."""

    def birth(card: PersonCard) -> Cell:
        return plain(show.birth_and_age(card.birth, today))

    return (
        Column("name", translate("Họ và tên"), _name_cell, fixed=True, share=1.25, order="name"),
        Column("birth", translate("Ngày sinh"), birth, 14, rank=1, order="birth"),
        Column("place", translate("Xã · Thôn"), _place_cell, order="commune"),
        Column(
            "types", translate("Dạng khuyết tật"), lambda c: plain(show.types(c.types)), 16, rank=2
        ),
        Column("degree", translate("Mức độ"), _degree_cell, 20, rank=1, order="degree"),
        Column("status", translate("Trạng thái"), _status_cell, 12, order="status"),
        Column(
            "sync", translate("Đồng bộ"), lambda c: Cell(chips=(show.sync(c.sync),)), 11, rank=3
        ),
        Column("sex", translate("Giới tính"), lambda c: plain(_sex(c)), 8, True, rank=4),
        Column("id_number", translate("Số định danh"), _number_cell, 14, True, rank=4),
        Column("current", translate("Nay thuộc xã"), _current_cell, 14, True, rank=4),
    )


def _name_cell(card: PersonCard) -> Cell:
    life = show.life(card.life_state)
    return Cell(card.name, (life,) if life else (), bold=True)


def _place_cell(card: PersonCard) -> Cell:
    full = forms.unit_name(card.commune) if card.commune else ""
    tip = ", ".join(part for part in (card.hamlet, full) if part)
    return Cell(show.place(card.commune, card.hamlet), tip=tip)


def _degree_cell(card: PersonCard) -> Cell:
    degree = show.degree(card.degree)
    chips = [degree] if degree else []
    if card.mine_victim:
        chips.append(show.mine_victim())
    return Cell(chips=tuple(chips))


def _status_cell(card: PersonCard) -> Cell:
    if card.pending:
        return Cell(chips=(show.Chip(translate("Sửa chờ duyệt"), "wait", "…"),))
    if card.possible_duplicate:
        return Cell(chips=(show.Chip(translate("Có thể trùng"), "wait", "!"),))
    return Cell(chips=(show.status(card.status),))


def _number_cell(card: PersonCard) -> Cell:
    return plain(show.masked(card.id_number))


def _current_cell(card: PersonCard) -> Cell:
    return plain(forms.unit_short(card.current_commune) if card.current_commune else "")


def _sex(card: PersonCard) -> str:
    return forms.code_label("sex", card.sex) if card.sex else ""
