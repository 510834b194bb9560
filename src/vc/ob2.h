/* SPDX-License-Identifier: Apache-2.0
 *
 * Between ob2.c (what a badge of Open Badges 2.0 and older says) and ob2_check.c (who stands for it).
 */
#ifndef CN_VC_OB2_H
#define CN_VC_OB2_H

#include "vc/internal.h"

struct cn_ob2 {
    const cn_json *given;          /* the assertion as it came; NULL where only its address did */
    cn_jws *jws;                   /* NULL: hosted */
    cn_slice url;                  /* where a hosted one is kept; empty where it does not say */
    const cn_json *assertion;      /* what is vouched for: signed, or found at its address; until then as given */
    const cn_json *badge, *issuer; /* the documents it leads to; NULL where they cannot be had */
    bool vouched;                  /* somebody stands for the assertion */
    bool found;                    /* the issuer's profile is what stands at its own address */
};

/* The document at an http(s) address, an object; NULL where the step says why there is none. `what` is what it
 * should be. Other schemes are as good as no address. */
CN_MUST_USE bool cn_ob2_fetch(cn_vc *v, cn_step *step, cn_slice url, cn_slice where, const char *what,
                              const cn_json **out);
/* Follows the assertion to its badge and issuer, and sets what is read of it all (v->credential). */
CN_MUST_USE bool cn_ob2_follow(cn_vc *v, cn_step *step);

#endif
