/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn achievement export, import: an achievement as a file in a format of others, and such a file as a draft.
 */
#include "cli/achievement_file.h"

#include <errno.h>

#include "app/exchange.h"
#include "cli/cli.h"
#include "cli/outside.h"
#include "cli/report.h"

#include "base/base.h"

enum { FILE_MAX = 16 << 20 };

/* ---- Out ---- */

static bool write_draft(const cn_achievement_file *f, cn_slice format, cn_exchange_file *out, cn_err *err) {
    cn_achievement is;
    cn_handle *h = f->handle;
    return cn_app_achievement_get(h->arena, &h->app, f->organisation->number, f->operand, &is, err) &&
           cn_app_exchange_draft(h->arena, &h->app, cn_outside_now(), f->organisation, &is, format, out, err);
}

/* 0: the latest. */
static bool write_version(const cn_achievement_file *f, int version, cn_slice format, cn_exchange_file *out,
                          cn_err *err) {
    cn_version is;
    cn_handle *h = f->handle;
    if (!cn_app_version_of(h->arena, &h->app, f->operand, version, &is, err)) return false;
    if (is.organisation != f->organisation->number)
        return cn_fail(err, CN_NOT_FOUND, "store.none", "the achievement is of another organisation.");
    return cn_app_exchange_version(h->arena, &h->app, cn_outside_now(), &is, format, out, err);
}

static bool make_file(const cn_achievement_file *f, cn_exchange_file *out, cn_err *err) {
    cn_slice format = cn_slice_of(f->format ? f->format : "cairn"), version = cn_slice_of(f->version);
    uint64_t number = 0;
    if (cn_slice_eq(version, CN_S("draft"))) return write_draft(f, format, out, err);
    if (version.n && (!cn_slice_to_u64(version, INT32_MAX, &number) || !number))
        return cn_fail(err, CN_INVALID, "achievement.version", "a version is a number from 1, or \"draft\".");
    if (write_version(f, (int)number, format, out, err)) return true;
    bool drafted = !version.n && err->code == CN_NOT_FOUND && !strcmp(err->id, "store.none");
    return drafted ? write_draft(f, format, out, err) : false;
}

bool cn_achievement_export(const cn_achievement_file *f, cn_err *err) {
    cn_exchange_file file;
    if (!f->handle->app.origin.n)
        return cn_fail(err, CN_CONFLICT, "exchange.origin",
                       "This database has no origin, which addresses in the file begin with: \"cairn init "
                       "--origin\" gives it one.");
    if (!make_file(f, &file, err)) return false;
    FILE *to = f->output ? fopen(f->output, "we") : stdout;
    bool good = to && fwrite(file.text.p, 1, file.text.n, to) == file.text.n;
    if (to) good = (f->output ? fclose(to) : fflush(to)) == 0 && good;
    return good || cn_fail(err, CN_UNAVAILABLE, "file.write", "%s cannot be written: %s.",
                           f->output ? f->output : "standard output", strerror(errno));
}

/* ---- In ---- */

static const struct {
    const char *why, *words;
} reasons[] = {
    {"member", "there is no place for it here"},  {"value", "not of the form that is read there"},
    {"language", "neither English nor French"},   {"long", "too long; it was cut"},
    {"many", "too many; the last were left out"},
};

static void tell(const cn_exchange_taken *taken) {
    for (size_t i = 0; i < taken->untaken_n; i++) {
        const cn_exchange_untaken *one = &taken->untaken[i];
        fputs("not taken over: ", stderr);
        cn_print_stranger(stderr, one->at);
        for (size_t j = 0; j < sizeof reasons / sizeof *reasons; j++)
            if (cn_slice_eq(one->why, cn_slice_of(reasons[j].why))) fprintf(stderr, ": %s\n", reasons[j].words);
    }
    size_t more = taken->missed > CN_EXCHANGE_TOLD_MAX ? taken->missed - CN_EXCHANGE_TOLD_MAX : 0;
    if (more) fprintf(stderr, "and %zu more\n", more);
}

bool cn_achievement_import(const cn_achievement_file *f, cn_err *err) {
    cn_handle *h = f->handle;
    cn_exchange_taken taken;
    cn_slice text, id, language = cn_slice_of(f->language);
    bool french = cn_slice_eq(language, CN_S("fr"));
    if (language.n && !french && !cn_slice_eq(language, CN_S("en")))
        return cn_fail(err, CN_INVALID, "achievement.language", "the language is \"en\" or \"fr\".");
    if (!cn_file_read(h->arena, f->operand, FILE_MAX, &text, err)) return false;
    if (!cn_app_exchange_take(h->arena, &h->app, cn_outside_now(), f->organisation->number, 0, text, french,
                              &taken, &id, err))
        return false;
    tell(&taken);
    printf("%.*s\n", CN_ARG(id));
    return true;
}
