"""A line that leaves the machine is encrypted, and what is wrong with a certificate is said.

The certificates beside this file were made for these stories and belong to nobody.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sync.errors import InsecureAddress, Unreachable
from sync.server import home, main
from sync.server.store import StoreTrouble
from tests.sync.parts import Central, free_port, pc

CERTIFICATES = Path(__file__).parent / "certificates"


@contextmanager
def encrypted(folder: Path, certificate: Path) -> Iterator[Central]:
    """A server that shows this certificate."""
    server = Central(folder, certificate=(str(certificate),))
    server.start()
    try:
        yield server
    finally:
        server.stop()


def test_work_goes_over_an_encrypted_line_also_when_the_stick_is_gone(tmp_path: Path) -> None:
    own = CERTIFICATES / "this_machine.pem"
    stick = Path(shutil.copy(own, tmp_path / "stick.pem"))
    with encrypted(tmp_path / "server", own) as server, pc(tmp_path / "a") as a:
        a.enrol(server, trust=str(stick))
        stick.unlink()
        a.enter()
        assert a.sync().pending == 0
        assert server.stats()["people"] == 1


@pytest.mark.parametrize(
    ("shown", "trusted", "code"),
    [
        ("this_machine", "", "certificate_not_trusted"),
        ("this_machine", "another_name", "certificate_not_trusted"),
        ("another_name", "another_name", "certificate_of_another"),
        ("out_of_date", "out_of_date", "certificate_out_of_date"),
    ],
)
def test_each_fault_of_a_certificate_has_its_own_words(
    tmp_path: Path, shown: str, trusted: str, code: str
) -> None:
    trust = str(CERTIFICATES / f"{trusted}.pem") if trusted else ""
    with (
        encrypted(tmp_path / "server", CERTIFICATES / f"{shown}.pem") as server,
        pc(tmp_path / "a") as a,
    ):
        with pytest.raises(Unreachable) as trouble:
            a.enrol(server, trust=trust)
        assert trouble.value.code == code


def test_a_server_that_does_not_encrypt_is_no_server_with_a_bad_certificate(
    tmp_path: Path, server: Central
) -> None:
    with pc(tmp_path / "a") as a:
        with pytest.raises(Unreachable) as trouble:
            a.enrol(server, url=f"https://localhost:{server.port}")
        assert trouble.value.code == "line_not_encrypted"


@pytest.mark.parametrize("content", [None, "no certificate", "-----BEGIN CERTIFICATE-----\n"])
def test_a_file_that_holds_no_certificate_is_told(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "trust.pem"
    if content is not None:
        file.write_text(content)
    with pc(tmp_path / "a") as a:
        with pytest.raises(InsecureAddress) as trouble:
            a.enrol(Central(tmp_path), "0000-0000-0000-0000", "https://localhost", str(file))
        assert trouble.value.code == "trust_unreadable"


def test_the_keeper_is_told_of_a_certificate_that_cannot_be_shown(tmp_path: Path) -> None:
    home.init(tmp_path / "server")
    own, other = CERTIFICATES / "this_machine.pem", CERTIFICATES / "another_name.pem"
    for listen in (
        main.Listen("127.0.0.1", free_port(), tmp_path / "none.pem"),
        main.Listen("127.0.0.1", free_port(), own, other),
    ):
        with pytest.raises(StoreTrouble) as trouble:
            main.run(tmp_path / "server", listen)
        assert trouble.value.code == "certificate_unreadable"
