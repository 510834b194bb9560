/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn organisation: the organisations that award on a server. The operator adds one and names its first
 * administrator, who is invited by mail; everything after that is done on the pages.
 */
#include "app/scopes.h"
#include "base/mail_address.h"
#include "cli/cli.h"
#include "cli/organisation.h"
#include "cli/outside.h"
#include "cli/report.h"

static const cn_option options[] = {
    {"name-en", "TEXT", "its name in English", CN_ORG_NAME_EN},
    {"name-fr", "TEXT", "its name in French", CN_ORG_NAME_FR},
    {"url", "URL", "its own web site", CN_ORG_URL},
    {"administrator", "EMAIL", "who is invited to look after it", CN_ORG_ADMINISTRATOR},
    {"lang", "en|fr", "the language of the invitation (en)", CN_ORG_LANG},
    {"another", NULL, "add: although there is one with the same name", CN_ORG_ANOTHER},
    {"quality-body", "yes|no", "set: it registers other organisations here", CN_ORG_QUALITY_BODY},
    {"body", "ID", "scope grant: the quality body that says so", CN_ORG_BODY},
    {"purpose", "WORD", "scope grant: what for, provide or endorse", CN_ORG_PURPOSE},
    {"fields", "CODES", "scope grant: beginnings of codes, as \"isced:061 cip:11.08 noc:212\" (every field)",
     CN_ORG_FIELDS},
    {"kinds", "IDS", "scope grant: kinds of credentials, as \"micro-credential digital-badge\" (every kind)",
     CN_ORG_KINDS},
    {"level", "FRAMEWORK:N", "scope grant: the highest level, as EQF:5 (any)", CN_ORG_LEVEL},
    {"from", "DATE", "scope grant: its first day (now)", CN_ORG_FROM},
    {"until", "DATE", "scope grant: its last day (without end)", CN_ORG_UNTIL},
    {"reason", "TEXT", "scope withdraw: why; the organisation reads it", CN_ORG_REASON},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", CN_ORG_DB},
    {0},
};
static const char more[] =
    "add      makes an organisation (--name-en, --name-fr, --administrator) and puts the invitation on its way;\n"
    "         the server sends it. Prints the organisation's id.\n"
    "invite   the organisation with this ID gets one more administrator: for when the only one is gone\n"
    "rename   the organisation with this ID gets other names or another site (--name-en, --name-fr, --url); what\n"
    "         was awarded keeps those it was signed with\n"
    "remove   the organisation with this ID goes: one that has no achievements, awards or keys\n"
    "set      the organisation with this ID becomes a quality body, whose scopes count here, or is one no more\n"
    "         (--quality-body), once it has withdrawn the scopes by which others provide: they stay bound until\n"
    "         another body gives them one\n"
    "scope    list: what the organisation with this ID may do, and what it lets others do; grant: a quality body\n"
    "         (--body) lets it provide or endorse (--purpose), prints the scope's id; withdraw: ends a scope "
    "(--reason)\n"
    "list     id, names and number of members of each\n";

cn_slice cn_org_text(const cn_org_asked *q, int option) {
    return cn_slice_trim(cn_slice_of(q->texts[option]));
}

static bool invite_to(cn_handle *h, const cn_org_asked *q, const cn_organisation *o, cn_err *err) {
    cn_ticket_ask ask = {.purpose = "invitation",
                         .email = cn_org_text(q, CN_ORG_ADMINISTRATOR),
                         .language = q->texts[CN_ORG_LANG] ? cn_org_text(q, CN_ORG_LANG) : CN_S("en"),
                         .organisation = o,
                         .roles = CN_ROLE_ADMINISTRATOR};
    return cn_app_ticket_new(h->arena, &h->app, cn_outside_now(), &ask, err);
}

/* Two of one name are most often one that was added twice. */
static bool is_alone(cn_handle *h, const cn_org_asked *q, cn_err *err) {
    cn_organisations all;
    if (q->texts[CN_ORG_ANOTHER]) return true;
    if (!cn_app_organisations_of(h->arena, &h->app, 0, &all, err)) return false;
    for (size_t i = 0; i < all.n; i++) {
        const cn_bilingual *name = &all.v[i].name;
        if (cn_slice_eq_nocase(name->en, cn_org_text(q, CN_ORG_NAME_EN)) ||
            cn_slice_eq_nocase(name->fr, cn_org_text(q, CN_ORG_NAME_FR)))
            return cn_fail(err, CN_CONFLICT, "organisation.twin",
                           "there is an organisation of that name already: %.*s. --another adds one all the same.",
                           CN_ARG(all.v[i].id));
    }
    return true;
}

/* The address is looked at first: an organisation nobody can look after helps nobody. */
static bool add(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
    cn_organisation o = {.name = {cn_org_text(q, CN_ORG_NAME_EN), cn_org_text(q, CN_ORG_NAME_FR)},
                         .url = cn_org_text(q, CN_ORG_URL)};
    cn_mail_address address;
    (void)id;
    if (!cn_mail_address_ok(h->arena, cn_org_text(q, CN_ORG_ADMINISTRATOR), h->app.demo, &address, err) ||
        !is_alone(h, q, err) || !cn_app_organisation_new(h->arena, &h->app, cn_outside_now(), &o, 0, &o, err) ||
        !invite_to(h, q, &o, err))
        return false;
    printf("%.*s\n", CN_ARG(o.id));
    fputs("The invitation is on its way as soon as the server runs.\n", stderr);
    return true;
}

