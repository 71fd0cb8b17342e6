"""Gather everything about a person for the printed case file: read once, then frozen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from app.actions import (
    amendment,
    case_cards,
    case_facts,
    case_note,
    case_sections,
    certificate_seal,
    confidential_file,
    consent,
    field_values,
    help_sections,
    history_words,
    paper_words,
    settings,
)
from app.actions.paper_sections import (
    DISABILITY_PARTS,
    IN_THE_HEAD,
    MINE_PARTS,
    NEVER_MISSING,
    PARTS,
    file_title,
    parts,
    section_titles,
)
from app.actions.paper_sections import (
    in_vietnamese as in_vietnamese,
)
from app.actions.paper_words import label
from app.actions.person import found
from app.papers import pictures
from app.rules import dates
from app.values.papers import (
    CaseFile,
    PaperCase,
    PaperFile,
    PaperNeed,
    PaperNote,
    PaperRow,
    PaperSection,
    PaperStep,
    Picture,
    Words,
)
from app.values.person import AmendmentCard
from app.values.settings import OfficeSettings
from app.workspace import Workspace
from data import belongings, fields, units
from data.records import attachment, blob, care_case, need, office, victim
from data.records.accident import Accident
from data.records.attachment import Attachment
from data.records.care_case import CareCase
from data.records.person import Person

PAPER = "case_file"
CHANGES_SHOWN_MAX = 15
CHANGES_READ_MAX = 1000
PDF = "application/pdf"


def gather(
    ws: Workspace, person_id: str, allowed: bool | None = None, translate: Words | None = None
) -> CaseFile:
    """The file of one person as it stands now.

    `allowed` says whether restricted fields and confidential notes are in it; at most those that
    the signed-in user may read (the default). Raises Refused (not_allowed, person_unknown).
    """
    return Gathering(ws, allowed, translate).of(person_id)


class Gathering:
    """What all files of one run of printing share: letterhead, names of users, the moment."""

    def __init__(
        self,
        ws: Workspace,
        allowed: bool | None = None,
        translate: Words | None = None,
        right: str = "print",
    ) -> None:
        ws.demand(right)
        self.allowed = ws.restricted is not None and allowed is not False
        self.ws = ws.paper(self.allowed)
        self.translate = translate or in_vietnamese
        self.at = ws.clock().astimezone()
        with ws.db.read() as session:
            self._names = {one.login: one.full_name for one in office.users(session)}
        now = settings.current(ws)
        self.letterhead = settings.letterhead(ws, ws.today(), _signatory(now, ws.user.full_name))
        self.draft = PAPER not in now.compared_papers
        self.printed_at = self.at.strftime("%H:%M %d/%m/%Y")
        self.printed_by = self.who(ws.user.login)
        self._known = belongings.Belongings()
        self.outside = False

    def expect(self, person_ids: Sequence[str]) -> None:
        """Read at once what many persons (at most 500) have, before their files are asked for.

        Most have neither accident nor case nor pictures, and need not be asked about each.
        """
        with self.ws.db.read() as session:
            self._known = belongings.of(session, person_ids, CHANGES_READ_MAX)

    def of(self, person_id: str) -> CaseFile:
        """The file of one person. Raises Refused (`person_unknown`, `person_merged`)."""
        if person_id not in self._known.ids:
            self.expect((person_id,))
        person = self._known.persons.get(person_id)
        with self.ws.db.read() as session:
            return self._file(session, person or found(session, person_id))

    def full_name(self, login: str) -> str:
        """A user's full name; words that are no login as they are."""
        return self._names.get(login) or login

    def who(self, login: str) -> str:
        """A user as papers name one: full name and login."""
        name = self._names.get(login, "")
        return f"{name} ({login})" if name and name != login else login

    def _file(self, session: Session, person: Person) -> CaseFile:
        sections = self._sections(person)
        who = person.id
        accidents = tuple(self._accidents(session, who)) if self._may(who, "victim") else ()
        needs = tuple(self._need(row) for row in self._known.needs.get(who, ()))
        opened = care_case.of_person(session, who) if self._may(who, "care_case") else []
        cases = tuple(self._case(session, row) for row in opened)
        loose = tuple(self._outside_cases(session, who)) if self._may(who, "case_note") else ()
        kept = self._files(session, who) if self._may(who, "attachment") else []
        photo = self._photo(session, kept)
        told = self._changes(who)
        filled: dict[str, object] = {
            "need": needs,
            "care_case": cases,
            "attachment": kept,
            "photo": photo,
        }
        if person.mine_victim:
            filled["accident"] = accidents
        restricted = self._holds_restricted(person, (*cases, *loose))
        return CaseFile(
            letterhead=self.letterhead,
            title=file_title(self.translate, person),
            name=person.name or "",
            file_number=file_number(person.id),
            head=tuple(self._identity(person)),
            printed_by=self.printed_by,
            printed_at=self.printed_at,
            photo=photo,
            sections=parts(sections, PARTS),
            disability=parts(sections, DISABILITY_PARTS),
            accidents=parts(sections, MINE_PARTS) + accidents,
            needs=needs,
            cases=(*cases, *loose),
            help=help_sections.of_holder(session, who, self._known.holders, self.allowed),
            approvals=tuple(self._approvals(session, person.id)),
            changes=tuple(told[: CHANGES_SHOWN_MAX - 1] + told[CHANGES_SHOWN_MAX - 1 :][-1:]),
            changes_between=max(len(told) - CHANGES_SHOWN_MAX, 0),
            attachments=tuple(self._attachments(session, kept, photo is not None)),
            missing=tuple(self._missing(sections, filled)),
            demo=self.ws.office.demo,
            draft=self.draft,
            confidential=self.allowed and (restricted or any(row.sealed for row in kept)),
            certificate_code=certificate_seal.of_holder(self.ws, session, who, self._known.holders),
        )

    def _may(self, person_id: str, kind: str) -> bool:
        """Whether the person has, or once had, records of a kind that few have."""
        return person_id in self._known.holders[kind]

    def _identity(self, person: Person) -> Iterator[PaperRow]:
        translate = self.translate
        yield PaperRow(translate("Họ và tên:"), (person.name or "").upper())
        yield PaperRow(translate("Ngày sinh:"), dates.show(person.birth) if person.birth else "…")
        yield PaperRow(translate("Giới tính:"), label("sex", person.sex) or "…")
        yield PaperRow(translate("Số định danh:"), person.id_number or "…")
        home = units.full_name(person.commune) if person.commune else "…"
        where = f"{person.hamlet}, {home}" if person.hamlet else home
        yield PaperRow(translate("Nơi ở:"), where)
        if person.current_commune and person.current_commune != person.commune:
            yield PaperRow(translate("Nay thuộc:"), units.full_name(person.current_commune))
        yield PaperRow(translate("Trạng thái hồ sơ:"), label("person_status", person.status))

    def _sections(self, person: Person) -> dict[str, PaperSection]:
        """Every section of the dictionary with its filled rows, those of the head left out."""
        rows: dict[str, list[PaperRow]] = {name: [] for name in fields.sections("person")}
        for field in fields.of("person"):
            value = getattr(person, field.name)
            closed = field.restricted and not self.allowed
            if field.name in IN_THE_HEAD or value in (None, "") or closed:
                continue
            if field.restricted:
                value = field_values.opened(self.ws, value)
                if value == field_values.CLOSED:
                    continue
            rows[field.section].append(PaperRow(field.vi, paper_words.words(field, value)))
        titles = section_titles(self.translate)
        return {name: PaperSection(titles[name], tuple(found)) for name, found in rows.items()}

    def _accidents(self, session: Session, person_id: str) -> Iterator[PaperSection]:
        rows = victim.of_person(session, person_id)
        for number, row in enumerate(rows, 1):
            accident = session.get(Accident, row.accident_id) if row.accident_id else None
            known = accident if accident is not None and not accident.deleted_at else None
            found = [
                *(paper_words.rows(known, "accident") if known else ()),
                *paper_words.rows(row, "victim", self.outside),
            ]
            title = self.translate("Tai nạn bom mìn, vật nổ")
            if found:
                shown = title if len(rows) == 1 else f"{title} ({number})"
                yield PaperSection(shown, tuple(found))

    def _need(self, row: need.Need) -> PaperNeed:
        item = label("need_item", row.item)
        group = label("need_group", row.need_group)
        words = ": ".join(one for one in (group, item) if one)
        told = (dates.show(row.declared_on or ""), label("need_source", row.declared_by))
        status = label("need_status", row.need_status or "new")
        if row.review_on:
            day = dates.show(row.review_on)
            status = self.translate("{status}, xem lại {day}", status=status, day=day)
        return PaperNeed(
            need=f"{words}\n{row.need_note}" if row.need_note else words,
            priority=str(row.priority or ""),
            quantity=str(row.quantity or ""),
            declared=", ".join(one for one in told if one),
            status=status,
        )

    def _case(self, session: Session, row: CareCase) -> PaperCase:
        notes = care_case.notes(session, row.id)[::-1]
        steps = [one for one in notes if one.note_kind in care_case.DECISION_KINDS]
        told = [one for one in notes if one not in steps and (self.allowed or not one.confidential)]
        return PaperCase(
            title=self.translate(
                "Ca mở ngày {day} ({status})",
                day=dates.show(row.opened_on or ""),
                status=label("case_status", row.case_status or "open").lower(),
            ),
            rows=tuple(self._case_rows(row)),
            parts=case_sections.parts(
                case_facts.of_case(self.ws, session, row.id, self.allowed), self.full_name
            ),
            notes=tuple(self._note(one) for one in told),
            steps=tuple(
                PaperStep(
                    history_words.when(one.created_at),
                    label("note_kind", one.note_kind),
                    self.who(one.created_by),
                    case_cards.reason(one, "vi"),
                )
                for one in sorted(steps, key=lambda one: one.created_at)
            ),
        )

    def _outside_cases(self, session: Session, person_id: str) -> Iterator[PaperCase]:
        """Quick notes about somebody without a case: they are part of her file too."""
        rows = care_case.loose_notes(session, person_id)[::-1]
        told = [self._note(one) for one in rows if self.allowed or not one.confidential]
        if told:
            yield PaperCase(self.translate("Ghi chú ngoài ca"), (), tuple(told))

    def _case_rows(self, row: CareCase) -> Iterator[PaperRow]:
        """The case's fields; a worker noted by his login is named in full."""
        worker = fields.get("care_case", "worker").vi
        for one in paper_words.rows(row, "care_case", self.outside):
            yield PaperRow(one.label, self.who(one.value)) if one.label == worker else one

    def _note(self, row: care_case.CaseNote) -> PaperNote:
        card = case_note.card(self.ws, row)
        return PaperNote(
            dates.show(card.noted_on),
            label("note_kind", card.kind),
            self.who(card.by),
            card.text,
            card.confidential,
        )

    def _approvals(self, session: Session, person_id: str) -> list[PaperStep]:
        """Decisions on the record and changes asked for after its approval, oldest first."""
        told = [
            (row.created_at, label("decision", row.decision), row.created_by, row.reason or "")
            for row in self._known.approvals.get(person_id, ())
        ]
        may = self._may(person_id, "amendment")
        for card in amendment.of_person(self.ws, session, person_id) if may else ():
            asked = self._asked(card)
            if asked:
                state = label("amendment_state", card.state)
                reason = f"{state}. {card.reason}" if card.reason else state
                told.append((card.asked_at, asked, card.asked_by, reason))
        return [
            PaperStep(history_words.when(at), step, self.who(by), reason)
            for at, step, by, reason in sorted(told)
        ]

    def _asked(self, card: AmendmentCard) -> str:
        """What an amendment asks to change, restricted fields never named."""
        known = [fields.get("person", name) for name in card.changes if fields.has("person", name)]
        labels = ", ".join(field.vi for field in known if not field.restricted)
        return self.translate("Đề nghị sửa: {labels}", labels=labels) if labels else ""

    def _changes(self, person_id: str) -> list[history_words.PaperChange]:
        lines = self._known.history.get(person_id, ())
        return history_words.changes(lines, self.who, self.translate, self.allowed, self.outside)

    def _files(self, session: Session, who: str) -> list[Attachment]:
        """The kept files; confidential ones only where restricted values are in the paper too."""
        rows = attachment.of_person(session, who)
        barred = consent.unfounded(session, who) if self.outside else {}
        rows = [row for row in rows if row.id not in barred]
        readable_ones = confidential_file.readable(self.ws, rows)
        return [row for row in readable_ones if self.allowed or not row.sealed]

    def _photo(self, session: Session, kept: list[Attachment]) -> Picture | None:
        """The portrait, drawn from its small picture as long as the original is not here."""
        for row in reversed(kept):
            if row.attachment_kind == attachment.PHOTO and not row.sealed:
                content = confidential_file.content(self.ws, session, row)
                small = blob.content(session, row.small_sha256 or "")
                if content or small:
                    return pictures.portrait(content or small or b"")
        return None

    def _attachments(
        self, session: Session, kept: list[Attachment], photo: bool
    ) -> Iterator[PaperFile]:
        """Every kept file; the pictures of all but the portrait that stands on the first page."""
        portraits = [
            row.id for row in kept if row.attachment_kind == attachment.PHOTO and not row.sealed
        ]
        for row in kept:
            content = confidential_file.content(self.ws, session, row)
            sheets: tuple[Picture, ...] = ()
            remark = ""
            if photo and row.id == portraits[-1]:
                remark = self.translate("(in ở trang đầu)")
            elif content is None:
                remark = self.translate("(ảnh gốc chưa về máy này)")
            else:
                sheets = pictures.sheets(content, row.mime)
                if not sheets:
                    remark = self.translate("(tệp không đọc được)")
                elif row.mime == PDF and len(sheets) == pictures.SHEETS_MAX:
                    remark = self.translate("(in {count} trang đầu)", count=len(sheets))
            yield PaperFile(
                title=field_values.discreet(confidential_file.title(self.ws, row), self.allowed)
                or label("attachment_kind", row.attachment_kind),
                kind=label("attachment_kind", row.attachment_kind),
                day=dates.show(row.taken_on) if row.taken_on else "",
                basis=self._basis(row),
                pictures=sheets,
                remark=remark,
            )

    def _basis(self, row: Attachment) -> str:
        basis = label("legal_basis", row.legal_basis)
        day = dates.show(row.consent_on) if row.consent_on else ""
        return self.translate("{basis} (ngày {day})", basis=basis, day=day) if day else basis

    def _missing(
        self, sections: dict[str, PaperSection], filled: dict[str, object]
    ) -> Iterator[str]:
        for name, section in sections.items():
            if not section.rows and name not in NEVER_MISSING:
                yield section.title
        titles = section_titles(self.translate)
        for name, content in filled.items():
            if not content:
                yield titles[name]

    def _holds_restricted(self, person: Person, cases: tuple[PaperCase, ...]) -> bool:
        closed = any(getattr(person, name) for name in fields.restricted("person"))
        return closed or any(note.confidential for case in cases for note in case.notes)


def file_number(person_id: str) -> str:
    """The number a printed file carries: the last twelve digits of the identity, in fours.

    It is the same on every print and on every PC; it is no number of a document (NĐ 30/2020 Đ.15).
    """
    digits = person_id.replace("-", "")[-12:].upper()
    return "-".join((digits[:4], digits[4:8], digits[8:]))


def _signatory(now: OfficeSettings, name: str) -> int:
    """Which of the signatories signs: the user who prints, where the office named one so."""
    own = (number for number, one in enumerate(now.signatories) if one.name == name)
    return next(own, 0)
