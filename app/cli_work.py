"""Verbs of the day's work: what is due, tasks, flags, who does how much, a person's timeline."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_records as records
from app import forms, leaving_words
from app.actions import caseload, coming, flag, leaving, quick_note, task, timeline
from app.cli_context import Answer, Context
from app.errors import Problem, Refused
from app.rules import dates
from app.values.care_case import NOBODY, NoteDraft
from app.values.coming import Due, DuesFilter, Ref
from app.values.task import FlagDraft, TaskDraft
from app.wording import language, translate
from app.workspace import Workspace
from data import codes

NOTE_KINDS = ("note", "visit", "call")
REASSIGN_AT_ONCE = 500


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    _register_today(verbs)
    _register_tasks(verbs)
    _register_flags(verbs)
    verb = verbs.add_parser("caseload", help=translate("mỗi người đang phụ trách bao nhiêu ca"))
    verb.set_defaults(run=loads)
    verb = verbs.add_parser("timeline", help=translate("mọi việc của một người theo ngày"))
    arguments.take_person(verb)
    kind = translate("chỉ các loại này")
    verb.add_argument("--kind", action="append", choices=timeline.kinds(), default=[], help=kind)
    most = translate("nhiều nhất bao nhiêu dòng")
    verb.add_argument("--limit", type=arguments.not_negative, default=None, metavar="N", help=most)
    verb.set_defaults(run=whole)
    verb = verbs.add_parser("note", help=translate("ghi nhanh về một người"))
    arguments.take_person(verb)
    verb.add_argument(
        "--kind", choices=NOTE_KINDS, default="note", help=translate("ghi chép, lần thăm hay gọi")
    )
    words = translate("nội dung ghi")
    verb.add_argument("--note", dest="text", required=True, metavar="TEXT", help=words)
    verb.add_argument("--on", default="", metavar="DATE", help=translate("mặc định hôm nay"))
    verb.set_defaults(run=note)
    _register_handing(verbs)


def _register_today(verbs: Any) -> None:
    verb = verbs.add_parser("today", help=translate("việc đến hạn hôm nay và quá hạn"))
    whose = translate("của ai (mặc định: của người gọi)")
    verb.add_argument("--worker", default=None, metavar="LOGIN", help=whose)
    verb.add_argument("--all", action="store_true", help=translate("của cả cơ quan"))
    days = translate("cả những ngày tới, bấy nhiêu ngày")
    verb.add_argument("--days", type=arguments.not_negative, default=0, metavar="N", help=days)
    most = translate("nhiều nhất bao nhiêu dòng")
    verb.add_argument("--limit", type=arguments.not_negative, default=None, metavar="N", help=most)
    verb.set_defaults(run=today)


def _register_tasks(verbs: Any) -> None:
    kinds = verbs.add_parser("tasks", help=translate("việc cần làm"))
    group = kinds.add_subparsers(required=True, dest="kind")
    verb = group.add_parser("add", help=translate("ghi một việc"))
    words = translate("việc gì")
    verb.add_argument("--title", required=True, metavar="TEXT", help=words)
    for name, sign, words in (
        ("on", "DATE", translate("đến hạn ngày nào")),
        ("worker", "LOGIN", translate("ai làm (mặc định: người gọi)")),
        ("person", "ID", translate("về người nào")),
        ("case", "ID", translate("về ca nào")),
        ("note", "TEXT", translate("ghi thêm")),
    ):
        verb.add_argument(f"--{name}", default="", metavar=sign, help=words)
    verb.set_defaults(run=add_task)
    does: tuple[tuple[str, str, Callable[[argparse.Namespace, Context], Answer]], ...] = (
        ("done", translate("việc hay lịch đã xong"), done),
        ("undone", translate("chưa xong, trả lại danh sách"), undone),
    )
    for name, words, act in does:
        verb = group.add_parser(name, help=words)
        verb.add_argument("id", metavar="ID", help=translate("mã, như today cho biết"))
        verb.set_defaults(run=act)
    verb = group.add_parser("put-off", help=translate("hoãn đến ngày khác"))
    verb.add_argument("id", metavar="ID", help=translate("mã, như today cho biết"))
    words = translate("ngày mới, hoặc số ngày kể từ hôm nay")
    verb.add_argument("--to", required=True, metavar="DATE|DAYS", help=words)
    verb.set_defaults(run=put_off)
    verb = group.add_parser("remove", help=translate("gỡ một việc tự ghi"))
    verb.add_argument("id", metavar="ID", help=translate("mã, như today cho biết"))
    arguments.take_reason(verb)
    verb.set_defaults(run=remove_task)


def _register_flags(verbs: Any) -> None:
    kinds = verbs.add_parser("flags", help=translate("cờ của một người"))
    group = kinds.add_subparsers(required=True, dest="kind")
    verb = group.add_parser("list", help=translate("cờ đang có"))
    arguments.take_person(verb)
    verb.set_defaults(run=list_flags)
    verb = group.add_parser("add", help=translate("đặt cờ"))
    arguments.take_person(verb)
    verb.add_argument("--flag", required=True, metavar="CODE", help=translate("loại cờ"))
    arguments.take_reason(verb)
    verb.add_argument("--until", default="", metavar="DATE", help=translate("đến hết ngày nào"))
    verb.set_defaults(run=add_flag)
    verb = group.add_parser("remove", help=translate("gỡ cờ"))
    verb.add_argument("id", metavar="ID", help=translate("mã cờ, như flags list cho biết"))
    arguments.take_reason(verb)
    verb.set_defaults(run=remove_flag)


def _register_handing(verbs: Any) -> None:
    kinds = verbs.add_parser("handing", help=translate("bàn giao ca của người nghỉ việc"))
    group = kinds.add_subparsers(required=True, dest="kind")
    verb = group.add_parser("show", help=translate("những gì còn đứng tên"))
    verb.add_argument("login", metavar="LOGIN", help=translate("ai nghỉ việc"))
    verb.set_defaults(run=stands)
    verb = group.add_parser("give", help=translate("giao ca và việc cần làm cho người khác"))
    verb.add_argument("login", metavar="LOGIN", help=translate("ai nghỉ việc"))
    verb.add_argument("ids", nargs="*", metavar="CASE", help=translate("những ca nào"))
    verb.add_argument("--to", required=True, metavar="LOGIN", help=translate("ai nhận"))
    verb.add_argument("--all", action="store_true", help=translate("mọi ca, mọi việc cần làm"))
    verb.set_defaults(run=give)
    verb = group.add_parser("minute", help=translate("biên bản bàn giao, PDF"))
    verb.add_argument("login", metavar="LOGIN", help=translate("ai nghỉ việc"))
    words = translate("tệp PDF nhận bản in")
    verb.add_argument("--out", required=True, type=Path, metavar="PATH", help=words)
    verb.set_defaults(run=minute)


def today(args: argparse.Namespace, context: Context) -> Answer:
    """What is due, the most overdue first."""
    ws = context.workspace()
    login = None if args.all else ws.user.login
    if args.worker is not None and not args.all:
        login = "" if args.worker == NOBODY else asked.of_worker(ws, args.worker)
    until = ws.today() + timedelta(days=args.days)
    which = DuesFilter(until.isoformat(), worker=login)
    limit = arguments.limit_of(args, context.json)
    dues = coming.dues(ws, which, limit=limit).dues
    document = {"total": coming.count(ws, which), "due": [_due(one) for one in dues]}
    return Answer(document, tuple(_due_line(one) for one in dues))


def add_task(args: argparse.Namespace, context: Context) -> Answer:
    """Write a task."""
    draft = TaskDraft(args.title, args.on, args.worker, args.note, args.person, args.case)
    return Answer({"id": task.add(context.workspace(), draft)}, (translate("Đã lưu việc."),))


def done(args: argparse.Namespace, context: Context) -> Answer:
    """A task or a coming event is done."""
    ws = context.workspace()
    task.finish(ws, _ref(ws, args.id))
    return Answer({"id": args.id, "done": True}, (translate("Đã ghi là xong."),))


def undone(args: argparse.Namespace, context: Context) -> Answer:
    """It is not done, after all."""
    ws = context.workspace()
    task.reopen(ws, _ref(ws, args.id))
    return Answer({"id": args.id, "done": False}, (translate("Đã ghi là chưa xong."),))


def put_off(args: argparse.Namespace, context: Context) -> Answer:
    """Put something off."""
    ws = context.workspace()
    day = task.put_off(ws, _ref(ws, args.id), args.to)
    words = translate("Đã hoãn đến {day}.", day=dates.show(day, language()))
    return Answer({"id": args.id, "on": day}, (words,))


def remove_task(args: argparse.Namespace, context: Context) -> Answer:
    """Take a task by hand away."""
    task.remove(context.workspace(), args.id.removeprefix("task:").split(":")[0], args.reason)
    return Answer({"id": args.id}, (translate("Đã gỡ."),))


def list_flags(args: argparse.Namespace, context: Context) -> Answer:
    """The flags of a person that hold."""
    ws = asked.about(context.workspace(), "person", args.person)
    found = flag.of_person(ws, args.person)
    lines = tuple(
        "\t".join(
            (
                one.id,
                codes.label("flag_kind", one.kind, language()),
                one.reason,
                dates.show(one.until, language()) if one.until else "",
            )
        )
        for one in found
    )
    return Answer({"flags": [asdict(one) for one in found]}, lines)


def add_flag(args: argparse.Namespace, context: Context) -> Answer:
    """Set a flag."""
    draft = FlagDraft(args.person, args.flag, args.reason, args.until)
    return Answer({"id": flag.add(context.workspace(), draft)}, (translate("Đã đặt cờ."),))


def remove_flag(args: argparse.Namespace, context: Context) -> Answer:
    """Take a flag away."""
    flag.remove(context.workspace(), args.id, args.reason)
    return Answer({"id": args.id}, (translate("Đã gỡ."),))


def loads(args: argparse.Namespace, context: Context) -> Answer:
    """What every worker has."""
    found = caseload.loads(context.workspace())
    document = [asdict(one) | {"cases": one.cases} for one in found]
    lines = tuple(
        translate(
            "{name}: {cases} ca, {late} việc quá hạn", name=one.name or "–", cases=one.cases,
            late=one.late,
        )
        for one in found
    )  # fmt: skip
    return Answer({"workers": document}, lines)


def whole(args: argparse.Namespace, context: Context) -> Answer:
    """A person's timeline."""
    ws = asked.about(context.workspace(), "person", args.person)
    limit = arguments.limit_of(args, context.json)
    page = timeline.page(ws, args.person, args.kind, None, limit)
    lines = tuple(
        "\t".join(
            (
                dates.show(one.on, language()),
                timeline.kind_name(one.kind),
                one.title or forms.section_title(one.entity),
                one.words,
            )
        )
        for one in page.lines
    )
    total = timeline.count(ws, args.person, args.kind)
    return Answer({"total": total, "entries": [asdict(one) for one in page.lines]}, lines)


