/* SPDX-License-Identifier: Apache-2.0
 *
 * /competencies: the competency frameworks that are here, with licence and attribution; a search in them; an item,
 * with what stands beside it.
 */
#include "web/competencies.h"
#include "web/messages.h"

#include "base/base.h"

enum { SHOWN = 40 };

static cn_slice label(const cn_making *m, cn_msg message) {
    return cn_message(m->language, message);
}

/* ---- Words ---- */

cn_slice cn_words_competency_type(const cn_making *m, cn_slice type) {
    cn_msg message;
    if (type.n && cn_message_find(CN_MSG_FAMILY("item-type"), type, NULL, &message)) return label(m, message);
    return cn_hidden_show(&(cn_hidden){.arena = m->rq->arena}, type);
}

static cn_slice shown(const cn_making *m, cn_slice text) {
    return cn_hidden_show(&(cn_hidden){.arena = m->rq->arena}, text);
}

static cn_slice tag_of(bool french) {
    return cn_language_tag(french ? CN_FR : CN_EN);
}

/* In the page's language, or in the one there is; else its id. */
static cn_slice title_of(const cn_making *m, const cn_framework *f, cn_slice *language) {
    cn_slice en = f->text[CN_FRAMEWORK_TITLE], fr = f->text[CN_FRAMEWORK_TITLE_FR];
    bool french = fr.n && (m->language == CN_FR || !en.n);
    *language = tag_of(french);
    return shown(m, french ? fr : en.n ? en : f->id);
}

static const cn_framework *framework_of(const cn_framework *all, size_t n, int64_t number) {
    for (size_t i = 0; i < n; i++)
        if (all[i].number == number) return &all[i];
    return NULL;
}

/* ---- Items in lists ---- */

static cn_url item_url(const cn_making *m, int64_t number) {
    cn_slice path;
    bool fits = cn_arena_print(m->rq->arena, &path, "/competencies/%lld", (long long)number);
    return cn_url_path(m->rq->arena, fits ? path : CN_S("/competencies"), m->language);
}

static void fill_item(const cn_making *m, const cn_item *item, cn_view_competency *out) {
    bool french;
    cn_slice own = cn_item_label(item, m->language == CN_FR, &french);
    *out = (cn_view_competency){.link = item_url(m, item->number),
                                .label = shown(m, own),
                                .language = tag_of(french),
                                .other = shown(m, item->text[french ? CN_ITEM_LABEL : CN_ITEM_LABEL_FR]),
                                .other_language = tag_of(!french),
                                .type = cn_words_competency_type(m, item->text[CN_ITEM_TYPE]),
                                .code = shown(m, item->text[CN_ITEM_CODE]),
                                .uri = item->uri,
                                .number = (unsigned long long)item->number};
}

/* ---- Search ---- */

cn_slice cn_competency_search_path(const cn_making *m, cn_slice path) {
    cn_buf b = cn_buf_on(m->rq->arena, 8192);
    cn_slice text = cn_request_arg(m->rq, CN_S("q")), framework = cn_request_arg(m->rq, CN_S("framework"));
    cn_buf_add(&b, path);
    if (text.n || framework.n) {
        cn_buf_add(&b, CN_S("?q="));
        cn_url_escape(&b, text);
        cn_buf_add(&b, CN_S("&framework="));
        cn_url_escape(&b, framework);
    }
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : path;
}

static bool add_options(const cn_making *m, const cn_framework *all, size_t n, int64_t chosen,
                        cn_view_competency_search *out, cn_err *err) {
    out->frameworks = CN_NEW_ARRAY(m->rq->arena, cn_view_competency_option, n);
    if (!out->frameworks) return cn_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        cn_slice language;
        const cn_framework *f = &all[i];
        if (out->picks && cn_framework_classifies(f)) continue;
        out->frameworks[out->frameworks_n++] = (cn_view_competency_option){
            (unsigned long long)f->number, title_of(m, f, &language), f->number == chosen};
    }
    return true;
}

static cn_slice found_words(const cn_making *m, const cn_view_competency_search *s) {
    if (!s->n) return cn_making_text(m, CN_MSG_competencies_none, s->text, (cn_slice){0});
    return cn_making_plural(m, s->more ? CN_MSG_competencies_first : CN_MSG_competencies_found, s->n);
}

static bool add_found(const cn_making *m, const cn_framework *all, size_t n, const cn_item_query *q,
                      cn_view_competency_search *out, cn_err *err) {
    cn_item *items;
    size_t found;
    cn_slice language;
    if (!cn_app_items_find(m->rq->arena, m->web->app, q, &items, &found, &out->more, err)) return false;
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_competency, found);
    if (!out->v) return cn_fail_memory(err);
    for (; out->n < found; out->n++) {
        const cn_framework *f = framework_of(all, n, items[out->n].framework);
        fill_item(m, &items[out->n], &out->v[out->n]);
        if (f && n > 1) out->v[out->n].framework = title_of(m, f, &language);
    }
    out->found = found_words(m, out);
    return true;
}

