/* Tokens of a batch of texts: folded letters, places, lines and hashes, in one pass over the characters. */
#include "fold.h"

#define POWERS 64

/* Which bit is set, where one is. */
static inline int bit_index(uint64_t bit)
{
#if defined(__GNUC__) || defined(__clang__)
    return __builtin_ctzll(bit);
#else
    return bit_count(bit - 1);
#endif
}

enum { IS_LETTER = 1, IS_WIDE = 2, IS_BREAK = 4 };

/* What folding makes of one character that stands alone; `kind` is one of these, 0 for what separates. */
typedef struct {
    uint64_t value;
    uint32_t letter, kind;
} Folded;

static inline uint32_t kind_bits(int kind, uint32_t code)
{
    return kind == LETTER ? IS_LETTER : kind == WIDE ? IS_WIDE : code == '\n' ? IS_BREAK : 0;
}

/* What tokens are made of while a batch is read. */
typedef struct {
    const uint8_t *kind;
    const uint32_t *letter;
    const uint64_t *value, *up;
    Folded ascii[128];
    uint32_t *codes;
    int64_t *first, *start, *end, *line;
    uint64_t *hash;
    uint8_t *wide;
    uint64_t own, far;
    Py_ssize_t letters, begun, n, room;
    int failed;
} Making;

static inline Folded folded(const Making *making, uint32_t code)
{
    if (code < 128) {
        return making->ascii[code];
    }
    Folded out = {0, 0, 0};
    if (code < CODES) {
        out.kind = kind_bits(making->kind[code], code);
        out.letter = making->letter[code] < CODES ? making->letter[code] : 0;
        out.value = making->value[out.letter];
    }
    return out;
}

static inline void make_letter(Making *making, uint32_t letter, uint64_t value)
{
    Py_ssize_t place = making->letters - making->begun;
    if (place < POWERS) {
        making->own += value * making->up[place];
    } else { /* a word that nobody reads: its powers are worked out as it goes on */
        making->far = (place == POWERS ? making->up[POWERS - 1] : making->far) * making->up[1];
        making->own += value * making->far;
    }
    making->codes[making->letters++] = letter;
}

static int make_room(Making *making)
{
    Py_ssize_t room = making->room ? making->room * 2 : 4096;
    void *at[] = {realloc(making->first, (size_t)(room + 1) * 8), realloc(making->start, (size_t)room * 8),
                  realloc(making->end, (size_t)room * 8), realloc(making->line, (size_t)room * 8),
                  realloc(making->hash, (size_t)room * 8), realloc(making->wide, (size_t)room)};
    making->first = at[0] ? at[0] : making->first;
    making->start = at[1] ? at[1] : making->start;
    making->end = at[2] ? at[2] : making->end;
    making->line = at[3] ? at[3] : making->line;
    making->hash = at[4] ? at[4] : making->hash;
    making->wide = at[5] ? at[5] : making->wide;
    if (!at[0] || !at[1] || !at[2] || !at[3] || !at[4] || !at[5]) {
        making->failed = 1;
        return 0;
    }
    making->room = room;
    return 1;
}

/* A token under way: where it began, how many letters stood before it and in which line. */
typedef struct {
    Py_ssize_t start, first;
    int64_t line;
    uint64_t hash;
    int open;
} Open;

static inline void make_token(Making *making, const Open *token, Py_ssize_t end, uint64_t hash, int wide)
{
    if (making->n == making->room && (making->failed || !make_room(making))) {
        return;
    }
    Py_ssize_t n = making->n++;
    making->first[n] = token->first;
    making->start[n] = token->start;
    making->end[n] = end;
    making->wide[n] = (uint8_t)wide;
    making->line[n] = token->line;
    making->hash[n] = hash;
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
            uint32_t code = U32(pieces->codes)[pieces->letter + k];
            if (code >= CODES) {
                return 0;
            }
            make_letter(making, code, making->value[code]);
        }
        pieces->letter += letters;
        if (wanted) {
            Open token = {run[0] + I64(pieces->start)[at], making->begun, run[2], 0, 1};
            make_token(making, &token, run[0] + I64(pieces->end)[at], making->own, U8(pieces->wide)[at] != 0);
            making->own = 0;
            making->begun = making->letters;
        }
    }
    return 1;
}

