/* Names of several tokens that are misspelt, or that have something glued to their first or last token. */
#include "core.h"

#define PAIRS 65536
#define AHEAD 8

typedef struct {
    const Tables *tables;
    const Tokens *tokens;
    const uint64_t *up;
    Vec edits, glued, rows;
    int size, fault;
} Loose;

static inline int64_t letters_of(const Tokens *tokens, Py_ssize_t n)
{
    return I64(tokens->first)[n + 1] - I64(tokens->first)[n];
}

/* The hash of tokens i to before j, one of them left out where it lies between. */
static uint64_t hash_of(const Loose *loose, Py_ssize_t i, Py_ssize_t j, Py_ssize_t without)
{
    uint64_t out = 0;
    int64_t letters = 0;
    for (Py_ssize_t n = i; n < j; n++) {
        if (n != without) {
            out += U64(loose->tokens->hash)[n] * loose->up[letters];
            letters += letters_of(loose->tokens, n);
        }
    }
    return out;
}

/* The letters of a form's key; NULL where the tables do not say them. */
static const uint32_t *key_of(Loose *loose, int64_t form, int64_t *key, int64_t *length)
{
    const Tables *tables = loose->tables;
    *key = form >= 0 && form < tables->n_forms ? tables->key_of[form] : -1;
    if (*key >= 0 && *key < tables->n_keys) {
        int64_t first = tables->first[*key];
        *length = tables->lengths[*key];
        if (first >= 0 && *length >= 0 && first <= tables->n_codes && *length <= tables->n_codes - first) {
            return tables->codes + first;
        }
    }
    loose->fault = 1;
    return NULL;
}

/* The window of tokens from i is within the limit of a form, and not the form itself. */
static void counted(Loose *loose, Py_ssize_t i, int64_t form, int64_t limit)
{
    int64_t key, length;
    const uint32_t *letters = key_of(loose, form, &key, &length);
    if (!letters || limit < 0 || limit > 2 || length > EDIT_MOST + 2) {
        return;
    }
    const int64_t *first = I64(loose->tokens->first);
    int seen = (int)(first[i + loose->size] - first[i]);
    int apart = edits_within(U32(loose->tokens->codes) + first[i], seen, letters, (int)length, (int)limit);
    if (apart && apart <= limit) {
        PUSH(&loose->edits, int64_t, loose->size);
        PUSH(&loose->edits, int64_t, i);
        PUSH(&loose->edits, int64_t, form);
    }
}

/* Names whose other tokens are the window's, all but the one at the place. */
static void anchored(Loose *loose, Py_ssize_t i, int place)
{
    const AnchorTable *table = loose->tables->anchors + loose->size;
    const Tokens *tokens = loose->tokens;
    int64_t number = I64(tokens->number)[i + place], length = letters_of(tokens, i + place);
    Range found = groups_find(&table->groups[place], hash_of(loose, i, i + loose->size, i + place), &loose->fault);
    for (; found.at < found.end; found.at++) {
        int32_t row = *found.at;
        if (row < 0 || row >= table->n) {
            loose->fault = 1;
            return;
        }
        int64_t limit = table->limit[row], apart = length - table->length[place][row];
        if ((apart < 0 ? -apart : apart) <= limit
            && (bit_count(U64(tokens->letters)[number] ^ table->letters[place][row]) + 1) / 2 <= limit) {
            counted(loose, i, table->form[row], limit);
        }
    }
}

static int64_t joined_digits(int64_t a, int64_t b)
{
    int64_t scale = b >= 100 ? 100 : b >= 10 ? 10 : 1, joined = a * scale + b - scale;
    return a < 0 || b < 0 || joined >= 1000 ? -1 : joined;
}

