/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `vc`: one verification at work, and what its files ask of
 * each other. Nothing outside the room includes this, its tests excepted.
 *
 * Functions that take a cn_vc answer false only when the verification itself cannot
 * go on (the arena's maximum, or a fault of a library); v->err then says why. All that
 * can be wrong with a credential is told through a step.
 */
#ifndef CN_VC_INTERNAL_H
#define CN_VC_INTERNAL_H

#include "vc/jose.h"
#include "vc/sd_jwt.h"
#include "vc/vc.h"

/* ---- Suites (suites.c) ---- */

typedef enum cn_canon { CN_CANON_RDFC, CN_CANON_JCS } cn_canon;
enum { CN_HASH_KINDS = CN_SHA512 + 1 };

typedef struct cn_vc cn_vc;
typedef struct cn_proof cn_proof;
typedef struct cn_suite cn_suite;

/* Checks the proof's value against the document: all else about the proof is known to be good. */
typedef bool cn_suite_check(cn_vc *v, cn_step *step, const cn_proof *p);
/* Makes the proof's value. The document is without proofs, but for those that a chained one builds on. */
typedef bool cn_suite_sign(cn_arena *a, const cn_suite *suite, const cn_sign_options *o, const cn_json *document,
                           const cn_json *proof, cn_slice *value, cn_err *err);

/* A row: how a kind of proof is made and checked. A cryptosuite that takes keys of several
 * kinds has a row for each. */
struct cn_suite {
    cn_slice name;        /* for people and reports */
    cn_slice type;        /* the proof's "type" */
    cn_slice cryptosuite; /* the proof's "cryptosuite"; empty where the type says it all */
    cn_key_kind key;
    cn_hash hash;
    cn_canon canon;
    size_t signature_size; /* bytes */
    cn_suite_check *check;
    cn_suite_sign *sign;
};

/* The first row of this name, or NULL: static. */
const cn_suite *cn_suite_find(cn_slice type, cn_slice cryptosuite);
/* The row of the same suite for a kind of key, or NULL. */
const cn_suite *cn_suite_for_key(const cn_suite *suite, cn_key_kind kind);
/* The row of this name for a kind of key, or NULL. */
const cn_suite *cn_suite_named(cn_slice name, cn_key_kind kind);

/* What canonicalising needs. */
typedef struct cn_canon_env {
    const cn_crypto *crypto;
    const cn_loader *contexts;
    cn_contexts *processed;
    size_t *work_left; /* what RDFC-1.0 may still take, counted down by each canonicalisation; NULL: each has
                          CN_RDFC_MAX_WORK */
} cn_canon_env;

/* JSON-LD in safe mode to quads. */
CN_MUST_USE bool cn_canon_dataset(cn_arena *a, const cn_canon_env *env, const cn_json *document, cn_dataset *out,
                                  cn_err *err);
/* The canonical form of a document, as the suite wants it. LIMIT "rdfc.work" where it takes more work than is
 * left; none is left then. */
CN_MUST_USE bool cn_canon_text(cn_arena *a, const cn_canon_env *env, const cn_suite *suite,
                               const cn_json *document, cn_slice *out, cn_err *err);
/* Quads, with the labels that were issued. */
CN_MUST_USE bool cn_canon_rdfc(cn_arena *a, const cn_canon_env *env, cn_hash hash, const cn_dataset *d,
                               cn_rdfc *out, cn_err *err);
CN_MUST_USE bool cn_canon_quads(cn_arena *a, const cn_canon_env *env, const cn_suite *suite, const cn_dataset *d,
                                cn_slice *out, cn_err *err);

/* ---- Documents, each asked for once (memo.c) ---- */

typedef struct cn_memo {
    cn_arena *arena;     /* of the answers */
    const cn_loader *of; /* borrowed; NULL: UNAVAILABLE "resolver.offline" */
    size_t max;          /* different URLs; beyond: UNAVAILABLE "resolver.too-many" */
    cn_map known;
    size_t asked; /* how often it was */
} cn_memo;

/* Valid as long as the memo. */
cn_loader cn_memo_loader(cn_memo *m);

/* ---- One verification ---- */

typedef enum cn_model { CN_MODEL_NONE = 0, CN_MODEL_1 = 1, CN_MODEL_2 = 2 } cn_model;

/* The base contexts, which say which data model it is. */
#define CN_VC_BASE_1 "https://www.w3.org/2018/credentials/v1"
#define CN_VC_BASE_2 "https://www.w3.org/ns/credentials/v2"

/* The JWT a credential came in. */
typedef struct cn_jwt {
    cn_jws jws;
    const cn_json *claims; /* the payload, an object */
    bool wrapped;          /* the credential is its claim "vc", the presentation its claim "vp" */
    cn_sd_jwt *sd;         /* NULL unless it is an SD-JWT: the claims are with what is disclosed */
    cn_hash sd_hash;
    bool unvouched;    /* the key is from the header: it proves nothing about who signed */
    cn_public_key key; /* once the signature is known to be good */
} cn_jwt;

/* What is verified: the credential, one that it contains (an endorsement, a part of a record), or a status list
 * that either names. */
typedef enum cn_depth { CN_DEPTH_WHOLE, CN_DEPTH_PART, CN_DEPTH_LIST } cn_depth;

struct cn_vc {
    cn_arena *arena;
    const cn_verify_options *options;
    cn_err *err;
    cn_canon_env env;
    const cn_loader *resolver; /* asks for each URL once in this verification */
    cn_map *lists;             /* status lists by URL, shared by all of this verification (status_list.c) */
    size_t *statements_left;   /* signed one by one (sd_check.c), that may still be checked: shared likewise */
    cn_depth depth;
    cn_slice purpose;          /* what keys must be listed for, where it is not assertionMethod */
    cn_report report;          /* in the making */
    const cn_json *credential; /* NULL until it is read; or the presentation */
    bool presentation;         /* it is one */
    struct cn_ob2 *ob2;        /* NULL unless it is a badge of Open Badges 2.0 or older (ob2.h) */
    bool enveloped;            /* it came in an EnvelopedVerifiableCredential, which holds no other */
    cn_jwt *jwt;               /* NULL unless it came in one */
    cn_model model;
    const cn_json *document; /* the credential without "proof" */
    cn_dataset dataset;      /* its quads, once the context step has passed */
    cn_step context;         /* what the context step came to */
    bool have_digest[CN_HASH_KINDS];
    cn_digest digest[CN_HASH_KINDS]; /* of the document's canonical quads */
};

/* Notes a finding: the worst one stays (fail, unknown, a pass with a warning, a pass), and of
 * equals the first. False at the arena's maximum. */
CN_MUST_USE __attribute__((format(printf, 6, 7))) bool cn_vc_find(cn_vc *v, cn_step *step, cn_outcome outcome,
                                                                  const char *problem, cn_slice where,
                                                                  const char *format, ...);
/* The same, and what the sentence is about (see cn_step). */
CN_MUST_USE __attribute__((format(printf, 7, 8))) bool cn_vc_find_about(cn_vc *v, cn_step *step,
                                                                        cn_outcome outcome, const char *problem,
                                                                        cn_slice where, cn_slice about,
                                                                        const char *format, ...);
/* Takes the other step's finding where it is the worse one. */
void cn_vc_merge(cn_step *step, const cn_step *other);
/* True for errors that end the verification itself; v->err then holds it. */
CN_MUST_USE bool cn_vc_fatal(cn_vc *v, const cn_err *err);
/* At most so many characters of untrusted text are quoted in a sentence. */
cn_slice cn_vc_quote(cn_slice text);
/* The pointer /name (and /index where there is a list) under `where`. False at the arena's maximum. */
CN_MUST_USE bool cn_vc_where(cn_vc *v, cn_slice where, cn_slice name, cn_slice *out);
CN_MUST_USE bool cn_vc_where_item(cn_vc *v, cn_slice where, const cn_json *list, size_t i, cn_slice *out);

/* A place in a document while it is walked through: its pointer is written when there is something to tell of it.
 */
typedef struct cn_spot {
    const struct cn_spot *up;     /* what it lies in; NULL: the document itself */
    const cn_json_member *member; /* NULL: an item of a list */
    size_t index;
} cn_spot;
void cn_spot_write(cn_buf *b, const cn_spot *at);

/* An absolute URL: a scheme, a colon, something behind it, no white space or control characters. */
bool cn_vc_is_url(cn_slice s);
/* The id of an issuer, subject, …: the value itself when it is a string, its "id" when it is an object. */
cn_slice cn_vc_id(const cn_json *v);
/* A name or description: a string, a language object, or the first of a list of these; empty otherwise. */
cn_slice cn_vc_label(const cn_json *v);
/* validFrom and validUntil as written, or what 1.1 has for them; empty otherwise. */
cn_slice cn_vc_valid_from(const cn_json *credential);
cn_slice cn_vc_valid_until(const cn_json *credential);
/* Does "type" (a string or a list) hold this one? */
bool cn_vc_has_type(const cn_json *object, cn_slice type);

/* ---- Controller documents (controller.c) ---- */

typedef struct cn_method {
    cn_slice controller; /* empty where nobody says whose key it is */
    bool bare;           /* so it is: the key was found alone, as a JWK */
    cn_public_key key;
    cn_time revoked, expires;
    bool has_revoked, has_expires;
} cn_method;

/* The relationship that a key must be listed under: assertionMethod, or authentication for a presentation. */
cn_slice cn_vc_purpose(const cn_vc *v);

/* Finds the key of a verification method that its controller has listed for the purpose. Where it cannot,
 * the step says why (UNKNOWN: it could not be had; FAIL: it is not there, or not so listed). */
CN_MUST_USE bool cn_controller_method(cn_vc *v, cn_step *step, cn_slice method, cn_slice where, cn_method *out);
/* The same for the "kid" of a JWT, which may lead to a JWK (see cn_method) or name a key by the "kid" of its JWK.
 */
CN_MUST_USE bool cn_controller_key(cn_vc *v, cn_step *step, cn_slice kid, cn_slice where, cn_method *out);

/* Whether the controller (did:key, did:jwk, did:web or https:) lists this very key for the purpose; `*out` is
 * written where `*found`. What cannot be had lists nothing. */
CN_MUST_USE bool cn_controller_lists(cn_vc *v, cn_slice controller, const cn_public_key *key, bool *found,
                                     cn_method *out);
/* FAIL where the key had been withdrawn when it signed. */
CN_MUST_USE bool cn_method_check_time(cn_vc *v, cn_step *step, const cn_method *m, cn_time signed_at,
                                      cn_slice where);

/* Is all that is signed about status and validity written where the steps look (shown.c)? */
CN_MUST_USE bool cn_vc_shown(cn_vc *v, cn_step *step);
/* The same of one proof, by its canonical options; the member that is missing in *hidden where it answers false.
 */
CN_MUST_USE bool cn_vc_proof_shown(const cn_json *proof, cn_slice canonical, cn_slice *hidden);
/* A part of the context step: the credential and its proofs are in the usual form (plain.c). */
CN_MUST_USE bool cn_vc_plain(cn_vc *v, cn_step *step);
/* A part of the context step: related resources are named once, digests of built-in contexts are those published
 * (related.c). */
CN_MUST_USE bool cn_vc_related(cn_vc *v, cn_step *step);

/* Whether "digestSRI" or "digestMultibase" beside a resource's id say that it is other bytes (related.c). */
CN_MUST_USE bool cn_vc_digest_differs(cn_vc *v, const cn_json *resource, cn_slice body, bool *differs);
/* The URL of a built-in context that defines the term; empty where none does (defined.c). */
CN_MUST_USE bool cn_vc_defined_by(cn_vc *v, cn_slice term, cn_slice *url);

/* ---- Envelopes (read.c, jwt.c): a recogniser and an opener each ---- */

/* A row: what a credential may come in. */
typedef struct cn_envelope {
    cn_slice format; /* as the report names it */
    bool (*recognise)(cn_slice input);
    /* Sets v->credential, or tells the step why there is none. */
    bool (*open)(cn_vc *v, cn_slice input, cn_step *step);
    bool picture; /* holds another envelope, which is no picture */
} cn_envelope;

/* Opens a text that another envelope holds. */
CN_MUST_USE bool cn_vc_open_inside(cn_vc *v, cn_slice payload, cn_step *step);
/* Takes a JSON object for the credential or the presentation that it is, or opens the envelope that it is (VC Data
 * Model 2.0, sections 4.12 and 4.13.1). presentation.c */
CN_MUST_USE bool cn_vc_open_object(cn_vc *v, const cn_json *object, cn_step *step);
/* From now on it is a presentation that is verified, where the caller wants one; *wanted says so, or the step. */
CN_MUST_USE bool cn_vc_begin_presentation(cn_vc *v, cn_step *step, bool *wanted);

/* The text's JSON object, or NULL: the step then says why there is none. */
CN_MUST_USE bool cn_vc_read_object(cn_vc *v, cn_step *step, cn_slice text, const cn_json **out);
/* The value where it is an object; likewise. */
CN_MUST_USE bool cn_vc_take_object(cn_vc *v, cn_step *step, const cn_json *value, const cn_json **out);

bool cn_jwt_recognise(cn_slice input);
bool cn_sd_jwt_recognise(cn_slice input);
/* Sets v->credential and v->jwt, or tells the step why there is no credential. */
CN_MUST_USE bool cn_jwt_open(cn_vc *v, cn_slice input, cn_step *step);

/* ---- JWT (jwt.c, jwt_proof.c): only where v->jwt is set ---- */

/* Part of step "model": claims are well-formed and say what the credential says. */
CN_MUST_USE bool cn_jwt_claims(cn_vc *v, cn_step *step);
/* A claim that is a NumericDate; false where it is absent or none. */
bool cn_jwt_date(const cn_vc *v, cn_slice name, cn_time *out);
/* Part of step "proof": the JWT's own signature. */
CN_MUST_USE bool cn_jwt_proof(cn_vc *v, cn_step *step, cn_proof_result *out);
/* Part of step "issuer": is the key that came in the header one that the issuer publishes? */
CN_MUST_USE bool cn_jwt_vouched(cn_vc *v, cn_step *step, cn_slice issuer);

/* ---- JWTs that are made (jwt_make.c) ---- */

struct cn_jose_options;
/* The document's members, and what a signature says of itself, once both may be signed. */
CN_MUST_USE bool cn_jose_claims(cn_arena *a, const cn_json *document, const struct cn_jose_options *o,
                                cn_json **out, cn_err *err);
CN_MUST_USE bool cn_jose_sign_claims(cn_arena *a, const cn_json *claims, const struct cn_jose_options *o,
                                     cn_slice typ, cn_slice *out, cn_err *err);

/* ---- Open Badges 2.0 and older (ob2.c) ---- */

typedef struct cn_ob2 cn_ob2;
/* An assertion; a text that is nothing but the address of one. */
bool cn_ob2_recognise(const cn_json *object);
bool cn_ob2_is_address(cn_slice payload);
/* From now on it is one that is checked; `jws`: the signature it came under, or NULL. */
CN_MUST_USE bool cn_ob2_open(cn_vc *v, const cn_json *assertion, cn_jws *jws);
CN_MUST_USE bool cn_ob2_open_address(cn_vc *v, cn_slice payload);

/* ---- Status lists (bitstring.c) ---- */

/* encodedList to bits, at most `max` bytes of them. `prefixed`: the text has to say that it is multibase;
 * otherwise it may. INVALID "bitstring.prefix", "bitstring.base64", "bitstring.empty", "bitstring.damaged"; LIMIT
 * "bitstring.size", "memory.limit". The detail speaks of "it" and "its bits". */
CN_MUST_USE bool cn_bitstring_read(cn_arena *a, cn_slice text, bool prefixed, size_t max, cn_slice *out,
                                   cn_err *err);
/* The `count` bits from `first` on as a number, at most 64. Bit 0 is the leftmost of the first byte; all must
 * exist. */
uint64_t cn_bitstring_value(cn_slice bits, uint64_t first, uint64_t count);

typedef struct cn_kept cn_kept;
/* A list at its address (status_list.c); remembered for the verification. */
typedef struct cn_status_list {
    cn_slice url;
    cn_step finding;         /* PASS: it may be relied on */
    const cn_json *document; /* where it may: the list's credential, or the plain document */
    cn_slice signer;         /* who was proven to have signed it; of a plain one, who it says keeps it */
    cn_slice bits;           /* once it is open */
    cn_kept *kept;           /* that all this is from, or NULL */
    cn_slice body;           /* where it can be kept: status_kept.c */
    size_t asked, work_left, statements_left;
} cn_status_list;

/* The list as its finding tells; `plain`: it is no credential. */
CN_MUST_USE bool cn_status_list_get(cn_vc *v, cn_slice url, bool plain, cn_status_list **out);
/* Makes `bits` of encodedList, or tells the finding why not. */
CN_MUST_USE bool cn_status_list_open(cn_vc *v, cn_status_list *list, bool prefixed);
/* Tells the finding that the list cannot be relied on: `why` speaks of "it". */
CN_MUST_USE bool cn_status_list_wrong(cn_vc *v, cn_status_list *list, const char *why);

/* ---- Status lists of earlier verifications (status_kept.c) ---- */

/* Fills in the list where these bytes were found good before. Its `kept` has to be given back. */
bool cn_kept_take(const cn_vc *v, cn_status_list *list, cn_slice body);
/* Around the verification of a list: can it be kept? */
void cn_kept_begin(const cn_vc *v, cn_status_list *list);
void cn_kept_end(const cn_vc *v, cn_status_list *list, cn_slice body, const cn_report *r);
/* Keeps a list that is open, if it can be. */
void cn_kept_put(const cn_vc *v, const cn_status_list *list);
/* Gives back what the lists of a verification took. */
void cn_kept_release(const cn_map *lists);

/* ---- Steps: each fills in one cn_step, born as PASS ---- */

CN_MUST_USE bool cn_step_read(cn_vc *v, cn_slice input, cn_step *step);
CN_MUST_USE bool cn_step_model(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_context(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_proof(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_issuer(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_registry(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_validity(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_status(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_endorsements(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_ob2_standard(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_ob2_model(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_ob2_proof(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_ob2_issuer(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_ob2_status(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_resources(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_parts(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_schema(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_holder(cn_vc *v, cn_step *step);
CN_MUST_USE bool cn_step_credentials(cn_vc *v, cn_step *step);

/* What an unsigned credential may bring along: proofs are objects that say of which type they are (integrity.c).
 */
CN_MUST_USE bool cn_proofs_form(cn_vc *v, cn_step *step);
/* Does anybody present it, or was somebody asked to? Only then there is a step "holder". */
bool cn_holder_matters(const cn_vc *v);
/* An SD-JWT's key binding: RFC 9901, section 7.3 (key_binding.c). Sets v->report.holder. */
CN_MUST_USE bool cn_key_binding(cn_vc *v, cn_step *step);
/* What was asked for against what was answered; `where` is that of the answers. */
CN_MUST_USE bool cn_holder_answers(cn_vc *v, cn_step *step, const cn_json *challenge, const cn_json *domain,
                                   cn_slice where);

/* Credentials of one presentation. */
enum { CN_PRESENTED_MAX = 16 };
/* Verifies a credential of a presentation as if it had come alone. */
CN_MUST_USE bool cn_vc_presented(cn_vc *parent, const cn_json *credential, cn_report *out);

/* Verifies what another verification depends on, with the steps that are for its depth: bytes, or a credential
 * that has been read. */
CN_MUST_USE bool cn_vc_nested_bytes(cn_vc *parent, cn_depth depth, cn_slice input, cn_report *out);
CN_MUST_USE bool cn_vc_nested(cn_vc *parent, cn_depth depth, const cn_json *credential, cn_report *out);

#endif
