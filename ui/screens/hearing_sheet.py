"""The sheet of one person (Mẫu 02, 03): filled in with single keys, the proposal told at once.

What is typed is kept as a draft a moment later; Ctrl+S writes it into the book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from app import forms
from app.actions import assessment, drafts
from app.rules import assessment as rules
from app.rules.assessment import Proposal, Recorded
from app.values.council import HearingCard, SheetDraft
from app.wording import translate
from ui import show
from ui.stage import Message, Stage
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import column, label
from ui.widgets.sheet_entry import ACTIVITIES, DEGREES, TYPES, SheetEntry, SheetLine

PAUSE_MS = 1500
WHICH = ("birth_used", "assessment_form", "form_reason")
OBSERVED_PX = 44


class HearingSheet(QWidget):
    """`load(card, closed)`; `proposed(proposal)` tells what the form says of what stands here."""

    proposed = Signal(object)

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.stage = stage
        self.card: HearingCard | None = None
        self._form = ""
        self._kept: dict[str, object] = {}
        section = forms.FormSection(
            "hearing", "", tuple(forms.field("hearing", name) for name in WHICH)
        )
        self.which = Form((section,), sources_of(stage.ws), titled=False)
        self.which.edited.connect(lambda _name: self._choose())
        self.entry = SheetEntry()
        self.entry.edited.connect(self._edited)
        self.observed = QPlainTextEdit()
        self.observed.setAccessibleName(forms.field("hearing", "observed").label)
        self.observed.setFixedHeight(OBSERVED_PX)
        self.observed.setTabChangesFocus(True)
        self.observed.textChanged.connect(self._edited)
        told = label(self.observed.accessibleName(), "caption")
        self.stale = label("", "problem", wrap=True)
        self.stale.hide()
        below = column(told, self.observed, gap=2)
        whole = column(self.stale, self.which, self.entry, below, gap=8)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self.keep)

    @property
    def dirty(self) -> bool:
        """Whether something stands here that is not in the book."""
        return self.card is not None and self._typed() != self._kept

    @property
    def filled(self) -> bool:
        """Whether a sign, a score or what was observed stands here."""
        entry = self.entry
        told = (entry.signs(TYPES), entry.signs(DEGREES), entry.scores())
        return any(told) or bool(self.observed.toPlainText().strip())

    def load(self, card: HearingCard, closed: bool) -> None:
        """Show a hearing's sheet, and what was being typed into it when somebody left."""
        self._pause.stop()
        self.card = card
        unclear = self._number(card.birth_used or card.birth) is None
        stale = bool(card.form_due) and not closed
        self.stale.setText(_stale_words(card) if stale else "")
        self.stale.setVisible(stale)
        self.which.setVisible(unclear or stale or bool(card.form_reason))
        self.which.load(
            {
                "birth_used": None if stale else card.birth_used or card.birth or None,
                "assessment_form": card.form if card.form_reason else None,
                "form_reason": card.form_reason or None,
            }
        )
        self._take_form(card.form or self._number(card.birth_used or card.birth) or "")
        self.entry.load(card.type_signs, card.degree_signs, card.scores)
        self.observed.blockSignals(True)
        self.observed.setPlainText(card.observed)
        self.observed.blockSignals(False)
        self.entry.set_read_only(closed)
        self.observed.setReadOnly(closed)
        self.which.set_read_only(closed)
        self._kept = self._typed()
        self._tell()
        if not closed:
            self._offer(card.id)

    def draft(self) -> SheetDraft | None:
        """What is to be written down; None while nothing stands here."""
        if self.card is None:
            return None
        chosen = self.which.values() if self.which.isVisibleTo(self) else {}
        return SheetDraft(
            self.card.id,
            self.entry.signs(TYPES),
            self.entry.signs(DEGREES),
            self.entry.scores(),
            self.observed.toPlainText(),
            birth=str(chosen.get("birth_used") or ""),
            form=str(chosen.get("assessment_form") or ""),
            form_reason=str(chosen.get("form_reason") or ""),
        )

    def keep(self) -> None:
        """Keep what is being typed as a draft, or forget one that says nothing new."""
        self._pause.stop()
        if self.card is None or not self.stage.ws.can("enter"):
            return
        ws, key, typed = self.stage.ws, _key(self.card.id), self._typed()
        if self.dirty:
            self.stage.tasks.desk.run(lambda: drafts.keep(ws, key, typed), owner=self)

    def written(self) -> None:
        """What stands here is in the book."""
        self._pause.stop()
        if self.card is not None:
            ws, key = self.stage.ws, _key(self.card.id)
            self._kept = self._typed()
            self.stage.tasks.desk.run(lambda: drafts.drop(ws, key), owner=self)

    def begin(self) -> None:
        """Put the cursor where typing begins."""
        (
            self.which
            if self.which.isVisibleTo(self) and not self._form
            else self.entry.fields[TYPES]
        ).setFocus()
        if self.which.isVisibleTo(self) and not self._form:
            self.which.focus("birth_used")

    def proposal(self) -> Proposal | None:
        """What the form proposes for what stands here; None without a form, and while nothing
        is written: an empty sheet does not say that nobody is disabled."""
        if self.card is None or not self._form or not self.filled:
            return None
        form = assessment.form_on(self._edition(), self._form)
        if form is None:
            return None
        recorded = Recorded(self.entry.signs(TYPES), self.entry.signs(DEGREES), self.entry.scores())
        return rules.propose(form, recorded)

    def _edited(self) -> None:
        """A power cut costs no more than this moment, even of somebody who types without a rest."""
        if not self._pause.isActive():
            self._pause.start()
        self._tell()

    def _tell(self) -> None:
        self.proposed.emit(self.proposal())

    def _choose(self) -> None:
        """Another birth or form was typed: show the form that is right then."""
        typed = self.which.values()
        birth = str(typed.get("birth_used") or "")
        number = self._number(birth) or str(typed.get("assessment_form") or "")
        self._take_form(number)
        self._edited()

    def _number(self, birth: str) -> str | None:
        on = self.card.on if self.card is not None else ""
        if not birth or not on or birth > on[: len(birth)]:
            return None
        try:
            return rules.form_for(birth, date.fromisoformat(on))
        except ValueError:
            return None  # half typed

    def _edition(self) -> date:
        assert self.card is not None
        return date.fromisoformat(self.card.edition or self.card.on)

    def _take_form(self, number: str) -> None:
        self._form = number
        lines = assessment.lines(self._edition(), number) if number else ()
        self.entry.set_lines(_with_heads(lines))

    def _typed(self) -> dict[str, object]:
        return {
            "type_signs": list(self.entry.signs(TYPES)),
            "degree_signs": list(self.entry.signs(DEGREES)),
            "scores": self.entry.scores(),
            "observed": self.observed.toPlainText(),
            **self.which.values(),
        }

    def _offer(self, hearing_id: str) -> None:
        ws = self.stage.ws

        def found(kept: drafts.KeptDraft | None) -> None:
            if kept is None or self.card is None or self.card.id != hearing_id or self.dirty:
                return
            self._put(kept.payload)
            words = translate(
                "Đã mở lại phiếu đang gõ dở lúc {at}.", at=show.instant(kept.saved_at)
            )
            self.stage.tell(Message(words, "info"))

        self.stage.tasks.desk.run(lambda: drafts.find(ws, _key(hearing_id)), found, owner=self)

    def _put(self, typed: Mapping[str, object]) -> None:
        self.which.put({name: typed.get(name) for name in WHICH if typed.get(name)})
        scores = typed.get("scores")
        types, degrees = (typed.get(name) for name in ("type_signs", "degree_signs"))
        self.entry.load(
            types if isinstance(types, list) else (),
            degrees if isinstance(degrees, list) else (),
            scores if isinstance(scores, dict) else {},
        )
        self.observed.blockSignals(True)
        self.observed.setPlainText(str(typed.get("observed") or ""))
        self.observed.blockSignals(False)
        self._tell()


