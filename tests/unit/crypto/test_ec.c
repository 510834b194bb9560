/* SPDX-License-Identifier: Apache-2.0
 *
 * ECDSA: signatures of RFC 6979, appendices A.2.5 to A.2.7, our own round trips, and keys
 * and signatures no verifier may take.
 */
#include "help.h"

static const struct vector {
    cn_key_kind kind;
    cn_hash hash;
    const char *secret, *public, *signature; /* of the message "sample" */
} vectors[] = {
    {CN_KEY_P256, CN_SHA256, "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721",
     "0360FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6",
     "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
     "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"},
    {CN_KEY_P384, CN_SHA384,
     "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
     "02EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64DEF8F0EA9055866064A254515480BC13",
     "94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E80FABE46"
     "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A38628AC8"},
    {CN_KEY_P384, CN_SHA256, /* a hash shorter than the curve */
     "6B9D3DAD2E1B8C1C05B19875B6659F4DE23C3B667BF297BA9AA47740787137D896D5724E4C70A825F872C9EA60D2EDF5",
     "02EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06AAE5286B300C64DEF8F0EA9055866064A254515480BC13",
     "21B13D1E013C7FA1392D03C5F99AF8B30C570C6F98D4EA8E354B63A21D3DAA33BDE1E888E63355D92FA2B3C36D8FB2CD"
     "F3AA443FB107745BF4BD77CB3891674632068A10CA67E3D45DB2266FA7D1FEEBEFDC63ECCD1AC42EC0CB8668A4FA0AB0"},
    {CN_KEY_P521, CN_SHA512,
     "00FAD06DAA62BA3B25D2FB40133DA757205DE67F5BB0018FEE8C86E1B68C7E75CAA896EB32F1F47C70855836A6D16FCC1466F6D8FBEC"
     "6"
     "7DB89EC0C08B0E996B83538",
     "0301894550D0785932E00EAA23B694F213F8C3121F86DC97A04E5A7167DB4E5BCD371123D46E45DB6B5D5370A7F20FB633155D38FFA1"
     "6"
     "D2BD761DCAC474B9A2F5023A4",
     "00C328FAFCBD79DD77850370C46325D987CB525569FB63C5D3BC53950E6D4C5F174E25A1EE9017B5D450606ADD152B534931D7D4E845"
     "5"
     "CC91F9B15BF05EC36E377FA"
     "00617CCE7CF5064806C467F678D3B4080D6F1CC50AF26CA209417308281B68AF282623EAA63E5B5C0723D8B8C37FF0777B1A20F8CCB1"
     "D"
     "CCC43997F1EE0E44DA4A67A"},
};
enum { VECTORS = sizeof vectors / sizeof *vectors };

static cn_private_key secret_of(world *w, const struct vector *v) {
    cn_slice bytes = from_hex(w, v->secret);
    cn_private_key key = {.kind = v->kind, .n = bytes.n};
    memcpy(key.bytes, bytes.p, bytes.n);
    return key;
}

static cn_public_key public_of(world *w, const struct vector *v) {
    return (cn_public_key){.kind = v->kind, .bytes = from_hex(w, v->public)};
}

static void rfc6979(void **state) {
    world *w = *state;
    for (size_t i = 0; i < VECTORS; i++) {
        cn_public_key derived, public = public_of(w, &vectors[i]);
        cn_private_key secret = secret_of(w, &vectors[i]);
        assert_true(cn_key_public(w->c, w->a, &secret, &derived, &w->err));
        assert_slice(derived.bytes, public.bytes);
        assert_signature(w, &public, vectors[i].hash, CN_S("sample"), from_hex(w, vectors[i].signature));
        assert_false(is_valid(w, &public, vectors[i].hash == CN_SHA512 ? CN_SHA384 : CN_SHA512, CN_S("sample"),
                              from_hex(w, vectors[i].signature)));
    }
}

