"""The command line over help: the directory as a sheet, a referral, a round, a device."""

from __future__ import annotations

from pathlib import Path

from tests.line import Line
from tests.papers import reading

MINH = ("--user", "minh")


def both_agree(calls: Line, who: str) -> None:
    """She says yes to minh, and hoa approves that she is referred."""
    heard = ("consent_purpose=referral", "consent_basis=consent", "consenter=self",
             "consent_form=spoken", "consent_witness=Bà Tư", "consented_on=1/11/2026")  # fmt: skip
    calls("consents", "add", who, "--set", *heard, *MINH)
    to = ("--purpose", "referral", "--recipient", "BV Quy Nhơn", "--reason", "Chuyển gửi")
    asked_for = calls("sharing", "ask", who, *to, *MINH)["ids"]
    calls("sharing", "approve", *asked_for, "--user", "hoa")


def test_a_year_of_help_from_the_command_line(calls: Line, tmp_path: Path) -> None:
    who = calls.add("birth=1956")
    book = tmp_path / "danh-ba.csv"
    book.write_text(
        "Tên dịch vụ,Loại dịch vụ,Đơn vị cung cấp,Điện thoại\n"
        "Làm chân giả,dụng cụ chỉnh hình,BV Quy Nhơn,0256 3846 789\n"
        "Tư vấn,không rõ,Hội phụ nữ,\n",
        "utf-8",
    )
    done = calls("providers", "import", str(book), *MINH, code=1)
    assert (done["rows"], done["created"], done["known"]) == (2, 1, 0)
    assert [(one["row"], one["field"], one["code"]) for one in done["refused"]] == [
        (3, "service_kind", "unknown_code")
    ]
    service = calls("providers", "list", "--query", "chan gia")["providers"][0]["id"]
    asked = calls("needs", "add", who, "--set", "item=medical.prosthesis", *MINH)["id"]
    sent = calls("referrals", "add", who, "--provider", service, "--need", asked,
                 "--set", "referral_reason=Mất chân", *MINH)["id"]  # fmt: skip
    due = ("--status", "sent", "--on", "5/1/2026", "--due", "20/1/2026", "--number", "12/PCD")
    calls("referrals", "step", sent, *due, *MINH)
    overdue = calls("referrals", "list", "--overdue")
    assert [(one["id"], one["overdue"]) for one in overdue["referrals"]] == [(sent, True)]
    later = ("answer_due_on=25/1/2026", "letter_number=13/PCD", "answer_note=Hẹn lại")
    calls("referrals", "edit", who, sent, "--set", *later, *MINH)
    shown = calls("referrals", "list", "--person", who)["referrals"][0]
    kept = [shown["fields"][name] for name in ("answer_due_on", "letter_number", "answer_note")]
    assert kept == ["2026-01-25", "13/PCD", "Hẹn lại"]
    assert shown["fields"]["service_asked"] == "Làm chân giả", "what is not named stays"
    letter = tmp_path / "thư.pdf"
    out = ("referrals", "letter", sent, "--out", str(letter), "--user", "hoa")
    assert calls.codes(*out) == ["consent_missing", "sharing_not_asked"]
    both_agree(calls, who)
    calls(*out)
    assert "BV Quy Nhơn" in reading.read(letter.read_bytes()).text
    page = calls("needs", "list", "--group", "medical", "--status", "new")
    assert (page["total"], page["persons"], page["needs"][0]["person_name"]) == (
        1, 1, "Nguyễn Thị Hường",
    )  # fmt: skip
    rice = ("round_name=Tết", "support_kind=goods", "support_what=gạo")
    made = calls("rounds", "add", "--set", *rice, *MINH)["id"]
    assert calls("rounds", "put", made, "--unit", "63:548", *MINH)["added"] == 1
    listed = tmp_path / "ký nhận.pdf"
    calls("rounds", "print", made, "--out", str(listed), "--user", "hoa")
    assert "DANH SÁCH KÝ NHẬN" in reading.read(listed.read_bytes()).text
    tick = ("rounds", "tick", made, "--status", "received")
    assert calls.codes(*tick, who, "nobody", *MINH) == ["round_not_listed"]
    assert calls("rounds", "show", made)["counts"] == {"planned": 1}, "nobody was ticked"
    assert calls.codes("rounds", "put", made, "nobody", *MINH) == ["person_unknown"]
    assert calls("rounds", "tick", made, "--status", "received", who, *MINH)["ticked"] == 1
    aid = calls("aids", "add", who, "--set", "aid_kind=prosthetic_leg", "serial=CG-5", *MINH)["id"]
    calls("aids", "repair", aid, "--set", "repair_what=Chỉnh khớp", "--next", "2027", *MINH)
    assert calls("aids", "list", who)["aids"][0]["fields"]["next_check_on"] == "2027"
    firm = ("firm=Xe buýt", "benefit=bus_free")
    agreed = calls("agreements", "add", "--set", *firm, *MINH)["id"]
    calls("agreements", "put", agreed, who, *MINH)
    shown = calls("agreements", "show", agreed)
    assert (shown["persons"], shown["lines"][0]["name"]) == (1, "Nguyễn Thị Hường")
