"""What the sync page says of books that come: the own one at first, and those of others."""

from __future__ import annotations

from app.actions import cold_start, offices
from app.values.office import OfficeLine
from app.values.outgoing import Coming
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens.person_belongings import Actions, entry
from ui.stage import Stage
from ui.widgets.parts import Card, clear, column, label

Read = tuple[Coming | None, tuple[OfficeLine, ...]]


def read(ws: Workspace) -> Read:
    """What still comes, and the other offices this PC reads."""
    return cold_start.coming(ws), offices.listing(ws)[1:] if ws.others else ()


class BooksCard(Card):
    """Hidden while the own book is whole and no other one is read."""

    def __init__(self, stage: Stage) -> None:
        self._lines = column(gap=8)
        super().__init__(translate("Sổ trên máy này"), self._lines)
        self.stage = stage
        self.hide()

    def show_books(self, found: Read) -> None:
        """A line for the own book while it comes, and one for each other office."""
        coming, lines = found
        clear(self._lines)
        if coming is not None:
            self._lines.addWidget(label(coming_words(coming), "", wrap=True))
        for line in lines:
            self._lines.addWidget(self._line(line))
        self.setVisible(coming is not None or bool(lines))

    def _line(self, line: OfficeLine) -> Card:
        words = [offices.line_words(line)]
        if line.fetched_at:
            words.append(translate("Đồng bộ lúc {at}", at=show.instant(line.fetched_at)))
        opens: Actions = ((translate("Các đơn vị"), lambda: self.stage.go("offices")),)
        return entry(line.name, tuple(words), opens)


def coming_words(coming: Coming) -> str:
    """How far the own book is here, and what that means for the work."""
    done, total = show.number(coming.done), show.number(coming.total)
    if coming.what == "rows":
        return translate(
            "Sổ của đơn vị đang về máy này: {done} trên {total} hồ sơ, mới nhất trước. Xem, sửa, "
            "thêm người được ngay; nhập danh sách, gộp, mở ca, in, xuất thì đợi đủ.",
            done=done,
            total=total,
        )
    return translate(
        "Hồ sơ đã về đủ; lịch sử thay đổi đang về: {done} trên {total} mục, mới nhất trước. Duyệt "
        "hồ sơ nào thì đợi lịch sử của hồ sơ ấy.",
        done=done,
        total=total,
    )
