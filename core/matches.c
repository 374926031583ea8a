/* Matches of each text of a batch, in order, as the named tuples that Python knows. */
#include "core.h"

typedef struct {
    int64_t start, end, kind, form;
    Py_ssize_t place;
} Row;

static int by_place(const void *left, const void *right)
{
    const Row *a = left, *b = right;
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end < b->end ? -1 : 1;
    }
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    if (a->form != b->form) {
        return a->form < b->form ? -1 : 1;
    }
    return a->place < b->place ? -1 : a->place > b->place;
}

/* The form of a number, made where it was not asked for before; a new reference. */
static PyObject *form_of(PyObject *made, PyObject *forms, int64_t number)
{
    PyObject *form = PyList_GetItem(made, (Py_ssize_t)number);
    if (!form) {
        return NULL;
    }
    if (form != Py_None) {
        return Py_NewRef(form);
    }
    form = PySequence_GetItem(forms, (Py_ssize_t)number);
    if (form && PyList_SetItem(made, (Py_ssize_t)number, Py_NewRef(form)) < 0) {
        Py_CLEAR(form);
    }
    return form;
}

/* A match as an instance of its named tuple; takes over the references, NULL with an error where one is missing. */
static PyObject *match_of(PyTypeObject *type, allocfunc alloc, PyObject *const *fields)
{
    PyObject *out = alloc(type, 6);
    for (Py_ssize_t n = 0; n < 6; n++) {
        if (!out || !fields[n]) {
            Py_XDECREF(fields[n]);
            Py_CLEAR(out);
        } else {
            PyTuple_SetItem(out, n, fields[n]);
        }
    }
    if (out) {
        PyObject_GC_UnTrack(out); /* it holds names, words and numbers, never a cycle */
    }
    return out;
}

static int is_sorted(const Row *rows, Py_ssize_t count)
{
    for (Py_ssize_t n = 1; n < count; n++) {
        if (by_place(rows + n - 1, rows + n) > 0) {
            return 0;
        }
    }
    return 1;
}

/* Sort rows of which the first `alone` come in any order and the others mostly in theirs. */
static int sort_rows(Row **rows, Py_ssize_t alone, Py_ssize_t count)
{
    Row *all = *rows;
    qsort(all, (size_t)alone, sizeof(Row), by_place);
    if (!is_sorted(all + alone, count - alone)) {
        qsort(all + alone, (size_t)(count - alone), sizeof(Row), by_place);
    }
    Row *merged = PyMem_Malloc((size_t)(count + 1) * sizeof(Row));
    if (!merged) {
        return 0;
    }
    for (Py_ssize_t n = 0, left = 0, right = alone; n < count; n++) {
        int first = right == count || (left < alone && by_place(all + left, all + right) <= 0);
        merged[n] = first ? all[left++] : all[right++];
    }
    PyMem_Free(all);
    *rows = merged;
    return 1;
}

/* matches(Match, made, forms, kinds, offsets, length, single, extra, sure) -> a list of matches for each text.
 *
 * `single` and `sure` are rows of (start, end, kind, form) in the joined texts, `extra` the (score, steps) of each single
 * one; a sure one is literal. `made` keeps forms that were asked for. */
PyObject *core_matches(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *type, *made, *forms, *kinds, *offsets_from, *single_from, *extra, *sure_from, *literal;
    Py_ssize_t total;
    if (!PyArg_ParseTuple(args, "O!O!OO!OnOO!OO!", &PyType_Type, &type, &PyList_Type, &made, &forms, &PyTuple_Type, &kinds,
                          &offsets_from, &total, &single_from, &PyList_Type, &extra, &sure_from, &PyTuple_Type, &literal)) {
        return NULL;
    }
    if (!PyType_IsSubtype((PyTypeObject *)type, &PyTuple_Type) || PyTuple_Size(literal) != 2) {
        PyErr_SetString(PyExc_TypeError, "a tuple of matches is needed");
        return NULL;
    }
    View offsets = {0}, single = {0}, sure = {0};
    Row *rows = NULL;
    PyObject *out = NULL;
    if (!view_take(&offsets, offsets_from, 8, "offsets") || !view_take(&single, single_from, 8, "single")
        || !view_take(&sure, sure_from, 8, "sure")) {
        goto done;
    }
    Py_ssize_t alone = single.n / 4, count = alone + sure.n / 4;
    if (PyList_Size(extra) != alone || !(rows = PyMem_Malloc((size_t)(count + 1) * sizeof(Row)))) {
        PyErr_SetString(PyExc_ValueError, "one score for each single match is needed");
        goto done;
    }
    for (Py_ssize_t n = 0; n < count; n++) {
        const int64_t *row = n < alone ? I64(single) + 4 * n : I64(sure) + 4 * (n - alone);
        if (row[2] < 0 || row[2] >= PyTuple_Size(kinds) || row[3] < 0 || row[3] >= PyList_Size(made)) {
            PyErr_SetString(PyExc_IndexError, "a number in the tables of names points outside of them");
            goto done;
        }
        rows[n] = (Row){row[0], row[1], row[2], row[3], n};
    }
    if (!sort_rows(&rows, alone, count)) {
        PyErr_NoMemory();
        goto done;
    }
    allocfunc alloc = (allocfunc)PyType_GetSlot((PyTypeObject *)type, Py_tp_alloc);
    out = PyList_New(offsets.n);
    Py_ssize_t at = 0;
    for (Py_ssize_t text = 0; out && text < offsets.n; text++) {
        int64_t offset = I64(offsets)[text], next = text + 1 < offsets.n ? I64(offsets)[text + 1] : (int64_t)total + 1;
        Py_ssize_t to = at;
        while (to < count && rows[to].start < next) {
            to++;
        }
        PyObject *here = PyList_New(to - at);
        for (Py_ssize_t n = at; here && n < to; n++) {
            const Row *row = rows + n;
            PyObject *pair = row->place < alone ? PyList_GetItem(extra, row->place) : literal;
            if (!PyTuple_Check(pair) || PyTuple_Size(pair) != 2) {
                PyErr_SetString(PyExc_TypeError, "a score and steps are needed");
                Py_CLEAR(here);
                break;
            }
            PyObject *fields[] = {form_of(made, forms, row->form),
                                  Py_NewRef(PyTuple_GetItem(kinds, (Py_ssize_t)row->kind)),
                                  PyLong_FromLongLong(row->start - offset),
                                  PyLong_FromLongLong(row->end - offset),
                                  Py_NewRef(PyTuple_GetItem(pair, 0)),
                                  Py_NewRef(PyTuple_GetItem(pair, 1))};
            PyObject *match = match_of((PyTypeObject *)type, alloc, fields);
            if (!match) {
                Py_CLEAR(here);
                break;
            }
            PyList_SetItem(here, n - at, match);
        }
        if (!here) {
            Py_CLEAR(out);
            break;
        }
        PyList_SetItem(out, text, here);
        at = to;
    }
done:
    PyMem_Free(rows);
    view_drop(&offsets);
    view_drop(&single);
    view_drop(&sure);
    return out;
}
