"""Incidents of sync in the words of the office: who was concerned, what differed, what was done."""

from __future__ import annotations

import json

from app.actions import access, conflict_words
from app.errors import Refused
from app.values.outgoing import IncidentCard
from app.wording import translate
from app.workspace import Workspace
from data.base import instant_text
from data.records import incident, outgoing
from data.records.incident import Incident

SHOWN_MAX = 200
QUIET = frozenset({"deleted_reason"})


def unseen(ws: Workspace) -> tuple[IncidentCard, ...]:
    """Those nobody has looked at yet, newest first (at most 200)."""
    ws.demand("view")
    with ws.db.read() as session:
        found = incident.unseen(session, SHOWN_MAX)
        names = outgoing.person_names(session, [one.person_id for one in found if one.person_id])
        cards = tuple(_card(one, names) for one in found)
    access.looked(ws, [one.person_id for one in cards if one.name], "list")
    return cards


def count(ws: Workspace) -> int:
    """How many that are."""
    with ws.db.read() as session:
        return incident.count_unseen(session)


def seen(ws: Workspace, incident_id: str) -> None:
    """Somebody has looked at it: off the list; it stays kept. Raises Refused."""
    ws.demand("resolve")
    with ws.db.write(ws.author()) as session:
        one = session.get(Incident, incident_id)
        if one is None:
            raise Refused.one("incident_unknown", "id", incident_id)
        one.seen_at, one.seen_by = instant_text(ws.clock()), ws.user.login


def _card(one: Incident, names: dict[str, str]) -> IncidentCard:
    mine, theirs = json.loads(one.mine or "{}"), json.loads(one.theirs or "{}")
    differ = [n for n in sorted({*mine, *theirs} - QUIET) if mine.get(n) != theirs.get(n)]
    both = one.mine is not None and one.theirs is not None
    labels = ", ".join(conflict_words.label(one.entity, name) for name in differ) if both else ""
    what, done = _words(one.kind)
    name = names.get(one.person_id or "", "")
    person_id = one.person_id or "" if name else ""
    return IncidentCard(one.id, one.at, one.kind, person_id, name, one.entity, labels, what, done)


def _words(kind: str) -> tuple[str, str]:
    followed = translate("Đã lấy theo sổ cái của máy chủ; giá trị cũ của máy này vẫn được giữ.")
    again = translate("Đã đưa vào hàng chờ gửi lại; không bỏ bên nào.")
    words = {
        incident.LOST_HERE: (translate("Máy này mất bản ghi mà máy chủ có."), followed),
        incident.OLD_HERE: (translate("Máy này giữ bản cũ hơn máy chủ."), followed),
        incident.DIFFERS: (translate("Máy này ghi khác máy chủ."), followed),
        incident.UNKNOWN_THERE: (translate("Máy chủ không có bản ghi mà máy này có."), again),
        incident.OLD_THERE: (translate("Máy chủ giữ bản cũ hơn máy này."), again),
        incident.LOST_THERE: (
            translate("Bảng của máy chủ lệch với sổ cái của chính nó."),
            translate("Máy chủ đã tự sửa theo sổ cái; máy này không đổi gì."),
        ),
        incident.BYPASS: (
            translate("Có thay đổi không đi qua chương trình."),
            translate("Đã gửi cả bản ghi; hãy báo người quản lý."),
        ),
        incident.GONE: (
            translate("Bản ghi bị xóa khỏi kho mà không qua chương trình."),
            translate("Bản của máy chủ sẽ về lại ở lần so tới; hãy báo người quản lý."),
        ),
        incident.ELSEWHERE: (
            translate("Bản ghi đã chuyển sang cơ quan khác mà máy này vẫn còn tính."),
            translate("Đã đưa ra khỏi sổ này; giá trị cũ vẫn được giữ trong sự cố."),
        ),
    }
    return words[kind]
