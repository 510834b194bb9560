/* SPDX-License-Identifier: Apache-2.0
 *
 * RDFC-1.0 (RDF Dataset Canonicalization, sections 4.4 to 4.6): numbers the blank
 * nodes by what is said about them, and writes the dataset sorted. What two nodes of
 * one first-degree hash differ in is found by rdfc_ndegree.c.
 */
#include "rdf/rdfc.h"
#include "rdf/terms.h"
#include "base/base.h"

enum { NUMBERS = CN_RDFC_PLACES * sizeof(uint32_t) };

/* ---- 4.5, identifier issuers ---- */

void cn_rdfc_issue_canonical(cn_rdfc_state *s, uint32_t node) {
    if (s->nodes[node].canonical != CN_RDFC_NONE) return;
    s->nodes[node].canonical = s->canonical.n;
    s->canonical.order[s->canonical.n++] = node;
}

void cn_rdfc_issue_temporary(cn_rdfc_state *s, uint32_t node) {
    s->nodes[node].temporary = s->temporary.n;
    s->temporary.order[s->temporary.n++] = node;
}

void cn_rdfc_take_back(cn_rdfc_state *s, uint32_t n) {
    while (s->temporary.n > n) s->nodes[s->temporary.order[--s->temporary.n]].temporary = CN_RDFC_NONE;
}

/* ---- Quads as text and blank nodes as numbers ---- */

static const cn_term *term_at(const cn_quad *q, size_t place) {
    return place == CN_RDFC_S ? &q->s : place == CN_RDFC_O ? &q->o : &q->g;
}

static void write_place(cn_buf *b, cn_rdfc_quad *q, size_t place) {
    const cn_term *term = term_at(q->quad, place);
    if (term->kind == CN_TERM_BLANK) {
        q->hole[place] = b->n + 2;
        cn_buf_add(b, CN_S("_:z"));
    } else {
        cn_rdf_write_term(b, term);
    }
}

/* The line of a quad; `hole` counts from the beginning of the buffer for now. */
static void write_line(cn_buf *b, cn_rdfc_quad *q) {
    write_place(b, q, CN_RDFC_S);
    cn_buf_byte(b, ' ');
    cn_rdf_write_term(b, &q->quad->p);
    cn_buf_byte(b, ' ');
    write_place(b, q, CN_RDFC_O);
    if (q->quad->g.kind != CN_TERM_DEFAULT) {
        cn_buf_byte(b, ' ');
        write_place(b, q, CN_RDFC_G);
    }
    cn_buf_add(b, CN_S(" .\n"));
}

/* The number of a blank node's label, a new one where it is new. */
static bool number_of(cn_rdfc_state *s, cn_map *numbers, cn_slice label, uint32_t *out) {
    cn_map_entry *e = cn_map_at(s->arena, numbers, label);
    if (!e) return cn_fail_memory(s->err);
    if (!e->value) e->value = (void *)(uintptr_t)numbers->count; /* number + 1 */
    *out = (uint32_t)((uintptr_t)e->value - 1);
    return true;
}

static bool number_nodes(cn_rdfc_state *s, cn_map *numbers, cn_rdfc_quad *q, const cn_rdfc_quad *before) {
    for (size_t place = 0; place < CN_RDFC_PLACES; place++) {
        const cn_term *term = term_at(q->quad, place);
        q->node[place] = CN_RDFC_NONE;
        if (term->kind != CN_TERM_BLANK) continue;
        /* Quads of one subject mostly stand together. */
        if (before && before->node[place] != CN_RDFC_NONE && cn_term_eq(term, term_at(before->quad, place)))
            q->node[place] = before->node[place];
        else if (!number_of(s, numbers, term->value, &q->node[place])) return false;
    }
    return true;
}

static size_t guess_length(const cn_dataset *d) {
    size_t n = 0;
    for (size_t i = 0; i < d->n; i++) {
        const cn_quad *q = &d->v[i];
        n += q->s.value.n + q->p.value.n + q->o.value.n + q->o.datatype.n + q->o.language.n + q->g.value.n + 32;
    }
    return n;
}

