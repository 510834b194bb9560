/* SPDX-License-Identifier: Apache-2.0
 *
 * What an operator decides once, and what must not be lost: the origin, which stands in everything that is signed,
 * and the master key, a file beside the database (docs/decisions/0011).
 */
#ifndef CN_CLI_ORIGIN_H
#define CN_CLI_ORIGIN_H

#include "crypto/crypto.h"
#include "store/keys.h"

enum { CN_ORIGIN_MAX = 272, CN_PATH_MAX = 4096 };

/* "https://cairn.example", perhaps with a port; a slash at the end goes, which is how people copy it. INVALID
 * "origin.form". */
CN_MUST_USE bool cn_origin_read(const char *text, char out[CN_ORIGIN_MAX], cn_err *err);
/* The one that a database has been given; empty where it has none, or is not there. */
CN_MUST_USE bool cn_origin_kept(const char *db, cn_time now, char out[CN_ORIGIN_MAX], cn_err *err);
/* Gives a database its origin. CONFLICT "origin.other": something has been awarded under another, which stands in
 * what was signed. Only `cairn init` changes one that is there. For a demonstration nothing is kept, and a
 * database that has an origin is not for trying out. */
typedef enum cn_origin_for { CN_ORIGIN_INIT, CN_ORIGIN_SERVE, CN_ORIGIN_DEMO } cn_origin_for;
CN_MUST_USE bool cn_origin_settle(cn_arena *a, cn_store *s, cn_slice origin, cn_origin_for what, cn_err *err);

/* Where the master key is: as given, or else "master.key" beside the database. */
CN_MUST_USE bool cn_master_path(const char *db, const char *given, char out[CN_PATH_MAX], cn_err *err);
/* Makes the file, which must not be there yet. UNAVAILABLE "master.file". */
CN_MUST_USE bool cn_master_make(cn_arena *a, const char *path, const cn_random *random, cn_master *out,
                                cn_err *err);
/* Reads the file: 64 hexadecimal digits. Where there is none it is made (0600), but not where the database holds
 * keys already: they were sealed with one that is missing. `*made` says so. UNAVAILABLE "master.missing",
 * "master.file"; INVALID "master.form". */
/* May others on this machine read the file? */
bool cn_master_is_loose(const char *path);
CN_MUST_USE bool cn_master_open(cn_arena *a, cn_store *s, const char *path, const cn_random *random,
                                cn_master *out, bool *made, cn_err *err);

#endif
