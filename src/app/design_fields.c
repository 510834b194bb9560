/* SPDX-License-Identifier: Apache-2.0
 *
 * The fields of a design, section by section, and how codes in them are written. Paths and words are those that
 * packs of rules know (data/frameworks/fields.json); what the packs do not ask for stands beside.
 */
#include "app/design.h"

/* ---- Codes ---- */

static bool digits(cn_slice s, size_t least, size_t most) {
    bool good = s.n >= least && s.n <= most;
    for (size_t i = 0; i < s.n; i++) good = good && s.p[i] >= '0' && s.p[i] <= '9';
    return good;
}

static bool is_cip(cn_slice s) {
    return s.n == 7 && s.p[2] == '.' && digits(cn_slice_sub(s, 0, 2), 2, 2) && digits(cn_slice_from(s, 3), 4, 4);
}

static bool is_noc(cn_slice s) {
    return digits(s, 5, 5);
}

static bool is_isced(cn_slice s) {
    return digits(s, 2, 4);
}

static bool is_nzsced(cn_slice s) {
    return digits(s, 6, 6);
}

/* ---- Words ---- */

#define WORDS(name, ...) static const cn_slice name[] = {__VA_ARGS__, {0}}
#define W(word) CN_S_INIT(word)

WORDS(credential_types, W("micro-credential"), W("digital-badge"), W("micro-course"),
      W("certificate-of-completion"), W("professional-certificate"), W("professional-diploma"));
WORDS(bases, W("proficiency"), W("participation"), W("completion"));
WORDS(languages, W("en"), W("fr"), W("cr"), W("iu"), W("oj"), W("other"));
WORDS(alignments, W("knowledge"), W("skill"), W("attitude"));
WORDS(competency_types, W("knowledge"), W("skill"), W("attitude"), W("competency"));
WORDS(methods, W("exam"), W("assignment"), W("portfolio"), W("project"), W("demonstration"), W("observation"),
      W("simulation"), W("presentation"), W("case-study"), W("interview"), W("workplace"), W("reflection"),
      W("other"));
WORDS(supervisions, W("supervised-onsite-id"), W("supervised-online-id"), W("id-verified"), W("supervised-noid"),
      W("unsupervised-noid"));
WORDS(modes, W("online"), W("onsite"), W("blended"), W("hybrid"), W("volunteering"), W("work-experience"));
WORDS(synchronies, W("synchronous"), W("asynchronous"), W("mixed"));
WORDS(assurances, W("institutional"), W("external"), W("professional"), W("government"));
WORDS(relations, W("component"), W("complementary"), W("additional"), W("alternate"));
WORDS(stackings, W("stackable"), W("standalone"));
WORDS(benefits, W("credit-on-completion"), W("exemption-rpl"), W("credit-equivalent"));

/* ---- Columns ---- */

enum { LINE = 200, TEXT = 2000, URL = 500, HOURS = 10000, CREDITS = 1000 };

#define COLUMN(name, ...)                                                                                         \
    { .path = CN_S_INIT(name), __VA_ARGS__ }
#define COLUMNS(list) .columns = list, .columns_n = sizeof list / sizeof *list

