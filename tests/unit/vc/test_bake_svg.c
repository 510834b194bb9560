/* SPDX-License-Identifier: Apache-2.0 */
#include "../check.h"
#include "bench.h"

#include <unistd.h>

#include "vc/bake.h"

#define JSON "{\"name\":\"\xc3\x89t\xc3\xa9\"}"
#define JWS "eyJhbGciOiJFZERTQSJ9.e30.c2ln"
#define SVG "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:b=\"https://purl.imsglobal.org/ob/v3p0\">"
#define DOCTYPE "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/svg11.dtd\">"
#define CREDENTIAL "<b:credential><![CDATA[ " JSON " ]]></b:credential>"

static void check_payload(cn_arena *a, cn_slice image, cn_slice expected) {
    cn_slice format, payload;
    cn_err err = {0};
    if (!cn_unbake(a, image, &format, &payload, &err)) fail_msg("%s: %s (%s)", err.id, err.detail, err.where);
    check_text(format, "svg");
    assert_int_equal(payload.n, expected.n);
    assert_memory_equal(payload.p, expected.p, expected.n);
}

static void credentials_are_found(void **state) {
    static const char *const images[] = {
        SVG CREDENTIAL "</svg>",
        "\xef\xbb\xbf<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" SVG CREDENTIAL "</svg>",
        "<!-- a > b --><?x > ?>" DOCTYPE SVG "<g/>" CREDENTIAL "</svg>\n",
        SVG "<metadata>" CREDENTIAL "</metadata></svg>",
        SVG "<b:credential>" JSON "</b:credential></svg>",
        SVG "<b:credential><x>no</x>{&#34;name&quot;:\"\xc3\x89t&#xe9;\"<![CDATA[}]]></b:credential></svg>",
        "<svg><credential xmlns=\"https://purl.imsglobal.org/ob/v3p0\"><![CDATA[" JSON "]]></credential></svg>",
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof images / sizeof images[0]; i++)
        check_payload(b->arena, cn_slice_of(images[i]), CN_S(JSON));
    check_payload(b->arena, CN_S(SVG "<b:credential verify=\" " JWS " \"/></svg>"), CN_S(JWS));
    check_payload(b->arena, CN_S(SVG "<b:credential b:verify='x' verify='" JWS "'> \n</b:credential></svg>"),
                  CN_S(JWS));
}

static void every_problem_has_its_word(void **state) {
    static const struct {
        const char *image;
        cn_code code;
        const char *id, *where;
    } rows[] = {
        {SVG "</svg>", CN_NOT_FOUND, "no-credential-in-image", "the whole image"},
        {SVG "<b:credential/></svg>", CN_NOT_FOUND, "no-credential-in-image", NULL},
        {SVG "<credential>{}</credential></svg>", CN_NOT_FOUND, "no-credential-in-image", NULL},
        {"<svg><openbadges:credential>{}</openbadges:credential></svg>", CN_INVALID, "svg-syntax",
         "line 1, column 6"},
        {SVG CREDENTIAL CREDENTIAL "</svg>", CN_INVALID, "svg-two-credentials", NULL},
        {SVG "<b:credential>" CREDENTIAL "</b:credential></svg>", CN_INVALID, "svg-two-credentials", NULL},
        {SVG "<b:credential verify='a.b.c'>{}</b:credential></svg>", CN_INVALID, "svg-two-credentials",
         "the credential element"},
        {"<svg>\n<a:assertion xmlns:a='http://openbadges.org'> </a:assertion></svg>", CN_UNSUPPORTED,
         "open-badges-2", NULL},
        {"<!DOCTYPE svg [<!ENTITY a 'b'>]>" SVG CREDENTIAL "</svg>", CN_UNSUPPORTED, "svg-dtd", NULL},
        {"<!DOCTYPE svg SYSTEM 'x.dtd' []>" SVG CREDENTIAL "</svg>", CN_UNSUPPORTED, "svg-dtd", NULL},
        {"<!DOCTYPE s-->[<!ENTITY a 'b'>]>" SVG CREDENTIAL "</svg>", CN_INVALID, "not-an-image", NULL},
        {DOCTYPE SVG "<b:credential>{&who;}</b:credential></svg>", CN_INVALID, "svg-entity", NULL},
        {SVG "<b:credential>{&who;}</b:credential></svg>", CN_INVALID, "svg-syntax", NULL},
        {SVG "\n<g></svg>", CN_INVALID, "svg-syntax", "line 2, column 6"},
        {SVG CREDENTIAL, CN_INVALID, "svg-syntax", NULL},
        {SVG CREDENTIAL "</svg><svg/>", CN_INVALID, "svg-syntax", NULL},
        {"<!DOCTYPE html><html><body></body></html>", CN_INVALID, "not-an-image", NULL},
        {"< hello", CN_INVALID, "not-an-image", NULL},
        {"<svg xmlns='urn:x'/>", CN_INVALID, "not-an-image", NULL},
        {SVG "\xff</svg>", CN_UNSUPPORTED, "svg-encoding", NULL},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_slice format, payload;
        cn_err err = {0};
        assert_false(cn_unbake(b->arena, cn_slice_of(rows[i].image), &format, &payload, &err));
        if (strcmp(err.id, rows[i].id) != 0) fail_msg("%s: %s, %s", rows[i].image, err.id, err.detail);
        check_err(err, rows[i].code, rows[i].id);
        assert_true(err.where[0]);
        if (rows[i].where) assert_string_equal(err.where, rows[i].where);
    }
}

