"""The medical board on the page of a file: referred, sent, its minutes entered."""

from __future__ import annotations

from collections.abc import Sequence

from app.actions import medical_referral
from app.forms import FormField
from app.values.application import ApplicationCard, MedicalCard, MedicalDraft
from app.wording import translate
from ui.screens.board_words import board_lines, board_title
from ui.screens.file_page import FilePage
from ui.screens.person_belongings import Actions, entry
from ui.screens.record_part import named
from ui.widgets.flow import flow
from ui.widgets.parts import Card, button, label

REFER = (
    *("medical_board_reason", "findings", "disagreement", "evidence", "papers_sent"),
    *("board", "number"),
)
RESULT = (
    *("sent_on", "minutes_number", "minutes_on", "received_on", "conclusion", "types", "degree"),
    "valid_until",
)


class Medical:
    """One card; a referral says what its reason still needs, minutes until when they hold."""

    def __init__(self, page: FilePage) -> None:
        self.page, self.ws = page, page.stage.ws
        self._about: MedicalCard | None = None
        referring = named("medical_referral", REFER)
        self.referring = page.box(referring, translate("Lưu giới thiệu"), self._refer)
        sent = (
            FormField("", "on", translate("Ngày gửi"), "date"),
            *named("medical_referral", ("number",)),
        )
        self.sending = page.box(sent, translate("Ghi đã gửi"), self._send)
        coming = named("medical_referral", RESULT)
        self.coming = page.box(coming, translate("Lưu kết quả"), self._result)

    def card(self, file: ApplicationCard, found: Sequence[MedicalCard]) -> Card:
        """The referrals out of a file."""
        card = Card(translate("Giám định y khoa"))
        if not found:
            card.add(label(translate("Chưa giới thiệu giám định."), "muted"))
        for one in found:
            card.add(entry(board_title(one), board_lines(one), self._acts(one)))
        if self.page.writable and "refer" in [move.name for move in file.moves]:
            words = translate("Giới thiệu giám định…")
            card.add(flow(button(words, self._begin, "", "plus")))
        return card

    def _acts(self, one: MedicalCard) -> Actions:
        if not self.page.writable:
            return ()
        if one.fields["received_on"]:
            return ((translate("Sửa"), lambda: self._begin_result(one)),)
        return (
            (translate("Đã gửi…"), lambda: self._begin_send(one)),
            (translate("Ghi kết quả…"), lambda: self._begin_result(one)),
            (translate("Sửa"), lambda: self._begin(one)),
        )

    def _begin(self, one: MedicalCard | None = None) -> None:
        self._about = one
        values = {name: one.fields[name] for name in REFER} if one is not None else {}
        what = one.id if one is not None else "refer"
        self.page.open_box(self.referring, values, "medical_board_reason", what)

    def _begin_send(self, one: MedicalCard) -> None:
        self._about = one
        self.page.open_box(self.sending, {"number": one.fields["number"]}, "on", f"send:{one.id}")
        self.sending.form.put({"on": self.ws.today().isoformat()})

    def _begin_result(self, one: MedicalCard) -> None:
        self._about = one
        values = {name: one.fields[name] for name in RESULT}
        self.page.open_box(self.coming, values, "minutes_number", f"result:{one.id}")
        if not one.fields["received_on"]:
            self.coming.form.put({"received_on": self.ws.today().isoformat()})

    def _refer(self) -> None:
        ws, one, values = self.ws, self._about, self.referring.form.changes()
        who = self.page.file.person_id if self.page.file is not None else ""
        draft = MedicalDraft(who, values, self.page.key, one.id if one is not None else None)
        save = medical_referral.save if one is not None else medical_referral.refer
        words = translate("Đã lưu giới thiệu giám định.")
        self.page.save_box(self.referring, lambda: save(ws, draft), words)

    def _send(self) -> None:
        told = {name: str(value or "") for name, value in self.sending.form.values().items()}
        about = self._about.id if self._about is not None else ""
        self.page.save_box(
            self.sending,
            lambda: medical_referral.send(self.ws, about, told["on"], told["number"]),
            translate("Đã ghi ngày gửi; đồng hồ của Hội đồng giám định chạy từ ngày này."),
        )

    def _result(self) -> None:
        ws, one = self.ws, self._about
        if one is None:
            return
        values = self.coming.form.changes()
        words = translate("Đã lưu kết quả giám định.")
        if one.fields["received_on"]:
            draft = MedicalDraft(one.person_id, values, id=one.id)
            self.page.save_box(self.coming, lambda: medical_referral.save(ws, draft), words)
        else:
            self.page.save_box(
                self.coming, lambda: medical_referral.result(ws, one.id, values), words
            )
