/* SPDX-License-Identifier: Apache-2.0
 *
 * Summaries: reading what a credential says by the terms of Verifiable Credentials
 * 1.1 and 2.0, Open Badges 3.0 (sections B.1 to B.8) and CLR 2.0.
 */
#include "vc/summary.h"
#include "vc/internal.h"

enum { ITEMS_MAX = 500 };

/* ---- Texts in a language ---- */

cn_slice cn_text_value(const cn_json *v) {
    return cn_json_is(v, CN_JSON_OBJECT) ? cn_json_get_text(v, CN_S("@value")) : cn_json_text(v);
}

static bool speaks(cn_slice tag, cn_slice language) {
    return language.n && tag.n >= language.n && cn_slice_eq_nocase(cn_slice_sub(tag, 0, language.n), language) &&
           (tag.n == language.n || tag.p[language.n] == '-');
}

/* A text: a string, a value object, or an array of them, of which the one
 * in the wanted language counts, or else the first. */
static cn_slice text_of(const cn_json *v, cn_slice language) {
    cn_slice first = {0};
    for (size_t i = 0; i < cn_json_many(v); i++) {
        const cn_json *one = cn_json_one(v, i);
        cn_slice text = cn_text_value(one);
        if (speaks(cn_json_get_text(one, CN_S("@language")), language)) return text;
        if (!first.n) first = text;
    }
    return first;
}

static cn_slice member_text(const cn_json *v, cn_slice key, cn_slice language) {
    return text_of(cn_json_get(v, key), language);
}

static cn_slice either(cn_slice x, cn_slice y) {
    return x.n ? x : y;
}

/* The id of a node: the string itself, or its id. */
static cn_slice id_of(const cn_json *v) {
    cn_slice text = cn_json_text(v);
    return either(either(text, cn_json_get_text(v, CN_S("id"))), cn_json_get_text(v, CN_S("@id")));
}

static cn_slice only_web(cn_slice url) {
    bool web = cn_slice_starts(url, CN_S("https://")) || cn_slice_starts(url, CN_S("http://"));
    return web ? url : (cn_slice){0};
}

/* ---- Lists ---- */

typedef struct reading {
    cn_arena *arena;
    cn_slice language;
    cn_summary *out;
    bool ok;
} reading;

static void add(reading *r, cn_summary_list *list, cn_summary_item item) {
    if (!r->ok || list->n >= ITEMS_MAX) return;
    cn_summary_item *v = cn_arena_grow(r->arena, list->v, list->n, &list->cap, list->n + 1, sizeof *v);
    r->ok = v != NULL;
    if (!v) return;
    list->v = v;
    list->v[list->n++] = item;
}

typedef cn_summary_item (*read_item)(const reading *r, const cn_json *v);

static void add_each(reading *r, const cn_json *v, cn_summary_list *list, read_item read) {
    for (size_t i = 0; i < cn_json_many(v); i++) add(r, list, read(r, cn_json_one(v, i)));
}

/* What a list of texts with their languages says in this one alone; empty where it is not among them. */
static cn_slice said_in(const cn_json *texts, cn_slice language) {
    for (size_t i = 0; language.n && i < cn_json_many(texts); i++) {
        const cn_json *one = cn_json_one(texts, i);
        if (speaks(cn_json_get_text(one, CN_S("@language")), language))
            return cn_json_get_text(one, CN_S("@value"));
    }
    return (cn_slice){0};
}

/* Its target is named in the credential's first language, and beside that in the others (vc/languages.h). */
static cn_summary_item read_alignment(const reading *r, const cn_json *v) {
    return (cn_summary_item){
        .name = either(said_in(cn_json_get(v, CN_S("name")), r->language),
                       member_text(v, CN_S("targetName"), r->language)),
        .text = member_text(v, CN_S("targetDescription"), r->language),
        .url = only_web(cn_json_get_text(v, CN_S("targetUrl"))),
        .group = member_text(v, CN_S("targetFramework"), r->language),
        .code = cn_json_get_text(v, CN_S("targetCode")),
    };
}

static cn_summary_item read_evidence(const reading *r, const cn_json *v) {
    return (cn_summary_item){
        .name = member_text(v, CN_S("name"), r->language),
        .text = either(member_text(v, CN_S("description"), r->language),
                       member_text(v, CN_S("narrative"), r->language)),
        .url = only_web(id_of(v)),
    };
}

static cn_slice name_of_issuer(const cn_json *issuer, cn_slice language) {
    return either(member_text(issuer, CN_S("name"), language), id_of(issuer));
}