/* Names of two tokens that the window may be although both differ. */
static void scattered(Loose *loose, Py_ssize_t i)
{
    const EditTable *table = loose->tables->edits + 2;
    const Tokens *tokens = loose->tokens;
    int64_t one = I64(tokens->number)[i], two = I64(tokens->number)[i + 1];
    const int64_t *first = I64(tokens->first);
    loose->rows.n = 0;
    edit_candidates(table, loose->tables, U32(tokens->codes) + first[i], (int)(first[i + 2] - first[i]),
                    U64(tokens->letters)[one] | U64(tokens->letters)[two],
                    joined_digits(I64(tokens->digits)[one], I64(tokens->digits)[two]), &loose->rows, &loose->fault);
    for (Py_ssize_t n = 0; n < loose->rows.n && !loose->rows.failed; n++) {
        int64_t row = ((int64_t *)(void *)loose->rows.at)[n];
        counted(loose, i, table->form[row], table->limit[row]);
    }
}

/* Names whose first or last token, at one end of the window, has something glued to it; the others are whole. */
static void glued_end(Loose *loose, Py_ssize_t i, const Groups *groups, int skip)
{
    const Tokens *tokens = loose->tokens;
    const int64_t *first = I64(tokens->first);
    Py_ssize_t whole = i + skip, glued = skip ? i : i + loose->size - 1;
    Range found = groups_find(groups, hash_of(loose, whole, whole + loose->size - 1, -1), &loose->fault);
    for (; found.at < found.end; found.at++) {
        int64_t key, length, all = first[i + loose->size] - first[i];
        const uint32_t *letters = key_of(loose, *found.at, &key, &length);
        if (!letters) {
            return;
        }
        int64_t over = all - length;
        if (over > 0 && over < letters_of(tokens, glued)
            && !memcmp(U32(tokens->codes) + first[i] + (skip ? over : 0), letters, (size_t)length * sizeof(uint32_t))) {
            PUSH(&loose->glued, int64_t, loose->size);
            PUSH(&loose->glued, int64_t, i);
            PUSH(&loose->glued, int64_t, *found.at);
        }
    }
}

/* All that is loose in the window of `size` tokens from i; it lies in one line and holds no token without spaces. */
static void loose_window(Loose *loose, Py_ssize_t i, int odd)
{
    const Tokens *tokens = loose->tokens;
    const int64_t *first = I64(tokens->first);
    int size = loose->size;
    unsigned start = U16(tokens->flags)[i], end = U16(tokens->flags)[i + size - 1];
    int begins = (start & FIRST(size)) != 0, ends = (end & LAST(size)) != 0;
    if (begins && end & STRANGE) {
        glued_end(loose, i, loose->tables->heads + size, 0);
    }
    if (ends && start & STRANGE) {
        glued_end(loose, i, loose->tables->tails + size, 1);
    }
    int64_t length = first[i + size] - first[i];
    if (!odd || (!begins && !ends && odd < 2) || length < EDIT_LEAST || length > EDIT_MOST) {
        return;
    }
    for (int place = 0; place < size; place++) {
        if ((place ? begins : ends) && (place < size - 1 ? ends : begins)) {
            anchored(loose, i, place);
        }
    }
    if (size == 2 && odd == 2) {
        scattered(loose, i);
    }
}

static int take_empty(View *empty, PyObject *from)
{
    if (PyObject_GetBuffer(from, &empty->held, PyBUF_CONTIG) < 0) {
        return 0;
    }
    if (empty->held.itemsize != 8 || empty->held.len != PAIRS * 8 || (uintptr_t)empty->held.buf % 8) {
        PyErr_SetString(PyExc_ValueError, "empty: so many pairs of tokens are not remembered");
        return 0;
    }
    return 1;
}

/* Two tokens as one number that is theirs alone, by the numbers that they have. */
static inline uint64_t pair_of(const Loose *loose, Py_ssize_t i)
{
    const int64_t *number = I64(loose->tokens->number);
    return ((uint64_t)number[i] + 1) << 32 | ((uint64_t)number[i + 1] + 1);
}

