"""The record of all packaged evidence."""

from dataclasses import dataclass
from functools import lru_cache

from noctiflora.evidence._table import read_table
from noctiflora.evidence.rows import (
    ClaimRow,
    EffectRow,
    GradeRuleRow,
    ListRow,
    NewPersonal,
    NewPooled,
    NormRow,
    PathwayRow,
    QuestionnaireRow,
    QuestionRow,
    ReviewRow,
    StrainRow,
    TrialRow,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """What is known from published trials, as checked rows; two records are equal only if they are the same.

    Parameters
    ----------
    trials : tuple of TrialRow
        Trial by outcome by time point.
    derived_effects : tuple of EffectRow
        Effects with standard errors, computed from printed numbers.
    reviews : tuple of ReviewRow
        Pooled results of published reviews.
    strains : tuple of StrainRow
        Strains, blends and prebiotics with their other names.
    claims, norms, lists, pathways, questionnaires, grade_rules, questions : tuples of rows
        See the README beside each table.
    personal : tuple of NewPersonal
        Personal trials that others shared and this person added.
    pooled_people : tuple of NewPooled
        What studies of many personal trials found, which this person added.
    added : frozenset of str
        Ids of the trials, personal ones too, that are not packaged but were added.
    """

    trials: tuple[TrialRow, ...]
    derived_effects: tuple[EffectRow, ...]
    reviews: tuple[ReviewRow, ...]
    strains: tuple[StrainRow, ...]
    claims: tuple[ClaimRow, ...]
    norms: tuple[NormRow, ...]
    lists: tuple[ListRow, ...]
    pathways: tuple[PathwayRow, ...]
    questionnaires: tuple[QuestionnaireRow, ...]
    grade_rules: tuple[GradeRuleRow, ...]
    questions: tuple[QuestionRow, ...] = ()
    personal: tuple[NewPersonal, ...] = ()
    pooled_people: tuple[NewPooled, ...] = ()
    added: frozenset[str] = frozenset()


@lru_cache(maxsize=1)
def load() -> Evidence:
    """Read and check every packaged table, once.

    Returns
    -------
    Evidence
        The same record at every call.

    Raises
    ------
    FormatError
        If a packaged table is damaged, naming file, line and field.

    Examples
    --------
    >>> len(load().claims)
    47
    """
    return Evidence(
        trials=read_table("trials", TrialRow),
        derived_effects=read_table("derived_effects", EffectRow),
        reviews=read_table("reviews", ReviewRow),
        strains=read_table("strains", StrainRow),
        claims=read_table("claims", ClaimRow),
        norms=read_table("norms", NormRow),
        lists=read_table("lists", ListRow),
        pathways=read_table("pathways", PathwayRow),
        questionnaires=read_table("questionnaires", QuestionnaireRow),
        grade_rules=read_table("grade_rules", GradeRuleRow),
        questions=read_table("questions", QuestionRow),
    )
