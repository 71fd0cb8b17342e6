"""Where the window can go: each place with its screen, its icon and who may enter."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from app.wording import translate
from app.workspace import Workspace
from ui.stage import Screen, Stage


@dataclass(frozen=True, slots=True)
class Place:
    """One place. `screen` is module:class, imported when first opened; `right` of app.workspace."""

    name: str
    screen: str
    title: str = ""
    picture: str = ""
    right: str = "view"
    lower: bool = False
    keys: str = ""
    whose: str = "all"
    """`own` places are of the own office's book only, `others` for who reads other offices'."""
    under: str = ""
    """The entry of the navigation that is marked while this place is open, when not its own."""

    def open_to(self, ws: Workspace) -> bool:
        """Whether this user comes in here, in this book."""
        if self.whose == "own" and ws.own is not None:
            return False
        if self.whose == "others" and not ws.others:
            return False
        return ws.can(self.right)

    @property
    def kind(self) -> type[Screen]:
        """The class of its screen."""
        module, _, name = self.screen.partition(":")
        kind = getattr(import_module(module), name)
        assert issubclass(kind, Screen)
        return kind

    def build(self, stage: Stage) -> Screen:
        """A new screen for this place."""
        return self.kind(stage)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """The keys of its screen and what they do."""
        return self.kind.shortcuts()


def places() -> tuple[Place, ...]:
    """All places in the order of the navigation; those without a picture are not in it."""
    return (
        *_of_people(),
        *_of_work(),
        *_under_people(),
        *_of_papers(),
        *_of_mine_action(),
        *_of_reports(),
        *_of_the_office(),
    )


def _of_people() -> tuple[Place, ...]:
    """Where the day's work with people is done."""
    return (
        Place("today", "ui.screens.today:TodayScreen", translate("Việc hôm nay"), "home", keys="1"),
        Place("people", "ui.screens.people:PeopleScreen", translate("Người"), "people", keys="2"),
        Place("person", "ui.screens.person:PersonScreen", under="people"),
        Place(
            "approval",
            "ui.screens.approval:ApprovalScreen",
            translate("Duyệt"),
            "approve",
            "submit",
            keys="3",
        ),
        Place(
            "care_cases",
            "ui.screens.care_cases:CareCasesScreen",
            translate("Quản lý ca"),
            "case",
            keys="4",
        ),
        *_of_determination(),
        Place(
            "supports",
            "ui.screens.supports:SupportsScreen",
            translate("Hỗ trợ, dịch vụ"),
            "gift",
        ),
        Place("gift_round", "ui.screens.gift_round:GiftRoundScreen", under="supports"),
        Place("agreement", "ui.screens.agreement:AgreementScreen", under="supports"),
        *_of_the_council(),
        Place(
            "duplicates",
            "ui.screens.duplicates:DuplicatesScreen",
            translate("Trùng"),
            "columns",
            "enter",
            keys="9",
        ),
        Place(
            "offices",
            "ui.screens.offices:OfficesScreen",
            translate("Các đơn vị"),
            "office",
            keys="0",
            whose="others",
        ),
        Place(
            "province",
            "ui.screens.province:ProvinceScreen",
            translate("Mọi đơn vị trong một trang"),
            whose="others",
            under="offices",
        ),
    )


def _of_the_council() -> tuple[Place, ...]:
    """The council that decides type and degree, and what it is asked about."""
    screens = "ui.screens.council"
    files = "applications"
    return (
        Place("council", f"{screens}:CouncilScreen", translate("Hội đồng"), under=files),
        Place("council_session", f"{screens}_session:CouncilSessionScreen", under=files),
        Place("council_put", f"{screens}_put:CouncilPutScreen", right="enter", under=files),
        Place("council_notice", f"{screens}_notice:CouncilNoticeScreen", under=files),
        Place("screening", "ui.screens.screening:ScreeningScreen", under=files),
    )


def _of_determination() -> tuple[Place, ...]:
    """From the application to the certificate."""
    return (
        Place(
            "applications",
            "ui.screens.applications:ApplicationsScreen",
            translate("Hồ sơ xác định"),
            "file",
        ),
        Place("application", "ui.screens.application:ApplicationScreen", under="applications"),
        Place(
            "certificates",
            "ui.screens.certificates:CertificatesScreen",
            translate("Giấy xác nhận"),
            under="applications",
        ),
    )


def _of_work() -> tuple[Place, ...]:
    """What is due, and who does how much; the way there is on other pages."""
    return (
        Place(
            "calendar",
            "ui.screens.calendar:CalendarScreen",
            translate("Lịch"),
            keys="L",
            under="today",
        ),
        Place(
            "caseload",
            "ui.screens.caseload:CaseloadScreen",
            translate("Khối lượng ca"),
            under="care_cases",
        ),
        Place(
            "handing",
            "ui.screens.handing:HandingScreen",
            translate("Bàn giao ca"),
            under="care_cases",
        ),
    )


