"""What the wire and the server answer, in sentences for people at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

Words = Callable[..., str]
KIB = 1024


class Told(NamedTuple):
    """A verb's document and the same in lines; None where the document itself says it well."""

    document: Mapping[str, Any]
    lines: tuple[str, ...] | None


def as_is(sentence: str, /, **facts: object) -> str:
    """The sentence itself, where nobody translates."""
    return sentence.format_map(facts) if facts else sentence


def round_lines(counts: Mapping[str, Any], translate: Words) -> tuple[str, ...]:
    """What one round did."""
    return tuple(_of_round(counts, translate)) if "pushed" in counts else ()


def forecast_lines(ahead: Mapping[str, Any], translate: Words) -> tuple[str, ...]:
    """What the next round would send."""
    words = "Lượt tới sẽ gửi {pending} thay đổi của {rows} bản ghi. Chưa gửi gì."
    records = translate(words, pending=ahead["pending"], rows=ahead["rows"])
    return (records, *_photo_loads(ahead["attachments"]["waiting"], translate))


def _photo_loads(waiting: Mapping[str, Any], translate: Words) -> Iterator[str]:
    """What waits of photos and scans, small pictures and originals apart."""
    words = {
        "small_up": "Ảnh nhỏ chờ gửi: {count} ({size} KB).",
        "up": "Ảnh gốc, bản chụp chờ gửi: {count} ({size} KB).",
        "small_down": "Ảnh nhỏ chờ về: {count} ({size} KB).",
        "down": "Ảnh gốc, bản chụp chờ về: {count} ({size} KB).",
    }
    for name, sentence in words.items():
        load = waiting[name]
        if load["count"]:
            size = -(-load["bytes"] // KIB)
            yield translate(sentence, count=load["count"], size=size)


def _of_round(counts: Mapping[str, Any], translate: Words) -> Iterator[str]:
    yield translate(
        "Đã gửi {pushed} thay đổi, máy chủ ký nhận {acknowledged}; nhận về {pulled}.",
        pushed=counts["pushed"],
        acknowledged=counts["acknowledged"],
        pulled=counts["pulled"],
    )
    yield translate(
        "Còn chờ gửi {pending}. Đường truyền: gửi {up} KB, nhận {down} KB.",
        pending=counts["pending"],
        up=-(-counts["bytes_up"] // KIB),
        down=-(-counts["bytes_down"] // KIB),
    )
    yield from _of_photos(counts["attachments"], translate)
    if counts["conflicts"]:
        words = "{count} chỗ hai máy ghi khác nhau; xem trang Đồng bộ."
        yield translate(words, count=counts["conflicts"])
    if counts["rejected"]:
        words = "{count} thay đổi máy chủ không nhận; xem trang Đồng bộ."
        yield translate(words, count=counts["rejected"])
    if counts["deferred"]:
        words = "{count} thay đổi còn chờ phần đi kèm."
        yield translate(words, count=counts["deferred"])
    if counts["incidents"]:
        words = "{count} bản ghi từng lệch với máy chủ; xem trang Đồng bộ."
        yield translate(words, count=counts["incidents"])
    if counts["held"]:
        words = "{count} lần gỡ chờ người đồng ý; xem trang Đồng bộ."
        yield translate(words, count=counts["held"])
    if counts["needs_attention"]:
        words = "{count} việc cần người xem; xem trang Đồng bộ."
        yield translate(words, count=counts["needs_attention"])


def _of_photos(done: Mapping[str, Any], translate: Words) -> Iterator[str]:
    if done["sent"] or done["fetched"]:
        words = "Ảnh, bản chụp: máy chủ nhận {sent}, về máy này {fetched}."
        yield translate(words, sent=done["sent"], fetched=done["fetched"])
    if done["restarted"]:
        words = "Máy chủ không còn phần đã nhận của {count} ảnh; gửi lại từ đầu."
        yield translate(words, count=done["restarted"])
    if done["damaged"]:
        yield translate("{count} ảnh bị hỏng, đang xin lại.", count=done["damaged"])
    if done["problem"]:
        yield translate("Ảnh, bản chụp chưa xong, lượt sau đi tiếp ({code}).", code=done["problem"])
    yield from _photo_loads(done["waiting"], translate)


def device_lines(devices: Iterable[Mapping[str, Any]], translate: Words) -> tuple[str, ...]:
    """The enrolled PCs, a line each, with local times."""
    return tuple(_of_device(one, translate) for one in devices)


def _of_device(one: Mapping[str, Any], translate: Words) -> str:
    state = translate("đang dùng")
    if one["revoked_at"]:
        state = translate("đã báo mất") if one["lost"] else translate("đã thu quyền")
    said = translate(
        "{id}  {office} · {name}: {state}, gặp lần cuối {at}",
        id=one["id"],
        office=one["office"],
        name=one["name"],
        state=state,
        at=_local(one["seen_at"] or one["enrolled_at"]),
    )
    for read in one["reads"]:
        day = date.fromisoformat(read["until"]).strftime("%d/%m/%Y")
        words = "được đọc {office} đến hết {day}"
        said += "; " + translate(words, office=read["office"], day=day)
    return said


def closed_line(device_id: str, lost: bool, translate: Words) -> str:
    """What was done to a PC."""
    if lost:
        words = "Đã báo mất máy {id}: nó hủy khóa của sổ khi hỏi máy chủ lần tới."
    else:
        words = "Đã thu quyền gửi nhận của máy {id}."
    return translate(words, id=device_id)


def _local(instant: str) -> str:
    """An instant of the store (ISO, UTC) as the clock on this wall shows it."""
    return datetime.fromisoformat(instant).astimezone().strftime("%H:%M %d/%m/%Y")


def stats_lines(counts: Mapping[str, Any], translate: Words) -> tuple[str, ...]:
    """What the server holds."""
    words = (
        "Máy chủ có {offices} đơn vị, {devices} máy, {people} người, {changes} thay đổi đã nhận."
    )
    return (translate(words, **counts),)


def verify_lines(found: Mapping[str, Any], translate: Words) -> tuple[str, ...]:
    """What was looked at, then each difference on a line."""
    words = (
        "Đã đọc {entries} mục của sổ cái, so {rows} dòng, {census} bản ghi và {buckets} tổng của "
        "{offices} đơn vị."
    )
    told = [translate(words, **{name: found[name] for name in _LOOKED_AT})]
    if found["ok"]:
        told.append(translate("Mọi thứ đúng như sổ cái."))
    told += [" · ".join(f"{k}: {v}" for k, v in one.items()) for one in found["differences"]]
    return tuple(told)


_LOOKED_AT = ("entries", "rows", "census", "buckets", "offices")
