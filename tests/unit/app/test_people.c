/* SPDX-License-Identifier: Apache-2.0
 *
 * People: signing in by what comes by mail, addresses that join accounts, members and the last administrator,
 * sessions, what stays when an account goes.
 */
#include "../store/place.h"
#include "app/letters.h"
#include "app/people.h"
#include "app/secret.h"

typedef struct desk {
    place *at;
    cn_arena *a;
    cn_crypto *crypto;
    cn_random random;
    cn_app app;
    cn_time now;
    uint64_t drawn;
} desk;

/* Never twice the same, and the same in every run. */
static bool fill(void *self, uint8_t *out, size_t n) {
    desk *d = self;
    for (size_t i = 0; i < n; i++) {
        uint64_t seed = d->drawn++;
        out[i] = (uint8_t)cn_slice_hash(cn_slice_bytes(&seed, sizeof seed));
    }
    return true;
}

static int set_up(void **state) {
    static desk d;
    void *at;
    cn_err err;
    (void)place_make(&at);
    d = (desk){.at = at, .a = cn_arena_new(0), .now = {1780000000, 0}};
    assert_true(cn_crypto_new(&d.crypto, &err));
    d.random = (cn_random){&d, fill};
    d.app = (cn_app){
        .store = place_open(at), .crypto = d.crypto, .random = &d.random, .origin = CN_S("https://cairn.example")};
    *state = &d;
    return 0;
}

static int tear_down(void **state) {
    desk *d = *state;
    void *at = d->at;
    cn_store_close((cn_store *)(uintptr_t)d->app.store);
    cn_crypto_free(d->crypto);
    cn_arena_free(d->a);
    return place_remove(&at);
}

/* ---- What comes by mail ---- */

typedef struct mail {
    cn_slice token, code;
} mail;

/* The newest, as its reader sees it. */
static mail newest_mail(desk *d) {
    cn_stored_mails mails;
    cn_letter letter;
    cn_err err;
    cn_slice rest, token;
    assert_true(cn_store_mails_newest(d->a, d->app.store, 1, &mails, &err));
    assert_int_equal(mails.n, 1);
    if (!cn_app_letter_read(d->a, &d->app, &mails.v[0], &letter, &err)) fail_msg("%s", err.detail);
    (void)cn_slice_cut(letter.link, '?', &rest, &token);
    while (cn_slice_cut(rest, '/', &token, &rest)) {
    }
    return (mail){token, letter.code};
}

static bool ask(desk *d, const char *purpose, const char *email, int64_t person, cn_err *err) {
    cn_ticket_ask what = {.purpose = purpose,
                          .email = cn_slice_of(email),
                          .language = CN_S("fr"),
                          .person = person,
                          .next = CN_S("/account")};
    return cn_app_ticket_new(d->a, &d->app, d->now, &what, err);
}

static bool use(desk *d, cn_ticket_use how, cn_person *out, cn_err *err) {
    cn_ticket t;
    how.language = CN_S("fr");
    return cn_app_ticket_use(d->a, &d->app, d->now, &how, out, &t, err);
}

static cn_person enter(desk *d, const char *email) {
    cn_person p;
    cn_err err;
    if (!ask(d, "sign-in", email, 0, &err)) fail_msg("%s", err.detail);
    if (!use(d, (cn_ticket_use){.token = newest_mail(d).token}, &p, &err)) fail_msg("%s", err.detail);
    return p;
}

static void a_link_signs_in_once(void **state) {
    desk *d = *state;
    cn_person p;
    cn_ticket t;
    cn_err err;
    assert_true(ask(d, "sign-in", " Anna@College.Example ", 0, &err));
    mail m = newest_mail(d);
    /* Looking at it, as often as a program that scans mail likes, changes nothing. */
    for (int i = 0; i < 3; i++) assert_true(cn_app_ticket_look(d->a, &d->app, d->now, m.token, &t, &err));
    check_text(t.email, "anna@college.example");
    assert_true(use(d, (cn_ticket_use){.token = m.token}, &p, &err));
    check_text(p.email, "anna@college.example");
    check_text(p.language, "fr");
    assert_false(use(d, (cn_ticket_use){.token = m.token}, &p, &err));
    check_err(err, CN_CONFLICT, "ticket.used");
    assert_false(use(d, (cn_ticket_use){.email = CN_S("anna@college.example"), .code = m.code}, &p, &err));
    check_err(err, CN_NOT_FOUND, "ticket.code");
    assert_int_equal(enter(d, "anna@college.example").number, p.number);
}

