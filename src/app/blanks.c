/* SPDX-License-Identifier: Apache-2.0
 *
 * Objects held against a table of fields: read, made tidy, and told what is wrong in them.
 */
#include "app/blanks.h"
#include "app/texts.h"

/* ---- Paths ---- */

const cn_json *cn_blank_value(const cn_json *object, cn_slice path) {
    cn_slice key, rest = path;
    while (object && rest.n) {
        (void)cn_slice_cut(rest, '.', &key, &rest);
        object = cn_json_get(object, key);
    }
    return object;
}

bool cn_blank_set(cn_arena *a, cn_json *object, cn_slice path, const cn_json *value) {
    cn_slice key, rest;
    while (cn_slice_cut(path, '.', &key, &rest)) {
        cn_json *inner = (cn_json *)cn_json_get(object, key);
        if (!inner) {
            inner = cn_json_object(a);
            if (!inner || !cn_json_set(a, object, key, inner)) return false;
        }
        object = inner;
        path = rest;
    }
    return cn_json_set(a, object, path, value);
}

/* ---- The work ---- */

typedef struct work {
    cn_arena *a;
    cn_slice language;
    cn_blank_problems *problems;
    cn_buf at; /* the pointer to what is looked at */
    bool full; /* the arena is at its maximum */
} work;

static void tell(work *w, const cn_blank *f, cn_slice id) {
    cn_blank_problem *p;
    if (w->problems->n == CN_BLANK_PROBLEMS_MAX) return;
    p = &w->problems->v[w->problems->n++];
    *p = (cn_blank_problem){.id = id, .field = f};
    if (!cn_arena_copy(w->a, cn_buf_slice(&w->at), &p->at)) w->full = true;
}

static const cn_json *kept(work *w, const cn_json *v) {
    if (!v) w->full = true;
    return v;
}

/* ---- Values: each gives what is kept, or NULL where nothing is, having told why ---- */

static const cn_json *wrong(work *w, const cn_blank *f, cn_slice id) {
    tell(w, f, id);
    return NULL;
}

static const cn_json *read_text(work *w, const cn_blank *f, const cn_json *v, bool lines) {
    cn_slice text;
    cn_err err;
    if (!cn_json_is(v, CN_JSON_STRING)) return wrong(w, f, CN_S("kind"));
    if (!cn_text_tidy(w->a, cn_json_text(v), lines, &text, &err)) return kept(w, NULL);
    if (!text.n) return NULL;
    if (cn_text_characters(text) > f->max) return wrong(w, f, CN_S("long"));
    if (!cn_text_is_seen(text)) return wrong(w, f, CN_S("control"));
    if (f->good && !f->good(text)) return wrong(w, f, CN_S("form"));
    return kept(w, cn_json_string(w->a, text));
}

static const cn_json *read_line(work *w, const cn_blank *f, const cn_json *v) {
    return read_text(w, f, v, false);
}

static const cn_json *read_url(work *w, const cn_blank *f, const cn_json *v) {
    const cn_json *text = read_text(w, f, v, false);
    return !text || cn_uri_well_formed(cn_json_text(text)) ? text : wrong(w, f, CN_S("url"));
}

static const cn_json *read_date(work *w, const cn_blank *f, const cn_json *v) {
    const cn_json *text = read_text(w, f, v, false);
    cn_time t;
    bool date = text && cn_json_text(text).n == 10 && cn_time_read_loose(cn_json_text(text), &t);
    return !text || date ? text : wrong(w, f, CN_S("date"));
}

static bool is_language(cn_slice key) {
    return cn_slice_eq(key, CN_S("en")) || cn_slice_eq(key, CN_S("fr"));
}

static const cn_json *read_both_of(work *w, const cn_blank *f, const cn_json *v, bool lines) {
    cn_json *both = cn_json_object(w->a);
    if (!both) return kept(w, NULL);
    if (cn_json_is(v, CN_JSON_STRING)) {
        const cn_json *text = read_text(w, f, v, lines);
        if (!text) return NULL;
        return cn_json_set(w->a, both, w->language, text) ? both : kept(w, NULL);
    }
    if (!cn_json_is(v, CN_JSON_OBJECT)) return wrong(w, f, CN_S("kind"));
    for (size_t i = 0; i < v->object.n; i++) {
        const cn_json_member *m = &v->object.v[i];
        size_t was = cn_json_pointer_key(&w->at, m->key);
        const cn_json *text = NULL;
        if (!is_language(m->key)) tell(w, NULL, CN_S("unknown"));
        else text = read_text(w, f, m->value, lines);
        if (text && !cn_json_set(w->a, both, m->key, text)) w->full = true;
        cn_json_pointer_back(&w->at, was);
    }
    return cn_json_count(both) ? both : NULL;
}

