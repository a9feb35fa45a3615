"""Which language a page is in, where that is certain: the site has its pages in several, and only English ones are read.

Decided by the script of the letters, and among Latin letters by the commonest words of running text: names and quotations in
another language do not make a page foreign.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_WORDS = {
    "English": "the of and to in is are for that with as by on has have been which from its their it at be this an or not was",
    "Spanish": "el la los las de del que y en es una por con para se su como más al lo sus son entre también ha sido este esta",
    "French": "le la les des de du et est une que dans qui pour par sur au aux plus avec ne pas sont ce cette ont été il elle",
    "Portuguese": "o os as de do da dos das que e em é uma por com para se no na nos nas ao à mais são como também foi não seu",
    "Italian": "il lo la gli le di del della dei delle che è una per con in sono si nel nella alla da anche più come ha stato",
    "German": "der die das und ist sind in den von zu mit für auf im dem des ein eine nicht als auch werden wird bei aus durch",
    "Dutch": "de het een van en is zijn in op te dat met voor door niet ook aan als bij worden wordt naar uit die deze heeft om",
    "Romanian": "și în de la este sunt o un pentru cu care din pe mai nu ale al au fost prin ca sau între această",
    "Polish": "i w na z do jest są się nie że przez oraz dla od po jako o za także jak tym które który został",
    "Czech": "a v na je jsou se z do že pro s od i za jako po které který také nebo při byl byla jeho o",
    "Swedish": "och i att det som är en ett av på för med den till har inte de om från eller vid också kan",
    "Danish": "og i at det som er en et af på for med den til har ikke de om fra eller ved også kan der",
    "Turkish": "ve bir bu için ile olarak da de en çok daha olan gibi kadar sonra ancak veya tarafından ise",
    "Indonesian": "dan yang di ke dari untuk dengan pada dalam ini itu adalah oleh sebagai tidak juga telah atau karena",
    "Vietnamese": "và của các là trong có cho được với những một không này đã từ cũng người về đến",
    "Albanian": "dhe në e të i një për me është janë nga që si më ka kanë edhe por ose",
    "Croatian": "i u je su se na da od za s iz kao koji koja koje te ili nije sa do više",
    "Hungarian": "a az és hogy nem is egy van meg ez vagy mint csak már még volt kell között",
    "Swahili": "na ya wa kwa ni katika za la cha kuwa au hii pia kama zaidi hiyo watu",
}
_COMMON = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_SCRIPTS = {
    "CYRILLIC": "Russian",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "HANGUL": "Korean",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "CJK": "Chinese",
    "DEVANAGARI": "Hindi",
    "BENGALI": "Bengali",
    "THAI": "Thai",
    "GEORGIAN": "Georgian",
    "ARMENIAN": "Armenian",
    "ETHIOPIC": "Amharic",
}
# Letters that tell languages of one script apart.
_TELLING = (("Russian", "іїєґ", "Ukrainian"), ("Arabic", "پچژگ", "Persian"))
_WORD = re.compile(r"[^\W\d_]+")
# Of a text of fewer words nothing is said, and lines of fewer are labels.
_FEWEST, _PROSE = 40, 8
_LETTERS = 200
# The share of a language's commonest words in running text is well above this, by this many times that of any other.
_SHARE, _TIMES = 0.12, 1.5


def language_of(lines: Iterable[str]) -> str:
    """The name of the language that most of the running text is in; "English" too if there is too little to say otherwise."""
    lines = list(lines)
    by_script = _by_script("\n".join(lines))
    if by_script:
        return by_script
    words = [word for line in lines if len(found := _WORD.findall(line.casefold())) >= _PROSE for word in found]
    if len(words) < _FEWEST:
        return "English"
    counts = Counter(words)
    hits = {language: sum(counts[word] for word in common) for language, common in _COMMON.items()}
    best = max(hits, key=lambda language: hits[language])
    certain = hits[best] >= _SHARE * len(words) and hits[best] >= _TIMES * hits["English"]
    return best if certain else "English"


def _by_script(text: str) -> str:
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if ord(c) >= 0x370 and not unicodedata.name(c, "").startswith("LATIN")]
    if len(foreign) < _LETTERS / 4 or len(foreign) * 2 < len(letters):
        return ""
    scripts = Counter(unicodedata.name(c, "").split(" ")[0] for c in foreign)
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > len(foreign) / 10:
        return "Japanese"
    language = _SCRIPTS.get(scripts.most_common(1)[0][0], "")
    for of, letters_of_other, other in _TELLING:
        if language == of and sum(map(text.count, letters_of_other)) > len(foreign) / 50:
            return other
    return language or "a language in another script than Latin"
