/* SPDX-License-Identifier: Apache-2.0
 *
 * The preview of an upload: its rows are looked at, mended, dropped, and confirmed.
 *
 * What a row is hangs on itself, on the decision of the whole file, on rows of the same learner before it, and on
 * awards there are. It is kept with the row, so that a page of a large file costs what it shows. A change of one
 * row looks at those of its learner again; a change of the whole, the confirmation, and time that has passed look
 * at all, some at a time, so that others write in between; one that is stopped goes on where it was.
 */
#include "app/approval.h"
#include "app/uploads.h"

enum {
    LOOK_AT_ONCE = 1000, /* rows in memory, and in a transaction */
    LOOK_LASTS = 600     /* seconds: awards of other files change what a row is */
};

/* ---- Rows of one learner, or all ---- */

/* What is not as it was is kept. */
static bool judge(cn_arena *a, cn_store *s, cn_time now, const cn_upload *u, const cn_decision *d,
                  const cn_upload_row *rows, size_t n, cn_err *err) {
    for (size_t i = 0; i < n; i++) {
        cn_upload_row row = rows[i];
        cn_row_judge(a, now, &row, d);
        bool same = row.kind == rows[i].kind && row.marks == rows[i].marks;
        if (!same && !cn_store_upload_judge(s, u, &row, err)) return false;
    }
    return true;
}

typedef struct look {
    cn_arena *scratch;
    cn_arena_mark mark;
    cn_time now;
    int64_t number;
    bool anew;
} look;

static bool look_on(look *l, cn_store *s, const cn_upload *u, bool *more, cn_err *err) {
    cn_upload_row *rows;
    cn_decision d;
    size_t n;
    if (!cn_app_upload_decision(l->scratch, u, &d, err)) return false;
    cn_row_query q = {.upload = u, .date = d.date, .after = u->looked, .max = LOOK_AT_ONCE};
    if (!cn_store_upload_rows(l->scratch, s, &q, &rows, &n, err) ||
        !judge(l->scratch, s, l->now, u, &d, rows, n, err))
        return false;
    *more = n == LOOK_AT_ONCE;
    return cn_store_upload_looked(s, u, *more ? rows[n - 1].line : CN_LOOKED_ALL, u->looked_at, err);
}

static bool look_part(cn_store *within, void *self, bool *more, cn_err *err) {
    look *l = self;
    cn_upload u;
    cn_arena_reset(l->scratch, l->mark);
    if (!cn_store_upload_brief(l->scratch, within, l->number, &u, err)) return false;
    if (u.state != CN_UPLOAD_PREVIEW) return true;
    if (l->anew) u.looked = 0;
    l->anew = false;
    if (!u.looked) u.looked_at = l->now;
    return u.looked == CN_LOOKED_ALL || look_on(l, within, &u, more, err);
}

static bool look_through(const cn_app *app, cn_time now, const cn_upload *u, bool anew, cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(0);
    bool old = now.sec - u->looked_at.sec > LOOK_LASTS;
    bool all = u->looked == CN_LOOKED_ALL;
    look l = {scratch, cn_arena_get_mark(scratch), now, u->number, anew || (all && old)};
    return (all && !l.anew) || cn_store_in_parts(app->store, look_part, &l, err);
}

/* ---- The preview ---- */

static bool list(cn_arena *a, const cn_app *app, const cn_row_query *from, cn_row_kind kind,
                 const cn_preview_ask *ask, cn_preview_list *out, cn_err *err) {
    cn_row_query q = *from;
    if (!ask->max[kind]) return true;
    q.after = ask->after[kind];
    q.max = ask->max[kind] + 1;
    if (!cn_store_upload_rows_kind(a, app->store, &q, kind, &out->rows, &out->n, err)) return false;
    out->more = out->n > ask->max[kind];
    out->n -= out->more;
    return true;
}

bool cn_app_upload_preview(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u,
                           const cn_preview_ask *ask, cn_preview *out, cn_err *err) {
    cn_preview p = {0};
    cn_row_counts counts;
    cn_decision d;
    if (!look_through(app, now, u, false, err) || !cn_store_upload_counts(app->store, u, &counts, err) ||
        !cn_app_upload_decision(a, u, &d, err))
        return false;
    const cn_row_query q = {.upload = u, .date = d.date};
    for (cn_row_kind k = 0; k < CN_ROW_KINDS; k++) {
        p.counts[k] = counts.kinds[k];
        if (!list(a, app, &q, k, ask, &p.lists[k], err)) return false;
    }
    p.unassessed = counts.unassessed;
    p.formulas = counts.formulas;
    p.formula = counts.formula;
    *out = p;
    return true;
}

bool cn_app_upload_row(cn_arena *a, const cn_app *app, const cn_upload *u, int64_t line, cn_upload_row *out,
                       cn_err *err) {
    cn_decision d;
    cn_upload_row *row;
    size_t n;
    if (line < 1) return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such row.");
    if (!cn_app_upload_decision(a, u, &d, err)) return false;
    cn_row_query q = {.upload = u, .date = d.date, .after = line - 1, .max = 1};
    if (!cn_store_upload_rows(a, app->store, &q, &row, &n, err)) return false;
    if (!n || row->line != line) return cn_fail(err, CN_NOT_FOUND, "store.none", "there is no such row.");
    *out = *row;
    return true;
}

/* ---- Changing a row ---- */

typedef struct change {
    cn_arena *a;
    const cn_app *app;
    cn_time now;
    int64_t upload, line;
    const cn_upload_row *row; /* as it shall be; NULL: it is dropped, or taken back */
    bool dropped;
} change;

