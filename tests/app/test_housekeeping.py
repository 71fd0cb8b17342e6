"""After a sign-in: one backup a day, and no way in for who left elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app import workspace
from app.actions import backup, housekeeping, print_job
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


def test_half_prints_of_yesterday_are_cleared_after_a_sign_in(home: Path, tmp_path: Path) -> None:
    office = desk.at(home)
    try:
        for name, age in (("cu.pdf", print_job.KEPT + timedelta(minutes=1)), ("moi.pdf", None)):
            began = office.minh.clock() - (age or timedelta())
            job = print_job.of(office.hoa, ("01",), tmp_path / name, "")
            print_job.part_of(job.out).mkdir()
            job.keep(replace(office.hoa, clock=lambda began=began: began))
        assert housekeeping.after_sign_in(office.minh).prints_cleared == 1
        assert [path.name for path in tmp_path.glob("*.part")] == ["moi.pdf.part"]
    finally:
        office.close()