bool cn_competency_search_fill(const cn_making *m, cn_slice path, cn_view_competency_search *out, cn_err *err) {
    cn_framework *all;
    size_t n;
    uint64_t number = 0;
    cn_slice answers;
    if (!cn_app_frameworks(m->rq->arena, m->web->app, &all, &n, err)) return false;
    if (!cn_arena_print(m->rq->arena, &answers, "%.*s/found", CN_ARG(path))) return cn_fail_memory(err);
    out->action = cn_url_path(m->rq->arena, path, m->language);
    out->answers = (cn_url){answers};
    out->script = cn_url_static("search.js");
    out->language = cn_language_tag(m->language);
    out->text = cn_utf8_prefix(cn_request_arg(m->rq, CN_S("q")), 300);
    if (!cn_slice_to_u64(cn_request_arg(m->rq, CN_S("framework")), INT64_MAX, &number)) number = 0;
    out->framework = number;
    out->asked = cn_slice_trim(out->text).n > 0;
    cn_item_query q = {.text = out->text, .framework = (int64_t)number, .competencies = out->picks, .max = SHOWN};
    return add_options(m, all, n, q.framework, out, err) && (!out->asked || add_found(m, all, n, &q, out, err));
}

bool cn_competency_search_answer(cn_making *m, const cn_view_competency_search *s, cn_response *rs, cn_err *err) {
    cn_tpl_competency_results(&m->out, s);
    return cn_making_finish(m, 200, rs, err);
}

static bool found(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_view_competency_search s = {0};
    cn_making_start(&m, app, rq);
    return cn_competency_search_fill(&m, CN_S("/competencies"), &s, err) &&
           cn_competency_search_answer(&m, &s, rs, err);
}

/* ---- Frameworks ---- */

