/* SPDX-License-Identifier: Apache-2.0
 *
 * Documents, the schemas with a URL or name of their own that stand in them, and
 * what references point at (2020-12 core, 8.2 and 9).
 */
#include "schema/inside.h"

enum { MAX_DOCUMENTS = 64, MAX_SCHEMAS = 100000 };

static bool scan(cn_sch_compiler *c, const cn_json *json, cn_sch_resource *resource, cn_slice pointer,
                 cn_slice by);

/* ---- Nodes ---- */

static cn_slice address(const cn_json *const *json) {
    return cn_slice_bytes(json, sizeof *json);
}

static bool make_node(cn_sch_compiler *c, const cn_json *json, cn_sch_resource *resource, cn_slice pointer,
                      cn_slice by, cn_sch_node **out) {
    size_t max = c->options->max_schemas ? c->options->max_schemas : MAX_SCHEMAS;
    if (++c->schemas > max)
        return cn_fail(c->err, CN_LIMIT, "schema.size",
                       "The schema and what it refers to hold more than %zu schemas.", max);
    cn_sch_node *node = CN_NEW(c->arena, cn_sch_node);
    if (!node) return cn_fail_memory(c->err);
    *node = (cn_sch_node){.json = json, .resource = resource, .pointer = pointer, .by = by};
    if (!cn_map_put(c->arena, &c->nodes, address(&node->json), node)) return cn_fail_memory(c->err);
    *out = node;
    return true;
}

static bool enter_resource(cn_sch_compiler *c, cn_sch_resource *resource);

static bool enqueue(cn_sch_compiler *c, cn_sch_node *node) {
    if (node->queued) return true;
    node->queued = true;
    if (c->last) c->last->next = node;
    else c->first = node;
    c->last = node;
    return enter_resource(c, node->resource);
}

/* A dynamic reference may lead from anywhere to any dynamic anchor of a resource that was entered. */
static bool enter_resource(cn_sch_compiler *c, cn_sch_resource *resource) {
    if (resource->entered) return true;
    resource->entered = true;
    CN_MAP_EACH(entry, &resource->dynamic) if (!enqueue(c, entry->value)) return false;
    return !resource->recursive || enqueue(c, resource->root);
}

static bool is_schema(const cn_json *json) {
    return cn_json_is(json, CN_JSON_OBJECT) || cn_json_is_bool(json);
}

bool cn_sch_node_of(cn_sch_compiler *c, const cn_json *json, cn_sch_resource *resource, cn_slice pointer,
                    cn_slice by, cn_sch_node **out) {
    cn_sch_node *node = cn_map_get(&c->nodes, address(&json));
    if (!is_schema(json))
        return cn_fail_at(c->err, CN_INVALID, "schema.keyword", pointer,
                          "What stands there has to be a schema: an object, true or false.");
    if (!node && !scan(c, json, resource, pointer, by)) return false;
    if (!node) node = cn_map_get(&c->nodes, address(&json));
    if (!enqueue(c, node)) return false;
    *out = node;
    return true;
}

/* ---- Identifiers ---- */

bool cn_sch_only_ref(const cn_sch_dialect *d, const cn_json *json) {
    return (d->bit & CN_D_OLD) && cn_json_is(cn_json_get(json, CN_S("$ref")), CN_JSON_STRING);
}

static cn_slice id_of(const cn_sch_dialect *d, const cn_json *json) {
    return cn_json_get_text(json, d->bit == CN_D4 ? CN_S("id") : CN_S("$id"));
}

static bool add_name(cn_sch_compiler *c, cn_map *names, cn_slice name, cn_sch_node *node) {
    cn_map_entry *entry = cn_map_at(c->arena, names, name);
    if (!entry) return cn_fail_memory(c->err);
    if (entry->value && entry->value != node)
        return cn_fail_at(c->err, CN_INVALID, "schema.identifier", node->pointer,
                          "The anchor \"%.*s\" is given twice.", CN_ARG(name));
    entry->value = node;
    return true;
}

static bool add_resource(cn_sch_compiler *c, cn_slice uri, cn_sch_resource *resource) {
    cn_map_entry *entry = cn_map_at(c->arena, &c->resources, uri);
    if (!entry) return cn_fail_memory(c->err);
    if (entry->value && entry->value != resource)
        return cn_fail(c->err, CN_INVALID, "schema.identifier", "Two schemas have the URL \"%.*s\".", CN_ARG(uri));
    entry->value = resource;
    return true;
}

