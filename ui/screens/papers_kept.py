"""Blank forms that are out: each opens what it belongs to, or is no longer waited for."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.actions import form_draft, form_names
from app.values.paper_form import KeptForm
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.tasks import Lane
from ui.widgets.parts import Card, button, clear, column, holder, label, row

SHOWN_MAX = 30


class KeptCard(Card):
    """`opened(kept)` by its button; the list is read again after each change."""

    opened = Signal(object)

    def __init__(self, ws: Workspace, lane: Lane) -> None:
        super().__init__(translate("Tờ trống đã in, chờ nhập lại"))
        self._ws, self._lane = ws, lane
        self.kept: tuple[KeptForm, ...] = ()
        self._lines = column(gap=10)
        self.add(
            label(
                translate("Quét mã QR hoặc gõ mã dưới nó vào ô tìm (Ctrl+K) để mở đúng tờ."),
                "caption",
                wrap=True,
            )
        )
        self.add(holder(self._lines))

    def reload(self) -> None:
        """Read what is out."""
        ws = self._ws
        self._lane.run(lambda: form_draft.waiting(ws), self._show, owner=self, key="papers-kept")

    def _show(self, kept: tuple[KeptForm, ...]) -> None:
        self.kept = kept
        clear(self._lines)
        self.setVisible(bool(kept))
        titles = form_names.titles()
        for one in kept[:SHOWN_MAX]:
            self._add(one, titles[one.form])
        if len(kept) > SHOWN_MAX:
            more = translate("… và {count} tờ nữa", count=len(kept) - SHOWN_MAX)
            self._lines.addWidget(label(more, "muted"))

    def _add(self, one: KeptForm, title: str) -> None:
        whose = one.person_name or translate("chưa biết của ai")
        told = (one.code, show.instant(one.printed_at), one.printed_by)
        self._lines.addWidget(label(f"{title} · {whose}", "strong", wrap=True))
        self._lines.addWidget(label(" · ".join(told), "caption", wrap=True))
        opens = button(translate("Mở tờ này"), lambda: self.opened.emit(one), "", "forward")
        opens.setAccessibleName(translate("Mở tờ {code}", code=one.code))
        acts = [opens]
        if self._ws.can("enter"):
            drops = button(translate("Bỏ, không chờ"), lambda: self._drop(one.code), "quiet")
            drops.setAccessibleName(translate("Bỏ tờ {code}", code=one.code))
            acts.append(drops)
        self._lines.addWidget(holder(row(*acts, 1, gap=8)))

    def _drop(self, code: str) -> None:
        ws = self._ws
        self._lane.run(lambda: form_draft.drop(ws, code), lambda _done: self.reload(), owner=self)


def place_of(form: str, person_id: str, case_id: str) -> tuple[str, str]:
    """Where a form leads, to be typed in: a place and its key."""
    if case_id and form != "01":
        return "care_case", case_id
    return ("person", person_id) if person_id else ("papers", "")
