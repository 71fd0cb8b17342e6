"""The first start in five steps: office, units, first user, recovery code, import or empty."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app import forms
from app.actions import office, signing_in
from app.actions.office import NAME_MAX, UNITS_MAX
from app.errors import Problem
from app.values.office import AdminDraft, Created, OfficeDraft
from app.wording import translate
from app.workspace import Workspace
from ui.resources.icons import icon
from ui.screens.recovery_code import RecoveryCode
from ui.tasks import Failure, Lane
from ui.widgets.fields.chosen import UnitField
from ui.widgets.fields.editor import FieldEditor
from ui.widgets.fields.lines import PasswordField, TextField
from ui.widgets.gate import Gate, password_field, text_field
from ui.widgets.parts import button, clear, column, holder, icon_button, label, row

WIDTH_PX = 560
STEP_OF_FIELD = {
    "office_name": 0,
    "name": 0,
    "unit": 1,
    "login": 2,
    "full_name": 2,
    "password": 2,
    "again": 2,
}


class FirstStart(Gate):
    """`finished(ws, place)`: the store is made, the admin signed in, and where he wants to go."""

    finished = Signal(object, str)

    def __init__(self, home: Path, lane: Lane) -> None:
        super().__init__("", "", WIDTH_PX)
        self._home, self._lane = home, lane
        self._ws: Workspace | None = None
        self.marks = label("", "caption")
        self.pages = QStackedWidget()
        self._make_fields()
        self.code = RecoveryCode()
        for page in (
            column(self.name, 1, row(self.restore_button(), 1)),
            column(self.unit, self._units_place, 1),
            column(self.full_name, self.login, self.password, self.again, 1, gap=10),
            column(self.code, 1),
            self._last_page(),
        ):
            self.pages.addWidget(holder(page))
        self.back = button(translate("Quay lại"), lambda: self._show(self.step - 1))
        self.next = button("", self.go_on, "primary")
        self.add(self.marks)
        self.add(self.pages)
        self.add(row(self.back, 1, self.next))
        self.code.kept.connect(self.next.setEnabled)
        self._show(0)
        lane.run(forms.prepare, owner=self)

    @property
    def step(self) -> int:
        """Which of the five steps is shown, from 0."""
        return self.pages.currentIndex()

    def go_on(self) -> None:
        """To the next step, when this one has what it needs."""
        problem = self._lacking()
        if problem is not None:
            self._point(problem)
            return
        if self.step == 2:
            self._create()
        elif self.step < self.pages.count() - 1:
            self._show(self.step + 1)

    def _make_fields(self) -> None:
        self.name = TextField(text_field("office_name", translate("Tên đơn vị")))
        self.name.line.setPlaceholderText(translate("ví dụ: Phòng LĐ-TB&XH huyện Phù Cát"))
        self.unit = UnitField(
            forms.FormField("", "unit", translate("Thêm huyện, xã, tỉnh"), "unit"),
            forms.any_units_like,
        )
        self.unit.line.setPlaceholderText(translate("gõ không dấu, ví dụ phu cat"))
        self.unit.line.picked.connect(self._unit_picked)
        self.units: list[str] = []
        self._unit_rows = column(gap=6)
        self._units_place = holder(self._unit_rows)
        self.full_name = TextField(text_field("full_name", translate("Họ và tên")))
        self.login = TextField(
            text_field(
                "login",
                translate("Tên đăng nhập"),
                help_text=translate("Chữ thường không dấu, ví dụ lan."),
            )
        )
        self.login.line.setPlaceholderText(translate("ví dụ: lan"))
        self.password = PasswordField(password_field("password", translate("Mật khẩu")))
        self.again = PasswordField(password_field("again", translate("Gõ lại mật khẩu")))
        order: tuple[FieldEditor, ...] = (self.full_name, self.login, self.password, self.again)
        for one, following in zip(order, order[1:], strict=False):
            one.moved_on.connect(following.setFocus)
        self.again.moved_on.connect(self.go_on)
        self.name.moved_on.connect(self.go_on)
        self.unit.moved_on.connect(self.go_on)

    def _show(self, step: int) -> None:
        titles = (
            (
                translate("Đơn vị của bạn"),
                translate("Tên này in trên giấy tờ và dùng khi nối máy chủ. Sửa được về sau."),
            ),
            (
                translate("Địa bàn"),
                translate(
                    "Chọn huyện, xã hoặc tỉnh mà đơn vị phụ trách. Dùng được cả tên trước và sau "
                    "ngày 01/7/2025."
                ),
            ),
            (
                translate("Người dùng đầu tiên"),
                translate("Người này là quản trị: thêm người dùng khác và nối máy chủ về sau."),
            ),
            (
                translate("Mã khôi phục"),
                translate(
                    "Mã này mở được sổ khi quản trị quên mật khẩu. Chỉ hiện một lần này: in ra, "
                    "cất nơi khóa được, không để cạnh máy."
                ),
            ),
            (
                translate("Bắt đầu"),
                translate("Sổ đã sẵn sàng. Đưa danh sách đang có vào, hoặc bắt đầu từ sổ trống."),
            ),
        )
        self.pages.setCurrentIndex(step)
        self.title.setText(titles[step][0])
        self.purpose.setText(titles[step][1])
        count = self.pages.count()
        signs = "●" * (step + 1) + "○" * (count - step - 1)
        self.marks.setText(
            translate("Bước {step} trên {count}  {signs}", step=step + 1, count=count, signs=signs)
        )
        self.back.setVisible(0 < step < 3)
        self.next.setVisible(step < 4)
        self.next.setText(translate("Lập sổ") if step == 2 else translate("Tiếp tục"))
        self.next.setEnabled(step != 3)
        self.language.setVisible(step < 3)
        self.say("")
        first = (self.name, self.unit, self.full_name, self.code, self.next)[step]
        QTimer.singleShot(0, first, first.setFocus)

    def _lacking(self) -> Problem | None:
        if self.step == 0 and not self.name.value():
            return Problem.of("office_name_needed", "office_name", limit=NAME_MAX)
        if self.step == 1 and not self.units:
            return Problem.of("unit_needed", "unit", limit=UNITS_MAX)
        if self.step == 2 and self.password.value() != self.again.value():
            return Problem.of("passwords_differ", "again")
        return None

    def _point(self, problem: Problem) -> None:
        step = STEP_OF_FIELD.get(problem.field, self.step)
        if step != self.step:
            self._show(step)
        fields = {
            "office_name": self.name,
            "unit": self.unit,
            "login": self.login,
            "full_name": self.full_name,
            "password": self.password,
            "again": self.again,
        }
        editor = fields.get(problem.field)
        if editor is None:
            self.say(problem.message)
            return
        editor.show_problem(problem.message)
        editor.setFocus()

    def _unit_picked(self) -> None:
        key = self.unit.line.data
        if key and key not in self.units:
            self.units.append(key)
            self._show_units()
        QTimer.singleShot(0, self.unit, lambda: self.unit.set_value(None))
        self.unit.show_problem("")

    def _show_units(self) -> None:
        clear(self._unit_rows)
        for key in self.units:
            remove = icon_button(
                "close",
                translate("Bỏ {unit}", unit=forms.unit_name(key)),
                partial(self._unit_removed, key),
            )
            line: QHBoxLayout = row(label(forms.unit_name(key), wrap=True), remove)
            line.setStretch(0, 1)
            self._unit_rows.addWidget(holder(line))

    def _unit_removed(self, key: str) -> None:
        self.units.remove(key)
        self._show_units()

    def _create(self) -> None:
        self.next.setEnabled(False)
        self.next.setText(translate("Đang lập sổ…"))
        home = self._home
        draft = OfficeDraft(str(self.name.value()), tuple(self.units))
        login, password = str(self.login.value()), str(self.password.value())
        admin = AdminDraft(login, str(self.full_name.value()), password)

        def work() -> tuple[Created, Workspace]:
            made = office.create(home, draft, admin)
            return made, signing_in.sign_in(home, login, password)

        self._lane.run(work, self._created, self._not_created, self)

    def _created(self, made: tuple[Created, Workspace]) -> None:
        created, self._ws = made
        self.code.show_code(created.recovery_code, created.office.name)
        self._show(3)

    def _not_created(self, failure: Failure) -> None:
        self._show(2)
        for problem in reversed(failure.problems):
            self._point(problem)

    def _last_page(self) -> QVBoxLayout:
        self.choices: list[QWidget] = []
        lines = column(gap=10)
        for place, picture, words, more in (
            (
                "import",
                "import",
                translate("Nhập danh sách Excel"),
                translate("Đọc tệp .xlsx, .xls, .csv; xem trước khi nhập."),
            ),
            (
                "people",
                "people",
                translate("Bắt đầu từ sổ trống"),
                translate("Gõ từng người; nhập danh sách về sau lúc nào cũng được."),
            ),
            (
                "sync",
                "sync",
                translate("Nối máy chủ của đơn vị"),
                translate("Máy này là máy thứ hai của đơn vị: lấy dữ liệu về bằng mã đăng ký."),
            ),
        ):
            tile = button("", lambda place=place: self._choose(place), "tile")  # type: ignore[misc]
            tile.setAccessibleName(f"{words}. {more}")
            sign, title, hint = label(), label(words, "strong"), label(more, "caption")
            sign.setPixmap(icon(picture, "brand").pixmap(QSize(24, 24)))
            for part in (sign, title, hint):
                part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            margins = (16, 10, 16, 10)
            tile.setLayout(row(sign, column(title, hint, gap=2), 1, gap=14, margins=margins))
            self.choices.append(tile)
            lines.addWidget(tile)
        lines.addStretch(1)
        return lines

    def _choose(self, place: str) -> None:
        assert self._ws is not None
        self.finished.emit(self._ws, place)
