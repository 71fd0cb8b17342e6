"""The second step of an import: what the list would bring, row by row, before anything is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.values.imports import ImportPreview, PreviewRow, RowDecision, RowProblem
from app.wording import translate
from ui import show
from ui.screens.import_columns import ColumnsPart
from ui.screens.import_encoding import EncodingPart
from ui.screens.import_memory import MemoryPart
from ui.screens.import_parts import Figures, encoding_label, fate, field_label, kept
from ui.screens.import_row import RowCard
from ui.stage import Message, Stage
from ui.widgets.banner import Banner
from ui.widgets.parts import Elided, button, clear, column, holder, row
from ui.widgets.record_list import Nothing, RecordList
from ui.widgets.table_model import Cell, Column, plain
from ui.widgets.tabs import Tabs


class LookPage(QWidget):
    """`go_asked` brings the list in, `other_asked` chooses another file; the others answer what the
    list leaves open: `column_taken`, `encoding_answered`, `cell_edited`, `row_decided`,
    `forgotten` (how the columns were taken).
    """

    go_asked = Signal()
    other_asked = Signal()
    column_taken = Signal(str, str)
    encoding_answered = Signal(str, str)
    cell_edited = Signal(str, str, str)
    row_decided = Signal(str, object)
    forgotten = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self._stage = stage
        self.preview: ImportPreview | None = None
        self.name = Elided("", "subtitle")
        self.facts = Elided("", "muted")
        self._notices = column(gap=6)
        self.figures = Figures(translate("Nếu nhập danh sách này"))
        self.tabs = Tabs()
        self.rows = self._list("import-rows", translate("Các dòng của danh sách"), row_columns())
        self.card = RowCard()
        self.card.edited.connect(self.cell_edited.emit)
        self.card.decided.connect(self.row_decided.emit)
        self.decisions: Mapping[str, RowDecision] = {}
        self.questions: list[EncodingPart] = []
        self.known_too = False  # that the list has somebody is worth writing down by itself
        self.columns = ColumnsPart()
        self.columns.changed.connect(self.column_taken.emit)
        self.memory = MemoryPart(stage)
        self.memory.forgotten.connect(self.forgotten.emit)
        self.refused = self._list("import-refused", translate("Dòng cần sửa"), problem_columns())
        self.warnings = self._list("import-warnings", translate("Dòng nên xem"), problem_columns())
        self.draft = QCheckBox(translate("Giữ làm bản nháp, chưa gửi duyệt"))
        self.draft.setAccessibleName(self.draft.text())
        self.other = button(translate("Chọn tệp khác"), self.other_asked.emit)
        self.act = button(translate("Nhập"), self.go_asked.emit, "primary", "import", "Ctrl+Enter")
        self._lay_out()

    def show_preview(self, preview: ImportPreview) -> None:
        """Show what was understood; of the same list an open tab stays open."""
        now = self._current
        other_file = self.preview is None or self.preview.file != preview.file
        self.preview = preview
        self.name.setText(preview.file)
        self.facts.setText(" · ".join(_facts(preview)))
        clear(self._notices)
        for message in _notices(preview):
            self._notices.addWidget(Banner(message))
        self._ask_encodings(preview)
        self._show_figures(preview.fates)
        self.rows.set_source(kept(preview.rows, row_key))
        worth = next((row_key(one) for one in preview.rows if one.fate == "refused"), "")
        if other_file:
            self.rows.choose(worth)
        elif now and self.rows.model.place_of(now) >= 0:
            self.rows.choose(now)
        self.columns.show_columns(preview)
        self.memory.load()
        for part, problems in ((self.refused, preview.refused), (self.warnings, preview.warnings)):
            part.set_source(kept(problems, lambda each: f"{each.sheet}!{each.row}!{each.code}"))
        self.tabs.set_count("rows", preview.total)
        self.tabs.set_count("refused", preview.fates["refused"])
        self.tabs.set_count("warnings", len(preview.warnings))
        new = preview.fates["new"] + preview.fates["maybe"]
        changed = preview.fates["changed"]
        words = translate("Nhập {count} người", count=show.number(new))
        if new and changed:
            words = translate(
                "Nhập {count} người, bổ sung {changed} người",
                count=show.number(new),
                changed=show.number(changed),
            )
        elif changed:
            words = translate("Bổ sung {count} người", count=show.number(changed))
        elif not new and self.known_too:
            same = show.number(preview.fates["same"])
            words = translate("Ghi {count} người đã có ở hệ thống quốc gia", count=same)
        elif not new:
            words = translate("Không có ai mới để nhập")
        self.act.setText(f"\u00a0{words}")
        self.act.setAccessibleName(words)
        known = preview.fates["same"] if self.known_too else 0
        self.act.setEnabled(new + changed + known > 0)
        self.tabs.open("rows" if other_file else self.tabs.current)

    def show_row(self, place: int) -> None:
        """Show a row of the file beside what was understood."""
        if self.preview is None or not 0 <= place < self.rows.model.rowCount():
            return
        one: PreviewRow = self.rows.model.row(place)
        sheet = next(each for each in self.preview.sheets if each.name == one.sheet)
        self.card.show_row(one, sheet.columns, self.decisions.get(one.key, RowDecision()))

    @property
    def _current(self) -> str:
        """The key of the row that is looked at, so that it is looked at again after reading."""
        place = self.rows.view.currentIndex().row()
        if self.preview is None or not 0 <= place < self.rows.model.rowCount():
            return ""
        return row_key(self.rows.model.row(place))

    def _ask_encodings(self, preview: ImportPreview) -> None:
        self.questions = [EncodingPart(each) for each in preview.questions]
        for part in self.questions:
            part.answered.connect(self.encoding_answered.emit)
            self._notices.addWidget(part)

    def _list(self, name: str, words: str, columns: tuple[Column, ...]) -> RecordList:
        made = RecordList(name, columns, self._stage.tasks, self._stage.memory)
        made.set_name(words)
        made.nothing = Nothing(translate("Không có dòng nào."))
        return made

    def _lay_out(self) -> None:
        beside = row(self.rows, self.card, gap=16)
        beside.setStretch(0, 5)
        beside.setStretch(1, 5)
        rows = holder(beside)
        self.tabs.add("rows", translate("Các dòng"), lambda: rows)
        self.tabs.add("columns", translate("Cột"), lambda: self.columns)
        self.tabs.add("memory", translate("Đã nhớ"), lambda: self.memory)
        self.tabs.add("refused", translate("Cần sửa"), lambda: self.refused)
        self.tabs.add("warnings", translate("Nên xem lại"), lambda: self.warnings)
        head = column(self.name, self.facts, gap=2)
        below = row(self.draft, 1, self.other, self.act, gap=8)
        page = column(head, self._notices, self.figures, self.tabs, below, gap=10)
        page.setStretch(3, 1)
        self.setLayout(page)
        self.rows.view.selectionModel().currentRowChanged.connect(self._row_changed)
        for part in (self.refused, self.warnings):
            part.opened.connect(self._to_row)

    def _show_figures(self, fates: Mapping[str, int]) -> None:
        self.figures.show_figures(
            (
                (fates["new"], translate("thêm mới")),
                (fates["maybe"], translate("thêm mới, đánh dấu có thể trùng")),
                (fates["changed"], translate("đã có trong sổ, được bổ sung")),
                (fates["same"], translate("đã có trong sổ, giữ nguyên")),
                (fates["refused"], translate("dòng cần sửa, chưa nhập")),
            )
        )

    def _row_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.show_row(now.row())

    def _to_row(self, problem: RowProblem) -> None:
        """From a problem to the row it is about, when that row is among those shown."""
        key = f"{problem.sheet}!{problem.row}"
        if self.rows.model.place_of(key) >= 0:
            self.tabs.open("rows")
            self.rows.choose(key)
            self.rows.view.setFocus(Qt.FocusReason.TabFocusReason)


def row_key(one: PreviewRow) -> str:
    """A row's place in the file."""
    return f"{one.sheet}!{one.row}"


