"""What stands in the name of somebody who leaves, in words: for the page and the command line."""

from __future__ import annotations

from app import forms
from app.values.caseload import Leaving
from app.wording import translate


def told(facts: Leaving) -> tuple[str, ...]:
    """What else stands in somebody's name, line by line, for a page or the command line."""
    keys = [
        translate("mật khẩu vào sổ trên máy này") if facts.password else "",
        translate("khóa đọc thông tin mật") if facts.confidential else "",
    ]
    held = "; ".join(one for one in keys if one)
    typing = ", ".join(dict.fromkeys(forms.section_title(one) for one in facts.typing))
    handed, tasks = (f"{one:,}".replace(",", ".") for one in (facts.handed, facts.tasks_handed))
    unsent = f"{facts.unsent:,}".replace(",", ".")
    lines = (
        translate("Đã giao cho người khác: {count} ca", count=handed) if facts.handed else "",
        translate("Đã giao cho người khác: {count} việc", count=tasks)
        if facts.tasks_handed
        else "",
        translate("Việc cần làm chưa xong: {count}", count=facts.tasks),
        translate("Thay đổi chờ gửi từ máy này: {count}", count=unsent)
        if facts.unsent
        else translate("Không còn thay đổi nào chờ gửi từ máy này."),
        translate("Còn gõ dở trên máy này: {what}", what=typing) if typing else "",
        translate("Tờ mẫu trống đã in, chưa nhập lại: {count}", count=facts.forms_out)
        if facts.forms_out
        else "",
        translate("Khóa đang giữ: {keys}", keys=held) if held else "",
        "" if facts.active else translate("Tài khoản đã ngừng."),
    )
    return tuple(one for one in lines if one)
