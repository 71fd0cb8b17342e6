"""Who changed whose way in: passwords reset, the recovery code used, people locked out."""

from __future__ import annotations

from dataclasses import dataclass

from app.wording import translate
from app.workspace import Workspace
from data.base import now_text
from data.records import access
from data.records import office as records
from data.records.office import user_id

KIND = "key"
HANDED = "handed:"
"""Before the name of the PC to which the restricted keys are handed."""
SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One change of a way in: instant in ISO UTC text, who did it, whose it is, what was done."""

    at: str
    by: str
    login: str
    what: str


def what(code: str) -> str:
    """What was done, in words."""
    words = {
        "reset": translate("đặt lại mật khẩu"),
        "password": translate("tự đổi mật khẩu"),
        "deactivated": translate("ngừng dùng, đổi khóa của sổ"),
        "reactivated": translate("cho vào lại với mật khẩu mới"),
        "locked_out": translate("đã ngừng ở máy khác, khóa cả trên máy này"),
        "granted": translate("cho đọc ghi chép mật"),
        "withdrawn": translate("thôi cho đọc ghi chép mật"),
        "recovery": translate("lập mã khôi phục mới"),
        "recovered": translate("vào lại bằng mã khôi phục"),
    }
    if code.startswith(HANDED):
        name = code.removeprefix(HANDED)
        return translate("cấp khóa thông tin mật cho máy {name}", name=name)
    return words.get(code, code)


def listing(ws: Workspace, login: str = "") -> tuple[KeyLine, ...]:
    """Changes of ways in on this PC, of one user or of all, newest first; never a key.

    Needs the right to read logs.
    """
    ws.demand("logs")
    with ws.db.read() as session:
        logins = {one.id: one.login for one in records.users(session)}
        rows = access.of_kind(session, KIND, SHOWN_MAX)
        lines = (KeyLine(r.at, r.by, logins.get(r.person_id, ""), r.detail) for r in rows)
        return tuple(line for line in lines if login in ("", line.login))


def write(ws: Workspace, login: str, what: str) -> None:
    """Write down that the signed-in user changed a way in."""
    line = {"at": now_text(), "by": ws.user.login, "kind": KIND, "detail": what}
    with ws.db.write(ws.author()) as session:
        access.write(session, [line | {"person_id": user_id(ws.office.id, login)}])
