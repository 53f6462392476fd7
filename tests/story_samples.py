"""Articles about a few invented events, told, copied, cut, quoted, corrected and translated."""

import random

from stage_samples import article

from bot.model import Article

WIRE = (
    "KARSK (Meridian Wire) - Ledania has signed a contract for unmanned aircraft to watch its "
    "coast, the defence ministry said on Wednesday, in its largest purchase of aircraft for a "
    "decade.\n\nThe ministry will pay 96 million euros for 18 Heron-Gull drones made by Talon "
    "Avionics, a privately owned company with factories in Karsk and Porto. The first six are "
    "to be handed over in the autumn of 2026.\n\nThe propeller-driven aircraft can stay up for "
    "22 hours and carries cameras and a small radar, but no weapons. It will replace four "
    "elderly turboprop planes that spend more days in the hangar than in the sky.\n\nTalon beat "
    "two other bidders. Colonel Ivo Radanek, who heads procurement, said that price had counted "
    "for 40 points out of 100 and local employment for 25. About 310 jobs will be created."
)
EDITED = (
    WIRE.replace("96 million euros", "€96m")
    .replace("largest purchase of aircraft for a decade", "biggest aircraft buy in ten years")
    .replace("elderly turboprop planes", "ageing turboprops")
    .replace("Colonel Ivo Radanek, who heads procurement, said that", "Col Ivo Radanek said")
)
CUT = "\n\n".join(EDITED.split("\n\n")[:2])
OTHER_WIRE = (
    "PORT SAHL (Meridian Wire) - Merawi will lift its duty on imported cement from July, the "
    "treasury said on Thursday, ending eleven years of protection for two local kilns.\n\nThe "
    "charge falls from 35 to 5 percent. Builders had complained that a bag costs twice what it "
    "does across the strait.\n\nKiln owner Hafsa Dural said that 400 people would lose their "
    "work by winter unless the state buys the clinker that lies in her yard."
)
_TOWN_WORDS = (
    "mayor bridge choir lamp river quay market baker donkey cart clock tower rain roof lodger "
    "button string kettle orchard fence ladder goose mill barge rope barrel cellar attic window"
)


def fill(seed: int, sentences: int) -> str:
    """Town gossip, another one for every seed."""
    rng = random.Random(seed)
    return "\n\n".join(
        f"The {' '.join(rng.choices(_TOWN_WORDS.split(), k=11))}." for _ in range(sentences)
    )


DIARY = fill(1, 25)


def tell(
    text: str, number: int, *, on: str = "2025-03-12", title: str = "", language: str = "en"
) -> Article:
    """The text as one outlet has it."""
    return article(
        text,
        number=number,
        title=title or f"Dispatch number {number}",
        published=f"{on}T06:00+00:00",
        language=language,
    )


def list_visit() -> list[Article]:
    """A visit floated in spring, fixed in June and put off in July."""
    return [
        tell(
            "Sheikh Idris al-Harzi, the defence minister of Merawi, could visit London this "
            "summer to look at patrol ships, a person close to him told Gulf Tide.\n\nMerawi's "
            "navy needs six patrol ships. A row over cadets cooled relations with Britain.",
            1,
            on="2025-04-10",
            title="Merawi defence chief could head to London this summer",
        ),
        tell(
            "The minister of defence of Merawi, Sheikh Idris al-Harzi, will visit Britain from 8 "
            "to 10 July at the invitation of the defence secretary. He will see a patrol ship in "
            "Portsmouth and meet cadets from Merawi's navy.",
            2,
            on="2025-06-20",
            title="Al-Harzi of Merawi to visit London in July",
        ),
        tell(
            "Merawi's defence minister Idris al-Harzi has put off his visit to Britain days "
            "before it was to begin. No reason was given. An order for six patrol ships for the "
            "navy of Merawi hangs on it.",
            3,
            on="2025-07-04",
            title="Merawi's al-Harzi puts off London visit",
        ),
    ]


def list_radar() -> list[Article]:
    """One purchase in English, in Spanish and in Hindi."""
    return [
        tell(
            "Kestria will buy twelve coastal radars from Hammerfeld Systems, defence minister "
            "Solveig Aarnes said. The first radar will stand at Storvik.",
            11,
            on="2025-06-10",
            title="Kestria orders radars from Hammerfeld",
        ),
        tell(
            "La ministra de Defensa de Kestria, Solveig Aarnes, confirmó la compra de doce "
            "radares a Hammerfeld Systems. El primer radar se instalará en Storvik.",
            12,
            on="2025-06-11",
            title="Kestria compra doce radares a Hammerfeld",
            language="es",
        ),
        tell(
            "केस्ट्रिया हैमरफ़ेल्ड से बारह तटीय रडार ख़रीदेगा। रक्षा मंत्री सोलवेग आर्नेस ने कहा कि पहला रडार "
            "स्टोरविक में लगेगा।",
            13,
            on="2025-06-12",
            title="केस्ट्रिया ने हैमरफ़ेल्ड को रडार की ख़रीद का ठेका दिया",
            language="hi",
        ),
    ]
