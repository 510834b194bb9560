/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn frameworks: the rules that frameworks for micro-credentials set, and records held against them.
 */
#include "rules/rules.h"
#include "cli/frameworks.h"
#include "cli/layer.h"
#include "cli/outside.h"

enum { PACK = 1, AT, WITH, LANGUAGE, JSON, FROM, INTO, ORGANISATION, DB };
enum { WITH_MAX = 64, PACKS_MAX = 2, PROVINCES = 2 };

static const cn_option options[] = {
    {"pack", "ID", "a pack (nz-nzqa-2022), or a family of which the date chooses one (nz-nzqa); compare takes two",
     PACK},
    {"at", "DATE", "the day that counts, as 2026-01-31 (today)", AT},
    {"with", "FILE", "a pack of your own beside those that are built in (often)", WITH},
    {"language", "en|fr", "of titles and messages (en)", LANGUAGE},
    {"json", NULL, "JSON, for programs", JSON},
    {"from", "ID", "of convert: a system of credits (NZ, hours), or a framework of levels (NFQ)", FROM},
    {"to", "ID", "of convert: another", INTO},
    {"organisation", "ID", "of impact: whose achievements (all)", ORGANISATION},
    {"db", "PATH", "of impact: the database (" CN_DB_DEFAULT ")", DB},
    {0},
};

static const char more[] =
    "list   the packs, and whether they are in force\n"
    "show   the rules of --pack\n"
    "check  hold FILE (without it, or with -, standard input) against the rules of --pack\n"
    "compare  what only one of two packs asks for, and what both do, field by field\n"
    "core   what the rules of several provinces of Canada ask for: derived from the packs, and decided by "
    "nobody\n"
    "convert  so many credits, or a level (VALUE), --from one system --to another, by official tables alone: by\n"
    "       hours and by year parity, which do not agree\n"
    "impact   which published achievements of the database would newly fail what the draft --pack (perhaps given\n"
    "       --with FILE) says must be, beside the pack of its family that is in force\n\n"
    "A rule comes to pass, fail, attest (somebody has to state it: {\"attestations\": {KEY: {\"name\", "
    "\"date\"}}}),\n"
    "or skip (what it depends on is not the case). A rule that is \"unconfirmed\" is advice, whatever it says.\n"
    "Exit status: 0 whatever the rules come to, 1 it cannot be said (no such pack, not in force on that day, a "
    "file\n"
    "that cannot be read), 64 wrong usage.\n";

typedef struct given {
    cn_arena *arena;
    const char *pack[PACKS_MAX], *at, *file, *from, *to, *organisation, *db;
    size_t pack_n;
    const char *about; /* the pack that was looked at last; NULL: the first one */
    const char *with[WITH_MAX];
    size_t with_n;
    bool french, json;
    cn_slice date;
    cn_packs packs, builtin;
    cn_labels labels;
    cn_buf out;
} given;

static cn_slice words_of(const given *g, cn_words words) {
    return g->french ? words.fr : words.en;
}

/* ---- JSON ---- */

static void add(given *g, cn_json *o, cn_slice key, const cn_json *v) {
    if (!o || !cn_json_set(g->arena, o, key, v)) g->out.full = true;
}

static void add_text(given *g, cn_json *o, cn_slice key, cn_slice text) {
    add(g, o, key, cn_json_string(g->arena, text));
}

static void add_date(given *g, cn_json *o, cn_slice key, cn_slice date) {
    add(g, o, key, date.n ? cn_json_string(g->arena, date) : cn_json_null());
}

static void add_words(given *g, cn_json *o, cn_slice key, cn_words words) {
    cn_json *both = cn_json_object(g->arena);
    add_text(g, both, CN_S("en"), words.en);
    add_text(g, both, CN_S("fr"), words.fr);
    add(g, o, key, both);
}

static void push(given *g, cn_json *list, const cn_json *item) {
    if (!list || !item || !cn_json_push(g->arena, list, item)) g->out.full = true;
}

static cn_json *pack_json(given *g, const cn_pack *p) {
    cn_json *o = cn_json_object(g->arena);
    add_text(g, o, CN_S("pack"), p->id);
    add_text(g, o, CN_S("family"), p->family);
    add_words(g, o, CN_S("title"), p->title);
    add_text(g, o, CN_S("jurisdiction"), p->jurisdiction);
    add_text(g, o, CN_S("status"), p->status);
    add_date(g, o, CN_S("effective_from"), p->from);
    add_date(g, o, CN_S("effective_to"), p->to);
    add(g, o, CN_S("in_force"), cn_json_bool(cn_pack_in_force(p, g->date)));
    return o;
}

