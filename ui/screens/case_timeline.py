"""What was written in a case and what was decided about it, newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout

from app import forms
from app.values.care_case import CaseDecision, CasePage, NoteCard
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens.person_belongings import Actions, entry
from ui.widgets.parts import Card, clear, label


@dataclass(frozen=True, slots=True)
class Hand:
    """What one may do with one's own note."""

    correct: Callable[[NoteCard], None]
    withdraw: Callable[[NoteCard], None]


def fill(
    rows: QVBoxLayout, ws: Workspace, page: CasePage, names: Mapping[str, str], hand: Hand
) -> None:
    """Notes and decisions of a case as cards."""
    clear(rows)
    told = [(one.noted_on or one.at, _note(ws, page, one, names, hand)) for one in page.notes]
    told += [(one.at, _decision(one, names)) for one in page.decisions]
    if not told:
        rows.addWidget(label(translate("Chưa có ghi chép nào."), "muted"))
    for _at, made in sorted(told, key=lambda pair: pair[0], reverse=True):
        rows.addWidget(made)


def _note(
    ws: Workspace, page: CasePage, note: NoteCard, names: Mapping[str, str], hand: Hand
) -> Card:
    title = translate(
        "{day} · {kind} · {name}",
        day=forms.date_shown(note.noted_on),
        kind=forms.code_label("note_kind", note.kind),
        name=names.get(note.by, note.by),
    )
    words = _closed_words(ws) if note.hidden else note.text
    mark = translate("MẬT") if note.confidential and not note.hidden else ""
    about = dict(page.activities).get(note.activity_id, "")
    kinds = [forms.code_label("support_kind", one) for one in note.help_kinds]
    helps = " · ".join(one for one in (about, ", ".join(kinds)) if one)
    actions: Actions = ()
    if note.by == ws.user.login and not note.hidden and not ended(page):
        actions = (
            (translate("Sửa"), lambda: hand.correct(note)),
            (translate("Rút…"), lambda: hand.withdraw(note)),
        )
    return entry(title, (mark, words, helps), actions)


def ended(page: CasePage) -> bool:
    """Whether nothing more is written into the case."""
    return page.card.status in ("closed", "refused", "cancelled")


def _closed_words(ws: Workspace) -> str:
    if ws.restricted is None:
        return translate("(ghi chép mật, bạn không có quyền đọc)")
    return translate(
        "(ghi chép mật, khóa bằng khóa của máy khác; nhờ quản trị ở máy đó cấp khóa cho máy "
        "này: Quản trị, thẻ Các máy)"
    )


def _decision(one: CaseDecision, names: Mapping[str, str]) -> Card:
    title = translate(
        "{at} · {decision} · {name}",
        at=show.instant(one.at),
        decision=forms.code_label("note_kind", one.decision),
        name=names.get(one.by, one.by),
    )
    return entry(title, (one.reason,))
