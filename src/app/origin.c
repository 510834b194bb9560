/* SPDX-License-Identifier: Apache-2.0
 *
 * The parts of an origin.
 */
#include "app/app.h"

cn_slice cn_app_authority(cn_slice origin) {
    size_t at = cn_slice_find(origin, CN_S("://"));
    return at == SIZE_MAX ? origin : cn_slice_from(origin, at + 3);
}

cn_slice cn_app_host(cn_slice origin) {
    cn_slice host, port, authority = cn_app_authority(origin);
    size_t bracket = cn_slice_starts(authority, CN_S("[")) ? cn_slice_find_byte(authority, ']') : SIZE_MAX;
    if (bracket != SIZE_MAX) return cn_slice_sub(authority, 0, bracket + 1);
    (void)cn_slice_cut(authority, ':', &host, &port);
    return host;
}
