/* SPDX-License-Identifier: Apache-2.0 */
#include "bench.h"
#include "vc/registry.h"

#define FILES "../registry/"
#define SIGNER "did:key:z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX"
#define NORTHERN "did:key:z6Mko9hTggMwjSTEaJaPUfE6tqcy2xvU6BnNq3e3o8qVBiyH"
#define RIVER "did:web:riviere.example"

/* ---- Lists ---- */

static bool read_as(bench *b, const char *file, cn_registry_options o, cn_registry_list *list, cn_err *err) {
    o.verify = &b->options;
    return cn_registry_read(b->arena, bench_file(b->arena, file), &o, list, err);
}

static cn_registry_list read_list(bench *b, const char *file) {
    cn_registry_list list;
    cn_err err;
    if (!read_as(b, file, (cn_registry_options){0}, &list, &err)) fail_msg("%s: %s", err.id, err.detail);
    return list;
}

static void refused(bench *b, const char *file, cn_registry_options o, cn_code code, const char *id,
                    const char *words) {
    cn_registry_list list;
    cn_err err;
    assert_false(read_as(b, file, o, &list, &err));
    assert_int_equal(err.code, code);
    assert_string_equal(err.id, id);
    if (!strstr(err.detail, words)) fail_msg("\"%s\" does not say \"%s\"", err.detail, words);
}

static void equal(cn_slice got, const char *expected) {
    if (!cn_slice_eq(got, cn_slice_of(expected))) fail_msg("\"%.*s\", not \"%s\"", CN_ARG(got), expected);
}

static void a_signed_list_is_read(void **state) {
    cn_registry_list list = read_list(*state, FILES "list.json");
    equal(list.name, "Colleges of Ontario");
    equal(list.signer, SIGNER);
    equal(list.valid_until, "2027-01-01T00:00:00Z");
    assert_int_equal(list.n, 2);
    assert_int_equal(list.problems_n, 0);
    equal(list.entries[0].id, NORTHERN);
    equal(list.entries[0].name, "Northern College");
    equal(list.entries[1].url, "https://riviere.example/");
}

static void bad_entries_are_left_out_and_named(void **state) {
    cn_registry_list list = read_list(*state, FILES "list-with-problems.json");
    assert_int_equal(list.n, 2);
    assert_int_equal(list.problems_n, 3);
    equal(list.problems[0].where, "/credentialSubject/2");
    equal(list.problems[1].text, "This entry has no name.");
    equal(list.problems[2].text, "This entry is no RecognizedEntity.");
}

static void a_list_must_verify(void **state) {
    cn_registry_options plain = {0};
    refused(*state, FILES "list-tampered.json", plain, CN_INVALID, "registry.not-verified", "invalid-signature");
    refused(*state, FILES "list-expired.json", plain, CN_INVALID, "registry.not-verified", "2026-03-01");
    refused(*state, FILES "list-unsigned.json", plain, CN_INVALID, "registry.not-verified", "model");
    refused(*state, "web-unreachable.json", plain, CN_UNAVAILABLE, "registry.unknown", "could not be verified");
    refused(*state, "good.json", plain, CN_INVALID, "registry.form", "no list");
    refused(*state, FILES "list-context-inline.json", plain, CN_INVALID, "registry.form", "contexts by URL");
    refused(*state, FILES "list-context-within.json", plain, CN_INVALID, "registry.form", "contexts by URL");
}

static void the_signer_may_be_asked_for(void **state) {
    cn_registry_list list;
    cn_err err;
    assert_true(read_as(*state, FILES "list.json", (cn_registry_options){.signer = CN_S(SIGNER)}, &list, &err));
    cn_registry_options other = {.signer = CN_S(NORTHERN), .unsigned_too = true};
    refused(*state, FILES "list.json", other, CN_INVALID, "registry.signer", "was signed by \"" SIGNER);
    refused(*state, FILES "list-unsigned.json", other, CN_INVALID, "registry.signer", "nobody");
}

