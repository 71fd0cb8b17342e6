"""The columnar copy stands where the census of a PostgreSQL server stands, whatever happened."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.actions import merge, need, person, training
from app.reports import promise
from app.values.need import NeedDraft
from app.values.training import TrainingDraft
from data import figures
from data.counting import count
from data.counting.count import Question
from data.counting.people import Moment
from data.history import LATER
from sync.server import census_figures, census_report, columnar
from sync.server import columnar_shape as shape
from sync.server.store import StoreTrouble
from tests.sync.parts import DISTRICT, Central, pc
from tests.sync.test_province_figures import CASES, NEEDS, YEAR, wants, year_of
from tests.sync.test_server_restored import put_back, saved
from tests.sync.test_transfer import NEW, hand_over, meet, minh

POSTGRESQL = pytest.mark.parametrize("own_server", ["postgresql"], indirect=True)


@contextmanager
def looked_at(server: Central) -> Iterator[Connection]:
    with census_report.opened(server.folder) as at:
        yield at.records


def content(server: Central) -> dict[str, list[str]]:
    """Everything in the copy but the numbers of edits, which only have an order."""
    with looked_at(server) as copy:
        found = {}
        for name in (*shape.ENTITIES, shape.EDITS):
            words = "* EXCLUDE (seq)" if name == shape.EDITS else "*"
            lines = copy.exec_driver_sql(f'SELECT {words} FROM "{name}"').fetchall()
            found[name] = sorted(map(repr, lines))
        return found


def made_anew(server: Central) -> dict[str, list[str]]:
    shutil.rmtree(server.folder / columnar.FOLDER)
    return content(server)


@POSTGRESQL
def test_it_follows_the_log_through_edits_mergers_moves_and_a_restored_server(
    tmp_path: Path, own_server: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole: list[str] = []
    anew = columnar._anew
    monkeypatch.setattr(columnar, "_anew", lambda at: (whole.append("anew"), anew(at)))
    with pc(tmp_path / "old") as old, pc(tmp_path / "new") as new:
        new.enrol(own_server, own_server.code(NEW, "63:543"))
        old.enrol(own_server)
        meet(old, new)
        who, twin = old.enter(phone="0905123456", hamlet=""), old.enter('Lê "Thị", Bình\n\\N')
        meet(old, new)
        first = content(own_server)
        assert whole.pop() and len(first["person"]) == 2 and not first["need"]
        asked = need.save(minh(old), NeedDraft(twin, {"item": "medical.wheelchair"}))
        old.edit(who, hamlet="Tân\x00 Lệ \\\\u0000", phone="0905999999")
        old.edit(who, hamlet="\\N")
        old.edit(who, hamlet="Tân Lệ")
        merge.merge(minh(old, "hoa"), twin, who)
        need.save(minh(old), NeedDraft(twin, {"item": "medical.crutches"}))
        meet(old, new)
        made = saved(own_server, tmp_path / "safe")
        assert len(content(own_server)["need"]) == 2
        was = [line for line in content(own_server)["past_edit"] if "'hamlet'" in line]
        assert sum(repr(chr(92) + "N") in line for line in was) == 1, was
        need.withdraw(minh(old), asked, "nhầm")
        hand_over(old, new, twin)
        new.edit(twin, hamlet="Tân Xuân")
        meet(new, old)
        followed = content(own_server)
        assert not whole, "it was made anew where it only had to follow"
        assert {new.office_id in line for line in followed["person"]} == {True}
        assert followed == made_anew(own_server)
        put_back(own_server, made)
        meet(new, old)
        meet(new, old)
        whole.clear()
        restored = content(own_server)
        assert whole == ["anew"], "it followed a log that is another one now"
        assert restored == made_anew(own_server)


@POSTGRESQL
def test_every_figure_can_be_asked_of_it_and_nobody_is_named_in_it(
    tmp_path: Path, own_server: Central
) -> None:
    with pc(tmp_path / "old") as old:
        old.enrol(own_server)
        ws = minh(old, "hoa")
        who = old.enter("Phan Thị Kín", phone="0905123456", id_number="052090001234")
        person.remove(ws, old.enter("Ngô Văn Giấu", phone="0905123456"), "nhập nhầm")
        old.edit(who, phone="0905777888", note="Mẹ kể riêng")
        told = training.save_round(ws, TrainingDraft({"name": "Đợt một"}))
        lesson = {"name": "Lớp xã", "starts_on": "02/03/2026", "days": "3"}
        training.save_class(ws, TrainingDraft(lesson, round_id=told))
        year_of(ws)
        for key in (YEAR, NEEDS, CASES):
            wants(ws, key, DISTRICT, 7)
        old.sync()
    now = Moment("2026-11-01", LATER, "2026-01-01", "2026-01-01T00:00:00.000Z")
    with census_report.counting(own_server.folder) as over:
        for moment in (now, replace(now, closing="2026-11-01T00:00:00.000Z")):
            source = replace(over.source(moment.opening), promised=promise.due)
            count.table(source, Question("unit", "34", moment), tuple(figures.figures().values()))
    with census_report.opened(own_server.folder) as at:
        (office,) = census_figures.of_offices(at).offices
        assert [one.number for one in office.measured] == [7, 7, 7]
        assert office.measured[0].entered == office.numbers["entered"] == 1
    held = "\n".join(line for lines in content(own_server).values() for line in lines)
    for secret in ("Kín", "Giấu", "0905123456", "0905777888", "052090001234", "riêng", "nhầm"):
        assert secret not in held, secret
    assert "Lớp xã" in held
    assert [one.name for one in (own_server.folder / columnar.FOLDER).iterdir()] == [columnar.FILE]


@POSTGRESQL
def test_a_damaged_file_is_made_anew_and_another_program_is_waited_for(
    tmp_path: Path, own_server: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pc(tmp_path / "old") as old:
        old.enrol(own_server)
        old.enter()
        old.sync()
    right, file = content(own_server), own_server.folder / columnar.FOLDER / columnar.FILE
    file.write_bytes(b"power cut" * 1000)
    assert content(own_server) == right
    shutil.rmtree(file.parent)
    file.parent.write_text("in the way")
    with pytest.raises(StoreTrouble) as refused:
        content(own_server)
    assert refused.value.code == "columnar_unusable"
    file.parent.unlink()
    assert content(own_server) == right
    words = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    told = [sys.executable, "-c", words, str(file)]
    with subprocess.Popen(told, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        monkeypatch.setattr(columnar, "WAIT_S", 0.0)
        with pytest.raises(StoreTrouble) as refused:
            content(own_server)
        assert refused.value.code == "columnar_busy"
        assert file.exists(), "a healthy copy was thrown away"
        other.communicate(b"\n")
    assert content(own_server) == right
