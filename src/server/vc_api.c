/* SPDX-License-Identifier: Apache-2.0
 *
 * What the VC-API works with: the keys in its folder, and its status lists.
 */
#include <dirent.h>
#include <errno.h>
#include <string.h>

#include "cli/keyfile.h"
#include "server/vc_api.h"
#include "vc/issue.h"

/* ---- Keys ---- */

static int is_key_file(const struct dirent *entry) {
    return entry->d_name[0] != '.' && cn_slice_ends(cn_slice_of(entry->d_name), CN_S(".json"));
}

/* By bytes: the same everywhere. */
static int by_name(const struct dirent **x, const struct dirent **y) {
    return strcmp((*x)->d_name, (*y)->d_name);
}

static bool read_key(cn_vc_folder *f, const cn_crypto *crypto, const char *folder, const char *name, cn_err *err) {
    cn_vc_key *key = &f->keys[f->api.keys_n];
    cn_keyfile file;
    cn_slice path, fragment;
    if (f->api.keys_n == CN_VC_KEYS_MAX)
        return cn_fail(err, CN_INVALID, "vc-api.keys", "%s has more than %d keys.", folder, CN_VC_KEYS_MAX);
    if (!cn_arena_print(f->arena, &path, "%s/%s", folder, name)) return cn_fail_memory(err);
    if (!cn_keyfile_read(f->arena, crypto, path.p, &file, err)) return cn_fail_place(err, path);
    *key = (cn_vc_key){.key = file.key, .method = file.method};
    cn_private_key_wipe(&file.key);
    (void)cn_slice_cut(key->method, '#', &key->controller, &fragment);
    f->api.keys_n++;
    return true;
}

static bool read_keys(cn_vc_folder *f, const cn_crypto *crypto, const char *folder, cn_err *err) {
    struct dirent **files;
    int n = scandir(folder, &files, is_key_file, by_name);
    bool good = true;
    if (n < 0)
        return cn_fail(err, CN_UNAVAILABLE, "vc-api.folder", "The folder %s cannot be read: %s.", folder,
                       strerror(errno));
    for (int i = 0; i < n; i++) {
        good = good && read_key(f, crypto, folder, files[i]->d_name, err);
        free(files[i]);
    }
    free(files);
    if (!good || f->api.keys_n) return good;
    return cn_fail(err, CN_INVALID, "vc-api.keys",
                   "There is no key in %s: \"cairn keys new --out %s/ed25519.json\" makes one.", folder, folder);
}

/* ---- All of it ---- */

/* The first Ed25519 key, which most verifiers know, or else the first of which there is a suite. */
static const cn_vc_key *key_of_lists(const cn_vc_folder *f) {
    static const cn_slice suites[] = {CN_S_INIT("eddsa-rdfc-2022"), CN_S_INIT("ecdsa-rdfc-2019")};
    for (size_t s = 0; s < sizeof suites / sizeof *suites; s++)
        for (size_t i = 0; i < f->api.keys_n; i++)
            if (cn_issue_suite(suites[s], &f->keys[i].key.kind)) return &f->keys[i];
    return NULL;
}

bool cn_vc_folder_open(cn_vc_folder *f, const cn_vc_folder_options *o, cn_err *err) {
    f->arena = cn_arena_new(0);
    f->api.keys = f->keys;
    if (!read_keys(f, o->crypto, o->folder, err)) return false;
    f->status = (cn_vc_status){.crypto = o->crypto,
                               .contexts = o->contexts,
                               .random = o->random,
                               .key = key_of_lists(f),
                               .origin = o->origin};
    if (!f->status.key)
        return cn_fail(err, CN_INVALID, "vc-api.keys",
                       "No key in %s is of a kind that signs here: Ed25519, P-256 or P-384.", o->folder);
    if (!cn_arena_print(f->arena, &f->status.path, "%s/status.lists", o->folder)) return cn_fail_memory(err);
    f->api.lists = cn_vc_status_lists(&f->status);
    return cn_vc_status_open(&f->status, o->now, err);
}

void cn_vc_folder_done(cn_vc_folder *f) {
    for (size_t i = 0; i < f->api.keys_n; i++) cn_private_key_wipe(&f->keys[i].key);
    cn_vc_status_done(&f->status);
    cn_arena_free(f->arena);
}

void cn_vc_folder_warn(const cn_vc_folder *f) {
    fprintf(stderr, "cairn: warning: the VC-API is on. It signs whatever it is given, for %s, as:\n",
            f->api.open ? "anybody who reaches this server" : "any program on this machine");
    for (size_t i = 0; i < f->api.keys_n; i++) fprintf(stderr, "cairn:   %.*s\n", CN_ARG(f->keys[i].method));
}
