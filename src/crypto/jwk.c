/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON Web Keys, public and private, read and written (RFC 7517; RFC 7518, section 6; RFC 8037,
 * section 2), and their thumbprints (RFC 7638). Who reads a public key does not look at `d`.
 */
#include <sodium.h>

#include "crypto/inside.h"

static bool fail_jwk(cn_err *err, const char *member, const char *why) {
    char where[8];
    int n = snprintf(where, sizeof where, "/%s", member);
    return cn_fail_at(err, CN_INVALID, "key.jwk", cn_slice_bytes(where, (size_t)n), "This is no JSON Web Key: %s.",
                      why);
}

/* What else is INVALID about a key is, for who reads a JWK, the JWK. */
static bool as_jwk(cn_err *err) {
    if (err->code == CN_INVALID) err->id = "key.jwk";
    return false;
}

/* The bytes of a member in base64url (RFC 7515, section 2). */
static bool member(cn_arena *a, const cn_json *jwk, const char *name, cn_slice *out, cn_err *err) {
    const cn_json *v = cn_json_get(jwk, cn_slice_of(name));
    if (!cn_json_is(v, CN_JSON_STRING)) return fail_jwk(err, name, "a member is missing, or no text");
    cn_slice bytes;
    if (!cn_base64_read(a, CN_BASE64_URL, cn_json_text(v), &bytes, err))
        return err->code == CN_INVALID ? fail_jwk(err, name, "a member is not in base64url") : false;
    *out = bytes;
    return true;
}

/* The same, where the kind says how many bytes there are: leading zeros belong to them (RFC 7518, 6.2.1.2). */
static bool sized(cn_arena *a, const cn_json *jwk, const char *name, size_t n, cn_slice *out, cn_err *err) {
    cn_slice bytes;
    if (!member(a, jwk, name, &bytes, err)) return false;
    if (bytes.n != n) return fail_jwk(err, name, "a member has not the length that its curve asks for");
    *out = bytes;
    return true;
}

/* The same for a number of any size. RFC 7518 wants no leading zero, but names libraries that write one. */
static bool number(cn_arena *a, const cn_json *jwk, const char *name, cn_slice *out, cn_err *err) {
    cn_slice bytes;
    if (!member(a, jwk, name, &bytes, err)) return false;
    while (bytes.n && !bytes.p[0]) bytes = cn_slice_from(bytes, 1);
    *out = bytes;
    return true;
}

static bool read_okp(cn_arena *a, const cn_json *jwk, const cn_key_row *row, cn_public_key *key, cn_err *err) {
    return sized(a, jwk, "x", row->public_n, &key->bytes, err);
}

static bool read_ec(cn_arena *a, const cn_json *jwk, const cn_key_row *row, cn_public_key *key, cn_err *err) {
    cn_slice x, y;
    if (!sized(a, jwk, "x", row->secret_n, &x, err) || !sized(a, jwk, "y", row->secret_n, &y, err)) return false;
    uint8_t *point = cn_arena_alloc(a, CN_EC_POINT_MAX);
    if (!point) return cn_fail_memory(err);
    if (!cn_ec_compress(row, x, y, point)) return fail_jwk(err, "y", "x and y are no point of the curve");
    key->bytes = cn_slice_bytes(point, row->public_n);
    return true;
}

static bool read_rsa(cn_arena *a, const cn_json *jwk, const cn_key_row *row, cn_public_key *key, cn_err *err) {
    (void)row;
    if (!number(a, jwk, "n", &key->bytes, err) || !number(a, jwk, "e", &key->exponent, err)) return false;
    return cn_rsa_key_ok(key, err) || as_jwk(err);
}

/* How each type of key is read. */
typedef struct jwk_type {
    cn_slice kty;
    bool has_curve;
    bool (*read)(cn_arena *a, const cn_json *jwk, const cn_key_row *row, cn_public_key *key, cn_err *err);
} jwk_type;

static const jwk_type types[] = {
    {CN_S_INIT("OKP"), true, read_okp},
    {CN_S_INIT("EC"), true, read_ec},
    {CN_S_INIT("RSA"), false, read_rsa},
};

static const jwk_type *type_of(cn_slice kty) {
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (cn_slice_eq(types[i].kty, kty)) return &types[i];
    return NULL;
}

bool cn_jwk_read(cn_arena *a, const cn_json *jwk, cn_public_key *out, cn_err *err) {
    CN_OPENSSL_QUIET;
    cn_slice kty = cn_json_get_text(jwk, CN_S("kty")), crv = cn_json_get_text(jwk, CN_S("crv"));
    const jwk_type *type = type_of(kty);
    const cn_json *use = cn_json_get(jwk, CN_S("use"));
    if (!kty.n) return fail_jwk(err, "kty", "it does not say of which type it is");
    if (type && type->has_curve && !crv.n) return fail_jwk(err, "crv", "it does not name its curve");
    /* RFC 7517, 4.2: a key to encrypt with signs nothing. */
    if (use && !cn_json_is_string(use, CN_S("sig"))) return fail_jwk(err, "use", "it is not there to sign with");
    for (cn_key_kind kind = 0; type && kind < CN_KEY_KIND_COUNT; kind++) {
        const cn_key_row *row = cn_key_row_of(kind);
        if (!cn_slice_eq(row->kty, kty) || (type->has_curve && !cn_slice_eq(row->name, crv))) continue;
        cn_public_key key = {.kind = kind};
        if (!type->read(a, jwk, row, &key, err)) return false;
        *out = key;
        return true;
    }
    return cn_fail(err, CN_UNSUPPORTED, "key.kind", "Keys of the type %.*s %.*s are not handled here.",
                   CN_ARG(kty), CN_ARG(crv));
}