static cn_summary_item read_endorsement(const reading *r, const cn_json *v) {
    const cn_json *subject = cn_json_one(cn_json_get(v, CN_S("credentialSubject")), 0);
    return (cn_summary_item){
        .name = member_text(v, CN_S("name"), r->language),
        .text = either(member_text(subject, CN_S("endorsementComment"), r->language),
                       member_text(v, CN_S("description"), r->language)),
        .group = name_of_issuer(cn_json_get(v, CN_S("issuer")), r->language),
    };
}

static cn_summary_item read_contained(const reading *r, const cn_json *v) {
    const cn_json *subject = cn_json_one(cn_json_get(v, CN_S("credentialSubject")), 0);
    const cn_json *achievement = cn_json_one(cn_json_get(subject, CN_S("achievement")), 0);
    return (cn_summary_item){
        .name =
            either(member_text(achievement, CN_S("name"), r->language), member_text(v, CN_S("name"), r->language)),
        .text = member_text(achievement, CN_S("description"), r->language),
        .group = name_of_issuer(cn_json_get(v, CN_S("issuer")), r->language),
    };
}

static cn_slice text_or_number(const cn_json *v, cn_slice language) {
    return cn_json_is(v, CN_JSON_NUMBER) ? v->string : text_of(v, language);
}

/* The one of them that has this id, or NULL. */
static const cn_json *with_id(const cn_json *all, cn_slice id) {
    for (size_t i = 0; id.n && i < cn_json_many(all); i++)
        if (cn_slice_eq(id_of(cn_json_one(all, i)), id)) return cn_json_one(all, i);
    return NULL;
}

/* A level is named by the id it has in the rubric, which says it in words (B.1.17 and B.1.22). */
static cn_slice level_of(const cn_json *result, const cn_json *about, cn_slice language) {
    cn_slice id = cn_json_get_text(result, CN_S("achievedLevel"));
    const cn_json *level = with_id(cn_json_get(about, CN_S("rubricCriterionLevel")), id);
    return either(either(member_text(level, CN_S("level"), language), member_text(level, CN_S("name"), language)),
                  id);
}

static void read_results(reading *r, const cn_json *subject, const cn_json *achievement) {
    const cn_json *results = cn_json_get(subject, CN_S("result"));
    for (size_t i = 0; i < cn_json_many(results); i++) {
        const cn_json *v = cn_json_one(results, i);
        const cn_json *about = with_id(cn_json_get(achievement, CN_S("resultDescription")),
                                       cn_json_get_text(v, CN_S("resultDescription")));
        add(r, &r->out->results,
            (cn_summary_item){
                .name = member_text(about, CN_S("name"), r->language),
                .text = text_or_number(cn_json_get(v, CN_S("value")), r->language),
                .code = either(cn_json_get_text(v, CN_S("status")), level_of(v, about, r->language)),
            });
        add_each(r, cn_json_get(v, CN_S("alignment")), &r->out->alignments, read_alignment);
    }
}

static cn_summary_item read_outcome(const reading *r, const cn_json *v) {
    cn_slice text = text_of(v, r->language);
    return (cn_summary_item){.name = text.n ? text : member_text(v, CN_S("name"), r->language)};
}

/* In several languages they are several lists: the one in the wanted language, or else the first. */
static void add_outcomes(reading *r, const cn_json *v) {
    cn_slice wanted = cn_json_get_text(cn_json_one(v, 0), CN_S("@language"));
    for (size_t i = 0; i < cn_json_many(v); i++) {
        cn_slice tag = cn_json_get_text(cn_json_one(v, i), CN_S("@language"));
        if (speaks(tag, r->language)) wanted = tag;
    }
    for (size_t i = 0; i < cn_json_many(v); i++) {
        const cn_json *one = cn_json_one(v, i);
        if (cn_slice_eq(cn_json_get_text(one, CN_S("@language")), wanted))
            add(r, &r->out->outcomes, read_outcome(r, one));
    }
}

/* ---- The parts of a credential ---- */

/* The last type that is not the general one: "OpenBadgeCredential", "ClrCredential". */
static cn_slice telling_type(const cn_json *types) {
    cn_slice found = {0};
    for (size_t i = 0; i < cn_json_many(types); i++) {
        cn_slice type = cn_json_text(cn_json_one(types, i));
        if (!cn_slice_eq(type, CN_S("VerifiableCredential")) || !found.n) found = type;
    }
    return found;
}

static void read_issuer(reading *r, const cn_json *credential) {
    const cn_json *issuer = cn_json_get(credential, CN_S("issuer"));
    r->out->issuer_id = id_of(issuer);
    r->out->issuer_name = member_text(issuer, CN_S("name"), r->language);
    r->out->issuer_url = only_web(cn_json_get_text(issuer, CN_S("url")));
    add_each(r, cn_json_get(issuer, CN_S("endorsement")), &r->out->endorsements, read_endorsement);
}

