"""Papers of supports: the referral letter, the list to sign of a round, the list of a firm."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.actions import access, entitlement, gift_round, kept_rows, settings, sharing
from app.actions.case_file import file_number, in_vietnamese
from app.errors import Problem, Refused
from app.rules import dates
from app.values.entitlement import AgreementPage, EntitlementCard, FirmPaper
from app.values.papers import Letterhead, PaperRow, ReferralLetter, Roll
from app.values.sharing import SharingDraft
from app.values.support import GiftLine, RoundPage
from app.wording import translate
from app.workspace import Workspace
from data import codes, units
from data.records import merger
from data.records.person import Person
from data.records.referral import Referral

say = in_vietnamese
PURPOSE = "referral"
"""What data of a person leave the office for with the letter."""
FOR_FIRM = "support"
"""What the list of an agreement leaves the office for: a firm gives something."""


def referral_letter(ws: Workspace, referral_id: str, secret: bool = False) -> bytes:
    """The letter of a referral with its answer slip, as a PDF; print and sharing are logged.

    It leaves the office: the person's consent and the head's are asked for (TT 02/2020 Đ.9).
    `secret` prints the confidential part for who may read it. Raises Refused (not_allowed,
    referral_unknown, those of `sharing.demand`) and FontMissing.
    """
    from app.papers import referral as papers

    ws.demand("print")
    with ws.db.whole.read() as session:  # a letter names whom it goes to, whoever prints it
        to = kept_rows.found(session, Referral, referral_id, "referral_unknown").referred_to or ""
    secret = secret and ws.restricted is not None
    with ws.paper(secret).db.read() as session:
        row = kept_rows.found(session, Referral, referral_id, "referral_unknown")
        who = session.get_one(Person, merger.survivor(session, row.person_id))
        if who.deleted_at:
            raise Refused.one("person_unknown", "id", who.id)
        told = kept_rows.shown(ws, "referral", row)
        paper = ReferralLetter(
            letterhead=_head(ws),
            to=to,
            about=say("V/v giới thiệu, chuyển gửi người cần trợ giúp"),
            person=tuple(_facts(who)),
            service=row.service_asked or "",
            reason=row.referral_reason or "",
            due=dates.show(row.answer_due_on) if row.answer_due_on else "",
            file_number=file_number(who.id),
            name=who.name or "",
            printed_by=ws.user.full_name or ws.user.login,
            printed_at=_now(ws),
            secret=str(told["referral_secret"] or "") if secret else "",
            demo=ws.office.demo,
        )
        person_id = who.id
    leave = sharing.demand(ws, person_id, PURPOSE, to)
    content = papers.typeset(replace(paper, leave=leave.stands_on), say)
    access.seen(ws, person_id, "print", "referral")
    sharing.record(ws, [leave], codes.label("sharing_purpose", PURPOSE))
    return content


def gift_list(ws: Workspace, round_id: str) -> bytes:
    """The list to sign of a gift round, as a PDF; the print is logged for everybody on it. Who
    died before it was given is left out.

    It stays in the office, as it says itself: nobody's leave is asked for.
    Raises Refused (not_allowed, round_unknown, nobody_to_print) and FontMissing.
    """
    from app.papers import roll

    ws.demand("print")
    page = gift_round.page(ws, round_id)
    lines = [one for one in page.lines if one.status != "cancelled" and not one.gone]
    if not lines:
        raise Refused.one("nobody_to_print", "id")
    content = roll.typeset(_gift_roll(ws, page, lines), say)
    access.seen_many(ws, [one.person_id for one in lines], "print", "gift list")
    return content


def firm_list(ws: Workspace, agreement_id: str) -> FirmPaper:
    """The list for the firm of who is entitled today and may be named to it, as a PDF.

    It leaves the office: each one's own consent and the head's are asked for (TT 02/2020 Đ.9), the
    others stay off it and are told. The print and the sharing are logged for everybody on it. It
    names nobody's number of identity. Raises Refused (not_allowed, agreement_unknown,
    nobody_to_print, those of `sharing.demand` when nobody may be named) and FontMissing.
    """
    from app.papers import roll

    ws.demand("print")
    page = entitlement.page(ws, agreement_id)
    lines = _entitled(page)
    leave, left_out = sharing.leaves(ws, tuple(lines), FOR_FIRM, str(page.card.fields["firm"]))
    if not leave:
        raise Refused(left_out)
    content = roll.typeset(_firm_roll(ws, page, [lines[one] for one in leave]), say)
    access.seen_many(ws, list(leave), "print", "firm list")
    sharing.record(ws, leave.values(), say("Danh sách người được hưởng ưu đãi"))
    return FirmPaper(content, tuple(leave), left_out)


def ask(ws: Workspace, agreement_id: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Ask the head to name everybody who is entitled today to the firm, at once.

    Answers as `sharing.request`: ids, and who lacks what. Raises Refused: not_allowed,
    agreement_unknown, nobody_to_print.
    """
    ws.demand("enter")
    page = entitlement.page(ws, agreement_id)
    why = translate("Gửi danh sách hưởng ưu đãi cho đơn vị vận tải")
    firm = str(page.card.fields["firm"])
    return sharing.request(ws, SharingDraft(tuple(_entitled(page)), FOR_FIRM, firm, why))


def _entitled(page: AgreementPage) -> dict[str, EntitlementCard]:
    """Whom an agreement is for today, each once; raises Refused when it is for nobody."""
    found = {one.person_id: one for one in reversed(page.lines) if one.holds}
    if not found:
        raise Refused.one("nobody_to_print", "id")
    return dict(reversed(found.items()))


