/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters in words. The text and the HTML form are made of one and the same list of paragraphs.
 */
#include "web/letter.h"

#include "web/mailbox.h"
#include "web/messages.h"
#include "web/templates.h"

/* ---- The words of each kind ---- */

/* What was changed in somebody's account; no code. */
#define ACCOUNT(what)                                                                                             \
    { CN_MSG_letter_account_subject, what, what, CN_MSG_letter_account_last, NULL }

/* About work; no code. */
#define WORK(subject, what)                                                                                       \
    { subject, what, what, CN_MSG_letter_review_last, NULL }

static const struct {
    cn_msg subject, what, typed, last;
    const char *code_page; /* where the code is typed; NULL: where the reader comes from */
} words[CN_LETTER_KINDS] = {
    [CN_LETTER_SIGN_IN] = {CN_MSG_letter_sign_in_subject, CN_MSG_letter_sign_in_what, CN_MSG_letter_sign_in_typed,
                           CN_MSG_letter_sign_in_last, NULL},
    [CN_LETTER_ADDRESS] = {CN_MSG_letter_address_subject, CN_MSG_letter_address_what, CN_MSG_letter_address_typed,
                           CN_MSG_letter_address_last, NULL},
    [CN_LETTER_INVITATION] = {CN_MSG_letter_invitation_subject, CN_MSG_letter_invitation_what,
                              CN_MSG_letter_invitation_typed, CN_MSG_letter_invitation_last, "/sign-in"},
    [CN_LETTER_CLAIM] = {CN_MSG_letter_claim_subject, CN_MSG_letter_claim_what, CN_MSG_letter_claim_typed,
                         CN_MSG_letter_claim_last, "/claim"},
    /* No code: the third is not looked at. */
    [CN_LETTER_REVOKED] = {CN_MSG_letter_revoked_subject, CN_MSG_letter_revoked_what, CN_MSG_letter_revoked_what,
                           CN_MSG_letter_revoked_last, NULL},
    [CN_LETTER_ADDRESS_ADDED] = ACCOUNT(CN_MSG_letter_account_address_added),
    [CN_LETTER_ADDRESS_MAIN] = ACCOUNT(CN_MSG_letter_account_address_main),
    [CN_LETTER_ADDRESS_REMOVED] = ACCOUNT(CN_MSG_letter_account_address_removed),
    [CN_LETTER_PASSKEY_ADDED] = ACCOUNT(CN_MSG_letter_account_passkey_added),
    [CN_LETTER_PASSKEY_REMOVED] = ACCOUNT(CN_MSG_letter_account_passkey_removed),
    [CN_LETTER_PASSKEYS_RESET] = ACCOUNT(CN_MSG_letter_account_passkeys_reset),
    [CN_LETTER_SUBMITTED] = WORK(CN_MSG_letter_submitted_subject, CN_MSG_letter_submitted_what),
    [CN_LETTER_RETURNED] = WORK(CN_MSG_letter_returned_subject, CN_MSG_letter_returned_what),
    [CN_LETTER_APPROVED] = WORK(CN_MSG_letter_approved_subject, CN_MSG_letter_approved_what),
    [CN_LETTER_WITHDRAWN] = WORK(CN_MSG_letter_withdrawn_subject, CN_MSG_letter_withdrawn_what),
    [CN_LETTER_ENDORSE_ASKED] = WORK(CN_MSG_letter_endorse_asked_subject, CN_MSG_letter_endorse_asked_what),
    [CN_LETTER_ENDORSE_GIVEN] = WORK(CN_MSG_letter_endorse_given_subject, CN_MSG_letter_endorse_given_what),
    [CN_LETTER_ENDORSE_DECLINED] =
        WORK(CN_MSG_letter_endorse_declined_subject, CN_MSG_letter_endorse_declined_what),
    [CN_LETTER_ENDORSE_REVOKED] = WORK(CN_MSG_letter_endorse_revoked_subject, CN_MSG_letter_endorse_revoked_what),
    [CN_LETTER_APPROVAL_ENDS] = WORK(CN_MSG_letter_approval_ends_subject, CN_MSG_letter_approval_ends_what),
    [CN_LETTER_APPROVAL_ENDED] = WORK(CN_MSG_letter_approval_ended_subject, CN_MSG_letter_approval_ended_what),
    [CN_LETTER_SCOPE_ENDS] = WORK(CN_MSG_letter_scope_ends_subject, CN_MSG_letter_scope_ends_what),
    [CN_LETTER_SCOPE_ENDED] = WORK(CN_MSG_letter_scope_ended_subject, CN_MSG_letter_scope_ended_what),
};

static const cn_slice full_tags[CN_LANGUAGES] = {[CN_EN] = CN_S_INIT("en-CA"), [CN_FR] = CN_S_INIT("fr-CA")};

/* ---- Paragraphs ---- */

static cn_slice in(cn_language language, cn_bilingual text) {
    return language == CN_FR ? text.fr : text.en;
}

static cn_slice greet(const cn_making *m, cn_slice name) {
    if (!name.n) return cn_message(m->language, CN_MSG_letter_hello_nobody);
    return cn_making_text(m, CN_MSG_letter_hello, name, (cn_slice){0});
}

/* What ends when, and how much else. */
static cn_slice say_end(const cn_making *m, const cn_letter *l) {
    bool ended = l->kind == CN_LETTER_APPROVAL_ENDED || l->kind == CN_LETTER_SCOPE_ENDED;
    cn_slice out, day = cn_words_date(m, l->until, false),
                  one = cn_making_text(m, ended ? CN_MSG_letter_ended : CN_MSG_letter_ends, day, (cn_slice){0});
    cn_slice others = cn_making_plural(m, CN_MSG_letter_others, (unsigned long long)l->more);
    if (!l->more) return one;
    return cn_arena_print(m->rq->arena, &out, "%.*s %.*s", CN_ARG(one), CN_ARG(others)) ? out : one;
}

