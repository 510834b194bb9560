/* SPDX-License-Identifier: Apache-2.0
 *
 * Canonical N-Quads: the escapes, and what is left out.
 */
#include "help.h"

static void assert_rewritten(const char *text, cn_slice wanted) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_dataset d = dataset_of(a, text);
    cn_buf b = cn_buf_on(a, 0);
    cn_nquads_write(&b, &d);
    assert_true(cn_buf_ok(&b));
    assert_slice(cn_buf_slice(&b), wanted);
}

static void spaces(void **state) {
    (void)state;
    assert_rewritten("<urn:s>\t<urn:p><urn:o>\t<urn:g>. #\n_:a<urn:p>_:b.",
                     CN_S("<urn:s> <urn:p> <urn:o> <urn:g> .\n_:a <urn:p> _:b .\n"));
}

static void literals(void **state) {
    (void)state;
    assert_rewritten("_:a <urn:p> \"x\"^^<" CN_XSD "string> .", CN_S("_:a <urn:p> \"x\" .\n"));
    assert_rewritten("_:a <urn:p> \"x\"@en-CA .", CN_S("_:a <urn:p> \"x\"@en-CA .\n"));
    assert_rewritten("_:a <urn:p> \"\"^^<urn:t> .", CN_S("_:a <urn:p> \"\"^^<urn:t> .\n"));
}

static void escapes(void **state) {
    (void)state;
    assert_rewritten("_:a <urn:p> \"\\u0008\\u0009\\u000a\\u000c\\u000d\\u0022\\u005c\\u0027\" .",
                     CN_S("_:a <urn:p> \"\\b\\t\\n\\f\\r\\\"\\\\'\" .\n"));
    assert_rewritten("_:a <urn:p> \"\\u0000\\u0007\\u000B\\u000E\\u001f\\u007f\" .",
                     CN_S("_:a <urn:p> \"\\u0000\\u0007\\u000B\\u000E\\u001F\\u007F\" .\n"));
    assert_rewritten("_:a <urn:p> \"\\u0080\\u2028\\uFFFE\\U0010FFFF\" .",
                     CN_S("_:a <urn:p> \"\xc2\x80\xe2\x80\xa8\xef\xbf\xbe\xf4\x8f\xbf\xbf\" .\n"));
}

/* An IRI that is none cannot close its bracket and say more. */
static void no_injection(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    cn_quad q = {.s = {.kind = CN_TERM_IRI, .value = CN_S("urn:s> <urn:x\n\\{\x7f")},
                 .p = {.kind = CN_TERM_IRI, .value = CN_S("urn:p")},
                 .o = {.kind = CN_TERM_BLANK, .value = CN_S("o")}};
    cn_nquads_write_quad(&b, &q);
    assert_slice(cn_buf_slice(&b),
                 CN_S("<urn:s\\u003E\\u0020\\u003Curn:x\\u000A\\u005C\\u007B\x7f> <urn:p> _:o .\n"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spaces),
        cmocka_unit_test(literals),
        cmocka_unit_test(escapes),
        cmocka_unit_test(no_injection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
