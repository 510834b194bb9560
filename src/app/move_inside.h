/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room: what reading and writing a file of an organisation share.
 */
#ifndef CN_APP_MOVE_INSIDE_H
#define CN_APP_MOVE_INSIDE_H

#include "app/move.h"

#define CN_MOVE_FORMAT CN_S("cairn-organisation")

/* The digest of all lines so far: each step hashes the one before with the hash of the line. */
cn_digest cn_move_sum(const cn_crypto *crypto, const cn_digest *before, cn_slice line);
/* Counts a row. False when the arena, on which a new name is copied, is at its maximum, or there are too many. */
CN_MUST_USE bool cn_move_add(cn_arena *a, cn_move_summary *s, cn_slice table);
/* The private key in a row of signing_key, sealed anew. */
CN_MUST_USE bool cn_move_reseal(cn_arena *a, const cn_app *app, const cn_master *from, const cn_master *to,
                                cn_json *row, cn_err *err);
/* Bytes as a JSON string in base64, and back. NULL at the arena's maximum. */
const cn_json *cn_move_bytes(cn_arena *a, cn_slice bytes);
/* From the passphrase to the key of a file. */
typedef bool cn_move_derive(cn_slice passphrase, const uint8_t salt[CN_SALT_BYTES], cn_master *out, cn_err *err);
/* cn_app_move_in with the derivation as an argument: the real one takes long on purpose, too long to try millions
 * of files. */
CN_MUST_USE bool cn_move_in_by(cn_arena *a, const cn_app *app, cn_time now, cn_move_derive *derive,
                               cn_slice passphrase, const cn_move_reader *from, cn_move_summary *out, cn_err *err);
/* UNAVAILABLE "keys.master". */
CN_MUST_USE bool cn_move_can(const cn_app *app, cn_err *err);

#endif