static cn_slice counts_of(const cn_making *m, const cn_framework *f) {
    cn_buf b = cn_buf_on(m->rq->arena, 0);
    cn_message_arg args[] = {cn_message_arg_number((unsigned long long)f->items),
                             cn_message_arg_number((unsigned long long)f->english),
                             cn_message_arg_number((unsigned long long)f->french)};
    cn_message_plain(&b, m->language, CN_MSG_competencies_counts, 3, args);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

static void fill_framework(const cn_making *m, const cn_framework *f, cn_view_competency_framework *out) {
    cn_slice path, licence = f->text[CN_FRAMEWORK_LICENCE];
    bool fits = cn_arena_print(m->rq->arena, &path, "/competencies?q=&framework=%lld", (long long)f->number);
    cn_slice own = f->text[m->language == CN_FR ? CN_FRAMEWORK_ATTRIBUTION_FR : CN_FRAMEWORK_ATTRIBUTION];
    *out = (cn_view_competency_framework){
        .publisher = shown(m, f->text[CN_FRAMEWORK_PUBLISHER]),
        .version = shown(m, f->text[CN_FRAMEWORK_VERSION]),
        .counts = counts_of(m, f),
        .attribution = shown(m, own),
        .when = cn_words_date(m, f->changed_at, false),
        .search = cn_url_path(m->rq->arena, fits ? path : CN_S("/competencies"), m->language)};
    out->name = title_of(m, f, &out->language);
    cn_hidden h = {.arena = m->rq->arena};
    out->licensed = cn_hidden_link(&h, licence, &out->licence);
}

static bool list(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_framework *all;
    size_t n;
    cn_making_start(&m, app, rq);
    cn_page_competencies v = {.page = cn_making_page(&m, cn_competency_search_path(&m, CN_S("/competencies")),
                                                     label(&m, CN_MSG_competencies_title))};
    if (!cn_app_frameworks(rq->arena, m.web->app, &all, &n, err) ||
        !cn_competency_search_fill(&m, CN_S("/competencies"), &v.search, err) || !cn_web_allow_script(rq, rs, err))
        return false;
    v.v = CN_NEW_ARRAY(rq->arena, cn_view_competency_framework, n);
    if (!v.v) return cn_fail_memory(err);
    for (; v.n < n; v.n++) fill_framework(&m, &all[v.n], &v.v[v.n]);
    cn_tpl_competencies(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

/* ---- An item ---- */

static bool add_lines(const cn_making *m, cn_slice lines, cn_view_text *out, cn_err *err) {
    size_t most = 1;
    for (size_t i = 0; i < lines.n; i++) most += lines.p[i] == '\n';
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_slice, most);
    if (!out->v) return cn_fail_memory(err);
    for (cn_slice line; lines.n;) {
        (void)cn_slice_cut(lines, '\n', &line, &lines);
        out->v[out->n++] = shown(m, line);
    }
    return true;
}

static bool add_sides(const cn_making *m, const cn_item *item, cn_page_competency *v, cn_err *err) {
    for (int i = 0; i < CN_LANGUAGES; i++) {
        bool french = (m->language == CN_FR) == (i == 0);
        unsigned in = french ? CN_ITEM_FRENCH : 0;
        if (!item->text[CN_ITEM_LABEL + in].n) continue;
        cn_view_competency_side *side = &v->sides[v->sides_n++];
        *side = (cn_view_competency_side){
            .heading = label(m, french ? CN_MSG_competencies_french : CN_MSG_competencies_english),
            .language = tag_of(french),
            .label = shown(m, item->text[CN_ITEM_LABEL + in]),
            .description = shown(m, item->text[CN_ITEM_DESCRIPTION + in])};
        if (!add_lines(m, item->text[CN_ITEM_ALTERNATIVES + in], &side->others, err)) return false;
    }
    return true;
}

/* How what stands beside the item is headed: the first for what it leads to, the second for what leads to it. */
static const cn_msg headings[CN_ITEM_HOWS][2] = {
    [CN_ITEM_BROADER] = {CN_MSG_competencies_broader, CN_MSG_competencies_narrower},
    [CN_ITEM_ESSENTIAL] = {CN_MSG_competencies_essential, CN_MSG_competencies_essential_for},
    [CN_ITEM_OPTIONAL] = {CN_MSG_competencies_optional, CN_MSG_competencies_optional_for},
    [CN_ITEM_RELATED] = {CN_MSG_competencies_related, CN_MSG_competencies_related},
    [CN_ITEM_EXACT] = {CN_MSG_competencies_exact, CN_MSG_competencies_exact},
    [CN_ITEM_PART] = {CN_MSG_competencies_part_of, CN_MSG_competencies_parts},
    [CN_ITEM_REPLACED_BY] = {CN_MSG_competencies_replaced_by, CN_MSG_competencies_replaces},
    [CN_ITEM_PRECEDES] = {CN_MSG_competencies_precedes, CN_MSG_competencies_follows},
};

/* They come by how, each direction together. */
static bool add_beside(const cn_making *m, const cn_item_page *page, cn_page_competency *v, cn_err *err) {
    cn_view_competency *items = CN_NEW_ARRAY(m->rq->arena, cn_view_competency, page->beside_n);
    v->beside = CN_NEW_ARRAY(m->rq->arena, cn_view_competency_list, page->beside_n);
    if (!items || !v->beside) return cn_fail_memory(err);
    for (size_t i = 0; i < page->beside_n; i++) {
        const cn_item_beside *b = &page->beside[i];
        cn_slice heading = label(m, headings[b->how][b->back]);
        fill_item(m, &b->item, &items[i]);
        if (!v->beside_n || !cn_slice_eq(v->beside[v->beside_n - 1].heading, heading))
            v->beside[v->beside_n++] = (cn_view_competency_list){.heading = heading, .v = &items[i]};
        v->beside[v->beside_n - 1].n++;
    }
    return true;
}

/* A TEER has a name of its own. */
static cn_slice level_of(const cn_making *m, const cn_item_page *page) {
    cn_slice level = page->item.text[CN_ITEM_LEVEL];
    cn_msg message;
    if (level.n && cn_slice_eq(page->framework.kind, CN_S("noc")))
        return cn_making_text(m, CN_MSG_competencies_teer, level, (cn_slice){0});
    if (level.n && cn_message_find(CN_MSG_FAMILY("item-level"), level, NULL, &message)) return label(m, message);
    return shown(m, level);
}

static bool item(void *app, const cn_request *rq, cn_response *rs, cn_err *err) {
    cn_making m;
    cn_item_page page;
    uint64_t number;
    bool french;
    cn_slice path;
    cn_making_start(&m, app, rq);
    if (!cn_slice_to_u64(cn_request_arg(rq, CN_S("item")), INT64_MAX, &number))
        return cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such item.");
    if (!cn_app_item(rq->arena, m.web->app, (int64_t)number, &page, err)) return false;
    const cn_item *i = &page.item;
    cn_page_competency v = {.back = cn_url_path(rq->arena, CN_S("/competencies"), m.language),
                            .heading = shown(&m, cn_item_label(i, m.language == CN_FR, &french)),
                            .uri_text = shown(&m, i->uri),
                            .type = cn_words_competency_type(&m, i->text[CN_ITEM_TYPE]),
                            .code = shown(&m, i->text[CN_ITEM_CODE]),
                            .level = level_of(&m, &page),
                            .withdrawn = i->withdrawn_at.sec != 0,
                            .withdrawn_when = cn_words_date(&m, i->withdrawn_at, false)};
    v.heading_language = tag_of(french);
    v.linked = cn_hidden_link(&(cn_hidden){.arena = rq->arena}, i->uri, &v.uri);
    fill_framework(&m, &page.framework, &v.framework);
    if (!add_sides(&m, i, &v, err) || !add_beside(&m, &page, &v, err)) return false;
    if (!cn_arena_print(rq->arena, &path, "/competencies/%llu", (unsigned long long)number))
        return cn_fail_memory(err);
    v.page =
        cn_making_page(&m, path, cn_making_text(&m, CN_MSG_competencies_item_title, v.heading, (cn_slice){0}));
    cn_tpl_competency(&m.out, &v);
    return cn_making_finish(&m, 200, rs, err);
}

static const cn_route routes[] = {
    {.method = CN_GET, .path = "/competencies", .handle = list},
    {.method = CN_GET, .path = "/competencies/found", .handle = found},
    {.method = CN_GET, .path = "/competencies/:item", .handle = item},
};
const cn_route_group cn_web_competency_routes = {routes, sizeof routes / sizeof *routes};
