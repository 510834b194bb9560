/* SPDX-License-Identifier: Apache-2.0
 *
 * The background work of a server: which steps there are, and what they work with.
 */
#ifndef CN_SERVER_WORK_H
#define CN_SERVER_WORK_H

#include "app/letters.h"
#include "jobs/jobs.h"
#include "net/mail.h"

typedef struct cn_work_options {
    const char *smtp_url;    /* "smtp://HOST[:PORT]", "smtps://HOST[:PORT]"; NULL: mails become files */
    const char *smtp_login;  /* a file with a line for the name and one for the password; NULL: none */
    const char *mail_from;   /* NULL: no-reply at the host of the origin */
    const char *mail_folder; /* where mails go as files */
} cn_work_options;

typedef struct cn_work {
    cn_app *app; /* borrowed */
    cn_mailer *mailer;
    cn_arena *arena; /* holds what follows */
    cn_slice from, host;
    cn_jobs *jobs; /* NULL: not started */
} cn_work;

/* `w` is zeroed and stays where it is; cn_work_done in any case. INVALID "serve.mail-from", and the errors of
 * net/mail.h. */
CN_MUST_USE bool cn_work_open(cn_work *w, cn_app *app, const cn_work_options *options, cn_err *err);
/* From here on the thread works, and app->wake calls it. */
void cn_work_start(cn_work *w);
/* False when it is still at work after five seconds: then nothing is freed, and the process has to end. */
CN_MUST_USE bool cn_work_done(cn_work *w);

#endif
