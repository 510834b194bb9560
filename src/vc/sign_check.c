/* SPDX-License-Identifier: Apache-2.0
 *
 * What is looked at before a credential is signed: whatever verifying would find wrong with it, signed or not.
 */
#include "vc/vc.h"

#include "base/base.h"

/* The steps that need no signature. */
static bool is_asked(const cn_step *step) {
    static const char *const asked[] = {"read", "model", "context"};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++)
        if (strcmp(step->id, asked[i]) == 0) return true;
    return false;
}

bool cn_sign_check(cn_arena *a, const cn_json *document, const cn_sign_options *o, cn_err *err) {
    cn_verify_options how = {
        .crypto = o->crypto, .contexts = o->contexts, .processed = o->processed, .now = o->created};
    cn_buf text = cn_buf_on(a, 0);
    cn_report report;
    cn_json_write(&text, document);
    if (!cn_buf_ok(&text)) return cn_fail_memory(err);
    if (!cn_verify(a, cn_buf_slice(&text), &how, &report, err)) return false;
    for (size_t i = 0; i < report.steps_n; i++) {
        const cn_step *step = &report.steps[i];
        if (is_asked(step) && (step->outcome == CN_FAIL || step->outcome == CN_UNKNOWN))
            return cn_fail_at(err, CN_INVALID, "issue.credential", step->where, "%.*s", CN_ARG(step->detail));
    }
    return true;
}
