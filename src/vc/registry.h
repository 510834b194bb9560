/* SPDX-License-Identifier: Apache-2.0
 *
 * Registries of known issuers: lists that somebody signed, and looking issuers up in several of them.
 *
 * A list is a RecognizedEntityCredential (W3C Recognized Entities 1.0, working draft): a Verifiable Credential
 * 2.0 whose subjects are the issuers. docs/registry.md describes the form. A read registry is only looked at: any
 * number of threads may use it.
 */
#ifndef CN_VC_REGISTRY_H
#define CN_VC_REGISTRY_H

#include "vc/vc.h"

typedef struct cn_registry_entry {
    const cn_json *entry; /* the whole entry, as the list has it */
    cn_slice id;          /* "did:web:college.example", "https://college.example/issuer" */
    cn_slice name;        /* the first of its names */
    cn_slice url;
} cn_registry_entry;

/* An entry that was left out, and why. */
typedef struct cn_registry_problem {
    cn_slice where; /* JSON pointer */
    cn_slice text;  /* one English sentence */
} cn_registry_problem;

typedef struct cn_registry_list {
    cn_slice name;                    /* the credential's name, else its issuer's, else the one given */
    cn_slice signer;                  /* who was proven to have signed; empty: nobody */
    cn_slice valid_from, valid_until; /* as written; may be empty */
    cn_registry_entry *entries;
    size_t n, cap;
    cn_registry_problem *problems;
    size_t problems_n, problems_cap;
} cn_registry_list;

typedef struct cn_registry_options {
    const cn_verify_options *verify; /* how the list's own signature, dates and status are checked */
    cn_slice signer;                 /* who must have signed; empty: whoever did */
    cn_slice name;                   /* of a list that has none */
    bool unsigned_too; /* also {"registry": {ID: {"name", "url"}}}, which nobody has signed: only for files the
                          operator vouches for */
} cn_registry_options;

/* Reads and verifies a list. INVALID "registry.not-verified" (with the step that failed), "registry.form" (no
 * list), "registry.signer" (signed by another); UNAVAILABLE "registry.unknown" (it could not be checked); the
 * errors of json. On the arena. */
CN_MUST_USE bool cn_registry_read(cn_arena *a, cn_slice text, const cn_registry_options *options,
                                  cn_registry_list *out, cn_err *err);

/* One registry over the lists, which it borrows; where two know an id, the first one's name counts. On the
 * arena. */
CN_MUST_USE bool cn_registry_join(cn_arena *a, const cn_registry_list *lists, size_t n, cn_registry *out,
                                  cn_err *err);

/* The registered name in a language ("en", "fr"); the first one where there is none in it. Empty for nobody. */
cn_slice cn_known_issuer_name(const cn_known_issuer *who, cn_slice language);

/* What is left of a name when case, accents, punctuation, white space and the differences between letters that
 * look alike are taken away. Valid UTF-8 in, appended to b. For comparing, not for showing. */
void cn_name_skeleton(cn_buf *b, cn_slice name);

#endif
