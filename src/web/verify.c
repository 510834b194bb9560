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
    v->page = cn_making_page(m, CN_S("/verify"), label(m, CN_MSG_verify_title));
    v->action = v->page.verify;
    v->check = cn_url_path(m->rq->arena, CN_S("/check"), m->language);
    v->page.wrong = v->wrong;
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

/* ---- What was given ---- */

typedef struct given {
    const cn_form_part *file; /* NULL: none was chosen */
    cn_slice text, link;
} given;

/* The one thing that is to be verified. */
typedef struct chosen {
    cn_slice input; /* its bytes, or the link to them */
    bool linked;
    cn_view_field *field; /* where it was given */
} chosen;

static given read_form(const cn_request *rq) {
    const cn_form_part *file = cn_request_part(rq, CN_S("file"));
    bool is_chosen = file && file->file && (file->filename.n || file->value.n);
    return (given){is_chosen ? file : NULL, cn_request_text(rq, CN_S("text")), cn_request_text(rq, CN_S("link"))};
}

static bool refuse(const cn_making *m, cn_view_field *field, cn_msg message) {
    field->error = label(m, message);
    return false;
}

static bool choose_link(const cn_making *m, cn_slice link, cn_view_field *field, chosen *out) {
    *out = (chosen){link, true, field};
    if (!is_link(link)) return refuse(m, field, CN_MSG_verify_error_link_url);
    if (!begins(link, CN_S("https://"))) return refuse(m, field, CN_MSG_verify_error_link_scheme);
    return m->web->resolver || refuse(m, field, CN_MSG_verify_error_link_offline);
}

/* False: an error stands by a field. */
static bool choose(const cn_making *m, const given *g, cn_page_verify *v, chosen *out) {
    int n = (g->file != NULL) + (g->text.n > 0) + (g->link.n > 0);
    if (n > 1 && g->file) v->file.error = label(m, CN_MSG_verify_error_file_again);
    if (n > 1) return refuse(m, g->text.n ? &v->text : &v->link, CN_MSG_verify_error_many);
    if (n == 0) return refuse(m, &v->file, CN_MSG_verify_error_none);
    if (g->link.n) return choose_link(m, g->link, &v->link, out);
    if (g->text.n && is_link(g->text)) return choose_link(m, g->text, &v->text, out);
    *out = g->text.n ? (chosen){g->text, false, &v->text} : (chosen){g->file->value, false, &v->file};
    return out->input.n || refuse(m, &v->file, CN_MSG_verify_error_file_empty);
}

/* ---- Too much was asked for ---- */

/* Said on the form, so that what was typed is not lost; a file has to be chosen again. */
static void say_wait(const cn_making *m, const given *g, cn_page_verify *v, int seconds) {
    cn_view_field *field = g->text.n ? &v->text : g->link.n ? &v->link : &v->file;
    cn_msg message = field == &v->file ? CN_MSG_verify_error_wait_file : CN_MSG_verify_error_wait;
    field->error = cn_making_plural(m, message, (unsigned long long)seconds);
}

/* A link makes this server ask another, so it takes more of what an address may ask for. */
static bool may_verify(const cn_request *rq, bool linked, int *wait) {
    return cn_request_take(rq, CN_VERIFY_COST - CN_FORM_COST + (linked ? LINK_COST : 0), wait);
}

/* ---- Verifying ---- */

/* Gets what the link leads to; where it cannot, the field says why, and the input is empty. False only when the
 * request cannot go on. */
static bool follow(const cn_making *m, chosen *c, cn_err *err) {
    const cn_loader *resolver = m->web->resolver;
    cn_document got = {0};
    cn_err why;
    if (!resolver->load(resolver->self, m->rq->arena, c->input, &got, &why)) {
        if (why.code == CN_INTERNAL || !strcmp(why.id, "memory.limit")) {
            *err = why;
            return false;
        }
        (void)refuse(m, c->field, link_error(&why));
    }
    c->input = got.body;
    return true;
}

static bool check(cn_making *m, cn_slice input, cn_response *rs, cn_err *err) {
    const cn_asked nothing = {0}; /* presentations are opened; who shows one was asked for nothing here */
    cn_report report;
    cn_verify_options how = {
        .crypto = m->web->crypto,
        .contexts = m->web->contexts,
        .processed = m->web->processed,
        .lists = m->web->lists,
        .resolver = m->web->resolver,
        .registry = m->web->registry,
        .now = m->rq->now,
        .asked = &nothing,
        .max_documents = CN_WEB_DOCUMENTS,
    };
    return cn_verify(m->rq->arena, input, &how, &report, err) && cn_web_result(m, &report, rs, err);
}

bool cn_web_verify(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    chosen c = {0};
    cn_making_start(&m, app, rq);
    given g = read_form(rq);
    cn_page_verify v = {.text.value = g.text, .link.value = g.link};
    if (rq->body_too_large) {
        v.file.error = label(&m, CN_MSG_verify_error_too_large);
        return show_form(&m, &v, 413, rs, err);
    }
    int wait = rq->wait;
    if (!wait && !choose(&m, &g, &v, &c)) return show_form(&m, &v, 422, rs, err);
    if (wait || !may_verify(rq, c.linked, &wait)) {
        say_wait(&m, &g, &v, wait);
        if (!rq->wait && !cn_response_wait(rq, rs, wait)) return cn_fail_memory(err);
        return show_form(&m, &v, 429, rs, err);
    }
    if (c.linked && !follow(&m, &c, err)) return false;
    if (c.linked && c.field->error.n) return show_form(&m, &v, 422, rs, err);
    return check(&m, c.input, rs, err);
}