/* A subject is named by itself or by an IdentityObject of type name whose value is not hashed (B.1.9). */
static cn_slice subject_name(const cn_json *subject, cn_slice language) {
    cn_slice name = member_text(subject, CN_S("name"), language);
    const cn_json *identifiers = cn_json_get(subject, CN_S("identifier"));
    for (size_t i = 0; !name.n && i < cn_json_many(identifiers); i++) {
        const cn_json *v = cn_json_one(identifiers, i);
        const cn_json *hashed = cn_json_get(v, CN_S("hashed"));
        if (cn_json_is_string(cn_json_get(v, CN_S("identityType")), CN_S("name")) &&
            !cn_json_is(hashed, CN_JSON_TRUE))
            name = cn_json_get_text(v, CN_S("identityHash"));
    }
    return name;
}

static void read_criteria(reading *r, const cn_json *criteria) {
    r->out->criteria = member_text(criteria, CN_S("narrative"), r->language);
    r->out->criteria_url = only_web(id_of(criteria));
}

static void read_achievement(reading *r, const cn_json *achievement) {
    cn_summary *s = r->out;
    s->achievement_id = id_of(achievement);
    s->achievement_name = member_text(achievement, CN_S("name"), r->language);
    s->achievement_type = cn_json_get_text(achievement, CN_S("achievementType"));
    s->achievement_description = member_text(achievement, CN_S("description"), r->language);
    s->language = either(s->language, cn_json_get_text(achievement, CN_S("inLanguage")));
    s->image = either(s->image, id_of(cn_json_one(cn_json_get(achievement, CN_S("image")), 0)));
    read_criteria(r, cn_json_get(achievement, CN_S("criteria")));
    add_outcomes(r, cn_json_get(achievement, CN_S("tag")));
    add_each(r, cn_json_get(achievement, CN_S("alignment")), &s->alignments, read_alignment);
    add_each(r, cn_json_get(achievement, CN_S("endorsement")), &s->endorsements, read_endorsement);
}

static void read_only_subject(reading *r, const cn_json *subject) {
    r->out->subject_id = id_of(subject);
    r->out->subject_name = subject_name(subject, r->language);
    const cn_json *achievement = cn_json_one(cn_json_get(subject, CN_S("achievement")), 0);
    if (achievement) read_achievement(r, achievement);
    read_results(r, subject, achievement);
}

static cn_summary_item read_one_of_several(const reading *r, const cn_json *subject) {
    const cn_json *achievement = cn_json_one(cn_json_get(subject, CN_S("achievement")), 0);
    return (cn_summary_item){
        .name = either(subject_name(subject, r->language), id_of(subject)),
        .text = member_text(achievement, CN_S("description"), r->language),
        .group = member_text(achievement, CN_S("name"), r->language),
    };
}

static void read_subjects(reading *r, const cn_json *subjects) {
    r->out->subjects_n = cn_json_many(subjects);
    if (r->out->subjects_n > 1) add_each(r, subjects, &r->out->subjects, read_one_of_several);
    else read_only_subject(r, cn_json_one(subjects, 0));
    for (size_t i = 0; i < r->out->subjects_n; i++)
        add_each(r, cn_json_get(cn_json_one(subjects, i), CN_S("verifiableCredential")), &r->out->credentials,
                 read_contained);
}

bool cn_summary_read(cn_arena *a, const cn_json *credential, cn_slice language, cn_summary *out, cn_err *err) {
    cn_summary s = {0};
    reading r = {a, language, &s, true};
    s.id = id_of(credential);
    s.type = telling_type(cn_json_get(credential, CN_S("type")));
    s.language = cn_json_get_text(credential, CN_S("inLanguage"));
    s.name = member_text(credential, CN_S("name"), language);
    s.description = member_text(credential, CN_S("description"), language);
    s.image = id_of(cn_json_one(cn_json_get(credential, CN_S("image")), 0));
    s.valid_from = cn_vc_valid_from(credential);
    s.valid_until = cn_vc_valid_until(credential);
    read_issuer(&r, credential);
    read_subjects(&r, cn_json_get(credential, CN_S("credentialSubject")));
    add_each(&r, cn_json_get(credential, CN_S("evidence")), &s.evidence, read_evidence);
    add_each(&r, cn_json_get(credential, CN_S("endorsement")), &s.endorsements, read_endorsement);
    if (!r.ok) return cn_fail_memory(err);
    *out = s;
    return true;
}
