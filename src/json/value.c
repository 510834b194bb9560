/* SPDX-License-Identifier: Apache-2.0
 *
 * JSON values: asking, comparing, pointing into (RFC 6901) and building them.
 *
 * An object of more than FEW members has an index: a map from key to the
 * member's place in the vector, counted from 1 (the vector may move, places do not).
 */
#include "json/json.h"
#include "json/plain.h"

enum { FEW = 16 };

/* ---- Asking ---- */

static cn_json_member *find(const cn_json *object, cn_slice key) {
    cn_json_member *v = object->object.v;
    if (object->object.index) {
        uintptr_t place = (uintptr_t)cn_map_get(object->object.index, key);
        return place ? &v[place - 1] : NULL;
    }
    for (size_t i = 0; i < object->object.n; i++)
        if (cn_slice_eq(v[i].key, key)) return &v[i];
    return NULL;
}

const cn_json *cn_json_get(const cn_json *v, cn_slice key) {
    const cn_json_member *m = cn_json_is(v, CN_JSON_OBJECT) ? find(v, key) : NULL;
    return m ? m->value : NULL;
}

const cn_json *cn_json_item(const cn_json *v, size_t i) {
    return cn_json_is(v, CN_JSON_ARRAY) && i < v->array.n ? v->array.v[i] : NULL;
}

size_t cn_json_count(const cn_json *v) {
    if (cn_json_is(v, CN_JSON_ARRAY)) return v->array.n;
    return cn_json_is(v, CN_JSON_OBJECT) ? v->object.n : 0;
}

bool cn_json_is(const cn_json *v, cn_json_type type) {
    return v && v->type == type;
}

bool cn_json_is_string(const cn_json *v, cn_slice text) {
    return cn_json_is(v, CN_JSON_STRING) && cn_slice_eq(v->string, text);
}

bool cn_json_is_bool(const cn_json *v) {
    return cn_json_is(v, CN_JSON_TRUE) || cn_json_is(v, CN_JSON_FALSE);
}

cn_slice cn_json_text(const cn_json *v) {
    return cn_json_is(v, CN_JSON_STRING) ? v->string : (cn_slice){0};
}

cn_slice cn_json_get_text(const cn_json *v, cn_slice key) {
    return cn_json_text(cn_json_get(v, key));
}

size_t cn_json_many(const cn_json *v) {
    if (cn_json_is(v, CN_JSON_ARRAY)) return v->array.n;
    return v ? 1 : 0;
}

const cn_json *cn_json_one(const cn_json *v, size_t i) {
    if (cn_json_is(v, CN_JSON_ARRAY)) return cn_json_item(v, i);
    return i == 0 ? v : NULL;
}

/* ---- Equality ---- */

static bool equal(const cn_json *x, const cn_json *y, size_t depth);

static bool equal_items(const cn_json *x, const cn_json *y, size_t depth) {
    if (x->array.n != y->array.n) return false;
    for (size_t i = 0; i < x->array.n; i++)
        if (!equal(x->array.v[i], y->array.v[i], depth)) return false;
    return true;
}

static bool equal_members(const cn_json *x, const cn_json *y, size_t depth) {
    if (x->object.n != y->object.n) return false;
    for (size_t i = 0; i < x->object.n; i++) {
        const cn_json_member *other = find(y, x->object.v[i].key);
        if (!other || !equal(x->object.v[i].value, other->value, depth)) return false;
    }
    return true;
}

static bool equal(const cn_json *x, const cn_json *y, size_t depth) {
    if (x == y) return true;
    if (!x || !y || x->type != y->type || depth > CN_JSON_DEEPEST) return false;
    switch (x->type) {
    case CN_JSON_NUMBER: return x->number == y->number;
    case CN_JSON_STRING: return cn_slice_eq(x->string, y->string);
    case CN_JSON_ARRAY: return equal_items(x, y, depth + 1);
    case CN_JSON_OBJECT: return equal_members(x, y, depth + 1);
    case CN_JSON_NULL:
    case CN_JSON_FALSE:
    case CN_JSON_TRUE: break;
    }
    return true;
}

bool cn_json_equal(const cn_json *x, const cn_json *y) {
    return equal(x, y, 0);
}

/* ---- Pointers: RFC 6901 ---- */

/* Section 4: whether the reference token, with ~1 for / and ~0 for ~, names the key. */
static bool token_names(cn_slice token, cn_slice key) {
    size_t k = 0;
    for (size_t i = 0; i < token.n; i++, k++) {
        char c = token.p[i];
        if (c == '~') {
            if (++i == token.n || (token.p[i] != '0' && token.p[i] != '1')) return false;
            c = token.p[i] == '0' ? '~' : '/';
        }
        if (k >= key.n || key.p[k] != c) return false;
    }
    return k == key.n;
}

static const cn_json *point_member(const cn_json *v, cn_slice token) {
    if (cn_slice_find_byte(token, '~') == SIZE_MAX) return cn_json_get(v, token);
    for (size_t i = 0; i < v->object.n; i++)
        if (token_names(token, v->object.v[i].key)) return v->object.v[i].value;
    return NULL;
}

static const cn_json *point_item(const cn_json *v, cn_slice token) {
    uint64_t i;
    if (token.n > 1 && token.p[0] == '0') return NULL;
    return cn_slice_to_u64(token, SIZE_MAX, &i) ? cn_json_item(v, (size_t)i) : NULL;
}

