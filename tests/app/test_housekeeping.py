"""After a sign-in: one backup a day, and no way in for who left elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import workspace
from app.actions import backup, housekeeping
from data.errors import WrongPassword
from data.records.office import user_of
from tests import desk


def test_the_first_sign_in_of_a_day_makes_the_backup_and_the_next_does_not(home: Path) -> None:
    office = desk.at(home)
    try:
        made = housekeeping.after_sign_in(office.minh).backup
        assert made is not None
        assert made.path.exists()
        assert housekeeping.after_sign_in(office.lan).backup is None
        assert backup.latest(office.lan) == made
    finally:
        office.close()


def test_who_was_stopped_on_another_pc_cannot_sign_in_here_any_more(home: Path) -> None:
    office = desk.at(home)
    try:
        with office.lan.db.write(office.lan.author("sync:elsewhere")) as session:
            minh = user_of(session, "minh")
            assert minh is not None
            minh.active = False
        assert housekeeping.after_sign_in(office.lan).locked_out == ("minh",)
        with pytest.raises(WrongPassword):
            workspace.open(home, "minh", desk.PASSWORD)
    finally:
        office.close()
