/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn export, cairn import: one organisation whole, as a file, out of one server's database and into another's.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "app/move.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "cli/report.h"

enum { ORGANISATION = 1, OUT, PASSPHRASE, DB, MASTER, PASSPHRASE_MAX = 4096 };

#define PASSPHRASE_HELP "a file whose first line seals the signing keys; asked for on a terminal otherwise"
#define MASTER_HELP "what seals the signing keys (master.key beside the database)"
static const cn_option export_options[] = {
    {"organisation", "ID", "which one; \"cairn keys list\" prints the ids", ORGANISATION},
    {"out", "FILE", "the file to make", OUT},
    {"passphrase-file", "FILE", PASSPHRASE_HELP, PASSPHRASE},
    {"db", "PATH", "the server's database (" CN_DB_DEFAULT ")", DB},
    {"master-key", "FILE", MASTER_HELP, MASTER},
    {0},
};
static const char export_more[] = "The file holds all there is of the organisation: members, signing keys, "
                                  "definitions, awards, status lists. Names\n"
                                  "and addresses in it are readable: keep it as you keep the database.\n"
                                  "Exit status: 0 it is made, 1 it could not be made, 64 wrong usage.\n";

static const cn_option import_options[] = {
    {"passphrase-file", "FILE", PASSPHRASE_HELP, PASSPHRASE},
    {"db", "PATH", "the server's database (" CN_DB_DEFAULT ")", DB},
    {"master-key", "FILE", MASTER_HELP, MASTER},
    {0},
};
static const char import_more[] =
    "All of the file, or nothing. \"cairn init\" makes the database of a new server.\n"
    "What was signed stays as it is: where the new server has another origin, the status of credentials awarded\n"
    "before is still asked for at the old one. Keep that answering, or let it redirect here.\n"
    "Exit status: 0 the organisation is here, 1 nothing was changed, 64 wrong usage.\n";

typedef struct work {
    cn_handle handle;
    cn_handle_options how;
    const char *organisation, *file, *passphrase_file;
    char passphrase[PASSPHRASE_MAX];
    cn_err err;
} work;

/* ---- The passphrase ---- */

static bool first_line(FILE *from, const char *name, char out[PASSPHRASE_MAX], cn_err *err) {
    if (!fgets(out, PASSPHRASE_MAX, from))
        return cn_fail(err, CN_UNAVAILABLE, "move.passphrase-file", "no passphrase could be read from %s.", name);
    out[strcspn(out, "\r\n")] = 0;
    return true;
}

static bool read_file(work *w) {
    FILE *f = fopen(w->passphrase_file, "re");
    if (!f)
        return cn_fail(&w->err, CN_UNAVAILABLE, "move.passphrase-file", "%s cannot be read: %s.",
                       w->passphrase_file, strerror(errno));
    bool good = first_line(f, w->passphrase_file, w->passphrase, &w->err);
    (void)fclose(f);
    return good;
}

/* What is typed is not shown. */
static bool ask(const char *prompt, char out[PASSPHRASE_MAX], cn_err *err) {
    struct termios shown, hidden;
    if (tcgetattr(STDIN_FILENO, &shown) != 0)
        return cn_fail(err, CN_INVALID, "move.passphrase",
                       "without a terminal --passphrase-file names where the passphrase is.");
    hidden = shown;
    hidden.c_lflag &= ~(tcflag_t)ECHO;
    fputs(prompt, stderr);
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    bool good = first_line(stdin, "the terminal", out, err);
    (void)tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    fputc('\n', stderr);
    return good;
}

static bool get_passphrase(work *w, bool twice) {
    char again[PASSPHRASE_MAX];
    if (w->passphrase_file) return read_file(w);
    if (!ask("Passphrase of the file: ", w->passphrase, &w->err)) return false;
    if (!twice) return true;
    bool same = ask("The same again: ", again, &w->err) && !strcmp(again, w->passphrase);
    explicit_bzero(again, sizeof again);
    return same || cn_fail(&w->err, CN_INVALID, "move.passphrase", "the two are not the same.");
}

/* ---- Printing ---- */

static void print_summary(const cn_move_summary *s) {
    static const char *const tables[] = {"member", "signing_key", "achievement", "version", "award", "upload"};
    static const char *const names[] = {"members", "keys", "achievements", "versions", "awards", "uploads"};
    cn_print_stranger(stdout, s->name_en);
    fputs(" / ", stdout);
    cn_print_stranger(stdout, s->name_fr);
    putchar('\n');
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        printf("%-13s %zu\n", names[i], cn_move_count(s, cn_slice_of(tables[i])));
}

/* ---- Export ---- */

static bool write_file(void *self, cn_slice bytes, cn_err *err) {
    return fwrite(bytes.p, 1, bytes.n, self) == bytes.n ||
           cn_fail(err, CN_UNAVAILABLE, "move.file", "the file cannot be written: %s.", strerror(errno));
}

static bool finish(work *w, FILE *f, bool good) {
    if (good && (fflush(f) != 0 || fsync(fileno(f)) != 0))
        good =
            cn_fail(&w->err, CN_UNAVAILABLE, "move.file", "%s cannot be written: %s.", w->file, strerror(errno));
    if (fclose(f) != 0 && good)
        good =
            cn_fail(&w->err, CN_UNAVAILABLE, "move.file", "%s cannot be written: %s.", w->file, strerror(errno));
    if (!good) (void)unlink(w->file);
    return good;
}

