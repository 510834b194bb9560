/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters as what is kept of them, and back.
 */
#include "app/letters.h"

#include "json/json.h"

/* ---- Which facts a kind tells ---- */

enum {
    NAME = 1,
    ACHIEVEMENT = 2,
    ORGANISATION = 4,
    LINK = 8,
    CODE = 16,
    MINUTES = 32,
    UNTIL = 64,
    ABOUT = 128,
    MORE = 256
};
#define ENDING (NAME | ORGANISATION | LINK | UNTIL | MORE)

static const struct {
    cn_slice word;
    unsigned facts;
} kinds[CN_LETTER_KINDS] = {
    [CN_LETTER_SIGN_IN] = {CN_S_INIT("sign-in"), LINK | CODE | MINUTES},
    [CN_LETTER_ADDRESS] = {CN_S_INIT("address"), LINK | CODE | MINUTES},
    [CN_LETTER_INVITATION] = {CN_S_INIT("invitation"), ORGANISATION | ABOUT | LINK | CODE},
    [CN_LETTER_CLAIM] = {CN_S_INIT("claim"), NAME | ACHIEVEMENT | ORGANISATION | LINK | CODE | UNTIL},
    [CN_LETTER_REVOKED] = {CN_S_INIT("revoked"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_ADDRESS_ADDED] = {CN_S_INIT("address-added"), NAME | ABOUT | LINK},
    [CN_LETTER_ADDRESS_MAIN] = {CN_S_INIT("address-main"), NAME | ABOUT | LINK},
    [CN_LETTER_ADDRESS_REMOVED] = {CN_S_INIT("address-removed"), NAME | ABOUT | LINK},
    [CN_LETTER_PASSKEY_ADDED] = {CN_S_INIT("passkey-added"), NAME | ABOUT | LINK},
    [CN_LETTER_PASSKEY_REMOVED] = {CN_S_INIT("passkey-removed"), NAME | ABOUT | LINK},
    [CN_LETTER_PASSKEYS_RESET] = {CN_S_INIT("passkeys-reset"), NAME | LINK},
    [CN_LETTER_SUBMITTED] = {CN_S_INIT("submitted"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_RETURNED] = {CN_S_INIT("returned"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_APPROVED] = {CN_S_INIT("approved"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_WITHDRAWN] = {CN_S_INIT("withdrawn"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_ENDORSE_ASKED] = {CN_S_INIT("endorse-asked"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_ENDORSE_GIVEN] = {CN_S_INIT("endorse-given"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_ENDORSE_DECLINED] = {CN_S_INIT("endorse-declined"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_ENDORSE_REVOKED] = {CN_S_INIT("endorse-revoked"), NAME | ACHIEVEMENT | ORGANISATION | LINK},
    [CN_LETTER_APPROVAL_ENDS] = {CN_S_INIT("approval-ends"), ENDING | ACHIEVEMENT},
    [CN_LETTER_APPROVAL_ENDED] = {CN_S_INIT("approval-ended"), ENDING | ACHIEVEMENT},
    [CN_LETTER_SCOPE_ENDS] = {CN_S_INIT("scope-ends"), ENDING},
    [CN_LETTER_SCOPE_ENDED] = {CN_S_INIT("scope-ended"), ENDING},
};

/* ---- Writing ---- */

/* A fact that is missing would be found when the letter is sent, too late for whoever forgot it. */
static bool is_whole(const cn_letter *l) {
    unsigned facts = kinds[l->kind].facts;
    return (!(facts & ACHIEVEMENT) || (l->achievement.en.n && l->achievement.fr.n)) &&
           (!(facts & ORGANISATION) || (l->organisation.en.n && l->organisation.fr.n)) &&
           (!(facts & LINK) || l->link.n) && (!(facts & CODE) || l->code.n) &&
           (!(facts & MINUTES) || l->minutes > 0) && (!(facts & UNTIL) || l->until.sec > 0);
}

static bool fail_facts(cn_letter_kind kind, cn_err *err) {
    return cn_fail(err, CN_INVALID, "letter.facts", "A letter (%.*s) lacks some of its facts.",
                   CN_ARG(kinds[kind].word));
}

static bool set_text(cn_arena *a, cn_json *o, cn_slice key, cn_slice text) {
    return cn_json_set(a, o, key, cn_json_string(a, text));
}

static bool set_both(cn_arena *a, cn_json *o, cn_slice key, cn_bilingual text) {
    cn_json *both = cn_json_object(a);
    return both && set_text(a, both, CN_S("en"), text.en) && set_text(a, both, CN_S("fr"), text.fr) &&
           cn_json_set(a, o, key, both);
}

static bool set_time(cn_arena *a, cn_json *o, cn_slice key, cn_time t) {
    cn_buf b = cn_buf_on(a, 0);
    cn_time_write(&b, t);
    return cn_buf_ok(&b) && set_text(a, o, key, cn_buf_slice(&b));
}

static bool set_facts(cn_arena *a, cn_json *o, const cn_letter *l, unsigned facts) {
    return (!(facts & NAME) || set_text(a, o, CN_S("name"), l->name)) &&
           (!(facts & ACHIEVEMENT) || set_both(a, o, CN_S("achievement"), l->achievement)) &&
           (!(facts & ORGANISATION) || set_both(a, o, CN_S("organisation"), l->organisation)) &&
           (!(facts & ABOUT) || set_text(a, o, CN_S("about"), l->about)) &&
           (!(facts & LINK) || set_text(a, o, CN_S("link"), l->link)) &&
           (!(facts & CODE) || set_text(a, o, CN_S("code"), l->code)) &&
           (!(facts & MINUTES) || cn_json_set(a, o, CN_S("minutes"), cn_json_number(a, l->minutes))) &&
           (!(facts & UNTIL) || set_time(a, o, CN_S("until"), l->until)) &&
           (!(facts & MORE) || cn_json_set(a, o, CN_S("more"), cn_json_number(a, l->more)));
}

/* "LINK\nCODE" */
static bool set_sealed(cn_arena *a, const cn_app *app, cn_json *o, const cn_letter *l, cn_err *err) {
    cn_slice plain, sealed;
    cn_buf b = cn_buf_on(a, 0);
    if (!cn_arena_print(a, &plain, "%.*s\n%.*s", CN_ARG(l->link), CN_ARG(l->code))) return cn_fail_memory(err);
    if (!cn_seal(a, app->master, app->random, plain, &sealed, err)) return false;
    cn_base64_write(&b, CN_BASE64_URL, sealed);
    return (cn_buf_ok(&b) && set_text(a, o, CN_S("sealed"), cn_buf_slice(&b))) || cn_fail_memory(err);
}

bool cn_app_letter_write(cn_arena *a, const cn_app *app, cn_time now, const cn_letter *letter, cn_stored_mail *out,
                         cn_err *err) {
    assert(letter->kind < CN_LETTER_KINDS);
    if (!is_whole(letter)) return fail_facts(letter->kind, err);
    unsigned tells = kinds[letter->kind].facts;
    bool seals = (tells & CODE) && app->master && !app->demo;
    cn_json *facts = cn_json_object(a);
    cn_buf b = cn_buf_on(a, 0);
    if (seals) tells &= ~(unsigned)(LINK | CODE);
    if (!facts || !set_facts(a, facts, letter, tells)) return cn_fail_memory(err);
    if (seals && !set_sealed(a, app, facts, letter, err)) return false;
    cn_json_write(&b, facts);
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = (cn_stored_mail){.recipient = letter->recipient,
                            .language = letter->language,
                            .kind = kinds[letter->kind].word,
                            .facts = cn_buf_slice(&b),
                            .award = letter->award,
                            .next_at = now,
                            .created_at = now};
    return true;
}

bool cn_app_letter_send(cn_arena *a, const cn_app *app, cn_time now, const cn_letter *letter, cn_err *err) {
    cn_stored_mail mail;
    if (!cn_app_letter_write(a, app, now, letter, &mail, err) || !cn_store_mail_put(app->store, &mail, err))
        return false;
    if (app->wake) app->wake(app->wake_self);
    return true;
}

/* ---- Reading ---- */

static bool find_kind(cn_slice word, cn_letter_kind *out) {
    for (size_t i = 0; i < CN_LETTER_KINDS; i++)
        if (cn_slice_eq(kinds[i].word, word)) {
            *out = (cn_letter_kind)i;
            return true;
        }
    return false;
}

static cn_bilingual both_of(const cn_json *facts, cn_slice key) {
    const cn_json *both = cn_json_get(facts, key);
    return (cn_bilingual){cn_json_get_text(both, CN_S("en")), cn_json_get_text(both, CN_S("fr"))};
}

static int count_of(const cn_json *facts, cn_slice key) {
    const cn_json *v = cn_json_get(facts, key);
    return cn_json_is(v, CN_JSON_NUMBER) && v->number >= 1 && v->number <= INT16_MAX ? (int)v->number : 0;
}

static bool read_sealed(cn_arena *a, const cn_app *app, cn_slice text, cn_letter *l, cn_err *err) {
    cn_slice sealed, plain;
    if (!text.n) return true;
    if (!app->master) return cn_fail(err, CN_DENIED, "letter.sealed", "A letter is sealed with a master key.");
    if (!cn_base64_read(a, CN_BASE64_URL, text, &sealed, err) || !cn_unseal(a, app->master, sealed, &plain, err))
        return false;
    (void)cn_slice_cut(plain, '\n', &l->link, &l->code);
    return true;
}

/* A command that knows no origin, as of a demonstration, wrote a path: who sends it knows. */
static bool complete_link(cn_arena *a, const cn_app *app, cn_letter *l, cn_err *err) {
    cn_slice path = l->link;
    if (!cn_slice_starts(path, CN_S("/"))) return true;
    return cn_arena_print(a, &l->link, "%.*s%.*s", CN_ARG(app->origin), CN_ARG(path)) || cn_fail_memory(err);
}

bool cn_app_letter_read(cn_arena *a, const cn_app *app, const cn_stored_mail *mail, cn_letter *out, cn_err *err) {
    const cn_json *facts;
    cn_letter l = {.recipient = mail->recipient, .language = mail->language, .award = mail->award};
    if (!find_kind(mail->kind, &l.kind))
        return cn_fail(err, CN_INVALID, "letter.kind", "There is no such letter: %.*s.", CN_ARG(mail->kind));
    if (!cn_json_read(a, mail->facts, NULL, &facts, err)) return false;
    l.name = cn_json_get_text(facts, CN_S("name"));
    l.achievement = both_of(facts, CN_S("achievement"));
    l.organisation = both_of(facts, CN_S("organisation"));
    l.about = cn_json_get_text(facts, CN_S("about"));
    l.link = cn_json_get_text(facts, CN_S("link"));
    l.code = cn_json_get_text(facts, CN_S("code"));
    l.minutes = count_of(facts, CN_S("minutes"));
    l.more = count_of(facts, CN_S("more"));
    (void)cn_time_read(cn_json_get_text(facts, CN_S("until")), &l.until, NULL);
    if (!read_sealed(a, app, cn_json_get_text(facts, CN_S("sealed")), &l, err) || !complete_link(a, app, &l, err))
        return false;
    if (!is_whole(&l)) return fail_facts(l.kind, err);
    *out = l;
    return true;
}

bool cn_app_letters_newest(cn_arena *a, const cn_app *app, size_t max, cn_stored_mails *out, cn_err *err) {
    assert(app->demo);
    return cn_store_mails_newest(a, app->store, max, out, err);
}

bool cn_app_letter_get(cn_arena *a, const cn_app *app, int64_t number, cn_stored_mail *out, cn_err *err) {
    assert(app->demo);
    return cn_store_mail_get(a, app->store, number, out, err);
}
