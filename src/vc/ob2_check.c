/* SPDX-License-Identifier: Apache-2.0
 *
 * The steps of a badge of Open Badges 2.0 and its forerunners: who stands for it, and does it still hold?
 *
 * Open Badges 2.0, "Verification". A hosted assertion is as good as what is found at its address, which has to be
 * on the issuer's host; a signed one is a JWS by a key whose owner is the issuer, who lists it. Whatever these
 * checks come to, such a badge is never called verified: the standard is an older one, its rules are looser, and
 * nobody should take the one for the other. Step "standard" says so.
 */
#include "vc/ob2.h"

enum { MAX_REVOKED = 100000 };

/* ---- Model ---- */

static bool lacks(cn_vc *v, cn_step *step, cn_slice member, cn_slice where) {
    return cn_vc_find_about(
        v, step, CN_FAIL, "ob2-invalid", where, member,
        "The assertion has no proper \"%.*s\", which every badge of Open Badges 2.0 needs; the "
        "issuer has to correct it.",
        CN_ARG(member));
}

bool cn_step_ob2_model(cn_vc *v, cn_step *step) {
    static const cn_slice members[] = {CN_S_INIT("recipient"), CN_S_INIT("badge"), CN_S_INIT("issuedOn")};
    const cn_json *given = v->ob2->given;
    cn_slice where;
    if (!given) return true; /* only its address is known */
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (cn_json_get(given, members[i])) continue;
        if (!cn_vc_where(v, CN_S(""), members[i], &where) || !lacks(v, step, members[i], where)) return false;
    }
    return v->ob2->jws || v->ob2->url.n || lacks(v, step, CN_S("id"), CN_S("/id"));
}

/* ---- Hosted ---- */

/* What a holder would gain from changing. */
static bool same_claims(const cn_json *x, const cn_json *y, cn_slice *member) {
    static const cn_slice members[] = {CN_S_INIT("id"),       CN_S_INIT("recipient"), CN_S_INIT("badge"),
                                       CN_S_INIT("issuedOn"), CN_S_INIT("expires"),   CN_S_INIT("evidence")};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const cn_json *a = cn_json_get(x, members[i]), *b = cn_json_get(y, members[i]);
        bool same =
            a && b ? cn_json_equal(a, b) || (cn_vc_id(a).n && cn_slice_eq(cn_vc_id(a), cn_vc_id(b))) : !a && !b;
        *member = members[i];
        if (!same) return false;
    }
    return true;
}

static bool check_hosted(cn_vc *v, cn_step *step) {
    cn_ob2 *b = v->ob2;
    const cn_json *found;
    cn_slice member, where;
    if (!b->url.n)
        return cn_vc_find(v, step, CN_UNKNOWN, "ob2-unavailable", CN_S("/id"),
                          "The assertion is neither signed nor kept at an address, so that nobody stands "
                          "for it.");
    if (!cn_ob2_fetch(v, step, b->url, CN_S("/id"), "assertion itself", &found)) return false;
    if (!found) return true;
    if (b->given && !same_claims(b->given, found, &member)) {
        if (!cn_vc_where(v, CN_S(""), member, &where)) return false;
        return cn_vc_find_about(
            v, step, CN_FAIL, "ob2-differs", where, member,
            "What its issuer keeps at its address says something else under \"%.*s\": this badge "
            "was changed. Get it anew from the issuer.",
            CN_ARG(member));
    }
    b->assertion = found;
    b->vouched = true;
    cn_slice shown = cn_vc_quote(b->url);
    return cn_vc_find_about(v, step, CN_PASS, "ob2-hosted", CN_S("/id"), b->url,
                            "The badge is not signed; what its issuer keeps at \"%.*s\" says the same today.",
                            CN_ARG(shown));
}

/* ---- Signed ---- */

/* The key's document and key: JSON with "publicKeyPem", or in Open Badges 1.0 bare PEM. */
static bool read_key(cn_vc *v, cn_step *step, cn_slice url, cn_public_key *key, cn_slice *owner) {
    cn_document got;
    cn_err err;
    const cn_json *document = NULL;
    cn_slice where = CN_S("/verification/creator"), pem;
    if (!v->resolver->load(v->resolver->self, v->arena, url, &got, &err)) {
        cn_slice shown = cn_vc_quote(url);
        return !cn_vc_fatal(v, &err) &&
               cn_vc_find_about(v, step, CN_UNKNOWN, "ob2-unavailable", where, url,
                                "The key at \"%.*s\" could not be had, so the signature cannot be checked: %s",
                                CN_ARG(shown), err.detail);
    }
    pem = got.body;
    if (!cn_slice_starts(cn_slice_trim(pem), CN_S("-----BEGIN"))) {
        if (!cn_json_read(v->arena, got.body, NULL, &document, &err) && cn_vc_fatal(v, &err)) return false;
        pem = cn_json_get_text(document, CN_S("publicKeyPem"));
        *owner = cn_vc_id(cn_json_get(document, CN_S("owner")));
    }
    if (cn_pem_read(v->arena, pem, key, &err)) return true;
    return !cn_vc_fatal(v, &err) && cn_vc_find(v, step, CN_FAIL, "key-malformed", where, "%s", err.detail);
}

