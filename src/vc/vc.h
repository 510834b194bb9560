/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `vc`: Verifiable Credentials 1.1 and 2.0, Data
 * Integrity, status lists, controller documents, Open Badges 3.0, and the
 * table of verification steps.
 */
#ifndef CN_VC_VC_H
#define CN_VC_VC_H

#include "jsonld/jsonld.h"

/* What a step, and a signature, can come to. */
typedef enum cn_outcome { CN_PASS, CN_FAIL, CN_UNKNOWN, CN_NOT_APPLICABLE } cn_outcome;
const char *cn_outcome_name(cn_outcome o); /* "pass", "fail", "unknown", "not applicable" */

typedef enum cn_verdict { CN_VERIFIED, CN_NOT_VERIFIED, CN_VERDICT_UNKNOWN } cn_verdict;
const char *cn_verdict_name(cn_verdict v); /* "verified", "not verified", "unknown" */

typedef struct cn_step {
    const char *id; /* static: one of the steps below */
    cn_outcome outcome;
    const char *problem; /* static: a stable word; "" when there is none. A pass may carry a warning here */
    cn_slice detail;     /* one English sentence for people; may be empty; on the arena */
    cn_slice where;      /* JSON pointer or byte position; may be empty; on the arena */
    cn_slice about;      /* what the finding is about, for sentences in other languages: the date, the key, the
                            URL, the member, as in `detail`; may be empty; on the arena */
} cn_step;

/* Steps, in order: "read" (bytes to one credential), "model" (data model: context, type, issuer,
 * subject, dates well-formed), "context" (JSON-LD in safe mode, nothing dropped), "proof" (every
 * signature), "issuer" (the key belongs to the issuer), "registry" (a list knows the issuer), "validity"
 * (validFrom, validUntil), "status" (revocation, suspension), "endorsements" (of third parties, in the
 * credential), "parts" (the credentials of a record), "schema" (the
 * schemas that it names; only warnings, unless `schema_counts`), "holder" (only where a holder answers, or was
 * asked: who presents it). Of a presentation: "read", "model", "context", "proof", "holder", "validity",
 * "credentials" (each of them holds). Where "read" fails there are no others. */
enum { CN_STEPS_MAX = 16 };

typedef struct cn_proof_result {
    cn_slice suite;  /* "eddsa-rdfc-2022", "Ed25519Signature2020", "vc-jwt RS256" */
    cn_slice method; /* verificationMethod */
    cn_outcome outcome;
    cn_slice controller; /* who holds the key, where the signature is good; empty otherwise */
} cn_proof_result;

/* Who the registry says a signer is. */
typedef struct cn_known_issuer {
    cn_slice name;        /* as the list writes it; of several the first */
    const cn_json *names; /* all of them: a string, a language object, or a list of these; NULL: the name alone */
    cn_slice list;        /* the name of the list */
    cn_slice url;
} cn_known_issuer;

/* A credential inside a credential, verified by itself. */
typedef enum cn_part_kind { CN_PART_ENDORSEMENT, CN_PART_CREDENTIAL } cn_part_kind;
typedef struct cn_part {
    cn_part_kind kind;
    cn_slice where; /* JSON pointer into the credential */
    cn_verdict verdict;
    const char *problem;       /* of the step that decided; "" where it is verified */
    bool ended;                /* not verified, for nothing but its dates or because it was revoked */
    bool elsewhere;            /* an endorsement that is about something else than what it stands in */
    cn_slice issuer;           /* as it says itself */
    cn_slice controller;       /* who was proven to hold the key; empty where nobody was */
    cn_known_issuer known;     /* who the registry says that is; name empty where no list knows it */
    const cn_json *credential; /* as read, its languages joined; NULL when there is none */
} cn_part;

/* Looks an issuer up: by its id and by the controller that was proven to hold the key.
 * `*found` false when no list knows it. `imposes` is set where the name the badge gives belongs to a
 * registered issuer with other keys. */
typedef struct cn_registry {
    void *self;
    bool (*find)(void *self, cn_arena *a, cn_slice issuer_id, cn_slice claimed_name, bool *found,
                 cn_known_issuer *out, bool *imposes, cn_err *err);
} cn_registry;

/* What a verifier asked the holder of a credential to sign with it; empty: not asked for. */
typedef struct cn_asked {
    cn_slice challenge; /* "challenge" of a proof, "nonce" of a JWT */
    cn_slice domain;    /* "domain", "aud" */
} cn_asked;

/* Status lists that were found good, remembered for the verifications to come: where the resolver answers with the
 * same bytes again they are not verified and inflated anew. Threads may share one. Holds 32 lists and 32 MiB at
 * most. */
