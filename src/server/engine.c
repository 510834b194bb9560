/* SPDX-License-Identifier: Apache-2.0
 *
 * What the pages work with, made before the first request and taken down after the last: the database, the way out
 * to the world, the lists of known issuers.
 */
#include "cli/outside.h"
#include "server/demo.h"
#include "server/settings.h"

static bool complain(const char *what, const cn_err *err) {
    cn_cli_complain(what, err);
    return false;
}

/* ---- The world outside ---- */

static bool add_file(cn_net *net, const cn_named *named, cn_err *err) {
    switch (named->kind) {
    case CN_NAMED_URL_MAP: return cn_net_add_url_map(net, cn_slice_of(named->value), err);
    case CN_NAMED_CONTEXTS: return cn_net_add_context_folder(net, cn_slice_of(named->value), err);
    case CN_NAMED_CONTEXT: return cn_outside_add_context(net, named->value, err);
    case CN_NAMED_REGISTRY:
    case CN_NAMED_PACK:
    case CN_NAMED_PREFIX:
    default: return true;
    }
}

/* What this server answers about itself: nobody has to be asked. */
static bool load_own(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    cn_engine *e = self;
    cn_document got = {.media_type = CN_S("application/json"), .final_url = url};
    if (cn_vc_status_load(&e->vc_api.status, a, url, &got.body, err)) return *out = got, true;
    return err->code == CN_NOT_FOUND && cn_app_own_load(&e->app, a, url, out, err);
}

static bool open_net(cn_engine *e, const cn_settings *s) {
    cn_net_options net = {.offline = s->offline,
                          .own = &e->own,
                          .own_origin = cn_slice_of(s->origin),
                          .context_prefixes = e->prefixes};
    cn_err err = {0};
    e->own = (cn_loader){e, load_own};
    for (size_t i = 0; i < s->named_n; i++)
        if (s->named[i].kind == CN_NAMED_PREFIX)
            e->prefixes[net.context_prefixes_n++] = cn_slice_of(s->named[i].value);
    if (!cn_net_new(&net, &e->net, &err)) return complain("serve", &err);
    for (size_t i = 0; i < s->named_n; i++)
        if (!add_file(e->net, &s->named[i], &err)) return complain(s->named[i].value, &err);
    e->contexts = cn_builtin_loader(cn_net_contexts(e->net));
    return true;
}

/* ---- Lists of known issuers ---- */

static bool read_named(cn_engine *e, const cn_settings *s, const cn_verify_options *verify) {
    cn_registry_options how = {.verify = verify};
    cn_err err = {0};
    for (size_t i = 0; i < s->named_n; i++)
        if (s->named[i].kind == CN_NAMED_REGISTRY &&
            !cn_registries_add(&e->registries, s->named[i].value, &how, &err))
            return complain(s->named[i].value, &err);
    return true;
}

/* A list that held when it was imported and holds no more, being expired, must not keep the server from starting:
 * its issuers are shown as unknown. */
static void read_kept(cn_engine *e, const cn_stored_list *list, const cn_verify_options *verify) {
    cn_registry_options how = {.verify = verify, .signer = list->signer, .name = list->name};
    cn_err err = {0};
    if (cn_registries_add_text(&e->registries, list->document, &how, &err)) return;
    fprintf(stderr, "cairn: the imported list %lld is left out: %s\n", (long long)list->number, err.detail);
}

static bool read_registries(cn_engine *e, const cn_settings *s) {
    cn_verify_options verify = {.crypto = e->crypto,
                                .contexts = &e->contexts,
                                .processed = e->processed,
                                .resolver = cn_net_resolver(e->net),
                                .now = cn_outside_now()};
    cn_stored_lists kept;
    cn_err err = {0};
    if (!read_named(e, s, &verify)) return false;
    if (!cn_store_registry_all(cn_registries_arena(&e->registries), e->store, &kept, &err))
        return complain(s->db, &err);
    for (size_t i = 0; i < kept.n; i++) read_kept(e, &kept.v[i], &verify);
    return cn_registries_join(&e->registries, &err) || complain("serve", &err);
}

/* ---- What signs ---- */

/* A server that cannot sign still shows and verifies what there is: it says so and starts. */
static bool open_master(cn_engine *e, const cn_settings *s) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    char path[CN_PATH_MAX];
    bool made;
    cn_err err = {0};
    if (!cn_origin_settle(a, e->store, cn_slice_of(s->origin), s->demo ? CN_ORIGIN_DEMO : CN_ORIGIN_SERVE, &err))
        return complain("serve", &err);
    if (!cn_master_path(s->db, s->master_key, path, &err)) return complain("serve", &err);
    if (cn_master_open(a, e->store, path, cn_outside_random(), &e->master, &made, &err)) {
        e->app.master = &e->master;
        if (made && !s->demo)
            fprintf(stderr,
                    "cairn: a new master key is in %s: keep a copy of it, apart from copies of the database.\n",
                    path);
        if (cn_master_is_loose(path))
            fprintf(stderr, "cairn: others on this machine may read the master key: chmod 600 %s\n", path);
        return true;
    }
    cn_cli_complain("serve", &err);
    return cn_slice_eq(cn_slice_of(err.id), CN_S("master.missing"));
}