/* "creator" since 2.0; before, "url" was the key's address. */
static cn_slice key_url(const cn_json *assertion) {
    const cn_json *v = cn_json_get(assertion, CN_S("verification"));
    if (!v) v = cn_json_get(assertion, CN_S("verify"));
    cn_slice creator = cn_vc_id(cn_json_get(v, CN_S("creator")));
    return creator.n ? creator : cn_json_get_text(v, CN_S("url"));
}

static bool check_signed(cn_vc *v, cn_step *step, cn_slice *owner) {
    cn_ob2 *b = v->ob2;
    cn_slice name = cn_json_get_text(b->jws->header, CN_S("alg")), shown = cn_vc_quote(name);
    const cn_jose_alg *alg = cn_jose_alg_find(name);
    cn_public_key key = {0};
    cn_err err;
    bool good;
    if (!alg || alg->key != CN_KEY_RSA)
        return cn_vc_find_about(v, step, CN_UNKNOWN, "jwt-alg-unsupported", CN_S("header/alg"), name,
                                "The signature is of the kind \"%.*s\", which is none of Open Badges 2.0.",
                                CN_ARG(shown));
    if (cn_json_get(b->jws->header, CN_S("crit")))
        return cn_vc_find(v, step, CN_FAIL, "jwt-crit", CN_S("header/crit"),
                          "The JWS asks for extensions (\"crit\") that are not known here.");
    if (!read_key(v, step, key_url(b->assertion), &key, owner)) return false;
    if (step->outcome != CN_PASS) return true;
    if (!cn_jws_check(v->env.crypto, b->jws, alg, &key, &good, &err))
        return !cn_vc_fatal(v, &err) &&
               cn_vc_find(v, step, CN_FAIL, "invalid-signature", CN_S("signature"), "%s", err.detail);
    b->vouched = good;
    return good || cn_vc_find(v, step, CN_FAIL, "invalid-signature", CN_S("signature"),
                              "The signature does not match: the badge was changed after it was signed, or it was "
                              "signed with another key. Get it anew from the issuer.");
}

bool cn_step_ob2_proof(cn_vc *v, cn_step *step) {
    cn_ob2 *b = v->ob2;
    cn_proof_result *r = CN_NEW(v->arena, cn_proof_result);
    if (!r) return cn_fail_memory(v->err);
    *r = (cn_proof_result){.suite = b->jws ? CN_S("ob2 signed") : CN_S("ob2 hosted"),
                           .method = b->jws ? key_url(b->assertion) : b->url};
    if (!(b->jws ? check_signed(v, step, &r->controller) : check_hosted(v, step))) return false;
    r->outcome = step->outcome;
    v->report.proof = !b->jws && step->outcome == CN_PASS ? CN_UNKNOWN : step->outcome; /* no signature is good */
    if (r->outcome != CN_PASS) r->controller = CN_S("");
    v->report.proofs = r;
    v->report.proofs_n = 1;
    /* Followed now, since a hosted one is what was found. That its documents cannot be had says nothing of it. */
    cn_step documents = {.outcome = CN_PASS, .problem = ""};
    if (!cn_ob2_follow(v, &documents)) return false;
    cn_vc_merge(step, &documents);
    return true;
}

/* ---- Issuer ---- */

static cn_slice host_of(cn_slice url) {
    cn_slice scheme, rest, host;
    (void)cn_slice_cut(url, ':', &scheme, &rest);
    if (!cn_slice_starts(rest, CN_S("//"))) return CN_S("");
    (void)cn_slice_cut(cn_slice_from(rest, 2), '/', &host, &rest);
    return host;
}

/* "verification" of the profile: hosts, and beginnings of addresses, under which it keeps assertions; without it
 * its own host. */
static bool allows(const cn_json *issuer, cn_slice id, cn_slice url) {
    const cn_json *verification = cn_json_get(issuer, CN_S("verification"));
    const cn_json *hosts = cn_json_get(verification, CN_S("allowedOrigins"));
    const cn_json *starts = cn_json_get(verification, CN_S("startsWith"));
    for (size_t i = 0; i < cn_json_many(hosts); i++)
        if (cn_slice_eq_nocase(cn_json_text(cn_json_one(hosts, i)), host_of(url))) return true;
    for (size_t i = 0; i < cn_json_many(starts); i++) {
        cn_slice start = cn_json_text(cn_json_one(starts, i));
        if (host_of(start).n && cn_slice_starts(url, start) && cn_slice_eq(host_of(start), host_of(url)))
            return true;
    }
    return !hosts && !starts && host_of(id).n && cn_slice_eq_nocase(host_of(id), host_of(url));
}

