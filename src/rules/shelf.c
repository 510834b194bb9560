/* SPDX-License-Identifier: Apache-2.0
 *
 * The packs that are built in, and choosing one by its id or by its family and a date.
 */
#include "rules/inside.h"

#include "packs.inc"

bool cn_packs_add(cn_arena *a, cn_packs *packs, const cn_pack *pack, cn_err *err) {
    size_t at = 0;
    while (at < packs->n && cn_slice_cmp(packs->v[at]->id, pack->id) < 0) at++;
    bool again = at < packs->n && cn_slice_eq(packs->v[at]->id, pack->id);
    size_t n = packs->n + (again ? 0 : 1);
    const cn_pack **v = CN_NEW_ARRAY(a, const cn_pack *, n);
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0, from = 0; i < n; i++) v[i] = i == at && !again ? pack : packs->v[from++];
    v[at] = pack;
    *packs = (cn_packs){v, n};
    return true;
}

bool cn_packs_builtin(cn_arena *a, cn_packs *out, cn_err *err) {
    cn_packs packs = {0};
    for (size_t i = 0; i < sizeof text_packs / sizeof *text_packs; i++) {
        const cn_pack *pack;
        if (!cn_pack_read(a, cn_slice_bytes(text_packs[i].body, text_packs[i].n), &pack, err) ||
            !cn_packs_add(a, &packs, pack, err))
            return false;
    }
    *out = packs;
    return true;
}

bool cn_pack_in_force(const cn_pack *pack, cn_slice date) {
    return cn_slice_cmp(pack->from, date) <= 0 && (!pack->to.n || cn_slice_cmp(date, pack->to) <= 0);
}

static const cn_pack *by_id(const cn_packs *packs, cn_slice id) {
    for (size_t i = 0; i < packs->n; i++)
        if (cn_slice_eq(packs->v[i]->id, id)) return packs->v[i];
    return NULL;
}

static bool is_proposal(const cn_pack *pack) {
    return cn_slice_eq(pack->status, CN_S("proposal"));
}

static const cn_pack *by_family(const cn_packs *packs, cn_slice family, cn_slice date) {
    const cn_pack *best = NULL;
    for (size_t i = 0; i < packs->n; i++) {
        const cn_pack *p = packs->v[i];
        if (!cn_slice_eq(p->family, family) || is_proposal(p) || !cn_pack_in_force(p, date)) continue;
        if (!best || cn_slice_cmp(best->from, p->from) < 0) best = p;
    }
    return best;
}

/* "on-ecampus-2020 (2020-12-01 to …)", each that was meant. */
static bool tell_dates(const cn_packs *packs, cn_slice id, cn_slice date, cn_err *err) {
    char text[320] = "";
    size_t n = 0, named = 0;
    for (size_t i = 0; i < packs->n && n < sizeof text - 1; i++) {
        const cn_pack *p = packs->v[i];
        if (!cn_slice_eq(p->id, id) && !cn_slice_eq(p->family, id)) continue;
        int more = snprintf(text + n, sizeof text - n, "%s%.*s from %.*s%s%.*s", named++ ? ", " : "",
                            CN_ARG(p->id), CN_ARG(p->from), p->to.n ? " to " : " on", CN_ARG(p->to));
        n += more > 0 ? (size_t)more : 0;
    }
    if (!named)
        return cn_fail(err, CN_NOT_FOUND, "pack.unknown", "There is no pack \"%.*s\".",
                       CN_ARG(cn_utf8_prefix(id, 60)));
    return cn_fail(err, CN_CONFLICT, "pack.not-in-force", "Not in force on %.*s. In force: %s.", CN_ARG(date),
                   text);
}

bool cn_packs_choose(const cn_packs *packs, cn_slice id, cn_slice date, const cn_pack **out, cn_err *err) {
    if (!cn_rules_is_date(date))
        return cn_fail(err, CN_INVALID, "pack.date", "\"%.*s\" is no date; write it as 2026-01-31.",
                       CN_ARG(cn_utf8_prefix(date, 40)));
    const cn_pack *pack = by_id(packs, id);
    const cn_pack *of_family = pack && cn_pack_in_force(pack, date) ? NULL : by_family(packs, id, date);
    if (of_family) pack = of_family;
    if (!pack || !cn_pack_in_force(pack, date)) return tell_dates(packs, id, date, err);
    *out = pack;
    return true;
}