def _key(hearing_id: str) -> str:
    return f"hearing:{hearing_id}"


def _with_heads(lines: Sequence[assessment.FormLine]) -> tuple[SheetLine, ...]:
    """The form's lines under the heads it is printed with."""
    found: list[SheetLine] = []
    last = ""
    for one in lines:
        head = f"{one.part}/{one.gives}"
        if head != last:
            found.append(SheetLine(one.part, "", _head(one)))
            last = head
        found.append(SheetLine(one.part, one.number, one.words))
    return tuple(found)


def _head(one: assessment.FormLine) -> str:
    if one.part == TYPES:
        kind = forms.code_label("disability_type", one.gives)
        return translate("III. Dạng: {kind}", kind=kind)
    if one.part == DEGREES:
        degree = forms.code_label("degree", one.gives)
        return translate("IV. Mức độ: {degree}", degree=degree)
    assert one.part == ACTIVITIES
    return translate(
        "IV, phần 2. Điểm: 0 thực hiện được · 1 cần trợ giúp · 2 không được · X không rõ"
    )


def _stale_words(card: HearingCard) -> str:
    return translate(
        "Ngày họp hoặc ngày sinh đã đổi: người này phải dùng Mẫu {due}, phiếu đã ghi là Mẫu {form}."
        " Chọn Mẫu {due} ở dưới rồi ghi lại; phiếu cũ vẫn còn trong lịch sử.",
        due=card.form_due,
        form=card.form,
    )
