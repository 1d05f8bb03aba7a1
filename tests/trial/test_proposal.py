"""The shapes that points are drawn from: densities against scipy, and the points' own moments."""

import numpy as np
import pytest
from scipy.stats import multivariate_t

from noctiflora.trial._proposal import FREEDOM, Shape, around, cholesky, matched, mixed, split, standard_points

COV = np.array([[1.0, 0.3, 0.0], [0.3, 0.5, 0.1], [0.0, 0.1, 2.0]])
SHAPE = Shape(centre=np.array([1.0, -1.0, 0.5]), root=cholesky(COV))
U = np.random.default_rng(1).normal(size=(50, 3))


def scipy_log(shape: Shape, u: np.ndarray) -> np.ndarray:
    return np.asarray(multivariate_t(shape.centre, shape.root @ shape.root.T, df=FREEDOM).logpdf(u))


def test_the_density_is_that_of_a_t_up_to_a_constant() -> None:
    apart = SHAPE.log_density(U) - scipy_log(SHAPE, U)
    assert apart == pytest.approx(np.full(50, apart[0]), abs=1e-10)


def test_a_mixture_weighs_each_shape_by_its_points() -> None:
    other = Shape(centre=np.zeros(3), root=np.eye(3))
    plain = np.log(0.25 * np.exp(scipy_log(SHAPE, U)) + 0.75 * np.exp(scipy_log(other, U)))
    apart = mixed(U, [SHAPE, other], [10, 30]) - plain
    assert apart == pytest.approx(np.full(50, apart[0]), abs=1e-10)
    assert mixed(U, [SHAPE, other], [10, 0]) == pytest.approx(SHAPE.log_density(U))


def test_points_have_the_moments_of_the_t() -> None:
    points = SHAPE.place(standard_points(3, 8192))
    assert points.mean(axis=0) == pytest.approx(SHAPE.centre, abs=0.01)
    assert np.cov(points.T) == pytest.approx(COV * FREEDOM / (FREEDOM - 2), abs=0.1)


def test_many_points_are_matched_and_few_leave_the_shape_as_it_was() -> None:
    u = SHAPE.place(standard_points(3, 8192))
    many = matched(u, np.full(8192, 1 / 8192), Shape(centre=np.zeros(3), root=np.eye(3)))
    assert many.root @ many.root.T == pytest.approx(1.1 * np.cov(u.T), abs=0.05)
    one = np.zeros(8192)
    one[0] = 1.0
    few = matched(u, one, SHAPE)
    assert few.centre == pytest.approx(u[0])
    assert few.root @ few.root.T == pytest.approx(1.1 * 12 / 13 * COV)


def test_the_white_shape_frees_autocorrelation_and_keeps_the_rest() -> None:
    spread = np.diag([0.1, 0.2, 0.3, 0.4, 0.5])
    first = Shape(centre=np.full(5, -2.0), root=cholesky(spread))
    same, wide, white = around(first, np.arange(5))
    assert same is first
    assert np.diag(wide.root @ wide.root.T) == pytest.approx([0.6, 0.2, 0.8, 0.4, 0.5])
    assert white.centre == pytest.approx([0.0, -2.0, 0.8, -2.0, -2.0])
    assert np.diag(white.root @ white.root.T) == pytest.approx([1.0, 0.2, 0.8, 0.4, 0.5])


def test_fixed_hyperparameters_have_no_coordinate() -> None:
    first = Shape(centre=np.array([-2.0]), root=np.array([[0.5]]))
    _, wide, white = around(first, np.array([1]))
    assert wide.root.item() == pytest.approx(0.5)
    assert white.root.item() == pytest.approx(0.5)


def test_points_are_split_in_three_by_autocorrelation() -> None:
    u = SHAPE.place(standard_points(3, 4096))
    weight = np.random.default_rng(2).dirichlet(np.ones(4096))
    whole = matched(u, weight, SHAPE)
    shapes = split(u, weight, whole, np.array([0, 1, 3]))
    low, high = np.quantile(u[:, 0], [1 / 3, 2 / 3])
    assert shapes[0] is whole
    assert shapes[1].centre[0] < low < shapes[2].centre[0] < high < shapes[3].centre[0]
    assert np.mean([shape.centre for shape in shapes[1:]], axis=0) == pytest.approx(whole.centre, abs=0.02)
    assert split(u, weight, whole, np.array([1, 3, 4])) == [whole]
    one = np.zeros(4096)
    one[7] = 1.0
    assert len(split(u, one, whole, np.array([0, 1, 3]))) == 2
