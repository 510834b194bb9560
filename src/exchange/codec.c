/* SPDX-License-Identifier: Apache-2.0
 *
 * Values as the formats write them: a text as a language map, hours as a duration, a word of ours as an IRI.
 *
 *   (none)      a text as it is                     "number", "bool"   as it is
 *   "scalar"    a number or a text as a text        "decimal"          a number as a text
 *   "map"       a text in two languages, {"en": …, "fr": …}; one of no language is "und"
 *   "first"     what it says in the language of the object around it; "others": the other languages, as a map
 *   "iri"       a text that is an absolute IRI
 *   "hours", "weeks", "months"   an amount as a duration
 *   "table"     a word by the format's table of the name at "table"
 *
 * With "prefix" a text follows what stands there. With "list" map, first and others are of a list of texts.
 */
#include "exchange/inside.h"

static const cn_slice languages[] = {CN_S_INIT("en"), CN_S_INIT("fr")};
enum { LANGUAGES = sizeof languages / sizeof *languages };

cn_slice cn_ex_language(cn_slice tag) {
    cn_slice head, rest;
    (void)cn_slice_cut(tag, '-', &head, &rest);
    for (size_t i = 0; i < LANGUAGES; i++)
        if (cn_slice_eq_nocase(head, languages[i])) return languages[i];
    return (cn_slice){0};
}

static bool is_text(const cn_json *v) {
    return cn_json_is(v, CN_JSON_STRING) && cn_json_text(v).n > 0;
}

static bool is_list(const cn_json *template) {
    return cn_json_get(template, CN_S("list")) != NULL;
}

/* ---- Texts in languages ---- */

/* What a text says in a language; a plain text is in none ("und"). */
static const cn_json *said(const cn_json *text, cn_slice language) {
    if (cn_json_is(text, CN_JSON_STRING)) return cn_slice_eq(language, CN_S("und")) && is_text(text) ? text : NULL;
    const cn_json *one = cn_json_get(text, language);
    return is_text(one) ? one : NULL;
}

static const cn_json *said_in(cn_ex *x, const cn_json *template, const cn_json *value, cn_slice language) {
    if (!is_list(template)) return said(value, language);
    cn_json *out = cn_json_array(x->arena);
    for (size_t i = 0; cn_json_is(value, CN_JSON_ARRAY) && i < cn_json_count(value); i++) {
        const cn_json *one = said(cn_json_item(value, i), language);
        if (one) cn_ex_push(x, out, one);
    }
    return cn_ex_made(x, out) && cn_json_count(out) ? out : NULL;
}

static const cn_json *to_map(cn_ex *x, const cn_json *template, const cn_json *value) {
    bool others = cn_json_is_string(cn_json_get(template, CN_S("as")), CN_S("others"));
    cn_json *out = cn_json_object(x->arena);
    for (size_t i = 0; i <= LANGUAGES; i++) {
        cn_slice language = i < LANGUAGES ? languages[i] : CN_S("und");
        const cn_json *one = said_in(x, template, value, language);
        if (one && !(others && (i == LANGUAGES || cn_slice_eq(language, x->language))))
            cn_ex_set(x, out, language, one);
    }
    return cn_ex_made(x, out) && cn_json_count(out) ? out : NULL;
}

static const cn_json *to_first(cn_ex *x, const cn_json *template, const cn_json *value) {
    const cn_json *one = said_in(x, template, value, x->language);
    return one ? one : said_in(x, template, value, CN_S("und"));
}

/* {"en": text}, or the text itself where its language is not known. */
static const cn_json *tagged(cn_ex *x, cn_slice language, const cn_json *text) {
    if (!is_text(text)) return NULL;
    if (!language.n) return text;
    cn_json *out = cn_json_object(x->arena);
    cn_ex_set(x, out, language, text);
    return cn_ex_made(x, out);
}

static const cn_json *tagged_all(cn_ex *x, const cn_json *template, cn_slice language, const cn_json *texts) {
    if (!is_list(template)) return cn_json_many(texts) == 1 ? tagged(x, language, cn_json_one(texts, 0)) : NULL;
    cn_json *out = cn_json_array(x->arena);
    for (size_t i = 0; i < cn_json_many(texts); i++) {
        const cn_json *one = tagged(x, language, cn_json_one(texts, i));
        if (!one) return NULL;
        cn_ex_push(x, out, one);
    }
    return cn_ex_made(x, out) && cn_json_count(out) ? out : NULL;
}

