/* SPDX-License-Identifier: Apache-2.0
 *
 * libcairn: verifies, signs and shows Open Badges and other verifiable credentials.
 *
 * The library opens no files and no sockets, and knows no clock and no randomness: what it needs besides its
 * arguments comes through functions that the caller gives. A program that verifies one credential:
 *
 *     cn_engine *engine;
 *     cn_engine_verdict verdict;
 *     cn_bytes report;
 *     cn_error error;
 *     int64_t now = time(NULL);
 *     if (!cn_engine_new(NULL, &engine, &error)) { fputs(error.detail, stderr); exit(1); }
 *     cn_engine_verify_options how = {.size = sizeof how, .at = &now};
 *     if (cn_engine_verify(engine, bytes, length, &how, &verdict, &report, &error)) {
 *         puts(report.p);
 *         cn_bytes_free(&report);
 *     }
 *     cn_engine_free(engine);
 *
 * docs/api.md is a tour; examples/ holds programs that are whole. What holds for every call:
 *
 * - Bytes are a pointer and a length; the pointer may be NULL where the length is 0. Text is UTF-8 and ends with a
 *   NUL. What goes in is borrowed until the call returns, and never changed.
 * - A call that can fail returns bool. False: *error says why, and nothing else was written. `error` may be NULL.
 * What is not said to be optional must not be NULL: "argument.null".
 * - What a call gives is the caller's: a cn_bytes ends with cn_bytes_free, an object with the function named
 * beside it.
 * - Options are structs that begin with their own size, so that programs built against another release of the
 * library keep working: `{.size = sizeof how, …}`. NULL is all defaults, and so is every member that is zero.
 *   "argument.size": the size is not set. "argument.newer": a member that this release does not know is set.
 * - What takes a `const cn_engine *` may be called by any number of threads at once, with the same engine; what
 * takes a `cn_engine *` (its making, its end, cn_engine_add_…) by one thread while no other uses it. Two engines
 * share nothing. The caller's functions are called in the thread of the call that needs them, so by several at
 * once if several call. They must not call the engine's cn_engine_add_… and cn_engine_free.
 * - Memory: a call takes at most `max_memory` ("memory.limit") and gives back all but its results before it
 * returns. Where malloc itself answers NULL, the process ends with a line on standard error.
 */
#ifndef CAIRN_CAIRN_H
#define CAIRN_CAIRN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CN_API __attribute__((visibility("default")))
#define CN_MUST_USE __attribute__((warn_unused_result))

/* The release that the header is of; cn_version() tells that of the library. */
#define CN_VERSION_MAJOR 0
#define CN_VERSION_MINOR 1
#define CN_VERSION_PATCH 0

/* The library's version, "0.1.0"; static. */
CN_API const char *cn_version(void);

/* ---- Bytes and errors ---- */

/* What a call gave: n bytes, and behind them a NUL that is not counted. Owned by the caller. */
typedef struct cn_bytes {
    char *p;
    size_t n;
} cn_bytes;

/* Wipes, frees, and empties it. NULL and an empty one are accepted. */
CN_API void cn_bytes_free(cn_bytes *bytes);

/* Why a call did not do what it was asked for. A credential that does not verify is no error but a verdict. It
 * holds its own text, all of it UTF-8. */
typedef struct cn_error {
    char kind[24];   /* what to do about it: "invalid" (mend the input), "not-found", "denied", "conflict", "limit"
                        (of    size, depth, work or memory), "unavailable" (may work later), "unsupported",
                        "internal" */
    char id[64];     /* what it is, a stable dotted word: "memory.limit" */
    char where[192]; /* a JSON pointer, or "byte 17 (line 1, column 18)"; may be empty */
    char detail[384]; /* one English sentence, for people */
} cn_error;

/* ---- The engine ---- */

/* An answer in the making, for cn_get_function. */
typedef struct cn_answer cn_answer;
/* Gives the document: the bytes are copied. False when there is no room for them. */
CN_API bool cn_answer_body(cn_answer *answer, const void *bytes, size_t n);
/* Where the document was found, when the URL redirected: what a context says relative to itself is relative to
 * that. Copied. False when there is no room for it. */