static bool write_quads(cn_rdfc_state *s, const cn_dataset *d, cn_map *numbers) {
    cn_buf b = cn_buf_on(s->arena, SIZE_MAX);
    s->quads = CN_NEW_ARRAY(s->arena, cn_rdfc_quad, d->n);
    if (!s->quads || !cn_buf_reserve(&b, guess_length(d))) return cn_fail_memory(s->err);
    s->quads_n = d->n;
    for (size_t i = 0; i < d->n; i++) {
        cn_rdfc_quad *q = &s->quads[i];
        q->quad = &d->v[i];
        if (!number_nodes(s, numbers, q, i ? q - 1 : NULL)) return false;
        size_t start = b.n;
        write_line(&b, q);
        q->n = b.n - start;
        cn_buf_add(&b, cn_slice_bytes(q->node, NUMBERS));
    }
    if (!cn_buf_ok(&b)) return cn_fail_memory(s->err);
    char *p = b.p; /* now that the buffer no longer moves */
    for (size_t i = 0; i < d->n; i++) {
        cn_rdfc_quad *q = &s->quads[i];
        q->text = p;
        for (size_t place = 0; place < CN_RDFC_PLACES; place++) q->hole[place] -= (size_t)(p - b.p);
        p += q->n + NUMBERS;
    }
    return true;
}

/* Whether a place holds the first mention of its node in the quad. */
static bool is_first_mention(const cn_rdfc_quad *q, size_t place) {
    if (q->node[place] == CN_RDFC_NONE) return false;
    for (size_t i = 0; i < place; i++)
        if (q->node[i] == q->node[place]) return false;
    return true;
}

/* 4.4.3, 2: the blank node to quads map. Fills s->nodes. */
static bool map_nodes(cn_rdfc_state *s, const cn_map *numbers) {
    cn_arena *a = s->arena;
    size_t n = numbers->count, mentions = 0, i = 0;
    s->nodes = CN_NEW_ARRAY(a, cn_rdfc_node, n);
    s->canonical.order = CN_NEW_ARRAY(a, uint32_t, n);
    s->temporary.order = CN_NEW_ARRAY(a, uint32_t, n);
    if (!s->nodes || !s->canonical.order || !s->temporary.order) return cn_fail_memory(s->err);
    s->nodes_n = n;
    CN_MAP_EACH(e, numbers) {
        s->nodes[i++] = (cn_rdfc_node){.label = e->key, .canonical = CN_RDFC_NONE, .temporary = CN_RDFC_NONE};
    }
    for (i = 0; i < s->quads_n; i++)
        for (size_t place = 0; place < CN_RDFC_PLACES; place++)
            if (is_first_mention(&s->quads[i], place)) s->nodes[s->quads[i].node[place]].quads_n++, mentions++;
    uint32_t *room = CN_NEW_ARRAY(a, uint32_t, mentions);
    if (!room) return cn_fail_memory(s->err);
    for (i = 0; i < n; i++) {
        s->nodes[i].quads = room;
        room += s->nodes[i].quads_n;
        s->nodes[i].quads_n = 0;
    }
    for (i = 0; i < s->quads_n; i++)
        for (size_t place = 0; place < CN_RDFC_PLACES; place++) {
            if (!is_first_mention(&s->quads[i], place)) continue;
            cn_rdfc_node *node = &s->nodes[s->quads[i].node[place]];
            node->quads[node->quads_n++] = (uint32_t)i;
        }
    return true;
}

/* ---- 4.6, Hash First Degree Quads ---- */

static void set_letters(cn_rdfc_state *s, uint32_t self, char letter) {
    const cn_rdfc_node *node = &s->nodes[self];
    for (size_t i = 0; i < node->quads_n; i++) {
        cn_rdfc_quad *q = &s->quads[node->quads[i]];
        for (size_t place = 0; place < CN_RDFC_PLACES; place++)
            if (q->node[place] == self) q->text[q->hole[place]] = letter;
    }
}