def _firm_roll(ws: Workspace, page: AgreementPage, lines: list[EntitlementCard]) -> Roll:
    told = page.card.fields
    until = str(told["valid_until"] or "")
    opening = say(
        "Thỏa thuận số {number}, có hiệu lực đến {until}. Phạm vi: {routes}.",
        number=told["agreement_number"] or "…",
        until=dates.show(until) if until else "…",
        routes=told["routes"] or "…",
    )
    return Roll(
        letterhead=_head(ws),
        title=say("Danh sách người được hưởng ưu đãi"),
        subject=f"{codes.label('benefit', str(told['benefit']))} - {told['firm']}",
        opening=(opening,),
        columns=(
            (say("STT"), 8),
            (say("Họ và tên"), 26),
            (say("Năm sinh"), 11),
            (say("Nơi ở"), 24),
            (say("Số giấy xác nhận"), 16),
            (say("Số thẻ ưu đãi"), 13),
            (say("Hưởng từ"), 16),
        ),
        rows=tuple(
            (
                str(number),
                one.name,
                (one.birth or "")[:4],
                _where(one.commune, one.hamlet),
                one.certificate,
                str(one.fields["card_number"] or ""),
                dates.show(str(one.fields["entitled_from"] or "")),
            )
            for number, one in enumerate(lines, 1)
        ),
        closing=say("Danh sách gồm {count} người./.", count=len(lines)),
        signers=(say("ĐẠI DIỆN ĐƠN VỊ VẬN TẢI"), say("THỦ TRƯỞNG ĐƠN VỊ")),
        printed_by=ws.user.full_name or ws.user.login,
        printed_at=_now(ws),
        tall=False,
        demo=ws.office.demo,
    )


def _gift_roll(ws: Workspace, page: RoundPage, lines: list[GiftLine]) -> Roll:
    told = page.card.fields
    each = _gift(told)
    total = int(str(told["support_value"] or 0)) * len(lines)
    money = f"{total:,}".replace(",", ".")
    closing = say("Danh sách gồm {count} người.", count=len(lines))
    if total:
        closing += " " + say("Tổng trị giá: {money} đồng.", money=money)
    return Roll(
        letterhead=_head(ws),
        title=say("Danh sách ký nhận"),
        subject=str(told["round_name"]),
        opening=tuple(_opening(told, each)),
        columns=(
            (say("STT"), 8),
            (say("Họ và tên"), 27),
            (say("Năm sinh"), 10),
            (say("Nơi ở"), 24),
            (say("Được nhận"), 19),
            (say("Ký nhận"), 20),
            (say("Ghi chú"), 13),
        ),
        rows=tuple(
            (
                str(number),
                one.name,
                (one.birth or "")[:4],
                _where(one.commune, one.hamlet),
                each,
                "",
                "",
            )
            for number, one in enumerate(lines, 1)
        ),
        closing=closing,
        signers=(
            say("NGƯỜI LẬP DANH SÁCH"),
            say("NGƯỜI TRAO"),
            say("THỦ TRƯỞNG ĐƠN VỊ"),
        ),
        printed_by=ws.user.full_name or ws.user.login,
        printed_at=_now(ws),
        demo=ws.office.demo,
    )


def _opening(told: object, each: str) -> Iterator[str]:
    values: dict[str, object] = dict(told)  # type: ignore[call-overload]
    when = dates.show(str(values["round_on"])) if values["round_on"] else "…/…/……"
    yield say(
        "Ngày trao: {day}. Nơi trao: {place}. Nhà tài trợ, nguồn: {donor}. Mỗi người nhận: {each}.",
        day=when,
        place=values["round_place"] or "…",
        donor=values["donor"] or "…",
        each=each,
    )
    yield say("Danh sách dùng trong đơn vị, không gửi ra ngoài.")


def _gift(told: object) -> str:
    """What each one gets, in words: quantity, unit, thing, value."""
    values: dict[str, object] = dict(told)  # type: ignore[call-overload]
    money = values["support_value"]
    worth = f"{int(str(money)):,} đ".replace(",", ".") if money else ""
    if values["support_kind"] == "money":
        return worth
    number, unit = values["support_quantity"] or "", values["support_unit"] or ""
    count = f"{number} {unit}".strip()
    return "; ".join(one for one in (f"{count} {values['support_what']}".strip(), worth) if one)


def _facts(who: Person) -> Iterator[PaperRow]:
    yield PaperRow(say("Họ và tên:"), (who.name or "").upper())
    yield PaperRow(say("Ngày sinh:"), dates.show(who.birth) if who.birth else "…")
    yield PaperRow(say("Giới tính:"), codes.label("sex", who.sex) if who.sex else "…")
    yield PaperRow(say("Nơi ở:"), _home(who))
    if who.phone:
        yield PaperRow(say("Điện thoại:"), who.phone)
    types = "; ".join(codes.label("disability_type", one) for one in (who.types or "").split())
    if types:
        yield PaperRow(say("Dạng khuyết tật:"), types)
    if who.degree:
        yield PaperRow(say("Mức độ khuyết tật:"), codes.label("degree", who.degree))


def _home(who: Person) -> str:
    place = who.current_commune or who.commune
    home = units.full_name(place) if place else "…"
    return f"{who.hamlet}, {home}" if who.hamlet else home


def _where(commune: str | None, hamlet: str) -> str:
    place = units.get(commune).name if commune else ""
    return ", ".join(one for one in (hamlet, place) if one)


def _head(ws: Workspace) -> Letterhead:
    now = settings.current(ws)
    own = (n for n, one in enumerate(now.signatories) if one.name == ws.user.full_name)
    return settings.letterhead(ws, ws.today(), next(own, 0))


def _now(ws: Workspace) -> str:
    moment: datetime = ws.clock().astimezone()
    return moment.strftime("%H:%M %d/%m/%Y")
