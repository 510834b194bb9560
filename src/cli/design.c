/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn achievement show and fill: a design out of the database, and into it.
 */
#include "cli/design.h"
#include "app/design.h"
#include "app/record.h"
#include "cli/cli.h"
#include "cli/layer.h"
#include "cli/outside.h"

static bool print(cn_arena *a, const cn_json *v, cn_err *err) {
    cn_slice text;
    if (!cn_design_write(a, v, &text, err)) return false;
    (void)fwrite(text.p, 1, text.n, stdout);
    return true;
}

bool cn_cli_design_show(cn_handle *h, const cn_organisation *organisation, cn_slice id, bool record, cn_err *err) {
    cn_achievement is;
    const cn_json *out;
    if (!cn_app_achievement_get(h->arena, &h->app, organisation->number, id, &is, err)) return false;
    if (!record) return print(h->arena, is.draft.design, err);
    return cn_app_record(h->arena, &h->app, cn_outside_now(), organisation, &is, &out, err) &&
           print(h->arena, out, err);
}

static bool read_file(cn_arena *a, const cn_cli_fill *how, const cn_json **out, cn_err *err) {
    cn_blank_problems problems;
    cn_slice text;
    if (!cn_layer_read(a, how->file, &text, err) || !cn_design_read(a, text, out, &problems, err)) return false;
    for (size_t i = 0; i < problems.n; i++)
        fprintf(stderr, "%.*s: %.*s\n", CN_ARG(problems.v[i].at), CN_ARG(problems.v[i].id));
    return !problems.n || how->partly ||
           cn_fail_at(err, CN_INVALID, "design.wrong", problems.v[0].at,
                      "the file was not taken; --partly leaves out what is wrong in it.");
}

bool cn_cli_design_fill(cn_handle *h, const cn_organisation *organisation, cn_slice id, const cn_cli_fill *how,
                        cn_err *err) {
    const cn_json *from, *filled;
    cn_achievement is;
    if (!how->file) return cn_fail(err, CN_INVALID, "design.file", "fill needs --file.");
    if (!read_file(h->arena, how, &from, err) ||
        !cn_app_achievement_get(h->arena, &h->app, organisation->number, id, &is, err))
        return false;
    const cn_json *first = how->replace ? from : is.draft.design, *then = how->replace ? is.draft.design : from;
    if (!cn_design_fill(h->arena, first, then, &filled, err)) return false;
    cn_design_change change = {.organisation = organisation->number, .id = id, .seen = is.seen, .design = filled};
    return cn_app_design_save(h->arena, &h->app, cn_outside_now(), &change, err);
}
