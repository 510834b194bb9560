/* SPDX-License-Identifier: Apache-2.0
 *
 * usage: verify FILE [URL=FILE]...
 *
 * Verifies a credential in a file: JSON, a JWT, or a badge in a PNG or SVG. Nobody is asked over the network:
 * documents that the credential depends on, its issuer's keys or a status list, are named beside it. Prints the
 * report, which is one line of JSON. Exit status: 0 verified, 1 not verified, 2 unknown, 3 it could not be done.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cairn/cairn.h>

enum { VERIFIED, NOT_VERIFIED, UNKNOWN, TROUBLE };

static void complain(const char *what, const char *why) {
    fprintf(stderr, "verify: %s: %s\n", what, why);
}

/* The whole file, to be freed by the caller; NULL after a message. */
static char *read_file(const char *name, size_t *n) {
    FILE *file = fopen(name, "rb");
    size_t room = 0;
    char *bytes = NULL, *larger;
    *n = 0;
    bool whole = false;
    while (file && !whole && (larger = realloc(bytes, room += 65536)) != NULL) {
        bytes = larger;
        *n += fread(bytes + *n, 1, room - *n, file);
        whole = *n < room;
    }
    if (!whole || ferror(file)) {
        complain(name, "it cannot be read.");
        free(bytes);
        bytes = NULL;
    }
    if (file) fclose(file);
    return bytes;
}

/* The library has no clock: this is ours. */
static bool tell_time(void *self, int64_t *now) {
    (void)self;
    *now = time(NULL);
    return true;
}

/* "URL=FILE" */
static bool add_document(cn_engine *engine, char *argument) {
    char *equals = strrchr(argument, '=');
    size_t n;
    cn_error error;
    if (!equals) return complain(argument, "it is not URL=FILE."), false;
    *equals = 0;
    char *bytes = read_file(equals + 1, &n);
    bool added = bytes && cn_engine_add_document(engine, argument, bytes, n, &error);
    if (bytes && !added) complain(argument, error.detail);
    free(bytes);
    return added;
}

static int verify(const cn_engine *engine, const char *name) {
    static const int status[] = {
        [CN_IS_VERIFIED] = VERIFIED, [CN_IS_NOT_VERIFIED] = NOT_VERIFIED, [CN_IS_UNKNOWN] = UNKNOWN};
    size_t n;
    char *bytes = read_file(name, &n);
    cn_engine_verdict verdict;
    cn_bytes report;
    cn_error error;
    if (!bytes) return TROUBLE;
    bool done = cn_engine_verify(engine, bytes, n, NULL, &verdict, &report, &error);
    free(bytes);
    if (!done) return complain(name, error.detail), TROUBLE;
    puts(report.p);
    cn_bytes_free(&report);
    return status[verdict];
}

int main(int argc, char **argv) {
    cn_engine_options options = {.size = sizeof options, .clock = tell_time};
    cn_engine *engine;
    cn_error error;
    if (argc < 2) return fputs("usage: verify FILE [URL=FILE]...\n", stderr), TROUBLE;
    if (!cn_engine_new(&options, &engine, &error)) return complain("engine", error.detail), TROUBLE;
    int result = VERIFIED;
    for (int i = 2; i < argc && result == VERIFIED; i++)
        if (!add_document(engine, argv[i])) result = TROUBLE;
    if (result == VERIFIED) result = verify(engine, argv[1]);
    cn_engine_free(engine);
    return result;
}
