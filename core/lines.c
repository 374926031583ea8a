/* Native listings as JSON Lines, read as far as it takes to rule out most of them: their texts as columns, nothing as an object.
 *
 * Only what is surely a plain native listing is told: known keys, once each, of texts without markup. Every other line is left to
 * who reads in earnest, be it damaged or merely unusual. A text keeps nothing that JSON does to it: escapes are what they stand for. */
#include "lines.h"

#define LONGEST (1 << 20) /* Bytes of a line that is read here. */
#define PARAGRAPHS 400    /* As passages.MOST; listings with more are left. */
#define NAMES 64          /* Attributes of a listing that is read here. */

enum { BLANK, NATIVE, LEFT };
enum { L_START, L_END, L_TOLD, L_ID, L_ID_END, L_SITE, L_SITE_END, L_TITLE };
enum { ID, SITE, CATEGORY, TITLE, DESCRIPTION, BRAND, MAKER, TERMS, BULLETS, ATTRIBUTES, IMAGES, KEYS };
static const char *const KEY_NAMES[KEYS] = {"id",    "marketplace",  "category",     "title",   "description", "brand",
                                            "manufacturer", "search_terms", "bullets", "attributes",  "images"};

/* White space of ASCII. */
static inline int is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
}

static Py_ssize_t skip(const Lines *l, Py_ssize_t at)
{
    while (at < l->end && (l->data[at] == ' ' || l->data[at] == '\t' || l->data[at] == '\r')) {
        at++;
    }
    return at;
}

static inline int is_at(const Lines *l, Py_ssize_t at, char c)
{
    return at < l->end && l->data[at] == (uint8_t)c;
}

/* The place behind a null, or `at` where there is none. */
static Py_ssize_t null_at(const Lines *l, Py_ssize_t at)
{
    return at + 4 <= l->end && !memcmp(l->data + at, "null", 4) ? at + 4 : at;
}

/* A string that is a text of the listing: kept with its line; 0 where it is none. */
/* Whether a text holds the letters of a sign that a page is read with instead (text/markup.py). */
static int holds_sign(const Lines *l, int is_wide, Py_ssize_t from, Py_ssize_t to)
{
    for (Py_ssize_t i = from; i + 1 < to; i++) {
        Py_UCS4 one = is_wide ? (Py_UCS4)l->wide[i] : (Py_UCS4)l->plain[i];
        Py_UCS4 next = is_wide ? (Py_UCS4)l->wide[i + 1] : (Py_UCS4)l->plain[i + 1];
        if ((one == 'T' && next == 'M') || (one == 0x1D40 && next == 0x1D39)) {
            return 1;
        }
    }
    return 0;
}

static Py_ssize_t text(Lines *l, Py_ssize_t at, int field)
{
    Py_ssize_t length;
    int is_wide;
    if (!is_at(l, at, '"') || !(at = read_string(l, at + 1, &length, &is_wide)) || !length) {
        return at;
    }
    Vec *texts = is_wide ? &l->wide_texts : &l->plain_texts;
    Py_ssize_t begins = is_wide ? l->n_wide : l->n_plain;
    if (holds_sign(l, is_wide, begins, begins + length)) {
        return 0;
    }
    if (field == TITLE) {
        l->told[L_TITLE] = texts->n / 2 * 2 + is_wide;
    }
    if ((field == BULLETS || field == DESCRIPTION) && length >= l->shortest) {
        Py_ssize_t some = l->paragraphs.n;
        if (!paragraphs(l, is_wide, begins, begins + length)) {
            l->paragraphs.n = some;
            PUSH(&l->unnumbered, int64_t, texts->n / 2 * 2 + is_wide);
        }
    }
    PUSH(texts, int64_t, l->line);
    PUSH(texts, int64_t, begins);
    if (is_wide) {
        l->wide[begins + length] = '\n';
        l->n_wide += length + 1;
    } else {
        l->plain[begins + length] = '\n';
        l->n_plain += length + 1;
    }
    return at;
}

/* A string that stands in the line as it is read; its span is told. */
static Py_ssize_t literal(Lines *l, Py_ssize_t at, int64_t *from, int64_t *to)
{
    Py_ssize_t length, begins = at + 1;
    int is_wide;
    if (!is_at(l, at, '"') || !(at = read_string(l, begins, &length, &is_wide))
        || memchr(l->data + begins, '\\', (size_t)(at - begins))) {
        return 0;
    }
    *from = begins;
    *to = at - 1;
    return at;
}

