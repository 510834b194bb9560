/* SPDX-License-Identifier: Apache-2.0
 *
 * What a caller may get wrong, and what may be wanting: each is an error with a name, and nothing is left behind.
 */
#include "bench.h"

static void nothing_in_place_of_something(void **state) {
    bench *b = *state;
    cn_engine_verdict verdict;
    cn_error error;
    bench_fails(cn_engine_new(NULL, NULL, &error), &error, "argument.null");
    bench_fails(cn_engine_verify(NULL, "{}", 2, NULL, &verdict, NULL, &error), &error, "argument.null");
    bench_fails(cn_engine_verify(b->engine, NULL, 2, NULL, &verdict, NULL, &error), &error, "argument.null");
    bench_fails(cn_engine_verify(b->engine, "{}", 2, NULL, NULL, NULL, &error), &error, "argument.null");
    bench_fails(cn_engine_add_context(b->engine, NULL, "{}", 2, &error), &error, "argument.null");
    bench_fails(cn_engine_add_document(b->engine, "u:v", NULL, 2, &error), &error, "argument.null");
    assert_false(cn_engine_verify(NULL, NULL, 0, NULL, NULL, NULL, NULL));
    cn_engine_free(NULL);
    cn_bytes_free(NULL);
    cn_bytes_free(&(cn_bytes){0});
}

static void options_of_another_size(void **state) {
    struct {
        cn_engine_options known;
        uint64_t newer;
    } later = {.known = {.size = sizeof later}};
    static const size_t wrong[] = {0, 1, sizeof(size_t) - 1, sizeof(cn_engine_options) - 1, SIZE_MAX};
    cn_engine *engine = NULL;
    cn_error error;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        bench_fails(cn_engine_new(&(cn_engine_options){.size = wrong[i]}, &engine, &error), &error,
                    "argument.size");
    assert_null(engine);
    later.newer = 1;
    bench_fails(cn_engine_new(&later.known, &engine, &error), &error, "argument.newer");
    later.newer = 0;
    assert_true(cn_engine_new(&later.known, &engine, &error));
    cn_engine_free(engine);
    (void)state;
}

static const char document[] =
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"type\":[\"VerifiableCredential\"],"
    "\"issuer\":\"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp\","
    "\"validFrom\":\"2026-01-01T00:00:00Z\",\"name\":\"Knots\",\"credentialSubject\":{\"id\":\"urn:uuid:2\"}}";

static bool tell(void *self, int64_t *out) {
    *out = *(const int64_t *)self;
    return true;
}

/* As a program has them that was built against a release with fewer members. What follows them is not theirs. */
static void options_of_an_older_release(void **state) {
    (void)state;
    int64_t now = 1767225600;
    cn_engine_options given;
    cn_engine *engine = NULL;
    memset(&given, 0xff, sizeof given);
    given.size = offsetof(cn_engine_options, random);
    given.self = &now;
    given.get_document = NULL;
    given.get_context = NULL;
    given.clock = tell;
    assert_true(cn_engine_new(&given, &engine, NULL));
    cn_signer *signer = NULL;
    cn_error error;
    bench_fails(cn_signer_new(engine, "ed25519", &signer, &error), &error, "engine.random");
    assert_true(cn_signer_from_seed(engine, "ed25519", (uint8_t[32]){0}, 32, &signer, NULL));
    cn_bytes out = {0};
    struct {
        size_t size;
    } least = {sizeof least};
    assert_true(cn_engine_issue(engine, document, sizeof document - 1, signer, (const void *)&least, &out, NULL));
    cn_bytes_free(&out);
    cn_signer_free(signer);
    cn_engine_free(engine);
}

/* ---- Every call, with less and less of everything ---- */

static const char svg[] = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>";

/* What the calls are made with, all of it made by an engine that wants for nothing. */
typedef struct material {
    cn_signer *ed25519, *p256;
    cn_bytes jwk, issued, base, token, baked, quads;
} material;

