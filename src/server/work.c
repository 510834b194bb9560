/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps of the background work: letters go out, what has had its time is deleted.
 *
 * What cannot be done is said on standard error once, without naming anybody.
 */
#include "server/work.h"

#include "app/lapses.h"
#include "app/uploads.h"
#include "store/claims.h"
#include "store/people.h"
#include "store/uploads.h"
#include "web/letter.h"

enum { STOP_SECONDS = 5 };

/* ---- Letters ---- */

/* The same mail has the same id whenever it is tried: a mailbox that got it twice can tell. */
static bool put_id(cn_arena *a, const cn_work *w, const cn_stored_mail *mail, cn_slice *out, cn_err *err) {
    return cn_arena_print(a, out, "%lld.%lld@%.*s", (long long)mail->number, (long long)mail->created_at.sec,
                          CN_ARG(w->host)) ||
           cn_fail_memory(err);
}

static bool send_letter(void *self, cn_arena *a, const cn_stored_mail *stored, const cn_letter *letter,
                        cn_err *err) {
    const cn_work *w = self;
    cn_letter_words words;
    cn_slice id;
    if (!cn_web_letter(a, w->app, letter, &words, err) || !put_id(a, w, stored, &id, err)) return false;
    cn_mail mail = {.from = {w->from, words.from},
                    .to = {letter->recipient, letter->name},
                    .subject = words.subject,
                    .language = words.language,
                    .text = words.text,
                    .html = words.html,
                    .id = id,
                    .date = stored->created_at};
    return cn_mailer_send(w->mailer, a, &mail, err);
}

static bool send_letters(void *self, cn_arena *a, cn_time now, bool *more, cn_err *err) {
    cn_work *w = self;
    const cn_post post = {w, send_letter};
    return cn_app_letters_work(a, w->app, now, &post, more, err);
}

static bool remind(void *self, cn_arena *a, cn_time now, bool *more, cn_err *err) {
    const cn_work *w = self;
    return cn_app_lapses_work(a, w->app, now, more, err);
}

/* ---- Awards ---- */

static bool award(void *self, cn_arena *a, cn_time now, bool *more, cn_err *err) {
    const cn_work *w = self;
    return cn_app_uploads_work(a, w->app, now, more, err);
}

static bool find_stuck(void *self, cn_arena *a, cn_time now, bool *more, cn_err *err) {
    const cn_work *w = self;
    (void)now, (void)more;
    return cn_app_uploads_stuck(a, w->app, err);
}

/* ---- Retention ---- */

typedef bool tidy_verb(cn_store *s, cn_time now, cn_err *err);

static bool delete_expired(void *self, cn_arena *a, cn_time now, bool *more, cn_err *err) {
    static tidy_verb *const verbs[] = {cn_store_people_tidy, cn_store_uploads_tidy, cn_store_claims_tidy,
                                       cn_store_mails_tidy};
    const cn_work *w = self;
    (void)a, (void)more;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (!verbs[i](w->app->store, now, err)) return false;
    return true;
}

/* ---- The steps ---- */

static const cn_job steps[] = {
    {"awards", 60, award},       {"files that wait", 60, find_stuck},
    {"reminders", 3600, remind}, /* before the mail that they put */
    {"mail", 60, send_letters},  {"retention", 3600, delete_expired},
};

static void report(void *self, const char *step, const cn_err *err) {
    (void)self;
    if (err) fprintf(stderr, "cairn: %s: %s It will be tried again.\n", step, err->detail);
    else fprintf(stderr, "cairn: %s: it works again.\n", step);
}

static void wake(void *self) {
    cn_jobs_wake(((cn_work *)self)->jobs);
}

/* ---- Beginning and end ---- */

static bool choose_from(cn_work *w, const char *given, cn_err *err) {
    cn_mail_address address;
    cn_err why;
    /* The host of an origin may be one that no mail goes to, such as "localhost": nobody answers to this. */
    if (!given) return cn_arena_print(w->arena, &w->from, "no-reply@%.*s", CN_ARG(w->host)) || cn_fail_memory(err);
    if (!cn_mail_address_ok(w->arena, cn_slice_of(given), w->app->demo, &address, &why))
        return cn_fail(err, CN_INVALID, "serve.mail-from", "--mail-from: %s", why.detail);
    w->from = address.text;
    return true;
}

bool cn_work_open(cn_work *w, cn_app *app, const cn_work_options *o, cn_err *err) {
    w->app = app;
    w->arena = cn_arena_new(0);
    w->host = cn_app_host(app->origin);
    if (!choose_from(w, o->mail_from, err)) return false;
    if (!o->smtp_url) return cn_mailer_folder(cn_slice_of(o->mail_folder), &w->mailer, err);
    cn_smtp_options smtp = {
        .url = cn_slice_of(o->smtp_url), .login_file = cn_slice_of(o->smtp_login), .hello = w->host};
    return cn_mailer_smtp(&smtp, &w->mailer, err);
}

void cn_work_start(cn_work *w) {
    w->app->wake_self = w;
    w->app->wake = wake;
    cn_jobs_start(
        &(cn_jobs_options){.steps = steps, .steps_n = sizeof steps / sizeof *steps, .self = w, .report = report},
        &w->jobs);
}

bool cn_work_done(cn_work *w) {
    if (!cn_jobs_stop(w->jobs, STOP_SECONDS)) return false;
    cn_mailer_free(w->mailer);
    cn_arena_free(w->arena);
    return true;
}
