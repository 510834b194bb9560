/* SPDX-License-Identifier: Apache-2.0
 *
 * Names that nobody can guess, and secrets that are kept only as hashes.
 */
#ifndef CN_APP_SECRET_H
#define CN_APP_SECRET_H

#include "app/app.h"

/* What goes out to a person, and what is kept of it. Both on the arena. */
typedef struct cn_secret {
    cn_slice text;
    cn_slice hash; /* SHA-256, 32 bytes */
} cn_secret;

/* A public name of a thing: 128 random bits as base64url, 22 characters. INTERNAL "secret.random" where there is
 * no randomness to be had, as for the next two. */
CN_MUST_USE bool cn_app_id(cn_arena *a, const cn_app *app, cn_slice *out, cn_err *err);

/* A token for a link or a cookie: 256 random bits as base64url, 43 characters; the hash is of its text. */
CN_MUST_USE bool cn_app_token(cn_arena *a, const cn_app *app, cn_secret *out, cn_err *err);
/* The hash of a token that came in; any text has one. */
CN_MUST_USE bool cn_app_token_hash(cn_arena *a, const cn_app *app, cn_slice text, cn_slice *hash, cn_err *err);

/* A code to type: "K7QMX-3TXPA", 50 random bits in the letters of Crockford's base 32. The hash is of its normal
 * form. Few enough bits to need a limit on tries and a short life. */
CN_MUST_USE bool cn_app_code(cn_arena *a, const cn_app *app, cn_secret *out, cn_err *err);
/* What somebody typed, as "K7QMX3TXPA": small letters are taken for capitals, O for 0, I and L for 1, hyphens and
 * white space for nothing. INVALID "code.form" where that is no code. */
CN_MUST_USE bool cn_app_code_normal(cn_arena *a, cn_slice typed, cn_slice *out, cn_err *err);
/* The hash of a typed code; the error of the former. */
CN_MUST_USE bool cn_app_code_hash(cn_arena *a, const cn_app *app, cn_slice typed, cn_slice *hash, cn_err *err);

#endif
