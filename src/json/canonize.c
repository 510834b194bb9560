/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON Canonicalization Scheme, RFC 8785. Literals, strings and numbers
 * (3.2.2) are what write.c writes anyway; here is the order of members (3.2.3).
 */
#include "json/json.h"
#include "json/plain.h"

/* The members of every object still open, in their order, lie on one stack. */
typedef struct canonizer {
    cn_arena *arena;
    cn_buf *b;
    const cn_json_member **open;
    size_t n, cap;
    cn_err *err;
} canonizer;

static bool canonize(canonizer *c, const cn_json *v, size_t depth);

/* 3.2.3: by the UTF-16 code units of the keys. */
static int by_key(const void *x, const void *y) {
    const cn_json_member *const *a = x, *const *b = y;
    return cn_utf8_cmp_utf16((*a)->key, (*b)->key);
}

static bool push_sorted(canonizer *c, const cn_json *v) {
    size_t n = v->object.n;
    const cn_json_member **open = cn_arena_grow(c->arena, c->open, c->n, &c->cap, c->n + n, sizeof *open);
    if (!open) return cn_fail_memory(c->err);
    c->open = open;
    bool sorted = true;
    for (size_t i = 0; i < n; i++) {
        open[c->n + i] = &v->object.v[i];
        if (i && sorted) sorted = by_key(&open[c->n + i - 1], &open[c->n + i]) < 0;
    }
    if (!sorted) qsort(open + c->n, n, sizeof *open, by_key);
    c->n += n;
    return true;
}

static bool canonize_object(canonizer *c, const cn_json *v, size_t depth) {
    size_t base = c->n;
    if (!push_sorted(c, v)) return false;
    cn_buf_byte(c->b, '{');
    for (size_t i = 0; i < v->object.n; i++) {
        const cn_json_member *m = c->open[base + i];
        if (i) cn_buf_byte(c->b, ',');
        cn_json_write_string(c->b, m->key);
        cn_buf_byte(c->b, ':');
        if (!canonize(c, m->value, depth)) return false;
    }
    cn_buf_byte(c->b, '}');
    c->n = base;
    return true;
}

static bool canonize_array(canonizer *c, const cn_json *v, size_t depth) {
    cn_buf_byte(c->b, '[');
    for (size_t i = 0; i < v->array.n; i++) {
        if (i) cn_buf_byte(c->b, ',');
        if (!canonize(c, v->array.v[i], depth)) return false;
    }
    cn_buf_byte(c->b, ']');
    return true;
}

static bool canonize(canonizer *c, const cn_json *v, size_t depth) {
    if (depth > CN_JSON_DEEPEST)
        return cn_fail(c->err, CN_LIMIT, "json.depth", "Arrays and objects are nested deeper than is allowed.");
    if (v->type == CN_JSON_OBJECT) return canonize_object(c, v, depth + 1);
    if (v->type == CN_JSON_ARRAY) return canonize_array(c, v, depth + 1);
    cn_json_write(c->b, v);
    return true;
}

bool cn_json_canonize(cn_arena *a, const cn_json *v, cn_buf *b, cn_err *err) {
    canonizer c = {.arena = a, .b = b, .err = err};
    if (!canonize(&c, v, 0)) return false;
    return cn_buf_ok(b) || cn_fail_memory(err);
}
