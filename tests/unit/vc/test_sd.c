/* SPDX-License-Identifier: Apache-2.0
 *
 * ecdsa-sd-2023: what a holder can show, and what nobody can make of it.
 */
#include "bench.h"
#include "vc/sd.h"

#define LIST(...) (const cn_slice[]){__VA_ARGS__}, sizeof((const cn_slice[]){__VA_ARGS__}) / sizeof(cn_slice)

static bool count_up(void *self, uint8_t *out, size_t n) {
    uint8_t *next = self;
    for (size_t i = 0; i < n; i++) out[i] = (*next)++;
    return true;
}

/* ---- Making ---- */

typedef struct issuer {
    cn_private_key key;
    cn_sign_options options;
    uint8_t next;
    cn_random random;
} issuer;

static void set_up(bench *b, issuer *who) {
    cn_public_key public;
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_slice method;
    cn_err err;
    *who = (issuer){.next = 1};
    who->random = (cn_random){&who->next, count_up};
    assert_true(cn_key_new(CN_KEY_P256, &who->random, &who->key, &err));
    assert_true(cn_key_public(b->crypto, b->arena, &who->key, &public, &err));
    assert_true(cn_multikey_write(&text, &public, &err));
    cn_slice key = cn_buf_slice(&text);
    assert_true(cn_arena_print(b->arena, &method, "did:key:%.*s#%.*s", CN_ARG(key), CN_ARG(key)));
    who->options = (cn_sign_options){.crypto = b->crypto,
                                     .contexts = &b->contexts,
                                     .key = &who->key,
                                     .suite = CN_S("ecdsa-sd-2023"),
                                     .method = method,
                                     .created = {.sec = 1735776000},
                                     .random = &who->random};
}

static const cn_json *with(bench *b, const cn_json *object, const char *key, const cn_json *value) {
    cn_json *out = cn_json_copy_shallow(b->arena, object);
    assert_true(cn_json_set(b->arena, out, cn_slice_of(key), value));
    return out;
}

/* A badge whose subject, achievement and issuer have no ids: blank nodes. */
static const cn_json *badge(bench *b) {
    return bench_json(
        b->arena, "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
                  "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"],"
                  "\"type\":[\"VerifiableCredential\",\"OpenBadgeCredential\"],\"name\":\"Soil Sampling\","
                  "\"issuer\":{\"id\":\"https://example.org/issuer\",\"type\":[\"Profile\"],\"name\":\"College\"},"
                  "\"validFrom\":\"2025-01-01T00:00:00Z\",\"validUntil\":\"2030-01-01T00:00:00Z\","
                  "\"credentialSubject\":{\"type\":[\"AchievementSubject\"],"
                  "\"achievement\":{\"id\":\"urn:uuid:b7f3f9d4-05a8-4b0a-8c8e-54b5c5a6a203\","
                  "\"type\":[\"Achievement\"],\"name\":\"Soil Sampling\",\"description\":\"Takes samples.\","
                  "\"criteria\":{\"narrative\":\"Takes five samples.\"}},"
                  "\"result\":[{\"type\":[\"Result\"],\"value\":\"85\"},{\"type\":[\"Result\"],\"value\":\"32\"},"
                  "{\"type\":[\"Result\"],\"value\":\"7\"}]}}");
}

static const cn_json *sign(bench *b, const cn_json *document, const cn_slice *mandatory, size_t n) {
    issuer who;
    const cn_json *out = NULL;
    cn_err err;
    set_up(b, &who);
    who.options.mandatory = mandatory;
    who.options.mandatory_n = n;
    if (!cn_integrity_add(b->arena, document, &who.options, &out, &err)) fail_msg("%s: %s", err.id, err.detail);
    return out;
}

static const cn_json *signed_badge(bench *b) {
    return sign(b, badge(b),
                LIST(CN_S("/issuer"), CN_S("/validUntil"), CN_S("/credentialSubject/achievement/name")));
}

static bool try_derive(bench *b, const cn_json *document, const cn_slice *pointers, size_t n, const cn_json **out,
                       cn_err *err) {
    cn_derive_options o = {.crypto = b->crypto, .contexts = &b->contexts, .pointers = pointers, .pointers_n = n};
    return cn_sd_derive(b->arena, document, &o, out, err);
}

