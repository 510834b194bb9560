/* SPDX-License-Identifier: Apache-2.0
 *
 * The status lists of the VC-API: given places, those that are on, and the signed lists that tell of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "net/net.h"
#include "server/vc_status.h"

static const cn_slice purposes[CN_VC_PURPOSES] = {CN_S_INIT("revocation"), CN_S_INIT("suspension")};
static const cn_slice heading = CN_S_INIT("cairn vc-api status 1\n");
enum { BYTES = CN_VC_LIST_BITS / 8, FILE_BYTES_MAX = 1 << 20, PATH_BYTES = 4096 };

static bool bit_of(const uint8_t *bits, uint64_t i) {
    return bits[i / 8] & 0x80 >> i % 8;
}

static void set_bit(uint8_t *bits, uint64_t i, bool on) {
    uint8_t mask = (uint8_t)(0x80 >> i % 8);
    bits[i / 8] = on ? bits[i / 8] | mask : (uint8_t)(bits[i / 8] & ~mask);
}

static cn_vc_list *find(cn_vc_status *s, cn_slice purpose, cn_err *err) {
    for (size_t i = 0; i < CN_VC_PURPOSES; i++)
        if (cn_slice_eq(purpose, purposes[i])) return &s->lists[i];
    (void)cn_fail(err, CN_INVALID, "vc-api.purpose", "The lists are \"revocation\" and \"suspension\".");
    return NULL;
}

/* ---- The file ---- */

static bool write_lists(const cn_vc_status *s, int file) {
    bool good = cn_file_write_all(file, heading);
    for (size_t i = 0; i < CN_VC_PURPOSES; i++)
        good = good && cn_file_write_all(file, cn_slice_bytes(s->lists[i].given, BYTES)) &&
               cn_file_write_all(file, cn_slice_bytes(s->lists[i].on, BYTES));
    return good && fsync(file) == 0;
}

/* One server works with a folder: two would each write the file without the places that the other has given. The
 * kernel gives the folder free when the server ends, however it ends. */
static bool lock_folder(cn_vc_status *s, cn_err *err) {
    char name[PATH_BYTES];
    const char *slash = strrchr(s->path.p, '/');
    (void)snprintf(name, sizeof name, "%.*s", slash ? (int)(slash - s->path.p) + 1 : 1, slash ? s->path.p : ".");
    s->folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    s->opened = s->folder >= 0;
    if (s->opened && flock(s->folder, LOCK_EX | LOCK_NB) == 0) return true;
    if (s->opened && errno == EWOULDBLOCK)
        return cn_fail(err, CN_CONFLICT, "vc-api.folder-taken",
                       "Another server works with %s: a folder of keys is for one.", name);
    return cn_fail(err, CN_UNAVAILABLE, "vc-api.folder", "The folder %s cannot be locked: %s.", name,
                   strerror(errno));
}

/* A new file in the place of the old one: a power cut leaves one of them whole, and once this has answered the new
 * one. */
static bool save(const cn_vc_status *s, cn_err *err) {
    char name[PATH_BYTES];
    (void)snprintf(name, sizeof name, "%s.new", s->path.p);
    int file = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = file >= 0 && write_lists(s, file);
    if (file >= 0 && close(file) != 0) good = false;
    if (good && rename(name, s->path.p) == 0 && fsync(s->folder) == 0) return true;
    /* The new name is not on the disk. Where that is, is for whoever runs the server to know. */
    fprintf(stderr, "cairn: serve: %s could not be written: %s.\n", name, strerror(errno));
    return cn_fail(err, CN_UNAVAILABLE, "vc-api.status-file", "The status lists could not be written.");
}

static bool read_lists(cn_vc_status *s, cn_slice text, cn_err *err) {
    const char *at = text.p + heading.n;
    if (text.n != heading.n + 2 * CN_VC_PURPOSES * (size_t)BYTES || !cn_slice_starts(text, heading))
        return cn_fail(err, CN_INVALID, "vc-api.status-file", "%s is not as this program writes it.", s->path.p);
    for (size_t i = 0; i < CN_VC_PURPOSES; i++) {
        cn_vc_list *l = &s->lists[i];
        memcpy(l->given, at, BYTES);
        memcpy(l->on, at + BYTES, BYTES);
        at += 2 * (size_t)BYTES;
        for (size_t k = 0; k < BYTES; k++) l->given_n += (size_t)__builtin_popcount(l->given[k]);
    }
    return true;
}

