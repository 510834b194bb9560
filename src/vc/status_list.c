/* SPDX-License-Identifier: Apache-2.0
 *
 * The lists that the status step looks into: fetched, judged and opened once in a verification, however many
 * entries name them.
 *
 * A bitstring list is a credential and is verified like one, by the same loop. A 1EdTech list is a plain document
 * (1EdTech Revocation List Status Method 1.0): only the address, which the issuer has signed, vouches for it.
 */
#include "vc/internal.h"

#define MAX_LIST_BYTES ((size_t)16 << 20)

/* The list's finding, about the list itself; whoever uses it says where it was named. */
static bool find(cn_vc *v, cn_status_list *list, cn_outcome outcome, const char *problem, const char *before,
                 const char *why, cn_slice detail) {
    return cn_vc_find_about(v, &list->finding, outcome, problem, CN_S(""), list->url, "%s %s%s%.*s", before, why,
                            detail.n ? " " : "", CN_ARG(detail));
}

bool cn_status_list_wrong(cn_vc *v, cn_status_list *list, const char *why) {
    return find(v, list, CN_FAIL, "status-list-invalid",
                "The list that says whether this credential was revoked cannot be relied on:", why, CN_S(""));
}

/* A list that fails takes the credential with it; one that could not be checked does not. */
static bool judge(cn_vc *v, cn_status_list *list, const cn_report *r) {
    for (size_t i = 0; i < r->steps_n && r->verdict != CN_VERIFIED; i++) {
        const cn_step *s = &r->steps[i];
        cn_slice word;
        if (!cn_arena_print(v->arena, &word, "(%s).", s->problem)) return cn_fail_memory(v->err);
        if (r->verdict == CN_NOT_VERIFIED && s->outcome == CN_FAIL)
            return find(v, list, CN_FAIL, "status-list-invalid",
                        "The list that says whether this credential was revoked does not verify", word.p,
                        s->detail);
        if (r->verdict == CN_VERDICT_UNKNOWN && s->outcome == CN_UNKNOWN)
            return find(v, list, CN_UNKNOWN, "status-list-unverifiable",
                        "The list that says whether this credential was revoked could not be checked", word.p,
                        s->detail);
    }
    return true;
}

static bool read_credential(cn_vc *v, cn_status_list *list, cn_slice body) {
    cn_report r;
    if (cn_kept_take(v, list, body)) return true;
    cn_kept_begin(v, list);
    if (!cn_vc_nested_bytes(v, CN_DEPTH_LIST, body, &r) || !judge(v, list, &r)) return false;
    cn_kept_end(v, list, body, &r);
    list->document = r.credential;
    list->signer = r.controller;
    return true;
}

static bool read_plain(cn_vc *v, cn_status_list *list, cn_slice body) {
    cn_json_options strict = {.refuse_duplicates = true};
    cn_err err;
    bool good = cn_json_read(v->arena, body, &strict, &list->document, &err);
    if (!good && cn_vc_fatal(v, &err)) return false;
    if (good && cn_json_is(list->document, CN_JSON_OBJECT)) {
        list->signer = cn_vc_id(cn_json_get(list->document, CN_S("issuer")));
        return true;
    }
    list->document = NULL;
    return cn_status_list_wrong(v, list, "what is at its address is not a list.");
}

static bool fetch(cn_vc *v, cn_status_list *list, bool plain) {
    cn_document got;
    cn_err err;
    if (v->resolver->load(v->resolver->self, v->arena, list->url, &got, &err))
        return (plain ? read_plain : read_credential)(v, list, got.body);
    if (cn_vc_fatal(v, &err)) return false;
    return find(v, list, CN_UNKNOWN, "status-list-unretrievable",
                "Whether this credential was revoked cannot be said now, because the issuer's list could not be "
                "fetched:",
                err.detail, CN_S(""));
}

bool cn_status_list_get(cn_vc *v, cn_slice url, bool plain, cn_status_list **out) {
    cn_slice key;
    if (!cn_arena_print(v->arena, &key, "%c%.*s", plain ? 'p' : 'c', CN_ARG(url))) return cn_fail_memory(v->err);
    cn_status_list *list = cn_map_get(v->lists, key);
    if (!list) {
        list = CN_NEW(v->arena, cn_status_list);
        if (!list || !cn_map_put(v->arena, v->lists, key, list)) return cn_fail_memory(v->err);
        *list = (cn_status_list){.url = cn_slice_from(key, 1), .finding = {.outcome = CN_PASS, .problem = ""}};
        if (!fetch(v, list, plain)) return false;
    }
    *out = list;
    return true;
}

bool cn_status_list_open(cn_vc *v, cn_status_list *list, bool prefixed) {
    const cn_json *subject = cn_json_get(list->document, CN_S("credentialSubject"));
    size_t max = v->options->max_list_bytes ? v->options->max_list_bytes : MAX_LIST_BYTES;
    cn_err err;
    if (list->bits.n || list->finding.outcome != CN_PASS) return true;
    if (cn_bitstring_read(v->arena, cn_json_get_text(subject, CN_S("encodedList")), prefixed, max, &list->bits,
                          &err)) {
        if (prefixed) cn_kept_put(v, list); /* what holds by the stricter rule holds by the other */
        return true;
    }
    return cn_vc_fatal(v, &err) ? false : cn_status_list_wrong(v, list, err.detail);
}
