/* SPDX-License-Identifier: Apache-2.0
 *
 * A credential as it is drawn: what it says, made fit for the page. Nothing is loaded from elsewhere, and links
 * say where they lead.
 */
#include "vc/registry.h"
#include "vc/summary.h"
#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

typedef struct drawing {
    const cn_making *m;
    const cn_hidden *h;
    const cn_report *report;
    cn_err *err;
} drawing;

static cn_slice show(const drawing *d, cn_slice text) {
    return cn_slice_trim(cn_hidden_show(d->h, text));
}

static cn_slice say(const drawing *d, cn_msg message) {
    return cn_message(d->m->language, message);
}

/* ---- Texts ---- */

/* The next paragraph: up to an empty line. */
static bool next_paragraph(cn_slice *rest, cn_slice *out) {
    size_t end = 0;
    *rest = cn_slice_trim(*rest);
    while (end < rest->n && !cn_slice_starts(cn_slice_from(*rest, end), CN_S("\n\n"))) end++;
    *out = cn_slice_sub(*rest, 0, end);
    *rest = cn_slice_from(*rest, end);
    return out->n > 0;
}

static bool paragraphs(const drawing *d, cn_slice text, cn_view_text *out) {
    cn_slice rest = show(d, text), one;
    size_t cap = 0;
    while (next_paragraph(&rest, &one)) {
        cn_slice *v = cn_arena_grow(d->m->rq->arena, out->v, out->n, &cap, out->n + 1, sizeof *v);
        if (!v) return cn_fail_memory(d->err);
        out->v = v;
        v[out->n++] = one;
    }
    return true;
}

/* Markdown as it is meant where it can be taken so, otherwise its paragraphs as they were written. */
static bool formatted(const drawing *d, cn_slice text, cn_html *out, cn_view_text *plain) {
    if (!cn_markdown_show(d->h, text, d->m->language, out, d->err)) return false;
    return out->markup.n || paragraphs(d, text, plain);
}

/* ---- Items ---- */

static void link_to(const drawing *d, cn_slice url, cn_view_item *out) {
    out->linked = cn_hidden_link(d->h, url, &out->url);
    if (out->linked) out->host = cn_host_of(url);
}

/* "InProgress" in the page's language; a word that is no state of a result stays as it is, and an identifier tells
 * people nothing. */
static cn_slice status_of(const drawing *d, cn_slice word) {
    char lower[24];
    cn_msg status;
    if (cn_slice_starts(word, CN_S("urn:"))) return (cn_slice){0};
    if (word.n > sizeof lower) return word;
    for (size_t i = 0; i < word.n; i++)
        lower[i] = (char)(word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] | 0x20 : word.p[i]);
    bool found = cn_message_find(CN_MSG_FAMILY("result-status"), cn_slice_bytes(lower, word.n), NULL, &status);
    return found ? say(d, status) : word;
}

static bool draw_item(const drawing *d, const cn_summary_item *from, cn_view_item *out) {
    *out = (cn_view_item){
        .name = show(d, from->name), .code = status_of(d, show(d, from->code)), .group = show(d, from->group)};
    if (out->group.n) out->says_from = cn_making_text(d->m, CN_MSG_result_says_from, out->group, (cn_slice){0});
    if (!out->name.n) out->name = say(d, CN_MSG_result_unnamed);
    link_to(d, from->url, out);
    return paragraphs(d, from->text, &out->text);
}

static bool draw_items(const drawing *d, const cn_summary_list *from, bool claims, cn_slice language,
                       cn_view_items *out) {
    *out =
        (cn_view_items){.claims = claims, .language = language, .page_language = cn_language_tag(d->m->language)};
    out->v = CN_NEW_ARRAY(d->m->rq->arena, cn_view_item, from->n);
    if (!out->v) return cn_fail_memory(d->err);
    for (; out->n < from->n; out->n++)
        if (!draw_item(d, &from->v[out->n], &out->v[out->n])) return false;
    return true;
}

/* ---- Who ---- */

/* What this server knows of its own organisations bears the name of its address (cn_app_registry). */
static bool is_here(const drawing *d, cn_slice list) {
    return d->m->web->app && cn_slice_eq(list, cn_app_authority(d->m->web->app->origin));
}

/* The registry's name in place of the credential's own, which is only a claim. */
static void draw_issuer(const drawing *d, cn_slice claimed, cn_view_credential *out) {
    const cn_known_issuer *known = &d->report->issuer;
    cn_slice name = cn_known_issuer_name(known, cn_language_tag(d->m->language));
    if (name.n) {
        out->issuer = show(d, name);
        link_to(d, known->url, &out->issuer_link);
        out->issuer_note =
            cn_making_text(d->m, is_here(d, known->list) ? CN_MSG_result_by_here : CN_MSG_result_by_listed,
                           show(d, known->list), (cn_slice){0});
    } else if (d->report->name_withheld) {
        out->issuer_note = say(d, CN_MSG_result_by_withheld);
    } else if (claimed.n) {
        out->issuer_note = cn_making_text(d->m, CN_MSG_result_by_claimed, show(d, claimed), (cn_slice){0});
    } else {
        out->issuer_note = say(d, CN_MSG_result_by_unnamed);
    }
}

