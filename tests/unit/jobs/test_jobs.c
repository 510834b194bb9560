/* SPDX-License-Identifier: Apache-2.0
 *
 * The background thread. Nothing is concluded from how fast a machine is: what must happen is waited for, and what
 * must not has had occasion to.
 */
#include "jobs/jobs.h"

#include <pthread.h>
#include <unistd.h>

#include "../check.h"

typedef struct desk {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int first, second;   /* how often each step ran */
    int more;            /* the first says so that often */
    const char *failure; /* of the second; NULL: it works */
    int reports, cures;  /* how often something was reported */
    int begun;           /* how often the second was entered */
    bool held, released; /* the second waits until it is let go */
    char order[64];      /* which ran, in order */
} desk;

static desk desk_new(void) {
    desk d = {0};
    pthread_mutex_init(&d.lock, NULL);
    pthread_cond_init(&d.changed, NULL);
    return d;
}

static void ran(desk *d, int *count, char name) {
    size_t n = strlen(d->order);
    ++*count;
    if (n + 1 < sizeof d->order) d->order[n] = name;
    pthread_cond_broadcast(&d->changed);
}

static bool first(void *self, cn_arena *a, cn_time now, bool *more, cn_err *err) {
    desk *d = self;
    (void)err;
    assert_non_null(cn_arena_alloc(a, 1000));
    assert_true(now.sec > 1700000000);
    assert_false(*more);
    pthread_mutex_lock(&d->lock);
    *more = d->more > 0;
    d->more--;
    ran(d, &d->first, '1');
    pthread_mutex_unlock(&d->lock);
    return true;
}

static bool second(void *self, cn_arena *a, cn_time now, bool *more, cn_err *err) {
    desk *d = self;
    (void)a, (void)now, (void)more;
    pthread_mutex_lock(&d->lock);
    d->begun++;
    pthread_cond_broadcast(&d->changed);
    while (d->held && !d->released) pthread_cond_wait(&d->changed, &d->lock);
    const char *failure = d->failure;
    ran(d, &d->second, '2');
    pthread_mutex_unlock(&d->lock);
    return !failure || cn_fail(err, CN_UNAVAILABLE, failure, "It does not work.");
}

static void report(void *self, const char *step, const cn_err *err) {
    desk *d = self;
    assert_string_equal(step, "second");
    pthread_mutex_lock(&d->lock);
    if (err) d->reports++;
    else d->cures++;
    pthread_cond_broadcast(&d->changed);
    pthread_mutex_unlock(&d->lock);
}

static void wait_until(desk *d, const int *count, int at_least) {
    pthread_mutex_lock(&d->lock);
    while (*count < at_least) pthread_cond_wait(&d->changed, &d->lock);
    pthread_mutex_unlock(&d->lock);
}

static const cn_job slow[] = {{"first", 3600, first}, {"second", 3600, second}};
static const cn_job fast[] = {{"first", 3600, first}, {"second", 1, second}};

static cn_jobs *start(desk *d, const cn_job *steps) {
    cn_jobs *jobs;
    cn_jobs_start(&(cn_jobs_options){.steps = steps, .steps_n = 2, .self = d, .report = report}, &jobs);
    return jobs;
}

static void every_step_runs_at_the_start_and_when_called(void **state) {
    (void)state;
    desk d = desk_new();
    cn_jobs *j = start(&d, slow);
    wait_until(&d, &d.first, 1);
    wait_until(&d, &d.second, 1);
    cn_jobs_wake(j);
    wait_until(&d, &d.first, 2);
    wait_until(&d, &d.second, 2);
    assert_true(cn_jobs_stop(j, 60));
    assert_string_equal(d.order, "1212");
}

static void steps_take_turns_while_there_is_more(void **state) {
    (void)state;
    desk d = desk_new();
    d.more = 4;
    cn_jobs *j = start(&d, slow);
    wait_until(&d, &d.first, 5);
    cn_jobs_wake(j);
    wait_until(&d, &d.second, 2);
    assert_true(cn_jobs_stop(j, 60));
    /* The second ran after the first turn; then only the first had more. */
    assert_memory_equal(d.order, "121111", 6);
    assert_int_equal(d.first, 6);
}

static void a_period_passes(void **state) {
    (void)state;
    desk d = desk_new();
    cn_jobs *j = start(&d, fast);
    wait_until(&d, &d.second, 3);
    assert_true(cn_jobs_stop(j, 60));
    assert_int_equal(d.first, 1);
}

static void a_failure_is_reported_once_and_so_is_its_end(void **state) {
    (void)state;
    desk d = desk_new();
    d.failure = "a.b";
    cn_jobs *j = start(&d, fast);
    wait_until(&d, &d.second, 2);
    /* Calls do not hurry what has just failed. */
    for (int i = 0; i < 5; i++) {
        cn_jobs_wake(j);
        wait_until(&d, &d.first, i + 2);
    }
    pthread_mutex_lock(&d.lock);
    assert_int_equal(d.reports, 1);
    d.failure = "c.d";
    pthread_mutex_unlock(&d.lock);
    wait_until(&d, &d.reports, 2);
    pthread_mutex_lock(&d.lock);
    assert_int_equal(d.cures, 0);
    d.failure = NULL;
    pthread_mutex_unlock(&d.lock);
    wait_until(&d, &d.cures, 1);
    assert_true(cn_jobs_stop(j, 60));
    assert_int_equal(d.reports, 2);
    assert_int_equal(d.cures, 1);
}

static void a_stop_waits_for_the_step_at_work(void **state) {
    (void)state;
    desk d = desk_new();
    d.held = true;
    cn_jobs *j = start(&d, slow);
    wait_until(&d, &d.begun, 1);
    assert_false(cn_jobs_stop(j, 0));
    pthread_mutex_lock(&d.lock);
    d.released = true;
    pthread_cond_broadcast(&d.changed);
    pthread_mutex_unlock(&d.lock);
    /* It was told before: now it ends. */
    assert_true(cn_jobs_stop(j, 60));
    assert_int_equal(d.second, 1);
}

static void nothing_to_stop(void **state) {
    (void)state;
    cn_jobs_wake(NULL);
    assert_true(cn_jobs_stop(NULL, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_step_runs_at_the_start_and_when_called),
        cmocka_unit_test(steps_take_turns_while_there_is_more),
        cmocka_unit_test(a_period_passes),
        cmocka_unit_test(a_failure_is_reported_once_and_so_is_its_end),
        cmocka_unit_test(a_stop_waits_for_the_step_at_work),
        cmocka_unit_test(nothing_to_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
