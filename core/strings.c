/* Strings of JSON as what they stand for. Those that a page would show otherwise are not read: tags, entities, turned letters. */
#include "lines.h"

#define OVERRIDE 0x202E /* Turns the order of letters. */

static int hex(const Lines *l, Py_ssize_t at, uint32_t *code)
{
    *code = 0;
    if (at + 4 > l->end) {
        return 0;
    }
    for (int n = 0; n < 4; n++) {
        uint8_t c = l->data[at + n];
        uint32_t digit = c >= '0' && c <= '9' ? c - (uint32_t)'0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10u : 16;
        if (digit > 15) {
            return 0;
        }
        *code = *code << 4 | digit;
    }
    return 1;
}

/* The character that an escape stands for; the place behind it, or 0. */
static Py_ssize_t escaped(const Lines *l, Py_ssize_t at, uint32_t *code)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    if (at >= l->end) {
        return 0;
    }
    if (l->data[at] != 'u') {
        const char *known = l->data[at] ? strchr(from, l->data[at]) : NULL;
        *code = known ? (uint8_t)to[known - from] : 0;
        return known ? at + 1 : 0;
    }
    uint32_t low;
    if (!hex(l, at + 1, code)) {
        return 0;
    }
    if (*code < 0xD800 || *code > 0xDFFF) {
        return at + 5;
    }
    if (*code > 0xDBFF || at + 11 > l->end || l->data[at + 5] != '\\' || l->data[at + 6] != 'u' || !hex(l, at + 7, &low)
        || low < 0xDC00 || low > 0xDFFF) {
        return 0; /* half a character */
    }
    *code = 0x10000 + ((*code - 0xD800) << 10) + (low - 0xDC00);
    return at + 11;
}

/* The character that some bytes beyond ASCII are; the place behind it, or 0 where they are no UTF-8. */
static Py_ssize_t decoded(const Lines *l, Py_ssize_t at, uint32_t *code)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t c = l->data[at];
    int n = c >= 0xF0 && c < 0xF8 ? 4 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xC0 && c < 0xE0 ? 2 : 0;
    if (!n || at + n > l->end) {
        return 0;
    }
    *code = c & (0x7Fu >> n);
    for (int k = 1; k < n; k++) {
        if ((l->data[at + k] & 0xC0) != 0x80) {
            return 0;
        }
        *code = *code << 6 | (l->data[at + k] & 0x3F);
    }
    return *code < least[n] || *code >= CODES || (*code >= 0xD800 && *code < 0xE000) ? 0 : at + n;
}

/* The next character of a string, or -1 where this is no place for it: a page would show something else, or it is no JSON. */
static int64_t next(const Lines *l, Py_ssize_t *at)
{
    uint32_t code = l->data[*at];
    Py_ssize_t behind = *at + 1;
    if (code == '\\') {
        behind = escaped(l, behind, &code);
        if (code == '&' || code == 0x1B) {
            return -1;
        }
    } else if (code >= 0x80) {
        behind = decoded(l, *at, &code);
    } else if (code < 0x20) {
        return -1;
    } else if (code == '&') { /* an entity, or an escape that may make it one */
        uint8_t c = behind < l->end ? l->data[behind] : '\\';
        if (c == '#' || c == '\\' || ((c | 32) >= 'a' && (c | 32) <= 'z')) {
            return -1;
        }
    }
    if (!behind || code == '<' || code == OVERRIDE) {
        return -1;
    }
    *at = behind;
    return code;
}

void strings_ready(Lines *l)
{
    for (int c = 0; c < 256; c++) {
        l->bare[c] = c >= 0x20 && c < 0x80 && c != '"' && c != '\\' && c != '<' && c != '&';
    }
}

Py_ssize_t read_string(Lines *l, Py_ssize_t at, Py_ssize_t *length, int *is_wide)
{
    uint8_t *plain = l->plain + l->n_plain;
    uint32_t *wide = l->wide + l->n_wide;
    Py_ssize_t n = 0;
    *is_wide = 0;
    while (at < l->end && l->data[at] != '"') {
        if (!*is_wide) {
            Py_ssize_t from = at;
            while (at < l->end && l->bare[l->data[at]]) {
                at++;
            }
            memcpy(plain + n, l->data + from, (size_t)(at - from));
            n += at - from;
            if (at < l->end && l->data[at] == '"') {
                break;
            }
        }
        if (at >= l->end) {
            return 0;
        }
        int64_t code = next(l, &at);
        if (code < 0) {
            return 0;
        }
        if (code >= 0x80 && !*is_wide) {
            *is_wide = 1;
            for (Py_ssize_t k = 0; k < n; k++) {
                wide[k] = plain[k];
            }
        }
        if (*is_wide) {
            wide[n++] = (uint32_t)code;
        } else {
            plain[n++] = (uint8_t)code;
        }
    }
    *length = n;
    return at < l->end ? at + 1 : 0;
}