static bool mentions_other(const cn_rdfc_quad *q, uint32_t self) {
    for (size_t place = 0; place < CN_RDFC_PLACES; place++)
        if (q->node[place] != CN_RDFC_NONE && q->node[place] != self) return true;
    return false;
}

/* Of a node's quads only those are kept that 4.8 looks at: they mention another node. */
static void keep_quads(cn_rdfc_state *s, uint32_t self, const cn_rdf_line *lines) {
    cn_rdfc_node *node = &s->nodes[self];
    size_t kept = 0;
    for (size_t i = 0; i < node->quads_n; i++)
        if (!cn_rdf_line_repeats(lines, i) && mentions_other(&s->quads[lines[i].tag], self))
            node->quads[kept++] = (uint32_t)lines[i].tag;
    node->quads_n = kept;
}

/* Sorts the node's lines with the numbers behind them, so that the same quad twice (a dataset
 * is a set) stands together, and hashes each line once. `lines` and `b` have room. */
static void hash_first_degree(cn_rdfc_state *s, uint32_t self, cn_rdf_line *lines, cn_buf *b) {
    cn_rdfc_node *node = &s->nodes[self];
    set_letters(s, self, 'a'); /* 3 */
    for (size_t i = 0; i < node->quads_n; i++) {
        const cn_rdfc_quad *q = &s->quads[node->quads[i]];
        lines[i] = (cn_rdf_line){q->text, q->n + NUMBERS, 0, node->quads[i]};
    }
    cn_rdf_sort(lines, lines + node->quads_n, node->quads_n); /* 4 */
    cn_buf_clear(b);
    for (size_t i = 0; i < node->quads_n; i++)
        if (!cn_rdf_line_repeats(lines, i)) cn_buf_add(b, cn_slice_bytes(lines[i].p, lines[i].n - NUMBERS));
    assert(cn_buf_ok(b));
    node->first = cn_hash_of(s->crypto, s->hash, cn_buf_slice(b)); /* 5 */
    set_letters(s, self, 'z');
    keep_quads(s, self, lines);
}

/* 4.4.3, 3: lines of hashes, one a node, sorted: equal ones are the hash to blank nodes map. */
static bool hash_nodes(cn_rdfc_state *s, cn_rdf_line **out) {
    size_t most = 0, longest = 0;
    for (size_t i = 0; i < s->nodes_n; i++) {
        size_t bytes = 0;
        const cn_rdfc_node *node = &s->nodes[i];
        for (size_t j = 0; j < node->quads_n; j++) bytes += s->quads[node->quads[j]].n;
        if (bytes > longest) longest = bytes;
        if (node->quads_n > most) most = node->quads_n;
    }
    cn_rdf_line *hashes = CN_NEW_ARRAY(s->arena, cn_rdf_line, 2 * s->nodes_n);
    if (!hashes) return cn_fail_memory(s->err);
    cn_arena_mark mark = cn_arena_get_mark(s->arena);
    cn_rdf_line *lines = CN_NEW_ARRAY(s->arena, cn_rdf_line, 2 * most);
    cn_buf b = cn_buf_on(s->arena, SIZE_MAX);
    if (!lines || !cn_buf_reserve(&b, longest)) return cn_fail_memory(s->err);
    for (uint32_t i = 0; i < s->nodes_n; i++) {
        hash_first_degree(s, i, lines, &b);
        const cn_digest *d = &s->nodes[i].first;
        hashes[i] = (cn_rdf_line){(const char *)d->bytes, d->n, 0, i};
    }
    cn_arena_reset(s->arena, mark);
    cn_rdf_sort(hashes, hashes + s->nodes_n, s->nodes_n);
    *out = hashes;
    return true;
}

/* ---- 4.4, the canonicalization algorithm ---- */

/* An entry of the hash path list: what Hash N-Degree Quads gave for one node. */
typedef struct hash_path {
    cn_digest hash;
    uint32_t *issued;
    uint32_t issued_n;
} hash_path;

