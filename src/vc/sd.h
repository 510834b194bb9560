/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the room `vc`: ecdsa-sd-2023, the parts of its files.
 *
 * Data Integrity ECDSA Cryptosuites 1.0, sections 3.4 to 3.7. The issuer signs each statement by itself, with a
 * key made for this proof alone (a base proof); the holder passes on some of them (a derived proof); those that
 * the issuer calls mandatory always. Blank nodes are named by an HMAC, so that their names say nothing of what is
 * left out.
 */
#ifndef CN_VC_SD_H
#define CN_VC_SD_H

#include "vc/proof.h"

enum {
    CN_SD_SIGNATURES_MAX = 2048, /* statements signed one by one: each costs a check */
    CN_SD_POINTERS_MAX = 1024,
    CN_SD_LABELS_MAX = 2048,
    CN_SD_SIGNATURE = 64, /* bytes */
    CN_SD_PUBLIC_KEY = 35,
    CN_SD_DIGEST = 32
};

/* ---- The proof's value (sd_value.c) ---- */

typedef struct cn_sd_list {
    cn_slice *v;
    size_t n;
} cn_sd_list;

/* 3.5.2, 3.5.3 */
typedef struct cn_sd_base {
    cn_slice signature, public_key, hmac_key;
    cn_sd_list signatures;
    cn_sd_list pointers; /* the mandatory ones */
} cn_sd_base;

typedef struct cn_sd_label {
    uint64_t number; /* of "c14n…" */
    cn_slice digest;
} cn_sd_label;

/* 3.5.7, 3.5.8 */
typedef struct cn_sd_derived {
    cn_slice signature, public_key;
    cn_sd_list signatures;
    cn_sd_label *labels; /* numbers and digests differ */
    size_t labels_n;
    uint64_t *mandatory; /* places among the sorted statements */
    size_t mandatory_n;
} cn_sd_derived;

typedef enum cn_sd_kind { CN_SD_NONE, CN_SD_BASE, CN_SD_DERIVED } cn_sd_kind;

/* What the text says it is; looks at its first letters only. */
cn_sd_kind cn_sd_kind_of(cn_slice text);
/* INVALID "sd.value"; LIMIT "sd.size", "memory.limit". All on the arena, or borrowed from the text. */
CN_MUST_USE bool cn_sd_base_read(cn_arena *a, cn_slice text, cn_sd_base *out, cn_err *err);
CN_MUST_USE bool cn_sd_derived_read(cn_arena *a, cn_slice text, cn_sd_derived *out, cn_err *err);
CN_MUST_USE bool cn_sd_base_write(cn_arena *a, const cn_sd_base *base, cn_slice *out, cn_err *err);
CN_MUST_USE bool cn_sd_derived_write(cn_arena *a, const cn_sd_derived *derived, cn_slice *out, cn_err *err);

/* ---- Parts of a document (sd_select.c) ---- */

/* What the pointers point at (3.4.13), with the ids and types on the way and the whole's @context; members are in
 * the document's order. No pointers select nothing: *out NULL. NOT_FOUND "sd.pointer". */
CN_MUST_USE bool cn_sd_select(cn_arena *a, const cn_json *document, const cn_sd_list *pointers,
                              const cn_json **out, cn_err *err);

/* ---- Statements (sd_group.c) ---- */

/* "_:c14n0" without its first two letters, to the label that is signed. */
typedef cn_map cn_sd_labels;

/* The canonical quads with their labels replaced, each with its line end, in code point order. INVALID "sd.label"
 * where one has none. */
CN_MUST_USE bool cn_sd_relabel(cn_arena *a, cn_slice nquads, const cn_sd_labels *labels, cn_sd_list *out,
                               cn_err *err);
/* The text that a label is made of a digest: "u" and base64url. */
CN_MUST_USE bool cn_sd_label_text(cn_arena *a, cn_slice digest, cn_slice *out);
/* The hash of those statements whose place is marked. */
CN_MUST_USE bool cn_sd_hash(cn_arena *a, const cn_crypto *c, const cn_sd_list *quads, const bool *marked,
                            cn_digest *out);

/* A document made ready for selections from it (3.4.16). */
typedef struct cn_sd_ready {
    const cn_json *compact; /* every node has an id */
    cn_sd_labels labels;    /* from the labels of those ids to those that are signed; values are cn_slice * */
    cn_sd_list quads;       /* as they are signed */
    cn_map places;          /* from a quad to its place in `quads` */
} cn_sd_ready;

/* UNSUPPORTED "sd.unnamed" (lists, and types that are blank nodes, cannot be told apart in a part of a document),
 * "sd.reserved". */
CN_MUST_USE bool cn_sd_prepare(cn_arena *a, const cn_canon_env *env, const cn_json *document, cn_slice hmac_key,
                               cn_sd_ready *out, cn_err *err);
/* Marks the statements that the pointers select. `dataset` (may be NULL) is what they are by themselves.
 * UNSUPPORTED "sd.form" where a part says something that the whole does not. */
CN_MUST_USE bool cn_sd_mark(cn_arena *a, const cn_canon_env *env, const cn_sd_ready *ready,
                            const cn_sd_list *pointers, bool *marked, cn_dataset *dataset, cn_err *err);

bool cn_sd_fail_form(cn_err *err);

/* ---- Proofs (sd.c, sd_check.c) ---- */

cn_suite_sign cn_sd_sign;
cn_suite_check cn_sd_check;

#endif
