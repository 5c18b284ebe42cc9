"""Invented names, put together from lists of common ones by origin (field 8.1); never a public figure's."""

from functools import cache
from random import Random

from shelter_desk.domain.residents.names import plain_words

_SURNAMES = {
    "ML": (
        "Traoré Diarra Coulibaly Keïta Konaté Koné Diallo Sidibé Sangaré Diakité Dembélé Touré Cissé Maïga "
        "Haïdara Sissoko Camara Kanté Doumbia Fofana Sacko Samaké Togo Guindo Dolo Kassogué Ouologuem Berthé "
        "Ballo Sanogo Bagayoko Kouyaté Tounkara Niangadou Dicko Cissouma Dabo Théra Dakouo Koïta Tangara "
        "Yattara Sylla Drabo "
    ),
    "GN": "Diallo Barry Bah Baldé Sow Camara Sylla Soumah Condé Bangoura Keïta",
    "SN": "Ndiaye Diop Fall Sarr Gueye Faye Ndour",
    "GM": "Jallow Ceesay Jobe Sanneh Bojang Touray",
    "CI": "Kouassi Koffi Yao Bamba Ouattara Kouamé",
    "BF": "Ouédraogo Sawadogo Kaboré Zongo Kafando",
    "NE": "Issoufou Mahamane Abdou Harouna Moutari",
    "NG": "Osagie Igbinovia Okafor Adeyemi Bello",
    "BJ": "Houngbédji Dossou Agbéko Mensah",
    "CM": "Ngono Mbarga Nkeng",
    "SL": "Kamara Conteh Sesay Kollie",
}
_WOMEN = {
    "ML": (
        "Aminata Fatoumata Mariam Oumou Kadiatou Awa Assitan Djeneba Rokia Salimata Bintou Nana Safiatou "
        "Ramata Hawa Sira Maïmouna Tenin Aïssata Korotoumou Fanta Niélé Zeïnabou Haoua Fadimata "
    ),
    "GN": "Aïssatou Mariama Fatoumata_Binta Kadiatou Hawa Oumou",
    "SN": "Awa Coumba Khady Ndèye Astou",
    "GM": "Fatou Isatou Mariama Binta",
    "CI": "Aya Adjoua Affoué Akissi",
    "BF": "Alimata Salimata Rasmata Mariam",
    "NE": "Hadiza Rabi Zeïnabou Haoua",
    "NG": "Blessing Joy Precious Faith",
    "BJ": "Afi Akouvi Ayélé",
    "CM": "Estelle Solange Clarisse",
    "SL": "Mariatu Fatmata Isatu",
}
_MEN = {
    "ML": (
        "Moussa Ibrahima Amadou Mamadou Oumar Seydou Abdoulaye Boubacar Souleymane Issa Adama Drissa Bakary "
        "Modibo Sékou Lassana Yacouba Alassane Youssouf Daouda Mahamadou Idrissa Almahady Hamidou Soumaïla "
    ),
    "GN": "Mamadou_Alpha Thierno Boubacar Amadou Abdoulaye Ibrahima Saïdou Alseny",
    "SN": "Cheikh Pape Modou Assane Birame",
    "GM": "Lamin Ebrima Modou Buba",
    "CI": "Kouadio Brou Konan Yao",
    "BF": "Rasmané Salif Issa Hamidou",
    "NE": "Abdou Harouna Mahamane Maman",
    "NG": "Emeka Sunday Osaze Monday",
    "BJ": "Kossi Kokou Koffi",
    "CM": "Serge Thierry Bertrand",
    "SL": "Mohamed Abu Foday",
}
_FATHERS = ("Alhassane", "Oumar", "Alhousseini", "Almouzar", "Idrissa", "Yacouba", "Hamidou")
_LIKE = {"TG": "BJ", "LR": "SL"}
_NORTH = frozenset({"ml_kidal", "ml_menaka", "ml_tombouctou", "ml_taoudenit", "ml_gao"})
# heads of state, ministers, writers, musicians, sportspeople; words in any order, spelling folded
_PUBLIC = """\
Modibo Keïta|Moussa Traoré|Salif Keïta|Seydou Keïta|Oumou Sangaré|Amadou Touré|Assimi Goïta
Souleymane Cissé|Rokia Traoré|Ali Touré|Toumani Diabaté|Fatoumata Diawara|Adama Traoré|Amadou Diallo
Sékou Touré|Alpha Condé|Macky Sall|Alassane Ouattara|Issoufou Mahamadou|Issoufou Mahamane|Ibrahima Keïta
Ibrahim Keïta|Boubacar Keïta|Boubacar Kouyaté|Ibrahima Traoré|Ibrahim Traoré|Abdoulaye Maïga
Modibo Sidibé|Modibo Maïga|Modibo Diarra|Modibo Traoré|Adama Sangaré|Mahamadou Diarra|Drissa Diakité
Amadou Haïdara|Youssouf Koné|Yacouba Sylla|Bakary Sacko|Lassana Diarra|Seydou Koné|Moussa Doumbia
Ibrahima Koné|Mamadou Fofana|Youssouf Fofana|Moussa Diarra|Issa Traoré|Sékou Koïta|Mamadou Dembélé
Moussa Dembélé|Mamadou Koulibaly|Mamadou Coulibaly|Seydou Diarra|Adama Coulibaly|Souleymane Coulibaly
Boubacar Traoré|Ibrahima Konaté|Moussa Konaté|Mariam Koné|Rokia Koné|Mariam Doumbia|Amadou Bagayoko
Amadou Koné|Mamadou Sidibé|Moussa Sissoko|Mamadou Sissoko|Fanta Sacko|Fatoumata Coulibaly|Mariam Traoré
Mariam Kaba|Aminata Touré|Aminata Traoré|Awa Keïta|Sira Diop|Souleymane Doumbia|Souleymane Traoré
Souleymane Diarra|Adama Drabo|Abdoulaye Konaté|Abdoulaye Diallo|Abdoulaye Traoré|Abdoulaye Doumbia
Abdoulaye Koné|Mamadou Touré|Mamadou Keïta|Mamadou Traoré|Mamadou Diallo|Mamadou Samaké|Mamadou Sangaré
Seydou Traoré|Seydou Camara|Seydou Fofana|Seydou Doumbia|Moussa Camara|Moussa Koné|Moussa Maïga
Moussa Coulibaly|Oumar Konaté|Oumar Tall|Oumar Mariko|Oumar Koïta|Oumar Sissoko|Oumar Sidibé|Issa Diallo
Issa Diop|Issa Cissé|Hamidou Diallo|Hamidou Maïga|Hamidou Traoré|Lassana Traoré|Lassana Fofana
Lassana Coulibaly|Daouda Konaté|Daouda Sissoko|Idrissa Touré|Idrissa Coulibaly|Idrissa Maïga
Boubacar Diallo|Boubacar Sissoko|Boubacar Sanogo|Boubacar Barry|Boubacar Bah|Boubacar Camara|Bakary Koné
Bakary Togo|Bakary Traoré|Alassane Diallo|Alassane Touré|Sékou Sanogo|Sékou Camara|Sékou Keïta
Sékou Condé|Drissa Camara|Drissa Coulibaly|Drissa Traoré|Drissa Koné|Ibrahima Camara|Ibrahima Baldé
Ibrahima Barry|Ibrahima Diallo|Ibrahima Sissoko|Ibrahima Bah|Ibrahima Condé|Ibrahima Touré
Ibrahima Dembélé|Amadou Traoré|Amadou Dia|Amadou Bah|Amadou Sow|Amadou Diakité|Amadou Dicko
Amadou Diawara|Mahamadou Dicko|Mahamadou Camara|Mahamadou Samaké|Soumaïla Cissé|Soumaïla Coulibaly
Soumaïla Diakité|Mamadou Sylla|Mamadou Bah|Mamadou Barry|Mamadou Camara|Mamadou Doumbia|Mamadou Diakité
Mamadou Diarra|Mamadou Cissé|Moussa Sow|Abdoulaye Camara|Abdoulaye Touré|Abdoulaye Cissé|Abdoulaye Diarra
Abdoulaye Sylla|Abdoulaye Bah|Abdoulaye Sow|Mariama Bah|Mariama Barry|Mariama Camara|Aïssatou Diallo
Aïssata Touré|Aïssata Maïga|Aïssata Cissé|Hawa Keïta|Fatoumata Keïta|Fatoumata Traoré|Fatoumata Diarra
Fatoumata Dembélé|Fatoumata Sissoko|Salimata Fofana|Mariam Sissoko|Mariam Cissé|Kadiatou Touré
Kadiatou Kanté|Kadiatou Diallo|Kadiatou Seck|Nana Kouyaté|Djeneba Diakité|Fanta Camara|Ramata Diakité
Oumou Sy|Cheikh Diop|Cheikh Fall|Cheikh Ndiaye|Cheikh Sarr|Cheikh Gueye|Pape Sarr|Pape Gueye|Pape Diop
Pape Ndiaye|Pape Fall|Modou Fall|Modou Sarr|Modou Faye|Modou Diop|Modou Barrow|Modou Touray|Modou Jobe
Assane Diop|Assane Ndiaye|Assane Gueye|Birame Diop|Awa Ndiaye|Awa Fall|Awa Diop|Awa Sarr|Coumba Ndiaye
Coumba Diop|Coumba Ndour|Khady Diop|Khady Fall|Astou Ndour|Astou Ndiaye|Ndèye Gueye|Fatou Jallow
Fatou Touray|Fatou Bojang|Isatou Ceesay|Isatou Touray|Lamin Jallow|Lamin Ceesay|Lamin Jobe|Ebrima Jobe
Ebrima Ceesay|Ebrima Jallow|Ebrima Sanneh|Ebrima Bojang|Koffi Kouassi|Konan Koffi|Konan Yao|Yao Kouassi
Yao Kouamé|Brou Kouassi|Konan Kouamé|Koffi Mensah|Rasmané Ouédraogo|Salif Ouédraogo|Salif Sawadogo
Salif Kaboré|Issa Kaboré|Issa Sawadogo|Issa Zongo|Hamidou Ouédraogo|Alimata Ouédraogo|Hadiza Moutari
Hadiza Bello|Mahamane Harouna|Abdou Harouna|Abdou Moutari|Mahamane Moutari|Maman Abdou|Emeka Okafor
Sunday Adeyemi|Joy Okafor|Joy Bello|Blessing Okafor|Faith Adeyemi|Precious Adeyemi|Blessing Adeyemi
Koffi Dossou|Serge Ngono|Serge Mbarga|Estelle Mbarga|Thierry Ngono|Mariatu Kamara|Mohamed Kamara
Mohamed Sesay|Mohamed Conteh|Abu Kamara|Abu Conteh|Abu Sesay|Foday Sesay|Foday Kamara|Fatmata Conteh
Oumou Keïta|Oumou Diarra|Aya Yao|Alseny Camara|Alseny Soumah|Alseny Bangoura|Ibrahima Bangoura
Ibrahima Sylla|Abdoulaye Bangoura|Abdoulaye Soumah|Thierno Bah|Thierno Baldé|Thierno Barry|Thierno Diallo
Aïssatou Barry|Aïssatou Bah|Aïssatou Sow|Amadou Camara|Amadou Barry|Amadou Keïta|Amadou Dembélé
Amadou Sylla|Amadou Cissé|Amadou Konaté|Adama Dembélé|Adama Koné|Adama Fofana|Adama Diakité
Adama Ouologuem"""


