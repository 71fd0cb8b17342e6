"""What comes of the council: its sessions, and notices to be taken down. Nobody's own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, String, literal

from data.records import notice as notices
from data.records.coming_event import Asked, Parts, Source, source
from data.records.council_session import PLANNED, CouncilSession
from data.records.notice import Notice


def _sessions(asked: Asked) -> Select[Any]:
    """Sessions that were called and not held yet."""
    one = CouncilSession
    nobody = literal(None, String)
    parts = Parts(one.session_on, nobody, nobody, literal(""), one.id, one.session_starts)  # type: ignore[arg-type]
    called = (one.deleted_at.is_(None), one.session_state == PLANNED)
    return source("council_session", asked, parts, *called, one.session_on <= asked.until)  # type: ignore[operator]


def _notices(asked: Asked) -> Select[Any]:
    """Notices whose time is over (Đ.6 k.1): the record names the session they are of."""
    one = Notice
    nobody = literal(None, String)
    parts = Parts(one.take_down_on, nobody, nobody, literal(""), one.session_id, one.notice_number)  # type: ignore[arg-type]
    hang = (one.deleted_at.is_(None), one.notice_state == notices.POSTED)
    return source("notice_down", asked, parts, *hang, one.take_down_on <= asked.until)  # type: ignore[operator]


SOURCES: tuple[Source, ...] = (_sessions, _notices)
