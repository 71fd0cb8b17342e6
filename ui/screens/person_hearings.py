"""What the council concluded about a person, minutes of paper among it; and what was screened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import forms
from app.actions import hearing, hearing_paper, screening
from app.values.council import HearingCard, PaperHearing
from app.values.screening import ScreeningCard
from app.wording import translate
from ui import show
from ui.screens.person_belongings import Actions
from ui.screens.person_part import Part, line

FIELDS = (
    *("heard_on", "conclusion", "degree", "types", "minutes_number", "heard_place"),
    *("chaired_by", "minuted_by", "members_present", "observed", "opinions"),
)
PAPER = "paper"


class HearingsPart(Part):
    """Hearings, the newest first; minutes of earlier years are entered as they stand."""

    touching = frozenset({"hearing"})
    name, tab, record = "hearing", "applications", "hearing"
    only = FIELDS

    def titled(self) -> str:
        return translate("Kết luận của Hội đồng")

    def adds(self) -> str:
        return translate("Nhập biên bản họp cũ")

    def nothing_words(self) -> str:
        return translate("Chưa xét lần nào. Biên bản giấy của các năm trước nhập như trên giấy.")

    def read(self) -> Any:
        return hearing.of_person(self.stage.ws, self.key), ()

    def values_of(self, card: HearingCard) -> Mapping[str, object]:
        told: dict[str, object] = {
            name: getattr(card, name) or None for name in FIELDS if hasattr(card, name)
        }
        return told | {"heard_on": card.on, "heard_place": card.place or None}

    def write(self, values: Mapping[str, object]) -> object:
        editing = self.editing.id if self.editing is not None else ""
        return hearing_paper.save(self.stage.ws, PaperHearing(self.key, values), editing)

    def take_off(self, row_id: str, reason: str) -> None:
        hearing_paper.remove(self.stage.ws, row_id, reason)

    def card_words(self, card: HearingCard) -> tuple[str, tuple[str, ...]]:
        state = forms.code_label("hearing_state", card.state)
        said = forms.code_label("council_conclusion", card.conclusion) if card.conclusion else state
        degree = forms.code_label("degree", card.degree) if card.degree else ""
        title = line(forms.date_shown(card.on) if card.on else "", said, degree)
        number = card.minutes_number
        facts = line(
            show.types(card.types),
            translate("biên bản số {number}", number=number) if number else "",
            card.place,
            translate("theo hồ sơ cũ") if card.origin == PAPER else "",
        )
        return title, (facts, card.departs_reason, card.adjourn_reason)

    def acts(self, card: HearingCard) -> Actions:
        key = card.session_id
        if not key:
            return ()
        return ((translate("Mở phiên họp"), lambda: self.stage.go("council_session", key)),)

    def _actions(self, card: HearingCard) -> Actions:
        return super()._actions(card) if card.origin == PAPER else self.acts(card)


class ScreeningsPart(Part):
    """Screenings, the newest first; they stand beside what the council decides."""

    touching = frozenset({"screening"})
    name, tab, record = "screening", "applications", "screening"
    only = ("done_on",)

    def titled(self) -> str:
        return translate("Sàng lọc chức năng")

    def adds(self) -> str:
        return translate("Hỏi sàng lọc…")

    def nothing_words(self) -> str:
        return translate("Chưa hỏi sàng lọc. Sàng lọc không thay cho phiếu và biểu quyết.")

    def begin(self, card: Any = None) -> None:
        """The questions have a page of their own."""
        self.stage.go("screening", self.key)

    def read(self) -> Any:
        return screening.of_person(self.stage.ws, self.key), ()

    def take_off(self, row_id: str, reason: str) -> None:
        screening.remove(self.stage.ws, row_id, reason)

    def card_words(self, card: ScreeningCard) -> tuple[str, tuple[str, ...]]:
        title = forms.code_label("screening_instrument", card.instrument)
        return line(title, forms.date_shown(card.done_on)), (screening.told(card), card.answered_by)

    def _actions(self, card: ScreeningCard) -> Actions:
        every = super()._actions(card)
        return every[-1:]  # answers are asked anew, not corrected later
