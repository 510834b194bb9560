/* SPDX-License-Identifier: Apache-2.0
 *
 * Organisations, persons, members.
 */
#include "app/people.h"
#include "app/secret.h"
#include "app/told.h"

enum { NAME_MAX_BYTES = 200, URL_MAX_BYTES = 500 };

static bool is_line(cn_slice s, size_t max) {
    return s.n <= max && cn_utf8_is_line(s);
}

/* ---- Organisations ---- */

static cn_organisation from_store(const cn_stored_organisation *s) {
    return (cn_organisation){.number = s->number,
                             .id = s->id,
                             .name = {s->name_en, s->name_fr},
                             .url = s->url,
                             .domain = s->domain,
                             .fictional = s->fictional,
                             .roles = s->roles,
                             .quality_body = s->quality_body};
}

static bool check_organisation(const cn_organisation *o, cn_err *err) {
    if (!o->name.en.n || !o->name.fr.n || !is_line(o->name.en, NAME_MAX_BYTES) ||
        !is_line(o->name.fr, NAME_MAX_BYTES))
        return cn_fail(err, CN_INVALID, "organisation.name",
                       "An organisation has a name in English and one in French, of at most %d bytes.",
                       NAME_MAX_BYTES);
    if (o->url.n && (!cn_slice_starts(o->url, CN_S("https://")) || !is_line(o->url, URL_MAX_BYTES)))
        return cn_fail(err, CN_INVALID, "organisation.url", "An organisation's site begins with https://.");
    return true;
}

bool cn_app_organisation_new(cn_arena *a, const cn_app *app, cn_time now, const cn_organisation *what,
                             int64_t administrator, cn_organisation *out, cn_err *err) {
    cn_slice id;
    int64_t number;
    if (!check_organisation(what, err) || !cn_app_id(a, app, &id, err)) return false;
    cn_stored_organisation row = {.id = id,
                                  .name_en = what->name.en,
                                  .name_fr = what->name.fr,
                                  .url = what->url,
                                  .domain = what->domain,
                                  .fictional = what->fictional};
    cn_audit why = {.person = administrator, .action = CN_S("organisation.made"), .subject = id};
    if (!cn_store_organisation_put(a, app->store, &row, now, &number, err)) return false;
    why.organisation = number;
    bool good = administrator ? cn_store_member_set(a, app->store, number, administrator, CN_ROLE_ADMINISTRATOR,
                                                    now, &why, err)
                              : cn_store_audit(app->store, &why, now, err);
    return good && cn_app_organisation_get(a, app, number, out, err);
}

bool cn_app_organisation_set(const cn_app *app, cn_time now, int64_t by, const cn_organisation *what,
                             cn_err *err) {
    cn_stored_organisation row = {
        .number = what->number, .name_en = what->name.en, .name_fr = what->name.fr, .url = what->url};
    cn_audit why = {what->number, by, CN_S("organisation.changed"), what->id, {0}};
    return check_organisation(what, err) && cn_store_organisation_set(app->store, &row, now, &why, err);
}

bool cn_app_organisation_remove(const cn_app *app, cn_time now, const cn_organisation *which, cn_err *err) {
    cn_audit why = {.action = CN_S("organisation.removed"), .subject = which->id};
    return cn_store_organisation_remove(app->store, which->number, now, &why, err);
}

bool cn_app_organisation_get(cn_arena *a, const cn_app *app, int64_t number, cn_organisation *out, cn_err *err) {
    cn_stored_organisation row;
    if (!cn_store_organisation(a, app->store, number, &row, err)) return false;
    *out = from_store(&row);
    return true;
}

bool cn_app_organisation_by_id(cn_arena *a, const cn_app *app, cn_slice id, cn_organisation *out, cn_err *err) {
    cn_stored_organisation row;
    if (!cn_store_organisation_by_id(a, app->store, id, &row, err))
        return err->code != CN_NOT_FOUND
                   ? false
                   : cn_fail(err, CN_NOT_FOUND, "store.none",
                             "no organisation has the id \"%.*s\"; \"cairn organisation list\" shows them.",
                             CN_ARG(id));
    *out = from_store(&row);
    return true;
}

bool cn_app_organisations_of(cn_arena *a, const cn_app *app, int64_t person, cn_organisations *out, cn_err *err) {
    cn_stored_organisation *rows = NULL;
    size_t n = 0;
    bool good = person ? cn_store_organisations_of(a, app->store, person, &rows, &n, err)
                       : cn_store_organisations(a, app->store, &rows, &n, err);
    cn_organisation *v = good ? CN_NEW_ARRAY(a, cn_organisation, n) : NULL;
    if (!good) return false;
    if (!v) return cn_fail_memory(err);
    for (size_t i = 0; i < n; i++) v[i] = from_store(&rows[i]);
    *out = (cn_organisations){v, n};
    return true;
}

bool cn_app_organisation_counts(cn_arena *a, const cn_app *app, int64_t organisation, cn_organisation_counts *out,
                                cn_err *err) {
    return cn_store_organisation_counts(a, app->store, organisation, out, err);
}

