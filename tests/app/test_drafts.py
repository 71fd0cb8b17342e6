"""Typing that was not saved: survives a kill, belongs to one user, keeps its secrets."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from app import workspace
from app.actions import drafts
from app.errors import Refused
from tests import desk
from tests.conftest import ROOT
from tests.desk import PASSWORD, Desk

TYPIST = """
import os, signal, sys
from pathlib import Path
from app import workspace
from app.actions import drafts
ws = workspace.open(Path(sys.argv[1]), "minh", sys.argv[2])
drafts.keep(ws, "person:new", {"name": "Nguyễn Thị Hường", "types": ("mobility",)})
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def office(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


def test_what_was_typed_survives_a_kill(home: Path) -> None:
    desk.at(home).close()
    died = subprocess.run(
        [sys.executable, "-c", TYPIST, str(home), PASSWORD], cwd=ROOT, env=os.environ, check=False
    )
    assert died.returncode == -signal.SIGKILL
    minh = workspace.open(home, "minh", PASSWORD)
    kept = drafts.offered(minh, "person")
    assert [(one.key, one.payload) for one in kept] == [
        ("person:new", {"name": "Nguyễn Thị Hường", "types": ["mobility"]})
    ]
    minh.db.close()


def test_a_draft_is_replaced_by_the_next_and_dropped_when_saved(office: Desk) -> None:
    drafts.keep(office.minh, "person:new", {"name": "Ngu"})
    drafts.keep(office.minh, "person:new", {"name": "Nguyễn"})
    found = drafts.find(office.minh, "person:new")
    assert found is not None and found.payload == {"name": "Nguyễn"}
    drafts.drop(office.minh, "person:new")
    assert drafts.find(office.minh, "person:new") is None


def test_drafts_belong_to_who_typed_them(office: Desk) -> None:
    drafts.keep(office.minh, "person:new", {"name": "của Minh"})
    drafts.keep(office.hoa, "care_case:1", {"open_reason": "của Hoa"})
    assert [one.payload for one in drafts.offered(office.hoa, "care_case")] == [
        {"open_reason": "của Hoa"}
    ]
    assert drafts.offered(office.hoa, "person") == ()


def test_restricted_values_are_sealed_inside_and_left_out_for_others(office: Desk) -> None:
    typed = {"name": "Võ Thị Bé", "violence_note": "bị đánh đập"}
    drafts.keep(office.lan, "person:new", typed)
    drafts.keep(office.minh, "person:new", typed)
    with office.lan.db.read() as session:
        rows = session.execute(text("SELECT payload FROM draft")).scalars().all()
    assert not [row for row in rows if "đánh đập" in row or "\\u0111" in row]
    assert [one.payload for one in drafts.offered(office.lan, "person")] == [typed]
    assert [one.payload for one in drafts.offered(office.minh, "person")] == [{"name": "Võ Thị Bé"}]


def test_a_draft_has_a_limit(office: Desk) -> None:
    with pytest.raises(Refused) as told:
        drafts.keep(office.minh, "person:new", {"note": "dài" * 500_000})
    assert told.value.problems[0].code == "draft_too_large"
