/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn award: awards from a spreadsheet, as the pages do it: what is wrong in which row first, and only with
 * --confirm the awards. The same file again awards nobody twice. What is done with them later: register.c.
 */
#include <unistd.h>

#include "app/approval.h"
#include "app/people.h"
#include "app/uploads.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "cli/register.h"
#include "cli/report.h"
#include "net/net.h"
#include "store/keys.h"
#include "web/html.h"

enum { ORGANISATION = 1, ACHIEVEMENT, DATE, METHOD, ASSESSOR, LANG, CONFIRM, DROP_WRONG, DB, MASTER, OPTIONS };
static const cn_option options[] = {
    {"organisation", "ID", "who awards (cairn organisation list)", ORGANISATION},
    {"achievement", "ID", "what: its latest published version, as its page's address names it", ACHIEVEMENT},
    {"date", "DATE", "of the assessment, for rows that name none", DATE},
    {"method", "TEXT", "of the assessment, for rows that name none", METHOD},
    {"assessor", "TEXT", "who decided, for rows that name none", ASSESSOR},
    {"lang", "en|fr", "for rows that name no language (en)", LANG},
    {"confirm", NULL, "award; without it the file is looked at, and only the audit remembers it", CONFIRM},
    {"drop-wrong", NULL, "leave out the rows in which something is wrong", DROP_WRONG},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {"master-key", "FILE", "what unseals the signing keys (master.key beside the database)", MASTER},
    {0},
};
static const char more[] =
    "FILE is CSV: columns for a key such as the student number, name and e-mail; language, result or decision, "
    "date,\n"
    "method, assessor and evidence where there are any; their names in English or French.\n"
    "Prints a line for each row in which something is wrong, then the counts. The mails go out when the server "
    "runs.\n"
    "\"cairn award list --help\" tells of the awards that were made.\n"
    "Exit status: 0 every row is right, or awarded; 1 something is wrong; 64 wrong usage.\n";

typedef struct awarding {
    cn_handle h;
    const char *texts[OPTIONS]; /* by option */
    cn_organisation organisation;
    cn_version version;
    cn_upload upload;
    cn_decision decision;
} awarding;

static cn_slice text_of(const awarding *w, int option) {
    return cn_slice_trim(cn_slice_of(w->texts[option]));
}

/* As the pages call a field. */
static cn_slice name_of(cn_sheet_field field) {
    cn_msg name;
    cn_slice word = cn_sheet_field_word(field);
    return cn_message_find(CN_MSG_FAMILY("sheet-field"), word, NULL, &name) ? cn_message(CN_EN, name) : word;
}

/* ---- The file ---- */

static bool find(awarding *w, cn_err *err) {
    cn_arena *a = w->h.arena;
    const cn_app *app = &w->h.app;
    cn_slice id = text_of(w, ORGANISATION), achievement = text_of(w, ACHIEVEMENT);
    if (!cn_app_organisation_by_id(a, app, id, &w->organisation, err)) return false;
    bool found = cn_app_version_of(a, app, achievement, 0, &w->version, err);
    if (!found && err->code != CN_NOT_FOUND) return false;
    return (found && w->version.organisation == w->organisation.number) ||
           cn_fail(err, CN_NOT_FOUND, "award.achievement",
                   "The organisation has published no achievement with the id \"%.*s\".", CN_ARG(achievement));
}

/* The file's own words may hold what a terminal obeys. */
static void say_words(const char *before, const cn_slice *words, size_t n) {
    fputs(before, stderr);
    for (size_t i = 0; i < n; i++) {
        if (i) fputs(", ", stderr);
        cn_print_stranger(stderr, words[i].n ? words[i] : CN_S("(no word)"));
    }
    fputc('\n', stderr);
}

/* Which columns there are, and which there can be. */
static void say_known(const cn_upload_report *r) {
    cn_slice known[CN_FIELDS];
    for (cn_sheet_field f = 0; f < CN_FIELDS; f++) known[f] = name_of(f);
    say_words("The columns of the file: ", r->words, r->words_n);
    say_words("Columns that are read (in French too): ", known, CN_FIELDS);
}

static bool say_columns(const cn_upload_report *r, cn_err *err) {
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 4096);
    for (size_t i = 0; i < r->missing_n; i++)
        cn_buf_print(&b, " There is no column \"%.*s\".", CN_ARG(name_of(r->missing[i])));
    for (size_t i = 0; i < r->twice_n; i++)
        cn_buf_print(&b, " The column \"%.*s\" is for what another is for already.", CN_ARG(r->twice[i]));
    if (!r->rows) cn_buf_add(&b, CN_S(" It has no rows beside the header line."));
    return cn_fail(err, CN_INVALID, "award.columns", "The file cannot be used.%.*s", CN_ARG(cn_buf_slice(&b)));
}

