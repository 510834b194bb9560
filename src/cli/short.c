/* SPDX-License-Identifier: Apache-2.0
 *
 * The program `cairn`: the commands that need the engine alone. Any other it has done by `cairn-server`, which has
 * them all and stands beside it, so that a verification does not wait for the libraries of a server to be loaded
 * (docs/decisions/0014-two-programs.md).
 */
#include <errno.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/own.h"

#define WHOLE "cairn-server"

const cn_command *const cn_commands[] = {
    &cn_command_verify,   &cn_command_contexts,
    &cn_command_bake,     &cn_command_unbake,
    &cn_command_issue,    &cn_command_derive,
    &cn_command_present,  &cn_command_jose,
    &cn_command_json,     &cn_command_jsonld,
    &cn_command_rdf,      &cn_command_schema,
    &cn_command_licences, NULL,
};

bool cn_cli_whole(char **argv, cn_err *err) {
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof WHOLE);
    while (n > 0 && path[n - 1] != '/') n--;
    if (n > 0) {
        memcpy(path + n, WHOLE, sizeof WHOLE);
        (void)execv(path, argv);
    }
    char buffer[128];
    return cn_fail(err, CN_UNAVAILABLE, "program.missing",
                   "the program " WHOLE ", which has this command, cannot be run: %s.",
                   strerror_r(errno, buffer, sizeof buffer));
}

/* A command's argv follows the program's name. */
bool cn_own_open(const char *db, char **argv, cn_own **out, cn_err *err) {
    (void)db, (void)out;
    return cn_cli_whole(argv - 1, err);
}
