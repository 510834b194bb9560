/* SPDX-License-Identifier: Apache-2.0
 *
 * Designs: every field that rules look at has its place in the table, what is wrong is told by its place, what was
 * typed comes back as it was, and templates are designs.
 */
#include "../check.h"
#include "app/design.h"
#include "net/net.h"

static const cn_json *json(cn_arena *a, const char *text) {
    const cn_json *v = NULL;
    cn_err err;
    if (!cn_json_read(a, cn_slice_of(text), NULL, &v, &err)) fail_msg("%s: %s", err.where, err.detail);
    return v;
}

static const cn_json *file(cn_arena *a, const char *path) {
    cn_slice whole, text;
    const cn_json *v = NULL;
    cn_err err;
    assert_true(cn_arena_print(a, &whole, PROJECT "/%s", path));
    assert_true(cn_file_read(a, whole, 1 << 20, &text, &err));
    assert_true(cn_json_read(a, text, NULL, &v, &err));
    return v;
}

static cn_slice written(cn_arena *a, const cn_json *v) {
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write(&b, v);
    assert_true(cn_buf_ok(&b));
    return cn_buf_slice(&b);
}

/* ---- The table ---- */

/* What the texts, the organisation, endorsers, reviewers and offerings say is in no design. */
static bool is_elsewhere(cn_slice path) {
    static const char *const begins[] = {"title",         "description", "learning_outcomes", "issuer",
                                         "awarding_body", "approval",    "endorsements",      "price"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        cn_slice begin = cn_slice_of(begins[i]);
        if (cn_slice_eq(path, begin) || (cn_slice_starts(path, begin) && path.p[begin.n] == '.')) return true;
    }
    return false;
}

static void test_every_rule(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    static const cn_slice offering = CN_S_INIT("offering.");
    const cn_json *fields = file(a, "data/frameworks/fields.json");
    size_t n = 0;
    for (size_t i = 0; i < cn_json_count(fields); i++) {
        cn_slice name = fields->object.v[i].key;
        if (!cn_slice_starts(name, offering) || is_elsewhere(cn_slice_from(name, offering.n))) continue;
        if (!cn_design_field(name)) fail_msg("no field for %.*s", CN_ARG(name));
        n++;
    }
    assert_true(n > 50);
    assert_null(cn_design_field(CN_S("offering.title")));
    assert_null(cn_design_field(CN_S("learner.status")));
    assert_null(cn_design_field(CN_S("attestations.outcome_based")));
    check_text(cn_design_field(CN_S("offering.industry_recognition"))->path, "industry_recognition.body");
    check_text(cn_design_field(CN_S("award.evidence"))->path, "evidence");
    check_text(cn_design_find(CN_S("credits.value"))->path, "value");
    assert_null(cn_design_find(CN_S("credits.values")));
    assert_null(cn_design_find(CN_S("credit")));
}

/* A field stands once, in a section that is there; what has words or columns has some. */
static void test_table(void **state) {
    (void)state;
    for (size_t i = 0; i < cn_design_fields.n; i++) {
        const cn_blank *f = &cn_design_fields.v[i];
        bool words = f->kind == CN_BLANK_ONE || f->kind == CN_BLANK_SOME;
        bool rows = f->kind == CN_BLANK_ROWS || f->kind == CN_BLANK_ALIGNMENT;
        assert_true(f->section >= CN_BLANK_HIDDEN && f->section < CN_DESIGN_SECTIONS);
        assert_true(words == (f->words != NULL) && rows == (f->columns_n > 0));
        for (size_t k = 0; k < i; k++) assert_false(cn_slice_eq(f->path, cn_design_fields.v[k].path));
    }
    for (cn_design_section s = 0; s < CN_DESIGN_SECTIONS; s++)
        assert_int_equal(cn_design_section_find(cn_design_section_name(s)), s);
    assert_int_equal(cn_design_section_find(CN_S("none")), CN_DESIGN_SECTIONS);
}

/* ---- Read ---- */

