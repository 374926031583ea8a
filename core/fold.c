/* From characters to tokens: classes, folded letters and hash values come from the tables of text/charset.py. */
#include "fold.h"

int written_take(Written *written, PyObject *from, int width)
{
    memset(written, 0, sizeof *written);
    if (width != 1 && width != 4) {
        PyErr_SetString(PyExc_ValueError, "characters are one or four bytes wide");
        return 0;
    }
    written->width = width;
    if (!view_take(&written->view, from, width, "written")) {
        return 0;
    }
    written->n = written->view.n;
    return 1;
}

static inline int kind_of(const uint8_t *kind, uint32_t code)
{
    return code < CODES ? kind[code] : SEPARATOR;
}

static inline int wordlike(int kind)
{
    return kind == LETTER || kind == WIDE || kind == INVOLVED;
}

/* The class of a character where it stands: a symbol is part of a word or a mere separator. */
static inline int kind_at(const Written *written, const uint8_t *kind, Py_ssize_t n, int visual)
{
    uint32_t code = code_at(written, n);
    int own = kind_of(kind, code);
    if (own != SYMBOL) {
        return own;
    }
    if (!visual) {
        return SEPARATOR;
    }
    if (n + 1 < written->n && wordlike(kind_of(kind, code_at(written, n + 1)))) {
        return INVOLVED;
    }
    int left = code == '@' || code == '$' || code == 0x20AC;
    return left && n > 0 && wordlike(kind_of(kind, code_at(written, n - 1))) ? INVOLVED : SEPARATOR;
}

/* Whether a run ends between two characters; a separator stays with an involved character that follows, as a mark may
 * stand on it. */
static inline int is_cut(int left, int right)
{
    return left == SPACE || right == SPACE || right == SEPARATOR || (left == SEPARATOR && right != INVOLVED)
        || (left == WIDE && right == WIDE);
}

static int64_t line_breaks(const Written *written, Py_ssize_t from, Py_ssize_t to)
{
    int64_t out = 0;
    for (Py_ssize_t n = from; n < to; n++) {
        out += code_at(written, n) == '\n';
    }
    return out;
}

/* Runs with an involved character; blocks that are not ready are noted in `unmet` instead. */
static void find_runs(const Written *written, const uint8_t *kind, uint8_t *ready, int visual, Vec *runs, Vec *unmet)
{
    int64_t line = 0;
    Py_ssize_t counted = 0;
    for (Py_ssize_t n = 0; n < written->n; n++) {
        uint32_t code = code_at(written, n);
        if (code >= 256 && code < CODES && !ready[code >> 8]) {
            ready[code >> 8] = 1;
            PUSH(unmet, int64_t, code >> 8);
        }
        int own = kind_of(kind, code);
        if ((own != SYMBOL && own != INVOLVED) || kind_at(written, kind, n, visual) != INVOLVED) {
            continue;
        }
        Py_ssize_t start = n, end = n + 1;
        for (int right = INVOLVED; start > 0; start--) {
            int left = kind_at(written, kind, start - 1, visual);
            if (is_cut(left, right)) {
                break;
            }
            right = left;
        }
        for (int left = INVOLVED; end < written->n; end++) {
            code = code_at(written, end);
            if (code >= 256 && code < CODES && !ready[code >> 8]) {
                ready[code >> 8] = 1;
                PUSH(unmet, int64_t, code >> 8);
            }
            int right = kind_at(written, kind, end, visual);
            if (is_cut(left, right)) {
                break;
            }
            left = right;
        }
        line += line_breaks(written, counted, start);
        counted = start;
        PUSH(runs, int64_t, start);
        PUSH(runs, int64_t, end);
        PUSH(runs, int64_t, line);
        n = end - 1;
    }
}

/* runs(written, width, kind, ready, visual) -> (blocks, runs): the blocks of 256 characters that the tables do not hold yet
 * and, where there are none, start, end and line of each run with a character that folds by its neighbours. */