/* The dialect that "$schema" names, or the one around it. */
static bool dialect_in(cn_sch_compiler *c, const cn_json *json, const cn_sch_dialect *around,
                       cn_sch_dialect *out) {
    const cn_json *schema = cn_json_get(json, CN_S("$schema"));
    *out = *around;
    return !cn_json_is(schema, CN_JSON_STRING) || cn_sch_dialect_find(c, schema->string, out);
}

static bool make_resource(cn_sch_compiler *c, const cn_json *json, cn_slice uri, const cn_sch_dialect *around,
                          cn_sch_resource **out) {
    cn_sch_resource *resource = CN_NEW(c->arena, cn_sch_resource);
    if (!resource) return cn_fail_memory(c->err);
    resource->uri = uri;
    if (!dialect_in(c, json, around, &resource->dialect)) return false;
    *out = resource;
    return true;
}

/* Names within the resource: anchors, and what older dialects write as "$id": "#name". */
static bool add_anchors(cn_sch_compiler *c, cn_sch_node *node, cn_slice old) {
    cn_sch_resource *r = node->resource;
    if ((r->dialect.bit & CN_D_OLD) && old.n) return add_name(c, &r->anchors, old, node);
    if (!(r->dialect.bit & CN_D_NEW)) return true;
    cn_slice anchor = cn_json_get_text(node->json, CN_S("$anchor"));
    if (anchor.n && !add_name(c, &r->anchors, anchor, node)) return false;
    cn_slice dynamic = cn_json_get_text(node->json, CN_S("$dynamicAnchor"));
    if (r->dialect.bit == CN_D20 && dynamic.n)
        return add_name(c, &r->anchors, dynamic, node) && add_name(c, &r->dynamic, dynamic, node);
    return true;
}

/* ---- Scanning: makes a node of every schema that keywords of the dialect lead to ---- */

static bool pointer_to(cn_sch_compiler *c, cn_slice pointer, cn_slice name, const cn_slice *key, const size_t *i,
                       cn_slice *out) {
    cn_buf b = cn_buf_on(c->arena, 0);
    cn_buf_add(&b, pointer);
    cn_json_pointer_key(&b, name);
    if (key) cn_json_pointer_key(&b, *key);
    if (i) cn_json_pointer_index(&b, *i);
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(c->err);
}

static bool scan_list(cn_sch_compiler *c, const cn_sch_node *node, const cn_sch_keyword *k, const cn_json *list) {
    cn_slice place;
    for (size_t i = 0; i < list->array.n; i++) {
        if (!is_schema(list->array.v[i])) continue;
        if (!pointer_to(c, node->pointer, k->name, NULL, &i, &place)) return false;
        if (!scan(c, list->array.v[i], node->resource, place, k->name)) return false;
    }
    return true;
}

static bool scan_map(cn_sch_compiler *c, const cn_sch_node *node, const cn_sch_keyword *k, const cn_json *map) {
    cn_slice place;
    for (size_t i = 0; i < map->object.n; i++) {
        if (!is_schema(map->object.v[i].value)) continue;
        if (!pointer_to(c, node->pointer, k->name, &map->object.v[i].key, NULL, &place)) return false;
        if (!scan(c, map->object.v[i].value, node->resource, place, k->name)) return false;
    }
    return true;
}

static bool scan_keyword(cn_sch_compiler *c, const cn_sch_node *node, const cn_sch_keyword *k) {
    const cn_json *value = cn_json_get(node->json, k->name);
    cn_slice place;
    if (!value) return true;
    if (cn_json_is(value, CN_JSON_ARRAY) && (k->shape == CN_SHAPE_LIST || k->shape == CN_SHAPE_ONE_OR_LIST))
        return scan_list(c, node, k, value);
    if (cn_json_is(value, CN_JSON_OBJECT) && k->shape == CN_SHAPE_MAP) return scan_map(c, node, k, value);
    if (!is_schema(value) || (k->shape != CN_SHAPE_ONE && k->shape != CN_SHAPE_ONE_OR_LIST)) return true;
    return pointer_to(c, node->pointer, k->name, NULL, NULL, &place) &&
           scan(c, value, node->resource, place, k->name);
}

