/* Lines of JSON as they are read for what can be ruled out (lines.c): texts behind each other, paragraphs as numbers. */
#ifndef PREFLIGHT_LINES_H
#define PREFLIGHT_LINES_H

#include "core.h"

#define LINE_COLUMNS 8

typedef struct {
    const uint8_t *data;
    Py_ssize_t end; /* of the line */
    uint64_t seed;
    Py_ssize_t shortest;
    View fold;
    uint8_t bare[256]; /* bytes that stand for themselves */
    uint8_t *plain;
    uint32_t *wide;
    Py_ssize_t n_plain, n_wide;
    Vec lines, plain_texts, wide_texts, paragraphs, unnumbered;
    int64_t line;
    int64_t told[LINE_COLUMNS];
} Lines;

/* What `read_string` needs. */
void strings_ready(Lines *l);

/* Read a string behind its quote into the buffers; the place behind its end, or 0. Its length and whether it is wide are told. */
Py_ssize_t read_string(Lines *l, Py_ssize_t at, Py_ssize_t *length, int *is_wide);

/* Number the paragraphs of a text in the buffers, which an empty line parts; 0 where they cannot be numbered here. */
int paragraphs(Lines *l, int is_wide, Py_ssize_t start, Py_ssize_t end);

#endif
