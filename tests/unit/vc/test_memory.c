/* SPDX-License-Identifier: Apache-2.0
 *
 * The arena's maximum made to bite at every allocation of a verification in turn, whatever is verified: the answer
 * is LIMIT "memory.limit" each time, and what is verified next on the same handle comes out as ever.
 * AddressSanitizer sees to it that nothing is leaked.
 *
 * A verification with thousands of allocations is tried at every third or seventh of them: what it has in common
 * with the others is tried there at every one. `test_vc_memory every` tries each, which takes minutes.
 */
#include "bench.h"
#include "vc/jwt.h"

#include "base/base.h"

enum { FEW = 1500, SOME = 6000 }; /* allocations */

static bool every; /* the program was told so: at each allocation */

static bool verify(bench *b, cn_arena *a, cn_slice input, size_t fail_at, cn_verdict *verdict, cn_err *err) {
    cn_report r;
    cn_arena_fail_after(a, fail_at);
    cn_buf text = cn_buf_on(a, 0);
    if (!cn_verify(a, input, &b->options, &r, err) || !cn_report_write(a, &r, CN_S("x"), &text, err)) return false;
    *verdict = r.verdict;
    return true;
}

/* Goes on as before, on an arena of its own. */
static void expect_verdict(bench *b, cn_slice input, cn_verdict expected) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_verdict verdict;
    cn_err err;
    assert_true(verify(b, a, input, 0, &verdict, &err));
    assert_int_equal(verdict, expected);
}

/* At which allocation it no longer fails, by doubling and halving. */
static size_t allocations(bench *b, cn_slice input) {
    size_t low = 1, high = 1;
    for (bool done = false; !done; high *= 2) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_verdict verdict;
        cn_err err;
        done = verify(b, a, input, high, &verdict, &err);
    }
    for (high /= 2; low < high;) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        size_t middle = low + (high - low) / 2;
        cn_verdict verdict;
        cn_err err;
        if (verify(b, a, input, middle, &verdict, &err)) high = middle;
        else low = middle + 1;
    }
    return low;
}

static void fail_each_so(bench *b, const char *name, cn_slice input) {
    size_t n = allocations(b, input), stride = every || n < FEW ? 1 : n < SOME ? 3 : 7;
    cn_verdict expected, verdict;
    cn_err err;
    cn_arena *whole CN_ARENA_AUTO = cn_arena_new(0);
    assert_true(verify(b, whole, input, 0, &expected, &err));
    for (size_t at = 1; at < n; at += stride) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        if (verify(b, a, input, at, &verdict, &err))
            fail_msg("%s: allocation %zu of %zu was not needed", name, at, n);
        if (err.code != CN_LIMIT || strcmp(err.id, "memory.limit"))
            fail_msg("%s: allocation %zu of %zu: %s %s", name, at, n, err.id, err.detail);
        if (at % 64 < stride) expect_verdict(b, input, expected);
    }
    expect_verdict(b, input, expected);
}

/* With contexts that are worked out anew, and with those that are shared. */
static void fail_each(bench *b, const char *name, cn_slice input) {
    cn_contexts *processed = b->options.processed;
    fail_each_so(b, name, input);
    b->options.processed = NULL;
    fail_each_so(b, name, input);
    b->options.processed = processed;
}

/* ---- Files ---- */

static const char *const files[] = {
    "tampered.json",          "two-proofs.json",      "web.json",
    "expired.json",           "revoked.json",         "revoked-2021.json",
    "status-both.json",       "status-message.json",  "revoked-1edtech.json",
    "list-bomb.json",         "endorsed.json",        "endorsed-from-afar.json",
    "record-ended.json",      "evidence-digest.json", "ob2-hosted.json",
    "ob2-address.png",        "ob2-signed.png",       "ob2.svg",
    "ob2-signed-revoked.jwt",
};

static void every_file_ends_in_a_limit(void **state) {
    bench *b = *state;
    b->options.check_resources = true;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        fail_each(b, files[i], bench_file(b->arena, files[i]));
}

/* ---- Every suite, and every form of JOSE ---- */

static bool count_up(void *self, uint8_t *out, size_t n) {
    uint8_t *next = self;
    for (size_t i = 0; i < n; i++) out[i] = (*next)++;
    return true;
}

