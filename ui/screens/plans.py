"""What is planned and held: targets with their progress, periods, training; what is to mend."""

from __future__ import annotations

from app.wording import translate
from ui.screens.periods_register import PeriodsRegister
from ui.screens.quality_register import QualityRegister
from ui.screens.registers_page import RegistersPage
from ui.screens.targets_register import TargetsRegister
from ui.screens.trainings_register import TrainingsRegister
from ui.stage import Stage
from ui.widgets.page_head import PageHead


class PlansScreen(RegistersPage):
    """`opened(tab)`: targets, periods, trainings or quality; each is read when it is looked at."""

    def __init__(self, stage: Stage) -> None:
        head = PageHead(
            translate("Chỉ tiêu, tập huấn"),
            translate("Giao bao nhiêu, đạt bao nhiêu; kỳ báo cáo; các lớp; sổ còn gì phải sửa."),
        )
        kinds = (
            ("targets", translate("Chỉ tiêu, tiến độ"), TargetsRegister),
            ("periods", translate("Kỳ báo cáo"), PeriodsRegister),
            ("trainings", translate("Tập huấn, hội thảo"), TrainingsRegister),
            ("quality", translate("Chất lượng dữ liệu"), QualityRegister),
        )
        super().__init__(stage, head, kinds)

    @classmethod
    def shortcuts(cls) -> tuple[tuple[str, str], ...]:
        """The keys of this page."""
        sheets = (
            ("Ctrl+B", translate("Lưu bảng trống để giao chỉ tiêu")),
            ("Ctrl+O", translate("Nhập chỉ tiêu từ bảng tính")),
        )
        return (*super().shortcuts(), *sheets)
