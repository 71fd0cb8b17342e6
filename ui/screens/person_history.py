"""The history of a person: who changed what and when, and who saw the record."""

from __future__ import annotations

from app import forms
from app.actions import access, cold_start, merge, person
from app.actions.access import AccessLine
from app.actions.history_words import source_words
from app.section_titles import section_title
from app.values.person import HistoryEntry
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Belongings
from ui.widgets.parts import Card, label

SHOWN_MAX = 150

Read = tuple[tuple[HistoryEntry, ...], tuple[AccessLine, ...], bool]
"""Entries, looks, and whether older entries still come from the server."""


class HistoryTab(Belongings):
    """Entries newest first; those with the right to logs see who looked, too."""

    touching = frozenset(
        "person need need_step care_case case_note victim attachment referral support "
        "assistive_device repair entitlement application complaint medical_referral".split()
    )

    def read(self) -> Read:
        ws = self.stage.ws
        looks = access.of_person(ws, self.key, SHOWN_MAX) if ws.can("logs") else ()
        return person.past(ws, self.key, SHOWN_MAX), looks, cold_start.history_comes(ws, self.key)

    def show_rows(self, answer: Read) -> None:
        entries, looks, comes = answer
        card = Card(translate("Thay đổi"))
        if comes:
            words = translate(
                "Các thay đổi cũ hơn của hồ sơ này đang về từ máy chủ, mới nhất trước (xem trang "
                "Đồng bộ)."
            )
            card.add(label(words, "muted", wrap=True))
        for one in entries:
            card.add(label(_sentence(one, self.who(one.by)), "", wrap=True))
        self.rows.addWidget(card)
        if looks:
            seen = Card(translate("Ai đã xem, in, xuất"))
            for look in looks:
                seen.add(label(_look(look, self.who(look.by)), "", wrap=True))
            self.rows.addWidget(seen)


def _look(look: AccessLine, name: str) -> str:
    words = translate(
        "{at} · {name} · {kind}",
        at=show.instant(look.at),
        name=name,
        kind=forms.code_label("access_kind", look.kind),
    )
    part = access.what(look.detail)
    return f"{words} · {part}" if part else words


def _sentence(one: HistoryEntry, name: str) -> str:
    at = show.instant(one.at)
    record = section_title(one.record) if one.record != "person" else translate("Hồ sơ")
    if one.op == "create":
        words = translate("{at} · {name} · tạo mới: {record}", at=at, name=name, record=record)
        return _with_source(words, one.source)
    if one.op == "conflict":
        words = translate(
            "{at} · {name} · {label}: “{new}” xung đột với “{old}” của máy khác",
            at=at,
            name=name,
            label=one.label,
            old=one.old,
            new=one.new,
        )
        decided = one.source.startswith("conflict:")
        return (
            words
            + " "
            + (translate("(đã quyết định)") if decided else translate("(chờ quyết định)"))
        )
    if one.source.startswith("conflict:") and one.old == one.new:
        words = translate(
            "{at} · {name} · {label}: giữ “{new}”",
            at=at,
            name=name,
            label=one.label,
            new=one.new or "—",
        )
        return _with_source(words, one.source)
    words = translate(
        "{at} · {name} · {label}: {old} → {new}",
        at=at,
        name=name,
        label=one.label or record,
        old=one.old or "—",
        new=one.new or "—",
    )
    return _with_source(words, one.source)


def _with_source(words: str, source: str) -> str:
    if not source:
        return words
    if source.startswith(merge.SOURCE):
        return translate("{words} (khi gộp, tách hồ sơ)", words=words)
    return translate("{words} (từ {source})", words=words, source=source_words(source, translate))