static cn_json *rule_json(given *g, const cn_rule *rule) {
    const char confidence[2] = {rule->confidence, 0};
    cn_json *o = cn_json_object(g->arena);
    cn_slice letter = {0};
    if (!cn_arena_copy(g->arena, cn_slice_of(confidence), &letter)) g->out.full = true;
    add_text(g, o, CN_S("rule"), rule->id);
    add_text(g, o, CN_S("severity"), cn_slice_of(cn_severity_name(rule->severity)));
    add_text(g, o, CN_S("scope"), rule->scope);
    add_words(g, o, CN_S("message"), rule->message);
    add_text(g, o, CN_S("source"), rule->source);
    add_text(g, o, CN_S("confidence"), letter);
    add(g, o, CN_S("enforced"), cn_json_bool(rule->enforced));
    return o;
}

static cn_json *result_json(given *g, const cn_rule_result *r) {
    cn_json *o = cn_json_object(g->arena);
    add_text(g, o, CN_S("rule"), r->rule->id);
    add_text(g, o, CN_S("severity"), cn_slice_of(cn_severity_name(r->rule->severity)));
    add_text(g, o, CN_S("outcome"), cn_slice_of(cn_rule_outcome_name(r->outcome)));
    add(g, o, CN_S("enforced"), cn_json_bool(r->rule->enforced));
    return o;
}

static void write_json(given *g, const cn_json *v) {
    if (v && !g->out.full) cn_json_write(&g->out, v);
    cn_buf_byte(&g->out, '\n');
}

/* ---- For people ---- */

/* What is said beside the packs' own texts, as docs/glossaire.md has it. */
enum {
    FAILS,
    ATTESTED,
    PASSES,
    SKIPPED,
    MUST,
    SHOULD,
    MAY,
    TO,
    ON,
    UNCONFIRMED,
    OFFICIAL,
    SECONDARY,
    RULES,
    ONLY,
    BOTH,
    NOTHING,
    DERIVED
};
static const cn_words said[] = {
    [FAILS] = {CN_S_INIT("fail"), CN_S_INIT("non respect\u00e9e")},
    [ATTESTED] = {CN_S_INIT("attest"), CN_S_INIT("\u00e0 attester")},
    [PASSES] = {CN_S_INIT("pass"), CN_S_INIT("respect\u00e9e")},
    [SKIPPED] = {CN_S_INIT("skip"), CN_S_INIT("sans objet")},
    [MUST] = {CN_S_INIT("must"), CN_S_INIT("obligatoire")},
    [SHOULD] = {CN_S_INIT("should"), CN_S_INIT("recommand\u00e9")},
    [MAY] = {CN_S_INIT("may"), CN_S_INIT("facultatif")},
    [TO] = {CN_S_INIT("to"), CN_S_INIT("au")},
    [ON] = {CN_S_INIT("on"), CN_S_INIT("et apr\u00e8s")},
    [UNCONFIRMED] = {CN_S_INIT("unconfirmed"), CN_S_INIT("non confirm\u00e9")},
    [OFFICIAL] = {CN_S_INIT("read on an official page"), CN_S_INIT("lu sur une page officielle")},
    [SECONDARY] = {CN_S_INIT("read in a secondary source"), CN_S_INIT("lu dans une source secondaire")},
    [RULES] = {CN_S_INIT("rules"), CN_S_INIT("r\u00e8gles")},
    [ONLY] = {CN_S_INIT("Only"), CN_S_INIT("Seulement")},
    [BOTH] = {CN_S_INIT("Both"), CN_S_INIT("Les deux")},
    [NOTHING] = {CN_S_INIT("nothing"), CN_S_INIT("rien")},
    [DERIVED] = {CN_S_INIT("Derived: what the rules of several provinces ask for"),
                 CN_S_INIT("D\u00e9riv\u00e9\u00a0: ce que demandent les r\u00e8gles de plusieurs provinces")},
};

static cn_slice say(const given *g, size_t what) {
    return words_of(g, said[what]);
}

static size_t outcome_word(cn_rule_outcome o) {
    static const size_t words[] = {PASSES, FAILS, ATTESTED, SKIPPED};
    return words[o];
}

