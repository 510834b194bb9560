/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"
#include "vc/jwt.h"

#define KEY1 "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"
#define KID1 KEY1 "#z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"
#define CREDENTIAL                                                                                                \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/"          \
    "context-3.0.3.json\"],\"id\":\"urn:uuid:5c0e\",\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"]," \
    "\"issuer\":\"" KEY1 "\",\"validFrom\":\"2025-01-01T00:00:00Z\",\"name\":\"Soil\",\"credentialSubject\":{"    \
    "\"id\":\"urn:uuid:0d8b\",\"type\":[\"AchievementSubject\"],\"identifier\":[{\"type\":\"IdentityObject\","    \
    "\"identityHash\":\"a@b.example\",\"identityType\":\"emailAddress\",\"hashed\":false},{\"type\":"             \
    "\"IdentityObject\",\"identityHash\":\"1234\",\"identityType\":\"sourcedId\",\"hashed\":false}],"             \
    "\"achievement\":{\"id\":\"urn:uuid:b7f3\",\"type\":[\"Achievement\"],\"name\":\"Soil\",\"description\":"     \
    "\"Samples.\",\"criteria\":{\"narrative\":\"Five samples.\"}}}}"

/* Key n: 32 equal bytes. */
static cn_private_key private_key(int number) {
    cn_private_key k = {.kind = CN_KEY_ED25519, .n = 32};
    memset(k.bytes, number, k.n);
    return k;
}

/* Counts up, so that salts differ and tests do not. */
static bool count_up(void *self, uint8_t *out, size_t n) {
    uint8_t *next = self;
    for (size_t i = 0; i < n; i++) out[i] = (*next)++;
    return true;
}

static bool no_randomness(void *self, uint8_t *out, size_t n) {
    (void)self, (void)out, (void)n;
    return false;
}

static cn_public_key public_of(bench *b, const cn_private_key *key) {
    cn_public_key out;
    cn_err err;
    assert_true(cn_key_public(b->crypto, b->arena, key, &out, &err));
    return out;
}

static const cn_slice choices[] = {CN_S_INIT("/name"),
                                   CN_S_INIT("/credentialSubject/id"),
                                   CN_S_INIT("/credentialSubject/identifier/0"),
                                   CN_S_INIT("/credentialSubject/identifier/1/identityHash"),
                                   CN_S_INIT("/credentialSubject/identifier/1"),
                                   CN_S_INIT("/credentialSubject/achievement/criteria/narrative")};
enum { CHOICES = sizeof choices / sizeof choices[0] };

/* The credential with all choices, bound to key 2. */
static cn_slice issued(bench *b) {
    cn_private_key key = private_key(1), holder = private_key(2);
    cn_public_key public = public_of(b, &holder);
    uint8_t next = 0;
    cn_random random = {&next, count_up};
    cn_sd_jwt_options o = {.jose = {.crypto = b->crypto, .contexts = &b->contexts, .key = &key, .kid = CN_S(KID1)},
                           .random = &random,
                           .pointers = choices,
                           .pointers_n = CHOICES,
                           .holder = &public};
    cn_slice out;
    cn_err err;
    if (!cn_sd_jwt_issue(b->arena, bench_json(b->arena, CREDENTIAL), &o, &out, &err))
        fail_msg("%s: %s", err.id, err.detail);
    return out;
}

static cn_slice presented(bench *b, cn_slice text, const cn_slice *pointers, size_t n, int key_number,
                          const char *challenge) {
    cn_private_key key = private_key(key_number);
    cn_binding_options binding = {.key = &key,
                                  .challenge = cn_slice_of(challenge),
                                  .domain = CN_S("https://b.example"),
                                  .now = b->options.now};
    cn_slice out;
    cn_err err;
    if (!cn_sd_jwt_present(b->arena, b->crypto, text, pointers, n, key_number ? &binding : NULL, &out, &err))
        fail_msg("%s: %s", err.id, err.detail);
    return out;
}

static void all_is_shown(void **state) {
    bench *b = *state;
    cn_report r = bench_verify(b, issued(b));
    assert_int_equal(r.verdict, CN_VERIFIED);
    assert_true(cn_slice_eq(r.format, CN_S("sd-jwt")));
    assert_true(cn_slice_eq(r.proofs[0].suite, CN_S("sd-jwt EdDSA")));
    assert_int_equal(r.disclosed, CHOICES);
    assert_int_equal(r.withheld, 0);
    assert_string_equal(bench_step(&r, "read")->problem, "");
    /* Apart from the order of members it is what was issued. */
    assert_true(cn_json_equal(r.credential, bench_json(b->arena, CREDENTIAL)));
}