static void make_material(bench *b, material *m) {
    static const char *const mandatory[] = {"/issuer"}, *const withhold[] = {"/name"};
    cn_engine_issue_options base = {
        .size = sizeof base, .suite = "ecdsa-sd-2023", .mandatory = mandatory, .mandatory_n = 1};
    cn_engine_issue_options token = {
        .size = sizeof token, .suite = "vc+sd-jwt", .withhold = withhold, .withhold_n = 1};
    size_t n = sizeof document - 1;
    assert_true(cn_signer_from_seed(b->engine, "ed25519", (uint8_t[32]){0}, 32, &m->ed25519, NULL));
    assert_true(cn_signer_from_seed(b->engine, "p256", (uint8_t[32]){1}, 32, &m->p256, NULL));
    assert_true(cn_signer_write(b->engine, m->ed25519, CN_AS_SECRET_JWK, &m->jwk, NULL));
    assert_true(cn_engine_issue(b->engine, document, n, m->ed25519, NULL, &m->issued, NULL));
    assert_true(cn_engine_issue(b->engine, document, n, m->p256, &base, &m->base, NULL));
    assert_true(cn_engine_issue(b->engine, document, n, m->ed25519, &token, &m->token, NULL));
    assert_true(cn_engine_bake(b->engine, svg, sizeof svg - 1, m->issued.p, m->issued.n, &m->baked, NULL));
    assert_true(cn_engine_to_rdf(b->engine, document, n, NULL, &m->quads, NULL));
}

static void drop_material(material *m) {
    cn_signer_free(m->ed25519);
    cn_signer_free(m->p256);
    cn_bytes *const all[] = {&m->jwk, &m->issued, &m->base, &m->token, &m->baked, &m->quads};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) cn_bytes_free(all[i]);
}

typedef bool call(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error);

static bool verify(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    cn_engine_verdict verdict;
    return cn_engine_verify(engine, m->baked.p, m->baked.n, NULL, &verdict, out, error);
}

static bool read_key(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    cn_signer *s;
    if (!cn_signer_read(engine, m->jwk.p, m->jwk.n, &s, error)) return false;
    bool good = cn_signer_write(engine, s, CN_AS_DID_JWK, out, error);
    cn_signer_free(s);
    return good;
}

static bool new_key(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    cn_signer *s;
    (void)m;
    if (!cn_signer_new(engine, "p256", &s, error)) return false;
    bool good = cn_signer_write(engine, s, CN_AS_THUMBPRINT, out, error);
    cn_signer_free(s);
    return good;
}

static bool issue(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_issue(engine, document, sizeof document - 1, m->ed25519, NULL, out, error);
}

static bool issue_base(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    cn_engine_issue_options how = {.size = sizeof how, .suite = "ecdsa-sd-2023"};
    return cn_engine_issue(engine, document, sizeof document - 1, m->p256, &how, out, error);
}

static bool issue_token(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    static const char *const withhold[] = {"/name"};
    cn_engine_issue_options how = {
        .size = sizeof how, .suite = "vc+sd-jwt", .withhold = withhold, .withhold_n = 1};
    return cn_engine_issue(engine, document, sizeof document - 1, m->ed25519, &how, out, error);
}

static bool derive(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    static const char *const reveal[] = {"/name"};
    return cn_engine_derive(engine, m->base.p, m->base.n, reveal, 1, out, error);
}

static bool derive_token(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    static const char *const reveal[] = {"/name"};
    return cn_engine_derive(engine, m->token.p, m->token.n, reveal, 1, out, error);
}

static bool present(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    cn_engine_present_options how = {.size = sizeof how, .challenge = "c", .domain = "d"};
    return cn_engine_present(engine, &m->token, 1, m->p256, &how, out, error);
}

static bool present_jwt(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    cn_engine_present_options how = {.size = sizeof how, .form = "jwt", .challenge = "c", .domain = "d"};
    return cn_engine_present(engine, &m->issued, 1, m->p256, &how, out, error);
}

static bool bake(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_bake(engine, svg, sizeof svg - 1, m->issued.p, m->issued.n, out, error);
}

static bool unbake(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_unbake(engine, m->baked.p, m->baked.n, out, error);
}

static bool canonize_json(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_canonize_json(engine, m->issued.p, m->issued.n, out, error);
}

