"""Two records that were merged: what came since, whose it is, and what was written too late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from app.actions import confidential_file, field_values, likeness, merge, person, person_checks
from app.errors import Refused
from app.rules import dates
from app.values.duplicates import LaterRow
from app.values.person import Saved
from app.wording import language, translate
from app.workspace import Workspace
from data import codes
from data.records import (
    application,
    assistive_device,
    attachment,
    care_case,
    certificate,
    consent,
    entitlement,
    flag,
    hearing,
    medical_referral,
    merger,
    need,
    referral,
    screening,
    sharing,
    support,
    task,
    victim,
)
from data.records.accident import Accident
from data.records.merger import Merger
from data.records.person import Person


def later_rows(ws: Workspace, key: str) -> tuple[LaterRow, ...]:
    """Rows written on the survivor since a merger, oldest first: each may go to the one set free.

    Raises Refused: merger_unknown, merger_several.
    """
    ws.demand("view")
    with ws.db.read() as session:
        row = merge.standing(session, key)
        found = sorted(_since(ws, session, row), key=lambda one: (one.at, one.id))
    return tuple(found)


def carry_over(ws: Workspace, stub_id: str, name: str) -> Saved:
    """Write a field that was written late into a merged record into its survivor's, by hand.

    A guarded field of an approved survivor awaits approval. Raises Refused: person_unknown,
    nothing_late.
    """
    ws.demand("enter")
    with ws.db.write(ws.author()) as session:
        stub = session.get(Person, stub_id)
        if stub is None or not stub.merged_into:
            raise Refused.one("person_unknown", "id", stub_id)
        leads = person.found(session, merger.survivor(session, stub_id))
        late = {one.field for one in person_checks.late_edits(session, stub, leads)}
        if name not in late:
            raise Refused.one("nothing_late", name, stub.name)
        session.info.setdefault("sources", {})[leads.id] = f"{merge.SOURCE}{stub_id}"
        pending = person.write_values(ws, session, leads, {name: getattr(stub, name)})
        session.flush()
        likeness.settle_some(session, [leads.id])
        return Saved(leads.id, pending)


def _since(ws: Workspace, session: Session, row: Merger) -> Iterator[LaterRow]:
    own = set(merger.everybody(session, row.absorbed_id))
    rows: Sequence[tuple[str, Sequence[merge.Owned]]] = (
        (translate("Nhu cầu"), need.of_person(session, row.person_id)),
        (translate("Ca"), care_case.of_person(session, row.person_id)),
        (translate("Ghi chú"), care_case.loose_notes(session, row.person_id)),
        (translate("Giấy tờ"), attachment.of_person(session, row.person_id)),
        (translate("Tai nạn"), victim.of_person(session, row.person_id)),
        (translate("Việc cần làm"), task.of_person(session, row.person_id)),
        (translate("Cờ"), flag.of_person(session, row.person_id)),
        (translate("Chuyển gửi"), referral.of_person(session, row.person_id)),
        (translate("Hỗ trợ"), support.of_person(session, row.person_id)),
        (translate("Dụng cụ"), assistive_device.of_person(session, row.person_id)),
        (translate("Ưu đãi"), entitlement.of_person(session, row.person_id)),
        (translate("Xét tại Hội đồng"), hearing.loose(session, row.person_id)),
        (translate("Sàng lọc"), screening.loose(session, row.person_id)),
        (translate("Đơn, hồ sơ xác định"), application.of_person(session, row.person_id)),
        (translate("Giám định y khoa"), medical_referral.loose(session, row.person_id)),
        (translate("Giấy xác nhận"), certificate.loose(session, row.person_id)),
        (translate("Đồng ý"), consent.of_person(session, row.person_id)),
        (translate("Chia sẻ"), sharing.of_person(session, row.person_id)),
    )
    for kind, several in rows:
        for one in several:
            if one.person_id not in own and one.created_at > row.created_at:
                words = translate("{kind}: {what}", kind=kind, what=_words(ws, session, one))
                yield LaterRow(one.id, words, one.created_by, one.created_at)


def _words(ws: Workspace, session: Session, one: merge.Owned) -> str:
    lang = language()

    def told(record: str, name: str, value: object) -> str:
        return str(field_values.named(ws, record, name, value) or "")

    if isinstance(one, need.Need):
        listed = ("need_item", one.item) if one.item else ("need_group", one.need_group)
        return codes.label(listed[0], str(listed[1]), lang)
    if isinstance(one, care_case.CareCase):
        return one.case_number or dates.show(one.opened_on or "", lang)
    if isinstance(one, care_case.CaseNote):
        kind = codes.label("note_kind", one.note_kind or "note", lang)
        return f"{kind} {dates.show(one.noted_on or '', lang)}".strip()
    if isinstance(one, attachment.Attachment):
        title = confidential_file.title(ws, one)
        return title or codes.label("attachment_kind", str(one.attachment_kind), lang)
    if isinstance(one, task.Task):
        return told("task", "title", one.title)
    if isinstance(one, flag.Flag):
        return codes.label("flag_kind", one.flag_kind or "", lang)
    if isinstance(one, application.Application):
        kind = codes.label("application_kind", one.application_kind or "", lang)
        return f"{kind} {dates.show(one.received_on or '', lang)}".strip()
    if isinstance(one, medical_referral.MedicalReferral):
        return dates.show(one.sent_on or one.minutes_on or "", lang)
    if isinstance(one, certificate.Certificate):
        return one.certificate_number or dates.show(one.issued_on or "", lang)
    if isinstance(one, referral.Referral):
        return told("referral", "referred_to", one.referred_to)
    if isinstance(one, support.Support):
        return told("support", "support_what", one.support_what)
    if isinstance(one, assistive_device.AssistiveDevice):
        return codes.label("aid_kind", str(one.aid_kind), lang)
    if isinstance(one, entitlement.Entitlement):
        return codes.label("benefit", str(one.benefit), lang)
    if isinstance(one, hearing.Hearing):
        return dates.show(one.heard_on or "", lang)
    if isinstance(one, screening.Screening):
        return codes.label("screening_instrument", str(one.instrument), lang)
    if isinstance(one, consent.Consent):
        return codes.label("sharing_purpose", str(one.consent_purpose), lang)
    if isinstance(one, sharing.Sharing):
        recipient = told("sharing", "recipient", one.recipient)
        return recipient or codes.label("sharing_purpose", str(one.sharing_purpose), lang)
    accident = session.get(Accident, one.accident_id) if one.accident_id else None
    day = accident.accident_on if accident is not None else None
    return dates.show(day, lang) if day else translate("chưa rõ ngày")
