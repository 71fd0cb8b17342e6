"""A province's PC reads its offices, as long as it may, and nothing of any other one."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app import cli, workspace
from app.actions import access, care_case, offices, person
from app.errors import Refused
from app.values.person import PeopleFilter, PersonDraft
from data import office_copy
from data.base import now_text
from data.database import FROM_SERVER, Author
from data.errors import NotAllowed
from data.records.office import User, user_id
from data.records.person import Person
from data.records.sync import OfficeGrant
from data.records.trace import AccessLog
from data.records.transfer import Departed
from sync import client, snapshot, transport
from sync.protocol import Problem, PullAnswer, PullRequest, RowsAnswer, RowsRequest
from sync.server import console, store
from sync.snapshot_words import SnapshotAnswer, SnapshotRequest
from tests.sync.conftest import KINDS, Running
from tests.sync.parts import PASSWORD, Central, Pc, dump, pc
from tests.sync.test_transfer import hand_over

LATER = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()


@dataclass
class Province:
    """Two districts that sync, a third one, and the province's PC; everybody has lan, hoa, minh."""

    server: Central
    phu_cat: Pc
    an_lao: Pc
    other: Pc
    pc: Pc

    def name(self, one: Pc) -> str:
        """The name of a PC's office on the server."""
        return workspace.attach(one.db, "lan").office.name

    def grant(self, one: Pc, until: str = LATER) -> None:
        """The keeper lets the province read an office."""
        console.grant(self.server.folder, self.device(self.pc), self.name(one), until)

    def device(self, one: Pc) -> str:
        """The id of a PC on the server."""
        return device_of(one).device_id

    def book(self, one: Pc, login: str = "lan") -> workspace.Workspace:
        """The province's copy of an office."""
        return offices.read(workspace.attach(self.pc.db, login), self.name(one))


def device_of(one: Pc) -> client.state.Device:
    """A PC as it knows itself."""
    with one.db.read() as session:
        found = client.state.device(session)
    assert found is not None
    return found


@pytest.fixture
def province(
    tmp_path: Path, running: Running, request: pytest.FixtureRequest
) -> Iterator[Province]:
    """Offices of one province, on SQLite where the test does not say otherwise."""
    central = running.get(getattr(request, "param", "sqlite"))
    mark = uuid.uuid4().hex[:8]
    with ExitStack() as stack:
        pcs = []
        for name in ("Phù Cát", "An Lão", "Hoài Ân", "Sở"):
            one = stack.enter_context(pc(tmp_path / name))
            here = replace(central, office=f"{name} {mark}")
            one.enrol(here)
            pcs.append(one)
        yield Province(central, *pcs)


@pytest.mark.parametrize("province", KINDS, indirect=True)
def test_the_totals_of_the_province_are_those_of_its_offices(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "LOG_SHORT", 40)  # one book comes as a snapshot, one as its log
    a, b = province.phu_cat, province.an_lao
    a.enter_many(30)
    a.enter("Chờ Duyệt", status="waiting")
    b.enter_many(12)
    b.enter("Nạn Nhân", mine_victim=True)
    province.other.enter_many(5)
    for one in (a, b, province.other):
        one.sync()
    province.grant(a)
    province.grant(b)
    province.pc.enter("Người Của Sở")
    province.pc.sync()
    own = workspace.attach(province.pc.db, "lan")
    lines = offices.listing(own)
    assert [line.name for line in lines] == [own.office.name, province.name(b), province.name(a)]
    assert [line.totals.people for line in lines if line.totals] == [1, 13, 31]
    sums = offices.total(lines)
    assert (sums.people, sums.waiting, sums.victims, sums.coming) == (45, 1, 6, False)
    for one in (a, b):
        with office_copy_of(province, one).read() as session:
            assert session.scalars(select(Person.office_id).distinct()).all() == [one.office_id]
        assert dump(office_copy_of(province, one)) == dump(one.db)
    assert person.total(own, PeopleFilter()) == 1
    who = a.enter("Thêm Sau")
    a.sync()
    province.pc.sync()
    assert person.page(province.book(a), who).fields["name"] == "Thêm Sau"
    a.edit(who, deleted_at="2026-11-23T22:10:00.123Z", deleted_reason="nhầm")
    a.sync()
    province.pc.sync()
    assert dump(office_copy_of(province, a)) == dump(a.db)


