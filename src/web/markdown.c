/* SPDX-License-Identifier: Apache-2.0
 *
 * Markdown of strangers (CommonMark 0.30, as Open Badges 3.0 has it for criteria narratives) as markup of our own.
 * libcmark reads it; what is printed is made here, node by node: a kind that has no row prints no tag. Raw HTML is
 * text, an image is its words, and a link is one only where the page's other links would be.
 *
 * What costs more to read than its length is measured before it is read: libcmark goes through all open
 * containers at every line, and may go back over much of the text at a bracket.
 */
#include <cmark.h>

#include "web/messages.h"
#include "web/pages.h"

#include "base/base.h"

enum {
    TEXT_MAX = 64 << 10, /* bytes */
    WORK_MAX = 1 << 20,  /* lines times open containers */
    BACK_MAX = 16 << 20, /* brackets times bytes */
    NODES_MAX = 10000,
    DEPTH_MAX = 32,
    OUT_MAX = 1 << 20
};

typedef struct walker {
    const cn_hidden *h;
    cn_html_out out;
    cn_slice page; /* the tag of its language */
    cn_buf seen;   /* what a reader sees, without markup: where hidden names are looked for */
    size_t nodes;
    size_t images; /* open: in them there is text alone */
    int top;       /* the level of the first heading; 0: none yet */
} walker;

/* A node as it begins or ends, and how things stood when it began. */
typedef struct turn {
    cmark_node *node;
    bool begins;
    size_t out, seen;
    int top;
} turn;

/* ---- Whether it is read at all ---- */

/* How many bytes of a line can open or continue containers. */
static size_t prefix_length(cn_slice line) {
    size_t n = 0;
    while (n < line.n && cn_slice_find_byte(CN_S(" \t>-*+.)0123456789"), line.p[n]) != SIZE_MAX) n++;
    return n;
}

static bool is_modest(cn_slice text) {
    cn_slice rest = text, line;
    size_t lines = 0, longest = 0, brackets = 0;
    if (text.n > TEXT_MAX) return false;
    for (size_t i = 0; i < text.n; i++) brackets += text.p[i] == '[';
    while (rest.n) {
        (void)cn_slice_cut(rest, '\n', &line, &rest);
        size_t n = prefix_length(line);
        if (n > longest) longest = n;
        lines++;
    }
    return lines * longest <= WORK_MAX && brackets * text.n <= BACK_MAX;
}

/* ---- Texts ---- */

static void put(walker *w, cn_slice markup) {
    if (!w->images) cn_html_markup(&w->out, (cn_html){markup});
}

/* Character references may stand for what was no such character in the text as it came. */
static void put_text(walker *w, cn_slice literal) {
    cn_slice shown = cn_hidden_show(w->h, literal);
    cn_html_text(&w->out, shown);
    cn_buf_add(&w->seen, shown);
}

/* Was there nothing to see in the node that ends? */
static bool was_empty(const walker *w, const turn *t) {
    return !cn_slice_trim(cn_slice_from(cn_buf_slice(&w->seen), t->seen)).n;
}

/* ---- Nodes: what each prints as it begins and as it ends ---- */

static void put_break(walker *w, const turn *t) {
    cmark_node_type type = cmark_node_get_type(t->node);
    if (!t->begins) return;
    if (type == CMARK_NODE_LINEBREAK) put(w, CN_S("<br>"));
    else if (type == CMARK_NODE_THEMATIC_BREAK) put(w, CN_S("<hr class=\"cairn-rule\">\n"));
    else cn_html_text(&w->out, CN_S("\n"));
    cn_buf_byte(&w->seen, '\n');
}

static void put_literal(walker *w, const turn *t) {
    if (t->begins) put_text(w, cn_slice_of(cmark_node_get_literal(t->node)));
}

static void put_code(walker *w, const turn *t) {
    if (!t->begins) return;
    put(w, CN_S("<code>"));
    put_literal(w, t);
    put(w, CN_S("</code>"));
}

