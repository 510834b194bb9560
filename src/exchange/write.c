/* SPDX-License-Identifier: Apache-2.0
 *
 * Writing: a template is filled with what an achievement says. Where nothing is said, nothing stands; an object in
 * which nothing is said does not stand either.
 */
#include "exchange/inside.h"

typedef struct writing {
    cn_ex *x;
    const cn_json *achievement, *rest;
    size_t said; /* values of the achievement that have been written so far */
} writing;

/* Where paths begin. */
typedef struct place {
    const cn_json *item;
    size_t n, up; /* its number in its list, from 1, and that of the item around it */
} place;

static const cn_json *write_any(writing *w, const cn_json *template, const place *here);

static const cn_json *point(const writing *w, cn_slice path, const place *here) {
    bool top = cn_slice_starts(path, CN_S("^"));
    return cn_json_point(top ? w->achievement : here->item, top ? cn_slice_from(path, 1) : path);
}

/* ---- Derived texts ---- */

/* A text in two languages in the one of texts that stand alone, or else in the one that is there. */
static const cn_json *spoken(const writing *w, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_OBJECT)) return value;
    const cn_json *own = cn_json_get(value, w->x->language);
    if (cn_json_text(own).n) return own;
    const cn_json *en = cn_json_get(value, CN_S("en"));
    return cn_json_text(en).n ? en : cn_json_get(value, CN_S("fr"));
}

/* False where something it names is not said. */
static bool print_one(const writing *w, cn_buf *b, cn_slice name, const place *here) {
    bool up = cn_slice_eq(name, CN_S("up"));
    if (up || cn_slice_eq(name, CN_S("n"))) return cn_buf_u64(b, up ? here->up : here->n), true;
    const cn_json *value = spoken(w, point(w, name, here));
    if (cn_json_is(value, CN_JSON_NUMBER)) return cn_json_write(b, value), true;
    if (!cn_json_text(value).n) return false;
    return cn_buf_add(b, cn_json_text(value)), true;
}

/* NULL also where it shall be an IRI and is none. */
static const cn_json *print(writing *w, const cn_json *template, const place *here, cn_slice *out) {
    cn_buf b = cn_buf_on(w->x->arena, 0);
    cn_slice text, name, rest = cn_json_text(cn_ex_directive(template));
    bool iri = cn_json_is_string(cn_json_get(template, CN_S("as")), CN_S("iri"));
    while (cn_slice_cut(rest, '{', &text, &rest)) {
        cn_buf_add(&b, text);
        (void)cn_slice_cut(rest, '}', &name, &rest);
        if (!print_one(w, &b, name, here)) return NULL;
    }
    cn_buf_add(&b, text);
    *out = cn_buf_slice(&b);
    if (iri && !cn_uri_well_formed(*out)) return NULL;
    const cn_json *made = cn_ex_text(w->x, *out);
    return cn_json_is_string(cn_json_get(template, CN_S("as")), CN_S("number"))
               ? cn_ex_decode(w->x, template, made)
               : made;
}

/* A UUID of version 8 (RFC 9562) made from a name: the same name, the same UUID. */
static const cn_json *uuid(writing *w, const cn_json *template, const place *here) {
    cn_slice name, again = {0}, out = {0}, prefix = cn_json_get_text(template, CN_S("prefix"));
    if (!print(w, template, here, &name)) return NULL;
    w->x->good = w->x->good && cn_arena_print(w->x->arena, &again, "cairn %.*s", CN_ARG(name));
    uint64_t a = cn_slice_hash(name), b = cn_slice_hash(again);
    w->x->good = w->x->good &&
                 cn_arena_print(w->x->arena, &out, "%.*s%08x-%04x-8%03x-%04x-%012llx", CN_ARG(prefix),
                                (unsigned)(a >> 32), (unsigned)(a >> 16 & 0xffff), (unsigned)(a & 0xfff),
                                (unsigned)(0x8000 | (b >> 48 & 0x3fff)), (unsigned long long)(b & 0xffffffffffff));
    return cn_ex_text(w->x, out);
}

/* ---- Lists ---- */

static bool has_all(const cn_json *item, const cn_json *members) {
    for (size_t i = 0; i < cn_json_count(members); i++) {
        const cn_json_member *m = &members->object.v[i];
        const cn_json *there = cn_json_get(item, m->key);
        if (!there || !cn_json_equal(there, m->value)) return false;
    }
    return true;
}

/* Whether something is said at each of the paths, or at none. */
static bool says(const cn_json *item, const cn_json *paths, bool wanted) {
    bool all = true;
    for (size_t i = 0; i < cn_json_count(paths); i++) {
        bool said = cn_json_text(cn_json_point(item, cn_json_text(cn_json_item(paths, i)))).n > 0;
        all = all && said == wanted;
    }
    return all;
}

static bool is_meant(const cn_json *each, const cn_json *item) {
    if (!says(item, cn_json_get(each, CN_S("has")), true) || !says(item, cn_json_get(each, CN_S("lacks")), false))
        return false;
    const cn_json *only = cn_json_get(each, CN_S("only")), *not = cn_json_get(each, CN_S("not"));
    return (!only || has_all(item, only)) && (!not || !has_all(item, not ));
}