/* A column: the text, and spaces until it is so many characters wide. */
static void print_column(given *g, cn_slice text, size_t width) {
    size_t n = 0;
    for (size_t at = 0; at < text.n; n++) (void)cn_utf8_next(text, &at);
    cn_buf_add(&g->out, text);
    for (; n < width; n++) cn_buf_byte(&g->out, ' ');
}

static void print_severity(given *g, cn_severity s) {
    print_column(g, say(g, MUST + s), g->french ? 13 : 8);
}

static void print_heading(given *g, const cn_pack *p) {
    cn_buf_print(&g->out, "%.*s\n%.*s · %.*s · %.*s · %.*s %.*s %.*s\n\n", CN_ARG(words_of(g, p->title)),
                 CN_ARG(p->id), CN_ARG(p->jurisdiction), CN_ARG(p->status), CN_ARG(p->from),
                 CN_ARG(say(g, p->to.n ? TO : ON)), CN_ARG(p->to));
}

/* `outcome` may be empty. */
static void print_rule(given *g, const cn_rule *rule, cn_slice outcome) {
    cn_buf_add(&g->out, CN_S("  "));
    if (outcome.n) print_column(g, outcome, g->french ? 15 : 8);
    print_severity(g, rule->severity);
    print_column(g, rule->id, 11);
    cn_buf_print(&g->out, " %.*s", CN_ARG(words_of(g, rule->message)));
    if (!rule->enforced) cn_buf_print(&g->out, " (%.*s)", CN_ARG(say(g, UNCONFIRMED)));
    cn_buf_byte(&g->out, '\n');
}

static size_t sureness(const cn_rule *rule) {
    return rule->confidence == 'V' ? OFFICIAL : rule->confidence == 'S' ? SECONDARY : UNCONFIRMED;
}

/* ---- What can be done ---- */

static bool list(given *g, cn_err *err) {
    cn_json *all = cn_json_array(g->arena);
    (void)err;
    for (size_t i = 0; i < g->packs.n; i++) {
        const cn_pack *p = g->packs.v[i];
        push(g, all, pack_json(g, p));
        if (g->json) continue;
        cn_buf_print(&g->out, "%-22.*s %-11.*s %-10.*s %3zu rules  %.*s%s%.*s%s\n", CN_ARG(p->id),
                     CN_ARG(p->jurisdiction), CN_ARG(p->status), p->rules_n, CN_ARG(p->from),
                     p->to.n ? " to " : "", CN_ARG(p->to), cn_pack_in_force(p, g->date) ? "" : "  (not in force)");
        cn_buf_print(&g->out, "    %.*s\n", CN_ARG(words_of(g, p->title)));
    }
    if (g->json) write_json(g, all);
    return true;
}

static bool show(given *g, cn_err *err) {
    const cn_pack *p;
    if (!cn_packs_choose(&g->packs, cn_slice_of(g->pack[0]), g->date, &p, err)) return false;
    cn_json *o = pack_json(g, p), *rules = cn_json_array(g->arena);
    if (!g->json) print_heading(g, p);
    for (size_t i = 0; i < p->rules_n; i++) {
        const cn_rule *rule = &p->rules[i];
        push(g, rules, rule_json(g, rule));
        if (g->json) continue;
        print_rule(g, rule, CN_S(""));
        cn_buf_print(&g->out, "          %.*s (%.*s)\n", CN_ARG(rule->source), CN_ARG(say(g, sureness(rule))));
    }
    add(g, o, CN_S("rules"), rules);
    if (g->json) write_json(g, o);
    return true;
}

static void print_results(given *g, const cn_pack *p, const cn_rule_result *results) {
    static const cn_rule_outcome order[] = {CN_RULE_FAIL, CN_RULE_ATTEST, CN_RULE_PASS, CN_RULE_SKIP};
    size_t counts[4] = {0};
    print_heading(g, p);
    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < p->rules_n; i++) {
            const cn_rule_result *r = &results[i];
            if (r->outcome != order[k]) continue;
            counts[k]++;
            print_rule(g, r->rule, say(g, outcome_word(r->outcome)));
            if (k < 2) cn_buf_print(&g->out, "          %.*s\n", CN_ARG(r->field));
        }
    }
    cn_buf_print(&g->out, "\n%zu %.*s:", p->rules_n, CN_ARG(say(g, RULES)));
    for (size_t k = 0; k < 4; k++)
        cn_buf_print(&g->out, "%s %zu %.*s", k ? "," : "", counts[k], CN_ARG(say(g, outcome_word(order[k]))));
    cn_buf_byte(&g->out, '\n');
}

