/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the server: the status lists of the VC-API, one for each purpose, in one file of its folder.
 *
 * A place is given once and at random, so that it tells nothing of when it was given. What is on is on the disk
 * before anybody is told so.
 */
#ifndef CN_SERVER_VC_STATUS_H
#define CN_SERVER_VC_STATUS_H

#include <pthread.h>

#include "web/web.h"

enum { CN_VC_LIST_BITS = 131072, CN_VC_PURPOSES = 2 };

typedef struct cn_vc_list {
    uint8_t given[CN_VC_LIST_BITS / 8], on[CN_VC_LIST_BITS / 8];
    size_t given_n;
    cn_arena *arena; /* of the document */
    cn_slice document;
} cn_vc_list;

typedef struct cn_vc_status {
    pthread_mutex_t lock;
    bool started, opened; /* the lock; the folder */
    int folder;           /* locked */
    const cn_crypto *crypto;
    const cn_loader *contexts;
    const cn_random *random;
    const cn_vc_key *key;  /* signs the lists */
    cn_slice origin, path; /* of the file */
    cn_vc_list lists[CN_VC_PURPOSES];
} cn_vc_status;

/* `s` has crypto, contexts, random, key, origin and path, and stays where it is. Reads the file where there is
 * one. INVALID "vc-api.status-file" (it is damaged); CONFLICT "vc-api.folder-taken"; the errors of signing and of
 * files. cn_vc_status_done in any case. */
CN_MUST_USE bool cn_vc_status_open(cn_vc_status *s, cn_time now, cn_err *err);
void cn_vc_status_done(cn_vc_status *s);
cn_vc_lists cn_vc_status_lists(cn_vc_status *s);
/* The list at the URL where it is one of these; NOT_FOUND otherwise. */
CN_MUST_USE bool cn_vc_status_load(cn_vc_status *s, cn_arena *a, cn_slice url, cn_slice *out, cn_err *err);

#endif
