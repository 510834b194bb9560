/* SPDX-License-Identifier: Apache-2.0 */
#include "net/net.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/base.h"

/* A folder with files, removed at the end. */
typedef struct folder {
    cn_arena *arena;
    char path[40];
    cn_slice files[16];
    size_t n;
} folder;

static int folder_new(void **state) {
    folder *f = calloc(1, sizeof *f);
    f->arena = cn_arena_new(0);
    memcpy(f->path, "/tmp/cairn-map-XXXXXX", sizeof "/tmp/cairn-map-XXXXXX");
    *state = f;
    return mkdtemp(f->path) ? 0 : -1;
}

static int folder_done(void **state) {
    folder *f = *state;
    for (size_t i = 0; i < f->n; i++) unlink(f->files[i].p);
    rmdir(f->path);
    cn_arena_free(f->arena);
    free(f);
    return 0;
}

static cn_slice add_file(folder *f, const char *name, const char *text) {
    cn_slice path;
    assert_true(cn_arena_print(f->arena, &path, "%s/%s", f->path, name));
    FILE *file = fopen(path.p, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_true(f->n < 16);
    f->files[f->n++] = path;
    return path;
}

static cn_net *new_net(const cn_net_options *options) {
    cn_net *n;
    cn_err err;
    assert_true(cn_net_new(options, &n, &err));
    return n;
}

static bool load(const cn_loader *l, cn_arena *a, const char *url, cn_document *out, cn_err *err) {
    return l->load(l->self, a, cn_slice_of(url), out, err);
}

static void assert_loads(const cn_loader *l, folder *f, const char *url, const char *body, const char *type) {
    cn_document d;
    cn_err err = {0};
    if (!load(l, f->arena, url, &d, &err)) fail_msg("%s: %s %s", url, err.id, err.detail);
    assert_true(cn_slice_eq(d.body, cn_slice_of(body)));
    assert_true(cn_slice_eq(d.media_type, cn_slice_of(type)));
}

static void assert_fails(const cn_loader *l, folder *f, const char *url, cn_code code, const char *id) {
    cn_document d;
    cn_err err = {0};
    assert_false(load(l, f->arena, url, &d, &err));
    assert_int_equal(err.code, code);
    assert_string_equal(err.id, id);
}

static const char MAP[] =
    "{\"comment\": 1, \"urls\": {"
    "\"https://a.example/did.json\": {\"file\": \"one\", \"content_type\": \"Application/JSON; charset=utf-8\"},"
    "\"https://a.example/bare\": {\"file\": \"./two\"},"
    "\"https://a.example/gone\": {\"file\": \"no-such-file\"}}}";

static void a_map_stands_for_the_network(void **state) {
    folder *f = *state;
    add_file(f, "one", "first");
    add_file(f, "two", "second");
    cn_net *n CN_NET_AUTO = new_net(&(cn_net_options){0});
    cn_err err;
    assert_true(cn_net_add_url_map(n, add_file(f, "map.json", MAP), &err));
    const cn_loader *any = cn_net_resolver(n), *contexts = cn_net_contexts(n);
    assert_loads(any, f, "https://a.example/did.json", "first", "application/json");
    assert_loads(any, f, "https://a.example/did.json#key-1", "first", "application/json");
    assert_loads(any, f, "https://a.example/bare", "second", "");
    assert_loads(contexts, f, "https://a.example/bare", "second", "");
    assert_fails(any, f, "https://a.example/other", CN_NOT_FOUND, "net.not-listed");
    assert_fails(any, f, "https://a.example/did.jso", CN_NOT_FOUND, "net.not-listed");
    assert_fails(contexts, f, "https://a.example/other", CN_NOT_FOUND, "net.not-listed");
    assert_fails(any, f, "https://a.example/gone", CN_UNAVAILABLE, "file.open");
}

static void two_maps_add_up(void **state) {
    folder *f = *state;
    add_file(f, "one", "first");
    add_file(f, "two", "second");
    cn_slice x = add_file(f, "x.json", "{\"urls\": {\"https://a.example/\": {\"file\": \"one\"}}}");
    cn_slice y = add_file(f, "y.json",
                          "{\"urls\": {\"https://a.example/\": {\"file\": \"two\"}, "
                          "\"https://b.example/\": {\"file\": \"one\"}}}");
    cn_net *n CN_NET_AUTO = new_net(&(cn_net_options){0});
    cn_err err;
    assert_true(cn_net_add_url_map(n, x, &err));
    assert_true(cn_net_add_url_map(n, y, &err));
    assert_loads(cn_net_resolver(n), f, "https://a.example/", "second", "");
    assert_loads(cn_net_resolver(n), f, "https://b.example/", "first", "");
}

static void a_bad_map_is_named(void **state) {
    folder *f = *state;
    static const char *bad[] = {
        "",
        "[]",
        "{}",
        "{\"urls\": []}",
        "{\"urls\": {\"https://a.example/\": {}}}",
        "{\"urls\": {\"u\": 1}}",
        "{\"urls\": {\"u\": {\"file\": 3}}}",
        "{\"urls\": {\"u\": {\"file\": \"x\"}, \"u\": {\"file\": \"y\"}}}",
        "{\"urls\": {}",
    };
    cn_net *n CN_NET_AUTO = new_net(&(cn_net_options){0});
    cn_err err;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        err = (cn_err){0};
        assert_false(cn_net_add_url_map(n, add_file(f, "bad.json", bad[i]), &err));
        assert_int_equal(err.code, CN_INVALID);
        assert_non_null(strstr(err.detail, "bad.json"));
    }
    assert_false(cn_net_add_url_map(n, CN_S("/nonexistent/map.json"), &err));
    assert_int_equal(err.code, CN_UNAVAILABLE);
    assert_non_null(strstr(err.detail, "/nonexistent/map.json"));
}

