/* SPDX-License-Identifier: Apache-2.0
 *
 * The sort against its definition: order, stability, and what neighbours share.
 */
#include "help.h"
#include "rdf/sort.h"

enum { MOST = 300 };

static cn_slice text_of(const cn_rdf_line *line) {
    return (cn_slice){line->p, line->n};
}

static size_t shared(cn_slice x, cn_slice y) {
    size_t i = 0;
    while (i < x.n && i < y.n && x.p[i] == y.p[i]) i++;
    return i;
}

static void check_sorted(const cn_rdf_line *v, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (i == 0) {
            assert_int_equal(v[i].shared, 0);
            continue;
        }
        int order = cn_slice_cmp(text_of(&v[i - 1]), text_of(&v[i]));
        assert_true(order < 0 || (order == 0 && v[i - 1].tag < v[i].tag));
        assert_int_equal(v[i].shared, shared(text_of(&v[i - 1]), text_of(&v[i])));
        assert_int_equal(cn_rdf_line_repeats(v, i), order == 0);
    }
}

/* Lines over few bytes, high ones among them, so that many are equal or begin alike. */
static void any_lines(void **state) {
    (void)state;
    static char text[MOST][24];
    static cn_rdf_line v[MOST], scratch[MOST];
    uint32_t seed = 1;
    for (size_t n = 0; n < MOST; n++) {
        bool seen[MOST] = {false};
        for (size_t i = 0; i < n; i++) {
            seed = seed * 1664525 + 1013904223;
            size_t length = (seed >> 20) % 24;
            for (size_t j = 0; j < length; j++) text[i][j] = j < 9 ? 'p' : (char)((seed >> j) & 1 ? 0xc3 : 'a');
            v[i] = (cn_rdf_line){text[i], length, 99, i};
        }
        cn_rdf_sort(v, scratch, n);
        check_sorted(v, n);
        for (size_t i = 0; i < n; i++) {
            assert_false(seen[v[i].tag]);
            seen[v[i].tag] = true;
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_lines)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
