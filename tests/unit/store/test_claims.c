/* SPDX-License-Identifier: Apache-2.0
 *
 * Claims in the database: each is used once, whoever comes first, and the award with it.
 */
#include "place.h"

#include "store/claims.h"

static const cn_time now = {.sec = 1780000000};
enum { DAY = 86400 };

/* An award, 1, without a holder, and persons 1 and 2. */
static const char *const rows[] = {
    "INSERT INTO organisation VALUES (1, 'o', 'College', 'Collège', '', '', 0, 1, '{}')",
    "INSERT INTO person VALUES (1, 'p', 'Ada', 'en', 1), (2, 'q', 'Bo', 'fr', 1)",
    "INSERT INTO achievement VALUES (1, 'a', 1, '{}', NULL, 1, 1)",
    "INSERT INTO version (number, achievement, version, document, image, image_svg, image_fr, image_fr_svg, "
    "published_at) VALUES (1, 1, 1, '{}', x'00', '', x'', '', 1)",
    "INSERT INTO signing_key VALUES (1, 1, 'did:key:z', 'did:key:z#z', 'z', x'', 1, NULL)",
    "INSERT INTO status_list VALUES (1, 'l', 1, 131072, 1, '', 1)",
    "INSERT INTO award VALUES (1, 'credential', 1, 1, 1, NULL, 'S1', 'Ada', 'ada@people.example', 'en', '87', '', "
    "'2026-05-01', '', '', '', '{\"signed\":1}', 1, 7, 1780000000, NULL, NULL, NULL, 1, 'K7QMX3TXPA', '', NULL, "
    "'', "
    "'')",
};

static cn_store *filled(const place *p) {
    cn_store *s = place_open(p);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) (void)place_sql(p, rows[i]);
    return s;
}

/* A claim of the award, by letters that stand for the hashes. */
static void put_claim(const place *p, const char *token, const char *code, int64_t expires) {
    char sql[200];
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO claim VALUES (CAST('%s' AS BLOB), CAST('%s' AS BLOB), 1, 1, %lld, NULL)", token,
                   code, (long long)expires);
    (void)place_sql(p, sql);
}

static cn_stored_claim find(cn_arena *a, cn_store *s, const char *token) {
    cn_stored_claim c = {0};
    cn_err err = {0};
    if (!cn_store_claim(a, s, cn_slice_of(token), &c, &err)) fail_msg("%s", err.detail);
    return c;
}

static void check_closed(cn_store *s, const cn_stored_claim *c, int64_t person) {
    cn_err err = {0};
    assert_false(cn_store_claim_use(s, c, person, NULL, now, &err));
    check_err(err, CN_CONFLICT, "claim.closed");
}

static void a_claim_is_found_by_its_token_and_by_its_code(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = filled(*state);
    cn_stored_claim c;
    cn_err err = {0};
    put_claim(*state, "token", "code", now.sec + DAY);
    c = find(a, s, "token");
    check_text(c.award_id, "credential");
    assert_int_equal(c.expires_at.sec, now.sec + DAY);
    assert_int_equal(c.used_at.sec, 0);
    assert_true(cn_store_claim_of_code(a, s, CN_S("code"), &c, &err));
    check_text(c.token_hash, "token");
    assert_false(cn_store_claim(a, s, CN_S("code"), &c, &err));
    check_err(err, CN_NOT_FOUND, "store.none");
    assert_false(cn_store_claim_of_code(a, s, CN_S("token"), &c, &err));
}

static void of_two_who_come_at_once_one_is_refused(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = filled(*state);
    cn_err err = {0};
    put_claim(*state, "token", "code", now.sec + DAY);
    put_claim(*state, "other", "edoc", now.sec + DAY);
    cn_stored_claim first = find(a, s, "token"), second = first, other = find(a, s, "other");
    assert_true(cn_store_claim_use(s, &first, 1, NULL, now, &err));
    check_closed(s, &second, 2);
    check_closed(s, &other, 2);
    assert_int_equal(place_sql(*state, "SELECT holder FROM award"), 1);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM claim WHERE used_at IS NULL"), 0);
}

static void what_has_ended_or_is_revoked_is_refused(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = filled(*state);
    put_claim(*state, "late", "l", now.sec);
    put_claim(*state, "good", "g", now.sec + DAY);
    cn_stored_claim late = find(a, s, "late"), good = find(a, s, "good");
    check_closed(s, &late, 1);
    (void)place_sql(*state, "UPDATE award SET revoked_at = 1");
    check_closed(s, &good, 1);
    assert_int_equal(place_sql(*state, "SELECT count(holder) FROM award"), 0);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM claim WHERE used_at IS NULL"), 2);
}

