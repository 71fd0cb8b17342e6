"""What a form proposes for a sheet, in words: the degree, by which rule, and where it stands."""

from __future__ import annotations

from app import forms
from app.rules.assessment import Proposal
from app.wording import say, translate
from ui import show

NO_SHEET = "sheet_missing"


def lines(found: Proposal) -> tuple[str, str, str]:
    """The proposal, the rule with its article, and what is wrong or missing."""
    return _what(found), _why(found), _problems(found)


def _what(found: Proposal) -> str:
    if found.degree == "inconclusive":
        return translate("Đề xuất: chưa đưa ra được kết luận")
    words = forms.code_label("degree", found.degree)
    if found.types:
        words = f"{words} · {show.types(found.types)}"
    return translate("Phiếu đề xuất: {what}", what=words)


def _why(found: Proposal) -> str:
    total = str(found.score_min)
    if found.score_max != found.score_min:
        total = f"{total}–{found.score_max}"
    begun = not any(code == NO_SHEET for code, _field, _value in found.problems)
    unknown = translate("chưa chọn được phiếu") if begun else translate("chưa ghi phiếu")
    rules = {
        "sign_unknown": translate("có dấu hiệu không có trong phiếu"),
        "no_type_sign": translate("không có dấu hiệu dạng nào"),
        "profound_sign": translate("có dấu hiệu của mức đặc biệt nặng"),
        "severe_sign": translate("có dấu hiệu của mức nặng"),
        "type_without_degree_sign": translate("có dạng, không có dấu hiệu mức độ nào"),
        "scores_missing": translate("chưa đủ điểm mười hoạt động"),
        "unknown_scores_decide": translate(
            "các mục X còn có thể đổi mức: tổng {total}", total=total
        ),
        "score_total": translate("tổng điểm {total}", total=total),
        "form_unknown": unknown,
    }
    words = f"{rules.get(found.rule, found.rule)} · {found.article}"
    if found.reissue_at_six:
        words += " · " + translate("đủ 6 tuổi thì xác định lại")
    return words


def _problems(found: Proposal) -> str:
    missing = [value for code, _field, value in found.problems if code == "score_missing"]
    others = [
        say(code, {"field": field, "value": value})
        for code, field, value in found.problems
        if code not in ("score_missing", NO_SHEET)
    ]
    if missing:
        numbers = ", ".join(missing)
        others.append(translate("Chưa có điểm hoạt động: {numbers}", numbers=numbers))
    return "\n".join(others)