static void what_is_withheld_is_counted(void **state) {
    static const struct {
        cn_slice pointers[2];
        size_t n, disclosed, withheld;
        const char *there, *gone;
    } cases[] = {
        {{{0}}, 0, 0, 5, "/issuer", "/name"}, /* the hash lies in what is withheld: nobody sees its digest */
        {{CN_S_INIT("/name")}, 1, 1, 4, "/name", "/credentialSubject/id"},
        {{CN_S_INIT("/name"), CN_S_INIT("/credentialSubject/id")},
         2,
         2,
         3,
         "/credentialSubject/id",
         "/credentialSubject/identifier/0"},
        /* what lies in something that is withheld brings it along, and the other way round */
        {{CN_S_INIT("/credentialSubject/identifier/1/identityHash")},
         1,
         2,
         4,
         "/credentialSubject/identifier/0/identityHash",
         "/credentialSubject/identifier/1"},
        {{CN_S_INIT("/credentialSubject/identifier")},
         1,
         3,
         3,
         "/credentialSubject/identifier/1/identityHash",
         "/name"},
        {{CN_S_INIT("/credentialSubject")}, 1, 5, 1, "/credentialSubject/achievement/criteria/narrative", "/name"},
    };
    bench *b = *state;
    cn_slice whole = issued(b);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_report r = bench_verify(b, presented(b, whole, cases[i].pointers, cases[i].n, 0, ""));
        if (r.disclosed != cases[i].disclosed || r.withheld != cases[i].withheld)
            fail_msg("%zu: %zu disclosed, %zu withheld", i, r.disclosed, r.withheld);
        assert_int_equal(r.proof, CN_PASS);
        assert_string_equal(bench_step(&r, "read")->problem, "claims-withheld");
        assert_non_null(cn_json_point(r.credential, cn_slice_of(cases[i].there)));
        assert_null(cn_json_point(r.credential, cn_slice_of(cases[i].gone)));
    }
}

/* Withheld is not gone: nothing of it can be guessed from the token. */
static void what_is_withheld_is_not_in_the_token(void **state) {
    bench *b = *state;
    cn_slice token = presented(b, issued(b), &choices[0], 1, 0, ""), head, payload, rest;
    cn_slice bytes;
    cn_err err;
    (void)cn_slice_cut(token, '.', &head, &rest);
    (void)cn_slice_cut(rest, '.', &payload, &rest);
    assert_true(cn_base64_read(b->arena, CN_BASE64_URL, payload, &bytes, &err));
    assert_true(cn_slice_find(bytes, CN_S("a@b.example")) == SIZE_MAX);
    assert_true(cn_slice_find(bytes, CN_S("1234")) == SIZE_MAX);
    assert_true(cn_slice_find(bytes, CN_S("\"_sd_alg\":\"sha-256\"")) != SIZE_MAX);
}

static void what_cannot_be_withheld_is_refused(void **state) {
    static const struct {
        const char *pointer, *document, *id;
    } cases[] = {
        {"/issuer", CREDENTIAL, "sd-jwt.pointer"},
        {"/type/0", CREDENTIAL, "sd-jwt.pointer"},
        {"/@context", CREDENTIAL, "sd-jwt.pointer"},
        {"/validFrom", CREDENTIAL, "sd-jwt.pointer"},
        {"/credentialSubject", CREDENTIAL, "sd-jwt.pointer"},
        {"/nothing", CREDENTIAL, "sd-jwt.pointer"},
        {"", CREDENTIAL, "sd-jwt.pointer"},
        {"name", CREDENTIAL, "sd-jwt.pointer"},
        {"/credentialSubject/identifier/00", CREDENTIAL, "sd-jwt.pointer"},
        {"/name", "{\"name\":\"x\",\"_sd\":[]}", "sd-jwt.name"},
        {"/name", "{\"name\":\"x\",\"a\":[{\"...\":1}]}", "sd-jwt.name"},
        {"/name", "{\"name\":\"x\",\"vc\":{}}", "sign.document"},
        {"/name", "[]", "sign.document"},
    };
    bench *b = *state;
    cn_private_key key = private_key(1);
    uint8_t next = 0;
    cn_random random = {&next, count_up}, none = {NULL, no_randomness};
    cn_slice out, name = CN_S("/name");
    cn_err err;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_slice pointer = cn_slice_of(cases[i].pointer);
        cn_sd_jwt_options o = {
            .jose = {.crypto = b->crypto, .key = &key}, .random = &random, .pointers = &pointer, .pointers_n = 1};
        assert_false(cn_sd_jwt_issue(b->arena, bench_json(b->arena, cases[i].document), &o, &out, &err));
        if (strcmp(err.id, cases[i].id) != 0) fail_msg("%s: %s", cases[i].pointer, err.id);
    }
    cn_sd_jwt_options o = {
        .jose = {.crypto = b->crypto, .key = &key}, .random = &none, .pointers = &name, .pointers_n = 1};
    assert_false(cn_sd_jwt_issue(b->arena, bench_json(b->arena, CREDENTIAL), &o, &out, &err));
    assert_string_equal(err.id, "crypto.random");
    /* a term that means nothing is not signed */
    o.jose.contexts = &b->contexts;
    o.random = &random;
    assert_false(cn_sd_jwt_issue(
        b->arena,
        bench_json(b->arena, "{\"@context\":\"https://www.w3.org/ns/credentials/v2\",\"name\":\"x\","
                             "\"credentialSubject\":{\"undefinedTerm\":1}}"),
        &o, &out, &err));
    assert_true(!strncmp(err.id, "jsonld.", 7));
}

