"""Cases as the command line shows them to people: in the office's words, not in codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from app import cli_records as records
from app.actions.history_words import when
from app.case_words import missing_words, step_name
from app.rules import dates
from app.wording import language, translate
from data import codes

Document = Mapping[str, Any]


def listed(total: int, shown: Sequence[Document]) -> tuple[str, ...]:
    """A list of cases."""
    return (translate("{total} ca", total=total), *(_card(one) for one in shown))


def page(document: Document) -> tuple[str, ...]:
    """A case: what it says, what its steps lack, findings, plans, reviews, notes, decisions."""
    parts = (_head, _steps, _findings, _plans, _reviews, _notes)
    return tuple(line for part in parts for line in part(document))


def _card(one: Document) -> str:
    words = (one["id"], one["person_name"], _day(one["opened_on"]),
             _label("case_status", one["status"]), one["worker"], one["case_number"],
             translate("KHẨN CẤP") if one["emergency"] else "")  # fmt: skip
    return "\t".join(words).rstrip("\t")


def _head(document: Document) -> Iterator[str]:
    yield _card(document)
    yield translate("Lý do mở: {reason}", reason=document["reason"])
    if document["close_reason"]:
        why = _label("close_reason", document["close_reason"])
        yield translate("Lý do kết thúc: {reason}", reason=why)
    if document["before_birth"]:
        yield translate("Theo hồ sơ cũ, ca mở trước ngày sinh của người này. Xem lại hai ngày.")
    for one in document["urgent"]:
        yield translate("Khẩn cấp, chưa xong: {activity}", activity=one)
    yield from records.facts("care_case", document["facts"])


def _steps(document: Document) -> Iterator[str]:
    for one in document["steps"]:
        if one["missing"]:
            lacks = "; ".join(missing_words(code) for code in one["missing"])
            yield f"  {step_name(one['name'])} ({one['source']}): {lacks}"


def _findings(document: Document) -> Iterator[str]:
    for one in document["assessments"]:
        domain = _label("need_domain", one["domain"])
        told = " · ".join(each for each in (one["situation"], one["need"]) if each)
        yield f"  {_day(one['assessed_on'])}  {domain}: {told}"


def _plans(document: Document) -> Iterator[str]:
    for one in document["plans"]:
        state = _label("plan_status", one["status"])
        edition = translate("Kế hoạch lần {edition}", edition=one["edition"])
        yield f"  {edition} ({state}): {one['goals']}"
        yield from (_activity(each) for each in one["activities"])
    if document["measures"]:
        yield f"  {translate('Biện pháp khẩn cấp ngoài kế hoạch')}"
    yield from (_activity(each) for each in document["measures"])


def _activity(one: Document) -> str:
    status = _label("activity_status", one["status"])
    return f"    {_day(one['due_on'])}  {one['activity']} ({status})"


def _reviews(document: Document) -> Iterator[str]:
    for one in document["reviews"]:
        verdict = _label("review_verdict", one["verdict"])
        found = " · ".join(each for each in one["findings"].values() if each)
        yield f"  {_day(one['reviewed_on'])}  {verdict}: {found}"


def _notes(document: Document) -> Iterator[str]:
    for one in document["notes"]:
        words = translate("(mật)") if one["hidden"] else one["text"]
        kind = _label("note_kind", one["kind"])
        yield f"  {_day(one['noted_on'])}  {one['by']}  {kind}: {words}"
    for one in document["decisions"]:
        kind = _label("note_kind", one["decision"])
        yield f"  {when(one['at'])}  {one['by']}  {kind}  {one['reason']}".rstrip()


def _label(list_name: str, code: str | None) -> str:
    return codes.label(list_name, code or "", language())


def _day(iso: str | None) -> str:
    return dates.show(iso, language()) if iso else ""
