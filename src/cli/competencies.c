/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn competencies: competency frameworks imported from the files their publishers give, and their items.
 */
#include <unistd.h>

#include "app/frameworks.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/layer.h"
#include "cli/outside.h"
#include "cli/report.h"
#include "net/net.h"

enum {
    KIND = 1,
    FRAMEWORK,
    LANG,
    TITLE,
    TITLE_FR,
    PUBLISHER,
    LICENCE,
    ATTRIBUTION,
    ATTRIBUTION_FR,
    TYPE,
    MAX,
    JSON,
    DB,
    OPTIONS
};
static const cn_option options[] = {
    {"kind", "KIND",
     "what the files are: esco, case, ctdl-asn, noc, cip, isced-f or csv (what they say themselves)", KIND},
    {"framework", "URI",
     "import: the framework of a plain list; search: of which framework. Instead of the URI "
     "also noc-2021, cip-2021, isced-f-2013",
     FRAMEWORK},
    {"lang", "en|fr", "import: of texts that do not say; search: whose words (both); show: which labels (en)",
     LANG},
    {"title", "TEXT", "import: what the framework is called; also --title-fr", TITLE},
    {"title-fr", "TEXT", "the same in French", TITLE_FR},
    {"publisher", "TEXT", "import: who publishes it", PUBLISHER},
    {"licence", "URI", "import: the address of its licence", LICENCE},
    {"attribution", "TEXT", "import: the sentence its licence asks for; also --attribution-fr", ATTRIBUTION},
    {"attribution-fr", "TEXT", "the same in French", ATTRIBUTION_FR},
    {"type", "TYPE", "search: only skills, occupations …, as \"show\" names the type", TYPE},
    {"max", "N", "search: at most so many, up to 200 (20)", MAX},
    {"json", NULL, "JSON, for programs", JSON},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {0},
};
static const char more[] =
    "import  the files of one framework, as their publisher gives them: zip, gzip, CSV, JSON. Several files are "
    "joined "
    "by\n"
    "        the URI of an item: ESCO's English tables, its relations, and French labels. The first file that "
    "says "
    "something\n"
    "        of an item counts. Importing again changes only what changed; what was interrupted is finished by "
    "importing again.\n"
    "        An item that its list has no more is withdrawn, and kept.\n"
    "list    the frameworks that are here\n"
    "search  items by the beginnings of words, in either language, with accents or none\n"
    "show    an item by its URI, and what stands beside it\n\n"
    "Exit status: 0 done, 1 it could not be done, 64 wrong usage.\n";

enum { FILE_MAX = 128 << 20, MAX_DEFAULT = 20, MAX_MAX = 200 };

typedef struct work {
    cn_handle h;
    const char *texts[OPTIONS]; /* by option */
    char **operands;
    size_t operands_n;
    size_t max;
    bool terminal, line; /* progress is shown; a line of it stands there */
    cn_err err;
} work;

static cn_slice text_of(const work *w, int option) {
    return cn_slice_of(w->texts[option]);
}

static bool is_french(const work *w) {
    return cn_slice_eq(text_of(w, LANG), CN_S("fr"));
}

/* ---- Progress ---- */

static void clear_line(work *w) {
    if (w->line) fputs("\r\033[K", stderr);
    w->line = false;
}

static void show_reading(void *self, cn_slice file, size_t done, size_t all) {
    work *w = self;
    if (!w->terminal) return;
    clear_line(w);
    fputs("reading ", stderr);
    cn_print_stranger(stderr, file);
    fprintf(stderr, ": %zu %%", all ? (size_t)(100.0 * (double)done / (double)all) : 100);
    w->line = true;
}

static void show_keeping(void *self, size_t done, size_t all) {
    work *w = self;
    if (!w->terminal) return;
    clear_line(w);
    fprintf(stderr, "keeping: %zu of %zu items and relations", done, all);
    w->line = true;
}

static void show_skipped(void *self, cn_slice file) {
    work *w = self;
    clear_line(w);
    fputs("not needed: ", stderr);
    cn_print_stranger(stderr, file);
    fputc('\n', stderr);
}

