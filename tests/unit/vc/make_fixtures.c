/* SPDX-License-Identifier: Apache-2.0
 *
 * Makes the signed files of tests/data/vc from its unsigned ones:
 *
 *     make_fixtures tests/data/vc
 *
 * The keys are public knowledge (32 equal bytes each), the signatures deterministic: a run changes
 * nothing unless an unsigned file or a table below has changed. The files are kept, so that tests
 * verify what was signed then, and not only what is signed now.
 */
#include <libdeflate.h>

#include "vc/jwt.h"

#define STATUS(type, purpose, index, list)                                                                        \
    "{\"credentialStatus\":{\"type\":\"" type "\",\"statusPurpose\":\"" purpose "\",\"statusListIndex\":" index   \
    ",\"statusListCredential\":\"https://college.example/status/" list "\"}}"
#define LIST(list, purpose) STATUS("BitstringStatusListEntry", purpose, "\"7\"", list)
#define ONE_EDTECH(list)                                                                                          \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","                                                    \
    "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\","                                             \
    "\"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json\"],"                                               \
    "\"credentialStatus\":{\"id\":\"https://college.example/status/" list                                         \
    "\",\"type\":\"1EdTechRevocationList\"}}"
#define ENDORSED(by) "{\"credentialSubject\":{\"achievement\":{\"endorsement\":[" by "]}}}"
/* The published contexts of Open Badges lack the term; issuers who sign RDF bring it. */
#define ENDORSED_JWT(by)                                                                                          \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","                                                    \
    "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\",{\"endorsementJwt\":{\"@id\":"                \
    "\"https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementJwt\",\"@container\":\"@set\"}}],"             \
    "\"endorsementJwt\":[" by "]}"
#define RECORD(of)                                                                                                \
    "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","                                                    \
    "\"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json\","                                            \
    "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\"],"                                            \
    "\"id\":\"urn:uuid:5c0e1f6a-3f0a-4d1e-9a39-2f6f1a1d7c02\",\"type\":[\"VerifiableCredential\","                \
    "\"ClrCredential\"],\"credentialSubject\":{\"type\":[\"ClrSubject\"],\"achievement\":null,"                   \
    "\"verifiableCredential\":[" of "]}}"
#define WEB "did:web:college.example"

/* One file: the base with a merge patch (RFC 7396), one or two proofs, and a merge patch after signing. */
typedef struct fixture {
    const char *name, *patch, *after;
    const char *also;   /* one more patch before signing */
    const char *issuer; /* NULL: the did:key of key 1 */
    const char *method; /* NULL: the did:key of `key`, with fragment */
    const char *purpose, *created, *expires;
    int key;                  /* 0 means 1 */
    bool token;               /* a JWT, and no proof */
    const char *second;       /* the suite of a second proof; NULL: one proof */
    const char *replace, *by; /* in the text at the end */
} fixture;

