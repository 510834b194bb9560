/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn achievement: what an organisation can award, by the ids that `cairn award` takes, and publishing a draft.
 * Drafts are written on the pages.
 */
#include "app/achievements.h"
#include "app/people.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "cli/report.h"

enum { ORGANISATION = 1, DB };
static const cn_option options[] = {
    {"organisation", "ID", "whose (cairn organisation list)", ORGANISATION},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {0},
};
static const char more[] =
    "list     a line for each achievement: id, version (0: not published yet), state (draft, published, "
    "changed),\n"
    "         names. What is published can be awarded.\n"
    "publish  the draft of the achievement with this ID becomes its next version, which never changes.\n"
    "         Prints the number of the version.\n\n"
    "Exit status: 0 done, 1 it could not be done, 64 wrong usage.\n";

typedef struct work {
    cn_handle h;
    cn_organisation organisation;
    cn_err err;
} work;

static bool list(work *w, cn_slice id) {
    cn_achievements all;
    (void)id;
    if (!cn_app_achievements_of(w->h.arena, &w->h.app, w->organisation.number, &all, &w->err)) return false;
    for (size_t i = 0; i < all.n; i++) {
        const cn_achievement *one = &all.v[i];
        printf("%.*s  %d  %-9s  ", CN_ARG(one->id), one->version,
               !one->version  ? "draft"
               : one->changed ? "changed"
                              : "published");
        cn_print_stranger(stdout, one->draft.en.name);
        fputs(" / ", stdout);
        cn_print_stranger(stdout, one->draft.fr.name);
        putchar('\n');
    }
    return true;
}

/* A draft that lacks something says what; the pages lead to the field. */
static bool say_lacks(work *w, cn_slice id) {
    cn_achievement is;
    cn_draft_problem problems[CN_DRAFT_PROBLEMS_MAX];
    if (!cn_app_achievement_get(w->h.arena, &w->h.app, w->organisation.number, id, &is, &w->err)) return false;
    size_t n = cn_draft_check(&is.draft, true, problems);
    for (size_t i = 0; i < n; i++)
        fprintf(stderr, "%.*s: %.*s\n", CN_ARG(problems[i].field), CN_ARG(problems[i].id));
    return cn_fail(&w->err, CN_INVALID, "achievement.draft", "the draft is not complete.");
}

static bool publish(work *w, cn_slice id) {
    int version;
    if (cn_app_achievement_publish(w->h.arena, &w->h.app, cn_outside_now(), w->organisation.number, 0, id,
                                   (cn_slice){0}, &version, &w->err)) {
        printf("%d\n", version);
        return true;
    }
    if (!strcmp(w->err.id, "achievement.draft")) return cn_always_false(say_lacks(w, id));
    if (w->err.code != CN_NOT_FOUND) return false;
    return cn_fail(
        &w->err, CN_NOT_FOUND, "store.none",
        "the organisation has no achievement with the id \"%.*s\"; \"cairn achievement list\" shows them.",
        CN_ARG(id));
}

static const struct {
    const char *name;
    int operands;
    bool (*run)(work *w, cn_slice id);
} verbs[] = {{"list", 0, list}, {"publish", 1, publish}};
enum { VERBS = sizeof verbs / sizeof *verbs };

static int do_verb(int verb, const char *organisation, const char *db, const char *id) {
    work w = {0};
    bool good =
        cn_handle_open(&w.h, &(cn_handle_options){.db = db}, &w.err) &&
        cn_app_organisation_by_id(w.h.arena, &w.h.app, cn_slice_of(organisation), &w.organisation, &w.err) &&
        verbs[verb].run(&w, cn_slice_of(id));
    cn_handle_done(&w.h);
    if (!good) cn_cli_complain("achievement", &w.err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static int run(int argc, char **argv) {
    const char *value, *texts[DB + 1] = {0};
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_achievement, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        texts[key] = value;
    }
    for (int i = 0; i < VERBS && operand < argc && texts[ORGANISATION]; i++)
        if (!strcmp(argv[operand], verbs[i].name) && operand + 1 + verbs[i].operands == argc)
            return do_verb(i, texts[ORGANISATION], texts[DB], verbs[i].operands ? argv[operand + 1] : "");
    fputs("cairn: usage: cairn achievement list | publish ID  --organisation ID [OPTION]...; \"cairn achievement "
          "--help\" tells more.\n",
          stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_achievement = {
    "achievement",
    "list | publish ID  --organisation ID [OPTION]...",
    "what an organisation can award",
    run,
};
