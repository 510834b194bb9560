/* SPDX-License-Identifier: Apache-2.0
 *
 * Starts a program again and again, waiting each time until it has ended, and says how often.
 *
 * usage: bench_spawn MILLISECONDS PROGRAM [ARGUMENT]...
 *
 * Prints "TIMES WALL_SECONDS CPU_SECONDS", the CPU seconds being those of the programs alone, or "error WHY" when
 * one does not end with status 0. What they print is thrown away.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/base.h"

extern char **environ;

enum { MS_MAX = 600000 };

static double wall(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu_of_children(void) {
    struct rusage u;
    (void)getrusage(RUSAGE_CHILDREN, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static bool run_once(char **argv) {
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = -1;
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    int failed = posix_spawnp(&child, argv[0], &actions, NULL, argv, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    if (failed) return printf("error %s: %s\n", argv[0], strerror(failed)), false;
    (void)waitpid(child, &status, 0);
    if (status) printf("error %s ended with status %d\n", argv[0], status);
    return !status;
}

int main(int argc, char **argv) {
    uint64_t ms;
    if (argc < 3 || !cn_slice_to_u64(cn_slice_of(argv[1]), MS_MAX, &ms))
        return fputs("usage: bench_spawn MILLISECONDS PROGRAM [ARGUMENT]...\n", stderr), 64;
    double start = wall(), spent;
    size_t times = 0;
    do {
        if (!run_once(argv + 2)) return 1;
        times++;
        spent = wall() - start;
    } while (spent < (double)ms / 1e3);
    printf("%zu %.9f %.9f\n", times, spent, cpu_of_children());
    return 0;
}