static Py_ssize_t text_list(Lines *l, Py_ssize_t at)
{
    at = skip(l, at + 1);
    if (is_at(l, at, ']')) {
        return at + 1;
    }
    while (is_at(l, at, '"') && (at = text(l, at, BULLETS))) {
        at = skip(l, at);
        if (is_at(l, at, ']')) {
            return at + 1;
        }
        if (!is_at(l, at, ',')) {
            return 0;
        }
        at = skip(l, at + 1);
    }
    return 0;
}

/* The place behind a colon and the blanks around it. */
static Py_ssize_t colon(const Lines *l, Py_ssize_t at)
{
    at = skip(l, at);
    return is_at(l, at, ':') ? skip(l, at + 1) : 0;
}

/* Whether an attribute is none, but a fact of the listing (readers/draft.py): no text that is checked. */
static int is_fact(const Lines *l, int64_t from, int64_t to)
{
    static const char *const FACTS[] = {"asin", "item_id", "url", "first_listed"};
    for (size_t n = 0; n < sizeof FACTS / sizeof *FACTS; n++) {
        if (strlen(FACTS[n]) == (size_t)(to - from) && !memcmp(l->data + from, FACTS[n], (size_t)(to - from))) {
            return 1;
        }
    }
    return 0;
}

static Py_ssize_t attributes(Lines *l, Py_ssize_t at)
{
    int64_t from[NAMES], to[NAMES];
    at = skip(l, at + 1);
    if (is_at(l, at, '}')) {
        return at + 1;
    }
    for (int n = 0; n < NAMES; n++) {
        if (!(at = literal(l, at, from + n, to + n)) || !(at = colon(l, at)) || !is_at(l, at, '"') || !(at = text(l, at, ATTRIBUTES))) {
            return 0;
        }
        if (is_fact(l, from[n], to[n])) {
            return 0;
        }
        for (int k = 0; k < n; k++) { /* two of one name */
            if (to[k] - from[k] == to[n] - from[n] && !memcmp(l->data + from[k], l->data + from[n], (size_t)(to[n] - from[n]))) {
                return 0;
            }
        }
        at = skip(l, at);
        if (is_at(l, at, '}')) {
            return at + 1;
        }
        if (!is_at(l, at, ',')) {
            return 0;
        }
        at = skip(l, at + 1);
    }
    return 0;
}

static int key_at(const Lines *l, int64_t from, int64_t to)
{
    for (int key = 0; key < KEYS; key++) {
        if (strlen(KEY_NAMES[key]) == (size_t)(to - from) && !memcmp(l->data + from, KEY_NAMES[key], (size_t)(to - from))) {
            return key;
        }
    }
    return KEYS;
}

static Py_ssize_t value(Lines *l, Py_ssize_t at, int key)
{
    int64_t from, to;
    Py_ssize_t behind = null_at(l, at);
    if (behind > at) {
        return key == ID ? 0 : behind;
    }
    switch (key) {
    case ID:
        at = literal(l, at, l->told + L_ID, l->told + L_ID_END);
        return l->told[L_ID_END] > l->told[L_ID] ? at : 0;
    case SITE:
        return literal(l, at, l->told + L_SITE, l->told + L_SITE_END);
    case CATEGORY:
        return literal(l, at, &from, &to);
    case BULLETS:
        return is_at(l, at, '[') ? text_list(l, at) : is_at(l, at, '"') ? text(l, at, BULLETS) : 0;
    case ATTRIBUTES:
        return is_at(l, at, '{') ? attributes(l, at) : 0;
    case IMAGES:
        at = is_at(l, at, '[') ? skip(l, at + 1) : l->end;
        return is_at(l, at, ']') ? at + 1 : 0;
    default:
        return is_at(l, at, '"') ? text(l, at, key) : 0;
    }
}

/* Whether a line is a plain native listing. */
static int object(Lines *l, Py_ssize_t at)
{
    unsigned met = 0;
    int64_t from, to;
    for (at = skip(l, at + 1);;) {
        if (!(at = literal(l, at, &from, &to)) || !(at = colon(l, at))) {
            return 0;
        }
        int key = key_at(l, from, to);
        if (key == KEYS || met & 1u << key) {
            return 0;
        }
        met |= 1u << key;
        if (!(at = value(l, at, key))) {
            return 0;
        }
        at = skip(l, at);
        if (is_at(l, at, '}')) {
            return skip(l, at + 1) == l->end && met & 1u << ID;
        }
        if (!is_at(l, at, ',')) {
            return 0;
        }
        at = skip(l, at + 1);
    }
}