/* Baking splices: what stood before and behind stands there still. */
static void baking_changes_nothing_else(void **state) {
    static const struct {
        const char *before, *after, *opened, *closed;
    } images[] = {
        {"<?xml version=\"1.0\"?>\r\n" DOCTYPE "<!-- <svg> --><svg a='1>2' b = \"/>\" >", "\r\n<g/></svg> \n", "",
         ""},
        {"\xef\xbb\xbf<svg>", "</svg>", "", ""},
        {"<svg", "<!-- end -->", ">", "</svg>"},
        {"<s:svg xmlns:s='http://www.w3.org/2000/svg' ", "", ">", "</s:svg>"},
    };
    static const cn_slice payloads[] = {CN_S_INIT(JSON), CN_S_INIT(JWS), CN_S_INIT("{\"a\":\"]]>]]]>>\"}"),
                                        CN_S_INIT("{\"a\":\"<&amp;]]\"}")};
    bench *b = *state;
    for (size_t i = 0; i < sizeof images / sizeof images[0]; i++)
        for (size_t j = 0; j < sizeof payloads / sizeof payloads[0]; j++) {
            cn_slice image, head, tail, baked;
            cn_err err = {0};
            const char *slash = images[i].closed[0] ? "/>" : "";
            assert_true(cn_arena_print(b->arena, &image, "%s%s%s", images[i].before, slash, images[i].after));
            assert_true(
                cn_arena_print(b->arena, &head, "%s%s<openbadges:credential", images[i].before, images[i].opened));
            assert_true(cn_arena_print(b->arena, &tail, ">%s%s", images[i].closed, images[i].after));
            if (!cn_bake(b->arena, image, payloads[j], &baked, &err)) fail_msg("%s: %s", err.id, err.detail);
            assert_true(cn_slice_starts(baked, head));
            assert_true(cn_slice_ends(baked, tail));
            check_payload(b->arena, baked, payloads[j]);
            assert_false(cn_bake(b->arena, baked, payloads[j], &baked, &err));
            check_err(err, CN_CONFLICT, "baked-already");
        }
}

static void what_xml_cannot_hold_is_said(void **state) {
    bench *b = *state;
    cn_slice baked;
    cn_err err = {0};
    assert_true(cn_bake(b->arena, CN_S("<svg/>"), CN_S("{\r\n\"a\":1\r}\r\n"), &baked, &err));
    check_payload(b->arena, baked, CN_S("{\n\"a\":1\n}"));
    assert_false(cn_bake(b->arena, CN_S("<svg/>"), CN_S("{\"a\":\"\xef\xbf\xbf\"}"), &baked, &err));
    check_err(err, CN_INVALID, "bake-payload");
    cn_slice latin = CN_S("<?xml version='1.0' encoding='ISO-8859-1'?><svg/>");
    assert_true(cn_bake(b->arena, latin, CN_S(JWS), &baked, &err));
    assert_false(cn_bake(b->arena, latin, CN_S(JSON), &baked, &err));
    check_err(err, CN_UNSUPPORTED, "svg-encoding");
}

static cn_slice repeated(cn_arena *a, const char *head, const char *part, size_t times, const char *tail) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, cn_slice_of(head));
    for (size_t i = 0; i < times; i++) cn_buf_add(&b, cn_slice_of(part));
    cn_buf_add(&b, cn_slice_of(tail));
    assert_true(cn_buf_ok(&b));
    return cn_buf_slice(&b);
}

static cn_slice numbered(cn_arena *a, const char *head, const char *part, int times, const char *tail) {
    cn_buf b = cn_buf_on(a, 0);
    cn_buf_add(&b, cn_slice_of(head));
    const char *mark = strchr(part, '%');
    for (int i = 0; i < times; i++) {
        cn_buf_add(&b, cn_slice_bytes(part, (size_t)(mark - part)));
        cn_buf_u64(&b, (uint64_t)i);
        cn_buf_add(&b, cn_slice_of(mark + 2));
    }
    cn_buf_add(&b, cn_slice_of(tail));
    assert_true(cn_buf_ok(&b));
    return cn_buf_slice(&b);
}

/* Each ends, as the time that all tests have shows, with one answer out of the listed, or with the payload (NULL).
 */