/* Often enough that some r or s begins with a zero byte. */
static void own_signatures(void **state) {
    world *w = *state;
    for (size_t i = 0; i < VECTORS; i++) {
        cn_private_key secret = secret_of(w, &vectors[i]);
        cn_public_key public = public_of(w, &vectors[i]);
        cn_slice signature;
        for (int round = 0; round < (i ? 3 : 300); round++) {
            assert_true(cn_sign(w->c, w->a, &secret, vectors[i].hash, CN_S("credential"), &signature, &w->err));
            assert_int_equal(signature.n, 2 * secret.n);
            assert_true(is_valid(w, &public, vectors[i].hash, CN_S("credential"), signature));
        }
    }
}

/* r and s are from 1 to the order less 1: neither zero nor larger will do (CVE-2022-21449). */
static void numbers_out_of_range(void **state) {
    world *w = *state;
    for (size_t i = 0; i < VECTORS; i++) {
        cn_public_key public = public_of(w, &vectors[i]);
        cn_slice good = from_hex(w, vectors[i].signature);
        for (size_t half = 0; half < 3; half++) {
            cn_slice zero, full;
            assert_true(cn_arena_copy(w->a, good, &zero) && cn_arena_copy(w->a, good, &full));
            size_t from = half == 1 ? good.n / 2 : 0, n = half == 2 ? good.n : good.n / 2;
            memset((char *)zero.p + from, 0, n);
            memset((char *)full.p + from, 0xff, n);
            assert_false(is_valid(w, &public, vectors[i].hash, CN_S("sample"), zero));
            assert_false(is_valid(w, &public, vectors[i].hash, CN_S("sample"), full));
        }
    }
}

static void keys_that_are_none(void **state) {
    world *w = *state;
    static const char *const points[] = {
        "020000000000000000000000000000000000000000000000000000000000000001", /* x is not on the curve */
        "02ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", /* x is not below p */
        "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6",
        "0560FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6",
        "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6",
        "00",
        "",
        ("0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
         "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"),
    };
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        cn_public_key key = {.kind = CN_KEY_P256, .bytes = from_hex(w, points[i])};
        bool valid = true;
        cn_slice thumbprint, signature = from_hex(w, vectors[0].signature);
        assert_error(w, cn_signature_check(w->c, &key, CN_SHA256, CN_S("sample"), signature, &valid, &w->err),
                     CN_INVALID, "key.public");
        assert_true(valid); /* not written */
        assert_error(w, cn_jwk_thumbprint(w->c, w->a, &key, &thumbprint, &w->err), CN_INVALID, "key.public");
    }
}

static void scalars_out_of_range(void **state) {
    world *w = *state;
    static const char *const scalars[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", /* the order */
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    };
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++) {
        cn_private_key key = {.kind = CN_KEY_P256, .n = 32};
        memcpy(key.bytes, from_hex(w, scalars[i]).p, 32);
        cn_public_key public;
        cn_slice signature;
        assert_error(w, cn_key_public(w->c, w->a, &key, &public, &w->err), CN_INVALID, "key.private");
        assert_error(w, cn_sign(w->c, w->a, &key, CN_SHA256, CN_S(""), &signature, &w->err), CN_INVALID,
                     "key.private");
    }
}

static void no_memory(void **state) {
    world *w = *state;
    cn_private_key secret = secret_of(w, &vectors[0]);
    cn_slice signature;
    cn_arena_fail_after(w->a, 1);
    assert_error(w, cn_sign(w->c, w->a, &secret, CN_SHA256, CN_S(""), &signature, &w->err), CN_LIMIT,
                 "memory.limit");
}

int main(void) {
    const struct CMUnitTest tests[] = {TEST(rfc6979),
                                       TEST(own_signatures),
                                       TEST(numbers_out_of_range),
                                       TEST(keys_that_are_none),
                                       TEST(scalars_out_of_range),
                                       TEST(no_memory)};
    return cmocka_run_group_tests_name("crypto/ec", tests, NULL, NULL);
}
