/* SPDX-License-Identifier: Apache-2.0
 *
 * The audit's chain: every row has a link, a hash of the row and of the link before, so that a row that was
 * removed, altered, moved or put in past the program is found. Whoever can write the whole database can write the
 * whole chain anew: against that an operator notes its head elsewhere. docs/decisions/0016 says what is hashed and
 * why.
 *
 * It holds for all organisations of a server together. Errors are those of store.h.
 */
#ifndef CN_STORE_CHAIN_H
#define CN_STORE_CHAIN_H

#include "store/people.h"

enum { CN_CHAIN_HASH = 32, CN_CHAIN_FAULTS_MAX = 100 };

/* A link: the number of its row, and its hash. Number 0: there is none. */
typedef struct cn_chain_head {
    int64_t number;
    uint8_t hash[CN_CHAIN_HASH];
} cn_chain_head;

typedef enum cn_chain_fault_kind {
    CN_CHAIN_REMOVED, /* rows `first` to `last` are not there */
    CN_CHAIN_ALTERED, /* row `first` is not as it was written, or the step of a review that it tells of */
    CN_CHAIN_FOREIGN, /* row `first` was not written by the program, or its link is gone */
    CN_CHAIN_FORGOT,  /* who it was is gone from `last` more rows than accounts were deleted for; `first`: 0 */
    CN_CHAIN_HEAD,    /* the link `first` is not the one that was noted */
    CN_CHAIN_STEP /* no row tells of the step `first` of a review, or of an approval or a withdrawal by it; 0: it
                     was not written by the program */
} cn_chain_fault_kind;

typedef struct cn_chain_fault {
    cn_chain_fault_kind kind;
    int64_t first, last;
    cn_time at; /* of the row; where that is gone, of the last one before it; 0: not known */
} cn_chain_fault;

typedef struct cn_chain_report {
    bool whole;     /* all links were looked at, not the last ones alone */
    int64_t looked; /* how many */
    cn_time since;  /* when the first row of the chain was written; 0: there is none */
    cn_chain_head head;
    int64_t pruned;                             /* up to here retention took rows out; 0: nowhere */
    cn_chain_fault faults[CN_CHAIN_FAULTS_MAX]; /* in the order they were found */
    size_t faults_n;                            /* how many there are, also beyond those */
    int64_t good; /* with faults: the last row before the first of them that is good; 0: none was looked at */
    cn_time good_at;
} cn_chain_report;

typedef struct cn_chain_ask {
    int64_t most;               /* the last so many links; 0: all */
    const cn_chain_head *noted; /* a head that was noted before; NULL: none */
} cn_chain_ask;

CN_MUST_USE bool cn_store_chain_head(cn_store *s, cn_chain_head *out, cn_err *err);
/* Sees one moment of the database; nobody waits for it. NOT_FOUND "audit.head": retention has taken the noted row
 * out.
 */
CN_MUST_USE bool cn_store_chain_verify(cn_store *s, const cn_chain_ask *ask, cn_chain_report *out, cn_err *err);

/* Retention: the rows at the beginning that are all older than `before` go; a row that is written says up to
 * which, and the chain goes on from its hash. Gives how many went. */
CN_MUST_USE bool cn_store_chain_prune(cn_store *s, cn_time before, cn_time now, int64_t *gone, cn_err *err);

#endif