/* ---- Persons ---- */

bool cn_app_person_get(cn_arena *a, const cn_app *app, int64_t number, cn_person *out, cn_err *err) {
    return cn_store_person(a, app->store, number, out, err);
}

bool cn_app_person_of_address(cn_arena *a, const cn_app *app, cn_time now, cn_slice email, cn_slice name,
                              cn_slice language, cn_person *out, cn_err *err) {
    cn_mail_address address;
    cn_person p = {.name = is_line(name, NAME_MAX_BYTES) ? name : CN_S(""),
                   .language = cn_slice_eq(language, CN_S("fr")) ? CN_S("fr") : CN_S("en")};
    if (!cn_mail_address_ok(a, email, app->demo, &address, err) || !cn_app_id(a, app, &p.id, err)) return false;
    p.email = address.key;
    return cn_store_person_make(a, app->store, &p, now, out, err);
}

bool cn_app_person_set(cn_arena *a, const cn_app *app, int64_t person, cn_slice name, cn_slice language,
                       cn_err *err) {
    (void)a;
    if (!is_line(name, NAME_MAX_BYTES))
        return cn_fail(err, CN_INVALID, "person.name", "A name is one line of at most %d bytes.", NAME_MAX_BYTES);
    if (!cn_slice_eq(language, CN_S("en")) && !cn_slice_eq(language, CN_S("fr")))
        return cn_fail(err, CN_INVALID, "person.language", "The languages are en and fr.");
    return cn_store_person_set(app->store, person, name, language, err);
}

bool cn_app_address_add(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_slice email, cn_err *err) {
    cn_mail_address address;
    cn_person p;
    cn_told told;
    bool good = cn_mail_address_ok(a, email, app->demo, &address, err) &&
                cn_app_person_get(a, app, person, &p, err) &&
                cn_app_told(a, app, now, person, &p, CN_LETTER_ADDRESS_ADDED, address.key, &told, err) &&
                cn_store_address_add(a, app->store, person, address.key, &told, err);
    return cn_app_told_done(app, good);
}

bool cn_app_addresses(cn_arena *a, const cn_app *app, int64_t person, cn_addresses *out, cn_err *err) {
    return cn_store_addresses(a, app->store, person, &out->v, &out->n, err);
}

bool cn_app_address_main(cn_arena *a, const cn_app *app, cn_time now, const cn_person *person, cn_slice email,
                         cn_err *err) {
    cn_told told;
    bool good = cn_app_told(a, app, now, person->number, person, CN_LETTER_ADDRESS_MAIN, email, &told, err) &&
                cn_store_address_main(app->store, person->number, email, &told, err);
    return cn_app_told_done(app, good);
}

bool cn_app_address_remove(cn_arena *a, const cn_app *app, cn_time now, const cn_person *person, cn_slice email,
                           cn_err *err) {
    cn_told told;
    bool good = cn_app_told(a, app, now, person->number, person, CN_LETTER_ADDRESS_REMOVED, email, &told, err) &&
                cn_store_address_remove(app->store, person->number, email, &told, err);
    return cn_app_told_done(app, good);
}

bool cn_app_person_delete(cn_arena *a, const cn_app *app, cn_time now, int64_t person, cn_err *err) {
    (void)a;
    return cn_store_person_delete(app->store, person, now, err);
}

/* ---- Members ---- */

bool cn_roles_allow(unsigned roles, unsigned asked) {
    if (asked == CN_ROLE_VIEWER) return (roles & CN_ROLES_ALL) != 0;
    return (roles & (CN_ROLE_ADMINISTRATOR | asked)) != 0;
}

bool cn_app_member_roles(cn_arena *a, const cn_app *app, int64_t organisation, int64_t person, unsigned *out,
                         cn_err *err) {
    return cn_store_roles(a, app->store, organisation, person, out, err);
}

bool cn_app_members(cn_arena *a, const cn_app *app, int64_t organisation, cn_members *out, cn_err *err) {
    return cn_store_members(a, app->store, organisation, &out->v, &out->n, err);
}

bool cn_app_member_set(cn_arena *a, const cn_app *app, cn_time now, int64_t by, int64_t organisation,
                       const cn_person *person, unsigned roles, cn_err *err) {
    cn_audit why = {.organisation = organisation,
                    .person = by,
                    .action = roles ? CN_S("member.set") : CN_S("member.removed"),
                    .subject = person->id};
    return cn_store_member_set(a, app->store, organisation, person->number, roles, now, &why, err);
}

bool cn_app_member_change(cn_arena *a, const cn_app *app, cn_time now, int64_t by, int64_t organisation,
                          cn_slice person_id, unsigned roles, cn_err *err) {
    cn_members members;
    if (!cn_app_members(a, app, organisation, &members, err)) return false;
    for (size_t i = 0; i < members.n; i++)
        if (cn_slice_eq(members.v[i].person.id, person_id))
            return cn_app_member_set(a, app, now, by, organisation, &members.v[i].person, roles, err);
    return cn_fail(err, CN_NOT_FOUND, "store.none", "There is no such member.");
}
