"""What is on its way to the server, and what came back and needs a person's eyes."""

from __future__ import annotations

import json
from itertools import islice

from sqlalchemy.orm import Session

from app.actions import access, conflict, conflict_words
from app.errors import Refused
from app.values.conflict import ConflictCard
from app.values.outgoing import Attention, WaitingKind, WaitingPerson
from app.wording import say, translate
from app.workspace import Workspace
from data import unknown_row
from data.base import instant_text
from data.records import outgoing
from data.records.change import Change
from data.records.sync import UnknownRow
from data.schema import travelling
from data.unknown_row import Asked

SHOWN_MAX = 200
LOOKED_AT_MAX = 400


def waiting(ws: Workspace) -> tuple[WaitingKind, ...]:
    """How much work of each kind has no signed answer of the server yet."""
    with ws.db.read() as session:
        return tuple(WaitingKind(*row) for row in outgoing.waiting_by_entity(session))


def waiting_people(ws: Workspace, limit: int = 8) -> tuple[WaitingPerson, ...]:
    """Whose changes wait, by the newest of them; the first few persons."""
    ws.demand("view")
    with ws.db.read() as session:
        rows = outgoing.waiting_rows(session, LOOKED_AT_MAX)
        by_kind: dict[str, list[str]] = {}
        for entity, row_id, _at in rows:
            by_kind.setdefault(entity, []).append(row_id)
        whose = {k: outgoing.owners(session, k, ids) for k, ids in by_kind.items()}
        found: dict[str, list[str]] = {}
        for entity, row_id, at in rows:
            if person := whose[entity].get(row_id):
                found.setdefault(person, []).append(at)
        some = dict(islice(found.items(), limit))
        names = outgoing.person_names(session, list(some))
    access.looked(ws, list(names), "list")
    return tuple(
        WaitingPerson(one, names[one], len(instants), min(instants))
        for one, instants in some.items()
        if one in names
    )


def attention(ws: Workspace) -> tuple[Attention, ...]:
    """Open conflicts, then refused changes, each with the person's name (at most 200 of each)."""
    ws.demand("view")
    cards = conflict.cards(ws, limit=SHOWN_MAX)
    with ws.db.read() as session:
        refused = outgoing.not_taken(session, SHOWN_MAX)
        unknown = unknown_row.asked(session, SHOWN_MAX)
        about = [*(_person_of(one) for one in refused), *(one.owner for one in unknown)]
        names = outgoing.person_names(session, about)
    access.looked(ws, list(names), "list")
    return (
        *map(_conflict, cards),
        *(_refused(one, names) for one in refused),
        *(_unknown(one, names) for one in unknown),
    )


def send_again(ws: Workspace, owner: str) -> int:
    """The server does not know the records of a person any more: they are right, send them as new.

    How many. Raises Refused (`unknown_answered`).
    """
    ws.demand("resolve")
    with ws.db.write(ws.author()) as session:
        return unknown_row.keep(session, _asked(session, owner), travelling())


def take_off(ws: Workspace, owner: str) -> int:
    """They were rightly taken off elsewhere: off this PC's lists too, and nothing is sent.

    How many. Raises Refused (`unknown_answered`).
    """
    ws.demand("resolve")
    why = translate("máy chủ không còn hồ sơ này")
    with ws.db.write(ws.author()) as session:
        return unknown_row.drop(session, _asked(session, owner), travelling(), why)


def _asked(session: Session, owner: str) -> list[UnknownRow]:
    rows = unknown_row.of_owner(session, owner)
    if not rows:
        raise Refused.one("unknown_answered", "id", owner)
    return rows


def _unknown(one: Asked, names: dict[str, str]) -> Attention:
    name = names.get(one.owner, "")
    return Attention(
        "unknown",
        one.owner,
        one.owner if name else "",
        name,
        "person" if name else one.entity,
        "",
        "",
        one.found_at,
        translate("Máy chủ không còn biết {count} bản ghi này; máy này không tự gửi lại.",
                  count=one.rows),
        translate("Còn đúng thì bấm Gửi lại; đã gỡ ở nơi khác thì bấm Gỡ khỏi máy này."),
    )  # fmt: skip


def settle(ws: Workspace, change_id: str) -> None:
    """Take a refused change off the list: somebody looked at it. It stays kept on this PC."""
    ws.demand("resolve")
    with ws.db.write(ws.author()) as session:
        change = session.get(Change, int(change_id)) if change_id.isdigit() else None
        if change is None or change.verdict != "rejected":
            raise Refused.one("change_unknown", "id", change_id)
        change.settled_at = instant_text(ws.clock())


def _conflict(one: ConflictCard) -> Attention:
    mine, theirs = one.set_by["mine"], one.set_by["theirs"]
    return Attention(
        "conflict",
        one.id,
        one.person_id,
        one.name,
        one.record,
        one.label,
        theirs.by,
        mine.at,
        translate("Hai người cùng sửa mục này mà không thấy của nhau; cả hai giá trị đều còn."),
        translate("So hai giá trị rồi chọn một."),
        mine=one.words["mine"],
        theirs=one.words["theirs"],
        mine_by=mine.by,
    )


def _refused(one: Change, names: dict[str, str]) -> Attention:
    person, code = _person_of(one), one.verdict_code or ""
    name = names.get(person, "")
    labels = ", ".join(conflict_words.label(one.entity, field) for field in json.loads(one.fields))
    return Attention(
        one.verdict or "",
        str(one.seq),
        person if name else "",
        name,
        one.entity,
        labels,
        one.user,
        one.at,
        say(code, {"name": name}) if code else translate("Máy chủ chưa nhận thay đổi này."),
        _remedy(one.verdict or "", code),
        code,
    )


def _remedy(verdict: str, code: str) -> str:
    """What somebody can do about a change that the server did not take."""
    if verdict == "deferred":
        return translate(
            "Chưa phải làm gì: thay đổi tự vào sổ chung khi hồ sơ kia đến. Quá 7 ngày thì hỏi máy "
            "đã nhập hồ sơ ấy xem đã gửi chưa."
        )
    if code in ("approver_is_author", "approver_has_no_right"):
        return translate("Nhờ người có quyền duyệt mà không nhập, không sửa hồ sơ này duyệt lại.")
    if code == "guarded_without_approval":
        return translate("Mở hồ sơ, sửa lại mục ấy; thay đổi sẽ chờ người khác duyệt.")
    if code == "too_large_to_send":
        return translate("Mở hồ sơ, chia nội dung ra nhiều ghi chú ngắn rồi lưu lại.")
    if code.endswith(("_needs_right", "_needs_admin")):
        return translate("Nhờ người có quyền, hoặc quản trị viên, làm lại việc này.")
    return translate(
        "Mở hồ sơ, xem giá trị đang có và sửa lại nếu cần. Nếu vẫn bị từ chối, báo quản trị viên."
    )


def _person_of(one: Change) -> str:
    if one.entity == "person":
        return one.row_id
    value = json.loads(one.fields).get("person_id")
    return str(value if not isinstance(value, list) else value[1]) if value else one.row_id
