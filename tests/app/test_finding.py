"""One search over everything: what it finds, in which words, and what it never tells."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import text

from app import workspace
from app.actions import (
    access,
    attachment,
    care_case,
    finding,
    import_list,
    merge,
    person,
    printing,
    user,
)
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft, CaseEdit, NoteDraft
from app.values.papers import PrintRequest
from app.values.user import UserDraft
from app.workspace import Workspace
from tests import desk
from tests.conftest import ROOT
from tests.desk import Desk, typed
from tests.line import Line


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def add(at: Desk, name: str, **fields: object) -> str:
    return person.save(at.minh, typed(name=name, **fields)).id


def scan(ws: Workspace, who: str, title: str) -> str:
    made = BytesIO()
    Image.new("RGB", (300, 400), (len(title), 90, 90)).save(made, "JPEG")
    draft = AttachmentDraft("identity", title, "law")
    return attachment.add(ws, who, made.getvalue(), draft).id


def test_a_case_is_found_by_number_name_worker_and_status_without_marks(office: Desk) -> None:
    huong, hoa = add(office, "Nguyễn Thị Hường"), add(office, "Lê Văn Hòa")
    first = care_case.open(office.minh, huong, CaseDraft("Sống một mình", case_number="12/QLC"))
    care_case.open(office.minh, hoa, CaseDraft("Đau ốm", "Đỗ Thị Thuỷ", origin="paper"))
    desk.submitted(office.minh, first)

    def named(words: str) -> list[str]:
        return [one.person_name for one in finding.find(office.hoa, words).cases]

    assert named("12/qlc") == ["Nguyễn Thị Hường"]
    assert named("huong") == ["Nguyễn Thị Hường"]
    assert named("do thi thuy") == ["Lê Văn Hòa"]
    assert named("cho duyet") == ["Nguyễn Thị Hường"]
    assert named("waiting huong") == ["Nguyễn Thị Hường"]
    assert named("minh hoa") == []
    assert [one.name for one in finding.find(office.hoa, "huong").people] == ["Nguyễn Thị Hường"]


def test_papers_are_found_by_title_number_and_file_name(office: Desk, tmp_path: Path) -> None:
    huong = add(office, "Nguyễn Thị Hường", certificate_number="0123/GXN-LĐ")
    scan(office.minh, huong, "Giấy khai sinh bản sao")
    list_file = tmp_path / "Danh sách Cát Hanh 2026.xlsx"
    list_file.write_bytes((ROOT / "tests" / "samples" / "clean.xlsx").read_bytes())
    import_list.run(office.minh, list_file)
    printing.case_files(office.hoa, PrintRequest((huong,), tmp_path / "hồ sơ chị Hường.pdf"))

    def papers(words: str, ws: Workspace = office.hoa) -> list[tuple[str, str, str]]:
        found = finding.find(ws, words).papers
        return [(one.kind, one.title, one.person_name) for one in found]

    assert papers("khai sinh") == [("attachment", "Giấy khai sinh bản sao", "Nguyễn Thị Hường")]
    assert papers("khai sinh huong") == papers("khai sinh")
    assert papers("123/gxn") == []
    assert papers("0123 gxn ld") == [("certificate", "0123/GXN-LĐ", "Nguyễn Thị Hường")]
    assert papers("danh sach 2026") == [("import", "Danh sách Cát Hanh 2026.xlsx", "")]
    assert papers("ho so chi") == [("print", "hồ sơ chị Hường.pdf", "")]
    assert papers("ho so chi", office.lan) == []


def test_nothing_is_found_that_this_user_may_not_read(office: Desk) -> None:
    huong, briu = add(office, "Nguyễn Thị Hường"), add(office, "Đinh Văn Briu")
    scan(office.lan, huong, "Kết quả xét nghiệm HIV")
    case = care_case.open(office.lan, huong, CaseDraft("Sống một mình"))
    care_case.note(office.lan, case, NoteDraft("bị chồng đánh", confidential=True))
    person.remove(office.lan, briu, "nhập nhầm")
    user.add(office.lan, UserDraft("xem", "viewer", "Người Xem"))
    viewer = workspace.attach(office.lan.db, "xem")
    assert [one.title for one in finding.find(office.lan, "hiv").papers] == [
        "Kết quả xét nghiệm HIV"
    ]
    for ws in (office.minh, viewer):
        assert finding.find(ws, "ket qua xet nghiem").papers == ()
        assert finding.find(ws, "hiv") == finding.Found()
        assert finding.find(ws, "chong danh") == finding.Found()
        assert finding.find(ws, "briu") == finding.Found()


def test_what_was_opened_last_comes_first_and_only_what_still_stands(office: Desk) -> None:
    huong, hong = add(office, "Nguyễn Thị Hường"), add(office, "Nguyễn Thị Hồng")
    ba, briu = add(office, "Võ Thị Ba"), add(office, "Đinh Văn Briu")
    case = care_case.open(office.minh, ba, CaseDraft("Sống một mình"))
    for who in (huong, briu, hong):
        person.page(office.minh, who)
    care_case.page(office.minh, case)
    access.looked(office.minh, [ba], "list")
    person.page(office.hoa, ba)

    def seen(ws: Workspace) -> list[tuple[str, bool]]:
        return [(one.person.name, one.case is not None) for one in finding.recent(ws)]

    assert seen(office.minh) == [
        ("Võ Thị Ba", True),
        ("Nguyễn Thị Hồng", False),
        ("Đinh Văn Briu", False),
        ("Nguyễn Thị Hường", False),
    ]
    assert seen(office.hoa) == [("Võ Thị Ba", False)]
    person.page(office.hoa, hong)
    person.remove(office.lan, briu, "nhập nhầm")
    merge.merge(office.minh, huong, hong)
    assert seen(office.minh) == [("Võ Thị Ba", True), ("Nguyễn Thị Hường", False)]
    assert seen(office.hoa) == [("Nguyễn Thị Hường", False), ("Võ Thị Ba", False)]


def test_what_is_opened_again_at_once_comes_first_again_and_is_one_look(office: Desk) -> None:
    huong, ba = add(office, "Nguyễn Thị Hường"), add(office, "Võ Thị Ba")
    for who in (huong, ba, huong):
        person.page(office.minh, who)
    seen = [one.person.name for one in finding.recent(office.minh)]
    assert seen == ["Nguyễn Thị Hường", "Võ Thị Ba"]
    looks = [one for one in access.of_person(office.lan, huong) if one.by == "minh"]
    assert len(looks) == 1


def test_who_has_just_the_typed_name_comes_first_however_many_others_have_it(
    office: Desk,
) -> None:
    for place in range(0, 260, 2):
        others = (f"Nguyễn Thị Hương {place}", f"Hương Thị Nguyên {place + 1}")
        person.save_many(
            office.minh, [person.NewPerson(typed(name=one), "waiting") for one in others]
        )
    for name in ("Nguyễn Thị Hường", "Phạm Thị Hường", "Phạm Thị Hương"):
        add(office, name)

    def first(words: str) -> str:
        return finding.find(office.hoa, words).people[0].name

    assert first("Hường") in ("Nguyễn Thị Hường", "Phạm Thị Hường")
    assert first("Thị Hường").endswith("Thị Hường")
    assert first("Nguyễn Thị Hường") == "Nguyễn Thị Hường"
    assert first("pham thi huong").startswith("Phạm Thị H")
    assert finding.find(office.hoa, "thi huong").more


def test_papers_and_cases_are_found_as_they_are_renamed_and_rebuilt(office: Desk) -> None:
    huong = add(office, "Nguyễn Thị Hường")
    scan(office.minh, huong, "Quyết định trợ cấp số 17/QĐ-LĐ, Mỹ Đức")
    case = care_case.open(office.minh, huong, CaseDraft("Đau ốm", "Đỗ Thị Thuỷ", origin="paper"))

    def found() -> tuple[int, int]:
        words = ("quyet dinh mi duc", "17/qd-ld", "quyết định mỹ")
        papers = {len(finding.find(office.hoa, one).papers) for one in words}
        cases = {len(finding.find(office.hoa, one).cases) for one in ("do thuy", "Đỗ Thủy", "thui")}
        return min(papers), min(cases)

    assert found() == (1, 1)
    office.lan.db.rebuild_search()
    assert found() == (1, 1)
    care_case.edit(office.minh, case, CaseEdit(worker="Trần Minh"))
    assert found() == (1, 0)
    assert finding.find(office.hoa, "tran minh").cases != ()


def test_the_way_to_recent_pages_does_not_walk_through_the_whole_log(office: Desk) -> None:
    """A hundred thousand glances at lists lie between what somebody opened and now."""
    with office.lan.db.read() as session:
        for where in ("access_pages", "access_prints"):
            of_index = session.execute(
                text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": where}
            ).scalar_one()
            condition = str(of_index).partition("WHERE")[2]
            plan = session.execute(
                text(
                    "EXPLAIN QUERY PLAN SELECT person_id FROM access_log "
                    f"WHERE by = 'minh' AND {condition} ORDER BY seq DESC LIMIT 5"
                )
            ).all()
            way = f"SEARCH access_log USING COVERING INDEX {where} (by=?)"
            assert [row.detail for row in plan] == [way]


def test_find_answers_people_cases_and_papers_on_the_command_line(calls: Line) -> None:
    made = calls.add("certificate_number=77/GXN")
    calls("cases", "open", made, "--reason", "Sống một mình", "--number", "77/QLC")
    found = calls("find", "huong")
    assert [one["id"] for one in found["people"]] == [made]
    assert [one["case_number"] for one in found["cases"]] == ["77/QLC"]
    assert found["papers"] == []
    found = calls("find", "77/gxn")
    assert [(one["kind"], one["title"]) for one in found["papers"]] == [("certificate", "77/GXN")]
