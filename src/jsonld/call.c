/* SPDX-License-Identifier: Apache-2.0
 *
 * One call of the processor: its limits, its errors and their places, the
 * remote contexts it has read, and small helpers to build expanded values.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "jsonld/shared.h"

#include "base/base.h"

void cn_ld_start(cn_ld *ld, cn_arena *a, const cn_jsonld_options *options, cn_err *err) {
    *ld = (cn_ld){.a = a, .options = options, .err = err, .base = options->base};
    ld->max_depth = options->max_depth ? options->max_depth : 128;
    ld->max_contexts = options->max_contexts ? options->max_contexts : 64;
    ld->max_work = 250000;
}

/* ---- Errors ---- */

static void write_path(cn_buf *b, const cn_path *at) {
    if (!at->up) {
        cn_buf_add(b, at->key);
        if (at->key.n) cn_buf_byte(b, '#');
        return;
    }
    write_path(b, at->up);
    if (at->key.p) cn_json_pointer_key(b, at->key);
    else cn_json_pointer_index(b, at->index);
}

bool cn_path_place(const cn_path *at, cn_err *err) {
    cn_buf b = cn_buf_on(NULL, 4096);
    write_path(&b, at);
    cn_fail_place(err, cn_buf_slice(&b));
    cn_buf_done(&b);
    return false;
}

static bool place(cn_ld *ld, const cn_path *at) {
    return at ? cn_path_place(at, ld->err) : false;
}

bool(cn_ld_fail)(cn_ld *ld, const cn_path *at, const char *id, const char *format, ...) {
    char text[sizeof ld->err->detail];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    cn_slice detail = cn_utf8_prefix(cn_slice_bytes(text, length), length);
    cn_fail(ld->err, CN_INVALID, id, "%.*s", CN_ARG(detail));
    return place(ld, at);
}

bool(cn_ld_memory)(cn_ld *ld) {
    return cn_fail_memory(ld->err);
}

bool cn_ld_enter(cn_ld *ld, const cn_path *at) {
    if (ld->depth >= ld->max_depth) {
        cn_fail(ld->err, CN_LIMIT, "jsonld.depth", "Values or contexts are nested deeper than %zu levels.",
                ld->max_depth);
        return place(ld, at);
    }
    if (++ld->depth > ld->deepest) ld->deepest = ld->depth;
    return true;
}

/* ---- Remote contexts (4.1.2, 5.2.4 and 5.2.5) ---- */

typedef struct document {
    const cn_json *context;
    cn_slice url;
} document;

static bool load_failed(cn_ld *ld, cn_slice url, const cn_path *at, const cn_err *why) {
    if (why->code == CN_LIMIT || why->code == CN_INTERNAL) {
        *ld->err = *why;
    } else if (why->code == CN_NOT_FOUND) {
        cn_fail(ld->err, CN_NOT_FOUND, "jsonld.context-unknown", "Nobody here has the context %.*s.", CN_ARG(url));
    } else {
        cn_fail(ld->err, why->code, "jsonld.loading-remote-context-failed", "The context %.*s cannot be had: %s",
                CN_ARG(url), why->detail);
    }
    return place(ld, at);
}

static bool read_document(cn_ld *ld, cn_slice url, const cn_path *at, document *doc) {
    const cn_loader *loader = ld->options->loader;
    cn_err why = {.code = CN_NOT_FOUND};
    cn_document got = {0};
    if (!loader || !loader->load(loader->self, ld->a, url, &got, &why)) return load_failed(ld, url, at, &why);
    const cn_json *json;
    if (!cn_json_read(ld->a, got.body, NULL, &json, &why)) return load_failed(ld, url, at, &why);
    doc->context = cn_kw_get(json, CN_KW_CONTEXT);
    doc->url = got.final_url.n ? got.final_url : url;
    if (!doc->context)
        return cn_ld_fail(ld, at, "jsonld.invalid-remote-context", "The document %.*s has no @context.",
                          CN_ARG(url));
    return true;
}

