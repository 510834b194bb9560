/* SPDX-License-Identifier: Apache-2.0
 *
 * Does a work again and again for as long as it is told, and says how often. tools/bench runs it beside peers.mjs,
 * which does the same in Node.js, and lets them take turns.
 *
 * usage: bench_worker FOLDER
 *
 * It answers each line on standard input with a line "TIMES WALL_SECONDS CPU_SECONDS", or "error WHY".
 *
 *   WORK MILLISECONDS            of CPU time, however busy the machine is (but at most 8 times as long)
 *   WORK MILLISECONDS THREADS    by the clock on the wall, all threads together
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "works.h"

#include "base/base.h"

enum { THREADS_MAX = 64, MS_MAX = 600000, LINE = 256 };

static double seconds(clockid_t clock) {
    struct timespec t;
    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

typedef struct turn {
    const cn_bench *bench;
    const cn_work *work;
    const cn_bench_input *in;
    double wall, cpu; /* how long */
    size_t times;
    bool good;
    cn_err err;
} turn;

/* For a millisecond or a little more: asking for CPU time costs as much as a small work. */
static bool run_some(turn *t) {
    double end = seconds(CLOCK_MONOTONIC) + 1e-3;
    do {
        if (!cn_bench_once(t->bench, t->work, t->in, &t->err)) return false;
        t->times++;
    } while (seconds(CLOCK_MONOTONIC) < end);
    return true;
}

static void *run_turn(void *self) {
    turn *t = self;
    double wall = t->wall + seconds(CLOCK_MONOTONIC), cpu = t->cpu + seconds(CLOCK_THREAD_CPUTIME_ID);
    do t->good = run_some(t);
    while (t->good && seconds(CLOCK_MONOTONIC) < wall && seconds(CLOCK_THREAD_CPUTIME_ID) < cpu);
    return NULL;
}

/* The first is this thread's own. */
static bool run_all(turn *turns, size_t n) {
    pthread_t threads[THREADS_MAX];
    size_t started = 1;
    while (started < n && !pthread_create(&threads[started], NULL, run_turn, &turns[started])) started++;
    (void)run_turn(&turns[0]);
    for (size_t i = 1; i < started; i++) (void)pthread_join(threads[i], NULL);
    return started == n;
}

static void do_work(const turn *what, size_t n) {
    turn turns[THREADS_MAX];
    size_t times = 0;
    for (size_t i = 0; i < n; i++) turns[i] = *what;
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    bool good = run_all(turns, n);
    wall = seconds(CLOCK_MONOTONIC) - wall;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    for (size_t i = 0; good && i < n; i++) {
        times += turns[i].times;
        good = turns[i].good;
        if (!good) printf("error %s %s %s\n", turns[i].err.id, turns[i].err.detail, turns[i].err.where);
    }
    if (good) printf("%zu %.9f %.9f\n", times, wall, cpu);
}

static void answer(cn_bench *b, cn_slice line) {
    cn_slice name, rest, ms_text, n_text;
    uint64_t ms = 0, n = 1;
    cn_bench_input in;
    turn what = {.bench = b, .in = &in};
    (void)cn_slice_cut(line, ' ', &name, &rest);
    bool threads = cn_slice_cut(rest, ' ', &ms_text, &n_text);
    if (!cn_slice_to_u64(ms_text, MS_MAX, &ms) || (threads && !cn_slice_to_u64(n_text, THREADS_MAX, &n)) || !n)
        puts("error usage: WORK MILLISECONDS [THREADS]");
    else if (!cn_bench_find(b, name, &what.work, &in, &what.err))
        printf("error %s %s\n", what.err.id, what.err.detail);
    else {
        what.cpu = (double)ms / 1e3;
        what.wall = threads ? what.cpu : 8 * what.cpu;
        do_work(&what, n);
    }
}

int main(int argc, char **argv) {
    char line[LINE];
    cn_bench b;
    cn_err err = {0};
    if (argc != 2) return fputs("usage: worker FOLDER\n", stderr), 64;
    if (!cn_bench_start(&b, argv[1], &err)) return fprintf(stderr, "%s\n", err.detail), 1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    while (fgets(line, sizeof line, stdin)) {
        cn_arena_mark mark = cn_arena_get_mark(b.arena);
        line[strcspn(line, "\n")] = 0;
        answer(&b, cn_slice_of(line));
        cn_arena_reset(b.arena, mark);
    }
    cn_bench_end(&b);
    return 0;
}