static void a_link_expires(void **state) {
    desk *d = *state;
    cn_person p;
    cn_err err;
    assert_true(ask(d, "sign-in", "anna@college.example", 0, &err));
    mail m = newest_mail(d);
    d->now.sec += 15 * 60;
    assert_false(use(d, (cn_ticket_use){.token = m.token}, &p, &err));
    check_err(err, CN_CONFLICT, "ticket.expired");
    assert_false(use(d, (cn_ticket_use){.email = CN_S("anna@college.example"), .code = m.code}, &p, &err));
    assert_false(use(d, (cn_ticket_use){.token = CN_S("guessed")}, &p, &err));
    check_err(err, CN_NOT_FOUND, "ticket.none");
}

static void a_code_goes_with_its_address_and_bears_few_mistakes(void **state) {
    desk *d = *state;
    cn_person p;
    cn_err err;
    const cn_slice anna = CN_S("anna@college.example");
    assert_true(ask(d, "sign-in", "anna@college.example", 0, &err));
    mail m = newest_mail(d);
    assert_false(use(d, (cn_ticket_use){.email = CN_S("eve@college.example"), .code = m.code}, &p, &err));
    check_err(err, CN_NOT_FOUND, "ticket.code");
    for (int i = 0; i < 4; i++)
        assert_false(use(d, (cn_ticket_use){.email = anna, .code = CN_S("00000-00000")}, &p, &err));
    assert_true(use(d, (cn_ticket_use){.email = CN_S("Anna@college.example"), .code = m.code}, &p, &err));
    assert_true(ask(d, "sign-in", "anna@college.example", 0, &err));
    m = newest_mail(d);
    for (int i = 0; i < 5; i++)
        assert_false(use(d, (cn_ticket_use){.email = anna, .code = CN_S("00000-00000")}, &p, &err));
    assert_false(use(d, (cn_ticket_use){.email = anna, .code = m.code}, &p, &err));
    check_err(err, CN_NOT_FOUND, "ticket.code");
    /* Who guesses codes cannot shut out who has the link. */
    assert_true(use(d, (cn_ticket_use){.token = m.token}, &p, &err));
}

static void an_address_gets_few_mails_an_hour(void **state) {
    desk *d = *state;
    cn_err err;
    for (int i = 0; i < 5; i++) assert_true(ask(d, "sign-in", "anna@college.example", 0, &err));
    assert_false(ask(d, "sign-in", "ANNA@college.example", 0, &err));
    check_err(err, CN_LIMIT, "ticket.many");
    assert_int_equal(place_sql(d->at, "SELECT count(*) FROM mail"), 5);
    assert_true(ask(d, "sign-in", "bob@college.example", 0, &err));
    d->now.sec += 3601;
    assert_true(ask(d, "sign-in", "anna@college.example", 0, &err));
    assert_false(ask(d, "sign-in", "anna", 0, &err));
    check_err(err, CN_INVALID, "mail.address.at");
}

static void no_secret_is_kept(void **state) {
    desk *d = *state;
    cn_err err;
    char sql[300];
    assert_true(ask(d, "sign-in", "anna@college.example", 0, &err));
    mail m = newest_mail(d);
    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM ticket WHERE instr(token_hash, '%.*s') OR instr(code_hash, '%.*s')",
                   CN_ARG(m.token), CN_ARG(m.code));
    assert_int_equal(place_sql(d->at, sql), 0);
    assert_int_equal(place_sql(d->at, "SELECT count(*) FROM ticket WHERE length(token_hash) = 32"), 1);
}

static void a_ticket_leads_to_no_other_site(void **state) {
    desk *d = *state;
    const char *const elsewhere[] = {"//evil.example", "/\\evil.example", "https://evil.example", "account",
                                     "/a b"};
    cn_err err;
    cn_ticket t;
    for (size_t i = 0; i < 5; i++) {
        cn_ticket_ask what = {.purpose = "sign-in", .language = CN_S("en"), .next = cn_slice_of(elsewhere[i])};
        assert_true(cn_arena_print(d->a, &what.email, "p%zu@college.example", i));
        assert_true(cn_app_ticket_new(d->a, &d->app, d->now, &what, &err));
        assert_true(cn_app_ticket_look(d->a, &d->app, d->now, newest_mail(d).token, &t, &err));
        check_text(t.next, "");
    }
}