/* ---- What is damaged, by hand ---- */

static cn_slice encoded(bench *b, const char *text) {
    cn_buf t = cn_buf_on(b->arena, 0);
    cn_base64_write(&t, CN_BASE64_URL, cn_slice_of(text));
    return cn_buf_slice(&t);
}

static cn_slice digest_of(bench *b, const char *disclosure, cn_hash hash) {
    cn_slice out;
    assert_true(cn_sd_jwt_digest(b->crypto, b->arena, hash, encoded(b, disclosure), &out));
    return out;
}

/* A payload in which %1 and %2 stand for the digests of the first two disclosures. */
static cn_slice with_digests(bench *b, const char *text, const char *const disclosures[3], cn_hash hash) {
    cn_buf out = cn_buf_on(b->arena, 0);
    for (; *text; text++) {
        bool digest = text[0] == '%' && text[1] >= '1' && text[1] <= '3';
        if (digest) cn_buf_add(&out, digest_of(b, disclosures[text[1] - '1'], hash));
        else cn_buf_byte(&out, *text);
        text += digest;
    }
    return cn_buf_slice(&out);
}

static void damaged_ones_are_refused(void **state) {
    static const struct {
        const char *payload, *disclosures[3], *id; /* the error's id, or what comes out */
        cn_hash hash;
    } cases[] = {
        {"{\"a\":1,\"_sd\":[\"%1\"]}", {"[\"s\",\"b\",2]"}, "{\"a\":1,\"b\":2}", CN_SHA256},
        {"{\"_sd\":[\"%1\"],\"_sd_alg\":\"sha-384\"}", {"[\"s\",\"b\",2]"}, "{\"b\":2}", CN_SHA384},
        {"{\"_sd\":[\"%1\"],\"_sd_alg\":\"sha-512\"}", {"[\"s\",\"b\",2]"}, "{\"b\":2}", CN_SHA512},
        {"{\"a\":[1,{\"...\":\"%1\"},{\"...\":\"x\"},2]}",
         {"[\"s\",{\"c\":3}]"},
         "{\"a\":[1,{\"c\":3},2]}",
         CN_SHA256},
        {"{\"_sd\":[\"%1\",\"decoy\"]}", {"[\"s\",\"b\",{\"x\":1}]"}, "{\"b\":{\"x\":1}}", CN_SHA256},
        {"{\"_sd\":[]}", {0}, "{}", CN_SHA256},
        {"88", {0}, "sd-jwt.payload", CN_SHA256},
        {"[]", {"[\"s\",1]"}, "sd-jwt.payload", CN_SHA256},
        {"{\"_sd\":[\"%1\"],\"_sd_alg\":\"md5\"}", {"[\"s\",\"b\",2]"}, "sd-jwt.hash", CN_SHA256},
        {"{\"_sd\":[\"%1\"],\"_sd_alg\":1}", {"[\"s\",\"b\",2]"}, "sd-jwt.hash", CN_SHA256},
        {"{\"_sd\":[\"%1\"],\"_sd_alg\":\"sha-512\"}", {"[\"s\",\"b\",2]"}, "sd-jwt.unused", CN_SHA256},
        {"{\"a\":1}", {"[\"s\",\"b\",2]"}, "sd-jwt.unused", CN_SHA256},
        {"{\"a\":1,\"_sd\":[\"%1\"]}", {"[\"s\",\"a\",2]"}, "sd-jwt.name", CN_SHA256},
        {"{\"_sd\":[\"%1\",\"%2\"]}", {"[\"s\",\"a\",1]", "[\"t\",\"a\",2]"}, "sd-jwt.name", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\",\"_sd\",[]]"}, "sd-jwt.name", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\",\"...\",1]"}, "sd-jwt.name", CN_SHA256},
        {"{\"...\":\"%1\"}", {"[\"s\",1]"}, "sd-jwt.name", CN_SHA256},
        {"{\"a\":[{\"...\":\"%1\",\"b\":1}]}", {"[\"s\",1]"}, "sd-jwt.name", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\",1]"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"a\":[{\"...\":\"%1\"}]}", {"[\"s\",\"a\",1]"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\",\"b\",2]", "[\"s\",\"b\",2]"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"_sd\":[\"%1\",\"%1\"]}", {"[\"s\",\"b\",2]"}, "sd-jwt.digest", CN_SHA256},
        {"{\"_sd\":[\"%1\"],\"a\":{\"_sd\":[\"%1\"]}}", {"[\"s\",\"b\",2]"}, "sd-jwt.digest", CN_SHA256},
        {"{\"_sd\":[\"x\",\"x\"]}", {0}, "sd-jwt.digest", CN_SHA256},
        {"{\"_sd\":\"%1\"}", {"[\"s\",\"b\",2]"}, "sd-jwt.digest", CN_SHA256},
        {"{\"_sd\":[1]}", {0}, "sd-jwt.digest", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\",\"b\",2"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\",\"b\",2,3]"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\"]"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[1,\"b\",2]"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\",1,2]"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"{\"a\":1,\"b\":2}"}, "sd-jwt.disclosure", CN_SHA256},
        {"{\"_sd\":[\"%1\"]}", {"[\"s\",\"b\",{\"x\":1,\"x\":2}]"}, "sd-jwt.disclosure", CN_SHA256},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_buf text = cn_buf_on(b->arena, 0);
        cn_buf_add(&text, CN_S("e30.e30.~"));
        for (size_t k = 0; k < 3 && cases[i].disclosures[k]; k++) {
            cn_buf_add(&text, encoded(b, cases[i].disclosures[k]));
            cn_buf_byte(&text, '~');
        }
        cn_slice payload = with_digests(b, cases[i].payload, cases[i].disclosures, cases[i].hash);
        const cn_json *json, *out = NULL;
        size_t withheld;
        cn_sd_jwt s;
        cn_err err = {.id = "read"};
        assert_true(cn_json_read(b->arena, payload, NULL, &json, &err));
        bool good = cn_sd_jwt_read(b->arena, cn_buf_slice(&text), &s, &err) &&
                    cn_sd_jwt_reveal(b->crypto, b->arena, &s, json, &out, &withheld, &err);
        if (cases[i].id[0] == '{') {
            if (!good) fail_msg("%s: %s", cases[i].payload, err.id);
            if (!cn_json_equal(out, bench_json(b->arena, cases[i].id))) fail_msg("%s: another", cases[i].payload);
        } else if (good || strcmp(err.id, cases[i].id) != 0) {
            fail_msg("%s: %s", cases[i].payload, good ? "read" : err.id);
        }
    }
}

