/* SPDX-License-Identifier: Apache-2.0
 *
 * The contexts built in against the published files: what comes from npm packages
 * is the same JSON; published digests are those of the files.
 */
#include "corpus.h"
#include "crypto/crypto.h"
#include "jsonld/jsonld.h"

#include "base/base.h"

static bool same_digest(cn_arena *a, const cn_crypto *crypto, cn_hash kind, const char *published, cn_slice text) {
    cn_digest digest = cn_hash_of(crypto, kind, text);
    cn_buf hex = cn_buf_on(a, 0);
    cn_hex_write(&hex, cn_digest_slice(&digest));
    return cn_slice_eq(cn_buf_slice(&hex), cn_slice_of(published));
}

static void check(const cn_crypto *crypto, const cn_json *index, const cn_builtin_context *mine) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_slice url = cn_slice_of(mine->url), text;
    cn_slice file = cn_json_get_text(cn_json_get(index, url), CN_S("file"));
    cn_err err = {0};
    const cn_json *v;
    if (file.n == 0 || !corpus_read(a, corpus_path(a, "contexts/%.*s", CN_ARG(file)), &text)) {
        corpus_case(false, "contexts", url, CN_S("the corpus does not have it"));
        return;
    }
    corpus_case(same_digest(a, crypto, CN_SHA256, mine->published_sha256, text), "contexts-digest", url,
                CN_S("published_sha256 differs"));
    corpus_case(same_digest(a, crypto, CN_SHA384, mine->published_sha384, text), "contexts-sha384", url,
                CN_S("published_sha384 differs"));
    if (cn_slice_eq(cn_slice_of(mine->source), CN_S("cairn"))) return;
    bool same = cn_json_read(a, cn_slice_bytes(mine->body, mine->length), NULL, &v, &err) &&
                cn_json_equal(v, corpus_json(a, corpus_path(a, "contexts/%.*s", CN_ARG(file))));
    corpus_case(same, "contexts-json", url, cn_slice_of(err.detail));
}

int main(void) {
    if (!corpus_present("contexts")) return 0;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    CN_CRYPTO_AUTO cn_crypto *crypto = NULL;
    cn_err err;
    if (!cn_crypto_new(&crypto, &err)) return 1;
    const cn_json *index = corpus_json(a, corpus_path(a, "contexts/index.json"));
    size_t n;
    const cn_builtin_context *all = cn_builtin_contexts(&n);
    for (size_t i = 0; i < n; i++) check(crypto, index, &all[i]);
    return corpus_end();
}
