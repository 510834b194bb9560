/* SPDX-License-Identifier: Apache-2.0
 *
 * cn_engine_verify: one credential or presentation, of any form that the room `vc` reads.
 */
#include "lib/inside.h"

static cn_engine_verdict verdict_of(const cn_report *r) {
    static const cn_engine_verdict words[] = {[CN_VERIFIED] = CN_IS_VERIFIED,
                                              [CN_NOT_VERIFIED] = CN_IS_NOT_VERIFIED,
                                              [CN_VERDICT_UNKNOWN] = CN_IS_UNKNOWN};
    return words[r->verdict];
}

bool cn_call_verify_options(cn_call *c, const int64_t *at, cn_verify_options *out) {
    const cn_engine *e = c->engine;
    *out = (cn_verify_options){.crypto = e->crypto,
                               .contexts = &e->contexts,
                               .processed = e->processed,
                               .lists = e->status_lists,
                               .resolver = e->options.get_document || e->documents.count ? &e->resolver : NULL,
                               .registry = e->lists_n ? &e->registry : NULL,
                               .max_work = e->options.max_work,
                               .max_proofs = e->options.max_proofs,
                               .max_list_bytes = e->options.max_list_bytes};
    return cn_call_time(c, at, &out->now);
}

static bool verify(cn_call *c, cn_slice input, const cn_engine_verify_options *o, cn_report *out) {
    cn_asked asked = {cn_slice_of(o->challenge), cn_slice_of(o->domain)};
    cn_verify_options how;
    if (!cn_call_flags(c, o->flags, CN_VERIFY_SCHEMA | CN_VERIFY_BITSTRING | CN_VERIFY_RESOURCES) ||
        !cn_call_verify_options(c, o->at, &how))
        return false;
    how.schema_counts = (o->flags & CN_VERIFY_SCHEMA) != 0;
    how.strict_bitstring = (o->flags & CN_VERIFY_BITSTRING) != 0;
    how.check_resources = (o->flags & CN_VERIFY_RESOURCES) != 0;
    how.asked = o->challenge ? &asked : NULL;
    return cn_verify(c->arena, input, &how, out, &c->err);
}

static bool give_report(cn_call *c, const cn_report *report, cn_bytes *out) {
    cn_buf b = cn_buf_on(c->arena, 0);
    return !out || (cn_report_write(c->arena, report, CN_S(""), &b, &c->err) && cn_call_give_buf(c, &b, out));
}

bool cn_engine_verify(const cn_engine *engine, const void *bytes, size_t n,
                      const cn_engine_verify_options *options, cn_engine_verdict *verdict, cn_bytes *report,
                      cn_error *error) {
    cn_call c;
    cn_slice input;
    cn_engine_verify_options o = {0};
    cn_report found;
    bool good = cn_call_begin(&c, engine, verdict) && cn_call_bytes(&c, bytes, n, &input) &&
                cn_call_options(&c, options, &o, sizeof o) && verify(&c, input, &o, &found) &&
                give_report(&c, &found, report);
    if (good) *verdict = verdict_of(&found);
    return cn_call_end(&c, good, error);
}
