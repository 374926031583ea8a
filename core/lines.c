/* Native listings as JSON Lines, read as far as it takes to rule out most of them: their texts as columns, nothing as an object.
 *
 * Only what is surely a plain native listing is told: known keys, once each, of texts without markup. Every other line is left to
 * who reads in earnest, be it damaged or merely unusual. A text keeps nothing that JSON does to it: escapes are what they stand for. */
#include "core.h"

#define LONGEST (1 << 20) /* Bytes of a line that is read here. */
#define PARAGRAPHS 400    /* As passages.MOST; listings with more are left. */
#define NAMES 64          /* Attributes of a listing that is read here. */
#define OVERRIDE 0x202E   /* Turns the order of letters. */

enum { BLANK, NATIVE, LEFT };
enum { L_START, L_END, L_TOLD, L_ID, L_ID_END, L_SITE, L_SITE_END, L_TITLE, L_COLUMNS };
enum { ID, SITE, CATEGORY, TITLE, DESCRIPTION, BRAND, MAKER, TERMS, BULLETS, ATTRIBUTES, IMAGES, KEYS };
static const char *const KEY_NAMES[KEYS] = {"id",    "marketplace",  "category",     "title",   "description", "brand",
                                            "manufacturer", "search_terms", "bullets", "attributes",  "images"};

typedef struct {
    const uint8_t *data;
    Py_ssize_t end; /* of the line */
    uint64_t seed;
    Py_ssize_t shortest;
    uint8_t *plain;
    uint32_t *wide;
    Py_ssize_t n_plain, n_wide;
    Vec lines, plain_texts, wide_texts, paragraphs, wide_paragraphs;
    int64_t line;
    int64_t told[L_COLUMNS];
} Lines;

static inline int is_space(uint32_t c)
{
    return c == ' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
}

/* A number for what ASCII says, blanks and case left out; the same for the same words under one seed. */
static uint64_t key_of(const uint8_t *at, const uint8_t *end, uint64_t seed)
{
    uint64_t h = seed ^ 0xCBF29CE484222325u;
    int blank = 0, begun = 0;
    for (; at < end; at++) {
        uint32_t c = *at;
        if (is_space(c)) {
            blank = 1;
            continue;
        }
        if (blank && begun) {
            h = (h ^ ' ') * 0x100000001B3u;
        }
        blank = 0;
        begun = 1;
        h = (h ^ (c >= 'A' && c <= 'Z' ? c + 32 : c)) * 0x100000001B3u;
    }
    h = (h ^ (h >> 30)) * 0xBF58476D1CE4E5B9u;
    return h ^ (h >> 31);
}

/* key(ascii, seed) -> the number of a paragraph, as `lines` tells it. */
PyObject *core_key(PyObject *self, PyObject *args)
{
    (void)self;
    const char *text;
    Py_ssize_t n;
    unsigned long long seed;
    if (!PyArg_ParseTuple(args, "s#K", &text, &n, &seed)) {
        return NULL;
    }
    const uint8_t *at = (const uint8_t *)text;
    return PyLong_FromLongLong((long long)key_of(at, at + n, seed));
}

static void paragraph(Lines *l, const uint8_t *at, const uint8_t *end)
{
    if (end - at >= l->shortest) {
        PUSH(&l->paragraphs, int64_t, l->line);
        PUSH(&l->paragraphs, int64_t, key_of(at, end, l->seed));
    }
}

/* The paragraphs of a text without tags: an empty line parts them. */
static void paragraphs(Lines *l, const uint8_t *start, const uint8_t *end)
{
    const uint8_t *at = start;
    while ((at = memchr(at, '\n', (size_t)(end - at)))) {
        const uint8_t *from = at;
        int breaks = 0;
        for (; at < end && is_space(*at); at++) {
            breaks += *at == '\n';
        }
        if (breaks > 1) {
            while (from > start && is_space(from[-1])) {
                from--;
            }
            paragraph(l, start, from);
            start = at;
        }
        if (at >= end) {
            break;
        }
    }
    paragraph(l, start, end);
}

static int hex(const Lines *l, Py_ssize_t at, uint32_t *code)
{
    *code = 0;
    if (at + 4 > l->end) {
        return 0;
    }
    for (int n = 0; n < 4; n++) {
        uint8_t c = l->data[at + n];
        uint32_t digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10u : 16;
        if (digit > 15) {
            return 0;
        }
        *code = *code << 4 | digit;
    }
    return 1;
}

/* The character that an escape stands for; the place behind it, or 0. */
static Py_ssize_t escaped(const Lines *l, Py_ssize_t at, uint32_t *code)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (at >= l->end) {
        return 0;
    }
    if (l->data[at] != 'u') {
        const char *known = l->data[at] ? strchr(from, l->data[at]) : NULL;
        *code = known ? (uint8_t)to[known - from] : 0;
        return known ? at + 1 : 0;
    }
    uint32_t low;
    if (!hex(l, at + 1, code)) {
        return 0;
    }
    if (*code < 0xD800 || *code > 0xDFFF) {
        return at + 5;
    }
    if (*code > 0xDBFF || at + 11 > l->end || l->data[at + 5] != '\\' || l->data[at + 6] != 'u' || !hex(l, at + 7, &low)
        || low < 0xDC00 || low > 0xDFFF) {
        return 0; /* half a character */
    }
    *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
    return at + 11;
}

