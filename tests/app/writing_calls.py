"""Every action that writes, as a call on things that are there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from app.actions import (
    accident,
    accident_list,
    approval,
    assistive_device,
    attachment,
    backup,
    care_case,
    case_assessment,
    case_note,
    case_number,
    case_plan,
    case_review,
    caseload,
    conflict,
    consent,
    consent_paper,
    departed,
    device,
    drafts,
    duplicate,
    entitlement,
    export_list,
    export_mine_action,
    flag,
    form_draft,
    form_printing,
    gift_round,
    handing_over,
    hazard,
    hazard_paper,
    import_accidents,
    import_layout,
    import_list,
    import_register,
    import_undo,
    incidents,
    kept_rows,
    late_edit,
    list_template,
    merge,
    need,
    office,
    outgoing,
    parting,
    period,
    person,
    printing,
    provider,
    quick_note,
    record_sheet,
    referral,
    reform,
    removals,
    report,
    report_edition,
    report_out,
    settings,
    sharing,
    sheets,
    support,
    support_papers,
    target,
    target_sheet,
    task,
    training,
    transfer,
    user,
    victim,
)
from app.values.accident import AccidentDraft
from app.values.assistive_device import AidDraft, RepairDraft
from app.values.attachment import AttachmentDraft
from app.values.care_case import CaseDraft, CaseEdit, ClosingDraft, NoteDraft
from app.values.case_plan import ActivityDraft, AssessmentDraft, ReviewDraft
from app.values.coming import Ref
from app.values.entitlement import AgreementDraft
from app.values.mine_action import MineActionRequest
from app.values.need import NeedDraft, NeedStepDraft
from app.values.paper_form import FormRequest
from app.values.papers import PrintRequest
from app.values.period import PeriodDraft, TargetDraft
from app.values.person import PeopleFilter, PersonDraft
from app.values.provider import ProviderDraft
from app.values.referral import ReferralDraft, ReferralStep
from app.values.report import ReportAsk
from app.values.sharing import ConsentDraft, SharingDraft
from app.values.support import RoundDraft, SupportDraft
from app.values.task import FlagDraft, TaskDraft
from app.values.training import DelegateDraft, TrainingDraft
from app.values.transfer import TransferDraft
from app.values.user import UserDraft, UserEdit
from app.values.victim import VictimDraft
from app.workspace import Workspace
from data.records.support import Support
from tests.app import certificate_calls
from tests.conftest import ROOT
from tests.desk import CAT_HANH, PASSWORD


@dataclass(frozen=True)
class Things:
    """What is there to be changed."""

    person: str
    twin: str
    merger: str
    case: str
    note: str
    need: str
    victim: str
    attachment: str
    out: Path


Call = Callable[[Workspace, Things], Any]
LIST = ROOT / "tests" / "samples" / "clean.xlsx"
REASON = "vì sao"
PICTURE = AttachmentDraft("photo", "Ảnh", "law")

CALLS: dict[str, Call] = certificate_calls.CALLS | {
    "accident.save": lambda ws, it: accident.save(ws, AccidentDraft(it.person, {}, {})),
    "accident.add_many": lambda ws, it: accident.add_many(ws, [(it.person, {}, {})]),
    "accident.remove": lambda ws, it: accident.remove(ws, it.victim, REASON),
    "accident_list.record": lambda ws, _it: accident_list.record(ws, {"device": "bomb"}),
    "accident_list.remove": lambda ws, _it: accident_list.remove(ws, "nobody", REASON),
    "approval.approve": lambda ws, it: approval.approve(ws, (it.person,)),
    "approval.return_": lambda ws, it: approval.return_(ws, (it.person,), REASON),
    "approval.take_back": lambda ws, it: approval.take_back(ws, (it.person,)),
    "approval.undo": lambda ws, it: approval.undo(ws, it.person, REASON),
    "approval.undo_many": lambda ws, it: approval.undo_many(ws, (it.person,), REASON),
    "attachment.add": lambda ws, it: attachment.add(ws, it.person, picture(), PICTURE),
    "attachment.ask": lambda ws, it: attachment.ask(ws, [it.attachment]),
    "attachment.export": lambda ws, it: attachment.export(ws, it.attachment, it.out / "a.jpg"),
    "attachment.found_on": lambda ws, it: attachment.found_on(ws, it.attachment, "law"),
    "attachment.remove": lambda ws, it: attachment.remove(ws, it.attachment, REASON),
    "attachment.restore": lambda ws, it: attachment.restore(ws, it.attachment),
    "backup.backup_now": lambda ws, it: backup.backup_now(ws, it.out),
    "backup.shut_out_the_gone": lambda ws, _it: backup.shut_out_the_gone(ws),
    "care_case.open": lambda ws, it: care_case.open(ws, it.person, CaseDraft(REASON)),
    "care_case.open_many": lambda ws, it: care_case.open_many(ws, [(it.person, CaseDraft("x"))]),
    "care_case.edit": lambda ws, it: care_case.edit(ws, it.case, CaseEdit(reason="x")),
    "care_case.submit": lambda ws, it: care_case.submit(ws, it.case),
    "care_case.approve": lambda ws, it: care_case.approve(ws, it.case),
    "care_case.return_": lambda ws, it: care_case.return_(ws, it.case, REASON),
    "care_case.close": lambda ws, it: care_case.close(ws, it.case, ClosingDraft("died")),
    "care_case.resume": lambda ws, it: care_case.resume(ws, it.case, REASON),
    "care_case.propose": lambda ws, it: care_case.propose(ws, it.case, ClosingDraft("agreed")),
    "care_case.decline": lambda ws, it: care_case.decline(ws, it.case, REASON),
    "care_case.refuse": lambda ws, it: care_case.refuse(ws, it.case, REASON),
    "care_case.cancel": lambda ws, it: care_case.cancel(ws, it.case, REASON),
    "case_number.give": lambda ws, it: case_number.give(ws, it.case),
    "case_plan.save": lambda ws, it: case_plan.save(ws, it.case, {"goals": "x"}),
    "case_plan.save_activity": lambda ws, it: case_plan.save_activity(
        ws, ActivityDraft(it.case, {"activity": "x"})
    ),
    "case_plan.withdraw_activity": lambda ws, it: case_plan.withdraw_activity(
        ws, "nothing", REASON
    ),
    "case_assessment.save": lambda ws, it: case_assessment.save(
        ws, AssessmentDraft(it.case, {"domain": "health", "need": "x"})
    ),
    "case_assessment.withdraw": lambda ws, it: case_assessment.withdraw(ws, "nothing", REASON),
    "case_review.add": lambda ws, it: case_review.add(ws, ReviewDraft(it.case, {})),
    "care_case.reopen": lambda ws, it: care_case.reopen(ws, it.case, REASON),
    "care_case.note": lambda ws, it: care_case.note(ws, it.case, NoteDraft("x")),
    "case_note.correct": lambda ws, it: case_note.correct(ws, it.note, NoteDraft("x")),
    "case_note.withdraw": lambda ws, it: case_note.withdraw(ws, it.note, REASON),
    "caseload.give_back": lambda ws, it: caseload.give_back(ws, {it.case: "hoa"}),
    "caseload.reassign": lambda ws, it: caseload.reassign(ws, [it.case], "hoa"),
    "flag.add": lambda ws, it: flag.add(ws, FlagDraft(it.person, "watch", REASON)),
    "flag.remove": lambda ws, _it: flag.remove(ws, "nothing", REASON),
    "quick_note.write": lambda ws, it: quick_note.write(ws, it.person, NoteDraft("x")),
    "task.add": lambda ws, it: task.add(ws, TaskDraft("x", person_id=it.person)),
    "task.edit": lambda ws, _it: task.edit(ws, "nothing", TaskDraft("x")),
    "task.finish": lambda ws, it: task.finish(ws, Ref("visit", it.case, "2026-01-01")),
    "task.put_back": lambda ws, it: task.put_back(ws, Ref("task", it.case, ""), "2026-01-01"),
    "task.put_off": lambda ws, it: task.put_off(ws, Ref("task", it.case, ""), "7"),
    "task.reassign": lambda ws, _it: task.reassign(ws, ["nothing"], "hoa"),
    "task.remove": lambda ws, _it: task.remove(ws, "nothing", REASON),
    "task.reopen": lambda ws, it: task.reopen(ws, Ref("task", it.case, "")),
    "conflict.resolve": lambda ws, _it: conflict.resolve(ws, "nobody:1:phone", "mine"),
    "consent.save": lambda ws, it: consent.save(ws, ConsentDraft(it.person, {})),
    "consent.withdraw": lambda ws, _it: consent.withdraw(ws, "nobody", REASON),
    "consent.remove": lambda ws, _it: consent.remove(ws, "nobody", REASON),
    "consent_paper.content": lambda ws, it: consent_paper.content(ws, it.person),
    "consent_paper.write": lambda ws, it: consent_paper.write(ws, it.out / "a.pdf", it.person),
    "device.grant": lambda ws, _it: device.grant(ws, "nobody", "x"),
    "drafts.keep": lambda ws, _it: drafts.keep(ws, "person:new", {"name": "x"}),
    "duplicate.dismiss": lambda ws, it: duplicate.dismiss(ws, it.person, it.twin),
    "duplicate.withdraw": lambda ws, it: duplicate.withdraw(ws, it.person, it.twin),
    "export_list.people": lambda ws, it: export_list.people(ws, PeopleFilter(), csv_in(it.out)),
    "export_mine_action.write": lambda ws, it: export_mine_action.write(
        ws, MineActionRequest(it.out)
    ),
    "report_edition.freeze": lambda ws, _it: report_edition.freeze(ws, ReportAsk("BC-01")),
    "report_out.write": lambda ws, it: report_out.write(
        ws, report.run(ws, ReportAsk("BC-01")), csv_in(it.out)
    ),
    "report_out.write_set": lambda ws, it: report_out.write_set(
        ws, ReportAsk("BC-01"), it.out, ("csv",), lambda _done, _total: None
    ),
    "report_out.write_cell": lambda ws, it: report_out.write_cell(
        ws, ReportAsk("BC-01"), ("approved", None), csv_in(it.out)
    ),
    "export_mine_action.ask": lambda ws, _it: export_mine_action.ask(ws, "x"),
    "hazard.save": lambda ws, _it: hazard.save(ws, {"hazard_place": "x"}),
    "hazard.step": lambda ws, _it: hazard.step(ws, "nobody", "clear", "x"),
    "hazard.remove": lambda ws, _it: hazard.remove(ws, "nobody", REASON),
    "hazard_paper.write": lambda ws, it: hazard_paper.write(ws, "nobody", it.out / "a.pdf"),
    "import_accidents.run": lambda ws, _it: import_accidents.run(ws, LIST),
    "import_accidents.template": lambda ws, it: import_accidents.template(ws, it.out / "a.xlsx"),
    "import_list.preview": lambda ws, _it: import_list.preview(ws, LIST),
    "import_list.run": lambda ws, _it: import_list.run(ws, LIST),
    "import_register.confirm": lambda ws, _it: import_register.confirm(ws, "nobody"),
    "import_undo.undo": lambda ws, _it: import_undo.undo(ws, "nobody", REASON),
    "incidents.seen": lambda ws, _it: incidents.seen(ws, "nobody"),
    "list_template.write": lambda ws, it: list_template.write(ws, it.out / "mau.xlsx", blank=True),
    "merge.merge": lambda ws, it: merge.merge(ws, it.person, it.twin),
    "parting.carry_over": lambda ws, it: parting.carry_over(ws, it.merger, "phone"),
    "import_layout.forget": lambda ws, it: import_layout.forget(ws, "không có"),
    "merge.unmerge": lambda ws, it: merge.unmerge(ws, it.merger),
    "need.save": lambda ws, it: need.save(ws, NeedDraft(it.person, {"item": "medical.care"})),
    "need.add_many": lambda ws, it: need.add_many(ws, [(it.person, {"item": "medical.care"})]),
    "need.step": lambda ws, it: need.step(ws, it.need, NeedStepDraft("met")),
    "need.withdraw": lambda ws, it: need.withdraw(ws, it.need, REASON),
    "kept_rows.withdraw": lambda ws, _it: kept_rows.withdraw(ws, Support, "x", REASON, "x"),
    "provider.save": lambda ws, _it: provider.save(ws, ProviderDraft({})),
    "provider.remove": lambda ws, _it: provider.remove(ws, "nobody", REASON),
    "referral.save": lambda ws, it: referral.save(ws, ReferralDraft(it.person, {})),
    "referral.step": lambda ws, _it: referral.step(ws, "nobody", ReferralStep("sent")),
    "referral.remove": lambda ws, _it: referral.remove(ws, "nobody", REASON),
    "support.save": lambda ws, it: support.save(ws, SupportDraft(it.person, {})),
    "support.remove": lambda ws, _it: support.remove(ws, "nobody", REASON),
    "support_papers.referral_letter": lambda ws, _it: support_papers.referral_letter(ws, "x"),
    "support_papers.firm_list": lambda ws, _it: support_papers.firm_list(ws, "x"),
    "support_papers.ask": lambda ws, _it: support_papers.ask(ws, "x"),
    "gift_round.save": lambda ws, _it: gift_round.save(ws, RoundDraft({})),
    "gift_round.add": lambda ws, it: gift_round.add(ws, "nobody", (it.person,)),
    "gift_round.take_out": lambda ws, _it: gift_round.take_out(ws, "nobody", (), REASON),
    "gift_round.tick": lambda ws, _it: gift_round.tick(ws, "nobody", (), "received"),
    "gift_round.close": lambda ws, _it: gift_round.close(ws, "nobody"),
    "gift_round.reopen": lambda ws, _it: gift_round.reopen(ws, "nobody"),
    "gift_round.remove": lambda ws, _it: gift_round.remove(ws, "nobody", REASON),
    "assistive_device.save": lambda ws, it: assistive_device.save(ws, AidDraft(it.person, {})),
    "assistive_device.move": lambda ws, _it: assistive_device.move(ws, "nobody", "lost"),
    "assistive_device.repair": lambda ws, _it: assistive_device.repair(ws, "x", RepairDraft({})),
    "assistive_device.remove": lambda ws, _it: assistive_device.remove(ws, "nobody", REASON),
    "assistive_device.remove_repair": lambda ws, _it: assistive_device.remove_repair(ws, "x", "y"),
    "entitlement.save_agreement": lambda ws, _it: entitlement.save_agreement(
        ws, AgreementDraft({})
    ),
    "entitlement.add": lambda ws, it: entitlement.add(ws, "nobody", (it.person,)),
    "entitlement.save": lambda ws, _it: entitlement.save(ws, "nobody", {}),
    "entitlement.end": lambda ws, _it: entitlement.end(ws, (), REASON),
    "entitlement.remove": lambda ws, _it: entitlement.remove(ws, "nobody", REASON),
    "record_sheet.take": lambda ws, _it: record_sheet.take(ws, "support", LIST),
    "office.rename": lambda ws, _it: office.rename(ws, "Phòng khác"),
    "office.set_units": lambda ws, _it: office.set_units(ws, (CAT_HANH,)),
    "outgoing.settle": lambda ws, _it: outgoing.settle(ws, "1"),
    "outgoing.send_again": lambda ws, it: outgoing.send_again(ws, it.person),
    "outgoing.take_off": lambda ws, it: outgoing.take_off(ws, it.person),
    "period.save": lambda ws, _it: period.save(ws, PeriodDraft({"code": "x"})),
    "period.begin_year": lambda ws, _it: period.begin_year(ws, 2026),
    "period.remove": lambda ws, _it: period.remove(ws, "nobody", REASON),
    "target.save": lambda ws, _it: target.save(ws, TargetDraft({})),
    "target_sheet.blank": lambda ws, it: target_sheet.blank(ws, it.out / "b.xlsx"),
    "target_sheet.take": lambda ws, _it: target_sheet.take(ws, LIST),
    "target.remove": lambda ws, _it: target.remove(ws, "nobody", REASON),
    "training.save_round": lambda ws, _it: training.save_round(ws, TrainingDraft({})),
    "training.save_class": lambda ws, _it: training.save_class(ws, TrainingDraft({})),
    "training.save_in_round": lambda ws, _it: training.save_in_round(ws, TrainingDraft({}), "x"),
    "training.save_workshop": lambda ws, _it: training.save_workshop(ws, TrainingDraft({})),
    "training.save_delegate": lambda ws, _it: training.save_delegate(ws, DelegateDraft("x", {})),
    "training.add_delegates": lambda ws, _it: training.add_delegates(ws, "x", ({},)),
    "training.remove_round": lambda ws, _it: training.remove_round(ws, "nobody", REASON),
    "training.remove_event": lambda ws, _it: training.remove_event(ws, "nobody", REASON),
    "training.remove_delegate": lambda ws, _it: training.remove_delegate(ws, "nobody", REASON),
    "person.save": lambda ws, it: person.save(ws, PersonDraft(it.person, {"phone": "0905000001"})),
    "person.save_many": lambda ws, _it: person.save_many(ws, ()),
    "person.submit": lambda ws, it: person.submit(ws, (it.person,)),
    "person.remove": lambda ws, it: person.remove(ws, it.person, REASON),
    "person.restore": lambda ws, it: person.restore(ws, it.person),
    "person.set_life_state": lambda ws, it: person.set_life_state(ws, it.person, "left", "2026"),
    "form_draft.drop": lambda ws, _it: form_draft.drop(ws, "1000-0000-0009"),
    "form_draft.keep": lambda ws, _it: form_draft.keep(ws, ()),
    "form_draft.link": lambda ws, it: form_draft.link(ws, "1000-0000-0009", it.person),
    "form_printing.write": lambda ws, it: form_printing.write(ws, [form(it)], it.out / "a.pdf"),
    "form_printing.write_case": lambda ws, it: form_printing.write_case(ws, whole(it), it.out),
    "form_printing.printed": lambda ws, it: form_printing.printed(ws, (it.person,)),
    "printing.case_files": lambda ws, it: printing.case_files(ws, paper(it)),
    "printing.give_up": lambda ws, it: printing.give_up(ws, paper(it)),
    "printing.printed": lambda ws, it: printing.printed(ws, (it.person,)),
    "printing.printed_cases": lambda ws, it: printing.printed_cases(ws, (it.case,)),
    "printing.burned_sheet": lambda ws, it: printing.burned_sheet(ws, it.out / "to.pdf"),
    "reform.answer": lambda ws, _it: reform.answer(ws, CAT_HANH, CAT_HANH),
    "reform.apply": lambda ws, _it: reform.apply(ws),
    "reform.undo": lambda ws, _it: reform.undo(ws),
    "reform.withdraw": lambda ws, _it: reform.withdraw(ws, CAT_HANH),
    "removals.allow": lambda ws, _it: removals.allow(ws, "out"),
    "removals.keep": lambda ws, _it: removals.keep(ws, "in"),
    "settings.change": lambda ws, _it: settings.change(ws, {"place": "Phù Cát"}),
    "sharing.request": lambda ws, it: sharing.request(ws, wish(it)),
    "sharing.record": lambda ws, _it: sharing.record(ws, [], "x"),
    "sharing.approve": lambda ws, _it: sharing.approve(ws, ("nobody",)),
    "sharing.refuse": lambda ws, _it: sharing.refuse(ws, ("nobody",), REASON),
    "sharing.end": lambda ws, _it: sharing.end(ws, "nobody", REASON),
    "sharing.told": lambda ws, _it: sharing.told(ws, "nobody"),
    "sheets.burned_pc": lambda ws, _it: sheets.burned_pc(ws),
    "departed.wipe": lambda ws, _it: departed.wipe(ws),
    "handing_over.ask": lambda ws, _it: handing_over.ask(ws, "nobody"),
    "handing_over.give": lambda ws, _it: handing_over.give(ws, "nobody", "x"),
    "handing_over.take": lambda ws, _it: handing_over.take(ws, "nobody", "x"),
    "late_edit.take": lambda ws, _it: late_edit.take(ws, "nobody"),
    "late_edit.take_all": lambda ws, _it: late_edit.take_all(ws, ("nobody",)),
    "late_edit.decline": lambda ws, _it: late_edit.decline(ws, "nobody", REASON),
    "late_edit.decline_all": lambda ws, _it: late_edit.decline_all(ws, ("nobody",), REASON),
    "transfer.request": lambda ws, it: transfer.request(ws, asked(it)),
    "transfer.request_units": lambda ws, it: transfer.request_units(ws, (CAT_HANH,), asked(it)),
    "transfer.step": lambda ws, _it: transfer.step(ws, "withdraw", ("nobody",)),
    "transfer.approve": lambda ws, _it: transfer.approve(ws, ("nobody",)),
    "transfer.refuse": lambda ws, _it: transfer.refuse(ws, ("nobody",), REASON),
    "user.add": lambda ws, _it: user.add(ws, UserDraft("moi", "admin", password=PASSWORD)),
    "user.edit": lambda ws, it: user.edit(ws, ws.user.login, UserEdit(role="admin")),
    "user.deactivate": lambda ws, _it: user.deactivate(ws, "minh"),
    "user.reactivate": lambda ws, _it: user.reactivate(ws, "minh", PASSWORD),
    "user.reset": lambda ws, _it: user.reset(ws, "minh", PASSWORD),
    "user.new_recovery_code": lambda ws, _it: user.new_recovery_code(ws),
    "user.lock_out_the_gone": lambda ws, _it: user.lock_out_the_gone(ws),
    "victim.save": lambda ws, _it: victim.save(ws, VictimDraft("nobody", {})),
    "victim.link": lambda ws, it: victim.link(ws, it.victim, it.person),
    "victim.unlink": lambda ws, it: victim.unlink(ws, it.victim, REASON),
    "victim.remove": lambda ws, it: victim.remove(ws, it.victim, REASON),
}
LOGGED = {
    *("form_printing.printed", "printing.printed", "printing.printed_cases", "sheets.burned_pc"),
    "consent_paper.content",
}
"""Actions whose only writing is the log of a print: that too is refused to who may only look."""


def picture() -> bytes:
    made = BytesIO()
    Image.new("RGB", (300, 400), (90, 90, 90)).save(made, "JPEG")
    return made.getvalue()


def paper(things: Things) -> PrintRequest:
    return PrintRequest((things.person,), things.out / "tap.pdf")


def whole(things: Things) -> FormRequest:
    return FormRequest("case", things.case)


def form(things: Things) -> FormRequest:
    return FormRequest("01", person_id=things.person)


def asked(things: Things) -> TransferDraft:
    return TransferDraft((things.person,), "nobody", REASON)


def wish(things: Things) -> SharingDraft:
    return SharingDraft((things.person,), "case_file", "Hội", REASON)


def csv_in(folder: Path) -> Path:
    return folder / "nguoi.csv"