static void an_unsigned_list_is_read_where_that_is_said(void **state) {
    cn_registry_options o = {.unsigned_too = true, .name = CN_S("dcc.json")};
    cn_registry_list list;
    cn_err err;
    assert_true(read_as(*state, FILES "list-unsigned.json", o, &list, &err));
    equal(list.name, "dcc.json");
    equal(list.signer, "");
    assert_int_equal(list.n, 1);
    equal(list.entries[0].id, NORTHERN);
    equal(list.problems[0].where, "/registry/not an id");
    assert_true(read_as(*state, FILES "list.json", o, &list, &err));
    equal(list.signer, SIGNER);
    refused(*state, FILES "list-tampered.json", o, CN_INVALID, "registry.not-verified", "invalid-signature");
}

/* ---- Looking up ---- */

typedef struct answer {
    bool found, imposes;
    cn_known_issuer who;
} answer;

static answer ask(bench *b, const cn_registry *r, const char *id, const char *name) {
    answer out = {0};
    cn_err err;
    assert_true(
        r->find(r->self, b->arena, cn_slice_of(id), cn_slice_of(name), &out.found, &out.who, &out.imposes, &err));
    return out;
}

static cn_registry join(bench *b, const cn_registry_list *lists, size_t n) {
    cn_registry r;
    cn_err err;
    assert_true(cn_registry_join(b->arena, lists, n, &r, &err));
    return r;
}

static void issuers_are_found_by_their_ids(void **state) {
    cn_registry_list list = read_list(*state, FILES "list.json");
    cn_registry r = join(*state, &list, 1);
    answer got = ask(*state, &r, NORTHERN, "Anything");
    assert_true(got.found && !got.imposes);
    equal(got.who.name, "Northern College");
    equal(got.who.list, "Colleges of Ontario");
    equal(got.who.url, "https://northern.example/");
    got = ask(*state, &r, "did:key:z6MkvRXNYcE7MMduynWTgeKbDaT1iijDSC8pZqXZc8rHPrf2", "Northern College");
    assert_true(got.found && !got.imposes);
    equal(got.who.name, "Northern College");
    equal(cn_known_issuer_name(&got.who, CN_S("fr")), "Collège Nordique");
    equal(cn_known_issuer_name(&got.who, CN_S("en")), "Northern College");
    equal(cn_known_issuer_name(&got.who, CN_S("de")), "Northern College");
    equal(cn_known_issuer_name(&got.who, CN_S("")), "Northern College");
    got = ask(*state, &r, RIVER, "");
    equal(cn_known_issuer_name(&got.who, CN_S("en")), "Collège de la Rivière");
    equal(cn_known_issuer_name(&(cn_known_issuer){0}, CN_S("en")), "");
    assert_false(ask(*state, &r, "did:web:riviere.example/", "").found);
    assert_false(ask(*state, &r, "", "").found);
}

static void names_of_others_are_seen_through(void **state) {
    static const char *const names[] = {
        "Northern College",
        "Collège Nordique",
        "Northern College of Applied Arts and Technology",
        "River College",
        "  northern\tCOLLEGE. ",
        "Northern-College!",
        "College Nordique",
        "Colle\u0300ge Nordique",             /* a combining accent */
        "C\u043ell\u0435ge Nordique",         /* Cyrillic o, e */
        "\u039dorthern Coll\u0435ge",         /* Greek capital nu */
        "North\u200bern\u2060 College\ufeff", /* not seen */
        "\u202eNorthern College",             /* right to left */
        "Northem College",                    /* m for rn */
        "Northern Co11ege",                   /* ones */
        "Northern CoIIege",                   /* capital i */
        "N0rthern C0llege",
        "\uff2e\uff4f\uff52\uff54\uff48\uff45\uff52\uff4e College", /* full width */
        "\U0001d40dorthern \U0001d402ollege",                       /* mathematical */
        "Northern College \u2713\U0001f393",
        "NORTHERN\u00a0COLLEGE\u2122",
    };
    cn_registry_list list = read_list(*state, FILES "list.json");
    cn_registry r = join(*state, &list, 1);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (!ask(*state, &r, "did:web:impostor.example", names[i]).imposes) fail_msg("%s", names[i]);
    assert_true(ask(*state, &r, RIVER, "Northern College").imposes);
    assert_true(ask(*state, &r, NORTHERN, "River College").imposes);
    assert_false(ask(*state, &r, RIVER, "COLLEGE DE LA RIVIERE").imposes);
}