typedef struct cn_lists cn_lists;
/* Owned by the caller. */
cn_lists *cn_lists_new(void);
/* NULL is accepted. */
void cn_lists_free(cn_lists *l);

typedef struct cn_verify_options {
    const cn_crypto *crypto;
    const cn_loader *contexts;   /* JSON-LD contexts: usually cn_builtin_loader() */
    cn_contexts *processed;      /* see cn_jsonld_options; may be NULL */
    const cn_loader *resolver;   /* controller documents and status lists; NULL: offline, all unknown */
    cn_lists *lists;             /* NULL: nothing is remembered */
    const cn_registry *registry; /* NULL: no list is known: a warning */
    cn_time now;
    bool schema_counts;    /* a credential that is not as its schema asks is not verified; otherwise a warning */
    bool strict_bitstring; /* lists shorter than 131,072 bits are refused (Bitstring Status List 1.0, 5.1) */
    bool check_resources;  /* fetch what the credential gives a digest of (evidence, related resources): this tells
                              others who is looking */
    size_t max_work;       /* RDFC-1.0, all canonicalisations together; 0: CN_RDFC_MAX_WORK */
    size_t max_proofs;     /* 0: 16 */
    size_t max_documents;  /* different ones asked of the resolver; 0: 12 for each credential that may be there */
    size_t max_list_bytes; /* an inflated status list; 0: 16 MiB */
    const cn_asked *asked; /* opens presentations, each credential of which is verified; NULL: they are refused */
    unsigned leave;        /* cn_leave, joined: what the caller judges by itself; 0: all counts */
} cn_verify_options;

/* What a verifier may leave out: a failure of "issuer" or "validity" is then a warning, and "status" and all that
 * follows it is not looked at, so that nobody is asked. */
typedef enum cn_leave { CN_LEAVE_ISSUER = 1, CN_LEAVE_VALIDITY = 2, CN_LEAVE_STATUS = 4 } cn_leave;

typedef struct cn_report cn_report;
struct cn_report {
    cn_verdict verdict;
    cn_outcome
        proof; /* PASS: every signature is good; FAIL: one is not, or there is none; UNKNOWN: no key to be had */
    cn_step steps[CN_STEPS_MAX];
    size_t steps_n;
    cn_proof_result *proofs;
    size_t proofs_n;
    const cn_json *credential; /* the credential as read, its languages joined (vc/languages.h), which is for
                                  reading only; NULL when there is none */
    cn_slice format;           /* "json", "jwt", "sd-jwt", "png", "svg"; "ob2" for Open Badges 2.0 and older
                                  in any of these; empty when nothing was recognised */
    cn_slice controller;       /* who was proven to hold the key: "did:web:…", "https://…"; empty */
    cn_known_issuer issuer;    /* from the registry; name empty where no list knows it */
    const cn_part *endorsements, *parts;
    size_t endorsements_n, parts_n;
    uint64_t status_ttl;         /* how long what the status lists say may be kept, in milliseconds: the least of
                                    their "ttl"; 0 where none says so */
    bool name_withheld;          /* the name the badge gives its issuer is that of a registered one, who is not
                                    proven to have signed: it must not be shown */
    size_t disclosed, withheld;  /* SD-JWT: what the holder shows and what they keep back of what may be kept back;
                                    the latter is at most so much, since an issuer may add decoys */
    const cn_json *presentation; /* as read, where it is one: then `credential` is NULL */
    cn_slice holder;             /* who was proven to present it; empty */
    const cn_report *credentials; /* of a presentation */
    size_t credentials_n;
};

/* Verifies what the bytes hold. A credential that does not verify is a result; an error is only LIMIT
 * "memory.limit" or INTERNAL. Everything in the report is on the arena, borrowed from the input, or static. */
CN_MUST_USE bool cn_verify(cn_arena *a, cn_slice input, const cn_verify_options *options, cn_report *out,
                           cn_err *err);

/* The same of what has been read as JSON, without keys given twice: an object, or the text of a JWT or SD-JWT. It
 * has to live as long as the report. */
CN_MUST_USE bool cn_verify_value(cn_arena *a, const cn_json *value, const cn_verify_options *options,
                                 cn_report *out, cn_err *err);
/* What is wrong with a credential, or a presentation where options->asked, before it is signed: the steps "read",
 * "model" and "context" alone, and the form of the proofs that it has already ("proof-malformed" in "model"). */
CN_MUST_USE bool cn_verify_unsigned(cn_arena *a, const cn_json *credential, const cn_verify_options *options,
                                    cn_report *out, cn_err *err);

/* Appends the report as one JSON object on one line: {"input", "verdict", "proof", "steps", "credential"},
 * the form `cairn verify --json` prints. `input` is the name of what was verified. */
