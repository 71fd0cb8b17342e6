"""The log of who saw, printed or exported a person's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.rules import dates
from app.wording import translate
from app.workspace import Workspace
from data.base import now_text
from data.records import access

VIEW_AGAIN_AFTER_S = 300


@dataclass(frozen=True, slots=True)
class AccessLine:
    """One entry: instant in ISO UTC text, login, kind view/print/export, and what exactly."""

    at: str
    by: str
    kind: str
    detail: str


def what(detail: str) -> str:
    """What was looked at, in words; names of files that were written stay as they are."""
    parts = {
        "": "",
        "list": translate("dòng trong danh sách"),
        "editions": translate("so hai bản báo cáo"),
        "inspection": translate("trang thanh tra"),
        "register": translate("sổ như một ngày đã qua"),
        "pictures": translate("ảnh nhỏ"),
        "preview": translate("bản xem trước khi in"),
        "handing": translate("biên bản bàn giao ca"),
        "accident": translate("trang vụ tai nạn"),
        "mine-action": translate("báo cáo bom mìn"),
        "consent": translate("giấy đồng ý"),
        "burned-pc": translate("bảng trả lời “máy cháy đêm qua”"),
        "referral": translate("thư chuyển gửi"),
        "gift list": translate("danh sách ký nhận"),
        "firm list": translate("danh sách hưởng ưu đãi"),
    }
    if detail in parts:
        return parts[detail]
    part, _, rest = detail.rpartition(" ")
    if part == "as of":
        return translate("hồ sơ như ngày {day}", day=dates.show(rest))
    if part == "national":
        return translate("tệp nộp hệ thống quốc gia {number}", number=rest)
    one = {"case": translate("một ca"), "attachment": translate("một ảnh, giấy tờ")}
    return one.get(part, detail)


def seen(ws: Workspace, person_id: str, kind: str, detail: str = "") -> None:
    """Write down that the user viewed, printed or exported a person.

    Looking at the same thing of the person again within five minutes is the same look; only what
    was seen last is another now.
    """
    if kind == "view":
        login = ws.user.login
        with ws.looks.read() as session:
            again = access.viewed_among(session, (person_id,), login, VIEW_AGAIN_AFTER_S, detail)
        if again:
            with ws.looks.write(ws.author()) as session:
                access.opened_again(session, login, person_id, detail, now_text())
            return
    seen_many(ws, (person_id,), kind, detail)


def looked(ws: Workspace, ids: Sequence[str], detail: str) -> None:
    """Write down a glance ("list", "pictures") at people of whom no look was logged just now."""
    with ws.looks.read() as session:
        known = access.viewed_among(session, ids, ws.user.login, VIEW_AGAIN_AFTER_S)
    seen_many(ws, [each for each in dict.fromkeys(ids) if each not in known], "view", detail)


def seen_many(ws: Workspace, ids: Sequence[str], kind: str, detail: str = "") -> None:
    """Write down one entry for each of many persons, in one transaction."""
    at = now_text()
    rows = [
        {"at": at, "by": ws.user.login, "kind": kind, "person_id": each, "detail": detail}
        for each in ids
    ]
    if rows:
        with ws.looks.write(ws.author()) as session:
            access.write(session, rows)


def of_person(ws: Workspace, person_id: str, limit: int = 200) -> tuple[AccessLine, ...]:
    """Who saw this person, newest first. Needs the right to read logs."""
    ws.demand("logs")
    with ws.looks.read() as session:
        rows = access.of_person(session, person_id, limit)
        return tuple(AccessLine(row.at, row.by, row.kind, row.detail) for row in rows)
