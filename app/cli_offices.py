"""Verbs about the books of other offices that this PC may read."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app.actions import offices
from app.cli_context import Answer, Context
from app.wording import translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("offices", help=translate("sổ của các đơn vị máy này được đọc"))
    kinds = group.add_subparsers(required=True, dest="kind")
    verb = kinds.add_parser("list", help=translate("từng đơn vị và tổng số người"))
    verb.set_defaults(run=offices_list)


def offices_list(_args: argparse.Namespace, context: Context) -> Answer:
    """The offices with their totals, and the sums."""
    lines = offices.listing(context.workspace())
    sums = offices.total(lines)
    document = {"offices": [asdict(line) for line in lines], "total": asdict(sums)}
    said = [f"{line.name}: {offices.line_words(line)}" for line in lines]
    return Answer(document, (*said, translate("Cộng: {words}", words=offices.totals_words(sums))))
