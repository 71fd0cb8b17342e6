"""One kind of things of a person within a tab: written, corrected, gone on with, taken off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from app import forms
from app.forms import Choice, FormField, FormSection
from app.values.need import NeedCard
from app.values.person import PersonPage
from app.wording import translate
from ui.screens.person_belongings import Actions, Belongings, EntryBox, entry
from ui.stage import Stage
from ui.widgets.ask import AskReason
from ui.widgets.parts import button, label, row


class Part(Belongings):
    """Subclasses say what it is (`record`, `titled`, `adds`) and give the actions.

    `draft(values)` writes what stands in the box, `card_words(card)` is (title, lines), `acts` what
    else can be done with a card, `remove(id, reason)` takes it off.
    """

    record = ""
    only: tuple[str, ...] = ()

    def __init__(self, stage: Stage, within: Belongings) -> None:
        super().__init__(stage, within)
        self.editing: Any = None
        self._leaving = ""
        self._boxes: list[EntryBox] = []
        self.needs: tuple[NeedCard, ...] = ()
        self.add = button(self.adds(), self.begin, "", "plus")
        self.ask = AskReason()
        self.ask.given.connect(self._removed)
        heading = label(self.titled(), "section")
        self.top.addLayout(row(heading, 1, self.add))
        section = FormSection(self.record, "", self.form_fields())
        self.entry_box = self.make_box((section,), translate("Lưu"), self.adds())
        self._boxes.append(self.entry_box)
        self.top.addWidget(self.entry_box)
        self.top.addWidget(self.ask)

    def titled(self) -> str:
        """What these things are called together."""
        return ""

    def adds(self) -> str:
        """The words of the button for a new one."""
        return ""

    def form_fields(self) -> tuple[FormField, ...]:
        """The fields of the box."""
        return tuple(forms.field(self.record, name) for name in self.only)

    def step_box(
        self, title: str, fields: tuple[FormField, ...], submit: Callable[[], None]
    ) -> EntryBox:
        """One more box, for what becomes of a thing."""
        box = EntryBox(self.stage, (FormSection(self.record, "", fields),), translate("Ghi"), title)
        box.saved.connect(submit)
        box.left.connect(self.leave_box)
        self._boxes.append(box)
        self.top.insertWidget(2, box)
        return box

    def use(self, box: EntryBox) -> EntryBox:
        """From now on this box is the one that is written in."""
        if self.box is not None and self.box is not box:
            self.box.keeping.leave()
            self.box.hide()
        self.box = box
        return box

    def begin(self, card: Any = None) -> None:
        """Open the box for a new thing, or to correct one."""
        box = self.use(self.entry_box)
        self.editing = card
        known = self.values_of(card) if card is not None else {}
        box.fill(known, self.suggested() if card is None else {})
        key = self.draft_key if card is None else f"{self.draft_key}:{card.id}"
        self.open_box(key, next(iter(box.form.values())))
        if card is not None:
            box.keeping.offer(box.form.put)

    def suggested(self) -> Mapping[str, object]:
        """What stands in the box of a new thing."""
        return {}

    def values_of(self, card: Any) -> Mapping[str, object]:
        """A thing's values as the box shows them."""
        return dict(card.fields)

    def open_step(self, box: EntryBox, card: Any, values: Mapping[str, object]) -> None:
        """Open a box about what becomes of a thing."""
        self.editing = card
        self.use(box).fill({}, values)
        self.open_box(f"{self.draft_key}:step:{card.id}", next(iter(box.form.values())))
        box.keeping.offer(box.form.put)

    def write(self, values: Mapping[str, object]) -> object:
        """Write a new thing or the corrected one; off the screen."""
        raise AssertionError(values)

    def take_off(self, row_id: str, reason: str) -> None:
        """Take a thing off; off the screen."""
        raise AssertionError(row_id, reason)

    def submit(self) -> None:
        """Save what stands in the box that is open."""
        assert self.box is not None
        if self.box is not self.entry_box:
            self.box.saved.emit()
            return
        values = self.box.form.changes()
        self.save_box(lambda: self.write(values))

    def show_rows(self, answer: Any) -> None:
        cards, self.needs = answer
        self.counted.emit(len(cards))
        if not cards:
            self.nothing(self.nothing_words())
        for card in cards:
            title, lines = self.card_words(card)
            self.rows.addWidget(entry(title, lines, self._actions(card)))

    def nothing_words(self) -> str:
        """What is said when there is none."""
        return translate("Chưa ghi gì ở đây.")

    def card_words(self, card: Any) -> tuple[str, tuple[str, ...]]:
        """The strong line of a thing, and the lines below it."""
        return str(card), ()

    def acts(self, card: Any) -> Actions:
        """What can be done with a thing beside correcting it."""
        return ()

    def describe_needs(self, needs: Sequence[NeedCard]) -> None:
        """Offer the person's needs in the field `need`."""
        offered = tuple(forms.choice(one.id, need_words(one)) for one in needs)
        self.entry_box.form.describe(need_field(offered))

    def forget(self) -> None:
        for box in self._boxes:
            self.use(box)
            super().forget()
        self.editing = None
        self.use(self.entry_box)

    def leave_box(self) -> None:
        super().leave_box()
        self.editing = None
        self.use(self.entry_box)

    def _actions(self, card: Any) -> Actions:
        if not self.writable:
            return ()
        return (
            *self.acts(card),
            (translate("Sửa"), lambda: self.begin(card)),
            (translate("Gỡ…"), lambda: self._leave(card)),
        )

    def _leave(self, card: Any) -> None:
        self._leaving = card.id
        self.ask.ask(translate("Gỡ dòng này vì lý do gì?"), "", translate("Gỡ"))

    def _removed(self, reason: str) -> None:
        which = self._leaving
        self.act(lambda: self.take_off(which, reason), translate("Đã gỡ."))


