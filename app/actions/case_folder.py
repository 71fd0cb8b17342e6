"""The whole file of a case as pages: the inventory, then Mẫu 01-06 as far as they have content."""

from __future__ import annotations

from collections import Counter

from app.actions.case_form import OFFICIAL, FormGathering
from app.papers import paper_form
from app.papers.fonts import Family
from app.papers.page import Page
from app.values.paper_form import CaseFolder


def pages(gathering: FormGathering, folder: CaseFolder, family: Family) -> list[Page]:
    """The pages of the file; its first sheet says how many each form has."""
    counts: Counter[str] = Counter()
    laid: list[Page] = []
    for one in folder.forms:
        some = paper_form.pages(one, family, gathering.translate)
        counts[one.number] += len(some)
        laid += some
    first = gathering.inventory(folder.case_id, [(form, counts[form]) for form in OFFICIAL])
    return [*paper_form.pages(first, family, gathering.translate), *laid]
