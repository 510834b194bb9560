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

/* What cn_private_key_read takes, and its errors, with those of files. A file that others on the machine can read
 * is used, after a warning on standard error. */
CN_MUST_USE bool cn_keyfile_read(cn_arena *a, const cn_crypto *crypto, const char *path, cn_keyfile *out,
                                 cn_err *err);

#endif
