/* SPDX-License-Identifier: Apache-2.0
 *
 * The program `cairn-server`: all commands.
 */
#include "cli/cli.h"

const cn_command *const cn_commands[] = {
    &cn_command_verify,
    &cn_command_serve,
    &cn_command_init,
    &cn_command_keys,
    &cn_command_registry,
    &cn_command_contexts,
    &cn_command_bake,
    &cn_command_unbake,
    &cn_command_export,
    &cn_command_import,
    &cn_command_organisation,
    &cn_command_achievement,
    &cn_command_endorse,
    &cn_command_award,
    &cn_command_people,
    &cn_command_issue,
    &cn_command_derive,
    &cn_command_present,
    &cn_command_jose,
    &cn_command_json,
    &cn_command_jsonld,
    &cn_command_rdf,
    &cn_command_schema,
    &cn_command_frameworks,
    &cn_command_competencies,
    &cn_command_audit,
    &cn_command_privacy,
    &cn_command_licences,
    NULL,
};

bool cn_cli_whole(char **argv, cn_err *err) {
    (void)argv, (void)err;
    return true;
}
