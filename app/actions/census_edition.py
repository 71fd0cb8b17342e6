"""Reports over the census of a server: on paper, and frozen into files that nobody changes.

A server has no signed-in user and was granted nothing: it tells numbers, never whose they are.
"""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.actions import report_out
from app.errors import Refused, file_trouble
from app.papers import report as papers
from app.reports import compared, document, on_paper, sealed, table
from app.reports.over import Over
from app.values.papers import Letterhead
from app.values.report import EditionCard, EditionDiff, ReportAsk, ReportTable
from app.wording import translate
from data.base import instant_text, new_id

FOLDER = "editions"
READ_ONLY = 0o400


def write(
    made: ReportTable, path: Path, edition: EditionCard | None = None, password: str = ""
) -> Path:
    """Write a report into a file. Raises Refused as `report_out.put`, and FontMissing."""
    if path.suffix.lower() != ".pdf":
        return report_out.put(made, path, edition, password=password)
    now = datetime.now().astimezone()
    head = Letterhead(translate("Máy chủ trung tâm"), day=now.date().isoformat())
    printed = (_who(), now.strftime("%H:%M %d/%m/%Y"))
    content = papers.typeset(on_paper.paper(made, head, printed, edition, False), translate)
    return report_out.keep(path, content, password)


def freeze(
    home: Path, counting: Callable[[], AbstractContextManager[Over]], ask: ReportAsk, note: str = ""
) -> EditionCard:
    """Keep a report as it comes out now, for good. Raises Refused as `table.run`."""
    at, by = instant_text(datetime.now(UTC)), _who()  # before the picture that is counted
    with counting() as over:
        made = table.run(over, ask)
    parameters, content = sealed.text(asdict(made.ask)), sealed.text(document.whole(made))
    kept = {
        "id": new_id(),
        "parameters": parameters,
        "content": content,
        "made_at": at,
        "made_by": by,
        "note": note.strip(),
        "sha256": sealed.hash_of(parameters, content, at, by),
    }
    path = home / FOLDER / f"{kept['id']}.json"
    path.parent.mkdir(mode=0o700, exist_ok=True)
    report_out.keep(path, sealed.text(kept).encode())
    os.chmod(path, READ_ONLY)
    return _card(kept)


def listing(home: Path, name: str = "") -> tuple[EditionCard, ...]:
    """The editions of a report or of all, the newest first."""
    wanted = table.report(name).name if name else ""
    cards = [_card(one) for one in _all(home)]
    found = [one for one in cards if not wanted or one.name == wanted]
    return tuple(sorted(found, key=lambda one: (one.made_at, one.id), reverse=True))


def page(home: Path, which: str) -> tuple[EditionCard, ReportTable]:
    """An edition by its id or hash, or the beginning of one. Raises Refused
    (`edition_unknown`, `edition_several`, `edition_changed`)."""
    asked = which.strip()
    fits = [one for one in _all(home) if asked and _begins(one, asked)]
    if len(fits) != 1:
        raise Refused.one("edition_several" if fits else "edition_unknown", "edition", which)
    if not _whole(fits[0]):
        raise Refused.one("edition_changed", "edition", str(fits[0]["id"]))
    return _card(fits[0]), document.read(json.loads(fits[0]["content"]))


def diff(home: Path, first: str, second: str) -> EditionDiff:
    """Which numbers differ between two editions of one report; whose they are, only the office's
    own PCs tell. Raises Refused as `page`, and `editions_differ`."""
    found = sorted((page(home, one) for one in (first, second)), key=lambda one: one[0].made_at)
    (one, before), (other, after) = found
    pair = (before, after)
    compared.demand_alike(pair)
    words = translate(
        "Máy chủ chỉ nêu số, không nêu ai. Mở sổ của đơn vị rồi so hai bản ở đó để thấy hồ sơ nào."
    )
    return EditionDiff(
        one,
        other,
        tuple(compared.totals(pair)),
        tuple(compared.cells(pair)),
        (*compared.notes(pair), words),
    )


def _all(home: Path) -> Iterator[dict[str, Any]]:
    for path in sorted((home / FOLDER).glob("*.json")):
        try:
            yield json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            reason = file_trouble(error) if isinstance(error, OSError) else str(error)
            raise Refused.one("edition_changed", "edition", path.name, reason=reason) from error


def _begins(kept: dict[str, Any], asked: str) -> bool:
    return any(str(kept[name]).startswith(asked) for name in ("id", "sha256"))


def _card(kept: dict[str, Any]) -> EditionCard:
    ask = json.loads(kept["parameters"])
    whole = _whole(kept)
    return EditionCard(
        kept["id"],
        ask["name"],
        str(json.loads(kept["content"]).get("title", "")) if whole else "",
        ask["as_of"],
        ask["period"],
        kept["made_at"],
        kept["made_by"],
        kept["sha256"],
        kept["note"],
        whole,
    )


def _whole(kept: dict[str, Any]) -> bool:
    parts = (kept["parameters"], kept["content"], kept["made_at"], kept["made_by"])
    return bool(kept["sha256"] == sealed.hash_of(*parts))


def _who() -> str:
    """Who sits at the server, as its system calls them."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "server"