CN_API bool cn_answer_url(cn_answer *answer, const char *url);
/* In place of a document, why there is none ("the server answers 503"): it becomes a part of a sentence. Copied.
 */
CN_API void cn_answer_refuse(cn_answer *answer, const char *why);

/* Gets the document of a URL and hands it to cn_answer_body. False when there is none to be had. */
typedef bool cn_get_function(void *self, const char *url, cn_answer *answer);
/* Tells the time, in seconds since 1970-01-01T00:00:00Z. False when nobody knows. */
typedef bool cn_clock_function(void *self, int64_t *now);
/* Fills the bytes with cryptographic randomness. False when there is none. */
typedef bool cn_random_function(void *self, void *bytes, size_t n);

typedef struct cn_engine_options {
    size_t size;
    void *self; /* borrowed as long as the engine lives; passed to the functions */
    cn_get_function
        *get_document;            /* controller documents (did:web, https), status lists, schemas; NULL: offline */
    cn_get_function *get_context; /* JSON-LD contexts that are neither built in nor added; NULL: those alone */
    cn_clock_function *clock;     /* NULL: every call has to say the time */
    cn_random_function *random;   /* to make keys, and what is disclosed in part; NULL: none, those calls fail */
    size_t max_memory;            /* of one call, in bytes; 0: 256 MiB */
    size_t max_work;              /* of RDF canonicalisation in one call, in steps of some 0.3 us; 0: 100,000 */
    size_t max_proofs;            /* of one credential; 0: 16 */
    size_t max_list_bytes;        /* of one status list, inflated; 0: 16 MiB */
} cn_engine_options;

/* Contexts, limits and the caller's functions. Owned by the caller, who ends it with cn_engine_free. */
typedef struct cn_engine cn_engine;

/* "crypto.start": the cryptographic libraries did not start. */
CN_API CN_MUST_USE bool cn_engine_new(const cn_engine_options *options, cn_engine **out, cn_error *error);
/* NULL is accepted. */
CN_API void cn_engine_free(cn_engine *engine);

/* A JSON-LD context for every call to come; the text is copied. "context.built-in": the library has that one
 * already. The errors of reading JSON. */
CN_API CN_MUST_USE bool cn_engine_add_context(cn_engine *engine, const char *url, const void *json, size_t n,
                                              cn_error *error);
/* A document that get_document is not asked for any more: a controller document, a status list, a schema. Copied.
 */
CN_API CN_MUST_USE bool cn_engine_add_document(cn_engine *engine, const char *url, const void *bytes, size_t n,
                                               cn_error *error);

/* A list of issuers whose names may be shown (docs/registry.md): a credential that somebody signed, which is
 * verified as of `at` (NULL: now). It holds for every call to come; where several lists know an issuer, the first
 * one's name counts. "registry.not-verified", "registry.unknown", "registry.form", "engine.clock". */
CN_API CN_MUST_USE bool cn_engine_add_registry(cn_engine *engine, const void *json, size_t n, const int64_t *at,
                                               cn_error *error);

/* ---- Verifying ---- */

typedef enum cn_engine_verdict {
    CN_IS_UNKNOWN = 0,     /* nothing is wrong with it, but something could not be looked at */
    CN_IS_VERIFIED = 1,    /* every step holds */
    CN_IS_NOT_VERIFIED = 2 /* a step found that it does not hold */
} cn_engine_verdict;

enum { /* flags of cn_engine_verify_options */
       CN_VERIFY_RESOURCES =
           1u << 0, /* fetch what the credential gives a digest of: this tells others who is looking */
       CN_VERIFY_SCHEMA =
           1u << 1, /* a credential that is not as its schema asks is not verified, not only warned of */
       CN_VERIFY_BITSTRING =
           1u << 2, /* refuse status lists below 131,072 entries (Bitstring Status List 1.0, 5.1) */
};

