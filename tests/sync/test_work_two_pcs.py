"""Two PCs without a line answer the same event: one task, no conflict, no second line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from app import workspace
from app.actions import care_case, coming, conflict, need, task
from app.values.care_case import CaseDraft
from app.values.need import NeedDraft
from app.workspace import Workspace
from tests.sync.parts import Central, Pc, pc


def at(one: Pc, login: str) -> Workspace:
    return workspace.attach(one.db, login)


def kinds(ws: Workspace) -> list[str]:
    return [due.ref.kind for due in coming.dues(ws, coming.today(ws, None)).dues]


def test_the_same_event_put_off_and_done_on_two_pcs_is_one_task(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        minh, who = at(a, "minh"), a.enter()
        opened = (minh.today() - timedelta(days=200)).isoformat()
        care_case.open(minh, who, CaseDraft("Sống một mình", opened_on=opened))
        a.sync()
        b.sync()
        for number, what in enumerate(("medical.wheelchair", "medical.hearing_aid"), 1):
            late = (minh.today() - timedelta(days=300 - number)).isoformat()
            need.save(minh, NeedDraft(who, {"item": what, "review_on": late}))
        a.sync()
        b.sync()
        first, second, *calls = coming.dues(minh, coming.today(minh, None)).dues
        task.put_off(minh, first.ref, "7")
        task.finish(minh, second.ref)
        for one in calls:
            task.put_off(minh, one.ref, "7")
        hoa = at(b, "hoa")
        task.finish(hoa, first.ref)
        task.finish(hoa, second.ref)
        for one in (a, b, a):
            one.sync()
        assert kinds(minh) == kinds(hoa) == []
        assert conflict.count(minh) == conflict.count(hoa) == 0
        assert len(server.census_rows("task", "id")) == 4
