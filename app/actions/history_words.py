"""The history of a person as a paper tells it: few words, and nothing that is to be kept close."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.actions.field_values import discreet, readable
from app.actions.paper_words import INFORMANT
from app.rules import dates
from app.values.papers import PaperChange, Words
from data import codes, fields
from data.records.trace import HistoryLine

SILENT = frozenset({"approval", "case_note", "sharing", "office", "user", "setting"})
"""Records told elsewhere on the paper, or none of the person's; notes may be confidential."""

VALUE_LETTERS_MAX = 120


def changes(
    lines: Sequence[HistoryLine],
    who: Callable[[str], str],
    translate: Words,
    allowed: bool = False,
    outside: bool = False,
) -> list[PaperChange]:
    """The lines worth telling, in the given order, in Vietnamese words.

    `allowed` where restricted words may be told; a paper for `outside` does not say who told.
    """
    merged = {(line.row_id, line.at) for line in lines if line.field == "merged_into"}
    found = []
    for line in lines:
        if line.field == "deleted_at" and (line.row_id, line.at) in merged:
            continue  # a record merged away was not taken off
        if outside and line.field in INFORMANT:
            continue
        what = _what(line, translate, allowed)
        if what:
            found.append(PaperChange(when(line.at), who(line.by), what))
    return found


when = dates.moment
"""An instant as a paper tells it."""


def source_words(source: str, translate: Words) -> str:
    """Where an entry came from in words: list, sheet and row, an approval, an undoing."""
    kind, _, rest = source.partition(":")
    if kind == "reassigned":
        return translate("bàn giao từ {name}", name=rest or "–")
    if kind == "import" and rest.count(":") >= 2:
        file, sheet, row = rest.rsplit(":", 2)
        return translate(
            "danh sách “{file}”, trang “{sheet}”, dòng {row}", file=file, sheet=sheet, row=row
        )
    told = {
        "undo": translate("hoàn tác lượt nhập"),
        "amendment": translate("thay đổi đã được duyệt"),
        "conflict": translate("quyết định xung đột"),
        "proposal": translate("sửa muộn của cơ quan cũ"),
    }
    return told.get(kind, source)


def _what(line: HistoryLine, translate: Words, allowed: bool) -> str:
    if line.entity in SILENT:
        return ""
    name = line.field or ""
    if line.op == "create":
        return _created(line, translate)
    if name == "merged_into":
        return translate("Gộp hồ sơ trùng") if line.new else translate("Tách hồ sơ đã gộp")
    if name == "deleted_at":
        return translate("Gỡ khỏi hồ sơ") if line.new else translate("Đưa lại vào hồ sơ")
    if name == "status":
        old, new = (
            codes.label("person_status", one) if one else "…" for one in (line.old, line.new)
        )
        return translate("Trạng thái hồ sơ: {old} → {new}", old=old, new=new)
    if not fields.has(line.entity, name):
        return ""
    field = fields.get(line.entity, name)
    if field.restricted:
        return ""
    if field.type == "note":
        return translate("Sửa “{label}”", label=field.vi)
    old, new = (_short(discreet(readable(field, one), allowed)) for one in (line.old, line.new))
    return translate("{label}: {old} → {new}", label=field.vi, old=old, new=new)


def _created(line: HistoryLine, translate: Words) -> str:
    if line.entity == "person" and line.source.startswith("import:"):
        file = line.source.removeprefix("import:").rsplit(":", 2)[0]
        return translate("Lập hồ sơ từ danh sách {file}", file=file)
    made = {
        "person": translate("Lập hồ sơ"),
        "need": translate("Thêm nhu cầu"),
        "accident": translate("Thêm tai nạn bom mìn"),
        "victim": translate("Thêm thông tin nạn nhân"),
        "training_class": translate("Lập lớp tập huấn"),
        "workshop": translate("Lập hội thảo"),
        "delegate": translate("Ghi đại biểu"),
        "care_case": translate("Mở ca"),
        "case_assessment": translate("Đánh giá nhu cầu của ca"),
        "case_plan": translate("Lập kế hoạch của ca"),
        "plan_activity": translate("Thêm hoạt động vào kế hoạch"),
        "case_review": translate("Rà soát ca"),
        "attachment": translate("Thêm ảnh, giấy tờ"),
        "need_step": translate("Ghi tình trạng nhu cầu"),
        "referral": translate("Viết chuyển gửi"),
        "support": translate("Ghi hỗ trợ"),
        "assistive_device": translate("Ghi dụng cụ trợ giúp"),
        "repair": translate("Ghi sửa chữa, kiểm tra dụng cụ"),
        "entitlement": translate("Ghi ưu đãi"),
        "certificate": translate("Ghi giấy xác nhận khuyết tật"),
        "consent": translate("Ghi căn cứ, đồng ý"),
        "hearing": translate("Đưa vào phiên họp Hội đồng"),
        "screening": translate("Ghi sàng lọc chức năng"),
        "application": translate("Nhận đơn xác định mức độ khuyết tật"),
        "complaint": translate("Nhận khiếu nại"),
        "medical_referral": translate("Giới thiệu giám định y khoa"),
        "amendment": translate("Đề nghị sửa thông tin đã duyệt"),
    }
    return made.get(line.entity, "")


def _short(words: str) -> str:
    words = " ".join(words.split()) or "…"
    return words if len(words) <= VALUE_LETTERS_MAX else words[: VALUE_LETTERS_MAX - 1] + "…"
