"""Verbs about what belongs to a person: needs, files."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_records as records
from app.actions import attachment, need
from app.cli_context import Answer, Context
from app.values.attachment import AttachmentDraft
from app.values.need import NeedDraft, NeedsFilter, NeedStepDraft
from app.wording import translate
from data import codes


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    _register_needs(_kinds(verbs, "needs", translate("nhu cầu của một người")))
    _register_files(_kinds(verbs, "files", translate("ảnh, bản chụp giấy tờ của một người")))


def _kinds(verbs: Any, name: str, words: str) -> Any:
    group = verbs.add_parser(name, help=words)
    return group.add_subparsers(required=True, dest="kind")


def _verb(kinds: Any, name: str, words: str, *ids: str) -> Any:
    told = {
        "PERSON": translate("mã người, như people list cho biết"),
        "NEED": translate("mã nhu cầu, như needs list cho biết"),
        "ID": translate("mã tệp, như files list cho biết"),
    }
    verb = kinds.add_parser(name, help=words)
    for each in ids:
        verb.add_argument(each.lower(), metavar=each, help=told[each])
    return verb


def _register_needs(kinds: Any) -> None:
    verb = _verb(kinds, "list", translate("liệt kê nhu cầu, cần nhất trước"))
    whose = translate("mã người, như people list cho biết; không ghi thì của mọi người")
    verb.add_argument("person", nargs="?", default="", metavar="PERSON", help=whose)
    for name in ("group", "item", "status"):
        arguments.take_codes(verb, f"--{name}", f"need_{name}")
    arguments.take_units(verb, translate("chỉ người của các đơn vị này"))
    verb.add_argument("--due", action="store_true", help=translate("đến hạn hỏi lại"))
    arguments.take_pages(verb, translate("tối đa bao nhiêu dòng"), translate("bỏ qua dòng đầu"))
    verb.set_defaults(run=needs_list)
    words = translate("ghi tình trạng nhu cầu từ một ngày, kèm lý do")
    verb = _verb(kinds, "step", words, "NEED")
    verb.add_argument("--status", required=True, metavar="CODE", help=_listed("need_status"))
    for name, words in (
        ("on", translate("ngày, mặc định hôm nay")),
        ("reason", translate("lý do")),
        ("review", translate("ngày hỏi lại")),
    ):
        verb.add_argument(f"--{name}", default="", metavar=name.upper(), help=words)
    verb.set_defaults(run=needs_step)
    verb = _verb(kinds, "add", translate("thêm một nhu cầu"), "PERSON")
    arguments.take_values(verb)
    verb.set_defaults(run=needs_save, need=None)
    verb = _verb(kinds, "edit", translate("sửa một nhu cầu"), "PERSON", "NEED")
    arguments.take_values(verb)
    verb.set_defaults(run=needs_save)
    verb = _verb(kinds, "withdraw", translate("rút nhu cầu ghi nhầm, kèm lý do"), "NEED")
    arguments.take_reason(verb)
    verb.set_defaults(run=needs_withdraw)


def _register_files(kinds: Any) -> None:
    verb = _verb(kinds, "list", translate("liệt kê tệp của một người"), "PERSON")
    verb.add_argument("--removed", action="store_true", help=translate("tệp đã gỡ"))
    verb.set_defaults(run=files_list)
    verb = _verb(kinds, "add", translate("giữ ảnh hoặc bản chụp, kèm căn cứ lưu giữ"), "PERSON")
    verb.add_argument("file", type=Path, metavar="FILE", help=translate("tệp ảnh hoặc PDF"))
    verb.add_argument("--kind", required=True, metavar="CODE", help=_listed("attachment_kind"))
    verb.add_argument("--basis", required=True, metavar="CODE", help=_listed("legal_basis"))
    title = translate("tên để đọc, mặc định tên tệp")
    verb.add_argument("--title", default="", metavar="TEXT", help=title)
    verb.add_argument("--taken-on", default="", metavar="DATE", help=translate("ngày chụp"))
    day = translate("ngày đồng ý, cần khi căn cứ là consent")
    verb.add_argument("--consent-on", default="", metavar="DATE", help=day)
    paper = translate("tệp là văn bản đồng ý")
    verb.add_argument("--consent-paper", default=None, metavar="ID", help=paper)
    told = translate("hồ sơ xác định mà giấy này nộp kèm, như applications list cho biết")
    verb.add_argument("--application", default=None, metavar="ID", help=told)
    verb.add_argument("--case", default=None, metavar="ID", help=translate("ca mà tệp thuộc về"))
    closed = translate("giấy tờ mật: chỉ người được cấp quyền mở được")
    verb.add_argument("--confidential", action="store_true", help=closed)
    verb.set_defaults(run=files_add)
    words = translate("xin tải, gửi ảnh gốc với lượt đồng bộ tới, dù đường truyền tính tiền")
    verb = _verb(kinds, "fetch", words, "PERSON")
    which = translate("mã tệp; không ghi thì mọi tệp của người này")
    verb.add_argument("ids", nargs="*", metavar="ID", help=which)
    verb.set_defaults(run=files_fetch)
    verb = _verb(kinds, "export", translate("chép một tệp ra ngoài sổ; có ghi nhật ký"), "ID")
    out = translate("tệp được ghi ra")
    verb.add_argument("--out", type=Path, required=True, metavar="PATH", help=out)
    whom = translate("nơi nhận bên ngoài: cần người ấy và thủ trưởng đồng ý")
    verb.add_argument("--recipient", default="", metavar="TEXT", help=whom)
    verb.set_defaults(run=files_export)
    verb = _verb(kinds, "remove", translate("gỡ một tệp, kèm lý do"), "ID")
    arguments.take_reason(verb)
    verb.set_defaults(run=files_remove)
    words = translate("ghi căn cứ lưu giữ, khi thiếu hay căn cứ cũ không còn")
    verb = _verb(kinds, "basis", words, "ID")
    verb.add_argument("--basis", required=True, metavar="CODE", help=_listed("legal_basis"))
    day = translate("ngày đồng ý, cần khi căn cứ là consent")
    verb.add_argument("--consent-on", default="", metavar="DATE", help=day)
    verb.set_defaults(run=files_basis)
    verb = _verb(kinds, "restore", translate("đưa tệp đã gỡ trở lại"), "ID")
    verb.set_defaults(run=files_restore)


def needs_list(args: argparse.Namespace, context: Context) -> Answer:
    """The needs of a person, or of everybody who fits."""
    ws = asked.about(context.workspace(), "person", args.person)
    which = NeedsFilter(
        tuple(args.group), tuple(args.item), tuple(args.status), tuple(args.unit), due=args.due
    )
    if args.person:
        needs = records.needs(ws, args.person, which)
        return Answer({"needs": needs}, records.need_lines(needs))
    limit = arguments.limit_of(args, context.json)
    page = need.listing(ws, which, limit, args.offset)
    document: dict[str, Any] = {"total": page.total, "persons": page.persons}
    document["needs"] = [asdict(one.need) | {"person_name": one.person_name} for one in page.lines]
    head = translate(
        "{total} lượt nhu cầu của {persons} người", total=page.total, persons=page.persons
    )
    return Answer(document, (head, *records.need_lines(document["needs"])))


def needs_step(args: argparse.Namespace, context: Context) -> Answer:
    """Write down how a need stands from a day on."""
    draft = NeedStepDraft(args.status, args.on, args.reason, args.review)
    need.step(context.workspace(), args.need, draft)
    return Answer({"id": args.need}, (translate("Đã lưu nhu cầu, mã {id}.", id=args.need),))


def needs_save(args: argparse.Namespace, context: Context) -> Answer:
    """Add a need, or change one."""
    draft = NeedDraft(args.person, arguments.values(args.set), args.need)
    need_id = need.save(context.workspace(), draft)
    return Answer({"id": need_id}, (translate("Đã lưu nhu cầu, mã {id}.", id=need_id),))


def needs_withdraw(args: argparse.Namespace, context: Context) -> Answer:
    """Take a need off that was written by mistake."""
    need.withdraw(context.workspace(), args.need, args.reason)
    return Answer({"id": args.need, "removed": True}, (translate("Đã rút nhu cầu."),))


def files_list(args: argparse.Namespace, context: Context) -> Answer:
    """The kept (or removed) files of a person."""
    ws = asked.about(context.workspace(), "person", args.person)
    files = records.files(ws, args.person, args.removed)
    return Answer({"files": files}, records.file_lines(files))


def files_add(args: argparse.Namespace, context: Context) -> Answer:
    """Keep a photo or scan with the basis for keeping it."""
    draft = AttachmentDraft(
        kind=args.kind,
        title=args.title,
        legal_basis=args.basis,
        taken_on=args.taken_on,
        case_id=args.case,
        consent_on=args.consent_on,
        consent_id=args.consent_paper,
        confidential=args.confidential,
        application_id=args.application,
    )
    card = attachment.add(context.workspace(), args.person, args.file, draft)
    return Answer(asdict(card), (translate("Đã giữ tệp, mã {id}.", id=card.id),))


def files_fetch(args: argparse.Namespace, context: Context) -> Answer:
    """Ask for the originals of a person's files, or of some of them, over any line."""
    ws = asked.about(context.workspace(), "person", args.person)
    ids = args.ids or [card.id for card in attachment.of_person(ws, args.person)]
    count = attachment.ask(ws, ids)
    said = translate("Đã xin {count} ảnh gốc; đi, về với lượt đồng bộ tới.", count=count)
    return Answer({"asked": count}, (said,))


