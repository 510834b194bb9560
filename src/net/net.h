/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `net`: documents from outside, by URL: the operator's
 * url-map and context files first, then https behind an address guard.
 *
 * Nothing here tells anybody which credential is being looked at: no cookie, no referrer, no
 * credential id leaves; a request carries the URL, "Accept", and "User-Agent: cairn".
 */
#ifndef CN_NET_NET_H
#define CN_NET_NET_H

#include "base/ports.h"
#include "crypto/crypto.h"
#include "json/json.h"

typedef struct cn_net cn_net;

typedef struct cn_net_options {
    bool offline;       /* only what files answer: everything else is UNAVAILABLE "net.offline" */
    bool allow_private; /* private, loopback and link-local addresses, and http to them; command line only */
    size_t max_bytes;   /* of one body; 0: 4 MiB */
    long timeout_ms;    /* of one document with its redirects; 0: 5,000 */
    long max_redirects; /* 0: 5 */
    const cn_slice *context_prefixes; /* contexts may be fetched when their URL starts so; borrowed */
    size_t context_prefixes_n;
    const cn_loader *own; /* answers for URLs of own_origin, in any spelling, which never go out; may be NULL */
    cn_slice own_origin;
    const cn_crypto *crypto; /* borrowed; NULL: one of its own, which takes a millisecond to make */
    cn_slice ca_file;        /* PEM: the roots to trust instead of the system's; empty: the system's */
} cn_net_options;

/* Owned by the caller; one thread at a time may change it (the add functions), any number may load. */
CN_MUST_USE bool cn_net_new(const cn_net_options *options, cn_net **out, cn_err *err);
void cn_net_free(cn_net *n);
void cn_net_free_auto(cn_net **n);
#define CN_NET_AUTO __attribute__((cleanup(cn_net_free_auto)))

/* A url-map: {"urls": {URL: {"file", "content_type"}}}; files relative to the map's folder. A URL that a
 * map is loaded for and that is not listed is NOT_FOUND "net.not-listed": with a map, nothing goes out.
 * INVALID or UNAVAILABLE, naming the file. */
CN_MUST_USE bool cn_net_add_url_map(cn_net *n, cn_slice path, cn_err *err);
/* A context file: answers for the URL as a context only. */
CN_MUST_USE bool cn_net_add_context(cn_net *n, cn_slice url, cn_slice path, cn_err *err);
/* A folder with index.json: {URL: {"file", "sha256"}}; a file whose digest differs is refused. */
CN_MUST_USE bool cn_net_add_context_folder(cn_net *n, cn_slice path, cn_err *err);

/* Controller documents, status lists, a link a person gave. Borrowed from n. Errors: NOT_FOUND
 * "net.not-listed", "net.status" (an http answer of 404 or 410); UNAVAILABLE "net.offline", "net.connect",
 * "net.timeout", "net.tls", "net.status" (any other answer); DENIED "net.address", "net.scheme"; LIMIT
 * "net.size", "net.redirects"; INVALID "net.url". DENIED "net.user": a URL that holds a user name.
 * The detail names the host. A fragment of the URL is not looked at. */
const cn_loader *cn_net_resolver(const cn_net *n);
/* Contexts: the operator's files, the url-map, then the allowed prefixes; NOT_FOUND otherwise. */
const cn_loader *cn_net_contexts(const cn_net *n);

/* A whole file, or "-" for standard input; at most max bytes. UNAVAILABLE "file.open", LIMIT "file.size".
 * On the arena. */
CN_MUST_USE bool cn_file_read(cn_arena *a, cn_slice path, size_t max, cn_slice *out, cn_err *err);
/* Writes all of it to an open file, whatever interrupts; false with errno set. */
CN_MUST_USE bool cn_file_write_all(int fd, cn_slice bytes);

#endif
