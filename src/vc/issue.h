/* SPDX-License-Identifier: Apache-2.0
 *
 * A door of the room `vc`: issuing a credential that somebody else has written. What verifying would find wrong
 * with it, signed or not, is not signed.
 */
#ifndef CN_VC_ISSUE_H
#define CN_VC_ISSUE_H

#include "vc/vc.h"

/* Is there a suite of this name, for this kind of key (NULL: for any)? */
bool cn_issue_suite(cn_slice suite, const cn_key_kind *kind);

/* The credential with the context of Data Integrity at the end of its own, where those do not say what a proof is
 * (Data Integrity 1.0, 2.4.1). On the arena, members borrowed. */
CN_MUST_USE bool cn_issue_ready(cn_arena *a, const cn_json *credential, const cn_json **out, cn_err *err);

/* The first member of a credential or presentation that neither the data model nor any built-in context has as a
 * term; empty where there is none. A "@vocab" gives a meaning to everything, so it is not asked. */
CN_MUST_USE bool cn_issue_stranger(cn_arena *a, const cn_json *document, cn_slice *out, cn_err *err);

/* Checks, makes ready and signs. *out is NULL where a step of the report says what is wrong with the credential;
 * the errors are those of cn_integrity_add. */
CN_MUST_USE bool cn_issue(cn_arena *a, const cn_json *credential, const cn_sign_options *how, cn_report *report,
                          const cn_json **out, cn_err *err);

#endif
