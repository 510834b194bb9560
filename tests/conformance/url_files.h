/* SPDX-License-Identifier: Apache-2.0
 *
 * A loader over an index of URLs and files: {URL: {"file": …}}, files relative
 * to the index. Both contexts/index.json and the "urls" of ob3/url-map.json have this form.
 */
#ifndef CN_TESTS_URL_FILES_H
#define CN_TESTS_URL_FILES_H

#include "base/ports.h"
#include "corpus.h"

typedef struct url_files {
    const cn_json *urls;   /* borrowed */
    cn_slice folder;       /* borrowed; without a slash at its end */
    const cn_loader *next; /* asked for what the index does not have; NULL: nobody */
} url_files;

cn_loader url_files_loader(url_files *self);

#endif
