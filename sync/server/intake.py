"""The gate: what arrives is checked for size, sender and signature before any work is spent."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from sync import codec, frames, keys, protocol
from sync.frames import BadFrame, Frame
from sync.keys import KeyPair
from sync.protocol import BatchHeader, RequestHeader
from sync.server.accounts import Device
from sync.server.log import Delivery, Refusal

Kind = TypeVar("Kind")


def batch_header(frame: Frame) -> BatchHeader:
    """The header of a batch. Raises BadFrame."""
    header: BatchHeader = frames.read_header(BatchHeader, frame)
    return header


def open_batch(server: KeyPair, device: Device, header: BatchHeader, frame: Frame) -> Delivery:
    """The changes of a batch of this device; the signature is checked before anything else.

    Raises Refusal `bad_signature`, `not_for_this_server`, BadFrame for everything unsound.
    """
    if not keys.verified(frame.signed, frame.signature, device.verify_key):
        raise Refusal("bad_signature")
    if header.device != device.sender.device_id:
        raise Refusal("bad_signature")
    if protocol.sha256_hex(frame.body) != header.sha256:
        raise BadFrame("wrong_hash")
    if not 0 < header.n_changes <= protocol.CHANGES_PER_BATCH_MAX:
        raise BadFrame("wrong_number_of_changes")
    payload = server.open(frame.body)
    if payload is None:
        raise Refusal("not_for_this_server", key_id=keys.key_id(server.box_bytes))
    if header.dict_id:
        raise Refusal("dictionary_unknown", dict_id=header.dict_id)
    packed = codec.Packed(header.codec, header.packing, header.raw_len, payload)
    changes = codec.unpack(packed, header.n_changes)
    return Delivery(header, frame.digest, changes)


def request_header(content: bytes) -> tuple[RequestHeader, Frame]:
    """The header and frame of a signed request. Raises BadFrame."""
    frame = frames.one_frame(frames.MAGIC_REQUEST, content, frames.HEADER_BYTES_MAX * 4)
    return frames.read_header(RequestHeader, frame), frame


def nonce_of(content: bytes) -> str:
    """What an answer to this request must name, as far as it can be read."""
    try:
        return request_header(content)[0].nonce
    except BadFrame:
        return ""


def open_request(
    device: Device, header: RequestHeader, frame: Frame, kind: str, shape: type[Kind]
) -> Kind:
    """The body of a signed request of this device and kind. Raises Refusal, BadFrame."""
    if not keys.verified(frame.signed, frame.signature, device.verify_key):
        raise Refusal("bad_signature")
    if header.kind != kind or protocol.sha256_hex(frame.body) != header.sha256:
        raise BadFrame("wrong_kind")
    return decoded(frame.body, shape)


def decoded(content: bytes, shape: type[Kind]) -> Kind:
    """JSON of a known shape. Raises BadFrame."""
    try:
        value: Any = msgspec.json.decode(content, type=shape)
    except (msgspec.MsgspecError, RecursionError):
        raise BadFrame("body_unreadable") from None
    return value
