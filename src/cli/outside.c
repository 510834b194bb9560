/* SPDX-License-Identifier: Apache-2.0
 *
 * What a command line names to stand for the world outside.
 */
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
