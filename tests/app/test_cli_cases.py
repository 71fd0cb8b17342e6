"""The command line over cases: from opening to reopening, four eyes, what stays closed."""

from __future__ import annotations

from pathlib import Path

from tests.line import NAME, Line
from tests.papers import reading

REASON = "Mất chân giả, không đi lại được"
CARD = {
    *("id", "person_id", "person_name", "commune", "status", "opened_on", "worker", "worker_login"),
    *("case_number", "contact_on", "closed_on", "close_reason", "emergency"),
}


def opened(calls: Line, user: str = "minh") -> tuple[str, str]:
    """A person and an open case."""
    who = calls.add()
    first = ("--reason", REASON, "--worker", "minh", "--on", "2026-03-01")
    made = calls("cases", "open", who, *first, "--user", user)
    assert made["status"] == "open"
    return who, str(made["id"])


def planned(calls: Line, case: str, user: str = "minh") -> None:
    """A goal and an activity, so that the plan may be submitted."""
    calls("cases", "plan", case, "--set", "goals=Tự đi lại được", "--user", user)
    calls("cases", "activity", case, "--set", "activity=Làm chân giả", "--user", user)


def test_a_case_lives_from_opening_to_reopening(calls: Line) -> None:
    who, case = opened(calls)
    visit = ("--kind", "visit", "--note", "Mỏm cụt sưng đỏ", "--on", "2026-03-02")
    assert calls("cases", "note", case, *visit, "--user", "minh")["case"] == case
    planned(calls, case)
    assert calls("cases", "submit", "--all", "--user", "minh") == {"submitted": [case]}
    done = calls("cases", "approve", case, "--user", "hoa")
    assert (done["approved"], "chưa đánh giá lĩnh vực nào" in done["told"][0]) == ([case], True)
    ended = ("--reason", "goal_reached", "--note", "Đã có chân giả", "--on", "2026-05-01")
    told = calls.codes("cases", "close", case, *ended[:4], "--user", "hoa")
    assert told == ["case_close_doubt"] * 2  # the activity is open, and there was no meeting
    ended = (*ended, "--aware", "--meeting", "2026-05-01", "--attendees", "Gia đình, trưởng thôn")
    assert calls.codes("cases", "close", case, *ended, "--user", "minh") == ["not_allowed"]
    early = (*ended[:5], "2026-02-01", *ended[6:])
    assert calls.codes("cases", "close", case, *early, "--user", "hoa") == ["closed_before_opened"]
    calls("cases", "edit", case, "--on", "2026-01-05", "--number", "07/QLTH", "--user", "minh")
    closed = calls("cases", "close", case, *ended, "--user", "hoa")
    assert closed == {"id": case, "status": "closed"}
    shown = calls("cases", "show", case)
    assert (shown["opened_on"], shown["closed_on"], shown["close_reason"]) == (
        *("2026-01-05", "2026-05-01"),
        "goal_reached",
    )
    assert (shown["reason"], shown["case_number"]) == (REASON, "07/QLTH")
    assert [(one["kind"], one["text"]) for one in shown["notes"]] == [("visit", "Mỏm cụt sưng đỏ")]
    assert (shown["facts"]["meeting_on"], shown["plans"][0]["status"]) == ("2026-05-01", "approved")
    assert {one["decision"] for one in shown["decisions"]} == {"submitted", "approved", "closed"}
    again = ("cases", "reopen", case, "--reason", "Chân giả gãy", "--user", "minh")
    assert calls.codes(*again) == ["hanging"]  # what hung on the ending comes before the deed
    assert calls("cases", "show", case)["status"] == "closed"
    done = calls(*again, "--aware")
    assert (done["status"], len(done["hanging"])) == ("open", 1)
    assert calls("people", "show", who)["cases"][0]["status"] == "open"


def test_the_list_of_cases_is_by_person_and_by_status(calls: Line) -> None:
    who, case = opened(calls)
    hers = ("--reason", "x", "--worker", "hoa", "--user", "minh")
    other = calls("cases", "open", calls.add("name=Lê Văn Ba"), *hers)
    answer = calls("cases", "list", "--person", who)
    assert (answer["total"], answer["cases"][0]["id"]) == (1, case)
    assert set(answer["cases"][0]) == CARD
    assert answer["cases"][0]["commune"] == {"system": "63", "code": "21871", "name": "Cát Hanh"}
    planned(calls, case)
    calls("cases", "submit", case, "--user", "minh")
    assert calls("cases", "list")["total"] == 2
    assert calls("cases", "list", "--worker", "minh")["total"] == 1
    waiting = calls("cases", "list", "--status", "waiting")
    assert [one["id"] for one in waiting["cases"]] == [case]
    page = calls("cases", "list", "--limit", "1", "--offset", "1")
    assert (page["total"], [one["id"] for one in page["cases"]]) == (2, [case])
    assert calls("cases", "list", "--query", "le van ba")["cases"][0]["id"] == other["id"]
    assert NAME in calls.raw("cases", "list", "--text")
    assert REASON in calls.raw("cases", "show", case, "--text")
    assert "Lý do mở" not in calls.raw("cases", "show", case, "--text", "--lang", "en")