/* ---- Private keys ---- */

static bool same_key(const cn_public_key *x, const cn_public_key *y) {
    return x->kind == y->kind && cn_slice_eq(x->bytes, y->bytes);
}

static bool take_secret(const cn_crypto *c, cn_arena *a, const cn_public_key *public, cn_slice d,
                        cn_private_key *out, cn_err *err) {
    const cn_key_row *row = cn_key_row_of(public->kind);
    cn_public_key own;
    if (d.n != row->secret_n) return fail_jwk(err, "d", "a member has not the length that its curve asks for");
    *out = (cn_private_key){.kind = public->kind, .n = d.n};
    memcpy(out->bytes, d.p, d.n);
    if (!cn_key_public(c, a, out, &own, err)) return as_jwk(err);
    return same_key(&own, public) || fail_jwk(err, "d", "its private half belongs to another key");
}

bool cn_secret_jwk_read(const cn_crypto *c, cn_arena *a, const cn_json *jwk, cn_private_key *out, cn_err *err) {
    cn_public_key public;
    cn_slice d;
    if (!cn_jwk_read(a, jwk, &public, err)) return false;
    if (!cn_key_row_of(public.kind)->sign)
        return cn_fail(err, CN_UNSUPPORTED, "key.kind", "Cairn does not sign with keys of this kind.");
    if (!member(a, jwk, "d", &d, err)) return false;
    bool good = take_secret(c, a, &public, d, out, err);
    if (d.n) sodium_memzero((void *)d.p, d.n); /* the copy on the arena is ours */
    if (!good) cn_private_key_wipe(out);
    return good;
}

/* ---- Writing ---- */

static void write_member(cn_buf *b, const char *name, cn_slice bytes) {
    cn_buf_print(b, ",\"%s\":\"", name);
    cn_base64_write(b, CN_BASE64_URL, bytes);
    cn_buf_byte(b, '"');
}

/* RFC 7638, 3.2 and 3.3: the members a key needs, by name, without white space. `d` may be empty. */
static bool write_canonical(cn_buf *b, const cn_public_key *key, cn_slice d, cn_err *err) {
    const cn_key_row *row = cn_key_row_of(key->kind);
    uint8_t xy[2 * CN_EC_FIELD_MAX];
    if (key->kind == CN_KEY_RSA) {
        cn_buf_add(b, CN_S("{\"e\":\""));
        cn_base64_write(b, CN_BASE64_URL, key->exponent);
        cn_buf_add(b, CN_S("\",\"kty\":\"RSA\""));
        write_member(b, "n", key->bytes);
        cn_buf_byte(b, '}');
        return true;
    }
    bool usable = cn_key_shape_ok(row, key->bytes) && (!row->group || cn_ec_uncompress(row, key->bytes, xy));
    if (!usable)
        return cn_fail(err, CN_INVALID, "key.public", "The key is no %.*s public key.", CN_ARG(row->name));
    cn_buf_print(b, "{\"crv\":\"%.*s\"", CN_ARG(row->name));
    if (d.n) write_member(b, "d", d);
    cn_buf_print(b, ",\"kty\":\"%.*s\"", CN_ARG(row->kty));
    write_member(b, "x", row->group ? cn_slice_bytes(xy, row->secret_n) : key->bytes);
    if (row->group) write_member(b, "y", cn_slice_bytes(xy + row->secret_n, row->secret_n));
    cn_buf_byte(b, '}');
    return true;
}

bool cn_jwk_write(cn_buf *b, const cn_public_key *key, cn_err *err) {
    CN_OPENSSL_QUIET;
    return write_canonical(b, key, (cn_slice){0}, err) && (cn_buf_ok(b) || cn_fail_memory(err));
}

bool cn_secret_jwk_write(const cn_crypto *c, cn_arena *a, cn_buf *b, const cn_private_key *key, cn_err *err) {
    CN_OPENSSL_QUIET;
    cn_public_key public;
    return cn_key_public(c, a, key, &public, err) &&
           write_canonical(b, &public, cn_slice_bytes(key->bytes, key->n), err) &&
           (cn_buf_ok(b) || cn_fail_memory(err));
}

bool cn_jwk_thumbprint(const cn_crypto *c, cn_arena *a, const cn_public_key *key, cn_slice *out, cn_err *err) {
    cn_buf canonical = cn_buf_on(a, 0), text = cn_buf_on(a, 0);
    if (!cn_jwk_write(&canonical, key, err)) return false;
    cn_digest d = cn_hash_of(c, CN_SHA256, cn_buf_slice(&canonical));
    cn_base64_write(&text, CN_BASE64_URL, cn_digest_slice(&d));
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    *out = cn_buf_slice(&text);
    return true;
}