static const fixture fixtures[] = {
    {.name = "good"},
    {.name = "two-proofs",
     .patch = "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
              "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\","
              "\"https://w3id.org/security/suites/ed25519-2020/v1\"]}",
     .second = "Ed25519Signature2020"},
    {.name = "two-proofs-one-bad", .second = "eddsa-rdfc-2022", .replace = "SECOND", .by = "FIRST"},
    {.name = "tampered", .after = "{\"name\":\"Soil sampling\"}"},
    {.name = "no-proof", .after = "{\"proof\":null}"},
    {.name = "expired", .patch = "{\"validUntil\":\"2026-01-01T00:00:00Z\"}"},
    {.name = "not-yet-valid", .patch = "{\"validFrom\":\"2036-01-01T00:00:00Z\"}"},
    {.name = "date-invalid", .patch = "{\"validUntil\":\"2026-02-30T00:00:00Z\"}"},
    {.name = "status-clear", .patch = LIST("clear", "revocation")},
    {.name = "revoked", .patch = LIST("set", "revocation")},
    {.name = "revoked-by-number", .patch = STATUS("BitstringStatusListEntry", "revocation", "7", "set")},
    {.name = "revoked-2021",
     .patch = "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
              "\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\",\"https://w3id.org/vc/status-list/"
              "2021/v1\"],"
              "\"credentialStatus\":{\"id\":\"urn:uuid:6f0b\",\"type\":\"StatusList2021Entry\",\"statusPurpose\":"
              "\"revocation\","
              "\"statusListIndex\":\"7\",\"statusListCredential\":\"https://college.example/status/set-2021\"}}"},
    {.name = "suspended", .patch = LIST("suspended", "suspension")},
    {.name = "list-unreachable", .patch = LIST("nowhere", "revocation")},
    {.name = "list-short", .patch = LIST("short", "revocation")},
    {.name = "list-expired", .patch = LIST("expired", "revocation")},
    {.name = "list-unsigned", .patch = LIST("unsigned", "revocation")},
    {.name = "list-bomb", .patch = LIST("bomb", "revocation")},
    {.name = "list-no-json", .patch = LIST("no-json", "revocation")},
    {.name = "list-other-purpose", .patch = LIST("set", "suspension")},
    {.name = "list-beyond", .patch = STATUS("BitstringStatusListEntry", "revocation", "\"131072\"", "set")},
    {.name = "status-message",
     .patch = "{\"credentialStatus\":{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"message\","
              "\"statusListIndex\":\"3\",\"statusSize\":2,\"statusMessage\":["
              "{\"status\":\"0x0\",\"message\":\"under review\"},{\"status\":\"0x1\",\"message\":\"accepted\"},"
              "{\"status\":\"0x02\",\"message\":\"contested\"},{\"status\":\"0x3\",\"message\":\"undefined\"}],"
              "\"statusReference\":\"https://college.example/notes\","
              "\"statusListCredential\":\"https://college.example/status/message\"}}"},
    {.name = "status-message-unnamed",
     .patch = "{\"credentialStatus\":{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"message\","
              "\"statusListIndex\":\"3\",\"statusSize\":2,"
              "\"statusListCredential\":\"https://college.example/status/message\"}}"},
    {.name = "status-message-nought",
     .patch = "{\"credentialStatus\":{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"message\","
              "\"statusListIndex\":\"4\",\"statusSize\":2,\"statusMessage\":["
              "{\"status\":\"0x0\",\"message\":\"under review\"}],"
              "\"statusListCredential\":\"https://college.example/status/message\"}}"},
    {.name = "status-refresh", .patch = STATUS("BitstringStatusListEntry", "refresh", "\"6\"", "message")},
    {.name = "status-both",
     .patch = "{\"credentialStatus\":[{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"revocation\","
              "\"statusListIndex\":\"8\",\"statusListCredential\":\"https://college.example/status/both\"},"
              "{\"type\":\"BitstringStatusListEntry\",\"statusPurpose\":\"suspension\","
              "\"statusListIndex\":\"7\",\"statusListCredential\":\"https://college.example/status/both\"}]}"},
    {.name = "list-other-signer", .patch = LIST("other-signer", "revocation")},
    {.name = "list-future", .patch = LIST("future", "revocation")},
    {.name = "revoked-1edtech", .patch = ONE_EDTECH("revocations")},
    {.name = "clear-1edtech",
     .patch = ONE_EDTECH("revocations"),
     .also = "{\"id\":\"https://college.example/credentials/2\"}"},
    {.name = "list-1edtech-no-list", .patch = ONE_EDTECH("no-list")},
    {.name = "status-type-unknown",
     .patch =
         "{\"credentialStatus\":{\"id\":\"urn:uuid:77aa\",\"type\":\"https://college.example/OtherStatus\"}}"},
    {.name = "issuer-missing", .patch = "{\"issuer\":null}"},
    {.name = "issuer-other", .issuer = "https://other.example/issuer"},
    {.name = "term-dropped", .after = "{\"credentialSubject\":{\"grade\":\"A\"}}"},
    {.name = "context-unknown",
     .after = "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\","
              "\"https://college.example/context\"]}"},
    {.name = "context-order",
     .patch = "{\"@context\":[\"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json\","
              "\"https://www.w3.org/ns/credentials/v2\"]}"},
    {.name = "type-unmapped", .after = "{\"type\":[\"VerifiableCredential\",\"NoSuchBadge\"]}"},
    {.name = "key-other", .key = 2, .method = "KEY1"},
    {.name = "purpose-other", .purpose = "authentication"},
    {.name = "method-bare", .method = "BARE1"},
    {.name = "method-no-url",
     .after = "{\"proof\":{\"verificationMethod\":\"z6Mkon3Necd6NkkyfoGoHxid2znGc59LU3K7mubaRcFbLfLX\"}}"},
    {.name = "suite-unknown", .after = "{\"proof\":{\"cryptosuite\":\"example-2040\"}}"},
    {.name = "proof-value-missing", .after = "{\"proof\":{\"proofValue\":null}}"},
    {.name = "proof-value-short", .after = "{\"proof\":{\"proofValue\":\"z2YwC8\"}}"},
    {.name = "proof-expired", .expires = "2026-01-01T00:00:00Z"},
    {.name = "web", .issuer = WEB, .key = 1, .method = WEB "#key-1"},
    {.name = "web-jwk", .issuer = WEB, .key = 1, .method = WEB "#key-jwk"},
    {.name = "web-retired-before",
     .issuer = WEB,
     .key = 2,
     .method = WEB "#key-2",
     .created = "2025-03-01T00:00:00Z"},
    {.name = "web-retired-after",
     .issuer = WEB,
     .key = 2,
     .method = WEB "#key-2",
     .created = "2025-09-01T00:00:00Z"},
    {.name = "web-revoked-after",
     .issuer = WEB,
     .key = 2,
     .method = WEB "#key-3",
     .created = "2025-09-01T00:00:00Z"},
    {.name = "web-unlisted-purpose", .issuer = WEB, .key = 1, .method = WEB "#key-login"},
    {.name = "web-foreign-controller", .issuer = WEB, .key = 1, .method = WEB "#key-foreign"},
    {.name = "web-absent", .issuer = WEB, .key = 1, .method = WEB "#key-9"},
    {.name = "web-unreachable",
     .issuer = "did:web:gone.example",
     .key = 1,
     .method = "did:web:gone.example#key-1"},
    {.name = "web-impostor",
     .issuer = "did:web:impostor.example",
     .key = 1,
     .method = "did:web:impostor.example#key-1"},
    {.name = "https",
     .issuer = "https://college.example/issuer",
     .method = "https://college.example/issuer#key-1"},
    {.name = "evidence-digest",
     .patch = "{\"evidence\":{\"id\":\"https://college.example/status/no-json\",\"type\":\"Evidence\","
              "\"digestSRI\":\"sha256-SiQTACzw23ZvKJIi902QFqfNo5X/fg6xn6DZr3Bchu4=\"}}"},
    {.name = "endorsed", .patch = ENDORSED("\"PART:good\"")},
    {.name = "endorsed-badly", .patch = ENDORSED("\"PART:good\",\"PART:tampered\",\"PART:ended\"")},
    {.name = "endorsed-once", .patch = ENDORSED("\"PART:ended\"")},
    {.name = "endorsed-elsewhere", .patch = "{\"issuer\":{\"endorsement\":[\"PART:elsewhere\"]}}"},
    {.name = "endorsed-from-afar", .patch = "{\"endorsement\":\"PART:far\"}"},
    {.name = "endorsed-jwt", .patch = ENDORSED_JWT("\"PART:token\"")},
    {.name = "endorsed-jwt-badly",
     .patch =
         ENDORSED_JWT("\"PART:token-elsewhere\",\"PART:token\",\"PART:token-tampered\",\"PART:token-ended\"")},
    {.name = "endorsed-jwt-undefined", .after = "{\"endorsementJwt\":[\"PART:token\"]}"},
    {.name = "endorsed-jwt-inside",
     .patch = "{\"credentialSubject\":{\"achievement\":{\"endorsementJwt\":[\"PART:token\"]}},"
              "\"issuer\":{\"endorsementJwt\":[\"PART:token-tampered\"]}}",
     .token = true},
    {.name = "record", .patch = RECORD("\"PART:badge\",\"PART:badge-2\"")},
    {.name = "record-forged", .patch = RECORD("\"PART:badge\",\"PART:badge-forged\"")},
    {.name = "record-unsigned", .patch = RECORD("\"PART:badge-unsigned\"")},
    {.name = "record-ended", .patch = RECORD("\"PART:badge-ended\",\"PART:badge-revoked\"")},
    {.name = "record-unknown", .patch = RECORD("\"PART:badge-far\"")},
    {.name = "duplicate-keys",
     .replace = "\"name\":\"Soil Sampling\",\"issuer\"",
     .by = "\"name\":\"Soil Science\",\"name\":\"Soil Sampling\",\"issuer\""},
};

