/* Windows of tokens that are a name, or look like one: grown for as long as some name begins so. */
#include "core.h"

/* Kinds of matches by their number, in the order of their names (text/batch.py). */
enum { EDIT, EXACT, GLUED, JOINED, PLURAL, RESPACED, SPLIT, VISUAL };

static inline int64_t letters_of(const Tokens *tokens, Py_ssize_t n)
{
    return I64(tokens->first)[n + 1] - I64(tokens->first)[n];
}

/* A window from token i to before token j: its hash, its letters, and after how many of them tokens end, as bits. */
typedef struct {
    Py_ssize_t i, j;
    uint64_t hash, bounds;
    int64_t letters;
} Window;

/* Found, and left for the gates to decide. */
typedef struct {
    Vec sure, rest, plurals;
    int fault;
} Plain;

static int key_holds(const Tables *tables, int32_t key, Plain *out)
{
    if (key < 0 || key >= tables->n_keys) {
        out->fault = 1;
        return 0;
    }
    int64_t first = tables->first[key], length = tables->lengths[key];
    if (first < 0 || length < 0 || first > tables->n_codes || length > tables->n_codes - first) {
        out->fault = 1;
        return 0;
    }
    return 1;
}

static int spelt(const Tables *tables, const Tokens *tokens, const Window *window, int32_t key, int64_t more, Plain *out)
{
    return key_holds(tables, key, out) && tables->lengths[key] + more == window->letters
        && !memcmp(tables->codes + tables->first[key], U32(tokens->codes) + I64(tokens->first)[window->i],
                   (size_t)tables->lengths[key] * sizeof(uint32_t));
}

static void push_sure(const Tables *tables, const Tokens *tokens, const Window *window, int32_t key, int kind, Plain *out)
{
    int64_t from = tables->start[key], count = tables->count[key];
    if (from < 0 || count < 0 || from > tables->n_filed || count > tables->n_filed - from) {
        out->fault = 1;
        return;
    }
    for (int64_t n = 0; n < count; n++) {
        PUSH(&out->sure, int64_t, I64(tokens->start)[window->i]);
        PUSH(&out->sure, int64_t, I64(tokens->end)[window->j - 1]);
        PUSH(&out->sure, int64_t, kind);
        PUSH(&out->sure, int64_t, tables->filed[from + n]);
    }
}

/* Whether one of the raw spellings of a key stands in or around the window, white space and case aside; where characters
 * beyond ASCII are about, the gates have to say. */
static int raw_stands(const Tables *tables, const Tokens *tokens, const View *written, const Window *window, int32_t key)
{
    int32_t at = tables->raw_at[key], count = tables->raw_count[key];
    if (count <= 0 || at < 0 || at > tables->n_raws - 1 - count) {
        return 1;
    }
    for (int32_t n = at; n < at + count; n++) {
        int32_t first = tables->raw_first[n], size = tables->raw_first[n + 1] - first;
        if (first < 0 || size <= 0 || size > 16 || first > tables->n_raw_codes - size) {
            return 1;
        }
        int64_t from = I64(tokens->start)[window->i] - size, to = I64(tokens->end)[window->j - 1] + size;
        uint32_t near[96];
        int letters = 0;
        for (int64_t place = from < 0 ? 0 : from; place < to && place < written->n; place++) {
            uint32_t code = written->held.itemsize == 1 ? U8(*written)[place] : U32(*written)[place];
            if (code > 0x7F || letters == 96) {
                return 1;
            }
            if (code > ' ') {
                near[letters++] = code >= 'A' && code <= 'Z' ? code | 0x20 : code;
            }
        }
        for (int start = 0; start + size <= letters; start++) {
            if (!memcmp(near + start, tables->raw_codes + first, (size_t)size * sizeof(uint32_t))) {
                return 1;
            }
        }
    }
    return 0;
}