static bool scan_within(cn_sch_compiler *c, cn_sch_node *node) {
    size_t n;
    const cn_sch_keyword *all = cn_sch_keywords(&n);
    for (size_t i = 0; i < n; i++)
        if (all[i].shape != CN_SHAPE_NONE && cn_sch_has(&node->resource->dialect, &all[i]) &&
            !scan_keyword(c, node, &all[i]))
            return false;
    return true;
}

/* 8.2.1: an identifier with more than a fragment begins a resource. */
static bool begin_resource(cn_sch_compiler *c, cn_sch_node *node, cn_slice id, cn_slice fragment) {
    cn_slice uri;
    if ((node->resource->dialect.bit & CN_D_NEW) && fragment.n)
        return cn_fail_at(c->err, CN_INVALID, "schema.identifier", node->pointer,
                          "\"$id\" has a fragment, which is what \"$anchor\" is for.");
    if (!cn_uri_resolve(c->arena, node->resource->uri, id, &uri)) return cn_fail_memory(c->err);
    if (!make_resource(c, node->json, uri, &node->resource->dialect, &node->resource)) return false;
    node->pointer = CN_S("");
    node->resource->root = node;
    return add_resource(c, uri, node->resource);
}

static bool scan_identified(cn_sch_compiler *c, cn_sch_node *node, bool root) {
    cn_slice id, fragment;
    (void)cn_slice_cut(id_of(&node->resource->dialect, node->json), '#', &id, &fragment);
    if (id.n && !root && !begin_resource(c, node, id, fragment)) return false;
    if (node->resource->root == node && node->resource->dialect.bit == CN_D19)
        node->resource->recursive = cn_json_is(cn_json_get(node->json, CN_S("$recursiveAnchor")), CN_JSON_TRUE);
    return add_anchors(c, node, fragment) && scan_within(c, node);
}

static bool scan(cn_sch_compiler *c, const cn_json *json, cn_sch_resource *resource, cn_slice pointer,
                 cn_slice by) {
    cn_sch_node *node;
    if (cn_map_has(&c->nodes, address(&json))) return true;
    if (!make_node(c, json, resource, pointer, by, &node)) return false;
    bool root = !resource->root;
    if (root) resource->root = node;
    if (!cn_json_is(json, CN_JSON_OBJECT) || cn_sch_only_ref(&resource->dialect, json)) return true;
    return scan_identified(c, node, root);
}

/* ---- Documents ---- */

bool cn_sch_document(cn_sch_compiler *c, const cn_json *json, cn_slice url, const cn_sch_dialect *dialect,
                     cn_sch_resource **out) {
    cn_slice id, fragment, own = url;
    cn_sch_resource *resource;
    if (!is_schema(json))
        return cn_fail(c->err, CN_INVALID, "schema.keyword", "What is at \"%.*s\" is no schema.", CN_ARG(url));
    if (!make_resource(c, json, url, dialect, &resource)) return false;
    (void)cn_slice_cut(id_of(&resource->dialect, json), '#', &id, &fragment);
    if (cn_sch_only_ref(&resource->dialect, json)) id.n = 0;
    if (id.n && !cn_uri_resolve(c->arena, url, id, &own)) return cn_fail_memory(c->err);
    if ((resource->dialect.bit & CN_D_NEW) && fragment.n)
        return cn_fail(c->err, CN_INVALID, "schema.identifier",
                       "\"$id\" has a fragment, which is what \"$anchor\" is for.");
    resource->uri = own;
    if (!add_resource(c, own, resource) || !add_resource(c, url, resource)) return false;
    if (!scan(c, json, resource, CN_S(""), CN_S(""))) return false;
    *out = resource;
    return true;
}

typedef struct had {
    const cn_json *json;
    cn_slice base;
} had;

static bool load(cn_sch_compiler *c, cn_slice url, had *out) {
    cn_document document;
    size_t max = c->options->max_documents ? c->options->max_documents : MAX_DOCUMENTS;
    if (++c->documents > max)
        return cn_fail(c->err, CN_LIMIT, "schema.documents", "The schema refers to more than %zu documents.", max);
    if (!cn_sch_builtin_load(c->options->loader, c->arena, url, &document, c->err)) return false;
    if (!cn_json_read(c->arena, document.body, NULL, &out->json, c->err)) return false;
    (void)cn_slice_cut(document.final_url.n ? document.final_url : url, '#', &out->base, &(cn_slice){0});
    return true;
}

