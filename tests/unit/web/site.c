/* SPDX-License-Identifier: Apache-2.0
 *
 * The site for tests, without a socket.
 */
#include "site.h"

/* ---- Beginning and end ---- */

static bool resolve(void *self, cn_arena *a, cn_slice url, cn_document *out, cn_err *err) {
    desk *d = self;
    if (d->failure.code == CN_OK) return d->bench->network.load(d->bench->network.self, a, url, out, err);
    *err = d->failure;
    return false;
}

int desk_new(void **state) {
    desk *d = calloc(1, sizeof *d);
    void *made;
    cn_err err;
    if (bench_new(&made)) return -1;
    d->bench = made;
    d->arena = d->bench->arena;
    d->resolver = (cn_loader){d, resolve};
    cn_registry_list *list = CN_NEW(d->arena, cn_registry_list);
    cn_registry_options how = {.verify = &d->bench->options};
    if (!list || !cn_registry_read(d->arena, bench_file(d->arena, "../registry/list.json"), &how, list, &err) ||
        !cn_registry_join(d->arena, list, 1, &d->registry, &err))
        return -1;
    d->web = (cn_web){.crypto = d->bench->crypto,
                      .contexts = &d->bench->contexts,
                      .resolver = &d->resolver,
                      .registry = &d->registry};
    d->site =
        (cn_site){.app = &d->web, .error_page = cn_web_error_page, .choose_language = cn_web_choose_language};
    const cn_route_group *const groups[] = {&cn_web_site_routes};
    if (!cn_site_join(d->arena, &d->site, groups, 1, &err)) return -1;
    *state = d;
    return 0;
}

int desk_done(void **state) {
    desk *d = *state;
    void *made = d->bench;
    bench_done(&made);
    free(d);
    return 0;
}

/* ---- What holds for every page ---- */

static size_t count(const char *page, const char *what) {
    size_t n = 0;
    for (const char *p = page; (p = strstr(p, what)); p++) n++;
    return n;
}

/* Headings step down one level at a time; landmarks are there once; nothing runs. */
static void check_page(const char *page) {
    int level = 0;
    for (const char *p = page; (p = strstr(p, "<h")); p++) {
        if (p[2] < '1' || p[2] > '6') continue;
        if (p[2] - '0' > level + 1 && level) fail_msg("h%c follows h%d", p[2], level);
        level = p[2] - '0';
    }
    assert_int_equal(count(page, "<h1"), 1);
    assert_int_equal(count(page, "<main"), 1);
    assert_int_equal(count(page, "<title>"), 1);
    assert_int_equal(count(page, "<html lang=\""), 1);
    assert_int_equal(count(page, "<script"), 0);
    assert_int_equal(count(page, " style="), 0);
    assert_true(strstr(page, "<h1") > strstr(page, "<main"));
    for (const char *p = page; (p = strstr(p, " id=\"")); p++) {
        char id[64];
        size_t n = strcspn(p + 5, "\"") + 6;
        assert_true(n < sizeof id);
        (void)snprintf(id, sizeof id, "%.*s", (int)n, p);
        if (count(page, id) != 1) fail_msg("%s is there twice", id);
    }
}

/* ---- Requests ---- */

cn_response desk_answer(desk *d, cn_request *rq, const char *target) {
    cn_response rs;
    cn_err err;
    rq->arena = d->arena;
    rq->now = d->bench->options.now;
    rq->limit = d->limit;
    rq->peer = CN_S("192.0.2.1");
    if (!cn_request_target(rq, cn_slice_of(target), &err)) fail_msg("%s", err.detail);
    cn_site_answer(&d->site, rq, &rs);
    assert_true(cn_arena_copy(d->arena, rs.body, &d->body));
    if (cn_slice_starts(rs.media_type, CN_S("text/html"))) check_page(d->body.p);
    return rs;
}

cn_response desk_get(desk *d, const char *target, const char *languages) {
    cn_field header = {CN_S("accept-language"), cn_slice_of(languages)};
    cn_request rq = {.method = CN_GET, .headers = {&header, languages ? 1 : 0, 1}};
    return desk_answer(d, &rq, target);
}

#define LINE "------cairn\r\nContent-Disposition: form-data; name=\""

static void add_field(cn_buf *b, const char *name, const char *value) {
    cn_buf_print(b, LINE "%s\"\r\n\r\n%s\r\n", name, value ? value : "");
}

cn_response desk_post(desk *d, const char *language, desk_form form) {
    cn_buf b = cn_buf_on(d->arena, 0);
    cn_buf_print(&b, LINE "file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n",
                 form.filename ? form.filename : "");
    cn_buf_add(&b, form.file);
    cn_buf_add(&b, CN_S("\r\n"));
    add_field(&b, "text", form.text);
    add_field(&b, "link", form.link);
    cn_buf_add(&b, CN_S("------cairn--\r\n"));
    cn_field header = {CN_S("content-type"), CN_S("multipart/form-data; boundary=----cairn")};
    cn_request rq = {.method = CN_POST, .headers = {&header, 1, 1}, .body = cn_buf_slice(&b)};
    char target[40];
    (void)snprintf(target, sizeof target, "/verify?lang=%s", language);
    return desk_answer(d, &rq, target);
}

cn_response desk_verify(desk *d, const char *language, const char *file) {
    char name[120];
    (void)snprintf(name, sizeof name, "%s.json", file);
    cn_response rs = desk_post(d, language, (desk_form){.filename = name, .file = bench_file(d->arena, name)});
    assert_int_equal(rs.status, 200);
    return rs;
}

/* ---- Answers ---- */

cn_slice desk_header(const cn_response *rs, const char *name) {
    for (size_t i = 0; i < rs->headers.n; i++)
        if (cn_slice_eq_nocase(rs->headers.v[i].name, cn_slice_of(name))) return rs->headers.v[i].value;
    return (cn_slice){0};
}

bool desk_says(const desk *d, const char *text) {
    return cn_slice_find(d->body, cn_slice_of(text)) != SIZE_MAX;
}

void desk_must_say(const desk *d, const char *text) {
    if (!desk_says(d, text)) fail_msg("\"%s\" is not on the page:\n%s", text, d->body.p);
}

void desk_must_not_say(const desk *d, const char *text) {
    if (desk_says(d, text)) fail_msg("\"%s\" is on the page:\n%s", text, d->body.p);
}

void desk_must_be_french(const desk *d) {
    desk_must_say(d, "<html lang=\"fr\"");
    for (cn_msg m = 0; m < cn_messages.n; m++) {
        cn_slice english = cn_message(CN_EN, m);
        size_t spaces = 0;
        for (size_t i = 0; i < english.n; i++) spaces += english.p[i] == ' ';
        if (spaces < 2 || cn_slice_find_byte(english, '%') != SIZE_MAX) continue;
        bool switching = m == CN_MSG_page_switch_form; /* it is in the other language */
        if (!switching && cn_slice_find(d->body, english) != SIZE_MAX)
            fail_msg("English in French: %.*s", CN_ARG(english));
    }
}