static void check_read(const char *text, const char *tidy, const char *problems) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_blank_problems found;
    cn_buf told = cn_buf_on(a, 0);
    const cn_json *out;
    cn_err err;
    if (!cn_design_read(a, cn_slice_of(text), &out, &found, &err)) fail_msg("%s: %s", err.id, err.detail);
    for (size_t i = 0; i < found.n; i++)
        cn_buf_print(&told, "%s%.*s %.*s", i ? "\n" : "", CN_ARG(found.v[i].at), CN_ARG(found.v[i].id));
    cn_buf_byte(&told, 0);
    cn_slice got = written(a, out);
    if (strcmp(told.p, problems) != 0) fail_msg("%s\ntold: %s", text, told.p);
    if (!cn_slice_eq(got, cn_slice_of(tidy))) fail_msg("%s\ngave: %.*s", text, CN_ARG(got));
}

static void test_read(void **state) {
    (void)state;
    static const struct {
        const char *text, *tidy, *problems;
    } cases[] = {
        {"{}", "{}", ""},
        {"{\"hours\":{\"total\":120.5}}", "{\"hours\":{\"total\":120.5}}", ""},
        {"{\"hours\":{\"total\":10001}}", "{}", "/hours/total large"},
        {"{\"hours\":{\"total\":-1}}", "{}", "/hours/total number"},
        {"{\"hours\":{\"total\":\"many\"}}", "{}", "/hours/total number"},
        {"{\"hours\":{\"total\":1e2}}", "{}", "/hours/total number"},
        {"{\"hours\":{\"totl\":1},\"hour\":2}", "{}", "/hours/totl unknown\n/hour unknown"},
        {"{\"hours\":5}", "{}", "/hours unknown"},
        {"{\"credits\":[{\"system\":\"X\",\"value\":3.125}]}",
         "{\"credits\":[{\"system\":\"X\",\"value\":3.125}]}", ""},
        {"{\"credits\":[{},{\"system\":\" \"}]}", "{}", ""},
        {"{\"credits\":[1,{\"value\":true,\"more\":1}]}", "{}",
         "/credits/0 kind\n/credits/1/more unknown\n/credits/1/value number"},
        {"{\"levels\":[{\"framework\":\"NCrF\",\"level\":4.5},{\"framework\":\"CEFR\",\"level\":\"A2\"}]}",
         "{\"levels\":[{\"framework\":\"NCrF\",\"level\":4.5},{\"framework\":\"CEFR\",\"level\":\"A2\"}]}", ""},
        {"{\"target_group\":{\"en\":\" a\\r\\nb \",\"de\":\"c\"}}", "{\"target_group\":{\"en\":\"a\\nb\"}}",
         "/target_group/de unknown"},
        {"{\"language\":[\"fr\"],\"target_group\":\"a\"}",
         "{\"language\":[\"fr\"],\"target_group\":{\"en\":\"a\"}}", ""},
        {"{\"language\":\"fr\",\"target_group\":\"a\"}", "{\"language\":[\"fr\"],\"target_group\":{\"fr\":\"a\"}}",
         ""},
        {"{\"participation\":{\"mode\":\"far\"}}", "{}", "/participation/mode choice"},
        {"{\"credit_bearing\":\"yes\"}", "{}", "/credit_bearing choice"},
        {"{\"classification\":{\"cip\":\"11.08\",\"noc\":[\"21231\",\"2123\"],\"isced\":\"0613\"}}",
         "{\"classification\":{\"noc\":[\"21231\"],\"isced\":\"0613\"}}",
         "/classification/cip form\n/classification/noc/1 form"},
        {"{\"licence\":\"see there\"}", "{}", "/licence url"},
        {"{\"course_count\":1.5}", "{}", "/course_count number"},
        {"{\"source\":{\"at\":\"2026-13-01\",\"version\":2}}", "{\"source\":{\"version\":2}}", "/source/at date"},
        {"{\"contact\":{\"name\":{\"en\":\"a\\u202eb\"}}}", "{}", "/contact/name/en control"},
        {"{\"assessment\":{\"types\":[\"exam\",\"quiz\"]}}", "{\"assessment\":{\"types\":[\"exam\"]}}",
         "/assessment/types/1 choice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_read(cases[i].text, cases[i].tidy, cases[i].problems);
}

static void test_limits(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf text = cn_buf_on(a, 0);
    cn_blank_problems found;
    const cn_json *out;
    cn_err err;
    cn_buf_add(&text, CN_S("{\"standards\":[\"x\""));
    for (int i = 0; i < 40; i++) cn_buf_add(&text, CN_S(",\"x\""));
    cn_buf_add(&text, CN_S("],\"transcript_entry\":{\"en\":\""));
    for (int i = 0; i < 201; i++) cn_buf_byte(&text, 'x');
    cn_buf_add(&text, CN_S("\"}"));
    for (int i = 0; i < 100; i++) cn_buf_print(&text, ",\"x%d\":1", i);
    cn_buf_byte(&text, '}');
    assert_true(cn_design_read(a, cn_buf_slice(&text), &out, &found, &err));
    assert_int_equal(found.n, CN_BLANK_PROBLEMS_MAX); /* the first ones alone */
    assert_int_equal(cn_json_count(out), 0);
    assert_false(cn_design_read(a, CN_S("[]"), &out, &found, &err));
    check_err(err, CN_INVALID, "blanks.shape");
    assert_false(cn_design_read(a, CN_S("{\"hours\":{},\"hours\":{}}"), &out, &found, &err));
    check_err(err, CN_INVALID, "json.duplicate-key");
}

/* The complete sample is a design, but for what is no address in it. */
static void test_record(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_blank_problems found;
    const cn_json *out;
    cn_err err;
    cn_slice text = written(a, file(a, "docs/samples/record.json"));
    assert_true(cn_design_read(a, text, &out, &found, &err));
    for (size_t i = 0; i < found.n; i++) printf("# %.*s %.*s\n", CN_ARG(found.v[i].at), CN_ARG(found.v[i].id));
    assert_int_equal(found.n, 2); /* "u" is no address */
    assert_true(cn_json_equal(cn_json_point(out, CN_S("/hours")),
                              json(a, "{\"total\":120,\"contact\":60,\"instructional\":60}")));
    assert_true(cn_json_equal(cn_json_point(out, CN_S("/outcome_alignment")),
                              json(a, "[{\"outcome\":1,\"kind\":\"skill\"}]")));
    check_text(cn_json_text(cn_json_point(out, CN_S("/target_group/en"))), "workers");
    /* What was read is read again as it is. */
    const cn_json *again;
    assert_true(cn_design_read(a, written(a, out), &again, &found, &err));
    assert_int_equal(found.n, 0);
    assert_true(cn_slice_eq(written(a, out), written(a, again)));
}

/* ---- Outcomes that move ---- */

#define WORDS(...)                                                                                                \
    (cn_achievement_text) {                                                                                       \
        .outcomes = (cn_slice[]){__VA_ARGS__}, .outcomes_n = sizeof(cn_slice[]){__VA_ARGS__} / sizeof(cn_slice)   \
    }
#define O(word) CN_S_INIT(word)

static void check_moved(const cn_draft *from, const cn_draft *to, const char *expected) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *out,
        *design = json(a, "{\"hours\":{\"total\":7},\"outcome_alignment\":[{\"outcome\":1,\"kind\":"
                          "\"knowledge\"},{\"outcome\":2,\"kind\":\"skill\"},{\"outcome\":3,"
                          "\"kind\":\"attitude\"}]}");
    cn_err err;
    assert_true(cn_design_realign(a, design, from, to, &out, &err));
    assert_non_null(cn_json_get(out, CN_S("hours")));
    const cn_json *rows = cn_json_get(out, CN_S("outcome_alignment"));
    if (!*expected) assert_null(rows);
    cn_buf b = cn_buf_on(a, 0);
    for (size_t i = 0; i < cn_json_count(rows); i++)
        cn_buf_print(&b, "%d%c ", (int)cn_json_get(cn_json_item(rows, i), CN_S("outcome"))->number,
                     cn_json_get_text(cn_json_item(rows, i), CN_S("kind")).p[0]);
    cn_slice got = cn_slice_trim(cn_buf_slice(&b));
    if (!cn_slice_eq(got, cn_slice_of(expected))) fail_msg("\"%.*s\", not \"%s\"", CN_ARG(got), expected);
}

static void test_outcomes_move(void **state) {
    (void)state;
    cn_draft was = {.en = WORDS(O("a"), O("b"), O("c")), .fr = WORDS(O("x"), O("y"), O("z"))};
    check_moved(&was, &was, "1k 2s 3a");
    check_moved(&was, &(cn_draft){.en = WORDS(O("b"), O("c")), .fr = WORDS(O("y"), O("z"))}, "1s 2a");
    check_moved(&was, &(cn_draft){.en = WORDS(O("c"), O("a"), O("b")), .fr = WORDS(O("z"), O("x"), O("y"))},
                "1a 2k 3s");
    check_moved(&was, &(cn_draft){.en = WORDS(O("a"), O("new"), O("c")), .fr = WORDS(O("x"), O("neuf"), O("z"))},
                "1k 3a");
    /* One language is mended, or comes later. */
    check_moved(&was, &(cn_draft){.en = WORDS(O("a"), O("B"), O("c")), .fr = was.fr}, "1k 2s 3a");
    check_moved(&was, &(cn_draft){.en = was.en}, "1k 2s 3a");
    check_moved(&was, &(cn_draft){.fr = WORDS(O("z"))}, "1a");
    check_moved(&was, &(cn_draft){.en = WORDS(O("n")), .fr = WORDS(O("m"))}, "");
    check_moved(&(cn_draft){0}, &was, "");
    /* The same words twice: each place has its own. */
    cn_draft twice = {.en = WORDS(O("a"), O("a"), O("c"))};
    check_moved(&twice, &twice, "1k 2s 3a");
}

/* A file that says which words it means is taken for them; one that names places alone, for the places. */
static void test_outcomes_of_files(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_blank_problems found;
    const cn_json *out;
    cn_slice text;
    cn_err err;
    cn_draft one = {.en = WORDS(O("a"), O("b")),
                    .fr = WORDS(O("x"), O("y")),
                    .design = json(a, "{\"outcome_alignment\":[{\"outcome\":1,\"kind\":\"skill\"}]}")},
             other = {.en = WORDS(O("n"), O("a")), .fr = WORDS(O("m"), O("x"))};
    const char *record = "{\"offering\":{\"learning_outcomes\":[\"b\",\"a\"],\"outcome_alignment\":[{\"outcome\":"
                         "\"a\",\"kind\":\"skill\"},{\"outcome\":\"b\",\"kind\":\"attitude\"}]}}";
    assert_true(cn_design_write_of(a, &one, &text, &err));
    assert_true(cn_design_read_for(a, text, &other, &out, &found, &err) && !found.n);
    check_text(written(a, out), "{\"outcome_alignment\":[{\"outcome\":2,\"kind\":\"skill\"}]}");
    assert_true(cn_design_read_for(a, cn_slice_of(record), &one, &out, &found, &err));
    check_text(written(a, out), "{\"outcome_alignment\":[{\"outcome\":1,\"kind\":\"skill\"},"
                                "{\"outcome\":2,\"kind\":\"attitude\"}]}");
    assert_true(cn_design_read_for(a, written(a, one.design), &other, &out, &found, &err));
    check_text(written(a, out), "{\"outcome_alignment\":[{\"outcome\":1,\"kind\":\"skill\"}]}");
    other.design = json(a, "{\"hours\":{\"total\":1}}");
    assert_true(cn_design_write_of(a, &other, &text, &err));
    assert_true(cn_json_equal(json(a, text.p), other.design));
}

/* ---- Typed ---- */

typedef struct typed_pair {
    const char *name, *value;
} typed_pair;

static cn_slice find_typed(const void *self, cn_slice name) {
    for (const typed_pair *p = self; p->name; p++)
        if (cn_slice_eq(cn_slice_of(p->name), name)) return cn_slice_of(p->value);
    return (cn_slice){0};
}

static void check_typed(cn_design_section section, const typed_pair *pairs, bool comma, const char *expected) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_typed typed = {find_typed, pairs, comma};
    cn_json *out = NULL;
    cn_err err;
    assert_true(cn_blanks_typed(a, cn_design_fields, (int)section, &typed, &out, &err));
    cn_slice got = written(a, out);
    if (!cn_slice_eq(got, cn_slice_of(expected))) fail_msg("%.*s", CN_ARG(got));
}

