"""Pictures of files: the desk at several steps, the page of one, a person's tab."""

from __future__ import annotations

from app.actions import application, complaint, medical_referral, person
from app.values.application import ApplicationDraft, ComplaintDraft, MedicalDraft
from app.values.person import PeopleFilter
from tests.shots import Studio

PAPER = {
    "application_kind": "redetermination", "origin": "paper", "paper_step": "noticed",
    "received_on": "2026-10-01", "concluded_on": "2026-11-05",
}  # fmt: skip
WHY = {
    "medical_board_reason": "disagreement",
    "findings": "Đi lại khó",
    "disagreement": "Gia đình cho là đặc biệt nặng",
}


def determining(studio: Studio) -> None:
    """Files late, waiting for papers, swift, and at the medical board."""
    from ui.screens.application import ApplicationScreen

    frame = studio.window.frame
    assert frame is not None
    ws = frame.ws
    cards = person.listing(ws, PeopleFilter(), None, 5).cards
    told = {"application_kind": "new", "rep_name": "Nguyễn Văn Tư", "rep_relation": "bố"}
    files = [
        application.save(ws, ApplicationDraft(one.id, told | {"received_on": day}))
        for one, day in zip(cards, ("2026-10-01", "2026-11-02", "2026-11-20"), strict=False)
    ]
    lost = {"application_kind": "reissue", "application_reason": "lost"}
    application.save(ws, ApplicationDraft(cards[3].id, lost))
    application.ask_missing(ws, files[1], ("identity", "medical"), "bản sao có chứng thực")
    old = application.save(ws, ApplicationDraft(cards[4].id, PAPER))
    said = {"complainant": "Người nhà", "about": "Cho rằng mức độ nặng hơn"}
    complaint.save(ws, ComplaintDraft(old, said))
    medical_referral.refer(ws, MedicalDraft(cards[4].id, WHY, old))
    studio.go("applications")
    studio.take("applications")
    for name, key in (("received", files[0]), ("missing", files[1]), ("board", old)):
        studio.go("application", key)
        studio.take(f"application-{name}")
    page = frame.shown
    assert isinstance(page, ApplicationScreen)
    page.acts._begin_complete()
    studio.take("application-completing")
    studio.go("person", cards[4].id, tab="applications")
    studio.take("person-applications")