/* Credentials that stand in others, under the names by which patches call them. */
static const struct {
    fixture f;
    bool badge; /* otherwise it is an endorsement */
} parts[] = {
    {{.name = "good", .key = 2}, false},
    {{.name = "tampered", .key = 2, .after = "{\"validFrom\":\"2024-01-01T00:00:00Z\"}"}, false},
    {{.name = "ended", .key = 2, .patch = "{\"validUntil\":\"2026-01-01T00:00:00Z\"}"}, false},
    {{.name = "elsewhere", .key = 2, .patch = "{\"credentialSubject\":{\"id\":\"urn:uuid:77aa\"}}"}, false},
    {{.name = "far", .issuer = "did:web:gone.example", .method = "did:web:gone.example#key-1"}, false},
    {{.name = "token", .key = 2, .token = true}, false},
    {{.name = "token-tampered", .key = 2, .token = true, .replace = ".", .by = ".e30"}, false},
    {{.name = "token-ended", .key = 2, .token = true, .patch = "{\"validUntil\":\"2026-01-01T00:00:00Z\"}"},
     false},
    {{.name = "token-elsewhere",
      .key = 2,
      .token = true,
      .patch = "{\"credentialSubject\":{\"id\":\"urn:uuid:77aa\"}}"},
     false},
    {{.name = "badge", .key = 2}, true},
    {{.name = "badge-2", .patch = LIST("clear", "revocation")}, true},
    {{.name = "badge-forged", .key = 2, .after = "{\"name\":\"Soil Science\"}"}, true},
    {{.name = "badge-unsigned", .key = 2, .after = "{\"proof\":null}"}, true},
    {{.name = "badge-ended", .key = 2, .patch = "{\"validUntil\":\"2026-01-01T00:00:00Z\"}"}, true},
    {{.name = "badge-revoked", .key = 2, .patch = LIST("set", "revocation")}, true},
    {{.name = "badge-far", .issuer = "did:web:gone.example", .method = "did:web:gone.example#key-1"}, true},
};

