//! The rules of German.

use super::calendar::{Date, TimeOfDay};
use super::words::{
    Form, Gender, HUNDRED, MILLION, MILLIONS, MONTHS, OCLOCK, ORDINALS, THOUSAND, Words, at,
    push_small, push_tens,
};

/// *eine*
const ONE_FEMININE: &str = "digits/1F";

/// *ein*
const ONE_NEUTER: &str = "digits/1N";

/// *einund*, … *neunund*
const UNITS_AND: [&str; 10] = [
    "",
    "digits/1-and",
    "digits/2-and",
    "digits/3-and",
    "digits/4-and",
    "digits/5-and",
    "digits/6-and",
    "digits/7-and",
    "digits/8-and",
    "digits/9-and",
];

pub(crate) fn number(words: &mut Words, number: u32, form: Form) {
    if number == 0 {
        return push_small(words, 0);
    }
    let scales = [
        (
            number / 1_000_000_000,
            "digits/milliard",
            "digits/milliards",
        ),
        (number / 1_000_000 % 1000, MILLION, MILLIONS),
    ];
    for (count, one, many) in scales {
        match count {
            0 => {}
            1 => {
                words.push(ONE_FEMININE);
                words.push(one);
            }
            _ => {
                below_thousand(words, count, Form::Before(Gender::Feminine));
                words.push(many);
            }
        }
    }
    match number / 1000 % 1000 {
        0 => {}
        // *tausend*, and *eintausendeins*, as Asterisk itself has it.
        1 if words.is_empty() && number.is_multiple_of(1000) => words.push(THOUSAND),
        count => {
            below_thousand(words, count, Form::Before(Gender::Neuter));
            words.push(THOUSAND);
        }
    }
    below_thousand(words, number % 1000, form);
}

/// Pushes nothing for zero.
fn below_thousand(words: &mut Words, number: u32, form: Form) {
    match number / 100 {
        0 => {}
        1 if words.is_empty() && number == 100 => words.push(HUNDRED),
        count => {
            one_or_small(words, count, Form::Before(Gender::Neuter));
            words.push(HUNDRED);
        }
    }
    match number % 100 {
        0 => {}
        rest @ 1..=20 => one_or_small(words, rest, form),
        rest => {
            if rest % 10 > 0 {
                words.push(at(&UNITS_AND, rest % 10));
            }
            push_tens(words, rest);
        }
    }
}

fn one_or_small(words: &mut Words, number: u32, form: Form) {
    match (number, form) {
        (1, Form::Before(Gender::Feminine)) => words.push(ONE_FEMININE),
        (1, Form::Before(_)) => words.push(ONE_NEUTER),
        _ => push_small(words, number),
    }
}

/// *neunundzwanzigster November*, and the year.
pub(crate) fn date(words: &mut Words, date: Date) {
    match date.day() {
        day @ 1..=20 => words.push(at(&ORDINALS, day)),
        day => {
            if day % 10 > 0 {
                words.push(at(&UNITS_AND, day % 10));
            }
            words.push(match day {
                21..=29 => "digits/h-20",
                _ => "digits/h-30",
            });
        }
    }
    words.push(at(&MONTHS, date.month_index()));
    year(words, date.year());
}

/// *neunzehnhundertneunundneunzig*, *zweitausendsechsundzwanzig*
fn year(words: &mut Words, year: u32) {
    if !(1100..2000).contains(&year) {
        return number(words, year, Form::Counting);
    }
    push_small(words, year / 100);
    words.push(HUNDRED);
    below_thousand(words, year % 100, Form::Counting);
}

/// *vierzehn Uhr dreißig*, *ein Uhr*
pub(crate) fn time(words: &mut Words, time: TimeOfDay) {
    match time.hour() {
        0 => push_small(words, 0),
        hour => below_thousand(words, hour, Form::Before(Gender::Neuter)),
    }
    words.push(OCLOCK);
    below_thousand(words, time.minute(), Form::Counting);
}
