/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn award list, revoke and claim-again: what an organisation's issuers do with awards on the pages, by the
 * operator. The audit then names nobody.
 */
#include "app/achievements.h"
#include "app/awards.h"
#include "app/claims.h"
#include "app/keys.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "cli/register.h"
#include "cli/report.h"

enum { ORGANISATION = 1, WORDS, CODE, REASON, DB, MASTER, OPTIONS };
static const cn_option options[] = {
    {"organisation", "ID", "list: whose awards (cairn organisation list)", ORGANISATION},
    {"words", "TEXT", "list: those with this in the name, the e-mail address or the learner's key", WORDS},
    {"code", "WORD", "revoke: what everybody is told: withdrawn, error or replaced", CODE},
    {"reason", "TEXT", "revoke: why, for the organisation alone", REASON},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {"master-key", "FILE", "revoke: what unseals the signing keys (master.key beside the database)", MASTER},
    {0},
};
static const char more[] =
    "list         a line for each award, the latest first: id, day, state (waiting, claimed, expired, revoked), "
    "the\n"
    "             learner's key, name, achievement\n"
    "revoke       takes the award with this ID back for good: its page and the published list say so at once, "
    "and\n"
    "             its learner gets an e-mail when the server runs\n"
    "claim-again  sends a new link to claim the award with this ID; those sent before work no more\n\n"
    "Exit status: 0 done, 1 it could not be done, 64 wrong usage.\n";

typedef struct asked {
    cn_handle h;
    const char *texts[OPTIONS]; /* by option */
    cn_slice award;             /* its id */
} asked;

static cn_slice text_of(const asked *q, int option) {
    return cn_slice_trim(cn_slice_of(q->texts[option]));
}

/* ---- The list ---- */

static const char *state_of(const cn_award *w, cn_time now) {
    if (w->revoked_at.sec) return "revoked";
    if (w->valid_until.sec && w->valid_until.sec < now.sec) return "expired";
    return w->claimed_at.sec ? "claimed" : "waiting";
}

static bool print_award(cn_arena *a, const asked *q, const cn_award *w, cn_err *err) {
    cn_version version;
    if (!cn_app_version_get(a, &q->h.app, w->version, &version, err)) return false;
    printf("%.*s  %s  %-7s  ", CN_ARG(w->id), cn_time_day(w->awarded_at).text, state_of(w, cn_outside_now()));
    cn_print_stranger(stdout, w->learner_key);
    fputs("  ", stdout);
    cn_print_stranger(stdout, w->name);
    fputs("  ", stdout);
    cn_print_stranger(stdout, version.en.name);
    putchar('\n');
    return true;
}

static bool list(asked *q, cn_err *err) {
    enum { AT_ONCE = 500 };
    cn_organisation o;
    if (!cn_app_organisation_by_id(q->h.arena, &q->h.app, text_of(q, ORGANISATION), &o, err)) return false;
    cn_award_query query = {.organisation = o.number, .words = text_of(q, WORDS), .max = AT_ONCE};
    for (size_t n = AT_ONCE; n == AT_ONCE;) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_awards some;
        if (!cn_app_awards_of(a, &q->h.app, &query, &some, err)) return false;
        for (size_t i = 0; i < some.n; i++)
            if (!print_award(a, q, &some.v[i], err)) return false;
        n = some.n;
        if (n) query.before = some.v[n - 1].number;
    }
    return true;
}

/* ---- One award ---- */

static bool find(asked *q, cn_award *out, cn_err *err) {
    return cn_app_award_get(q->h.arena, &q->h.app, q->award, out, err) ||
           (err->code == CN_NOT_FOUND &&
            cn_fail(err, CN_NOT_FOUND, "store.none",
                    "no award has the id \"%.*s\"; \"cairn award list\" shows them.", CN_ARG(q->award)));
}

static bool revoke(asked *q, cn_err *err) {
    cn_award award;
    bool done;
    if (!find(q, &award, err)) return false;
    cn_revoke what = {.organisation = award.organisation,
                      .award = award.id,
                      .code = text_of(q, CODE),
                      .reason = text_of(q, REASON)};
    if (!cn_app_award_revoke(q->h.arena, &q->h.app, cn_outside_now(), &what, &done, err)) return false;
    fputs(done ? "It is revoked. The learner's e-mail goes out when the server runs.\n"
               : "It was revoked before, and stays as it was.\n",
          stderr);
    return true;
}

static bool claim_again(asked *q, cn_err *err) {
    cn_award award;
    if (!find(q, &award, err)) return false;
    if (!cn_app_claim_again(q->h.arena, &q->h.app, cn_outside_now(), award.organisation, 0, award.id, err))
        return strcmp(err->id, "claim.closed") != 0
                   ? false
                   : cn_fail(err, CN_CONFLICT, "claim.closed", "it has been claimed already, or revoked.");
    fputs("A new link is on its way as soon as the server runs.\n", stderr);
    return true;
}

/* ---- The command ---- */

static const struct {
    const char *name;
    bool id;
    unsigned needs; /* options that must be there, as bits */
    const char *usage;
    bool (*run)(asked *q, cn_err *err);
} verbs[] = {
    {"list", false, 1U << ORGANISATION, "list --organisation ID [--words TEXT]", list},
    {"revoke", true, 1U << CODE | 1U << REASON, "revoke --code WORD --reason TEXT ID", revoke},
    {"claim-again", true, 0, "claim-again ID", claim_again},
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static int verb_of(const char *name) {
    int i = 0;
    while (i < VERBS && strcmp(name, verbs[i].name) != 0) i++;
    return i;
}

bool cn_register_knows(const char *name) {
    return verb_of(name) < VERBS;
}

static bool has_all(const asked *q, unsigned needs) {
    for (int option = ORGANISATION; option < OPTIONS; option++)
        if (needs >> option & 1 && !text_of(q, option).n) return false;
    return true;
}

static int do_verb(asked *q, int verb) {
    cn_handle_options how = {.db = q->texts[DB], .master_key = q->texts[MASTER]};
    cn_err err = {0};
    bool good = cn_handle_open(&q->h, &how, &err) && verbs[verb].run(q, &err);
    cn_handle_done(&q->h);
    if (!good) cn_cli_complain("award", &err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

int cn_register_run(int argc, char **argv) {
    static const cn_command help = {
        "award", "list --organisation ID | revoke --code WORD --reason TEXT ID | claim-again ID  [OPTION]...",
        "awards that were made: which there are, taking one back, sending a link again", NULL};
    asked q = {0};
    const char *value;
    int operand, key, verb = verb_of(argv[0]);
    assert(verb < VERBS);
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&help, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        q.texts[key] = value;
    }
    if (operand + verbs[verb].id == argc && has_all(&q, verbs[verb].needs)) {
        if (verbs[verb].id) q.award = cn_slice_of(argv[operand]);
        return do_verb(&q, verb);
    }
    fprintf(stderr, "cairn: usage: cairn award %s; \"cairn award %s --help\" tells more.\n", verbs[verb].usage,
            verbs[verb].name);
    return CN_EXIT_USAGE;
}