static const cn_json *derive(bench *b, const cn_json *document, const cn_slice *pointers, size_t n) {
    const cn_json *out = NULL;
    cn_err err;
    if (!try_derive(b, document, pointers, n, &out, &err)) fail_msg("%s: %s", err.id, err.detail);
    return out;
}

static const char *problem_of(bench *b, const cn_json *document, cn_outcome proof) {
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_json_write(&text, document);
    cn_report r = bench_verify(b, cn_buf_slice(&text));
    const cn_step *s = bench_step(&r, "proof");
    if (r.proof != proof) fail_msg("proof %s: %s %.*s", cn_outcome_name(r.proof), s->problem, CN_ARG(s->detail));
    return s->problem;
}

static const cn_json *at(const cn_json *document, const char *pointer) {
    return cn_json_point(document, cn_slice_of(pointer));
}

/* ---- What a holder can show ---- */

static void a_part_is_shown_and_holds(void **state) {
    bench *b = *state;
    const cn_json *base = signed_badge(b);
    assert_string_equal(problem_of(b, base, CN_FAIL), "base-proof");
    const cn_json *part = derive(b, base, LIST(CN_S("/validFrom"), CN_S("/credentialSubject/result/2/value")));
    assert_string_equal(problem_of(b, part, CN_PASS), "");
    assert_true(cn_json_is_string(at(part, "/credentialSubject/result/0/value"), CN_S("7")));
    assert_null(at(part, "/credentialSubject/result/1"));
    assert_true(cn_json_is_string(at(part, "/validUntil"), CN_S("2030-01-01T00:00:00Z")));
    assert_true(cn_json_is_string(at(part, "/issuer/name"), CN_S("College")));
    assert_null(at(part, "/name"));
    assert_null(at(part, "/credentialSubject/achievement/criteria"));
    assert_non_null(at(part, "/credentialSubject/achievement/id"));
}

static void all_or_only_what_is_mandatory(void **state) {
    bench *b = *state;
    const cn_json *base = signed_badge(b);
    const cn_json *least = derive(b, base, NULL, 0), *whole = derive(b, base, LIST(CN_S("")));
    assert_string_equal(problem_of(b, least, CN_PASS), "");
    assert_null(at(least, "/validFrom"));
    assert_string_equal(problem_of(b, whole, CN_PASS), "");
    assert_true(cn_json_equal(cn_json_without(b->arena, whole, CN_S("proof")), badge(b)));
    const cn_json *free = sign(b, badge(b), NULL, 0), *out = NULL;
    cn_err err;
    assert_string_equal(problem_of(b, derive(b, free, LIST(CN_S("/name"))), CN_PASS), "");
    assert_false(try_derive(b, free, NULL, 0, &out, &err));
    assert_string_equal(err.id, "sd.nothing");
}

/* The same statement twice, the whole within a part, and pointers in any order. */
static void pointers_may_overlap(void **state) {
    bench *b = *state;
    const cn_json *base = signed_badge(b);
    const cn_json *part = derive(b, base,
                                 LIST(CN_S("/credentialSubject/result"), CN_S("/credentialSubject/result/1"),
                                      CN_S("/issuer/name"), CN_S("/issuer/name"), CN_S("/type/0")));
    assert_string_equal(problem_of(b, part, CN_PASS), "");
    assert_int_equal(cn_json_count(at(part, "/credentialSubject/result")), 3);
}

/* The names of blank nodes tell nothing of what is not there: they come from a secret key. */
static void labels_are_hidden(void **state) {
    bench *b = *state;
    const cn_json *part = derive(b, signed_badge(b), LIST(CN_S("/credentialSubject/result/2/value")));
    cn_sd_derived d;
    cn_err err;
    assert_true(cn_sd_derived_read(b->arena, cn_json_get_text(at(part, "/proof"), CN_S("proofValue")), &d, &err));
    assert_true(d.labels_n >= 3);
    for (size_t i = 0; i < d.labels_n; i++) assert_int_equal(d.labels[i].number, i);
}

/* ---- What nobody can make of it ---- */

static const cn_json *with_value(bench *b, const cn_json *document, const cn_sd_derived *d) {
    cn_slice text;
    cn_err err;
    assert_true(cn_sd_derived_write(b->arena, d, &text, &err));
    const cn_json *value = cn_json_string(b->arena, text);
    return with(b, document, "proof", with(b, at(document, "/proof"), "proofValue", value));
}

