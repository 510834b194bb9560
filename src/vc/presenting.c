/* SPDX-License-Identifier: Apache-2.0
 *
 * Presentations in the making: credentials of any form around which a holder's signature goes.
 */
#include "vc/bake.h"
#include "vc/internal.h"
#include "vc/jwt.h"

bool cn_presented_text(cn_arena *a, cn_slice bytes, cn_slice *out, cn_err *err) {
    cn_slice format;
    bool picture = cn_is_png(bytes) || cn_is_svg(bytes);
    if (picture && !cn_unbake(a, bytes, &format, &bytes, err)) return false;
    *out = cn_slice_trim(bytes);
    return true;
}

bool cn_presented_credential(cn_arena *a, cn_slice bytes, const cn_json **out, cn_err *err) {
    cn_slice text;
    if (!cn_presented_text(a, bytes, &text, err)) return false;
    if (!cn_slice_starts(text, CN_S("ey")))
        return cn_json_read(a, text, &(cn_json_options){.refuse_duplicates = true}, out, err);
    *out = cn_jose_envelope(a, text);
    return *out || cn_fail_memory(err);
}

bool cn_presentation_new(cn_arena *a, cn_slice method, const cn_json *credentials, const cn_json **out,
                         cn_err *err) {
    cn_json *vp = cn_json_object(a), *contexts = cn_json_array(a), *types = cn_json_array(a);
    cn_slice holder, fragment;
    (void)cn_slice_cut(method, '#', &holder, &fragment);
    bool good = vp && contexts && types && cn_json_push(a, contexts, cn_json_string(a, CN_S(CN_VC_BASE_2))) &&
                cn_json_push(a, types, cn_json_string(a, CN_S("VerifiablePresentation"))) &&
                cn_json_set(a, vp, CN_S("@context"), contexts) && cn_json_set(a, vp, CN_S("type"), types) &&
                cn_json_set(a, vp, CN_S("holder"), cn_json_string(a, holder)) &&
                cn_json_set(a, vp, CN_S("verifiableCredential"), credentials);
    if (good) *out = vp;
    return good || cn_fail_memory(err);
}
