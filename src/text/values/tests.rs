//! Tables of the language: what is found in a text, and how two texts agree. Published on Wednesday 11 March 2026.

use jiff::civil::date;
use proptest::prelude::*;

use super::Agreement::{Compatible, Different, Equal, Incomparable};
use super::{Agreement, Value, ValueKind, agreement, agreement_in_one_slot, describe, values};
use crate::text::ByteSpan;

fn found(text: &str) -> Vec<Value> {
    values(text, ByteSpan::new(0, text.len()), Some(date(2026, 3, 11).at(7, 0, 0, 0)))
}

/// What is found when every piece is tried.
fn found_anywhere(text: &str) -> Vec<Value> {
    let pieces = super::words::Pieces::new(text, ByteSpan::new(0, text.len()));
    super::reading::Reading { pieces, published: Some(date(2026, 3, 11)) }.all(|_, _| true)
}

fn described(text: &str) -> String {
    assert_eq!(found(text), found_anywhere(text), "{text}");
    found(text).iter().map(describe).collect::<Vec<_>>().join("; ")
}

/// Every row that fails, so that one run shows them all.
fn check(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, wanted)| (text, wanted, described(text)))
        .filter(|(_, wanted, found)| *wanted != found)
        .map(|(text, wanted, found)| format!("{text:?}\n  wanted {wanted}\n  found  {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn numbers_in_words_and_digits_are_counts_of_the_noun_after_them() {
    check(&[
        ("17,000 vehicles use it", "17,000 vehicles"),
        ("two dozen sheep died", "24 sheep"),
        ("half a million homes", "500,000 homes"),
        ("twenty-two players", "22 players"),
        ("a hundred and forty workers", "140 workers"),
        ("one hundred and twenty-five guests", "125 guests"),
        ("two thousand three hundred voters", "2,300 voters"),
        ("1.2bn people", "1,200,000,000 people"),
        ("2.9m passengers last year", "2,900,000 passengers; 2025"),
        ("three and a half million children", "3,500,000 children"),
        ("a million and a half refugees", "1,500,000 refugees"),
        ("a dozen villagers", "12 villagers"),
        ("half a dozen people", "6 people"),
        ("dozens of people", "24–99 people"),
        ("hundreds of thousands of voters", "200,000–999,000 voters"),
        ("tens of thousands of Venezuelans", "20,000–99,000 venezuelans"),
        ("several ministers resigned", "3–9 ministers"),
        ("a few boats", "2–6 boats"),
        ("a handful of ships", "3–6 ships"),
        ("a couple of cars", "2 cars"),
        ("a couple in their seventies", "aged 70–79"),
        ("all eleven riverside municipalities", "11 municipalities"),
    ]);
}

#[test]
fn a_power_of_ten_is_no_ten() {
    check(&[
        ("10⁶ litres were lost", "1,000,000 litres"),
        ("5×10⁶ litres were lost", "5,000,000 litres"),
        ("10 litres were lost", "10 litres"),
    ]);
}

#[test]
fn what_is_counted_may_stand_before_or_further_off() {
    check(&[
        ("nine are missing", "9 missing"),
        ("five have died", "5 deaths"),
        ("Two hurt, both crew", "2 injuries; 2 crew"),
        ("a crew of nine", "9 crew"),
        ("her eight-man crew", "8 crew"),
        ("a 12-seat launch", "12 seats"),
        ("a five-storey block", "5 storeys"),
        ("mum-of-four Ada", "4 children"),
        ("the toll rises to six", "6 deaths"),
        ("between 20 and 30 boats", "20–30 boats"),
        ("two or three boats", "2–3 boats"),
        ("2 to 3 million users", "2,000,000–3,000,000 users"),
        ("about 312,000 customers", "about 312,000 customers"),
        ("some 600 tractors", "about 600 tractors"),
        ("more than 4,000 residents", "more than 4,000 residents"),
        ("at least five people", "at least 5 people"),
        ("no fewer than 12 arrests", "at least 12 arrests"),
        ("as many as 480,000 people", "up to 480,000 people"),
        ("nearly forty flights", "nearly 40 flights"),
        ("fewer than 50 seats", "less than 50 seats"),
        ("just over 50 seats", "just over 50 seats"),
        ("40 or so boats", "about 40"),
        ("40+ boats", "at least 40"),
        ("900 times a year", "900 times a year"),
        ("17,000 drivers a day", "17,000 drivers a day"),
        ("twice a week", "2 times a week"),
        ("the only person hurt", "1 person"),
        ("the two night guards", "2 guards"),
        ("the million and a half", ""),
        ("both flight recorders were found", "2 recorders"),
        ("a single guard was on duty", "1 guard"),
        ("one dog walker said", "1 walker"),
        ("under one roof", "1 roof"),
        ("three police officers", "3 officers"),
        ("40 buses", "40 buses"),
        ("17\u{a0}000 people", "17,000 people"),
        ("a crowd of some 40,000", "about 40,000"),
        ("Three of her ministers have now gone", "3 ministers"),
        ("zero tolerance", "0"),
    ]);
}

#[test]
fn none_is_a_value_and_idioms_with_no_are_not() {
    check(&[
        ("No one was hurt", "no people"),
        ("nobody said a word", "no people"),
        ("no injuries were reported", "no injuries"),
        ("There was no fire.", "no fires"),
        ("He no longer works", ""),
        ("no doubt about it", ""),
        ("No, he said", ""),
        ("There are none.", "no one"),
        ("not one penny", "no pennies"),
        ("not a single crown", "no crowns"),
    ]);
}

#[test]
fn figures_that_only_name_a_thing_are_left_alone() {
    check(&[
        ("call 020 7946 0958 now", ""),
        ("a 4-3-3 formation", ""),
        ("version 1.2.3 is out", ""),
        ("see page 9", ""),
        ("pages 8 and 9", ""),
        ("runway 24 was shut", ""),
        ("Flight 628 left", ""),
        ("on the B619 road", ""),
        ("The Cavell 300 freighter", ""),
        ("ask at 4 Fish Street", ""),
        ("Covid-19 cases", ""),
        ("No. 1 reverser", ""),
        ("at number 9, she said", ""),
        ("behind gate two.", ""),
        ("all but three survived", ""),
        ("she may march on", ""),
        ("Three marched", "3"),
        ("one of them said", ""),
        ("no one said so", "no people"),
        ("one day he left", ""),
        ("on Second Avenue", ""),
        ("at first she ran", ""),
        ("in the first half of it", "1st half"),
    ]);
}

#[test]
fn measures_keep_the_unit_they_were_written_in() {
    check(&[
        ("an 89-metre freighter", "89 m"),
        ("292 feet long", "292 ft"),
        ("the 292ft monster", "292 ft"),
        ("some 900m into the 2,100m available", "about 900 m; 2,100 m"),
        ("684 centimetres", "684 cm"),
        ("22.4 feet", "22.4 ft"),
        ("nearly 23 kilometers each way", "nearly 23 km"),
        ("14 miles each way", "14 miles"),
        ("a 28-mile round trip", "28 miles"),
        ("a mile away", "1 mile"),
        ("half a mile", "0.5 miles"),
        ("a half-mile-wide wall", "0.5 miles"),
        ("three quarters of a mile", "0.75 miles"),
        ("five and a half inches", "5.5 in"),
        ("140 litres of rain per square metre", "140 mm of rain"),
        ("two knots", "2 knots"),
        ("158kt", "158 knots"),
        ("40mph", "40 mph"),
        ("60 miles an hour", "60 mph"),
        ("100 km/h", "100 km/h"),
        ("31t of parcels", "31 t"),
        ("600,000 tonnes of cargo annually", "600,000 t a year"),
        ("20 hectares", "20 hectares"),
        ("six square miles", "6 sq miles"),
        ("1,500 litres", "1,500 litres"),
        ("330 gallons", "330 gallons"),
        ("30C heat", "30 °C"),
        ("86 degrees Fahrenheit", "86 °F"),
        ("-12C", "-12 °C"),
        ("minus 33 degrees Celsius", "-33 °C"),
        ("18 degrees below zero", "-18 degrees"),
        ("eighteen below.", "-18 degrees"),
        ("6ft 2in tall", "74 in"),
        ("weighing 40 pounds", "40 lb"),
        ("26,000 pounds of gas", "26,000 lb"),
        ("200kg of batteries", "200 kg"),
        ("9.58 seconds", "9.58 seconds"),
        ("400 megawatts", "400 MW"),
        ("two percentage points", "2 percentage points"),
    ]);
}

#[test]
fn lengths_of_time_are_durations() {
    check(&[
        ("six weeks", "6 weeks"),
        ("a month and a half", "1.5 months"),
        ("36 hours", "36 hours"),
        ("a day and a half", "1.5 days"),
        ("12 months of credit", "12 months"),
        ("a year’s free checks", "1 year"),
        ("the best part of three hours", "nearly 3 hours"),
        ("six to ten weeks", "6–10 weeks"),
        ("a month-long ban", "1 month"),
        ("a two-week trip", "2 weeks"),
        ("3 minutes 40 seconds", "220 seconds"),
        ("three minutes and 40 seconds long", "220 seconds"),
        ("9h 40min", "580 minutes"),
        ("half an hour", "0.5 hours"),
        ("in 2:04:35", "7,475 seconds"),
        ("at least six weeks", "at least 6 weeks"),
        ("six weeks at the very least", "at least 6 weeks"),
        ("grew over six years", "6 years"),
        ("for over six years", "more than 6 years"),
        ("a fortnight later", "1 fortnight"),
        ("several weeks", "3–9 weeks"),
        ("an hour ahead", "1 hour"),
        ("two and a half years", "2.5 years"),
    ]);
}

#[test]
fn sums_of_money_have_a_currency() {
    check(&[
        ("£1.2m", "1,200,000 GBP"),
        ("£1.2MILLION", "1,200,000 GBP"),
        ("1.2 million pounds", "1,200,000 GBP"),
        ("two million quid", "2,000,000 GBP"),
        ("€9,000 a day", "9,000 EUR a day"),
        ("$170 million", "170,000,000 USD"),
        ("US$5bn", "5,000,000,000 USD"),
        ("A$300", "300 AUD"),
        ("£2m to £3m", "2,000,000–3,000,000 GBP"),
        ("£2-3m", "2,000,000–3,000,000 GBP"),
        ("between £2m and £3m", "2,000,000–3,000,000 GBP"),
        ("from £2m to £3m", "2,000,000 GBP; 3,000,000 GBP"),
        ("184p", "1.84 GBP"),
        ("184 pence", "1.84 GBP"),
        ("fined 5,000 pounds", "5,000 GBP"),
        ("4 billion crowns", "4,000,000,000 CROWN"),
        ("1.4bn crowns", "1,400,000,000 CROWN"),
        ("EUR 300", "300 EUR"),
        ("some £26m", "about 26,000,000 GBP"),
        ("up to £500,000", "up to 500,000 GBP"),
        ("millions of dollars", "2,000,000–99,000,000 USD"),
        ("£50k", "50,000 GBP"),
    ]);
}

#[test]
fn shares_are_percentages_or_ratios() {
    check(&[
        ("4pc", "4 %"),
        ("94 per cent", "94 %"),
        ("6.2 percent", "6.2 %"),
        ("a shade over 6 per cent", "just over 6 %"),
        ("a third of it", "33.3333 %"),
        ("two-thirds of them", "66.6667 %"),
        ("three quarters of it", "75 %"),
        ("more than a fifth of it", "more than 20 %"),
        ("about a third of the way", "about 33.3333 %"),
        ("had her a third open", "33.3333 %"),
        ("half of it", "50 %"),
        ("more than half the town", "more than 50 %"),
        ("one job in six", "1 in 6"),
        ("one in ten", "1 in 10"),
        ("an eighth of the total", "12.5 %"),
        ("six libraries out of 14", "6 of 14"),
        ("two of every 1,000", "2 in 1,000"),
        ("nine out of 10 voters", "9 in 10"),
        ("seven malaria cases in ten", "7 in 10"),
        ("14 of the 40 posts", "14 of 40"),
        ("30 of its 90 degrees", "30 of 90"),
        ("12 of the IT department’s 40 posts", "12 of 40"),
        ("three of the six dead", "3 of 6"),
        ("a third ambulance", "3rd ambulance"),
        ("one in 2014", "2014"),
    ]);
}

#[test]
fn places_in_an_order_are_not_seconds_or_thirds() {
    check(&[
        ("a second ambulance", "2nd ambulance"),
        ("a seventh body", "7th body"),
        ("the 21st race", "21st race"),
        ("its twenty-first birthday", "21st birthday"),
        ("the second serious accident in years", "2nd accident"),
        ("the 54th minute", "54th minute"),
        ("a seventh, a teacher, died", "7th"),
        ("10 seconds", "10 seconds"),
    ]);
}

#[test]
fn ages_are_told_from_counts() {
    check(&[
        ("a 34-year-old fireman", "aged 34"),
        ("Radim Kostka, 34, whose boat", "aged 34"),
        ("Len Pask, 58, said", "aged 58"),
        ("Gran, 81: “I went”", "aged 81"),
        ("aged 54", "aged 54"),
        ("in his forties", "aged 40–49"),
        ("in their 70s", "aged 70–79"),
        ("aged between four and 81", "aged 4–81"),
        ("aged from 4 to 81", "aged 4–81"),
        ("in her late thirties", "aged 37–39"),
        ("95 years old", "aged 95"),
        ("My mother is 88, and", "aged 88"),
        ("18- to 24-year-olds", "aged 18–24"),
        ("children under five", "less than aged 5"),
        ("a man of 43", "aged 43"),
        ("My mother is eighty-eight.", "aged 88"),
        ("Sergeant Ada Pell was 27.", "aged 27"),
        ("Turnout in Port Lisk was 71.", "71"),
        ("The target is 12.", "12"),
        ("Ada Moss, forty-one, said", "aged 41"),
        ("a six-month-old baby", "aged 0.5"),
        ("In Istanbul, 12 died", "12 deaths"),
        ("routes 5, 6 and 7", "6; 7"),
    ]);
}

#[test]
fn results_are_told_from_ranges() {
    check(&[
        ("won 2-1", "2–1"),
        ("beat Orrin 3-1 in the final", "3–1"),
        ("a 3–0 win", "3–0"),
        ("lost 1-2 at home", "1–2"),
        ("by five to four", "5–4"),
        ("by 141 votes to 98", "141–98"),
        ("they voted, 31 to 29, to shut it", "31–29"),
        ("three-nil", "3–0"),
        ("5-10 people", "5–10 people"),
        ("5-10 per cent", "5–10 %"),
    ]);
}

#[test]
fn dates_count_from_the_day_of_publication() {
    check(&[
        ("10 March 2026", "Tue 10 Mar 2026"),
        ("March 10", "Tue 10 Mar 2026"),
        ("Mar. 10, 2026", "Tue 10 Mar 2026"),
        ("the tenth of March", "Tue 10 Mar 2026"),
        ("Tuesday 10 March", "Tue 10 Mar 2026"),
        ("Thursday, March 12th", "Thu 12 Mar 2026"),
        ("2026-03-10", "Tue 10 Mar 2026"),
        ("10/03/2026", "Tue 10 Mar 2026"),
        ("10.03.2026", "Tue 10 Mar 2026"),
        ("9–11 July 2027", "9 Jul 2027 – 11 Jul 2027"),
        ("said on Tuesday", "Tue 10 Mar 2026"),
        ("will start on Thursday", "Thu 12 Mar 2026"),
        ("a minister is to visit on Friday", "Fri 13 Mar 2026"),
        ("last Friday", "Fri 6 Mar 2026"),
        ("next Tuesday", "Tue 17 Mar 2026"),
        ("yesterday", "Tue 10 Mar 2026"),
        ("yesterday morning", "Tue 10 Mar 2026, between midnight and noon"),
        ("tomorrow", "Thu 12 Mar 2026"),
        ("the day before yesterday", "Mon 9 Mar 2026"),
        ("last night", "Tue 10 Mar 2026, between 5:00 p.m. and 6:00 a.m."),
        ("on Sunday evening", "Sun 8 Mar 2026, between 5:00 p.m. and midnight"),
        ("late on Friday", "Fri 6 Mar 2026, between 4:00 p.m. and 3:00 a.m."),
        ("last month", "Feb 2026"),
        ("this week", "9 Mar 2026 – 15 Mar 2026"),
        ("last year", "2025"),
        ("in January last year", "Jan 2025"),
        ("in January 2025", "Jan 2025"),
        ("since January 2023", "Jan 2023"),
        ("in January", "Jan 2026"),
        ("in October", "Oct 2025"),
        ("2014", "2014"),
        ("opened in 1931", "1931"),
        ("the 1998 Orlova", "1998"),
        ("twelve years ago", "2014"),
        ("four years ago", "2022"),
        ("three days ago", "Sun 8 Mar 2026"),
        ("a fortnight ago", "Wed 25 Feb 2026"),
        ("in the 1990s", "1990–1999"),
        ("in the nineties", "1990–1999"),
        ("the 19th century", "1801–1900"),
        ("a Victorian bridge", "1837–1901"),
        ("mid-May", "8 May 2026 – 24 May 2026"),
        ("early 2022", "1 Jan 2022 – 2 May 2022"),
        ("the start of 2023", "1 Jan 2023 – 2 Mar 2023"),
        ("Friday the 13th", "Fri 13 Mar 2026"),
        ("1990–2026", "1990–2026"),
        ("this winter", "1 Dec 2025 – 28 Feb 2026"),
        ("The Sunday Bugle", ""),
        ("flown out by crane on Sunday", "Sun 8 Mar 2026"),
        ("by Friday", "Fri 13 Mar 2026"),
        ("since the 2011 leaves fell", "2011"),
        ("on New Year’s Eve", "Wed 31 Dec 2025"),
        ("the last day of June", "Tue 30 Jun 2026"),
        ("by the end of the year", "1 Nov 2026 – 31 Dec 2026"),
        ("book of the year", ""),
        ("around 2017", "about 2017"),
        ("1500 people", "1,500 people"),
    ]);
}

#[test]
fn times_of_day_are_minutes_since_midnight() {
    check(&[
        ("5.40 a.m.", "5:40 a.m."),
        ("4.40am", "4:40 a.m."),
        ("at 10 p.m. on Sunday", "10:00 p.m.; Sun 8 Mar 2026"),
        ("22:47", "10:47 p.m."),
        ("04:20", "4:20 a.m."),
        ("twenty to six yesterday morning", "5:40 a.m.; Tue 10 Mar 2026, between midnight and noon"),
        ("half past four this morning", "4:30 a.m.; Wed 11 Mar 2026, between midnight and noon"),
        ("By ten to eleven he was dead", "10:50 a.m. or 10:50 p.m."),
        ("a quarter past nine", "9:15 a.m. or 9:15 p.m."),
        ("thirteen minutes to midnight", "11:47 p.m."),
        ("twenty past four on Monday morning", "4:20 a.m.; Mon 9 Mar 2026, between midnight and noon"),
        ("ten o’clock on Sunday evening", "10:00 p.m.; Sun 8 Mar 2026, between 5:00 p.m. and midnight"),
        ("noon", "noon"),
        ("at midnight", "midnight"),
        ("0420 hours", "4:20 a.m."),
        ("at 2200 GMT", "10:00 p.m. (another clock)"),
        ("about 5.40 a.m.", "about 5:40 a.m."),
        ("shortly before noon", "just before noon"),
        ("after 6 p.m.", "after 6:00 p.m."),
        ("10.47 last night", "10:47 p.m.; Tue 10 Mar 2026, between 5:00 p.m. and 6:00 a.m."),
        ("this evening at 20.00.", "Wed 11 Mar 2026, between 5:00 p.m. and midnight; 8:00 p.m."),
        ("before dawn", "between midnight and 7:30 a.m."),
        ("6:40 a.m. Sundhavn time, which is an hour ahead of here", "5:40 a.m.; 1 hour"),
        ("6:40 a.m. Sundhavn time", "6:40 a.m. (another clock)"),
        ("set out at 5.", "5:00 a.m. or 5:00 p.m."),
        ("just before six, they voted", "just before 6:00 a.m. or 6:00 p.m."),
        ("open since five.", "5:00 a.m. or 5:00 p.m."),
        ("at 17.10 hrs", "5:10 p.m."),
        ("It was ten to eleven.", "10:50 a.m. or 10:50 p.m."),
        ("ten minutes to 5 Eastern", "4:50 a.m. or 4:50 p.m. (another clock)"),
        ("at five in the afternoon", "5:00 p.m.; between noon and 6:30 p.m."),
        ("the last bus goes at six.", "6:00 a.m. or 6:00 p.m."),
        ("six to ten weeks", "6–10 weeks"),
        ("ten to twelve people", "10–12 people"),
    ]);
}

/// The best agreement that a value of one text finds in the other.
fn agree(a: &str, b: &str, compare: fn(&Value, &Value) -> Agreement) -> Option<Agreement> {
    let (a, b) = (found(a), found(b));
    a.iter().flat_map(|a| b.iter().map(move |b| compare(a, b))).min()
}

fn check_agreement(rows: &[(&str, &str, Agreement)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(a, b, wanted)| (a, b, wanted, agree(a, b, agreement)))
        .filter(|(.., wanted, found)| Some(**wanted) != *found)
        .map(|(a, b, wanted, found)| {
            format!("{a} [{}] | {b} [{}]: wanted {wanted:?}, found {found:?}", described(a), described(b))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn counts_agree_within_what_their_wording_allows() {
    check_agreement(&[
        ("a dozen boats", "12 boats", Equal),
        ("two dozen boats", "24 boats", Equal),
        ("about 312,000 customers", "312,000 customers", Equal),
        ("about 312,000 customers", "roughly 312,000 customers", Equal),
        ("312,000 customers", "480,000 passengers", Different),
        ("more than 4,000 residents", "4,200 people", Compatible),
        ("more than 4,000 people", "5,000 people", Compatible),
        ("more than 4,000 people", "3,000 people", Different),
        ("more than 4,000 people", "nearly 6,000 people", Different),
        ("dozens of boats", "36 boats", Compatible),
        ("dozens of boats", "12 boats", Different),
        ("hundreds of residents", "60 residents", Different),
        ("thousands of tractors", "600 tractors", Different),
        ("nearly forty flights", "38 flights", Compatible),
        ("nearly forty flights", "83 flights", Different),
        ("Three hundred soldiers", "about 300 troops", Equal),
        ("2,400 homes", "2,400 households", Equal),
        ("three vessels", "four ships", Different),
        ("17,000 vehicles", "17,000 drivers a day", Equal),
        ("1,140 employees", "1,140 staff", Equal),
        ("62 people", "more than 60 people", Compatible),
        ("five people have died", "a fifth death", Compatible),
        ("six people have died", "a seventh body", Different),
        ("nine people", "eleven people", Different),
        ("No one was hurt", "two hurt", Different),
        ("no deaths", "eight deaths", Different),
        ("300 people", "304 people", Different),
        ("17,000 cars", "17,204 cars", Compatible),
        ("at least five people", "six people", Different),
        ("up to 150 people", "up to 115 people", Different),
        ("twenty boats", "twenty horses", Compatible),
        ("twenty boats", "thirty horses", Incomparable),
        ("as many as 480,000 people", "480,000 people", Compatible),
        ("some 600 tractors", "600 tractors", Equal),
        ("38,000 farms", "83,000 farmers", Different),
        ("2-1", "2–1", Equal),
        ("won 2-1", "lost 1-2", Compatible),
        ("won 2-1", "won 3-1", Different),
        ("beat Orrin 3-1 in the final", "beat Orrin 3-2 in the final", Different),
        ("doubled", "tripled", Different),
        ("hundreds of people", "thousands of people", Different),
        ("dozens of people", "scores of people", Compatible),
        ("€40 million", "$40 million", Different),
        ("A$40 million", "$40 million", Incomparable),
        ("€40 million", "$44 million", Incomparable),
        ("the 54th minute", "the 45th minute", Different),
    ]);
}

#[test]
fn measures_agree_over_their_units() {
    check_agreement(&[
        ("89-metre", "292 feet", Equal),
        ("nearly 23 kilometers", "14 miles", Equal),
        ("5.5 inches", "140 mm", Equal),
        ("140 litres of rain per square metre", "five and a half inches", Equal),
        ("22.4 feet", "6.84 metres", Equal),
        ("22.4 feet", "6.48 metres", Different),
        ("684 centimetres", "6.84 metres", Equal),
        ("two knots", "2 knots", Equal),
        ("two knots", "seven knots", Different),
        ("barely 2 knots", "two knots", Equal),
        ("nearly 600 feet", "180 metres", Equal),
        ("44 yards", "40 metres", Equal),
        ("200 yards", "180 metres", Equal),
        ("35kt", "40mph", Equal),
        ("158kt", "180mph", Equal),
        ("31 tonnes", "34 tons", Equal),
        ("13 tonnes", "31t", Different),
        ("1,500 litres", "330 gallons", Equal),
        ("20 hectares", "about 50 acres", Equal),
        ("20 hectares", "80 acres", Different),
        ("30C", "86 degrees Fahrenheit", Equal),
        ("30C", "30 degrees", Compatible),
        ("-18C", "zero degrees Fahrenheit", Equal),
        ("two knots", "two metres", Incomparable),
        ("6ft 2in", "1.88 metres", Equal),
        ("10kg", "22 pounds of flour", Equal),
        ("100 km/h", "62 mph", Equal),
        ("5 miles", "8 km", Equal),
        ("5 miles", "10 km", Different),
    ]);
}

#[test]
fn lengths_of_time_agree_over_their_units() {
    check_agreement(&[
        ("a month and a half", "six weeks", Equal),
        ("12 months", "a year", Equal),
        ("12 months", "two years", Different),
        ("36 hours", "a day and a half", Equal),
        ("36 hours", "24 hours", Different),
        ("72 hours", "three days", Equal),
        ("30 days", "a month-long ban", Equal),
        ("at least six weeks", "six to ten weeks", Compatible),
        ("at least six weeks", "at least a month and a half", Equal),
        ("ten weeks", "six weeks", Different),
        ("ten weeks", "at least six weeks", Different),
        ("ten weeks", "at least a month and a half", Different),
        ("11 months", "a year", Different),
        ("18 months", "a year and a half", Equal),
        ("the best part of an hour", "50 minutes", Compatible),
        ("almost half an hour", "25 minutes", Compatible),
        ("3 minutes 40 seconds", "just under four minutes", Compatible),
        ("3 minutes 40 seconds", "14 minutes", Different),
        ("six to ten", "six weeks", Compatible),
        ("two weeks", "a fortnight", Equal),
        ("nine years", "four and a half years", Different),
        ("17 hours", "nearly 20 hours", Different),
        ("more than 11 hours", "a 13-hour trip", Different),
        ("more than 11,000 hours", "11,200 flying hours", Compatible),
        ("almost three years", "since June 2023", Compatible),
        ("in less than three weeks", "on 28 March", Compatible),
    ]);
}

#[test]
fn money_agrees_in_one_currency() {
    check_agreement(&[
        ("£1.2m", "1.2 million pounds", Equal),
        ("£1.2MILLION", "£1,200,000", Equal),
        ("two million quid", "£2m", Equal),
        ("184p", "184 pence", Equal),
        ("184p", "£1.84", Equal),
        ("£2.6m", "£2.9m", Different),
        ("£1.2m", "£1,230,000", Compatible),
        ("£5,000", "€5,000", Different),
        ("up to £150,000", "up to £115,000", Different),
        ("£2m to £3m", "£2.5m", Compatible),
        ("about $950", "$950", Equal),
        ("€9,000 a day", "€63,000 a week", Equal),
        ("£78 on bills", "£1.50 a week", Incomparable),
    ]);
}

#[test]
fn shares_agree_however_they_are_put() {
    check_agreement(&[
        ("a third of it", "30 of its 90 degrees", Equal),
        ("14 of the 40 posts", "Fourteen of the forty people", Equal),
        ("14 of the 40 posts", "12 of the 40 posts", Different),
        ("14 of the 40 posts", "more than a third of it", Compatible),
        ("12 of the 40 posts", "more than a third of it", Different),
        ("94 per cent", "94%", Equal),
        ("6.2pc", "a shade over 6 per cent", Compatible),
        ("6.2pc", "6.3pc", Different),
        ("22 percent", "more than a fifth of it", Compatible),
        ("32%", "more than a fifth of it", Different),
        ("71%", "seven malaria cases in ten", Equal),
        ("half of it", "50 per cent", Equal),
        ("24 percent", "27 percent", Different),
        ("one in six", "a sixth of it", Equal),
        ("by ten votes to two", "ten of the twelve jurors", Compatible),
        ("12.5 per cent", "an eighth of it", Equal),
        ("31,200 passport numbers", "one case in ten", Incomparable),
    ]);
}

#[test]
fn dates_agree_however_they_are_put() {
    check_agreement(&[
        ("on Tuesday", "March 10", Equal),
        ("Tuesday 10 March", "March 10", Equal),
        ("yesterday", "on Tuesday", Equal),
        ("yesterday morning", "on Tuesday", Compatible),
        ("yesterday morning", "yesterday evening", Different),
        ("before dawn yesterday", "on March 10", Equal),
        ("will start on Thursday", "from tomorrow", Equal),
        ("first boat Friday", "on March 12", Different),
        ("four years ago", "2022", Equal),
        ("twelve years ago", "2014", Equal),
        ("twelve years ago", "2011", Different),
        ("in January last year", "in January 2025", Equal),
        ("in January last year", "at the start of last year", Compatible),
        ("in January last year", "last year", Compatible),
        ("since January 2023", "since the start of 2023", Compatible),
        ("19 May", "May 19", Equal),
        ("25 May", "27 May", Different),
        ("1741", "1714", Different),
        ("opened in 1931", "95 years old", Equal),
        ("since 1741", "a 285-year-old bridge", Equal),
        ("built in 1714", "a 285-year-old bridge", Different),
        ("1931", "a Victorian bridge", Different),
        ("a Victorian bridge", "95 years old", Different),
        ("since 1891", "in 135 years", Equal),
        ("58-year-old", "in 1931", Incomparable),
        ("30 June", "the last day of June", Equal),
        ("April 1", "All Fools’ Day", Equal),
        ("next July", "9-11 July 2026", Compatible),
        ("early 2022", "in March 2022", Compatible),
        ("mid-December", "by the middle of December", Equal),
        ("34-year-old", "Radim Kostka, 34, whose", Equal),
        ("34-year-old", "a man, 43, who", Different),
        ("in their seventies", "in their 70s", Equal),
        ("in his forties", "aged 45", Compatible),
    ]);
}

#[test]
fn times_agree_however_they_are_put() {
    check_agreement(&[
        ("5.40 a.m.", "4.40am", Different),
        ("5.40 a.m.", "twenty to six", Equal),
        ("twenty to six", "4.40am", Different),
        ("about 5.40 a.m.", "5.45 a.m.", Compatible),
        ("midnight", "00:00", Equal),
        ("around midnight", "at midnight", Equal),
        ("10 p.m.", "22:00", Equal),
        ("6:40 a.m. Sundhavn time", "4.40am", Incomparable),
        ("6:40 a.m. Sundhavn time, which is an hour ahead of it", "5.40 a.m.", Equal),
        ("6:40 a.m. Sundhavn time, which is an hour ahead of it", "4.40am", Different),
        ("before dawn", "4.20 a.m.", Compatible),
        ("before dawn", "2 p.m.", Different),
        ("shortly before noon", "11.50 a.m.", Compatible),
        ("11.47 p.m.", "thirteen minutes to midnight", Equal),
        ("10.47 p.m.", "11.47 p.m.", Different),
        ("noon", "12:00", Equal),
        ("8am", "8.04 a.m.", Compatible),
    ]);
}

#[test]
fn in_one_slot_the_noun_does_not_matter() {
    assert_eq!(agree("11,000 vehicles", "17,000 drivers", agreement_in_one_slot), Some(Different));
    assert_eq!(agree("eight crew", "nine people", agreement), Some(Incomparable));
    assert_eq!(agree("eight crew", "nine people", agreement_in_one_slot), Some(Different));
}

#[test]
fn without_a_day_of_publication_only_what_is_written_is_compared() {
    let undated = |text: &str| values(text, ByteSpan::new(0, text.len()), None);
    let agree = |a: &str, b: &str| agreement(&undated(a)[0], &undated(b)[0]);
    assert_eq!(agree("on Tuesday", "on Tuesday"), Equal);
    assert_eq!(agree("on Tuesday", "on Friday"), Different);
    assert_eq!(agree("March 10", "10 March"), Equal);
    assert_eq!(agree("March 10", "10 March 2026"), Equal);
    assert_eq!(agree("on Tuesday", "10 March 2026"), Compatible);
    assert_eq!(agree("yesterday", "on Tuesday"), Incomparable);
}

#[test]
fn a_span_covers_the_words_of_approximation_and_its_core_does_not() {
    let text = "It holds about 312,000 of them.";
    let value = &found(text)[0];
    assert_eq!((value.span.of(text), value.core.of(text)), ("about 312,000", "312,000"));
}

#[test]
fn a_value_outside_the_span_is_not_found() {
    let text = "Two boats. Nine ships. é";
    assert_eq!(values(text, ByteSpan::new(11, 22), None).len(), 1);
    assert_eq!(values(text, ByteSpan::new(11, 900), None).len(), 0);
    assert_eq!(values(text, ByteSpan::new(0, text.len() - 1), None).len(), 0);
}

/// Words that values are made of, so that random texts hold many.
const WORDS: [&str; 72] = [
    "one",
    "two",
    "six",
    "ten",
    "twenty",
    "half",
    "a",
    "an",
    "the",
    "hundred",
    "thousand",
    "million",
    "bn",
    "m",
    "-",
    "–",
    ",",
    ".",
    ":",
    "/",
    "£",
    "$",
    "%",
    "per cent",
    "pounds",
    "pence",
    "weeks",
    "months",
    "year",
    "years",
    "old",
    "ago",
    "last",
    "next",
    "this",
    "yesterday",
    "morning",
    "night",
    "Tuesday",
    "March",
    "May",
    "10",
    "2026",
    "1931",
    "1990s",
    "5.40",
    "a.m.",
    "o’clock",
    "past",
    "to",
    "and",
    "of",
    "in",
    "about",
    "more than",
    "nearly",
    "dozens",
    "several",
    "people",
    "miles",
    "ft",
    "C",
    "no one",
    "none",
    "second",
    "third",
    "aged",
    "between",
    "from",
    "999,999,999",
    "99999999999999999999999999999999",
    "½",
];

/// Every word that stands in quotation marks in a recogniser's source, and some figures.
fn known_words() -> Vec<String> {
    const SOURCES: [&str; 14] = [
        include_str!("age.rs"),
        include_str!("approximation.rs"),
        include_str!("clock.rs"),
        include_str!("date.rs"),
        include_str!("feast.rs"),
        include_str!("few.rs"),
        include_str!("fraction.rs"),
        include_str!("money.rs"),
        include_str!("number.rs"),
        include_str!("quantity.rs"),
        include_str!("relative_date.rs"),
        include_str!("score.rs"),
        include_str!("weekday.rs"),
        include_str!("years.rs"),
    ];
    // A quotation mark that is quoted itself opens nothing.
    let sources: Vec<_> = SOURCES.iter().map(|source| source.replace("\\\"", "").replace("'\"'", "")).collect();
    let quoted = sources.iter().flat_map(|source| source.split('"').skip(1).step_by(2));
    let is_word = |word: &&str| word.chars().all(|c| c.is_alphabetic() || c == '\'');
    let words = quoted.flat_map(str::split_whitespace).filter(is_word);
    let mut words: Vec<_> = words.chain(["3", "10", "2026", "1990", "5.40"]).map(str::to_owned).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// A word in small letters, with a capital and in capitals.
fn cased(word: &str) -> [String; 3] {
    let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    [word.to_lowercase(), first.to_uppercase() + rest, word.to_uppercase()]
}

#[test]
fn no_word_that_a_recogniser_knows_is_passed_over() {
    let words = known_words();
    for known in ["lunchtime", "teens", "dusk", "EUR", "july"] {
        assert!(words.iter().any(|word| word == known), "{known}");
    }
    for word in words.iter().flat_map(|word| cased(word)) {
        for rest in [
            "",
            " 10",
            " 10 people",
            " half",
            " March",
            " day of the year",
            " night",
            " of the day",
            " dollars",
            " century",
        ] {
            for before in ["", "the ", "in ", "The mid "] {
                let text = format!("{before}{word}{rest}");
                assert_eq!(found(&text), found_anywhere(&text), "{text}");
            }
        }
    }
}

fn wordy() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(&WORDS[..]), prop::bool::ANY), 0..24).prop_map(|words| {
        words.into_iter().map(|(word, space)| format!("{word}{}", if space { " " } else { "" })).collect()
    })
}

fn check_spans(text: &str) {
    let mut last = 0;
    for value in found(text) {
        assert!(value.span.start.index() >= last, "{text:?}");
        assert!(value.span.covers(value.core) && !value.span.is_empty(), "{text:?}");
        assert!(text.get(value.span.range()).is_some() && text.get(value.core.range()).is_some(), "{text:?}");
        last = value.span.end.index();
        describe(&value);
        if let ValueKind::Count { amount, .. } = value.kind {
            assert!(amount.low <= amount.high && amount.high.is_finite(), "{text:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_gives_ordered_spans_on_char_boundaries(text in "\\PC{0,60}") {
        check_spans(&text);
    }

    #[test]
    fn texts_full_of_values_give_ordered_spans_on_char_boundaries(text in wordy()) {
        check_spans(&text);
    }

    #[test]
    fn no_value_is_passed_over(text in wordy()) {
        prop_assert_eq!(found(&text), found_anywhere(&text));
    }

    #[test]
    fn nothing_that_the_recognisers_know_is_passed_over(
        words in prop::collection::vec((prop::sample::select(known_words()), 0..3usize), 1..8)
    ) {
        let text = words.iter().map(|(word, case)| cased(word)[*case].clone()).collect::<Vec<_>>().join(" ");
        prop_assert_eq!(found(&text), found_anywhere(&text));
    }

    #[test]
    fn agreement_is_symmetric_and_a_value_never_differs_from_itself(a in wordy(), b in wordy()) {
        let (a, b) = (found(&a), found(&b));
        for one in a.iter().chain(&b) {
            prop_assert!(matches!(agreement(one, one), Equal | Compatible), "{one:?}");
            for other in a.iter().chain(&b) {
                prop_assert_eq!(agreement(one, other), agreement(other, one));
                prop_assert_eq!(agreement_in_one_slot(one, other), agreement_in_one_slot(other, one));
            }
        }
    }

    #[test]
    fn any_day_of_publication_is_safe(text in wordy(), year in -9999i16..=9999, month in 1i8..=12, day in 1i8..=28) {
        let published = Some(date(year, month, day).at(0, 0, 0, 0));
        for value in values(&text, ByteSpan::new(0, text.len()), published) {
            agreement(&value, &value);
            describe(&value);
        }
    }
}
