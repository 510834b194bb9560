/* SPDX-License-Identifier: Apache-2.0
 *
 * Files that hold a private key. Their text is wiped as soon as the key has been taken out of it.
 */
#include <string.h>
#include <sys/stat.h>

#include "cli/keyfile.h"
#include "net/net.h"

enum { FILE_MAX = 16 << 10 };

/* What others can read is no secret, but it may be meant so, as the keys of tests are. */
static void warn_of_others(const char *path) {
    struct stat s;
    if (strcmp(path, "-") && stat(path, &s) == 0 && S_ISREG(s.st_mode) && (s.st_mode & (S_IRGRP | S_IROTH)))
        fprintf(stderr, "cairn: others on this machine can read the private key: chmod 600 %s\n", path);
}

static const cn_json *jwk_in(const cn_json *file) {
    static const cn_slice names[] = {CN_S_INIT("privateKeyJwk"), CN_S_INIT("secretKeyJwk")};
    if (cn_json_get(file, CN_S("d"))) return file;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cn_json_get(file, names[i])) return cn_json_get(file, names[i]);
    return NULL;
}

static bool read_key(cn_arena *a, const cn_crypto *crypto, const cn_json *file, cn_private_key *out, cn_err *err) {
    cn_slice multikey = cn_json_get_text(file, CN_S("secretKeyMultibase"));
    const cn_json *jwk = jwk_in(file);
    if (multikey.n) return cn_secret_multikey_read(a, multikey, out, err);
    if (jwk) return cn_secret_jwk_read(crypto, a, jwk, out, err);
    return cn_fail(err, CN_INVALID, "keyfile.none",
                   "The file holds no private key: neither \"secretKeyMultibase\" nor a JWK with \"d\".");
}

/* The public half as a Multikey; checked against the one that the file may have. */
static bool publish(cn_arena *a, const cn_crypto *crypto, const cn_private_key *key, const cn_json *file,
                    cn_slice *multikey, cn_err *err) {
    cn_public_key public;
    cn_buf text = cn_buf_on(a, 0);
    cn_slice given = cn_json_get_text(file, CN_S("publicKeyMultibase"));
    if (!cn_key_public(crypto, a, key, &public, err) || !cn_multikey_write(&text, &public, err)) return false;
    *multikey = cn_buf_slice(&text);
    return !given.n || cn_slice_eq(given, *multikey) ||
           cn_fail(err, CN_INVALID, "keyfile.pair",
                   "The public key in the file does not belong to the private one.");
}

static bool is_method(cn_slice id) {
    return cn_slice_find_byte(id, ':') != SIZE_MAX && cn_slice_find_byte(id, '#') != SIZE_MAX;
}

static bool method_of(cn_arena *a, const cn_json *file, cn_slice multikey, cn_slice *out) {
    cn_slice id = cn_json_get_text(file, CN_S("id")), kid = cn_json_get_text(file, CN_S("kid"));
    if (is_method(id)) return cn_arena_copy(a, id, out);
    if (is_method(kid)) return cn_arena_copy(a, kid, out);
    return cn_arena_print(a, out, "did:key:%.*s#%.*s", CN_ARG(multikey), CN_ARG(multikey));
}

static bool take(cn_arena *a, const cn_crypto *crypto, cn_slice text, cn_keyfile *out, cn_err *err) {
    const cn_json *file;
    cn_keyfile got = {0};
    cn_slice multikey;
    if (!cn_json_read(a, text, &(cn_json_options){.refuse_duplicates = true}, &file, err) ||
        !read_key(a, crypto, file, &got.key, err))
        return false;
    bool good = publish(a, crypto, &got.key, file, &multikey, err);
    if (good && !method_of(a, file, multikey, &got.method)) good = cn_fail_memory(err);
    if (good) *out = got;
    cn_private_key_wipe(&got.key);
    return good;
}

bool cn_keyfile_read(cn_arena *a, const cn_crypto *crypto, const char *path, cn_keyfile *out, cn_err *err) {
    cn_slice text;
    if (!cn_file_read(a, cn_slice_of(path), FILE_MAX, &text, err)) return false;
    warn_of_others(path);
    bool good = take(a, crypto, text, out, err);
    explicit_bzero((void *)text.p, text.n);
    return good;
}