/* 5.2.2 to 5.2.4 */
static bool follow_paths(cn_rdfc_state *s, uint32_t node, hash_path *out) {
    cn_rdfc_issue_temporary(s, node);
    if (!cn_rdfc_hash_n_degree(s, node, 0, &out->hash)) return false;
    out->issued_n = s->temporary.n;
    out->issued = CN_NEW_ARRAY(s->arena, uint32_t, out->issued_n);
    if (!out->issued) return cn_fail_memory(s->err);
    memcpy(out->issued, s->temporary.order, out->issued_n * sizeof *out->issued);
    cn_rdfc_take_back(s, 0);
    return true;
}

/* 5.1 to 5.3, for the nodes of one first-degree hash. */
static bool number_equals(cn_rdfc_state *s, const cn_rdf_line *same, size_t same_n) {
    cn_arena_mark mark = cn_arena_get_mark(s->arena);
    hash_path *paths = CN_NEW_ARRAY(s->arena, hash_path, same_n);
    cn_rdf_line *lines = CN_NEW_ARRAY(s->arena, cn_rdf_line, 2 * same_n);
    if (!paths || !lines) return cn_fail_memory(s->err);
    size_t n = 0;
    for (size_t i = 0; i < same_n; i++) { /* 5.2 */
        uint32_t node = (uint32_t)same[i].tag;
        if (s->nodes[node].canonical != CN_RDFC_NONE) continue; /* 5.2.1 */
        if (!follow_paths(s, node, &paths[n])) return false;
        const cn_digest *d = &paths[n].hash;
        lines[n] = (cn_rdf_line){(const char *)d->bytes, d->n, 0, n};
        n++;
    }
    cn_rdf_sort(lines, lines + n, n);
    for (size_t i = 0; i < n; i++) { /* 5.3 */
        const hash_path *path = &paths[lines[i].tag];
        for (size_t j = 0; j < path->issued_n; j++) cn_rdfc_issue_canonical(s, path->issued[j]);
    }
    cn_arena_reset(s->arena, mark);
    return true;
}

static size_t equals_from(const cn_rdf_line *hashes, size_t i, size_t n) {
    size_t end = i + 1;
    while (end < n && cn_rdf_line_repeats(hashes, end)) end++;
    return end - i;
}

static bool number_canonically(cn_rdfc_state *s) {
    cn_rdf_line *hashes = NULL;
    size_t n = s->nodes_n, longest = 0;
    if (!hash_nodes(s, &hashes)) return false;
    for (size_t i = 0, same; i < n; i += same) { /* 4 */
        same = equals_from(hashes, i, n);
        if (same == 1) cn_rdfc_issue_canonical(s, (uint32_t)hashes[i].tag);
    }
    if (s->canonical.n == n) return true;
    for (size_t i = 0; i < s->quads_n; i++)
        if (s->quads[i].quad->p.value.n > longest) longest = s->quads[i].quad->p.value.n;
    s->input = cn_buf_on(s->arena, SIZE_MAX);
    if (!cn_buf_reserve(&s->input, longest + 2 * sizeof(cn_digest))) return cn_fail_memory(s->err);
    for (size_t i = 0, same; i < n; i += same) { /* 5 */
        same = equals_from(hashes, i, n);
        if (same > 1 && !number_equals(s, hashes + i, same)) return false;
    }
    assert(s->canonical.n == n);
    return true;
}

/* ---- The results ---- */

/* The line with canonical labels, behind what is in the buffer. */
static void write_canonical(const cn_rdfc_state *s, cn_buf *b, const cn_rdfc_quad *q) {
    size_t from = 0;
    cn_slice text = cn_slice_bytes(q->text, q->n);
    for (size_t place = 0; place < CN_RDFC_PLACES; place++) {
        if (q->node[place] == CN_RDFC_NONE) continue;
        cn_buf_add(b, cn_slice_sub(text, from, q->hole[place]));
        cn_buf_add(b, CN_S("c14n"));
        cn_buf_u64(b, s->nodes[q->node[place]].canonical);
        from = q->hole[place] + 1;
    }
    cn_buf_add(b, cn_slice_from(text, from));
}