static void a_large_file_is_refused(void **state) {
    folder *f = *state;
    add_file(f, "one", "12345");
    cn_slice map = add_file(f, "x.json", "{\"urls\": {\"https://a.example/\": {\"file\": \"one\"}}}");
    cn_net *n CN_NET_AUTO = new_net(&(cn_net_options){.max_bytes = 4});
    cn_err err;
    assert_true(cn_net_add_url_map(n, map, &err));
    assert_fails(cn_net_resolver(n), f, "https://a.example/", CN_LIMIT, "file.size");
}

static void a_context_answers_as_context_only(void **state) {
    folder *f = *state;
    cn_slice path = add_file(f, "c.json", "{\"@context\": {}}");
    cn_net *n CN_NET_AUTO = new_net(&(cn_net_options){.offline = true});
    cn_err err;
    assert_true(cn_net_add_context(n, CN_S("https://c.example/v1"), path, &err));
    assert_loads(cn_net_contexts(n), f, "https://c.example/v1", "{\"@context\": {}}", "application/ld+json");
    assert_fails(cn_net_resolver(n), f, "https://c.example/v1", CN_UNAVAILABLE, "net.offline");
    assert_fails(cn_net_contexts(n), f, "https://c.example/v2", CN_NOT_FOUND, "net.not-listed");
    assert_false(cn_net_add_context(n, CN_S("https://c.example/v2"), CN_S("/nonexistent"), &err));
    assert_int_equal(err.code, CN_UNAVAILABLE);
}

/* printf '{}' | sha256sum */
#define DIGEST "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"

static void a_folder_is_checked_against_its_index(void **state) {
    folder *f = *state;
    add_file(f, "c.json", "{}");
    add_file(f, "index.json", "{\"https://c.example/v1\": {\"file\": \"c.json\", \"sha256\": \"" DIGEST "\"}}");
    cn_net *n CN_NET_AUTO = new_net(&(cn_net_options){0});
    cn_err err;
    assert_true(cn_net_add_context_folder(n, cn_slice_of(f->path), &err));
    assert_loads(cn_net_contexts(n), f, "https://c.example/v1", "{}", "application/ld+json");
    add_file(f, "c.json", "{ }");
    cn_net *other CN_NET_AUTO = new_net(&(cn_net_options){0});
    assert_false(cn_net_add_context_folder(other, cn_slice_of(f->path), &err));
    assert_int_equal(err.code, CN_INVALID);
    assert_string_equal(err.id, "net.digest");
    assert_non_null(strstr(err.detail, "c.json"));
    assert_fails(cn_net_contexts(other), f, "https://c.example/v1", CN_NOT_FOUND, "net.not-listed");
    add_file(f, "index.json", "{\"https://c.example/v1\": {\"file\": \"c.json\"}}");
    assert_false(cn_net_add_context_folder(other, cn_slice_of(f->path), &err));
    assert_string_equal(err.id, "net.file");
}

