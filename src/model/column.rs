//! Columns that cost nothing while every row holds the default.

/// A column of small values. Rows past its end hold the default, so a column of a file that
/// does not have it stays empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Column<T> {
    values: Vec<T>,
    default: T,
}

impl<T: Copy + PartialEq> Column<T> {
    /// An empty column.
    #[must_use]
    pub fn new(default: T) -> Self {
        Column { values: Vec::new(), default }
    }

    /// The value of a row.
    #[must_use]
    pub fn get(&self, row: usize) -> T {
        self.values.get(row).copied().unwrap_or(self.default)
    }

    /// Sets the value of a row.
    pub fn set(&mut self, row: usize, value: T) {
        if row < self.values.len() {
            self.values[row] = value;
        } else if value != self.default {
            self.values.resize(row, self.default);
            self.values.push(value);
        }
    }

    /// Adds another column behind the `rows` rows of this one.
    pub fn append(&mut self, rows: usize, other: &Self) {
        if !other.values.is_empty() {
            self.values.resize(rows, self.default);
            self.values.extend_from_slice(&other.values);
        }
    }

    /// Puts the rows into the order given: row `order[i]` becomes row `i`.
    pub fn reorder(&mut self, order: &[u32]) {
        if !self.values.is_empty() {
            self.values = order.iter().map(|&row| self.get(row as usize)).collect();
        }
    }
}

/// A column of values that few rows have: one bit for each row, and the values of those that have one.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseColumn<T> {
    /// a bit for each row, 64 rows to a word
    has: Vec<u64>,
    /// how many rows before each word have a value
    before: Vec<u32>,
    values: Vec<T>,
}

impl<T> Default for SparseColumn<T> {
    fn default() -> Self {
        SparseColumn { has: Vec::new(), before: Vec::new(), values: Vec::new() }
    }
}

impl<T: Copy> SparseColumn<T> {
    /// The value of a row, if it has one.
    #[must_use]
    pub fn get(&self, row: usize) -> Option<T> {
        let word = *self.has.get(row / 64)?;
        (word >> (row % 64) & 1 == 1).then(|| self.values[self.rank(row)])
    }

    /// How many rows before this one have a value.
    fn rank(&self, row: usize) -> usize {
        let below = self.has[row / 64] & ((1 << (row % 64)) - 1);
        self.before[row / 64] as usize + below.count_ones() as usize
    }

    /// Sets or takes away the value of a row. Cost: constant behind the last row that has one, else linear.
    pub fn set(&mut self, row: usize, value: Option<T>) {
        let (word, bit) = (row / 64, 1 << (row % 64));
        if word >= self.has.len() {
            if value.is_none() {
                return;
            }
            self.has.resize(word + 1, 0);
            self.before.resize(word + 1, self.values.len() as u32);
        }
        let (at, had) = (self.rank(row), self.has[word] & bit != 0);
        match value {
            Some(value) if had => self.values[at] = value,
            Some(value) => {
                self.has[word] |= bit;
                self.values.insert(at, value);
                self.before[word + 1..].iter_mut().for_each(|count| *count += 1);
            }
            None if had => {
                self.has[word] &= !bit;
                self.values.remove(at);
                self.before[word + 1..].iter_mut().for_each(|count| *count -= 1);
            }
            None => {}
        }
    }

    /// Whether no row has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The rows that have a value, in order, with their values.
    pub fn iter(&self) -> impl Iterator<Item = (usize, T)> + '_ {
        let bits =
            self.has.iter().enumerate().flat_map(|(word, &bits)| {
                (0..64).filter(move |bit| bits >> bit & 1 == 1).map(move |bit| 64 * word + bit)
            });
        bits.zip(self.values.iter().copied())
    }

    /// Changes every value.
    pub fn convert(&mut self, convert: impl Fn(T) -> T) {
        self.values.iter_mut().for_each(|value| *value = convert(*value));
    }

    /// Adds another column behind the `rows` rows of this one.
    pub fn append(&mut self, rows: usize, other: &Self) {
        for (row, value) in other.iter() {
            self.set(rows + row, Some(value));
        }
    }

    /// Puts the rows into the order given: row `order[i]` becomes row `i`.
    pub fn reorder(&mut self, order: &[u32]) {
        if self.is_empty() {
            return;
        }
        let mut column = SparseColumn::default();
        for (row, &from) in order.iter().enumerate() {
            column.set(row, self.get(from as usize));
        }
        *self = column;
    }
}

