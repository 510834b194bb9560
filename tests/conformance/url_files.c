/* SPDX-License-Identifier: Apache-2.0
 *
 * A loader over an index of URLs and files.
 */
#include "url_files.h"

static bool load(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    const url_files *files = self;
    const cn_json *row = cn_json_get(files->urls, url);
    cn_slice name = cn_json_get_text(row, CN_S("file")), path;
    if (!row && files->next) return files->next->load(files->next->self, a, url, out, err);
    if (!row) return cn_fail(err, CN_NOT_FOUND, "url.not-found", "Nobody has %.*s.", CN_ARG(url));
    if (!cn_arena_print(a, &path, "%.*s/%.*s", CN_ARG(files->folder), CN_ARG(name))) return cn_fail_memory(err);
    *out = (cn_document){.final_url = url};
    if (!corpus_read(a, path, &out->body))
        return cn_fail(err, CN_UNAVAILABLE, "url.file", "The file of %.*s cannot be read.", CN_ARG(url));
    return true;
}

cn_loader url_files_loader(url_files *self) {
    return (cn_loader){self, load};
}