static bool export_to(work *w, cn_move_summary *out) {
    /* Nothing is overwritten, and nobody else reads it. */
    int fd = open(w->file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return cn_fail(&w->err, CN_UNAVAILABLE, "move.file", "%s cannot be made: %s.", w->file, strerror(errno));
    FILE *f = fdopen(fd, "w");
    if (!f) cn_no_memory();
    cn_move_writer to = {f, write_file};
    bool good = cn_app_move_out(w->handle.arena, &w->handle.app, cn_outside_now(), cn_slice_of(w->organisation),
                                cn_slice_of(w->passphrase), &to, out, &w->err);
    return finish(w, f, good);
}

static bool export(work *w) {
    cn_move_summary summary;
    if (!cn_handle_open(&w->handle, &w->how, &w->err) || !get_passphrase(w, true)) return false;
    if (!export_to(w, &summary)) {
        if (w->err.code == CN_NOT_FOUND)
            (void)cn_fail(&w->err, CN_NOT_FOUND, "store.none",
                          "no organisation has the id \"%s\"; \"cairn organisation list\" shows them.",
                          w->organisation);
        return false;
    }
    print_summary(&summary);
    printf("exported to   %s\n", w->file);
    return true;
}

/* ---- Import ---- */

typedef struct lines {
    FILE *from;
    char *line; /* getline's */
    size_t cap;
} lines;

static bool next_line(void *self, cn_slice *line, bool *more, cn_err *err) {
    lines *l = self;
    ssize_t n = getline(&l->line, &l->cap, l->from);
    *more = n >= 0;
    if (n < 0 && ferror(l->from))
        return cn_fail(err, CN_UNAVAILABLE, "move.file", "the file cannot be read: %s.", strerror(errno));
    if (n > CN_MOVE_LINE_MAX) return cn_fail(err, CN_LIMIT, "move.line", "a line of the file is too long.");
    if (n > 0 && l->line[n - 1] == '\n') n--;
    *line = n > 0 ? cn_slice_bytes(l->line, (size_t)n) : (cn_slice){0};
    return true;
}

static void print_origins(const work *w, const cn_move_summary *s) {
    cn_slice here = w->handle.app.origin;
    if (cn_slice_eq(here, s->origin)) {
        puts("The origin is the same: every address in what was signed stays good.");
    } else {
        fputs("What was signed before names ", stdout);
        cn_print_stranger(stdout, s->origin.n ? s->origin : CN_S("the address of a demonstration"));
        printf(" and stays as it is: its status is asked for there.\nKeep that address answering, or let it "
               "redirect to %.*s.\n",
               CN_ARG(here));
    }
    if (cn_move_count(s, CN_S("member"))) puts("Members sign in with a link by e-mail; passkeys are added anew.");
    else
        printf("It has no members: \"cairn organisation invite %.*s --administrator EMAIL\" invites one.\n",
               CN_ARG(s->organisation));
}

static bool import(work *w) {
    lines l = {.from = fopen(w->file, "re")};
    cn_move_reader from = {&l, next_line};
    cn_move_summary summary;
    if (!l.from)
        return cn_fail(&w->err, CN_UNAVAILABLE, "move.file", "%s cannot be read: %s.", w->file, strerror(errno));
    bool good = cn_handle_open(&w->handle, &w->how, &w->err) && get_passphrase(w, false) &&
                cn_app_move_in(w->handle.arena, &w->handle.app, cn_outside_now(), cn_slice_of(w->passphrase),
                               &from, &summary, &w->err);
    free(l.line);
    (void)fclose(l.from);
    if (!good) return false;
    print_summary(&summary);
    print_origins(w, &summary);
    return true;
}

/* ---- The commands ---- */

static int finish_work(work *w, const char *what, bool good) {
    explicit_bzero(w->passphrase, sizeof w->passphrase);
    cn_handle_done(&w->handle);
    if (!good) cn_cli_complain(what, &w->err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

/* -1 to go on. */
static int read_options(work *w, const cn_command *c, const cn_option *options, const char *more, int argc,
                        char **argv, int *operand) {
    const char *value;
    int key;
    while ((key = cn_options_next(argc, argv, options, &value, operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(c, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        *(key == ORGANISATION ? &w->organisation
          : key == OUT        ? &w->file
          : key == PASSPHRASE ? &w->passphrase_file
          : key == DB         ? &w->how.db
                              : &w->how.master_key) = value;
    }
    return -1;
}

static int usage(const cn_command *c) {
    fprintf(stderr, "cairn: usage: cairn %s %s\n", c->name, c->usage);
    return CN_EXIT_USAGE;
}

static int run_export(int argc, char **argv) {
    work w = {0};
    int operand, status = read_options(&w, &cn_command_export, export_options, export_more, argc, argv, &operand);
    if (status >= 0) return status;
    if (operand < argc || !w.organisation || !w.file) return usage(&cn_command_export);
    return finish_work(&w, "export", export(&w));
}

static int run_import(int argc, char **argv) {
    work w = {0};
    int operand, status = read_options(&w, &cn_command_import, import_options, import_more, argc, argv, &operand);
    if (status >= 0) return status;
    if (argc - operand != 1) return usage(&cn_command_import);
    w.file = argv[operand];
    return finish_work(&w, "import", import(&w));
}

const cn_command cn_command_export = {
    "export",
    "--organisation ID --out FILE [OPTION]...",
    "one organisation whole, as a file",
    run_export,
};
const cn_command cn_command_import = {
    "import",
    "[OPTION]... FILE",
    "an organisation out of such a file",
    run_import,
};
