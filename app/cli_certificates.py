"""Verbs of certificates: written ready, issued, printed, revoked, verified; the paper book."""

from __future__ import annotations

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_blank_run, cli_blanks
from app import cli_certificate_decisions as decisions
from app import cli_documents as documents
from app import cli_records as records
from app import cli_rows as rows
from app.actions import (
    certificate,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    certificate_print,
    certificate_register,
    certificate_seal,
    paper_out,
)
from app.cli_certificate_decisions import days, line, marks
from app.cli_context import Answer, Context
from app.errors import Problem
from app.rules import dates
from app.values.certificate import (
    CertificateFilter,
    Issuing,
    Replacing,
)
from app.values.certificate_paper import Offset
from app.wording import language, translate
from data import codes


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    kinds = rows.kinds(verbs, "certificate", translate("giấy xác nhận khuyết tật"))
    _reading(kinds)
    _issuing(kinds)
    _printing(kinds)
    _opening(kinds)
    decisions.register(kinds)
    cli_blank_run.register(verbs)
    cli_blanks.register(verbs)


def _reading(kinds: Any) -> None:
    verb = rows.verb(kinds, "list", translate("liệt kê giấy xác nhận"), listing)
    listed = tuple(one.code for one in codes.get("certificate_state").items)
    verb.add_argument("--state", action="append", choices=listed, default=[],
                      help=translate("chỉ giấy ở trạng thái này"))  # fmt: skip
    verb.add_argument("--person", default="", metavar="ID", help=translate("chỉ của một người"))
    told = translate("tên, số giấy, số phôi")
    verb.add_argument("--query", default="", metavar="TEXT", help=told)
    arguments.take_pages(verb, translate("tối đa bao nhiêu dòng"), translate("bỏ qua dòng đầu"))
    rows.verb(kinds, "show", translate("xem một giấy và việc làm được"), show, "ID")
    verb = rows.verb(kinds, "verify", translate("kiểm tra mã QR, không cần mạng"), verify)
    verb.add_argument("code", metavar="QR-TEXT", help=translate("dãy số trong mã QR"))
    verb = rows.verb(kinds, "register", translate("in sổ cấp giấy"), book)
    rows.out(verb)
    verb.add_argument("--on", type=arguments.day, default=None, metavar="DATE",
                      help=translate("sổ như ở ngày này"))  # fmt: skip
    verb.add_argument("--year", type=arguments.not_negative, default=0, metavar="YEAR",
                      help=translate("sổ của năm này"))  # fmt: skip


def _issuing(kinds: Any) -> None:
    verb = rows.verb(kinds, "prepare", translate("viết giấy chờ cấp từ hồ sơ đề nghị"), prepare)
    told = translate("mã hồ sơ đề nghị, như applications list cho biết")
    verb.add_argument("files", nargs="*", metavar="APPLICATION", help=told)
    verb.add_argument("--exchange", default="", metavar="ID", help=translate("cấp đổi giấy này"))
    verb.add_argument("--lost", default="", metavar="ID", help=translate("cấp lại giấy đã mất"))
    verb.add_argument("--reason", default="", choices=("wrong_data", "damaged"),
                      help=translate("lý do cấp đổi ghi trong đơn (Mẫu 01)"))  # fmt: skip
    verb.add_argument("--note", default="", metavar="TEXT",
                      help=translate("thông tin nào khác giấy tờ tùy thân"))  # fmt: skip
    verb.add_argument("--received", type=arguments.day, default=None, metavar="DATE",
                      help=translate("ngày nhận đơn"))  # fmt: skip
    verb = rows.verb(kinds, "issue", translate("cấp các giấy đã viết"), issue)
    verb.add_argument("ids", nargs="+", metavar="ID", help=translate("mã giấy"))
    verb.add_argument(
        "--number", metavar="N", default="", help=translate("số giấy; để trống là số tiếp theo")
    )
    verb.add_argument("--serial", metavar="S", default="", help=translate("số phôi đang cầm"))
    days(verb)
    told = translate("đã xem điều còn vướng (khiếu nại, hồ sơ nháp), vẫn cấp")
    verb.add_argument("--aware", action="store_true", help=told)
    told = translate("như --aware, chỉ cho giấy này trong số nhiều giấy")
    verb.add_argument("--aware-of", action="append", default=[], metavar="ID", help=told)
    verb.add_argument("--reason", default="", metavar="TEXT", help=translate("vì sao vẫn cấp"))
    rows.sets(kinds, "edit", translate("sửa điều ghi trên giấy chưa cấp"), edit, "ID")
    verb = rows.verb(kinds, "drop", translate("bỏ giấy chưa cấp"), drop, "ID")
    arguments.take_reason(verb)


