"""Accidents with all their victims, reports of dangerous things, and the report that goes out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import workspace
from app.actions import (
    accident,
    accident_list,
    consent,
    export_mine_action,
    hazard,
    hazard_paper,
    import_accidents,
    merge,
    person,
    settings,
    sharing,
    timeline,
    user,
    victim,
)
from app.actions import report as counts
from app.errors import Refused
from app.reports import mine_action as report
from app.reports import table
from app.rules import accident as rules
from app.values.accident import AccidentDraft
from app.values.mine_action import MineActionRequest
from app.values.report import ReportAsk
from app.values.sharing import ConsentDraft
from app.values.user import UserDraft
from app.values.victim import AccidentsFilter, VictimDraft
from app.workspace import Workspace
from data.base import now_text
from data.records.change import Change
from tests import desk
from tests.desk import CAT_TUONG, PASSWORD, Desk, typed
from tests.papers import reading

BLAST = {"accident_on": "1983-05-14", "accident_commune": CAT_TUONG, "device": "cluster_bomblet",
         "accident_accuracy": "hamlet", "killed": 1, "injured": 1,
         "coordinates": "13.98512, 109.04321"}  # fmt: skip
KILLED = {"victim_name": "Hồ Văn Nhã", "victim_sex": "male", "victim_birth": "1970",
          "consequence": "killed", "death_place": "on_the_spot"}  # fmt: skip
WHERE = "Trung tâm hành động bom mìn (giả lập)"


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.fixture
def reader(office: Desk) -> Workspace:
    user.add(office.lan, UserDraft("xem", "viewer", "Người Xem", password=PASSWORD))
    return workspace.attach(office.lan.db, "xem")


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.problems]


def test_one_page_has_the_registered_and_the_killed_who_never_were(office: Desk) -> None:
    huong = person.save(office.minh, typed(birth="1971")).id
    blast = accident_list.record(office.minh, BLAST)
    victim.save(office.minh, VictimDraft(blast, {"consequence": "injured"}, huong))
    dead = victim.save(office.minh, VictimDraft(blast, KILLED))
    page = accident_list.page(office.hoa, blast)
    told = [(one.number, one.name, one.person_id) for one in page.victims]
    assert told == [(1, "Nguyễn Thị Hường", huong), (2, "Hồ Văn Nhã", "")]
    assert page.remarks == () and page.report_id == rules.report_id(blast)
    assert person.page(office.hoa, huong).fields["mine_victim"] is True
    line = accident_list.listing(office.hoa, AccidentsFilter(year="1983")).lines[0]
    assert (line.victims, line.registered) == (2, 1)
    registered = person.save(office.minh, typed(name="Hồ Văn Nhã", birth="1970")).id
    victim.link(office.minh, dead, registered)
    assert accident_list.page(office.hoa, blast).victims[1].person_id == registered
    assert accident.of_person(office.hoa, registered)[0].accident_id == blast
    then = now_text()
    told = hurt_at(office, then)
    assert told["hurt"] == 2
    while now_text() <= then:
        pass  # what is done from here on is later
    victim.unlink(office.minh, dead, "Không phải người này")
    assert hurt_at(office, then) == told, "the past lost who was untied later"
    again = accident_list.page(office.hoa, blast).victims[1]
    assert (again.name, again.person_id, again.number) == ("Hồ Văn Nhã", "", 2)
    assert accident.of_person(office.hoa, registered) == ()


def hurt_at(office: Desk, instant: str) -> dict[str, object]:
    """The report of accidents as of an instant."""
    with counts.counting(office.hoa) as over:
        past = replace(over, today=date.max, end_of_day=lambda _day: instant)
        return table.run(past, ReportAsk("BC-07", "2026-01-02")).totals


def test_the_name_of_a_victim_never_reaches_a_reader_without_the_right(
    office: Desk, reader: Workspace
) -> None:
    blast = accident_list.record(office.minh, BLAST)
    victim.save(office.minh, VictimDraft(blast, KILLED | {"victim_informant": "Hồ Thị Kể"}))
    found = str(accident_list.page(reader, blast))
    assert "Nhã" not in found and "Kể" not in found and "•••" in found
    assert "1970" not in found and "killed" in found
    huong = person.save(office.minh, typed()).id
    harm = {"victim_informant": "Hồ Thị Kể", "consequence": "injured"}
    accident.save(office.minh, AccidentDraft(huong, harm, {}, blast))
    hurt = accident.of_person(office.hoa, huong)[0]
    assert hurt.victim["victim_informant"] == "Hồ Thị Kể"
    assert "Kể" not in str(accident.of_person(reader, huong))
    assert "Kể" not in str(timeline.page(reader, huong))
    seen = AccidentDraft(huong, {"victim_informant": "•••"}, {}, blast, hurt.id)
    accident.save(office.minh, seen)
    assert accident.of_person(office.hoa, huong)[0].victim == hurt.victim
    told = {"hazard_commune": CAT_TUONG, "hazard_place": "bờ ao", "reporter_name": "Hồ Thị Kể"}
    key = hazard.save(office.minh, told)
    assert "Kể" not in str(hazard.card(reader, key)) and "Kể" in str(hazard.card(office.hoa, key))


@pytest.mark.parametrize(
    ("told", "hurt", "explained", "expected"),
    [
        ((1, 1), ["killed", "injured"], False, []),
        ((None, None), ["killed"], False, []),
        ((3, 0), ["killed"], False, ["totals_more"]),
        ((3, 0), ["killed"], True, []),
        ((0, 0), ["killed"], True, ["totals_fewer"]),
        ((0, 1), ["injured", ""], False, ["totals_unclear"]),
    ],
)
def test_numbers_agree_with_the_victims_or_are_explained(
    told: tuple[int | None, int | None], hurt: list[str], explained: bool, expected: list[str]
) -> None:
    assert [one.code for one in rules.totals(told, hurt, explained)] == expected


def test_a_number_is_given_once_even_by_two_pcs() -> None:
    assert rules.numbers([("b", 2), ("a", 1), ("c", 2)]) == {"a": 1, "b": 2, "c": 3}
    assert rules.next_number([("b", 2), ("a", 1), ("c", 2)]) == 4
    assert rules.next_number([("a", 1), ("b", 5)]) == 6
    assert rules.numbers([("b", 2), ("a", 1), ("c", 2), ("d", 4)])["c"] == 3
    assert rules.numbers([("old", None), ("a", 1)]) == {"a": 1, "old": 2}


def test_harm_that_cannot_be_is_refused(office: Desk) -> None:
    blast = accident_list.record(office.minh, BLAST)
    for fields, code in (
        ({"later_consequence": "impaired"}, "victim_loss_needed"),
        ({"consequence": "injured", "death_place": "home"}, "victim_death_place_alive"),
        ({"consequence": "killed", "later_consequence": "recovered"}, "victim_killed_later"),
        ({"age_then": 200}, "number_out_of_range"),
    ):
        with pytest.raises(Refused) as refused:
            victim.save(office.minh, VictimDraft(blast, {"victim_name": "Ai đó"} | fields))
        assert codes(refused) == [code]
    with pytest.raises(Refused) as nameless:
        victim.save(office.minh, VictimDraft(blast, {"age_then": 12}))
    assert codes(nameless) == ["victim_nameless"]


def test_the_commune_is_named_as_it_was_on_that_day(office: Desk) -> None:
    de_gi = "34:21859"
    with pytest.raises(Refused) as refused:
        accident_list.record(office.minh, BLAST | {"accident_commune": de_gi})
    problem = refused.value.problems[0]
    assert problem.code == "unit_not_then" and "14/05/1983" in problem.message
    accident_list.record(office.minh, BLAST | {"accident_commune": de_gi, "accident_on": "2025"})
    late = BLAST | {"accident_on": "2025-07-02"}
    for told in ("Đề Gi", de_gi):  # by the name of that day, or by the code the advice names
        key = accident_list.record(office.minh, late | {"accident_commune": told})
        assert accident_list.page(office.hoa, key).accident["accident_commune"] == de_gi
    with pytest.raises(Refused) as gone:
        accident_list.record(office.minh, late)
    assert codes(gone) == ["unit_not_then"]
    assert "xã Xuân An, tỉnh Gia Lai (34:21892)" in gone.value.problems[0].message
    pond = {"hazard_place": "Bờ ao"}
    for told in (CAT_TUONG, "Cát Tường", "Xuân An"):  # who clears looks for it as it is called now
        key = hazard.save(office.minh, pond | {"hazard_commune": told})
        assert hazard.card(office.hoa, key).fields["hazard_commune"] == "34:21892"
    old = pond | {"hazard_commune": CAT_TUONG, "reported_on": "2025-06-30"}
    key = hazard.save(office.minh, old)
    assert hazard.card(office.hoa, key).fields["hazard_commune"] == CAT_TUONG
    with pytest.raises(Refused) as ahead:
        hazard.save(office.minh, pond | {"hazard_commune": de_gi, "reported_on": "2025-06-30"})
    assert codes(ahead) == ["unit_not_then"]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_report_is_read_back_and_names_nobody_unless_both_agreed(
    office: Desk, reader: Workspace, tmp_path: Path
) -> None:
    huong = person.save(office.minh, typed(birth="1971-02-03", sex="female")).id
    binh = person.save(office.minh, typed(name="Trần Văn Bình", birth="1960", sex="male")).id
    blast = accident_list.record(office.minh, BLAST | {"injured": 5})
    harm = {"consequence": "injured", "injuries": ("eyes", "chest"),
            "later_consequence": "impaired", "losses": ("eyesight",)}  # fmt: skip
    victim.save(office.minh, VictimDraft(blast, harm, huong))
    victim.save(office.minh, VictimDraft(blast, KILLED))
    accident.save(office.minh, AccidentDraft(binh, {"losses": ("whole_leg",)}, {}))
    done = export_mine_action.write(office.hoa, MineActionRequest(tmp_path / "ra"))
    assert (done.accidents, done.victims, done.named) == (1, 3, 0)
    told = rows(tmp_path / "ra" / "accidents.csv")[0]
    assert tuple(told) == report.headings(report.ACCIDENT)
    assert told["ac_id"] == f"SA-ACC-{rules.report_id(blast)}"
    assert (told["ac_date"], told["ac_date_known"], told["ac_eo"]) == (
        "1983-05-14", "yes", "cluster_bomblet")  # fmt: skip
    assert (told["ac_latitude"], told["ac_longitude"]) == ("13.985120", "109.043210")
    assert (told["killed"], told["injured"], told["casualty_number"]) == ("1", "5", "6")
    assert told["ac_subdistrict_name"] == "Cát Tường" and told["ac_district"] == "Phù Cát"
    hurt = rows(tmp_path / "ra" / "victims.csv")
    assert tuple(hurt[0]) == report.headings(report.VICTIM)
    assert [one["vi_id"] for one in hurt[:2]] == [f"{told['ac_id']}-VA-0{n}" for n in (1, 2)]
    assert hurt[2]["vi_id"].startswith("SA-VA-") and hurt[2]["ac_id"] == ""
    assert [one["vi_name"] for one in hurt] == ["", "", ""]
    assert [one["vi_birth"] for one in hurt] == ["1971", "1970", "1960"]
    first = hurt[0]
    assert (first["vi_age_accident"], first["vi_wound_chest"], first["vi_wound_back"]) == (
        "12", "yes", "no")  # fmt: skip
    assert (first["vi_next_consequence"], first["vi_loss_eyesight"], first["vi_loss_check"]) == (
        "permanent_impairment", "yes", "yes")  # fmt: skip
    lacks = {(one["report_id"][-5:], one["code"]) for one in rows(tmp_path / "ra/problems.csv")}
    assert (told["ac_id"][-5:], "totals_more") in lacks
    assert ("VA-02", "mine_sex_unknown") not in lacks
    assert (tmp_path / "ra" / "mine_action.xlsx").stat().st_size > 1000
    with pytest.raises(Refused):
        export_mine_action.write(reader, MineActionRequest(tmp_path / "xem"))
    let_out(office, huong)
    named = MineActionRequest(tmp_path / "ten", True, WHERE)
    assert export_mine_action.write(office.hoa, named).named == 1
    hurt = rows(tmp_path / "ten" / "victims.csv")
    assert [one["vi_name"] for one in hurt] == ["Nguyễn Thị Hường", "", ""]
    assert [one["vi_birth"] for one in hurt] == ["1971-02-03", "1970", "1960"]
    why = {one["code"] for one in rows(tmp_path / "ten" / "problems.csv")}
    assert {"mine_name_unregistered", "mine_name_withheld"} <= why
    assert "Bình" not in (tmp_path / "ten" / "problems.csv").read_text("utf-8")
    acts = [(one.recipient, one.state) for one in sharing.of_person(office.hoa, huong)]
    assert acts[0] == (WHERE, "shared")
    with pytest.raises(Refused) as nobody:
        export_mine_action.write(office.hoa, MineActionRequest(tmp_path / "x", True))
    assert codes(nobody) == ["mine_action_names_to_whom"]


def test_a_person_of_two_merged_records_is_one_victim(office: Desk, tmp_path: Path) -> None:
    huong, twin = (person.save(office.minh, typed(birth="1971")).id for _ in range(2))
    blast = accident_list.record(office.minh, BLAST | {"killed": 0, "injured": 1})
    for who in (twin, huong):
        victim.save(office.minh, VictimDraft(blast, {"consequence": "injured"}, who))
        accident.save(office.minh, AccidentDraft(who, {"losses": ("whole_leg",)}, {}))
    merge.merge(office.minh, huong, twin)
    line = accident_list.listing(office.hoa, AccidentsFilter()).lines[0]
    assert (line.victims, line.registered) == (1, 1)
    assert accident_list.page(office.hoa, blast).remarks == ()
    done = export_mine_action.write(office.hoa, MineActionRequest(tmp_path))
    hurt = rows(tmp_path / "victims.csv")
    assert done.victims == len(hurt) == 2, "one of the accident, one of an unknown one"
    assert hurt[0]["vi_id"].endswith("-VA-01") and hurt[1]["ac_id"] == ""
    twice = [one for one in rows(tmp_path / "problems.csv") if one["code"] == "mine_victim_twice"]
    assert [one["report_id"] for one in twice] == [one["vi_id"] for one in hurt]


def let_out(office: Desk, who: str) -> None:
    law = {"consent_purpose": "mine_action", "consent_basis": "law",
           "consent_source": "NĐ 18/2019/NĐ-CP", "consented_on": "2026-11"}  # fmt: skip
    consent.save(office.minh, ConsentDraft(who, law))
    (asked,), lacking = export_mine_action.ask(office.minh, WHERE)
    assert [one.code for one in lacking] == ["consent_missing"], "of the other victim"
    assert sharing.of_person(office.hoa, who)[0].id == asked
    assert sharing.approve(office.hoa, (asked,)) == ()


def test_a_report_of_danger_is_passed_on_cleared_and_printed(office: Desk, tmp_path: Path) -> None:
    with pytest.raises(Refused) as nowhere:
        hazard.save(office.minh, {"hazard_commune": CAT_TUONG})
    assert codes(nowhere) == ["hazard_place_needed"]
    told = {"hazard_commune": CAT_TUONG, "hazard_place": "Bờ ao sau trường", "reporter_name": "Kể",
            "hazard_device": "shell"}  # fmt: skip
    key = hazard.save(office.minh, told)
    assert hazard.card(office.minh, key).moves == ("pass_on", "clear", "not_found")
    assert "chưa đặt số" in hazard.hotline(office.minh)
    sheet = reading.read(hazard_paper.content(office.minh, key)).text
    assert "KHÔNG chạm vào" in sheet and "Bờ ao sau trường" in sheet and "Kể" not in sheet
    settings.change(office.lan, {"hotline": "0256 000 000"})
    assert "0256 000 000" in reading.read(hazard_paper.content(office.minh, key)).text
    hazard.step(office.minh, key, "pass_on", "Ban CHQS xã Cát Tường")
    letter = reading.read(hazard_paper.content(office.minh, key, "Ban CHQS huyện")).text
    assert "Kính gửi: Ban CHQS huyện" in letter and "Kể" in letter
    with pytest.raises(Refused, match="“Ngày xử lý xong” không thể trước “Ngày báo”"):
        hazard.step(office.minh, key, "clear", "Công binh tỉnh", "1/1/2020")
    hazard.step(office.minh, key, "clear", "Công binh tỉnh")
    with pytest.raises(Refused) as over:
        hazard.step(office.minh, key, "pass_on", "Ai khác")
    assert codes(over) == ["hazard_not_now"]
    card = hazard.listing(office.hoa, ("cleared",)).cards[0]
    assert (card.state, card.fields["cleared_by"], card.moves) == ("cleared", "Công binh tỉnh", ())


SHEET = """Vụ số,Ngày xảy ra tai nạn,Xã nơi xảy ra,Nơi xảy ra,vi_name,vi_gender,Hậu quả,CCCD,Màu
1,14/5/1983,Cát Tường,Gò Mít,Hồ Văn Nhã,Nam,Chết,,đỏ
1,,,,,,Bị thương,052171000123,
2,31/2/1990,Cát Tường,,Ai đó,Nam,Chết,,
3,1990,Cát Hanh,,,,Chết,,
,2001,Cát Hanh,Đồi,Lê Văn Tám,Nam,Chết,099,
"""


def test_a_sheet_of_old_accidents_comes_in_and_bad_rows_say_what_to_do(
    office: Desk, tmp_path: Path
) -> None:
    file = tmp_path / "cu.csv"
    file.write_text(SHEET, "utf-8-sig")
    huong = person.save(office.minh, typed(birth="1971", id_number="052171000123")).id
    trial = import_accidents.run(office.minh, file, dry_run=True)
    assert trial.unknown == ("Màu",)
    assert accident_list.listing(office.minh, AccidentsFilter()).total == 0
    done = import_accidents.run(office.minh, file)
    assert (done.rows, done.accidents, done.victims, done.linked) == (5, 2, 3, 1)
    assert (trial.accidents, trial.victims, trial.linked) == (2, 3, 1)
    assert [(one.row, one.field, one.code) for one in done.refused] == [
        (4, "accident_on", "no_such_day"),
        (6, "id_number", "accidents_number_unknown"),
    ]
    line = accident_list.listing(office.minh, AccidentsFilter(year="1983")).lines[0]
    page = accident_list.page(office.minh, line.id)
    assert [(one.name, one.person_id) for one in page.victims] == [
        ("Hồ Văn Nhã", ""), ("Nguyễn Thị Hường", huong)]  # fmt: skip
    listed = file.rename(tmp_path / "ds nhiễm HIV.csv")
    more = "3,2003,Cát Hanh,Bến,Lê Văn Mười,Nam,Chết,,\n4,2004,Cát Hanh,Bến,Tí (HIV),Nam,Chết,,\n"
    listed.write_text(SHEET + more, "utf-8-sig")
    kept = import_accidents.run(office.minh, listed)
    assert [(one.row, one.code) for one in kept.refused][2:] == [(8, "row_says_closed")]
    with office.lan.db.read() as session:
        assert [one for one in session.scalars(select(Change.source)) if "HIV" in one] == []
        assert session.scalar(select(func.count()).where(Change.source.contains("•••"))) != 0
    again = import_accidents.run(office.minh, file.with_name(listed.name))
    assert (again.victims, again.unchanged) == (0, 4)
