"""The panel beside a record: its lines stay inside it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from ui.widgets.parts import Scroll
from ui.widgets.side_panel import Group, Line, SidePanel


def test_no_line_is_cut_by_the_scroll_bar(application: QApplication) -> None:
    """A word that is longer than the panel pushes nothing under the bar."""
    panel = SidePanel("Sắp tới")
    long = Line("30/11/2026: TT01/2019/TT-BLĐTBXH_" + "phiếu_chuyển_gửi_" * 4)
    panel.show_groups([Group("Sắp tới", (long, Line("20/12/2026: Rà soát ca")) * 12)])
    panel.resize(300, 300)
    panel.show()
    application.processEvents()
    found = panel.findChild(Scroll)
    assert isinstance(found, Scroll)
    assert found.verticalScrollBar().isVisible()
    assert found.widget().width() <= found.viewport().width()
    panel.close()
