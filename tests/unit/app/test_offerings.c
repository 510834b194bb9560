/* SPDX-License-Identifier: Apache-2.0
 *
 * The life of an offering: made, changed by two at once, closed and opened again, over by itself; never seen by
 * another organisation; its price is that of the record.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/offerings.h"
#include "app/record.h"

static const cn_time NOW = {1780000000, 0} /* 2026-05-28 */, SUMMER = {1784000000, 0} /* 2026-07-14 */;

typedef struct bench {
    cn_arena *a;
    cn_crypto *crypto;
    uint8_t next;
    cn_random random;
    cn_app app;
    cn_organisation org;
    cn_achievement is;
    cn_err err;
} bench;

static void good(bench *b, bool so) {
    if (!so) fail_msg("%s: %s", b->err.id, b->err.detail);
}

static void start(bench *b, const place *p) {
    cn_stored_organisation o = {.id = CN_S("own"), .name_en = CN_S("N"), .name_fr = CN_S("N")};
    cn_draft draft = {.en = {.name = CN_S("Java")}};
    int64_t number;
    cn_slice id;
    b->a = cn_arena_new(0);
    b->random = (cn_random){&b->next, count_up};
    good(b, cn_crypto_new(&b->crypto, &b->err));
    b->app = (cn_app){.store = place_open(p),
                      .crypto = b->crypto,
                      .random = &b->random,
                      .origin = CN_S("https://cairn.example")};
    good(b, cn_store_organisation_put(b->a, b->app.store, &o, NOW, &number, &b->err));
    good(b, cn_app_organisation_get(b->a, &b->app, number, &b->org, &b->err));
    good(b, cn_app_achievement_new(b->a, &b->app, NOW, number, 0, &draft, &id, &b->err));
    good(b, cn_app_achievement_get(b->a, &b->app, number, id, &b->is, &b->err));
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
}

static const cn_json *json(bench *b, const char *text) {
    const cn_json *v = NULL;
    good(b, cn_json_read(b->a, cn_slice_of(text), NULL, &v, &b->err));
    return v;
}

static bool save(bench *b, cn_slice *id, cn_slice seen, const char *details) {
    cn_offering_change change = {.organisation = b->org.number,
                                 .achievement = b->is.id,
                                 .id = *id,
                                 .seen = seen,
                                 .details = json(b, details)};
    return cn_app_offering_save(b->a, &b->app, NOW, &change, id, &b->err);
}

static cn_offering get(bench *b, cn_slice id) {
    cn_offering o = {0};
    good(b, cn_app_offering_get(b->a, &b->app, b->org.number, b->is.id, id, &o, &b->err));
    return o;
}

static size_t open_at(bench *b, cn_time now) {
    cn_offerings open = {0};
    good(b, cn_app_offerings_open(b->a, &b->app, now, b->is.number, &open, &b->err));
    return open.n;
}

static void test_life(void **state) {
    bench b = {0};
    start(&b, *state);
    cn_slice id = {0};
    good(&b, save(&b, &id, id, "{\"starts\":\"2026-06-01\",\"ends\":\"2026-07-01\",\"price\":99.5}"));
    assert_int_equal(id.n, 22);
    cn_offering was = get(&b, id);
    assert_true(cn_json_equal(was.details,
                              json(&b, "{\"starts\":\"2026-06-01\",\"ends\":\"2026-07-01\",\"price\":99.5}")));
    assert_int_equal(open_at(&b, NOW), 1);
    assert_int_equal(open_at(&b, SUMMER), 0); /* it is over */
    good(&b, save(&b, &id, was.seen, "{\"start_any_time\":true,\"seats\":12}"));
    assert_int_equal(open_at(&b, SUMMER), 1);
    assert_false(save(&b, &id, was.seen, "{\"start_any_time\":true}")); /* it has changed since */
    check_err(b.err, CN_CONFLICT, "offering.changed");
    good(&b, cn_app_offering_close(&b.app, NOW, b.org.number, 0, b.is.id, id, true, &b.err));
    assert_true(get(&b, id).closed);
    assert_int_equal(open_at(&b, NOW), 0);
    good(&b, cn_app_offering_close(&b.app, NOW, b.org.number, 0, b.is.id, id, false, &b.err));
    assert_int_equal(open_at(&b, NOW), 1);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit WHERE action LIKE 'offering.%'"), 4);
    end(&b);
}

static void test_wrong(void **state) {
    static const struct {
        const char *details, *where;
    } wrong[] = {{"{}", "/starts"},
                 {"{\"start_any_time\":false}", "/starts"},
                 {"{\"starts\":\"2026-02-30\"}", "/starts"},
                 {"{\"starts\":\"2026-06-01\",\"ends\":\"2026-05-01\"}", "/ends"},
                 {"{\"start_any_time\":true,\"currency\":\"XYZ\"}", "/currency"},
                 {"{\"start_any_time\":true,\"seats\":1.5}", "/seats"},
                 {"{\"start_any_time\":true,\"colour\":1}", "/colour"}};
    bench b = {0};
    start(&b, *state);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        cn_slice id = {0};
        assert_false(save(&b, &id, id, wrong[i].details));
        check_err(b.err, CN_INVALID, "offering.wrong");
        assert_string_equal(b.err.where, wrong[i].where);
    }
    assert_int_equal(open_at(&b, NOW), 0);
    end(&b);
}

static void test_others(void **state) {
    bench b = {0};
    start(&b, *state);
    cn_offering o;
    cn_slice id = {0};
    good(&b, save(&b, &id, id, "{\"start_any_time\":true}"));
    assert_false(cn_app_offering_get(b.a, &b.app, b.org.number + 1, b.is.id, id, &o, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    assert_false(cn_app_offering_close(&b.app, NOW, b.org.number + 1, 0, b.is.id, id, true, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    cn_offering_change change = {.organisation = b.org.number + 1,
                                 .achievement = b.is.id,
                                 .details = json(&b, "{\"start_any_time\":true}")};
    assert_false(cn_app_offering_save(b.a, &b.app, NOW, &change, &id, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    end(&b);
}

static void test_price(void **state) {
    bench b = {0};
    start(&b, *state);
    cn_slice one = {0}, two = {0}, free_one = {0};
    const cn_json *record;
    good(&b, save(&b, &one, one, "{\"start_any_time\":true,\"price\":120}"));
    good(&b, save(&b, &two, two, "{\"start_any_time\":true,\"price\":99.5}"));
    good(&b, save(&b, &free_one, free_one, "{\"start_any_time\":true,\"price\":0}"));
    good(&b, cn_app_offering_close(&b.app, NOW, b.org.number, 0, b.is.id, free_one, true, &b.err));
    good(&b, cn_app_record(b.a, &b.app, NOW, &b.org, &b.is, &record, &b.err));
    check_text(cn_json_point(record, CN_S("/offering/price"))->string, "99.5");
    end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {place_test(test_life), place_test(test_wrong), place_test(test_others),
                                       place_test(test_price)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
