/* What the files of the compiled core share: typed views of buffers, growing arrays, hashes and the tables of names.
 *
 * Everything that is read from a table comes from memory that may be a mapped file of somebody else: a number in it is
 * compared with the length of what it points into before it is followed, and `fault` is set where it points outside. */
#ifndef PREFLIGHT_CORE_H
#define PREFLIGHT_CORE_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030b0000
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(__GNUC__) || defined(__clang__)
#define PREFETCH(at) __builtin_prefetch(at)
#else
#define PREFETCH(at) ((void)(at))
#endif

#define CODES 0x110000
#define MAX_WINDOW 24
#define EDIT_WINDOW 4
#define EDIT_LEAST 4
#define EDIT_MOST 26
#define GLUE_LEAST 5
#define GLUE_MOST 64
#define SHORT_NAME 3
#define PREFIX 7
#define CUTS 29

/* Flags of a token, as in text/tokens.py. */
enum {
    BEGINS = 1, LOOKS = 2, WORD = 4, GLUE = 8, STRANGE = 16, MEETS = 32, NEAR_ = 64, WIDE_ = 128, MIRRORS = 256, ODD = 512
};
enum { NO_KEY = -1, SOME_KEYS = -2 };
#define FIRST(size) (1u << (8 + (size)))
#define LAST(size) (1u << (11 + (size)))

