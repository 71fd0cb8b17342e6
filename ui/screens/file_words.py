"""What a file says on its page, in lines: when it came in, what it lacks, what was told."""

from __future__ import annotations

from collections.abc import Iterator

from app import forms
from app.values.application import ApplicationCard, Decided
from app.wording import translate

REPRESENTATIVE = ("rep_name", "rep_relation", "rep_id_number", "rep_address", "rep_phone")


def shown(file: ApplicationCard, name: str) -> str:
    """A value of the file in words."""
    value = file.fields[name]
    return "" if value in (None, "", ()) else forms.value_shown("application", name, value)


def received(file: ApplicationCard) -> str:
    """When it was received and what was promised."""
    day, promised = shown(file, "received_on"), shown(file, "appointment_on")
    if promised:
        return translate("nhận {day}, hẹn trả {promised}", day=day, promised=promised)
    return translate("nhận {day}", day=day) if day else ""


def standing(file: ApplicationCard) -> Iterator[str]:
    """What else is said of where the file stands."""
    if file.fields["origin"] == "paper":
        yield translate(
            "Theo hồ sơ cũ, nhập ở bước: {step}.", step=shown(file, "paper_step") or "–"
        )
    asked = shown(file, "missing_asked_on")
    if asked:
        yield translate(
            "Đã yêu cầu bổ sung ngày {day} (chỉ một lần): {papers}",
            day=asked,
            papers=" · ".join(
                one for one in (shown(file, "papers_missing"), shown(file, "missing_note")) if one
            )
            or translate("đã đủ"),
        )
    if shown(file, "concluded_on"):
        yield translate("Biên bản kết luận ngày {day}.", day=shown(file, "concluded_on"))
    if file.hangs is not None:
        since, until = (forms.date_shown(day) for day in file.hangs)
        yield translate("Niêm yết từ ngày {since} đến hết ngày {until}.", since=since, until=until)
    if file.dead:
        yield translate("Hồ sơ người ghi đã mất: kết thúc hồ sơ này khi đã xác minh.")
    if shown(file, "ended_on"):
        yield translate(
            "Kết thúc ngày {day}. {why}",
            day=shown(file, "ended_on"),
            why=shown(file, "end_note"),
        ).strip()


def lacking(file: ApplicationCard) -> Iterator[str]:
    """Papers the circular asks for that nobody noted as shown."""
    if file.lacks:
        papers = ", ".join(forms.code_label("application_paper", one) for one in file.lacks)
        yield translate("Chưa ghi đã nộp: {papers} (Đ.4, Đ.5).", papers=papers)
    if file.open_complaints:
        yield translate("Có khiếu nại chưa trả lời.")


def told(file: ApplicationCard) -> Iterator[str]:
    """What the application itself says."""
    yield (
        translate("Cách giải quyết: {source}", source=file.path_source) if file.path_source else ""
    )
    for name in ("reason_note", "papers_shown", "declared_signs", "declared_abilities"):
        if shown(file, name):
            yield f"{forms.label_of('application', name)}: {shown(file, name)}"
    named = [shown(file, name) for name in REPRESENTATIVE if shown(file, name)]
    if named:
        yield translate("Người đại diện: {words}", words=" · ".join(named))
    else:
        yield translate("Không có người đại diện.")


def decided(one: Decided) -> str:
    """A hearing or a certificate in one line."""
    listed = "hearing_state" if one.kind == "hearing" else "certificate_state"
    facts = (
        translate("Hội đồng") if one.kind == "hearing" else translate("Giấy xác nhận"),
        forms.date_shown(one.on),
        forms.code_label(listed, one.state) if one.state else "",
        forms.code_label("council_conclusion", one.conclusion) if one.conclusion else "",
        ", ".join(forms.code_label("disability_type", each) for each in one.types.split()),
        forms.code_label("degree", one.degree) if one.degree else "",
        translate("số {number}", number=one.number) if one.number else "",
    )
    return " · ".join(part for part in facts if part)


def school(file: ApplicationCard) -> Iterator[str]:
    """The sheet of the school: sent, answered."""
    if not file.fields["is_pupil"]:
        yield translate("Không đi học, hoặc chưa ghi.")
        return
    sent, came = shown(file, "school_asked_on"), shown(file, "school_answered_on")
    yield " · ".join(
        one
        for one in (
            shown(file, "school") or translate("chưa ghi trường nào"),
            translate("gửi phiếu {day}", day=sent) if sent else translate("chưa gửi phiếu"),
            translate("trả lời {day}", day=came) if came else "",
        )
        if one
    )
    if shown(file, "school_answer"):
        yield shown(file, "school_answer")
