/* Which of many texts a name can stand in at all: one pass over their characters that keeps nothing of them.
 *
 * A text in which this finds nothing holds none of the names; of any other the whole way through the matcher decides. */
#include "fold.h"

#define POWERS 64
#define AHEAD 8
#define SOME 1024 /* Tokens that are looked at together, so that their columns stay in a processor's cache. */
#define PAIRS 65536

/* What is said of a text: a name can stand in it; a token in it was never met; it folds otherwise than letter by letter. */
enum { SUSPECT = 1, UNMET = 2, OTHERWISE = 4 };

typedef struct {
    uint64_t value;
    uint32_t letter;
    int kind;
} Folded;

typedef struct {
    const Tables *tables;
    Written written;
    View starts, kind, letter, value, ready, up, known, slots, traits[8], empty;
    int bits, fault, failed;
    Folded ascii[128];
    Tokens tokens;
    uint32_t *codes;
    int64_t *first, *start, *end, *line, *number, *text;
    uint64_t *hash;
    uint16_t *flags;
    Py_ssize_t n, letters, room, line_now;
    uint8_t *told;
    uint64_t *head, *tail;
} Sift;

enum { T_FLAGS, T_LENGTH, T_SHAPE, T_SHAPE_LENGTH, T_LETTERS, T_DIGITS, T_TAIL, T_KEY };

static int make_room(Sift *sift, Py_ssize_t more)
{
    Py_ssize_t room = (sift->n > sift->letters ? sift->n : sift->letters) + more + 1;
    if (room <= sift->room) {
        return 1;
    }
    room += room / 2 + 2 * SOME;
    void **columns[] = {(void **)&sift->first, (void **)&sift->start, (void **)&sift->end, (void **)&sift->line,
                        (void **)&sift->number, (void **)&sift->text, (void **)&sift->hash};
    for (int n = 0; n < 7; n++) {
        void *at = realloc(*columns[n], (size_t)(room + 1) * 8);
        if (!at) {
            return 0;
        }
        *columns[n] = at;
    }
    void *codes = realloc(sift->codes, (size_t)(room + 1) * sizeof(uint32_t));
    sift->codes = codes ? codes : sift->codes;
    void *flags = realloc(sift->flags, (size_t)(room + 1) * sizeof(uint16_t));
    sift->flags = flags ? flags : sift->flags;
    if (!codes || !flags) {
        return 0;
    }
    sift->room = room;
    return 1;
}

static inline int kind_of(const Sift *sift, uint32_t code)
{
    return code < CODES ? U8(sift->kind)[code] : SEPARATOR;
}

static inline int wordlike(int kind)
{
    return kind == LETTER || kind == WIDE || kind == INVOLVED;
}

/* Whether a symbol is part of a word where it stands, as fold.c has it. */
static int in_word(const Sift *sift, Py_ssize_t n, uint32_t code)
{
    if (n + 1 < sift->written.n && wordlike(kind_of(sift, code_at(&sift->written, n + 1)))) {
        return 1;
    }
    int left = code == '@' || code == '$' || code == 0x20AC;
    return left && n > 0 && wordlike(kind_of(sift, code_at(&sift->written, n - 1)));
}

static inline void make_token(Sift *sift, Py_ssize_t text, Py_ssize_t begun, Py_ssize_t start, Py_ssize_t end, uint64_t hash)
{
    Py_ssize_t n = sift->n++;
    sift->first[n] = begun;
    sift->start[n] = start;
    sift->end[n] = end;
    sift->line[n] = sift->line_now;
    sift->text[n] = text;
    sift->hash[n] = hash;
}

