//! The rules of English.

use super::calendar::{Date, TimeOfDay};
use super::words::{
    AM, Form, HUNDRED, MILLION, MONTHS, OCLOCK, ORDINALS, PM, THOUSAND, Words, at, push_small,
    push_tens,
};

const BILLION: &str = "digits/billion";
const OH: &str = "digits/oh";

pub(crate) fn number(words: &mut Words, number: u32, _: Form) {
    if number == 0 {
        return push_small(words, 0);
    }
    let scales = [
        (number / 1_000_000_000, BILLION),
        (number / 1_000_000 % 1000, MILLION),
        (number / 1000 % 1000, THOUSAND),
    ];
    for (count, scale) in scales {
        if count > 0 {
            below_thousand(words, count);
            words.push(scale);
        }
    }
    below_thousand(words, number % 1000);
}

/// Pushes nothing for zero.
fn below_thousand(words: &mut Words, number: u32) {
    if number >= 100 {
        push_small(words, number / 100);
        words.push(HUNDRED);
    }
    below_hundred(words, number % 100);
}

fn below_hundred(words: &mut Words, number: u32) {
    match number {
        0 => {}
        1..=20 => push_small(words, number),
        _ => {
            push_tens(words, number);
            below_hundred(words, number % 10);
        }
    }
}

/// *November twenty-ninth*, and the year.
pub(crate) fn date(words: &mut Words, date: Date) {
    words.push(at(&MONTHS, date.month_index()));
    match date.day() {
        day @ 1..=20 => words.push(at(&ORDINALS, day)),
        30 => words.push("digits/h-30"),
        day => {
            push_tens(words, day);
            words.push(at(&ORDINALS, day % 10));
        }
    }
    year(words, date.year());
}

/// *nineteen ninety-nine*, *nineteen oh five*, *two thousand twenty-six*
fn year(words: &mut Words, year: u32) {
    if !(1100..2000).contains(&year) {
        return number(words, year, Form::Counting);
    }
    below_hundred(words, year / 100);
    match year % 100 {
        0 => words.push(HUNDRED),
        rest @ 1..=9 => {
            words.push(OH);
            push_small(words, rest);
        }
        rest => below_hundred(words, rest),
    }
}

/// *two thirty p.m.*, *nine oh one a.m.*, *twelve o'clock p.m.*
pub(crate) fn time(words: &mut Words, time: TimeOfDay) {
    push_small(words, time.hour_of_twelve());
    match time.minute() {
        0 => words.push(OCLOCK),
        minute @ 1..=9 => {
            words.push(OH);
            push_small(words, minute);
        }
        minute => below_hundred(words, minute),
    }
    words.push(match time.hour() {
        0..=11 => AM,
        _ => PM,
    });
}