static void contexts_go_out_under_a_prefix_only(void **state) {
    folder *f = *state;
    static const cn_slice prefixes[] = {CN_S_INIT("https://ok.example"), CN_S_INIT("https://part.example/spec/v")};
    cn_net *n CN_NET_AUTO =
        new_net(&(cn_net_options){.offline = true, .context_prefixes = prefixes, .context_prefixes_n = 2});
    const cn_loader *contexts = cn_net_contexts(n);
    /* offline: what would have been asked for is UNAVAILABLE, what would not is NOT_FOUND */
    static const char *asked[] = {"https://ok.example", "https://ok.example/a", "https://ok.example?x",
                                  "https://part.example/spec/v3"};
    static const char *not_asked[] = {"https://ok.example.evil.example/a", "https://ok.example@evil.example/",
                                      "https://ok.example:444/", "https://part.example/", "http://ok.example/"};
    for (size_t i = 0; i < 4; i++) assert_fails(contexts, f, asked[i], CN_UNAVAILABLE, "net.offline");
    for (size_t i = 0; i < 5; i++) assert_fails(contexts, f, not_asked[i], CN_NOT_FOUND, "net.not-listed");
}

static bool own_load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    (void)a;
    (void)err;
    *(int *)self += 1;
    *out = (cn_document){.body = CN_S("ours"), .final_url = url};
    return true;
}

static void own_documents_never_go_out(void **state) {
    folder *f = *state;
    int asked = 0;
    cn_loader own = {.self = &asked, .load = own_load};
    cn_net *n CN_NET_AUTO =
        new_net(&(cn_net_options){.offline = true, .own = &own, .own_origin = CN_S("https://cairn.example")});
    assert_loads(cn_net_resolver(n), f, "https://cairn.example/issuer#key-1", "ours", "");
    assert_fails(cn_net_resolver(n), f, "https://cairn.example.evil.example/", CN_UNAVAILABLE, "net.offline");
    assert_loads(cn_net_resolver(n), f, "HTTPS://Cairn.Example/issuer", "ours", "");
    assert_int_equal(asked, 2);
}

/* As a resolver and as a context, of which only those under a prefix may go out at all. */
static void own_documents_are_known_in_every_spelling(void **state) {
    folder *f = *state;
    int asked = 0;
    static const cn_slice prefixes[] = {CN_S_INIT("https://cairn.example")};
    cn_loader own = {.self = &asked, .load = own_load};
    static const char *ours[] = {"https://cairn.example",       "https://cairn.example:443/a",
                                 "https://cairn.example:/a",    "https://cairn.example:0443/a",
                                 "https://cairn.example./a",    "https://CAIRN.example.:443/a",
                                 "https://u:p@cairn.example/a", "https://cairn%2Eexample?a"};
    static const char *others[] = {"https://cairn.example:444/a", "https://cairn.example../a",
                                   "http://cairn.example/a",      "https://cairn.example.evil.example/a",
                                   "https://a.cairn.example/a",   "https://cairn.example@evil.example/a"};
    static const char *origins[] = {"https://cairn.example", "https://Cairn.Example:443",
                                    "https://cairn.example."};
    for (size_t k = 0; k < 3; k++) {
        cn_net *n CN_NET_AUTO = new_net(&(cn_net_options){.offline = true,
                                                          .own = &own,
                                                          .own_origin = cn_slice_of(origins[k]),
                                                          .context_prefixes = prefixes,
                                                          .context_prefixes_n = 1});
        for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
            assert_loads(cn_net_resolver(n), f, ours[i], "ours", "");
            assert_loads(cn_net_contexts(n), f, ours[i], "ours", "");
        }
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
            assert_fails(cn_net_resolver(n), f, others[i], CN_UNAVAILABLE, "net.offline");
        assert_fails(cn_net_contexts(n), f, others[0], CN_NOT_FOUND, "net.not-listed");
    }
}

static void says_when_memory_ends(void **state) {
    folder *f = *state;
    add_file(f, "one", "first");
    cn_net *n CN_NET_AUTO = new_net(&(cn_net_options){0});
    cn_err err;
    cn_slice map = add_file(f, "x.json", "{\"urls\": {\"https://a.example/\": {\"file\": \"one\"}}}");
    assert_true(cn_net_add_url_map(n, map, &err));
    bool done = false;
    for (size_t nth = 1; !done; nth++) {
        assert_true(nth < 100);
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        cn_arena_fail_after(a, nth);
        cn_document d;
        done = load(cn_net_resolver(n), a, "https://a.example/", &d, &err);
        if (!done) assert_int_equal(err.code, CN_LIMIT);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, folder_new, folder_done)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_map_stands_for_the_network),
        TEST(two_maps_add_up),
        TEST(a_bad_map_is_named),
        TEST(a_large_file_is_refused),
        TEST(a_context_answers_as_context_only),
        TEST(a_folder_is_checked_against_its_index),
        TEST(contexts_go_out_under_a_prefix_only),
        TEST(own_documents_never_go_out),
        TEST(own_documents_are_known_in_every_spelling),
        TEST(says_when_memory_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
