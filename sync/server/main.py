"""The central server put together: store, log, census and doors, run by uvicorn."""

from __future__ import annotations

import ipaddress
import signal
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from sync.server import (
    blob_door,
    census,
    census_figures,
    compare_door,
    domain,
    home,
    package_door,
    routes,
    store,
    transferring,
)
from sync.server.answers import Signer
from sync.server.home import ServerHome
from sync.server.log import Logbook
from sync.server.routes import Desk
from sync.server.store import Store, StoreTrouble

GRACE_S = 10


@dataclass(frozen=True, slots=True)
class Listen:
    """Where to listen; a certificate and its key are needed anywhere but on this machine."""

    host: str
    port: int
    certificate: Path | None = None
    key: Path | None = None

    @property
    def secure(self) -> bool:
        """Whether connections are encrypted."""
        return self.certificate is not None


def logbook(opened: Store) -> Logbook:
    """The log of the office's records, writing the census beside it."""
    with opened.write() as connection:
        census.prepare(connection)
        transferring.try_again(connection)
    return Logbook(opened, domain.of_the_office(), census.write, transferring.settle)


def application(server: ServerHome, opened: Store) -> FastAPI:
    """The application over an open store."""
    signer = Signer(server.server_id, store.fact(opened, "generation"), server.pair)
    desk = Desk(logbook(opened), signer, server)
    api = routes.make(desk)
    for door in (package_door, blob_door, compare_door, census_figures):
        door.add(api, desk)
    return api


def run(
    folder: Path,
    listen: Listen,
    database: str = "",
    told: Callable[[str], None] = lambda _url: None,
) -> None:
    """Listen until told to stop; `told` hears the address. Raises StoreTrouble (`tls_needed`,
    `certificate_unreadable`, `port_taken` among others)."""
    if not is_loopback(listen.host) and not listen.secure:
        raise StoreTrouble("tls_needed", host=listen.host)
    _check_certificate(listen)
    server = home.remember(home.load(folder), database)
    opened = home.open_store(server)
    try:
        doorway = _bound(listen)
        config = uvicorn.Config(
            application(server, opened),
            ssl_certfile=listen.certificate,
            ssl_keyfile=listen.key,
            log_level="warning",
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=GRACE_S,
        )
        _end_calmly()
        told(f"{'https' if listen.secure else 'http'}://{listen.host}:{listen.port}")
        uvicorn.Server(config).run(sockets=[doorway])
    finally:
        opened.close()


def _end_calmly() -> None:
    """Being told to stop is no failure: uvicorn raises the signal again after it has ended."""
    if threading.current_thread() is threading.main_thread():
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda _number, _frame: None)


def _check_certificate(listen: Listen) -> None:
    if listen.certificate is None:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(listen.certificate, listen.key)
    except OSError as error:  # ssl.SSLError is one
        files = {"certificate": str(listen.certificate), "key": str(listen.key or "")}
        reason = getattr(error, "reason", None) or error.strerror
        raise StoreTrouble("certificate_unreadable", **files, reason=reason) from error


def _bound(listen: Listen) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in listen.host else socket.AF_INET
        return socket.create_server((listen.host, listen.port), family=family, backlog=512)
    except OSError as error:
        raise StoreTrouble("port_taken", host=listen.host, port=listen.port) from error


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
