"""The history of a person: who changed what and when, and who saw the record."""

from __future__ import annotations

from app import forms
from app.actions import access, person
from app.actions.access import AccessLine
from app.actions.history_words import source_words
from app.values.person import HistoryEntry
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Belongings
from ui.widgets.parts import Card, label

SHOWN_MAX = 150


class HistoryTab(Belongings):
    """Entries newest first; those with the right to logs see who looked, too."""

    touching = frozenset({"person", "need", "care_case", "case_note", "victim", "attachment"})

    def read(self) -> tuple[tuple[HistoryEntry, ...], tuple[AccessLine, ...]]:
        ws = self.stage.ws
        looks = access.of_person(ws, self.key, SHOWN_MAX) if ws.can("logs") else ()
        return person.past(ws, self.key, SHOWN_MAX), looks

    def show_rows(self, answer: tuple[tuple[HistoryEntry, ...], tuple[AccessLine, ...]]) -> None:
        entries, looks = answer
        card = Card(translate("Thay đổi"))
        for one in entries:
            card.add(label(_sentence(one), "", wrap=True))
        self.rows.addWidget(card)
        if looks:
            seen = Card(translate("Ai đã xem, in, xuất"))
            for look in looks:
                seen.add(label(_look(look), "", wrap=True))
            self.rows.addWidget(seen)


def _look(one: AccessLine) -> str:
    words = translate(
        "{at} · {login} · {kind}",
        at=show.instant(one.at),
        login=one.by,
        kind=forms.code_label("access_kind", one.kind),
    )
    part = access.what(one.detail)
    return f"{words} · {part}" if part else words


def _sentence(one: HistoryEntry) -> str:
    at = show.instant(one.at)
    record = forms.section_title(one.record) if one.record != "person" else translate("Hồ sơ")
    if one.op == "create":
        words = translate("{at} · {login} · tạo mới: {record}", at=at, login=one.by, record=record)
        return _with_source(words, one.source)
    words = translate(
        "{at} · {login} · {label}: {old} → {new}",
        at=at,
        login=one.by,
        label=one.label or record,
        old=one.old or "—",
        new=one.new or "—",
    )
    return _with_source(words, one.source)


def _with_source(words: str, source: str) -> str:
    if not source:
        return words
    return translate("{words} (từ {source})", words=words, source=source_words(source, translate))
