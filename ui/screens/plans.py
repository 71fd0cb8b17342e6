"""What is planned and held: targets with their progress, periods, training; what is to mend."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from app.wording import translate
from ui.screens.periods_register import PeriodsRegister
from ui.screens.quality_register import QualityRegister
from ui.screens.register_part import Register
from ui.screens.targets_register import TargetsRegister
from ui.screens.trainings_register import TrainingsRegister
from ui.stage import Screen, Stage
from ui.widgets.page_head import PageHead
from ui.widgets.parts import column
from ui.widgets.tabs import Tabs


class PlansScreen(Screen):
    """`opened(tab)`: targets, periods, trainings or quality; each is read when it is looked at."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.head = PageHead(
            translate("Chỉ tiêu, tập huấn"),
            translate("Giao bao nhiêu, đạt bao nhiêu; kỳ báo cáo; các lớp; sổ còn gì phải sửa."),
        )
        self.registers: dict[str, Register] = {}
        self.tabs = Tabs()
        kinds: tuple[tuple[str, str, type[Register]], ...] = (
            ("targets", translate("Chỉ tiêu, tiến độ"), TargetsRegister),
            ("periods", translate("Kỳ báo cáo"), PeriodsRegister),
            ("trainings", translate("Tập huấn, hội thảo"), TrainingsRegister),
            ("quality", translate("Chất lượng dữ liệu"), QualityRegister),
        )
        for name, title, kind in kinds:
            self.tabs.add(name, title, lambda name=name, kind=kind: self._made(name, kind))  # type: ignore[misc]
        self.tabs.opened.connect(lambda name: self.registers[name].read())
        page = column(self.head, self.tabs, gap=12)
        page.setStretch(1, 1)
        self.setLayout(page)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            key = QShortcut(QKeySequence(keys), self)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(self._save)

    def opened(self, key: str = "", **facts: Any) -> None:
        """Open a tab; the one that was open last stays."""
        self.tabs.open(key if key in self.tabs.names() else self.tabs.current or "targets")
        now = self.registers[self.tabs.current]
        if now.box is None or now.box.isHidden():
            now.list.view.setFocus()

    def may_leave(self) -> bool:
        """What is being written is kept as a draft."""
        for one in self.registers.values():
            one.leave()
        return True

    def changed(self, entities: frozenset[str], ids: frozenset[str]) -> None:
        """Read the open tab again when it shows what was touched."""
        now = self.registers.get(self.tabs.current)
        if now is not None and entities & now.touching and (now.box is None or now.box.isHidden()):
            now.read()

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        return (("Ctrl+PageUp / PageDown", translate("Chuyển thẻ")), ("Ctrl+S", translate("Lưu")))

    def _made(self, name: str, kind: type[Register]) -> Register:
        self.registers[name] = kind(self.stage)
        return self.registers[name]

    def _save(self) -> None:
        self.registers[self.tabs.current].submit()
