"""Two PCs without a line put somebody into the same list: she gets one gift and one benefit."""

from __future__ import annotations

from pathlib import Path

from app import workspace
from app.actions import entitlement, gift_round, referral, support
from app.values.entitlement import AgreementDraft
from app.values.referral import ReferralDraft, ReferralStep
from app.values.support import RoundDraft
from app.workspace import Workspace
from tests.sync.parts import Central, Pc, pc

RICE = {"round_name": "Tết", "support_kind": "goods", "support_what": "gạo", "donor": "Hội CTĐ"}


def minh(at: Pc) -> Workspace:
    return workspace.attach(at.db, "minh")


def test_what_two_pcs_wrote_without_a_line_is_one_gift_and_one_answer(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as there:
        here.enrol(server)
        who = here.enter()
        made = gift_round.save(minh(here), RoundDraft(RICE))
        firm = AgreementDraft({"firm": "Xe buýt", "benefit": "bus_free"})
        agreed = entitlement.save_agreement(minh(here), firm)
        sent = referral.save(minh(here), ReferralDraft(who, {"referred_to": "Trạm y tế"}))
        here.sync()
        there.enrol(server)
        there.sync()
        for each in (here, there):
            gift_round.add(minh(each), made, (who,))
            entitlement.add(minh(each), agreed, (who,))
        gift_round.tick(minh(there), made, (who,), "received")
        referral.step(minh(here), sent, ReferralStep("sent"))
        for each in (here, there, here, there):
            each.sync()
        for each in (here, there):
            gifts = support.of_person(minh(each), who)
            assert [one.fields["support_status"] for one in gifts] == ["received"]
            assert len(entitlement.of_person(minh(each), who)) == 1
            assert referral.of_person(minh(each), who)[0].status == "sent"
            assert each.sync().conflicts == 0
