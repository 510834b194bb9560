/* SPDX-License-Identifier: Apache-2.0
 *
 * The handle of the domain's verbs, for commands that work on a server's database.
 */
#include <unistd.h>

#include "cli/cli.h"
#include "cli/handle.h"
#include "cli/outside.h"
#include "jsonld/jsonld.h"

static bool open_master(cn_handle *h, const char *db, const cn_handle_options *o, cn_err *err) {
    char path[CN_PATH_MAX];
    bool made;
    if (!cn_master_path(db, o->master_key, path, err)) return false;
    if (access(path, F_OK) != 0) return true;
    if (!cn_master_open(h->arena, h->store, path, cn_outside_random(), &h->master, &made, err)) return false;
    h->app.master = &h->master;
    return true;
}

bool cn_handle_open(cn_handle *h, const cn_handle_options *o, cn_err *err) {
    const char *db = o->db ? o->db : CN_DB_DEFAULT;
    *h = (cn_handle){.arena = cn_arena_new(0), .contexts = cn_builtin_loader(NULL)};
    if (access(db, F_OK) != 0)
        return cn_fail(err, CN_UNAVAILABLE, "handle.db", "there is no database %s; --db names another.", db);
    if (!cn_origin_kept(db, cn_outside_now(), h->origin, err)) return false;
    if (!cn_store_open(cn_slice_of(db), &(cn_store_options){.now = cn_outside_now()}, &h->store, err))
        return false;
    if (!cn_crypto_new(&h->crypto, err) || !open_master(h, db, o, err)) return false;
    h->app.store = h->store;
    h->app.crypto = h->crypto;
    h->app.contexts = &h->contexts;
    h->app.random = cn_outside_random();
    h->app.origin = cn_slice_of(h->origin);
    return true;
}

void cn_handle_done(cn_handle *h) {
    cn_master_wipe(&h->master);
    cn_crypto_free(h->crypto);
    cn_store_close(h->store);
    cn_arena_free(h->arena);
}
