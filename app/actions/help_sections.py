"""What a person was given and whom she was sent to, as papers tell it; confidential parts never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.actions import paper_words
from app.actions.field_values import discreet
from app.rules import dates
from app.values.paper_blocks import FormPart, Grid
from data.records import assistive_device, entitlement, referral, support
from data.records.assistive_device import AssistiveDevice
from data.records.entitlement import Entitlement
from data.records.referral import Referral
from data.records.support import Support

RECORDS = ("referral", "support", "assistive_device", "entitlement")


@dataclass(frozen=True, slots=True)
class HelpFacts:
    """The help of one person, the newest first; `allowed` where restricted words may be told."""

    referrals: tuple[Referral, ...] = ()
    supports: tuple[Support, ...] = ()
    devices: tuple[AssistiveDevice, ...] = ()
    benefits: tuple[Entitlement, ...] = ()
    allowed: bool = False

    def told(self, *words: str | None) -> str:
        """What the records say, as the reader of the paper may read it."""
        return "; ".join(discreet(one, self.allowed) for one in words if one)

    def of_case(self, case_id: str) -> HelpFacts:
        """What belongs to one case; devices and benefits belong to the person."""
        return replace(
            self,
            referrals=tuple(one for one in self.referrals if one.case_id in (case_id, None)),
            supports=tuple(one for one in self.supports if one.case_id in (case_id, None)),
        )


def of_person(session: Session, person_id: str, allowed: bool = False) -> HelpFacts:
    """The help of a person and of those merged into her."""
    return HelpFacts(
        tuple(referral.of_person(session, person_id)),
        tuple(support.of_person(session, person_id)),
        tuple(assistive_device.of_person(session, person_id)),
        tuple(entitlement.of_person(session, person_id)),
        allowed,
    )


def of_holder(
    session: Session,
    person_id: str,
    holders: Mapping[str, frozenset[str]],
    allowed: bool = False,
) -> tuple[FormPart, ...]:
    """The tables of a person; of who never had any help nothing is read."""
    if not any(person_id in holders.get(record, ()) for record in RECORDS):
        return ()
    return parts(of_person(session, person_id, allowed))


def parts(found: HelpFacts) -> tuple[FormPart, ...]:
    """The tables that have content."""
    return tuple(
        FormPart(title, (Grid(columns, rows),))
        for title, columns, rows in (_referrals(found), _supports(found), _devices(found),
                                     _benefits(found))
        if rows
    )  # fmt: skip


def waiting(found: HelpFacts) -> Iterator[tuple[str, str]]:
    """What a visitor asks about: (what, since or due) of open referrals, gifts and checks."""
    for one in found.referrals:
        if one.referral_status in ("sent", "accepted"):
            status = paper_words.label("referral_status", one.referral_status)
            what = found.told(one.referred_to, one.service_asked)
            yield f"Chuyển gửi: {what} ({status.lower()})", _day(one.answer_due_on or one.sent_on)
    for gift in found.supports:
        if gift.support_status == "planned":
            yield f"Hỗ trợ chưa nhận: {_given(found, gift)}", _day(gift.support_on)
    for aid in found.devices:
        if aid.next_check_on and aid.aid_status in assistive_device.KEPT:
            yield f"Kiểm tra dụng cụ: {_aid(aid)}", _day(aid.next_check_on)


Table = tuple[str, tuple[tuple[str, float], ...], tuple[tuple[str, ...], ...]]


def _referrals(found: HelpFacts) -> Table:
    rows = tuple(
        (
            _day(one.sent_on),
            found.told(one.referred_to, one.service_asked),
            paper_words.label("referral_status", one.referral_status),
            ": ".join(
                words
                for words in (_day(one.answered_on or one.served_on), found.told(one.answer_note))
                if words
            ),
        )
        for one in found.referrals
    )
    columns = (("Ngày gửi", 24.0), ("Gửi tới, đề nghị", 60.0), ("Tình trạng", 32.0),
               ("Trả lời", 54.0))  # fmt: skip
    return "Chuyển gửi", columns, rows


def _supports(found: HelpFacts) -> Table:
    rows = tuple(
        (
            _day(one.support_on),
            _given(found, one),
            found.told(one.donor),
            paper_words.label("support_status", one.support_status),
            paper_words.of(one, "support", "support_value"),
        )
        for one in found.supports
    )
    columns = (("Ngày", 24.0), ("Hỗ trợ", 62.0), ("Nguồn", 38.0), ("Nhận", 24.0), ("Trị giá", 26.0))
    return "Hỗ trợ đã ghi", columns, rows


def _devices(found: HelpFacts) -> Table:
    rows = tuple(
        (
            _aid(one),
            one.serial or "",
            _day(one.fitted_on),
            paper_words.label("aid_status", one.aid_status),
            _day(one.next_check_on),
        )
        for one in found.devices
    )
    columns = (("Dụng cụ", 58.0), ("Số máy", 34.0), ("Ngày lắp", 24.0), ("Tình trạng", 30.0),
               ("Kiểm tra lại", 26.0))  # fmt: skip
    return "Dụng cụ trợ giúp", columns, rows


def _benefits(found: HelpFacts) -> Table:
    rows = tuple(
        (
            paper_words.label("benefit", one.benefit),
            one.firm or "",
            one.card_number or "",
            " - ".join(_day(day) for day in (one.entitled_from, one.entitled_until) if day),
            paper_words.label("entitlement_status", one.entitlement_status),
        )
        for one in found.benefits
    )
    columns = (("Ưu đãi", 46.0), ("Đơn vị", 42.0), ("Số thẻ", 24.0), ("Thời hạn", 34.0),
               ("Tình trạng", 26.0))  # fmt: skip
    return "Ưu đãi", columns, rows


def _given(found: HelpFacts, one: Support) -> str:
    count = (
        f"{one.support_quantity} {one.support_unit or ''}".strip() if one.support_quantity else ""
    )
    what = found.told(one.support_what) or paper_words.label("support_form", one.support_kind)
    return f"{what} ({count})" if count else what


def _aid(one: AssistiveDevice) -> str:
    kind = paper_words.label("aid_kind", one.aid_kind)
    return f"{kind} ({one.aid_model})" if one.aid_model else kind


def _day(day: str | None) -> str:
    return dates.show(day) if day else ""