/* A status list: how many bytes, which of them is set to what, and what else is different. */
static const struct {
    fixture f;
    size_t bytes, at;
    uint8_t value;
    bool plain; /* without the multibase prefix */
} lists[] = {
    {{.name = "net/list-clear"}, 16384, 0, 0xfe, false},
    {{.name = "net/list-set"}, 16384, 0, 0x01, false},
    {{.name = "net/list-set-2021",
      .patch = "{\"@context\":[\"https://www.w3.org/2018/credentials/v1\","
               "\"https://w3id.org/vc/status-list/2021/v1\",\"https://w3id.org/security/data-integrity/v2\"],"
               "\"validFrom\":null,\"issuanceDate\":\"2025-01-01T00:00:00Z\","
               "\"type\":[\"VerifiableCredential\",\"StatusList2021Credential\"],"
               "\"credentialSubject\":{\"type\":\"StatusList2021\"}}"},
     16384,
     0,
     0x01,
     true},
    {{.name = "net/list-suspended", .patch = "{\"credentialSubject\":{\"statusPurpose\":\"suspension\"}}"},
     16384,
     0,
     1,
     false},
    {{.name = "net/list-message",
      .patch = "{\"credentialSubject\":{\"statusPurpose\":[\"message\",\"refresh\"],\"ttl\":300000}}"},
     16384,
     0,
     0x03 - 1,
     false},
    {{.name = "net/list-both",
      .patch = "{\"credentialSubject\":{\"statusPurpose\":[\"revocation\",\"suspension\"],\"ttl\":60000}}"},
     16384,
     0,
     0x01,
     false},
    {{.name = "net/list-other-signer", .key = 2}, 16384, 0, 0, false},
    {{.name = "net/list-future", .patch = "{\"validFrom\":\"2036-01-01T00:00:00Z\"}"}, 16384, 0, 0, false},
    {{.name = "net/list-short"}, 12500, 0, 0, false},
    {{.name = "net/list-expired", .patch = "{\"validUntil\":\"2026-01-01T00:00:00Z\"}"}, 16384, 0, 0, false},
    {{.name = "net/list-unsigned", .after = "{\"proof\":null}"}, 16384, 0, 0, false},
    {{.name = "net/list-bomb"}, 17 << 20, 0, 0, false},
};

