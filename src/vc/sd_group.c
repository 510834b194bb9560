/* SPDX-License-Identifier: Apache-2.0
 *
 * The statements of a document as ecdsa-sd-2023 signs them, and which of them a part of the document makes: ECDSA
 * Cryptosuites 1.0, sections 3.4.1 to 3.4.9 and 3.4.14 to 3.4.17.
 *
 * The text goes from JSON-LD to N-Quads and back with regular expressions; here the terms of a dataset are
 * changed. To tell the nodes of a part, each node without an id gets one, under a URN scheme that is taken off
 * again as soon as there are quads.
 */
#include "vc/sd.h"

#define SCHEME "urn:bnid:"

/* ---- Ids for all nodes (3.4.7) ---- */

typedef struct namer {
    cn_arena *arena;
    size_t count;
    bool reserved; /* the document uses our scheme */
} namer;

/* Labels that the document has are kept apart from new ones by their first letter. */
static const cn_json *name_text(namer *t, cn_slice old) {
    cn_slice id;
    bool made = old.n ? cn_arena_print(t->arena, &id, SCHEME "x%.*s", CN_ARG(cn_slice_from(old, 2)))
                      : cn_arena_print(t->arena, &id, SCHEME "n%zu", t->count++);
    return made ? cn_json_string(t->arena, id) : NULL;
}

/* Values, lists, sets and the map of reverse properties are no nodes. */
static bool is_node(const cn_json *v) {
    static const cn_slice others[] = {CN_S_INIT("@value"), CN_S_INIT("@list"), CN_S_INIT("@set")};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (cn_json_get(v, others[i])) return false;
    return v->type == CN_JSON_OBJECT;
}

static bool add_id(namer *t, const cn_json *from, cn_json *to) {
    cn_slice id = cn_json_get_text(from, CN_S("@id"));
    if (id.n && !cn_slice_starts(id, CN_S("_:"))) return true;
    return cn_json_set(t->arena, to, CN_S("@id"), name_text(t, id));
}

/* NULL at the arena's maximum. No deeper than the document was. */
static const cn_json *with_ids(namer *t, const cn_json *v, bool node) {
    t->reserved = t->reserved || cn_slice_starts(cn_json_text(v), CN_S(SCHEME));
    if ((v->type != CN_JSON_OBJECT && v->type != CN_JSON_ARRAY) || cn_json_get(v, CN_S("@value"))) return v;
    bool object = v->type == CN_JSON_OBJECT;
    cn_json *out = object ? cn_json_object(t->arena) : cn_json_array(t->arena);
    for (size_t i = 0; out && i < cn_json_count(v); i++) {
        const cn_json_member *m = object ? &v->object.v[i] : NULL;
        bool inner = !m || !cn_slice_eq(m->key, CN_S("@reverse"));
        const cn_json *child = with_ids(t, m ? m->value : cn_json_item(v, i), inner);
        if (!child) return NULL;
        if (!(m ? cn_json_set(t->arena, out, m->key, child) : cn_json_push(t->arena, out, child))) return NULL;
    }
    return out && (!node || !is_node(v) || add_id(t, v, out)) ? out : NULL;
}

/* ---- From ids to blank nodes (3.4.5) ---- */

static bool fail_unnamed(cn_err *err) {
    return cn_fail(
        err, CN_UNSUPPORTED, "sd.unnamed",
        "The document has a list, or a type without a name: statements about these cannot be told apart "
        "when only a part of them is shown.");
}

static bool unname(cn_term *term) {
    if (term->kind == CN_TERM_BLANK) return false;
    if (term->kind != CN_TERM_IRI || !cn_slice_starts(term->value, CN_S(SCHEME))) return true;
    *term = (cn_term){.kind = CN_TERM_BLANK, .value = cn_slice_from(term->value, sizeof SCHEME - 1)};
    return true;
}

static bool to_quads(cn_arena *a, const cn_canon_env *env, const cn_json *named, cn_dataset *out, cn_err *err) {
    if (!cn_canon_dataset(a, env, named, out, err)) return false;
    for (size_t i = 0; i < out->n; i++)
        if (!unname(&out->v[i].s) || !unname(&out->v[i].o) || !unname(&out->v[i].g)) return fail_unnamed(err);
    return true;
}

/* ---- Labels ---- */

static bool relabel(cn_term *term, const cn_sd_labels *labels) {
    if (term->kind != CN_TERM_BLANK) return true;
    const cn_slice *label = cn_map_get(labels, term->value);
    if (label) term->value = *label;
    return label != NULL;
}

static int by_code_points(const void *x, const void *y) {
    return cn_slice_cmp(*(const cn_slice *)x, *(const cn_slice *)y);
}

static bool write_quads(cn_arena *a, cn_dataset *d, const cn_sd_labels *labels, cn_sd_list *out, cn_err *err) {
    cn_sd_list quads = {.v = CN_NEW_ARRAY(a, cn_slice, d->n), .n = d->n};
    if (!quads.v) return cn_fail_memory(err);
    for (size_t i = 0; i < d->n; i++) {
        cn_quad *q = &d->v[i];
        cn_buf text = cn_buf_on(a, 0);
        if (!relabel(&q->s, labels) || !relabel(&q->o, labels) || !relabel(&q->g, labels))
            return cn_fail(err, CN_INVALID, "sd.label",
                           "The signature does not tell how a node of the credential was named.");
        cn_nquads_write_quad(&text, q);
        if (!cn_buf_ok(&text)) return cn_fail_memory(err);
        quads.v[i] = cn_buf_slice(&text);
    }
    *out = quads;
    return true;
}

