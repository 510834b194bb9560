/* SPDX-License-Identifier: Apache-2.0
 *
 * Shared parts of the conformance runners; see corpus.h.
 */
#include "corpus.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/base.h"

static size_t cases, failures;

static const char *corpus_folder(void) {
    const char *set = getenv("CAIRN_CONFORMANCE");
    return set && *set ? set : CORPUS_DIR;
}

cn_slice corpus_path(cn_arena *a, const char *format, ...) {
    char below[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(below, sizeof below, format, args);
    va_end(args);
    assert(n >= 0 && (size_t)n < sizeof below);
    cn_slice path = {0};
    if (!cn_arena_print(a, &path, "%s/%s", corpus_folder(), below)) abort();
    return path;
}

bool corpus_present(const char *folder) {
    CN_ARENA_AUTO cn_arena *a = cn_arena_new(0);
    if (access(corpus_path(a, "%s", folder).p, R_OK) == 0) return true;
    printf("1..0 # SKIP no corpus folder %s (CAIRN_CONFORMANCE names it)\n", folder);
    return false;
}

static bool read_file(cn_arena *a, const char *path, cn_slice *out) {
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    cn_buf b = cn_buf_on(a, 0);
    while (cn_buf_reserve(&b, 65536)) {
        size_t n = fread(b.p + b.n, 1, 65536, f);
        b.n += n;
        if (n == 0) break;
    }
    bool good = !ferror(f) && cn_buf_ok(&b);
    fclose(f);
    if (good) *out = cn_buf_slice(&b);
    return good;
}

bool corpus_read(cn_arena *a, cn_slice path, cn_slice *out) {
    cn_slice terminated;
    return cn_arena_copy(a, path, &terminated) && read_file(a, terminated.p, out);
}

const cn_json *corpus_json(cn_arena *a, cn_slice path) {
    cn_slice text;
    const cn_json *v;
    cn_err err = {0};
    if (corpus_read(a, path, &text)) {
        if (cn_json_read(a, text, NULL, &v, &err)) return v;
        printf("Bail out! %.*s: %s %s: %s\n", CN_ARG(path), err.id, err.where, err.detail);
    } else {
        printf("Bail out! %.*s cannot be read\n", CN_ARG(path));
    }
    exit(1);
}

/* The list is small and read once: one case a line, "suite name", # begins a comment. */
static bool is_known_failure(const char *suite, cn_slice name) {
    static cn_arena *arena;
    static cn_slice list;
    if (!arena) {
        arena = cn_arena_new(0);
        if (!read_file(arena, KNOWN_FAILURES, &list)) {
            printf("Bail out! %s cannot be read\n", KNOWN_FAILURES);
            exit(1);
        }
    }
    cn_slice line, rest = list;
    for (bool more = true; more;) {
        more = cn_slice_cut(rest, '\n', &line, &rest);
        cn_slice what, which;
        cn_slice_cut(line, '#', &line, &which);
        if (!cn_slice_cut(cn_slice_trim(line), ' ', &what, &which)) continue;
        if (cn_slice_eq(what, cn_slice_of(suite)) && cn_slice_eq(which, name)) return true;
    }
    return false;
}

void corpus_case(bool passed, const char *suite, cn_slice name, cn_slice problem) {
    bool known = is_known_failure(suite, name);
    cases++;
    if (passed == known) failures++;
    printf("%s %zu - %s %.*s%s\n", passed ? "ok" : "not ok", cases, suite, CN_ARG(name),
           known ? " # TODO in known-failures.txt" : "");
    if (passed || problem.n == 0) return;
    cn_slice line;
    for (bool more = true; more;) {
        more = cn_slice_cut(problem, '\n', &line, &problem);
        printf("# %.*s\n", CN_ARG(line));
    }
}

int corpus_end(void) {
    printf("1..%zu\n", cases);
    return cases > 0 && failures == 0 ? 0 : 1;
}
