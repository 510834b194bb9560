/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements and their versions. A change names the draft it was made from: where that is another by now,
 * nothing is changed. That a version stays as it is, is the database's own rule (migration 0003).
 */
#include "store/achievements.h"
#include "store/people_inside.h"

/* ---- Rows ---- */

static bool read_achievement(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_achievement *v = out;
    v->number = cn_rows_int(rows, 0);
    v->organisation = cn_rows_int(rows, 2);
    v->image = cn_rows_int(rows, 4);
    v->version = (int)cn_rows_int(rows, 5);
    v->changed = cn_rows_int(rows, 6);
    v->created_at.sec = cn_rows_int(rows, 7);
    v->updated_at.sec = cn_rows_int(rows, 8);
    v->published_at.sec = cn_rows_int(rows, 9);
    return cn_rows_bytes(a, rows, 1, &v->id, err) && cn_rows_bytes(a, rows, 3, &v->draft, err);
}

static bool read_version(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_stored_version *v = out;
    v->number = cn_rows_int(rows, 0);
    v->achievement = cn_rows_int(rows, 1);
    v->organisation = cn_rows_int(rows, 3);
    v->version = (int)cn_rows_int(rows, 4);
    v->latest = (int)cn_rows_int(rows, 5);
    v->drawn = cn_rows_int(rows, 7);
    v->published_at.sec = cn_rows_int(rows, 8);
    return cn_rows_bytes(a, rows, 2, &v->achievement_id, err) && cn_rows_bytes(a, rows, 6, &v->document, err);
}

static bool read_bytes(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    return cn_rows_bytes(a, rows, 0, out, err);
}

static bool read_images(cn_arena *a, const cn_rows *rows, void *out, cn_err *err) {
    cn_slice *both = out;
    return cn_rows_bytes(a, rows, 0, &both[0], err) && cn_rows_bytes(a, rows, 1, &both[1], err);
}

/* ---- Changes, each with its audit ---- */

typedef struct change {
    const cn_sql *sql;
    const cn_value *values;
    const cn_audit *why;
    cn_slice id; /* of the achievement: the audit's subject */
    cn_time now;
    int64_t answer;               /* rows changed, or the number the statement answers with */
    const cn_stored_reuse *reuse; /* NULL: nothing was taken */
} change;

static bool note_reuse(cn_db *db, const change *c, cn_err *err) {
    const cn_stored_reuse *r = c->reuse;
    if (!r) return true;
    cn_value values[] = {CN_TEXT_VALUE(c->id), CN_TEXT_VALUE(r->source), CN_INT_VALUE(r->version),
                         CN_TEXT_VALUE(r->part), CN_INT_VALUE(c->now.sec)};
    return cn_db_run(db, &cn_sql_reuse_put, values, NULL, err);
}

static bool note(cn_db *db, const change *c, cn_err *err) {
    if (!c->why) return true;
    cn_audit why = *c->why;
    why.subject = c->id;
    return cn_audit_insert(db, &why, c->now, err);
}

static bool run(cn_db *db, void *self, cn_err *err) {
    change *c = self;
    return cn_db_run(db, c->sql, c->values, &c->answer, err) &&
           (c->answer || cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such row (%s).", c->sql->name)) &&
           note_reuse(db, c, err) && note(db, c, err);
}

static bool run_for_number(cn_db *db, void *self, cn_err *err) {
    change *c = self;
    return cn_db_one(NULL, db, c->sql, c->values, cn_row_int, &c->answer, err) && note(db, c, err);
}

/* The statement found nothing to change: because there is no such achievement, or because its draft is another. */
static bool explain(cn_store *s, int64_t organisation, cn_slice id, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_stored_achievement is;
    if (err->code != CN_NOT_FOUND || !cn_store_achievement(a, s, organisation, id, &is, err)) return false;
    return cn_fail(err, CN_CONFLICT, "achievement.changed", "somebody else has changed the draft meanwhile.");
}

/* ---- Drafts ---- */

bool cn_store_achievement_put(cn_store *s, const cn_stored_achievement *what, cn_time now, const cn_audit *why,
                              cn_err *err) {
    return cn_store_achievement_reuse(s, what, NULL, now, why, err);
}

bool cn_store_achievement_reuse(cn_store *s, const cn_stored_achievement *what, const cn_stored_reuse *reuse,
                                cn_time now, const cn_audit *why, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(what->id), CN_INT_VALUE(what->organisation), CN_TEXT_VALUE(what->draft),
                         CN_INT_VALUE(now.sec)};
    change c = {
        .sql = &cn_sql_achievement_put, .values = values, .why = why, .id = what->id, .now = now, .reuse = reuse};
    return cn_store_change(s, run, &c, err);
}

bool cn_store_achievement(cn_arena *a, cn_store *s, int64_t organisation, cn_slice id, cn_stored_achievement *out,
                          cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation), CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_achievement_get, values, read_achievement, out, err);
}