/* ---- Addresses ---- */

static void an_address_joins_who_asked_and_nobody_else(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example"), eve = enter(d, "eve@college.example"), p;
    cn_err err;
    assert_true(ask(d, "address", "anna@home.example", eve.number, &err));
    mail m = newest_mail(d);
    /* Eve's link reaches Anna: neither as Anna nor as nobody may it do anything. */
    assert_false(use(d, (cn_ticket_use){.token = m.token, .signed_in = anna.number}, &p, &err));
    check_err(err, CN_NOT_FOUND, "ticket.none");
    assert_false(use(d, (cn_ticket_use){.token = m.token}, &p, &err));
    assert_true(use(d, (cn_ticket_use){.token = m.token, .signed_in = eve.number}, &p, &err));
    assert_int_equal(p.number, eve.number);
    assert_int_equal(enter(d, "anna@home.example").number, eve.number);
    assert_int_equal(place_sql(d->at, "SELECT count(*) FROM address"), 3);
}

static cn_organisation college(desk *d, int64_t administrator) {
    cn_organisation o = {.name = {CN_S("College"), CN_S("Coll\xc3\xa8ge")}};
    cn_err err;
    if (!cn_app_organisation_new(d->a, &d->app, d->now, &o, administrator, &o, &err)) fail_msg("%s", err.detail);
    return o;
}

static unsigned roles(desk *d, const cn_organisation *o, int64_t person) {
    unsigned got = 99;
    cn_err err;
    assert_true(cn_app_member_roles(d->a, &d->app, o->number, person, &got, &err));
    return got;
}

/* The newest mail says what was changed, to whom it should. */
static void check_told(desk *d, const char *recipient, const char *kind, const char *about) {
    cn_stored_mails mails;
    cn_letter letter;
    cn_err err;
    assert_true(cn_store_mails_newest(d->a, d->app.store, 1, &mails, &err));
    if (!cn_app_letter_read(d->a, &d->app, &mails.v[0], &letter, &err)) fail_msg("%s", err.detail);
    assert_true(cn_slice_eq(letter.recipient, cn_slice_of(recipient)));
    assert_true(cn_slice_eq(mails.v[0].kind, cn_slice_of(kind)));
    assert_true(cn_slice_eq(letter.about, cn_slice_of(about)));
    assert_int_equal(letter.code.n, 0);
    check_text(cn_slice_from(letter.link, d->app.origin.n), "/account");
}

static void two_accounts_of_one_person_become_one(void **state) {
    desk *d = *state;
    cn_person old = enter(d, "anna@college.example"), new = enter(d, "anna@home.example"), p;
    cn_organisation o = college(d, old.number);
    cn_slice token;
    cn_session s;
    cn_err err;
    assert_true(cn_app_session_start(d->a, &d->app, d->now, old.number, "mail", CN_S(""), &token, &err));
    assert_true(ask(d, "address", "anna@college.example", new.number, &err));
    assert_true(use(d, (cn_ticket_use){.token = newest_mail(d).token, .signed_in = new.number}, &p, &err));
    assert_int_equal(roles(d, &o, new.number), CN_ROLE_ADMINISTRATOR);
    assert_false(cn_app_person_get(d->a, &d->app, old.number, &p, &err));
    assert_false(cn_app_session_find(d->a, &d->app, d->now, token, &s, &err));
    assert_int_equal(enter(d, "anna@college.example").number, new.number);
    /* Mails still go where they went. */
    check_text(enter(d, "anna@college.example").email, "anna@home.example");
    assert_true(cn_app_person_get(d->a, &d->app, new.number, &new, &err));
    assert_true(cn_app_address_main(d->a, &d->app, d->now, &new, CN_S("anna@college.example"), &err));
    check_told(d, "anna@home.example", "address-main", "anna@college.example");
    assert_true(cn_app_person_get(d->a, &d->app, new.number, &new, &err));
    assert_false(cn_app_address_remove(d->a, &d->app, d->now, &new, CN_S("anna@college.example"), &err));
    assert_true(cn_app_address_remove(d->a, &d->app, d->now, &new, CN_S("anna@home.example"), &err));
    check_told(d, "anna@college.example", "address-removed", "anna@home.example");
    assert_false(cn_app_address_main(d->a, &d->app, d->now, &new, CN_S("anna@home.example"), &err));
    check_text(enter(d, "anna@college.example").email, "anna@college.example");
}