static bool upload(awarding *w, const char *path, cn_err *err) {
    cn_arena *a = w->h.arena;
    cn_upload_file file = {.organisation = w->organisation.number,
                           .version = w->version.number,
                           .name = cn_slice_of(path),
                           .language = w->texts[LANG] ? text_of(w, LANG) : CN_S("en")};
    cn_upload_report report;
    cn_slice id = {0};
    if (!cn_file_read(a, cn_slice_of(path), CN_SHEET_MAX_BYTES, &file.bytes, err) ||
        !cn_app_upload_new(a, &w->h.app, cn_outside_now(), &file, &report, &id, err))
        return false;
    if (report.unknown_n) say_words("Not looked at: ", report.unknown, report.unknown_n);
    if (report.unknown_n || !report.good) say_known(&report);
    if (!report.good) return say_columns(&report, err);
    return cn_app_upload_get(a, &w->h.app, w->organisation.number, id, &w->upload, err);
}

/* ---- What is wrong ---- */

/* In the words of the pages. */
static void put_problem(cn_buf *b, cn_slice field, cn_slice problem, int64_t twin) {
    char word[32];
    cn_msg message, name;
    (void)snprintf(word, sizeof word, "%.*s", CN_ARG(problem));
    bool own = cn_message_find(CN_MSG_FAMILY("row-problem"), field, word, &message);
    bool found = own || cn_message_find(CN_MSG_FAMILY("row-problem"), problem, NULL, &message);
    cn_message_arg arg = cn_message_arg_number((unsigned long long)twin);
    if (!own && cn_message_find(CN_MSG_FAMILY("sheet-field"), field, NULL, &name))
        arg = cn_message_arg_slice(cn_message(CN_EN, name));
    if (found) cn_message_plain(b, CN_EN, message, 1, &arg);
    else cn_buf_add(b, problem);
}

static void say_row(const awarding *w, const cn_upload_row *row) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_row_problem problems[CN_ROW_PROBLEMS_MAX];
    size_t n = cn_row_check(a, cn_outside_now(), row, &w->decision, problems);
    for (size_t i = 0; i < n; i++) {
        cn_buf b = cn_buf_on(a, 4096);
        put_problem(&b, cn_sheet_field_word(problems[i].field), problems[i].word, row->twin);
        printf("line %lld  %.*s\n", (long long)row->line, CN_ARG(cn_buf_slice(&b)));
    }
}

/* Every wrong row, some at a time; then the counts. */
static bool say_all(const awarding *w, size_t counts[CN_ROW_KINDS], cn_err *err) {
    enum { AT_ONCE = 5000 };
    cn_preview_ask ask = {.max = {[CN_ROW_IS_WRONG] = AT_ONCE}};
    for (bool left = true; left;) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_preview p;
        if (!cn_app_upload_preview(a, &w->h.app, cn_outside_now(), &w->upload, &ask, &p, err)) return false;
        const cn_preview_list *wrong = &p.lists[CN_ROW_IS_WRONG];
        for (size_t i = 0; i < wrong->n; i++) say_row(w, &wrong->rows[i]);
        if (wrong->n) ask.after[CN_ROW_IS_WRONG] = wrong->rows[wrong->n - 1].line;
        left = wrong->more;
        memcpy(counts, p.counts, sizeof p.counts);
    }
    printf("%zu ready, %zu wrong, %zu awarded before\n", counts[CN_ROW_IS_READY], counts[CN_ROW_IS_WRONG],
           counts[CN_ROW_IS_BEFORE]);
    return true;
}

/* ---- The options that speak for the whole file ---- */

static bool say_option(cn_arena *a, cn_err *err) {
    cn_buf b = cn_buf_on(a, 4096);
    cn_slice field, word;
    if (strcmp(err->id, "upload.decision") != 0) return false;
    if (!cn_arena_copy(a, cn_slice_of(err->where), &field) || !cn_arena_copy(a, cn_slice_of(err->detail), &word))
        return cn_fail_memory(err);
    put_problem(&b, field, word, 0);
    return cn_fail(err, CN_INVALID, "award.option", "--%.*s: %.*s.", CN_ARG(field), CN_ARG(cn_buf_slice(&b)));
}

/* What the options say of the whole file; nothing where they say nothing. */
static bool decide(awarding *w, cn_err *err) {
    cn_arena *a = w->h.arena;
    cn_decision d;
    if (!cn_app_upload_decision(a, &w->upload, &d, err)) return false;
    d.date = text_of(w, DATE);
    d.method = text_of(w, METHOD);
    d.assessor = text_of(w, ASSESSOR);
    if (!cn_app_upload_decide(a, &w->h.app, cn_outside_now(), &w->upload, &d, err)) return say_option(a, err);
    return cn_app_upload_get(a, &w->h.app, w->organisation.number, w->upload.id, &w->upload, err) &&
           cn_app_upload_decision(a, &w->upload, &w->decision, err);
}

/* ---- Awarding ---- */

static void show_progress(const cn_upload *u, bool last) {
    size_t done = u->rows[CN_ROW_AWARDED] + u->rows[CN_ROW_BEFORE] + u->rows[CN_ROW_REFUSED];
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r%zu of %zu%s", done, done + u->rows[CN_ROW_WAITING], last ? "\n" : "");
}

