"""Persons merged and kept apart; keys and pairs of persons who are alike."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


# Triggers of the new tables and of the person, as they were then.
EXTRA = (
    'DROP TRIGGER "person_dirty_update"',
    "CREATE TRIGGER person_due_insert AFTER INSERT ON person BEGIN INSERT OR IGNORE INTO "
    "likeness_due(person_id) VALUES (new.id); END",
    "CREATE TRIGGER person_due_update AFTER UPDATE OF name, other_name, sex, birth, "
    "id_number, old_id_number, phone, contact_phone, commune, current_commune, hamlet, "
    "head_name, carer_name, certificate_number, deleted_at ON person BEGIN INSERT OR "
    "IGNORE INTO likeness_due(person_id) VALUES (new.id); END",
    'CREATE TRIGGER "distinct_pair_dirty_insert" AFTER INSERT ON "distinct_pair" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('distinct_pair', new.id, 'I'); END",
    'CREATE TRIGGER "distinct_pair_dirty_update" AFTER UPDATE OF "person_id", "other_id",'
    ' "reason", "deleted_at", "deleted_reason" ON "distinct_pair" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('distinct_pair', new.id, 'U'); END",
    'CREATE TRIGGER "merger_dirty_insert" AFTER INSERT ON "merger" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('merger', new.id, 'I'); END",
    'CREATE TRIGGER "merger_dirty_update" AFTER UPDATE OF "person_id", "absorbed_id", '
    '"changes", "state", "reason", "deleted_at", "deleted_reason" ON "merger" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('merger', new.id, 'U'); END",
    'CREATE TRIGGER "person_dirty_update" AFTER UPDATE OF "status", '
    '"possible_duplicate_of", "merged_into", "deleted_at", "deleted_reason", "name", '
    '"other_name", "sex", "birth", "birth_lunar", "ethnicity", "id_number", "id_status", '
    '"id_issued_on", "id_issued_by", "old_id_number", "social_code", "marital", '
    '"children", "children_under_16", "children_birth_years", "pregnant_month", "school",'
    ' "family_position", "phone", "email", "contact_name", "contact_phone", "commune", '
    '"hamlet", "address_text", "permanent_commune", "permanent_text", "household_code", '
    '"head_name", "head_birth", "head_sex", "head_id_number", "head_phone", '
    '"head_relation", "household_size", "household_disabled", "household_under_16", '
    '"household_workers", "household_over_60", "poverty", "poverty_year", '
    '"income_sources", "household_income", "income_per_head", "cost_food", '
    '"cost_clothes", "cost_health", "cost_school", "cost_medicine", "cost_other", '
    '"carer_name", "carer_birth", "carer_sex", "carer_relation", "carer_phone", '
    '"care_attention", "care_setting", "care_ability", "rep_name", "rep_birth", '
    '"rep_sex", "rep_relation", "rep_id_number", "rep_address", "rep_phone", "types", '
    '"degree", "certificate_number", "certificate_on", "certificate_by", '
    '"disabled_since", "cause_mobility", "signs_mobility", "cause_hearing_speech", '
    '"signs_hearing_speech", "cause_vision", "signs_vision", "cause_neuro_psychiatric", '
    '"signs_neuro_psychiatric", "cause_intellectual", "signs_intellectual", '
    '"cause_other", "signs_other", "self_care", "health_note", "treatment_note", "hiv", '
    '"violence_note", "education", "vocational", "occupation", "employed", "own_income", '
    '"unemployed_reason", "house", "water", "toilet", "house_access", "toilet_access", '
    '"health_card", "health_card_until", "allowance_monthly", "allowance_amount", '
    '"allowance_category", "allowance_from", "carer_allowance", "other_benefits", '
    '"basic_services", "psychology", "participation", "life_skills", "transport_access", '
    '"culture_sport", "legal_aid", "mine_victim", "victim_role", "victim_period", '
    '"merit_status", "declarant_name", "declarant_relation", "declarant_phone", '
    '"surveyed_on", "surveyed_by", "groups", "paper_file", "note", "life_state", '
    '"life_state_on", "life_state_note" ON "person" WHEN (SELECT applying FROM '
    "capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('person', new.id, 'U'); END",
    "INSERT INTO likeness_due(person_id) SELECT id FROM person",
)


def upgrade() -> None:
    """Make their tables; nobody was looked at yet, so everybody is due."""
    op.create_table(
        "likeness_due",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "likeness_key",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "likeness_keys",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("keys", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("person_id"),
    )
    op.create_table(
        "likeness_pair",
        sa.Column("one", sa.String(length=36), nullable=False),
        sa.Column("other", sa.String(length=36), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("one", "other"),
    )
    with op.batch_alter_table("likeness_pair", schema=None) as batch_op:
        batch_op.create_index("likeness_pair_by_other", ["other"], unique=False)
        batch_op.create_index(
            "likeness_pair_by_weight",
            [sa.literal_column("grade DESC"), sa.literal_column("weight DESC")],
            unique=False,
        )

    op.create_table(
        "likeness_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "distinct_pair",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("other_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("server_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.String(length=24), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.String(length=24), nullable=True),
        sa.Column("deleted_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["other_id"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("distinct_pair", schema=None) as batch_op:
        batch_op.create_index("distinct_pair_by_persons", ["person_id", "other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_distinct_pair_office_id"), ["office_id"], unique=False)

    op.create_table(
        "merger",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("absorbed_id", sa.String(length=36), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("office_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("server_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=24), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.String(length=24), nullable=False),
        sa.Column("updated_by", sa.Text(), nullable=False),
        sa.Column("deleted_at", sa.String(length=24), nullable=True),
        sa.Column("deleted_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["absorbed_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("merger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merger_absorbed_id"), ["absorbed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merger_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merger_person_id"), ["person_id"], unique=False)

    op.execute("DROP INDEX person_by_match")
    op.execute("ALTER TABLE person DROP COLUMN match_key")
    op.add_column("person", sa.Column("merged_into", sa.String(length=36), nullable=True))
    op.create_index(
        "person_by_survivor",
        "person",
        ["merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    for statement in EXTRA:
        op.execute(statement)
