/* SPDX-License-Identifier: Apache-2.0
 *
 * libcurl, loaded when something is to be fetched or sent for the first time.
 *
 * It brings thirty libraries, which cost more to load than most commands take: a program that verifies a file and
 * asks nobody does without. The functions of libcurl that this room uses stand here under their own names and pass
 * on what they are given, so that its headers, and their checks of types, hold as ever.
 */
#define CURL_DISABLE_TYPECHECK /* those of the functions defined here are macros otherwise */
#include <curl/curl.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>

#include "net/inside.h"

#include "base/base.h"

#undef curl_easy_setopt
#undef curl_easy_getinfo

/* The name that libcurl has had since version 7.16. */
#define LIBRARY "libcurl.so.4"

#define FUNCTIONS(F)                                                                                              \
    F(curl_global_init)                                                                                           \
    F(curl_easy_init)                                                                                             \
    F(curl_easy_setopt)                                                                                           \
    F(curl_easy_perform)                                                                                          \
    F(curl_easy_getinfo)                                                                                          \
    F(curl_easy_reset)                                                                                            \
    F(curl_easy_cleanup)                                                                                          \
    F(curl_easy_strerror)                                                                                         \
    F(curl_slist_append)                                                                                          \
    F(curl_slist_free_all) F(curl_url) F(curl_url_set) F(curl_url_get) F(curl_url_cleanup) F(curl_free)

#define MEMBER(name) __typeof__(&(name)) name;
#define ROW(name) {#name, offsetof(library, name)},

typedef struct library {
    FUNCTIONS(MEMBER)
} library;

static const struct {
    const char *name;
    size_t at;
} rows[] = {FUNCTIONS(ROW)};

/* Written once, by start(). */
static library real;
static pthread_once_t started = PTHREAD_ONCE_INIT;
static char failed[256]; /* why it did not start; empty: it did */

static bool load(void) {
    void *curl = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!curl) return false;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        void *f = dlsym(curl, rows[i].name);
        if (!f) return false;
        memcpy((char *)&real + rows[i].at, &f, sizeof f);
    }
    return true;
}

static void start(void) {
    if (!load()) {
        const char *why = dlerror();
        (void)snprintf(failed, sizeof failed, "%s", why ? why : LIBRARY);
        return;
    }
    CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK) (void)snprintf(failed, sizeof failed, "%s", curl_easy_strerror(code));
}

bool cn_net_start_curl(const cn_crypto *crypto, cn_err *err) {
    assert(crypto);
    (void)pthread_once(&started, start);
    return !*failed || cn_fail(err, CN_INTERNAL, "net.start", "libcurl does not start: %s.", failed);
}

/* ---- What libcurl.so.4 is asked for ---- */

CURLcode curl_global_init(long flags) {
    return real.curl_global_init(flags);
}

CURL *curl_easy_init(void) {
    return real.curl_easy_init();
}

/* The option's number tells what follows it. */
CURLcode curl_easy_setopt(CURL *curl, CURLoption option, ...) {
    CURLcode code;
    va_list rest;
    va_start(rest, option);
    if (option < CURLOPTTYPE_OBJECTPOINT) code = real.curl_easy_setopt(curl, option, va_arg(rest, long));
    else if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB)
        code = real.curl_easy_setopt(curl, option, va_arg(rest, curl_off_t));
    else code = real.curl_easy_setopt(curl, option, va_arg(rest, void *));
    va_end(rest);
    return code;
}

CURLcode curl_easy_perform(CURL *curl) {
    return real.curl_easy_perform(curl);
}

CURLcode curl_easy_getinfo(CURL *curl, CURLINFO info, ...) {
    va_list rest;
    va_start(rest, info);
    CURLcode code = real.curl_easy_getinfo(curl, info, va_arg(rest, void *));
    va_end(rest);
    return code;
}

void curl_easy_reset(CURL *curl) {
    real.curl_easy_reset(curl);
}

void curl_easy_cleanup(CURL *curl) {
    if (curl) real.curl_easy_cleanup(curl);
}

const char *curl_easy_strerror(CURLcode code) {
    return real.curl_easy_strerror(code);
}

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text) {
    return real.curl_slist_append(list, text);
}

void curl_slist_free_all(struct curl_slist *list) {
    if (list) real.curl_slist_free_all(list);
}

CURLU *curl_url(void) {
    return real.curl_url();
}

CURLUcode curl_url_set(CURLU *url, CURLUPart what, const char *part, unsigned int flags) {
    return real.curl_url_set(url, what, part, flags);
}

CURLUcode curl_url_get(CURLU *url, CURLUPart what, char **part, unsigned int flags) {
    return real.curl_url_get(url, what, part, flags);
}

void curl_url_cleanup(CURLU *url) {
    if (url) real.curl_url_cleanup(url);
}

void curl_free(void *p) {
    if (p) real.curl_free(p);
}
