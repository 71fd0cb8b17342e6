"""Verbs about who sits on the council."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_rows as rows
from app.actions import council_member
from app.cli_context import Answer, Context
from app.rules import dates
from app.values.council import MemberDraft
from app.wording import language, translate
from data import codes


def register(kinds: Any) -> None:
    """Add the verbs to those of the council."""
    words = translate("ai ngồi trong Hội đồng ngày ấy, vai nào còn thiếu, cần mấy người")
    verb = rows.verb(kinds, "members", words, members)
    verb.add_argument("--on", type=arguments.day, default=None, metavar="DATE",
                      help=translate("ngày, mặc định hôm nay"))  # fmt: skip
    verb.add_argument("--everybody", action="store_true", help=translate("cả người đã thôi"))
    verb = rows.sets(kinds, "set", translate("ghi một thành viên theo quyết định"), save)
    verb.add_argument("--id", default=None, metavar="ID", help=translate("sửa thành viên này"))
    verb = rows.verb(kinds, "retire", translate("một thành viên thôi từ sau ngày"), retire, "ID")
    verb.add_argument("--until", required=True, metavar="DATE", help=translate("ngày cuối"))
    verb.add_argument("--decision", default="", metavar="NUMBER",
                      help=translate("số quyết định thay đổi"))  # fmt: skip
    rows.removes(kinds, council_member.remove)


def members(args: argparse.Namespace, context: Context) -> Answer:
    """The council of a day."""
    found = council_member.council(context.workspace(), args.on or "", args.everybody)
    lines = [
        "\t".join((one.id, one.name, one.position, _roles(one.roles),
                   dates.show(one.valid_from, language()), dates.show(one.valid_to, language())))
        for one in found.members
    ]  # fmt: skip
    lines.append(translate("Cần ít nhất {count} thành viên có mặt.", count=found.quorum))
    if found.lacking:
        lines.append(translate("Còn thiếu vai: {roles}.", roles=_roles(found.lacking)))
    return Answer(asdict(found), tuple(lines))


def save(args: argparse.Namespace, context: Context) -> Answer:
    """Set a member, or correct one."""
    draft = MemberDraft(arguments.values(args.set), args.id)
    return rows.saved(council_member.save(context.workspace(), draft))


def retire(args: argparse.Namespace, context: Context) -> Answer:
    """A member leaves."""
    council_member.retire(context.workspace(), args.id, args.until, args.decision)
    return rows.saved(args.id)


def _roles(roles: tuple[str, ...]) -> str:
    return ", ".join(codes.label("council_role", one, language()) for one in roles)