static const cn_blank alignment_columns[] = {
    COLUMN("outcome", .kind = CN_BLANK_COUNT, .max = CN_ACHIEVEMENT_OUTCOMES_MAX),
    COLUMN("kind", .kind = CN_BLANK_ONE, .words = alignments),
};
static const cn_blank competency_columns[] = {
    COLUMN("label", .kind = CN_BLANK_BOTH, .max = LINE),
    COLUMN("framework", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("uri", .kind = CN_BLANK_URL, .max = URL),
    COLUMN("code", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("type", .kind = CN_BLANK_ONE, .words = competency_types),
};
static const cn_blank credit_columns[] = {
    COLUMN("system", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("value", .kind = CN_BLANK_NUMBER, .max = CREDITS),
};
static const cn_blank level_columns[] = {
    COLUMN("framework", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("level", .kind = CN_BLANK_LEVEL, .max = 20),
};
static const cn_blank rubric_columns[] = {
    COLUMN("criterion", .kind = CN_BLANK_BOTH, .max = LINE),
    COLUMN("levels", .kind = CN_BLANK_LISTS, .max = 300),
};
static const cn_blank evidence_columns[] = {
    COLUMN("uri", .kind = CN_BLANK_URL, .max = URL),
    COLUMN("visible_to_employer", .kind = CN_BLANK_SAID),
};
static const cn_blank partner_columns[] = {
    COLUMN("name", .kind = CN_BLANK_LINE, .max = LINE),
    COLUMN("quality_assured", .kind = CN_BLANK_SAID),
};

/* ---- The table ---- */

#define FIELD(of, name, how, most, ...)                                                                           \
    { .path = CN_S_INIT(name), .kind = CN_BLANK_##how, .section = CN_DESIGN_##of, .max = most, __VA_ARGS__ }
#define CORE .core = true
#define OPTIONAL .core = false

static const cn_blank fields[] = {
    FIELD(KIND, "credential_type", ONE, 0, .words = credential_types, CORE),
    FIELD(KIND, "award_basis", ONE, 0, .words = bases, CORE),
    FIELD(KIND, "developer.name", BOTH, LINE, OPTIONAL),
    FIELD(KIND, "partners", ROWS, 12, COLUMNS(partner_columns)),
    FIELD(KIND, "course_count", COUNT, 100, OPTIONAL),
    FIELD(KIND, "title_names_entity", SAID, 0, OPTIONAL),
    FIELD(KIND, "title_entity_justification", TEXTS, TEXT, OPTIONAL),

    FIELD(OUTCOMES, "outcome_alignment", ALIGNMENT, CN_ACHIEVEMENT_OUTCOMES_MAX, COLUMNS(alignment_columns), CORE),
    FIELD(OUTCOMES, "competencies", ROWS, 24, COLUMNS(competency_columns), CORE),

    FIELD(WORKLOAD, "hours.total", NUMBER, HOURS, CORE),
    FIELD(WORKLOAD, "hours.contact", NUMBER, HOURS, OPTIONAL),
    FIELD(WORKLOAD, "hours.instructional", NUMBER, HOURS, OPTIONAL),
    FIELD(WORKLOAD, "duration_weeks", NUMBER, 520, CORE),
    FIELD(WORKLOAD, "credit_bearing", SAID, 0, CORE),
    FIELD(WORKLOAD, "credits", ROWS, 12, COLUMNS(credit_columns)),
    FIELD(WORKLOAD, "academic_benefit", ONE, 0, .words = benefits),

    FIELD(LEVELS, "levels", ROWS, 12, COLUMNS(level_columns)),
    FIELD(LEVELS, "level_not_applicable", SAID, 0, OPTIONAL),

    FIELD(ASSESSMENT, "assessment.types", SOME, 0, .words = methods, CORE),
    FIELD(ASSESSMENT, "assessment.summative", SAID, 0, CORE),
    FIELD(ASSESSMENT, "assessment.attendance_only", SAID, 0, OPTIONAL),
    FIELD(ASSESSMENT, "assessment.supervision_id", ONE, 0, .words = supervisions, CORE),
    FIELD(ASSESSMENT, "assessment.pass_rule", TEXTS, TEXT, CORE),
    FIELD(ASSESSMENT, "assessment.assessors", TEXTS, TEXT, CORE),
    FIELD(ASSESSMENT, "assessment.rubric", ROWS, 12, COLUMNS(rubric_columns)),
    FIELD(ASSESSMENT, "evidence", ROWS, 6, COLUMNS(evidence_columns)),

    FIELD(PARTICIPATION, "language", SOME, 0, .words = languages, CORE),
    FIELD(PARTICIPATION, "participation.mode", ONE, 0, .words = modes, CORE),
    FIELD(PARTICIPATION, "participation.synchronous", ONE, 0, .words = synchronies, OPTIONAL),
    FIELD(PARTICIPATION, "participation.location", BOTH, LINE, OPTIONAL),
    FIELD(PARTICIPATION, "target_group", TEXTS, TEXT, CORE),
    FIELD(PARTICIPATION, "prerequisites", TEXTS, TEXT, CORE),

    FIELD(QUALITY, "qa.type", ONE, 0, .words = assurances, CORE),
    FIELD(QUALITY, "qa.body", BOTH, LINE, CORE),
    FIELD(QUALITY, "qa.internal_process", TEXTS, TEXT, CORE),
    FIELD(QUALITY, "qa.exam_body", BOTH, LINE, OPTIONAL),
    FIELD(QUALITY, "qa.complaints", TEXTS, TEXT, OPTIONAL),
    FIELD(QUALITY, "qa.statement.provider_profile", TEXTS, TEXT, OPTIONAL),
    FIELD(QUALITY, "qa.statement.process", TEXTS, TEXT, OPTIONAL),
    FIELD(QUALITY, "qa.statement.review_process", TEXTS, TEXT, OPTIONAL),
    FIELD(QUALITY, "review.interval_months", COUNT, 600, CORE),
    FIELD(QUALITY, "standards", LINES, LINE, OPTIONAL),
    FIELD(QUALITY, "standards_none", SAID, 0, OPTIONAL),

    FIELD(PATHWAYS, "relation_to_qualification", ONE, 0, .words = relations, CORE),
    FIELD(PATHWAYS, "stackability.kind", ONE, 0, .words = stackings, CORE),
    FIELD(PATHWAYS, "stackability.into", LISTS, LINE, OPTIONAL),
    FIELD(PATHWAYS, "stackability.pathway_note", TEXTS, TEXT, OPTIONAL),
    FIELD(PATHWAYS, "stackability.none_declared", SAID, 0, OPTIONAL),
    FIELD(PATHWAYS, "recognition", TEXTS, TEXT, OPTIONAL),
    FIELD(PATHWAYS, "transcript_entry", BOTH, LINE, OPTIONAL),
    FIELD(PATHWAYS, "is_award", SAID, 0, OPTIONAL),
    FIELD(PATHWAYS, "is_full_qualification", SAID, 0, OPTIONAL),
    FIELD(PATHWAYS, "is_aqf_award", SAID, 0, OPTIONAL),

    FIELD(MARKET, "labour_market_evidence", LISTS, 500, CORE),
    FIELD(MARKET, "employer_partners", LINES, LINE, OPTIONAL),
    FIELD(MARKET, "industry_recognition.body", BOTH, LINE, OPTIONAL),
    FIELD(MARKET, "community_need", TEXTS, TEXT, OPTIONAL),

    FIELD(CLASSIFICATION, "classification.cip", LINE, LINE, .good = is_cip, CORE),
    FIELD(CLASSIFICATION, "classification.noc", LINES, LINE, .good = is_noc, CORE),
    FIELD(CLASSIFICATION, "classification.isced", LINE, LINE, .good = is_isced, CORE),
    FIELD(CLASSIFICATION, "classification.nzsced", LINE, LINE, .good = is_nzsced, OPTIONAL),

    FIELD(INFORMATION, "certification_statement", TEXTS, TEXT, CORE),
    FIELD(INFORMATION, "further_information", TEXTS, TEXT, OPTIONAL),
    FIELD(INFORMATION, "renewal", TEXTS, TEXT, OPTIONAL),
    FIELD(INFORMATION, "contact.name", BOTH, LINE, CORE),
    FIELD(INFORMATION, "contact.email", LINE, LINE, CORE),
    FIELD(INFORMATION, "contact.url", URL, URL, OPTIONAL),
    FIELD(INFORMATION, "licence", URL, URL, OPTIONAL),
    FIELD(INFORMATION, "portal_listing", URL, URL, OPTIONAL),

    FIELD(PARTICULARS, "purpose.use", TEXTS, TEXT, OPTIONAL),
    FIELD(PARTICULARS, "purpose.relevance", TEXTS, TEXT, OPTIONAL),
    FIELD(PARTICULARS, "purpose.pathway_employment_or_community", TEXTS, TEXT, OPTIONAL),
    FIELD(PARTICULARS, "omc_category", COUNT, 6, OPTIONAL),
    FIELD(PARTICULARS, "osap_approved", SAID, 0, OPTIONAL),
    FIELD(PARTICULARS, "mucdf_alignment", TEXTS, TEXT, OPTIONAL),

    FIELD(FRAMEWORKS, "frameworks", LINES, LINE, OPTIONAL),

    /* Where it was taken from, when it was another institution's. */
    {.path = CN_S_INIT("source.issuer"), .kind = CN_BLANK_BOTH, .section = CN_BLANK_HIDDEN, .max = LINE},
    {.path = CN_S_INIT("source.achievement"), .kind = CN_BLANK_URL, .section = CN_BLANK_HIDDEN, .max = URL},
    {.path = CN_S_INIT("source.title"), .kind = CN_BLANK_BOTH, .section = CN_BLANK_HIDDEN, .max = LINE},
    {.path = CN_S_INIT("source.version"), .kind = CN_BLANK_COUNT, .section = CN_BLANK_HIDDEN, .max = 1000000},
    {.path = CN_S_INIT("source.at"), .kind = CN_BLANK_DATE, .section = CN_BLANK_HIDDEN, .max = 10},
    {.path = CN_S_INIT("source.reused"), .kind = CN_BLANK_LINES, .section = CN_BLANK_HIDDEN, .max = LINE},
};

const cn_blanks_table cn_design_fields = {fields, sizeof fields / sizeof *fields};
