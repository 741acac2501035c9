//! The units of measure and of time, with their factors to the base unit of their dimension.
//!
//! Must never parse a number. Invariant: no written form stands for two units, but for units whose size differs by country
//! (ton, gallon), which have a range for a factor. Factors: International System of Units (SI) and its accepted units
//! (BIPM, The International System of Units, 9th edition, table 8); imperial and customary units by the International
//! Yard and Pound Agreement of 1959 and NIST Special Publication 811, appendix B.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::words::Pieces;

/// What a measure measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// In metres; also rainfall.
    Length,
    /// In kilograms.
    Mass,
    /// In metres per second.
    Speed,
    /// In square metres.
    Area,
    /// In cubic metres.
    Volume,
    /// In degrees Celsius.
    Temperature,
    /// Degrees of which the text says no more.
    Degrees,
    /// In seconds.
    Time,
    /// In watts.
    Power,
    /// In joules.
    Energy,
    /// In pascals.
    Pressure,
    /// In bytes.
    Data,
    /// In hertz.
    Frequency,
    /// In volts.
    Voltage,
    /// In cubic metres per second.
    Flow,
    /// In decibels.
    Loudness,
    /// In points between two percentages.
    PercentagePoint,
}

/// One unit.
#[derive(Debug, PartialEq)]
pub struct Unit {
    /// As it is shown after a number.
    pub name: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// The base units in one of it, at least.
    pub low: f64,
    /// The base units in one of it, at most.
    pub high: f64,
    /// Every way to write it, lower case, parted by spaces; the words of one way joined with `_`.
    forms: &'static str,
}

impl Unit {
    /// The months in one of it, for units of the calendar.
    pub fn months(&self) -> Option<f64> {
        Some(match self.name {
            "months" => 1.0,
            "years" => 12.0,
            "decades" => 120.0,
            "centuries" => 1200.0,
            _ => return None,
        })
    }
}

const fn unit(name: &'static str, dimension: Dimension, factor: f64, forms: &'static str) -> Unit {
    Unit { name, dimension, low: factor, high: factor, forms }
}

const fn loose(name: &'static str, dimension: Dimension, (low, high): (f64, f64), forms: &'static str) -> Unit {
    Unit { name, dimension, low, high, forms }
}

const DAY: f64 = 86_400.0;
const FOOT: f64 = 0.3048;
const MILE: f64 = 1609.344;
const POUND: f64 = 0.453_592_37;

