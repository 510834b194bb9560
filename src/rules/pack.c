/* SPDX-License-Identifier: Apache-2.0
 *
 * Reading a pack: what it is called, when it is in force, its rules and variants. What is unknown, missing or of
 * the wrong kind is refused with its place, so that a slip in a pack never turns into a rule that holds for all.
 */
#include "rules/inside.h"

enum { RULES_MAX = 2000, VARIANTS_MAX = 50, ID_MAX = 60 };

typedef struct reader {
    cn_arena *arena;
    cn_pack *pack;
    cn_map ids; /* rules by id */
    cn_err *err;
} reader;

/* ---- Places and complaints ---- */

static cn_slice place_in(reader *r, cn_slice place, cn_slice member) {
    return cn_rules_place(r->arena, place, member, 0);
}

static cn_slice place_at(reader *r, cn_slice place, size_t i) {
    return cn_rules_place(r->arena, place, (cn_slice){0}, i);
}

static bool wrong(reader *r, cn_slice place, const char *must) {
    return cn_fail_at(r->err, CN_INVALID, "pack.member", place, "This must be %s.", must);
}

/* ---- Members ---- */

/* One row a member: what it is called, and where in a struct it goes. */
typedef struct column {
    const char *name;
    bool needed;
    bool (*take)(reader *r, const cn_json *v, cn_slice place, void *into);
    size_t offset;
} column;

static const column *find_column(const column *columns, size_t n, cn_slice name) {
    for (size_t i = 0; i < n; i++)
        if (cn_slice_eq(name, cn_slice_of(columns[i].name))) return &columns[i];
    return NULL;
}

static bool read_columns(reader *r, const cn_json *v, cn_slice place, const column *columns, size_t n,
                         void *into) {
    if (!cn_json_is(v, CN_JSON_OBJECT)) return wrong(r, place, "an object");
    for (size_t i = 0; i < n; i++)
        if (columns[i].needed && !cn_json_get(v, cn_slice_of(columns[i].name)))
            return cn_fail_at(r->err, CN_INVALID, "pack.member", place, "\"%s\" is missing.", columns[i].name);
    for (size_t i = 0; i < v->object.n; i++) {
        const cn_json_member *m = &v->object.v[i];
        const column *c = find_column(columns, n, m->key);
        cn_slice at = place_in(r, place, m->key);
        if (!c)
            return cn_fail_at(r->err, CN_INVALID, "pack.member", at, "\"%.*s\" is nothing that belongs here.",
                              CN_ARG(cn_utf8_prefix(m->key, 60)));
        if (c->take && !c->take(r, m->value, at, (char *)into + c->offset)) return false;
    }
    return true;
}

static bool take_text(reader *r, const cn_json *v, cn_slice place, void *into) {
    if (!cn_json_text(v).n) return wrong(r, place, "a text");
    *(cn_slice *)into = v->string;
    return true;
}

/* Null: open. */
static bool take_date(reader *r, const cn_json *v, cn_slice place, void *into) {
    if (cn_json_is(v, CN_JSON_NULL)) return true;
    if (!cn_rules_is_date(cn_json_text(v)))
        return cn_fail_at(r->err, CN_INVALID, "pack.date", place, "This must be a date, as 2026-01-31, or null.");
    *(cn_slice *)into = v->string;
    return true;
}

static bool take_words(reader *r, const cn_json *v, cn_slice place, void *into) {
    cn_words *words = into;
    if (cn_json_is(v, CN_JSON_STRING)) {
        words->fr = v->string;
        return take_text(r, v, place, &words->en);
    }
    static const column columns[] = {{"en", true, take_text, offsetof(cn_words, en)},
                                     {"fr", true, take_text, offsetof(cn_words, fr)}};
    return read_columns(r, v, place, columns, 2, words);
}

/* Ids stand in addresses: "nz-nzqa-2022". */
static bool take_id(reader *r, const cn_json *v, cn_slice place, void *into) {
    cn_slice id = cn_json_text(v);
    bool good = id.n > 0 && id.n <= ID_MAX;
    for (size_t i = 0; i < id.n; i++)
        good =
            good && ((id.p[i] >= 'a' && id.p[i] <= 'z') || (id.p[i] >= '0' && id.p[i] <= '9') || id.p[i] == '-');
    *(cn_slice *)into = id;
    return good || wrong(r, place, "an id of at most 60 characters: a to z, 0 to 9, and -");
}

/* For people alone: looked at, and not kept. */
static bool skip_text(reader *r, const cn_json *v, cn_slice place, void *into) {
    cn_slice text;
    (void)into;
    return take_text(r, v, place, &text);
}

static bool take_sources(reader *r, const cn_json *v, cn_slice place, void *into) {
    if (!cn_json_is(v, CN_JSON_OBJECT)) return wrong(r, place, "an object of texts");
    for (size_t i = 0; i < v->object.n; i++)
        if (!skip_text(r, v->object.v[i].value, place_in(r, place, v->object.v[i].key), NULL)) return false;
    *(const cn_json **)into = v;
    return true;
}

