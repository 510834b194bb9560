/* SPDX-License-Identifier: Apache-2.0
 *
 * The background thread: which step is next, and when.
 */
#include "jobs/jobs.h"

#include <pthread.h>

#include "base/base.h"

/* What is known of a step; the background thread's own. */
typedef struct turn {
    int64_t due_ms; /* of the monotonic clock */
    bool failed;    /* the last time: then a call does not make it run before it is due */
    const char *id; /* of the error that was reported last; NULL: it works */
} turn;

struct cn_jobs {
    cn_jobs_options options;
    turn *turns; /* owned; one a step */
    pthread_t thread;
    pthread_mutex_t lock; /* of what follows */
    pthread_cond_t call;
    bool woken, stopping, ended;
};

static int64_t clock_ms(void) {
    struct timespec t;
    int failed = clock_gettime(CLOCK_MONOTONIC, &t);
    assert(!failed);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static cn_time now(void) {
    struct timespec t;
    int failed = clock_gettime(CLOCK_REALTIME, &t);
    assert(!failed);
    return (cn_time){t.tv_sec, (int32_t)t.tv_nsec};
}

static struct timespec timespec_of(int64_t ms) {
    return (struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
}

/* ---- A step ---- */

/* An operator wants to read of a failure once, and not each minute. */
static void report(cn_jobs *j, size_t i, const cn_err *err) {
    turn *t = &j->turns[i];
    bool news = err ? !t->id || strcmp(t->id, err->id) != 0 : t->id != NULL;
    t->id = err ? err->id : NULL;
    if (news && j->options.report) j->options.report(j->options.self, j->options.steps[i].name, err);
}

static void run(cn_jobs *j, size_t i) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_job *step = &j->options.steps[i];
    turn *t = &j->turns[i];
    bool more = false;
    cn_err err = {0};
    bool good = step->run(j->options.self, a, now(), &more, &err);
    report(j, i, good ? NULL : &err);
    t->failed = !good;
    t->due_ms = clock_ms() + (good && more ? 0 : (int64_t)step->period_seconds * 1000);
}

/* ---- The thread ---- */

static bool is_stopping(cn_jobs *j) {
    pthread_mutex_lock(&j->lock);
    bool stopping = j->stopping;
    pthread_mutex_unlock(&j->lock);
    return stopping;
}

static int64_t first_due(const cn_jobs *j) {
    int64_t first = INT64_MAX;
    for (size_t i = 0; i < j->options.steps_n; i++)
        if (j->turns[i].due_ms < first) first = j->turns[i].due_ms;
    return first;
}

/* Until a step is due, or somebody calls: then those are due that did not just fail. */
static void wait_for_work(cn_jobs *j) {
    int64_t until = first_due(j);
    struct timespec at = timespec_of(until);
    pthread_mutex_lock(&j->lock);
    while (!j->woken && !j->stopping && clock_ms() < until) pthread_cond_timedwait(&j->call, &j->lock, &at);
    bool woken = j->woken;
    j->woken = false;
    pthread_mutex_unlock(&j->lock);
    for (size_t i = 0; woken && i < j->options.steps_n; i++)
        if (!j->turns[i].failed) j->turns[i].due_ms = 0;
}

static void *work(void *self) {
    cn_jobs *j = self;
    while (!is_stopping(j)) {
        int64_t at = clock_ms();
        for (size_t i = 0; i < j->options.steps_n && !is_stopping(j); i++)
            if (j->turns[i].due_ms <= at) run(j, i);
        wait_for_work(j);
    }
    pthread_mutex_lock(&j->lock);
    j->ended = true;
    pthread_cond_broadcast(&j->call);
    pthread_mutex_unlock(&j->lock);
    return NULL;
}

/* ---- From outside ---- */

void cn_jobs_start(const cn_jobs_options *options, cn_jobs **out) {
    cn_jobs *j = calloc(1, sizeof *j);
    turn *turns = calloc(options->steps_n + 1, sizeof *turns);
    pthread_condattr_t monotonic;
    if (!j || !turns) cn_no_memory();
    *j = (cn_jobs){.options = *options, .turns = turns};
    pthread_mutex_init(&j->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&j->call, &monotonic);
    pthread_condattr_destroy(&monotonic);
    *out = j;
    /* Without a thread nothing can go on: as without memory. */
    if (pthread_create(&j->thread, NULL, work, j) != 0) cn_no_memory();
}

void cn_jobs_wake(cn_jobs *jobs) {
    if (!jobs) return;
    pthread_mutex_lock(&jobs->lock);
    jobs->woken = true;
    pthread_cond_broadcast(&jobs->call);
    pthread_mutex_unlock(&jobs->lock);
}

/* Whether it ends within so many seconds. */
static bool tell_to_stop(cn_jobs *j, unsigned seconds) {
    int64_t until = clock_ms() + (int64_t)seconds * 1000;
    struct timespec at = timespec_of(until);
    pthread_mutex_lock(&j->lock);
    j->stopping = true;
    pthread_cond_broadcast(&j->call);
    while (!j->ended && clock_ms() < until) pthread_cond_timedwait(&j->call, &j->lock, &at);
    bool ended = j->ended;
    pthread_mutex_unlock(&j->lock);
    return ended;
}

bool cn_jobs_stop(cn_jobs *jobs, unsigned seconds) {
    if (!jobs) return true;
    if (!tell_to_stop(jobs, seconds)) return false;
    (void)pthread_join(jobs->thread, NULL);
    pthread_cond_destroy(&jobs->call);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs->turns);
    free(jobs);
    return true;
}