bool cn_sd_relabel(cn_arena *a, cn_slice nquads, const cn_sd_labels *labels, cn_sd_list *out, cn_err *err) {
    cn_dataset d = {0};
    cn_sd_list quads;
    if (!cn_nquads_read(a, nquads, 0, &d, err) || !write_quads(a, &d, labels, &quads, err)) return false;
    if (quads.n) qsort(quads.v, quads.n, sizeof *quads.v, by_code_points);
    *out = quads;
    return true;
}

bool cn_sd_label_text(cn_arena *a, cn_slice digest, cn_slice *out) {
    cn_buf text = cn_buf_on(a, 0);
    cn_buf_byte(&text, 'u');
    cn_base64_write(&text, CN_BASE64_URL, digest);
    *out = cn_buf_slice(&text);
    return cn_buf_ok(&text);
}

/* 3.4.4: what is signed instead of the label that canonicalising gave. */
static cn_slice *hmac_label(cn_arena *a, cn_slice hmac_key, cn_slice canonical) {
    cn_digest d = cn_hmac_sha256(hmac_key, canonical);
    cn_slice *label = CN_NEW(a, cn_slice);
    return label && cn_sd_label_text(a, cn_digest_slice(&d), label) ? label : NULL;
}

bool cn_sd_hash(cn_arena *a, const cn_crypto *c, const cn_sd_list *quads, const bool *marked, cn_digest *out) {
    cn_buf all = cn_buf_on(a, 0);
    for (size_t i = 0; i < quads->n; i++)
        if (marked[i]) cn_buf_add(&all, quads->v[i]);
    *out = cn_hash_of(c, CN_SHA256, cn_buf_slice(&all));
    return cn_buf_ok(&all);
}

/* ---- A document and its parts ---- */

static bool name_all(cn_arena *a, const cn_canon_env *env, const cn_json *document, const cn_json **expanded,
                     const cn_json **compact, cn_err *err) {
    cn_jsonld_options options = {
        .loader = env->contexts, .processed = env->processed, .safe = true, .direction = CN_DIRECTION_I18N};
    namer t = {.arena = a};
    const cn_json *all;
    if (!cn_jsonld_expand(a, document, &options, &all, err)) return false;
    all = with_ids(&t, all, true);
    if (!all) return cn_fail_memory(err);
    if (t.reserved)
        return cn_fail(err, CN_UNSUPPORTED, "sd.reserved",
                       "The document uses names that begin with \"" SCHEME "\", which are needed for the "
                       "signature itself.");
    *expanded = all;
    const cn_json *context = cn_json_get(document, CN_S("@context"));
    return cn_jsonld_compact(a, all, context, &options, compact, err);
}

static bool map_labels(cn_arena *a, const cn_rdfc *canonical, cn_slice hmac_key, cn_sd_labels *by_canonical,
                       cn_sd_labels *by_input) {
    for (size_t i = 0; i < canonical->map_n; i++) {
        cn_slice *label = hmac_label(a, hmac_key, canonical->map[i].to);
        if (!label || !cn_map_put(a, by_canonical, canonical->map[i].to, label) ||
            !cn_map_put(a, by_input, canonical->map[i].from, label))
            return false;
    }
    return true;
}

bool cn_sd_prepare(cn_arena *a, const cn_canon_env *env, const cn_json *document, cn_slice hmac_key,
                   cn_sd_ready *out, cn_err *err) {
    cn_sd_ready ready = {0};
    cn_sd_labels by_canonical = {0};
    cn_dataset d = {0};
    cn_rdfc canonical;
    const cn_json *expanded;
    if (!name_all(a, env, document, &expanded, &ready.compact, err)) return false;
    if (!to_quads(a, env, expanded, &d, err) || !cn_canon_rdfc(a, env, CN_SHA256, &d, &canonical, err))
        return false;
    if (!map_labels(a, &canonical, hmac_key, &by_canonical, &ready.labels)) return cn_fail_memory(err);
    if (!cn_sd_relabel(a, canonical.nquads, &by_canonical, &ready.quads, err)) return false;
    for (size_t i = 0; i < ready.quads.n; i++)
        if (!cn_map_put(a, &ready.places, ready.quads.v[i], &ready.quads.v[i])) return cn_fail_memory(err);
    *out = ready;
    return true;
}

bool cn_sd_fail_form(cn_err *err) {
    return cn_fail(
        err, CN_UNSUPPORTED, "sd.form",
        "The pointers select what was not signed so: one leads into something that is signed as one (a text "
        "with its language, a JSON literal), or the document is not in compact form.");
}

bool cn_sd_mark(cn_arena *a, const cn_canon_env *env, const cn_sd_ready *ready, const cn_sd_list *pointers,
                bool *marked, cn_dataset *dataset, cn_err *err) {
    const cn_json *part;
    cn_dataset d = {0};
    cn_sd_list quads;
    if (!cn_sd_select(a, ready->compact, pointers, &part, err)) return false;
    if (part && !to_quads(a, env, part, &d, err)) return false;
    if (dataset) {
        *dataset = (cn_dataset){.v = CN_NEW_ARRAY(a, cn_quad, d.n), .n = d.n, .cap = d.n};
        if (!dataset->v) return cn_fail_memory(err);
        if (d.n) memcpy(dataset->v, d.v, d.n * sizeof *d.v);
    }
    if (!write_quads(a, &d, &ready->labels, &quads, err)) return false;
    for (size_t i = 0; i < quads.n; i++) {
        const cn_slice *at = cn_map_get(&ready->places, quads.v[i]);
        if (!at) return cn_sd_fail_form(err);
        marked[at - ready->quads.v] = true;
    }
    return true;
}