typedef struct cn_engine_verify_options {
    size_t size;
    const int64_t *at; /* as of this time; NULL: the engine's clock says */
    const char
        *challenge;     /* what the holder was asked to sign with a presentation. NULL: presentations are refused;
                           "": they are looked at, with a warning that nobody knows for which occasion they are */
    const char *domain; /* for whom the holder was asked to sign; NULL or "": for nobody in particular */
    uint64_t flags;     /* CN_VERIFY_… */
} cn_engine_verify_options;

/* Verifies what the bytes hold: JSON, a JWT, an SD-JWT, a PNG or SVG with a credential in it, or a presentation.
 * The report, which may be NULL when nobody reads it, is one JSON object without line breaks: docs/json.md says
 * what stands in it. "engine.clock": nobody says the time; "memory.limit". */
CN_API CN_MUST_USE bool cn_engine_verify(const cn_engine *engine, const void *bytes, size_t n,
                                         const cn_engine_verify_options *options, cn_engine_verdict *verdict,
                                         cn_bytes *report, cn_error *error);

/* ---- Keys ---- */

/* A private key, and the verification method that it signs as. It never changes: threads may share it, and
 * engines. Owned by the caller, who ends it with cn_signer_free. */
typedef struct cn_signer cn_signer;

/* From the engine's randomness. kind: "ed25519", "p256", "p384", "p521". "key.kind", "engine.random" (the engine
 * has none), "crypto.random" (it failed). */
CN_API CN_MUST_USE bool cn_signer_new(const cn_engine *engine, const char *kind, cn_signer **out, cn_error *error);
/* From the bytes of the key itself: of Ed25519 its seed (32), else a number from 1 to the order less 1, big-endian
 * (32, 48, 66). "key.private". */
CN_API CN_MUST_USE bool cn_signer_from_seed(const cn_engine *engine, const char *kind, const void *seed, size_t n,
                                            cn_signer **out, cn_error *error);
/* From a text: a secret Multikey ("z3u2…"), a Multikey as JSON with "secretKeyMultibase", a JWK with "d", or JSON
 * with such a JWK in it, which is what `cairn keys new` writes. It signs as the "id" or "kid" there, if that is a
 * URL with a fragment, else as the did:key. "keyfile.none" (no private key in it), "keyfile.pair" (the public key
 * beside it is another); the errors of keys and of JSON. */
CN_API CN_MUST_USE bool cn_signer_read(const cn_engine *engine, const void *text, size_t n, cn_signer **out,
                                       cn_error *error);
/* Wipes it. NULL is accepted. */
CN_API void cn_signer_free(cn_signer *signer);

typedef enum cn_signer_form {
    CN_AS_METHOD,          /* what it signs as: "did:key:z6Mk…#z6Mk…" */
    CN_AS_DID_KEY,         /* "did:key:z6Mk…" */
    CN_AS_DID_JWK,         /* "did:jwk:eyJ…"; its method is that with "#0" behind it */
    CN_AS_MULTIKEY,        /* the public key: "z6Mk…" */
    CN_AS_JWK,             /* the public key: {"crv":"Ed25519","kty":"OKP","x":"…"} */
    CN_AS_THUMBPRINT,      /* of the JWK (RFC 7638), base64url */
    CN_AS_SECRET_MULTIKEY, /* the private key: "z3u2…" */
    CN_AS_SECRET_JWK       /* the private key: a JWK with "d" */
} cn_signer_form;

/* "argument.form": there is no such form. */
CN_API CN_MUST_USE bool cn_signer_write(const cn_engine *engine, const cn_signer *signer, cn_signer_form form,
                                        cn_bytes *out, cn_error *error);

/* ---- Signing ---- */

enum {                               /* flags of cn_engine_issue_options */
       CN_ISSUE_UNCHECKED = 1u << 0, /* sign what is no credential, or not a good one */
};

