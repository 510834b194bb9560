/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn achievement show and fill: a design out of the database, and into it.
 */
#include "cli/design.h"
#include "app/design.h"
#include "app/frameworks.h"
#include "app/record.h"
#include "cli/cli.h"
#include "cli/layer.h"
#include "cli/outside.h"

static bool print(cn_slice text) {
    (void)fwrite(text.p, 1, text.n, stdout);
    return true;
}

static bool print_record(cn_arena *a, const cn_json *record, cn_err *err) {
    cn_slice text;
    return cn_design_write(a, record, &text, err) && print(text);
}

static bool print_design(cn_arena *a, const cn_draft *draft, cn_err *err) {
    cn_slice text;
    return cn_design_write_of(a, draft, &text, err) && print(text);
}

static bool show_version(cn_handle *h, const cn_organisation *organisation, cn_slice id, const cn_cli_show *how,
                         cn_err *err) {
    cn_achievement is;
    cn_version version;
    const cn_json *out;
    uint64_t number;
    if (!cn_slice_to_u64(how->version, INT32_MAX, &number) || !number)
        return cn_fail(err, CN_INVALID, "achievement.version", "a version is a number from 1, or \"draft\".");
    if (!cn_app_achievement_get(h->arena, &h->app, organisation->number, id, &is, err) ||
        !cn_app_version_of(h->arena, &h->app, id, (int)number, &version, err))
        return false;
    if (!how->record)
        return print_design(h->arena, &(cn_draft){.en = version.en, .fr = version.fr, .design = version.design},
                            err);
    return cn_app_record_version(h->arena, &h->app, cn_outside_now(), organisation, &version, &out, err) &&
           print_record(h->arena, out, err);
}

bool cn_cli_design_show(cn_handle *h, const cn_organisation *organisation, cn_slice id, const cn_cli_show *how,
                        cn_err *err) {
    cn_achievement is;
    const cn_json *out;
    bool draft = !how->version.n || cn_slice_eq(how->version, CN_S("draft"));
    if (!draft) return show_version(h, organisation, id, how, err);
    if (!cn_app_achievement_get(h->arena, &h->app, organisation->number, id, &is, err)) return false;
    if (!how->record) return print_design(h->arena, &is.draft, err);
    return cn_app_record(h->arena, &h->app, cn_outside_now(), organisation, &is, &out, err) &&
           print_record(h->arena, out, err);
}

/* "/classification/cip: no-cip: no such class in CIP 2021: 99.9999"; others say all by their id. */
static void print_problem(const cn_blank_problem *p) {
    static const struct {
        cn_slice id;
        const char *list;
    } lists[] = {{CN_S_INIT("no-cip"), "CIP 2021"},
                 {CN_S_INIT("no-noc"), "NOC 2021"},
                 {CN_S_INIT("no-isced"), "ISCED-F 2013"}};
    fprintf(stderr, "%.*s: %.*s", CN_ARG(p->at), CN_ARG(p->id));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        if (cn_slice_eq(lists[i].id, p->id))
            fprintf(stderr, ": no such class in %s: %.*s", lists[i].list, CN_ARG(p->said));
    fputc('\n', stderr);
}

static bool read_file(cn_handle *h, const cn_cli_fill *how, const cn_draft *draft, const cn_json **out,
                      cn_err *err) {
    cn_arena *a = h->arena;
    cn_blank_problems problems;
    cn_slice text;
    if (!cn_layer_read(a, how->file, &text, err) || !cn_design_read_for(a, text, draft, out, &problems, err) ||
        !cn_app_design_known(a, &h->app, NULL, out, &problems, err))
        return false;
    for (size_t i = 0; i < problems.n; i++) print_problem(&problems.v[i]);
    return !problems.n || how->partly ||
           cn_fail_at(err, CN_INVALID, "design.wrong", problems.v[0].at,
                      "the file was not taken; --partly leaves out what is wrong in it.");
}

bool cn_cli_design_fill(cn_handle *h, const cn_organisation *organisation, cn_slice id, const cn_cli_fill *how,
                        cn_err *err) {
    const cn_json *from, *filled;
    cn_achievement is;
    if (!how->file) return cn_fail(err, CN_INVALID, "design.file", "fill needs --file.");
    if (!cn_app_achievement_get(h->arena, &h->app, organisation->number, id, &is, err) ||
        !read_file(h, how, &is.draft, &from, err))
        return false;
    const cn_json *first = how->replace ? from : is.draft.design, *then = how->replace ? is.draft.design : from;
    if (!cn_design_fill(h->arena, first, then, &filled, err)) return false;
    cn_design_change change = {.organisation = organisation->number, .id = id, .seen = is.seen, .design = filled};
    return cn_app_design_save(h->arena, &h->app, cn_outside_now(), &change, err);
}
