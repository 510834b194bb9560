/* SPDX-License-Identifier: Apache-2.0
 *
 * Proofs of every suite, made and checked; JSON that is signed as it stands; sets and chains; and proofs that must
 * be refused.
 */
#include "bench.h"
#include "vc/proof.h"

/* A row for each kind of key that a suite takes. */
static const struct kind {
    const char *suite;
    cn_key_kind key;
} kinds[] = {
    {"eddsa-rdfc-2022", CN_KEY_ED25519}, {"eddsa-jcs-2022", CN_KEY_ED25519}, {"ecdsa-rdfc-2019", CN_KEY_P256},
    {"ecdsa-rdfc-2019", CN_KEY_P384},    {"ecdsa-jcs-2019", CN_KEY_P256},    {"ecdsa-jcs-2019", CN_KEY_P384},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static bool count_up(void *self, uint8_t *out, size_t n) {
    uint8_t *next = self;
    for (size_t i = 0; i < n; i++) out[i] = (*next)++;
    return true;
}

static cn_slice did_key(bench *b, cn_slice multikey) {
    cn_slice out;
    assert_true(cn_arena_print(b->arena, &out, "did:key:%.*s#%.*s", CN_ARG(multikey), CN_ARG(multikey)));
    return out;
}

static const char *quoted(bench *b, cn_slice text) {
    cn_slice out;
    assert_true(cn_arena_print(b->arena, &out, "\"%.*s\"", CN_ARG(text)));
    return out.p;
}

/* A key of a kind, and its did:key in *method. */
static cn_private_key new_key(bench *b, cn_key_kind kind, cn_slice *method) {
    uint8_t next = 1;
    cn_random random = {&next, count_up};
    cn_private_key key;
    cn_public_key public;
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_err err;
    assert_true(cn_key_new(kind, &random, &key, &err));
    assert_true(cn_key_public(b->crypto, b->arena, &key, &public, &err));
    assert_true(cn_multikey_write(&text, &public, &err));
    *method = did_key(b, cn_buf_slice(&text));
    return key;
}

static cn_sign_options options_of(bench *b, const struct kind *k, cn_private_key *key) {
    cn_sign_options o = {.crypto = b->crypto,
                         .contexts = &b->contexts,
                         .key = key,
                         .suite = cn_slice_of(k->suite),
                         .created = {.sec = 1735776000}};
    *key = new_key(b, k->key, &o.method);
    return o;
}

static const cn_json *bare(bench *b) {
    return cn_json_without(b->arena, bench_json(b->arena, bench_file(b->arena, "good.json").p), CN_S("proof"));
}

static const cn_json *sign(bench *b, const cn_json *document, const cn_sign_options *o) {
    const cn_json *out;
    cn_err err;
    if (!cn_integrity_add(b->arena, document, o, &out, &err)) fail_msg("%s: %s", err.id, err.detail);
    return out;
}

static cn_report verify(bench *b, const cn_json *document) {
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_json_write(&text, document);
    return bench_verify(b, cn_buf_slice(&text));
}

/* The document with one member set, or taken away where the value is NULL. */
static const cn_json *with(bench *b, const cn_json *object, const char *key, const cn_json *value) {
    if (!value) return cn_json_without(b->arena, object, cn_slice_of(key));
    cn_json *out = cn_json_copy_shallow(b->arena, object);
    assert_true(cn_json_set(b->arena, out, cn_slice_of(key), value));
    return out;
}

static const cn_json *with_proof_member(bench *b, const cn_json *document, const char *key, const char *json) {
    const cn_json *proof = cn_json_get(document, CN_S("proof"));
    return with(b, document, "proof", with(b, proof, key, json ? bench_json(b->arena, json) : NULL));
}

static void expect(bench *b, const cn_json *document, cn_outcome proof, const char *problem) {
    cn_report r = verify(b, document);
    const cn_step *s = bench_step(&r, "proof");
    if (r.proof != proof || strcmp(s->problem, problem))
        fail_msg("proof %s \"%s\", not \"%s\": %.*s", cn_outcome_name(r.proof), s->problem, problem,
                 CN_ARG(s->detail));
}

static void every_suite_signs_and_checks(void **state) {
    bench *b = *state;
    for (size_t i = 0; i < KINDS; i++) {
        cn_private_key key;
        cn_sign_options o = options_of(b, &kinds[i], &key);
        const cn_json *good = sign(b, bare(b), &o);
        expect(b, good, CN_PASS, "");
        expect(b, with(b, good, "name", bench_json(b->arena, "\"Soil\"")), CN_FAIL, "invalid-signature");
        expect(b, with_proof_member(b, good, "created", "\"2025-01-02T00:00:01Z\""), CN_FAIL, "invalid-signature");
        cn_slice method;
        (void)new_key(b, kinds[i].key == CN_KEY_P256 ? CN_KEY_P384 : CN_KEY_P256, &method);
        expect(b, with_proof_member(b, good, "verificationMethod", quoted(b, method)), CN_FAIL,
               kinds[i].key == CN_KEY_ED25519 ? "key-wrong-kind" : "invalid-signature");
    }
}

/* Neither has a row of its own for the other's keys, though all are of the same suite. */
static void a_suite_takes_its_own_keys(void **state) {
    bench *b = *state;
    static const struct kind wrong[] = {
        {"eddsa-rdfc-2022", CN_KEY_P256}, {"ecdsa-jcs-2019", CN_KEY_ED25519}, {"ecdsa-rdfc-2019", CN_KEY_P521}};
    for (size_t i = 0; i < 3; i++) {
        cn_private_key key;
        cn_sign_options o = options_of(b, &wrong[i], &key);
        const cn_json *out;
        cn_err err;
        assert_false(cn_integrity_add(b->arena, bare(b), &o, &out, &err));
        assert_string_equal(err.id, "sign.suite");
    }
}

/* ---- JSON ---- */

static const struct kind jcs = {"eddsa-jcs-2022", CN_KEY_ED25519};

static void json_keeps_the_context_it_was_signed_with(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = options_of(b, &jcs, &key);
    const cn_json *good = sign(b, bare(b), &o), *context = cn_json_get(good, CN_S("@context"));
    assert_true(cn_json_equal(cn_json_get(cn_json_get(good, CN_S("proof")), CN_S("@context")), context));
    cn_json *longer = cn_json_copy_shallow(b->arena, context);
    assert_true(cn_json_push(b->arena, longer, bench_json(b->arena, "{\"extra\":\"https://example.org/extra\"}")));
    expect(b, with(b, good, "@context", longer), CN_PASS, "");
    expect(b, with(b, good, "@context", cn_json_item(context, 0)), CN_FAIL, "invalid-signature");
    expect(b, with_proof_member(b, good, "@context", "[]"), CN_FAIL, "invalid-signature");
    expect(b, with_proof_member(b, good, "@context", NULL), CN_FAIL, "invalid-signature");
}

static void add_hash(bench *b, cn_buf *message, const cn_json *value) {
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_err err;
    assert_true(cn_json_canonize(b->arena, value, &text, &err));
    cn_digest d = cn_hash_of(b->crypto, CN_SHA256, cn_buf_slice(&text));
    cn_buf_add(message, cn_digest_slice(&d));
}

/* Proofs of other makers need not have a context of their own: signed by hand. */
static void json_may_be_signed_without_a_context_in_the_proof(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = options_of(b, &jcs, &key);
    const cn_json *made = cn_json_get(sign(b, bare(b), &o), CN_S("proof"));
    const cn_json *options = with(b, with(b, made, "proofValue", NULL), "@context", NULL);
    cn_buf message = cn_buf_on(b->arena, 0), text = cn_buf_on(b->arena, 0);
    cn_slice signature;
    cn_err err;
    add_hash(b, &message, options);
    add_hash(b, &message, bare(b));
    assert_true(cn_sign(b->crypto, b->arena, &key, CN_SHA256, cn_buf_slice(&message), &signature, &err));
    cn_buf_byte(&text, 'z');
    cn_base58_write(&text, signature);
    const cn_json *value = cn_json_string(b->arena, cn_buf_slice(&text));
    const cn_json *good = with(b, bare(b), "proof", with(b, options, "proofValue", value));
    expect(b, good, CN_PASS, "");
    expect(b, with_proof_member(b, good, "@context", "[]"), CN_FAIL, "invalid-signature");
}

/* The bytes are signed, and still nobody knows what "grade" is. */
static void json_without_meaning_is_not_verified(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = options_of(b, &jcs, &key);
    const cn_json *vague = with(b, bare(b), "grade", bench_json(b->arena, "5")), *out;
    cn_err err;
    assert_false(cn_integrity_add(b->arena, vague, &o, &out, &err));
    assert_string_equal(err.id, "jsonld.dropped-property");
    const cn_json *forged = with(b, vague, "proof", cn_json_get(sign(b, bare(b), &o), CN_S("proof")));
    cn_report r = verify(b, forged);
    assert_string_equal(bench_step(&r, "context")->problem, "data-loss");
    assert_string_equal(bench_step(&r, "proof")->problem, "invalid-signature");
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
}

/* ---- Chains ---- */

#define ID1 "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff5"
#define ID2 "urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff6"

/* Three proofs: two with ids, and one that builds on both. */
static const cn_json *chained(bench *b, const struct kind *k) {
    static const cn_slice ids[] = {CN_S_INIT(ID1), CN_S_INIT(ID2)};
    cn_private_key key;
    cn_sign_options o = options_of(b, k, &key);
    o.id = ids[0];
    const cn_json *d = sign(b, bare(b), &o);
    o.id = ids[1];
    d = sign(b, d, &o);
    o.id = CN_S("");
    o.previous = ids;
    o.previous_n = 2;
    return sign(b, d, &o);
}

static const cn_json *only(bench *b, const cn_json *document, const size_t *which, size_t n) {
    cn_json *out = cn_json_array(b->arena);
    for (size_t i = 0; i < n; i++)
        assert_true(cn_json_push(b->arena, out, cn_json_item(cn_json_get(document, CN_S("proof")), which[i])));
    return with(b, document, "proof", out);
}

static void chains_hold(void **state) {
    bench *b = *state;
    for (size_t i = 0; i < KINDS; i++) {
        const cn_json *d = chained(b, &kinds[i]);
        expect(b, d, CN_PASS, "");
        expect(b, only(b, d, (const size_t[]){0, 1}, 2), CN_PASS, "");
        expect(b, only(b, d, (const size_t[]){0, 2}, 2), CN_FAIL, "previous-proof-missing");
        expect(b, only(b, d, (const size_t[]){2}, 1), CN_FAIL, "previous-proof-missing");
        expect(b, only(b, d, (const size_t[]){0, 0, 1, 2}, 4), CN_FAIL, "proof-malformed");
    }
    /* Quads have no order; a list of JSON has. */
    expect(b, only(b, chained(b, &kinds[0]), (const size_t[]){2, 1, 0}, 3), CN_PASS, "");
    expect(b, only(b, chained(b, &jcs), (const size_t[]){2, 0, 1}, 3), CN_PASS, "");
    expect(b, only(b, chained(b, &jcs), (const size_t[]){1, 0, 2}, 3), CN_FAIL, "invalid-signature");
}

/* What was signed is the earlier proof as it was, not only its name. */
static void an_earlier_proof_cannot_be_swapped(void **state) {
    bench *b = *state;
    for (size_t i = 0; i < KINDS; i++) {
        cn_private_key key;
        cn_sign_options o = options_of(b, &kinds[i], &key);
        const cn_json *d = chained(b, &kinds[i]);
        o.id = CN_S(ID2);
        o.created.sec++;
        cn_json *all = cn_json_array(b->arena);
        assert_true(cn_json_push(b->arena, all, cn_json_item(cn_json_get(d, CN_S("proof")), 0)) &&
                    cn_json_push(b->arena, all, cn_json_get(sign(b, bare(b), &o), CN_S("proof"))) &&
                    cn_json_push(b->arena, all, cn_json_item(cn_json_get(d, CN_S("proof")), 2)));
        cn_report r = verify(b, with(b, d, "proof", all));
        assert_int_equal(r.proofs[0].outcome, CN_PASS);
        assert_int_equal(r.proofs[1].outcome, CN_PASS);
        assert_int_equal(r.proofs[2].outcome, CN_FAIL);
    }
}

/* The later signature is good, and yet no better than the one it builds on. */
static void a_chain_is_as_good_as_its_beginning(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = options_of(b, &jcs, &key);
    o.id = CN_S(ID1);
    const cn_json *d = with_proof_member(b, sign(b, bare(b), &o), "created", "\"2025-01-03T00:00:00Z\"");
    o.id = CN_S("");
    o.previous = &(cn_slice)CN_S_INIT(ID1);
    o.previous_n = 1;
    d = sign(b, d, &o);
    cn_report r = verify(b, d);
    assert_int_equal(r.proofs[0].outcome, CN_FAIL);
    assert_int_equal(r.proofs[1].outcome, CN_FAIL);
    assert_int_equal(r.proofs[1].controller.n, 0);
}

static void rings_are_refused(void **state) {
    bench *b = *state;
    const cn_json *d = chained(b, &jcs), *last = cn_json_item(cn_json_get(d, CN_S("proof")), 2);
    const cn_json *ids[] = {bench_json(b->arena, "\"" ID1 "\""), bench_json(b->arena, "\"" ID2 "\"")};
    for (size_t n = 1; n <= 2; n++) {
        cn_json *ring = cn_json_array(b->arena);
        for (size_t i = 0; i < n; i++)
            assert_true(cn_json_push(b->arena, ring,
                                     with(b, with(b, last, "id", ids[i]), "previousProof", ids[(i + 1) % n])));
        expect(b, with(b, d, "proof", ring), CN_FAIL, "proof-malformed");
    }
}

static void what_cannot_be_chained_is_not_signed(void **state) {
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = options_of(b, &jcs, &key);
    const cn_json *d = chained(b, &jcs), *out;
    cn_err err;
    o.id = CN_S(ID1);
    assert_false(cn_integrity_add(b->arena, d, &o, &out, &err));
    assert_string_equal(err.id, "sign.id");
    o.id = CN_S("");
    o.previous = &(cn_slice)CN_S_INIT("urn:uuid:6a1676b8-b51f-11ed-937b-d76685a20ff7");
    o.previous_n = 1;
    assert_false(cn_integrity_add(b->arena, d, &o, &out, &err));
    assert_string_equal(err.id, "sign.previous-proof");
}

/* ---- Refusals ---- */

static void proofs_that_must_be_refused(void **state) {
    static const struct {
        const char *member, *json;
        cn_outcome proof;
        const char *problem;
    } cases[] = {
        {"proofValue", NULL, CN_FAIL, "proof-malformed"},
        {"proofValue", "null", CN_FAIL, "proof-malformed"},
        {"proofValue", "\"\"", CN_FAIL, "proof-malformed"},
        {"proofValue", "7", CN_FAIL, "proof-malformed"},
        {"proofValue", "[\"z3R8LR\"]", CN_FAIL, "proof-malformed"},
        {"proofValue", "\"z\"", CN_FAIL, "invalid-signature"},
        {"proofValue", "\"3R8LRcLkCgMYRBaG\"", CN_FAIL, "invalid-signature"},
        {"proofValue", "\"uzR8LRcLkCgMYRBaG\"", CN_FAIL, "invalid-signature"},
        {"proofValue", "\"z0OIl\"", CN_FAIL, "invalid-signature"},
        {"type", NULL, CN_FAIL, "proof-malformed"},
        {"type", "\"UnknownProof\"", CN_UNKNOWN, "unsupported-proof"},
        {"type", "[\"DataIntegrityProof\"]", CN_FAIL, "proof-malformed"},
        {"cryptosuite", NULL, CN_FAIL, "proof-malformed"},
        {"cryptosuite", "null", CN_FAIL, "proof-malformed"},
        {"cryptosuite", "[\"eddsa-jcs-2022\"]", CN_FAIL, "proof-malformed"},
        {"cryptosuite", "\"eddsa-2040\"", CN_UNKNOWN, "unsupported-proof"},
        {"cryptosuite", "\"eddsa-rdfc-2022\"", CN_FAIL, "invalid-signature"},
        {"cryptosuite", "\"ecdsa-jcs-2019\"", CN_FAIL, "key-wrong-kind"},
        {"proofPurpose", NULL, CN_FAIL, "proof-malformed"},
        {"proofPurpose", "\"authentication\"", CN_FAIL, "proof-purpose"},
        {"proofPurpose", "\"AssertionMethod\"", CN_FAIL, "proof-purpose"},
        {"verificationMethod", NULL, CN_FAIL, "proof-malformed"},
        {"verificationMethod", "{\"id\": \"did:key:z6Mk\"}", CN_FAIL, "proof-malformed"},
        {"verificationMethod", "\"\"", CN_FAIL, "proof-malformed"},
        {"verificationMethod", "\"key-1\"", CN_FAIL, "verification-method-unresolvable"},
        {"created", "\"yesterday\"", CN_FAIL, "proof-malformed"},
        {"created", "\"2025-13-02T00:00:00Z\"", CN_FAIL, "proof-malformed"},
        {"created", "\"2025-01-02\"", CN_FAIL, "proof-malformed"},
        {"created", "1735776000", CN_FAIL, "proof-malformed"},
        {"created", NULL, CN_FAIL, "invalid-signature"},
        {"expires", "\"never\"", CN_FAIL, "proof-malformed"},
        {"expires", "\"2025-02-01T00:00:00Z\"", CN_FAIL, "proof-expired"},
        {"expires", "\"2099-02-01T00:00:00Z\"", CN_FAIL, "invalid-signature"},
        {"previousProof", "\"" ID1 "\"", CN_FAIL, "previous-proof-missing"},
        {"previousProof", "[\"" ID1 "\"]", CN_FAIL, "previous-proof-missing"},
        {"previousProof", "7", CN_FAIL, "previous-proof-missing"},
        {"previousProof", "[null]", CN_FAIL, "previous-proof-missing"},
        {"previousProof", "[]", CN_FAIL, "invalid-signature"},
        {"nonce", "\"added\"", CN_FAIL, "invalid-signature"},
    };
    bench *b = *state;
    cn_private_key key;
    cn_sign_options o = options_of(b, &jcs, &key);
    const cn_json *good = sign(b, bare(b), &o);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_report r = verify(b, with_proof_member(b, good, cases[i].member, cases[i].json));
        const cn_step *s = bench_step(&r, "proof");
        if (r.proof != cases[i].proof || strcmp(s->problem, cases[i].problem))
            fail_msg("%s %s: %s \"%s\"", cases[i].member, cases[i].json ? cases[i].json : "missing",
                     cn_outcome_name(r.proof), s->problem);
        assert_int_not_equal(r.verdict, CN_VERIFIED);
    }
}

/* What stands where a proof should. */
static void things_that_are_no_proof(void **state) {
    static const char *const things[] = {"\"z3R8LR\"", "[]", "null", "[null]", "[[]]", "7", "{}", "[{}, {}]"};
    bench *b = *state;
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        cn_report r = verify(b, with(b, bare(b), "proof", bench_json(b->arena, things[i])));
        assert_int_equal(r.proof, CN_FAIL);
        assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_done)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_suite_signs_and_checks),
        TEST(a_suite_takes_its_own_keys),
        TEST(json_keeps_the_context_it_was_signed_with),
        TEST(json_may_be_signed_without_a_context_in_the_proof),
        TEST(json_without_meaning_is_not_verified),
        TEST(chains_hold),
        TEST(an_earlier_proof_cannot_be_swapped),
        TEST(a_chain_is_as_good_as_its_beginning),
        TEST(rings_are_refused),
        TEST(what_cannot_be_chained_is_not_signed),
        TEST(proofs_that_must_be_refused),
        TEST(things_that_are_no_proof),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
