"""One report: parameters, numbers, the way into a cell, out to a file, and to an edition."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from app import forms
from app.actions import period, report, report_edition
from app.errors import Refused
from app.forms import Choice, FormField, FormSection
from app.reports import document
from app.reports import table as tables
from app.values.report import EditionCard, ReportAsk, ReportTable
from app.wording import translate
from app.workspace import Workspace
from ui.screens.report_narrowing import Narrowing
from ui.screens.report_set import ReportSet
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.fields.make import sources_of
from ui.widgets.file_password import ALWAYS, AskFilePassword
from ui.widgets.form import Form
from ui.widgets.number_table import NumberTable
from ui.widgets.page_head import PageHead
from ui.widgets.parts import button, column, keep_if, label

KINDS = "PDF (*.pdf);;Excel (*.xlsx);;CSV (*.csv);;JSON (*.json)"
TABLE_PX = 260
DAYS = ("as_of", "since", "recorded")
NAMES = ("as_of", "since", "period", "borders", "level", "recorded")


class ReportScreen(Screen):
    """Enter on a number opens its list; T counts anew, L writes a file, C freezes an edition."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead("")
        self.count = button(translate("Tính (T)"), self.read, "primary", "check")
        self.save = button(translate("Lưu tệp… (L)"), self.ask_file, "", "export")
        self.freeze = button(translate("Chốt bản này (C)"), self.ask_freeze, "", "check")
        self.close_file = button(translate("Lưu có mật khẩu… (M)"), self.ask_locked, "", "lock")
        self.whole = button(translate("Cả bộ… (B)"), self.ask_set, "", "export")
        for made in (self.count, self.save, self.close_file, self.whole, self.freeze):
            self.head.add(made)
        self.narrowing = Narrowing(stage)
        self.set = ReportSet(stage)
        self.form = Form((_section(),), sources_of(stage.ws), columns_max=6, titled=False)
        self.table = NumberTable()
        self.table.setAccessibleName(translate("Số liệu"))
        self.table.setMinimumHeight(TABLE_PX)
        self.notes = label("", "caption", wrap=True)
        self.sure = AskReason(may_be_empty=True)
        self._ask = ReportAsk("")
        self._edition = ""
        self._card: EditionCard | None = None
        self._shown: ReportTable | None = None
        self.lock = AskFilePassword(stage)
        parts = (
            self.head, self.form, self.narrowing, self.sure, self.lock, self.table, self.notes
        )  # fmt: skip
        page = column(*parts, gap=12)
        page.setStretch(5, 1)
        self.setLayout(page)
        self._connect()

    def opened(self, key: str = "", **facts: Any) -> None:
        """Count the report anew, or show an edition as it was frozen."""
        self.sure.hide()
        self._edition, self._card = str(facts.get("edition", "")), None
        for made in (self.count, self.freeze):
            keep_if(made, not self._edition)
        self.freeze.setEnabled(self.stage.ws.can("export") and self.stage.ws.own is None)
        for made in (self.save, self.close_file, self.whole):
            made.setEnabled(self.stage.ws.can("export"))
        for part in (self.form, self.narrowing, self.whole):
            keep_if(part, not self._edition)
        if self._ask.name != key:
            self._begin(key)
        keep_if(self.form.editors["recorded"], _by_papers(key))
        self.narrowing.offer(key)
        self._offer_periods()
        self.read()
        self.table.setFocus()

    def _begin(self, name: str) -> None:
        """Another report: nothing of the one before stays to be taken for its own."""
        self._ask = ReportAsk(name)
        self.form.load({})
        self.head.set_title(name)
        self._no_numbers()

    def _no_numbers(self) -> None:
        self._shown = None
        self.head.set_purpose("")
        self.table.show_numbers((), ())
        self.notes.setText("")

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        return (
            ("Enter", translate("Mở danh sách của ô đang chọn")),
            ("T", translate("Tính lại")),
            ("L", translate("Lưu ra PDF, Excel, CSV, JSON")),
            ("B", translate("Lưu mọi báo cáo của kỳ vào một thư mục")),
            ("M", translate("Lưu có mật khẩu")),
            ("C", translate("Chốt bản này")),
        )

    def read(self) -> None:
        """Count with what the form says, off the screen."""
        ws, edition = self.stage.ws, self._edition
        if edition:
            self.stage.tasks.desk.run(
                lambda: report_edition.page(ws, edition), self._frozen, self._failed, owner=self
            )
            return
        self._ask = ask = self._typed()
        if troubled := [one for one in self.form.editors.values() if one.trouble()]:
            self._no_numbers()
            for one in troubled:
                one.check()
            return
        self.stage.tasks.desk.run(
            lambda: report.run(ws, ask), self._counted, self._failed, owner=self
        )

    def _typed(self) -> ReportAsk:
        """The question as the fields and ticks say it."""
        typed = {name: str(self.form.value(name) or "") for name in NAMES}
        narrowed = {"units": self.narrowing.units, "where": self.narrowing.where}
        return replace(self._ask, **typed, **narrowed)  # type: ignore[arg-type]

    def _count_if_other(self) -> None:
        """Numbers never stand under fields that say something else: C would freeze others."""
        if not self._edition and self._typed() != self._ask:
            self.read()

    def ask_file(self) -> None:
        """Ask where to, and write the report there; it names nobody, so it is left open."""
        file = self._file()
        if file is not None:
            self.write(file)

    def ask_locked(self) -> None:
        """The same under a password."""
        file = self._file()
        if file is not None:
            self.lock.ask(lambda ws: self.write(file, ws), self.table, ALWAYS)

    def _file(self) -> Path | None:
        table = self._shown
        if table is None or not self.save.isEnabled():
            return None
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = Path(QStandardPaths.writableLocation(documents))
        start = str(folder / f"{table.ask.name} {table.ask.as_of}.pdf")
        chosen, _kind = QFileDialog.getSaveFileName(self, translate("Lưu báo cáo"), start, KINDS)
        return Path(chosen) if chosen else None

    def write(self, file: Path, locking: Workspace | None = None) -> None:
        """Write what is shown into a file."""
        ws, table, card = locking or self.stage.ws, self._shown, self._card
        if table is None:
            return
        whole = file if file.suffix else file.with_suffix(".pdf")

        def work() -> Path:
            from app.actions import report_out  # late: with what writes sheets and papers

            return report_out.write(ws, table, whole, card)

        def done(written: Path) -> None:
            self.stage.tell(Message(translate("Đã ghi {file}.", file=written), "ok"))

        self.stage.tasks.desk.run(work, done, self._failed, owner=self)

    def ask_set(self) -> None:
        """Ask where to, and write every report with these parameters there."""
        if self.whole.isEnabled() and self._shown is not None and not self._edition:
            self.set.ask(self, self._ask)

    def _offer_periods(self) -> None:
        """The periods that were set, to choose from by name."""
        ws = self.stage.ws

        def show_them(found: tuple[Choice, ...]) -> None:
            words = translate("Kỳ báo cáo")
            self.form.describe(FormField("", "period", words, "code", choices=found))

        self.stage.tasks.desk.run(lambda: _periods(ws), show_them, self._failed, owner=self)

    def ask_freeze(self) -> None:
        """Ask whether these numbers are to be kept for good."""
        if not self.freeze.isVisible() or not self.freeze.isEnabled():
            return
        self.sure.ask(
            translate("Chốt bản này?"),
            translate(
                "Bản chốt giữ nguyên số liệu, người chốt, ngày giờ; không ai sửa được nữa. "
                "Ghi chú thì tùy, để trống cũng được."
            ),
            translate("Chốt"),
        )

    def _freeze(self, note: str) -> None:
        ws, ask = self.stage.ws, self._ask
        self.table.setFocus()

        def done(card: EditionCard) -> None:
            words = translate(
                "Đã chốt {name}, mã kiểm {hash}.", name=card.name, hash=card.sha256[:12]
            )
            opens = translate("Xem các bản")
            go = lambda: self.stage.go("reports", "editions")  # noqa: E731 - one line is enough
            self.stage.tell(Message(words, "ok", opens, go, of_page=True))

        self.stage.tasks.desk.run(
            lambda: report_edition.freeze(ws, ask, note), done, self._failed, owner=self
        )

    def _frozen(self, found: tuple[EditionCard, ReportTable]) -> None:
        self._card, table = found
        self._counted(table)
        told = f"{table.title}. {table.period_words}."
        self.head.set_purpose(" ".join((told, *document.edition_words(self._card))))

    def _counted(self, table: ReportTable) -> None:
        self._shown = table
        self.head.set_title(table.ask.name)
        unit = translate("Đơn vị tính: {unit}", unit=table.unit_of_count)
        self.head.set_purpose(f"{table.title}. {table.period_words}. {unit}.")
        rows = [(one.label, list(document.cells(table, one.values))) for one in table.rows]
        totals = list(document.cells(table, table.totals))
        heads = [one.label for one in table.columns]
        self.table.show_numbers(heads, [*rows, (translate("Tổng cộng"), totals)])
        self.notes.setText("\n".join(table.notes))
        self.form.show_problems(())

    def _failed(self, failure: Failure) -> None:
        """A report that could not be made shows no numbers at all, least of all zeros."""
        self._no_numbers()
        rest = self.form.show_problems(failure.problems) if failure.problems else ()
        words = "; ".join(one.message for one in rest) or failure.message
        self.notes.setText(words)
        if rest or not failure.problems:  # else it stands at its field, and goes with its mending
            self.stage.tell(Message(words, "bad"))

    def _open_cell(self, place: int, at: int) -> None:
        table = self._shown
        if table is None:
            return
        row_key = table.rows[place].key if place < len(table.rows) else None
        ask = table.ask
        if self._card is not None and ask.name != tables.TARGETS:
            ask = replace(ask, period="")  # by the days it holds: the period may be gone
        facts = {"ask": ask, "row": row_key}
        self.stage.go("report_cell", table.columns[at].key, **facts)

    def _connect(self) -> None:
        self.table.opened.connect(self._open_cell)
        self.sure.given.connect(self._freeze)
        self.narrowing.changed.connect(self.read)
        self.sure.left.connect(self.table.setFocus)
        for editor in self.form.editors.values():
            editor.gone.connect(self._count_if_other)
        for name in DAYS:
            self.form.editors[name].line.setPlaceholderText(translate("ngày/tháng/năm"))  # type: ignore[attr-defined]
        for keys, act in (
            ("T", self.read),
            ("L", self.ask_file),
            ("B", self.ask_set),
            ("M", self.ask_locked),
            ("C", self.ask_freeze),
        ):
            made = QShortcut(QKeySequence(keys), self.table)
            made.setContext(Qt.ShortcutContext.WidgetShortcut)
            made.activated.connect(act)