/* The hash value of a letter (splitmix64), as hashing.letter_values. */
static inline uint64_t letter_value(uint32_t code)
{
    uint64_t x = code + 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* How many bits are set. */
static inline int bit_count(uint64_t x)
{
    x -= (x >> 1) & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + ((x >> 2) & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (int)((x * 0x0101010101010101u) >> 56);
}

/* A read-only view of somebody's buffer; `n` counts items. */
typedef struct {
    Py_buffer held;
    const void *at;
    Py_ssize_t n;
} View;

int view_take(View *view, PyObject *from, Py_ssize_t item, const char *name);
void view_drop(View *view);

/* A growing array of numbers that ends as a `bytes` object. */
typedef struct {
    char *at;
    Py_ssize_t n, room;
    int item, failed;
} Vec;

#define VEC(kind) {NULL, 0, 0, (int)sizeof(kind), 0}
int vec_room(Vec *vec);
PyObject *vec_bytes(Vec *vec);
void vec_drop(Vec *vec);
#define PUSH(vec, kind, value)                                             \
    do {                                                                   \
        if ((vec)->n < (vec)->room || vec_room(vec)) {                     \
            ((kind *)(void *)(vec)->at)[(vec)->n++] = (kind)(value);       \
        }                                                                  \
    } while (0)

typedef struct {
    const uint8_t *table;
    int bits;
} Sieve;

static inline int sieve_has(const Sieve *sieve, uint64_t hash)
{
    uint64_t at = hash >> (64 - sieve->bits);
    return sieve->table[at >> 3] >> (at & 7) & 1;
}

/* From a hash to the numbers filed under it, as `hashing.Groups`. */
typedef struct {
    Sieve sieve;
    const uint64_t *keys;
    const int32_t *numbers, *starts, *buckets;
    Py_ssize_t n_keys, n_numbers;
    int bits;
} Groups;

/* The numbers filed under a hash: a range of `numbers`; empty where there is none. */
typedef struct {
    const int32_t *at, *end;
} Range;

static inline Range groups_find(const Groups *groups, uint64_t hash, int *fault)
{
    Range none = {NULL, NULL};
    if (!groups->n_keys || !sieve_has(&groups->sieve, hash)) {
        return none;
    }
    uint64_t bucket = hash >> (64 - groups->bits);
    int64_t at = groups->buckets[bucket], end = groups->buckets[bucket + 1];
    if (at < 0 || at > end || end > groups->n_keys) {
        *fault = 1;
        return none;
    }
    while (at < end && groups->keys[at] < hash) {
        at++;
    }
    if (at == end || groups->keys[at] != hash) {
        return none;
    }
    int64_t from = groups->starts[at], to = groups->starts[at + 1];
    if (from < 0 || from > to || to > groups->n_numbers) {
        *fault = 1;
        return none;
    }
    Range found = {groups->numbers + from, groups->numbers + to};
    return found;
}

static inline int groups_has(const Groups *groups, uint64_t hash, int *fault)
{
    Range range = groups_find(groups, hash, fault);
    return range.at < range.end;
}

typedef struct {
    const int64_t *form, *length, *limit, *digits;
    const uint64_t *letters;
    Py_ssize_t n;
    Groups groups;
    uint8_t digits_met[201];
} EditTable;

typedef struct {
    const int64_t *form, *limit, *length[EDIT_WINDOW];
    const uint64_t *letters[EDIT_WINDOW];
    Py_ssize_t n;
    Groups groups[EDIT_WINDOW];
} AnchorTable;

/* The tables of names (text/tables.py) and the hash's constants. */
typedef struct {
    PyObject_HEAD
    View *views;
    Py_ssize_t n_views, n_keys, n_forms, n_filed, n_codes;
    Groups exact, looks, glue_keys, inner, words, roles, usual, heads[EDIT_WINDOW + 1], tails[EDIT_WINDOW + 1];
    Sieve begins, look_begins, inner_begins;
    const int64_t *count, *start, *filed, *lengths, *first, *key_of;
    const uint8_t *easy, *english, *plural;
    const uint64_t *bounds, *hash;
    const uint32_t *codes;
    AnchorTable anchors[EDIT_WINDOW + 1];
    EditTable edits[3];
    int64_t longest, longest_look;
    uint64_t inverse, letter_s, letter_e, up[EDIT_MOST + PREFIX + 1];
    /* Characters that look like another, sorted, the hash of what they look like and whether that is two letters. */
    const uint32_t *shape_codes;
    const uint64_t *shape_values;
    const uint8_t *shape_double;
    Py_ssize_t n_shapes;
    /* Where the raw spellings of a key stand among all, and how many; none where one of its forms needs none. */
    const int32_t *raw_at, *raw_count, *raw_first;
    const uint32_t *raw_codes;
    Py_ssize_t n_raws, n_raw_codes;
} Tables;

extern PyType_Spec tables_spec;
int tables_ready(PyObject *module);
Tables *tables_of(PyObject *object);

int edits_within(const uint32_t *a, int n, const uint32_t *b, int m, int limit);
Py_ssize_t edit_candidates(const EditTable *table, const Tables *all, const uint32_t *codes, int length, uint64_t letters,
                           int64_t digits, Vec *rows, int *fault);

/* Columns of a batch's tokens, as `stream.Stream` and `tokens.Traits` have them. */
typedef struct {
    View codes, first, start, end, line, hash, number, flags, length, shape, shape_length, letters, digits, tail, key;
    Py_ssize_t n;
} Tokens;

int tokens_take(Tokens *tokens, PyObject *columns);
void tokens_drop(Tokens *tokens);
int stands(const Tables *tables, const Tokens *tokens, const View *written, Py_ssize_t i, const uint64_t *up, int *fault);
int seems(const Tables *tables, const Tokens *tokens, const View *written, Py_ssize_t i, const uint64_t *up, int *fault);
int is_loose(const Tables *tables, const Tokens *tokens, const uint64_t *up, Py_ssize_t powers, uint64_t *empty, Vec *found);
int up_take(View *up, PyObject *from, int64_t longest);
int is_width(int width);
#define I64(view) ((const int64_t *)(view).at)
#define U64(view) ((const uint64_t *)(view).at)
#define U32(view) ((const uint32_t *)(view).at)
#define U16(view) ((const uint16_t *)(view).at)
#define U8(view) ((const uint8_t *)(view).at)

PyObject *core_runs(PyObject *self, PyObject *args);
PyObject *core_tokens(PyObject *self, PyObject *args);
PyObject *core_odd(PyObject *self, PyObject *args);
PyObject *core_find(PyObject *self, PyObject *args);
PyObject *core_learn(PyObject *self, PyObject *args);
PyObject *core_plain(PyObject *self, PyObject *args);
PyObject *core_looks(PyObject *self, PyObject *args);
PyObject *core_loose(PyObject *self, PyObject *args);
PyObject *core_sift(PyObject *self, PyObject *args);
PyObject *core_register(PyObject *self, PyObject *args);
PyObject *core_lines(PyObject *self, PyObject *args);
PyObject *core_key(PyObject *self, PyObject *args);
PyObject *core_matches(PyObject *self, PyObject *args);

#endif
