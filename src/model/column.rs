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

    /// The rows in the order given: row `order[i]` becomes row `i`.
    #[must_use]
    pub fn reordered(&self, order: &[u32]) -> Self {
        if self.values.is_empty() {
            return self.clone();
        }
        let values = order.iter().map(|&row| self.get(row as usize)).collect();
        Column { values, default: self.default }
    }
}

/// A column of strings in one buffer. A column without text stays empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextColumn {
    text: String,
    ends: Vec<u64>,
}

impl TextColumn {
    /// The string of a row; empty where nothing was set.
    #[must_use]
    pub fn get(&self, row: usize) -> &str {
        let Some(&end) = self.ends.get(row) else { return "" };
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.text[start as usize..end as usize]
    }

    /// Sets the string of the next row that is not set yet or of a later one.
    /// Rows are filled in rising order; setting a row again is not possible and is ignored.
    pub fn set(&mut self, row: usize, text: &str) {
        if text.is_empty() || row < self.ends.len() {
            return;
        }
        self.ends.resize(row, self.text.len() as u64);
        self.text.push_str(text);
        self.ends.push(self.text.len() as u64);
    }

    /// Whether no row holds text.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The rows in the order given: row `order[i]` becomes row `i`.
    #[must_use]
    pub fn reordered(&self, order: &[u32]) -> Self {
        let mut column = TextColumn::default();
        if !self.is_empty() {
            column.text.reserve_exact(self.text.len());
            for (row, &from) in order.iter().enumerate() {
                column.set(row, self.get(from as usize));
            }
        }
        column
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

    /// The rows in the order given, each item passed through `convert`.
    #[must_use]
    pub fn reordered(&self, order: &[u32], convert: impl Fn(T) -> T) -> Self {
        let mut column = ListColumn::default();
        if !self.is_empty() {
            let mut list = Vec::new();
            for (row, &from) in order.iter().enumerate() {
                list.clear();
                list.extend(self.get(from as usize).iter().map(|&item| convert(item)));
                column.set(row, &list);
            }
        }
        column
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
        assert_eq!(column.reordered(&[7, 6]).get(0), 3);
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
        let turned = column.reordered(&[3, 2, 1, 0]);
        assert_eq!((turned.get(0), turned.get(1), turned.get(2)), ("three", "", "one"));
    }

    #[test]
    fn lists_convert_as_they_move() {
        let mut column = ListColumn::default();
        column.set(0, &[1, 2]);
        column.set(2, &[3]);
        let turned = column.reordered(&[2, 1, 0], |x| x * 10);
        assert_eq!((turned.get(0), turned.get(1), turned.get(2)), (&[30][..], &[][..], &[10, 20][..]));
    }
}
