/* SPDX-License-Identifier: Apache-2.0
 *
 * What a command line names to stand for the world outside.
 */
#include <errno.h>
#include <sys/random.h>

#include "cli/outside.h"
#include "cli/cli.h"

/* A URL may hold "=": the last one counts. */
bool cn_outside_add_context(cn_net *net, const char *value, cn_err *err) {
    const char *equals = strrchr(value, '=');
    if (!equals || equals == value || !equals[1])
        return cn_fail(err, CN_INVALID, "cli.context", "--context takes URL=FILE.");
    return cn_net_add_context(net, cn_slice_bytes(value, (size_t)(equals - value)), cn_slice_of(equals + 1), err);
}

cn_time cn_outside_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (cn_time){t.tv_sec, (int32_t)t.tv_nsec};
}

static bool fill(void *self, uint8_t *out, size_t n) {
    (void)self;
    while (n) {
        ssize_t got = getrandom(out, n, 0);
        if (got < 0 && errno != EINTR) return false;
        if (got < 0) continue;
        out += got;
        n -= (size_t)got;
    }
    return true;
}

const cn_random *cn_outside_random(void) {
    static const cn_random random = {.fill = fill};
    return &random;
}
