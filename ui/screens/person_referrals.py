"""The referrals of a person: written, sent with a letter, answered, served."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app import forms
from app.actions import attachment, need, provider, referral, support_papers
from app.forms import FormField
from app.values.provider import ProvidersFilter
from app.values.referral import ReferralCard, ReferralDraft, ReferralStep
from app.wording import translate
from ui.screens import saving_pdf
from ui.screens.person_belongings import Actions, Belongings
from ui.screens.person_part import Part, day, line, need_field, paper
from ui.stage import Stage
from ui.tasks import Failure

ONLY = ("referred_to", "service_asked", "referral_reason", "referral_secret", "answer_due_on")
DAYS = ("sent_on", "answered_on", "served_on")
OLD = ("referral_origin", "referral_status", "sent_on", "answered_on", "answer_note")


class ReferralsPart(Part):
    """Referrals, the newest first; what is overdue says so in words."""

    touching = frozenset({"referral", "provider", "need", "attachment"})
    name, tab, record = "referral", "supports", "referral"

    def __init__(self, stage: Stage, within: Belongings) -> None:
        super().__init__(stage, within)
        self._status = ""
        self.step = self.step_box(translate("Việc chuyển gửi"), _step_fields(()), self._step)

    def titled(self) -> str:
        return translate("Chuyển gửi")

    def adds(self) -> str:
        return translate("Viết chuyển gửi")

    def form_fields(self) -> tuple[FormField, ...]:
        closed = self.stage.ws.restricted is None
        named = [name for name in ONLY if not (closed and name == "referral_secret")]
        return (
            _provider_field(()),
            *(forms.field("referral", name) for name in named),
            need_field(),
            *(forms.field("referral", name) for name in OLD),
        )

    def nothing_words(self) -> str:
        return translate("Chưa chuyển gửi đi đâu.")

    def read(self) -> Any:
        ws = self.stage.ws
        services = provider.listing(ws, ProvidersFilter())
        files = attachment.of_person(ws, self.key)
        return (
            (referral.of_person(ws, self.key), need.of_person(ws, self.key)),
            tuple(forms.choice(one.id, one.name) for one in services),
            tuple(forms.choice(one.id, one.title) for one in files),
        )

    def show_rows(self, answer: Any) -> None:
        cards, services, files = answer
        self.entry_box.form.describe(_provider_field(services))
        self.step.form.describe(_file_field(files))
        self.describe_needs(cards[1])
        super().show_rows(cards)

    def values_of(self, card: ReferralCard) -> Mapping[str, object]:
        return {**card.fields, "provider": card.provider_id, "need": card.need_id}

    def write(self, values: Mapping[str, object]) -> object:
        typed = dict(values)
        draft = ReferralDraft(
            self.key,
            typed,
            self.editing.id if self.editing is not None else None,
            str(typed.pop("provider", None) or "") or None,
            str(typed.pop("need", None) or "") or None,
        )
        return referral.save(self.stage.ws, draft)

    def take_off(self, row_id: str, reason: str) -> None:
        referral.remove(self.stage.ws, row_id, reason)

    def card_words(self, card: ReferralCard) -> tuple[str, tuple[str, ...]]:
        told = card.fields
        title = translate(
            "{to} · {status}",
            to=told["referred_to"],
            status=forms.code_label("referral_status", card.status),
        )
        due = day(told["answer_due_on"])
        lines = (
            line(
                str(told["service_asked"] or ""),
                translate("gửi {day}", day=day(told["sent_on"])) if told["sent_on"] else "",
                translate("số {number}", number=told["letter_number"])
                if told["letter_number"]
                else "",
                translate("QUÁ HẠN trả lời {day}", day=due) if card.overdue else "",
                translate("hẹn trả lời {day}", day=due) if due and not card.overdue else "",
                translate("trả lời {day}", day=day(told["answered_on"]))
                if told["answered_on"]
                else "",
                translate("phục vụ {day}", day=day(told["served_on"])) if told["served_on"] else "",
                translate("có bản chụp trả lời") if card.answer_file_id else "",
                paper(told["referral_origin"]),
            ),
            str(told["referral_reason"] or ""),
            translate("Mật: {words}", words=told["referral_secret"])
            if told["referral_secret"]
            else "",
            str(told["answer_note"] or ""),
        )
        return title, lines

    def acts(self, card: ReferralCard) -> Actions:
        words = {
            "sent": translate("Gửi…"),
            "accepted": translate("Nhận lời…"),
            "served": translate("Đã phục vụ…"),
            "refused": translate("Bị từ chối…"),
            "withdrawn": translate("Rút lại…"),
        }
        steps = tuple(
            (words[status], lambda status=status: self._begin_step(card, status))  # type: ignore[misc]
            for status in card.moves
        )
        if not self.stage.ws.can("print"):
            return steps
        letters: Actions = ((translate("Lưu thư chuyển gửi…"), lambda: self._letter(card)),)
        if card.fields["referral_secret"] and self.stage.ws.restricted is not None:
            both = translate("Lưu thư có phần mật…")
            letters += ((both, lambda: self._letter(card, True)),)
        return (*letters, *steps)

    def _letter(self, card: ReferralCard, secret: bool = False) -> None:
        ws = self.stage.ws
        name = translate("chuyển gửi {day}", day=f"{ws.today():%Y-%m-%d}")
        saving_pdf.ask(
            self, self.stage, name, lambda: support_papers.referral_letter(ws, card.id, secret)
        )

    def _begin_step(self, card: ReferralCard, status: str) -> None:
        self._status = status
        self.step.heading.setText(
            translate(
                "{to}: {status}",
                to=card.fields["referred_to"],
                status=forms.code_label("referral_status", status),
            )
        )
        known = {
            "on": self.stage.ws.today().isoformat(),
            "answer_due_on": card.fields["answer_due_on"],
        }
        self.open_step(self.step, card, known)

    def _wrong(self, failure: Failure) -> None:
        """The day of a step is one field here, whichever day of the referral it is."""
        told = tuple(
            replace(one, field="on") if one.field in DAYS else one for one in failure.problems
        )
        super()._wrong(replace(failure, problems=told) if self.box is self.step else failure)

    def _step(self) -> None:
        typed, ws, card = self.step.form.values(), self.stage.ws, self.editing
        told = {name: str(value or "") for name, value in typed.items()}
        draft = ReferralStep(
            self._status,
            told["on"],
            told["answer_note"],
            told["answer_due_on"],
            told["letter_number"],
            told["file"] or None,
        )
        self.save_box(lambda: referral.step(ws, card.id, draft))


def _provider_field(offered: tuple[forms.Choice, ...]) -> FormField:
    return FormField("", "provider", translate("Chọn trong danh bạ"), "code", choices=offered)


def _file_field(offered: tuple[forms.Choice, ...]) -> FormField:
    words = translate("Bản chụp văn bản trả lời")
    return FormField("", "file", words, "code", choices=offered)


def _step_fields(files: tuple[forms.Choice, ...]) -> tuple[FormField, ...]:
    return (
        FormField("", "on", translate("Ngày"), "date"),
        forms.field("referral", "letter_number"),
        forms.field("referral", "answer_due_on"),
        _file_field(files),
        FormField("", "answer_note", translate("Nội dung trả lời, lý do"), "note"),
    )
