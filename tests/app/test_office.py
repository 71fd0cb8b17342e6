"""The first five minutes: a store is made whole for an office of either system, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import workspace
from app.actions import office
from app.errors import Refused
from app.values.office import AdminDraft, OfficeDraft
from data import database
from data.errors import StoreExists
from data.keyring import NewUser
from data.sealing import Cost
from tests.desk import PASSWORD

LAN = AdminDraft("lan", "Nguyễn Thị Lan", PASSWORD)
PHU_CAT = OfficeDraft("Phòng LĐ-TB&XH huyện Phù Cát", ("63:548",))


def made(home: Path, draft: OfficeDraft = PHU_CAT, admin: AdminDraft = LAN) -> office.Created:
    return office.create(home, draft, admin, cost=Cost.quick)


def refused(home: Path, draft: OfficeDraft = PHU_CAT, admin: AdminDraft = LAN) -> list[str]:
    with pytest.raises(Refused) as told:
        made(home, draft, admin)
    assert not database.exists(home)
    return [problem.code for problem in told.value.problems]


def test_the_first_user_is_admin_and_reads_confidential_notes(home: Path) -> None:
    created = made(home)
    ws = workspace.open(home, "lan", PASSWORD)
    assert ws.office == created.office
    assert (ws.office.name, ws.office.units, ws.office.demo) == (PHU_CAT.name, ("63:548",), False)
    assert (ws.user.role, ws.user.full_name) == ("admin", "Nguyễn Thị Lan")
    assert ws.restricted is not None
    ws.db.close()


def test_the_printed_code_opens_the_store_when_everybody_forgot(home: Path) -> None:
    created = made(home)
    db = database.open_with_recovery(home, created.recovery_code.lower().replace("-", " "))
    assert db.keys.restricted is not None
    db.close()
    assert created.recovery_code not in repr(created)


def test_units_of_both_systems_and_ended_ones_are_taken(home: Path) -> None:
    created = made(home, OfficeDraft("UBND", ("63:548", " 63:21871 ", "34:21853", "63:548")))
    assert created.office.units == ("63:548", "63:21871", "34:21853")


@pytest.mark.parametrize("unit", ["548", "63:99999", "64:548", "", "Phù Cát", "63:"])
def test_a_unit_nobody_knows_is_refused_and_nothing_is_made(home: Path, unit: str) -> None:
    assert refused(home, OfficeDraft("UBND", (unit,))) == ["unit_not_known"]


def test_everything_wrong_is_told_at_once(home: Path) -> None:
    codes = refused(home, OfficeDraft("  ", ()), AdminDraft("", "", "ngan"))
    assert codes == ["unit_needed", "office_name_needed", "login_needed", "password_short"]


def test_a_home_in_use_is_never_written_over(home: Path) -> None:
    made(home)
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    with pytest.raises(StoreExists):
        made(home, OfficeDraft("Khác", ("63:540",)), AdminDraft("hoa", "", PASSWORD))
    assert before == {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}


def test_an_office_is_renamed_and_given_other_units_until_it_is_enrolled(home: Path) -> None:
    made(home)
    ws = workspace.open(home, "lan", PASSWORD)
    office.rename(ws, "UBND xã Phù Cát")
    office.set_units(ws, ("34:21853",))
    ws = ws.reopened()
    assert (ws.office.name, ws.office.units) == ("UBND xã Phù Cát", ("34:21853",))
    with pytest.raises(Refused):
        office.set_units(ws, ("34:0",))
    ws.db.close()


def test_a_store_whose_first_records_failed_is_not_there_and_can_be_made_again(
    home: Path,
) -> None:
    def power_cut(fresh: database.Database) -> None:
        assert fresh.home != home
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.create(home, NewUser("lan", PASSWORD), cost=Cost.quick, begin=power_cut)
    assert not database.exists(home)
    assert made(home).office.name == PHU_CAT.name