def office_copy_of(province: Province, one: Pc) -> office_copy.OfficeCopy:
    """The store of the province's copy."""
    with province.pc.db.read() as session:
        line = session.get_one(OfficeGrant, one.office_id)
        assert line.key is not None
    return office_copy.opened(province.pc.db, line.scope, line.key)


def test_nobody_writes_into_another_offices_book_nor_reads_it_too_long(province: Province) -> None:
    a = province.phu_cat
    who = a.enter(phone="1", status="waiting")
    a.sync()
    province.grant(a)
    province.pc.sync()
    book = province.book(a)
    for act in (
        lambda: person.save(book, PersonDraft(who, {"phone": "2"})),
        lambda: person.submit(book, [who]),
        lambda: person.remove(book, who, "nhầm"),
        lambda: care_case.open(book, who, care_case.CaseDraft("Sống một mình")),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert [one.code for one in refused.value.problems] == ["not_allowed"]
    with pytest.raises(NotAllowed) as closed, book.db.write(Author("lan")) as session:
        session.get_one(Person, who).phone = "2"
    assert closed.value.code == "other_office_read_only"
    assert book.restricted is None
    person.page(book, who)
    with province.pc.db.read() as session:
        looks = session.scalars(select(AccessLog.person_id).where(AccessLog.by == "lan")).all()
    assert who in looks
    own = workspace.attach(province.pc.db, "lan")
    later = replace(own, clock=lambda: datetime.now(UTC) + timedelta(days=32))
    assert [line.over for line in offices.listing(own)] == [False, False]
    assert [line.over for line in offices.listing(later)] == [False, True]
    with pytest.raises(Refused):  # the last day has passed, line or not
        offices.read(later, province.name(a))
    assert access.of_person(workspace.attach(province.pc.db, "lan"), who, 5)


def refuses_what_does_not_fit(province: Province) -> None:
    """What the keeper mistypes is told."""
    folder, device = province.server.folder, province.device(province.pc)
    for office, until, code in (
        ("Không Có", LATER, "office_unknown"),
        (province.name(province.pc), LATER, "own_office"),
        (province.name(province.phu_cat), "30/06/2027", "day_unreadable"),
        (province.name(province.phu_cat), "2026-01-01", "day_has_passed"),
    ):
        with pytest.raises(Exception) as refused:
            console.grant(folder, device, office, until)
        assert getattr(refused.value, "code", "") == code


def asked(
    province: Province, capsys: pytest.CaptureFixture[str], *words: str
) -> tuple[int, int | None]:
    """The province's PC at the command line: exit code, and the total if there is one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOANSINH_PASSWORD", PASSWORD)
        done = cli.run(["--home", str(province.pc.db.home), "--user", "lan", "--json", *words])
    told = json.loads(capsys.readouterr().out)
    return done, told.get("total") if isinstance(told.get("total"), int) else None


def test_an_ended_grant_is_named_and_its_copy_is_gone(
    province: Province, capsys: pytest.CaptureFixture[str]
) -> None:
    refuses_what_does_not_fit(province)
    a, b = province.phu_cat, province.an_lao
    a.enter_many(3)
    who = b.enter("Còn Được Xem")
    for one in (a, b):
        one.sync()
        province.grant(one)
    province.pc.sync()
    assert asked(province, capsys, "people", "list", "--book", province.name(a)) == (0, 3)
    assert asked(province, capsys, "offices", "list")[0] == 0
    changed = asked(
        province, capsys, "people", "add", "--set", "name=X", "--book", province.name(a)
    )
    assert changed == (1, None)
    book = province.book(a)
    place = office_copy.folder(province.pc.db, a.office_id)
    assert place.exists()
    console.ungrant(province.server.folder, province.device(province.pc), province.name(a))
    province.pc.sync()
    told = client.rounds(province.pc.db)[0]
    assert (told.outcome, told.facts["name"], told.facts["people"]) == (
        "grant_ended",
        province.name(a),
        3,
    )
    assert not place.exists() and book.still() is None
    with pytest.raises(Refused) as refused:
        province.book(a)
    assert [one.code for one in refused.value.problems] == ["office_not_granted"]
    assert person.page(province.book(b), who).fields["name"] == "Còn Được Xem"
    province.grant(a)
    province.pc.sync()
    assert person.total(province.book(a), PeopleFilter()) == 3


def test_who_moves_between_two_offices_is_read_in_one_of_them(province: Province) -> None:
    a, b = province.phu_cat, province.an_lao
    who = a.enter("Người Chuyển Đi", phone="0905123456")
    for one in (a, b):
        one.sync()
        province.grant(one)
    a.sync()
    province.pc.sync()
    assert totals(province) == {province.name(a): 1, province.name(b): 0}
    with province.book(a).db.write(
        Author("", FROM_SERVER)
    ) as session:  # as an older program left it
        names = {"name": "Đi Trước", "sort_key": "truoc", "to_office": "o", "to_name": "N"}
        session.add(Departed(person_id="p" * 36, left_at=now_text(), content="{}", **names))
    hand_over(a, b, who)
    province.pc.sync()
    with province.book(a).db.read() as session:
        assert session.scalars(select(Departed)).all() == []
    assert totals(province) == {province.name(a): 0, province.name(b): 1}
    assert person.page(province.book(b), who).fields["phone"] == "••••••3456"


def totals(province: Province) -> dict[str, int]:
    """How many people the province sees in each office."""
    lines = offices.listing(workspace.attach(province.pc.db, "lan"))
    return {one.name: one.totals.people for one in lines if one.totals and not one.own}


def test_no_byte_of_an_office_that_was_not_granted_comes(province: Province) -> None:
    """Whatever a PC asks for, also by hand; a refusal tells nothing either."""
    hidden = province.other
    who = hidden.enter("Người Không Ai Thấy", note="chuyện riêng")
    hidden.sync()
    hidden.edit(who, note="chuyện khác")
    hidden.sync()
    province.grant(province.phu_cat)
    device = device_of(province.pc)
    wire = transport.connect(device.url, device.trust)
    scope = hidden.office_id
    asks = (
        ("pull", PullRequest(scope, 0), PullAnswer),
        ("pull", PullRequest(scope, 0, before=5), PullAnswer),
        ("snapshot", SnapshotRequest(scope, 0, 0, ["person"]), SnapshotAnswer),
        ("snapshot", SnapshotRequest(scope, 0, 0, [], True), SnapshotAnswer),
        ("rows", RowsRequest(scope, 0, [("person", who)]), RowsAnswer),
    )
    for kind, asked, shape in asks:
        content, nonce = transport.signed_request(device, kind, asked)
        heard = wire.post(f"/v1/{kind}", content)
        answer = transport.read_answer(device, heard, nonce, shape)
        assert answer == Problem("scope_not_granted", {"scope": scope})
    rows = RowsRequest(device.scope, 0, [("person", who)])
    content, nonce = transport.signed_request(device, "rows", rows)
    answer = transport.read_answer(device, wire.post("/v1/rows", content), nonce, RowsAnswer)
    assert answer == RowsAnswer([0])
    wire.close()
    province.pc.sync()
    with province.pc.db.write(Author("minh")) as session:
        session.add(Person(id=who, office_id=province.pc.office_id, name="Trùng Mã", commune=""))
    province.pc.sync()
    assert province.pc.see(who, "name") == "Trùng Mã" and province.pc.see(who, "note") is None
    assert hidden.see(who, "name") == "Người Không Ai Thấy"
    told = json.dumps([line.facts for line in client.rounds(province.pc.db)], ensure_ascii=False)
    assert "Không Ai Thấy" not in told


def test_a_long_log_is_read_as_a_snapshot_and_users_sign_in_at_home(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "LOG_SHORT", 20)
    a = province.phu_cat
    a.enter_many(12)
    with a.db.write(Author("lan")) as session:
        session.add(
            User(
                id=user_id(a.office_id, "tam"),
                office_id=a.office_id,
                login="tam",
                full_name="Tâm",
                role="viewer",
            )
        )
    a.sync()
    province.grant(a)
    province.pc.sync()
    assert dump(office_copy_of(province, a)) == dump(a.db)
    with pytest.raises(Refused):
        workspace.attach(province.pc.db, "tam")
    with province.server.opened() as opened, opened.write() as connection:
        scope = store.scope.c
        floor = update(store.scope).where(scope.id == a.office_id).values(floor=scope.seq)
        connection.execute(floor)
    a.enter("Sau Khi Sổ Máy Chủ Gọn Lại")
    a.sync()
    province.pc.sync()
    assert dump(office_copy_of(province, a)) == dump(a.db)