static bool read_file(cn_vc_status *s, cn_err *err) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_slice text;
    if (access(s->path.p, F_OK) != 0 && errno == ENOENT) return true;
    return cn_file_read(a, s->path, FILE_BYTES_MAX, &text, err) && read_lists(s, text, err);
}

/* ---- The signed list ---- */

static bool build(const cn_vc_status *s, cn_arena *a, size_t i, cn_time now, const cn_json **out, cn_err *err) {
    cn_buf b = cn_buf_on(a, 0);
    cn_slice url, bits;
    if (!cn_arena_print(a, &url, "%.*s/vc-api/status-lists/%.*s", CN_ARG(s->origin), CN_ARG(purposes[i])))
        return cn_fail_memory(err);
    if (!cn_bitstring_write(a, cn_slice_bytes(s->lists[i].on, BYTES), &bits, err)) return false;
    cn_buf_print(&b,
                 "{\"@context\":[\"https://www.w3.org/ns/credentials/v2\"],\"id\":\"%.*s\","
                 "\"type\":[\"VerifiableCredential\",\"BitstringStatusListCredential\"],\"issuer\":\"%.*s\","
                 "\"validFrom\":\"",
                 CN_ARG(url), CN_ARG(s->key->controller));
    cn_time_write(&b, (cn_time){.sec = now.sec});
    cn_buf_print(&b,
                 "\",\"credentialSubject\":{\"id\":\"%.*s#list\",\"type\":\"BitstringStatusList\","
                 "\"statusPurpose\":\"%.*s\",\"encodedList\":\"%.*s\"}}",
                 CN_ARG(url), CN_ARG(purposes[i]), CN_ARG(bits));
    return (cn_buf_ok(&b) || cn_fail_memory(err)) && cn_json_read(a, cn_buf_slice(&b), NULL, out, err);
}

static bool sign(const cn_vc_status *s, cn_arena *a, size_t i, cn_time now, cn_slice *out, cn_err *err) {
    const cn_json *unsigned_list, *signed_list;
    cn_buf b = cn_buf_on(a, 0);
    bool eddsa = s->key->key.kind == CN_KEY_ED25519;
    cn_sign_options how = {.crypto = s->crypto,
                           .contexts = s->contexts,
                           .key = &s->key->key,
                           .suite = eddsa ? CN_S("eddsa-rdfc-2022") : CN_S("ecdsa-rdfc-2019"),
                           .method = s->key->method,
                           .created = {.sec = now.sec}};
    if (!build(s, a, i, now, &unsigned_list, err) || !cn_integrity_add(a, unsigned_list, &how, &signed_list, err))
        return false;
    cn_json_write(&b, signed_list);
    *out = cn_buf_slice(&b);
    return cn_buf_ok(&b) || cn_fail_memory(err);
}

static bool publish(cn_vc_status *s, size_t i, cn_time now, cn_err *err) {
    cn_arena *a = cn_arena_new(0);
    cn_slice document;
    if (!sign(s, a, i, now, &document, err)) {
        cn_arena_free(a);
        return false;
    }
    cn_arena_free(s->lists[i].arena);
    s->lists[i].arena = a;
    s->lists[i].document = document;
    return true;
}

/* ---- What the VC-API asks for ---- */

static bool give(cn_vc_status *s, cn_vc_list *l, uint64_t *index, cn_err *err) {
    uint32_t at;
    if (l->given_n == CN_VC_LIST_BITS)
        return cn_fail(err, CN_UNAVAILABLE, "vc-api.status-full",
                       "Every place of the status list has been given.");
    if (!s->random->fill(s->random->self, (uint8_t *)&at, sizeof at))
        return cn_fail(err, CN_INTERNAL, "crypto.random", "There is no randomness.");
    for (at %= CN_VC_LIST_BITS; bit_of(l->given, at);) at = (at + 1) % CN_VC_LIST_BITS;
    set_bit(l->given, at, true);
    l->given_n++;
    *index = at;
    if (save(s, err)) return true;
    set_bit(l->given, at, false);
    l->given_n--;
    return false;
}

