"""Which words may stand for one another, and which never."""

from itertools import combinations

import pytest

from bot.text.lexicon import load_lexicon
from bot.text.synonyms import is_told, list_statement_terms, load_terms

LANGUAGES = ("en", "fr", "es", "hi")

# Opposites, degrees, parts and wholes: "one / another", either way round.
NEVER = {
    "en": """
rise / fall; increase / decrease; raised / lowered; import / export; buy / sell; approve / reject
accept / refuse; attack / defend; begin / end; open / close; confirm / deny; support / oppose
allow / ban; arrive / leave; strengthen / weaken; surplus / deficit; ally / enemy; victory / defeat
win / lose; warn / threaten; kill / wound; dead / injured; ask / order; plan / decide
consider / agree; suspend / cancel; postpone / cancel; ceasefire / peace; drone / missile
frigate / corvette; minister / president; president / premier; minister / ambassador
Monday / Tuesday; hope / expect; want / decide; propose / sign; detain / free; arrest / kill
tanker / frigate; missile / shell; plane / ship; submarine / frigate; soldier / civilian
army / navy; loan / grant; revenue / profit; profit / loss; supplier / customer; lend / borrow
resign / dismiss; appoint / elect; nominate / elect; criticise / condemn; memorandum / treaty
daily / weekly; monthly / annual; double / triple; first / last; domestic / foreign
temporary / permanent; city / country; wheat / rice; oil / gas; destroy / damage; deploy / withdraw
accuse / convict; review / revise; large / small; lift / impose; lift / raise; ask / urge
put off / called off; went up / went down; step down / step up; wrapped up / kicked off
per month / per year; pulled out / took part; turned down / worked out
fired / dismissed; shot / launched; strike / attack; drop / end; raised / abolished; lift / abolish
ordered / bought; sanction / penalty; sanction / fine; charge / tax; charge / indict; kill / die
killed / death; deploy / send; intercepted / shot down; control / restrict; limit / control
block / veto; pass / approve; clear / approve; leader / president; leader / premier
deputy / lawmaker; official / aide; official / adviser; official / authority; minister / ministry
cabinet / government; government / state; poll / election; poll / survey; test / trial
capture / seize; offer / proposal; bid / offer; loan / lender; troops / army; army / force
troops / military; soldier / personnel; ship / warship; plane / jet; plane / fighter
share / stake; share / stock; late / delay; delay / postpone; meet / see; land / reach
appoint / name; revenue / sales; cut / slash; rose / raised; last / past; last / final
half / 50; quota / amount; close / near; speak / mumble; lie / sit; conclude / end
treaty / agreement; envoy / ambassador; member / membership; partner / partnership
execution / executive; department / depart; statement / state; general / generation
government / governor; government / govern; importance / import; import / importer
visit / visitor; commission / commissioner; reaction / reactor; direct / director
direct / direction; mission / missionary; factor / factory; treat / treaty; success / succession
access / accession; product / production; public / publication; project / projection
operate / operation; provide / provision; found / foundation; plant / plantation
contract / contraction; organise / organisation; author / authority
major / majority; short / shortly; order / orderly
produce / producer; negotiate / negotiator; invest / investor; defend / defence""",
    "fr": """
hausse / baisse; augmenter / réduire; acheter / vendre; achat / vente; importer / exporter
importation / exportation; approuver / rejeter; accepter / refuser; attaquer / défendre
commencer / finir; ouvrir / fermer; confirmer / démentir; autoriser / interdire
arriver / partir; renforcer / affaiblir; excédent / déficit; victoire / défaite; gagner / perdre
avertir / menacer; prévenir / menacer; tuer / blesser; demander / ordonner; prévoir / décider
envisager / accepter; suspendre / annuler; reporter / annuler; trêve / paix; drone / missile
frégate / corvette; ministre / président; ministre / ambassadeur; lundi / mardi; souhaiter / décider
avion / navire; armée / marine; prêter / emprunter; don / prêt; recette / bénéfice
mensuel / annuel; quotidien / hebdomadaire; doubler / tripler; premier / dernier; grand / petit
temporaire / permanent; détruire / endommager; déployer / retirer; nommer / élire
embaucher / licencier; salarié / chômeur; proposer / signer; blé / riz; pétrole / gaz
espérer / prévoir; par mois / par an; met fin / prend part; démissionner / limoger
arrêter / interpeller; arrêter / cesser; droit / taxe; droit / tarif; tuer / mort; juger / estimer
embargo / interdiction; étudiant / étudier; restreindre / limiter; entretien / maintenance
reporter / journaliste; important / importer
équipe / équiper; traité / traiter; marché / marcher; visa / viser
violent / violer; empire / empirer; commande / commander; établir / établissement
lever / supprimer; chantier / naval; soldat / militaire; troupe / armée; ministre / ministère
président / présidence; gouvernement / cabinet; dirigeant / président; public / publication
dernier / passé; résultat / bilan; importation / importateur; capital / capitale""",
    "es": """
subir / bajar; aumento / reducción; comprar / vender; compra / venta; importar / exportar
importación / exportación; aprobar / rechazar; aceptar / rechazar; atacar / defender
empezar / terminar; abrir / cerrar; confirmar / desmentir; permitir / prohibir; llegar / salir
reforzar / debilitar; superávit / déficit; victoria / derrota; ganar / perder; advertir / amenazar
matar / herir; muerto / herido; pedir / ordenar; prever / decidir; considerar / acordar
suspender / cancelar; aplazar / cancelar; tregua / paz; dron / misil; fragata / corbeta
ministro / presidente; ministro / embajador; lunes / martes; querer / decidir; avión / buque
ejército / armada; préstamo / donación; ingreso / beneficio; mensual / anual; diario / semanal
duplicar / triplicar; primero / último; grande / pequeño; temporal / permanente
destruir / dañar; desplegar / retirar; nombrar / elegir; contratar / despedir; trigo / arroz
petróleo / gas; proponer / firmar; al mes / al año; pone fin / toma parte; dimitir / destituir
empresa / firmar; parte / partir; detener / parar; detener / arrestar; cesar / destituir
matar / muerte; tema / temer; fijar / figurar; puerto / puerta; único / solo; sala / salir
derecho / arancel; presidente / presidencia; mandatario / presidente; ministro / ministerio
tropa / ejército; soldado / militar; gobierno / gabinete; importación / importador
último / pasado; nombre / nombrar; fiscal / impuesto; mantener / mantenimiento
corte / tribunal; estado / país; caza / avión; empleado / emplear; organizar / organización""",
    "hi": """
बढ़ोतरी / कमी; बढ़ाना / घटाना; ख़रीदना / बेचना; ख़रीद / बिक्री; आयात / निर्यात; मंज़ूरी / ख़ारिज
हमला / रक्षा; शुरू / समाप्त; पुष्टि / खंडन; अनुमति / प्रतिबंध; जीत / हार; लाभ / घाटा
चेतावनी / धमकी; मौत / घायल; अनुरोध / आदेश; योजना / फ़ैसला; स्थगित / रद्द; युद्धविराम / शांति
ड्रोन / मिसाइल; मंत्री / राष्ट्रपति; मंत्री / राजदूत; सोमवार / मंगलवार; विमान / पोत; सेना / नौसेना
मासिक / सालाना; दैनिक / साप्ताहिक; दोगुना / तिगुना; पहला / अंतिम; बड़ा / छोटा; अस्थायी / स्थायी
तैनाती / वापसी; नियुक्ति / बर्ख़ास्त; महँगा / सस्ता; मज़बूत / कमज़ोर; सफल / विफल; दोस्त / दुश्मन
तेल / गैस; क़र्ज़ / अनुदान; स्वदेशी / विदेशी; प्रस्ताव / समझौता; गिरफ़्तार / रिहा; हर माह / हर साल
मौत / मारना; घटना / गिरना; घटना / कमी; घटना / मामला; पाना / पानी; सांसद / संसद; राहत / छूट
रोकना / रुकना; मंत्री / मंत्रालय; सेना / सैनिक; सदस्य / सदस्यता; प्रस्ताव / पेशकश; बंद / बंदी
निवेश / निवेशक; निर्यात / निर्यातक; अधिकार / अधिकारी; विरोध / विरोधी; विमान / लड़ाकू
पोत / युद्धपोत; मुलाक़ात / मिलना""",
}

