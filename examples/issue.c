/* SPDX-License-Identifier: Apache-2.0
 *
 * usage: issue KEY [CREDENTIAL [SUITE]]
 *
 * Signs a credential with your own key and prints it. KEY is a file with the private key: JSON as `cairn keys new`
 * writes it, a JWK with "d", or a secret Multikey alone. Without CREDENTIAL it prints the key's did:key, which is
 * what the credential names as its issuer. SUITE: eddsa-rdfc-2022, ecdsa-jcs-2019, vc+jwt, …
 *
 * With - in place of KEY it makes a new key and prints it: keep that where nobody else reads it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cairn/cairn.h>

enum { FILE_MAX = 1 << 20 };

static int complain(const char *what, const cn_error *error) {
    fprintf(stderr, "issue: %s: %s", what, error->detail);
    if (error->where[0]) fprintf(stderr, " (%s)", error->where);
    fprintf(stderr, " [%s]\n", error->id);
    return 1;
}

/* The library has neither a clock nor randomness: these are ours. */
static bool tell_time(void *self, int64_t *now) {
    (void)self;
    *now = time(NULL);
    return true;
}

static bool fill(void *self, void *bytes, size_t n) {
    FILE *source = fopen("/dev/urandom", "rb");
    bool good = source && fread(bytes, 1, n, source) == n;
    (void)self;
    if (source) fclose(source);
    return good;
}

/* The number of bytes read; FILE_MAX stands for trouble. */
static size_t read_file(const char *name, char *bytes) {
    FILE *file = fopen(name, "rb");
    size_t n = file ? fread(bytes, 1, FILE_MAX, file) : FILE_MAX;
    if (n == FILE_MAX) fprintf(stderr, "issue: %s cannot be read, or is too long.\n", name);
    if (file) fclose(file);
    return n;
}

static int print(const char *what, bool good, cn_bytes *out, const cn_error *error) {
    if (!good) return complain(what, error);
    puts(out->p);
    cn_bytes_free(out);
    return 0;
}

static int new_key(const cn_engine *engine) {
    cn_signer *signer;
    cn_bytes out = {0};
    cn_error error;
    if (!cn_signer_new(engine, "ed25519", &signer, &error)) return complain("a new key", &error);
    bool good = cn_signer_write(engine, signer, CN_AS_SECRET_JWK, &out, &error);
    cn_signer_free(signer);
    return print("a new key", good, &out, &error);
}

static int issue(const cn_engine *engine, const cn_signer *signer, const char *name, const char *suite,
                 char *room) {
    cn_engine_issue_options how = {.size = sizeof how, .suite = suite};
    cn_bytes out = {0};
    cn_error error;
    size_t n = read_file(name, room);
    if (n == FILE_MAX) return 1;
    bool good = cn_engine_issue(engine, room, n, signer, &how, &out, &error);
    return print(name, good, &out, &error);
}

static int run(const cn_engine *engine, int argc, char **argv, char *room) {
    cn_signer *signer;
    cn_bytes did = {0};
    cn_error error;
    if (strcmp(argv[1], "-") == 0) return new_key(engine);
    size_t n = read_file(argv[1], room);
    if (n == FILE_MAX) return 1;
    bool good = cn_signer_read(engine, room, n, &signer, &error);
    memset(room, 0, n);
    if (!good) return complain(argv[1], &error);
    int status;
    if (argc == 2) {
        good = cn_signer_write(engine, signer, CN_AS_DID_KEY, &did, &error);
        status = print(argv[1], good, &did, &error);
    } else {
        status = issue(engine, signer, argv[2], argc > 3 ? argv[3] : NULL, room);
    }
    cn_signer_free(signer);
    return status;
}

int main(int argc, char **argv) {
    cn_engine_options options = {.size = sizeof options, .clock = tell_time, .random = fill};
    cn_engine *engine;
    cn_error error;
    if (argc < 2 || argc > 4) return fputs("usage: issue KEY|- [CREDENTIAL [SUITE]]\n", stderr), 2;
    if (!cn_engine_new(&options, &engine, &error)) return complain("engine", &error);
    char *room = malloc(FILE_MAX);
    int status = room ? run(engine, argc, argv, room) : 1;
    free(room);
    cn_engine_free(engine);
    return status;
}
