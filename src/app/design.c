/* SPDX-License-Identifier: Apache-2.0
 *
 * Designs: read, written, filled, kept with the draft; how far each section has come.
 */
#include "app/design.h"
#include "app/frameworks.h"
#include "app/source.h"

/* ---- Sections and fields by their names ---- */

static const cn_slice sections[CN_DESIGN_SECTIONS] = {
    [CN_DESIGN_KIND] = CN_S_INIT("kind"),
    [CN_DESIGN_OUTCOMES] = CN_S_INIT("outcomes"),
    [CN_DESIGN_WORKLOAD] = CN_S_INIT("workload"),
    [CN_DESIGN_LEVELS] = CN_S_INIT("levels"),
    [CN_DESIGN_ASSESSMENT] = CN_S_INIT("assessment"),
    [CN_DESIGN_PARTICIPATION] = CN_S_INIT("participation"),
    [CN_DESIGN_QUALITY] = CN_S_INIT("quality"),
    [CN_DESIGN_PATHWAYS] = CN_S_INIT("pathways"),
    [CN_DESIGN_MARKET] = CN_S_INIT("market"),
    [CN_DESIGN_CLASSIFICATION] = CN_S_INIT("classification"),
    [CN_DESIGN_INFORMATION] = CN_S_INIT("information"),
    [CN_DESIGN_PARTICULARS] = CN_S_INIT("particulars"),
    [CN_DESIGN_FRAMEWORKS] = CN_S_INIT("frameworks"),
};

cn_slice cn_design_section_name(cn_design_section section) {
    return sections[section];
}

cn_design_section cn_design_section_find(cn_slice name) {
    cn_design_section s = 0;
    while (s < CN_DESIGN_SECTIONS && !cn_slice_eq(sections[s], name)) s++;
    return s;
}

/* "hours" of "hours.total"; a path is within itself. */
static bool is_within(cn_slice path, cn_slice outer) {
    return cn_slice_starts(path, outer) && (path.n == outer.n || path.p[outer.n] == '.');
}

/* What a design says of every award, by the field that rules look at. */
static const struct {
    cn_slice rule, own;
} of_awards[] = {
    {CN_S_INIT("award.evidence"), CN_S_INIT("evidence")},
    {CN_S_INIT("award.grade"), CN_S_INIT("grade")},
    {CN_S_INIT("award.transcript_ref"), CN_S_INIT("transcript_entry")},
};

static cn_slice path_of(cn_slice rule_field) {
    static const cn_slice offering = CN_S_INIT("offering.");
    if (cn_slice_starts(rule_field, offering)) return cn_slice_from(rule_field, offering.n);
    for (size_t i = 0; i < sizeof of_awards / sizeof *of_awards; i++)
        if (cn_slice_eq(rule_field, of_awards[i].rule)) return of_awards[i].own;
    return (cn_slice){0};
}

const cn_blank *cn_design_field(cn_slice rule_field) {
    cn_slice path = path_of(rule_field);
    for (size_t i = 0; path.n && i < cn_design_fields.n; i++) {
        const cn_blank *f = &cn_design_fields.v[i];
        if (is_within(path, f->path) || is_within(f->path, path)) return f;
    }
    return NULL;
}

const cn_blank *cn_design_find(cn_slice path) {
    for (size_t i = 0; i < cn_design_fields.n; i++) {
        const cn_blank *f = &cn_design_fields.v[i];
        if (cn_slice_eq(f->path, path)) return f;
        cn_slice column = cn_slice_from(path, f->path.n + 1);
        for (size_t c = 0; is_within(path, f->path) && c < f->columns_n; c++)
            if (cn_slice_eq(f->columns[c].path, column)) return &f->columns[c];
    }
    return NULL;
}

/* ---- State ---- */

cn_design_state cn_design_state_of(const cn_json *design, cn_design_section section) {
    bool any = false, all = true;
    for (size_t i = 0; i < cn_design_fields.n; i++) {
        const cn_blank *f = &cn_design_fields.v[i];
        if (f->section != (int)section) continue;
        const cn_json *v = cn_blank_value(design, f->path);
        any = any || v;
        all = all && (v || f->core ? cn_blank_said(f, v) : true);
    }
    return !any ? CN_DESIGN_NOT_BEGUN : all ? CN_DESIGN_COMPLETE : CN_DESIGN_BEGUN;
}

/* ---- Read and written ---- */

enum { FILE_MAX = 1 << 20, FILE_DEPTH = 16 };

/* What stands in a record and is said elsewhere here. */
static const char *const not_of_design[] = {"title",         "description", "learning_outcomes", "issuer",
                                            "awarding_body", "approval",    "endorsements",      "price",
                                            "currency",      "title_other"};

/* A record names outcomes by their text; a design by their place. */
static bool place_outcomes(cn_arena *a, const cn_json *offering, cn_json *design) {
    const cn_json *outcomes = cn_json_get(offering, CN_S("learning_outcomes")),
                  *alignment = cn_json_get(offering, CN_S("outcome_alignment"));
    cn_json *list = cn_json_array(a);
    for (size_t i = 0; list && i < cn_json_count(alignment); i++) {
        const cn_json *from = cn_json_item(alignment, i), *text = cn_json_get(from, CN_S("outcome"));
        size_t at = 0;
        while (at < cn_json_count(outcomes) && !cn_json_equal(cn_json_item(outcomes, at), text)) at++;
        cn_json *one = cn_json_copy_shallow(a, from);
        if (!one || !cn_json_is(from, CN_JSON_OBJECT) || at == cn_json_count(outcomes)) continue;
        if (!cn_json_set(a, one, CN_S("outcome"), cn_json_number(a, (double)at + 1)) ||
            !cn_json_push(a, list, one))
            return false;
    }
    return list && (!alignment || cn_json_set(a, design, CN_S("outcome_alignment"), list));
}

