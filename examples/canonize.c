/* SPDX-License-Identifier: Apache-2.0
 *
 * usage: canonize json|jsonld|nquads
 *
 * Writes the canonical form of what is on standard input, so that two who mean the same hash the same bytes: of
 * JSON by RFC 8785; of N-Quads by RDFC-1.0; of a JSON-LD document both, one after the other: its statements,
 * canonically.
 */
#include <stdio.h>
#include <string.h>

#include <cairn/cairn.h>

enum { INPUT_MAX = 1 << 20 };

static bool canonize(const cn_engine *engine, const char *kind, const char *in, size_t n, cn_bytes *out,
                     cn_error *error) {
    if (strcmp(kind, "json") == 0) return cn_engine_canonize_json(engine, in, n, out, error);
    if (strcmp(kind, "nquads") == 0) return cn_engine_canonize_rdf(engine, in, n, NULL, out, NULL, error);
    /* Safe: what JSON-LD would drop without a word is an error, since a hash of the rest would say nothing of it.
     */
    cn_engine_jsonld_options how = {.size = sizeof how, .flags = CN_JSONLD_SAFE};
    cn_bytes quads;
    if (!cn_engine_to_rdf(engine, in, n, &how, &quads, error)) return false;
    bool good = cn_engine_canonize_rdf(engine, quads.p, quads.n, NULL, out, NULL, error);
    cn_bytes_free(&quads);
    return good;
}

int main(int argc, char **argv) {
    static char in[INPUT_MAX];
    cn_engine *engine;
    cn_bytes out;
    cn_error error;
    if (argc != 2 || (strcmp(argv[1], "json") && strcmp(argv[1], "jsonld") && strcmp(argv[1], "nquads")))
        return fputs("usage: canonize json|jsonld|nquads\n", stderr), 2;
    if (!cn_engine_new(NULL, &engine, &error)) return fprintf(stderr, "canonize: %s\n", error.detail), 1;
    size_t n = fread(in, 1, sizeof in, stdin);
    if (n == sizeof in || ferror(stdin)) /* a part of it would have a hash, too */
        return fputs("canonize: the input is too long, or cannot be read.\n", stderr), cn_engine_free(engine), 1;
    bool good = canonize(engine, argv[1], in, n, &out, &error);
    if (good) {
        fwrite(out.p, 1, out.n, stdout);
        cn_bytes_free(&out);
    } else {
        fprintf(stderr, "canonize: %s: %s %s\n", error.id, error.detail, error.where);
    }
    cn_engine_free(engine);
    return !good;
}
