/* SPDX-License-Identifier: Apache-2.0
 *
 * Letters to members of an organisation about its work.
 */
#include "app/notices.h"

#include "app/people.h"

cn_bilingual cn_notice_name(const cn_draft *draft) {
    cn_slice en = draft->en.name, fr = draft->fr.name;
    return (cn_bilingual){en.n ? en : fr, fr.n ? fr : en};
}

bool cn_notice_link(cn_arena *a, const cn_app *app, cn_slice organisation, const char *folder, cn_slice id,
                    const char *rest, cn_slice *out, cn_err *err) {
    return cn_arena_print(a, out, "%.*s/organisations/%.*s/%s%s%.*s%s", CN_ARG(app->origin), CN_ARG(organisation),
                          folder, id.n ? "/" : "", CN_ARG(id), rest) ||
           cn_fail_memory(err);
}

static bool write_to(cn_arena *a, const cn_app *app, cn_time now, const cn_letter *letter, const cn_person *reader,
                     cn_err *err) {
    cn_letter l = *letter;
    cn_stored_mail mail;
    if (!reader->email.n) return true;
    l.recipient = reader->email;
    l.language = reader->language;
    l.name = reader->name;
    return cn_app_letter_write(a, app, now, &l, &mail, err) && cn_store_mail_put(app->store, &mail, err);
}

/* Whom it is for in particular may have left. */
static bool is_there(const cn_members *all, int64_t person) {
    for (size_t i = 0; i < all->n; i++)
        if (person && all->v[i].person.number == person) return true;
    return false;
}

bool cn_app_notify(cn_arena *a, const cn_app *app, cn_time now, const cn_notice *what, cn_err *err) {
    cn_members all;
    if (!cn_app_members(a, app, what->organisation, &all, err)) return false;
    bool one = is_there(&all, what->person);
    for (size_t i = 0; i < all.n; i++) {
        const cn_member *m = &all.v[i];
        bool meant = one ? m->person.number == what->person : cn_roles_allow(m->roles, what->role);
        if (meant && (!what->but || m->person.number != what->but) &&
            !write_to(a, app, now, &what->letter, &m->person, err))
            return false;
    }
    return true;
}
