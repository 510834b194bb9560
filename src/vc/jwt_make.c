/* SPDX-License-Identifier: Apache-2.0
 *
 * Credentials and presentations signed as JWTs: VC-JOSE-COSE 1.0, sections 3.1.1 and 3.1.2. The payload is the
 * document, with claims beside its members only for what a signature says of itself.
 */
#include "vc/internal.h"
#include "vc/jwt.h"

static bool set_text(cn_arena *a, cn_json *object, cn_slice key, cn_slice text) {
    return !text.n || cn_json_set(a, object, key, cn_json_string(a, text));
}

/* RFC 7519, section 2: whole seconds, which every reader takes. */
static bool set_date(cn_arena *a, cn_json *object, cn_slice key, const cn_time *t) {
    return !t || cn_json_set(a, object, key, cn_json_number(a, (double)t->sec));
}

static bool check_document(const cn_json *document, cn_err *err) {
    if (!cn_json_is(document, CN_JSON_OBJECT))
        return cn_fail(err, CN_UNSUPPORTED, "sign.document", "Only a JSON object can be signed.");
    if (cn_json_get(document, CN_S("vc")) || cn_json_get(document, CN_S("vp")))
        return cn_fail(
            err, CN_UNSUPPORTED, "sign.document",
            "A credential that is signed as a JWT has no member \"vc\" or \"vp\" (VC-JOSE-COSE, section 3.1).");
    return true;
}

/* Nothing is signed that would mean nothing to others. */
static bool check_meaning(cn_arena *a, const cn_json *document, const cn_jose_options *o, cn_err *err) {
    cn_canon_env env = {.crypto = o->crypto, .contexts = o->contexts, .processed = o->processed};
    cn_dataset quads;
    return !o->contexts || cn_canon_dataset(a, &env, document, &quads, err);
}

bool cn_jose_claims(cn_arena *a, const cn_json *document, const cn_jose_options *o, cn_json **out, cn_err *err) {
    if (!check_document(document, err) || !check_meaning(a, document, o, err)) return false;
    cn_json *claims = cn_json_copy_shallow(a, document);
    bool good = claims && set_date(a, claims, CN_S("iat"), o->issued) &&
                set_date(a, claims, CN_S("exp"), o->expires) && set_text(a, claims, CN_S("nonce"), o->challenge) &&
                set_text(a, claims, CN_S("aud"), o->domain);
    if (!good) return cn_fail_memory(err);
    *out = claims;
    return true;
}

bool cn_jose_sign_claims(cn_arena *a, const cn_json *claims, const cn_jose_options *o, cn_slice typ, cn_slice *out,
                         cn_err *err) {
    cn_slice cty = cn_slice_starts(typ, CN_S("vp")) ? CN_S("vp") : CN_S("vc");
    cn_json *header = cn_json_object(a);
    cn_buf payload = cn_buf_on(a, 0);
    cn_json_write(&payload, claims);
    if (!header || !cn_buf_ok(&payload) || !set_text(a, header, CN_S("kid"), o->kid) ||
        !set_text(a, header, CN_S("typ"), typ) || !set_text(a, header, CN_S("cty"), cty))
        return cn_fail_memory(err);
    return cn_jws_write(o->crypto, a, o->key, header, cn_buf_slice(&payload), out, err);
}

bool cn_jose_sign(cn_arena *a, const cn_json *document, const cn_jose_options *options, cn_slice *out,
                  cn_err *err) {
    cn_slice typ = options->typ.n ? options->typ : CN_S("vc+jwt");
    cn_json *claims;
    return cn_jose_claims(a, document, options, &claims, err) &&
           cn_jose_sign_claims(a, claims, options, typ, out, err);
}

const cn_json *cn_jose_envelope(cn_arena *a, cn_slice token) {
    bool disclosing = cn_slice_find_byte(token, '~') != SIZE_MAX;
    cn_json *out = cn_json_object(a);
    cn_slice id;
    bool good =
        out &&
        cn_arena_print(a, &id, "data:application/%s,%.*s", disclosing ? "vc+sd-jwt" : "vc+jwt", CN_ARG(token)) &&
        set_text(a, out, CN_S("@context"), CN_S(CN_VC_BASE_2)) &&
        set_text(a, out, CN_S("type"), CN_S("EnvelopedVerifiableCredential")) && set_text(a, out, CN_S("id"), id);
    return good ? out : NULL;
}
