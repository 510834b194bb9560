/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn registry check: what a list of known issuers holds, and whether it can be relied on.
 */
#include "cli/cli.h"
#include "cli/registries.h"
#include "cli/report.h"
#include "net/net.h"

enum { SIGNER = 1, UNSIGNED, AT, URL_MAP, OFFLINE };
static const cn_option options[] = {
    {"signer", "ID", "refuse a list that anybody else has signed", SIGNER},
    {"unsigned", NULL, "take a list that nobody has signed too", UNSIGNED},
    {"at", "TIME", "as of this time (2026-06-01T00:00:00Z or 2026-06-01)", AT},
    {"url-map", "FILE", "answer URLs from files: {\"urls\": {URL: {\"file\": …}}}", URL_MAP},
    {"offline", NULL, "ask nobody for the signer's key", OFFLINE},
    {0},
};
static const char more[] =
    "Exit status: 0 a good list, 1 not a list to rely on, 2 it could not be checked or read,\n"
    "64 wrong usage.\n";

typedef struct checking {
    cn_registry_options how;
    cn_net_options net;
    cn_time now;
    const char *url_map;
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
        cn_print_stranger(stdout, cn_json_is(name, CN_JSON_OBJECT) ? cn_json_get_text(name, CN_S("@value"))
                                                                   : cn_json_text(name));
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

/* Prints the list, or says why it is none; the exit status. */
static int check_list(const checking *c, const cn_verify_options *verify, const char *path) {
    cn_registry_options how = c->how;
    cn_registries r = {0};
    cn_err err = {0};
    how.verify = verify;
    bool good = cn_registries_add(&r, path, &how, &err);
    if (good) print_list(&r.lists[0]);
    else cn_cli_complain(path, &err);
    int status = !good ? status_of(&err) : r.lists[0].problems_n ? CN_EXIT_FAILED : CN_EXIT_OK;
    cn_registries_done(&r);
    return status;
}

static int check(const checking *c, const char *path) {
    cn_net *net CN_NET_AUTO = NULL;
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_err err = {0};
    if (!cn_net_new(&c->net, &net, &err)) return cn_cli_complain("registry", &err), CN_EXIT_USAGE;
    if (c->url_map && !cn_net_add_url_map(net, cn_slice_of(c->url_map), &err))
        return cn_cli_complain(c->url_map, &err), CN_EXIT_USAGE;
    if (!cn_crypto_new(&crypto, &err)) return cn_cli_complain("registry", &err), CN_EXIT_UNKNOWN;
    cn_loader contexts = cn_builtin_loader(cn_net_contexts(net));
    cn_verify_options verify = {
        .crypto = crypto, .contexts = &contexts, .resolver = cn_net_resolver(net), .now = c->now};
    return check_list(c, &verify, path);
}

static bool apply(checking *c, int key, const char *value) {
    switch (key) {
    case SIGNER: return c->how.signer = cn_slice_of(value), true;
    case UNSIGNED: return c->how.unsigned_too = true;
    case OFFLINE: return c->net.offline = true;
    case URL_MAP: return c->url_map = value, true;
    default: return cn_time_read_loose(cn_slice_of(value), &c->now);
    }
}

static int run(int argc, char **argv) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    checking c = {.now = {t.tv_sec, (int32_t)t.tv_nsec}};
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_registry, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (apply(&c, key, value)) continue;
        fprintf(stderr, "cairn: --at takes a time such as 2026-06-01T00:00:00Z, not \"%s\".\n", value);
        return CN_EXIT_USAGE;
    }
    if (operand + 2 == argc && cn_slice_eq(cn_slice_of(argv[operand]), CN_S("check")))
        return check(&c, argv[operand + 1]);
    fputs("cairn: registry takes \"check FILE\"; \"cairn registry --help\" tells more.\n", stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_registry = {
    "registry",
    "check [OPTION]... FILE",
    "check a list of known issuers, and print it",
    run,
};