def _printing(kinds: Any) -> None:
    for name, words in (
        ("print", translate("in chữ lên phôi, ghi phôi đã dùng")),
        ("reprint", translate("in lại, có lý do; trên giấy ghi lần in")),
    ):
        verb = rows.verb(kinds, name, words, print_one, "ID")
        verb.add_argument("--serial", metavar="S", default="", help=translate("số phôi đang cầm"))
        verb.add_argument(
            "--printer", metavar="P", default="", help=translate("máy in, để lấy độ lệch")
        )
        verb.add_argument("--reason", default="", metavar="TEXT", help=translate("lý do in lại"))
        rows.out(verb)
    rows.out(rows.verb(kinds, "proof", translate("in thử trên giấy thường, có mã QR"), proof, "ID"))
    verb = rows.verb(kinds, "calibrate", translate("trang chỉnh máy in, độ lệch"), calibrate)
    verb.add_argument(
        "--printer", metavar="P", default="", help=translate("máy in, để lấy độ lệch")
    )
    verb.add_argument("--right", type=float, default=None, metavar="MM",
                      help=translate("dịch sang phải bao nhiêu mm"))  # fmt: skip
    verb.add_argument("--down", type=float, default=None, metavar="MM",
                      help=translate("dịch xuống bao nhiêu mm"))  # fmt: skip
    rows.out(verb)


def _opening(kinds: Any) -> None:
    rows.imports(kinds, "certificate")
    rows.sets(kinds, "take-over", translate("nhập một giấy cũ của một người"), take_over, "PERSON")
    rows.verb(kinds, "offers", translate("người có ghi giấy mà chưa có trong sổ"), offers)
    verb = rows.verb(kinds, "adopt", translate("đưa các giấy ấy vào sổ"), adopt)
    rows.people(verb)
    verb.add_argument("--all", action="store_true", help=translate("tất cả"))
    verb = rows.verb(kinds, "opening", translate("số liệu bàn giao sổ giấy"), opening)
    arguments.take_values(verb, required=False)
    verb.add_argument("--out", type=Path, metavar="PATH", help=translate("tệp được ghi ra"))


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """Certificates that fit."""
    ws = asked.about(context.workspace(), "person", args.person)
    if args.person:
        found = certificate.of_person(ws, args.person)
        found = tuple(one for one in found if not args.state or one.state in args.state)
        return _listed(found, len(found))
    which = CertificateFilter(args.query, tuple(args.state))
    found = certificate.listing(ws, which, arguments.limit_of(args, context.json), args.offset)
    return _listed(found, certificate.total(ws, which))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """One certificate, what it changes, what can be done, and its code."""
    ws = context.workspace()
    card = certificate.show(ws, args.id)
    told = asdict(card) | {"code": certificate_seal.code_of(ws, args.id)}
    return Answer(
        told,
        (line(card), *marks(card), *records.facts("certificate", card.fields)),
    )


def verify(args: argparse.Namespace, context: Context) -> Answer:
    """What a code is worth; exits 1 unless it is valid."""
    found = certificate_seal.verify(context.workspace(), args.code)
    told = (found.number, found.degree, dates.show(found.day, language()))
    lines = (found.words, *(one for one in told if one))
    return Answer(asdict(found), lines, int(found.verdict not in ("valid", "old_list")))


def book(args: argparse.Namespace, context: Context) -> Answer:
    """The register as of a day, as PDF and as values."""
    ws = context.workspace()
    count = certificate_register.write(ws, args.out, args.on or "", args.year)
    told = {
        "file": str(args.out),
        "count": count,
        "rows": certificate_register.as_data(ws, args.on or "", args.year),
    }
    said = translate("Sổ có {count} giấy, đã ghi {file}.", count=count, file=args.out)
    return Answer(told, (said,))


def prepare(args: argparse.Namespace, context: Context) -> Answer:
    """Write certificates ready, of files or in place of one in force."""
    ws = context.workspace()
    for basis in ("exchange", "lost"):
        old = getattr(args, basis)
        if old:
            return _replace(ws, old, Replacing(basis, args.reason, args.note, args.received or ""))
    problems = certificate.prepare_files(ws, args.files)
    done = len(args.files) - len({one.message.partition(":")[0] for one in problems})
    said = translate("Đã viết {count} giấy chờ cấp.", count=max(done, 0))
    return _mixed({"prepared": max(done, 0)}, said, problems)


def _replace(ws: Any, old: str, asked_for: Replacing) -> Answer:
    """An application that is open already is the one it goes from: that is said."""
    known = certificate_exchange.open_file(ws, old, asked_for.basis)
    made = certificate_exchange.ask(ws, old, asked_for)
    if known is None:
        return rows.saved(made)
    said = translate("Đã lưu, mã {id}.", id=made)
    told = {"id": made, "application_id": known.id}
    return Answer(told, (certificate_exchange.known_words(known), said))


