/* Windows of tokens that are a name of a register: millions of keys in a mapped file, most of which no text ever says.
 *
 * Every look at such a table misses the processor's caches, so windows go in groups: what the next step of a whole group
 * reads is asked for before any of it is read. */
#include "core.h"

#define GROUP 64
#define MOST_BOUNDS 31

/* Where the windows of a group stand: first token, last token, hash, letters and inner borders as bits. */
typedef struct {
    Py_ssize_t i, last;
    uint64_t hash;
    int64_t letters;
    uint32_t bounds;
} Grown;

typedef struct {
    View sieve, begins, rest, buckets, hash, first, line, up;
    int sieve_bits, begins_bits, bits, fault;
    int64_t longest;
    Vec found;
} Register;

static int bits_of(const View *table)
{
    for (int bits = 3; bits < 44; bits++) {
        if (table->n == (Py_ssize_t)1 << (bits - 3)) {
            return bits;
        }
    }
    return 0;
}

static inline int may_hold(const View *table, int bits, uint64_t hash)
{
    uint64_t at = hash >> (64 - bits);
    return U8(*table)[at >> 3] >> (at & 7) & 1;
}

/* The key of a hash, -1 where there is none. */
static int64_t located(Register *reg, uint64_t hash)
{
    uint64_t bucket = hash >> (64 - reg->bits);
    int64_t at = U32(reg->buckets)[bucket], end = U32(reg->buckets)[bucket + 1];
    uint32_t rest = (uint32_t)(hash >> (32 - (reg->bits < 32 ? reg->bits : 32)));
    if (at > end || end > reg->rest.n) {
        reg->fault = 1;
        return -1;
    }
    for (; at < end; at++) {
        if (U32(reg->rest)[at] == rest) {
            return at;
        }
    }
    return -1;
}

static void push_window(Register *reg, Py_ssize_t i, Py_ssize_t j, int64_t key, uint32_t bounds)
{
    PUSH(&reg->found, int64_t, i);
    PUSH(&reg->found, int64_t, j);
    PUSH(&reg->found, int64_t, key);
    PUSH(&reg->found, int64_t, bounds);
}

static inline int64_t letters_of(const Register *reg, Py_ssize_t n)
{
    return I64(reg->first)[n + 1] - I64(reg->first)[n];
}

/* Whether a token follows in the line of another. */
static inline int goes_on(const Register *reg, Py_ssize_t n)
{
    return n + 1 < reg->hash.n && I64(reg->line)[n + 1] == I64(reg->line)[n];
}

/* Let the windows of a group grow token by token for as long as a name may begin so. */
static void grow(Register *reg, Grown *group, int count)
{
    for (int level = 1; level < MAX_WINDOW && count; level++) {
        for (int n = 0; n < count; n++) {
            Grown *one = group + n;
            one->hash += U64(reg->hash)[one->last + 1] * U64(reg->up)[one->letters];
            PREFETCH(U8(reg->sieve) + (one->hash >> (64 - reg->sieve_bits) >> 3));
        }
        int kept = 0;
        for (int n = 0; n < count; n++) {
            if (may_hold(&reg->sieve, reg->sieve_bits, group[n].hash)) {
                group[kept] = group[n];
                PREFETCH(U32(reg->buckets) + (group[kept].hash >> (64 - reg->bits)));
                PREFETCH(U8(reg->begins) + (group[kept].hash >> (64 - reg->begins_bits) >> 3));
                kept++;
            }
        }
        count = 0;
        for (int n = 0; n < kept; n++) {
            Grown one = group[n];
            one.last++;
            one.bounds |= one.letters > MOST_BOUNDS ? 0 : (uint32_t)1 << one.letters;
            one.letters += letters_of(reg, one.last);
            int64_t key = located(reg, one.hash);
            if (key >= 0) {
                push_window(reg, one.i, one.last + 1, key, one.bounds);
            }
            if (one.letters < reg->longest && goes_on(reg, one.last) && may_hold(&reg->begins, reg->begins_bits, one.hash)) {
                group[count++] = one;
            }
        }
    }
}

