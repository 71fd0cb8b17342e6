"""What is known now of contents, written down: how much the server has, which bytes came here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from data.records import blob
from sync.blob import Part


@dataclass(frozen=True, slots=True)
class Noted:
    """Contents that the server has whole now, uploads that begin anew, bytes it has more."""

    sent: int = 0
    restarted: int = 0
    moved: int = 0


@dataclass(frozen=True, slots=True)
class Came:
    """Contents that are whole here now, those that were not what their name says (they are asked
    for again), and bytes that came."""

    fetched: int = 0
    damaged: tuple[str, ...] = ()
    moved: int = 0


def note(session: Session, kept: Mapping[str, int]) -> Noted:
    """Write down what the server has now of each content; when it has less than it said, it lost
    that, and the upload begins anew for everybody to see."""
    sent = restarted = moved = 0
    for digest, one in blob.standing(session, list(kept)).items():
        more = min(kept[digest], one.size) - one.sent
        one.sent += more
        restarted += more < 0
        moved += max(more, 0)
        if one.sent == one.size and more:
            sent += 1
            one.asked_at = None
    return Noted(sent, restarted, moved)


def keep(session: Session, sizes: Mapping[str, int], parts: Sequence[Part]) -> Came:
    """Keep parts of contents whose sizes are known; the whole hash decides whether they stay."""
    fetched, moved, damaged = 0, 0, []
    for digest in dict.fromkeys(part.sha256 for part in parts if part.sha256 in sizes):
        one = blob.known(session, digest, sizes[digest])
        before = one.kept
        for part in parts:
            if part.sha256 == digest:
                blob.add_piece(session, one, part.at, part.content)
        moved += one.kept - before
        if not one.whole or one.kept == before:
            continue
        if blob.finish(session, one):
            fetched += 1
            one.sent, one.asked_at = one.size, None
        else:
            damaged.append(digest)
    return Came(fetched, tuple(damaged), moved)
