"""Cases: opened, talked about, approved by other eyes, lawfully ended, taken up again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.actions import access, care_case, case_note, conflict, outgoing, person
from app.errors import Refused
from app.values.care_case import CaseDraft, CaseEdit, CasesFilter, ClosingDraft, NoteDraft
from data import codes, schema
from data.records.care_case import CaseNote
from data.records.change import Change
from data.records.sync import Conflict, SyncRow
from data.records.trace import History
from data.sealing import RestrictedBox
from tests import desk
from tests.desk import Desk, typed

DRAFT = CaseDraft("Sống một mình, cần người chăm sóc", "minh")


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def opened(office: Desk, draft: CaseDraft = DRAFT, **fields: object) -> str:
    made = person.save(office.minh, typed(**fields)).id
    return care_case.open(office.minh, made, draft)


def approved(office: Desk) -> str:
    case_id = opened(office)
    desk.submitted(office.minh, case_id)
    care_case.approve(office.hoa, case_id)
    return case_id


def refused(call: object, *words: object) -> list[str]:
    with pytest.raises(Refused) as told:
        call(*words)  # type: ignore[operator]
    return [problem.code for problem in told.value.problems]


def test_a_case_is_opened_with_a_reason_today_and_has_no_number_yet(office: Desk) -> None:
    page = care_case.page(office.minh, opened(office))
    assert page.card.status == "open"
    assert page.card.opened_on == office.minh.today().isoformat()
    who = (page.card.worker, page.card.worker_login)
    assert (*who, page.card.case_number, page.origin) == ("Lê Văn Minh", "minh", "", "new")
    assert page.reason == DRAFT.reason
    assert page.moves == ("assess", "plan", "submit", "propose", "cancel")


def test_looking_at_a_case_is_a_look_at_the_person(office: Desk) -> None:
    page = care_case.page(office.hoa, opened(office))
    seen = access.of_person(office.lan, page.card.person_id)
    assert [(line.by, line.kind, line.detail) for line in seen] == [
        ("hoa", "view", f"case {page.card.id}")
    ]


def test_a_case_without_a_reason_is_not_opened(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    assert refused(care_case.open, office.minh, made, CaseDraft(" ")) == ["case_reason_needed"]
    assert care_case.of_person(office.minh, made) == ()


def test_a_case_from_a_paper_file_keeps_its_day_but_never_a_day_to_come(office: Desk) -> None:
    old = opened(office, CaseDraft("Hồ sơ cũ", opened_on="12/3/2024", origin="paper"))
    page = care_case.page(office.minh, old)
    assert (page.card.opened_on, page.origin) == ("2024-03-12", "paper")
    tomorrow = (office.minh.today() + timedelta(days=1)).isoformat()
    made = person.save(office.minh, typed(name="Lê Văn Tám")).id
    problem = refused(care_case.open, office.minh, made, CaseDraft("x", opened_on=tomorrow))
    assert problem == ["date_in_future"]
    born = person.save(office.minh, typed(name="Trần Thị Út", birth="12/5/2019")).id
    early = CaseDraft("x", opened_on="3/2019")
    assert refused(care_case.open, office.minh, born, early) == ["case_before_birth"]
    with pytest.raises(Refused, match=r"trước ngày sinh của người này \(12/05/2019\). Sửa"):
        care_case.open(office.minh, born, early)
    taken = care_case.open(office.minh, born, replace(early, origin="paper"))
    assert care_case.page(office.minh, taken).before_birth  # as it stands on paper, and told


def test_nobody_has_two_cases_at_the_same_time(office: Desk) -> None:
    first = opened(office)
    who = care_case.page(office.minh, first).card.person_id
    assert refused(care_case.open, office.minh, who, DRAFT) == ["case_already_open"]
    care_case.close(office.hoa, first, ClosingDraft("agreed"))
    second = care_case.open(office.minh, who, DRAFT)
    assert refused(care_case.reopen, office.minh, first, "nhầm") == ["case_already_open"]
    assert care_case.page(office.minh, second).card.status == "open"
    assert [card.status for card in care_case.of_person(office.minh, who)] == ["open", "closed"]


def test_a_removed_person_gets_no_case(office: Desk) -> None:
    made = person.save(office.minh, typed()).id
    person.remove(office.minh, made, "Nhập nhầm")
    assert refused(care_case.open, office.minh, made, DRAFT) == ["person_unknown"]


def test_nobody_approves_the_case_he_wrote_or_last_changed(office: Desk) -> None:
    made = person.save(office.hoa, typed()).id
    case_id = care_case.open(office.hoa, made, DRAFT)
    desk.submitted(office.hoa, case_id)
    assert refused(care_case.approve, office.hoa, case_id) == ["own_case"]
    assert care_case.page(office.hoa, case_id).card.status == "waiting"
    care_case.edit(office.lan, case_id, CaseEdit(reason="Đơn thân"))
    assert refused(care_case.approve, office.lan, case_id) == ["own_case"]


def test_other_eyes_approve_and_the_step_is_told(office: Desk) -> None:
    page = care_case.page(office.hoa, approved(office))
    assert page.card.status == "approved"
    assert [(step.decision, step.by) for step in page.decisions] == [
        ("approved", "hoa"),
        ("submitted", "minh"),
    ]
    assert page.notes == ()
    assert "approve" not in page.moves


def test_a_surveyor_neither_approves_nor_ends_an_approved_case(office: Desk) -> None:
    waiting = opened(office)
    desk.submitted(office.minh, waiting)
    assert refused(care_case.approve, office.minh, waiting) == ["not_allowed"]
    care_case.approve(office.hoa, waiting)
    ending = ClosingDraft("goal_reached", aware=True)
    assert refused(care_case.close, office.minh, waiting, ending) == ["not_allowed"]
    care_case.close(office.hoa, waiting, ending)


def test_a_case_given_back_carries_the_reason_and_can_be_sent_again(office: Desk) -> None:
    case_id = opened(office)
    desk.submitted(office.minh, case_id)
    assert refused(care_case.return_, office.hoa, case_id, "  ") == ["reason_needed"]
    care_case.return_(office.hoa, case_id, "Chưa rõ nhu cầu")
    page = care_case.page(office.minh, case_id)
    assert page.card.status == "planning"
    assert (page.decisions[0].decision, page.decisions[0].reason) == ("returned", "Chưa rõ nhu cầu")
    care_case.edit(office.minh, case_id, CaseEdit(reason="Cần xe lăn và người chăm sóc"))
    care_case.submit(office.minh, case_id)
    care_case.approve(office.hoa, case_id)


def test_rewording_an_approved_case_sends_it_back_to_the_desk(office: Desk) -> None:
    case_id = approved(office)
    care_case.edit(office.minh, case_id, CaseEdit(worker="Trần Thị Hoa"))
    assert care_case.page(office.minh, case_id).card.status == "approved"
    care_case.edit(office.minh, case_id, CaseEdit(reason="Kế hoạch khác"))
    assert care_case.page(office.minh, case_id).card.status == "waiting"


def test_there_are_twelve_lawful_reasons() -> None:
    assert len(codes.get("close_reason").items) == 12


def test_an_ending_needs_a_lawful_reason_a_day_that_fits_and_words_for_other(office: Desk) -> None:
    case_id = opened(office, CaseDraft("x", opened_on="2026-03-10"))
    for draft, code in (
        (ClosingDraft(""), "case_close_reason_needed"),
        (ClosingDraft("chán rồi"), "unknown_code"),
        (ClosingDraft("other"), "case_close_note_needed"),
        (ClosingDraft("agreed", closed_on="2026-03-09"), "closed_before_opened"),
        (ClosingDraft("agreed", closed_on="2126-03-09"), "date_in_future"),
    ):
        assert code in refused(care_case.close, office.hoa, case_id, draft), draft
    assert care_case.page(office.minh, case_id).card.status == "open"


def test_an_ended_case_takes_no_word_until_it_is_reopened_with_a_reason(office: Desk) -> None:
    case_id = approved(office)
    care_case.close(office.hoa, case_id, ClosingDraft("no_contact", "Không gặp được", aware=True))
    assert refused(care_case.note, office.minh, case_id, NoteDraft("x")) == ["case_ended"]
    assert refused(care_case.edit, office.minh, case_id, CaseEdit(worker="y")) == ["case_ended"]
    assert refused(care_case.reopen, office.minh, case_id, "") == ["reason_needed"]
    care_case.reopen(office.minh, case_id, "Đã liên lạc lại được")
    page = care_case.page(office.minh, case_id)
    assert (page.card.status, page.card.closed_on, page.close_note) == ("open", None, "")
    assert page.decisions[0].reason == "Đã liên lạc lại được"
    assert page.decisions[1].reason == "Không gặp được"


def test_illegal_moves_are_told_and_change_nothing(office: Desk) -> None:
    case_id = opened(office)
    assert refused(care_case.approve, office.hoa, case_id) == ["case_approve_not_now"]
    assert refused(care_case.return_, office.hoa, case_id, "x") == ["case_return_not_now"]
    assert refused(care_case.reopen, office.hoa, case_id, "x") == ["case_reopen_not_now"]
    lacking = ["case_lacks_goals", "case_lacks_activities"]
    assert refused(care_case.submit, office.minh, case_id) == lacking
    desk.submitted(office.minh, case_id)
    assert refused(care_case.submit, office.minh, case_id) == ["case_submit_not_now"]
    assert len(care_case.page(office.minh, case_id).decisions) == 1


def test_notes_visits_and_calls_stand_by_day_and_the_latest_shows_in_the_list(office: Desk) -> None:
    case_id = opened(office, CaseDraft("x", opened_on="2026-01-05"))
    care_case.note(office.minh, case_id, NoteDraft("Gọi hỏi thăm", "call", "7/2/2026"))
    care_case.note(office.minh, case_id, NoteDraft("Đến nhà, xe lăn hỏng", "visit", "2026-03-01"))
    care_case.note(office.hoa, case_id, NoteDraft("Đã hỏi Hội CTĐ", "note", "2026-02-20"))
    notes = care_case.page(office.minh, case_id).notes
    assert [(note.kind, note.noted_on) for note in notes] == [
        ("visit", "2026-03-01"),
        ("note", "2026-02-20"),
        ("call", "2026-02-07"),
    ]
    assert care_case.cases(office.minh, CasesFilter()).cards[0].contact_on == "2026-03-01"
    desk.submitted(office.minh, case_id)
    assert care_case.cases(office.minh, CasesFilter()).cards[0].contact_on == "2026-03-01"


def test_a_note_needs_words_a_kind_and_a_day_that_has_come(office: Desk) -> None:
    case_id = opened(office)
    for draft, code in (
        (NoteDraft("  "), "case_note_empty"),
        (NoteDraft("x", "approved"), "case_note_kind"),
        (NoteDraft("x", "tin nhắn"), "unknown_code"),
        (NoteDraft("x", noted_on="2126-01-01"), "date_in_future"),
    ):
        assert code in refused(care_case.note, office.minh, case_id, draft), draft


def test_a_confidential_note_is_read_by_those_with_the_grant_and_by_nobody_else(
    office: Desk,
) -> None:
    case_id = opened(office)
    secret = "Bị chồng đánh, sợ không dám nói"
    care_case.note(office.lan, case_id, NoteDraft(secret, "visit", confidential=True))
    mine = care_case.page(office.lan, case_id).notes[0]
    assert (mine.text, mine.hidden, mine.confidential) == (secret, False, True)
    for other in (office.hoa, office.minh):
        note = care_case.page(other, case_id).notes[0]
        assert (note.text, note.hidden, note.confidential) == ("", True, True)
    told = str(person.past(office.hoa, note_person(office, case_id)))
    assert secret not in told and "enc1:" not in told
    draft = NoteDraft("kín", confidential=True)
    assert refused(care_case.note, office.minh, case_id, draft) == ["no_right_restricted"]


def test_a_confidential_note_under_a_key_of_another_pc_stays_closed_and_breaks_nothing(
    office: Desk,
) -> None:
    case_id = opened(office)
    note_id = care_case.note(office.lan, case_id, NoteDraft("kín", confidential=True))
    stranger = RestrictedBox((b"k" * 32,))
    with office.lan.db.write(office.lan.author("sync:PC-2")) as session:
        session.get_one(CaseNote, note_id).confidential_text = stranger.seal("kín")
    note = care_case.page(office.lan, case_id).notes[0]
    assert (note.text, note.hidden) == ("", True)


def note_person(office: Desk, case_id: str) -> str:
    return care_case.page(office.lan, case_id).card.person_id


def test_only_its_writer_corrects_or_withdraws_a_note_and_the_history_keeps_it(
    office: Desk,
) -> None:
    case_id = opened(office)
    note_id = care_case.note(office.minh, case_id, NoteDraft("Cần xe lăng"))
    assert refused(case_note.correct, office.hoa, note_id, NoteDraft("x")) == ["case_note_of_other"]
    case_note.correct(office.minh, note_id, NoteDraft("Cần xe lăn"))
    note = care_case.page(office.minh, case_id).notes[0]
    assert (note.text, note.corrected) == ("Cần xe lăn", True)
    past = person.past(office.minh, note_person(office, case_id))
    assert any(line.old == "Cần xe lăng" and line.new == "Cần xe lăn" for line in past)
    assert refused(case_note.withdraw, office.minh, note_id, "") == ["reason_needed"]
    case_note.withdraw(office.minh, note_id, "Ghi nhầm người")
    assert care_case.page(office.minh, case_id).notes == ()


def test_a_case_number_belongs_to_one_case_only(office: Desk) -> None:
    first = opened(office, CaseDraft("x", case_number="01/2026"))
    second = opened(office, name="Lê Văn Tám")
    taken = CaseEdit(case_number="01/2026")
    with pytest.raises(Refused, match="đã dùng cho ca của Nguyễn Thị Hường"):
        care_case.edit(office.minh, second, taken)
    care_case.edit(office.minh, first, taken)
    care_case.edit(office.minh, second, CaseEdit(case_number="02/2026"))
    assert care_case.page(office.minh, second).card.case_number == "02/2026"


def test_a_note_made_confidential_later_leaves_no_open_words_behind(office: Desk) -> None:
    made = person.save(office.lan, typed()).id
    case_id = care_case.open(office.lan, made, DRAFT)
    first, second = "Bị chồng đánh", "Bị chồng đánh nhiều lần"
    note_id = care_case.note(office.lan, case_id, NoteDraft(first))
    case_note.correct(office.lan, note_id, NoteDraft(second))
    in_conflict_and_sent(office, note_id, first, second)
    case_note.correct(office.lan, note_id, NoteDraft("Đã báo công an", confidential=True))
    with office.lan.db.read() as session:
        assert "chồng" not in everything_in(session)
        lines = session.scalars(select(History).where(History.row_id == note_id)).all()
        sent = session.scalars(select(Change).where(Change.row_id == note_id)).all()
        stored = "".join(f"{line.old}{line.new}" for line in lines)
        stored += "".join(change.fields for change in sent)
    assert "chồng" not in stored and "công an" not in stored
    told = str(person.past(office.minh, made))
    assert "chồng" not in told and "enc1:" not in told
    granted = str(person.past(office.lan, made))
    assert first in granted and second in granted and "enc1:" not in granted
    on_sync_page = str(outgoing.attention(office.minh))
    assert "•••" in on_sync_page and "enc1:" not in on_sync_page
    (closed,), (granted_card,) = conflict.cards(office.minh), conflict.cards(office.lan)
    assert closed.closed and closed.takes == () and "enc1:" not in str(closed)
    assert granted_card.words["mine"] == first and granted_card.takes == ("theirs",)
    for who, code in ((office.minh, "no_right_restricted"), (office.lan, "conflict_only_keep")):
        with pytest.raises(Refused) as refused:
            conflict.resolve(who, closed.id, "mine")
        assert [one.code for one in refused.value.problems] == [code]


def in_conflict_and_sent(office: Desk, note_id: str, mine: str, theirs: str) -> None:
    """The changes of a note went out in a batch, and its words came back as a conflict."""
    with office.lan.db.write(office.lan.author("sync:PC-2")) as session:
        for change in session.scalars(select(Change).where(Change.row_id == note_id)):
            change.batch_no, change.verdict = 1, "accepted"
        words = {"base": None, "mine": json.dumps(mine, ensure_ascii=False)}
        words["theirs"] = json.dumps(theirs, ensure_ascii=False)
        who = {"mine_by": "lan", "mine_at": "", "theirs_by": "hoa"}
        where = {"id": "huyen:7:note_text", "entity": "case_note", "row_id": note_id}
        state = {"field": "note_text", "state": "open", "raised_at": ""}
        session.add(Conflict(**where, **words, **who, **state))
        kept = json.dumps({"note_text": theirs}, ensure_ascii=False)
        session.add(SyncRow(entity="case_note", row_id=note_id, pristine=kept))


def everything_in(session: Session) -> str:
    """Every value of every table as one text."""
    tables = [table for table in schema.metadata.sorted_tables if table.name != "unit"]
    return "".join(str(row) for table in tables for row in session.execute(select(table)))


def test_open_words_of_a_note_that_came_confidential_from_another_pc_are_hidden(
    office: Desk,
) -> None:
    case_id = opened(office)
    note_id = care_case.note(office.minh, case_id, NoteDraft("Bị chồng đánh"))
    assert office.lan.restricted is not None
    with office.lan.db.write(office.lan.author("sync:PC-2")) as session:
        note = session.get_one(CaseNote, note_id)
        note.confidential, note.note_text = True, None
        note.confidential_text = office.lan.restricted.seal("Bị chồng đánh")
    who = note_person(office, case_id)
    assert "chồng" not in str(person.past(office.minh, who))
    assert "Bị chồng đánh" in str(person.past(office.lan, who))
