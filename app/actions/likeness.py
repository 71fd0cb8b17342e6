"""Who may be whom: the one judgement for typing, lists and the worklist, kept up to date."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.actions import field_values
from app.actions.person_cards import cards_by_id
from app.rules import likeness, names
from app.rules.likeness import Facts, Likeness, Reason
from app.values.duplicates import Alike, Why
from app.wording import say
from app.workspace import Workspace
from data import fields, units
from data.records import likeness as records
from data.records import merger
from data.records.likeness import Pair
from data.records.person import Person
from data.text import fold, tidy

SLICE_ROWS = 500
A_LITTLE_ROWS = 100
GRADES = {likeness.SAME: 2, likeness.LIKELY: 1}
GRADE_NAMES = {number: grade for grade, number in GRADES.items()}
SHOWN_MAX = 5
NOBODY = names.parts("", "")
NO_OWNERS: Mapping[str, str] = MappingProxyType({})


class Match(NamedTuple):
    """Two persons who may be one, and the judgement on them.

    A record merged away (`stub`) is compared as it stood; `other` then has its survivor's id.
    """

    one: Facts
    other: Facts
    judged: Likeness
    stub: str = ""


def facts_of(values: Mapping[str, Any], id_: str = "") -> Facts:
    """What is compared of a person, from its values by dictionary name."""
    commune, hamlet = str(values.get("commune") or ""), str(values.get("hamlet") or "")
    place = values.get("current_commune") or _place(commune, hamlet)
    numbers = (values.get("id_number"), values.get("old_id_number"))
    phones = (values.get("phone"), values.get("contact_phone"))
    return Facts(
        id_,
        _name(values.get("name")),
        _name(values.get("other_name")),
        str(values.get("sex") or ""),
        str(values.get("birth") or ""),
        str(place),
        fold(hamlet),
        _name(values.get("head_name")),
        _name(values.get("carer_name")),
        tuple(dict.fromkeys(filter(None, map(_digits, numbers)))),
        tuple(dict.fromkeys(filter(None, map(_digits, phones)))),
        fold(str(values.get("certificate_number") or "")).replace(" ", ""),
    )


def settle(
    ws: Workspace,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    slice_rows: int = SLICE_ROWS,
) -> int:
    """Bring keys and pairs up to date with everybody who came or changed; how many they were.

    In slices, each its own transaction: the pen is free between them, and what was done stays
    done. Nothing to do costs one question.
    """
    with ws.db.read() as session:
        anew = records.outdated(session, likeness.RULES)
        total = records.due_count(session)
    done = 0
    while anew or total > done:
        with ws.db.write(ws.author()) as session:
            if anew:
                records.begin_anew(session, likeness.RULES)
                total, anew = records.due_count(session), False
            ids = records.due(session, slice_rows)
            settle_some(session, ids)
        done += len(ids)
        if progress is not None:
            progress(done, max(total, done))
        if not ids or (cancelled is not None and cancelled()):
            break
    return done


def settle_a_little(ws: Workspace) -> int:
    """One short slice of `settle`, for the window's quiet moments; how many persons are left."""
    if ws.can("enter"):
        settle(ws, cancelled=lambda: True, slice_rows=A_LITTLE_ROWS)
    with ws.db.read() as session:
        return records.due_count(session)


def settle_some(session: Session, ids: Collection[str]) -> None:
    """Work out keys and pairs of some persons (at most 1,000) within the caller's transaction.

    A survivor is looked at together with the records merged into it: who resembles one of them
    may be the survivor.
    """
    given, leads = _known(session, ids)
    standing = (set(given) - set(leads)) | set(filter(None, leads.values()))
    owners = merger.owners(session, sorted(standing))
    more, _ = _known(session, set(owners) - set(given))
    facts = given | more
    everybody = set(ids) | set(facts)
    keys = {one: likeness.keys(facts[one]) if one in facts else frozenset() for one in everybody}
    records.keep_keys(session, keys)
    wanted = [one for id_, one in facts.items() if id_ in owners]
    found = matches(session, wanted, owners)
    whole = [match._replace(one=match.one._replace(id=owners[match.one.id])) for match in found]
    _keep(session, everybody, (each for each in whole if each.one.id != each.other.id))


def settle_new(session: Session, new: Collection[Facts], found: Iterable[Match]) -> None:
    """The same for persons just written who were judged on the way in: `found` are their matches.

    Sparing them a second judgement is a fifth of an import.
    """
    keys = {one.id: likeness.keys(one) for one in new}
    records.keep_keys(session, keys)
    _keep(session, keys, (each for each in found if each.one.id in keys))


def _keep(session: Session, ids: Collection[str], found: Iterable[Match]) -> None:
    pairs: dict[tuple[str, str], Pair] = {}
    for match in found:
        one, two = sorted((match.one.id, match.other.id))
        if (one, two) in pairs and pairs[one, two].weight >= match.judged.weight:
            continue
        why = json.dumps(match.judged.reasons, ensure_ascii=False)
        grade = GRADES[match.judged.grade]
        pairs[one, two] = Pair(one, two, grade, match.judged.weight, why)
    records.keep_pairs(session, ids, pairs.values())
    records.looked_at(session, ids)


