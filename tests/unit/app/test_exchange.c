/* SPDX-License-Identifier: Apache-2.0
 *
 * Whatever can be designed here comes back from every format as it was, and all of what is written means
 * something: achievements that the tables of fields let through, empty, in one language, with odd characters and
 * long decimals.
 */
#include "../check.h"

#include "../exchange/made_valid.h"
#include "exchange/exchange.h"
#include "jsonld/jsonld.h"

enum { SEEDS = 400 };

static const cn_json *valid(cn_arena *a, uint64_t seed) {
    cn_slice at;
    const cn_json *out = made_valid(a, seed, &at);
    if (!out) fail_msg("%llu: %.*s is refused", (unsigned long long)seed, CN_ARG(at));
    return out;
}

static const cn_json *written(cn_arena *a, const cn_json *achievement, int format) {
    const cn_json *out;
    cn_err err;
    if (!cn_exchange_write(a, achievement, (cn_exchange_format)format, &out, &err)) fail_msg("%s", err.detail);
    return out;
}

/* As a file: through text. */
static cn_exchange_reading read_again(cn_arena *a, const cn_json *document) {
    cn_buf b = cn_buf_on(a, 0);
    cn_exchange_reading r;
    const cn_json *file;
    cn_err err;
    cn_json_write_pretty(&b, document);
    if (!cn_json_read(a, cn_buf_slice(&b), NULL, &file, &err) || !cn_exchange_read(a, file, &r, &err))
        fail_msg("%s: %s", err.id, err.detail);
    return r;
}

static void check(cn_arena *a, uint64_t seed, int format) {
    const cn_json *achievement = valid(a, seed);
    cn_exchange_reading r = read_again(a, written(a, achievement, format));
    const char *name = cn_exchange_name((cn_exchange_format)format);
    assert_int_equal(r.format, format);
    if (!cn_json_equal(r.achievement, achievement))
        fail_msg("%s %llu is not the same", name, (unsigned long long)seed);
    if (r.missed)
        fail_msg("%s %llu: %.*s %s", name, (unsigned long long)seed, CN_ARG(r.notes[0].at), r.notes[0].why);
}

static void what_is_designed_comes_back_and_is_understood(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (int i = CN_EXCHANGE_CAIRN; i < CN_EXCHANGE_FORMATS; i++) {
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            check(a, seed, i);
        }
}

static void nothing_of_it_is_dropped_in_safe_mode(void **state) {
    (void)state;
    cn_contexts *contexts = cn_contexts_new();
    cn_loader loader = cn_builtin_loader(NULL);
    cn_jsonld_options options = {.loader = &loader, .processed = contexts, .safe = true};
    for (uint64_t seed = 1; seed <= SEEDS / 4; seed++)
        for (int i = CN_EXCHANGE_CAIRN + 1; i < CN_EXCHANGE_FORMATS; i++) {
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            const cn_json *out;
            cn_err err;
            if (!cn_jsonld_expand(a, written(a, valid(a, seed), i), &options, &out, &err))
                fail_msg("%s %llu: %s %s", cn_exchange_name((cn_exchange_format)i), (unsigned long long)seed,
                         err.detail, err.where);
        }
    cn_contexts_free(contexts);
}

/* ---- What each format demands of itself ---- */

static size_t nodes_of(const cn_json *graph, cn_slice id) {
    size_t n = 0;
    for (size_t i = 0; i < cn_json_count(graph); i++)
        n += cn_json_is_string(cn_json_get(cn_json_item(graph, i), CN_S("@id")), id);
    return n;
}

/* Recursion is no deeper than the template. */
static void check_named(const cn_json *graph, const cn_json *v, bool top) {
    bool node = cn_json_is(v, CN_JSON_OBJECT) && cn_json_get(v, CN_S("@id"));
    if (node && !top) fail_msg("a node stands within another");
    for (size_t i = 0; i < cn_json_count(v); i++) {
        const cn_json *one = cn_json_is(v, CN_JSON_OBJECT) ? v->object.v[i].value : cn_json_item(v, i);
        bool rest = cn_json_is(v, CN_JSON_OBJECT) && cn_slice_eq(v->object.v[i].key, CN_S("cairnRest"));
        if (!rest) check_named(graph, one, false);
    }
}

