/* SPDX-License-Identifier: Apache-2.0
 *
 * Deserialisation to RDF: JSON-LD 1.1 Processing Algorithms and API, 8.1 (quads
 * of a node map), 8.2.2 (object to RDF), 8.2.3 (list to RDF). Leaves
 * gathering the nodes to node_map.c.
 *
 * Where the algorithms pass over what has no place in RDF, safe mode answers with
 * an error instead: what is passed over would not be signed.
 */
#include "jsonld/internal.h"
#include "jsonld/node_map.h"

#include <math.h>

#include "base/base.h"

enum { DEFAULT_DEPTH = 128, MAX_NESTING = 1024 };

static const cn_term rdf_first = {.kind = CN_TERM_IRI, .plain = true, .value = CN_S_INIT(CN_RDF "first")};
static const cn_term rdf_rest = {.kind = CN_TERM_IRI, .plain = true, .value = CN_S_INIT(CN_RDF "rest")};
static const cn_term rdf_nil = {.kind = CN_TERM_IRI, .plain = true, .value = CN_S_INIT(CN_RDF "nil")};
static const cn_term rdf_type = {.kind = CN_TERM_IRI, .plain = true, .value = CN_S_INIT(CN_RDF "type")};
static const cn_term rdf_value = {.kind = CN_TERM_IRI, .plain = true, .value = CN_S_INIT(CN_RDF "value")};
static const cn_term rdf_language = {.kind = CN_TERM_IRI, .plain = true, .value = CN_S_INIT(CN_RDF "language")};
static const cn_term rdf_direction = {.kind = CN_TERM_IRI, .plain = true, .value = CN_S_INIT(CN_RDF "direction")};

/* The conversion of one document; `s`, `p`, `g` are the quad that is being made. */
typedef struct convert {
    cn_arena *a;
    cn_node_map *map;
    const cn_jsonld_options *options;
    const cn_json *input; /* to find places in */
    cn_dataset *out;
    cn_err *err;
    cn_term s, p, g;
    cn_slice good[256]; /* IRIs that were found well-formed, by their address */
} convert;

/* ---- Terms ---- */

/* An IRI that N-Quads can hold and that has one fragment at most, which the room's test leaves out. */
static bool is_iri(cn_slice s) {
    if (!cn_uri_well_formed(s)) return false;
    size_t fragment = cn_slice_find_byte(s, '#');
    return fragment == SIZE_MAX || cn_slice_find_byte(cn_slice_from(s, fragment + 1), '#') == SIZE_MAX;
}

static bool is_iri_here(convert *c, cn_slice s) {
    cn_slice *known = &c->good[((uintptr_t)s.p / 16 ^ s.n) % (sizeof c->good / sizeof *c->good)];
    if (known->p == s.p && known->n == s.n && s.n) return true;
    if (!is_iri(s)) return false;
    *known = s;
    return true;
}

/* An IRI or an issued blank node identifier as a term; false when it is neither (a relative reference). */
static bool term_of(convert *c, cn_slice id, cn_term *out) {
    if (cn_uri_blank(id)) {
        *out = (cn_term){.kind = CN_TERM_BLANK, .value = cn_slice_from(id, 2)};
        return true;
    }
    *out = (cn_term){.kind = CN_TERM_IRI, .value = id};
    return out->plain = is_iri_here(c, id);
}

static bool add(convert *c, cn_term s, cn_term p, cn_term o) {
    return cn_dataset_add(c->a, c->out, (cn_quad){s, p, o, c->g}) || cn_fail_memory(c->err);
}

/* Places the error at the first string or key that is this text. Always false. */
static bool place_text(convert *c, const cn_json *v, cn_slice text, const cn_path *at, size_t depth) {
    if (c->err->where[0] || depth > MAX_NESTING) return false;
    if (cn_json_is_string(v, text)) return cn_path_place(at, c->err);
    for (size_t i = 0; v->type == CN_JSON_ARRAY && i < v->array.n; i++) {
        const cn_path item = {.up = at, .index = i};
        (void)place_text(c, v->array.v[i], text, &item, depth + 1);
    }
    for (size_t i = 0; v->type == CN_JSON_OBJECT && i < v->object.n; i++) {
        const cn_path member = {.up = at, .key = v->object.v[i].key};
        if (cn_slice_eq(member.key, text)) (void)cn_path_place(&member, c->err);
        (void)place_text(c, v->object.v[i].value, text, &member, depth + 1);
    }
    return false;
}

/* What RDF cannot hold is passed over, or in safe mode is an error. Its place is the first where the text is
 * written so; an IRI that was written in short, or an identifier that was issued, has none. */
static bool drop(convert *c, const char *id, const char *what, cn_slice which) {
    if (!c->options->safe) return true;
    cn_fail(c->err, CN_INVALID, id, "%s would be dropped: \"%.*s\".", what, CN_ARG(which));
    const cn_path top = {0};
    return which.n && !cn_uri_blank(which) ? place_text(c, c->input, which, &top, 0) : false;
}

/* ---- 8.2.2: values ---- */

