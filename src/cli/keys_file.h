/* SPDX-License-Identifier: Apache-2.0
 *
 * The part of `cairn keys` that needs no server: keys in files of their own.
 */
#ifndef CN_CLI_KEYS_FILE_H
#define CN_CLI_KEYS_FILE_H

/* cairn keys new, cairn keys show: argv[0] is "new" or "show". The exit status. */
int cn_keys_new(int argc, char **argv);
int cn_keys_show(int argc, char **argv);

#endif
