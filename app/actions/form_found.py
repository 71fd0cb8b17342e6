"""What the one search says of a code on paper: the form it stands on, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.actions import form_draft, form_names
from app.rules import paper_code
from app.values.finding import PaperCard
from app.wording import translate
from app.workspace import Workspace

FILE_NUMBER = re.compile(r"[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}")


def papers(ws: Workspace, typed: str) -> tuple[PaperCard, ...]:
    """The forms that carry the typed or scanned code, or the file with this number."""
    words = typed.strip()
    if paper_code.looks_like(words):
        return tuple(_forms(ws, words))
    if FILE_NUMBER.fullmatch(words):
        person_id, name = form_draft.owner_of(ws, words)
        if person_id:
            return (PaperCard("form", words.upper(), translate("Hồ sơ in ra"), person_id, name),)
    return ()


def _forms(ws: Workspace, words: str) -> Iterator[PaperCard]:
    meant = paper_code.read(words)
    if meant is None:
        yield PaperCard("form", words, translate("Mã tờ mẫu gõ chưa đúng: so lại từng chữ số"))
        return
    titles = form_names.titles()
    found = form_draft.find(ws, words)
    for one in found:
        yield PaperCard(
            "form",
            one.code,
            titles[one.form],
            one.person_id,
            one.person_name,
            one.printed_at,
            case_id=one.case_id,
            form=one.form,
        )
    if not found:
        said = translate("{form}, mã {code}: chưa biết của ai", form=titles[meant.form],
                         code=meant.text)  # fmt: skip
        yield PaperCard("form", meant.text, said, form=meant.form)