/* A credential, say, is no record: every rule would fail, and nobody would know why. */
static void tell_unless_record(const given *g, const cn_json *record) {
    static const cn_slice parts[] = {CN_S_INIT("offering"), CN_S_INIT("award"), CN_S_INIT("learner"),
                                     CN_S_INIT("application")};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (cn_json_get(record, parts[i])) return;
    fprintf(
        stderr,
        "cairn: %s: nothing of it is known: a record has \"offering\", \"award\", \"learner\" or \"application\"; "
        "docs/samples/record.json is one.\n",
        g->file);
}

static bool check(given *g, cn_err *err) {
    const cn_pack *p;
    const cn_json *record;
    const cn_rule_result *results;
    if (!cn_packs_choose(&g->packs, cn_slice_of(g->pack[0]), g->date, &p, err)) return false;
    if (!cn_layer_read_json(g->arena, g->file, &record, err) ||
        !cn_pack_check(g->arena, p, record, g->date, &results, err))
        return false;
    tell_unless_record(g, record);
    cn_json *all = cn_json_array(g->arena);
    for (size_t i = 0; g->json && i < p->rules_n; i++) push(g, all, result_json(g, &results[i]));
    if (g->json) write_json(g, all);
    else print_results(g, p, results);
    return true;
}

/* ---- Packs side by side ---- */

static cn_json *asked_json(given *g, const cn_asked_field *f, const cn_pack *only) {
    cn_json *list = cn_json_array(g->arena);
    for (size_t i = 0; i < f->n; i++) {
        if (only && f->asked[i].pack != only) continue;
        cn_json *o = cn_json_object(g->arena);
        add_text(g, o, CN_S("pack"), f->asked[i].pack->id);
        add_text(g, o, CN_S("rule"), f->asked[i].rule->id);
        add_text(g, o, CN_S("severity"), cn_slice_of(cn_severity_name(f->asked[i].rule->severity)));
        push(g, list, o);
    }
    return list;
}

static cn_json *field_json(given *g, const cn_asked_field *f) {
    cn_json *o = cn_json_object(g->arena);
    add_text(g, o, CN_S("field"), f->field);
    add_words(g, o, CN_S("label"), cn_field_label(&g->labels, f->field));
    add_text(g, o, CN_S("severity"), cn_slice_of(cn_severity_name(f->severity)));
    return o;
}

/* The label of a field, and behind it the rules that ask for it. */
static void print_field(given *g, const cn_asked_field *f) {
    cn_words label = cn_field_label(&g->labels, f->field);
    cn_buf_add(&g->out, CN_S("  "));
    print_severity(g, f->severity);
    cn_buf_print(&g->out, "%.*s\n          %.*s:", CN_ARG(label.en.n ? words_of(g, label) : f->field),
                 CN_ARG(f->field));
    for (size_t i = 0; i < f->n; i++) {
        const cn_asked_rule *one = &f->asked[i];
        bool first = i == 0 || f->asked[i - 1].pack != one->pack;
        cn_buf_print(&g->out, "%s%.*s%s%.*s", i ? first ? "; " : ", " : " ",
                     CN_ARG(first ? one->pack->id : CN_S("")), first ? " " : "", CN_ARG(one->rule->id));
    }
    cn_buf_byte(&g->out, '\n');
}

/* Which of two packs ask for a field: 1, 2, or 3 for both. */
static unsigned askers(const cn_asked_field *f, const cn_pack *const *packs) {
    unsigned who = 0;
    for (size_t i = 0; i < f->n; i++) who |= f->asked[i].pack == packs[0] ? 1 : 2;
    return who;
}

static void compare_json(given *g, const cn_pack *const *packs, const cn_asked_field *fields, size_t n) {
    cn_json *all = cn_json_array(g->arena);
    for (size_t i = 0; i < n; i++) {
        cn_json *o = field_json(g, &fields[i]);
        add(g, o, CN_S("a"), asked_json(g, &fields[i], packs[0]));
        add(g, o, CN_S("b"), asked_json(g, &fields[i], packs[1]));
        push(g, all, o);
    }
    write_json(g, all);
}

