"""Verbs of what a person decides about certificates: taken back, written anew, a clash ended."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_rows as rows
from app.actions import certificate, certificate_issue, certificate_redraw, certificate_settle
from app.cli_context import Answer, Context
from app.rules import dates
from app.values.certificate import Revocation, Settling
from app.wording import language, translate
from data import codes

_WAYS = (
    certificate_settle.VOID,
    certificate_settle.NUMBER,
    certificate_settle.BLANK,
    certificate_settle.COLLECT,
)


def register(kinds: Any) -> None:
    """Add the verbs to those of certificates."""
    rows.verb(kinds, "clashes", translate("số hay phôi bị hai giấy cùng ghi"), clashes)
    told = translate("bỏ giấy chờ cấp đã cũ, viết lại theo kết luận mới")
    rows.verb(kinds, "redraw", told, redraw, "ID")
    verb = rows.verb(kinds, "revoke", translate("thu hồi theo kết luận của cơ quan"), revoke, "ID")
    arguments.take_reason(verb)
    verb.add_argument("--by", metavar="TEXT", required=True, help=translate("cơ quan kết luận"))
    verb.add_argument("--decision", metavar="N", required=True, help=translate("số quyết định"))
    days(verb)
    _own(verb)
    told = translate("giải quyết trùng số, phôi hay người: hủy, đổi số, đổi phôi, thu tờ")
    verb = rows.verb(kinds, "settle", told, settle, "ID")
    verb.add_argument("way", choices=_WAYS, metavar="|".join(_WAYS),
                      help=translate("hủy, đổi số, đổi phôi, thu tờ"))  # fmt: skip
    arguments.take_reason(verb)
    told = translate("số mới; để trống là số tiếp theo")
    verb.add_argument("--number", default="", metavar="N", help=told)
    told = translate("phôi mới; để trống là chưa in lên phôi nào")
    verb.add_argument("--serial", default="", metavar="S", help=told)
    days(verb)
    _own(verb)
    verb = rows.verb(kinds, "collect", translate("ghi đã thu lại giấy cũ"), collect, "ID")
    days(verb)


def days(verb: Any) -> None:
    """Days of an act, and of the paper that is collected."""
    verb.add_argument("--on", type=arguments.day, default=None, metavar="DATE",
                      help=translate("ngày cấp, ngày quyết định, ngày thu lại"))  # fmt: skip
    verb.add_argument("--collected", type=arguments.day, default=None, metavar="DATE",
                      help=translate("ngày thu lại giấy cũ"))  # fmt: skip
    told = translate("vì sao không thu lại được giấy cũ")
    verb.add_argument("--not-collected", default="", metavar="TEXT", help=told)


def _own(verb: Any) -> None:
    told = translate("dạng tật, mức độ trong hồ sơ người: giữ, xóa, hay theo giấy còn hiệu lực")
    verb.add_argument("--own", default="", choices=("keep", "clear", "standing"), help=told)
    told = translate("vì sao giữ dạng tật, mức độ")
    verb.add_argument("--own-reason", default="", metavar="TEXT", help=told)


def clashes(_args: argparse.Namespace, context: Context) -> Answer:
    """Numbers and blanks that several certificates claim; exits 1 when there are any."""
    found = certificate.clashes(context.workspace())
    lines = []
    for one in found:
        lines.append("\t".join((_CLASHING[one.what](), one.value)))
        lines += [f"  {line(card)}\t{card.text('serial')}" for card in one.certificates]
    return Answer({"clashes": [asdict(one) for one in found]}, tuple(lines), int(bool(found)))


_CLASHING = {
    "certificate_number": lambda: translate("trùng số giấy"),
    "serial": lambda: translate("trùng phôi"),
    "holder": lambda: translate("một người hai giấy"),
    "sheet": lambda: translate("tờ phải thu lại"),
}


def revoke(args: argparse.Namespace, context: Context) -> Answer:
    """Take one back."""
    told = (
        args.reason,
        args.by,
        args.decision,
        args.on or "",
        args.collected or "",
        args.not_collected,
        args.own,
        args.own_reason,
    )
    certificate_issue.revoke(context.workspace(), args.id, Revocation(*told))
    return Answer({"id": args.id}, (translate("Đã thu hồi giấy."),))


def redraw(args: argparse.Namespace, context: Context) -> Answer:
    """Write one that is out of date anew."""
    return rows.saved(certificate_redraw.redraw(context.workspace(), args.id))


def settle(args: argparse.Namespace, context: Context) -> Answer:
    """End a clash for one certificate."""
    told = (args.way, args.reason, args.number, args.serial, args.collected or "",
            args.not_collected, args.own, args.own_reason)  # fmt: skip
    ws = context.workspace()
    certificate_settle.settle(ws, args.id, Settling(*told))
    card = certificate.show(ws, args.id)
    said = (translate("Đã giải quyết."), line(card))
    return Answer({"id": args.id, "state": card.state, "left": certificate.clash_count(ws)}, said)


def collect(args: argparse.Namespace, context: Context) -> Answer:
    """The paper came in."""
    certificate_issue.collect(
        context.workspace(), args.id, args.on or args.collected or "", args.not_collected
    )
    return rows.saved(args.id)


def marks(card: Any) -> tuple[str, ...]:
    """What speaks against issuing it, and why it is out of date."""
    doubts = translate("còn vướng: {what}", what="; ".join(card.doubts)) if card.doubts else ""
    return tuple(one for one in (doubts, card.outdated) if one)


def line(card: Any) -> str:
    """A certificate in one line."""
    state = codes.label("certificate_state", card.state, language())
    told = (
        card.text("certificate_number"),
        dates.show(card.text("issued_on"), language()),
        card.name,
        state,
    )
    return "\t".join((card.id, *told))
