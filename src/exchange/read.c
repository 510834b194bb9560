/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading: a file is held against a template, and what stands where the template has a place is what the
 * achievement says. All else is noted with its place.
 *
 * Files are anybody's: members may be missing, one value may stand for a list of one, and a node may be named by
 * its id and stand elsewhere in the file's "@graph".
 */
#include "exchange/inside.h"

typedef struct reading {
    cn_ex *x;
    cn_exchange_reading *out;
    cn_buf at;            /* the place in the file */
    const cn_json *graph; /* "@graph" of the file; may be NULL */
    cn_slice graph_at;
    bool *used; /* which of its nodes have been read */
    const cn_json *rest;
    struct slot *top; /* what is read of the whole */
} reading;

enum { ALTERNATIVES = 8 };

/* What is read of one thing: an object, or a value in its stead. */
typedef struct slot {
    const cn_json *value;
} slot;

static void read_any(reading *r, const cn_json *template, const cn_json *found, slot *s);

/* ---- Places ---- */

static void note(reading *r, const char *why) {
    cn_exchange_reading *out = r->out;
    cn_slice at;
    if (out->missed++ >= CN_EXCHANGE_NOTES_MAX || !r->x->good) return;
    r->x->good = cn_arena_copy(r->x->arena, cn_buf_slice(&r->at), &at);
    if (r->x->good) out->notes[out->notes_n++] = (cn_exchange_note){at, why};
}

/* ---- Nodes that stand elsewhere ---- */

static cn_slice id_of(const cn_json *node) {
    const cn_json *id = cn_json_get(node, CN_S("@id"));
    return cn_json_text(id ? id : cn_json_get(node, CN_S("id")));
}

/* The node that a text or {"@id": text} names; otherwise the value itself. */
static const cn_json *node_of(const reading *r, const cn_json *found, size_t *index) {
    bool named = cn_json_is(found, CN_JSON_STRING) || (cn_json_count(found) == 1 && id_of(found).n);
    cn_slice name = cn_json_is(found, CN_JSON_STRING) ? cn_json_text(found) : id_of(found);
    for (size_t i = 0; named && name.n && i < cn_json_count(r->graph); i++)
        if (cn_slice_eq(id_of(cn_json_item(r->graph, i)), name)) return *index = i, cn_json_item(r->graph, i);
    *index = SIZE_MAX;
    return found;
}

/* ---- Whether a value is what a template is about ---- */

typedef enum fit { NO, PERHAPS, YES } fit;

static fit fits(reading *r, const cn_json *template, const cn_json *found);

static bool is_type_key(cn_slice key) {
    return cn_slice_eq(key, CN_S("type")) || cn_slice_eq(key, CN_S("@type"));
}

static bool shares_type(const cn_json *wanted, const cn_json *types) {
    for (size_t i = 0; i < cn_json_many(types); i++)
        for (size_t j = 0; j < cn_json_many(wanted); j++)
            if (cn_json_equal(cn_json_one(types, i), cn_json_one(wanted, j))) return true;
    return false;
}

/* The tag at the object's own member, or at that of an object in it: CASE has the language of all in one. */
static const cn_json *tag_in(const cn_json *template, const cn_json *found, bool deeper) {
    const cn_json *tag = NULL;
    for (size_t i = 0; !tag && i < cn_json_count(template); i++) {
        const cn_json_member *m = &template->object.v[i];
        cn_ex_kind kind = cn_ex_kind_of(m->value);
        if (kind == CN_EX_LANGUAGE) tag = cn_json_get(found, m->key);
        else if (kind == CN_EX_OBJECT && deeper) tag = tag_in(m->value, cn_json_get(found, m->key), false);
    }
    return tag;
}

static cn_slice language_in(const reading *r, const cn_json *template, const cn_json *found) {
    const cn_json *tag = tag_in(template, found, true);
    return tag ? cn_ex_language(cn_json_text(cn_json_one(tag, 0))) : r->x->language;
}

/* Whether it has to be there, for what it is told by stands in it. */
static bool tells(const cn_json *template) {
    bool all = false;
    for (size_t i = 0; cn_ex_kind_of(template) == CN_EX_OBJECT && i < cn_json_count(template); i++)
        all |= cn_ex_kind_of(template->object.v[i].value) == CN_EX_IS;
    return all || cn_json_get(template, CN_S("need"));
}