/* ---- Import ---- */

static bool read_operand(void *self, cn_arena *a, size_t i, cn_slice *name, cn_slice *bytes, cn_err *err) {
    const work *w = self;
    *name = cn_slice_of(w->operands[i]);
    if (cn_file_read(a, *name, FILE_MAX, bytes, err)) return true;
    return err->code != CN_LIMIT
               ? false
               : cn_fail(err, CN_LIMIT, "import.size", "%.*s is larger than %d MiB: pack it as zip or gzip.",
                         CN_ARG(cn_utf8_prefix(*name, 200)), FILE_MAX >> 20);
}

static void print_counts(const cn_framework_report *r) {
    const cn_framework_counts *c = &r->counts;
    printf("%.*s\n", CN_ARG(r->framework.id));
    printf("items      %zu new, %zu changed, %zu withdrawn, %zu unchanged\n", c->added, c->changed, c->withdrawn,
           c->unchanged);
    printf("relations  %zu new, %zu gone, %zu unchanged\n", c->relations_added, c->relations_removed,
           c->relations_unchanged);
    if (c->nameless) printf("%zu items have no label: relations name them, and no table does.\n", c->nameless);
    if (c->unmatched)
        printf("%zu items have labels here, and are in no table of their framework: not kept.\n", c->unmatched);
    printf("%lld items are there, %lld with an English label, %lld with a French one.\n",
           (long long)r->framework.items, (long long)r->framework.english, (long long)r->framework.french);
}

/* A framework with a short name needs no URI. */
static bool name_framework(work *w, cn_import_options *o) {
    if (!cn_uri_well_formed(o->id) && cn_import_kind_find(o->id, &o->kind)) o->id = CN_S("");
    if (w->texts[KIND] && !cn_import_kind_find(text_of(w, KIND), &o->kind))
        return cn_fail(&w->err, CN_INVALID, "import.kind", "there is no kind \"%s\" of files.", w->texts[KIND]);
    return !o->id.n || cn_uri_well_formed(o->id) ||
           cn_fail(&w->err, CN_INVALID, "import.id",
                   "--framework takes a URI, or one of noc-2021, cip-2021 and isced-f-2013.");
}

static bool import(work *w) {
    static const int abouts[CN_FRAMEWORK_TEXTS] = {
        [CN_FRAMEWORK_TITLE] = TITLE,
        [CN_FRAMEWORK_TITLE_FR] = TITLE_FR,
        [CN_FRAMEWORK_PUBLISHER] = PUBLISHER,
        [CN_FRAMEWORK_LICENCE] = LICENCE,
        [CN_FRAMEWORK_ATTRIBUTION] = ATTRIBUTION,
        [CN_FRAMEWORK_ATTRIBUTION_FR] = ATTRIBUTION_FR,
    };
    cn_framework_files files = {w, w->operands_n, read_operand};
    cn_framework_options o = {.reading = {.id = text_of(w, FRAMEWORK),
                                          .french = is_french(w),
                                          .named = w->texts[LANG] != NULL,
                                          .self = w,
                                          .progress = show_reading,
                                          .skipped = show_skipped},
                              .self = w,
                              .progress = show_keeping};
    cn_framework_report report;
    if (!name_framework(w, &o.reading)) return false;
    for (size_t i = 0; i < CN_FRAMEWORK_TEXTS; i++) o.about[i] = abouts[i] ? text_of(w, abouts[i]) : CN_S("");
    bool good = cn_app_framework_import(w->h.arena, &w->h.app, cn_outside_now(), &files, &o, &report, &w->err);
    clear_line(w);
    if (good) print_counts(&report);
    return good;
}

/* ---- JSON ---- */

static bool add_text(cn_arena *a, cn_json *o, cn_slice key, cn_slice text) {
    return o && cn_json_set(a, o, key, cn_json_string(a, text));
}

static bool add_number(cn_arena *a, cn_json *o, cn_slice key, int64_t number) {
    return o && cn_json_set(a, o, key, cn_json_number(a, (double)number));
}

