"""Verbs about conflicts: what waits for a decision, and deciding it."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app import cli_asked as asked
from app.actions import conflict
from app.cli_context import Answer, Context
from app.values.conflict import SIDES, ConflictCard
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    words = translate("xung đột: hai người cùng sửa một mục mà không thấy của nhau")
    group = verbs.add_parser("conflicts", help=words)
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("list", help=translate("liệt kê các xung đột chờ quyết định"))
    whose = translate("chỉ của một người: mã người, như people list cho biết")
    verb.add_argument("--person", default="", metavar="ID", help=whose)
    verb.set_defaults(run=listing)
    verb = kinds.add_parser(
        "resolve",
        help=translate("quyết định một xung đột"),
        description=translate(
            "Quyết định đi tới mọi máy như một lần sửa. Mục được bảo vệ của người đã duyệt thì "
            "chờ người khác duyệt; cả hai giá trị còn trong lịch sử."
        ),
    )
    verb.add_argument(
        "id", metavar="ID", help=translate("mã xung đột, như conflicts list cho biết")
    )
    taking = translate(
        "theirs: giữ giá trị đang có; mine: lấy giá trị kia; base: trở lại giá trị trước; hoặc một "
        "giá trị khác. Muốn ghi đúng một trong ba chữ ấy làm giá trị thì viết value:mine"
    )
    verb.add_argument("--take", required=True, metavar="mine|theirs|base|VALUE", help=taking)
    verb.set_defaults(run=resolve)


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """The conflicts nobody has decided yet."""
    ws = asked.about(context.workspace(), "person", args.person)
    cards = conflict.cards(ws, args.person)
    total = conflict.count(ws, args.person)
    lines = [translate("{count} xung đột chờ quyết định", count=total)]
    lines += [_line(one) for one in cards]
    return Answer({"total": total, "conflicts": [document(one) for one in cards]}, tuple(lines))


def resolve(args: argparse.Namespace, context: Context) -> Answer:
    """Decide one conflict."""
    take, typed = args.take, None
    if take not in SIDES:
        take, typed = "value", args.take.removeprefix("value:")
    done = conflict.resolve(context.workspace(), args.id, take, typed)
    said = translate("{label}: đã quyết định “{words}”.", label=done.label, words=done.words)
    if done.pending:
        said += " " + translate("Giá trị này chờ người khác duyệt; đến lúc ấy vẫn giữ giá trị cũ.")
    return Answer(asdict(done), (said,))


def document(one: ConflictCard) -> dict[str, Any]:
    """A conflict as it stands in JSON; by, at and device are those of mine."""
    mine, theirs = one.set_by["mine"], one.set_by["theirs"]
    return {
        "id": one.id,
        "person": one.person_id,
        "name": one.name,
        "record": one.record,
        "row": one.row_id,
        "field": one.field,
        "base": one.values["base"],
        "mine": one.values["mine"],
        "theirs": one.values["theirs"],
        "by": mine.by,
        "at": mine.at,
        "device": mine.on,
        "theirs_by": theirs.by,
        "theirs_at": theirs.at,
        "theirs_device": theirs.on,
        "takes": [*one.takes, *(("value",) if one.typed else ())],
        "awaits_approval": one.awaits,
        "merged_record": one.merged,
    }


def _line(one: ConflictCard) -> str:
    mine, theirs = one.set_by["mine"], one.set_by["theirs"]
    words = translate(
        "{label}: trước “{base}”, đang giữ “{theirs}” ({by}), giá trị kia “{mine}” ({other})",
        label=one.label,
        base=one.words["base"],
        theirs=one.words["theirs"],
        by=theirs.by,
        mine=one.words["mine"],
        other=f"{mine.by}, {mine.on}" if mine.on else mine.by,
    )
    if one.alike:
        words += ". " + translate("Hai bên ghi như nhau: giữ giá trị đang có là xong.")
    name = translate("{name}, hồ sơ đã gộp", name=one.merged) if one.merged else one.name
    return f"{one.id}\t{name}\t{words}"
