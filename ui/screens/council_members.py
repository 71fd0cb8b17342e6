"""Who sits on the council: set by the head, with roles and a period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import council_member
from app.forms import FormField
from app.values.council import Council, MemberCard, MemberDraft
from app.wording import translate
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.filters import Filter
from ui.widgets.parts import label
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = (
    *("full_name", "position", "council_role", "signs_as", "decision_number", "decision_on"),
    *("valid_from", "valid_to", "login"),
)


class MembersRegister(Register):
    """Enter corrects a member; the line above says which roles lack and how many must be there."""

    name = "council_member"
    touching = frozenset({"council_member"})
    searches = False

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.lacking = label("", "muted", wrap=True)
        self.inside.insertWidget(1, self.lacking)

    def titled(self) -> str:
        return translate("Thành viên Hội đồng")

    def adds(self) -> str:
        return translate("Thêm thành viên")

    def form_fields(self) -> tuple[FormField, ...]:
        if not self.stage.ws.can("approve"):
            return ()
        return tuple(forms.field("council_member", name) for name in FIELDS)

    def filter_list(self) -> Sequence[Filter]:
        return (Filter("everybody", translate("Cả người đã thôi")),)

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), _name, 0, fixed=True),
            Column("position", translate("Chức vụ"), lambda r: plain(r.position), 0),
            Column("roles", translate("Vai trong Hội đồng"), _roles, 0, share=1.4),
            Column("decision", translate("Quyết định"), lambda r: plain(r.decision_number), 16,
                   rank=1),
            Column("period", translate("Từ – đến"), _period, 24),
            Column("sits", translate("Hôm nay"), _sits, 14),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa ghi thành viên nào."),
            translate("Thủ trưởng ghi thành viên theo quyết định thành lập Hội đồng."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        found = council_member.council(self.stage.ws, everybody=asked.on("everybody"))
        return found.members, len(found.members)

    def read(self) -> None:
        super().read()
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: council_member.council(ws), self._told, owner=self, key="council"
        )

    def write(self, values: Mapping[str, object]) -> object:
        which = self.editing.id if self.editing is not None else None
        return council_member.save(self.stage.ws, MemberDraft(values, which))

    def _told(self, found: Council) -> None:
        words = translate(
            "{count} thành viên hôm nay; họp được khi có ít nhất {quorum} người.",
            count=len(found.members),
            quorum=found.quorum,
        )
        if found.lacking:
            names = ", ".join(forms.code_label("council_role", one) for one in found.lacking)
            words += " " + translate("Còn thiếu vai: {roles}.", roles=names)
        self.lacking.setText(words)


def roles(one: MemberCard) -> str:
    """The roles of a member in words."""
    return ", ".join(forms.code_label("council_role", role) for role in one.roles)


def _name(one: MemberCard) -> Cell:
    return Cell(one.name, bold=True)


def _roles(one: MemberCard) -> Cell:
    return plain(roles(one))


def _period(one: MemberCard) -> Cell:
    days = (forms.date_shown(day) if day else "…" for day in (one.valid_from, one.valid_to))
    return plain(" – ".join(days))


def _sits(one: MemberCard) -> Cell:
    chip = (
        Chip(translate("Thành viên"), "ok", "✓") if one.sits else Chip(translate("Không"), "mute")
    )
    return Cell(chips=(chip,))
