/* SPDX-License-Identifier: Apache-2.0
 *
 * Fuzzing rule packs. The input is a list: a pack, then records. What is read is checked; every outcome is told
 * with what decided it, and twice alike.
 */
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_refusal(const cn_err *err) {
    assert(err->code != CN_OK && err->code != CN_INTERNAL && err->id && err->detail[0]);
    assert(cn_utf8_invalid(cn_slice_of(err->detail)) == SIZE_MAX);
    assert(cn_utf8_invalid(cn_slice_of(err->where)) == SIZE_MAX);
}

static void check_record(cn_arena *a, const cn_pack *pack, const cn_json *record) {
    const cn_rule_result *once, *again;
    cn_err err;
    if (!cn_pack_check(a, pack, record, pack->from, &once, &err)) {
        check_refusal(&err);
        return;
    }
    bool ok = cn_pack_check(a, pack, record, pack->from, &again, &err);
    assert(ok);
    for (size_t i = 0; i < pack->rules_n; i++)
        assert(once[i].outcome == again[i].outcome && cn_slice_eq(once[i].field, again[i].field) &&
               once[i].field.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)64 << 20);
    const cn_json *input;
    const cn_pack *pack;
    cn_packs shelf = {0};
    cn_err err;
    if (!cn_json_read(a, cn_slice_bytes(data, size), NULL, &input, &err) || !cn_json_item(input, 0)) return 0;
    cn_buf text = cn_buf_on(a, 0);
    cn_json_write(&text, cn_json_item(input, 0));
    if (!cn_pack_read(a, cn_buf_slice(&text), &pack, &err)) {
        check_refusal(&err);
        return 0;
    }
    assert(pack->rules_n &&
           cn_pack_in_force(pack, pack->from) == (!pack->to.n || cn_slice_cmp(pack->from, pack->to) <= 0));
    const cn_pack *chosen;
    if (!cn_packs_add(a, &shelf, pack, &err)) return 0;
    if (cn_pack_in_force(pack, pack->from)) {
        bool found = cn_packs_choose(&shelf, pack->id, pack->from, &chosen, &err);
        assert(found && chosen == pack);
    }
    for (size_t i = 1; i < cn_json_count(input); i++) check_record(a, pack, cn_json_item(input, i));
    return 0;
}
