/* What functions over tokens are given: columns that fit together, powers of the hash's base, the width of characters. */
#include "core.h"

int tokens_take(Tokens *tokens, PyObject *columns)
{
    static const char *const names[] = {"codes", "first", "start", "end", "line", "hash", "number", "flags",
                                        "length", "shape", "shape_length", "letters", "digits", "tail", "key"};
    static const int items[] = {4, 8, 8, 8, 8, 8, 8, 2, 8, 8, 8, 8, 8, 8, 8};
    memset(tokens, 0, sizeof *tokens);
    View *views = &tokens->codes;
    if (!PyTuple_Check(columns) || PyTuple_Size(columns) != 15) {
        PyErr_SetString(PyExc_ValueError, "fifteen columns of tokens are needed");
        return 0;
    }
    for (int n = 0; n < 15; n++) {
        if (!view_take(views + n, PyTuple_GetItem(columns, n), items[n], names[n])) {
            return 0;
        }
    }
    Py_ssize_t count = tokens->n = tokens->start.n, traits = tokens->length.n;
    int good = tokens->first.n == count + 1 && tokens->end.n == count && tokens->line.n == count && tokens->hash.n == count
        && tokens->number.n == count && tokens->flags.n == count && tokens->shape.n == traits
        && tokens->shape_length.n == traits && tokens->letters.n == traits && tokens->digits.n == traits
        && tokens->tail.n == traits && tokens->key.n == traits
        && (!count || (I64(tokens->first)[0] >= 0 && I64(tokens->first)[count] <= tokens->codes.n));
    for (Py_ssize_t n = 0; good && n < count; n++) {
        int64_t number = I64(tokens->number)[n];
        good = I64(tokens->first)[n] <= I64(tokens->first)[n + 1] && number >= 0 && number < traits;
    }
    if (!good) {
        PyErr_SetString(PyExc_IndexError, "columns of tokens do not fit together");
    }
    return good;
}

void tokens_drop(Tokens *tokens)
{
    View *views = &tokens->codes;
    for (int n = 0; n < 15; n++) {
        view_drop(views + n);
    }
}

/* Powers of the base that windows of so many letters need. */
int up_take(View *up, PyObject *from, int64_t longest)
{
    if (!view_take(up, from, 8, "up")) {
        return 0;
    }
    if (longest < 0 || up->n < longest + 2) {
        PyErr_SetString(PyExc_ValueError, "up: more powers are needed");
        return 0;
    }
    return 1;
}

int is_width(int width)
{
    if (width != 1 && width != 4) {
        PyErr_SetString(PyExc_ValueError, "characters are one or four bytes wide");
        return 0;
    }
    return 1;
}
