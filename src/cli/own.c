/* SPDX-License-Identifier: Apache-2.0
 *
 * The server whose database `cairn verify --db` names.
 */
#include "cli/own.h"
#include "app/keys.h"
#include "cli/handle.h"
#include "web/html.h"

typedef struct own {
    cn_own base;
    cn_handle handle;
} own;

static bool put_revoked(cn_arena *a, const cn_revoked *revoked, cn_step *step) {
    cn_buf at = cn_buf_on(a, 64);
    cn_msg message;
    bool known = cn_message_find(CN_MSG_FAMILY("revoke-code"), revoked->code, NULL, &message);
    cn_slice why = known ? cn_message(CN_EN, message) : revoked->code;
    cn_time_write(&at, revoked->at);
    step->about = cn_buf_slice(&at);
    return cn_buf_ok(&at) &&
           cn_arena_print(a, &step->detail, "Its issuer revoked it at %.*s: it no longer counts. Reason: %.*s.",
                          CN_ARG(step->about), CN_ARG(why));
}

static bool tell(const cn_own *base, cn_arena *a, cn_report *report, cn_err *err) {
    const own *o = (const own *)base;
    cn_revoked revoked;
    if (!cn_app_revoked(a, &o->handle.app, report, &revoked, err)) return false;
    for (size_t i = 0; i < report->steps_n && revoked.at.sec; i++)
        if (!strcmp(report->steps[i].problem, "revoked") && !put_revoked(a, &revoked, &report->steps[i]))
            return cn_fail_memory(err);
    return true;
}

static void close_own(cn_own *base) {
    own *o = (own *)base;
    cn_handle_done(&o->handle);
    free(o);
}

bool cn_own_open(const char *db, char **argv, cn_own **out, cn_err *err) {
    (void)argv;
    own *o = calloc(1, sizeof *o);
    if (!o) cn_no_memory();
    if (!cn_handle_open(&o->handle, &(cn_handle_options){.db = db}, err)) {
        close_own(&o->base);
        return false;
    }
    o->base = (cn_own){{&o->handle.app, cn_app_own_load}, o->handle.app.origin, tell, close_own};
    *out = &o->base;
    return true;
}
