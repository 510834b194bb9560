/* SPDX-License-Identifier: Apache-2.0
 *
 * The register of awards: looking up, and as a spreadsheet.
 */
#include "app/awards.h"
#include "app/achievements.h"
#include "app/form.h"
#include "app/sheet.h"

enum {
    AT_ONCE = 500,      /* awards in memory while the register is written */
    CSV_MAX = 96 << 20, /* bytes */
};

bool cn_app_award_get(cn_arena *a, const cn_app *app, cn_slice id, cn_award *out, cn_err *err) {
    return cn_store_award(a, app->store, id, out, err);
}

bool cn_app_awards_of(cn_arena *a, const cn_app *app, const cn_award_query *q, cn_awards *out, cn_err *err) {
    return cn_store_awards(a, app->store, q, &out->v, &out->n, err);
}

bool cn_app_awards_count(cn_arena *a, const cn_app *app, const cn_award_query *q, size_t *out, cn_err *err) {
    return cn_store_awards_matching(a, app->store, q, out, err);
}

/* ---- As a spreadsheet ---- */

typedef struct writing {
    cn_arena *a;
    const cn_app *app;
    bool french;
    cn_sheet_writer w;
    cn_version *versions; /* seen so far: few, most often one */
    size_t versions_n, versions_cap;
} writing;

static bool version_of(writing *x, int64_t number, const cn_version **out, cn_err *err) {
    for (size_t i = 0; i < x->versions_n; i++)
        if (x->versions[i].number == number) return *out = &x->versions[i], true;
    cn_version *v =
        cn_arena_grow(x->a, x->versions, x->versions_n, &x->versions_cap, x->versions_n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    x->versions = v;
    if (!cn_app_version_get(x->a, x->app, number, &v[x->versions_n], err)) return false;
    *out = &v[x->versions_n++];
    return true;
}

static void write_day(writing *x, cn_time t) {
    cn_sheet_write(&x->w, t.sec ? cn_slice_of(cn_time_day(t).text) : CN_S(""));
}

static bool write_award(writing *x, cn_arena *scratch, const cn_award *w, cn_err *err) {
    const cn_version *v;
    if (!version_of(x, w->version, &v, err)) return false;
    cn_slice page = cn_form_credential_url(scratch, x->app->origin, w->id);
    if (!page.n) return cn_fail_memory(err);
    const cn_slice first[] = {
        w->learner_key, w->name,     w->email,      w->language, x->french ? v->fr.name : v->en.name,
        w->result,      w->decision, w->decided_on, w->method,   w->assessor,
        w->evidence};
    for (size_t i = 0; i < sizeof first / sizeof first[0]; i++) cn_sheet_write(&x->w, first[i]);
    const cn_time times[] = {w->awarded_at, w->valid_until, w->claimed_at, w->revoked_at};
    for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) write_day(x, times[i]);
    cn_sheet_write(&x->w, w->revoke_code);
    cn_sheet_write(&x->w, w->mail_problem);
    cn_sheet_write(&x->w, page);
    cn_sheet_end_row(&x->w);
    return true;
}

static bool write_all(writing *x, cn_award_query q, cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(0);
    cn_arena_mark mark = cn_arena_get_mark(scratch);
    q.max = AT_ONCE;
    for (size_t n = AT_ONCE; n == AT_ONCE;) {
        cn_award *v;
        cn_arena_reset(scratch, mark);
        if (!cn_store_awards(scratch, x->app->store, &q, &v, &n, err)) return false;
        for (size_t i = 0; i < n; i++)
            if (!write_award(x, scratch, &v[i], err)) return false;
        if (n) q.before = v[n - 1].number;
    }
    return true;
}

bool cn_app_awards_csv(cn_arena *a, const cn_app *app, const cn_award_query *q, bool french,
                       const cn_slice words[CN_REGISTER_COLUMNS], cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, CSV_MAX);
    writing x = {.a = a, .app = app, .french = french, .w = {.out = &b, .separator = french ? ';' : ','}};
    for (size_t i = 0; i < CN_REGISTER_COLUMNS; i++) cn_sheet_write(&x.w, words[i]);
    cn_sheet_end_row(&x.w);
    if (!write_all(&x, *q, err)) return false;
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}
