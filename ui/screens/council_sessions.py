"""All sessions of the council, and all public notices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import council_session, notice
from app.forms import FormField
from app.values.council import NoticeCard, SessionCard, SessionDraft
from app.wording import translate
from ui import show
from ui.screens.register_part import Asked, Register
from ui.show import Chip
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = ("session_on", "session_starts", "place_kind", "session_place", "session_note")
STATES = {"planned": "info", "held": "wait", "closed": "ok", "cancelled": "mute"}
NOTICES = {"draft": "mute", "approved": "info", "posted": "wait", "taken_down": "ok"}


class SessionsRegister(Register):
    """Enter opens a session."""

    name = "council_session"
    touching = frozenset({"council_session", "hearing"})
    searches = False

    def titled(self) -> str:
        return translate("Phiên họp Hội đồng")

    def adds(self) -> str:
        return translate("Lập phiên họp")

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("council_session", name) for name in FIELDS)

    def columns(self) -> Sequence[Column]:
        return (
            Column("on", translate("Ngày họp"), lambda r: Cell(_day(r.on), bold=True), 14,
                   fixed=True),
            Column("at", translate("Giờ"), lambda r: plain(r.starts), 8),
            Column("place", translate("Nơi họp"), lambda r: plain(r.place), 0),
            Column("persons", translate("Người được xét"), _persons, 0),
            Column("chair", translate("Chủ trì"), _chair, 0, rank=1),
            Column("state", translate("Tình trạng"), _state, 16),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa có phiên họp nào."),
            translate("Lập phiên họp, rồi đưa hồ sơ đủ giấy tờ vào phiên."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        cards = council_session.listing(self.stage.ws)
        return cards, len(cards)

    def chosen(self, line: SessionCard) -> None:
        self.go_to("council_session", line.id)

    def suggested(self) -> Mapping[str, object]:
        return {"place_kind": "office"}

    def write(self, values: Mapping[str, object]) -> object:
        return council_session.save(self.stage.ws, SessionDraft(values))

    def written(self, answer: object) -> None:
        self.go_to("council_session", str(answer))


class NoticesRegister(Register):
    """Enter opens the notice of a session."""

    name = "notice"
    touching = frozenset({"notice"})
    searches = False

    def titled(self) -> str:
        return translate("Thông báo niêm yết")

    def columns(self) -> Sequence[Column]:
        return (
            Column("number", translate("Số thông báo"), lambda r: Cell(r.number or "–", bold=True),
                   0, fixed=True),
            Column("session", translate("Phiên họp"), lambda r: plain(_day(r.session_on)), 14),
            Column("posted", translate("Niêm yết từ"), lambda r: plain(_day(r.posted_on)), 14),
            Column("until", translate("Gỡ sau ngày"), lambda r: plain(_day(r.take_down_on)), 14),
            Column("down", translate("Đã gỡ"), lambda r: plain(_day(r.taken_down_on)), 14),
            Column("state", translate("Tình trạng"), _notice_state, 18),
        )  # fmt: skip

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Chưa có thông báo nào."),
            translate("Kết thúc một phiên họp, rồi lập thông báo ở trang của phiên."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        cards = notice.listing(self.stage.ws)
        return cards, len(cards)

    def chosen(self, line: NoticeCard) -> None:
        self.go_to("council_notice", line.session_id)


def state_chip(state: str) -> Chip:
    """Where a session stands."""
    return Chip(forms.code_label("session_state", state), STATES.get(state, "mute"))


def _day(day: str) -> str:
    return forms.date_shown(day) if day else ""


def _persons(one: SessionCard) -> Cell:
    heard = one.counts.get("concluded", 0) + one.counts.get("adjourned", 0)
    words = translate("{count} người", count=show.number(one.persons))
    if heard:
        words += " · " + translate("{count} đã xét", count=show.number(heard))
    return plain(words)


def _chair(one: SessionCard) -> Cell:
    return plain(one.chair.name if one.chair is not None else "–")


def _state(one: SessionCard) -> Cell:
    return Cell(chips=(state_chip(one.state),))


def _notice_state(one: NoticeCard) -> Cell:
    words = forms.code_label("notice_state", one.state)
    return Cell(chips=(Chip(words, NOTICES.get(one.state, "mute")),))
