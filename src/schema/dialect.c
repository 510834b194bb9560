/* SPDX-License-Identifier: Apache-2.0
 *
 * Dialects: ours by their URLs, others by the vocabularies that their meta-schema
 * names (2020-12 core, 8.1); and the meta-schemas that are built in.
 */
#include "schema/inside.h"

#include "metaschemas.inc"

/* ---- What is built in ---- */

#define URL_19 "https://json-schema.org/draft/2019-09/"
#define URL_20 "https://json-schema.org/draft/2020-12/"
#define BODY(url, array)                                                                                          \
    { CN_S_INIT(url), array, sizeof array }

static const struct {
    cn_slice url;
    const unsigned char *body;
    size_t n;
} builtin[] = {
    BODY(URL_20 "schema", text_2020_12_schema),
    BODY(URL_20 "meta/core", text_2020_12_core),
    BODY(URL_20 "meta/applicator", text_2020_12_applicator),
    BODY(URL_20 "meta/unevaluated", text_2020_12_unevaluated),
    BODY(URL_20 "meta/validation", text_2020_12_validation),
    BODY(URL_20 "meta/meta-data", text_2020_12_meta_data),
    BODY(URL_20 "meta/format-annotation", text_2020_12_format_annotation),
    BODY(URL_20 "meta/format-assertion", text_2020_12_format_assertion),
    BODY(URL_20 "meta/content", text_2020_12_content),
    BODY(URL_19 "schema", text_2019_09_schema),
    BODY(URL_19 "meta/core", text_2019_09_core),
    BODY(URL_19 "meta/applicator", text_2019_09_applicator),
    BODY(URL_19 "meta/validation", text_2019_09_validation),
    BODY(URL_19 "meta/meta-data", text_2019_09_meta_data),
    BODY(URL_19 "meta/format", text_2019_09_format),
    BODY(URL_19 "meta/content", text_2019_09_content),
    BODY("http://json-schema.org/draft-07/schema", text_draft_07),
    BODY("http://json-schema.org/draft-06/schema", text_draft_06),
    BODY("http://json-schema.org/draft-04/schema", text_draft_04),
};

bool cn_sch_builtin_load(const cn_loader *next, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    for (size_t i = 0; i < sizeof builtin / sizeof builtin[0]; i++) {
        if (!cn_slice_eq(builtin[i].url, url)) continue;
        *out = (cn_document){.body = cn_slice_bytes(builtin[i].body, builtin[i].n), .final_url = builtin[i].url};
        return true;
    }
    if (next) return next->load(next->self, a, url, out, err);
    return cn_fail(err, CN_NOT_FOUND, "schema.not-loaded", "The schema %.*s is not built in.", CN_ARG(url));
}

/* ---- Ours ---- */

static const struct {
    cn_slice url, name, number;
    unsigned bit;
} ours[] = {
    [CN_DIALECT_2020_12] = {CN_S_INIT(URL_20 "schema"), CN_S_INIT("2020-12"), CN_S_INIT("2020-12"), CN_D20},
    [CN_DIALECT_2019_09] = {CN_S_INIT(URL_19 "schema"), CN_S_INIT("2019-09"), CN_S_INIT("2019-09"), CN_D19},
    [CN_DIALECT_DRAFT_7] = {CN_S_INIT("http://json-schema.org/draft-07/schema"), CN_S_INIT("draft-07"),
                            CN_S_INIT("7"), CN_D7},
    [CN_DIALECT_DRAFT_6] = {CN_S_INIT("http://json-schema.org/draft-06/schema"), CN_S_INIT("draft-06"),
                            CN_S_INIT("6"), CN_D6},
    [CN_DIALECT_DRAFT_4] = {CN_S_INIT("http://json-schema.org/draft-04/schema"), CN_S_INIT("draft-04"),
                            CN_S_INIT("4"), CN_D4},
};

cn_slice cn_dialect_url(cn_dialect d) {
    return ours[d].url;
}

/* People write "http:" and "https:" alike, with "#" at the end or without. */
static cn_slice bare(cn_slice url) {
    if (cn_slice_ends(url, CN_S("#"))) url.n--;
    size_t colon = cn_slice_find(url, CN_S("://"));
    return colon == SIZE_MAX ? url : cn_slice_from(url, colon);
}

bool cn_dialect_find(cn_slice name, cn_dialect *out) {
    for (size_t i = 0; i < sizeof ours / sizeof ours[0]; i++) {
        bool same = cn_slice_eq(name, ours[i].name) || cn_slice_eq(name, ours[i].number) ||
                    cn_slice_eq(bare(name), bare(ours[i].url));
        if (same) *out = (cn_dialect)i;
        if (same) return true;
    }
    return false;
}

cn_sch_dialect cn_sch_dialect_of(cn_dialect d) {
    return (cn_sch_dialect){.bit = ours[d].bit, .vocabularies = CN_V_ALL};
}

