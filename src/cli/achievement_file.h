/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements to and from files, for `cairn achievement`.
 */
#ifndef CN_CLI_ACHIEVEMENT_FILE_H
#define CN_CLI_ACHIEVEMENT_FILE_H

#include "app/people.h"
#include "cli/handle.h"

typedef struct cn_achievement_file {
    cn_handle *handle;
    const cn_organisation *organisation;
    cn_slice operand;     /* an achievement's id, or a file's name */
    const char *format;   /* "ctdl"; NULL: Cairn's own */
    const char *version;  /* a number, "draft"; NULL: the latest, or the draft where there is none */
    const char *output;   /* NULL: standard output */
    const char *language; /* of texts that name none; NULL: English */
} cn_achievement_file;

CN_MUST_USE bool cn_achievement_export(const cn_achievement_file *f, cn_err *err);
/* Prints the id of the draft, and on standard error what was not taken over. */
CN_MUST_USE bool cn_achievement_import(const cn_achievement_file *f, cn_err *err);

#endif