/* The server, where one runs, may work at the same rows: each is awarded once all the same. */
static bool work(awarding *w, cn_err *err) {
    for (bool left = true; left;) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_upload u;
        if (!cn_app_uploads_work(a, &w->h.app, cn_outside_now(), &left, err) ||
            !cn_app_upload_get(a, &w->h.app, w->organisation.number, w->upload.id, &u, err))
            return false;
        left = left && u.state == CN_UPLOAD_CONFIRMED;
        show_progress(&u, !left);
        if (!left) printf("%zu awarded\n", u.rows[CN_ROW_AWARDED]);
        if (!left && u.rows[CN_ROW_REFUSED])
            return cn_fail(err, CN_INVALID, "award.refused", "%zu rows could not be signed.",
                           u.rows[CN_ROW_REFUSED]);
    }
    return true;
}

/* What a demonstration has awarded stands under an address of this machine: it gets no other origin. */
static bool fail_origin(awarding *w, cn_err *err) {
    cn_slice demo;
    if (!cn_store_setting(w->h.arena, w->h.store, CN_S("demo"), &demo, err)) return false;
    if (!demo.n)
        return cn_fail(
            err, CN_CONFLICT, "award.origin",
            "This database has no origin, which stands in every award: \"cairn init --origin\" gives it one. "
            "A demonstration awards on its pages alone.");
    return cn_fail(
        err, CN_CONFLICT, "award.demo",
        "This is the database of a demonstration, which awards on its pages alone: upload the file there, "
        "while \"cairn serve --demo\" runs. To award in earnest, make another database: "
        "\"cairn init --origin https://HOST --db FILE\".");
}

static bool award(awarding *w, cn_err *err) {
    const cn_app *app = &w->h.app;
    if (!app->origin.n) return fail_origin(w, err);
    if (!app->master)
        return cn_fail(err, CN_DENIED, "award.master",
                       "There is no master key to sign with; --master-key names it.");
    if (!cn_app_upload_confirm(w->h.arena, app, cn_outside_now(), &w->upload, 0, CN_S(""), err)) return false;
    w->upload.state = CN_UPLOAD_CONFIRMED;
    return work(w, err);
}

static bool preview(awarding *w, bool *right, cn_err *err) {
    cn_arena *a = w->h.arena;
    size_t counts[CN_ROW_KINDS];
    if (!say_all(w, counts, err) || !cn_app_check_award(a, &w->h.app, cn_outside_now(), &w->version, err))
        return false;
    bool drop = w->texts[DROP_WRONG] != NULL;
    *right = drop || !counts[CN_ROW_IS_WRONG];
    if (!w->texts[CONFIRM] || !*right || !counts[CN_ROW_IS_READY]) return true;
    return (!drop || cn_app_upload_drop_wrong(a, &w->h.app, cn_outside_now(), &w->upload, err)) && award(w, err);
}

/* ---- The command ---- */

/* What was looked at and not awarded is not kept. */
static bool leave_nothing(const awarding *w, cn_err *err) {
    if (!w->upload.id.n || w->upload.state != CN_UPLOAD_PREVIEW) return true;
    return cn_app_upload_cancel(w->h.arena, &w->h.app, cn_outside_now(), &w->upload, 0, err);
}

static int award_file(awarding *w, const char *path) {
    cn_handle_options how = {.db = w->texts[DB], .master_key = w->texts[MASTER]};
    cn_err err = {0};
    bool right = false;
    bool good = cn_handle_open(&w->h, &how, &err) && find(w, &err) && upload(w, path, &err) && decide(w, &err) &&
                preview(w, &right, &err);
    if (!good) cn_cli_complain(path, &err);
    if (!leave_nothing(w, &err)) cn_cli_complain(path, &err);
    cn_handle_done(&w->h);
    return good && right ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static int run(int argc, char **argv) {
    awarding w = {0};
    const char *value;
    int operand, key;
    if (argc > 1 && cn_register_knows(argv[1])) return cn_register_run(argc - 1, argv + 1);
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_award, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        w.texts[key] = value ? value : "";
    }
    cn_slice lang = text_of(&w, LANG);
    bool known = !w.texts[LANG] || cn_slice_eq(lang, CN_S("en")) || cn_slice_eq(lang, CN_S("fr"));
    if (operand + 1 == argc && text_of(&w, ORGANISATION).n && text_of(&w, ACHIEVEMENT).n && known)
        return award_file(&w, argv[operand]);
    fputs("cairn: usage: cairn award --organisation ID --achievement ID [--lang en|fr] [OPTION]... FILE; \"cairn "
          "award "
          "--help\" tells more.\n",
          stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_award = {
    "award",
    "--organisation ID --achievement ID  [OPTION]... FILE | list | revoke ID | claim-again ID",
    "awards from a spreadsheet: what is wrong first, then the awards; what was awarded, taking it back",
    run,
};
