/* SPDX-License-Identifier: Apache-2.0
 *
 * Inside the server: what the VC-API works with, from a folder that its operator names. Its keys are the files
 * *.json there, in the order of their names.
 */
#ifndef CN_SERVER_VC_API_H
#define CN_SERVER_VC_API_H

#include "server/vc_status.h"

enum { CN_VC_KEYS_MAX = 64 };

typedef struct cn_vc_folder {
    cn_arena *arena;
    cn_vc_key keys[CN_VC_KEYS_MAX];
    cn_vc_api api;
    cn_vc_status status;
} cn_vc_folder;

/* What the folder is opened with. */
typedef struct cn_vc_folder_options {
    const cn_crypto *crypto;
    const cn_loader *contexts;
    const cn_random *random;
    cn_slice origin;
    cn_time now;
    const char *folder;
} cn_vc_folder_options;

/* `f` is zeroed and stays where it is; cn_vc_folder_done in any case. Status lists are in the file status.lists.
 * INVALID "vc-api.keys" (there is none that signs, or too many); UNAVAILABLE "vc-api.folder"; CONFLICT
 * "vc-api.folder-taken" (another server works with it); the errors of key files, with
 * the file's name as the place. */
CN_MUST_USE bool cn_vc_folder_open(cn_vc_folder *f, const cn_vc_folder_options *options, cn_err *err);
void cn_vc_folder_done(cn_vc_folder *f);
/* Says on standard error that it is on, for whom, and with which keys. */
void cn_vc_folder_warn(const cn_vc_folder *f);

#endif
