"""The office's dated settings: what holds on a day, a change from a day on, the course of one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from app.actions import number_series
from app.errors import Problem, Refused
from app.rules import certificate
from app.values.papers import Letterhead
from app.values.settings import OfficeSettings, SettingLine, Signatory
from app.workspace import Workspace
from data import text, units
from data.records import office as records
from data.records.office import Setting

TEXT_MAX = 300
LINES_MAX = 20
TONE_ORDERS = ("dictionary", "old")
FILE_PASSWORDS = ("ask", "must", "off")
AUTO_LOCK_MINUTES = range(1, 121)
KEYS = tuple(field.name for field in fields(OfficeSettings))


def current(ws: Workspace, day: date | None = None) -> OfficeSettings:
    """All settings as they hold on a day (today when none is named)."""
    on = (day or ws.today()).isoformat()
    with ws.db.read() as session:
        rows = records.settings_on(session, on)
    known = {key: _read(key, json.loads(value)) for key, value in rows.items() if key in KEYS}
    return OfficeSettings(**known)


def change(ws: Workspace, values: Mapping[str, object], since: date | None = None) -> None:
    """Let the values hold from a day on (today when none is named), until the next change.

    What held before stays with its days, so that an old paper can be printed as it was. Raises
    Refused: not_allowed, setting_unknown, setting_too_long, setting_signatory, setting_choice,
    setting_block.
    """
    ws.demand("settings")
    kept, problems = _checked(values)
    if problems:
        raise Refused(problems)
    day = (since or ws.today()).isoformat()
    with ws.db.write(ws.author()) as session:
        for key, value in kept.items():
            written = json.dumps(value, ensure_ascii=False)
            row = records.setting_from(session, key, day)
            if row is None:
                session.add(Setting(office_id=ws.office.id, key=key, valid_from=day, value=written))
            elif row.value != written:
                row.value = written


def letterhead(ws: Workspace, day: date | None = None, signatory: int = 0) -> Letterhead:
    """The head and foot of an official document as they hold on a day (today when none).

    `signatory` chooses among the signatories in their order. What nobody has set falls back to
    the office: its name as issuing body, its first unit as place name.
    """
    on = day or ws.today()
    known = current(ws, on)
    signs = known.signatories[signatory] if signatory < len(known.signatories) else None
    return Letterhead(
        issuing_body=known.issuing_body or ws.office.name,
        superior_body=known.superior_body,
        place=known.place_name or units.get(ws.office.units[0]).name,
        day=on.isoformat(),
        symbol=known.document_symbol,
        signatory=signs,
        recipients=known.recipients,
    )


def course(ws: Workspace, key: str) -> tuple[SettingLine, ...]:
    """Every value a setting had, has and will have, the newest beginning first."""
    ws.demand("view")
    with ws.db.read() as session:
        return tuple(
            SettingLine(
                row.key,
                row.valid_from,
                _read(key, json.loads(row.value)),
                row.updated_by,
                row.updated_at,
            )
            for row in records.setting_course(session, key)
        )


def _checked(values: Mapping[str, object]) -> tuple[dict[str, Any], list[Problem]]:
    kept: dict[str, Any] = {}
    problems = []
    for key, value in values.items():
        if key not in KEYS:
            problems.append(Problem.of("setting_unknown", key, value))
            continue
        code = None
        if key == "signatories":
            kept[key], code = _signatories(value)
        elif key in ("recipients", "compared_papers"):
            kept[key], code = _lines(value)
        elif key == "tone_order":
            kept[key], code = value, None if value in TONE_ORDERS else "setting_choice"
        elif key == "file_passwords":
            kept[key], code = value, None if value in FILE_PASSWORDS else "setting_choice"
        elif key.endswith("_block"):
            kept[key] = text.tidy(str(value or ""))
            code = None if not kept[key] or number_series.block_of(kept[key]) else "setting_block"
        elif key == "certificate_pattern":
            kept[key] = text.tidy(str(value or ""))
            bad = bool(kept[key]) and certificate.pattern_trouble(kept[key])
            code = "setting_certificate_pattern" if bad else None
        elif key == "auto_lock_minutes":
            kept[key], code = _minutes(value)
        else:
            kept[key] = text.tidy(str(value or ""))
            code = "setting_too_long" if len(kept[key]) > TEXT_MAX else None
        if code is not None:
            problems.append(Problem.of(code, key, value, limit=TEXT_MAX))
    return kept, problems


def _minutes(value: object) -> tuple[int, str | None]:
    try:
        minutes = int(str(value))
    except ValueError:
        return 0, "setting_choice"
    return minutes, None if minutes in AUTO_LOCK_MINUTES else "setting_choice"


def _lines(value: object) -> tuple[list[str], str | None]:
    parts = value.splitlines() if isinstance(value, str) else [str(one) for one in _items(value)]
    lines = [line for line in (text.tidy(part) for part in parts) if line]
    long = len(lines) > LINES_MAX or any(len(line) > TEXT_MAX for line in lines)
    return lines, "setting_too_long" if long else None


def _signatories(value: object) -> tuple[list[dict[str, Any]], str | None]:
    kept = []
    for one in _items(value):
        if not isinstance(one, Signatory) or not text.tidy(one.name):
            return [], "setting_signatory"
        lines, code = _lines(one.authority)
        if code is not None:
            return [], code
        tidied = Signatory(text.tidy(one.name), text.tidy(one.position), tuple(lines))
        kept.append(asdict(tidied))
    return kept, "setting_too_long" if len(kept) > LINES_MAX else None


def _items(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


def _read(key: str, value: Any) -> Any:
    """A stored value as the frozen settings carry it."""
    if key == "signatories":
        return tuple(
            Signatory(one["name"], one["position"], tuple(one["authority"])) for one in value
        )
    return tuple(value) if isinstance(value, list) else value
