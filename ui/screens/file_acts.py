"""The buttons of a file's page: each a move that its step allows now."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton

from app.actions import application, council_calendar
from app.forms import FormField
from app.values.application import ApplicationCard
from app.wording import translate
from ui.screens.file_page import FilePage
from ui.screens.record_part import named
from ui.widgets.parts import button

ASK = ("papers_missing", "missing_note", "missing_asked_on")


class FileActs:
    """Asking for papers and completing have boxes of their own; ends ask why."""

    def __init__(self, page: FilePage) -> None:
        self.page, self.ws = page, page.stage.ws
        self.asking = page.box(named("application", ASK), translate("Yêu cầu bổ sung"), self._ask)
        day = FormField("", "on", translate("Đủ hồ sơ từ ngày"), "date")
        self.completing = page.box((day,), translate("Ghi đủ hồ sơ"), self._complete)

    def buttons(self, file: ApplicationCard) -> list[QPushButton]:
        """The moves of this page as buttons; the primary one leads on."""
        known = {
            "complete": lambda: button(
                translate("Đủ hồ sơ…"), self._begin_complete, "primary", "check"
            ),
            "ask_missing": lambda: button(
                translate("Yêu cầu bổ sung…"), lambda: self._begin_ask(file), "", "file"
            ),
            "tell_not_disabled": lambda: button(
                translate("Đã trả lời không khuyết tật"), self._told
            ),
            "adjourn": lambda: self._asking(
                translate("Rút khỏi phiên…"),
                translate("Rút hồ sơ khỏi phiên họp vì lý do gì?"),
                lambda why: council_calendar.take_file_out(self.ws, self.page.key, why),
            ),
            "withdraw": lambda: self._asking(
                translate("Rút đơn…"),
                translate("Người nộp đơn rút đơn vì lý do gì?"),
                lambda why: application.withdraw(self.ws, self.page.key, why),
            ),
            "die": lambda: self._asking(
                translate("Người nộp đơn đã mất…"),
                translate("Ghi ai báo, giấy tờ nào (kết thúc hồ sơ này)."),
                lambda why: application.died(self.ws, self.page.key, why),
            ),
            "take_up": lambda: self._asking(
                translate("Làm tiếp…"),
                translate("Làm tiếp hồ sơ vì lý do gì?"),
                lambda why: application.take_up(self.ws, self.page.key, why),
            ),
        }
        may = [one.name for one in file.moves]
        if file.fields["missing_asked_on"]:
            may = [one for one in may if one != "ask_missing"]
        if file.step != "scheduled" and file.fields["origin"] != "paper":
            may = [one for one in may if one != "adjourn"]  # its session concludes or puts it off
        return [known[name]() for name in known if name in may]

    def _asking(self, words: str, title: str, work: Callable[[str], object]) -> QPushButton:
        return button(words, lambda: self.page.ask_reason(title, translate("Đồng ý"), work))

    def _begin_ask(self, file: ApplicationCard) -> None:
        today = self.ws.today().isoformat()
        self.page.open_box(self.asking, {"missing_asked_on": today}, "papers_missing", "missing")
        self.asking.form.put({"papers_missing": file.lacks})

    def _ask(self) -> None:
        told = self.asking.form.values()
        papers = told.get("papers_missing")
        chosen = tuple(papers) if isinstance(papers, tuple) else ()
        note, day = str(told.get("missing_note") or ""), str(told.get("missing_asked_on") or "")
        self.page.save_box(
            self.asking,
            lambda: application.ask_missing(self.ws, self.page.key, chosen, note, day),
            translate("Đã ghi yêu cầu bổ sung. In phiếu yêu cầu ở dưới."),
        )

    def _begin_complete(self) -> None:
        self.page.open_box(self.completing, {}, "on", "complete")
        self.completing.form.put({"on": self.ws.today().isoformat()})

    def _complete(self) -> None:
        day = str(self.completing.form.values().get("on") or "")
        self.page.save_box(
            self.completing,
            lambda: application.complete(self.ws, self.page.key, day),
            translate("Đã ghi đủ hồ sơ."),
        )

    def _told(self) -> None:
        self.page.act(
            lambda: application.tell_not_disabled(self.ws, self.page.key),
            translate("Đã ghi: trả lời không khuyết tật."),
        )
