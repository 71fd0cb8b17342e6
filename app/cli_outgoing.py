"""Verbs about sync that need a person: removals held back, and incidents."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import partial
from typing import Any

from app.actions import incidents, removals
from app.cli_context import Answer, Context
from app.section_titles import section_title
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    words = translate("quá nhiều hồ sơ bị gỡ cùng lúc: chờ người đồng ý")
    group = verbs.add_parser("removals", help=words)
    kinds = group.add_subparsers(required=True, dest="kind")
    kinds.add_parser("list", help=translate("ai bị gỡ, do ai, lúc nào")).set_defaults(run=held)
    for name, deed, told in (
        ("allow", removals.allow, translate("đồng ý gỡ")),
        ("keep", removals.keep, translate("không gỡ: giữ lại mọi hồ sơ")),
    ):
        verb = kinds.add_parser(name, help=told)
        way = translate("out: gỡ ở máy này, chờ gửi; in: gỡ ở máy khác, vừa nhận về")
        verb.add_argument("way", choices=removals.WAYS, help=way)
        verb.set_defaults(run=partial(decide, deed=deed))
    words = translate("sự cố: bản ghi từng lệch với máy chủ và đã được sửa")
    group = verbs.add_parser("incidents", help=words)
    kinds = group.add_subparsers(required=True, dest="kind")
    kinds.add_parser("list", help=translate("các sự cố chưa ai xem")).set_defaults(run=listing)
    verb = kinds.add_parser("seen", help=translate("đã xem xong một sự cố"))
    verb.add_argument("id", metavar="ID", help=translate("mã sự cố, như incidents list cho biết"))
    verb.set_defaults(run=seen)


def held(_args: argparse.Namespace, context: Context) -> Answer:
    """{removals: [{way, count, people: [{person_id, name, record, by, at}]}]}."""
    groups = removals.held(context.workspace())
    lines = [translate("{count} lần gỡ chờ đồng ý", count=sum(one.count for one in groups))]
    for group in groups:
        for one in group.people:
            lines.append(f"{group.way}\t{one.name}\t{one.by}\t{one.at}")
    return Answer({"removals": [asdict(one) for one in groups]}, tuple(lines))


def decide(args: argparse.Namespace, context: Context, deed: Any) -> Answer:
    """Say yes or no to what waits one way: {way, count}."""
    count = deed(context.workspace(), args.way)
    said = translate("Đã quyết định về {count} hồ sơ.", count=count)
    return Answer({"way": args.way, "count": count}, (said,))


def listing(_args: argparse.Namespace, context: Context) -> Answer:
    """{incidents: [{id, at, kind, person_id, name, record, fields, what, done}]}."""
    cards = incidents.unseen(context.workspace())
    lines = [translate("{count} sự cố chưa xem", count=len(cards))]
    for one in cards:
        whose = one.name or section_title(one.record)
        lines.append(f"{one.id}\t{whose}\t{one.what} {one.done}")
    return Answer({"incidents": [asdict(one) for one in cards]}, tuple(lines))


def seen(args: argparse.Namespace, context: Context) -> Answer:
    """Take an incident off the list: {id}."""
    incidents.seen(context.workspace(), args.id)
    return Answer({"id": args.id}, (translate("Đã xem xong."),))