bool cn_ld_load(cn_ld *ld, cn_slice url, const cn_path *at, const cn_json **context, cn_slice *final) {
    const cn_json *shared = cn_shared_document(ld, url, final);
    if (shared) {
        *context = shared;
        return true;
    }
    document *doc = cn_map_get(&ld->documents, url);
    if (!doc) {
        if (ld->documents.count >= ld->max_contexts)
            return cn_ld_fail(ld, at, "jsonld.context-overflow", "The document needs more than %zu contexts.",
                              ld->max_contexts);
        if (!(doc = CN_NEW(ld->a, document))) return cn_ld_memory(ld);
        if (!read_document(ld, url, at, doc)) return false;
        if (!cn_map_put(ld->a, &ld->documents, url, doc)) return cn_ld_memory(ld);
    }
    *context = doc->context;
    *final = doc->url;
    return true;
}

/* ---- Values ---- */

static int by_key(const void *x, const void *y) {
    return cn_slice_cmp(((const cn_json_member *)x)->key, ((const cn_json_member *)y)->key);
}

bool cn_ld_members(cn_ld *ld, const cn_json *object, const cn_json_member **out) {
    *out = object->object.v;
    if (!ld->options->ordered || object->object.n < 2) return true;
    cn_json_member *sorted = CN_NEW_ARRAY(ld->a, cn_json_member, object->object.n);
    if (!sorted) return cn_ld_memory(ld);
    for (size_t i = 0; i < object->object.n; i++) sorted[i] = object->object.v[i];
    qsort(sorted, object->object.n, sizeof *sorted, by_key);
    *out = sorted;
    return true;
}

bool cn_ld_set(cn_ld *ld, cn_json *object, cn_kw kw, const cn_json *value) {
    return (object && cn_json_set(ld->a, object, cn_kw_text(kw), value)) || cn_ld_memory(ld);
}

bool cn_ld_set_text(cn_ld *ld, cn_json *object, cn_kw kw, cn_slice text) {
    return cn_ld_set(ld, object, kw, cn_json_string(ld->a, text));
}

bool cn_ld_array(cn_ld *ld, cn_json *value, cn_json **out) {
    if (value && value->type == CN_JSON_ARRAY) {
        *out = value;
        return true;
    }
    cn_json *array = cn_json_array(ld->a);
    if (!array || (value && !cn_json_push(ld->a, array, value))) return cn_ld_memory(ld);
    *out = array;
    return true;
}

bool cn_ld_add(cn_ld *ld, cn_json *object, cn_slice key, cn_json *value) {
    cn_json *array = cn_ld_own(cn_json_get(object, key));
    if (!array) {
        if (!cn_ld_array(ld, value, &array)) return false;
        return cn_json_set(ld->a, object, key, array) || cn_ld_memory(ld);
    }
    for (size_t i = 0, n = cn_json_many(value); i < n; i++)
        if (!cn_json_push(ld->a, array, cn_json_one(value, i))) return cn_ld_memory(ld);
    return true;
}

bool cn_ld_add_value(cn_ld *ld, cn_json *object, cn_slice key, const cn_json *value, bool as_array) {
    const cn_json *old = cn_json_get(object, key);
    bool many = value->type == CN_JSON_ARRAY;
    if (!old && !many && !as_array) return cn_json_set(ld->a, object, key, value) || cn_ld_memory(ld);
    if (many && value->array.n == 0 && !as_array) return true;
    if (many && value->array.n == 1) return cn_ld_add_value(ld, object, key, value->array.v[0], as_array);
    if (old && old->type == CN_JSON_ARRAY) return cn_ld_add(ld, object, key, cn_ld_own(value));
    cn_json *array;
    if (!cn_ld_array(ld, cn_ld_own(old), &array)) return false;
    return (cn_json_set(ld->a, object, key, array) || cn_ld_memory(ld)) &&
           cn_ld_add(ld, object, key, cn_ld_own(value));
}

bool cn_ld_is_value(const cn_json *v) {
    return cn_kw_get(v, CN_KW_VALUE) != NULL;
}

bool cn_ld_is_list(const cn_json *v) {
    return cn_kw_get(v, CN_KW_LIST) != NULL;
}

/* A map with @graph and at most @id and @index beside it (syntax, 9.4). */
bool cn_ld_is_graph(const cn_json *v) {
    if (!cn_kw_get(v, CN_KW_GRAPH)) return false;
    return cn_json_count(v) == 1u + (cn_kw_get(v, CN_KW_ID) != NULL) + (cn_kw_get(v, CN_KW_INDEX) != NULL);
}

bool cn_ld_is_node(const cn_json *v) {
    return cn_json_is(v, CN_JSON_OBJECT) && !cn_ld_is_value(v) && !cn_ld_is_list(v) && !cn_kw_get(v, CN_KW_SET);
}
