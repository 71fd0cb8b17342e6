"""Something else answers: a login page, another server, a restored one, a wrong clock."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import update

from data import database
from data.base import now_text
from data.database import Author
from data.errors import DataError
from data.records.office import Office
from data.records.sync import SyncState
from sync import client, enrolment, keys, protocol, pushing, state, transport
from sync.errors import (
    Busy,
    ClockWrong,
    EnrolRefused,
    Fenced,
    InsecureAddress,
    NotEnrolled,
    NotOurServer,
    OtherGeneration,
    Revoked,
    Unreachable,
)
from sync.server import accounts, home, intake, main, store
from sync.server.answers import Signer
from sync.server.store import StoreTrouble
from tests.sync.line import line
from tests.sync.parts import PASSWORD, Central, Pc, central, pc


@contextmanager
def stranger(
    status: int, headers: dict[str, str], content: bytes | Callable[[bytes], bytes]
) -> Iterator[str]:
    """An HTTP server that always gives the same answer, or one it makes up; its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            said = content if isinstance(content, bytes) else content(asked)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


LAN = Author("lan")


def dial(one: Pc, url: str) -> None:
    """The PC's line now ends somewhere else, as in a hotel."""
    with one.db.write(LAN) as session:
        session.execute(update(SyncState).values(url=url))


HTML = {"Content-Type": "text/html; charset=utf-8"}
OURS = {"Content-Type": protocol.MEDIA_TYPE}


@pytest.mark.parametrize(
    ("status", "headers", "content", "code"),
    [
        (200, HTML, b"<html>Welcome to the Wi-Fi</html>", "login_page"),
        (302, {"Location": "http://login.example/"}, b"", "login_page"),
        (511, HTML, b"", "login_page"),
        (200, OURS, b"", "answer_not_ours"),
        (200, OURS, b"VSA1 but nothing sensible", "answer_not_ours"),
        (200, {"Content-Type": "application/json"}, b"{}", "answer_not_ours"),
        (404, HTML, b"<html>no such page</html>", "login_page"),
        (502, HTML, b"<html>bad gateway</html>", "server_trouble"),
    ],
)
def test_only_our_servers_signature_counts(
    tmp_path: Path, server: Central, status: int, headers: dict[str, str], content: bytes, code: str
) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        a.enter()
        with stranger(status, headers, content) as url:
            dial(a, url)
            with pytest.raises((NotOurServer, Unreachable)) as trouble:
                a.sync()
        assert trouble.value.code == code
        assert a.verdicts() == {"waiting": 4}
        assert client.status(a.db).state in ("attention", "offline")
        dial(a, server.url)
        assert a.sync().pending == 0
        assert client.status(a.db).state == "up_to_date"


