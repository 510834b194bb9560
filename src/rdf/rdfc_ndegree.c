/* SPDX-License-Identifier: Apache-2.0
 *
 * RDFC-1.0, sections 4.7 (Hash Related Blank Node) and 4.8 (Hash N-Degree Quads):
 * telling nodes apart by the paths that lead away from them.
 *
 * This is the part that can take factorial time, so every step is counted: a call, a
 * related node that is hashed, a node that is placed in a path. What is hashed may be long
 * (a predicate is), so its length counts too. An issuer is never
 * copied: copies only ever grow, so a copy is a length to go back to.
 */
#include "rdf/rdfc.h"
#include "base/base.h"

/* Calls within calls; each takes some 700 bytes of stack. */
enum { MAX_DEPTH = 4000 };

/* Hashing so many bytes takes as long as a step. */
enum { STEP_BYTES = 256 };

/* A related node; its bytes sort by hash, then by number. */
typedef struct related {
    uint8_t bytes[sizeof(cn_digest) + 4];
} related;

/* The nodes that have one related hash, and the search for their best order (4.8.3, 5). */
typedef struct group {
    uint32_t *nodes; /* the permutation at hand */
    size_t n;
    uint32_t *recurse; /* 5.4.3; room for n */
    size_t recurse_n;
    uint32_t issued_before; /* the length of the issuer that each permutation starts from */
    cn_buf path, chosen;    /* 5.4.2 and 5.2 */
    bool any;               /* whether there is a chosen path */
    bool less;              /* the path at hand is already known to be less than the chosen one, */
    size_t matched;         /* or equal to it in so many bytes */
    uint32_t *issued;       /* what the chosen issuer has beyond issued_before */
    size_t issued_n, issued_cap;
} group;

static bool charge(cn_rdfc_state *s, size_t work) {
    if (work > s->max_work - s->work)
        return cn_fail(s->err, CN_LIMIT, "rdfc.work",
                       "Telling the blank nodes of this data apart takes more than %zu steps.", s->max_work);
    s->work += work;
    return true;
}

static bool hash_text(cn_rdfc_state *s, cn_slice text, cn_digest *out) {
    if (!charge(s, text.n / STEP_BYTES)) return false;
    *out = cn_hash_of(s->crypto, s->hash, text);
    return true;
}

static void add_label(cn_buf *b, cn_slice prefix, uint32_t number) {
    cn_buf_add(b, prefix);
    cn_buf_u64(b, number);
}

/* 4.7.3, Hash Related Blank Node. `position` is s, o or g. */
static bool hash_related(cn_rdfc_state *s, const cn_rdfc_node *node, const cn_quad *quad, char position,
                         cn_digest *out) {
    cn_buf *b = &s->input;
    cn_buf_clear(b);
    cn_buf_byte(b, position); /* 1 */
    if (position != 'g') {    /* 2 */
        cn_buf_byte(b, '<');
        cn_buf_add(b, quad->p.value);
        cn_buf_byte(b, '>');
    }
    if (node->canonical != CN_RDFC_NONE) add_label(b, CN_S("_:c14n"), node->canonical); /* 3 */
    else if (node->temporary != CN_RDFC_NONE) add_label(b, CN_S("_:b"), node->temporary);
    else cn_hex_write(b, cn_digest_slice(&node->first)); /* 4 */
    assert(cn_buf_ok(b));
    return hash_text(s, cn_buf_slice(b), out); /* 5 */
}

static size_t related_size(const cn_digest *d) {
    return d->n + 4;
}

static void put_related(related *r, const cn_digest *d, uint32_t node) {
    memcpy(r->bytes, d->bytes, d->n);
    for (size_t i = 0; i < 4; i++) r->bytes[d->n + i] = (uint8_t)(node >> (24 - 8 * i));
}