typedef struct cn_engine_issue_options {
    size_t size;
    const char *suite;  /* eddsa-rdfc-2022, eddsa-jcs-2022, Ed25519Signature2020, ecdsa-rdfc-2019, ecdsa-jcs-2019,
                           ecdsa-sd-2023; vc+jwt, vc+sd-jwt. NULL: eddsa- or ecdsa-rdfc, as the key is */
    const char *method; /* the verification method; NULL: what the signer signs as */
    const int64_t *created;      /* NULL: now */
    const int64_t *expires;      /* when the signature ends; NULL: it does not */
    const char *id;              /* of a proof, a URL, so that later ones can build on it; NULL: none */
    const char *const *previous; /* the ids of the proofs that it builds on */
    size_t previous_n;
    const char *const *mandatory; /* ecdsa-sd-2023: JSON pointers to what the holder cannot leave out */
    size_t mandatory_n;
    const char *const *withhold; /* vc+sd-jwt: JSON pointers to what the holder can keep back */
    size_t withhold_n;
    const char *holder; /* vc+sd-jwt: whose key the holder's is, a did:key or did:jwk; NULL: nobody's */
    uint64_t flags;     /* CN_ISSUE_… */
} cn_engine_issue_options;

/* The credential with one more proof, or a JWT or SD-JWT of it. What verifying would find wrong with it, signed or
 * not, is not signed ("issue.credential", with the sentence of the report), unless the flags say so. "sign.suite":
 * there is no such suite for this kind of key; "issue.options": the suite has no place for one of the options;
 * further errors begin with "sign.", "sd.", "sd-jwt." and "jsonld.". */
CN_API CN_MUST_USE bool cn_engine_issue(const cn_engine *engine, const void *json, size_t n,
                                        const cn_signer *signer, const cn_engine_issue_options *options,
                                        cn_bytes *out, cn_error *error);

/* ---- Showing ---- */

/* From a credential for its holder (ecdsa-sd-2023, or an SD-JWT) one that shows a part of it: what the JSON
 * pointers name, and what its issuer made mandatory. No key is needed. "sd.no-base": it was not signed for that;
 * "sd.pointer", "sd-jwt.pointer": a pointer names nothing; further errors begin with "sd." and "sd-jwt.". */
CN_API CN_MUST_USE bool cn_engine_derive(const cn_engine *engine, const void *credential, size_t n,
                                         const char *const *reveal, size_t reveal_n, cn_bytes *out,
                                         cn_error *error);

typedef struct cn_engine_present_options {
    size_t size;
    const char *form;   /* "vp", with a proof; "jwt"; "sd-jwt", one SD-JWT bound to the holder's key. NULL: "vp" */
    const char *suite;  /* of a proof; NULL: as in cn_engine_issue_options */
    const char *method; /* NULL: what the signer signs as; "sd-jwt" has no place for it */
    const int64_t *created;    /* NULL: now */
    const char *challenge;     /* what the verifier gave to sign; it has to be there */
    const char *domain;        /* who the verifier is; it has to be there */
    const char *const *reveal; /* of an SD-JWT: JSON pointers to what is shown; all else is kept back */
    size_t reveal_n;
} cn_engine_present_options;

/* Credentials of any form, 1 to 16, in a presentation that their holder signs for who asked. "present.occasion":
 * no challenge or no domain; "present.form", "present.many", "present.options"; the errors of signing and reading.
 */
CN_API CN_MUST_USE bool cn_engine_present(const cn_engine *engine, const cn_bytes *credentials, size_t n,
                                          const cn_signer *signer, const cn_engine_present_options *options,
                                          cn_bytes *out, cn_error *error);

/* ---- Images ---- */

/* The PNG or SVG with the credential in it, all its other bytes as they were. "bake-payload" (it is neither a JSON
 * object nor a JWT), "baked-already", and words for what is wrong with the image, as reports use them. */
CN_API CN_MUST_USE bool cn_engine_bake(const cn_engine *engine, const void *image, size_t n,
                                       const void *credential, size_t credential_n, cn_bytes *out,
                                       cn_error *error);
/* The credential in an image. "no-credential-in-image", "not-an-image", … */
CN_API CN_MUST_USE bool cn_engine_unbake(const cn_engine *engine, const void *image, size_t n, cn_bytes *out,
                                         cn_error *error);

