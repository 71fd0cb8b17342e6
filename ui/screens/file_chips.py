"""Where a file stands and how its clock goes, as chips and words: never colour alone."""

from __future__ import annotations

from app import forms
from app.rules import application as rules
from app.values.application import ApplicationCard, Clock
from app.wording import translate
from ui.show import Chip

TONES = {
    rules.RECEIVED: ("info", ""),
    rules.MISSING: ("wait", "…"),
    rules.COMPLETE: ("info", "✓"),
    rules.SCHEDULED: ("info", "◷"),
    rules.HEARD: ("info", ""),
    rules.CONCLUDED: ("info", "✓"),
    rules.NOTICED: ("wait", "…"),
    rules.MEDICAL_BOARD: ("wait", "…"),
    rules.BOARD_CONCLUDED: ("info", "✓"),
    rules.ISSUED: ("ok", "✓"),
}


def step_chip(step: str) -> Chip:
    """The step of a file."""
    tone, sign = TONES.get(step, ("mute", "■"))
    return Chip(forms.code_label("file_step", step), tone, sign)


def clock_chip(clock: Clock) -> Chip | None:
    """The clock in a list: late, due today, day n of N, or why it stands still."""
    if clock.stopped:
        return Chip(translate("dừng: chờ bổ sung"), "mute", "‖")
    if not clock.due:
        return None
    if clock.late:
        return Chip(translate("quá hạn {days} ngày", days=clock.late), "bad", "!")
    if clock.day >= clock.total:
        return Chip(translate("hạn hôm nay"), "wait", "!")
    return Chip(translate("ngày {day}/{total}", day=clock.day, total=clock.total), "info", "")


def clock_words(clock: Clock) -> str:
    """The clock on the page of a file, with the article it follows."""
    if clock.stopped:
        return translate(
            "Đồng hồ dừng: đang chờ bổ sung giấy tờ, tính lại từ ngày đủ hồ sơ (chưa kiểm chứng)."
        )
    if not clock.due:
        return ""
    source = "; ".join(dict.fromkeys(clock.sources))
    due, since = forms.date_shown(clock.due), forms.date_shown(clock.since)
    if clock.late:
        return translate(
            "QUÁ HẠN {days} ngày làm việc: hạn {due}, {total} ngày làm việc từ {since} ({source}).",
            days=clock.late,
            due=due,
            total=clock.total,
            since=since,
            source=source,
        )
    if not clock.day:
        return translate(
            "Tính từ ngày làm việc sau ngày {since}: {total} ngày làm việc, hạn {due} ({source}).",
            since=since,
            total=clock.total,
            due=due,
            source=source,
        )
    return translate(
        "Ngày làm việc thứ {day} của {total}, tính từ {since}: hạn {due} ({source}).",
        day=clock.day,
        total=clock.total,
        since=since,
        due=due,
        source=source,
    )


def kind_words(card: ApplicationCard) -> str:
    """The kind of an application with its reason."""
    kind = forms.code_label("application_kind", str(card.fields["application_kind"] or ""))
    reason = card.fields["application_reason"]
    return f"{kind}: {forms.code_label('application_reason', str(reason))}" if reason else kind
