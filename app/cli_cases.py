"""Verbs about cases: list, show, open, edit, note, and every move of a case."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from app import cli_arguments as arguments
from app import cli_asked as asked
from app import cli_case_lines as case_lines
from app import cli_case_work
from app import cli_records as records
from app.actions import care_case as actions
from app.actions import case_ending
from app.case_words import told_before
from app.cli_context import Answer, Context
from app.errors import Problem, Refused
from app.rules import care_case as rules
from app.values.care_case import CaseDraft, CaseEdit, CasesFilter, ClosingDraft, NoteDraft
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, fields

STATUSES = tuple(item.code for item in codes.get("case_status").items)
NOTE_KINDS = ("note", "visit", "call")
ORIGINS = ("new", "paper")
MINUTES = {
    "--meeting": "meeting_on",
    "--attendees": "attendees",
    "--handed-to": "handed_to",
    "--handover": "handover_note",
    "--follow-until": "follow_until",
}
"""Options of an ending and the fields of its minutes (Mẫu 06)."""

MOVES = {
    "return": actions.return_,
    "resume": actions.resume,
    "decline": actions.decline,
    "refuse": actions.refuse,
    "cancel": actions.cancel,
}
ENDS = {"propose": actions.propose, "close": actions.close}


def register(verbs: Any) -> None:
    """Add the verbs to the command line."""
    group = verbs.add_parser("cases", help=translate("ca, quản lý trường hợp"))
    kinds = group.add_subparsers(required=True, dest="kind")
    _register_reading(kinds)
    _register_writing(kinds)
    _register_deciding(kinds)
    _register_ending(kinds)
    cli_case_work.register(kinds)


def _register_reading(kinds: Any) -> None:
    verb = kinds.add_parser("list", help=translate("liệt kê ca, mới mở trước"))
    arguments.take_about(verb, translate("ca của một người"))
    stands = translate("trạng thái của ca, ghi được nhiều lần")
    arguments.take_search(verb, STATUSES, stands)
    whose = translate("ca của một người phụ trách; - là chưa giao ai")
    verb.add_argument("--worker", default="", metavar="LOGIN", help=whose)
    arguments.take_pages(
        verb, translate("nhiều nhất bấy nhiêu ca"), translate("bỏ qua bấy nhiêu ca đầu")
    )
    verb.set_defaults(run=listing)
    verb = _of_case(kinds, "show", translate("xem một ca: ghi chép, quyết định, việc làm được"))
    verb.set_defaults(run=show)


def _register_writing(kinds: Any) -> None:
    told = {
        "--worker": ("LOGIN", translate("cán bộ phụ trách")),
        "--on": ("DATE", translate("ngày mở, mặc định hôm nay")),
        "--number": ("N", translate("số hồ sơ ca")),
    }
    verb = kinds.add_parser("open", help=translate("mở ca cho một người"))
    arguments.take_person(verb)
    arguments.take_reason(verb, translate("lý do mở ca"))
    for name, (sign, words) in told.items():
        verb.add_argument(name, default="", metavar=sign, help=words)
    origin = translate("mở mới hay nhập lại từ hồ sơ giấy")
    verb.add_argument("--origin", choices=ORIGINS, default="new", help=origin)
    step = translate("hồ sơ giấy đang ở bước nào")
    verb.add_argument("--step", choices=rules.LIVE, default="", help=step)
    arguments.take_values(verb, required=False)
    verb.set_defaults(run=open_)
    verb = _of_case(kinds, "edit", translate("sửa lý do, phụ trách, ngày, số của ca"))
    for name, (sign, words) in ({"--reason": ("TEXT", translate("lý do mở ca"))} | told).items():
        verb.add_argument(name, default=None, metavar=sign, help=words)
    arguments.take_values(verb, required=False)
    verb.set_defaults(run=edit)
    verb = _of_case(kinds, "note", translate("ghi chép, lần thăm, cuộc gọi của ca"))
    kind = translate("ghi chép, thăm hộ hay gọi điện")
    verb.add_argument("--kind", choices=NOTE_KINDS, required=True, help=kind)
    # --text is taken: everywhere it asks for lines instead of JSON
    words = translate("nội dung")
    verb.add_argument("--note", dest="text", required=True, metavar="TEXT", help=words)
    verb.add_argument("--on", default="", metavar="DATE", help=translate("mặc định hôm nay"))
    verb.add_argument("--confidential", action="store_true", help=translate("ghi chép mật"))
    helps = tuple(item.code for item in codes.get("support_kind").items)
    words = translate("loại hỗ trợ của Mẫu 05, ghi được nhiều lần")
    verb.add_argument("--help-kind", action="append", choices=helps, default=[], help=words)
    of = translate("hoạt động của kế hoạch mà ghi chép này nói về")
    verb.add_argument("--activity", default="", metavar="ID", help=of)
    verb.set_defaults(run=note)


def _register_deciding(kinds: Any) -> None:
    for name, words, every, function in (
        ("submit", translate("gửi duyệt ca"), translate("tất cả ca đang lập kế hoạch"), submit),
        ("approve", translate("duyệt ca"), translate("tất cả ca đang chờ duyệt"), approve),
    ):
        verb = kinds.add_parser(name, help=words)
        arguments.take_all_or_ids(verb, every, translate("mã ca, như cases list cho biết"))
        verb.set_defaults(run=function)
    told = {
        "return": (translate("trả ca lại để sửa, kèm lý do"), translate("Đã trả ca lại.")),
        "resume": (
            translate("sau rà soát, giữ nguyên kế hoạch, kèm lý do"),
            translate("Kế hoạch giữ nguyên."),
        ),
        "decline": (
            translate("chưa kết thúc ca được đề nghị kết thúc, kèm lý do"),
            translate("Ca chưa kết thúc."),
        ),
        "refuse": (translate("từ chối tiếp nhận, kèm lý do"), translate("Đã từ chối tiếp nhận.")),
        "cancel": (translate("hủy ca chưa được duyệt, kèm lý do"), translate("Đã hủy tiếp nhận.")),
    }
    for name, (words, said) in told.items():
        verb = _of_case(kinds, name, words)
        arguments.take_reason(verb)
        verb.set_defaults(run=moved, move=MOVES[name], said=said)
    verb = _of_case(kinds, "reopen", translate("mở lại ca đã kết thúc, kèm lý do"))
    arguments.take_reason(verb)
    arguments.take_aware(verb)
    verb.set_defaults(run=reopen)


def _register_ending(kinds: Any) -> None:
    reasons = ", ".join(item.code for item in codes.get("close_reason").items)
    aware = translate("đã biết những gì hồ sơ nói ngược lại, vẫn kết thúc")
    told = {
        "propose": (
            translate("trình lãnh đạo duyệt kết thúc ca"),
            translate("Đã trình lãnh đạo duyệt kết thúc ca."),
        ),
        "close": (
            translate("kết thúc ca, hoặc duyệt kết thúc ca được đề nghị"),
            translate("Đã kết thúc ca."),
        ),
    }
    for name, (words, said) in told.items():
        verb = _of_case(kinds, name, words)
        verb.add_argument(
            "--reason", required=name == "propose", default="", metavar="CODE", help=reasons
        )
        verb.add_argument("--note", default="", metavar="TEXT", help=translate("kết quả, ghi rõ"))
        verb.add_argument("--on", default="", metavar="DATE", help=translate("mặc định hôm nay"))
        for option, field in MINUTES.items():
            label = fields.get("care_case", field).label(language())
            verb.add_argument(option, default="", metavar="TEXT", help=label)
        verb.add_argument("--aware", action="store_true", help=aware)
        verb.set_defaults(run=end, move=ENDS[name], said=said)


def _of_case(kinds: Any, name: str, words: str) -> Any:
    """A verb about one case."""
    verb = kinds.add_parser(name, help=words)
    verb.add_argument("id", metavar="ID", help=translate("mã ca, như cases list cho biết"))
    return verb


def listing(args: argparse.Namespace, context: Context) -> Answer:
    """Some of the cases that fit, newest opening first, and how many fit in all."""
    limit = arguments.limit_of(args, context.json)
    ws = asked.about(context.workspace(), "person", args.person)
    which = CasesFilter(
        query=args.query,
        status=tuple(args.status or ()),
        units=tuple(args.unit),
        worker=asked.of_worker(ws, args.worker),
        person_id=args.person,
    )
    page = actions.cases(ws, which, None, limit, args.offset)
    cases = [records.case_card(one) for one in page.cards]
    return Answer({"total": page.total, "cases": cases}, case_lines.listed(page.total, cases))


def show(args: argparse.Namespace, context: Context) -> Answer:
    """One case with its notes as this user may read them, its decisions and possible moves."""
    document = records.case_document(context.workspace(), args.id)
    return Answer(document, case_lines.page(document))


def open_(args: argparse.Namespace, context: Context) -> Answer:
    """Open a case for a person."""
    intake = arguments.values(args.set)
    typed = (args.reason, args.worker, args.on, args.origin, args.number, args.step)
    ws = context.workspace()
    case_id = actions.open(ws, args.person, CaseDraft(*typed, intake=intake))
    return _stands(ws, case_id, translate("Đã mở ca, mã {id}.", id=case_id))


def edit(args: argparse.Namespace, context: Context) -> Answer:
    """Correct what a case says; an approved one waits anew when its reason changes."""
    ws = context.workspace()
    intake = arguments.values(args.set)
    typed = (args.reason, args.worker, args.on, args.number)
    actions.edit(ws, args.id, CaseEdit(*typed, intake=intake))
    return _stands(ws, args.id, translate("Đã sửa ca."))


def note(args: argparse.Namespace, context: Context) -> Answer:
    """Write a note, visit or call into a case."""
    told = (args.text, args.kind, args.on, args.confidential)
    draft = NoteDraft(*told, help_kinds=tuple(args.help_kind), activity_id=args.activity)
    note_id = actions.note(context.workspace(), args.id, draft)
    return Answer({"id": note_id, "case": args.id}, (translate("Đã lưu ghi chép."),))


def submit(args: argparse.Namespace, context: Context) -> Answer:
    """Lay cases before who approves."""
    ws = context.workspace()
    ws.demand("submit")
    return _each(ws, _meant(ws, args, "planning"), "submitted", actions.submit)


def approve(args: argparse.Namespace, context: Context) -> Answer:
    """Approve cases, telling what they lack; exit code 1 when one was refused, and why."""
    ws = context.workspace()
    ws.demand("approve")
    ids = _meant(ws, args, "waiting")
    lacks = {one: words for one in ids if (words := told_before(actions.steps(ws, one)))}
    done = _each(ws, ids, "approved", actions.approve)
    told = [f"{one}: {words}" for one, words in lacks.items() if one in done.document["approved"]]
    if not told:
        return done
    return replace(
        done, document={**done.document, "told": told}, lines=(*(done.lines or ()), *told)
    )


def end(args: argparse.Namespace, context: Context) -> Answer:
    """Lay the ending of a case before the head, end it, or approve the ending proposed."""
    ws = context.workspace()
    args.move(ws, args.id, _ending(args))
    return _stands(ws, args.id, args.said)


def moved(args: argparse.Namespace, context: Context) -> Answer:
    """One move of a case that needs a reason and nothing else."""
    ws = context.workspace()
    args.move(ws, args.id, args.reason)
    return _stands(ws, args.id, args.said)


def reopen(args: argparse.Namespace, context: Context) -> Answer:
    """Take up an ended case again; what hangs on its ending is told before it is."""
    ws = context.workspace()
    hanging = case_ending.hanging(ws, args.id)
    arguments.demand_known(hanging, args.aware)
    actions.reopen(ws, args.id, args.reason)
    answer, words = _stands(ws, args.id, translate("Đã mở lại ca.")), [one.words for one in hanging]
    return Answer(dict(answer.document) | {"hanging": words}, (*(answer.lines or ()), *words))


def _ending(args: argparse.Namespace) -> ClosingDraft:
    told = vars(args)
    minutes = {name: told[option[2:].replace("-", "_")] for option, name in MINUTES.items()}
    given = {name: value for name, value in minutes.items() if value}
    return ClosingDraft(args.reason, args.note, args.on, given, args.aware)


def _meant(ws: Workspace, args: argparse.Namespace, status: str) -> tuple[str, ...]:
    return actions.ids(ws, status) if arguments.wants_all(args) else tuple(args.ids)


def _each(
    ws: Workspace, ids: Sequence[str], done: str, move: Callable[[Workspace, str], None]
) -> Answer:
    moved: list[str] = []
    problems: list[Problem] = []
    for case_id in ids:
        try:
            move(ws, case_id)
            moved.append(case_id)
        except Refused as refused:
            problems += refused.problems
    said = translate("Đã làm với {count} ca.", count=len(moved))
    return arguments.decided(done, moved, problems, said)


def _stands(ws: Workspace, case_id: str, said: str) -> Answer:
    return Answer({"id": case_id, "status": actions.status(ws, case_id)}, (said,))