/* The window's letters are those of a key, or not. */
static void exact_key(const Tables *tables, const Tokens *tokens, const View *written, const Window *window, int32_t key,
                      Plain *out)
{
    if (!spelt(tables, tokens, window, key, 0, out)) {
        return;
    }
    if (tables->easy[key]) {
        uint64_t bounds = tables->bounds[key];
        if (window->bounds == bounds) {
            push_sure(tables, tokens, window, key, EXACT, out);
            return;
        }
        if (window->letters <= SHORT_NAME) {
            return;
        }
        if (!(window->bounds & ~bounds)) {
            int word = window->j - window->i == 1 && tables->english[key];
            push_sure(tables, tokens, window, key, word ? RESPACED : JOINED, out);
            return;
        }
    }
    if (raw_stands(tables, tokens, written, window, key)) {
        PUSH(&out->rest, int64_t, window->i);
        PUSH(&out->rest, int64_t, window->j);
        PUSH(&out->rest, int64_t, key);
        PUSH(&out->rest, uint64_t, window->bounds);
    }
}

static void exact(const Tables *tables, const Tokens *tokens, const View *written, const Window *window, Plain *out)
{
    int64_t known = window->j - window->i == 1 ? I64(tokens->key)[I64(tokens->number)[window->i]] : SOME_KEYS;
    if (known >= 0) {
        exact_key(tables, tokens, written, window, (int32_t)known, out);
    } else if (known == SOME_KEYS) {
        Range found = groups_find(&tables->exact, window->hash, &out->fault);
        for (; found.at < found.end && !out->fault; found.at++) {
            exact_key(tables, tokens, written, window, *found.at, out);
        }
    }
}

/* The names that the window is the plural of, by the hash of what stands before `more` letters. */
static void plural_of(const Tables *tables, const Tokens *tokens, const Window *window, uint64_t hash, int64_t more, Plain *out)
{
    Range found = groups_find(&tables->exact, hash, &out->fault);
    for (; found.at < found.end && !out->fault; found.at++) {
        if (spelt(tables, tokens, window, *found.at, more, out) && tables->plural[*found.at]) {
            PUSH(&out->plurals, int64_t, window->i);
            PUSH(&out->plurals, int64_t, window->j);
            PUSH(&out->plurals, int64_t, *found.at);
            PUSH(&out->plurals, int64_t, more);
            PUSH(&out->plurals, uint64_t, window->bounds);
        }
    }
}

static void plurals(const Tables *tables, const Tokens *tokens, const Window *window, const uint64_t *up, Plain *out)
{
    int64_t tail = I64(tokens->tail)[I64(tokens->number)[window->j - 1]];
    if (!tail || window->letters < 3) {
        return;
    }
    uint64_t shorter = window->hash - tables->letter_s * up[window->letters - 1];
    plural_of(tables, tokens, window, shorter, 1, out);
    if (tail == 2) {
        plural_of(tables, tokens, window, shorter - tables->letter_e * up[window->letters - 2], 2, out);
    }
}

static void grow_plain(const Tables *tables, const Tokens *tokens, const View *written, Py_ssize_t i, const uint64_t *up,
                       Plain *out)
{
    Window window = {i, i + 1, U64(tokens->hash)[i], 0, letters_of(tokens, i)};
    int asked = U16(tokens->flags)[i] & MEETS;
    while (window.letters <= tables->longest) {
        if (asked) {
            exact(tables, tokens, written, &window, out);
            plurals(tables, tokens, &window, up, out);
        }
        Py_ssize_t j = window.j;
        if (j - i == MAX_WINDOW || j >= tokens->n || I64(tokens->line)[j] != I64(tokens->line)[i]
            || window.letters + letters_of(tokens, j) > tables->longest) {
            return;
        }
        uint64_t hash = window.hash + U64(tokens->hash)[j] * up[window.letters];
        if (!sieve_has(&tables->begins, hash)) {
            return;
        }
        window.hash = hash;
        window.bounds |= (uint64_t)1 << (window.letters < 63 ? window.letters : 63);
        window.letters += letters_of(tokens, j);
        window.j = j + 1;
        asked = 1;
    }
}

