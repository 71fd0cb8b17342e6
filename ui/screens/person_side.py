"""The panel beside a person: what is doubtful, what waits, what is missing, what was decided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app import forms
from app.errors import Problem
from app.values.coming import Due
from app.values.duplicates import Alike
from app.values.person import AmendmentCard, DecisionLine, MergedRecord, PersonPage
from app.wording import translate
from ui import show
from ui.widgets.side_panel import Group, Line

MISSING_SHOWN_MAX = 8
DECISIONS_SHOWN_MAX = 4


@dataclass(frozen=True, slots=True)
class Ways:
    """Full names by login, and where the lines of the panel lead: to a field, to the comparison,
    to parting a merger, to carrying a late edit over, to deciding conflicts."""

    names: Mapping[str, str]
    go_to: Callable[[str], None]
    compare: Callable[[], None]
    part: Callable[[MergedRecord], None]
    carry: Callable[[str, str], None]
    decide: Callable[[], None]
    may_part: bool


def groups(page: PersonPage, ways: Ways) -> tuple[Group, ...]:
    """Everything worth a look about a person, the most pressing first."""
    names = ways.names
    return (
        Group(translate("Xung đột"), _conflicts(page, ways)),
        Group(
            translate("Cần xem lại"),
            tuple(_warning(one, ways) for one in page.warnings),
        ),
        Group(
            translate("Viết muộn vào hồ sơ đã gộp, chưa có trong hồ sơ còn lại"),
            tuple(_late_lines(page, ways)),
        ),
        Group(
            translate("Hồ sơ đã gộp vào đây"),
            tuple(_merged(one, ways) for one in page.merged_here),
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
            _missing(page, ways.go_to),
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


def soon(dues: Sequence[Due], look: Callable[[], None]) -> Group:
    """What comes of the person within a month; late things first."""
    lines = []
    for due in dues:
        what = " · ".join(part for part in (due.title, due.detail) if part)
        words = translate("{day}: {what}", day=forms.date_shown(due.on), what=what)
        lines.append(Line(words, sign="!" if due.late else "○"))
    if lines:
        lines.append(Line(translate("Mở thẻ Việc, cờ"), look, ""))
    return Group(translate("Sắp tới"), tuple(lines))


def alike(found: tuple[Alike, ...], go: Callable[[str], None]) -> Group:
    """Known persons who may be the one that is being typed, and why."""
    lines = []
    for one in found:
        why = ", ".join(each.words for each in one.reasons if each.weight > 0)
        facts = (
            one.card.name,
            show.birth_sentence(one.card.birth),
            show.place(one.card.commune, ""),
        )
        words = translate("{who}: {why}", who=" · ".join(part for part in facts if part), why=why)
        lines.append(Line(words, sign="≈", actions=((translate("Mở hồ sơ"), _going(go, one)),)))
    return Group(translate("Có thể đã có trong sổ"), tuple(lines))


def _going(go: Callable[[str], None], one: Alike) -> Callable[[], None]:
    return lambda: go(one.card.id)


def _conflicts(page: PersonPage, ways: Ways) -> tuple[Line, ...]:
    if not page.conflicts:
        return ()
    labels = "; ".join(dict.fromkeys(page.conflicts))
    words = translate("Hai người cùng sửa: {labels}", labels=labels)
    return (Line(words, sign="≠", actions=((translate("Quyết định"), ways.decide),)),)


def _warning(one: Problem, ways: Ways) -> Line:
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()
    if one.code in ("possible_duplicate", "same_number"):
        actions = ((translate("So hai hồ sơ"), ways.compare),)
    return Line(one.message, sign="⚠", actions=actions)


def _merged(one: MergedRecord, ways: Ways) -> Line:
    words = translate(
        "{name} ({login}, {at})",
        name=one.name,
        login=ways.names.get(one.by, one.by),
        at=show.instant(one.at),
    )
    actions = ((translate("Tách lại…"), lambda: ways.part(one)),) if ways.may_part else ()
    return Line(words, sign="→", actions=actions)


def _late_lines(page: PersonPage, ways: Ways) -> Iterator[Line]:
    """What another PC wrote into a merged record without knowing: told with the survivor's name."""
    merged = [(one.id, page.card.name, one) for one in page.merged_here]
    if page.merged_into is not None:
        merged = [(page.card.id, page.merged_into.name, page.merged_into)]
    for stub, survivor, record in merged:
        for late in record.late:
            yield Line(
                translate(
                    "{label}: {words} ({login}, {at})",
                    label=late.label,
                    words=late.words,
                    login=ways.names.get(late.by, late.by),
                    at=show.instant(late.at),
                ),
                sign="⚠",
                actions=_carrying(stub, survivor, late.field, ways),
            )


def _carrying(
    stub: str, survivor: str, field: str, ways: Ways
) -> tuple[tuple[str, Callable[[], None]], ...]:
    if not ways.may_part:
        return ()
    words = translate("Chép sang hồ sơ {name}", name=survivor)
    return ((words, lambda: ways.carry(stub, field)),)


def _changes(one: AmendmentCard, names: Mapping[str, str]) -> tuple[Line, ...]:
    lines = []
    for name, (old, new) in one.changes.items():
        lines.append(
            Line(
                translate(
                    "{label}: {old} → {new} ({name} đề nghị)",
                    label=forms.label_of("person", name),
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