static void hostile_images_end_soon(void **state) {
    bench *b = *state;
    cn_arena *a = b->arena;
    const struct {
        cn_slice image;
        const char *id;
    } rows[] = {
        {repeated(a, SVG, "<g>", 83334, ""), "too-deep"},
        {repeated(a, SVG, "<g>", 199, ""), "svg-syntax"},
        {repeated(a, "<!DOCTYPE svg [<!ENTITY a 'lol'>", "<!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>", 1000,
                  "]><svg>&b;</svg>"),
         "svg-dtd"},
        {repeated(a, SVG, "<g/>", (CN_IMAGE_MAX - 1000) / 4, CREDENTIAL "</svg>"), NULL},
        {repeated(a, "<svg ", "a = '1' ", 1000000, "/>"), "svg-too-complex"},
        {numbered(a, "<svg", " a%d=''", 512, "/>"), "no-credential-in-image"},
        {numbered(a, "<svg", " xmlns:a%d='u'", 257, "/>"), "svg-too-complex"},
        {numbered(a, "<svg>", "<g xmlns:a%d='u'>", 100, "<g></svg>"), "svg-syntax"},
        {repeated(a, "<svg", " a", 1000000, "/>"), "not-an-image"},
        {repeated(a, SVG, "&#32;", (CN_IMAGE_MAX - 1000) / 5, CREDENTIAL "</svg>"), NULL},
        {repeated(a, SVG, "x", CN_IMAGE_MAX, "</svg>"), "image-too-large"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_slice payload;
        cn_err err = {0};
        bool ok = cn_unbake_svg(a, rows[i].image, &payload, &err);
        assert_int_equal(ok, rows[i].id == NULL);
        if (!ok && strcmp(err.id, rows[i].id) != 0) fail_msg("%zu: %s, %s (%s)", i, err.id, err.detail, err.where);
    }
}

/* Errors come back to the caller, and nowhere else. */
static void nothing_is_printed(void **state) {
    bench *b = *state;
    char said[64];
    FILE *file = tmpfile();
    int kept = dup(STDERR_FILENO);
    cn_slice format, payload;
    cn_err err = {0};
    assert_non_null(file);
    (void)fflush(stderr);
    assert_true(dup2(fileno(file), STDERR_FILENO) >= 0);
    static const char *const bad[] = {"<svg><a:b>&x;</svg>",
                                      "<svg xmlns:a=''><a:b/><c:d/></svg>",
                                      "<svg",
                                      "<?xml",
                                      "<?xml version='1.0' encoding='nonsense'?><svg/>",
                                      "<!DOCTYPE svg SYSTEM 'http://127.0.0.1/x'><svg>&x;</svg>"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(cn_unbake(b->arena, cn_slice_of(bad[i]), &format, &payload, &err));
    (void)fflush(stderr);
    (void)dup2(kept, STDERR_FILENO);
    (void)close(kept);
    rewind(file);
    assert_int_equal(fread(said, 1, sizeof said, file), 0);
    (void)fclose(file);
}

static void memory_at_its_maximum(void **state) {
    bench *b = *state;
    cn_slice payload, baked;
    cn_err err = {0};
    size_t n = 0;
    for (bool ok = false; !ok; n++) {
        cn_arena_fail_after(b->arena, n + 1);
        ok = cn_unbake_svg(b->arena, CN_S(SVG "<b:credential verify='a.b.c'/></svg>"), &payload, &err) &&
             cn_unbake_svg(b->arena, CN_S(SVG CREDENTIAL "</svg>"), &payload, &err) &&
             cn_bake_svg(b->arena, CN_S("<svg/>"), CN_S(JSON), &baked, &err);
        if (!ok) check_err(err, CN_LIMIT, "memory.limit");
    }
    cn_arena_fail_after(b->arena, 0);
    assert_true(n > 3);
}

static void a_baked_credential_verifies(void **state) {
    bench *b = *state;
    cn_slice baked;
    cn_err err = {0};
    assert_true(cn_bake(b->arena, CN_S(SVG "<g/></svg>"), bench_file(b->arena, "good.json"), &baked, &err));
    cn_report r = bench_verify(b, baked);
    assert_int_equal(r.verdict, CN_VERIFIED);
    check_text(r.format, "svg");
    r = bench_verify(b, CN_S(SVG "<g></svg>"));
    assert_string_equal(bench_step(&r, "read")->problem, "svg-syntax");
    assert_true(bench_step(&r, "read")->where.n > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(credentials_are_found, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(every_problem_has_its_word, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(baking_changes_nothing_else, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(what_xml_cannot_hold_is_said, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(hostile_images_end_soon, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(nothing_is_printed, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(memory_at_its_maximum, bench_new, bench_done),
        cmocka_unit_test_setup_teardown(a_baked_credential_verifies, bench_new, bench_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