static void disclosures_within_disclosures_have_a_depth(void **state) {
    bench *b = *state;
    enum { DEEP = 140 };
    cn_slice texts[DEEP], inner = CN_S("1");
    cn_buf token = cn_buf_on(b->arena, 0);
    cn_sd_jwt s;
    cn_err err;
    const cn_json *payload, *out;
    size_t withheld;
    cn_buf_add(&token, CN_S("e30.e30.~"));
    for (int i = 0; i < DEEP; i++) {
        cn_slice json, digest;
        assert_true(cn_arena_print(b->arena, &json, "[\"s%d\",\"a\",%.*s]", i, CN_ARG(inner)));
        texts[i] = encoded(b, json.p);
        cn_buf_add(&token, texts[i]);
        cn_buf_byte(&token, '~');
        assert_true(cn_sd_jwt_digest(b->crypto, b->arena, CN_SHA256, texts[i], &digest));
        assert_true(cn_arena_print(b->arena, &inner, "{\"_sd\":[\"%.*s\"]}", CN_ARG(digest)));
    }
    assert_true(cn_json_read(b->arena, inner, NULL, &payload, &err));
    assert_true(cn_sd_jwt_read(b->arena, cn_buf_slice(&token), &s, &err));
    assert_false(cn_sd_jwt_reveal(b->crypto, b->arena, &s, payload, &out, &withheld, &err));
    assert_string_equal(err.id, "sd-jwt.depth");
}

