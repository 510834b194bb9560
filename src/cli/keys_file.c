/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn keys new, cairn keys show: a private key in a file that its owner alone can read, and its public half.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/keyfile.h"
#include "cli/keys_file.h"
#include "cli/outside.h"
#include "net/net.h"

/* ---- cairn keys new ---- */

enum { KIND = 1, FORM, OUT, TEXTS };
static const cn_option new_options[] = {
    {"kind", "KIND", "ed25519 (as it is without this option), p256, p384", KIND},
    {"form", "FORM", "multikey (as it is without this option), jwk", FORM},
    {"out", "FILE", "where to, a file that does not exist yet; otherwise on standard output", OUT},
    {0},
};
static const char new_more[] = "The file is for its owner alone (mode 0600); who has it can sign as you. \"cairn "
                               "issue\" and \"cairn present\" sign\n"
                               "with it, \"cairn keys show FILE\" tells its public half.\n"
                               "Exit status: 0 done, 1 it could not be done, 64 wrong usage.\n";
static const cn_command command_new = {"keys new", "[OPTION]...", "make a key to sign with", NULL};
static const cn_command command_show = {"keys show", "FILE",
                                        "the public half of a key in a file, as others need it", NULL};

static const struct {
    const char *name;
    cn_key_kind kind;
} kinds[] = {{"ed25519", CN_KEY_ED25519}, {"p256", CN_KEY_P256}, {"p384", CN_KEY_P384}};

/* What a key is called as a did:key, and its only method. */
static bool write_did(cn_arena *a, const cn_public_key *key, cn_slice *did, cn_slice *method, cn_err *err) {
    cn_buf text = cn_buf_on(a, 0);
    if (!cn_multikey_write(&text, key, err)) return false;
    cn_slice multikey = cn_buf_slice(&text);
    return (cn_arena_print(a, did, "did:key:%.*s", CN_ARG(multikey)) &&
            cn_arena_print(a, method, "%.*s#%.*s", CN_ARG(*did), CN_ARG(multikey))) ||
           cn_fail_memory(err);
}

/* Controlled Identifiers 1.0, section 2.2.2: with both halves. */
static bool write_multikey(cn_arena *a, const cn_crypto *c, const cn_private_key *key, cn_buf *out, cn_err *err) {
    cn_public_key public;
    cn_slice did, method;
    if (!cn_key_public(c, a, key, &public, err) || !write_did(a, &public, &did, &method, err)) return false;
    cn_buf_print(out, "{\n  \"id\": \"%.*s\",\n  \"type\": \"Multikey\",\n  \"controller\": \"%.*s\",\n",
                 CN_ARG(method), CN_ARG(did));
    cn_buf_print(out, "  \"publicKeyMultibase\": \"%.*s\",\n  \"secretKeyMultibase\": \"",
                 CN_ARG(cn_slice_from(did, 8)));
    if (!cn_secret_multikey_write(out, key, err)) return false;
    cn_buf_add(out, CN_S("\"\n}\n"));
    return cn_buf_ok(out) || cn_fail_memory(err);
}

static bool write_jwk(cn_arena *a, const cn_crypto *c, const cn_private_key *key, cn_buf *out, cn_err *err) {
    if (!cn_secret_jwk_write(c, a, out, key, err)) return false;
    cn_buf_byte(out, '\n');
    return cn_buf_ok(out) || cn_fail_memory(err);
}

static bool fail_file(const char *path, cn_err *err) {
    if (errno == EEXIST)
        return cn_fail(err, CN_CONFLICT, "file.exists",
                       "There is a file %s already, and a key is never overwritten.", path);
    return cn_fail(err, CN_UNAVAILABLE, "file.write", "%s could not be written: %s.", path, strerror(errno));
}

/* A file that is not whole is no key: it goes. */
static bool save(const char *path, cn_slice text, cn_err *err) {
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) return fail_file(path, err);
    bool good = cn_file_write_all(file, text) && fsync(file) == 0;
    if (!good) (void)fail_file(path, err);
    good = close(file) == 0 && good;
    if (!good) unlink(path);
    return good;
}

