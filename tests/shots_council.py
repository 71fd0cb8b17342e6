"""Pictures of the council: its lists, a session under way, the sheet, the vote, the notice."""

from __future__ import annotations

from app import workspace
from app.actions import council_session
from tests import sitting
from tests.desk import Desk
from tests.shots import Studio

NAMES = ("Nguyễn Thị Mận", "Bùi Văn Tư", "Hoàng Phủ Ngọc Thị Thanh Trà")


def council(studio: Studio) -> None:
    """Three persons are heard today; one of them has a sheet already."""
    frame = studio.window.frame
    assert frame is not None
    ws = frame.ws
    hoa, minh = (workspace.attach(ws.db, login) for login in ("hoa", "minh"))
    office, today = Desk(studio.folder / "office", ws, hoa, minh), ws.today().isoformat()
    files = [sitting.complete_file(minh, name, today)[1] for name in NAMES]
    now = sitting.held(office, today, tuple(files))
    sitting.severe(minh, now.hearings[0])
    for tab in ("sessions", "members", "notices"):
        studio.go("council", tab)
        studio.take(f"council-{tab}")
    studio.go("council_session", now.session)
    studio.take("council-session")
    page = frame.shown
    page.pane.tabs.open("vote")  # type: ignore[union-attr]
    studio.take("council-session-vote")
    page.hold.click()  # type: ignore[union-attr]
    studio.take("council-session-seats")
    page.seats.hide()  # type: ignore[union-attr]
    for one in now.hearings:
        sitting.severe(minh, one)
        sitting.all_for(minh, one)
    council_session.close(minh, now.session, "16h")
    studio.go("council_notice", now.session)
    studio.take("council-notice")
