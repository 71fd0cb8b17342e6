"""Verbs about handing persons to another office: ask, agree, late edits, who left."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app import cli_documents as documents
from app.actions import departed, handing_over, late_edit, transfer
from app.cli_arguments import decided, take_reason, take_units
from app.cli_context import Answer, Context
from app.errors import Refused
from app.rules import dates
from app.values.transfer import TransferCard, TransferDraft
from app.wording import say, translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("transfer", help=translate("chuyển người sang cơ quan khác"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("offices", help=translate("các cơ quan khác mà máy chủ cho biết"))
    verb.set_defaults(run=offices)
    verb = kinds.add_parser("list", help=translate("đề nghị chuyển đi, chuyển đến, sửa muộn"))
    verb.add_argument("--all", action="store_true", help=translate("cả những việc đã xong"))
    verb.set_defaults(run=listing)
    _register_request(kinds)
    _register_steps(kinds)
    _register_departed(kinds)
    _register_keys(kinds)


def _register_keys(kinds: Any) -> None:
    group = kinds.add_parser("key", help=translate("thông tin mật của người đã chuyển"))
    deeds = group.add_subparsers(required=True, dest="deed")
    ids = translate("mã đề nghị, như transfer list --all cho biết")
    said = translate("dấu nhận ra của máy ở cơ quan kia, nghe qua điện thoại")
    for name, words in (
        ("ask", translate("ở cơ quan nhận: xin mở, và nói dấu nhận ra của máy này")),
        ("give", translate("ở cơ quan cũ: giao cho máy có dấu ấy")),
        ("take", translate("ở cơ quan nhận: nhận từ máy có dấu ấy")),
    ):
        verb = deeds.add_parser(name, help=words)
        verb.add_argument("id", metavar="ID", help=ids)
        if name != "ask":
            verb.add_argument("--fingerprint", required=True, metavar="TEXT", help=said)
        verb.set_defaults(run=hand_key)


def hand_key(args: argparse.Namespace, context: Context) -> Answer:
    """Ask for restricted values, give them, take them in."""
    ws = context.workspace()
    if args.deed == "ask":
        own = handing_over.ask(ws, args.id)
        said = translate("Dấu nhận ra của máy này: {print}. Đọc cho cơ quan cũ.", print=own)
        return Answer({"id": args.id, "fingerprint": own}, (said,))
    work = handing_over.give if args.deed == "give" else handing_over.take
    count = work(ws, args.id, args.fingerprint)
    said = translate("{count} mục thông tin mật.", count=count)
    return Answer({"id": args.id, "values": count}, (said,))


def _register_request(kinds: Any) -> None:
    verb = kinds.add_parser("request", help=translate("đề nghị chuyển một hay nhiều người"))
    whom = translate("mã người, như people list cho biết")
    verb.add_argument("person", nargs="*", metavar="PERSON", help=whom)
    every = translate("mọi người của các đơn vị này, thay cho mã người")
    take_units(verb, every)
    there = translate("mã hay tên đầy đủ của cơ quan nhận, như transfer offices cho biết")
    verb.add_argument("--to", required=True, metavar="OFFICE", help=there)
    take_reason(verb)
    day = translate("chuyển từ ngày nào; không ghi là hôm nay")
    verb.add_argument("--on", default="", metavar="DATE", help=day)
    verb.set_defaults(run=request)


def _register_steps(kinds: Any) -> None:
    ids = translate("mã đề nghị, hay mã của cả đợt, như transfer list cho biết")
    verb = kinds.add_parser(
        "approve", help=translate("đồng ý: cho đi ở cơ quan gửi, nhận ở cơ quan nhận")
    )
    verb.add_argument("ids", nargs="+", metavar="ID", help=ids)
    verb.set_defaults(run=approve)
    verb = kinds.add_parser("refuse", help=translate("không đồng ý, nói rõ vì sao"))
    verb.add_argument("ids", nargs="+", metavar="ID", help=ids)
    take_reason(verb)
    verb.set_defaults(run=refuse)
    verb = kinds.add_parser("withdraw", help=translate("rút lại đề nghị chưa được nhận"))
    verb.add_argument("ids", nargs="+", metavar="ID", help=ids)
    verb.set_defaults(run=withdraw)
    late = translate("mã lần sửa muộn, như transfer list cho biết")
    verb = kinds.add_parser("take", help=translate("lấy một lần sửa muộn vào hồ sơ"))
    verb.add_argument("id", metavar="ID", help=late)
    verb.set_defaults(run=take)
    verb = kinds.add_parser("decline", help=translate("không lấy một lần sửa muộn"))
    verb.add_argument("id", metavar="ID", help=late)
    take_reason(verb)
    verb.set_defaults(run=decline)


def _register_departed(kinds: Any) -> None:
    verb = kinds.add_parser("show", help=translate("đọc bản giữ lại của người đã chuyển đi"))
    whom = translate("mã người, như transfer list cho biết")
    verb.add_argument("person", metavar="PERSON", help=whom)
    verb.set_defaults(run=show)
    words = translate("xóa các bản giữ lại đã hết thời hạn lưu")
    verb = kinds.add_parser("wipe", help=words)
    verb.add_argument("person", nargs="*", metavar="PERSON", help=whom)
    verb.set_defaults(run=wipe)


def offices(_args: argparse.Namespace, context: Context) -> Answer:
    """The offices somebody can be handed to."""
    found = transfer.offices(context.workspace())
    lines = [f"{one.id}\t{one.name}\t{' '.join(one.units)}" for one in found]
    return Answer({"offices": [asdict(one) for one in found]}, tuple(lines))


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """What is under way, late edits, and who left."""
    desk = transfer.desk(context.workspace(), args.all)
    document = {
        "outgoing": [asdict(one) for one in desk.outgoing],
        "incoming": [asdict(one) for one in desk.incoming],
        "late": [asdict(one) for one in desk.late],
        "departed": [asdict(one) for one in desk.departed],
    }
    lines = [_line(one) for one in (*desk.incoming, *desk.outgoing)]
    for late in desk.late:
        words = "; ".join(f"{name}: {old or '…'} → {new}" for name, old, new in late.values)
        lines.append(f"{late.id}\t{late.name}\t{say(f'late_edit_{late.state}')}\t{words}")
    for gone in desk.departed:
        said = translate("đã chuyển đến {office}", office=gone.office)
        lines.append(f"{gone.person_id}\t{gone.name}\t{said}")
    return Answer(document, tuple(lines))


def request(args: argparse.Namespace, context: Context) -> Answer:
    """Ask for persons, or for everybody of some units."""
    ws = context.workspace()
    if bool(args.person) == bool(args.unit):
        raise Refused.one("transfer_whom", "person")
    draft = TransferDraft(tuple(args.person), args.to, args.reason, args.on)
    made = (
        transfer.request_units(ws, args.unit, draft) if args.unit else transfer.request(ws, draft)
    )
    document: dict[str, Any] = {"bundle": made.bundle, "ids": list(made.ids)}
    said = [translate("Đã đề nghị chuyển {count} người; mã đợt {id}.",
                      count=len(made.ids), id=made.bundle)]  # fmt: skip
    if made.skipped:
        document["problems"] = [documents.problem(one) for one in made.skipped]
        said += [one.message for one in made.skipped]
    return Answer(document, tuple(said), exit_code=1 if made.skipped else 0)


def approve(args: argparse.Namespace, context: Context) -> Answer:
    """Agree to requests."""
    problems = transfer.approve(context.workspace(), args.ids)
    return decided("approved", _rest(args.ids, problems), problems, translate("Đã đồng ý."))


def refuse(args: argparse.Namespace, context: Context) -> Answer:
    """Do not agree to requests."""
    problems = transfer.refuse(context.workspace(), args.ids, args.reason)
    said = translate("Đã ghi là không đồng ý.")
    return decided("refused", _rest(args.ids, problems), problems, said)


def withdraw(args: argparse.Namespace, context: Context) -> Answer:
    """Take requests back."""
    problems = transfer.step(context.workspace(), "withdraw", args.ids)
    return decided("withdrawn", _rest(args.ids, problems), problems, translate("Đã rút lại."))


def take(args: argparse.Namespace, context: Context) -> Answer:
    """Write a late edit into the record."""
    pending = late_edit.take(context.workspace(), args.id)
    said = translate("Đã lấy vào hồ sơ.")
    if pending:
        said += " " + translate("Giá trị này chờ người khác duyệt; đến lúc ấy vẫn giữ giá trị cũ.")
    return Answer({"id": args.id, "pending": pending}, (said,))


def decline(args: argparse.Namespace, context: Context) -> Answer:
    """Do not take a late edit."""
    late_edit.decline(context.workspace(), args.id, args.reason)
    return Answer({"id": args.id}, (translate("Đã ghi là không lấy."),))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """Read what the book had of somebody who left."""
    page = departed.page(context.workspace(), args.person)
    records = [{"record": name, "fields": dict(values)} for name, values in page.records]
    lines = [f"{label}: {words}" for _, values in page.records for label, words in values]
    document = asdict(page.card) | {"records": records, "source": page.source}
    return Answer(document, tuple(lines))


def wipe(args: argparse.Namespace, context: Context) -> Answer:
    """Wipe the copies whose time is over."""
    ws = context.workspace()
    before = sum(not one.wiped for one in departed.listing(ws))
    problems = departed.wipe(ws, args.person)
    done = before - sum(not one.wiped for one in departed.listing(ws))
    document: dict[str, Any] = {"wiped": done}
    if problems:
        document["problems"] = [documents.problem(one) for one in problems]
    said = (translate("Đã xóa {count} bản giữ lại.", count=done),
            *(one.message for one in problems))  # fmt: skip
    return Answer(document, said, exit_code=1 if problems else 0)


def _rest(ids: Sequence[str], problems: Sequence[Any]) -> list[str]:
    refused = {one.value for one in problems}
    return [one for one in ids if one not in refused]


def _line(one: TransferCard) -> str:
    whom = f"{one.name} ({one.year or '?'}, {one.commune or '?'})"
    if one.incoming:
        way = translate("đến từ {office}", office=one.other_office)
    else:
        way = translate("đi {office}", office=one.other_office)
    parts = (one.id, whom, way, say(f"transfer_{one.state}"), dates.show(one.on), one.reason)
    return "\t".join(parts)
