"""Who waits to be handed over to the national system, and the file that is made of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QCheckBox, QFileDialog, QLineEdit

from app import forms, office_units
from app.actions import national_file, national_out, national_pending
from app.values.national import OutDone, OutRequest, Pending
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.filters import Filter
from ui.widgets.parts import Card, button, label, row
from ui.widgets.record_list import BulkAction, Nothing
from ui.widgets.result import Result, ResultLine
from ui.widgets.table_model import Cell, Column, plain

FOLDER = "national/folder"
SHOWN_MAX = 6
MOVES = {"new": ("info", "+"), "changed": ("wait", "~"), "gone": ("mute", "–")}


class PendingRegister(Register):
    """Enter opens the record; ticked ones, or all, go into a file."""

    name = "national-pending"
    whole = True
    shown: tuple[str, ...] = ()
    touching = frozenset({"person", "national_file", "national_line"})

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.making = MakeFile(stage)
        self.making.made.clicked.connect(self._make)
        self.result = Result(translate("Kết quả lập tệp"))
        self.result.opened.connect(lambda key: self.go_to("person", key))
        self.result.left.connect(self.list.view.setFocus)
        self.inside.insertWidget(1, self.making)
        self.inside.insertWidget(2, self.result)
        if "edition" not in self.filters.values():
            now = next(one.name for one in national_file.layouts(stage.ws) if one.current)
            self.filters.set_values({**self.filters.values(), "edition": (now,)})
        self.acts.addWidget(
            button(translate("Lập tệp nộp…"), self._begin_shown, "primary", "export")
        )

    def titled(self) -> str:
        return translate("Chờ nộp hệ thống quốc gia")

    def search_words(self) -> str:
        return translate("họ tên")

    def filter_list(self) -> Sequence[Filter]:
        codes = ("new", "changed", "gone")
        moves = tuple(one for one in forms.choices("national_move") if one.code in codes)
        layouts = tuple(
            forms.choice(one.name, one.name) for one in national_file.layouts(self.stage.ws)
        )
        return (
            Filter("move", translate("Biến động"), moves),
            Filter(
                "unit", translate("Xã, huyện"), office_units.choices(self.stage.ws.office.units)
            ),
            Filter("lacking", translate("Còn thiếu")),
            Filter("edition", translate("Mẫu cột (chưa kiểm chứng)"), layouts),
        )

    def bulk(self) -> Sequence[BulkAction]:
        words = translate("Lập tệp nộp cho người đã chọn…")
        return (BulkAction(words, self._begin, "export", "primary"),)

    def columns(self) -> Sequence[Column]:
        return (
            Column("name", translate("Họ và tên"), lambda r: Cell(r.name, bold=True), 0,
                   fixed=True, share=1.0),
            Column("birth", translate("Ngày sinh"), _birth, 12, rank=2),
            Column("place", translate("Nơi ở"), lambda r: plain(show.place(r.commune, "")), 0,
                   rank=1, share=0.8),
            Column("move", translate("Biến động"), _move, 15),
            Column("what", translate("Đổi gì, còn thiếu gì"), _what, 0, share=2.2),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Không còn ai chờ nộp."),
            translate("Người đã duyệt mà chưa nộp, đã đổi từ lần nộp trước, đã mất hay chuyển đi "
                      "thì hiện ở đây."),
        )  # fmt: skip

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        edition = (asked.chosen("edition") or ("",))[0]
        found = national_pending.pending(self.stage.ws, asked.chosen("unit"), edition)
        words, moves = forms.folded(asked.query), asked.chosen("move")
        fits = [
            one
            for one in found
            if (not moves or one.move in moves)
            and (not asked.on("lacking") or one.problems)
            and words in forms.folded(one.name)
        ]
        self.shown = tuple(one.id for one in fits)
        return fits, len(fits)

    def read(self) -> None:
        self.shown = ()
        super().read()

    def chosen(self, line: Pending) -> None:
        self.go_to("person", line.id)

    def _begin_shown(self) -> None:
        """Everybody who waits, or where the list was narrowed those it shows."""
        narrowed = self.query or set(self.filters.values()) - {"edition"}
        if narrowed and not self.shown:
            self.stage.tell(Message(translate("Không còn ai chờ nộp."), "wait"))
            return
        self._begin(self.shown if narrowed else ())

    def _begin(self, ids: tuple[str, ...]) -> None:
        edition = Asked("", self.filters.values()).chosen("edition")
        self.making.begin(ids, (edition or ("",))[0])

    def _make(self) -> None:
        request, ws = self.making.request(), self.stage.ws
        self.making.made.setEnabled(False)

        def done(answer: OutDone) -> None:
            self.making.hide()
            self._tell(answer)
            self.list.model.untick()
            self.read()

        self.stage.tasks.desk.run(
            lambda: national_out.make(ws, request), done, self.making.failed, owner=self
        )

    def _tell(self, done: OutDone) -> None:
        """Say what was written, and who was left out for what."""
        counts = [
            f"{forms.code_label('national_move', move)}: {show.number(count)}"
            for move, count in done.counts.items()
        ]
        title = translate("Đã lập lần {number}.", number=done.number)
        facts = translate(
            "{file}. {counts}. Nộp xong thì ghi ngày nộp ở thẻ Các lần trao đổi. Để lại {left} "
            "người còn thiếu.",
            file=done.file,
            counts=", ".join(counts),
            left=show.number(len(done.left_out)),
        )
        lacks = [ResultLine(each.message, one.id) for one in done.left_out for each in one.problems]
        self.result.show_result(title, lacks, facts)


class MakeFile(Card):
    """Where to, and whether those go along who lack something."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(translate("Lập tệp nộp hệ thống quốc gia"))
        self.stage = stage
        self.ids: tuple[str, ...] = ()
        self.edition = ""
        self.whom = label("", "muted", wrap=True)
        self.open = label("", "problem", wrap=True)
        self.file = QLineEdit()
        self.file.setAccessibleName(translate("Tệp nộp"))
        choose = button(translate("Chọn…"), self._choose)
        choose.setAccessibleName(translate("Chọn nơi lưu tệp nộp"))
        self.lacking = QCheckBox(translate("Nộp cả người còn thiếu, để trống ô thiếu"))
        self.told = label("", "", wrap=True)
        self.told.setAccessibleName(translate("Vì sao chưa lập được tệp"))
        self.made = button(translate("Lập tệp"), None, "primary")
        self.add(self.whom)
        self.add(self.open)
        self.add(row(self.file, choose))
        self.add(self.lacking)
        self.add(self.told)
        self.add(row(1, button(translate("Đóng"), self.hide), self.made))
        self.hide()

    def begin(self, ids: tuple[str, ...], edition: str) -> None:
        """Ask for the file of these persons (none: of all)."""
        self.ids, self.edition = ids, edition
        words = translate("{count} người đã chọn.", count=show.number(len(ids)))
        self.whom.setText(
            (words if ids else translate("Mọi người đang chờ."))
            + " "
            + translate("Số định danh có trong tệp; ai lập tệp, có những ai đều ghi vào nhật ký.")
        )
        self.open.setText(national_out.open_words(self.stage.ws))
        self.open.setVisible(bool(self.open.text()))
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = Path(str(self.stage.memory.get(FOLDER, usual)))
        day = f"{self.stage.ws.today():%Y-%m-%d}"
        name = translate("nộp hệ thống quốc gia")  # a day within the words would get slashes
        self.file.setText(str(folder / f"{name} {day}.xlsx"))
        self.lacking.setChecked(False)
        self.told.hide()
        self.made.setEnabled(True)
        self.show()
        self.file.setFocus()

    def request(self) -> OutRequest:
        """What was asked for."""
        path = Path(self.file.text().strip()).expanduser()
        self.stage.memory.put(FOLDER, str(path.parent))
        return OutRequest(
            path, ids=self.ids, edition=self.edition, lacking=self.lacking.isChecked()
        )

    def failed(self, failure: Failure) -> None:
        """Say why nothing was written."""
        self.made.setEnabled(True)
        some = [one.message for one in failure.problems[-SHOWN_MAX:]]
        self.told.setText("\n".join(some) or failure.message)
        self.told.show()

    def _choose(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, translate("Chọn nơi lưu tệp nộp"), self.file.text(), "Excel (*.xlsx)"
        )
        if name:
            self.file.setText(str(Path(name).with_suffix(".xlsx")))


def _birth(one: Pending) -> Cell:
    return plain(forms.date_shown(one.birth) if one.birth else "")


def _move(one: Pending) -> Cell:
    tone, sign = MOVES[one.move]
    return Cell(chips=(Chip(forms.code_label("national_move", one.move), tone, sign),))


def _what(one: Pending) -> Cell:
    told = [f"{each.heading}: {each.before or '∅'} → {each.now or '∅'}" for each in one.differences]
    if one.why:
        told.append(" ".join((one.why, one.on)).strip())
    empty = [each.value for each in one.problems if each.code == "national_lacks"]
    lacks = [translate("thiếu: {headings}", headings=", ".join(empty))] if empty else []
    lacks += [each.message for each in one.problems if each.code != "national_lacks"]
    return plain("; ".join((*lacks, *told)), bold=bool(lacks))