/* ---- The VC-API ---- */

static bool open_vc_api(cn_engine *e, const cn_settings *s) {
    cn_err err = {0};
    if (!s->vc_api) return true;
    e->vc_api.api.open = s->vc_api_open;
    cn_vc_folder_options how = {.crypto = e->crypto,
                                .contexts = &e->contexts,
                                .random = cn_outside_random(),
                                .origin = cn_slice_of(s->origin),
                                .now = cn_outside_now(),
                                .folder = s->vc_api};
    if (!cn_vc_folder_open(&e->vc_api, &how, &err)) return complain(err.where[0] ? err.where : "serve", &err);
    cn_vc_folder_warn(&e->vc_api);
    return true;
}

/* ---- Rules ---- */

enum { PACK_MAX = 4 << 20 };

static bool add_pack(cn_engine *e, const char *file, cn_err *err) {
    const cn_pack *pack;
    cn_slice text;
    return cn_file_read(e->shelf, cn_slice_of(file), PACK_MAX, &text, err) &&
           cn_pack_read(e->shelf, text, &pack, err) && cn_packs_add(e->shelf, &e->packs, pack, err);
}

static bool read_rules(cn_engine *e, const cn_settings *s) {
    cn_err err = {0};
    e->shelf = cn_arena_new(0);
    if (!cn_packs_builtin(e->shelf, &e->packs, &err) || !cn_labels_read(e->shelf, &e->labels, &err) ||
        !cn_tables_read(e->shelf, &e->tables, &err))
        return complain("serve", &err);
    for (size_t i = 0; i < s->named_n; i++)
        if (s->named[i].kind == CN_NAMED_PACK && !add_pack(e, s->named[i].value, &err))
            return complain(s->named[i].value, &err);
    e->app.packs = &e->packs;
    return true;
}

/* ---- All of it ---- */

bool cn_engine_start(cn_engine *e, const cn_settings *s) {
    cn_err err = {0};
    if (!cn_store_open(cn_slice_of(s->db), &(cn_store_options){.now = cn_outside_now()}, &e->store, &err))
        return complain(s->db, &err);
    if (!cn_crypto_new(&e->crypto, &err)) return complain("serve", &err);
    e->processed = cn_contexts_new();
    e->lists = cn_lists_new();
    e->app = (cn_app){
        .store = e->store,
        .crypto = e->crypto,
        .contexts = &e->contexts,
        .processed = e->processed,
        .random = cn_outside_random(),
        .origin = cn_slice_of(s->origin),
        .demo = s->demo,
    };
    if (!open_net(e, s) || !read_registries(e, s)) return false;
    if (!open_master(e, s) || !open_vc_api(e, s) || !read_rules(e, s)) return false;
    if (!cn_work_open(&e->work, &e->app, &s->work, &err)) return complain("serve", &err);
    if (s->demo && !s->bare && !cn_demo_make(&e->app, cn_outside_now(), &err)) return complain("demo", &err);
    e->own_registry = (cn_own_registry){&e->app, e->registries.n ? &e->registries.joined : NULL};
    e->registry = cn_app_registry(&e->own_registry);
    e->web = (cn_web){
        .app = &e->app,
        .crypto = e->crypto,
        .contexts = &e->contexts,
        .processed = e->processed,
        .lists = e->lists,
        .resolver = cn_net_resolver(e->net),
        .registry = &e->registry,
        .origin = cn_slice_of(s->origin),
        .contact = cn_slice_of(s->contact),
        .demo = s->demo,
        .vc_api = s->vc_api ? &e->vc_api.api : NULL,
        .packs = &e->packs,
        .labels = &e->labels,
        .tables = &e->tables,
    };
    cn_work_start(&e->work);
    return true;
}

bool cn_engine_done(cn_engine *e) {
    if (!cn_work_done(&e->work)) return false;
    cn_master_wipe(&e->master);
    cn_vc_folder_done(&e->vc_api);
    cn_registries_done(&e->registries);
    cn_net_free(e->net);
    cn_lists_free(e->lists);
    cn_contexts_free(e->processed);
    cn_crypto_free(e->crypto);
    cn_arena_free(e->shelf);
    cn_store_close(e->store);
    return true;
}
