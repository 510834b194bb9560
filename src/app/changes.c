/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed between two drafts. Two texts are compared by their longest common subsequence of words or lines
 * (Wagner and Fischer's table), which is small beside what a person writes; what is longer is given whole.
 */
#include "app/changes.h"
#include "rules/rules.h"

enum { CELLS_MAX = 4 << 20, DEPTH_MAX = 16 };

/* ---- A text, cut up ---- */

typedef struct pieces {
    cn_slice *v;
    size_t n;
} pieces;

static bool is_gap(char c) {
    return c == ' ' || c == '\n' || c == '\t';
}

/* The end of the piece that begins at `at`: a word with the white space behind it, or a line with its end. */
static size_t end_of(cn_slice text, size_t at, bool lines) {
    while (at < text.n && (lines ? text.p[at] != '\n' : !is_gap(text.p[at]))) at++;
    if (lines) return at + (at < text.n);
    while (at < text.n && is_gap(text.p[at])) at++;
    return at;
}

static bool cut(cn_arena *a, cn_slice text, bool lines, pieces *out, cn_err *err) {
    size_t n = 0;
    for (size_t at = 0; at < text.n; n++) at = end_of(text, at, lines);
    *out = (pieces){.v = CN_NEW_ARRAY(a, cn_slice, n)};
    if (!out->v) return cn_fail_memory(err);
    for (size_t at = 0, end; at < text.n; at = end) {
        end = end_of(text, at, lines);
        out->v[out->n++] = cn_slice_sub(text, at, end);
    }
    return true;
}

/* Two words are the same whatever white space is behind them. */
static bool same(cn_slice x, cn_slice y) {
    return cn_slice_eq(cn_slice_trim(x), cn_slice_trim(y));
}

/* ---- Two texts ---- */

typedef struct parts {
    cn_change_part *v;
    size_t n;
} parts;

/* Pieces of a text that stand beside each other and are of one kind are one part. */
static void add(parts *p, cn_change_kind kind, cn_slice piece) {
    cn_change_part *last = p->n ? &p->v[p->n - 1] : NULL;
    if (last && last->kind == kind && last->text.p + last->text.n == piece.p) last->text.n += piece.n;
    else p->v[p->n++] = (cn_change_part){kind, piece};
}

/* How long the longest common subsequence of the rests from (i, j) on is, for every i and j. */
static uint16_t *measure(cn_arena *a, const pieces *x, const pieces *y) {
    size_t width = y->n + 1;
    uint16_t *t = CN_NEW_ARRAY(a, uint16_t, (x->n + 1) * width);
    for (size_t i = x->n; t && i-- > 0;)
        for (size_t j = y->n; j-- > 0;) {
            uint16_t down = t[(i + 1) * width + j], right = t[i * width + j + 1];
            uint16_t longer = down > right ? down : right;
            bool match = same(x->v[i], y->v[j]);
            t[i * width + j] = match ? (uint16_t)(t[(i + 1) * width + j + 1] + 1) : longer;
        }
    return t;
}

/* What was removed and what was added between two common pieces stand one behind the other. */
static void walk(const uint16_t *t, const pieces *x, const pieces *y, parts *out) {
    size_t width = y->n + 1, i = 0, j = 0;
    while (i < x->n || j < y->n) {
        for (; i < x->n && j < y->n && same(x->v[i], y->v[j]); i++, j++)
            add(out, CN_CHANGE_SAME, x->v[i].n > y->v[j].n ? x->v[i] : y->v[j]);
        size_t from = j;
        while ((i < x->n || j < y->n) && !(i < x->n && j < y->n && same(x->v[i], y->v[j]))) {
            bool removed = i < x->n && (j == y->n || t[(i + 1) * width + j] >= t[i * width + j + 1]);
            if (removed) add(out, CN_CHANGE_REMOVED, x->v[i++]);
            else j++;
        }
        for (; from < j; from++) add(out, CN_CHANGE_ADDED, y->v[from]);
    }
}

bool cn_text_changes(cn_arena *a, cn_slice before, cn_slice after, bool lines, cn_change_part **out, size_t *n,
                     cn_err *err) {
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(0);
    pieces x, y;
    if (!cut(scratch, before, lines, &x, err) || !cut(scratch, after, lines, &y, err)) return false;
    parts p = {.v = CN_NEW_ARRAY(a, cn_change_part, x.n + y.n + 2)};
    if (!p.v) return cn_fail_memory(err);
    bool small = x.n < UINT16_MAX && y.n < UINT16_MAX && (x.n + 1) * (y.n + 1) <= CELLS_MAX;
    uint16_t *table = small ? measure(scratch, &x, &y) : NULL;
    if (table) walk(table, &x, &y, &p);
    else {
        if (before.n) add(&p, CN_CHANGE_REMOVED, before);
        if (after.n) add(&p, CN_CHANGE_ADDED, after);
    }
    *out = p.v;
    *n = p.n;
    return true;
}

/* ---- A design as lines ---- */

typedef struct listing {
    cn_arena *a;
    cn_labels labels;
    cn_design_line *v;
    size_t n, cap;
} listing;

/* {"en", "fr"} and nothing else. */
static bool is_both(const cn_json *v) {
    size_t texts = cn_json_is(cn_json_get(v, CN_S("en")), CN_JSON_STRING);
    texts += cn_json_is(cn_json_get(v, CN_S("fr")), CN_JSON_STRING);
    return texts && texts == cn_json_count(v);
}

static bool write_value(cn_buf *b, const cn_json *v, const char *between, int depth);

static bool write_members(cn_buf *b, const cn_json *v, const char *between, int depth) {
    bool array = cn_json_is(v, CN_JSON_ARRAY);
    for (size_t i = 0; i < cn_json_count(v); i++) {
        if (i) cn_buf_add(b, cn_slice_of(between));
        if (!write_value(b, array ? cn_json_item(v, i) : v->object.v[i].value, ", ", depth + 1)) return false;
    }
    return true;
}

/* A value on a line; of several, `between` stands between them. */
static bool write_value(cn_buf *b, const cn_json *v, const char *between, int depth) {
    if (depth > DEPTH_MAX) return false;
    if (is_both(v)) return write_members(b, v, strcmp(between, "\n") ? " / " : "\n", depth);
    if (cn_json_is(v, CN_JSON_ARRAY) || cn_json_is(v, CN_JSON_OBJECT)) return write_members(b, v, between, depth);
    if (cn_json_is(v, CN_JSON_STRING) || cn_json_is(v, CN_JSON_NUMBER)) cn_buf_add(b, v->string);
    else cn_json_write(b, v);
    return true;
}

static bool fail_depth(cn_err *err) {
    return cn_fail(err, CN_LIMIT, "design.depth", "a design is nested more than %d levels deep.", DEPTH_MAX);
}

static bool add_line(listing *l, cn_slice path, const cn_json *v, cn_err *err) {
    cn_buf b = cn_buf_on(l->a, 0);
    cn_words label = cn_field_label(&l->labels, path);
    if (!write_value(&b, v, "\n", 0)) return fail_depth(err);
    cn_design_line *grown = cn_arena_grow(l->a, l->v, l->n, &l->cap, l->n + 1, sizeof *grown);
    if (!grown || !cn_buf_ok(&b)) return cn_fail_memory(err);
    l->v = grown;
    l->v[l->n++] = (cn_design_line){.path = path,
                                    .label = {label.en.n ? label.en : path, label.fr.n ? label.fr : path},
                                    .text = cn_buf_slice(&b)};
    return true;
}

/* An object that is no text in both languages is a group of fields. */
static bool list(listing *l, cn_slice path, const cn_json *v, int depth, cn_err *err) {
    if (!cn_json_is(v, CN_JSON_OBJECT) || is_both(v)) return add_line(l, path, v, err);
    if (depth > DEPTH_MAX) return fail_depth(err);
    for (size_t i = 0; i < v->object.n; i++) {
        const cn_json_member *one = &v->object.v[i];
        cn_slice below;
        if (!cn_arena_print(l->a, &below, "%.*s.%.*s", CN_ARG(path), CN_ARG(one->key))) return cn_fail_memory(err);
        if (!list(l, below, one->value, depth + 1, err)) return false;
    }
    return true;
}

bool cn_app_design_lines(cn_arena *a, const cn_json *design, cn_design_line **out, size_t *n, cn_err *err) {
    listing l = {.a = a};
    bool said = cn_json_is(design, CN_JSON_OBJECT);
    if (said && (!cn_labels_read(a, &l.labels, err) || !list(&l, CN_S("offering"), design, 0, err))) return false;
    *out = l.v;
    *n = l.n;
    return true;
}

/* ---- Two drafts ---- */

typedef struct changes {
    cn_arena *a;
    cn_change *v;
    size_t n, cap;
} changes;

static bool compare(changes *c, cn_slice field, cn_bilingual label, cn_slice before, cn_slice after, bool lines,
                    cn_err *err) {
    cn_change_part *v;
    size_t n;
    if (cn_slice_eq(before, after)) return true;
    if (!cn_text_changes(c->a, before, after, lines, &v, &n, err)) return false;
    cn_change *grown = cn_arena_grow(c->a, c->v, c->n, &c->cap, c->n + 1, sizeof *grown);
    if (!grown) return cn_fail_memory(err);
    c->v = grown;
    c->v[c->n++] = (cn_change){.field = field, .label = label, .v = v, .n = n};
    return true;
}

static bool join(cn_arena *a, const cn_achievement_text *t, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < t->outcomes_n; i++) {
        if (i) cn_buf_byte(&b, '\n');
        cn_buf_add(&b, t->outcomes[i]);
    }
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

static bool compare_texts(changes *c, const cn_draft *before, const cn_draft *after, cn_err *err) {
    const cn_achievement_text *x[] = {&before->en, &before->fr}, *y[] = {&after->en, &after->fr};
    static const cn_slice names[] = {CN_S_INIT("name.en"), CN_S_INIT("name.fr")},
                          descriptions[] = {CN_S_INIT("description.en"), CN_S_INIT("description.fr")},
                          criteria[] = {CN_S_INIT("criteria.en"), CN_S_INIT("criteria.fr")},
                          outcomes[] = {CN_S_INIT("outcomes.en"), CN_S_INIT("outcomes.fr")};
    const cn_bilingual none = {{0}, {0}};
    cn_slice was, is;
    for (size_t l = 0; l < 2; l++)
        if (!compare(c, names[l], none, x[l]->name, y[l]->name, false, err)) return false;
    for (size_t l = 0; l < 2; l++)
        if (!compare(c, descriptions[l], none, x[l]->description, y[l]->description, false, err)) return false;
    for (size_t l = 0; l < 2; l++)
        if (!compare(c, criteria[l], none, x[l]->criteria, y[l]->criteria, false, err)) return false;
    for (size_t l = 0; l < 2; l++)
        if (!join(c->a, x[l], &was, err) || !join(c->a, y[l], &is, err) ||
            !compare(c, outcomes[l], none, was, is, true, err))
            return false;
    return true;
}

static bool compare_months(changes *c, int before, int after, cn_err *err) {
    cn_slice was = {0}, is = {0};
    if ((before && !cn_arena_print(c->a, &was, "%d", before)) ||
        (after && !cn_arena_print(c->a, &is, "%d", after)))
        return cn_fail_memory(err);
    return compare(c, CN_S("months"), (cn_bilingual){{0}, {0}}, was, is, false, err);
}

static const cn_design_line *find(const cn_design_line *v, size_t n, cn_slice path) {
    for (size_t i = 0; i < n; i++)
        if (cn_slice_eq(v[i].path, path)) return &v[i];
    return NULL;
}

/* Those that are there now in their order, then those that are gone. */
static bool compare_designs(changes *c, const cn_json *before, const cn_json *after, cn_err *err) {
    cn_design_line *x, *y;
    size_t xn, yn;
    if (!cn_app_design_lines(c->a, before, &x, &xn, err) || !cn_app_design_lines(c->a, after, &y, &yn, err))
        return false;
    for (size_t i = 0; i < yn; i++) {
        const cn_design_line *was = find(x, xn, y[i].path);
        if (!compare(c, y[i].path, y[i].label, was ? was->text : (cn_slice){0}, y[i].text, true, err))
            return false;
    }
    for (size_t i = 0; i < xn; i++)
        if (!find(y, yn, x[i].path) && !compare(c, x[i].path, x[i].label, x[i].text, (cn_slice){0}, true, err))
            return false;
    return true;
}

bool cn_app_changes(cn_arena *a, const cn_draft *before, const cn_draft *after, cn_change **out, size_t *n,
                    cn_err *err) {
    changes c = {.a = a};
    if (!compare_texts(&c, before, after, err) ||
        !compare_months(&c, before->valid_months, after->valid_months, err) ||
        !compare_designs(&c, before->design, after->design, err))
        return false;
    *out = c.v;
    *n = c.n;
    return true;
}
