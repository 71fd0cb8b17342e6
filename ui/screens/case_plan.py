"""The plan editor: the edition being written, its activities, and the editions before it."""

from __future__ import annotations

from functools import partial

from app import forms
from app.actions import case_plan
from app.values.case_plan import ActivityCard, ActivityDraft, PlanCard, PlanPage
from app.wording import translate
from ui.screens.case_part import CasePart
from ui.screens.person_belongings import Actions, EntryBox, entry
from ui.screens.record_part import named
from ui.show import Chip
from ui.stage import Stage
from ui.widgets.badge import Badge
from ui.widgets.parts import Card, button, label, row

PLAN = ("goals", "risks", "review_on", "change_reason")
ACTIVITY = (
    *("activity", "urgent", "start_on", "due_on", "responsible", "provider", "resource"),
    "cost",
)
PROGRESS = ("activity_status", "done_on", "result")
WRITTEN = ("open", "assessing", "planning")
ADJUSTED = ("approved", "reviewing")
TONES = {"draft": "info", "waiting": "wait", "approved": "ok", "replaced": "mute"}


class CasePlanScreen(CasePart):
    """Goals, risks and the day of review above; activities below, urgent ones first (Mẫu 04)."""

    name = "case_plan"
    touching = frozenset({"case_plan", "plan_activity", "care_case"})

    def __init__(self, stage: Stage) -> None:
        words = translate(
            "Mục tiêu, hoạt động khẩn cấp và theo ưu tiên, thời gian, trách nhiệm, nguồn lực, rủi "
            "ro (Mẫu 04). Người lập không tự duyệt."
        )
        super().__init__(stage, translate("Kế hoạch chăm sóc, trợ giúp"), words)
        self.page: PlanPage | None = None
        self._activity: ActivityCard | None = None
        self.write = button("", self._begin_plan, "", "plus")
        self.add = button(translate("Thêm hoạt động"), self._begin_activity, "", "plus")
        self.plan = self.box(named("case_plan", PLAN), translate("Lưu kế hoạch"), self._save_plan)
        self.work = self.box(
            named("plan_activity", ACTIVITY), translate("Lưu hoạt động"), self._save_activity
        )
        self.told = self.box(
            named("plan_activity", PROGRESS), translate("Lưu tiến độ"), self._save_progress
        )
        self.begin_again = self.add
        self.top.addLayout(row(self.write, self.add, 1))
        for made in (self.plan, self.work, self.told):
            self.top.addWidget(made)

    def of_case(self) -> PlanPage:
        return case_plan.page(self.stage.ws, self.key)

    def show_rows(self, answer: PlanPage) -> None:
        self.page = answer
        self.head.set_facts(answer.person_name)
        adjusts = answer.status in ADJUSTED
        words = translate("Điều chỉnh kế hoạch") if adjusts else translate("Lập kế hoạch")
        if answer.draft is not None and answer.status == "planning":
            words = translate("Sửa kế hoạch")
        self.write.setText(f"\u00a0{words}")
        self.write.setAccessibleName(words)
        self.write.setVisible(self.writable and answer.status in (*WRITTEN, *ADJUSTED))
        writing = answer.draft is not None and answer.status == "planning"
        added = translate("Thêm hoạt động") if writing else translate("Thêm biện pháp khẩn cấp")
        self.add.setText(f"\u00a0{added}")
        self.add.setAccessibleName(added)
        urgent = (*WRITTEN, *ADJUSTED, "waiting")  # an emergency does not wait for the head
        self.add.setVisible(self.writable and answer.status in urgent)
        if not answer.plans and not answer.measures:
            self.nothing(
                translate(
                    "Chưa có kế hoạch. Trường hợp khẩn cấp: ghi biện pháp trước, kế hoạch sau."
                )
            )
        if answer.measures:
            self.rows.addWidget(label(translate("Biện pháp khẩn cấp ngoài kế hoạch"), "section"))
        for one in answer.measures:
            self.rows.addWidget(self._work(one, True))
        for plan in answer.plans:
            self.rows.addWidget(self._edition(plan))
            for one in plan.activities:
                self.rows.addWidget(self._work(one, plan.status == "draft"))

    def _edition(self, plan: PlanCard) -> Card:
        card = Card()
        title = label(translate("Kế hoạch lần {edition}", edition=plan.edition), "section")
        stands = forms.code_label("plan_status", plan.status)
        if plan.status == "replaced" and self.page is not None and plan == self.page.plans[0]:
            stands = translate("Thôi hiệu lực khi mở lại ca")  # no later edition took its place
        chip = Chip(stands, TONES.get(plan.status, "mute"))
        card.add(row(title, Badge(chip), 1))
        approved = (
            translate(
                "Duyệt ngày {day}: {name}",
                day=forms.date_shown(plan.approved_on),
                name=self.who(plan.approved_by),
            )
            if plan.approved_on
            else ""
        )
        told = (
            translate("Mục tiêu: {words}", words=plan.goals or "—"),
            translate("Rủi ro và cách giải quyết: {words}", words=plan.risks) if plan.risks else "",
            translate("Rà soát vào ngày {day}", day=forms.date_shown(plan.review_on))
            if plan.review_on
            else "",
            translate("Vì sao điều chỉnh: {words}", words=plan.change_reason)
            if plan.change_reason
            else "",
            approved,
        )
        for line in told:
            if line:
                card.add(label(line, "", wrap=True))
        return card

    def _work(self, one: ActivityCard, changeable: bool) -> Card:
        urgent = translate("KHẨN CẤP")
        title = f"{urgent} · {one.activity}" if one.urgent else one.activity
        days = " – ".join(forms.date_shown(day) for day in (one.start_on, one.due_on) if day)
        cost = forms.value_shown("plan_activity", "cost", one.cost)
        facts = (
            forms.code_label("activity_status", one.status),
            days,
            one.responsible,
            one.provider,
            one.resource,
            cost,
        )
        lines = [" · ".join(fact for fact in facts if fact)]
        if one.result:
            lines.append(translate("Kết quả: {words}", words=one.result))
        if self.page is not None and one.id in self.page.left:
            lines.append(
                translate(
                    "Chưa xong khi ca được mở lại: ghi tiến độ, hoặc lập kế hoạch mới để làm tiếp."
                )
            )
        actions: Actions = ()
        if self.writable:
            actions = ((translate("Tiến độ…"), partial(self._progress, one)),)
        if self.writable and changeable:
            actions += (
                (translate("Sửa"), partial(self._correct, one)),
                (translate("Bỏ…"), partial(self._withdraw, one)),
            )
        return entry(title, tuple(lines), actions)

    def _begin_plan(self) -> None:
        if self.page is None:
            return
        plan = self.page.draft if self.page.status == "planning" else None
        before = plan or self.page.approved
        values = {name: getattr(before, name) or None for name in PLAN} if before else {}
        if plan is None:
            values["change_reason"] = None
        adjusts = plan is None and self.page.status in ADJUSTED
        self.open_box(self.plan, values, "change_reason" if adjusts else "goals", "plan")

    def _begin_activity(self) -> None:
        self._activity = None
        writing = self.page is not None and self.page.status == "planning"
        self.open_box(self.work, {} if writing else {"urgent": True}, "activity", "activity")

    def _correct(self, one: ActivityCard) -> None:
        self._activity = one
        values = {name: getattr(one, name) or None for name in ACTIVITY}
        self.open_box(self.work, values, "activity", one.id)

    def _progress(self, one: ActivityCard) -> None:
        self._activity = one
        values = {
            "activity_status": one.status,
            "done_on": one.done_on or None,
            "result": one.result or None,
        }
        self.open_box(self.told, values, "activity_status", f"{one.id}:progress")

    def _withdraw(self, one: ActivityCard) -> None:
        ws = self.stage.ws
        self.ask_reason(
            translate("Bỏ hoạt động này khỏi kế hoạch vì lý do gì?"),
            translate("Bỏ"),
            lambda reason: case_plan.withdraw_activity(ws, one.id, reason),
        )

    def _save_plan(self) -> None:
        typed = self.plan.form.values()
        work = partial(case_plan.save, self.stage.ws, self.key, typed)
        self.save_box(self.plan, work, translate("Đã lưu kế hoạch."))

    def _save_activity(self) -> None:
        self._keep(self.work, translate("Đã lưu hoạt động."))

    def _save_progress(self) -> None:
        self._keep(self.told, translate("Đã lưu tiến độ."))

    def _keep(self, box: EntryBox, words: str) -> None:
        which = self._activity.id if self._activity is not None else ""
        draft = ActivityDraft(self.key, box.form.values(), which)
        work = partial(case_plan.save_activity, self.stage.ws, draft)
        self.save_box(box, work, words)
