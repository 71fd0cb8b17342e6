"""Two records side by side: why they may be one person, where they differ, what each one owns."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QRadioButton, QWidget

from app import forms
from app.actions import merge
from app.values.duplicates import Belongs, Review, Why
from app.values.person import PersonPage
from app.wording import say, translate
from ui import show
from ui.screens.person_head import round_picture
from ui.widgets.badge import Avatar, Badge
from ui.widgets.flow import flow
from ui.widgets.parts import Elided, Scroll, button, clear, column, holder, label, row, rule

AVATAR_PX = 48
LABEL_PX = 120
SIDES = ("a", "b")


class ReviewCard(QFrame):
    """The decisions are its buttons and the screen's keys; `take()` is what was chosen by field."""

    merge_asked = Signal()
    apart_asked = Signal()
    next_asked = Signal()
    open_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.setAccessibleName(translate("Hai hồ sơ đang so"))
        self.review: Review | None = None
        self.stays = QButtonGroup(self)
        self._choices: dict[str, tuple[QRadioButton, QRadioButton]] = {}
        self._groups: list[QButtonGroup] = []
        self._inside = column(gap=10)
        self._scroll = Scroll(holder(self._inside))
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(translate("Nội dung hai hồ sơ"))
        self.why_not = label("", "problem", wrap=True)
        words = {
            "merge": (translate("Gộp (G)"), self.merge_asked, "primary", "approve"),
            "apart": (translate("Hai người khác nhau (K)"), self.apart_asked, "", "users"),
            "next": (translate("Cặp sau (N)"), self.next_asked, "", "forward"),
        }
        self.buttons = {
            name: button(text, asked.emit, role, picture)
            for name, (text, asked, role, picture) in words.items()
        }
        self._acts = holder(flow(*self.buttons.values(), gap=8))
        page = column(self._scroll, self.why_not, self._acts, gap=10, margins=(20, 16, 20, 14))
        page.setStretch(0, 1)
        self.setLayout(page)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No pair is looked at."""
        self.review = None
        self._forget()
        self._inside.addStretch(1)
        self._acts.hide()
        self.why_not.hide()

    def show_review(self, review: Review) -> None:
        """Show a pair; the proposed choices are made already."""
        self.review = review
        self._forget()
        for part in self._parts(review):
            self._inside.addWidget(part)
        self._inside.addStretch(1)
        self._scroll.verticalScrollBar().setValue(0)
        self._acts.show()
        self.buttons["merge"].setEnabled(review.may_merge)
        self.why_not.setText(
            ""
            if review.may_merge
            else translate("Có hồ sơ đã duyệt: người có quyền duyệt mới gộp được.")
        )
        self.why_not.setVisible(not review.may_merge)

    def keep(self, side: str) -> None:
        """Choose whose record stays: "a" at the left, "b" at the right."""
        chosen = self.stays.button(SIDES.index(side))
        if chosen is not None:
            chosen.setChecked(True)

    def survivor(self) -> str:
        """Whose record stays."""
        return SIDES[max(0, self.stays.checkedId())]

    def take(self) -> dict[str, str]:
        """The chosen side of each differing field; "both" where neither was."""
        return {
            name: "b" if right.isChecked() else "a" if left.isChecked() else merge.BOTH
            for name, (left, right) in self._choices.items()
        }

    def _forget(self) -> None:
        clear(self._inside)
        for made in self.stays.buttons():
            self.stays.removeButton(made)
        for group in self._groups:
            group.deleteLater()
        self._choices, self._groups = {}, []

    def _parts(self, review: Review) -> Iterator[QWidget]:
        grade = review.pair.grade
        tone, sign = {"same": ("bad", "="), "likely": ("wait", "≈")}.get(grade, ("mute", "≠"))
        verdict = Badge(show.Chip(say(f"like_grade_{grade}"), tone, sign))
        chips = (Badge(_chip(why)) for why in review.pair.reasons)
        yield holder(flow(verdict, *chips, gap=6))
        if review.said:
            yield label(review.said, "problem", wrap=True)
        yield self._heads(review)
        yield rule()
        yield label(translate("Chỗ khác nhau: chọn giá trị giữ lại"), "section")
        yield self._grid(review)
        alike = ", ".join(_same(review))
        yield label(translate("Giống nhau: {names}", names=alike), "caption", wrap=True)
        yield label(
            translate(
                "Không có gì bị mất: hồ sơ gộp vào vẫn được giữ; giấy tờ, ảnh, nhu cầu, ca, "
                "tai nạn và quyết định đi theo người; tách lại lúc nào cũng được."
            ),
            "caption",
            wrap=True,
        )

    def _heads(self, review: Review) -> QWidget:
        both = (review.a, review.b)
        made = row(gap=16)
        for at, page in enumerate(both):
            made.addWidget(self._head(at, page, review), 1)
        self.keep(review.survivor)
        return holder(made)

    def _head(self, at: int, page: PersonPage, review: Review) -> QWidget:
        avatar = Avatar(page.card.name, AVATAR_PX)
        avatar.setStyleSheet(f"border-radius: {AVATAR_PX // 2}px;")
        picture = QPixmap()
        if review.photos[at] and picture.loadFromData(review.photos[at]):
            avatar.setPixmap(round_picture(picture, self.devicePixelRatioF(), AVATAR_PX))
        stays = QRadioButton(translate("Giữ hồ sơ này ({key})", key=at + 1))
        stays.setAccessibleName(
            translate("Giữ hồ sơ {key}: {name}", key=at + 1, name=page.card.name)
        )
        self.stays.addButton(stays, at)
        key = page.card.id
        opens = button(translate("Mở hồ sơ"), lambda: self.open_asked.emit(key), "quiet")
        opens.setAccessibleName(translate("Mở hồ sơ {key}", key=at + 1))
        names = column(Elided(page.card.name, "subtitle"), Elided(_facts(page), "muted"), gap=2)
        top = row(avatar, names, gap=10)
        top.setStretch(1, 1)
        owns = label(_owns(review.belongs[at]), "caption", wrap=True)
        return holder(column(top, owns, flow(stays, opens, gap=8), gap=6))

    def _grid(self, review: Review) -> QWidget:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for line, (name, side) in enumerate(review.take.items()):
            caption = forms.field("person", name).label
            grid.addWidget(label(caption, "muted", wrap=True), line, 0, Qt.AlignmentFlag.AlignTop)
            words = _words(review.a, name), _words(review.b, name)
            group = QButtonGroup(self)
            radios = tuple(self._choice(grid, (line, at), caption, words) for at in (0, 1))
            for radio in radios:
                group.addButton(radio)
            if side in SIDES:
                radios[SIDES.index(side)].setChecked(True)
            self._groups.append(group)
            self._choices[name] = (radios[0], radios[1])
            kept = show.Chip(translate("giữ cả hai, hoặc chọn một"), "info", "+")
            chip = Badge(kept if side == merge.BOTH else _difference(*words))
            grid.addWidget(chip, line, 3, Qt.AlignmentFlag.AlignTop)
        grid.setColumnMinimumWidth(0, LABEL_PX)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        return holder(grid)

    def _choice(
        self, grid: QGridLayout, place: tuple[int, int], caption: str, words: tuple[str, str]
    ) -> QRadioButton:
        line, at = place
        radio = QRadioButton()
        value = words[at] or translate("chưa có")
        radio.setAccessibleName(
            translate("{label}, hồ sơ {key}: {value}", label=caption, key=at + 1, value=value)
        )
        shown = label(value, "" if words[at] else "muted", wrap=True)
        radio.toggled.connect(lambda on: shown.setProperty("role", "strong" if on else "muted"))
        radio.toggled.connect(lambda _on: shown.style().polish(shown))
        both = row(radio, shown, gap=6)
        both.setStretch(1, 1)
        grid.addWidget(holder(both), line, at + 1, Qt.AlignmentFlag.AlignTop)
        return radio


def _chip(why: Why) -> show.Chip:
    if why.weight > 0:
        return show.Chip(why.words, "ok", "+")
    return show.Chip(why.words, "wait" if why.weight < 0 else "mute", "−" if why.weight < 0 else "")


def _facts(page: PersonPage) -> str:
    card = page.card
    number = show.masked(card.id_number) or translate("chưa có số định danh")
    parts = (show.birth_sentence(card.birth), number, show.place(card.commune, card.hamlet))
    return " · ".join(part for part in (*parts, show.status(card.status).text) if part)


def _owns(owned: Belongs) -> str:
    return translate(
        "{needs} nhu cầu · {cases} ca · {files} ảnh, giấy tờ · {accidents} tai nạn",
        needs=owned.needs,
        cases=owned.cases,
        files=owned.files,
        accidents=owned.accidents,
    )


def _words(page: PersonPage, name: str) -> str:
    if name in page.hidden:
        return translate("có, thông tin hạn chế")
    return forms.value_shown("person", name, page.fields.get(name))


def _difference(one: str, other: str) -> show.Chip:
    if not one:
        return show.Chip(translate("chỉ bên phải"), "info", "+")
    if not other:
        return show.Chip(translate("chỉ bên trái"), "info", "+")
    return show.Chip(translate("khác"), "wait", "≠")


def _same(review: Review) -> Iterator[str]:
    """Labels of the filled fields in which both records agree."""
    for section in forms.sections("person"):
        for field in section.fields:
            if field.name not in review.take and _words(review.a, field.name):
                yield field.label.lower()
