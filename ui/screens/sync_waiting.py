"""What waits for the server, on the sync page: how much, whose, and how long it will take."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout

from app.section_titles import section_title
from app.values.outgoing import WaitingKind, WaitingPerson
from app.wording import translate
from ui import show
from ui.stage import Stage
from ui.widgets.parts import Card, button, clear, column, label, row
from ui.wire import SyncAhead

MB = 1_000_000
MINUTE_S = 60


class WaitingCard(Card):
    """The forecast, then kinds, then persons with a way to each."""

    def __init__(self, stage: Stage) -> None:
        rows = column()
        super().__init__(translate("Chờ máy chủ ký nhận"), rows)
        self.stage, self._rows = stage, rows

    def show_waiting(
        self,
        ahead: SyncAhead,
        kinds: tuple[WaitingKind, ...],
        people: tuple[WaitingPerson, ...],
    ) -> None:
        """Show what waits now."""
        clear(self._rows)
        if not kinds:
            self._rows.addWidget(label(translate("Không còn gì chờ gửi."), "muted"))
            return
        if ahead.pending:
            self._rows.addWidget(label(_forecast(ahead), "muted", wrap=True))
        for kind in kinds:
            words = translate(
                "{record}: {changes} thay đổi của {rows} hồ sơ",
                record=section_title(kind.record),
                changes=show.number(kind.changes),
                rows=show.number(kind.rows),
            )
            self._rows.addWidget(label(words, "", wrap=True))
        for one in people:
            self._rows.addLayout(self._person(one))

    def _person(self, one: WaitingPerson) -> QHBoxLayout:
        words = translate(
            "{name} · {changes} thay đổi, từ {at}",
            name=one.name,
            changes=show.number(one.changes),
            at=show.instant(one.since),
        )
        opens = button(translate("Mở hồ sơ"), partial(self.stage.go, "person", one.person_id))
        named = translate("{act}: {what}", act=translate("Mở hồ sơ"), what=one.name)
        opens.setAccessibleName(named)
        line = row(label(words, "", wrap=True), opens, gap=8)
        line.setStretch(0, 1)
        return line


def _forecast(ahead: SyncAhead) -> str:
    size = translate("{size} MB", size=show.hundredths(max(ahead.bytes / MB, 0.01)))
    count = show.number(ahead.rows)
    if ahead.seconds is None:
        words = "Lượt tới gửi {count} bản ghi, khoảng {size}; chưa đo được đường truyền."
        return translate(words, count=count, size=size)
    if ahead.seconds < MINUTE_S:
        words = "Lượt tới gửi {count} bản ghi, khoảng {size}, chưa đến một phút."
        return translate(words, count=count, size=size)
    words = "Lượt tới gửi {count} bản ghi, khoảng {size}, chừng {minutes} phút."
    minutes = show.number(-(-ahead.seconds // MINUTE_S))
    return translate(words, count=count, size=size, minutes=minutes)
