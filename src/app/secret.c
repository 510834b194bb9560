/* SPDX-License-Identifier: Apache-2.0
 *
 * Ids, tokens and codes.
 */
#include "app/secret.h"

enum { ID_BYTES = 16, TOKEN_BYTES = 32, CODE_LENGTH = 10, BYTES_MAX = TOKEN_BYTES };

/* Crockford's base 32: no I, L, O, U. */
static const char letters[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static bool fill(const cn_app *app, uint8_t *out, size_t n, cn_err *err) {
    return app->random->fill(app->random->self, out, n) ||
           cn_fail(err, CN_INTERNAL, "secret.random", "there is no randomness to be had.");
}

static bool random_text(cn_arena *a, const cn_app *app, size_t bytes, cn_slice *out, cn_err *err) {
    uint8_t raw[BYTES_MAX];
    cn_buf b = cn_buf_on(a, 64);
    if (!fill(app, raw, bytes, err)) return false;
    cn_base64_write(&b, CN_BASE64_URL, cn_slice_bytes(raw, bytes));
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

static bool hash_of(cn_arena *a, const cn_app *app, cn_slice text, cn_slice *out, cn_err *err) {
    cn_digest digest = cn_hash_of(app->crypto, CN_SHA256, text);
    return cn_arena_copy(a, cn_digest_slice(&digest), out) || cn_fail_memory(err);
}

bool cn_app_id(cn_arena *a, const cn_app *app, cn_slice *out, cn_err *err) {
    /* One that begins with a hyphen would be an option to a command. */
    enum { TRIES = 16 };
    for (int i = 0; i < TRIES; i++) {
        cn_slice id;
        if (!random_text(a, app, ID_BYTES, &id, err)) return false;
        *out = id;
        if (id.p[0] != '-') break;
    }
    return true;
}

/* ---- Tokens ---- */

bool cn_app_token(cn_arena *a, const cn_app *app, cn_secret *out, cn_err *err) {
    cn_secret secret;
    if (!random_text(a, app, TOKEN_BYTES, &secret.text, err)) return false;
    if (!hash_of(a, app, secret.text, &secret.hash, err)) return false;
    *out = secret;
    return true;
}

bool cn_app_token_hash(cn_arena *a, const cn_app *app, cn_slice text, cn_slice *hash, cn_err *err) {
    return hash_of(a, app, text, hash, err);
}

/* ---- Codes ---- */

bool cn_app_code(cn_arena *a, const cn_app *app, cn_secret *out, cn_err *err) {
    uint8_t raw[CODE_LENGTH];
    char text[CODE_LENGTH + 2], *at = text;
    cn_secret secret;
    if (!fill(app, raw, sizeof raw, err)) return false;
    for (size_t i = 0; i < CODE_LENGTH; i++) {
        if (i == CODE_LENGTH / 2) *at++ = '-';
        *at++ = letters[raw[i] % 32]; /* 32 divides 256: each letter is as likely as the next */
    }
    *at = 0;
    if (!cn_arena_copy(a, cn_slice_of(text), &secret.text)) return cn_fail_memory(err);
    if (!cn_app_code_hash(a, app, secret.text, &secret.hash, err)) return false;
    *out = secret;
    return true;
}

/* The letter that is meant; 0 where it is none; ' ' where it only parts others. */
static char meant(char c) {
    if (c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
    if (c == 'O') return '0';
    if (c == 'I' || c == 'L') return '1';
    if (c == '-' || c == ' ' || (c >= '\t' && c <= '\r')) return ' ';
    return c && strchr(letters, c) ? c : 0;
}

static bool bad_code(cn_err *err) {
    return cn_fail(err, CN_INVALID, "code.form", "a code has ten letters and digits, such as K7QMX-3TXPA.");
}

bool cn_app_code_normal(cn_arena *a, cn_slice typed, cn_slice *out, cn_err *err) {
    char text[CODE_LENGTH];
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = meant(typed.p[i]);
        if (c == ' ') continue;
        if (!c || n == CODE_LENGTH) return cn_always_false(bad_code(err));
        text[n++] = c;
    }
    if (n != CODE_LENGTH) return cn_always_false(bad_code(err));
    return cn_arena_copy(a, cn_slice_bytes(text, n), out) || cn_fail_memory(err);
}

bool cn_app_code_hash(cn_arena *a, const cn_app *app, cn_slice typed, cn_slice *hash, cn_err *err) {
    cn_slice normal;
    return cn_app_code_normal(a, typed, &normal, err) && hash_of(a, app, normal, hash, err);
}