/// A column of strings in one buffer. A column without text stays empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextColumn {
    text: String,
    /// where each string ends, less whole multiples of 2^32
    ends: Vec<u32>,
    /// the rows with whose ends the text passes a multiple of 2^32
    carries: Vec<u32>,
}

impl TextColumn {
    /// The string of a row; empty where nothing was set.
    #[must_use]
    pub fn get(&self, row: usize) -> &str {
        if row >= self.ends.len() {
            return "";
        }
        let start = if row == 0 { 0 } else { self.end(row - 1) };
        &self.text[start..self.end(row)]
    }

    fn end(&self, row: usize) -> usize {
        let carried = self.carries.partition_point(|&carry| carry as usize <= row) as u64;
        (carried << 32 | u64::from(self.ends[row])) as usize
    }

    fn push_end(&mut self, end: usize) {
        while (self.carries.len() as u64) < end as u64 >> 32 {
            self.carries.push(self.ends.len() as u32);
        }
        self.ends.push(end as u32);
    }

    /// Leaves the rows up to this one empty that are not set yet.
    fn skip_to(&mut self, row: usize) {
        self.ends.resize(row.max(self.ends.len()), self.text.len() as u32);
    }

    /// Sets the string of the next row that is not set yet or of a later one.
    /// Rows are filled in rising order; setting a row again is not possible and is ignored.
    pub fn set(&mut self, row: usize, text: &str) {
        if text.is_empty() || row < self.ends.len() {
            return;
        }
        self.skip_to(row);
        self.text.push_str(text);
        self.push_end(self.text.len());
    }

    /// Whether no row holds text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many rows there are up to the last that holds text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds another column behind the `rows` rows of this one.
    pub fn append(&mut self, rows: usize, other: &Self) {
        if other.is_empty() {
            return;
        }
        self.skip_to(rows);
        let start = self.text.len();
        self.text.push_str(&other.text);
        let carried = |at: usize| at as u64 >> 32;
        if other.carries.is_empty() && carried(start) == carried(self.text.len()) {
            self.ends.extend(other.ends.iter().map(|end| start as u32 + end));
        } else {
            (0..other.len()).for_each(|row| self.push_end(start + other.end(row)));
        }
    }

    /// Puts the rows into the order given: row `order[i]` becomes row `i`.
    pub fn reorder(&mut self, order: &[u32]) {
        if self.is_empty() {
            return;
        }
        let mut column = TextColumn::default();
        column.text.reserve_exact(self.text.len());
        for (row, &from) in order.iter().enumerate() {
            column.set(row, self.get(from as usize));
        }
        *self = column;
    }
}

/// A column of short lists in one buffer. A column without lists stays empty.
#[derive(Debug, Clone, PartialEq)]
pub struct ListColumn<T> {
    items: Vec<T>,
    ends: Vec<u32>,
}

