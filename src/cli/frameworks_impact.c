/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn frameworks impact: which published achievements of a database would newly fail under a draft pack.
 */
#include "app/impact.h"
#include "cli/frameworks.h"
#include "cli/handle.h"
#include "cli/outside.h"

typedef struct job {
    cn_arena *arena;
    const cn_impact_ask_cli *ask;
    cn_impact impact;
    cn_buf *out;
} job;

static cn_slice in(const job *j, cn_slice en, cn_slice fr) {
    return (j->ask->french && fr.n) || !en.n ? fr : en;
}

/* ---- For people ---- */

static void print_row(const job *j, const cn_impact_row *row) {
    cn_buf_print(j->out, "%.*s  %.*s (%d) · %.*s\n", CN_ARG(row->achievement),
                 CN_ARG(in(j, row->name.en, row->name.fr)), row->version,
                 CN_ARG(in(j, row->organisation.name.en, row->organisation.name.fr)));
    for (size_t i = 0; i < row->n; i++) {
        const cn_rule *rule = row->fails[i]->rule;
        cn_buf_print(j->out, "    %-6s %-10.*s %.*s\n           %.*s\n", cn_severity_name(rule->severity),
                     CN_ARG(rule->id), CN_ARG(in(j, rule->message.en, rule->message.fr)),
                     CN_ARG(row->fails[i]->field));
    }
}

static void print_all(const job *j) {
    const cn_pack *current = j->impact.current;
    cn_slice none = j->ask->french ? CN_S("aucun ensemble en vigueur") : CN_S("no pack in force");
    cn_buf_print(j->out, "%.*s %s %.*s, %.*s\n\n", CN_ARG(j->ask->draft->id),
                 j->ask->french ? "au lieu de" : "instead of", CN_ARG(current ? current->id : none),
                 CN_ARG(j->ask->date));
    for (size_t i = 0; i < j->impact.n; i++) print_row(j, &j->impact.v[i]);
    cn_buf_print(j->out,
                 j->ask->french ? "%s%zu sur %zu ne respecteraient plus ce qui est obligatoire.\n"
                                : "%s%zu of %zu would newly fail.\n",
                 j->impact.n ? "\n" : "", j->impact.n, j->impact.checked);
}

/* ---- For programs ---- */

static void json_member(const job *j, const char *key, cn_slice text, bool first) {
    cn_buf_print(j->out, "%s\"%s\":", first ? "" : ",", key);
    if (text.n) cn_json_write_string(j->out, text);
    else cn_buf_add(j->out, CN_S("null"));
}

static void json_row(const job *j, const cn_impact_row *row) {
    cn_buf_byte(j->out, '{');
    json_member(j, "achievement", row->achievement, true);
    json_member(j, "organisation", row->organisation.id, false);
    json_member(j, "name", in(j, row->name.en, row->name.fr), false);
    cn_buf_print(j->out, ",\"version\":%d,\"fails\":[", row->version);
    for (size_t i = 0; i < row->n; i++) {
        cn_buf_add(j->out, i ? CN_S(",{") : CN_S("{"));
        json_member(j, "rule", row->fails[i]->rule->id, true);
        json_member(j, "severity", cn_slice_of(cn_severity_name(row->fails[i]->rule->severity)), false);
        json_member(j, "field", row->fails[i]->field, false);
        cn_buf_byte(j->out, '}');
    }
    cn_buf_add(j->out, CN_S("]}"));
}

static void json_all(const job *j) {
    cn_buf_byte(j->out, '{');
    json_member(j, "draft", j->ask->draft->id, true);
    json_member(j, "instead_of", j->impact.current ? j->impact.current->id : (cn_slice){0}, false);
    json_member(j, "date", j->ask->date, false);
    cn_buf_print(j->out, ",\"checked\":%zu,\"newly_failing\":[", j->impact.checked);
    for (size_t i = 0; i < j->impact.n; i++) {
        if (i) cn_buf_byte(j->out, ',');
        json_row(j, &j->impact.v[i]);
    }
    cn_buf_add(j->out, CN_S("]}\n"));
}

/* ---- The verb ---- */

static bool find_organisation(cn_handle *h, const char *id, int64_t *out, cn_err *err) {
    cn_organisation org;
    *out = 0;
    if (!id) return true;
    if (!cn_app_organisation_by_id(h->arena, &h->app, cn_slice_of(id), &org, err)) return false;
    *out = org.number;
    return true;
}

bool cn_frameworks_impact(cn_arena *a, const cn_impact_ask_cli *ask, cn_buf *out, cn_err *err) {
    cn_handle h;
    job j = {.arena = a, .ask = ask, .out = out};
    cn_impact_ask what = {.packs = ask->in_force, .draft = ask->draft, .date = ask->date};
    bool good = cn_handle_open(&h, &(cn_handle_options){.db = ask->db}, err) &&
                find_organisation(&h, ask->organisation, &what.organisation, err) &&
                cn_app_impact(a, &h.app, cn_outside_now(), &what, &j.impact, err);
    if (good && ask->json) json_all(&j);
    else if (good) print_all(&j);
    cn_handle_done(&h);
    return good;
}
