//! British and American spellings of one word become one (the American).
//!
//! Must never join two words that differ in meaning (`tonne` and `ton`, `prise` and `prize`). Invariant: respelling is idempotent.

use std::borrow::Cow;
use std::sync::LazyLock;

use foldhash::HashMap;

/// What stands before `-our`; endings follow (`colourful`, `neighbourhood`).
#[rustfmt::skip]
const OUR: &[&str] = &[
    "arb", "ard", "arm", "behavi", "belab", "cand", "clam", "clang", "col", "dem", "demean", "enam", "endeav", "fav",
    "ferv", "flav", "glam", "harb", "hon", "hum", "lab", "misdemean", "neighb", "od", "parl", "ranc", "rig", "rum",
    "sav", "savi", "spl", "splend", "succ", "tum", "val", "vap", "vig",
];
const OUR_PREFIXES: &[&str] = &["", "dis", "mis", "re", "un", "multi", "over", "tri", "bi"];

/// What stands before `-re`; `metre`, `kilometres`, `centred`.
#[rustfmt::skip]
const RE: &[&str] = &[
    "calib", "cent", "centimet", "epicent", "fib", "goit", "kilomet", "lit", "lust", "meag", "met", "micromet",
    "millilit", "millimet", "mit", "nit", "och", "sab", "salpet", "sepulch", "somb", "spect", "theat",
];

/// Verbs that double their `l` before an ending in British spelling alone.
#[rustfmt::skip]
const DOUBLED_L: &[&str] = &[
    "apparel", "barrel", "bevel", "bushel", "cancel", "channel", "chisel", "counsel", "cudgel", "devil", "dial",
    "dishevel", "drivel", "duel", "enamel", "equal", "fuel", "funnel", "grovel", "hovel", "imperil", "initial",
    "jewel", "kennel", "label", "laurel", "level", "libel", "marshal", "marvel", "medal", "metal", "model", "panel",
    "parcel", "pedal", "pencil", "peril", "pummel", "quarrel", "ravel", "refuel", "reveal", "revel", "rival",
    "shovel", "shrivel", "signal", "snivel", "snorkel", "spiral", "squirrel", "stencil", "swivel", "tassel", "total",
    "towel", "trammel", "travel", "tunnel", "unravel", "victual", "yodel",
];

/// Words in `-ise` that no one writes with `z`, by what stands before it.
#[rustfmt::skip]
const KEEPS_ISE: &[&str] = &[
    "adv", "advert", "an", "appr", "appra", "ar", "br", "bra", "bru", "cer", "cha", "chast", "circumc", "cla",
    "compr", "comprom", "conc", "cru", "d", "dem", "desp", "dev", "disenfranch", "disgu", "enterpr", "exc", "exerc",
    "expert", "fra", "franch", "gu", "h", "improv", "inc", "l", "like", "ma", "mala", "mayonna", "merchand", "mo",
    "moonr", "mort", "no", "other", "overexerc", "pa", "parad", "ph", "po", "porpo", "pr", "pra", "prec", "prem",
    "prom", "r", "ra", "repr", "rev", "s", "sunr", "superv", "surm", "surpr", "telev", "tort", "tortoi", "tortu",
    "treat", "turquo", "unexc", "up", "upr", "v", "val", "vale", "w", "x",
];

