/* The compiled core of text matching: what costs most in text/, on the same arrays and with the same results. */
#include "core.h"

#define VERSION 3 /* Changes with what the functions take and give; text/core.py asks for its own. */

static PyMethodDef methods[] = {
    {"runs", core_runs, METH_VARARGS, "Runs of characters that fold by their neighbours."},
    {"tokens", core_tokens, METH_VARARGS, "The columns of a stream of tokens."},
    {"odd", core_odd, METH_VARARGS, "Tokens that may look like a name although they are none."},
    {"find", core_find, METH_VARARGS, "Numbers of hashes in an open-addressed table."},
    {"learn", core_learn, METH_VARARGS, "Traits of tokens that were never met."},
    {"plain", core_plain, METH_VARARGS, "Windows that are a name or its plural."},
    {"looks", core_looks, METH_VARARGS, "Windows that look like a name."},
    {"loose", core_loose, METH_VARARGS, "Windows that misspell a name or have something glued to it."},
    {"sift", core_sift, METH_VARARGS, "Which texts a name can stand in."},
    {"lines", core_lines, METH_VARARGS, "Texts of native listings as JSON Lines."},
    {"key", core_key, METH_VARARGS, "The number of a paragraph."},
    {"register", core_register, METH_VARARGS, "Windows that are a name of a register."},
    {"matches", core_matches, METH_VARARGS, "Matches of each text."},
    {NULL, NULL, 0, NULL},
};

static int fill(PyObject *module)
{
    if (PyModule_AddIntConstant(module, "VERSION", VERSION) < 0) {
        return -1;
    }
    return tables_ready(module);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)fill}, {0, NULL}};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_core", "The compiled core of text matching.", 0, methods, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__core(void)
{
    return PyModuleDef_Init(&definition);
}