class Joined(Belongings):
    """Several parts in one tab; the tab counts them all."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.parts: tuple[Part, ...] = ()
        self._counts: dict[int, int] = {}

    def join(self, *parts: Part) -> None:
        """Show the parts one below the other."""
        self.parts = parts
        self.touching = frozenset().union(*(part.touching for part in parts))
        for number, part in enumerate(parts):
            part.writing.connect(self.writing)
            part.counted.connect(lambda count, number=number: self._count(number, count))
            self.top.addWidget(part)

    @property
    def busy(self) -> bool:
        return any(part.busy for part in self.parts)

    def show_person(self, page: PersonPage) -> None:
        self.page = page
        for part in self.parts:
            part.show_person(page)

    def forget(self) -> None:
        self.page = None
        for part in self.parts:
            part.forget()

    def reload(self) -> None:
        for part in self.parts:
            part.reload()

    def leave(self) -> None:
        for part in self.parts:
            part.leave()

    def submit(self) -> None:
        """Save what stands in the box under the cursor, else in the first that is open."""
        busy = [part for part in self.parts if part.busy]
        now = [part for part in busy if part.isAncestorOf(self.focusWidget() or self)]
        for part in (now or busy)[:1]:
            part.submit()

    def _count(self, number: int, count: int) -> None:
        self._counts[number] = count
        self.counted.emit(sum(self._counts.values()))


def need_field(offered: tuple[Choice, ...] = ()) -> FormField:
    """The field that ties a thing to a need of the person; it may stay empty."""
    return FormField("", "need", translate("Cho nhu cầu"), "code", choices=offered)


def need_words(one: NeedCard) -> str:
    """A need in few words."""
    listed = ("need_item", one.item) if one.item else ("need_group", one.group)
    return forms.code_label(*listed)


def day(value: object) -> str:
    """A day as people read it; nothing for none."""
    return forms.date_shown(str(value)) if value else ""


def line(*parts: str) -> str:
    """Facts in one line; empty ones are left out."""
    return " · ".join(part for part in parts if part)


def paper(origin: object) -> str:
    """That something was taken over from paper."""
    return translate("theo hồ sơ cũ") if origin == "paper" else ""
