/* SPDX-License-Identifier: Apache-2.0
 *
 * Digests that a credential gives for what it points to (data model 2.0, section 5.3, "relatedResource", and
 * "digestSRI" or "digestMultibase" beside any id, such as that of evidence).
 *
 * Part of step "context": for the URL of a built-in context the digest is that of the file as it was published.
 * Our own copy may differ from it in white space, so it is not what is hashed. Step "resources": other things are
 * fetched and hashed where the caller asks for it. Asking for them tells somebody who is looking, so it is not
 * done unasked.
 */
#include "vc/internal.h"

enum { DIGESTS_MAX = 16, ALL_HASHES = 1U << CN_SHA256 | 1U << CN_SHA384 | 1U << CN_SHA512 };

/* ---- Digests ---- */

typedef struct digest {
    cn_hash hash;
    cn_slice bytes; /* empty where the text is no digest of anything */
} digest;

/* Any of these will do, of the strongest hash that can be compared. */
typedef struct digests {
    digest v[DIGESTS_MAX];
    size_t n;
} digests;

static const struct {
    cn_hash hash;
    cn_slice sri;
    char multihash;
    size_t size;
} hashes[] = {
    {CN_SHA256, CN_S_INIT("sha256-"), 0x12, 32},
    {CN_SHA384, CN_S_INIT("sha384-"), 0x20, 48},
    {CN_SHA512, CN_S_INIT("sha512-"), 0x13, 64},
};
enum { HASHES = sizeof hashes / sizeof hashes[0] };

/* Subresource Integrity, 3.5: "sha384-BASE64", several parted by spaces, each perhaps with "?options". False at
 * the maximum. */
static bool read_sri(cn_arena *a, cn_slice text, digests *out) {
    for (cn_slice one, rest = cn_slice_trim(text); rest.n && out->n < DIGESTS_MAX;) {
        (void)cn_slice_cut(rest, ' ', &one, &rest);
        for (size_t i = 0; i < HASHES; i++) {
            digest *d = &out->v[out->n];
            cn_slice value, options;
            cn_err err;
            if (!cn_slice_starts(one, hashes[i].sri)) continue;
            *d = (digest){.hash = hashes[i].hash};
            (void)cn_slice_cut(cn_slice_from(one, hashes[i].sri.n), '?', &value, &options);
            if (!cn_base64_read(a, CN_BASE64, value, &d->bytes, &err)) {
                if (err.code == CN_LIMIT) return false;
                d->bytes = (cn_slice){0};
            }
            out->n++;
            break;
        }
    }
    return true;
}

/* A multihash in multibase: code, length, digest. The bare digest, which some write, is told by its length. */
static bool read_multibase(cn_arena *a, cn_slice text, digests *out) {
    cn_err err;
    cn_slice bytes;
    if (!text.n) return true;
    if (!cn_multibase_read(a, text, &bytes, &err)) return err.code != CN_LIMIT;
    for (size_t i = 0; i < HASHES; i++)
        if (bytes.n == hashes[i].size)
            return out->v[out->n++] = (digest){.hash = hashes[i].hash, .bytes = bytes}, true;
    for (size_t i = 0; i < HASHES && bytes.n >= 2; i++)
        if (bytes.p[0] == hashes[i].multihash)
            out->v[out->n++] = (digest){.hash = hashes[i].hash, .bytes = cn_slice_from(bytes, 2)};
    return true;
}

typedef struct given {
    digests sri, multibase;
} given;

static bool read_digests(cn_vc *v, const cn_json *resource, given *out) {
    *out = (given){0};
    return (read_sri(v->arena, cn_json_get_text(resource, CN_S("digestSRI")), &out->sri) &&
            read_multibase(v->arena, cn_json_get_text(resource, CN_S("digestMultibase")), &out->multibase)) ||
           cn_fail_memory(v->err);
}

/* What a resource has, by each hash: empty where it is not known. */
typedef struct actual {
    cn_digest by[CN_HASH_KINDS];
} actual;

typedef enum match { NOT_COMPARED, SAME, DIFFERENT } match;

static match compare(const digests *d, const actual *a) {
    match found = NOT_COMPARED;
    cn_hash strongest = CN_SHA256;
    for (size_t i = 0; i < d->n; i++)
        if (a->by[d->v[i].hash].n && d->v[i].hash >= strongest) strongest = d->v[i].hash;
    for (size_t i = 0; i < d->n && a->by[strongest].n && found != SAME; i++)
        if (d->v[i].hash == strongest)
            found = cn_slice_eq(d->v[i].bytes, cn_digest_slice(&a->by[strongest])) ? SAME : DIFFERENT;
    return found;
}

