"""Everybody an accident hurt, on its page: registered or not, added, corrected, linked later."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QWidget

from app import forms
from app.actions import person, victim
from app.values.person import PeopleFilter, PersonCard
from app.values.victim import AccidentPage, VictimDraft, VictimLine
from app.wording import translate
from ui.screens.person_belongings import Actions, entry
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, clear, column, keep_if, label, row
from ui.widgets.search_field import SearchField

OFFERED_MAX = 6


class Victims(QWidget):
    """The victims of `show_page(page)`; a box to write one, a search to say who it is."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.stage = stage
        self.page: AccidentPage | None = None
        self._editing: VictimLine | None = None
        self._linking: VictimLine | None = None
        self._asked: tuple[str, str] = ("", "")
        self.add = button(translate("Thêm nạn nhân chưa đăng ký"), self.begin, "", "plus")
        self.known = button(translate("Thêm người đã đăng ký"), self._begin_known, "", "people")
        self.form = Form(_sections(True), sources_of(stage.ws), hidden=True)
        self.box = Card(translate("Nạn nhân"), self.form)
        act = button(translate("Lưu nạn nhân"), self.save, "primary", tip="Ctrl+S")
        self.box.add(row(1, button(translate("Thôi"), self._leave), act))
        self.search = SearchField(translate("tên có dấu hay không, năm sinh, xã…"),
                                  translate("Tìm người đã đăng ký"))  # fmt: skip
        self.search.searched.connect(self._look)
        self.offered = column(gap=4)
        self.finding = Card(translate("Người ấy là ai?"), self.search, self.offered)
        self.finding.add(row(1, button(translate("Thôi"), self._leave)))
        self.ask = AskReason()
        self.ask.given.connect(self._reasoned)
        self.rows = column(gap=10)
        top = row(label(translate("Nạn nhân"), "section"), 1, self.known, self.add)
        parts = (top, self.finding, self.box, self.ask, self.rows)
        self.setLayout(column(*parts, gap=10))
        for part in (self.box, self.finding):
            keep_if(part, False)

    def forget(self) -> None:
        """Another accident comes."""
        self.page = None
        clear(self.rows)
        self._close()
        self.ask.hide()

    def show_page(self, page: AccidentPage) -> None:
        """Show everybody the accident hurt."""
        self.page = page
        may = self.stage.ws.can("enter")
        for made in (self.add, self.known):
            made.setVisible(may)
        clear(self.rows)
        if not page.victims:
            self.rows.addWidget(label(translate("Chưa ghi nạn nhân nào."), "muted", wrap=True))
        for one in page.victims:
            self.rows.addWidget(self._entry(one, may))

    def take_cursor(self) -> None:
        """The cursor goes where the next victim is added."""
        self.add.setFocus()

    def begin(self, one: VictimLine | None = None) -> None:
        """Open the form for somebody who is not registered, or to correct a victim."""
        self._close()
        self._editing = one
        self.form.load(one.fields if one is not None else {})
        self.box.show()
        named = one is None or not one.person_id
        self.form.focus("victim_name" if named else "activity")

    def save(self) -> None:
        """Save the victim that is being written."""
        page, editing = self.page, self._editing
        if page is None or self.box.isHidden():
            return
        ws, typed = self.stage.ws, self.form.changes()
        draft = VictimDraft(page.id, typed, None, editing.id if editing is not None else None)
        self._run(lambda: victim.save(ws, draft), translate("Đã lưu nạn nhân."))

    def _entry(self, one: VictimLine, may: bool) -> Card:
        told = one.name or translate("chưa rõ tên")
        title = translate("{number}. {name}", number=one.number, name=told)
        how = translate("đã đăng ký") if one.person_id else translate("chưa đăng ký")
        lines = (" · ".join((how, *_told(one))),)
        actions: Actions = ()
        if one.person_id:
            go = lambda: self.stage.go("person", one.person_id, tab="mine")  # noqa: E731
            actions += ((translate("Trang người"), go),)
        if may and not one.hidden:
            actions += ((translate("Sửa"), lambda: self.begin(one)),)
        if may and not one.person_id:
            actions += ((translate("Gắn với người đăng ký…"), lambda: self._begin_link(one)),)
        elif may:
            actions += ((translate("Gỡ liên kết…"), lambda: self._ask("unlink", one)),)
        if may:
            actions += ((translate("Gỡ…"), lambda: self._ask("remove", one)),)
        return entry(title, lines, actions)

    def _begin_known(self) -> None:
        self._close()
        self.finding.show()
        self.search.setFocus()

    def _begin_link(self, one: VictimLine) -> None:
        self._begin_known()
        self._linking = one
        if one.name:
            self.search.set_text(one.name)
            self._look(one.name)

    def _look(self, words: str) -> None:
        ws = self.stage.ws
        if not words.strip():
            clear(self.offered)
            return
        which = PeopleFilter(query=words)
        self.stage.tasks.desk.run(
            lambda: person.listing(ws, which, None, OFFERED_MAX).cards,
            self._offer,
            owner=self,
            key="victim-who",
        )

    def _offer(self, cards: tuple[PersonCard, ...]) -> None:
        clear(self.offered)
        if not cards:
            self.offered.addWidget(label(translate("Không thấy ai như vậy trong sổ."), "muted"))
        for card in cards:
            facts = (
                card.name,
                forms.date_shown(card.birth or ""),
                card.hamlet or "",
                forms.unit_short(card.commune) if card.commune else "",
            )
            words = " · ".join(one for one in facts if one)
            self.offered.addWidget(button(words, lambda key=card.id: self._choose(key), "quiet"))  # type: ignore[misc]

    def _choose(self, person_id: str) -> None:
        page, linking, ws = self.page, self._linking, self.stage.ws
        if page is None:
            return
        if linking is not None:
            work: Callable[[], object] = lambda: victim.link(ws, linking.id, person_id)  # noqa: E731
            self._run(work, translate("Đã gắn nạn nhân với người đăng ký."))
            return
        draft = VictimDraft(page.id, {}, person_id)
        self._run(lambda: victim.save(ws, draft), translate("Đã lưu nạn nhân."))

    def _ask(self, what: str, one: VictimLine) -> None:
        self._asked = (what, one.id)
        title, act = {
            "unlink": (translate("Gỡ liên kết vì lý do gì?"), translate("Gỡ liên kết")),
            "remove": (translate("Gỡ nạn nhân này vì lý do gì?"), translate("Gỡ")),
        }[what]
        self.ask.ask(title, "", act)

    def _reasoned(self, reason: str) -> None:
        ws, (what, which) = self.stage.ws, self._asked
        if what == "unlink":
            said = translate("Đã gỡ liên kết; nạn nhân còn trong vụ tai nạn.")
            self._run(lambda: victim.unlink(ws, which, reason), said)
        else:
            self._run(lambda: victim.remove(ws, which, reason), translate("Đã gỡ nạn nhân."))

    def _run(self, work: Callable[[], object], words: str) -> None:
        def done(_answer: object) -> None:
            self.stage.tell(Message(words, "ok"))
            self._leave()

        self.stage.tasks.desk.run(work, done, self._wrong, owner=self)

    def _wrong(self, failure: Failure) -> None:
        rest = failure.problems
        if not self.box.isHidden():
            rest = self.form.show_problems(failure.problems)
        if rest or not failure.problems:
            words = "\n".join(one.message for one in rest) or failure.message
            self.stage.tell(Message(words, "bad"))

    def _leave(self) -> None:
        self._close()
        self.take_cursor()

    def _close(self) -> None:
        self._editing = self._linking = None
        self.box.hide()
        self.finding.hide()
        self.search.set_text("")
        clear(self.offered)


def _sections(unregistered: bool) -> tuple[forms.FormSection, ...]:
    """The victim form of an accident: who it was, what happened to him, what came of it."""
    order = ("unregistered", "victim", "then") if unregistered else ("victim", "then")
    known = {one.name: one for one in forms.sections("victim")}
    return tuple(known[name] for name in order)


def _told(one: VictimLine) -> Iterator[str]:
    if one.birth:
        yield translate("sinh {day}", day=forms.date_shown(one.birth))
    for name, value in one.fields.items():
        words = forms.value_shown("victim", name, value)
        if words and name not in ("victim_name", "victim_birth"):
            yield f"{forms.field('victim', name).label}: {words}"
