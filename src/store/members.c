/* SPDX-License-Identifier: Apache-2.0
 *
 * Organisations, and who may do what for them.
 */
#include "store/people_inside.h"

/* ---- Organisations ---- */

static bool read_organisation(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_organisation *o = out;
    o->number = cn_rows_int(rows, 0);
    o->fictional = cn_rows_int(rows, 6) != 0;
    o->roles = (unsigned)cn_rows_int(rows, 7);
    o->quality_body = cn_rows_int(rows, 8) != 0;
    return cn_rows_bytes(a, rows, 1, &o->id, err) && cn_rows_bytes(a, rows, 2, &o->name_en, err) &&
           cn_rows_bytes(a, rows, 3, &o->name_fr, err) && cn_rows_bytes(a, rows, 4, &o->url, err) &&
           cn_rows_bytes(a, rows, 5, &o->domain, err);
}

bool cn_store_organisation_put(cn_arena *a, cn_store *s, const cn_stored_organisation *o, cn_time now,
                               int64_t *number, cn_err *err) {
    cn_value row[] = {CN_TEXT_VALUE(o->id),  CN_TEXT_VALUE(o->name_en), CN_TEXT_VALUE(o->name_fr),
                      CN_TEXT_VALUE(o->url), CN_TEXT_VALUE(o->domain),  CN_INT_VALUE(o->fictional),
                      CN_INT_VALUE(now.sec)};
    return cn_store_one(a, s, &cn_sql_organisation_put, row, cn_row_int, number, err);
}

typedef struct renaming {
    const cn_stored_organisation *o;
    const cn_audit *why;
    cn_time now;
} renaming;

static bool rename_it(cn_db *db, void *self, cn_err *err) {
    const renaming *r = self;
    cn_value row[] = {CN_INT_VALUE(r->o->number), CN_TEXT_VALUE(r->o->name_en), CN_TEXT_VALUE(r->o->name_fr),
                      CN_TEXT_VALUE(r->o->url)};
    return cn_db_run(db, &cn_sql_organisation_set, row, NULL, err) && cn_audit_insert(db, r->why, r->now, err);
}

bool cn_store_organisation_set(cn_store *s, const cn_stored_organisation *o, cn_time now, const cn_audit *why,
                               cn_err *err) {
    renaming r = {o, why, now};
    return cn_store_change(s, rename_it, &r, err);
}

typedef struct profiling {
    int64_t organisation;
    cn_slice profile;
    const cn_audit *why;
    cn_time now;
} profiling;

static bool set_profile(cn_db *db, void *self, cn_err *err) {
    const profiling *p = self;
    cn_value row[] = {CN_INT_VALUE(p->organisation), CN_TEXT_VALUE(p->profile)};
    return cn_db_run(db, &cn_sql_profile_set, row, NULL, err) && cn_audit_insert(db, p->why, p->now, err);
}

bool cn_store_profile_set(cn_store *s, int64_t organisation, cn_slice profile, cn_time now, const cn_audit *why,
                          cn_err *err) {
    profiling p = {organisation, profile, why, now};
    return cn_store_change(s, set_profile, &p, err);
}

static bool read_profile(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    return cn_rows_bytes(a, rows, 0, out, err);
}

bool cn_store_profile(cn_arena *a, cn_store *s, int64_t organisation, cn_slice *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation)};
    return cn_store_one(a, s, &cn_sql_profile_get, values, read_profile, out, err);
}

typedef struct removing {
    int64_t number;
    const cn_audit *why;
    cn_time now;
} removing;

static bool remove_it(cn_db *db, void *self, cn_err *err) {
    static const cn_sql *const steps[] = {&cn_sql_organisation_members_delete, &cn_sql_organisation_tickets_delete,
                                          &cn_sql_organisation_audit_free, &cn_sql_quality_body_remove,
                                          &cn_sql_organisation_delete};
    const removing *r = self;
    int64_t used = 0;
    cn_value values[] = {CN_INT_VALUE(r->number)};
    if (!cn_db_one(NULL, db, &cn_sql_organisation_used, values, cn_row_int, &used, err)) return false;
    if (used)
        return cn_fail(err, CN_CONFLICT, "organisation.used",
                       "the organisation has achievements, awards, files, keys or scopes, so it stays.");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (!cn_db_run(db, steps[i], values, NULL, err)) return false;
    return cn_audit_insert(db, r->why, r->now, err);
}

bool cn_store_organisation_remove(cn_store *s, int64_t number, cn_time now, const cn_audit *why, cn_err *err) {
    removing r = {number, why, now};
    return cn_store_change(s, remove_it, &r, err);
}

