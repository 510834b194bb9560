/* SPDX-License-Identifier: Apache-2.0
 *
 * cairn audit: the chain of what was done on a server, for its operator: is it whole, where does it stand, and
 * what retention takes out of it.
 */
#include "base/base64.h"
#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "json/json.h"
#include "store/chain.h"

enum { HEAD = 1, BEFORE, JSON, DB };
static const cn_option options[] = {
    {"head", "HASH@NUMBER", "verify: this head was noted before", HEAD},
    {"before", "DATE", "prune: what is older goes", BEFORE},
    {"json", NULL, "for programs", JSON},
    {"db", "PATH", "the database (" CN_DB_DEFAULT ")", DB},
    {0},
};
static const char more[] =
    "verify   goes through the audit's chain and names every row that was removed, altered, or put in past the\n"
    "         program, and the last good one; exit status 1 where there is one. With --head: and proves that "
    "nothing\n"
    "         up to a head that was noted elsewhere was written anew, and that nothing behind it is missing "
    "before it\n"
    "head     prints the head, HASH@NUMBER: note it where who can write the database cannot\n"
    "prune    takes out the rows at the beginning that are all older than a day (--before); the chain goes on "
    "from\n"
    "         what a new row says of them. Prints how many went\n";

typedef struct asked {
    const char *head, *before, *db;
    bool json;
} asked;

/* ---- A head as text: HASH@NUMBER ---- */

static cn_slice head_text(cn_arena *a, const cn_chain_head *head) {
    cn_buf b = cn_buf_on(a, 0);
    cn_hex_write(&b, cn_slice_bytes(head->hash, sizeof head->hash));
    cn_buf_print(&b, "@%lld", (long long)head->number);
    return cn_buf_ok(&b) ? cn_buf_slice(&b) : (cn_slice){0};
}

static bool read_head(cn_arena *a, const char *text, cn_chain_head *out, cn_err *err) {
    cn_slice hex, number, hash;
    uint64_t n;
    if (!cn_slice_cut(cn_slice_trim(cn_slice_of(text)), '@', &hex, &number) ||
        !cn_slice_to_u64(number, INT64_MAX, &n) || !n || !cn_hex_read(a, hex, &hash, err) ||
        hash.n != CN_CHAIN_HASH)
        return cn_fail(err, CN_INVALID, "audit.head", "a head is HASH@NUMBER, as \"cairn audit head\" prints it.");
    out->number = (int64_t)n;
    memcpy(out->hash, hash.p, CN_CHAIN_HASH);
    return true;
}

/* ---- A report for people ---- */

static cn_slice time_text(cn_arena *a, cn_time t) {
    cn_buf b = cn_buf_on(a, 0);
    cn_time_write(&b, t);
    return t.sec && cn_buf_ok(&b) ? cn_buf_slice(&b) : CN_S("time not known");
}

static void print_rows(const cn_chain_fault *f) {
    if (f->first == f->last) printf("entry %lld", (long long)f->first);
    else printf("entries %lld to %lld", (long long)f->first, (long long)f->last);
}

static void print_fault(cn_arena *a, const cn_chain_fault *f) {
    long long rows = (long long)f->last;
    cn_slice at = time_text(a, f->at);
    if (f->kind == CN_CHAIN_FORGOT) {
        printf("who did it was taken out of %lld more entries than accounts were deleted for\n", rows);
        return;
    }
    if (f->kind == CN_CHAIN_STEP) {
        printf("step %lld of a review (%.*s), or an approval by it: no entry tells of it as it stands\n", rows,
               CN_ARG(at));
        return;
    }
    print_rows(f);
    if (f->kind == CN_CHAIN_REMOVED) printf(": removed; the entry before is of %.*s\n", CN_ARG(at));
    if (f->kind == CN_CHAIN_ALTERED) printf(" (%.*s): altered\n", CN_ARG(at));
    if (f->kind == CN_CHAIN_FOREIGN) printf(" (%.*s): not written by the program, or unlinked\n", CN_ARG(at));
    if (f->kind == CN_CHAIN_HEAD) puts(": not the head that was noted; the chain up to here was written anew");
}

static void print_report(cn_arena *a, const cn_chain_report *r) {
    size_t shown = r->faults_n < CN_CHAIN_FAULTS_MAX ? r->faults_n : CN_CHAIN_FAULTS_MAX;
    for (size_t i = 0; i < shown; i++) print_fault(a, &r->faults[i]);
    if (shown < r->faults_n) printf("and %zu more\n", r->faults_n - shown);
    if (r->faults_n && r->good)
        printf("The last good entry before that is %lld (%.*s).\n", (long long)r->good,
               CN_ARG(time_text(a, r->good_at)));
    printf("The chain %s: %lld entries since %.*s", r->faults_n ? "does not hold" : "holds", (long long)r->looked,
           CN_ARG(time_text(a, r->since)));
    if (r->pruned) printf(", those up to %lld taken out by retention", (long long)r->pruned);
    printf(". Head: %.*s\n", CN_ARG(head_text(a, &r->head)));
}

/* ---- And for programs ---- */

static const cn_json *time_json(cn_arena *a, cn_time t) {
    return t.sec ? cn_json_string(a, time_text(a, t)) : cn_json_null();
}

static bool set_number(cn_arena *a, cn_json *o, const char *key, int64_t number) {
    return cn_json_set(a, o, cn_slice_of(key), cn_json_number(a, (double)number));
}

