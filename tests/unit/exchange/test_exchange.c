/* SPDX-License-Identifier: Apache-2.0
 *
 * Achievements in other formats: what is written is read again without loss, in the format's own words where it
 * has some; and what others have written is read as far as it goes.
 */
#include "../check.h"

#include <stdlib.h>

#include "exchange/exchange.h"
#include "jsonld/jsonld.h"
#include "made_up.h"

/* JSON is written with ' for " here. */
static const cn_json *json(cn_arena *a, const char *written) {
    cn_slice copy;
    const cn_json *v;
    cn_err err;
    assert_true(cn_arena_copy(a, cn_slice_of(written), &copy));
    char *p = (char *)(uintptr_t)copy.p;
    for (size_t i = 0; i < copy.n; i++)
        if (p[i] == '\'') p[i] = '"';
    if (!cn_json_read(a, copy, NULL, &v, &err)) fail_msg("%s: %s", written, err.detail);
    return v;
}

static cn_slice shown(cn_arena *a, const cn_json *v) {
    cn_buf b = cn_buf_on(a, 0);
    cn_json_write(&b, v);
    return cn_buf_slice(&b);
}

static void check_same(cn_arena *a, const cn_json *is, const cn_json *wanted, const char *name) {
    if (!cn_json_equal(is, wanted))
        fail_msg("%s:\n%.*s\nnot\n%.*s", name, CN_ARG(shown(a, is)), CN_ARG(shown(a, wanted)));
}

static const cn_json *written(cn_arena *a, const cn_json *achievement, cn_exchange_format format) {
    const cn_json *out;
    cn_err err;
    if (!cn_exchange_write(a, achievement, format, &out, &err)) fail_msg("%s: %s", err.id, err.detail);
    return out;
}

/* As a file: written as text and read again. */
static cn_exchange_reading read_again(cn_arena *a, const cn_json *document) {
    cn_exchange_reading r;
    const cn_json *file;
    cn_err err;
    if (!cn_json_read(a, shown(a, document), NULL, &file, &err)) fail_msg("%s: %s", err.id, err.where);
    if (!cn_exchange_read(a, file, &r, &err)) fail_msg("%s: %s", err.id, err.detail);
    return r;
}

/* ---- Without loss ---- */

static const char full[] =
    "{'cairn':'achievement','id':'https://cairn.example/achievements/a1/versions/2','version':'2',"
    "'url':'https://cairn.example/achievements/a1','published':'2026-05-01','updated':'2026-05-01T10:00:00Z',"
    "'name':{'en':'Bookkeeping essentials','fr':'L’essentiel de la tenue de livres'},"
    "'description':{'en':'Books','fr':'Livres'},'criteria':{'en':'**Keep** books','fr':'**Tenir** les livres'},"
    "'outcomes':[{'en':'o1','fr':'r1'},{'en':'o2','fr':'r2'}],'valid_months':24,"
    "'organisation':{'id':'https://cairn.example/issuers/o1','name':{'en':'Cedar Bay','fr':'Baie-des-Cèdres'},"
    "'url':'https://cedarbay.example','country':'CA'},"
    "'design':{'hours':{'total':37.5,'instructional':20,'contact':12},'duration_weeks':8,"
    "'credits':[{'system':'ECTS','value':3.125},{'system':'ON','value':1}],"
    "'levels':[{'framework':'EQF','level':5},{'framework':'NZQCF','level':'5a'}],"
    "'competencies':[{'framework':'ESCO','uri':'http://data.europa.eu/esco/skill/x',"
    "'label':{'en':'keep books','fr':'tenir des livres'},'code':'S1'}],"
    "'assessment':{'types':['portfolio'],'pass_rule':{'en':'all','fr':'tout'},'supervision_id':'unsupervised-noid'"
    ","
    "'rubric':[{'criterion':{'en':'c','fr':'d'},'levels':[{'en':'low','fr':'bas'},{'en':'high','fr':'haut'}]}]},"
    "'participation':{'mode':'online'},'language':['fr','en'],'prerequisites':{'en':'none','fr':'aucun'},"
    "'qa':{'type':'institutional','body':'Senate'},"
    "'stackability':{'into':[{'en':'Diploma','fr':'Diplôme'}],'pathway_note':{'en':'p','fr':'q'}},"
    "'classification':{'cip':'52.0302','noc':['12200','14200'],'isced':'0411'},"
    "'price':495,'currency':'CAD','target_group':{'en':'workers','fr':'travailleurs'}},"
    "'offerings':[{'id':'https://cairn.example/achievements/a1#f1','starts':'2026-09-01','mode':'online',"
    "'place':{'en':'Ottawa','fr':'Ottawa'},'price':495,'currency':'CAD','register_url':'https://cedarbay.example/"
    "r'}]}";

