"""The certificates of a person: written ready, issued, printed, replaced, revoked; old ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app import forms, page_images
from app.actions import (
    blank,
    certificate,
    certificate_desk,
    certificate_exchange,
    certificate_issue,
    certificate_opening,
    certificate_own,
    certificate_print,
    certificate_redraw,
)
from app.errors import Refused
from app.forms import FormField
from app.rules import certificate as rules
from app.values.certificate import (
    CertificateCard,
    Issuing,
    KnownFile,
    Replacing,
    Revocation,
    ToIssue,
)
from app.wording import translate
from app.workspace import Workspace
from ui import show
from ui.screens import certificate_boxes as boxes
from ui.screens import saving_pdf
from ui.screens.person_belongings import Actions, Belongings, EntryBox, entry
from ui.screens.person_part import Joined, Part, day, line, paper
from ui.stage import Message, Stage
from ui.widgets.ask import AskReason
from ui.widgets.blank_view import DPI, BlankView

OLD = (
    "certificate_number", "issued_on", "issued_by", "degree", "types", "certificate_state",
    "serial", "signer", "ended_on", "certificate_note",
)  # fmt: skip


class CertificatesTab(Joined):
    """One part: what waits, what is in force, what was."""

    name = tab = "certificates"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.part = CertificatesPart(stage, self)
        self.join(self.part)


class CertificatesPart(Part):
    """Certificates with what can be done; the box of the part takes an old one over from paper."""

    touching = frozenset({"certificate", "blank", "application", "hearing", "person"})
    name, tab, record = "certificate", "certificates", "certificate"

    def __init__(self, stage: Stage, within: Belongings) -> None:
        super().__init__(stage, within)
        self.issuing = self.step_box(translate("Cấp giấy"), boxes.issuing(), self._issue)
        self.weighing = self.step_box(translate("Cấp giấy"), boxes.weighing(), self._issue)
        self.correcting = self.step_box(
            translate("Sửa điều ghi trên giấy"), boxes.correcting(), self._correct
        )
        self.printing = self.step_box(translate("In lên phôi"), boxes.printing(), self._print)
        self.revoking = self.step_box(translate("Thu hồi giấy"), boxes.revoking(), self._revoke)
        self.exchanging = self.step_box(
            translate("Đơn cấp đổi (Mẫu 01)"), boxes.exchanging(), self._exchange
        )
        self.losing = self.step_box(
            translate("Đơn cấp lại vì mất (Mẫu 01)"), boxes.losing(), self._lost
        )
        self._next_serial = ""
        self._own: tuple[str, ...] = ()
        self._known: dict[str, tuple[KnownFile | None, str]] = {}
        self.dropping = AskReason()
        self.dropping.given.connect(self._drop)
        self.top.addWidget(self.dropping)

    def titled(self) -> str:
        return translate("Giấy xác nhận khuyết tật")

    def adds(self) -> str:
        return translate("Nhập giấy cũ")

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field(self.record, name) for name in OLD)

    def suggested(self) -> Mapping[str, object]:
        return {"certificate_state": "valid"}

    def nothing_words(self) -> str:
        return translate(
            "Chưa có giấy nào. Giấy cấp từ trước thì bấm “Nhập giấy cũ”; giấy mới thì viết từ hồ "
            "sơ đã niêm yết."
        )

    def read(self) -> Any:
        ws = self.stage.ws
        cards = certificate.of_person(ws, self.key)
        ready = [one for one in certificate_desk.to_issue(ws, self.key) if not one.waits]
        seen = next((one for one in cards if one.state in ("draft", "valid")), None)
        image = None
        if seen is not None and seen.text("origin") != "paper":
            image = page_images.drawn(certificate_print.preview(ws, seen.id), 0, DPI)
        offer = certificate_opening.offer_of(ws, self.key)
        held = next((one for one in cards if one.state == "valid"), None)
        decided = _before(ws, held.id) if held is not None else ((), {})
        return cards, ready, offer, (seen, image, blank.next_serial(ws), *decided)

    def show_rows(self, answer: Any) -> None:
        cards, ready, offer, more = answer
        seen, image, self._next_serial, self._own, self._known = more
        for one in ready if self.writable else ():
            self._show_ready(one)
        if offer is not None and self.writable:
            words = translate(
                "Hồ sơ ghi giấy số {number}, chưa có trong sổ giấy.", number=offer.number
            )
            act = (translate("Đưa vào sổ, theo hồ sơ cũ"), self._adopt)
            self.rows.addWidget(entry(words, (day(offer.issued_on),), (act,)))
        self.counted.emit(len(cards))
        if not cards and not ready and offer is None:
            self.nothing(self.nothing_words())
        for card in cards:
            title, lines = self.card_words(card)
            made = entry(title, lines, self._actions(card))
            if image is not None and card is seen:
                view = BlankView()
                view.show_page(image)
                made.add(view)
            self.rows.addWidget(made)

    def write(self, values: Mapping[str, object]) -> object:
        return certificate_opening.take_over(self.stage.ws, self.key, values)

    def card_words(self, card: CertificateCard) -> tuple[str, tuple[str, ...]]:
        number = card.text("certificate_number") or translate("chưa có số")
        title = line(number, forms.code_label("certificate_state", card.state))
        what = line(
            show.types(card.fields["types"]) if card.fields["types"] else "",  # type: ignore[arg-type]
            forms.code_label("degree", card.text("degree")) if card.text("degree") else "",
        )
        given = line(
            translate("cấp {day}", day=day(card.text("issued_on")))
            if card.text("issued_on")
            else "",
            card.text("issued_by"),
            card.text("signer"),
        )
        basis = line(
            forms.code_label("certificate_basis", card.text("basis")) if card.text("basis") else "",
            card.text("basis_number"),
            day(card.text("basis_on")),
            paper(card.fields["origin"]) if card.text("basis") != "paper" else "",
        )
        return title, (what, given, basis, *_what_became(card))

    def acts(self, card: CertificateCard) -> Actions:
        words: dict[str, tuple[str, Callable[[CertificateCard], None]]] = {
            "issue": (translate("Cấp…"), self._begin_issue),
            "redraw": (translate("Viết lại theo kết luận mới"), self._redraw),
            "correct": (translate("Sửa trên giấy…"), self._begin_correct),
            "drop": (translate("Bỏ…"), self._begin_drop),
            "print": (translate("In lên phôi…"), self._begin_print),
            "file": (translate("Lưu tờ để in…"), self._file),
            "proof": (translate("In thử có mã QR…"), self._proof),
            "exchange": (translate("Cấp đổi…"), self._begin_exchange),
            "lost": (translate("Cấp lại vì mất…"), self._begin_lost),
            "revoke": (translate("Thu hồi…"), self._begin_revoke),
        }
        return tuple(
            (words[act][0], lambda act=act: words[act][1](card))  # type: ignore[misc]
            for act in card.acts
            if act in words
        )

    def _actions(self, card: CertificateCard) -> Actions:
        removed = self.page is not None and self.page.removed_reason is not None
        return () if removed else self.acts(card)

    def _show_ready(self, one: ToIssue) -> None:
        words = translate("Hồ sơ đủ căn cứ để viết giấy: {basis}", basis=one.basis)
        due = translate("hạn {day}", day=day(one.due_on)) if one.due_on else ""
        act = (translate("Viết giấy chờ cấp"), lambda: self._prepare(one.application_id))
        self.rows.addWidget(entry(words, (due,), (act,)))

    def _prepare(self, application_id: str) -> None:
        ws = self.stage.ws

        def work() -> None:
            problems = certificate.prepare_files(ws, [application_id])
            if problems:
                raise Refused(problems)

        self.act(work, translate("Đã viết giấy, chờ người có quyền duyệt cấp."))

    def _adopt(self) -> None:
        ws, key = self.stage.ws, self.key
        self.act(lambda: certificate_opening.adopt(ws, [key]), translate("Đã đưa giấy vào sổ."))

    def _begin_issue(self, card: CertificateCard) -> None:
        """What speaks against it stands above the fields, and is ticked as known with a reason."""
        box = self.weighing if card.doubts else self.issuing
        changes = certificate_desk.old_and_new(card)
        box.heading.setText(translate("Cấp giấy cho {name}", name=card.name))
        box.tell("\n".join(one for one in (changes, _doubts(card)) if one))
        self.open_step(box, card, {"issued_on": self.stage.ws.today().isoformat()})

    def _redraw(self, card: CertificateCard) -> None:
        ws = self.stage.ws
        words = translate("Đã bỏ bản cũ và viết lại, chờ người có quyền duyệt cấp.")
        self.act(lambda: certificate_redraw.redraw(ws, card.id), words)

    def _issue(self) -> None:
        assert self.box is not None
        typed, ws, card = dict(self.box.form.values()), self.stage.ws, self.editing
        aware = bool(typed.pop("aware", False))
        told = {name: str(value or "") for name, value in typed.items()}
        act = Issuing(**told, aware=aware)  # type: ignore[arg-type]
        self.save_box(lambda: certificate_issue.issue(ws, card.id, act))

    def _begin_correct(self, card: CertificateCard) -> None:
        self.open_step(self.correcting, card, {name: card.fields[name] for name in boxes.SHOWN})

    def _correct(self) -> None:
        typed, ws, card = self.correcting.form.values(), self.stage.ws, self.editing
        self.save_box(lambda: certificate.correct(ws, card.id, typed))

    def _begin_drop(self, card: CertificateCard) -> None:
        self.editing = card
        self.dropping.ask(translate("Bỏ giấy chưa cấp này vì lý do gì?"), "", translate("Bỏ"))

    def _drop(self, reason: str) -> None:
        ws, card = self.stage.ws, self.editing
        words = translate("Đã bỏ giấy chưa cấp.")
        self.act(lambda: certificate.drop(ws, card.id, reason), words)

    def _begin_print(self, card: CertificateCard) -> None:
        self.open_step(self.printing, card, {"serial": card.text("serial") or self._next_serial})

    def _print(self) -> None:
        typed, ws, card = self.printing.form.values(), self.stage.ws, self.editing
        serial, reason = (str(typed[name] or "") for name in ("serial", "reason"))
        self.save_box(lambda: certificate_print.on_blank(ws, card.id, serial, reason))

    def _file(self, card: CertificateCard) -> None:
        ws = self.stage.ws
        name = translate("giay-xac-nhan-{number}", number=_plain(card))
        saving_pdf.ask(self, self.stage, name, lambda: certificate_print.pdf(ws, [card.id]))

    def _proof(self, card: CertificateCard) -> None:
        ws = self.stage.ws
        name = translate("in-thu-{number}", number=_plain(card))
        saving_pdf.ask(self, self.stage, name, lambda: certificate_print.proof(ws, card.id))

    def _begin_exchange(self, card: CertificateCard) -> None:
        self._begin_apply(self.exchanging, card, rules.EXCHANGE)

    def _begin_lost(self, card: CertificateCard) -> None:
        self._begin_apply(self.losing, card, rules.LOST)

    def _begin_apply(self, box: EntryBox, card: CertificateCard, basis: str) -> None:
        """An application that is open already is the one it goes from: what it says stands."""
        known, words = self._known.get(basis, (None, ""))
        if words and known is None:
            self.stage.tell(Message(words, "bad"))
            return
        values = {"received_on": self.stage.ws.today().isoformat()}
        if known is not None:
            told = (known.reason, known.note, known.received_on)
            values = dict(zip(boxes.APPLIED, told, strict=True))
        box.tell(words)
        self.open_step(box, card, values)
        box.form.set_read_only(known is not None and bool(known.note))

    def _exchange(self) -> None:
        self._apply(self.exchanging, rules.EXCHANGE)

    def _lost(self) -> None:
        self._apply(self.losing, rules.LOST)

    def _apply(self, box: EntryBox, basis: str) -> None:
        """The application first, the certificate from it."""
        typed, ws, card = box.form.values(), self.stage.ws, self.editing
        told = [str(typed.get(one) or "") for one in boxes.APPLIED]
        asked = Replacing(basis, *told)
        self.save_box(lambda: certificate_exchange.ask(ws, card.id, asked))

    def _begin_revoke(self, card: CertificateCard) -> None:
        self.revoking.form.describe(boxes.own(self._own))
        self.revoking.tell(
            translate("Máy không tự đổi dạng tật, mức độ của người này: chọn ở dưới.")
            if self._own
            else ""
        )
        self.open_step(self.revoking, card, {"on": self.stage.ws.today().isoformat()})

    def _revoke(self) -> None:
        typed, ws, card = self.revoking.form.values(), self.stage.ws, self.editing
        act = Revocation(**{name: str(value or "") for name, value in typed.items()})
        self.save_box(lambda: certificate_issue.revoke(ws, card.id, act))

    @property
    def boxes(self) -> tuple[EntryBox, ...]:
        """The boxes of what becomes of a certificate, for tests."""
        return tuple(one for one in self._boxes if one is not self.entry_box)


def _before(
    ws: Workspace, certificate_id: str
) -> tuple[tuple[str, ...], dict[str, tuple[KnownFile | None, str]]]:
    """What can be decided when it is revoked, and the applications that are open already."""
    known = {
        basis: certificate_exchange.told_before(ws, certificate_id, basis)
        for basis in rules.NEEDS_OLD
    }
    return certificate_own.open_ways(ws, certificate_id), known


def _doubts(card: CertificateCard) -> str:
    """What speaks against issuing it."""
    if not card.doubts:
        return ""
    return translate("Còn vướng: {what}.", what="; ".join(card.doubts))


def _what_became(card: CertificateCard) -> tuple[str, ...]:
    """What issuing changes, how often it was printed, what took its place, why it was revoked."""
    changes = certificate_desk.old_and_new(card)
    told = [translate("Khi cấp: {changes}", changes=changes)] if changes else []
    told += [one for one in (_doubts(card), card.outdated) if one]
    if card.text("aware_of"):
        told.append(
            translate(
                "Đã biết khi cấp: {what}. {who} vẫn cấp: {why}",
                what=card.text("aware_of"),
                who=card.text("aware_by"),
                why=card.text("aware_reason"),
            )
        )
    if card.text("serial"):
        times = card.fields["prints"] or 0
        told.append(
            translate("phôi {serial}, đã in {count} lần", serial=card.text("serial"), count=times)
        )
    if card.state in ("superseded", "revoked"):
        collected = day(card.text("collected_on"))
        ended = translate("hết hiệu lực từ {day}", day=day(card.text("ended_on")))
        back = translate("thu lại {day}", day=collected) if collected else ""
        told.append(line(ended, back or card.text("collected_note")))
    if card.state == "revoked":
        said = [card.text(name) for name in ("revoke_decision", "revoked_by", "revoke_reason")]
        told.append(line(*said))
    told += card.text("certificate_note").splitlines()
    return tuple(told)


def _plain(card: CertificateCard) -> str:
    number = card.text("certificate_number")
    return "".join(sign if sign.isalnum() else "-" for sign in number) or card.id[:8]