static fit fits_member(reading *r, const cn_json_member *m, const cn_json *value) {
    cn_ex_kind kind = cn_ex_kind_of(m->value);
    bool constant = kind == CN_EX_CONSTANT || kind == CN_EX_ARRAY;
    if (is_type_key(m->key) && constant) return !value || shares_type(m->value, value) ? PERHAPS : NO;
    if (kind == CN_EX_IS) return value && fits(r, m->value, value) ? PERHAPS : NO;
    fit one = value ? fits(r, m->value, value) : NO;
    return one == NO && !tells(m->value) ? PERHAPS : one;
}

static fit fits_object(reading *r, const cn_json *template, const cn_json *found) {
    size_t index;
    const cn_json *object = node_of(r, found, &index);
    if (!cn_json_is(object, CN_JSON_OBJECT)) return NO;
    cn_slice before = r->x->language;
    fit all = PERHAPS;
    r->x->language = language_in(r, template, object);
    for (size_t i = 0; i < cn_json_count(template) && all != NO; i++) {
        const cn_json_member *m = &template->object.v[i];
        fit one = fits_member(r, m, cn_json_get(object, m->key));
        if (one != PERHAPS) all = one;
    }
    r->x->language = before;
    return all == PERHAPS && cn_ex_says(template) ? NO : all;
}

/* One of many is enough. */
static fit fits_many(reading *r, const cn_json *template, const cn_json *found) {
    bool list = cn_ex_kind_of(template) == CN_EX_ARRAY;
    fit best = NO;
    for (size_t i = 0; best != YES && i < cn_json_many(found); i++)
        for (size_t j = 0; best != YES && j < (list ? cn_json_count(template) : 1); j++) {
            const cn_json *one = list ? cn_json_item(template, j) : template;
            const cn_json *in = cn_ex_kind_of(one) == CN_EX_EACH ? cn_json_get(one, CN_S("in")) : one;
            fit this = fits(r, in, cn_json_one(found, i));
            if (this > best) best = this;
        }
    return best;
}

/* Recursion is no deeper than the template. */
static fit fits(reading *r, const cn_json *template, const cn_json *found) {
    switch (cn_ex_kind_of(template)) {
    case CN_EX_VALUE: return cn_ex_decode(r->x, template, found) ? YES : NO;
    case CN_EX_IS: return cn_json_equal(cn_ex_directive(template), found) ? PERHAPS : NO;
    case CN_EX_USE: return fits(r, cn_ex_part(r->x, template), found);
    case CN_EX_READ: return fits(r, cn_ex_directive(template), found);
    case CN_EX_OBJECT: return fits_object(r, template, found);
    case CN_EX_ARRAY:
    case CN_EX_EACH: return fits_many(r, template, found);
    case CN_EX_CONSTANT:
    case CN_EX_PRINT:
    case CN_EX_UUID:
    case CN_EX_WRITE:
    case CN_EX_SKIP:
    case CN_EX_LANGUAGE:
    case CN_EX_REST: break;
    }
    return PERHAPS;
}

/* ---- Reading ---- */

static void put(reading *r, slot *s, cn_slice path, const cn_json *value) {
    const cn_json *out = cn_ex_with(r->x, s->value, path, value);
    if (out) s->value = out;
    else note(r, "value");
}

/* A map may have languages that are not ours. */
static void note_languages(reading *r, const cn_json *template, const cn_json *found) {
    cn_slice as = cn_json_get_text(template, CN_S("as"));
    if (!cn_slice_eq(as, CN_S("map")) && !cn_slice_eq(as, CN_S("others"))) return;
    for (size_t i = 0; cn_json_is(found, CN_JSON_OBJECT) && i < cn_json_count(found); i++) {
        cn_slice tag = found->object.v[i].key;
        if (cn_ex_language(tag).n || cn_slice_eq(tag, CN_S("und")) || cn_slice_eq(tag, CN_S("@none"))) continue;
        size_t before = cn_json_pointer_key(&r->at, tag);
        note(r, "language");
        cn_json_pointer_back(&r->at, before);
    }
}

static void read_value(reading *r, const cn_json *template, const cn_json *found, slot *s) {
    const cn_json *value = cn_ex_decode(r->x, template, found);
    note_languages(r, template, found);
    if (value) put(r, s, cn_json_text(cn_ex_directive(template)), value);
    else note(r, "value");
}