static void check_whole(cn_arena *a, const cn_json *achievement, cn_exchange_format format) {
    cn_exchange_reading r = read_again(a, written(a, achievement, format));
    assert_int_equal(r.format, format);
    check_same(a, r.achievement, achievement, cn_exchange_name(format));
    if (r.missed) fail_msg("%s: %.*s %s", cn_exchange_name(format), CN_ARG(r.notes[0].at), r.notes[0].why);
}

static void nothing_is_lost(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (int i = 0; i < CN_EXCHANGE_FORMATS; i++) check_whole(a, json(a, full), (cn_exchange_format)i);
}

static const char *record_file;

static void the_sample_record_is_not_lost(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_buf b = cn_buf_on(a, 0);
    FILE *f = fopen(record_file, "rb");
    assert_non_null(f);
    for (int c; (c = fgetc(f)) != EOF;) cn_buf_byte(&b, (char)c);
    assert_int_equal(fclose(f), 0);
    const cn_json *record;
    cn_err err;
    assert_true(cn_json_read(a, cn_buf_slice(&b), NULL, &record, &err));
    cn_json *achievement = cn_json_object(a);
    assert_true(cn_json_set(a, achievement, CN_S("cairn"), cn_json_string(a, CN_S("achievement"))));
    assert_true(cn_json_set(a, achievement, CN_S("design"), cn_json_get(record, CN_S("offering"))));
    for (int i = 0; i < CN_EXCHANGE_FORMATS; i++) check_whole(a, achievement, (cn_exchange_format)i);
}

/* Null members are not there; all else is the same, of whatever kind it is. */
static void nothing_made_up_is_lost(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        const cn_json *achievement = made_up(a, seed), *tidy = written(a, achievement, CN_EXCHANGE_CAIRN);
        for (int i = 1; i < CN_EXCHANGE_FORMATS; i++) {
            cn_exchange_reading r = read_again(a, written(a, achievement, (cn_exchange_format)i));
            assert_int_equal(r.format, i);
            check_same(a, r.achievement, tidy, cn_exchange_name((cn_exchange_format)i));
        }
    }
}

/* ---- As JSON-LD ---- */

/* Nothing is dropped in safe mode, whatever was made up. */
static void everything_means_something(void **state) {
    (void)state;
    cn_contexts *contexts = cn_contexts_new();
    cn_loader loader = cn_builtin_loader(NULL);
    cn_jsonld_options options = {.loader = &loader, .processed = contexts, .safe = true};
    for (uint64_t seed = 1; seed <= 150; seed++) {
        cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
        for (int i = 1; i < CN_EXCHANGE_FORMATS; i++) {
            const cn_json *document = written(a, made_up(a, seed), (cn_exchange_format)i), *out;
            cn_err err;
            if (!cn_jsonld_expand(a, document, &options, &out, &err))
                fail_msg("%s %llu: %s %s", cn_exchange_name((cn_exchange_format)i), (unsigned long long)seed,
                         err.detail, err.where);
        }
    }
    cn_contexts_free(contexts);
}

/* ---- In the format's own words ---- */

