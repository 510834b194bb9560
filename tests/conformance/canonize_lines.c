/* SPDX-License-Identifier: Apache-2.0
 *
 * usage: canonize_lines FILE
 * Reads JSON-LD documents, one a line; for each prints a line: its canonical N-Quads (RDFC-1.0) as a JSON
 * string, or {"error": id} where it has none. Contexts are those built in. jsonld_node.mjs compares.
 */
#include <stdio.h>

#include "corpus.h"
#include "jsonld/jsonld.h"

#include "base/base.h"

static bool canonize(cn_arena *a, const cn_crypto *crypto, cn_slice text, cn_slice *out, cn_err *err) {
    const cn_json *document;
    cn_dataset quads;
    cn_rdfc result;
    cn_loader loader = cn_builtin_loader(NULL);
    cn_jsonld_options options = {.loader = &loader};
    if (!cn_json_read(a, text, NULL, &document, err) || !cn_jsonld_to_rdf(a, document, &options, &quads, err) ||
        !cn_rdfc_canonize(crypto, a, &quads, &(cn_rdfc_options){0}, &result, err))
        return false;
    *out = result.nquads;
    return true;
}

int main(int argc, char **argv) {
    CN_ARENA_AUTO cn_arena *whole = cn_arena_new(0);
    CN_CRYPTO_AUTO cn_crypto *crypto = NULL;
    cn_err err = {0};
    cn_slice rest, line, nquads;
    if (argc != 2 || !corpus_read(whole, cn_slice_of(argv[1]), &rest) || !cn_crypto_new(&crypto, &err)) return 2;
    for (bool more = true; more;) {
        CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
        cn_buf b = cn_buf_on(a, 0);
        more = cn_slice_cut(rest, '\n', &line, &rest);
        if (line.n == 0) continue;
        if (canonize(a, crypto, line, &nquads, &err)) cn_json_write_string(&b, nquads);
        else cn_buf_print(&b, "{\"error\": \"%s\"}", err.id);
        printf("%.*s\n", CN_ARG(cn_buf_slice(&b)));
    }
    return 0;
}
