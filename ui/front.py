"""What the window says while a second person, or another office's book, stands in front."""

from __future__ import annotations

from app import forms
from app.wording import translate
from app.workspace import Workspace


def told(here: Workspace, behind: Workspace) -> tuple[str, str]:
    """What stands above the page in front, and the words of the way back."""
    if here.own is not None:
        words = translate(
            "Đang xem sổ của {office}: chỉ xem, không sửa; thông tin mật đóng; đến hết {day}.",
            office=here.office.name,
            day=forms.date_shown(here.until),
        )
        return words, translate("Trở về sổ của mình")
    words = translate(
        "{name} đang làm trên máy này. Xong việc, bấm để trả máy cho {other}.",
        name=here.user.full_name,
        other=behind.user.full_name,
    )
    return words, translate("Trả máy cho {other}", other=behind.user.full_name)


def put_out(ws: Workspace) -> str:
    """Why a page was closed: the user was stopped, or the other office's book may not be read."""
    if ws.own is not None:
        words = "Máy này thôi được xem sổ của {name} nên sổ ấy đã đóng lại."
        return translate(words, name=ws.office.name)
    return translate(
        "Quản trị đã ngừng quyền của {name} nên sổ đã đóng lại. Việc đã lưu vẫn còn nguyên.",
        name=ws.user.full_name,
    )
