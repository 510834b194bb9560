/* SPDX-License-Identifier: Apache-2.0
 *
 * SD-JWT read: RFC 9901, sections 4.1 to 4.2.6 and 7.1.
 *
 * The signed payload holds digests: in a member "_sd" of an object, or as an item {"...": digest} of a list. Each
 * disclosure is put where its digest stands, and may hold digests in turn. Whatever would let two readers see two
 * payloads is refused: a digest twice, a name twice, a disclosure that nothing asks for.
 */
#include "vc/sd_jwt.h"

enum { MAX_DEPTH = 128 };

#define SD CN_S("_sd")
#define ITEM CN_S("...")

/* ---- Reading ---- */

static bool bad_disclosure(cn_err *err, size_t i, const char *why) {
    char where[48];
    int n = snprintf(where, sizeof where, "disclosure %zu", i + 1);
    return cn_fail_at(err, CN_INVALID, "sd-jwt.disclosure", cn_slice_bytes(where, (size_t)n),
                      "A part that is disclosed cannot be read: %s.", why);
}

/* 4.2: base64url of a JSON list; its first item is the salt. */
static bool read_disclosure(cn_arena *a, size_t i, cn_disclosure *d, cn_err *err) {
    cn_json_options strict = {.refuse_duplicates = true};
    cn_slice json;
    cn_err inner;
    if (!cn_base64_read(a, CN_BASE64_URL, d->text, &json, &inner)) {
        if (inner.code == CN_LIMIT) return cn_fail_memory(err);
        return bad_disclosure(err, i, "it is not in base64url");
    }
    if (!cn_json_read(a, json, &strict, &d->parts, &inner)) {
        if (cn_slice_eq(cn_slice_of(inner.id), CN_S("memory.limit"))) return cn_fail_memory(err);
        return bad_disclosure(err, i, "it is no JSON, or says something twice");
    }
    size_t n = cn_json_is(d->parts, CN_JSON_ARRAY) ? cn_json_count(d->parts) : 0;
    if (n != 2 && n != 3) return bad_disclosure(err, i, "it is not a list of two or three");
    bool texts = cn_json_is(cn_json_item(d->parts, 0), CN_JSON_STRING) &&
                 (n == 2 || cn_json_is(cn_json_item(d->parts, 1), CN_JSON_STRING));
    return texts || bad_disclosure(err, i, "its salt or name is no text");
}

static size_t tildes(cn_slice text) {
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) n += text.p[i] == '~';
    return n;
}

bool cn_sd_jwt_read(cn_arena *a, cn_slice text, cn_sd_jwt *out, cn_err *err) {
    size_t n = tildes(text);
    cn_sd_jwt s = {0};
    cn_slice rest;
    if (!n)
        return cn_fail(
            err, CN_INVALID, "sd-jwt.parts",
            "An SD-JWT has a tilde behind its JWT and behind each part that is disclosed; here is none.");
    if (n - 1 > CN_DISCLOSURES_MAX)
        return cn_fail(err, CN_LIMIT, "sd-jwt.disclosures",
                       "This discloses %zu parts, and at most %d are looked at.", n - 1, CN_DISCLOSURES_MAX);
    s.v = CN_NEW_ARRAY(a, cn_disclosure, n - 1);
    if (!s.v) return cn_fail_memory(err);
    (void)cn_slice_cut(text, '~', &s.jwt, &rest);
    for (; s.n < n - 1; s.n++) {
        (void)cn_slice_cut(rest, '~', &s.v[s.n].text, &rest);
        if (!read_disclosure(a, s.n, &s.v[s.n], err)) return false;
    }
    s.binding = rest;
    s.shown = cn_slice_sub(text, 0, text.n - rest.n);
    *out = s;
    return true;
}

/* ---- Hashes ---- */

bool cn_sd_jwt_hash(const cn_json *payload, cn_hash *out, cn_err *err) {
    static const struct {
        cn_slice name;
        cn_hash hash;
    } rows[] = {
        {CN_S_INIT("sha-256"), CN_SHA256}, {CN_S_INIT("sha-384"), CN_SHA384}, {CN_S_INIT("sha-512"), CN_SHA512}};
    const cn_json *named = cn_json_get(payload, CN_S("_sd_alg"));
    *out = CN_SHA256;
    if (!named) return true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        *out = rows[i].hash;
        if (cn_json_is_string(named, rows[i].name)) return true;
    }
    return cn_fail_at(err, CN_UNSUPPORTED, "sd-jwt.hash", CN_S("payload/_sd_alg"),
                      "What may be withheld was hashed in a way (\"_sd_alg\") that is not known here.");
}