static void so_many_disclosures_and_no_more(void **state) {
    bench *b = *state;
    cn_buf token = cn_buf_on(b->arena, 0);
    cn_sd_jwt s;
    cn_err err;
    cn_buf_add(&token, CN_S("e30.e30.~"));
    for (int i = 0; i <= CN_DISCLOSURES_MAX; i++) cn_buf_add(&token, CN_S("WyJzIiwxXQ~"));
    assert_false(cn_sd_jwt_read(b->arena, cn_buf_slice(&token), &s, &err));
    assert_string_equal(err.id, "sd-jwt.disclosures");
    assert_false(cn_sd_jwt_read(b->arena, CN_S("e30.e30."), &s, &err));
    assert_string_equal(err.id, "sd-jwt.parts");
    cn_report r = bench_verify(b, CN_S("eyJh.a.~WyJzIiwxXQ~!~"));
    assert_string_equal(bench_step(&r, "read")->problem, "sd-jwt-malformed");
    assert_true(cn_slice_eq(bench_step(&r, "read")->where, CN_S("disclosure 2")));
}

/* ---- The holder ---- */

static void the_holder_binds_what_they_show(void **state) {
    static const struct {
        const char *asked, *domain; /* NULL: nobody asked */
        int key;
        const char *problem;
        cn_outcome outcome;
    } cases[] = {
        {"c1", "https://b.example", 2, "", CN_PASS},
        {"c1", "", 2, "", CN_PASS},
        {"", "https://b.example", 2, "holder-not-asked", CN_PASS},
        {NULL, NULL, 2, "holder-not-asked", CN_PASS},
        {"c2", "https://b.example", 2, "challenge-mismatch", CN_FAIL},
        {"c1", "https://c.example", 2, "domain-mismatch", CN_FAIL},
        {"c1", "", 3, "holder-signature", CN_FAIL},
        {"c1", "", 0, "holder-missing", CN_FAIL},
    };
    bench *b = *state;
    cn_slice whole = issued(b);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_asked asked = {cn_slice_of(cases[i].asked), cn_slice_of(cases[i].domain)};
        b->options.asked = cases[i].asked ? &asked : NULL;
        cn_report r = bench_verify(b, presented(b, whole, &choices[1], 1, cases[i].key, "c1"));
        const cn_step *s = bench_step(&r, "holder");
        if (strcmp(s->problem, cases[i].problem) != 0 || s->outcome != cases[i].outcome)
            fail_msg("%zu: %s %.*s", i, s->problem, CN_ARG(s->detail));
        assert_int_equal(r.verdict, cases[i].outcome == CN_PASS ? CN_VERIFIED : CN_NOT_VERIFIED);
    }
    b->options.asked = NULL;
}

/* A binding made for less is none for more. */
static void a_binding_is_for_what_is_shown(void **state) {
    bench *b = *state;
    cn_slice whole = issued(b), less = presented(b, whole, &choices[0], 1, 2, "c1");
    cn_slice more = presented(b, whole, choices, 2, 0, "");
    size_t last = less.n;
    while (less.p[last - 1] != '~') last--;
    cn_slice token;
    assert_true(cn_arena_print(b->arena, &token, "%.*s%.*s", CN_ARG(more), CN_ARG(cn_slice_from(less, last))));
    cn_report r = bench_verify(b, token);
    assert_string_equal(bench_step(&r, "holder")->problem, "holder-signature");
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    /* nor is a text that is no binding */
    assert_true(cn_arena_print(b->arena, &token, "%.*sabc", CN_ARG(more)));
    r = bench_verify(b, token);
    assert_string_equal(bench_step(&r, "holder")->problem, "holder-malformed");
}

static void nothing_is_disclosed_that_is_not_there(void **state) {
    bench *b = *state;
    cn_slice whole = issued(b), nowhere = CN_S("/issuer"), out;
    cn_err err;
    assert_false(cn_sd_jwt_present(b->arena, b->crypto, whole, &nowhere, 1, NULL, &out, &err));
    assert_string_equal(err.id, "sd-jwt.pointer");
}

