/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn registry: what a list of known issuers holds and whether it can be relied on (check); the lists that the
 * server's database keeps (import, list, remove).
 */
#include <errno.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/outside.h"
#include "cli/registries.h"
#include "cli/report.h"
#include "net/net.h"
#include "store/store.h"
#include "vc/summary.h"

enum { SIGNER = 1, UNSIGNED, AT, URL_MAP, OFFLINE, DB };
static const cn_option options[] = {
    {"signer", "ID", "refuse a list that anybody else has signed", SIGNER},
    {"unsigned", NULL, "take a list that nobody has signed too", UNSIGNED},
    {"at", "TIME", "as of this time (2026-06-01T00:00:00Z or 2026-06-01)", AT},
    {"url-map", "FILE", "answer URLs from files: {\"urls\": {URL: {\"file\": …}}}", URL_MAP},
    {"offline", NULL, "ask nobody for the signer's key", OFFLINE},
    {"db", "PATH", "the server's database (" CN_DB_DEFAULT ")", DB},
    {0},
};
static const char more[] =
    "check FILE     print a list that can be relied on, or say what is wrong with it\n"
    "import FILE    check a signed list and keep it, in the place of one of the same name and signer\n"
    "list           the lists that are kept\n"
    "remove NUMBER  forget one\n\n"
    "A server reads the lists when it starts.\n"
    "Exit status: 0 a good list, 1 not a list to rely on, 2 it could not be checked or read,\n"
    "64 wrong usage.\n";

typedef struct checking {
    cn_registry_options how;
    cn_net_options net;
    cn_time now;
    const char *url_map, *db;
} checking;

static void field(const char *label, cn_slice text) {
    if (!text.n) return;
    printf("%-8s ", label);
    cn_print_stranger(stdout, text);
    putchar('\n');
}

static void print_names(const cn_json *names) {
    for (size_t i = 0; i < cn_json_many(names); i++) {
        const cn_json *name = cn_json_one(names, i);
        printf(i ? " / " : "    ");
        cn_print_stranger(stdout, cn_text_value(name));
    }
    putchar('\n');
}

static void print_list(const cn_registry_list *list) {
    field("list", list->name);
    field("signed", list->signer.n ? list->signer : CN_S("by nobody"));
    field("from", list->valid_from);
    field("until", list->valid_until);
    printf("issuers  %zu\n", list->n);
    for (size_t i = 0; i < list->n; i++) {
        fputs("  ", stdout);
        cn_print_stranger(stdout, list->entries[i].id);
        putchar('\n');
        print_names(cn_json_get(list->entries[i].entry, CN_S("name")));
    }
    if (list->problems_n) printf("left out %zu\n", list->problems_n);
    for (size_t i = 0; i < list->problems_n; i++) {
        fputs("  ", stdout);
        cn_print_stranger(stdout, list->problems[i].where);
        printf(": %.*s\n", CN_ARG(list->problems[i].text));
    }
}

static int status_of(const cn_err *err) {
    return err->code == CN_UNAVAILABLE || err->code == CN_INTERNAL ? CN_EXIT_UNKNOWN : CN_EXIT_FAILED;
}

/* What is done with a list that is good: the exit status. */
typedef int use(const checking *c, const char *path, const cn_registry_list *list, cn_slice text);

static int read_list(const checking *c, const cn_verify_options *verify, const char *path, use *then) {
    cn_registry_options how = c->how;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_registry_list list;
    cn_slice text;
    cn_err err = {0};
    how.verify = verify;
    how.name = cn_slice_of(path);
    if (cn_file_read(a, how.name, CN_REGISTRY_BYTES_MAX, &text, &err) &&
        cn_registry_read(a, text, &how, &list, &err))
        return then(c, path, &list, text);
    cn_cli_complain(path, &err);
    return status_of(&err);
}

static int with_list(const checking *c, const char *path, use *then) {
    cn_net *net CN_NET_AUTO = NULL;
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_err err = {0};
    if (!cn_net_new(&c->net, &net, &err)) return cn_cli_complain("registry", &err), CN_EXIT_UNKNOWN;
    if (c->url_map && !cn_net_add_url_map(net, cn_slice_of(c->url_map), &err))
        return cn_cli_complain(c->url_map, &err), CN_EXIT_UNKNOWN;
    if (!cn_crypto_new(&crypto, &err)) return cn_cli_complain("registry", &err), CN_EXIT_UNKNOWN;
    cn_loader contexts = cn_builtin_loader(cn_net_contexts(net));
    cn_verify_options verify = {
        .crypto = crypto, .contexts = &contexts, .resolver = cn_net_resolver(net), .now = c->now};
    return read_list(c, &verify, path, then);
}

static int show(const checking *c, const char *path, const cn_registry_list *list, cn_slice text) {
    (void)c, (void)path, (void)text;
    print_list(list);
    return list->problems_n ? CN_EXIT_FAILED : CN_EXIT_OK;
}

static int check(const checking *c, const char *path) {
    return with_list(c, path, show);
}

/* ---- The lists that are kept ---- */

static bool open_db(const checking *c, cn_store **out, cn_err *err) {
    return cn_store_open(cn_slice_of(c->db), &(cn_store_options){.now = c->now}, out, err);
}

