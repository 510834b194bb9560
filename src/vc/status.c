/* SPDX-License-Identifier: Apache-2.0
 *
 * Step "status": has the issuer revoked or suspended the credential, or something else to say about it?
 *
 * Bitstring Status List 1.0, section 3.2 (Validate Algorithm), its forerunner StatusList2021, and the 1EdTech
 * Revocation List Status Method 1.0. The lists are status_list.c's affair, their bits bitstring.c's. A list that
 * cannot be had leaves the question open; a list that is wrong does not answer it.
 */
#include "vc/internal.h"

enum { MIN_LIST_BITS = 131072, MAX_ENTRIES = 8, MAX_SIZE = 64, MAX_MESSAGES = 4096 };

typedef struct kind kind;

typedef struct entry {
    const cn_json *json;
    const kind *kind;
    cn_slice where;
    cn_slice purpose, url;
    uint64_t index, size; /* of the entry, in entries; of one entry, in bits */
} entry;

/* A kind of entry, and what its list must call itself. */
struct kind {
    cn_slice entry, credential, list;
    bool prefixed; /* encodedList is multibase: it begins with 'u' */
    bool plain;    /* the list is no credential */
    bool (*read)(const entry *e, entry *out);
    bool (*look_up)(cn_vc *v, cn_step *step, const entry *e, cn_status_list *list);
};

/* ---- What is found ---- */

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

/* The list's problem becomes that of the entry that names it. */
static bool wrong_list(cn_vc *v, cn_step *step, const entry *e, cn_status_list *list, const char *why) {
    cn_status_list other = {.url = list->url, .finding = {.outcome = CN_PASS, .problem = ""}};
    if (!cn_status_list_wrong(v, &other, why)) return false;
    other.finding.where = e->where;
    cn_vc_merge(step, &other.finding);
    return true;
}

static bool say_note(cn_vc *v, cn_step *step, const entry *e, cn_slice note) {
    cn_slice shown = cn_vc_quote(note.n ? note : e->purpose);
    cn_slice more = cn_vc_quote(cn_json_text(cn_json_one(cn_json_get(e->json, CN_S("statusReference")), 0)));
    if (!note.n)
        return cn_vc_find(v, step, CN_PASS, "status-message", e->where,
                          "The issuer has set a status for the purpose \"%.*s\"; ask the issuer what it means.",
                          CN_ARG(shown));
    return cn_vc_find_about(v, step, CN_PASS, "status-message", e->where, note,
                            "The issuer's note on this credential: \"%.*s\".%s%.*s", CN_ARG(shown),
                            more.n ? " More: " : "", CN_ARG(more));
}

static bool report_set(cn_vc *v, cn_step *step, const entry *e, cn_slice note) {
    cn_slice shown = cn_vc_quote(note);
    for (size_t i = 0; i < sizeof purposes / sizeof purposes[0]; i++)
        if (cn_slice_eq(purposes[i].purpose, e->purpose))
            return cn_vc_find_about(v, step, purposes[i].outcome, purposes[i].problem, e->where, note,
                                    "%s%s%.*s%s", purposes[i].detail, note.n ? " Its list says: \"" : "",
                                    CN_ARG(shown), note.n ? "\"." : "");
    return say_note(v, step, e, note);
}

/* ---- Bitstring lists ---- */

/* Written as a string; as a number in the field. */
static bool read_count(const cn_json *value, uint64_t *out) {
    bool text = cn_json_is(value, CN_JSON_STRING) || cn_json_is(value, CN_JSON_NUMBER);
    return text && cn_slice_to_u64(value->string, UINT32_MAX, out);
}

static bool read_bits(const entry *e, entry *out) {
    const cn_json *size = cn_json_get(e->json, CN_S("statusSize"));
    *out = *e;
    out->purpose = cn_json_get_text(e->json, CN_S("statusPurpose"));
    out->url = cn_json_get_text(e->json, CN_S("statusListCredential"));
    out->size = 1;
    return out->purpose.n && cn_vc_is_url(out->url) &&
           read_count(cn_json_get(e->json, CN_S("statusListIndex")), &out->index) &&
           (!size || (read_count(size, &out->size) && out->size >= 1 && out->size <= MAX_SIZE));
}