ALWAYS = {
    "en": """
bought / purchased; sale / sold; signed / signature; visit / trip; went up / rose
fell / dropped; lowered / cut; put off / postponed; called off / cancelled; agreement / accord
delivery / handed over; lawmakers / MPs; prime minister / PM; per year / annual; vessel / ship
aircraft / plane; probe / investigation; pact / deal; truce / ceasefire
widen / expand; ratified / ratification; a month / monthly; hardware / equipment
resigned / stepped down; took part / participated; looks into / investigates
shortfall / gap; withdraw / pulled back; defence / defense; licence / permit; agree / agreement
deliver / delivery; negotiate / negotiation; produce / production; agriculture / agricultural
suspend / suspension; ratify / ratification
accept / acceptance; rapid / rapidly; modernise / modernize
customs duties / tariffs; freeze / freezing""",
    "fr": """
achat / acheter; vente / vendre; signé / signature; livrera / livraison; hausse / augmentation
baisser / réduction; reporté / repoussé; annulation / annuler; réunion / rencontre
navire / bateau; avion / aéronef; différend / litige; par an / annuel; chaque mois / mensuel
prend part / participe; nommer / nomination; décidé / décision; supprimer / abolir
progresser / augmenter; disponible / disposer; vaste / étendu
chef de l'État / président; trêve / cessez-le-feu; fermé / fermeture; échouer / échec
importer / importation; renforcer / renforcement; ratifier / ratification
droits de douane / tarifs""",
    "es": """
compra / adquirir; venta / vender; firmado / suscrito; subida / aumento; bajar / reducción
aplazado / pospuesto; buque / barco; nombramiento / nombrar; suprimir / eliminar
ampliar / aumentar; viajará / vendrá; admitir / aceptar; complicado / difícil
anunciar / comunicar; al año / anual; cada mes / mensual; tomará parte / participará
sueldo / salario; coste / costo; miedo / temor; alto el fuego / tregua; vigilar / vigilancia
jefe de Estado / presidente; puesto de trabajo / empleo; lograr / conseguir; regresar / volver
modernizar / modernización; prohibir / prohibición; fortalecer / fortalecimiento""",
    "hi": """
ख़रीद / खरीदना; बिक्री / बेचना; समझौता / करार; यात्रा / दौरा; मुलाक़ात / बैठक; ज़्यादा / अधिक
आपसी / द्विपक्षीय; सूचना / जानकारी; पहुँचेंगे / पहुंचेंगे; माँग / मांग; महँगा / महंगा
हर साल / सालाना; नियुक्ति / नियुक्त; रद्द / निरस्त; टाला / स्थगित; असर / प्रभाव; जवाब / उत्तर
आपूर्ति / डिलीवरी; विवाद / झगड़ा; हवाई जहाज़ / विमान; प्रधान मंत्री / प्रधानमंत्री
इस्तेमाल / उपयोग; फ़ैसला / निर्णय; क़ीमत / दाम; वक़्त / समय; मदद / सहायता""",
}  # fmt: skip


