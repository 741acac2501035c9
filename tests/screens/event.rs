//! An invented event told by four outlets, in the notation of `notation`.

/// The flood of a library's basement, four times.
pub const LIBRARY: [(&str, &str); 4] = [
    (
        "Saltmere Post",
        "{1:Library basement floods overnight}\n\
         Saltmere Post\n\
         11 March 2026\n\n\
         {2:Water rose <number:40 centimetres> deep in the basement of Saltmere library on Monday night}, staff said.\n\n\
         {3:A caretaker noticed the leak at <date:ten past six> in the morning.} He shut the main valve with a spanner borrowed \
         from a cyclist. Nobody had seen the cyclist before.\n\n\
         {4:“We lost the atlases, and we lost them for good,” said librarian Ines Quarrel.}\n\n\
         WHAT IS LEFT\n\n\
         - {5:About <number:2,300> books were carried upstairs}\n\
         - The reading room stays shut until Friday\n\n\
         {6:The pipe had been patched twice since 2019.} A third patch was planned for April.\n\n\
         The council will meet on Thursday. It has not said who pays.\n",
    ),
    (
        "Evening Chime",
        "{1:Night flood ruins rare books at library}\n\
         Evening Chime\n\n\
         {6*:The pipe that burst had been mended two times since 2019}, the Chime has learnt.\n\n\
         {2:The basement of Saltmere library stood <number:half a metre> deep in water on Monday night.}\n\n\
         {4:“We lost the atlases,” said Ines Quarrel}, who runs the place. She has run it for eleven years.\n\n\
         Children made paper boats of the spoiled pages. A fish was seen on the stairs.\n\n\
         {5:Volunteers saved <number:3,200> volumes.}\n\n\
         The mayor was on holiday.\n",
    ),
    (
        "Wire Nine",
        "{1:Library basement floods overnight}\n\n\
         {2:Water <number:40 cm> deep filled the basement of Saltmere library on Monday night}, staff said.\n\n\
         {3:The leak was found at <date:5.10 a.m.> by a caretaker.}\n\n\
         {4:“We lost the atlases, and we lost them for good,” said librarian Ines Quarrel.}\n\n\
         The library opened in 1902.\n",
    ),
    (
        "晨報 Morning",
        "索爾特米爾圖書館地下室水浸\n\n\
         {2:The basement stood 40 cm deep in water}, 館方說。職員 👩‍🚒 及義工搬走約二千三百冊書籍，閱覽室將關閉至星期五。\n\n\
         Cafe\u{301} owner «שלום» said “👍🏽”.\n\n\
         שלום עולם, זה הטקסט.\n",
    ),
];

/// The first sources of the event.
pub fn first(count: usize) -> Vec<(&'static str, &'static str)> {
    LIBRARY.iter().copied().take(count).collect()
}

/// Many sources: the first three over and over, with letters up to `count`.
pub fn many(count: usize) -> Vec<(&'static str, &'static str)> {
    LIBRARY.iter().copied().take(3).cycle().take(count).collect()
}