#define BLOCK 64

/* Tokens of a stretch in which every character folds by itself.
 *
 * A block of characters is folded without a branch on what they are; where words begin and end are bits of the block, so
 * that what costs is a word and not a character. `letters` and `own` go on from block to block. */
static inline int64_t make_stretch(Making *making, const Written *written, Py_ssize_t n, Py_ssize_t next, int64_t line, int width)
{
    Open word = {0, 0, 0, 0, 0};
    Py_ssize_t letters = making->letters, place = 0;
    uint64_t own = 0, far = 0, was = 0;
    while (n < next) {
        int count = next - n < BLOCK ? (int)(next - n) : BLOCK;
        uint64_t sums[BLOCK], is_letter = 0, is_wide = 0, is_break = 0, special = 0;
        Py_ssize_t base = letters;
        for (int k = 0; k < count; k++) {
            Folded here = folded(making, code_of(written, n + k, width));
            uint64_t letter = here.kind & IS_LETTER;
            if (place >= POWERS) { /* a word that nobody reads: its powers are worked out as it goes on */
                far = (place == POWERS ? making->up[POWERS - 1] : far) * making->up[1];
                own += here.value * far;
            } else {
                own += here.value * making->up[place];
            }
            sums[k] = own; /* of a letter; what stands between words begins anew */
            own &= 0 - letter;
            place = (place + 1) & -(Py_ssize_t)letter;
            making->codes[letters] = here.letter;
            letters += here.kind & 1;
            is_letter = is_letter >> 1 | letter << 63;
            special |= here.kind;
        }
        is_letter >>= BLOCK - count;
        if (special & ~(uint64_t)IS_LETTER) { /* line breaks, and letters that are words of their own: told apart once more */
            letters = base;
            for (int k = 0; k < count; k++) {
                Folded here = folded(making, code_of(written, n + k, width));
                making->codes[letters] = here.letter;
                letters += here.kind != 0 && here.kind != IS_BREAK;
                is_wide |= (uint64_t)(here.kind == IS_WIDE) << k;
                is_break |= (uint64_t)(here.kind == IS_BREAK) << k;
            }
        }
        uint64_t before = is_letter << 1 | was, starts = is_letter & ~before, ends = before & ~is_letter;
        if (count < BLOCK) {
            ends &= ((uint64_t)1 << count) - 1;
        }
        uint64_t marks = ends | is_wide, taken = is_letter | is_wide;
        while (marks || starts) {
            uint64_t mark = marks & (~marks + 1), start = starts & (~starts + 1);
            if (start && (!mark || start < mark)) {
                word = (Open){n + bit_index(start), base + bit_count(taken & (start - 1)), line + bit_count(is_break & (start - 1)), 0, 1};
                starts ^= start;
                continue;
            }
            int at = bit_index(mark);
            if (word.open) {
                make_token(making, &word, n + at, at ? sums[at - 1] : word.hash, 0);
                word.open = 0;
            }
            if (is_wide & mark) {
                Open alone = {n + at, base + bit_count(taken & (mark - 1)), line + bit_count(is_break & (mark - 1)), 0, 1};
                make_token(making, &alone, n + at + 1, folded(making, code_of(written, n + at, width)).value, 1);
            }
            marks ^= mark;
        }
        word.hash = own;
        was = is_letter >> (count - 1) & 1;
        line += bit_count(is_break);
        n += count;
    }
    if (word.open) {
        make_token(making, &word, next, word.hash, 0);
    }
    making->letters = making->begun = letters;
    making->own = 0;
    return line;
}

