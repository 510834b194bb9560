/* SPDX-License-Identifier: Apache-2.0
 *
 * The life of an achievement: begun, changed by two at once, published, published again, drawn back; and never
 * seen by another organisation.
 */
#include "../store/place.h"
#include "randoms.h"
#include "app/achievements.h"

static const cn_time NOW = {1780000000, 0}, LATER = {1780000100, 0};

typedef struct bench {
    cn_arena *a;
    cn_crypto *crypto;
    uint8_t next;
    cn_random random;
    cn_app app;
    int64_t own, other; /* organisations */
    cn_err err;
} bench;

static int64_t organisation(bench *b, cn_slice id) {
    int64_t number;
    cn_stored_organisation o = {
        .id = id, .name_en = CN_S("North College"), .name_fr = CN_S("Coll\xc3\xa8ge du Nord")};
    if (!cn_store_organisation_put(b->a, b->app.store, &o, NOW, &number, &b->err)) fail_msg("%s", b->err.detail);
    return number;
}

static bench start(const place *p) {
    bench b = {.a = cn_arena_new(0)};
    if (!cn_crypto_new(&b.crypto, &b.err)) fail_msg("%s", b.err.detail);
    b.app = (cn_app){.store = place_open(p), .crypto = b.crypto, .origin = CN_S("https://cairn.example")};
    b.own = organisation(&b, CN_S("own"));
    b.other = organisation(&b, CN_S("other"));
    return b;
}

static void end(bench *b) {
    cn_store_close(b->app.store);
    cn_crypto_free(b->crypto);
    cn_arena_free(b->a);
}

/* The bench has moved since it was made. */
static const cn_app *app_of(bench *b) {
    b->random = (cn_random){&b->next, count_up};
    b->app.random = &b->random;
    return &b->app;
}

static cn_draft draft_of(cn_slice name) {
    cn_achievement_text t = {.name = name, .description = CN_S("d"), .criteria = CN_S("c")};
    return (cn_draft){.en = t, .fr = t, .valid_months = 12};
}

static cn_slice begin(bench *b, const cn_draft *draft) {
    cn_slice id;
    if (!cn_app_achievement_new(b->a, app_of(b), NOW, b->own, 0, draft, &id, &b->err))
        fail_msg("%s", b->err.detail);
    return id;
}

static cn_achievement get(bench *b, cn_slice id) {
    cn_achievement v;
    if (!cn_app_achievement_get(b->a, app_of(b), b->own, id, &v, &b->err)) fail_msg("%s", b->err.detail);
    return v;
}

static bool save(bench *b, cn_slice id, cn_slice seen, const cn_draft *draft, cn_slice upload, bool drawn) {
    cn_achievement_change change = {
        .organisation = b->own, .id = id, .seen = seen, .draft = draft, .upload = upload, .draw = drawn};
    return cn_app_achievement_save(b->a, app_of(b), LATER, &change, &b->err);
}

static bool publish(bench *b, cn_slice id, int *version) {
    return cn_app_achievement_publish(b->a, app_of(b), LATER, b->own, 0, id, (cn_slice){0}, version, &b->err);
}

static void test_drafts(void **state) {
    bench b = start(*state);
    cn_draft draft = draft_of(CN_S("Java")), worse = {0};
    cn_slice id = begin(&b, &draft);
    cn_achievement v = get(&b, id);
    check_text(v.draft.en.name, "Java");
    check_text(v.draft.fr.criteria, "c");
    assert_int_equal(v.draft.valid_months, 12);
    assert_int_equal(v.version, 0);
    assert_true(v.changed && !v.image && id.n == 22);
    assert_int_equal(v.updated_at.sec, NOW.sec);

    draft.en.name = CN_S("Java 2");
    assert_true(save(&b, id, v.seen, &draft, (cn_slice){0}, false));
    check_text(get(&b, id).draft.en.name, "Java 2");
    assert_int_equal(get(&b, id).updated_at.sec, LATER.sec);
    assert_false(save(&b, id, v.seen, &draft, (cn_slice){0}, false)); /* it has changed since */
    check_err(b.err, CN_CONFLICT, "achievement.changed");
    assert_false(save(&b, id, (cn_slice){0}, &worse, (cn_slice){0}, false));
    check_err(b.err, CN_INVALID, "achievement.draft");
    assert_string_equal(b.err.where, "name.en");
    check_text(get(&b, id).draft.en.name, "Java 2");
    assert_int_equal(place_sql(*state, "SELECT count(*) FROM audit WHERE action = 'achievement.changed'"), 1);
    end(&b);
}

