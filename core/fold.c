/* From characters to tokens: classes, folded letters and hash values come from the tables of text/charset.py. */
#include "core.h"

enum { SEPARATOR, LETTER, WIDE, SYMBOL, INVOLVED, SPACE };

/* Characters as written: one byte each where all are ASCII, four elsewhere. */
typedef struct {
    View view;
    Py_ssize_t n;
    int width;
} Written;

static int written_take(Written *written, PyObject *from, int width)
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
    if (width == 4) {
        for (Py_ssize_t n = 0; n < written->n; n++) {
            if (U32(written->view)[n] >= CODES) {
                PyErr_SetString(PyExc_ValueError, "no character has such a code");
                view_drop(&written->view);
                return 0;
            }
        }
    }
    return 1;
}

static inline uint32_t code_at(const Written *written, Py_ssize_t n)
{
    return written->width == 1 ? U8(written->view)[n] : U32(written->view)[n];
}

/* unmet(written, width, ready) -> the blocks of 256 characters that the tables do not hold yet. */
PyObject *core_unmet(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from, *ready_from;
    int width;
    Written written;
    View ready = {0};
    if (!PyArg_ParseTuple(args, "OiO", &from, &width, &ready_from) || !written_take(&written, from, width)) {
        return NULL;
    }
    PyObject *out = PyList_New(0);
    if (!out || !view_take(&ready, ready_from, 1, "ready") || ready.n != CODES >> 8) {
        goto failed;
    }
    uint8_t met[CODES >> 8];
    memcpy(met, ready.at, sizeof met);
    uint32_t last = 0;
    for (Py_ssize_t n = 0; n < (width == 4 ? written.n : 0); n++) {
        uint32_t block = U32(written.view)[n] >> 8;
        if (block != last && !met[block]) {
            met[block] = 1;
            PyObject *number = PyLong_FromLong((long)block);
            if (!number || PyList_Append(out, number) < 0) {
                Py_XDECREF(number);
                goto failed;
            }
            Py_DECREF(number);
        }
        last = block;
    }
    view_drop(&ready);
    view_drop(&written.view);
    return out;
failed:
    Py_XDECREF(out);
    view_drop(&ready);
    view_drop(&written.view);
    if (!PyErr_Occurred()) {
        PyErr_SetString(PyExc_ValueError, "ready: one place for each block is needed");
    }
    return NULL;
}

static inline int wordlike(int kind)
{
    return kind == LETTER || kind == WIDE || kind == INVOLVED;
}

/* The class of a character where it stands: a symbol is part of a word or a mere separator. */
static inline int kind_at(const Written *written, const uint8_t *kind, Py_ssize_t n, int visual)
{
    uint32_t code = code_at(written, n);
    int own = kind[code];
    if (own != SYMBOL) {
        return own;
    }
    if (!visual) {
        return SEPARATOR;
    }
    if (n + 1 < written->n && wordlike(kind[code_at(written, n + 1)])) {
        return INVOLVED;
    }
    int left = code == '@' || code == '$' || code == 0x20AC;
    return left && n > 0 && wordlike(kind[code_at(written, n - 1)]) ? INVOLVED : SEPARATOR;
}

/* runs(written, width, kind, visual) -> start, end and line of each run with a character that folds by its neighbours. */
PyObject *core_runs(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from, *kind_from;
    int width, visual;
    Written written;
    View kinds = {0};
    if (!PyArg_ParseTuple(args, "OiOp", &from, &width, &kind_from, &visual) || !written_take(&written, from, width)) {
        return NULL;
    }
    if (!view_take(&kinds, kind_from, 1, "kind")) {
        view_drop(&written.view);
        return NULL;
    }
    if (kinds.n != CODES) {
        PyErr_SetString(PyExc_ValueError, "kind: one place for each character is needed");
        view_drop(&kinds);
        view_drop(&written.view);
        return NULL;
    }
    Vec out = VEC(int64_t);
    const uint8_t *kind = U8(kinds);
    Py_ssize_t start = 0, line = 0;
    int involved = 0, own = written.n ? kind_at(&written, kind, 0, visual) : SEPARATOR;
    for (Py_ssize_t n = 0; n < written.n; n++) {
        int next = n + 1 < written.n ? kind_at(&written, kind, n + 1, visual) : SPACE;
        involved |= own == INVOLVED;
        /* a separator stays with an involved character that follows: a mark may stand on it */
        if (own == SPACE || next == SPACE || next == SEPARATOR || (own == SEPARATOR && next != INVOLVED)
            || (own == WIDE && next == WIDE)) {
            if (involved) {
                PUSH(&out, int64_t, start);
                PUSH(&out, int64_t, n + 1);
                PUSH(&out, int64_t, line);
            }
            start = n + 1;
            involved = 0;
        }
        line += code_at(&written, n) == '\n';
        own = next;
    }
    view_drop(&kinds);
    view_drop(&written.view);
    return vec_bytes(&out);
}