bool cn_sch_load(cn_sch_compiler *c, cn_slice url, const cn_json **out, cn_slice *base) {
    had *found = cn_map_get(&c->loaded, url);
    if (!found) {
        found = CN_NEW(c->arena, had);
        if (!found) return cn_fail_memory(c->err);
        if (!load(c, url, found)) return false;
        if (!cn_map_put(c->arena, &c->loaded, url, found)) return cn_fail_memory(c->err);
    }
    *out = found->json;
    *base = found->base;
    return true;
}

static bool resource_of(cn_sch_compiler *c, cn_slice uri, const cn_sch_dialect *dialect, cn_sch_resource **out) {
    const cn_json *json;
    cn_slice base;
    *out = cn_map_get(&c->resources, uri);
    if (*out) return true;
    if (!cn_sch_load(c, uri, &json, &base) || !cn_sch_document(c, json, base, dialect, out)) return false;
    return add_resource(c, uri, *out);
}

/* ---- References ---- */

static bool points_at_nothing(cn_sch_compiler *c, const cn_sch_node *from, cn_slice reference) {
    return cn_fail_at(c->err, CN_INVALID, "schema.reference", from->pointer,
                      "The reference \"%.*s\" points at nothing.", CN_ARG(reference));
}

static int hex(char c) {
    size_t i = cn_slice_find_byte(CN_S("0123456789abcdefABCDEF"), c);
    return i == SIZE_MAX ? -1 : (int)(i < 16 ? i : i - 6);
}

/* RFC 3986, 2.1 */
static bool percent_decode(cn_arena *a, cn_slice s, cn_slice *out) {
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < s.n; i++) {
        bool coded = s.p[i] == '%' && i + 2 < s.n && hex(s.p[i + 1]) >= 0 && hex(s.p[i + 2]) >= 0;
        cn_buf_byte(&b, coded ? (char)(hex(s.p[i + 1]) * 16 + hex(s.p[i + 2])) : s.p[i]);
        if (coded) i += 2;
    }
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b);
}

/* A pointer may lead through schemas that are resources of their own: their URL is the base of what is within. */
static bool point(cn_sch_compiler *c, cn_sch_resource *resource, cn_slice pointer, cn_sch_node **out,
                  bool *found) {
    const cn_json *json = resource->root->json, *next;
    cn_slice within = pointer;
    for (size_t i = 0, end; i < pointer.n; i = end) {
        for (end = i + 1; end < pointer.n && pointer.p[end] != '/';) end++;
        next = cn_json_point(json, cn_slice_sub(pointer, i, end));
        if (!next) return *found = false, true;
        json = next;
        const cn_sch_node *node = cn_map_get(&c->nodes, address(&json));
        if (!node || node->resource == resource) continue;
        resource = node->resource;
        within = cn_slice_from(pointer, end);
    }
    *found = true;
    return cn_sch_node_of(c, json, resource, within, CN_S("$ref"), out);
}

static bool refer_within(cn_sch_compiler *c, cn_sch_resource *resource, cn_slice fragment, cn_sch_node **out,
                         bool *found) {
    if (!percent_decode(c->arena, fragment, &fragment)) return cn_fail_memory(c->err);
    if (!fragment.n || fragment.p[0] == '/') return point(c, resource, fragment, out, found);
    *out = cn_map_get(&resource->anchors, fragment);
    *found = *out != NULL;
    return !*out || enqueue(c, *out);
}

bool cn_sch_refer(cn_sch_compiler *c, const cn_sch_node *from, cn_slice reference, cn_sch_node **out,
                  cn_slice *anchor) {
    cn_slice target, uri, fragment;
    cn_sch_resource *resource;
    bool found;
    if (!cn_uri_resolve(c->arena, from->resource->uri, reference, &target)) return cn_fail_memory(c->err);
    (void)cn_slice_cut(target, '#', &uri, &fragment);
    /* Without a base a fragment alone is of this very resource. */
    if (!uri.n || cn_slice_eq(uri, from->resource->uri)) resource = from->resource;
    else if (!resource_of(c, uri, &from->resource->dialect, &resource))
        return cn_fail_place(c->err, from->pointer);
    if (!refer_within(c, resource, fragment, out, &found)) return false;
    if (!found) return points_at_nothing(c, from, reference);
    *anchor = fragment.n && fragment.p[0] != '/' ? fragment : (cn_slice){0};
    return true;
}