static UNITS: [Unit; 89] = {
    use Dimension::{
        Area, Data, Degrees, Energy, Flow, Frequency, Length, Loudness, Mass, PercentagePoint, Power, Pressure, Speed,
        Temperature, Time, Voltage, Volume,
    };
    [
        unit("mm", Length, 0.001, "mm millimetre millimetres millimeter millimeters mms"),
        unit("cm", Length, 0.01, "cm centimetre centimetres centimeter centimeters cms"),
        unit("m", Length, 1.0, "metre metres meter meters mtr mtrs"),
        unit("km", Length, 1000.0, "km kms kilometre kilometres kilometer kilometers"),
        unit("in", Length, 0.0254, "inch inches"),
        unit("ft", Length, FOOT, "ft foot feet"),
        unit("yd", Length, 0.9144, "yd yds yard yards"),
        unit("miles", Length, MILE, "mile miles mi"),
        unit("nautical miles", Length, 1852.0, "nautical_mile nautical_miles nm nmi sea_miles"),
        unit("fathoms", Length, 1.8288, "fathom fathoms"),
        unit("furlongs", Length, 201.168, "furlong furlongs"),
        unit("micrometres", Length, 1e-6, "micrometre micrometres micrometer micrometers micron microns"),
        unit("nanometres", Length, 1e-9, "nanometre nanometres nanometer nanometers"),
        unit("light years", Length, 9.4607e15, "light_year light_years light_-_year light_-_years"),
        unit("mg", Mass, 1e-6, "mg milligram milligrams milligramme milligrammes"),
        unit("µg", Mass, 1e-9, "µg μg mcg microgram micrograms"),
        unit("g", Mass, 0.001, "gram grams gramme grammes"),
        unit("kg", Mass, 1.0, "kg kgs kilo kilos kilogram kilograms kilogramme kilogrammes"),
        unit("t", Mass, 1000.0, "tonne tonnes metric_ton metric_tons metric_tonnes"),
        loose("tons", Mass, (907.184_74, 1_016.046_908_8), "ton tons"),
        unit("short tons", Mass, 907.184_74, "short_ton short_tons us_tons"),
        unit("long tons", Mass, 1_016.046_908_8, "long_ton long_tons"),
        unit("kt", Mass, 1e6, "kilotonne kilotonnes kiloton kilotons"),
        unit("Mt", Mass, 1e9, "megatonne megatonnes megaton megatons"),
        unit("lb", Mass, POUND, "lb lbs"),
        unit("oz", Mass, 0.028_349_523_125, "oz ounce ounces"),
        unit("st", Mass, 6.350_293_18, "stone"),
        unit("carats", Mass, 0.0002, "carat carats"),
        unit("knots", Speed, 1852.0 / 3600.0, "knot knots kt kts kn"),
        unit(
            "mph",
            Speed,
            MILE / 3600.0,
            "mph miles_per_hour miles_an_hour mile_an_hour miles_/_hour mile_-_an_-_hour mile_-_per_-_hour",
        ),
        unit(
            "km/h",
            Speed,
            1.0 / 3.6,
            "kph kmh kmph km_/_h km_per_hour km_an_hour kilometres_per_hour kilometres_an_hour kilometers_per_hour kilometers_an_hour kilometre_-_per_-_hour",
        ),
        unit("m/s", Speed, 1.0, "m_/_s metres_per_second metres_a_second meters_per_second meters_a_second"),
        unit("ft/s", Speed, FOOT, "feet_per_second feet_a_second"),
        unit(
            "km/s",
            Speed,
            1000.0,
            "km_/_s kilometres_per_second kilometres_a_second kilometers_per_second kilometers_a_second",
        ),
        unit("sq m", Area, 1.0, "sqm sq_m m² m2 square_metre square_metres square_meter square_meters"),
        unit("sq cm", Area, 1e-4, "cm² square_centimetre square_centimetres square_centimeters"),
        unit(
            "sq km",
            Area,
            1e6,
            "km² km2 sq_km square_km square_kilometre square_kilometres square_kilometer square_kilometers",
        ),
        unit("sq ft", Area, FOOT * FOOT, "sq_ft sqft square_foot square_feet"),
        unit("sq miles", Area, MILE * MILE, "sq_mi sq_mile sq_miles square_mile square_miles"),
        unit("sq yd", Area, 0.836_127_36, "square_yard square_yards"),
        unit("hectares", Area, 1e4, "hectare hectares ha"),
        unit("acres", Area, 4_046.856_422_4, "acre acres"),
        unit("ml", Volume, 1e-6, "ml millilitre millilitres milliliter milliliters"),
        unit("cl", Volume, 1e-5, "cl centilitre centilitres"),
        unit("litres", Volume, 0.001, "litre litres liter liters ltr"),
        loose("gallons", Volume, (0.003_785_411_784, 0.004_546_09), "gallon gallons"),
        loose("pints", Volume, (0.000_473_176_473, 0.000_568_261_25), "pint pints"),
        unit("barrels", Volume, 0.158_987_294_928, "barrel barrels bbl"),
        unit("m³", Volume, 1.0, "m³ m3 cubic_metre cubic_metres cubic_meter cubic_meters"),
        unit("cubic feet", Volume, 0.028_316_846_592, "cubic_foot cubic_feet cu_ft"),
        unit("cubic yards", Volume, 0.764_554_857_984, "cubic_yard cubic_yards"),
        unit("cubic kilometres", Volume, 1e9, "cubic_kilometres cubic_kilometers"),
        unit(
            "mm of rain",
            Length,
            0.001,
            "litres_per_square_metre liters_per_square_meter litres_of_rain_per_square_metre liters_of_rain_per_square_meter litres_of_water_per_square_metre litres_a_square_metre",
        ),
        unit(
            "°C",
            Temperature,
            1.0,
            "°_c °c degree_celsius degrees_celsius celsius degree_c degrees_c degrees_centigrade centigrade",
        ),
        unit("°F", Temperature, 1.0, "°_f °f degrees_fahrenheit degree_fahrenheit fahrenheit degrees_f"),
        unit("degrees", Degrees, 1.0, "degree degrees °"),
        unit("ms", Time, 0.001, "millisecond milliseconds ms"),
        unit("seconds", Time, 1.0, "second seconds sec secs"),
        unit("minutes", Time, 60.0, "minute minutes min mins minute's"),
        unit("hours", Time, 3600.0, "hour hours hr hrs hour's"),
        unit("days", Time, DAY, "day days day's"),
        unit("nights", Time, DAY, "night nights night's"),
        unit("weeks", Time, 7.0 * DAY, "week weeks wk wks week's"),
        unit("fortnights", Time, 14.0 * DAY, "fortnight fortnights fortnight's"),
        loose("months", Time, (28.0 * DAY, 31.0 * DAY), "month months month's mth mths"),
        loose("years", Time, (360.0 * DAY, 366.0 * DAY), "year years year's yr yrs"),
        loose("decades", Time, (3650.0 * DAY, 3654.0 * DAY), "decade decades"),
        loose("centuries", Time, (36_500.0 * DAY, 36_540.0 * DAY), "century centuries"),
        unit("W", Power, 1.0, "watt watts"),
        unit("kW", Power, 1e3, "kw kilowatt kilowatts"),
        unit("MW", Power, 1e6, "mw megawatt megawatts"),
        unit("GW", Power, 1e9, "gw gigawatt gigawatts"),
        unit("hp", Power, 745.699_871_582_270_2, "hp bhp horsepower"),
        unit("kWh", Energy, 3.6e6, "kwh kilowatt_hour kilowatt_hours kilowatt_-_hour kilowatt_-_hours"),
        unit("MWh", Energy, 3.6e9, "mwh megawatt_hour megawatt_hours megawatt_-_hours"),
        unit("GWh", Energy, 3.6e12, "gwh gigawatt_hour gigawatt_hours gigawatt_-_hours"),
        unit("kcal", Energy, 4184.0, "kcal calorie calories kilocalories"),
        unit("hPa", Pressure, 100.0, "hpa mb millibar millibars hectopascals"),
        unit("psi", Pressure, 6894.757, "psi"),
        unit("MB", Data, 1e6, "megabyte megabytes"),
        unit("GB", Data, 1e9, "gb gigabyte gigabytes gigs"),
        unit("TB", Data, 1e12, "tb terabyte terabytes"),
        unit("MHz", Frequency, 1e6, "mhz megahertz"),
        unit("GHz", Frequency, 1e9, "ghz gigahertz"),
        unit("V", Voltage, 1.0, "volt volts"),
        unit("kV", Voltage, 1e3, "kv kilovolt kilovolts"),
        unit(
            "m³/s",
            Flow,
            1.0,
            "cumecs cubic_metres_per_second cubic_metres_a_second cubic_meters_per_second cubic_meters_a_second",
        ),
        unit("dB", Loudness, 1.0, "db decibel decibels"),
        unit("percentage points", PercentagePoint, 1.0, "percentage_point percentage_points percentage_-_point"),
    ]
};

