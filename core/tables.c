/* The tables of names, over arrays made in memory or mapped from a file: what they say is believed only within bounds. */
#include "core.h"

static PyTypeObject *tables_type;

/* The array of a name out of the mapping, held for as long as the tables are; NULL with an error. */
static const void *column(Tables *self, PyObject *arrays, const char *name, Py_ssize_t item, Py_ssize_t *n)
{
    PyObject *array = PyMapping_GetItemString(arrays, name);
    if (!array) {
        return NULL;
    }
    View *views = PyMem_Realloc(self->views, (size_t)(self->n_views + 1) * sizeof(View));
    if (!views) {
        Py_DECREF(array);
        PyErr_NoMemory();
        return NULL;
    }
    self->views = views;
    View *view = views + self->n_views;
    memset(view, 0, sizeof(View));
    int good = view_take(view, array, item, name);
    Py_DECREF(array);
    if (!good) {
        return NULL;
    }
    self->n_views++;
    static const uint64_t nothing[1];
    if (*n >= 0 && view->n != *n) {
        PyErr_Format(PyExc_ValueError, "%s has %zd rows, not %zd", name, view->n, *n);
        return NULL;
    }
    *n = view->n;
    return view->n ? view->at : nothing;
}

#define COLUMN(target, name, kind, n) ((target = column(self, arrays, name, (Py_ssize_t)sizeof(kind), n)) != NULL)

static int take_sieve(Tables *self, PyObject *arrays, const char *name, Sieve *sieve)
{
    char path[64];
    Py_ssize_t n = -1;
    PyOS_snprintf(path, sizeof path, "%s/table", name);
    if (!COLUMN(sieve->table, path, uint8_t, &n)) {
        return 0;
    }
    for (sieve->bits = 3; sieve->bits < 40 && n != (Py_ssize_t)1 << (sieve->bits - 3); sieve->bits++) {
    }
    if (sieve->bits == 40) {
        PyErr_Format(PyExc_ValueError, "%s has no size of a sieve", path);
        return 0;
    }
    return 1;
}

static int take_groups(Tables *self, PyObject *arrays, const char *name, Groups *groups)
{
    char path[64];
    Py_ssize_t buckets = -1;
    groups->n_keys = groups->n_numbers = -1;
    PyOS_snprintf(path, sizeof path, "%s/keys", name);
    if (!COLUMN(groups->keys, path, uint64_t, &groups->n_keys)) {
        return 0;
    }
    Py_ssize_t starts = groups->n_keys + 1;
    PyOS_snprintf(path, sizeof path, "%s/starts", name);
    if (!COLUMN(groups->starts, path, int32_t, &starts)) {
        return 0;
    }
    PyOS_snprintf(path, sizeof path, "%s/numbers", name);
    if (!COLUMN(groups->numbers, path, int32_t, &groups->n_numbers)) {
        return 0;
    }
    PyOS_snprintf(path, sizeof path, "%s/buckets", name);
    if (!COLUMN(groups->buckets, path, int32_t, &buckets)) {
        return 0;
    }
    for (groups->bits = 1; groups->bits < 40 && buckets != ((Py_ssize_t)1 << groups->bits) + 1; groups->bits++) {
    }
    if (groups->bits == 40) {
        PyErr_Format(PyExc_ValueError, "%s has no size of buckets", path);
        return 0;
    }
    PyOS_snprintf(path, sizeof path, "%s/sieve", name);
    return take_sieve(self, arrays, path, &groups->sieve);
}

static int take_edits(Tables *self, PyObject *arrays, int size)
{
    char path[64];
    EditTable *table = self->edits + size;
    table->n = -1;
#define PART(target, kind, part)                                       \
    PyOS_snprintf(path, sizeof path, "edits/%d/" part, size);          \
    if (!COLUMN(target, path, kind, &table->n)) {                      \
        return 0;                                                      \
    }
    PART(table->form, int64_t, "form")
    PART(table->length, int64_t, "length")
    PART(table->limit, int64_t, "limit")
    PART(table->letters, uint64_t, "letters")
    PART(table->digits, int64_t, "digits")
#undef PART
    for (Py_ssize_t n = 0; n < table->n; n++) {
        if (table->digits[n] >= 0 && table->digits[n] < 201) {
            table->digits_met[table->digits[n]] = 1;
        }
    }
    PyOS_snprintf(path, sizeof path, "edits/%d/groups", size);
    return take_groups(self, arrays, path, &table->groups);
}

static int take_anchors(Tables *self, PyObject *arrays, int size)
{
    char path[64];
    AnchorTable *table = self->anchors + size;
    table->n = -1;
    PyOS_snprintf(path, sizeof path, "anchors/%d/form", size);
    if (!COLUMN(table->form, path, int64_t, &table->n)) {
        return 0;
    }
    PyOS_snprintf(path, sizeof path, "anchors/%d/limit", size);
    if (!COLUMN(table->limit, path, int64_t, &table->n)) {
        return 0;
    }
    for (int place = 0; place < size; place++) {
        PyOS_snprintf(path, sizeof path, "anchors/%d/length%d", size, place);
        if (!COLUMN(table->length[place], path, int64_t, &table->n)) {
            return 0;
        }
        PyOS_snprintf(path, sizeof path, "anchors/%d/letters%d", size, place);
        if (!COLUMN(table->letters[place], path, uint64_t, &table->n)) {
            return 0;
        }
        PyOS_snprintf(path, sizeof path, "anchors/%d/groups%d", size, place);
        if (!take_groups(self, arrays, path, &table->groups[place])) {
            return 0;
        }
    }
    return 1;
}