static cn_private_key new_key(bench *b, cn_key_kind kind, cn_slice *did, cn_slice *method) {
    uint8_t next = 1;
    cn_random random = {&next, count_up};
    cn_private_key key;
    cn_public_key public;
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_err err;
    assert_true(cn_key_new(kind, &random, &key, &err));
    assert_true(cn_key_public(b->crypto, b->arena, &key, &public, &err));
    assert_true(cn_multikey_write(&text, &public, &err));
    cn_slice name = cn_buf_slice(&text);
    assert_true(cn_arena_print(b->arena, did, "did:key:%.*s", CN_ARG(name)));
    assert_true(cn_arena_print(b->arena, method, "did:key:%.*s#%.*s", CN_ARG(name), CN_ARG(name)));
    return key;
}

/* The badge of the signed files, unsigned, from this issuer. */
static const cn_json *badge_of(bench *b, cn_slice issuer) {
    const cn_json *good = bench_json(b->arena, bench_file(b->arena, "good.json").p);
    cn_json *badge = cn_json_without(b->arena, good, CN_S("proof"));
    assert_true(badge && cn_json_set(b->arena, badge, CN_S("issuer"), cn_json_string(b->arena, issuer)));
    return badge;
}

static cn_slice text_of(bench *b, const cn_json *v) {
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_json_write(&text, v);
    assert_true(cn_buf_ok(&text));
    return cn_buf_slice(&text);
}

static const struct {
    const char *suite;
    cn_key_kind kind;
} suites[] = {
    {"eddsa-rdfc-2022", CN_KEY_ED25519}, {"eddsa-jcs-2022", CN_KEY_ED25519}, {"ecdsa-rdfc-2019", CN_KEY_P256},
    {"ecdsa-jcs-2019", CN_KEY_P384},     {"ecdsa-sd-2023", CN_KEY_P256},
};

static void every_suite_ends_in_a_limit(void **state) {
    static const cn_slice mandatory[] = {CN_S_INIT("/issuer")}, shown[] = {CN_S_INIT("/name")};
    bench *b = *state;
    for (size_t i = 0; i < sizeof suites / sizeof *suites; i++) {
        cn_slice did, method;
        uint8_t next = 9;
        cn_random random = {&next, count_up};
        cn_private_key key = new_key(b, suites[i].kind, &did, &method);
        bool parts = !strcmp(suites[i].suite, "ecdsa-sd-2023");
        cn_sign_options o = {.crypto = b->crypto,
                             .contexts = &b->contexts,
                             .key = &key,
                             .method = method,
                             .suite = cn_slice_of(suites[i].suite),
                             .created = {.sec = 1735776000},
                             .mandatory = mandatory,
                             .mandatory_n = parts,
                             .random = &random};
        cn_derive_options d = {.crypto = b->crypto, .contexts = &b->contexts, .pointers = shown, .pointers_n = 1};
        const cn_json *proven;
        cn_err err;
        bool made = cn_integrity_add(b->arena, badge_of(b, did), &o, &proven, &err) &&
                    (!parts || cn_sd_derive(b->arena, proven, &d, &proven, &err));
        if (!made) fail_msg("%s: %s %s", suites[i].suite, err.id, err.detail);
        fail_each(b, suites[i].suite, text_of(b, proven));
    }
}

static void every_form_of_jose_ends_in_a_limit(void **state) {
    static const cn_slice hidden[] = {CN_S_INIT("/name")};
    bench *b = *state;
    cn_slice did, method, jwt, sd;
    uint8_t next = 9;
    cn_random random = {&next, count_up};
    cn_private_key key = new_key(b, CN_KEY_P256, &did, &method);
    cn_sd_jwt_options o = {.jose = {.crypto = b->crypto, .key = &key, .kid = method},
                           .random = &random,
                           .pointers = hidden,
                           .pointers_n = 1};
    cn_err err;
    assert_true(cn_jose_sign(b->arena, badge_of(b, did), &o.jose, &jwt, &err));
    assert_true(cn_sd_jwt_issue(b->arena, badge_of(b, did), &o, &sd, &err));
    fail_each(b, "jwt", jwt);
    fail_each(b, "sd-jwt", sd);
    fail_each(b, "enveloped", text_of(b, cn_jose_envelope(b->arena, jwt)));
}

int main(int argc, char **argv) {
    every = argc > 1 && !strcmp(argv[1], "every");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_file_ends_in_a_limit, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(every_suite_ends_in_a_limit, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(every_form_of_jose_ends_in_a_limit, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