/* ---- Others: by their vocabularies ---- */

static const struct {
    cn_slice url;
    unsigned dialect, vocabulary;
} vocabularies[] = {
    {CN_S_INIT(URL_20 "vocab/core"), CN_D20, CN_V_CORE},
    {CN_S_INIT(URL_20 "vocab/applicator"), CN_D20, CN_V_APPLICATOR},
    {CN_S_INIT(URL_20 "vocab/unevaluated"), CN_D20, CN_V_UNEVALUATED},
    {CN_S_INIT(URL_20 "vocab/validation"), CN_D20, CN_V_VALIDATION},
    {CN_S_INIT(URL_20 "vocab/format-annotation"), CN_D20, CN_V_FORMAT},
    {CN_S_INIT(URL_20 "vocab/format-assertion"), CN_D20, CN_V_FORMAT},
    {CN_S_INIT(URL_20 "vocab/meta-data"), CN_D20, CN_V_OTHER},
    {CN_S_INIT(URL_20 "vocab/content"), CN_D20, CN_V_OTHER},
    {CN_S_INIT(URL_19 "vocab/core"), CN_D19, CN_V_CORE},
    {CN_S_INIT(URL_19 "vocab/applicator"), CN_D19, CN_V_APPLICATOR},
    {CN_S_INIT(URL_19 "vocab/validation"), CN_D19, CN_V_VALIDATION},
    {CN_S_INIT(URL_19 "vocab/format"), CN_D19, CN_V_FORMAT},
    {CN_S_INIT(URL_19 "vocab/meta-data"), CN_D19, CN_V_OTHER},
    {CN_S_INIT(URL_19 "vocab/content"), CN_D19, CN_V_OTHER},
};

static bool add_vocabulary(cn_sch_compiler *c, const cn_json_member *m, cn_sch_dialect *d) {
    bool required = cn_json_is(m->value, CN_JSON_TRUE);
    for (size_t i = 0; i < sizeof vocabularies / sizeof vocabularies[0]; i++) {
        if (!cn_slice_eq(vocabularies[i].url, m->key)) continue;
        d->vocabularies |= vocabularies[i].vocabulary;
        if (vocabularies[i].vocabulary == CN_V_CORE) d->bit = vocabularies[i].dialect;
        /* 2020-12 has a vocabulary for it; in 2019-09 it is whether the only one is required. */
        if (cn_slice_eq(m->key, CN_S(URL_20 "vocab/format-assertion"))) d->formats = true;
        if (cn_slice_eq(m->key, CN_S(URL_19 "vocab/format")) && required) d->formats = true;
        return true;
    }
    if (!required) return true;
    return cn_fail(c->err, CN_UNSUPPORTED, "schema.vocabulary", "The schema requires the vocabulary %.*s.",
                   CN_ARG(m->key));
}

static bool read_vocabularies(cn_sch_compiler *c, const cn_json *all, cn_sch_dialect *d) {
    d->vocabularies = CN_V_CORE;
    for (size_t i = 0; i < all->object.n; i++)
        if (!add_vocabulary(c, &all->object.v[i], d)) return false;
    return true;
}

static bool read_meta(cn_sch_compiler *c, cn_slice url, cn_sch_dialect *d) {
    const cn_json *meta;
    cn_slice base;
    if (!cn_sch_load(c, url, &meta, &base)) return false;
    if (!cn_sch_dialect_find(c, cn_json_get_text(meta, CN_S("$schema")), d)) return false;
    const cn_json *all = cn_json_get(meta, CN_S("$vocabulary"));
    return !cn_json_is(all, CN_JSON_OBJECT) || read_vocabularies(c, all, d);
}

static bool unknown(cn_sch_compiler *c, cn_slice url) {
    return cn_fail(c->err, CN_UNSUPPORTED, "schema.dialect",
                   "\"$schema\" is \"%.*s\", which is no dialect that is known here.", CN_ARG(url));
}

bool cn_sch_dialect_find(cn_sch_compiler *c, cn_slice url, cn_sch_dialect *out) {
    cn_dialect d;
    if (cn_dialect_find(url, &d) && cn_slice_starts(url, CN_S("http"))) return *out = cn_sch_dialect_of(d), true;
    if (cn_slice_ends(url, CN_S("#"))) url.n--;
    cn_sch_dialect *known = cn_map_get(&c->dialects, url);
    if (known) return *out = *known, true;
    if (!cn_uri_absolute(url) || cn_map_has(&c->dialects, url)) return unknown(c, url); /* one that names itself */
    cn_map_entry *entry = cn_map_at(c->arena, &c->dialects, url);
    cn_sch_dialect *made = CN_NEW(c->arena, cn_sch_dialect);
    if (!entry || !made) return cn_fail_memory(c->err);
    if (!read_meta(c, url, made)) return false;
    entry->value = made;
    *out = *made;
    return true;
}