/* Both members, where both are there. */
static match compare_both(const given *g, const actual *a) {
    match sri = compare(&g->sri, a), multibase = compare(&g->multibase, a);
    return sri > multibase ? sri : multibase;
}

/* ---- Contexts that are built in ---- */

static bool published(cn_vc *v, const char *hex, cn_digest *out) {
    cn_slice bytes;
    cn_err err;
    if (!*hex) return true;
    if (!cn_hex_read(v->arena, cn_slice_of(hex), &bytes, &err)) return cn_fail_memory(v->err);
    memcpy(out->bytes, bytes.p, bytes.n);
    out->n = bytes.n;
    return true;
}

/* Editions that stood at the address before the one that is built in, where what they mean is the same but for
 * what is said here. */
static const struct {
    const char *url, *sha256, *sha384, *date, *but;
} earlier[] = {
    {CN_VC_BASE_2, "24a18c90e9856d526111f29376e302d970b2bd10182e33959995b0207d7043b9",
     "35239c36999d2155312091af194a1edb61634d6ad789a5e5b19f2aebdd762dd9d1dcaada40eda7ef921c6b8c0ae107a0",
     "2024-07-20", "\"statusMessage\", \"statusReference\" and \"statusSize\""},
};

/* *which is the edition, or the table's end. */
static bool find_earlier(cn_vc *v, cn_slice id, const given *g, size_t *which) {
    size_t n = sizeof earlier / sizeof earlier[0], i;
    for (i = 0; i < n; i++) {
        actual is = {0};
        if (!cn_slice_eq(id, cn_slice_of(earlier[i].url))) continue;
        if (!published(v, earlier[i].sha256, &is.by[CN_SHA256]) ||
            !published(v, earlier[i].sha384, &is.by[CN_SHA384]))
            return false;
        if (compare_both(g, &is) == SAME) break;
    }
    *which = i;
    return true;
}

static bool check_other(cn_vc *v, cn_step *step, cn_slice id, const given *g, cn_slice where) {
    size_t which;
    if (!find_earlier(v, id, g, &which)) return false;
    if (which < sizeof earlier / sizeof earlier[0])
        return cn_vc_find_about(v, step, CN_PASS, "resource-digest", where, id,
                                "The credential was made with the edition of \"%.*s\" of %s; the one that is used "
                                "here means the same, but for %s.",
                                CN_ARG(id), earlier[which].date, earlier[which].but);
    return cn_vc_find_about(
        v, step, CN_FAIL, "resource-digest", where, id,
        "The credential was made with another \"%.*s\" than the published one that is used here, "
        "so its terms may mean something else; the issuer has to correct the digest.",
        CN_ARG(id));
}

static bool check_context(cn_vc *v, cn_step *step, const cn_json *resource, cn_slice where) {
    cn_slice id = cn_vc_id(resource);
    const cn_builtin_context *c = cn_builtin_context_find(id);
    actual known = {0};
    given g;
    if (!c) return true;
    if (!published(v, c->published_sha256, &known.by[CN_SHA256]) ||
        !published(v, c->published_sha384, &known.by[CN_SHA384]) || !read_digests(v, resource, &g))
        return false;
    return compare_both(&g, &known) != DIFFERENT || check_other(v, step, id, &g, where);
}

/* 5.3: no two entries are about the same thing, so that none can be told in two ways. */
static bool check_once(cn_vc *v, cn_step *step, cn_map *seen, const cn_json *resource, cn_slice where) {
    cn_slice id = cn_vc_id(resource);
    if (!id.n || !cn_map_has(seen, id)) return cn_map_at(v->arena, seen, id) != NULL || cn_fail_memory(v->err);
    cn_slice shown = cn_vc_quote(id);
    return cn_vc_find_about(v, step, CN_FAIL, "resource-invalid", where, CN_S("relatedResource"),
                            "\"relatedResource\" names \"%.*s\" twice; the issuer has to correct it and issue the "
                            "credential again.",
                            CN_ARG(shown));
}

bool cn_vc_related(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->document, CN_S("relatedResource"));
    cn_map seen = {0};
    for (size_t i = 0; i < cn_json_many(all); i++) {
        cn_slice where;
        if (!cn_vc_where_item(v, CN_S("/relatedResource"), all, i, &where)) return false;
        if (!check_once(v, step, &seen, cn_json_one(all, i), where)) return false;
        if (!check_context(v, step, cn_json_one(all, i), where)) return false;
    }
    return true;
}

