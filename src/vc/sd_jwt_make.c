/* SPDX-License-Identifier: Apache-2.0
 *
 * SD-JWTs made: RFC 9901, sections 4.2 (what may be withheld becomes a digest), 7.2 (the holder chooses) and 4.3
 * (and binds what they show to an occasion).
 */
#include "vc/internal.h"
#include "vc/jwt.h"

enum { SALT_BYTES = 16, MAX_DEPTH = 128 };

/* ---- Issuing ---- */

typedef struct issuing {
    cn_arena *arena;
    const cn_sd_jwt_options *options;
    bool *met;    /* of each pointer: something is there */
    cn_buf path;  /* to what is looked at */
    cn_buf shown; /* "~disclosure" of all so far */
    unsigned depth;
    cn_err *err;
} issuing;

static const cn_json *conceal(issuing *s, const cn_json *v);

/* What a verifier has to see, whatever else they see: without it a reader takes the credential for another. */
static bool is_needed(cn_slice pointer) {
    static const cn_slice needed[] = {CN_S_INIT("/@context"),         CN_S_INIT("/type"),
                                      CN_S_INIT("/issuer"),           CN_S_INIT("/validFrom"),
                                      CN_S_INIT("/validUntil"),       CN_S_INIT("/issuanceDate"),
                                      CN_S_INIT("/expirationDate"),   CN_S_INIT("/holder"),
                                      CN_S_INIT("/credentialStatus"), CN_S_INIT("/credentialSchema")};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        cn_slice rest = cn_slice_from(pointer, needed[i].n);
        if (cn_slice_starts(pointer, needed[i]) && (!rest.n || rest.p[0] == '/')) return true;
    }
    return cn_slice_eq(pointer, CN_S("/credentialSubject")) || cn_slice_eq(pointer, CN_S("/verifiableCredential"));
}

static bool is_chosen(issuing *s) {
    bool chosen = false;
    for (size_t i = 0; i < s->options->pointers_n; i++) {
        bool here = cn_slice_eq(cn_buf_slice(&s->path), s->options->pointers[i]);
        s->met[i] = s->met[i] || here;
        chosen = chosen || here;
    }
    return chosen;
}

/* 4.2.1 to 4.2.3: [salt, name, value], or without a name of an item, and its digest. NULL where it failed. */
static const cn_json *disclosure(issuing *s, const cn_slice *name, const cn_json *value) {
    uint8_t salt[SALT_BYTES];
    const cn_random *random = s->options->random;
    cn_buf text = cn_buf_on(s->arena, 0), encoded = cn_buf_on(s->arena, 0);
    cn_slice digest;
    if (!random->fill(random->self, salt, sizeof salt)) {
        (void)cn_fail(s->err, CN_INTERNAL, "crypto.random", "There is no randomness to make salts from.");
        return NULL;
    }
    cn_buf_add(&text, CN_S("[\""));
    cn_base64_write(&text, CN_BASE64_URL, cn_slice_bytes(salt, sizeof salt));
    cn_buf_add(&text, CN_S("\","));
    if (name) cn_json_write_string(&text, *name), cn_buf_byte(&text, ',');
    cn_json_write(&text, value);
    cn_buf_byte(&text, ']');
    cn_base64_write(&encoded, CN_BASE64_URL, cn_buf_slice(&text));
    cn_buf_byte(&s->shown, '~');
    cn_buf_add(&s->shown, cn_buf_slice(&encoded));
    bool good = cn_buf_ok(&text) && cn_buf_ok(&encoded) && cn_buf_ok(&s->shown) &&
                cn_sd_jwt_digest(s->options->jose.crypto, s->arena, CN_SHA256, cn_buf_slice(&encoded), &digest);
    const cn_json *out = good ? cn_json_string(s->arena, digest) : NULL;
    return out ? out : (cn_fail_memory(s->err), NULL);
}

/* 4.2.4.1: the order of digests says nothing about that of members. */
static bool add_sorted(cn_arena *a, cn_json *list, const cn_json *digest) {
    if (!cn_json_push(a, list, digest)) return false;
    for (size_t i = list->array.n - 1; i && cn_slice_cmp(list->array.v[i - 1]->string, digest->string) > 0; i--) {
        list->array.v[i] = list->array.v[i - 1];
        list->array.v[i - 1] = digest;
    }
    return true;
}

static const cn_json *name_taken(issuing *s) {
    (void)cn_fail_at(s->err, CN_INVALID, "sd-jwt.name", cn_buf_slice(&s->path),
                     "A member has a name that SD-JWT keeps for itself (\"_sd\", \"_sd_alg\", \"...\").");
    return NULL;
}