/* Whether a name, or the plural of one, begins with token i. */
int stands(const Tables *tables, const Tokens *tokens, const View *written, Py_ssize_t i, const uint64_t *up, int *fault)
{
    Plain plain = {VEC(int64_t), VEC(int64_t), VEC(int64_t), 0};
    grow_plain(tables, tokens, written, i, up, &plain);
    int found = plain.sure.n || plain.rest.n || plain.plurals.n || plain.sure.failed || plain.rest.failed || plain.plurals.failed;
    *fault |= plain.fault;
    vec_drop(&plain.sure);
    vec_drop(&plain.rest);
    vec_drop(&plain.plurals);
    return found;
}

/* plain(tables, tokens, up, written, width) -> (start, end, kind, form) that are sure; (i, j, key, bounds) and, for plurals,
 * (i, j, key, letters more, bounds) that the gates are asked of. */
PyObject *core_plain(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *tables_from, *columns, *up_from, *written_from;
    int width;
    if (!PyArg_ParseTuple(args, "OOOOi", &tables_from, &columns, &up_from, &written_from, &width)) {
        return NULL;
    }
    Tables *tables = tables_of(tables_from);
    if (!tables || !is_width(width)) {
        return NULL;
    }
    Tokens tokens;
    View up = {0}, written = {0};
    Plain plain = {VEC(int64_t), VEC(int64_t), VEC(int64_t), 0};
    PyObject *out = NULL;
    if (tokens_take(&tokens, columns) && up_take(&up, up_from, tables->longest)
        && view_take(&written, written_from, width, "written")) {
        for (Py_ssize_t n = 0; n < tokens.n && !plain.fault; n++) {
            if (U16(tokens.flags)[n] & BEGINS) {
                grow_plain(tables, &tokens, &written, n, U64(up), &plain);
            }
        }
        if (plain.fault) {
            PyErr_SetString(PyExc_IndexError, "a number in the tables of names points outside of them");
        } else {
            PyObject *sure = vec_bytes(&plain.sure), *rest = vec_bytes(&plain.rest), *plural = vec_bytes(&plain.plurals);
            out = sure && rest && plural ? PyTuple_Pack(3, sure, rest, plural) : NULL;
            Py_XDECREF(sure);
            Py_XDECREF(rest);
            Py_XDECREF(plural);
        }
    }
    vec_drop(&plain.sure);
    vec_drop(&plain.rest);
    vec_drop(&plain.plurals);
    view_drop(&up);
    view_drop(&written);
    tokens_drop(&tokens);
    return out;
}

/* What a search for looks goes over: which tokens may begin one, whether a window needs an odd token, and the characters. */
typedef struct {
    const Tables *tables;
    const Tokens *tokens;
    const View *written, *odd;
    const uint64_t *up;
    int fault;
    Vec found;
} Looks;

static int has_sign(const Looks *looks, int64_t from, int64_t to)
{
    if (looks->written->held.itemsize != 4) {
        return 0;
    }
    for (int64_t n = from < 0 ? 0 : from; n < to && n < looks->written->n; n++) {
        if (U32(*looks->written)[n] > 0x7F) {
            return 1;
        }
    }
    return 0;
}

static void mirrored(Looks *looks, const Window *window, uint64_t plain)
{
    const Tables *tables = looks->tables;
    Range found = groups_find(&tables->looks, window->hash, &looks->fault);
    for (; found.at < found.end; found.at++) {
        if (*found.at < 0 || *found.at >= tables->n_keys) {
            looks->fault = 1;
            return;
        }
        if (plain != tables->hash[*found.at]
            || has_sign(looks, I64(looks->tokens->start)[window->i], I64(looks->tokens->end)[window->j - 1])) {
            PUSH(&looks->found, int64_t, window->i);
            PUSH(&looks->found, int64_t, window->j);
            PUSH(&looks->found, int64_t, *found.at);
        }
    }
}