def row_columns() -> tuple[Column, ...]:
    """The list of rows: where, what would become of it, and who."""
    return (
        Column("row", translate("Dòng"), lambda one: Cell(str(one.row), muted=True), 6),
        Column("fate", translate("Nếu nhập"), lambda one: Cell(chips=(fate(one.fate),)), 16),
        Column("name", translate("Họ và tên"), _name, 0, fixed=True),
        Column("birth", translate("Ngày sinh"), lambda one: plain(one.shown.get("birth")), 12),
    )


def problem_columns() -> tuple[Column, ...]:
    """A list of problems: where, which field, what stands there, and why it is one."""
    return (
        Column("sheet", translate("Trang"), lambda one: Cell(one.sheet, muted=True), 14),
        Column("row", translate("Dòng"), lambda one: Cell(str(one.row or ""), muted=True), 6),
        Column("field", translate("Mục"), _field, 18),
        Column("value", translate("Trong tệp"), lambda one: plain(one.value), 20),
        Column("why", translate("Vì sao"), lambda one: Cell(one.message), 0, fixed=True),
    )


def _name(one: PreviewRow) -> Cell:
    sign = (show.Chip("", "wait", "!"),) if one.warnings and not one.problems else ()
    return Cell(one.shown.get("name", ""), sign, bold=True)


