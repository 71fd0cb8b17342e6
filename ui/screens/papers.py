"""Forms of case management: choose which and whose, look at it, make the PDF, print it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.actions import council_printing, file_password, form_draft, form_printing
from app.actions.form_names import WHOLE
from app.rules import paper_code
from app.values.paper_form import FormRequest, FormResult, KeptForm
from app.wording import translate
from app.workspace import Workspace
from ui.screens.paper_page import PaperPage
from ui.screens.papers_kept import KeptCard, place_of
from ui.screens.papers_which import WhichCard
from ui.screens.papers_whose import Whose, WhoseCard
from ui.screens.printing_where import Where, now
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.file_password import AskFilePassword
from ui.widgets.parts import Card, button


class PapersScreen(PaperPage):
    """`go("papers", case=ID)`, `cases=IDS`, `person=ID`, or `code=` of a form that is nobody's."""

    paper = "form"

    def __init__(self, stage: Stage) -> None:
        super().__init__(
            stage,
            translate("Mẫu, phiếu in"),
            translate("Mẫu 01 đến 06, phiếu đi thăm: điền sẵn từ hồ sơ, hoặc để trống điền tay."),
        )
        self.result: FormResult | None = None
        self.code = ""
        """The code of a form that came back and is nobody's yet."""
        self.whose = WhoseCard(stage.ws, stage.tasks.desk)
        self.which = WhichCard(stage.ws)
        self.where = Where(stage.memory)
        self.kept = KeptCard(stage.ws, stage.tasks.desk)
        self.council = button(
            translate("Giấy tờ của Hội đồng về người này…"), self._council, "quiet", "print"
        )
        self.council.hide()
        to = Card(translate("Lưu ở đâu"), self.where)
        self.lock = AskFilePassword(stage)
        self.lay_out(self.whose, self.council, self.which, to, self.kept, told=(self.lock,))
        self.whose.chosen.connect(self._whose_chosen)
        self.which.changed.connect(self.look_soon.start)
        self.kept.opened.connect(self._open_kept)

    def opened(self, key: str = "", **facts: Any) -> None:
        self.put_away()
        self.lock.leave()
        self.code = str(facts.get("code", ""))
        self.kept.reload()
        if "cases" in facts:
            self._of_cases(tuple(facts["cases"]))
        elif facts.get("case"):
            self.whose.set_case(str(facts["case"]))
        elif facts.get("person"):
            self.whose.set_person(str(facts["person"]), str(facts.get("name", "")))
        else:
            self.whose.set_nobody()
        if facts.get("form"):
            self.which.choose(str(facts["form"]))
        if self.code:
            self._ask_whose()
        else:
            self.start.setFocus()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+P", translate("Tạo PDF tờ đã chọn")),)

    def begin(self) -> None:
        """Write the form that is chosen, under a password where the office wants it so."""
        if self.which.council or not self.whose.whose.known:
            self._write(self.stage.ws)
        else:
            self.lock.ask(self._write, self.start, (file_password.MUST,))

    def _write(self, ws: Workspace) -> None:
        some, out, blank = self.requests(), self.where.path(".pdf"), self.which.council
        if not self.start.isEnabled() or not (some or blank):
            return
        self.look_soon.stop()
        self.banners.sweep()
        self.start.setEnabled(False)

        def work() -> FormResult:
            if blank:
                return council_printing.write(ws, blank, out)
            first = some[0]
            if first.form == WHOLE:
                return form_printing.write_case(ws, first, out)
            return form_printing.write(ws, some, out)

        self.run(work, lambda done: self._done(done, bool(ws.file_password)))

    def requests(self) -> tuple[FormRequest, ...]:
        """What is asked for as the page stands; nothing when it cannot be made."""
        return self.which.requests(self.whose.whose)

    def _of_cases(self, ids: tuple[str, ...]) -> None:
        if ids:
            self.whose.set_cases(ids)
            return
        self.whose.set_nobody()
        words = translate("Hôm nay không có ca nào phải đi thăm.")
        self.banners.tell(Message(words, "info"))

    def made(self) -> Path | None:
        return self.result.path if self.result is not None else None

    def put_away(self) -> None:
        super().put_away()
        self.result = None
        self.where.new_name(translate("mau {now}", now=now()))

    def _whose_chosen(self, whose: Whose) -> None:
        if self.code and whose.person_id:
            self._link(whose)
            return
        self.which.set_whose(whose)
        self.council.setVisible(bool(whose.person_id))
        self.look_soon.start()

    def _council(self) -> None:
        self.stage.go("council_papers", person=self.whose.whose.person_id)

    def look(self) -> None:
        """Show the form before it is made."""
        ws, some, blank = self.stage.ws, self.requests(), self.which.council
        self.start.setEnabled(bool(some or blank))
        if self.result is not None:
            self.put_away()
        if not some and not blank:
            return

        def read() -> bytes:
            if blank:
                return council_printing.preview(ws, blank[0])
            return form_printing.preview(ws, some[0])

        self.run(read, self.view.show_pdf, "papers-look")

    def _done(self, result: FormResult, locked: bool) -> None:
        self.result = None if locked else result  # a closed file is not printed from here
        self.start.setEnabled(True)
        words = translate(
            "Đã tạo {pages} trang: {file}.", pages=result.pages, file=result.path.name
        )
        self.kept.reload()
        words = "\n".join((words, *result.told))
        if locked:
            super().put_away()
            self.banners.tell(Message(words, "ok", stays=True))
            self.start.setFocus()
        else:
            self.show_made(result.path, words)

    def failed(self, failure: Failure) -> None:
        self.start.setEnabled(bool(self.requests() or self.which.council))
        super().failed(failure)

    def log_print(self, detail: str) -> None:
        ws, persons = self.stage.ws, self.result.persons if self.result is not None else ()
        self.run(lambda: form_printing.printed(ws, persons, detail), lambda _done: None)

    def _open_kept(self, one: KeptForm) -> None:
        place, key = place_of(one.form, one.person_id, one.case_id)
        if place == "papers":
            self.code = one.code
            self._ask_whose()
        else:
            self.stage.go(place, key)

    def _ask_whose(self) -> None:
        """A form came back that is nobody's yet: ask, and offer to enter a new person."""
        if paper_code.read(self.code) is None:
            words = translate(
                "Mã “{code}” không đúng: so lại từng chữ số với tờ giấy.", code=self.code
            )
            self.banners.tell(Message(words, "bad", stays=True))
            self.code = ""
            return
        words = translate(
            "Tờ mang mã {code} chưa biết của ai. Tìm người đó ở mục “Của ai”, hoặc thêm người mới.",
            code=self.code,
        )
        if self.stage.ws.can("enter"):
            act = translate("Thêm người mới")
            self.banners.tell(
                Message(words, "info", act, lambda: self.stage.go("person", "new"), stays=True)
            )
        else:
            self.banners.tell(Message(words, "info", stays=True))
        self.whose.search.setFocus()

    def _link(self, whose: Whose) -> None:
        """The form is this person's from now on: go where it is typed in."""
        ws, code = self.stage.ws, self.code
        self.code = ""
        meant = paper_code.read(code)
        form = meant.form if meant is not None else "01"
        place, key = place_of(form, whose.person_id, whose.case_id)

        self.run(
            lambda: form_draft.link(ws, code, whose.person_id, whose.case_id),
            lambda _done: self.stage.go(place, key),
        )
