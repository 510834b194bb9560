/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn achievement: what an organisation can award, by the ids that `cairn award` takes, and the steps from a
 * draft to that: submitted, reviewed, approved, published, retired; and achievements as files. Drafts are written
 * on the pages.
 */
#include "app/approval.h"
#include "app/people.h"
#include "cli/achievement_copy.h"
#include "cli/achievement_file.h"
#include "cli/cli.h"
#include "cli/design.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "cli/report.h"
#include "cli/review.h"

enum {
    ORGANISATION = 1,
    AS,
    VERSION,
    OUTPUT,
    LANGUAGE,
    DB,
    REASON,
    FROM,
    UNTIL,
    FILE_NAME,
    REPLACE,
    PARTLY,
    RECORD,
    PART,
    PERMITTED,
    OPTIONS
};
static const cn_option options[] = {
    {"organisation", "ID", "whose (cairn organisation list)", ORGANISATION},
    {"as", "FORMAT", "export: ob3, ctdl, case, elm or cairn (cairn)", AS},
    {"version", "N",
     "of show, export, copy: this version; of show and export also \"draft\" (the latest, or the draft)",
     VERSION},
    {"output", "FILE", "export: to this file (standard output)", OUTPUT},
    {"language", "en|fr", "import: of texts that name no language (en)", LANGUAGE},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {"reason", "TEXT", "why: needed by return, withdraw and retire; of comment: what is said", REASON},
    {"from", "DATE", "of an approval: in force from then on, 2027-01-15 (now)", FROM},
    {"until", "DATE", "of an approval: when it has to be reviewed again; a quality body gives one", UNTIL},
    {"file", "FILE", "of fill: a design that show printed, or a record; - is standard input", FILE_NAME},
    {"replace", NULL, "of fill: what the design says already gives way", REPLACE},
    {"partly", NULL, "of fill: what is wrong in the file is left out, and told", PARTLY},
    {"record", NULL, "of show: the record that \"cairn frameworks check\" reads", RECORD},
    {"part", "PART", "of copy: whole, or outcomes: these and their competencies alone (whole)", PART},
    {"permitted", NULL, "of copy: its licence is unknown, and you may all the same", PERMITTED},
    {0},
};
static const char more[] =
    "list     a line for each achievement: id, version (0: not published yet), state (draft, published, "
    "changed),\n"
    "         names. What is published can be awarded.\n"
    "publish  the draft of the achievement with this ID becomes its next version, which never changes.\n"
    "         Prints the number of the version. An organisation that no quality body has registered submits\n"
    "         and approves it by that.\n"
    "export   an achievement as a file: Open Badges 3.0, CTDL, CASE 1.1, European Learning Model 3, or Cairn's\n"
    "         own. Nothing is lost: what a format has no words for stands in it under a term of Cairn's.\n"
    "import   a file of any of these, of Cairn's or anybody's, as a draft. Prints its id; what was not taken "
    "over\n"
    "         is told on standard error, with its place in the file.\n"
    "copy     a new draft of --organisation from what any organisation has published under this ID. Prints its "
    "id.\n"
    "         Where it comes from stays with it and is shown; what is true of the other alone is left out.\n"
    "show     the design of the draft, or of a version, as JSON: hours, assessment, quality and what else "
    "frameworks ask.\n"
    "fill     what --file says and the design does not is put into the draft's design.\n"
    "status   its way to approval: a line for each step, with its day, the days it stayed so, who took it and\n"
    "         why; and comments.\n"
    "comment  says something about it (--reason TEXT), for the organisation or for the one that reviews it.\n"
    "due      what waits for the organisation's decision, and which approvals and scopes end within six months.\n"
    "submit, recall, retire\n"
    "         steps of the organisation whose achievement it is.\n"
    "take, approve, return, withdraw\n"
    "         steps of the organisation that reviews it, which --organisation names then.\n\n"
    "Exit status: 0 done, 1 it could not be done, 64 wrong usage.\n";

