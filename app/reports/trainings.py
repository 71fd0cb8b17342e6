"""The rows of the report on training: each class under its round, then each workshop."""

from __future__ import annotations

from collections.abc import Collection

from app.reports.over import Over
from app.rules import dates
from app.wording import translate
from data.counting import count
from data.history import LATER


def labels(over: Over, keys: Collection[str]) -> list[tuple[str, str]]:
    """(id, words) of the classes and workshops by their first day."""
    source = over.source(LATER)
    names = ("name", "starts_on", "round_id")
    classes = count.lines(source, "training_class", keys, names)
    rounds = {one["round_id"] for one in classes.values()}
    named = count.lines(source, "training_round", rounds, ("name",))
    workshops = count.lines(source, "workshop", keys, names[:2])
    found = []
    for key, line in classes.items():
        under = named.get(line["round_id"], {}).get("name") or ""
        words = " · ".join(part for part in (under, line["name"]) if part)
        found.append((line["starts_on"] or "", key, words))
    for key, line in workshops.items():
        words = translate("Hội thảo: {name}", name=line["name"] or "")
        found.append((line["starts_on"] or "", key, words))
    return [
        (key, f"{words} ({dates.show(day)})" if day else words) for day, key, words in sorted(found)
    ]
