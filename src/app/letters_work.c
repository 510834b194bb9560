/* SPDX-License-Identifier: Apache-2.0
 *
 * Sending letters: when one is tried, when it is tried again, and when it is given up.
 */
#include "app/letters.h"

#include "base/base.h"

/* So many are taken at once that stopping never waits long. */
enum { BATCH = 10 };

/* Seconds from one try to the next; the last row counts for all that follow. */
static const int64_t pauses[] = {60, 300, 900, 3600, 4 * 3600};

/* How long a letter is of use, in seconds: as long as its link works, and no more than a week. */
static int64_t useful(const cn_letter *l) {
    return l->minutes ? (int64_t)l->minutes * 60 : (int64_t)7 * 86400;
}

static cn_slice problem_of(const cn_err *err) {
    static const struct {
        cn_slice id, problem;
    } rows[] = {
        {CN_S_INIT("mail.recipient"), CN_S_INIT("recipient")},
        {CN_S_INIT("mail.refused"), CN_S_INIT("refused")},
        {CN_S_INIT("mail.address"), CN_S_INIT("address")},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (cn_slice_starts(cn_slice_of(err->id), rows[i].id)) return rows[i].problem;
    return CN_S("internal");
}

/* Whether it is of this letter alone: then the others are tried all the same. */
static bool is_own(const cn_err *err) {
    return err->code != CN_UNAVAILABLE || cn_slice_eq(cn_slice_of(err->id), CN_S("mail.later"));
}

static bool put_off(const cn_app *app, cn_time now, const cn_stored_mail *m, const cn_letter *l, cn_err *err) {
    size_t last = sizeof pauses / sizeof *pauses - 1, row = (uint64_t)m->tries < last ? (size_t)m->tries : last;
    cn_time next = {now.sec + pauses[row], 0};
    if (next.sec > m->created_at.sec + useful(l)) return cn_store_mail_failed(app->store, m, CN_S("late"), err);
    return cn_store_mail_later(app->store, m, next, err);
}

/* What becomes of a letter that did not go: `why` says which. */
static bool settle(const cn_app *app, cn_time now, const cn_stored_mail *m, const cn_letter *l, const cn_err *why,
                   cn_err *err) {
    if (why->code == CN_UNAVAILABLE) return put_off(app, now, m, l, err);
    return cn_store_mail_failed(app->store, m, problem_of(why), err);
}

static bool send_one(cn_arena *a, const cn_app *app, cn_time now, const cn_post *post, const cn_stored_mail *m,
                     cn_err *err) {
    cn_letter l;
    cn_err why;
    if (!cn_app_letter_read(a, app, m, &l, &why))
        return cn_store_mail_failed(app->store, m, CN_S("internal"), err);
    if (post->send(post->self, a, m, &l, &why)) return cn_store_mail_sent(app->store, m, now, app->demo, err);
    if (!settle(app, now, m, &l, &why, err)) return false;
    if (is_own(&why)) return true;
    *err = why;
    return false;
}

bool cn_app_letters_work(cn_arena *a, const cn_app *app, cn_time now, const cn_post *post, bool *more,
                         cn_err *err) {
    cn_stored_mails due;
    if (!cn_store_mails_due(a, app->store, now, BATCH, &due, err)) return false;
    for (size_t i = 0; i < due.n; i++) {
        cn_arena_mark mark = cn_arena_get_mark(a);
        bool good = send_one(a, app, now, post, &due.v[i], err);
        cn_arena_reset(a, mark);
        if (!good) return false;
    }
    *more = due.n == BATCH;
    return true;
}
