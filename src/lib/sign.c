/* SPDX-License-Identifier: Apache-2.0
 *
 * cn_engine_issue: a credential signed with the caller's key, as a proof in it or as a JWT around it.
 */
#include "lib/inside.h"
#include "vc/jwt.h"

cn_slice cn_suite_of(const char *given, const cn_signer *signer) {
    if (given) return cn_slice_of(given);
    return signer->key.kind == CN_KEY_ED25519 ? CN_S("eddsa-rdfc-2022") : CN_S("ecdsa-rdfc-2019");
}

cn_slice cn_method_of(const char *given, const cn_signer *signer) {
    return cn_slice_of(given ? given : signer->method);
}

/* What was asked for, in the rooms' words. */
typedef struct issuing {
    cn_engine_issue_options o;
    const cn_json *document;
    cn_slices withhold;
    cn_time expires;
    cn_sign_options how;
} issuing;

static bool read_options(cn_call *c, const cn_signer *signer, const cn_engine_issue_options *given, issuing *w) {
    cn_engine_issue_options *o = &w->o;
    cn_sign_options *how = &w->how;
    cn_slices mandatory, previous;
    if (!cn_call_options(c, given, o, sizeof *o) || !cn_call_flags(c, o->flags, CN_ISSUE_UNCHECKED) ||
        !cn_call_texts(c, o->mandatory, o->mandatory_n, &mandatory) ||
        !cn_call_texts(c, o->previous, o->previous_n, &previous) ||
        !cn_call_texts(c, o->withhold, o->withhold_n, &w->withhold) || !cn_call_time(c, o->created, &how->created))
        return false;
    *how = (cn_sign_options){.crypto = c->engine->crypto,
                             .contexts = &c->engine->contexts,
                             .processed = c->engine->processed,
                             .key = &signer->key,
                             .suite = cn_suite_of(o->suite, signer),
                             .method = cn_method_of(o->method, signer),
                             .created = how->created,
                             .expires = o->expires ? &w->expires : NULL,
                             .max_work = c->engine->options.max_work,
                             .id = cn_slice_of(o->id),
                             .previous = previous.v,
                             .previous_n = previous.n,
                             .mandatory = mandatory.v,
                             .mandatory_n = mandatory.n,
                             .random = &c->engine->random};
    w->expires.sec = o->expires ? *o->expires : 0;
    return true;
}

/* The key that a did:key or a did:jwk is the name of. */
static bool key_of_did(cn_call *c, cn_slice did, cn_public_key *out) {
    cn_slice bytes;
    const cn_json *jwk;
    if (cn_slice_starts(did, CN_S("did:key:")))
        return cn_multikey_read(c->arena, cn_slice_from(did, 8), out, &c->err);
    if (!cn_slice_starts(did, CN_S("did:jwk:")))
        return cn_fail(&c->err, CN_INVALID, "issue.holder", "The holder is a did:key or a did:jwk.");
    return cn_base64_read(c->arena, CN_BASE64_URL, cn_slice_from(did, 8), &bytes, &c->err) &&
           cn_json_read(c->arena, bytes, NULL, &jwk, &c->err) && cn_jwk_read(c->arena, jwk, out, &c->err);
}

static bool with_proof(cn_call *c, issuing *w, cn_buf *out) {
    const cn_json *signed_one;
    if (cn_slice_eq(w->how.suite, CN_S("ecdsa-sd-2023")) && !cn_call_random(c)) return false;
    if (!cn_integrity_add(c->arena, w->document, &w->how, &signed_one, &c->err)) return false;
    cn_json_write(out, signed_one);
    return true;
}

static cn_jose_options jose_options(const issuing *w) {
    return (cn_jose_options){.crypto = w->how.crypto,
                             .contexts = w->how.contexts,
                             .processed = w->how.processed,
                             .key = w->how.key,
                             .kid = w->how.method,
                             .issued = &w->how.created,
                             .expires = w->how.expires};
}

static bool as_jwt(cn_call *c, issuing *w, cn_buf *out) {
    cn_jose_options how = jose_options(w);
    cn_slice token;
    if (!cn_jose_sign(c->arena, w->document, &how, &token, &c->err)) return false;
    cn_buf_add(out, token);
    return true;
}

static bool as_sd_jwt(cn_call *c, issuing *w, cn_buf *out) {
    cn_public_key holder;
    cn_slice token, did = cn_slice_of(w->o.holder);
    cn_sd_jwt_options how = {.jose = jose_options(w),
                             .random = w->how.random,
                             .pointers = w->withhold.v,
                             .pointers_n = w->withhold.n,
                             .holder = did.n ? &holder : NULL};
    if (!cn_call_random(c) || (did.n && !key_of_did(c, did, &holder)) ||
        !cn_sd_jwt_issue(c->arena, w->document, &how, &token, &c->err))
        return false;
    cn_buf_add(out, token);
    return true;
}

/* What the suite has no place for is not quietly left out. */
static bool check_form(cn_call *c, const issuing *w, bool token, bool disclosing) {
    bool proof_alone = w->o.id || w->o.previous_n || w->o.mandatory_n;
    bool token_alone = w->o.holder || w->o.withhold_n;
    return !((token && proof_alone) || (!disclosing && token_alone)) ||
           cn_fail(&c->err, CN_INVALID, "issue.options", "The suite %.*s has no place for one of the options.",
                   CN_ARG(w->how.suite));
}

static bool issue(cn_call *c, issuing *w, cn_buf *out) {
    bool jwt = cn_slice_eq(w->how.suite, CN_S("vc+jwt")), sd_jwt = cn_slice_eq(w->how.suite, CN_S("vc+sd-jwt"));
    if (!check_form(c, w, jwt || sd_jwt, sd_jwt)) return false;
    if (!(w->o.flags & CN_ISSUE_UNCHECKED) && !cn_sign_check(c->arena, w->document, &w->how, &c->err))
        return false;
    return (sd_jwt ? as_sd_jwt : jwt ? as_jwt : with_proof)(c, w, out);
}

bool cn_engine_issue(const cn_engine *engine, const void *json, size_t n, const cn_signer *signer,
                     const cn_engine_issue_options *options, cn_bytes *out, cn_error *error) {
    cn_call c;
    issuing w = {0};
    bool good = cn_call_begin(&c, engine, out) && cn_call_signer(&c, signer) &&
                cn_call_json(&c, json, n, &w.document) && read_options(&c, signer, options, &w);
    if (good) {
        cn_buf b = cn_buf_on(c.arena, 0);
        good = issue(&c, &w, &b) && cn_call_give_buf(&c, &b, out);
    }
    return cn_call_end(&c, good, error);
}