/* The profile, found at its own address, lists the key that its document says is this issuer's. */
static bool owns(const cn_vc *v, cn_slice id) {
    const cn_json *keys = cn_json_get(v->ob2->issuer, CN_S("publicKey"));
    cn_slice owner = v->report.proofs[0].controller, url = v->report.proofs[0].method;
    if (owner.n && !cn_slice_eq(owner, id)) return false;
    for (size_t i = 0; i < cn_json_many(keys); i++)
        if (cn_slice_eq(cn_vc_id(cn_json_one(keys, i)), url)) return true;
    return !keys && !owner.n &&
           cn_slice_eq_nocase(host_of(id), host_of(url)); /* before 2.0 there were no such members */
}

bool cn_step_ob2_issuer(cn_vc *v, cn_step *step) {
    const cn_ob2 *b = v->ob2;
    cn_slice id = cn_vc_id(cn_json_get(v->credential, CN_S("issuer"))), shown = cn_vc_quote(id);
    if (!b->vouched || !b->found || !id.n)
        return cn_vc_find(v, step, CN_NOT_APPLICABLE, "", CN_S(""),
                          "Nothing shows who stands for this badge, or who its issuer is.");
    bool good = b->jws ? owns(v, id) : allows(b->issuer, id, b->url);
    if (good && b->jws) v->report.controller = v->report.proofs[0].controller = id;
    if (good && !b->jws)
        return cn_vc_find_about(
            v, step, CN_PASS, "ob2-own-host", CN_S("/badge/issuer"), id,
            "The badge is kept where \"%.*s\" keeps its badges; no key shows that they made it.", CN_ARG(shown));
    return good || cn_vc_find_about(
                       v, step, CN_FAIL, "issuer-key-mismatch", CN_S("/badge/issuer"), id,
                       "The badge says it is from \"%.*s\", who does not stand for it: it is %s. Ask the "
                       "issuer whether it is theirs.",
                       CN_ARG(shown), b->jws ? "signed with a key that they do not list" : "kept on another host");
}

/* ---- Status ---- */

static bool revoked(cn_vc *v, cn_step *step, cn_slice reason) {
    cn_slice shown = cn_vc_quote(reason);
    return cn_vc_find_about(
        v, step, CN_FAIL, "revoked", CN_S("/id"), reason,
        "The issuer has revoked this badge, so it no longer counts; ask the issuer if you think "
        "this is wrong.%s%.*s",
        reason.n ? " Their reason: " : "", CN_ARG(shown));
}

/* 2.0: "revokedAssertions", ids or objects; 1.0: an object whose members are the revoked ids. */
static bool look_up(cn_vc *v, cn_step *step, const cn_json *list) {
    const cn_json *all = cn_json_get(list, CN_S("revokedAssertions"));
    cn_slice id = cn_json_get_text(v->ob2->assertion, CN_S("id")),
             uid = cn_json_get_text(v->ob2->assertion, CN_S("uid"));
    const cn_json *old = uid.n ? cn_json_get(list, uid) : NULL;
    if (!all && old) return revoked(v, step, cn_json_text(old));
    for (size_t i = 0; i < cn_json_many(all) && i < MAX_REVOKED; i++) {
        const cn_json *one = cn_json_one(all, i);
        cn_slice named = cn_vc_id(one), older = cn_json_get_text(one, CN_S("uid"));
        if ((id.n && cn_slice_eq(named, id)) || (uid.n && cn_slice_eq(older, uid)))
            return revoked(v, step, cn_json_get_text(one, CN_S("revocationReason")));
    }
    return true;
}

bool cn_step_ob2_status(cn_vc *v, cn_step *step) {
    const cn_ob2 *b = v->ob2;
    const cn_json *list;
    cn_slice url = cn_vc_id(cn_json_get(b->issuer, CN_S("revocationList")));
    if (cn_json_is(cn_json_get(b->assertion, CN_S("revoked")), CN_JSON_TRUE))
        return revoked(v, step, cn_json_get_text(b->assertion, CN_S("revocationReason")));
    if (!b->vouched || !b->jws || !url.n) {
        step->outcome = b->vouched && !b->jws ? CN_PASS : CN_NOT_APPLICABLE;
        return true;
    }
    if (!cn_ob2_fetch(v, step, url, CN_S("/badge/issuer"), "list of revoked badges", &list)) return false;
    return !list || look_up(v, step, list);
}

/* ---- The standard ---- */

bool cn_step_ob2_standard(cn_vc *v, cn_step *step) {
    return cn_vc_find(
        v, step, CN_UNKNOWN, "open-badges-2", CN_S("/@context"),
        "This is a badge of Open Badges 2.0 or older, %s. It cannot be verified like one of version 3.0; "
        "what could be checked of it follows. Ask the issuer for it in version 3.0.",
        v->ob2->jws ? "which is signed" : "which its issuer keeps at an address");
}
