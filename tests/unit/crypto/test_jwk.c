/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON Web Keys: the keys, signatures and thumbprints of RFC 7515, 7638 and 8037, the pairs of JWK
 * and Multikey of the did:key specification, and objects that are no key.
 */
#include "help.h"
#include "vectors.h"

#define OKP_JWK(crv, x) "{\"kty\":\"OKP\",\"crv\":\"" crv "\",\"x\":\"" x "\"}"
#define RFC8037_X "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"

static bool read_jwk(world *w, const char *text, cn_public_key *key) {
    const cn_json *v;
    assert_true(cn_json_read(w->a, cn_slice_of(text), NULL, &v, &w->err));
    return cn_jwk_read(w->a, v, key, &w->err);
}

static cn_slice bytes_of(world *w, const char *base64url) {
    cn_slice out;
    assert_true(cn_base64_read(w->a, CN_BASE64_URL, cn_slice_of(base64url), &out, &w->err));
    return out;
}

static void signatures(void **state) {
    world *w = *state;
    static const struct example {
        const char *jwk;
        cn_hash hash;
        const char *message, *signature;
    } examples[] = {
        {RFC7515_RSA, CN_SHA256, "eyJhbGciOiJSUzI1NiJ9." RFC7515_PAYLOAD, RFC7515_RSA_SIGNATURE},
        {RFC7515_P256, CN_SHA256, "eyJhbGciOiJFUzI1NiJ9." RFC7515_PAYLOAD,
         "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"},
        {RFC7515_P521, CN_SHA512, "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA",
         "AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_"
         "7XdtAG8GaSwFKdCAPZgoX"
         "D2YBJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn"},
        {OKP_JWK("Ed25519", RFC8037_X), CN_SHA512, "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc",
         "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        cn_public_key key;
        assert_true(read_jwk(w, examples[i].jwk, &key));
        assert_signature(w, &key, examples[i].hash, cn_slice_of(examples[i].message),
                         bytes_of(w, examples[i].signature));
    }
}

static void thumbprints(void **state) {
    world *w = *state;
    static const struct example {
        const char *jwk, *thumbprint;
    } examples[] = {
        {"{\"kty\":\"RSA\",\"n\":"
         "\"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSo"
         "c_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_"
         "FDW2QvzqY368QQMicA"
         "taSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-"
         "bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_x"
         "BniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw\",\"e\":\"AQAB\",\"alg\":\"RS256\",\"kid\":\"2011-04-29\"}",
         "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"},
        {OKP_JWK("Ed25519", RFC8037_X), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        cn_public_key key;
        cn_slice thumbprint;
        assert_true(read_jwk(w, examples[i].jwk, &key));
        assert_true(cn_jwk_thumbprint(w->c, w->a, &key, &thumbprint, &w->err));
        assert_slice(thumbprint, cn_slice_of(examples[i].thumbprint));
    }
}

/* RFC 7638, 3.2, written out by hand for the EC key of RFC 7515, A.3. */
static void ec_thumbprint(void **state) {
    world *w = *state;
    cn_public_key key;
    cn_slice thumbprint;
    assert_true(read_jwk(w, RFC7515_P256, &key));
    assert_true(cn_jwk_thumbprint(w->c, w->a, &key, &thumbprint, &w->err));
    cn_digest d =
        cn_hash_of(w->c, CN_SHA256,
                   CN_S("{\"crv\":\"P-256\",\"kty\":\"EC\",\"x\":\"" RFC7515_X "\",\"y\":\"" RFC7515_Y "\"}"));
    assert_slice(bytes_of(w, (const char *)thumbprint.p), cn_digest_slice(&d));
}

static void same_as_multikey(void **state) {
    world *w = *state;
    static const struct pair {
        const char *jwk, *multikey;
    } pairs[] = {
        {EC_JWK("P-256", "igrFmi0whuihKnj9R3Om1SoMph72wUGeFaBbzG2vzns",
                "efsX5b10x8yjyrj4ny3pGfLcY7Xby1KzgqOdqnsrJIM"),
         "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"},
        {EC_JWK("P-256", "fyNYMN0976ci7xqiSdag3buk-ZCwgXU4kz9XNkBlNUI",
                "hW2ojTNfH7Jbi8--CJUo3OCbH3y5n91g-IMA9MLMbTU"),
         "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"},
        {EC_JWK("P-384", "CA-iNoHDg1lL8pvX3d1uvExzVfCz7Rn6tW781Ub8K5MrDf2IMPyL0RTDiaLHC1JT",
                "Kpnrn8DkXUD3ge4mFxi-DKr0DYO2KuJdwNBrhzLRtfMa3WFMZBiPKUPfJj8dYNl_"),
         "z82LkvCwHNreneWpsgPEbV3gu1C6NFJEBg4srfJ5gdxEsMGRJUz2sG9FE42shbn2xkZJh54"},
        {EC_JWK("P-521",
                "ASUHPMyichQ0QbHZ9ofNx_l4y7luncn5feKLo3OpJ2nSbZoC7mffolj5uy7s6KSKXFmnNWxGJ42IOrjZ47qqwqyS",
                "AW9ziIC4ZQQVSNmLlp59yYKrjRY0_VqO-GOIYQ9tYpPraBKUloEId6cI_vynCzlZWZtWpgOM3HPhYEgawQ703RjC"),
         "z2J9gaYxrKVpdoG9A4gRnmpnRCcxU6agDtFVVBVdn1JedouoZN7SzcyREXXzWgt3gGiwpoHq7K68X4m32D8HgzG8wv3sY5j7"},
        {OKP_JWK("Ed25519", "O2onvM62pC1io6jQKm8Nc2UyFXcd4kOmOsBIoYtZ2ik"),
         "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        cn_public_key key;
        cn_buf b = cn_buf_on(w->a, 0);
        assert_true(read_jwk(w, pairs[i].jwk, &key));
        assert_true(cn_multikey_write(&b, &key, &w->err));
        assert_slice(cn_buf_slice(&b), cn_slice_of(pairs[i].multikey));
    }
}

static void no_keys(void **state) {
    world *w = *state;
    static const char *const texts[] = {
        "null",
        "[]",
        "\"EC\"",
        "{}",
        "{\"kty\":1}",
        "{\"kty\":\"\"}",
        "{\"kty\":\"EC\"}",
        "{\"kty\":\"OKP\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":7}",
        OKP_JWK("Ed25519", ""),
        OKP_JWK("Ed25519", "AAAA"),
        OKP_JWK("Ed25519", RFC8037_X "AA"),
        OKP_JWK("Ed25519", RFC8037_X "="),
        OKP_JWK("Ed25519", "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
        OKP_JWK("Ed25519", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURp"), /* stray bits */
        EC_JWK("P-256", RFC7515_X, ""),
        EC_JWK("P-256", "", RFC7515_Y),
        EC_JWK("P-256", RFC7515_X, RFC7515_X), /* not on the curve */
        EC_JWK("P-256", RFC7515_X,
               "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a8"), /* nor this, of the same parity */
        EC_JWK("P-256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
               "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        EC_JWK("P-256", "__________________________________________8", RFC7515_Y),
        EC_JWK("P-256", "AH_NzidQ9sRdQYPL7m_bS3tYBzM1e-nvE7rPbjx70VRF", RFC7515_Y), /* a zero too many */
        EC_JWK("P-384", RFC7515_X, RFC7515_Y),
        "{\"kty\":\"RSA\"}",
        "{\"kty\":\"RSA\",\"n\":\"\",\"e\":\"AQAB\"}",
        "{\"kty\":\"RSA\",\"n\":\"AAAA\",\"e\":\"AQAB\"}",
        "{\"kty\":\"RSA\",\"n\":\"" RFC7515_N "\",\"e\":\"\"}",
        "{\"kty\":\"RSA\",\"n\":\"" RFC7515_N "\",\"e\":\"AA\"}",
        "{\"kty\":\"RSA\",\"n\":\"" RFC7515_N "\",\"e\":\"AQ\"}",
        "{\"kty\":\"RSA\",\"n\":\"" RFC7515_N "\",\"e\":\"Ag\"}",
        "{\"kty\":\"RSA\",\"n\":\"" RFC7515_N "\",\"e\":65537}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_public_key key;
        assert_error(w, read_jwk(w, texts[i], &key), CN_INVALID, "key.jwk");
    }
    cn_public_key key;
    assert_error(w, cn_jwk_read(w->a, NULL, &key, &w->err), CN_INVALID, "key.jwk");
    assert_error(w, read_jwk(w, EC_JWK("P-256", RFC7515_X, RFC7515_X), &key), CN_INVALID, "key.jwk");
    assert_string_equal(w->err.where, "/y");
}

static void other_kinds(void **state) {
    world *w = *state;
    static const char *const texts[] = {
        "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        OKP_JWK("X25519", RFC8037_X),
        OKP_JWK("Ed448", RFC8037_X),
        EC_JWK("secp256k1", RFC7515_X, RFC7515_Y),
        EC_JWK("Ed25519", RFC7515_X, RFC7515_Y),
        OKP_JWK("P-256", RFC8037_X),
        "{\"kty\":\"rsa\"}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_public_key key;
        assert_error(w, read_jwk(w, texts[i], &key), CN_UNSUPPORTED, "key.kind");
    }
}

static void sizes(void **state) {
    world *w = *state;
    cn_public_key key;
    assert_error(w, read_jwk(w, "{\"kty\":\"RSA\",\"n\":\"" RFC7515_X "\",\"e\":\"AQAB\"}", &key), CN_LIMIT,
                 "key.size");
    assert_error(w, read_jwk(w, "{\"kty\":\"RSA\",\"n\":\"" RFC7515_N "\",\"e\":\"" RFC7515_N "\"}", &key),
                 CN_LIMIT, "key.size");
}

/* A private key beside the public one is not looked at; leading zeros of RSA numbers are dropped. */
static void lenient(void **state) {
    world *w = *state;
    cn_public_key key;
    assert_true(read_jwk(
        w, "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" RFC8037_X "\",\"d\":17,\"key_ops\":[]}", &key));
    assert_true(read_jwk(w, "{\"kty\":\"RSA\",\"n\":\"" RFC7515_N "\",\"e\":\"AAEAAQ\"}", &key));
    assert_slice(key.exponent, CN_S("\x01\x00\x01"));
}

static void no_memory(void **state) {
    world *w = *state;
    static const char *const texts[] = {RFC7515_RSA, RFC7515_P521, OKP_JWK("Ed25519", RFC8037_X)};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const cn_json *v;
        assert_true(cn_json_read(w->a, cn_slice_of(texts[i]), NULL, &v, &w->err));
        bool done = false;
        for (size_t n = 1; !done; n++) {
            cn_public_key key;
            cn_slice thumbprint;
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            cn_arena_fail_after(a, n);
            done = cn_jwk_read(a, v, &key, &w->err) && cn_jwk_thumbprint(w->c, a, &key, &thumbprint, &w->err);
            if (!done) assert_int_equal(w->err.code, CN_LIMIT);
            else assert_true(n > 3);
        }
    }
}

static const cn_json *json_of(world *w, cn_slice text) {
    const cn_json *v;
    assert_true(cn_json_read(w->a, text, NULL, &v, &w->err));
    return v;
}

/* What is written is read again, and what is written then is the same text. */
static void written_and_read(void **state) {
    static const char *const texts[] = {
        RFC7515_RSA, RFC7515_P256, RFC7515_P521, OKP_JWK("Ed25519", RFC8037_X),
        EC_JWK("P-384", "CA-iNoHDg1lL8pvX3d1uvExzVfCz7Rn6tW781Ub8K5MrDf2IMPyL0RTDiaLHC1JT",
               "Kpnrn8DkXUD3ge4mFxi-DKr0DYO2KuJdwNBrhzLRtfMa3WFMZBiPKUPfJj8dYNl_")};
    world *w = *state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cn_public_key key, again;
        cn_buf b = cn_buf_on(w->a, 0), second = cn_buf_on(w->a, 0);
        assert_true(read_jwk(w, texts[i], &key));
        assert_true(cn_jwk_write(&b, &key, &w->err));
        assert_true(cn_jwk_read(w->a, json_of(w, cn_buf_slice(&b)), &again, &w->err));
        assert_slice(again.bytes, key.bytes);
        assert_true(cn_jwk_write(&second, &again, &w->err));
        assert_slice(cn_buf_slice(&second), cn_buf_slice(&b));
        assert_true(cn_slice_find(cn_buf_slice(&b), CN_S("\"d\"")) == SIZE_MAX);
    }
}

/* RFC 8037, appendix A.1, and an example of each curve made here. */
static void private_keys(void **state) {
    static const cn_key_kind kinds[] = {CN_KEY_ED25519, CN_KEY_P256, CN_KEY_P384, CN_KEY_P521};
    static const uint8_t sizes_of[] = {32, 32, 48, 66};
    world *w = *state;
    cn_private_key key, again;
    assert_true(cn_secret_jwk_read(w->c, w->a,
                                   json_of(w, CN_S("{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" RFC8037_X
                                                   "\",\"d\":\"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}")),
                                   &key, &w->err));
    assert_int_equal(key.bytes[0], 0x9d);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        cn_buf b = cn_buf_on(w->a, 0);
        key = (cn_private_key){.kind = kinds[i], .n = sizes_of[i]};
        memset(key.bytes + 1, 5, key.n - 1);
        assert_true(cn_secret_jwk_write(w->c, w->a, &b, &key, &w->err));
        assert_true(cn_secret_jwk_read(w->c, w->a, json_of(w, cn_buf_slice(&b)), &again, &w->err));
        assert_memory_equal(again.bytes, key.bytes, sizeof key.bytes);
        assert_int_equal(again.kind, key.kind);
    }
}

static void what_is_no_private_key(void **state) {
    static const struct {
        const char *text;
        cn_code code;
        const char *id, *where;
    } cases[] = {
        {OKP_JWK("Ed25519", RFC8037_X), CN_INVALID, "key.jwk", "/d"},
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" RFC8037_X "\",\"d\":\"AAAA\"}", CN_INVALID, "key.jwk",
         "/d"},
        /* another key's private half */
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" RFC8037_X
         "\",\"d\":\"AAGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A\"}",
         CN_INVALID, "key.jwk", "/d"},
        /* not between 1 and the group's order */
        {"{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" RFC7515_X "\",\"y\":\"" RFC7515_Y
         "\",\"d\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
         CN_INVALID, "key.jwk", ""},
        {RFC7515_RSA, CN_UNSUPPORTED, "key.kind", ""},
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"use\":\"enc\",\"x\":\"" RFC8037_X "\"}", CN_INVALID, "key.jwk",
         "/use"},
        {"{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"use\":1,\"x\":\"" RFC8037_X "\"}", CN_INVALID, "key.jwk", "/use"},
    };
    world *w = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cn_private_key key;
        bool done = cn_secret_jwk_read(w->c, w->a, json_of(w, cn_slice_of(cases[i].text)), &key, &w->err);
        assert_error(w, done, cases[i].code, cases[i].id);
        assert_string_equal(w->err.where, cases[i].where);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(signatures), TEST(thumbprints),      TEST(ec_thumbprint), TEST(same_as_multikey),
        TEST(no_keys),    TEST(other_kinds),      TEST(sizes),         TEST(lenient),
        TEST(no_memory),  TEST(written_and_read), TEST(private_keys),  TEST(what_is_no_private_key)};
    return cmocka_run_group_tests_name("crypto/jwk", tests, NULL, NULL);
}
