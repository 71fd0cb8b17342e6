"""Bytes on the wire: what goes in comes out, the same always gives the same, bombs do not burst."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from sync import codec, frames, keys, protocol
from sync.frames import BadFrame
from sync.protocol import Change
from tests import chance

INSTANTS = st.one_of(
    st.datetimes().map(lambda t: t.isoformat(timespec="milliseconds")[:23] + "Z"),
    st.text(max_size=12),
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
FIELDS = st.dictionaries(st.text(max_size=10), VALUES, max_size=6)
CHANGES = st.builds(
    Change,
    entity=st.sampled_from(["person", "need", "case_note"]),
    row=st.uuids().map(str),
    op=st.sampled_from(["I", "U", "D"]),
    base=st.integers(0, 2**40),
    fields=FIELDS,
    at=INSTANTS,
    user=st.text(max_size=8),
    source=st.text(max_size=8),
    bases=st.dictionaries(st.text(max_size=5), st.integers(0, 99), max_size=2),
)


@pytest.mark.soak
@settings(max_examples=60 if chance.SOAK else 15, deadline=None)
@given(st.lists(CHANGES, max_size=60), st.sampled_from([3, 19]))
def test_changes_come_out_as_they_went_in(changes: list[Change], level: int) -> None:
    packed = codec.pack(changes, level)
    assert codec.unpack(packed, len(changes)) == changes
    assert codec.pack(changes, level) == packed


@pytest.mark.soak
@settings(max_examples=200 if chance.SOAK else 60, deadline=None)
@given(st.binary(max_size=300), st.integers(-5, 10**7), st.sampled_from(["zstd", "none"]))
def test_any_bytes_are_refused_or_read_never_worse(raw: bytes, raw_len: int, packing: str) -> None:
    for name in ("jc", "jr"):
        for payload in (raw, codec.compress(raw)):
            try:
                codec.unpack(codec.Packed(name, packing, raw_len, payload), 3)
            except BadFrame:
                pass


@pytest.mark.soak
@settings(max_examples=200 if chance.SOAK else 60, deadline=None)
@given(st.binary(max_size=400), st.lists(st.integers(1, 50), max_size=20))
def test_any_stream_is_cut_into_frames_or_refused(raw: bytes, cuts: list[int]) -> None:
    reader = frames.FrameReader(frames.MAGIC_BATCH)
    for content in (raw, frames.MAGIC_BATCH + raw):
        try:
            for cut in [*cuts, 400]:
                part, content = content[:cut], content[cut:]
                list(reader.feed(part))
        except BadFrame:
            return


def test_frames_come_out_whole_however_the_line_cuts_them() -> None:
    pair = keys.new_pair()
    sent = []
    for number in range(3):
        body = bytes(range(256)) * number
        header = protocol.to_json({"body_len": len(body), "n": number})
        unsigned = frames.unsigned_frame(frames.MAGIC_BATCH, header, body)
        sent.append(unsigned + pair.sign(unsigned))
    stream = b"".join(sent)
    for step in (1, 7, 64, 1000):
        reader = frames.FrameReader(frames.MAGIC_BATCH)
        found = []
        for start in range(0, len(stream), step):
            found += list(reader.feed(stream[start : start + step]))
        assert [frame.whole() for frame in found] == sent and reader.rest == 0
        assert all(keys.verified(f.signed, f.signature, pair.verify_bytes) for f in found)


def test_a_bomb_costs_no_more_memory_than_it_says() -> None:
    gigabyte = zstandard.ZstdCompressor(level=3)
    small = gigabyte.compress(b"\x00" * (64 * 1024 * 1024))
    for raw_len in (100, len(small) * protocol.RATIO_MAX, 10**9):
        with pytest.raises(BadFrame):
            codec.inflate(small, "zstd", raw_len)


def test_a_giant_window_is_refused_before_it_is_made() -> None:
    parameters = zstandard.ZstdCompressionParameters(
        window_log=27, compression_level=1, write_content_size=False
    )
    frame = zstandard.ZstdCompressor(compression_params=parameters)
    with pytest.raises(BadFrame) as refusal:
        stream = frame.compressobj()
        codec.inflate(stream.compress(b"abc" * 1000) + stream.flush(), "zstd", 3000)
    assert refusal.value.code == "window_too_large"


def test_much_repeated_text_still_goes_through_the_ratio_limit() -> None:
    change = Change("person", "x" * 36, "I", 0, {"note": "a" * 500_000}, "now", "minh")
    packed = codec.pack([change])
    assert packed.packing == "none"
    assert codec.unpack(packed, 1) == [change]


@pytest.mark.parametrize("count", [3, 25])
def test_what_the_first_program_ever_sealed_is_still_read(count: int) -> None:
    """Bytes of schema 1, kept as they were packed then: an office may come back after years."""
    kept = Path(__file__).parent / "samples" / f"payload-1-{count}.bin"
    payload = kept.read_bytes()
    raw_len = zstandard.get_frame_parameters(payload).content_size
    packed = codec.Packed("jr" if count < codec.COLUMNS_FROM else "jc", "zstd", raw_len, payload)
    assert codec.unpack(packed, count) == first_ever(count)


def first_ever(count: int) -> list[Change]:
    """Changes of every shape that the first program made."""
    at = "2026-11-23T22:10:00.123Z"
    made = []
    for n in range(count):
        row = f"0190{n:032x}"
        if n % 3 == 0:
            whole = {"name": f"Giả Lập {n}", "household_size": n, "mine_victim": n % 2 == 0}
            made.append(Change("person", row, "I", 0, whole, at, "minh"))
        else:
            pairs = {"phone": [None, f"0905{n:06d}"], "note": ["cũ", None]}
            bases = {"note": 2} if n % 3 == 2 else {}
            made.append(Change("person", row, "U", 3, pairs, at, "hoa", "conflict:7", bases))
    return made


def test_columns_are_smaller_than_rows() -> None:
    changes = [
        Change("person", f"{n:036d}", "I", 0, {"name": f"Tên {n}", "sex": "female"}, "x", "minh")
        for n in range(100)
    ]
    columns = codec.pack(changes)
    assert columns.codec == "jc"
    assert columns.raw_len < len(json.dumps([c.fields for c in changes])) * 3


def test_sealing_the_same_twice_gives_the_same_bytes_and_only_the_receiver_opens_it() -> None:
    sender, receiver, other = keys.new_pair(), keys.new_pair(), keys.new_pair()
    once = sender.seal(b"content", receiver.box_bytes, b"batch/1/1")
    assert once == sender.seal(b"content", receiver.box_bytes, b"batch/1/1")
    assert once != sender.seal(b"content", receiver.box_bytes, b"batch/1/2")
    assert receiver.open(once) == b"content"
    assert other.open(once) is None
    assert receiver.open(once[:-1] + bytes([once[-1] ^ 1])) is None
    assert receiver.open(b"short") is None


def test_a_code_is_read_however_it_is_typed() -> None:
    assert keys.plain_code(" ab0o-iL1z ") == "AB00111Z"
    mark = keys.server_mark(keys.new_pair().verify_bytes)
    assert len(mark) == 5 and keys.plain_code(mark) == mark