bool cn_sd_jwt_digest(const cn_crypto *c, cn_arena *a, cn_hash hash, cn_slice text, cn_slice *out) {
    cn_digest d = cn_hash_of(c, hash, text);
    cn_buf b = cn_buf_on(a, 0);
    cn_base64_write(&b, CN_BASE64_URL, cn_digest_slice(&d));
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b);
}

/* ---- Revealing ---- */

typedef struct revealing {
    cn_arena *arena;
    cn_map disclosed; /* digest to cn_disclosure */
    cn_map seen;      /* digests of the payload */
    size_t withheld;
    unsigned depth;
    cn_buf path; /* a JSON pointer to what is looked at */
    cn_err *err;
} revealing;

static const cn_json *reveal(revealing *r, const cn_json *v);

static bool broken(revealing *r, const char *id, const char *why) {
    return cn_fail_at(r->err, CN_INVALID, id, CN_S("payload"), "What this discloses contradicts itself: %s.", why);
}

/* 7.1, steps 3.b and 4: the disclosure of a digest, NULL where it is withheld. */
static bool look_up(revealing *r, const cn_json *digest, cn_disclosure **out) {
    if (!cn_json_is(digest, CN_JSON_STRING)) return broken(r, "sd-jwt.digest", "a digest is no text");
    cn_map_entry *e = cn_map_at(r->arena, &r->seen, cn_json_text(digest));
    if (!e) return cn_fail_memory(r->err);
    if (e->value) return broken(r, "sd-jwt.digest", "a digest stands in it twice");
    e->value = e;
    *out = cn_map_get(&r->disclosed, cn_json_text(digest));
    if (*out) (*out)->used = true;
    else r->withheld++;
    return true;
}

/* The value at the end of the path, which is put back to where it was. `d`: what discloses it, or NULL. */
static const cn_json *reveal_at(revealing *r, size_t path, cn_disclosure *d, const cn_json *v) {
    if (!cn_buf_ok(&r->path) || (d && !cn_arena_copy(r->arena, cn_buf_slice(&r->path), &d->where)))
        return cn_fail_memory(r->err), NULL;
    const cn_json *out = reveal(r, v);
    r->path.n = path;
    return out;
}

/* 3.c.ii: a member by its digest. */
static bool put_member(revealing *r, cn_json *object, const cn_json *digest) {
    cn_disclosure *d;
    if (!look_up(r, digest, &d)) return false;
    if (!d) return true;
    if (cn_json_count(d->parts) != 3)
        return broken(r, "sd-jwt.disclosure", "a member is disclosed without its name");
    cn_slice name = cn_json_text(cn_json_item(d->parts, 1));
    if (cn_slice_eq(name, SD) || cn_slice_eq(name, ITEM) || cn_json_get(object, name))
        return broken(r, "sd-jwt.name", "a member is disclosed under a name that is taken");
    size_t path = r->path.n;
    cn_json_pointer_key(&r->path, name);
    const cn_json *value = reveal_at(r, path, d, cn_json_item(d->parts, 2));
    return value && (cn_json_set(r->arena, object, name, value) || cn_fail_memory(r->err));
}

static const cn_json *reveal_object(revealing *r, const cn_json *v) {
    const cn_json *digests = cn_json_get(v, SD);
    cn_json *out = cn_json_object(r->arena);
    if (!out) return cn_fail_memory(r->err), NULL;
    if (cn_json_get(v, ITEM)) return broken(r, "sd-jwt.name", "a member is called \"...\""), NULL;
    if (digests && !cn_json_is(digests, CN_JSON_ARRAY))
        return broken(r, "sd-jwt.digest", "\"_sd\" is no list of digests"), NULL;
    for (size_t i = 0; i < cn_json_count(v); i++) {
        const cn_json_member *m = &v->object.v[i];
        if (cn_slice_eq(m->key, SD)) continue;
        size_t path = r->path.n;
        cn_json_pointer_key(&r->path, m->key);
        const cn_json *value = reveal_at(r, path, NULL, m->value);
        if (!value) return NULL;
        if (!cn_json_set(r->arena, out, m->key, value)) return cn_fail_memory(r->err), NULL;
    }
    for (size_t i = 0; i < cn_json_count(digests); i++)
        if (!put_member(r, out, cn_json_item(digests, i))) return NULL;
    return out;
}