static void what_was_derived_cannot_be_changed(void **state) {
    bench *b = *state;
    const cn_json *part = derive(b, signed_badge(b), LIST(CN_S("/validFrom"), CN_S("/credentialSubject/result")));
    const struct {
        const char *member, *json;
    } changes[] = {
        {"validUntil", "\"2031-01-01T00:00:00Z\""}, {"validFrom", "\"2024-01-01T00:00:00Z\""},
        {"name", "\"Doctor of Medicine\""},         {"issuer", "\"https://example.org/issuer\""},
        {"type", "[\"VerifiableCredential\"]"},     {"description", "\"More.\""},
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        assert_string_equal(
            problem_of(b, with(b, part, changes[i].member, bench_json(b->arena, changes[i].json)), CN_FAIL),
            "invalid-signature");
    assert_string_equal(problem_of(b, cn_json_without(b->arena, part, CN_S("validUntil")), CN_FAIL),
                        "invalid-signature");
    assert_string_equal(problem_of(b, cn_json_without(b->arena, part, CN_S("validFrom")), CN_FAIL),
                        "invalid-signature");
    const cn_json *proof =
        with(b, at(part, "/proof"), "created", bench_json(b->arena, "\"2025-01-03T00:00:00Z\""));
    assert_string_equal(problem_of(b, with(b, part, "proof", proof), CN_FAIL), "invalid-signature");
}

/* What is mandatory cannot be left out with its signatures' places: the issuer's own signature counts it. */
static void mandatory_statements_cannot_be_left_out(void **state) {
    bench *b = *state;
    const cn_json *part = derive(b, signed_badge(b), LIST(CN_S("/validFrom")));
    cn_sd_derived d;
    cn_err err;
    assert_true(cn_sd_derived_read(b->arena, cn_json_get_text(at(part, "/proof"), CN_S("proofValue")), &d, &err));
    assert_string_equal(problem_of(b, with_value(b, part, &d), CN_PASS), "");
    for (size_t i = 0; i < d.mandatory_n; i++) {
        cn_sd_derived less = d;
        less.mandatory = CN_NEW_ARRAY(b->arena, uint64_t, d.mandatory_n);
        for (size_t k = 0; k < d.mandatory_n; k++) less.mandatory[k] = d.mandatory[k];
        less.mandatory[i] = less.mandatory[--less.mandatory_n];
        assert_string_equal(problem_of(b, with_value(b, part, &less), CN_FAIL), "invalid-signature");
    }
    const cn_json *without = cn_json_without(b->arena, part, CN_S("validUntil"));
    for (uint64_t place = 0; place < d.mandatory_n + d.signatures.n; place++) {
        cn_sd_derived less = d;
        less.mandatory_n--;
        for (size_t k = 0; k < less.mandatory_n; k++)
            less.mandatory[k] = (place + k) % (d.mandatory_n + d.signatures.n);
        assert_string_equal(problem_of(b, with_value(b, without, &less), CN_FAIL), "invalid-signature");
    }
}

static void values_that_do_not_fit(void **state) {
    bench *b = *state;
    const cn_json *part = derive(b, signed_badge(b), LIST(CN_S("/credentialSubject/result")));
    cn_sd_derived d;
    cn_err err;
    assert_true(cn_sd_derived_read(b->arena, cn_json_get_text(at(part, "/proof"), CN_S("proofValue")), &d, &err));
    cn_sd_derived beyond = d, fewer = d, unlabelled = d, swapped = d, own_key = d;
    beyond.mandatory = &(uint64_t){UINT64_MAX};
    beyond.mandatory_n = 1;
    fewer.signatures.n--;
    unlabelled.labels_n--;
    swapped.labels = CN_NEW_ARRAY(b->arena, cn_sd_label, d.labels_n);
    for (size_t i = 0; i < d.labels_n; i++)
        swapped.labels[i] = (cn_sd_label){d.labels[i].number, d.labels[(i + 1) % d.labels_n].digest};
    own_key.public_key = CN_S("\x80\x24\x02"
                              "\x60\xFE\xD4\xBA\x25\x5A\x9D\x31\xC9\x61\xEB\x74\xC6\x35\x6D\x68"
                              "\xC0\x49\xB8\x92\x3B\x61\xFA\x6C\xE6\x69\x62\x2E\x60\xF2\x9F\xB6");
    const cn_sd_derived *const all[] = {&beyond, &fewer, &unlabelled, &swapped, &own_key};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        assert_string_equal(problem_of(b, with_value(b, part, all[i]), CN_FAIL), "invalid-signature");
}

/* ---- Values from strangers ---- */

#define SIGNATURE "5840" ZEROS ZEROS
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define KEY "5823802402" ZEROS
#define DERIVED "d95d01"

static bool read_hex(bench *b, const char *hex, cn_err *err) {
    cn_slice bytes;
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_sd_derived d;
    assert_true(cn_hex_read(b->arena, cn_slice_of(hex), &bytes, err));
    cn_buf_byte(&text, 'u');
    cn_base64_write(&text, CN_BASE64_URL, bytes);
    return cn_sd_derived_read(b->arena, cn_buf_slice(&text), &d, err);
}

static void values_of_another_form(void **state) {
    bench *b = *state;
    cn_err err;
    assert_true(read_hex(b, DERIVED "85" SIGNATURE KEY "80a080", &err));
    assert_true(read_hex(b, DERIVED "85" SIGNATURE KEY "81" SIGNATURE "a1005820" ZEROS "8100", &err));
    static const char *const bad[] = {
        "",
        DERIVED,
        "d95d02"
        "85" SIGNATURE KEY "80a080",           /* another head */
        DERIVED "84" SIGNATURE KEY "80a0",     /* four parts */
        DERIVED "86" SIGNATURE KEY "80a08000", /* six */
        DERIVED "85" SIGNATURE KEY "80a080"
                "00",                      /* something behind */
        DERIVED "85" SIGNATURE KEY "80a0", /* cut off */
        DERIVED "85" SIGNATURE KEY "80a0"
                "9f00ff", /* indefinite */
        DERIVED "9f" SIGNATURE KEY "80a080"
                "ff", /* indefinite */
        DERIVED "85"
                "c0" SIGNATURE KEY "80a080", /* tagged */
        DERIVED "85"
                "5820" ZEROS KEY "80a080",                  /* a short signature */
        DERIVED "85" SIGNATURE "5823802404" ZEROS "80a080", /* no compressed point */
        DERIVED "85" SIGNATURE "5823802502" ZEROS "80a080", /* no P-256 key */
        DERIVED "85" SIGNATURE KEY "81"
                "40"
                "a080", /* an empty signature */
        DERIVED "85" SIGNATURE KEY "80"
                "a1005820" ZEROS, /* no indexes */
        DERIVED "85" SIGNATURE KEY "80"
                "a10041ff"
                "80", /* a short digest */
        DERIVED "85" SIGNATURE KEY "80"
                "a2005820" ZEROS "015820" ZEROS "80", /* a digest twice */
        DERIVED "85" SIGNATURE KEY "80"
                "a2005820" ZEROS "0058201"
                "111111111111111111111111111111111111111111111111111"
                "111111111111"
                "80", /* a number twice */
        DERIVED "85" SIGNATURE KEY "80"
                "a1205820" ZEROS "80", /* a negative number */
        DERIVED "85" SIGNATURE KEY "80"
                "a1616330"
                "80", /* a text for a number */
        DERIVED "85" SIGNATURE KEY "80a0"
                "8120", /* a negative index */
        DERIVED "85" SIGNATURE KEY "80a0"
                "81fb3ff0000000000000", /* 1.0 */
        DERIVED "85" SIGNATURE KEY "80a0"
                "9bffffffffffffffff", /* a list of 2^64 - 1 */
        DERIVED "85" SIGNATURE KEY "9affffffff"
                "a080",
        DERIVED "85" SIGNATURE KEY "80"
                "bb00000000ffffffff"
                "80",
        DERIVED "85"
                "5bffffffffffffffff",
        DERIVED "85"
                "5affffffff",
        DERIVED "85" SIGNATURE KEY "80a0"
                "811b",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        bool read = read_hex(b, bad[i], &err);
        if (read || strcmp(err.id, "sd.value")) fail_msg("value %zu: %s", i, read ? "read" : err.id);
    }
    cn_sd_derived d;
    assert_false(cn_sd_derived_read(b->arena, CN_S("z2V0B"), &d, &err));
    assert_false(cn_sd_derived_read(b->arena, CN_S("u2V0B!"), &d, &err));
    assert_false(cn_sd_derived_read(b->arena, CN_S(""), &d, &err));
}

static void too_many_parts(void **state) {
    bench *b = *state;
    cn_slice head;
    cn_buf bytes = cn_buf_on(b->arena, 0), text = cn_buf_on(b->arena, 0);
    cn_sd_derived d;
    cn_err err;
    assert_true(cn_hex_read(b->arena, CN_S(DERIVED "85" SIGNATURE KEY "990801"), &head, &err)); /* 2,049 */
    cn_buf_add(&bytes, head);
    for (size_t i = 0; i < 66 * 2049; i++) cn_buf_byte(&bytes, 0);
    cn_buf_byte(&text, 'u');
    cn_base64_write(&text, CN_BASE64_URL, cn_buf_slice(&bytes));
    assert_false(cn_sd_derived_read(b->arena, cn_buf_slice(&text), &d, &err));
    assert_string_equal(err.id, "sd.size");
    assert_int_equal(err.code, CN_LIMIT);
}

/* A set of derived proofs costs no more than one may. */
static void statements_are_counted_together(void **state) {
    bench *b = *state;
    cn_json *results = cn_json_array(b->arena), *proofs = cn_json_array(b->arena);
    const cn_json *result = bench_json(b->arena, "{\"type\":[\"Result\"],\"value\":\"85\"}");
    for (size_t i = 0; i < 300; i++) {
        cn_slice id;
        assert_true(cn_arena_print(b->arena, &id, "urn:x:%zu", i));
        assert_true(cn_json_push(b->arena, results, with(b, result, "id", cn_json_string(b->arena, id))));
    }
    const cn_json *subject = with(b, at(badge(b), "/credentialSubject"), "result", results);
    const cn_json *base = sign(b, with(b, badge(b), "credentialSubject", subject), LIST(CN_S("/issuer")));
    const cn_json *part = derive(b, base, LIST(CN_S("")));
    assert_string_equal(problem_of(b, part, CN_PASS), "");
    for (size_t i = 0; i < 2; i++) assert_true(cn_json_push(b->arena, proofs, at(part, "/proof")));
    assert_string_equal(problem_of(b, with(b, part, "proof", proofs), CN_PASS), "");
    assert_true(cn_json_push(b->arena, proofs, at(part, "/proof")));
    assert_string_equal(problem_of(b, with(b, part, "proof", proofs), CN_FAIL), "too-complex");
}

/* ---- What cannot be signed, or derived from ---- */

static void what_cannot_be_told_apart_is_not_signed(void **state) {
    static const struct {
        const char *context, *member, *json, *id;
    } cases[] = {
        {"{\"x\":{\"@id\":\"urn:x:x\",\"@container\":\"@list\"}}", "x", "[\"a\",\"b\"]", "sd.unnamed"},
        {"{\"x\":{\"@id\":\"urn:x:x\",\"@type\":\"@id\"}}", "x", "\"urn:bnid:n0\"", "sd.reserved"},
        {"{\"x\":\"urn:x:x\"}", "y", "1", "jsonld.dropped-property"},
    };
    bench *b = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_json *contexts = cn_json_copy_shallow(b->arena, at(badge(b), "/@context"));
        assert_true(cn_json_push(b->arena, contexts, bench_json(b->arena, cases[i].context)));
        issuer who;
        const cn_json *out = NULL;
        cn_err err;
        set_up(b, &who);
        const cn_json *d =
            with(b, with(b, badge(b), "@context", contexts), cases[i].member, bench_json(b->arena, cases[i].json));
        assert_false(cn_integrity_add(b->arena, d, &who.options, &out, &err));
        assert_string_equal(err.id, cases[i].id);
    }
}

