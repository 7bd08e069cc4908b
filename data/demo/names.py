"""Names and other words of demo hospitals in English; they are made in French.

Codes (of people, procedures, skills, shifts) and all numbers are the same in both languages. Words
that link records, suites and with them the ids that hold one, are the same in all of them.
"""

import re
from dataclasses import replace
from typing import Any, Final

from planner.hospital import AnaesthesiaCover, TeamCover
from planner.problem import RECORD_KINDS, Problem
from planner.rostering import CoverRequirement

MADE_IN: Final = "fr"

_ENGLISH: Final = {
    "Armistice 1918": "Armistice Day",
    "Assomption": "Assumption Day",
    "Fête nationale": "Bastille Day",
    "Lundi de Pentecôte": "Whit Monday",
    "Toussaint": "All Saints’ Day",
    # specialties
    "Chirurgie cardiaque": "Cardiac surgery",
    "Chirurgie plastique": "Plastic surgery",
    "Chirurgie pédiatrique": "Paediatric surgery",
    "Chirurgie thoracique et vasculaire": "Thoracic and vascular surgery",
    "Chirurgie vasculaire": "Vascular surgery",
    "Chirurgie viscérale": "General surgery",
    "Gynécologie": "Gynaecology",
    "Gynécologie et sénologie": "Gynaecology and breast surgery",
    "Neurochirurgie": "Neurosurgery",
    "ORL": "Ear, nose and throat",
    "ORL et chirurgie maxillo-faciale": "ENT and maxillofacial surgery",
    "Ophtalmologie": "Ophthalmology",
    "Orthopédie": "Orthopaedics",
    "Stomatologie": "Oral surgery",
    "Traumatologie différée": "Scheduled trauma",
    "Urologie": "Urology",
    "Urologie et transplantation": "Urology and transplants",
    "Viscéral et hépatobiliaire": "General and hepatobiliary surgery",
    # equipment
    "Amplificateur de brillance": "Image intensifier",
    "Boîtes de prothèse de genou": "Knee replacement trays",
    "Boîtes de prothèse de hanche": "Hip replacement trays",
    "Circulation extracorporelle": "Heart-lung machine",
    "Colonne d'arthroscopie": "Arthroscopy tower",
    "Colonne de cœlioscopie": "Laparoscopy tower",
    "Laser": "Laser",
    "Microscope opératoire": "Operating microscope",
    "Neuronavigation": "Neuronavigation",
    "Robot chirurgical": "Surgical robot",
    # recovery rooms and wards
    "Salle de réveil": "Recovery room",
    "Salle de réveil ambulatoire": "Day surgery recovery room",
    "Salle de réveil centrale": "Central recovery room",
    "Salle de réveil tête-cou et mère-enfant": "Head, neck, women and children recovery room",
    "Cardiologie chirurgicale": "Cardiac ward",
    "Chirurgie": "Surgical ward",
    "Enfants et plastique": "Children and plastic surgery",
    "Hôpital de semaine": "Weekday ward",
    "Orthopédie et traumatologie": "Orthopaedics and trauma",
    "Réanimation": "Intensive care",
    "Surveillance continue": "High dependency",
    "Thorax et vaisseaux": "Chest and vessels",
    "Tête et cou": "Head and neck",
    "Unité de chirurgie ambulatoire": "Day surgery unit",
    "Unité de surveillance continue": "High-dependency unit",
    "Viscéral": "General surgery ward",
    # priorities, contracts and shifts
    "Au-delà de 3 mois": "After 3 months",
    "Sous 3 mois": "Within 3 months",
    "Sous 4 semaines": "Within 4 weeks",
    "Sous 72 heures": "Within 72 hours",
    "Fonction publique hospitalière, 35 h": "French public hospital, 35 h",
    "Jour 12 h": "Day 12 h",
    "Journée 10 h": "Long day 10 h",
    "Journée 9 h": "Long day 9 h",
    "Matin": "Morning",
    "Nuit 10 h": "Night 10 h",
    "Nuit 12 h": "Night 12 h",
    "Soir": "Evening",
    # procedures
    "Ablation de matériel d'ostéosynthèse": "Removal of metalwork",
    "Amygdalectomie de l'enfant": "Tonsillectomy of a child",
    "Angioplastie": "Angioplasty",
    "Canal carpien": "Carpal tunnel release",
    "Cataracte": "Cataract",
    "Chirurgie annexielle": "Adnexal surgery",
    "Chirurgie du sein": "Breast surgery",
    "Chirurgie endonasale des sinus": "Endoscopic sinus surgery",
    "Cholécystectomie": "Cholecystectomy",
    "Coiffe des rotateurs": "Rotator cuff repair",
    "Colectomie": "Colectomy",
    "Cure de prolapsus": "Prolapse repair",
    "Endartériectomie carotidienne": "Carotid endarterectomy",
    "Fistule artério-veineuse": "Arteriovenous fistula",
    "Hallux valgus": "Bunion correction",
    "Hernie inguinale": "Inguinal hernia",
    "Hystérectomie cœlioscopique": "Laparoscopic hysterectomy",
    "Hystérectomie robotisée": "Robotic hysterectomy",
    "Hystéroscopie": "Hysteroscopy",
    "Ligament croisé antérieur": "Cruciate ligament repair",
    "Méniscectomie arthroscopique": "Arthroscopic meniscectomy",
    "Panendoscopie": "Panendoscopy",
    "Petite urologie": "Minor urology",
    "Pontage artériel": "Arterial bypass",
    "Proctologie": "Proctology",
    "Prostatectomie robotisée": "Robotic prostatectomy",
    "Prothèse totale de genou": "Total knee replacement",
    "Prothèse totale de hanche": "Total hip replacement",
    "Résection de prostate": "Resection of the prostate",
    "Résection de tumeur de vessie": "Resection of a bladder tumour",
    "Sleeve gastrectomie": "Sleeve gastrectomy",
    "Strabisme": "Squint correction",
    "Thyroïdectomie": "Thyroidectomy",
    "Tympanoplastie": "Tympanoplasty",
    "Urétéroscopie laser": "Laser ureteroscopy",
    "Varices": "Varicose veins",
    "Vitrectomie": "Vitrectomy",
    "Éventration": "Incisional hernia",
}
_WORDS: Final = {
    "reason": {
        "Congé annuel": "Annual leave",
        "Congés": "Leave",
        "Consultation": "Clinic",
        "Formation": "Training",
        "Hors bloc": "Out of theatre",
        "Maladie": "Sickness",
    },
    "role": {
        "AS": "Care assistant",
        "IADE": "Nurse anaesthetist",
        "IBODE": "Scrub nurse",
        "IDE": "Nurse",
    },
    "team": {
        "A": "A",
        "ANESTH": "Anaesthesia",
        "B": "B",
        "BLOC": "Theatres",
        "C": "C",
        "SSPI": "Recovery",
        "UCA": "Day surgery",
    },
}
"""Words of a field; those of suites stand in `_SUITES`."""
_SUITES: Final = {
    "Ambulatoire": "Day-surgery",
    "Central": "Central",
    "Mère-enfant": "Women-children",
    "Tête-cou": "Head-neck",
}
_BY_SUITE: Final = frozenset({AnaesthesiaCover, TeamCover, CoverRequirement})
"""Kinds of records whose ids may hold a suite."""
_LENGTHS: Final = {"courte": "short", "moyenne": "medium", "longue": "long", "majeure": "major"}
_USES: Final = {"": "", " ambulatoire": " day surgery", " urgences": " emergencies"}
_CASE: Final = re.compile(r"(.+), intervention (\w+) (\d+)")
_ROOM: Final = re.compile(r"Salle (\w+)( ambulatoire| urgences|)")


