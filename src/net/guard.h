/* SPDX-License-Identifier: Apache-2.0
 *
 * What kind of place an IP address is. Pure: no look-up, no socket.
 */
#ifndef CN_NET_GUARD_H
#define CN_NET_GUARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum cn_place {
    CN_PLACE_PUBLIC,   /* somewhere on the Internet: may be asked */
    CN_PLACE_PRIVATE,  /* a private net, loopback or the link: only where the operator allows it */
    CN_PLACE_FORBIDDEN /* nothing a document is ever fetched from: multicast, unspecified, reserved */
} cn_place;

typedef struct cn_address_class {
    cn_place place;
    const char *name; /* static: "loopback", "a private network", for a sentence */
} cn_address_class;

/* Bytes in network order: 4 for IPv4, 16 for IPv6. An IPv6 address that carries an IPv4 address to
 * its destination (mapped, translated, 6to4, NAT64) is what that one is. */
cn_address_class cn_guard_ipv4(const uint8_t address[4]);
cn_address_class cn_guard_ipv6(const uint8_t address[16]);

#endif
