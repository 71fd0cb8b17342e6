"""Two PCs without a line put somebody into the same list: she gets one gift and one benefit, and
that both handed her over to the national system is told."""

from __future__ import annotations

from pathlib import Path

from app import workspace
from app.actions import (
    entitlement,
    gift_round,
    national_answer,
    national_file,
    national_out,
    national_pending,
    referral,
    support,
)
from app.actions.national_answer import Reply
from app.values.entitlement import AgreementDraft
from app.values.national import OutRequest
from app.values.referral import ReferralDraft, ReferralStep
from app.values.support import RoundDraft
from app.workspace import Workspace
from data.records import people
from tests.sync.parts import Central, Pc, pc

RICE = {"round_name": "Tết", "support_kind": "goods", "support_what": "gạo", "donor": "Hội CTĐ"}


def minh(at: Pc) -> Workspace:
    return workspace.attach(at.db, "minh")


def hand_over(at: Pc, file: Path) -> None:
    """The approver makes the file for the national system; nobody waits for it any more."""
    hoa = workspace.attach(at.db, "hoa")
    ids = [one.id for one in national_pending.pending(hoa)]
    with at.db.read() as session:
        assert people.sync_marks(session, ids) == {}
    national_out.make(hoa, OutRequest(file, lacking=True))
    assert national_pending.pending(hoa) == ()
    with at.db.read() as session:  # no green light while her line is not sent
        assert people.sync_marks(session, ids) == dict.fromkeys(ids, "local")


def clashes(at: Pc) -> list[int]:
    return [one.clashes for one in national_file.listing(minh(at))]


def test_what_two_pcs_wrote_without_a_line_is_one_gift_and_one_answer(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as there:
        here.enrol(server)
        who = here.enter(status="waiting")
        here.decide(who, "hoa")
        made = gift_round.save(minh(here), RoundDraft(RICE))
        firm = AgreementDraft({"firm": "Xe buýt", "benefit": "bus_free"})
        agreed = entitlement.save_agreement(minh(here), firm)
        sent = referral.save(minh(here), ReferralDraft(who, {"referred_to": "Trạm y tế"}))
        here.sync()
        there.enrol(server)
        there.sync()
        for each in (here, there):
            hand_over(each, tmp_path / "nop.xlsx")
            gift_round.add(minh(each), made, (who,))
            entitlement.add(minh(each), agreed, (who,))
        gift_round.tick(minh(there), made, (who,), "received")
        referral.step(minh(here), sent, ReferralStep("sent"))
        for each in (here, there, here, there):
            each.sync()
        assert (clashes(here), clashes(there)) == ([1, 1], [1, 1])
        head = workspace.attach(here.db, "hoa")
        for file in national_file.listing(head):
            national_answer.submit(head, file.id, str(file.fields["national_day"]))
            national_answer.answer(head, file.id, (), Reply("accepted"))
        here.sync()
        for each in (here, there):
            gifts = support.of_person(minh(each), who)
            assert [one.fields["support_status"] for one in gifts] == ["received"]
            assert len(entitlement.of_person(minh(each), who)) == 1
            assert referral.of_person(minh(each), who)[0].status == "sent"
            assert each.sync().conflicts == 0
            assert clashes(each) == [0, 0]
