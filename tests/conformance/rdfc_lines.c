/* SPDX-License-Identifier: Apache-2.0
 *
 * For comparing with other programs: reads N-Quads documents from standard input, each ended
 * by a line "--", and writes the canonical form of each (RDFC-1.0), or a line "error" with its
 * id and place, ended the same way. An argument "SHA384" chooses that hash.
 */
#include "rdf/rdf.h"

static void answer(const cn_crypto *c, const cn_rdfc_options *options, cn_slice text) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_dataset d;
    cn_rdfc r;
    cn_err err;
    if (!cn_nquads_read(a, text, 0, &d, &err) || !cn_rdfc_canonize(c, a, &d, options, &r, &err))
        printf("error %s %s\n", err.id, err.where);
    else (void)fwrite(r.nquads.p, 1, r.nquads.n, stdout);
    puts("--");
}

int main(int argc, char **argv) {
    cn_crypto *c CN_CRYPTO_AUTO = NULL;
    cn_buf document CN_BUF_AUTO = cn_buf_on(NULL, 0);
    cn_rdfc_options options = {.hash = argc > 1 && strcmp(argv[1], "SHA384") == 0 ? CN_SHA384 : CN_SHA256};
    cn_err err;
    char *line = NULL;
    size_t room = 0;
    if (!cn_crypto_new(&c, &err)) return 1;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        if (strcmp(line, "--\n") != 0) {
            cn_buf_add(&document, cn_slice_bytes(line, (size_t)n));
            continue;
        }
        answer(c, &options, cn_buf_slice(&document));
        cn_buf_clear(&document);
    }
    free(line);
    return fflush(stdout) != 0 || ferror(stdin);
}
