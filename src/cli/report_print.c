/* SPDX-License-Identifier: Apache-2.0
 *
 * Verification reports for people, on a terminal.
 */
#include "cli/report.h"
#include "vc/summary.h"

typedef struct face {
    const char *mark, *colour;
} face;

static face face_of(const cn_step *step) {
    if (step->outcome == CN_PASS && *step->problem) return (face){"!", "\033[33m"};
    static const face faces[] = {
        [CN_PASS] = {"\u2713", "\033[32m"},
        [CN_FAIL] = {"\u2717", "\033[31m"},
        [CN_UNKNOWN] = {"?", "\033[33m"},
        [CN_NOT_APPLICABLE] = {"-", "\033[2m"},
    };
    return faces[step->outcome];
}

static const char *verdict_colour(cn_verdict v) {
    return v == CN_VERIFIED ? "\033[1;32m" : v == CN_NOT_VERIFIED ? "\033[1;31m" : "\033[1;33m";
}

typedef struct printer {
    FILE *to;
    bool colour;
} printer;

static void paint(const printer *p, const char *colour) {
    if (p->colour) fputs(colour, p->to);
}

void cn_print_stranger(FILE *to, cn_slice s) {
    for (size_t i = 0; i < s.n; i++) {
        uint8_t c = (uint8_t)s.p[i];
        bool c1 = c == 0xc2 && i + 1 < s.n && (uint8_t)s.p[i + 1] < 0xa0;
        if (c1) i++;
        fputc(c < 0x20 || c == 0x7f || c1 ? '?' : c, to);
    }
}

static void print_line(const printer *p, const char *label, cn_slice text) {
    if (!text.n) return;
    fprintf(p->to, "  %-10s ", label);
    cn_print_stranger(p->to, text);
    fputc('\n', p->to);
}

/* A registry's name stands in place of the badge's own; a name that is another's is not shown. */
static void print_issuer(const printer *p, const cn_summary *s, const cn_report *report) {
    if (report->name_withheld) print_line(p, "says it is", CN_S("(a registered name, not shown)"));
    else if (!report->issuer.name.n) print_line(p, "says it is", s->issuer_name);
    if (!report->issuer.name.n) {
        print_line(p, "signed by", report->controller);
        return;
    }
    print_line(p, "signed by", report->issuer.name);
    print_line(p, "", report->controller);
    print_line(p, "known from", report->issuer.list);
}

static void print_subjects(const printer *p, const cn_summary *s) {
    fprintf(p->to, "  %-10s %zu\n", "subjects", s->subjects_n);
    for (size_t i = 0; i < s->subjects.n; i++) {
        print_line(p, "to", s->subjects.v[i].name.n ? s->subjects.v[i].name : CN_S("(without a name)"));
        print_line(p, "what", s->subjects.v[i].group);
    }
}

static void print_summary(const printer *p, const cn_summary *s, const cn_report *report) {
    print_line(p, "what", s->achievement_name.n ? s->achievement_name : s->name);
    if (s->subjects_n > 1) print_subjects(p, s);
    else print_line(p, "to", s->subject_name.n ? s->subject_name : s->subject_id);
    print_issuer(p, s, report);
    print_line(p, "from", s->valid_from);
    print_line(p, "until", s->valid_until);
}

