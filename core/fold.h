/* Characters as they are written, and their classes (text/charset.py). */
#ifndef PREFLIGHT_FOLD_H
#define PREFLIGHT_FOLD_H

#include "core.h"

enum { SEPARATOR, LETTER, WIDE, SYMBOL, INVOLVED, SPACE };

/* Characters as written: one byte each where all are ASCII, four elsewhere. */
typedef struct {
    View view;
    Py_ssize_t n;
    int width;
} Written;

int written_take(Written *written, PyObject *from, int width);

/* The character at a place; `width` is the text's own, given apart so that loops are made for each. */
static inline uint32_t code_of(const Written *written, Py_ssize_t n, int width)
{
    return width == 1 ? U8(written->view)[n] : U32(written->view)[n];
}

static inline uint32_t code_at(const Written *written, Py_ssize_t n)
{
    return code_of(written, n, written->width);
}

#endif
