/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the store: links of the audit's chain.
 */
#ifndef CN_STORE_CHAIN_INSIDE_H
#define CN_STORE_CHAIN_INSIDE_H

#include "crypto/crypto.h"
#include "store/chain.h"
#include "store/people_inside.h"

/* What a link's hash is of, but for the link before. */
typedef struct cn_chain_row {
    int64_t number, at, organisation;
    cn_slice who, action, subject;
    cn_slice step; /* digest of what the step of a review says that it tells of; empty: it tells of none */
} cn_chain_row;

/* `b` is scratch and is cleared first. */
void cn_chain_hash(const cn_crypto *crypto, const uint8_t before[CN_CHAIN_HASH], const cn_chain_row *row,
                   cn_buf *b, uint8_t out[CN_CHAIN_HASH]);
/* The commitment to an actor: SHA-256 of salt and actor. */
void cn_chain_who(const cn_crypto *crypto, cn_slice salt, cn_slice actor, cn_buf *b, uint8_t out[CN_CHAIN_HASH]);

/* The digest of the step that a row of the audit tells of, with the dates of the approval that it gave; all zeros,
 * and not `there`: there is none. */
CN_MUST_USE bool cn_chain_step(cn_arena *a, cn_db *db, int64_t number, cn_buf *b, uint8_t out[CN_CHAIN_HASH],
                               bool *there, cn_err *err);

/* Into a cn_chain_head. */
bool cn_chain_read_head(cn_arena *a, const cn_rows *rows, void *out, cn_err *err);

/* Links a row of the audit behind the last link, in a transaction that is under way. */
CN_MUST_USE bool cn_chain_link(cn_db *db, int64_t number, cn_err *err);
/* Links all rows, once: of a database that had no chain. */
CN_MUST_USE bool cn_chain_begin(cn_db *db, cn_err *err);
/* Takes out who it was of the rows of a person; how many those are. */
CN_MUST_USE bool cn_chain_forget(cn_db *db, int64_t person, int64_t *rows, cn_err *err);

#endif