/* What is read of items, for each template apart: they join the achievement's lists when all have been read. */
typedef struct gathered {
    const cn_json *template;
    cn_json *items;
} gathered;

static void gather(reading *r, gathered *g, const cn_json *found) {
    const cn_json *only = cn_json_get(g->template, CN_S("only"));
    slot one = {0};
    read_any(r, cn_json_get(g->template, CN_S("in")), found, &one);
    if (!one.value) return;
    if (only && cn_json_is(one.value, CN_JSON_OBJECT)) one.value = cn_ex_patched(r->x, only, one.value);
    cn_ex_push(r->x, g->items, one.value);
}

static void attach(reading *r, const gathered *g, slot *s) {
    cn_slice path = cn_json_text(cn_ex_directive(g->template));
    if (cn_slice_starts(path, CN_S("^"))) {
        path = cn_slice_from(path, 1);
        s = r->top;
    }
    const cn_json *there = cn_json_point(s->value, path), *all = g->items;
    if (!cn_json_count(g->items)) return;
    if (there && !cn_json_get(g->template, CN_S("merge"))) {
        cn_json *both = cn_json_array(r->x->arena);
        for (size_t i = 0; i < cn_json_count(there); i++) cn_ex_push(r->x, both, cn_json_item(there, i));
        for (size_t i = 0; i < cn_json_count(g->items); i++) cn_ex_push(r->x, both, cn_json_item(g->items, i));
        all = both;
        s->value = cn_ex_without(r->x, s->value, path);
    }
    put(r, s, path, all);
}

/* The first template that an item fits takes it. */
static void read_item(reading *r, gathered all[], size_t n, const cn_json *found, slot *s) {
    for (size_t j = 0; j < n; j++) {
        bool each = cn_ex_kind_of(all[j].template) == CN_EX_EACH;
        const cn_json *in = each ? cn_json_get(all[j].template, CN_S("in")) : all[j].template;
        if (!fits(r, in, found)) continue;
        if (each) gather(r, &all[j], found);
        else read_any(r, in, found, s);
        return;
    }
    note(r, "value");
}

static void read_many(reading *r, const cn_json *template, const cn_json *found, slot *s) {
    gathered all[ALTERNATIVES];
    bool list = cn_ex_kind_of(template) == CN_EX_ARRAY, many = cn_json_is(found, CN_JSON_ARRAY);
    size_t n = list ? cn_json_count(template) : 1;
    for (size_t j = 0; j < n; j++) {
        const cn_json *one = list ? cn_json_item(template, j) : template;
        bool read = cn_ex_kind_of(one) == CN_EX_READ;
        all[j] = (gathered){read ? cn_ex_directive(one) : one, cn_json_array(r->x->arena)};
        if (!cn_ex_made(r->x, all[j].items)) return;
    }
    for (size_t i = 0; i < cn_json_many(found); i++) {
        size_t before = many ? cn_json_pointer_index(&r->at, i) : r->at.n;
        read_item(r, all, n, cn_json_one(found, i), s);
        cn_json_pointer_back(&r->at, before);
    }
    for (size_t j = 0; j < n; j++)
        if (cn_ex_kind_of(all[j].template) == CN_EX_EACH) attach(r, &all[j], s);
}

static bool is_said_elsewhere(cn_slice key) {
    return is_type_key(key) || cn_slice_eq(key, CN_S("@context")) || cn_slice_eq(key, CN_S("@id")) ||
           cn_slice_eq(key, CN_S("id"));
}

static void read_members(reading *r, const cn_json *template, const cn_json *object, slot *s) {
    cn_slice language = r->x->language;
    r->x->language = language_in(r, template, object);
    for (size_t i = 0; i < cn_json_count(object); i++) {
        const cn_json_member *m = &object->object.v[i];
        const cn_json *place = cn_json_get(template, m->key);
        size_t before = cn_json_pointer_key(&r->at, m->key);
        if (place) read_any(r, place, m->value, s);
        else if (!is_said_elsewhere(m->key)) note(r, "member");
        cn_json_pointer_back(&r->at, before);
    }
    r->x->language = language;
}

