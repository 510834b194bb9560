/* SPDX-License-Identifier: Apache-2.0
 *
 * /verify: the form and what is made of it. A credential comes in one of three ways: a file, a text, a link.
 * Nothing of it is kept.
 */
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

enum { LINK_COST = 5 }; /* tokens, beside those of the route */

/* ---- The form ---- */

static cn_slice label(const cn_making *m, cn_msg message) {
    return cn_message(m->language, message);
}

/* What the templates need beside the text of an error; ids are those in verify.html. */
static void finish_field(cn_view_field *f, cn_slice input_class, cn_slice hint, cn_slice hint_and_error) {
    f->described = f->error.n ? hint_and_error : hint;
    if (!f->error.n) return;
    f->group_class = CN_S(" govuk-form-group--error");
    f->input_class = input_class;
}

static bool show_form(cn_making *m, cn_page_verify *v, int status, cn_response *rs, cn_err *err) {
    v->wrong = v->file.error.n || v->text.error.n || v->link.error.n;
    finish_field(&v->file, CN_S(" govuk-file-upload--error"), CN_S("file-hint"), CN_S("file-hint file-error"));
    finish_field(&v->text, CN_S(" govuk-textarea--error"), CN_S("text-hint"), CN_S("text-hint text-error"));
    finish_field(&v->link, CN_S(" govuk-input--error"), CN_S("link-hint"), CN_S("link-hint link-error"));
    v->page =
        cn_making_page(m, CN_S("/verify"), label(m, v->wrong ? CN_MSG_verify_title_error : CN_MSG_verify_title));
    v->action = v->page.verify;
    cn_tpl_verify(&m->out, v);
    return cn_making_finish(m, status, rs, err);
}

bool cn_web_verify_form(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_page_verify v = {0};
    cn_making_start(&m, app, rq);
    return show_form(&m, &v, 200, rs, err);
}

/* ---- Links ---- */

/* What a link came to, by the error's id; the last is for all others. */
static const struct {
    const char *id;
    cn_code code; /* CN_OK: any */
    cn_msg message;
} link_errors[] = {
    {"net.url", CN_OK, CN_MSG_verify_error_link_url},
    {"net.scheme", CN_OK, CN_MSG_verify_error_link_scheme},
    {"net.user", CN_OK, CN_MSG_verify_error_link_user},
    {"net.address", CN_OK, CN_MSG_verify_error_link_address},
    {"net.timeout", CN_OK, CN_MSG_verify_error_link_timeout},
    {"net.size", CN_OK, CN_MSG_verify_error_link_size},
    {"net.status", CN_NOT_FOUND, CN_MSG_verify_error_link_absent},
    {"net.not-listed", CN_OK, CN_MSG_verify_error_link_absent},
    {"net.status", CN_OK, CN_MSG_verify_error_link_status},
    {"net.tls", CN_OK, CN_MSG_verify_error_link_tls},
    {"net.redirects", CN_OK, CN_MSG_verify_error_link_redirects},
    {"net.offline", CN_OK, CN_MSG_verify_error_link_offline},
    {"", CN_OK, CN_MSG_verify_error_link_connect},
};

static cn_msg link_error(const cn_err *err) {
    size_t i = 0, last = sizeof link_errors / sizeof link_errors[0] - 1;
    while (i < last && (strcmp(link_errors[i].id, err->id) != 0 ||
                        (link_errors[i].code != CN_OK && link_errors[i].code != err->code)))
        i++;
    return link_errors[i].message;
}

static bool begins(cn_slice s, cn_slice prefix) {
    return cn_slice_eq_nocase(cn_slice_sub(s, 0, prefix.n), prefix);
}

/* A text that is nothing but an address is taken for a link. */
static bool is_link(cn_slice text) {
    for (size_t i = 0; i < text.n; i++)
        if ((uint8_t)text.p[i] <= ' ') return false;
    return begins(text, CN_S("https://")) || begins(text, CN_S("http://"));
}

/* A link makes this server ask another, so it takes more of what an address may ask for than its form alone. */
static bool may_follow(const cn_request *rq, int *wait) {
    return !rq->limit || cn_limit_take(rq->limit, rq->peer, LINK_COST, rq->tick_ms, wait);
}

