/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn keys: which keys the organisations of a server sign with, the next one, a domain of their own. (Keys in
 * files: keys_file.c.)
 */
#include "app/keys.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/keys_file.h"
#include "cli/outside.h"
#include "cli/report.h"

enum { DB = 1, MASTER, URL_MAP };
static const cn_option options[] = {
    {"db", "PATH", "the server's database (" CN_DB_DEFAULT ")", DB},
    {"master-key", "FILE", "what seals the signing keys (master.key beside the database)", MASTER},
    {"url-map", "FILE", "answer URLs from files: {\"urls\": {URL: {\"file\": …}}}", URL_MAP},
    {0},
};
static const char more[] =
    "new [OPTION]...                a key in a file of its own; no server is needed (keys new --help)\n"
    "show FILE                      the public half of such a key\n"
    "list                           every organisation with its keys, from when to when\n"
    "retire ORGANISATION            the key awards no more; another takes its place\n"
    "document ORGANISATION DOMAIN   the file to publish as https://DOMAIN/.well-known/did.json\n"
    "domain ORGANISATION DOMAIN     read it back, and sign as did:web:DOMAIN; \"\" goes back to did:key\n\n"
    "ORGANISATION is the id that list prints.\n"
    "Exit status: 0 done, 1 it could not be done, 64 wrong usage.\n";

typedef struct work {
    cn_handle handle;
    cn_handle_options how;
    const char *url_map;
    cn_time now;
    cn_err err;
} work;

static void print_date(cn_arena *a, cn_time t) {
    cn_buf b = cn_buf_on(a, 64);
    cn_time_write(&b, t);
    printf("%.*s", CN_ARG(cn_buf_slice(&b)));
}

static void print_key(cn_arena *a, const cn_stored_key *key) {
    printf("  ");
    print_date(a, key->created_at);
    printf("  ");
    if (key->retired_at.sec) print_date(a, key->retired_at);
    else printf("%-20s", "at work");
    printf("  %.*s\n", CN_ARG(key->issuer));
}

static bool list(work *w, char **operands) {
    cn_organisations all;
    (void)operands;
    if (!cn_app_organisations_of(w->handle.arena, &w->handle.app, 0, &all, &w->err)) return false;
    for (size_t i = 0; i < all.n; i++) {
        cn_stored_keys keys;
        if (!cn_store_keys_of(w->handle.arena, w->handle.store, all.v[i].number, &keys, &w->err)) return false;
        printf("%.*s  ", CN_ARG(all.v[i].id));
        cn_print_stranger(stdout, all.v[i].name.en);
        putchar('\n');
        if (!keys.n) puts("  no key yet: the first is made when it is needed");
        for (size_t k = 0; k < keys.n; k++) print_key(w->handle.arena, &keys.v[k]);
    }
    return true;
}

static bool retire(work *w, char **operands) {
    cn_organisation o;
    cn_arena *a = w->handle.arena;
    if (!cn_app_organisation_by_id(a, &w->handle.app, cn_slice_of(operands[0]), &o, &w->err)) return false;
    return cn_app_key_retire(a, &w->handle.app, w->now, o.number, 0, &w->err);
}

static bool domain(work *w, char **operands) {
    cn_net *net CN_NET_AUTO = NULL;
    cn_organisation o;
    cn_arena *a = w->handle.arena;
    if (!cn_net_new(&(cn_net_options){0}, &net, &w->err)) return false;
    if (w->url_map && !cn_net_add_url_map(net, cn_slice_of(w->url_map), &w->err)) return false;
    if (!cn_app_organisation_by_id(a, &w->handle.app, cn_slice_of(operands[0]), &o, &w->err)) return false;
    return cn_app_domain_use(a, &w->handle.app, cn_net_resolver(net), w->now, o.number, 0,
                             cn_slice_of(operands[1]), &w->err);
}

static bool document(work *w, char **operands) {
    cn_organisation o;
    cn_slice text;
    cn_arena *a = w->handle.arena;
    if (!cn_app_organisation_by_id(a, &w->handle.app, cn_slice_of(operands[0]), &o, &w->err)) return false;
    if (!cn_app_did_document(a, &w->handle.app, w->now, &o, cn_slice_of(operands[1]), &text, &w->err))
        return false;
    fwrite(text.p, 1, text.n, stdout);
    return true;
}

static const struct {
    const char *name;
    int operands;
    bool (*run)(work *w, char **operands);
} verbs[] = {{"list", 0, list}, {"retire", 1, retire}, {"document", 2, document}, {"domain", 2, domain}};

static int run_verb(work *w, int argc, char **argv) {
    for (size_t i = 0; argc && i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(argv[0], verbs[i].name) != 0 || argc - 1 != verbs[i].operands) continue;
        bool good = cn_handle_open(&w->handle, &w->how, &w->err) && verbs[i].run(w, argv + 1);
        cn_handle_done(&w->handle);
        if (!good) cn_cli_complain("keys", &w->err);
        return good ? CN_EXIT_OK : CN_EXIT_FAILED;
    }
    fputs("cairn: usage: cairn keys new | show FILE | list | retire ORGANISATION | document ORGANISATION DOMAIN | "
          "domain ORGANISATION DOMAIN\n",
          stderr);
    return CN_EXIT_USAGE;
}

static int run(int argc, char **argv) {
    work w = {.now = cn_outside_now()};
    const char *value;
    int operand, key;
    if (argc > 1 && !strcmp(argv[1], "new")) return cn_keys_new(argc - 1, argv + 1);
    if (argc > 1 && !strcmp(argv[1], "show")) return cn_keys_show(argc - 1, argv + 1);
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_keys, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        *(key == DB ? &w.how.db : key == MASTER ? &w.how.master_key : &w.url_map) = value;
    }
    return run_verb(&w, argc - operand, argv + operand);
}

const cn_command cn_command_keys = {
    "keys",
    "new | show FILE | list | retire ORGANISATION | document ORGANISATION DOMAIN | domain ORGANISATION DOMAIN",
    "the keys that organisations sign with",
    run,
};
