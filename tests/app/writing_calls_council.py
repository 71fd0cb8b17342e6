"""Every action of the council that writes, as a call on things that are there."""

from __future__ import annotations

from app.actions import (
    application,
    complaint,
    council_calendar,
    council_member,
    council_session,
    hearing,
    hearing_paper,
    hearing_vote,
    medical_referral,
    notice,
    receipt_number,
    screening,
)
from app.rules.council import Votes
from app.values.application import (
    ApplicationDraft,
    ComplaintAnswer,
    ComplaintDraft,
    MedicalDraft,
)
from app.values.council import (
    MemberDraft,
    PaperHearing,
    PutDraft,
    SessionDraft,
    SheetDraft,
    VoteDraft,
)
from app.values.screening import ScreeningDraft
from tests.app.writing_calls import REASON, Call

VOTE = VoteDraft("nothing", Votes(), "not_disabled")

CALLS: dict[str, Call] = {
    "application.save": lambda ws, it: application.save(ws, ApplicationDraft(it.person, {})),
    "application.ask_missing": lambda ws, _it: application.ask_missing(ws, "nobody", ()),
    "application.complete": lambda ws, _it: application.complete(ws, "nobody"),
    "application.withdraw": lambda ws, _it: application.withdraw(ws, "nobody", REASON),
    "application.died": lambda ws, _it: application.died(ws, "nobody"),
    "application.tell_not_disabled": lambda ws, _it: application.tell_not_disabled(ws, "nobody"),
    "application.take_up": lambda ws, _it: application.take_up(ws, "nobody", REASON),
    "application.remove": lambda ws, _it: application.remove(ws, "nobody", REASON),
    "receipt_number.give": lambda ws, _it: receipt_number.give(ws, "nobody"),
    "complaint.save": lambda ws, _it: complaint.save(ws, ComplaintDraft("nobody", {})),
    "complaint.answer": lambda ws, _it: complaint.answer(ws, "x", ComplaintAnswer("upheld", "x")),
    "complaint.remove": lambda ws, _it: complaint.remove(ws, "nobody", REASON),
    "medical_referral.refer": lambda ws, it: medical_referral.refer(
        ws, MedicalDraft(it.person, {})
    ),
    "medical_referral.save": lambda ws, it: medical_referral.save(ws, MedicalDraft(it.person, {})),
    "medical_referral.send": lambda ws, _it: medical_referral.send(ws, "nobody"),
    "medical_referral.result": lambda ws, _it: medical_referral.result(ws, "nobody", {}),
    "medical_referral.remove": lambda ws, _it: medical_referral.remove(ws, "nobody", REASON),
    "council_calendar.cancel": lambda ws, _it: council_calendar.cancel(ws, "nothing", REASON),
    "council_calendar.put": lambda ws, _it: council_calendar.put(ws, "nothing", PutDraft()),
    "council_calendar.reorder": lambda ws, _it: council_calendar.reorder(ws, "nothing", ()),
    "council_calendar.take_file_out": lambda ws, _it: council_calendar.take_file_out(
        ws, "nothing", REASON
    ),
    "council_calendar.take_out": lambda ws, _it: council_calendar.take_out(ws, "nothing", REASON),
    "council_member.remove": lambda ws, _it: council_member.remove(ws, "nobody", REASON),
    "council_member.retire": lambda ws, _it: council_member.retire(ws, "nobody", "2026-01-01"),
    "council_member.save": lambda ws, _it: council_member.save(ws, MemberDraft({})),
    "council_session.close": lambda ws, _it: council_session.close(ws, "nothing"),
    "council_session.hold": lambda ws, _it: council_session.hold(ws, "nothing", {}),
    "council_session.save": lambda ws, _it: council_session.save(ws, SessionDraft({})),
    "hearing.record": lambda ws, _it: hearing.record(ws, SheetDraft("nothing")),
    "hearing_paper.remove": lambda ws, _it: hearing_paper.remove(ws, "nothing", REASON),
    "hearing_paper.save": lambda ws, it: hearing_paper.save(ws, PaperHearing(it.person, {})),
    "hearing_vote.adjourn": lambda ws, _it: hearing_vote.adjourn(ws, "nothing", REASON),
    "hearing_vote.conclude": lambda ws, _it: hearing_vote.conclude(ws, VOTE),
    "hearing_vote.reopen": lambda ws, _it: hearing_vote.reopen(ws, "nothing"),
    "notice.approve": lambda ws, _it: notice.approve(ws, "nothing"),
    "notice.decide": lambda ws, _it: notice.decide(ws, "nothing", {}),
    "notice.post": lambda ws, _it: notice.post(ws, "nothing"),
    "notice.take_off": lambda ws, _it: notice.take_off(ws, "nothing"),
    "notice.write": lambda ws, _it: notice.write(ws, "nothing"),
    "screening.remove": lambda ws, _it: screening.remove(ws, "nothing", REASON),
    "screening.save": lambda ws, it: screening.save(ws, ScreeningDraft(it.person, "wg_ss", {})),
}
