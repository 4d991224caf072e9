"""What neighbours ask and offer in their own words leads to the category that is meant."""

from __future__ import annotations

import pytest

from assetmap.categories import shipped

TREE = shipped()

PHRASES = """
accompany: mee naar de dokter | samen met de bus reizen | bus reizen | mee naar afspraak
accompany: samen reizen
aids: rollator lenen | krukken nodig | rolstoel lenen
application_help: bijstand aanvragen | hulp bij aanvraag | aanvraag doen | uitkering aanvragen
bike_repair: fiets repareren | hulp met fiets maken | banden plakken | lekke banden
bins: vuilnis buiten zetten | kliko buiten zetten | hulp met kliko | containers
bins: vuilniszakken buiten zetten
breakfast: samen lunchen | lunchen
pet_sitting: kat verzorgen | katten verzorgen | opvang hond | oppas voor de kat
pet_sitting: opvang huisdier | hond opvangen | poezen
child_care: oppas nodig | oppas gezocht | op de kinderen passen | kinderen opvangen | babysitten
child_care: oppas voor kinderen
choir: zangkoren | koren | zingen in een koor
cleaning: ramen wassen | hulp in de huishouding | huishoudelijke hulp | hulp in huis
cleaning: stofzuigen | was ophangen | hulp met schoonmaken | huis opruimen | de was doen
cleaning: strijken
clothes: kinderkleding | kleren krijgen
clothes_repair: kleren verstellen | rits maken | broeken inkorten
coaching_debts: hulp met geldzaken | geldzaken regelen | hulp bij geldzorgen
coffee_morning: koffie | koffie drinken | ergens koffie drinken | samen koffie drinken
coffee_morning: kopje koffie | bakje koffie | koffieuurtje | thee drinken
company: samen tv kijken | gezelligheid | iemand om mee te praten over vroeger=listening
company: gezelschap gezocht | nieuwe vrienden maken | vriendschap | vrienden
computer: hulp met computer | hulp met telefoon | hulp met de laptop | hulp bij tablet
computer: computer repareren | mobiele telefoon | hulp met internet | computers
computer: hulp met de printer | tv instellen
cook: koken voor anderen | kan koken | taarten bakken | koekjes bakken
creative: samen knutselen | hobby's
cycling: samen fietsen | fietsen met iemand | fietstochten
dancing: samen dansen | danslessen
digid: hulp met DigiD | DigiD aanvragen | bankzaken regelen | hulp met bankieren
dog_walking: honden | de hond uitlaten | hond uitlaten gezocht | wandelen met de hond
drop_in: inlopen | naar de inloop
parenting: hulp bij opvoeding | hulp bij opvoeden
food_goods: voedselbank nodig | naar de voedselbank
forms: hulp bij formulieren | hulp met formulieren | brieven lezen | hulp met brieven
forms: formulieren invullen | post lezen | hulp met post | papieren invullen
forms: hulp met administratie | brief lezen
furniture_goods: meubel | wasmachine gezocht | bankstel
furniture_moving: kast tillen | zware dingen tillen | kasten in elkaar zetten | hulp met tillen
games: kaartspelen | samen kaarten | spelletjes doen | samen schaken | bingo
games: samen spelletjes doen | bridge | dammen
garden: hulp in de tuin | hulp met tuin | tuintje | tuin doen | hulp bij tuin | tuinieren
garden: tuinen
garden_upkeep: onkruid wieden | onkruid weghalen | tuin onderhouden
grief_support: praten over verlies | steun bij rouw | rouwverwerking
gym_class: samen gymmen | gym | yogales | stoelyoga
handcraft: breiclub | samen breien | haken en breien | samen haken | borduren | leren naaien
handcraft: naaiclub
hang_lamp: lampen ophangen | een lamp ophangen | schilderijen ophangen | gordijn ophangen
hang_lamp: hulp met lamp ophangen
homework: hulp bij huiswerk | hulp met huiswerk | huiswerk maken
hospital_ride: lift naar de dokter | rit naar de dokter | naar het ziekenhuis gaan
hospital_ride: brengen naar het ziekenhuis | vervoer naar de dokter | ritje naar de dokter
hospital_ride: lift naar het ziekenhuis
house_painting: muren verven | schilderen in huis | hulp met behangen | kamer schilderen
interpreting: tolken | brieven vertalen | hulp met vertalen
job_application: hulp bij solliciteren | sollicitatiebrieven | cv
kitchen: grote keukens
language: Nederlands praten | hulp met de Nederlandse taal | Nederlandse taal | taal leren
language: Nederlands spreken
language_buddy: taalmaatjes | taalmaatje gezocht
listening: praatje maken | een praatje | praatjes | praten met iemand | mijn hart luchten
listening: iemand om mee te praten | goed gesprek | gesprekje
meal: uit eten | samen eten | warm eten | maaltijden | mee eten | samen met anderen eten
meal_at_home: maaltijd bezorgen | eten brengen | soep brengen | maaltijden brengen
medicine_pickup: medicijnen halen | pakje ophalen | pakketjes ophalen | recept ophalen
moving_house: hulp bij verhuizing | hulp bij verhuizen | verhuizingen
mowing: gras maaien | het gras maaien
music: samen muziek maken | gitaar spelen | piano spelen
nuisance: overlast van buren | geluidsoverlast buren
odd_job: klusjes doen | hulp met klussen | klusje doen | kleine klusjes | sleutel bewaren
odd_job: handige buur
painting: samen schilderen | tekenen en schilderen | schilderlessen
pets: hulp met huisdier | dieren verzorgen
phone_circle: bellen | samen bellen | elke dag bellen | iemand om mee te bellen | gebeld worden
plants_watering: plantjes | planten | plant water geven | planten verzorgen
plants_watering: post en planten bij vakantie
pruning: heg | heggen knippen | bomen snoeien | struiken snoeien
read_aloud: leesmaatje | kinderen voorlezen | voorlezen aan kinderen
reading_group: boeken lezen | samen een boek lezen
ride: ritjes | vervoer nodig | iemand halen en brengen | lift nodig | autoritje | auto rijden
ride: met de auto brengen
school_run: kinderen naar school brengen | kind van school halen | kinderen ophalen van school
shopping: boodschappen halen | hulp met boodschappen | hulp bij de boodschappen
shopping: boodschapjes doen | zware boodschappen | naar de supermarkt | boodschappen brengen
shopping_together: samen boodschappen halen | samen naar de supermarkt
small_repairs: kraan repareren | kraan lekt | deur repareren | stopcontact maken | reparaties
smartphone_help: videobellen | foto's sturen
space: zalen | ruimte gezocht
sport: samen bewegen | bewegen met anderen
swimming: samen zwemmen | naar het zwembad
tax_help: hulp bij belastingaangifte | hulp bij toeslagen | toeslag aanvragen | belastingen
tools: boormachine lenen | ladders | gereedschap nodig
tutoring: hulp met rekenen | bijlessen | wiskunde hulp
visit: op visite | visite | bezoek krijgen | bezoekje | iemand die op bezoek komt | langskomen
volunteering: vrijwilligerswerk doen | iets doen voor anderen | wil meehelpen
walk: een stukje wandelen | blokje om | rondje lopen | ommetjes | samen lopen | wandelingen
walk: naar buiten gaan
walking_buddy: rolstoel duwen | wandelmaatje gezocht | wandelen met iemand | wandelmaatjes
work_experience: ervaring opdoen | werk gezocht | weer aan het werk
computer: help with the computer | help with my phone | computers
garden: help in the garden | gardening help
shopping: help with shopping | do the shopping
forms: help with forms
dog_walking: walking the dog | walk the dog
ride: lift needed | rides
"""