static bool make(const char *texts[TEXTS], cn_key_kind kind, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_private_key key;
    cn_buf text = cn_buf_on(a, 0);
    bool jwk = texts[FORM] && !strcmp(texts[FORM], "jwk");
    /* Room at once: a buffer that grows leaves what it held behind. */
    if (!cn_crypto_new(&crypto, err) || !cn_key_new(kind, cn_outside_random(), &key, err)) return false;
    bool good = cn_buf_reserve(&text, 4096) || cn_fail_memory(err);
    good = good && (jwk ? write_jwk : write_multikey)(a, crypto, &key, &text, err) &&
           (texts[OUT] ? save(texts[OUT], cn_buf_slice(&text), err) : true);
    if (good && !texts[OUT]) fwrite(text.p, 1, text.n, stdout);
    cn_private_key_wipe(&key);
    explicit_bzero(text.p, text.n);
    return good;
}

int cn_keys_new(int argc, char **argv) {
    const char *texts[TEXTS] = {0}, *value;
    int operand = argc, key;
    size_t i = 0;
    cn_err err = {0};
    while ((key = cn_options_next(argc, argv, new_options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&command_new, new_options, new_more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        texts[key] = value;
    }
    while (i < sizeof kinds / sizeof kinds[0] && texts[KIND] && strcmp(kinds[i].name, texts[KIND]) != 0) i++;
    bool form = !texts[FORM] || !strcmp(texts[FORM], "jwk") || !strcmp(texts[FORM], "multikey");
    if (operand < argc || i == sizeof kinds / sizeof kinds[0] || !form) {
        fputs("cairn: usage: cairn keys new [--kind ed25519|p256|p384] [--form multikey|jwk] [--out FILE]\n",
              stderr);
        return CN_EXIT_USAGE;
    }
    if (make(texts, kinds[i].kind, &err)) return CN_EXIT_OK;
    return cn_cli_complain("keys", &err), CN_EXIT_FAILED;
}

/* ---- cairn keys show ---- */

static const cn_option no_options[] = {{0}};
static const char show_more[] = "Tells the verification method that it signs with, the key as did:key, as did:jwk "
                                "and as a JWK, and its thumbprint\n"
                                "(RFC 7638); never the private half.\n"
                                "Exit status: 0 done, 1 there is no key in the file, 64 wrong usage.\n";

static bool show(const char *path, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_keyfile file;
    cn_public_key public;
    cn_buf jwk = cn_buf_on(a, 0), encoded = cn_buf_on(a, 0);
    cn_slice did, method, thumbprint;
    if (!cn_crypto_new(&crypto, err) || !cn_keyfile_read(a, crypto, path, &file, err)) return false;
    bool good = cn_key_public(crypto, a, &file.key, &public, err);
    cn_private_key_wipe(&file.key);
    if (!good || !write_did(a, &public, &did, &method, err) || !cn_jwk_write(&jwk, &public, err) ||
        !cn_jwk_thumbprint(crypto, a, &public, &thumbprint, err))
        return false;
    cn_base64_write(&encoded, CN_BASE64_URL, cn_buf_slice(&jwk));
    if (!cn_buf_ok(&encoded)) return cn_fail_memory(err);
    printf("method      %.*s\n", CN_ARG(file.method));
    printf("did:key     %.*s\n", CN_ARG(did));
    printf("did:jwk     did:jwk:%.*s\n", CN_ARG(cn_buf_slice(&encoded)));
    printf("jwk         %.*s\n", CN_ARG(cn_buf_slice(&jwk)));
    printf("thumbprint  %.*s\n", CN_ARG(thumbprint));
    return true;
}

int cn_keys_show(int argc, char **argv) {
    const char *value;
    int operand = argc, key;
    cn_err err = {0};
    while ((key = cn_options_next(argc, argv, no_options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&command_show, no_options, show_more), CN_EXIT_OK;
        return CN_EXIT_USAGE;
    }
    if (operand + 1 != argc) {
        fputs("cairn: usage: cairn keys show FILE\n", stderr);
        return CN_EXIT_USAGE;
    }
    if (show(argv[operand], &err)) return CN_EXIT_OK;
    return cn_cli_complain(argv[operand], &err), CN_EXIT_FAILED;
}
