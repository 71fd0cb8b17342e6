"""An inspector comes: let in until a day, sees who did what with whom, and takes papers along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import text

from app import workspace
from app.actions import (
    access,
    approval,
    export_list,
    inspection,
    inspection_out,
    merge,
    need,
    person,
    register_then,
    signing_in,
    user,
)
from app.errors import Refused
from app.values.inspection import InspectionAsk, InspectionLine
from app.values.need import NeedDraft
from app.values.person import PeopleFilter, PersonDraft
from app.values.user import UserDraft, UserEdit
from app.workspace import Workspace
from data.counting.registers import REGISTERS
from data.database import Author
from data.records import office as offices
from tests import desk
from tests.desk import PASSWORD, Desk, typed
from tests.line import Line
from tests.papers.reading import read

TODAY = date.today()
TOMORROW = (TODAY + timedelta(days=1)).isoformat()
BASIS = "Quyết định 12/QĐ-TTr của Thanh tra tỉnh (GIẢ LẬP)"
NUMBER = "052071004321"


@pytest.fixture(scope="module")
def at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    opened = desk.at(tmp_path_factory.mktemp("inspected") / "office")
    user.add(
        opened.lan,
        UserDraft("tra", "inspector", "Hồ Thị Tra", password=PASSWORD, valid_until=TOMORROW,
                  basis=BASIS),
    )  # fmt: skip
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def tra(at: Desk) -> Workspace:
    return workspace.attach(at.lan.db, "tra")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in refused.value.problems]


def test_an_inspector_from_outside_comes_in_until_a_day_and_is_told_why_not_later(at: Desk) -> None:
    wrong = {
        "visit_basis_needed": UserDraft("x", "inspector", valid_until=TOMORROW),
        "visit_day_past": UserDraft("x", "viewer", valid_until="2020-02-01", basis=BASIS),
        "visit_day_strange": UserDraft("x", "inspector", valid_until="2026-02-31", basis=BASIS),
        "visit_role": UserDraft("x", "admin", valid_until=TOMORROW, basis=BASIS),
        "visit_day_needed": UserDraft("x", "inspector", basis=BASIS),
    }
    for code, draft in wrong.items():
        with pytest.raises(Refused) as refused:
            user.add(at.lan, draft)
        assert [one.code for one in refused.value.problems] == [code]
    user.add(
        at.lan,
        UserDraft("khach", "inspector", "Khách", password=PASSWORD, valid_until=TOMORROW,
                  basis=BASIS),
    )  # fmt: skip
    inside = signing_in.join(at.lan, "khach", PASSWORD)
    assert (inside.user.until, inside.user.basis) == (TOMORROW, BASIS)
    with at.lan.db.write(Author("lan")) as session:  # days pass
        guest = offices.user_of(session, "khach")
        assert guest is not None
        guest.valid_until = "2026-01-31"
    assert inside.still() is None
    with pytest.raises(Refused) as refused:
        signing_in.join(at.lan, "khach", PASSWORD)
    told = refused.value.problems[0].message
    assert codes(refused) == [("user_expired", "login")]
    assert "31/01/2026" in told and BASIS in told
    line = next(one for one in user.listing(at.lan) if one.login == "khach")
    assert line.expired
    user.edit(at.lan, "khach", UserEdit(full_name="Khách Mới"))  # a name alone asks for no new day
    user.edit(at.lan, "khach", UserEdit(valid_until=TODAY.isoformat()))
    assert signing_in.join(at.lan, "khach", PASSWORD).can("logs")


def test_who_saw_printed_exported_changed_and_merged_a_person(
    at: Desk, tra: Workspace, tmp_path: Path
) -> None:
    made = person.save(at.minh, typed(id_number=NUMBER)).id
    person.submit(at.minh, [made])
    approval.approve(at.hoa, [made])
    person.page(at.hoa, made)
    need.save(at.minh, NeedDraft(made, {"item": "medical.wheelchair"}))
    export_list.people(at.hoa, PeopleFilter(ids=(made,)), tmp_path / "ra.xlsx")
    twin = person.save(at.minh, typed(name="Nguyễn Thị Hương")).id
    person.page(at.minh, twin)
    merge.merge(at.lan, made, twin)
    found = inspection.find(tra, InspectionAsk(made))
    told = {(one.by, one.kind) for one in found.lines}
    assert {("minh", "change"), ("hoa", "approve"), ("hoa", "view"), ("hoa", "export")} <= told
    assert ("minh", "view") in told, "looks at what was merged into her count, too"
    assert any("Nhu cầu" in one.what for one in found.lines if one.by == "minh")
    assert not any(NUMBER in one.what for one in found.lines), "values are in the history alone"
    again = inspection.find(tra, InspectionAsk(made, kinds=("view",)))
    assert ("tra", "view") in {(one.by, one.kind) for one in again.lines}, "who inspects looks, too"
    alone = inspection.find(tra, InspectionAsk(made, "hoa", ("export",)))
    assert [(one.by, one.what) for one in alone.lines] == [("hoa", "ra.xlsx")]
    assert not inspection.find(tra, InspectionAsk(made, until="2020-01-01")).lines
    by_user = inspection.find(tra, InspectionAsk(login="hoa", since=TODAY.isoformat()))
    assert {one.by for one in by_user.lines} == {"hoa"}
    assert {one.name for one in by_user.lines if one.kind == "export"} == {"Nguyễn Thị Hường"}
    assert whole(at, made) == count(found.lines)
    paper = inspection_out.write(tra, found, tmp_path / "bien ban.pdf")
    words = read(paper.read_bytes()).text
    assert "Nguyễn Thị Hường" in words and "Người thanh tra" in words and "nguyên vẹn" in words
    sheet = inspection_out.write(tra, found, tmp_path / "nhat ky.xlsx")
    assert openpyxl.load_workbook(sheet).active.max_row == len(found.lines) + 1
    taken = {(one.kind, one.detail) for one in access.of_person(at.lan, made) if one.by == "tra"}
    assert {("print", "bien ban.pdf"), ("export", "nhat ky.xlsx")} <= taken
    for wrong in (InspectionAsk(), InspectionAsk(made, kinds=("x",)), InspectionAsk("x")):
        with pytest.raises(Refused):
            inspection.find(tra, wrong)
    for ws in (at.hoa, at.minh):
        with pytest.raises(Refused) as refused:
            inspection.find(ws, InspectionAsk(made))
        assert refused.value.problems[0].code == "not_allowed"


def whole(at: Desk, person_id: str) -> dict[str, int]:
    """Looks by kind and writings of a person and who was merged into her, by plain SQL."""
    with at.lan.db.read() as session:
        ids = "(SELECT id FROM person WHERE :id IN (id, merged_into))"
        looks = session.execute(
            text(f"SELECT kind, count(*) FROM access_log WHERE person_id IN {ids} "
                 "AND by <> 'tra' GROUP BY kind"),
            {"id": person_id},
        ).all()  # fmt: skip
        deeds = session.scalar(
            text("SELECT count(DISTINCT txn || entity || row_id) FROM history "
                 f"WHERE person_id IN {ids}"),
            {"id": person_id},
        )  # fmt: skip
    return dict(row.tuple() for row in looks) | {"written": deeds or 0}


def count(lines: tuple[InspectionLine, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in lines:
        if one.by != "tra":
            kind = one.kind if one.kind in ("view", "print", "export") else "written"
            found[kind] = found.get(kind, 0) + 1
    return found


def test_the_log_tells_when_a_line_was_changed_taken_out_or_cut_off(
    tmp_path: Path,
) -> None:
    at = desk.at(tmp_path / "office")
    made = [person.save(at.minh, typed(name=f"Lê Thị {n}")).id for n in ("An", "Bình", "Chi")]
    for one in made:
        person.page(at.hoa, one)
    before = inspection.proof(at.lan)
    assert before.broken == 0 and before.entries == before.last >= 3
    person.page(at.lan, made[0])
    assert inspection.proof(at.lan, before.last, before.mark).broken == 0
    assert inspection.proof(at.lan, before.last, "0" * 32).broken == before.last
    tampered = (
        ("UPDATE access_log SET by = 'minh' WHERE seq = 2", 2),
        ("DELETE FROM access_log WHERE seq = 2", 2),
        (f"DELETE FROM access_log WHERE seq > {before.last}", before.last + 1),
    )
    for words, broken in tampered:
        with at.lan.db.write(Author("lan")) as session:
            kept = session.execute(text("SELECT * FROM access_log")).mappings().all()
            session.execute(text(words))
        assert inspection.proof(at.lan).broken == broken, words
        with at.lan.db.write(Author("lan")) as session:
            session.execute(text("DELETE FROM access_log"))
            for row in kept:
                names = ", ".join(row)
                values = ", ".join(f":{name}" for name in row)
                session.execute(text(f"INSERT INTO access_log ({names}) VALUES ({values})"), row)
        assert inspection.proof(at.lan).broken == 0
    at.close()


def test_every_register_as_of_a_day_is_listed_written_and_logged(
    at: Desk, tra: Workspace, tmp_path: Path
) -> None:
    made = person.save(at.minh, typed(name="Đào Thị Mai", id_number="052071009999")).id
    need.save(at.minh, NeedDraft(made, {"item": "family.house_repair"}))
    for name in REGISTERS:
        then = register_then.at(tra, name)
        rows = register_then.rows(tra, name)
        assert len(rows) == then.count and len(then.columns) == len(set(then.columns))
        assert all(len(one.values) == len(then.columns) for one in rows)
        assert register_then.at(tra, name, "2020-01-01").count == 0
    now = register_then.rows(tra, "persons")
    mine = next(one for one in now if one.person_id == made)
    assert "••••••••9999" in mine.values and "052071009999" not in " ".join(mine.values)
    person.save(at.minh, PersonDraft(made, {"name": "Đào Thị Mận"}))
    file = inspection_out.write_register(tra, register_then.at(tra, "needs"), tmp_path / "so.xlsx")
    sheet = openpyxl.load_workbook(file).active
    assert {row[1].value for row in sheet.iter_rows(min_row=2)} >= {"Đào Thị Mận"}
    assert "so.xlsx" in {one.detail for one in access.of_person(at.lan, made)}
    for name, day, code in (
        ("x", "", "inspection_register"),
        ("needs", "2999-01-01", "register_day"),
    ):
        with pytest.raises(Refused) as refused:
            register_then.at(tra, name, day)
        assert refused.value.problems[0].code == code


def test_the_command_line_inspects(calls: Line, tmp_path: Path) -> None:
    made = calls.add()
    calls("user", "add", "tra", "--role", "inspector", "--until", TOMORROW, "--basis", BASIS)
    calls("people", "show", made, "--user", "hoa")
    seen = calls("inspect", "person", made, "--only", "view", "--user", "tra")
    assert [(one["by"], one["kind"]) for one in seen["events"]] == [("hoa", "view")]
    mine = calls("inspect", "user", "minh", "--user", "tra")
    assert {one["kind"] for one in mine["events"]} >= {"change"} and mine["notes"]
    out = str(tmp_path / "so.csv")
    then = calls("inspect", "register", "persons", "--as-of", TODAY.isoformat(), "--out", out,
                 "--user", "tra")  # fmt: skip
    assert (then["count"], Path(then["file"]).exists()) == (1, True)
    assert calls("inspect", "register", "persons", "--user", "tra")["rows"][0]["person"] == made
    proof = calls("inspect", "log", "--user", "tra")
    assert proof["broken"] == 0
    same = ("--last", str(proof["last"]), "--mark", proof["mark"])
    assert calls("inspect", "log", *same, "--user", "tra")["broken"] == 0
    assert calls.codes("inspect", "person", made, "--user", "minh") == ["not_allowed"]
    assert calls.codes("inspect", "user", "ai", "--user", "tra") == ["user_unknown"]
