"""The tables of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Search index, safety-net triggers and the capture switch, as they were then.
EXTRA = (
    "CREATE VIRTUAL TABLE person_search USING fts5(search_text, content='person', "
    "content_rowid='rowid', tokenize='unicode61', prefix='1 2 3 4')",
    "CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN INSERT INTO "
    "person_search(rowid, search_text) VALUES (new.rowid, new.search_text); END",
    "CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN INSERT INTO "
    "person_search(person_search, rowid, search_text) VALUES ('delete', old.rowid, "
    "old.search_text); END",
    "CREATE TRIGGER person_search_update AFTER UPDATE OF search_text ON person WHEN "
    "old.search_text IS NOT new.search_text BEGIN INSERT INTO "
    "person_search(person_search, rowid, search_text) VALUES ('delete', old.rowid, "
    "old.search_text); INSERT INTO person_search(rowid, search_text) VALUES (new.rowid, "
    "new.search_text); END",
    "CREATE VIRTUAL TABLE attachment_search USING fts5(words, tokenize='unicode61 "
    "remove_diacritics 2', prefix='1 2 3')",
    "CREATE TRIGGER attachment_search_insert AFTER INSERT ON attachment BEGIN INSERT INTO"
    " attachment_search(rowid, words) VALUES (new.rowid, replace(replace(replace(replace("
    "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(coal"
    "esce(new.title, ''), 'y', 'i'), 'ý', 'i'), 'ỳ', 'i'), 'ỷ', 'i'), 'ỹ', 'i'), 'ỵ', "
    "'i'), 'Y', 'i'), 'Ý', 'i'), 'Ỳ', 'i'), 'Ỷ', 'i'), 'Ỹ', 'i'), 'Ỵ', 'i'), 'đ', 'd'), "
    "'Đ', 'd')); END",
    "CREATE TRIGGER attachment_search_delete AFTER DELETE ON attachment BEGIN DELETE FROM"
    " attachment_search WHERE rowid = old.rowid; END",
    "CREATE TRIGGER attachment_search_update AFTER UPDATE OF title ON attachment BEGIN "
    "UPDATE attachment_search SET words = replace(replace(replace(replace(replace(replace"
    "(replace(replace(replace(replace(replace(replace(replace(replace(coalesce(new.title,"
    " ''), 'y', 'i'), 'ý', 'i'), 'ỳ', 'i'), 'ỷ', 'i'), 'ỹ', 'i'), 'ỵ', 'i'), 'Y', 'i'), "
    "'Ý', 'i'), 'Ỳ', 'i'), 'Ỷ', 'i'), 'Ỹ', 'i'), 'Ỵ', 'i'), 'đ', 'd'), 'Đ', 'd') WHERE "
    "rowid = new.rowid; END",
    "CREATE VIRTUAL TABLE care_case_search USING fts5(words, tokenize='unicode61 "
    "remove_diacritics 2', prefix='1 2 3')",
    "CREATE TRIGGER care_case_search_insert AFTER INSERT ON care_case BEGIN INSERT INTO "
    "care_case_search(rowid, words) VALUES (new.rowid, replace(replace(replace(replace(re"
    "place(replace(replace(replace(replace(replace(replace(replace(replace(replace(coales"
    "ce(new.case_number, '') || ' ' || coalesce(new.worker, ''), 'y', 'i'), 'ý', 'i'), "
    "'ỳ', 'i'), 'ỷ', 'i'), 'ỹ', 'i'), 'ỵ', 'i'), 'Y', 'i'), 'Ý', 'i'), 'Ỳ', 'i'), 'Ỷ', "
    "'i'), 'Ỹ', 'i'), 'Ỵ', 'i'), 'đ', 'd'), 'Đ', 'd')); END",
    "CREATE TRIGGER care_case_search_delete AFTER DELETE ON care_case BEGIN DELETE FROM "
    "care_case_search WHERE rowid = old.rowid; END",
    "CREATE TRIGGER care_case_search_update AFTER UPDATE OF case_number, worker ON "
    "care_case BEGIN UPDATE care_case_search SET words = replace(replace(replace(replace("
    "replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(coal"
    "esce(new.case_number, '') || ' ' || coalesce(new.worker, ''), 'y', 'i'), 'ý', 'i'), "
    "'ỳ', 'i'), 'ỷ', 'i'), 'ỹ', 'i'), 'ỵ', 'i'), 'Y', 'i'), 'Ý', 'i'), 'Ỳ', 'i'), 'Ỷ', "
    "'i'), 'Ỹ', 'i'), 'Ỵ', 'i'), 'đ', 'd'), 'Đ', 'd') WHERE rowid = new.rowid; END",
    "CREATE TRIGGER person_due_insert AFTER INSERT ON person BEGIN INSERT OR IGNORE INTO "
    "likeness_due(person_id) VALUES (new.id); END",
    "CREATE TRIGGER person_due_update AFTER UPDATE OF name, other_name, sex, birth, "
    "id_number, old_id_number, phone, contact_phone, commune, current_commune, hamlet, "
    "head_name, carer_name, certificate_number, deleted_at ON person BEGIN INSERT OR "
    "IGNORE INTO likeness_due(person_id) VALUES (new.id); END",
    "CREATE TRIGGER care_case_follows_insert AFTER INSERT ON care_case BEGIN UPDATE "
    "care_case SET contact_on = (SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM "
    "case_note AS n WHERE n.case_id = new.id AND n.note_kind IN ('note', 'visit', 'call')"
    " AND n.deleted_at IS NULL), contact_since = max(coalesce((SELECT max(substr(noted_on"
    " || '-01-01', 1, 10)) FROM case_note AS n WHERE n.case_id = new.id AND n.note_kind "
    "IN ('note', 'visit', 'call') AND n.deleted_at IS NULL), ''), "
    "substr(coalesce(opened_on, substr(created_at, 1, 10)) || '-01-01', 1, 10)), "
    "visit_since = max(coalesce((SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM "
    "case_note AS n WHERE n.case_id = new.id AND n.note_kind IN ('visit') AND "
    "n.deleted_at IS NULL), ''), substr(coalesce(opened_on, substr(created_at, 1, 10)) ||"
    " '-01-01', 1, 10)) WHERE id = new.id; END",
    "CREATE TRIGGER care_case_follows_update AFTER UPDATE OF opened_on ON care_case BEGIN"
    " UPDATE care_case SET contact_on = (SELECT max(substr(noted_on || '-01-01', 1, 10)) "
    "FROM case_note AS n WHERE n.case_id = new.id AND n.note_kind IN ('note', 'visit', "
    "'call') AND n.deleted_at IS NULL), contact_since = max(coalesce((SELECT "
    "max(substr(noted_on || '-01-01', 1, 10)) FROM case_note AS n WHERE n.case_id = "
    "new.id AND n.note_kind IN ('note', 'visit', 'call') AND n.deleted_at IS NULL), ''), "
    "substr(coalesce(opened_on, substr(created_at, 1, 10)) || '-01-01', 1, 10)), "
    "visit_since = max(coalesce((SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM "
    "case_note AS n WHERE n.case_id = new.id AND n.note_kind IN ('visit') AND "
    "n.deleted_at IS NULL), ''), substr(coalesce(opened_on, substr(created_at, 1, 10)) ||"
    " '-01-01', 1, 10)) WHERE id = new.id; END",
    "CREATE TRIGGER case_note_follows_insert AFTER INSERT ON case_note BEGIN UPDATE "
    "care_case SET contact_on = (SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM "
    "case_note AS n WHERE n.case_id = new.case_id AND n.note_kind IN ('note', 'visit', "
    "'call') AND n.deleted_at IS NULL), contact_since = max(coalesce((SELECT "
    "max(substr(noted_on || '-01-01', 1, 10)) FROM case_note AS n WHERE n.case_id = "
    "new.case_id AND n.note_kind IN ('note', 'visit', 'call') AND n.deleted_at IS NULL), "
    "''), substr(coalesce(opened_on, substr(created_at, 1, 10)) || '-01-01', 1, 10)), "
    "visit_since = max(coalesce((SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM "
    "case_note AS n WHERE n.case_id = new.case_id AND n.note_kind IN ('visit') AND "
    "n.deleted_at IS NULL), ''), substr(coalesce(opened_on, substr(created_at, 1, 10)) ||"
    " '-01-01', 1, 10)) WHERE id = new.case_id; END",
    "CREATE TRIGGER case_note_follows_update AFTER UPDATE OF noted_on, note_kind, "
    "deleted_at, case_id ON case_note BEGIN UPDATE care_case SET contact_on = (SELECT "
    "max(substr(noted_on || '-01-01', 1, 10)) FROM case_note AS n WHERE n.case_id = "
    "new.case_id AND n.note_kind IN ('note', 'visit', 'call') AND n.deleted_at IS NULL), "
    "contact_since = max(coalesce((SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM "
    "case_note AS n WHERE n.case_id = new.case_id AND n.note_kind IN ('note', 'visit', "
    "'call') AND n.deleted_at IS NULL), ''), substr(coalesce(opened_on, "
    "substr(created_at, 1, 10)) || '-01-01', 1, 10)), visit_since = max(coalesce((SELECT "
    "max(substr(noted_on || '-01-01', 1, 10)) FROM case_note AS n WHERE n.case_id = "
    "new.case_id AND n.note_kind IN ('visit') AND n.deleted_at IS NULL), ''), "
    "substr(coalesce(opened_on, substr(created_at, 1, 10)) || '-01-01', 1, 10)) WHERE id "
    "= new.case_id; UPDATE care_case SET contact_on = (SELECT max(substr(noted_on || "
    "'-01-01', 1, 10)) FROM case_note AS n WHERE n.case_id = old.case_id AND n.note_kind "
    "IN ('note', 'visit', 'call') AND n.deleted_at IS NULL), contact_since = "
    "max(coalesce((SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM case_note AS n "
    "WHERE n.case_id = old.case_id AND n.note_kind IN ('note', 'visit', 'call') AND "
    "n.deleted_at IS NULL), ''), substr(coalesce(opened_on, substr(created_at, 1, 10)) ||"
    " '-01-01', 1, 10)), visit_since = max(coalesce((SELECT max(substr(noted_on || "
    "'-01-01', 1, 10)) FROM case_note AS n WHERE n.case_id = old.case_id AND n.note_kind "
    "IN ('visit') AND n.deleted_at IS NULL), ''), substr(coalesce(opened_on, "
    "substr(created_at, 1, 10)) || '-01-01', 1, 10)) WHERE id = old.case_id; END",
    "CREATE TRIGGER case_note_follows_delete AFTER DELETE ON case_note BEGIN UPDATE "
    "care_case SET contact_on = (SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM "
    "case_note AS n WHERE n.case_id = old.case_id AND n.note_kind IN ('note', 'visit', "
    "'call') AND n.deleted_at IS NULL), contact_since = max(coalesce((SELECT "
    "max(substr(noted_on || '-01-01', 1, 10)) FROM case_note AS n WHERE n.case_id = "
    "old.case_id AND n.note_kind IN ('note', 'visit', 'call') AND n.deleted_at IS NULL), "
    "''), substr(coalesce(opened_on, substr(created_at, 1, 10)) || '-01-01', 1, 10)), "
    "visit_since = max(coalesce((SELECT max(substr(noted_on || '-01-01', 1, 10)) FROM "
    "case_note AS n WHERE n.case_id = old.case_id AND n.note_kind IN ('visit') AND "
    "n.deleted_at IS NULL), ''), substr(coalesce(opened_on, substr(created_at, 1, 10)) ||"
    " '-01-01', 1, 10)) WHERE id = old.case_id; END",
    "INSERT INTO capture_state(id, applying) VALUES (1, 0)",
    'CREATE TRIGGER "accident_dirty_insert" AFTER INSERT ON "accident" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('accident', new.id, 'I'); END",
    'CREATE TRIGGER "accident_dirty_update" AFTER UPDATE OF "deleted_at", '
    '"deleted_reason", "accident_known", "accident_on", "accident_commune", '
    '"accident_hamlet", "accident_place", "accident_accuracy", "coordinates", '
    '"gps_accuracy", "area", "accident_kind", "device", "detonation", "killed", '
    '"injured", "totals_note", "told_by", "told_by_other", "informant", '
    '"informant_phone", "accident_note", "marking_before", "marking_before_kind", '
    '"marking_after", "marking_after_kind", "cleared_before", "cleared_before_by", '
    '"cleared_after", "cleared_after_by" ON "accident" WHEN (SELECT applying FROM '
    "capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('accident', new.id, 'U'); END",
    'CREATE TRIGGER "accident_dirty_delete" AFTER DELETE ON "accident" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('accident', old.id, 'D'); END",
    'CREATE TRIGGER "agreement_dirty_insert" AFTER INSERT ON "agreement" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('agreement', new.id, 'I'); END",
    'CREATE TRIGGER "agreement_dirty_update" AFTER UPDATE OF "deleted_at", '
    '"deleted_reason", "firm", "firm_phone", "firm_contact", "benefit", "percent_off", '
    '"routes", "for_degrees", "agreement_number", "valid_from", "valid_until", '
    '"agreement_note" ON "agreement" WHEN (SELECT applying FROM capture_state WHERE id = '
    "1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('agreement', new.id, "
    "'U'); END",
    'CREATE TRIGGER "agreement_dirty_delete" AFTER DELETE ON "agreement" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('agreement', old.id, 'D'); END",
    'CREATE TRIGGER "amendment_dirty_insert" AFTER INSERT ON "amendment" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('amendment', new.id, 'I'); END",
    'CREATE TRIGGER "amendment_dirty_update" AFTER UPDATE OF "person_id", "changes", '
    '"state", "reason", "decided_by", "decided_at", "deleted_at", "deleted_reason" ON '
    '"amendment" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT '
    "INTO dirty(entity, row_id, op) VALUES ('amendment', new.id, 'U'); END",
    'CREATE TRIGGER "amendment_dirty_delete" AFTER DELETE ON "amendment" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('amendment', old.id, 'D'); END",
    'CREATE TRIGGER "application_dirty_insert" AFTER INSERT ON "application" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('application', new.id, 'I'); END",
    'CREATE TRIGGER "application_dirty_update" AFTER UPDATE OF "person_id", "deleted_at",'
    ' "deleted_reason", "application_kind", "application_reason", "reason_note", '
    '"received_on", "receipt_number", "appointment_on", "origin", "rep_name", '
    '"rep_relation", "rep_id_number", "rep_residence", "rep_address", "rep_phone", '
    '"papers_shown", "papers_missing", "missing_note", "missing_asked_on", '
    '"completed_on", "is_pupil", "school", "school_asked_on", "school_answered_on", '
    '"school_answer", "declared_signs", "declared_abilities", "file_step", "step_on", '
    '"concluded_on", "due_on", "paper_step", "ended_on", "end_note" ON "application" WHEN'
    " (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('application', new.id, 'U'); END",
    'CREATE TRIGGER "application_dirty_delete" AFTER DELETE ON "application" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('application', old.id, 'D'); END",
    'CREATE TRIGGER "approval_dirty_insert" AFTER INSERT ON "approval" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('approval', new.id, 'I'); END",
    'CREATE TRIGGER "approval_dirty_update" AFTER UPDATE OF "person_id", "decision", '
    '"reason", "person_version", "deleted_at", "deleted_reason" ON "approval" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('approval', new.id, 'U'); END",
    'CREATE TRIGGER "approval_dirty_delete" AFTER DELETE ON "approval" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('approval', old.id, 'D'); END",
    'CREATE TRIGGER "assistive_device_dirty_insert" AFTER INSERT ON "assistive_device" '
    "WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('assistive_device', new.id, 'I'); END",
    'CREATE TRIGGER "assistive_device_dirty_update" AFTER UPDATE OF "person_id", '
    '"need_id", "deleted_at", "deleted_reason", "aid_kind", "aid_model", "serial", '
    '"fitted_on", "fitted_by", "donor", "aid_value", "next_check_on", "aid_status", '
    '"aid_status_on", "aid_note", "aid_origin" ON "assistive_device" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('assistive_device', new.id, 'U'); END",
    'CREATE TRIGGER "assistive_device_dirty_delete" AFTER DELETE ON "assistive_device" '
    "WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('assistive_device', old.id, 'D'); END",
    'CREATE TRIGGER "attachment_dirty_insert" AFTER INSERT ON "attachment" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('attachment', new.id, 'I'); END",
    'CREATE TRIGGER "attachment_dirty_update" AFTER UPDATE OF "person_id", "case_id", '
    '"consent_id", "application_id", "sha256", "mime", "width", "height", "size", '
    '"small_sha256", "small_size", "sealed", "deleted_at", "deleted_reason", '
    '"attachment_kind", "title", "legal_basis", "taken_on", "consent_on" ON "attachment" '
    "WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('attachment', new.id, 'U'); END",
    'CREATE TRIGGER "attachment_dirty_delete" AFTER DELETE ON "attachment" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('attachment', old.id, 'D'); END",
    'CREATE TRIGGER "attendance_dirty_insert" AFTER INSERT ON "attendance" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('attendance', new.id, 'I'); END",
    'CREATE TRIGGER "attendance_dirty_update" AFTER UPDATE OF "session_id", "member_id", '
    '"deleted_at", "deleted_reason", "present", "stands_for" ON "attendance" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('attendance', new.id, 'U'); END",
    'CREATE TRIGGER "attendance_dirty_delete" AFTER DELETE ON "attendance" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('attendance', old.id, 'D'); END",
    'CREATE TRIGGER "blank_dirty_insert" AFTER INSERT ON "blank" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('blank', new.id, 'I'); END",
    'CREATE TRIGGER "blank_dirty_update" AFTER UPDATE OF "certificate_id", "deleted_at", '
    '"deleted_reason", "serial", "blank_state", "received_on", "received_from", '
    '"blank_on", "blank_reason" ON "blank" WHEN (SELECT applying FROM capture_state WHERE'
    " id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('blank', new.id, "
    "'U'); END",
    'CREATE TRIGGER "blank_dirty_delete" AFTER DELETE ON "blank" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('blank', old.id, 'D'); END",
    'CREATE TRIGGER "care_case_dirty_insert" AFTER INSERT ON "care_case" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('care_case', new.id, 'I'); END",
    'CREATE TRIGGER "care_case_dirty_update" AFTER UPDATE OF "person_id", "deleted_at", '
    '"deleted_reason", "opened_on", "open_reason", "worker", "case_status", '
    '"case_number", "closed_on", "close_reason", "close_note", "origin", "paper_step", '
    '"reporter", "reporter_kind", "reported_how", "emergency", "emergency_note", '
    '"criteria", "criteria_note", "meeting_on", "attendees", "handed_to", '
    '"handover_note", "follow_until", "close_doubts" ON "care_case" WHEN (SELECT applying'
    " FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('care_case', new.id, 'U'); END",
    'CREATE TRIGGER "care_case_dirty_delete" AFTER DELETE ON "care_case" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('care_case', old.id, 'D'); END",
    'CREATE TRIGGER "case_assessment_dirty_insert" AFTER INSERT ON "case_assessment" WHEN'
    " (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('case_assessment', new.id, 'I'); END",
    'CREATE TRIGGER "case_assessment_dirty_update" AFTER UPDATE OF "case_id", '
    '"person_id", "deleted_at", "deleted_reason", "domain", "situation", "need", '
    '"priority", "assessed_on" ON "case_assessment" WHEN (SELECT applying FROM '
    "capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('case_assessment', new.id, 'U'); END",
    'CREATE TRIGGER "case_assessment_dirty_delete" AFTER DELETE ON "case_assessment" WHEN'
    " (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('case_assessment', old.id, 'D'); END",
    'CREATE TRIGGER "case_note_dirty_insert" AFTER INSERT ON "case_note" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('case_note', new.id, 'I'); END",
    'CREATE TRIGGER "case_note_dirty_update" AFTER UPDATE OF "case_id", "person_id", '
    '"activity_id", "deleted_at", "deleted_reason", "noted_on", "note_kind", "note_text",'
    ' "confidential", "confidential_text", "help_kinds" ON "case_note" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('case_note', new.id, 'U'); END",
    'CREATE TRIGGER "case_note_dirty_delete" AFTER DELETE ON "case_note" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('case_note', old.id, 'D'); END",
    'CREATE TRIGGER "case_plan_dirty_insert" AFTER INSERT ON "case_plan" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('case_plan', new.id, 'I'); END",
    'CREATE TRIGGER "case_plan_dirty_update" AFTER UPDATE OF "case_id", "person_id", '
    '"deleted_at", "deleted_reason", "edition", "plan_status", "goals", "risks", '
    '"review_on", "change_reason", "approved_on", "approved_by" ON "case_plan" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('case_plan', new.id, 'U'); END",
    'CREATE TRIGGER "case_plan_dirty_delete" AFTER DELETE ON "case_plan" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('case_plan', old.id, 'D'); END",
    'CREATE TRIGGER "case_review_dirty_insert" AFTER INSERT ON "case_review" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('case_review', new.id, 'I'); END",
    'CREATE TRIGGER "case_review_dirty_update" AFTER UPDATE OF "case_id", "plan_id", '
    '"person_id", "deleted_at", "deleted_reason", "reviewed_on", "outcome", "needs_met", '
    '"independence", "fit", "linkage", "other_finding", "verdict", "next_review_on" ON '
    '"case_review" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN '
    "INSERT INTO dirty(entity, row_id, op) VALUES ('case_review', new.id, 'U'); END",
    'CREATE TRIGGER "case_review_dirty_delete" AFTER DELETE ON "case_review" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('case_review', old.id, 'D'); END",
    'CREATE TRIGGER "certificate_dirty_insert" AFTER INSERT ON "certificate" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('certificate', new.id, 'I'); END",
    'CREATE TRIGGER "certificate_dirty_update" AFTER UPDATE OF "person_id", '
    '"application_id", "hearing_id", "medical_referral_id", "replaces_id", "deleted_at", '
    '"deleted_reason", "certificate_number", "serial", "issued_on", "issued_by", '
    '"signer", "signer_position", "holder_name", "holder_birth", "holder_sex", '
    '"holder_address", "types", "degree", "basis", "basis_number", "basis_on", '
    '"certificate_state", "ended_on", "revoke_reason", "revoked_by", "revoke_decision", '
    '"revoked_on", "collected_on", "collected_note", "prints", "print_note", "origin", '
    '"certificate_note", "aware_of", "aware_by", "aware_reason" ON "certificate" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('certificate', new.id, 'U'); END",
    'CREATE TRIGGER "certificate_dirty_delete" AFTER DELETE ON "certificate" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('certificate', old.id, 'D'); END",
    'CREATE TRIGGER "certificate_opening_dirty_insert" AFTER INSERT ON '
    '"certificate_opening" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 '
    "BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('certificate_opening', new.id, "
    "'I'); END",
    'CREATE TRIGGER "certificate_opening_dirty_update" AFTER UPDATE OF "deleted_at", '
    '"deleted_reason", "first_number", "minute_number", "minute_on", "minute_signed", '
    '"of_profound", "of_severe", "of_mild", "of_blanks", "opening_note" ON '
    '"certificate_opening" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 '
    "BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('certificate_opening', new.id, "
    "'U'); END",
    'CREATE TRIGGER "certificate_opening_dirty_delete" AFTER DELETE ON '
    '"certificate_opening" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 '
    "BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('certificate_opening', old.id, "
    "'D'); END",
    'CREATE TRIGGER "complaint_dirty_insert" AFTER INSERT ON "complaint" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('complaint', new.id, 'I'); END",
    'CREATE TRIGGER "complaint_dirty_update" AFTER UPDATE OF "person_id", '
    '"application_id", "deleted_at", "deleted_reason", "received_on", "complainant", '
    '"complainant_relation", "about", "due_on", "answered_on", "answer_number", '
    '"complaint_outcome", "answer", "origin" ON "complaint" WHEN (SELECT applying FROM '
    "capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('complaint', new.id, 'U'); END",
    'CREATE TRIGGER "complaint_dirty_delete" AFTER DELETE ON "complaint" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('complaint', old.id, 'D'); END",
    'CREATE TRIGGER "consent_dirty_insert" AFTER INSERT ON "consent" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('consent', new.id, 'I'); END",
    'CREATE TRIGGER "consent_dirty_update" AFTER UPDATE OF "person_id", "paper_id", '
    '"deleted_at", "deleted_reason", "consent_purpose", "consent_basis", '
    '"consent_source", "consented_on", "consenter", "consenter_name", '
    '"consenter_relation", "not_own_reason", "child_agreed", "consent_form", '
    '"consent_witness", "consent_recipient", "consent_until", "withdrawn_on", '
    '"withdrawal_note" ON "consent" WHEN (SELECT applying FROM capture_state WHERE id = '
    "1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('consent', new.id, 'U'); "
    "END",
    'CREATE TRIGGER "consent_dirty_delete" AFTER DELETE ON "consent" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('consent', old.id, 'D'); END",
    'CREATE TRIGGER "council_member_dirty_insert" AFTER INSERT ON "council_member" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('council_member', new.id, 'I'); END",
    'CREATE TRIGGER "council_member_dirty_update" AFTER UPDATE OF "deleted_at", '
    '"deleted_reason", "full_name", "position", "council_role", "signs_as", '
    '"decision_number", "decision_on", "valid_from", "valid_to", "login" ON '
    '"council_member" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN '
    "INSERT INTO dirty(entity, row_id, op) VALUES ('council_member', new.id, 'U'); END",
    'CREATE TRIGGER "council_member_dirty_delete" AFTER DELETE ON "council_member" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('council_member', old.id, 'D'); END",
    'CREATE TRIGGER "council_session_dirty_insert" AFTER INSERT ON "council_session" WHEN'
    " (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('council_session', new.id, 'I'); END",
    'CREATE TRIGGER "council_session_dirty_update" AFTER UPDATE OF "chair_id", '
    '"secretary_id", "deleted_at", "deleted_reason", "session_on", "session_starts", '
    '"session_ends", "place_kind", "session_place", "session_state", "session_note", '
    '"session_origin" ON "council_session" WHEN (SELECT applying FROM capture_state WHERE'
    " id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('council_session', "
    "new.id, 'U'); END",
    'CREATE TRIGGER "council_session_dirty_delete" AFTER DELETE ON "council_session" WHEN'
    " (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('council_session', old.id, 'D'); END",
    'CREATE TRIGGER "delegate_dirty_insert" AFTER INSERT ON "delegate" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('delegate', new.id, 'I'); END",
    'CREATE TRIGGER "delegate_dirty_update" AFTER UPDATE OF "event_id", "deleted_at", '
    '"deleted_reason", "full_name", "sex", "level", "unit", "organisation" ON "delegate" '
    "WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('delegate', new.id, 'U'); END",
    'CREATE TRIGGER "delegate_dirty_delete" AFTER DELETE ON "delegate" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('delegate', old.id, 'D'); END",
    'CREATE TRIGGER "distinct_pair_dirty_insert" AFTER INSERT ON "distinct_pair" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('distinct_pair', new.id, 'I'); END",
    'CREATE TRIGGER "distinct_pair_dirty_update" AFTER UPDATE OF "person_id", "other_id",'
    ' "reason", "deleted_at", "deleted_reason" ON "distinct_pair" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('distinct_pair', new.id, 'U'); END",
    'CREATE TRIGGER "distinct_pair_dirty_delete" AFTER DELETE ON "distinct_pair" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('distinct_pair', old.id, 'D'); END",
    'CREATE TRIGGER "entitlement_dirty_insert" AFTER INSERT ON "entitlement" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('entitlement', new.id, 'I'); END",
    'CREATE TRIGGER "entitlement_dirty_update" AFTER UPDATE OF "person_id", '
    '"agreement_id", "deleted_at", "deleted_reason", "firm", "benefit", "card_number", '
    '"entitled_from", "entitled_until", "entitlement_status", "entitlement_note", '
    '"entitlement_origin" ON "entitlement" WHEN (SELECT applying FROM capture_state WHERE'
    " id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('entitlement', "
    "new.id, 'U'); END",
    'CREATE TRIGGER "entitlement_dirty_delete" AFTER DELETE ON "entitlement" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('entitlement', old.id, 'D'); END",
    'CREATE TRIGGER "flag_dirty_insert" AFTER INSERT ON "flag" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('flag', new.id, 'I'); END",
    'CREATE TRIGGER "flag_dirty_update" AFTER UPDATE OF "person_id", "case_id", '
    '"deleted_at", "deleted_reason", "flag_kind", "flag_reason", "until_on" ON "flag" '
    "WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('flag', new.id, 'U'); END",
    'CREATE TRIGGER "flag_dirty_delete" AFTER DELETE ON "flag" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('flag', old.id, 'D'); END",
    'CREATE TRIGGER "gift_round_dirty_insert" AFTER INSERT ON "gift_round" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('gift_round', new.id, 'I'); END",
    'CREATE TRIGGER "gift_round_dirty_update" AFTER UPDATE OF "deleted_at", '
    '"deleted_reason", "round_name", "round_on", "round_place", "donor", "support_kind", '
    '"support_what", "support_quantity", "support_unit", "support_value", "round_status",'
    ' "round_note" ON "gift_round" WHEN (SELECT applying FROM capture_state WHERE id = 1)'
    " = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('gift_round', new.id, 'U');"
    " END",
    'CREATE TRIGGER "gift_round_dirty_delete" AFTER DELETE ON "gift_round" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('gift_round', old.id, 'D'); END",
    'CREATE TRIGGER "hazard_dirty_insert" AFTER INSERT ON "hazard" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('hazard', new.id, 'I'); END",
    'CREATE TRIGGER "hazard_dirty_update" AFTER UPDATE OF "deleted_at", "deleted_reason",'
    ' "reported_on", "reporter_name", "reporter_phone", "hazard_commune", '
    '"hazard_hamlet", "hazard_place", "hazard_coordinates", "hazard_device", '
    '"hazard_count", "hazard_look", "hazard_marked", "hazard_state", "passed_on", '
    '"passed_to", "cleared_on", "cleared_by", "hazard_note" ON "hazard" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('hazard', new.id, 'U'); END",
    'CREATE TRIGGER "hazard_dirty_delete" AFTER DELETE ON "hazard" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('hazard', old.id, 'D'); END",
    'CREATE TRIGGER "hearing_dirty_insert" AFTER INSERT ON "hearing" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('hearing', new.id, 'I'); END",
    'CREATE TRIGGER "hearing_dirty_update" AFTER UPDATE OF "person_id", "application_id",'
    ' "session_id", "related_ids", "deleted_at", "deleted_reason", "heard_on", '
    '"heard_at", "heard_place", "hearing_order", "assessment_form", "form_edition", '
    '"birth_used", "form_reason", "type_signs", "degree_signs", "scores", "observed", '
    '"opinions", "chaired_by", "minuted_by", "members_present", "related_members", '
    '"members_voting", "votes_types", "votes_types_other", "votes_degree", '
    '"votes_degree_other", "votes_not_disabled", "votes_no_conclusion", "chair_decided", '
    '"conclusion", "types", "degree", "departs_reason", "adjourn_reason", '
    '"minutes_number", "minutes_on", "hearing_state", "notice_shows", "hearing_origin" ON'
    ' "hearing" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT '
    "INTO dirty(entity, row_id, op) VALUES ('hearing', new.id, 'U'); END",
    'CREATE TRIGGER "hearing_dirty_delete" AFTER DELETE ON "hearing" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('hearing', old.id, 'D'); END",
    'CREATE TRIGGER "medical_referral_dirty_insert" AFTER INSERT ON "medical_referral" '
    "WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('medical_referral', new.id, 'I'); END",
    'CREATE TRIGGER "medical_referral_dirty_update" AFTER UPDATE OF "person_id", '
    '"application_id", "deleted_at", "deleted_reason", "medical_board_reason", "number", '
    '"sent_on", "findings", "disagreement", "evidence", "papers_sent", "board", "due_on",'
    ' "minutes_number", "minutes_on", "received_on", "conclusion", "types", "degree", '
    '"loss_percent", "old_self_care", "valid_until", "origin" ON "medical_referral" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('medical_referral', new.id, 'U'); END",
    'CREATE TRIGGER "medical_referral_dirty_delete" AFTER DELETE ON "medical_referral" '
    "WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('medical_referral', old.id, 'D'); END",
    'CREATE TRIGGER "merger_dirty_insert" AFTER INSERT ON "merger" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('merger', new.id, 'I'); END",
    'CREATE TRIGGER "merger_dirty_update" AFTER UPDATE OF "person_id", "absorbed_id", '
    '"changes", "state", "reason", "deleted_at", "deleted_reason" ON "merger" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('merger', new.id, 'U'); END",
    'CREATE TRIGGER "merger_dirty_delete" AFTER DELETE ON "merger" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('merger', old.id, 'D'); END",
    'CREATE TRIGGER "national_file_dirty_insert" AFTER INSERT ON "national_file" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('national_file', new.id, 'I'); END",
    'CREATE TRIGGER "national_file_dirty_update" AFTER UPDATE OF "edition", "file_name", '
    '"file_hash", "made_by", "deleted_at", "deleted_reason", "national_number", '
    '"national_day", "national_way", "submitted_on" ON "national_file" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('national_file', new.id, 'U'); END",
    'CREATE TRIGGER "national_file_dirty_delete" AFTER DELETE ON "national_file" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('national_file', old.id, 'D'); END",
    'CREATE TRIGGER "national_line_dirty_insert" AFTER INSERT ON "national_line" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('national_line', new.id, 'I'); END",
    'CREATE TRIGGER "national_line_dirty_update" AFTER UPDATE OF "file_id", "person_id", '
    '"base_id", "number", "edition", "day", "written", "deleted_at", "deleted_reason", '
    '"national_move", "national_answer", "given_code", "answered_on", "answer_reason" ON '
    '"national_line" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN '
    "INSERT INTO dirty(entity, row_id, op) VALUES ('national_line', new.id, 'U'); END",
    'CREATE TRIGGER "national_line_dirty_delete" AFTER DELETE ON "national_line" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('national_line', old.id, 'D'); END",
    'CREATE TRIGGER "need_dirty_insert" AFTER INSERT ON "need" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('need', new.id, 'I'); END",
    'CREATE TRIGGER "need_dirty_update" AFTER UPDATE OF "person_id", "deleted_at", '
    '"deleted_reason", "need_group", "item", "priority", "quantity", "declared_on", '
    '"declared_by", "need_status", "review_on", "need_note" ON "need" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('need', new.id, 'U'); END",
    'CREATE TRIGGER "need_dirty_delete" AFTER DELETE ON "need" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('need', old.id, 'D'); END",
    'CREATE TRIGGER "need_step_dirty_insert" AFTER INSERT ON "need_step" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('need_step', new.id, 'I'); END",
    'CREATE TRIGGER "need_step_dirty_update" AFTER UPDATE OF "need_id", "person_id", '
    '"deleted_at", "deleted_reason", "step_status", "step_on", "step_reason" ON '
    '"need_step" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT '
    "INTO dirty(entity, row_id, op) VALUES ('need_step', new.id, 'U'); END",
    'CREATE TRIGGER "need_step_dirty_delete" AFTER DELETE ON "need_step" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('need_step', old.id, 'D'); END",
    'CREATE TRIGGER "notice_dirty_insert" AFTER INSERT ON "notice" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('notice', new.id, 'I'); END",
    'CREATE TRIGGER "notice_dirty_update" AFTER UPDATE OF "session_id", "deleted_at", '
    '"deleted_reason", "notice_number", "notice_state", "notice_place", "posted_on", '
    '"take_down_on", "taken_down_on", "approved_on", "approved_by" ON "notice" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('notice', new.id, 'U'); END",
    'CREATE TRIGGER "notice_dirty_delete" AFTER DELETE ON "notice" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('notice', old.id, 'D'); END",
    'CREATE TRIGGER "period_dirty_insert" AFTER INSERT ON "period" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('period', new.id, 'I'); END",
    'CREATE TRIGGER "period_dirty_update" AFTER UPDATE OF "deleted_at", "deleted_reason",'
    ' "code", "name", "starts_on", "ends_on", "cutoff_on", "due_on" ON "period" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('period', new.id, 'U'); END",
    'CREATE TRIGGER "period_dirty_delete" AFTER DELETE ON "period" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('period', old.id, 'D'); END",
    'CREATE TRIGGER "person_dirty_insert" AFTER INSERT ON "person" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('person', new.id, 'I'); END",
    'CREATE TRIGGER "person_dirty_update" AFTER UPDATE OF "status", '
    '"possible_duplicate_of", "merged_into", "placed", "deleted_at", "deleted_reason", '
    '"name", "other_name", "sex", "birth", "birth_lunar", "ethnicity", "ethnicity_other",'
    ' "id_number", "id_kind", "id_status", "id_issued_on", "id_issued_by", '
    '"old_id_number", "old_id_issued_on", "old_id_issued_by", "social_code", '
    '"national_code", "marital", "children", "children_under_16", "children_birth_years",'
    ' "pregnant_month", "school", "family_position", "phone", "email", "contact_name", '
    '"contact_phone", "commune", "hamlet", "address_text", "permanent_commune", '
    '"permanent_hamlet", "permanent_text", "household_code", "head_name", "head_birth", '
    '"head_sex", "head_id_number", "head_id_issued_on", "head_id_issued_by", '
    '"head_phone", "head_relation", "head_job", "household_size", "household_disabled", '
    '"household_under_16", "household_workers", "household_over_60", "household_members",'
    ' "poverty", "poverty_year", "income_sources", "household_income", "income_per_head",'
    ' "cost_food", "cost_clothes", "cost_health", "cost_school", "cost_medicine", '
    '"cost_other", "carer_name", "carer_birth", "carer_sex", "carer_marital", '
    '"carer_relation", "carer_id_number", "carer_address", "carer_phone", '
    '"care_attention", "care_setting", "care_ability", "rep_name", "rep_birth", '
    '"rep_sex", "rep_marital", "rep_relation", "rep_id_number", "rep_address", '
    '"rep_phone", "application_kind", "has_certificate", "certificate_number", '
    '"certificate_on", "certificate_by", "types", "degree", "disabled_since", '
    '"cause_mobility", "signs_mobility", "cause_hearing_speech", "signs_hearing_speech", '
    '"cause_vision", "signs_vision", "cause_neuro_psychiatric", '
    '"signs_neuro_psychiatric", "cause_intellectual", "signs_intellectual", '
    '"cause_other", "signs_other", "disability_note", "self_care", "health_note", '
    '"treatment_note", "hiv", "violence_note", "education", "vocational", "trade", '
    '"occupation", "job", "employed", "own_income", "unemployed_reason", '
    '"unemployed_note", "work_ability", "house", "water", "toilet", "house_access", '
    '"toilet_access", "health_card", "health_card_until", "allowance_monthly", '
    '"allowance_amount", "allowance_category", "allowance_from", "carer_allowance", '
    '"carer_allowance_amount", "other_allowance", "other_allowance_amount", '
    '"other_benefits", "basic_services", "psychology", "psychology_note", '
    '"participation", "life_skills", "transport_access", "culture_sport", "legal_aid", '
    '"mine_victim", "victim_role", "victim_period", "merit_status", "declarant_name", '
    '"declarant_relation", "declarant_id_number", "declarant_address", "declarant_phone",'
    ' "surveyed_on", "surveyed_by", "groups", "paper_file", "note", "life_state", '
    '"life_state_on", "life_state_note" ON "person" WHEN (SELECT applying FROM '
    "capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('person', new.id, 'U'); END",
    'CREATE TRIGGER "person_dirty_delete" AFTER DELETE ON "person" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('person', old.id, 'D'); END",
    'CREATE TRIGGER "plan_activity_dirty_insert" AFTER INSERT ON "plan_activity" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('plan_activity', new.id, 'I'); END",
    'CREATE TRIGGER "plan_activity_dirty_update" AFTER UPDATE OF "plan_id", "case_id", '
    '"person_id", "deleted_at", "deleted_reason", "activity", "urgent", "start_on", '
    '"due_on", "responsible", "provider", "resource", "cost", "activity_status", '
    '"done_on", "result" ON "plan_activity" WHEN (SELECT applying FROM capture_state '
    "WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('plan_activity', new.id, 'U'); END",
    'CREATE TRIGGER "plan_activity_dirty_delete" AFTER DELETE ON "plan_activity" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('plan_activity', old.id, 'D'); END",
    'CREATE TRIGGER "proposal_dirty_insert" AFTER INSERT ON "proposal" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('proposal', new.id, 'I'); END",
    'CREATE TRIGGER "proposal_dirty_update" AFTER UPDATE OF "person_id", "entity", '
    '"row_id", "op", "fields", "made_at", "made_by", "from_office", "from_name", "state",'
    ' "answer", "decided_by", "deleted_at", "deleted_reason" ON "proposal" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('proposal', new.id, 'U'); END",
    'CREATE TRIGGER "proposal_dirty_delete" AFTER DELETE ON "proposal" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('proposal', old.id, 'D'); END",
    'CREATE TRIGGER "provider_dirty_insert" AFTER INSERT ON "provider" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('provider', new.id, 'I'); END",
    'CREATE TRIGGER "provider_dirty_update" AFTER UPDATE OF "deleted_at", '
    '"deleted_reason", "service_name", "service_kind", "provider_name", '
    '"provider_commune", "provider_address", "provider_phone", "contact_name", '
    '"service_cost", "cost_words", "admits", "meets", "offered_from", "offered_until", '
    '"provider_note" ON "provider" WHEN (SELECT applying FROM capture_state WHERE id = 1)'
    " = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('provider', new.id, 'U'); "
    "END",
    'CREATE TRIGGER "provider_dirty_delete" AFTER DELETE ON "provider" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('provider', old.id, 'D'); END",
    'CREATE TRIGGER "referral_dirty_insert" AFTER INSERT ON "referral" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('referral', new.id, 'I'); END",
    'CREATE TRIGGER "referral_dirty_update" AFTER UPDATE OF "person_id", "case_id", '
    '"need_id", "provider_id", "answer_file_id", "deleted_at", "deleted_reason", '
    '"referred_to", "service_asked", "referral_reason", "referral_secret", '
    '"referral_status", "sent_on", "letter_number", "answer_due_on", "answered_on", '
    '"answer_note", "served_on", "referral_origin" ON "referral" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('referral', new.id, 'U'); END",
    'CREATE TRIGGER "referral_dirty_delete" AFTER DELETE ON "referral" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('referral', old.id, 'D'); END",
    'CREATE TRIGGER "reform_answer_dirty_insert" AFTER INSERT ON "reform_answer" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('reform_answer', new.id, 'I'); END",
    'CREATE TRIGGER "reform_answer_dirty_update" AFTER UPDATE OF "old", "hamlet", "new", '
    '"reason", "deleted_at", "deleted_reason" ON "reform_answer" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('reform_answer', new.id, 'U'); END",
    'CREATE TRIGGER "reform_answer_dirty_delete" AFTER DELETE ON "reform_answer" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('reform_answer', old.id, 'D'); END",
    'CREATE TRIGGER "repair_dirty_insert" AFTER INSERT ON "repair" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('repair', new.id, 'I'); END",
    'CREATE TRIGGER "repair_dirty_update" AFTER UPDATE OF "assistive_device_id", '
    '"person_id", "deleted_at", "deleted_reason", "repaired_on", "repair_what", '
    '"repaired_by", "repair_cost" ON "repair" WHEN (SELECT applying FROM capture_state '
    "WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('repair', "
    "new.id, 'U'); END",
    'CREATE TRIGGER "repair_dirty_delete" AFTER DELETE ON "repair" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('repair', old.id, 'D'); END",
    'CREATE TRIGGER "report_edition_dirty_insert" AFTER INSERT ON "report_edition" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('report_edition', new.id, 'I'); END",
    'CREATE TRIGGER "report_edition_dirty_update" AFTER UPDATE OF "report", "parameters",'
    ' "content", "as_of", "period", "made_at", "made_by", "note", "sha256", "deleted_at",'
    ' "deleted_reason" ON "report_edition" WHEN (SELECT applying FROM capture_state WHERE'
    " id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('report_edition', "
    "new.id, 'U'); END",
    'CREATE TRIGGER "report_edition_dirty_delete" AFTER DELETE ON "report_edition" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('report_edition', old.id, 'D'); END",
    'CREATE TRIGGER "resealed_dirty_insert" AFTER INSERT ON "resealed" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('resealed', new.id, 'I'); END",
    'CREATE TRIGGER "resealed_dirty_update" AFTER UPDATE OF "person_id", "mark", "value",'
    ' "deleted_at", "deleted_reason" ON "resealed" WHEN (SELECT applying FROM '
    "capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('resealed', new.id, 'U'); END",
    'CREATE TRIGGER "resealed_dirty_delete" AFTER DELETE ON "resealed" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('resealed', old.id, 'D'); END",
    'CREATE TRIGGER "screening_dirty_insert" AFTER INSERT ON "screening" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('screening', new.id, 'I'); END",
    'CREATE TRIGGER "screening_dirty_update" AFTER UPDATE OF "person_id", "hearing_id", '
    '"deleted_at", "deleted_reason", "instrument", "instrument_edition", "answers", '
    '"done_on", "answered_by" ON "screening" WHEN (SELECT applying FROM capture_state '
    "WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('screening', "
    "new.id, 'U'); END",
    'CREATE TRIGGER "screening_dirty_delete" AFTER DELETE ON "screening" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('screening', old.id, 'D'); END",
    'CREATE TRIGGER "setting_dirty_insert" AFTER INSERT ON "setting" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('setting', new.id, 'I'); END",
    'CREATE TRIGGER "setting_dirty_update" AFTER UPDATE OF "key", "valid_from", "value", '
    '"deleted_at", "deleted_reason" ON "setting" WHEN (SELECT applying FROM capture_state'
    " WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('setting', "
    "new.id, 'U'); END",
    'CREATE TRIGGER "setting_dirty_delete" AFTER DELETE ON "setting" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('setting', old.id, 'D'); END",
    'CREATE TRIGGER "sharing_dirty_insert" AFTER INSERT ON "sharing" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('sharing', new.id, 'I'); END",
    'CREATE TRIGGER "sharing_dirty_update" AFTER UPDATE OF "person_id", "consent_id", '
    '"approval_id", "decided_by", "decided_at", "shared_by", "shared_at", "deleted_at", '
    '"deleted_reason", "sharing_purpose", "recipient", "sharing_reason", "shared_what", '
    '"sharing_state", "sharing_answer", "told_on" ON "sharing" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('sharing', new.id, 'U'); END",
    'CREATE TRIGGER "sharing_dirty_delete" AFTER DELETE ON "sharing" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('sharing', old.id, 'D'); END",
    'CREATE TRIGGER "support_dirty_insert" AFTER INSERT ON "support" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('support', new.id, 'I'); END",
    'CREATE TRIGGER "support_dirty_update" AFTER UPDATE OF "person_id", "need_id", '
    '"case_id", "gift_round_id", "deleted_at", "deleted_reason", "support_kind", '
    '"support_what", "support_on", "donor", "support_quantity", "support_unit", '
    '"support_value", "support_status", "received_by", "support_note", "support_origin" '
    'ON "support" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT'
    " INTO dirty(entity, row_id, op) VALUES ('support', new.id, 'U'); END",
    'CREATE TRIGGER "support_dirty_delete" AFTER DELETE ON "support" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('support', old.id, 'D'); END",
    'CREATE TRIGGER "target_dirty_insert" AFTER INSERT ON "target" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('target', new.id, 'I'); END",
    'CREATE TRIGGER "target_dirty_update" AFTER UPDATE OF "deleted_at", "deleted_reason",'
    ' "figure", "unit", "period", "number" ON "target" WHEN (SELECT applying FROM '
    "capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('target', new.id, 'U'); END",
    'CREATE TRIGGER "target_dirty_delete" AFTER DELETE ON "target" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('target', old.id, 'D'); END",
    'CREATE TRIGGER "task_dirty_insert" AFTER INSERT ON "task" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('task', new.id, 'I'); END",
    'CREATE TRIGGER "task_dirty_update" AFTER UPDATE OF "person_id", "case_id", "rule", '
    '"ref_id", "ref_on", "deleted_at", "deleted_reason", "title", "due_on", "worker", '
    '"task_status", "done_on", "task_note" ON "task" WHEN (SELECT applying FROM '
    "capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('task', new.id, 'U'); END",
    'CREATE TRIGGER "task_dirty_delete" AFTER DELETE ON "task" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('task', old.id, 'D'); END",
    'CREATE TRIGGER "training_class_dirty_insert" AFTER INSERT ON "training_class" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('training_class', new.id, 'I'); END",
    'CREATE TRIGGER "training_class_dirty_update" AFTER UPDATE OF "round_id", '
    '"deleted_at", "deleted_reason", "name", "starts_on", "days", "place", "topic" ON '
    '"training_class" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN '
    "INSERT INTO dirty(entity, row_id, op) VALUES ('training_class', new.id, 'U'); END",
    'CREATE TRIGGER "training_class_dirty_delete" AFTER DELETE ON "training_class" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('training_class', old.id, 'D'); END",
    'CREATE TRIGGER "training_round_dirty_insert" AFTER INSERT ON "training_round" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('training_round', new.id, 'I'); END",
    'CREATE TRIGGER "training_round_dirty_update" AFTER UPDATE OF "deleted_at", '
    '"deleted_reason", "name", "organiser", "round_note" ON "training_round" WHEN (SELECT'
    " applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('training_round', new.id, 'U'); END",
    'CREATE TRIGGER "training_round_dirty_delete" AFTER DELETE ON "training_round" WHEN '
    "(SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO "
    "dirty(entity, row_id, op) VALUES ('training_round', old.id, 'D'); END",
    'CREATE TRIGGER "transfer_dirty_insert" AFTER INSERT ON "transfer" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('transfer', new.id, 'I'); END",
    'CREATE TRIGGER "transfer_dirty_update" AFTER UPDATE OF "person_id", "bundle", '
    '"from_office", "from_name", "to_office", "to_name", "person_name", "person_year", '
    '"person_commune", "reason", "moves_on", "state", "answer", "sent_by", "decided_by", '
    '"door", "handed", "deleted_at", "deleted_reason" ON "transfer" WHEN (SELECT applying'
    " FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('transfer', new.id, 'U'); END",
    'CREATE TRIGGER "transfer_dirty_delete" AFTER DELETE ON "transfer" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('transfer', old.id, 'D'); END",
    'CREATE TRIGGER "user_dirty_insert" AFTER INSERT ON "user" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('user', new.id, 'I'); END",
    'CREATE TRIGGER "user_dirty_update" AFTER UPDATE OF "login", "full_name", "title", '
    '"role", "active", "confidential", "valid_until", "basis", "deleted_at", '
    '"deleted_reason" ON "user" WHEN (SELECT applying FROM capture_state WHERE id = 1) = '
    "0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES ('user', new.id, 'U'); END",
    'CREATE TRIGGER "user_dirty_delete" AFTER DELETE ON "user" WHEN (SELECT applying FROM'
    " capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) VALUES "
    "('user', old.id, 'D'); END",
    'CREATE TRIGGER "victim_dirty_insert" AFTER INSERT ON "victim" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('victim', new.id, 'I'); END",
    'CREATE TRIGGER "victim_dirty_update" AFTER UPDATE OF "person_id", "accident_id", '
    '"number", "deleted_at", "deleted_reason", "activity", "age_then", "injuries", '
    '"losses", "consequence", "victim_note", "victim_name", "victim_sex", "victim_birth",'
    ' "victim_home", "victim_informant", "occupation_then", "frequency", "knew_danger", '
    '"saw_danger", "taught_before", "first_aid", "facility", "transport", '
    '"transport_minutes", "death_place", "later_consequence" ON "victim" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('victim', new.id, 'U'); END",
    'CREATE TRIGGER "victim_dirty_delete" AFTER DELETE ON "victim" WHEN (SELECT applying '
    "FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, row_id, op) "
    "VALUES ('victim', old.id, 'D'); END",
    'CREATE TRIGGER "workshop_dirty_insert" AFTER INSERT ON "workshop" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('workshop', new.id, 'I'); END",
    'CREATE TRIGGER "workshop_dirty_update" AFTER UPDATE OF "deleted_at", '
    '"deleted_reason", "name", "starts_on", "days", "place", "topic", "organiser" ON '
    '"workshop" WHEN (SELECT applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT '
    "INTO dirty(entity, row_id, op) VALUES ('workshop', new.id, 'U'); END",
    'CREATE TRIGGER "workshop_dirty_delete" AFTER DELETE ON "workshop" WHEN (SELECT '
    "applying FROM capture_state WHERE id = 1) = 0 BEGIN INSERT INTO dirty(entity, "
    "row_id, op) VALUES ('workshop', old.id, 'D'); END",
)


def upgrade() -> None:
    """Make every table, index, trigger and the search index."""
    op.create_table(
        "access_log",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("access_log", schema=None) as batch_op:
        batch_op.create_index("access_by_person", ["person_id", "seq"], unique=False)
        batch_op.create_index(
            "access_pages",
            ["by", "seq", "detail", "at", "person_id"],
            unique=False,
            sqlite_where=sa.text("kind = 'view' AND (detail = '' OR detail GLOB 'case *')"),
        )
        batch_op.create_index(
            "access_prints",
            ["by", "seq", "detail", "at", "person_id"],
            unique=False,
            sqlite_where=sa.text("kind = 'print'"),
        )

    op.create_table(
        "accident",
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
        sa.Column("accident_known", sa.Boolean(), nullable=True),
        sa.Column("accident_on", sa.Text(), nullable=True),
        sa.Column("accident_commune", sa.Text(), nullable=True),
        sa.Column("accident_hamlet", sa.Text(), nullable=True),
        sa.Column("accident_place", sa.Text(), nullable=True),
        sa.Column("accident_accuracy", sa.Text(), nullable=True),
        sa.Column("coordinates", sa.Text(), nullable=True),
        sa.Column("gps_accuracy", sa.Integer(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("accident_kind", sa.Text(), nullable=True),
        sa.Column("device", sa.Text(), nullable=True),
        sa.Column("detonation", sa.Text(), nullable=True),
        sa.Column("killed", sa.Integer(), nullable=True),
        sa.Column("injured", sa.Integer(), nullable=True),
        sa.Column("totals_note", sa.Text(), nullable=True),
        sa.Column("told_by", sa.Text(), nullable=True),
        sa.Column("told_by_other", sa.Text(), nullable=True),
        sa.Column("informant", sa.Text(), nullable=True),
        sa.Column("informant_phone", sa.Text(), nullable=True),
        sa.Column("accident_note", sa.Text(), nullable=True),
        sa.Column("marking_before", sa.Text(), nullable=True),
        sa.Column("marking_before_kind", sa.Text(), nullable=True),
        sa.Column("marking_after", sa.Text(), nullable=True),
        sa.Column("marking_after_kind", sa.Text(), nullable=True),
        sa.Column("cleared_before", sa.Text(), nullable=True),
        sa.Column("cleared_before_by", sa.Text(), nullable=True),
        sa.Column("cleared_after", sa.Text(), nullable=True),
        sa.Column("cleared_after_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("accident", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_accident_office_id"), ["office_id"], unique=False)

    op.create_table(
        "agreement",
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
        sa.Column("firm", sa.Text(), nullable=True),
        sa.Column("firm_phone", sa.Text(), nullable=True),
        sa.Column("firm_contact", sa.Text(), nullable=True),
        sa.Column("benefit", sa.Text(), nullable=True),
        sa.Column("percent_off", sa.Integer(), nullable=True),
        sa.Column("routes", sa.Text(), nullable=True),
        sa.Column("for_degrees", sa.Text(), nullable=True),
        sa.Column("agreement_number", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("agreement_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_office_id"), ["office_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("session_id", sa.String(length=36), nullable=False),
        sa.Column("member_id", sa.String(length=36), nullable=False),
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
        sa.Column("present", sa.Boolean(), nullable=True),
        sa.Column("stands_for", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attendance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendance_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendance_session_id"), ["session_id"], unique=False)

    op.create_table(
        "batch",
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("batch_no", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("n_changes", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("sealed_at", sa.String(length=24), nullable=False),
        sa.Column("acked_at", sa.String(length=24), nullable=True),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("epoch", "batch_no"),
    )
    with op.batch_alter_table("batch", schema=None) as batch_op:
        batch_op.create_index("batch_by_state", ["state", "epoch", "batch_no"], unique=False)

    op.create_table(
        "blank",
        sa.Column("certificate_id", sa.String(length=36), nullable=True),
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
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("blank_state", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("received_from", sa.Text(), nullable=True),
        sa.Column("blank_on", sa.Text(), nullable=True),
        sa.Column("blank_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("blank", schema=None) as batch_op:
        batch_op.create_index("blank_by_state", ["blank_state", "serial"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_blank_certificate_id"), ["certificate_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_blank_office_id"), ["office_id"], unique=False)

    op.create_table(
        "blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.String(length=24), nullable=True),
        sa.Column("seen_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )
    op.create_table(
        "blob_part",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "at"),
    )
    op.create_table(
        "capture_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("applying", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "certificate_opening",
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
        sa.Column("first_number", sa.Integer(), nullable=True),
        sa.Column("minute_number", sa.Text(), nullable=True),
        sa.Column("minute_on", sa.Text(), nullable=True),
        sa.Column("minute_signed", sa.Text(), nullable=True),
        sa.Column("of_profound", sa.Integer(), nullable=True),
        sa.Column("of_severe", sa.Integer(), nullable=True),
        sa.Column("of_mild", sa.Integer(), nullable=True),
        sa.Column("of_blanks", sa.Integer(), nullable=True),
        sa.Column("opening_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("certificate_opening", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_opening_office_id"), ["office_id"], unique=False
        )

    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("txn", sa.String(length=36), nullable=False),
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("batch_no", sa.Integer(), nullable=True),
        sa.Column("verdict", sa.String(length=12), nullable=True),
        sa.Column("verdict_code", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("change_by_batch", ["batch_no", "seq"], unique=False)
        batch_op.create_index("change_by_row", ["row_id", "seq"], unique=False)
        batch_op.create_index("change_by_verdict", ["verdict", "seq"], unique=False)
        batch_op.create_index(
            "change_edits",
            ["seq"],
            unique=False,
            sqlite_where=sa.text("batch_no IS NULL AND op = 'U'"),
        )

    op.create_table(
        "cold_start",
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("upto", sa.Integer(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("before", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("history", sa.Integer(), nullable=False),
        sa.Column("floor", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("over", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope"),
    )
    op.create_table(
        "conflict",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("mine", sa.Text(), nullable=True),
        sa.Column("theirs", sa.Text(), nullable=True),
        sa.Column("mine_by", sa.Text(), nullable=False),
        sa.Column("mine_at", sa.String(length=24), nullable=False),
        sa.Column("mine_on", sa.Text(), nullable=False),
        sa.Column("theirs_by", sa.Text(), nullable=False),
        sa.Column("theirs_at", sa.String(length=24), nullable=False),
        sa.Column("theirs_on", sa.Text(), nullable=False),
        sa.Column("here", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("raised_at", sa.String(length=24), nullable=False),
        sa.Column("taken", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.create_index("conflict_by_person", ["person_id", "state"], unique=False)
        batch_op.create_index("conflict_by_row", ["row_id", "field"], unique=False)
        batch_op.create_index("conflict_by_state", ["state", "raised_at"], unique=False)

    op.create_table(
        "council_member",
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
        sa.Column("full_name", sa.Text(), nullable=True),
        sa.Column("position", sa.Text(), nullable=True),
        sa.Column("council_role", sa.Text(), nullable=True),
        sa.Column("signs_as", sa.Text(), nullable=True),
        sa.Column("decision_number", sa.Text(), nullable=True),
        sa.Column("decision_on", sa.Text(), nullable=True),
        sa.Column("valid_from", sa.Text(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.Column("login", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("council_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_council_member_office_id"), ["office_id"], unique=False
        )

    op.create_table(
        "council_session",
        sa.Column("chair_id", sa.String(length=36), nullable=True),
        sa.Column("secretary_id", sa.String(length=36), nullable=True),
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
        sa.Column("session_on", sa.Text(), nullable=True),
        sa.Column("session_starts", sa.Text(), nullable=True),
        sa.Column("session_ends", sa.Text(), nullable=True),
        sa.Column("place_kind", sa.Text(), nullable=True),
        sa.Column("session_place", sa.Text(), nullable=True),
        sa.Column("session_state", sa.Text(), nullable=True),
        sa.Column("session_note", sa.Text(), nullable=True),
        sa.Column("session_origin", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("council_session", schema=None) as batch_op:
        batch_op.create_index("council_session_by_day", ["session_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_council_session_office_id"), ["office_id"], unique=False
        )

    op.create_table(
        "delegate",
        sa.Column("event_id", sa.String(length=36), nullable=False),
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
        sa.Column("full_name", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("organisation", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("delegate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delegate_event_id"), ["event_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delegate_office_id"), ["office_id"], unique=False)

    op.create_table(
        "departed",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("to_office", sa.String(length=36), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("left_at", sa.String(length=24), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("wiped_at", sa.String(length=24), nullable=True),
        sa.Column("wiped_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
    )
    with op.batch_alter_table("departed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_departed_sort_key"), ["sort_key"], unique=False)

    op.create_table(
        "device",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("verify_key", sa.String(length=64), nullable=False),
        sa.Column("door", sa.String(length=64), nullable=False),
        sa.Column("enrolled_at", sa.String(length=24), nullable=False),
        sa.Column("revoked_at", sa.String(length=24), nullable=True),
        sa.Column("trusted_print", sa.String(length=24), nullable=False),
        sa.Column("trusted_by", sa.Text(), nullable=False),
        sa.Column("trusted_at", sa.String(length=24), nullable=True),
        sa.Column("knows", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "dirty",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("distinct_pair", schema=None) as batch_op:
        batch_op.create_index("distinct_pair_by_persons", ["person_id", "other_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_distinct_pair_office_id"), ["office_id"], unique=False)

    op.create_table(
        "draft",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("login", "key"),
    )
    op.create_table(
        "gift_round",
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
        sa.Column("round_name", sa.Text(), nullable=True),
        sa.Column("round_on", sa.Text(), nullable=True),
        sa.Column("round_place", sa.Text(), nullable=True),
        sa.Column("donor", sa.Text(), nullable=True),
        sa.Column("support_kind", sa.Text(), nullable=True),
        sa.Column("support_what", sa.Text(), nullable=True),
        sa.Column("support_quantity", sa.Integer(), nullable=True),
        sa.Column("support_unit", sa.Text(), nullable=True),
        sa.Column("support_value", sa.Integer(), nullable=True),
        sa.Column("round_status", sa.Text(), nullable=True),
        sa.Column("round_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("gift_round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gift_round_office_id"), ["office_id"], unique=False)

    op.create_table(
        "hazard",
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
        sa.Column("reported_on", sa.Text(), nullable=True),
        sa.Column("reporter_name", sa.Text(), nullable=True),
        sa.Column("reporter_phone", sa.Text(), nullable=True),
        sa.Column("hazard_commune", sa.Text(), nullable=True),
        sa.Column("hazard_hamlet", sa.Text(), nullable=True),
        sa.Column("hazard_place", sa.Text(), nullable=True),
        sa.Column("hazard_coordinates", sa.Text(), nullable=True),
        sa.Column("hazard_device", sa.Text(), nullable=True),
        sa.Column("hazard_count", sa.Integer(), nullable=True),
        sa.Column("hazard_look", sa.Text(), nullable=True),
        sa.Column("hazard_marked", sa.Text(), nullable=True),
        sa.Column("hazard_state", sa.Text(), nullable=True),
        sa.Column("passed_on", sa.Text(), nullable=True),
        sa.Column("passed_to", sa.Text(), nullable=True),
        sa.Column("cleared_on", sa.Text(), nullable=True),
        sa.Column("cleared_by", sa.Text(), nullable=True),
        sa.Column("hazard_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("hazard", schema=None) as batch_op:
        batch_op.create_index("hazard_by_state", ["hazard_state", "reported_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_hazard_office_id"), ["office_id"], unique=False)

    op.create_table(
        "held_removal",
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("way", sa.String(length=3), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.String(length=24), nullable=True),
        sa.Column("allowed_at", sa.String(length=24), nullable=True),
        sa.Column("allowed_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("entity", "row_id", "way"),
    )
    op.create_table(
        "history",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("txn", sa.String(length=36), nullable=False),
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("op", sa.String(length=8), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=True),
        sa.Column("old", sa.Text(), nullable=True),
        sa.Column("new", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("history", schema=None) as batch_op:
        batch_op.create_index("history_by_person", ["person_id", "seq"], unique=False)
        batch_op.create_index("history_by_row", ["row_id", "seq"], unique=False)
        batch_op.create_index(
            "history_from_hand_to_hand",
            ["source"],
            unique=False,
            sqlite_where=sa.text("source GLOB 'reassigned:*'"),
        )
        batch_op.create_index(
            "history_of_edits",
            ["entity", "field", "at", "row_id", "seq", "old"],
            unique=False,
            sqlite_where=sa.text("op = 'edit'"),
        )

    op.create_table(
        "import_layout",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("started_at", sa.String(length=24), nullable=False),
        sa.Column("finished_at", sa.String(length=24), nullable=True),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("layout", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("undone_at", sa.String(length=24), nullable=True),
        sa.Column("undone_by", sa.Text(), nullable=True),
        sa.Column("opening", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.String(length=24), nullable=True),
        sa.Column("confirmed_by", sa.Text(), nullable=True),
        sa.Column("confirmed_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_run_sha256"), ["sha256"], unique=False)

    op.create_table(
        "import_slice",
        sa.Column("txn", sa.String(length=36), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("txn"),
    )
    with op.batch_alter_table("import_slice", schema=None) as batch_op:
        batch_op.create_index("import_slice_by_run", ["run_id", "first_seq"], unique=False)

    op.create_table(
        "incident",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("version_mine", sa.Integer(), nullable=False),
        sa.Column("version_theirs", sa.Integer(), nullable=False),
        sa.Column("mine", sa.Text(), nullable=True),
        sa.Column("theirs", sa.Text(), nullable=True),
        sa.Column("seen_at", sa.String(length=24), nullable=True),
        sa.Column("seen_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("incident", schema=None) as batch_op:
        batch_op.create_index("incident_by_seen", ["seen_at", "at"], unique=False)

    op.create_table(
        "known_office",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "likeness_due",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("person_id"),
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("merger", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_merger_absorbed_id"), ["absorbed_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merger_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_merger_person_id"), ["person_id"], unique=False)

    op.create_table(
        "national_file",
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
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
        sa.Column("national_number", sa.Text(), nullable=True),
        sa.Column("national_day", sa.Text(), nullable=True),
        sa.Column("national_way", sa.Text(), nullable=True),
        sa.Column("submitted_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("national_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_national_file_office_id"), ["office_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("session_id", sa.String(length=36), nullable=False),
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
        sa.Column("notice_number", sa.Text(), nullable=True),
        sa.Column("notice_state", sa.Text(), nullable=True),
        sa.Column("notice_place", sa.Text(), nullable=True),
        sa.Column("posted_on", sa.Text(), nullable=True),
        sa.Column("take_down_on", sa.Text(), nullable=True),
        sa.Column("taken_down_on", sa.Text(), nullable=True),
        sa.Column("approved_on", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_notice_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_session_id"), ["session_id"], unique=False)
        batch_op.create_index("notice_take_down", ["take_down_on"], unique=False)

    op.create_table(
        "office",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.Column("enrolled_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "office_grant",
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("until", sa.String(length=10), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=True),
        sa.Column("generation", sa.String(length=36), nullable=False),
        sa.Column("given_at", sa.String(length=24), nullable=False),
        sa.Column("fetched_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("scope"),
    )
    op.create_table(
        "opened_again",
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("by", "person_id", "detail"),
    )
    with op.batch_alter_table("opened_again", schema=None) as batch_op:
        batch_op.create_index("opened_again_lately", ["by", "at"], unique=False)

    op.create_table(
        "period",
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
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("cutoff_on", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("period", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_period_office_id"), ["office_id"], unique=False)

    op.create_table(
        "person",
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("possible_duplicate_of", sa.String(length=36), nullable=True),
        sa.Column("merged_into", sa.String(length=36), nullable=True),
        sa.Column("placed", sa.String(length=12), nullable=True),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("current_commune", sa.Text(), nullable=True),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
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
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("other_name", sa.Text(), nullable=True),
        sa.Column("sex", sa.Text(), nullable=True),
        sa.Column("birth", sa.Text(), nullable=True),
        sa.Column("birth_lunar", sa.Text(), nullable=True),
        sa.Column("ethnicity", sa.Text(), nullable=True),
        sa.Column("ethnicity_other", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("id_kind", sa.Text(), nullable=True),
        sa.Column("id_status", sa.Text(), nullable=True),
        sa.Column("id_issued_on", sa.Text(), nullable=True),
        sa.Column("id_issued_by", sa.Text(), nullable=True),
        sa.Column("old_id_number", sa.Text(), nullable=True),
        sa.Column("old_id_issued_on", sa.Text(), nullable=True),
        sa.Column("old_id_issued_by", sa.Text(), nullable=True),
        sa.Column("social_code", sa.Text(), nullable=True),
        sa.Column("national_code", sa.Text(), nullable=True),
        sa.Column("marital", sa.Text(), nullable=True),
        sa.Column("children", sa.Integer(), nullable=True),
        sa.Column("children_under_16", sa.Integer(), nullable=True),
        sa.Column("children_birth_years", sa.Text(), nullable=True),
        sa.Column("pregnant_month", sa.Integer(), nullable=True),
        sa.Column("school", sa.Text(), nullable=True),
        sa.Column("family_position", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("contact_phone", sa.Text(), nullable=True),
        sa.Column("commune", sa.Text(), nullable=True),
        sa.Column("hamlet", sa.Text(), nullable=True),
        sa.Column("address_text", sa.Text(), nullable=True),
        sa.Column("permanent_commune", sa.Text(), nullable=True),
        sa.Column("permanent_hamlet", sa.Text(), nullable=True),
        sa.Column("permanent_text", sa.Text(), nullable=True),
        sa.Column("household_code", sa.Text(), nullable=True),
        sa.Column("head_name", sa.Text(), nullable=True),
        sa.Column("head_birth", sa.Text(), nullable=True),
        sa.Column("head_sex", sa.Text(), nullable=True),
        sa.Column("head_id_number", sa.Text(), nullable=True),
        sa.Column("head_id_issued_on", sa.Text(), nullable=True),
        sa.Column("head_id_issued_by", sa.Text(), nullable=True),
        sa.Column("head_phone", sa.Text(), nullable=True),
        sa.Column("head_relation", sa.Text(), nullable=True),
        sa.Column("head_job", sa.Text(), nullable=True),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("household_disabled", sa.Integer(), nullable=True),
        sa.Column("household_under_16", sa.Integer(), nullable=True),
        sa.Column("household_workers", sa.Integer(), nullable=True),
        sa.Column("household_over_60", sa.Integer(), nullable=True),
        sa.Column("household_members", sa.Text(), nullable=True),
        sa.Column("poverty", sa.Text(), nullable=True),
        sa.Column("poverty_year", sa.Integer(), nullable=True),
        sa.Column("income_sources", sa.Text(), nullable=True),
        sa.Column("household_income", sa.Integer(), nullable=True),
        sa.Column("income_per_head", sa.Integer(), nullable=True),
        sa.Column("cost_food", sa.Integer(), nullable=True),
        sa.Column("cost_clothes", sa.Integer(), nullable=True),
        sa.Column("cost_health", sa.Integer(), nullable=True),
        sa.Column("cost_school", sa.Integer(), nullable=True),
        sa.Column("cost_medicine", sa.Integer(), nullable=True),
        sa.Column("cost_other", sa.Integer(), nullable=True),
        sa.Column("carer_name", sa.Text(), nullable=True),
        sa.Column("carer_birth", sa.Text(), nullable=True),
        sa.Column("carer_sex", sa.Text(), nullable=True),
        sa.Column("carer_marital", sa.Text(), nullable=True),
        sa.Column("carer_relation", sa.Text(), nullable=True),
        sa.Column("carer_id_number", sa.Text(), nullable=True),
        sa.Column("carer_address", sa.Text(), nullable=True),
        sa.Column("carer_phone", sa.Text(), nullable=True),
        sa.Column("care_attention", sa.Text(), nullable=True),
        sa.Column("care_setting", sa.Text(), nullable=True),
        sa.Column("care_ability", sa.Text(), nullable=True),
        sa.Column("rep_name", sa.Text(), nullable=True),
        sa.Column("rep_birth", sa.Text(), nullable=True),
        sa.Column("rep_sex", sa.Text(), nullable=True),
        sa.Column("rep_marital", sa.Text(), nullable=True),
        sa.Column("rep_relation", sa.Text(), nullable=True),
        sa.Column("rep_id_number", sa.Text(), nullable=True),
        sa.Column("rep_address", sa.Text(), nullable=True),
        sa.Column("rep_phone", sa.Text(), nullable=True),
        sa.Column("application_kind", sa.Text(), nullable=True),
        sa.Column("has_certificate", sa.Text(), nullable=True),
        sa.Column("certificate_number", sa.Text(), nullable=True),
        sa.Column("certificate_on", sa.Text(), nullable=True),
        sa.Column("certificate_by", sa.Text(), nullable=True),
        sa.Column("types", sa.Text(), nullable=True),
        sa.Column("degree", sa.Text(), nullable=True),
        sa.Column("disabled_since", sa.Text(), nullable=True),
        sa.Column("cause_mobility", sa.Text(), nullable=True),
        sa.Column("signs_mobility", sa.Text(), nullable=True),
        sa.Column("cause_hearing_speech", sa.Text(), nullable=True),
        sa.Column("signs_hearing_speech", sa.Text(), nullable=True),
        sa.Column("cause_vision", sa.Text(), nullable=True),
        sa.Column("signs_vision", sa.Text(), nullable=True),
        sa.Column("cause_neuro_psychiatric", sa.Text(), nullable=True),
        sa.Column("signs_neuro_psychiatric", sa.Text(), nullable=True),
        sa.Column("cause_intellectual", sa.Text(), nullable=True),
        sa.Column("signs_intellectual", sa.Text(), nullable=True),
        sa.Column("cause_other", sa.Text(), nullable=True),
        sa.Column("signs_other", sa.Text(), nullable=True),
        sa.Column("disability_note", sa.Text(), nullable=True),
        sa.Column("self_care", sa.Text(), nullable=True),
        sa.Column("health_note", sa.Text(), nullable=True),
        sa.Column("treatment_note", sa.Text(), nullable=True),
        sa.Column("hiv", sa.Text(), nullable=True),
        sa.Column("violence_note", sa.Text(), nullable=True),
        sa.Column("education", sa.Text(), nullable=True),
        sa.Column("vocational", sa.Text(), nullable=True),
        sa.Column("trade", sa.Text(), nullable=True),
        sa.Column("occupation", sa.Text(), nullable=True),
        sa.Column("job", sa.Text(), nullable=True),
        sa.Column("employed", sa.Boolean(), nullable=True),
        sa.Column("own_income", sa.Integer(), nullable=True),
        sa.Column("unemployed_reason", sa.Text(), nullable=True),
        sa.Column("unemployed_note", sa.Text(), nullable=True),
        sa.Column("work_ability", sa.Text(), nullable=True),
        sa.Column("house", sa.Text(), nullable=True),
        sa.Column("water", sa.Text(), nullable=True),
        sa.Column("toilet", sa.Text(), nullable=True),
        sa.Column("house_access", sa.Boolean(), nullable=True),
        sa.Column("toilet_access", sa.Boolean(), nullable=True),
        sa.Column("health_card", sa.Text(), nullable=True),
        sa.Column("health_card_until", sa.Text(), nullable=True),
        sa.Column("allowance_monthly", sa.Text(), nullable=True),
        sa.Column("allowance_amount", sa.Integer(), nullable=True),
        sa.Column("allowance_category", sa.Text(), nullable=True),
        sa.Column("allowance_from", sa.Text(), nullable=True),
        sa.Column("carer_allowance", sa.Text(), nullable=True),
        sa.Column("carer_allowance_amount", sa.Integer(), nullable=True),
        sa.Column("other_allowance", sa.Text(), nullable=True),
        sa.Column("other_allowance_amount", sa.Integer(), nullable=True),
        sa.Column("other_benefits", sa.Text(), nullable=True),
        sa.Column("basic_services", sa.Text(), nullable=True),
        sa.Column("psychology", sa.Text(), nullable=True),
        sa.Column("psychology_note", sa.Text(), nullable=True),
        sa.Column("participation", sa.Text(), nullable=True),
        sa.Column("life_skills", sa.Text(), nullable=True),
        sa.Column("transport_access", sa.Text(), nullable=True),
        sa.Column("culture_sport", sa.Text(), nullable=True),
        sa.Column("legal_aid", sa.Text(), nullable=True),
        sa.Column("mine_victim", sa.Boolean(), nullable=True),
        sa.Column("victim_role", sa.Text(), nullable=True),
        sa.Column("victim_period", sa.Text(), nullable=True),
        sa.Column("merit_status", sa.Text(), nullable=True),
        sa.Column("declarant_name", sa.Text(), nullable=True),
        sa.Column("declarant_relation", sa.Text(), nullable=True),
        sa.Column("declarant_id_number", sa.Text(), nullable=True),
        sa.Column("declarant_address", sa.Text(), nullable=True),
        sa.Column("declarant_phone", sa.Text(), nullable=True),
        sa.Column("surveyed_on", sa.Text(), nullable=True),
        sa.Column("surveyed_by", sa.Text(), nullable=True),
        sa.Column("groups", sa.Text(), nullable=True),
        sa.Column("paper_file", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("life_state", sa.Text(), nullable=True),
        sa.Column("life_state_on", sa.Text(), nullable=True),
        sa.Column("life_state_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_office_id"), ["office_id"], unique=False)
        batch_op.create_index(
            "person_by_birth",
            ["birth", "sort_key", "marks"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "person_by_certificate",
            ["certificate_number", "marks"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "person_by_commune",
            ["commune", "sort_key", "marks"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "person_by_current_commune",
            ["current_commune", "sort_key", "marks"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "person_by_entry",
            ["id", "marks"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "person_by_marks",
            ["marks", "sort_key"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "person_by_name",
            ["sort_key", "marks"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(
            "person_by_national_code",
            ["national_code"],
            unique=False,
            sqlite_where=sa.text("national_code IS NOT NULL"),
        )
        batch_op.create_index("person_by_number", ["id_number"], unique=False)
        batch_op.create_index("person_by_old_number", ["old_id_number"], unique=False)
        batch_op.create_index(
            "person_by_survivor",
            ["merged_into"],
            unique=False,
            sqlite_where=sa.text("merged_into IS NOT NULL"),
        )
        batch_op.create_index(
            "person_counted",
            [
                "id",
                "status",
                "deleted_at",
                "merged_into",
                "life_state",
                "commune",
                "hamlet",
                "placed",
                "life_state_on",
                "current_commune",
                "sex",
                "birth",
                "types",
                "degree",
                "poverty",
                "ethnicity",
                "mine_victim",
                "cause_mobility",
                "cause_hearing_speech",
                "cause_vision",
                "cause_neuro_psychiatric",
                "cause_intellectual",
                "cause_other",
                "id_number",
                "created_at",
                "server_version",
            ],
            unique=False,
        )
        batch_op.create_index(
            "person_removed",
            ["sort_key", "marks"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NOT NULL AND merged_into IS NULL"),
        )

    op.create_table(
        "printer_offset",
        sa.Column("printer", sa.Text(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("down", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("printer"),
    )
    op.create_table(
        "proposal",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("op", sa.String(length=1), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("made_at", sa.String(length=40), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("from_office", sa.String(length=36), nullable=False),
        sa.Column("from_name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_proposal_row_id"), ["row_id"], unique=False)
        batch_op.create_index("proposal_by_state", ["state", "made_at"], unique=False)

    op.create_table(
        "provider",
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
        sa.Column("service_name", sa.Text(), nullable=True),
        sa.Column("service_kind", sa.Text(), nullable=True),
        sa.Column("provider_name", sa.Text(), nullable=True),
        sa.Column("provider_commune", sa.Text(), nullable=True),
        sa.Column("provider_address", sa.Text(), nullable=True),
        sa.Column("provider_phone", sa.Text(), nullable=True),
        sa.Column("contact_name", sa.Text(), nullable=True),
        sa.Column("service_cost", sa.Text(), nullable=True),
        sa.Column("cost_words", sa.Text(), nullable=True),
        sa.Column("admits", sa.Text(), nullable=True),
        sa.Column("meets", sa.Text(), nullable=True),
        sa.Column("offered_from", sa.Text(), nullable=True),
        sa.Column("offered_until", sa.Text(), nullable=True),
        sa.Column("provider_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("provider", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_office_id"), ["office_id"], unique=False)

    op.create_table(
        "province_figures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("counted_at", sa.String(length=24), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("failing_since", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "reform_answer",
        sa.Column("old", sa.String(length=12), nullable=False),
        sa.Column("hamlet", sa.Text(), nullable=False),
        sa.Column("new", sa.String(length=12), nullable=False),
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("reform_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reform_answer_office_id"), ["office_id"], unique=False)

    op.create_table(
        "report_edition",
        sa.Column("report", sa.String(length=12), nullable=False),
        sa.Column("parameters", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("made_at", sa.String(length=24), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("report_edition", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_report_edition_office_id"), ["office_id"], unique=False
        )
        batch_op.create_index("report_edition_by_report", ["report", "made_at"], unique=False)

    op.create_table(
        "resealed",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("resealed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resealed_mark"), ["mark"], unique=False)
        batch_op.create_index(batch_op.f("ix_resealed_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_resealed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "restricted_key",
        sa.Column("key_id", sa.String(length=8), nullable=False),
        sa.Column("under", sa.String(length=8), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key_id", "under"),
    )
    op.create_table(
        "revoked_mark",
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.Column("since", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("mark"),
    )
    op.create_table(
        "saved_filter",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("which", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("login", "name"),
    )
    op.create_table(
        "seal_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("endorsement", sa.String(length=128), nullable=False),
        sa.Column("listed_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("setting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_setting_office_id"), ["office_id"], unique=False)
        batch_op.create_index("setting_by_key", ["key", "valid_from"], unique=False)

    op.create_table(
        "snapshot_seen",
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.PrimaryKeyConstraint("entity", "row_id"),
    )
    op.create_table(
        "stick_ask",
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("box_key", sa.LargeBinary(), nullable=False),
        sa.Column("asked_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("token"),
    )
    op.create_table(
        "sync_cursor",
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("head", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("scope"),
    )
    op.create_table(
        "sync_extra",
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "row_id"),
    )
    op.create_table(
        "sync_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(length=24), nullable=False),
        sa.Column("ended_at", sa.String(length=24), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("pushed", sa.Integer(), nullable=False),
        sa.Column("acknowledged", sa.Integer(), nullable=False),
        sa.Column("pulled", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Integer(), nullable=False),
        sa.Column("conflicts", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("bytes_up", sa.Integer(), nullable=False),
        sa.Column("bytes_down", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sync_row",
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("ahead", sa.Text(), nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("pristine", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("entity", "row_id"),
    )
    op.create_table(
        "sync_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("trust", sa.Text(), nullable=False),
        sa.Column("server_id", sa.String(length=36), nullable=False),
        sa.Column("generation", sa.String(length=36), nullable=False),
        sa.Column("restored_at", sa.String(length=24), nullable=False),
        sa.Column("regain_upto", sa.Integer(), nullable=False),
        sa.Column("server_verify_key", sa.LargeBinary(), nullable=False),
        sa.Column("server_box_key", sa.LargeBinary(), nullable=False),
        sa.Column("device_id", sa.String(length=36), nullable=False),
        sa.Column("device_name", sa.Text(), nullable=False),
        sa.Column("signing_key", sa.LargeBinary(), nullable=False),
        sa.Column("box_key", sa.LargeBinary(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=36), nullable=False),
        sa.Column("enrolled_at", sa.String(length=24), nullable=False),
        sa.Column("next_batch_no", sa.Integer(), nullable=False),
        sa.Column("next_seq", sa.Integer(), nullable=False),
        sa.Column("last_digest", sa.String(length=64), nullable=False),
        sa.Column("hlc", sa.Integer(), nullable=False),
        sa.Column("incarnation", sa.String(length=32), nullable=False),
        sa.Column("token", sa.String(length=32), nullable=False),
        sa.Column("next_token", sa.String(length=32), nullable=False),
        sa.Column("door", sa.String(length=64), nullable=False),
        sa.Column("door_key", sa.Text(), nullable=False),
        sa.Column("roster", sa.String(length=16), nullable=False),
        sa.Column("ring_roster", sa.String(length=16), nullable=False),
        sa.Column("offices", sa.String(length=40), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=False),
        sa.Column("request_bytes", sa.Integer(), nullable=False),
        sa.Column("uplink_bps", sa.Integer(), nullable=False),
        sa.Column("unmetered", sa.Boolean(), nullable=False),
        sa.Column("blobs_seen", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.String(length=24), nullable=True),
        sa.Column("confirmed_at", sa.String(length=24), nullable=True),
        sa.Column("due_at", sa.String(length=24), nullable=True),
        sa.Column("uncompared", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_facts", sa.Text(), nullable=True),
        sa.Column("error_at", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "target",
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
        sa.Column("figure", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_target_office_id"), ["office_id"], unique=False)

    op.create_table(
        "training_class",
        sa.Column("round_id", sa.String(length=36), nullable=False),
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
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("training_class", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_class_office_id"), ["office_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_training_class_round_id"), ["round_id"], unique=False)

    op.create_table(
        "training_round",
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
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("organiser", sa.Text(), nullable=True),
        sa.Column("round_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("training_round", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_training_round_office_id"), ["office_id"], unique=False
        )

    op.create_table(
        "transfer",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("bundle", sa.String(length=36), nullable=False),
        sa.Column("from_office", sa.String(length=36), nullable=False),
        sa.Column("from_name", sa.Text(), nullable=False),
        sa.Column("to_office", sa.String(length=36), nullable=False),
        sa.Column("to_name", sa.Text(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("person_year", sa.String(length=4), nullable=True),
        sa.Column("person_commune", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moves_on", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("sent_by", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("door", sa.Text(), nullable=True),
        sa.Column("handed", sa.Text(), nullable=True),
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("transfer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_bundle"), ["bundle"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_person_id"), ["person_id"], unique=False)
        batch_op.create_index("transfer_by_state", ["state", "created_at"], unique=False)

    op.create_table(
        "unknown_row",
        sa.Column("entity", sa.String(length=24), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("found_at", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("entity", "row_id"),
    )
    with op.batch_alter_table("unknown_row", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unknown_row_owner"), ["owner"], unique=False)

    op.create_table(
        "user",
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("full_name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.String(length=10), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("last_seen_at", sa.String(length=24), nullable=True),
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
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_user_login"), ["login"], unique=False)
        batch_op.create_index(batch_op.f("ix_user_office_id"), ["office_id"], unique=False)

    op.create_table(
        "workshop",
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
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("starts_on", sa.Text(), nullable=True),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("organiser", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("workshop", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_workshop_office_id"), ["office_id"], unique=False)

    op.create_table(
        "amendment",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.String(length=24), nullable=True),
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
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("amendment", schema=None) as batch_op:
        batch_op.create_index("amendment_by_state", ["state", "person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_amendment_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_amendment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "application",
        sa.Column("person_id", sa.String(length=36), nullable=False),
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
        sa.Column("application_kind", sa.Text(), nullable=True),
        sa.Column("application_reason", sa.Text(), nullable=True),
        sa.Column("reason_note", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("receipt_number", sa.Text(), nullable=True),
        sa.Column("appointment_on", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("rep_name", sa.Text(), nullable=True),
        sa.Column("rep_relation", sa.Text(), nullable=True),
        sa.Column("rep_id_number", sa.Text(), nullable=True),
        sa.Column("rep_residence", sa.Text(), nullable=True),
        sa.Column("rep_address", sa.Text(), nullable=True),
        sa.Column("rep_phone", sa.Text(), nullable=True),
        sa.Column("papers_shown", sa.Text(), nullable=True),
        sa.Column("papers_missing", sa.Text(), nullable=True),
        sa.Column("missing_note", sa.Text(), nullable=True),
        sa.Column("missing_asked_on", sa.Text(), nullable=True),
        sa.Column("completed_on", sa.Text(), nullable=True),
        sa.Column("is_pupil", sa.Boolean(), nullable=True),
        sa.Column("school", sa.Text(), nullable=True),
        sa.Column("school_asked_on", sa.Text(), nullable=True),
        sa.Column("school_answered_on", sa.Text(), nullable=True),
        sa.Column("school_answer", sa.Text(), nullable=True),
        sa.Column("declared_signs", sa.Text(), nullable=True),
        sa.Column("declared_abilities", sa.Text(), nullable=True),
        sa.Column("file_step", sa.Text(), nullable=True),
        sa.Column("step_on", sa.Text(), nullable=True),
        sa.Column("concluded_on", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("paper_step", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.Column("end_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("application", schema=None) as batch_op:
        batch_op.create_index("application_by_receipt", ["receipt_number"], unique=False)
        batch_op.create_index("application_by_step", ["file_step", "due_on"], unique=False)
        batch_op.create_index(
            "application_counted",
            [
                "id",
                "person_id",
                "application_kind",
                "application_reason",
                "received_on",
                "ended_on",
                "file_step",
                "missing_asked_on",
                "completed_on",
                "deleted_at",
                "created_at",
            ],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_application_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_application_person_id"), ["person_id"], unique=False)

    op.create_table(
        "approval",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("person_version", sa.Integer(), nullable=False),
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
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_approval_person_id"), ["person_id"], unique=False)

    op.create_table(
        "assistive_device",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("need_id", sa.String(length=36), nullable=True),
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
        sa.Column("aid_kind", sa.Text(), nullable=True),
        sa.Column("aid_model", sa.Text(), nullable=True),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("fitted_on", sa.Text(), nullable=True),
        sa.Column("fitted_by", sa.Text(), nullable=True),
        sa.Column("donor", sa.Text(), nullable=True),
        sa.Column("aid_value", sa.Integer(), nullable=True),
        sa.Column("next_check_on", sa.Text(), nullable=True),
        sa.Column("aid_status", sa.Text(), nullable=True),
        sa.Column("aid_status_on", sa.Text(), nullable=True),
        sa.Column("aid_note", sa.Text(), nullable=True),
        sa.Column("aid_origin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("assistive_device", schema=None) as batch_op:
        batch_op.create_index("assistive_device_by_serial", ["serial"], unique=False)
        batch_op.create_index("assistive_device_due", ["next_check_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_assistive_device_office_id"), ["office_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_assistive_device_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "attachment",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("consent_id", sa.String(length=36), nullable=True),
        sa.Column("application_id", sa.String(length=36), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("mime", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("small_sha256", sa.String(length=64), nullable=True),
        sa.Column("small_size", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=True),
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
        sa.Column("attachment_kind", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("legal_basis", sa.Text(), nullable=True),
        sa.Column("taken_on", sa.Text(), nullable=True),
        sa.Column("consent_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("attachment_by_application", ["application_id"], unique=False)
        batch_op.create_index(
            "attachment_by_title",
            ["title"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_attachment_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_sha256"), ["sha256"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_attachment_small_sha256"), ["small_sha256"], unique=False
        )

    op.create_table(
        "care_case",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("contact_on", sa.String(length=10), nullable=True),
        sa.Column("contact_since", sa.String(length=10), nullable=True),
        sa.Column("visit_since", sa.String(length=10), nullable=True),
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
        sa.Column("opened_on", sa.Text(), nullable=True),
        sa.Column("open_reason", sa.Text(), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("case_status", sa.Text(), nullable=True),
        sa.Column("case_number", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Text(), nullable=True),
        sa.Column("close_reason", sa.Text(), nullable=True),
        sa.Column("close_note", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("paper_step", sa.Text(), nullable=True),
        sa.Column("reporter", sa.Text(), nullable=True),
        sa.Column("reporter_kind", sa.Text(), nullable=True),
        sa.Column("reported_how", sa.Text(), nullable=True),
        sa.Column("emergency", sa.Boolean(), nullable=True),
        sa.Column("emergency_note", sa.Text(), nullable=True),
        sa.Column("criteria", sa.Text(), nullable=True),
        sa.Column("criteria_note", sa.Text(), nullable=True),
        sa.Column("meeting_on", sa.Text(), nullable=True),
        sa.Column("attendees", sa.Text(), nullable=True),
        sa.Column("handed_to", sa.Text(), nullable=True),
        sa.Column("handover_note", sa.Text(), nullable=True),
        sa.Column("follow_until", sa.Text(), nullable=True),
        sa.Column("close_doubts", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("care_case", schema=None) as batch_op:
        batch_op.create_index("care_case_by_contact", ["contact_since"], unique=False)
        batch_op.create_index("care_case_by_status", ["case_status", "opened_on"], unique=False)
        batch_op.create_index("care_case_by_visit", ["visit_since"], unique=False)
        batch_op.create_index(
            "care_case_by_worker",
            ["worker", "case_status", "contact_on", "person_id", "deleted_at"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_care_case_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_care_case_person_id"), ["person_id"], unique=False)

    op.create_table(
        "certificate",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=True),
        sa.Column("hearing_id", sa.String(length=36), nullable=True),
        sa.Column("medical_referral_id", sa.String(length=36), nullable=True),
        sa.Column("replaces_id", sa.String(length=36), nullable=True),
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
        sa.Column("certificate_number", sa.Text(), nullable=True),
        sa.Column("serial", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Text(), nullable=True),
        sa.Column("issued_by", sa.Text(), nullable=True),
        sa.Column("signer", sa.Text(), nullable=True),
        sa.Column("signer_position", sa.Text(), nullable=True),
        sa.Column("holder_name", sa.Text(), nullable=True),
        sa.Column("holder_birth", sa.Text(), nullable=True),
        sa.Column("holder_sex", sa.Text(), nullable=True),
        sa.Column("holder_address", sa.Text(), nullable=True),
        sa.Column("types", sa.Text(), nullable=True),
        sa.Column("degree", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("basis_number", sa.Text(), nullable=True),
        sa.Column("basis_on", sa.Text(), nullable=True),
        sa.Column("certificate_state", sa.Text(), nullable=True),
        sa.Column("ended_on", sa.Text(), nullable=True),
        sa.Column("revoke_reason", sa.Text(), nullable=True),
        sa.Column("revoked_by", sa.Text(), nullable=True),
        sa.Column("revoke_decision", sa.Text(), nullable=True),
        sa.Column("revoked_on", sa.Text(), nullable=True),
        sa.Column("collected_on", sa.Text(), nullable=True),
        sa.Column("collected_note", sa.Text(), nullable=True),
        sa.Column("prints", sa.Integer(), nullable=True),
        sa.Column("print_note", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.Column("certificate_note", sa.Text(), nullable=True),
        sa.Column("aware_of", sa.Text(), nullable=True),
        sa.Column("aware_by", sa.Text(), nullable=True),
        sa.Column("aware_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(
            "certificate_by_day",
            ["issued_on", "certificate_number", "id"],
            unique=False,
            sqlite_where=sa.text("deleted_at IS NULL"),
        )
        batch_op.create_index("certificate_by_number", ["certificate_number"], unique=False)
        batch_op.create_index(
            "certificate_by_origin",
            ["origin", "issued_on", "certificate_state", "degree", "deleted_at", "person_id"],
            unique=False,
        )
        batch_op.create_index("certificate_by_serial", ["serial"], unique=False)
        batch_op.create_index(
            "certificate_by_state", ["certificate_state", "issued_on"], unique=False
        )
        batch_op.create_index(
            "certificate_counted",
            [
                "id",
                "person_id",
                "application_id",
                "certificate_state",
                "issued_on",
                "ended_on",
                "revoked_on",
                "basis",
                "origin",
                "types",
                "degree",
                "deleted_at",
                "created_at",
            ],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_certificate_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certificate_hearing_id"), ["hearing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_certificate_replaces_id"), ["replaces_id"], unique=False
        )

    op.create_table(
        "consent",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("paper_id", sa.String(length=36), nullable=True),
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
        sa.Column("consent_purpose", sa.Text(), nullable=True),
        sa.Column("consent_basis", sa.Text(), nullable=True),
        sa.Column("consent_source", sa.Text(), nullable=True),
        sa.Column("consented_on", sa.Text(), nullable=True),
        sa.Column("consenter", sa.Text(), nullable=True),
        sa.Column("consenter_name", sa.Text(), nullable=True),
        sa.Column("consenter_relation", sa.Text(), nullable=True),
        sa.Column("not_own_reason", sa.Text(), nullable=True),
        sa.Column("child_agreed", sa.Boolean(), nullable=True),
        sa.Column("consent_form", sa.Text(), nullable=True),
        sa.Column("consent_witness", sa.Text(), nullable=True),
        sa.Column("consent_recipient", sa.Text(), nullable=True),
        sa.Column("consent_until", sa.Text(), nullable=True),
        sa.Column("withdrawn_on", sa.Text(), nullable=True),
        sa.Column("withdrawal_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consent_person_id"), ["person_id"], unique=False)

    op.create_table(
        "entitlement",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("agreement_id", sa.String(length=36), nullable=True),
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
        sa.Column("firm", sa.Text(), nullable=True),
        sa.Column("benefit", sa.Text(), nullable=True),
        sa.Column("card_number", sa.Text(), nullable=True),
        sa.Column("entitled_from", sa.Text(), nullable=True),
        sa.Column("entitled_until", sa.Text(), nullable=True),
        sa.Column("entitlement_status", sa.Text(), nullable=True),
        sa.Column("entitlement_note", sa.Text(), nullable=True),
        sa.Column("entitlement_origin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("entitlement", schema=None) as batch_op:
        batch_op.create_index("entitlement_due", ["entitled_until"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_entitlement_agreement_id"), ["agreement_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_entitlement_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_entitlement_person_id"), ["person_id"], unique=False)

    op.create_table(
        "hearing",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=True),
        sa.Column("session_id", sa.String(length=36), nullable=True),
        sa.Column("related_ids", sa.Text(), nullable=True),
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
        sa.Column("heard_on", sa.Text(), nullable=True),
        sa.Column("heard_at", sa.Text(), nullable=True),
        sa.Column("heard_place", sa.Text(), nullable=True),
        sa.Column("hearing_order", sa.Integer(), nullable=True),
        sa.Column("assessment_form", sa.Text(), nullable=True),
        sa.Column("form_edition", sa.Text(), nullable=True),
        sa.Column("birth_used", sa.Text(), nullable=True),
        sa.Column("form_reason", sa.Text(), nullable=True),
        sa.Column("type_signs", sa.Text(), nullable=True),
        sa.Column("degree_signs", sa.Text(), nullable=True),
        sa.Column("scores", sa.Text(), nullable=True),
        sa.Column("observed", sa.Text(), nullable=True),
        sa.Column("opinions", sa.Text(), nullable=True),
        sa.Column("chaired_by", sa.Text(), nullable=True),
        sa.Column("minuted_by", sa.Text(), nullable=True),
        sa.Column("members_present", sa.Text(), nullable=True),
        sa.Column("related_members", sa.Text(), nullable=True),
        sa.Column("members_voting", sa.Integer(), nullable=True),
        sa.Column("votes_types", sa.Integer(), nullable=True),
        sa.Column("votes_types_other", sa.Integer(), nullable=True),
        sa.Column("votes_degree", sa.Integer(), nullable=True),
        sa.Column("votes_degree_other", sa.Integer(), nullable=True),
        sa.Column("votes_not_disabled", sa.Integer(), nullable=True),
        sa.Column("votes_no_conclusion", sa.Integer(), nullable=True),
        sa.Column("chair_decided", sa.Boolean(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("types", sa.Text(), nullable=True),
        sa.Column("degree", sa.Text(), nullable=True),
        sa.Column("departs_reason", sa.Text(), nullable=True),
        sa.Column("adjourn_reason", sa.Text(), nullable=True),
        sa.Column("minutes_number", sa.Text(), nullable=True),
        sa.Column("minutes_on", sa.Text(), nullable=True),
        sa.Column("hearing_state", sa.Text(), nullable=True),
        sa.Column("notice_shows", sa.Text(), nullable=True),
        sa.Column("hearing_origin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("hearing", schema=None) as batch_op:
        batch_op.create_index("hearing_by_minutes", ["minutes_number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hearing_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hearing_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearing_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_hearing_session_id"), ["session_id"], unique=False)

    op.create_table(
        "national_line",
        sa.Column("file_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("base_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=40), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("written", sa.Text(), nullable=False),
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
        sa.Column("national_move", sa.Text(), nullable=True),
        sa.Column("national_answer", sa.Text(), nullable=True),
        sa.Column("given_code", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.Column("answer_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("national_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_national_line_file_id"), ["file_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_national_line_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_national_line_person_id"), ["person_id"], unique=False)

    op.create_table(
        "need",
        sa.Column("person_id", sa.String(length=36), nullable=False),
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
        sa.Column("need_group", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("declared_on", sa.Text(), nullable=True),
        sa.Column("declared_by", sa.Text(), nullable=True),
        sa.Column("need_status", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Text(), nullable=True),
        sa.Column("need_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            "need_to_review",
            ["review_on"],
            unique=False,
            sqlite_where=sa.text("review_on IS NOT NULL"),
        )

    op.create_table(
        "referral",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("need_id", sa.String(length=36), nullable=True),
        sa.Column("provider_id", sa.String(length=36), nullable=True),
        sa.Column("answer_file_id", sa.String(length=36), nullable=True),
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
        sa.Column("referred_to", sa.Text(), nullable=True),
        sa.Column("service_asked", sa.Text(), nullable=True),
        sa.Column("referral_reason", sa.Text(), nullable=True),
        sa.Column("referral_secret", sa.Text(), nullable=True),
        sa.Column("referral_status", sa.Text(), nullable=True),
        sa.Column("sent_on", sa.Text(), nullable=True),
        sa.Column("letter_number", sa.Text(), nullable=True),
        sa.Column("answer_due_on", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.Column("answer_note", sa.Text(), nullable=True),
        sa.Column("served_on", sa.Text(), nullable=True),
        sa.Column("referral_origin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("referral", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_referral_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_referral_provider_id"), ["provider_id"], unique=False)
        batch_op.create_index("referral_by_due", ["referral_status", "answer_due_on"], unique=False)

    op.create_table(
        "screening",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("hearing_id", sa.String(length=36), nullable=True),
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
        sa.Column("instrument", sa.Text(), nullable=True),
        sa.Column("instrument_edition", sa.Text(), nullable=True),
        sa.Column("answers", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("screening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_screening_hearing_id"), ["hearing_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_screening_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_screening_person_id"), ["person_id"], unique=False)

    op.create_table(
        "sharing",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("consent_id", sa.String(length=36), nullable=True),
        sa.Column("approval_id", sa.String(length=36), nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=True),
        sa.Column("decided_at", sa.String(length=24), nullable=True),
        sa.Column("shared_by", sa.String(length=200), nullable=True),
        sa.Column("shared_at", sa.String(length=24), nullable=True),
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
        sa.Column("sharing_purpose", sa.Text(), nullable=True),
        sa.Column("recipient", sa.Text(), nullable=True),
        sa.Column("sharing_reason", sa.Text(), nullable=True),
        sa.Column("shared_what", sa.Text(), nullable=True),
        sa.Column("sharing_state", sa.Text(), nullable=True),
        sa.Column("sharing_answer", sa.Text(), nullable=True),
        sa.Column("told_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("sharing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sharing_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sharing_person_id"), ["person_id"], unique=False)
        batch_op.create_index("sharing_by_state", ["sharing_state", "id"], unique=False)

    op.create_table(
        "support",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("need_id", sa.String(length=36), nullable=True),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("gift_round_id", sa.String(length=36), nullable=True),
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
        sa.Column("support_kind", sa.Text(), nullable=True),
        sa.Column("support_what", sa.Text(), nullable=True),
        sa.Column("support_on", sa.Text(), nullable=True),
        sa.Column("donor", sa.Text(), nullable=True),
        sa.Column("support_quantity", sa.Integer(), nullable=True),
        sa.Column("support_unit", sa.Text(), nullable=True),
        sa.Column("support_value", sa.Integer(), nullable=True),
        sa.Column("support_status", sa.Text(), nullable=True),
        sa.Column("received_by", sa.Text(), nullable=True),
        sa.Column("support_note", sa.Text(), nullable=True),
        sa.Column("support_origin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_support_gift_round_id"), ["gift_round_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_support_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_person_id"), ["person_id"], unique=False)

    op.create_table(
        "victim",
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("accident_id", sa.String(length=36), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
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
        sa.Column("activity", sa.Text(), nullable=True),
        sa.Column("age_then", sa.Integer(), nullable=True),
        sa.Column("injuries", sa.Text(), nullable=True),
        sa.Column("losses", sa.Text(), nullable=True),
        sa.Column("consequence", sa.Text(), nullable=True),
        sa.Column("victim_note", sa.Text(), nullable=True),
        sa.Column("victim_name", sa.Text(), nullable=True),
        sa.Column("victim_sex", sa.Text(), nullable=True),
        sa.Column("victim_birth", sa.Text(), nullable=True),
        sa.Column("victim_home", sa.Text(), nullable=True),
        sa.Column("victim_informant", sa.Text(), nullable=True),
        sa.Column("occupation_then", sa.Text(), nullable=True),
        sa.Column("frequency", sa.Text(), nullable=True),
        sa.Column("knew_danger", sa.Text(), nullable=True),
        sa.Column("saw_danger", sa.Text(), nullable=True),
        sa.Column("taught_before", sa.Text(), nullable=True),
        sa.Column("first_aid", sa.Text(), nullable=True),
        sa.Column("facility", sa.Text(), nullable=True),
        sa.Column("transport", sa.Text(), nullable=True),
        sa.Column("transport_minutes", sa.Integer(), nullable=True),
        sa.Column("death_place", sa.Text(), nullable=True),
        sa.Column("later_consequence", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["accident_id"], ["accident.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("victim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_victim_accident_id"), ["accident_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_victim_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_victim_person_id"), ["person_id"], unique=False)

    op.create_table(
        "case_assessment",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
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
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("situation", sa.Text(), nullable=True),
        sa.Column("need", sa.Text(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=True),
        sa.Column("assessed_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["care_case.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_assessment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_assessment_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_case_assessment_office_id"), ["office_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_case_assessment_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "case_note",
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("activity_id", sa.String(length=36), nullable=True),
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
        sa.Column("noted_on", sa.Text(), nullable=True),
        sa.Column("note_kind", sa.Text(), nullable=True),
        sa.Column("note_text", sa.Text(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=True),
        sa.Column("confidential_text", sa.Text(), nullable=True),
        sa.Column("help_kinds", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["care_case.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_note", schema=None) as batch_op:
        batch_op.create_index(
            "case_note_contact", ["case_id", "note_kind", "noted_on", "deleted_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_case_note_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_note_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_note_person_id"), ["person_id"], unique=False)

    op.create_table(
        "case_plan",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
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
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("plan_status", sa.Text(), nullable=True),
        sa.Column("goals", sa.Text(), nullable=True),
        sa.Column("risks", sa.Text(), nullable=True),
        sa.Column("review_on", sa.Text(), nullable=True),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.Column("approved_on", sa.Text(), nullable=True),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["care_case.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_plan", schema=None) as batch_op:
        batch_op.create_index("case_plan_review", ["review_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_plan_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_plan_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_plan_person_id"), ["person_id"], unique=False)

    op.create_table(
        "complaint",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=False),
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
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("complainant", sa.Text(), nullable=True),
        sa.Column("complainant_relation", sa.Text(), nullable=True),
        sa.Column("about", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("answered_on", sa.Text(), nullable=True),
        sa.Column("answer_number", sa.Text(), nullable=True),
        sa.Column("complaint_outcome", sa.Text(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index("complaint_by_due", ["due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_complaint_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_complaint_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_person_id"), ["person_id"], unique=False)

    op.create_table(
        "flag",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=True),
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
        sa.Column("flag_kind", sa.Text(), nullable=True),
        sa.Column("flag_reason", sa.Text(), nullable=True),
        sa.Column("until_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["care_case.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("flag", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flag_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_flag_person_id"), ["person_id"], unique=False)

    op.create_table(
        "medical_referral",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("application_id", sa.String(length=36), nullable=True),
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
        sa.Column("medical_board_reason", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("sent_on", sa.Text(), nullable=True),
        sa.Column("findings", sa.Text(), nullable=True),
        sa.Column("disagreement", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("papers_sent", sa.Text(), nullable=True),
        sa.Column("board", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("minutes_number", sa.Text(), nullable=True),
        sa.Column("minutes_on", sa.Text(), nullable=True),
        sa.Column("received_on", sa.Text(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=True),
        sa.Column("types", sa.Text(), nullable=True),
        sa.Column("degree", sa.Text(), nullable=True),
        sa.Column("loss_percent", sa.Integer(), nullable=True),
        sa.Column("old_self_care", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["application.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("medical_referral", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_medical_referral_application_id"), ["application_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_medical_referral_office_id"), ["office_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_medical_referral_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index("medical_referral_by_due", ["due_on"], unique=False)
        batch_op.create_index("medical_referral_by_end", ["valid_until"], unique=False)

    op.create_table(
        "need_step",
        sa.Column("need_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
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
        sa.Column("step_status", sa.Text(), nullable=True),
        sa.Column("step_on", sa.Text(), nullable=True),
        sa.Column("step_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["need.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("need_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_step_need_id"), ["need_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_step_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_need_step_person_id"), ["person_id"], unique=False)

    op.create_table(
        "repair",
        sa.Column("assistive_device_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
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
        sa.Column("repaired_on", sa.Text(), nullable=True),
        sa.Column("repair_what", sa.Text(), nullable=True),
        sa.Column("repaired_by", sa.Text(), nullable=True),
        sa.Column("repair_cost", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assistive_device_id"], ["assistive_device.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("repair", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_repair_assistive_device_id"), ["assistive_device_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_repair_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_repair_person_id"), ["person_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("case_id", sa.String(length=36), nullable=True),
        sa.Column("rule", sa.String(length=24), nullable=True),
        sa.Column("ref_id", sa.String(length=36), nullable=True),
        sa.Column("ref_on", sa.String(length=10), nullable=True),
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
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("task_status", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("task_note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["care_case.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_task_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_task_person_id"), ["person_id"], unique=False)
        batch_op.create_index("task_by_day", ["task_status", "due_on"], unique=False)
        batch_op.create_index("task_by_event", ["ref_id", "rule", "ref_on"], unique=False)

    op.create_table(
        "case_review",
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=True),
        sa.Column("person_id", sa.String(length=36), nullable=False),
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
        sa.Column("reviewed_on", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("needs_met", sa.Text(), nullable=True),
        sa.Column("independence", sa.Text(), nullable=True),
        sa.Column("fit", sa.Text(), nullable=True),
        sa.Column("linkage", sa.Text(), nullable=True),
        sa.Column("other_finding", sa.Text(), nullable=True),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("next_review_on", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["care_case.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["case_plan.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_review", schema=None) as batch_op:
        batch_op.create_index("case_review_next", ["next_review_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_review_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_review_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_review_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_review_plan_id"), ["plan_id"], unique=False)

    op.create_table(
        "plan_activity",
        sa.Column("plan_id", sa.String(length=36), nullable=True),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
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
        sa.Column("activity", sa.Text(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=True),
        sa.Column("start_on", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Text(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=True),
        sa.Column("provider", sa.Text(), nullable=True),
        sa.Column("resource", sa.Text(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("activity_status", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Text(), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["care_case.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["case_plan.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("plan_activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plan_activity_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_activity_office_id"), ["office_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_activity_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_plan_activity_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index("plan_activity_due", ["due_on"], unique=False)
    for statement in EXTRA:
        op.execute(statement)