/* 4.8.3, 1 to 3: the related nodes of a node, sorted. */
static bool gather(cn_rdfc_state *s, uint32_t self, cn_rdf_line **out, size_t *out_n) {
    const cn_rdfc_node *node = &s->nodes[self];
    size_t most = node->quads_n * (CN_RDFC_PLACES - 1), n = 0;
    related *list = CN_NEW_ARRAY(s->arena, related, most);
    cn_rdf_line *lines = CN_NEW_ARRAY(s->arena, cn_rdf_line, 2 * most);
    if (!list || !lines) return cn_fail_memory(s->err);
    for (size_t i = 0; i < node->quads_n; i++) {
        const cn_rdfc_quad *q = &s->quads[node->quads[i]];
        for (size_t place = 0; place < CN_RDFC_PLACES; place++) { /* 3.1 */
            uint32_t other = q->node[place];
            if (other == CN_RDFC_NONE || other == self) continue;
            cn_digest d;
            if (!charge(s, 1) || !hash_related(s, &s->nodes[other], q->quad, "sog"[place], &d)) return false;
            put_related(&list[n], &d, other);
            lines[n] = (cn_rdf_line){(const char *)list[n].bytes, related_size(&d), 0, other};
            n++;
        }
    }
    cn_rdf_sort(lines, lines + most, n);
    *out = lines;
    *out_n = n;
    return true;
}

/* The next order of the nodes, the least first; false after the last. Equal nodes count once. */
static bool next_permutation(uint32_t *v, size_t n) {
    size_t i = n;
    while (i > 1 && v[i - 2] >= v[i - 1]) i--;
    if (i <= 1) return false;
    size_t j = n - 1;
    while (v[j] <= v[i - 2]) j--;
    uint32_t swap = v[j];
    v[j] = v[i - 2];
    v[i - 2] = swap;
    for (size_t k = n - 1; i - 1 < k; i++, k--) {
        swap = v[i - 1];
        v[i - 1] = v[k];
        v[k] = swap;
    }
    return true;
}

/* 5.4.4.3 and 5.4.5.5: whether the path at hand can no longer become the chosen one. It is
 * asked as soon as a byte differs and not, as the steps do, when the path is long enough: the
 * outcome is the same. */
static bool hopeless(group *g) {
    if (!g->any || g->less) return false;
    size_t least = g->path.n < g->chosen.n ? g->path.n : g->chosen.n;
    size_t fresh = least - g->matched;
    int order = fresh ? memcmp(g->path.p + g->matched, g->chosen.p + g->matched, fresh) : 0;
    g->matched = least;
    g->less = order < 0;
    return order > 0 || (order == 0 && g->path.n > g->chosen.n);
}

/* 5.4.1 to 5.4.5 for one permutation; *good says whether its path is still in the race. */
static bool walk(cn_rdfc_state *s, group *g, size_t depth, bool *good) {
    cn_buf_clear(&g->path);
    g->recurse_n = g->matched = 0;
    g->less = *good = false;
    for (size_t i = 0; i < g->n; i++) { /* 5.4.4 */
        if (!charge(s, 1)) return false;
        const cn_rdfc_node *node = &s->nodes[g->nodes[i]];
        if (node->canonical != CN_RDFC_NONE) {
            add_label(&g->path, CN_S("_:c14n"), node->canonical);
        } else {
            if (node->temporary == CN_RDFC_NONE) {
                g->recurse[g->recurse_n++] = g->nodes[i];
                cn_rdfc_issue_temporary(s, g->nodes[i]);
            }
            add_label(&g->path, CN_S("_:b"), node->temporary);
        }
        if (hopeless(g)) return true;
    }
    for (size_t i = 0; i < g->recurse_n; i++) { /* 5.4.5 */
        cn_digest d;
        if (!cn_rdfc_hash_n_degree(s, g->recurse[i], depth + 1, &d)) return false;
        add_label(&g->path, CN_S("_:b"), s->nodes[g->recurse[i]].temporary);
        cn_buf_byte(&g->path, '<');
        cn_hex_write(&g->path, cn_digest_slice(&d));
        cn_buf_byte(&g->path, '>');
        if (hopeless(g)) return true;
    }
    *good = !g->any || g->less || g->path.n < g->chosen.n;
    return cn_buf_ok(&g->path) || cn_fail_memory(s->err);
}

