"""Asking that persons be handed to another office: which one, why, from which day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app import forms
from app.forms import Choice, FormField, FormSection
from app.values.transfer import OfficeChoice, TransferDraft
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.tasks import Failure
from ui.widgets.fields.make import Sources
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, clear, column, label, row


class TransferBox(Card):
    """`begin(offices, ids, names)` asks; `given(draft)` on saving, `left` when nothing is to be."""

    given = Signal(object)
    left = Signal()

    def __init__(self, ws: Workspace) -> None:
        super().__init__("")
        self._sources = Sources(ws.today(), forms.present_units_like)
        self._today = ws.today().isoformat()
        self._inside = column(gap=8)
        self.add(self._inside)
        self._ids: tuple[str, ...] = ()
        self.form: Form | None = None
        self.hide()

    def begin(
        self, offices: Sequence[OfficeChoice], ids: tuple[str, ...], names: Sequence[str]
    ) -> None:
        """Ask for these persons; the cursor stands in the first field."""
        clear(self._inside)
        self._ids = ids
        self.form = Form(
            (FormSection("transfer", "", _fields(offices)),), self._sources, titled=False
        )
        self.form.load({})
        self.form.put({"on": self._today})
        save = button(translate("Gửi đề nghị chuyển"), self.submit, "primary", "send")
        self._inside.addWidget(label(_title(ids, names), "strong", wrap=True))
        hint = translate(
            "Người khác có quyền duyệt ở đây đồng ý trước, rồi cơ quan nhận đồng ý. Đến lúc ấy hồ "
            "sơ vẫn ở đây; khi chuyển thì đi cùng mọi ca, nhu cầu, giấy tờ và lịch sử."
        )
        self._inside.addWidget(label(hint, "caption", wrap=True))
        self._inside.addWidget(self.form)
        self._inside.addLayout(row(1, button(translate("Thôi"), self.leave), save))
        self._inside.addStretch(1)
        self.form.editors["on"].moved_on.connect(self.submit)
        self.show()
        self.form.focus("to")

    def leave(self) -> None:
        """Ask for nothing after all."""
        self.hide()
        self.left.emit()

    def submit(self) -> None:
        """Ask."""
        if self.form is None:
            return
        typed = {name: str(value or "") for name, value in self.form.values().items()}
        self.given.emit(TransferDraft(self._ids, typed["to"], typed["reason"], typed["on"]))

    def refused(self, failure: Failure) -> tuple[str, ...]:
        """Show what is wrong beside the field; answers what has no field here."""
        rest = self.form.show_problems(failure.problems) if self.form else failure.problems
        return tuple(one.message for one in rest) or (
            () if failure.problems else (failure.message,)
        )


def _title(ids: Sequence[str], names: Sequence[str]) -> str:
    if len(names) == 1:
        return translate("Chuyển {name} đến cơ quan nào?", name=names[0])
    return translate("Chuyển {count} người đến cơ quan nào?", count=show.number(len(ids)))


def _fields(offices: Sequence[OfficeChoice]) -> tuple[FormField, ...]:
    offered = tuple(Choice(one.id, one.name, forms.keys_of(one.name)) for one in offices)
    return (
        FormField("", "to", translate("Cơ quan nhận"), "code", True, choices=offered),
        FormField("", "reason", translate("Lý do chuyển"), "text", True),
        FormField("", "on", translate("Chuyển từ ngày"), "date"),
    )
