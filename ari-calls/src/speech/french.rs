//! The rules of French.

use super::calendar::{Date, TimeOfDay};
use super::words::{
    Form, Gender, HUNDRED, MILLION, MONTHS, OCLOCK, THOUSAND, Words, at, push_small, push_tens,
};

/// *et*
pub(crate) const AND: &str = "digits/et";

/// *une*
const ONE_FEMININE: &str = "digits/1F";

pub(crate) fn number(words: &mut Words, number: u32, form: Form) {
    match number / 1_000_000 {
        0 => below_million(words, number, form),
        millions => {
            below_million(words, millions, Form::Counting);
            words.push(MILLION);
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
            below_thousand(words, thousands, Form::Counting);
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
    match number / 100 {
        0 => {}
        1 => words.push(HUNDRED),
        count => {
            push_small(words, count);
            words.push(HUNDRED);
        }
    }
    match number % 100 {
        0 => {}
        rest @ 1..=20 => one_or_small(words, rest, form),
        80 => push_tens(words, 80),
        rest => {
            // 70 to 79 and 90 to 99 are counted from 60 and 80 on.
            let (tens, unit) = match rest {
                70..=79 => (60, rest - 60),
                80.. => (80, rest - 80),
                _ => (rest, rest % 10),
            };
            push_tens(words, tens);
            if tens < 80 && unit % 10 == 1 {
                words.push(AND);
            }
            if unit > 0 {
                one_or_small(words, unit, form);
            }
        }
    }
}

fn one_or_small(words: &mut Words, number: u32, form: Form) {
    match (number, form) {
        (1, Form::Before(Gender::Feminine)) => words.push(ONE_FEMININE),
        _ => push_small(words, number),
    }
}

/// *vingt-neuf novembre deux mille vingt-six*, *premier janvier*
pub(crate) fn date(words: &mut Words, date: Date) {
    match date.day() {
        1 => words.push("digits/h-1"),
        day => below_thousand(words, day, Form::Counting),
    }
    words.push(at(&MONTHS, date.month_index()));
    number(words, date.year(), Form::Counting);
}

/// *quatorze heures trente*. The sound sets lack *une*, and so do Asterisk's own times: *un heure*.
pub(crate) fn time(words: &mut Words, time: TimeOfDay) {
    match time.hour() {
        0 => push_small(words, 0),
        hour => below_thousand(words, hour, Form::Counting),
    }
    words.push(OCLOCK);
    below_thousand(words, time.minute(), Form::Counting);
}
