/* Names that letters may misspell: what is equal after letters are taken out, then counted edit by edit. */
#include "core.h"

#define FEW 6

/* Optimal string alignment distance (insert, delete, change, swap of neighbours), or limit + 1 where it is more. */
int edits_within(const uint32_t *a, int n, const uint32_t *b, int m, int limit)
{
    int rows[3][EDIT_MOST + 8];
    if (n > EDIT_MOST + 4 || m > EDIT_MOST + 4 || abs(n - m) > limit) {
        return limit + 1;
    }
    int *two = rows[0], *one = rows[1], *now = rows[2];
    for (int j = 0; j <= m; j++) {
        one[j] = j;
    }
    for (int i = 1; i <= n; i++) {
        int least = now[0] = i;
        for (int j = 1; j <= m; j++) {
            int cost = one[j - 1] + (a[i - 1] != b[j - 1]);
            cost = one[j] + 1 < cost ? one[j] + 1 : cost;
            cost = now[j - 1] + 1 < cost ? now[j - 1] + 1 : cost;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && two[j - 2] + 1 < cost) {
                cost = two[j - 2] + 1;
            }
            now[j] = cost;
            least = cost < least ? cost : least;
        }
        if (least > limit) {
            return limit + 1;
        }
        int *spare = two;
        two = one;
        one = now;
        now = spare;
    }
    return one[m] > limit ? limit + 1 : one[m];
}

/* The hash of what is left of the first letters when letters a and b (PREFIX: none) are taken out. */
static uint64_t cut_hash(const uint64_t *run, uint64_t inverse, int a, int b)
{
    uint64_t middle = run[b] - run[a + 1], rest = run[PREFIX] - run[b + 1];
    return run[a] + (middle + rest * inverse) * inverse;
}

/* Rows of the table that letters may misspell, not sorted and perhaps told twice; how many there are. */
Py_ssize_t edit_candidates(const EditTable *table, const Tables *all, const uint32_t *codes, int length, uint64_t letters,
                           int64_t digits, Vec *rows, int *fault)
{
    if (!table->n || digits < 0 || digits > 200 || !table->digits_met[digits]) {
        return 0;
    }
    uint64_t run[PREFIX + 2];
    int known = length < PREFIX ? length : PREFIX, two = length > FEW;
    run[0] = 0;
    for (int n = 0; n < PREFIX; n++) {
        run[n + 1] = run[n] + (n < known ? letter_value(codes[n]) * all->up[n] : 0);
    }
    run[PREFIX + 1] = run[PREFIX];
    Py_ssize_t before = rows->n;
    for (int a = 0; a <= PREFIX; a++) {
        if (a != PREFIX && a >= known) {
            continue;
        }
        for (int b = a == PREFIX ? PREFIX : a + 1; b <= PREFIX; b++) {
            if (b != PREFIX && (b >= known || !two)) {
                continue;
            }
            Range found = groups_find(&table->groups, cut_hash(run, all->inverse, a, b), fault);
            for (; found.at < found.end; found.at++) {
                int32_t row = *found.at;
                if (row < 0 || row >= table->n) {
                    *fault = 1;
                    return rows->n - before;
                }
                int64_t limit = table->limit[row], apart = length - table->length[row];
                if ((apart < 0 ? -apart : apart) <= limit && (bit_count(letters ^ table->letters[row]) + 1) / 2 <= limit
                    && digits == table->digits[row]) {
                    PUSH(rows, int64_t, row);
                }
            }
        }
    }
    return rows->n - before;
}