/* 3.c.iii: an item by its digest. */
static bool put_item(revealing *r, cn_json *list, const cn_json *item) {
    const cn_json *digest = cn_json_get(item, ITEM), *value = item;
    cn_disclosure *d = NULL;
    size_t path = r->path.n;
    if (digest) {
        if (cn_json_count(item) != 1) return broken(r, "sd-jwt.name", "something stands beside \"...\"");
        if (!look_up(r, digest, &d)) return false;
        if (!d) return true;
        if (cn_json_count(d->parts) != 2)
            return broken(r, "sd-jwt.disclosure", "an item of a list is disclosed with a name");
        value = cn_json_item(d->parts, 1);
    }
    cn_json_pointer_index(&r->path, cn_json_count(list));
    value = reveal_at(r, path, d, value);
    return value && (cn_json_push(r->arena, list, value) || cn_fail_memory(r->err));
}

static const cn_json *reveal_list(revealing *r, const cn_json *v) {
    cn_json *out = cn_json_array(r->arena);
    if (!out) return cn_fail_memory(r->err), NULL;
    for (size_t i = 0; i < cn_json_count(v); i++)
        if (!put_item(r, out, cn_json_item(v, i))) return NULL;
    return out;
}

/* NULL where it failed. Recursion is bounded here: disclosures within disclosures could go deeper than any text.
 */
static const cn_json *reveal(revealing *r, const cn_json *v) {
    bool object = cn_json_is(v, CN_JSON_OBJECT);
    if (!object && !cn_json_is(v, CN_JSON_ARRAY)) return v;
    if (r->depth == MAX_DEPTH) {
        (void)cn_fail(r->err, CN_LIMIT, "sd-jwt.depth",
                      "With what it discloses, this is nested more than %d levels deep.", MAX_DEPTH);
        return NULL;
    }
    r->depth++;
    const cn_json *out = (object ? reveal_object : reveal_list)(r, v);
    r->depth--;
    return out;
}

/* 7.1, steps 2 and 3.a: by their digests; none comes twice. */
static bool index_all(revealing *r, const cn_crypto *c, cn_hash hash, cn_sd_jwt *s) {
    for (size_t i = 0; i < s->n; i++) {
        if (!cn_sd_jwt_digest(c, r->arena, hash, s->v[i].text, &s->v[i].digest)) return cn_fail_memory(r->err);
        cn_map_entry *e = cn_map_at(r->arena, &r->disclosed, s->v[i].digest);
        if (!e) return cn_fail_memory(r->err);
        if (e->value) return bad_disclosure(r->err, i, "it stands here twice");
        e->value = &s->v[i];
    }
    return true;
}

/* Step 5 */
static bool all_used(const cn_sd_jwt *s, cn_err *err) {
    for (size_t i = 0; i < s->n; i++) {
        if (s->v[i].used) continue;
        char where[48];
        int n = snprintf(where, sizeof where, "disclosure %zu", i + 1);
        return cn_fail_at(
            err, CN_INVALID, "sd-jwt.unused", cn_slice_bytes(where, (size_t)n),
            "Something is disclosed that the issuer has not signed; get the credential anew from whoever "
            "showed it to you.");
    }
    return true;
}

bool cn_sd_jwt_reveal(const cn_crypto *c, cn_arena *a, cn_sd_jwt *s, const cn_json *payload, const cn_json **out,
                      size_t *withheld, cn_err *err) {
    revealing r = {.arena = a, .path = cn_buf_on(a, 0), .err = err};
    cn_hash hash;
    if (!cn_json_is(payload, CN_JSON_OBJECT))
        return cn_fail_at(err, CN_INVALID, "sd-jwt.payload", CN_S("payload"),
                          "The payload of the SD-JWT is no JSON object.");
    if (!cn_sd_jwt_hash(payload, &hash, err) || !index_all(&r, c, hash, s)) return false;
    const cn_json *bare = cn_json_without(a, payload, CN_S("_sd_alg"));
    if (!bare) return cn_fail_memory(err);
    const cn_json *revealed = reveal(&r, bare);
    if (!revealed || !all_used(s, err)) return false;
    *out = revealed;
    *withheld = r.withheld;
    return true;
}
