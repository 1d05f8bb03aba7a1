"""Axis: the gut-brain-sleep system as a running model."""

from noctiflora.axis._figures import FIGURES
from noctiflora.axis._generate import kernel_source
from noctiflora.axis._intervention import UNITS, Intervention, Kind, parse_intervention
from noctiflora.axis._light import EVENING_LUX, Evening, Light, evening
from noctiflora.axis._model import Model, Parameter
from noctiflora.axis._model_file import load_model, model_text
from noctiflora.axis._person import Person
from noctiflora.axis._sbml import input_edges, to_sbml
from noctiflora.axis._schedule import Day, Schedule, Span, night_span, regular, rotation, weekly
from noctiflora.axis._simulate import Mode, Simulation, Status, Trace, compare, simulate, simulation_dict
from noctiflora.axis._strain import Strain
from noctiflora.axis._tables import equation_table, parameter_table

__all__ = [
    "EVENING_LUX",
    "FIGURES",
    "UNITS",
    "Day",
    "Evening",
    "Intervention",
    "Kind",
    "Light",
    "Mode",
    "Model",
    "Parameter",
    "Person",
    "Schedule",
    "Simulation",
    "Span",
    "Status",
    "Strain",
    "Trace",
    "compare",
    "equation_table",
    "evening",
    "input_edges",
    "kernel_source",
    "load_model",
    "model_text",
    "night_span",
    "parameter_table",
    "parse_intervention",
    "regular",
    "rotation",
    "simulate",
    "simulation_dict",
    "to_sbml",
    "weekly",
]