typedef struct work {
    cn_handle h;
    cn_organisation organisation;
    const char *const *texts; /* by option */
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

static bool show(work *w, cn_slice id) {
    cn_cli_show how = {cn_slice_of(w->texts[VERSION]), w->texts[RECORD] != NULL};
    return cn_cli_design_show(&w->h, &w->organisation, id, &how, &w->err);
}

static bool fill(work *w, cn_slice id) {
    cn_cli_fill how = {w->texts[FILE_NAME], w->texts[REPLACE] != NULL, w->texts[PARTLY] != NULL};
    return cn_cli_design_fill(&w->h, &w->organisation, id, &how, &w->err);
}

/* ---- The way to approval ---- */

static bool fail_unknown(work *w, cn_slice id) {
    if (w->err.code != CN_NOT_FOUND) return false;
    return cn_fail(&w->err, CN_NOT_FOUND, "store.none",
                   "there is no achievement with the id \"%.*s\" that this is for the organisation to do with.",
                   CN_ARG(id));
}

static bool status(work *w, cn_slice id) {
    return cn_cli_review_status(&w->h, &w->organisation, id, &w->err) || cn_always_false(fail_unknown(w, id));
}

static bool due(work *w, cn_slice id) {
    (void)id;
    return cn_cli_review_due(&w->h, &w->organisation, &w->err);
}

static bool comment(work *w, cn_slice id) {
    return cn_app_flow_comment(w->h.arena, &w->h.app, cn_outside_now(), w->organisation.number, 0, id,
                               cn_slice_of(w->texts[REASON]), &w->err) ||
           cn_always_false(fail_unknown(w, id));
}

static bool read_day(const work *w, int option, cn_time *out, cn_err *err) {
    cn_slice typed = cn_slice_of(w->texts[option]);
    return !typed.n || (typed.n == 10 && cn_time_read_loose(typed, out)) ||
           cn_fail(err, CN_INVALID, "achievement.date", "\"%.*s\" is no day such as 2027-01-15.", CN_ARG(typed));
}

static bool act(work *w, cn_flow_action action, cn_slice id) {
    cn_flow_act what = {.action = action,
                        .organisation = w->organisation.number,
                        .id = id,
                        .reason = cn_slice_of(w->texts[REASON])};
    if (!read_day(w, FROM, &what.from, &w->err) || !read_day(w, UNTIL, &what.until, &w->err)) return false;
    if (cn_app_flow_act(w->h.arena, &w->h.app, cn_outside_now(), &what, &w->err)) return true;
    if (!strcmp(w->err.id, "achievement.draft")) return cn_always_false(say_lacks(w, id));
    return cn_always_false(fail_unknown(w, id));
}

/* Every step but publishing is the command of its name. */
static bool step(work *w, const char *name, cn_slice id) {
    cn_flow_action action = 0;
    while (!cn_slice_eq(cn_slice_of(name), cn_flow_rule_of(action)->word)) action++;
    return act(w, action, id);
}

/* ---- Files ---- */

static cn_achievement_file file_of(work *w, cn_slice operand) {
    return (cn_achievement_file){.handle = &w->h,
                                 .organisation = &w->organisation,
                                 .operand = operand,
                                 .format = w->texts[AS],
                                 .version = w->texts[VERSION],
                                 .output = w->texts[OUTPUT],
                                 .language = w->texts[LANGUAGE]};
}

static bool export(work *w, cn_slice id) {
    cn_achievement_file f = file_of(w, id);
    return cn_achievement_export(&f, &w->err);
}

static bool import(work *w, cn_slice file) {
    cn_achievement_file f = file_of(w, file);
    return cn_achievement_import(&f, &w->err);
}

static bool copy(work *w, cn_slice id) {
    cn_achievement_copy how = {id, w->texts[VERSION], w->texts[PART], w->texts[PERMITTED] != NULL};
    return cn_cli_achievement_copy(&w->h, &w->organisation, &how, &w->err);
}

static const struct {
    const char *name;
    int operands;
    bool (*run)(work *w, cn_slice id); /* NULL: a step */
} verbs[] = {{"list", 0, list},     {"publish", 1, publish}, {"show", 1, show},       {"fill", 1, fill},
             {"status", 1, status}, {"due", 0, due},         {"comment", 1, comment}, {"submit", 1, NULL},
             {"recall", 1, NULL},   {"take", 1, NULL},       {"approve", 1, NULL},    {"return", 1, NULL},
             {"withdraw", 1, NULL}, {"retire", 1, NULL},     {"export", 1, export},   {"import", 1, import},
             {"copy", 1, copy}};
enum { VERBS = sizeof verbs / sizeof *verbs };

static int do_verb(int verb, const char *const *texts, const char *id) {
    work w = {.texts = texts};
    cn_slice operand = cn_slice_of(id);
    bool good = cn_handle_open(&w.h, &(cn_handle_options){.db = texts[DB]}, &w.err) &&
                cn_app_organisation_by_id(w.h.arena, &w.h.app, cn_slice_of(texts[ORGANISATION]), &w.organisation,
                                          &w.err) &&
                (verbs[verb].run ? verbs[verb].run(&w, operand) : step(&w, verbs[verb].name, operand));
    cn_handle_done(&w.h);
    if (!good) cn_cli_complain("achievement", &w.err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static int run(int argc, char **argv) {
    const char *value, *texts[OPTIONS] = {0};
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_achievement, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        texts[key] = value ? value : "";
    }
    for (int i = 0; i < VERBS && operand < argc && texts[ORGANISATION]; i++)
        if (!strcmp(argv[operand], verbs[i].name) && operand + 1 + verbs[i].operands == argc)
            return do_verb(i, texts, verbs[i].operands ? argv[operand + 1] : "");
    fputs("cairn: usage: cairn achievement list | due | VERB ID | import FILE  --organisation ID [OPTION]...; "
          "\"cairn "
          "achievement "
          "--help\" tells more.\n",
          stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_achievement = {
    "achievement",
    "list | due | publish|show|fill|status|comment|submit|recall|take|approve|return|withdraw|retire|export|copy "
    "ID | "
    "import FILE  "
    "--organisation ID [OPTION]...",
    "what an organisation can award, its way to approval, and as files",
    run,
};
