/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of an origin.
 */
#include "../check.h"
#include "app/app.h"

static void an_origin_has_an_authority_and_a_host(void **state) {
    (void)state;
    check_text(cn_app_authority(CN_S("https://cairn.example")), "cairn.example");
    check_text(cn_app_authority(CN_S("http://localhost:8080")), "localhost:8080");
    check_text(cn_app_host(CN_S("https://cairn.example:8443")), "cairn.example");
    check_text(cn_app_host(CN_S("http://localhost")), "localhost");
    check_text(cn_app_host(CN_S("http://[::1]:8080")), "[::1]");
    check_text(cn_app_host(CN_S("")), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(an_origin_has_an_authority_and_a_host)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
