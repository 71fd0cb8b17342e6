"""The transfer desk: who comes, who goes, edits that came too late, and who has left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QWidget

from app.actions import departed, handing_over, late_edit, person, transfer
from app.errors import Problem
from app.values.transfer import Asked, DepartedPage, OfficeChoice, TransferDesk, TransferDraft
from app.wording import translate
from ui import show
from ui.screens.transfer_ask import TransferBox
from ui.screens.transfer_part import Part, parts, told_copy
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column
from ui.widgets.tabs import Tabs

NAMES_MAX = 1


class TransferScreen(Screen):
    """D agrees, T does not, R takes a request back, K hands restricted values; Enter opens."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Chuyển cơ quan"),
            translate("Người chuyển đi, chuyển đến giữa các cơ quan: đề nghị, đồng ý, đã chuyển."),
        )
        self.every = button(translate("Cả việc đã xong"), self._toggle, "", "list")
        self.every.setCheckable(True)
        self.head.add(self.every)
        self.box = TransferBox(stage.ws)
        self.ask = AskReason()
        self.tabs = Tabs()
        self.parts: dict[str, Part] = {}
        for name, title, make in parts(stage, self.every.isChecked, self._act):
            self.tabs.add(name, title, lambda name=name, make=make: self._made(name, make))  # type: ignore[misc]
        page = column(self.head, self.box, self.ask, self.tabs, gap=12)
        page.setStretch(3, 1)
        self.setLayout(page)
        self._with_reason: Callable[[str], Any] = lambda _reason: None
        self._connect()

    def opened(self, key: str = "", **facts: Any) -> None:
        """`ids` are persons to be asked for; `key` names a tab."""
        self.box.hide()
        self.ask.hide()
        self.tabs.show()
        ids = tuple(str(one) for one in facts.get("ids", ()))
        ws, lane = self.stage.ws, self.stage.tasks.desk
        self.open(key or ("outgoing" if ids else "incoming"))
        if not key and not ids:
            lane.run(lambda: transfer.desk(ws), self._to_what_waits, owner=self)
        if ids:
            lane.run(
                lambda: (transfer.offices(ws), _names(ws, ids)),
                lambda read: self._begin(read[0], ids, read[1]),
                owner=self,
            )

    def _to_what_waits(self, found: TransferDesk) -> None:
        """The tab in which something waits for this user, the first of them."""
        waits = {
            "incoming": any(one.steps for one in found.incoming),
            "outgoing": any(one.steps for one in found.outgoing),
            "late": any(not one.mine for one in found.late),
        }
        first = next((name for name, some in waits.items() if some), "incoming")
        for name in waits:
            self.tabs.set_count(name, len(getattr(found, name)))
        if first != self.tabs.current:
            self.open(first)

    def open(self, name: str) -> Part:
        """Show a tab, read anew; the cursor stands in its list."""
        self.tabs.open(name)
        part = self.parts[name]
        part.take_cursor()
        return part

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        if entities & {"transfer", "proposal", "person"}:
            for part in self.parts.values():
                part.read()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("D", translate("Đồng ý chuyển, hay lấy lần sửa muộn")),
            ("T", translate("Không đồng ý, nói vì sao")),
            ("R", translate("Rút lại đề nghị")),
            ("K", translate("Thông tin mật: xin, giao, nhận")),
            ("Enter", translate("Mở hồ sơ của dòng đang chọn")),
        )

    def _made(self, name: str, make: Callable[[], Part]) -> QWidget:
        part = self.parts[name] = make()
        part.list.opened.connect(lambda one: self._open_record(name, one))
        part.counted.connect(lambda count: self.tabs.set_count(name, count))
        return part

    def _connect(self) -> None:
        self.tabs.opened.connect(lambda name: self.parts[name].read())
        self.box.left.connect(self._back_to_list)
        self.box.given.connect(self._request)
        self.ask.left.connect(self._back_to_list)
        self.ask.given.connect(lambda reason: self._with_reason(reason))
        for keys in "DTRK":
            made = QShortcut(QKeySequence(keys), self.tabs)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(lambda keys=keys: self._key(keys))

    def _toggle(self) -> None:
        for part in self.parts.values():
            part.read()

    def _begin(
        self, offices: tuple[OfficeChoice, ...], ids: tuple[str, ...], names: tuple[str, ...]
    ) -> None:
        if offices:
            self.tabs.hide()  # a small screen has room for one of the two
            self.box.begin(offices, ids, names)
            return
        words = translate(
            "Chưa biết cơ quan nào khác: đồng bộ một lượt với máy chủ rồi đề nghị chuyển lại."
        )
        self.stage.tell(Message(words, "wait", stays=True))

    def _request(self, draft: TransferDraft) -> None:
        ws = self.stage.ws

        def done(made: Asked) -> None:
            self.box.hide()
            self.tabs.show()
            count = show.number(len(made.ids))
            words = translate("Đã đề nghị chuyển {count} người; chờ người duyệt.", count=count)
            self._told(words, made.skipped)

        def failed(failure: Failure) -> None:
            rest = self.box.refused(failure)
            if rest:
                self.stage.tell(Message("\n".join(rest), "bad", stays=True))

        self.stage.tasks.desk.run(lambda: transfer.request(ws, draft), done, failed, self)

    def _key(self, keys: str) -> None:
        part = self.parts.get(self.tabs.current)
        if part is not None:
            part.press(keys)

    def _act(self, name: str, ids: tuple[str, ...], title: str) -> None:
        """Do one thing with these lines; `title` asks for a reason first."""
        if not title:
            self._do(name, ids)
            return
        self._with_reason = lambda reason: self._do(name, ids, reason)
        self.ask.ask(title, "", translate("Gửi"))

    def _do(self, name: str, ids: tuple[str, ...], why: str = "") -> None:
        ws = self.stage.ws
        work: Callable[[], Any] = lambda: transfer.step(ws, name, ids, why)
        if name == "take":
            work = lambda: late_edit.take_all(ws, ids)
        elif name == "decline":
            work = lambda: late_edit.decline_all(ws, ids, why)
        elif name == "ask_key":
            work = lambda: handing_over.ask(ws, ids[0])
        elif name in ("give_key", "take_key"):
            give = name == "give_key"
            work = lambda: (handing_over.give if give else handing_over.take)(ws, ids[0], why)
        elif name == "wipe":
            work = lambda: departed.wipe(ws, ids)
        elif name == "copy":
            self.stage.tasks.desk.run(
                lambda: departed.page(ws, ids[0]), self._show_copy, owner=self
            )
            return
        self.stage.tasks.desk.run(work, lambda answer: self._done(name, answer), owner=self)

    def _done(self, name: str, answer: object) -> None:
        problems = answer if isinstance(answer, tuple) else ()
        words = {
            "send": translate("Đã đồng ý cho đi; cơ quan nhận thấy sau lượt đồng bộ tới."),
            "accept": translate("Đã nhận; hồ sơ về đây sau lượt đồng bộ tới."),
            "return": translate("Đã ghi là không đồng ý."),
            "refuse": translate("Đã ghi là không đồng ý."),
            "withdraw": translate("Đã rút lại."),
            "take": translate("Đã lấy vào hồ sơ."),
            "decline": translate("Đã ghi là không lấy."),
            "wipe": translate("Đã xóa các bản giữ lại hết thời hạn lưu."),
            "ask_key": translate("Đã xin; đọc dấu nhận ra của máy này cho cơ quan cũ."),
            "give_key": translate("Đã giao; cơ quan nhận đọc được sau khi so dấu."),
            "take_key": translate("Đã nhận; thông tin mật đọc được ở đây từ nay."),
        }[name]
        if name == "take" and answer is True:
            words += " " + translate(
                "Giá trị này chờ người khác duyệt; đến lúc ấy vẫn giữ giá trị cũ."
            )
        self._told(words, problems)

    def _told(self, words: str, problems: tuple[Problem, ...]) -> None:
        lines = [words, *(one.message for one in problems)]
        tone = "wait" if problems else "ok"
        self.stage.tell(Message("\n".join(lines), tone, stays=bool(problems)))
        self.stage.refresh()
        part = self.parts[self.tabs.current]
        part.list.model.untick()
        part.take_cursor()
        part.read()

    def _show_copy(self, page: DepartedPage) -> None:
        self.parts["departed"].say(told_copy(page))

    def _open_record(self, name: str, one: Any) -> None:
        if name == "departed":
            self._do("copy", (one.person_id,))
        elif name != "incoming" or one.state == "moved":
            self.stage.go("person", one.person_id)

    def _back_to_list(self) -> None:
        self.tabs.show()
        part = self.parts.get(self.tabs.current)
        if part is not None:
            part.take_cursor()


def _names(ws: Any, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Whom the question is about, where it is one person."""
    return tuple(person.page(ws, one).card.name for one in ids[:NAMES_MAX]) if len(ids) == 1 else ()
