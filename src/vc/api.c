/* SPDX-License-Identifier: Apache-2.0
 *
 * The public functions of libcairn (include/cairn/cairn.h), over the rooms' own.
 */
#include <cairn/cairn.h>

#include "vc/vc.h"

struct cn_engine {
    cn_engine_options options;
    cn_crypto *crypto;
    cn_contexts *contexts;
};

struct cn_answer {
    cn_arena *arena;
    bool given, full;
    cn_slice body;
};

static bool tell(cn_error *error, const cn_err *err) {
    (void)snprintf(error->id, sizeof error->id, "%s", err->id);
    (void)snprintf(error->where, sizeof error->where, "%s", err->where);
    (void)snprintf(error->detail, sizeof error->detail, "%s", err->detail);
    return false;
}

const char *cn_version(void) {
    return CAIRN_VERSION;
}

/* ---- The caller's functions as loaders ---- */

bool cn_answer_body(cn_answer *answer, const void *bytes, size_t n) {
    answer->given = cn_arena_copy(answer->arena, cn_slice_bytes(bytes, n), &answer->body);
    answer->full = !answer->given;
    return answer->given;
}

/* What a loader of ours passes on. */
typedef struct source {
    const cn_engine *engine;
    cn_get_function *get;
} source;

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const source *from = self;
    cn_answer answer = {.arena = a};
    cn_slice text;
    if (cn_slice_find_byte(url, 0) != SIZE_MAX) return cn_fail(err, CN_INVALID, "url.syntax", "this is no URL.");
    if (!cn_arena_copy(a, url, &text)) return cn_fail_memory(err);
    bool got = from->get(from->engine->options.self, text.p, &answer);
    if (answer.full) return cn_fail_memory(err);
    if (!got || !answer.given)
        return cn_fail(err, CN_NOT_FOUND, "resolver.not-found", "nobody has the document %.*s.", CN_ARG(url));
    *out = (cn_document){.body = answer.body, .final_url = text};
    return true;
}

/* ---- The engine ---- */

bool cn_engine_new(const cn_engine_options *options, cn_engine **out, cn_error *error) {
    cn_err err;
    cn_engine *engine = calloc(1, sizeof *engine);
    if (!engine) cn_no_memory();
    if (options) {
        size_t known = options->size < sizeof engine->options ? options->size : sizeof engine->options;
        memcpy(&engine->options, options, known);
    }
    if (!cn_crypto_new(&engine->crypto, &err)) {
        free(engine);
        return tell(error, &err);
    }
    engine->contexts = cn_contexts_new();
    *out = engine;
    return true;
}

void cn_engine_free(cn_engine *engine) {
    if (!engine) return;
    cn_contexts_free(engine->contexts);
    cn_crypto_free(engine->crypto);
    free(engine);
}

/* The report as text on malloc. */
static char *report_text(cn_arena *a, const cn_report *report, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    if (!cn_report_write(a, report, CN_S(""), &b, err)) return NULL;
    cn_slice s = cn_buf_slice(&b);
    char *text = malloc(s.n + 1);
    if (!text) cn_no_memory();
    memcpy(text, s.p, s.n);
    text[s.n] = 0;
    return text;
}

char *cn_engine_verify(const cn_engine *engine, const void *bytes, size_t n, int64_t now, cn_error *error) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(engine->options.max_memory);
    source documents = {engine, engine->options.get_document}, contexts = {engine, engine->options.get_context};
    cn_loader resolver = {&documents, load}, others = {&contexts, load};
    cn_loader known = cn_builtin_loader(contexts.get ? &others : NULL);
    cn_verify_options options = {.crypto = engine->crypto,
                                 .contexts = &known,
                                 .processed = engine->contexts,
                                 .resolver = documents.get ? &resolver : NULL,
                                 .now = {.sec = now},
                                 .schema_counts = engine->options.schema_counts,
                                 .strict_bitstring = engine->options.strict_bitstring};
    cn_report report;
    cn_err err;
    char *text = NULL;
    if (cn_verify(a, cn_slice_bytes(bytes, n), &options, &report, &err)) text = report_text(a, &report, &err);
    if (!text) tell(error, &err);
    return text;
}

void cn_text_free(char *text) {
    free(text);
}