/* The document without what stands in it under our own term. */
static const cn_json *without_rest(cn_arena *a, const cn_json *v) {
    if (cn_json_is(v, CN_JSON_ARRAY)) {
        cn_json *list = cn_json_array(a);
        for (size_t i = 0; i < cn_json_count(v); i++)
            assert_true(cn_json_push(a, list, without_rest(a, cn_json_item(v, i))));
        return list;
    }
    if (!cn_json_is(v, CN_JSON_OBJECT)) return v;
    cn_json *out = cn_json_object(a);
    for (size_t i = 0; i < cn_json_count(v); i++) {
        const cn_json_member *m = &v->object.v[i];
        if (!cn_slice_eq(m->key, CN_S("cairnRest")))
            assert_true(cn_json_set(a, out, m->key, without_rest(a, m->value)));
    }
    return out;
}

/* Each format says these of the full achievement without our term; what it cannot say is not among them. */
static const struct {
    cn_exchange_format format;
    const char *said[32];
} own[] = {
    {CN_EXCHANGE_OB3,
     {"/id", "/version", "/name", "/description", "/criteria", "/outcomes", "/organisation/name",
      "/organisation/url", "/design/competencies", "/design/classification/cip", "/design/classification/noc",
      "/design/classification/isced", "/design/assessment/rubric", "/design/credits/0/value"}},
    {CN_EXCHANGE_CTDL,
     {"/id",
      "/version",
      "/name",
      "/description",
      "/criteria",
      "/outcomes",
      "/valid_months",
      "/url",
      "/published",
      "/organisation/name",
      "/design/hours/total",
      "/design/duration_weeks",
      "/design/credits/0/value",
      "/design/levels",
      "/design/competencies",
      "/design/assessment/types",
      "/design/assessment/pass_rule",
      "/design/participation/mode",
      "/design/prerequisites",
      "/design/stackability/into",
      "/design/stackability/pathway_note",
      "/design/classification/cip",
      "/design/classification/noc",
      "/design/classification/isced",
      "/design/price",
      "/design/currency",
      "/offerings"}},
    {CN_EXCHANGE_CASE,
     {"/id", "/version", "/name", "/description", "/criteria", "/outcomes", "/published", "/updated", "/url",
      "/organisation/name/en", "/design/competencies/0/uri", "/design/competencies/0/label",
      "/design/assessment/rubric"}},
    {CN_EXCHANGE_ELM,
     {"/id",
      "/name",
      "/description",
      "/outcomes",
      "/url",
      "/organisation/name",
      "/organisation/country",
      "/organisation/url",
      "/design/hours/total",
      "/design/hours/instructional",
      "/design/hours/contact",
      "/design/duration_weeks",
      "/design/credits",
      "/design/levels",
      "/design/competencies/0/uri",
      "/design/competencies/0/label",
      "/design/assessment/types",
      "/design/assessment/pass_rule",
      "/design/assessment/supervision_id",
      "/design/participation/mode",
      "/design/prerequisites",
      "/design/qa/type",
      "/design/qa/body",
      "/design/classification/isced",
      "/offerings"}},
};

static void formats_have_words_of_their_own(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *whole = json(a, full);
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        cn_exchange_reading r = read_again(a, without_rest(a, written(a, whole, own[i].format)));
        for (const char *const *path = own[i].said; *path; path++) {
            const cn_json *is = cn_json_point(r.achievement, cn_slice_of(*path));
            if (!is) fail_msg("%s does not say %s", cn_exchange_name(own[i].format), *path);
            check_same(a, is, cn_json_point(whole, cn_slice_of(*path)), *path);
        }
    }
}

/* ---- What others write ---- */

static bool is_noted(const cn_exchange_reading *r, const char *at, const char *why) {
    for (size_t i = 0; i < r->notes_n; i++)
        if (cn_slice_eq(r->notes[i].at, cn_slice_of(at)) && !strcmp(r->notes[i].why, why)) return true;
    return false;
}

