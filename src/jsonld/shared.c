/* SPDX-License-Identifier: Apache-2.0
 *
 * Processed contexts that calls and threads share, and the quick table in which their terms are found.
 *
 * Whatever can be reached is immutable, but for the lists of what was derived from a context: these grow at their
 * head, by an atomic store, and never shrink. One thread at a time adds to them and owns the arenas;
 * the flag that says so is only ever tried. A document chooses which contexts are applied to which, so the arenas
 * have a maximum; beyond it calls process for themselves.
 */
#include "jsonld/shared.h"

#include <stdatomic.h>

#include "base/base.h"

enum { LISTS = 8, MAX_BYTES = 32 << 20 };

/* What a context became by having another applied. */
typedef struct derived {
    struct derived *next;
    cn_slice url;         /* the remote context, or */
    const cn_json *local; /* the scoped one */
    unsigned flags;
    size_t work, depth; /* what it takes, so that limits bite alike whether or not it was shared */
    const cn_ctx *result;
} derived;

typedef struct slot {
    cn_slice term;
    const cn_term_def *def; /* NULL: the slot is free */
} slot;

struct cn_sharing {
    const slot *slots; /* a power of two of them, at most half of them taken */
    size_t mask;
    _Atomic(derived *) lists[LISTS];
};

enum { INITIAL_SAFE, INITIAL_LAX, INITIALS };

struct cn_contexts {
    atomic_flag busy; /* somebody adds to what is below */
    atomic_bool full;
    cn_arena *arena, *texts;
    const cn_ctx *initial[INITIALS];
    _Atomic(const cn_json *) *documents; /* the values of "@context", by the number of the built-in context */
};

/* ---- Terms ---- */

/* The terms are those of built-in contexts, and are looked up and not added by what comes from outside: this need
 * not stand up to anybody. */
static size_t hash_of(cn_slice s) {
    const uint64_t odd = 0x9e3779b97f4a7c15;
    uint64_t head = 0, tail = 0;
    if (s.n >= 8) {
        memcpy(&head, s.p, 8);
        memcpy(&tail, s.p + s.n - 8, 8);
    } else if (s.n >= 4) {
        memcpy(&head, s.p, 4);
        memcpy(&tail, s.p + s.n - 4, 4);
    } else if (s.n) {
        head = (uint64_t)(uint8_t)s.p[0] | (uint64_t)(uint8_t)s.p[s.n / 2] << 8;
        tail = (uint8_t)s.p[s.n - 1];
    }
    uint64_t h = (head ^ s.n) * odd;
    h = (h ^ h >> 29 ^ tail) * odd;
    return (size_t)(h >> 32);
}

const cn_term_def *cn_shared_term(const cn_sharing *sharing, cn_slice term) {
    for (size_t i = hash_of(term);; i++) {
        const slot *s = &sharing->slots[i & sharing->mask];
        if (!s->def || cn_slice_eq(s->term, term)) return s->def;
    }
}

static bool index_terms(cn_arena *a, const cn_terms *terms, cn_sharing *sharing) {
    cn_term_list list;
    size_t n = 8;
    if (!cn_terms_list(a, terms, &list)) return false;
    while (n < 2 * list.n) n *= 2;
    slot *slots = CN_NEW_ARRAY(a, slot, n);
    if (!slots) return false;
    for (size_t i = 0; i < list.n; i++) {
        size_t at = hash_of(list.v[i].term);
        while (slots[at & (n - 1)].def) at++;
        slots[at & (n - 1)] = (slot){list.v[i].term, list.v[i].def};
    }
    sharing->slots = slots;
    sharing->mask = n - 1;
    return true;
}

