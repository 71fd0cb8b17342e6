"""Who it is, always in view: picture or initials, name, birth, number, place, states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from app.forms import code_label, unit_name, unit_short
from app.values.person import PersonPage
from app.values.task import FlagCard
from app.wording import translate
from ui import show
from ui.screens.case_chips import flag_chip
from ui.widgets.badge import Avatar, Badge
from ui.widgets.flow import flow
from ui.widgets.parts import Elided, clear, column, holder, label, row

PHOTO_PX = 56


class PersonHead(QWidget):
    """The head of a person's page; actions stand at its right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.avatar = Avatar("", PHOTO_PX)
        self.name = label("", "title")
        self.facts = Elided("", "muted")
        self._badges = row(gap=6)
        self._actions = row(gap=8)
        first = holder(flow(self.name, holder(self._badges), gap=12))
        self.setLayout(row(self.avatar, column(first, self.facts, gap=2), self._actions, gap=16))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]

    def show_new(self) -> None:
        """The head of somebody not entered yet."""
        self.avatar.set_name("")
        self.avatar.hide()
        self.name.setText(translate("Thêm người"))
        self.facts.setText(translate("Chỉ cần họ tên và xã là lưu được; phần còn lại bổ sung sau."))
        clear(self._badges)

    def show_page(self, page: PersonPage, today: date, flags: Sequence[FlagCard] = ()) -> None:
        """Who the page is about, and what everybody who comes near is to know."""
        card = page.card
        self.avatar.show()
        self.avatar.set_name(card.name)
        self.name.setText(card.name)
        self.facts.setText(" · ".join(part for part in _facts(page, today) if part))
        clear(self._badges)
        kinds = dict.fromkeys(one.kind for one in flags)
        for chip in (*(flag_chip(one) for one in kinds), *_chips(page)):
            self._badges.addWidget(Badge(chip))

    def show_photo(self, content: bytes) -> None:
        """The person's picture in place of the initials."""
        picture = QPixmap()
        if picture.loadFromData(content):
            self.avatar.setPixmap(round_picture(picture, self.devicePixelRatioF(), PHOTO_PX))

    def set_actions(self, *made: QPushButton) -> None:
        """Replace the actions at the right."""
        clear(self._actions)
        for one in made:
            self._actions.addWidget(one)


def round_picture(picture: QPixmap, ratio: float, pixels: int) -> QPixmap:
    """The middle of a picture, in a circle as large as the avatar."""
    size = round(pixels * ratio)
    small = picture.scaled(
        size,
        size,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    made = QPixmap(size, size)
    made.fill(Qt.GlobalColor.transparent)
    circle = QPainterPath()
    circle.addEllipse(QRectF(0, 0, size, size))
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(circle)
    painter.drawPixmap((size - small.width()) // 2, (size - small.height()) // 2, small)
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def _facts(page: PersonPage, today: date) -> list[str]:
    card = page.card
    place = ", ".join(unit_name(card.commune).split(", ")[:2]) if card.commune else ""
    if card.current_commune and card.current_commune != card.commune:
        now = unit_short(card.current_commune)
        place = translate("{place} (nay thuộc {now})", place=place, now=now)
    years = show.age(card.birth, today)
    birth = show.birth_sentence(card.birth)
    if years is not None and len(card.birth or "") > 4:
        birth = translate("{birth}, {age} tuổi", birth=birth, age=years)
    number = show.masked(card.id_number) or translate("chưa có số định danh")
    return [code_label("sex", card.sex) if card.sex else "", birth, number, place, *_moving(page)]


def _moving(page: PersonPage) -> Iterator[str]:
    """Where the person is asked to be handed to, and where she came from."""
    if page.moving_to:
        yield translate("xin chuyển đến {office}", office=page.moving_to)
    if page.moving_from:
        yield translate("chuyển đến từ {office}", office=page.moving_from)


def _chips(page: PersonPage) -> list[show.Chip]:
    card = page.card
    chips = [show.status(card.status)]
    if card.pending:
        chips.append(show.Chip(translate("Có thay đổi chờ duyệt"), "wait", "…"))
    if page.moving_to:
        chips.append(show.Chip(translate("Đang xin chuyển đi"), "wait", "→"))
    if page.moving_from:
        chips.append(show.Chip(translate("Từ cơ quan khác"), "info", "←"))
    if page.conflicts:
        chips.append(show.sync("conflict"))
    if card.mine_victim:
        chips.append(show.mine_victim())
    life = show.life(card.life_state)
    if life is not None:
        chips.append(life)
    if page.merged_into is not None:
        words = translate("Đã gộp vào {name}", name=page.merged_into.name)
        chips.append(show.Chip(words, "mute", "→"))
    elif page.removed_reason is not None:
        chips.append(show.Chip(translate("Đã gỡ khỏi danh sách"), "mute", "✕"))
    return chips
