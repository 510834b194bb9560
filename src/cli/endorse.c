/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn endorse: what an organisation was asked to endorse and has signed, by the ids that the pages use; asking,
 * endorsing, accepting and revoking by whoever runs the server, without the pages.
 */
#include "app/endorsements.h"
#include "app/people.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "cli/report.h"

enum {
    ORGANISATION = 1,
    TO,
    CLAIMS,
    FOR,
    OCCUPATION,
    SCOPE_EN,
    SCOPE_FR,
    COMMENT_EN,
    COMMENT_FR,
    MONTHS,
    CODE,
    REASON,
    LANG,
    MASTER,
    DB
};
static const cn_option options[] = {
    {"organisation", "ID", "whose (cairn organisation list)", ORGANISATION},
    {"to", "ID", "ask: the organisation that is asked", TO},
    {"claims", "KEYS", "give: what is confirmed, parted by commas (cairn endorse claims)", CLAIMS},
    {"for", "WORDS", "accept: accepted_for_hiring, accepted_for_training, accepted_as_prerequisite", FOR},
    {"occupation", "CODE", "accept: a code of the NOC", OCCUPATION},
    {"scope-en", "TEXT", "give, accept: for which work, in English", SCOPE_EN},
    {"scope-fr", "TEXT", "the same in French", SCOPE_FR},
    {"comment-en", "TEXT", "give, accept: in one's own words, in English", COMMENT_EN},
    {"comment-fr", "TEXT", "the same in French", COMMENT_FR},
    {"months", "N", "how long it holds: 6, 12, 24, 36 or 60 (12)", MONTHS},
    {"code", "WORD", "revoke: withdrawn, error or replaced", CODE},
    {"reason", "TEXT", "revoke, decline: why", REASON},
    {"lang", "en|fr", "the first language of what is signed (en)", LANG},
    {"master-key", "FILE", "what unseals the signing keys (master.key beside the database)", MASTER},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {0},
};
static const char more[] =
    "list     what the organisation has signed: id, kind, state, achievement, version, claims\n"
    "requests what waits for its answer: id, achievement, version, who asks, name\n"
    "claims   REQUEST: what can be confirmed of it: key, words\n"
    "ask      ACHIEVEMENT: another organisation (--to) is asked to endorse it\n"
    "give     REQUEST: signs an endorsement (--claims, --scope-en, --scope-fr), prints its id\n"
    "decline  REQUEST\n"
    "accept   ACHIEVEMENT: declares for what it is accepted (--for, --scope-en, --scope-fr), prints the id\n"
    "revoke   ID: takes back what was signed (--code, --reason)\n\n"
    "Exit status: 0 done, 1 it could not be done, 64 wrong usage.\n";

typedef struct work {
    cn_handle h;
    cn_organisation organisation;
    const char *texts[DB + 1];
    cn_err err;
} work;

static cn_slice text(const work *w, int option) {
    return cn_slice_trim(cn_slice_of(w->texts[option]));
}

/* "a,b" as two; NULL at the arena's maximum, which is told. */
static cn_slice *parts_of(work *w, cn_slice list, size_t *n) {
    cn_slice one, *all = CN_NEW_ARRAY(w->h.arena, cn_slice, list.n + 1);
    for (*n = 0; all && list.n;) {
        (void)cn_slice_cut(list, ',', &one, &list);
        one = cn_slice_trim(one);
        if (one.n) all[(*n)++] = one;
    }
    if (!all) (void)cn_always_false(cn_fail_memory(&w->err));
    return all;
}

static int months_of(const work *w) {
    uint64_t months;
    if (!w->texts[MONTHS]) return 12;
    return cn_slice_to_u64(text(w, MONTHS), 600, &months) ? (int)months : 0;
}

/* ---- Looking ---- */

static bool state_of(work *w, const cn_endorsement *e, const char **out) {
    static const char *const names[] = {[CN_ENDORSEMENT_HOLDS] = "holds",
                                        [CN_ENDORSEMENT_REVOKED] = "revoked",
                                        [CN_ENDORSEMENT_ENDED] = "ended",
                                        [CN_ENDORSEMENT_OTHER] = "other"};
    cn_endorsement_state state;
    if (!cn_app_endorsement_state(w->h.arena, &w->h.app, e, NULL, cn_outside_now(), &state, &w->err)) return false;
    *out = names[state];
    return true;
}

