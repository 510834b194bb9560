/* SPDX-License-Identifier: Apache-2.0
 *
 * Searches for what somebody types, letter by letter, in a database with competency frameworks; or asks the same
 * of SQLite's own order of relevance. Lines in and out are those of bench_worker.
 *
 * usage: bench_find DATABASE; works: find, rank
 */
#include <sqlite3.h>
#include <time.h>

#include "store/frameworks.h"

#include "base/base.h"

enum { SHOWN = 20, LINE = 256, AT_MOST = 8 };

/* As they are typed: from the second letter on. */
static const char *const typed[] = {"manage", "gerer le personnel", "java", "develop software", "soud", "operate"};

static double seconds(clockid_t clock) {
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool ask_cairn(void *self, cn_slice text) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_item *items;
    size_t n;
    bool more;
    cn_err err;
    const cn_item_query q = {.text = text, .max = SHOWN};
    return cn_store_items_find(a, self, &q, &items, &n, &more, &err) && n;
}

/* Every word as a beginning, by FTS5's rank, with the labels. */
static bool ask_rank(void *self, cn_slice text) {
    sqlite3_stmt *st = self;
    char match[LINE] = "";
    for (cn_slice word; text.n;) {
        (void)cn_slice_cut(text, ' ', &word, &text);
        size_t at = strlen(match);
        (void)snprintf(match + at, sizeof match - at, "\"%.*s\"* ", CN_ARG(word));
    }
    size_t n = 0;
    if (sqlite3_bind_text(st, 1, match, -1, SQLITE_STATIC) != SQLITE_OK) return false;
    while (sqlite3_step(st) == SQLITE_ROW) n += sqlite3_column_bytes(st, 1) + sqlite3_column_bytes(st, 2) > 0;
    (void)sqlite3_reset(st);
    return n > 0;
}

/* One time is one letter typed. */
static bool type_all(bool (*ask)(void *self, cn_slice text), void *self, size_t *times) {
    for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
        cn_slice whole = cn_slice_of(typed[i]);
        for (size_t n = 2; n <= whole.n; n++, ++*times)
            if (!ask(self, cn_slice_trim(cn_slice_sub(whole, 0, n)))) return false;
    }
    return true;
}

static void turn(bool (*ask)(void *self, cn_slice text), void *self, double length) {
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    size_t times = 0;
    bool good = true;
    while (good && seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu < length &&
           seconds(CLOCK_MONOTONIC) - wall < AT_MOST * length)
        good = type_all(ask, self, &times);
    if (good)
        printf("%zu %.6f %.6f\n", times, seconds(CLOCK_MONOTONIC) - wall, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu);
    else puts("error nothing is found");
    (void)fflush(stdout);
}

static int serve(cn_store *store, sqlite3_stmt *ranked) {
    char line[LINE];
    while (fgets(line, sizeof line, stdin)) {
        cn_slice work, ms;
        uint64_t n;
        (void)cn_slice_cut(cn_slice_trim(cn_slice_of(line)), ' ', &work, &ms);
        if (!cn_slice_to_u64(ms, 600000, &n)) return 64;
        bool rank = cn_slice_eq(work, CN_S("rank"));
        turn(rank ? ask_rank : ask_cairn, rank ? (void *)ranked : (void *)store, (double)n / 1000);
    }
    return 0;
}

int main(int argc, char **argv) {
    static const char sql[] =
        "SELECT i.uri, i.label, i.label_fr FROM item_words w JOIN item i "
        "ON i.number = w.rowid & 1099511627775 WHERE item_words MATCH ?1 ORDER BY rank LIMIT 20";
    cn_store *store CN_STORE_AUTO = NULL;
    sqlite3 *db = NULL;
    sqlite3_stmt *st = NULL;
    cn_err err = {0};
    if (argc != 2 || !cn_store_open(cn_slice_of(argv[1]), &(cn_store_options){0}, &store, &err)) {
        fprintf(stderr, "bench_find: %s\n", err.detail);
        return 64;
    }
    bool good = sqlite3_open(argv[1], &db) == SQLITE_OK && sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK;
    int status = good ? serve(store, st) : 1;
    if (!good) fprintf(stderr, "bench_find: %s\n", sqlite3_errmsg(db));
    (void)sqlite3_finalize(st);
    (void)sqlite3_close(db);
    return status;
}
