/* SPDX-License-Identifier: Apache-2.0
 *
 * For comparing with other programs: reads {"document", "context"} from every line of standard input, and writes
 * on a line of standard output what we make of it: {"rdf", "expand", "compact", "again", "flatten", "from"}. Each
 * is a result or
 * {"error": id}: canonical N-Quads as a string, JSON, what was compacted expanded again,
 * and the document that those N-Quads make. Contexts are those
 * built in.
 */
#include <stdio.h>

#include "jsonld/jsonld.h"

#include "base/base.h"

typedef struct work {
    cn_arena *a;
    const cn_crypto *crypto;
    const cn_json *document, *context;
    cn_jsonld_options options;
    cn_slice nquads;          /* once they are there */
    const cn_json *compacted; /* the same */
} work;

typedef bool work_fn(work *w, const cn_json **out, cn_err *err);

static bool rdf(work *w, const cn_json **out, cn_err *err) {
    cn_dataset quads;
    cn_rdfc result;
    if (!cn_jsonld_to_rdf(w->a, w->document, &w->options, &quads, err) ||
        !cn_rdfc_canonize(w->crypto, w->a, &quads, &(cn_rdfc_options){0}, &result, err))
        return false;
    w->nquads = result.nquads;
    *out = cn_json_string(w->a, result.nquads);
    return *out || cn_fail_memory(err);
}

static bool expand(work *w, const cn_json **out, cn_err *err) {
    return cn_jsonld_expand(w->a, w->document, &w->options, out, err);
}

static bool compact(work *w, const cn_json **out, cn_err *err) {
    if (!cn_jsonld_compact(w->a, w->document, w->context, &w->options, out, err)) return false;
    w->compacted = *out;
    return true;
}

static bool again(work *w, const cn_json **out, cn_err *err) {
    if (!w->compacted) return cn_fail(err, CN_INVALID, "jsonld.none", "There is no compacted form.");
    return cn_jsonld_expand(w->a, w->compacted, &w->options, out, err);
}

static bool flatten(work *w, const cn_json **out, cn_err *err) {
    return cn_jsonld_flatten(w->a, w->document, NULL, &w->options, out, err);
}

static bool from(work *w, const cn_json **out, cn_err *err) {
    cn_dataset quads;
    return cn_nquads_read(w->a, w->nquads, 0, &quads, err) &&
           cn_jsonld_from_rdf(w->a, &quads, &w->options, out, err);
}

static const struct {
    const char *name;
    work_fn *run;
} works[] = {{"rdf", rdf},     {"expand", expand},   {"compact", compact},
             {"again", again}, {"flatten", flatten}, {"from", from}};

static void answer(const cn_crypto *crypto, const cn_loader *loader, cn_slice line) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    const cn_json *input, *out;
    cn_err err = {0};
    work w = {
        .a = a, .crypto = crypto, .options = {.loader = loader, .base = CN_S("https://example.org/dir/doc")}};
    bool good = cn_json_read(a, line, NULL, &input, &err);
    w.document = good ? cn_json_get(input, CN_S("document")) : NULL;
    w.context = good ? cn_json_get(input, CN_S("context")) : NULL;
    cn_buf_byte(&b, '{');
    for (size_t i = 0; w.document && i < sizeof works / sizeof *works; i++) {
        cn_buf_print(&b, "%s\"%s\":", i ? "," : "", works[i].name);
        if (works[i].run(&w, &out, &err)) cn_json_write(&b, out);
        else cn_buf_print(&b, "{\"error\":\"%s\"}", err.id);
    }
    cn_buf_add(&b, CN_S("}\n"));
    (void)fwrite(b.p, 1, b.n, stdout);
}

int main(void) {
    CN_CRYPTO_AUTO cn_crypto *crypto = NULL;
    cn_loader loader = cn_builtin_loader(NULL);
    cn_err err = {0};
    char *line = NULL;
    size_t room = 0;
    if (!cn_crypto_new(&crypto, &err)) return 1;
    for (ssize_t n; (n = getline(&line, &room, stdin)) > 0;) {
        if (line[n - 1] == '\n') n--;
        answer(crypto, &loader, cn_slice_bytes(line, (size_t)n));
    }
    free(line);
    return fflush(stdout) != 0 || ferror(stdin);
}