/* The tokens of a text behind those that are there; 0 where it does not fold letter by letter. */
static inline int read_text(Sift *sift, Py_ssize_t text, Py_ssize_t from, Py_ssize_t to, int width)
{
    Py_ssize_t start = from, begun = sift->letters, place = 0;
    uint64_t own = 0;
    const uint64_t *up = U64(sift->up);
    for (Py_ssize_t n = from; n < to; n++) {
        uint32_t code = code_of(&sift->written, n, width);
        Folded here;
        if (code < 128) {
            here = sift->ascii[code];
        } else if (code >= CODES || (code >= 256 && !U8(sift->ready)[code >> 8])) {
            return 0;
        } else {
            here.kind = U8(sift->kind)[code];
            here.letter = U32(sift->letter)[code] < CODES ? U32(sift->letter)[code] : 0;
            here.value = U64(sift->value)[here.letter];
        }
        if (here.kind == LETTER) {
            if (place == POWERS) {
                return 0;
            }
            start = place ? start : n;
            own += here.value * up[place++];
            sift->codes[sift->letters++] = here.letter;
            continue;
        }
        if (place) {
            make_token(sift, text, begun, start, n, own);
            begun = sift->letters;
            place = 0;
            own = 0;
        }
        if (here.kind == WIDE) {
            sift->codes[sift->letters++] = here.letter;
            make_token(sift, text, begun, n, n + 1, here.value);
            begun = sift->letters;
        } else if (here.kind == INVOLVED || (here.kind == SYMBOL && in_word(sift, n, code))) {
            return 0;
        }
        sift->line_now += code == '\n';
    }
    if (place) {
        make_token(sift, text, begun, start, to, own);
    }
    return 1;
}

static void take_text(Sift *sift, Py_ssize_t text, Py_ssize_t from, Py_ssize_t to)
{
    Py_ssize_t n = sift->n, letters = sift->letters;
    if (!make_room(sift, to - from)) {
        sift->failed = 1;
        return;
    }
    sift->line_now++;
    int read = sift->written.width == 1 ? read_text(sift, text, from, to, 1) : read_text(sift, text, from, to, 4);
    if (!read) {
        sift->n = n;
        sift->letters = letters;
        sift->told[text] = OTHERWISE;
        return;
    }
    sift->head[text] = sift->n > n ? sift->hash[n] : 0;
    sift->tail[text] = sift->n > n ? sift->hash[sift->n - 1] : 0;
}

/* The number and the flags of each token. */
static void meet(Sift *sift)
{
    const int32_t *slot = sift->slots.at;
    const uint64_t *known = U64(sift->known);
    Py_ssize_t traits = sift->traits[T_FLAGS].n < sift->known.n ? sift->traits[T_FLAGS].n : sift->known.n;
    int shift = 64 - sift->bits;
    for (Py_ssize_t n = 0; n < sift->n; n++) {
        if (n + AHEAD < sift->n) {
            PREFETCH(slot + (sift->hash[n + AHEAD] >> shift));
        }
        uint64_t wanted = sift->hash[n], at = wanted >> shift;
        int64_t found = slot[at];
        for (Py_ssize_t tried = 0; found >= 0 && tried < sift->slots.n; tried++) {
            if (found >= traits) {
                found = -1;
                break;
            }
            if (known[found] == wanted) {
                break;
            }
            at = (at + 1) & (uint64_t)(sift->slots.n - 1);
            found = slot[at];
        }
        sift->number[n] = found < 0 ? 0 : found;
        sift->flags[n] = found < 0 ? WIDE_ : U16(sift->traits[T_FLAGS])[found]; /* no window goes over what was never met */
        if (found < 0) {
            sift->told[sift->text[n]] |= UNMET;
        }
    }
}

