/* SPDX-License-Identifier: Apache-2.0
 *
 * Kinds of credentials: each is named in both languages and says where its size comes from; what a design may call
 * itself is one of them; bands hold their ends.
 */
#include "../check.h"
#include "app/design.h"
#include "app/kinds.h"

static const cn_kind *find(const cn_kinds *all, cn_slice id) {
    for (size_t i = 0; i < all->n; i++)
        if (cn_slice_eq(all->v[i].id, id)) return &all->v[i];
    return NULL;
}

static void test_all(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_kinds all;
    cn_err err;
    assert_true(cn_kinds_all(a, &all, &err));
    assert_true(all.n > 10);
    for (size_t i = 0; i < all.n; i++) {
        const cn_kind *k = &all.v[i];
        bool sized = k->hours.least || k->hours.most || k->weeks.most || k->credits.least;
        assert_true(k->title.en.n && k->title.fr.n && k->source.en.n && k->source.fr.n && k->confidence.n == 1 &&
                    sized);
        if (k->hours.least && k->hours.most) assert_true(k->hours.least->number < k->hours.most->number);
        assert_true(find(&all, k->id) == k);
    }
    for (const cn_slice *word = cn_design_find(CN_S("credential_type"))->words; word->n; word++)
        if (!find(&all, *word)) fail_msg("no kind %.*s", CN_ARG(*word));
}

static void test_bands(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_kinds all;
    cn_err err;
    assert_true(cn_kinds_all(a, &all, &err));
    const cn_band *closed = &find(&all, CN_S("professional-certificate"))->hours,
                  *open = &find(&all, CN_S("professional-diploma"))->hours,
                  *none = &find(&all, CN_S("oqf-degree"))->hours;
    assert_false(cn_band_holds(closed, cn_json_number(a, 99.5)));
    assert_true(cn_band_holds(closed, cn_json_number(a, 100)));
    assert_true(cn_band_holds(closed, cn_json_number(a, 249)));
    assert_false(cn_band_holds(closed, cn_json_number(a, 249.125)));
    assert_true(cn_band_holds(open, cn_json_number(a, 9999)));
    assert_false(cn_band_holds(none, cn_json_number(a, 1)));
    assert_false(cn_band_holds(open, cn_json_string(a, CN_S("300"))));
    assert_false(cn_band_holds(open, NULL));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_all), cmocka_unit_test(test_bands)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
