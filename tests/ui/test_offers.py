"""What the one search offers, held against the real window: nothing is missing, all lead there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton

from app import workspace
from app.actions import user
from app.forms import folded
from app.rules.user import ROLES
from app.values.user import UserDraft
from tests.desk import Desk
from tests.ui.conftest import settle
from ui.frame import Frame
from ui.offers import Offer, offers
from ui.places import places
from ui.tasks import Tasks
from ui.widgets.page_head import PageHead
from ui.window import Window

BESIDE = ("reform", "printing")
"""Pages that are no entry of the navigation and yet stand by themselves, without a record."""

NOT_YET = ("Gửi ngay",)
"""Stands there once this PC is enrolled; until then its page asks for the enrolment."""


def of_head(frame: Frame) -> set[str]:
    """The names of the buttons that stand in the head of the page that is shown."""
    assert frame.shown is not None
    heads = frame.shown.findChildren(PageHead)
    made = [one for head in heads for one in head.findChildren(QPushButton)]
    return {one.accessibleName() for one in made if one.isVisible()}


def leads_nowhere(frame: Frame, one: Offer, tasks: Tasks) -> bool:
    """Whether the page, its button or its key is not there."""
    frame.go(one.place, one.key, **one.facts)
    settle(tasks)
    assert frame.shown is not None
    made = frame.shown.findChildren(QPushButton)
    made = [each for each in made if each.isVisible() or one.at in NOT_YET]
    there = not one.at or any(each.accessibleName().startswith(one.at) for each in made)
    known = not one.keys or (one.keys, one.title) in frame.shown.shortcuts()
    return frame.place != one.place or not there or not known


@pytest.mark.parametrize("role", ROLES)
def test_every_button_and_key_of_every_page_is_offered_and_every_offer_leads_there(
    window_on: Callable[[Path], Window], office: Desk, tasks: Tasks, role: str
) -> None:
    user.add(office.lan, UserDraft("moi", role, "Người Mới"))
    window = window_on(office.home)
    window.enter(workspace.attach(office.lan.db, "moi"))
    frame = window.frame
    assert frame is not None
    settle(tasks)
    offered, missing = offers(frame.ws, window._menu()), []
    everything = {folded(one.title) for one in offers(office.lan, ())}
    others = everything - {folded(one.title) for one in offered}
    for place in places():
        if place.open_to(frame.ws) and (place.picture or place.name in BESIDE):
            frame.go(place.name)
            settle(tasks)
            assert frame.place == place.name
            here = tuple(one.at for one in offered if one.place == place.name and one.at)
            titles = {folded(one.title) for one in offered}
            missing += [
                (place.name, name)
                for name in of_head(frame)
                if not name.startswith(here) and folded(name.rstrip("…")) not in titles
            ]
            if place.picture:
                assert folded(place.title) in titles
            missing += [
                (place.name, what)
                for _keys, what in place.shortcuts()
                if folded(what) not in titles | others
            ]
    assert missing == [], missing
    placed = [one for one in offered if one.place]
    assert [one.title for one in placed if leads_nowhere(frame, one, tasks)] == []