/* Look at the tokens that were read, and begin anew. */
static void look(Sift *sift)
{
    if (!sift->n) {
        return;
    }
    sift->first[sift->n] = sift->letters;
    meet(sift);
    Tokens *tokens = &sift->tokens;
    const struct {
        View *view;
        const void *at;
    } columns[] = {{&tokens->codes, sift->codes}, {&tokens->first, sift->first},   {&tokens->start, sift->start}, {&tokens->end, sift->end},
                   {&tokens->line, sift->line},   {&tokens->hash, sift->hash},     {&tokens->number, sift->number},
                   {&tokens->flags, sift->flags}};
    for (int n = 0; n < 8; n++) {
        columns[n].view->at = columns[n].at;
        columns[n].view->n = sift->n;
    }
    tokens->codes.n = sift->letters;
    tokens->first.n = sift->n + 1;
    tokens->n = sift->n;
    const uint64_t *up = U64(sift->up);
    for (Py_ssize_t n = 0; n < sift->n && sift->traits[T_FLAGS].n && !sift->fault; n++) {
        unsigned flags = sift->flags[n];
        uint8_t *told = sift->told + sift->text[n];
        if (!flags || *told) {
            continue;
        }
        if (flags & (MEETS | NEAR_ | MIRRORS) || (flags & BEGINS && stands(sift->tables, tokens, &sift->written.view, n, up, &sift->fault))
            || (flags & LOOKS && seems(sift->tables, tokens, &sift->written.view, n, up, &sift->fault))) {
            *told |= SUSPECT;
        }
    }
    if (sift->traits[T_FLAGS].n && !sift->fault) {
        Vec found = VEC(int64_t);
        sift->fault |= is_loose(sift->tables, tokens, up, sift->up.n, (uint64_t *)sift->empty.held.buf, &found);
        for (Py_ssize_t n = 0; n < found.n; n++) {
            sift->told[sift->text[((int64_t *)(void *)found.at)[n]]] |= SUSPECT;
        }
        sift->failed |= found.failed;
        vec_drop(&found);
    }
    sift->n = sift->letters = 0;
}

static int sift_take(Sift *sift, PyObject *starts, PyObject *charset, PyObject *up, PyObject *numbers, PyObject *traits, PyObject *empty)
{
    static const char *const names[] = {"flags", "length", "shape", "shape_length", "letters", "digits", "tail", "key"};
    static const int items[] = {2, 8, 8, 8, 8, 8, 8, 8};
    PyObject *kind, *letter, *value, *ready, *known, *slots;
    if (!PyArg_ParseTuple(charset, "OOOO", &kind, &letter, &value, &ready)
        || !PyArg_ParseTuple(numbers, "OOi", &known, &slots, &sift->bits)) {
        return 0;
    }
    if (!PyTuple_Check(traits) || PyTuple_Size(traits) != 8) {
        PyErr_SetString(PyExc_ValueError, "eight columns of traits are needed");
        return 0;
    }
    for (int n = 0; n < 8; n++) {
        if (!view_take(sift->traits + n, PyTuple_GetItem(traits, n), items[n], names[n])) {
            return 0;
        }
        if (sift->traits[n].n != sift->traits[0].n) {
            PyErr_SetString(PyExc_ValueError, "columns of traits are of one length");
            return 0;
        }
    }
    if (!view_take(&sift->starts, starts, 8, "starts") || !view_take(&sift->kind, kind, 1, "kind")
        || !view_take(&sift->letter, letter, 4, "letter") || !view_take(&sift->value, value, 8, "value")
        || !view_take(&sift->ready, ready, 1, "ready") || !view_take(&sift->known, known, 8, "hash")
        || !view_take(&sift->slots, slots, 4, "slots")) {
        return 0;
    }
    if (!view_take(&sift->up, up, 8, "up") || PyObject_GetBuffer(empty, &sift->empty.held, PyBUF_CONTIG) < 0) {
        return 0;
    }
    const Tables *tables = sift->tables;
    int64_t longest = tables->longest > tables->longest_look ? tables->longest : tables->longest_look;
    if (sift->kind.n != CODES || sift->letter.n != CODES || sift->value.n != CODES || sift->ready.n != CODES >> 8
        || sift->bits < 1 || sift->bits > 40 || sift->slots.n != (Py_ssize_t)1 << sift->bits || sift->up.n < POWERS
        || longest < 0 || sift->up.n < longest + 2 || sift->empty.held.itemsize != 8 || sift->empty.held.len != PAIRS * 8
        || (uintptr_t)sift->empty.held.buf % 8) {
        PyErr_SetString(PyExc_ValueError, "arrays of these lengths sift no text");
        return 0;
    }
    for (uint32_t code = 0; code < 128; code++) {
        uint32_t own = U32(sift->letter)[code] < CODES ? U32(sift->letter)[code] : 0;
        sift->ascii[code] = (Folded){U64(sift->value)[own], own, U8(sift->kind)[code]};
    }
    View *views[] = {&sift->tokens.length, &sift->tokens.shape,  &sift->tokens.shape_length, &sift->tokens.letters,
                     &sift->tokens.digits, &sift->tokens.tail, &sift->tokens.key};
    for (int n = 0; n < 7; n++) { /* lent: the traits are let go of below */
        views[n]->at = sift->traits[n + 1].at;
        views[n]->n = sift->traits[n + 1].n;
    }
    return 1;
}

