"""The fields of the boxes about what becomes of a certificate."""

from __future__ import annotations

from dataclasses import replace

from app import forms
from app.actions import certificate_own
from app.forms import Choice, FormField
from app.wording import translate

SHOWN = ("holder_name", "holder_birth", "holder_sex", "holder_address", "issued_by")
APPLIED = ("application_reason", "reason_note", "received_on")


def issuing() -> tuple[FormField, ...]:
    """To issue one that nothing speaks against."""
    return (
        FormField("", "issued_on", translate("Ngày cấp (ngày ký)"), "date"),
        FormField("", "number", translate("Số giấy (để trống: số tiếp theo)"), "text"),
        FormField("", "serial", translate("Số phôi đang cầm (ghi sau cũng được)"), "text"),
        FormField("", "collected_on", translate("Thu lại giấy cũ ngày"), "date"),
        FormField("", "collected_note", translate("Vì sao không thu lại được"), "text"),
    )


def weighing() -> tuple[FormField, ...]:
    """To issue one all the same: that it is known, and why."""
    return (
        FormField("", "aware", translate("Đã xem, vẫn cấp"), "bool"),
        FormField("", "aware_reason", translate("Vì sao vẫn cấp"), "text"),
        *issuing(),
    )


def correcting() -> tuple[FormField, ...]:
    """What stands on the paper."""
    return tuple(forms.field("certificate", name) for name in SHOWN)


def losing() -> tuple[FormField, ...]:
    """The application for a paper that was lost."""
    return forms.field("application", "received_on"), forms.field("application", "reason_note")


def exchanging() -> tuple[FormField, ...]:
    """The application for another paper, with its reason."""
    reason = forms.field("application", "application_reason")
    ways = tuple(one for one in reason.choices if one.code in ("wrong_data", "damaged"))
    return replace(reason, choices=ways), *losing()


def printing() -> tuple[FormField, ...]:
    """Onto which blank."""
    return (
        FormField("", "serial", translate("Số phôi đang cầm"), "text"),
        FormField("", "reason", translate("Lý do in lại (khi in từ lần hai)"), "text"),
    )


def revoking() -> tuple[FormField, ...]:
    """The authority's decision, the paper, and what becomes of the person's record."""
    return (
        FormField("", "reason", translate("Lý do thu hồi"), "text"),
        FormField("", "by", translate("Cơ quan kết luận"), "text"),
        FormField("", "decision", translate("Số quyết định thu hồi"), "text"),
        FormField("", "on", translate("Ngày quyết định"), "date"),
        FormField("", "collected_on", translate("Thu lại giấy ngày"), "date"),
        FormField("", "collected_note", translate("Vì sao không thu lại được"), "text"),
        own(),
        FormField("", "own_reason", translate("Vì sao (giữ thì phải ghi)"), "text"),
    )


def settling() -> tuple[FormField, ...]:
    """How a clash ends."""
    return (
        way(()),
        FormField("", "reason", translate("Vì sao"), "text", True),
        FormField("", "number", translate("Đổi số: số mới (trống: số tiếp theo)"), "text"),
        FormField("", "serial", translate("Đổi phôi: phôi mới (trống: in sau)"), "text"),
        FormField("", "collected_on", translate("Hủy, thu tờ: thu lại giấy ngày"), "date"),
        FormField(
            "", "collected_note", translate("Hủy, thu tờ: vì sao không thu lại được"), "text"
        ),
        own(),
        FormField("", "own_reason", translate("Vì sao (giữ thì phải ghi)"), "text"),
    )


def way(open_ways: tuple[str, ...]) -> FormField:
    """How a clash ends, of the ways that it can."""
    words = {
        "number": translate("Đổi số giấy này"),
        "blank": translate("Giấy này ở phôi khác"),
        "void": translate("Hủy giấy này"),
        "collect": translate("Thu tờ in ở máy khác"),
    }
    return _choosing("way", translate("Giải quyết"), words, open_ways, True)


def own(open_ways: tuple[str, ...] = ()) -> FormField:
    """What becomes of the person's own type and degree."""
    words = {
        certificate_own.KEEP: translate("Giữ như hồ sơ đang ghi"),
        certificate_own.CLEAR: translate("Xóa, người khác duyệt"),
        certificate_own.STANDING: translate("Theo giấy còn hiệu lực"),
    }
    title = translate("Dạng tật, mức độ trong hồ sơ")
    return _choosing("own", title, words, open_ways)


def _choosing(
    name: str, title: str, words: dict[str, str], some: tuple[str, ...], must: bool = False
) -> FormField:
    offered: tuple[Choice, ...] = tuple(
        forms.choice(code, label) for code, label in words.items() if code in some
    )
    return FormField("", name, title, "code", must, offered)