static cn_arena *arena;
static cn_crypto *crypto;
static const char *folder;

static void need(bool good, const char *what, const cn_err *err) {
    if (good) return;
    fprintf(stderr, "make_fixtures: %s: %s %s\n", what, err ? err->id : "", err ? err->detail : "");
    exit(1);
}

static cn_slice print(const char *prefix, cn_slice text, const char *suffix) {
    cn_slice out;
    need(cn_arena_print(arena, &out, "%s%.*s%s", prefix, CN_ARG(text), suffix), "memory", NULL);
    return out;
}

static const cn_json *parse(cn_slice text) {
    cn_err err;
    const cn_json *v = NULL;
    need(cn_json_read(arena, text, NULL, &v, &err), "json", &err);
    return v;
}

static const cn_json *read_json(const char *name) {
    cn_slice path = print(folder, print("/", cn_slice_of(name), ""), ".json");
    FILE *f = fopen(path.p, "rb");
    need(f != NULL, path.p, NULL);
    char *text = cn_arena_alloc(arena, 65536);
    need(text != NULL, "memory", NULL);
    size_t n = fread(text, 1, 65536, f);
    fclose(f);
    return parse(cn_slice_bytes(text, n));
}

/* RFC 7396 */
static const cn_json *merge(const cn_json *target, const cn_json *patch) {
    if (!cn_json_is(patch, CN_JSON_OBJECT)) return patch;
    cn_json *out =
        cn_json_is(target, CN_JSON_OBJECT) ? cn_json_copy_shallow(arena, target) : cn_json_object(arena);
    for (size_t i = 0; out && i < patch->object.n; i++) {
        const cn_json_member *m = &patch->object.v[i];
        if (cn_json_is(m->value, CN_JSON_NULL)) out = cn_json_without(arena, out, m->key);
        else need(cn_json_set(arena, out, m->key, merge(cn_json_get(out, m->key), m->value)), "memory", NULL);
    }
    return out;
}

static const cn_json *patched(const cn_json *v, const char *patch) {
    return patch ? merge(v, parse(cn_slice_of(patch))) : v;
}

static cn_private_key key_of(int number) {
    cn_private_key k = {.kind = CN_KEY_ED25519, .n = 32};
    memset(k.bytes, number, 32);
    return k;
}

