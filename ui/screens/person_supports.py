"""The tab of help for a person: referrals, supports, devices, benefits, one below the other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app import forms
from app.actions import entitlement, need, support
from app.forms import FormField
from app.values.entitlement import EntitlementCard
from app.values.support import SupportCard, SupportDraft
from app.wording import translate
from ui import show
from ui.screens.person_aids import AidsPart
from ui.screens.person_belongings import Actions, Belongings
from ui.screens.person_part import Joined, Part, day, line, need_field, need_words, paper
from ui.screens.person_referrals import ReferralsPart
from ui.stage import Stage
from ui.widgets.parts import keep_if

GIVEN = (
    "support_what", "support_kind", "support_on", "donor", "support_quantity", "support_unit",
    "support_value", "received_by", "support_status", "support_origin", "support_note",
)  # fmt: skip
BENEFIT = ("card_number", "entitled_from", "entitled_until", "entitlement_note")


class SupportsTab(Joined):
    """Help for a person; what was given closes no need by itself."""

    name = tab = "supports"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.given = GivenPart(stage, self)
        self.referrals = ReferralsPart(stage, self)
        self.aids = AidsPart(stage, self)
        self.benefits = BenefitsPart(stage, self)
        self.join(self.given, self.referrals, self.aids, self.benefits)


class GivenPart(Part):
    """Supports in money, in kind, in work; the newest first."""

    touching = frozenset({"support", "gift_round", "need"})
    name, tab, record = "support", "supports", "support"

    def titled(self) -> str:
        return translate("Hỗ trợ đã nhận, sẽ nhận")

    def adds(self) -> str:
        return translate("Ghi hỗ trợ")

    def form_fields(self) -> tuple[FormField, ...]:
        return (*(forms.field(self.record, name) for name in GIVEN), need_field())

    def suggested(self) -> Mapping[str, object]:
        return {"support_on": self.stage.ws.today().isoformat()}

    def nothing_words(self) -> str:
        return translate("Chưa ghi hỗ trợ nào. Hỗ trợ không gắn với nhu cầu cũng ghi được.")

    def read(self) -> Any:
        ws = self.stage.ws
        return support.of_person(ws, self.key), need.of_person(ws, self.key)

    def show_rows(self, answer: Any) -> None:
        self.describe_needs(answer[1])
        super().show_rows(answer)

    def values_of(self, card: SupportCard) -> Mapping[str, object]:
        return {**card.fields, "need": card.need_id}

    def write(self, values: Mapping[str, object]) -> object:
        typed = dict(values)
        need_id = str(typed.pop("need", None) or "") or None
        editing = self.editing.id if self.editing is not None else None
        return support.save(self.stage.ws, SupportDraft(self.key, typed, editing, need_id))

    def take_off(self, row_id: str, reason: str) -> None:
        support.remove(self.stage.ws, row_id, reason)

    def card_words(self, card: SupportCard) -> tuple[str, tuple[str, ...]]:
        told = card.fields
        count = f"{told['support_quantity'] or ''} {told['support_unit'] or ''}".strip()
        value = told["support_value"]
        wanted = next((one for one in self.needs if one.id == card.need_id), None)
        title = translate(
            "{what} · {status}",
            what=line(str(told["support_what"]), count),
            status=forms.code_label("support_status", str(told["support_status"])),
        )
        facts = line(
            day(told["support_on"]),
            show.money(value) if isinstance(value, int) else "",
            str(told["donor"] or ""),
            translate("ký nhận: {name}", name=told["received_by"]) if told["received_by"] else "",
            translate("đợt: {name}", name=card.round_name) if card.round_name else "",
            translate("cho nhu cầu: {need}", need=need_words(wanted)) if wanted else "",
            paper(told["support_origin"]),
        )
        return title, (facts, str(told["support_note"] or ""))

    def acts(self, card: SupportCard) -> Actions:
        if not card.gift_round_id:
            return ()
        return ((translate("Mở đợt"), lambda: self.stage.go("gift_round", card.gift_round_id)),)


class BenefitsPart(Part):
    """Benefits in kind; who is entitled is added from the agreement."""

    touching = frozenset({"entitlement", "agreement"})
    name, tab, record = "entitlement", "supports", "entitlement"
    only = BENEFIT

    def __init__(self, stage: Stage, within: Belongings) -> None:
        super().__init__(stage, within)
        assert self.add is not None
        keep_if(self.add, False)
        self.add = None

    def titled(self) -> str:
        return translate("Ưu đãi (vé xe buýt…)")

    def adds(self) -> str:
        return translate("Sửa ưu đãi")

    def nothing_words(self) -> str:
        return translate("Chưa hưởng ưu đãi nào. Thêm người ở trang thỏa thuận với đơn vị vận tải.")

    def read(self) -> Any:
        return entitlement.of_person(self.stage.ws, self.key), ()

    def write(self, values: Mapping[str, object]) -> object:
        entitlement.save(self.stage.ws, self.editing.id, values)
        return self.editing.id

    def take_off(self, row_id: str, reason: str) -> None:
        entitlement.remove(self.stage.ws, row_id, reason)

    def card_words(self, card: EntitlementCard) -> tuple[str, tuple[str, ...]]:
        told = card.fields
        title = translate(
            "{what} · {status}",
            what=line(forms.code_label("benefit", str(told["benefit"])), str(told["firm"] or "")),
            status=forms.code_label("entitlement_status", str(told["entitlement_status"])),
        )
        facts = line(
            translate("thẻ số {number}", number=told["card_number"]) if told["card_number"] else "",
            translate("từ {day}", day=day(told["entitled_from"])) if told["entitled_from"] else "",
            translate("đến {day}", day=day(told["entitled_until"]))
            if told["entitled_until"]
            else "",
            paper(told["entitlement_origin"]),
        )
        return title, (facts, str(told["entitlement_note"] or ""))

    def acts(self, card: EntitlementCard) -> Actions:
        key = card.agreement_id
        if not key:
            return ()
        return ((translate("Mở thỏa thuận"), lambda: self.stage.go("agreement", key)),)