static void a_mailbox_takes_no_account_with_a_passkey(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example"), eve = enter(d, "eve@home.example"), p;
    cn_organisation o = college(d, anna.number);
    cn_passkey key = {.id = CN_S("id"), .person = anna.number, .public_key = CN_S("key"), .label = CN_S("laptop")};
    cn_told told = {.why = {.action = CN_S("passkey.added")},
                    .letter = {.recipient = anna.email,
                               .language = CN_S("en"),
                               .kind = CN_S("passkey-added"),
                               .facts = CN_S("{}")},
                    .now = d->now};
    bool missing = false;
    cn_err err;
    assert_true(cn_app_passkey_missing(d->a, &d->app, anna.number, &missing, &err));
    assert_true(missing);
    assert_true(cn_store_passkey_put(d->app.store, &key, true, &told, &err));
    assert_true(cn_app_passkey_missing(d->a, &d->app, anna.number, &missing, &err));
    assert_false(missing);
    assert_true(ask(d, "address", "anna@college.example", eve.number, &err));
    assert_false(use(d, (cn_ticket_use){.token = newest_mail(d).token, .signed_in = eve.number}, &p, &err));
    check_err(err, CN_CONFLICT, "address.passkey");
    assert_int_equal(roles(d, &o, eve.number), 0);
    assert_int_equal(roles(d, &o, anna.number), CN_ROLE_ADMINISTRATOR);
    /* A second one, where the first was to be added: nothing is changed, nobody is told. */
    key.id = CN_S("other");
    assert_false(cn_store_passkey_put(d->app.store, &key, true, &told, &err));
    check_err(err, CN_DENIED, "passkey.needed");
    assert_true(cn_store_passkey_put(d->app.store, &key, false, &told, &err));
    assert_false(cn_store_passkey_put(d->app.store, &key, false, &told, &err));
    check_err(err, CN_CONFLICT, "passkey.known");
}

static void the_operator_takes_passkeys_away(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example");
    cn_passkey key = {.id = CN_S("id"), .person = anna.number, .public_key = CN_S("key")};
    cn_told told = {.letter = {.recipient = anna.email, .kind = CN_S("passkey-added"), .facts = CN_S("{}")},
                    .now = d->now};
    cn_passkeys left;
    cn_slice token;
    cn_session s;
    cn_err err;
    assert_false(cn_app_passkeys_reset(d->a, &d->app, d->now, CN_S("Anna@college.example"), &err));
    assert_int_equal(err.code, CN_NOT_FOUND);
    assert_true(cn_store_passkey_put(d->app.store, &key, true, &told, &err));
    assert_true(cn_app_session_start(d->a, &d->app, d->now, anna.number, "passkey", CN_S(""), &token, &err));
    assert_true(cn_app_passkeys_reset(d->a, &d->app, d->now, CN_S("Anna@college.example"), &err));
    check_told(d, "anna@college.example", "passkeys-reset", "");
    assert_true(cn_app_passkeys_of(d->a, &d->app, anna.number, &left, &err));
    assert_int_equal(left.n, 0);
    assert_false(cn_app_session_find(d->a, &d->app, d->now, token, &s, &err));
    assert_false(cn_app_passkeys_reset(d->a, &d->app, d->now, CN_S("nobody@college.example"), &err));
    assert_int_equal(err.code, CN_NOT_FOUND);
}

/* ---- Members ---- */

