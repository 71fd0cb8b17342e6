"""All tables of the store in one place, and the parts that SQLAlchemy does not describe."""

from __future__ import annotations

from sqlalchemy import MetaData

from data.base import Base, Travels, travelling_columns
from data.records import (
    accident,
    application,
    approval,
    assistive_device,
    attachment,
    blank,
    blob,
    care_case,
    case_assessment,
    case_plan,
    case_review,
    certificate,
    change,
    complaint,
    consent,
    council_member,
    council_session,
    device,
    draft,
    entitlement,
    flag,
    fuse,
    hazard,
    hearing,
    import_run,
    incident,
    likeness,
    medical_referral,
    merger,
    national_file,
    need,
    notice,
    office,
    period,
    person,
    provider,
    referral,
    reform,
    report_edition,
    saved_filter,
    screening,
    search_words,
    sharing,
    support,
    sync,
    target,
    task,
    trace,
    training,
    transfer,
    victim,
)

MODULES = (
    accident,
    application,
    approval,
    assistive_device,
    attachment,
    blank,
    blob,
    care_case,
    case_assessment,
    case_plan,
    case_review,
    certificate,
    change,
    complaint,
    consent,
    council_member,
    council_session,
    device,
    draft,
    flag,
    entitlement,
    fuse,
    hazard,
    hearing,
    import_run,
    incident,
    likeness,
    medical_referral,
    merger,
    national_file,
    need,
    notice,
    office,
    period,
    person,
    provider,
    referral,
    reform,
    report_edition,
    saved_filter,
    screening,
    support,
    sharing,
    sync,
    target,
    task,
    trace,
    training,
    transfer,
    victim,
)

metadata: MetaData = Base.metadata


def travelling() -> dict[str, type[Base]]:
    """The mapped classes of the records that travel, by entity (table) name."""
    found: dict[str, type[Base]] = {}
    for mapper in Base.registry.mappers:
        record = mapper.class_
        if issubclass(record, Travels) and issubclass(record, Base):
            found[record.__tablename__] = record
    return found


def dirty_triggers(entity: str, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The safety net of one table: note row and operation when a travelling value moved.

    Nothing here deletes such a row (`deleted_at` takes it off the lists), so a deletion is noted.
    """
    watched = ", ".join(f'"{column}"' for column in columns)
    quiet = "(SELECT applying FROM capture_state WHERE id = 1) = 0"
    return (
        f'CREATE TRIGGER "{entity}_dirty_insert" AFTER INSERT ON "{entity}" WHEN {quiet} BEGIN '
        f"INSERT INTO dirty(entity, row_id, op) VALUES ('{entity}', new.id, 'I'); END",
        f'CREATE TRIGGER "{entity}_dirty_update" AFTER UPDATE OF {watched} ON "{entity}" '
        f"WHEN {quiet} BEGIN "
        f"INSERT INTO dirty(entity, row_id, op) VALUES ('{entity}', new.id, 'U'); END",
        f'CREATE TRIGGER "{entity}_dirty_delete" AFTER DELETE ON "{entity}" WHEN {quiet} BEGIN '
        f"INSERT INTO dirty(entity, row_id, op) VALUES ('{entity}', old.id, 'D'); END",
    )


def extra_sql() -> tuple[str, ...]:
    """Statements after the tables: search index, safety-net triggers, the capture switch."""
    statements = [*person.SEARCH_TABLE, *search_words.TABLES, *likeness.TRIGGERS]
    statements.extend(care_case.FOLLOWS)
    statements.append("INSERT INTO capture_state(id, applying) VALUES (1, 0)")
    for entity, record in sorted(travelling().items()):
        statements.extend(dirty_triggers(entity, travelling_columns(record)))
    return tuple(statements)
