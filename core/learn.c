/* The traits of tokens that were never met, and where a name may be misspelt, glued or inflected in them. */
#include "core.h"

/* Columns of the traits, as text/tokens.py has them, and pairs of (token, form) or tokens that the gates are asked of. */
typedef struct {
    Vec flags, shape, shape_length, letters, digits, tail, key, misspelt, glued, inflected;
} Learnt;

static int digit_code(const uint32_t *codes, Py_ssize_t length)
{
    int out = 1;
    for (Py_ssize_t n = 0; n < length; n++) {
        if (codes[n] >= '0' && codes[n] <= '9') {
            if (out >= 100) {
                return -1;
            }
            out = out * 10 + (int)(codes[n] - '0');
        }
    }
    return out;
}

/* What a letter looks like: its hash value, and how many letters that is. */
static uint64_t shape_of(const Tables *tables, uint32_t code, int *letters)
{
    Py_ssize_t low = 0, high = tables->n_shapes;
    while (low < high) {
        Py_ssize_t middle = (low + high) / 2;
        if (tables->shape_codes[middle] < code) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < tables->n_shapes && tables->shape_codes[low] == code) {
        *letters = 1 + (tables->shape_double[low] != 0);
        return tables->shape_values[low];
    }
    *letters = 1;
    return letter_value(code);
}

static uint64_t hash_of(const Tables *tables, const uint64_t *up, const uint32_t *codes, Py_ssize_t length)
{
    (void)tables;
    uint64_t out = 0;
    for (Py_ssize_t n = 0; n < length; n++) {
        out += letter_value(codes[n]) * up[n];
    }
    return out;
}

static int meets(const Tables *tables, const uint64_t *up, uint64_t hash, Py_ssize_t length, int tail, int *fault)
{
    if (groups_has(&tables->exact, hash, fault)) {
        return 1;
    }
    if (!tail) {
        return 0;
    }
    uint64_t shorter = hash - tables->letter_s * up[length - 1];
    if (groups_has(&tables->exact, shorter, fault)) {
        return 1;
    }
    return tail == 2 && groups_has(&tables->exact, shorter - tables->letter_e * up[length - 2], fault);
}

static void misspelt(const Tables *tables, const uint32_t *codes, Py_ssize_t length, uint64_t letters, int digits,
                     Py_ssize_t number, Learnt *out, Vec *rows, int *fault)
{
    if (length < EDIT_LEAST || length > EDIT_MOST) {
        return;
    }
    const EditTable *table = &tables->edits[1];
    rows->n = 0;
    edit_candidates(table, tables, codes, (int)length, letters, digits, rows, fault);
    for (Py_ssize_t n = 0; n < rows->n && !rows->failed; n++) {
        int64_t row = ((int64_t *)(void *)rows->at)[n], form = table->form[row], limit = table->limit[row];
        int64_t key = form >= 0 && form < tables->n_forms ? tables->key_of[form] : -1;
        if (key < 0 || key >= tables->n_keys || limit < 0 || limit > 2) {
            *fault = 1;
            return;
        }
        int64_t first = tables->first[key], size = tables->lengths[key];
        if (first < 0 || size < 0 || first > tables->n_codes || size > tables->n_codes - first) {
            *fault = 1;
            return;
        }
        int apart = edits_within(codes, (int)length, tables->codes + first, (int)size, (int)limit);
        if (apart && apart <= limit) {
            PUSH(&out->misspelt, int64_t, number);
            PUSH(&out->misspelt, int64_t, row);
        }
    }
}

/* Whether a name stands in the token: grown from places where four letters begin one. */
static int holds_name(const Tables *tables, const uint64_t *up, const uint32_t *codes, Py_ssize_t length, int *fault)
{
    if (length < GLUE_LEAST || length > GLUE_MOST) {
        return 0;
    }
    for (Py_ssize_t place = 0; place + SHORT_NAME < length; place++) {
        uint64_t hash = hash_of(tables, up, codes + place, SHORT_NAME + 1);
        if (!sieve_has(&tables->inner_begins, hash)) {
            continue;
        }
        for (Py_ssize_t size = SHORT_NAME + 1;; size++) {
            if (groups_has(&tables->inner, hash, fault)) {
                return 1;
            }
            if (place + size >= length || !sieve_has(&tables->begins, hash)) {
                break;
            }
            hash += letter_value(codes[place + size]) * up[size];
        }
    }
    return 0;
}

