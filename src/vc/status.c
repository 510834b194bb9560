/* SPDX-License-Identifier: Apache-2.0
 *
 * Step "status": has the issuer revoked or suspended the credential?
 *
 * Bitstring Status List 1.0, section 3.2 (Validate Algorithm), and its forerunner StatusList2021; the bits
 * themselves are bitstring.c's affair. The list is itself a credential and is verified like one. A list
 * that cannot be had leaves the question open; a list that is wrong does not answer it.
 */
#include "vc/internal.h"

#define MAX_LIST_BYTES ((size_t)16 << 20)

enum { MIN_LIST_BITS = 131072, MAX_ENTRIES = 8 };

/* A kind of entry, and what its list must call itself. */
typedef struct kind {
    cn_slice entry, credential, list;
    bool prefixed; /* encodedList is multibase: it begins with 'u' */
} kind;

static const kind kinds[] = {
    {CN_S_INIT("BitstringStatusListEntry"), CN_S_INIT("BitstringStatusListCredential"),
     CN_S_INIT("BitstringStatusList"), true},
    {CN_S_INIT("StatusList2021Entry"), CN_S_INIT("StatusList2021Credential"), CN_S_INIT("StatusList2021"), false},
};

/* What a set bit means. */
static const struct {
    cn_slice purpose;
    cn_outcome outcome;
    const char *problem, *detail;
} purposes[] = {
    {CN_S_INIT("revocation"), CN_FAIL, "revoked",
     "The issuer has revoked this credential, so it no longer counts; ask the issuer if you think this is wrong."},
    {CN_S_INIT("suspension"), CN_FAIL, "suspended",
     "The issuer has suspended this credential for now; ask the issuer when it will count again."},
    {CN_S_INIT("refresh"), CN_PASS, "refresh-available",
     "The issuer has a newer version of this credential; ask the holder for it."},
};

typedef struct entry {
    const kind *kind;
    cn_slice where;
    cn_slice purpose, url;
    uint64_t index, size; /* of the entry, in entries; of one entry, in bits */
} entry;

static bool wrong_list(cn_vc *v, cn_step *step, const entry *e, const char *why) {
    return cn_vc_find_about(v, step, CN_FAIL, "status-list-invalid", e->where, e->url,
                            "The list that says whether this credential was revoked cannot be relied on: %s", why);
}

/* ---- The entry ---- */

/* Written as a string; as a number in the field. */
static bool read_count(const cn_json *value, uint64_t *out) {
    bool text = cn_json_is(value, CN_JSON_STRING) || cn_json_is(value, CN_JSON_NUMBER);
    return text && cn_slice_to_u64(value->string, UINT32_MAX, out);
}

/* The entry's members; the step says what is wrong with them. */
static bool read_entry(cn_vc *v, cn_step *step, const cn_json *json, entry *e) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (cn_vc_has_type(json, kinds[i].entry)) e->kind = &kinds[i];
    if (!e->kind) {
        cn_slice type = cn_vc_quote(cn_json_text(cn_json_one(cn_json_get(json, CN_S("type")), 0)));
        return cn_vc_find_about(
            v, step, CN_UNKNOWN, "status-type-unsupported", e->where, type,
            "The credential's status is published as \"%.*s\", which cannot be read here; ask the "
            "issuer whether the credential still counts.",
            CN_ARG(type));
    }
    const cn_json *size = cn_json_get(json, CN_S("statusSize"));
    e->purpose = cn_json_get_text(json, CN_S("statusPurpose"));
    e->url = cn_json_get_text(json, CN_S("statusListCredential"));
    e->size = 1;
    bool good = e->purpose.n && cn_vc_is_url(e->url) &&
                read_count(cn_json_get(json, CN_S("statusListIndex")), &e->index) &&
                (!size || (read_count(size, &e->size) && e->size >= 1 && e->size <= 64));
    return good ||
           cn_vc_find(v, step, CN_FAIL, "status-invalid", e->where,
                      "The credential's status entry lacks its purpose, its list or its index; the issuer has "
                      "to correct it.");
}

/* ---- The list ---- */

/* A list that fails takes the credential with it; one that could not be checked does not. */
static bool judge_list(cn_vc *v, cn_step *step, const entry *e, const cn_report *list) {
    if (list->verdict == CN_VERIFIED) return true;
    for (size_t i = 0; i < list->steps_n; i++) {
        const cn_step *s = &list->steps[i];
        if (list->verdict == CN_NOT_VERIFIED && s->outcome == CN_FAIL)
            return cn_vc_find_about(
                v, step, CN_FAIL, "status-list-invalid", e->where, e->url,
                "The list that says whether this credential was revoked does not verify (%s). %.*s", s->problem,
                CN_ARG(s->detail));
        if (list->verdict == CN_VERDICT_UNKNOWN && s->outcome == CN_UNKNOWN)
            return cn_vc_find_about(
                v, step, CN_UNKNOWN, "status-list-unverifiable", e->where, e->url,
                "The list that says whether this credential was revoked could not be checked (%s). %.*s",
                s->problem, CN_ARG(s->detail));
    }
    return true;
}

