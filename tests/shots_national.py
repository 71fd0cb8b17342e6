"""The pages of the national system, drawn for tests.shots."""

from __future__ import annotations

from app.actions import national_file
from tests.shots import Studio
from ui.screens.national import NationalScreen
from ui.screens.national_pending import PendingRegister


def national(studio: Studio) -> None:
    """Who waits for the national system, the file that is made, and what was exchanged."""
    studio.go("national", "pending")
    studio.take("national-pending")
    assert studio.window.frame is not None
    page = studio.window.frame.shown
    assert isinstance(page, NationalScreen) and isinstance(page.now, PendingRegister)
    page.now._begin(())
    page.now.making.file.setText(str(studio.folder / "nop.xlsx"))
    studio.take("national-making")
    page.now._make()
    studio.take("national-made")
    studio.go("national", "files")
    studio.take("national-files")
    card = national_file.listing(studio.window.frame.ws)[0]
    studio.go("national_file", card.id)
    studio.take("national-file")
