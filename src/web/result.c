/* SPDX-License-Identifier: Apache-2.0
 *
 * The page of a finished verification: the verdict and why, the credential as drawn, every step.
 */
#include "app/keys.h"
#include "web/claims.h"
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

static const struct {
    cn_slice kind;
    cn_msg heading;
} verdicts[] = {
    [CN_VERIFIED] = {CN_S_INIT("verified"), CN_MSG_result_verified},
    [CN_NOT_VERIFIED] = {CN_S_INIT("failed"), CN_MSG_result_not_verified},
    [CN_VERDICT_UNKNOWN] = {CN_S_INIT("unknown"), CN_MSG_result_unknown},
};

/* The first step that came to this; NULL when there is none. */
static const cn_view_step *first_of(const cn_view_result *v, cn_slice kind) {
    for (size_t i = 0; i < v->steps_n; i++)
        if (cn_slice_eq(v->steps[i].kind, kind)) return &v->steps[i];
    return NULL;
}

/* Of what is presented, the first that is not from whom it says; NULL when there is none. */
static const cn_view_result *first_warned(const cn_view_result *v) {
    for (size_t i = 0; i < v->credentials_n; i++)
        if (v->credentials[i].warned) return &v->credentials[i];
    return NULL;
}

/* One sentence: the first step that failed or is unknown. What verifies may come with a warning; one that speaks
 * of a borrowed name comes first, since the credential is not from whom it says. */
static void explain(const cn_making *m, const cn_report *report, cn_view_result *v) {
    static const cn_slice decisive[] = {[CN_VERIFIED] = CN_S_INIT("warning"),
                                        [CN_NOT_VERIFIED] = CN_S_INIT("fail"),
                                        [CN_VERDICT_UNKNOWN] = CN_S_INIT("unknown")};
    const cn_view_step *step = first_of(v, decisive[v->verdict]);
    const cn_view_result *within = v->verdict == CN_VERIFIED ? first_warned(v) : NULL;
    bool borrowed = v->verdict == CN_VERIFIED && (report->name_withheld || within);
    for (size_t i = 0; i < v->steps_n && borrowed && !within; i++)
        if (!strcmp(report->steps[i].id, "registry")) step = &v->steps[i];
    if (borrowed) {
        v->warned = true;
        v->kind = CN_S("warning");
        v->heading = cn_message(m->language, CN_MSG_result_warned);
    }
    if (step) {
        v->why = step->text;
        v->todo = step->todo;
    }
    if (within) {
        v->why = within->why;
        v->todo = within->todo;
    }
    if (v->verdict != CN_VERIFIED || borrowed) return;
    v->also = v->why;
    v->why =
        cn_message(m->language, v->presentation ? CN_MSG_result_presentation_why : CN_MSG_result_verified_why);
}

/* What "read" found is not one credential, and no issuer has set dates for it. */
static void of_presentation(const cn_making *m, const cn_step *step, cn_view_step *v) {
    bool read = !strcmp(step->id, "read") && step->outcome == CN_PASS && !*step->problem;
    if (read) v->text = cn_message(m->language, CN_MSG_result_read_presentation);
    if (!strcmp(step->id, "validity") && step->outcome == CN_NOT_APPLICABLE) v->silent = true;
}

static bool make_steps(const cn_making *m, const cn_hidden *h, const cn_report *report, cn_view_result *v,
                       cn_err *err) {
    v->steps = CN_NEW_ARRAY(m->rq->arena, cn_view_step, report->steps_n);
    if (!v->steps) return cn_fail_memory(err);
    for (; v->steps_n < report->steps_n; v->steps_n++) {
        const cn_step *step = &report->steps[v->steps_n];
        cn_words_step(m, h, step, &v->steps[v->steps_n]);
        if (v->presentation) of_presentation(m, step, &v->steps[v->steps_n]);
    }
    return true;
}

/* The published list says no more than that it is revoked; of this server's own awards the register knows when and
 * why. */
static bool say_revoked(const cn_making *m, const cn_report *report, cn_view_result *v, cn_err *err) {
    cn_revoked revoked = {0};
    if (m->web->app && !cn_app_revoked(m->rq->arena, m->web->app, report, &revoked, err)) return false;
    for (size_t i = 0; i < v->steps_n && revoked.at.sec; i++)
        if (cn_slice_eq(v->steps[i].problem, CN_S("revoked")))
            v->steps[i].text = cn_making_text(m, CN_MSG_result_revoked, cn_words_date(m, revoked.at, false),
                                              cn_web_revoke_words(m, revoked.code));
    return true;
}

/* Each credential of a presentation, as if it had come alone. A presentation holds no other, so this goes no
 * deeper.
 */
static bool make_presented(const cn_making *m, const cn_hidden *h, const cn_report *report, cn_view_result *v,
                           cn_err *err) {
    cn_arena *a = m->rq->arena;
    if (!v->presentation) return true;
    v->holder = cn_hidden_show(h, report->holder);
    v->credentials = CN_NEW_ARRAY(a, cn_view_result, report->credentials_n);
    if (!v->credentials) return cn_fail_memory(err);
    for (; v->credentials_n < report->credentials_n; v->credentials_n++) {
        cn_view_result *one = &v->credentials[v->credentials_n];
        cn_slice number, all;
        if (!cn_web_result_view(m, &report->credentials[v->credentials_n], one, err)) return false;
        if (!cn_arena_print(a, &number, "%zu", v->credentials_n + 1) ||
            !cn_arena_print(a, &all, "%zu", report->credentials_n) ||
            !cn_arena_print(a, &one->id, "credential-%.*s", CN_ARG(number)))
            return cn_fail_memory(err);
        one->title = cn_making_text(m, CN_MSG_result_presented, number, all);
    }
    return true;
}

bool cn_web_result_view(const cn_making *m, const cn_report *report, cn_view_result *out, cn_err *err) {
    cn_hidden hidden = {.arena = m->rq->arena, .instead = cn_message(m->language, CN_MSG_result_withheld)};
    cn_view_result v = {
        .verdict = report->verdict,
        .kind = verdicts[report->verdict].kind,
        .heading = cn_message(m->language, verdicts[report->verdict].heading),
        .drawn = report->credential != NULL,
        .presentation = report->presentation != NULL,
        .when = cn_words_date(m, m->rq->now, true),
    };
    if (!cn_hidden_collect(&hidden, report, err) || !make_steps(m, &hidden, report, &v, err) ||
        !say_revoked(m, report, &v, err) || !make_presented(m, &hidden, report, &v, err))
        return false;
    if (v.drawn && !cn_draw_credential(m, &hidden, report, &v.credential, err)) return false;
    explain(m, report, &v);
    *out = v;
    return true;
}

bool cn_web_result(cn_making *m, const cn_report *report, cn_response *rs, cn_err *err) {
    cn_page_result v = {0};
    if (!cn_web_result_view(m, report, &v.result, err)) return false;
    cn_msg what = v.result.presentation ? CN_MSG_result_presentation : CN_MSG_verify_heading;
    cn_slice name = v.result.drawn ? v.result.credential.name : cn_message(m->language, what);
    cn_slice title = cn_making_text(m, CN_MSG_result_title, v.result.heading, name);
    v.page = cn_making_page(m, CN_S("/verify"), title);
    v.page.to_form = true;
    cn_tpl_result(&m->out, &v);
    return cn_making_finish(m, 200, rs, err);
}
