/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements as anybody writes them: whatever is read of a file is written in every format and read again the
 * same.
 */
#include "exchange/exchange.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_kept(cn_arena *a, const cn_json *achievement, cn_exchange_format format) {
    const cn_json *tidy, *document;
    cn_exchange_reading again;
    cn_err err;
    if (!cn_exchange_write(a, achievement, CN_EXCHANGE_CAIRN, &tidy, &err) ||
        !cn_exchange_write(a, achievement, format, &document, &err) ||
        !cn_exchange_read(a, document, &again, &err))
        return err.code == CN_LIMIT;
    return again.format == format && cn_json_equal(again.achievement, tidy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    cn_arena *a CN_ARENA_AUTO = cn_arena_new((size_t)64 << 20);
    const cn_json *file;
    cn_exchange_reading r;
    cn_err err;
    if (!cn_json_read(a, cn_slice_bytes(data, size), NULL, &file, &err) || !cn_exchange_read(a, file, &r, &err))
        return 0;
    for (int i = CN_EXCHANGE_CAIRN + 1; i < CN_EXCHANGE_FORMATS; i++)
        if (!is_kept(a, r.achievement, (cn_exchange_format)i)) abort();
    return 0;
}