static bool invite(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
    cn_organisation o;
    if (!cn_app_organisation_by_id(h->arena, &h->app, id, &o, err) || !invite_to(h, q, &o, err)) return false;
    fputs("The invitation is on its way as soon as the server runs.\n", stderr);
    return true;
}

static bool change(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
    cn_organisation o;
    if (!cn_app_organisation_by_id(h->arena, &h->app, id, &o, err)) return false;
    if (!q->texts[CN_ORG_NAME_EN] && !q->texts[CN_ORG_NAME_FR] && !q->texts[CN_ORG_URL])
        return cn_fail(err, CN_INVALID, "organisation.same", "say what changes: --name-en, --name-fr or --url.");
    if (q->texts[CN_ORG_NAME_EN]) o.name.en = cn_org_text(q, CN_ORG_NAME_EN);
    if (q->texts[CN_ORG_NAME_FR]) o.name.fr = cn_org_text(q, CN_ORG_NAME_FR);
    if (q->texts[CN_ORG_URL]) o.url = cn_org_text(q, CN_ORG_URL);
    return cn_app_organisation_set(&h->app, cn_outside_now(), 0, &o, err);
}

static bool drop(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
    cn_organisation o;
    (void)q;
    return cn_app_organisation_by_id(h->arena, &h->app, id, &o, err) &&
           cn_app_organisation_remove(&h->app, cn_outside_now(), &o, err);
}

static bool list(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
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

static bool set(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err) {
    cn_organisation o;
    cn_slice answer = cn_org_text(q, CN_ORG_QUALITY_BODY);
    bool yes = cn_slice_eq(answer, CN_S("yes"));
    if (!yes && !cn_slice_eq(answer, CN_S("no")))
        return cn_fail(err, CN_INVALID, "organisation.body", "--quality-body takes yes or no.");
    return cn_app_organisation_by_id(h->arena, &h->app, id, &o, err) &&
           cn_app_quality_body_set(&h->app, cn_outside_now(), &o, yes, err);
}

static const struct {
    const char *name, *part; /* "scope", "grant"; part: NULL, it has none */
    bool id;                 /* takes an id */
    unsigned needs;          /* options that must be there, as bits */
    const char *needed;      /* and in words */
    bool (*run)(cn_handle *h, const cn_org_asked *q, cn_slice id, cn_err *err);
} verbs[] = {
    {"add", NULL, false, 1U << CN_ORG_NAME_EN | 1U << CN_ORG_NAME_FR | 1U << CN_ORG_ADMINISTRATOR,
     "--name-en, --name-fr and --administrator", add},
    {"invite", NULL, true, 1U << CN_ORG_ADMINISTRATOR, "--administrator", invite},
    {"rename", NULL, true, 0, "", change},
    {"remove", NULL, true, 0, "", drop},
    {"set", NULL, true, 1U << CN_ORG_QUALITY_BODY, "--quality-body", set},
    {"scope", "list", true, 0, "", cn_org_scope_list},
    {"scope", "grant", true, 1U << CN_ORG_BODY | 1U << CN_ORG_PURPOSE, "--body and --purpose", cn_org_scope_grant},
    {"scope", "withdraw", true, 1U << CN_ORG_REASON, "--reason", cn_org_scope_withdraw},
    {"list", NULL, false, 0, "", list},
};
enum { VERBS = sizeof verbs / sizeof *verbs };

static int do_verb(int verb, const cn_org_asked *q, const char *id) {
    cn_handle h = {0};
    cn_err err = {0};
    for (int option = CN_ORG_NAME_EN; option <= CN_ORG_DB; option++)
        if (verbs[verb].needs >> option & 1 && !cn_org_text(q, option).n) {
            fprintf(stderr, "cairn: organisation %s%s%s needs %s.\n", verbs[verb].name,
                    verbs[verb].part ? " " : "", verbs[verb].part ? verbs[verb].part : "", verbs[verb].needed);
            return CN_EXIT_USAGE;
        }
    bool good = cn_handle_open(&h, &(cn_handle_options){.db = q->texts[CN_ORG_DB]}, &err) &&
                verbs[verb].run(&h, q, cn_slice_of(id), &err);
    cn_handle_done(&h);
    if (!good) cn_cli_complain("organisation", &err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static bool is_asked(int verb, int n, char **words) {
    int parts = verbs[verb].part ? 2 : 1;
    return n == parts + verbs[verb].id && !strcmp(words[0], verbs[verb].name) &&
           (parts == 1 || !strcmp(words[1], verbs[verb].part));
}

static int run(int argc, char **argv) {
    cn_org_asked q = {0};
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_organisation, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        q.texts[key] = value ? value : "";
        if (key != CN_ORG_LANG || !strcmp(value, "en") || !strcmp(value, "fr")) continue;
        fprintf(stderr, "cairn: --lang takes en or fr, not \"%s\".\n", value);
        return CN_EXIT_USAGE;
    }
    for (int i = 0; i < VERBS && operand < argc; i++)
        if (is_asked(i, argc - operand, argv + operand))
            return do_verb(i, &q, verbs[i].id ? argv[argc - 1] : NULL);
    fputs(
        "cairn: organisation takes \"add\", \"invite ID\", \"rename ID\", \"set ID\", \"remove ID\", \"scope list "
        "ID\", \"scope grant ID\", \"scope withdraw SCOPE\" or \"list\"; \"cairn organisation --help\" tells "
        "more.\n",
        stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_organisation = {
    "organisation",
    "add | invite ID | rename ID | set ID | remove ID | scope list|grant|withdraw ID | list  [OPTION]...",
    "the organisations that award on a server",
    run,
};