impl<T> Default for ListColumn<T> {
    fn default() -> Self {
        ListColumn { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T: Copy> ListColumn<T> {
    /// The list of a row; empty where nothing was set.
    #[must_use]
    pub fn get(&self, row: usize) -> &[T] {
        let Some(&end) = self.ends.get(row) else { return &[] };
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.items[start as usize..end as usize]
    }

    /// Sets the list of the next row that is not set yet or of a later one.
    /// Rows are filled in rising order; setting a row again is not possible and is ignored.
    pub fn set(&mut self, row: usize, list: &[T]) {
        if list.is_empty() || row < self.ends.len() {
            return;
        }
        self.ends.resize(row, self.items.len() as u32);
        self.items.extend_from_slice(list);
        self.ends.push(self.items.len() as u32);
    }

    /// Sorts the list of every row.
    pub fn sort_each(&mut self)
    where
        T: Ord,
    {
        let mut start = 0;
        for &end in &self.ends {
            self.items[start..end as usize].sort_unstable();
            start = end as usize;
        }
    }

    /// Whether no row holds a list.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Changes every item of every list.
    pub fn convert(&mut self, convert: impl Fn(T) -> T) {
        self.items.iter_mut().for_each(|item| *item = convert(*item));
    }

    /// Adds another column behind the `rows` rows of this one.
    pub fn append(&mut self, rows: usize, other: &Self) {
        if !other.is_empty() {
            let start = self.items.len() as u32;
            self.ends.resize(rows, start);
            self.items.extend_from_slice(&other.items);
            self.ends.extend(other.ends.iter().map(|end| start + end));
        }
    }

    /// Puts the rows into the order given: row `order[i]` becomes row `i`.
    pub fn reorder(&mut self, order: &[u32]) {
        if self.is_empty() {
            return;
        }
        let mut column = ListColumn { items: Vec::with_capacity(self.items.len()), ends: Vec::new() };
        for (row, &from) in order.iter().enumerate() {
            column.set(row, self.get(from as usize));
        }
        *self = column;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_of_defaults_holds_nothing() {
        let mut column = Column::new(0u8);
        for row in 0..100 {
            column.set(row, 0);
        }
        assert!(column.values.is_empty());
        column.set(7, 3);
        assert_eq!((column.get(6), column.get(7), column.get(99)), (0, 3, 0));
        column.append(9, &column.clone());
        assert_eq!((column.get(8), column.get(16)), (0, 3));
        column.reorder(&[7, 6]);
        assert_eq!((column.get(0), column.get(1)), (3, 0));
    }

    #[test]
    fn text_rows_may_be_skipped_and_reordered() {
        let mut column = TextColumn::default();
        column.set(1, "one");
        column.set(3, "three");
        assert_eq!(
            (column.get(0), column.get(1), column.get(2), column.get(3), column.get(9)),
            ("", "one", "", "three", "")
        );
        column.append(6, &column.clone());
        assert_eq!((column.get(5), column.get(6), column.get(7), column.get(9)), ("", "", "one", "three"));
        column.reorder(&[3, 2, 1, 0]);
        assert_eq!((column.get(0), column.get(1), column.get(2), column.len()), ("three", "", "one", 3));
    }

    #[test]
    fn texts_beyond_four_gigabytes_keep_their_places() {
        // As if 2^32 less two bytes stood before the last text; no test should hold that much.
        let mut column = TextColumn::default();
        column.push_end(3);
        column.push_end((1 << 32) - 2);
        column.push_end((1 << 32) + 5);
        column.push_end((1 << 32) + 5);
        column.push_end((3 << 32) + 1);
        let ends: Vec<usize> = (0..5).map(|row| column.end(row)).collect();
        assert_eq!(ends, [3, (1 << 32) - 2, (1 << 32) + 5, (1 << 32) + 5, (3 << 32) + 1]);
    }

    #[test]
    fn a_sparse_column_is_a_column_of_options() {
        let (mut column, mut plain) = (SparseColumn::default(), vec![None; 300]);
        for (row, value) in [(3, Some(7)), (200, Some(1)), (64, Some(2)), (3, None), (63, Some(5)), (200, Some(9))] {
            column.set(row, value);
            plain[row] = value;
            assert!((0..300).all(|row| column.get(row) == plain[row]));
        }
        assert_eq!(column.iter().collect::<Vec<_>>(), [(63, 5), (64, 2), (200, 9)]);
        column.append(300, &column.clone());
        assert_eq!((column.get(500), column.get(363), column.get(299)), (Some(9), Some(5), None));
        column.reorder(&[500, 0, 64]);
        assert_eq!((column.get(0), column.get(1), column.get(2)), (Some(9), None, Some(2)));
    }

    #[test]
    fn lists_convert_as_they_move() {
        let mut column = ListColumn::default();
        column.set(0, &[1, 2]);
        column.set(2, &[3]);
        column.append(4, &column.clone());
        assert_eq!((column.get(3), column.get(4), column.get(6)), (&[][..], &[1, 2][..], &[3][..]));
        column.convert(|x| x * 10);
        column.reorder(&[2, 1, 0]);
        assert_eq!((column.get(0), column.get(1), column.get(2)), (&[30][..], &[][..], &[10, 20][..]));
    }
}
