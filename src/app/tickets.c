/* SPDX-License-Identifier: Apache-2.0
 *
 * Tickets: a link and a code that come by mail, and what happens when one of them is used. Whoever asks is told
 * the same whether the address is known or not: an address without an account gets one by its first sign-in.
 */
#include "app/letters.h"
#include "app/people.h"
#include "app/secret.h"
#include "app/told.h"

enum { MINUTE = 60, HOUR = 3600, DAY = 24 * HOUR, MOST_AN_HOUR = 5, MOST_TRIES = 5 };

static const struct kind {
    const char *purpose, *path; /* where the link leads: path and token */
    cn_letter_kind letter;
    int minutes;
} kinds[] = {
    {"sign-in", "/sign-in/link/", CN_LETTER_SIGN_IN, 15},
    {"address", "/account/address/", CN_LETTER_ADDRESS, 60},
    {"invitation", "/sign-in/link/", CN_LETTER_INVITATION, 7 * 24 * 60},
};

static const struct kind *kind_of(const char *purpose) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (!strcmp(kinds[i].purpose, purpose)) return &kinds[i];
    assert(!"a purpose");
    return NULL;
}

/* A code is short: it counts with its address only. */
static bool hash_code(cn_arena *a, const cn_app *app, cn_slice email, cn_slice code, cn_slice *out, cn_err *err) {
    cn_slice normal, both;
    if (!cn_app_code_normal(a, code, &normal, err)) return false;
    if (!cn_arena_print(a, &both, "%.*s\n%.*s", CN_ARG(email), CN_ARG(normal))) return cn_fail_memory(err);
    return cn_app_token_hash(a, app, both, out, err);
}

/* "//host" and "/\host" lead elsewhere. */
cn_slice cn_app_own_page(cn_slice next) {
    bool own =
        next.n && next.n < 2000 && next.p[0] == '/' && (next.n < 2 || (next.p[1] != '/' && next.p[1] != '\\'));
    for (size_t i = 0; own && i < next.n; i++) own = (uint8_t)next.p[i] > 0x20 && next.p[i] != 0x7f;
    return own ? next : CN_S("");
}

/* ---- Asking for one ---- */

typedef struct draft {
    cn_ticket ticket;
    cn_letter letter;
} draft;

/* As the invited know the person: by the name, or else by the address. The operator has none. */
static bool name_inviter(cn_arena *a, const cn_app *app, int64_t person, cn_slice *out, cn_err *err) {
    cn_person p;
    if (!person) return true;
    if (!cn_app_person_get(a, app, person, &p, err)) return false;
    *out = p.name.n ? p.name : p.email;
    return true;
}

static bool make(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_ask *ask, draft *out, cn_err *err) {
    const struct kind *kind = kind_of(ask->purpose);
    cn_mail_address address;
    cn_secret token, code;
    cn_slice code_hash, link;
    if (!cn_mail_address_ok(a, ask->email, app->demo, &address, err) || !cn_app_token(a, app, &token, err) ||
        !cn_app_code(a, app, &code, err) || !hash_code(a, app, address.key, code.text, &code_hash, err))
        return false;
    if (!cn_arena_print(a, &link, "%.*s%s%.*s", CN_ARG(app->origin), kind->path, CN_ARG(token.text)))
        return cn_fail_memory(err);
    out->ticket = (cn_ticket){.token_hash = token.hash,
                              .code_hash = code_hash,
                              .email = address.key,
                              .purpose = cn_slice_of(kind->purpose),
                              .person = ask->person,
                              .organisation = ask->organisation ? ask->organisation->number : 0,
                              .roles = ask->roles,
                              .next = cn_app_own_page(ask->next),
                              .created_at = now,
                              .expires_at = {now.sec + (int64_t)kind->minutes * MINUTE, 0}};
    out->letter = (cn_letter){.kind = kind->letter,
                              .recipient = address.key,
                              .language = ask->language,
                              .link = link,
                              .code = code.text,
                              .minutes = kind->minutes};
    if (!ask->organisation) return true;
    out->letter.organisation = ask->organisation->name;
    return name_inviter(a, app, ask->person, &out->letter.about, err);
}

