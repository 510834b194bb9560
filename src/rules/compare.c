/* SPDX-License-Identifier: Apache-2.0
 *
 * Packs side by side, field by field: what each asks for, and what several ask for alike.
 */
#include "rules/inside.h"

#include "labels.inc"

/* ---- What a rule asks for ---- */

typedef struct fields {
    cn_slice *v;
    size_t n, cap;
} fields;

static bool add_field(cn_arena *a, fields *f, cn_slice field, cn_err *err) {
    for (size_t i = 0; i < f->n; i++)
        if (cn_slice_eq(f->v[i], field)) return true;
    cn_slice *v = cn_arena_grow(a, f->v, f->n, &f->cap, f->n + 1, sizeof *v);
    if (!v) return cn_fail_memory(err);
    f->v = v;
    f->v[f->n++] = field;
    return true;
}

static bool gather(cn_arena *a, const cn_test *test, fields *f, cn_err *err) {
    bool conditional = test->op->needs & CN_T_IF;
    if (test->field.n && !add_field(a, f, test->field, err)) return false;
    if (test->other.n && !add_field(a, f, test->other, err)) return false;
    for (size_t i = conditional ? 1 : 0; i < test->of_n; i++)
        if (!gather(a, test->of[i], f, err)) return false;
    return true;
}

bool cn_rule_fields(cn_arena *a, const cn_rule *rule, const cn_slice **out, size_t *n, cn_err *err) {
    fields f = {0};
    if (!gather(a, rule->test, &f, err)) return false;
    *out = f.v;
    *n = f.n;
    return true;
}

/* ---- Labels ---- */

bool cn_labels_read(cn_arena *a, cn_labels *out, cn_err *err) {
    cn_labels labels;
    if (!cn_json_read(a, cn_slice_bytes(text_fields, sizeof text_fields), NULL, &labels.fields, err) ||
        !cn_json_read(a, cn_slice_bytes(text_attestations, sizeof text_attestations), NULL, &labels.statements,
                      err))
        return false;
    *out = labels;
    return true;
}

cn_words cn_field_label(const cn_labels *labels, cn_slice field) {
    static const cn_slice attested = CN_S_INIT("attestations.");
    const cn_json *label = cn_slice_starts(field, attested)
                               ? cn_json_get(labels->statements, cn_slice_from(field, attested.n))
                               : cn_json_get(labels->fields, field);
    return (cn_words){cn_json_get_text(label, CN_S("en")), cn_json_get_text(label, CN_S("fr"))};
}

/* ---- Field by field ---- */

typedef struct row {
    cn_asked_field field;
    cn_asked_rule *asked;
    size_t cap;
} row;

typedef struct table {
    row **v; /* in order */
    size_t n, cap;
    cn_map by_field;
} table;

static row *row_of(cn_arena *a, table *t, cn_slice field) {
    cn_map_entry *entry = cn_map_at(a, &t->by_field, field);
    if (!entry || entry->value) return entry ? entry->value : NULL;
    row *made = CN_NEW(a, row);
    row **v = cn_arena_grow(a, t->v, t->n, &t->cap, t->n + 1, sizeof *v);
    if (!made || !v) return NULL;
    made->field = (cn_asked_field){.field = field, .severity = CN_MAY};
    entry->value = made;
    t->v = v;
    return t->v[t->n++] = made;
}

static bool add_asked(cn_arena *a, table *t, cn_slice field, cn_asked_rule asked, cn_err *err) {
    row *r = row_of(a, t, field);
    cn_asked_rule *v = r ? cn_arena_grow(a, r->asked, r->field.n, &r->cap, r->field.n + 1, sizeof *v) : NULL;
    if (!v) return cn_fail_memory(err);
    r->asked = v;
    r->field.asked = v;
    v[r->field.n++] = asked;
    if (asked.rule->severity < r->field.severity) r->field.severity = asked.rule->severity;
    return true;
}

static bool add_pack(cn_arena *a, table *t, const cn_pack *pack, cn_err *err) {
    for (size_t i = 0; i < pack->rules_n; i++) {
        const cn_slice *asked;
        size_t n;
        if (!cn_rule_fields(a, &pack->rules[i], &asked, &n, err)) return false;
        for (size_t k = 0; k < n; k++)
            if (!add_asked(a, t, asked[k], (cn_asked_rule){pack, &pack->rules[i]}, err)) return false;
    }
    return true;
}

static bool flatten(cn_arena *a, const table *t, const cn_asked_field **out, size_t *n, cn_err *err) {
    cn_asked_field *all = CN_NEW_ARRAY(a, cn_asked_field, t->n);
    if (!all) return cn_fail_memory(err);
    for (size_t i = 0; i < t->n; i++) all[i] = t->v[i]->field;
    *out = all;
    *n = t->n;
    return true;
}

bool cn_packs_fields(cn_arena *a, const cn_pack *const *packs, size_t packs_n, const cn_asked_field **out,
                     size_t *n, cn_err *err) {
    table t = {0};
    for (size_t i = 0; i < packs_n; i++)
        if (!add_pack(a, &t, packs[i], err)) return false;
    return flatten(a, &t, out, n, err);
}

/* ---- The core ---- */

/* In how many jurisdictions a rule asks for it at least so strongly. */
static size_t jurisdictions(const cn_asked_field *field, cn_severity severity) {
    size_t count = 0;
    for (size_t i = 0; i < field->n; i++) {
        bool again = field->asked[i].rule->severity > severity;
        for (size_t k = 0; k < i && !again; k++)
            again = field->asked[k].rule->severity <= severity &&
                    cn_slice_eq(field->asked[k].pack->jurisdiction, field->asked[i].pack->jurisdiction);
        if (!again) count++;
    }
    return count;
}

static bool counts(const cn_asked_rule *asked) {
    cn_slice status = asked->pack->status;
    return asked->rule->enforced && !cn_slice_eq(status, CN_S("proposal")) &&
           !cn_slice_eq(status, CN_S("historic"));
}

static bool keep_what_counts(cn_arena *a, const cn_asked_field *field, cn_asked_field *out, cn_err *err) {
    cn_asked_rule *kept = CN_NEW_ARRAY(a, cn_asked_rule, field->n);
    if (!kept) return cn_fail_memory(err);
    *out = (cn_asked_field){.field = field->field, .asked = kept};
    for (size_t i = 0; i < field->n; i++)
        if (counts(&field->asked[i])) kept[out->n++] = field->asked[i];
    return true;
}

bool cn_packs_core(cn_arena *a, const cn_pack *const *packs, size_t packs_n, size_t least,
                   const cn_asked_field **out, size_t *n, cn_err *err) {
    const cn_asked_field *all;
    size_t all_n, kept = 0;
    if (!cn_packs_fields(a, packs, packs_n, &all, &all_n, err)) return false;
    cn_asked_field *core = CN_NEW_ARRAY(a, cn_asked_field, all_n);
    if (!core) return cn_fail_memory(err);
    for (size_t i = 0; i < all_n; i++) {
        cn_asked_field *one = &core[kept];
        if (!keep_what_counts(a, &all[i], one, err)) return false;
        if (jurisdictions(one, CN_MAY) < least) continue;
        while (jurisdictions(one, one->severity) < least) one->severity++;
        kept++;
    }
    *out = core;
    *n = kept;
    return true;
}
