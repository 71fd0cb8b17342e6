"""Verbs of applications, complaints and the medical board."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_rows as rows
from app.actions import (
    application,
    application_desk,
    complaint,
    council_calendar,
    medical_referral,
    receipt_number,
)
from app.cli_context import Answer, Context
from app.rules import dates
from app.values.application import (
    ApplicationCard,
    ApplicationDraft,
    ApplicationsFilter,
    ComplaintAnswer,
    ComplaintDraft,
    MedicalDraft,
)
from app.wording import language, translate
from data import codes


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    _files(rows.kinds(verbs, "applications", translate("đơn và hồ sơ xác định mức độ khuyết tật")))
    _complaints(rows.kinds(verbs, "complaints", translate("khiếu nại về kết luận")))
    _medical(rows.kinds(verbs, "medical", translate("giám định y khoa")))


def _files(kinds: Any) -> None:
    verb = rows.verb(kinds, "list", translate("liệt kê hồ sơ theo bước"), files_list)
    verb.add_argument("--person", default="", metavar="ID", help=translate("chỉ của một người"))
    arguments.take_codes(verb, "--step", "file_step")
    verb.add_argument("--due", action="store_true", help=translate("quá hạn hay đến hạn hôm nay"))
    verb.add_argument("--live", action="store_true", help=translate("chưa kết thúc"))
    verb.add_argument("--query", default="", metavar="TEXT", help=translate("tên, số tiếp nhận"))
    arguments.take_pages(verb, translate("tối đa bao nhiêu dòng"), translate("bỏ qua dòng đầu"))
    rows.verb(kinds, "show", translate("xem một hồ sơ, hạn và bước tiếp theo"), files_show, "ID")
    verb = rows.sets(kinds, "add", translate("nhận đơn, hoặc nhập hồ sơ cũ"), files_save, "PERSON")
    verb.set_defaults(id=None)
    rows.sets(kinds, "edit", translate("sửa một hồ sơ"), files_save, "PERSON", "ID")
    verb = rows.verb(kinds, "ask-missing", translate("yêu cầu bổ sung, một lần"), files_ask, "ID")
    arguments.take_codes(verb, "--paper", "application_paper")
    _told(verb, "note", translate("nội dung cần bổ sung"))
    _day(verb)
    _day(rows.verb(kinds, "complete", translate("ghi đủ hồ sơ"), files_complete, "ID"))
    words = translate("cấp số tiếp nhận cho hồ sơ chưa có")
    rows.verb(kinds, "number", words, files_number, "ID")
    verb = rows.verb(kinds, "withdraw", translate("rút đơn"), files_end, "ID")
    arguments.take_reason(verb)
    _day(verb)
    verb = rows.verb(kinds, "died", translate("người nộp đơn đã mất"), files_end, "ID")
    _told(verb, "reason", translate("ghi chú"))
    _day(verb)
    verb = rows.verb(kinds, "unschedule", translate("rút hồ sơ khỏi phiên họp"), files_out, "ID")
    arguments.take_reason(verb)
    verb = rows.verb(kinds, "take-up", translate("làm tiếp hồ sơ đã rút"), files_end, "ID")
    arguments.take_reason(verb)
    verb = rows.verb(
        kinds, "told", translate("ghi đã báo người ấy kết luận không khuyết tật"), files_told, "ID"
    )
    _day(verb)
    rows.removes(kinds, application.remove)
    rows.imports(kinds, "application")


def _complaints(kinds: Any) -> None:
    words = translate("khiếu nại chưa trả lời, hoặc của một hồ sơ")
    verb = rows.verb(kinds, "list", words, complaints_list)
    verb.add_argument("--file", default="", metavar="ID", help=translate("mã hồ sơ"))
    rows.sets(kinds, "add", translate("nhận khiếu nại"), complaints_save, "FILE")
    verb = rows.verb(kinds, "answer", translate("trả lời bằng văn bản"), complaints_answer, "ID")
    arguments.take_code(verb, "--outcome", "complaint_outcome")
    verb.add_argument("--answer", required=True, metavar="TEXT", help=translate("nội dung trả lời"))
    _told(verb, "number", translate("số văn bản trả lời"))
    _day(verb)
    rows.removes(kinds, complaint.remove)


def _medical(kinds: Any) -> None:
    rows.verb(kinds, "list", translate("giám định của một người"), medical_list, "PERSON")
    rows.sets(kinds, "refer", translate("giới thiệu giám định từ một hồ sơ"), medical_refer, "FILE")
    verb = rows.verb(kinds, "send", translate("đã gửi hồ sơ giám định"), medical_send, "ID")
    _told(verb, "number", translate("số giấy giới thiệu"))
    _day(verb)
    rows.sets(kinds, "result", translate("ghi biên bản giám định đã nhận"), medical_result, "ID")
    words = translate("nhập biên bản giám định cũ của một người")
    rows.sets(kinds, "add", words, medical_save, "PERSON").set_defaults(id=None)
    rows.sets(kinds, "edit", translate("sửa một lần giám định"), medical_save, "PERSON", "ID")
    rows.removes(kinds, medical_referral.remove)
    rows.imports(kinds, "medical_referral")


def _told(verb: Any, name: str, words: str) -> None:
    verb.add_argument(f"--{name}", default="", metavar="TEXT", help=words)


def _day(verb: Any) -> None:
    words = translate("ngày, mặc định hôm nay")
    verb.add_argument("--on", default=None, type=arguments.day, metavar="DATE", help=words)


def files_list(args: argparse.Namespace, context: Context) -> Answer:
    """Files that fit, the longest late first; or those of one person."""
    ws = asked.about(context.workspace(), "person", args.person)
    if args.person:
        cards = application_desk.of_person(ws, args.person)
        return Answer({"total": len(cards), "applications": [_file(one) for one in cards]},
                      tuple(_line(one) for one in cards))  # fmt: skip
    which = ApplicationsFilter(tuple(args.step), (), args.live, args.due, args.query)
    limit = arguments.limit_of(args, context.json)
    page = application_desk.listing(ws, which, limit, args.offset)
    counts = application_desk.counts(ws)
    told = {
        "total": page.total,
        "late": counts.late,
        "due_today": counts.due_today,
        "steps": dict(counts.steps),
        "applications": [_file(one) for one in page.cards],
    }
    return Answer(told, tuple(_line(one) for one in page.cards))


def files_show(args: argparse.Namespace, context: Context) -> Answer:
    """One file with its complaints and referrals."""
    ws = context.workspace()
    card = application_desk.show(ws, args.id)
    complaints = complaint.of_application(ws, args.id)
    boards = medical_referral.of_application(ws, args.id)
    more = {
        "complaints": [asdict(one) for one in complaints],
        "medical": [asdict(one) for one in boards],
    }
    moves = ", ".join(codes.label("file_move", one.name, language()) for one in card.moves)
    said = translate("Bước tiếp theo: {moves}", moves=moves or "-")
    return Answer(_file(card) | more, (_line(card), said))


def files_save(args: argparse.Namespace, context: Context) -> Answer:
    """Take an application in, or correct a file."""
    draft = ApplicationDraft(args.person, arguments.values(args.set), args.id)
    return rows.saved(application.save(context.workspace(), draft))


def files_ask(args: argparse.Namespace, context: Context) -> Answer:
    """Ask for missing papers, once."""
    application.ask_missing(
        context.workspace(), args.id, tuple(args.paper), args.note, args.on or ""
    )
    return rows.saved(args.id)


def files_complete(args: argparse.Namespace, context: Context) -> Answer:
    """The file is complete; papers it usually has and nobody saw are told, by code and name."""
    ws = context.workspace()
    application.complete(ws, args.id, args.on or "")
    lacks = application_desk.show(ws, args.id).lacks
    done = rows.saved(args.id)
    if not lacks:
        return done
    papers = ", ".join(codes.label("application_paper", one, language()) for one in lacks)
    told = translate("Chưa ghi đã nộp: {papers} (Đ.4, Đ.5).", papers=papers)
    return Answer({"id": args.id, "lacks": list(lacks)}, (*(done.lines or ()), told))


def files_number(args: argparse.Namespace, context: Context) -> Answer:
    """Give a file that has none a receipt number."""
    number = receipt_number.give(context.workspace(), args.id)
    return Answer({"id": args.id, "number": number}, (number,))


def files_end(args: argparse.Namespace, context: Context) -> Answer:
    """A file ends before its end, or goes on again."""
    ws = context.workspace()
    if args.kind == "take-up":
        application.take_up(ws, args.id, args.reason)
    elif args.kind == "died":
        application.died(ws, args.id, args.reason, args.on or "")
    else:
        application.withdraw(ws, args.id, args.reason, args.on or "")
    return rows.saved(args.id)


def files_out(args: argparse.Namespace, context: Context) -> Answer:
    """Take a file out of the session it waits in."""
    council_calendar.take_file_out(context.workspace(), args.id, args.reason)
    return rows.saved(args.id)


def files_told(args: argparse.Namespace, context: Context) -> Answer:
    """The person was told that there is no disability."""
    application.tell_not_disabled(context.workspace(), args.id, args.on or "")
    return rows.saved(args.id)


def complaints_list(args: argparse.Namespace, context: Context) -> Answer:
    """Complaints of one file, or all that nobody answered."""
    ws = context.workspace()
    if args.file:
        asked.there("file", lambda: application_desk.show(ws, args.file))
    found = complaint.of_application(ws, args.file) if args.file else complaint.open_ones(ws)
    return rows.listed("complaints", found, "complaint")


def complaints_save(args: argparse.Namespace, context: Context) -> Answer:
    """Write a complaint down."""
    draft = ComplaintDraft(args.file, arguments.values(args.set))
    return rows.saved(complaint.save(context.workspace(), draft))


def complaints_answer(args: argparse.Namespace, context: Context) -> Answer:
    """The council's answer."""
    draft = ComplaintAnswer(args.outcome, args.answer, args.on or "", args.number)
    complaint.answer(context.workspace(), args.id, draft)
    return rows.saved(args.id)