/* ---- Other resources ---- */

typedef struct search {
    cn_vc *v;
    cn_step *step;
    cn_slice where; /* of the resource that is looked at */
    size_t n;
    bool failed; /* v->err says why */
} search;

static bool unchecked(const search *s, cn_slice url, const char *why) {
    cn_slice shown = cn_vc_quote(url);
    return cn_vc_find_about(s->v, s->step, CN_UNKNOWN, "resource-unavailable", s->where, shown,
                            "Whether \"%.*s\" is still what the credential points to cannot be said: %s",
                            CN_ARG(shown), why);
}

static void hash_all(const cn_vc *v, cn_slice body, actual *out) {
    for (size_t i = 0; i < HASHES; i++) out->by[hashes[i].hash] = cn_hash_of(v->env.crypto, hashes[i].hash, body);
}

bool cn_vc_digest_differs(cn_vc *v, const cn_json *resource, cn_slice body, bool *differs) {
    actual is = {0};
    given g;
    if (!read_digests(v, resource, &g)) return false;
    hash_all(v, body, &is);
    *differs = compare_both(&g, &is) == DIFFERENT;
    return true;
}

static bool check_resource(const search *s, const cn_json *resource, cn_slice url) {
    cn_document got;
    cn_err err;
    given g;
    actual is = {0};
    cn_slice shown = cn_vc_quote(url);
    if (!s->v->resolver->load(s->v->resolver->self, s->v->arena, url, &got, &err))
        return !cn_vc_fatal(s->v, &err) && unchecked(s, url, err.detail);
    if (!read_digests(s->v, resource, &g)) return false;
    hash_all(s->v, got.body, &is);
    switch (compare_both(&g, &is)) {
    case SAME: return true;
    case NOT_COMPARED: return unchecked(s, url, "its digest is of a kind that is not known here.");
    case DIFFERENT: break;
    }
    return cn_vc_find_about(
        s->v, s->step, CN_FAIL, "resource-changed", s->where, shown,
        "What is found at \"%.*s\" is not what the credential points to: it has another digest. "
        "Ask the issuer.",
        CN_ARG(shown));
}

/* Credentials inside are verified by themselves, and contexts that are built in are not fetched. */
static bool passed_over(cn_slice key) {
    static const cn_slice keys[] = {CN_S_INIT("@context"), CN_S_INIT("proof"), CN_S_INIT("endorsement"),
                                    CN_S_INIT("verifiableCredential")};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (cn_slice_eq(key, keys[i])) return true;
    return false;
}

static bool check_at(search *s, const cn_spot *at, const cn_json *resource, cn_slice url) {
    cn_buf where = cn_buf_on(s->v->arena, 0);
    cn_spot_write(&where, at);
    if (!cn_buf_ok(&where)) return cn_fail_memory(s->v->err);
    s->where = cn_buf_slice(&where);
    return check_resource(s, resource, url);
}

static void take(search *s, const cn_spot *at, const cn_json *v) {
    if (!cn_json_get(v, CN_S("digestSRI")) && !cn_json_get(v, CN_S("digestMultibase"))) return;
    cn_slice url = cn_json_get_text(v, CN_S("id"));
    if (!cn_vc_is_url(url) || cn_builtin_context_find(url)) return;
    s->n++;
    if (s->v->options->check_resources) s->failed = !check_at(s, at, v, url);
}

/* Recursion is no deeper than what the JSON reader lets through. */
static void look(search *s, const cn_spot *up, const cn_json *v) {
    bool object = cn_json_is(v, CN_JSON_OBJECT);
    if (object) take(s, up, v);
    for (size_t i = 0, n = cn_json_count(v); i < n && !s->failed; i++) {
        cn_spot at = {.up = up, .member = object ? &v->object.v[i] : NULL, .index = i};
        if (at.member && passed_over(at.member->key)) continue;
        look(s, &at, at.member ? at.member->value : cn_json_item(v, i));
    }
}

bool cn_step_resources(cn_vc *v, cn_step *step) {
    search s = {.v = v, .step = step};
    look(&s, NULL, v->credential);
    if (s.failed) return false;
    if (!s.n) step->outcome = CN_NOT_APPLICABLE;
    if (!s.n || v->options->check_resources) return true;
    return cn_vc_find(
        v, step, CN_NOT_APPLICABLE, "resources-not-checked", CN_S(""),
        "The credential gives digests of %zu things elsewhere, which were not fetched: that would tell "
        "others who is looking.",
        s.n);
}