/* Open at either end, or in order. */
static bool check_dates(reader *r, cn_slice from, cn_slice to, cn_slice place) {
    return !from.n || !to.n || cn_slice_cmp(from, to) <= 0 ||
           cn_fail_at(r->err, CN_INVALID, "pack.date", place_in(r, place, CN_S("effective_to")),
                      "The last day, %.*s, is before the first, %.*s.", CN_ARG(to), CN_ARG(from));
}

/* ---- Words of closed lists ---- */

static bool is_one_of(cn_slice text, const char *const *words, size_t n, size_t *which) {
    for (*which = 0; *which < n; ++*which)
        if (cn_slice_eq(text, cn_slice_of(words[*which]))) return true;
    return false;
}

static bool take_severity(reader *r, const cn_json *v, cn_slice place, void *into) {
    static const char *const words[] = {"must", "should", "may"};
    size_t which;
    if (!is_one_of(cn_json_text(v), words, 3, &which)) return wrong(r, place, "\"must\", \"should\" or \"may\"");
    *(cn_severity *)into = (cn_severity)which;
    return true;
}

static bool take_scope(reader *r, const cn_json *v, cn_slice place, void *into) {
    static const char *const words[] = {"offering", "award", "provider", "process", "learner", "application"};
    size_t which;
    if (!is_one_of(cn_json_text(v), words, 6, &which))
        return wrong(r, place,
                     "\"offering\", \"award\", \"provider\", \"process\", \"learner\" or \"application\"");
    *(cn_slice *)into = v->string;
    return true;
}

static bool take_confidence(reader *r, const cn_json *v, cn_slice place, void *into) {
    static const char *const words[] = {"V", "S", "R"};
    size_t which;
    if (!is_one_of(cn_json_text(v), words, 3, &which)) return wrong(r, place, "\"V\", \"S\" or \"R\"");
    *(char *)into = words[which][0];
    return true;
}

/* "proposal" and "historic" decide what a family leads to: a slip in one of them is no word of its own. */
static bool take_status(reader *r, const cn_json *v, cn_slice place, void *into) {
    static const char *const words[] = {"in-force",  "voluntary", "pilot",    "guide",   "practice",
                                        "reference", "industry",  "proposal", "historic"};
    size_t which;
    if (!is_one_of(cn_json_text(v), words, sizeof words / sizeof *words, &which))
        return wrong(r, place,
                     "\"in-force\", \"voluntary\", \"pilot\", \"guide\", \"practice\", \"reference\", "
                     "\"industry\", \"proposal\" or \"historic\"");
    *(cn_slice *)into = v->string;
    return true;
}

/* ---- Rules ---- */

static bool take_test(reader *r, const cn_json *v, cn_slice place, void *into) {
    return cn_test_read(r->arena, v, place, into, r->err);
}

#define RULE(member) offsetof(cn_rule, member)
static const column rule_columns[] = {
    {"id", true, take_text, RULE(id)},         {"severity", true, take_severity, RULE(severity)},
    {"scope", true, take_scope, RULE(scope)},  {"message", true, take_words, RULE(message)},
    {"source", true, take_text, RULE(source)}, {"confidence", true, take_confidence, RULE(confidence)},
    {"test", true, take_test, RULE(test)},
};

static bool read_rule(reader *r, const cn_json *v, cn_slice place, cn_rule *rule) {
    if (!read_columns(r, v, place, rule_columns, sizeof rule_columns / sizeof *rule_columns, rule)) return false;
    rule->enforced = rule->confidence != 'R';
    cn_map_entry *entry = cn_map_at(r->arena, &r->ids, rule->id);
    if (!entry) return cn_fail_memory(r->err);
    if (entry->value)
        return cn_fail_at(r->err, CN_INVALID, "pack.duplicate", place_in(r, place, CN_S("id")),
                          "There is another rule \"%.*s\".", CN_ARG(cn_utf8_prefix(rule->id, 60)));
    entry->value = rule;
    return true;
}

static bool take_rules(reader *r, const cn_json *v, cn_slice place, void *into) {
    cn_pack *pack = into;
    if (!cn_json_is(v, CN_JSON_ARRAY) || !v->array.n) return wrong(r, place, "a list of rules");
    if (v->array.n > RULES_MAX)
        return cn_fail_at(r->err, CN_LIMIT, "pack.size", place, "There are more than %d rules.", RULES_MAX);
    pack->rules = CN_NEW_ARRAY(r->arena, cn_rule, v->array.n);
    if (!pack->rules) return cn_fail_memory(r->err);
    for (size_t i = 0; i < v->array.n; i++)
        if (!read_rule(r, v->array.v[i], place_at(r, place, i), &pack->rules[i])) return false;
    pack->rules_n = v->array.n;
    return true;
}

