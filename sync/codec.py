"""Changes to bytes and back: columnar JSON, zstd, and hard limits against hostile sizes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import zstandard

from sync import protocol
from sync.frames import BadFrame
from sync.protocol import Change

COLUMNS_FROM = 20
"""From so many changes on columns compress better than rows."""
LEVEL_FAST, LEVEL_SLOW = 3, 19
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Packed(msgspec.Struct, frozen=True):
    """Compressed changes and what the batch header says about them."""

    codec: str
    packing: str
    raw_len: int
    payload: bytes


class _Columns(msgspec.Struct):
    """Changes turned into columns; words that repeat stand once in a table."""

    words: list[str]
    shapes: list[list[str]]
    ops: str
    entity: list[int]
    row: list[str]
    base: list[int]
    at: list[int | str]
    user: list[int]
    source: list[int]
    shape: list[int]
    cells: list[list[list[Any]]]
    bases: dict[str, dict[str, int]]


_ROWS = msgspec.json.Decoder(list[Change])
_COLUMNS = msgspec.json.Decoder(_Columns)


def pack(changes: list[Change], level: int = LEVEL_FAST) -> Packed:
    """Encode and compress changes, deterministically."""
    columnar = len(changes) >= COLUMNS_FROM
    raw = protocol.to_json(_to_columns(changes) if columnar else changes)
    payload = zstandard.ZstdCompressor(level=level, write_content_size=True).compress(raw)
    packing = "zstd"
    if len(raw) > protocol.RATIO_MAX // 2 * len(payload):
        packing, payload = "none", raw
    return Packed("jc" if columnar else "jr", packing, len(raw), payload)


def unpack(packed: Packed, n_changes: int) -> list[Change]:
    """Decode changes that came over the wire. Raises BadFrame for anything but sound changes."""
    raw = inflate(packed.payload, packed.packing, packed.raw_len)
    try:
        if packed.codec == "jr":
            changes = _ROWS.decode(raw)
        else:
            changes = _from_columns(_COLUMNS.decode(raw), n_changes)
    except (msgspec.MsgspecError, LookupError, ValueError, RecursionError, OverflowError):
        raise BadFrame("payload_unreadable") from None
    if len(changes) != n_changes:
        raise BadFrame("wrong_number_of_changes")
    return changes


def compress(raw: bytes, level: int = LEVEL_FAST) -> bytes:
    """One zstd frame."""
    return zstandard.ZstdCompressor(level=level, write_content_size=True).compress(raw)


def inflate(payload: bytes, packing: str, raw_len: int) -> bytes:
    """Uncompress to exactly `raw_len` bytes, never holding more. Raises BadFrame."""
    if raw_len > protocol.RAW_BYTES_MAX or raw_len < 0:
        raise BadFrame("raw_too_large")
    if packing == "none":
        if len(payload) != raw_len:
            raise BadFrame("wrong_raw_length")
        return payload
    if raw_len > protocol.RATIO_MAX * max(len(payload), 1):
        raise BadFrame("ratio_too_high")
    return _inflate_bounded(payload, raw_len)


def _inflate_bounded(payload: bytes, raw_len: int) -> bytes:
    decoder = zstandard.ZstdDecompressor(max_window_size=protocol.WINDOW_BYTES_MAX)
    try:
        if zstandard.get_frame_parameters(payload).window_size > protocol.WINDOW_BYTES_MAX:
            raise BadFrame("window_too_large")
        with decoder.stream_reader(payload, read_across_frames=False) as reader:
            raw = reader.read(raw_len + 1)
    except zstandard.ZstdError:
        raise BadFrame("payload_unreadable") from None
    if len(raw) != raw_len:
        raise BadFrame("wrong_raw_length")
    return raw


class _Table:
    def __init__(self) -> None:
        self.words: dict[str, int] = {}

    def index(self, word: str) -> int:
        return self.words.setdefault(word, len(self.words))


def _to_columns(changes: list[Change]) -> _Columns:
    table = _Table()
    shapes: dict[tuple[str, ...], int] = {}
    cells: list[list[list[Any]]] = []
    shape_of = []
    for change in changes:
        names = tuple(sorted(change.fields))
        number = shapes.setdefault(names, len(shapes))
        if number == len(cells):
            cells.append([[] for _ in names])
        for column, name in zip(cells[number], names, strict=True):
            column.append(change.fields[name])
        shape_of.append(number)
    return _Columns(
        ops="".join(change.op for change in changes),
        entity=[table.index(change.entity) for change in changes],
        row=[change.row for change in changes],
        base=[change.base for change in changes],
        at=_deltas([change.at for change in changes]),
        user=[table.index(change.user) for change in changes],
        source=[table.index(change.source) for change in changes],
        words=list(table.words),
        shape=shape_of,
        shapes=[list(names) for names in shapes],
        cells=cells,
        bases={str(at): change.bases for at, change in enumerate(changes) if change.bases},
    )


def _from_columns(columns: _Columns, n_changes: int) -> list[Change]:
    if len(columns.ops) != n_changes or len(columns.cells) != len(columns.shapes):
        raise BadFrame("wrong_number_of_changes")
    instants = _instants(columns.at)
    taken = [0] * len(columns.shapes)
    changes = []
    for index in range(n_changes):
        shape = columns.shape[index]
        at_row = taken[shape]
        taken[shape] += 1
        fields = {
            name: column[at_row]
            for name, column in zip(columns.shapes[shape], columns.cells[shape], strict=True)
        }
        line = {
            "entity": columns.words[columns.entity[index]],
            "row": columns.row[index],
            "op": columns.ops[index],
            "base": columns.base[index],
            "fields": fields,
            "at": instants[index],
            "user": columns.words[columns.user[index]],
            "source": columns.words[columns.source[index]],
            "bases": columns.bases.get(str(index), {}),
        }
        changes.append(msgspec.convert(line, Change))
    return changes


def _deltas(instants: list[str]) -> list[int | str]:
    """Instants as steps in milliseconds from the one before; odd spellings stay as they are."""
    steps: list[int | str] = []
    before = 0
    for text in instants:
        number = _milliseconds(text)
        if number is None:
            steps.append(text)
        else:
            steps.append(number - before)
            before = number
    return steps


def _instants(steps: list[int | str]) -> list[str]:
    texts = []
    before = 0
    for step in steps:
        if isinstance(step, str):
            texts.append(step)
        else:
            before += step
            texts.append(_text(before))
    return texts


def _milliseconds(text: str) -> int | None:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    if instant.tzinfo is None:
        return None
    number = (instant - EPOCH) // timedelta(milliseconds=1)
    return number if _text(number) == text else None


def _text(milliseconds: int) -> str:
    instant = EPOCH + timedelta(milliseconds=milliseconds)
    return instant.isoformat(timespec="milliseconds")[:23] + "Z"
