/* SPDX-License-Identifier: Apache-2.0
 *
 * Values joined and told apart: what several places of a file say of one thing, and what is missing when a format
 * has said all it can (JSON Merge Patch, RFC 7396).
 */
#include "exchange/inside.h"

/* ---- Joined ---- */

static const cn_json *join_lists(cn_ex *x, const cn_json *one, const cn_json *other) {
    cn_json *out = cn_json_array(x->arena);
    for (size_t i = 0; i < cn_json_count(one) || i < cn_json_count(other); i++) {
        const cn_json *a = cn_json_item(one, i), *b = cn_json_item(other, i);
        const cn_json *both = a && b ? cn_ex_join(x, a, b) : a ? a : b;
        if (!both) return NULL;
        cn_ex_push(x, out, both);
    }
    return cn_ex_made(x, out);
}

static const cn_json *join_objects(cn_ex *x, const cn_json *one, const cn_json *other) {
    cn_json *out = cn_json_copy_shallow(x->arena, one);
    for (size_t i = 0; i < cn_json_count(other); i++) {
        const cn_json_member *m = &other->object.v[i];
        const cn_json *there = cn_json_get(one, m->key);
        const cn_json *both = there ? cn_ex_join(x, there, m->value) : m->value;
        if (!both) return NULL;
        cn_ex_set(x, out, m->key, both);
    }
    return cn_ex_made(x, out);
}

/* Recursion is no deeper than the paths of a template and a pair of languages. */
const cn_json *cn_ex_join(cn_ex *x, const cn_json *one, const cn_json *other) {
    if (cn_json_is(one, CN_JSON_OBJECT) && cn_json_is(other, CN_JSON_OBJECT)) return join_objects(x, one, other);
    if (cn_json_is(one, CN_JSON_ARRAY) && cn_json_is(other, CN_JSON_ARRAY)) return join_lists(x, one, other);
    return cn_json_equal(one, other) ? one : NULL;
}

const cn_json *cn_ex_with(cn_ex *x, const cn_json *object, cn_slice path, const cn_json *value) {
    if (!path.n) return object ? cn_ex_join(x, object, value) : value;
    cn_slice key, rest;
    bool deeper = cn_slice_cut(cn_slice_from(path, 1), '/', &key, &rest);
    if (deeper) rest = cn_slice_from(path, 1 + key.n);
    if (object && !cn_json_is(object, CN_JSON_OBJECT)) return NULL;
    cn_json *out = object ? cn_json_copy_shallow(x->arena, object) : cn_json_object(x->arena);
    const cn_json *inner = cn_ex_with(x, cn_json_get(object, key), rest, value);
    if (!inner) return NULL;
    cn_ex_set(x, out, key, inner);
    return cn_ex_made(x, out);
}

const cn_json *cn_ex_without(cn_ex *x, const cn_json *object, cn_slice path) {
    cn_slice key, rest;
    if (!path.n || !cn_json_is(object, CN_JSON_OBJECT)) return NULL;
    bool deeper = cn_slice_cut(cn_slice_from(path, 1), '/', &key, &rest);
    if (!deeper) return cn_ex_made(x, cn_json_without(x->arena, object, key));
    const cn_json *inner = cn_ex_without(x, cn_json_get(object, key), cn_slice_from(path, 1 + key.n));
    cn_json *out = cn_json_copy_shallow(x->arena, object);
    cn_ex_set(x, out, key, inner);
    return cn_ex_made(x, out);
}

/* ---- Told apart ---- */

static const cn_json *difference_of_objects(cn_ex *x, const cn_json *have, const cn_json *wanted) {
    cn_json *out = cn_json_object(x->arena);
    for (size_t i = 0; i < cn_json_count(wanted); i++) {
        const cn_json_member *m = &wanted->object.v[i];
        const cn_json *one = cn_ex_difference(x, cn_json_get(have, m->key), m->value);
        if (one) cn_ex_set(x, out, m->key, one);
    }
    for (size_t i = 0; have && i < cn_json_count(have); i++) {
        cn_slice key = have->object.v[i].key;
        if (!cn_json_get(wanted, key)) cn_ex_set(x, out, key, cn_json_null());
    }
    if (!cn_ex_made(x, out)) return NULL;
    return cn_json_count(out) || !have ? out : NULL;
}

/* Recursion is no deeper than what the JSON reader lets through. */
const cn_json *cn_ex_difference(cn_ex *x, const cn_json *have, const cn_json *wanted) {
    if (cn_json_is(wanted, CN_JSON_OBJECT) && (!have || cn_json_is(have, CN_JSON_OBJECT)))
        return difference_of_objects(x, have, wanted);
    return have && cn_json_equal(have, wanted) ? NULL : wanted;
}

const cn_json *cn_ex_patched(cn_ex *x, const cn_json *have, const cn_json *patch) {
    if (!cn_json_is(patch, CN_JSON_OBJECT)) return patch;
    cn_json *out = cn_json_object(x->arena);
    if (!cn_json_is(have, CN_JSON_OBJECT)) have = NULL;
    for (size_t i = 0; have && i < cn_json_count(have); i++) {
        const cn_json_member *m = &have->object.v[i];
        if (!cn_json_get(patch, m->key)) cn_ex_set(x, out, m->key, m->value);
    }
    for (size_t i = 0; i < cn_json_count(patch); i++) {
        const cn_json_member *m = &patch->object.v[i];
        if (cn_json_is(m->value, CN_JSON_NULL)) continue;
        cn_ex_set(x, out, m->key, cn_ex_patched(x, cn_json_get(have, m->key), m->value));
    }
    return cn_ex_made(x, out);
}

const cn_json *cn_ex_tidy(cn_ex *x, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_OBJECT)) return value;
    cn_json *out = cn_json_object(x->arena);
    for (size_t i = 0; i < cn_json_count(value); i++) {
        const cn_json_member *m = &value->object.v[i];
        if (!cn_json_is(m->value, CN_JSON_NULL)) cn_ex_set(x, out, m->key, cn_ex_tidy(x, m->value));
    }
    return cn_ex_made(x, out);
}
