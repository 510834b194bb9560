/* SPDX-License-Identifier: Apache-2.0
 *
 * A document as registries keep it: its nodes beside each other in "@graph", each named by its "@id" where it
 * belongs. What has no "@id" stays where it is.
 */
#include "exchange/inside.h"

static bool is_node(const cn_json *v) {
    return cn_json_is(v, CN_JSON_OBJECT) && cn_json_text(cn_json_get(v, CN_S("@id"))).n;
}

static const cn_json *taken_apart(cn_ex *x, const cn_json *v, cn_json *nodes);

/* The same without the nodes in it, which join `nodes`. Recursion is no deeper than a template. */
static cn_json *without_nodes(cn_ex *x, const cn_json *v, cn_json *nodes) {
    bool object = cn_json_is(v, CN_JSON_OBJECT);
    cn_json *out = object ? cn_json_object(x->arena) : cn_json_array(x->arena);
    for (size_t i = 0; i < cn_json_count(v); i++) {
        if (object) cn_ex_set(x, out, v->object.v[i].key, taken_apart(x, v->object.v[i].value, nodes));
        else cn_ex_push(x, out, taken_apart(x, cn_json_item(v, i), nodes));
    }
    x->good = x->good && out;
    return out;
}

/* A node gives its name; it stands among the nodes before those within it. */
static const cn_json *taken_apart(cn_ex *x, const cn_json *v, cn_json *nodes) {
    if (!cn_json_is(v, CN_JSON_OBJECT) && !cn_json_is(v, CN_JSON_ARRAY)) return v;
    if (!is_node(v)) return without_nodes(x, v, nodes);
    cn_json *within = cn_json_array(x->arena);
    cn_ex_push(x, nodes, without_nodes(x, v, within));
    for (size_t i = 0; within && i < cn_json_count(within); i++) cn_ex_push(x, nodes, cn_json_item(within, i));
    return cn_json_get(v, CN_S("@id"));
}

const cn_json *cn_ex_graph(cn_ex *x, const cn_json *document) {
    static const cn_slice apart[] = {CN_S_INIT("@context"), CN_S_INIT("cairnRest")};
    cn_json *out = cn_json_object(x->arena), *nodes = cn_json_array(x->arena), *within = cn_json_array(x->arena),
            *root = cn_json_object(x->arena);
    for (size_t i = 0; i < cn_json_count(document); i++) {
        const cn_json_member *m = &document->object.v[i];
        bool context = cn_slice_eq(m->key, apart[0]), whole = context || cn_slice_eq(m->key, apart[1]);
        cn_ex_set(x, context ? out : root, m->key, whole ? m->value : taken_apart(x, m->value, within));
    }
    cn_ex_push(x, nodes, root);
    for (size_t i = 0; within && i < cn_json_count(within); i++) cn_ex_push(x, nodes, cn_json_item(within, i));
    cn_ex_set(x, out, CN_S("@graph"), nodes);
    return cn_ex_made(x, out);
}
