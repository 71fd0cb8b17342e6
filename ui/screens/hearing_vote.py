"""The vote about one person and what the council concluded (Mẫu 05); kept as a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app import forms
from app.forms import FormField
from app.rules.assessment import Proposal
from app.rules.council import DEGREES, DETERMINED, INCONCLUSIVE, NOT_DISABLED, Votes
from app.values.council import HearingCard, SessionPage, VoteDraft
from app.wording import translate
from ui.screens.keeping import Keeping
from ui.stage import Message, Stage
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Scroll, button, column, holder, label, row

CONCLUSION = ("conclusion", "degree", "types", "departs_reason")
VOTES = (
    *("votes_types", "votes_degree", "votes_types_other", "votes_degree_other"),
    *("votes_not_disabled", "votes_no_conclusion"),
)
PARTS = dict(
    zip(VOTES, ("types", "degree", "types_other", "degree_other", "not_disabled", "no_conclusion"),
        strict=True)
)  # fmt: skip
OPINION = "opinion:"
RELATED = "related"
VOTED = (DETERMINED, NOT_DISABLED, INCONCLUSIVE)


class HearingVote(QWidget):
    """`load(card, page, closed)`; `given()` asks to write down what stands here."""

    given = Signal()

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.setProperty("role", "clear")
        self.stage = stage
        self.card: HearingCard | None = None
        self.proposal: Proposal | None = None
        self._members: tuple[str, ...] = ()
        self.form: Form | None = None
        self.keeping: Keeping | None = None
        self.told = label("", "muted", wrap=True)
        self.agree = button(
            translate("Tất cả đồng ý với đề xuất (F9)"), self.all_agree, "", "check"
        )
        self.act = button(translate("Ghi kết luận"), self.given.emit, "primary", tip="Ctrl+S")
        self._place = column()
        page = holder(column(self.told, self._place, 1, gap=8))
        whole = column(Scroll(page), row(self.agree, 1, self.act), gap=8)
        whole.setStretch(0, 1)
        self.setLayout(whole)

    def load(self, card: HearingCard, page: SessionPage, closed: bool) -> None:
        """Show the vote of a hearing, with the members who are there."""
        self.leave()
        self.card = card
        self._make(page)
        assert self.form is not None and self.keeping is not None
        self.form.load(_values(card))
        self.form.clear_problems()
        self.form.set_read_only(closed)
        for made in (self.act, self.agree):
            made.setVisible(not closed)
        self.keeping.begin("" if closed else f"hearing:vote:{card.id}")
        self._count()
        if not closed:
            self.keeping.offer(self.form.put)

    def all_agree(self) -> None:
        """Everybody who votes agrees to what the sheet proposes: the officer says so, and saves."""
        found, form = self.proposal, self.form
        if form is None or form.isHidden():
            return
        if found is None:
            words = translate("Phiếu chưa ghi gì nên chưa có đề xuất để đồng ý. Ghi phiếu trước.")
            self.stage.tell(Message(words, "bad"))
            return
        votes: dict[str, object] = dict.fromkeys(VOTES)
        count = self.voting()
        told: dict[str, object]
        if found.degree in DEGREES:
            told = {"conclusion": DETERMINED, "types": found.types, "degree": found.degree}
            votes |= {"votes_types": count, "votes_degree": count}
        else:
            told = {"conclusion": found.degree, "types": (), "degree": None}
            name = "votes_not_disabled" if found.degree == NOT_DISABLED else "votes_no_conclusion"
            votes |= {name: count}
        form.put(told | votes | {"chair_decided": None})
        self.act.setFocus()

    def voting(self) -> int:
        """How many of those who are there vote on this person."""
        related = self.form.value(RELATED) if self.form is not None else ()
        return len(self._members) - len(related if isinstance(related, list | tuple) else ())

    def draft(self) -> VoteDraft | None:
        """What is to be written down."""
        if self.card is None or self.form is None:
            return None
        typed = self.form.values()
        votes = Votes(**{PARTS[name]: _number(typed.get(name)) for name in VOTES})
        types, related = (typed.get(name) or () for name in ("types", RELATED))
        return VoteDraft(
            self.card.id,
            votes,
            str(typed.get("conclusion") or ""),
            tuple(types),  # type: ignore[arg-type]
            str(typed.get("degree") or ""),
            {
                name.removeprefix(OPINION): str(words)
                for name, words in typed.items()
                if name.startswith(OPINION) and words
            },
            tuple(related),  # type: ignore[arg-type]
            bool(typed.get("chair_decided")),
            str(typed.get("departs_reason") or ""),
            str(typed.get("minutes_number") or ""),
        )

    def written(self) -> None:
        """What stands here is in the book."""
        if self.keeping is not None:
            self.keeping.drop()

    def leave(self) -> None:
        """Keep what is being typed."""
        if self.keeping is not None:
            self.keeping.leave()

    def begin(self) -> None:
        """Put the cursor where an ordinary vote begins."""
        self.agree.setFocus()

    def _make(self, page: SessionPage) -> None:
        """The form for the members who are there; made anew only when others are."""
        members = tuple(one.id for one in page.present)
        if self.form is not None and members == self._members:
            return
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self._members = members
        people = tuple(forms.choice(one.id, one.name) for one in page.present)
        related = FormField(
            "hearing", RELATED, forms.field("hearing", "related_members").label, "codes",
            choices=people,
        )  # fmt: skip
        opinions = tuple(
            FormField("hearing", f"{OPINION}{one.id}",
                      translate("Ý kiến: {name}", name=one.name), "text")
            for one in page.present
        )  # fmt: skip
        parts = (
            forms.FormSection("conclusion", translate("Kết luận"), _fields(CONCLUSION)),
            forms.FormSection("votes", translate("Biểu quyết"),
                              (*_fields(VOTES), *_fields(("chair_decided",)), related)),
            forms.FormSection("minutes", translate("Biên bản"),
                              (*_fields(("minutes_number",)), *opinions)),
        )  # fmt: skip
        self.form = Form(parts, sources_of(self.stage.ws), columns_max=2)
        self.form.build_all()
        self.form.edited.connect(lambda _name: self._count())
        self.keeping = Keeping(self.stage, self.form)
        self._place.addWidget(self.form)

    def _count(self) -> None:
        if self.form is None:
            return
        self.told.setText(
            translate("{count} thành viên biểu quyết trong {present} người có mặt.",
                      count=self.voting(), present=len(self._members))
        )  # fmt: skip


def _fields(names: tuple[str, ...]) -> tuple[FormField, ...]:
    known = [forms.field("hearing", name) for name in names]
    return tuple(_only(one) for one in known)


def _only(one: FormField) -> FormField:
    """Only what a vote may conclude is offered."""
    kept: Mapping[str, tuple[str, ...]] = {"conclusion": VOTED, "degree": DEGREES}
    if one.name not in kept:
        return one
    return replace(one, choices=tuple(c for c in one.choices if c.code in kept[one.name]))


def _values(card: HearingCard) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(card.votes, PARTS[name]) or None for name in VOTES}
    return values | {
        "conclusion": card.conclusion if card.conclusion in VOTED else None,
        "types": card.types or None,
        "degree": card.degree or None,
        "departs_reason": card.departs_reason or None,
        "chair_decided": card.chair_decided or None,
        "minutes_number": card.minutes_number or None,
        RELATED: card.related or None,
    }


def _number(typed: object) -> int:
    words = str(typed or "0").strip()
    return int(words) if words.isdecimal() else 0
