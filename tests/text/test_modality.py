"""How sure a sentence is, what it tells of a visit, what it denies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import VisitStatus
from bot.text.modality import Modality, is_negated, modality, negations
from bot.text.visitstates import visit_status


@pytest.mark.parametrize(
    ("language", "sentence", "level"),
    [
        ("en", "Modi may visit Washington.", Modality.POSSIBLE),
        ("en", "The minister could head to London this summer.", Modality.POSSIBLE),
        ("en", "A possible trip was discussed.", Modality.POSSIBLE),
        ("en", "They met in May.", Modality.ASSERTED),
        ("en", "India plans to buy 26 jets.", Modality.PLANNED),
        ("en", "Modi would come next month, probably.", Modality.PLANNED),
        ("en", "He is expected to sign.", Modality.PLANNED),
        ("en", "India is due to host the leaders.", Modality.PLANNED),
        ("en", "Modi will travel to the United States.", Modality.CERTAIN_FUTURE),
        ("en", "Minister of Defence to visit United Kingdom, 8-10 July", Modality.CERTAIN_FUTURE),
        ("en", "He flew to Paris to visit a shipyard.", Modality.ASSERTED),
        ("en", "Ledania has signed a contract.", Modality.ASSERTED),
        ("en", "Modi has arrived.", Modality.ASSERTED),
        ("en", "", Modality.ASSERTED),
        ("fr", "M. Modi pourrait se rendre à Paris.", Modality.POSSIBLE),
        ("fr", "M. Modi devrait s'envoler pour Washington.", Modality.PLANNED),
        ("fr", "Narendra Modi coprésidera la rencontre.", Modality.CERTAIN_FUTURE),
        ("fr", "Il a signé, selon Moira.", Modality.ASSERTED),
        ("es", "El ministro podría viajar a Lima.", Modality.POSSIBLE),
        ("es", "El ministro prevé viajar a Lima.", Modality.PLANNED),
        ("es", "El ministro viajará a Lima.", Modality.CERTAIN_FUTURE),
        ("es", "El ministro viajó a Lima.", Modality.ASSERTED),
        ("hi", "समझौते पर सहमति बन सकती है।", Modality.POSSIBLE),
        ("hi", "बैठक इस साल होना है।", Modality.PLANNED),
        ("hi", "भारत को बिक्री बढ़ाई जाएगी।", Modality.CERTAIN_FUTURE),
        ("hi", "दोनों पक्ष आगे राज़ी हुए हैं।", Modality.ASSERTED),
        ("de", "He will go.", Modality.CERTAIN_FUTURE),
    ],
)
def test_a_sentence_is_as_sure_as_its_weakest_cue(
    language: str, sentence: str, level: Modality
) -> None:
    assert modality(sentence, language) is level


def test_levels_are_ordered_from_weak_to_firm() -> None:
    assert sorted(Modality) == list(Modality)
    assert Modality.POSSIBLE < Modality.PLANNED < Modality.CERTAIN_FUTURE < Modality.ASSERTED


@pytest.mark.parametrize(
    ("language", "sentence", "status"),
    [
        ("en", "The king could visit London this summer.", VisitStatus.POSSIBLE),
        ("en", "They have invited him to Karsk.", VisitStatus.POSSIBLE),
        ("en", "The PM would land on 12 February, people aware of the plans said.",
         VisitStatus.PLANNED),
        ("en", "Modi would come next month, probably in February itself.", VisitStatus.PLANNED),
        ("en", "We are working towards a visit in early July.", VisitStatus.PLANNED),
        ("en", "The trip of the minister was short.", VisitStatus.PLANNED),
        ("en", "The ministry has not confirmed the dates.", VisitStatus.PLANNED),
        ("en", "She will travel to Lima next week, the secretary announced.",
         VisitStatus.CONFIRMED),
        ("en", "India is due to host the summit in May.", VisitStatus.CONFIRMED),
        ("en", "Before that, Modi is in France from 10 to 12 February.", VisitStatus.CONFIRMED),
        ("en", "Minister of Defence to visit United Kingdom, 8-10 July", VisitStatus.CONFIRMED),
        ("en", "The president is on a two-day visit to the capital.", VisitStatus.UNDERWAY),
        ("en", "Modi has arrived at the West Wing.", VisitStatus.UNDERWAY),
        ("en", "The minister left Oslo airport on Thursday for Lima.", VisitStatus.UNDERWAY),
        ("en", "He returned from Lima after two days.", VisitStatus.COMPLETED),
        ("en", "She concluded her three-day visit.", VisitStatus.COMPLETED),
        ("en", "He has put off his visit, which had been due next Tuesday.",
         VisitStatus.POSTPONED),
        ("en", "The trip was called off.", VisitStatus.CANCELLED),
        ("en", "The trip has not been cancelled and will begin on 3 May.",
         VisitStatus.CONFIRMED),
        ("en", "The visit was not postponed but cancelled.", VisitStatus.CANCELLED),
        ("fr", "Le Premier ministre coprésidera le sommet, a confirmé l'Élysée.",
         VisitStatus.CONFIRMED),
        ("fr", "Selon des sources, il devrait se rendre à Rome.", VisitStatus.PLANNED),
        ("fr", "Il pourrait se rendre à Rome.", VisitStatus.POSSIBLE),
        ("fr", "La visite a été reportée.", VisitStatus.POSTPONED),
        ("fr", "La visite a été annulée.", VisitStatus.CANCELLED),
        ("fr", "La visite n'a pas été annulée.", VisitStatus.PLANNED),
        ("fr", "Le ministre est arrivé à Rome.", VisitStatus.UNDERWAY),
        ("fr", "De retour de Rome, il a parlé.", VisitStatus.COMPLETED),
        ("es", "El presidente viajará a Lima, anunció el portavoz.", VisitStatus.CONFIRMED),
        ("es", "El presidente podría viajar a Lima.", VisitStatus.POSSIBLE),
        ("es", "La visita está prevista para mayo.", VisitStatus.PLANNED),
        ("es", "La visita fue aplazada.", VisitStatus.POSTPONED),
        ("es", "Canceló su viaje a Lima.", VisitStatus.CANCELLED),
        ("es", "El ministro llegó a Lima.", VisitStatus.UNDERWAY),
        ("es", "Concluyó su visita a Lima.", VisitStatus.COMPLETED),
        ("hi", "प्रधानमंत्री यात्रा पूरी करके लौट आए हैं।", VisitStatus.COMPLETED),
        ("hi", "प्रधानमंत्री पेरिस पहुंचे।", VisitStatus.UNDERWAY),
        ("hi", "यात्रा टाल दी गई है।", VisitStatus.POSTPONED),
        ("hi", "यात्रा रद्द हो गई।", VisitStatus.CANCELLED),
        ("hi", "यात्रा रद्द नहीं हुई।", VisitStatus.PLANNED),
        ("hi", "प्रधानमंत्री अगले महीने पेरिस जाएंगे।", VisitStatus.CONFIRMED),
        ("hi", "मोदी ने ट्रंप को आने का न्योता दिया।", VisitStatus.POSSIBLE),
    ],
)  # fmt: skip
def test_a_sentence_tells_the_state_of_a_visit(
    language: str, sentence: str, status: VisitStatus
) -> None:
    assert visit_status(sentence, language) is status


@pytest.mark.parametrize(
    ("language", "sentence", "count"),
    [
        ("en", "They did not agree.", 1),
        ("en", "They agreed.", 0),
        ("en", "No contract, no date.", 2),
        ("en", "It isn't and won’t be.", 2),
        ("en", "He declined to confirm it.", 1),
        ("en", "Not only did he win, he is no doubt glad.", 0),
        ("en", "Shipyard No. 5 opened.", 0),
        ("en", "Notes of north", 0),
        ("fr", "Il n'a pas signé, sans doute.", 1),
        ("fr", "Aucun accord.", 1),
        ("es", "No hay acuerdo ni fecha.", 2),
        ("es", "Sin duda firmó.", 0),
        ("hi", "कोई समझौता नहीं हुआ।", 1),
        ("hi", "समझौता हुआ।", 0),
    ],
)
def test_denials_are_counted(language: str, sentence: str, count: int) -> None:
    assert negations(sentence, language) == count
    assert is_negated(sentence, language) is (count > 0)


@given(st.text(), st.sampled_from(["en", "fr", "es", "hi", "", "xx"]))
def test_any_text_has_a_modality_and_a_status(text: str, language: str) -> None:
    assert modality(text, language) in Modality
    assert visit_status(text, language) in VisitStatus
    assert negations(text, language) >= 0