bool cn_app_ticket_new(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_ask *ask, cn_err *err) {
    draft d = {0};
    cn_stored_mail letter;
    if (!make(a, app, now, ask, &d, err) || !cn_app_letter_write(a, app, now, &d.letter, &letter, err))
        return false;
    cn_audit why = {
        .organisation = d.ticket.organisation, .person = ask->person, .action = CN_S("member.invited")};
    cn_ticket_mail mail = {.language = letter.language,
                           .kind = letter.kind,
                           .facts = letter.facts,
                           .most = MOST_AN_HOUR,
                           .since = {now.sec - HOUR, 0},
                           .why = ask->organisation ? &why : NULL};
    if (!cn_store_ticket_put(a, app->store, &d.ticket, &mail, err)) return false;
    if (app->wake) app->wake(app->wake_self);
    return true;
}

bool cn_app_ticket_print(cn_arena *a, const cn_app *app, cn_time now, cn_slice email, cn_slice *link,
                         cn_err *err) {
    draft d = {0};
    cn_person person;
    assert(app->demo);
    if (!cn_store_person_of(a, app->store, email, &person, err)) return false;
    cn_ticket_ask ask = {.purpose = "sign-in", .email = email, .language = person.language};
    if (!make(a, app, now, &ask, &d, err)) return false;
    d.ticket.expires_at.sec = now.sec + DAY;
    if (!cn_store_ticket_put(a, app->store, &d.ticket, NULL, err)) return false;
    *link = d.letter.link;
    return true;
}

/* ---- Using one ---- */

static bool fail_none(cn_err *err) {
    return cn_fail(err, CN_NOT_FOUND, "ticket.none", "There is no such link, or it ended long ago.");
}

bool cn_app_ticket_look(cn_arena *a, const cn_app *app, cn_time now, cn_slice token, cn_ticket *out, cn_err *err) {
    cn_slice hash;
    cn_ticket t;
    if (!cn_app_token_hash(a, app, token, &hash, err)) return false;
    if (!cn_store_ticket(a, app->store, hash, &t, err)) return err->code == CN_NOT_FOUND ? fail_none(err) : false;
    if (t.used) return cn_fail(err, CN_CONFLICT, "ticket.used", "The link has been used.");
    if (t.expires_at.sec <= now.sec) return cn_fail(err, CN_CONFLICT, "ticket.expired", "The link has expired.");
    *out = t;
    return true;
}

/* Who invited may still do so; the operator always may. */
static bool still_invited(cn_arena *a, const cn_app *app, const cn_ticket *t, cn_err *err) {
    unsigned roles = CN_ROLE_ADMINISTRATOR;
    if (t->person && !cn_store_roles(a, app->store, t->organisation, t->person, &roles, err)) return false;
    return roles & CN_ROLE_ADMINISTRATOR ? true : fail_none(err);
}

/* The roles of an invitation come to those the person has. */
static bool accept(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket *t, const cn_person *p,
                   cn_err *err) {
    unsigned had;
    return cn_store_roles(a, app->store, t->organisation, p->number, &had, err) &&
           cn_app_member_set(a, app, now, t->person, t->organisation, p, had | t->roles, err);
}

/* The address is proven now. */
static bool apply(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_use *use, const cn_ticket *t,
                  cn_person *person, cn_err *err) {
    if (cn_slice_eq(t->purpose, CN_S("address")))
        return cn_app_address_add(a, app, now, t->person, t->email, err) &&
               cn_app_person_get(a, app, t->person, person, err);
    return (!t->organisation || still_invited(a, app, t, err)) &&
           cn_app_person_of_address(a, app, now, t->email, CN_S(""), use->language, person, err) &&
           (!t->organisation || accept(a, app, now, t, person, err));
}

/* Another's account would take up this address otherwise: who asks to add it must be who follows the link. */
static bool is_for(const cn_ticket *t, int64_t signed_in) {
    return !cn_slice_eq(t->purpose, CN_S("address")) || (t->person && t->person == signed_in);
}

