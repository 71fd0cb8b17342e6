"""The paper book on a tab: where numbers go on, what the signed minute says, who is taken over."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app import forms
from app.actions import certificate_opening
from app.forms import FormSection
from app.values.certificate import HandedOver, Offer
from app.wording import translate
from ui import show
from ui.screens import saving_pdf
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Card, Scroll, button, column, holder, label, row

FIELDS = (
    "first_number", "minute_number", "minute_on", "minute_signed", "of_profound", "of_severe",
    "of_mild", "of_blanks", "opening_note",
)  # fmt: skip


class OpeningPart(QWidget):
    """A form for the admin, the totals side by side, and the certificates that wait."""

    touching = frozenset({"certificate", "certificate_opening", "blank", "person"})

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        fields = tuple(forms.field("certificate_opening", name) for name in FIELDS)
        section = FormSection("certificate_opening", "", fields)
        self.form = Form((section,), sources_of(stage.ws), hidden=True)
        self.form.set_read_only(not stage.ws.can("settings"))
        self.act = button(translate("Lưu"), self.submit, "primary", tip="Ctrl+S")
        self.act.setVisible(stage.ws.can("settings"))
        self.totals = label("", "", wrap=True)
        self.minute = button(translate("Lưu biên bản…"), self.print_minute, "", "print")
        self.minute.setVisible(stage.ws.can("print"))
        self.waiting = label("", "", wrap=True)
        self.take = button(translate("Đưa tất cả vào sổ"), self.adopt, "", "import")
        self.take.setVisible(stage.ws.can("enter"))
        book = Card(translate("Sổ giấy và biên bản bàn giao"))
        book.add(self.form)
        book.add(row(1, self.act))
        beside = Card(translate("Biên bản ghi, chương trình giữ"))
        beside.add(self.totals)
        beside.add(row(self.minute, 1))
        offered = Card(translate("Giấy ghi trong hồ sơ người, chưa có trong sổ"))
        offered.add(self.waiting)
        offered.add(row(self.take, 1))
        self.setLayout(column(Scroll(holder(column(book, beside, offered, 1, gap=12)))))

    @property
    def busy(self) -> bool:
        """Whether something was typed and not saved."""
        return bool(self.form.changes())

    def read(self) -> None:
        """Read totals and who waits."""
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: (certificate_opening.opening(ws), certificate_opening.offers(ws)),
            self._show,
            owner=self,
        )

    def leave(self) -> None:
        """What was typed stays in the form."""

    def focus(self) -> None:
        """Put the cursor into the first field."""
        self.form.focus(FIELDS[0])

    def submit(self) -> None:
        """Save what was typed."""
        ws, typed = self.stage.ws, self.form.changes()
        if not ws.can("settings") or not typed:
            return
        self.stage.tasks.desk.run(
            lambda: certificate_opening.say_opening(ws, typed),
            lambda _done: self._saved(),
            self._wrong,
            owner=self,
        )

    def adopt(self) -> None:
        """Take all that wait into the book."""
        ws = self.stage.ws

        def work() -> Any:
            ids = [one.person_id for one in certificate_opening.offers(ws)]
            return len(ids), certificate_opening.adopt(ws, ids)

        self.stage.tasks.desk.run(work, self._adopted, self._wrong, owner=self)

    def print_minute(self) -> None:
        """The minute to be signed by both sides."""
        ws = self.stage.ws
        name = translate("bien-ban-ban-giao-giay-xac-nhan")
        saving_pdf.ask(self, self.stage, name, lambda: certificate_opening.minute_pdf(ws))

    def _show(self, read: tuple[HandedOver, tuple[Offer, ...]]) -> None:
        opening, offers = read
        if not self.busy:
            self.form.load(dict(opening.fields))
        lines = [
            translate(
                "{what}: biên bản {said}, chương trình {found}{mark}",
                what=one.label,
                said="—" if one.said is None else show.number(one.said),
                found=show.number(one.found),
                mark="" if one.said is None or one.agrees else translate("  ← KHÁC NHAU"),
            )
            for one in opening.lines
        ]
        self.totals.setText("\n".join(lines))
        told = [f"{one.name} · {one.number}" for one in offers[:20]]
        if len(offers) > len(told):
            told.append(translate("và {count} người nữa", count=len(offers) - len(told)))
        self.waiting.setText("\n".join(told) or translate("Không có ai."))
        self.take.setEnabled(bool(offers))

    def _saved(self) -> None:
        self.form.load({})
        self.stage.tell(Message(translate("Đã lưu."), "ok"))
        self.read()

    def _adopted(self, done: Any) -> None:
        count, problems = done
        words = [translate("Đã đưa {count} giấy vào sổ.", count=count - len(problems))]
        words += [one.message for one in problems[:10]]
        self.stage.tell(Message("\n".join(words), "bad" if problems else "ok"))
        self.read()

    def _wrong(self, failure: Failure) -> None:
        rest = self.form.show_problems(failure.problems)
        if rest or not failure.problems:
            self.stage.tell(Message(failure.message, "bad"))