/* {"en": …, "fr": …}, without those that are empty. */
static bool add_both(cn_arena *a, cn_json *o, cn_slice key, cn_slice en, cn_slice fr) {
    cn_json *both = cn_json_object(a);
    return both && (!en.n || add_text(a, both, CN_S("en"), en)) && (!fr.n || add_text(a, both, CN_S("fr"), fr)) &&
           cn_json_set(a, o, key, both);
}

static cn_json *framework_json(cn_arena *a, const cn_framework *f) {
    cn_json *o = cn_json_object(a);
    bool good = add_text(a, o, CN_S("id"), f->id) && add_text(a, o, CN_S("kind"), f->kind) &&
                add_both(a, o, CN_S("title"), f->text[CN_FRAMEWORK_TITLE], f->text[CN_FRAMEWORK_TITLE_FR]) &&
                add_text(a, o, CN_S("publisher"), f->text[CN_FRAMEWORK_PUBLISHER]) &&
                add_text(a, o, CN_S("version"), f->text[CN_FRAMEWORK_VERSION]) &&
                add_text(a, o, CN_S("licence"), f->text[CN_FRAMEWORK_LICENCE]) &&
                add_both(a, o, CN_S("attribution"), f->text[CN_FRAMEWORK_ATTRIBUTION],
                         f->text[CN_FRAMEWORK_ATTRIBUTION_FR]) &&
                add_number(a, o, CN_S("items"), f->items) && add_number(a, o, CN_S("withdrawn"), f->withdrawn) &&
                add_number(a, o, CN_S("english"), f->english) && add_number(a, o, CN_S("french"), f->french);
    return good ? o : NULL;
}

static cn_json *item_json(cn_arena *a, const cn_item *i) {
    cn_json *o = cn_json_object(a);
    bool good = add_text(a, o, CN_S("uri"), i->uri) &&
                add_both(a, o, CN_S("label"), i->text[CN_ITEM_LABEL], i->text[CN_ITEM_LABEL_FR]) &&
                add_text(a, o, CN_S("code"), i->text[CN_ITEM_CODE]) &&
                add_text(a, o, CN_S("type"), i->text[CN_ITEM_TYPE]) &&
                add_text(a, o, CN_S("level"), i->text[CN_ITEM_LEVEL]) &&
                cn_json_set(a, o, CN_S("withdrawn"), cn_json_bool(i->withdrawn_at.sec != 0));
    return good ? o : NULL;
}

static bool push(cn_arena *a, cn_json *list, const cn_json *one) {
    return list && one && cn_json_push(a, list, one);
}

static bool write_json(work *w, const cn_json *v, bool good) {
    cn_buf b CN_BUF_AUTO = cn_buf_on(NULL, 0);
    if (good && v) cn_json_write_pretty(&b, v);
    cn_buf_byte(&b, '\n');
    if (!good || !v || !cn_buf_ok(&b)) return cn_fail_memory(&w->err);
    (void)fwrite(b.p, 1, b.n, stdout);
    return true;
}

/* ---- List ---- */

static void print_framework(const cn_framework *f) {
    cn_print_stranger(stdout, f->text[CN_FRAMEWORK_TITLE].n ? f->text[CN_FRAMEWORK_TITLE] : f->id);
    printf("\n    %.*s, %.*s, %lld items (%lld in English, %lld in French)", CN_ARG(f->id), CN_ARG(f->kind),
           (long long)f->items, (long long)f->english, (long long)f->french);
    if (f->withdrawn) printf(", %lld withdrawn", (long long)f->withdrawn);
    putchar('\n');
}

static bool list(work *w) {
    cn_framework *all;
    size_t n;
    cn_arena *a = w->h.arena;
    cn_json *out = cn_json_array(a);
    bool good = true;
    if (!cn_app_frameworks(a, &w->h.app, &all, &n, &w->err)) return false;
    for (size_t i = 0; i < n; i++) {
        if (w->texts[JSON]) good = good && push(a, out, framework_json(a, &all[i]));
        else print_framework(&all[i]);
    }
    return !w->texts[JSON] || write_json(w, out, good);
}

/* ---- Search ---- */

