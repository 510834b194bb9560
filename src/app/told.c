/* SPDX-License-Identifier: Apache-2.0
 *
 * What somebody is told of a change of their account.
 */
#include "app/told.h"

static const struct {
    cn_letter_kind kind;
    const char *action;
} actions[] = {
    {CN_LETTER_ADDRESS_ADDED, "address.added"},     {CN_LETTER_ADDRESS_MAIN, "address.main"},
    {CN_LETTER_ADDRESS_REMOVED, "address.removed"}, {CN_LETTER_PASSKEY_ADDED, "passkey.added"},
    {CN_LETTER_PASSKEY_REMOVED, "passkey.removed"}, {CN_LETTER_PASSKEYS_RESET, "passkeys.reset"},
};

static const char *action_of(cn_letter_kind kind) {
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (actions[i].kind == kind) return actions[i].action;
    assert(!"a change of an account");
    return "";
}

bool cn_app_told(cn_arena *a, const cn_app *app, cn_time now, int64_t by, const cn_person *person,
                 cn_letter_kind kind, cn_slice about, cn_told *out, cn_err *err) {
    cn_letter letter = {.kind = kind,
                        .recipient = person->email,
                        .language = person->language,
                        .name = person->name,
                        .about = about};
    cn_told told = {.why = {.person = by, .action = cn_slice_of(action_of(kind)), .subject = person->id},
                    .now = now};
    if (!cn_arena_print(a, &letter.link, "%.*s/account", CN_ARG(app->origin))) return cn_fail_memory(err);
    if (!cn_app_letter_write(a, app, now, &letter, &told.letter, err)) return false;
    *out = told;
    return true;
}

bool cn_app_told_done(const cn_app *app, bool good) {
    if (good && app->wake) app->wake(app->wake_self);
    return good;
}
