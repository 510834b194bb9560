/* SPDX-License-Identifier: Apache-2.0
 *
 * Heads of requests that may stand, and those that two readers may take for two things.
 */
#include "../check.h"
#include "http/inside.h"

#define H(name_, value_)                                                                                          \
    { CN_S_INIT(name_), CN_S_INIT(value_) }
#define HOST H("host", "example.org")

typedef struct row {
    const char *version;
    int status; /* 0: accepted */
    cn_field fields[4];
} row;

static const row rows[] = {
    {"HTTP/1.1", 0, {HOST}},
    {"HTTP/1.0", 0, {H("accept", "*/*")}},
    {"HTTP/1.0", 0, {HOST}},
    {"HTTP/1.1", 0, {H("host", "")}}, /* RFC 9112, 3.2: may be empty */
    {"HTTP/1.1", 0, {H("host", "[::1]:8080")}},
    {"HTTP/1.1", 0, {HOST, H("content-length", "0")}},
    {"HTTP/1.1", 0, {HOST, H("transfer-encoding", "Chunked")}},
    {"HTTP/1.1", 0, {HOST, H("expect", "100-Continue")}},
    {"HTTP/1.1", 0, {HOST, H("x-odd", "\xff\t!")}},
    {"HTTP/1.2", 505, {HOST}},
    {"", 505, {HOST}},
    {"HTTP/1.1", 400, {H("accept", "*/*")}},
    {"HTTP/1.1", 400, {HOST, HOST}},
    {"HTTP/1.1", 400, {H("host", "a b")}},
    {"HTTP/1.1", 400, {H("host", "a/b")}},
    {"HTTP/1.1", 400, {H("host", "user@a")}},
    {"HTTP/1.1", 400, {H("host", "a,b")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "1"), H("content-length", "2")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "1"), H("content-length", "1")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "1, 1")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "+1")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "-1")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "0x1")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "18446744073709551617")}},
    {"HTTP/1.1", 400, {HOST, H("content-length", "1"), H("transfer-encoding", "chunked")}},
    {"HTTP/1.1", 400, {HOST, H("transfer-encoding", "chunked"), H("transfer-encoding", "chunked")}},
    {"HTTP/1.0", 400, {HOST, H("transfer-encoding", "chunked")}},
    {"HTTP/1.1", 501, {HOST, H("transfer-encoding", "gzip, chunked")}},
    {"HTTP/1.1", 501, {HOST, H("transfer-encoding", "identity")}},
    {"HTTP/1.1", 501, {HOST, H("transfer-encoding", "")}},
    {"HTTP/1.1", 501, {HOST, H("transfer-encoding", "xchunked")}},
    {"HTTP/1.1", 417, {HOST, H("expect", "200-ok")}},
    {"HTTP/1.1", 400, {HOST, H("x y", "z")}},
    {"HTTP/1.1", 400, {HOST, H("x ", "z")}},
    {"HTTP/1.1", 400, {HOST, H("x", "a\rb")}},
    {"HTTP/1.1", 400, {HOST, H("x", "a\0b")}},
    {"HTTP/1.1", 400, {HOST, H("x\xff", "a")}},
};

static void test_heads(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cn_field fields[4];
        cn_fields f = {.v = fields};
        memcpy(fields, rows[i].fields, sizeof fields);
        while (f.n < 4 && fields[f.n].name.p) f.n++;
        cn_head head;
        int status = 0;
        cn_err err;
        bool ok = cn_head_check(&f, cn_slice_of(rows[i].version), &head, &status, &err);
        if (ok != !rows[i].status || status != rows[i].status) fail_msg("row %zu: %d", i, status);
    }
}

static void test_lengths(void **state) {
    (void)state;
    cn_field fields[] = {HOST, H("content-length", "9223372036854775807"), H("expect", "100-continue")};
    cn_fields f = {.v = fields, .n = 3};
    cn_head head;
    int status;
    cn_err err;
    assert_true(cn_head_check(&f, CN_S("HTTP/1.1"), &head, &status, &err));
    assert_true(head.content_length == INT64_MAX && head.expects_continue && !head.chunked);
    fields[1] = (cn_field)H("transfer-encoding", "chunked");
    f.n = 2;
    assert_true(cn_head_check(&f, CN_S("HTTP/1.1"), &head, &status, &err));
    assert_true(!head.content_length && !head.expects_continue && head.chunked);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_heads), cmocka_unit_test(test_lengths)};
    return cmocka_run_group_tests_name("http head", tests, NULL, NULL);
}