def issue(args: argparse.Namespace, context: Context) -> Answer:
    """Issue one or several."""
    ws = context.workspace()
    act = Issuing(args.on or "", args.number, args.serial, args.collected or "", args.not_collected,
                  aware=args.aware, aware_reason=args.reason)  # fmt: skip
    if len(args.ids) == 1:
        act = replace(act, aware=act.aware or args.ids[0] in args.aware_of)
        number = certificate_issue.issue(ws, args.ids[0], act)
        return Answer(
            {"numbers": [number]}, (translate("Đã cấp giấy số {number}.", number=number),)
        )
    numbers, problems = certificate_issue.issue_many(ws, args.ids, act, args.aware_of)
    said = translate("Đã cấp {count} giấy.", count=len(numbers))
    return _mixed({"numbers": list(numbers)}, said, problems)


def edit(args: argparse.Namespace, context: Context) -> Answer:
    """Correct one that is not issued."""
    certificate.correct(context.workspace(), args.id, arguments.values(args.set))
    return rows.saved(args.id)


def drop(args: argparse.Namespace, context: Context) -> Answer:
    """Drop one that is not issued."""
    certificate.drop(context.workspace(), args.id, args.reason)
    return Answer({"id": args.id}, (translate("Đã bỏ giấy chưa cấp."),))


def print_one(args: argparse.Namespace, context: Context) -> Answer:
    """Use a blank and write what goes onto it."""
    ws = context.workspace()
    paper_out.demand_pdf(args.out)
    made = certificate_print.on_blank(ws, args.id, args.serial, args.reason)
    rows.written(args.out, certificate_print.pdf(ws, [args.id], args.printer))
    said = translate("Đã ghi {file}.", file=args.out)
    return Answer({"file": str(args.out), "print": made}, (said,))


def proof(args: argparse.Namespace, context: Context) -> Answer:
    """The proof on plain paper."""
    return rows.written(args.out, certificate_print.proof(context.workspace(), args.id))


def calibrate(args: argparse.Namespace, context: Context) -> Answer:
    """Keep how far a printer sets off, and write its page."""
    ws = context.workspace()
    now = certificate_print.offset(ws, args.printer)
    if args.right is not None or args.down is not None:
        right, down = (old if new is None else new for old, new in
                       ((now.right, args.right), (now.down, args.down)))  # fmt: skip
        certificate_print.set_offset(ws, Offset(right, down), args.printer)
    rows.written(args.out, certificate_print.calibration(ws, args.printer))
    told = asdict(certificate_print.offset(ws, args.printer)) | {"file": str(args.out)}
    return Answer(told, (translate("Đã ghi {file}.", file=args.out),))


def take_over(args: argparse.Namespace, context: Context) -> Answer:
    """One certificate of earlier years."""
    made = certificate_opening.take_over(
        context.workspace(), args.person, arguments.values(args.set)
    )
    return rows.saved(made)


def offers(_args: argparse.Namespace, context: Context) -> Answer:
    """Whose own fields name a certificate."""
    found = certificate_opening.offers(context.workspace())
    lines = tuple(
        "\t".join((one.person_id, one.name, one.number, dates.show(one.issued_on, language())))
        for one in found
    )
    return Answer({"offers": [asdict(one) for one in found]}, lines)


def adopt(args: argparse.Namespace, context: Context) -> Answer:
    """Take them into the book."""
    ws = context.workspace()
    ids = rows.chosen(args, context)
    if args.all:
        ids = tuple(one.person_id for one in certificate_opening.offers(ws))
    problems = certificate_opening.adopt(ws, ids)
    done = len(ids) - len(problems)
    return _mixed({"adopted": done}, translate("Đã đưa {count} giấy vào sổ.", count=done), problems)


def opening(args: argparse.Namespace, context: Context) -> Answer:
    """The totals of the minute beside what was brought in; exits 1 when they differ."""
    ws = context.workspace()
    if args.set:
        certificate_opening.say_opening(ws, arguments.values(args.set))
    if args.out:
        certificate_opening.minute(ws, args.out)
    found = certificate_opening.opening(ws)
    blank = translate("chưa ghi")
    lines = [
        f"{one.label}\t{blank if one.said is None else one.said}\t{one.found}"
        for one in found.lines
    ]
    said = [one for one in found.lines if one.said is not None]
    told = asdict(found) | {"agrees": all(one.agrees for one in said)}
    return Answer(told, tuple(lines), 0 if told["agrees"] else 1)


def _mixed(told: dict[str, Any], said: str, problems: tuple[Problem, ...]) -> Answer:
    told["problems"] = [documents.problem(one) for one in problems]
    return Answer(told, (said, *(one.message for one in problems)), int(bool(problems)))


def _listed(found: Any, total: int) -> Answer:
    told = {"total": total, "certificates": [asdict(one) for one in found]}
    return Answer(told, tuple("\t".join((line(one), *marks(one))) for one in found))
