/* SPDX-License-Identifier: Apache-2.0
 *
 * JSONTestSuite (RFC 8259) and the vectors of RFC 8785,: y_ must be read, n_ refused, i_ may be
 * either; what is read must come back equal after writing; input canonicalised must be
 * output, byte for byte.
 */
#include <dirent.h>

#include "corpus.h"

/* Written, in one line or with breaks, and read again, it is the same value. */
static bool survives(cn_arena *a, const cn_json *v, bool pretty) {
    cn_buf b = cn_buf_on(a, 0);
    const cn_json *again;
    cn_err err;
    if (pretty) cn_json_write_pretty(&b, v);
    else cn_json_write(&b, v);
    return cn_json_read(a, cn_buf_slice(&b), NULL, &again, &err) && cn_json_equal(v, again);
}

/* What is wrong with a file, or NULL; err gives words room. */
typedef const char *check_file(cn_arena *a, cn_slice path, const char *name, cn_err *err);

enum { REFUSED, ACCEPTED, EITHER };

static const char *check_reading(cn_arena *a, cn_slice path, int wanted, cn_err *err) {
    cn_slice text;
    const cn_json *v;
    if (!corpus_read(a, path, &text)) return "the file cannot be read";
    bool accepted = cn_json_read(a, text, NULL, &v, err);
    if (wanted != EITHER && accepted != (wanted == ACCEPTED)) return accepted ? "it was read" : err->detail;
    if (accepted) return survives(a, v, false) && survives(a, v, true) ? NULL : "it changes when written";
    bool placed = strncmp(err->where, "byte ", 5) == 0 && err->detail[0] && err->id;
    return placed ? NULL : "the error has no place or no words";
}

static const char *check_parsing(cn_arena *a, cn_slice path, const char *name, cn_err *err) {
    return check_reading(a, path, name[0] == 'y' ? ACCEPTED : name[0] == 'n' ? REFUSED : EITHER, err);
}

/* What parsers make different things of; we read it unless it is no Unicode text. */
static const char *check_transform(cn_arena *a, cn_slice path, const char *name, cn_err *err) {
    return check_reading(a, path, strstr(name, "invalid") ? REFUSED : ACCEPTED, err);
}

/* The canonical form of input/x.json is output/x.json. */
static const char *check_jcs(cn_arena *a, cn_slice path, const char *name, cn_err *err) {
    cn_buf canonical = cn_buf_on(a, 0);
    cn_slice input, wanted;
    const cn_json *v;
    if (!corpus_read(a, path, &input)) return "the file cannot be read";
    if (!corpus_read(a, corpus_path(a, "json-jcs/testdata/output/%s", name), &wanted)) return "no output file";
    if (!cn_json_read(a, input, NULL, &v, err) || !cn_json_canonize(a, v, &canonical, err)) return err->detail;
    return cn_slice_eq(cn_buf_slice(&canonical), wanted) ? NULL : "the bytes differ";
}

static int is_json(const struct dirent *e) {
    return cn_slice_ends(cn_slice_of(e->d_name), CN_S(".json"));
}

/* Fewer files than `least` are a failure too. */
static void each_file(const char *folder, size_t least, check_file *check) {
    cn_arena *names CN_ARENA_AUTO = cn_arena_new(0);
    struct dirent **entries;
    int n = scandir(corpus_path(names, "%s", folder).p, &entries, is_json, alphasort);
    corpus_case(n >= (int)least, folder, CN_S("files"), CN_S("files are missing"));
    for (int i = 0; i < n; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_err err = {0};
        const char *name = entries[i]->d_name;
        const char *problem = check(a, corpus_path(a, "%s/%s", folder, name), name, &err);
        corpus_case(!problem, folder, cn_slice_of(name), cn_slice_of(problem));
        free(entries[i]);
    }
    if (n >= 0) free(entries);
}

int main(void) {
    if (!corpus_present("json") || !corpus_present("json-jcs")) return 0;
    each_file("json/test_parsing", 318, check_parsing);
    each_file("json/test_transform", 22, check_transform);
    each_file("json-jcs/testdata/input", 6, check_jcs);
    return corpus_end();
}
