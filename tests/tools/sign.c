/* SPDX-License-Identifier: Apache-2.0
 *
 * Signs for tests, with an Ed25519 key made from a seed.
 *
 *   sign [--suite SUITE] [--created TIME] [--purpose PURPOSE] SEED METHOD   credential on standard input, signed
 * on standard output sign SEED                                           prints the public key as a Multikey
 *
 * SEED: 64 hexadecimal digits. METHOD: the URL of the verification method.
 */
#include "net/net.h"
#include "vc/vc.h"

#include <getopt.h>

#include "base/base.h"

enum { MAX_BYTES = 16 << 20 };

static const struct option names[] = {{"suite", required_argument, NULL, 's'},
                                      {"created", required_argument, NULL, 'c'},
                                      {"purpose", required_argument, NULL, 'p'},
                                      {NULL, 0, NULL, 0}};

static bool read_seed(cn_arena *a, cn_slice text, cn_private_key *out, cn_err *err) {
    cn_slice seed;
    if (!cn_hex_read(a, text, &seed, err)) return false;
    if (seed.n != 32) return cn_fail(err, CN_INVALID, "sign.seed", "A seed has 64 digits.");
    *out = (cn_private_key){.kind = CN_KEY_ED25519, .n = seed.n};
    memcpy(out->bytes, seed.p, seed.n);
    return true;
}

static bool print_public(cn_arena *a, const cn_sign_options *o, cn_err *err) {
    cn_public_key key;
    cn_buf b = cn_buf_on(a, 0);
    if (!cn_key_public(o->crypto, a, o->key, &key, err) || !cn_multikey_write(&b, &key, err)) return false;
    cn_buf_byte(&b, '\n');
    fwrite(b.p, 1, b.n, stdout);
    return true;
}

static bool sign(cn_arena *a, const cn_sign_options *o, cn_err *err) {
    cn_slice text;
    const cn_json *credential, *signed_one;
    if (!cn_file_read(a, CN_S("-"), MAX_BYTES, &text, err)) return false;
    if (!cn_json_read(a, text, NULL, &credential, err)) return false;
    if (!cn_integrity_add(a, credential, o, &signed_one, err)) return false;
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write(&b, signed_one);
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    fwrite(b.p, 1, b.n, stdout);
    return true;
}

static bool run(cn_arena *a, cn_sign_options *o, int argc, char **argv, cn_err *err) {
    cn_private_key key;
    if (argc < 1 || argc > 2) return cn_fail(err, CN_INVALID, "sign.usage", "sign SEED [METHOD]");
    if (!read_seed(a, cn_slice_of(argv[0]), &key, err)) return false;
    o->key = &key;
    if (argc == 1) return print_public(a, o, err);
    o->method = cn_slice_of(argv[1]);
    return sign(a, o, err);
}

int main(int argc, char **argv) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_loader contexts = cn_builtin_loader(NULL);
    cn_sign_options o = {.contexts = &contexts};
    cn_err err = {0};
    if (!cn_time_read(CN_S("2026-01-01T00:00:00Z"), &o.created, NULL)) return 1;
    for (int c; (c = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        if (c == 's') o.suite = cn_slice_of(optarg);
        else if (c == 'p') o.purpose = cn_slice_of(optarg);
        else if (c != 'c' || !cn_time_read(cn_slice_of(optarg), &o.created, NULL)) return 64;
    }
    bool ok = cn_crypto_new(&crypto, &err);
    o.crypto = crypto;
    if (ok && run(a, &o, argc - optind, argv + optind, &err)) return 0;
    fprintf(stderr, "%s: %s %s\n", err.id, err.detail, err.where);
    return 1;
}