/* Appends to the list. */
static void write_each(writing *w, const cn_json *each, const place *here, cn_json *out) {
    const cn_json *list = point(w, cn_json_text(cn_ex_directive(each)), here);
    const cn_json *in = cn_json_get(each, CN_S("in"));
    bool always = cn_json_get(each, CN_S("always")) != NULL;
    bool first = cn_json_get(each, CN_S("first")) != NULL;
    for (size_t i = 0; cn_json_is(list, CN_JSON_ARRAY) && i < cn_json_count(list); i++) {
        place inner = {cn_json_item(list, i), i + 1, here->n};
        if (!is_meant(each, inner.item)) continue;
        w->said += always;
        const cn_json *one = write_any(w, in, &inner);
        if (one) cn_ex_push(w->x, out, one);
        if (one && first) return;
    }
}

static const cn_json *write_array(writing *w, const cn_json *template, const place *here) {
    cn_json *out = cn_json_array(w->x->arena);
    for (size_t i = 0; i < cn_json_count(template); i++) {
        const cn_json *one = cn_json_item(template, i);
        if (cn_ex_kind_of(one) == CN_EX_EACH) {
            write_each(w, one, here, out);
            continue;
        }
        const cn_json *value = write_any(w, one, here);
        if (value) cn_ex_push(w->x, out, value);
    }
    return cn_ex_made(w->x, out) && cn_json_count(out) ? out : NULL;
}

static const cn_json *write_list(writing *w, const cn_json *each, const place *here) {
    cn_json *out = cn_json_array(w->x->arena);
    write_each(w, each, here, out);
    if (!cn_ex_made(w->x, out) || !cn_json_count(out)) return NULL;
    return cn_json_get(each, CN_S("first")) ? cn_json_item(out, 0) : out;
}

/* ---- Objects ---- */

static const cn_json *write_object(writing *w, const cn_json *template, const place *here) {
    size_t before = w->said;
    cn_json *out = cn_json_object(w->x->arena);
    for (size_t i = 0; i < cn_json_count(template); i++) {
        const cn_json_member *m = &template->object.v[i];
        const cn_json *one = write_any(w, m->value, here);
        if (one) cn_ex_set(w->x, out, m->key, one);
        else if (cn_json_get(m->value, CN_S("need"))) return w->said = before, NULL;
    }
    return cn_ex_made(w->x, out);
}

/* Constants stand where they are; what is there to say something has to. */
static const cn_json *write_saying(writing *w, const cn_json *template, const place *here) {
    size_t before = w->said;
    const cn_json *out = write_object(w, template, here);
    return w->said > before || !cn_ex_says(template) ? out : NULL;
}

/* It does not count as said: our own reader does not find it. */
static const cn_json *write_only(writing *w, const cn_json *template, const place *here) {
    size_t before = w->said;
    const cn_json *out = write_any(w, template, here);
    w->said = before;
    return out;
}

static const cn_json *write_value(writing *w, const cn_json *template, const place *here) {
    const cn_json *value = point(w, cn_json_text(cn_ex_directive(template)), here);
    const cn_json *out = cn_ex_encode(w->x, template, value), *instead = cn_json_get(template, CN_S("else"));
    w->said += out != NULL;
    return out || !instead ? out : write_only(w, instead, here);
}

/* Recursion is no deeper than the template. */
static const cn_json *write_any(writing *w, const cn_json *template, const place *here) {
    const cn_json *what = cn_ex_directive(template);
    cn_slice text;
    switch (cn_ex_kind_of(template)) {
    case CN_EX_CONSTANT: return template;
    case CN_EX_ARRAY: return write_array(w, template, here);
    case CN_EX_OBJECT: return write_saying(w, template, here);
    case CN_EX_VALUE: return write_value(w, template, here);
    case CN_EX_EACH: return write_list(w, template, here);
    case CN_EX_PRINT: return print(w, template, here, &text);
    case CN_EX_UUID: return uuid(w, template, here);
    case CN_EX_IS: return what;
    case CN_EX_WRITE: return write_only(w, what, here);
    case CN_EX_USE: return write_any(w, cn_ex_part(w->x, template), here);
    case CN_EX_LANGUAGE: return w->said++, cn_ex_text(w->x, w->x->language);
    case CN_EX_REST: return w->said += w->rest != NULL, w->rest;
    case CN_EX_READ:
    case CN_EX_SKIP: break;
    }
    return NULL;
}

/* That of the name, where it has one of ours. */
static cn_slice language_of(const cn_json *achievement) {
    const cn_json *name = cn_json_get(achievement, CN_S("name"));
    bool english = cn_json_text(cn_json_get(name, CN_S("en"))).n,
         french = cn_json_text(cn_json_get(name, CN_S("fr"))).n;
    return french && !english ? CN_S("fr") : CN_S("en");
}

const cn_json *cn_ex_write(cn_ex *x, const cn_json *achievement, const cn_json *rest, cn_ex_found *found) {
    writing w = {.x = x, .achievement = achievement, .rest = rest};
    place top = {achievement, 1, 1};
    x->language = language_of(achievement);
    *found = (cn_ex_found){.template = cn_json_get(x->format, CN_S("write"))};
    const cn_json *out = found->root = cn_ex_made(x, write_object(&w, found->template, &top));
    if (!out || !cn_json_is(cn_json_get(x->format, CN_S("graph")), CN_JSON_TRUE)) return out;
    out = cn_ex_graph(x, out);
    found->root = cn_json_item(cn_json_get(out, CN_S("@graph")), 0);
    found->at = CN_S("/@graph/0");
    return out;
}