@cache
def _public() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(plain_words(name)) for name in _PUBLIC.replace("\n", "|").split("|"))


@cache
def is_public_figure(first_name: str, last_name: str) -> bool:
    """True when the two names together hold those of a person known from the news, the arts or sport."""
    words = sorted(set(plain_words(first_name) + plain_words(last_name)))
    pairs = (frozenset((a, b)) for n, a in enumerate(words) for b in words[n + 1 :])
    return any(pair in _public() for pair in pairs)


@cache
def _words(origin: str, sex: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    origin = _LIKE.get(origin, origin)
    origin = origin if origin in _SURNAMES else "ML"
    firsts = (_WOMEN if sex == "f" else _MEN)[origin]
    return tuple(word.replace("_", " ") for word in firsts.split()), tuple(_SURNAMES[origin].split())


def draw(rng: Random, origin: str, sex: str, region: str = "") -> tuple[str, str]:
    """First name and surname, drawn apart from one another."""
    firsts, lasts = _words(origin, sex)
    while True:
        first, last = rng.choice(firsts), rng.choice(lasts)
        if region in _NORTH and rng.random() < 0.5:
            last = ("Ag " if sex == "m" else "Walet ") + rng.choice(_FATHERS)
        if first != last and not is_public_figure(first, last):
            return first, last


def first_name(rng: Random, origin: str, sex: str, last: str) -> str:
    """A first name for a child of that family."""
    fitting = (
        [first for first in _words(kin, sex)[0] if first != last and not is_public_figure(first, last)]
        for kin in (origin, "ML")
    )
    return rng.choice(next(firsts for firsts in fitting if firsts))


_SPELLINGS = {
    "Coulibaly": "Koulibaly",
    "Diallo": "Dialo",
    "Traoré": "Traore",
    "Keïta": "Keita",
    "Touré": "Toure",
    "Cissé": "Cisse",
    "Koné": "Kone",
    "Konaté": "Konate",
    "Maïga": "Maiga",
    "Aïssata": "Aissata",
    "Fatoumata": "Fatimata",
    "Mahamadou": "Mamadou",
    "Aminata": "Aminatou",
    "Maïmouna": "Maimouna",
    "Sékou": "Sekou",
}


def respelled(word: str) -> str:
    """The same name as another hand might write it."""
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    bare = word.translate(str.maketrans("éèêëïîôûç", "eeeeiiouc"))
    return bare if bare != word else word.replace("ou", "u") if "ou" in word else f"{word}h"