static void take_line(Lines *l, Py_ssize_t from, Py_ssize_t to)
{
    Py_ssize_t plain = l->n_plain, wide = l->n_wide, texts = l->plain_texts.n, wide_texts = l->wide_texts.n;
    Py_ssize_t some = l->paragraphs.n, more = l->unnumbered.n;
    for (int n = 0; n < LINE_COLUMNS; n++) {
        l->told[n] = -1;
    }
    l->told[L_START] = from;
    l->told[L_END] = to;
    l->end = to;
    Py_ssize_t at = from;
    while (at < to && is_space(l->data[at])) {
        at++;
    }
    int is_native = is_at(l, at, '{') && to - from <= LONGEST && object(l, skip(l, from));
    is_native = is_native && l->plain_texts.n + l->wide_texts.n > texts + wide_texts
                && l->paragraphs.n - some <= 2 * PARAGRAPHS;
    l->told[L_TOLD] = at == to ? BLANK : is_native ? NATIVE : LEFT;
    if (!is_native) {
        l->n_plain = plain;
        l->n_wide = wide;
        l->plain_texts.n = texts;
        l->wide_texts.n = wide_texts;
        l->paragraphs.n = some;
        l->unnumbered.n = more;
    }
    for (int n = 0; n < LINE_COLUMNS; n++) {
        PUSH(&l->lines, int64_t, l->told[n]);
    }
    l->line++;
}

/* Lists pack what they are given; the arrays are let go whatever happens. */
static PyObject *packed(Lines *l)
{
    PyObject *parts[] = {vec_bytes(&l->lines),       PyBytes_FromStringAndSize((char *)l->plain, l->n_plain),
                         vec_bytes(&l->plain_texts), PyBytes_FromStringAndSize((char *)(void *)l->wide, l->n_wide * 4),
                         vec_bytes(&l->wide_texts),  vec_bytes(&l->paragraphs),
                         vec_bytes(&l->unnumbered)};
    int whole = 1;
    for (int n = 0; n < 7; n++) {
        whole = whole && parts[n];
    }
    PyObject *out = whole ? PyTuple_Pack(7, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]) : NULL;
    for (int n = 0; n < 7; n++) {
        Py_XDECREF(parts[n]);
    }
    return out;
}

/* lines(data, seed, shortest, fold) -> columns of the lines; the ASCII texts, and line and place of each; the wider texts likewise; line
 * and number of paragraphs; the texts (twice their number, odd for wider ones) whose paragraphs cannot be numbered here.
 *
 * `fold` is what characters are without case, a blank for every white space, 0 for what is several then.
 *
 * Columns of a line: start, end, what it is, span of its id and of its marketplace, the number of its title (twice, odd for a wider
 * text); -1 is none. */
PyObject *core_lines(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from, *fold, *out = NULL;
    unsigned long long seed;
    Py_ssize_t shortest;
    View data;
    Lines l;
    memset(&l, 0, sizeof l);
    if (!PyArg_ParseTuple(args, "OKnO", &from, &seed, &shortest, &fold) || !view_take(&data, from, 1, "data")) {
        return NULL;
    }
    if (!view_take(&l.fold, fold, 4, "fold")) {
        view_drop(&data);
        return NULL;
    }
    l.data = data.at;
    l.seed = seed;
    l.shortest = shortest;
    strings_ready(&l);
    Vec *vecs[] = {&l.lines, &l.plain_texts, &l.wide_texts, &l.paragraphs, &l.unnumbered};
    for (int n = 0; n < 5; n++) {
        vecs[n]->item = 8;
    }
    l.plain = malloc((size_t)data.n + 1);
    l.wide = malloc(((size_t)data.n + 1) * sizeof(uint32_t));
    if (!l.plain || !l.wide) {
        PyErr_NoMemory();
    } else {
        for (Py_ssize_t at = 0; at < data.n;) {
            const uint8_t *end = memchr(l.data + at, '\n', (size_t)(data.n - at));
            Py_ssize_t to = end ? end - l.data : data.n;
            take_line(&l, at, to);
            at = to + 1;
        }
        out = packed(&l);
    }
    for (int n = 0; n < 5; n++) {
        vec_drop(vecs[n]);
    }
    free(l.plain);
    free(l.wide);
    view_drop(&data);
    view_drop(&l.fold);
    return out;
}