static void test_published(void **state) {
    bench b = start(*state);
    cn_draft draft = draft_of(CN_S("Java"));
    draft.fr.description = (cn_slice){0};
    cn_slice id = begin(&b, &draft), png, svg, png_fr, svg_fr;
    cn_version one, two;
    int n = 0;
    assert_false(publish(&b, id, &n));
    check_err(b.err, CN_INVALID, "achievement.draft");
    assert_string_equal(b.err.where, "description.fr");
    assert_false(cn_app_version_of(b.a, app_of(&b), id, 0, &one, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");

    draft = draft_of(CN_S("Java"));
    draft.fr.name = CN_S("Java en fran\xc3\xa7"
                         "ais");
    assert_true(save(&b, id, (cn_slice){0}, &draft, (cn_slice){0}, false));
    assert_true(publish(&b, id, &n));
    assert_int_equal(n, 1);
    assert_false(get(&b, id).changed);
    assert_int_equal(get(&b, id).version, 1);
    assert_false(publish(&b, id, &n)); /* it would say the same */
    check_err(b.err, CN_CONFLICT, "achievement.published");
    assert_true(cn_app_version_of(b.a, app_of(&b), id, 1, &one, &b.err));
    assert_true(cn_app_version_image(b.a, app_of(&b), one.number, false, &png, &svg, &b.err));
    assert_true(cn_app_version_image(b.a, app_of(&b), one.number, true, &png_fr, &svg_fr, &b.err));
    assert_true(one.drawn && cn_slice_starts(png, CN_S("\x89PNG")) && cn_slice_starts(png_fr, CN_S("\x89PNG")));
    assert_true(cn_slice_find(svg, CN_S("<title>Java</title>")) != SIZE_MAX);
    assert_true(cn_slice_find(svg_fr, CN_S("<desc>Coll\xc3\xa8ge du Nord</desc>")) != SIZE_MAX);
    assert_false(cn_slice_eq(png, png_fr));

    draft.en.name = CN_S("Java 21");
    assert_true(save(&b, id, (cn_slice){0}, &draft, (cn_slice){0}, false));
    assert_true(get(&b, id).changed);
    assert_true(publish(&b, id, &n));
    assert_int_equal(n, 2);
    assert_true(cn_app_version_of(b.a, app_of(&b), id, 1, &one, &b.err));
    assert_true(cn_app_version_of(b.a, app_of(&b), id, 0, &two, &b.err));
    check_text(one.en.name, "Java"); /* as it was awarded */
    check_text(two.en.name, "Java 21");
    assert_true(one.version == 1 && one.latest == 2 && two.version == 2 && two.organisation == b.own);
    assert_true(cn_app_version_get(b.a, app_of(&b), one.number, &two, &b.err));
    assert_int_equal(two.version, 1);

    assert_true(cn_app_achievement_restore(b.a, app_of(&b), LATER, b.own, 0, id, 1, &b.err));
    check_text(get(&b, id).draft.en.name, "Java");
    assert_true(get(&b, id).changed);
    assert_false(cn_app_achievement_restore(b.a, app_of(&b), LATER, b.own, 0, id, 3, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    end(&b);
}

/* What stands in the table of versions stays, whatever program asks. */
static void test_stays(void **state) {
    const place *p = *state;
    bench b = start(p);
    cn_draft draft = draft_of(CN_S("Java"));
    int n;
    assert_true(publish(&b, begin(&b, &draft), &n));
    const char *tries[] = {"UPDATE version SET document = '{}'", "DELETE FROM version"};
    for (size_t i = 0; i < 2; i++) {
        sqlite3 *db;
        assert_int_equal(sqlite3_open(p->db, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, tries[i], NULL, NULL, NULL), SQLITE_CONSTRAINT);
        assert_int_equal(sqlite3_close(db), SQLITE_OK);
    }
    end(&b);
}

static void test_images(void **state) {
    bench b = start(*state);
    cn_draft draft = draft_of(CN_S("Java"));
    cn_slice id = begin(&b, &draft), drawn, png, svg;
    cn_achievement v = get(&b, id);
    cn_version version;
    int n;
    assert_true(cn_app_achievement_image(b.a, app_of(&b), &v, false, &drawn, &b.err));
    assert_false(save(&b, id, (cn_slice){0}, &draft, CN_S("\xff\xd8\xff"), false));
    check_err(b.err, CN_UNSUPPORTED, "image.kind");
    assert_true(save(&b, id, (cn_slice){0}, &draft, drawn, false)); /* a PNG like any other */
    v = get(&b, id);
    assert_true(v.image);
    assert_true(cn_app_achievement_image(b.a, app_of(&b), &v, true, &png, &b.err));
    assert_true(publish(&b, id, &n));
    assert_false(get(&b, id).changed);
    assert_true(cn_app_version_of(b.a, app_of(&b), id, 1, &version, &b.err));
    for (int french = 0; french < 2; french++) {
        cn_slice published;
        assert_true(cn_app_version_image(b.a, app_of(&b), version.number, french, &published, &svg, &b.err));
        assert_true(cn_slice_eq(published, png) && !svg.n && !version.drawn);
    }
    assert_true(save(&b, id, (cn_slice){0}, &draft, (cn_slice){0}, false)); /* it stays */
    assert_true(get(&b, id).image && !get(&b, id).changed);
    assert_true(save(&b, id, (cn_slice){0}, &draft, (cn_slice){0}, true));
    assert_true(!get(&b, id).image && get(&b, id).changed);
    assert_true(cn_app_achievement_restore(b.a, app_of(&b), LATER, b.own, 0, id, 1, &b.err));
    assert_true(get(&b, id).image && !get(&b, id).changed);
    end(&b);
}

static void test_others(void **state) {
    bench b = start(*state);
    cn_draft draft = draft_of(CN_S("Java"));
    cn_slice id = begin(&b, &draft), png;
    cn_achievements list;
    cn_versions versions;
    cn_achievement v;
    int n;
    assert_true(publish(&b, id, &n));
    (void)begin(&b, &draft);
    assert_true(cn_app_achievements_of(b.a, app_of(&b), b.own, &list, &b.err));
    assert_int_equal(list.n, 2);
    assert_true(cn_app_versions_of(b.a, app_of(&b), b.own, &versions, &b.err));
    assert_int_equal(versions.n, 1);
    assert_true(cn_slice_eq(versions.v[0].achievement_id, id));
    assert_true(cn_app_versions_all(b.a, app_of(&b), id, &versions, &b.err));
    assert_int_equal(versions.n, 1);

    assert_true(cn_app_achievements_of(b.a, app_of(&b), b.other, &list, &b.err));
    assert_int_equal(list.n, 0);
    assert_false(cn_app_achievement_get(b.a, app_of(&b), b.other, id, &v, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    assert_false(cn_app_achievement_publish(b.a, app_of(&b), NOW, b.other, 0, id, (cn_slice){0}, &n, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    assert_false(cn_app_achievement_restore(b.a, app_of(&b), NOW, b.other, 0, id, 1, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    assert_false(cn_store_achievement_image(b.a, b.app.store, b.other, id, &png, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    cn_achievement_change change = {.organisation = b.other, .id = id, .draft = &draft};
    assert_false(cn_app_achievement_save(b.a, app_of(&b), NOW, &change, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    end(&b);
}

/* The texts and the design are changed apart; a version keeps the design it was published with. */
static void test_design(void **state) {
    bench b = start(*state);
    cn_draft draft = draft_of(CN_S("Java"));
    cn_version one;
    int n;
    assert_true(cn_json_read(b.a, CN_S("{\"credits\": [{\"system\": \"ECTS\", \"value\": 3.125}]}"), NULL,
                             &draft.design, &b.err));
    cn_slice id = begin(&b, &draft);
    const cn_json *credits = cn_json_point(get(&b, id).draft.design, CN_S("/credits/0/value"));
    assert_true(cn_json_is(credits, CN_JSON_NUMBER));
    check_text(credits->string, "3.125");
    cn_draft texts = draft_of(CN_S("Java 2"));
    assert_true(save(&b, id, get(&b, id).seen, &texts, (cn_slice){0}, false));
    assert_true(cn_json_equal(get(&b, id).draft.design, draft.design));
    assert_true(publish(&b, id, &n));
    texts.design = cn_json_object(b.a); /* nothing is said any more */
    assert_true(save(&b, id, (cn_slice){0}, &texts, (cn_slice){0}, false));
    assert_null(get(&b, id).draft.design);
    assert_true(cn_app_version_of(b.a, app_of(&b), id, 1, &one, &b.err));
    assert_true(cn_json_equal(one.design, draft.design));
    assert_true(cn_app_achievement_restore(b.a, app_of(&b), LATER, b.own, 0, id, 1, &b.err));
    assert_true(cn_json_equal(get(&b, id).draft.design, draft.design));
    assert_false(get(&b, id).changed);
    end(&b);
}

/* A version from before the draft was made from another does not take away where it comes from. */
static void test_source_stays(void **state) {
    bench b = start(*state);
    cn_draft draft = draft_of(CN_S("Java"));
    const cn_json *source;
    int n;
    assert_true(cn_json_read(b.a, CN_S("{\"duration_weeks\":3}"), NULL, &draft.design, &b.err));
    cn_slice id = begin(&b, &draft);
    assert_true(publish(&b, id, &n));
    assert_true(cn_json_read(b.a,
                             CN_S("{\"duration_weeks\":5,\"source\":{\"achievement\":\"https://o.example/1\"}}"),
                             NULL, &draft.design, &b.err));
    assert_true(save(&b, id, (cn_slice){0}, &draft, (cn_slice){0}, false));
    source = cn_json_get(get(&b, id).draft.design, CN_S("source"));
    assert_non_null(source);
    assert_true(publish(&b, id, &n));
    assert_true(cn_app_achievement_restore(b.a, app_of(&b), LATER, b.own, 0, id, 1, &b.err));
    cn_achievement is = get(&b, id);
    assert_true(cn_json_is(cn_json_get(is.draft.design, CN_S("duration_weeks")), CN_JSON_NUMBER));
    assert_int_equal(cn_json_get(is.draft.design, CN_S("duration_weeks"))->number, 3);
    assert_true(cn_json_get(is.draft.design, CN_S("source")) &&
                cn_json_equal(cn_json_get(is.draft.design, CN_S("source")), source));
    assert_true(is.changed);
    assert_true(cn_app_achievement_restore(b.a, app_of(&b), LATER, b.own, 0, id, 2, &b.err));
    assert_false(get(&b, id).changed); /* what was published, to the byte */
    assert_false(cn_app_achievement_restore(b.a, app_of(&b), LATER, b.own, 0, id, 0, &b.err));
    check_err(b.err, CN_NOT_FOUND, "store.none");
    end(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        place_test(test_drafts),       place_test(test_published), place_test(test_stays),
        place_test(test_images),       place_test(test_others),    place_test(test_design),
        place_test(test_source_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
