/* SPDX-License-Identifier: Apache-2.0
 *
 * The door of the room `json`: strict JSON (RFC 8259) read onto an arena,
 * written, canonicalised (RFC 8785), and pointed into (RFC 6901).
 *
 * A value is immutable once it has been handed on: only the code that built it
 * may still add to it. Strings are valid UTF-8 and may hold NUL. Everything is on
 * the arena; strings without escapes are borrowed from the text that was read, which
 * must live as long as the values.
 */
#ifndef CN_JSON_JSON_H
#define CN_JSON_JSON_H

#include "base/base.h"

typedef enum cn_json_type {
    CN_JSON_NULL,
    CN_JSON_FALSE,
    CN_JSON_TRUE,
    CN_JSON_NUMBER,
    CN_JSON_STRING,
    CN_JSON_ARRAY,
    CN_JSON_OBJECT
} cn_json_type;

typedef struct cn_json cn_json;

typedef struct cn_json_member {
    cn_slice key;
    const cn_json *value; /* never NULL */
} cn_json_member;

struct cn_json {
    cn_json_type type;
    uint32_t at; /* byte position in the text it was read from; 0 when built */
    union {
        cn_slice string; /* STRING: the decoded text. NUMBER: its text as it was written */
        struct {
            const cn_json **v;
            size_t n, cap;
        } array;
        struct {
            cn_json_member *v; /* in document order, keys unique */
            size_t n, cap;
            cn_map *index; /* NULL while there are few members */
        } object;
    };
    double number; /* NUMBER: the nearest double; finite */
};

/* ---- Reading ---- */

typedef struct cn_json_options {
    size_t max_depth;       /* nesting of arrays and objects; 0 means 128; never more than 1,024 */
    size_t max_bytes;       /* of text; 0 means 16 MiB */
    bool refuse_duplicates; /* a key twice in one object is INVALID "json.duplicate-key"; otherwise the last counts
                             */
} cn_json_options;

/* Reads exactly one value with white space around it; options may be NULL. No byte order
 * mark. INVALID "json.syntax", "json.utf8", "json.number" (a magnitude no double holds),
 * "json.duplicate-key"; LIMIT "json.depth", "json.size", "memory.limit".
 * `where` is "byte N (line L, column C)", N from 0. */
CN_MUST_USE bool cn_json_read(cn_arena *a, cn_slice text, const cn_json_options *options, const cn_json **out,
                              cn_err *err);

/* ---- Asking ---- */

/* The member's value, or NULL when v is NULL, no object, or has no such key. */
const cn_json *cn_json_get(const cn_json *v, cn_slice key);
/* The item, or NULL. */
const cn_json *cn_json_item(const cn_json *v, size_t i);
/* Items of an array, members of an object, otherwise 0; v may be NULL. */
size_t cn_json_count(const cn_json *v);
bool cn_json_is(const cn_json *v, cn_json_type type); /* NULL is nothing */
bool cn_json_is_string(const cn_json *v, cn_slice text);
bool cn_json_is_bool(const cn_json *v);
/* The text of a string value; the empty slice for anything else. */
cn_slice cn_json_text(const cn_json *v);
/* The text of a member that is a string; the empty slice otherwise. */
cn_slice cn_json_get_text(const cn_json *v, cn_slice key);
/* Many properties hold one value or an array of them: the count, and the i-th. NULL counts 0. */
size_t cn_json_many(const cn_json *v);
const cn_json *cn_json_one(const cn_json *v, size_t i);
/* Deep equality: objects without regard to order, numbers by value. What is built deeper than
 * 1,024 levels equals only itself. */
bool cn_json_equal(const cn_json *x, const cn_json *y);

/* RFC 6901: "/a/0/b", "" is the whole. NULL when it points at nothing or is malformed. */
const cn_json *cn_json_point(const cn_json *v, cn_slice pointer);
/* Appends "/key" with ~ and / escaped, or "/0"; gives how long the pointer was, for the way back. */
size_t cn_json_pointer_key(cn_buf *b, cn_slice key);
size_t cn_json_pointer_index(cn_buf *b, size_t i);
void cn_json_pointer_back(cn_buf *b, size_t before);

/* ---- Building: each gives NULL (or false) at the arena's maximum ---- */

const cn_json *cn_json_null(void); /* static, like the next two */
const cn_json *cn_json_bool(bool b);
/* Borrows the text. */
const cn_json *cn_json_string(cn_arena *a, cn_slice text);
/* v must be finite. */
const cn_json *cn_json_number(cn_arena *a, double v);
cn_json *cn_json_array(cn_arena *a);
cn_json *cn_json_object(cn_arena *a);
CN_MUST_USE bool cn_json_push(cn_arena *a, cn_json *array, const cn_json *item);
/* Sets or replaces a member in place; borrows the key. item may be NULL, which answers false
 * (so that a failed cn_json_string() can be passed straight on). */
CN_MUST_USE bool cn_json_set(cn_arena *a, cn_json *object, cn_slice key, const cn_json *item);
/* A new object or array with the same members (the members themselves are shared). */
cn_json *cn_json_copy_shallow(cn_arena *a, const cn_json *v);
/* The object without one member. */
cn_json *cn_json_without(cn_arena *a, const cn_json *object, cn_slice key);

/* ---- Writing ---- */

/* On one line, members in document order. Numbers as ECMAScript writes them. A value built
 * deeper than 1,024 levels, which no reader accepts, leaves the buffer full. */
void cn_json_write(cn_buf *b, const cn_json *v);
/* With line breaks and two spaces of indentation. */
void cn_json_write_pretty(cn_buf *b, const cn_json *v);
/* One string with quotes and escapes as RFC 8785, 3.2.2.2 has them. */
void cn_json_write_string(cn_buf *b, cn_slice text);
/* JSON Canonicalization Scheme, RFC 8785. LIMIT "json.depth" beyond 1,024 levels, "memory.limit"
 * at a maximum of `a`, which gives scratch memory, or of `b`. */
CN_MUST_USE bool cn_json_canonize(cn_arena *a, const cn_json *v, cn_buf *b, cn_err *err);

#endif