static bool compare(given *g, cn_err *err) {
    const cn_pack *packs[PACKS_MAX];
    const cn_asked_field *fields;
    size_t n;
    for (size_t i = 0; i < PACKS_MAX; i++) {
        g->about = g->pack[i];
        if (!cn_packs_choose(&g->packs, cn_slice_of(g->pack[i]), g->date, &packs[i], err)) return false;
    }
    if (!cn_packs_fields(g->arena, packs, PACKS_MAX, &fields, &n, err)) return false;
    if (g->json) return compare_json(g, packs, fields, n), true;
    for (unsigned who = 1; who <= 3; who++) {
        size_t shown = 0;
        cn_buf_print(&g->out, "%s%.*s %.*s\n", who > 1 ? "\n" : "", CN_ARG(say(g, who == 3 ? BOTH : ONLY)),
                     CN_ARG(who == 3 ? CN_S("") : packs[who - 1]->id));
        for (size_t i = 0; i < n; i++) {
            if (askers(&fields[i], packs) != who) continue;
            shown++;
            print_field(g, &fields[i]);
        }
        if (!shown) cn_buf_print(&g->out, "  %.*s\n", CN_ARG(say(g, NOTHING)));
    }
    return true;
}

/* The packs of provinces that are in force. */
static bool provinces(given *g, const cn_pack ***out, size_t *n, cn_err *err) {
    *n = 0;
    *out = CN_NEW_ARRAY(g->arena, const cn_pack *, g->packs.n);
    if (!*out) return cn_fail_memory(err);
    for (size_t i = 0; i < g->packs.n; i++)
        if (cn_slice_starts(g->packs.v[i]->jurisdiction, CN_S("CA-")) && cn_pack_in_force(g->packs.v[i], g->date))
            (*out)[(*n)++] = g->packs.v[i];
    return true;
}

static bool core(given *g, cn_err *err) {
    const cn_pack **packs;
    const cn_asked_field *fields;
    size_t packs_n, n;
    cn_json *all = cn_json_array(g->arena);
    if (!provinces(g, &packs, &packs_n, err) ||
        !cn_packs_core(g->arena, packs, packs_n, PROVINCES, &fields, &n, err))
        return false;
    if (!g->json) cn_buf_print(&g->out, "%.*s (%.*s)\n\n", CN_ARG(say(g, DERIVED)), CN_ARG(g->date));
    for (size_t i = 0; i < n; i++) {
        if (!g->json) print_field(g, &fields[i]);
        cn_json *o = field_json(g, &fields[i]);
        add(g, o, CN_S("asked"), asked_json(g, &fields[i], NULL));
        push(g, all, o);
    }
    if (!g->json) return true;
    cn_json *whole = cn_json_object(g->arena);
    add(g, whole, CN_S("derived"), cn_json_bool(true));
    add(g, whole, CN_S("fields"), all);
    write_json(g, whole);
    return true;
}

/* ---- From one system to another ---- */

static bool convert(given *g, cn_err *err) {
    cn_convert_ask ask = {g->from, g->to, g->file, g->french, g->json};
    return cn_frameworks_convert(g->arena, &ask, &g->out, err);
}

/* ---- What a draft would change ---- */

/* Those that are built in and those that were brought, but for the draft itself, which stands in for none. */
static bool shelf_without(given *g, const cn_pack *draft, cn_packs *out, cn_err *err) {
    *out = g->builtin;
    for (size_t i = 0; i < g->packs.n; i++)
        if (g->packs.v[i] != draft && !cn_packs_add(g->arena, out, g->packs.v[i], err)) return false;
    return true;
}

static bool impact(given *g, cn_err *err) {
    cn_packs in_force;
    cn_impact_ask_cli ask = {.in_force = &in_force,
                             .date = g->date,
                             .db = g->db,
                             .organisation = g->organisation,
                             .french = g->french,
                             .json = g->json};
    for (size_t i = 0; i < g->packs.n && !ask.draft; i++)
        if (cn_slice_eq(g->packs.v[i]->id, cn_slice_of(g->pack[0]))) ask.draft = g->packs.v[i];
    if (!ask.draft)
        return cn_fail(err, CN_NOT_FOUND, "pack.unknown",
                       "There is no pack of this name; --with FILE brings a draft.");
    return shelf_without(g, ask.draft, &in_force, err) && cn_frameworks_impact(g->arena, &ask, &g->out, err);
}

/* ---- The command ---- */

static const char *const verbs[] = {"list", "show", "check", "compare", "core", "convert", "impact", NULL};
static const struct {
    bool (*work)(given *g, cn_err *err);
    size_t packs; /* that have to be named */
} verb_rows[] = {{list, 0}, {show, 1}, {check, 1}, {compare, 2}, {core, 0}, {convert, 0}, {impact, 1}};