static void options_that_do_not_go_together(void **state) {
    bench *b = *state;
    issuer who;
    const cn_json *out = NULL;
    cn_err err;
    set_up(b, &who);
    who.options.mandatory = &(cn_slice)CN_S_INIT("/nothing");
    who.options.mandatory_n = 1;
    assert_false(cn_integrity_add(b->arena, badge(b), &who.options, &out, &err));
    assert_string_equal(err.id, "sd.pointer");
    who.options.suite = CN_S("ecdsa-rdfc-2019");
    assert_false(cn_integrity_add(b->arena, badge(b), &who.options, &out, &err));
    assert_string_equal(err.id, "sign.mandatory");
    set_up(b, &who);
    who.options.random = NULL;
    assert_false(cn_integrity_add(b->arena, badge(b), &who.options, &out, &err));
    assert_string_equal(err.id, "crypto.random");
    assert_false(try_derive(b, badge(b), LIST(CN_S("/name")), &out, &err));
    assert_string_equal(err.id, "sd.no-base");
    assert_false(try_derive(b, bench_json(b->arena, "[{}]"), LIST(CN_S("/name")), &out, &err));
    assert_string_equal(err.id, "sd.no-base");
    const cn_json *base = signed_badge(b);
    assert_false(try_derive(b, base, LIST(CN_S("/nothing")), &out, &err));
    assert_string_equal(err.id, "sd.pointer");
    assert_false(try_derive(b, with(b, base, "description", bench_json(b->arena, "\"x\"")), LIST(CN_S("/name")),
                            &out, &err));
    assert_string_equal(err.id, "sd.value");
    who.options.id = CN_S("urn:x:1");
    who.options.suite = CN_S("ecdsa-jcs-2019");
    const cn_json *first;
    assert_true(cn_integrity_add(b->arena, badge(b), &who.options, &first, &err));
    who.options.suite = CN_S("ecdsa-sd-2023");
    who.options.random = &who.random;
    who.options.previous = &who.options.id;
    who.options.previous_n = 1;
    cn_sign_options chained = who.options;
    chained.id = CN_S("");
    assert_false(cn_integrity_add(b->arena, first, &chained, &out, &err));
    assert_string_equal(err.id, "sign.chain");
}