def test_a_busy_server_is_left_alone_for_a_while(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        with stranger(503, HTML | {"Retry-After": "120"}, b"") as url:
            dial(a, url)
            with pytest.raises(Busy):
                a.sync()
        assert 120 <= (client.due_in_s(a.db) or 0) < 125


def test_an_old_answer_of_our_own_server_counts_for_nothing(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        with a.db.read() as session:
            device = state.device(session)
        assert device is not None
        hello = protocol.Hello(
            epoch=1, last_batch_no=0, last_digest="", sealed_upto=0, cursors={}, clock="x"
        )
        content, _ = transport.signed_request(device, "hello", hello)
        wire = transport.connect(server.url)
        recorded = wire.post("/v1/hello", content)
        wire.close()
        with stranger(200, OURS, recorded) as url:
            dial(a, url)
            with pytest.raises(NotOurServer) as trouble:
                a.sync()
        assert trouble.value.code == "answer_to_another"


def test_whoever_knows_all_but_the_servers_key_confirms_nothing(
    tmp_path: Path, server: Central
) -> None:
    real = home.load(server.folder)
    with server.opened() as opened, pc(tmp_path / "a") as a:
        a.enrol(server)
        a.enter()
        with opened.read() as connection:
            own = store.device.c.office_id == a.office_id
            device_id = connection.scalar(store.device.select().where(own).with_only_columns(
                store.device.c.id))  # fmt: skip
        device = accounts.find(opened, str(device_id))
        forger = Signer(real.server_id, store.fact(opened, "generation"), keys.new_pair())
        lie = protocol.HelloAnswer(
            epoch=1, last_batch_no=0, last_digest="", heads={device.sender.office_id: 0},
            clock=now_text(), proto=1, limits=protocol.Limits(), next_sync_after_s=1)  # fmt: skip

        def forged(asked: bytes) -> bytes:
            return forger.answer("hello", lie, intake.nonce_of(asked), device)

        with stranger(200, OURS, forged) as url:
            dial(a, url)
            with pytest.raises(NotOurServer) as trouble:
                a.sync()
        assert trouble.value.code == "answer_not_signed"
        assert a.verdicts() == {"waiting": 4}


def test_another_server_at_the_same_address(tmp_path: Path, server: Central) -> None:
    with central(tmp_path / "other") as other, pc(tmp_path / "a") as a:
        a.enrol(server)
        a.enter()
        dial(a, other.url)
        with pytest.raises(OtherGeneration) as trouble:
            a.sync()
        assert trouble.value.code == "other_server"
        assert a.verdicts() == {"waiting": 4}


def test_a_server_restored_from_a_backup_is_noticed(tmp_path: Path) -> None:
    with central(tmp_path / "server") as server, pc(tmp_path / "a") as a:
        a.enrol(server)
        a.sync()
        server.stop()
        shutil.copytree(server.folder, tmp_path / "backup")
        server.start()
        a.enter()
        a.sync()
        server.stop()
        shutil.rmtree(server.folder)
        shutil.copytree(tmp_path / "backup", server.folder)
        server.start()
        a.enter()
        with pytest.raises(OtherGeneration) as trouble:
            a.sync()
        assert trouble.value.code == "server_behind"
        with server.opened() as opened, opened.write() as connection:
            new = update(store.info).where(store.info.c.key == "generation")
            connection.execute(new.values(value="another"))
        server.stop()
        server.start()
        with pytest.raises(OtherGeneration) as trouble:
            a.sync()
        assert trouble.value.code == "other_generation"
        assert a.verdicts() == {"accepted": 4, "waiting": 1}


def test_an_old_copy_of_the_store_is_fenced_and_loses_nothing(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        a.sync()
        a.close_file()
        shutil.copytree(tmp_path / "a", tmp_path / "copy")
        a.reopen()
        a.enter("Trần Văn Ba")
        a.sync()
        old = Pc(database.open_store(tmp_path / "copy", "lan", PASSWORD), a.office_id)
        old.enter("Lê Thị Tư")
        with pytest.raises(Fenced) as trouble:
            old.sync()
        assert trouble.value.code == "cloned"
        assert old.verdicts()["waiting"] == 1
        assert client.status(old.db).state == "attention"
        old.db.close()


def test_a_clock_ten_years_wrong_sends_nothing_with_wrong_dates(
    tmp_path: Path, server: Central, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        a.enter()
        monkeypatch.setattr(pushing, "now_text", lambda: "2036-11-23T10:00:00.000Z")
        with pytest.raises(ClockWrong) as trouble:
            a.sync()
        assert trouble.value.facts["here"] == "2036-11-23 10:00"
        assert a.verdicts() == {"waiting": 4}
        monkeypatch.undo()
        assert a.sync().pending == 0


def test_a_revoked_pc_is_told_so(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a:
        a.enrol(server)
        a.enter()
        with server.opened() as opened, opened.write() as connection:
            own = update(store.device).where(store.device.c.office_id == a.office_id)
            connection.execute(own.values(revoked_at="2026-11-23T00:00:00.000Z"))
        with pytest.raises(Revoked):
            a.sync()
        assert a.verdicts() == {"waiting": 4}
        assert client.status(a.db).state == "attention"


def test_a_code_works_once_on_one_server_and_until_its_day(tmp_path: Path, server: Central) -> None:
    with pc(tmp_path / "a") as a, pc(tmp_path / "b") as b:
        code = server.code()
        with pytest.raises(EnrolRefused) as trouble:
            enrolment.enrol(a.db, server.url, "0000-0000-0000-0000")
        assert trouble.value.code == "code_unknown"
        with pytest.raises(EnrolRefused) as trouble:
            enrolment.enrol(a.db, server.url, "ABC")
        assert trouble.value.code == "code_malformed"
        a.enrol(server, code.lower().replace("-", " "))
        with pytest.raises(EnrolRefused) as trouble:
            b.enrol(server, code)
        assert trouble.value.code == "code_used"
        with pytest.raises(EnrolRefused) as trouble:
            a.enrol(server)
        assert trouble.value.code == "already_enrolled"
        code = server.code()
        with server.opened() as opened, opened.write() as connection:
            unused = store.code.c.used_at.is_(None)
            connection.execute(
                update(store.code).where(unused).values(expires_at="2026-01-01T00:00:00.000Z")
            )
        with pytest.raises(EnrolRefused) as trouble:
            b.enrol(server, code)
        assert trouble.value.code == "code_expired"
        assert client.status(b.db).state == "not_enrolled"
        with pytest.raises(NotEnrolled):
            b.sync()


def test_a_lost_enrolment_answer_does_not_burn_the_code(tmp_path: Path, server: Central) -> None:
    with line(server.port) as bad, pc(tmp_path / "a") as a:
        code = server.code()
        bad.answers_lost = 1
        with pytest.raises(Unreachable):
            a.enrol(server, code, url=bad.url)
        a.enrol(server, code, url=bad.url)
        a.enter()
        assert a.sync().pending == 0


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://ansinh.example.vn", "address_not_encrypted"),
        ("ftp://127.0.0.1", "address_unreadable"),
        ("", "address_unreadable"),
    ],
)
def test_plain_http_stays_on_this_machine(tmp_path: Path, url: str, code: str) -> None:
    with pc(tmp_path / "a") as a:
        with pytest.raises(InsecureAddress) as trouble:
            enrolment.enrol(a.db, url, "0000-0000-0000-0000")
        assert trouble.value.code == code


def test_an_invented_office_never_leaves_this_machine(tmp_path: Path) -> None:
    with pc(tmp_path / "a") as a:
        with a.db.write(LAN) as session:
            session.execute(update(Office).values(demo=True))
        with pytest.raises(DataError) as trouble:
            enrolment.enrol(a.db, "https://ansinh.example.vn", "0000-0000-0000-0000")
        assert trouble.value.code == "demo_stays_here"


def test_the_server_listens_in_the_open_only_with_a_certificate(tmp_path: Path) -> None:
    home.init(tmp_path / "server")
    with pytest.raises(StoreTrouble) as trouble:
        main.run(tmp_path / "server", main.Listen("0.0.0.0", 8745))
    assert trouble.value.code == "tls_needed"
