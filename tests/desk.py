"""An office with three people at one PC, as most stories need it; made once, then copied."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from app import workspace
from app.actions import care_case, case_plan, office, user
from app.values.case_plan import ActivityDraft
from app.values.office import AdminDraft, OfficeDraft
from app.values.person import PersonDraft
from app.values.user import UserDraft
from app.workspace import Workspace
from data import container, restoring

PASSWORD = "Mat-khau-1945"
DISTRICT = "63:548"
CAT_HANH = "63:21871"
CAT_TUONG = "63:21892"


@dataclass(frozen=True)
class Desk:
    """lan is admin and reads confidential notes, hoa approves, minh surveys."""

    home: Path
    lan: Workspace
    hoa: Workspace
    minh: Workspace

    def close(self) -> None:
        self.lan.db.close()


@cache
def template(units: tuple[str, ...]) -> Path:
    """A finished office nobody has entered anything into."""
    home = Path(mkdtemp(prefix="desk-")) / "office"
    office.create(
        home,
        OfficeDraft("Phòng LĐ-TB&XH huyện Phù Cát", units),
        AdminDraft("lan", "Nguyễn Thị Lan", PASSWORD),
    )
    lan = workspace.open(home, "lan", PASSWORD)
    user.add(lan, UserDraft("hoa", "approver", "Trần Thị Hoa", "Phó phòng", password=PASSWORD))
    user.add(lan, UserDraft("minh", "surveyor", "Lê Văn Minh", "Cán bộ", password=PASSWORD))
    lan.db.close()
    return home


def at(home: Path, *units: str) -> Desk:
    """Sign the three in at a copy of the office placed in `home`."""
    shutil.copytree(template(units or (DISTRICT,)), home)
    lan = workspace.open(home, "lan", PASSWORD)
    return Desk(home, lan, workspace.attach(lan.db, "hoa"), workspace.attach(lan.db, "minh"))


def planned(ws: Workspace, case_id: str) -> None:
    """A plan with a goal and an activity, as a case needs before it is submitted (Đ.6 k.2)."""
    case_plan.save(ws, case_id, {"goals": "Tự đi lại được"})
    case_plan.save_activity(ws, ActivityDraft(case_id, {"activity": "Xin cấp xe lăn"}))


def submitted(ws: Workspace, case_id: str) -> None:
    """The case with a plan, laid before the head."""
    planned(ws, case_id)
    care_case.submit(ws, case_id)


def typed(**fields: object) -> PersonDraft:
    """A new person as somebody types it: name and commune are there, the rest as given."""
    return PersonDraft(None, {"name": "Nguyễn Thị Hường", "commune": CAT_HANH} | fields)


def cut_off_restore(home: Path, file: Path) -> None:
    """The power goes when a restore is decided and nothing is in place yet."""
    made = home / "tmp" / "restore-cut"
    made.mkdir()
    container.unpack(file, made)
    restoring.decide(made, home)