def _expected() -> list[tuple[str, str]]:
    found = []
    for line in PHRASES.strip().splitlines():
        usual, _, phrases = line.partition(": ")
        for phrase in phrases.split(" | "):
            said, mark, other = phrase.partition("=")
            found.append((said, other if mark else usual))
    return found


EXPECTED = _expected()


def test_enough_words_of_practice_are_tried() -> None:
    """At least a hundred and fifty, each of a category that exists."""
    assert len({said for said, _ in EXPECTED}) >= 150
    assert {name for _, name in EXPECTED} <= set(TREE)


def test_nearly_every_word_of_practice_is_understood() -> None:
    """Nineteen of twenty, and none of them as something else."""
    found = [(said, name, TREE.find(said)) for said, name in EXPECTED]
    wrong = [each for each in found if each[2] not in (each[1], None)]
    missed = [said for said, _, got in found if got is None]
    assert wrong == []
    assert len(missed) <= 0.05 * len(found), missed


def test_what_is_not_understood_gets_no_wrong_hint() -> None:
    """One letter wrong: a hint is what is meant, or close to it, or there is none."""
    hints = {}
    for said, name in EXPECTED:
        typed = f"{said[:-2]}x{said[-1]}"
        if len(said) > 7 and TREE.find(typed) is None:
            hints[typed] = (TREE.suggest(typed), name)
    others = {typed: pair for typed, pair in hints.items() if pair[0] not in (pair[1], None)}
    assert len(hints) > 200
    assert len(others) <= 0.04 * len(hints), others


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("hulp met kompjuter", {"computer", None}),
        ("hulp bij formulleren", {"forms", None}),
        ("hulp met boodschapen", {"shopping"}),
        ("samen etn", {"meal", None}),
        ("blauw fladderen", {None}),
        ("fladderen", {None}),
        ("auto wassen", {None}),
        ("bus aaien", {None}),
        ("uit bed", {None}),
        ("op reis met kerst", {None}),
    ],
)
def test_a_hint_is_never_silly(said: str, meant: set[str | None]) -> None:
    """A word that was spelt right is not explained away to reach something else."""
    assert TREE.find(said) is None
    assert TREE.suggest(said) in meant


@pytest.mark.parametrize(
    "said",
    [
        "hulp bij geweld",
        "hulp bij huiselijk geweld",
        "samen mishandeling",
        "iemand voor kindermishandeling",
        "hulp bij mishandelingen",
        "help with abuse",
    ],
)
def test_a_phrase_about_safety_stays_one(said: str) -> None:
    """What stands around it takes nothing away."""
    found = TREE.find(said)
    assert found is None or TREE.is_safety(found)
    assert TREE.may_be_safety(said)


@pytest.mark.parametrize("said", ["hulp want hij slaat bij eten", "samen eten met geweld"])
def test_what_may_be_about_safety_is_never_something_harmless(said: str) -> None:
    """An alarming phrase around a harmless subject leads nowhere harmless."""
    assert TREE.find(said) is None
    assert TREE.may_be_safety(said)


@pytest.mark.parametrize("said", ["hulp", "samen", "de", "hulp met", "", "en", "s"])
def test_words_without_a_subject_mean_nothing(said: str) -> None:
    """What is left has to be a subject."""
    assert TREE.find(said) is None
