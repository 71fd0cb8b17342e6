"""Write the file for the national system, and remember what was handed over of whom."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from app.actions import access, file_password, national_pending
from app.errors import Refused, file_trouble
from app.imports.writing import Page, write_xlsx
from app.values.national import OutDone, OutRequest, Pending
from app.wording import translate
from app.workspace import Workspace
from data import codes
from data.base import new_id
from data.national_layouts import DAY, GONE, MOVEMENT, ORDINAL, Column, Edition
from data.records import national_file as records
from data.records.national_file import NationalFile, NationalLine

WIDTH = 18
SHEET, INVENTED = "Danh sách", "Danh sách (GIẢ LẬP)"
"""Go into the file, so in Vietnamese whatever the program's language."""
HALF = ".part"


def number_of(day: str, file_id: str) -> str:
    """The number of an exchange: needs no line, and two PCs never make the same."""
    return f"QG-{day.replace('-', '')}-{file_id[-4:].upper()}"


def open_words(ws: Workspace) -> str:
    """That this file stays open, where the office wants passwords on files; "" elsewhere."""
    if not file_password.asked(ws):
        return ""
    words = translate(
        "Khác các tệp khác, tệp này không có mật khẩu và ghi đủ số định danh: hệ thống quốc gia "
        "không đọc được tệp có mật khẩu. Giữ tệp ở nơi kín, nộp xong thì xóa."
    )
    if file_password.rule(ws) != file_password.MUST:
        return words
    return f"{translate('Cơ quan đòi mật khẩu cho mọi tệp.')} {words}"


def make(ws: Workspace, request: OutRequest) -> OutDone:
    """Write the pending of a request as .xlsx in the layout; each export is in the log before the
    file can be seen. Whom the layout's demands are not met for is left out, unless it is wished.

    Raises Refused: not_allowed, export_kind, national_edition_unknown, national_nothing,
    national_open_only, national_meanwhile, export_not_written.
    """
    ws.demand("export")
    if ws.file_password:
        raise Refused.one("national_open_only", "file_password")
    if request.path.suffix.lower() != ".xlsx":
        raise Refused.one("national_kind", "out", request.path.name)
    chosen = national_pending.edition(ws, request.edition)
    found, newest = national_pending.asked(ws, request)
    sent = [one for one in found if request.lacking or not one.problems]
    left = tuple(one for one in found if one.problems and not request.lacking)
    if not sent:
        raise Refused([*(each for one in left[:50] for each in one.problems),
                       *Refused.one("national_nothing", "out").problems])  # fmt: skip
    made = NationalFile(id=new_id(), office_id=ws.office.id, national_way=records.OUT)
    made.national_day = ws.today().isoformat()
    made.national_number = number_of(made.national_day, made.id)
    made.edition, made.file_name, made.made_by = chosen.name, request.path.name, ws.user.login
    half = request.path.with_name(request.path.name + HALF)
    try:
        title = INVENTED if ws.office.demo else SHEET
        write_xlsx(half, [Page(title, _rows(chosen, sent), 1, [WIDTH] * len(chosen.columns))])
        made.file_hash = hashlib.sha256(half.read_bytes()).hexdigest()
        access.seen_many(ws, [one.id for one in sent], "export",
                         f"national {made.national_number}")  # fmt: skip
        with ws.db.write(ws.author()) as session:
            _keep(session, made, sent, newest)
            os.replace(half, request.path)
        counts = dict(Counter(one.move for one in sent))
        return OutDone(made.id, str(made.national_number), str(request.path), made.file_hash,
                       chosen.name, counts, left)  # fmt: skip
    except OSError as error:
        reason = file_trouble(error)
        raise Refused.one("export_not_written", "out", request.path.name, reason=reason) from error
    finally:
        _clear(half)


def _clear(half: Path) -> None:
    half.unlink(missing_ok=True)


def _keep(session: Session, made: NationalFile, sent: Sequence[Pending], newest: str) -> None:
    """The file and its lines; refused when somebody handed over in between."""
    if records.newest(session) != newest:
        raise Refused.one("national_meanwhile", "out")
    session.add(made)
    for one in sent:
        session.add(
            NationalLine(
                office_id=made.office_id,
                file_id=made.id,
                person_id=one.id,
                base_id=one.base_id,
                number=made.national_number,
                edition=made.edition,
                day=made.national_day,
                written=json.dumps(one.written, ensure_ascii=False, sort_keys=True),
                national_move=one.move,
                national_answer=records.WAITING,
            )
        )
    session.flush()


def _rows(chosen: Edition, sent: Sequence[Pending]) -> Iterator[list[str]]:
    yield [column.heading for column in chosen.columns]
    for place, one in enumerate(sent, start=1):
        yield [_cell(column, one, place) for column in chosen.columns]


def _cell(column: Column, one: Pending, place: int) -> str:
    about = {ORDINAL: str(place), MOVEMENT: codes.label("national_move", one.move),
             GONE: one.why, DAY: one.on}  # fmt: skip
    return about[column.field] if column.field in about else one.written.get(column.field, "")
