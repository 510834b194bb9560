/* SPDX-License-Identifier: Apache-2.0
 *
 * What changed between two drafts. Two texts are compared by their longest common subsequence of words or lines
 * (Wagner and Fischer's table), which is small beside what a person writes; what is longer is given whole.
 */
#include "app/changes.h"

enum { CELLS_MAX = 4 << 20 };

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

/* ---- Two drafts ---- */

typedef struct changes {
    cn_arena *a;
    cn_change *v;
    size_t n, cap;
} changes;

static bool compare(changes *c, cn_slice field, cn_slice before, cn_slice after, bool lines, cn_err *err) {
    cn_change_part *v;
    size_t n;
    if (cn_slice_eq(before, after)) return true;
    if (!cn_text_changes(c->a, before, after, lines, &v, &n, err)) return false;
    cn_change *grown = cn_arena_grow(c->a, c->v, c->n, &c->cap, c->n + 1, sizeof *grown);
    if (!grown) return cn_fail_memory(err);
    c->v = grown;
    c->v[c->n++] = (cn_change){.field = field, .v = v, .n = n};
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
    cn_slice was, is;
    for (size_t l = 0; l < 2; l++)
        if (!compare(c, names[l], x[l]->name, y[l]->name, false, err)) return false;
    for (size_t l = 0; l < 2; l++)
        if (!compare(c, descriptions[l], x[l]->description, y[l]->description, false, err)) return false;
    for (size_t l = 0; l < 2; l++)
        if (!compare(c, criteria[l], x[l]->criteria, y[l]->criteria, false, err)) return false;
    for (size_t l = 0; l < 2; l++)
        if (!join(c->a, x[l], &was, err) || !join(c->a, y[l], &is, err) ||
            !compare(c, outcomes[l], was, is, true, err))
            return false;
    return true;
}

bool cn_app_changes(cn_arena *a, const cn_draft *before, const cn_draft *after, cn_change **out, size_t *n,
                    cn_err *err) {
    changes c = {.a = a};
    if (!compare_texts(&c, before, after, err)) return false;
    *out = c.v;
    *n = c.n;
    return true;
}