static bool conceal_member(issuing *s, const cn_json_member *m, cn_json *out, cn_json *digests) {
    size_t path = cn_json_pointer_key(&s->path, m->key);
    bool chosen = is_chosen(s), kept = cn_slice_eq(m->key, CN_S("_sd")) || cn_slice_eq(m->key, CN_S("_sd_alg")) ||
                                       cn_slice_eq(m->key, CN_S("..."));
    const cn_json *value = kept ? name_taken(s) : conceal(s, m->value);
    const cn_json *digest = value && chosen ? disclosure(s, &m->key, value) : NULL;
    cn_json_pointer_back(&s->path, path);
    if (!value || (chosen && !digest)) return false;
    return (chosen ? add_sorted(s->arena, digests, digest) : cn_json_set(s->arena, out, m->key, value)) ||
           cn_fail_memory(s->err);
}

static const cn_json *conceal_object(issuing *s, const cn_json *v) {
    cn_json *out = cn_json_object(s->arena), *digests = cn_json_array(s->arena);
    if (!out || !digests) return cn_fail_memory(s->err), NULL;
    for (size_t i = 0; i < cn_json_count(v); i++)
        if (!conceal_member(s, &v->object.v[i], out, digests)) return NULL;
    if (cn_json_count(digests) && !cn_json_set(s->arena, out, CN_S("_sd"), digests))
        return cn_fail_memory(s->err), NULL;
    return out;
}

/* 4.2.4.2 */
static bool conceal_item(issuing *s, const cn_json *item, cn_json *out) {
    size_t path = cn_json_pointer_index(&s->path, cn_json_count(out));
    bool chosen = is_chosen(s);
    const cn_json *value = conceal(s, item), *digest = value && chosen ? disclosure(s, NULL, value) : NULL;
    cn_json *place = digest ? cn_json_object(s->arena) : NULL;
    cn_json_pointer_back(&s->path, path);
    if (!value || (chosen && !digest)) return false;
    bool good = !chosen || (place && cn_json_set(s->arena, place, CN_S("..."), digest));
    return (good && cn_json_push(s->arena, out, chosen ? place : value)) || cn_fail_memory(s->err);
}

static const cn_json *conceal_list(issuing *s, const cn_json *v) {
    cn_json *out = cn_json_array(s->arena);
    if (!out) return cn_fail_memory(s->err), NULL;
    for (size_t i = 0; i < cn_json_count(v); i++)
        if (!conceal_item(s, cn_json_item(v, i), out)) return NULL;
    return out;
}

/* NULL where it failed. What lies deeper is concealed first, so that it can be disclosed after what it lies in. */
static const cn_json *conceal(issuing *s, const cn_json *v) {
    bool object = cn_json_is(v, CN_JSON_OBJECT);
    if (!object && !cn_json_is(v, CN_JSON_ARRAY)) return v;
    if (s->depth == MAX_DEPTH) {
        (void)cn_fail(s->err, CN_LIMIT, "sd-jwt.depth", "This is nested more than %d levels deep.", MAX_DEPTH);
        return NULL;
    }
    s->depth++;
    const cn_json *out = (object ? conceal_object : conceal_list)(s, v);
    s->depth--;
    return out;
}

static bool check_pointers(const cn_json *document, const cn_sd_jwt_options *o, cn_err *err) {
    for (size_t i = 0; i < o->pointers_n; i++) {
        if (!o->pointers[i].n || (!o->anything && is_needed(o->pointers[i])))
            return cn_fail_at(
                err, CN_INVALID, "sd-jwt.pointer", o->pointers[i],
                "This cannot be left to the holder to withhold: whoever verifies always has to see it.");
        if (!cn_json_point(document, o->pointers[i]))
            return cn_fail_at(err, CN_INVALID, "sd-jwt.pointer", o->pointers[i],
                              "There is nothing in the document at this place.");
    }
    return true;
}

/* RFC 7800, 3.2 */
static bool set_holder(cn_arena *a, cn_json *claims, const cn_public_key *holder, cn_err *err) {
    cn_buf text = cn_buf_on(a, 0);
    cn_json *cnf = cn_json_object(a);
    const cn_json *jwk;
    if (!holder) return true;
    if (!cn_jwk_write(&text, holder, err) || !cn_json_read(a, cn_buf_slice(&text), NULL, &jwk, err)) return false;
    return (cnf && cn_json_set(a, cnf, CN_S("jwk"), jwk) && cn_json_set(a, claims, CN_S("cnf"), cnf)) ||
           cn_fail_memory(err);
}

/* A pointer in an unusual spelling ("/a/00") points at something that the walk calls otherwise. */
static bool all_met(const issuing *s) {
    for (size_t i = 0; i < s->options->pointers_n; i++)
        if (!s->met[i])
            return cn_fail_at(s->err, CN_INVALID, "sd-jwt.pointer", s->options->pointers[i],
                              "There is nothing in the document at this place.");
    return true;
}