/// Whole words, British then American.
const WORDS: &str = "
acknowledgement acknowledgment; advisor adviser; aeroplane airplane; aesthetic esthetic; ageing aging; aluminium aluminum;
amidst amid; amongst among; anaemia anemia; anaemic anemic; anaesthesia anesthesia; anaesthetic anesthetic;
anaesthetist anesthetist; analogue analog; appal appall; archaeological archeological; archaeologist archeologist;
archaeology archeology; artefact artifact; axe ax; backwards backward; bureaux bureaus; burnt burned; caesarean cesarean;
caesium cesium; carburettor carburetor; catalogue catalog; centring centering; cheque check; chequered checkered;
chilli chili; coeliac celiac; connexion connection; cosy cozy; counsellor counselor; defence defense;
defenceless defenseless; diarrhoea diarrhea; dialogue dialog; doughnut donut; downwards downward;
draught draft; dreamt dreamed; encyclopaedia encyclopedia; enquire inquire; enquiry inquiry; enrol enroll;
enrolment enrollment; faeces feces; foetal fetal; foetus fetus; forwards forward; fulfil fulfill; fulfilment fulfillment;
gaol jail; grey gray; gynaecologist gynecologist; gynaecology gynecology; haemoglobin hemoglobin;
haemophilia hemophilia; haemorrhage hemorrhage; haemorrhaging hemorrhaging; homoeopathy homeopathy; inflexion inflection;
inwards inward; instalment installment; instil instill; jewellery jewelry; jeweller jeweler; judgement judgment;
kerb curb; kerbside curbside; leapt leaped; learnt learned; leukaemia leukemia; licence license; likeable likable;
liquorice licorice; manoeuvre maneuver; manoeuvring maneuvering; marvellous marvelous; maths math;
mediaeval medieval; misjudgement misjudgment; mould mold; mouldy moldy; moult molt; moustache mustache; mum mom;
oesophagus esophagus; oestrogen estrogen; offence offense; okay ok; omelette omelet; onwards onward;
orthopaedic orthopedic; outwards outward; paediatric pediatric; paediatrician pediatrician; paedophile pedophile;
paedophilia pedophilia; palaeontologist paleontologist; palaeontology paleontology; paralyse paralyze; pedlar peddler;
plough plow; ploughman plowman; practise practice; pretence pretense; programme program; pyjamas pajamas;
reconnoitre reconnoiter; routeing routing; saleable salable; sceptic skeptic; sceptical skeptical;
scepticism skepticism; sizeable sizable; skilful skillful; skilfully skillfully; smelt smelled; smoulder smolder;
snowplough snowplow; speciality specialty; spelt spelled; spilt spilled; spoilt spoiled; storey story; storeyed storied;
sulphur sulfur; sulphate sulfate; sulphide sulfide; sulphuric sulfuric; towards toward; tyre tire; unlearnt unlearned; upwards upward; whilst while; whisky whiskey; wilful willful; wilfully willfully;
woollen woolen; woolly wooly; yoghurt yogurt; yoghourt yogurt; tsar czar; enquiries inquiries; specialities specialties; storeys stories";

static WHOLE: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| WORDS.split(';').filter_map(|pair| pair.trim().split_once(' ')).collect());

/// The American spelling of a folded word.
pub(super) fn respell(word: &str) -> Cow<'_, str> {
    if !word.is_ascii() || word.len() < 3 {
        return Cow::Borrowed(word);
    }
    let respelt =
        whole(word).or_else(|| our(word)).or_else(|| re(word)).or_else(|| doubled_l(word)).or_else(|| ise(word));
    respelt.map_or(Cow::Borrowed(word), Cow::Owned)
}

/// A listed word, or one with a regular ending.
fn whole(word: &str) -> Option<String> {
    if let Some(&american) = WHOLE.get(word) {
        return Some(american.to_owned());
    }
    for (ending, added) in [("s", "s"), ("d", "ed"), ("ed", "ed"), ("er", "er"), ("ers", "ers"), ("ing", "ing")] {
        let Some(head) = word.strip_suffix(ending) else { continue };
        if head.ends_with('s') && ending == "s" {
            continue;
        }
        // `practising`: the word has lost its `e`.
        let american = WHOLE.get(head).or_else(|| WHOLE.get(format!("{head}e").as_str()).filter(|_| added == "ing"));
        if let Some(american) = american {
            let base = if added == "s" { american } else { american.strip_suffix('e').unwrap_or(american) };
            return Some(format!("{base}{added}"));
        }
    }
    None
}

fn our(word: &str) -> Option<String> {
    let at = word.find("our").filter(|&at| at > 0)?;
    let head = &word[..at];
    let known = OUR_PREFIXES.iter().any(|prefix| head.strip_prefix(prefix).is_some_and(|stem| OUR.contains(&stem)));
    known.then(|| format!("{head}or{}", &word[at + 3..]))
}

