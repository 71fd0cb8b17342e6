"""The sync page: where this PC stands with the server, what waits, what needs a look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLabel

from app.actions import incidents, outgoing, removals
from app.forms import FormField, FormSection
from app.section_titles import section_title
from app.values.outgoing import (
    Attention,
    HeldRemovals,
    IncidentCard,
    WaitingKind,
    WaitingPerson,
)
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.photos import PHOTOS, PhotosWaiting
from ui.screens import sync_books
from ui.screens.person_belongings import Actions, entry
from ui.screens.photos import PhotosCard
from ui.screens.sync_books import BooksCard
from ui.screens.sync_held import HeldCard, IncidentsCard
from ui.screens.sync_waiting import WaitingCard
from ui.screens.usb import UsbCard
from ui.stage import Screen, Stage
from ui.tasks import Failure, Progress
from ui.usb import EnrolmentAsked
from ui.widgets.badge import Badge
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, keep_if, label, row
from ui.wire import SyncAhead, SyncLine, SyncRound, SyncStatus

TONES = {
    "up_to_date": ("ok", "✓"),
    "waiting": ("wait", "…"),
    "offline": ("wait", "○"),
    "sending": ("info", "↑"),
    "photos": ("info", "↕"),
    "attention": ("bad", "!"),
}
ROUNDS_SHOWN_MAX = 12


@dataclass(frozen=True, slots=True)
class Read:
    """How everything stands that the page shows."""

    status: SyncStatus
    kinds: tuple[WaitingKind, ...]
    people: tuple[WaitingPerson, ...]
    attention: tuple[Attention, ...]
    held: tuple[HeldRemovals, ...]
    incidents: tuple[IncidentCard, ...]
    ahead: SyncAhead
    rounds: tuple[SyncLine, ...]
    books: sync_books.Read
    photos: PhotosWaiting


class SyncScreen(Screen):
    """Green only from a stored signed answer; everything else says what it waits for."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Đồng bộ"),
            translate(
                "Mọi việc vẫn làm được khi không có mạng; thay đổi tự gửi khi máy chủ trả lời."
            ),
        )
        self._state = row(gap=12)
        self.send = self.head.add(button(translate("Gửi ngay"), self._send, "primary", "send"))
        self.stop = self.head.add(button(translate("Dừng"), self._stop))
        self.stop.hide()
        self.progress = label("", "muted", wrap=True)
        self.progress.hide()
        self._enrolment()
        self._attention, self._rounds = column(gap=10), column(gap=4)
        self.waiting, self.held = WaitingCard(stage), HeldCard(stage)
        self.incidents = IncidentsCard(stage)
        self.held.decided.connect(self._decided)
        self.incidents.looked.connect(self.reload)
        self.attention = Card(translate("Cần người xem"), self._attention)
        self.attention.hide()
        self.photos = PhotosCard(stage)
        self.usb = UsbCard(stage, self._typed)
        self.usb.moved.connect(self._moved)
        self.usb.joined.connect(stage.renew)
        keep_if(self.usb, stage.ws.can("sync"))
        self.books = BooksCard(stage)
        body = column(
            Card("", self._state, self.progress),
            self.enrol,
            self.held,
            self.attention,
            self.incidents,
            self.waiting,
            self.books,
            self.photos,
            self.usb,
            Card(translate("Các lượt gần đây"), self._rounds),
            1,
            gap=12,
        )
        page = column(self.head, Scroll(holder(body)), gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        self._listen()

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read how things stand."""
        self.reload()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Something was written or confirmed: read again."""
        self.reload()

    def reload(self) -> None:
        """Read the state, what waits, what needs a look and the last rounds."""
        ws, port = self.stage.ws, self.stage.port

        def work() -> Read:
            status = port.status(ws)
            outside = status.state == "not_enrolled"
            return Read(
                status,
                outgoing.waiting(ws),
                outgoing.waiting_people(ws),
                outgoing.attention(ws),
                removals.held(ws),
                incidents.unseen(ws),
                SyncAhead() if outside else port.ahead(ws),
                port.rounds(ws)[:ROUNDS_SHOWN_MAX],
                sync_books.read(ws),
                port.photos.waiting(ws),
            )

        self.stage.tasks.desk.run(work, self._show, owner=self, key="sync-page")

    def _enrolment(self) -> None:
        fields = (
            FormField("", "server", translate("Địa chỉ máy chủ"), "text", True),
            FormField("", "code", translate("Mã đăng ký (dùng một lần)"), "text", True),
        )
        self.form = Form(
            (FormSection("enrol", "", fields),), sources_of(self.stage.ws), titled=False
        )
        self.form.editors["code"].moved_on.connect(self._enrol)
        self.problem = label("", "problem", wrap=True)
        self.problem.hide()
        self.act = button(translate("Đăng ký máy này"), self._enrol, "primary")
        self.enrol = Card(
            translate("Nối với máy chủ"),
            label(
                translate(
                    "Xin mã ở tỉnh hoặc người quản trị máy chủ. Việc đã nhập được giữ nguyên."
                ),
                "caption",
                wrap=True,
            ),
            self.form,
            self.problem,
            row(1, self.act),
        )
        self.enrol.hide()

    def _listen(self) -> None:
        syncing = self.stage.syncing
        if syncing is None:
            return
        syncing.progress.connect(self._step)
        syncing.ended.connect(self._ended)
        syncing.failed.connect(self._failed)
        syncing.status.connect(self._show_state)

    def _send(self) -> None:
        if self.stage.syncing is not None:
            self.stage.syncing.now()

    def _stop(self) -> None:
        if self.stage.syncing is not None:
            self.stage.syncing.stop()

    def _enrol(self) -> None:
        ws, port = self.stage.ws, self.stage.port
        typed = self._typed()
        server, code = typed.server, typed.code
        if not self.act.isEnabled():
            return
        if not server or not code:
            self.form.focus("code" if server else "server")
            return
        self.act.setEnabled(False)
        self._say(self.problem, "")
        self._say(self.progress, translate("Đang đăng ký với {server}…", server=server))
        self.stage.tasks.wire.run(
            lambda: port.enrol(ws, server, code),
            lambda _done: self._enrolled(),
            self._not_enrolled,
            owner=self,
        )

    def _typed(self) -> EnrolmentAsked:
        typed = self.form.values()
        return EnrolmentAsked(str(typed.get("server") or ""), str(typed.get("code") or ""))

    def _moved(self) -> None:
        """A stick was written or read: the light and the page say how things stand now."""
        self._say(self.progress, "")
        self.reload()
        self.stage.refresh()
        if self.stage.syncing is not None:
            self.stage.syncing.look()

    def _enrolled(self) -> None:
        """The office may be another one now: the window reads it again and comes back here."""
        self.form.load({})
        self._send()
        self.stage.renew()

    def _not_enrolled(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        self._say(self.progress, "")
        self._say(self.problem, failure.message)
        self.form.focus("code")

    def _say(self, where: QLabel, words: str) -> None:
        where.setText(words)
        where.setVisible(bool(words))

    def _step(self, step: Progress) -> None:
        done, total = show.number(step.done), show.number(step.total)
        words = translate("{done} trên {total}", done=done, total=total)
        if step.text == PHOTOS:
            words = translate("Ảnh, bản chụp: {done} trên {total} KB", done=done, total=total)
        elif step.text:
            words = f"{step.text}: {words}"
        self._say(self.progress, words if step.total else "")

    def _ended(self, done: SyncRound) -> None:
        words = translate(
            "Lượt vừa xong: gửi {pushed}, máy chủ ký nhận {acknowledged}, nhận về {pulled}.",
            pushed=show.number(done.pushed),
            acknowledged=show.number(done.acknowledged),
            pulled=show.number(done.pulled),
        )
        self._say(self.progress, words)
        self.photos.show_done(done.photos)
        self.reload()

    def _failed(self, failure: Failure) -> None:
        self._say(self.progress, "" if failure.stopped else failure.message)
        self.reload()

    def _show(self, read: Read) -> None:
        status = read.status
        self.books.show_books(read.books)
        self.photos.show_waiting(read.photos)
        self._show_state(status)
        ws = self.stage.ws
        outside = status.state == "not_enrolled" or status.enrol_anew
        self.enrol.setVisible(outside and ws.can("enrol"))
        self.usb.stand(not outside)
        self.photos.setVisible(not outside)
        self.waiting.show_waiting(read.ahead, read.kinds, read.people)
        self.held.show_held(read.held)
        self.incidents.show_incidents(read.incidents)
        self._show_attention(read.attention)
        self.attention.setVisible(bool(read.attention))
        self._show_rounds(read.rounds)

    def _show_state(self, status: SyncStatus) -> None:
        clear(self._state)
        tone, sign = TONES.get(status.state, ("mute", "○"))
        self._state.addWidget(Badge(show.Chip(state_words(status), tone, sign)))
        if status.since:
            words = translate("Máy chủ ký nhận lần cuối: {at}", at=show.instant(status.since))
            self._state.addWidget(label(words, "muted"))
        self._state.addStretch(1)
        sending = status.state in ("sending", "photos")
        if status.message and not sending:
            self._say(self.progress, status.message)
        may = self.stage.ws.can("sync") and status.state != "not_enrolled"
        self.send.setVisible(may and not sending)
        self.stop.setVisible(sending)

    def _show_attention(self, items: tuple[Attention, ...]) -> None:
        clear(self._attention)
        for one in items:
            self._attention.addWidget(self._card(one))

    def _card(self, one: Attention) -> Card:
        name = one.name or section_title(one.record)
        opens: Actions = ()
        if one.person_id:
            opens = ((translate("Mở hồ sơ"), lambda: self.stage.go("person", one.person_id)),)
        if one.kind == "conflict":
            title = translate("{name}: hai người cùng sửa “{field}”", name=name, field=one.field)
            kept = translate("Đang giữ: {value} ({login})", value=one.theirs, login=one.by)
            other = translate("Giá trị kia: {value} ({login})", value=one.mine, login=one.mine_by)
            decide = (
                translate("Quyết định"),
                lambda: self.stage.go("conflicts", one.person_id),
            )
            return entry(title, (kept, other), (decide, *opens))
        if one.kind == "unknown":
            return self._unknown_card(one, name, opens)
        title = translate("{name}: máy chủ chưa nhận “{field}”", name=name, field=one.field)
        if one.kind == "rejected" and self.stage.ws.can("resolve"):
            opens = (*opens, (translate("Đã xem xong"), lambda: self._settle(one.id)))
        return entry(title, (f"{one.why} {show.instant(one.at)}", one.remedy), opens)

    def _decided(self) -> None:
        """Yes or no was said: the page tells, and the next round does it at once."""
        self.reload()
        self.stage.refresh()
        self._send()

    def _unknown_card(self, one: Attention, name: str, opens: Actions) -> Card:
        if self.stage.ws.can("resolve"):
            answers: Actions = (
                (translate("Gửi lại"), lambda: self._answer(outgoing.send_again, one.id)),
                (translate("Gỡ khỏi máy này"), lambda: self._answer(outgoing.take_off, one.id)),
            )
            opens = (*opens, *answers)
        title = translate("{name}: máy chủ không còn biết hồ sơ này", name=name)
        return entry(title, (one.why, one.remedy), opens)

    def _answer(self, act: Callable[[Workspace, str], int], owner: str) -> None:
        ws = self.stage.ws

        def done(_count: object) -> None:
            self.reload()
            self.stage.refresh()

        self.stage.tasks.desk.run(lambda: act(ws, owner), done, owner=self)

    def _settle(self, change_id: str) -> None:
        ws = self.stage.ws

        def done(_nothing: object) -> None:
            self.reload()
            self.stage.refresh()

        self.stage.tasks.desk.run(lambda: outgoing.settle(ws, change_id), done, owner=self)

    def _show_rounds(self, rounds: tuple[SyncLine, ...]) -> None:
        clear(self._rounds)
        if not rounds:
            self._rounds.addWidget(label(translate("Chưa có lượt nào."), "muted"))
        for line in rounds:
            self._rounds.addWidget(label(_round_words(line), "", wrap=True))


def _round_words(line: SyncLine) -> str:
    """One round: what went over, and why it stopped when it did."""
    at, counts = show.instant(line.started_at), line.round
    moved = counts.pushed or counts.acknowledged or counts.pulled
    if line.outcome and not moved:
        return translate("{at} · {words}", at=at, words=line.outcome)
    words = translate(
        "{at} · gửi {pushed}, ký nhận {acknowledged}, nhận về {pulled}",
        at=at,
        pushed=show.number(counts.pushed),
        acknowledged=show.number(counts.acknowledged),
        pulled=show.number(counts.pulled),
    )
    return f"{words}\n{line.outcome}" if line.outcome else words


def state_words(status: SyncStatus) -> str:
    """The state of sync in words."""
    count = show.number(status.waiting)
    words = {
        "not_enrolled": translate("Chưa nối máy chủ"),
        "offline": translate("Ngoại tuyến · {count} thay đổi chờ gửi", count=count),
        "waiting": translate("{count} thay đổi chờ gửi", count=count),
        "sending": translate("Đang gửi, còn {count}", count=count),
        "photos": translate("Hồ sơ đã gửi xong · đang chuyển ảnh"),
        "attention": translate("Cần người xem · {count} thay đổi chờ gửi", count=count),
        "up_to_date": translate("Đã khớp với máy chủ"),
    }
    return words.get(status.state, status.state)
