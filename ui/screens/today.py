"""The opening page: what is due, what waits for the one signed in, how safe the book is, sync."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from app.actions import coming, drafts, finding, visits_due, waiting
from app.actions.form_names import VISIT
from app.actions.waiting import LastBackup, Waiting
from app.values.coming import Due
from app.values.finding import Recent
from app.wording import translate
from ui.screens.due_list import DueList
from ui.screens.task_box import TaskBox
from ui.show import instant, number
from ui.stage import Screen, Stage
from ui.widgets.flow import Flow
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, keep_if, label, row
from ui.widgets.tile import Tile
from ui.widgets.top_bar import sync_words
from ui.widgets.worker_pick import WorkerPick
from ui.wire import SyncStatus

TILES_MAX = 4
TILE_WIDTH_MIN_PX = 240
ONLY_SOME = ("transfers", "sharings", "clashes")
"""Tiles that are there only while something waits in them."""
BESIDE_FROM_PX, BESIDE_PX, WIDTH_MAX_PX = 900, 330, 16_777_215
"""From which width the cards stand beside the list, and how wide they are there."""


class TodayScreen(Screen):
    """Tiles for what waits, the list of what is due, and cards: drafts, safety, sync."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Việc hôm nay"), translate("Những việc đang chờ bạn, và sổ có an toàn không.")
        )
        self.tiles = QGridLayout()
        self.tiles.setSpacing(12)
        self._tiles = self._make_tiles()
        self._placed: tuple[int, list[Tile]] = (0, [])
        self._without = set(ONLY_SOME)
        self.typing = Card(translate("Đang gõ dở"))
        self.typing_rows = column(gap=6)
        self.typing.add(self.typing_rows)
        self.typing.hide()
        self.recent = Card(translate("Vừa xem"))
        self.recent_rows = Flow()
        self.recent.add(self.recent_rows)
        self.recent.hide()
        self.backup = Card(translate("Sao lưu"))
        self.backup_words = label("", wrap=True)
        self.backup.add(self.backup_words)
        self.backup.add(row(button(translate("Sao lưu ngay"), lambda: stage.go("backup")), 1))
        self.backup.add(1)
        keep_if(self.backup, stage.ws.can("backup"))
        self.sync = Card(translate("Đồng bộ"))
        self.sync_words = label("", wrap=True)
        self.sync.add(self.sync_words)
        self.sync.add(row(button(translate("Xem đồng bộ"), lambda: stage.go("sync")), 1))
        self.sync.add(1)
        self.dues = DueList(self, "today", translate("Không còn việc nào đến hạn."))
        self.dues.task_opened.connect(self._correct)
        self.whose = WorkerPick(stage, "today")
        self.whose.changed.connect(self._read_dues)
        self.box = TaskBox(stage)
        self.box.saved.connect(self._to_list)
        self.box.left.connect(self._to_list)
        self._lay_out()
        save = QShortcut(QKeySequence("Ctrl+S"), self)
        save.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        save.activated.connect(self.box.submit)
        if stage.syncing is not None:
            stage.syncing.status.connect(self._show_sync)
            self._show_sync(stage.syncing.last)

    def _lay_out(self) -> None:
        stage = self.stage
        self.head.add(button(translate("Lịch"), lambda: stage.go("calendar"), "", "calendar"))
        self.head.add(button(translate("Khối lượng ca"), lambda: stage.go("caseload"), "", "users"))
        if stage.ws.can("sheets") and stage.ws.own is None:
            self.head.add(button(translate("Phiếu đi thăm"), self._to_visits, "", "print"))
        writes = button(translate("Thêm việc"), self.box.begin, "", "plus")
        keep_if(writes, stage.ws.can("enter"))
        above = row(label(translate("Đến hạn"), "section"), self.whose, 1, writes, gap=12)
        due = column(above, self.dues, gap=8)
        due.setStretch(1, 1)
        cards = holder(column(self.typing, self.recent, self.backup, self.sync, 1, gap=12))
        self._beside = row(holder(due), cards, gap=12)
        self._beside.setStretch(0, 1)
        self._cards = cards
        content = column(self.tiles, self.box, self._beside, gap=12, margins=(0, 0, 8, 0))
        content.setStretch(2, 1)
        page = column(self.head, Scroll(holder(content)), gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (*DueList.shortcuts(), ("Ctrl+S", translate("Lưu việc đang viết")))

    def may_leave(self) -> bool:
        """A task begun is kept as a draft, so leaving is always possible."""
        self.box.keep()
        return True

    def opened(self, key: str = "", **facts: Any) -> None:
        ws = self.stage.ws
        self._read_dues()
        self.dues.list.view.setFocus()
        desk = self.stage.tasks.desk
        desk.run(lambda: waiting.now(ws), self._show, owner=self, key="today")
        if ws.can("backup"):
            desk.run(
                lambda: waiting.last_backup(ws), self._show_backup, owner=self, key="today-backup"
            )
        desk.run(lambda: finding.recent(ws), self._show_recent, owner=self, key="today-recent")
        desk.run(lambda: waiting.missing(ws), self._show_missing, owner=self, key="today-missing")

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        ws = self.stage.ws
        self.dues.changed(entities)
        self.stage.tasks.desk.run(lambda: waiting.now(ws), self._show, owner=self, key="today")

    def _read_dues(self) -> None:
        hint = translate("Gặp ai, gọi ai thì bấm Ctrl+Shift+N để ghi nhanh.")
        self.dues.read(coming.today(self.stage.ws, self.whose.login), hint)

    def _to_visits(self) -> None:
        """Sheets to take along for the cases that somebody should go to see today."""
        ws, login = self.stage.ws, self.whose.login
        due = ws.today().isoformat()
        go = partial(self.stage.go, "papers", form=VISIT)
        self.stage.tasks.desk.run(
            lambda: visits_due.cases(ws, due, login), lambda ids: go(cases=ids), owner=self
        )

    def _to_list(self) -> None:
        self.dues.list.reload()
        self.dues.list.view.setFocus()

    def _correct(self, due: Due) -> None:
        """A task of nobody is opened where it stands."""
        if self.stage.ws.can("enter"):
            values = {"title": due.title, "due_on": due.on, "worker": due.worker_login}
            self.box.correct(due.ref.ref_id, values)

    def _make_tiles(self) -> dict[str, Tile]:
        """One tile for each kind of work of this user; their counts come when they are read."""
        ws, go = self.stage.ws, self.stage.go
        made: dict[str, Tile] = {}
        if ws.can("approve"):
            made["to_approve"] = Tile(
                translate("hồ sơ chờ duyệt"), "approve", lambda: go("approval")
            )
        if ws.can("enter"):
            made["returned"] = Tile(
                translate("hồ sơ bị trả lại để sửa"),
                "undo",
                lambda: go("people", status=("returned",)),
            )
            made["drafts"] = Tile(
                translate("hồ sơ nháp chưa gửi duyệt"),
                "edit",
                lambda: go("people", status=("draft",)),
            )
        if ws.can("resolve"):
            made["conflicts"] = Tile(
                translate("mục hai người cùng sửa, chờ chọn"), "sync", lambda: go("conflicts")
            )
        made["open_cases"] = Tile(translate("ca đang quản lý"), "case", lambda: go("care_cases"))
        made["missing"] = Tile(
            translate("người thiếu thông tin chính"), "warning", lambda: go("people", missing=True)
        )
        if ws.can("enter"):
            made["transfers"] = Tile(
                translate("việc chuyển cơ quan chờ quyết định"), "forward", lambda: go("transfer")
            )
            made["transfers"].hide()
        if ws.can("approve"):
            made["sharings"] = Tile(
                translate("lần xin chia sẻ chờ duyệt"), "send", lambda: go("sharing")
            )
            made["sharings"].hide()
            made["clashes"] = Tile(
                translate("số, phôi hay người bị hai giấy xác nhận cùng ghi"),
                "warning",
                lambda: go("certificates", "clashes"),
            )
            made["clashes"].hide()
        for one in made.values():
            one.setParent(self)  # a part that stands nowhere would hold the page for good
        return made

    def _show_missing(self, count: int) -> None:
        self._tiles["missing"].set_count(count)

    def _show(self, found: Waiting) -> None:
        ws = self.stage.ws
        self.head.set_facts(
            translate(
                "{day} · {name} · {count} người trong sổ",
                day=f"{ws.today():%d/%m/%Y}",
                name=ws.user.full_name or ws.user.login,
                count=number(found.people),
            )
        )
        for name, one in self._tiles.items():
            if name != "missing":
                one.set_count(getattr(found, name))
        for name in ONLY_SOME:
            if name in self._tiles:
                self._tiles[name].setVisible(getattr(found, name) > 0)
        self._without = {one for one in ONLY_SOME if one in self._tiles and not getattr(found, one)}
        self._place_tiles()
        self._show_typing(found.typing)

    def _place_tiles(self) -> None:
        """As many beside one another as there is room for, in even rows."""
        shown = [one for name, one in self._tiles.items() if name not in self._without]
        rows = -(-len(shown) // TILES_MAX)
        across = max(1, min(-(-len(shown) // rows), self.width() // TILE_WIDTH_MIN_PX))
        if (across, shown) == self._placed:
            return
        self._placed = (across, shown)
        for place, one in enumerate(shown):
            self.tiles.addWidget(one, place // across, place % across)
        for n in range(TILES_MAX):
            self.tiles.setColumnStretch(n, 1 if n < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_tiles()
        beside = self.width() >= BESIDE_FROM_PX
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(way)
        self._cards.setMinimumWidth(BESIDE_PX if beside else 0)
        self._cards.setMaximumWidth(BESIDE_PX if beside else WIDTH_MAX_PX)

    def _show_typing(self, found: Sequence[drafts.KeptDraft]) -> None:
        clear(self.typing_rows)
        self.typing.setVisible(bool(found))
        for draft in found:
            self.typing_rows.addWidget(self._draft_row(draft))

    def _show_recent(self, found: Sequence[Recent]) -> None:
        """A button each: who or which case was opened last."""
        clear(self.recent_rows)
        self.recent.setVisible(bool(found))
        for one in found:
            if one.case is not None:
                name = translate("Ca của {name}", name=one.case.person_name)
                way = partial(self.stage.go, "care_case", one.case.id)
            else:
                name, way = one.person.name, partial(self.stage.go, "person", one.person.id)
            picture = "case" if one.case is not None else "person"
            self.recent_rows.addWidget(button(name, way, "", picture))

    def _draft_row(self, draft: drafts.KeptDraft) -> QWidget:
        key = draft.key.partition(":")[2]
        name = str(draft.payload.get("name") or translate("chưa có tên"))
        words = translate("{name} · gõ lúc {at}", name=name, at=instant(draft.saved_at))
        return holder(
            row(
                label(words),
                1,
                button(translate("Gõ tiếp"), lambda: self.stage.go("person", key)),
                button(translate("Bỏ nháp"), lambda: self._drop(draft.key), "quiet"),
            )
        )

    def _drop(self, key: str) -> None:
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: drafts.drop(ws, key), lambda _nothing: self.opened(), owner=self
        )

    def _show_backup(self, last: LastBackup) -> None:
        if not last.at:
            words = translate("Chưa có bản sao lưu nào. Cắm USB và sao lưu ngay hôm nay.")
        elif last.other_disk:
            words = translate(
                "Bản mới nhất: {at}, ở {place}.", at=instant(last.at), place=last.place
            )
        else:
            words = translate(
                "Bản mới nhất: {at}, nằm trên chính máy này. Hãy sao lưu thêm ra USB.",
                at=instant(last.at),
            )
        self.backup_words.setText(words)

    def _show_sync(self, status: SyncStatus) -> None:
        words = sync_words(status)
        self.sync_words.setText(f"{words}. {status.message}" if status.message else f"{words}.")