static const cn_json *read_both(work *w, const cn_blank *f, const cn_json *v) {
    return read_both_of(w, f, v, false);
}

static const cn_json *read_texts(work *w, const cn_blank *f, const cn_json *v) {
    return read_both_of(w, f, v, true);
}

typedef const cn_json *reader(work *w, const cn_blank *f, const cn_json *v);
enum { LIST_MAX = 40, LIST_LINE_MAX = 300 };

/* A single value stands for a list of it. */
static const cn_json *read_list_of(work *w, const cn_blank *f, const cn_json *v, size_t max, reader *item) {
    cn_json *list = cn_json_array(w->a);
    bool single = !cn_json_is(v, CN_JSON_ARRAY);
    if (!list) return kept(w, NULL);
    if (cn_json_is(v, CN_JSON_NULL)) return wrong(w, f, CN_S("kind"));
    if (cn_json_many(v) > max) return wrong(w, f, CN_S("many"));
    for (size_t i = 0; i < cn_json_many(v); i++) {
        size_t was = single ? w->at.n : cn_json_pointer_index(&w->at, i);
        const cn_json *one = item(w, f, cn_json_one(v, i));
        if (one && !cn_json_push(w->a, list, one)) w->full = true;
        cn_json_pointer_back(&w->at, was);
    }
    return cn_json_count(list) ? list : NULL;
}

static const cn_json *read_lines(work *w, const cn_blank *f, const cn_json *v) {
    return read_list_of(w, f, v, LIST_MAX, read_line);
}

static const cn_json *read_lists(work *w, const cn_blank *f, const cn_json *v) {
    return read_list_of(w, f, v, LIST_MAX, read_both);
}

/* Without an exponent and of a length that a double keeps to the last digit. */
static bool is_plain_number(cn_slice text) {
    return text.n <= 12 && cn_slice_find_byte(text, 'e') == SIZE_MAX && cn_slice_find_byte(text, 'E') == SIZE_MAX;
}

static const cn_json *read_number(work *w, const cn_blank *f, const cn_json *v) {
    if (!cn_json_is(v, CN_JSON_NUMBER) || v->number < 0 || !is_plain_number(v->string))
        return wrong(w, f, CN_S("number"));
    return v->number <= f->max ? v : wrong(w, f, CN_S("large"));
}

static const cn_json *read_count(work *w, const cn_blank *f, const cn_json *v) {
    const cn_json *number = read_number(w, f, v);
    return !number || number->number == (double)(uint64_t)number->number ? number : wrong(w, f, CN_S("number"));
}

static const cn_json *read_level(work *w, const cn_blank *f, const cn_json *v) {
    return cn_json_is(v, CN_JSON_NUMBER) ? read_number(w, f, v) : read_text(w, f, v, false);
}

static const cn_json *read_said(work *w, const cn_blank *f, const cn_json *v) {
    return cn_json_is_bool(v) ? v : wrong(w, f, CN_S("choice"));
}

static const cn_json *read_one(work *w, const cn_blank *f, const cn_json *v) {
    for (const cn_slice *word = f->words; word->n; word++)
        if (cn_json_is_string(v, *word)) return v;
    return cn_json_is_string(v, CN_S("")) ? NULL : wrong(w, f, CN_S("choice"));
}

static const cn_json *read_some(work *w, const cn_blank *f, const cn_json *v) {
    return read_list_of(w, f, v, LIST_MAX, read_one);
}

static const cn_json *read_fields(work *w, cn_blanks_table table, const cn_json *from);

static const cn_json *read_row(work *w, const cn_blank *f, const cn_json *v) {
    if (!cn_json_is(v, CN_JSON_OBJECT)) return wrong(w, f, CN_S("kind"));
    return read_fields(w, (cn_blanks_table){f->columns, f->columns_n}, v);
}

static const cn_json *read_rows(work *w, const cn_blank *f, const cn_json *v) {
    return read_list_of(w, f, v, f->max, read_row);
}

