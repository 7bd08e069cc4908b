"""Names of demo hospitals in English; they are made in French.

Names are not in the fingerprint: a hospital has the same plans and figures in both languages.
"""

import re
from dataclasses import replace
from typing import Final

from planner.problem import RECORD_KINDS, Problem

MADE_IN: Final = "fr"

_ENGLISH: Final = {
    "Armistice 1918": "Armistice Day",
    "Assomption": "Assumption Day",
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
_LENGTHS: Final = {"courte": "short", "moyenne": "medium", "longue": "long", "majeure": "major"}
_USES: Final = {"": "", " ambulatoire": " day surgery", " urgences": " emergencies"}
_CASE: Final = re.compile(r"(.+), intervention (\w+) (\d+)")
_ROOM: Final = re.compile(r"Salle (\w+)( ambulatoire| urgences|)")


def named(problem: Problem, lang: str) -> Problem:
    """Give a demo hospital with the names of its things in a language.

    Raises:
        KeyError: a name has no English.
    """
    if lang == MADE_IN:
        return problem
    for kind in RECORD_KINDS:
        records = problem.records(kind)
        if records and hasattr(records[0], "name"):
            told = tuple(replace(each, name=_english(each.name)) for each in records)
            problem = problem.with_records(kind, told)
    return problem


def _english(name: str) -> str:
    if not name:
        return name
    if room := _ROOM.fullmatch(name):
        return f"Theatre {room[1]}{_USES[room[2]]}"
    if case := _CASE.fullmatch(name):
        return f"{_ENGLISH[case[1]]}, {_LENGTHS[case[2]]} operation {case[3]}"
    return _ENGLISH[name]