/* Files as registries publish them, shortened; what is read of each, and what is not. */
static const struct {
    cn_exchange_format format;
    const char *file, *achievement, *notes[6][2];
} others[] = {
    {CN_EXCHANGE_CTDL,
     "{'@context':'https://credreg.net/ctdl/schema/context/json','@graph':["
     "{'@type':'ceterms:Certificate','@id':'https://r.example/1','ceterms:ctid':'ce-1',"
     "'ceterms:name':{'en-US':'Welding','fr-CA':'Soudage','es':'S'},'ceterms:ownedBy':['https://r.example/2'],"
     "'ceterms:keyword':{'en':['w']},'ceterms:estimatedDuration':["
     "{'@type':'ceterms:DurationProfile','ceterms:exactDuration':'P4W'},"
     "{'@type':'ceterms:DurationProfile','ceterms:exactDuration':'PT160H30M'},"
     "{'@type':'ceterms:DurationProfile','ceterms:minimumDuration':'P2W'}],"
     "'ceterms:requires':[{'@type':'ceterms:ConditionProfile','ceterms:targetLearningOpportunity':['_:b']}],"
     "'ceterms:instructionalProgramType':[{'@type':'ceterms:CredentialAlignmentObject',"
     "'ceterms:framework':'https://nces.ed.gov/ipeds/cipcode/Default.aspx?y=55',"
     "'ceterms:codedNotation':'48.0508'}]},"
     "{'@id':'https://r.example/2','@type':'ceterms:CredentialOrganization','ceterms:name':{'en':'C'}},"
     "{'@id':'_:b','@type':'ceterms:LearningOpportunityProfile','ceterms:teaches':["
     "{'@type':'ceterms:CredentialAlignmentObject','ceterms:targetNodeName':{'en':'Weld'}}]},"
     "{'@id':'_:c','@type':'ceterms:Course'}]}",
     "{'id':'https://r.example/1','name':{'en':'Welding','fr':'Soudage'},"
     "'organisation':{'id':'https://r.example/2','name':{'en':'C'}},'outcomes':[{'en':'Weld'}],"
     "'design':{'duration_weeks':4,'hours':{'total':160.5},'classification':{'cip':'48.0508'}}}",
     {{"/@graph/0/ceterms:name/es", "language"},
      {"/@graph/0/ceterms:keyword", "member"},
      {"/@graph/0/ceterms:estimatedDuration/2", "value"},
      {"/@graph/3", "member"}}},
    {CN_EXCHANGE_ELM,
     "{'type':['VerifiableCredential','EuropeanDigitalCredential'],'credentialSubject':{'type':'Person',"
     "'hasClaim':{'type':'LearningAchievement','awardedBy':{'awardingBody':{'type':'Organisation',"
     "'legalName':{'en':'U'},'location':{'type':'Location','address':{'type':'Address','countryCode':"
     "{'id':'http://publications.europa.eu/resource/authority/country/IRL','type':'Concept'}}}}},"
     "'influencedBy':{'specifiedBy':{'type':'LearningActivitySpecification','volumeOfLearning':'P60M'}},"
     "'specifiedBy':{'type':'Qualification','title':{'en':'Digital'},'volumeOfLearning':'PT60H',"
     "'creditPoint':{'type':'CreditPoint','framework':{'id':"
     "'http://data.europa.eu/snb/education-credit/6fcec5c5af','type':'Concept'},'point':'2'},"
     "'learningOutcome':{'type':'LearningOutcome','title':{'en':'o'},'relatedESCOSkill':"
     "{'id':'http://data.europa.eu/esco/skill/1','type':'Concept','prefLabel':{'en':'s'}}}}}}}",
     "{'name':{'en':'Digital'},'outcomes':[{'en':'o'}],'organisation':{'name':{'en':'U'},'country':'IE'},"
     "'design':{'hours':{'total':60},'credits':[{'system':'ECTS','value':2}],'competencies':["
     "{'framework':'ESCO','uri':'http://data.europa.eu/esco/skill/1','label':{'en':'s'}}]}}",
     {{"/credentialSubject/hasClaim/influencedBy/specifiedBy/volumeOfLearning", "value"}}}, /* sixty months */
    {CN_EXCHANGE_CASE,
     "{'CFDocument':{'uri':'http://s.example/1','creator':'B','title':'T','language':'fr-CA'},'CFItems':["
     "{'uri':'http://s.example/2','fullStatement':'Comprendre','humanCodingScheme':'6.RP','CFItemType':'Cluster'},"
     "{'identifier':'3'}],'CFAssociations':[{'associationType':'exactMatchOf'}]}",
     "{'id':'http://s.example/1','name':{'fr':'T'},'organisation':{'name':{'fr':'B'}},'design':{'competencies':["
     "{'uri':'http://s.example/2','label':{'fr':'Comprendre'},'code':'6.RP'}]}}",
     {{"/CFItems/1", "value"}, {"/CFAssociations/0", "value"}}},
    {CN_EXCHANGE_OB3,
     "{'type':['VerifiableCredential','OpenBadgeCredential'],'issuer':{'id':'did:x'},'credentialSubject':{"
     "'type':['AchievementSubject'],'achievement':{'id':'https://b.example/1','type':['Achievement'],"
     "'name':'Teamwork','inLanguage':'en','criteria':{'narrative':'Do it'},'description':'d','tag':['a'],"
     "'creditsAvailable':3.5,'humanCode':'h','alignment':[{'type':['Alignment'],'targetName':'n',"
     "'targetUrl':'https://c.example/','targetFramework':'F'},{'type':['Alignment'],'targetName':'x'}]}}}",
     "{'id':'https://b.example/1','name':{'en':'Teamwork'},'criteria':{'en':'Do it'},'description':{'en':'d'},"
     "'outcomes':[{'en':'a'}],'design':{'credits':[{'value':3.5}],'competencies':["
     "{'label':{'en':'n'},'uri':'https://c.example/','framework':'F'}]}}",
     {{"/credentialSubject/achievement/humanCode", "member"},
      {"/credentialSubject/achievement/alignment/1", "value"},
      {"/issuer", "member"}}},
};

