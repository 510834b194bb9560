/* SPDX-License-Identifier: Apache-2.0
 *
 * Frameworks side by side: two that are chosen, and what several provinces of Canada ask for. Every field is
 * traced to the rules that ask for it.
 */
#include "web/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

enum { PROVINCES = 2 }; /* that have to ask for what the core holds */

/* ---- Rows of fields ---- */

static cn_view_asked asked_of(const cn_making *m, const cn_asked_rule *asked) {
    return (cn_view_asked){.rule = asked->rule->id,
                           .message = cn_words_of(m, asked->rule->message),
                           .pack = cn_words_of(m, asked->pack->title),
                           .link = cn_framework_url(m, asked->pack->id, asked->rule->id),
                           .severity = cn_words_severity(m, asked->rule->severity),
                           .unconfirmed = !asked->rule->enforced};
}

/* In which column a rule stands: SIZE_MAX for none. */
typedef size_t column_of(const void *self, const cn_asked_rule *asked);

static bool fill_row(const cn_making *m, const cn_asked_field *f, size_t columns, column_of *column,
                     const void *self, cn_view_field_row *out, cn_err *err) {
    *out = (cn_view_field_row){.label = cn_words_field(m, f->field),
                               .path = f->field,
                               .n = columns,
                               .severity = cn_words_severity(m, f->severity)};
    out->cells = CN_NEW_ARRAY(m->rq->arena, cn_view_cell, columns);
    if (!out->cells) return cn_fail_memory(err);
    for (size_t c = 0; c < columns; c++) {
        cn_severity strongest = CN_MAY;
        cn_view_cell *cell = &out->cells[c];
        cell->asked = CN_NEW_ARRAY(m->rq->arena, cn_view_asked, f->n);
        if (!cell->asked) return cn_fail_memory(err);
        for (size_t i = 0; i < f->n; i++) {
            if (column(self, &f->asked[i]) != c) continue;
            cell->asked[cell->n++] = asked_of(m, &f->asked[i]);
            if (f->asked[i].rule->severity < strongest) strongest = f->asked[i].rule->severity;
        }
        if (cell->n) cell->severity = cn_words_severity(m, strongest);
    }
    return true;
}

/* ---- Two ---- */

static size_t column_of_pack(const void *self, const cn_asked_rule *asked) {
    const cn_pack *const *packs = self;
    return asked->pack == packs[0] ? 0 : 1;
}

/* What only the first asks stands left, what both ask in the middle. */
static void cut_bar(cn_view_field_part parts[3], size_t all) {
    static const size_t order[] = {0, 2, 1};
    size_t before = 0;
    for (size_t i = 0; i < 3 && all; i++) {
        cn_view_field_part *part = &parts[order[i]];
        part->from = before * 100 / all;
        before += part->n;
        part->width = before * 100 / all - part->from;
    }
}

static bool compare(const cn_making *m, const cn_pack *packs[2], cn_page_compare *v, cn_err *err) {
    static const cn_msg only[] = {CN_MSG_frameworks_only, CN_MSG_frameworks_only, CN_MSG_frameworks_both};
    const cn_asked_field *fields;
    size_t n;
    if (!cn_packs_fields(m->rq->arena, packs, 2, &fields, &n, err)) return false;
    for (size_t p = 0; p < 3; p++) {
        if (p < 2) v->titles[p] = cn_words_of(m, packs[p]->title);
        v->parts[p].heading = cn_making_text(m, only[p], p < 2 ? v->titles[p] : (cn_slice){0}, (cn_slice){0});
        v->parts[p].v = CN_NEW_ARRAY(m->rq->arena, cn_view_field_row, n);
        if (!v->parts[p].v) return cn_fail_memory(err);
    }
    for (size_t i = 0; i < n; i++) {
        cn_view_field_row row;
        if (!fill_row(m, &fields[i], 2, column_of_pack, packs, &row, err)) return false;
        cn_view_field_part *part = &v->parts[!row.cells[1].n ? 0 : !row.cells[0].n ? 1 : 2];
        part->v[part->n++] = row;
    }
    cut_bar(v->parts, n);
    v->compared = true;
    return true;
}

