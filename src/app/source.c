/* SPDX-License-Identifier: Apache-2.0
 *
 * The `source` of designs: made, joined, and kept through every change.
 */
#include "app/source.h"

#include "base/base.h"

/* ---- Words ---- */

static const cn_slice words[CN_SOURCE_PARTS] = {
    [CN_SOURCE_WHOLE] = CN_S_INIT("whole"),
    [CN_SOURCE_OUTCOMES] = CN_S_INIT("outcomes"),
    [CN_SOURCE_SINGLE] = CN_S_INIT("competencies"),
};

cn_slice cn_source_word(cn_source_part part) {
    return words[part];
}

cn_source_part cn_source_part_find(cn_slice word) {
    cn_source_part part = 0;
    while (part < CN_SOURCE_PARTS && !cn_slice_eq(words[part], word)) part++;
    return part;
}

/* ---- Competencies by their keys ---- */

cn_slice cn_source_key(const cn_json *competency) {
    const cn_json *label = cn_json_get(competency, CN_S("label"));
    const cn_slice keys[] = {cn_json_get_text(competency, CN_S("uri")), cn_json_get_text(label, CN_S("en")),
                             cn_json_get_text(label, CN_S("fr")), cn_json_get_text(competency, CN_S("code"))};
    size_t i = 0;
    while (i + 1 < sizeof keys / sizeof *keys && !keys[i].n) i++;
    return keys[i];
}

static const cn_json *competencies_of(const cn_json *of) {
    return cn_json_get(of, CN_SOURCE_COMPETENCIES);
}

/* SIZE_MAX: none of the design's has the key. */
static size_t place_of(const cn_json *design, cn_slice key) {
    const cn_json *all = competencies_of(design);
    for (size_t i = 0; key.n && i < cn_json_count(all); i++)
        if (cn_slice_eq(cn_source_key(cn_json_item(all, i)), key)) return i;
    return SIZE_MAX;
}

static cn_slice key_of_row(const cn_json *row) {
    return cn_json_get_text(row, CN_S("competency"));
}

static const cn_json *row_of(const cn_json *rows, cn_slice key) {
    for (size_t i = 0; key.n && i < cn_json_count(rows); i++)
        if (cn_slice_eq(key_of_row(cn_json_item(rows, i)), key)) return cn_json_item(rows, i);
    return NULL;
}

const cn_json *cn_source_of_competency(const cn_json *source, const cn_json *competency) {
    return row_of(competencies_of(source), cn_source_key(competency));
}

/* ---- At work ---- */

typedef struct work {
    cn_arena *a;
    cn_json *others, *rows; /* lists that grow */
    bool good;
} work;

static work start(cn_arena *a) {
    work w = {.a = a, .others = cn_json_array(a), .rows = cn_json_array(a)};
    w.good = w.others && w.rows;
    return w;
}

/* The members of a source, without its lists; NULL: it has none. */
static const cn_json *facts_of(work *w, const cn_json *source) {
    static const char *const members[] = {"issuer", "achievement", "title", "version", "licence", "at", "reused"};
    cn_json *out = cn_json_object(w->a);
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const cn_json *v = cn_json_get(source, cn_slice_of(members[i]));
        if (v) w->good = w->good && out && cn_json_set(w->a, out, cn_slice_of(members[i]), v);
    }
    return cn_json_count(out) ? out : NULL;
}

/* Of one achievement in one version; of what names none, the same words. */
static bool is_same(const cn_json *x, const cn_json *y) {
    const cn_json *one = cn_json_get(x, CN_S("achievement")), *other = cn_json_get(y, CN_S("achievement"));
    return one && other ? cn_json_equal(one, other) : cn_json_equal(x, y);
}

/* Each once, and never the first one again. What there is no more room for is the oldest of all. */
static void add_other(work *w, const cn_json *first, const cn_json *facts) {
    bool there = !facts || is_same(first, facts) || cn_json_count(w->others) == CN_SOURCE_OTHERS_MAX;
    for (size_t i = 0; !there && i < cn_json_count(w->others); i++)
        there = is_same(cn_json_item(w->others, i), facts);
    if (!there) w->good = w->good && cn_json_push(w->a, w->others, facts);
}

static void add_others_of(work *w, const cn_json *first, const cn_json *source) {
    const cn_json *list = cn_json_get(source, CN_S("others"));
    for (size_t i = 0; i < cn_json_count(list); i++) add_other(w, first, cn_json_item(list, i));
}

/* A file of nobody's says nothing of where its competencies come from. */
static bool names_somebody(const cn_json *facts) {
    return cn_json_get(facts, CN_S("achievement")) || cn_json_get(facts, CN_S("issuer"));
}

/* The facts under another key. */
static void add_row(work *w, cn_slice key, const cn_json *facts) {
    cn_json *row = cn_json_object(w->a);
    if (!key.n || !names_somebody(facts) || row_of(w->rows, key) ||
        cn_json_count(w->rows) == CN_SOURCE_COMPETENCIES_MAX)
        return;
    w->good = w->good && row && cn_json_set(w->a, row, CN_S("competency"), cn_json_string(w->a, key));
    for (size_t i = 0; w->good && i < cn_json_count(facts); i++) {
        const cn_json_member *m = &facts->object.v[i];
        bool beside = cn_slice_eq(m->key, CN_S("competency")) || cn_slice_eq(m->key, CN_S("reused"));
        w->good = beside || cn_json_set(w->a, row, m->key, m->value);
    }
    w->good = w->good && cn_json_push(w->a, w->rows, row);
}