bool cn_store_achievements_of(cn_arena *a, cn_store *s, int64_t organisation, cn_stored_achievement **out,
                              size_t *n, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation)};
    void *v;
    if (!cn_store_all(a, s, &cn_sql_achievements_of, values, read_achievement, sizeof **out, &v, n, err))
        return false;
    *out = v;
    return true;
}

bool cn_store_achievement_image(cn_arena *a, cn_store *s, int64_t organisation, cn_slice id, cn_slice *png,
                                cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(organisation), CN_TEXT_VALUE(id)};
    return cn_store_one(a, s, &cn_sql_achievement_image, values, read_bytes, png, err);
}

bool cn_store_achievement_set(cn_store *s, const cn_draft_change *what, cn_time now, const cn_audit *why,
                              cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(what->organisation),
                         CN_TEXT_VALUE(what->id),
                         CN_TEXT_VALUE(what->seen),
                         CN_TEXT_VALUE(what->draft),
                         CN_INT_VALUE(what->image),
                         CN_BYTES_VALUE(what->png),
                         CN_INT_VALUE(now.sec)};
    change c = {.sql = &cn_sql_achievement_set,
                .values = values,
                .why = why,
                .id = what->id,
                .now = now,
                .reuse = what->reuse};
    return cn_store_change(s, run, &c, err) || explain(s, what->organisation, what->id, err);
}

bool cn_store_achievement_restore(cn_store *s, const cn_draft_change *what, int version, cn_time now,
                                  const cn_audit *why, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(what->organisation), CN_TEXT_VALUE(what->id), CN_INT_VALUE(version),
                         CN_TEXT_VALUE(what->seen),        CN_INT_VALUE(now.sec),   CN_TEXT_VALUE(what->draft)};
    change c = {.sql = &cn_sql_achievement_restore, .values = values, .why = why, .id = what->id, .now = now};
    return cn_store_change(s, run, &c, err) || explain(s, what->organisation, what->id, err);
}

/* ---- Versions ---- */

bool cn_store_version_put(cn_store *s, const cn_publication *what, cn_time now, const cn_audit *why, int *version,
                          cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(what->organisation), CN_TEXT_VALUE(what->id),
                         CN_TEXT_VALUE(what->draft),       CN_BYTES_VALUE(what->png_en),
                         CN_TEXT_VALUE(what->svg_en),      CN_BYTES_VALUE(what->png_fr),
                         CN_TEXT_VALUE(what->svg_fr),      CN_INT_VALUE(now.sec)};
    change c = {.sql = &cn_sql_version_put, .values = values, .why = why, .id = what->id, .now = now};
    if (!cn_store_change(s, run_for_number, &c, err)) return explain(s, what->organisation, what->id, err);
    *version = (int)c.answer;
    return true;
}

bool cn_store_version(cn_arena *a, cn_store *s, int64_t number, cn_stored_version *out, cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number)};
    return cn_store_one(a, s, &cn_sql_version_get, values, read_version, out, err);
}

bool cn_store_version_of(cn_arena *a, cn_store *s, cn_slice id, int version, cn_stored_version *out, cn_err *err) {
    cn_value values[] = {CN_TEXT_VALUE(id), CN_INT_VALUE(version)};
    return cn_store_one(a, s, &cn_sql_version_of, values, read_version, out, err);
}

static bool versions(cn_arena *a, cn_store *s, const cn_sql *sql, const cn_value *values, cn_stored_version **out,
                     size_t *n, cn_err *err) {
    void *v;
    if (!cn_store_all(a, s, sql, values, read_version, sizeof **out, &v, n, err)) return false;
    *out = v;
    return true;
}

bool cn_store_versions_of(cn_arena *a, cn_store *s, int64_t organisation, cn_stored_version **out, size_t *n,
                          cn_err *err) {
    return versions(a, s, &cn_sql_versions_of, (cn_value[]){CN_INT_VALUE(organisation)}, out, n, err);
}

bool cn_store_versions_all(cn_arena *a, cn_store *s, cn_slice id, cn_stored_version **out, size_t *n,
                           cn_err *err) {
    return versions(a, s, &cn_sql_versions_all, (cn_value[]){CN_TEXT_VALUE(id)}, out, n, err);
}

bool cn_store_reused(cn_arena *a, cn_store *s, cn_slice id, cn_stored_version **out, size_t *n, cn_err *err) {
    return versions(a, s, &cn_sql_reuse_of, (cn_value[]){CN_TEXT_VALUE(id)}, out, n, err);
}

bool cn_store_version_image(cn_arena *a, cn_store *s, int64_t number, bool french, cn_slice *png, cn_slice *svg,
                            cn_err *err) {
    cn_value values[] = {CN_INT_VALUE(number), CN_INT_VALUE(french)};
    cn_slice both[2];
    if (!cn_store_one(a, s, &cn_sql_version_image, values, read_images, both, err)) return false;
    *png = both[0];
    *svg = both[1];
    return true;
}
