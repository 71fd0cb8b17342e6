"""The PCs of the office: who holds the key of restricted values, and who is to get it."""

from __future__ import annotations

from app.actions import key_log
from app.errors import Refused
from app.values.device import DeviceLine, DeviceState
from app.wording import translate
from app.workspace import Workspace
from data import ring
from data.base import now_text
from data.records import device as records
from data.records.device import Device


def listing(ws: Workspace) -> tuple[DeviceLine, ...]:
    """The PCs of the office as the server last told, this one first."""
    ws.demand("view")
    box = ws.db.keys.restricted
    with ws.db.read() as session:
        own = records.own_id(session)
        held = {one.id for one in ring.held(session, box)} if box is not None else set()
        known = records.known(session)
        met = any(one.trusted and one.answered_at for one in known)
        first = next((one.id for one in known if not one.revoked_at), "")
        lines = [_line(one, own, held, met or first == own) for one in known]
    return tuple(sorted(lines, key=lambda line: (not line.own, line.state == "revoked")))


def grant(ws: Workspace, device_id: str, fingerprint: str) -> str:
    """Exchange restricted keys with this PC: it gets ours with the next round, and its own are
    taken in here; answers its name. Nothing opens there before a person there does the same.

    The fingerprint is the one that the person compared: keys that changed meanwhile are refused.
    Raises Refused: not_allowed, confidential_not_held, device_not_known, fingerprint_differs.
    """
    ws.demand("users")
    if ws.restricted is None:
        raise Refused.one("confidential_not_held", "confidential", ws.user.login)
    typed = fingerprint.strip().upper().replace(" ", "-")
    with ws.db.write(ws.author()) as session:
        one = session.get(Device, device_id)
        if one is None or one.id == records.own_id(session) or one.revoked_at or not one.door:
            raise Refused.one("device_not_known", "id", device_id)
        if typed != one.fingerprint:
            raise Refused.one("fingerprint_differs", "fingerprint", fingerprint, name=one.name)
        records.trust(one, ws.user.login, now_text())
        name = one.name
    key_log.write(ws, ws.user.login, f"{key_log.HANDED}{name}")
    return name


def granted_words(name: str) -> str:
    """What comes next when a key was given."""
    return translate(
        "Máy {name} nhận khóa ở lượt gửi nhận tới, khi người ở máy đó cũng cấp khóa cho máy này.",
        name=name,
    )


def both_words() -> str:
    """Why one side is not enough."""
    return translate(
        "Hai máy chỉ đọc được thông tin mật của nhau khi ở cả hai máy đều có người so dấu rồi "
        "cấp khóa cho máy kia."
    )


def state_words(state: str) -> str:
    """How a PC stands with the key, in words."""
    return {
        "holds": translate("giữ khóa thông tin mật của đơn vị"),
        "sending": translate("được gửi khóa ở lượt gửi nhận tới"),
        "one_sided": translate(
            "đã được gửi khóa; chờ người ở máy đó cũng so dấu và cấp khóa cho máy này"
        ),
        "waiting": translate("chờ cấp khóa thông tin mật"),
        "no_door": translate("chưa có ai được đọc ghi chép mật vào làm việc và gửi nhận ở đó"),
        "revoked": translate("không còn là máy của đơn vị"),
    }[state]


def _line(one: Device, own: str, held: set[str], met: bool) -> DeviceLine:
    return DeviceLine(
        id=one.id,
        name=one.name,
        fingerprint=one.fingerprint,
        enrolled_at=one.enrolled_at,
        own=one.id == own,
        state=_state(one, own, held, met),
        decided_by=one.trusted_by if one.trusted else "",
        decided_at=(one.trusted_at or "") if one.trusted else "",
    )


def _state(one: Device, own: str, held: set[str], met: bool) -> DeviceState:
    if one.revoked_at:
        return "revoked"
    if not one.door:
        return "no_door"
    if one.id == own:
        return "holds" if met else "waiting"
    if not one.trusted:
        return "waiting"
    if held - set(one.knows.split()):
        return "sending"
    return "holds" if one.answered_at else "one_sided"
