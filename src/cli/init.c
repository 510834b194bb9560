/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn init: the database, the origin and the master key of a new server.
 */
#include "cli/cli.h"
#include "cli/origin.h"
#include "cli/outside.h"

enum { ORIGIN = 1, DB, MASTER, ANEW };
static const cn_option options[] = {
    {"origin", "URL", "where people will reach it: https://cairn.example, without a path", ORIGIN},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {"master-key", "FILE", "what seals the signing keys (master.key beside the database)", MASTER},
    {"new-master-key", NULL, "make another one, because the old one is lost", ANEW},
    {0},
};
static const char more[] = "The origin stands in everything that is signed: once something has been awarded it "
                           "cannot change. The master\n"
                           "key is made if it is not there; keep a copy of it apart from copies of the database. "
                           "Whoever loses it cannot\n"
                           "sign with the keys that are there; what was signed still verifies. With "
                           "--new-master-key organisations can go\n"
                           "on: cairn keys retire gives each of them a new key.\n"
                           "Exit status: 0 all is there, 1 it could not be made, 64 wrong usage.\n";

static bool make(const char *origin, const char *db, const char *master, bool anew, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_store *store CN_STORE_AUTO = NULL;
    char path[CN_PATH_MAX];
    cn_master key;
    bool made = anew;
    if (!cn_master_path(db, master, path, err)) return false;
    if (!cn_store_open(cn_slice_of(db), &(cn_store_options){.now = cn_outside_now()}, &store, err)) return false;
    if (!cn_origin_settle(a, store, cn_slice_of(origin), CN_ORIGIN_INIT, err)) return false;
    bool good = anew ? cn_master_make(a, path, cn_outside_random(), &key, err)
                     : cn_master_open(a, store, path, cn_outside_random(), &key, &made, err);
    if (!good) return false;
    cn_master_wipe(&key);
    printf("origin      %s\ndatabase    %s\nmaster key  %s%s\n", origin, db, path,
           made ? " (new: keep a copy of it, apart from copies of the database)" : "");
    return true;
}

static int run(int argc, char **argv) {
    const char *value, *given = NULL, *db = CN_DB_DEFAULT, *master = NULL;
    char origin[CN_ORIGIN_MAX];
    int operand, key;
    bool anew = false;
    cn_err err = {0};
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_init, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (key == ANEW) anew = true;
        else *(key == ORIGIN ? &given : key == DB ? &db : &master) = value;
    }
    if (operand < argc || !given) {
        fputs("cairn: init needs --origin, the address under which people will reach the server: cairn init "
              "--origin "
              "https://HOST [--db PATH] [--master-key FILE]\n",
              stderr);
        return CN_EXIT_USAGE;
    }
    if (!cn_origin_read(given, origin, &err)) return cn_cli_complain("init", &err), CN_EXIT_USAGE;
    if (!make(origin, db, master, anew, &err)) return cn_cli_complain("init", &err), CN_EXIT_FAILED;
    return CN_EXIT_OK;
}

const cn_command cn_command_init = {
    "init",
    "--origin https://HOST [--db PATH] [--master-key FILE]",
    "a new server: its database, its origin, its master key",
    run,
};
