"""Every action that writes, asked of by those who may only read: refused, and nothing changed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from app import workspace
from app.actions import (
    accident,
    attachment,
    care_case,
    merge,
    need,
    person,
    user,
)
from app.errors import Refused
from app.values.accident import AccidentDraft
from app.values.care_case import CaseDraft, NoteDraft
from app.values.need import NeedDraft
from app.values.user import UserDraft
from data import schema
from tests import desk
from tests.app import writing_calls, writing_calls_council, writing_calls_papers
from tests.app.writing_calls import LOGGED, PICTURE, Things, picture
from tests.conftest import ROOT
from tests.desk import Desk, typed

CALLS = writing_calls.CALLS | writing_calls_council.CALLS | writing_calls_papers.CALLS
ACTIONS = ROOT / "app" / "actions"
WRITES = re.compile(
    r"\.(db|looks)\.write\(|\.db\.rotate\(|keyring\.(add|reset|set|change|new)_|backup\.make|shut_out\."
    r"|write_bytes|write_xlsx|write_csv|os\.replace"
)
LOG = "access"
"""Whoever may look is written down as having looked: that is no writing of his own."""

OPEN = {
    "access.seen": "the log of looks",
    "access.seen_many": "the log of looks",
    "drafts.drop": "one's own typing",
    "housekeeping.after_sign_in": "does only what the role may, and clears old halves of prints",
    "import_layout.begin": "inside of an import, after its demand",
    "import_layout.finish": "inside of an import, after its demand",
    "import_layout.remember": "inside of an import, after its demand",
    "import_slice.open_cases": "inside of an import, after its demand",
    "import_slice.take_certificates": "inside of an import, after its demand",
    "inspection_out.write": "asks for `logs`: what an inspector takes along, each person logged",
    "inspection_out.write_register": "the same",
    "key_log.write": "written by the actions of users, after their demand",
    "likeness.settle": "pairs alike, a note of the program's own about what stands there",
    "likeness.settle_a_little": "the same, a little at a time",
    "print_job.of": "only names a job",
    "print_job.resume": "inside of printing, after its demand",
    "print_job.clear": "half-done prints of anybody, a day old",
    "print_job.drop": "inside of printing, after its demand",
    "print_run.begin": "inside of printing, after its demand",
    "print_run.give_up": "inside of printing, after its demand",
    "saved_filter.save": "one's own questions to the list; an office's asks for `settings`",
    "saved_filter.rename": "the same",
    "saved_filter.delete": "the same",
    "user.change_password": "one's own password, with the old one",
}
"""Actions that write and ask for no right, each with its reason."""


@pytest.fixture
def at(home: Path) -> Iterator[Desk]:
    opened = desk.at(home)
    yield opened
    opened.close()


@pytest.mark.parametrize("role", ["viewer", "inspector"])
def test_who_only_reads_is_refused_every_action_that_writes_and_nothing_changes(
    at: Desk, tmp_path: Path, role: str
) -> None:
    things = some_things(at, tmp_path / "ra")
    user.add(at.lan, UserDraft("xem", role, "Người Xem"))
    ws = workspace.attach(at.lan.db, "xem")
    before = everything(at, things)
    for name, call in CALLS.items():
        with pytest.raises(Refused) as refused:
            call(ws, things)
        assert [one.code for one in refused.value.problems] == ["not_allowed"], name
        assert everything(at, things) == before, name


def test_every_action_that_writes_asks_for_a_right_or_says_why_not() -> None:
    found = writing(ACTIONS)
    assert found - CALLS.keys() - OPEN.keys() == set(), "name them in CALLS, or say why in OPEN"
    assert (CALLS.keys() - LOGGED) | OPEN.keys() == found, "no such action any more"


def test_a_new_action_that_writes_through_another_is_found(tmp_path: Path) -> None:
    person_py = "def _put(ws):\n    ws.db.write(1)\n\nclass Run:\n    go = _put\n"
    visit_py = "def plan(ws):\n    person.Run()\n\ndef look(ws):\n    access.seen(ws)\n"
    (tmp_path / "person.py").write_text(person_py)
    (tmp_path / "visit.py").write_text(visit_py)
    (tmp_path / "access.py").write_text("def seen(ws):\n    ws.db.write(1)\n")
    assert writing(tmp_path) == {"visit.plan", "access.seen"}


# ---------------------------------------------------------------- which actions write


def writing(folder: Path) -> set[str]:
    """Public functions that take a workspace, no session, and reach something that writes."""
    parts = {name: node for path in folder.glob("*.py") for name, node in defined(path)}
    reached = {name: mentions(name, node, parts) for name, node in parts.items()}
    writers = {name for name, node in parts.items() if WRITES.search(ast.unparse(node))}
    while True:
        more = {
            name
            for name, others in reached.items()
            if any(one in writers and not one.startswith(f"{LOG}.") for one in others)
        }
        if more <= writers:
            break
        writers |= more
    return {name for name in writers if is_action(name, parts[name])}


def defined(path: Path) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield f"{path.stem}.{node.name}", node


def mentions(name: str, node: ast.AST, parts: dict[str, ast.AST]) -> set[str]:
    """Functions and classes of the actions that this one speaks of, in its module or another."""
    module = name.split(".")[0]
    classes = {part.split(".")[1]: part for part in parts if part.split(".")[1][0].isupper()}
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Name):
            found |= {f"{module}.{one.id}", classes.get(one.id, "")}
        if isinstance(one, ast.Attribute) and isinstance(one.value, ast.Name):
            found.add(f"{one.value.id}.{one.attr}")
    return found & parts.keys() - {name}


def is_action(name: str, node: ast.AST) -> bool:
    if not isinstance(node, ast.FunctionDef) or name.split(".")[1].startswith("_"):
        return False
    takes = [one.arg for one in node.args.args]
    return takes[:1] == ["ws"] and "session" not in takes


# ---------------------------------------------------------------- what is there, and how it stands


def some_things(at: Desk, out: Path) -> Things:
    made = person.save(at.minh, typed()).id
    case = care_case.open(at.minh, made, CaseDraft("Sống một mình"))
    hurt = accident.save(at.minh, AccidentDraft(made, {"losses": ("eyesight",)}, {}))
    twin, third = (person.save(at.minh, typed(name=f"Võ Thị {n}")).id for n in ("Ba", "Tư"))
    return Things(
        person=made,
        twin=twin,
        merger=merge.merge(at.minh, twin, third).id,
        case=case,
        note=care_case.note(at.minh, case, NoteDraft("Đã gặp")),
        need=need.save(at.minh, NeedDraft(made, {"item": "medical.wheelchair"})),
        victim=hurt.victim_id,
        attachment=attachment.add(at.minh, made, picture(), PICTURE).id,
        out=out,
    )


def everything(at: Desk, things: Things) -> tuple[object, ...]:
    """All rows of all tables, the key file, and whether anything was written outside."""
    with at.lan.db.read() as session:
        rows = [session.execute(select(t)).all() for t in schema.metadata.sorted_tables]
    return rows, (at.home / "store.keys").read_bytes(), things.out.exists()
