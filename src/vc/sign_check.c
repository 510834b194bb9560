/* SPDX-License-Identifier: Apache-2.0
 *
 * What is looked at before a credential is signed: whatever verifying would find wrong with it, signed or not.
 */
#include "vc/vc.h"

#include "base/base.h"

bool cn_sign_check(cn_arena *a, const cn_json *document, const cn_sign_options *o, cn_err *err) {
    cn_verify_options how = {.crypto = o->crypto,
                             .contexts = o->contexts,
                             .processed = o->processed,
                             .now = o->created,
                             .max_work = o->max_work};
    cn_report report;
    if (!cn_verify_unsigned(a, document, &how, &report, err)) return false;
    for (size_t i = 0; i < report.steps_n; i++) {
        const cn_step *step = &report.steps[i];
        if (step->outcome == CN_FAIL || step->outcome == CN_UNKNOWN)
            return cn_fail_at(err, CN_INVALID, "issue.credential", step->where, "%.*s", CN_ARG(step->detail));
    }
    return true;
}
