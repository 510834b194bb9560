/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn people: what the operator alone may do for somebody with an account: let them begin anew who have lost
 * their passkeys. No administrator may, since a person can be a member of several organisations.
 */
#include "app/people.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"

enum { DB = 1 };
static const cn_option options[] = {
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {0},
};
static const char more[] =
    "reset-passkeys   takes all passkeys off the account with this address and ends its sessions; an e-mail "
    "tells\n"
    "                 the person to sign in with a link and to add a new one. Make sure first, by another way\n"
    "                 than e-mail, that it is they who ask.\n";

static int reset(const char *db, const char *email) {
    cn_handle h = {0};
    cn_err err = {0};
    bool good = cn_handle_open(&h, &(cn_handle_options){.db = db}, &err) &&
                cn_app_passkeys_reset(h.arena, &h.app, cn_outside_now(), cn_slice_trim(cn_slice_of(email)), &err);
    cn_handle_done(&h);
    if (good) fputs("The passkeys are gone; the e-mail is on its way as soon as the server runs.\n", stderr);
    else if (err.code == CN_NOT_FOUND)
        fputs("cairn: people: no account with a passkey has this address.\n", stderr);
    else cn_cli_complain("people", &err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static int run(int argc, char **argv) {
    const char *value, *db = NULL;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_people, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        db = value;
    }
    if (operand + 2 == argc && !strcmp(argv[operand], "reset-passkeys")) return reset(db, argv[operand + 1]);
    fputs("cairn: people takes \"reset-passkeys EMAIL\"; \"cairn people --help\" tells more.\n", stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_people = {
    "people",
    "reset-passkeys EMAIL [OPTION]...",
    "for who has lost their passkeys",
    run,
};