static void an_invitation_makes_a_member(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example"), bob;
    cn_organisation o = college(d, anna.number);
    cn_tickets open;
    cn_err err;
    cn_ticket_ask what = {.purpose = "invitation",
                          .email = CN_S("bob@college.example"),
                          .language = CN_S("en"),
                          .person = anna.number,
                          .organisation = &o,
                          .roles = CN_ROLE_ISSUER};
    assert_true(cn_app_ticket_new(d->a, &d->app, d->now, &what, &err));
    assert_true(cn_app_invitations(d->a, &d->app, d->now, o.number, &open, &err));
    assert_int_equal(open.n, 1);
    assert_true(use(d, (cn_ticket_use){.token = newest_mail(d).token}, &bob, &err));
    assert_int_equal(roles(d, &o, bob.number), CN_ROLE_ISSUER);
    /* A second one adds to it; one that is taken back is worth nothing. */
    what.roles = CN_ROLE_DESIGNER;
    assert_true(cn_app_ticket_new(d->a, &d->app, d->now, &what, &err));
    assert_true(use(d, (cn_ticket_use){.token = newest_mail(d).token}, &bob, &err));
    assert_int_equal(roles(d, &o, bob.number), CN_ROLE_ISSUER | CN_ROLE_DESIGNER);
    what.email = CN_S("eve@college.example");
    assert_true(cn_app_ticket_new(d->a, &d->app, d->now, &what, &err));
    mail m = newest_mail(d);
    assert_true(cn_app_invitation_drop(&d->app, d->now, anna.number, o.number, what.email, &err));
    assert_false(cn_app_invitation_drop(&d->app, d->now, anna.number, o.number, what.email, &err));
    assert_false(use(d, (cn_ticket_use){.token = m.token}, &bob, &err));
    check_err(err, CN_NOT_FOUND, "ticket.none");
}

/* The database refuses one statement, as a full disk or a crash in this moment would. */
static void refuse(desk *d, const char *event) {
    char sql[200];
    (void)snprintf(sql, sizeof sql, "CREATE TRIGGER refusal BEFORE %s BEGIN SELECT raise(ABORT, 'refused'); END",
                   event);
    (void)place_sql(d->at, sql);
}

static void a_ticket_whose_effect_fails_stays_good(void **state) {
    static const char *const events[] = {"INSERT ON address", "INSERT ON person", "INSERT ON member",
                                         "INSERT ON audit", "INSERT ON session"};
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example");
    cn_organisation o = college(d, anna.number);
    cn_entry bob;
    cn_session s;
    cn_err err;
    cn_ticket_ask what = {.purpose = "invitation",
                          .email = CN_S("bob@college.example"),
                          .language = CN_S("en"),
                          .person = anna.number,
                          .organisation = &o,
                          .roles = CN_ROLE_ISSUER};
    assert_true(cn_app_ticket_new(d->a, &d->app, d->now, &what, &err));
    mail m = newest_mail(d);
    cn_ticket_use how[] = {{.token = m.token}, {.email = what.email, .code = m.code}};
    for (size_t i = 0; i < 2 * (sizeof events / sizeof *events); i++) {
        refuse(d, events[i / 2]);
        assert_false(cn_app_ticket_enter(d->a, &d->app, d->now, &how[i % 2], CN_S(""), &bob, &err));
        assert_int_equal(err.code, CN_INTERNAL);
        assert_int_equal(place_sql(d->at, "SELECT count(*) FROM person"), 1);
        assert_int_equal(place_sql(d->at, "SELECT count(*) FROM member"), 1);
        assert_int_equal(place_sql(d->at, "SELECT count(*) FROM ticket WHERE used_at IS NULL AND NOT tries"), 1);
        (void)place_sql(d->at, "DROP TRIGGER refusal");
    }
    assert_true(cn_app_ticket_enter(d->a, &d->app, d->now, &how[0], CN_S(""), &bob, &err));
    assert_int_equal(roles(d, &o, bob.person.number), CN_ROLE_ISSUER);
    assert_true(cn_app_session_find(d->a, &d->app, d->now, bob.session, &s, &err));
    assert_int_equal(s.person.number, bob.person.number);
}

static void an_invitation_ends_with_the_roles_of_who_invited(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example"), bob = enter(d, "bob@college.example"), eve;
    cn_organisation o = college(d, anna.number);
    cn_err err;
    cn_ticket_ask what = {.purpose = "invitation",
                          .email = CN_S("eve@college.example"),
                          .language = CN_S("en"),
                          .person = bob.number,
                          .organisation = &o,
                          .roles = CN_ROLE_ADMINISTRATOR};
    const unsigned less[] = {CN_ROLE_ISSUER, 0};
    for (size_t i = 0; i < 2; i++) {
        assert_true(
            cn_app_member_set(d->a, &d->app, d->now, anna.number, o.number, &bob, CN_ROLE_ADMINISTRATOR, &err));
        assert_true(cn_app_ticket_new(d->a, &d->app, d->now, &what, &err));
        assert_true(cn_app_member_set(d->a, &d->app, d->now, anna.number, o.number, &bob, less[i], &err));
        assert_false(use(d, (cn_ticket_use){.token = newest_mail(d).token}, &eve, &err));
        check_err(err, CN_NOT_FOUND, "ticket.none");
    }
    assert_int_equal(place_sql(d->at, "SELECT count(*) FROM person"), 2);
    /* The operator's counts whoever is there. */
    what.person = 0;
    assert_true(cn_app_ticket_new(d->a, &d->app, d->now, &what, &err));
    assert_true(use(d, (cn_ticket_use){.token = newest_mail(d).token}, &eve, &err));
    assert_int_equal(roles(d, &o, eve.number), CN_ROLE_ADMINISTRATOR);
}