/* The character that some bytes beyond ASCII are; the place behind it, or 0 where they are no UTF-8. */
static Py_ssize_t decoded(const Lines *l, Py_ssize_t at, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t c = l->data[at];
    int n = c >= 0xF0 && c < 0xF8 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC0 && c < 0xE0 ? 2 : 0;
    if (!n || at + n > l->end) {
        return 0;
    }
    *code = c & (0x7Fu >> n);
    for (int k = 1; k < n; k++) {
        if ((l->data[at + k] & 0xC0) != 0x80) {
            return 0;
        }
        *code = *code << 6 | (l->data[at + k] & 0x3F);
    }
    return *code < least[n] || *code >= CODES || (*code >= 0xD800 && *code < 0xE000) ? 0 : at + n;
}

/* The next character of a string, or -1 where this is no place for it: a page would show something else, or it is no JSON. */
static int64_t next(const Lines *l, Py_ssize_t *at)
{
    uint32_t code = l->data[*at];
    Py_ssize_t behind = *at + 1;
    if (code == '\\') {
        behind = escaped(l, behind, &code);
        if (code == '&' || code == 0x1B) {
            return -1;
        }
    } else if (code >= 0x80) {
        behind = decoded(l, *at, &code);
    } else if (code < 0x20) {
        return -1;
    } else if (code == '&') { /* an entity, or an escape that may make it one */
        uint8_t c = behind < l->end ? l->data[behind] : '\\';
        if (c == '#' || c == '\\' || ((c | 32) >= 'a' && (c | 32) <= 'z')) {
            return -1;
        }
    }
    if (!behind || code == '<' || code == OVERRIDE) {
        return -1;
    }
    *at = behind;
    return code;
}

static inline int is_bare(uint8_t c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != '<' && c != '&';
}

/* Read a string behind its quote into the buffers; the place behind its end, or 0. Its length and whether it is wide are told. */
static Py_ssize_t read_string(Lines *l, Py_ssize_t at, Py_ssize_t *length, int *is_wide)
{
    uint8_t *plain = l->plain + l->n_plain;
    uint32_t *wide = l->wide + l->n_wide;
    Py_ssize_t n = 0;
    *is_wide = 0;
    while (at < l->end && l->data[at] != '"') {
        if (!*is_wide) {
            while (at < l->end && is_bare(l->data[at])) {
                plain[n++] = l->data[at++];
            }
            if (at < l->end && l->data[at] == '"') {
                break;
            }
        }
        if (at >= l->end) {
            return 0;
        }
        int64_t code = next(l, &at);
        if (code < 0) {
            return 0;
        }
        if (code >= 0x80 && !*is_wide) {
            *is_wide = 1;
            for (Py_ssize_t k = 0; k < n; k++) {
                wide[k] = plain[k];
            }
        }
        if (*is_wide) {
            wide[n++] = (uint32_t)code;
        } else {
            plain[n++] = (uint8_t)code;
        }
    }
    *length = n;
    return at < l->end ? at + 1 : 0;
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
static Py_ssize_t text(Lines *l, Py_ssize_t at, int field)
{
    Py_ssize_t length;
    int is_wide;
    if (!is_at(l, at, '"') || !(at = read_string(l, at + 1, &length, &is_wide)) || !length) {
        return at;
    }
    Vec *texts = is_wide ? &l->wide_texts : &l->plain_texts;
    Py_ssize_t begins = is_wide ? l->n_wide : l->n_plain;
    if (field == TITLE) {
        l->told[L_TITLE] = texts->n / 2 * 2 + is_wide;
    }
    if ((field == BULLETS || field == DESCRIPTION) && length >= l->shortest) {
        if (is_wide) {
            PUSH(&l->wide_paragraphs, int64_t, texts->n / 2);
        } else {
            paragraphs(l, l->plain + begins, l->plain + begins + length);
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
    Py_ssize_t some = l->paragraphs.n, wide_some = l->wide_paragraphs.n;
    for (int n = 0; n < L_COLUMNS; n++) {
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
                && l->paragraphs.n - some + 2 * (l->wide_paragraphs.n - wide_some) <= 2 * PARAGRAPHS;
    l->told[L_TOLD] = at == to ? BLANK : is_native ? NATIVE : LEFT;
    if (!is_native) {
        l->n_plain = plain;
        l->n_wide = wide;
        l->plain_texts.n = texts;
        l->wide_texts.n = wide_texts;
        l->paragraphs.n = some;
        l->wide_paragraphs.n = wide_some;
    }
    for (int n = 0; n < L_COLUMNS; n++) {
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
                         vec_bytes(&l->wide_paragraphs)};
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

/* lines(data, seed, shortest) -> columns of the lines; the ASCII texts, and line and place of each; the wider texts likewise; line and
 * number of the paragraphs of ASCII texts; the numbers of wider texts that hold paragraphs.
 *
 * Columns of a line: start, end, what it is, span of its id and of its marketplace, the number of its title (twice, odd for a wider
 * text); -1 is none. */
PyObject *core_lines(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from, *out = NULL;
    unsigned long long seed;
    Py_ssize_t shortest;
    View data;
    if (!PyArg_ParseTuple(args, "OKn", &from, &seed, &shortest) || !view_take(&data, from, 1, "data")) {
        return NULL;
    }
    Lines l;
    memset(&l, 0, sizeof l);
    l.data = data.at;
    l.seed = seed;
    l.shortest = shortest;
    Vec *vecs[] = {&l.lines, &l.plain_texts, &l.wide_texts, &l.paragraphs, &l.wide_paragraphs};
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
    return out;
}
