"""Administrative units: both systems, what became of each old commune, and type-ahead."""

from __future__ import annotations

import csv
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from data import units, units_table

APPENDIX = Path(__file__).with_name("appendix_units.csv")

COMMUNES_NOW = (
    "01:126 04:56 08:124 11:45 12:38 14:75 15:99 19:92 20:65 22:54 24:99 25:148 31:114 33:104 "
    "37:129 38:166 40:130 42:69 44:78 46:40 48:94 51:96 52:135 56:65 66:102 68:124 75:95 79:168 "
    "80:96 82:102 86:124 91:102 92:103 96:64"
)
"""Communes of each province by QĐ 19/2025/QĐ-TTg."""

OLD_DISTRICTS = (
    "540:17 542:10 543:17 544:15 545:19 546:9 547:15 548:18 549:15 550:13 551:7 "
    "164:32 165:10 167:22 168:14 169:14 170:15 171:27 172:18 173:20"
)
"""Communes of the districts of Bình Định and Thái Nguyên on 1 March 2025."""


def pairs() -> list[dict[str, str]]:
    with APPENDIX.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="|"))


def counts(listed: str) -> dict[str, int]:
    return {code: int(number) for code, number in (part.split(":") for part in listed.split())}


def test_both_systems_are_whole() -> None:
    levels = Counter((unit.system, unit.level) for unit in units_table.table().values())
    assert levels == {
        ("63", "province"): 63,
        ("63", "district"): 696,
        ("63", "commune"): 10_035,
        ("34", "province"): 34,
        ("34", "commune"): 3_321,
    }
    assert [len(units.provinces(system)) for system in units.SYSTEMS] == [63, 34]


def test_every_province_has_its_number_of_communes() -> None:
    for code, number in counts(COMMUNES_NOW).items():
        assert len(units.communes_of(f"34:{code}")) == number, units.full_name(f"34:{code}")
    for code, number in counts(OLD_DISTRICTS).items():
        assert len(units.communes_of(f"63:{code}")) == number, units.full_name(f"63:{code}")


def test_a_district_and_a_province_mean_all_their_communes() -> None:
    phu_cat = units.communes_of("63:548")
    assert len(phu_cat) == 18 and "63:21871" in {unit.key for unit in phu_cat}
    assert len(units.communes_of("63:52")) == 155
    assert {unit.key for unit in phu_cat} < {unit.key for unit in units.communes_of("63:52")}
    assert [unit.key for unit in units.communes_of("34:21871")] == ["34:21871"]
    assert len(units.communes_of("34:52")) == 135


def test_an_island_district_without_communes_stands_for_itself() -> None:
    (con_dao,) = units.communes_of("63:755")
    assert con_dao.label == "huyện Côn Đảo"
    assert units.full_name(units.current("63:755").key or "").startswith("đặc khu Côn Đảo")


def test_one_code_names_different_units_in_the_two_systems() -> None:
    assert units.get("63:52").name == "Bình Định" and units.get("34:52").name == "Gia Lai"
    assert units.get("63:05467").label == "phường Cam Giá"
    assert units.get("34:05467").label == "phường Gia Sàng"
    assert units.get("34:23938").name == "Ia Mơ" and units.get("34:06978").name == "Ba Chẽ"
    assert not units.has("34:06970") and not units.has("34:23737")


def test_units_have_the_period_of_their_system() -> None:
    assert units.get("63:21871").valid_to == "2025-06-30"
    assert units.get("34:21871").valid_from == "2025-07-01"
    assert units.get("34:21871").valid_to is None


def test_names_are_written_as_in_an_address() -> None:
    assert units.full_name("63:21871") == "xã Cát Hanh, huyện Phù Cát, tỉnh Bình Định"
    assert units.full_name("34:21871") == "xã Hòa Hội, tỉnh Gia Lai"
    assert units.full_name("99:12345") == "99:12345"
    with pytest.raises(KeyError):
        units.get("63:99999")


def test_a_unit_lies_in_units_of_its_own_system_only() -> None:
    assert units.inside("63:21871", ("63:548",)) and units.inside("63:21871", ("63:52",))
    assert units.inside("63:21871", ("63:21871",))
    assert not units.inside("63:21871", ("34:52", "63:19")) and not units.inside("63:1", ("63:52",))
    assert [unit.key for unit in units.path("63:21871")] == ["63:21871", "63:548", "63:52"]
    assert len(units.children("63:52")) == 11


