"""The office's letterhead and signatures, from a day on; old papers keep the old ones."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.actions import settings
from app.forms import Choice, FormField, FormSection, keys_of
from app.values.settings import OfficeSettings, Signatory
from app.wording import translate
from ui.stage import Message, Stage
from ui.tasks import Failure
from ui.widgets.fields.make import sources_of
from ui.widgets.form import Form
from ui.widgets.parts import Card, Scroll, button, column, holder, label, row

PLAIN = (
    "superior_body issuing_body place_name document_symbol protection_officer protection_phone "
    "hotline case_block receipt_block minutes_block notice_block certificate_pattern "
    "auto_lock_minutes file_passwords".split()
)


ELSEWHERE = {"signatories": "signer"}
"""Settings that are typed in fields of another name."""


class LetterheadTab(QWidget):
    """One form; saving lets the values hold from today on."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.setProperty("role", "clear")
        self._read = False
        section = FormSection("letterhead", "", _fields())
        self.form = Form((section,), sources_of(stage.ws), titled=False)
        words = translate(
            "Theo Nghị định 30/2020: cơ quan chủ quản ở trên, cơ quan ban hành in đậm ở dưới. "
            "Thay đổi có hiệu lực từ hôm nay; giấy đã in giữ tiêu đề cũ."
        )
        self.save = button(translate("Lưu từ hôm nay"), self.submit, "primary")
        key = QShortcut(QKeySequence("Ctrl+S"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.submit)
        card = Card(
            translate("Tiêu đề và chữ ký"),
            label(words, "caption", wrap=True),
            self.form,
            row(1, self.save),
        )
        self.setLayout(column(Scroll(holder(column(card, 1)))))

    def reload(self) -> None:
        """Read what holds today; what is typed and not saved stays."""
        ws = self.stage.ws

        def show(now: OfficeSettings) -> None:
            typed = self.form.changes() if self._read else {}
            self._read = True
            self.form.load(_values(now))
            self.form.put(typed)

        self.stage.tasks.desk.run(lambda: settings.current(ws), show, owner=self, key="letterhead")

    def submit(self) -> None:
        """Save what was changed."""
        ws, changes = self.stage.ws, self.form.changes()
        if not changes:
            return
        typed = self.form.values()
        wanted = {name: typed[name] for name in changes if name in PLAIN}
        if "recipients" in changes:
            wanted["recipients"] = _lines(typed["recipients"])
        if not {"authority", "position", "signer"}.isdisjoint(changes):
            signer = Signatory(
                str(typed["signer"] or ""),
                str(typed["position"] or ""),
                tuple(_lines(typed["authority"])),
            )
            wanted["signatories"] = (signer,)
        self.stage.tasks.desk.run(
            lambda: settings.change(ws, wanted), lambda _done: self._saved(), self._no, owner=self
        )

    def _saved(self) -> None:
        self.stage.tell(Message(translate("Đã lưu tiêu đề và chữ ký."), "ok"))
        self.form.clear_problems()
        self.reload()

    def _no(self, failure: Failure) -> None:
        named = [
            replace(one, field=ELSEWHERE.get(one.field, one.field)) for one in failure.problems
        ]
        rest = self.form.show_problems(named)
        if rest:
            self.stage.tell(Message("\n".join(one.message for one in rest), "bad"))


def _values(now: OfficeSettings) -> dict[str, object]:
    values: dict[str, object] = {name: getattr(now, name) for name in PLAIN}
    values["recipients"] = "\n".join(now.recipients)
    first = now.signatories[0] if now.signatories else Signatory("", "")
    values["authority"] = "\n".join(first.authority)
    values["position"] = first.position
    values["signer"] = first.name
    return values


def _lines(value: object) -> list[str]:
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def _fields() -> tuple[FormField, ...]:
    texts = {
        "superior_body": translate("Cơ quan chủ quản"),
        "issuing_body": translate("Cơ quan ban hành"),
        "place_name": translate("Địa danh"),
        "document_symbol": translate("Ký hiệu văn bản"),
        "position": translate("Chức vụ người ký"),
        "signer": translate("Họ tên người ký"),
        "protection_officer": translate("Người phụ trách bảo vệ dữ liệu"),
        "protection_phone": translate("Điện thoại người phụ trách"),
        "hotline": translate("Số báo bom mìn"),
        "case_block": translate("Dải số hồ sơ ca (số đầu-số cuối)"),
        "receipt_block": translate("Dải số giấy tiếp nhận (số đầu-số cuối)"),
        "minutes_block": translate("Dải số biên bản họp (số đầu-số cuối)"),
        "notice_block": translate("Dải số thông báo niêm yết (số đầu-số cuối)"),
        "certificate_pattern": translate("Cách đánh số giấy xác nhận (để trống: mã xã và 4 số)"),
    }
    fields = [FormField("", name, words, "text") for name, words in texts.items()]
    fields.append(
        FormField("", "auto_lock_minutes", translate("Tự khóa màn hình sau (phút)"), "int")
    )
    fields.append(_about_files())
    fields.append(
        FormField("", "authority", translate("Quyền hạn ký (KT., TM.), mỗi dòng một ý"), "note")
    )
    fields.append(FormField("", "recipients", translate("Nơi nhận, mỗi dòng một nơi"), "note"))
    return tuple(fields)


def _about_files() -> FormField:
    told = {
        "ask": translate("Hỏi mỗi lần, để ngỏ được"),
        "must": translate("Bắt buộc với tệp có thông tin từng người"),
        "off": translate("Không hỏi"),
    }
    choices = tuple(Choice(code, words, keys_of(words)) for code, words in told.items())
    words = translate("Mật khẩu cho tệp ghi ra")
    return FormField("", "file_passwords", words, "code", choices=choices)
