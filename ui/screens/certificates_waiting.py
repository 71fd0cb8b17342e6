"""The desk of certificates: files ready to have one written, and those that wait to be issued."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal

from app import forms
from app.actions import certificate, certificate_desk, certificate_issue, certificate_redraw
from app.errors import Problem
from app.values.certificate import Issuing, ToIssue
from app.wording import translate
from ui import show
from ui.screens.person_part import day
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.stage import Message, Stage
from ui.widgets.ask import AskReason, AskSure
from ui.widgets.record_list import BulkAction, Nothing
from ui.widgets.table_model import Cell, Column, plain


class WaitingRegister(Register):
    """One line for each; Enter opens the person's certificates, where old and new stand."""

    to_blanks = Signal(object)
    """These were issued just now and shall go onto blanks."""

    name = "to_issue"
    searches = False
    touching = frozenset({"certificate", "application", "hearing", "medical_referral"})

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.lines: dict[str, ToIssue] = {}
        self.sure = AskSure()
        self.sure.sure.connect(self._issue)
        self.weigh = AskReason(translate("Ghi vì sao vẫn cấp giấy đã đánh dấu."), only_ticked=True)
        self.weigh.given.connect(self._issue)
        self.weigh.line.setPlaceholderText(translate("Vì sao vẫn cấp"))
        for one in (self.sure, self.weigh):
            self.inside.insertWidget(1, one)
        self._asked: tuple[str, ...] = ()

    @property
    def busy(self) -> bool:
        """Whether something is being asked."""
        return not (self.sure.isHidden() and self.weigh.isHidden())

    def titled(self) -> str:
        return translate("Giấy chờ cấp")

    def columns(self) -> Sequence[Column]:
        return (
            Column(
                "name", translate("Họ và tên"), lambda r: Cell(r.name, bold=True), 0, fixed=True
            ),
            Column("state", translate("Đang ở"), _state, 20),
            Column("degree", translate("Mức độ"), _degree, 12, rank=1),
            Column(
                "changes", translate("Khi cấp, hồ sơ đổi"), lambda r: plain(r.changes), 0, rank=2
            ),
            Column("doubts", translate("Còn vướng"), _doubts, 0),
            Column("due", translate("Hạn"), lambda r: plain(day(r.due_on)), 12),
        )

    def bulk(self) -> Sequence[BulkAction]:
        ws = self.stage.ws
        may = [BulkAction(translate("Viết giấy chờ cấp"), self._prepare, "edit")]
        if ws.can("approve"):
            may.append(
                BulkAction(translate("Cấp các giấy đã chọn…"), self._ask, "check", "primary")
            )
        return tuple(may) if ws.can("enter") else ()

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Không có giấy nào chờ cấp."),
            translate("Hồ sơ hiện ở đây khi kết luận đã niêm yết, hay đơn cấp đổi đã đủ."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        found = certificate_desk.to_issue(self.stage.ws)
        self.lines = {one.id: one for one in found}
        return found, len(found)

    def chosen(self, line: ToIssue) -> None:
        self.stage.go("person", line.person_id, tab="certificates")

    def _prepare(self, ids: tuple[str, ...]) -> None:
        ws = self.stage.ws
        files = [one.application_id for one in self._of(ids) if not one.waits]
        old = [one.draft for one in self._of(ids) if one.waits and one.outdated]

        def work() -> tuple[Problem, ...]:
            written = certificate.prepare_files(ws, files)
            return (*written, *certificate_redraw.redraw_many(ws, old))

        self.stage.tasks.desk.run(
            work,
            lambda problems: self._told(len(files) + len(old), problems, self._say_written),
            self.refused,
            owner=self,
        )

    def _ask(self, ids: tuple[str, ...]) -> None:
        """Old and new of everybody stand in the question; Enter issues. Of whom something speaks
        against it, it is said, and only who is ticked gets hers, all for one reason."""
        some = [one for one in self._of(ids) if one.waits and not one.outdated]
        self._asked = tuple(one.draft for one in some)
        if not some:
            words = translate(
                "Chọn giấy đã viết; hồ sơ, giấy đã cũ thì bấm “Viết giấy chờ cấp” trước."
            )
            self.stage.tell(Message(words))
            return
        told = [f"{one.name}: {one.changes or translate('hồ sơ không đổi')}" for one in some]
        title = translate("Cấp {count} giấy, ký hôm nay?", count=show.number(len(some)))
        ticks = [(one.draft, f"{one.name}: {'; '.join(one.doubts)}") for one in some if one.doubts]
        if not ticks:
            self.sure.ask(title, "\n".join(told[:12]), translate("Cấp"))
            return
        hint = translate(
            "Còn vướng ở người dưới đây. Ai vẫn cấp thì đánh dấu và ghi vì sao (lý do đi cùng "
            "giấy); ai không đánh dấu thì chưa cấp, những người khác vẫn cấp."
        )
        self.weigh.ask(title, "\n".join((*told[:6], hint)), translate("Cấp"), ticks)

    def _issue(self, reason: str = "") -> None:
        ws, known = self.stage.ws, set(self.weigh.chosen) if reason else set()
        left = {one.draft for one in self.lines.values() if one.doubts} - known
        ids = tuple(one for one in self._asked if one not in left)
        act = Issuing(aware_reason=reason)
        self.stage.tasks.desk.run(
            lambda: certificate_issue.issue_many(ws, ids, act, known),
            lambda done: self._issued(ids, done[1]),
            self.refused,
            owner=self,
        )

    def _issued(self, ids: tuple[str, ...], problems: Sequence[Problem]) -> None:
        self._told(len(ids), problems, self._say_issued)
        refused = {str(one.value) for one in problems}
        given = tuple(one for one in ids if one not in refused)
        if given and self.stage.ws.can("print"):
            self.to_blanks.emit(given)

    def _say_written(self, count: str) -> str:
        return translate("Đã viết {count} giấy.", count=count)

    def _say_issued(self, count: str) -> str:
        return translate("Đã cấp {count} giấy.", count=count)

    def _told(self, asked: int, problems: Sequence[Problem], words: Callable[[str], str]) -> None:
        done = asked - len({one.value or one.message for one in problems})
        said = [words(show.number(max(done, 0))), *(one.message for one in problems)]
        self.stage.tell(Message("\n".join(said), "bad" if problems else "ok"))
        self.list.model.untick()
        self.read()

    def _of(self, ids: tuple[str, ...]) -> list[ToIssue]:
        """The chosen lines in the order of the list: numbers follow it."""
        chosen = set(ids)
        return [one for key, one in self.lines.items() if key in chosen]


def _doubts(line: ToIssue) -> Cell:
    return plain(line.outdated or "; ".join(line.doubts))


def _state(line: ToIssue) -> Cell:
    if not line.waits:
        return Cell(chips=(Chip(translate("đủ căn cứ, chưa viết"), "info", "○"),))
    if line.outdated:
        return Cell(chips=(Chip(translate("đã cũ, cần viết lại"), "bad", "!"),))
    if line.doubts:
        return Cell(chips=(Chip(translate("còn vướng"), "wait", "!"),))
    words = translate("chờ người khác cấp") if line.own else translate("chờ cấp")
    return Cell(chips=(Chip(words, "wait", "●"),))


def _degree(line: ToIssue) -> Cell:
    return plain(forms.code_label("degree", line.degree) if line.degree else "")
