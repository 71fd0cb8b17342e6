"""What is remembered of imports: each run, and how a commune's columns were taken by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from app.imports.listing import for_sheet
from app.imports.reading import ListFile
from app.values.imports import ImportOptions
from app.workspace import Workspace
from data.base import new_id, now_text
from data.records import import_run
from data.records.import_run import ImportLayout, ImportRun


def begin(ws: Workspace, file: ListFile, kind: str) -> str:
    """Remember that a file is being brought in; answers the import's id."""
    new = new_id()
    with ws.db.write(ws.author("import")) as session:
        session.add(
            ImportRun(
                id=new,
                file_name=file.path.name,
                sha256=file.sha256(),
                by=ws.user.login,
                started_at=now_text(),
                kind=kind,
            )
        )
    return new


def finish(
    ws: Workspace, run_id: str, counts: Mapping[str, int], columns: Mapping[str, object]
) -> None:
    """Remember what came of an import, and how its columns were taken."""
    with ws.db.write(ws.author("import")) as session:
        kept = session.get_one(ImportRun, run_id)
        kept.finished_at = now_text()
        kept.counts = json.dumps(dict(counts))
        kept.layout = json.dumps(columns, ensure_ascii=False)


def recall(ws: Workspace) -> Callable[[str], Mapping[str, str]]:
    """How the columns of a list of a given shape were taken the last time (by column letter)."""
    with ws.db.read() as session:
        kept = {key: each.mapping for key, each in import_run.layouts(session).items()}

    def known(key: str) -> Mapping[str, str]:
        found: Mapping[str, str] = json.loads(kept.get(key, "{}"))
        return found

    return known


def remember(ws: Workspace, keys: Mapping[str, str], options: ImportOptions) -> None:
    """Keep the columns that were chosen by hand, for the next list of the same shape."""
    with ws.db.write(ws.author("import")) as session:
        for sheet, key in keys.items():
            chosen = for_sheet(options.mapping, sheet)
            if not key or not chosen:
                continue
            kept = session.get(ImportLayout, key) or ImportLayout(key=key, mapping="{}")
            mapping = json.loads(kept.mapping) | chosen
            kept.mapping = json.dumps(mapping, ensure_ascii=False)
            kept.at, kept.by = now_text(), ws.user.login
            session.add(kept)
