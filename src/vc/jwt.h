/* SPDX-License-Identifier: Apache-2.0
 *
 * A door of the room `vc`: credentials and presentations as JWTs and SD-JWTs that are made here (VC-JOSE-COSE 1.0,
 * RFC 9901). What is read is read by cn_verify.
 */
#ifndef CN_VC_JWT_H
#define CN_VC_JWT_H

#include "vc/vc.h"

typedef struct cn_jose_options cn_jose_options;
struct cn_jose_options {
    const cn_crypto *crypto;
    const cn_loader *contexts; /* what is signed has to keep its whole meaning as JSON-LD, as in cn_integrity_add;
                                  NULL: nobody looks */
    cn_contexts *processed;    /* see cn_jsonld_options; may be NULL */
    const cn_private_key *key;
    cn_slice kid;                    /* the key's name, a verification method: "did:jwk:eyJ…#0" */
    cn_slice typ;                    /* empty: "vc+jwt", of an SD-JWT "vc+sd-jwt" */
    const cn_time *issued, *expires; /* of the signature ("iat", "exp"); NULL: it does not say */
    cn_slice challenge, domain;      /* "nonce", "aud": what a verifier asked for; empty: nothing */
};

/* The document in compact form, signed with the one algorithm that the key's kind has (EdDSA, ES256, ES384,
 * ES512). On the arena. UNSUPPORTED "sign.document" (no JSON object, or one with a claim "vc" or "vp"),
 * "sign.suite" (no algorithm for this kind of key); the errors of jsonld in safe mode. */
CN_MUST_USE bool cn_jose_sign(cn_arena *a, const cn_json *document, const cn_jose_options *options, cn_slice *out,
                              cn_err *err);

/* An EnvelopedVerifiableCredential around a JWT or SD-JWT (VC Data Model 2.0, section 4.12); NULL at the arena's
 * maximum. */
const cn_json *cn_jose_envelope(cn_arena *a, cn_slice token);

typedef struct cn_sd_jwt_options {
    cn_jose_options jose;
    const cn_random *random;  /* salts */
    const cn_slice *pointers; /* what the holder may withhold: JSON pointers to members and items of lists */
    size_t pointers_n;
    const cn_public_key *holder; /* whose key binding counts ("cnf"); NULL: nobody's */
    bool anything; /* the pointers may be to what a verifier must always see: the caller answers for it */
} cn_sd_jwt_options;

/* With every disclosure. INVALID "sd-jwt.pointer" (it points at nothing, or at what a verifier must always see:
 * the context, the type, the issuer, dates, the status), "sd-jwt.name" (the document has a member that SD-JWT
 * keeps for itself); INTERNAL "crypto.random"; the errors of cn_jose_sign. */
CN_MUST_USE bool cn_sd_jwt_issue(cn_arena *a, const cn_json *document, const cn_sd_jwt_options *options,
                                 cn_slice *out, cn_err *err);

/* How a holder binds what they show to an occasion. */
typedef struct cn_binding_options {
    const cn_private_key *key;  /* the one that the issuer put in "cnf" */
    cn_slice challenge, domain; /* both are needed */
    cn_time now;
} cn_binding_options;

/* The SD-JWT with those disclosures alone that the pointers need: what they point at, what it lies in, and what
 * lies in it. A key binding that it had is left away; `binding` NULL makes none. INVALID "sd-jwt.pointer" (nothing
 * can be disclosed there) and the errors of reading one. On the arena, or borrowed from the text. */
CN_MUST_USE bool cn_sd_jwt_present(cn_arena *a, const cn_crypto *crypto, cn_slice text, const cn_slice *pointers,
                                   size_t pointers_n, const cn_binding_options *binding, cn_slice *out,
                                   cn_err *err);

#endif
