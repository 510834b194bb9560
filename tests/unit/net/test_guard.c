/* SPDX-License-Identifier: Apache-2.0 */
#include "net/guard.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>
#include <cmocka.h>

#include "base/base.h"

static const struct {
    const char *address;
    cn_place place;
} rows[] = {
    /* Each prefix of IPv4: its first and last address, and the neighbours on both sides. */
    {"0.0.0.0", CN_PLACE_FORBIDDEN},
    {"0.255.255.255", CN_PLACE_FORBIDDEN},
    {"1.0.0.0", CN_PLACE_PUBLIC},
    {"9.255.255.255", CN_PLACE_PUBLIC},
    {"10.0.0.0", CN_PLACE_PRIVATE},
    {"10.255.255.255", CN_PLACE_PRIVATE},
    {"11.0.0.0", CN_PLACE_PUBLIC},
    {"100.63.255.255", CN_PLACE_PUBLIC},
    {"100.64.0.0", CN_PLACE_PRIVATE},
    {"100.127.255.255", CN_PLACE_PRIVATE},
    {"100.128.0.0", CN_PLACE_PUBLIC},
    {"126.255.255.255", CN_PLACE_PUBLIC},
    {"127.0.0.0", CN_PLACE_PRIVATE},
    {"127.0.0.1", CN_PLACE_PRIVATE},
    {"127.255.255.255", CN_PLACE_PRIVATE},
    {"128.0.0.0", CN_PLACE_PUBLIC},
    {"169.253.255.255", CN_PLACE_PUBLIC},
    {"169.254.0.0", CN_PLACE_PRIVATE},
    {"169.254.169.254", CN_PLACE_PRIVATE},
    {"169.254.255.255", CN_PLACE_PRIVATE},
    {"169.255.0.0", CN_PLACE_PUBLIC},
    {"172.15.255.255", CN_PLACE_PUBLIC},
    {"172.16.0.0", CN_PLACE_PRIVATE},
    {"172.31.255.255", CN_PLACE_PRIVATE},
    {"172.32.0.0", CN_PLACE_PUBLIC},
    {"191.255.255.255", CN_PLACE_PUBLIC},
    {"192.0.0.0", CN_PLACE_FORBIDDEN},
    {"192.0.0.255", CN_PLACE_FORBIDDEN},
    {"192.0.1.0", CN_PLACE_PUBLIC},
    {"192.0.2.0", CN_PLACE_FORBIDDEN},
    {"192.0.2.255", CN_PLACE_FORBIDDEN},
    {"192.0.3.0", CN_PLACE_PUBLIC},
    {"192.88.98.255", CN_PLACE_PUBLIC},
    {"192.88.99.1", CN_PLACE_FORBIDDEN},
    {"192.88.100.0", CN_PLACE_PUBLIC},
    {"192.167.255.255", CN_PLACE_PUBLIC},
    {"192.168.0.0", CN_PLACE_PRIVATE},
    {"192.168.255.255", CN_PLACE_PRIVATE},
    {"192.169.0.0", CN_PLACE_PUBLIC},
    {"198.17.255.255", CN_PLACE_PUBLIC},
    {"198.18.0.0", CN_PLACE_FORBIDDEN},
    {"198.19.255.255", CN_PLACE_FORBIDDEN},
    {"198.20.0.0", CN_PLACE_PUBLIC},
    {"198.51.99.255", CN_PLACE_PUBLIC},
    {"198.51.100.7", CN_PLACE_FORBIDDEN},
    {"198.51.101.0", CN_PLACE_PUBLIC},
    {"203.0.112.255", CN_PLACE_PUBLIC},
    {"203.0.113.255", CN_PLACE_FORBIDDEN},
    {"203.0.114.0", CN_PLACE_PUBLIC},
    {"223.255.255.255", CN_PLACE_PUBLIC},
    {"224.0.0.0", CN_PLACE_FORBIDDEN},
    {"239.255.255.255", CN_PLACE_FORBIDDEN},
    {"240.0.0.0", CN_PLACE_FORBIDDEN},
    {"255.255.255.255", CN_PLACE_FORBIDDEN},
    {"8.8.8.8", CN_PLACE_PUBLIC},

    {"::", CN_PLACE_FORBIDDEN},
    {"::1", CN_PLACE_PRIVATE},
    {"::2", CN_PLACE_FORBIDDEN},
    {"::127.0.0.1", CN_PLACE_FORBIDDEN},
    {"::8.8.8.8", CN_PLACE_FORBIDDEN},
    {"::1:0:0", CN_PLACE_FORBIDDEN},
    /* IPv4 inside IPv6 is what it carries. */
    {"::ffff:8.8.8.8", CN_PLACE_PUBLIC},
    {"::ffff:127.0.0.1", CN_PLACE_PRIVATE},
    {"::ffff:10.1.2.3", CN_PLACE_PRIVATE},
    {"::ffff:0.0.0.0", CN_PLACE_FORBIDDEN},
    {"::ffff:255.255.255.255", CN_PLACE_FORBIDDEN},
    {"::ffff:0:8.8.8.8", CN_PLACE_PUBLIC},
    {"::ffff:0:192.168.0.1", CN_PLACE_PRIVATE},
    {"::fffe:8.8.8.8", CN_PLACE_FORBIDDEN},
    {"64:ff9b::8.8.8.8", CN_PLACE_PUBLIC},
    {"64:ff9b::169.254.169.254", CN_PLACE_PRIVATE},
    {"64:ff9b::224.0.0.1", CN_PLACE_FORBIDDEN},
    {"64:ff9b:0:0:1::8.8.8.8", CN_PLACE_FORBIDDEN},
    {"64:ff9b:1::8.8.8.8", CN_PLACE_PRIVATE},
    {"64:ff9b:1:ffff:ffff:ffff:ffff:ffff", CN_PLACE_PRIVATE},
    {"64:ff9b:2::", CN_PLACE_FORBIDDEN},
    {"2002:808:808::1", CN_PLACE_PUBLIC},
    {"2002:7f00:1::1", CN_PLACE_PRIVATE},
    {"2002:a9fe:a9fe::", CN_PLACE_PRIVATE},
    {"2002:c000:0204::", CN_PLACE_FORBIDDEN},
    {"2003::", CN_PLACE_PUBLIC},
    /* The special parts of 2000::/3, with neighbours. */
    {"1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", CN_PLACE_FORBIDDEN},
    {"2000::", CN_PLACE_PUBLIC},
    {"2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff", CN_PLACE_PUBLIC},
    {"2001::", CN_PLACE_FORBIDDEN},
    {"2001::7f00:1", CN_PLACE_FORBIDDEN},
    {"2001:2::1", CN_PLACE_FORBIDDEN},
    {"2001:10::1", CN_PLACE_FORBIDDEN},
    {"2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", CN_PLACE_FORBIDDEN},
    {"2001:200::", CN_PLACE_PUBLIC},
    {"2001:4860:4860::8888", CN_PLACE_PUBLIC},
    {"2001:db7:ffff::", CN_PLACE_PUBLIC},
    {"2001:db8::1", CN_PLACE_FORBIDDEN},
    {"2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", CN_PLACE_FORBIDDEN},
    {"2001:db9::", CN_PLACE_PUBLIC},
    {"2606:4700::1111", CN_PLACE_PUBLIC},
    {"3ffd:ffff::", CN_PLACE_PUBLIC},
    {"3ffe::1", CN_PLACE_FORBIDDEN},
    {"3fff:0fff::", CN_PLACE_FORBIDDEN},
    {"3fff:1000::", CN_PLACE_PUBLIC},
    {"4000::", CN_PLACE_FORBIDDEN},
    {"5f00::1", CN_PLACE_FORBIDDEN},
    {"100::1", CN_PLACE_FORBIDDEN},
    {"fbff::", CN_PLACE_FORBIDDEN},
    {"fc00::", CN_PLACE_PRIVATE},
    {"fd12:3456:789a::1", CN_PLACE_PRIVATE},
    {"fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", CN_PLACE_PRIVATE},
    {"fe00::", CN_PLACE_FORBIDDEN},
    {"fe7f:ffff::", CN_PLACE_FORBIDDEN},
    {"fe80::1", CN_PLACE_PRIVATE},
    {"febf:ffff::", CN_PLACE_PRIVATE},
    {"fec0::1", CN_PLACE_PRIVATE},
    {"feff:ffff::", CN_PLACE_PRIVATE},
    {"ff00::", CN_PLACE_FORBIDDEN},
    {"ff02::1", CN_PLACE_FORBIDDEN},
    {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", CN_PLACE_FORBIDDEN},
};

static cn_address_class class_of(const char *text) {
    uint8_t bytes[16];
    if (inet_pton(AF_INET, text, bytes) == 1) return cn_guard_ipv4(bytes);
    if (inet_pton(AF_INET6, text, bytes) != 1) fail_msg("%s is no address", text);
    return cn_guard_ipv6(bytes);
}

static void places(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        cn_address_class got = class_of(rows[i].address);
        if (got.place != rows[i].place)
            fail_msg("%s: %d (%s), not %d", rows[i].address, got.place, got.name, rows[i].place);
        assert_true(got.name && *got.name);
    }
}

/* Whatever is public as an address of its own is public when carried, and nothing else is. */
static void carried_is_as_bare(void **state) {
    (void)state;
    static const uint8_t mapped[16] = {[10] = 0xff, 0xff}, nat64[16] = {0, 0x64, 0xff, 0x9b};
    for (uint32_t i = 0; i < 1 << 16; i++) {
        uint8_t v4[4] = {(uint8_t)(i >> 8), (uint8_t)i, (uint8_t)(i * 7), 1}, v6[16];
        memcpy(v6, mapped, 16);
        memcpy(v6 + 12, v4, 4);
        assert_int_equal(cn_guard_ipv6(v6).place, cn_guard_ipv4(v4).place);
        memcpy(v6, nat64, 16);
        memcpy(v6 + 12, v4, 4);
        assert_int_equal(cn_guard_ipv6(v6).place, cn_guard_ipv4(v4).place);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(places),
        cmocka_unit_test(carried_is_as_bare),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