/* One object; of several the first that fits. A constant says nothing, whatever stands there. */
static void read_object(reading *r, const cn_json *template, const cn_json *found, slot *s) {
    size_t index;
    if (!cn_ex_says(template)) return;
    if (cn_json_is(found, CN_JSON_ARRAY)) {
        read_many(r, template, found, s);
        return;
    }
    const cn_json *object = node_of(r, found, &index);
    if (!cn_json_is(object, CN_JSON_OBJECT)) {
        note(r, "value");
        return;
    }
    if (index == SIZE_MAX) {
        read_members(r, template, object, s);
        return;
    }
    cn_buf here = r->at;
    r->at = cn_buf_on(r->x->arena, 0);
    cn_buf_add(&r->at, r->graph_at);
    cn_json_pointer_index(&r->at, index);
    bool again = r->used[index];
    r->used[index] = true;
    if (!again) read_members(r, template, object, s);
    r->at = here;
}

/* Recursion is no deeper than the template. */
static void read_any(reading *r, const cn_json *template, const cn_json *found, slot *s) {
    if (!r->x->good) return;
    switch (cn_ex_kind_of(template)) {
    case CN_EX_VALUE: read_value(r, template, found, s); return;
    case CN_EX_OBJECT: read_object(r, template, found, s); return;
    case CN_EX_ARRAY:
        if (cn_ex_says(template)) read_many(r, template, found, s);
        return;
    case CN_EX_EACH: read_many(r, template, found, s); return;
    case CN_EX_USE: read_any(r, cn_ex_part(r->x, template), found, s); return;
    case CN_EX_READ: read_any(r, cn_ex_directive(template), found, s); return;
    case CN_EX_REST:
        if (cn_json_is(found, CN_JSON_OBJECT)) r->rest = found;
        else note(r, "value");
        return;
    case CN_EX_CONSTANT:
    case CN_EX_PRINT:
    case CN_EX_UUID:
    case CN_EX_IS:
    case CN_EX_WRITE:
    case CN_EX_SKIP:
    case CN_EX_LANGUAGE: return;
    }
}

/* ---- What lies around the part that was read ---- */

static void note_beside(reading *r, const cn_json *around, const cn_ex_found *f) {
    for (size_t i = 0; around != f->root && i < cn_json_count(around); i++) {
        bool object = cn_json_is(around, CN_JSON_OBJECT);
        const cn_json *one = object ? around->object.v[i].value : cn_json_item(around, i);
        if (object && is_said_elsewhere(around->object.v[i].key)) continue;
        size_t before =
            object ? cn_json_pointer_key(&r->at, around->object.v[i].key) : cn_json_pointer_index(&r->at, i);
        bool on_the_way =
            cn_slice_starts(f->at, cn_buf_slice(&r->at)) && (f->at.n == r->at.n || f->at.p[r->at.n] == '/');
        bool used = around == r->graph && r->used[i];
        if (on_the_way) note_beside(r, one, f);
        else if (!on_the_way && !used) note(r, "member");
        cn_json_pointer_back(&r->at, before);
    }
}

/* The list of nodes that the root stands in, where it does. */
static void find_graph(reading *r, const cn_json *file, const cn_ex_found *f) {
    cn_slice end = CN_S("/@graph/");
    size_t at = cn_slice_find(f->at, end);
    if (at == SIZE_MAX) return;
    r->graph_at = cn_slice_sub(f->at, 0, at + end.n - 1);
    r->graph = cn_json_point(file, r->graph_at);
}

bool cn_ex_read(cn_ex *x, const cn_json *file, const cn_ex_found *found, cn_exchange_reading *out) {
    reading r = {.x = x, .out = out, .at = cn_buf_on(x->arena, 0)};
    slot s = {cn_json_object(x->arena)};
    find_graph(&r, file, found);
    out->notes = CN_NEW_ARRAY(x->arena, cn_exchange_note, CN_EXCHANGE_NOTES_MAX);
    r.used = CN_NEW_ARRAY(x->arena, bool, cn_json_count(r.graph));
    if (!out->notes || !r.used || !s.value) return x->good = false;
    x->language = (cn_slice){0};
    cn_buf_add(&r.at, found->at);
    r.top = &s;
    read_any(&r, found->template, found->root, &s);
    r.at.n = 0;
    note_beside(&r, file, found);
    out->achievement = r.rest && x->good ? cn_ex_patched(x, s.value, r.rest) : s.value;
    return x->good && cn_buf_ok(&r.at);
}
