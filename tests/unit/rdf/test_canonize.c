/* SPDX-License-Identifier: Apache-2.0
 *
 * RDFC-1.0, sections 4.4 to 4.6, on datasets small enough to check by hand.
 */
#include "help.h"

static void assert_canonical(const char *text, const char *wanted) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *c CN_CRYPTO_AUTO = NULL;
    cn_dataset d = dataset_of(a, text);
    cn_rdfc r;
    cn_err err;
    assert_true(cn_crypto_new(&c, &err));
    assert_true(cn_rdfc_canonize(c, a, &d, NULL, &r, &err));
    assert_slice(r.nquads, cn_slice_of(wanted));
}

static void ground(void **state) {
    (void)state;
    assert_canonical("", "");
    assert_canonical("<urn:s> <urn:p> \"b\" .\n<urn:s> <urn:p> \"a\" <urn:g> .\n<urn:s> <urn:p> \"b\" .\n",
                     "<urn:s> <urn:p> \"a\" <urn:g> .\n<urn:s> <urn:p> \"b\" .\n");
}

/* U+FFFE before U+1F600, though not in UTF-16. */
static void code_point_order(void **state) {
    (void)state;
    assert_canonical("<urn:s> <urn:p> \"\\U0001F600\" .\n<urn:s> <urn:p> \"\\uFFFE\" .\n",
                     "<urn:s> <urn:p> \"\xef\xbf\xbe\" .\n<urn:s> <urn:p> \"\xf0\x9f\x98\x80\" .\n");
}

static void blank_graph(void **state) {
    (void)state;
    assert_canonical("_:x <urn:p> _:x _:x .\n", "_:c14n0 <urn:p> _:c14n0 _:c14n0 .\n");
}

/* A dataset is a set: saying it twice changes no hash, wherever the repetition stands. */
static void repeated_quads(void **state) {
    (void)state;
    const char *wanted = "_:c14n0 <urn:p> _:c14n0 _:c14n0 .\n_:c14n2 <urn:p> _:c14n0 _:c14n1 .\n"
                         "_:c14n2 <urn:p> _:c14n1 .\n";
    assert_canonical("_:a <urn:p> _:b .\n_:a <urn:p> _:c _:b .\n_:c <urn:p> _:c _:c .\n", wanted);
    assert_canonical("_:a <urn:p> _:b .\n_:a <urn:p> _:b .\n_:a <urn:p> _:c _:b .\n_:c <urn:p> _:c _:c .\n",
                     wanted);
    assert_canonical("_:c <urn:p> _:c _:c .\n_:a <urn:p> _:c _:b .\n_:a <urn:p> _:b .\n_:c <urn:p> _:c _:c .\n"
                     "_:a <urn:p> _:b .\n_:a <urn:p> _:b .\n",
                     wanted);
}

/* The same line for the hash, but not the same quad: two objects that nothing tells apart. */
static void alike_but_not_repeated(void **state) {
    (void)state;
    assert_canonical("<urn:s> <urn:p> _:a .\n<urn:s> <urn:p> _:b .\n<urn:s> <urn:p> _:a .\n",
                     "<urn:s> <urn:p> _:c14n0 .\n<urn:s> <urn:p> _:c14n1 .\n");
}

/* _:y is said to be "1", _:x "2"; the hash of first degree decides. */
static void issued_map(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *c CN_CRYPTO_AUTO = NULL;
    cn_dataset d = dataset_of(a, "_:x <urn:p> \"2\" .\n_:y <urn:p> \"1\" .\n");
    cn_err err;
    assert_true(cn_crypto_new(&c, &err));
    for (cn_hash hash = CN_SHA256; hash <= CN_SHA384; hash++) {
        cn_rdfc r;
        assert_true(cn_rdfc_canonize(c, a, &d, &(cn_rdfc_options){.hash = hash}, &r, &err));
        cn_digest one = cn_hash_of(c, hash, CN_S("_:a <urn:p> \"1\" .\n"));
        cn_digest two = cn_hash_of(c, hash, CN_S("_:a <urn:p> \"2\" .\n"));
        bool one_first = cn_slice_cmp(cn_digest_slice(&one), cn_digest_slice(&two)) < 0;
        assert_int_equal(r.map_n, 2);
        assert_int_equal(r.work, 0);
        assert_slice(r.map[0].from, one_first ? CN_S("y") : CN_S("x"));
        assert_slice(r.map[0].to, CN_S("c14n0"));
        assert_slice(r.map[1].to, CN_S("c14n1"));
    }
}

/* However little memory there is, the answer is the right one or LIMIT. */
static void little_memory(void **state) {
    (void)state;
    cn_arena *input CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *c CN_CRYPTO_AUTO = NULL;
    cn_dataset d =
        dataset_of(input, "_:a <urn:p> _:b .\n_:b <urn:p> _:c .\n_:c <urn:p> _:a .\n<urn:s> <urn:p> _:a _:d .\n"
                          "_:e <urn:p> _:f .\n_:f <urn:p> _:e .\n");
    cn_err err;
    size_t failed = 0, done = 0;
    assert_true(cn_crypto_new(&c, &err));
    for (size_t max = 1; max < 20000; max += 7) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(max);
        cn_rdfc r;
        if (cn_rdfc_canonize(c, a, &d, NULL, &r, &err)) {
            assert_int_equal(r.map_n, 6);
            done++;
        } else {
            assert_int_equal(err.code, CN_LIMIT);
            assert_string_equal(err.id, "memory.limit");
            failed++;
        }
    }
    assert_true(failed > 100 && done > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ground),        cmocka_unit_test(code_point_order),
        cmocka_unit_test(blank_graph),   cmocka_unit_test(repeated_quads),
        cmocka_unit_test(issued_map),    cmocka_unit_test(alike_but_not_repeated),
        cmocka_unit_test(little_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
