"""Everything about a person in one order of days, as this reader may read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.actions import access, case_cards, case_note, field_values, history_entries
from app.actions.field_values import CLOSED
from app.rules import dates
from app.values.timeline import TimelineLine, TimelinePage
from app.wording import language, say, translate
from app.workspace import Workspace
from data import codes, confidential, fields
from data.records import timeline as records
from data.records.care_case import CONTACT_KINDS
from data.records.person import Person
from data.records.timeline import CHANGE, PRINT, Asked, Entry
from data.records.trace import History, HistoryLine

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What only joins two records says nothing to people."""
FACTS_MAX = 5
LETTERS_MAX = 300
ORDER = (
    "note case need support determination mine share decision file work move change print".split()
)
"""The kinds there may be, in the order a filter offers them."""

Told = tuple[str, str]
"""A title ("" where the record's own name is it) and the words below."""


def kinds() -> tuple[str, ...]:
    """The kinds of entries there are."""
    known = {told.kind for told in records.RECORDS} | {CHANGE, PRINT}
    return tuple(one for one in ORDER if one in known)


def kind_name(kind: str) -> str:
    """What a kind of entries is called."""
    return {
        "note": translate("Ghi chép, lần thăm"),
        "case": translate("Ca"),
        "need": translate("Nhu cầu"),
        "support": translate("Hỗ trợ, chuyển gửi"),
        "determination": translate("Xác định mức độ khuyết tật"),
        "mine": translate("Bom mìn"),
        "share": translate("Đồng ý và chia sẻ"),
        "decision": translate("Quyết định"),
        "file": translate("Giấy tờ, ảnh"),
        "work": translate("Việc, cờ"),
        "move": translate("Chuyển cơ quan"),
        "change": translate("Sửa hồ sơ"),
        "print": translate("In, xuất"),
    }[kind]


def page(
    ws: Workspace,
    person_id: str,
    only: Sequence[str] = (),
    after: tuple[str, str, str] | None = None,
    limit: int = 100,
) -> TimelinePage:
    """The next entries of a person, newest day first; the look at the person is logged.

    Prints are told of everybody to who may read the log, else one's own alone.
    """
    ws.demand("view")
    with ws.db.read() as session:
        asked = records.asked_of(session, person_id, only, _prints_by(ws))
        found = records.page(session, asked, after, limit)
        lines = tuple(_lines(ws, session, asked, found))
    if after is None:
        access.seen(ws, person_id, "view")
    last = found[-1] if len(found) == limit else None
    return TimelinePage(lines, (last.on, last.at, last.row_id) if last else None)


def count(ws: Workspace, person_id: str, only: Sequence[str] = ()) -> int:
    """How many entries there are."""
    ws.demand("view")
    with ws.db.read() as session:
        asked = records.asked_of(session, person_id, only, _prints_by(ws))
        return records.count(session, asked)


def _prints_by(ws: Workspace) -> str | None:
    if ws.own is not None:
        return None
    return "" if ws.can("logs") else ws.user.login


def _lines(
    ws: Workspace, session: Session, asked: Asked, found: Sequence[Entry]
) -> Iterable[TimelineLine]:
    by_entity: dict[str, list[str]] = {}
    for one in found:
        by_entity.setdefault(one.entity, []).append(one.row_id)
    edits = _edits(ws, session, asked, by_entity.pop(CHANGE, []))
    prints = records.prints(session, by_entity.pop(PRINT, []))
    rows = {entity: records.rows(session, entity, ids) for entity, ids in by_entity.items()}
    for one in found:
        if one.entity == CHANGE:
            yield _line(one, *edits.get(one.row_id, ("", "")))
        elif one.entity == PRINT:
            log = prints[one.row_id]
            title = codes.label("access_kind", log.kind, language())
            yield _line(one, title, access.what(log.detail))
        else:
            yield _of_record(ws, session, one, rows[one.entity][one.row_id])


def _line(one: Entry, title: str, words: str, **more: Any) -> TimelineLine:
    cut = words if len(words) <= LETTERS_MAX else words[: LETTERS_MAX - 1] + "…"
    return TimelineLine(
        f"{one.entity}:{one.row_id}",
        one.on,
        one.at,
        one.kind,
        one.entity,
        title,
        cut,
        one.by,
        **more,
    )


def _of_record(ws: Workspace, session: Session, one: Entry, row: Any) -> TimelineLine:
    case_id = row.id if one.entity == "care_case" else getattr(row, "case_id", None) or ""
    if one.entity == "case_note":
        return _note(ws, one, row, case_id)
    tell = WORDS.get(one.entity)
    title, words = tell(ws, session, row) if tell is not None else ("", facts(ws, one.entity, row))
    return _line(one, title, words, case_id=case_id)


def _note(ws: Workspace, one: Entry, row: Any, case_id: str) -> TimelineLine:
    """A note as this reader may read it; a step of the case with its reason."""
    title = codes.label("note_kind", row.note_kind or "note", language())
    if row.note_kind not in CONTACT_KINDS:
        return _line(one, title, case_cards.reason(row, language()), case_id=case_id)
    card = case_note.card(ws, row)
    mine = not case_id and row.created_by == ws.user.login
    return _line(one, title, card.text, case_id=case_id, hidden=card.hidden, mine=mine)


