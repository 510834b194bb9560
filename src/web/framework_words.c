/* SPDX-License-Identifier: Apache-2.0
 *
 * Packs and rules in words, for every page that names them.
 */
#include "web/frameworks.h"
#include "web/messages.h"

#include "base/base.h"

/* ---- Words ---- */

cn_slice cn_framework_today(const cn_request *rq) {
    return cn_time_day_text(rq->arena, rq->now);
}

bool cn_framework_current(const cn_pack *pack, cn_slice day) {
    return cn_pack_in_force(pack, day) && !cn_slice_eq(pack->status, CN_S("proposal")) &&
           !cn_slice_eq(pack->status, CN_S("historic"));
}

bool cn_rule_of_achievement(const cn_rule *rule) {
    return !cn_slice_eq(rule->scope, CN_S("learner")) && !cn_slice_eq(rule->scope, CN_S("application"));
}

cn_slice cn_words_of(const cn_making *m, cn_words words) {
    return cn_making_choose(m, (cn_bilingual){words.en, words.fr});
}

cn_slice cn_words_day(const cn_making *m, cn_slice day) {
    cn_time t;
    return cn_time_read_loose(day, &t) ? cn_words_date(m, t, false) : day;
}

/* "CA-NS/NB" is the message jurisdiction.ca-ns-nb; one that has no message is shown as it is. */
cn_slice cn_words_jurisdiction(const cn_making *m, cn_slice jurisdiction) {
    char word[24];
    cn_msg message;
    if (jurisdiction.n >= sizeof word) return jurisdiction;
    for (size_t i = 0; i < jurisdiction.n; i++) {
        char c = jurisdiction.p[i];
        word[i] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c == '/' ? '-' : c;
    }
    bool named = cn_message_find(CN_MSG_FAMILY("jurisdiction"),
                                 cn_slice_bytes((const unsigned char *)word, jurisdiction.n), NULL, &message);
    return named ? cn_message(m->language, message) : jurisdiction;
}

static cn_slice named(const cn_making *m, const char *family, cn_slice word, const char *suffix) {
    cn_msg message;
    return cn_message_find(family, word, suffix, &message) ? cn_message(m->language, message) : word;
}

cn_slice cn_words_in_force(const cn_making *m, const cn_pack *pack) {
    cn_slice from = cn_words_day(m, pack->from);
    if (!pack->to.n) return cn_making_text(m, CN_MSG_frameworks_since, from, (cn_slice){0});
    return cn_making_text(m, CN_MSG_frameworks_from_to, from, cn_words_day(m, pack->to));
}

cn_view_severity cn_words_severity(const cn_making *m, cn_severity severity) {
    cn_slice kind = cn_slice_of(cn_severity_name(severity));
    return (cn_view_severity){kind, named(m, CN_MSG_FAMILY("severity"), kind, NULL)};
}

cn_slice cn_words_outcome(const cn_making *m, cn_rule_outcome outcome) {
    return named(m, CN_MSG_FAMILY("rule-outcome"), cn_slice_of(cn_rule_outcome_name(outcome)), NULL);
}

cn_slice cn_words_field(const cn_making *m, cn_slice field) {
    cn_slice label = cn_words_of(m, cn_field_label(m->web->labels, field));
    return label.n ? label : field;
}

cn_url cn_framework_url(const cn_making *m, cn_slice pack, cn_slice rule) {
    cn_slice path, whole;
    if (!cn_arena_print(m->rq->arena, &path, "/frameworks/%.*s", CN_ARG(pack)))
        return cn_url_path(m->rq->arena, (cn_slice){0}, m->language);
    cn_url url = cn_url_path(m->rq->arena, path, m->language);
    if (rule.n && cn_arena_print(m->rq->arena, &whole, "%.*s#%.*s", CN_ARG(url.text), CN_ARG(rule)))
        url.text = whole;
    return url;
}

/* ---- Packs and rules ---- */

cn_view_pack cn_words_pack(const cn_making *m, const cn_pack *pack, cn_slice today) {
    return (cn_view_pack){.id = pack->id,
                          .title = cn_words_of(m, pack->title),
                          .status = named(m, CN_MSG_FAMILY("pack-status"), pack->status, NULL),
                          .status_kind = cn_pack_in_force(pack, today) ? CN_S("published") : CN_S("draft"),
                          .when = cn_words_in_force(m, pack),
                          .link = cn_framework_url(m, pack->id, (cn_slice){0}),
                          .rules = pack->rules_n};
}

static cn_slice sureness_of(const cn_making *m, const cn_rule *rule) {
    return cn_message(m->language, rule->confidence == 'V'   ? CN_MSG_frameworks_sure_official
                                   : rule->confidence == 'S' ? CN_MSG_frameworks_sure_secondary
                                                             : CN_MSG_frameworks_sure_unconfirmed);
}

/* One that somebody pasted has no page. */
static bool has_page(const cn_making *m, const cn_pack *pack) {
    for (size_t i = 0; i < m->web->packs->n; i++)
        if (m->web->packs->v[i] == pack) return true;
    return false;
}

bool cn_view_rule_fill(const cn_making *m, const cn_pack *pack, const cn_rule *rule, cn_view_rule *out,
                       cn_err *err) {
    const cn_slice *fields;
    size_t n;
    if (!cn_rule_fields(m->rq->arena, rule, &fields, &n, err)) return false;
    *out = (cn_view_rule){.id = rule->id,
                          .message = cn_words_of(m, rule->message),
                          .sureness = sureness_of(m, rule),
                          .severity = cn_words_severity(m, rule->severity),
                          .unconfirmed = !rule->enforced,
                          .traced = has_page(m, pack)};
    if (out->traced) out->url = cn_framework_url(m, pack->id, rule->id);
    if (!cn_view_sources_fill(m, pack, rule, out, err)) return false;
    out->fields = CN_NEW_ARRAY(m->rq->arena, cn_slice, n);
    if (!out->fields) return cn_fail_memory(err);
    /* A statement is a sentence of its own, and says what the rule says. */
    for (size_t i = 0; i < n; i++)
        if (!cn_slice_starts(fields[i], CN_S("attestations.")))
            out->fields[out->fields_n++] = cn_words_field(m, fields[i]);
    return true;
}

bool cn_framework_choices(const cn_making *m, cn_slice chosen, cn_view_picks *out, cn_err *err) {
    const cn_packs *packs = m->web->packs;
    out->v = CN_NEW_ARRAY(m->rq->arena, cn_view_pick, packs->n);
    if (!out->v) return cn_fail_memory(err);
    for (out->n = 0; out->n < packs->n; out->n++) {
        const cn_pack *p = packs->v[out->n];
        cn_slice text = cn_words_of(m, p->title);
        size_t at = out->n;
        for (; at && cn_slice_cmp(text, out->v[at - 1].text) < 0; at--) out->v[at] = out->v[at - 1];
        out->v[at] = (cn_view_pick){p->id, text, cn_slice_eq(p->id, chosen)};
    }
    return true;
}

bool cn_framework_find(const cn_making *m, cn_slice id, const cn_pack **out, cn_err *err) {
    const cn_packs *packs = m->web->packs;
    for (size_t i = 0; i < packs->n; i++)
        if (cn_slice_eq(packs->v[i]->id, id)) return *out = packs->v[i], true;
    cn_err none;
    return cn_packs_choose(packs, id, cn_framework_today(m->rq), out, &none) ||
           cn_fail(err, CN_NOT_FOUND, "pack.unknown", "There is no such framework.");
}