def alike(
    ws: Workspace, values: Mapping[str, object], besides: str = "", limit: int = SHOWN_MAX
) -> tuple[Alike, ...]:
    """Known persons who may be the one being typed, the surest first; a name is needed.

    `besides` is the person being edited. Persons said to be somebody else are left out.
    """
    known = {name: values.get(name) for name in records.COMPARED if fields.has("person", name)}
    facts = facts_of(field_values.clean(ws, "person", known).values, besides)
    if not facts.name.words:
        return ()
    with ws.db.read() as session:
        found = alike_in(session, facts)
        cards = cards_by_id(session, [other.id for other, _ in found[:limit]])
    return tuple(
        Alike(cards[other.id], judged.grade, judged.weight, words(judged.reasons))
        for other, judged in found[:limit]
        if other.id in cards
    )


def alike_in(session: Session, facts: Facts) -> list[tuple[Facts, Likeness]]:
    """Who may be the person of these facts, the surest first, but nobody said to be another."""
    found = [
        (match.other, match.judged)
        for match in matches(session, [facts])
        if not (facts.id and merger.apart(session, facts.id, match.other.id))
    ]
    found.sort(key=lambda pair: (-GRADES[pair[1].grade], -pair[1].weight, pair[0].id))
    surest: dict[str, tuple[Facts, Likeness]] = {}
    for other, judged in found:
        surest.setdefault(other.id, (other, judged))
    return list(surest.values())


def as_it_will_be(person: Person, asked: Mapping[str, object]) -> Facts:
    """A person's facts with the changes that somebody asked for."""
    values = {name: getattr(person, name) for name in records.COMPARED}
    return facts_of(values | dict(asked), person.id)


def judged(a: Person, b: Person) -> Likeness:
    """The judgement on two records as they stand."""
    return likeness.compare(as_it_will_be(a, {}), as_it_will_be(b, {}))


def words(reasons: Iterable[Reason]) -> tuple[Why, ...]:
    """Reasons as people read them."""
    return tuple(
        Why(each.code, each.weight, say(f"like_{each.code}", {"a": each.one, "b": each.other}))
        for each in reasons
    )


def read_reasons(text: str) -> tuple[Reason, ...]:
    """Reasons as a pair keeps them."""
    return tuple(Reason(*each) for each in json.loads(text))


def matches(
    session: Session, wanted: Collection[Facts], owners: Mapping[str, str] = NO_OWNERS
) -> list[Match]:
    """Everybody of the store who may be one of the wanted, with the judgement.

    What resembles a record that was merged away may be the person this one was found to be;
    `owners` tells so of the wanted themselves.
    """
    asked = [(facts, likeness.asked(facts)) for facts in wanted]
    held = records.holders(session, {key for _, keys in asked for key in keys})
    mine = {facts.id: facts for facts in wanted if facts.id}
    stored, leads = _known(session, {one for ids in held.values() for one in ids} - set(mine))
    stored |= mine
    leads |= owners
    found = []
    for facts, keys in asked:
        near_it = {one for key in keys for one in held.get(key, ())} - {facts.id}
        for other in (stored[one] for one in near_it if one in stored):
            who = leads.get(other.id, other.id)
            if not who or who == facts.id:
                continue
            judged = likeness.compare(facts, other)
            if judged.grade == likeness.DIFFERENT:
                continue
            if who == other.id:
                found.append(Match(facts, other, judged))
            else:
                found.append(Match(facts, other._replace(id=who), judged, other.id))
    return found


def _known(session: Session, ids: Collection[str]) -> tuple[dict[str, Facts], dict[str, str]]:
    """The facts of persons and stubs, and whom each stub leads to ("": somebody removed)."""
    rows = records.compared(session, ids)
    facts = {row[0]: facts_of(dict(zip(records.COMPARED, row, strict=False)), row[0])
             for row in rows}  # fmt: skip
    stubs = {row[0] for row in rows if row[-1]}
    leads = records.leads(session, stubs) if stubs else {}
    return facts, {stub: leads.get(stub, "") for stub in stubs}


def _digits(value: object) -> str:
    words = str(value or "")
    return words if words.isascii() and words.isdigit() else re.sub(r"\D", "", words)


def _name(value: object) -> names.NameParts:
    return _parts(str(value)) if value else NOBODY


@lru_cache(maxsize=1 << 14)
def _parts(written: str) -> names.NameParts:
    return names.parts(tidy(written), fold(written))


@lru_cache(maxsize=1 << 14)
def _place(commune: str, hamlet: str) -> str:
    """The commune of today; the written one where nobody knows which part of it is meant."""
    if not commune or not units.has(commune):
        return commune
    return units.current(commune, hamlet).key or commune
