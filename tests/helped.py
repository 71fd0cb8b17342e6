"""One of every kind of help a person can have, and what of it stands with whom."""

from __future__ import annotations

from app.actions import (
    assistive_device,
    consent,
    entitlement,
    gift_round,
    need,
    referral,
    sharing,
    support,
)
from app.values.assistive_device import AidDraft, RepairDraft
from app.values.entitlement import AgreementDraft
from app.values.need import NeedStepDraft
from app.values.referral import ReferralDraft
from app.values.sharing import ConsentDraft, SharingDraft
from app.values.support import RoundDraft
from app.workspace import Workspace
from tests.desk import Desk


def help_for(ws: Workspace, who: str, need_id: str) -> dict[str, str]:
    """A referral, a gift, a repaired device, a benefit, a step of a need; ids by kind."""
    need.step(ws, need_id, NeedStepDraft("connecting"))
    sent = referral.save(ws, ReferralDraft(who, {"referred_to": "Trạm y tế"}, need_id=need_id))
    told = {"round_name": "Tết", "support_kind": "goods", "support_what": "gạo", "donor": "Hội CTĐ"}
    made = gift_round.save(ws, RoundDraft(told))
    gift_round.add(ws, made, (who,))
    aid = assistive_device.save(ws, AidDraft(who, {"aid_kind": "crutches", "fitted_on": "2025"}))
    assistive_device.repair(ws, aid, RepairDraft({"repair_what": "Thay đầu nạng"}))
    firm = AgreementDraft({"firm": "Xe buýt", "benefit": "bus_free"})
    entitlement.add(ws, entitlement.save_agreement(ws, firm), (who,))
    return help_of(ws, who) | {"referral": sent, "aid": aid}


def may_leave(office: Desk, who: str, recipient: str, purpose: str = "referral") -> None:
    """She agreed that her data go there, and so did the head."""
    heard = {
        "consent_purpose": purpose, "consent_basis": "consent", "consenter": "self",
        "consent_form": "spoken", "consent_witness": "Bà Tư", "consented_on": "2026-11-01",
    }  # fmt: skip
    consent.save(office.minh, ConsentDraft(who, heard))
    asked, lacking = sharing.request(
        office.minh, SharingDraft((who,), purpose, recipient, "Chuyển gửi")
    )
    assert lacking == () and sharing.approve(office.hoa, asked) == ()


def help_of(ws: Workspace, who: str) -> dict[str, str]:
    """Ids by kind of what stands with a person; empty for none."""
    return {
        "referral": " ".join(one.id for one in referral.of_person(ws, who)),
        "support": " ".join(one.id for one in support.of_person(ws, who)),
        "aid": " ".join(one.id for one in assistive_device.of_person(ws, who)),
        "repair": " ".join(
            one.id for aid in assistive_device.of_person(ws, who) for one in aid.repairs
        ),
        "benefit": " ".join(one.id for one in entitlement.of_person(ws, who)),
    }