def _under_people() -> tuple[Place, ...]:
    """Pages of one case, and what is handed over: reached from another page."""
    return (
        Place("care_case", "ui.screens.care_case:CareCaseScreen", under="care_cases"),
        Place(
            "sharing",
            "ui.screens.sharing:SharingScreen",
            translate("Duyệt chia sẻ"),
            under="approval",
        ),
        Place(
            "case_assessment",
            "ui.screens.case_assessment:CaseAssessmentScreen",
            under="care_cases",
        ),
        Place("case_plan", "ui.screens.case_plan:CasePlanScreen", under="care_cases"),
        Place("case_review", "ui.screens.case_review:CaseReviewScreen", under="care_cases"),
        Place(
            "transfer",
            "ui.screens.transfer:TransferScreen",
            translate("Chuyển cơ quan"),
            under="people",
        ),
    )


def _of_papers() -> tuple[Place, ...]:
    """What is printed, of persons and of cases."""
    return (
        Place(
            "printing",
            "ui.screens.printing:PrintingScreen",
            translate("In hồ sơ"),
            right="print",
            under="people",
        ),
        Place(
            "papers",
            "ui.screens.papers:PapersScreen",
            translate("Mẫu, phiếu in"),
            right="sheets",
            whose="own",
            under="care_cases",
        ),
        Place(
            "council_papers",
            "ui.screens.council_papers:CouncilPapersScreen",
            translate("Giấy tờ của Hội đồng"),
            right="sheets",
            whose="own",
            under="applications",
        ),
        Place(
            "half_year",
            "ui.screens.half_year:HalfYearScreen",
            translate("Báo cáo sáu tháng"),
            right="print",
            whose="own",
            under="applications",
        ),
    )


def _of_mine_action() -> tuple[Place, ...]:
    """Accidents and what may still explode."""
    return (
        Place(
            "mine_action", "ui.screens.mine_action:MineActionScreen", translate("Bom mìn"), "mine"
        ),
        Place("accident", "ui.screens.accident:AccidentScreen", under="mine_action"),
        Place("hazard", "ui.screens.hazard:HazardScreen", under="mine_action"),
    )


def _of_reports() -> tuple[Place, ...]:
    """Counts, the lists behind them, and editions that were handed in."""
    return (
        Place("reports", "ui.screens.reports:ReportsScreen", translate("Báo cáo"), "list"),
        Place("report", "ui.screens.report:ReportScreen", under="reports"),
        Place("report_cell", "ui.screens.report_cell:ReportCellScreen", under="reports"),
        Place("report_diff", "ui.screens.report_diff:ReportDiffScreen", under="reports"),
        Place(
            "overview",
            "ui.screens.overview:OverviewScreen",
            translate("Tổng quan"),
            under="reports",
        ),
        Place("plans", "ui.screens.plans:PlansScreen", translate("Chỉ tiêu"), under="reports"),
        Place(
            "national",
            "ui.screens.national:NationalScreen",
            translate("Hệ thống quốc gia"),
            right="export",
            whose="own",
            under="reports",
        ),
        Place(
            "national_file",
            "ui.screens.national_file:NationalFileScreen",
            right="export",
            whose="own",
            under="reports",
        ),
        Place("quality_people", "ui.screens.quality_people:QualityPeopleScreen", under="reports"),
        Place("training", "ui.screens.training_event:TrainingEventScreen", under="reports"),
    )


def _of_the_office() -> tuple[Place, ...]:
    """Lists, sync, backup, users: what stands below the line."""
    return (
        Place(
            "import",
            "ui.screens.import_list:ImportScreen",
            translate("Nhập danh sách"),
            "import",
            "import",
            True,
            "5",
        ),
        Place(
            "sync",
            "ui.screens.sync:SyncScreen",
            translate("Đồng bộ"),
            "sync",
            lower=True,
            keys="6",
            whose="own",
        ),
        Place("conflicts", "ui.screens.conflicts:ConflictsScreen", under="sync", whose="own"),
        Place(
            "backup",
            "ui.screens.backup:BackupScreen",
            translate("Sao lưu"),
            "backup",
            "backup",
            True,
            "7",
        ),
        Place(
            "users",
            "ui.screens.users:UsersScreen",
            translate("Quản trị"),
            "settings",
            "logs",
            True,
            "8",
        ),
        Place(
            "reform",
            "ui.screens.reform:ReformScreen",
            translate("Đơn vị từ 01/7/2025"),
            right="settings",
            under="users",
        ),
        Place(
            "inspection",
            "ui.screens.inspection:InspectionScreen",
            translate("Thanh tra"),
            "history",
            "logs",
            True,
            whose="own",
        ),
        *_under_inspection(),
        Place("keys", "ui.screens.keys:KeysScreen"),
        Place("password", "ui.screens.password:PasswordScreen", whose="own"),
    )


def _under_inspection() -> tuple[Place, ...]:
    """What an inspector opens from his page."""
    above = "inspection"
    return (
        Place(
            "inspection_log",
            "ui.screens.inspection_log:InspectionLogScreen",
            right="logs",
            whose="own",
            under=above,
        ),
        Place(
            "inspection_register",
            "ui.screens.inspection_register:InspectionRegisterScreen",
            right="logs",
            whose="own",
            under=above,
        ),
    )


def preload() -> None:
    """Import every screen ahead of time; on a lane, while somebody types a password."""
    for place in places():
        import_module(place.screen.partition(":")[0])