def _field(one: RowProblem) -> Cell:
    try:
        return plain(field_label(one.field))
    except KeyError:
        return plain(one.field)


def _facts(preview: ImportPreview) -> Iterator[str]:
    yield translate("{count} dòng có người", count=show.number(preview.total))
    sheets = [sheet for sheet in preview.sheets if sheet.columns]
    if len(sheets) > 1:
        yield translate("{count} trang", count=len(sheets))
    found = [encoding_label(code) for code, count in preview.encodings.items() if count]
    old = [name for name in dict.fromkeys(found) if name != encoding_label("unicode")]
    if old:
        names = ", ".join(old)
        yield _typed(preview, names)


def _typed(preview: ImportPreview, names: str) -> str:
    """In which old encodings the list is typed; how many of its cells, when it is not all."""
    plain = sum(n for code, n in preview.encodings.items() if code == "unicode")
    total = sum(preview.encodings.values())
    if not plain:
        return translate("gõ bằng {names}, đã đổi sang Unicode", names=names)
    return translate(
        "{count} trong {total} ô gõ bằng {names}, đã đổi sang Unicode",
        count=show.number(total - plain),
        total=show.number(total),
        names=names,
    )


def _notices(preview: ImportPreview) -> Iterator[Message]:
    if preview.brought_before:
        at = show.instant(preview.brought_before)
        words = translate(
            "Tệp này đã được nhập lúc {at}. Ai còn trong sổ, kể cả đã gộp, được nhận ra; "
            "người đã xóa hoặc đã sửa khác hẳn sẽ vào như người mới.",
            at=at,
        )
        yield Message(words, "info", stays=True)
    if any(sheet.remembered for sheet in preview.sheets):
        words = translate("Các cột được hiểu như lần nhập trước của danh sách kiểu này.")
        yield Message(words, "info", stays=True)
    if preview.unsure and not preview.questions:
        texts = " · ".join(preview.unsure)
        words = translate("Không đọc được kiểu chữ của: {texts}. Hãy xem kỹ các dòng.", texts=texts)
        yield Message(words, "wait", stays=True)
    remarks = [remark for sheet in preview.sheets for remark in sheet.remarks]
    if remarks:
        yield Message("\n".join(remarks), "wait", stays=True)
