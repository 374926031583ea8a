/* Typed views of buffers, and arrays that grow. */
#include "core.h"

int view_take(View *view, PyObject *from, Py_ssize_t item, const char *name)
{
    if (PyObject_GetBuffer(from, &view->held, PyBUF_CONTIG_RO) < 0) {
        return 0;
    }
    Py_buffer *held = &view->held;
    if (held->ndim > 1 || held->itemsize != item || (held->len && (uintptr_t)held->buf % (uintptr_t)item)) {
        PyErr_Format(PyExc_ValueError, "%s: an array of %zd bytes each is needed", name, item);
        PyBuffer_Release(held);
        return 0;
    }
    view->at = held->buf;
    view->n = held->len / item;
    return 1;
}

void view_drop(View *view)
{
    if (view->held.obj) {
        PyBuffer_Release(&view->held);
    }
}

int vec_room(Vec *vec)
{
    if (vec->failed) {
        return 0;
    }
    Py_ssize_t room = vec->room ? vec->room * 2 : 256;
    char *at = room > PY_SSIZE_T_MAX / vec->item ? NULL : realloc(vec->at, (size_t)room * (size_t)vec->item);
    if (!at) {
        vec->failed = 1;
        return 0;
    }
    vec->at = at;
    vec->room = room;
    return 1;
}

/* The numbers as bytes; the array is let go. NULL with an error where there was no memory. */
PyObject *vec_bytes(Vec *vec)
{
    PyObject *out = vec->failed ? PyErr_NoMemory() : PyBytes_FromStringAndSize(vec->at, vec->n * vec->item);
    vec_drop(vec);
    return out;
}

void vec_drop(Vec *vec)
{
    free(vec->at);
    vec->at = NULL;
    vec->n = vec->room = 0;
}
