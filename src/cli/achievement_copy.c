/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn achievement copy: a new draft from what any organisation has published.
 */
#include "cli/achievement_copy.h"
#include "app/reuse.h"
#include "cli/cli.h"
#include "cli/outside.h"

#include "base/base.h"

static bool read_version(const cn_achievement_copy *how, int *out, cn_err *err) {
    cn_slice typed = cn_slice_of(how->version);
    uint64_t number = 0;
    if (typed.n && (!cn_slice_to_u64(typed, INT32_MAX, &number) || !number))
        return cn_fail(err, CN_INVALID, "achievement.version", "a version is a number from 1.");
    *out = (int)number;
    return true;
}

static bool read_part(const cn_achievement_copy *how, cn_source_part *out, cn_err *err) {
    *out = how->part ? cn_source_part_find(cn_slice_of(how->part)) : CN_SOURCE_WHOLE;
    return *out == CN_SOURCE_WHOLE || *out == CN_SOURCE_OUTCOMES ||
           cn_fail(err, CN_INVALID, "achievement.part", "--part is \"whole\" or \"outcomes\".");
}

/* A draft's id too: nobody has published it. */
static bool find_version(cn_handle *h, int64_t organisation, const cn_achievement_copy *how, int version,
                         cn_version *out, cn_err *err) {
    if (cn_app_reuse_find(h->arena, &h->app, cn_outside_now(), organisation, how->id, version, out, err))
        return true;
    if (err->code != CN_NOT_FOUND || strcmp(err->id, "reuse.withdrawn") == 0) return false;
    cn_slice of = cn_slice_of(version ? how->version : "");
    return cn_fail(err, CN_NOT_FOUND, "store.none", "nobody has published %.*s%s%.*s.", CN_ARG(how->id),
                   version ? ", version " : "", CN_ARG(of));
}

bool cn_cli_achievement_copy(cn_handle *h, const cn_organisation *organisation, const cn_achievement_copy *how,
                             cn_err *err) {
    cn_version from;
    cn_reuse reuse = {.organisation = organisation->number, .from = &from, .sure = how->sure};
    cn_slice id;
    cn_time now = cn_outside_now();
    int version;
    if (!read_version(how, &version, err) || !read_part(how, &reuse.part, err) ||
        !find_version(h, organisation->number, how, version, &from, err))
        return false;
    if (!cn_app_reuse_begin(h->arena, &h->app, now, &reuse, &id, err)) {
        if (strcmp(err->id, "reuse.unsure") != 0) return false;
        return cn_fail(
            err, CN_INVALID, "reuse.unsure",
            "it names no licence that is known here. Who may use it all the same, because its institution "
            "said so, says --permitted.");
    }
    printf("%.*s\n", CN_ARG(id));
    return true;
}