static bool find_framework(work *w, int64_t *out) {
    cn_framework *all;
    size_t n;
    cn_slice id = text_of(w, FRAMEWORK);
    cn_import_kind kind = CN_IMPORT_NONE;
    *out = 0;
    if (!id.n) return true;
    if (!cn_app_frameworks(w->h.arena, &w->h.app, &all, &n, &w->err)) return false;
    (void)cn_import_kind_find(id, &kind);
    for (size_t i = 0; i < n; i++)
        if (cn_slice_eq(all[i].id, id) || (kind && cn_slice_eq(all[i].kind, cn_import_kind_word(kind))))
            return *out = all[i].number, true;
    return cn_fail(&w->err, CN_NOT_FOUND, "store.none",
                   "there is no framework \"%.*s\"; \"cairn competencies list\" shows them.", CN_ARG(id));
}

static void print_item(const cn_item *i, bool french) {
    bool is_french;
    cn_print_stranger(stdout, cn_item_label(i, french, &is_french));
    cn_slice other = i->text[is_french ? CN_ITEM_LABEL : CN_ITEM_LABEL_FR];
    if (other.n) fputs(" / ", stdout);
    cn_print_stranger(stdout, other);
    printf("\n    %.*s", CN_ARG(i->uri));
    for (int k = CN_ITEM_CODE; k < CN_ITEM_TEXTS; k++) {
        if (i->text[k].n) fputs(", ", stdout);
        cn_print_stranger(stdout, i->text[k]);
    }
    putchar('\n');
}

static bool search(work *w) {
    cn_item *found;
    size_t n;
    bool others, good = true;
    cn_arena *a = w->h.arena;
    cn_json *out = cn_json_array(a);
    cn_item_query q = {.text = cn_slice_of(w->operands[0]), .type = text_of(w, TYPE), .max = w->max};
    if (w->texts[LANG]) q.language = (unsigned char)w->texts[LANG][0];
    if (!find_framework(w, &q.framework) || !cn_app_items_find(a, &w->h.app, &q, &found, &n, &others, &w->err))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (w->texts[JSON]) good = good && push(a, out, item_json(a, &found[i]));
        else print_item(&found[i], is_french(w));
    }
    if (others && !w->texts[JSON]) puts("…");
    return !w->texts[JSON] || write_json(w, out, good);
}

/* ---- Show ---- */

/* How it is said from the item's side: the first for what it leads to, the second for what leads to it. */
static const char *const hows[CN_ITEM_HOWS][2] = {
    [CN_ITEM_BROADER] = {"broader", "narrower"},
    [CN_ITEM_ESSENTIAL] = {"essential", "essential-for"},
    [CN_ITEM_OPTIONAL] = {"optional", "optional-for"},
    [CN_ITEM_RELATED] = {"related", "related"},
    [CN_ITEM_EXACT] = {"exact", "exact"},
    [CN_ITEM_PART] = {"part-of", "has-part"},
    [CN_ITEM_REPLACED_BY] = {"replaced-by", "replaces"},
    [CN_ITEM_PRECEDES] = {"precedes", "follows"},
};

static bool show_json(work *w, const cn_item_page *page) {
    cn_arena *a = w->h.arena;
    cn_json *o = item_json(a, &page->item), *beside = cn_json_array(a);
    const cn_slice *t = page->item.text;
    bool good = o && add_both(a, o, CN_S("alternatives"), t[CN_ITEM_ALTERNATIVES], t[CN_ITEM_ALTERNATIVES_FR]) &&
                add_both(a, o, CN_S("description"), t[CN_ITEM_DESCRIPTION], t[CN_ITEM_DESCRIPTION_FR]) &&
                add_text(a, o, CN_S("framework"), page->framework.id);
    for (size_t i = 0; good && i < page->beside_n; i++) {
        const cn_item_beside *b = &page->beside[i];
        cn_json *one = item_json(a, &b->item);
        good = add_text(a, one, CN_S("how"), cn_slice_of(hows[b->how][b->back])) && push(a, beside, one);
    }
    good = good && beside && cn_json_set(a, o, CN_S("beside"), beside);
    return write_json(w, o, good);
}