static void sift_drop(Sift *sift)
{
    void *columns[] = {sift->codes, sift->first, sift->start, sift->end, sift->line, sift->number, sift->text, sift->hash, sift->flags};
    for (int n = 0; n < 9; n++) {
        free(columns[n]);
    }
    View *views[] = {&sift->written.view, &sift->starts, &sift->kind,  &sift->letter, &sift->value,
                     &sift->ready,        &sift->up,     &sift->known, &sift->slots,  &sift->empty};
    for (int n = 0; n < 10; n++) {
        view_drop(views[n]);
    }
    for (int n = 0; n < 8; n++) {
        view_drop(sift->traits + n);
    }
}

/* sift(tables, written, width, starts, charset, up, numbers, traits, empty) -> what is said of each text (uint8), and the hash
 * of its first and of its last token, 0 where it has none or does not fold letter by letter.
 *
 * Texts lie one behind the other, one character apart; `starts` are their places and the end of the last, and one more. */
PyObject *core_sift(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *tables, *written, *starts, *charset, *up, *numbers, *traits, *empty, *out = NULL;
    int width;
    if (!PyArg_ParseTuple(args, "OOiOO!OO!OO", &tables, &written, &width, &starts, &PyTuple_Type, &charset, &up, &PyTuple_Type, &numbers,
                          &traits, &empty)) {
        return NULL;
    }
    Sift sift;
    memset(&sift, 0, sizeof sift);
    sift.tables = tables_of(tables);
    if (!sift.tables || !written_take(&sift.written, written, width)) {
        return NULL;
    }
    PyObject *told = NULL, *head = NULL, *tail = NULL;
    if (!sift_take(&sift, starts, charset, up, numbers, traits, empty)) {
        goto done;
    }
    Py_ssize_t texts = sift.starts.n - 1;
    told = PyBytes_FromStringAndSize(NULL, texts < 0 ? 0 : texts);
    head = PyBytes_FromStringAndSize(NULL, texts < 0 ? 0 : texts * 8);
    tail = PyBytes_FromStringAndSize(NULL, texts < 0 ? 0 : texts * 8);
    if (!told || !head || !tail) {
        goto done;
    }
    sift.told = (uint8_t *)PyBytes_AsString(told);
    sift.head = (uint64_t *)(void *)PyBytes_AsString(head);
    sift.tail = (uint64_t *)(void *)PyBytes_AsString(tail);
    memset(sift.told, 0, (size_t)(texts < 0 ? 0 : texts));
    memset(sift.head, 0, (size_t)(texts < 0 ? 0 : texts * 8));
    memset(sift.tail, 0, (size_t)(texts < 0 ? 0 : texts * 8));
    for (Py_ssize_t n = 0; n < texts && !sift.fault && !sift.failed; n++) {
        int64_t from = I64(sift.starts)[n], to = I64(sift.starts)[n + 1] - 1;
        if (from < 0 || to < from || to > sift.written.n) {
            PyErr_SetString(PyExc_ValueError, "starts: texts lie outside of what is written");
            goto done;
        }
        take_text(&sift, n, from, to);
        if (sift.n >= SOME) {
            look(&sift);
        }
    }
    if (!sift.failed && !sift.fault) {
        look(&sift);
    }
    if (sift.failed) {
        PyErr_NoMemory();
    } else if (sift.fault) {
        PyErr_SetString(PyExc_IndexError, "a number in the tables of names points outside of them");
    } else {
        out = PyTuple_Pack(3, told, head, tail);
    }
done:
    Py_XDECREF(told);
    Py_XDECREF(head);
    Py_XDECREF(tail);
    sift_drop(&sift);
    return out;
}
