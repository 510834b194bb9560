/* SPDX-License-Identifier: Apache-2.0
 *
 * What kind of place an IP address is: the IANA registries of special-purpose
 * addresses (RFC 6890 and its successors) as tables of prefixes. The first
 * prefix that fits decides, so the narrower one stands before the wider. Of IPv6 only
 * what IANA has given out (2000::/3) is public.
 */
#include "net/guard.h"

typedef struct prefix {
    uint8_t bytes[16];
    uint8_t bits;
    uint8_t embedded; /* where an IPv4 address begins that is the real destination; 0: none does */
    cn_address_class class;
} prefix;

#define PUBLIC(name_)                                                                                             \
    { CN_PLACE_PUBLIC, name_ }
#define PRIVATE(name_)                                                                                            \
    { CN_PLACE_PRIVATE, name_ }
#define FORBIDDEN(name_)                                                                                          \
    { CN_PLACE_FORBIDDEN, name_ }

static const prefix ipv4[] = {
    {{0}, 8, 0, FORBIDDEN("an unspecified address")},                 /* RFC 791, 3.2 */
    {{10}, 8, 0, PRIVATE("a private network")},                       /* RFC 1918 */
    {{100, 64}, 10, 0, PRIVATE("a provider's shared network")},       /* RFC 6598 */
    {{127}, 8, 0, PRIVATE("loopback")},                               /* RFC 1122, 3.2.1.3 */
    {{169, 254}, 16, 0, PRIVATE("link-local")},                       /* RFC 3927 */
    {{172, 16}, 12, 0, PRIVATE("a private network")},                 /* RFC 1918 */
    {{192, 0, 0}, 24, 0, FORBIDDEN("reserved for protocols")},        /* RFC 6890 */
    {{192, 0, 2}, 24, 0, FORBIDDEN("reserved for documentation")},    /* RFC 5737 */
    {{192, 88, 99}, 24, 0, FORBIDDEN("a 6to4 relay")},                /* RFC 7526 */
    {{192, 168}, 16, 0, PRIVATE("a private network")},                /* RFC 1918 */
    {{198, 18}, 15, 0, FORBIDDEN("reserved for benchmarks")},         /* RFC 2544 */
    {{198, 51, 100}, 24, 0, FORBIDDEN("reserved for documentation")}, /* RFC 5737 */
    {{203, 0, 113}, 24, 0, FORBIDDEN("reserved for documentation")},  /* RFC 5737 */
    {{224}, 4, 0, FORBIDDEN("multicast")},                            /* RFC 5771 */
    {{240}, 4, 0, FORBIDDEN("reserved")},                             /* RFC 1112; broadcast */
    {{0}, 0, 0, PUBLIC("public")},
};

static const prefix ipv6[] = {
    {{[15] = 1}, 128, 0, PRIVATE("loopback")},                                  /* RFC 4291, 2.5.3 */
    {{[10] = 0xff, 0xff}, 96, 12, PUBLIC("")},                                  /* mapped: RFC 4291, 2.5.5.2 */
    {{[8] = 0xff, 0xff}, 96, 12, PUBLIC("")},                                   /* translated: RFC 2765, 2.1 */
    {{0}, 96, 0, FORBIDDEN("an unspecified address")},                          /* and RFC 4291, 2.5.5.1 */
    {{0x00, 0x64, 0xff, 0x9b}, 96, 12, PUBLIC("")},                             /* NAT64: RFC 6052 */
    {{0x00, 0x64, 0xff, 0x9b, 0x00, 0x01}, 48, 0, PRIVATE("a local NAT64")},    /* RFC 8215 */
    {{0x20, 0x01}, 23, 0, FORBIDDEN("reserved for protocols")},                 /* RFC 2928; Teredo, ORCHID */
    {{0x20, 0x01, 0x0d, 0xb8}, 32, 0, FORBIDDEN("reserved for documentation")}, /* RFC 3849 */
    {{0x20, 0x02}, 16, 2, PUBLIC("")},                                          /* 6to4: RFC 3056 */
    {{0x3f, 0xfe}, 16, 0, FORBIDDEN("reserved")},                               /* 6bone, RFC 3701 */
    {{0x3f, 0xff}, 20, 0, FORBIDDEN("reserved for documentation")},             /* RFC 9637 */
    {{0x20}, 3, 0, PUBLIC("public")},                                           /* RFC 4291, 2.5.4 */
    {{0xfc}, 7, 0, PRIVATE("a private network")},                               /* RFC 4193 */
    {{0xfe, 0x80}, 10, 0, PRIVATE("link-local")},                               /* RFC 4291, 2.5.6 */
    {{0xfe, 0xc0}, 10, 0, PRIVATE("a private network")},                        /* site-local: RFC 3879 */
    {{0xff}, 8, 0, FORBIDDEN("multicast")},                                     /* RFC 4291, 2.7 */
    {{0}, 0, 0, FORBIDDEN("reserved")},
};

static bool fits(const prefix *p, const uint8_t *address) {
    size_t whole = p->bits / 8, rest = p->bits % 8;
    for (size_t i = 0; i < whole; i++)
        if (p->bytes[i] != address[i]) return false;
    return !rest || ((p->bytes[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

/* Each table ends with a row of no bits, which fits everything. */
static const prefix *find(const prefix *table, const uint8_t *address) {
    while (!fits(table, address)) table++;
    return table;
}

cn_address_class cn_guard_ipv4(const uint8_t address[4]) {
    return find(ipv4, address)->class;
}

cn_address_class cn_guard_ipv6(const uint8_t address[16]) {
    const prefix *p = find(ipv6, address);
    return p->embedded ? cn_guard_ipv4(address + p->embedded) : p->class;
}