/* What a step that held, or had nothing to do, has found out. */
static cn_slice plain_words(const cn_step *step) {
    static const struct {
        const char *id;
        cn_slice pass, nothing;
    } words[] = {
        {"read", CN_S_INIT("One credential was found."), CN_S_INIT("")},
        {"model", CN_S_INIT("It has what every credential must have."), CN_S_INIT("")},
        {"context", CN_S_INIT("Every term has a defined meaning."), CN_S_INIT("")},
        {"proof", CN_S_INIT("What it states has not been changed since it was signed."), CN_S_INIT("")},
        {"issuer", CN_S_INIT("The key that signed it is the issuer's."), CN_S_INIT("")},
        {"registry", CN_S_INIT("A registry knows the issuer."), CN_S_INIT("")},
        {"validity", CN_S_INIT("It holds at this time."), CN_S_INIT("It says nothing about how long it holds.")},
        {"holder", CN_S_INIT("Its holder signed for it."), CN_S_INIT("")},
        {"credentials", CN_S_INIT("Each credential in it holds."), CN_S_INIT("")},
        {"status", CN_S_INIT("It has not been revoked or suspended."),
         CN_S_INIT("Its issuer publishes no list of revoked credentials for it.")},
        {"resources", CN_S_INIT("What it points to has not changed."),
         CN_S_INIT("It gives no digest of anything elsewhere.")},
        {"endorsements", CN_S_INIT(""), CN_S_INIT("Nobody endorses it in the file itself.")},
        {"parts", CN_S_INIT(""), CN_S_INIT("It holds no other credentials.")},
        {"schema", CN_S_INIT("It is as the schemas that it names ask."), CN_S_INIT("It names no schema.")},
    };
    for (size_t i = 0; !step->detail.n && i < sizeof words / sizeof *words; i++)
        if (!strcmp(step->id, words[i].id)) {
            if (step->outcome == CN_PASS) return words[i].pass;
            if (step->outcome == CN_NOT_APPLICABLE) return words[i].nothing;
        }
    return step->detail;
}

static void print_step(const printer *p, const cn_step *step) {
    face f = face_of(step);
    cn_slice words = plain_words(step);
    paint(p, f.colour);
    fprintf(p->to, "  %s %-13s", f.mark, step->id);
    paint(p, "\033[0m");
    cn_print_stranger(p->to, words);
    if (step->where.n) {
        fputs(words.n ? " (" : "(", p->to);
        cn_print_stranger(p->to, step->where);
        fputc(')', p->to);
    }
    if (*step->problem) fprintf(p->to, " [%s]", step->problem);
    fputc('\n', p->to);
}

static void print_steps(const printer *p, const cn_report *report) {
    for (size_t i = 0; i < report->steps_n; i++) {
        cn_step step = report->steps[i];
        bool found = report->presentation && !strcmp(step.id, "read") && !step.detail.n;
        if (found) step.detail = CN_S("A presentation was found.");
        print_step(p, &step);
        if (!strcmp(step.problem, "holder-not-asked"))
            print_line(
                p, "",
                CN_S("     Name what they were to sign with --challenge TEXT, and for whom with --domain TEXT."));
    }
}

static void print_head(const printer *p, cn_slice input, cn_verdict verdict) {
    paint(p, verdict_colour(verdict));
    fputs(cn_verdict_name(verdict), p->to);
    paint(p, "\033[0m");
    fputs("  ", p->to);
    cn_print_stranger(p->to, input);
    fputc('\n', p->to);
}

/* Each credential of a presentation, as if it had been given alone. */
static bool print_credentials(cn_arena *a, const printer *p, cn_slice input, const cn_report *report,
                              cn_err *err) {
    for (size_t i = 0; i < report->credentials_n; i++) {
        cn_slice name;
        if (!cn_arena_print(a, &name, "%.*s, credential %zu", CN_ARG(input), i + 1)) return cn_fail_memory(err);
        if (!cn_report_print(a, name, &report->credentials[i], p->colour, p->to, err)) return false;
    }
    return true;
}

bool cn_report_print(cn_arena *a, cn_slice input, const cn_report *report, bool colour, FILE *to, cn_err *err) {
    printer p = {to, colour};
    cn_summary summary;
    if (report->credential && !cn_summary_read(a, report->credential, (cn_slice){0}, &summary, err)) return false;
    print_head(&p, input, report->verdict);
    if (report->credential) print_summary(&p, &summary, report);
    print_line(&p, "shown by", report->holder);
    print_steps(&p, report);
    fputc('\n', to);
    return print_credentials(a, &p, input, report, err);
}
