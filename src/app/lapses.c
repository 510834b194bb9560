/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters about approvals and scopes that come to their end.
 */
#include "app/lapses.h"

#include "app/draft.h"
#include "app/notices.h"
#include "store/lapses.h"

enum { AT_ONCE = 200 };

typedef struct writing {
    cn_arena *a;
    cn_app app; /* with the store of the transaction */
    cn_time now;
    bool more;
} writing;

/* The first of a group is named, the others are counted. */
static bool write_letter(const writing *w, cn_lapse_kind kind, const cn_stored_lapse *first, size_t n,
                         cn_err *err) {
    static const cn_letter_kind letters[CN_LAPSE_KINDS][2] = {
        [CN_LAPSE_APPROVAL] = {CN_LETTER_APPROVAL_ENDS, CN_LETTER_APPROVAL_ENDED},
        [CN_LAPSE_SCOPE] = {CN_LETTER_SCOPE_ENDS, CN_LETTER_SCOPE_ENDED},
    };
    cn_draft draft = {0};
    cn_notice what = {.letter = {.kind = letters[kind][!first->days],
                                 .organisation = {first->organisation_en, first->organisation_fr},
                                 .until = first->until,
                                 .more = (int)n - 1},
                      .organisation = first->organisation,
                      .role = CN_ROLE_ADMINISTRATOR};
    if (first->document.n && !cn_draft_read(w->a, first->document, &draft, err)) return false;
    what.letter.achievement = cn_notice_name(&draft);
    return cn_notice_link(w->a, &w->app, first->organisation_id, "reviews", (cn_slice){0}, "", &what.letter.link,
                          err) &&
           cn_app_notify(w->a, &w->app, w->now, &what, err);
}

static bool is_alike(const cn_stored_lapse *x, const cn_stored_lapse *y) {
    return x->organisation == y->organisation && !x->days == !y->days;
}

static bool write_all(writing *w, cn_lapse_kind kind, cn_err *err) {
    cn_stored_lapse *v;
    size_t n, next;
    if (!cn_store_lapses(w->a, w->app.store, kind, w->now, AT_ONCE, &v, &n, err)) return false;
    w->more = w->more || n == AT_ONCE;
    for (size_t i = 0; i < n; i++)
        if (!cn_store_lapse_told(w->app.store, kind, v[i].number, v[i].days, err)) return false;
    for (size_t i = 0; i < n; i = next) {
        for (next = i + 1; next < n && is_alike(&v[i], &v[next]);) next++;
        if (!write_letter(w, kind, &v[i], next - i, err)) return false;
    }
    return true;
}

static bool work(cn_store *within, void *self, cn_err *err) {
    writing *w = self;
    w->app.store = within;
    return write_all(w, CN_LAPSE_APPROVAL, err) && write_all(w, CN_LAPSE_SCOPE, err);
}

/* Most often there is nothing: others who write need not wait for that. */
static bool is_any(cn_arena *a, const cn_app *app, cn_time now, bool *out, cn_err *err) {
    cn_stored_lapse *v;
    size_t n = 0;
    for (cn_lapse_kind kind = 0; kind < CN_LAPSE_KINDS && !n; kind++)
        if (!cn_store_lapses(a, app->store, kind, now, 1, &v, &n, err)) return false;
    *out = n > 0;
    return true;
}

bool cn_app_lapses_work(cn_arena *a, const cn_app *app, cn_time now, bool *more, cn_err *err) {
    writing w = {.a = a, .app = *app, .now = now};
    bool any = false;
    *more = false;
    if (!is_any(a, app, now, &any, err)) return false;
    if (!any) return true;
    if (!cn_store_together(app->store, work, &w, err)) return false;
    *more = w.more;
    if (app->wake) app->wake(app->wake_self);
    return true;
}
