"""The power goes while an assessment sheet is being typed."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from app.actions import council_session, drafts
from tests import chance, sitting
from tests.conftest import ROOT
from tests.desk import Desk
from tests.ui.conftest import until


def killed_while_typing(office: Desk) -> None:
    """Nobody saved, nobody left the page, and no key was followed by a pause."""
    _who, file = sitting.complete_file(office.minh, "Nguyễn Thị Mận", "2026-03-02")
    sitting.set_up(office)
    session = sitting.planned(office.minh, office.minh.today().isoformat(), (file,))
    (line,) = council_session.page(office.minh, session).lines
    key = f"hearing:{line.id}"
    signs = sorted(chance.dice(1975).sample(("1.1", "1.2", "1.4", "6.3"), 2))
    told = (str(office.home), session, " ".join(signs))
    call = [sys.executable, "-m", "tests.journeys.typing_child", *told]
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(call, cwd=ROOT, env=environment)
    try:
        until(lambda: drafts.find(office.minh, key) is not None or child.poll() is not None)
        assert child.poll() is None, "the window ended by itself"
    finally:
        child.kill()
        child.wait()
    kept = drafts.find(office.minh, key)
    assert kept is not None
    assert kept.payload["type_signs"] == signs


if chance.SOAK:  # a second window takes long

    @pytest.mark.soak
    def test_a_sheet_that_is_typed_without_a_rest_survives_a_kill(office: Desk) -> None:
        killed_while_typing(office)