def test_all_pairs_of_the_two_provinces_agree_with_the_resolutions() -> None:
    assert len(pairs()) == 333
    for pair in pairs():
        old, new = units.get(f"63:{pair['old']}"), units.get(f"34:{pair['new']}")
        assert old.parent == pair["district"] and old.kind == pair["old_kind"]
        assert (new.kind, new.name) == (pair["new_kind"], pair["new_name"])
        conversion = units.current(old.key)
        assert new.key in conversion.candidates
        assert conversion.certainty == ("auto" if pair["share"] == "whole" else "ask")
        assert conversion.key == (new.key if pair["share"] == "whole" else None)
        assert old.key in units.former(new.key)
        found = units.find(pair["old_name"], ("63:" + pair["district"],))
        assert old.key in {unit.key for unit in found}
    listed = {(f"63:{pair['old']}", f"34:{pair['new']}") for pair in pairs()}
    for province in ("63:52", "63:19"):
        for commune in units.communes_of(province):
            for new_key in units.current(commune.key).candidates:
                assert (commune.key, new_key) in listed


def test_an_nghia_of_hoai_an_goes_wholly_to_kim_son() -> None:
    assert units.current("63:21727") == units.Conversion("34:21727", "auto", ("34:21727",))
    assert units.current("63:21634").certainty == "ask"  # An Nghĩa of An Lão was divided


def test_every_old_unit_has_a_present_one_and_every_present_one_an_old_one() -> None:
    for unit in units_table.table().values():
        if unit.level == "commune":
            conversion = units.current(unit.key)
            assert conversion.candidates and all(units.has(key) for key in conversion.candidates)
            if unit.system == "34":
                assert conversion == units.Conversion(unit.key, "same", (unit.key,))
                assert units.former(unit.key)


def test_a_province_follows_and_a_district_has_no_successor() -> None:
    assert units.current("63:52") == units.Conversion("34:52", "auto", ("34:52",))
    assert units.current("63:06").key == "34:19"
    district = units.current("63:548")
    assert district.key is None and district.certainty == "ask" and len(district.candidates) == 7


def test_the_hamlet_decides_a_divided_commune_where_it_is_known() -> None:
    lines = [
        ("1", "2", "part", "Thôn 1;Làng O2"),
        ("1", "3", "part", "Thôn 3"),
        ("4", "3", "whole", ""),
    ]
    links = units_table.read_links(lines)
    assert units_table.choose(links["63:1"], "làng o2").key == "34:2"
    assert units_table.choose(links["63:1"], "thon 3") == units.Conversion(
        "34:3", "auto", ("34:2", "34:3")
    )
    assert units_table.choose(links["63:1"], "Thôn 9").certainty == "ask"
    assert units_table.choose(links["63:1"]).key is None
    assert units_table.choose(links["63:4"], "Thôn 9").key == "34:3"


def test_type_ahead_finds_communes_without_marks() -> None:
    assert units.suggest("cat hanh")[0].key == "63:21871"
    assert [unit.key for unit in units.suggest("cat ha", ("63:548",))] == ["63:21880", "63:21871"]
    assert units.suggest("hanh phu cat", ("63:52",))[0].key == "63:21871"
    assert units.suggest("Ngô M", ("63:548",))[0].key == "63:21853"
    assert units.suggest("xa cat hanh")[0].key == "63:21871"
    assert units.suggest("kỳ")[0].name.startswith("Kỳ")


def test_type_ahead_puts_names_before_what_lies_in_a_place_of_the_name() -> None:
    names = [unit.name for unit in units.suggest("phu cat", ("63:52", "34:52"))]
    assert names[0] == "Phù Cát" and len(names) == 10
    assert len(units.suggest("tan", limit=3)) == 3
    assert units.suggest("") == units.suggest("zzz") == ()


def test_an_office_is_set_up_by_typing_a_unit_of_any_level() -> None:
    keys = [unit.key for unit in units.suggest("phu cat", limit=30, every_level=True)]
    assert keys[0] == "63:548" and "34:21853" in keys
    provinces = [unit.key for unit in units.suggest("binh dinh", every_level=True)]
    assert provinces[0] == "63:52"
    assert units.suggest("phu cat", ("63:548",), every_level=True)[0].key == "63:548"


def test_type_ahead_answers_within_ten_milliseconds() -> None:
    units.prepare()
    for typed in ("a", "tan", "binh dinh", "hanh phu cat binh dinh"):
        times = []
        for _ in range(5):
            started = time.process_time()
            units.suggest(typed)
            times.append(time.process_time() - started)
        assert min(times) < 0.010


def test_loading_is_quick_and_needs_no_package() -> None:
    program = (
        "import time; started = time.perf_counter()\n"
        "from data import units\n"
        "units.get('63:21871'); took = time.perf_counter() - started\n"
        "import sys\n"
        "assert not {'numpy', 'shapely', 'vietnamadminunits'} & set(sys.modules)\n"
        "print(took)"
    )
    times = [
        float(
            subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
        )
        for _ in range(3)
    ]
    assert min(times) < 0.25  # 0.06 s on an idle PC