def named(problem: Problem, lang: str) -> Problem:
    """Give a demo hospital with the words for its things in a language.

    Raises:
        KeyError: a word has no English.
    """
    if lang == MADE_IN:
        return problem
    for kind in RECORD_KINDS:
        records = problem.records(kind)
        told = tuple(map(_told, records))
        if told != records:
            problem = problem.with_records(kind, told)
    return problem


def _told(record: Any) -> Any:
    """Give a record with its words in English."""
    said: dict[str, Any] = {}
    if getattr(record, "name", ""):
        said["name"] = _english(record.name)
    for field, words in _WORDS.items():
        if held := getattr(record, field, ""):
            said[field] = words.get(held) or _in_suites(held.replace("SSPI", "Recovery"))
    if getattr(record, "suite", ""):
        said["suite"] = _SUITES[record.suite]
    if getattr(record, "suites", ()):
        said["suites"] = frozenset(_SUITES[each] for each in record.suites)
    if type(record) in _BY_SUITE:
        said["id"] = _in_suites(record.id)
    return replace(record, **said) if said else record


def _in_suites(words: str) -> str:
    """Give an id, or the name of a team, with the suite in it in English."""
    for french, english in _SUITES.items():
        words = words.replace(french, english)
    return words


def _english(name: str) -> str:
    if not name:
        return name
    if room := _ROOM.fullmatch(name):
        return f"Theatre {room[1]}{_USES[room[2]]}"
    if case := _CASE.fullmatch(name):
        return f"{_ENGLISH[case[1]]}, {_LENGTHS[case[2]]} operation {case[3]}"
    return _ENGLISH[name]
