"""Consent and sharing of a person: what stands, what it lacks, what went to whom and when."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from app import forms
from app.actions import attachment, consent, sharing
from app.errors import Problem
from app.values.attachment import AttachmentCard
from app.values.sharing import ConsentCard, ConsentDraft, SharingCard, SharingDraft
from app.wording import say, translate
from ui import show
from ui.screens.paper_save import save_paper
from ui.screens.person_belongings import Actions, Belongings, EntryBox, entry
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.ask import AskReason
from ui.widgets.parts import Card, button, label, row

GIVEN = (
    "consent_purpose consent_basis consent_source consented_on consenter consenter_name "
    "consenter_relation not_own_reason child_agreed consent_form consent_witness "
    "consent_recipient consent_until"
).split()
WISH = ("sharing_purpose", "recipient", "sharing_reason", "shared_what")
PAPER = "consent"


class Read(NamedTuple):
    """What the tab shows."""

    consents: tuple[ConsentCard, ...]
    sharings: tuple[SharingCard, ...]
    files: tuple[AttachmentCard, ...]
    unfounded: dict[str, str]


class SharingTab(Belongings):
    """A basis for each purpose; the head's approval; each time something left."""

    touching = frozenset({"consent", "sharing", "attachment", "person"})

    name = "consent"

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self._editing: ConsentCard | None = None
        self._asked: tuple[str, str] = ("", "")
        self.add = button(translate("Ghi đồng ý"), self.begin, "", "plus")
        self.wish = button(translate("Xin chia sẻ…"), self._begin_wish, "", "send")
        self.form = button(translate("In giấy đồng ý…"), lambda: self._print(""), "", "print")
        fields = tuple(forms.field("consent", one) for one in GIVEN)
        section = forms.FormSection("consent", translate("Căn cứ, đồng ý"), (*fields, _paper(())))
        box = self.make_box((section,), translate("Lưu đồng ý"))
        asked = tuple(forms.field("sharing", one) for one in WISH)
        wished = forms.FormSection("sharing", translate("Xin thủ trưởng cho chia sẻ"), asked)
        self.wishing = EntryBox(stage, (wished,), translate("Gửi thủ trưởng"))
        self.wishing.saved.connect(self._send_wish)
        self.wishing.left.connect(self._leave_wish)
        kept = tuple(forms.field("attachment", one) for one in ("legal_basis", "consent_on"))
        why = forms.FormSection("attachment", translate("Căn cứ lưu giữ ảnh, giấy tờ"), kept)
        self.basing = EntryBox(stage, (why,), translate("Ghi căn cứ"))
        self.basing.saved.connect(self._save_basis)
        self.basing.left.connect(self._leave_basis)
        self._file = ""
        self.ask = AskReason()
        self.ask.given.connect(self._reasoned)
        self.top.addLayout(row(self.add, self.wish, self.form, 1))
        for part in (box, self.wishing, self.basing, self.ask):
            self.top.addWidget(part)

    @property
    def busy(self) -> bool:
        return super().busy or not (self.wishing.isHidden() and self.basing.isHidden())

    def forget(self) -> None:
        super().forget()
        self._editing = None
        for box in (self.wishing, self.basing):
            box.hide()
            box.form.load({})

    def begin(self, card: ConsentCard | None = None) -> None:
        """Open the form for a new basis, or to correct one."""
        assert self.box is not None
        self._editing = card
        suggested: dict[str, object] = {}
        if card is None:
            suggested = {"consented_on": self.stage.ws.today().isoformat(), "consenter": "self",
                         "consent_basis": "consent"}  # fmt: skip
        values = {**card.fields, "paper_id": card.paper_id} if card is not None else {}
        self.box.fill(values, suggested)
        key = self.draft_key if card is None else f"{self.draft_key}:{card.id}"
        self.open_box(key, "consent_purpose")
        if card is not None:
            self.box.keeping.offer(self.box.form.put)

    def read(self) -> Read:
        ws, key = self.stage.ws, self.key
        return Read(
            consent.of_person(ws, key),
            sharing.of_person(ws, key),
            attachment.of_person(ws, key),
            consent.photos_without(ws, key),
        )

    def show_rows(self, answer: Read) -> None:
        standing = [one for one in answer.consents if not one.withdrawn_on and not one.lacks]
        self.counted.emit(len(standing))
        self.wish.setVisible(self.writable)
        self.form.setVisible(self.writable)
        if self.box is not None:
            papers = [one for one in answer.files if one.kind == PAPER and not one.hidden]
            self.box.form.describe(_paper(papers))
        self._warn_of_files(answer)
        if not answer.consents:
            self.nothing(
                translate("Chưa ghi đồng ý hay căn cứ nào: chưa được đưa gì ra ngoài cơ quan.")
            )
        for card in answer.consents:
            self.rows.addWidget(self._consent(card))
        if answer.sharings:
            self.rows.addWidget(label(translate("Xin chia sẻ và đã chia sẻ"), "section"))
        for one in answer.sharings:
            self.rows.addWidget(self._sharing(one))

    def submit(self) -> None:
        """Save what stands in the open box."""
        assert self.box is not None
        if not self.wishing.isHidden():
            self._send_wish()
            return
        if not self.basing.isHidden():
            self._save_basis()
            return
        ws, key, editing = self.stage.ws, self.key, self._editing
        changes = self.box.form.changes()
        paper = changes.pop("paper_id", None) if "paper_id" in changes else None
        draft = ConsentDraft(key, changes, str(paper) if paper else None,
                             editing.id if editing else None)  # fmt: skip
        self.save_box(lambda: consent.save(ws, draft))

    def _warn_of_files(self, answer: Read) -> None:
        """Photos and scans that are kept on no basis are named, with the way to mend it."""
        for one in answer.files:
            code = answer.unfounded.get(one.id)
            if code:
                title = translate("Giấy tờ mật") if one.hidden else one.title
                mend = lambda key=one.id: self._begin_basis(key)  # noqa: E731
                acts: Actions = ((translate("Ghi căn cứ…"), mend),) if self.writable else ()
                self.rows.addWidget(entry(title, (say(code),), acts))

    def _consent(self, card: ConsentCard) -> Card:
        title = translate(
            "{purpose} · {state}",
            purpose=forms.code_label("sharing_purpose", card.purpose),
            state=translate("đã rút") if card.withdrawn_on
            else translate("chưa đủ") if card.lacks else translate("có hiệu lực"),
        )  # fmt: skip
        told = (
            f"{forms.field('consent', name).label}: {words}"
            for name, value in card.fields.items()
            if name != "consent_purpose" and (words := forms.value_shown("consent", name, value))
        )
        facts = {"name": self.page.card.name if self.page else "", "recipient": "…"}
        facts["purpose"] = forms.code_label("sharing_purpose", card.purpose)
        lacks = tuple(say(code, facts) for code in (*card.lacks, *card.remarks))
        lines = (" · ".join(told), *(() if card.withdrawn_on else lacks), self._paper_line(card))
        actions: Actions = ()
        if self.writable and not card.withdrawn_on:
            actions = (
                (translate("Sửa"), lambda: self.begin(card)),
                (translate("In…"), lambda: self._print(card.id)),
                (translate("Rút đồng ý…"), lambda: self._ask("withdraw", card.id)),
                (translate("Gỡ…"), lambda: self._ask("remove", card.id)),
            )
        return entry(title, lines, actions)

    def _paper_line(self, card: ConsentCard) -> str:
        return translate("Bản chụp: {title}", title=card.paper) if card.paper else ""

    def _sharing(self, one: SharingCard) -> Card:
        state = forms.code_label("sharing_state", one.state)
        title = translate("{recipient} · {state}", recipient=one.recipient, state=state)
        when = [
            forms.code_label("sharing_purpose", one.purpose),
            one.what,
            translate("xin bởi {name}, {at}", name=self.who(one.asked_by),
                      at=show.instant(one.asked_at)) if not one.shared_at else "",
            translate("quyết định bởi {name}, {at}", name=self.who(one.decided_by),
                      at=show.instant(one.decided_at)) if one.decided_at else "",
            translate("đưa ra bởi {name}, {at}", name=self.who(one.shared_by),
                      at=show.instant(one.shared_at)) if one.shared_at else "",
            forms.code_label("legal_basis", one.basis) if one.basis else "",
            translate("đã báo nơi nhận {day}", day=forms.date_shown(one.told_on))
            if one.told_on else "",
        ]  # fmt: skip
        tell = bool(one.basis_lacks) and bool(one.shared_at) and not one.told_on
        lines = (
            " · ".join(words for words in when if words),
            translate("Vì sao: {reason}", reason=one.reason) if one.reason else "",
            translate("Trả lời: {answer}", answer=one.answer) if one.answer else "",
            translate("Thủ trưởng đơn vị cũ duyệt, nay không còn giá trị: xin lại.")
            if "sharing_elsewhere" in one.basis_lacks
            else "",
            translate("Đồng ý đã rút: báo cho nơi nhận biết, rồi ghi lại.") if tell else "",
        )
        return entry(title, lines, self._acts(one, tell))

    def _acts(self, one: SharingCard, tell: bool) -> Actions:
        ws = self.stage.ws
        actions: Actions = ()
        if one.state == "waiting" and ws.can("approve") and not one.own:
            actions += ((translate("Duyệt"), lambda: self._decide(one.id)),)
        if one.state in ("waiting", "approved") and self.writable:
            actions += ((translate("Thôi chia sẻ…"), lambda: self._ask("end", one.id)),)
        if tell and self.writable:
            done = translate("Đã ghi ngày báo nơi nhận.")
            act = lambda: self.act(lambda: sharing.told(ws, one.id), done)  # noqa: E731
            actions += ((translate("Đã báo nơi nhận"), act),)
        return actions

    def _begin_wish(self) -> None:
        self.wishing.fill({}, {})
        self.wishing.show()
        self.wishing.form.focus("sharing_purpose")
        self.sheet.ensureWidgetVisible(self.wishing)
        self.writing.emit()

    def _leave_wish(self) -> None:
        self.wishing.hide()
        self.wish.setFocus()
        self.writing.emit()

    def _send_wish(self) -> None:
        ws, key, typed = self.stage.ws, self.key, self.wishing.form.values()
        draft = SharingDraft((key,), *(str(typed.get(name) or "") for name in WISH))

        def sent(answer: tuple[tuple[str, ...], tuple[Problem, ...]]) -> None:
            problems = answer[1]
            if problems:
                words = "\n".join(one.message for one in problems)
                self.stage.tell(Message(words, "bad", stays=True))
                return
            self.stage.tell(Message(translate("Đã gửi thủ trưởng duyệt chia sẻ."), "ok"))
            self._leave_wish()
            self.reload()

        work = lambda: sharing.request(ws, draft)  # noqa: E731
        self.stage.tasks.desk.run(work, sent, self._refuse_in(self.wishing), owner=self)

    def _begin_basis(self, file_id: str) -> None:
        self._file = file_id
        self.basing.fill({}, {})
        self.basing.show()
        self.basing.form.focus("legal_basis")
        self.sheet.ensureWidgetVisible(self.basing)
        self.writing.emit()

    def _leave_basis(self) -> None:
        self.basing.hide()
        self.wish.setFocus()
        self.writing.emit()

    def _save_basis(self) -> None:
        ws, key, typed = self.stage.ws, self._file, self.basing.form.values()
        basis, day = (str(typed.get(name) or "") for name in ("legal_basis", "consent_on"))

        def saved(_none: object) -> None:
            self.stage.tell(Message(translate("Đã ghi căn cứ lưu giữ."), "ok"))
            self._leave_basis()
            self.reload()

        work = lambda: attachment.found_on(ws, key, basis, day)  # noqa: E731
        self.stage.tasks.desk.run(work, saved, self._refuse_in(self.basing), owner=self)

    def _refuse_in(self, box: EntryBox) -> Callable[[Failure], None]:
        def refused(failure: Failure) -> None:
            rest = box.form.show_problems(failure.problems)
            if rest:
                self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))

        return refused

    def _decide(self, which: str) -> None:
        ws = self.stage.ws

        def done(problems: tuple[Problem, ...]) -> None:
            said = "\n".join(one.message for one in problems)
            words = said or translate("Đã đồng ý cho chia sẻ.")
            self.stage.tell(Message(words, "bad" if said else "ok"))
            self.reload()

        work = lambda: sharing.approve(ws, (which,))  # noqa: E731
        self.stage.tasks.desk.run(work, done, self.refused, owner=self)

    def _ask(self, what: str, which: str) -> None:
        self._asked = (what, which)
        title, act = {
            "withdraw": (translate("Ai rút đồng ý này, rút thế nào?"), translate("Rút đồng ý")),
            "remove": (translate("Gỡ căn cứ ghi nhầm này vì lý do gì?"), translate("Gỡ")),
            "end": (translate("Thôi chia sẻ vì lý do gì?"), translate("Thôi chia sẻ")),
        }[what]
        self.ask.ask(title, "", act)

    def _reasoned(self, reason: str) -> None:
        ws, (what, which) = self.stage.ws, self._asked
        if self.add is not None:
            self.add.setFocus()  # the card under the cursor is about to be drawn anew
        if what == "withdraw":
            work = lambda: consent.withdraw(ws, which, reason)  # noqa: E731
            self.stage.tasks.desk.run(work, self._withdrawn, self.refused, owner=self)
        elif what == "remove":
            self.act(lambda: consent.remove(ws, which, reason), translate("Đã gỡ căn cứ."))
        else:
            self.act(lambda: sharing.end(ws, which, reason), translate("Đã thôi chia sẻ."))

    def _withdrawn(self, shared: tuple[str, ...]) -> None:
        words = translate("Đã rút đồng ý; từ nay không chia sẻ nữa.")
        if shared:
            words += " " + translate(
                "Đã đưa ra {count} lần trước đó: báo cho các nơi nhận ghi ở dưới.",
                count=show.number(len(shared)),
            )
        self.stage.tell(Message(words, "ok", stays=bool(shared)))
        self.reload()

    def _print(self, consent_id: str) -> None:
        ws, key = self.stage.ws, self.key

        def make() -> bytes:
            from app.actions import consent_paper  # late: it brings what draws

            return consent_paper.content(ws, key, consent_id)

        save_paper(self, self.stage, "giay-dong-y", make)


def _paper(papers: list[AttachmentCard] | tuple[()]) -> forms.FormField:
    """Which of the person's files is the signed paper."""
    offered = tuple(
        forms.choice(card.id, card.title or forms.code_label("attachment_kind", card.kind))
        for card in papers
    )
    words = translate("Bản chụp văn bản đồng ý (trong Giấy tờ, ảnh)")
    return forms.FormField("consent", "paper_id", words, "code", choices=offered)
