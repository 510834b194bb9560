/* SPDX-License-Identifier: Apache-2.0
 *
 * A part of a compact JSON-LD document, by JSON pointers: ECDSA Cryptosuites 1.0, sections 3.4.10 to 3.4.13.
 *
 * The text builds the part pointer by pointer, with holes in its lists that are closed at the end. Here the
 * document is gone through once, with what is left of each pointer: the same part comes out, and no list has
 * holes.
 */
#include "vc/sd.h"

typedef struct selector {
    cn_arena *arena;
    cn_buf step; /* "/key" of the child that is looked at */
} selector;

/* What is left of the pointers that lead to a child (a member, or else the i-th item), at `below`; how many do. */
static size_t leading_to(selector *s, const cn_json_member *m, size_t i, const cn_slice *rests, size_t n,
                         cn_slice *below) {
    size_t found = 0;
    cn_buf_clear(&s->step);
    if (m) cn_json_pointer_key(&s->step, m->key);
    else cn_json_pointer_index(&s->step, i);
    cn_slice step = cn_buf_slice(&s->step);
    for (size_t k = 0; k < n; k++) {
        if (!cn_slice_starts(rests[k], step)) continue;
        cn_slice rest = cn_slice_from(rests[k], step.n);
        if (!rest.n || rest.p[0] == '/') below[found++] = rest;
    }
    return found;
}

/* On the way to what is selected, these come along. */
static bool comes_along(const cn_json_member *m, bool whole) {
    if (cn_slice_eq(m->key, CN_S("id"))) return !cn_slice_starts(cn_json_text(m->value), CN_S("_:"));
    return cn_slice_eq(m->key, CN_S("type")) || (whole && cn_slice_eq(m->key, CN_S("@context")));
}

/* Each of the rests leads somewhere. NULL at the arena's maximum. No deeper than the document. */
static const cn_json *part_of(selector *s, const cn_json *v, const cn_slice *rests, size_t n, bool whole) {
    for (size_t i = 0; i < n; i++)
        if (!rests[i].n) return v;
    bool object = v->type == CN_JSON_OBJECT;
    cn_json *out = object ? cn_json_object(s->arena) : cn_json_array(s->arena);
    cn_slice *below = CN_NEW_ARRAY(s->arena, cn_slice, n);
    for (size_t i = 0; out && below && i < cn_json_count(v); i++) {
        const cn_json_member *m = object ? &v->object.v[i] : NULL;
        const cn_json *child = m ? m->value : cn_json_item(v, i);
        size_t found = leading_to(s, m, i, rests, n, below);
        bool entire = m && comes_along(m, whole);
        if (!found && !entire) continue;
        if (!entire) child = part_of(s, child, below, found, false);
        if (!child) return NULL;
        if (!(m ? cn_json_set(s->arena, out, m->key, child) : cn_json_push(s->arena, out, child))) return NULL;
    }
    return below && cn_buf_ok(&s->step) ? out : NULL;
}

bool cn_sd_select(cn_arena *a, const cn_json *document, const cn_sd_list *pointers, const cn_json **out,
                  cn_err *err) {
    selector s = {.arena = a, .step = cn_buf_on(a, 0)};
    if (pointers->n > CN_SD_POINTERS_MAX)
        return cn_fail(err, CN_LIMIT, "sd.size", "At most %d pointers can be given.", CN_SD_POINTERS_MAX);
    for (size_t i = 0; i < pointers->n; i++)
        if (!cn_json_point(document, pointers->v[i]))
            return cn_fail_at(err, CN_NOT_FOUND, "sd.pointer", pointers->v[i],
                              "The pointer \"%.*s\" points at nothing in the document.",
                              CN_ARG(cn_vc_quote(pointers->v[i])));
    const cn_json *part = pointers->n ? part_of(&s, document, pointers->v, pointers->n, true) : NULL;
    if (pointers->n && !part) return cn_fail_memory(err);
    *out = part;
    return true;
}