static reader *const readers[CN_BLANK_KINDS] = {
    [CN_BLANK_LINE] = read_line,     [CN_BLANK_URL] = read_url,     [CN_BLANK_BOTH] = read_both,
    [CN_BLANK_TEXTS] = read_texts,   [CN_BLANK_LINES] = read_lines, [CN_BLANK_LISTS] = read_lists,
    [CN_BLANK_NUMBER] = read_number, [CN_BLANK_COUNT] = read_count, [CN_BLANK_LEVEL] = read_level,
    [CN_BLANK_SAID] = read_said,     [CN_BLANK_ONE] = read_one,     [CN_BLANK_SOME] = read_some,
    [CN_BLANK_DATE] = read_date,     [CN_BLANK_ROWS] = read_rows,   [CN_BLANK_ALIGNMENT] = read_rows,
};

/* ---- Objects ---- */

/* Is the path that of a field, or does it lead to one? */
typedef enum leads { NOWHERE, ON, THERE } leads;

static leads where_leads(cn_blanks_table table, cn_slice path) {
    leads best = NOWHERE;
    for (size_t i = 0; i < table.n; i++) {
        cn_slice field = table.v[i].path;
        if (cn_slice_eq(field, path)) return THERE;
        if (cn_slice_starts(field, path) && field.p[path.n] == '.') best = ON;
    }
    return best;
}

enum { PATH_DEPTH_MAX = 4 }; /* steps of a path in any table */

/* What no field has is told, so that a slip in a file does not go unseen. */
static void tell_unknown(work *w, cn_blanks_table table, const cn_json *object, cn_slice before, int depth) {
    for (size_t i = 0; i < cn_json_count(object); i++) {
        const cn_json_member *m = &object->object.v[i];
        size_t was = cn_json_pointer_key(&w->at, m->key);
        cn_slice path;
        if (!cn_arena_print(w->a, &path, "%.*s%s%.*s", CN_ARG(before), before.n ? "." : "", CN_ARG(m->key))) {
            w->full = true;
            return;
        }
        leads to = cn_slice_find_byte(m->key, '.') == SIZE_MAX ? where_leads(table, path) : NOWHERE;
        bool inner = to == ON && cn_json_is(m->value, CN_JSON_OBJECT) && depth < PATH_DEPTH_MAX;
        if (inner) tell_unknown(w, table, m->value, path, depth + 1);
        else if (to != THERE) tell(w, NULL, CN_S("unknown"));
        cn_json_pointer_back(&w->at, was);
    }
}

static void step_path(work *w, cn_slice path) {
    cn_slice key, rest = path;
    while (rest.n) {
        (void)cn_slice_cut(rest, '.', &key, &rest);
        cn_json_pointer_key(&w->at, key);
    }
}

static const cn_json *read_fields(work *w, cn_blanks_table table, const cn_json *from) {
    cn_json *out = cn_json_object(w->a);
    if (!out) return kept(w, NULL);
    tell_unknown(w, table, from, (cn_slice){0}, 0);
    for (size_t i = 0; i < table.n && !w->full; i++) {
        const cn_blank *f = &table.v[i];
        const cn_json *v = cn_blank_value(from, f->path), *tidy;
        size_t was = w->at.n;
        if (!v) continue;
        step_path(w, f->path);
        tidy = readers[f->kind](w, f, v);
        if (tidy && !cn_blank_set(w->a, out, f->path, tidy)) w->full = true;
        cn_json_pointer_back(&w->at, was);
    }
    return cn_json_count(out) ? out : NULL;
}

bool cn_blanks_read(cn_arena *a, cn_blanks_table table, const cn_json *from, cn_slice language,
                    const cn_json **out, cn_blank_problems *problems, cn_err *err) {
    work w = {.a = a, .language = language, .problems = problems, .at = cn_buf_on(a, 0)};
    problems->n = 0;
    if (!cn_json_is(from, CN_JSON_OBJECT))
        return cn_fail(err, CN_INVALID, "blanks.shape", "what is read is no JSON object.");
    const cn_json *tidy = read_fields(&w, table, from);
    if (!tidy && !w.full) tidy = cn_json_object(a);
    if (!tidy || w.full || !cn_buf_ok(&w.at)) return cn_fail_memory(err);
    *out = tidy;
    return true;
}

/* ---- Said or not ---- */

static bool said_in_both(const cn_json *v) {
    return cn_json_get_text(v, CN_S("en")).n && cn_json_get_text(v, CN_S("fr")).n;
}

bool cn_blank_said(const cn_blank *f, const cn_json *v) {
    if (!v) return false;
    if (f->kind == CN_BLANK_BOTH || f->kind == CN_BLANK_TEXTS) return said_in_both(v);
    for (size_t i = 0; f->kind == CN_BLANK_LISTS && i < cn_json_count(v); i++)
        if (!said_in_both(cn_json_item(v, i))) return false;
    return true;
}