CN_MUST_USE bool cn_report_write(cn_arena *a, const cn_report *report, cn_slice input, cn_buf *b, cn_err *err);

/* ---- Status lists ---- */

/* The bits as "encodedList" wants them (Bitstring Status List 1.0, 3.3): gzip, base64url, multibase. The same bits
 * give the same text. On the arena. */
CN_MUST_USE bool cn_bitstring_write(cn_arena *a, cn_slice bits, cn_slice *out, cn_err *err);

/* ---- Signing ---- */

typedef struct cn_sign_options {
    const cn_crypto *crypto;
    const cn_loader *contexts;
    cn_contexts *processed; /* see cn_jsonld_options; may be NULL */
    const cn_private_key *key;
    cn_slice suite;   /* empty: "eddsa-rdfc-2022"; any row of suites.c */
    cn_slice method;  /* verificationMethod: "did:key:z6Mk…#z6Mk…" */
    cn_slice purpose; /* empty: "assertionMethod" */
    cn_time created;
    const cn_time *expires;     /* NULL: the signature has no end */
    cn_slice challenge, domain; /* what a verifier asked for; empty: nothing */
    size_t max_work;            /* RDFC-1.0; 0: CN_RDFC_MAX_WORK */
    cn_slice id;                /* of the proof, a URL, so that later ones can build on it; empty: none */
    const cn_slice *previous;   /* the ids of the proofs that it builds on, all in the document */
    size_t previous_n;
    /* ecdsa-sd-2023 alone: JSON pointers to what the holder cannot leave out, and randomness. */
    const cn_slice *mandatory;
    size_t mandatory_n;
    const cn_random *random;
} cn_sign_options;

/* Data Integrity 1.0, 4.2 and 4.3: the document with one more proof; where it has proofs already, they and
 * the new one form a set, or a chain. UNSUPPORTED "sign.suite" (no such suite for this kind of key),
 * "sign.document" (not an object); INVALID "sign.id" (a proof has it already), "sign.previous-proof" (not there);
 * UNSUPPORTED "sign.mandatory" (the suite signs the whole), and for ecdsa-sd-2023 "sign.chain" and what
 * cn_sd_derive() has; the errors of jsonld in safe mode and of rdfc. On the arena, members borrowed from the
 * document. */
CN_MUST_USE bool cn_integrity_add(cn_arena *a, const cn_json *document, const cn_sign_options *options,
                                  const cn_json **out, cn_err *err);

/* Whether a credential may be signed so: INVALID "issue.credential", with the sentence and the place of the first
 * step in which verifying would find something wrong with the document itself, signed or not. Of the options the
 * contexts, `created` and max_work are looked at. */
CN_MUST_USE bool cn_sign_check(cn_arena *a, const cn_json *document, const cn_sign_options *options, cn_err *err);

/* ---- Presenting ---- */

/* What a holder has, as text: out of its picture where it is in one. On the arena, or borrowed. */
CN_MUST_USE bool cn_presented_text(cn_arena *a, cn_slice bytes, cn_slice *out, cn_err *err);
/* The same as a presentation takes it: JSON, an envelope around a JWT or SD-JWT. */
CN_MUST_USE bool cn_presented_credential(cn_arena *a, cn_slice bytes, const cn_json **out, cn_err *err);
/* A presentation of the credentials (an array; NULL, which is memory, answers false) by the controller of the
 * verification method, not signed yet. */
CN_MUST_USE bool cn_presentation_new(cn_arena *a, cn_slice method, const cn_json *credentials, const cn_json **out,
                                     cn_err *err);

/* ---- Showing a part ---- */

typedef struct cn_derive_options {
    const cn_crypto *crypto;
    const cn_loader *contexts;
    cn_contexts *processed;   /* see cn_jsonld_options; may be NULL */
    const cn_slice *pointers; /* JSON pointers to what is shown, beside what is mandatory */
    size_t pointers_n;
    size_t max_work; /* RDFC-1.0; 0: CN_RDFC_MAX_WORK */
} cn_derive_options;

/* From a document with a base proof of ecdsa-sd-2023, which its holder has, one that shows a part of it, with a
 * derived proof and no other. UNSUPPORTED "sd.no-base", "sd.unnamed" (it has lists), "sd.reserved", "sd.form" (it
 * is not in compact form); NOT_FOUND "sd.pointer"; INVALID "sd.value" (damaged), "sd.nothing"; LIMIT "sd.size";
 * the errors of jsonld in safe mode and of rdfc. On the arena, members borrowed from the document. */
CN_MUST_USE bool cn_sd_derive(cn_arena *a, const cn_json *document, const cn_derive_options *options,
                              const cn_json **out, cn_err *err);

#endif
