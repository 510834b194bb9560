/* SPDX-License-Identifier: Apache-2.0
 *
 * Drawn badges: the same every time, small, readable, and never beyond their edge.
 */
#include <expat.h>
#include <math.h>

#include "../check.h"
#include "draw/inside.h"

static const cn_slice LONG = CN_S_INIT(
    "Essentials of bookkeeping, payroll, inventory, taxes and reporting for the small enterprises of rural "
    "communities, with an introduction to cooperatives, their governance and their annual assemblies, and "
    "to what the law asks of those who keep books for others in each province and territory");

static int start(void **state) {
    cn_draw *d;
    cn_err err;
    if (!cn_draw_new(&d, &err)) fail_msg("%s", err.detail);
    *state = d;
    return 0;
}

static int end(void **state) {
    cn_draw_free(*state);
    return 0;
}

static cn_slice draw(cn_arena *a, cn_draw *d, cn_badge b, cn_badge_form form) {
    cn_slice out;
    cn_err err;
    if (!cn_draw_badge(a, d, &b, form, &out, &err)) fail_msg("%s", err.detail);
    return out;
}

static cn_picture picture(cn_arena *a, cn_draw *d, cn_badge b) {
    cn_picture p;
    cn_err err;
    cn_slice png = draw(a, d, b, CN_BADGE_PNG);
    assert_in_range(png.n, 1000, 60000);
    if (!cn_png_read(a, png, &p, &err)) fail_msg("%s", err.detail);
    assert_int_equal(p.width, CN_BADGE_SIDE);
    assert_int_equal(p.height, CN_BADGE_SIDE);
    return p;
}

static uint32_t at(const cn_picture *p, size_t x, size_t y) {
    return p->pixels[y * p->width + x];
}

static void test_same(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_draw *other CN_DRAW_AUTO = NULL;
    cn_err err;
    if (!cn_draw_new(&other, &err)) fail_msg("%s", err.detail);
    cn_badge b = {CN_S("Java Programming"), CN_S("North Shore College"), CN_S("id-1")};
    for (cn_badge_form form = CN_BADGE_PNG; form <= CN_BADGE_SVG; form++) {
        cn_slice first = draw(a, *state, b, form);
        assert_true(cn_slice_eq(first, draw(a, *state, b, form)));
        assert_true(cn_slice_eq(first, draw(a, other, b, form)));
        assert_false(cn_slice_eq(first, draw(a, *state, (cn_badge){b.name, b.organisation, CN_S("id-2")}, form)));
        assert_false(cn_slice_eq(first, draw(a, *state, (cn_badge){b.name, CN_S("Other"), b.seed}, form)));
    }
}

/* ---- Contrast: WCAG 2.2, 1.4.3 ---- */

