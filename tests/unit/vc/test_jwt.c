/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/internal.h"

/* Key n: 32 equal bytes, as in make_fixtures.c; signatures by Ed25519 are deterministic. */
#define KEY1 "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"
#define KID1 "\"kid\":\"" KEY1 "#z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX\""
#define HEADER "{\"alg\":\"EdDSA\",\"typ\":\"JWT\"," KID1 "}"
#define HEADER_OF(rest) "{\"alg\":\"EdDSA\"," KID1 "," rest "}"
#define SUBJECT                                                                                                   \
    "\"credentialSubject\":{\"id\":\"urn:uuid:0d8b\",\"type\":[\"AchievementSubject\"],\"achievement\":{\"id\":"  \
    "\"urn:uuid:b7f3\",\"type\":[\"Achievement\"],\"name\":\"Soil\",\"description\":\"Samples.\",\"criteria\":{"  \
    "\"narrative\":\"Five samples.\"}}}"
#define CONTEXTS_2                                                                                                \
    "\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://purl.imsglobal.org/spec/ob/v3p0/"           \
    "context-3.0.3.json\"]"
#define CONTEXTS_1 "\"@context\":[\"https://www.w3.org/2018/credentials/v1\"]"
#define TYPES "\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"]"
#define BARE_BY(issuer, more)                                                                                     \
    "{" CONTEXTS_2 ",\"id\":\"urn:uuid:5c0e\"," TYPES ",\"issuer\":\"" issuer                                     \
    "\",\"validFrom\":\"2025-01-01T00:00:00Z\"," SUBJECT more "}"
#define BARE(more) BARE_BY(KEY1, more)
#define VC_1(more)                                                                                                \
    "{\"vc\":{" CONTEXTS_1                                                                                        \
    ",\"type\":[\"VerifiableCredential\"],\"credentialSubject\":{\"id\":\"urn:uuid:0d8b\"}" more
#define IN_1 "},\"iss\":\"" KEY1 "\",\"jti\":\"urn:uuid:5c0e\",\"sub\":\"urn:uuid:0d8b\",\"nbf\":1735689600"
#define VC_2(more)                                                                                                \
    "{\"vc\":{" CONTEXTS_2 ",\"id\":\"urn:uuid:5c0e\"," TYPES ",\"issuer\":\"" KEY1 "\"," SUBJECT more "}"

static cn_private_key private_key(int number) {
    cn_private_key k = {.kind = CN_KEY_ED25519, .n = 32};
    memset(k.bytes, number, k.n);
    return k;
}

static void part(cn_buf *b, cn_slice bytes) {
    if (b->n) cn_buf_byte(b, '.');
    cn_base64_write(b, CN_BASE64_URL, bytes);
}

static cn_slice signed_by(bench *b, int key_number, const char *header, const char *payload) {
    cn_private_key key = private_key(key_number);
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_slice signature;
    cn_err err;
    part(&text, cn_slice_of(header));
    part(&text, cn_slice_of(payload));
    assert_true(cn_sign(b->crypto, b->arena, &key, CN_SHA512, cn_buf_slice(&text), &signature, &err));
    part(&text, signature);
    return cn_buf_slice(&text);
}

/* A header and a payload, signed with key 1, and what they must come to. */
typedef struct expected {
    const char *name, *header, *payload;
    cn_verdict verdict;
    cn_outcome proof;
    const char *step;
    cn_outcome outcome;
    const char *problem, *where;
} expected;

#define GOOD CN_VERIFIED, CN_PASS
#define BAD CN_NOT_VERIFIED, CN_PASS
#define UNSIGNED CN_NOT_VERIFIED, CN_FAIL
#define OPEN CN_VERDICT_UNKNOWN, CN_UNKNOWN

