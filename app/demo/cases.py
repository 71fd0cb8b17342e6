"""What happened in the invented cases: visits, calls, approval, an end; and the portraits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from io import BytesIO

from PIL import Image, ImageDraw

from app.actions import attachment, care_case, case_assessment, case_plan
from app.demo.dice import Dice
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft, CaseEdit, ClosingDraft, NoteDraft
from app.values.case_plan import ActivityDraft, AssessmentDraft
from app.workspace import Workspace

DAYS_AGO = (30, 300)
PORTRAITS_MAX = 60
PORTRAIT_SIZE = (354, 472)
VISITS = (
    "Đến nhà gặp người được hỗ trợ và gia đình; đã giải thích quyền lợi, gia đình đồng ý tham gia.",
    "Sức khỏe ổn định hơn lần trước, đi lại còn khó; hẹn trạm y tế xã khám tuần sau.",
    "Gia đình đã nhận giấy hẹn khám; còn lo tiền xe, đề nghị Hội Chữ thập đỏ xã giúp.",
)
CALLS = ("Gọi hỏi thăm, gia đình báo đã nhận hỗ trợ.", "Trạm y tế báo lịch khám vào sáng thứ Ba.")
DOMAINS = ("health", "livelihood", "inclusion", "emotional")
FOUND = (
    "Đi lại khó, chưa có dụng cụ trợ giúp; gia đình chưa biết nơi khám.",
    "Thu nhập dựa vào trợ cấp, muốn nuôi thêm gà nhưng thiếu vốn.",
)
GOALS = ("Tự đi lại được trong nhà sau sáu tháng.", "Có thu nhập thêm từ chăn nuôi trong năm nay.")
ACTIVITIES = (
    "Đưa đi khám, phục hồi chức năng tại trạm y tế xã",
    "Xin cấp xe lăn từ Hội Chữ thập đỏ huyện",
    "Hướng dẫn gia đình chăm sóc tại nhà",
    "Kết nối vay vốn Ngân hàng Chính sách xã hội",
)
ENDS = (
    ("goal_reached", "Đã đi lại được trong nhà, gia đình tự chăm sóc."),
    ("moved_away", "Đã chuyển đến ở với con tại huyện khác."),
    ("asked_to_stop", "Gia đình đề nghị dừng vì đã có người thân giúp."),
)


def opened(ws: Workspace, rows: Sequence[tuple[str, str]], dice: Dice) -> list[tuple[str, str]]:
    """Open a case for each (person, reason), some months ago; answers (person, case)."""
    drafts = []
    for person_id, reason in rows:
        day = ws.today() - timedelta(days=dice.random.randint(*DAYS_AGO))
        drafts.append((person_id, CaseDraft(reason, opened_on=day.isoformat())))
    answers = care_case.open_many(ws, drafts)
    return [
        (person_id, answer)
        for (person_id, _), answer in zip(drafts, answers, strict=True)
        if isinstance(answer, str)
    ]


def worked(
    worker: Workspace, chief: Workspace, cases: Sequence[tuple[str, str]], dice: Dice
) -> None:
    """Two in three were visited, half submitted, most of these approved, some ended since."""
    for _person, case_id in cases:
        if not dice.chance(0.66):
            continue
        day = worker.today() - timedelta(days=dice.random.randint(8, DAYS_AGO[0] - 1))
        care_case.note(worker, case_id, NoteDraft(dice.one_of(VISITS), "visit", day.isoformat()))
        if dice.chance(0.5):
            later = (day + timedelta(days=6)).isoformat()
            care_case.note(worker, case_id, NoteDraft(dice.one_of(CALLS), "call", later))
        if dice.chance(0.75):
            _decided(worker, chief, case_id, dice)


def pictured(ws: Workspace, persons: Sequence[str], dice: Dice) -> None:
    """Keep a drawn portrait of the first of these persons."""
    for person_id in persons[:PORTRAITS_MAX]:
        attachment.add(ws, person_id, portrait(dice), AttachmentDraft("photo", "Ảnh vẽ", "law"))


def portrait(dice: Dice) -> bytes:
    """A JPEG of nobody: shoulders, head and hair in some colours."""
    wide, high = PORTRAIT_SIZE
    image = Image.new("RGB", PORTRAIT_SIZE, (dice.random.randint(150, 215), 200, 225))
    draw = ImageDraw.Draw(image)
    shirt = tuple(dice.random.randint(30, 150) for _ in range(3))
    hair = (dice.random.randint(20, 190),) * 3
    draw.ellipse((wide * 0.1, high * 0.68, wide * 0.9, high * 1.4), fill=shirt)
    draw.ellipse((wide * 0.27, high * 0.14, wide * 0.73, high * 0.62), fill=hair)
    draw.ellipse((wide * 0.3, high * 0.22, wide * 0.7, high * 0.72), fill=(224, 184, 150))
    out = BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def _planned(worker: Workspace, case_id: str, dice: Dice) -> None:
    """What was found, the criteria, goals and two activities."""
    today = worker.today()
    found = {"domain": dice.one_of(DOMAINS), "situation": dice.one_of(FOUND), "priority": 1}
    case_assessment.save(worker, AssessmentDraft(case_id, found))
    criteria = {"criteria": ("long_term", "voluntary"), "reporter_kind": "hamlet"}
    care_case.edit(worker, case_id, CaseEdit(intake=criteria))
    review_on = (today + timedelta(days=dice.random.randint(10, 90))).isoformat()
    case_plan.save(worker, case_id, {"goals": dice.one_of(GOALS), "review_on": review_on})
    for activity in dice.random.sample(ACTIVITIES, 2):
        due = (today + timedelta(days=dice.random.randint(5, 60))).isoformat()
        words = {"activity": activity, "due_on": due, "responsible": worker.user.full_name}
        case_plan.save_activity(worker, ActivityDraft(case_id, words))


def _decided(worker: Workspace, chief: Workspace, case_id: str, dice: Dice) -> None:
    _planned(worker, case_id, dice)
    care_case.submit(worker, case_id)
    if not dice.chance(0.8):
        return
    care_case.approve(chief, case_id)
    if dice.chance(0.3):
        reason, told = dice.one_of(ENDS)
        care_case.close(chief, case_id, ClosingDraft(reason, told, aware=True))
