"""Axis: the gut-brain-sleep system as a running model."""

from noctiflora.axis._alone import run_alone
from noctiflora.axis._calibrate import Calibration, calibrate
from noctiflora.axis._cohort import Cohort, cohort, cohort_dict
from noctiflora.axis._figures import FIGURES
from noctiflora.axis._generate import kernel_source
from noctiflora.axis._intervention import UNITS, Intervention, Kind, parse_intervention
from noctiflora.axis._kinetics import KineticsScenario, kinetics_scenario
from noctiflora.axis._light import EVENING_LUX, Evening, Light, evening
from noctiflora.axis._model import Model, Parameter
from noctiflora.axis._model_file import load_model, model_text
from noctiflora.axis._n_of_1 import VirtualSeries, virtual_n_of_1
from noctiflora.axis._person import Person
from noctiflora.axis._placebo import Placebo
from noctiflora.axis._plain import calibration_dict, kinetics_dict, trace_csv, virtual_trial_dict
from noctiflora.axis._population import COMPLAINT, GENERAL, POPULATIONS, Population, draw_person
from noctiflora.axis._presets import PRESETS, Preset, preset, with_settings
from noctiflora.axis._sbml import input_edges, to_sbml
from noctiflora.axis._schedule import Day, Schedule, Span, night_span, regular, rotation, weekly
from noctiflora.axis._sensitivity import Sensitivity, sensitivity, sensitivity_dict
from noctiflora.axis._simulate import Mode, Simulation, Status, Trace, compare, simulate, simulation_dict, warm
from noctiflora.axis._strain import Strain
from noctiflora.axis._tables import equation_table, parameter_table
from noctiflora.axis._trials import VirtualTrial, crossover_trial, parallel_trial

__all__ = [
    "COMPLAINT",
    "EVENING_LUX",
    "FIGURES",
    "GENERAL",
    "POPULATIONS",
    "PRESETS",
    "UNITS",
    "Calibration",
    "Cohort",
    "Day",
    "Evening",
    "Intervention",
    "Kind",
    "KineticsScenario",
    "Light",
    "Mode",
    "Model",
    "Parameter",
    "Person",
    "Placebo",
    "Population",
    "Preset",
    "Schedule",
    "Sensitivity",
    "Simulation",
    "Span",
    "Status",
    "Strain",
    "Trace",
    "VirtualSeries",
    "VirtualTrial",
    "calibrate",
    "calibration_dict",
    "cohort",
    "cohort_dict",
    "compare",
    "crossover_trial",
    "draw_person",
    "equation_table",
    "evening",
    "input_edges",
    "kernel_source",
    "kinetics_dict",
    "kinetics_scenario",
    "load_model",
    "model_text",
    "night_span",
    "parallel_trial",
    "parameter_table",
    "parse_intervention",
    "preset",
    "regular",
    "rotation",
    "run_alone",
    "sensitivity",
    "sensitivity_dict",
    "simulate",
    "simulation_dict",
    "to_sbml",
    "trace_csv",
    "virtual_n_of_1",
    "virtual_trial_dict",
    "warm",
    "weekly",
    "with_settings",
]