def test_nobody_approves_his_own_case_and_the_others_go_through(calls: Line) -> None:
    (_, own), (_, other) = opened(calls, "hoa"), opened(calls)
    planned(calls, own, "hoa")
    planned(calls, other)
    calls("cases", "submit", own, other, "--user", "minh")
    assert calls.codes("cases", "approve", own, other, "--user", "minh") == ["not_allowed"]
    answer = calls("cases", "approve", "--all", "--user", "hoa", code=1)
    assert answer["approved"] == [other]
    assert [(one["code"], one["value"]) for one in answer["problems"]] == [("own_case", own)]
    returned = calls("cases", "return", own, "--reason", "Thiếu thăm hộ", "--user", "lan")
    assert returned == {"id": own, "status": "planning"}
    assert calls.codes("cases", "approve", own, "--user", "lan") == ["case_approve_not_now"]
    assert calls.codes("cases", "approve", "--user", "lan") == ["all_or_ids"]


def test_a_confidential_note_is_for_who_may_read_it(calls: Line) -> None:
    _, case = opened(calls)
    words = ("--kind", "note", "--note", "Bị chồng đánh", "--confidential")
    assert calls.codes("cases", "note", case, *words, "--user", "minh") == ["no_right_restricted"]
    calls("cases", "note", case, *words, "--user", "lan")
    assert calls("cases", "show", case, "--user", "lan")["notes"][0]["text"] == "Bị chồng đánh"
    hidden = calls("cases", "show", case, "--user", "minh")["notes"][0]
    assert (hidden["hidden"], hidden["text"]) == (True, "")


def test_who_types_openly_of_hiv_is_told_and_alone_reads_it(calls: Line, tmp_path: Path) -> None:
    who, case = opened(calls)
    words = "Đang uống thuốc ARV"
    done = calls("cases", "note", case, "--kind", "visit", "--note", words, "--user", "minh")
    assert "đánh dấu mật" in done["told"][0]
    read = {
        login: calls("cases", "show", case, "--user", login)["notes"][0]["text"]
        for login in ("minh", "hoa", "lan")
    }
    assert read == {"minh": words, "hoa": "•••", "lan": words}
    assert "ARV" not in calls.raw("timeline", who, "--user", "hoa")
    for login, asked, told in (("minh", (), 0), ("lan", (), 0), ("lan", ("--confidential",), 1)):
        paper = tmp_path / f"{login}{told}.pdf"
        calls("print", "visit", "--case", case, "--out", str(paper), *asked, "--user", login)
        assert reading.read(paper.read_bytes()).text.count("ARV") == told, "a paper goes round"


def test_what_a_case_cannot_take_is_refused_in_words(calls: Line) -> None:
    who, case = opened(calls)
    assert calls.codes("cases", "open", who, "--reason", "x") == ["case_already_open"]
    assert calls.codes("cases", "open", "nobody", "--reason", "x") == ["person_unknown"]
    assert calls.codes("cases", "show", "nothing") == ["case_unknown"]
    assert calls.codes("cases", "number", case) == ["case_no_block"]
    assert calls.codes("cases", "close", case, "--reason", "bored") == ["unknown_code"]
    assert calls.codes("cases", "close", case, "--reason", "other") == ["case_close_note_needed"]
    assert calls.codes("cases", "reopen", case, "--reason", "x") == ["case_reopen_not_now"]
    assert calls.raw("cases", "note", case, "--kind", "approved", "--note", "x", code=2) == ""


def test_a_case_of_paper_is_assessed_reviewed_and_its_ending_proposed_and_declined(
    calls: Line,
) -> None:
    paper = ("--origin", "paper", "--step", "approved", "--set", "reporter_kind=hamlet")
    made = calls("cases", "open", calls.add(), "--reason", "Hồ sơ cũ", *paper, "--user", "minh")
    case = str(made["id"])
    assert made["status"] == "waiting"
    calls("cases", "approve", case, "--user", "hoa")
    found = ("domain=health", "situation=Đau lưng", "priority=2")
    calls("cases", "assess", case, "--set", *found, "--user", "minh")
    review = ("outcome=Đã đỡ", "verdict=adjust")
    calls("cases", "review", case, "--set", *review, "--user", "minh")
    kept = calls("cases", "resume", case, "--reason", "Vẫn hợp", "--user", "hoa")
    assert kept == {"id": case, "status": "approved"}
    ended = ("--reason", "agreed", "--aware", "--user", "minh")
    assert calls("cases", "propose", case, *ended)["status"] == "closing"
    declined = calls("cases", "decline", case, "--reason", "Còn việc", "--user", "hoa")
    assert declined["status"] == "approved"
    shown = calls("cases", "show", case)
    assert [one["domain"] for one in shown["assessments"]] == ["health"]
    assert [one["verdict"] for one in shown["reviews"]] == ["adjust"]
    assert shown["facts"] | {"reporter_kind": "hamlet", "paper_step": "approved"} == shown["facts"]
    assert calls.codes("cases", "cancel", case, "--reason", "x") == ["case_cancel_not_now"]
    assert calls.codes("cases", "refuse", case, "--reason", "x") == ["case_refuse_not_now"]
