/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `vc`: SD-JWT, RFC 9901: a JWT, the disclosures that its holder shows with it, and a
 * key binding behind them. What the signatures are worth is jwt_proof.c's and key_binding.c's affair.
 */
#ifndef CN_VC_SD_JWT_H
#define CN_VC_SD_JWT_H

#include "crypto/crypto.h"

enum { CN_DISCLOSURES_MAX = 1000 };

/* A value that the issuer signed by its digest alone. */
typedef struct cn_disclosure {
    cn_slice text;        /* as it came: base64url; borrowed */
    cn_slice digest;      /* of the text, in base64url, once the hash is known */
    const cn_json *parts; /* [salt, value] of a list's item, [salt, name, value] of a member */
    bool used;            /* a digest that was signed names it */
    cn_slice where;       /* then: a JSON pointer to what it discloses, once all is disclosed */
} cn_disclosure;

typedef struct cn_sd_jwt {
    cn_slice jwt;     /* the issuer's */
    cn_slice shown;   /* it and the disclosures, to the last tilde: what a key binding signs */
    cn_slice binding; /* a JWT of the holder's; empty where there is none */
    cn_disclosure *v; /* as they came */
    size_t n;
} cn_sd_jwt;

/* Section 4: JWT, disclosures and key binding, with tildes between them; a text without a tilde is none. On the
 * arena, borrowed from the text. INVALID "sd-jwt.parts", "sd-jwt.disclosure"; LIMIT "sd-jwt.disclosures" (more
 * than CN_DISCLOSURES_MAX), "memory.limit". `where` names the disclosure, from 1. */
CN_MUST_USE bool cn_sd_jwt_read(cn_arena *a, cn_slice text, cn_sd_jwt *out, cn_err *err);

/* The hash that a payload names in "_sd_alg". UNSUPPORTED "sd-jwt.hash". */
CN_MUST_USE bool cn_sd_jwt_hash(const cn_json *payload, cn_hash *out, cn_err *err);
/* A text's digest as SD-JWT writes it. False at the arena's maximum. */
CN_MUST_USE bool cn_sd_jwt_digest(const cn_crypto *c, cn_arena *a, cn_hash hash, cn_slice text, cn_slice *out);

/* Section 7.1, step 3: the payload with what is disclosed in its place, and without digests; *withheld counts the
 * digests that no disclosure answers (some of which may be decoys). Marks what is used. INVALID "sd-jwt.digest"
 * (one that stands twice, or is no text), "sd-jwt.disclosure", "sd-jwt.name" (a member that is there already, or a
 * name that SD-JWT keeps for itself), "sd-jwt.unused" (no digest is that of a disclosure); UNSUPPORTED
 * "sd-jwt.hash"; LIMIT "sd-jwt.depth", "memory.limit". */
CN_MUST_USE bool cn_sd_jwt_reveal(const cn_crypto *c, cn_arena *a, cn_sd_jwt *s, const cn_json *payload,
                                  const cn_json **out, size_t *withheld, cn_err *err);

#endif