static const struct {
    const char *at; /* of the first node */
} references[] = {{"/ceterms:ownedBy/0"},
                  {"/ceterms:requires/0/ceterms:targetLearningOpportunity/0"},
                  {"/ceterms:requires/0/ceterms:targetAssessment/0"}};

/* CTDL as the Credential Registry keeps it: nodes beside each other, each with a CTID, named where they belong. */
static void ctdl_is_a_flat_graph_with_ctids(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS / 4; seed++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        const cn_json *graph = cn_json_get(written(a, valid(a, seed), CN_EXCHANGE_CTDL), CN_S("@graph"));
        assert_true(cn_json_count(graph) >= 2);
        for (size_t i = 0; i < cn_json_count(graph); i++) {
            const cn_json *node = cn_json_item(graph, i);
            check_named(graph, node, true);
            assert_true(cn_slice_starts(cn_json_get_text(node, CN_S("ceterms:ctid")), CN_S("ce-")));
            assert_int_equal(nodes_of(graph, cn_json_get_text(node, CN_S("@id"))), 1);
        }
        for (size_t i = 0; i < sizeof references / sizeof *references; i++) {
            const cn_json *name = cn_json_point(cn_json_item(graph, 0), cn_slice_of(references[i].at));
            if (name) assert_int_equal(nodes_of(graph, cn_json_text(name)), 1);
        }
    }
}

/* What CASE 1.1 says has to be there, and what does not stand in a package. */
static void check_members(const cn_json *list, const char *const *needed) {
    for (size_t i = 0; i < cn_json_count(list); i++) {
        const cn_json *one = cn_json_item(list, i);
        for (const char *const *key = needed; *key; key++)
            if (!cn_json_get(one, cn_slice_of(*key))) fail_msg("%s is missing", *key);
        assert_null(cn_json_get(one, CN_S("CFDocumentURI")));
    }
}

static bool has_item(const cn_json *document, const cn_json *node) {
    const cn_json *items = cn_json_get(document, CN_S("CFItems"));
    for (size_t i = 0; i < cn_json_count(items); i++)
        if (cn_json_equal(cn_json_get(cn_json_item(items, i), CN_S("uri")), cn_json_get(node, CN_S("uri"))))
            return true;
    return false;
}

static void case_has_what_it_demands(void **state) {
    static const char *const of_document[] = {"identifier", "uri", "creator", "title", "lastChangeDateTime", NULL},
                             *const of_item[] = {"identifier", "uri", "fullStatement", "lastChangeDateTime", NULL},
                             *const of_association[] = {"identifier",
                                                        "uri",
                                                        "associationType",
                                                        "originNodeURI",
                                                        "destinationNodeURI",
                                                        "lastChangeDateTime",
                                                        NULL},
                             *const of_link[] = {"title", "identifier", "uri", NULL};
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS / 4; seed++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        const cn_json *document = written(a, valid(a, seed), CN_EXCHANGE_CASE),
                      *links = cn_json_get(document, CN_S("CFAssociations"));
        cn_json *head = cn_json_array(a);
        assert_true(cn_json_push(a, head, cn_json_get(document, CN_S("CFDocument"))));
        check_members(head, of_document);
        check_members(cn_json_get(document, CN_S("CFItems")), of_item);
        check_members(links, of_association);
        for (size_t i = 0; i < cn_json_count(links); i++) {
            const cn_json *from = cn_json_get(cn_json_item(links, i), CN_S("originNodeURI"));
            cn_json *ends = cn_json_array(a);
            assert_true(cn_json_push(a, ends, from) &&
                        cn_json_push(a, ends, cn_json_get(cn_json_item(links, i), CN_S("destinationNodeURI"))));
            check_members(ends, of_link);
            assert_true(has_item(document, from));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_designed_comes_back_and_is_understood),
        cmocka_unit_test(nothing_of_it_is_dropped_in_safe_mode),
        cmocka_unit_test(ctdl_is_a_flat_graph_with_ctids),
        cmocka_unit_test(case_has_what_it_demands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