static const expected cases[] = {
    {"2.0", HEADER, BARE(""), GOOD, "proof", CN_PASS, "", ""},
    {"2.0, all claims", HEADER,
     BARE(",\"iss\":\"" KEY1 "\",\"jti\":\"urn:uuid:5c0e\",\"sub\":\"urn:uuid:0d8b\",\"nbf\":1735689600,\"iat\":"
          "1735689600,\"aud\":\"x\""),
     GOOD, "context", CN_PASS, "", ""},
    {"1.1", HEADER, VC_1("") IN_1 "}", GOOD, "model", CN_PASS, "", ""},
    {"2.0 in a claim vc", HEADER, VC_2("") ",\"nbf\":1735689600}", GOOD, "model", CN_PASS, "", ""},
    {"vc+jwt", HEADER_OF("\"typ\":\"vc+jwt\""), BARE(""), GOOD, "proof", CN_PASS, "", ""},
    {"vc+ld+jwt", HEADER_OF("\"typ\":\"application/VC+LD+JWT\""), BARE(""), GOOD, "proof", CN_PASS, "", ""},
    {"a presentation's typ", HEADER_OF("\"typ\":\"vp+jwt\""), BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-typ",
     "header/typ"},
    {"an SD-JWT's typ", HEADER_OF("\"typ\":\"vc+sd-jwt\""), BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-typ",
     "header/typ"},
    {"vc+jwt with a claim vc", HEADER_OF("\"typ\":\"vc+jwt\""), VC_2("") "}", UNSIGNED, "read", CN_FAIL,
     "jwt-vc-claim", "payload"},
    {"another typ", HEADER_OF("\"typ\":\"at+jwt\""), BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-typ",
     "header/typ"},
    {"typ no text", HEADER_OF("\"typ\":1"), BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-typ", "header/typ"},
    /* Algorithms */
    {"none", "{\"alg\":\"none\"," KID1 "}", BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-alg-none", "header/alg"},
    {"nOnE", "{\"alg\":\"nOnE\"," KID1 "}", BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-alg-none", "header/alg"},
    {"no alg", "{" KID1 "}", BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-alg-missing", "header/alg"},
    {"alg a list", "{\"alg\":[\"EdDSA\"]," KID1 "}", BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-alg-missing",
     "header/alg"},
    {"PS256", "{\"alg\":\"PS256\"," KID1 "}", BARE(""), OPEN, "proof", CN_UNKNOWN, "jwt-alg-unsupported",
     "header/alg"},
    {"HS512", "{\"alg\":\"HS512\"," KID1 "}", BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-alg-symmetric",
     "header/alg"},
    {"wrong kind of key", "{\"alg\":\"RS256\"," KID1 "}", BARE(""), UNSIGNED, "proof", CN_FAIL, "key-wrong-kind",
     "header/alg"},
    {"another curve", "{\"alg\":\"ES256\"," KID1 "}", BARE(""), UNSIGNED, "proof", CN_FAIL, "key-wrong-kind",
     "header/alg"},
    {"crit", HEADER_OF("\"crit\":[\"b64\"],\"b64\":false"), BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-crit",
     "header/crit"},
    {"crit empty", HEADER_OF("\"crit\":[]"), BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-crit", "header/crit"},
    {"b64", HEADER_OF("\"b64\":false"), BARE(""), UNSIGNED, "proof", CN_FAIL, "jwt-b64", "header/b64"},
    {"b64 true", HEADER_OF("\"b64\":true"), BARE(""), GOOD, "proof", CN_PASS, "", ""},
    /* Keys */
    {"jku", "{\"alg\":\"EdDSA\",\"jku\":\"https://evil.example/keys\"}", BARE(""), OPEN, "proof", CN_UNKNOWN,
     "jwt-key-elsewhere", "signature"},
    {"x5c", "{\"alg\":\"EdDSA\",\"x5c\":[\"MIIB\"]}", BARE(""), OPEN, "proof", CN_UNKNOWN, "jwt-key-elsewhere",
     "signature"},
    {"x5u", "{\"alg\":\"EdDSA\",\"x5u\":\"https://evil.example/c\"}", BARE(""), OPEN, "proof", CN_UNKNOWN,
     "jwt-key-elsewhere", "signature"},
    {"jku beside a kid", HEADER_OF("\"jku\":\"https://evil.example/keys\""), BARE(""), GOOD, "proof", CN_PASS, "",
     ""},
    {"no key", "{\"alg\":\"EdDSA\"}", BARE(""), OPEN, "proof", CN_UNKNOWN, "verification-method-unresolvable",
     "header/kid"},
    {"kid by fragment", "{\"alg\":\"EdDSA\",\"kid\":\"#z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX\"}",
     BARE(""), GOOD, "issuer", CN_PASS, "", ""},
    {"kid by name", "{\"alg\":\"EdDSA\",\"kid\":\"z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX\"}",
     VC_1("") IN_1 "}", GOOD, "issuer", CN_PASS, "", ""},
    {"kid of nobody's", "{\"alg\":\"EdDSA\",\"kid\":\"1\"}", BARE(""), UNSIGNED, "proof", CN_FAIL,
     "verification-method-not-found", "header/kid"},
    {"kid elsewhere", "{\"alg\":\"EdDSA\",\"kid\":\"did:web:nowhere.example#1\"}", BARE(""), OPEN, "proof",
     CN_UNKNOWN, "verification-method-unresolvable", "header/kid"},
    {"another's name", HEADER, BARE_BY("did:web:college.example", ""), BAD, "issuer", CN_FAIL,
     "issuer-key-mismatch", "/issuer"},
    /* Claims */
    {"exp past", HEADER, BARE(",\"exp\":1767225600"), BAD, "validity", CN_FAIL, "expired", "payload/exp"},
    {"exp past, 1.1", HEADER, VC_1("") IN_1 ",\"exp\":1767225600}", BAD, "validity", CN_FAIL, "expired",
     "/expirationDate"},
    {"exp past, 2.0 in vc", HEADER, VC_2("") ",\"exp\":1767225600}", BAD, "validity", CN_FAIL, "expired",
     "/validUntil"},
    {"exp now", HEADER, BARE(",\"exp\":1780272000"), BAD, "validity", CN_FAIL, "expired", "payload/exp"},
    {"exp next", HEADER, BARE(",\"exp\":1780272000.5"), GOOD, "validity", CN_PASS, "", ""},
    {"nbf future", HEADER, BARE(",\"nbf\":2000000000"), BAD, "validity", CN_FAIL, "not-yet-valid", "payload/nbf"},
    {"nbf now", HEADER, BARE(",\"nbf\":1780272000"), GOOD, "model", CN_PASS, "jwt-nbf-mismatch", "payload/nbf"},
    {"exp beside validUntil", HEADER, BARE(",\"validUntil\":\"2030-01-01T00:00:00Z\",\"exp\":1800000000"), GOOD,
     "model", CN_PASS, "jwt-exp-mismatch", "payload/exp"},
    {"nbf other, 1.1", HEADER, VC_1(",\"issuanceDate\":\"2024-01-01T00:00:00Z\"") IN_1 "}", BAD, "model", CN_FAIL,
     "jwt-nbf-mismatch", "payload/nbf"},
    {"nbf same, 1.1", HEADER, VC_1(",\"issuanceDate\":\"2025-01-01T01:00:00.25+01:00\"") IN_1 "}", GOOD, "model",
     CN_PASS, "", ""},
    {"exp other, 1.1", HEADER, VC_1(",\"expirationDate\":\"2031-01-01T00:00:00Z\"") IN_1 ",\"exp\":1800000000}",
     BAD, "model", CN_FAIL, "jwt-exp-mismatch", "payload/exp"},
    {"iss other", HEADER, BARE(",\"iss\":\"did:web:college.example\""), BAD, "model", CN_FAIL, "jwt-iss-mismatch",
     "payload/iss"},
    {"iss other, 1.1", HEADER, VC_1(",\"issuer\":{\"id\":\"did:web:college.example\"}") IN_1 "}", BAD, "model",
     CN_FAIL, "jwt-iss-mismatch", "payload/iss"},
    {"iss for an issuer without id", HEADER, VC_1(",\"issuer\":{\"name\":\"College\"}") IN_1 "}", GOOD, "model",
     CN_PASS, "", ""},
    {"jti other", HEADER, BARE(",\"jti\":\"urn:uuid:0000\""), BAD, "model", CN_FAIL, "jwt-jti-mismatch",
     "payload/jti"},
    {"jti other, 1.1", HEADER, VC_1(",\"id\":\"urn:uuid:0000\"") IN_1 "}", BAD, "model", CN_FAIL,
     "jwt-jti-mismatch", "payload/jti"},
    {"sub other", HEADER, BARE(",\"sub\":\"urn:uuid:0000\""), BAD, "model", CN_FAIL, "jwt-sub-mismatch",
     "payload/sub"},
    {"exp as text", HEADER, BARE(",\"exp\":\"2031\""), BAD, "model", CN_FAIL, "jwt-claim-invalid", "payload/exp"},
    {"exp beyond time", HEADER, BARE(",\"exp\":1e300"), BAD, "model", CN_FAIL, "jwt-claim-invalid", "payload/exp"},
    {"nbf before 1970", HEADER, BARE(",\"nbf\":-1"), BAD, "model", CN_FAIL, "jwt-claim-invalid", "payload/nbf"},
    {"iss a number", HEADER, BARE(",\"iss\":1"), BAD, "model", CN_FAIL, "jwt-claim-invalid", "payload/iss"},
    /* Meaning: the signature covers the bytes. */
    {"term without meaning", HEADER,
     "{" CONTEXTS_1 ",\"id\":\"urn:uuid:5c0e\",\"type\":[\"VerifiableCredential\"],\"issuer\":\"" KEY1
     "\",\"issuanceDate\":\"2025-01-01T00:00:00Z\",\"credentialSubject\":{\"id\":\"urn:uuid:0d8b\",\"grade\":1}}",
     GOOD, "context", CN_PASS, "data-loss", NULL},
    {"context nobody has", HEADER,
     "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\",\"https://nowhere.example/x\"],"
     "\"type\":[\"VerifiableCredential\"],\"issuer\":\"" KEY1
     "\",\"credentialSubject\":{\"id\":\"urn:uuid:0d8b\"}}",
     GOOD, "context", CN_PASS, "context-unavailable", "/@context/1"},
    /* A bad proof inside counts. */
    {"proof inside", HEADER, BARE(",\"proof\":{\"type\":\"DataIntegrityProof\"}"), UNSIGNED, "proof", CN_FAIL,
     "proof-malformed", NULL},
    /* Payloads */
    {"payload no JSON", HEADER, "hello", UNSIGNED, "read", CN_FAIL, "not-json", NULL},
    {"payload a list", HEADER, "[]", UNSIGNED, "read", CN_FAIL, "not-a-credential", NULL},
    {"payload twice", HEADER, BARE(",\"id\":\"urn:uuid:0000\""), UNSIGNED, "read", CN_FAIL, "duplicate-key", NULL},
    {"vc no object", HEADER, "{\"vc\":1}", UNSIGNED, "read", CN_FAIL, "not-a-credential", "payload"},
    {"vc is a JWT", HEADER, "{\"vc\":\"eyJhbGciOiJub25lIn0.e30.\"}", UNSIGNED, "read", CN_FAIL, "jwt-nested",
     "payload"},
    {"enveloped", HEADER, "{\"type\":\"EnvelopedVerifiableCredential\"}", UNSIGNED, "read", CN_FAIL, "jwt-nested",
     "payload"},
    {"presentation", HEADER, "{\"vp\":{}}", UNSIGNED, "read", CN_FAIL, "jwt-presentation", "payload"},
    {"two credentials", HEADER, BARE(",\"vc\":{}"), UNSIGNED, "read", CN_FAIL, "jwt-two-credentials", "payload"},
    /* Headers */
    {"header twice", "{\"alg\":\"none\"," KID1 ",\"alg\":\"EdDSA\"}", BARE(""), UNSIGNED, "read", CN_FAIL,
     "jwt-header-duplicate-key", "header"},
};

static void expect(bench *b, cn_slice input, const expected *e) {
    cn_report r = bench_verify(b, input);
    const cn_step *s = bench_step(&r, e->step);
    bool same = r.verdict == e->verdict && r.proof == e->proof && s->outcome == e->outcome &&
                !strcmp(s->problem, e->problem) && (!e->where || cn_slice_eq(s->where, cn_slice_of(e->where)));
    if (!same)
        fail_msg("%s: verdict %s, proof %s, step %s: %s \"%s\" at \"%.*s\": %.*s", e->name,
                 cn_verdict_name(r.verdict), cn_outcome_name(r.proof), s->id, cn_outcome_name(s->outcome),
                 s->problem, CN_ARG(s->where), CN_ARG(s->detail));
    assert_true(cn_slice_eq(r.format, CN_S("jwt")));
    if (s->outcome != CN_PASS || *s->problem) assert_true(s->detail.n > 20);
}

static void every_jwt_comes_to_what_it_must(void **state) {
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect(b, signed_by(b, 1, cases[i].header, cases[i].payload), &cases[i]);
}

static cn_slice replaced(bench *b, cn_slice text, size_t at, char by) {
    cn_slice out;
    assert_true(at < text.n && cn_arena_copy(b->arena, text, &out));
    cn_buf copy = cn_buf_on(b->arena, 0);
    cn_buf_add(&copy, out);
    copy.p[at] = by;
    return cn_buf_slice(&copy);
}

static const char *problem_of(bench *b, cn_slice input, const char *step) {
    cn_report r = bench_verify(b, input);
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_int_equal(r.proof, CN_FAIL);
    return bench_step(&r, step)->problem;
}

static void what_was_changed_is_seen(void **state) {
    bench *b = *state;
    cn_slice good = signed_by(b, 1, HEADER, BARE("")), head, rest, payload, signature;
    assert_int_equal(bench_verify(b, good).verdict, CN_VERIFIED);
    assert_true(cn_slice_cut(good, '.', &head, &rest) && cn_slice_cut(rest, '.', &payload, &signature));
    /* Another payload, another header, another's signature. */
    cn_buf text = cn_buf_on(b->arena, 0);
    part(&text, CN_S(HEADER));
    part(&text, CN_S(BARE(",\"name\":\"Other\"")));
    cn_buf_byte(&text, '.');
    cn_buf_add(&text, signature);
    assert_string_equal(problem_of(b, cn_buf_slice(&text), "proof"), "invalid-signature");
    cn_buf_clear(&text);
    part(&text, CN_S(HEADER_OF("\"typ\":\"vc+jwt\"")));
    cn_buf_byte(&text, '.');
    cn_buf_add(&text, rest);
    assert_string_equal(problem_of(b, cn_buf_slice(&text), "proof"), "invalid-signature");
    assert_string_equal(problem_of(b, signed_by(b, 2, HEADER, BARE("")), "proof"), "invalid-signature");
    /* The signature's first letter, and no signature at all. */
    cn_slice other = replaced(b, good, good.n - signature.n, signature.p[0] == 'A' ? 'B' : 'A');
    assert_string_equal(problem_of(b, other, "proof"), "invalid-signature");
    assert_string_equal(problem_of(b, cn_slice_sub(good, 0, good.n - signature.n), "proof"), "invalid-signature");
    /* Letters that are none, dots that are missing. */
    assert_string_equal(problem_of(b, replaced(b, good, head.n + 3, '!'), "read"), "jwt-base64");
    assert_string_equal(problem_of(b, replaced(b, good, good.n - 1, '='), "read"), "jwt-base64");
    assert_string_equal(problem_of(b, head, "read"), "jwt-parts");
    assert_string_equal(problem_of(b, cn_slice_sub(good, 0, head.n + 1 + payload.n), "read"), "jwt-parts");
}

/* The public key as the secret of an HMAC: the classic confusion. The signature is an HMAC-SHA256's length of
 * bytes, and whatever they are, the algorithm is refused. */
static void a_public_key_is_never_a_secret(void **state) {
    bench *b = *state;
    cn_buf text = cn_buf_on(b->arena, 0);
    part(&text, CN_S("{\"alg\":\"HS256\"," KID1 "}"));
    part(&text, CN_S(BARE("")));
    cn_private_key key = private_key(1);
    cn_public_key public;
    cn_err err;
    uint8_t inner[64 + 4096], outer[64 + 32];
    assert_true(cn_key_public(b->crypto, b->arena, &key, &public, &err));
    for (size_t i = 0; i < 64; i++) {
        uint8_t k = i < public.bytes.n ? (uint8_t) public.bytes.p[i] : 0;
        inner[i] = k ^ 0x36;
        outer[i] = k ^ 0x5c;
    }
    assert_true(text.n < 4096);
    memcpy(inner + 64, text.p, text.n);
    cn_digest first = cn_hash_of(b->crypto, CN_SHA256, cn_slice_bytes(inner, 64 + text.n));
    memcpy(outer + 64, first.bytes, 32);
    cn_digest mac = cn_hash_of(b->crypto, CN_SHA256, cn_slice_bytes(outer, sizeof outer));
    part(&text, cn_digest_slice(&mac));
    assert_string_equal(problem_of(b, cn_buf_slice(&text), "proof"), "jwt-alg-symmetric");
}

static void ten_levels_are_not_opened(void **state) {
    bench *b = *state;
    cn_slice token = signed_by(b, 1, HEADER, BARE(""));
    for (int i = 0; i < 10; i++) {
        cn_slice payload;
        assert_true(cn_arena_print(b->arena, &payload, i % 2 ? "%.*s" : "{\"vc\":\"%.*s\"}", CN_ARG(token)));
        token = signed_by(b, 1, HEADER_OF("\"cty\":\"JWT\""), payload.p);
        assert_string_equal(problem_of(b, token, "read"), "jwt-nested");
    }
}

/* ---- A key in the header ---- */

static cn_slice with_header_key(bench *b, int number, const char *issuer, const char *more) {
    cn_private_key key = private_key(number);
    cn_public_key public;
    cn_err err;
    assert_true(cn_key_public(b->crypto, b->arena, &key, &public, &err));
    cn_buf x = cn_buf_on(b->arena, 0);
    cn_slice header, payload;
    cn_base64_write(&x, CN_BASE64_URL, public.bytes);
    assert_true(cn_arena_print(
        b->arena, &header, "{\"alg\":\"EdDSA\"%s,\"jwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%.*s\"}}",
        more, CN_ARG(cn_buf_slice(&x))));
    assert_true(cn_arena_print(b->arena, &payload, BARE_BY("%s", ""), issuer));
    return signed_by(b, number, header.p, payload.p);
}

static void a_key_in_the_header_vouches_for_nobody(void **state) {
    static const struct {
        const char *issuer, *more;
        int key;
        cn_verdict verdict;
        cn_outcome outcome;
        const char *problem;
    } rows[] = {
        {KEY1, "", 1, CN_VERIFIED, CN_PASS, ""}, /* it is the issuer's only key */
        {KEY1, "", 2, CN_NOT_VERIFIED, CN_FAIL, "issuer-key-mismatch"},
        {"did:web:college.example", "", 1, CN_VERIFIED, CN_PASS, ""}, /* its document lists it */
        {"did:web:college.example", "", 9, CN_VERDICT_UNKNOWN, CN_UNKNOWN, "key-not-vouched"},
        {"did:web:nowhere.example", "", 1, CN_VERDICT_UNKNOWN, CN_UNKNOWN, "key-not-vouched"},
        {"did:web:impostor.example", "", 1, CN_VERDICT_UNKNOWN, CN_UNKNOWN, "key-not-vouched"},
        {"did:web:..", "", 1, CN_VERDICT_UNKNOWN, CN_UNKNOWN, "key-not-vouched"},
        {"https://nowhere.example/issuer", "", 1, CN_VERDICT_UNKNOWN, CN_UNKNOWN, "key-not-vouched"},
        {"urn:uuid:1", "", 1, CN_VERDICT_UNKNOWN, CN_UNKNOWN, "key-not-vouched"},
        /* A name beside it that is no URL is a name in the header's own terms; one that cannot be looked up too.
         */
        {KEY1, ",\"kid\":\"1\"", 1, CN_VERIFIED, CN_PASS, ""},
        {KEY1, ",\"kid\":\"did:web:nowhere.example#1\"", 1, CN_VERIFIED, CN_PASS, ""},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_report r = bench_verify(b, with_header_key(b, rows[i].key, rows[i].issuer, rows[i].more));
        const cn_step *s = bench_step(&r, "issuer");
        if (r.proof != CN_PASS || r.verdict != rows[i].verdict || s->outcome != rows[i].outcome ||
            strcmp(s->problem, rows[i].problem) != 0)
            fail_msg("%s %d: %s, %s", rows[i].issuer, rows[i].key, cn_verdict_name(r.verdict), s->problem);
        bool proven = rows[i].outcome == CN_PASS;
        assert_true(cn_slice_eq(r.controller, cn_slice_of(proven ? rows[i].issuer : "")));
        assert_true(cn_slice_eq(r.proofs[0].suite, CN_S("vc-jwt EdDSA")));
    }
}

/* A key by name wins over one that came along. */
static void a_key_in_the_header_replaces_none(void **state) {
    bench *b = *state;
    cn_slice token = with_header_key(b, 2, KEY1, "," KID1);
    assert_string_equal(problem_of(b, token, "proof"), "invalid-signature");
}

static void a_bad_key_in_the_header_is_said(void **state) {
    bench *b = *state;
    static const struct {
        const char *jwk, *problem;
        cn_outcome outcome;
    } rows[] = {
        {"{}", "key-malformed", CN_FAIL},
        {"1", "key-malformed", CN_FAIL},
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}", "key-malformed", CN_FAIL},
        {"{\"kty\":\"oct\",\"k\":\"AA\"}", "key-unsupported", CN_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_slice header;
        assert_true(cn_arena_print(b->arena, &header, "{\"alg\":\"EdDSA\",\"jwk\":%s}", rows[i].jwk));
        cn_report r = bench_verify(b, signed_by(b, 1, header.p, BARE("")));
        assert_string_equal(bench_step(&r, "proof")->problem, rows[i].problem);
        assert_int_equal(r.proof, rows[i].outcome);
    }
}

static void members_come_from_claims(void **state) {
    bench *b = *state;
    cn_report r = bench_verify(b, signed_by(b, 1, HEADER, VC_1("") IN_1 ",\"exp\":1800000000}"));
    assert_true(cn_json_is_string(cn_json_get(r.credential, CN_S("issuer")), CN_S(KEY1)));
    assert_true(cn_json_is_string(cn_json_get(r.credential, CN_S("id")), CN_S("urn:uuid:5c0e")));
    assert_true(cn_json_is_string(cn_json_get(r.credential, CN_S("issuanceDate")), CN_S("2025-01-01T00:00:00Z")));
    assert_true(
        cn_json_is_string(cn_json_get(r.credential, CN_S("expirationDate")), CN_S("2027-01-15T08:00:00Z")));
    /* Where the payload is the credential, claims are no members of it. */
    r = bench_verify(b, signed_by(b, 1, HEADER, BARE(",\"iat\":1735689600")));
    assert_null(cn_json_get(r.credential, CN_S("iat")));
    assert_non_null(cn_json_get(r.credential, CN_S("validFrom")));
}

static void what_is_a_jwt_is_recognised(void **state) {
    (void)state;
    static const char *const yes[] = {"eyJhbGciOiJub25lIn0.e30.", " ewogImFsZyI6.a.b\n", "eyA.."};
    static const char *const no[] = {"", "e", "ey", "eyes are blue", "{}", "hello", "EyJh.e30."};
    for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++) assert_true(cn_jwt_recognise(cn_slice_of(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof no[0]; i++) assert_false(cn_jwt_recognise(cn_slice_of(no[i])));
}

static void what_cannot_be_opened_is_unknown(void **state) {
    bench *b = *state;
    cn_report r = bench_verify(b, CN_S("eyJh.a.b.c.d"));
    assert_string_equal(bench_step(&r, "read")->problem, "jwt-encrypted");
    assert_int_equal(r.verdict, CN_VERDICT_UNKNOWN);
    assert_int_equal(r.proof, CN_UNKNOWN);
    r = bench_verify(b, CN_S("eyJh.a.b~c~"));
    assert_string_equal(bench_step(&r, "read")->problem, "sd-jwt-malformed");
    assert_int_equal(r.verdict, CN_NOT_VERIFIED);
    assert_true(cn_slice_eq(r.format, CN_S("sd-jwt")));
}

static void no_memory_is_a_limit(void **state) {
    bench *b = *state;
    const cn_slice inputs[] = {signed_by(b, 1, HEADER, VC_1("") IN_1 ",\"exp\":1800000000}"),
                               with_header_key(b, 9, "did:web:college.example", ""),
                               signed_by(b, 1, HEADER, BARE(",\"iss\":\"did:web:college.example\"")),
                               signed_by(b, 1, HEADER, "{\"vp\":{}}")};
    for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
        size_t n = 1;
        for (bool done = false; !done; n += 1 + n / 64) {
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            cn_report r;
            cn_err err;
            cn_arena_fail_after(a, n);
            done = cn_verify(a, inputs[i], &b->options, &r, &err);
            if (!done) assert_string_equal(err.id, "memory.limit");
        }
        assert_true(n > 10);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_jwt_comes_to_what_it_must, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_was_changed_is_seen, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_public_key_is_never_a_secret, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(ten_levels_are_not_opened, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_key_in_the_header_vouches_for_nobody, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_key_in_the_header_replaces_none, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_bad_key_in_the_header_is_said, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(members_come_from_claims, bench_new, bench_done),
        cmocka_unit_test(what_is_a_jwt_is_recognised),
        cmocka_unit_test_setup_teardown(what_cannot_be_opened_is_unknown, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(no_memory_is_a_limit, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
