/* SPDX-License-Identifier: Apache-2.0
 *
 * Cairn's own equivalents of published contexts (data/contexts): with one and with
 * the other, documents have the same canonical N-Quads. The documents are one for each
 * context that uses every term of the published file, and the CLR sample of the corpus (its
 * other one names a draft context that nobody has).
 */
#include <stdlib.h>

#include "corpus.h"
#include "jsonld/jsonld.h"

#include "base/base.h"

/* A loader that has the published file for one URL and what is built in for the rest. */
typedef struct published {
    cn_slice url, body;
} published;

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const published *p = self;
    cn_loader others = cn_builtin_loader(NULL);
    if (!cn_slice_eq(url, p->url)) return others.load(others.self, a, url, out, err);
    *out = (cn_document){.body = p->body, .media_type = CN_S("application/ld+json"), .final_url = url};
    return true;
}

static bool canonical(cn_arena *a, const cn_crypto *crypto, const cn_loader *loader, const cn_json *document,
                      cn_slice *out, cn_buf *why) {
    cn_dataset quads;
    cn_rdfc result;
    cn_err err = {0};
    cn_jsonld_options options = {.loader = loader};
    if (!cn_jsonld_to_rdf(a, document, &options, &quads, &err) ||
        !cn_rdfc_canonize(crypto, a, &quads, &(cn_rdfc_options){0}, &result, &err)) {
        cn_buf_print(why, "%s %s: %s", err.id, err.where, err.detail);
        return false;
    }
    *out = result.nquads;
    return true;
}

static void compare(const cn_crypto *crypto, published *p, const cn_json *document, cn_slice name) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_buf why = cn_buf_on(a, 0);
    cn_slice ours, theirs;
    cn_loader builtin = cn_builtin_loader(NULL), loader = {.self = p, .load = load};
    bool same = canonical(a, crypto, &builtin, document, &ours, &why) &&
                canonical(a, crypto, &loader, document, &theirs, &why) && ours.n > 0 && cn_slice_eq(ours, theirs);
    corpus_case(same, "own-contexts", name, cn_buf_slice(&why));
}

/* Every key that a context defines, at any depth, is in the text of the document as "key". */
static bool uses_all(cn_arena *a, const cn_json *context, cn_slice text, cn_buf *why) {
    bool all = true;
    for (size_t i = 0; context->type == CN_JSON_OBJECT && i < context->object.n; i++) {
        cn_json_member m = context->object.v[i];
        cn_slice quoted;
        if (!cn_arena_print(a, &quoted, "\"%.*s\"", CN_ARG(m.key))) abort();
        bool term = !cn_slice_starts(m.key, CN_S("@"));
        if (term && cn_slice_find(text, quoted) == SIZE_MAX) {
            cn_buf_print(why, "%.*s is not used\n", CN_ARG(m.key));
            all = false;
        }
        if (!uses_all(a, m.value, text, why)) all = false;
    }
    return all;
}

static void check(const cn_crypto *crypto, const cn_json *index, const cn_json *documents, cn_slice url) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_buf why = cn_buf_on(a, 0), text = cn_buf_on(a, 0);
    published p = {.url = url};
    cn_slice file = cn_json_get_text(cn_json_get(index, url), CN_S("file"));
    const cn_json *document = cn_json_get(documents, url), *theirs;
    cn_err err = {0};
    if (!document || !corpus_read(a, corpus_path(a, "contexts/%.*s", CN_ARG(file)), &p.body) ||
        !cn_json_read(a, p.body, NULL, &theirs, &err)) {
        corpus_case(false, "own-contexts", url, CN_S("there is no document for it, or no published file"));
        return;
    }
    cn_json_write(&text, document);
    bool all = uses_all(a, theirs, cn_buf_slice(&text), &why);
    corpus_case(all, "own-contexts-terms", url, cn_buf_slice(&why));
    compare(crypto, &p, document, url);
    if (cn_slice_find(url, CN_S("/clr/")) == SIZE_MAX) return;
    compare(crypto, &p, corpus_json(a, corpus_path(a, "ob3/1edtech/clr20/simple.json")),
            CN_S("clr20/simple.json"));
}

int main(void) {
    if (!corpus_present("contexts")) return 0;
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    CN_CRYPTO_AUTO cn_crypto *crypto = NULL;
    cn_err err;
    if (!cn_crypto_new(&crypto, &err)) return 1;
    const cn_json *index = corpus_json(a, corpus_path(a, "contexts/index.json"));
    const cn_json *documents = corpus_json(a, cn_slice_of(DOCUMENTS));
    size_t n;
    const cn_builtin_context *all = cn_builtin_contexts(&n);
    for (size_t i = 0; i < n; i++)
        if (cn_slice_eq(cn_slice_of(all[i].source), CN_S("cairn")))
            check(crypto, index, documents, cn_slice_of(all[i].url));
    return corpus_end();
}