const cn_json *cn_json_point(const cn_json *v, cn_slice pointer) {
    if (pointer.n && pointer.p[0] != '/') return NULL;
    cn_slice token, rest = cn_slice_from(pointer, 1);
    for (bool more = pointer.n != 0; more && v;) {
        more = cn_slice_cut(rest, '/', &token, &rest);
        if (v->type == CN_JSON_OBJECT) v = point_member(v, token);
        else v = point_item(v, token);
    }
    return v;
}

size_t cn_json_pointer_key(cn_buf *b, cn_slice key) {
    size_t before = b->n;
    cn_buf_byte(b, '/');
    for (size_t i = 0; i < key.n; i++) {
        if (key.p[i] == '~') cn_buf_add(b, CN_S("~0"));
        else if (key.p[i] == '/') cn_buf_add(b, CN_S("~1"));
        else cn_buf_byte(b, key.p[i]);
    }
    return before;
}

size_t cn_json_pointer_index(cn_buf *b, size_t i) {
    size_t before = b->n;
    cn_buf_byte(b, '/');
    cn_buf_u64(b, i);
    return before;
}

void cn_json_pointer_back(cn_buf *b, size_t before) {
    assert(before <= b->n);
    b->n = before;
}

/* ---- Building ---- */

const cn_json *cn_json_null(void) {
    static const cn_json null = {.type = CN_JSON_NULL};
    return &null;
}

const cn_json *cn_json_bool(bool b) {
    static const cn_json no = {.type = CN_JSON_FALSE}, yes = {.type = CN_JSON_TRUE};
    return b ? &yes : &no;
}

static cn_json *make(cn_arena *a, cn_json_type type) {
    cn_json *v = CN_NEW(a, cn_json);
    if (v) v->type = type;
    return v;
}

const cn_json *cn_json_string(cn_arena *a, cn_slice text) {
    cn_json *v = make(a, CN_JSON_STRING);
    if (v) v->string = text;
    return v;
}

const cn_json *cn_json_number(cn_arena *a, double number) {
    char text[CN_NUMBER_MAX];
    cn_json *v = make(a, CN_JSON_NUMBER);
    if (!v || !cn_arena_copy(a, cn_slice_bytes(text, cn_number_write(number, text)), &v->string)) return NULL;
    v->number = number;
    return v;
}

cn_json *cn_json_array(cn_arena *a) {
    return make(a, CN_JSON_ARRAY);
}

cn_json *cn_json_object(cn_arena *a) {
    return make(a, CN_JSON_OBJECT);
}

bool cn_json_push(cn_arena *a, cn_json *array, const cn_json *item) {
    assert(array->type == CN_JSON_ARRAY);
    if (!item) return false;
    const cn_json **v =
        cn_arena_grow(a, array->array.v, array->array.n, &array->array.cap, array->array.n + 1, sizeof *v);
    if (!v) return false;
    array->array.v = v;
    v[array->array.n++] = item;
    return true;
}

static bool index_member(cn_arena *a, cn_json *object, size_t i) {
    return cn_map_put(a, object->object.index, object->object.v[i].key, (void *)(uintptr_t)(i + 1)); // NOLINT
}

/* Brings the index up to date after a member was appended. */
static bool index_last(cn_arena *a, cn_json *object) {
    size_t n = object->object.n;
    if (object->object.index) return index_member(a, object, n - 1);
    if (n <= FEW) return true;
    cn_map *index = CN_NEW(a, cn_map);
    if (!index) return false;
    object->object.index = index;
    for (size_t i = 0; i < n; i++)
        if (!index_member(a, object, i)) return false;
    return true;
}

static bool append(cn_arena *a, cn_json *object, cn_json_member m) {
    size_t n = object->object.n;
    cn_json_member *v = cn_arena_grow(a, object->object.v, n, &object->object.cap, n + 1, sizeof m);
    if (!v) return false;
    object->object.v = v;
    v[object->object.n++] = m;
    return index_last(a, object);
}

bool cn_json_set(cn_arena *a, cn_json *object, cn_slice key, const cn_json *item) {
    assert(object->type == CN_JSON_OBJECT);
    if (!item) return false;
    cn_json_member *m = find(object, key);
    if (!m) return append(a, object, (cn_json_member){key, item});
    m->value = item;
    return true;
}

static cn_json *copy_members(cn_arena *a, const cn_json *object, const cn_json_member *skip) {
    cn_json *v = cn_json_object(a);
    if (!v) return NULL;
    v->object.v = CN_NEW_ARRAY(a, cn_json_member, object->object.n);
    if (!v->object.v) return NULL;
    v->object.cap = object->object.n;
    for (size_t i = 0; i < object->object.n; i++)
        if (&object->object.v[i] != skip && !append(a, v, object->object.v[i])) return NULL;
    return v;
}

cn_json *cn_json_copy_shallow(cn_arena *a, const cn_json *v) {
    if (v->type == CN_JSON_OBJECT) return copy_members(a, v, NULL);
    assert(v->type == CN_JSON_ARRAY);
    cn_json *copy = cn_json_array(a);
    if (!copy) return NULL;
    copy->array.v = CN_NEW_ARRAY(a, const cn_json *, v->array.n);
    if (!copy->array.v) return NULL;
    if (v->array.n) memcpy(copy->array.v, v->array.v, v->array.n * sizeof *copy->array.v);
    copy->array.n = copy->array.cap = v->array.n;
    return copy;
}

cn_json *cn_json_without(cn_arena *a, const cn_json *object, cn_slice key) {
    assert(object->type == CN_JSON_OBJECT);
    return copy_members(a, object, find(object, key));
}