static void print_lines(const char *name, cn_slice text) {
    if (!text.n) return;
    printf("%s\n", name);
    for (cn_slice line; text.n;) {
        (void)cn_slice_cut(text, '\n', &line, &text);
        fputs("    ", stdout);
        cn_print_stranger(stdout, cn_slice_trim(line));
        putchar('\n');
    }
}

static bool show(work *w) {
    cn_item_page page;
    cn_slice uri = cn_slice_of(w->operands[0]);
    if (!cn_app_item_by_uri(w->h.arena, &w->h.app, uri, &page, &w->err)) {
        if (w->err.code != CN_NOT_FOUND) return false;
        return cn_fail(&w->err, CN_NOT_FOUND, "store.none", "no framework that is here has the item \"%.*s\".",
                       CN_ARG(uri));
    }
    if (w->texts[JSON]) return show_json(w, &page);
    const cn_slice *t = page.item.text;
    bool french = is_french(w);
    print_item(&page.item, french);
    if (page.item.withdrawn_at.sec) puts("withdrawn");
    printf("framework\n    %.*s\n", CN_ARG(page.framework.id));
    print_lines("description", t[french ? CN_ITEM_DESCRIPTION_FR : CN_ITEM_DESCRIPTION]);
    print_lines("also called", t[french ? CN_ITEM_ALTERNATIVES_FR : CN_ITEM_ALTERNATIVES]);
    const char *before = "";
    for (size_t i = 0; i < page.beside_n; i++) {
        const char *how = hows[page.beside[i].how][page.beside[i].back];
        bool unused;
        if (strcmp(how, before) != 0) puts(how);
        before = how;
        fputs("    ", stdout);
        cn_print_stranger(stdout, cn_item_label(&page.beside[i].item, french, &unused));
        printf("  %.*s\n", CN_ARG(page.beside[i].item.uri));
    }
    return true;
}

/* ---- The command ---- */

static const struct {
    const char *name;
    size_t least, most;
    bool (*run)(work *w);
} verbs[] = {{"import", 1, 1000, import}, {"list", 0, 0, list}, {"search", 1, 1, search}, {"show", 1, 1, show}};
enum { VERBS = sizeof verbs / sizeof *verbs };

static int do_verb(work *w, size_t verb) {
    bool good = cn_handle_open(&w->h, &(cn_handle_options){.db = w->texts[DB]}, &w->err) && verbs[verb].run(w);
    clear_line(w);
    cn_handle_done(&w->h);
    if (!good) cn_cli_complain("competencies", &w->err);
    return good ? CN_EXIT_OK : CN_EXIT_FAILED;
}

static bool are_right(work *w) {
    uint64_t max = MAX_DEFAULT;
    cn_slice lang = text_of(w, LANG);
    if (w->texts[MAX] && (!cn_slice_to_u64(text_of(w, MAX), MAX_MAX, &max) || !max)) return false;
    w->max = max;
    return !w->texts[LANG] || cn_slice_eq(lang, CN_S("en")) || cn_slice_eq(lang, CN_S("fr"));
}

static int run(int argc, char **argv) {
    work w = {.terminal = isatty(STDERR_FILENO)};
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_competencies, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        w.texts[key] = value ? value : "";
    }
    bool right = are_right(&w);
    for (size_t i = 0; i < VERBS && operand < argc && right; i++) {
        w.operands = argv + operand + 1;
        w.operands_n = (size_t)(argc - operand - 1);
        bool fits = w.operands_n >= verbs[i].least && w.operands_n <= verbs[i].most;
        if (!strcmp(argv[operand], verbs[i].name) && fits) return do_verb(&w, i);
    }
    fputs("cairn: usage: cairn competencies import FILE... | list | search TEXT | show URI  [OPTION]...; \"cairn "
          "competencies --help\" tells more.\n",
          stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_competencies = {
    "competencies",
    "import FILE... | list | search TEXT | show URI  [OPTION]...",
    "competency frameworks: importing them, finding their items",
    run,
};
