/* SPDX-License-Identifier: Apache-2.0
 *
 * The demonstration's network: organisations, people, micro-credentials and awards of data/demo, made by the verbs
 * that the pages use, so that what is shown is what would come about.
 *
 * Each thing is looked for before it is made: what was stopped half way is gone on with.
 */
#include "server/demo.h"

#include <stdio.h>

#include "app/achievements.h"
#include "app/attestations.h"
#include "app/awards.h"
#include "app/claims.h"
#include "app/keys.h"
#include "app/letters.h"
#include "app/offerings.h"
#include "app/people.h"
#include "app/profile.h"
#include "app/uploads.h"
#include "json/json.h"
#include "server/demo_endorse.h"
#include "store/keys.h"

#include "base/base.h"

#include "demo.inc"

enum { DAY = 86400, LETTERS_MAX = 200 };

#define TEXT(array) cn_slice_bytes(array, sizeof array)

static const struct {
    const char *key;
    const unsigned char *text;
    size_t n;
} achievements[] = {
    {"bookkeeping", text_bookkeeping, sizeof text_bookkeeping},
    {"computer_support", text_computer_support, sizeof text_computer_support},
    {"digital_marketing", text_digital_marketing, sizeof text_digital_marketing},
    {"health_care_operations", text_health_care_operations, sizeof text_health_care_operations},
    {"java_programming", text_java_programming, sizeof text_java_programming},
    {"plain_language", text_plain_language, sizeof text_plain_language},
};
/* The last one is left as a draft, with faults to mend. */
enum { ACHIEVEMENTS = sizeof achievements / sizeof *achievements, PUBLISHED = ACHIEVEMENTS - 1 };

typedef struct making {
    const cn_app *app;
    cn_arena *a;
    cn_time now;
    const cn_json *network;
    int64_t by; /* the first person of the network: an administrator of all */
    cn_err *err;
} making;

/* ---- Finding what has been made ---- */

static cn_slice text(const cn_json *object, const char *member) {
    return cn_json_get_text(object, cn_slice_of(member));
}

static const cn_json *list(const making *m, const char *member) {
    return cn_json_get(m->network, cn_slice_of(member));
}

