"""A list brought in and taken back on one PC: the other PC and the server follow."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import workspace
from app.actions import import_list, import_undo, person
from app.errors import Refused
from app.values.person import PeopleFilter, PersonDraft
from tests.app.import_desk import many
from tests.sync.parts import Central, dump, pc


def test_undoing_travels_and_history_tells_list_and_row_on_every_pc(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        here, there = (workspace.attach(one.db, "minh") for one in (a, b))
        result = import_list.run(here, many(tmp_path / "ds.xlsx", 20))
        a.sync()
        b.sync()
        assert person.total(there, PeopleFilter()) == 20
        (first, *_) = person.ids(there, PeopleFilter())
        sources = [line.source for line in person.past(there, first)]
        assert any(source.startswith("import:ds.xlsx:") for source in sources)
        import_undo.undo(here, result.id)
        a.sync()
        b.sync()
        assert person.total(there, PeopleFilter()) == 0
        assert dump(a.db) == dump(b.db) == dump(server)


def test_work_done_on_another_pc_hinders_it(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        a.enrol(server)
        b.enrol(server)
        here, there = (workspace.attach(one.db, "minh") for one in (a, b))
        result = import_list.run(here, many(tmp_path / "ds.xlsx", 3))
        a.sync()
        b.sync()
        (first, *_) = person.ids(there, PeopleFilter())
        person.save(there, PersonDraft(first, {"phone": "0905123456"}))
        b.sync()
        a.sync()
        with pytest.raises(Refused) as caught:
            import_undo.undo(here, result.id)
        assert [one.value for one in caught.value.problems] == [first]
