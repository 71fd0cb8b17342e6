"""The last step of an import: what came of it, the rows to hand back, and the people."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.actions import import_list
from app.errors import Refused, file_trouble
from app.values.imports import ImportOptions, ImportResult
from app.values.person import PeopleFilter
from app.wording import translate
from ui import show
from ui.screens.import_choose import FOLDER
from ui.screens.import_look import problem_columns
from ui.screens.import_parts import Figures, kept
from ui.screens.people import source
from ui.screens.people_columns import columns
from ui.stage import Message, Stage
from ui.widgets.parts import Elided, button, column, label, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.tabs import Tabs

PEOPLE_SHOWN_MAX = 5_000


class DonePage(QWidget):
    """`again_asked` begins with another list; the page stays until then."""

    again_asked = Signal()
    on_asked = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._stage = stage
        self.result: ImportResult | None = None
        self._options = ImportOptions()
        self.name = Elided("", "subtitle")
        self.sentence = label("", "muted", wrap=True)
        self.figures = Figures(translate("Kết quả nhập"))
        self.people = self._list("import-people", translate("Những người vừa nhập"), True)
        self.refused = self._list("import-handback", translate("Dòng cần sửa"), False)
        self.by_hand = self._list("import-by-hand", translate("Cần tự tay nhập"), False)
        self.people.opened.connect(lambda card: stage.go("person", card.id))
        self.tabs = Tabs()
        self.tabs.add("people", translate("Những người vừa nhập"), lambda: self.people)
        self.tabs.add("refused", translate("Dòng cần sửa"), lambda: self.refused)
        self.tabs.add("by_hand", translate("Cần tự tay nhập"), lambda: self.by_hand)
        self.save = button(translate("Lưu các dòng cần sửa…"), self._ask_file, "", "export")
        self.on = button(translate("Nhập tiếp"), self.on_asked.emit, "", "import")
        self.desk = button(translate("Tới bàn duyệt"), lambda: stage.go("approval"), "", "approve")
        self.again = button(translate("Nhập danh sách khác"), self.again_asked.emit, "primary")
        below = row(self.save, self.desk, 1, self.on, self.again, gap=8)
        page = column(self.name, self.sentence, self.figures, self.tabs, below, gap=10)
        page.setStretch(3, 1)
        self.setLayout(page)

    def show_result(self, result: ImportResult, options: ImportOptions) -> None:
        """Show what came of a list."""
        self.result, self._options = result, options
        self.name.setText(result.source.name if result.source else "")
        self.sentence.setText(sentence(result, options))
        self.figures.show_figures(
            (
                (result.created, translate("người mới")),
                (result.possible_duplicates, translate("trong đó có thể trùng")),
                (
                    result.changed,
                    translate("đã có trong sổ, được sửa")
                    if options.corrections
                    else translate("đã có trong sổ, được bổ sung"),
                ),
                (result.unchanged, translate("đã có trong sổ, giữ nguyên")),
                (result.refused_rows, translate("dòng cần sửa, chưa nhập")),
            )
        )
        ws = self._stage.ws
        some = result.people[:PEOPLE_SHOWN_MAX]
        if some:
            self.people.set_source(source(ws, PeopleFilter(ids=some)))
        else:
            nobody = Nothing(translate("Danh sách này không thêm ai mới."))
            self.people.set_source(kept((), str), nobody)
        for part, problems in ((self.refused, result.refused), (self.by_hand, result.by_hand)):
            part.set_source(kept(problems, lambda one: f"{one.sheet}!{one.row}"))
        self.tabs.set_count("people", result.created)
        self.tabs.set_count("refused", result.refused_rows)
        self.tabs.set_count("by_hand", len(result.by_hand))
        self.tabs.open("people" if some or not result.refused else "refused")
        self.save.setVisible(result.refused_rows > 0)
        self.on.setVisible(result.cancelled)
        self.desk.setVisible(result.created > 0 and not options.draft)

    def save_refused(self, file: Path) -> None:
        """Write the refused rows with their reasons, to hand back to who made the list."""
        result, options = self.result, self._options
        if result is None:
            return

        def work() -> int:
            try:
                return import_list.refused_file(result, file, options)
            except OSError as error:
                reason = file_trouble(error)
                raise Refused.one("export_not_written", "out", file, reason=reason) from error

        def done(count: int) -> None:
            words = translate(
                "Đã lưu {count} dòng cần sửa vào {file}. Sửa xong, nhập lại chính tệp đó.",
                count=show.number(count),
                file=file.name,
            )
            self._stage.tell(Message(words, "ok", stays=True))

        self._stage.tasks.desk.run(work, done, owner=self)

    def _list(self, name: str, words: str, people: bool) -> RecordList:
        stage = self._stage
        shown = columns(stage.ws.today()) if people else problem_columns()
        made = RecordList(name, shown, stage.tasks, stage.memory)
        made.set_name(words)
        made.nothing = Nothing(translate("Không có dòng nào."))
        return made

    def _ask_file(self) -> None:
        if self.result is None or self.result.source is None:
            return
        usual = translate("{list} - dòng cần sửa.xlsx", list=self.result.source.stem)
        folder = Path(str(self._stage.memory.get(FOLDER, "")))
        name, _kind = QFileDialog.getSaveFileName(
            self,
            translate("Lưu các dòng cần sửa"),
            str(folder / usual),
            translate("Bảng tính Excel (*.xlsx)"),
        )
        if name:
            self.save_refused(Path(name).with_suffix(".xlsx"))


def sentence(result: ImportResult, options: ImportOptions) -> str:
    """What happened, what was kept, and what to do next."""
    if result.cancelled:
        return translate(
            "Đã dừng giữa chừng. {count} người đã nhập được giữ; nhập tiếp sẽ đi từ chỗ dừng.",
            count=show.number(result.created),
        )
    if result.awaiting:
        return translate(
            "{count} người đã duyệt có thay đổi đang chờ người khác duyệt.",
            count=show.number(result.awaiting),
        )
    if not result.created and result.changed:
        return translate("Không có ai mới; người đã có được bổ sung.")
    if not result.created:
        return translate("Không có ai mới; sổ giữ nguyên.")
    if options.draft:
        return translate("Những người mới là bản nháp; xem lại rồi gửi duyệt.")
    return translate("Những người mới đang chờ người khác duyệt.")
