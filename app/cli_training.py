"""Verbs about training rounds, classes, workshops and who took part."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from app import cli_arguments as arguments
from app import cli_rows as rows
from app.actions import training
from app.cli_context import Answer, Context
from app.rules import dates
from app.values.training import ClassCard, DelegateDraft, Seats, TrainingDraft
from app.wording import language, translate


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    kinds = rows.kinds(verbs, "training", translate("tập huấn, hội thảo và đại biểu"))
    rows.verb(kinds, "list", translate("các đợt, lớp, hội thảo: người và lượt"), listing)
    rows.verb(kinds, "show", translate("một lớp hay hội thảo với đại biểu"), show, "ID")
    for name, words, run in (
        ("round", translate("ghi một đợt tập huấn"), save_round),
        ("workshop", translate("ghi một hội thảo"), save_workshop),
    ):
        rows.sets(kinds, name, words, run).add_argument("--id", help=_known())
    made = rows.sets(kinds, "class", translate("ghi một lớp của đợt"), save_class)
    made.add_argument("--round", default=None, metavar="ID", help=translate("đợt của lớp mới"))
    made.add_argument("--id", help=_known())
    made = rows.sets(kinds, "delegate", translate("ghi một đại biểu"), save_delegate)
    into = translate("lớp hay hội thảo người ấy dự")
    made.add_argument("--event", default="", metavar="ID", help=into)
    made.add_argument("--id", help=_known())
    for name, words, remove in (
        ("remove-round", translate("gỡ đợt ghi nhầm"), training.remove_round),
        ("remove-event", translate("gỡ lớp, hội thảo ghi nhầm"), training.remove_event),
        ("remove-delegate", translate("gỡ đại biểu ghi nhầm"), training.remove_delegate),
    ):
        gone = rows.verb(kinds, name, words, _removed, "ID")
        gone.set_defaults(remove=remove)
        arguments.take_reason(gone)


def _known() -> str:
    return translate("mã dòng cần sửa; không có thì ghi dòng mới")


def listing(_args: argparse.Namespace, context: Context) -> Answer:
    """Everything that was held, counted both ways."""
    held = training.held(context.workspace())
    told: list[str] = []
    for one in held.rounds:
        told.append(f"{one.id}\t{one.name}\t{counted(one.seats)}")
        told += [_line(each) for each in one.classes]
    told += [_line(one) for one in held.workshops]
    whole = translate("Tập huấn: {seats}", seats=counted(held.trained))
    return Answer(asdict(held), (*told, whole))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """A class or workshop with who sat there."""
    card, lines = training.event(context.workspace(), args.id)
    answer = rows.listed("delegates", lines, "delegate")
    return Answer({**asdict(card), **answer.document}, (_line(card), *(answer.lines or ())))


def save_round(args: argparse.Namespace, context: Context) -> Answer:
    """Enter or correct a round."""
    draft = TrainingDraft(arguments.values(args.set), args.id)
    return rows.saved(training.save_round(context.workspace(), draft))


def save_class(args: argparse.Namespace, context: Context) -> Answer:
    """Enter or correct a class."""
    draft = TrainingDraft(arguments.values(args.set), args.id, args.round)
    return rows.saved(training.save_class(context.workspace(), draft))


def save_workshop(args: argparse.Namespace, context: Context) -> Answer:
    """Enter or correct a workshop."""
    draft = TrainingDraft(arguments.values(args.set), args.id)
    return rows.saved(training.save_workshop(context.workspace(), draft))


def save_delegate(args: argparse.Namespace, context: Context) -> Answer:
    """Seat somebody, or correct a seat."""
    draft = DelegateDraft(args.event, arguments.values(args.set), args.id)
    return rows.saved(training.save_delegate(context.workspace(), draft))


def counted(seats: Seats) -> str:
    """Seats and persons in words: lượt is not người."""
    return translate(
        "{seats} lượt ({male} nam, {female} nữ), {persons} người",
        seats=seats.seats,
        male=seats.male,
        female=seats.female,
        persons=seats.persons,
    )


def _day(card: ClassCard) -> str:
    return dates.show(str(card.fields["starts_on"] or ""), language())


def _line(card: ClassCard) -> str:
    return "\t".join((card.id, card.name, _day(card), counted(card.seats)))


def _removed(args: argparse.Namespace, context: Context) -> Answer:
    args.remove(context.workspace(), args.id, args.reason)
    return Answer({"id": args.id, "removed": True}, (translate("Đã gỡ."),))