static void put_code_block(walker *w, const turn *t) {
    if (!t->begins) return;
    put(w, CN_S("<pre class=\"cairn-code\" dir=\"auto\">"));
    put_code(w, t);
    put(w, CN_S("</pre>\n"));
}

static void put_html_block(walker *w, const turn *t) {
    if (!t->begins) return;
    put(w, CN_S("<p class=\"govuk-body cairn-text\" dir=\"auto\">"));
    put_text(w, cn_slice_trim(cn_slice_of(cmark_node_get_literal(t->node))));
    put(w, CN_S("</p>\n"));
}

/* In a tight list the items hold their text without paragraphs (CommonMark, 5.3). */
static void put_paragraph(walker *w, const turn *t) {
    cmark_node *list = cmark_node_parent(cmark_node_parent(t->node));
    bool tight = cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
    if (!t->begins) cn_buf_byte(&w->seen, '\n');
    if (tight && !t->begins && cmark_node_next(t->node)) put(w, CN_S("\n"));
    if (tight) return;
    put(w, t->begins ? CN_S("<p class=\"govuk-body cairn-text\" dir=\"auto\">") : CN_S("</p>\n"));
}

/* The headings above are of level 3; no level is left out, however the text counts its own. */
static void put_heading(walker *w, const turn *t) {
    int level = cmark_node_get_heading_level(t->node);
    if (!w->top) w->top = level;
    bool high = level <= w->top;
    if (t->begins) {
        put(w, high ? CN_S("<h4 class=\"cairn-heading\" dir=\"auto\">")
                    : CN_S("<h5 class=\"cairn-heading\" dir=\"auto\">"));
        return;
    }
    bool empty = was_empty(w, t);
    cn_buf_byte(&w->seen, '\n');
    if (!empty) {
        put(w, high ? CN_S("</h4>\n") : CN_S("</h5>\n"));
        return;
    }
    w->top = t->top;
    if (cn_buf_ok(w->out.out)) w->out.out->n = t->out; /* a heading of nothing is taken back */
}

static void put_list(walker *w, const turn *t) {
    bool ordered = cmark_node_get_list_type(t->node) == CMARK_ORDERED_LIST;
    int start = cmark_node_get_list_start(t->node);
    if (!t->begins) {
        put(w, ordered ? CN_S("</ol>\n") : CN_S("</ul>\n"));
        return;
    }
    put(w, ordered ? CN_S("<ol class=\"govuk-list govuk-list--number\"")
                   : CN_S("<ul class=\"govuk-list govuk-list--bullet\""));
    if (ordered && start != 1) {
        put(w, CN_S(" start=\""));
        cn_html_number_signed(&w->out, start);
        put(w, CN_S("\""));
    }
    put(w, CN_S(">\n"));
}

static void put_item(walker *w, const turn *t) {
    put(w, t->begins ? CN_S("<li dir=\"auto\">") : CN_S("</li>\n"));
}

static void put_quote(walker *w, const turn *t) {
    put(w, t->begins ? CN_S("<blockquote class=\"cairn-quote\">\n") : CN_S("</blockquote>\n"));
}

static void put_emphasis(walker *w, const turn *t) {
    put(w, t->begins ? CN_S("<em>") : CN_S("</em>"));
}

static void put_strong(walker *w, const turn *t) {
    put(w, t->begins ? CN_S("<strong>") : CN_S("</strong>"));
}

static void begin_link(walker *w, cn_url url) {
    put(w, CN_S("<a class=\"govuk-link\" href=\""));
    cn_html_url(&w->out, url);
    put(w, CN_S("\" rel=\"noopener noreferrer nofollow\"><bdi>"));
}