/* ---- Variants: read when the rules are known ---- */

static bool take_overrides(reader *r, const cn_json *v, cn_slice place, void *into) {
    cn_variant *variant = into;
    if (!cn_json_is(v, CN_JSON_OBJECT) || !v->object.n) return wrong(r, place, "an object of tests");
    variant->overrides = CN_NEW_ARRAY(r->arena, struct cn_override, v->object.n);
    if (!variant->overrides) return cn_fail_memory(r->err);
    for (size_t i = 0; i < v->object.n; i++) {
        cn_slice id = v->object.v[i].key, at = place_in(r, place, id);
        struct cn_override *o = &variant->overrides[i];
        o->rule = cn_map_get(&r->ids, id);
        if (!o->rule)
            return cn_fail_at(r->err, CN_INVALID, "pack.member", at, "The pack has no rule \"%.*s\".",
                              CN_ARG(cn_utf8_prefix(id, 60)));
        if (!cn_test_read(r->arena, v->object.v[i].value, at, &o->test, r->err)) return false;
    }
    variant->overrides_n = v->object.n;
    return true;
}

static const column variant_columns[] = {
    {"name", true, take_text, offsetof(cn_variant, name)},
    {"title", false, take_words, offsetof(cn_variant, title)},
    {"applies", false, skip_text, 0},
    {"effective_from", false, take_date, offsetof(cn_variant, from)},
    {"effective_to", false, take_date, offsetof(cn_variant, to)},
    {"override", true, take_overrides, 0},
};

static bool read_variants(reader *r, const cn_json *v, cn_slice place) {
    if (!v) return true;
    if (!cn_json_is(v, CN_JSON_ARRAY) || v->array.n > VARIANTS_MAX) return wrong(r, place, "a list of at most 50");
    r->pack->variants = CN_NEW_ARRAY(r->arena, cn_variant, v->array.n);
    if (!r->pack->variants) return cn_fail_memory(r->err);
    for (size_t i = 0; i < v->array.n; i++) {
        cn_variant *one = &r->pack->variants[i];
        if (!read_columns(r, v->array.v[i], place_at(r, place, i), variant_columns,
                          sizeof variant_columns / sizeof *variant_columns, one) ||
            !check_dates(r, one->from, one->to, place_at(r, place, i)))
            return false;
    }
    r->pack->variants_n = v->array.n;
    return true;
}

/* ---- The pack ---- */

#define PACK(member) offsetof(cn_pack, member)
static const column pack_columns[] = {
    {"pack", true, take_id, PACK(id)},
    {"family", false, take_id, PACK(family)},
    {"title", true, take_words, PACK(title)},
    {"note", false, take_words, PACK(note)},
    {"jurisdiction", true, take_text, PACK(jurisdiction)},
    {"status", true, take_status, PACK(status)},
    {"effective_from", true, take_date, PACK(from)},
    {"effective_to", true, take_date, PACK(to)},
    {"sources", false, take_sources, PACK(sources)},
    {"rules", true, take_rules, 0},
    {"variants", false, NULL, 0},
    /* Notes for people, which say nothing to a program. */
    {"notes", false, NULL, 0},
    {"open_points", false, NULL, 0},
    {"confidence_key", false, NULL, 0},
    {"field_map_elm", false, NULL, 0},
};

/* "nz-nzqa-2022" is of the family "nz-nzqa": what stands before "-" and a year. */
static cn_slice family_of(cn_slice id) {
    for (size_t i = 0; i + 5 <= id.n; i++) {
        uint64_t year;
        if (id.p[i] == '-' && (i + 5 == id.n || id.p[i + 5] == '-') &&
            cn_slice_to_u64(cn_slice_sub(id, i + 1, i + 5), 9999, &year))
            return cn_slice_sub(id, 0, i);
    }
    return id;
}

bool cn_pack_read(cn_arena *a, cn_slice text, const cn_pack **out, cn_err *err) {
    const cn_json_options strict = {.refuse_duplicates = true};
    const cn_json *v;
    cn_pack *pack = CN_NEW(a, cn_pack);
    if (!pack) return cn_fail_memory(err);
    reader r = {.arena = a, .pack = pack, .err = err};
    if (!cn_json_read(a, text, &strict, &v, err) ||
        !read_columns(&r, v, (cn_slice){0}, pack_columns, sizeof pack_columns / sizeof *pack_columns, pack) ||
        !read_variants(&r, cn_json_get(v, CN_S("variants")), CN_S("/variants")))
        return false;
    if (!pack->from.n)
        return cn_fail_at(err, CN_INVALID, "pack.date", CN_S("/effective_from"), "A pack begins on a day.");
    if (!check_dates(&r, pack->from, pack->to, (cn_slice){0})) return false;
    if (!pack->family.n) pack->family = family_of(pack->id);
    *out = pack;
    return true;
}
