/* Numbers of tokens that were met: an open-addressed table that Python fills (text/tokens.py). */
#include "core.h"

#define AHEAD 8

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
        if (n + AHEAD < hashes.n) {
            PREFETCH(slot + (U64(hashes)[n + AHEAD] >> (64 - bits)));
        }
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
