"""Two PCs without a line move one file: a card, no overwriting; and they share no number."""

from __future__ import annotations

from pathlib import Path

from app import workspace
from app.actions import application, application_desk, conflict
from app.values.application import ApplicationDraft
from app.workspace import Workspace
from tests.sync.parts import Central, Pc, pc

NEW = {"application_kind": "new"}


def minh(at: Pc) -> Workspace:
    return workspace.attach(at.db, "minh")


def step(at: Pc, file: str) -> str:
    return application_desk.show(minh(at), file).step


def test_a_file_that_two_pcs_moved_apart_is_a_card_and_each_gives_receipts_of_its_own(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as here, pc(tmp_path / "b") as there:
        here.enrol(server)
        here.sync()
        files = [application.save(minh(here), ApplicationDraft(here.enter(), NEW)) for _ in "ab"]
        here.sync()
        there.enrol(server)
        there.sync()
        moved, free = files
        application.ask_missing(minh(here), moved, ("identity",), "bản chính")
        application.complete(minh(there), moved)
        application.complete(minh(there), free)
        others = [
            application.save(minh(each), ApplicationDraft(each.enter(name), NEW))
            for each, name in ((here, "Lê Văn Ba"), (there, "Cao Thị Bốn"))
        ]
        for each in (here, there, here, there):
            each.sync()
        assert [step(each, moved) for each in (here, there)] == ["missing", "missing"]
        assert [step(each, free) for each in (here, there)] == ["complete", "complete"]
        cards = {one.field: one for one in conflict.cards(minh(there))}
        assert {"file_step", "completed_on"} <= set(cards)
        assert cards["file_step"].takes == ("theirs",), "what stands is confirmed, then worked on"
        conflict.resolve(minh(there), cards["file_step"].id, "theirs")
        told = [
            application_desk.show(minh(here), one).fields["receipt_number"]
            for one in (*files, *others)
        ]
        year = minh(here).today().year
        numbers = [f"0001-1/{year}", f"0002-1/{year}", f"0003-1/{year}", f"0001-2/{year}"]
        assert told == numbers