static bool is_ground(const cn_rdfc_quad *q) {
    return q->node[0] == CN_RDFC_NONE && q->node[1] == CN_RDFC_NONE && q->node[2] == CN_RDFC_NONE;
}

/* 4.4.3, 6 and 7: the lines, sorted; lines of ground quads are taken as they are. */
static bool sort_lines(cn_rdfc_state *s, cn_rdf_line **out) {
    enum { LONGEST_LABEL = 4 + 10 };
    size_t n = s->quads_n, bytes = 0;
    cn_rdf_line *lines = CN_NEW_ARRAY(s->arena, cn_rdf_line, 2 * n);
    cn_buf b = cn_buf_on(s->arena, SIZE_MAX);
    for (size_t i = 0; i < n; i++)
        if (!is_ground(&s->quads[i])) bytes += s->quads[i].n + CN_RDFC_PLACES * LONGEST_LABEL;
    if (!lines || !cn_buf_reserve(&b, bytes)) return cn_fail_memory(s->err);
    for (size_t i = 0; i < n; i++) {
        const cn_rdfc_quad *q = &s->quads[i];
        if (is_ground(q)) {
            lines[i] = (cn_rdf_line){q->text, q->n, 0, i};
            continue;
        }
        size_t start = b.n;
        write_canonical(s, &b, q);
        lines[i] = (cn_rdf_line){b.p + start, b.n - start, 0, i};
    }
    cn_rdf_sort(lines, lines + n, n);
    *out = lines;
    return true;
}

/* The sorted lines without duplicates, on the caller's arena. */
static bool join_lines(cn_rdfc_state *s, cn_arena *a, cn_slice *out) {
    cn_rdf_line *lines = NULL;
    if (!sort_lines(s, &lines)) return false;
    size_t n = 0;
    for (size_t i = 0; i < s->quads_n; i++)
        if (!cn_rdf_line_repeats(lines, i)) n += lines[i].n;
    char *text = cn_arena_alloc(a, n), *p = text;
    if (!text) return cn_fail_memory(s->err);
    for (size_t i = 0; i < s->quads_n; i++) {
        if (cn_rdf_line_repeats(lines, i)) continue;
        memcpy(p, lines[i].p, lines[i].n);
        p += lines[i].n;
    }
    *out = cn_slice_bytes(text, n);
    return true;
}

static bool write_map(cn_rdfc_state *s, cn_arena *a, cn_rdfc_map_entry **out) {
    cn_rdfc_map_entry *map = CN_NEW_ARRAY(a, cn_rdfc_map_entry, s->canonical.n);
    if (!map) return cn_fail_memory(s->err);
    for (uint32_t i = 0; i < s->canonical.n; i++) {
        map[i].from = s->nodes[s->canonical.order[i]].label;
        if (!cn_arena_numbered(a, CN_S("c14n"), i, &map[i].to)) return cn_fail_memory(s->err);
    }
    *out = map;
    return true;
}

bool cn_rdfc_canonize(const cn_crypto *c, cn_arena *a, const cn_dataset *d, const cn_rdfc_options *options,
                      cn_rdfc *out, cn_err *err) {
    size_t left = cn_arena_max(a) - cn_arena_used(a);
    cn_arena *scratch CN_ARENA_AUTO = cn_arena_new(left ? left : 1);
    cn_rdfc_state s = {.crypto = c, .hash = options ? options->hash : CN_SHA256, .arena = scratch, .err = err};
    s.max_work = options && options->max_work ? options->max_work : CN_RDFC_MAX_WORK;
    cn_map numbers = {0};
    cn_rdfc r = {0};
    if (!write_quads(&s, d, &numbers) || !map_nodes(&s, &numbers) || !number_canonically(&s) ||
        !join_lines(&s, a, &r.nquads) || !write_map(&s, a, &r.map))
        return false;
    r.map_n = s.canonical.n;
    r.work = s.work;
    *out = r;
    return true;
}
