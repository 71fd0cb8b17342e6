"""A referral to the medical board, or its minutes, in words."""

from __future__ import annotations

from app import forms
from app.values.application import MedicalCard
from app.wording import translate


def shown(card: MedicalCard, name: str) -> str:
    """A value in words."""
    value = card.fields[name]
    return "" if value in (None, "", ()) else forms.value_shown("medical_referral", name, value)


def board_title(card: MedicalCard) -> str:
    """What it is and where it stands."""
    if not card.fields["medical_board_reason"]:
        return translate("Biên bản giám định ngày {day}", day=shown(card, "minutes_on"))
    if card.fields["received_on"]:
        standing = translate("nhận biên bản {day}", day=shown(card, "received_on"))
    elif card.fields["sent_on"]:
        standing = translate(
            "đã gửi {day}, hạn trả {due}", day=shown(card, "sent_on"), due=shown(card, "due_on")
        )
    else:
        standing = translate("chưa gửi")
    return translate(
        "{reason} · {standing}", reason=shown(card, "medical_board_reason"), standing=standing
    )


def board_lines(card: MedicalCard) -> tuple[str, ...]:
    """What was found, what the board concluded, what is still needed."""
    facts = [shown(card, name) for name in ("conclusion", "types", "degree")]
    valid = shown(card, "valid_until")
    until = translate("có giá trị đến {day}", day=valid) if valid else ""
    numbered = (
        translate("biên bản số {number}", number=shown(card, "minutes_number"))
        if card.fields["minutes_number"]
        else ""
    )
    told = [one for one in (shown(card, "board"), numbered, *facts, until) if one]
    lines = [" · ".join(told)]
    if card.over:
        lines.append(translate("Biên bản này đã hết giá trị."))
    if card.proposed:
        lines.append(
            translate(
                "Đề xuất quy đổi: {degree} ({article}); người có quyền cấp giấy quyết.",
                degree=forms.code_label("degree", card.proposed),
                article=card.article,
            )
        )
    for name in ("findings", "disagreement", "evidence"):
        if card.fields[name]:
            lines.append(f"{forms.label_of('medical_referral', name)}: {shown(card, name)}")
    if card.papers and not card.fields["received_on"]:
        names = ", ".join(forms.code_label("board_paper", one) for one in card.papers)
        lines.append(translate("Chưa ghi gửi kèm: {papers}.", papers=names))
    return tuple(lines)
