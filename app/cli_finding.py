"""The verb of the one search: people, cases and papers that have all the words."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_case_lines as case_lines
from app import cli_documents as documents
from app import cli_records as records
from app.actions import access, finding
from app.cli_context import Answer, Context
from app.values.finding import Found
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "find", help=translate("tìm người, ca, giấy tờ có đủ các chữ này, có dấu hay không")
    )
    words = translate("tên, số, tên cán bộ, trạng thái ca, tên giấy tờ, tên tệp")
    verb.add_argument("words", nargs="+", metavar="WORDS", help=words)
    many = translate("mỗi loại nhiều nhất bấy nhiêu dòng")
    verb.add_argument(
        "--limit",
        type=arguments.not_negative,
        default=finding.FIRST_FEW,
        metavar="N",
        help=many,
    )
    verb.set_defaults(run=find)


def find(args: argparse.Namespace, context: Context) -> Answer:
    """The first few people, cases and papers that fit."""
    ws = context.workspace()
    found = finding.find(ws, " ".join(args.words), args.limit)
    document = {
        "people": [documents.card(ws, one) for one in found.people],
        "cases": [records.case_card(one) for one in found.cases],
        "papers": [asdict(one) for one in found.papers],
    }
    if context.json:  # lines for reading mask the numbers, JSON holds them whole
        access.looked(ws, [one.id for one in found.people], "list")
    return Answer(document, tuple(_lines(found, document)))


def _lines(found: Found, document: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    people = documents.people_lines(len(found.people), document["people"])
    yield from (translate("Người"), *people[1:])
    yield from (translate("Ca"), *case_lines.listed(len(found.cases), document["cases"])[1:])
    yield translate("Giấy tờ, danh sách")
    for one in found.papers:
        yield "\t".join(
            part for part in (one.id, finding.kind(one), one.title, one.person_name) if part
        )