static bool use_link(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_use *use, cn_ticket *t,
                     cn_err *err) {
    cn_ticket seen;
    return cn_app_ticket_look(a, app, now, use->token, &seen, err) &&
           (is_for(&seen, use->signed_in) || fail_none(err)) &&
           cn_store_ticket_use(a, app->store, seen.token_hash, now, t, err);
}

static bool fail_code(cn_err *err) {
    return cn_fail(err, CN_NOT_FOUND, "ticket.code", "The address and the code do not go together (any more).");
}

static bool use_code(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_use *use, cn_ticket *t,
                     cn_err *err) {
    cn_mail_address address;
    cn_slice hash;
    if (!cn_mail_address_ok(a, use->email, app->demo, &address, err) ||
        !hash_code(a, app, address.key, use->code, &hash, err))
        return err->code == CN_INVALID ? fail_code(err) : false;
    if (!cn_store_ticket_use_code(a, app->store, address.key, hash, MOST_TRIES, now, t, err))
        return err->code == CN_NOT_FOUND ? fail_code(err) : false;
    return is_for(t, use->signed_in) || fail_code(err);
}

/* A use and its effect, in the transaction of both. */
typedef struct using {
    cn_arena *a;
    const cn_app *app;
    cn_time now;
    const cn_ticket_use *use;
    const cn_slice *agent; /* of a session to begin; NULL: none */
    cn_entry done;
}
using;

static bool use_whole(cn_store *within, void *self, cn_err *err) {
    using *u = self;
    cn_app app = *u->app;
    cn_entry *done = &u->done;
    app.store = within;
    app.wake = NULL; /* nobody sees a letter before all of it is there */
    bool good = u->use->token.n ? use_link(u->a, &app, u->now, u->use, &done->ticket, err)
                                : use_code(u->a, &app, u->now, u->use, &done->ticket, err);
    return good && apply(u->a, &app, u->now, u->use, &done->ticket, &done->person, err) &&
           (!u->agent ||
            cn_app_session_start(u->a, &app, u->now, done->person.number, "mail", *u->agent, &done->session, err));
}

/* What is counted stays, though nothing else does of a use that fails. */
static bool count_wrong(using *u, cn_err *err) {
    cn_mail_address address;
    cn_err other = {0};
    if (strcmp(err->id, "ticket.code") != 0 ||
        !cn_mail_address_ok(u->a, u->use->email, u->app->demo, &address, &other))
        return false;
    if (!cn_store_ticket_wrong_code(u->app->store, address.key, u->now, &other)) *err = other;
    return false;
}

static bool use_together(using *u, cn_err *err) {
    bool good = cn_store_together(u->app->store, use_whole, u, err);
    return cn_app_told_done(u->app, good) || count_wrong(u, err);
}

bool cn_app_ticket_use(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_use *use, cn_person *person,
                       cn_ticket *out, cn_err *err) {
    using u = {.a = a, .app = app, .now = now, .use = use};
    if (!use_together(&u, err)) return false;
    *person = u.done.person;
    *out = u.done.ticket;
    return true;
}

bool cn_app_ticket_enter(cn_arena *a, const cn_app *app, cn_time now, const cn_ticket_use *use, cn_slice agent,
                         cn_entry *out, cn_err *err) {
    using u = {.a = a, .app = app, .now = now, .use = use, .agent = &agent};
    if (!use_together(&u, err)) return false;
    *out = u.done;
    return true;
}

/* ---- Invitations ---- */

bool cn_app_invitations(cn_arena *a, const cn_app *app, cn_time now, int64_t organisation, cn_tickets *out,
                        cn_err *err) {
    return cn_store_invitations(a, app->store, organisation, now, &out->v, &out->n, err);
}

bool cn_app_invitation_drop(const cn_app *app, cn_time now, int64_t by, int64_t organisation, cn_slice email,
                            cn_err *err) {
    cn_audit why = {.organisation = organisation, .person = by, .action = CN_S("invitation.dropped")};
    return cn_store_invitation_drop(app->store, organisation, email, now, &why, err);
}