/* NULL: there is nothing to say. */
static bool finish(work *w, const cn_json *first, const cn_json **out, cn_err *err) {
    cn_json *source = first ? cn_json_copy_shallow(w->a, first) : cn_json_object(w->a);
    w->good = w->good && source &&
              (!cn_json_count(w->others) || cn_json_set(w->a, source, CN_S("others"), w->others)) &&
              (!cn_json_count(w->rows) || cn_json_set(w->a, source, CN_SOURCE_COMPETENCIES, w->rows));
    if (!w->good) return cn_fail_memory(err);
    *out = cn_json_count(source) ? source : NULL;
    return true;
}

/* ---- Made ---- */

bool cn_source_derive(cn_arena *a, const cn_json *first, const cn_json *design, const cn_json *kept,
                      const cn_json **out, cn_err *err) {
    work w = start(a);
    const cn_json *source = cn_json_get(design, CN_SOURCE), *list = competencies_of(kept);
    if (!w.good) return cn_fail_memory(err);
    add_other(&w, first, facts_of(&w, source));
    add_others_of(&w, first, source);
    for (size_t i = 0; i < cn_json_count(list); i++) {
        const cn_json *one = cn_json_item(list, i), *said = cn_source_of_competency(source, one);
        add_row(&w, cn_source_key(one), said ? said : first);
    }
    return finish(&w, first, out, err);
}

bool cn_source_join(cn_arena *a, const cn_json *source, const cn_json *other, const cn_json **out, cn_err *err) {
    work w = start(a);
    if (!w.good) return cn_fail_memory(err);
    const cn_json *first = facts_of(&w, source), *second = facts_of(&w, other);
    if (!first) first = second;
    add_others_of(&w, first, source);
    add_other(&w, first, second);
    add_others_of(&w, first, other);
    const cn_json *lists[] = {competencies_of(source), competencies_of(other)};
    for (size_t l = 0; l < 2; l++)
        for (size_t i = 0; i < cn_json_count(lists[l]); i++)
            add_row(&w, key_of_row(cn_json_item(lists[l], i)), cn_json_item(lists[l], i));
    return finish(&w, first, out, err);
}

/* ---- Kept ---- */

typedef struct change {
    const cn_json *before, *after; /* designs */
    bool *taken;                   /* of the competencies after: one that was renamed is said of it already */
} change;

/* Is the competency at this place one that was not there before, and that says nothing itself of where it comes
 * from? Then one that is gone may have become it. */
static bool is_new(const change *c, size_t place) {
    const cn_json *one = cn_json_item(competencies_of(c->after), place);
    const cn_json *said = cn_source_of_competency(cn_json_get(c->after, CN_SOURCE), one);
    return one && !c->taken[place] && !names_somebody(said) && place_of(c->before, cn_source_key(one)) == SIZE_MAX;
}

/* Where the competency of a key stands now: renamed it keeps its place, or another gave way before it. SIZE_MAX:
 * it is gone. */
static size_t place_now(const change *c, cn_slice key) {
    size_t n = cn_json_count(competencies_of(c->after)), was = place_of(c->before, key);
    size_t place = place_of(c->after, key);
    if (place != SIZE_MAX || was == SIZE_MAX) return place;
    if (was < n && is_new(c, was)) return was;
    for (size_t i = 0; i < n; i++)
        if (is_new(c, i)) return i;
    return SIZE_MAX;
}

static void keep_rows(work *w, change *c, const cn_json *rows) {
    for (size_t i = 0; i < cn_json_count(rows); i++) {
        const cn_json *row = cn_json_item(rows, i);
        size_t place = place_now(c, key_of_row(row));
        if (place == SIZE_MAX) continue;
        c->taken[place] = true;
        add_row(w, cn_source_key(cn_json_item(competencies_of(c->after), place)), row);
    }
}

/* What the design says itself, of competencies that it has: others take no room away. */
static void add_rows(work *w, const cn_json *design) {
    const cn_json *rows = competencies_of(cn_json_get(design, CN_SOURCE));
    for (size_t i = 0; i < cn_json_count(rows); i++) {
        cn_slice key = key_of_row(cn_json_item(rows, i));
        if (place_of(design, key) != SIZE_MAX) add_row(w, key, cn_json_item(rows, i));
    }
}

static bool keep_source(cn_arena *a, const cn_json *before, const cn_json *design, const cn_json **out,
                        cn_err *err) {
    const cn_json *both, *was = cn_json_get(before, CN_SOURCE);
    change c = {before, design, CN_NEW_ARRAY(a, bool, cn_json_count(competencies_of(design)))};
    if (!c.taken) return cn_fail_memory(err);
    if (!cn_source_join(a, was, cn_json_get(design, CN_SOURCE), &both, err)) return false;
    work w = start(a);
    const cn_json *first = facts_of(&w, both);
    add_others_of(&w, first, both);
    keep_rows(&w, &c, competencies_of(was));
    add_rows(&w, design);
    return finish(&w, first, out, err);
}

bool cn_source_keep(cn_arena *a, const cn_json *before, const cn_json *design, const cn_json **out, cn_err *err) {
    const cn_json *source;
    if (!cn_json_get(before, CN_SOURCE) && !cn_json_get(design, CN_SOURCE)) return *out = design, true;
    if (!keep_source(a, before, design, &source, err)) return false;
    cn_json *new = design ? cn_json_copy_shallow(a, design) : cn_json_object(a);
    if (new &&cn_json_get(new, CN_SOURCE)) new = cn_json_without(a, new, CN_SOURCE);
    if (!new || (source && !cn_json_set(a, new, CN_SOURCE, source))) return cn_fail_memory(err);
    *out = new;
    return true;
}
