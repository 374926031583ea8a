/* Paragraphs as numbers, so that those that many listings share can be counted (passages.py). */
#include "fold.h"
#include "lines.h"

/* The number of a paragraph while its characters come: the same for the same words under one seed, blanks and case left out. */
typedef struct {
    uint64_t h;
    int blank, begun;
} Key;

static inline void key_add(Key *key, uint32_t folded)
{
    if (folded == ' ') {
        key->blank = 1;
        return;
    }
    if (key->blank && key->begun) {
        key->h = (key->h ^ ' ') * 0x100000001B3u;
    }
    key->blank = 0;
    key->begun = 1;
    key->h = (key->h ^ folded) * 0x100000001B3u;
}

static inline int64_t key_told(const Key *key)
{
    uint64_t h = (key->h ^ (key->h >> 30)) * 0xBF58476D1CE4E5B9u;
    return (int64_t)(h ^ (h >> 31));
}

static inline Key key_begun(uint64_t seed)
{
    return (Key){seed ^ 0xCBF29CE484222325u, 0, 0};
}

/* key(written, width, seed, fold) -> the number of a paragraph, as `lines` tells it; what folds to several is folded before. */
PyObject *core_key(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from, *fold_from;
    unsigned long long seed;
    int width;
    Written written;
    View fold;
    memset(&written, 0, sizeof written);
    if (!PyArg_ParseTuple(args, "OiKO", &from, &width, &seed, &fold_from) || !written_take(&written, from, width)) {
        return NULL;
    }
    if (!view_take(&fold, fold_from, 4, "fold")) {
        view_drop(&written.view);
        return NULL;
    }
    Key key = key_begun(seed);
    for (Py_ssize_t n = 0; n < written.n; n++) {
        uint32_t code = code_of(&written, n, width);
        key_add(&key, code < fold.n && U32(fold)[code] ? U32(fold)[code] : code);
    }
    view_drop(&written.view);
    view_drop(&fold);
    return PyLong_FromLongLong(key_told(&key));
}

static inline uint32_t code_in(const Lines *l, int is_wide, Py_ssize_t at)
{
    return is_wide ? l->wide[at] : l->plain[at];
}

/* Whether a character is a blank; 0 for those beyond the table, none of which is one. */
static inline int blank_at(const Lines *l, int is_wide, Py_ssize_t at)
{
    uint32_t code = code_in(l, is_wide, at);
    return code < l->fold.n && U32(l->fold)[code] == ' ';
}

/* Number a paragraph; 0 where a character in it folds to several, or lies beyond the table. */
static inline int paragraph(Lines *l, int is_wide, Py_ssize_t at, Py_ssize_t end)
{
    const uint32_t *fold = l->fold.at;
    const uint32_t known = (uint32_t)l->fold.n;
    if (end - at < l->shortest) {
        return 1;
    }
    Key key = key_begun(l->seed);
    for (; at < end; at++) {
        uint32_t code = is_wide ? l->wide[at] : l->plain[at];
        uint32_t folded = code < known ? fold[code] : 0;
        if (!folded) {
            return 0;
        }
        key_add(&key, folded);
    }
    PUSH(&l->paragraphs, int64_t, l->line);
    PUSH(&l->paragraphs, int64_t, key_told(&key));
    return 1;
}

static inline int parted(Lines *l, int is_wide, Py_ssize_t start, Py_ssize_t end)
{
    for (Py_ssize_t at = start; at < end; at++) {
        if (code_in(l, is_wide, at) != '\n') {
            continue;
        }
        Py_ssize_t from = at;
        int breaks = 0;
        for (; at < end && blank_at(l, is_wide, at); at++) {
            breaks += code_in(l, is_wide, at) == '\n';
        }
        if (breaks > 1) {
            while (from > start && blank_at(l, is_wide, from - 1)) {
                from--;
            }
            if (!paragraph(l, is_wide, start, from)) {
                return 0;
            }
            start = at;
        }
        at--;
    }
    return paragraph(l, is_wide, start, end);
}

int paragraphs(Lines *l, int is_wide, Py_ssize_t start, Py_ssize_t end)
{
    return is_wide ? parted(l, 1, start, end) : parted(l, 0, start, end); /* loops are made for each */
}