static void test_typed(void **state) {
    (void)state;
    static const typed_pair workload[] = {
        {"hours.total", "1 200"},   {"hours.contact", "3,125"}, {"credit_bearing", "no"},
        {"credits.n", "3"},         {"credits.0.system", "X"},  {"credits.0.value", "3,125"},
        {"credits.2.value", "two"}, {"language.en", "1"},       {0}};
    check_typed(CN_DESIGN_WORKLOAD, workload, true,
                "{\"hours\":{\"total\":1200,\"contact\":3.125},\"credit_bearing\":false,"
                "\"credits\":[{\"system\":\"X\",\"value\":3.125},{\"value\":\"two\"}]}");
    /* Where a comma groups digits, 3,125 could be either: it is no number. */
    check_typed(CN_DESIGN_WORKLOAD, workload, false,
                "{\"hours\":{\"total\":1200,\"contact\":\"3,125\"},\"credit_bearing\":false,"
                "\"credits\":[{\"system\":\"X\",\"value\":\"3,125\"},{\"value\":\"two\"}]}");
    static const typed_pair outcomes[] = {
        {"outcome_alignment.n", "3"}, {"outcome_alignment.1.kind", "skill"}, {0}};
    check_typed(CN_DESIGN_OUTCOMES, outcomes, false,
                "{\"outcome_alignment\":[{\"outcome\":2,\"kind\":\"skill\"}]}");
    static const typed_pair pathways[] = {{"stackability.into.en", "- One\n\nThree"},
                                          {"stackability.into.fr", "Un\nDeux"},
                                          {"transcript_entry.fr", "T"},
                                          {0}};
    check_typed(
        CN_DESIGN_PATHWAYS, pathways, false,
        "{\"stackability\":{\"into\":[{\"en\":\"One\",\"fr\":\"Un\"},{\"fr\":\"Deux\"},{\"en\":\"Three\"}]},"
        "\"transcript_entry\":{\"fr\":\"T\"}}");
    static const typed_pair assessment[] = {{"assessment.types.exam", "1"}, {"assessment.types.other", "1"}, {0}};
    check_typed(CN_DESIGN_ASSESSMENT, assessment, false, "{\"assessment\":{\"types\":[\"exam\",\"other\"]}}");
}

