"""Writers of nights: tables, plain data, Open mHealth, FHIR; nothing is lost that the form can hold."""

from noctiflora.sleep.write._fhir import nights_fhir
from noctiflora.sleep.write._open_mhealth import nights_omh
from noctiflora.sleep.write._plain import nights_from_json, nights_json
from noctiflora.sleep.write._table import nights_csv, nights_from_csv

__all__ = ["nights_csv", "nights_fhir", "nights_from_csv", "nights_from_json", "nights_json", "nights_omh"]