/* A list of one that is written as a list is not compact: its pointers do not fit what is compacted. */
static void a_document_that_is_not_compact(void **state) {
    bench *b = *state;
    cn_json *one = cn_json_array(b->arena);
    const cn_json *out = NULL;
    cn_err err;
    assert_true(cn_json_push(b->arena, one, at(badge(b), "/credentialSubject")));
    const cn_json *base = sign(b, with(b, badge(b), "credentialSubject", one), LIST(CN_S("/issuer")));
    assert_false(try_derive(b, base, LIST(CN_S("/credentialSubject/0/achievement")), &out, &err));
    assert_string_equal(err.id, "sd.pointer");
    assert_string_equal(problem_of(b, derive(b, base, LIST(CN_S("/name"))), CN_PASS), "");
}

/* ---- Memory runs out at one place after another: an answer each time ---- */

typedef struct trial {
    const cn_json *document, *base;
    cn_slice part; /* derived, as text */
    issuer who;
} trial;

static bool try_sign(bench *b, trial *t, cn_err *err) {
    const cn_json *out;
    return cn_integrity_add(b->arena, t->document, &t->who.options, &out, err);
}

static bool try_part(bench *b, trial *t, cn_err *err) {
    const cn_json *out;
    return try_derive(b, t->base, LIST(CN_S("/credentialSubject/result")), &out, err);
}

