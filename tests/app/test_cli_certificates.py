"""The command line over certificates: the paper book, an exchange, a blank, the register."""

from __future__ import annotations

from pathlib import Path

from tests.line import Line
from tests.papers import reading

MINH, HOA = ("--user", "minh"), ("--user", "hoa")


def test_the_paper_book_an_exchange_and_the_register(calls: Line, tmp_path: Path) -> None:
    who = calls.add("birth=1956")
    book = tmp_path / "so-giay.csv"
    book.write_text(
        "Họ và tên,Năm sinh,Số giấy,Ngày cấp,Nơi cấp,Dạng tật,Mức độ,Tình trạng\n"
        "Nguyễn Thị Hường,1956,07/2014,3/6/2014,UBND xã,vận động,nặng,\n"
        "Nguyễn Thị Hường,1956,05/2012,2012,UBND xã,vận động,nặng,đã đổi\n"
        "Nguyễn Thị Hường,1956,,2012,UBND xã,vận động,nặng,đã đổi\n",
        "utf-8",
    )
    done = calls("certificate", "import", str(book), *MINH, code=1)
    assert (done["created"], [one["code"] for one in done["refused"]]) == (
        2, ["certificate_on_paper_number"],
    )  # fmt: skip
    assert calls("certificate", "import", str(book), *MINH, code=1)["created"] == 0
    said = ("of_severe=2", "first_number=1237", "minute_number=01/BB")
    assert calls("certificate", "opening", "--set", *said, "--user", "lan")["agrees"]
    assert not calls("certificate", "opening", "--set", "of_mild=1", "--user", "lan", code=1)[
        "agrees"
    ]
    (old,) = calls("certificate", "list", "--state", "valid")["certificates"]
    wanted = ("certificate", "prepare", "--exchange", old["id"])
    assert calls.codes(*wanted, *MINH) == ["application_reason"]
    assert calls.codes(*wanted, "--reason", "wrong_data", *MINH) == ["certificate_what_differs"]
    assert calls("applications", "list")["applications"] == []  # what was refused left no file
    made = calls(*wanted, "--reason", "damaged", *MINH)["id"]
    why = ("--aware", "--reason", "Duyệt hồ sơ sau")
    assert calls.codes("certificate", "issue", made, *why, *HOA) == ["certificate_collect"]
    given = ("certificate", "issue", made, "--not-collected", "giấy mờ")
    assert calls.codes(*given, *HOA) == ["certificate_person_draft"]  # told once, she decides
    assert calls.codes(*given, "--aware", *HOA) == ["certificate_aware_reason"]
    issued = calls(*given, *why, *HOA)
    assert issued["numbers"] == ["218711237"]
    (file,) = calls("applications", "list")["applications"]
    assert (file["step"], file["fields"]["application_reason"]) == ("issued", "damaged")
    out = tmp_path / "giay.pdf"
    onto_blanks(calls, made, out)
    moved = calls("certificate", "calibrate", "--right", "1.5", "--out", str(out), *HOA)
    assert (moved["right"], moved["down"]) == (1.5, 0.0)
    assert calls("certificate", "verify", "310023345", code=1)["verdict"] == "altered"
    (given,) = calls("certificate", "list", "--state", "valid")["certificates"]
    on = ("--on", given["fields"]["issued_on"])
    why = ("--by", "Sở", "--decision", "1/QĐ", *on, "--not-collected", "mất")
    assert calls.codes("certificate", "revoke", made, "--reason", "sai", *why, *HOA) == [
        "certificate_own_needed"
    ]
    why = (*why, "--own", "keep", "--own-reason", "Chờ giám định lại")
    calls("certificate", "revoke", made, "--reason", "sai", *why, *HOA)
    told = calls("certificate", "register", "--out", str(out), *HOA)
    assert [(one["number"], one["state"]) for one in told["rows"]] == [
        ("05/2012", "Đã thay thế"), ("07/2014", "Đã thay thế"), ("218711237", "Đã thu hồi"),
    ]  # fmt: skip
    assert calls("blanks", "list")["counts"] == {"issued": 1, "spoiled": 1, "in_stock": 1}
    assert calls("certificate", "clashes")["clashes"] == []
    assert calls("certificate", "show", made)["person_id"] == who


def onto_blanks(calls: Line, made: str, out: Path) -> None:
    """One blank spoiled, the next one good; a paper is a PDF whatever its file is called."""
    calls("blanks", "receive", "A001", "A003", "--from", "Sở", *MINH)
    run = calls("blank-run", "begin", made, "--first", "A001", "--out", str(out), *HOA)
    assert [one["serial"] for one in run["certificates"]] == ["A001"]
    assert "218711237" in reading.read(out.read_bytes()).text
    calls("blank-run", "spoiled", "A001", "--reason", "Kẹt", "--out", str(out), *HOA)
    assert "In lại lần 2" in reading.read(out.read_bytes()).text
    calls("blank-run", "print", "--from", "A002", "--out", str(out), *HOA)
    assert calls("blank-run", "show", *HOA)["certificates"][0]["serial"] == "A002"
    calls("blank-run", "done", *HOA)
    assert calls.codes("certificate", "reprint", made, "--out", str(out), *HOA) == [
        "certificate_printed"
    ]
    calls("certificate", "proof", made, "--out", str(out), *HOA)
    assert calls.codes("blanks", "spoil", "A002", "--reason", "Nhòe", *MINH) == [
        "blank_on_certificate"
    ]
    picture = ("--serial", "A003", "--reason", "Nhòe", "--out", str(out.with_suffix(".png")))
    assert calls.codes("certificate", "reprint", made, *picture, *HOA) == ["paper_ending"]


def test_a_clash_is_told_and_ended_by_a_line(calls: Line) -> None:
    paper = ("--set", "certificate_number=08/2014", "issued_on=2014-06-03", "degree=mild",
             "types=vision", "issued_by=UBND xã")  # fmt: skip
    ids = [calls("certificate", "take-over", calls.add(f"birth={year}"), *paper, *MINH)["id"]
           for year in (1956, 1966)]  # fmt: skip
    told = calls.raw("certificate", "clashes", "--text", code=1)
    assert told.startswith("trùng số giấy\t08/2014") and "Có hiệu lực" in told
    end = ("certificate", "settle", ids[1], "number", "--number", "09/2014", "--reason", "Gõ nhầm")
    assert calls.codes(*end, *MINH) == ["not_allowed"]
    assert calls(*end, *HOA) == {"id": ids[1], "state": "valid", "left": 0}
    assert calls("certificate", "clashes")["clashes"] == []
    told = calls.raw("certificate", "show", ids[1], "--text")
    assert "số cũ 08/2014: Gõ nhầm" in told