bool cn_store_organisation(cn_arena *a, cn_store *s, int64_t number, cn_stored_organisation *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number)};
    return cn_store_one(a, s, &cn_sql_organisation_get, values, read_organisation, out, err);
}

bool cn_store_organisation_by_id(cn_arena *a, cn_store *s, cn_slice id, cn_stored_organisation *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_organisation_by_id, values, read_organisation, out, err);
}

static bool list(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values, cn_stored_organisation **out,
                 size_t *n, cn_err *err) {
    void *v = NULL;
    if (!cn_store_all(a, s, sql, values, read_organisation, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_organisations_of(cn_arena *a, cn_store *s, int64_t person, cn_stored_organisation **out, size_t *n,
                               cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(person)};
    return list(a, s, &cn_sql_organisation_of, values, out, n, err);
}

bool cn_store_organisations(cn_arena *a, cn_store *s, cn_stored_organisation **out, size_t *n, cn_err *err) {
    return list(a, s, &cn_sql_organisation_all, NULL, out, n, err);
}

static bool read_counts(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    (void)a, (void)err;
    *(cn_organisation_counts *)out = (cn_organisation_counts){
        cn_rows_int(rows, 0), cn_rows_int(rows, 1), cn_rows_int(rows, 2), cn_rows_int(rows, 3),
        cn_rows_int(rows, 4), cn_rows_int(rows, 5), cn_rows_int(rows, 6), cn_rows_int(rows, 7)};
    return true;
}

bool cn_store_organisation_counts(cn_arena *a, cn_store *s, int64_t organisation, cn_organisation_counts *out,
                                  cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation)};
    return cn_store_one(a, s, &cn_sql_organisation_counts, values, read_counts, out, err);
}

/* ---- Members ---- */

static bool read_member(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_member *m = out;
    m->roles = (unsigned)cn_rows_int(rows, CN_PERSON_COLUMNS);
    m->since_at = (cn_time){cn_rows_int(rows, CN_PERSON_COLUMNS + 1), 0};
    m->passkey = cn_rows_int(rows, CN_PERSON_COLUMNS + 2) != 0;
    return cn_row_person(a, rows, &m->person, err);
}

bool cn_store_members(cn_arena *a, cn_store *s, int64_t organisation, cn_member **out, size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation)};
    void *v = NULL;
    if (!cn_store_all(a, s, &cn_sql_member_of, values, read_member, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_roles(cn_arena *a, cn_store *s, int64_t organisation, int64_t person, unsigned *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation), CN_INT_VALUE(person)};
    int64_t roles = 0;
    if (!cn_store_one(a, s, &cn_sql_member_roles, values, cn_row_int, &roles, err) && err->code != CN_NOT_FOUND)
        return false;
    *out = (unsigned)roles;
    return true;
}

typedef struct setting {
    cn_arena *a;
    int64_t organisation, person;
    unsigned roles;
    cn_time now;
    const cn_audit *why;
} setting;

static bool keeps_administrator(cn_db *db, const setting *m, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(m->organisation), CN_INT_VALUE(m->person)};
    int64_t had = 0, others = 0;
    if (m->roles & CN_ROLE_ADMINISTRATOR) return true;
    if (!cn_db_one(m->a, db, &cn_sql_member_roles, values, cn_row_int, &had, err))
        return err->code == CN_NOT_FOUND;
    if (!(had & CN_ROLE_ADMINISTRATOR)) return true;
    if (!cn_db_one(m->a, db, &cn_sql_member_administrators, values, cn_row_int, &others, err)) return false;
    return others || cn_fail(err, CN_CONFLICT, "member.last", "An organisation keeps an administrator.");
}

static bool set_roles(cn_db *db, void *self, cn_err *err) {
    const setting *m = self;
    cn_value row[] = {CN_INT_VALUE(m->organisation), CN_INT_VALUE(m->person), CN_INT_VALUE(m->roles),
                      CN_INT_VALUE(m->now.sec)};
    if (!keeps_administrator(db, m, err)) return false;
    bool good = m->roles ? cn_db_run(db, &cn_sql_member_put, row, NULL, err)
                         : cn_db_run(db, &cn_sql_member_remove, row, NULL, err) &&
                               cn_db_run(db, &cn_sql_person_sessions_delete, row + 1, NULL, err);
    return good && cn_audit_insert(db, m->why, m->now, err);
}

bool cn_store_member_set(cn_arena *a, cn_store *s, int64_t organisation, int64_t person, unsigned roles,
                         cn_time now, const cn_audit *why, cn_err *err) {
    setting m = {a, organisation, person, roles & CN_ROLES_ALL, now, why};
    return cn_store_change(s, set_roles, &m, err);
}