/* The issuer's name where it is known to be so, or else the site that the key is published at. */
static void draw_key(const drawing *d, cn_view_credential *out) {
    cn_slice controller = d->report->controller, host = cn_host_of(controller);
    bool site = !cn_slice_eq(host, controller);
    if (!controller.n) {
        out->key = say(d, CN_MSG_result_key_none);
        return;
    }
    out->key = out->issuer.n ? out->issuer : site ? show(d, host) : say(d, CN_MSG_result_identifier);
    if (out->issuer.n || !site) out->key_id = show(d, host);
}

static void draw_subject(const drawing *d, const cn_summary *s, cn_view_credential *out) {
    char number[24];
    (void)snprintf(number, sizeof number, "%zu", s->subjects_n);
    out->to = show(d, s->subject_name);
    if (s->subjects_n > 1)
        out->to = cn_making_text(d->m, CN_MSG_result_to_several, cn_slice_of(number), (cn_slice){0});
    if (out->to.n) return;
    out->to_id = show(d, s->subject_id);
    out->to = say(d, out->to_id.n ? CN_MSG_result_identifier : CN_MSG_result_to_nobody);
}

/* ---- Language ---- */

/* A tag as it may stand in an attribute (RFC 5646); anything else is no language. */
static bool is_tag(cn_slice s) {
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i], lower = (char)(c | 0x20);
        if (!(lower >= 'a' && lower <= 'z') && !(c >= '0' && c <= '9') && c != '-') return false;
    }
    return s.n >= 2 && s.n <= 35;
}

/* The language of a text of several: the page's where it has it, otherwise the first's; empty when none is told.
 */
static cn_slice language_of_text(const cn_json *text, cn_slice wanted) {
    cn_slice first = {0};
    for (size_t i = 0; i < cn_json_many(text); i++) {
        cn_slice tag = cn_json_get_text(cn_json_one(text, i), CN_S("@language")), primary, region;
        (void)cn_slice_cut(tag, '-', &primary, &region);
        if (cn_slice_eq_nocase(primary, wanted)) return tag;
        if (!first.n) first = tag;
    }
    return first;
}

static cn_slice language_of(const drawing *d, const cn_summary *s) {
    const cn_json *c = d->report->credential;
    const cn_json *subject = cn_json_one(cn_json_get(c, CN_S("credentialSubject")), 0);
    const cn_json *achievement = cn_json_one(cn_json_get(subject, CN_S("achievement")), 0);
    cn_slice page = cn_language_tag(d->m->language);
    cn_slice tags[] = {language_of_text(cn_json_get(achievement, CN_S("name")), page),
                       language_of_text(cn_json_get(c, CN_S("name")), page), s->language};
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (is_tag(tags[i])) return tags[i];
    return page;
}

/* ---- All of it ---- */

static bool draw_lists(const drawing *d, const cn_summary *s, cn_view_credential *out) {
    const struct {
        const cn_summary_list *from;
        cn_view_items *to;
        bool claims;
    } lists[] = {
        {&s->subjects, &out->subjects, false},      {&s->results, &out->results, false},
        {&s->outcomes, &out->outcomes, false},      {&s->alignments, &out->alignments, false},
        {&s->evidence, &out->evidence, false},      {&s->endorsements, &out->endorsements, true},
        {&s->credentials, &out->credentials, true},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        if (!draw_items(d, lists[i].from, lists[i].claims, out->language, lists[i].to)) return false;
    return true;
}

bool cn_draw_credential(const cn_making *m, const cn_hidden *h, const cn_report *report, cn_view_credential *out,
                        cn_err *err) {
    drawing d = {m, h, report, err};
    cn_summary s;
    if (!cn_summary_read(m->rq->arena, report->credential, cn_language_tag(m->language), &s, err)) return false;
    cn_slice name = s.achievement_name.n ? s.achievement_name : s.name;
    *out = (cn_view_credential){
        .language = language_of(&d, &s),
        .name = show(&d, name),
        .from = cn_words_date_of(m, show(&d, s.valid_from)),
        .until = cn_words_date_of(m, show(&d, s.valid_until)),
    };
    if (!out->name.n) out->name = say(&d, CN_MSG_result_untitled);
    if (!out->until.n) out->until = say(&d, CN_MSG_result_until_none);
    draw_subject(&d, &s, out);
    draw_issuer(&d, s.issuer_name, out);
    draw_key(&d, out);
    link_to(&d, s.criteria_url, &out->criteria_link);
    cn_slice description = s.achievement_description.n ? s.achievement_description : s.description;
    return paragraphs(&d, description, &out->description) &&
           formatted(&d, s.criteria, &out->criteria_formatted, &out->criteria) && draw_lists(&d, &s, out) &&
           cn_draw_endorsed(m, h, report, &out->endorsed, err);
}
