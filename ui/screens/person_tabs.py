"""The tabs of a person: forms from the field dictionary, and the lists of what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from app import forms
from app.errors import Problem
from app.forms import FormSection
from app.values.person import PersonPage
from app.wording import translate
from ui.screens.person_applications import ApplicationsTab
from ui.screens.person_belongings import Belongings
from ui.screens.person_cases import CasesTab
from ui.screens.person_certificates import CertificatesTab
from ui.screens.person_files import FilesTab
from ui.screens.person_history import HistoryTab
from ui.screens.person_mine import MineTab
from ui.screens.person_needs import NeedsTab
from ui.screens.person_sharing import SharingTab
from ui.screens.person_supports import SupportsTab
from ui.screens.person_timeline import TimelineTab
from ui.screens.person_work import WorkTab
from ui.stage import Stage
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Scroll, column, holder
from ui.widgets.stack import Stack
from ui.widgets.tabs import Tabs

QUICK = (
    "name sex birth id_number ethnicity phone commune hamlet address_text types degree "
    "mine_victim".split()
)
"""The short form of a new person: enough for a list, one screen without scrolling."""

FORMS = {
    "record": (
        "identity contact address household carer representative education work housing "
        "insurance allowance wellbeing declarant office life".split()
    ),
    "disability": ["certificate", "disability", "self_care"],
}

Whole = tuple[Tabs, dict[str, Form], dict[str, Belongings]]


class PersonTabs(QWidget):
    """`changes()` over all forms of the page; `edited` tells each change by the officer.

    The short form and the tabs are built once and serve one person after the other.
    """

    edited = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self._pages = Stack()
        self.setLayout(column(self._pages, gap=0))
        self.key = ""
        self.tabs: Tabs | None = None
        self.forms: dict[str, Form] = {}
        self.lists: dict[str, Belongings] = {}
        self._quick: tuple[QWidget, Form] | None = None
        self._whole: Whole | None = None

    def show_new(self, preset: dict[str, object]) -> None:
        """One short form for somebody not entered yet."""
        self._forget()
        self._quick = self._quick or self._make_quick()
        sheet, form = self._quick
        self.key, self.tabs, self.forms, self.lists = "", None, {"quick": form}, {}
        form.load({})
        form.put(preset)
        self._pages.show_page(sheet)

    def show_page(self, page: PersonPage, tab: str = "") -> None:
        """All tabs of a person; the same person read again stays at its tab."""
        typing = False
        if self.key != page.card.id or self.tabs is None:
            now = QApplication.focusWidget()
            typing = now is not None and self.isAncestorOf(now)
            self._begin(page.card.id)
        values = dict(page.fields)
        for form in self.forms.values():
            form.load(values)
            form.set_read_only(not self.stage.ws.can("enter") or page.removed_reason is not None)
        for one in self.lists.values():
            one.show_person(page)
        if tab and self.tabs is not None:
            self.tabs.open(tab)
        elif typing:
            self.forms["record"].focus("name")

    def changes(self) -> dict[str, object]:
        """What was typed and not saved, over all forms."""
        return {k: v for form in self.forms.values() for k, v in form.changes().items()}

    def before(self) -> dict[str, object]:
        """The values the typist saw, over all forms."""
        return {k: v for form in self.forms.values() for k, v in form.before().items()}

    def value(self, name: str) -> object:
        """One field as it stands now."""
        form = self._form_of(name)
        return form.value(name) if form is not None else None

    def put(self, values: dict[str, object]) -> None:
        """Show unsaved values again."""
        for form in self.forms.values():
            form.put({name: value for name, value in values.items() if form.has(name)})

    def undo(self) -> None:
        """Take the last change of the open form back."""
        form = self.forms.get(self.tabs.current if self.tabs else "quick")
        for one in [form] if form is not None else self.forms.values():
            one.undo()

    def show_tab(self, name: str) -> None:
        """Open a tab, with the cursor on it."""
        if self.tabs is not None:
            self.tabs.open(name)
            self.tabs.focus_tab(name)

    def focus(self) -> None:
        """Put the cursor into the first field of a new person; leave it alone elsewhere."""
        if "quick" in self.forms:
            self.forms["quick"].focus("name")

    def go_to(self, name: str) -> None:
        """Open the tab of a field and put the cursor into it."""
        for tab, form in self.forms.items():
            if form.has(name):
                if self.tabs is not None:
                    self.tabs.open(tab)
                form.focus(name)

    def show_problems(self, problems: Sequence[Problem]) -> tuple[Problem, ...]:
        """Problems under their fields, the first in view; answers those without a field."""
        rest = list(problems)
        first = ""
        for tab, form in self.forms.items():
            mine = [problem for problem in rest if form.has(problem.field)]
            if mine:
                first = first or tab
                if self.tabs is not None and tab == first:
                    self.tabs.open(tab)
                form.show_problems(mine)
            rest = [problem for problem in rest if not form.has(problem.field)]
        return tuple(rest)

    @property
    def writing(self) -> Belongings | None:
        """The open tab, while something is being written in its box."""
        page = self.lists.get(self.tabs.current) if self.tabs is not None else None
        return page if page is not None and page.busy else None

    def leave(self) -> None:
        """The officer goes elsewhere: what is being written in boxes is kept."""
        for one in self.lists.values():
            one.leave()

    def refresh(self, entities: frozenset[str]) -> None:
        """A commit touched these tables: read the lists that show them again."""
        for one in self.lists.values():
            if entities & one.touching:
                one.reload()

    def _begin(self, key: str) -> None:
        """Another person: the same tabs, emptied, at the first of them."""
        self._forget()
        self.key = key
        self.tabs, self.forms, self.lists = self.prepare()
        for name in self.lists:
            self.tabs.set_count(name, None)
        sheet = self.tabs.open("record")
        assert isinstance(sheet, Scroll)
        sheet.verticalScrollBar().setValue(0)
        self._pages.show_page(self.tabs)

    def prepare(self) -> Whole:
        """The tabs, built now if they are not there yet."""
        self._whole = self._whole or self._make_whole()
        return self._whole

    def _forget(self) -> None:
        for one in self.lists.values():
            one.forget()

    def _make_quick(self) -> tuple[QWidget, Form]:
        fields = tuple(forms.field("person", name) for name in QUICK)
        form = self._form((FormSection("quick", translate("Nhập nhanh"), fields),))
        sheet = Scroll(holder(column(form, 1)))
        self._pages.add(sheet)
        return sheet, form

    def _make_whole(self) -> Whole:
        tabs = Tabs()
        made = {name: self._form(forms.sections("person", FORMS[name])) for name in FORMS}
        tabs.begin(translate("Hồ sơ"), counted=False)
        titles = {"record": translate("Thông tin chung"), "disability": translate("Khuyết tật")}
        for name, title in titles.items():
            tabs.add(name, title, lambda form=made[name]: Scroll(holder(column(form, 1))))  # type: ignore[misc]
        made["mine"] = self._form(forms.sections("person", ["mine"]), hidden=True)
        parts: tuple[tuple[str, str, Belongings], ...] = (
            ("mine", translate("Bom mìn"), MineTab(self.stage, made["mine"])),
            ("needs", translate("Nhu cầu"), NeedsTab(self.stage)),
            ("cases", translate("Quản lý ca"), CasesTab(self.stage)),
            ("supports", translate("Hỗ trợ"), SupportsTab(self.stage)),
            ("applications", translate("Xác định"), ApplicationsTab(self.stage)),
            ("certificates", translate("Giấy xác nhận"), CertificatesTab(self.stage)),
            ("files", translate("Giấy tờ, ảnh"), FilesTab(self.stage)),
            ("sharing", translate("Đồng ý và chia sẻ"), SharingTab(self.stage)),
            ("work", translate("Việc, cờ"), WorkTab(self.stage)),
            ("timeline", translate("Dòng thời gian"), TimelineTab(self.stage)),
            ("history", translate("Lịch sử"), HistoryTab(self.stage)),
        )
        groups = {
            "needs": translate("Ca, hỗ trợ"),
            "files": translate("Giấy tờ, đồng ý"),
            "work": translate("Việc, diễn biến"),
        }
        for name, title, page in parts:
            if name in groups:
                tabs.begin(groups[name])
            page.writing.connect(self.edited)
            page.counted.connect(lambda count, name=name: tabs.set_count(name, count))
            tabs.add(name, title, lambda page=page: page)  # type: ignore[misc]
        tabs.opened.connect(lambda _name: self.edited.emit())
        self._pages.add(tabs)
        return tabs, made, {name: page for name, _title, page in parts}

    def _form(self, sections: tuple[FormSection, ...], hidden: bool = False) -> Form:
        form = Form(sections, sources_of(self.stage.ws), hidden=hidden)
        form.edited.connect(lambda _name: self.edited.emit())
        return form

    def _form_of(self, name: str) -> Form | None:
        return next((form for form in self.forms.values() if form.has(name)), None)