static int take_all(Tables *self, PyObject *arrays)
{
    static const char *const names[] = {"exact", "looks", "glue_keys", "inner", "words", "roles", "usual"};
    Groups *const groups[] = {&self->exact, &self->looks, &self->glue_keys, &self->inner,
                              &self->words, &self->roles, &self->usual};
    for (size_t n = 0; n < sizeof groups / sizeof *groups; n++) {
        if (!take_groups(self, arrays, names[n], groups[n])) {
            return 0;
        }
    }
    if (!take_sieve(self, arrays, "begins", &self->begins) || !take_sieve(self, arrays, "look_begins", &self->look_begins)
        || !take_sieve(self, arrays, "inner_begins", &self->inner_begins)) {
        return 0;
    }
    for (int size = 2; size <= EDIT_WINDOW; size++) {
        char path[64];
        PyOS_snprintf(path, sizeof path, "heads/%d", size);
        if (!take_groups(self, arrays, path, self->heads + size)) {
            return 0;
        }
        PyOS_snprintf(path, sizeof path, "tails/%d", size);
        if (!take_groups(self, arrays, path, self->tails + size) || !take_anchors(self, arrays, size)) {
            return 0;
        }
    }
    self->n_keys = self->n_forms = self->n_filed = self->n_codes = self->n_shapes = self->n_raws = self->n_raw_codes = -1;
    Py_ssize_t two = 2, powers = EDIT_MOST + PREFIX + 1, three = 3;
    const int64_t *longest;
    const uint64_t *up, *constants;
    if (!take_edits(self, arrays, 1) || !take_edits(self, arrays, 2) || !COLUMN(self->count, "count", int64_t, &self->n_keys)
        || !COLUMN(self->start, "start", int64_t, &self->n_keys) || !COLUMN(self->easy, "easy", uint8_t, &self->n_keys)
        || !COLUMN(self->english, "english", uint8_t, &self->n_keys)
        || !COLUMN(self->plural, "plural", uint8_t, &self->n_keys)
        || !COLUMN(self->bounds, "bounds", uint64_t, &self->n_keys)
        || !COLUMN(self->lengths, "lengths", int64_t, &self->n_keys)
        || !COLUMN(self->first, "first", int64_t, &self->n_keys) || !COLUMN(self->hash, "hash", uint64_t, &self->n_keys)
        || !COLUMN(self->codes, "codes", uint32_t, &self->n_codes)
        || !COLUMN(self->filed, "filed", int64_t, &self->n_filed)
        || !COLUMN(self->key_of, "key_of", int64_t, &self->n_forms) || !COLUMN(longest, "longest", int64_t, &two)
        || !COLUMN(up, "up", uint64_t, &powers) || !COLUMN(constants, "constants", uint64_t, &three)
        || !COLUMN(self->shape_codes, "shapes/codes", uint32_t, &self->n_shapes)
        || !COLUMN(self->shape_values, "shapes/values", uint64_t, &self->n_shapes)
        || !COLUMN(self->shape_double, "shapes/double", uint8_t, &self->n_shapes)
        || !COLUMN(self->raw_at, "raw/at", int32_t, &self->n_keys) || !COLUMN(self->raw_count, "raw/count", int32_t, &self->n_keys)
        || !COLUMN(self->raw_first, "raw/first", int32_t, &self->n_raws)
        || !COLUMN(self->raw_codes, "raw/codes", uint32_t, &self->n_raw_codes)) {
        return 0;
    }
    memcpy(self->up, up, sizeof self->up);
    self->inverse = constants[0];
    self->letter_s = constants[1];
    self->letter_e = constants[2];
    self->longest = longest[0];
    self->longest_look = longest[1];
    return 1;
}

static PyObject *tables_new(PyTypeObject *type, PyObject *args, PyObject *named)
{
    PyObject *arrays;
    static char *names[] = {"arrays", NULL};
    if (!PyArg_ParseTupleAndKeywords(args, named, "O", names, &arrays)) {
        return NULL;
    }
    allocfunc alloc = (allocfunc)PyType_GetSlot(type, Py_tp_alloc);
    Tables *self = (Tables *)alloc(type, 0);
    if (self && !take_all(self, arrays)) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static void tables_dealloc(PyObject *object)
{
    Tables *self = (Tables *)object;
    PyTypeObject *type = Py_TYPE(object);
    for (Py_ssize_t n = 0; n < self->n_views; n++) {
        view_drop(self->views + n);
    }
    PyMem_Free(self->views);
    freefunc release = (freefunc)PyType_GetSlot(type, Py_tp_free);
    release(object);
    Py_DECREF(type);
}

static PyType_Slot slots[] = {
    {Py_tp_new, (void *)tables_new},
    {Py_tp_dealloc, (void *)tables_dealloc},
    {Py_tp_doc, "The tables of names over arrays that are held for as long as this is."},
    {0, NULL},
};
PyType_Spec tables_spec = {"listing_preflight.text._core.Tables", sizeof(Tables), 0, Py_TPFLAGS_DEFAULT, slots};

int tables_ready(PyObject *module)
{
    PyObject *type = PyType_FromSpec(&tables_spec);
    if (!type || PyModule_AddObjectRef(module, "Tables", type) < 0) {
        Py_XDECREF(type);
        return -1;
    }
    tables_type = (PyTypeObject *)type;
    return 0;
}

Tables *tables_of(PyObject *object)
{
    if (!tables_type || Py_TYPE(object) != tables_type) {
        PyErr_SetString(PyExc_TypeError, "the tables of names are needed");
        return NULL;
    }
    return (Tables *)object;
}
