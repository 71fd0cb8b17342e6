"""A source in the field dictionary is short; on F1 an officer reads where to look it up."""

from __future__ import annotations

import re

from app import forms
from app.citation import cited


def test_an_article_of_law_is_spelled_out() -> None:
    assert cited("TT 02/2020 Đ.8 k.3a") == "Thông tư 02/2020 Điều 8 khoản 3a"
    assert cited("NĐ 20/2021/NĐ-CP Đ.5") == "Nghị định 20/2021/NĐ-CP Điều 5"
    assert cited("Luật 51/2010/QH12 Đ.19") == "Luật 51/2010/QH12 Điều 19"


def test_a_form_is_called_by_its_name() -> None:
    assert cited("KV-MAP C5") == "Phiếu đăng ký NKT và NNBM (KV-MAP), mục C5"


def test_two_sources_are_both_spelled_out() -> None:
    assert cited("KV-MAP D2; TT 02/2020 Đ.4") == (
        "Phiếu đăng ký NKT và NNBM (KV-MAP), mục D2; Thông tư 02/2020 Điều 4"
    )


def test_no_field_explains_itself_in_our_own_shorthand() -> None:
    shorthand = re.compile(r"survey|\bĐ\.\d| k\.\d|(: |; )KV-MAP")
    left = [
        (field.record, field.name)
        for record in ("person", "need", "care_case", "case_note", "accident", "victim")
        for part in forms.sections(record)
        for field in part.fields
        if shorthand.search(field.help)
    ]
    assert left == []