static bool try_check(bench *b, trial *t, cn_err *err) {
    cn_report r;
    return cn_verify(b->arena, t->part, &b->options, &r, err) && r.proof == CN_PASS;
}

static void no_memory(void **state) {
    static bool (*const tries[])(bench *, trial *, cn_err *) = {try_sign, try_part, try_check};
    bench *b = *state;
    trial t = {.document = badge(b), .base = signed_badge(b)};
    cn_buf text = cn_buf_on(b->arena, 0);
    cn_json_write(&text, derive(b, t.base, LIST(CN_S("/credentialSubject/result"))));
    t.part = cn_buf_slice(&text);
    set_up(b, &t.who);
    for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
        bool done = false;
        for (size_t n = 1; !done && n < 100000; n += n / 16 + 1) {
            cn_err err = {.id = ""};
            cn_arena_fail_after(b->arena, n);
            done = tries[i](b, &t, &err);
            if (!done) assert_string_equal(err.id, "memory.limit");
        }
        cn_arena_fail_after(b->arena, 0);
        assert_true(done);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, bench_new, bench_done)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_part_is_shown_and_holds),
        TEST(all_or_only_what_is_mandatory),
        TEST(pointers_may_overlap),
        TEST(labels_are_hidden),
        TEST(what_was_derived_cannot_be_changed),
        TEST(mandatory_statements_cannot_be_left_out),
        TEST(values_that_do_not_fit),
        TEST(values_of_another_form),
        TEST(too_many_parts),
        TEST(statements_are_counted_together),
        TEST(what_cannot_be_told_apart_is_not_signed),
        TEST(options_that_do_not_go_together),
        TEST(a_document_that_is_not_compact),
        TEST(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
