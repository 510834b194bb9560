/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn frameworks convert: credits by both routes, or a level, by official tables alone.
 */
#include "rules/convert.h"
#include "cli/frameworks.h"

enum { BY_HOURS, BY_YEAR, TO, NONE, ROUNDED, OR, SECONDARY };
static const cn_words said[] = {
    [BY_HOURS] = {CN_S_INIT("By hours"), CN_S_INIT("Par les heures")},
    [BY_YEAR] = {CN_S_INIT("By year parity"), CN_S_INIT("Par la parit\u00e9 annuelle")},
    [TO] = {CN_S_INIT("to"), CN_S_INIT("\u00e0")},
    [NONE] = {CN_S_INIT("no official mapping"), CN_S_INIT("aucune correspondance officielle")},
    [ROUNDED] = {CN_S_INIT("rounded down"), CN_S_INIT("arrondi vers le bas")},
    [OR] = {CN_S_INIT("or"), CN_S_INIT("ou")},
    [SECONDARY] = {CN_S_INIT("confidence S: part of it was read in a secondary source"),
                   CN_S_INIT("confiance S\u00a0: une partie a \u00e9t\u00e9 lue dans une source secondaire")},
};

typedef struct job {
    cn_arena *arena;
    const cn_convert_ask *ask;
    cn_slice from, to, value;
    cn_buf *out;
} job;

static cn_slice say(const job *j, size_t what) {
    return j->ask->french ? said[what].fr : said[what].en;
}

static void json_text(const job *j, const char *key, cn_slice text, bool first) {
    cn_buf_print(j->out, "%s\"%s\":", first ? "" : ",", key);
    if (text.n) cn_json_write_string(j->out, text);
    else cn_buf_add(j->out, CN_S("null"));
}

static void json_confidence(const job *j, const char *key, char confidence) {
    json_text(j, key, cn_slice_bytes(&confidence, confidence ? 1 : 0), false);
}

static void json_head(const job *j) {
    json_text(j, "from", j->from, true);
    json_text(j, "value", j->value, false);
    json_text(j, "to", j->to, false);
}

/* ---- Credits ---- */

static void json_route(const job *j, const cn_credit_conversion *c, cn_conversion_route route) {
    cn_buf_print(j->out, "%s{\"route\":\"%s\",\"mapped\":%s", route ? "," : "", cn_conversion_route_name(route),
                 c->mapped ? "true" : "false");
    if (c->mapped) {
        cn_buf_add(j->out, CN_S(",\"low\":"));
        bool exact = cn_amount_write(j->out, &c->low, '.');
        cn_buf_add(j->out, CN_S(",\"high\":"));
        exact = cn_amount_write(j->out, &c->high, '.') && exact;
        cn_buf_print(j->out, ",\"exact\":%s", exact ? "true" : "false");
        json_text(j, "from_source", c->from_source, false);
        json_text(j, "to_source", c->to_source, false);
        json_text(j, "agreement", c->agreement, false);
        json_confidence(j, "from_confidence", c->from_confidence);
        json_confidence(j, "to_confidence", c->to_confidence);
        json_confidence(j, "agreement_confidence", c->agreement_confidence);
        json_confidence(j, "confidence", cn_credit_conversion_confidence(c));
    }
    cn_buf_byte(j->out, '}');
}

static void print_route(const job *j, const cn_credit_conversion *c, cn_conversion_route route) {
    char point = j->ask->french ? ',' : '.';
    cn_buf_print(j->out, "%.*s%s: ", CN_ARG(say(j, route == CN_BY_HOURS ? BY_HOURS : BY_YEAR)),
                 j->ask->french ? "\u00a0" : "");
    if (!c->mapped) {
        cn_buf_print(j->out, "%.*s\n", CN_ARG(say(j, NONE)));
        return;
    }
    bool exact = cn_amount_write(j->out, &c->low, point);
    if (c->low.n != c->high.n || c->low.d != c->high.d) {
        cn_buf_print(j->out, " %.*s ", CN_ARG(say(j, TO)));
        exact = cn_amount_write(j->out, &c->high, point) && exact;
    }
    if (!exact) cn_buf_print(j->out, " (%.*s)", CN_ARG(say(j, ROUNDED)));
    cn_slice first = c->agreement.n ? c->agreement : c->from_source,
             second = c->agreement.n ? CN_S("") : c->to_source;
    cn_buf_print(j->out, "\n    %.*s%s%.*s\n", CN_ARG(first), first.n && second.n ? "; " : "", CN_ARG(second));
    if (cn_credit_conversion_confidence(c) == 'S') cn_buf_print(j->out, "    %.*s\n", CN_ARG(say(j, SECONDARY)));
}

static bool credits(const job *j, const cn_tables *t, cn_err *err) {
    cn_credit_conversion c[CN_CONVERSION_ROUTES];
    if (!cn_convert_credits(t, j->from, j->value, j->to, c, err)) return false;
    if (j->ask->json) {
        cn_buf_byte(j->out, '{');
        json_head(j);
        cn_buf_add(j->out, CN_S(",\"routes\":["));
    }
    for (cn_conversion_route r = 0; r < CN_CONVERSION_ROUTES; r++) {
        if (j->ask->json) json_route(j, &c[r], r);
        else print_route(j, &c[r], r);
    }
    if (j->ask->json) cn_buf_add(j->out, CN_S("]}\n"));
    return true;
}

/* ---- Levels ---- */

static bool level(const job *j, const cn_tables *t, cn_err *err) {
    cn_level_conversion c;
    if (!cn_convert_level(t, j->from, j->value, j->to, &c, err)) return false;
    if (j->ask->json) {
        cn_buf_byte(j->out, '{');
        json_head(j);
        cn_buf_print(j->out, ",\"mapped\":%s,\"levels\":[", c.n ? "true" : "false");
        for (size_t i = 0; i < c.n; i++) cn_buf_print(j->out, "%s%.*s", i ? "," : "", CN_ARG(c.levels[i]));
        cn_buf_byte(j->out, ']');
        json_text(j, "table", c.table, false);
        json_text(j, "source", c.source, false);
        cn_buf_add(j->out, CN_S("}\n"));
        return true;
    }
    for (size_t i = 0; i < c.n; i++)
        cn_buf_print(j->out, "%s%.*s%s%.*s", i ? " " : "", CN_ARG(i ? say(j, OR) : CN_S("")), i ? " " : "",
                     CN_ARG(c.levels[i]));
    if (!c.n) cn_buf_add(j->out, say(j, NONE));
    cn_buf_print(j->out, "\n%s%.*s%s", c.source.n ? "    " : "", CN_ARG(c.source), c.source.n ? "\n" : "");
    return true;
}

static bool is_framework(const cn_tables *t, cn_slice id) {
    return cn_json_get(cn_json_get(t->levels, CN_S("frameworks")), id) != NULL;
}

bool cn_frameworks_convert(cn_arena *a, const cn_convert_ask *ask, cn_buf *out, cn_err *err) {
    job j = {a, ask, cn_slice_of(ask->from), cn_slice_of(ask->to), cn_slice_of(ask->value), out};
    cn_tables t;
    if (!cn_tables_read(a, &t, err)) return false;
    return is_framework(&t, j.from) ? level(&j, &t, err) : credits(&j, &t, err);
}
