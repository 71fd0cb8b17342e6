"""What an inspector asks: who saw, printed, exported, changed a person; what an officer did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from app.actions import access, field_values, key_log, user
from app.errors import Refused
from app.reports.over import end_of_day
from app.rules import dates
from app.section_titles import section_title
from app.values.inspection import KINDS, Inspection, InspectionAsk, InspectionLine, LogProof
from app.wording import language, translate
from app.workspace import Workspace
from data import codes, fields
from data.records import access_chain
from data.records import inspection as records
from data.records import office as offices
from data.records.inspection import Span, Touch
from data.records.sync import SyncState
from data.records.trace import AccessLog

LINES_MAX = 5_000
"""As many as one answer shows; narrower days bring the rest."""
NAMED_MAX = 6
OF_THE_OFFICE = frozenset({"user", "setting", "saved_filter"})
DECIDED = frozenset(
    "approved returned undone refused issued revoked rejected agreed done sent accepted".split()
)


def find(ws: Workspace, ask: InspectionAsk) -> Inspection:
    """All that was done with a person, or by a user, newest first; asking is a look itself.

    Needs the right to read logs. Raises Refused: not_allowed, person_unknown, user_unknown,
    inspection_days, inspection_kind, inspection_whom.
    """
    ws.demand("logs")
    _demand(ask)
    with ws.db.read() as session:
        title = _title(ws, session, ask)
        span = _span(session, ask)
        looks = _looks(ws, session, ask, span)
        touches, more = _touches(ws, session, ask, span)
        total = records.count_looks(session, span, _own_kinds(ask)) if looks else 0
        lines = sorted((*looks, *touches), key=lambda one: (one.at, one.key), reverse=True)
        shown = _named(session, lines[:LINES_MAX])
        notes = _notes(ws, session)
    _log(ws, ask, shown)
    return Inspection(ask, title, shown, max(total + more, len(shown)), notes)


def proof(ws: Workspace, number: int = 0, mark: str = "") -> LogProof:
    """Walk the chain of the log of looks; with the number and mark of an older paper say whether
    the log still is the one that was there then. Needs the right to read logs."""
    ws.demand("logs")
    with ws.looks.read() as session:
        chain = access_chain.verify(session)
        before = access_chain.mark_at(session, number) if number else ""
    words = [_proved(chain)]
    if number and before == mark:
        words.append(
            translate("Khớp với tờ in trước: dòng {number} vẫn là dòng ấy.", number=number)
        )
    elif number:
        told = translate(
            "KHÔNG khớp với tờ in trước: dòng {number} lúc ấy có dấu {mark}, nay là {now}.",
            number=number,
            mark=mark,
            now=before or "-",
        )
        words.append(told)
    words += [
        translate("Chuỗi này chứng tỏ không ai sửa, bớt, chen một dòng riêng lẻ."),
        translate(
            "Có khóa của sổ mà viết lại cả chuỗi thì chỉ tờ in từ trước cho thấy: giữ tờ in."
        ),
    ]
    broken = chain.broken or (number if number and before != mark else 0)
    return LogProof(chain.entries, chain.last, chain.mark, chain.since, broken, tuple(words))


def _proved(chain: access_chain.Chain) -> str:
    if chain.broken:
        return translate(
            "Nhật ký đứt ở dòng {number}: dòng ấy hay dòng trước nó đã bị sửa, bớt hoặc chen.",
            number=chain.broken,
        )
    return translate(
        "Nhật ký nguyên vẹn: {count} dòng nối nhau, dòng cuối số {last}, dấu {mark}.",
        count=chain.entries,
        last=chain.last,
        mark=chain.mark or "-",
    )


def _demand(ask: InspectionAsk) -> None:
    if not ask.person_id and not ask.login:
        raise Refused.one("inspection_whom", "person")
    strange = next((kind for kind in ask.kinds if kind not in KINDS), None)
    if strange is not None:
        raise Refused.one("inspection_kind", "kinds", strange, known=", ".join(KINDS))
    for name, day in (("since", ask.since), ("until", ask.until)):
        if day and (not dates.valid(day) or dates.precision(day) != "day"):
            raise Refused.one("inspection_days", name, day)
    if ask.since and ask.until and ask.until < ask.since:
        raise Refused.one("inspection_days", "until", ask.until)


def _span(session: Session, ask: InspectionAsk) -> Span:
    after = ""
    if ask.since:
        after = end_of_day((date.fromisoformat(ask.since) - timedelta(days=1)).isoformat())
    upto = end_of_day(ask.until) if ask.until else ""
    whom = records.everybody(session, ask.person_id) if ask.person_id else None
    return Span(whom, ask.login, after, upto)


def _title(ws: Workspace, session: Session, ask: InspectionAsk) -> str:
    """About whom it is. Raises Refused when nobody is known by this name."""
    told = []
    if ask.person_id:
        named = records.names(session, [ask.person_id])
        if ask.person_id not in named:
            raise Refused.one("person_unknown", "id", ask.person_id)
        told.append(named[ask.person_id])
    if ask.login:
        if offices.user_of(session, ask.login) is None:
            raise Refused.one("user_unknown", "login", ask.login)
        name = user.names(ws).get(ask.login, ask.login)
        told.append(translate("cán bộ {name} ({login})", name=name, login=ask.login))
    return " · ".join(told)


def _own_kinds(ask: InspectionAsk) -> tuple[str, ...]:
    """The kinds of the log of looks that were asked for."""
    return tuple(kind for kind in records.OWN_KINDS if kind in (ask.kinds or KINDS))


def _looks(
    ws: Workspace, session: Session, ask: InspectionAsk, span: Span
) -> tuple[InspectionLine, ...]:
    kinds = _own_kinds(ask)
    if not kinds:
        return ()
    logins = {one.id: one.login for one in offices.users(session)}
    return tuple(_look(one, logins) for one in records.looks(session, span, kinds, LINES_MAX))


def _look(one: AccessLog, logins: dict[str, str]) -> InspectionLine:
    if one.kind == "key":
        told = f"{logins.get(one.person_id, '')}: {key_log.what(one.detail)}"
        return InspectionLine(f"a{one.seq}", one.at, one.by, "key", "", "", told)
    whole = translate("trang hồ sơ") if one.kind == "view" else ""
    what = access.what(one.detail) or whole
    return InspectionLine(f"a{one.seq}", one.at, one.by, one.kind, one.person_id, "", what)


def _touches(
    ws: Workspace, session: Session, ask: InspectionAsk, span: Span
) -> tuple[list[InspectionLine], int]:
    """What was written, and how many writings there are in all."""
    wanted = set(ask.kinds or KINDS) - set(records.OWN_KINDS)
    if not wanted:
        return [], 0
    lines = [_touch(ws, one) for one in records.touches(session, span, LINES_MAX)]
    found = [one for one in lines if one.kind in wanted]
    full = len(lines) == LINES_MAX
    return found, records.count_touches(session, span) if full else len(found)


def _touch(ws: Workspace, one: Touch) -> InspectionLine:
    kind = kind_of(one)
    return InspectionLine(
        one.key, one.at, one.by, kind, one.person_id, "", _what(ws, one), one.here
    )


def kind_of(one: Touch) -> str:
    """What a writing was: a decision, something let out, a move, or a change."""
    if one.entity == "sharing":
        return "share"
    if one.entity in ("transfer", "proposal", "resealed"):
        return "move"
    if one.state in DECIDED and (one.entity == "approval" or not one.created):
        return "approve"
    return "change"


def _what(ws: Workspace, one: Touch) -> str:
    """Which record, and which of its fields; restricted ones without their name, values never."""
    record = translate("Hồ sơ") if one.entity == "person" else _record(one.entity)
    if one.entity == "approval" and one.state:
        return f"{record}: {codes.label('decision', one.state, language())}"
    if one.created:
        return translate("tạo mới: {record}", record=record)
    labels = list(dict.fromkeys(_label(ws, one.entity, name) for name in one.fields))
    more = len(labels) - NAMED_MAX
    told = ", ".join(labels[:NAMED_MAX])
    if more > 0:
        told = translate("{fields} và {count} mục khác", fields=told, count=more)
    return f"{record}: {told}" if told else record


def _record(entity: str) -> str:
    known = {
        "approval": translate("Quyết định duyệt"),
        "amendment": translate("Thay đổi chờ duyệt"),
        "merger": translate("Gộp hồ sơ"),
        "distinct_pair": translate("Hai người khác nhau"),
        "transfer": translate("Chuyển cơ quan"),
        "user": translate("Người dùng"),
        "setting": translate("Thiết lập"),
    }
    return known.get(entity) or section_title(entity)


def _label(ws: Workspace, entity: str, name: str) -> str:
    if fields.has(entity, name):
        return field_values.label_of(ws, fields.get(entity, name), language())
    return codes.label("workflow_field", name, language())


def _named(session: Session, lines: Iterable[InspectionLine]) -> tuple[InspectionLine, ...]:
    lines = tuple(lines)
    ids = tuple(dict.fromkeys(one.person_id for one in lines if one.person_id))
    known = records.names(session, ids)
    return tuple(replace(one, name=known.get(one.person_id, "")) for one in lines)


def _notes(ws: Workspace, session: Session) -> tuple[str, ...]:
    state = session.get(SyncState, 1)
    name = state.device_name if state is not None and state.device_name else translate("này")
    return (
        translate(
            "Xem, in, xuất, đổi khóa chỉ được ghi ở máy đã làm: đây là nhật ký của máy {name}. Máy "
            "khác của cơ quan thì phải xem ở máy ấy.",
            name=name,
        ),
        translate(
            "Thay đổi, duyệt, chia sẻ, chuyển cơ quan có từ mọi máy đã đồng bộ về đây; dòng của "
            "máy khác không nói là máy nào."
        ),
    )


def _log(ws: Workspace, ask: InspectionAsk, lines: Sequence[InspectionLine]) -> None:
    """Who inspects looks, too."""
    if ask.person_id:
        access.seen(ws, ask.person_id, "view", "inspection")
    else:
        access.looked(ws, [one.person_id for one in lines if one.person_id], "inspection")