static bool read_packs(given *g, const char **file, cn_err *err) {
    *file = "frameworks";
    if (!cn_packs_builtin(g->arena, &g->packs, err) || !cn_labels_read(g->arena, &g->labels, err)) return false;
    g->builtin = g->packs;
    for (size_t i = 0; i < g->with_n; i++) {
        const cn_pack *pack;
        cn_slice text;
        *file = g->with[i];
        if (!cn_layer_read(g->arena, *file, &text, err) || !cn_pack_read(g->arena, text, &pack, err) ||
            !cn_packs_add(g->arena, &g->packs, pack, err))
            return false;
    }
    return true;
}

static bool read_date(given *g, cn_err *err) {
    if (g->at && !cn_rules_is_date(cn_slice_of(g->at)))
        return cn_fail(err, CN_INVALID, "pack.date", "\"%.*s\" is no date; write it as 2026-01-31.",
                       CN_ARG(cn_utf8_prefix(cn_slice_of(g->at), 40)));
    if (g->at) return g->date = cn_slice_of(g->at), true;
    g->date = cn_time_day_text(g->arena, cn_outside_now());
    return g->date.n || cn_fail_memory(err);
}

static int work(given *g, size_t verb) {
    const char *about = g->file;
    cn_err err = {0};
    g->out = cn_buf_on(g->arena, 0);
    if (!read_date(g, &err)) return cn_layer_complain("--at", &err);
    if (!read_packs(g, &about, &err)) return cn_layer_complain(about, &err);
    if (!verb_rows[verb].work(g, &err)) {
        bool of_pack = strncmp(err.id, "pack.", 5) == 0 && g->pack_n;
        return cn_layer_complain(!of_pack ? g->file : g->about ? g->about : g->pack[0], &err);
    }
    return cn_layer_write("frameworks", &g->out);
}

static bool apply(given *g, int key, const char *value) {
    switch (key) {
    case PACK:
        if (g->pack_n == PACKS_MAX) return false;
        g->pack[g->pack_n++] = value;
        return true;
    case AT: g->at = value; return true;
    case FROM: g->from = value; return true;
    case ORGANISATION: g->organisation = value; return true;
    case DB: g->db = value; return true;
    case INTO: g->to = value; return true;
    case LANGUAGE: g->french = strcmp(value, "fr") == 0; return g->french || strcmp(value, "en") == 0;
    case WITH:
        if (g->with_n == WITH_MAX) return false;
        g->with[g->with_n++] = value;
        return true;
    default: return g->json = true;
    }
}

static int wrong(const char *what) {
    fprintf(stderr, "cairn: frameworks: %s; \"cairn frameworks --help\" tells more.\n", what);
    return CN_EXIT_USAGE;
}

/* The others take no file: the operands are looked at before anything waits for one. */
static int read_operands(given *g, int argc, char **argv, int operand, size_t *verb) {
    if (operand == argc) return wrong("say what to do");
    for (*verb = 0; verbs[*verb] && strcmp(verbs[*verb], argv[operand]) != 0;) ++*verb;
    if (!verbs[*verb]) return wrong("there is no such thing to do");
    if (g->pack_n < verb_rows[*verb].packs)
        return wrong(verb_rows[*verb].packs == 1 ? "name a pack with --pack" : "name two packs, each with --pack");
    if (g->pack_n > verb_rows[*verb].packs) return wrong("it takes fewer packs");
    if (verb_rows[*verb].work == convert) {
        if (!g->from || !g->to || argc - operand != 2) return wrong("convert takes --from, --to and a value");
        g->file = argv[operand + 1];
        return -1;
    }
    if (verb_rows[*verb].work == check)
        return cn_layer_operands(&cn_command_frameworks, argc, argv, operand, verbs, verb, &g->file);
    return argc - operand > 1 ? wrong("no file is looked at for that") : -1;
}

static int run(int argc, char **argv) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    given g = {.arena = a, .file = "-"};
    const char *value;
    size_t verb;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_frameworks, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (!apply(&g, key, value)) return wrong("an option does not take this");
    }
    int status = read_operands(&g, argc, argv, operand, &verb);
    return status >= 0 ? status : work(&g, verb);
}

const cn_command cn_command_frameworks = {
    "frameworks",
    "list|show|check|compare|core|convert|impact [OPTION]... [FILE|-|VALUE]",
    "what frameworks for micro-credentials ask, and whether a record has it",
    run,
};
