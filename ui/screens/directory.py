"""The directory of services: search, enter, correct, take a sheet over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app import forms
from app.actions import provider
from app.forms import FormField
from app.values.provider import ProviderCard, ProviderDraft, ProvidersFilter
from app.wording import translate
from ui.screens.register_part import Asked, Register
from ui.screens.sheet_taking import SheetTaking
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.ask import AskReason
from ui.widgets.filters import Filter
from ui.widgets.parts import button
from ui.widgets.record_list import Nothing
from ui.widgets.table_model import Cell, Column, plain

FIELDS = (
    "service_name", "service_kind", "provider_name", "provider_commune", "provider_address",
    "provider_phone", "contact_name", "service_cost", "cost_words", "admits", "meets",
    "offered_from", "offered_until", "provider_note",
)  # fmt: skip


class DirectoryRegister(Register):
    """One line a service; one that has ended is shown when asked for."""

    name = "provider"
    touching = frozenset({"provider"})

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.taking = SheetTaking(stage, "provider", self.read)
        self.ask = AskReason()
        self.ask.given.connect(self._removed)
        self.inside.insertWidget(1, self.taking)
        self.inside.insertWidget(2, self.ask)
        if stage.ws.can("import"):
            words = translate("Nhập từ tệp…")
            self.acts.insertWidget(0, button(words, self.taking.ask_file, "", "import"))
        if self.box is not None:
            self.gone = button(translate("Gỡ…"), self._remove, "danger")
            self.box.add(self.gone)

    def titled(self) -> str:
        return translate("Danh bạ dịch vụ")

    def adds(self) -> str:
        return translate("Thêm dịch vụ")

    def search_words(self) -> str:
        return translate("dịch vụ, nơi cung cấp, điện thoại…")

    def form_fields(self) -> tuple[FormField, ...]:
        return tuple(forms.field("provider", name) for name in FIELDS)

    def filter_list(self) -> Sequence[Filter]:
        area = forms.communes(self.stage.ws.office.units)
        places = tuple(forms.Choice(one.key, one.name, forms.keys_of(one.name)) for one in area)
        return (
            Filter("units", translate("Xã"), places),
            Filter("kinds", translate("Loại dịch vụ"), forms.choices("service_kind")),
            Filter("meets", translate("Nhóm nhu cầu"), forms.choices("need_group")),
            Filter("ended", translate("Cả dịch vụ đã thôi")),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("service", translate("Dịch vụ"), _service, 0, fixed=True),
            Column("provider", translate("Nơi cung cấp"), lambda r: _told(r, "provider_name"), 0),
            Column("kind", translate("Loại"), _kind, 20, rank=1),
            Column("phone", translate("Điện thoại"), lambda r: _told(r, "provider_phone"), 14),
            Column("cost", translate("Chi phí"), _cost, 16, rank=1),
            Column("admits", translate("Nhận ai"), lambda r: _told(r, "admits"), 0),
        )

    def nothing(self) -> Nothing:
        return Nothing(
            translate("Danh bạ chưa có dịch vụ nào như vậy."),
            translate("Thêm từng dịch vụ, hoặc nhập bảng đang có bằng “Nhập từ tệp…”."),
        )

    def rows(self, asked: Asked) -> tuple[Sequence[Any], int]:
        found: dict[str, ProviderCard] = {}
        for group in asked.chosen("meets") or ("",):
            which = ProvidersFilter(
                query=asked.query,
                kinds=asked.chosen("kinds"),
                meets=group,
                units=asked.chosen("units"),
                ended=asked.on("ended"),
            )
            found |= {one.id: one for one in provider.listing(self.stage.ws, which)}
        return tuple(found.values()), len(found)

    def begin(self, line: Any = None) -> None:
        super().begin(line)
        if self.box is not None:
            self.gone.setVisible(line is not None)

    def write(self, values: Mapping[str, object]) -> object:
        editing = self.editing.id if self.editing is not None else None
        return provider.save(self.stage.ws, ProviderDraft(values, editing))

    def _remove(self) -> None:
        hint = translate(
            "Dịch vụ đã thôi thì ghi “Có đến ngày” để còn đọc được; chỉ gỡ khi ghi nhầm."
        )
        self.ask.ask(translate("Gỡ dòng này vì lý do gì?"), hint, translate("Gỡ"))

    def _removed(self, reason: str) -> None:
        ws, line = self.stage.ws, self.editing
        self.leave_box()
        self.do(lambda: provider.remove(ws, line.id, reason), translate("Đã gỡ."))


def _told(card: ProviderCard, name: str) -> Cell:
    return plain(str(card.fields[name] or ""))


def _service(card: ProviderCard) -> Cell:
    chips = (Chip(translate("Đã thôi"), "mute", "■"),) if card.ended else ()
    return Cell(str(card.fields["service_name"]), chips, bold=True)


def _kind(card: ProviderCard) -> Cell:
    return plain(forms.code_label("service_kind", str(card.fields["service_kind"] or "")))


def _cost(card: ProviderCard) -> Cell:
    cost = str(card.fields["service_cost"] or "")
    words = str(card.fields["cost_words"] or "")
    return plain(words or (forms.code_label("service_cost", cost) if cost else ""))
