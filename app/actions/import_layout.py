"""What is remembered of imports: each run, and how a commune's columns were taken by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping

from app.imports import discretion
from app.imports.listing import Pass, Remembered, for_sheet, label_of
from app.imports.reading import ListFile
from app.values.imports import ColumnMap, ImportOptions, LayoutCard
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
                file_name=discretion.blotted(file.path.name),
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


def recall(ws: Workspace) -> Remembered:
    """How the columns of a list of a given shape were taken the last time (by column letter)."""
    with ws.db.read() as session:
        kept = {key: each.mapping for key, each in import_run.layouts(session).items()}
    return Remembered({key: json.loads(mapping)["columns"] for key, mapping in kept.items()})


def remember(ws: Workspace, reading: Pass, options: ImportOptions) -> None:
    """Keep the columns chosen by hand, for the next list of the same commune and shape."""
    with ws.db.write(ws.author("import")) as session:
        for sheet in reading.sheets:
            key, chosen = reading.keys.get(sheet.name, ""), for_sheet(options.mapping, sheet.name)
            if not key or not chosen:
                continue
            kept = session.get(ImportLayout, key) or ImportLayout(key=key, mapping="{}")
            columns = json.loads(kept.mapping).get("columns", {}) | chosen
            headings = {each.letter: discretion.blotted(each.header) for each in sheet.columns}
            said = {
                "columns": columns,
                "headings": {one: headings.get(one, "") for one in columns},
                "commune": reading.communes.get(sheet.name, ""),
            }
            kept.mapping = json.dumps(said, ensure_ascii=False)
            kept.at, kept.by = now_text(), ws.user.login
            session.add(kept)


def remembered(ws: Workspace) -> tuple[LayoutCard, ...]:
    """The layouts that are remembered, the latest first."""
    ws.demand("view")
    with ws.db.read() as session:
        kept = sorted(import_run.layouts(session).values(), key=lambda one: one.at, reverse=True)
        return tuple(_card(one) for one in kept)


def forget(ws: Workspace, key: str) -> None:
    """The next list of this commune and shape is understood by its headings alone."""
    ws.demand("import")
    with ws.db.write(ws.author("import")) as session:
        kept = session.get(ImportLayout, key)
        if kept is not None:
            session.delete(kept)


def _card(kept: ImportLayout) -> LayoutCard:
    said = json.loads(kept.mapping)
    columns = tuple(
        ColumnMap(letter, said["headings"].get(letter, ""), field, label_of(field))
        for letter, field in said["columns"].items()
    )
    return LayoutCard(kept.key, said["commune"], columns, kept.by, kept.at)