static void grow_looks(Looks *looks, Py_ssize_t i)
{
    const Tables *tables = looks->tables;
    const Tokens *tokens = looks->tokens;
    const uint8_t *odd = looks->odd->held.obj ? U8(*looks->odd) : NULL;
    const int64_t *shape_length = I64(tokens->shape_length);
    int64_t own = I64(tokens->number)[i], letters = letters_of(tokens, i);
    Window window = {i, i + 1, U64(tokens->shape)[own], 0, shape_length[own]};
    uint64_t plain = U64(tokens->hash)[i];
    int asked = U16(tokens->flags)[i] & MIRRORS, met = !odd || odd[i];
    while (window.letters <= tables->longest_look) {
        if (asked && met) {
            mirrored(looks, &window, plain);
        }
        Py_ssize_t j = window.j;
        if (j - i == MAX_WINDOW || j >= tokens->n || I64(tokens->line)[j] != I64(tokens->line)[i]) {
            return;
        }
        int64_t next = I64(tokens->number)[j];
        if (window.letters + shape_length[next] > tables->longest_look) {
            return;
        }
        uint64_t hash = window.hash + U64(tokens->shape)[next] * looks->up[window.letters];
        if (!sieve_has(&tables->look_begins, hash)) {
            return;
        }
        plain += U64(tokens->hash)[j] * looks->up[letters];
        letters += letters_of(tokens, j);
        window.hash = hash;
        window.letters += shape_length[next];
        window.j = j + 1;
        asked = 1;
        met |= odd && odd[j];
    }
}

/* Whether what begins with token i looks like a name that it is not, odd or not. */
int seems(const Tables *tables, const Tokens *tokens, const View *written, Py_ssize_t i, const uint64_t *up, int *fault)
{
    View odd = {0};
    Looks looks = {tables, tokens, written, &odd, up, 0, VEC(int64_t)};
    grow_looks(&looks, i);
    int found = looks.found.n || looks.found.failed;
    *fault |= looks.fault;
    vec_drop(&looks.found);
    return found;
}

/* looks(tables, tokens, up, written, odd, lines) -> (i, j, key) of windows that look like a name and are not written so.
 *
 * `odd`, where it is not None, says of tokens that a window needs one of them; `lines`, where it is not None, which lines
 * are left out. */
PyObject *core_looks(PyObject *self, PyObject *args)
{
    (void)self;
    PyObject *tables_from, *columns, *up_from, *written_from, *odd_from, *lines_from;
    int width;
    if (!PyArg_ParseTuple(args, "OOOOiOO", &tables_from, &columns, &up_from, &written_from, &width, &odd_from, &lines_from)) {
        return NULL;
    }
    Tables *tables = tables_of(tables_from);
    if (!tables || !is_width(width)) {
        return NULL;
    }
    Tokens tokens;
    View up = {0}, written = {0}, odd = {0}, lines = {0};
    Looks looks = {tables, &tokens, &written, &odd, NULL, 0, VEC(int64_t)};
    PyObject *out = NULL;
    if (!tokens_take(&tokens, columns) || !up_take(&up, up_from, tables->longest_look)
        || !view_take(&written, written_from, width, "written")
        || (odd_from != Py_None && !view_take(&odd, odd_from, 1, "odd"))
        || (lines_from != Py_None && !view_take(&lines, lines_from, 1, "lines"))) {
        goto done;
    }
    if (odd.held.obj && odd.n != tokens.n) {
        PyErr_SetString(PyExc_ValueError, "odd: one place for each token is needed");
        goto done;
    }
    looks.up = U64(up);
    Py_ssize_t near = 0; /* the first odd token at or behind a place */
    for (Py_ssize_t n = 0; n < tokens.n && !looks.fault; n++) {
        if (odd.held.obj) {
            near = near < n ? n : near;
            while (near < tokens.n && !U8(odd)[near]) {
                near++;
            }
            if (near >= n + MAX_WINDOW) {
                continue;
            }
            if (near == tokens.n) {
                break;
            }
        }
        int64_t line = I64(tokens.line)[n];
        if (U16(tokens.flags)[n] & LOOKS && !(lines.held.obj && line >= 0 && line < lines.n && U8(lines)[line])) {
            grow_looks(&looks, n);
        }
    }
    if (looks.fault) {
        PyErr_SetString(PyExc_IndexError, "a number in the tables of names points outside of them");
        goto done;
    }
    out = vec_bytes(&looks.found);
done:
    vec_drop(&looks.found);
    view_drop(&up);
    view_drop(&written);
    view_drop(&odd);
    view_drop(&lines);
    tokens_drop(&tokens);
    return out;
}