/* 3.2, step 8: the list is for this purpose (a list may serve several). */
static bool serves(const cn_json *subject, cn_slice purpose) {
    const cn_json *all = cn_json_get(subject, CN_S("statusPurpose"));
    for (size_t i = 0; i < cn_json_many(all); i++)
        if (cn_json_is_string(cn_json_one(all, i), purpose)) return true;
    return false;
}

/* "0x1a", in either case, leading noughts or not. */
static bool is_hex_of(cn_slice text, uint64_t value) {
    uint64_t n = 0;
    if (text.n < 3 || text.p[0] != '0' || (text.p[1] != 'x' && text.p[1] != 'X')) return false;
    for (size_t i = 2; i < text.n; i++) {
        char c = text.p[i];
        bool digit = c >= '0' && c <= '9', small = c >= 'a' && c <= 'f', large = c >= 'A' && c <= 'F';
        if (!(digit || small || large) || n >> 60) return false;
        n = n << 4 | (uint64_t)(c - (digit ? '0' : small ? 'a' - 10 : 'A' - 10));
    }
    return n == value;
}

/* 2.1, "statusMessage": what the issuer has written for this value; empty where it has not. */
static cn_slice note_of(const entry *e, uint64_t value) {
    const cn_json *all = cn_json_get(e->json, CN_S("statusMessage"));
    for (size_t i = 0; i < cn_json_many(all) && i < MAX_MESSAGES; i++) {
        const cn_json *one = cn_json_one(all, i);
        if (is_hex_of(cn_json_get_text(one, CN_S("status")), value)) return cn_json_get_text(one, CN_S("message"));
    }
    return (cn_slice){0};
}

/* The least of the times that the lists may be kept for. */
static void note_ttl(cn_vc *v, const cn_json *subject) {
    uint64_t ttl;
    if (!read_count(cn_json_get(subject, CN_S("ttl")), &ttl) || !ttl) return;
    if (!v->report.status_ttl || ttl < v->report.status_ttl) v->report.status_ttl = ttl;
}

static bool look_up_bits(cn_vc *v, cn_step *step, const entry *e, cn_status_list *list) {
    const cn_json *subject = cn_json_get(list->document, CN_S("credentialSubject"));
    if (!cn_vc_has_type(list->document, e->kind->credential) || !cn_vc_has_type(subject, e->kind->list))
        return wrong_list(v, step, e, list, "it is a credential of another type.");
    if (!serves(subject, e->purpose)) return wrong_list(v, step, e, list, "it is kept for another purpose.");
    if (!cn_status_list_open(v, list, e->kind->prefixed)) return false;
    if (list->finding.outcome != CN_PASS) return true;
    uint64_t length = (uint64_t)list->bits.n * 8;
    if (v->options->strict_bitstring && length / e->size < MIN_LIST_BITS)
        return wrong_list(v, step, e, list, "it is shorter than the 131,072 entries that protect privacy.");
    if ((e->index + 1) * e->size > length)
        return wrong_list(v, step, e, list, "this credential's entry is not in it.");
    note_ttl(v, subject);
    uint64_t value = cn_bitstring_value(list->bits, e->index * e->size, e->size);
    cn_slice note = note_of(e, value);
    bool told = note.n && cn_slice_eq(e->purpose, CN_S("message")); /* nought has its message too */
    return !(value || told) || report_set(v, step, e, note);
}

/* ---- 1EdTech lists ---- */

static bool read_1edtech(const entry *e, entry *out) {
    *out = *e;
    out->purpose = CN_S("revocation");
    out->url = cn_json_get_text(e->json, CN_S("id"));
    return cn_vc_is_url(out->url);
}

/* The list's row about a credential; NULL where it has none, or says itself that it is none. */
static const cn_json *row_of(const cn_json *rows, cn_slice id) {
    for (size_t i = 0; i < cn_json_many(rows); i++) {
        const cn_json *one = cn_json_one(rows, i);
        if (cn_slice_eq(cn_vc_id(one), id) && !cn_json_is(cn_json_get(one, CN_S("revoked")), CN_JSON_FALSE))
            return one;
    }
    return NULL;
}