static int take_register(Register *reg, PyObject *tables, PyObject *columns, View *keys, View *opens)
{
    PyObject *parts[10];
    if (!PyArg_ParseTuple(tables, "OOOOL", parts, parts + 1, parts + 2, parts + 3, &reg->longest)
        || !PyArg_ParseTuple(columns, "OOOOOO", parts + 4, parts + 5, parts + 6, parts + 7, parts + 8, parts + 9)
        || !view_take(&reg->sieve, parts[0], 1, "sieve") || !view_take(&reg->begins, parts[1], 1, "begins")
        || !view_take(&reg->rest, parts[2], 4, "rest") || !view_take(&reg->buckets, parts[3], 4, "buckets")
        || !view_take(&reg->hash, parts[4], 8, "hash") || !view_take(&reg->first, parts[5], 8, "first")
        || !view_take(&reg->line, parts[6], 8, "line") || !view_take(keys, parts[7], 8, "key")
        || !view_take(opens, parts[8], 1, "opens") || !view_take(&reg->up, parts[9], 8, "up")) {
        return 0;
    }
    reg->sieve_bits = bits_of(&reg->sieve);
    reg->begins_bits = bits_of(&reg->begins);
    for (reg->bits = 1; reg->bits < 40 && reg->buckets.n != ((Py_ssize_t)1 << reg->bits) + 1; reg->bits++) {
    }
    Py_ssize_t n = reg->hash.n;
    int good = reg->sieve_bits && reg->begins_bits && reg->bits < 40 && reg->first.n == n + 1 && reg->line.n == n
        && keys->n == n && opens->n == n && reg->longest >= 0 && reg->up.n > reg->longest;
    for (Py_ssize_t k = 0; good && k < n; k++) {
        good = I64(reg->first)[k] <= I64(reg->first)[k + 1];
    }
    if (!good) {
        PyErr_SetString(PyExc_IndexError, "the arrays of a register do not fit together");
    }
    return good;
}

/* register((sieve, begins, rest, buckets, longest), (hash, first, line, key, opens, up)) -> (i, j, key, bounds) of windows
 * whose letters are those of a key; `key` is that of each token alone, -1 for none, `opens` whether a name may begin so. */
PyObject *core_register(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *tables, *columns;
    if (!PyArg_ParseTuple(args, "O!O!", &PyTuple_Type, &tables, &PyTuple_Type, &columns)) {
        return NULL;
    }
    Register reg;
    View keys = {0}, opens = {0};
    memset(&reg, 0, sizeof reg);
    reg.found = (Vec)VEC(int64_t);
    PyObject *out = NULL;
    if (!take_register(&reg, tables, columns, &keys, &opens)) {
        goto done;
    }
    Grown group[GROUP];
    int count = 0;
    for (Py_ssize_t n = 0; n < reg.hash.n && !reg.fault; n++) {
        if (I64(keys)[n] >= 0) {
            push_window(&reg, n, n + 1, I64(keys)[n], 0);
        }
        if (U8(opens)[n] && goes_on(&reg, n) && letters_of(&reg, n) < reg.longest) {
            group[count++] = (Grown){n, n, U64(reg.hash)[n], letters_of(&reg, n), 0};
        }
        if (count == GROUP) {
            grow(&reg, group, count);
            count = 0;
        }
    }
    grow(&reg, group, count);
    if (reg.fault) {
        PyErr_SetString(PyExc_IndexError, "a number in the tables of a register points outside of them");
    } else {
        out = vec_bytes(&reg.found);
    }
done:
    vec_drop(&reg.found);
    view_drop(&reg.sieve);
    view_drop(&reg.begins);
    view_drop(&reg.rest);
    view_drop(&reg.buckets);
    view_drop(&reg.hash);
    view_drop(&reg.first);
    view_drop(&reg.line);
    view_drop(&reg.up);
    view_drop(&keys);
    view_drop(&opens);
    return out;
}