/* All that is loose in some tokens; `empty` remembers pairs of them in which nothing is. */
static void every_window(Loose *loose, Py_ssize_t powers, uint64_t *empty)
{
    const Tokens *tokens = loose->tokens;
    const uint16_t *flags = U16(tokens->flags);
    for (Py_ssize_t i = 0; i < tokens->n && !loose->fault; i++) {
        int odd = (flags[i] & ODD) != 0;
        if (flags[i] & WIDE_) {
            continue;
        }
        if (i + AHEAD + 1 < tokens->n) {
            PREFETCH(empty + (pair_of(loose, i + AHEAD) * 0x9E3779B97F4A7C15u >> 48));
        }
        unsigned next = i + 1 < tokens->n ? flags[i + 1] : 0, third = i + 2 < tokens->n ? flags[i + 2] : 0;
        unsigned last_of = (next & LAST(2)) | (third & LAST(3)) | (i + 3 < tokens->n ? flags[i + 3] & LAST(4) : 0);
        if (!(flags[i] & (FIRST(2) | FIRST(3) | FIRST(4))) && !last_of && !(odd && next & ODD)) {
            continue;
        }
        for (int size = 2; size <= EDIT_WINDOW; size++) {
            Py_ssize_t last = i + size - 1;
            if (last >= tokens->n || flags[last] & WIDE_ || I64(tokens->line)[last] != I64(tokens->line)[i]
                || I64(tokens->first)[last] - I64(tokens->first)[i] >= powers) {
                break;
            }
            odd += (flags[last] & ODD) != 0;
            int pair = size == 2;
            if (!(flags[i] & FIRST(size)) && !(flags[last] & LAST(size)) && !(pair && odd == 2)) {
                continue;
            }
            uint64_t own = pair ? pair_of(loose, i) : 0;
            uint64_t *known = empty + (own * 0x9E3779B97F4A7C15u >> 48);
            if (pair && *known == own) {
                continue;
            }
            Py_ssize_t before = loose->edits.n + loose->glued.n;
            loose->size = size;
            loose_window(loose, i, odd);
            if (pair && before == loose->edits.n + loose->glued.n) {
                *known = own;
            }
        }
    }
}

/* The first tokens of windows in which something is loose; 1 where the tables are damaged. */
int is_loose(const Tables *tables, const Tokens *tokens, const uint64_t *up, Py_ssize_t powers, uint64_t *empty, Vec *found)
{
    Loose loose = {tables, tokens, up, VEC(int64_t), VEC(int64_t), VEC(int64_t), 0, 0};
    every_window(&loose, powers, empty);
    const Vec *told[] = {&loose.edits, &loose.glued};
    for (int n = 0; n < 2; n++) {
        for (Py_ssize_t at = 1; at < told[n]->n; at += 3) {
            PUSH(found, int64_t, ((int64_t *)(void *)told[n]->at)[at]);
        }
        found->failed |= told[n]->failed;
    }
    vec_drop(&loose.edits);
    vec_drop(&loose.glued);
    vec_drop(&loose.rows);
    return loose.fault;
}

/* loose(tables, tokens, up, empty) -> (size, i, form) of windows that misspell a form, and of those that it is glued into.
 *
 * `empty` (uint64, PAIRS of them) remembers pairs of tokens in which nothing is loose; it holds for as long as numbers do. */
PyObject *core_loose(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *tables_from, *columns, *up_from, *empty_from;
    if (!PyArg_ParseTuple(args, "OOOO", &tables_from, &columns, &up_from, &empty_from)) {
        return NULL;
    }
    Tables *tables = tables_of(tables_from);
    if (!tables) {
        return NULL;
    }
    Tokens tokens;
    View up = {0}, empty = {0};
    Loose loose = {tables, &tokens, NULL, VEC(int64_t), VEC(int64_t), VEC(int64_t), 0, 0};
    PyObject *out = NULL;
    if (tokens_take(&tokens, columns) && view_take(&up, up_from, 8, "up") && take_empty(&empty, empty_from)) {
        loose.up = U64(up);
        every_window(&loose, up.n, empty.held.buf);
        if (loose.fault) {
            PyErr_SetString(PyExc_IndexError, "a number in the tables of names points outside of them");
        } else {
            PyObject *edits = vec_bytes(&loose.edits), *glued = vec_bytes(&loose.glued);
            out = edits && glued ? PyTuple_Pack(2, edits, glued) : NULL;
            Py_XDECREF(edits);
            Py_XDECREF(glued);
        }
    }
    vec_drop(&loose.edits);
    vec_drop(&loose.glued);
    vec_drop(&loose.rows);
    view_drop(&up);
    view_drop(&empty);
    tokens_drop(&tokens);
    return out;
}
