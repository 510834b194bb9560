/* SPDX-License-Identifier: Apache-2.0
 *
 * What a holder does with credentials: showing a part of one, and presenting them to who asked.
 */
#include <string.h>

#include "lib/inside.h"
#include "vc/jwt.h"

/* ---- cn_engine_derive ---- */

static bool derive_json(cn_call *c, cn_slice text, const cn_slices *reveal, cn_buf *out) {
    cn_derive_options how = {.crypto = c->engine->crypto,
                             .contexts = &c->engine->contexts,
                             .processed = c->engine->processed,
                             .pointers = reveal->v,
                             .pointers_n = reveal->n,
                             .max_work = c->engine->options.max_work};
    const cn_json *document, *derived;
    if (!cn_call_json(c, text.p, text.n, &document) || !cn_sd_derive(c->arena, document, &how, &derived, &c->err))
        return false;
    cn_json_write(out, derived);
    return true;
}

static bool derive_token(cn_call *c, cn_slice text, const cn_slices *reveal, const cn_binding_options *binding,
                         cn_buf *out) {
    cn_slice shown;
    if (!cn_sd_jwt_present(c->arena, c->engine->crypto, text, reveal->v, reveal->n, binding, &shown, &c->err))
        return false;
    cn_buf_add(out, shown);
    return true;
}

static bool derive(cn_call *c, cn_slice bytes, const cn_slices *reveal, cn_buf *out) {
    cn_slice text;
    if (!cn_presented_text(c->arena, bytes, &text, &c->err)) return false;
    if (cn_slice_starts(text, CN_S("ey"))) return derive_token(c, text, reveal, NULL, out);
    return derive_json(c, text, reveal, out);
}

bool cn_engine_derive(const cn_engine *engine, const void *credential, size_t n, const char *const *reveal,
                      size_t reveal_n, cn_bytes *out, cn_error *error) {
    cn_call c;
    cn_slice bytes;
    cn_slices pointers;
    bool good = cn_call_begin(&c, engine, out) && cn_call_bytes(&c, credential, n, &bytes) &&
                cn_call_texts(&c, reveal, reveal_n, &pointers);
    if (good) {
        cn_buf b = cn_buf_on(c.arena, 0);
        good = derive(&c, bytes, &pointers, &b) && cn_call_give_buf(&c, &b, out);
    }
    return cn_call_end(&c, good, error);
}

/* ---- cn_engine_present ---- */

enum { CREDENTIALS_MAX = 16 };

typedef struct presenting {
    const cn_bytes *credentials;
    size_t n;
    const cn_signer *signer;
    cn_engine_present_options o;
    cn_slice method, challenge, domain;
    cn_slices reveal;
    cn_time created;
} presenting;

/* The presentation, unsigned. */
static bool gather(cn_call *c, const presenting *w, const cn_json **out) {
    cn_json *all = cn_json_array(c->arena);
    for (size_t i = 0; i < w->n; i++) {
        const cn_json *credential;
        cn_slice bytes;
        if (!cn_call_bytes(c, w->credentials[i].p, w->credentials[i].n, &bytes) ||
            !cn_presented_credential(c->arena, bytes, &credential, &c->err))
            return false;
        if (!all || !cn_json_push(c->arena, all, credential)) return cn_fail_memory(&c->err);
    }
    return cn_presentation_new(c->arena, w->method, all, out, &c->err);
}

static bool with_proof(cn_call *c, const presenting *w, cn_buf *out) {
    const cn_json *vp, *signed_one;
    cn_sign_options how = {.crypto = c->engine->crypto,
                           .contexts = &c->engine->contexts,
                           .processed = c->engine->processed,
                           .key = &w->signer->key,
                           .suite = cn_suite_of(w->o.suite, w->signer),
                           .method = w->method,
                           .purpose = CN_S("authentication"),
                           .created = w->created,
                           .challenge = w->challenge,
                           .domain = w->domain,
                           .max_work = c->engine->options.max_work,
                           .random = &c->engine->random};
    if (!gather(c, w, &vp) || !cn_integrity_add(c->arena, vp, &how, &signed_one, &c->err)) return false;
    cn_json_write(out, signed_one);
    return true;
}