bool cn_sd_jwt_issue(cn_arena *a, const cn_json *document, const cn_sd_jwt_options *options, cn_slice *out,
                     cn_err *err) {
    cn_slice typ = options->jose.typ.n ? options->jose.typ : CN_S("vc+sd-jwt"), token;
    issuing s = {.arena = a, .options = options, .path = cn_buf_on(a, 0), .shown = cn_buf_on(a, 0), .err = err};
    cn_json *claims, *payload;
    s.met = CN_NEW_ARRAY(a, bool, options->pointers_n);
    if (!s.met) return cn_fail_memory(err);
    if (!cn_jose_claims(a, document, &options->jose, &claims, err) || !check_pointers(document, options, err))
        return false;
    const cn_json *concealed = conceal(&s, claims);
    if (!concealed || !all_met(&s)) return false;
    payload = cn_json_copy_shallow(a, concealed);
    if (!payload || !cn_json_set(a, payload, CN_S("_sd_alg"), cn_json_string(a, CN_S("sha-256"))))
        return cn_fail_memory(err);
    if (!set_holder(a, payload, options->holder, err)) return false;
    if (!cn_jose_sign_claims(a, payload, &options->jose, typ, &token, err)) return false;
    return cn_arena_print(a, out, "%.*s%.*s~", CN_ARG(token), CN_ARG(cn_buf_slice(&s.shown))) ||
           cn_fail_memory(err);
}

/* ---- Presenting ---- */

static bool within(cn_slice inner, cn_slice outer) {
    cn_slice rest = cn_slice_from(inner, outer.n);
    return cn_slice_starts(inner, outer) && (!rest.n || rest.p[0] == '/');
}

/* Is it what a pointer means, what that lies in, or what lies in it? */
static bool is_wanted(const cn_disclosure *d, const cn_slice *pointers, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (within(d->where, pointers[i]) || within(pointers[i], d->where)) return true;
    return false;
}

static bool check_wanted(const cn_sd_jwt *s, const cn_slice *pointers, size_t n, cn_err *err) {
    for (size_t i = 0; i < n; i++) {
        bool any = false;
        for (size_t k = 0; k < s->n && !any; k++) any = is_wanted(&s->v[k], &pointers[i], 1);
        if (!any)
            return cn_fail_at(err, CN_INVALID, "sd-jwt.pointer", pointers[i],
                              "There is nothing at this place that the holder could disclose or withhold.");
    }
    return true;
}

static bool bind(cn_arena *a, const cn_crypto *c, cn_hash hash, const cn_binding_options *o, cn_slice shown,
                 cn_slice *out, cn_err *err) {
    cn_json *header = cn_json_object(a), *claims = cn_json_object(a);
    cn_buf payload = cn_buf_on(a, 0);
    cn_slice digest;
    bool good = header && claims && cn_sd_jwt_digest(c, a, hash, shown, &digest) &&
                cn_json_set(a, header, CN_S("typ"), cn_json_string(a, CN_S("kb+jwt"))) &&
                cn_json_set(a, claims, CN_S("iat"), cn_json_number(a, (double)o->now.sec)) &&
                cn_json_set(a, claims, CN_S("aud"), cn_json_string(a, o->domain)) &&
                cn_json_set(a, claims, CN_S("nonce"), cn_json_string(a, o->challenge)) &&
                cn_json_set(a, claims, CN_S("sd_hash"), cn_json_string(a, digest));
    if (!good) return cn_fail_memory(err);
    cn_json_write(&payload, claims);
    if (!cn_buf_ok(&payload)) return cn_fail_memory(err);
    return cn_jws_write(c, a, o->key, header, cn_buf_slice(&payload), out, err);
}

static bool read_whole(cn_arena *a, const cn_crypto *c, cn_slice text, cn_sd_jwt *s, cn_hash *hash, cn_err *err) {
    cn_json_options strict = {.refuse_duplicates = true};
    const cn_json *payload, *revealed;
    size_t withheld;
    cn_jws jws;
    return cn_sd_jwt_read(a, cn_slice_trim(text), s, err) && cn_jws_read(a, s->jwt, &jws, err) &&
           cn_json_read(a, jws.payload, &strict, &payload, err) && cn_sd_jwt_hash(payload, hash, err) &&
           cn_sd_jwt_reveal(c, a, s, payload, &revealed, &withheld, err);
}

bool cn_sd_jwt_present(cn_arena *a, const cn_crypto *crypto, cn_slice text, const cn_slice *pointers,
                       size_t pointers_n, const cn_binding_options *binding, cn_slice *out, cn_err *err) {
    cn_sd_jwt s;
    cn_hash hash;
    cn_slice bound = {0};
    cn_buf b = cn_buf_on(a, 0);
    if (!read_whole(a, crypto, text, &s, &hash, err) || !check_wanted(&s, pointers, pointers_n, err)) return false;
    cn_buf_add(&b, s.jwt);
    cn_buf_byte(&b, '~');
    for (size_t i = 0; i < s.n; i++) {
        if (!is_wanted(&s.v[i], pointers, pointers_n)) continue;
        cn_buf_add(&b, s.v[i].text);
        cn_buf_byte(&b, '~');
    }
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    if (binding && !bind(a, crypto, hash, binding, cn_buf_slice(&b), &bound, err)) return false;
    cn_buf_add(&b, bound);
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}