static void check_shown(const char *path, const char *value, bool french, bool comma, const char *expected) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice got = cn_blank_text(a, cn_design_find(cn_slice_of(path)), json(a, value), french, comma);
    if (!cn_slice_eq(got, cn_slice_of(expected))) fail_msg("%s: %.*s", path, CN_ARG(got));
}

static void test_shown(void **state) {
    (void)state;
    check_shown("credits.value", "3.125", false, true, "3,125");
    check_shown("credits.value", "3.125", true, false, "3.125");
    check_shown("credits.value", "\"3,1,\"", true, true, "3,1,");
    check_shown("credit_bearing", "true", false, false, "yes");
    check_shown("stackability.into", "[{\"en\":\"a\",\"fr\":\"b\"},{\"fr\":\"c\"}]", false, false, "a\n");
    check_shown("stackability.into", "[{\"en\":\"a\",\"fr\":\"b\"},{\"fr\":\"c\"}]", true, false, "b\nc");
    check_shown("target_group", "{\"en\":\"a\"}", true, false, "");
    check_shown("standards", "[\"a\",\"b\"]", true, false, "a\nb");
}

/* ---- State, joining, filling ---- */

static void test_state(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    assert_int_equal(cn_design_state_of(NULL, CN_DESIGN_WORKLOAD), CN_DESIGN_NOT_BEGUN);
    const cn_json *v = json(a, "{\"hours\":{\"total\":1}}");
    assert_int_equal(cn_design_state_of(v, CN_DESIGN_WORKLOAD), CN_DESIGN_BEGUN);
    assert_int_equal(cn_design_state_of(v, CN_DESIGN_LEVELS), CN_DESIGN_NOT_BEGUN);
    v = json(a, "{\"hours\":{\"total\":1},\"duration_weeks\":2,\"credit_bearing\":false}");
    assert_int_equal(cn_design_state_of(v, CN_DESIGN_WORKLOAD), CN_DESIGN_COMPLETE);
    v = json(a, "{\"labour_market_evidence\":[{\"en\":\"a\"}]}");
    assert_int_equal(cn_design_state_of(v, CN_DESIGN_MARKET), CN_DESIGN_BEGUN); /* not in French */
    v = json(a, "{\"labour_market_evidence\":[{\"en\":\"a\",\"fr\":\"b\"}]}");
    assert_int_equal(cn_design_state_of(v, CN_DESIGN_MARKET), CN_DESIGN_COMPLETE);
}

