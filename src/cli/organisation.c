/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn organisation: the organisations that award on a server. The operator adds one and names its first
 * administrator, who is invited by mail; everything after that is done on the pages.
 */
#include "app/people.h"
#include "base/mail_address.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "cli/report.h"

enum { NAME_EN = 1, NAME_FR, URL, ADMINISTRATOR, LANG, ANOTHER, DB };
static const cn_option options[] = {
    {"name-en", "TEXT", "its name in English", NAME_EN},
    {"name-fr", "TEXT", "its name in French", NAME_FR},
    {"url", "URL", "its own web site", URL},
    {"administrator", "EMAIL", "who is invited to look after it", ADMINISTRATOR},
    {"lang", "en|fr", "the language of the invitation (en)", LANG},
    {"another", NULL, "add: although there is one with the same name", ANOTHER},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {0},
};
static const char more[] =
    "add      makes an organisation (--name-en, --name-fr, --administrator) and puts the invitation on its way;\n"
    "         the server sends it. Prints the organisation's id.\n"
    "invite   the organisation with this ID gets one more administrator: for when the only one is gone\n"
    "rename   the organisation with this ID gets other names or another site (--name-en, --name-fr, --url); what\n"
    "         was awarded keeps those it was signed with\n"
    "remove   the organisation with this ID goes: one that has no achievements, awards or keys\n"
    "list     id, names and number of members of each\n";

typedef struct asked {
    const char *texts[DB + 1]; /* by option */
} asked;

static cn_slice text_of(const asked *q, int option) {
    return cn_slice_trim(cn_slice_of(q->texts[option]));
}

static bool invite_to(cn_handle *h, const asked *q, const cn_organisation *o, cn_err *err) {
    cn_ticket_ask ask = {.purpose = "invitation",
                         .email = text_of(q, ADMINISTRATOR),
                         .language = q->texts[LANG] ? text_of(q, LANG) : CN_S("en"),
                         .organisation = o,
                         .roles = CN_ROLE_ADMINISTRATOR};
    return cn_app_ticket_new(h->arena, &h->app, cn_outside_now(), &ask, err);
}