static void what_others_write_is_read(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        cn_exchange_reading r = read_again(a, json(a, others[i].file));
        assert_int_equal(r.format, others[i].format);
        check_same(a, r.achievement, json(a, others[i].achievement), cn_exchange_name(r.format));
        size_t n = 0;
        for (; others[i].notes[n][0]; n++)
            if (!is_noted(&r, others[i].notes[n][0], others[i].notes[n][1]))
                fail_msg("%s is not noted", others[i].notes[n][0]);
        assert_int_equal(r.missed, n);
    }
}

static void what_is_of_no_format_is_refused(void **state) {
    (void)state;
    cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
    cn_exchange_reading r;
    const cn_json *out;
    cn_err err;
    assert_false(cn_exchange_read(a, json(a, "{'type':'Thing','name':'Achievement'}"), &r, &err));
    check_err(err, CN_UNSUPPORTED, "exchange.unknown");
    assert_false(cn_exchange_write(a, json(a, "[]"), CN_EXCHANGE_ELM, &out, &err));
    check_err(err, CN_INVALID, "exchange.achievement");
}

/* Wherever memory ends, the answer is that it did. */
static void memory_may_end_anywhere(void **state) {
    (void)state;
    cn_arena *all CN_ARENA_AUTO = cn_arena_new(0);
    const cn_json *whole = json(all, full);
    for (int i = 1; i < CN_EXCHANGE_FORMATS; i++) {
        const cn_json *document = written(all, whole, (cn_exchange_format)i), *out;
        bool wrote = false, read = false;
        for (size_t n = 1; !wrote || !read; n += 97) {
            cn_arena *a CN_ARENA_AUTO = cn_arena_new(0);
            cn_exchange_reading r;
            cn_err err;
            cn_arena_fail_after(a, n);
            wrote = cn_exchange_write(a, whole, (cn_exchange_format)i, &out, &err);
            if (!wrote) check_err(err, CN_LIMIT, "memory.limit");
            cn_arena_fail_after(a, n);
            read = cn_exchange_read(a, document, &r, &err);
            if (!read) check_err(err, CN_LIMIT, "memory.limit");
        }
    }
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_lost),
        cmocka_unit_test(the_sample_record_is_not_lost),
        cmocka_unit_test(nothing_made_up_is_lost),
        cmocka_unit_test(everything_means_something),
        cmocka_unit_test(formats_have_words_of_their_own),
        cmocka_unit_test(what_others_write_is_read),
        cmocka_unit_test(what_is_of_no_format_is_refused),
        cmocka_unit_test(memory_may_end_anywhere),
    };
    if (argc != 2) return EXIT_FAILURE;
    record_file = argv[1];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