/* What tokens are made of while a batch is read. */
typedef struct {
    Vec codes, running, first, start, end, wide, line, hash;
    const uint64_t *up, *value;
    uint64_t sum, own;
    Py_ssize_t letters, begun;
} Making;

static inline void make_letter(Making *making, uint32_t code)
{
    uint64_t value = making->value[code < CODES ? code : 0];
    making->own += value * making->up[making->letters - making->begun];
    making->sum += value * making->up[making->letters];
    making->letters++;
    PUSH(&making->codes, uint32_t, code);
    PUSH(&making->running, uint64_t, making->sum);
}

static inline void make_end(Making *making, Py_ssize_t start, Py_ssize_t end, int wide, Py_ssize_t line)
{
    PUSH(&making->first, int64_t, making->letters);
    PUSH(&making->start, int64_t, start);
    PUSH(&making->end, int64_t, end);
    PUSH(&making->wide, uint8_t, wide);
    PUSH(&making->line, int64_t, line);
    PUSH(&making->hash, uint64_t, making->own);
    making->own = 0;
    making->begun = making->letters;
}

/* Tokens of runs that were read elsewhere: how many each run has, and their columns one after the other. */
typedef struct {
    View runs, tokens, counts, start, end, wide, codes;
    Py_ssize_t run, token, letter;
} Pieces;

/* 1 where a run's tokens were taken in, 0 where what is said of them does not fit together. */
static int make_run(Making *making, Pieces *pieces, int wanted)
{
    const int64_t *run = I64(pieces->runs) + 3 * pieces->run;
    int64_t count = I64(pieces->tokens)[pieces->run++];
    if (count < 0 || count > pieces->counts.n - pieces->token) {
        return 0;
    }
    for (int64_t n = 0; n < count; n++, pieces->token++) {
        Py_ssize_t at = pieces->token;
        int64_t letters = I64(pieces->counts)[at];
        if (letters < 0 || letters > pieces->codes.n - pieces->letter) {
            return 0;
        }
        for (int64_t k = 0; wanted && k < letters; k++) {
            if (U32(pieces->codes)[pieces->letter + k] >= CODES) {
                return 0;
            }
            make_letter(making, U32(pieces->codes)[pieces->letter + k]);
        }
        pieces->letter += letters;
        if (wanted) {
            make_end(making, run[0] + I64(pieces->start)[at], run[0] + I64(pieces->end)[at], U8(pieces->wide)[at] != 0, run[2]);
        }
    }
    return 1;
}

static int make_tokens(Making *making, const Written *written, const uint8_t *kind, const uint32_t *letter, Pieces *pieces,
                       const View *lines)
{
    Py_ssize_t line = 0, start = -1;
    int mine = !lines->held.obj || (lines->n && U8(*lines)[0]);
    for (Py_ssize_t n = 0; n < written->n; n++) {
        if (pieces->run < pieces->runs.n / 3 && I64(pieces->runs)[3 * pieces->run] == n) {
            int64_t end = I64(pieces->runs)[3 * pieces->run + 1];
            if (start >= 0) {
                make_end(making, start, n, 0, line);
                start = -1;
            }
            if (end <= n || end > written->n || !make_run(making, pieces, mine)) {
                return 0;
            }
            n = end - 1;
            continue;
        }
        uint32_t code = code_at(written, n);
        int own = kind[code];
        if (own == LETTER && mine) {
            start = start < 0 ? n : start;
            make_letter(making, letter[code]);
            continue;
        }
        if (start >= 0) {
            make_end(making, start, n, 0, line);
            start = -1;
        }
        if (own == WIDE && mine) {
            make_letter(making, letter[code]);
            make_end(making, n, n + 1, 1, line);
        }
        if (code == '\n') {
            line++;
            mine = !lines->held.obj || (line < lines->n && U8(*lines)[line]);
        }
    }
    if (start >= 0) {
        make_end(making, start, written->n, 0, line);
    }
    return pieces->run == pieces->runs.n / 3;
}

/* tokens(written, width, kind, letter, value, up, pieces, lines) -> the columns of a stream and the hash of each token.
 *
 * `pieces` are runs as `runs` gives them with their tokens; `lines`, where it is not None, says which lines are read. */