/* The verified list's subject; NULL where the step says why there is none. */
static bool get_list(cn_vc *v, cn_step *step, const entry *e, const cn_json **subject) {
    cn_document got;
    cn_report list;
    cn_err err;
    assert(e->kind);
    if (!v->resolver->load(v->resolver->self, v->arena, e->url, &got, &err)) {
        if (cn_vc_fatal(v, &err)) return false;
        return cn_vc_find_about(
            v, step, CN_UNKNOWN, "status-list-unretrievable", e->where, e->url,
            "Whether this credential was revoked cannot be said now, because the issuer's list could "
            "not be fetched: %s",
            err.detail);
    }
    if (!cn_vc_nested(v, got.body, &list) || !judge_list(v, step, e, &list)) return false;
    if (step->outcome != CN_PASS) return true;
    const cn_json *found = cn_json_get(list.credential, CN_S("credentialSubject"));
    if (!cn_vc_has_type(list.credential, e->kind->credential) || !cn_vc_has_type(found, e->kind->list))
        return wrong_list(v, step, e, "it is a credential of another type.");
    *subject = found;
    return true;
}

/* 3.2, step 8: the list is for this purpose (a list may serve several). */
static bool serves(const cn_json *subject, cn_slice purpose) {
    const cn_json *all = cn_json_get(subject, CN_S("statusPurpose"));
    for (size_t i = 0; i < cn_json_many(all); i++)
        if (cn_json_is_string(cn_json_one(all, i), purpose)) return true;
    return false;
}

static bool report_set(cn_vc *v, cn_step *step, const entry *e) {
    for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++)
        if (cn_slice_eq(purposes[i].purpose, e->purpose))
            return cn_vc_find(v, step, purposes[i].outcome, purposes[i].problem, e->where, "%s",
                              purposes[i].detail);
    cn_slice shown = cn_vc_quote(e->purpose);
    return cn_vc_find_about(v, step, CN_PASS, "status-message", e->where, e->purpose,
                            "The issuer has set a status for the purpose \"%.*s\"; ask the issuer what it means.",
                            CN_ARG(shown));
}

static bool look_up(cn_vc *v, cn_step *step, const entry *e, const cn_json *subject) {
    size_t max = v->options->max_list_bytes ? v->options->max_list_bytes : MAX_LIST_BYTES;
    cn_slice bits, text = cn_json_get_text(subject, CN_S("encodedList"));
    cn_err err;
    assert(e->kind);
    if (!serves(subject, e->purpose)) return wrong_list(v, step, e, "it is kept for another purpose.");
    if (!cn_bitstring_read(v->arena, text, e->kind->prefixed, max, &bits, &err))
        return cn_vc_fatal(v, &err) ? false : wrong_list(v, step, e, err.detail);
    uint64_t length = (uint64_t)bits.n * 8;
    if (v->options->strict_bitstring && length / e->size < MIN_LIST_BITS)
        return wrong_list(v, step, e, "it is shorter than the 131,072 entries that protect privacy.");
    if ((e->index + 1) * e->size > length) return wrong_list(v, step, e, "this credential's entry is not in it.");
    return !cn_bitstring_any(bits, e->index * e->size, e->size) || report_set(v, step, e);
}

static bool check_entry(cn_vc *v, cn_step *step, const cn_json *json, cn_slice where) {
    entry e = {.where = where};
    const cn_json *subject = NULL;
    cn_step own = {.outcome = CN_PASS, .problem = ""};
    if (!read_entry(v, &own, json, &e)) return false;
    if (own.outcome == CN_PASS && !get_list(v, &own, &e, &subject)) return false;
    if (own.outcome == CN_PASS && subject && !look_up(v, &own, &e, subject)) return false;
    cn_vc_merge(step, &own);
    return true;
}

bool cn_step_status(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->credential, CN_S("credentialStatus"));
    size_t n = cn_json_many(all);
    if (!n) step->outcome = CN_NOT_APPLICABLE; /* the issuer keeps no list */
    if (n > MAX_ENTRIES)                       /* each may cost a fetch and a list in memory */
        return cn_vc_find(v, step, CN_FAIL, "too-complex", CN_S("/credentialStatus"),
                          "The credential has %zu status entries, and at most %d are looked up.", n, MAX_ENTRIES);
    for (size_t i = 0; i < n; i++) {
        cn_slice where;
        if (!cn_vc_where_item(v, CN_S("/credentialStatus"), all, i, &where)) return false;
        if (!check_entry(v, step, cn_json_one(all, i), where)) return false;
    }
    return true;
}
