/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that hold a private key.
 */
#ifndef CN_CLI_KEYFILE_H
#define CN_CLI_KEYFILE_H

#include "crypto/crypto.h"

typedef struct cn_keyfile {
    cn_private_key key; /* the caller wipes it */
    cn_slice method; /* the verification method: the file's "id" or "kid" where that is a URL with a fragment, else
                        the key as did:key */
} cn_keyfile;

/* JSON: a Multikey with "secretKeyMultibase", a JWK with "d", or an object with such a JWK as its "privateKeyJwk"
 * or "secretKeyJwk". A file that others on the machine can read is used, after a warning on standard error.
 * INVALID "keyfile.none" (no private key in it), "keyfile.pair" (the public key beside it is another); the errors
 * of Multikeys, JWKs, JSON and files. */
CN_MUST_USE bool cn_keyfile_read(cn_arena *a, const cn_crypto *crypto, const char *path, cn_keyfile *out,
                                 cn_err *err);

#endif