static bool fail_state(cn_err *err) {
    return cn_fail(err, CN_CONFLICT, "upload.state", "the upload has been confirmed or dropped already.");
}

/* A file in which all have one key is looked at later, as a whole. */
static bool judge_learner(const change *c, cn_store *s, const cn_upload *u, cn_slice learner_key, cn_err *err) {
    cn_upload_row *rows;
    cn_decision d;
    size_t n;
    if (!cn_app_upload_decision(c->a, u, &d, err)) return false;
    cn_row_query q = {.upload = u, .date = d.date, .max = LOOK_AT_ONCE};
    if (!cn_store_upload_rows_key(c->a, s, &q, learner_key, &rows, &n, err)) return false;
    if (n == LOOK_AT_ONCE) return cn_store_upload_looked(s, u, 0, c->now, err);
    return judge(c->a, s, c->now, u, &d, rows, n, err);
}

static bool change_row(cn_store *within, void *self, cn_err *err) {
    const change *c = self;
    cn_app app = *c->app;
    cn_upload u;
    cn_upload_row was;
    app.store = within;
    if (!cn_store_upload_brief(c->a, within, c->upload, &u, err)) return false;
    if (u.state != CN_UPLOAD_PREVIEW) return fail_state(err);
    if (!cn_app_upload_row(c->a, &app, &u, c->line, &was, err)) return false;
    bool good = c->row ? cn_store_upload_row_set(within, &u, c->row, err)
                       : cn_store_upload_row_drop(within, &u, c->line, c->dropped, err);
    return good && judge_learner(c, within, &u, was.learner_key, err) &&
           (!c->row || cn_slice_eq(was.learner_key, c->row->learner_key) ||
            judge_learner(c, within, &u, c->row->learner_key, err));
}

bool cn_app_upload_mend(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, const cn_upload_row *row,
                        cn_err *err) {
    cn_upload_row tidy = *row;
    change c = {.a = a, .app = app, .now = now, .upload = u->number, .line = row->line, .row = &tidy};
    if (!cn_row_tidy(a, &tidy)) return cn_fail_memory(err);
    return cn_store_together(app->store, change_row, &c, err);
}

bool cn_app_upload_drop_row(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, int64_t line,
                            bool dropped, cn_err *err) {
    change c = {.a = a, .app = app, .now = now, .upload = u->number, .line = line, .dropped = dropped};
    return cn_store_together(app->store, change_row, &c, err);
}

/* ---- Changing the whole ---- */

bool cn_app_upload_drop_wrong(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, cn_err *err) {
    (void)a;
    if (u->state != CN_UPLOAD_PREVIEW) return fail_state(err);
    return look_through(app, now, u, false, err) && cn_store_upload_drop_wrong(app->store, u, err);
}

bool cn_app_upload_stamp(cn_arena *a, const cn_app *app, const cn_upload *u, const size_t counts[CN_ROW_KINDS],
                         cn_slice *out, cn_err *err) {
    cn_buf text = cn_buf_on(a, 0), stamp = cn_buf_on(a, 0);
    cn_buf_add(&text, u->decision);
    cn_buf_print(&text, "\n%lld", (long long)u->changes);
    for (size_t i = 0; i < CN_ROW_KINDS; i++) cn_buf_print(&text, "\n%zu", counts[i]);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    cn_digest d = cn_hash_of(app->crypto, CN_SHA256, cn_buf_slice(&text));
    cn_hex_write(&stamp, cn_digest_slice(&d));
    *out = cn_buf_slice(&stamp);
    return cn_buf_ok(&stamp) || cn_fail_memory(err);
}

/* Whoever confirms answers for what they saw, not for what a colleague has made of it since. */
static bool check_shown(cn_arena *a, const cn_app *app, const cn_upload *u, const cn_row_counts *found,
                        cn_slice shown, cn_err *err) {
    cn_slice stamp;
    if (!shown.n) return true;
    if (!cn_app_upload_stamp(a, app, u, found->kinds, &stamp, err)) return false;
    return cn_slice_eq(stamp, shown) ||
           cn_fail(err, CN_CONFLICT, "upload.changed", "the upload has changed since it was shown.");
}

bool cn_app_upload_confirm(cn_arena *a, const cn_app *app, cn_time now, const cn_upload *u, int64_t person,
                           cn_slice shown, cn_err *err) {
    cn_row_counts found;
    cn_audit why = {u->organisation, person, CN_S("upload.confirmed"), u->id, now};
    cn_version version;
    if (u->state != CN_UPLOAD_PREVIEW) return fail_state(err);
    if (!cn_app_version_get(a, app, u->version, &version, err) ||
        !cn_app_check_award(a, app, now, &version, err) || !look_through(app, now, u, true, err) ||
        !cn_store_upload_counts(app->store, u, &found, err))
        return false;
    if (found.kinds[CN_ROW_IS_WRONG])
        return cn_fail(err, CN_CONFLICT, "upload.wrong", "%zu rows cannot be awarded as they are.",
                       found.kinds[CN_ROW_IS_WRONG]);
    if (!found.kinds[CN_ROW_IS_READY])
        return cn_fail(err, CN_CONFLICT, "upload.nothing", "no row is left to be awarded.");
    if (!check_shown(a, app, u, &found, shown, err)) return false;
    cn_upload as_seen = *u;
    if (!shown.n) as_seen.changes = CN_ANY_CHANGES;
    if (!cn_store_upload_confirm(app->store, &as_seen, &why, now, err)) return false;
    if (app->wake) app->wake(app->wake_self);
    return true;
}