/* A link without words goes by the name of where it leads. */
static void end_link(walker *w, const turn *t, cn_slice host) {
    if (was_empty(w, t)) {
        cn_html_text(&w->out, host);
        cn_buf_add(&w->seen, host);
    }
    put(w, CN_S("</bdi></a> <bdi class=\"cairn-item__host\" lang=\""));
    cn_html_attribute(&w->out, w->page);
    put(w, CN_S("\">"));
    cn_html_message_text(&w->out, CN_MSG_result_opens, 1, (const cn_message_arg[]){cn_message_arg_slice(host)});
    put(w, CN_S("</bdi>"));
}

static void put_link(walker *w, const turn *t) {
    cn_url url;
    if (w->images || !cn_hidden_link(w->h, cn_slice_of(cmark_node_get_url(t->node)), &url)) return;
    if (t->begins) begin_link(w, url);
    else end_link(w, t, cn_host_of(url.text));
}

static void put_image(walker *w, const turn *t) {
    if (t->begins) w->images++;
    else w->images--;
}

/* The whole of what is known; custom nodes come from programs only. */
static void (*const printers[])(walker *, const turn *) = {
    [CMARK_NODE_BLOCK_QUOTE] = put_quote,
    [CMARK_NODE_LIST] = put_list,
    [CMARK_NODE_ITEM] = put_item,
    [CMARK_NODE_CODE_BLOCK] = put_code_block,
    [CMARK_NODE_HTML_BLOCK] = put_html_block,
    [CMARK_NODE_PARAGRAPH] = put_paragraph,
    [CMARK_NODE_HEADING] = put_heading,
    [CMARK_NODE_THEMATIC_BREAK] = put_break,
    [CMARK_NODE_TEXT] = put_literal,
    [CMARK_NODE_SOFTBREAK] = put_break,
    [CMARK_NODE_LINEBREAK] = put_break,
    [CMARK_NODE_CODE] = put_code,
    [CMARK_NODE_HTML_INLINE] = put_literal,
    [CMARK_NODE_EMPH] = put_emphasis,
    [CMARK_NODE_STRONG] = put_strong,
    [CMARK_NODE_LINK] = put_link,
    [CMARK_NODE_IMAGE] = put_image,
};

/* ---- The tree ---- */

/* False where a limit is reached. */
static bool print(walker *w, cmark_node *node, size_t depth) {
    if (depth > DEPTH_MAX || ++w->nodes > NODES_MAX || w->out.out->n > OUT_MAX) return false;
    cmark_node_type type = cmark_node_get_type(node);
    bool known = type < sizeof printers / sizeof printers[0] && printers[type];
    turn t = {.node = node, .begins = true, .out = w->out.out->n, .seen = w->seen.n, .top = w->top};
    if (known) printers[type](w, &t);
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child))
        if (!print(w, child, depth + 1)) return false;
    t.begins = false;
    if (known) printers[type](w, &t);
    return true;
}

/* In place of a text that names somebody once its markup is gone. */
static void put_instead(walker *w) {
    cn_buf_clear(w->out.out);
    w->images = 0;
    put(w, CN_S("<p class=\"govuk-body cairn-text\" dir=\"auto\">"));
    cn_html_text(&w->out, w->h->instead);
    put(w, CN_S("</p>\n"));
}

bool cn_markdown_show(const cn_hidden *h, cn_slice text, cn_language page, cn_html *out, cn_err *err) {
    cn_slice shown = cn_hidden_show(h, text);
    cn_buf body = cn_buf_on(h->arena, 0);
    walker w = {.h = h, .out = {&body, page}, .page = cn_language_tag(page), .seen = cn_buf_on(h->arena, 0)};
    bool fits = is_modest(shown);
    if (fits) {
        cmark_node *root = cmark_parse_document(shown.n ? shown.p : "", shown.n, CMARK_OPT_DEFAULT);
        fits = print(&w, root, 0);
        cmark_node_free(root);
    }
    if (fits && cn_hidden_names(h, cn_buf_slice(&w.seen))) put_instead(&w);
    if (!cn_buf_ok(&body) || !cn_buf_ok(&w.seen)) return cn_fail_memory(err);
    *out = (cn_html){fits ? cn_buf_slice(&body) : (cn_slice){0}};
    return true;
}
