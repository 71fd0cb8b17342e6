"""Administration: who works here, passwords and roles, the office's letterhead, recovery code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QWidget

from app import forms
from app.actions import leaving, user
from app.errors import Problem
from app.forms import FormField, FormSection
from app.values.user import UserDraft, UserEdit, UserLine
from app.wording import translate
from ui import show
from ui.screens.devices import DevicesTab
from ui.screens.key_log import KeyLogTab
from ui.screens.letterhead import LetterheadTab
from ui.screens.person_belongings import Actions, entry
from ui.screens.recovery_code import RecoveryTab
from ui.stage import Message, Screen, Stage
from ui.tasks import Failure
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.page_head import PageHead
from ui.widgets.parts import Card, Scroll, button, clear, column, holder, keep_if, label, row
from ui.widgets.tabs import Tabs

Typed = dict[str, object]
VISIT = ("valid_until", "basis")


@dataclass(frozen=True, slots=True)
class Deed:
    """What a form is for: what is done with what was typed, and what is said of it afterwards."""

    do: Callable[[Typed], object]
    said: Callable[[Typed], str]


class UsersScreen(Screen):
    """Tabs: users, letterhead and signatures, recovery code, log of keys.

    Who inspects sees the log alone.
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Quản trị"),
            translate("Ai được vào sổ trên máy này, tiêu đề và chữ ký trên giấy tờ, mã khôi phục."),
        )
        words = translate("Đơn vị từ 01/7/2025…")
        self.reform = self.head.add(button(words, lambda: stage.go("reform"), "", "place"))
        keep_if(self.reform, stage.ws.can("settings"))
        self.tabs = Tabs()
        self.users = UsersTab(stage)
        self.letterhead = LetterheadTab(stage)
        self.devices = DevicesTab(stage)
        self.keys = KeyLogTab(stage)
        self.manages = stage.ws.can("users")
        if self.manages:
            letterhead = translate("Tiêu đề văn bản, chữ ký")
            self.tabs.add("users", translate("Người dùng"), lambda: self.users)
            self.tabs.add("letterhead", letterhead, lambda: self.letterhead)
            self.tabs.add("recovery", translate("Mã khôi phục"), lambda: RecoveryTab(stage))
            self.tabs.add("devices", translate("Các máy"), lambda: self.devices)
        self.tabs.add("keys", translate("Nhật ký khóa"), lambda: self.keys)
        page = column(self.head, self.tabs, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        self.tabs.open(self.tabs.names()[0])

    def opened(self, key: str = "", **facts: Any) -> None:
        """Read the users again; `key` names a tab."""
        if key in self.tabs.names():
            self.tabs.open(key)
        self.keys.reload()
        if self.manages:
            self.users.reload()
            self.letterhead.reload()
            self.devices.reload()

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """A user changed here or arrived from another PC."""
        if "user" in entities:
            self.keys.reload()
            self.users.reload()


class UsersTab(QWidget):
    """The users of the office, and the forms to add, change and reset one."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self._deed = Deed(lambda _typed: None, lambda _typed: "")
        self._rows = column(gap=8)
        self.add = button(translate("Thêm người dùng"), self.begin_add, "", "plus")
        self.box = Card("")
        self._inside = column(gap=8)
        self.box.add(self._inside)
        self.box.hide()
        self.form: Form | None = None
        self.section = FormSection("user", "", ())
        self.act = button("")
        words = translate("Mời người thanh tra…")
        self.invite = button(words, self.begin_invite, "", "history")
        body = column(row(self.add, self.invite, 1), self.box, self._rows, 1, gap=12)
        self.sheet = Scroll(holder(body))
        self.setLayout(column(self.sheet))

    def reload(self) -> None:
        """Read the users again."""
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: user.listing(ws), self._show, owner=self, key="users-page"
        )

    def begin_add(self) -> None:
        """Ask for a new user."""
        ws = self.stage.ws
        self._begin(
            translate("Thêm người dùng"),
            ("login", "full_name", "title", "role", "password"),
            {"role": "surveyor"},
            Deed(
                lambda typed: user.add(
                    ws,
                    UserDraft(
                        login=str(typed["login"] or ""),
                        role=str(typed["role"] or ""),
                        full_name=str(typed["full_name"] or ""),
                        title=str(typed["title"] or ""),
                        password=str(typed["password"] or ""),
                    ),
                ),
                lambda typed: translate(
                    "Đã thêm {name}.", name=typed["full_name"] or typed["login"]
                ),
            ),
            translate("Thêm"),
        )

    def begin_invite(self) -> None:
        """Ask for an account that ends by itself, for who comes from outside to inspect."""
        ws = self.stage.ws
        self._begin(
            translate("Mời người thanh tra: chỉ đọc, hết hạn thì không vào được nữa"),
            ("login", "full_name", "title", *VISIT, "password"),
            {},
            Deed(
                lambda typed: user.add(ws, _guest(typed)),
                lambda typed: translate(
                    "{name} vào sổ được đến hết ngày {day}, chỉ để đọc.",
                    name=typed["full_name"] or typed["login"],
                    day=forms.date_shown(str(typed["valid_until"])),
                ),
            ),
            translate("Mời"),
        )

    def begin_edit(self, one: UserLine) -> None:
        """Ask for another name, title, role or grant; of a guest for another last day."""
        ws = self.stage.ws
        names = ("full_name", "title", "role", "confidential", *(VISIT if one.valid_until else ()))
        self._begin(
            translate("Sửa {login}", login=one.login),
            names,
            {name: getattr(one, name) for name in names},
            Deed(
                lambda typed: user.edit(ws, one.login, _edit(typed)),
                lambda typed: translate(
                    "Đã lưu thay đổi của {name}.", name=typed["full_name"] or one.login
                ),
            ),
        )

    def begin_reset(self, one: UserLine) -> None:
        """Ask for a new password of somebody who forgot it or has none here yet."""
        ws = self.stage.ws
        act = user.reset if one.active else user.reactivate
        self._begin(
            translate("Mật khẩu mới cho {login} trên máy này", login=one.login),
            ("password",),
            {},
            Deed(
                lambda typed: act(ws, one.login, str(typed["password"] or "")),
                lambda _typed: translate(
                    "{name} có mật khẩu mới trên máy này.", name=one.full_name or one.login
                ),
            ),
        )

    def begin_deactivate(self, one: UserLine) -> None:
        """Ask whether somebody really leaves, telling what stands in the name; the file gets a
        new key."""
        ws = self.stage.ws
        self.stage.tasks.desk.run(
            lambda: leaving.left_behind(ws, one.login),
            lambda left: self._ask_deactivate(one, left),
            owner=self,
            key="deactivate",
        )

    def _ask_deactivate(self, one: UserLine, left: tuple[str, ...]) -> None:
        ws = self.stage.ws
        words = translate(
            "Ngừng {login}: người này không mở được sổ nữa. Việc đã làm vẫn giữ.",
            login=one.login,
        )
        self._begin(
            " ".join((words, *left)),
            (),
            {},
            Deed(
                lambda _typed: user.to_fetch(one.login, user.deactivate(ws, one.login)),
                lambda _typed: translate(
                    "Đã ngừng {name}; khóa của sổ đã đổi.", name=one.full_name or one.login
                ),
            ),
            translate("Ngừng"),
        )

    def _begin(
        self,
        title: str,
        names: tuple[str, ...],
        values: dict[str, object],
        deed: Deed,
        act_words: str = "",
    ) -> None:
        clear(self._inside)
        self._deed = deed
        self.section = FormSection("user", "", tuple(_field(name) for name in names))
        self.form = Form((self.section,), sources_of(self.stage.ws), titled=False)
        self.form.load({})
        self.form.put(values)
        self._inside.addWidget(label(title, "section", wrap=True))
        if names:
            self._inside.addWidget(self.form)
            self.form.editors[names[-1]].moved_on.connect(self.submit)
        role = "primary" if names else "danger"
        self.act = button(act_words or translate("Lưu"), self.submit, role)
        self._inside.addLayout(row(1, button(translate("Thôi"), self._leave), self.act))
        self.box.show()
        self.sheet.ensureWidgetVisible(self.box)
        if names:
            self.form.focus(names[0])
        else:
            self.act.setFocus()

    def _leave(self) -> None:
        self.box.hide()
        self.add.setFocus()

    def submit(self) -> None:
        """Do what the form asks for."""
        if self.form is None or not self.act.isEnabled():
            return
        missing = [
            Problem.of("required", one.name, label=one.label)
            for one in self.section.fields
            if one.required and not self.form.value(one.name)
        ]
        if missing:
            self.form.show_problems(missing)
            return
        self.act.setEnabled(False)
        typed, deed = self.form.values(), self._deed
        self.stage.tasks.desk.run(
            lambda: deed.do(typed),
            lambda more: self._done(deed.said(typed), more),
            self._refused,
            owner=self,
        )

    def _done(self, words: str, more: object) -> None:
        """`more` are lines to remember, if the work answered any: they stay until closed."""
        self._leave()
        if isinstance(more, tuple) and more:
            self.stage.tell(Message("\n".join((words, *more)), "wait", stays=True))
        else:
            self.stage.tell(Message(words, "ok"))
        self.reload()

    def _refused(self, failure: Failure) -> None:
        self.act.setEnabled(True)
        rest = self.form.show_problems(failure.problems) if self.form else failure.problems
        if rest:
            self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))

    def _show(self, lines: tuple[UserLine, ...]) -> None:
        clear(self._rows)
        for one in lines:
            self._rows.addWidget(self._entry(one))

    def _entry(self, one: UserLine) -> Card:
        title = translate(
            "{name} ({login}) · {role}",
            name=one.full_name,
            login=one.login,
            role=forms.code_label("role", one.role),
        )
        facts = [
            one.title,
            "" if one.active else translate("đã ngừng dùng"),
            "" if one.has_password else translate("chưa có mật khẩu trên máy này"),
            translate("đọc được ghi chép mật") if one.confidential else "",
            show.visit(one),
            translate("làm việc lần cuối {at}", at=show.instant(one.last_seen_at))
            if one.last_seen_at
            else "",
        ]
        words = translate("Đặt mật khẩu…") if one.active else translate("Cho vào lại…")
        actions: Actions = (
            (translate("Sửa…"), lambda: self.begin_edit(one)),
            (words, lambda: self.begin_reset(one)),
        )
        if one.active:
            hand = translate("Bàn giao…")
            actions += ((hand, lambda: self.stage.go("handing", one.login)),)
        if one.active and one.login != self.stage.ws.user.login:
            actions += ((translate("Ngừng…"), lambda: self.begin_deactivate(one)),)
        return entry(title, (" · ".join(part for part in facts if part),), actions)


def _guest(typed: Typed) -> UserDraft:
    """Who comes from outside to inspect, as typed."""
    told = {name: str(value or "") for name, value in typed.items()}
    return UserDraft(
        told["login"],
        "inspector",
        told["full_name"],
        told["title"],
        password=told["password"],
        valid_until=told["valid_until"],
        basis=told["basis"],
    )


def _edit(typed: Typed) -> UserEdit:
    """What was typed as a change; an emptied day or decision is told as empty."""
    told = {name: str(value or "") for name, value in typed.items()}
    visit = (told["valid_until"], told["basis"]) if VISIT[0] in typed else (None, None)
    confidential = bool(typed["confidential"])
    return UserEdit(told["full_name"], told["title"], told["role"], confidential, *visit)


def _field(name: str) -> FormField:
    made = {
        "login": FormField("", "login", translate("Tên đăng nhập"), "text", True),
        "full_name": FormField("", "full_name", translate("Họ và tên"), "name"),
        "title": FormField("", "title", translate("Chức vụ"), "text"),
        "role": FormField("", "role", translate("Vai trò"), "code", True, forms.choices("role")),
        "password": FormField("", "password", translate("Mật khẩu"), "password", True),
        "valid_until": FormField(
            "", "valid_until", translate("Được vào đến hết ngày"), "date", True
        ),
        "basis": FormField("", "basis", translate("Theo quyết định, lý do"), "text", True),
        "confidential": FormField("", "confidential", translate("Đọc được ghi chép mật"), "bool"),
    }
    return made[name]