def _list_pairs(table: dict[str, str]) -> list[tuple[str, str, str]]:
    return [
        (language, *map(str.strip, pair.split(" / ")))
        for language, listed in table.items()
        for pair in listed.strip().replace("\n", ";").split(";")
    ]


def _is_said(words: str, by: str, language: str) -> bool:
    said = list_statement_terms(by, language)
    terms = list_statement_terms(words, language)
    return bool(terms) and all(is_told(term, said, language) for term in terms)


@pytest.mark.parametrize(("language", "one", "other"), _list_pairs(NEVER))
def test_words_that_say_something_else_never_stand_for_one_another(
    language: str, one: str, other: str
) -> None:
    assert list_statement_terms(one, language)
    assert list_statement_terms(other, language)
    assert not _is_said(one, other, language)
    assert not _is_said(other, one, language)


@pytest.mark.parametrize(("language", "one", "other"), _list_pairs(ALWAYS))
def test_words_that_say_the_same_stand_for_one_another(language: str, one: str, other: str) -> None:
    assert _is_said(one, other, language)
    assert _is_said(other, one, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_is_of_two_terms_or_more(language: str) -> None:
    for group in load_lexicon("synonyms")[language]["groups"]:
        terms = load_terms(group.split(), language)
        assert len(terms) > 1, group
        assert all(term.strip() for term in terms), group


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_group_stands_in_another(language: str) -> None:
    groups = [load_terms(g.split(), language) for g in load_lexicon("synonyms")[language]["groups"]]
    for number, group in enumerate(groups):
        others = groups[:number] + groups[number + 1 :]
        assert not any(group <= other for other in others), group


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_only_look_like_one_are_told_apart(language: str) -> None:
    for line in load_lexicon("synonyms")[language].get("apart", ()):
        words = line.split()
        assert len(words) > 1, line
        for one, other in combinations(words, 2):
            assert not _is_said(one, other, language), (one, other)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_is_read_as_the_word_it_means(language: str) -> None:
    for phrase, word in load_lexicon("synonyms")[language]["phrases"].items():
        assert load_terms([word], language) <= list_statement_terms(phrase, language), phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_free_word_stands_for_no_event(language: str) -> None:
    free = load_terms(load_lexicon("synonyms")[language]["free"].split(), language)
    events = (
        "sign buy sell kill attack visit hold give become take largely signer acheter tuer tenir "
        "firmar comprar matar celebrar ख़रीदना हमला"
    )
    assert free.isdisjoint(load_terms(events.split(), language))
