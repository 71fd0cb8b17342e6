"""Mistakes about persons who move, photos, new PCs and readers, each with a story in which it does
its harm; sound code lives through all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select, update

from sync import moving as on_the_pc
from sync import reading, snapshot
from sync.protocol import Change
from sync.server import blobs, deciding, moving, store, transferring
from tests.journeys.simulation.mistakes import Plant
from tests.journeys.simulation.moves import Moves
from tests.journeys.simulation.moves_world import CALM

Story = Callable[[Moves], Iterator[None]]
FIRST, SECOND, OTHER, READER = 0, 1, 2, 3
"""The PCs: two of one office, one of another, and one that may be let read others."""


def an_edit_comes_after_she_left(moves: Moves) -> Iterator[None]:
    """And is decided; another one comes when she is back."""
    moves.somebody_types(SECOND, 0, "hamlet", 0)
    moves.she_is_handed_over(FIRST, 0, OTHER, [])
    yield
    moves.a_round(SECOND)
    yield
    moves.a_round(OTHER)
    moves.late_edits_are_decided(OTHER, True)
    yield
    moves.she_is_handed_over(OTHER, 0, FIRST, [])
    yield


def she_goes_on_to_a_third_office(moves: Moves) -> Iterator[None]:
    """What was typed in the first one follows her."""
    moves.a_need_is_added(SECOND, 0, 0)
    moves.she_is_handed_over(FIRST, 0, OTHER, [])
    yield
    moves.she_is_handed_over(OTHER, 0, READER, [])
    yield
    moves.a_round(SECOND)
    yield


def her_photo_goes_along(moves: Moves) -> Iterator[None]:
    """It was at the server before she left."""
    moves.she_is_handed_over(FIRST, 0, OTHER, [])
    yield


def a_reader_reads_as_long_as_he_may(moves: Moves) -> Iterator[None]:
    """And no longer."""
    moves.the_keeper_lets_a_pc_read(READER, FIRST, True)
    moves.a_round(READER)
    yield
    moves.the_keeper_lets_a_pc_read(READER, FIRST, False)
    moves.a_round(READER)
    yield


def she_leaves_the_office_that_somebody_reads(moves: Moves) -> Iterator[None]:
    """For one that he may not read."""
    moves.the_keeper_lets_a_pc_read(READER, FIRST, True)
    moves.a_round(READER)
    moves.she_is_handed_over(FIRST, 0, OTHER, [])
    yield


def a_new_pc_begins_in_the_middle_of_work(moves: Moves) -> Iterator[None]:
    """While its first rows come, others write on."""
    for name in ("phone", "note", "hamlet"):
        moves.somebody_types(FIRST, 0, name, 0)
        moves.a_round(FIRST)
        yield
    moves.a_new_pc_comes(FIRST, [])
    moves.the_power_goes(len(moves.world.desks) - 1, 60, CALM)
    moves.somebody_types(FIRST, 0, "school", 0)
    moves.a_round(FIRST)
    yield


# -------------------------------------------------------------------- mistakes


def late_edits_are_applied(patch: pytest.MonkeyPatch) -> None:
    """What comes too late is written into the record at once, nobody asked."""

    def hasty(here: Any, there: Any, _row: str, change: Change) -> None:
        values = {name: pair[1] for name, pair in change.fields.items()}
        moving.change(there, (change.entity, change.row), values, change.user)

    patch.setattr(transferring, "_late", hasty)


def the_stub_forwards_nothing(patch: pytest.MonkeyPatch) -> None:
    """What comes too late is noted where it came from, and there it ends."""
    propose = deciding._propose

    def silent(work: Any, *facts: Any) -> Any:
        told = propose(work, *facts)
        work.errands.clear()
        return told

    patch.setattr(deciding, "_propose", silent)


def her_words_stay_behind(patch: pytest.MonkeyPatch) -> None:
    """The former office's log keeps what was said of her."""
    leave, entry = moving._leave, store.entry.c

    def careless(sender: Any, *facts: Any) -> None:
        own = entry.scope_id == sender.scope_id
        before = sender.connection.execute(select(entry.seq, entry.fields).where(own)).all()
        leave(sender, *facts)
        for seq, fields in before:
            kept = update(store.entry).where(own, entry.seq == seq).values(fields=fields)
            sender.connection.execute(kept)

    patch.setattr(moving, "_leave", careless)


def her_photos_stay_behind(patch: pytest.MonkeyPatch) -> None:
    """The other office hears of a photo whose content nobody carries."""
    patch.setattr(blobs, "copy", lambda *_: None)


def an_ended_grant_is_read_on(patch: pytest.MonkeyPatch) -> None:
    """The copy of an office stays when its grant is over."""
    patch.setattr(reading, "_end_others", lambda _talk: None)


def a_reader_keeps_who_left(patch: pytest.MonkeyPatch) -> None:
    """Whoever leaves is kept aside also in the copy of a reader."""
    apply = on_the_pc.apply
    patch.setattr(on_the_pc, "apply", lambda session, entry, aside=True: apply(session, entry))
    patch.setattr(reading, "_forget_who_left", lambda _errand: None)


def the_log_goes_on_too_late(patch: pytest.MonkeyPatch) -> None:
    """After the first rows the log is taken from its end at that moment: what was written while
    they came is nowhere."""
    finish = snapshot._finish

    def late(session: Any, known: Any) -> None:
        known.upto += 1
        finish(session, known)

    patch.setattr(snapshot, "_finish", late)


STORIES: dict[Story, tuple[Plant, ...]] = {
    an_edit_comes_after_she_left: (late_edits_are_applied, the_stub_forwards_nothing),
    she_goes_on_to_a_third_office: (her_words_stay_behind,),
    her_photo_goes_along: (her_photos_stay_behind,),
    a_reader_reads_as_long_as_he_may: (an_ended_grant_is_read_on,),
    she_leaves_the_office_that_somebody_reads: (a_reader_keeps_who_left,),
    a_new_pc_begins_in_the_middle_of_work: (the_log_goes_on_too_late,),
}

ALWAYS = (late_edits_are_applied, her_photos_stay_behind, a_reader_keeps_who_left)
"""Those that are planted in every `make test`; the others by `make soak`."""
