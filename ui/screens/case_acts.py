"""The buttons of a case's page: what may happen to it now, each a move of the rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QPushButton

from app.actions import care_case, case_ending
from app.values.care_case import CasePage, Hanging
from app.wording import translate
from app.workspace import Workspace
from ui.stage import Stage
from ui.widgets.parts import button

Work = Callable[[], object]
Made = dict[str, Callable[[], QPushButton]]


@dataclass(frozen=True, slots=True)
class Acts:
    """What the page does for its buttons."""

    stage: Stage
    run: Callable[[Work, str], None]
    ask: Callable[[str, str, Callable[[str], object]], None]
    """(title, hint, work with the reason)."""
    end: Callable[[str], None]
    """Open the box of the ending for a move."""


def buttons(page: CasePage, acts: Acts) -> list[QPushButton]:
    """The moves of this page as buttons; the primary one stands where every page has it."""
    known = _deciding(page, acts) | _ending(page, acts)
    order = sorted(page.moves, key=lambda move: move in ("submit", "approve"))
    return [known[move]() for move in order if move in known]


def _deciding(page: CasePage, acts: Acts) -> Made:
    ws, key = acts.stage.ws, page.card.id
    sent, done = translate("Đã gửi duyệt ca."), translate("Đã duyệt ca.")
    return {
        "submit": lambda: button(
            translate("Gửi duyệt"),
            lambda: acts.run(lambda: care_case.submit(ws, key), sent),
            "primary",
            "send",
        ),
        "approve": lambda: button(
            translate("Duyệt ca"),
            lambda: acts.run(lambda: care_case.approve(ws, key), done),
            "primary",
            "approve",
        ),
        "return": lambda: _asking(
            acts,
            translate("Trả lại…"),
            translate("Trả lại ca vì lý do gì?"),
            lambda reason: care_case.return_(ws, key, reason),
        ),
        "resume": lambda: _asking(
            acts,
            translate("Giữ nguyên kế hoạch…"),
            translate("Giữ nguyên kế hoạch vì lý do gì?"),
            lambda reason: care_case.resume(ws, key, reason),
        ),
        "refuse": lambda: _asking(
            acts,
            translate("Từ chối…"),
            translate("Từ chối tiếp nhận vì lý do gì?"),
            lambda reason: care_case.refuse(ws, key, reason),
        ),
        "cancel": lambda: _asking(
            acts,
            translate("Hủy…"),
            translate("Hủy tiếp nhận vì lý do gì?"),
            lambda reason: care_case.cancel(ws, key, reason),
        ),
    }


def _ending(page: CasePage, acts: Acts) -> Made:
    ws, key = acts.stage.ws, page.card.id
    found: Made = {
        "close": lambda: button(translate("Kết thúc…"), lambda: acts.end("close")),
        "decline": lambda: _asking(
            acts,
            translate("Chưa kết thúc…"),
            translate("Chưa kết thúc ca vì lý do gì?"),
            lambda reason: care_case.decline(ws, key, reason),
        ),
        "reopen": lambda: button(translate("Mở lại…"), lambda: _reopening(ws, page, acts)),
    }
    if "close" not in page.moves:  # who may end it need not ask himself
        words = translate("Đề nghị kết thúc…")
        found["propose"] = lambda: button(words, lambda: acts.end("propose"))
    return found


def _reopening(ws: Workspace, page: CasePage, acts: Acts) -> None:
    """Ask why, and tell first what hangs on the ending."""
    key = page.card.id

    def ask(hanging: tuple[Hanging, ...]) -> None:
        lines = [f"• {one.words}" for one in hanging]
        hint = [translate("Xem trước những gì theo việc kết thúc:"), *lines] if lines else []
        title = translate("Mở lại ca vì lý do gì?")
        acts.ask(title, "\n".join(hint), lambda reason: care_case.reopen(ws, key, reason))

    acts.stage.tasks.desk.run(lambda: case_ending.hanging(ws, key), ask)


def _asking(acts: Acts, name: str, title: str, work: Callable[[str], object]) -> QPushButton:
    return button(name, lambda: acts.ask(title, "", work))