fn re(word: &str) -> Option<String> {
    for (british, american) in [("re", "er"), ("res", "ers"), ("red", "ered")] {
        if let Some(head) = word.strip_suffix(british)
            && RE.contains(&head)
        {
            return Some(format!("{head}{american}"));
        }
    }
    None
}

fn doubled_l(word: &str) -> Option<String> {
    for ending in ["led", "ling", "ler", "lers", "lings", "lery"] {
        if let Some(head) = word.strip_suffix(ending)
            && DOUBLED_L.contains(&head)
        {
            return Some(format!("{head}{}", &ending[1..]));
        }
    }
    None
}

/// `-ise`, `-isation`, `-yse` and their endings, written with `z`.
fn ise(word: &str) -> Option<String> {
    const ENDINGS: &[&str] =
        &["e", "ed", "es", "er", "ers", "ing", "ings", "able", "ation", "ations", "ational", "ement"];
    let at = word.rfind('s').filter(|_| !word.ends_with('s'));
    let at = at.or_else(|| word.strip_suffix('s').and_then(|head| head.rfind('s')))?;
    let (head, ending) = (word.get(..at)?, word.get(at + 1..)?);
    if !ENDINGS.contains(&ending) {
        return None;
    }
    let written_with_z = if let Some(stem) = head.strip_suffix('i') {
        stem.len() > 2 && !KEEPS_ISE.contains(&stem) && !stem.ends_with('w')
    } else {
        ["analy", "paraly", "cataly", "breathaly", "electroly", "dialy", "hydroly"].contains(&head)
    };
    written_with_z.then(|| format!("{head}z{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn british_and_american_spellings_meet() {
        for pair in [
            "colour color",
            "harbour harbor",
            "neighbourhood neighborhood",
            "discoloured discolored",
            "centre center",
            "kilometres kilometers",
            "centred centered",
            "travelled traveled",
            "counselling counseling",
            "defence defense",
            "organisation organization",
            "recognised recognized",
            "apologises apologizes",
            "minimise minimize",
            "criticising criticizing",
            "analysed analyzed",
            "breathalysed breathalyzed",
            "programme program",
            "programmes programs",
            "grey gray",
            "tyres tires",
            "ploughed plowed",
            "practising practicing",
            "catalogued cataloged",
            "licences licenses",
            "storeys stories",
            "aluminium aluminum",
            "sceptics skeptics",
            "jewellery jewelry",
            "mum mom",
            "learnt learned",
            "fulfil fulfill",
            "labourers laborers",
            "theatre theater",
            "axed axed",
            "enquiries inquiries",
            "characterised characterized",
            "paralysing paralyzing",
        ] {
            let (british, american) = pair.split_once(' ').unwrap();
            assert_eq!(respell(british), respell(american), "{pair}");
        }
    }

    #[test]
    fn words_that_only_look_like_a_variant_stay_as_they_are() {
        for word in [
            "hour",
            "four",
            "tour",
            "your",
            "court",
            "source",
            "rise",
            "promise",
            "exercise",
            "otherwise",
            "surprised",
            "advised",
            "comprises",
            "raised",
            "wise",
            "noise",
            "tonne",
            "ton",
            "acre",
            "were",
            "there",
            "called",
            "filled",
            "killed",
            "rolled",
            "smaller",
            "fire",
            "more",
            "cruise",
            "praised",
            "revised",
            "lens",
            "series",
            "prise",
            "vice",
            "likewise",
            "enterprise",
            "supervised",
            "franchise",
            "disguised",
            "merchandise",
            "used",
            "closed",
            "houses",
            "diseases",
            "increased",
            "phrase",
            "these",
            "bases",
            "analysis",
            "crisis",
        ] {
            assert_eq!(respell(word), word);
        }
    }

    #[test]
    fn respelling_twice_changes_nothing_more() {
        let pairs = WORDS.split(';').filter_map(|pair| pair.trim().split_once(' '));
        for word in pairs.flat_map(|(british, american)| [british, american]) {
            for ending in ["", "s", "d", "ed", "er", "ing"] {
                let once = respell(&format!("{word}{ending}")).into_owned();
                assert_eq!(respell(&once), once, "{word}{ending}");
            }
        }
    }
}