static bool list(work *w, cn_slice id) {
    (void)id;
    for (int acceptance = 0; acceptance < 2; acceptance++) {
        cn_endorsements all;
        if (!cn_app_endorsements_by(w->h.arena, &w->h.app, w->organisation.number, acceptance, &all, &w->err))
            return false;
        for (size_t i = 0; i < all.n; i++) {
            const cn_endorsement *e = &all.v[i];
            const char *state;
            if (!state_of(w, e, &state)) return false;
            printf("%.*s  %-11s  %-7s  %.*s  %d  %.*s\n", CN_ARG(e->id), acceptance ? "acceptance" : "endorsement",
                   state, CN_ARG(e->achievement_id), e->version, CN_ARG(e->claims));
        }
    }
    return true;
}

static bool find(work *w, const cn_endorsement_request *r, cn_endorsable *out) {
    return cn_app_endorsable(w->h.arena, &w->h.app, r->asker, r->achievement_id, r->version, out, &w->err);
}

static bool requests(work *w, cn_slice id) {
    cn_endorsement_requests all;
    (void)id;
    if (!cn_app_endorsement_requests_to(w->h.arena, &w->h.app, w->organisation.number, &all, &w->err))
        return false;
    for (size_t i = 0; i < all.n; i++) {
        const cn_endorsement_request *r = &all.v[i];
        cn_endorsable is;
        cn_organisation asker;
        if (!cn_slice_eq(r->state, CN_S("waiting"))) continue;
        if (!find(w, r, &is) || !cn_app_organisation_get(w->h.arena, &w->h.app, r->asker, &asker, &w->err))
            return false;
        printf("%.*s  %.*s  %d  %.*s  ", CN_ARG(r->id), CN_ARG(r->achievement_id), r->version, CN_ARG(asker.id));
        cn_print_stranger(stdout, is.draft.en.name);
        fputs(" / ", stdout);
        cn_print_stranger(stdout, is.draft.fr.name);
        putchar('\n');
    }
    return true;
}

static bool claims(work *w, cn_slice id) {
    cn_endorsement_request r;
    cn_endorsable is;
    if (!cn_app_endorsement_request(w->h.arena, &w->h.app, w->organisation.number, id, &r, &w->err) ||
        !find(w, &r, &is))
        return false;
    for (size_t i = 0; i < is.parts_n; i++) {
        printf("%.*s  ", CN_ARG(is.parts[i].key));
        cn_print_stranger(stdout, is.parts[i].name.en);
        fputs(" / ", stdout);
        cn_print_stranger(stdout, is.parts[i].name.fr);
        putchar('\n');
    }
    return true;
}

/* ---- Doing ---- */

static bool print_id(const work *w, bool good, cn_slice id) {
    (void)w;
    if (good) printf("%.*s\n", CN_ARG(id));
    return good;
}

static bool ask(work *w, cn_slice id) {
    cn_endorsement_ask what = {.organisation = w->organisation.number,
                               .achievement_id = id,
                               .whom = text(w, TO),
                               .message = text(w, REASON)};
    cn_slice made;
    return print_id(w, cn_app_endorsement_ask(w->h.arena, &w->h.app, cn_outside_now(), &what, &made, &w->err),
                    made);
}

static bool give(work *w, cn_slice id) {
    cn_slice made;
    cn_endorse what = {.organisation = w->organisation.number,
                       .request = id,
                       .language = w->texts[LANG] ? text(w, LANG) : CN_S("en"),
                       .scope = {text(w, SCOPE_EN), text(w, SCOPE_FR)},
                       .comment = {text(w, COMMENT_EN), text(w, COMMENT_FR)},
                       .months = months_of(w)};
    what.keys = parts_of(w, text(w, CLAIMS), &what.keys_n);
    return what.keys &&
           print_id(w, cn_app_endorsement_give(w->h.arena, &w->h.app, cn_outside_now(), &what, &made, &w->err),
                    made);
}