static bool add_fault(cn_arena *a, const cn_chain_fault *f, cn_json *list) {
    static const char *const kinds[] = {
        [CN_CHAIN_REMOVED] = "removed",  [CN_CHAIN_ALTERED] = "altered", [CN_CHAIN_FOREIGN] = "foreign",
        [CN_CHAIN_FORGOT] = "forgotten", [CN_CHAIN_HEAD] = "head",       [CN_CHAIN_STEP] = "step"};
    cn_json *o = cn_json_object(a);
    return o && cn_json_set(a, o, CN_S("kind"), cn_json_string(a, cn_slice_of(kinds[f->kind]))) &&
           set_number(a, o, "first", f->first) && set_number(a, o, "last", f->last) &&
           cn_json_set(a, o, CN_S("at"), time_json(a, f->at)) && cn_json_push(a, list, o);
}

static bool write_report(cn_arena *a, const cn_chain_report *r, cn_buf *out) {
    cn_json *o = cn_json_object(a), *faults = cn_json_array(a), *good = cn_json_object(a);
    if (!o || !faults || !good) return false;
    for (size_t i = 0; i < r->faults_n && i < CN_CHAIN_FAULTS_MAX; i++)
        if (!add_fault(a, &r->faults[i], faults)) return false;
    if (!set_number(a, good, "number", r->good) || !cn_json_set(a, good, CN_S("at"), time_json(a, r->good_at)) ||
        !cn_json_set(a, o, CN_S("holds"), cn_json_bool(!r->faults_n)) || !set_number(a, o, "entries", r->looked) ||
        !cn_json_set(a, o, CN_S("since"), time_json(a, r->since)) || !set_number(a, o, "pruned", r->pruned) ||
        !cn_json_set(a, o, CN_S("head"), cn_json_string(a, head_text(a, &r->head))) ||
        !cn_json_set(a, o, CN_S("faults"), faults) ||
        !cn_json_set(a, o, CN_S("last_good"), r->faults_n && r->good ? good : cn_json_null()))
        return false;
    cn_json_write(out, o);
    cn_buf_byte(out, '\n');
    return cn_buf_ok(out);
}

/* ---- The verbs: each gives an exit status, or -1 with an error ---- */

static int verify(cn_handle *h, const asked *q, cn_err *err) {
    cn_chain_head noted;
    cn_chain_report report;
    cn_chain_ask ask = {.noted = q->head ? &noted : NULL};
    cn_buf out = cn_buf_on(h->arena, 0);
    if (q->head && !read_head(h->arena, q->head, &noted, err)) return -1;
    if (!cn_store_chain_verify(h->store, &ask, &report, err)) return -1;
    if (!q->json) print_report(h->arena, &report);
    else if (!write_report(h->arena, &report, &out)) return (void)cn_fail_memory(err), -1;
    else fwrite(out.p, 1, out.n, stdout);
    return report.faults_n ? CN_EXIT_FAILED : CN_EXIT_OK;
}

static int head(cn_handle *h, const asked *q, cn_err *err) {
    cn_chain_head is;
    (void)q;
    if (!cn_store_chain_head(h->store, &is, err)) return -1;
    printf("%.*s\n", CN_ARG(head_text(h->arena, &is)));
    return CN_EXIT_OK;
}

static int prune(cn_handle *h, const asked *q, cn_err *err) {
    cn_time before;
    int64_t gone;
    if (!q->before || !cn_time_read_loose(cn_slice_of(q->before), &before))
        return (void)cn_fail(err, CN_INVALID, "audit.before", "--before takes a day, as 2026-09-01."), -1;
    if (!cn_store_chain_prune(h->store, before, cn_outside_now(), &gone, err)) return -1;
    printf("%lld\n", (long long)gone);
    return CN_EXIT_OK;
}

static const struct {
    const char *name;
    int (*run)(cn_handle *h, const asked *q, cn_err *err);
} verbs[] = {{"verify", verify}, {"head", head}, {"prune", prune}};
enum { VERBS = sizeof verbs / sizeof *verbs };

static int do_verb(int verb, const asked *q) {
    cn_handle h = {0};
    cn_err err = {0};
    int status = cn_handle_open(&h, &(cn_handle_options){.db = q->db}, &err) ? verbs[verb].run(&h, q, &err) : -1;
    cn_handle_done(&h);
    if (status >= 0) return status;
    cn_cli_complain("audit", &err);
    return CN_EXIT_FAILED;
}

static int run(int argc, char **argv) {
    asked q = {0};
    const char *value;
    int operand, key;
    while ((key = cn_options_next(argc, argv, options, &value, &operand)) != CN_OPTIONS_END) {
        if (key == CN_OPTIONS_HELP) return cn_options_help(&cn_command_audit, options, more), CN_EXIT_OK;
        if (key == CN_OPTIONS_BAD) return CN_EXIT_USAGE;
        if (key == JSON) q.json = true;
        else *(key == HEAD ? &q.head : key == BEFORE ? &q.before : &q.db) = value;
    }
    for (int i = 0; i < VERBS && operand + 1 == argc; i++)
        if (!strcmp(argv[operand], verbs[i].name)) return do_verb(i, &q);
    fputs("cairn: audit takes \"verify\", \"head\" or \"prune\"; \"cairn audit --help\" tells more.\n", stderr);
    return CN_EXIT_USAGE;
}

const cn_command cn_command_audit = {
    "audit",
    "verify | head | prune  [OPTION]...",
    "the chain of what was done on a server",
    run,
};