static bool take(void *self, cn_slice purpose, uint64_t *index, cn_err *err) {
    cn_vc_status *s = self;
    pthread_mutex_lock(&s->lock);
    cn_vc_list *l = find(s, purpose, err);
    bool good = l && give(s, l, index, err);
    pthread_mutex_unlock(&s->lock);
    return good;
}

/* A place less on the disk is no more than a place less. */
static void give_back(void *self, cn_slice purpose, uint64_t index) {
    cn_vc_status *s = self;
    cn_err none;
    pthread_mutex_lock(&s->lock);
    cn_vc_list *l = find(s, purpose, &none);
    if (l && bit_of(l->given, index)) {
        set_bit(l->given, index, false);
        l->given_n--;
        (void)cn_always_false(save(s, &none));
    }
    pthread_mutex_unlock(&s->lock);
}

static bool change(cn_vc_status *s, cn_vc_list *l, uint64_t index, bool on, cn_time now, cn_err *err) {
    if (index >= CN_VC_LIST_BITS || !bit_of(l->given, index))
        return cn_fail(err, CN_INVALID, "vc-api.status",
                       "This place of the list was never given to a credential.");
    bool was = bit_of(l->on, index);
    set_bit(l->on, index, on);
    if (save(s, err)) return publish(s, (size_t)(l - s->lists), now, err);
    set_bit(l->on, index, was);
    return false;
}

static bool set(void *self, cn_slice purpose, uint64_t index, bool on, cn_time now, cn_err *err) {
    cn_vc_status *s = self;
    pthread_mutex_lock(&s->lock);
    cn_vc_list *l = find(s, purpose, err);
    bool good = l && change(s, l, index, on, now, err);
    pthread_mutex_unlock(&s->lock);
    return good;
}

static bool document(void *self, cn_arena *a, cn_slice purpose, cn_slice *out, cn_err *err) {
    cn_vc_status *s = self;
    cn_err none;
    cn_vc_list *l = find(s, purpose, &none);
    if (!l) return cn_fail(err, CN_NOT_FOUND, "vc-api.status-list", "There is no such status list.");
    pthread_mutex_lock(&s->lock);
    bool good = cn_arena_copy(a, l->document, out);
    pthread_mutex_unlock(&s->lock);
    return good || cn_fail_memory(err);
}

cn_vc_lists cn_vc_status_lists(cn_vc_status *s) {
    return (cn_vc_lists){s, take, give_back, set, document};
}

bool cn_vc_status_load(cn_vc_status *s, cn_arena *a, cn_slice url, cn_slice *out, cn_err *err) {
    cn_slice folder = CN_S("/vc-api/status-lists/");
    size_t scheme = cn_slice_find(url, CN_S("://"));
    cn_slice rest = cn_slice_from(url, scheme == SIZE_MAX ? url.n : scheme + 3);
    size_t slash = cn_slice_find_byte(rest, '/');
    rest = cn_slice_from(rest, slash == SIZE_MAX ? rest.n : slash);
    if (s->started && cn_slice_starts(rest, folder))
        return document(s, a, cn_slice_from(rest, folder.n), out, err);
    return cn_fail(err, CN_NOT_FOUND, "net.not-listed", "This server has no document at %.*s.", CN_ARG(url));
}

/* ---- Beginning and end ---- */

bool cn_vc_status_open(cn_vc_status *s, cn_time now, cn_err *err) {
    if (s->path.n + sizeof ".new" > PATH_BYTES)
        return cn_fail(err, CN_INVALID, "vc-api.status-file", "The name of the folder is too long.");
    if (!lock_folder(s, err) || !read_file(s, err)) return false;
    pthread_mutex_init(&s->lock, NULL);
    s->started = true;
    for (size_t i = 0; i < CN_VC_PURPOSES; i++)
        if (!publish(s, i, now, err)) return false;
    return true;
}

void cn_vc_status_done(cn_vc_status *s) {
    for (size_t i = 0; i < CN_VC_PURPOSES; i++) cn_arena_free(s->lists[i].arena);
    if (s->started) pthread_mutex_destroy(&s->lock);
    if (s->opened) (void)close(s->folder);
}
