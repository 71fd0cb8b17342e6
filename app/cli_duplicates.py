"""Verbs about records that may be one person: list, dismiss, merge, unmerge."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app import cli_documents as documents
from app.actions import access, duplicate, likeness, merge
from app.cli_arguments import not_negative
from app.cli_context import Answer, Context
from app.errors import Refused
from app.rules import dates
from app.values.duplicates import AlikePair
from app.wording import say, translate
from app.workspace import Workspace

READ_AT_ONCE, SCRIPT_AT_ONCE = 50, 10_000


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("duplicates", help=translate("hồ sơ có thể trùng người"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("list", help=translate("liệt kê các cặp có thể trùng và vì sao"))
    many = {"type": not_negative, "metavar": "N"}
    verb.add_argument("--limit", default=None, help=translate("nhiều nhất bấy nhiêu cặp"), **many)
    verb.add_argument("--offset", default=0, help=translate("bỏ qua bấy nhiêu cặp đầu"), **many)
    verb.set_defaults(run=listing)
    verb = kinds.add_parser("dismiss", help=translate("ghi rằng hai hồ sơ là hai người khác nhau"))
    who, why = translate("mã người, như people list cho biết"), translate("lý do, nếu có")
    verb.add_argument("a", metavar="A", help=who)
    verb.add_argument("b", metavar="B", help=who)
    verb.add_argument("--reason", default="", metavar="TEXT", help=why)
    verb.add_argument("--withdraw", action="store_true", help=translate("rút lại điều đã ghi"))
    verb.set_defaults(run=dismiss)
    _register_merging(kinds)


def _register_merging(kinds: Any) -> None:
    verb = kinds.add_parser("merge", help=translate("gộp hồ sơ thứ hai vào hồ sơ thứ nhất"))
    stays, goes = translate("mã người của hồ sơ giữ lại"), translate("mã người của hồ sơ gộp vào")
    verb.add_argument("survivor", metavar="SURVIVOR", help=stays)
    verb.add_argument("absorbed", metavar="ABSORBED", help=goes)
    taking = translate("trường lấy từ hồ sơ giữ lại (a) hay hồ sơ gộp vào (b)")
    verb.add_argument(
        "--take", action="extend", nargs="+", default=[], metavar="FIELD=a|b", help=taking
    )
    verb.set_defaults(run=merge_)
    verb = kinds.add_parser("unmerge", help=translate("tách lại hai hồ sơ đã gộp"))
    named = translate("mã lần gộp, hay mã người của một trong hai hồ sơ")
    verb.add_argument("key", metavar="MERGE_ID|PERSON", help=named)
    why = translate("lý do, nếu có")
    verb.add_argument("--reason", default="", metavar="TEXT", help=why)
    giving = translate("mã các dòng nhập sau khi gộp mà giao cho người được tách ra")
    verb.add_argument(
        "--give", action="extend", nargs="+", default=[], metavar="ROW_ID", help=giving
    )
    verb.set_defaults(run=unmerge)


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """The open pairs, the surest first, after everybody was looked at."""
    ws = context.workspace()
    ws.demand("view")
    likeness.settle(ws, context.progress)
    usual = SCRIPT_AT_ONCE if context.json else READ_AT_ONCE
    found = duplicate.worklist(ws, usual if args.limit is None else args.limit, args.offset)
    access.looked(ws, [one.id for pair in found.pairs for one in (pair.a, pair.b)], "list")
    document = {"total": found.total, "pairs": [_pair(ws, pair) for pair in found.pairs]}
    return Answer(document, _pair_lines(found.total, found.pairs))


def dismiss(args: argparse.Namespace, context: Context) -> Answer:
    """Remember that two records are two persons, or take that back."""
    ws = context.workspace()
    if args.withdraw:
        duplicate.withdraw(ws, args.a, args.b)
        said = translate("Đã rút lại; cặp này trở lại danh sách nếu còn giống nhau.")
    else:
        duplicate.dismiss(ws, args.a, args.b, args.reason)
        said = translate("Đã ghi: hai người khác nhau.")
    return Answer({"a": args.a, "b": args.b, "dismissed": not args.withdraw}, (said,))


def merge_(args: argparse.Namespace, context: Context) -> Answer:
    """Merge the second record into the first."""
    done = merge.merge(context.workspace(), args.survivor, args.absorbed, _take(args.take))
    said = translate("Đã gộp; mã lần gộp {id}.", id=done.id)
    if done.pending:
        said += " " + translate("Thông tin chính đổi theo đang chờ người khác duyệt.")
    return Answer(asdict(done), (said,))


def unmerge(args: argparse.Namespace, context: Context) -> Answer:
    """Undo a merger."""
    done = merge.unmerge(context.workspace(), args.key, args.reason, args.give)
    said = translate("Đã tách lại; {freed} đứng riêng như trước.", freed=done.freed)
    return Answer(asdict(done), (said,))


def _take(words: Sequence[str]) -> dict[str, str]:
    take = {}
    for word in words:
        name, equals, side = word.partition("=")
        if not equals:
            raise Refused.one("take_side", name, side)
        take[name] = side
    return take


def _pair(ws: Workspace, pair: AlikePair) -> dict[str, Any]:
    return {
        "a": documents.card(ws, pair.a),
        "b": documents.card(ws, pair.b),
        "grade": pair.grade,
        "weight": pair.weight,
        "reasons": [why.code for why in pair.reasons],
        "words": "; ".join(why.words for why in pair.reasons),
    }


def _pair_lines(total: int, pairs: Sequence[AlikePair]) -> tuple[str, ...]:
    lines = [translate("{total} cặp có thể trùng", total=f"{total:,}".replace(",", "."))]
    for pair in pairs:
        sides = (
            f"{one.name} ({dates.show(one.birth) if one.birth else '?'}, {one.id})"
            for one in (pair.a, pair.b)
        )
        why = "; ".join(each.words for each in pair.reasons)
        lines.append(f"{say(f'like_grade_{pair.grade}')}\t{' | '.join(sides)}\t{why}")
    return tuple(lines)
