/* SPDX-License-Identifier: Apache-2.0
 *
 * The kinds of outcomes when outcomes move. A design names an outcome by its place; its words say whether it is
 * still the same one. A kind goes where its words go, and goes away with them.
 */
#include "app/design.h"

static const cn_slice alignment = CN_S_INIT("outcome_alignment"), place_member = CN_S_INIT("outcome"),
                      words_member = CN_S_INIT("outcomes");

static cn_slice words_at(const cn_achievement_text *t, size_t i) {
    return i < t->outcomes_n ? t->outcomes[i] : (cn_slice){0};
}

static bool is_same(cn_slice x, cn_slice y) {
    return x.n && cn_slice_eq(x, y);
}

static size_t outcomes_n(const cn_draft *d) {
    return d->en.outcomes_n > d->fr.outcomes_n ? d->en.outcomes_n : d->fr.outcomes_n;
}

/* Where the outcome is that stood at `place`: the same in both languages, otherwise in one, which is how a draft
 * looks whose other language is being mended. SIZE_MAX: nowhere. */
static size_t find(const cn_draft *from, size_t place, const cn_draft *to) {
    cn_slice en = words_at(&from->en, place), fr = words_at(&from->fr, place);
    size_t best = SIZE_MAX;
    unsigned likeness = 0;
    for (size_t i = 0; i < outcomes_n(to); i++) {
        bool english = is_same(en, words_at(&to->en, i)), french = is_same(fr, words_at(&to->fr, i));
        unsigned like = (english ? 4u : 0u) + (french ? 2u : 0u);
        if (like && i == place) like++; /* the same words twice */
        if (like > likeness) likeness = like, best = i;
    }
    return best;
}

static bool place_of(const cn_json *row, size_t *place) {
    const cn_json *at = cn_json_get(row, place_member);
    bool good = cn_json_is(at, CN_JSON_NUMBER) && at->number >= 1 && at->number <= CN_ACHIEVEMENT_OUTCOMES_MAX;
    if (good) *place = (size_t)at->number - 1;
    return good;
}

static bool push(cn_arena *a, cn_json *list, const cn_json *row, size_t place) {
    cn_json *one = cn_json_copy_shallow(a, row);
    return one && cn_json_set(a, one, place_member, cn_json_number(a, (double)place + 1)) &&
           cn_json_push(a, list, one);
}

/* In the order of their new places, each taken once. */
static bool move_rows(cn_arena *a, const cn_json *rows, const cn_draft *from, const cn_draft *to, cn_json *list) {
    const cn_json *at[CN_ACHIEVEMENT_OUTCOMES_MAX] = {0};
    for (size_t i = 0; i < cn_json_count(rows); i++) {
        size_t place, now;
        if (!place_of(cn_json_item(rows, i), &place)) continue;
        now = find(from, place, to);
        if (now < CN_ACHIEVEMENT_OUTCOMES_MAX && !at[now]) at[now] = cn_json_item(rows, i);
    }
    for (size_t i = 0; i < CN_ACHIEVEMENT_OUTCOMES_MAX; i++)
        if (at[i] && !push(a, list, at[i], i)) return false;
    return true;
}

bool cn_design_realign(cn_arena *a, const cn_json *design, const cn_draft *from, const cn_draft *to,
                       const cn_json **out, cn_err *err) {
    const cn_json *rows = cn_json_get(design, alignment);
    if (!cn_json_is(rows, CN_JSON_ARRAY)) return *out = design, true;
    cn_json *list = cn_json_array(a), *moved = cn_json_copy_shallow(a, design);
    if (!list || !moved || !move_rows(a, rows, from, to, list)) return cn_fail_memory(err);
    *out = moved;
    if (cn_json_count(list)) return cn_json_set(a, moved, alignment, list) || cn_fail_memory(err);
    return (*out = cn_json_without(a, moved, alignment)) || cn_fail_memory(err);
}

/* ---- Files say which words they mean ---- */

static bool read_words(cn_arena *a, const cn_json *list, cn_achievement_text *out, cn_err *err) {
    out->outcomes = CN_NEW_ARRAY(a, cn_slice, cn_json_count(list));
    if (!out->outcomes) return cn_fail_memory(err);
    for (; cn_json_is(list, CN_JSON_ARRAY) && out->outcomes_n < cn_json_count(list); out->outcomes_n++)
        out->outcomes[out->outcomes_n] = cn_slice_trim(cn_json_text(cn_json_item(list, out->outcomes_n)));
    return true;
}

bool cn_design_outcomes_of(cn_arena *a, const cn_json *file, bool french, bool *said, cn_draft *out, cn_err *err) {
    const cn_json *both = cn_json_get(file, words_member),
                  *record = cn_json_point(file, CN_S("/offering/learning_outcomes"));
    cn_draft d = {0};
    *said = cn_json_get(file, CN_S("offering")) || both;
    if (record ? !read_words(a, record, french ? &d.fr : &d.en, err)
               : !read_words(a, cn_json_get(both, CN_S("en")), &d.en, err) ||
                     !read_words(a, cn_json_get(both, CN_S("fr")), &d.fr, err))
        return false;
    *out = d;
    return true;
}

static bool put_words(cn_arena *a, cn_json *to, cn_slice language, const cn_achievement_text *t) {
    cn_json *list = cn_json_array(a);
    for (size_t i = 0; list && i < t->outcomes_n; i++)
        if (!cn_json_push(a, list, cn_json_string(a, t->outcomes[i]))) return false;
    return list && cn_json_set(a, to, language, list);
}

bool cn_design_write_of(cn_arena *a, const cn_draft *draft, cn_slice *out, cn_err *err) {
    if (!cn_json_get(draft->design, alignment)) return cn_design_write(a, draft->design, out, err);
    cn_json *design = cn_json_copy_shallow(a, draft->design), *words = cn_json_object(a);
    return ((design && words && put_words(a, words, CN_S("en"), &draft->en) &&
             put_words(a, words, CN_S("fr"), &draft->fr) && cn_json_set(a, design, words_member, words)) ||
            cn_fail_memory(err)) &&
           cn_design_write(a, design, out, err);
}
