/* SPDX-License-Identifier: Apache-2.0
 *
 * What is told of a value that is not as its schema asks: where, by which keyword,
 * and in one sentence that names the property.
 */
#include <stdarg.h>

#include "schema/inside.h"

enum { QUOTED = 80, SHOWN = 200, SENTENCE = 512, DEEPEST = 2048 };

/* The chain from the root down, as a pointer. */
static void write_pointer(cn_buf *b, const cn_sch_at *at) {
    const cn_sch_at *chain[DEEPEST];
    size_t n = 0;
    for (; at->up && n < DEEPEST; at = at->up) chain[n++] = at;
    while (n--) {
        if (chain[n]->item) cn_json_pointer_index(b, chain[n]->index);
        else cn_json_pointer_key(b, chain[n]->key);
    }
}

/* "The property "name"", "Item 3 of "names"", "The document". */
static void write_subject(cn_buf *b, const cn_sch_at *at) {
    const cn_sch_at *named = at;
    while (named->up && named->item) named = named->up;
    cn_slice key = cn_utf8_prefix(named->key, QUOTED);
    if (at->item) cn_buf_print(b, "Item %zu of ", at->index + 1);
    if (!named->up) cn_buf_print(b, "%s document", at->item ? "the" : "The");
    else if (at->item) cn_buf_print(b, "\"%.*s\"", CN_ARG(key));
    else cn_buf_print(b, "The property \"%.*s\"", CN_ARG(key));
}

/* The text of a value, cut; empty for what does not fit a line. */
static cn_slice shown(cn_sch_run *run, const cn_json *value, bool compound) {
    if (!value || (!compound && (value->type == CN_JSON_ARRAY || value->type == CN_JSON_OBJECT))) return CN_S("");
    cn_buf b = cn_buf_on(run->arena, (size_t)1 << 16);
    cn_json_write(&b, value);
    return cn_buf_ok(&b) ? cn_utf8_prefix(cn_buf_slice(&b), SHOWN) : CN_S("");
}

static cn_slice property_of(const cn_sch_at *at) {
    while (at->up && at->item) at = at->up;
    return at->key;
}

/* Room for one more, or NULL: nothing is told then, or no more than was asked for. */
static cn_violation *next(cn_sch_run *run) {
    if (run->quiet || run->stopped) return NULL;
    if (run->n < run->max) return &run->violations[run->n];
    run->more = true;
    return NULL;
}

static bool finish(cn_sch_run *run, const cn_sch_node *node, cn_slice keyword, const cn_sch_at *at,
                   cn_violation *v, const char *sentence) {
    cn_buf instance = cn_buf_on(run->arena, 0), schema = cn_buf_on(run->arena, 0),
           detail = cn_buf_on(run->arena, 0);
    write_pointer(&instance, at);
    cn_buf_add(&schema, node->resource->uri);
    cn_buf_byte(&schema, '#');
    cn_buf_add(&schema, node->pointer);
    if (keyword.n) cn_json_pointer_key(&schema, keyword);
    write_subject(&detail, at);
    cn_buf_print(&detail, " %s.", sentence);
    if (!cn_buf_ok(&instance) || !cn_buf_ok(&schema) || !cn_buf_ok(&detail)) return cn_sch_stop_memory(run);
    v->instance = cn_buf_slice(&instance);
    v->schema = cn_buf_slice(&schema);
    v->detail = cn_buf_slice(&detail);
    v->value = shown(run, at->value, false);
    run->n++;
    return false;
}

bool cn_sch_tell(cn_sch_run *run, const cn_sch_rule *rule, const cn_sch_at *at, cn_slice property,
                 const char *format, ...) {
    char sentence[SENTENCE];
    cn_violation *v = next(run);
    if (!v) return false;
    va_list args;
    va_start(args, format);
    int n = vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    cn_slice whole = cn_slice_bytes(sentence, n < SENTENCE ? (size_t)n : SENTENCE - 1);
    sentence[cn_utf8_prefix(whole, SENTENCE - 4).n] = 0;
    *v = (cn_violation){.keyword = rule->keyword, .property = property.n ? property : property_of(at)};
    v->limit = shown(run, rule->value, rule->run == cn_sch_run_enum || rule->run == cn_sch_run_type);
    return finish(run, rule->node, rule->keyword, at, v, sentence);
}

bool cn_sch_tell_never(cn_sch_run *run, const cn_sch_node *node, const cn_sch_at *at) {
    bool many = cn_slice_ends(node->by, CN_S("Properties"));
    bool items = cn_slice_eq(node->by, CN_S("items")) || cn_slice_ends(node->by, CN_S("Items"));
    cn_violation *v = next(run);
    if (!v) return false;
    *v = (cn_violation){.keyword = many || items ? node->by : CN_S("false"), .property = property_of(at)};
    return finish(run, node, CN_S(""), at, v,
                  many    ? "is not among those that are allowed there"
                  : items ? "is one too many"
                          : "is not allowed there");
}