/* Lists of different lengths do not translate each other: they stand one after the other. */
static const cn_json *beside(cn_ex *x, const cn_json *one, const cn_json *other) {
    if (!one || !other) return one ? one : other;
    if (!cn_json_is(one, CN_JSON_ARRAY) || cn_json_count(one) == cn_json_count(other))
        return cn_ex_join(x, one, other);
    cn_json *out = cn_json_copy_shallow(x->arena, one);
    for (size_t i = 0; i < cn_json_count(other); i++) cn_ex_push(x, out, cn_json_item(other, i));
    return cn_ex_made(x, out);
}

/* Other languages than ours are noted by the reader. A text that stands alone is in the language around it. */
static const cn_json *from_map(cn_ex *x, const cn_json *template, const cn_json *found) {
    if (!cn_json_is(found, CN_JSON_OBJECT)) return tagged_all(x, template, x->language, found);
    const cn_json *out = NULL, *none = NULL;
    for (size_t i = 0; i < cn_json_count(found); i++) {
        const cn_json_member *m = &found->object.v[i];
        cn_slice language = cn_ex_language(m->key);
        const cn_json *one = tagged_all(x, template, language, m->value);
        if (language.n) out = beside(x, out, one);
        else if (cn_slice_eq(m->key, CN_S("und")) || cn_slice_eq(m->key, CN_S("@none"))) none = one;
    }
    return out ? out : none;
}

/* ---- Words ---- */

static cn_slice prefix_of(const cn_json *template) {
    return cn_json_get_text(template, CN_S("prefix"));
}

/* What begins as an IRI has to be one. */
static const cn_json *behind(cn_ex *x, const cn_json *template, cn_slice text) {
    cn_slice out = {0}, prefix = prefix_of(template);
    x->good = x->good && cn_arena_print(x->arena, &out, "%.*s%.*s", CN_ARG(prefix), CN_ARG(text));
    if (!text.n || (cn_uri_absolute(prefix) && !cn_uri_well_formed(out))) return NULL;
    return cn_ex_text(x, out);
}

/* A number as the reader had it, so that 3.10 stays 3.10 where it is a text. */
static const cn_json *to_scalar(cn_ex *x, const cn_json *template, const cn_json *value) {
    if (!cn_json_is(value, CN_JSON_NUMBER)) return is_text(value) ? behind(x, template, value->string) : NULL;
    cn_buf b = cn_buf_on(x->arena, 64);
    cn_json_write(&b, value);
    return behind(x, template, cn_buf_slice(&b));
}

static const cn_json *number_of(cn_ex *x, cn_slice text) {
    const cn_json *out;
    cn_err err;
    if (!text.n || !cn_json_read(x->arena, text, NULL, &out, &err) || !cn_json_is(out, CN_JSON_NUMBER))
        return NULL;
    return out;
}

static const cn_json *from_scalar(cn_ex *x, const cn_json *template, const cn_json *found) {
    cn_slice prefix = prefix_of(template), text = cn_json_text(found);
    if (!is_text(found) || !cn_slice_starts(text, prefix) || text.n == prefix.n) return NULL;
    text = cn_slice_from(text, prefix.n);
    const cn_json *number = number_of(x, text);
    return number ? number : cn_ex_text(x, text);
}

static const cn_json *table_of(const cn_ex *x, const cn_json *template) {
    return cn_json_get(cn_json_get(x->format, CN_S("tables")), cn_json_get_text(template, CN_S("table")));
}

static const cn_json *from_table(cn_ex *x, const cn_json *template, const cn_json *found) {
    const cn_json *table = table_of(x, template);
    for (size_t i = 0; i < cn_json_count(table); i++)
        if (cn_json_equal(table->object.v[i].value, found)) return cn_ex_text(x, table->object.v[i].key);
    return NULL;
}

/* ---- By name ---- */

