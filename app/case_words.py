"""What the steps of a case are called, and what each may lack, in the office's words."""

from __future__ import annotations

from collections.abc import Iterable

from app.rules.case_steps import Step
from app.wording import translate


def step_name(name: str) -> str:
    """What a step is called (Đ.3)."""
    return {
        "assess": translate("1. Thông tin, đánh giá"),
        "plan": translate("2. Kế hoạch"),
        "carry_out": translate("3. Thực hiện"),
        "review": translate("4. Theo dõi, rà soát"),
        "close": translate("5. Kết thúc"),
    }[name]


def missing_words(code: str) -> str:
    """What a step lacks, in a few words."""
    return {
        "reporter": translate("chưa ghi ai báo tin"),
        "measures": translate("khẩn cấp nhưng chưa ghi biện pháp nào"),
        "domains": translate("chưa đánh giá lĩnh vực nào"),
        "criteria": translate("chưa chọn tiêu chí"),
        "goals": translate("chưa có mục tiêu"),
        "activities": translate("chưa có hoạt động"),
        "unplanned": translate("có hoạt động chưa có người chịu trách nhiệm hoặc thời hạn"),
        "review_day": translate("chưa hẹn ngày rà soát"),
        "contacts": translate("chưa có lần liên hệ nào"),
        "overdue": translate("có hoạt động quá hạn"),
        "new_edition": translate("cần kế hoạch lần mới, hoặc lãnh đạo giữ nguyên"),
        "review_late": translate("đã quá ngày rà soát"),
        "meeting": translate("chưa ghi ngày họp kết thúc"),
        "attendees": translate("chưa ghi ai dự họp"),
    }[code]


BEFORE_APPROVAL = ("assess", "plan")


def told_before(steps: Iterable[Step]) -> str:
    """What the head is told before approving: nothing of it hinders the approval."""
    lacks = [
        missing_words(code) for one in steps if one.name in BEFORE_APPROVAL for code in one.missing
    ]
    return translate("Xem trước khi duyệt: {lacks}.", lacks="; ".join(lacks)) if lacks else ""
