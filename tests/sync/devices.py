"""A device without a store: seals any changes one likes, sound or hostile."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sync import codec, frames, keys, protocol
from sync.keys import KeyPair
from sync.protocol import BatchHeader, BatchResult, Change, EnrolRequest
from sync.server import accounts, home, intake, log, main
from sync.server.home import ServerHome
from sync.server.log import Logbook
from sync.server.store import Store

AT = "2026-11-23T22:10:00.123Z"


@dataclass
class House:
    """A server's rooms without its doors: the log and the gate, in this process."""

    server: ServerHome
    store: Store
    book: Logbook

    def device(self, office: str = "Phòng A") -> Device:
        """One more enrolled device of an office."""
        units = ("63:548",)
        code = accounts.new_code(self.store, office, units, self.server.pair.verify_bytes)
        pair = keys.new_pair()
        request = EnrolRequest(
            code, "máy", pair.verify_bytes.hex(), pair.box_bytes.hex(), uuid.uuid4().hex
        )
        made, _ = accounts.enrol(self.store, request)
        return Device(self, pair, made)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()


def house(folder: Path, database: str = "") -> House:
    """A fresh server without doors."""
    server = home.init(folder, database)
    opened = home.open_store(server)
    return House(server, opened, main.logbook(opened))


@dataclass
class Device:
    """A device that counts its batches as a PC does."""

    house: House
    pair: KeyPair
    known: accounts.Device
    epoch: int = 1
    batch_no: int = 0
    seq: int = 1
    digest: str = ""
    sealed: list[bytes] = field(default_factory=list)

    def seal(self, changes: list[Change], **lies: Any) -> bytes:
        """The next batch; `lies` replace fields of its header."""
        packed, as_counted = codec.pack(changes), not lies
        body = self.pair.seal(packed.payload, self.house.server.pair.box_bytes, b"test")
        body = lies.pop("body", body)
        honest: dict[str, Any] = {
            "device": self.known.sender.device_id,
            "epoch": self.epoch,
            "batch_no": self.batch_no + 1,
            "prev_sha256": self.digest,
            "sha256": protocol.sha256_hex(body),
            "body_len": len(body),
            "n_changes": len(changes),
            "first_seq": self.seq,
            "schema_v": 1,
            "proto": 1,
            "codec": packed.codec,
            "packing": packed.packing,
            "dict_id": "",
            "raw_len": packed.raw_len,
            "hlc": 0,
            "clock_offset_ms": 0,
            "key_id": "",
        }
        header = protocol.to_json(BatchHeader(**(honest | lies)))
        unsigned = frames.unsigned_frame(frames.MAGIC_BATCH, header, body)
        if as_counted:
            self.batch_no += 1
            self.seq += len(changes)
            self.digest = protocol.sha256_hex(unsigned)
        content = unsigned + self.pair.sign(unsigned)
        self.sealed.append(content)
        return content

    def deliver(self, content: bytes) -> BatchResult:
        """Through the gate into the log, as a push does for each batch."""
        frame = frames.one_frame(frames.MAGIC_BATCH, content)
        header = intake.batch_header(frame)
        pair = self.house.server.pair
        device = accounts.find(self.house.store, header.device)
        delivery = intake.open_batch(pair, device, header, frame)
        return log.accept(self.house.book, device.sender, delivery)

    def push(self, *changes: Change) -> BatchResult:
        """Seal and deliver."""
        return self.deliver(self.seal(list(changes)))

    def pull(self, after: int = 0, rows: int = 1000) -> protocol.PullAnswer:
        """The log of the office after a number."""
        sender = self.known.sender
        request = protocol.PullRequest(sender.office_id, after, rows)
        return log.page(self.house.book, sender, request)


def row_id() -> str:
    """A fresh id."""
    return str(uuid.uuid4())


def person(row: str, user: str = "minh", **fields: Any) -> Change:
    """A new person."""
    whole = {"name": "Nguyễn Thị Hường", "commune": "63:21871", "status": "draft"} | fields
    return Change("person", row, "I", 0, whole, AT, user)


def edit(row: str, base: int, user: str = "minh", **fields: Any) -> Change:
    """An edit of a person: values are (old, new)."""
    pairs = {name: list(pair) for name, pair in fields.items()}
    return Change("person", row, "U", base, pairs, AT, user)


def need(row: str, person_id: str, **fields: Any) -> Change:
    """A need of a person."""
    return Change("need", row, "I", 0, {"person_id": person_id} | fields, AT, "minh")