/* Two of one name are most often one that was added twice. */
static bool is_alone(cn_handle *h, const asked *q, cn_err *err) {
    cn_organisations all;
    if (q->texts[ANOTHER]) return true;
    if (!cn_app_organisations_of(h->arena, &h->app, 0, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++) {
        const cn_bilingual *name = &all.v[i].name;
        if (cn_slice_eq_nocase(name->en, text_of(q, NAME_EN)) || cn_slice_eq_nocase(name->fr, text_of(q, NAME_FR)))
            return cn_fail(err, CN_CONFLICT, "organisation.twin",
                           "there is an organisation of that name already: %.*s. --another adds one all the same.",
                           CN_ARG(all.v[i].id));
    }
    return true;
}

/* The address is looked at first: an organisation nobody can look after helps nobody. */
static bool add(cn_handle *h, const asked *q, cn_slice id, cn_err *err) {
    cn_organisation o = {.name = {text_of(q, NAME_EN), text_of(q, NAME_FR)}, .url = text_of(q, URL)};
    cn_mail_address address;
    (void)id;
    if (!cn_mail_address_ok(h->arena, text_of(q, ADMINISTRATOR), h->app.demo, &address, err) ||
        !is_alone(h, q, err) || !cn_app_organisation_new(h->arena, &h->app, cn_outside_now(), &o, 0, &o, err) ||
        !invite_to(h, q, &o, err))
        return false;
    printf("%.*s\n", CN_ARG(o.id));
    fputs("The invitation is on its way as soon as the server runs.\n", stderr);
    return true;
}

static bool invite(cn_handle *h, const asked *q, cn_slice id, cn_err *err) {
    cn_organisation o;
    if (!cn_app_organisation_by_id(h->arena, &h->app, id, &o, err) || !invite_to(h, q, &o, err)) return false;
    fputs("The invitation is on its way as soon as the server runs.\n", stderr);
    return true;
}

static bool change(cn_handle *h, const asked *q, cn_slice id, cn_err *err) {
    cn_organisation o;
    if (!cn_app_organisation_by_id(h->arena, &h->app, id, &o, err)) return false;
    if (!q->texts[NAME_EN] && !q->texts[NAME_FR] && !q->texts[URL])
        return cn_fail(err, CN_INVALID, "organisation.same", "say what changes: --name-en, --name-fr or --url.");
    if (q->texts[NAME_EN]) o.name.en = text_of(q, NAME_EN);
    if (q->texts[NAME_FR]) o.name.fr = text_of(q, NAME_FR);
    if (q->texts[URL]) o.url = text_of(q, URL);
    return cn_app_organisation_set(&h->app, cn_outside_now(), 0, &o, err);
}

static bool drop(cn_handle *h, const asked *q, cn_slice id, cn_err *err) {
    cn_organisation o;
    (void)q;
    return cn_app_organisation_by_id(h->arena, &h->app, id, &o, err) &&
           cn_app_organisation_remove(&h->app, cn_outside_now(), &o, err);
}

static bool list(cn_handle *h, const asked *q, cn_slice id, cn_err *err) {
    cn_organisations all;
    (void)q, (void)id;
    if (!cn_app_organisations_of(h->arena, &h->app, 0, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++) {
        const cn_organisation *o = &all.v[i];
        cn_members members;
        if (!cn_app_members(h->arena, &h->app, o->number, &members, err)) return false;
        printf("%.*s  %zu member%s  ", CN_ARG(o->id), members.n, members.n == 1 ? "" : "s");
        cn_print_stranger(stdout, o->name.en);
        fputs(" / ", stdout);
        cn_print_stranger(stdout, o->name.fr);
        puts(o->fictional ? "  (fictional)" : "");
    }
    return true;
}

static const struct {
    const char *name;
    bool id;            /* takes an organisation's id */
    unsigned needs;     /* options that must be there, as bits */
    const char *needed; /* and in words */
    bool (*run)(cn_handle *h, const asked *q, cn_slice id, cn_err *err);
} verbs[] = {
    {"add", false, 1U << NAME_EN | 1U << NAME_FR | 1U << ADMINISTRATOR, "--name-en, --name-fr and --administrator",
     add},
    {"invite", true, 1U << ADMINISTRATOR, "--administrator", invite},
    {"rename", true, 0, "", change},
    {"remove", true, 0, "", drop},
    {"list", false, 0, "", list},
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static int do_verb(int verb, const asked *q, const char *id) {
    cn_handle h = {0};
    cn_err err = {0};
    for (int option = NAME_EN; option <= DB; option++)
        if (verbs[verb].needs >> option & 1 && !text_of(q, option).n) {
            fprintf(stderr, "cairn: organisation %s needs %s.\n", verbs[verb].name, verbs[verb].needed);
            return CN_EXIT_USAGE;
        }
    bool good = cn_handle_open(&h, &(cn_handle_options){.db = q->texts[DB]}, &err) &&
                verbs[verb].run(&h, q, cn_slice_of(id), &err);
    cn_handle_done(&h);
    if (!good) cn_cli_complain("organisation", &err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static int run(int argc, char **argv) {
    asked q = {0};
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_organisation, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        q.texts[key] = value ? value : "";
        if (key != LANG || !strcmp(value, "en") || !strcmp(value, "fr")) continue;
        fprintf(stderr, "cairn: --lang takes en or fr, not \"%s\".\n", value);
        return CN_EXIT_USAGE;
    }
    for (int i = 0; i < VERBS && operand < argc; i++)
        if (!strcmp(argv[operand], verbs[i].name) && operand + 1 + verbs[i].id == argc)
            return do_verb(i, &q, verbs[i].id ? argv[operand + 1] : NULL);
    fputs("cairn: organisation takes \"add\", \"invite ID\", \"rename ID\", \"remove ID\" or \"list\"; \"cairn "
          "organisation --help\" tells more.\n",
          stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_organisation = {
    "organisation",
    "add | invite ID | rename ID | remove ID | list  [OPTION]...",
    "the organisations that award on a server",
    run,
};