/* Looking makes nothing: where there is no database there are no lists. */
static bool is_there(const checking *c) {
    struct stat file;
    return stat(c->db, &file) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

static int complain_of_db(const checking *c, const cn_err *err) {
    cn_cli_complain(c->db, err);
    return status_of(err);
}

static int keep(const checking *c, const char *path, const cn_registry_list *list, cn_slice text) {
    const char *slash = strrchr(path, '/');
    cn_stored_list kept = {
        .name = list->name,
        .signer = list->signer,
        .source = cn_slice_of(slash ? slash + 1 : path),
        .document = text,
        .valid_until = list->valid_until,
        .imported_at = c->now,
    };
    cn_store *store CN_STORE_AUTO = NULL;
    cn_err err = {0};
    int64_t number;
    if (!open_db(c, &store, &err) || !cn_store_registry_put(store, &kept, &number, &err))
        return complain_of_db(c, &err);
    print_list(list);
    printf("kept as  %lld\n", (long long)number);
    return CN_EXIT_OK;
}

static int import(const checking *c, const char *path) {
    if (!c->how.unsigned_too) return with_list(c, path, keep);
    fputs("cairn: registry import keeps only lists that somebody has signed.\n", stderr);
    return CN_EXIT_USAGE;
}

static void print_kept(cn_arena *a, const cn_stored_list *l) {
    cn_buf when = cn_buf_on(a, 0);
    cn_time_write(&when, l->imported_at);
    printf("%-8lld ", (long long)l->number);
    cn_print_stranger(stdout, l->name);
    putchar('\n');
    field("  signed", l->signer);
    field("  until", l->valid_until);
    field("  file", l->source);
    field("  kept", cn_buf_slice(&when));
}

static int say_none(const checking *c) {
    fputs("no lists are kept in ", stdout);
    cn_print_stranger(stdout, cn_slice_of(c->db));
    putchar('\n');
    return CN_EXIT_OK;
}

static int list_all(const checking *c, const char *none) {
    (void)none;
    if (!is_there(c)) return say_none(c);
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *store CN_STORE_AUTO = NULL;
    cn_stored_lists lists;
    cn_err err = {0};
    if (!open_db(c, &store, &err) || !cn_store_registry_all(a, store, &lists, &err))
        return complain_of_db(c, &err);
    for (size_t i = 0; i < lists.n; i++) print_kept(a, &lists.v[i]);
    return lists.n ? CN_EXIT_OK : say_none(c);
}

/* Says which it was, so that a slip is seen. */
static int remove_list(const checking *c, cn_store *store, int64_t number) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_stored_lists lists;
    cn_err err = {0};
    if (!cn_store_registry_all(a, store, &lists, &err) || !cn_store_registry_remove(store, number, &err))
        return complain_of_db(c, &err);
    for (size_t i = 0; i < lists.n; i++)
        if (lists.v[i].number == number) {
            printf("removed  %lld ", (long long)number);
            cn_print_stranger(stdout, lists.v[i].name);
            putchar('\n');
        }
    return CN_EXIT_OK;
}

static int forget(const checking *c, const char *text) {
    cn_store *store CN_STORE_AUTO = NULL;
    cn_err err = {0};
    uint64_t number;
    if (!cn_slice_to_u64(cn_slice_of(text), INT64_MAX, &number)) {
        fprintf(stderr, "cairn: registry remove takes a number of \"cairn registry list\", not \"%s\".\n", text);
        return CN_EXIT_USAGE;
    }
    if (!is_there(c)) return fprintf(stderr, "cairn: no lists are kept in %s.\n", c->db), CN_EXIT_FAILED;
    if (!open_db(c, &store, &err)) return complain_of_db(c, &err);
    return remove_list(c, store, (int64_t)number);
}

/* ---- The command ---- */

static const struct {
    const char *name;
    int operands; /* after the name */
    int (*run)(const checking *c, const char *operand);
} verbs[] = {
    {"check", 1, check},
    {"import", 1, import},
    {"list", 0, list_all},
    {"remove", 1, forget},
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static bool apply(checking *c, int key, const char *value) {
    switch (key) {
    case SIGNER: return c->how.signer = cn_slice_of(value), true;
    case UNSIGNED: return c->how.unsigned_too = true;
    case OFFLINE: return c->net.offline = true;
    case URL_MAP: return c->url_map = value, true;
    case DB: return c->db = value, true;
    default: return cn_time_read_loose(cn_slice_of(value), &c->now);
    }
}

static int run(int argc, char **argv) {
    checking c = {.now = cn_outside_now(), .db = CN_DB_DEFAULT};
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_registry, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (apply(&c, key, value)) continue;
        fprintf(stderr, "cairn: --at takes a time such as 2026-06-01T00:00:00Z, not \"%s\".\n", value);
        return CN_EXIT_USAGE;
    }
    for (int i = 0; i < VERBS && operand < argc; i++)
        if (cn_slice_eq(cn_slice_of(argv[operand]), cn_slice_of(verbs[i].name)) &&
            operand + 1 + verbs[i].operands == argc)
            return verbs[i].run(&c, argv[operand + 1]);
    fputs("cairn: registry takes \"check FILE\", \"import FILE\", \"list\" or \"remove NUMBER\"; \"cairn registry "
          "--help\" tells more.\n",
          stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_registry = {
    "registry",
    "check FILE | import FILE | list | remove NUMBER  [OPTION]...",
    "check a list of known issuers; keep lists for the server",
    run,
};