static void an_organisation_keeps_an_administrator(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example"), bob = enter(d, "bob@college.example");
    cn_organisation o = college(d, anna.number);
    cn_err err;
    const unsigned less[] = {0, CN_ROLE_VIEWER, CN_ROLES_ALL & ~(unsigned)CN_ROLE_ADMINISTRATOR};
    for (size_t i = 0; i < 3; i++) {
        assert_false(cn_app_member_set(d->a, &d->app, d->now, anna.number, o.number, &anna, less[i], &err));
        check_err(err, CN_CONFLICT, "member.last");
    }
    assert_false(cn_app_person_delete(d->a, &d->app, d->now, anna.number, &err));
    check_err(err, CN_CONFLICT, "member.last");
    assert_true(
        cn_app_member_set(d->a, &d->app, d->now, anna.number, o.number, &bob, CN_ROLE_ADMINISTRATOR, &err));
    assert_true(cn_app_member_set(d->a, &d->app, d->now, bob.number, o.number, &anna, 0, &err));
    assert_int_equal(roles(d, &o, anna.number), 0);
    assert_int_equal(place_sql(d->at, "SELECT count(*) FROM audit WHERE action = 'member.removed'"), 1);
}

static void roles_allow_what_they_name(void **state) {
    (void)state;
    const unsigned all[] = {CN_ROLE_ADMINISTRATOR, CN_ROLE_DESIGNER, CN_ROLE_ISSUER, CN_ROLE_VIEWER};
    for (size_t has = 0; has < 4; has++)
        for (size_t asked = 0; asked < 4; asked++)
            assert_int_equal(cn_roles_allow(all[has], all[asked]), has == 0 || asked == 3 || has == asked);
    for (size_t asked = 0; asked < 4; asked++) assert_false(cn_roles_allow(0, all[asked]));
}

static void an_organisation_has_two_names(void **state) {
    desk *d = *state;
    cn_err err;
    cn_organisation o = {.name = {CN_S("College"), CN_S("")}}, got;
    assert_false(cn_app_organisation_new(d->a, &d->app, d->now, &o, 0, &got, &err));
    check_err(err, CN_INVALID, "organisation.name");
    o.name.fr = CN_S("egell\u202eoC");
    assert_false(cn_app_organisation_new(d->a, &d->app, d->now, &o, 0, &got, &err));
    check_err(err, CN_INVALID, "organisation.name");
    o.name.fr = CN_S("Coll\xc3\xa8ge");
    o.url = CN_S("javascript:alert(1)");
    assert_false(cn_app_organisation_new(d->a, &d->app, d->now, &o, 0, &got, &err));
    check_err(err, CN_INVALID, "organisation.url");
    o.url = CN_S("");
    assert_true(cn_app_organisation_new(d->a, &d->app, d->now, &o, 0, &got, &err));
    assert_true(cn_app_organisation_by_id(d->a, &d->app, got.id, &o, &err));
    check_text(o.name.fr, "Coll\xc3\xa8ge");
}

/* ---- Sessions ---- */