def files_export(args: argparse.Namespace, context: Context) -> Answer:
    """Write a kept file out of the store; the export is logged."""
    size = attachment.export(context.workspace(), args.id, args.out, args.recipient.strip())
    said = translate("Đã chép tệp ra {file}.", file=args.out)
    return Answer({"id": args.id, "file": str(args.out), "bytes": size}, (said,))


def files_remove(args: argparse.Namespace, context: Context) -> Answer:
    """Take a file off a person."""
    attachment.remove(context.workspace(), args.id, args.reason)
    return Answer({"id": args.id, "removed": True}, (translate("Đã gỡ tệp."),))


def files_basis(args: argparse.Namespace, context: Context) -> Answer:
    """Say on what basis a file is kept."""
    attachment.found_on(context.workspace(), args.id, args.basis, args.consent_on)
    return Answer({"id": args.id, "basis": args.basis}, (translate("Đã ghi căn cứ lưu giữ."),))


def files_restore(args: argparse.Namespace, context: Context) -> Answer:
    """Put a removed file back."""
    attachment.restore(context.workspace(), args.id)
    return Answer({"id": args.id, "removed": False}, (translate("Đã đưa tệp lại."),))


def _listed(name: str) -> str:
    return ", ".join(item.code for item in codes.get(name).items)