static inline int make_tokens(Making *making, const Written *written, Pieces *pieces, const View *lines, int width)
{
    Py_ssize_t n = 0, runs = pieces->runs.n / 3;
    int64_t line = 0;
    while (n < written->n) {
        int64_t next = pieces->run < runs ? I64(pieces->runs)[3 * pieces->run] : written->n;
        if (next < n || next > written->n) {
            return 0;
        }
        while (n < next) {
            Py_ssize_t end = next;
            int mine = 1;
            if (lines->held.obj) { /* line by line, as some are left out */
                mine = line < lines->n && U8(*lines)[line];
                for (end = n; end < next && code_of(written, end, width) != '\n'; end++) {
                }
                end += end < next;
            }
            if (mine) {
                line = make_stretch(making, written, n, end, line, width);
            } else {
                line += code_of(written, end - 1, width) == '\n';
            }
            n = end;
        }
        if (pieces->run < runs) {
            int64_t end = I64(pieces->runs)[3 * pieces->run + 1];
            int mine = !lines->held.obj || (line < lines->n && U8(*lines)[line]);
            if (end <= n || end > written->n || !make_run(making, pieces, mine)) {
                return 0;
            }
            n = end;
        }
    }
    return pieces->run == runs;
}

static void making_drop(Making *making)
{
    free(making->codes);
    free(making->first);
    free(making->start);
    free(making->end);
    free(making->line);
    free(making->hash);
    free(making->wide);
}

/* The columns of what was made as bytes, in the order of `stream.Stream`; NULL with an error. */
static PyObject *making_columns(Making *making)
{
    if (making->failed || (!making->room && !make_room(making))) {
        return PyErr_NoMemory();
    }
    making->first[making->n] = making->letters;
    const struct {
        const void *at;
        Py_ssize_t size;
    } columns[] = {{making->codes, making->letters * 4}, {making->first, (making->n + 1) * 8}, {making->start, making->n * 8},
                   {making->end, making->n * 8},         {making->wide, making->n},            {making->line, making->n * 8},
                   {making->hash, making->n * 8}};
    PyObject *out = PyTuple_New(7);
    for (Py_ssize_t n = 0; out && n < 7; n++) {
        PyObject *column = PyBytes_FromStringAndSize(columns[n].at, columns[n].size);
        if (!column) {
            Py_CLEAR(out);
        } else {
            PyTuple_SetItem(out, n, column);
        }
    }
    return out;
}

/* tokens(written, width, kind, letter, value, up, pieces, lines) -> codes, first, start, end, wide, line and hash of tokens.
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
    Making making;
    View kind = {0}, letter = {0}, value = {0}, up = {0}, lines = {0};
    memset(&pieces, 0, sizeof pieces);
    memset(&making, 0, sizeof making);
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
    Py_ssize_t most = written.n + pieces.codes.n + 1;
    if (kind.n != CODES || letter.n != CODES || value.n != CODES || up.n < POWERS || pieces.tokens.n != pieces.runs.n / 3
        || pieces.start.n != pieces.counts.n || pieces.end.n != pieces.counts.n || pieces.wide.n != pieces.counts.n) {
        PyErr_SetString(PyExc_ValueError, "arrays of these lengths make no text");
        goto done;
    }
    making.kind = U8(kind);
    making.letter = U32(letter);
    making.value = U64(value);
    making.up = U64(up);
    for (uint32_t code = 0; code < 128; code++) {
        uint32_t own = making.letter[code] < CODES ? making.letter[code] : 0;
        making.ascii[code] = (Folded){making.value[own], own, kind_bits(making.kind[code], code)};
    }
    making.codes = malloc((size_t)(most + 1) * sizeof(uint32_t));
    if (!making.codes) {
        PyErr_NoMemory();
    } else if (!(width == 1 ? make_tokens(&making, &written, &pieces, &lines, 1)
                            : make_tokens(&making, &written, &pieces, &lines, 4))) {
        PyErr_SetString(PyExc_ValueError, "runs of a text do not fit it");
    } else {
        out = making_columns(&making);
    }
done:
    making_drop(&making);
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
