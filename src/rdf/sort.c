/* SPDX-License-Identifier: Apache-2.0
 *
 * A merge sort that knows what neighbours share (Ng and Kakehi, "Merging string
 * sequences by longest common prefixes", 2008). N-Quads of one dataset begin alike
 * for dozens of bytes; this looks at each such byte about once and not at
 * every comparison. It takes n log n steps whatever the lines are, and no stack.
 */
#include "rdf/sort.h"
#include "base/base.h"

bool cn_rdf_line_repeats(const cn_rdf_line *v, size_t i) {
    return i > 0 && v[i].shared == v[i].n && v[i - 1].n == v[i].n;
}

/* How many leading bytes x and y share, of which the first `known` are known to be. */
static size_t shared_bytes(const cn_rdf_line *x, const cn_rdf_line *y, size_t known) {
    size_t least = x->n < y->n ? x->n : y->n, i = known;
    for (uint64_t u, w; least - i >= sizeof u; i += sizeof u) {
        memcpy(&u, x->p + i, sizeof u);
        memcpy(&w, y->p + i, sizeof w);
        if (u != w) break;
    }
    while (i < least && x->p[i] == y->p[i]) i++;
    return i;
}

/* Whether y comes before x, when they share exactly `shared` bytes. */
static bool comes_before(const cn_rdf_line *y, const cn_rdf_line *x, size_t shared) {
    if (shared == x->n || shared == y->n) return y->n < x->n;
    return (uint8_t)y->p[shared] < (uint8_t)x->p[shared];
}

/* Merges the sorted runs x and y. The heads' `shared` always counts against the line put out last. */
static void merge(cn_rdf_line *x, size_t x_n, cn_rdf_line *y, size_t y_n, cn_rdf_line *out) {
    const cn_rdf_line *x_end = x + x_n, *y_end = y + y_n;
    while (x < x_end && y < y_end) {
        if (x->shared > y->shared) {
            *out++ = *x++;
        } else if (y->shared > x->shared) {
            *out++ = *y++;
        } else {
            size_t shared = shared_bytes(x, y, x->shared);
            if (comes_before(y, x, shared)) {
                *out++ = *y++;
                x->shared = shared;
            } else {
                *out++ = *x++;
                y->shared = shared;
            }
        }
    }
    if (x < x_end) memcpy(out, x, (size_t)(x_end - x) * sizeof *x);
    if (y < y_end) memcpy(out, y, (size_t)(y_end - y) * sizeof *y);
}

void cn_rdf_sort(cn_rdf_line *v, cn_rdf_line *scratch, size_t n) {
    for (size_t i = 0; i < n; i++) v[i].shared = 0;
    cn_rdf_line *from = v, *to = scratch;
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t i = 0; i < n; i += 2 * run) {
            size_t middle = n - i < run ? n : i + run, end = n - i < 2 * run ? n : i + 2 * run;
            merge(from + i, middle - i, from + middle, end - middle, to + i);
        }
        cn_rdf_line *done = to;
        to = from;
        from = done;
    }
    if (from != v && n) memcpy(v, from, n * sizeof *v);
}