static void a_session_lasts_its_time(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example"), bob = enter(d, "bob@college.example");
    (void)college(d, anna.number);
    cn_slice staff, learner;
    cn_session s;
    cn_err err;
    const cn_slice firefox = CN_S("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0");
    assert_true(cn_app_session_start(d->a, &d->app, d->now, anna.number, "mail", firefox, &staff, &err));
    assert_true(cn_app_session_start(d->a, &d->app, d->now, bob.number, "claim", CN_S("curl/8"), &learner, &err));
    assert_true(cn_app_session_find(d->a, &d->app, d->now, staff, &s, &err));
    assert_true(s.staff && s.person.number == anna.number);
    assert_true(cn_app_session_csrf(&s, s.csrf));
    assert_false(cn_app_session_csrf(&s, CN_S("")));
    assert_false(cn_app_session_csrf(&s, staff));
    cn_slice csrf = s.csrf;
    assert_true(cn_app_session_find(d->a, &d->app, d->now, learner, &s, &err));
    assert_false(s.staff || cn_app_session_csrf(&s, csrf));
    d->now.sec += 12 * 3600;
    assert_false(cn_app_session_find(d->a, &d->app, d->now, staff, &s, &err));
    assert_true(cn_app_session_find(d->a, &d->app, d->now, learner, &s, &err));
    assert_int_equal(place_sql(d->at, "SELECT seen_at FROM session WHERE way = 'claim'"), d->now.sec);
    d->now.sec += 30 * 86400;
    assert_false(cn_app_session_find(d->a, &d->app, d->now, learner, &s, &err));
    assert_int_equal(place_sql(d->at, "SELECT count(*) FROM session WHERE agent = 'Firefox, Linux'"), 1);
    assert_true(cn_store_people_tidy(d->app.store, d->now, &err));
    assert_int_equal(place_sql(d->at, "SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM ticket)"), 0);
}

static void who_becomes_staff_keeps_no_long_session(void **state) {
    desk *d = *state;
    cn_person bob = enter(d, "bob@college.example");
    cn_slice token, claimed;
    cn_session s;
    cn_err err;
    assert_true(cn_app_session_start(d->a, &d->app, d->now, bob.number, "mail", CN_S(""), &token, &err));
    d->now.sec += 12 * 3600;
    assert_true(cn_app_session_find(d->a, &d->app, d->now, token, &s, &err));
    assert_true(cn_app_session_start(d->a, &d->app, d->now, bob.number, "claim", CN_S(""), &claimed, &err));
    assert_true(cn_app_session_find(d->a, &d->app, d->now, claimed, &s, &err));
    assert_true(cn_app_session_by_claim(&s));
    (void)college(d, bob.number);
    assert_false(cn_app_session_find(d->a, &d->app, d->now, token, &s, &err));
    check_err(err, CN_NOT_FOUND, "store.none");
    assert_false(cn_app_session_find(d->a, &d->app, d->now, claimed, &s, &err));
    assert_true(cn_app_session_start(d->a, &d->app, d->now, bob.number, "mail", CN_S(""), &token, &err));
    assert_true(cn_app_session_find(d->a, &d->app, d->now, token, &s, &err));
}

static void one_signs_out_here_or_everywhere_else(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example");
    cn_slice tokens[3];
    cn_session s;
    cn_sessions list;
    cn_err err;
    for (int i = 0; i < 3; i++)
        assert_true(cn_app_session_start(d->a, &d->app, d->now, anna.number, "mail", CN_S(""), &tokens[i], &err));
    assert_true(cn_app_session_find(d->a, &d->app, d->now, tokens[1], &s, &err));
    assert_true(cn_app_session_end_others(&d->app, &s, &err));
    assert_true(cn_app_sessions_of(d->a, &d->app, d->now, anna.number, &list, &err));
    assert_int_equal(list.n, 1);
    assert_true(cn_app_session_end(&d->app, &s, &err));
    for (int i = 0; i < 3; i++) assert_false(cn_app_session_find(d->a, &d->app, d->now, tokens[i], &s, &err));
}

/* ---- The end of an account ---- */

/* The id of an award is the address of its page: who has left does not take it along. */
static void who_has_left_is_told_no_more_of_an_organisation(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example"), bob = enter(d, "bob@college.example");
    cn_organisation o = college(d, anna.number);
    cn_slice json;
    cn_err err;
    assert_true(cn_app_member_set(d->a, &d->app, d->now, anna.number, o.number, &bob, CN_ROLE_ISSUER, &err));
    place_sql(d->at, "INSERT INTO audit (organisation, person, action, subject, at) "
                     "SELECT organisation, person, 'award.revoked', 'the-award', 1 FROM member WHERE roles = 4");
    place_sql(d->at, "INSERT INTO audit (organisation, person, action, subject, at) "
                     "SELECT organisation, person, 'award.claimed', 'own-award', 1 FROM member WHERE roles = 4");
    assert_true(cn_app_person_export(d->a, &d->app, d->now, bob.number, &json, &err));
    assert_true(cn_slice_find(json, CN_S("the-award")) != SIZE_MAX);
    assert_true(cn_app_member_set(d->a, &d->app, d->now, anna.number, o.number, &bob, 0, &err));
    assert_true(cn_app_person_export(d->a, &d->app, d->now, bob.number, &json, &err));
    assert_true(cn_slice_find(json, CN_S("award.revoked")) != SIZE_MAX);
    assert_true(cn_slice_find(json, CN_S("the-award")) == SIZE_MAX);
    assert_true(cn_slice_find(json, CN_S("own-award")) != SIZE_MAX);
}