bool cn_web_compare(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    const cn_pack *packs[2];
    cn_slice ids[] = {cn_request_arg(rq, CN_S("a")), cn_request_arg(rq, CN_S("b"))}, path;
    cn_making_start(&m, app, rq);
    cn_page_compare v = {.back = cn_url_path(rq->arena, CN_S("/frameworks"), m.language),
                         .action = cn_url_path(rq->arena, CN_S("/frameworks/compare"), m.language)};
    if (!cn_framework_choices(&m, ids[0], &v.a, err) || !cn_framework_choices(&m, ids[1], &v.b, err)) return false;
    cn_err none;
    bool found =
        cn_framework_find(&m, ids[0], &packs[0], &none) && cn_framework_find(&m, ids[1], &packs[1], &none);
    if (found && packs[0] == packs[1]) v.wrong = cn_message(m.language, CN_MSG_frameworks_compare_same);
    else if (found && !compare(&m, packs, &v, err)) return false;
    if (!cn_arena_print(rq->arena, &path, "/frameworks/compare%s%.*s%s%.*s", found ? "?a=" : "",
                        CN_ARG(found ? ids[0] : (cn_slice){0}), found ? "&b=" : "",
                        CN_ARG(found ? ids[1] : (cn_slice){0})))
        return cn_fail_memory(err);
    v.page = cn_making_page(&m, path, cn_message(m.language, CN_MSG_frameworks_compare_title));
    cn_tpl_framework_compare(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

/* ---- The core ---- */

typedef struct provinces {
    const cn_pack **packs; /* those in force that count */
    size_t packs_n;
    cn_slice *codes; /* of jurisdictions, each once */
    size_t n;
} provinces;

static size_t province_of(const provinces *p, cn_slice jurisdiction) {
    size_t i = 0;
    while (i < p->n && !cn_slice_eq(p->codes[i], jurisdiction)) i++;
    return i;
}

static size_t column_of_province(const void *self, const cn_asked_rule *asked) {
    return province_of(self, asked->pack->jurisdiction);
}

static bool find_provinces(const cn_making *m, cn_slice today, provinces *out, cn_err *err) {
    const cn_packs *all = m->web->packs;
    *out = (provinces){.packs = CN_NEW_ARRAY(m->rq->arena, const cn_pack *, all->n),
                       .codes = CN_NEW_ARRAY(m->rq->arena, cn_slice, all->n)};
    if (!out->packs || !out->codes) return cn_fail_memory(err);
    for (size_t i = 0; i < all->n; i++) {
        const cn_pack *p = all->v[i];
        if (!cn_slice_starts(p->jurisdiction, CN_S("CA-")) || !cn_pack_in_force(p, today)) continue;
        out->packs[out->packs_n++] = p;
        if (province_of(out, p->jurisdiction) == out->n) out->codes[out->n++] = p->jurisdiction;
    }
    return true;
}

static bool add_provinces(const cn_making *m, const provinces *p, cn_page_core *v, cn_err *err) {
    v->provinces = CN_NEW_ARRAY(m->rq->arena, cn_view_province, p->n);
    if (!v->provinces) return cn_fail_memory(err);
    for (; v->provinces_n < p->n; v->provinces_n++) {
        cn_slice code = p->codes[v->provinces_n];
        cn_slice narrow = {0};
        if (!cn_arena_copy(m->rq->arena, cn_slice_from(code, 3), &narrow)) return cn_fail_memory(err);
        for (size_t i = 0; i < narrow.n; i++)
            if (narrow.p[i] == '/') ((char *)(uintptr_t)narrow.p)[i] = ' '; /* where a line may end */
        v->provinces[v->provinces_n] = (cn_view_province){narrow, cn_words_jurisdiction(m, code)};
    }
    return true;
}

bool cn_web_core(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    provinces p;
    const cn_asked_field *fields;
    size_t n;
    cn_slice today = cn_framework_today(rq);
    cn_making_start(&m, app, rq);
    cn_page_core v = {.all = cn_slice_eq(cn_request_arg(rq, CN_S("fields")), CN_S("all")),
                      .back = cn_url_path(rq->arena, CN_S("/frameworks"), m.language),
                      .when = cn_words_day(&m, today)};
    cn_slice own = v.all ? CN_S("/frameworks/core?fields=all") : CN_S("/frameworks/core");
    v.other_view =
        cn_url_path(rq->arena, v.all ? CN_S("/frameworks/core") : CN_S("/frameworks/core?fields=all"), m.language);
    if (!find_provinces(&m, today, &p, err) || !add_provinces(&m, &p, &v, err)) return false;
    if (!cn_packs_core(rq->arena, p.packs, p.packs_n, v.all ? 1 : PROVINCES, &fields, &n, err)) return false;
    v.rows = CN_NEW_ARRAY(rq->arena, cn_view_field_row, n);
    if (!v.rows) return cn_fail_memory(err);
    for (; v.rows_n < n; v.rows_n++)
        if (!fill_row(&m, &fields[v.rows_n], p.n, column_of_province, &p, &v.rows[v.rows_n], err)) return false;
    v.page = cn_making_page(&m, own, cn_message(m.language, CN_MSG_frameworks_core_title));
    cn_tpl_framework_core(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}
