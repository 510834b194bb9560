/* SPDX-License-Identifier: Apache-2.0
 *
 * /frameworks/convert: credits and levels in another system, by official tables alone.
 */
#include "web/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

static bool add_choices(const cn_making *m, const cn_scale *scales, size_t n, cn_slice chosen, cn_view_picks *out,
                        cn_err *err) {
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_pick, n);
    if (!out->v) return cn_fail_memory(err);
    for (; out->n < n; out->n++)
        out->v[out->n] = (cn_view_pick){scales[out->n].id, cn_words_of(m, scales[out->n].title),
                                        cn_slice_eq(scales[out->n].id, chosen)};
    return true;
}

static cn_slice chosen_text(const cn_view_picks *list) {
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].chosen) return list->v[i].text;
    return (cn_slice){0};
}

/* People type "7,5" and "7.5". */
static cn_slice with_point(cn_arena *a, cn_slice typed) {
    cn_slice copy = {0};
    if (!cn_arena_copy(a, cn_slice_trim(typed), &copy)) return typed;
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if (p[i] == ',') p[i] = '.';
    return copy;
}

/* ---- Credits ---- */

static cn_slice amounts(const cn_making *m, const cn_credit_conversion *c, bool *rounded) {
    char point = m->language == CN_FR ? ',' : '.';
    cn_buf low = cn_buf_on(m->rq->arena, 0), high = cn_buf_on(m->rq->arena, 0);
    bool exact = cn_amount_write(&low, &c->low, point);
    exact = cn_amount_write(&high, &c->high, point) && exact;
    *rounded = !exact;
    if (c->low.n == c->high.n && c->low.d == c->high.d) return cn_buf_slice(&low);
    return cn_making_text(m, CN_MSG_convert_between, cn_buf_slice(&low), cn_buf_slice(&high));
}

static cn_slice sources(const cn_making *m, const cn_credit_conversion *c) {
    if (c->agreement.n) return c->agreement;
    if (!c->from_source.n || !c->to_source.n) return c->from_source.n ? c->from_source : c->to_source;
    return cn_making_text(m, CN_MSG_convert_sources, c->from_source, c->to_source);
}

static void fill_route(const cn_making *m, const cn_credit_conversion *c, cn_conversion_route route, cn_slice in,
                       cn_view_conversion *out) {
    bool year = route == CN_BY_YEAR;
    out->route = cn_message(m->language, year ? CN_MSG_convert_by_year : CN_MSG_convert_by_hours);
    out->how = cn_message(m->language, year ? CN_MSG_convert_by_year_how : CN_MSG_convert_by_hours_how);
    if (!c->mapped) return;
    out->answer = cn_making_text(m, CN_MSG_convert_in_units, amounts(m, c, &out->rounded), in);
    out->rests_on = sources(m, c);
    out->unofficial = cn_credit_conversion_confidence(c) == 'S';
}

static void convert_credits(const cn_making *m, cn_page_convert *v, cn_slice from, cn_slice to) {
    cn_credit_conversion c[CN_CONVERSION_ROUTES];
    cn_err why;
    if (!cn_convert_credits(m->web->tables, from, with_point(m->rq->arena, v->amount), to, c, &why)) {
        v->amount_error = cn_message(m->language, cn_slice_eq(cn_slice_of(why.id), CN_S("convert.same"))
                                                      ? CN_MSG_convert_error_same
                                                      : CN_MSG_convert_error_amount);
        return;
    }
    v->credits_asked = true;
    for (size_t r = 0; r < CN_CONVERSION_ROUTES; r++)
        fill_route(m, &c[r], (cn_conversion_route)r, chosen_text(&v->credits_to), &v->credits[r]);
}

/* ---- Levels ---- */

static void convert_level(const cn_making *m, cn_page_convert *v, cn_slice from, cn_slice to) {
    cn_level_conversion c;
    cn_err why;
    if (!cn_convert_level(m->web->tables, from, with_point(m->rq->arena, v->level), to, &c, &why)) {
        v->level_error = cn_message(m->language, cn_slice_eq(cn_slice_of(why.id), CN_S("convert.same"))
                                                     ? CN_MSG_convert_error_same
                                                     : CN_MSG_convert_error_level);
        return;
    }
    v->levels_asked = true;
    v->levels.route = cn_words_of(m, c.title);
    v->levels.rests_on = c.source;
    for (size_t i = 0; i < c.n; i++)
        v->levels.answer = i ? cn_making_text(m, CN_MSG_convert_or, v->levels.answer, c.levels[i]) : c.levels[i];
    if (c.n)
        v->levels.answer =
            cn_making_text(m, CN_MSG_convert_level_is, v->levels.answer, chosen_text(&v->levels_to));
}

/* ---- The page ---- */

static bool add_scales(const cn_making *m, cn_page_convert *v, cn_slice from, cn_slice to, bool levels,
                       cn_err *err) {
    const cn_scale *systems, *frameworks;
    size_t systems_n, frameworks_n;
    cn_arena *a = m->rq->arena;
    return cn_tables_systems(a, m->web->tables, &systems, &systems_n, err) &&
           cn_tables_frameworks(a, m->web->tables, &frameworks, &frameworks_n, err) &&
           add_choices(m, systems, systems_n, levels || !from.n ? CN_S("NZ") : from, &v->credits_from, err) &&
           add_choices(m, systems, systems_n, levels || !to.n ? CN_S("ECTS") : to, &v->credits_to, err) &&
           add_choices(m, frameworks, frameworks_n, levels ? from : CN_S("NFQ"), &v->levels_from, err) &&
           add_choices(m, frameworks, frameworks_n, levels ? to : CN_S("NZQCF"), &v->levels_to, err);
}

static cn_slice own_address(const cn_making *m) {
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    const char *const names[] = {"what", "from", "value", "to"};
    cn_buf_print(&b, "/frameworks/convert");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cn_buf_print(&b, "%c%s=", i ? '&' : '?', names[i]);
        cn_url_escape(&b, cn_request_arg(m->rq, cn_slice_of(names[i])));
    }
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : CN_S("/frameworks/convert");
}

bool cn_web_convert(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_slice from = cn_request_arg(rq, CN_S("from")), to = cn_request_arg(rq, CN_S("to")),
             value = cn_request_arg(rq, CN_S("value")), what = cn_request_arg(rq, CN_S("what"));
    bool levels = cn_slice_eq(what, CN_S("levels")), credits = cn_slice_eq(what, CN_S("credits"));
    cn_making_start(&m, app, rq);
    cn_page_convert v = {.back = cn_url_path(rq->arena, CN_S("/frameworks"), m.language),
                         .action = cn_url_path(rq->arena, CN_S("/frameworks/convert"), m.language),
                         .amount = credits ? value : CN_S("15"),
                         .level = levels ? value : (cn_slice){0}};
    if (!add_scales(&m, &v, from, to, levels, err)) return false;
    if (credits) convert_credits(&m, &v, from, to);
    if (levels) convert_level(&m, &v, from, to);
    if (v.credits_asked)
        v.question = cn_making_text(&m, CN_MSG_convert_in_units, v.amount, chosen_text(&v.credits_from));
    v.page = cn_making_page(&m, credits || levels ? own_address(&m) : CN_S("/frameworks/convert"),
                            cn_message(m.language, CN_MSG_convert_title));
    v.page.wrong = v.amount_error.n || v.level_error.n;
    cn_tpl_framework_convert(&m.out, &v);
    return cn_making_finish(&m, v.page.wrong ? 400 : 200, rs, err);
}