/* Steps 8 to 11: the lexical form, and the datatype where the value alone decides it. */
static bool lexical(convert *c, const cn_json *value, bool json, cn_slice *text, cn_slice *datatype) {
    *text = cn_json_text(value);
    char digits[CN_NUMBER_MAX];
    if (json) { /* 8 */
        cn_buf b = cn_buf_on(c->a, 0);
        if (!cn_json_canonize(c->a, value, &b, c->err)) return false;
        *text = cn_buf_slice(&b);
        *datatype = CN_S(CN_RDF "JSON");
        return cn_buf_ok(&b) || cn_fail_memory(c->err);
    }
    if (cn_json_is_bool(value)) { /* 9 */
        *text = value->type == CN_JSON_TRUE ? CN_S("true") : CN_S("false");
        if (datatype->n == 0) *datatype = CN_S(CN_XSD "boolean");
        return true;
    }
    if (value->type != CN_JSON_NUMBER) return true;
    double v = value->number;
    bool real = fabs(v) >= 1e21 || v != floor(v) || cn_slice_eq(*datatype, CN_S(CN_XSD "double"));
    if (datatype->n == 0) *datatype = real ? CN_S(CN_XSD "double") : CN_S(CN_XSD "integer");
    size_t n = real ? cn_number_write_xsd(v, digits) : cn_number_write(v, digits); /* 10, 11 */
    return cn_arena_copy(c->a, cn_slice_bytes(digits, n), text) || cn_fail_memory(c->err);
}

static bool lower(convert *c, cn_slice s, cn_slice *out) {
    char *p = CN_NEW_ARRAY(c->a, char, s.n);
    if (!p) return cn_fail_memory(c->err);
    for (size_t i = 0; i < s.n; i++) p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] - 'A' + 'a') : s.p[i];
    *out = cn_slice_bytes(p, s.n);
    return true;
}

/* Step 13: a string with a direction. */
static bool directed(convert *c, cn_slice text, cn_slice tag, cn_slice direction, cn_term *out) {
    cn_slice language;
    cn_term string = {.kind = CN_TERM_LITERAL, .value = text, .datatype = CN_S(CN_XSD "string")};
    if (!lower(c, tag, &language)) return false;      /* 13.1 */
    if (c->options->direction == CN_DIRECTION_I18N) { /* 13.2 */
        if (!cn_arena_print(c->a, &string.datatype, "https://www.w3.org/ns/i18n#%.*s_%.*s", CN_ARG(language),
                            CN_ARG(direction)))
            return cn_fail_memory(c->err);
        *out = string;
        return true;
    }
    cn_slice id; /* 13.3 */
    if (!cn_ld_issue(c->a, &c->map->issuer, &id)) return cn_fail_memory(c->err);
    cn_term compound = {.kind = CN_TERM_BLANK, .value = cn_slice_from(id, 2)};
    if (!add(c, compound, rdf_value, string)) return false;
    string.value = language;
    if (language.n > 0 && !add(c, compound, rdf_language, string)) return false;
    string.value = direction;
    *out = compound;
    return add(c, compound, rdf_direction, string);
}

/* Steps 4 to 15: a value object. *found is false where it was passed over. */
static bool value_to_rdf(convert *c, const cn_json *object, cn_term *out, bool *found) {
    const cn_json *value = cn_json_get(object, CN_S("@value"));
    cn_slice datatype = cn_json_get_text(object, CN_S("@type"));
    const cn_json *language = cn_json_get(object, CN_S("@language"));
    cn_slice tag = cn_json_text(language), direction = cn_json_get_text(object, CN_S("@direction"));
    bool json = cn_slice_eq(datatype, CN_S("@json"));
    cn_term term = {.kind = CN_TERM_LITERAL, .plain = true};
    *found = false;
    if (datatype.n > 0 && !json && !is_iri_here(c, datatype)) /* 6 */
        return drop(c, "jsonld.dropped-type", "A value with a datatype that is no IRI", datatype);
    if (language && !cn_language_well_formed(tag)) /* 7 */
        return drop(c, "jsonld.dropped-language", "A value with a language tag that is malformed", tag);
    if (!lexical(c, value, json, &term.value, &datatype)) return false;
    if (direction.n > 0 && c->options->direction == CN_DIRECTION_NONE &&
        !drop(c, "jsonld.dropped-direction", "A base direction", direction))
        return false;
    *found = true;
    if (direction.n > 0 && c->options->direction != CN_DIRECTION_NONE)
        return directed(c, term.value, tag, direction, out);
    term.language = tag; /* 12, 14, 15 */
    if (datatype.n == 0) datatype = language ? CN_S(CN_RDF "langString") : CN_S(CN_XSD "string");
    term.datatype = datatype;
    *out = term;
    return true;
}

static bool item_to_rdf(convert *c, const cn_ld_item *item, cn_term *out, bool *found);