/// Units written with one letter, taken only where it is glued to digits ("900m", "31t", "9h").
static LETTERS: [(&str, &str); 8] =
    [("m", "m"), ("t", "t"), ("g", "g"), ("h", "hours"), ("l", "litres"), ("w", "W"), ("v", "V"), ("in", "in")];

/// No written form has more pieces than this.
const LONGEST: usize = 7;

static FORMS: LazyLock<HashMap<&'static str, &'static Unit>> =
    LazyLock::new(|| UNITS.iter().flat_map(|unit| unit.forms.split(' ').map(move |form| (form, unit))).collect());

/// The first words of all forms: most words end the search here.
static FIRST: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| FORMS.keys().map(|form| form.split('_').next().unwrap_or(form)).collect());

/// The unit of that name.
pub(super) fn named(name: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.name == name)
}

/// The unit written at `index` (longest form first) and the piece after it.
pub(super) fn written(pieces: &Pieces<'_>, index: usize) -> Option<(&'static Unit, usize)> {
    if !FIRST.contains(pieces.lower(index)) {
        return None;
    }
    let mut form = String::new();
    let mut found = None;
    for next in index..index + LONGEST {
        let word = pieces.lower(next);
        if word.is_empty() {
            break;
        }
        if next > index {
            form.push('_');
        }
        form.push_str(word);
        if let Some(unit) = FORMS.get(form.as_str()) {
            found = Some((*unit, next + 1));
        }
    }
    found
}

/// The unit that a letter glued to digits stands for ("900m"); capital C and F are degrees.
pub(super) fn letter(pieces: &Pieces<'_>, index: usize) -> Option<&'static Unit> {
    let piece = pieces.get(index).filter(|piece| piece.glued)?;
    match piece.text {
        "C" => named("°C"),
        "F" => named("°F"),
        _ => LETTERS.iter().find(|(text, _)| *text == piece.text).and_then(|(_, name)| named(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_stands_for_two_units() {
        let mut seen = HashMap::default();
        for unit in &UNITS {
            for form in unit.forms.split(' ') {
                assert_eq!(seen.insert(form, unit.name), None, "{form}");
            }
        }
    }

    #[test]
    fn every_letter_names_a_unit() {
        for (letter, name) in LETTERS {
            assert!(named(name).is_some(), "{letter}");
        }
    }
}
