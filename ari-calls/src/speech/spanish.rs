//! The rules of Spanish.

use super::calendar::{Date, TimeOfDay};
use super::words::{
    AM, Form, Gender, HUNDRED, MILLION, MILLIONS, MONTHS, PM, THOUSAND, Words, at, push_small,
    push_tens,
};

/// *y*
pub(crate) const AND: &str = "digits/and";

/// *de*
const OF: &str = "digits/es-de";

/// *un*
const ONE_MASCULINE: &str = "digits/1M";

/// *una*
const ONE_FEMININE: &str = "digits/1F";

const TWENTIES: [&str; 10] = [
    "digits/20",
    "digits/21",
    "digits/22",
    "digits/23",
    "digits/24",
    "digits/25",
    "digits/26",
    "digits/27",
    "digits/28",
    "digits/29",
];

const HUNDREDS: [&str; 10] = [
    "",
    "digits/100-and",
    "digits/200",
    "digits/300",
    "digits/400",
    "digits/500",
    "digits/600",
    "digits/700",
    "digits/800",
    "digits/900",
];

pub(crate) fn number(words: &mut Words, number: u32, form: Form) {
    match number / 1_000_000 {
        0 => below_million(words, number, form),
        millions => {
            below_million(words, millions, Form::Before(Gender::Masculine));
            words.push(match millions {
                1 => MILLION,
                _ => MILLIONS,
            });
            if !number.is_multiple_of(1_000_000) {
                below_million(words, number % 1_000_000, form);
            }
        }
    }
}

fn below_million(words: &mut Words, number: u32, form: Form) {
    match number / 1000 {
        0 => {}
        1 => words.push(THOUSAND),
        thousands => {
            below_thousand(words, thousands, Form::Before(Gender::Masculine));
            words.push(THOUSAND);
        }
    }
    match number {
        0 => push_small(words, 0),
        _ => below_thousand(words, number % 1000, form),
    }
}

/// Pushes nothing for zero.
fn below_thousand(words: &mut Words, number: u32, form: Form) {
    match number {
        // *cien*
        100 => words.push(HUNDRED),
        // *ciento*, *doscientos*
        101.. => words.push(at(&HUNDREDS, number / 100)),
        _ => {}
    }
    match number % 100 {
        0 => {}
        1 => one(words, form),
        rest @ 2..=20 => push_small(words, rest),
        // *veintiún*, *veintiuna*
        21 if form != Form::Counting => {
            words.push("digits/20-and");
            one(words, form);
        }
        rest @ 21..=29 => words.push(at(&TWENTIES, rest - 20)),
        rest => {
            push_tens(words, rest);
            match rest % 10 {
                0 => {}
                1 => {
                    words.push(AND);
                    one(words, form);
                }
                unit => {
                    words.push(AND);
                    push_small(words, unit);
                }
            }
        }
    }
}

fn one(words: &mut Words, form: Form) {
    match form {
        Form::Counting => push_small(words, 1),
        Form::Before(Gender::Feminine) => words.push(ONE_FEMININE),
        Form::Before(_) => words.push(ONE_MASCULINE),
    }
}

/// *veintinueve de noviembre de dos mil veintiséis*
pub(crate) fn date(words: &mut Words, date: Date) {
    below_thousand(words, date.day(), Form::Counting);
    words.push(OF);
    words.push(at(&MONTHS, date.month_index()));
    words.push(OF);
    number(words, date.year(), Form::Counting);
}

/// *dos y treinta*, *una*, and the part of the day.
pub(crate) fn time(words: &mut Words, time: TimeOfDay) {
    below_thousand(words, time.hour_of_twelve(), Form::Before(Gender::Feminine));
    if time.minute() > 0 {
        words.push(AND);
        below_thousand(words, time.minute(), Form::Counting);
    }
    words.push(match time.hour() {
        0..=11 => AM,
        12..=18 => "digits/afternoon",
        _ => PM,
    });
}