def medical_list(args: argparse.Namespace, context: Context) -> Answer:
    """Referrals and board minutes of a person."""
    ws = asked.about(context.workspace(), "person", args.person)
    found = medical_referral.of_person(ws, args.person)
    return rows.listed("medical", found, "medical_referral")


def medical_refer(args: argparse.Namespace, context: Context) -> Answer:
    """Write a referral out of a file."""
    draft = MedicalDraft("", arguments.values(args.set), args.file)
    return rows.saved(medical_referral.refer(context.workspace(), draft))


def medical_send(args: argparse.Namespace, context: Context) -> Answer:
    """The file went to the board."""
    medical_referral.send(context.workspace(), args.id, args.on or "", args.number)
    return rows.saved(args.id)


def medical_result(args: argparse.Namespace, context: Context) -> Answer:
    """Enter the board's minutes."""
    medical_referral.result(context.workspace(), args.id, arguments.values(args.set))
    return rows.saved(args.id)


def medical_save(args: argparse.Namespace, context: Context) -> Answer:
    """Minutes from paper, or a correction."""
    draft = MedicalDraft(args.person, arguments.values(args.set), id=args.id)
    return rows.saved(medical_referral.save(context.workspace(), draft))


def _file(card: ApplicationCard) -> dict[str, Any]:
    return asdict(card) | {"step": card.step}


def _line(card: ApplicationCard) -> str:
    step = codes.label("file_step", card.step, language())
    told = [card.id, card.person_name, str(card.fields["receipt_number"] or "-"), step]
    if card.clock.stopped:
        told.append(translate("chờ bổ sung giấy tờ"))
    elif card.clock.due:
        told.append(
            translate(
                "ngày {day}/{total}, hạn {due}",
                day=card.clock.day,
                total=card.clock.total,
                due=dates.show(card.clock.due, language()),
            )
        )
        if card.clock.late:
            told.append(translate("quá hạn {days} ngày làm việc", days=card.clock.late))
    return "\t".join(told)