/* The organisation with that English name; number 0: none. */
static bool find_organisation(const making *m, cn_slice name, cn_organisation *out) {
    cn_organisations all;
    *out = (cn_organisation){0};
    if (!cn_app_organisations_of(m->a, m->app, 0, &all, m->err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (cn_slice_eq(all.v[i].name.en, name)) *out = all.v[i];
    return true;
}

static bool organisation_of(const making *m, cn_slice key, cn_organisation *out) {
    const cn_json *all = list(m, "organisations");
    for (size_t i = 0; i < cn_json_count(all); i++)
        if (cn_slice_eq(text(cn_json_item(all, i), "key"), key))
            return find_organisation(m, text(cn_json_item(all, i), "en"), out);
    assert(!"the data name an organisation");
    return false;
}

static bool person_of(const making *m, cn_slice email, cn_person *out) {
    return cn_store_person_of(m->a, m->app->store, email, out, m->err);
}

/* ---- Organisations and people ---- */

static bool make_organisation(const making *m, const cn_json *from) {
    cn_organisation made,
        what = {.name = {text(from, "en"), text(from, "fr")}, .url = text(from, "url"), .fictional = true};
    if (!find_organisation(m, what.name.en, &made)) return false;
    if (!made.number && !cn_app_organisation_new(m->a, m->app, m->now, &what, m->by, &made, m->err)) return false;
    cn_profile profile = cn_profile_of(cn_json_get(from, CN_S("profile")));
    return cn_app_profile_set(m->a, m->app, m->now, m->by, made.number, &profile, m->err);
}

static unsigned role_of(cn_slice word) {
    static const struct {
        const char *word;
        unsigned role;
    } roles[] = {{"administrator", CN_ROLE_ADMINISTRATOR},
                 {"designer", CN_ROLE_DESIGNER},
                 {"issuer", CN_ROLE_ISSUER},
                 {"reviewer", CN_ROLE_REVIEWER},
                 {"viewer", CN_ROLE_VIEWER}};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (cn_slice_eq(word, cn_slice_of(roles[i].word))) return roles[i].role;
    assert(!"the data name a role");
    return 0;
}

static bool make_person(making *m, const cn_json *from) {
    cn_person person;
    if (!cn_app_person_of_address(m->a, m->app, m->now, text(from, "email"), text(from, "name"),
                                  text(from, "language"), &person, m->err))
        return false;
    if (!m->by) m->by = person.number;
    return true;
}

static bool make_member(const making *m, const cn_json *from) {
    const cn_json *roles = cn_json_get(from, CN_S("roles"));
    cn_organisation o;
    cn_person person;
    if (!person_of(m, text(from, "email"), &person)) return false;
    for (size_t i = 0; i < cn_json_count(roles); i++)
        if (!organisation_of(m, roles->object.v[i].key, &o) ||
            !cn_app_member_set(m->a, m->app, m->now, 0, o.number, &person,
                               role_of(cn_json_text(roles->object.v[i].value)), m->err))
            return false;
    return true;
}

/* ---- Micro-credentials ---- */

static bool read_text(const making *m, const cn_json *from, cn_achievement_text *out) {
    const cn_json *outcomes = cn_json_get(from, CN_S("outcomes"));
    *out = (cn_achievement_text){.name = text(from, "name"),
                                 .description = text(from, "description"),
                                 .criteria = text(from, "criteria"),
                                 .outcomes_n = cn_json_count(outcomes)};
    out->outcomes = CN_NEW_ARRAY(m->a, cn_slice, out->outcomes_n);
    if (!out->outcomes) return cn_fail_memory(m->err);
    for (size_t i = 0; i < out->outcomes_n; i++) out->outcomes[i] = cn_json_text(cn_json_item(outcomes, i));
    return true;
}

static bool find_achievement(const making *m, int64_t organisation, cn_slice name, cn_achievement *out) {
    cn_achievements all;
    *out = (cn_achievement){0};
    if (!cn_app_achievements_of(m->a, m->app, organisation, &all, m->err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (cn_slice_eq(all.v[i].draft.en.name, name)) *out = all.v[i];
    return true;
}

static bool read_achievement(const making *m, size_t i, cn_organisation *o, cn_draft *out) {
    const cn_json *from;
    if (!cn_json_read(m->a, cn_slice_bytes(achievements[i].text, achievements[i].n), NULL, &from, m->err))
        return false;
    *out = (cn_draft){.valid_months = (int)cn_json_get(from, CN_S("months"))->number,
                      .design = cn_json_get(from, CN_S("design"))};
    return organisation_of(m, text(from, "organisation"), o) &&
           read_text(m, cn_json_get(from, CN_S("en")), &out->en) &&
           read_text(m, cn_json_get(from, CN_S("fr")), &out->fr);
}

/* What a member states of each, and when it can be taken. */
static bool complete_achievement(const making *m, size_t i, const cn_organisation *o, const cn_achievement *made) {
    const cn_json *from;
    cn_offerings offered;
    cn_attestations before;
    cn_slice ignored;
    cn_attest stated = {.organisation = o->number,
                        .by = m->by,
                        .achievement = made->id,
                        .statement = CN_S("specific_relevant_competency"),
                        .name = text(cn_json_item(list(m, "people"), 0), "name")};
    if (!cn_app_attestations_of(m->a, m->app, made->number, &before, m->err) ||
        (!before.n && !cn_app_attest(m->a, m->app, m->now, &stated, m->err)) ||
        !cn_json_read(m->a, cn_slice_bytes(achievements[i].text, achievements[i].n), NULL, &from, m->err) ||
        !cn_app_offerings_of(m->a, m->app, made->number, &offered, m->err))
        return false;
    cn_offering_change offer = {.organisation = o->number,
                                .by = m->by,
                                .achievement = made->id,
                                .details = cn_json_get(from, CN_S("offering"))};
    return !offer.details || offered.n || cn_app_offering_save(m->a, m->app, m->now, &offer, &ignored, m->err);
}

static bool make_achievement(const making *m, size_t i) {
    cn_organisation o;
    cn_draft draft;
    cn_achievement made;
    cn_slice id;
    int version;
    if (!read_achievement(m, i, &o, &draft) || !find_achievement(m, o.number, draft.en.name, &made)) return false;
    if (!made.number && !cn_app_achievement_new(m->a, m->app, m->now, o.number, m->by, &draft, &id, m->err))
        return false;
    if ((!made.number && !find_achievement(m, o.number, draft.en.name, &made)) ||
        !complete_achievement(m, i, &o, &made))
        return false;
    return i >= PUBLISHED || made.version ||
           cn_app_achievement_publish(m->a, m->app, m->now, o.number, m->by, made.id, made.seen, &version, m->err);
}

/* Of an achievement of data/demo by its key: its published version. */
static bool version_of(const making *m, cn_slice key, cn_version *out) {
    for (size_t i = 0; i < ACHIEVEMENTS; i++) {
        cn_organisation o;
        cn_draft draft;
        cn_achievement made;
        if (!cn_slice_eq(key, cn_slice_of(achievements[i].key))) continue;
        return read_achievement(m, i, &o, &draft) && find_achievement(m, o.number, draft.en.name, &made) &&
               cn_app_version_of(m->a, m->app, made.id, 0, out, m->err);
    }
    assert(!"the data name a micro-credential");
    return false;
}

/* ---- What others say of them ---- */

static bool make_body(const making *m, const cn_json *from) {
    const cn_json *all = cn_json_get(from, CN_S("endorse"));
    cn_organisation body, endorser;
    if (!organisation_of(m, text(from, "body"), &body)) return false;
    for (size_t i = 0; i < cn_json_count(all); i++)
        if (!organisation_of(m, cn_json_text(cn_json_item(all, i)), &endorser) ||
            !cn_demo_allow(m->a, m->app, m->now, &body, &endorser, m->err))
            return false;
    return true;
}

static bool make_endorsement(const making *m, const cn_json *from) {
    cn_organisation by;
    cn_version version;
    return organisation_of(m, text(from, "by"), &by) && version_of(m, text(from, "achievement"), &version) &&
           cn_demo_endorse(m->a, m->app, m->now, &by, &version, from, m->err);
}

/* ---- Awards ---- */

/* "{30}" is the date thirty days ago: an assessment lies in the past whenever this is. */
static bool with_dates(const making *m, cn_slice from, cn_slice *out) {
    cn_buf b = cn_buf_on(m->a, 0);
    cn_slice before, rest = from, number;
    while (cn_slice_cut(rest, '{', &before, &rest)) {
        uint64_t days;
        (void)cn_slice_cut(rest, '}', &number, &rest);
        bool good = cn_slice_to_u64(number, 1000, &days);
        assert(good), (void)good;
        cn_buf_add(&b, before);
        cn_buf_add(&b, cn_slice_of(cn_time_day((cn_time){.sec = m->now.sec - (int64_t)days * DAY}).text));
    }
    cn_buf_add(&b, before);
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(m->err);
}

static bool find_upload(const making *m, int64_t organisation, cn_slice file, cn_upload *out) {
    cn_uploads all;
    *out = (cn_upload){0};
    if (!cn_app_uploads_of(m->a, m->app, organisation, LETTERS_MAX, &all, m->err)) return false;
    for (size_t i = 0; i < all.n; i++)
        if (cn_slice_eq(all.v[i].file_name, file)) *out = all.v[i];
    return true;
}

static bool upload(const making *m, const cn_json *from, const cn_version *version, int64_t by, cn_upload *out) {
    cn_upload_report report;
    cn_upload_file file = {.organisation = version->organisation,
                           .version = version->number,
                           .person = by,
                           .name = text(from, "file"),
                           .language = CN_S("en")};
    cn_slice id;
    return with_dates(m, text(from, "csv"), &file.bytes) &&
           cn_app_upload_new(m->a, m->app, m->now, &file, &report, &id, m->err) &&
           cn_app_upload_get(m->a, m->app, version->organisation, id, out, m->err);
}

static bool make_awards(const making *m, const cn_json *from) {
    cn_version version;
    cn_person by;
    cn_upload u;
    if (!version_of(m, text(from, "achievement"), &version) || !person_of(m, text(from, "by"), &by) ||
        !find_upload(m, version.organisation, text(from, "file"), &u))
        return false;
    if (!u.number && !upload(m, from, &version, by.number, &u)) return false;
    if (u.state == CN_UPLOAD_PREVIEW &&
        !cn_app_upload_confirm(m->a, m->app, m->now, &u, by.number, CN_S(""), m->err))
        return false;
    for (bool more = true; more;)
        if (!cn_app_uploads_work(m->a, m->app, m->now, &more, m->err)) return false;
    return true;
}

static bool find_award(const making *m, const cn_json *from, cn_award *out) {
    cn_version version;
    cn_awards found;
    if (!version_of(m, text(from, "achievement"), &version)) return false;
    cn_award_query q = {
        .organisation = version.organisation, .words = text(from, "key"), .version = version.number, .max = 1};
    if (!cn_app_awards_of(m->a, m->app, &q, &found, m->err)) return false;
    if (!found.n) return cn_fail(m->err, CN_INTERNAL, "demo.award", "an award of the demonstration is missing.");
    *out = found.v[0];
    return true;
}

/* By the code of the letter, as the learner does. */
static bool claim(const making *m, const cn_json *from) {
    cn_stored_mails letters;
    cn_award award;
    cn_person by;
    int64_t holder;
    if (!find_award(m, from, &award) || !person_of(m, text(from, "by"), &by)) return false;
    if (award.holder) return true;
    if (!cn_app_letters_newest(m->a, m->app, LETTERS_MAX, &letters, m->err)) return false;
    for (size_t i = 0; i < letters.n; i++) {
        cn_letter letter;
        cn_claim c;
        if (letters.v[i].award != award.number) continue;
        return cn_app_letter_read(m->a, m->app, &letters.v[i], &letter, m->err) &&
               cn_app_claim_look_code(m->a, m->app, m->now, letter.code, &c, m->err) &&
               cn_app_claim_use(m->a, m->app, m->now, &c, by.number, &holder, m->err);
    }
    return cn_fail(m->err, CN_INTERNAL, "demo.letter", "a letter of the demonstration is missing.");
}

static bool revoke(const making *m, const cn_json *from) {
    cn_award award;
    cn_person by;
    bool done;
    if (!find_award(m, from, &award) || !person_of(m, text(from, "by"), &by)) return false;
    cn_revoke what = {.organisation = award.organisation,
                      .by = by.number,
                      .award = award.id,
                      .code = text(from, "code"),
                      .reason = text(from, "reason")};
    return cn_app_award_revoke(m->a, m->app, m->now, &what, &done, m->err);
}

/* ---- All of it ---- */

static bool each(making *m, const char *member, bool (*make)(const making *, const cn_json *)) {
    const cn_json *all = list(m, member);
    for (size_t i = 0; i < cn_json_count(all); i++)
        if (!make(m, cn_json_item(all, i))) return false;
    return true;
}

static bool make_all(making *m) {
    const cn_json *people = list(m, "people");
    for (size_t i = 0; i < cn_json_count(people); i++)
        if (!make_person(m, cn_json_item(people, i))) return false;
    if (!each(m, "organisations", make_organisation) || !each(m, "people", make_member)) return false;
    for (size_t i = 0; i < ACHIEVEMENTS; i++)
        if (!make_achievement(m, i)) return false;
    return each(m, "bodies", make_body) && each(m, "endorsements", make_endorsement) &&
           each(m, "uploads", make_awards) && each(m, "claimed", claim) && each(m, "revoked", revoke);
}

static bool read_network(making *m) {
    return cn_json_read(m->a, TEXT(text_network), NULL, &m->network, m->err);
}

/* A database that somebody has begun to work with is left alone. */
static bool is_wanted(const making *m, bool *wanted) {
    cn_organisations all;
    cn_slice state;
    if (!cn_store_setting(m->a, m->app->store, CN_S("demo"), &state, m->err)) return false;
    if (!cn_app_organisations_of(m->a, m->app, 0, &all, m->err)) return false;
    *wanted = cn_slice_eq(state, CN_S("begun")) || (!state.n && !all.n);
    return true;
}

bool cn_demo_make(const cn_app *app, cn_time now, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    making m = {.app = app, .a = a, .now = now, .err = err};
    bool wanted;
    if (!is_wanted(&m, &wanted)) return false;
    if (!wanted) return true;
    if (!read_network(&m)) return false;
    printf("Making a demonstration: %d micro-credentials and a draft, %zu fictional organisations, %zu people ...",
           PUBLISHED, cn_json_count(list(&m, "organisations")), cn_json_count(list(&m, "people")));
    (void)fflush(stdout);
    if (!cn_store_setting_set(app->store, CN_S("demo"), CN_S("begun"), err) || !make_all(&m) ||
        !cn_store_setting_set(app->store, CN_S("demo"), CN_S("done"), err)) {
        putchar('\n');
        return false;
    }
    puts(" done.");
    return true;
}

static bool print_link(const making *m, const cn_json *from) {
    cn_slice link;
    cn_err why;
    if (!cn_json_get(from, CN_S("shown"))) return true;
    if (!cn_app_ticket_print(m->a, m->app, m->now, text(from, "email"), &link, &why)) {
        /* The account has been deleted, as accounts may be. */
        return why.code == CN_NOT_FOUND || (*m->err = why, false);
    }
    cn_slice part = text(from, "shown"), name = text(from, "name");
    printf("  %-14.*s %-14.*s %.*s\n", CN_ARG(part), CN_ARG(name), CN_ARG(link));
    return true;
}

bool cn_demo_print_links(const cn_app *app, cn_time now, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    making m = {.app = app, .a = a, .now = now, .err = err};
    cn_slice state;
    if (!cn_store_setting(a, app->store, CN_S("demo"), &state, err) || !read_network(&m)) return false;
    if (!cn_slice_eq(state, CN_S("done"))) return true;
    puts("Sign in, once with each link, as");
    return each(&m, "people", print_link);
}
