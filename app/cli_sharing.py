"""Verbs about consent and sharing: what stands, who agrees, what left the office and to whom."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app.actions import consent, sharing
from app.actions.history_words import when
from app.cli_context import Answer, Context
from app.values.sharing import ConsentDraft, SharingCard, SharingDraft
from app.wording import language, say, translate
from data import codes


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    words = translate("căn cứ, đồng ý của một người cho từng việc")
    _register_consents(verbs.add_parser("consents", help=words))
    words = translate("chia sẻ ra ngoài cơ quan: xin, duyệt, đã đưa cho ai")
    _register_sharing(verbs.add_parser("sharing", help=words))


def _register_consents(group: Any) -> None:
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("list", help=translate("căn cứ, đồng ý đang có và đã rút"))
    arguments.take_person(verb)
    verb.set_defaults(run=consents)
    for name, words in (
        ("add", translate("ghi căn cứ hay đồng ý cho một việc")),
        ("edit", translate("sửa căn cứ, đồng ý chưa rút")),
    ):
        verb = kinds.add_parser(name, help=words)
        arguments.take_person(verb)
        if name == "edit":
            _take_consent(verb)
        arguments.take_values(verb)
        paper = translate("tệp là bản chụp văn bản đồng ý")
        verb.add_argument("--paper", default=None, metavar="ID", help=paper)
        verb.set_defaults(run=save_consent)
    words = translate("rút đồng ý: thôi chia sẻ, và nêu những nơi đã nhận để báo lại")
    verb = kinds.add_parser("withdraw", help=words)
    _take_consent(verb)
    verb.add_argument(
        "--note", required=True, metavar="TEXT", help=translate("ai rút, rút thế nào")
    )
    verb.add_argument("--on", default="", metavar="DATE", help=translate("ngày"))
    verb.set_defaults(run=withdraw)
    words = translate("gỡ căn cứ, đồng ý ghi nhầm, kèm lý do")
    verb = kinds.add_parser("remove", help=words)
    _take_consent(verb)
    arguments.take_reason(verb)
    verb.set_defaults(run=remove)
    words = translate("in giấy đồng ý: trống, hoặc điền sẵn cho một người")
    verb = kinds.add_parser("print", help=words)
    who = translate("mã người, như people list cho biết")
    verb.add_argument("--person", default="", metavar="ID", help=who)
    verb.add_argument("--consent", default="", metavar="ID", help=translate("căn cứ cần in"))
    out = translate("tệp PDF được ghi ra")
    verb.add_argument("--out", type=Path, required=True, metavar="FILE.pdf", help=out)
    verb.set_defaults(run=print_form)


def _register_sharing(group: Any) -> None:
    kinds = group.add_subparsers(required=True, dest="kind")
    words = translate("đang chờ thủ trưởng duyệt, hoặc mọi lần của một người")
    verb = kinds.add_parser("list", help=words)
    who = translate("mã người, như people list cho biết")
    arguments.take_about(verb, who)
    verb.set_defaults(run=listing)
    verb = kinds.add_parser("ask", help=translate("xin thủ trưởng cho chia sẻ"))
    who = translate("mã người, như people list cho biết")
    verb.add_argument("persons", nargs="+", metavar="PERSON", help=who)
    purposes = ", ".join(item.code for item in codes.get("sharing_purpose").items)
    verb.add_argument("--purpose", required=True, metavar="CODE", help=purposes)
    verb.add_argument("--recipient", required=True, metavar="TEXT", help=translate("nơi nhận"))
    arguments.take_reason(verb)
    what = translate("chia sẻ những gì")
    verb.add_argument("--what", default="", metavar="TEXT", help=what)
    verb.set_defaults(run=ask)
    verb = kinds.add_parser("approve", help=translate("thủ trưởng đồng ý"))
    _take_ids(verb)
    verb.set_defaults(run=approve)
    verb = kinds.add_parser("refuse", help=translate("thủ trưởng không đồng ý, kèm lý do"))
    _take_ids(verb)
    arguments.take_reason(verb)
    verb.set_defaults(run=refuse)
    verb = kinds.add_parser("end", help=translate("thôi chia sẻ với nơi này, kèm lý do"))
    _take_id(verb)
    arguments.take_reason(verb)
    verb.set_defaults(run=end)
    verb = kinds.add_parser("told", help=translate("đã báo nơi nhận là người ấy rút đồng ý"))
    _take_id(verb)
    verb.add_argument("--on", default="", metavar="DATE", help=translate("ngày"))
    verb.set_defaults(run=told)


def _take_consent(verb: Any) -> None:
    told_where = translate("mã căn cứ, như consents list cho biết")
    verb.add_argument("consent", metavar="CONSENT", help=told_where)


def _take_id(verb: Any) -> None:
    verb.add_argument("id", metavar="ID", help=translate("mã, như sharing list cho biết"))


def _take_ids(verb: Any) -> None:
    verb.add_argument(
        "ids", nargs="+", metavar="ID", help=translate("mã, như sharing list cho biết")
    )


def consents(args: argparse.Namespace, context: Context) -> Answer:
    """What a person agreed to, and what each still lacks."""
    ws = asked.about(context.workspace(), "person", args.person)
    cards = consent.of_person(ws, args.person)
    lines = []
    for one in cards:
        facts = {"name": "", "purpose": codes.label("sharing_purpose", one.purpose, language())}
        state = translate("đã rút") if one.withdrawn_on else translate("có hiệu lực")
        if one.lacks and not one.withdrawn_on:
            state = " ".join(say(code, facts | {"recipient": ""}) for code in one.lacks)
        basis = codes.label("legal_basis", one.basis, language())
        lines.append("\t".join((one.id, str(facts["purpose"]), basis, state)))
    return Answer({"consents": [asdict(one) for one in cards]}, tuple(lines))


def save_consent(args: argparse.Namespace, context: Context) -> Answer:
    """Record a basis, or correct one."""
    which = getattr(args, "consent", None)
    draft = ConsentDraft(args.person, arguments.values(args.set), args.paper, which)
    key = consent.save(context.workspace(), draft)
    return Answer({"id": key}, (translate("Đã ghi căn cứ, đồng ý, mã {id}.", id=key),))


def withdraw(args: argparse.Namespace, context: Context) -> Answer:
    """The person takes a consent back."""
    shared = consent.withdraw(context.workspace(), args.consent, args.note, args.on)
    said = translate("Đã rút đồng ý. {count} lần đã chia sẻ cần báo lại.", count=len(shared))
    return Answer({"id": args.consent, "shared": list(shared)}, (said,))


def remove(args: argparse.Namespace, context: Context) -> Answer:
    """Take off a basis that was written by mistake."""
    consent.remove(context.workspace(), args.consent, args.reason)
    return Answer({"id": args.consent, "removed": True}, (translate("Đã gỡ căn cứ."),))


def print_form(args: argparse.Namespace, context: Context) -> Answer:
    """Print the consent form, blank or filled."""
    from app.actions import consent_paper

    consent_paper.write(context.workspace(), args.out, args.person, args.consent)
    return Answer({"file": str(args.out)}, (translate("Đã in vào {file}.", file=args.out),))


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """What waits for the head, or everything about one person."""
    ws = asked.about(context.workspace(), "person", args.person)
    cards = sharing.of_person(ws, args.person) if args.person else sharing.queue(ws)
    return Answer({"sharing": [asdict(one) for one in cards]}, tuple(_line(one) for one in cards))


def ask(args: argparse.Namespace, context: Context) -> Answer:
    """Ask the head to share."""
    draft = SharingDraft(tuple(args.persons), args.purpose, args.recipient, args.reason, args.what)
    ids, problems = sharing.request(context.workspace(), draft)
    said = translate("Đã xin chia sẻ {count} hồ sơ.", count=len(ids))
    return arguments.decided("ids", ids, problems, said)


def approve(args: argparse.Namespace, context: Context) -> Answer:
    """The head agrees."""
    problems = sharing.approve(context.workspace(), args.ids)
    refused = {one.value for one in problems}
    done = [one for one in args.ids if one not in refused]
    return arguments.decided("approved", done, problems, translate("Đã duyệt chia sẻ."))


def refuse(args: argparse.Namespace, context: Context) -> Answer:
    """The head does not agree."""
    problems = sharing.refuse(context.workspace(), args.ids, args.reason)
    refused = {one.value for one in problems}
    done = [one for one in args.ids if one not in refused]
    return arguments.decided("refused", done, problems, translate("Đã từ chối chia sẻ."))


def end(args: argparse.Namespace, context: Context) -> Answer:
    """Nothing more goes to this recipient."""
    sharing.end(context.workspace(), args.id, args.reason)
    return Answer({"id": args.id, "state": "ended"}, (translate("Đã thôi chia sẻ."),))


def told(args: argparse.Namespace, context: Context) -> Answer:
    """The recipient was told of the withdrawal."""
    sharing.told(context.workspace(), args.id, args.on)
    return Answer({"id": args.id, "told": True}, (translate("Đã ghi ngày báo nơi nhận."),))


def _line(one: SharingCard) -> str:
    words = (
        one.id,
        one.person_name,
        codes.label("sharing_purpose", one.purpose, language()),
        one.recipient,
        codes.label("sharing_state", one.state, language()),
        when(one.shared_at or one.decided_at or one.asked_at),
    )
    return "\t".join(words)