/* From now on the context can be shared. `like`: a context that may have the same terms, or NULL. */
static bool share(cn_arena *a, const cn_ctx *ctx, const cn_ctx *like) {
    if (ctx->sharing) return true;
    cn_sharing *sharing = CN_NEW(a, cn_sharing);
    if (!sharing) return false;
    for (size_t i = 0; i < LISTS; i++) atomic_init(&sharing->lists[i], NULL);
    if (like && like->terms == ctx->terms) {
        sharing->slots = like->sharing->slots;
        sharing->mask = like->sharing->mask;
    } else if (!index_terms(a, ctx->terms, sharing)) {
        return false;
    }
    cn_ctx_own(ctx)->sharing = sharing;
    return true;
}

/* ---- The handle ---- */

cn_contexts *cn_contexts_new(void) {
    size_t n;
    (void)cn_builtin_contexts(&n);
    cn_contexts *c = calloc(1, sizeof *c);
    if (!c || !(c->documents = calloc(n, sizeof *c->documents))) cn_no_memory();
    atomic_flag_clear(&c->busy);
    atomic_init(&c->full, false);
    for (size_t i = 0; i < n; i++) atomic_init(&c->documents[i], NULL);
    c->arena = cn_arena_new(MAX_BYTES);
    c->texts = cn_arena_new(MAX_BYTES);
    for (size_t i = 0; i < INITIALS; i++) {
        cn_ctx *ctx = CN_NEW(c->arena, cn_ctx);
        if (!ctx || !share(c->arena, ctx, NULL)) cn_no_memory();
        c->initial[i] = ctx;
    }
    return c;
}

void cn_contexts_free(cn_contexts *c) {
    if (!c) return;
    cn_arena_free(c->arena);
    cn_arena_free(c->texts);
    free(c->documents);
    free(c);
}

static bool try_to_begin(cn_contexts *c) {
    return !atomic_load_explicit(&c->full, memory_order_relaxed) &&
           !atomic_flag_test_and_set_explicit(&c->busy, memory_order_acquire);
}

static void end(cn_contexts *c) {
    atomic_flag_clear_explicit(&c->busy, memory_order_release);
}

const cn_ctx *cn_shared_initial(const cn_ld *ld) {
    const cn_contexts *c = ld->options->processed;
    if (!c || ld->base.n || ld->options->mode_1_0) return NULL;
    return c->initial[ld->options->safe ? INITIAL_SAFE : INITIAL_LAX];
}

/* ---- Documents ---- */

static const cn_json *read_document(cn_contexts *c, const cn_builtin_context *found) {
    const cn_json *json;
    cn_err err;
    if (!cn_json_read(c->texts, cn_slice_bytes(found->body, found->length), NULL, &json, &err)) return NULL;
    return cn_kw_get(json, CN_KW_CONTEXT);
}

const cn_json *cn_shared_document(cn_ld *ld, cn_slice url, cn_slice *final) {
    size_t n;
    cn_contexts *c = ld->options->processed;
    const cn_builtin_context *found = c ? cn_builtin_context_find(url) : NULL;
    if (!found) return NULL;
    size_t number = (size_t)(found - cn_builtin_contexts(&n));
    const cn_json *known = atomic_load_explicit(&c->documents[number], memory_order_acquire);
    if (!known && (ld->sharing || try_to_begin(c))) {
        known = atomic_load_explicit(&c->documents[number], memory_order_acquire);
        if (!known && (known = read_document(c, found)))
            atomic_store_explicit(&c->documents[number], known, memory_order_release);
        if (!ld->sharing) end(c);
    }
    *final = cn_slice_of(found->url);
    return known;
}

/* ---- What is derived ---- */

/* What is looked for. */
typedef struct wanted {
    cn_slice url;
    const cn_term_def *def; /* of a scoped context; NULL: the URL counts */
    bool override_protected, do_not_propagate;
} wanted;

static unsigned flags_of(const wanted *w) {
    return (w->override_protected ? 1u : 0u) | (w->do_not_propagate ? 2u : 0u);
}

static size_t list_of(const wanted *w) {
    return (w->def ? (uintptr_t)w->def->context / 16 : w->url.n) % LISTS;
}

