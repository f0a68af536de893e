//! Values that facts hold: durations, rates, dates, shares.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// Why a text is not the value it should be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not {what}: write it like {example}")]
pub struct BadValue {
    text: String,
    what: &'static str,
    example: &'static str,
}

macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
            }
        }
    )*};
}

as_text!(Duration, Rate, Date, Share);

/// A span of time as somebody wrote it: a count and a unit, `"800ms"`, `"5s"`, `"15min"`, `"8h"`, `"90d"`.
/// Ordered by length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    count: u64,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Unit {
    Ms,
    S,
    Min,
    H,
    D,
}

impl Unit {
    const ALL: [(Self, &'static str, u64); 5] = [
        (Self::Ms, "ms", 1),
        (Self::S, "s", 1_000),
        (Self::Min, "min", 60_000),
        (Self::H, "h", 3_600_000),
        (Self::D, "d", 86_400_000),
    ];

    fn row(self) -> (Self, &'static str, u64) {
        Self::ALL[self as usize]
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|row| row.1 == text).map(|row| row.0)
    }
}

impl Duration {
    /// So many milliseconds.
    pub fn from_ms(count: u64) -> Self {
        Self { count, unit: Unit::Ms }
    }

    /// So many hours.
    pub fn from_h(count: u64) -> Self {
        Self { count, unit: Unit::H }
    }

    /// Its length in milliseconds; huge ones saturate.
    pub fn ms(self) -> u64 {
        self.count.saturating_mul(self.unit.row().2)
    }

    /// Its length in whole days.
    pub fn days(self) -> u64 {
        self.ms() / Unit::D.row().2
    }
}

impl PartialOrd for Duration {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Duration {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.ms().cmp(&other.ms()).then(self.unit.cmp(&other.unit))
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.row().1)
    }
}

impl FromStr for Duration {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let bad = || BadValue {
            text: text.to_owned(),
            what: "a duration",
            example: "\"800ms\", \"5s\", \"15min\", \"8h\" or \"90d\"",
        };
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let count = count.parse().map_err(|_| bad())?;
        Ok(Self { count, unit: Unit::parse(unit).ok_or_else(bad)? })
    }
}

/// So many per unit of time: `"200/s"`, `"5000/h"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rate {
    count: u64,
    per: Unit,
}

impl Rate {
    /// How many in a day; huge ones saturate.
    pub fn per_day(self) -> u64 {
        self.count.saturating_mul(Unit::D.row().2 / self.per.row().2)
    }

    /// So many in a day, per the same unit of time as this rate; rounded up.
    pub fn alike(self, per_day: u64) -> Self {
        Self { count: per_day.div_ceil(Unit::D.row().2 / self.per.row().2), per: self.per }
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.count, self.per.row().1)
    }
}

impl FromStr for Rate {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let bad = || BadValue { text: text.to_owned(), what: "a rate", example: "\"200/s\" or \"5000/h\"" };
        let (count, per) = text.split_once('/').ok_or_else(bad)?;
        let per = Unit::parse(per).filter(|unit| *unit != Unit::Ms).ok_or_else(bad)?;
        Ok(Self { count: count.parse().map_err(|_| bad())?, per })
    }
}

/// A calendar date, `"2026-11-22"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// Days from this date to another; negative if that one is earlier.
    pub fn days_until(self, other: Self) -> i32 {
        self.0.until(other.0).map_or(0, |span| span.get_days())
    }

    /// The day with this year, month and day, if there is one.
    pub fn of(year: i16, month: i8, day: i8) -> Option<Self> {
        jiff::civil::Date::new(year, month, day).ok().map(Self)
    }

    /// So many days later; earlier if negative. The last day there is where it would be beyond.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().days(days.clamp(-366_000, 366_000))))
    }

    /// The same day so many months later, or the last of that month.
    pub fn plus_months(self, months: i32) -> Self {
        Self(self.0.saturating_add(jiff::Span::new().months(months.clamp(-12_000, 12_000))))
    }

    /// Days since Monday.
    pub fn weekday(self) -> u8 {
        self.0.weekday().to_monday_zero_offset().unsigned_abs()
    }

    /// How many days its month has.
    pub fn days_in_month(self) -> i8 {
        self.0.days_in_month()
    }

    /// The year, month and day.
    pub fn ymd(self) -> (i16, i8, i8) {
        (self.0.year(), self.0.month(), self.0.day())
    }

    /// The day that a person means who types it: as it is written, `2026-11-22`, or as people write it where only one day
    /// can be meant: `2026/11/22`, `22.11.2026`, `22/11/2026`. Of `3/4/2026` nobody knows which it is.
    pub fn typed(text: &str) -> Option<Self> {
        let text = text.trim();
        let sign = text.chars().find(|letter| !letter.is_ascii_digit())?;
        let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
        let [first, second, third] = parts.as_slice() else { return None };
        let number =
            |text: &str| -> Option<i8> { text.parse().ok().filter(|_| text.bytes().all(|b| b.is_ascii_digit())) };
        let year = |text: &str| -> Option<i16> { text.parse().ok().filter(|_| text.len() == 4) };
        match sign {
            '-' | '/' if first.len() == 4 => Self::of(year(first)?, number(second)?, number(third)?),
            '.' => Self::of(year(third)?, number(second)?, number(first)?),
            '/' => {
                let (first, second) = (number(first)?, number(second)?);
                let as_said = |day, month| Self::of(year(third)?, month, day);
                match (as_said(first, second), as_said(second, first)) {
                    (Some(one), Some(other)) => (one == other).then_some(one),
                    (one, other) => one.or(other),
                }
            }
            _ => None,
        }
    }
}

