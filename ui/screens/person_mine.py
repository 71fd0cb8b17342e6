"""A person as a mine or UXO victim: the role, and the accidents that hurt the person."""

from __future__ import annotations

from collections.abc import Iterator

from app import forms
from app.actions import accident
from app.values.accident import AccidentDraft, VictimPage
from app.wording import translate
from ui.screens.person_accidents import KnownAccidents
from ui.screens.person_belongings import Actions, Belongings, entry
from ui.stage import Stage
from ui.widgets.ask import AskReason
from ui.widgets.form import Form
from ui.widgets.parts import Card, button, label, row


class MineTab(Belongings):
    """Accident place and residence are two things; the date may be unknown."""

    touching = frozenset({"accident", "victim"})

    name, tab = "victim", "mine"

    def __init__(self, stage: Stage, role: Form) -> None:
        super().__init__(stage)
        self._editing: VictimPage | None = None
        self._leaving = ""
        self.add = button(translate("Ghi tai nạn"), self.begin, "", "plus")
        sections = forms.sections("accident") + forms.sections("victim", ("victim", "then"))
        box = self.make_box(
            sections, translate("Lưu tai nạn"), translate("Tai nạn (nơi xảy ra, không phải nơi ở)")
        )
        self.known = KnownAccidents(stage, self.add)
        box.body.insertWidget(1, self.known)
        box.form.edited.connect(self._look_again)
        self.ask = AskReason()
        self.ask.given.connect(self._removed)
        self.warning = label(
            translate("Gặp vật nghi là bom mìn: không chạm vào, giữ nguyên, báo ngay xã, quân sự."),
            "caption",
            wrap=True,
        )
        self.top.addWidget(role)
        line = row(self.add, self.warning, gap=16)
        line.setStretch(1, 1)
        self.top.addLayout(line)
        self.top.addWidget(box)
        self.top.addWidget(self.ask)

    def forget(self) -> None:
        super().forget()
        self._editing = None
        self.known.forget()

    def begin(self, page: VictimPage | None = None) -> None:
        """Open the form for another accident, or to correct one."""
        assert self.box is not None
        self._editing = page
        self.known.forget()
        self.box.fill({**page.accident, **page.victim} if page is not None else {}, {})
        self.open_box(
            self.draft_key if page is None else f"{self.draft_key}:{page.id}", "accident_on"
        )
        if page is not None:
            self.box.keeping.offer(self.box.form.put)

    def read(self) -> tuple[VictimPage, ...]:
        return accident.of_person(self.stage.ws, self.key)

    def show_rows(self, answer: tuple[VictimPage, ...]) -> None:
        self.counted.emit(len(answer))
        if not answer:
            self.nothing(translate("Chưa ghi tai nạn bom mìn nào."))
        for page in answer:
            self.rows.addWidget(self._entry(page))

    def _entry(self, page: VictimPage) -> Card:
        about = page.accident
        title = translate(
            "Tai nạn {day} tại {place}",
            day=forms.date_shown(str(about.get("accident_on") or "")) or translate("không rõ ngày"),
            place=forms.value_shown("accident", "accident_commune", about.get("accident_commune"))
            or translate("không rõ nơi"),
        )
        others = ", ".join(name for _, name in page.others)
        lines = [" · ".join(_known(page))]
        if others:
            lines.append(translate("Cùng bị nạn: {names}", names=others))
        actions: Actions = ()
        if page.accident_id:
            go = lambda: self.stage.go("accident", page.accident_id)  # noqa: E731
            actions += ((translate("Mở vụ tai nạn"), go),)
        if self.writable:
            actions += (
                (translate("Sửa"), lambda: self.begin(page)),
                (translate("Gỡ…"), lambda: self._remove(page)),
            )
        return entry(title, tuple(lines), actions)

    def submit(self) -> None:
        """Save the accident and what it did to the person."""
        assert self.box is not None
        ws, editing = self.stage.ws, self._editing
        changes = self.box.form.changes()
        harm = {name: value for name, value in changes.items() if _is_of("victim", name)}
        about = {name: value for name, value in changes.items() if _is_of("accident", name)}
        tied = self.known.chosen
        if tied is not None:  # what is typed about a known accident adds to it, or corrects it
            about = {name: value for name, value in about.items() if value not in (None, "", ())}
        draft = AccidentDraft(
            self.key,
            harm,
            about,
            editing.accident_id if editing is not None else tied,
            editing.id if editing is not None else None,
        )
        self.save_box(lambda: accident.save(ws, draft))

    def _look_again(self, name: str) -> None:
        """The commune or the year of a new accident is known: is it one already recorded?"""
        if self._editing is None and name in ("accident_commune", "accident_on"):
            assert self.box is not None
            typed = self.box.form.values()
            commune = str(typed.get("accident_commune") or "")
            self.known.look(commune, str(typed.get("accident_on") or ""), self.key)

    def _remove(self, page: VictimPage) -> None:
        self._leaving = page.id
        self.ask.ask(translate("Gỡ tai nạn này vì lý do gì?"), "", translate("Gỡ"))

    def _removed(self, reason: str) -> None:
        ws, which = self.stage.ws, self._leaving
        self.act(lambda: accident.remove(ws, which, reason), translate("Đã gỡ tai nạn."))


def _known(page: VictimPage) -> Iterator[str]:
    """What is told of an accident beside its day and commune, and of the harm it did."""
    for record, values in (("accident", page.accident), ("victim", page.victim)):
        for name, value in values.items():
            words = forms.value_shown(record, name, value)
            if words and name not in ("accident_on", "accident_commune", "accident_known"):
                yield f"{forms.field(record, name).label}: {words}"


def _is_of(record: str, name: str) -> bool:
    return any(field.name == name for part in forms.sections(record) for field in part.fields)