/* "z6Mk…" of a key. */
static cn_slice multikey(int number) {
    cn_private_key k = key_of(number);
    cn_public_key p;
    cn_buf b = cn_buf_on(arena, 0);
    cn_err err;
    need(cn_key_public(crypto, arena, &k, &p, &err) && cn_multikey_write(&b, &p, &err), "key", &err);
    return cn_buf_slice(&b);
}

static cn_slice did_key(int number) {
    return print("did:key:", multikey(number), "");
}

static cn_slice method_of(const fixture *f) {
    if (f->method && !strcmp(f->method, "BARE1")) return did_key(1);
    if (f->method && strcmp(f->method, "KEY1")) return cn_slice_of(f->method);
    int key = f->key && !f->method ? f->key : 1;
    return print(did_key(key).p, print("#", multikey(key), ""), "");
}

static const cn_json *sign(const cn_json *document, const fixture *f, const char *suite) {
    cn_private_key key = key_of(f->key ? f->key : 1);
    cn_loader contexts = cn_builtin_loader(NULL);
    cn_sign_options o = {.crypto = crypto,
                         .contexts = &contexts,
                         .key = &key,
                         .suite = cn_slice_of(suite),
                         .method = method_of(f),
                         .purpose = cn_slice_of(f->purpose)};
    cn_time expires;
    cn_err err;
    const cn_json *out = NULL;
    if (f->expires) {
        need(cn_time_read(cn_slice_of(f->expires), &expires, NULL), "time", NULL);
        o.expires = &expires;
    }
    need(cn_time_read(cn_slice_of(f->created ? f->created : "2025-01-02T00:00:00Z"), &o.created, NULL), "time",
         NULL);
    need(cn_integrity_add(arena, document, &o, &out, &err), f->name, &err);
    return out;
}

static void write_file(const fixture *f, cn_slice text) {
    cn_slice path = print(folder, print("/", cn_slice_of(f->name), ""), f->token ? ".jwt" : ".json");
    FILE *out = fopen(path.p, "wb");
    need(out != NULL, path.p, NULL);
    fwrite(text.p, 1, text.n, out);
    fclose(out);
}

/* `by` in place of the first `what`. */
static cn_slice replaced(cn_slice text, cn_slice what, cn_slice by) {
    size_t at = cn_slice_find(text, what);
    need(at != SIZE_MAX, "nothing to replace", NULL);
    cn_buf b = cn_buf_on(arena, 0);
    cn_buf_add(&b, cn_slice_sub(text, 0, at));
    cn_buf_add(&b, by);
    cn_buf_add(&b, cn_slice_from(text, at + what.n));
    return cn_buf_slice(&b);
}

static cn_slice proof_value(const cn_json *v, size_t i) {
    return cn_json_get_text(cn_json_item(cn_json_get(v, CN_S("proof")), i), CN_S("proofValue"));
}

/* The base with the issuer's name filled in. */
static const cn_json *issued_by(const cn_json *base, cn_slice issuer) {
    cn_buf b = cn_buf_on(arena, 0);
    cn_json_write(&b, base);
    return parse(replaced(cn_buf_slice(&b), CN_S("ISSUER"), issuer));
}

static const cn_json *issued(const fixture *f, const cn_json *base) {
    return issued_by(base, f->issuer ? cn_slice_of(f->issuer) : did_key(f->key ? f->key : 1));
}

static cn_slice token_of(const cn_json *document, const fixture *f) {
    cn_private_key key = key_of(f->key ? f->key : 1);
    cn_jose_options o = {.crypto = crypto, .key = &key, .kid = method_of(f)};
    cn_slice text;
    cn_err err;
    need(cn_jose_sign(arena, document, &o, &text, &err), f->name, &err);
    return text;
}