static double luminance(uint32_t pixel) {
    const double part[3] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = (pixel >> (16 - 8 * i) & 0xff) / 255.0;
        sum += part[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(uint32_t a, uint32_t b) {
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

/* Every palette comes up among so many seeds. The sky, in the upper corner, is the organisation's colour too. */
static void test_contrast(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    uint32_t hills[64];
    size_t n = 0;
    for (int i = 0; i < 64; i++) {
        cn_arena_mark mark = cn_arena_get_mark(a);
        char seed[8];
        int length = snprintf(seed, sizeof seed, "%d", i);
        cn_picture p = picture(a, *state, (cn_badge){CN_S("M"), CN_S("O"), cn_slice_bytes(seed, (size_t)length)});
        uint32_t hill = at(&p, 320, 632), sky = at(&p, 40, 20);
        bool white = false;
        for (size_t y = 370; y < 600; y++) white |= at(&p, 320, y) == 0xffffffff;
        for (size_t y = 370; y < 600; y++) white |= at(&p, 305, y) == 0xffffffff;
        assert_true(white);
        assert_true(contrast(hill, 0xffffffff) >= 7);
        assert_true(contrast(hill, sky) >= 4.5);
        bool known = false;
        for (size_t j = 0; j < n; j++) known |= hills[j] == hill;
        if (!known) hills[n++] = hill;
        cn_arena_reset(a, mark);
    }
    assert_int_equal(n, 8);
}

/* ---- Room ---- */

/* Beyond the margins of the hill there is nothing but the hill. */
static void check_margins(const cn_picture *p) {
    uint32_t hill = at(p, 320, 632);
    for (size_t y = 362; y < CN_BADGE_SIDE - 60; y++)
        for (size_t x = 0; x < 44; x++) {
            assert_int_equal(at(p, x, y), hill);
            assert_int_equal(at(p, CN_BADGE_SIDE - 1 - x, y), hill);
        }
    for (size_t y = 608; y < CN_BADGE_SIDE; y++)
        for (size_t x = 60; x < CN_BADGE_SIDE - 60; x++) assert_int_equal(at(p, x, y), hill);
    size_t drawn = 0;
    for (size_t y = 362; y < 608; y++)
        for (size_t x = 44; x < CN_BADGE_SIDE - 44; x++) drawn += at(p, x, y) != hill;
    assert_true(drawn > 200);
}

static void test_room(void **state) {
    const cn_slice names[] = {
        CN_S("A"),
        CN_S("Java"),
        CN_S("Computer Support Service Essentials"),
        LONG,
        CN_S("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW"),
        CN_S("\xc3\x89l\xc3\xa9ments de comptabilit\xc3\xa9 pour d\xc3\xa9"
             "butantes et d\xc3\xa9"
             "butants"),
        CN_S("\xd8\xa8\xd8\xb1\xd9\x85\xd8\xac\xd8\xa9 \xd8\xac\xd8\xa7\xd9\x81\xd8\xa7"), /* right to left */
        CN_S("a\nb\x01\x7f"
             "c"),
    };
    const cn_slice organisations[] = {CN_S(""), CN_S("Coll\xc3\xa8ge du Nord"), LONG};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        for (size_t j = 0; j < 3; j++) {
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            cn_picture p = picture(a, *state, (cn_badge){names[i], organisations[j], CN_S("x")});
            check_margins(&p);
            assert_int_equal(at(&p, 0, 0), 0); /* the corners are round */
            assert_int_equal(at(&p, CN_BADGE_SIDE - 1, CN_BADGE_SIDE - 1), 0);
        }
}

/* ---- SVG ---- */

typedef struct seen {
    int depth;
    size_t paths, texts;
    char text[2][64];
} seen;

static void on_start(void *self, const XML_Char *name, const XML_Char **attributes) {
    static const char *const allowed[] = {"path", "title", "desc", "svg"};
    seen *s = self;
    size_t i = 0;
    while (i < 4 && strcmp(name, allowed[i]) != 0) i++;
    assert_true(i < 4 && (i == 3) == (s->depth == 0));
    s->depth++;
    s->paths += i == 0;
    s->texts += i == 1 || i == 2;
    for (; *attributes; attributes += 2) {
        assert_null(strstr(attributes[0], "href"));
        assert_null(strstr(attributes[1], "url("));
    }
}

static void on_end(void *self, const XML_Char *name) {
    (void)name;
    ((seen *)self)->depth--;
}

static void on_text(void *self, const XML_Char *text, int n) {
    seen *s = self;
    if (s->depth != 2) return;
    assert_in_range(s->texts, 1, 2);
    char *to = s->text[s->texts - 1];
    (void)snprintf(to + strlen(to), sizeof s->text[0] - strlen(to), "%.*s", n, text);
}

static void test_svg(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice svg = draw(
        a, *state, (cn_badge){CN_S("R&D <\"\xc3\x89t\xc3\xa9\"> ]]>\x1b"), CN_S("</desc><script/>"), CN_S("s")},
        CN_BADGE_SVG);
    assert_in_range(svg.n, 2000, 60000);
    seen s = {0};
    XML_Parser parser = XML_ParserCreate("UTF-8");
    XML_SetUserData(parser, &s);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    assert_int_equal(XML_Parse(parser, svg.p, (int)svg.n, XML_TRUE), XML_STATUS_OK);
    XML_ParserFree(parser);
    assert_int_equal(s.texts, 2);
    assert_string_equal(s.text[0], "R&D <\"\xc3\x89t\xc3\xa9\"> ]]>");
    assert_string_equal(s.text[1], "</desc><script/>");
    assert_in_range(s.paths, 9, 10); /* sky, sun, hill, four or five stones, two texts */
}

/* ---- What is refused ---- */

static void test_refused(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    char many[CN_BADGE_TEXT_MAX + 1];
    memset(many, 'a', sizeof many);
    const struct {
        cn_badge badge;
        cn_code code;
    } cases[] = {
        {{.name = CN_S("")}, CN_INVALID},
        {{.name = CN_S(" \n\x01")}, CN_INVALID},
        {{.name = CN_S("\xff")}, CN_INVALID},
        {{.name = CN_S("a"), .organisation = CN_S("\xc3")}, CN_INVALID},
        {{.name = cn_slice_bytes(many, sizeof many)}, CN_LIMIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        cn_slice out;
        cn_err err;
        assert_false(cn_draw_badge(a, *state, &cases[i].badge, CN_BADGE_PNG, &out, &err));
        check_err(err, cases[i].code, "draw.text");
    }
}

static void test_memory(void **state) {
    cn_badge b = {CN_S("Java"), CN_S("College"), CN_S("1")};
    for (cn_badge_form form = CN_BADGE_PNG; form <= CN_BADGE_SVG; form++) {
        bool done = false;
        for (size_t i = 1; !done; i++) {
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            cn_slice out;
            cn_err err;
            assert_true(i < 200);
            cn_arena_fail_after(a, i);
            done = cn_draw_badge(a, *state, &b, form, &out, &err);
            if (!done) check_err(err, CN_LIMIT, "memory.limit");
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same), cmocka_unit_test(test_contrast), cmocka_unit_test(test_room),
        cmocka_unit_test(test_svg),  cmocka_unit_test(test_refused),  cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, start, end);
}
