/* SPDX-License-Identifier: Apache-2.0
 *
 * The signed form of an award and of a status list (docs/decisions/0009 and 0010): what goes into the document,
 * under which names, in which words. It cannot be changed for what has been awarded, so whatever is decided about
 * it is decided here.
 *
 * A document is made from facts alone: the same facts give the same bytes.
 */
#ifndef CN_APP_FORM_H
#define CN_APP_FORM_H

#include "app/app.h"

/* ---- Addresses: they stand in signed documents, so they answer for good. On the arena; empty at its maximum ----
 */

cn_slice cn_form_credential_url(cn_arena *a, cn_slice origin, cn_slice id);
cn_slice cn_form_achievement_url(cn_arena *a, cn_slice origin, cn_slice id, int version);
cn_slice cn_form_issuer_url(cn_arena *a, cn_slice origin, cn_slice organisation);
cn_slice cn_form_list_url(cn_arena *a, cn_slice origin, cn_slice id);

/* ---- Awards ---- */

/* What an achievement says in one language. */
typedef struct cn_form_texts {
    cn_slice name, description;
    cn_slice criteria; /* Markdown */
    const cn_slice *outcomes;
    size_t outcomes_n;
} cn_form_texts;

/* The facts of an award; all borrowed. What may be empty says so. */
typedef struct cn_form_award {
    cn_slice origin;    /* "https://cairn.example" */
    cn_slice id;        /* of the award */
    cn_slice language;  /* "en" or "fr": of the plain texts; the other language stands beside them */
    bool demonstration; /* it says so, in both languages */

    cn_slice issuer; /* "did:key:…", "did:web:…": who signs */
    cn_slice organisation_id;
    cn_bilingual organisation_name;
    cn_slice organisation_url; /* its web site; may be empty */

    cn_slice achievement_id;
    int version;
    cn_form_texts en, fr;  /* as many outcomes in each */
    const cn_json *design; /* app/design.h; NULL: nothing is said */

    cn_time valid_from;
    const cn_time *valid_until; /* NULL: without end */

    cn_slice name;  /* of the subject, as it shall appear */
    cn_slice email; /* goes in as a salted hash of its normal form (base/mail_address.h) */
    cn_slice salt;  /* 128 random bits as text, another for each award */

    /* What the assessment came to, as the institution wrote it: a result, or a decision with its date, the method
     * and who decided; or both. */
    cn_slice result;
    cn_slice decided_on; /* "2026-05-28" */
    cn_slice decision, method, assessor;

    cn_slice status_list; /* id of the list */
    uint64_t status_index;

    const cn_json *const *endorsements; /* of the version, signed and whole */
    size_t endorsements_n;
} cn_form_award;

/* The unsigned OpenBadgeCredential, on the arena, borrowing from the facts. INVALID "form.missing" (something that
 * has to be said is empty; `where` names the fact), "form.assessment" (neither a result nor a whole decision),
 * "form.date", "form.language", "form.utf8". */
CN_MUST_USE bool cn_form_credential(cn_arena *a, const cn_crypto *crypto, const cn_form_award *award,
                                    const cn_json **out, cn_err *err);

/* "sha256$" and the hash of the e-mail's normal form followed by the salt, in hexadecimal digits; for whoever has
 * to show that an address is the one in the credential. INVALID "form.email". */
CN_MUST_USE bool cn_form_email_hash(cn_arena *a, const cn_crypto *crypto, cn_slice email, cn_slice salt,
                                    cn_slice *out, cn_err *err);

/* ---- Endorsements (docs/decisions/0015-endorsements.md) ---- */

/* What can be stated, by a word that stands in signed documents; static. Each is of an endorsement, or of a
 * declaration of what an employer accepts an achievement for. */
typedef struct cn_form_claim_kind {
    cn_slice word;
    bool acceptance, about_part; /* about_part: it speaks of one competency, or of the assessment */
} cn_form_claim_kind;
extern const cn_form_claim_kind cn_form_claims[];
extern const size_t cn_form_claims_n;

typedef struct cn_form_claim {
    cn_slice claim;      /* a word of cn_form_claims */
    cn_slice part;       /* URL of what it is about; empty where it is about no part */
    cn_slice occupation; /* a code, "NOC 12200"; may be empty */
    cn_bilingual name;   /* of the part; empty where there is none */
} cn_form_claim;

/* The facts of an endorsement; all borrowed. What may be empty says so. */
typedef struct cn_form_endorsement {
    cn_slice origin, id;
    cn_slice language; /* "en" or "fr": of the plain texts */
    bool demonstration, acceptance;

    cn_slice issuer; /* who signs */
    cn_bilingual organisation_name;
    cn_slice organisation_url; /* may be empty */

    cn_slice subject; /* URL of the version, or of the achievement whatever its version */
    cn_bilingual subject_name;
    const cn_form_claim *claims;
    size_t claims_n;
    cn_bilingual scope;   /* for which work, where */
    cn_bilingual comment; /* may be empty: in both languages or in none */
    cn_time valid_from, valid_until;

    cn_slice status_list;
    uint64_t status_index;
} cn_form_endorsement;

cn_slice cn_form_endorsement_url(cn_arena *a, cn_slice origin, cn_slice id);
/* The unsigned EndorsementCredential. INVALID as of cn_form_credential; "form.claims": none, or one that nobody
 * knows. */
CN_MUST_USE bool cn_form_endorsement_make(cn_arena *a, const cn_form_endorsement *facts, const cn_json **out,
                                          cn_err *err);

/* ---- Status lists ---- */

enum { CN_FORM_LIST_BITS = 131072 }; /* the least that Bitstring Status List 1.0 allows (section 6.1) */

typedef struct cn_form_list {
    cn_slice origin, id, issuer;
    cn_slice bits; /* CN_FORM_LIST_BITS / 8 bytes; bit 0 is the leftmost of the first */
    cn_time valid_from;
} cn_form_list;

/* The unsigned BitstringStatusListCredential of revocations. */
CN_MUST_USE bool cn_form_status_list(cn_arena *a, const cn_form_list *list, const cn_json **out, cn_err *err);

/* ---- Signing ---- */

/* The id of an issuer that is its key, "did:key:z6Mk…", and the verification method of that key. */
CN_MUST_USE bool cn_form_did_key(cn_arena *a, const cn_public_key *key, cn_slice *issuer, cn_slice *method,
                                 cn_err *err);

/* The document with its signature (eddsa-rdfc-2022), as text: its "proof" is a list of one, as the schema of Open
 * Badges has it. The errors of cn_integrity_add. */
CN_MUST_USE bool cn_form_sign(cn_arena *a, const cn_app *app, const cn_json *unsigned_document,
                              const cn_private_key *key, cn_slice method, cn_time now, cn_slice *out, cn_err *err);

#endif
