"""What may be done with a person's record now: submit, approve, return, undo, print, remove."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from app.actions import approval, merge, parting, person
from app.errors import Problem
from app.values.duplicates import LaterRow
from app.values.person import ApprovalResult, MergedRecord, PersonPage
from app.wording import translate
from ui import show
from ui.screens.person_head import PersonHead
from ui.stage import Message, Stage
from ui.widgets.ask import AskReason
from ui.widgets.parts import button


class Decisions:
    """The actions at the head of a person's page, and the line that asks for a reason."""

    def __init__(self, stage: Stage, head: PersonHead, again: Callable[[], None]) -> None:
        self._stage, self._head, self._again = stage, head, again
        self._page: PersonPage | None = None
        self._made: list[QPushButton] = []
        self._with_reason: Callable[[str], object] = lambda _reason: None
        self.ask = AskReason()
        self.ask.given.connect(lambda reason: self._run(lambda: self._with_reason(reason)))

    def show_new(self) -> None:
        """Nothing can be decided about somebody not entered yet."""
        self._page, self._made = None, []
        self.ask.hide()
        self._head.set_actions()

    def show_page(self, page: PersonPage) -> None:
        """Offer what this user may do with this record in its present state."""
        self._page = page
        self.ask.hide()
        self._made = self._buttons(page)
        self._head.set_actions(*self._made)

    def hold(self, on: bool) -> None:
        """While something is typed and not saved, nothing is decided about what was saved."""
        for made in self._made:
            made.setEnabled(not on)
            made.setToolTip(translate("Lưu phần đang gõ trước.") if on else "")

    def _buttons(self, page: PersonPage) -> list[QPushButton]:
        ws, made = self._stage.ws, []
        if page.merged_into is not None:
            return self._parting(page.merged_into)
        if page.removed_reason is not None:
            if ws.can("enter"):
                made.append(button(translate("Đưa lại vào danh sách"), self._restore, "", "undo"))
            return made
        if ws.can("enter"):
            made.append(button(translate("Gỡ…"), self._remove))
            if not page.moving_to:
                made.append(button(translate("Chuyển…"), self._hand_over))
        if ws.can("print"):
            made.append(button(translate("In hồ sơ"), self._print, "", "print"))
        if ws.can("submit") and page.card.status in ("draft", "returned"):
            made.append(button(translate("Gửi duyệt"), self._submit, "primary", "send"))
        if ws.can("approve"):
            made += self._deciding(page)
        return made

    def _parting(self, leads: MergedRecord) -> list[QPushButton]:
        """A record that was merged away leads on, or stands alone again."""
        stage, key = self._stage, leads.id
        opens = button(translate("Mở hồ sơ còn lại"), lambda: stage.go("person", key), "primary")
        if not stage.ws.can("enter"):
            return [opens]
        return [button(translate("Tách lại…"), lambda: self.part(leads), "", "undo"), opens]

    def part(self, merged: MergedRecord) -> None:
        """Undo a merger, with a reason; what was written since goes where the officer says."""
        ws, key = self._stage.ws, merged.merger_id
        freed = merged.name if self._page and not self._page.merged_into else self._name()
        title = translate("Tách hai hồ sơ đã gộp vì lý do gì? Mỗi hồ sơ nhận lại phần của mình.")
        hint = translate(
            "Ghi sau khi gộp: đánh dấu những gì thuộc về {name}; phần còn lại ở lại.", name=freed
        )

        def ask(rows: tuple[LaterRow, ...]) -> None:
            self._with_reason = lambda reason: merge.unmerge(ws, key, reason, self.ask.chosen)
            ticks = tuple((one.id, self._told(one)) for one in rows)
            self.ask.ask(title, hint if rows else "", translate("Tách lại"), ticks)

        self._stage.tasks.desk.run(lambda: parting.later_rows(ws, key), ask, owner=self._head)

    def carry_over(self, stub_id: str, name: str) -> None:
        """Write into the survivor's record what was written too late into the merged one."""
        ws = self._stage.ws
        words = translate("Đã chép sang hồ sơ còn lại.")
        self._run(lambda: parting.carry_over(ws, stub_id, name), words)

    def _told(self, one: LaterRow) -> str:
        return translate(
            "{words} ({login}, {at})", words=one.words, login=one.by, at=show.instant(one.at)
        )

    def _name(self) -> str:
        return self._page.card.name if self._page is not None else ""

    def _deciding(self, page: PersonPage) -> list[QPushButton]:
        waits = page.card.status == "waiting" or page.card.pending
        if waits:
            first = page.card.status == "waiting"
            words = translate("Duyệt") if first else translate("Duyệt thay đổi")
            return [
                button(translate("Trả lại…"), self._return, "", "undo"),
                button(words, self._approve, "primary", "approve"),
            ]
        if page.card.status == "approved":
            return [button(translate("Hủy duyệt…"), self._undo, "", "undo")]
        return []

    def _submit(self) -> None:
        ws, key = self._stage.ws, self._key()
        self._run(lambda: person.submit(ws, (key,)), translate("Đã gửi duyệt."))

    def _approve(self) -> None:
        ws, key = self._stage.ws, self._key()
        self._run(lambda: approval.approve(ws, (key,)), translate("Đã duyệt."))

    def _return(self) -> None:
        ws, key = self._stage.ws, self._key()
        self._ask(
            translate("Trả lại cho người nhập vì lý do gì?"),
            translate("Trả lại"),
            lambda reason: approval.return_(ws, (key,), reason),
        )

    def _undo(self) -> None:
        ws, key = self._stage.ws, self._key()
        self._ask(
            translate("Hủy duyệt vì lý do gì? Hồ sơ sẽ chờ duyệt lại."),
            translate("Hủy duyệt"),
            lambda reason: approval.undo(ws, key, reason),
        )

    def _remove(self) -> None:
        ws, key = self._stage.ws, self._key()
        self._ask(
            translate("Gỡ người này khỏi danh sách vì lý do gì? Không có gì bị xóa."),
            translate("Gỡ"),
            lambda reason: person.remove(ws, key, reason),
        )

    def _hand_over(self) -> None:
        self._stage.go("transfer", ids=(self._key(),))

    def _restore(self) -> None:
        ws, key = self._stage.ws, self._key()
        self._run(lambda: person.restore(ws, key), translate("Đã đưa lại vào danh sách."))

    def _print(self) -> None:
        self._stage.go("printing", ids=(self._key(),))

    def _ask(self, title: str, act: str, work: Callable[[str], object]) -> None:
        self._with_reason = work
        self.ask.ask(title, "", act)

    def _key(self) -> str:
        return self._page.card.id if self._page is not None else ""

    def _run(self, work: Callable[[], object], words: str = "") -> None:
        self._stage.tasks.desk.run(work, lambda answer: self._done(answer, words), owner=self._head)

    def _done(self, answer: object, words: str) -> None:
        problems: tuple[Problem, ...] = ()
        if isinstance(answer, ApprovalResult):
            problems = answer.skipped
        elif isinstance(answer, tuple):
            problems = answer
        if problems:
            text = "\n".join(problem.message for problem in problems)
            self._stage.tell(Message(text, "bad"))
        elif words:
            self._stage.tell(Message(words, "ok"))
        self._stage.refresh()
        self._again()
