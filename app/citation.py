"""Where a field comes from, in the words an officer would look it up by."""

from __future__ import annotations

import re

from app.wording import translate

FORM = re.compile(r"^KV-MAP ?(.*)$")
SHORT = (
    (re.compile(r"\bTT (?=\d)"), "Thông tư "),
    (re.compile(r"\bNĐ (?=\d)"), "Nghị định "),
    (re.compile(r"\bQĐ (?=\d)"), "Quyết định "),
    (re.compile(r"\bĐ\.(?=\d)"), "Điều "),
    (re.compile(r"\bk\.(?=\d)"), "khoản "),
)


def cited(source: str) -> str:
    """A source of the field dictionary spelled out: "TT 02/2020 Đ.4" is "Thông tư … Điều 4"."""
    return "; ".join(_one(part.strip()) for part in source.split(";"))


def _one(source: str) -> str:
    form = FORM.match(source)
    if form and form.group(1):
        return translate("Phiếu đăng ký NKT và NNBM (KV-MAP), mục {item}", item=form.group(1))
    if form:
        return translate("Phiếu đăng ký NKT và NNBM (KV-MAP)")
    if source.startswith("survey "):
        return translate("cách ghi thường dùng ở địa phương, chưa có văn bản quy định")
    for short, words in SHORT:
        source = short.sub(words, source)
    return source
