/* SPDX-License-Identifier: Apache-2.0
 *
 * Real Open Badges and CLRs of several issuers, through cn_verify(): each must
 * come to what ob3/expected.json says. Contexts are the built-in ones and those of url-map.json, which
 * is also the network. PROGRAM WORD runs the samples whose name holds the word and shows their reports.
 */
#include "url_files.h"
#include "vc/vc.h"

typedef struct bench {
    cn_verify_options options;
    const char *filter;
} bench;

static bool has_problem(const cn_report *r, cn_slice problem) {
    for (size_t i = 0; i < r->steps_n; i++)
        if (cn_slice_eq(cn_slice_of(r->steps[i].problem), problem)) return true;
    return false;
}

/* "overall": the verdict and, where it is not verified, every reason; "proof": the signatures alone. */
static bool as_expected(const cn_report *r, const cn_json *expected, cn_slice score) {
    const cn_json *reasons = cn_json_get(expected, CN_S("reasons"));
    if (cn_slice_starts(score, CN_S("proof"))) {
        cn_outcome want = cn_json_is(cn_json_get(expected, CN_S("proof")), CN_JSON_TRUE) ? CN_PASS : CN_FAIL;
        bool warned = has_problem(r, CN_S("method-without-fragment"));
        return r->proof == want && warned == cn_slice_eq(score, CN_S("proof-lenient"));
    }
    bool verified = cn_json_is(cn_json_get(expected, CN_S("verified")), CN_JSON_TRUE);
    for (size_t i = 0; i < cn_json_count(reasons); i++)
        if (!has_problem(r, cn_json_text(cn_json_item(reasons, i)))) return false;
    return (r->verdict == CN_VERIFIED) == verified;
}

static void run(const bench *b, const cn_json *expected, cn_slice name) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice bytes = {0};
    cn_report r;
    cn_err err;
    cn_buf text = cn_buf_on(a, 0);
    const cn_json *scored = cn_json_get(expected, CN_S("scored"));
    bool ran = corpus_read(a, corpus_path(a, "ob3/%.*s", CN_ARG(name)), &bytes) &&
               cn_verify(a, bytes, &b->options, &r, &err) && cn_report_write(a, &r, name, &text, &err);
    if (b->filter) printf("# %.*s\n", CN_ARG(cn_buf_slice(&text)));
    for (size_t i = 0; i < cn_json_count(scored); i++) {
        cn_slice score = cn_json_text(cn_json_item(scored, i)), line;
        if (!cn_arena_print(a, &line, "%.*s %.*s", CN_ARG(name), CN_ARG(score))) abort();
        corpus_case(ran && as_expected(&r, expected, score), "ob3", line, cn_buf_slice(&text));
    }
}

int main(int argc, char **argv) {
    if (!corpus_present("ob3")) return 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_err err;
    if (!cn_crypto_new(&crypto, &err)) return 1;
    const cn_json *map = corpus_json(a, corpus_path(a, "ob3/url-map.json"));
    url_files network = {cn_json_get(map, CN_S("urls")), corpus_path(a, "ob3"), NULL};
    cn_loader resolver = url_files_loader(&network), contexts = cn_builtin_loader(&resolver);
    const cn_json *expected = corpus_json(a, corpus_path(a, "ob3/expected.json"));
    bench b = {.options = {.crypto = crypto, .contexts = &contexts, .resolver = &resolver},
               .filter = argc > 1 ? argv[1] : NULL};
    cn_slice clock = cn_json_get_text(cn_json_get(expected, CN_S("clock")), CN_S("evaluated_at"));
    if (!cn_time_read(clock, &b.options.now, NULL)) return 1;
    const cn_json *files = cn_json_get(expected, CN_S("files"));
    for (size_t i = 0; i < files->object.n; i++) {
        cn_slice name = files->object.v[i].key;
        const cn_json *row = files->object.v[i].value;
        if (b.filter && cn_slice_find(name, cn_slice_of(b.filter)) == SIZE_MAX) continue;
        run(&b, row, name);
    }
    return corpus_end();
}