static void test_joined(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *was = json(a, "{\"hours\":{\"total\":1,\"contact\":2},\"is_award\":true}"), *out;
    cn_err err;
    assert_true(cn_blanks_join(a, cn_design_fields, CN_DESIGN_WORKLOAD, was, json(a, "{\"hours\":{\"total\":3}}"),
                               &out, &err));
    assert_true(cn_json_equal(out, json(a, "{\"hours\":{\"total\":3},\"is_award\":true}")));
    assert_true(cn_design_fill(a, was, json(a, "{\"hours\":{\"total\":9,\"instructional\":4}}"), &out, &err));
    assert_true(cn_json_equal(
        out, json(a, "{\"hours\":{\"total\":1,\"contact\":2,\"instructional\":4},\"is_award\":true}")));
    assert_true(cn_design_fill(a, NULL, was, &out, &err));
    assert_true(cn_json_equal(out, was));
}

static void test_templates(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_design_templates all;
    cn_blank_problems found;
    cn_err err;
    assert_true(cn_design_templates_all(a, &all, &err));
    assert_true(all.n >= 4);
    for (size_t i = 0; i < all.n; i++) {
        const cn_design_template *t = &all.v[i];
        const cn_json *again;
        assert_true(t->id.n && t->title.en.n && t->title.fr.n && t->text.en.n && t->text.fr.n);
        assert_true(cn_design_read(a, written(a, t->design), &again, &found, &err));
        assert_int_equal(found.n, 0);
        for (size_t f = 0; f < cn_design_fields.n; f++) { /* in both languages */
            const cn_json *v = cn_blank_value(t->design, cn_design_fields.v[f].path);
            if (v && !cn_blank_said(&cn_design_fields.v[f], v))
                fail_msg("%.*s: %.*s", CN_ARG(t->id), CN_ARG(cn_design_fields.v[f].path));
        }
    }
}

static void test_memory(void **state) {
    (void)state;
    cn_arena *keep CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text = written(keep, file(keep, "docs/samples/record.json"));
    bool done = false;
    for (size_t nth = 1; !done; nth++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_blank_problems found;
        const cn_json *out;
        cn_err err;
        cn_arena_fail_after(a, nth);
        done = cn_design_read(a, text, &out, &found, &err);
        if (!done) check_err(err, CN_LIMIT, "memory.limit");
        assert_true(nth < 20000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_rule),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_record),
        cmocka_unit_test(test_outcomes_move),
        cmocka_unit_test(test_outcomes_of_files),
        cmocka_unit_test(test_typed),
        cmocka_unit_test(test_shown),
        cmocka_unit_test(test_state),
        cmocka_unit_test(test_joined),
        cmocka_unit_test(test_templates),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