static bool canonize_rdf(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    cn_bytes map = {0};
    bool good = cn_engine_canonize_rdf(engine, m->quads.p, m->quads.n, "sha384", out, &map, error);
    cn_bytes_free(&map);
    return good;
}

static bool json_get(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_json_get(engine, m->issued.p, m->issued.n, "/proof", out, error);
}

static bool expand(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_expand(engine, m->issued.p, m->issued.n, NULL, out, error);
}

static bool compact(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    static const char context[] = "\"https://www.w3.org/ns/credentials/v2\"";
    cn_engine_jsonld_options how = {.size = sizeof how, .context = context, .context_n = sizeof context - 1};
    return cn_engine_compact(engine, m->issued.p, m->issued.n, &how, out, error);
}

static bool flatten(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_flatten(engine, m->issued.p, m->issued.n, NULL, out, error);
}

static bool to_rdf(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_to_rdf(engine, m->issued.p, m->issued.n, NULL, out, error);
}

static bool from_rdf(const cn_engine *engine, const material *m, cn_bytes *out, cn_error *error) {
    return cn_engine_from_rdf(engine, m->quads.p, m->quads.n, NULL, out, error);
}

static call *const calls[] = {verify,      read_key, new_key,       issue,        issue_base,
                              issue_token, derive,   derive_token,  present,      present_jwt,
                              bake,        unbake,   canonize_json, canonize_rdf, json_get,
                              expand,      compact,  flatten,       to_rdf,       from_rdf};
enum { CALLS = sizeof calls / sizeof *calls };

/* Whatever the maximum is, it is the result or this one error. */
static void memory_that_runs_out(void **state) {
    bench *b = *state;
    material m;
    make_material(b, &m);
    for (size_t i = 0; i < CALLS; i++) {
        bool done = false;
        for (size_t max = 16; !done; max += max / 4 + 16) {
            cn_engine *engine = bench_engine(&(cn_engine_options){.size = sizeof(cn_engine_options),
                                                                  .self = b,
                                                                  .clock = bench_clock,
                                                                  .random = bench_random,
                                                                  .max_memory = max});
            cn_bytes out = {0};
            cn_error error;
            done = calls[i](engine, &m, &out, &error);
            if (!done) bench_fails(done, &error, "memory.limit");
            assert_true(done == (out.p != NULL));
            cn_bytes_free(&out);
            cn_engine_free(engine);
            assert_true(max < (size_t)64 << 20);
        }
    }
    drop_material(&m);
}

/* A place for the result, and an engine, are asked for by all of them. */
static void no_place_for_the_result(void **state) {
    bench *b = *state;
    material m;
    make_material(b, &m);
    for (size_t i = 0; i < CALLS; i++) {
        cn_bytes out = {0};
        cn_error error = {.id = ""};
        bench_fails(calls[i](NULL, &m, &out, &error), &error, "argument.null");
        assert_null(out.p);
        if (calls[i] == verify) continue; /* nobody has to read a report */
        bench_fails(calls[i](b->engine, &m, NULL, &error), &error, "argument.null");
        assert_false(calls[i](b->engine, &m, NULL, NULL));
    }
    drop_material(&m);
}

/* What the caller's functions do not give is an error of the calls that need it, or nothing to the others. */
static void functions_that_fail(void **state) {
    bench *b = *state;
    material m;
    make_material(b, &m);
    b->no_clock = b->no_random = b->no_answer = true;
    for (size_t i = 0; i < CALLS; i++) {
        cn_bytes out = {0};
        cn_error error;
        if (calls[i](b->engine, &m, &out, &error)) assert_non_null(out.p);
        else assert_true(!strcmp(error.id, "engine.clock-failed") || !strcmp(error.id, "crypto.random"));
        cn_bytes_free(&out);
    }
    drop_material(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_in_place_of_something, bench_new, bench_done),
        cmocka_unit_test(options_of_another_size),
        cmocka_unit_test(options_of_an_older_release),
        cmocka_unit_test_setup_teardown(memory_that_runs_out, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(no_place_for_the_result, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(functions_that_fail, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
