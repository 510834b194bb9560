/* SPDX-License-Identifier: Apache-2.0
 *
 * The inputs of the W3C suite of Verifiable Credentials 2.0: what its name
 * says must fail fails in the steps "model" or "context", and what must be accepted passes both. The
 * suite's files have no issuer and are unsigned; like the suite, this gives those an issuer.
 */
#include <dirent.h>

#include "url_files.h"
#include "vc/vc.h"

static const char folder[] = "suite-inputs/vc-data-model-2.0/tests/input";

/* What the suite fills in before it asks: an issuer where there is none or an empty one, and dates. */
static cn_slice prepared(cn_arena *a, const cn_json *input, bool about_issuer) {
    cn_buf text = cn_buf_on(a, 0);
    const cn_json *issuer = cn_json_get(input, CN_S("issuer")),
                  *id = cn_json_string(a, CN_S("did:example:issuer"));
    cn_json *copy = cn_json_copy_shallow(a, input), *party = cn_json_object(a);
    bool good = cn_json_set(a, party, CN_S("id"), id);
    if (!issuer && !about_issuer) good = good && cn_json_set(a, copy, CN_S("issuer"), id);
    if (cn_json_is(issuer, CN_JSON_OBJECT) && !cn_json_count(issuer))
        good = good && cn_json_set(a, copy, CN_S("issuer"), party);
    static const struct {
        cn_slice member, word, date;
    } dates[] = {
        {CN_S_INIT("validFrom"), CN_S_INIT("PAST DATE"), CN_S_INIT("2020-01-01T00:00:00Z")},
        {CN_S_INIT("validUntil"), CN_S_INIT("PAST DATE"), CN_S_INIT("2020-01-01T00:00:00Z")},
        {CN_S_INIT("validFrom"), CN_S_INIT("FUTURE DATE"), CN_S_INIT("2040-01-01T00:00:00Z")},
        {CN_S_INIT("validUntil"), CN_S_INIT("FUTURE DATE"), CN_S_INIT("2040-01-01T00:00:00Z")},
    };
    for (size_t i = 0; i < 4; i++)
        if (cn_json_is_string(cn_json_get(input, dates[i].member), dates[i].word))
            good = good && cn_json_set(a, copy, dates[i].member, cn_json_string(a, dates[i].date));
    if (!good) abort();
    cn_json_write(&text, copy);
    return cn_buf_slice(&text);
}

static bool refused(const cn_report *r, cn_buf *why) {
    bool any = false;
    for (size_t i = 0; i < r->steps_n; i++) {
        const cn_step *s = &r->steps[i];
        bool untyped = !strcmp(s->problem, "proof-malformed") && cn_slice_ends(s->where, CN_S("/type"));
        bool formal = !strcmp(s->id, "model") || !strcmp(s->id, "context") || untyped;
        if (!formal || s->outcome == CN_PASS) continue;
        cn_buf_print(why, "%s at %.*s: %.*s ", s->problem, CN_ARG(s->where), CN_ARG(s->detail));
        any = true;
    }
    return any;
}

static void run(const cn_verify_options *o, const char *sub, const char *file) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice name = cn_slice_of(file);
    if (!cn_slice_starts(name, CN_S("credential-")) || cn_slice_find(name, CN_S("-fail-or-inject")) != SIZE_MAX)
        return;
    const cn_json *input = corpus_json(a, corpus_path(a, "%s%s/%s", folder, sub, file));
    cn_report r;
    cn_err err;
    cn_buf why = cn_buf_on(a, 0);
    bool fails = cn_slice_ends(name, CN_S("-fail.json"));
    bool about_issuer = cn_slice_find(name, CN_S("issuer")) != SIZE_MAX;
    bool ran = cn_verify(a, prepared(a, input, about_issuer), o, &r, &err);
    bool right = ran && refused(&r, &why) == fails;
    corpus_case(right, "model", name, cn_buf_slice(&why));
}

static int by_name(const struct dirent **x, const struct dirent **y) {
    return strcmp((*x)->d_name, (*y)->d_name);
}

static void run_folder(const cn_verify_options *o, const char *sub) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    struct dirent **files;
    int n = scandir(corpus_path(a, "%s%s", folder, sub).p, &files, NULL, by_name);
    for (int i = 0; i < n; i++) {
        if (cn_slice_ends(cn_slice_of(files[i]->d_name), CN_S(".json"))) run(o, sub, files[i]->d_name);
        free(files[i]);
    }
    if (n >= 0) free(files);
}

int main(void) {
    if (!corpus_present(folder)) return 0;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_crypto *crypto CN_CRYPTO_AUTO = NULL;
    cn_err err;
    if (!cn_crypto_new(&crypto, &err)) return 1;
    cn_loader builtin = cn_builtin_loader(NULL);
    url_files files = {corpus_json(a, corpus_path(a, "contexts/index.json")), corpus_path(a, "contexts"),
                       &builtin};
    cn_loader contexts = url_files_loader(&files);
    cn_verify_options o = {.crypto = crypto, .contexts = &contexts, .now = {.sec = 1780272000}};
    run_folder(&o, "");
    run_folder(&o, "/names-and-descriptions");
    return corpus_end();
}
