/* SPDX-License-Identifier: Apache-2.0
 *
 * By what a form is known to come from a page of this site.
 */
#include "../check.h"
#include "http/inside.h"

typedef struct sender {
    const char *site, *origin, *referrer; /* NULL: the header is absent */
    bool own;
} sender;

#define HERE "https://cairn.example"

static const sender senders[] = {
    {NULL, NULL, NULL, true}, /* no browser */
    {"same-origin", NULL, NULL, true},
    {"none", NULL, NULL, true},
    {"same-site", NULL, NULL, false},
    {"cross-site", NULL, NULL, false},
    {"", NULL, NULL, false},
    /* What no page can forge decides before what depends on a policy. */
    {"same-origin", "null", NULL, true},
    {"cross-site", HERE, HERE "/", false},
    {NULL, HERE, NULL, true},
    {NULL, HERE ":8443", NULL, false},
    {NULL, "http://cairn.example", NULL, false},
    {NULL, "null", NULL, false},
    {NULL, "", NULL, false},
    {NULL, "https://evil.example", HERE "/", false},
    {NULL, NULL, HERE, true},
    {NULL, NULL, HERE "/sign-in?lang=fr", true},
    {NULL, NULL, HERE ".evil.example/", false},
    {NULL, NULL, HERE "@evil.example/", false},
    {NULL, NULL, HERE ":8443/", false},
    {NULL, NULL, "https://evil.example/?" HERE "/", false},
    {NULL, NULL, "", false},
};

static bool ask(const sender *s, const char *origin) {
    const char *const names[] = {"sec-fetch-site", "origin", "referer"},
                      *values[] = {s->site, s->origin, s->referrer};
    cn_field fields[3];
    cn_request rq = {.headers = {.v = fields}, .origin = cn_slice_of(origin)};
    for (size_t i = 0; i < 3; i++)
        if (values[i]) fields[rq.headers.n++] = (cn_field){cn_slice_of(names[i]), cn_slice_of(values[i])};
    return cn_http_is_own(&rq);
}

static void test_senders(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof senders / sizeof *senders; i++)
        if (ask(&senders[i], HERE) != senders[i].own) fail_msg("row %zu", i);
}

/* A site that does not know its origin takes nobody's word. */
static void test_no_origin(void **state) {
    (void)state;
    assert_false(ask(&(sender){.origin = HERE}, ""));
    assert_false(ask(&(sender){.origin = ""}, ""));
    assert_false(ask(&(sender){.referrer = "/"}, ""));
    assert_true(ask(&(sender){.site = "same-origin"}, ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_senders), cmocka_unit_test(test_no_origin)};
    return cmocka_run_group_tests_name("http origin", tests, NULL, NULL);
}
