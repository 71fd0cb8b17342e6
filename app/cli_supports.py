"""Verbs about help for one person: referrals, supports, assistive devices."""

from __future__ import annotations

import argparse
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_rows as rows
from app.actions import assistive_device, referral, support, support_papers
from app.cli_context import Answer, Context
from app.values.assistive_device import AidDraft, RepairDraft
from app.values.referral import ReferralDraft, ReferralsFilter, ReferralStep
from app.values.support import SupportDraft
from app.wording import translate
from data import codes


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    _referrals(rows.kinds(verbs, "referrals", translate("chuyển gửi")))
    _supports(rows.kinds(verbs, "supports", translate("hỗ trợ của một người")))
    _aids(rows.kinds(verbs, "aids", translate("dụng cụ trợ giúp của một người")))


def _referrals(kinds: Any) -> None:
    verb = rows.verb(kinds, "list", translate("liệt kê chuyển gửi"), referrals_list)
    arguments.take_about(verb, translate("chỉ của một người"))
    arguments.take_codes(verb, "--status", "referral_status")
    verb.add_argument("--overdue", action="store_true", help=translate("quá hạn trả lời"))
    arguments.take_pages(verb, translate("tối đa bao nhiêu dòng"), translate("bỏ qua dòng đầu"))
    verb = rows.sets(kinds, "add", translate("viết chuyển gửi"), referrals_save, "PERSON")
    for name in ("provider", "need", "case"):
        verb.add_argument(f"--{name}", default=None, metavar="ID", help=translate("mã liên quan"))
    verb.set_defaults(id=None)
    verb = rows.sets(kinds, "edit", translate("sửa chuyển gửi"), referrals_save, "PERSON", "ID")
    verb.set_defaults(provider=None, need=None, case=None)
    verb = rows.verb(kinds, "step", translate("gửi, trả lời, phục vụ, rút"), referrals_step, "ID")
    listed = ", ".join(one.code for one in codes.get("referral_status").items)
    verb.add_argument("--status", required=True, metavar="CODE", help=listed)
    for name, words in (
        ("on", translate("ngày, mặc định hôm nay")),
        ("note", translate("nội dung trả lời, lý do")),
        ("due", translate("hẹn trả lời trước ngày")),
        ("number", translate("số văn bản gửi đi")),
    ):
        verb.add_argument(f"--{name}", default="", metavar=name.upper(), help=words)
    scan = translate("bản chụp văn bản trả lời, như files list cho biết")
    verb.add_argument("--file", default=None, metavar="ID", help=scan)
    verb = rows.verb(kinds, "letter", translate("in thư chuyển gửi"), referrals_letter, "ID")
    closed = translate("in cả phần mật, khi được quyền đọc")
    verb.add_argument("--confidential", action="store_true", help=closed)
    rows.out(verb)
    rows.removes(kinds, referral.remove)


def _supports(kinds: Any) -> None:
    rows.verb(kinds, "list", translate("liệt kê hỗ trợ"), supports_list, "PERSON")
    verb = rows.sets(kinds, "add", translate("ghi một lần hỗ trợ"), supports_save, "PERSON")
    verb.add_argument("--need", default=None, metavar="ID", help=translate("mã liên quan"))
    verb.set_defaults(id=None)
    rows.sets(kinds, "edit", translate("sửa một lần hỗ trợ"), supports_save, "PERSON", "ID")
    rows.removes(kinds, support.remove)
    rows.imports(kinds, "support")


def _aids(kinds: Any) -> None:
    rows.verb(kinds, "list", translate("liệt kê dụng cụ"), aids_list, "PERSON")
    rows.sets(kinds, "add", translate("ghi một dụng cụ"), aids_save, "PERSON").set_defaults(id=None)
    rows.sets(kinds, "edit", translate("sửa một dụng cụ"), aids_save, "PERSON", "ID")
    verb = rows.verb(kinds, "move", translate("đưa sửa, trả lại, mất, hỏng"), aids_move, "ID")
    listed = ", ".join(one.code for one in codes.get("aid_status").items)
    verb.add_argument("--status", required=True, metavar="CODE", help=listed)
    verb.add_argument("--note", default="", metavar="TEXT", help=translate("ghi chú"))
    verb = rows.sets(kinds, "repair", translate("ghi sửa chữa, kiểm tra"), aids_repair, "ID")
    again = translate("ngày kiểm tra lần sau")
    verb.add_argument("--next", default="", metavar="DATE", help=again)
    rows.imports(kinds, "assistive_device")


def referrals_list(args: argparse.Namespace, context: Context) -> Answer:
    """Referrals of one person, or of everybody who fits."""
    ws = asked.about(context.workspace(), "person", args.person)
    if args.person:
        return rows.listed("referrals", referral.of_person(ws, args.person), "referral")
    which = ReferralsFilter(tuple(args.status), args.overdue)
    limit = arguments.limit_of(args, context.json)
    page = referral.listing(ws, which, limit, args.offset)
    answer = rows.listed("referrals", page.cards, "referral")
    return Answer({"total": page.total, **answer.document}, answer.lines)


def referrals_save(args: argparse.Namespace, context: Context) -> Answer:
    """Write a referral, or correct one."""
    draft = ReferralDraft(
        args.person, arguments.values(args.set), args.id, args.provider, args.need, args.case
    )
    return rows.saved(referral.save(context.workspace(), draft))


def referrals_step(args: argparse.Namespace, context: Context) -> Answer:
    """Write down what became of a referral."""
    draft = ReferralStep(args.status, args.on, args.note, args.due, args.number, args.file)
    referral.step(context.workspace(), args.id, draft)
    return rows.saved(args.id)


def referrals_letter(args: argparse.Namespace, context: Context) -> Answer:
    """The letter of a referral as a PDF."""
    ws = context.workspace()
    return rows.written(args.out, support_papers.referral_letter(ws, args.id, args.confidential))


def supports_list(args: argparse.Namespace, context: Context) -> Answer:
    """What a person was given."""
    ws = asked.about(context.workspace(), "person", args.person)
    return rows.listed("supports", support.of_person(ws, args.person), "support")


def supports_save(args: argparse.Namespace, context: Context) -> Answer:
    """Write a support, or correct one."""
    need_id = getattr(args, "need", None)
    draft = SupportDraft(args.person, arguments.values(args.set), args.id, need_id)
    return rows.saved(support.save(context.workspace(), draft))


def aids_list(args: argparse.Namespace, context: Context) -> Answer:
    """The devices of a person."""
    ws = asked.about(context.workspace(), "person", args.person)
    return rows.listed("aids", assistive_device.of_person(ws, args.person), "assistive_device")


def aids_save(args: argparse.Namespace, context: Context) -> Answer:
    """Write a device, or correct one."""
    draft = AidDraft(args.person, arguments.values(args.set), args.id)
    return rows.saved(assistive_device.save(context.workspace(), draft))


def aids_move(args: argparse.Namespace, context: Context) -> Answer:
    """A device goes to repair, comes back, is given back, lost or worn out."""
    assistive_device.move(context.workspace(), args.id, args.status, note=args.note)
    return rows.saved(args.id)


def aids_repair(args: argparse.Namespace, context: Context) -> Answer:
    """Write down a repair or a check."""
    draft = RepairDraft(arguments.values(args.set), args.next)
    return rows.saved(assistive_device.repair(context.workspace(), args.id, draft))