typedef const cn_json *coding(cn_ex *x, const cn_json *template, const cn_json *value);

static const cn_json *to_plain(cn_ex *x, const cn_json *t, const cn_json *v) {
    return is_text(v) ? behind(x, t, v->string) : NULL;
}

static const cn_json *from_plain(cn_ex *x, const cn_json *t, const cn_json *v) {
    cn_slice prefix = prefix_of(t), text = cn_json_text(v);
    if (!is_text(v) || !cn_slice_starts(text, prefix) || text.n == prefix.n) return NULL;
    return cn_ex_text(x, cn_slice_from(text, prefix.n));
}

static const cn_json *to_iri(cn_ex *x, const cn_json *t, const cn_json *v) {
    return cn_uri_well_formed(cn_json_text(v)) ? to_plain(x, t, v) : NULL;
}

static const cn_json *a_number(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)t;
    return cn_json_is(v, CN_JSON_NUMBER) ? v : number_of(x, cn_json_text(v));
}

static const cn_json *to_number(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)x, (void)t;
    return cn_json_is(v, CN_JSON_NUMBER) ? v : NULL;
}

static const cn_json *a_bool(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)x, (void)t;
    return cn_json_is_bool(v) ? v : NULL;
}

static const cn_json *to_decimal(cn_ex *x, const cn_json *t, const cn_json *v) {
    return cn_json_is(v, CN_JSON_NUMBER) ? to_scalar(x, t, v) : NULL;
}

static const cn_json *to_table(cn_ex *x, const cn_json *t, const cn_json *v) {
    return cn_json_get(table_of(x, t), cn_json_text(v));
}

static const cn_json *from_others(cn_ex *x, const cn_json *t, const cn_json *v) {
    return cn_json_is(v, CN_JSON_OBJECT) ? from_map(x, t, v) : NULL;
}

static const cn_json *to_hours(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)t;
    return cn_ex_duration(x, v, CN_EX_HOURS);
}

static const cn_json *from_hours(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)t;
    return cn_ex_amount(x, cn_json_text(v), CN_EX_HOURS);
}

static const cn_json *to_weeks(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)t;
    return cn_ex_duration(x, v, CN_EX_WEEKS);
}

static const cn_json *from_weeks(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)t;
    return cn_ex_amount(x, cn_json_text(v), CN_EX_WEEKS);
}

static const cn_json *to_months(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)t;
    return cn_ex_duration(x, v, CN_EX_MONTHS);
}

static const cn_json *from_months(cn_ex *x, const cn_json *t, const cn_json *v) {
    (void)t;
    return cn_ex_amount(x, cn_json_text(v), CN_EX_MONTHS);
}

static const struct {
    cn_slice name;
    coding *encode, *decode;
} codecs[] = {
    {CN_S_INIT(""), to_plain, from_plain},        {CN_S_INIT("number"), to_number, a_number},
    {CN_S_INIT("bool"), a_bool, a_bool},          {CN_S_INIT("scalar"), to_scalar, from_scalar},
    {CN_S_INIT("decimal"), to_decimal, a_number}, {CN_S_INIT("map"), to_map, from_map},
    {CN_S_INIT("first"), to_first, from_map},     {CN_S_INIT("others"), to_map, from_others},
    {CN_S_INIT("hours"), to_hours, from_hours},   {CN_S_INIT("weeks"), to_weeks, from_weeks},
    {CN_S_INIT("iri"), to_iri, from_plain},       {CN_S_INIT("months"), to_months, from_months},
    {CN_S_INIT("table"), to_table, from_table},
};

static size_t codec_of(const cn_json *template) {
    cn_slice name = cn_json_get_text(template, CN_S("as"));
    size_t i = sizeof codecs / sizeof *codecs - 1;
    while (i && !cn_slice_eq(codecs[i].name, name)) i--;
    return i;
}

const cn_json *cn_ex_encode(cn_ex *x, const cn_json *template, const cn_json *value) {
    return value ? codecs[codec_of(template)].encode(x, template, value) : NULL;
}

const cn_json *cn_ex_decode(cn_ex *x, const cn_json *template, const cn_json *found) {
    return found ? codecs[codec_of(template)].decode(x, template, found) : NULL;
}