PyObject *core_tokens(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *from, *kind_from, *letter_from, *value_from, *up_from, *lines_from;
    PyObject *runs, *tokens, *counts, *starts, *ends, *wides, *codes;
    int width;
    if (!PyArg_ParseTuple(args, "OiOOOO(OOOOOOO)O", &from, &width, &kind_from, &letter_from, &value_from, &up_from, &runs,
                          &tokens, &counts, &starts, &ends, &wides, &codes, &lines_from)) {
        return NULL;
    }
    Written written;
    Pieces pieces;
    View kind = {0}, letter = {0}, value = {0}, up = {0}, lines = {0};
    memset(&pieces, 0, sizeof pieces);
    if (!written_take(&written, from, width)) {
        return NULL;
    }
    PyObject *out = NULL;
    if (!view_take(&kind, kind_from, 1, "kind") || !view_take(&letter, letter_from, 4, "letter")
        || !view_take(&value, value_from, 8, "value") || !view_take(&up, up_from, 8, "up")
        || !view_take(&pieces.runs, runs, 8, "runs") || !view_take(&pieces.tokens, tokens, 8, "tokens")
        || !view_take(&pieces.counts, counts, 8, "counts") || !view_take(&pieces.start, starts, 8, "start")
        || !view_take(&pieces.end, ends, 8, "end") || !view_take(&pieces.wide, wides, 1, "wide")
        || !view_take(&pieces.codes, codes, 4, "codes")
        || (lines_from != Py_None && !view_take(&lines, lines_from, 1, "lines"))) {
        goto done;
    }
    if (kind.n != CODES || letter.n != CODES || value.n != CODES || up.n < written.n + pieces.codes.n + 1
        || pieces.tokens.n != pieces.runs.n / 3 || pieces.start.n != pieces.counts.n || pieces.end.n != pieces.counts.n
        || pieces.wide.n != pieces.counts.n) {
        PyErr_SetString(PyExc_ValueError, "arrays of these lengths make no text");
        goto done;
    }
    Making making = {VEC(uint32_t), VEC(uint64_t), VEC(int64_t), VEC(int64_t), VEC(int64_t), VEC(uint8_t), VEC(int64_t),
                     VEC(uint64_t), U64(up), U64(value), 0, 0, 0, 0};
    PUSH(&making.running, uint64_t, 0);
    PUSH(&making.first, int64_t, 0);
    int whole = make_tokens(&making, &written, U8(kind), U32(letter), &pieces, &lines);
    if (!whole) {
        PyErr_SetString(PyExc_ValueError, "runs of a text do not fit it");
    }
    PyObject *made[] = {vec_bytes(&making.codes), vec_bytes(&making.running), vec_bytes(&making.first),
                        vec_bytes(&making.start), vec_bytes(&making.end), vec_bytes(&making.wide),
                        vec_bytes(&making.line), vec_bytes(&making.hash)};
    out = whole ? PyTuple_New(8) : NULL;
    for (Py_ssize_t n = 0; n < 8; n++) {
        if (!out || !made[n]) {
            Py_XDECREF(made[n]);
            Py_CLEAR(out);
        } else {
            PyTuple_SetItem(out, n, made[n]);
        }
    }
done:
    view_drop(&kind);
    view_drop(&letter);
    view_drop(&value);
    view_drop(&up);
    view_drop(&lines);
    view_drop(&pieces.runs);
    view_drop(&pieces.tokens);
    view_drop(&pieces.counts);
    view_drop(&pieces.start);
    view_drop(&pieces.end);
    view_drop(&pieces.wide);
    view_drop(&pieces.codes);
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

/* find(hashes, hash, slots, bits) -> the number of each hash in an open-addressed table, -1 where it has none. */
PyObject *core_find(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *hashes_from, *known_from, *slots_from;
    int bits;
    View hashes = {0}, known = {0}, slots = {0};
    if (!PyArg_ParseTuple(args, "OOOi", &hashes_from, &known_from, &slots_from, &bits)) {
        return NULL;
    }
    PyObject *out = NULL;
    if (!view_take(&hashes, hashes_from, 8, "hashes") || !view_take(&known, known_from, 8, "hash")
        || !view_take(&slots, slots_from, 4, "slots")) {
        goto done;
    }
    if (bits < 1 || bits > 40 || slots.n != (Py_ssize_t)1 << bits) {
        PyErr_SetString(PyExc_ValueError, "slots: not so many bits");
        goto done;
    }
    Vec made = VEC(int64_t);
    const int32_t *slot = slots.at;
    for (Py_ssize_t n = 0; n < hashes.n; n++) {
        uint64_t wanted = U64(hashes)[n], at = wanted >> (64 - bits);
        int64_t found = slot[at];
        for (Py_ssize_t tried = 0; found >= 0 && tried < slots.n; tried++) {
            if (found >= known.n) {
                found = -1;
                break;
            }
            if (U64(known)[found] == wanted) {
                break;
            }
            at = (at + 1) & (uint64_t)(slots.n - 1);
            found = slot[at];
        }
        PUSH(&made, int64_t, found);
    }
    out = vec_bytes(&made);
done:
    view_drop(&hashes);
    view_drop(&known);
    view_drop(&slots);
    return out;
}