impl From<jiff::civil::Date> for Date {
    fn from(date: jiff::civil::Date) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.ymd();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl FromStr for Date {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let bad = || BadValue { text: text.to_owned(), what: "a date", example: "\"2026-11-22\"" };
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let date = if plain { text.parse().ok() } else { None };
        date.map(Self).ok_or_else(bad)
    }
}

/// A share of one in parts per million, written in per cent: `"99.95%"`. At most four decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u32);

impl Share {
    /// So many parts per million; 1,000,000 at most.
    pub fn from_ppm(ppm: u32) -> Self {
        Self(ppm.min(1_000_000))
    }

    /// Parts per million, 0 to 1,000,000.
    pub fn ppm(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        if rest == 0 {
            return write!(f, "{whole}%");
        }
        write!(f, "{whole}.{}%", format!("{rest:04}").trim_end_matches('0'))
    }
}

impl FromStr for Share {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        let bad = || BadValue {
            text: text.to_owned(),
            what: "a share from 0% to 100%",
            example: "\"99.9%\" (four decimals at most)",
        };
        let number = text.strip_suffix('%').ok_or_else(bad)?;
        let (whole, rest) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(rest) || rest.len() > 4 || whole.len() > 3 {
            return Err(bad());
        }
        let ppm = format!("{whole}{rest:0<4}").parse().map_err(|_| bad())?;
        if ppm > 1_000_000 { Err(bad()) } else { Ok(Self(ppm)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip<T: FromStr<Err = BadValue> + fmt::Display>(good: &[&str], bad: &[&str]) {
        for text in good {
            assert_eq!(&text.parse::<T>().unwrap().to_string(), text);
        }
        for text in bad {
            assert!(text.parse::<T>().is_err(), "{text}");
        }
    }

    #[test]
    fn values_are_written_as_they_were_read() {
        round_trip::<Duration>(
            &["800ms", "60s", "0s", "15min", "8h", "90d", "18446744073709551615d"],
            &["", "5", "s", "-5s", "5 s", "5S", "1.5s", "18446744073709551616s"],
        );
        round_trip::<Rate>(&["200/s", "5000/h", "1/d"], &["200", "/s", "3/ms", "a/s"]);
        round_trip::<Date>(&["2026-11-22", "2024-02-29"], &["2026-02-30", "22.11.2026", "2026-11-22T00:00"]);
        round_trip::<Share>(
            &["99.9%", "99.9999%", "0%", "100%"],
            &["99.9", "100.1%", "99.99999%", "-1%", "NaN%", "%", "."],
        );
    }

    #[test]
    fn a_day_is_typed_as_people_write_it_where_only_one_can_be_meant() {
        let said = |text: &str| Date::typed(text).map(|day| day.to_string());
        for text in
            ["2026-12-31", " 2026-12-31 ", "31.12.2026", "31. 12. 2026", "31/12/2026", "12/31/2026", "2026/12/31"]
        {
            assert_eq!(said(text).as_deref(), Some("2026-12-31"), "{text}");
        }
        assert_eq!(said("1.2.2026").as_deref(), Some("2026-02-01"));
        assert_eq!(said("4/4/2026").as_deref(), Some("2026-04-04"));
        for text in
            ["3/4/2026", "31.12.26", "31-12-2026", "2026", "", "tomorrow", "30.2.2026", "+1.2.2026", "1.2.2026.3"]
        {
            assert_eq!(said(text), None, "{text}");
        }
    }

    #[test]
    fn durations_and_rates_compare_by_length() {
        let ms = |text: &str| text.parse::<Duration>().unwrap();
        assert!(ms("2s") > ms("1500ms"));
        assert!(ms("1000000000000000000d") > ms("1d"));
        assert_eq!("1/s".parse::<Rate>().unwrap().per_day(), 86_400);
        assert_eq!("1/s".parse::<Rate>().unwrap().alike(86_401).to_string(), "2/s");
    }
}
