/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `app`: what browsers say of passkeys (Web Authentication, Level 2), checked. webauthn.c alone
 * sees libfido2.
 */
#ifndef CN_APP_WEBAUTHN_H
#define CN_APP_WEBAUTHN_H

#include "app/people.h"

/* What a browser gave, as bytes. */
typedef struct cn_webauthn {
    cn_slice client_data;        /* JSON */
    cn_slice authenticator_data; /* section 6.1 */
    cn_slice signature;          /* of signing in */
} cn_webauthn;

/* The challenge (bytes) that the browser answered, at a page of `origin`, for "webauthn.create" or "webauthn.get".
 * INVALID "passkey.client". */
CN_MUST_USE bool cn_webauthn_challenge(cn_arena *a, cn_slice origin, const char *type, const cn_webauthn *given,
                                       cn_slice *challenge, cn_err *err);
/* The new key: id, algorithm, public_key, counter. The person was there and was verified. INVALID "passkey.data",
 * "passkey.key" (a kind of key that is not known). */
CN_MUST_USE bool cn_webauthn_register(cn_arena *a, const cn_crypto *crypto, cn_slice origin,
                                      const cn_webauthn *given, cn_passkey *out, cn_err *err);
/* The signature of a known key, and its new counter. DENIED "passkey.signature", "passkey.counter". */
CN_MUST_USE bool cn_webauthn_check(cn_arena *a, const cn_crypto *crypto, cn_slice origin, const cn_passkey *key,
                                   const cn_webauthn *given, int64_t *counter, cn_err *err);

#endif