static void another_claim_ends_those_before_it(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = filled(*state);
    cn_err err = {0};
    put_claim(*state, "token", "code", now.sec + DAY);
    cn_stored_claim next = {
        .token_hash = CN_S("next"), .code_hash = CN_S("n"), .award = 1, .expires_at = {now.sec + DAY, 0}};
    cn_stored_mail mail = {.recipient = CN_S("ada@people.example"),
                           .language = CN_S("en"),
                           .kind = CN_S("claim"),
                           .facts = CN_S("{}"),
                           .award = 1};
    cn_audit why = {.organisation = 1, .person = 2, .action = CN_S("claim.sent"), .subject = CN_S("credential")};
    assert_true(cn_store_claim_again(s, &next, &mail, &why, now, &err));
    cn_stored_claim before = find(a, s, "token"), after = find(a, s, "next");
    check_closed(s, &before, 1);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail"), 1);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit WHERE action = 'claim.sent' AND person = 2"),
                     1);
    assert_true(cn_store_claim_use(s, &after, 1, NULL, now, &err));
    assert_false(cn_store_claim_again(s, &next, &mail, &why, now, &err));
    check_err(err, CN_CONFLICT, "claim.closed");
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM mail"), 1);
}

static void the_page_is_its_holders(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = filled(*state);
    cn_credential c;
    cn_slice *ids;
    size_t n;
    cn_err err = {0};
    assert_false(cn_store_credential_page(s, CN_S("credential"), 1, false, NULL, now, &err));
    check_err(err, CN_NOT_FOUND, "store.none");
    (void)place_sql(*state, "UPDATE award SET holder = 1, claimed_at = 5");
    assert_false(cn_store_credential_page(s, CN_S("credential"), 2, false, NULL, now, &err));
    assert_true(cn_store_credential_page(s, CN_S("credential"), 1, false, NULL, now, &err));
    assert_true(cn_store_credential(a, s, CN_S("credential"), &c, &err));
    assert_false(c.page_on);
    assert_int_equal(c.holder, 1);
    assert_int_equal(c.claimed_at.sec, 5);
    check_text(c.document, "{\"signed\":1}");
    check_text(c.organisation_fr, "Collège");
    check_text(c.achievement_id, "a");
    check_text(c.decided_on, "2026-05-01");
    check_text(c.check_code, "K7QMX3TXPA");
    assert_true(cn_store_credentials_held(a, s, 1, &ids, &n, &err));
    assert_int_equal(n, 1);
    check_text(ids[0], "credential");
    assert_true(cn_store_credentials_held(a, s, 2, &ids, &n, &err));
    assert_int_equal(n, 0);
}

static void a_check_code_is_found_with_and_without_its_hyphen(void **state) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *s CN_STORE_AUTO = filled(*state);
    cn_slice id;
    cn_err err = {0};
    assert_true(cn_store_credential_of_code(a, s, CN_S("K7QMX3TXPA"), &id, &err));
    check_text(id, "credential");
    (void)place_sql(*state, "UPDATE award SET check_code = 'K7QMX-3TXPA'");
    assert_true(cn_store_credential_of_code(a, s, CN_S("K7QMX3TXPA"), &id, &err));
    assert_false(cn_store_credential_of_code(a, s, CN_S("K7QMX3TXPB"), &id, &err));
    check_err(err, CN_NOT_FOUND, "store.none");
}

static void claims_go_a_year_after_their_end(void **state) {
    cn_store *s CN_STORE_AUTO = filled(*state);
    cn_err err = {0};
    put_claim(*state, "old", "o", now.sec - 366 * DAY);
    put_claim(*state, "used", "u", now.sec - 366 * DAY);
    put_claim(*state, "new", "n", now.sec - 364 * DAY);
    (void)place_sql(*state, "UPDATE claim SET used_at = 1780000000 WHERE code_hash = CAST('u' AS BLOB)");
    assert_true(cn_store_claims_tidy(s, now, &err));
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM claim"), 2);
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM claim WHERE code_hash = CAST('o' AS BLOB)"), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(a_claim_is_found_by_its_token_and_by_its_code),
        place_test(of_two_who_come_at_once_one_is_refused),
        place_test(what_has_ended_or_is_revoked_is_refused),
        place_test(another_claim_ends_those_before_it),
        place_test(the_page_is_its_holders),
        place_test(a_check_code_is_found_with_and_without_its_hyphen),
        place_test(claims_go_a_year_after_their_end),
    };
    return cmocka_run_group_tests_name("store/claims", tests, NULL, NULL);
}