static void other_names_are_left_alone(void **state) {
    static const char *const names[] = {
        "",         "   ",      "\u200b", "Northern",   "Southern College", "Northern College East",
        "Nordique", "北方学院", "Ж",      "\U000e0041",
    };
    cn_registry_list list = read_list(*state, FILES "list.json");
    cn_registry r = join(*state, &list, 1);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (ask(*state, &r, "did:web:other.example", names[i]).imposes) fail_msg("%s", names[i]);
}

static void the_first_list_counts(void **state) {
    bench *b = *state;
    cn_registry_options o = {.unsigned_too = true, .name = CN_S("second")};
    cn_registry_list lists[2] = {read_list(b, FILES "list.json")};
    cn_err err;
    cn_slice text = CN_S("{\"registry\":{\"" NORTHERN "\":{\"name\":\"North\"},\"did:web:b.example\":{\"name\":"
                         "\"Northern College\",\"sameAs\":\"" RIVER "\",\"url\":\"javascript:alert(1)\"}}}");
    assert_true(cn_registry_read(b->arena, text, &o, &lists[1], &err));
    cn_registry r = join(b, lists, 2);
    equal(ask(b, &r, NORTHERN, "North").who.name, "Northern College");
    assert_false(ask(b, &r, NORTHERN, "North").imposes);
    /* Two of one name: neither imposes upon the other. */
    assert_false(ask(b, &r, NORTHERN, "Northern College").imposes);
    assert_false(ask(b, &r, "did:web:b.example", "Northern College").imposes);
    equal(ask(b, &r, "did:web:b.example", "").who.list, "second");
    equal(ask(b, &r, "did:web:b.example", "").who.url, "");
    /* Nobody takes an id that is another's by calling it a further one of his. */
    equal(ask(b, &r, RIVER, "").who.name, "Collège de la Rivière");
    cn_registry turned = join(b, (cn_registry_list[]){lists[1], lists[0]}, 2);
    equal(ask(b, &turned, RIVER, "").who.name, "Collège de la Rivière");
    cn_registry none = join(b, NULL, 0);
    assert_false(ask(b, &none, NORTHERN, "Northern College").imposes);
}

static void a_large_list_is_no_trouble(void **state) {
    enum { N = 100000 };
    bench *b = *state;
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_registry_options o = {.unsigned_too = true};
    cn_registry_list list;
    cn_err err;
    cn_buf_add(&text, CN_S("{\"registry\":{"));
    for (unsigned i = 0; i < N; i++)
        cn_buf_print(&text, "%s\"did:web:c%u.example\":{\"name\":\"College q%uq\"}", i ? "," : "", i, i);
    cn_buf_add(&text, CN_S("}}"));
    assert_true(cn_buf_ok(&text));
    assert_true(cn_registry_read(b->arena, cn_buf_slice(&text), &o, &list, &err));
    assert_int_equal(list.n, N);
    cn_registry r = join(b, &list, 1);
    for (unsigned i = 0; i < N; i += 97) {
        char id[64], name[64];
        (void)snprintf(id, sizeof id, "did:web:c%u.example", i);
        (void)snprintf(name, sizeof name, "COLLEGE Q%uQ", i);
        assert_true(ask(b, &r, id, name).found);
        assert_false(ask(b, &r, id, name).imposes);
        assert_true(ask(b, &r, "did:web:x.example", name).imposes);
    }
}

/* ---- The step ---- */

typedef struct row {
    const char *file, *problem, *name; /* name: in the report; NULL: none */
    bool withheld;
} row;