/* 8.2.3: a blank node for each item. Recursion is as deep as lists are in the node map, which has a limit. */
static bool list_to_rdf(convert *c, const cn_ld_items *list, cn_term *out) {
    cn_term head = rdf_nil, last = {0};
    for (size_t i = 0; i < list->n; i++) {
        cn_slice id;
        cn_term object;
        bool found;
        if (!cn_ld_issue(c->a, &c->map->issuer, &id)) return cn_fail_memory(c->err);
        cn_term cell = {.kind = CN_TERM_BLANK, .value = cn_slice_from(id, 2)};
        if (i == 0) head = cell;
        if (i > 0 && !add(c, last, rdf_rest, cell)) return false; /* 3.5 of the item before */
        if (!item_to_rdf(c, &list->v[i], &object, &found)) return false;
        if (found && !add(c, cell, rdf_first, object)) return false; /* 3.3 */
        last = cell;
    }
    *out = head;
    return list->n == 0 || add(c, last, rdf_rest, rdf_nil);
}

/* 8.2.2, 1 to 3 */
static bool item_to_rdf(convert *c, const cn_ld_item *item, cn_term *out, bool *found) {
    *found = true;
    if (item->kind == CN_LD_LIST) return list_to_rdf(c, item->list, out);
    if (item->kind == CN_LD_VALUE) return value_to_rdf(c, item->value, out, found);
    *found = term_of(c, item->id, out);
    return *found || drop(c, "jsonld.dropped-id", "A relative reference", item->id);
}

/* ---- 8.1.2 ---- */

/* 1.3.2.5 */
static bool property_to_rdf(convert *c, const cn_ld_items *items) {
    for (size_t i = 0; i < items->n; i++) {
        cn_term object;
        bool found;
        if (!item_to_rdf(c, &items->v[i], &object, &found)) return false;
        if (found && !add(c, c->s, c->p, object)) return false;
    }
    return true;
}

/* 1.3.2.1 */
static bool types_to_rdf(convert *c, const cn_ld_items *types) {
    for (size_t i = 0; i < types->n; i++) {
        cn_term type;
        if (!term_of(c, types->v[i].id, &type)) {
            if (!drop(c, "jsonld.dropped-type", "A relative @type", types->v[i].id)) return false;
        } else if (!add(c, c->s, rdf_type, type)) {
            return false;
        }
    }
    return true;
}

static bool says_nothing(const cn_ld_node *node) {
    CN_MAP_EACH(e, &node->properties) if (((const cn_ld_items *)e->value)->n > 0) return false;
    return node->types.n == 0;
}

/* 1.3.1, 1.3.2 */
static bool node_to_rdf(convert *c, const cn_ld_node *node) {
    if (!term_of(c, node->id, &c->s)) { /* 1.3.1 */
        return says_nothing(node) || drop(c, "jsonld.dropped-id", "A node with a relative @id", node->id);
    }
    if (!types_to_rdf(c, &node->types)) return false;
    CN_MAP_EACH(e, &node->properties) {
        const cn_ld_items *items = e->value;
        if (items->n == 0) continue;
        bool usable = term_of(c, e->key, &c->p) && (c->p.kind == CN_TERM_IRI || c->options->generalized);
        if (!usable && !drop(c, "jsonld.dropped-property", "A property that is no IRI", e->key)) return false;
        if (usable && !property_to_rdf(c, items)) return false;
    }
    return true;
}

/* 1.3 */
static bool graph_to_rdf(convert *c, const cn_ld_graph *graph) {
    CN_MAP_EACH(e, &graph->nodes) if (!node_to_rdf(c, e->value)) return false;
    return true;
}

/* 1 */
static bool graphs_to_rdf(convert *c) {
    c->g = (cn_term){.kind = CN_TERM_DEFAULT};
    if (!graph_to_rdf(c, &c->map->default_graph)) return false;
    CN_MAP_EACH(e, &c->map->graphs) {
        const cn_ld_graph *graph = e->value;
        bool usable = term_of(c, graph->name, &c->g); /* 1.1 */
        if (usable && !graph_to_rdf(c, graph)) return false;
        if (!usable && graph->nodes.count > 0 &&
            !drop(c, "jsonld.dropped-id", "A graph with a relative @id", graph->name))
            return false;
    }
    return true;
}

/* 8.1, with the steps of toRdf() in 9.1. Expansion may nest an object several times as deep as the input
 * (property, graph and index containers), so the node map may be deeper by that much. */
bool cn_jsonld_to_rdf(cn_arena *a, const cn_json *input, const cn_jsonld_options *options, cn_dataset *out,
                      cn_err *err) {
    const cn_json *expanded;
    cn_node_map map;
    cn_dataset quads = {0};
    size_t depth = options->max_depth ? options->max_depth : DEFAULT_DEPTH;
    if (!cn_jsonld_expand(a, input, options, &expanded, err)) return false;
    if (!cn_node_map_make(a, expanded, 4 * depth, false, &map, err)) return false;
    quads.cap = map.items;
    quads.v = CN_NEW_ARRAY(a, cn_quad, quads.cap);
    if (!quads.v) return cn_fail_memory(err);
    convert c = {.a = a, .map = &map, .options = options, .input = input, .out = &quads, .err = err};
    if (!graphs_to_rdf(&c)) return false;
    *out = quads;
    return true;
}