static bool from_record(cn_arena *a, const cn_json *record, const cn_json **out, cn_err *err) {
    const cn_json *offering = cn_json_get(record, CN_S("offering")),
                  *evidence = cn_json_point(record, CN_S("/award/evidence"));
    if (!cn_json_is(offering, CN_JSON_OBJECT))
        return cn_fail(err, CN_INVALID, "blanks.shape", "the record's \"offering\" is no object.");
    cn_json *design = cn_json_copy_shallow(a, offering);
    for (size_t i = 0; design && i < sizeof not_of_design / sizeof *not_of_design; i++)
        design = cn_json_without(a, design, cn_slice_of(not_of_design[i]));
    if (!design || !place_outcomes(a, offering, design) ||
        (evidence && !cn_json_set(a, design, CN_S("evidence"), evidence)))
        return cn_fail_memory(err);
    *out = design;
    return true;
}

bool cn_design_read_for(cn_arena *a, cn_slice text, const cn_draft *draft, const cn_json **out,
                        cn_blank_problems *problems, cn_err *err) {
    const cn_json_options how = {.max_depth = FILE_DEPTH, .max_bytes = FILE_MAX, .refuse_duplicates = true};
    const cn_json *file, *from, *design;
    cn_draft own;
    bool said;
    if (!cn_json_read(a, text, &how, &file, err)) return false;
    from = file;
    if (cn_json_get(file, CN_S("offering")) && !from_record(a, file, &from, err)) return false;
    if (cn_json_is(from, CN_JSON_OBJECT)) from = cn_json_without(a, from, CN_S("outcomes"));
    if (!from) return cn_fail_memory(err);
    bool french = cn_json_is_string(cn_json_get(from, CN_S("language")), CN_S("fr"));
    if (!cn_design_outcomes_of(a, file, french, &said, &own, err) ||
        !cn_blanks_read(a, cn_design_fields, from, french ? CN_S("fr") : CN_S("en"), &design, problems, err) ||
        (draft && said && !cn_design_realign(a, design, &own, draft, &design, err)))
        return false;
    *out = design;
    return true;
}

bool cn_design_read(cn_arena *a, cn_slice text, const cn_json **out, cn_blank_problems *problems, cn_err *err) {
    return cn_design_read_for(a, text, NULL, out, problems, err);
}

bool cn_design_write(cn_arena *a, const cn_json *design, cn_slice *out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    if (design) cn_json_write_pretty(&b, design);
    else cn_buf_add(&b, CN_S("{}"));
    cn_buf_byte(&b, '\n');
    if (!cn_buf_ok(&b)) return cn_fail_memory(err);
    *out = cn_buf_slice(&b);
    return true;
}

bool cn_design_fill(cn_arena *a, const cn_json *to, const cn_json *from, const cn_json **out, cn_err *err) {
    cn_json *joined = cn_json_object(a);
    const cn_json *source;
    if (!joined) return cn_fail_memory(err);
    for (size_t i = 0; i < cn_design_fields.n; i++) {
        const cn_blank *f = &cn_design_fields.v[i];
        const cn_json *v = cn_blank_value(to, f->path);
        if (f->section == CN_BLANK_HIDDEN) continue;
        if (!v) v = cn_blank_value(from, f->path);
        if (v && !cn_blank_set(a, joined, f->path, v)) return cn_fail_memory(err);
    }
    if (!cn_source_join(a, cn_json_get(to, CN_SOURCE), cn_json_get(from, CN_SOURCE), &source, err)) return false;
    if (source && !cn_json_set(a, joined, CN_SOURCE, source)) return cn_fail_memory(err);
    *out = joined;
    return true;
}

/* ---- Kept ---- */

bool cn_app_design_save(cn_arena *a, const cn_app *app, cn_time now, const cn_design_change *change, cn_err *err) {
    cn_blank_problems problems;
    cn_achievement is;
    const cn_json *tidy;
    if (!cn_app_achievement_get(a, app, change->organisation, change->id, &is, err) ||
        !cn_blanks_read(a, cn_design_fields, change->design, CN_S("en"), &tidy, &problems, err) ||
        !cn_app_design_known(a, app, is.draft.design, &tidy, &problems, err))
        return false;
    if (problems.n)
        return cn_fail_at(err, CN_INVALID, "design.wrong", problems.v[0].at,
                          "the design cannot be kept: %.*s at %.*s", CN_ARG(problems.v[0].id),
                          CN_ARG(problems.v[0].at));
    is.draft.design = tidy;
    cn_achievement_change set = {.organisation = change->organisation,
                                 .by = change->by,
                                 .id = change->id,
                                 .seen = change->seen.n ? change->seen : is.seen,
                                 .draft = &is.draft,
                                 .reuse = change->reuse};
    return cn_app_achievement_save(a, app, now, &set, err);
}