static bool as_jwt(cn_call *c, const presenting *w, cn_buf *out) {
    const cn_json *vp;
    cn_slice token;
    cn_jose_options how = {.crypto = c->engine->crypto,
                           .contexts = &c->engine->contexts,
                           .processed = c->engine->processed,
                           .key = &w->signer->key,
                           .kid = w->method,
                           .typ = CN_S("vp+jwt"),
                           .issued = &w->created,
                           .challenge = w->challenge,
                           .domain = w->domain};
    if (!gather(c, w, &vp) || !cn_jose_sign(c->arena, vp, &how, &token, &c->err)) return false;
    cn_buf_add(out, token);
    return true;
}

static bool as_sd_jwt(cn_call *c, const presenting *w, cn_buf *out) {
    cn_binding_options binding = {
        .key = &w->signer->key, .challenge = w->challenge, .domain = w->domain, .now = w->created};
    cn_slice bytes, text;
    if (w->n != 1) return cn_fail(&c->err, CN_INVALID, "present.many", "The form sd-jwt shows one credential.");
    return cn_call_bytes(c, w->credentials->p, w->credentials->n, &bytes) &&
           cn_presented_text(c->arena, bytes, &text, &c->err) && derive_token(c, text, &w->reveal, &binding, out);
}

static const struct {
    const char *name;
    bool (*make)(cn_call *c, const presenting *w, cn_buf *out);
} forms[] = {{"vp", with_proof}, {"jwt", as_jwt}, {"sd-jwt", as_sd_jwt}};
enum { FORMS = sizeof forms / sizeof *forms };

static bool present(cn_call *c, const presenting *w, cn_buf *out) {
    const char *name = w->o.form ? w->o.form : forms[0].name;
    size_t i = 0;
    while (i < FORMS && strcmp(forms[i].name, name) != 0) i++;
    if (i == FORMS)
        return cn_fail(&c->err, CN_UNSUPPORTED, "present.form",
                       "The form of a presentation is vp, jwt or sd-jwt.");
    /* The key of an SD-JWT is in the SD-JWT. */
    bool sd_jwt = forms[i].make == as_sd_jwt;
    if ((w->o.suite && forms[i].make != with_proof) || (w->reveal.n && !sd_jwt) || (w->o.method && sd_jwt))
        return cn_fail(&c->err, CN_INVALID, "present.options", "The form %s has no place for one of the options.",
                       name);
    return forms[i].make(c, w, out);
}

static bool read_options(cn_call *c, const cn_engine_present_options *given, presenting *w) {
    cn_engine_present_options *o = &w->o;
    if (!cn_call_options(c, given, o, sizeof *o) || !cn_call_texts(c, o->reveal, o->reveal_n, &w->reveal) ||
        !cn_call_time(c, o->created, &w->created))
        return false;
    w->method = cn_method_of(o->method, w->signer);
    w->challenge = cn_slice_of(o->challenge);
    w->domain = cn_slice_of(o->domain);
    if (!w->n || w->n > CREDENTIALS_MAX || !w->credentials)
        return cn_fail(&c->err, CN_INVALID, "present.many", "A presentation shows 1 to %d credentials.",
                       CREDENTIALS_MAX);
    return (w->challenge.n && w->domain.n) ||
           cn_fail(&c->err, CN_INVALID, "present.occasion",
                   "Without a challenge and a domain anybody could show the presentation again.");
}

bool cn_engine_present(const cn_engine *engine, const cn_bytes *credentials, size_t n, const cn_signer *signer,
                       const cn_engine_present_options *options, cn_bytes *out, cn_error *error) {
    cn_call c;
    presenting w = {.credentials = credentials, .n = n, .signer = signer};
    bool good = cn_call_begin(&c, engine, out) && cn_call_signer(&c, signer) && read_options(&c, options, &w);
    if (good) {
        cn_buf b = cn_buf_on(c.arena, 0);
        good = present(&c, &w, &b) && cn_call_give_buf(&c, &b, out);
    }
    return cn_call_end(&c, good, error);
}
