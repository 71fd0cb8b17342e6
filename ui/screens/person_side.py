"""The panel beside a person: what is doubtful, what waits, what is missing, what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from app import forms
from app.values.person import AmendmentCard, DecisionLine, PersonPage
from app.wording import translate
from ui import show
from ui.widgets.side_panel import Group, Line

MISSING_SHOWN_MAX = 8
DECISIONS_SHOWN_MAX = 4


def groups(
    page: PersonPage, names: Mapping[str, str], go_to: Callable[[str], None]
) -> tuple[Group, ...]:
    """Everything worth a look about a person, the most pressing first; `names` by login."""
    return (
        Group(
            translate("Cần xem lại"),
            tuple(Line(one.message, sign="⚠") for one in page.warnings),
        ),
        Group(
            translate("Thay đổi chờ duyệt"),
            tuple(
                line
                for one in page.amendments
                if one.state == "waiting"
                for line in _changes(one, names)
            ),
        ),
        Group(
            translate(
                "Đã có {filled}/{total} mục · còn thiếu (không chặn duyệt)",
                filled=page.filled,
                total=page.countable,
            ),
            _missing(page, go_to),
        ),
        Group(
            translate("Quyết định gần đây"),
            tuple(_decision(one, names) for one in page.decisions[:DECISIONS_SHOWN_MAX]),
        ),
        Group(
            translate("Người nhập"),
            (
                Line(
                    translate(
                        "{name}, {at}",
                        name=names.get(page.created_by, page.created_by),
                        at=show.instant(page.created_at),
                    ),
                    sign="",
                ),
            ),
        ),
    )


def _changes(one: AmendmentCard, names: Mapping[str, str]) -> tuple[Line, ...]:
    lines = []
    for name, (old, new) in one.changes.items():
        field = forms.field("person", name)
        lines.append(
            Line(
                translate(
                    "{label}: {old} → {new} ({name} đề nghị)",
                    label=field.label,
                    old=forms.value_shown("person", name, old) or "—",
                    new=forms.value_shown("person", name, new) or "—",
                    name=names.get(one.asked_by, one.asked_by),
                ),
                sign="…",
            )
        )
    return tuple(lines)


def _missing(page: PersonPage, go_to: Callable[[str], None]) -> tuple[Line, ...]:
    lines = [
        Line(forms.field("person", name).label, lambda name=name: go_to(name))  # type: ignore[misc]
        for name in page.missing[:MISSING_SHOWN_MAX]
    ]
    rest = len(page.missing) - MISSING_SHOWN_MAX
    if rest > 0:
        lines.append(Line(translate("và {count} mục nữa", count=rest), sign=""))
    return tuple(lines)


def _decision(one: DecisionLine, names: Mapping[str, str]) -> Line:
    words = translate(
        "{decision} · {name}, {at}",
        decision=forms.code_label("decision", one.decision),
        name=names.get(one.by, one.by),
        at=show.instant(one.at),
    )
    if one.reason:
        words += f"\n{one.reason}"
    return Line(words, sign="")
