/* SPDX-License-Identifier: Apache-2.0
 *
 * What the files of the room `net` share; no other room includes it.
 */
#ifndef CN_NET_INSIDE_H
#define CN_NET_INSIDE_H

#include "net/net.h"

/* Loads libcurl and starts it, once: before any of its functions is called (curl.c). It asks for the room crypto
 * because OpenSSL starts there, without its configuration file, before curl can start it otherwise. INTERNAL
 * "net.start". */
CN_MUST_USE bool cn_net_start_curl(const cn_crypto *crypto, cn_err *err);

/* One row of a url-map: read from the disk each time it is asked for. */
typedef struct cn_net_file {
    cn_slice path;
    cn_slice media_type;
} cn_net_file;

struct cn_net {
    cn_net_options options;
    cn_arena *arena;         /* owned; whatever the add functions keep */
    const cn_crypto *crypto; /* digests of context folders */
    cn_crypto *own_crypto;   /* owned; NULL where the options name one */
    cn_map urls;             /* URL to cn_net_file */
    cn_map contexts;         /* URL to cn_slice, the file's bytes */
    bool mapped;             /* a url-map was loaded: nothing goes out */
    cn_loader resolver, context_loader;
};

/* The media type in small letters and without parameters: "text/html; charset=…" gives "text/html". */
CN_MUST_USE bool cn_net_media_type(cn_arena *a, cn_slice text, cn_slice *out, cn_err *err);
/* A file's name as an operator's document gives it, relative to the folder of that document. */
CN_MUST_USE bool cn_net_beside(cn_arena *a, cn_slice document, cn_slice name, cn_slice *out, cn_err *err);
/* Reads an operator's JSON document; its errors name the file. */
CN_MUST_USE bool cn_net_read_json(cn_net *n, cn_slice path, const cn_json **out, cn_err *err);

/* Whether the URL begins with the prefix. A prefix without a path ("https://example.org") ends at the
 * end of the host: "https://example.org.evil.example" is not under it. */
bool cn_net_under(cn_slice url, cn_slice prefix);

/* A longer URL is asked of nobody. */
enum { CN_NET_MAX_URL = 8 << 10 };

/* Whether the URL is one of own_origin, however it is spelled, and there is somebody to answer for it. */
bool cn_net_own(const cn_net *n, cn_slice url);

/* The document of a URL which a url-map lists. False, without an error, where none does. */
bool cn_net_mapped(const cn_net *n, cn_slice url, const cn_net_file **out);
CN_MUST_USE bool cn_net_mapped_load(const cn_net *n, cn_arena *a, cn_slice url, const cn_net_file *file,
                                    cn_document *out, cn_err *err);

/* Gets the URL over the network, following redirects. Errors as cn_net_resolver has them. */
CN_MUST_USE bool cn_net_fetch(const cn_net *n, cn_arena *a, cn_slice url, cn_document *out, cn_err *err);

#endif
