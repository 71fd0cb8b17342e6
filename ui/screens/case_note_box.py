"""Where a note, visit or call of a case is written or corrected; begun ones are kept as drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from app import forms
from app.actions import care_case, case_note
from app.values.care_case import NoteCard, NoteDraft
from app.wording import translate
from app.workspace import Workspace
from ui.screens.keeping import Keeping, Payload
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, row

FIELDS = ("note_kind", "noted_on", "help_kinds", "note_text", "confidential")
KINDS = ("note", "visit", "call")


class NoteBox(Card):
    """`begin(case)` for a new note, `correct(note)` for one's own; `saved` once it is kept."""

    saved = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__(translate("Ghi chép, lần thăm, cuộc gọi"))
        self.stage = stage
        self._case = ""
        self._correcting: NoteCard | None = None
        section = forms.FormSection("case_note", "", note_fields(stage.ws))
        self.form = Form((section,), sources_of(stage.ws), titled=False)
        self.keeping = Keeping(stage, self.form, _sealable, _readable)
        self.act = button(translate("Lưu ghi chép"), self.submit, tip="Ctrl+S")
        self.back = button(translate("Thôi"), self._drop)
        self.add(self.form)
        self.add(row(1, self.back, self.act))

    def begin(self, case_id: str) -> None:
        """A new note of a case, with what was left unfinished of it."""
        self._case = case_id
        self._fill(None)
        self.keeping.offer(self.form.put)

    def correct(self, note: NoteCard) -> None:
        """Write one's own note anew."""
        self.keeping.leave()
        self._fill(note)
        self.form.focus("note_text")

    def offer_activities(self, activities: Sequence[tuple[str, str]]) -> None:
        """The activities that a note may be about."""
        self.form.describe(activity_field(activities))

    def submit(self) -> None:
        """Save the note, once however often the key is pressed."""
        if not self.act.isEnabled():
            return
        ws, key, typed, old = self.stage.ws, self._case, self.form.values(), self._correcting
        helps = typed.get("help_kinds")
        draft = NoteDraft(
            text=str(typed.get("note_text") or ""),
            kind=str(typed.get("note_kind") or "note"),
            noted_on=str(typed.get("noted_on") or ""),
            confidential=bool(typed.get("confidential")),
            help_kinds=tuple(helps) if isinstance(helps, list | tuple) else (),
            activity_id=str(typed.get("activity_id") or ""),
        )

        def work() -> None:
            if old is not None:
                case_note.correct(ws, old.id, draft)
            else:
                care_case.note(ws, key, draft)

        self.act.setEnabled(False)
        self.stage.tasks.desk.run(work, lambda _done: self._saved(), self._wrong, owner=self)

    def _saved(self) -> None:
        self.stage.tell(Message(translate("Đã lưu ghi chép."), "ok"))
        self._drop()
        self.saved.emit()

    def _drop(self) -> None:
        self.keeping.drop()
        self._fill(None)

    def _fill(self, note: NoteCard | None) -> None:
        self._correcting = note
        self.act.setEnabled(True)
        self.back.setVisible(note is not None)
        self.keeping.begin("" if note is not None else f"case_note:{self._case}")
        if note is None:
            today = self.stage.ws.today().isoformat()
            self.form.load({"note_kind": "note", "noted_on": today})
            return
        self.form.load(
            {
                "note_kind": note.kind,
                "noted_on": note.noted_on,
                "help_kinds": note.help_kinds,
                "activity_id": note.activity_id or None,
                "note_text": note.text,
                "confidential": note.confidential or None,
            }
        )

    def _wrong(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self.keeping.now()
        rest = self.form.show_problems(failure.problems)
        if rest:
            self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))


def note_fields(ws: Workspace) -> tuple[forms.FormField, ...]:
    """Kinds of contact only; who may not read confidential notes is not asked for them either."""
    known = {name: forms.field("case_note", name) for name in FIELDS}
    kinds = tuple(one for one in known["note_kind"].choices if one.code in KINDS)
    known["note_kind"] = replace(known["note_kind"], choices=kinds)
    if ws.restricted is None:
        del known["confidential"]
    at = FIELDS.index("help_kinds")
    fields = list(known.values())
    return (*fields[:at], activity_field(()), *fields[at:])


def activity_field(activities: Sequence[tuple[str, str]]) -> forms.FormField:
    """Which activity of the plan a note is about."""
    known = tuple(forms.choice(one, words) for one, words in activities)
    words = translate("Về hoạt động của kế hoạch")
    return forms.FormField("case_note", "activity_id", words, "code", choices=known)


def _sealable(typed: Payload) -> Payload:
    """A draft of a confidential note names its text so that it is kept under the second key."""
    if typed.get("confidential") and "note_text" in typed:
        typed["confidential_text"] = typed.pop("note_text")
    return typed


def _readable(kept: Payload) -> Payload:
    if "confidential_text" in kept:
        kept["note_text"] = kept.pop("confidential_text")
    return kept