/* 5.4.6 */
static void choose(group *g) {
    cn_buf path = g->path;
    g->path = g->chosen;
    g->chosen = path;
    g->any = true;
}

/* Keeps what the chosen issuer has, before the next permutation takes it back. */
static bool save_issuer(cn_rdfc_state *s, group *g) {
    size_t n = s->temporary.n - g->issued_before;
    uint32_t *issued = cn_arena_grow(s->arena, g->issued, 0, &g->issued_cap, n, sizeof *issued);
    if (!issued) return cn_fail_memory(s->err);
    if (n) memcpy(issued, s->temporary.order + g->issued_before, n * sizeof *issued);
    g->issued = issued;
    g->issued_n = n;
    return true;
}

/* 5.2 to 5.6: finds the order with the least path, and leaves the issuer as it left it. */
static bool search(cn_rdfc_state *s, group *g, size_t depth) {
    bool good;
    g->any = false;
    g->issued_before = s->temporary.n;
    for (;;) { /* 5.4 */
        if (!walk(s, g, depth, &good)) return false;
        if (good) choose(g);
        if (!next_permutation(g->nodes, g->n)) break;
        if (good && !save_issuer(s, g)) return false;
        cn_rdfc_take_back(s, g->issued_before);
    }
    if (good) return true; /* 5.6: the last was the best, its issuer is in place */
    cn_rdfc_take_back(s, g->issued_before);
    for (size_t i = 0; i < g->issued_n; i++) cn_rdfc_issue_temporary(s, g->issued[i]);
    return true;
}

/* 4.8.3, 4 to 6, over the sorted related nodes. */
static bool hash_groups(cn_rdfc_state *s, cn_rdf_line *lines, size_t n, size_t depth, cn_digest *out) {
    size_t hash_n = n ? lines[0].n - 4 : 0;
    cn_buf data = cn_buf_on(s->arena, SIZE_MAX);
    uint32_t *room = CN_NEW_ARRAY(s->arena, uint32_t, 2 * n);
    if (!room) return cn_fail_memory(s->err);
    group g = {.path = cn_buf_on(s->arena, SIZE_MAX), .chosen = cn_buf_on(s->arena, SIZE_MAX)};
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && lines[end].shared >= hash_n;) end++;
        g.nodes = room;
        g.recurse = room + n;
        g.n = end - i;
        for (size_t j = i; j < end; j++) g.nodes[j - i] = (uint32_t)lines[j].tag;
        cn_hex_write(&data, cn_slice_bytes(lines[i].p, hash_n)); /* 5.1 */
        if (!search(s, &g, depth)) return false;
        cn_buf_add(&data, cn_buf_slice(&g.chosen)); /* 5.5 */
    }
    if (!cn_buf_ok(&data)) return cn_fail_memory(s->err);
    return hash_text(s, cn_buf_slice(&data), out); /* 6 */
}

bool cn_rdfc_hash_n_degree(cn_rdfc_state *s, uint32_t node, size_t depth, cn_digest *out) {
    if (depth > MAX_DEPTH)
        return cn_fail(s->err, CN_LIMIT, "rdfc.work",
                       "Telling the blank nodes of this data apart takes paths of more than %d nodes.", MAX_DEPTH);
    if (!charge(s, 1)) return false;
    cn_arena_mark mark = cn_arena_get_mark(s->arena);
    cn_rdf_line *lines = NULL;
    size_t n = 0;
    if (!gather(s, node, &lines, &n) || !hash_groups(s, lines, n, depth, out)) return false;
    cn_arena_reset(s->arena, mark);
    return true;
}