/* ---- JSON, JSON-LD, RDF ---- */

/* RFC 8785. "json.syntax", "json.utf8", "json.number", "json.duplicate-key", "json.depth", "json.size". */
CN_API CN_MUST_USE bool cn_engine_canonize_json(const cn_engine *engine, const void *json, size_t n, cn_bytes *out,
                                                cn_error *error);
/* What a JSON pointer (RFC 6901) leads to: of a string its text, of anything else its JSON. For reading reports
 * without a library for JSON: "/steps/3/problem". "json.pointer": there is nothing. */
CN_API CN_MUST_USE bool cn_engine_json_get(const cn_engine *engine, const void *json, size_t n,
                                           const char *pointer, cn_bytes *out, cn_error *error);

enum {                                    /* flags of cn_engine_jsonld_options */
       CN_JSONLD_SAFE = 1u << 0,          /* what would be dropped is an error, as where a signature is made */
       CN_JSONLD_ORDERED = 1u << 1,       /* members in the order of their names */
       CN_JSONLD_KEEP_ARRAYS = 1u << 2,   /* compact, flatten: an array of one stays an array */
       CN_JSONLD_KEEP_ABSOLUTE = 1u << 3, /* compact, flatten: IRIs are not made relative */
       CN_JSONLD_NATIVE_TYPES = 1u << 4,  /* from RDF: numbers and booleans become JSON's own */
       CN_JSONLD_RDF_TYPE = 1u << 5,      /* from RDF: rdf:type stays a property */
};

typedef struct cn_engine_jsonld_options {
    size_t size;
    const char *base;      /* the document's own IRI; NULL: none */
    const void *context;   /* JSON: expand, to_rdf: one to read with; compact, flatten: the one to write with */
    size_t context_n;      /* 0: none */
    const char *direction; /* to and from RDF: "i18n-datatype", "compound-literal"; NULL: directions are dropped */
    uint64_t flags;        /* CN_JSONLD_… */
} cn_engine_jsonld_options;

/* The algorithms of JSON-LD 1.1. JSON goes in and comes out; to_rdf gives N-Quads, in no order, and from_rdf takes
 * them. The errors of the specification by their names ("jsonld.invalid-type-value"); "jsonld.context-unknown";
 * "jsonld.dropped-…" in safe mode; "nquads.syntax". */
CN_API CN_MUST_USE bool cn_engine_expand(const cn_engine *engine, const void *json, size_t n,
                                         const cn_engine_jsonld_options *options, cn_bytes *out, cn_error *error);
CN_API CN_MUST_USE bool cn_engine_compact(const cn_engine *engine, const void *json, size_t n,
                                          const cn_engine_jsonld_options *options, cn_bytes *out, cn_error *error);
CN_API CN_MUST_USE bool cn_engine_flatten(const cn_engine *engine, const void *json, size_t n,
                                          const cn_engine_jsonld_options *options, cn_bytes *out, cn_error *error);
CN_API CN_MUST_USE bool cn_engine_to_rdf(const cn_engine *engine, const void *json, size_t n,
                                         const cn_engine_jsonld_options *options, cn_bytes *out, cn_error *error);
CN_API CN_MUST_USE bool cn_engine_from_rdf(const cn_engine *engine, const void *nquads, size_t n,
                                           const cn_engine_jsonld_options *options, cn_bytes *out,
                                           cn_error *error);

/* RDFC-1.0: N-Quads in, canonical N-Quads out, sorted, each once. hash: "sha256" (NULL), "sha384". `map`, which
 * may be NULL: what blank nodes are called now, {"e0":"c14n0"}. "nquads.syntax", "rdfc.work" (more than max_work).
 */
CN_API CN_MUST_USE bool cn_engine_canonize_rdf(const cn_engine *engine, const void *nquads, size_t n,
                                               const char *hash, cn_bytes *out, cn_bytes *map, cn_error *error);

#ifdef __cplusplus
}
#endif
#endif