/* Too little of it is left: said as the router says it, but on the form. */
static bool ask_again_after(const cn_request *rq, int seconds, cn_response *rs, cn_err *err) {
    cn_slice text;
    rs->status = 429;
    return (cn_arena_print(rq->arena, &text, "%d", seconds) &&
            cn_response_header(rq, rs, CN_S("retry-after"), text)) ||
           cn_fail_memory(err);
}

/* Gets what a link leads to; where it cannot, *problem says why. False only when the request cannot go on. */
static bool follow(cn_making *m, cn_slice link, cn_slice *input, cn_slice *problem, cn_response *rs, cn_err *err) {
    int wait = 0;
    const cn_loader *resolver = m->web->resolver;
    cn_document got;
    cn_err why;
    cn_msg message;
    if (!is_link(link)) message = CN_MSG_verify_error_link_url;
    else if (!begins(link, CN_S("https://"))) message = CN_MSG_verify_error_link_scheme;
    else if (!resolver) message = CN_MSG_verify_error_link_offline;
    else if (!may_follow(m->rq, &wait)) message = CN_MSG_verify_error_link_wait;
    else if (resolver->load(resolver->self, m->rq->arena, link, &got, &why)) {
        *input = got.body;
        return true;
    } else if (why.code == CN_INTERNAL || !strcmp(why.id, "memory.limit")) {
        *err = why;
        return false;
    } else {
        message = link_error(&why);
    }
    *problem = label(m, message);
    return !wait || ask_again_after(m->rq, wait, rs, err);
}

/* ---- What was given ---- */

typedef struct given {
    const cn_form_part *file; /* NULL: none was chosen */
    cn_slice text, link;
} given;

static given read_form(const cn_request *rq) {
    const cn_form_part *file = cn_request_part(rq, CN_S("file"));
    bool chosen = file && file->file && (file->filename.n || file->value.n);
    return (given){chosen ? file : NULL, cn_request_text(rq, CN_S("text")), cn_request_text(rq, CN_S("link"))};
}

/* The one thing given, as bytes; or an error by a field. */
static bool take(cn_making *m, const given *g, cn_page_verify *v, cn_slice *input, cn_response *rs, cn_err *err) {
    int n = (g->file != NULL) + (g->text.n > 0) + (g->link.n > 0);
    if (n == 0) v->file.error = label(m, CN_MSG_verify_error_none);
    else if (n > 1 && g->text.n) v->text.error = label(m, CN_MSG_verify_error_many);
    else if (n > 1) v->link.error = label(m, CN_MSG_verify_error_many);
    else if (g->link.n) return follow(m, g->link, input, &v->link.error, rs, err);
    else if (g->text.n && is_link(g->text)) return follow(m, g->text, input, &v->text.error, rs, err);
    else if (g->text.n) *input = g->text;
    else if (!g->file->value.n) v->file.error = label(m, CN_MSG_verify_error_file_empty);
    else *input = g->file->value;
    if (n > 1 && g->file) v->file.error = label(m, CN_MSG_verify_error_file_again);
    return true;
}

static bool check(cn_making *m, cn_slice input, cn_response *rs, cn_err *err) {
    cn_report report;
    cn_verify_options how = {
        .crypto = m->web->crypto,
        .contexts = m->web->contexts,
        .resolver = m->web->resolver,
        .registry = m->web->registry,
        .now = m->rq->now,
    };
    return cn_verify(m->rq->arena, input, &how, &report, err) && cn_web_result(m, &report, rs, err);
}

bool cn_web_verify(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_slice input = {0};
    cn_making_start(&m, app, rq);
    given g = read_form(rq);
    cn_page_verify v = {.text.value = g.text, .link.value = g.link};
    if (rq->body_too_large) {
        v.file.error = label(&m, CN_MSG_verify_error_too_large);
        return show_form(&m, &v, 413, rs, err);
    }
    if (!take(&m, &g, &v, &input, rs, err)) return false;
    if (v.file.error.n || v.text.error.n || v.link.error.n)
        return show_form(&m, &v, rs->status == 429 ? 429 : 422, rs, err);
    return check(&m, input, rs, err);
}
