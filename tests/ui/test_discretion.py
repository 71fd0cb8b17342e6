"""A planted word and a planted category: nothing that a reader without the grant gets tells them.

Two offices are alike but for what is restricted. Everything that the program answers, lists,
exports, prints, logs or shows to hoa, who has no grant, is the same in both and never has the
word; lan, who has it, sees both (or the walk would prove nothing).
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QTableView

from app import workspace
from app.actions import (
    attachment,
    care_case,
    case_assessment,
    case_plan,
    consent,
    flag,
    need,
    person,
    quick_note,
    referral,
    support,
    task,
)
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft, NoteDraft
from app.values.case_plan import ActivityDraft, AssessmentDraft
from app.values.need import NeedDraft, NeedStepDraft
from app.values.person import PersonDraft
from app.values.referral import ReferralDraft
from app.values.sharing import ConsentDraft
from app.values.support import SupportDraft
from app.values.task import FlagDraft, TaskDraft
from app.workspace import Workspace
from tests import desk
from tests.desk import PASSWORD
from tests.line import Line
from tests.papers import invented, reading
from tests.papers.people import full_person
from tests.ui.conftest import settle, until
from tests.ui.windows import sign_in
from ui.places import places
from ui.tasks import Tasks
from ui.window import Window

WORD = "Xuyênchi"
PLANTS = {"một": ("yes", f"{WORD} một"), "hai": ("no", "Điều khác hẳn")}
CHANGING = re.compile(
    r"[0-9a-f]{64}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|\d{4}-\d\d-\d\dT[0-9:.]+Z?|\d\d:\d\d(:\d\d)?|/[^\"\s]*/(một|hai)[^\"\s]*"
)
"""Ids, hashes, instants and paths differ between any two offices."""


@pytest.fixture
def twins(tmp_path: Path) -> Iterator[dict[str, tuple[Path, str, str]]]:
    """The two homes by name, each with the person and her live case."""
    made = desk.at(tmp_path / "gốc")
    who = full_person(made)
    case = care_case.open(made.minh, who, CaseDraft("Sống một mình"))
    care_case.note(made.minh, case, NoteDraft("Đã đến nhà", "visit"))
    made.close()
    found = {}
    for name, (category, word) in PLANTS.items():
        shutil.copytree(made.home, tmp_path / name)
        lan = workspace.open(tmp_path / name, "lan", PASSWORD)
        plant(lan, who, case, category, word)
        lan.db.close()
        found[name] = (tmp_path / name, who, case)
    yield found


def plant(lan: Workspace, who: str, case: str, category: str, word: str) -> None:
    """lan writes what only the granted read, wherever it can be written."""
    person.save(lan, PersonDraft(who, {"hiv": category, "violence_note": word}))
    care_case.note(lan, case, NoteDraft(word, confidential=True))
    kept = AttachmentDraft("other", word, "law", confidential=True)
    attachment.add(lan, who, invented.picture(300, 400).jpeg, kept)
    plant_openly(lan, who, case, f"Phòng khám HIV, {word}")


def plant_openly(lan: Workspace, who: str, case: str, words: str) -> None:
    """lan writes words that tell of HIV into fields that everybody reads."""
    sent = {"referred_to": words, "service_asked": words, "answer_note": words}
    made = referral.save(lan, ReferralDraft(who, {"referred_to": "Trạm y tế"}, case_id=case))
    referral.save(lan, ReferralDraft(who, sent, made, case_id=case))
    given = {"support_what": words, "donor": words, "support_kind": "goods"}
    support.save(lan, SupportDraft(who, given, case_id=case))
    task.add(lan, TaskDraft(words, "2026-01-05", "hoa", words, who, case))
    flag.add(lan, FlagDraft(who, "other", words))
    paper = AttachmentDraft("other", words, "law")
    attachment.add(lan, who, invented.picture(310, 400).jpeg, paper)
    plant_in_the_case(lan, who, case, words)


def plant_in_the_case(lan: Workspace, who: str, case: str, words: str) -> None:
    """As `plant_openly`, into everything that is written of the person while a case goes on."""
    wanted = need.save(lan, NeedDraft(who, {"item": "Xe lăn, xe lắc", "need_note": words}))
    need.step(lan, wanted, NeedStepDraft("partly_met", reason=words))
    care_case.note(lan, case, NoteDraft(words, "visit"))
    quick_note.write(lan, who, NoteDraft(words, "call"))
    assessed = {"domain": "health", "situation": words, "need": words}
    case_assessment.save(lan, AssessmentDraft(case, assessed))
    measure = {"activity": words, "responsible": words, "provider": words, "urgent": True}
    case_plan.save_activity(lan, ActivityDraft(case, measure))
    case_plan.save(lan, case, {"goals": words, "risks": words})
    told = {"activity": words, "resource": words, "result": words}
    case_plan.save_activity(lan, ActivityDraft(case, told))
    agreed = {"consent_purpose": "referral", "consent_basis": "consent", "consenter": "self"}
    consent.save(lan, ConsentDraft(who, agreed | {"consent_recipient": words}))
    person.save(lan, PersonDraft(who, {"health_note": words, "note": words}))


def answers(line: Line, who: str, case: str, out: Path) -> dict[str, str]:
    """What every reading verb answers hoa, and what stands in the files it writes."""
    calls = {
        "people": ("people", "list"),
        "person": ("people", "show", who),
        "by the word": ("find", WORD),
        "by the category": ("find", "HIV"),
        "in the list": ("people", "list", "--query", WORD),
        "cases": ("cases", "list"),
        "cases by the word": ("cases", "list", "--query", WORD),
        "case": ("cases", "show", case),
        "needs": ("needs", "list"),
        "history": ("timeline", who, "--text"),
        "consents": ("consents", "list", who),
        "files": ("files", "list", who),
        "conflicts": ("conflicts", "list"),
        "duplicates": ("duplicates", "list"),
        "today": ("today", "--all", "--days", "400"),
        "caseload": ("caseload",),
        "timeline": ("timeline", who),
        "print visit": ("print", "visit", "--case", case, "--out", str(out / "e.pdf")),
        "print": ("print", "case-file", "--person", who, "--out", str(out / "a.pdf")),
        "print case": ("print", "case", "--case", case, "--out", str(out / "b.pdf")),
        "export": ("export", "people", "--out", str(out / "c.csv")),
        "mine action": ("export", "mine-action", "--out", str(out / "d")),
    }
    said = {name: line.raw(*words, "--user", "hoa", "--json") for name, words in calls.items()}
    for path in sorted(out.rglob("*")):
        if path.suffix == ".pdf":
            said[path.name] = reading.read(path.read_bytes()).text
        elif path.is_file() and path.suffix != ".xlsx":
            said[path.name] = path.read_text("utf-8-sig")
    return said


def test_no_verb_no_file_and_no_log_tells_the_word_or_the_category(
    twins: dict[str, tuple[Path, str, str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    told = {}
    for name, (home, who, case) in twins.items():
        out = tmp_path / "ra" / name
        out.mkdir(parents=True)
        line = Line(home, capsys)
        told[name] = answers(line, who, case, out)
        for log in home.rglob("*.log"):
            told[name][log.name] = log.read_text("utf-8")
        granted = line.raw("people", "show", who, "--user", "lan", "--json")
        assert PLANTS[name][1] in granted
        of_case = line.raw("cases", "show", case, "--user", "lan", "--json")
        assert of_case.count(f"Phòng khám HIV, {PLANTS[name][1]}") > 8  # she reads all she wrote
    one, other = ({key: CHANGING.sub("…", text) for key, text in told[n].items()} for n in PLANTS)
    assert [key for key, text in one.items() if WORD in text] == []
    differing = {key: (one[key], other.get(key)) for key in one if one[key] != other.get(key)}
    assert differing == {}


def shown(window: Window) -> list[str]:
    """Every word on the page that lies open, lists included."""
    page = window.frame.shown if window.frame else None
    assert page is not None
    words = [part.text() for kind in (QLabel, QAbstractButton) for part in page.findChildren(kind)]
    words += [part.text() for part in page.findChildren(QLineEdit)]
    words += [part.toPlainText() for part in page.findChildren(QPlainTextEdit)]
    for table in page.findChildren(QTableView):
        model = table.model()
        words += [
            str(model.index(row, column).data())
            for row in range(model.rowCount())
            for column in range(model.columnCount())
        ]
    return words


def test_no_page_of_the_window_shows_the_word(
    twins: dict[str, tuple[Path, str, str]],
    window_on: Callable[[Path], Window],
    tasks: Tasks,
) -> None:
    home, who, case = twins["một"]
    window = window_on(home)
    seen: dict[str, list[str]] = {}
    sign_in(window, "hoa")
    until(lambda: window.frame is not None)
    frame = window.frame
    assert frame is not None
    for place in places():
        of_case = place.name.startswith(("care_case", "case_")) and place.name != "care_cases"
        key = case if of_case else who if place.name == "person" else ""
        frame.go(place.name, key)
        settle(tasks)
        seen[place.name] = shown(window)
    for tab in frame_tabs(window, tasks, who):
        seen[f"person/{tab}"] = shown(window)
    assert [name for name, words in seen.items() if any(WORD in one for one in words)] == []


def frame_tabs(window: Window, tasks: Tasks, who: str) -> Iterator[str]:
    """Each tab of the person's page, opened one after the other."""
    from ui.screens.person import PersonScreen

    frame = window.frame
    assert frame is not None
    frame.go("person", who)
    settle(tasks)
    screen = frame.shown
    assert isinstance(screen, PersonScreen)
    tabs = screen.tabs.tabs
    assert tabs is not None
    for name in tabs.names():
        frame.go("person", who, tab=name)
        settle(tasks)
        yield name
