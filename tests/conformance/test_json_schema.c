/* SPDX-License-Identifier: Apache-2.0
 *
 * The JSON Schema test suite: its required part in 2020-12, 2019-09 and draft 4, each value a case.
 * Its optional part too, held to "format" where the suite does; what is refused of it on purpose stands in a
 * table.
 */
#include <dirent.h>

#include "corpus.h"
#include "schema/schema.h"

#define SUITE "json-schema"

typedef struct dialect {
    const char *folder;
    cn_dialect dialect;
    size_t least;   /* files of the required part */
    size_t refused; /* values of the optional part, at most */
} dialect;

typedef struct tally {
    size_t n, passed;
} tally;

/* Of the optional part, what need not come out as the suite has it: a group of a file, or all of it. */
static const struct {
    const char *folder, *file, *group; /* folder NULL, group "": any */
    const char *reason;
} refused[] = {
    {NULL, "hostname.json", "validation of A-label (punycode) host names",
     "whether an A-label decodes to what IDNA 2008 allows takes tables of Unicode; it is held to the form of a "
     "label"},
    {NULL, "idn-hostname.json", "", "names of hosts beyond ASCII take the tables of IDNA 2008"},
    {"draft4", "hostname.json", "validation of host names",
     "hyphens in the third and fourth place belong to A-labels (RFC 5891), which draft 4 is older than"},
};

typedef struct place {
    const dialect *of;
    const char *folder; /* below the dialect's: "", "/optional", "/optional/format" */
    const char *file;
    tally *optional; /* NULL for the required part */
} place;

/* http://localhost:1234/ is the folder of remotes. */
static bool load_remote(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const cn_slice host = CN_S("http://localhost:1234/");
    (void)self;
    *out = (cn_document){.final_url = url};
    if (!cn_slice_starts(url, host))
        return cn_fail(err, CN_NOT_FOUND, "url.not-found", "Nobody has %.*s.", CN_ARG(url));
    cn_slice path = corpus_path(a, SUITE "/remotes/%.*s", CN_ARG(cn_slice_from(url, host.n)));
    return corpus_read(a, path, &out->body) ||
           cn_fail(err, CN_NOT_FOUND, "url.not-found", "Nobody has %.*s.", CN_ARG(url));
}

static const cn_loader remotes = {.load = load_remote};

/* A "#" would begin a directive of TAP. */
static cn_slice harmless(cn_arena *a, cn_slice s) {
    cn_slice copy;
    if (!cn_arena_copy(a, s, &copy)) abort();
    for (char *p = (char *)(uintptr_t)copy.p; *p; p++) // NOLINT(performance-no-int-to-ptr)
        if (*p == '#') *p = '=';
    return copy;
}

/* Why this may come out otherwise, or NULL. */
static const char *reason_of(const place *at, cn_slice group) {
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        bool folder = !refused[i].folder || !strcmp(refused[i].folder, at->of->folder);
        bool all = !*refused[i].group || cn_slice_eq(group, cn_slice_of(refused[i].group));
        if (folder && all && !strcmp(refused[i].file, at->file)) return refused[i].reason;
    }
    return NULL;
}

static void report(cn_arena *a, const place *at, const cn_json *group, const cn_json *test, bool passed,
                   cn_slice problem) {
    cn_slice suite, name;
    if (!cn_arena_print(a, &suite, SUITE "/%s%s/%s", at->of->folder, at->folder, at->file)) abort();
    cn_slice what = cn_json_get_text(group, CN_S("description")),
             which = cn_json_get_text(test, CN_S("description"));
    if (!cn_arena_print(a, &name, "%.*s: %.*s", CN_ARG(what), CN_ARG(which))) abort();
    name = harmless(a, name);
    if (!at->optional) {
        corpus_case(passed, suite.p, name, problem);
        return;
    }
    const char *reason = passed ? NULL : reason_of(at, what);
    at->optional->n++;
    at->optional->passed += passed;
    if (reason) printf("# refused: %s %.*s: %s\n", suite.p, CN_ARG(name), reason);
    else corpus_case(passed, suite.p, name, problem);
}

static void run_test(cn_arena *a, const place *at, const cn_json *group, const cn_json *test,
                     const cn_schema *schema, const cn_err *not_compiled) {
    cn_schema_run run = {.formats = strcmp(at->folder, "/optional/format") == 0};
    cn_schema_result result;
    cn_err err;
    if (!schema) {
        report(a, at, group, test, false, cn_slice_of(not_compiled->detail));
        return;
    }
    bool wanted = cn_json_is(cn_json_get(test, CN_S("valid")), CN_JSON_TRUE);
    bool ok = cn_schema_validate(a, schema, cn_json_get(test, CN_S("data")), &run, &result, &err);
    cn_slice problem = CN_S("is valid here");
    if (!ok) problem = cn_slice_of(err.detail);
    else if (!result.valid && !result.n) problem = CN_S("is not valid, and nothing says why");
    else if (!result.valid) problem = result.violations[0].detail;
    bool told = ok && result.valid == !result.n;
    report(a, at, group, test, told && result.valid == wanted, problem);
}

static void run_group(const place *at, const cn_json *group) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_schema *schema = NULL;
    cn_err err = {0};
    cn_schema_options options = {.loader = &remotes, .dialect = at->of->dialect};
    if (!cn_schema_compile(a, cn_json_get(group, CN_S("schema")), &options, &schema, &err)) schema = NULL;
    const cn_json *tests = cn_json_get(group, CN_S("tests"));
    for (size_t i = 0; i < cn_json_count(tests); i++) run_test(a, at, group, cn_json_item(tests, i), schema, &err);
}

static int is_json(const struct dirent *e) {
    return cn_slice_ends(cn_slice_of(e->d_name), CN_S(".json"));
}

static void run_folder(const dialect *of, const char *folder, tally *optional) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    struct dirent **entries;
    int n = scandir(corpus_path(a, SUITE "/tests/%s%s", of->folder, folder).p, &entries, is_json, alphasort);
    if (!optional) corpus_case(n >= (int)of->least, SUITE, cn_slice_of(of->folder), CN_S("files are missing"));
    for (int i = 0; i < n; i++) {
        place at = {of, folder, entries[i]->d_name, optional};
        const cn_json *groups =
            corpus_json(a, corpus_path(a, SUITE "/tests/%s%s/%s", of->folder, folder, entries[i]->d_name));
        for (size_t k = 0; k < cn_json_count(groups); k++) run_group(&at, cn_json_item(groups, k));
        free(entries[i]);
    }
    if (n >= 0) free(entries);
}

int main(void) {
    static const dialect dialects[] = {
        {"draft2020-12", CN_DIALECT_2020_12, 46, 77},
        {"draft2019-09", CN_DIALECT_2019_09, 46, 77},
        {"draft4", CN_DIALECT_DRAFT_4, 28, 1},
    };
    if (!corpus_present(SUITE)) return 0;
    for (size_t i = 0; i < sizeof dialects / sizeof dialects[0]; i++) {
        tally optional = {0};
        run_folder(&dialects[i], "", NULL);
        run_folder(&dialects[i], "/optional", &optional);
        run_folder(&dialects[i], "/optional/format", &optional);
        corpus_case(optional.n - optional.passed <= dialects[i].refused, SUITE, CN_S("refused on purpose"),
                    CN_S("more than there were"));
        printf("# %s, optional: %zu of %zu\n", dialects[i].folder, optional.passed, optional.n);
    }
    return corpus_end();
}