static void learn_one(const Tables *tables, const uint64_t *up, const uint32_t *codes, Py_ssize_t length, int wide,
                      const int64_t *endings, Py_ssize_t n_endings, Py_ssize_t number, Learnt *out, Vec *rows, int *fault)
{
    uint64_t hash = hash_of(tables, up, codes, length), shape = 0, letters = 0;
    Py_ssize_t shape_length = 0;
    for (Py_ssize_t n = 0; n < length; n++) {
        int count;
        uint64_t value = shape_of(tables, codes[n], &count);
        shape += value * up[shape_length];
        shape_length += count;
        letters |= (uint64_t)1 << (codes[n] & 63);
    }
    int digits = digit_code(codes, length);
    int tail = length > 1 && codes[length - 1] == 's' ? 1 + (length > 2 && codes[length - 2] == 'e') : 0;
    int word = groups_has(&tables->words, hash, fault), glue = groups_has(&tables->glue_keys, hash, fault);
    unsigned flags = (sieve_has(&tables->begins, hash) ? BEGINS : 0) | (sieve_has(&tables->look_begins, shape) ? LOOKS : 0)
        | (word ? WORD : 0) | (glue ? GLUE : 0) | (!word && !glue && !wide ? STRANGE : 0)
        | (!groups_has(&tables->usual, hash, fault) && !glue && !wide ? ODD : 0)
        | (groups_has(&tables->looks, shape, fault) ? MIRRORS : 0) | (meets(tables, up, hash, length, tail, fault) ? MEETS : 0)
        | (wide ? WIDE_ : 0);
    Range roles = groups_find(&tables->roles, hash, fault);
    for (; roles.at < roles.end; roles.at++) {
        flags |= (unsigned)*roles.at & 0xFFFF;
    }
    PUSH(&out->flags, uint16_t, flags);
    PUSH(&out->shape, uint64_t, shape);
    PUSH(&out->shape_length, int64_t, shape_length);
    PUSH(&out->letters, uint64_t, letters);
    PUSH(&out->digits, int64_t, digits);
    PUSH(&out->tail, int64_t, tail);
    Range key = groups_find(&tables->exact, hash, fault);
    PUSH(&out->key, int64_t, key.at == key.end ? NO_KEY : key.end - key.at == 1 ? *key.at : SOME_KEYS);
    if (!(flags & STRANGE)) {
        return;
    }
    misspelt(tables, codes, length, letters, digits, number, out, rows, fault);
    if (holds_name(tables, up, codes, length, fault)) {
        PUSH(&out->glued, int64_t, number);
    }
    for (Py_ssize_t n = 0; n < n_endings; n++) {
        Py_ssize_t rest = length - (Py_ssize_t)endings[n];
        if (rest > SHORT_NAME && groups_has(&tables->exact, hash_of(tables, up, codes, rest), fault)) {
            PUSH(&out->inflected, int64_t, number);
            PUSH(&out->inflected, int64_t, endings[n]);
        }
    }
}

/* learn(tables, codes, first, wide, at, up, endings) -> columns of traits, and what the gates are asked of.
 *
 * `at` are the tokens; numbers that come back count among these. */
PyObject *core_learn(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *tables_from, *codes_from, *first_from, *wide_from, *at_from, *up_from, *endings_from;
    if (!PyArg_ParseTuple(args, "OOOOOOO", &tables_from, &codes_from, &first_from, &wide_from, &at_from, &up_from, &endings_from)) {
        return NULL;
    }
    Tables *tables = tables_of(tables_from);
    if (!tables) {
        return NULL;
    }
    View codes = {0}, first = {0}, wide = {0}, at = {0}, up = {0}, endings = {0};
    PyObject *out = NULL;
    Learnt learnt = {VEC(uint16_t), VEC(uint64_t), VEC(int64_t), VEC(uint64_t), VEC(int64_t), VEC(int64_t), VEC(int64_t),
                     VEC(int64_t), VEC(int64_t), VEC(int64_t)};
    Vec rows = VEC(int64_t);
    int fault = 0, good = 1;
    if (!view_take(&codes, codes_from, 4, "codes") || !view_take(&first, first_from, 8, "first")
        || !view_take(&wide, wide_from, 1, "wide") || !view_take(&at, at_from, 8, "at") || !view_take(&up, up_from, 8, "up")
        || !view_take(&endings, endings_from, 8, "endings")) {
        goto done;
    }
    for (Py_ssize_t n = 0; n < endings.n; n++) {
        good &= I64(endings)[n] > 0 && I64(endings)[n] < 64;
    }
    for (Py_ssize_t n = 0; good && !fault && n < at.n; n++) {
        int64_t token = I64(at)[n];
        good = token >= 0 && token + 1 < first.n && token < wide.n;
        if (good) {
            int64_t from = I64(first)[token], to = I64(first)[token + 1];
            good = from >= 0 && to > from && to <= codes.n && 2 * (to - from) < up.n;
            if (good) {
                learn_one(tables, U64(up), U32(codes) + from, to - from, U8(wide)[token], I64(endings), endings.n, n, &learnt,
                          &rows, &fault);
            }
        }
    }
    if (!good || fault) {
        PyErr_SetString(PyExc_IndexError, fault ? "a number in the tables of names points outside of them" : "no such token");
        goto done;
    }
    Vec *columns[] = {&learnt.flags, &learnt.shape, &learnt.shape_length, &learnt.letters, &learnt.digits, &learnt.tail, &learnt.key,
                      &learnt.misspelt, &learnt.glued, &learnt.inflected};
    out = PyTuple_New(10);
    for (Py_ssize_t n = 0; out && n < 10; n++) {
        PyObject *column = vec_bytes(columns[n]);
        if (!column) {
            Py_CLEAR(out);
        } else {
            PyTuple_SetItem(out, n, column);
        }
    }
done:
    for (size_t n = 0; n < sizeof learnt / sizeof(Vec); n++) {
        vec_drop((Vec *)(void *)&learnt + n);
    }
    vec_drop(&rows);
    view_drop(&codes);
    view_drop(&first);
    view_drop(&wide);
    view_drop(&at);
    view_drop(&up);
    view_drop(&endings);
    return out;
}
