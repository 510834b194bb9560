/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `jobs`: one background thread that goes through a table of steps: when it is woken, when a
 * step's time has come, and again while a step says that there is more.
 *
 * A step does a little and returns: so the steps take turns, and a stop waits for one of them at most. What it
 * must not lose stands in the database; a step that was cut off by a crash begins again.
 */
#ifndef CN_JOBS_JOBS_H
#define CN_JOBS_JOBS_H

#include "base/base.h"

typedef struct cn_job {
    const char *name;        /* static: for reports */
    unsigned period_seconds; /* it runs at least so often, and at the start; at most so often after a failure */
    /* The arena is emptied after it. `more` (false before): there is more to do now. */
    bool (*run)(void *self, cn_arena *a, cn_time now, bool *more, cn_err *err);
} cn_job;

typedef struct cn_jobs cn_jobs;

typedef struct cn_jobs_options {
    const cn_job *steps; /* borrowed */
    size_t steps_n;
    void *self; /* passed to every step and to `report` */
    /* A step failed, and not for the reason it failed last time; or, with err NULL, it works again. From the
     * background thread; may be NULL. */
    void (*report)(void *self, const char *step, const cn_err *err);
} cn_jobs_options;

/* Starts the thread, after `out` is written: a step may wake the work that it belongs to. Owned by the caller. */
void cn_jobs_start(const cn_jobs_options *options, cn_jobs **out);
/* There is something to do: every step that did not fail just now runs soon. From any thread; NULL is accepted. */
void cn_jobs_wake(cn_jobs *jobs);
/* Ends the thread after the step that is at work, and frees. False when that step takes longer than so many
 * seconds: then nothing is freed, and the process has to end. NULL is accepted. */
CN_MUST_USE bool cn_jobs_stop(cn_jobs *jobs, unsigned seconds);

#endif