static cn_slice how_long(const cn_making *m, const cn_letter *l) {
    if (l->minutes) return cn_making_plural(m, CN_MSG_letter_minutes, (unsigned long long)l->minutes);
    if (!l->until.sec) return (cn_slice){0};
    if (l->kind >= CN_LETTER_APPROVAL_ENDS && l->kind <= CN_LETTER_SCOPE_ENDED) return say_end(m, l);
    return cn_making_text(m, CN_MSG_letter_until, cn_words_date(m, l->until, false), (cn_slice){0});
}

static bool put_address(cn_arena *a, const cn_app *app, const char *path, cn_slice *out, cn_err *err) {
    return cn_arena_print(a, out, "%.*s%s", CN_ARG(app->origin), path ? path : "") || cn_fail_memory(err);
}

/* So that the page is in the language of the letter, whatever the browser's is. A link may name one already. */
static bool put_language(cn_arena *a, cn_slice link, cn_language language, cn_slice *out, cn_err *err) {
    bool has = cn_slice_find(link, CN_S("?lang=")) != SIZE_MAX || cn_slice_find(link, CN_S("&lang=")) != SIZE_MAX;
    if (has) return *out = link, true;
    char sign = cn_slice_find_byte(link, '?') == SIZE_MAX ? '?' : '&';
    return cn_arena_print(a, out, "%.*s%clang=%.*s", CN_ARG(link), sign, CN_ARG(cn_language_tag(language))) ||
           cn_fail_memory(err);
}

bool cn_view_letter_fill(cn_arena *a, const cn_app *app, const cn_letter *l, cn_view_letter *out, cn_err *err) {
    cn_request rq = {.arena = a, .language = l->language};
    cn_making m;
    cn_view_letter v = {0};
    cn_slice page;
    cn_making_start(&m, NULL, &rq);
    cn_slice organisation = in(m.language, l->organisation), achievement = in(m.language, l->achievement),
             none = {0};
    cn_slice about = l->about.n ? l->about : cn_message(m.language, CN_MSG_passkey_unnamed);
    if (!put_address(a, app, words[l->kind].code_page, &page, err)) return false;
    if (!put_language(a, l->link, m.language, &v.link_text, err)) return false;
    v.language = full_tags[m.language];
    v.link = cn_url_web(v.link_text);
    v.subject = cn_making_text(&m, words[l->kind].subject, achievement.n ? achievement : organisation, none);
    v.hello = greet(&m, l->name);
    v.what = l->kind == CN_LETTER_INVITATION && l->about.n
                 ? cn_making_text(&m, CN_MSG_letter_invitation_by, organisation, l->about)
                 : cn_making_text(&m, words[l->kind].what, organisation.n ? organisation : about, achievement);
    if (l->code.n) v.typed = cn_making_text(&m, words[l->kind].typed, page, none);
    v.code = l->code;
    v.lasts = how_long(&m, l);
    v.last = cn_message(m.language, words[l->kind].last);
    v.sent_by = cn_making_text(&m, CN_MSG_letter_sent_by, app->origin, none);
    if (app->demo) v.demo = cn_message(m.language, CN_MSG_letter_demo);
    /* At the arena's maximum a text is empty; these never are. */
    if (!v.subject.n || !v.hello.n || !v.what.n || !v.sent_by.n) return cn_fail_memory(err);
    *out = v;
    return true;
}

/* ---- As text ---- */

static void put_line(cn_buf *b, const char *before, cn_slice text) {
    if (!text.n) return;
    cn_buf_print(b, "%s%.*s\n\n", before, CN_ARG(text));
}

void cn_view_letter_text(cn_buf *b, const cn_view_letter *v) {
    put_line(b, "", v->hello);
    put_line(b, "", v->what);
    put_line(b, "", v->link_text);
    put_line(b, "", v->typed);
    put_line(b, "    ", v->code);
    put_line(b, "", v->lasts);
    put_line(b, "", v->last);
    /* What is below it readers and programs take for a signature (RFC 3676, 4.3). */
    cn_buf_print(b, "-- \n%.*s\n", CN_ARG(v->sent_by));
    if (v->demo.n) cn_buf_print(b, "%.*s\n", CN_ARG(v->demo));
}

/* ---- A letter ---- */

bool cn_web_letter(cn_arena *a, const cn_app *app, const cn_letter *letter, cn_letter_words *out, cn_err *err) {
    cn_view_letter v;
    cn_buf text = cn_buf_on(a, 0), html = cn_buf_on(a, 0);
    cn_language language = cn_language_of(letter->language);
    cn_html_out o = {.out = &html, .language = language};
    if (!cn_view_letter_fill(a, app, letter, &v, err)) return false;
    cn_view_letter_text(&text, &v);
    cn_tpl_letter(&o, &v);
    if (!cn_buf_ok(&text) || !cn_buf_ok(&html)) return cn_fail_memory(err);
    cn_slice organisation = in(language, letter->organisation);
    *out = (cn_letter_words){.subject = v.subject,
                             .language = v.language,
                             .from = organisation.n ? organisation : CN_S("Cairn"),
                             .text = cn_buf_slice(&text),
                             .html = cn_buf_slice(&html)};
    return true;
}

cn_slice cn_web_mail_problem(cn_slice language, cn_slice problem) {
    cn_msg message;
    if (!problem.n) return problem;
    if (!cn_message_find(CN_MSG_FAMILY("mail-problem"), problem, NULL, &message))
        message = CN_MSG_mail_problem_internal;
    return cn_message(cn_language_of(language), message);
}
