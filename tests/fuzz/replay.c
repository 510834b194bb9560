/* SPDX-License-Identifier: Apache-2.0
 *
 * A main for fuzz targets without libFuzzer: runs every file that the command line
 * names, or every file of the folders it names, and prints TAP. A target that finds a fault aborts.
 */
#include <dirent.h>
#include <sys/stat.h>

#include "base/base.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t cases, failures;

/* The input is given in a block of just its size, so that AddressSanitizer sees a read beyond it. */
static bool run_file(FILE *f) {
    struct stat s;
    if (fstat(fileno(f), &s) != 0 || s.st_size < 0) return false;
    size_t n = (size_t)s.st_size;
    uint8_t *data = malloc(n ? n : 1);
    if (!data) cn_no_memory();
    bool ok = fread(data, 1, n, f) == n;
    if (ok) (void)LLVMFuzzerTestOneInput(data, n);
    free(data);
    return ok;
}

static void replay(const char *path) {
    printf("# %s\n", path);
    (void)fflush(stdout);
    FILE *f = fopen(path, "rb");
    bool ok = f && run_file(f);
    if (f) (void)fclose(f);
    if (!ok) failures++;
    printf("%sok %zu - %s%s\n", ok ? "" : "not ", ++cases, path, ok ? "" : ": it cannot be read");
}

static int is_visible(const struct dirent *e) {
    return e->d_name[0] != '.';
}

int main(int argc, char **argv) {
    for (int i = 1; i < argc; i++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        struct dirent **entries;
        int n = scandir(argv[i], &entries, is_visible, alphasort);
        if (n < 0) replay(argv[i]);
        for (int k = 0; k < n; k++) {
            cn_slice path;
            if (!cn_arena_print(a, &path, "%s/%s", argv[i], entries[k]->d_name)) cn_no_memory();
            replay(path.p);
            free(entries[k]);
        }
        if (n >= 0) free(entries);
    }
    printf("1..%zu\n", cases);
    return cases == 0 || failures != 0;
}