static cn_slice signed_text(const fixture *f, const cn_json *v) {
    cn_buf b = cn_buf_on(arena, 0);
    if (f->token) return token_of(v, f);
    v = sign(v, f, "eddsa-rdfc-2022");
    if (f->second) v = sign(v, &(fixture){.name = f->name, .key = f->replace ? 2 : 1}, f->second);
    return cn_json_write(&b, v), cn_buf_slice(&b);
}

/* The patch with the signed parts that it calls by name. */
static const char *with_parts(const char *patch) {
    for (size_t i = 0; patch && i < sizeof parts / sizeof parts[0]; i++) {
        const fixture *f = &parts[i].f;
        cn_slice call = print("\"PART:", cn_slice_of(f->name), "\"");
        if (cn_slice_find(cn_slice_of(patch), call) == SIZE_MAX) continue;
        const cn_json *base = issued(f, read_json(parts[i].badge ? "unsigned" : "unsigned-endorsement"));
        cn_slice text = signed_text(f, patched(base, f->patch));
        if (f->token && f->replace) text = replaced(text, cn_slice_of(f->replace), cn_slice_of(f->by));
        if (f->token) text = print("\"", text, "\"");
        cn_buf b = cn_buf_on(arena, 0);
        cn_json_write(&b, patched(parse(text), f->after));
        patch = print("", replaced(cn_slice_of(patch), call, cn_buf_slice(&b)), "").p;
    }
    return patch;
}

static void make(const fixture *f, const cn_json *base) {
    cn_slice text = signed_text(f, patched(patched(base, with_parts(f->patch)), f->also));
    const cn_json *v = NULL;
    if (!f->token) {
        cn_buf b = cn_buf_on(arena, 0);
        v = patched(parse(text), with_parts(f->after));
        cn_json_write(&b, v);
        text = cn_buf_slice(&b);
    }
    bool swap = f->replace && !strcmp(f->replace, "SECOND");
    if (swap) text = replaced(text, proof_value(v, 1), proof_value(v, 0));
    else if (f->replace) text = replaced(text, cn_slice_of(f->replace), cn_slice_of(f->by));
    write_file(f, print("", text, "\n"));
}

static cn_slice bits(size_t bytes, size_t at, uint8_t value, bool plain) {
    uint8_t *raw = calloc(bytes, 1), *zipped = malloc(bytes + 1024);
    need(raw && zipped, "memory", NULL);
    raw[at] = value;
    struct libdeflate_compressor *c = libdeflate_alloc_compressor(9);
    size_t n = libdeflate_gzip_compress(c, raw, bytes, zipped, bytes + 1024);
    libdeflate_free_compressor(c);
    cn_buf b = cn_buf_on(arena, 0);
    if (!plain) cn_buf_byte(&b, 'u');
    cn_base64_write(&b, CN_BASE64_URL, cn_slice_bytes(zipped, n));
    free(raw);
    free(zipped);
    return cn_buf_slice(&b);
}

int main(int argc, char **argv) {
    if (argc != 2) return fprintf(stderr, "usage: make_fixtures FOLDER\n"), 64;
    cn_err err;
    folder = argv[1];
    arena = cn_arena_new(0);
    need(cn_crypto_new(&crypto, &err), "crypto", &err);
    const cn_json *badge = read_json("unsigned"), *list = read_json("unsigned-list");
    for (size_t i = 0; i < sizeof fixtures / sizeof fixtures[0]; i++) {
        cn_slice issuer = fixtures[i].issuer ? cn_slice_of(fixtures[i].issuer) : did_key(1);
        make(&fixtures[i], issued_by(badge, issuer));
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        cn_slice text = bits(lists[i].bytes, lists[i].at, lists[i].value, lists[i].plain);
        cn_slice member = print("{\"credentialSubject\":{\"encodedList\":\"", text, "\"}}");
        make(&lists[i].f, patched(issued_by(list, did_key(lists[i].f.key ? lists[i].f.key : 1)), member.p));
    }
    cn_crypto_free(crypto);
    cn_arena_free(arena);
    return 0;
}