static const derived *find(const cn_ctx *active, const wanted *w) {
    const derived *d = atomic_load_explicit(&active->sharing->lists[list_of(w)], memory_order_acquire);
    for (; d; d = d->next) {
        if (d->flags != flags_of(w)) continue;
        if (w->def ? d->local == w->def->context : cn_slice_eq(d->url, w->url)) break;
    }
    return d;
}

/* What is not built in, or would lead to what is not, fails here: the one loader knows nothing else. */
static bool process(cn_contexts *c, const cn_ld *caller, const cn_ctx *active, const wanted *w, derived *out,
                    cn_err *err) {
    cn_loader loader = cn_builtin_loader(NULL);
    cn_jsonld_options options = {.loader = &loader, .processed = c, .safe = caller->options->safe};
    cn_path root = {.key = CN_S("")};
    cn_process how = {.base = w->def ? w->def->base : CN_S(""),
                      .at = &root,
                      .override_protected = w->override_protected,
                      .do_not_propagate = w->do_not_propagate};
    cn_ld ld;
    cn_ld_start(&ld, c->arena, &options, err);
    ld.sharing = true;
    out->flags = flags_of(w);
    out->local = w->def ? w->def->context : NULL;
    if (!w->def && !cn_arena_copy(c->arena, w->url, &out->url)) return cn_fail_memory(err);
    const cn_json *local = w->def ? w->def->context : cn_json_string(c->arena, out->url);
    if (!local) return cn_fail_memory(err);
    if (!cn_ld_process(&ld, active, local, &how, &out->result)) return false;
    out->work = ld.work;
    out->depth = ld.deepest;
    return share(c->arena, out->result, active) || cn_fail_memory(err);
}

static const derived *add(cn_contexts *c, const cn_ld *caller, const cn_ctx *active, const wanted *w) {
    _Atomic(derived *) *list = &active->sharing->lists[list_of(w)];
    cn_arena_mark mark = cn_arena_get_mark(c->arena);
    derived *d = CN_NEW(c->arena, derived);
    cn_err err;
    if (!d || !process(c, caller, active, w, d, &err)) {
        if (!d || !strcmp(err.id, "memory.limit")) atomic_store_explicit(&c->full, true, memory_order_relaxed);
        cn_arena_reset(c->arena, mark);
        return NULL;
    }
    d->next = atomic_load_explicit(list, memory_order_relaxed);
    atomic_store_explicit(list, d, memory_order_release);
    return d;
}

static const cn_ctx *derive(cn_ld *ld, const cn_ctx *active, const wanted *w) {
    cn_contexts *c = ld->options->processed;
    const derived *d = find(active, w);
    if (!d && (w->def || cn_builtin_context_find(w->url)) && try_to_begin(c)) {
        d = find(active, w); /* perhaps somebody has just ended */
        if (!d) d = add(c, ld, active, w);
        end(c);
    }
    if (!d || d->work > ld->max_work - ld->work || d->depth > ld->max_depth - ld->depth) return NULL;
    ld->work += d->work;
    return d->result;
}

/* While something is being added, all is processed as a whole. */
static bool can_share(const cn_ld *ld, const cn_ctx *active) {
    return ld->options->processed && active->sharing && !ld->sharing;
}

const cn_ctx *cn_shared_remote(cn_ld *ld, const cn_ctx *active, cn_slice url, bool override_protected) {
    if (!can_share(ld, active)) return NULL;
    return derive(ld, active, &(wanted){.url = url, .override_protected = override_protected});
}

const cn_ctx *cn_shared_scope(cn_ld *ld, const cn_ctx *active, const cn_term_def *def, bool property) {
    if (!can_share(ld, active) || !def->shared) return NULL;
    return derive(ld, active,
                  &(wanted){.def = def, .override_protected = property, .do_not_propagate = !property});
}