PyObject *core_runs(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from, *kind_from, *ready_from;
    int width, visual;
    Written written;
    View kind = {0}, ready = {0};
    if (!PyArg_ParseTuple(args, "OiOOp", &from, &width, &kind_from, &ready_from, &visual)
        || !written_take(&written, from, width)) {
        return NULL;
    }
    PyObject *out = NULL;
    Vec runs = VEC(int64_t), unmet = VEC(int64_t);
    if (!view_take(&kind, kind_from, 1, "kind") || !view_take(&ready, ready_from, 1, "ready")) {
        goto done;
    }
    if (kind.n != CODES || ready.n != CODES >> 8) {
        PyErr_SetString(PyExc_ValueError, "kind, ready: one place for each character or block is needed");
        goto done;
    }
    uint8_t met[CODES >> 8];
    memcpy(met, ready.at, sizeof met);
    find_runs(&written, U8(kind), met, visual, &runs, &unmet);
    PyObject *blocks = vec_bytes(&unmet), *found = vec_bytes(&runs);
    out = blocks && found ? PyTuple_Pack(2, blocks, found) : NULL;
    Py_XDECREF(blocks);
    Py_XDECREF(found);
done:
    view_drop(&kind);
    view_drop(&ready);
    view_drop(&written.view);
    return out;
}

static inline int between(uint32_t code, uint32_t low, uint32_t high)
{
    return code >= low && code <= high;
}

/* odd(written, width, start, end, flags, line, differing) -> which tokens may look like a name although they are none.
 *
 * They are no words, hold a letter that was put there for its looks, or stand beside a character beyond ASCII; none of a
 * line that is `differing`. */
PyObject *core_odd(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from, *starts, *ends, *flags_from, *lines_from, *differing_from;
    int width;
    Written written;
    View start = {0}, end = {0}, flags = {0}, line = {0}, differing = {0};
    if (!PyArg_ParseTuple(args, "OiOOOOO", &from, &width, &starts, &ends, &flags_from, &lines_from, &differing_from)
        || !written_take(&written, from, width)) {
        return NULL;
    }
    PyObject *out = NULL;
    if (!view_take(&start, starts, 8, "start") || !view_take(&end, ends, 8, "end") || !view_take(&flags, flags_from, 2, "flags")
        || !view_take(&line, lines_from, 8, "line")
        || (differing_from != Py_None && !view_take(&differing, differing_from, 1, "differing"))) {
        goto done;
    }
    Py_ssize_t count = start.n;
    if (end.n != count || flags.n != count || line.n != count) {
        PyErr_SetString(PyExc_ValueError, "columns of tokens are of one length");
        goto done;
    }
    Vec made = VEC(uint8_t);
    for (Py_ssize_t n = 0; n < count; n++) {
        PUSH(&made, uint8_t, (U16(flags)[n] & (WORD | WIDE_)) != WORD);
    }
    uint8_t *odd = (uint8_t *)made.at;
    Py_ssize_t before = -1, after = 0; /* the last token that starts at or before a place, the first that ends behind it */
    for (Py_ssize_t n = 0; count && !made.failed && n < written.n; n++) {
        uint32_t code = code_at(&written, n);
        if (code != 'I' && code != 'l' && code <= 0x7F) {
            continue;
        }
        while (before + 1 < count && I64(start)[before + 1] <= n) {
            before++;
        }
        Py_ssize_t own = before < 0 ? 0 : before;
        if (code > 0x7F) {
            while (after < count && I64(end)[after] <= n) {
                after++;
            }
            odd[after < count ? after : count - 1] = 1;
            odd[own] = 1;
        } else if (n > 0 && n + 1 < written.n) {
            uint32_t left = code_at(&written, n - 1), right = code_at(&written, n + 1);
            if (code == 'I' ? between(right, 'a', 'z') && between(left | 0x20, 'a', 'z')
                            : between(right, 'A', 'Z') && between(left, 'A', 'Z')) {
                odd[own] = 1;
            }
        }
    }
    for (Py_ssize_t n = 0; differing.held.obj && !made.failed && n < count; n++) {
        int64_t at = I64(line)[n];
        if (at >= 0 && at < differing.n && U8(differing)[at]) {
            odd[n] = 0;
        }
    }
    out = vec_bytes(&made);
done:
    view_drop(&start);
    view_drop(&end);
    view_drop(&flags);
    view_drop(&line);
    view_drop(&differing);
    view_drop(&written.view);
    return out;
}