def facts(ws: Workspace, entity: str, row: Any) -> str:
    """The first few things a record says, in words; closed ones are left out."""
    told = []
    for field in fields.of(entity) if entity in fields.records() else ():
        value = getattr(row, field.name)
        if value in (None, "", False):
            continue
        opened = (
            field_values.opened(ws, value)
            if field.restricted
            else field_values.named(ws, entity, field.name, value)
        )
        if opened in (None, CLOSED):
            continue
        words = field_values.readable(field, opened, language())
        told.append(f"{field.label(language())}: {words}" if field.type != "note" else words)
    return " · ".join(" ".join(one.split()) for one in told[:FACTS_MAX])


def _edits(
    ws: Workspace, session: Session, asked: Asked, txns: Sequence[str]
) -> Mapping[str, Told]:
    """What each transaction changed, field by field."""
    found = records.edits(session, asked.person_ids, txns) if txns else []
    by_txn: dict[str, list[History]] = {}
    for row in found:
        by_txn.setdefault(row.txn, []).append(row)
    told: dict[str, Told] = {}
    for txn, several in by_txn.items():
        lines = confidential.told_closely(session, (_history(row) for row in several))
        told[txn] = _of_edits(ws, lines)
    return told


def _history(row: History) -> HistoryLine:
    return HistoryLine(
        row.entity, row.row_id, row.at, row.by, row.op, row.field, row.old, row.new, row.source
    )


def _of_edits(ws: Workspace, lines: Sequence[HistoryLine]) -> Told:
    begun = next((one for one in lines if one.op == "create"), None)
    if begun is not None:
        title = translate("Lập hồ sơ")
        if begun.source.startswith("import:"):
            file = begun.source.removeprefix("import:").rsplit(":", 2)[0]
            return title, translate("từ danh sách {file}", file=file)
        return title, ""
    parts = []
    for line in lines:
        for entry in history_entries.of_line(ws, line):
            if entry.label and not any(ID.fullmatch(one or "") for one in (entry.old, entry.new)):
                old, new = (_short(each) for each in (entry.old, entry.new))
                parts.append(f"{entry.label}: {old} → {new}")
    return translate("Sửa {count} mục", count=len(parts)), "; ".join(parts)


def _short(words: str | None) -> str:
    plain = " ".join((words or "—").split())
    return plain if len(plain) <= 60 else plain[:59] + "…"


def _case(ws: Workspace, _session: Session, row: Any) -> Told:
    number = translate("số {number}", number=row.case_number) if row.case_number else ""
    return translate("Mở ca"), " · ".join(one for one in (number, row.open_reason or "") if one)


def _need(ws: Workspace, _session: Session, row: Any) -> Told:
    listed = ("need_item", row.item) if row.item else ("need_group", row.need_group or "")
    status = codes.label("need_status", row.need_status or "new", language())
    return translate("Nhu cầu"), f"{codes.label(*listed, language())} · {status}"


def _approval(_ws: Workspace, _session: Session, row: Any) -> Told:
    return codes.label("decision", row.decision, language()), row.reason or ""


def _amendment(_ws: Workspace, _session: Session, row: Any) -> Told:
    return translate("Đề nghị sửa"), codes.label("amendment_state", row.state, language())


def _merger(_ws: Workspace, session: Session, row: Any) -> Told:
    other = session.get(Person, row.absorbed_id)
    undone = row.state == "undone"
    title = translate("Gộp hồ sơ, đã tách lại") if undone else translate("Gộp hồ sơ trùng")
    return title, (other.name or "") if other is not None else ""


def _transfer(_ws: Workspace, _session: Session, row: Any) -> Told:
    ways = translate("{one} → {other}", one=row.from_name, other=row.to_name)
    return translate("Chuyển cơ quan"), f"{ways} · {say(f'transfer_{row.state}')}"


def _file(ws: Workspace, _session: Session, row: Any) -> Told:
    kind = codes.label("attachment_kind", row.attachment_kind or "", language())
    return kind, str(field_values.named(ws, "attachment", "title", row.title) or "")


def _task(ws: Workspace, _session: Session, row: Any) -> Told:
    status = codes.label("task_status", row.task_status or "open", language())
    if row.rule:
        return codes.label("coming_kind", row.rule, language()), status
    title = str(field_values.named(ws, "task", "title", row.title) or "")
    day = dates.show(row.due_on, language()) if row.due_on else ""
    return translate("Việc cần làm"), " · ".join(one for one in (title, day, status) if one)


def _flag(ws: Workspace, _session: Session, row: Any) -> Told:
    kind = codes.label("flag_kind", row.flag_kind or "", language())
    reason = field_values.named(ws, "flag", "flag_reason", row.flag_reason)
    return translate("Cờ: {kind}", kind=kind), str(reason or "")


WORDS: dict[str, Callable[[Workspace, Session, Any], Told]] = {
    "care_case": _case,
    "need": _need,
    "approval": _approval,
    "amendment": _amendment,
    "merger": _merger,
    "transfer": _transfer,
    "attachment": _file,
    "task": _task,
    "flag": _flag,
}
"""Records that say more than their fields in a row."""