def note(args: argparse.Namespace, context: Context) -> Answer:
    """A quick note."""
    draft = NoteDraft(args.text, args.kind, args.on)
    case = quick_note.write(context.workspace(), args.person, draft)
    return Answer({"case": case or None}, (translate("Đã lưu ghi chép."),))


def stands(args: argparse.Namespace, context: Context) -> Answer:
    """What stands in the name of a user."""
    facts = leaving.look(context.workspace(), args.login)
    head = translate("{name}: {cases} ca đang phụ trách", name=facts.name, cases=facts.cases)
    return Answer(asdict(facts), (head, *leaving_words.told(facts)))


def give(args: argparse.Namespace, context: Context) -> Answer:
    """Give cases (and with --all the tasks too) of one user to another."""
    ws = context.workspace()
    every = arguments.wants_all(args)
    ids = leaving.case_ids(ws, args.login) if every else tuple(args.ids)
    problems: list[Problem] = []
    for start in range(0, len(ids), REASSIGN_AT_ONCE):
        problems += caseload.reassign(ws, ids[start : start + REASSIGN_AT_ONCE], args.to)
        context.progress(min(start + REASSIGN_AT_ONCE, len(ids)), len(ids))
    if every:
        problems += task.reassign(ws, leaving.task_ids(ws, args.login), args.to)
    refused = {one.value for one in problems}
    given = [one for one in ids if one not in refused]
    said = translate("Đã giao {count} ca.", count=len(given))
    return arguments.decided("given", given, problems, said)


def minute(args: argparse.Namespace, context: Context) -> Answer:
    """The minute of the hand-over."""
    args.out.write_bytes(leaving.minute(context.workspace(), args.login))
    return Answer({"file": str(args.out)}, (str(args.out),))


def _ref(ws: Workspace, key: str) -> Ref:
    """The event of an id as `today` tells it: kind:record:day, or the record of a task alone."""
    parts = key.split(":")
    if len(parts) == 1:
        return Ref(coming.BY_HAND, key, "")
    if len(parts) != 3:
        raise Refused.one("event_gone", "id", key)
    return Ref(parts[0], parts[1], parts[2])


def _due(one: Due) -> dict[str, Any]:
    document = asdict(one) | {"id": one.id, "kind": one.ref.kind}
    del document["ref"]
    return document | {"commune": records.unit(one.commune), "flags": list(one.flags)}


def _due_line(one: Due) -> str:
    words = (one.title, one.detail, one.person_name, one.worker)
    day = dates.show(one.on, language())
    mark = "! " if one.late else ""
    return "\t".join((mark + day, *words, one.id))