static bool decline(work *w, cn_slice id) {
    return cn_app_endorsement_decline(w->h.arena, &w->h.app, cn_outside_now(), w->organisation.number, 0, id,
                                      text(w, REASON), &w->err);
}

static bool accept_it(work *w, cn_slice id) {
    cn_slice made;
    cn_accept what = {.organisation = w->organisation.number,
                      .achievement_id = id,
                      .language = w->texts[LANG] ? text(w, LANG) : CN_S("en"),
                      .occupation = text(w, OCCUPATION),
                      .scope = {text(w, SCOPE_EN), text(w, SCOPE_FR)},
                      .comment = {text(w, COMMENT_EN), text(w, COMMENT_FR)},
                      .months = months_of(w)};
    what.words = parts_of(w, text(w, FOR), &what.words_n);
    return what.words &&
           print_id(w, cn_app_acceptance_give(w->h.arena, &w->h.app, cn_outside_now(), &what, &made, &w->err),
                    made);
}

static bool revoke_it(work *w, cn_slice id) {
    bool done;
    cn_revoke what = {
        .organisation = w->organisation.number, .award = id, .code = text(w, CODE), .reason = text(w, REASON)};
    if (!cn_app_endorsement_revoke(w->h.arena, &w->h.app, cn_outside_now(), &what, &done, &w->err)) return false;
    if (!done) fputs("It was revoked before; the first reason counts.\n", stderr);
    return true;
}

/* ---- The command ---- */

static const struct {
    const char *name;
    int operands;
    bool (*run)(work *w, cn_slice id);
} verbs[] = {{"list", 0, list}, {"requests", 0, requests}, {"claims", 1, claims},    {"ask", 1, ask},
             {"give", 1, give}, {"decline", 1, decline},   {"accept", 1, accept_it}, {"revoke", 1, revoke_it}};
enum { VERBS = sizeof verbs / sizeof *verbs };

/* What is signed names the server's address for good; a demonstration's is that of the day. */
static bool check_origin(work *w, int verb) {
    bool signs = verbs[verb].run == give || verbs[verb].run == accept_it || verbs[verb].run == revoke_it;
    return !signs || w->h.app.origin.n ||
           cn_fail(
               &w->err, CN_CONFLICT, "endorse.origin",
               "This database has no address to sign with: \"cairn init --origin https://HOST\" gives it one. In "
               "a demonstration it is done on the pages.");
}

static int do_verb(work *w, int verb, const char *id) {
    cn_handle_options how = {.db = w->texts[DB], .master_key = w->texts[MASTER]};
    bool good =
        cn_handle_open(&w->h, &how, &w->err) &&
        cn_app_organisation_by_id(w->h.arena, &w->h.app, text(w, ORGANISATION), &w->organisation, &w->err) &&
        check_origin(w, verb) && verbs[verb].run(w, cn_slice_of(id));
    cn_handle_done(&w->h);
    if (!good) cn_cli_complain("endorse", &w->err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static int run(int argc, char **argv) {
    work w = {0};
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_endorse, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        w.texts[key] = value;
    }
    for (int i = 0; i < VERBS && operand < argc && w.texts[ORGANISATION]; i++)
        if (!strcmp(argv[operand], verbs[i].name) && operand + 1 + verbs[i].operands == argc)
            return do_verb(&w, i, verbs[i].operands ? argv[operand + 1] : "");
    fputs(
        "cairn: usage: cairn endorse list | requests | claims REQUEST | ask ACHIEVEMENT | give REQUEST | decline "
        "REQUEST | accept ACHIEVEMENT | revoke ID  --organisation ID [OPTION]...; \"cairn endorse --help\" tells "
        "more.\n",
        stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_endorse = {
    "endorse",
    "list | requests | claims ID | ask ID | give ID | decline ID | accept ID | revoke ID  --organisation ID "
    "[OPTION]...",
    "endorsements: what is asked for, signed and revoked",
    run,
};
