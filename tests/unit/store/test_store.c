/* SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>

#include "place.h"
#include "store/db.h"

static mode_t mode_of(const char *path) {
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 0777;
}

static void makes_folder_and_file_for_the_owner_alone(void **state) {
    place *p = *state;
    char folder[64], path[96];
    (void)snprintf(folder, sizeof folder, "%s/var", p->folder);
    (void)snprintf(path, sizeof path, "%s/cairn.db", folder);
    (void)snprintf(p->db, sizeof p->db, "%s/var/cairn.db", p->folder);
    mode_t before = umask(0);
    cn_store *s = place_open(p);
    umask(before);
    assert_int_equal(mode_of(folder), 0700);
    assert_int_equal(mode_of(path), 0600);
    (void)snprintf(path, sizeof path, "%s/cairn.db-wal", folder);
    assert_int_equal(mode_of(path), 0600);
    cn_store_close(s);
    cn_store_close(NULL);
}

static void refuses_places_where_no_file_can_be(void **state) {
    const place *p = *state;
    char path[128];
    place_refused("", CN_UNAVAILABLE, "store.file", "empty");
    (void)snprintf(path, sizeof path, "%s/no/such/cairn.db", p->folder);
    place_refused(path, CN_UNAVAILABLE, "store.file", "No such file");
    place_refused(p->folder, CN_UNAVAILABLE, "store.file", "open");
    cn_store *s;
    cn_err err;
    assert_false(cn_store_open(CN_S("/tmp/a\0b"), &(cn_store_options){0}, &s, &err));
    check_err(err, CN_UNAVAILABLE, "store.file");
}

static void a_special_name_is_the_name_of_a_file(void **state) {
    const place *p = *state;
    char here[512];
    struct stat st;
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(p->folder), 0);
    cn_store *s;
    cn_err err;
    assert_true(cn_store_open(CN_S(":memory:"), &(cn_store_options){0}, &s, &err));
    assert_int_equal(stat(":memory:", &st), 0);
    assert_true(st.st_size > 0 || stat(":memory:-wal", &st) == 0);
    cn_store_close(s);
    assert_int_equal(chdir(here), 0);
}

/* Each thread keeps lists of its own through the one store. */
enum { THREADS = 12, EACH = 20 };

static void *write_lists(void *store) {
    for (int i = 0; i < EACH; i++) {
        char name[64];
        cn_err err;
        int64_t number;
        (void)snprintf(name, sizeof name, "list %d of %lu", i, (unsigned long)pthread_self());
        cn_stored_list l = {.name = cn_slice_of(name), .signer = CN_S("did:web:a.example")};
        for (int tries = 0; !cn_store_registry_put(store, &l, &number, &err); tries++)
            if (tries == 100 || err.code != CN_UNAVAILABLE) return (void *)1;
    }
    return NULL;
}

static void many_threads_use_one_store_and_many_stores_one_file(void **state) {
    const place *p = *state;
    cn_store *one = place_open(p), *two = place_open(p);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, write_lists, i % 2 ? one : two), 0);
    for (int i = 0; i < THREADS; i++) {
        void *bad;
        assert_int_equal(pthread_join(threads[i], &bad), 0);
        assert_null(bad);
    }
    cn_store_close(one);
    cn_store_close(two);
    assert_int_equal(place_sql(p, "SELECT count(*) FROM registry_list"), THREADS * EACH);
}

static void *open_and_close(void *p) {
    cn_store *s;
    cn_err err;
    if (!cn_store_open(cn_slice_of(((const place *)p)->db), &(cn_store_options){.busy_ms = 5000}, &s, &err))
        return (void *)1;
    cn_store_close(s);
    return NULL;
}

static void a_new_file_may_be_opened_by_many_at_once(void **state) {
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, open_and_close, *state), 0);
    for (int i = 0; i < THREADS; i++) {
        void *bad;
        assert_int_equal(pthread_join(threads[i], &bad), 0);
        assert_null(bad);
    }
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM migration"), cn_migrations_count);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(makes_folder_and_file_for_the_owner_alone),
        place_test(refuses_places_where_no_file_can_be),
        place_test(a_special_name_is_the_name_of_a_file),
        place_test(many_threads_use_one_store_and_many_stores_one_file),
        place_test(a_new_file_may_be_opened_by_many_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
