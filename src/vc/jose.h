/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `vc`: compact JSON Web Signatures (jose.c). What they are signed over, by which
 * algorithm; whose the key is, and what the payload means, is for others to say.
 */
#ifndef CN_VC_JOSE_H
#define CN_VC_JOSE_H

#include "crypto/crypto.h"

/* A row: an algorithm by its name in the header, and the one kind of key it may be used with. */
typedef struct cn_jose_alg {
    cn_slice name;
    cn_key_kind key;
    cn_hash hash;
} cn_jose_alg;

/* The row for keys of this kind, static; NULL where nothing is signed with them here (RSA). */
const cn_jose_alg *cn_jose_alg_for(cn_key_kind kind);
/* The row, static; NULL for any other name: "none" and the HMACs have no row and never will. */
const cn_jose_alg *cn_jose_alg_find(cn_slice name);

typedef struct cn_jws {
    cn_slice signing_input; /* borrowed: header and payload as they were sent */
    const cn_json *header;  /* an object without duplicate members */
    cn_slice payload, signature;
} cn_jws;

/* RFC 7515, 5.2, steps 1 to 7: three parts in base64url without padding; the signature may be empty. The header's
 * members are the caller's to judge. On the arena, borrowed from the text. INVALID "jws.parts", "jws.encrypted"
 * (five parts: a JWE), "jws.base64", "jws.header" (not a JSON object), "jws.duplicate-key"; LIMIT
 * "jws.header-size", "memory.limit". */
CN_MUST_USE bool cn_jws_read(cn_arena *a, cn_slice text, cn_jws *out, cn_err *err);

/* "typ" as RFC 7515, 4.1.9 has it compared: without "application/"; the case of letters is the caller's affair.
 * Empty where there is none, or where it is no text. */
cn_slice cn_jose_type(const cn_json *header);

/* Step 8: whether the signature is this key's by this algorithm. A key of another kind than the row's is INVALID
 * "jws.key-kind". */
CN_MUST_USE bool cn_jws_check(const cn_crypto *c, const cn_jws *jws, const cn_jose_alg *alg,
                              const cn_public_key *key, bool *valid, cn_err *err);

/* Header and payload signed, in compact form; on the arena. "alg" is set, first of the header's members.
 * UNSUPPORTED "sign.suite" where the key's kind has no algorithm. */
CN_MUST_USE bool cn_jws_write(const cn_crypto *c, cn_arena *a, const cn_private_key *key, const cn_json *header,
                              cn_slice payload, cn_slice *out, cn_err *err);

#endif