static void an_account_goes_whole(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example");
    cn_slice token, json;
    cn_session s;
    cn_err err;
    assert_true(cn_app_person_set(d->a, &d->app, anna.number, CN_S("Anna"), CN_S("en"), &err));
    assert_true(cn_app_address_add(d->a, &d->app, d->now, anna.number, CN_S("anna@home.example"), &err));
    assert_true(cn_app_session_start(d->a, &d->app, d->now, anna.number, "mail", CN_S(""), &token, &err));
    assert_true(cn_app_person_export(d->a, &d->app, d->now, anna.number, &json, &err));
    assert_true(cn_slice_find(json, CN_S("anna@college.example")) != SIZE_MAX);
    assert_true(cn_slice_find(json, CN_S("\"Anna\"")) != SIZE_MAX);
    assert_true(cn_slice_find(json, CN_S("address.added")) != SIZE_MAX);
    assert_true(cn_slice_find(json, CN_S("\"unclaimed\": []")) != SIZE_MAX);
    assert_true(cn_app_person_delete(d->a, &d->app, d->now, anna.number, &err));
    assert_false(cn_app_session_find(d->a, &d->app, d->now, token, &s, &err));
    assert_int_equal(place_sql(d->at, "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM address) + "
                                      "(SELECT count(*) FROM session) + (SELECT count(*) FROM ticket) + "
                                      "(SELECT count(*) FROM mail)"),
                     0);
    assert_true(enter(d, "anna@college.example").number != anna.number);
}

static void what_a_person_writes_is_checked(void **state) {
    desk *d = *state;
    cn_person anna = enter(d, "anna@college.example");
    char long_name[202];
    cn_err err;
    memset(long_name, 'a', sizeof long_name);
    assert_false(cn_app_person_set(d->a, &d->app, anna.number, cn_slice_bytes(long_name, 201), CN_S("en"), &err));
    check_err(err, CN_INVALID, "person.name");
    assert_false(cn_app_person_set(d->a, &d->app, anna.number, CN_S("a\nb"), CN_S("en"), &err));
    assert_false(cn_app_person_set(d->a, &d->app, anna.number, CN_S("Anna"), CN_S("de"), &err));
    check_err(err, CN_INVALID, "person.language");
    assert_true(cn_app_person_set(d->a, &d->app, anna.number, cn_slice_bytes(long_name, 200), CN_S("fr"), &err));
}

#define ON_A_DESK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        ON_A_DESK(a_link_signs_in_once),
        ON_A_DESK(a_link_expires),
        ON_A_DESK(a_code_goes_with_its_address_and_bears_few_mistakes),
        ON_A_DESK(an_address_gets_few_mails_an_hour),
        ON_A_DESK(no_secret_is_kept),
        ON_A_DESK(a_ticket_leads_to_no_other_site),
        ON_A_DESK(an_address_joins_who_asked_and_nobody_else),
        ON_A_DESK(two_accounts_of_one_person_become_one),
        ON_A_DESK(a_mailbox_takes_no_account_with_a_passkey),
        ON_A_DESK(the_operator_takes_passkeys_away),
        ON_A_DESK(an_invitation_makes_a_member),
        ON_A_DESK(a_ticket_whose_effect_fails_stays_good),
        ON_A_DESK(an_invitation_ends_with_the_roles_of_who_invited),
        ON_A_DESK(an_organisation_keeps_an_administrator),
        ON_A_DESK(roles_allow_what_they_name),
        ON_A_DESK(an_organisation_has_two_names),
        ON_A_DESK(a_session_lasts_its_time),
        ON_A_DESK(who_becomes_staff_keeps_no_long_session),
        ON_A_DESK(one_signs_out_here_or_everywhere_else),
        ON_A_DESK(who_has_left_is_told_no_more_of_an_organisation),
        ON_A_DESK(an_account_goes_whole),
        ON_A_DESK(what_a_person_writes_is_checked),
    };
    return cmocka_run_group_tests_name("app people", tests, NULL, NULL);
}
