/* SPDX-License-Identifier: Apache-2.0
 *
 * Kinds of credentials, read from the list that is built in.
 */
#include "app/kinds.h"
#include "json/decimal.h"

#include "kinds.inc"

static cn_band band_of(const cn_json *v) {
    const cn_json *least = cn_json_item(v, 0), *most = cn_json_item(v, 1);
    return (cn_band){cn_json_is(least, CN_JSON_NUMBER) ? least : NULL,
                     cn_json_is(most, CN_JSON_NUMBER) ? most : NULL};
}

static cn_kind kind_of(const cn_json *v) {
    const cn_json *title = cn_json_get(v, CN_S("title")), *credits = cn_json_get(v, CN_S("credits")),
                  *source = cn_json_get(v, CN_S("source"));
    return (cn_kind){.id = cn_json_get_text(v, CN_S("id")),
                     .title = {cn_json_get_text(title, CN_S("en")), cn_json_get_text(title, CN_S("fr"))},
                     .hours = band_of(cn_json_get(v, CN_S("hours"))),
                     .weeks = band_of(cn_json_get(v, CN_S("weeks"))),
                     .credits = band_of(cn_json_get(credits, CN_S("band"))),
                     .credits_system = cn_json_get_text(credits, CN_S("system")),
                     .source = {cn_json_get_text(source, CN_S("en")), cn_json_get_text(source, CN_S("fr"))},
                     .confidence = cn_json_get_text(v, CN_S("confidence"))};
}

bool cn_kinds_all(cn_arena *a, cn_kinds *out, cn_err *err) {
    const cn_json *all;
    if (!cn_json_read(a, cn_slice_bytes(text_kinds, sizeof text_kinds), NULL, &all, err)) return false;
    all = cn_json_get(all, CN_S("kinds"));
    cn_kinds kinds = {.v = CN_NEW_ARRAY(a, cn_kind, cn_json_count(all))};
    if (!kinds.v) return cn_fail_memory(err);
    for (; kinds.n < cn_json_count(all); kinds.n++) kinds.v[kinds.n] = kind_of(cn_json_item(all, kinds.n));
    *out = kinds;
    return true;
}

bool cn_band_holds(const cn_band *band, const cn_json *number) {
    if ((!band->least && !band->most) || !cn_json_is(number, CN_JSON_NUMBER)) return false;
    cn_decimal n = cn_decimal_of(number), end;
    if (band->least && (end = cn_decimal_of(band->least), cn_decimal_cmp(&n, &end) < 0)) return false;
    return !band->most || (end = cn_decimal_of(band->most), cn_decimal_cmp(&n, &end) <= 0);
}