static bool look_up_1edtech(cn_vc *v, cn_step *step, const entry *e, cn_status_list *list) {
    cn_slice id = cn_json_get_text(v->credential, CN_S("id"));
    /* Named in the plural in one edition. */
    const cn_json *rows = cn_json_get(list->document, CN_S("revokedCredential"));
    if (!rows) rows = cn_json_get(list->document, CN_S("revokedCredentials"));
    if (!rows && !list->signer.n) return wrong_list(v, step, e, list, "what is at its address is not a list.");
    if (!id.n)
        return cn_vc_find(v, step, CN_FAIL, "status-invalid", e->where,
                          "The credential has no id by which its issuer's list could name it; the issuer has to "
                          "correct it.");
    const cn_json *row = row_of(rows, id);
    return !row || report_set(v, step, e, cn_json_get_text(row, CN_S("revocationReason")));
}

/* ---- Entries ---- */

static const kind kinds[] = {
    {CN_S_INIT("BitstringStatusListEntry"), CN_S_INIT("BitstringStatusListCredential"),
     CN_S_INIT("BitstringStatusList"), true, false, read_bits, look_up_bits},
    {CN_S_INIT("StatusList2021Entry"), CN_S_INIT("StatusList2021Credential"), CN_S_INIT("StatusList2021"), false,
     false, read_bits, look_up_bits},
    {CN_S_INIT("1EdTechRevocationList"), CN_S_INIT(""), CN_S_INIT(""), false, true, read_1edtech, look_up_1edtech},
};

/* The entry's members; the step says what is wrong with them. */
static bool read_entry(cn_vc *v, cn_step *step, entry *e) {
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (cn_vc_has_type(e->json, kinds[i].entry)) e->kind = &kinds[i];
    if (!e->kind) {
        cn_slice type = cn_vc_quote(cn_json_text(cn_json_one(cn_json_get(e->json, CN_S("type")), 0)));
        return cn_vc_find_about(
            v, step, CN_UNKNOWN, "status-type-unsupported", e->where, type,
            "The credential's status is published as \"%.*s\", which cannot be read here; ask the "
            "issuer whether the credential still counts.",
            CN_ARG(type));
    }
    return e->kind->read(e, e) ||
           cn_vc_find(v, step, CN_FAIL, "status-invalid", e->where,
                      "The credential's status entry lacks its purpose, its list or its index; the issuer has "
                      "to correct it.");
}

/* `*other`: the list, where somebody else than the issuer keeps it. */
static bool check_entry(cn_vc *v, cn_step *step, entry *e, cn_slice *other) {
    cn_status_list *list;
    if (!read_entry(v, step, e)) return false;
    if (step->outcome != CN_PASS) return true;
    if (!cn_status_list_get(v, e->url, e->kind->plain, &list)) return false;
    if (list->finding.outcome == CN_PASS && !e->kind->look_up(v, step, e, list)) return false;
    cn_step finding = list->finding;
    finding.where = e->where;
    cn_vc_merge(step, &finding);
    cn_slice issuer = cn_vc_id(cn_json_get(v->credential, CN_S("issuer")));
    if (list->signer.n && !cn_slice_eq(list->signer, issuer)) *other = list->signer;
    return true;
}

/* It is so in the field, and says nothing against the list: what the issuer signed names its address. */
static bool warn_of_other(cn_vc *v, cn_step *step, cn_slice other) {
    cn_slice shown = cn_vc_quote(other);
    return !other.n || cn_vc_find_about(v, step, CN_PASS, "status-list-issuer", CN_S("/credentialStatus"), other,
                                        "The list that says whether the credential was revoked is kept by "
                                        "\"%.*s\", who is not the issuer; the issuer has named it.",
                                        CN_ARG(shown));
}

bool cn_step_status(cn_vc *v, cn_step *step) {
    const cn_json *all = cn_json_get(v->credential, CN_S("credentialStatus"));
    size_t n = cn_json_many(all);
    cn_slice other = {0};
    if (!n) step->outcome = CN_NOT_APPLICABLE; /* the issuer keeps no list */
    if (n > MAX_ENTRIES)                       /* each may cost a fetch and a list in memory */
        return cn_vc_find(v, step, CN_FAIL, "too-complex", CN_S("/credentialStatus"),
                          "The credential has %zu status entries, and at most %d are looked up.", n, MAX_ENTRIES);
    for (size_t i = 0; i < n; i++) {
        entry e = {.json = cn_json_one(all, i)};
        cn_step own = {.outcome = CN_PASS, .problem = ""};
        if (!cn_vc_where_item(v, CN_S("/credentialStatus"), all, i, &e.where)) return false;
        if (!check_entry(v, &own, &e, &other)) return false;
        cn_vc_merge(step, &own);
    }
    return warn_of_other(v, step, other);
}