static void every_algorithm_signs(void **state) {
    static const struct {
        cn_key_kind kind;
        size_t n;
        const char *suite;
    } rows[] = {{CN_KEY_ED25519, 32, "vc-jwt EdDSA"},
                {CN_KEY_P256, 32, "vc-jwt ES256"},
                {CN_KEY_P384, 48, "vc-jwt ES384"},
                {CN_KEY_P521, 66, "vc-jwt ES512"}};
    bench *b = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_private_key key = {.kind = rows[i].kind, .n = rows[i].n};
        memset(key.bytes + 1, 3, key.n - 1);
        cn_public_key public = public_of(b, &key);
        cn_buf jwk = cn_buf_on(b->arena, 0), did = cn_buf_on(b->arena, 0);
        cn_slice kid, token;
        cn_err err;
        assert_true(cn_jwk_write(&jwk, &public, &err));
        cn_buf_add(&did, CN_S("did:jwk:"));
        cn_base64_write(&did, CN_BASE64_URL, cn_buf_slice(&jwk));
        assert_true(cn_arena_print(b->arena, &kid, "%.*s#0", CN_ARG(cn_buf_slice(&did))));
        cn_json *document = cn_json_copy_shallow(b->arena, bench_json(b->arena, CREDENTIAL));
        assert_true(cn_json_set(b->arena, document, CN_S("issuer"), cn_json_string(b->arena, cn_buf_slice(&did))));
        cn_jose_options o = {
            .crypto = b->crypto, .contexts = &b->contexts, .key = &key, .kid = kid, .issued = &b->options.now};
        if (!cn_jose_sign(b->arena, document, &o, &token, &err)) fail_msg("%s", err.detail);
        cn_report r = bench_verify(b, token);
        if (r.verdict != CN_VERIFIED) fail_msg("%s: %s", rows[i].suite, cn_verdict_name(r.verdict));
        assert_true(cn_slice_eq(r.proofs[0].suite, cn_slice_of(rows[i].suite)));
        assert_true(cn_slice_eq(r.controller, cn_buf_slice(&did)));
        assert_true(cn_json_equal(r.credential, document));
    }
    cn_private_key rsa = {.kind = CN_KEY_RSA};
    cn_jose_options o = {.crypto = b->crypto, .key = &rsa};
    cn_slice token;
    cn_err err;
    assert_false(cn_jose_sign(b->arena, bench_json(b->arena, CREDENTIAL), &o, &token, &err));
    assert_string_equal(err.id, "sign.suite");
}

static void no_memory_is_a_limit(void **state) {
    bench *b = *state;
    cn_slice token = presented(b, issued(b), choices, 3, 2, "c1");
    cn_asked asked = {CN_S("c1"), CN_S("https://b.example")};
    size_t n = 1;
    b->options.asked = &asked;
    for (bool done = false; !done; n += 1 + n / 64) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_report r;
        cn_err err;
        cn_arena_fail_after(a, n);
        done = cn_verify(a, token, &b->options, &r, &err);
        if (done) assert_int_equal(r.verdict, CN_VERIFIED);
        else assert_string_equal(err.id, "memory.limit");
    }
    b->options.asked = NULL;
    n = 1;
    for (bool done = false; !done; n++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_private_key key = private_key(1);
        uint8_t next = 0;
        cn_random random = {&next, count_up};
        cn_sd_jwt_options o = {.jose = {.crypto = b->crypto, .key = &key, .kid = CN_S(KID1)},
                               .random = &random,
                               .pointers = choices,
                               .pointers_n = CHOICES};
        cn_slice whole, out;
        cn_err err;
        const cn_json *document = bench_json(b->arena, CREDENTIAL);
        cn_arena_fail_after(a, n);
        done = cn_sd_jwt_issue(a, document, &o, &whole, &err) &&
               cn_sd_jwt_present(a, b->crypto, whole, choices, 1, NULL, &out, &err);
        if (!done) assert_string_equal(err.id, "memory.limit");
    }
    assert_true(n > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_is_shown, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_withheld_is_counted, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_is_withheld_is_not_in_the_token, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_cannot_be_withheld_is_refused, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(damaged_ones_are_refused, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(disclosures_within_disclosures_have_a_depth, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(so_many_disclosures_and_no_more, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(the_holder_binds_what_they_show, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_binding_is_for_what_is_shown, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(nothing_is_disclosed_that_is_not_there, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(every_algorithm_signs, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(no_memory_is_a_limit, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