def _periods(ws: Workspace) -> tuple[Choice, ...]:
    return tuple(forms.choice(one.code, f"{one.name} ({one.code})") for one in period.listing(ws))


def _by_papers(key: str) -> bool:
    try:
        return tables.report(key).dated
    except Refused:  # the page says itself that there is no such report
        return False


def _section() -> FormSection:
    borders = (
        Choice("63", translate("Trước 01/7/2025 (có huyện)"), forms.keys_of("63 truoc co huyen")),
        Choice("34", translate("Từ 01/7/2025 (không huyện)"), forms.keys_of("34 tu khong huyen")),
    )
    levels = (
        Choice("province", translate("Tỉnh"), forms.keys_of("tinh")),
        Choice("district", translate("Huyện"), forms.keys_of("huyen")),
        Choice("commune", translate("Xã"), forms.keys_of("xa phuong")),
    )
    return FormSection(
        "report",
        "",
        (
            FormField("", "as_of", translate("Tính đến ngày"), "date"),
            FormField("", "since", translate("Từ ngày (kỳ)"), "date"),
            FormField("", "period", translate("Kỳ báo cáo"), "code"),
            FormField("", "borders", translate("Địa giới"), "code", choices=borders),
            FormField("", "level", translate("Dòng theo cấp"), "code", choices=levels),
            FormField("", "recorded", translate("Sổ ghi đến ngày"), "date"),
        ),
    )
