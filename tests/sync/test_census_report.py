"""The server's census counts as the office does, today and on a day that is past."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from app import workspace
from app.actions import approval, care_case, merge, need, person, report
from app.reports import table
from app.reports.over import Over
from app.values.care_case import CaseDraft
from app.values.need import NeedDraft
from app.values.person import PersonDraft
from app.values.report import ReportAsk
from app.workspace import Workspace
from data import figures
from data.base import now_text
from sync.server import census_report
from tests.desk import CAT_TUONG, PASSWORD, typed
from tests.papers.reading import read as pages
from tests.sync.parts import Central, pc
from ui import main

BESIDE = frozenset({"unsent", "duplicates", "secret_cases"})
"""What only the office's own PCs know, or only who was granted it."""


def before_and_after(minh: Workspace, hoa: Workspace) -> str:
    """People, a need and a case; an instant; then a death, a merger, a move and an end."""
    told = (
        {"sex": "female", "birth": "1950", "degree": "mild"},
        {"types": "mobility"},
        {"mine_victim": "x"},
        {},
    )
    ids = [
        person.save(minh, typed(name=f"Lê Thị {name}", **fields)).id
        for name, fields in zip(("An", "Bình", "Chi", "Dung"), told, strict=True)
    ]
    person.submit(minh, ids[:3])
    approval.approve(hoa, ids[:3])
    need.save(minh, NeedDraft(ids[0], {"item": "medical.wheelchair"}))
    case = care_case.open(minh, ids[1], CaseDraft("Sống một mình"))
    between = now_text()
    person.set_life_state(minh, ids[1], "dead", "2026-01-02")
    approval.approve(hoa, [ids[1]])
    merge.merge(hoa, ids[0], ids[2])
    person.save(minh, PersonDraft(ids[3], {"commune": CAT_TUONG, "birth": "2020"}))
    care_case.cancel(minh, case, "đã mất")
    return between


def totals(over: Over, name: str) -> dict[str, object]:
    day = datetime.now().astimezone().date().isoformat()
    found = table.run(over, ReportAsk(name, as_of=day, since="2026-01-01"))
    rows = {row.label: row.values for row in found.rows}
    return {"totals": found.totals, "rows": rows}


def known_to_both(found: dict[str, object]) -> str:
    def without(one: object) -> object:
        if not isinstance(one, dict):
            return one
        return {key: without(value) for key, value in one.items() if key not in BESIDE}

    return json.dumps(without(found), sort_keys=True)


def test_the_census_counts_as_the_office_does_on_any_day(
    own_server: Central,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pc(tmp_path / "first") as one:
        one.enrol(own_server)
        minh, hoa = (workspace.attach(one.db, login) for login in ("minh", "hoa"))
        between = before_and_after(minh, hoa)
        one.sync()
        made: list[str] = []

        def note(*told: Any) -> None:
            made.append(told[2])

        event.listen(Engine, "before_cursor_execute", note)
        with census_report.counting(own_server.folder) as there, report.counting(hoa) as here:
            then = {"today": date.max, "end_of_day": lambda _day: between}
            for name in figures.reports():
                if name == "R-02":
                    continue
                assert known_to_both(totals(there, name)) == known_to_both(totals(here, name)), name
                past = [known_to_both(totals(replace(at, **then), name)) for at in (there, here)]
                assert past[0] == past[1], name
            made.clear()
            main_now, main_then = totals(there, "BC-01"), totals(replace(there, **then), "BC-01")
            event.remove(Engine, "before_cursor_execute", note)
            assert made and not any(
                words.startswith(("CREATE", "DROP")) for words in map(str.strip, made)
            )
        assert main_now["totals"]["approved"] == 1 and main_then["totals"]["approved"] == 3  # type: ignore[index]
    monkeypatch.setenv("SOANSINH_PASSWORD", PASSWORD)
    capsys.readouterr()
    words = ["report", "run", "BC-01", "--home", str(own_server.folder), "--json"]
    assert main.main(words) == 0
    assert json.loads(capsys.readouterr().out)["totals"]["approved"] == 1
    monkeypatch.setenv("SOANSINH_FILE_PASSWORD", "Mở-tệp-này-2026")
    assert main.main([*words, "--out", str(tmp_path / "kín.csv")]) == 0
    assert [one.name for one in tmp_path.glob("kín.*")] == ["kín.csv.zip"]
    monkeypatch.delenv("SOANSINH_FILE_PASSWORD")
    capsys.readouterr()
    number_and_nobody_is_frozen(own_server.folder, tmp_path, capsys)


def number_and_nobody_is_frozen(home: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At a server's home: on paper, frozen for good, compared; a list of names is refused."""

    def call(*words: str, code: int = 0) -> dict[str, Any]:
        assert main.main(["report", *words, "--home", str(home), "--json"]) == code
        return dict(json.loads(capsys.readouterr().out))

    call("run", "BC-01", "--out", str(out / "o.pdf"))
    assert "TỔNG HỢP NGƯỜI KHUYẾT TẬT" in pages((out / "o.pdf").read_bytes()).text
    first = call("freeze", "R-01", "--note", "nộp")["edition"]
    again = call("freeze", "R-01", "--as-of", "2026-01-01")["edition"]
    shown = call("show", first["sha256"][:9])
    assert shown["edition"] == first and shown["totals"]["approved"] == 1
    found = call("diff", again["id"], first["id"])
    assert sorted((one["before"], one["after"]) for one in found["totals"])[0] == (1, 0)
    assert {tuple(one["moved"]) for one in found["cells"]} == {()}  # numbers, and nobody
    assert [one["id"] for one in call("editions")["editions"]] == [again["id"], first["id"]]
    refused = call("cell", "R-01", "--column", "approved", code=1)
    assert refused["problems"][0]["code"] == "report_cell_server"
    file = home / "editions" / f"{first['id']}.json"
    file.chmod(0o600)
    file.write_text(
        file.read_text("utf-8").replace("nộp", "nop").replace("2026-", "2025-"), "utf-8"
    )
    assert call("show", first["id"], code=1)["problems"][0]["code"] == "edition_changed"