static void reports_show_the_registered_name_only(void **state) {
    static const row rows[] = {
        {"badge-listed.json", "", "Northern College", false},
        {"badge-second-id.json", "", "Northern College", false},
        {"badge-unlisted.json", "issuer-unlisted", "Evening School", false},
        {"badge-impostor.json", "issuer-name-taken", NULL, true},
        {"badge-impostor-alike.json", "issuer-name-taken", NULL, true},
        {"badge-impostor-french.json", "issuer-name-taken", NULL, true},
        {"badge-name-of-another.json", "issuer-name-taken", "Northern College", true},
        {"badge-forged.json", "", NULL, true},
    };
    bench knowing = *(bench *)*state, *b = &knowing;
    cn_registry_list list = read_list(b, FILES "list.json");
    cn_registry r = join(b, &list, 1);
    b->options.registry = &r;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char file[128];
        (void)snprintf(file, sizeof file, FILES "%s", rows[i].file);
        cn_report report = bench_verify(b, bench_file(b->arena, file));
        cn_buf line = cn_buf_on(b->arena, 0);
        cn_err err;
        assert_true(cn_report_write(b->arena, &report, CN_S("x"), &line, &err));
        cn_buf_byte(&line, 0);
        const cn_json *issuer = cn_json_point(bench_json(b->arena, line.p), CN_S("/credential/issuer"));
        assert_string_equal(bench_step(&report, "registry")->problem, rows[i].problem);
        assert_int_equal(report.name_withheld, rows[i].withheld);
        equal(cn_json_get_text(issuer, CN_S("name")), rows[i].name ? rows[i].name : "");
        assert_true(cn_json_get_text(issuer, CN_S("id")).n);
        if (rows[i].withheld && !rows[i].name) {
            assert_null(strcasestr(line.p, "northern"));
            assert_null(strstr(line.p, "Nordique"));
        }
    }
}

static void the_step_names_the_list(void **state) {
    bench knowing = *(bench *)*state, *b = &knowing;
    cn_registry_list list = read_list(b, FILES "list.json");
    cn_registry r = join(b, &list, 1);
    b->options.registry = &r;
    cn_report report = bench_verify(b, bench_file(b->arena, FILES "badge-listed.json"));
    equal(bench_step(&report, "registry")->detail,
          "The issuer is \"Northern College\" in the registry \"Colleges of Ontario\".");
    equal(report.issuer.list, "Colleges of Ontario");
    assert_int_equal(report.verdict, CN_VERIFIED);
}

/* ---- Memory ---- */

/* Reads, joins, asks. */
static bool all_of_it(cn_arena *a, cn_slice text, const cn_registry_options *o, cn_err *err) {
    cn_registry_list list;
    cn_registry r;
    cn_known_issuer who;
    bool found, imposes;
    return cn_registry_read(a, text, o, &list, err) && cn_registry_join(a, &list, 1, &r, err) &&
           r.find(r.self, a, CN_S(RIVER), CN_S("Northern College"), &found, &who, &imposes, err);
}

static void too_little_memory_is_an_error(void **state) {
    static const char *const files[] = {FILES "list-with-problems.json", FILES "list-unsigned.json"};
    bench *b = *state;
    cn_registry_options o = {.verify = &b->options, .unsigned_too = true};
    for (size_t f = 0; f < 2; f++) {
        cn_slice text = bench_file(b->arena, files[f]);
        bool good = false;
        size_t n = 0;
        while (!good) {
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            cn_err err;
            cn_arena_fail_after(a, ++n);
            good = all_of_it(a, text, &o, &err);
            if (!good) assert_string_equal(err.id, "memory.limit");
        }
        assert_true(n > 10);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_signed_list_is_read, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(bad_entries_are_left_out_and_named, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_list_must_verify, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(the_signer_may_be_asked_for, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(an_unsigned_list_is_read_where_that_is_said, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(issuers_are_found_by_their_ids, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(names_of_others_are_seen_through, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(other_names_are_left_alone, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(the_first_list_counts, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_large_list_is_no_trouble, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(reports_show_the_registered_name_only, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(the_step_names_the_list, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(too_little_memory_is_an_error, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
