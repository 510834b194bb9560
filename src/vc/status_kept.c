/* SPDX-License-Identifier: Apache-2.0
 *
 * Status lists that an earlier verification found good, kept for those to come.
 *
 * The resolver is asked for the list each time; what is saved is verifying and inflating the same bytes again. So
 * a list is kept only where the outcome follows from its bytes and the time alone: nothing was asked for on the
 * way, no key and no context, and no work was counted. It is good until the first end that it names (of its
 * validity, of a signature).
 *
 * An entry is immutable, and lives as long as somebody counts on it. The table is locked for as long as it takes
 * to find a pointer; who does not get in at once does without.
 */
#include <stdatomic.h>

#include "vc/internal.h"
#include "vc/languages.h"

enum { SLOTS = 32, MAX_BYTES = 1 << 20 /* of one list, with all that belongs to it */, TRIES = 64 };

struct cn_kept {
    cn_arena *arena; /* on which this is too */
    atomic_size_t users;
    cn_slice url, body, signer, bits;
    const cn_json *document;
    cn_time from, until;
    bool ends; /* `until` counts */
    size_t max_proofs;
};

struct cn_lists {
    atomic_flag locked;
    cn_kept *slots[SLOTS]; /* by the hash of the URL: a list takes the place of another */
};

cn_lists *cn_lists_new(void) {
    cn_lists *l = calloc(1, sizeof *l);
    if (!l) cn_no_memory();
    atomic_flag_clear(&l->locked);
    return l;
}

static void release(cn_kept *k) {
    if (k && atomic_fetch_sub_explicit(&k->users, 1, memory_order_acq_rel) == 1) cn_arena_free(k->arena);
}

void cn_lists_free(cn_lists *l) {
    for (size_t i = 0; l && i < SLOTS; i++) release(l->slots[i]);
    free(l);
}

static bool lock(cn_lists *l) {
    for (int i = 0; i < TRIES; i++)
        if (!atomic_flag_test_and_set_explicit(&l->locked, memory_order_acquire)) return true;
    return false;
}

static void unlock(cn_lists *l) {
    atomic_flag_clear_explicit(&l->locked, memory_order_release);
}

/* What the resolver and the contexts' loader were asked for so far, and the work that was counted. */
static size_t asked(const cn_vc *v) {
    const cn_memo *documents = v->resolver->self, *contexts = v->env.contexts ? v->env.contexts->self : NULL;
    return documents->asked + (contexts ? contexts->asked : 0);
}

void cn_kept_begin(const cn_vc *v, cn_status_list *list) {
    list->asked = asked(v);
    list->work_left = *v->env.work_left;
    list->statements_left = v->statements_left ? *v->statements_left : 0;
}

void cn_kept_end(const cn_vc *v, cn_status_list *list, cn_slice body, const cn_report *r) {
    bool alone = list->asked == asked(v) && list->work_left == *v->env.work_left &&
                 list->statements_left == (v->statements_left ? *v->statements_left : 0);
    if (alone && r->verdict == CN_VERIFIED && cn_slice_eq(r->format, CN_S("json"))) list->body = body;
}

/* ---- Taking ---- */

static bool is_of(const cn_kept *k, const cn_vc *v, cn_slice url, cn_slice body) {
    return k && cn_slice_eq(k->url, url) && k->max_proofs == v->options->max_proofs &&
           cn_slice_eq(k->body, body) && cn_time_cmp(k->from, v->options->now) <= 0 &&
           (!k->ends || cn_time_cmp(v->options->now, k->until) <= 0) &&
           (!v->options->max_list_bytes || k->bits.n <= v->options->max_list_bytes);
}

bool cn_kept_take(const cn_vc *v, cn_status_list *list, cn_slice body) {
    cn_lists *l = v->options->lists;
    if (!l || !lock(l)) return false;
    cn_kept *k = l->slots[cn_slice_hash(list->url) % SLOTS];
    if (k) atomic_fetch_add_explicit(&k->users, 1, memory_order_relaxed);
    unlock(l);
    if (!is_of(k, v, list->url, body)) {
        release(k);
        return false;
    }
    list->kept = k;
    list->document = k->document;
    list->signer = k->signer;
    list->bits = k->bits;
    return true;
}

void cn_kept_release(const cn_map *lists) {
    CN_MAP_EACH(e, lists) if (e->value) release(((cn_status_list *)e->value)->kept);
}

/* ---- Keeping ---- */

/* False where it is written and cannot be read: such a list has not passed. */
static bool note_end(cn_kept *k, cn_slice written) {
    cn_time end;
    if (!written.n) return true;
    if (!cn_time_read(written, &end, NULL)) return false;
    if (!k->ends || cn_time_cmp(end, k->until) < 0) k->until = end;
    k->ends = true;
    return true;
}

/* Every end that the step "validity" looks at (dates.c): a list of data model 1.1 may name two. */
static bool note_ends(cn_kept *k, const cn_json *read) {
    const cn_json *proofs = cn_json_get(read, CN_S("proof"));
    if (!note_end(k, cn_json_get_text(read, CN_S("validUntil"))) ||
        !note_end(k, cn_json_get_text(read, CN_S("expirationDate"))))
        return false;
    for (size_t i = 0; i < cn_json_many(proofs); i++)
        if (!note_end(k, cn_json_get_text(cn_json_one(proofs, i), CN_S("expires")))) return false;
    return true;
}

static bool fill(cn_kept *k, const cn_status_list *list) {
    const cn_json *read;
    cn_err err;
    return cn_arena_copy(k->arena, list->url, &k->url) && cn_arena_copy(k->arena, list->body, &k->body) &&
           cn_arena_copy(k->arena, list->signer, &k->signer) && cn_arena_copy(k->arena, list->bits, &k->bits) &&
           cn_json_read(k->arena, k->body, NULL, &read, &err) && note_ends(k, read) &&
           (k->document = cn_languages_joined(k->arena, read)) != NULL;
}

void cn_kept_put(const cn_vc *v, const cn_status_list *list) {
    cn_lists *l = v->options->lists;
    if (!l || !list->body.n || list->kept) return;
    cn_arena *a = cn_arena_new(MAX_BYTES);
    cn_kept *k = CN_NEW(a, cn_kept);
    if (k) *k = (cn_kept){.arena = a, .from = v->options->now, .max_proofs = v->options->max_proofs};
    if (!k || !fill(k, list) || !lock(l)) {
        cn_arena_free(a);
        return;
    }
    atomic_init(&k->users, 1);
    cn_kept **slot = &l->slots[cn_slice_hash(list->url) % SLOTS], *before = *slot;
    *slot = k;
    unlock(l);
    release(before);
}
