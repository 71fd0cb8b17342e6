"""Answers as they leave: compressed, sealed to the device that asked, signed by the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sync import codec, frames, protocol
from sync.keys import KeyPair
from sync.protocol import AnswerHeader
from sync.server.accounts import Device
from sync.server.log import now_text


@dataclass(frozen=True, slots=True)
class Signer:
    """The server's name, generation and keys."""

    server_id: str
    generation: str
    pair: KeyPair

    def answer(self, kind: Any, content: Any, re: str, device: Device | None) -> bytes:
        """One signed answer; sealed when a device asked, plain when nobody is known yet."""
        raw = protocol.to_json(content)
        body = codec.compress(raw)
        if device is not None:
            body = self.pair.seal(body, device.box_key, b"answer")
        header = AnswerHeader(
            kind=kind,
            server_id=self.server_id,
            generation=self.generation,
            device=device.sender.device_id if device else "",
            re=re,
            at=now_text(),
            body_len=len(body),
            sha256=protocol.sha256_hex(body),
            raw_len=len(raw),
            sealed=device is not None,
        )
        unsigned = frames.unsigned_frame(frames.MAGIC_ANSWER, protocol.to_json(header), body)
        return unsigned + self.pair.sign(unsigned)
