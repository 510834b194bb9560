/* SPDX-License-Identifier: Apache-2.0 */
#include "place.h"

static cn_stored_list list(const char *name, const char *signer) {
    return (cn_stored_list){
        .name = cn_slice_of(name),
        .signer = cn_slice_of(signer),
        .source = CN_S("colleges.json"),
        .document = CN_S("{\"a\":\"\xc3\xa9\"}\0"),
        .valid_until = CN_S("2027-01-01T00:00:00Z"),
        .imported_at = {1780000000, 5},
    };
}

static int64_t put(cn_store *s, cn_stored_list l) {
    int64_t number = 0;
    cn_err err = {0};
    if (!cn_store_registry_put(s, &l, &number, &err)) fail_msg("%s", err.detail);
    return number;
}

static cn_stored_lists all(cn_arena *a, cn_store *s) {
    cn_stored_lists got = {0};
    cn_err err = {0};
    if (!cn_store_registry_all(a, s, &got, &err)) fail_msg("%s", err.detail);
    return got;
}

static void a_list_comes_back_whole_and_outlives_the_store(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s = place_open(*state);
    assert_int_equal(all(a, s).n, 0);
    int64_t number = put(s, list("Coll\xc3\xa8ges", "did:web:a.example"));
    cn_store_close(s);
    s = place_open(*state);
    cn_stored_lists got = all(a, s);
    cn_store_close(s);
    assert_int_equal(got.n, 1);
    assert_int_equal(got.v[0].number, number);
    check_text(got.v[0].name, "Coll\xc3\xa8ges");
    check_text(got.v[0].signer, "did:web:a.example");
    check_text(got.v[0].source, "colleges.json");
    check_text(got.v[0].document, "{\"a\":\"\xc3\xa9\"}\0");
    check_text(got.v[0].valid_until, "2027-01-01T00:00:00Z");
    assert_int_equal(got.v[0].imported_at.sec, 1780000000);
}

static void a_next_edition_replaces_and_keeps_its_number(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = place_open(*state);
    int64_t first = put(s, list("Colleges", "did:web:a.example"));
    int64_t other = put(s, list("Colleges", "did:web:b.example"));
    int64_t third = put(s, list("Schools", "did:web:a.example"));
    assert_true(first < other && other < third);
    cn_stored_list next = list("Colleges", "did:web:a.example");
    next.document = CN_S("next");
    next.valid_until = CN_S("");
    assert_int_equal(put(s, next), first);
    cn_stored_lists got = all(a, s);
    assert_int_equal(got.n, 3);
    check_text(got.v[0].document, "next");
    check_text(got.v[0].valid_until, "");
    assert_int_equal(got.v[1].document.n, list("", "").document.n);
}

static void a_removed_list_is_gone_and_its_number_too(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = place_open(*state);
    cn_err err;
    int64_t number = put(s, list("Colleges", "did:web:a.example"));
    assert_true(cn_store_registry_remove(s, number, &err));
    assert_int_equal(all(a, s).n, 0);
    assert_false(cn_store_registry_remove(s, number, &err));
    check_err(err, CN_NOT_FOUND, "store.none");
    assert_true(put(s, list("Colleges", "did:web:a.example")) > number);
}

static void no_memory_is_a_limit_and_the_store_goes_on(void **state) {
    cn_store *s CN_STORE_AUTO = place_open(*state);
    for (int i = 0; i < 5; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "list %d", i);
        put(s, list(name, "did:web:a.example"));
    }
    bool done = false;
    for (size_t n = 1; !done; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_stored_lists got = {0};
        cn_err err;
        cn_arena_fail_after(a, n);
        done = cn_store_registry_all(a, s, &got, &err);
        if (!done) check_err(err, CN_LIMIT, "memory.limit");
        assert_int_equal(got.n, done ? 5 : 0);
        assert_true(n < 100);
    }
}

static void a_writer_that_waits_too_long_is_told(void **state) {
    const place *p = *state;
    cn_store *s CN_STORE_AUTO = place_open(p);
    cn_stored_list l = list("Colleges", "did:web:a.example");
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    sqlite3 *other;
    int64_t number = 77;
    cn_err err;
    assert_int_equal(sqlite3_open(p->db, &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    assert_false(cn_store_registry_put(s, &l, &number, &err));
    check_err(err, CN_UNAVAILABLE, "store.busy");
    assert_int_equal(number, 77);
    assert_false(cn_store_registry_remove(s, 1, &err));
    check_err(err, CN_UNAVAILABLE, "store.busy");
    assert_int_equal(all(a, s).n, 0); /* readers do not wait */
    assert_int_equal(sqlite3_close(other), SQLITE_OK);
    assert_int_equal(put(s, l), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(a_list_comes_back_whole_and_outlives_the_store),
        place_test(a_next_edition_replaces_and_keeps_its_number),
        place_test(a_removed_list_is_gone_and_its_number_too),
        place_test(no_memory_is_a_limit_and_the_store_goes_on),
        place_test(a_writer_that_waits_too_long_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
